"""A planning figure: the number large and quiet, where it comes from, and how many are planned against it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.posts import Staffing
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Pill
from rallyapp.ui.widgets.words import Words, button


class PostFigure(QWidget):
    """The figure. ``expected`` is the button to where the expected number is entered, while that is not known."""

    def __init__(self) -> None:
        """Make it, without a number."""
        super().__init__()
        self.number = Words("", Type.DISPLAY)
        self.who = Words("", Type.HEADING)
        self.source = Words("", ink="muted", wrap=True)
        self.planned = Pill()
        self.named = Words("", Type.SMALL, ink="muted")
        self.expected = button("Enter how many are expected")
        self.expected.setProperty("link", True)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.number, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self.who, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addSpacing(theme.px(12))
        head.addWidget(self.planned, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(24))
        below.addWidget(self.source, 1)
        below.addWidget(self.named, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self.expected, 0, Qt.AlignmentFlag.AlignLeft)

    def show_staffing(self, staffing: Staffing) -> None:
        """Show what is wanted and what is planned."""
        figure = staffing.wanted
        one = figure is not None and figure.number == 1
        self.number.setText(f"{figure.number:,}" if figure else "")
        self.number.setVisible(figure is not None)
        self.who.setText(f"{staffing.who}{'' if one else 's'}" if figure else f"How many {staffing.who}s?")
        self.source.setText(
            f"{figure.sentence[:1].upper()}{figure.sentence[1:]}"
            if figure
            else "The number expected is not entered, so no number is suggested. It is a planning figure, not law."
        )
        self.expected.setVisible(figure is None)
        tone = ""
        if figure is not None and figure.number:
            tone = "nobody" if not staffing.planned else "short" if staffing.missing else "met"
        enough = "" if figure is None else ": enough" if not staffing.missing else f": {staffing.missing:,} short"
        self.planned.say(f"{staffing.words}{enough}", tone)
        self.named.setText(_named_words(staffing))
        self.setAccessibleName(f"{self.number.text()} {self.who.text()}. {self.source.text()} {staffing.words}{enough}")


def _named_words(staffing: Staffing) -> str:
    """Say how many of the planned places have a name."""
    if not staffing.planned:
        return ""
    if staffing.people >= staffing.planned:
        return "Each place has a name"
    if not staffing.people:
        return "No place has a name yet"
    return f"{staffing.people:,} place{' has' if staffing.people == 1 else 's have'} a name"
