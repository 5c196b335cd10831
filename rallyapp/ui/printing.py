"""From what somebody wants on paper to a file, a folder or a printer; what was printed is noted in the plan."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from rallyapp.domain.ids import RallyId
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.words import capital, counted, listed
from rallyapp.files import check_target, is_pdf, write_whole
from rallyapp.prints import everything
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.page import PageName
from rallyapp.ui.tasks import Cancelled, Progress, in_thread

if TYPE_CHECKING:  # what prints is loaded when somebody prints
    from rallyapp.ui.print_making import Drawn, Wanted
    from rallyapp.ui.printers import Ordered

JOB = "print"


# --------------------------------------------------------------------------------- from other pages to the print page
def ask_print_rota(desk: Desk, over: QWidget) -> None:
    """Show the rota of the chosen strike day as it will be printed."""
    desk.go(PageName.PRINT, Concern("document", "rota"))


def ask_print_rally(desk: Desk, rally: RallyId, over: QWidget) -> None:
    """Show a rally's plan as it will be printed."""
    desk.go(PageName.PRINT, Concern("rally", rally))


# ----------------------------------------------------------------------------------------------------- to a file
def ask_save(
    desk: Desk, over: QWidget, what: Sequence[Wanted] | Sequence[Drawn], then: Callable[[], None] | None = None
) -> None:
    """Ask where to save one document as a PDF, and several in a folder, draw them and save them there.

    ``then`` is called when all are saved.
    """

    async def ask() -> None:
        wanted = _wanted(what)
        if len(what) == 1:
            path = await files.ask_pdf(over, f"Save the {wanted[0].order.document.words}", _name(desk, wanted[0]))
            if path is None:
                return
            done = await save_drawn(desk, await _as_drawn(desk, what), [path])
        else:
            folder = await files.ask_folder(over, f"Save {counted(len(what), 'document')} in a folder")
            if folder is None:
                return
            done = await save_all(desk, await _as_drawn(desk, what), folder)
        if done and then is not None:
            then()

    desk.jobs.start(JOB, ask)


def _wanted(what: Sequence[Wanted] | Sequence[Drawn]) -> list[Wanted]:
    from rallyapp.ui.print_making import Drawn

    return [each.wanted if isinstance(each, Drawn) else each for each in what]


async def _as_drawn(desk: Desk, what: Sequence[Wanted] | Sequence[Drawn]) -> list[Drawn]:
    from rallyapp.ui.print_making import Drawn, Wanted

    wanted = [each for each in what if isinstance(each, Wanted)]
    if not wanted:
        return [each for each in what if isinstance(each, Drawn)]
    try:
        return await draw_all(desk, wanted)
    except Cancelled:
        if not desk.closed:
            desk.messages.news("Stopped: nothing was saved or printed.")
        raise


def _name(desk: Desk, wanted: Wanted) -> str:
    return wanted.name or wanted.order.file_name(desk.store.path.stem, None)


async def save_pdf(desk: Desk, wanted: Wanted, path: Path) -> bool:
    """Draw one document, print it into a file, whole or not at all, and note it."""
    return await save_drawn(desk, await draw_all(desk, [wanted]), [path])


async def save_all(desk: Desk, drawn: Sequence[Drawn], folder: Path) -> bool:
    """Save documents in a folder, each as a file of its own, and note them; no file is replaced that is no PDF."""
    names = everything.apart([_name(desk, each.wanted) for each in drawn])
    return await save_drawn(desk, drawn, [folder / name for name in names], folder)


async def save_drawn(desk: Desk, drawn: Sequence[Drawn], paths: Sequence[Path], folder: Path | None = None) -> bool:
    """Save documents under these names, and note each as it is written; says whether all of them are.

    No file is replaced that is no PDF; where a name can't be taken nothing is written at all.
    """
    for path in paths:
        check_target(path, ours=is_pdf, what="PDF", open_plan=desk.store.path)
    at = dict(zip((id(each) for each in drawn), paths, strict=True))

    async def write(each: Drawn) -> None:
        await in_thread(_write_pdf, at[id(each)], each.data, desk.store.path)

    if not await _hand_out(desk, drawn, write, doing="Saving", done="saved"):
        return False
    pages = counted(sum(len(each.pages) for each in drawn), "page")
    if folder is None:
        version = drawn[0].batch.version if drawn[0].batch else 0
        said, action, place = f"Saved \u201c{paths[0].name}\u201d (version {version}, {pages}).", "Open it", paths[0]
    else:
        said = f"Saved {counted(len(drawn), 'document')}, {pages}, in \u201c{folder.name}\u201d."
        action, place = "Open the folder", folder
    desk.messages.news(said + not_noted(desk), action, lambda: _open(place))
    return True


def _write_pdf(path: Path, data: bytes, plan: Path) -> None:
    write_whole(path, data, ours=is_pdf, what="PDF", open_plan=plan)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


# -------------------------------------------------------------------------------------------------- to a printer
def start_print(
    desk: Desk,
    what: Sequence[Wanted] | Sequence[Drawn],
    printer: str,
    copies: int,
    then: Callable[[], None] | None = None,
) -> None:
    """Draw documents, if they are not drawn yet, and send them to a printer; ``then`` is called when it took all."""

    async def print_them() -> None:
        if await print_all(desk, await _as_drawn(desk, what), printer, copies) and then is not None:
            then()

    desk.jobs.start(JOB, print_them)


async def print_all(desk: Desk, drawn: Sequence[Drawn], printer: str, copies: int) -> bool:
    """Send documents to a printer one after the other, and note each that it took; says whether it took all."""
    from rallyapp.ui import printers

    async def send(each: Drawn) -> None:
        await printers.send(each.data, each.pages, _ordered(each, printer, copies))

    if not await _hand_out(desk, drawn, send, doing="Printing", done="printed"):
        return False
    pages = copies * sum(len(each.pages) for each in drawn)
    said = f"{counted(len(drawn), 'document')}, {counted(pages, 'page')}, went to \u201c{printer}\u201d."
    desk.messages.news(said + not_noted(desk))
    return True


def _ordered(drawn: Drawn, printer: str, copies: int) -> Ordered:
    from rallyapp.ui.printers import Ordered

    look = drawn.wanted.look
    title = drawn.wanted.order.words  # it stands in the printer's list: a kind of document, nobody's name
    return Ordered(printer=printer, copies=copies, paper=look.paper, colour=look.colour, title=title)


# ------------------------------------------------------------------------------------------- one after the other
async def _hand_out(
    desk: Desk, drawn: Sequence[Drawn], hand: Callable[[Drawn], Coroutine[Any, Any, None]], *, doing: str, done: str
) -> bool:
    """Save or print documents one after the other; says whether that are all. What came to nothing is said.

    What is out and its note are one step, which neither Cancel nor the closing of the plan cuts in two.
    """

    async def one(each: Drawn) -> None:
        await hand(each)
        note(desk, [each], done)

    many, total = 0, len(drawn)
    try:
        with _steps(desk, doing, total) as step:
            for each in drawn:
                step.stopped()
                await desk.jobs.through(one(each))
                many += 1
                step()
    except Cancelled:
        left = listed(each.wanted.order.words for each in drawn[many:])
        if left and not desk.closed:
            desk.messages.news(f"Stopped: {many} of {total} {done}. Not {done}: {left}.")
        return not left
    except UserError as error:
        if total == 1:
            raise
        raise UserError(f"{error} {many} of {total} were {done} before that.") from None
    return True


def note(desk: Desk, drawn: Sequence[Drawn], done: str) -> None:
    """Note in the plan what was ``done`` ("saved", "printed") and who holds it, where the plan can be written to."""
    from rallyapp.ui import print_making

    if not desk.writable:
        return
    titles = listed(dict.fromkeys(each.wanted.order.document.words for each in drawn))
    try:
        with desk.store.note(f"{'Save' if done == 'saved' else 'Print'} {titles}") as edit:
            edit.save_all(print_making.noted(drawn))
    except UserError as error:
        raise UserError(f"{capital(done)} the {titles}, but could not note that in the plan. {error}") from None


def not_noted(desk: Desk) -> str:
    """Say that the plan is read-only, after what was printed; nothing where it is not."""
    return "" if desk.writable else " The plan is read-only here, so it is not noted in it."


# ----------------------------------------------------------------------------------------------------- drawing
async def draw_all(
    desk: Desk,
    wanted: Sequence[Wanted],
    told: Callable[[Drawn], None] | None = None,
    *,
    job: str = JOB,
    quiet: bool = False,
) -> list[Drawn]:
    """Draw documents, two at a time, and say how far that is; those without anything to print are left out.

    ``told`` hears of each that is drawn. The job of this name is what cancels it; a ``quiet`` one leaves the strip
    alone. Raises UserError where none has anything to print.
    """
    from rallyapp.ui import print_making

    printed, gate = desk.now(), asyncio.Semaphore(2)
    done: dict[int, Drawn] = {}
    with _steps(desk, "Drawing", len(wanted), job=job, quiet=quiet) as step:

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
            for each in jobs:
                each.cancel()
    found = [done[number] for number in sorted(done)]
    full = [each for each in found if each.batch is not None]
    if not full:
        why = dict.fromkeys(words for each in found for words in each.left_out)
        raise UserError(" ".join(why) or "There is nothing to print.")
    return full


# ------------------------------------------------------------------------------------------- what the strip says
class _Steps:
    """Counts what is done, says so in the strip, and stops where somebody cancelled."""

    def __init__(self, desk: Desk, doing: str, total: int, job: str, quiet: bool) -> None:
        self._strip, self._doing, self._total, self._done = desk.messages, doing, total, 0
        self._quiet = quiet
        self.progress: Progress = desk.jobs.progress(job)
        self._cancel = lambda: desk.jobs.cancel(job)
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
        if isValid(self._strip) and not self._quiet:
            self._strip.working(self.said, self._cancel)

    def clear(self) -> None:
        """Say it no longer."""
        if isValid(self._strip) and self._strip.sentence == self.said:
            self._strip.clear()


@contextmanager
def _steps(desk: Desk, doing: str, total: int, *, job: str = JOB, quiet: bool = False) -> Iterator[_Steps]:
    steps = _Steps(desk, doing, total, job, quiet)
    try:
        yield steps
    finally:
        steps.clear()
