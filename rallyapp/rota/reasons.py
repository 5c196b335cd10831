"""Why a place of a plan can't be filled, in the words of a rep: who is kept from it and by what, and what would help.

Names are in it: it is for whoever plans, never for a noticeboard. Every change that is named was tried, and
``eligibility.why_not`` had nothing against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from rallyapp.domain.eligibility import Book, Reason, Why, why_not
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Pair, Person, Skill
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.places import Site, metres_between
from rallyapp.domain.plan import Plan
from rallyapp.domain.situation import counted_words
from rallyapp.domain.times import Span, clock, day_words, minutes_words
from rallyapp.rota.absent import DUTIES, duty_kind
from rallyapp.rota.joint import Joint
from rallyapp.rota.mends import Mend, Mends
from rallyapp.rota.official import Official
from rallyapp.rota.problem import PlanProblem
from rallyapp.rota.wording import listed, skill_word

MOST_MENDS = 3
OF_A_KIND = 2
FURTHEST_WALK = 60  # minutes; beyond, the distance says more
MOST_DETAILS = 3  # of one reason; more of them are only counted
MOST_NAMES = 4

COULD = "could be asked"
CUT_SHORT = "could be asked: the time ran out before that was tried"
APART = "must be kept apart from somebody there"
FULL = "would be one official picket too many at the entrance"
OF_ANOTHER = "is another charity\u2019s own"


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

    def __init__(
        self,
        problem: PlanProblem,
        placed: Iterable[tuple[int, int]],
        rows: Iterable[Assignment],
        *,
        cut_short: bool = False,
    ) -> None:
        """Take the rota's places in the model, and the assignments that count in these shifts with it.

        ``cut_short`` says that there was no time to look at everything.
        """
        self.problem = problem
        self.plan = problem.plan
        self.placed = tuple(placed)
        self.could = CUT_SHORT if cut_short else COULD
        self.on: dict[ShiftId, list[Assignment]] = defaultdict(list)
        self.book = Book(self.plan)
        for row in (*problem.movable.values(), *problem.stale):
            self.book.take(row.person_id, row.shift_id)
        for row in (*rows, *(each.assignment for each in problem.absent)):
            self.on[row.shift_id].append(row)
            self.book.put(row.person_id, row.shift_id)
        self.apart: dict[PersonId, set[PersonId]] = defaultdict(set)
        for pair in self.plan.all(Pair):
            if pair.apart:
                self.apart[pair.person_id].add(pair.other_id)
                self.apart[pair.other_id].add(pair.person_id)
        self.official = Official(self.plan, self._rows, {each.assignment.id for each in problem.absent})

    @cached_property
    def _joint(self) -> Joint:
        return Joint(self.problem, self.placed)

    @cached_property
    def _mends(self) -> Mends:
        return Mends(self.problem, self.book, self.on, self.apart)

    def explain(self, gap: Gap) -> Explanation:
        """Explain one gap."""
        return self._explain(gap, _Suggested(), MOST_MENDS)

    def explain_all(self, gaps: Iterable[Gap]) -> tuple[Explanation, ...]:
        """Explain several gaps; somebody suggested for one is suggested for another at that time only at need.

        The gaps that fewest people could fill are given people first.
        """
        wanted = list(gaps)
        suggested = _Suggested()
        found: dict[int, Explanation] = {}
        for at in sorted(range(len(wanted)), key=lambda at: self._few(wanted[at])):
            found[at] = self._explain(wanted[at], suggested, min(MOST_MENDS, wanted[at].missing + 1))
        return tuple(found[at] for at in range(len(wanted)))

    def _few(self, gap: Gap) -> int:
        """Count whom one could ask for a gap, by what they can do."""
        asked = self._asked(self.plan.get(Shift, gap.shift_id), gap)
        return sum(gap.skill is None or gap.skill in self.book.skills_of(person.id) for person in asked)

    def dropped(self, row: Assignment) -> str:
        """Say why a proposal of the builder has no place on its shift any more, as what is true of the person."""
        person, shift = self.plan.get(Person, row.person_id), self.plan.get(Shift, row.shift_id)
        against = why_not(person, shift, self.book, role=row.role)
        if against:
            words = self._detail(person, shift, against[0]).removeprefix("is ").removeprefix("would be ")
            return words.replace("over their ", "over ")
        if any(each.role is row.role and each.person_id != row.person_id for each in self.on[shift.id]):
            return "others have the place"
        return "no longer needed"

    def _explain(self, gap: Gap, suggested: _Suggested, most: int) -> Explanation:
        shift = self.plan.get(Shift, gap.shift_id)
        full, too_many = self.official.full(shift, gap.role), self.official.too_many(shift, gap.role)
        people = self._asked(shift, gap)
        against = {person.id: self._against(person, shift, gap, full=full) for person in people}
        lacking = self._lacking(shift, gap)
        said = self._said(against.values()) or self._nobody(shift, gap)
        if full:  # whoever it is would be one too many: it is not about them
            said = too_many or self.official.crowd(shift)
        elif too_many:
            said = f"{said}; {too_many}"
        found = () if full else self._mends.of(gap, shift, {p: why for p, (_, _, why) in against.items()}, lacking)
        return Explanation(
            reasons=dict(Counter(generic for generic, _, _ in against.values())),
            words=f"{gap.short} ({said})",
            joint="" if full else self._joint.words(shift, gap.role, gap.skill),
            mends=suggested.choose(found, shift, self.plan, most),
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
        there = {row.person_id for row in self.on[shift.id]}
        skill = gap.role.skill
        if skill is None:
            return "nobody else works there" if len(self.problem.people) > len(there) else "nobody else is in the plan"
        word = skill_word(self.plan, shift, skill)
        others = [p for p in self.problem.people if p.id not in there and not p.left]
        able = sorted((p for p in others if skill in self.book.skills_of(p.id)), key=lambda p: (p.name, p.id))
        if not able:
            return f"nobody else in the plan is down for {word}"
        named = [f"{person.name} ({self._works_at(person)})" for person in able]
        return f"nobody else there is down for {word}; elsewhere {listed(named, MOST_NAMES)}"

    def _works_at(self, person: Person) -> str:
        names = sorted(self.plan.get(Site, site_id).name for site_id in self.book.workplaces_of(person))
        return " and ".join(names) or "no workplace"

    # ---------------------------------------------------------------------------------- what speaks against
    def _against(self, person: Person, shift: Shift, gap: Gap, *, full: bool) -> tuple[str, str, tuple[Reason, ...]]:
        """Say what keeps a person off a shift: the first reason there is, by kind and in detail, and all of them."""
        against = why_not(person, shift, self.book, role=gap.role, skill=gap.skill)
        if against:
            return against[0].why, self._detail(person, shift, against[0]), against
        if self.apart[person.id] & {row.person_id for row in self.on[shift.id]}:
            return APART, APART, ()
        said = FULL if full else self.could
        return said, said, ()

    def _detail(self, person: Person, shift: Shift, reason: Reason) -> str:
        """Say a reason with what a rep can act on: which other shift, which duty, which limit."""
        if reason.why is Why.DUTY and (kind := duty_kind(self.plan, person.id, shift)) is not None:
            return DUTIES[kind]
        if reason.why is Why.DAY_LIMIT and person.max_minutes_day is not None:
            return f"would be over their {minutes_words(person.max_minutes_day)} that day"
        if reason.why is Why.TOTAL_LIMIT and person.max_minutes_total is not None:
            return f"would be over their {minutes_words(person.max_minutes_total)} in all"
        if reason.why is Why.PARTNERS_OWN and shift.stall_id is not None:
            return OF_ANOTHER
        if reason.other_shift is None:
            return reason.why
        other = self.plan.get(Shift, reason.other_shift)
        where = self.book.spot(other).name if other.picket_id is None else self.plan.place_words(other)
        if reason.why is Why.OVERLAP:
            return f"is at {where} {other.words} then"
        before = other.starts <= shift.starts
        when = f"until {clock(other.ends)}" if before else f"from {clock(other.starts)}"
        if reason.why is Why.TRAVEL:
            return f"is at {where} {when} ({self._way(other, shift, reason.minutes)})"
        day = day_words((other.ends if before else other.starts).date())
        return f"is at {where} {when} on {day} ({minutes_words(reason.minutes)} of rest)"

    def _way(self, other: Shift, shift: Shift, minutes: int) -> str:
        here, there = self.book.spot(shift).position, self.book.spot(other).position
        if minutes <= FURTHEST_WALK or here is None or there is None:
            return f"{minutes_words(minutes)} walk"
        return f"too far away: {max(1, round(metres_between(here, there) / 1000))} km"

    def _said(self, against: Iterable[tuple[str, str, tuple[Reason, ...]]]) -> str:
        details: dict[str, Counter[str]] = defaultdict(Counter)
        for generic, detail, _ in against:
            details[generic][detail] += 1
        counts: Counter[str] = Counter()
        for generic, found in details.items():
            counts.update(found if len(found) <= MOST_DETAILS else {generic: found.total()})
        most_first = sorted(counts.items(), key=lambda part: (-part[1], part[0]))
        return ", ".join(f"{count:,} {why if count == 1 else _of_many(why)}" for why, count in most_first)

    def _rows(self, shift: Shift) -> Iterable[Assignment]:
        if shift.id in self.problem.openings_of or shift.id in self.on:
            return self.on[shift.id]
        return (row for row in self.plan.of(Assignment, "shift_id", shift.id) if row.state.counts)


_MANY = {"is": "are", "has": "have", "lacks": "lack", "works": "work"}


def _of_many(why: str) -> str:
    """Say of many people what a reason says of one: "are not free"."""
    verb, _, rest = why.partition(" ")
    return f"{_MANY.get(verb, verb)} {rest}"


class _Suggested:
    """Who was suggested for which time already."""

    def __init__(self) -> None:
        self.times: dict[PersonId, list[Span]] = defaultdict(list)

    def choose(self, mends: Iterable[Mend], shift: Shift, plan: Plan, most: int) -> tuple[Mend, ...]:
        """Take so many changes, few of a kind; those of people suggested for that time before only if no other."""
        fresh: list[Mend] = []
        again: list[Mend] = []
        kinds: Counter[str] = Counter()
        for mend in mends:
            if any(span.overlaps(other) for who, span in _times(mend, shift, plan) for other in self.times[who]):
                again.append(mend)
            elif kinds[mend.kind] < OF_A_KIND:
                kinds[mend.kind] += 1
                fresh.append(mend)
            if len(fresh) == most:
                break
        for mend in fresh:
            for who, span in _times(mend, shift, plan):
                self.times[who].append(span)
        repeated = (
            replace(mend, words=f"{mend.words} (also suggested for another gap)", again=True)
            for mend in again[:OF_A_KIND]
        )
        return tuple(fresh) or tuple(repeated)


def _times(mend: Mend, shift: Shift, plan: Plan) -> Iterator[tuple[PersonId, Span]]:
    yield mend.person_id, shift.span
    if mend.taker is not None and mend.other_shift is not None:
        yield mend.taker, plan.get(Shift, mend.other_shift).span
