"""How a step on the posts of a rally is written, and the part of the plan that it is made of."""

from __future__ import annotations

from rallyapp.domain.ids import RallyId, ShiftId
from rallyapp.domain.pickets import Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.store import Edit, Store
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui.desk import Desk


def posts_part(store: Store, rally_id: RallyId) -> Plan:
    """Read the posts of a rally with their shifts, their pins, and everything that those on them do elsewhere."""
    with store.snapshot():
        posts = store.where(Post, rally_id=rally_id)
        shifts: list[ShiftId] = [shift.id for post in posts for shift in store.where(Shift, post_id=post.id)]
        pins = [pin for post in posts for pin in store.where(Pin, post_id=post.id)]
        return shift_part(store, shifts).changed(pins, ())


def write_edit(desk: Desk, plan: Plan, label: str, change: RotaEdit, said: str = "") -> str:
    """Write a step that was made of a plan as it was shown; gives the operation's id, or nothing."""
    if not change.any:
        return ""

    def all_of_it(edit: Edit) -> None:
        for gone in change.deleted:
            edit.delete(gone)
        for record in change.saved:
            edit.save(record, was=plan.find(type(record), record.id))

    return desk.edit(label, all_of_it, said=said)
