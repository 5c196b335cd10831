"""New strike days, from nothing or from another one; moving one; and whether one may be deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from rallyapp.domain.disputes import StrikeDay, StrikeDayMove, StrikeState
from rallyapp.domain.ids import (
    AssignmentId,
    DisputeId,
    NeedId,
    PicketId,
    ShiftId,
    StrikeDayId,
    StrikeDayMoveId,
    new_id,
)
from rallyapp.domain.new_plan import DayWanted
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Origin, Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record
from rallyapp.domain.times import clock_fault, moved_by_days
from rallyapp.domain.words import counted


def new_day(
    dispute: DisputeId,
    wanted: DayWanted,
    *,
    at: datetime,
    called_out: str = "",
    reason: str = "",
    make_id: Callable[[], str] = new_id,
) -> tuple[StrikeDay, StrikeDayMove]:
    """Make a planned strike day and the first step of its history; ``at`` is local wall-clock."""
    day = wanted.record(StrikeDayId(make_id()), dispute, called_out)
    step = StrikeDayMove(
        id=StrikeDayMoveId(make_id()), strike_day_id=day.id, to_state=StrikeState.PLANNED, at=at, reason=reason
    )
    return day, step


# ------------------------------------------------------------------------------------- one from another
@dataclass(frozen=True, slots=True, kw_only=True)
class DayCopy:
    """A strike day made from another one.

    Attributes:
        records: what to write, in an order in which it can be written: the day first.
        pickets: how many pickets came along; ``shifts`` and ``people`` likewise.
        left_out: how many shifts did not, because the new day's times or its clock have no room for them.
    """

    day: StrikeDay
    records: tuple[Record, ...]
    pickets: int
    shifts: int
    people: int
    left_out: int

    @property
    def words(self) -> str:
        """Say what came along: 3 pickets with 9 shifts."""
        said = f"{counted(self.pickets, 'picket')} with {counted(self.shifts, 'shift')}"
        if self.people:
            said += f" and {counted(self.people, 'proposal')}"
        return said


def day_from(
    plan: Plan,
    day: StrikeDay,
    wanted: DayWanted,
    *,
    at: datetime,
    with_people: bool = False,
    make_id: Callable[[], str] = new_id,
) -> DayCopy:
    """Make a planned strike day from another: its pickets, their shifts and needs, moved by days on the clock.

    08:00 stays 08:00, over a clock change too. The plan holds at least the pickets, shifts and needs of that day,
    and its assignments and people for ``with_people``: they come as proposals, nobody as asked or confirmed. What
    was cancelled stays behind, as do attendance, incidents and whatever else has happened. A shift that lies
    outside the new day's times is left out; one that is partly outside comes, for the checks to say so.
    """
    made, step = new_day(
        day.dispute_id,
        wanted,
        at=at,
        called_out=day.called_out,
        reason=f"Made from {day.words}",
        make_id=make_id,
    )
    by = (made.first_date - day.first_date).days
    pickets: list[Record] = []
    shifts: list[Shift] = []
    parts: list[Record] = []
    batches: dict[str, str] = {}
    left_out = people = 0
    for picket in _in_order(plan.of(Picket, "strike_day_id", day.id)):
        if picket.cancelled:
            continue
        of_picket = [shift for shift in plan.of(Shift, "picket_id", picket.id) if not shift.cancelled]
        copy = replace(
            picket,
            id=PicketId(make_id()),
            strike_day_id=made.id,
            starts=_on_the_clock(picket.starts, by),
            ends=_on_the_clock(picket.ends, by) if picket.ends else None,
        )
        if not _stands(copy.starts, copy.ends, made):
            left_out += len(of_picket)
            continue
        pickets.append(copy)
        for shift in sorted(of_picket, key=lambda shift: (shift.starts, shift.id)):
            starts, ends = _on_the_clock(shift.starts, by), _on_the_clock(shift.ends, by)
            if not _stands(starts, ends, made):
                left_out += 1
                continue
            batch = batches.setdefault(shift.batch, make_id()) if shift.batch else ""
            new = replace(
                shift, id=ShiftId(make_id()), picket_id=copy.id, starts=starts, ends=ends, batch=batch, reason=""
            )
            shifts.append(new)
            parts += _needs(plan, shift, new, make_id)
            if with_people:
                come = list(_proposed(plan, shift, new, make_id))
                people += len(come)
                parts += come
    parts.sort(key=lambda record: isinstance(record, Assignment))
    return DayCopy(
        day=made,
        records=(made, step, *pickets, *shifts, *parts),
        pickets=len(pickets),
        shifts=len(shifts),
        people=people,
        left_out=left_out,
    )


def _needs(plan: Plan, old: Shift, new: Shift, make_id: Callable[[], str]) -> Iterator[Need]:
    for need in plan.of(Need, "shift_id", old.id):
        yield replace(need, id=NeedId(make_id()), shift_id=new.id)


def _proposed(plan: Plan, old: Shift, new: Shift, make_id: Callable[[], str]) -> Iterator[Assignment]:
    for assignment in plan.of(Assignment, "shift_id", old.id):
        person = plan.find(Person, assignment.person_id)
        if assignment.state.counts and person is not None and not person.left:
            yield Assignment(
                id=AssignmentId(make_id()),
                shift_id=new.id,
                person_id=assignment.person_id,
                role=assignment.role,
                origin=Origin.HAND,
                presence=assignment.presence,
            )


def _in_order(pickets: Iterable[Picket]) -> list[Picket]:
    return sorted(pickets, key=lambda picket: (picket.starts, picket.id))


def _on_the_clock(when: datetime, by: int) -> datetime:
    """Move a time by days; one that the clocks leave out in March is the first that they show after it.

    So shifts that follow each other still do, and none comes to stand upon another.
    """
    moved = moved_by_days(when, by)
    return datetime.combine(moved.date(), time(moved.hour + 1)) if clock_fault(moved) else moved


def _stands(starts: datetime, ends: datetime | None, day: StrikeDay) -> bool:
    """Say whether some minute of a time lies in a strike day."""
    window = day.window
    return starts < window.end and (ends is None or (starts < ends and ends > window.start))


# ------------------------------------------------------------------------------------------ moving one
@dataclass(frozen=True, slots=True, kw_only=True)
class DayMove:
    """A strike day that moves to another date.

    Attributes:
        day: the day as it is to be.
        others: what moves with it, to be written after the day.
        pickets: how many pickets move along.
        lost: how many shifts are cancelled, because the clocks leave out all of their time on the new date.
    """

    day: StrikeDay
    others: tuple[Record, ...] = ()
    pickets: int = 0
    lost: int = 0


def moved(plan: Plan, day: StrikeDay, to: StrikeDay) -> DayMove:
    """Move a strike day's pickets and shifts with it, by as many days as its first date moved.

    ``to`` is the day as it is to be. People who had been asked or had agreed are to reconfirm: it is another date.
    The plan holds at least the pickets, shifts and assignments of that day.
    """
    by = (to.first_date - day.first_date).days
    if not by:
        return DayMove(day=to)
    pickets = _in_order(plan.of(Picket, "strike_day_id", day.id))
    others: list[Record] = [_moved_picket(picket, by) for picket in pickets]
    lost = 0
    for shift in (shift for picket in pickets for shift in plan.of(Shift, "picket_id", picket.id)):
        new = _moved_shift(shift, by)
        lost += new.cancelled and not shift.cancelled
        others.append(new)
        others += [
            replace(each, state=AssignmentState.RECONFIRM)
            for each in plan.of(Assignment, "shift_id", shift.id)
            if each.state in (AssignmentState.ASKED, AssignmentState.CONFIRMED)
        ]
    return DayMove(day=to, others=tuple(others), pickets=len(pickets), lost=lost)


def _moved_picket(picket: Picket, by: int) -> Picket:
    starts = _on_the_clock(picket.starts, by)
    if picket.ends is None:
        return replace(picket, starts=starts)
    ends = _on_the_clock(picket.ends, by)
    if starts < ends:
        return replace(picket, starts=starts, ends=ends)
    return replace(picket, starts=starts, ends=starts + (picket.ends - picket.starts), **_off(picket))


def _moved_shift(shift: Shift, by: int) -> Shift:
    starts, ends = _on_the_clock(shift.starts, by), _on_the_clock(shift.ends, by)
    if starts < ends:
        return replace(shift, starts=starts, ends=ends)
    return replace(shift, starts=starts, ends=starts + (shift.ends - shift.starts), **_off(shift))


def _off(record: Picket | Shift) -> dict[str, Any]:
    """Cancel what the clocks leave no time for; it keeps its length, its people and its own reason."""
    return {"cancelled": True, "reason": record.reason or "The clocks go forward over its time"}


# ---------------------------------------------------------------------------------------- deleting one
def why_not_delete(day: StrikeDay, steps: Iterable[StrikeDayMove], *, people: int, marks: int) -> str:
    """Say in a sentence why a strike day must stay in the plan; nothing where it may be deleted.

    ``people`` counts the assignments that stand, ``marks`` what was marked on the day itself: who came, counts,
    incidents. A day that was ever notified stays, so that everybody sees what became of it.
    """
    known = {StrikeState.PLANNED, None}
    if day.state in (StrikeState.NOTIFIED, StrikeState.ON):
        return f"{day.words} is {day.state}, so it can\u2019t be deleted: call it off instead."
    if day.state is not StrikeState.PLANNED:
        return f"{day.words} is {day.state}, so it stays in the plan with its history."
    if any(step.to_state not in known or step.from_state not in known for step in steps):
        return f"{day.words} was notified before, so it stays in the plan with its history: call it off instead."
    if marks:
        return f"{day.words} holds what was marked on the day, so it stays in the plan."
    if people:
        return f"{day.words} has {counted(people, 'place')} filled: take the people off first, or call the day off."
    return ""
