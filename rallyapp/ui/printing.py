"""From what somebody wants on paper to a file, a folder or a printer; what was printed is noted in the plan."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from rallyapp.domain.ids import RallyId
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.words import counted, listed
from rallyapp.files import check_target, is_pdf, write_whole
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.page import PageName
from rallyapp.ui.tasks import Progress, in_thread

if TYPE_CHECKING:  # what prints is loaded when somebody prints
    from rallyapp.ui.print_making import Drawn, Wanted
    from rallyapp.ui.printers import Ordered

JOB = "print"
PAINT = 0.03  # seconds that a painted word gets before the window reads or writes for a while


# --------------------------------------------------------------------------------- from other pages to the print page
def ask_print_rota(desk: Desk, over: QWidget) -> None:
    """Show the rota of the chosen strike day as it will be printed."""
    desk.go(PageName.PRINT, Concern("document", "rota"))


def ask_print_rally(desk: Desk, rally: RallyId, over: QWidget) -> None:
    """Show a rally's plan as it will be printed."""
    desk.go(PageName.PRINT, Concern("rally", rally))


# ----------------------------------------------------------------------------------------------------- to a file
def ask_save(
    desk: Desk, over: QWidget, wanted: Sequence[Wanted], plan: str, *, on: date | None = None, holder: str = ""
) -> None:
    """Ask where to save one document as a PDF, and several in a folder, draw them and save them there.

    Files are named by ``plan``, the date ``on`` and what they are.
    """
    if len(wanted) == 1:
        desk.jobs.start(JOB, lambda: _ask_file(desk, over, wanted[0], wanted[0].order.file_name(plan, on), holder))
    else:
        desk.jobs.start(JOB, lambda: _ask_folder(desk, over, wanted, plan, on, holder))


def ask_save_drawn(
    desk: Desk, over: QWidget, drawn: Sequence[Drawn], plan: str, *, on: date | None = None, holder: str = ""
) -> None:
    """Ask for a folder, and save in it what is drawn already."""
    desk.jobs.start(JOB, lambda: _ask_folder(desk, over, drawn, plan, on, holder))


async def _ask_file(desk: Desk, over: QWidget, wanted: Wanted, name: str, holder: str) -> None:
    path = await files.ask_pdf(over, f"Save the {wanted.order.document.words}", name)
    if path is not None:
        await save_pdf(desk, wanted, path, holder=holder)


async def _ask_folder(
    desk: Desk, over: QWidget, what: Sequence[Wanted] | Sequence[Drawn], plan: str, on: date | None, holder: str
) -> None:
    folder = await files.ask_folder(over, f"Save {counted(len(what), 'document')} in a folder")
    if folder is not None:
        await save_all(desk, await _as_drawn(desk, what), folder, plan, on=on, holder=holder)


async def _as_drawn(desk: Desk, what: Sequence[Wanted] | Sequence[Drawn]) -> list[Drawn]:
    from rallyapp.ui.print_making import Drawn, Wanted

    wanted = [each for each in what if isinstance(each, Wanted)]
    return await draw_all(desk, wanted) if wanted else [each for each in what if isinstance(each, Drawn)]


async def save_pdf(desk: Desk, wanted: Wanted, path: Path, *, holder: str = "") -> None:
    """Print one document into a file, whole or not at all, and note it."""
    (drawn,) = await draw_all(desk, [wanted])
    with working(desk, "Saving the PDF\u2026"):
        await in_thread(_write_pdf, path, drawn.data, desk.store.path)
    note(desk, [drawn], holder)
    version = drawn.batch.version if drawn.batch else 0
    desk.messages.news(
        f"Printed \u201c{path.name}\u201d (version {version}, {counted(len(drawn.pages), 'page')}).{_not_noted(desk)}",
        "Open it",
        lambda: _open(path),
    )


async def save_all(
    desk: Desk, drawn: Sequence[Drawn], folder: Path, plan: str, *, on: date | None = None, holder: str = ""
) -> None:
    """Save documents in a folder, each as a file of its own, and note them; no file is replaced that is no PDF."""
    paths = [folder / each.wanted.order.file_name(plan, on) for each in drawn]
    for path in paths:
        check_target(path, ours=is_pdf, what="PDF", open_plan=desk.store.path)
    with _steps(desk, "Saving", len(drawn)) as step:
        for each, path in zip(drawn, paths, strict=True):
            await in_thread(_write_pdf, path, each.data, desk.store.path)
            note(desk, [each], holder)
            step()
    pages = sum(len(each.pages) for each in drawn)
    desk.messages.news(
        f"Printed {counted(len(drawn), 'document')}, {counted(pages, 'page')}, in \u201c{folder.name}\u201d."
        + _not_noted(desk),
        "Open the folder",
        lambda: _open(folder),
    )


def _write_pdf(path: Path, data: bytes, plan: Path) -> None:
    write_whole(path, data, ours=is_pdf, what="PDF", open_plan=plan)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


# -------------------------------------------------------------------------------------------------- to a printer
def start_print(
    desk: Desk, what: Sequence[Wanted] | Sequence[Drawn], printer: str, copies: int, *, holder: str = ""
) -> None:
    """Draw documents, if they are not drawn yet, and send them to a printer."""

    async def print_them() -> None:
        await print_all(desk, await _as_drawn(desk, what), printer, copies, holder=holder)

    desk.jobs.start(JOB, print_them)


async def print_all(desk: Desk, drawn: Sequence[Drawn], printer: str, copies: int, *, holder: str = "") -> None:
    """Send documents to a printer one after the other, and note each that it took."""
    from rallyapp.ui import printers

    with _steps(desk, "Printing", len(drawn)) as step:
        for each in drawn:
            await printers.send(each.data, each.pages, _ordered(each, printer, copies))
            note(desk, [each], holder)
            step()
    pages = copies * sum(len(each.pages) for each in drawn)
    said = f"{counted(len(drawn), 'document')}, {counted(pages, 'page')}, went to \u201c{printer}\u201d."
    desk.messages.news(said + _not_noted(desk))


def _ordered(drawn: Drawn, printer: str, copies: int) -> Ordered:
    from rallyapp.ui.printers import Ordered

    look = drawn.wanted.look
    title = drawn.wanted.order.words  # it stands in the printer's list: a kind of document, nobody's name
    return Ordered(printer=printer, copies=copies, paper=look.paper, colour=look.colour, title=title)


# ----------------------------------------------------------------------------------------------------- drawing
async def draw_all(desk: Desk, wanted: Sequence[Wanted], told: Callable[[Drawn], None] | None = None) -> list[Drawn]:
    """Draw documents, two at a time, and say how far that is; those without anything to print are left out.

    ``told`` hears of each that is drawn. Raises UserError where none has anything to print.
    """
    from rallyapp.ui import print_making

    printed, gate = desk.now(), asyncio.Semaphore(2)
    done: dict[int, Drawn] = {}
    with _steps(desk, "Drawing", len(wanted)) as step:

        async def one(number: int, each: Wanted) -> None:
            async with gate:
                step.stopped()
                done[number] = await in_thread(print_making.draw, desk.store, each, printed)
                step()
                if told is not None:
                    told(done[number])

        jobs = [asyncio.ensure_future(one(number, each)) for number, each in enumerate(wanted)]
        try:
            await asyncio.gather(*jobs)
        finally:
            for job in jobs:
                job.cancel()
    found = [done[number] for number in sorted(done)]
    full = [each for each in found if each.batch is not None]
    if not full:
        why = dict.fromkeys(words for each in found for words in each.left_out)
        raise UserError(" ".join(why) or "There is nothing to print.")
    return full


def note(desk: Desk, drawn: Sequence[Drawn], holder: str) -> None:
    """Note in the plan what was printed and who holds it, where the plan can be written to."""
    from rallyapp.ui import print_making

    if desk.writable:
        titles = listed(dict.fromkeys(each.wanted.order.document.words for each in drawn))
        with desk.store.note(f"Print {titles}") as edit:
            edit.save_all(print_making.noted(drawn, holder))


def _not_noted(desk: Desk) -> str:
    return "" if desk.writable else " The plan is read-only here, so it is not noted in it."


# ------------------------------------------------------------------------------------------- what the strip says
@contextmanager
def working(desk: Desk, sentence: str) -> Iterator[None]:
    """Say in the strip what is going on, and no longer once that ended, however it did."""
    strip = desk.messages
    strip.working(sentence)
    try:
        yield
    finally:
        if isValid(strip) and strip.sentence == sentence:
            strip.clear()


class _Steps:
    """Counts what is done, says so in the strip, and stops where somebody cancelled."""

    def __init__(self, desk: Desk, doing: str, total: int) -> None:
        self._strip, self._doing, self._total, self._done = desk.messages, doing, total, 0
        self.progress: Progress = desk.jobs.progress(JOB)
        self._cancel = lambda: desk.jobs.cancel(JOB)
        self.said = ""
        self._say()

    def stopped(self) -> None:
        """Raise Cancelled where somebody cancelled."""
        self.progress(self._done, self._total)

    def __call__(self) -> None:
        """Count one more."""
        self._done += 1
        self.stopped()
        self._say()

    def _say(self) -> None:
        many = f" {min(self._done + 1, self._total)} of {self._total}" if self._total > 1 else ""
        self.said = f"{self._doing}{many}\u2026"
        if isValid(self._strip):
            self._strip.working(self.said, self._cancel)

    def clear(self) -> None:
        """Say it no longer."""
        if isValid(self._strip) and self._strip.sentence == self.said:
            self._strip.clear()


@contextmanager
def _steps(desk: Desk, doing: str, total: int) -> Iterator[_Steps]:
    steps = _Steps(desk, doing, total)
    try:
        yield steps
    finally:
        steps.clear()
