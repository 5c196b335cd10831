"""The smallest changes that would each fill a place of a gap, the easiest kind first, every one of them tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import Protocol

from rallyapp.domain.eligibility import Book, Reason, Why, may, why_not
from rallyapp.domain.ids import AvailabilityId, PersonId, PersonSkillId, ShiftId
from rallyapp.domain.people import (
    Availability,
    Cover,
    CoverKind,
    Level,
    Pair,
    Person,
    PersonSkill,
    Preference,
    Skill,
    Standing,
    Workplace,
)
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record
from rallyapp.domain.times import clock_fault, gap_minutes, minutes_words, span_words, uncovered
from rallyapp.rota.absent import movable
from rallyapp.rota.problem import PlanProblem
from rallyapp.rota.wording import skill_word

FURTHEST = 60  # minutes that another shift is asked to move
STEP = 5
MOST_TRIED = 40  # people looked at for one kind of change, those with the fewest shifts first
MOST_ASKED = 400  # people asked to take another's place, before it is given up

_ELSEWHERE = (Why.OVERLAP, Why.TRAVEL, Why.REST)
_LIMITS = (Why.DAY_LIMIT, Why.TOTAL_LIMIT)
_TIME = (PersonSkill, Availability, Cover, Preference, Workplace)
_OF_PEOPLE = (*_TIME, Person, Pair, Assignment, Attendance, Shift, Need)


class Gapped(Protocol):
    """What a change is for: places of a role, and of a skill that all must have."""

    @property
    def role(self) -> Role:
        """The role."""
        ...

    @property
    def skill(self) -> Skill | None:
        """The further skill."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One change that would fill one place: what to do, in words, and who comes then.

    ``kind``: "come" (just ask), "longer" (over their limit, by ``minutes``), "say" (has not said when they are
    free), "swap" (``taker`` takes their place on ``other_shift``), "part" (``minutes`` of it they did not offer),
    "tick" (18 or over), "move" (``other_shift`` moves by ``minutes``, below 0: earlier), "skill" (all but a skill).
    ``again``: they are suggested for another gap at that time already.
    """

    kind: str
    person_id: PersonId
    words: str
    other_shift: ShiftId | None = None
    taker: PersonId | None = None
    minutes: int = 0
    again: bool = False


class Mends:
    """A filled rota in which changes are tried; it is the same again after each."""

    def __init__(
        self,
        problem: PlanProblem,
        book: Book,
        on: Mapping[ShiftId, Sequence[Assignment]],
        apart: Mapping[PersonId, AbstractSet[PersonId]],
    ) -> None:
        """Take the book with everybody on it, who is on which shift to fill, and who is kept apart from whom."""
        self.problem, self.plan, self.book, self.on, self.apart = problem, problem.plan, book, on, apart

    def of(
        self, gap: Gapped, shift: Shift, against: Mapping[PersonId, Sequence[Reason]], lacking: Iterable[Person]
    ) -> Iterator[Mend]:
        """Give changes for a gap, the easiest first; ``against`` is what speaks against those one would ask."""
        there = {row.person_id for row in self._rows(shift.id)}
        welcome = {who: why for who, why in against.items() if not self.apart.get(who, set()) & there}
        site_id = self.book.spot(shift).site_id

        def order(person: Person) -> tuple[bool, int, int, str]:
            from_elsewhere = site_id is not None and site_id not in self.book.workplaces_of(person)
            notes = len(self._notes(person, shift))
            return from_elsewhere, notes, len(self.book.shifts_of(person.id)), person.id

        people = [self.plan.get(Person, who) for who in welcome]
        if gap.role is not Role.STALL:  # a partner's own people are on its stall, not on the union's posts
            people = [person for person in people if person.standing is not Standing.PARTNER]
            lacking = [person for person in lacking if person.standing is not Standing.PARTNER]
        people.sort(key=order)

        def kept_by(*whys: Why) -> Iterator[tuple[Person, Sequence[Reason]]]:
            found = ((p, r) for p in people if (r := welcome[p.id]) and all(each.why in whys for each in r))
            return islice(found, MOST_TRIED)

        for person in people:
            if not welcome[person.id] and may(person, shift, self.book, role=gap.role, skill=gap.skill):
                noted = self._notes(person, shift)
                words = f"ask {self._name(person, shift)}{'' if noted else ', who is free'}"
                yield Mend(kind="come", person_id=person.id, words=words)
        yield from self._longer(gap, shift, kept_by(*_LIMITS))
        yield from self._say(gap, shift, kept_by(Why.NOT_SAID))
        yield from self._swap(gap, shift, kept_by(*_ELSEWHERE, *_LIMITS))
        yield from self._part(gap, shift, kept_by(Why.NOT_FREE))
        yield from self._tick(gap, shift, kept_by(Why.NOT_ADULT))
        yield from self._move(gap, shift, kept_by(*_ELSEWHERE))
        yield from self._skill(gap, shift, islice(sorted(lacking, key=order), MOST_TRIED))

    # ------------------------------------------------------------------------------------- asking somebody
    def _longer(self, gap: Gapped, shift: Shift, found: Iterable[tuple[Person, Sequence[Reason]]]) -> Iterator[Mend]:
        over = []
        for person, against in found:
            longer, parts, most = person, [], 0
            for reason in against:
                if reason.why is Why.DAY_LIMIT and person.max_minutes_day is not None:
                    longer = replace(longer, max_minutes_day=reason.minutes)
                    parts.append(
                        f"{minutes_words(reason.minutes)} that day (their limit is "
                        f"{minutes_words(person.max_minutes_day)})"
                    )
                    most = max(most, reason.minutes - person.max_minutes_day)
                elif person.max_minutes_total is not None:
                    longer = replace(longer, max_minutes_total=reason.minutes)
                    parts.append(
                        f"{minutes_words(reason.minutes)} in all (their limit is "
                        f"{minutes_words(person.max_minutes_total)})"
                    )
                    most = max(most, reason.minutes - person.max_minutes_total)
            if may(longer, shift, self.book, role=gap.role, skill=gap.skill):
                noted = self._notes(person, shift)
                free = "who is free but would do" if not noted else "who could come but would do"
                words = f"ask {self._name(person, shift)}, {free} {' and '.join(parts)}"
                mend = Mend(kind="longer", person_id=person.id, words=words, minutes=most)
                over.append((len(noted), most, person.id, mend))
        yield from (mend for *_, mend in sorted(over, key=lambda each: each[:3]))

    def _say(self, gap: Gapped, shift: Shift, found: Iterable[tuple[Person, Sequence[Reason]]]) -> Iterator[Mend]:
        for person, _ in found:
            if self._would_if(person, shift, gap, _offer(person, shift)):
                words = f"ask {self._name(person, shift)}, who has not said when they are free"
                yield Mend(kind="say", person_id=person.id, words=words)

    def _part(self, gap: Gapped, shift: Shift, found: Iterable[tuple[Person, Sequence[Reason]]]) -> Iterator[Mend]:
        """Ask for a part of the shift that somebody did not offer, where they offered at least half of it."""
        partly = []
        for person, _ in found:
            offers = self.plan.of(Availability, "person_id", person.id)
            offered = [each.span for each in offers if each.level is not each.level.NOT]
            missing = uncovered(shift.span, offered)
            minutes = sum(span.minutes for span in missing)
            if missing and 2 * minutes <= shift.span.minutes:
                partly.append((minutes, person.id, person, missing))
        for minutes, _, person, missing in sorted(partly, key=lambda each: each[:2]):
            if self._would_if(person, shift, gap, _offer(person, shift)):
                when = " and ".join(span_words(span.start, span.end) for span in missing)
                can = "could come" if self._notes(person, shift) else "is free"
                words = f"ask {self._name(person, shift)}, who {can} but for {when}"
                yield Mend(kind="part", person_id=person.id, words=words, minutes=minutes)

    def _tick(self, gap: Gapped, shift: Shift, found: Iterable[tuple[Person, Sequence[Reason]]]) -> Iterator[Mend]:
        for person, _ in found:
            if may(replace(person, adult=True), shift, self.book, role=gap.role, skill=gap.skill):
                words = f"mark {person.name} as 18 or over, if they are"
                yield Mend(kind="tick", person_id=person.id, words=words)

    def _skill(self, gap: Gapped, shift: Shift, lacking: Iterable[Person]) -> Iterator[Mend]:
        skill = gap.role.skill
        for person in lacking:
            against = why_not(person, shift, self.book, role=gap.role, skill=gap.skill)
            if skill is None or [each.why for each in against] != [Why.LACKS_SKILL]:
                continue
            held = PersonSkill(id=PersonSkillId("-"), person_id=person.id, skill=skill)
            if self._would_if(person, shift, gap, held):
                can = "could come" if self._notes(person, shift) else "is free"
                word = skill_word(self.plan, shift, skill)
                words = f"{self._name(person, shift)} {can} and lacks only the skill \u201c{word}\u201d"
                yield Mend(kind="skill", person_id=person.id, words=words)

    # ------------------------------------------------------------------------------------ moving what is there
    def _swap(self, gap: Gapped, shift: Shift, found: Iterable[tuple[Person, Sequence[Reason]]]) -> Iterator[Mend]:
        for person, against in found:
            named = {each.other_shift for each in against if each.other_shift is not None}
            others = [each for each in self.book.shifts_of(person.id) if not named or each.id in named]
            for other in others:
                if other.id == shift.id:
                    continue
                taker = self._taker(person, other, shift, gap)
                if taker is not None:
                    words = (
                        f"let {self._name(taker, other)} take {person.name}\u2019s place at {self._where(other)}, "
                        f"so that {person.name} can come{self._told(person, other)}"
                    )
                    yield Mend(kind="swap", person_id=person.id, words=words, other_shift=other.id, taker=taker.id)
                    break

    def _taker(self, person: Person, other: Shift, shift: Shift, gap: Gapped) -> Person | None:
        """Find who could take somebody's place on another shift, where that would let them come here."""
        row = next((row for row in self._rows(other.id) if row.person_id == person.id), None)
        if row is None or row.presence is not Presence.PRESENT:
            return None
        self.book.take(person.id, other.id)
        try:
            if not may(person, shift, self.book, role=gap.role, skill=gap.skill):
                return None
            there = {each.person_id for each in self._rows(other.id)} - {person.id}
            asked = {need.skill for need in self.plan.of(Need, "shift_id", other.id) if need.role is row.role} - {None}
            must = {skill for skill in asked if skill in self.book.skills_of(person.id)}
            near = self.problem.candidates.near(other, row.role)[:MOST_ASKED].tolist()
            able = (
                taker
                for taker in (self.problem.people[number] for number in near)
                if taker.id not in there | {person.id}
                and must <= self.book.skills_of(taker.id)
                and (row.role is Role.STALL or taker.standing is not Standing.PARTNER)
                and not self.apart.get(taker.id, set()) & there
                and not any(each.person_id == taker.id for each in self.plan.of(Assignment, "shift_id", other.id))
                and may(taker, other, self.book, role=row.role)
            )
            return min(able, key=lambda taker: (len(self.book.shifts_of(taker.id)), taker.id), default=None)
        finally:
            self.book.put(person.id, other.id)

    def _move(self, gap: Gapped, shift: Shift, found: Iterable[tuple[Person, Sequence[Reason]]]) -> Iterator[Mend]:
        moves = []
        for person, against in found:
            others = {each.other_shift for each in against}
            if len(others) == 1 and (other := self.plan.find(Shift, next(iter(others)))) is not None:
                minutes = self._distance(shift, other)
                if 0 < abs(minutes) <= FURTHEST:
                    moves.append((abs(minutes), person.id, person, other, minutes))
        for far, _, person, other, minutes in sorted(moves, key=lambda each: each[:2]):
            if self._may_move(person, shift, gap, other, minutes):
                way = "earlier" if minutes < 0 else "later"
                words = f"move the shift at {self._where(other)} {far} minutes {way}, so that {person.name} can do both"
                yield Mend(kind="move", person_id=person.id, words=words, other_shift=other.id, minutes=minutes)

    def _distance(self, shift: Shift, other: Shift) -> int:
        """Give by how many minutes the other shift would have to move for one person to do both."""
        wanted = self.book.walk(self.book.spot(other), self.book.spot(shift))
        if other.starts.date() != shift.starts.date():
            wanted = max(wanted, self.book.settings.min_rest)
        before = other.starts < shift.starts
        short = wanted - (
            gap_minutes(other.span, shift.span)
            if not other.span.overlaps(shift.span)
            else int((shift.starts - other.ends if before else other.starts - shift.ends) / timedelta(minutes=1))
        )
        minutes = -(-short // STEP) * STEP
        return -minutes if before else minutes

    def _may_move(self, person: Person, shift: Shift, gap: Gapped, other: Shift, minutes: int) -> bool:
        """Try a shift at another time: everybody on it can still do it, and this person ours as well."""
        by = timedelta(minutes=minutes)
        moved = replace(other, starts=other.starts + by, ends=other.ends + by)
        if clock_fault(moved.starts) or clock_fault(moved.ends):
            return False
        rows = self._rows(other.id)
        book = self._around({person.id, *(row.person_id for row in rows)}, moved, shift)
        if not may(person, shift, book, role=gap.role, skill=gap.skill):
            return False
        book.put(person.id, shift.id)
        return all(may(book.plan.get(Person, row.person_id), moved, book, role=row.role) for row in rows)

    def _where(self, shift: Shift) -> str:
        return f"{self.plan.place_words(shift)}, {shift.words}"

    # -------------------------------------------------------------------------------------- what to know of them
    def _notes(self, person: Person, shift: Shift) -> list[str]:
        """List what makes somebody no first choice at that time."""
        offers = self.plan.of(Availability, "person_id", person.id)
        about = [each for each in offers if each.level is not Level.NOT and each.span.overlaps(shift.span)]
        notes = ["if need be"] if about and all(each.level is Level.IF_NEED_BE for each in about) else []
        notes += ["reserve"] if person.reserve else []
        covers = self.plan.of(Cover, "person_id", person.id)
        away = any(each.kind is CoverKind.LEAVE and each.span.overlaps(shift.span) for each in covers)
        return notes + (["on leave"] if away else [])

    def _name(self, person: Person, shift: Shift) -> str:
        notes = self._notes(person, shift)
        return f"{person.name} ({', '.join(notes)})" if notes else person.name

    def _told(self, person: Person, other: Shift) -> str:
        """Say what somebody was told or said of a place that they would leave; nothing of a mere proposal."""
        row = next((row for row in self._rows(other.id) if row.person_id == person.id), None)
        if row is None or self.plan.find(Assignment, row.id) is None or movable(self.plan, row):
            return ""
        said = {
            AssignmentState.CONFIRMED: f"{person.name} has confirmed that place",
            AssignmentState.RECONFIRM: f"{person.name} had confirmed that place",
            AssignmentState.ASKED: f"{person.name} was asked for that place",
        }.get(row.state, f"{person.name} was {'pinned' if row.pinned else 'put'} there")
        return f"; {said}: ask them first"

    # ---------------------------------------------------------------------------------------------- trying
    def _rows(self, shift_id: ShiftId) -> Sequence[Assignment]:
        """List who is counted on for a shift in the rota as filled."""
        if shift_id in self.problem.openings_of or shift_id in self.on:
            return self.on.get(shift_id, ())
        return [row for row in self.plan.of(Assignment, "shift_id", shift_id) if row.state.counts]

    def _would_if(self, person: Person, shift: Shift, gap: Gapped, more: Record) -> bool:
        return may(person, shift, self._around({person.id}, shift, more), role=gap.role, skill=gap.skill)

    @cached_property
    def _places(self) -> tuple[Record, ...]:
        return tuple(record for kind in KINDS if kind not in _OF_PEOPLE for record in self.plan.all(kind))

    def _around(self, people: Collection[PersonId], *changed: Record) -> Book:
        """Make a book of a few people's time with changed records in it, everybody on as the rota has it."""
        records: list[Record] = [*self._places]
        shifts: dict[ShiftId, Shift] = {}
        for who in people:
            records.append(self.plan.get(Person, who))
            for kind in _TIME:
                records += self.plan.of(kind, "person_id", who)
            shifts.update((shift.id, shift) for shift in self.book.shifts_of(who))
            records += [row for row in self.plan.of(Assignment, "person_id", who) if self._stays(row)]
            shifts.update(
                (row.shift_id, self.plan.get(Shift, row.shift_id))
                for row in self.plan.of(Assignment, "person_id", who)
                if row.shift_id not in shifts
            )
        records += shifts.values()
        book = Book(Plan([*records, *changed]))
        for who in people:
            for shift in self.book.shifts_of(who):
                book.put(who, shift.id)
        return book

    def _stays(self, row: Assignment) -> bool:
        return not row.state.counts or self.book.is_on(row.person_id, row.shift_id)


def _offer(person: Person, shift: Shift) -> Availability:
    return Availability(id=AvailabilityId("-"), person_id=person.id, starts=shift.starts, ends=shift.ends)
