"""Making a plan file of what the new plan page describes, and opening it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rallyapp.domain.new_plan import NewPlan, new_plan
from rallyapp.domain.pickets import Shift
from rallyapp.store import Store
from rallyapp.ui.dialogs import files
from rallyapp.ui.messages import Messages
from rallyapp.ui.page import PageName
from rallyapp.ui.tasks import in_thread


async def make_plan(
    wanted: NewPlan,
    passphrase: str | None,
    *,
    parent: QWidget,
    messages: Messages,
    opened: Callable[[Store], None],
    go: Callable[[PageName], None],
) -> None:
    """Ask where to save a new plan, make it there, and have it ``opened`` at the page with what is to be done next.

    Nothing is written where nobody says where to.
    """
    path = await files.ask_new_plan(parent, file_name(wanted.title))
    if path is None:
        return
    messages.working("Making the plan\u2026")
    try:
        shifts = await in_thread(_made, wanted, path, passphrase)
    finally:
        messages.clear()
    opened(Store.open(path, passphrase=passphrase))
    if shifts:
        go(PageName.ROTA)
        count = f"{shifts:,} {'shift' if shifts == 1 else 'shifts'}"
        messages.news(f"Plan made: {count} to fill. Add people, then fill the rota.")
    elif not wanted.sites:
        go(PageName.SITES)
        messages.news("Plan made. Add the sites and entrances that are to be picketed next.")
    else:
        go(PageName.DAYS)
        messages.news("Plan made. Add strike days and their pickets next.")


def _made(wanted: NewPlan, path: Path, passphrase: str | None) -> int:
    records = new_plan(wanted)
    Store.create(path, records, label=f"New plan: {wanted.title}", passphrase=passphrase).close()
    return sum(isinstance(record, Shift) for record in records)


def file_name(title: str) -> str:
    """Suggest a file's name for a plan, of letters that every disk takes."""
    bare = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).split()).strip(". ")
    while len(bare.encode()) > 120:
        bare = bare[:-1].rstrip()
    return f"{bare or 'New plan'}.rally"
