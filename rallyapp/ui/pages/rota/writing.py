"""Writes what somebody typed into cells of the rota: names, times and labels, as one edit or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rallyapp.domain.assigning import show_only
from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rota_edits import label_shift, resize_shift
from rallyapp.domain.rota_work import RotaEdit, after, combined
from rallyapp.domain.times import clock, day_words
from rallyapp.store.rota_queries import rota_around
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rota.names import Names
from rallyapp.ui.pages.rota.reading import Rota, Shown
from rallyapp.ui.staffing.writes import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed for one shift; None is what they left alone. ``where`` names the cell."""

    shift: Shown
    where: str
    names: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    label: str | None = None


def write_typed(desk: Desk, rota: Rota, typed: Sequence[Typed], label: str) -> str:
    """Write everything that was typed into cells as one edit, or nothing: then the answer is what is wrong.

    Names take the place of those who were there; a plus sign in front leaves them. Whoever is elsewhere at that time
    or kept by work is refused: that is decided by name, in the details of the shift.
    """
    try:
        people = _read(desk, rota, typed)
        ids = [each.shift.id for each in typed]
        around = rota_around(desk.store, ids)
        at_people = shift_part(desk.store, ids, [person for those in people.values() for person, _ in those])
        timed = combined(_times_and_labels(around, typed))
        plan = after(at_people, timed)
        staffed, plan = _staffed(plan, typed, people)
        _refuse_blocked(plan, typed, staffed)
    except UserError as error:
        return str(error)
    change = combined((timed, staffed))
    write(desk, at_people.changed(around.all(Picket), ()), label or _label(rota, typed), lambda: change)
    return ""


def _read(desk: Desk, rota: Rota, typed: Iterable[Typed]) -> dict[ShiftId, tuple[tuple[PersonId, Role | None], ...]]:
    names, found = Names(desk.store), {}
    seen = {}
    for each in rota.shifts:
        seen.setdefault(rota.line(each).group, []).extend(each.people)
    for each in typed:
        if each.names is None:
            continue
        text = each.names.strip()
        try:
            group = rota.places.group_of(each.shift.row.line_id)
            read = names.read(text.removeprefix("+"), group.site_id, seen.get(group.id, ()), each.shift.people)
        except UserError as error:
            raise UserError(f"{each.where}: {error} Nothing was written.") from None
        if text.startswith("+"):
            there = tuple((one.person_id, one.role) for one in each.shift.people)
            read = (*there, *(pair for pair in read if pair[0] not in dict(there)))
        found[each.shift.id] = read
    return found


def _times_and_labels(plan: Plan, typed: Iterable[Typed]) -> Iterable[RotaEdit]:
    for each in typed:
        row = each.shift.row
        if each.starts is not None or each.ends is not None:
            try:
                step = resize_shift(plan, row.id, each.starts or row.starts, each.ends or row.ends)
            except UserError as error:
                raise UserError(f"{each.where}: {error} Nothing was written.") from None
            plan = after(plan, step)
            yield step
        if each.label is not None:
            step = label_shift(plan, row.id, each.label)
            plan = after(plan, step)
            yield step


def _staffed(
    plan: Plan, typed: Iterable[Typed], people: dict[ShiftId, tuple[tuple[PersonId, Role | None], ...]]
) -> tuple[RotaEdit, Plan]:
    steps = []
    for each in typed:
        if each.shift.id in people:
            step = show_only(plan, each.shift.id, people[each.shift.id])
            plan = after(plan, step)
            steps.append(step)
    return combined(steps), plan


def _refuse_blocked(plan: Plan, typed: Sequence[Typed], staffed: RotaEdit) -> None:
    """Refuse whoever was put on a shift and can't be there."""
    where = {each.shift.id: each.where for each in typed}
    there = {(each.shift.id, person.person_id) for each in typed for person in each.shift.people}
    new = [
        record
        for record in staffed.saved
        if isinstance(record, Assignment) and (record.shift_id, record.person_id) not in there
    ]
    if not new:
        return
    book = Book(plan)
    for one in new:
        person, shift = plan.get(Person, one.person_id), plan.get(Shift, one.shift_id)
        for reason in why_not(person, shift, book, role=one.role):
            if reason.blocks:
                raise UserError(
                    f"{where[one.shift_id]}: {reason.sentence}. Nothing was written; to take it on all the same, put "
                    "them on from the details at the right, with a name and a reason."
                )


def _label(rota: Rota, typed: Sequence[Typed]) -> str:
    """Say what was done in one cell, or in how many."""
    if len(typed) > 1:
        return f"Change {len(typed)} shifts"
    one = typed[0]
    at = shift_words(rota, one.shift)
    if one.names is not None:
        return f"Change who is on {at}" if one.names.strip() else f"Take everybody off {at}"
    if one.label is not None:
        return f"Label {at}"
    return f"Move {at} to {clock(one.starts or one.shift.row.starts)}\u2013{clock(one.ends or one.shift.row.ends)}"


def shift_words(rota: Rota, shift: Shown) -> str:
    """Say which shift: "Main entrance, 08:00-09:00", with the day where several are shown."""
    row = shift.row
    name = rota.line(shift).name
    times = f"{clock(row.starts)}\u2013{clock(row.ends)}"
    many = len(rota.days) > 1 or row.starts.date() != rota.days[0].first_date
    return f"{name}, {day_words(row.starts.date())} {times}" if many else f"{name}, {times}"
