"""The computer's printers: which there are, and a PDF sent to one.

On Linux and macOS the file itself goes to the print system with ``lp``, so that letters stay letters; elsewhere the
pages are painted, 300 points to the inch. Nothing is written to a disk on the way.
"""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from rallyapp.domain.frozen import frozen
from rallyapp.domain.problems import UserError
from rallyapp.ui.pdf_pages import PdfPage, page_image
from rallyapp.ui.tasks import in_thread

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
PATIENCE = 20.0  # seconds that a print system gets to answer
LONG_PATIENCE = 180.0  # seconds that it gets to take a file, which a slow one may read through first


@frozen
class Printers:
    """The names of the printers, and the usual one; no names where there is none."""

    names: tuple[str, ...] = ()
    usual: str = ""


@frozen
class Ordered:
    """How a file is to be printed: on which printer, how often, on which paper, in colour or black and white."""

    printer: str
    copies: int = 1
    paper: str = "A4"
    colour: bool = True
    title: str = "RallyApp"


async def find_printers() -> Printers:
    """Ask the system for its printers; one whose print system does not answer has none."""
    if shutil.which("lpstat") and shutil.which("lp"):
        names = (await _run("lpstat", "-e"))[1].split("\n")
        found = tuple(name.strip() for name in names if name.strip())
        usual = (await _run("lpstat", "-d"))[1].rpartition(":")[2].strip()
        return Printers(names=found, usual=usual if usual in found else "")
    from PySide6.QtPrintSupport import QPrinterInfo  # only where somebody prints so

    known = tuple(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return Printers(names=known, usual=usual if usual in known else "")


async def send(data: bytes, pages: tuple[PdfPage, ...], ordered: Ordered) -> None:
    """Send a PDF to a printer; raises UserError where it does not take it."""
    if shutil.which("lp"):
        await _send_file(data, ordered)
    else:
        await _paint_on(data, pages, ordered)


async def _send_file(data: bytes, ordered: Ordered) -> None:
    options = ["-o", f"media={ordered.paper}", "-o", f"print-color-mode={'color' if ordered.colour else 'monochrome'}"]
    words = ("-d", ordered.printer, "-n", str(ordered.copies), "-t", ordered.title, *options, "-")
    try:
        code, said = await in_thread(_process, "lp", words, data, LONG_PATIENCE)
    except TimeoutError:
        raise UserError(
            f"\u201c{ordered.printer}\u201d has said nothing for {LONG_PATIENCE / 60:.0f} minutes. "
            "It may have taken the print all the same, which is not noted: look there before you print again."
        ) from None
    if code:
        why = " ".join(said.split())[:200] or "no reason was given"
        raise UserError(f"\u201c{ordered.printer}\u201d did not take the print: {why.rstrip('.')}.")


async def _run(program: str, *words: str) -> tuple[int, str]:
    """Ask a program of the print system, and give its exit code and what it said."""
    try:
        return await in_thread(_process, program, words, b"", PATIENCE)
    except TimeoutError:
        return 1, ""


def _process(program: str, words: tuple[str, ...], given: bytes, patience: float) -> tuple[int, str]:
    import os
    import subprocess

    env = {**os.environ, "LC_ALL": "C"}  # its answers are read
    try:
        ended = subprocess.run(
            [program, *words],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=patience,
            env=env,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    except OSError as error:
        return 1, str(error.strerror)
    return ended.returncode, ended.stdout.decode(errors="replace")


async def _paint_on(data: bytes, pages: tuple[PdfPage, ...], ordered: Ordered) -> None:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(ordered.printer)
    if info.isNull():
        raise UserError(f"There is no printer \u201c{ordered.printer}\u201d any more: choose another one.")
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(ordered.title)
    printer.setCopyCount(ordered.copies)
    printer.setColorMode(QPrinter.ColorMode.Color if ordered.colour else QPrinter.ColorMode.GrayScale)
    await paint(printer, data, pages)


async def paint(printer: QPrinter, data: bytes, pages: tuple[PdfPage, ...]) -> None:
    """Paint pages on a printer, each on paper of its own size and as it lies, one after the other."""
    from PySide6.QtPrintSupport import QPrinter

    printer.setResolution(DPI)
    painter = QPainter()
    try:
        for page in pages:
            printer.setPageLayout(_layout_of(page))
            image = await in_thread(page_image, data, page.number, round(page.width / 72 * DPI))
            begun = painter.isActive()
            if not (printer.newPage() if begun else painter.begin(printer)):
                raise UserError("The printer did not take the print: look whether it is switched on and connected.")
            _paint_page(painter, image)
            await asyncio.sleep(0)  # the window goes on between two pages
    finally:
        if painter.isActive():
            painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise UserError("The printer did not take the print: look whether it is switched on and connected.")


def _layout_of(page: PdfPage) -> QPageLayout:
    long, short = max(page.width, page.height), min(page.width, page.height)
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    flat = page.width > page.height
    way = QPageLayout.Orientation.Landscape if flat else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint_page(painter: QPainter, image: QImage) -> None:
    room = QSizeF(painter.viewport().size())
    size = QSizeF(image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF((room.width() - size.width()) / 2, 0, size.width(), size.height()), image)
