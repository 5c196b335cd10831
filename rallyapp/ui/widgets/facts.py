"""What is known about something, to be read: labels with values, and small tables, copied whole with Ctrl+C."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Pill, hairline
from rallyapp.ui.widgets.spoken_role import speak_as
from rallyapp.ui.widgets.words import Words

WIDEST = 760  # px at 100 %


class Facts(QWidget):
    """Labels at the left, values beside them; what has no value is left out."""

    def __init__(self, facts: Iterable[tuple[str, str]], *, figures: bool = False, label_width: int = 132) -> None:
        """Take the labels and values; values in ``figures`` stand below each other."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnMinimumWidth(0, theme.px(label_width))
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate((label, value) for label, value in facts if value):
            left, right = Words(label, ink="muted", wrap=True), Words(value, wrap=True)
            if figures:
                right.setFont(theme.font(Type.BODY, figures=True))
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            right.setAccessibleName(f"{label}: {value}")
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, row, 1)


class Lines(QWidget):
    """A small table of words: a row each, a hairline between two, and at the end of a row a chip if it has a state."""

    def __init__(self, rows: Sequence[tuple[str, str, str, tuple[str, Tone] | None]], *, first: int = 132) -> None:
        """Take rows of (what stands first, the line, the note below it, a state); ``first`` is its width."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for place, (head, line, note, state) in enumerate(rows):
            if place:
                column.addWidget(hairline())
            across = QHBoxLayout()
            across.setSpacing(theme.px(16))
            left = Words(head, Type.STRONG, wrap=True)
            left.setFont(theme.font(Type.STRONG, figures=True))
            left.setFixedWidth(theme.px(first))
            across.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(theme.px(2))
            words.addWidget(Words(line, wrap=True))
            if note:
                words.addWidget(Words(note, Type.SMALL, ink="muted", wrap=True))
            across.addLayout(words, 1)
            if state is not None:
                tone = str(state[1]) if state[1] is not Tone.OFF else ""
                across.addWidget(Pill(state[0], tone), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(across)


class Sheaf(QScrollArea):
    """A column of parts that is scrolled; ``show_parts`` puts others in their place."""

    def __init__(self, spoken: str) -> None:
        """Make it, empty."""
        super().__init__()
        self.setAccessibleName(spoken)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        speak_as(self, QAccessible.Role.Document)

    def show_parts(self, parts: Iterable[QWidget]) -> None:
        """Show these parts below each other; the place in the column is kept."""
        at = self.verticalScrollBar().value()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(24))
        # Lines longer than this are not read with ease; on a wide screen the rest stays empty.
        page = QWidget()
        page.setMaximumWidth(theme.px(WIDEST))
        column.addWidget(page)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(24))
        for part in parts:
            inner.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().setValue(at)
