"""Printing copies again that are no longer right: asks where to, draws off the main thread, and notes who got what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record
from rallyapp.domain.reprinting import REPLACED, Copy, out_of_hands
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.words import counted
from rallyapp.files import check_target, is_pdf, write_whole
from rallyapp.prints.everything import apart
from rallyapp.ui import printing
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.pages.print.paper import Again, Paper, again
from rallyapp.ui.print_making import Drawn

SOMEBODY = "somebody else"


def reprint(desk: Desk, over: QWidget, papers: Sequence[Paper]) -> None:
    """Ask where to save some copies anew, each in the form that it had, and print them there."""
    wanted = again(papers)
    if wanted and not desk.jobs.start(printing.JOB, lambda: _reprint(desk, over, wanted)):
        desk.messages.trouble("Something else is being printed: print these again once it is done.")


async def _reprint(desk: Desk, over: QWidget, wanted: Sequence[Again]) -> None:
    stem = desk.store.path.stem
    copies = counted(sum(len(each.papers) for each in wanted), "copy", "copies")
    single = len(wanted) == 1
    if single:
        where = await files.ask_pdf(over, f"Print {copies} again", wanted[0].name(stem))
    else:
        where = await files.ask_folder(over, f"Print {copies} again, in a folder")
    if where is None:
        return
    names = [where] if single else [where / name for name in apart([each.name(stem) for each in wanted])]
    to_write = {each.wanted: (each, path) for each, path in zip(wanted, names, strict=True)}
    for path in names:
        check_target(path, ours=is_pdf, what="PDF", open_plan=desk.store.path)
    heard: list[Drawn] = []
    drawn = await printing.draw_all(desk, list(to_write), heard.append)
    saved = 0
    for done, made in enumerate(drawn):
        try:
            saved += _save(desk, made, *to_write[made.wanted])
        except UserError as error:
            raise UserError(f"{error} {done} of {len(drawn)} were saved before that." if done else str(error)) from None
    pages = counted(sum(len(made.pages) for made in drawn), "page")
    left_out = "".join(f" {why}" for why in dict.fromkeys(why for made in heard for why in made.left_out))
    many = counted(saved, "copy", "copies")
    desk.messages.news(
        f"Saved {many}, {pages}, in \u201c{where.name}\u201d.{left_out}{printing.not_noted(desk)}",
        "Open it" if single else "Open the folder",
        lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(where))),
    )


def _save(desk: Desk, drawn: Drawn, asked: Again, path: Path) -> int:
    """Write a file and note in the same step who got it, so that nothing comes between; gives its number of copies."""
    assert drawn.batch is not None
    printed = {piece.about for piece in drawn.batch.pieces}
    copies = [paper.copy for paper in asked.papers if paper.copy.run.scope in printed]
    if not desk.writable:
        _write(desk, path, drawn.data)
        return len(copies)
    with desk.store.note(f"Save the {drawn.batch.document.words} again") as edit:
        edit.save_all(_noted(desk, drawn, copies))
        _write(desk, path, drawn.data)
    return len(copies)


def _noted(desk: Desk, drawn: Drawn, copies: Sequence[Copy]) -> Iterator[Record]:
    """Give the records of a print, one for each sheet however many hold it, and of what it replaces."""
    from rallyapp.prints import noting

    batch = drawn.batch
    assert batch is not None
    runs = {
        run.id: run for about in {copy.run.scope for copy in copies} for run in desk.store.where(PrintRun, scope=about)
    }
    replaced: dict[str, PrintRun] = {}
    for copy in copies:  # one after the other: a print that several held comes out of all their hands
        replaced.update({run.id: run for run in out_of_hands(copy, (runs | replaced).values(), REPLACED)})
    yield from replaced.values()
    sheets = {piece.about: piece for piece in batch.pieces}
    held = {about: _hands([copy.holder for copy in copies if copy.run.scope == about]) for about in sheets}
    yield from noting.records_of(replace(batch, pieces=tuple(sheets.values())), held)


def _hands(holders: Sequence[str]) -> str:
    """Say who holds a sheet; where somebody who was not noted has it beside others, that they have."""
    return ", ".join(name or SOMEBODY for name in sorted(holders, key=lambda name: not name)) if any(holders) else ""


def _write(desk: Desk, path: Path, data: bytes) -> None:
    write_whole(path, data, ours=is_pdf, what="PDF", open_plan=desk.store.path)
