"""Writing a PDF whole or not at all, and never over something that is not one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from rallyapp.domain.problems import UserError


def write_pdf(target: Path, data: bytes) -> None:
    """Write a PDF; raises UserError with a sentence. Runs in any thread."""
    try:
        if target.is_dir():
            raise UserError(f"\u201c{target.name}\u201d is a folder: give the name of a file.")
        if target.exists():
            with target.open("rb") as there:
                head = there.read(4)
            if head and head != b"%PDF":
                raise UserError(f"\u201c{target.name}\u201d is there already and is no PDF: it was left alone.")
        if not target.parent.is_dir():
            raise UserError(f"There is no folder \u201c{target.parent}\u201d.")
    except OSError as error:
        raise UserError(f"\u201c{target.name}\u201d could not be written: {error.strerror}.") from None
    file = QSaveFile(str(target))
    if not (file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()):
        raise UserError(f"\u201c{target.name}\u201d could not be written: {file.errorString()}.")
