"""Being done with what is typed: apart from the fields, because whoever opens a plan needs it before any field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit


def finish_typing() -> None:
    """Let the field that has the keyboard be done with what is typed in it, before something else is shown there."""
    typing = QApplication.focusWidget()
    if isinstance(typing, (QLineEdit, QPlainTextEdit)):
        typing.clearFocus()
        typing.setFocus(Qt.FocusReason.OtherFocusReason)
