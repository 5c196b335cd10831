"""How a question in a page is answered by keys: Enter goes on, Esc leaves it and nothing else of the window."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


class Answer(Enum):
    """What an event says to a question."""

    NONE = 0
    CLAIMED = 1  # Esc, before the window takes it for a shortcut of its own
    LEAVE = 2
    GO_ON = 3


def answer_of(event: QEvent) -> Answer:
    """Read an event that a field of the question gets; CLAIMED has been accepted and must go no further."""
    if not isinstance(event, QKeyEvent):
        return Answer.NONE
    escape = event.key() == Qt.Key.Key_Escape
    if event.type() == QEvent.Type.ShortcutOverride and escape:
        event.accept()
        return Answer.CLAIMED
    if event.type() == QEvent.Type.KeyPress:
        if escape:
            return Answer.LEAVE
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return Answer.GO_ON
    return Answer.NONE
