"""A sign-in sheet as it was printed, and what the plan knows now of the picket that it was for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Attendance, Incident, Picket, Role, Shift, TurnoutCount
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan, as_read
from rallyapp.domain.tells import PrintedLine
from rallyapp.domain.times import Span, clock, clock_fault, day_words
from rallyapp.domain.type_back_lines import Clock


@frozen
class SheetRow:
    """A row as it was printed: for somebody on a shift, or (no person) blank for whoever else came."""

    number: int
    person: PersonId | None = None
    shift: ShiftId | None = None
    role: Role = Role.PICKET


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


Key = tuple[ShiftId, PersonId | str]
Known = Callable[[str], Iterable[Person]]


def nobody(name: str) -> Iterable[Person]:
    """Know nobody beyond the sheet itself; the ``Known`` of a plan of which no more is at hand."""
    return ()


class SignInSheet:
    """The rows that were printed, against the picket, its shifts and its marks as they are now.

    The rows are as they were printed, whatever the rota says meanwhile. Somebody who was taken out of the plan
    since, or whose shift was, leaves a blank row or a row on the shift that is there now.
    """

    def __init__(self, plan: Plan, picket: Picket, rows: Iterable[SheetRow]) -> None:
        """Take a plan that holds the picket with its entrance, shifts, marks, counts and notes, and the people."""
        self.plan, self.picket = plan, picket
        self.rows: Mapping[int, SheetRow] = {
            row.number: row if plan.find(Person, row.person) else SheetRow(number=row.number)
            for row in sorted(rows, key=lambda row: row.number)
        }
        self.shifts = sorted(plan.of(Shift, "picket_id", picket.id), key=lambda each: (each.starts, each.ends, each.id))

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
        """Who was marked there until now, by shift and person, or by shift and a walk-in's name as it is read."""
        return {
            (shift.id, mark.person_id or as_read(mark.walk_in)): mark
            for shift in self.shifts
            for mark in self.plan.of(Attendance, "shift_id", shift.id)
        }

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
        return self.plan.name_of(row.person)

    def shift_known(self, id: ShiftId | None) -> Shift | None:
        """The shift with an id, if the picket still has it."""
        return next((shift for shift in self.shifts if shift.id == id), None)

    def shift_of(self, row: SheetRow) -> Shift:
        """The shift of a row; where that is gone, the picket's first. Raises ValueError where there is none."""
        return self.shift_known(row.shift) or self.shift_at(self.picket.starts)

    def shift_at(self, when: datetime) -> Shift:
        """The shift that is on at a time, or else the nearest; raises ValueError where the picket has none."""
        if not self.shifts:
            raise ValueError("The picket has no shift any more, so nobody can be marked there: add one on the rota")
        # Of two that touch, or lie over each other, the one that has just begun.
        return min(self.shifts, key=lambda shift: (distance(shift.span, when), abs(when - shift.starts), shift.starts))

    def key(self, row: SheetRow) -> Key | None:
        """By what a printed row's mark is found; None for a blank row, and where the picket has no shift."""
        return (self.shift_of(row).id, row.person) if row.person and self.shifts else None

    def row_of(self, name: str) -> SheetRow | None:
        """The first printed row of somebody called so, by the full name or the short one."""
        read = as_read(name)
        for row in self.rows.values():
            person = self.plan.find(Person, row.person)
            if person and read in (as_read(person.name), as_read(person.short_name)):
                return row
        return None


def distance(span: Span, when: datetime) -> timedelta:
    """How far a time is outside a span; nothing where it is inside or at its end."""
    return max(span.start - when, when - span.end, timedelta(0))


def moment(at: Clock, span: Span, *, end: bool = False, not_before: datetime | None = None) -> datetime:
    """Say on which day a typed time of day is: as near to a span as it can be, near its start or near its ``end``.

    A time of which nobody said whether it is morning or afternoon is taken as whichever is nearer, and minutes alone
    are taken of the hour nearest to the start or the end. ``not_before``
    is when somebody came who leaves then: a night goes over midnight. Raises ValueError for a time that the clocks
    leave out.
    """
    anchor = span.end if end else span.start
    if at.any_hour:
        found = [anchor.replace(minute=at.at.minute) + timedelta(hours=more) for more in (-1, 0, 1)]
    else:
        times = [at.at, at.at.replace(hour=at.at.hour + 12)] if at.either_half else [at.at]
        days = {day + timedelta(days=more) for day in (span.start.date(), span.end.date()) for more in (-1, 0, 1)}
        found = [datetime.combine(day, each) for day in days for each in times]

    def order(when: datetime) -> tuple[timedelta, timedelta, datetime]:
        outside = timedelta(0) if at.any_hour else distance(span, when)
        return outside, abs(when - anchor), when

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
