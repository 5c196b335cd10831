"""Who may take a place of a plan, looked at by itself, and at what price: all of a place's people at once.

It says what ``eligibility.may`` says of each of them, in arrays, since a national plan has millions of answers.
Those who are on other shifts already are few, and ``may`` itself is asked about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np

from rallyapp.domain.eligibility import Book, Spot, by_night, may
from rallyapp.domain.ids import PersonId, ShiftId, SiteId
from rallyapp.domain.people import Availability, Cover, Level, Liking, Person, Preference, Skill, Standing
from rallyapp.domain.pickets import Picket, Role, Shift
from rallyapp.domain.places import Site, metres_between
from rallyapp.domain.plan import Plan
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import merged, real_minutes
from rallyapp.rota.solving.model import ENDLESS, Bools, Ints, Opening

T = TypeVar("T", int, Ints)

SKILLS: tuple[Skill, ...] = tuple(Skill)
_BEGIN = datetime(1970, 1, 1)

# What a choice costs beside a wished head (60 and more) and a further shift (6 for each that one has already).
NEUTRAL, DISLIKES = 3, 20
IF_NEED_BE = 12
RESERVE = 30
STRANGER = 20  # a partner's own people at a stall as anything but its volunteers, and others as those
SPARE_SKILL = 5
ROAMING = 10  # an official without a workplace at a picket: after those who work there
MOST_KILOMETRES = 40
_RARE = (Skill.SUPERVISOR, Skill.FIRST_AID, Skill.CHIEF_STEWARD)


def on_the_wall(when: datetime) -> int:
    """Give a wall-clock time in minutes, as clocks show it; only for comparing with others of its kind."""
    return (when - _BEGIN) // timedelta(minutes=1)


def elapsed(when: datetime) -> int:
    """Give a wall-clock time in minutes that really pass, clock changes included."""
    return real_minutes(_BEGIN, when)


# In a national plan not everybody is asked for everything. All of England could steward a rally: of thousands, so
# many are asked for each head wished, and no fewer than the least. And officials may picket at every entrance: those
# without a workplace are asked at so many sites, those that they like first.
THOUSANDS = 5000
ASKED_EACH, ASKED_LEAST = 5, 40
MOST_SITES = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bundle of openings asks for: shifts of one place and time, a role, and a skill that all must have.

    Where they are at stalls, those are of one partner.

    ``wished`` counts its heads, and ``proposed`` are people (positions) whom the last rota put there.
    """

    shifts: tuple[Shift, ...]
    role: Role
    skill: Skill | None
    wished: int = 0
    proposed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Spans:
    """Stretches of people's time side by side: whose, from and to (minutes on the wall)."""

    who: Ints
    starts: Ints
    ends: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, datetime, datetime]]) -> _Spans:
        """Put rows of a position, a start and an end side by side."""
        listed = list(rows)
        # A few at a time: while numpy reads dates it lets no other thread run, and the window would stand still.
        blocks = [listed[first : first + 2000] for first in range(0, len(listed), 2000)] or [[]]
        times = [np.array([each[1:] for each in block], dtype="datetime64[m]").reshape(-1, 2) for block in blocks]
        starts, ends = np.concatenate(times).astype(np.int64).T.copy()
        return cls(np.array([who for who, _, _ in listed], dtype=np.int64), starts, ends)

    def touching(self, start: int, end: int, around: int = 0) -> Ints:
        """List whose stretches have some minute in that time, once widened by so many minutes on both sides."""
        found: Ints = self.who[(self.starts - around < end) & (start < self.ends + around)]
        return found

    def holding(self, start: int, end: int) -> Ints:
        """List whose stretches hold all of that time."""
        found: Ints = self.who[(self.starts <= start) & (end <= self.ends)]
        return found


class Candidates:
    """The people of a plan as the builder asks them; an ``Offers`` of the model.

    ``book`` holds what is fixed; ``rows`` who has a row on which shift already, and can't get a second one.
    """

    def __init__(
        self, plan: Plan, book: Book, people: Sequence[Person], rows: Mapping[PersonId, frozenset[ShiftId]]
    ) -> None:
        """Read the people's time, skills, places and wishes once."""
        self.plan = plan
        self.book = book
        self.people = people
        self.rows = rows
        self.who = {person.id: number for number, person in enumerate(people)}
        self.asked: dict[tuple[object, ...], Asked] = {}
        self._known: dict[tuple[object, ...], tuple[Ints, Ints]] = {}
        self._free: dict[tuple[datetime, datetime], tuple[Bools, Ints]] = {}
        self._kilometres: dict[Spot, Ints] = {}
        self.narrowed = False  # whether somebody who may was not asked, since they are so many
        self._read_people()
        self._read_time()
        self._read_places()

    def _read_people(self) -> None:
        people = self.people
        self.holds = np.zeros((len(people), len(SKILLS)), dtype=np.bool_)
        for number, person in enumerate(people):
            for skill in self.book.skills_of(person.id):
                self.holds[number, SKILLS.index(skill)] = True
        self.day_limit = _limits(person.max_minutes_day for person in people)
        self.total_limit = _limits(person.max_minutes_total for person in people)
        self.here = np.array([not person.left for person in people], dtype=np.bool_)
        self.adult = np.array([person.adult for person in people], dtype=np.bool_)
        self.partner = np.array([person.standing is Standing.PARTNER for person in people], dtype=np.bool_)
        charities = [person.partner_id for person in people]
        self.charity = {id: n for n, id in enumerate(sorted({id for id in charities if id is not None}))}
        self.of_charity = np.array([-1 if id is None else self.charity[id] for id in charities], dtype=np.int64)
        self.in_dispute = np.array(
            [person.standing in (Standing.MEMBER, Standing.OFFICIAL) for person in people], dtype=np.bool_
        )
        self.price = np.array([RESERVE * person.reserve for person in people], dtype=np.int64)
        self.busy = np.array([bool(self.book.shifts_of(person.id)) for person in people], dtype=np.bool_)

    def _read_time(self) -> None:
        who, plan = self.who, self.plan
        offers = [each for each in plan.all(Availability) if each.person_id in who]
        offered = defaultdict(list)
        for offer in offers:
            if offer.level is not Level.NOT:
                offered[who[offer.person_id]].append(offer.span)
        # Offers that touch are one: somebody free 08:00-09:00 and 09:00-10:00 is free 08:00-10:00.
        self.offered = _Spans.of((n, span.start, span.end) for n, spans in offered.items() for span in merged(spans))
        self.freely = _Spans.of((who[o.person_id], o.starts, o.ends) for o in offers if o.level is Level.FREE)
        self.ruled_out = _Spans.of((who[o.person_id], o.starts, o.ends) for o in offers if o.level is Level.NOT)
        duties = [each for each in plan.all(Cover) if each.kind.blocks and each.person_id in who]
        self.duties = _Spans.of((who[duty.person_id], duty.starts, duty.ends) for duty in duties)
        nights = [duty for duty in duties if by_night(duty.span)]
        self.nights = _Spans.of((who[duty.person_id], duty.starts, duty.ends) for duty in nights)
        self.nights_end = np.array([elapsed(duty.ends) for duty in nights], dtype=np.int64)

    def _read_places(self) -> None:
        at_site: dict[SiteId, list[int]] = defaultdict(list)
        unbound = []
        for number, person in enumerate(self.people):
            workplaces = self.book.workplaces_of(person)
            for site_id in workplaces:
                at_site[site_id].append(number)
            if not workplaces:
                unbound.append(number)
        self.at_site = {site_id: np.array(who, dtype=np.int64) for site_id, who in at_site.items()}
        self.everybody = np.arange(len(self.people), dtype=np.int64)
        self.likings: dict[tuple[SiteId, Liking], list[int]] = defaultdict(list)
        for preference in self.plan.all(Preference):
            if preference.person_id in self.who:
                self.likings[preference.site_id, preference.liking].append(self.who[preference.person_id])
        standings = {number: self.people[number].standing for number in unbound}
        # A union official may picket anywhere, but one who has a workplace is asked there.
        self.roaming = np.array([n for n in unbound if standings[n] is Standing.OFFICIAL], dtype=np.int64)
        self.free_to_come = np.array([n for n in unbound if standings[n] is not Standing.PARTNER], dtype=np.int64)
        self.comes_to = self._sites_of(unbound)

    def _sites_of(self, unbound: Sequence[int]) -> dict[SiteId, Ints]:
        """Say at which sites people without a workplace are asked: everywhere, while those are few."""
        sites = sorted({self.plan.site_of(picket).id for picket in self.plan.all(Picket)})
        if len(sites) <= MOST_SITES:
            return {site_id: np.array(unbound, dtype=np.int64) for site_id in sites}
        self.narrowed = bool(unbound)
        likes: dict[int, list[SiteId]] = defaultdict(list)
        for site_id in sites:
            for number in self.likings.get((site_id, Liking.LIKES), ()):
                likes[number].append(site_id)
        found: dict[SiteId, list[int]] = defaultdict(list)
        for number in unbound:
            # The others are spread over the people, as even as dice: who that is must not hang on their names.
            first = _dice(number, 0) % len(sites)
            others = (*sites[first:], *sites[:first])
            for site_id in list(dict.fromkeys((*likes[number], *others)))[:MOST_SITES]:
                found[site_id].append(number)
        return {site_id: np.array(who, dtype=np.int64) for site_id, who in found.items()}

    # ------------------------------------------------------------------------------------------ who may
    def of(self, opening: Opening) -> tuple[Ints, Ints]:
        """Give the people (positions, ascending) who may take an opening, and their prices."""
        known = self._known.get(opening.bundle)
        if known is None:
            asked = self.asked[opening.bundle]
            who = self._who(asked)
            known = self._known[opening.bundle] = self._enough(opening, asked, who, self._prices(asked, who))
        return known

    def _enough(self, opening: Opening, asked: Asked, who: Ints, price: Ints) -> tuple[Ints, Ints]:
        """Leave it, in a plan of thousands, at those of the best prices, and at others at each place."""
        most = max(ASKED_LEAST, ASKED_EACH * asked.wished)
        if len(self.people) <= THOUSANDS or len(who) <= most:
            return who, price
        self.narrowed = True
        dice = _dice(who, opening.spot)
        again = ~np.isin(who, list(asked.proposed))
        kept = np.sort(np.lexsort((dice, price, again))[:most])
        return who[kept], price[kept]

    def offering(self, shifts: Iterable[Shift]) -> list[int]:
        """List who has not left and offered some of the time of these shifts (positions, ascending)."""
        found = np.zeros(len(self.people), dtype=np.bool_)
        for starts, ends in sorted({(shift.starts, shift.ends) for shift in shifts}):
            found[self.offered.touching(on_the_wall(starts), on_the_wall(ends))] = True
        listed: list[int] = np.flatnonzero(found & self.here).tolist()
        return listed

    def near(self, shift: Shift, role: Role, *, all_over: bool = False) -> Ints:
        """List whom a builder asks at all (positions, ascending): at a picket, those who work there.

        Others may come to another workplace's picket as supporters or standbys, but by their own choice. Of those
        without a workplace, the ones who are asked there, or all of them (``all_over``).
        """
        site_id = self.book.spot(shift).site_id
        if shift.picket_id is None or site_id is None:
            return self.everybody
        more = self.free_to_come if role is Role.SUPPORTER else self.roaming
        if not all_over:
            more = np.intersect1d(more, self.comes_to.get(site_id, more[:0]))
        return np.sort(np.concatenate((self.at_site.get(site_id, more[:0]), more)))

    def _who(self, asked: Asked) -> Ints:
        shift = asked.shifts[0]
        who = self.near(shift, asked.role)
        free, _ = self._time(shift.starts, shift.ends)
        minutes = shift.span.minutes
        fit = self.here[who] & free[who] & (minutes <= self.day_limit[who]) & (minutes <= self.total_limit[who])
        if shift.stall_id is None:
            fit &= ~self.partner[who]
        else:
            theirs = self.charity.get(self.plan.get(Stall, shift.stall_id).partner_id, -1)
            fit &= ~self.partner[who] | np.isin(self.of_charity[who], (-1, theirs))
        if asked.role.official_picket:
            fit &= self.in_dispute[who]
        if asked.role.steward:
            fit &= self.adult[who]
        for skill in (asked.role.skill, asked.skill):
            if skill is not None:
                fit &= self.holds[who, SKILLS.index(skill)]
        site_id = self.book.spot(shift).site_id
        if site_id is not None and (never := self.likings.get((site_id, Liking.NEVER))):
            fit &= ~np.isin(who, never)
        who = who[fit]
        busy = self.busy[who]
        if busy.any():
            still = ~busy
            still[busy] = [self._may(self.people[number], asked) for number in who[busy].tolist()]
            who = who[still]
        return who

    def _may(self, person: Person, asked: Asked) -> bool:
        """Ask of somebody who is on other shifts: on one of the bundle on which they have no row themselves."""
        taken = self.rows.get(person.id, frozenset())
        shift = next((each for each in asked.shifts if each.id not in taken), None)
        return shift is not None and may(person, shift, self.book, role=asked.role, skill=asked.skill)

    def _time(self, starts: datetime, ends: datetime) -> tuple[Bools, Ints]:
        """Say of everybody whether they offered that time and work leaves it to them, and what it costs."""
        known = self._free.get((starts, ends))
        if known is not None:
            return known
        start, end = on_the_wall(starts), on_the_wall(ends)
        free = np.zeros(len(self.people), dtype=np.bool_)
        free[self.offered.holding(start, end)] = True
        free[self.ruled_out.touching(start, end)] = False
        free[self.duties.touching(start, end, self.book.settings.duty_buffer)] = False
        rest = elapsed(starts) - self.nights_end
        free[self.nights.who[(self.nights.ends <= start) & (rest < self.book.settings.min_rest)]] = False
        price = np.full(len(self.people), IF_NEED_BE, dtype=np.int64)
        price[self.freely.touching(start, end)] = 0
        self._free[starts, ends] = free, price
        return free, price

    # --------------------------------------------------------------------------------------- at what price
    def _prices(self, asked: Asked, who: Ints) -> Ints:
        shift = asked.shifts[0]
        spot = self.book.spot(shift)
        price = self.price[who] + self._time(shift.starts, shift.ends)[1][who] + self._distance(spot)[who]
        price += STRANGER * (self.partner[who] != (asked.role is Role.STALL))
        if shift.picket_id is not None and asked.role is not Role.SUPPORTER:
            price += ROAMING * np.isin(who, self.roaming)
        if asked.role.skill is None:  # those with a rare skill are kept for the roles that need it
            spare = [SKILLS.index(skill) for skill in _RARE if skill is not asked.skill]
            price += SPARE_SKILL * self.holds[who][:, spare].any(axis=1)
        if spot.site_id is not None:
            price += NEUTRAL
            price -= NEUTRAL * np.isin(who, self.likings.get((spot.site_id, Liking.LIKES), []))
            price += (DISLIKES - NEUTRAL) * np.isin(who, self.likings.get((spot.site_id, Liking.DISLIKES), []))
        return price

    def _distance(self, spot: Spot) -> Ints:
        """Give the kilometres from everybody's nearest workplace to a spot; 0 where one of the two is not known."""
        known = self._kilometres.get(spot)
        if known is None:
            known = np.full(len(self.people), MOST_KILOMETRES, dtype=np.int64)
            placed = np.zeros(len(self.people), dtype=np.bool_)
            for site_id, who in self.at_site.items():
                site = self.plan.find(Site, site_id)
                if site is not None and site.lat is not None and site.lon is not None and spot.position is not None:
                    metres = metres_between((site.lat, site.lon), spot.position)
                    known[who] = np.minimum(known[who], metres // 1000)
                    placed[who] = True
            known[~placed] = 0
            self._kilometres[spot] = known
        return known


def _dice(who: T, spot: int) -> T:
    """Give somebody a number that looks thrown, and is the same every time."""
    return (who * 2_654_435_761 + spot * 40_503_917) % (1 << 32)


def _limits(limits: Iterable[int | None]) -> Ints:
    return np.array([ENDLESS if limit is None else limit for limit in limits], dtype=np.int64)
