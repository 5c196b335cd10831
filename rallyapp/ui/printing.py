"""From a click to a PDF: asks where to save it, prints off the main thread, and notes that it was printed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from rallyapp import carried
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import PrintRunId, RallyId, StrikeDayId, new_id
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import day_words
from rallyapp.files import is_pdf, write_whole
from rallyapp.store import queries
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.tasks import in_thread

PAINT = 0.03  # seconds that a painted word gets before the window reads or writes for a while


def ask_print_rota(desk: Desk, over: QWidget, *, audience: str = "noticeboard") -> None:
    """Ask where to save the rota of the chosen strike day, and print it there for an audience."""
    desk.jobs.start("print", lambda: _ask_print_rota(desk, over, audience))


async def _ask_print_rota(desk: Desk, over: QWidget, audience: str) -> None:
    day = desk.store.find(StrikeDay, desk.day)
    if day is None:
        raise UserError("There is nothing to print: the plan has no strike day yet.")
    kind = "" if audience == "noticeboard" else f" {audience}"
    name = f"{desk.store.path.stem} rota{kind} {day.first_date.isoformat()}.pdf"
    path = await files.ask_pdf(over, f"Print the rota of {day_words(day.first_date)}", name)
    if path is not None:
        await print_rota(desk, day.id, path, audience=audience)


def rota_scope(audience: str, day: StrikeDay) -> str:
    """Name the sheets of a strike day's rota in the record of what was printed."""
    return f"{audience} {day.first_date.isoformat()}"


async def print_rota(desk: Desk, day: StrikeDayId, path: Path, *, audience: str = "noticeboard") -> None:
    """Print a strike day's rota; what the noticeboard's holds of a person, and the organiser's, is in ``audience``."""
    store = desk.store
    with _working(desk, "Printing the rota\u2026"):
        await asyncio.sleep(PAINT)
        with store.snapshot():
            found = store.find(StrikeDay, day)
            if found is None:
                raise UserError("This strike day was removed meanwhile: nothing was printed.")
            scope = rota_scope(audience, found)
            part, version = queries.rota_part(store, days=[day], sites=None), store.version
            changed = queries.changed_since_print(store, "rota", scope)
        data = await in_thread(_rota_pdf, part, day, audience, desk.now(), version, changed)
        await _printed(desk, path, data, "rota", scope, version)


def ask_print_rally(desk: Desk, rally: RallyId, over: QWidget) -> None:
    """Ask where to save a rally's plan, and print it there."""
    desk.jobs.start("print", lambda: _ask_print_rally(desk, rally, over))


async def _ask_print_rally(desk: Desk, rally: RallyId, over: QWidget) -> None:
    found = _rally(desk, rally)
    name = f"{desk.store.path.stem} rally plan {found.starts.date().isoformat()}.pdf"
    path = await files.ask_pdf(over, "Print the rally plan", name)
    if path is not None:
        await print_rally(desk, rally, path)


async def print_rally(desk: Desk, rally: RallyId, path: Path) -> None:
    """Print a rally's plan for the organiser: everything, names and numbers too."""
    store = desk.store
    with _working(desk, "Printing the rally plan\u2026"):
        await asyncio.sleep(PAINT)
        with store.snapshot():
            _rally(desk, rally)
            part, version = queries.rally_part(store, rally), store.version
        data = await in_thread(_rally_pdf, part, rally, desk.now(), version)
        await _printed(desk, path, data, "rally-plan", rally, version)


def _rally(desk: Desk, rally: RallyId) -> Rally:
    found = desk.store.find(Rally, rally)
    if found is None:
        raise UserError("This rally was removed meanwhile: nothing was printed.")
    return found


@contextmanager
def _working(desk: Desk, sentence: str) -> Iterator[None]:
    """Say in the strip what is going on, and no longer once that ended, however it did."""
    strip = desk.messages
    strip.working(sentence)
    try:
        yield
    finally:
        if isValid(strip) and strip.sentence == sentence:
            strip.clear()


async def _printed(desk: Desk, path: Path, data: bytes, document: str, scope: str, version: int) -> None:
    store = desk.store
    await in_thread(_write_pdf, path, data, store.path)
    if not store.read_only:
        run = PrintRun(id=PrintRunId(new_id()), document=document, scope=scope, version=version, at=desk.now())
        with store.note(f"Print {document}") as edit:
            edit.save(run)
    desk.messages.news(
        f"Printed \u201c{path.name}\u201d (version {version}).",
        "Open it",
        lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
    )


def _write_pdf(path: Path, data: bytes, plan: Path) -> None:
    write_whole(path, data, ours=is_pdf, what="PDF", open_plan=plan)


def _rota_pdf(
    part: Plan, day: StrikeDayId, audience: str, now: datetime, version: int, changed: queries.Changed
) -> bytes:
    from rallyapp.prints import rota
    from rallyapp.prints.audience import Audience

    made = rota.rota_sheets(
        part,
        carried.law(),
        days=[day],
        sites=None,
        audience=Audience(audience),
        printed=now,
        version=version,
        changed_since=changed.since,
        changed=changed.shifts,
    )
    return rota.pdf(made)


def _rally_pdf(part: Plan, rally: RallyId, now: datetime, version: int) -> bytes:
    from rallyapp.prints import rally_plan
    from rallyapp.prints.audience import Audience

    made = rally_plan.rally_plan(part, carried.law(), rally, audience=Audience.ORGANISER, printed=now, version=version)
    return rally_plan.pdf(made)
