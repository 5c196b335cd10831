"""One step on the rota as one edit: what was changed by others meanwhile stays, or is said."""

from __future__ import annotations

from collections.abc import Callable

from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.store import Edit
from rallyapp.store.edit import Ready, ready
from rallyapp.ui.desk import Desk


def new_rows(plan: Plan, made: RotaEdit) -> Ready:
    """Make what is new in a big step ready to be written, off the main thread; see ``write``."""
    return ready(record for record in made.saved if plan.find(type(record), record.id) is None)


def write(desk: Desk, plan: Plan, label: str, make: Callable[[], RotaEdit], *, new: Ready | None = None) -> str:
    """Write what ``make`` gives of a plan, or part of one, as it was shown; gives the operation's id, or nothing.

    Only columns that were changed are written. Who must be told again is said in the strip. ``new`` is what is new
    in it, if that was made ready before.
    """
    try:
        made = make()
    except UserError as error:
        desk.failed(error)
        return ""
    if not made.any:
        return ""

    def all_of_it(edit: Edit) -> None:
        for gone in made.deleted:
            edit.delete(gone)
        for record in made.saved:
            was = plan.find(type(record), record.id)
            if was is not None or new is None:
                edit.save(record, was=was)
        if new is not None:
            edit.save_ready(new)

    return desk.edit(label, all_of_it, said=f"{label}. {made.words}".strip())
