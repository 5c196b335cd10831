"""A sentence that wants looking at, beside what it is about, and what can be done at once."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button


class Notice(QFrame):
    """A sentence that wants looking at, and what can be done about it."""

    def __init__(self) -> None:
        """Make it, saying nothing yet."""
        super().__init__()
        self.setObjectName("notice")
        self.words = Words("", Type.SMALL, wrap=True)
        self.link = button("")
        self.link.setProperty("link", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(6), theme.px(6), theme.px(6))
        column.setSpacing(0)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.link)
        row.addStretch(1)
        column.addLayout(row)

    def say(self, sentence: str, offer: str = "") -> None:
        """Say a sentence, and on the link below it what can be done."""
        self.words.setText(sentence)
        self.link.setText(offer)
        self.link.setAccessibleName(offer)
        self.link.setVisible(bool(offer))
