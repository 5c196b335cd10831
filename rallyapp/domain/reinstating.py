"""Who must be asked again once something goes ahead that was off: a picket, a post or a stall, for whatever reason.

That they stand down is derived and never written, so everything comes back by itself; but whoever had been asked or
had said yes was told that it was off, or heard of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rallyapp.domain import stand_down
from rallyapp.domain.pickets import Assignment, AssignmentState, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.stand_down import Going

_FIRM = (AssignmentState.ASKED, AssignmentState.CONFIRMED)


def to_reconfirm(before: Plan, after: Plan) -> tuple[Assignment, ...]:
    """List those on shifts that were off, or not decided, before and go ahead after, as "to reconfirm".

    Both plans hold the shifts with what they belong to; pickets, posts and stalls are treated alike. A shift that is
    cancelled by itself stays so, and its people are left alone.
    """
    found = []
    for shift in after.all(Shift):
        was = before.find(Shift, shift.id)
        if was is None or stand_down.of_shift(before, was).going is Going.ON:
            continue
        if stand_down.of_shift(after, shift).going is Going.ON:
            found += [
                replace(each, state=AssignmentState.RECONFIRM)
                for each in after.of(Assignment, "shift_id", shift.id)
                if each.state in _FIRM
            ]
    return tuple(found)


def reinstated(plan: Plan, saved: Iterable[Record], gone: Iterable[Record] = ()) -> RotaEdit:
    """Give what a change writes and deletes, with whoever is asked again because of it; see ``to_reconfirm``.

    The plan, as it was before, holds the shifts of what may go ahead again by it.
    """
    written, deleted = tuple(saved), tuple(gone)
    again = to_reconfirm(plan, plan.changed(written, [(type(record), record.id) for record in deleted]))
    people = tuple(dict.fromkeys(each.person_id for each in again))
    return RotaEdit(saved=(*written, *again), deleted=deleted, again=people)
