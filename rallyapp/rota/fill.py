"""Fill the shifts that are short with people against whom nothing speaks: legal, fair and quick, not yet the best.

Two rounds: first every shift's least, the hardest places first, then what is wished. People are chosen by how
much they do already, and those with a rare skill are kept for the roles that need it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop

from rallyapp import carried
from rallyapp.domain import law, stand_down
from rallyapp.domain.eligibility import Book, may, why_not
from rallyapp.domain.ids import AssignmentId, EntranceId, PersonId, ShiftId, SiteId, StrikeDayId, new_id
from rallyapp.domain.people import Availability, Level, Liking, Pair, Person, Preference, Skill, Standing
from rallyapp.domain.pickets import Assignment, Need, Origin, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.situation import counted_words, day_of, need_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Places of one role on one shift that nobody could fill, and how many people each reason keeps away."""

    shift_id: ShiftId
    role: Role
    missing: int
    reasons: Mapping[str, int]  # a Why, or one of the words that only a builder needs
    nobody: str = "nobody else is in the plan"
    wanted: str = ""  # the role in the word of that day's law, with the skill that the need asks for

    @property
    def words(self) -> str:
        """The gap in words: "1 picket supervisor short (4 are kept by work, 2 are not free)"."""
        most_first = sorted(self.reasons.items(), key=lambda part: -part[1])
        said = ", ".join(f"{count} {why if count == 1 else _of_many(why)}" for why, count in most_first)
        short = counted_words(self.missing, self.wanted or self.role)
        return f"{short} short ({said or self.nobody})"


_MANY = {"is": "are", "has": "have", "lacks": "lack", "works": "work"}


def _of_many(why: str) -> str:
    """Say of many people what a reason says of one: "are not free"."""
    verb, _, rest = why.partition(" ")
    return f"{_MANY.get(verb, verb)} {rest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a fill would write: new assignments, the number of places they and the kept ones fill, and the gaps."""

    added: tuple[Assignment, ...]
    shifts: int
    kept: int
    gaps: tuple[Gap, ...]


def shifts_in(
    plan: Plan,
    *,
    days: Collection[StrikeDayId] | None = None,
    sites: Collection[SiteId] | None = None,
    on: date | None = None,
) -> tuple[Shift, ...]:
    """List the shifts that go ahead, of these strike days, at these sites, starting on that date, by time.

    All where None. A rally's shifts belong to its strike days and to no site.
    """
    found = []
    for shift in plan.all(Shift):
        if not stand_down.of_shift(plan, shift).on:
            continue
        if days is not None and day_of(plan, shift) not in days:
            continue
        if on is not None and shift.starts.date() != on:
            continue
        if sites is not None and plan.place_of(plan.host(shift)).id not in sites:
            continue
        found.append(shift)
    return tuple(sorted(found, key=lambda shift: (shift.starts, shift.id)))


def fill(
    plan: Plan,
    shifts: Iterable[Shift],
    *,
    make_id: Callable[[], str] = new_id,
    progress: Callable[[int, int], None] | None = None,
) -> Proposal:
    """Propose people for the shifts that are short; what is there stays, whoever put it there.

    ``progress`` is told how many of how many places were tried. The same plan gives the same people.
    """
    return _Filling(plan, tuple(shifts), make_id, progress).run()


@dataclass(frozen=True, slots=True)
class _Place:
    """One need of one shift, with how many it still lacks."""

    shift: Shift
    need: Need
    hardness: tuple[int, ...]


_LIKINGS: Mapping[Liking | None, int] = {Liking.LIKES: -60, Liking.DISLIKES: 180}


class _Filling:
    def __init__(
        self,
        plan: Plan,
        shifts: tuple[Shift, ...],
        make_id: Callable[[], str],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.plan = plan
        self.shifts = shifts
        self.book = Book(plan)
        self.make_id = make_id
        self.progress = progress
        self.added: list[Assignment] = []
        self.heads: Counter[tuple[ShiftId, Role]] = Counter()
        self.on: dict[ShiftId, set[PersonId]] = defaultdict(set)
        self.gone: set[tuple[PersonId, ShiftId]] = set()  # a person stands on a shift once, also who has withdrawn
        self.minutes: Counter[PersonId] = Counter()
        for assignment in plan.all(Assignment):
            if assignment.state.counts:
                self.heads[assignment.shift_id, assignment.role] += 1
                self.on[assignment.shift_id].add(assignment.person_id)
            else:
                self.gone.add((assignment.person_id, assignment.shift_id))
        self.beside = self._beside()
        self.people = sorted(plan.all(Person), key=lambda person: person.id)
        for person in self.people:
            if minutes := self.book.minutes_of(person.id):
                self.minutes[person.id] = minutes
        self.offers = self._offers()
        self.likings = {
            (preference.person_id, preference.site_id): preference.liking for preference in plan.all(Preference)
        }
        self.apart: dict[PersonId, set[PersonId]] = defaultdict(set)
        for pair in plan.all(Pair):
            if pair.apart:
                self.apart[pair.person_id].add(pair.other_id)
                self.apart[pair.other_id].add(pair.person_id)
        self.at_site: dict[SiteId, list[Person]] = defaultdict(list)
        for person in self.people:
            for site_id in self.book.workplaces_of(person):
                self.at_site[site_id].append(person)
        # A union official may picket anywhere, but one who has a workplace is asked there.
        self.roaming = [
            person
            for person in self.people
            if person.standing is Standing.OFFICIAL and not self.book.workplaces_of(person)
        ]
        self.free_to_come = [
            person
            for person in self.people
            if person.standing is not Standing.PARTNER and not self.book.workplaces_of(person)
        ]
        self.asked: dict[tuple[object, ...], list[tuple[int, Person]]] = {}

    def _offers(self) -> dict[date, dict[PersonId, list[Availability]]]:
        """Group what people offered by calendar day: a shift only asks those who offered something that day."""
        found: dict[date, dict[PersonId, list[Availability]]] = defaultdict(lambda: defaultdict(list))
        for offer in self.plan.all(Availability):
            if offer.level is not Level.NOT:
                for day in offer.span.days():
                    found[day][offer.person_id].append(offer)
        return found

    def _beside(self) -> dict[ShiftId, tuple[int, tuple[Shift, ...]]]:
        """Give each picket shift the most official pickets of its entrance, and the shifts there at that time."""
        there: dict[EntranceId, list[Shift]] = defaultdict(list)
        for shift in self.plan.all(Shift):
            if shift.picket_id and stand_down.of_shift(self.plan, shift).on:
                there[self.plan.get(Picket, shift.picket_id).entrance_id].append(shift)
        found: dict[ShiftId, tuple[int, tuple[Shift, ...]]] = {}
        for entrance_id, shifts in there.items():
            # An entrance's own figure may be lower than the Code's six, never raise it.
            most = min(self.plan.get(Entrance, entrance_id).official_max, law.official_maximum(carried.law()))
            shifts.sort(key=lambda shift: shift.starts)
            for place, shift in enumerate(shifts):
                found.setdefault(shift.id, (most, (shift,)))
                for other in shifts[place + 1 :]:
                    if other.starts >= shift.ends:
                        break
                    found[shift.id] = (most, (*found[shift.id][1], other))
                    found[other.id] = (most, (*found.get(other.id, (most, (other,)))[1], shift))
        return found

    def _full(self, shift: Shift, role: Role) -> bool:
        """Say whether one more would be an official picket too many at the entrance at some time (L4: six)."""
        if not role.official_picket or shift.id not in self.beside:
            return False
        most, shifts = self.beside[shift.id]
        heads = {each.id: sum(self.heads[each.id, role] for role in (Role.SUPERVISOR, Role.PICKET)) for each in shifts}
        moments = [max(each.starts, shift.starts) for each in shifts]
        return any(
            sum(heads[each.id] for each in shifts if each.starts <= moment < each.ends) >= most for moment in moments
        )

    def run(self) -> Proposal:
        kept = sum(len(self.on[shift.id]) for shift in self.shifts)
        places = [
            _Place(shift, need, self._hardness(shift, need))
            for shift in self.shifts
            for need in self.plan.of(Need, "shift_id", shift.id)
        ]
        # Between equals by id: a plan that was exported and loaded again has its records in another order.
        places.sort(key=lambda place: (place.hardness, place.shift.id, place.need.role, place.need.id))
        total = 2 * len(places)
        for round_, target in enumerate(("least", "wished")):
            for done, place in enumerate(places):
                self._fill(place, getattr(place.need, target))
                if self.progress and done % 50 == 0:
                    self.progress(round_ * len(places) + done, total)
        if self.progress:
            self.progress(total, total)
        gaps = [gap for place in places if (gap := self._gap(place)) is not None]
        gaps.sort(key=lambda gap: (self.plan.get(Shift, gap.shift_id).starts, gap.shift_id, gap.role))
        return Proposal(added=tuple(self.added), shifts=len(self.shifts), kept=kept, gaps=tuple(gaps))

    def _hardness(self, shift: Shift, need: Need) -> tuple[int, ...]:
        """Put what must not fail first, then roles that need a skill, then where few people could come."""
        skilled = 0 if need.role.skill or need.skill else 1
        return (-shift.priority, skilled, len(self._could(shift, need)), shift.starts.toordinal())

    def _could(self, shift: Shift, need: Need) -> list[tuple[int, Person]]:
        """List those worth asking, each with a price: who offered some of that time, of the site for a picket."""
        starts, ends, skill = shift.starts, shift.ends, need.role.skill
        site_id = self.book.spot(shift).site_id
        key = (site_id, shift.picket_id is None, starts, ends, need.role, need.skill)
        if key not in self.asked:
            offered = self.offers.get(starts.date(), {})
            self.asked[key] = [
                (self._price(person, offers, site_id, need), person)
                for person in self._near(shift, need.role)
                if (skill is None or skill in self.book.skills_of(person.id))
                and (offers := [o for o in offered.get(person.id, ()) if o.ends > starts and o.starts < ends])
            ]
        return self.asked[key]

    def _near(self, shift: Shift, role: Role) -> list[Person]:
        site_id = self.book.spot(shift).site_id
        if shift.picket_id is None or site_id is None:
            return self.people
        return self.at_site[site_id] + (self.free_to_come if role is Role.SUPPORTER else self.roaming)

    def _fill(self, place: _Place, target: int) -> None:
        shift, need = place.shift, place.need
        lacking = target - self.heads[shift.id, need.role]
        if lacking <= 0 or self._full(shift, need.role):
            return
        there = self.on[shift.id]
        could = [
            (price + self.minutes[person.id], person.id, person)
            for price, person in self._could(shift, need)
            if person.id not in there and (person.id, shift.id) not in self.gone
        ]
        heapify(could)
        while could and lacking and not self._full(shift, need.role):
            person = heappop(could)[2]
            if self.apart[person.id] & there:
                continue
            if may(person, shift, self.book, role=need.role, skill=need.skill):
                self._put(person, shift, need.role)
                lacking -= 1

    def _price(self, person: Person, offers: list[Availability], site_id: SiteId | None, need: Need) -> int:
        """Price a choice in minutes of work, beside what the person does already: what it costs elsewhere."""
        price = 0
        spare = self.book.skills_of(person.id) - {need.role.skill, need.skill}
        if need.role.skill is None and spare & {Skill.SUPERVISOR, Skill.FIRST_AID, Skill.CHIEF_STEWARD}:
            price += 120
        if all(offer.level is Level.IF_NEED_BE for offer in offers):
            price += 240
        if person.reserve:
            price += 480
        if (person.standing is Standing.PARTNER) != (need.role is Role.STALL):
            price += 360
        liking = self.likings.get((person.id, site_id)) if site_id is not None else None
        return price + _LIKINGS.get(liking, 0)

    def _put(self, person: Person, shift: Shift, role: Role) -> None:
        self.book.put(person.id, shift.id)
        self.on[shift.id].add(person.id)
        self.heads[shift.id, role] += 1
        self.minutes[person.id] += shift.span.minutes
        self.added.append(
            Assignment(
                id=AssignmentId(self.make_id()),
                shift_id=shift.id,
                person_id=person.id,
                role=role,
                origin=Origin.BUILDER,
            )
        )

    def _gap(self, place: _Place) -> Gap | None:
        shift, need = place.shift, place.need
        missing = need.least - self.heads[shift.id, need.role]
        if missing <= 0:
            return None
        there = self.on[shift.id]
        people = [person for person in self._near(shift, need.role) if person.id not in there]
        nobody = "nobody else works there" if len(self.people) > len(there) else "nobody else is in the plan"
        if need.role.skill is not None:
            if people:
                nobody = f"nobody else there is down for {need.role.skill}"
            people = [person for person in people if need.role.skill in self.book.skills_of(person.id)]
        reasons: Counter[str] = Counter()
        for person in people:
            reasons[self._against(person, shift, need)] += 1
        return Gap(
            shift_id=shift.id,
            role=need.role,
            missing=missing,
            reasons=dict(reasons),
            nobody=nobody,
            wanted=need_words(self.plan, carried.law(), shift, need),
        )

    def _against(self, person: Person, shift: Shift, need: Need) -> str:
        """Say what keeps a person off a shift: the first reason there is."""
        against = why_not(person, shift, self.book, role=need.role, skill=need.skill)
        if against:
            return against[0].why
        if (person.id, shift.id) in self.gone:
            return "has withdrawn from it"
        if self.apart[person.id] & self.on[shift.id]:
            return "must be kept apart from somebody there"
        if self._full(shift, need.role):
            return f"would be more than {self.beside[shift.id][0]} official pickets at the entrance"
        return "could be asked"  # only one of several needs for the same role
