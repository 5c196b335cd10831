"""Writes on a whole rally, made of how it stands in the file at that moment, whoever changed it since it was shown."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rallyapp.domain.pickets import Attendance, Incident
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Contact, Rally, Speaker
from rallyapp.domain.rally_edits import Removal, removal, shifts_of, why_not_remove
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.stalls import Stall, Tally
from rallyapp.domain.tells import ContactAttempt
from rallyapp.store import Edit, Store, queries
from rallyapp.ui.desk import Desk

_GONE = "Somebody deleted this rally in another window; nothing was saved."
_CHANGED = (
    "Somebody changed the same thing in another window since ({what}); nothing was saved. Look at it again and change "
    "it once more."
)


def part_now(store: Store, rally: Rally) -> tuple[Plan, Rally]:
    """Read a rally's part of the plan, and the rally in it; raises UserError where it is gone."""
    part = queries.rally_part(store, rally.id)
    now = part.find(Rally, rally.id)
    if now is None:
        raise UserError(_GONE)
    return part, now


def write_now(
    desk: Desk,
    rally: Rally,
    label: str,
    make: Callable[[Plan, Rally], RotaEdit],
    *,
    said: Callable[[RotaEdit], str] | None = None,
    kept: Collection[str] = (),
) -> bool:
    """Write as one edit what ``make`` makes of the rally as it is in the file; says whether it was written.

    ``rally`` is what was shown: where somebody changed one of its fields ``kept`` since, nothing is written. Only
    what a record gets anew is written of it, so that what another window did stays. ``said`` gives the strip's words.
    """

    def made() -> tuple[Plan, RotaEdit]:
        part, now = part_now(desk.store, rally)
        for name in kept:
            if getattr(now, name) != getattr(rally, name):
                raise UserError(_CHANGED.format(what=name.replace("_", " ")))
        return part, make(part, now)

    def write(edit: Edit) -> None:
        part, change = made()
        for record in change.saved:
            edit.save(record, was=part.find(type(record), record.id))
        for record in change.deleted:
            edit.delete(record)

    try:
        first = made()[1]  # for the words; what is written is made again once nobody else can write
    except UserError as error:
        desk.failed(error)
        return False
    return bool(desk.edit(label, write, said=said(first) if said else ""))


def with_told_again(label: str) -> Callable[[RotaEdit], str]:
    """Give the strip's words for an edit: what was done, and how many must be told again."""
    return lambda made: f"{label}. {made.words}".rstrip()


# ---------------------------------------------------------------------------------------------- removing
def removal_now(store: Store, rally: Rally) -> Removal:
    """Say what goes with a rally as it is in the file; raises UserError where somebody counts on it, or it is gone."""
    part, now = part_now(store, rally)
    if why := why_not_remove(part, now, marks=_marks(store, part, now), told=_told(store, part, now)):
        raise UserError(why)
    return removal(part, now)


def _marks(store: Store, part: Plan, rally: Rally) -> int:
    """Count what was marked on the day, which the rally's part of the plan leaves out."""
    marks = len(store.where(Incident, rally_id=rally.id))
    marks += sum(len(store.where(Attendance, shift_id=shift.id)) for shift in shifts_of(part, rally))
    return marks + sum(len(store.where(Tally, stall_id=stall.id)) for stall in part.of(Stall, "rally_id", rally.id))


def _told(store: Store, part: Plan, rally: Rally) -> int:
    """Count the tries at telling those of a stand-down who would go with the rally, and the tries with them."""
    return sum(
        len(store.where(ContactAttempt, **{field: each.id}))
        for kind, field in ((Speaker, "speaker_id"), (Contact, "contact_id"), (Stall, "stall_id"))
        for each in part.of(kind, "rally_id", rally.id)
    )
