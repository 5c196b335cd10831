"""Printing again what is no longer right: asks where to, draws off the main thread, and notes who got what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from rallyapp.domain.words import counted
from rallyapp.files import check_target, is_pdf, write_whole
from rallyapp.prints.documents import MADE
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Look
from rallyapp.ui import printing
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.print_making import Drawn, Wanted
from rallyapp.ui.tasks import in_thread

# By document, audience and what a piece is about: who gets it.
Held = Mapping[tuple[str, str, str], str]


def reprint(desk: Desk, over: QWidget, orders: Sequence[Order], held: Held) -> None:
    """Ask where to save some orders, one a file, and print them there; ``held`` tells who gets which piece."""
    if orders:
        desk.jobs.start(printing.JOB, lambda: _reprint(desk, over, orders, held))


async def _reprint(desk: Desk, over: QWidget, orders: Sequence[Order], held: Held) -> None:
    where = await _asked(desk, over, orders)
    if where is None:
        return
    single = len(orders) == 1
    wanted = [Wanted(order=order, look=Look(paper=MADE[order.document].papers[0])) for order in orders]
    drawn = await printing.draw_all(desk, wanted)
    files_to_write = [(each, where if single else where / _name(desk, each.wanted.order)) for each in drawn]
    for _, path in files_to_write:
        check_target(path, ours=is_pdf, what="PDF", open_plan=desk.store.path)
    for each, path in files_to_write:
        await in_thread(_write_pdf, path, each.data, desk.store.path)
        _note(desk, each, held)
    pages = counted(sum(len(each.pages) for each in drawn), "page")
    desk.messages.news(
        f"Printed again: {pages} in \u201c{where.name}\u201d.",
        "Open it" if single else "Open the folder",
        lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(where))),
    )


async def _asked(desk: Desk, over: QWidget, orders: Sequence[Order]) -> Path | None:
    if len(orders) == 1:
        return await files.ask_pdf(over, "Print it again", _name(desk, orders[0]))
    return await files.ask_folder(over, f"Print {counted(len(orders), 'document')} again, into a folder")


def _name(desk: Desk, order: Order) -> str:
    return order.file_name(desk.store.path.stem, None)


def _note(desk: Desk, drawn: Drawn, held: Held) -> None:
    from rallyapp.prints import noting

    batch = drawn.batch
    if batch is not None and desk.writable:
        holders = {piece.about: held.get((batch.document, batch.audience, piece.about), "") for piece in batch.pieces}
        with desk.store.note(f"Print {batch.document.words} again") as edit:
            edit.save_all(noting.records_of(batch, holders))


def _write_pdf(path: Path, data: bytes, plan: Path) -> None:
    write_whole(path, data, ours=is_pdf, what="PDF", open_plan=plan)
