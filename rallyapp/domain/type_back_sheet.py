"""A sign-in sheet as it was printed, and what the plan knows now of the picket that it was for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import AttendanceId, PersonId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Attendance, Incident, Picket, Role, Shift, TurnoutCount
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan, as_read
from rallyapp.domain.tells import PrintedLine
from rallyapp.domain.times import Span, clock, clock_fault, day_words, span_words
from rallyapp.domain.type_back_lines import Clock

FAR = timedelta(hours=2)
GONE = "somebody no longer in the plan"


@frozen
class SheetRow:
    """A row as it was printed: for somebody on a shift, or (no person) blank for whoever else came.

    ``gone``: it was printed for somebody who was taken out of the plan since; then it names nobody.
    """

    number: int
    person: PersonId | None = None
    shift: ShiftId | None = None
    role: Role = Role.PICKET
    gone: bool = False

    @property
    def blank(self) -> bool:
        """Say whether the row was printed without a name."""
        return self.person is None and not self.gone


def printed_rows(lines: Iterable[PrintedLine]) -> Iterator[SheetRow]:
    """Read the numbered rows of a printed piece; other lines of it are passed over."""
    roles = {str(role): role for role in Role}
    for line in lines:
        if line.number:
            yield SheetRow(
                number=line.number,
                person=PersonId(line.person) if line.person else None,
                shift=ShiftId(line.shift) if line.shift else None,
                role=roles.get(line.role, Role.PICKET),
            )


# By what a mark is found: the shift and the person; or of a walk-in the number of their row, and of one on no row
# less than nothing.
Key = tuple[ShiftId | int, PersonId | str]
Known = Callable[[str], Iterable[Person]]


def nobody(name: str) -> Iterable[Person]:
    """Know nobody beyond the sheet itself; the ``Known`` of a plan of which no more is at hand."""
    return ()


class SignInSheet:
    """The rows that were printed, against the picket, its shifts and its marks as they are now.

    The rows are as they were printed, whatever the rota says meanwhile.
    """

    def __init__(
        self,
        plan: Plan,
        picket: Picket,
        rows: Iterable[SheetRow],
        *,
        code: str = "",
        were: Mapping[ShiftId, Span] | None = None,
    ) -> None:
        """Take a plan that holds the picket with its entrance, shifts, marks, counts and notes, and the people.

        ``code`` is the sheet's own; ``were`` tells of shifts that are gone when they were.
        """
        self.plan, self.picket, self.code = plan, picket, code
        self._were = were or {}
        self.rows: Mapping[int, SheetRow] = {
            row.number: self._as_now(row) for row in sorted(rows, key=lambda row: row.number)
        }
        self.shifts = sorted(plan.of(Shift, "picket_id", picket.id), key=lambda each: (each.starts, each.ends, each.id))

    def _as_now(self, row: SheetRow) -> SheetRow:
        # Whoever was erased leaves no trace of themselves in the row, but only a row for somebody has a shift.
        gone = not self.plan.find(Person, row.person) if row.person else row.shift is not None
        return replace(row, person=None, gone=True) if gone else row

    @property
    def last(self) -> int:
        """The greatest row number."""
        return max(self.rows, default=0)

    @property
    def day(self) -> date:
        """The day on which the picket starts."""
        return self.picket.starts.date()

    @property
    def entrance(self) -> Entrance:
        """The entrance at which the picket stands."""
        return self.plan.get(Entrance, self.picket.entrance_id)

    @cached_property
    def span(self) -> Span:
        """The picket's time; one with an open end is as long as its shifts, at least a minute."""
        ends = [shift.ends for shift in self.shifts] + ([self.picket.ends] if self.picket.ends else [])
        least = self.picket.starts + timedelta(minutes=1)
        return Span(min([self.picket.starts, *(shift.starts for shift in self.shifts)]), max([least, *ends]))

    @cached_property
    def marks(self) -> Mapping[Key, Attendance]:
        """Who of the plan's people was marked there until now, by shift and person."""
        return {(mark.shift_id, mark.person_id): mark for mark in self._all_marks if mark.person_id}

    @cached_property
    def walk_ins(self) -> Sequence[Attendance]:
        """The marks of walk-ins there until now."""
        return [mark for mark in self._all_marks if not mark.person_id]

    @cached_property
    def _all_marks(self) -> Sequence[Attendance]:
        return [mark for shift in self.shifts for mark in self.plan.of(Attendance, "shift_id", shift.id)]

    def row_id(self, number: int) -> AttendanceId | None:
        """The id of the mark of whoever wrote themselves into a row, so that the row finds it again."""
        return self._row_ids.get(number)

    @cached_property
    def _row_ids(self) -> Mapping[int, AttendanceId]:
        import uuid  # reading a plan does without

        made = {number: uuid.uuid5(uuid.NAMESPACE_OID, f"{self.code} {number}") for number in self.rows if self.code}
        return {number: AttendanceId(str(id)) for number, id in made.items()}

    @cached_property
    def row_marks(self) -> Mapping[int, Attendance]:
        """The marks that were typed back before, by the row into which somebody wrote themselves."""
        marks = {mark.id: mark for mark in self._all_marks}
        return {number: marks[id] for number, id in self._row_ids.items() if id in marks}

    @property
    def counts(self) -> tuple[TurnoutCount, ...]:
        """The head-counts of the picket until now."""
        return self.plan.of(TurnoutCount, "picket_id", self.picket.id)

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """What happened at the picket, as far as it is known."""
        return self.plan.of(Incident, "picket_id", self.picket.id)

    def name(self, row: SheetRow) -> str:
        """The full name of whom a row is for."""
        return GONE if row.gone else self.plan.name_of(row.person)

    def shift_known(self, id: ShiftId | None) -> Shift | None:
        """The shift with an id, if the picket still has it."""
        return next((shift for shift in self.shifts if shift.id == id), None)

    def shift_words(self, row: SheetRow) -> str:
        """When the shift of a row is, or was."""
        shift = self.shift_known(row.shift)
        was = self._were.get(row.shift) if row.shift else None
        if shift:
            return shift.words
        return f"{span_words(was.start, was.end)}, not on the rota now" if was else "shift not on the rota now"

    def shift_of(self, row: SheetRow, came: Clock | None = None, went: Clock | None = None) -> Shift:
        """The shift of a row; where that is gone, the one that is on when it was, or else when somebody came or went.

        Raises ValueError where nothing tells which that is, and where the picket has no shift.
        """
        if known := self.shift_known(row.shift):
            return known
        if not self.shifts:
            return self.shift_at(self.picket.starts)
        was = self._were.get(row.shift) if row.shift else None
        there = [shift for shift in self.shifts if was and _shared(shift.span, was) > timedelta(0)] or self.shifts
        if len(there) == 1:
            return there[0]
        if came:
            return _nearest(there, moment(came, was or self.span))
        if was:
            return max(there, key=lambda shift: _shared(shift.span, was))
        if went:
            left = moment(went, self.span, end=True)
            return min(there, key=lambda shift: (abs(left - shift.ends), shift.starts))
        raise ValueError(
            f"The shift of row {row.number} is not on the rota any more: type the time in, which tells the shift"
        )

    def shift_at(self, when: datetime) -> Shift:
        """The shift that is on at a time, or else the nearest; raises ValueError where the picket has none."""
        if not self.shifts:
            raise ValueError("The picket has no shift any more, so nobody can be marked there: add one on the rota")
        return _nearest(self.shifts, when)

    def rows_of(self, name: str) -> list[SheetRow]:
        """The first printed row of everybody who is called so, by the full name or, if nobody is, the short one."""
        read = as_read(name)
        found: dict[str, dict[PersonId, SheetRow]] = {"name": {}, "short_name": {}}
        for row in self.rows.values():
            person = self.plan.find(Person, row.person)
            for which, people in found.items():
                if person and as_read(getattr(person, which)) == read:
                    people.setdefault(person.id, row)
        return list((found["name"] or found["short_name"]).values())


def _nearest(shifts: Sequence[Shift], when: datetime) -> Shift:
    # Of two that touch, or lie over each other, the one that has just begun.
    return min(shifts, key=lambda shift: (distance(shift.span, when), abs(when - shift.starts), shift.starts))


def _shared(one: Span, other: Span) -> timedelta:
    return min(one.end, other.end) - max(one.start, other.start)


def distance(span: Span, when: datetime) -> timedelta:
    """How far a time is outside a span; nothing where it is inside or at its end."""
    return max(span.start - when, when - span.end, timedelta(0))


def moment(at: Clock, span: Span, *, end: bool = False, not_before: datetime | None = None) -> datetime:
    """Say on which day a typed time of day is: as near to a span as it can be, near its start or near its ``end``.

    A time of which nobody said whether it is morning or afternoon is taken as whichever is nearer, and minutes alone
    are taken of the hour nearest to the start or the end. More than two hours off it is a time of the span's own days:
    late in the evening of a picket's day, not of the day before. ``not_before`` is when somebody came who leaves then:
    a night goes over midnight. Raises ValueError for a time that the clocks leave out.
    """
    anchor = span.end if end else span.start
    if at.any_hour:
        found = [anchor.replace(minute=at.at.minute) + timedelta(hours=more) for more in (-1, 0, 1)]
    else:
        times = [at.at, at.at.replace(hour=at.at.hour + 12)] if at.either_half else [at.at]
        days = {day + timedelta(days=more) for day in (span.start.date(), span.end.date()) for more in (-1, 0, 1)}
        found = [datetime.combine(day, each) for day in days for each in times]

    def order(when: datetime) -> tuple[bool, timedelta, timedelta, datetime]:
        outside = timedelta(0) if at.any_hour else distance(span, when)
        other_day = outside > FAR and not span.start.date() <= when.date() <= span.end.date()
        return other_day, outside, abs(when - anchor), when

    best = min(found, key=order)
    if not_before is not None and best < not_before:
        inside = [when for when in found if not_before <= when and distance(span, when) == timedelta(0)]
        best = min(inside, key=order, default=best)
    if fault := clock_fault(best):
        raise ValueError(fault)
    return best


def when_words(when: datetime, day: date) -> str:
    """Write a time, with its day where that is another one: 08:00, 02:30 (Wed 2 Dec 2015)."""
    return clock(when) if when.date() == day else f"{clock(when)} ({day_words(when.date())})"


def mark_words(sheet: SignInSheet, mark: Attendance) -> str:
    """Write what a mark says: "in 08:02, out 11:00", "did not come"."""
    if mark.absent:
        return "did not come"
    came = f"in {when_words(mark.came, sheet.day)}" if mark.came else "no time in"
    return f"{came}, out {when_words(mark.went, sheet.day)}" if mark.went else came
