"""Why a place of a plan can't be filled, in the words of a rep: who is kept from it and by what, and what would help.

Names are in it: it is for whoever plans, never for a noticeboard. Every change that is named was tried, and
``eligibility.why_not`` had nothing against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from rallyapp import carried
from rallyapp.domain import law, stand_down
from rallyapp.domain.eligibility import Book, Reason, Why, why_not
from rallyapp.domain.ids import EntranceId, PersonId, ShiftId
from rallyapp.domain.people import Cover, CoverKind, Pair, Person, Skill
from rallyapp.domain.pickets import Assignment, Picket, Presence, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.situation import counted_words
from rallyapp.domain.times import clock, day_words, minutes_words
from rallyapp.rota.joint import Joint
from rallyapp.rota.mends import Mend, Mends
from rallyapp.rota.problem import PlanProblem

MOST_MENDS = 3
OF_A_KIND = 2
FURTHEST_WALK = 180  # minutes; beyond, nobody walks
MOST_DETAILS = 3  # of one reason; more of them are only counted

COULD = "could be asked"
APART = "must be kept apart from somebody there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Places of one need that nobody fills."""

    shift_id: ShiftId
    role: Role
    skill: Skill | None
    missing: int
    wanted: str  # the role in the word of that day's law, with the skill that the need asks for

    @property
    def short(self) -> str:
        """What is missing: "1 picket supervisor short"."""
        return f"{counted_words(self.missing, self.wanted)} short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a gap is one: how many people each reason keeps away, in a line, and what would fill a place of it.

    ``reasons`` counts by a ``Why`` or one of the words that only a builder needs. ``joint`` is a sentence where
    places that could each be filled can't be filled together; empty where that is not the matter.
    """

    reasons: Mapping[str, int]
    words: str
    joint: str
    mends: tuple[Mend, ...]


class Reasons:
    """A filled rota, with all that explaining its gaps needs; made of a problem and who is on in the end."""

    def __init__(self, problem: PlanProblem, placed: Iterable[tuple[int, int]], rows: Iterable[Assignment]) -> None:
        """Take the rota's places in the model, and the assignments that count in these shifts with it."""
        self.problem = problem
        self.plan = problem.plan
        self.placed = tuple(placed)
        self.on: dict[ShiftId, list[Assignment]] = defaultdict(list)
        self.book = Book(self.plan)
        for row in (*problem.movable.values(), *problem.stale):
            self.book.take(row.person_id, row.shift_id)
        for row in rows:
            self.on[row.shift_id].append(row)
            self.book.put(row.person_id, row.shift_id)
        self.apart: dict[PersonId, set[PersonId]] = defaultdict(set)
        for pair in self.plan.all(Pair):
            if pair.apart:
                self.apart[pair.person_id].add(pair.other_id)
                self.apart[pair.other_id].add(pair.person_id)

    @cached_property
    def _joint(self) -> Joint:
        return Joint(self.problem, self.placed)

    @cached_property
    def _mends(self) -> Mends:
        return Mends(self.problem, self.book, self.on, self.apart)

    def explain(self, gap: Gap) -> Explanation:
        """Explain one gap."""
        shift = self.plan.get(Shift, gap.shift_id)
        people = self._asked(shift, gap)
        against = {person.id: self._against(person, shift, gap) for person in people}
        reasons = Counter(generic for generic, _, _ in against.values())
        lacking = self._lacking(shift, gap)
        said = self._said(against.values()) or self._nobody(shift, gap)
        full = self._full(shift, gap.role)
        found = () if full else self._mends.of(gap, shift, {p: why for p, (_, _, why) in against.items()}, lacking)
        return Explanation(
            reasons=dict(reasons),
            words=f"{gap.short} ({said})",
            joint=self._joint.words(shift, gap.role, gap.skill),
            mends=tuple(islice(_few_of_a_kind(found), MOST_MENDS)),
        )

    # ------------------------------------------------------------------------------------- whom one asks
    def _near(self, shift: Shift, role: Role) -> list[Person]:
        there = {row.person_id for row in self.on[shift.id]}
        near = (self.problem.people[n] for n in self.problem.candidates.near(shift, role, all_over=True).tolist())
        return [person for person in near if person.id not in there]

    def _asked(self, shift: Shift, gap: Gap) -> list[Person]:
        """List whom a gap is about: of a role that needs a skill, those who have it."""
        skill = gap.role.skill
        return [p for p in self._near(shift, gap.role) if skill is None or skill in self.book.skills_of(p.id)]

    def _lacking(self, shift: Shift, gap: Gap) -> list[Person]:
        skill = gap.role.skill
        if skill is None:
            return []
        return [person for person in self._near(shift, gap.role) if skill not in self.book.skills_of(person.id)]

    def _nobody(self, shift: Shift, gap: Gap) -> str:
        if gap.role.skill is not None and self._near(shift, gap.role):
            return f"nobody else there is down for {gap.role.skill}"
        there = len({row.person_id for row in self.on[shift.id]})
        return "nobody else works there" if len(self.problem.people) > there else "nobody else is in the plan"

    # ---------------------------------------------------------------------------------- what speaks against
    def _against(self, person: Person, shift: Shift, gap: Gap) -> tuple[str, str, tuple[Reason, ...]]:
        """Say what keeps a person off a shift: the first reason there is, by kind and in detail, and all of them."""
        against = why_not(person, shift, self.book, role=gap.role, skill=gap.skill)
        if against:
            return against[0].why, self._detail(person, shift, against[0]), against
        if self.apart[person.id] & {row.person_id for row in self.on[shift.id]}:
            return APART, APART, ()
        if most := self._full(shift, gap.role):
            words = f"would be more than {most} official pickets at the entrance"
            return words, words, ()
        return COULD, COULD, ()

    def _detail(self, person: Person, shift: Shift, reason: Reason) -> str:
        """Say a reason with what a rep can act on: which other shift, which duty, which limit."""
        if reason.why is Why.DUTY and (kind := self._duty(person, shift)):
            return _DUTIES[kind]
        if reason.why is Why.DAY_LIMIT and person.max_minutes_day is not None:
            return f"would be over their {minutes_words(person.max_minutes_day)} that day"
        if reason.why is Why.TOTAL_LIMIT and person.max_minutes_total is not None:
            return f"would be over their {minutes_words(person.max_minutes_total)} in all"
        if reason.other_shift is None:
            return reason.why
        other = self.plan.get(Shift, reason.other_shift)
        where = self.book.spot(other).name if other.picket_id is None else self.plan.place_words(other)
        if reason.why is Why.OVERLAP:
            return f"is at {where} {other.words} then"
        before = other.starts <= shift.starts
        when = f"until {clock(other.ends)}" if before else f"from {clock(other.starts)}"
        if reason.why is Why.TRAVEL:
            far = reason.minutes > FURTHEST_WALK
            return f"is at {where} {when} ({'too far to walk' if far else f'{minutes_words(reason.minutes)} walk'})"
        day = day_words((other.ends if before else other.starts).date())
        return f"is at {where} {when} on {day} ({minutes_words(reason.minutes)} of rest)"

    def _duty(self, person: Person, shift: Shift) -> CoverKind | None:
        buffer = self.book.settings.duty_buffer
        for cover in self.plan.of(Cover, "person_id", person.id):
            if cover.kind.blocks and cover.span.widened(buffer).overlaps(shift.span):
                return cover.kind
        return None

    def _said(self, against: Iterable[tuple[str, str, tuple[Reason, ...]]]) -> str:
        details: dict[str, Counter[str]] = defaultdict(Counter)
        for generic, detail, _ in against:
            details[generic][detail] += 1
        counts: Counter[str] = Counter()
        for generic, found in details.items():
            counts.update(found if len(found) <= MOST_DETAILS else {generic: found.total()})
        most_first = sorted(counts.items(), key=lambda part: (-part[1], part[0]))
        return ", ".join(f"{count:,} {why if count == 1 else _of_many(why)}" for why, count in most_first)

    def _full(self, shift: Shift, role: Role) -> int:
        """Give an entrance's most official pickets where one more would be too many at some time (L4), else 0."""
        if not role.official_picket or shift.picket_id is None:
            return 0
        entrance = self.plan.get(Entrance, self.plan.get(Picket, shift.picket_id).entrance_id)
        # An entrance's own figure may be lower than the Code's six, never raise it.
        most = min(entrance.official_max, law.official_maximum(carried.law()))
        beside = [other for other in self._at_entrance(entrance.id) if other.span.overlaps(shift.span)]
        for moment in {max(other.starts, shift.starts) for other in beside}:
            there = {
                row.person_id
                for other in beside
                if other.starts <= moment < other.ends
                for row in self._rows(other.id)
                if row.role.official_picket and row.presence is Presence.PRESENT
            }
            if len(there) >= most:
                return most
        return 0

    def _at_entrance(self, entrance_id: EntranceId) -> Iterator[Shift]:
        for picket in self.plan.of(Picket, "entrance_id", entrance_id):
            for shift in self.plan.of(Shift, "picket_id", picket.id):
                if stand_down.of_shift(self.plan, shift).on:
                    yield shift

    def _rows(self, shift_id: ShiftId) -> Iterable[Assignment]:
        if shift_id in self.problem.openings_of or shift_id in self.on:
            return self.on[shift_id]
        return (row for row in self.plan.of(Assignment, "shift_id", shift_id) if row.state.counts)


_DUTIES: Mapping[CoverKind, str] = {
    CoverKind.EMERGENCY_COVER: "is on emergency cover",
    CoverKind.ON_CALL: "is on call",
    CoverKind.FINISHING: "is finishing a shift at work",
    CoverKind.RECALLED: "is recalled to work",
}

_MANY = {"is": "are", "has": "have", "lacks": "lack", "works": "work"}


def _of_many(why: str) -> str:
    """Say of many people what a reason says of one: "are not free"."""
    verb, _, rest = why.partition(" ")
    return f"{_MANY.get(verb, verb)} {rest}"


def _few_of_a_kind(mends: Iterable[Mend]) -> Iterator[Mend]:
    seen: Counter[str] = Counter()
    for mend in mends:
        seen[mend.kind] += 1
        if seen[mend.kind] <= OF_A_KIND:
            yield mend
