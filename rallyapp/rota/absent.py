"""Who stays on their shift whatever is filled, and who of them can't be there: kept by work, elsewhere, or gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rallyapp.domain.eligibility import Book, Reason, Why, why_not
from rallyapp.domain.ids import AssignmentId, PersonId, ShiftId
from rallyapp.domain.people import Cover, CoverKind, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Origin, Presence, Shift
from rallyapp.domain.plan import Plan

_NEVER = (Why.LEFT, Why.DUTY, Why.DECLINED)
_FIRMEST = (AssignmentState.CONFIRMED, AssignmentState.RECONFIRM, AssignmentState.ASKED, AssignmentState.PROPOSED)

DUTIES = {
    CoverKind.EMERGENCY_COVER: "is on emergency cover",
    CoverKind.ON_CALL: "is on call",
    CoverKind.FINISHING: "is finishing a shift at work",
    CoverKind.RECALLED: "is recalled to work",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Somebody who stays on a shift and can't be there, and why; nobody took that on their name."""

    assignment: Assignment
    reason: Reason
    words: str

    @property
    def standing(self) -> str:
        """How they came to stand there: "asked", "confirmed", "pinned", "by hand"."""
        row = self.assignment
        if row.state is not AssignmentState.PROPOSED:
            return str(row.state)
        return "pinned" if row.pinned else "proposed" if row.origin is Origin.BUILDER else str(row.origin)


def movable(plan: Plan, assignment: Assignment) -> bool:
    """Say whether the builder may move or drop an assignment: its own proposal, of which nobody was told yet."""
    return (
        assignment.origin is Origin.BUILDER
        and assignment.state is AssignmentState.PROPOSED
        and not assignment.pinned
        and not assignment.overridden
        and assignment.presence is Presence.PRESENT
        and not any(
            mark.person_id == assignment.person_id for mark in plan.of(Attendance, "shift_id", assignment.shift_id)
        )
        and sum(row.person_id == assignment.person_id for row in plan.of(Assignment, "shift_id", assignment.shift_id))
        == 1
    )


def absent(plan: Plan, book: Book, fixed: Iterable[Assignment]) -> tuple[Absent, ...]:
    """Find which of these assignments, that count, are of people who can't be there; in their order.

    Of two shifts at one time somebody can do one, the firmer: that is no gap. Whom somebody overrode by name, and
    who was marked as there or absent, is left alone. ``book`` holds all that is fixed.
    """
    rows = tuple(fixed)
    found = {row.id: reason for row in rows if (reason := _never(plan, book, row)) is not None}
    gone = {(row.person_id, row.shift_id) for row in rows if row.id in found}
    found.update(_twice(plan, book, (row for row in rows if row.id not in found), gone))
    return tuple(
        Absent(assignment=row, reason=found[row.id], words=_words(plan, row, found[row.id]))
        for row in rows
        if row.id in found
    )


def duty_kind(plan: Plan, person_id: PersonId, shift: Shift) -> CoverKind | None:
    """Say what work keeps somebody from a shift, with the time that the plan keeps around it."""
    for cover in plan.of(Cover, "person_id", person_id):
        if cover.kind.blocks and cover.span.widened(plan.settings.duty_buffer).overlaps(shift.span):
            return cover.kind
    return None


def _settled(plan: Plan, row: Assignment) -> bool:
    marks = plan.of(Attendance, "shift_id", row.shift_id)
    return row.overridden or any(mark.person_id == row.person_id for mark in marks)


def _never(plan: Plan, book: Book, row: Assignment) -> Reason | None:
    person = plan.get(Person, row.person_id)
    cheap = person.left or (row.person_id, row.shift_id) in book.declined or plan.of(Cover, "person_id", row.person_id)
    if not cheap or _settled(plan, row):
        return None
    against = why_not(person, plan.get(Shift, row.shift_id), book, role=row.role)
    return next((reason for why in _NEVER for reason in against if reason.why is why), None)


def _twice(
    plan: Plan, book: Book, rows: Iterable[Assignment], gone: Collection[tuple[PersonId, ShiftId]]
) -> Iterator[tuple[AssignmentId, Reason]]:
    """Give those who are at two places at one time, at the less firm of them; ``gone`` are not there anyway."""
    off = set(gone)
    for row in sorted(rows, key=lambda row: _firmness(plan, row)):
        others = book.shifts_of(row.person_id)
        shift = plan.get(Shift, row.shift_id)
        if all(other.id == shift.id or not other.span.overlaps(shift.span) for other in others) or _settled(plan, row):
            continue
        for reason in why_not(plan.get(Person, row.person_id), shift, book, role=row.role):
            if reason.why is not Why.OVERLAP or (row.person_id, reason.other_shift) in off:
                continue
            there = [each for each in plan.of(Assignment, "shift_id", reason.other_shift) if each.state.counts]
            theirs = [each for each in there if each.person_id == row.person_id]
            firmer = any(_firmness(plan, each) < _firmness(plan, row) for each in theirs)
            if firmer and not any(each.overridden for each in theirs):
                off.add((row.person_id, row.shift_id))
                yield row.id, reason
                break


def _firmness(plan: Plan, row: Assignment) -> tuple[object, ...]:
    """Order assignments, the firmest first."""
    state = _FIRMEST.index(row.state) if row.state in _FIRMEST else len(_FIRMEST)
    return state, not row.pinned, plan.get(Shift, row.shift_id).starts, row.id


def _words(plan: Plan, row: Assignment, reason: Reason) -> str:
    shift = plan.get(Shift, row.shift_id)
    if reason.why is Why.DUTY and (kind := duty_kind(plan, row.person_id, shift)) is not None:
        return DUTIES[kind]
    if reason.why is Why.OVERLAP and reason.other_shift is not None:
        other = plan.get(Shift, reason.other_shift)
        return f"is at {plan.place_words(other)} {other.words} then"
    return str(reason.why)
