"""Asking for a file: opened, never executed, and without leaving a trace of where somebody looked.

Where papers were saved last is offered again until the program ends, and is written down nowhere.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from shiboken6 import isValid

PLANS = "RallyApp plans (*.rally);;All files (*)"
PDF = "PDF (*.pdf)"

_papers: list[Path] = []  # the folder of the last that was saved


async def finished(dialog: QDialog) -> bool:
    """Open a dialog and wait until it is answered; say whether it was accepted.

    One that goes away with the window below it was not. Its parent should outlive whoever waits: a window, no page.
    """
    import asyncio

    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answer(code: int) -> None:
        if not answered.done():
            answered.set_result(code)

    dialog.finished.connect(answer)
    dialog.destroyed.connect(lambda: answer(QDialog.DialogCode.Rejected))
    dialog.open()
    try:
        return await answered == QDialog.DialogCode.Accepted
    finally:
        if isValid(dialog):
            dialog.finished.disconnect(answer)


async def ask_open(parent: QWidget) -> Path | None:
    """Ask which plan to open."""
    dialog = QFileDialog(parent.window(), "Open a plan", _documents(), PLANS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _asked(dialog)


async def ask_new_plan(parent: QWidget, suggested: str) -> Path | None:
    """Ask where to save a new plan. A file that is there is never replaced; the store says so."""
    dialog = QFileDialog(parent.window(), "Save the new plan", _documents(), PLANS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("rally")
    dialog.selectFile(suggested)
    return await _asked(dialog)


async def ask_picture(parent: QWidget, title: str, choices: str) -> Path | None:
    """Ask for a picture; ``choices`` are the kinds of files that are offered."""
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    dialog = QFileDialog(parent.window(), title, where, choices)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _asked(dialog)


async def ask_pdf(parent: QWidget, title: str, suggested: str) -> Path | None:
    """Ask where to save a PDF."""
    dialog = QFileDialog(parent.window(), title, _for_papers(), PDF)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(suggested)
    path = await _asked(dialog)
    if path is not None:
        _papers[:] = [path.parent]
    return path


async def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder to save in."""
    dialog = QFileDialog(parent.window(), title, _for_papers())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    path = await _asked(dialog)
    if path is not None:
        _papers[:] = [path]
    return path


async def _asked(dialog: QFileDialog) -> Path | None:
    try:
        if not await finished(dialog):
            return None
        files = dialog.selectedFiles()
        return Path(files[0]) if files else None
    finally:
        if isValid(dialog):
            dialog.deleteLater()


def _for_papers() -> str:
    return next((str(path) for path in _papers if path.is_dir()), _documents())


def _documents() -> str:
    """Give the folder of documents, or one above it that is there."""
    wanted = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
    return str(next((path for path in (wanted, *wanted.parents) if path.is_dir()), wanted))
