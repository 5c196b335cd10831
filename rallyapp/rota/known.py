"""What a plan says about its people, indexed: who works where, can do what, offered which day, is busy when.

It only sorts out in advance those of whom one plain fact tells what ``eligibility.why_not`` would say; of the
others it says in which order they are worth asking.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rallyapp.domain import stand_down
from rallyapp.domain.eligibility import Book, Spot, Why, welcome_at
from rallyapp.domain.ids import PersonId, ShiftId, SiteId
from rallyapp.domain.people import Availability, Level, Liking, Pair, Person, PersonSkill, Preference, Skill, Standing
from rallyapp.domain.pickets import Assignment, Need, Presence, Role, Shift
from rallyapp.domain.places import Site
from rallyapp.domain.plan import Plan

Key = tuple[int, ...]
"""Where somebody stands among those of whom nothing worse is said: the lower, the sooner they are asked."""

# How far from the own workplace, in minutes on foot; beyond the last, or not known, is far.
_NEAR = (0, 15, 45)
_FAR = len(_NEAR)
_OWN = -2  # the charity's own at its stall
_LIKINGS = {Liking.LIKES: -1, Liking.DISLIKES: 2, Liking.NEVER: 2}
# Who would only change what they do at this very shift comes after all who are new to it.
_HERE = 10
# A skill that others wait for that day weighs like two hours of work.
_SPARE_SKILL = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and who is there already."""

    shift: Shift
    role: Role
    skill: Skill | None
    there: Mapping[PersonId, Role]

    @property
    def skills(self) -> frozenset[Skill]:
        """The skills without which nobody should take it."""
        return frozenset(each for each in (self.role.skill, self.skill) if each)


@dataclass(frozen=True, slots=True)
class Sifted:
    """Everybody, parted: those worth a look, those on another shift then, and those whom one fact rules out."""

    worth: set[PersonId]
    busy: set[PersonId]
    ruled_out: tuple[tuple[Why, set[PersonId]], ...]


class Known:
    """A plan's people, indexed for many questions; a new one is made when the plan has changed."""

    def __init__(self, plan: Plan) -> None:
        """Read the plan's people, offers, skills, preferences and assignments."""
        self.plan = plan
        self.book = Book(plan)
        self.people = {each.id: each for each in plan.all(Person) if not each.left}
        self.left = plan.count(Person) - len(self.people)
        self.by_name = sorted(self.people, key=lambda id: (self.people[id].name.casefold(), id))
        self.minutes = {id: self.book.minutes_of(id) for id in self.people}
        self.workplaces = {id: tuple(self.book.workplaces_of(each)) for id, each in self.people.items()}
        self.likings: dict[SiteId | None, dict[PersonId, Liking]] = defaultdict(dict)
        for preference in plan.all(Preference):
            self.likings[preference.site_id][preference.person_id] = preference.liking
        self.apart: dict[PersonId, set[PersonId]] = defaultdict(set)
        for pair in plan.all(Pair):
            if pair.apart:
                self.apart[pair.person_id].add(pair.other_id)
                self.apart[pair.other_id].add(pair.person_id)
        self._workers: dict[SiteId, set[PersonId]] = defaultdict(set)
        for id, sites in self.workplaces.items():
            for site_id in sites:
                self._workers[site_id].add(id)
        self._officials = {id for id, each in self.people.items() if each.standing is Standing.OFFICIAL}
        self._partners_own = {id for id, each in self.people.items() if each.standing is Standing.PARTNER}
        self._holders: dict[Skill, set[PersonId]] = defaultdict(set)
        for held in plan.all(PersonSkill):
            self._holders[held.skill].add(held.person_id)
        self._ranks: dict[frozenset[Skill], dict[PersonId, int]] = {}
        self._walks: dict[Spot, dict[SiteId, int]] = {}
        self._read_offers()
        self._read_shifts()

    def _read_offers(self) -> None:
        self._offers: dict[date, dict[PersonId, list[Availability]]] = defaultdict(lambda: defaultdict(list))
        self._reluctant: dict[date, set[PersonId]] = defaultdict(set)
        self._ruled_out: dict[date, list[Availability]] = defaultdict(list)
        self._said: set[PersonId] = set()
        for offer in self.plan.all(Availability):
            for day in offer.span.days():
                if offer.level is Level.NOT:
                    self._ruled_out[day].append(offer)
                    continue
                self._said.add(offer.person_id)
                self._offers[day][offer.person_id].append(offer)
                if offer.level is Level.IF_NEED_BE:
                    self._reluctant[day].add(offer.person_id)

    def _read_shifts(self) -> None:
        """Note which shifts go ahead on which day, what skills they ask for, and who is to be there."""
        self._shifts: dict[date, list[Shift]] = defaultdict(list)
        self._wanted: dict[date, set[Skill]] = defaultdict(set)
        self._there: dict[ShiftId, set[PersonId]] = defaultdict(set)
        for shift in self.plan.all(Shift):
            if stand_down.of_shift(self.plan, shift).on:
                for day in shift.span.days():
                    self._shifts[day].append(shift)
                for need in self.plan.of(Need, "shift_id", shift.id):
                    self._wanted[shift.starts.date()].update(each for each in (need.role.skill, need.skill) if each)
        self.heads: Counter[tuple[ShiftId, Role]] = Counter()
        for each in self.plan.all(Assignment):
            self.heads[each.shift_id, each.role] += each.state.counts
            if each.state.counts and each.presence is Presence.PRESENT:
                self._there[each.shift_id].add(each.person_id)

    # ------------------------------------------------------------------------------------ who is worth a look
    def sifted(self, asked: Asked, without: Collection[PersonId]) -> Sifted:
        """Part everybody but those left out, those who have left and those who are in that role already."""
        there = (id for id, role in asked.there.items() if role is asked.role)
        worth = set(self.people).difference(without, there)
        own = {id for id in worth & self._partners_own if not welcome_at(self.people[id], asked.shift, self.plan)}
        worth -= own
        elsewhere: set[PersonId] = set()
        site_id = self.book.spot(asked.shift).site_id
        if asked.role.official_picket and asked.shift.picket_id is not None and site_id is not None:
            elsewhere = worth - self._workers[site_id] - self._officials
            worth -= elsewhere
        unskilled = {id for skill in asked.skills for id in worth - self._holders[skill]}
        worth -= unskilled
        days = asked.shift.span.days()
        silent = worth.difference(*(self._offers.get(day, ()) for day in days))
        unsaid = silent - self._said - self._not_then(asked.shift)
        worth -= silent
        busy = (worth & self._busy(asked.shift)).difference(asked.there)
        ruled_out = (
            (Why.NOT_SAID, unsaid),
            (Why.NOT_FREE, silent - unsaid),
            (Why.LACKS_SKILL, unskilled),
            (Why.OTHER_WORKPLACE, elsewhere),
            (Why.PARTNERS_OWN, own),
        )
        return Sifted(worth - busy, busy, ruled_out)

    def _not_then(self, shift: Shift) -> set[PersonId]:
        """List those who said that they are not free at some time of a shift."""
        return {
            offer.person_id
            for day in shift.span.days()
            for offer in self._ruled_out.get(day, ())
            if offer.span.overlaps(shift.span)
        }

    def _busy(self, shift: Shift) -> set[PersonId]:
        """List those who are to be at another shift at some time of this one."""
        found: set[PersonId] = set()
        for day in shift.span.days():
            for other in self._shifts.get(day, ()):
                if other.starts < shift.ends and shift.starts < other.ends and other.id != shift.id:
                    found |= self._there[other.id]
        return found

    # -------------------------------------------------------------------------------------------- the order
    def in_order(self, asked: Asked, ids: set[PersonId]) -> Iterator[tuple[Key, PersonId]]:
        """Go through people in the order in which to ask them, sorting no more of them than are looked at.

        By place (own workplace or near, liked or not; at a stall the charity's own before all others), free before
        only if need be, reserves last, hours so far, to which a skill adds that others wait for that day, and name.
        """
        reluctant = set[PersonId]().union(*(self._reluctant.get(day, ()) for day in asked.shift.span.days()))
        ranks = self._rank(asked)
        for place, members in sorted(self._by_place(asked, ids).items()):
            unwilling = {id for id in members & reluctant if self.only_if_need_be(id, asked.shift)}
            for group in (members - unwilling, unwilling):
                for id in sorted(group, key=ranks.__getitem__):
                    yield (place, int(group is unwilling), ranks[id]), id

    def _by_place(self, asked: Asked, ids: set[PersonId]) -> Mapping[int, set[PersonId]]:
        spot = self.book.spot(asked.shift)
        bands: dict[int, list[SiteId]] = defaultdict(list)
        for site_id, walk in self.walks_to(spot).items():
            bands[sum(walk > most for most in _NEAR)].append(site_id)
        own = ids & self._partners_own if asked.role is Role.STALL else set()
        found: dict[int, set[PersonId]] = {_OWN: own}
        left = ids - own
        for band in range(_FAR):
            found[band] = left.intersection(set[PersonId]().union(*(self._workers[site] for site in bands[band])))
            left -= found[band]
        found[_FAR] = left
        moved: dict[int, set[PersonId]] = defaultdict(set)
        liking = self.likings.get(spot.site_id, {})
        for id in ids.intersection(set(liking) | set(asked.there)):
            band = next(band for band, members in found.items() if id in members)
            found[band].discard(id)
            place = band + (_LIKINGS[liking[id]] if id in liking else 0)
            moved[place + (_HERE if id in asked.there else 0)].add(id)
        return {place: found.get(place, set()) | moved.get(place, set()) for place in {*found, *moved}}

    def walks_to(self, spot: Spot) -> Mapping[SiteId, int]:
        """Give the minutes on foot to a spot from each site of which both places on the map are known; 0 at its own."""
        known = self._walks.get(spot)
        if known is None:
            known = {}
            for site in self.plan.all(Site):
                if spot.position is not None and site.lat is not None and site.lon is not None:
                    known[site.id] = self.book.walk(Spot(site.name, site.id, (site.lat, site.lon)), spot)
            if spot.site_id is not None:
                known[spot.site_id] = 0
            self._walks[spot] = known
        return known

    def only_if_need_be(self, id: PersonId, shift: Shift) -> bool:
        """Say whether somebody offered the time of a shift only if need be."""
        levels = {
            offer.level
            for day in shift.span.days()
            for offer in self._offers[day].get(id, ())
            if offer.starts < shift.ends and shift.starts < offer.ends
        }
        return levels == {Level.IF_NEED_BE}

    def spare(self, asked: Asked) -> frozenset[Skill]:
        """List the skills that others wait for that day and for which this place has no use."""
        return frozenset(self._wanted.get(asked.shift.starts.date(), ())) - asked.skills

    def _rank(self, asked: Asked) -> Mapping[PersonId, int]:
        spare = self.spare(asked)
        known = self._ranks.get(spare)
        if known is None:
            holding = {id for skill in spare for id in self._holders[skill]}
            order = sorted(
                self.by_name,
                key=lambda id: (self.people[id].reserve, self.minutes[id] + _SPARE_SKILL * (id in holding)),
            )
            known = self._ranks[spare] = {id: place for place, id in enumerate(order)}
        return known
