"""What the new plan comes to, said while it is being described."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from rallyapp.domain.new_plan import NewPlan, outline
from rallyapp.ui import theme
from rallyapp.ui.pages.new_plan.pattern import supervisor_word
from rallyapp.ui.pages.new_plan.step import Figures
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.words import Words


class Summary(QFrame):
    """The pane at the right."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("inspector")
        self.setAccessibleName("What will be made")
        self.title = Words("", Type.HEADING, wrap=True)
        self.union = Words("", ink="muted", wrap=True)
        self.shifts = Words("", Type.DISPLAY)
        self.unit = Words("", ink="muted")
        self.needed = Words("", Type.SMALL, ink="muted", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.px(8))
        self._facts.setVerticalSpacing(theme.px(6))
        self._facts.setColumnStretch(0, 1)
        self._rows: list[tuple[Words, Words]] = []
        for row in range(6):
            name, figure = Words("", ink="muted"), Figures("", Type.BODY)
            self._facts.addWidget(name, row, 0)
            self._facts.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight)
            self._rows.append((name, figure))
        self._column = QVBoxLayout(self)
        over = Words("WHAT WILL BE MADE", Type.OVERLINE, ink="muted")
        over.setAccessibleName("What will be made")
        self._column.addWidget(over)
        self._column.addSpacing(theme.px(4))
        self._column.addWidget(self.title)
        self._column.addWidget(self.union)
        self._column.addSpacing(theme.px(20))
        self._column.addWidget(self.shifts)
        self._column.addWidget(self.unit)
        self._column.addSpacing(theme.px(16))
        self._column.addWidget(hairline())
        self._column.addSpacing(theme.px(12))
        self._column.addLayout(self._facts)
        self._column.addStretch(1)
        self._column.addWidget(self.needed)
        self._fit()

    def show_plan(self, wanted: NewPlan, today: date) -> None:
        """Show what a plan comes to."""
        found = outline(wanted)
        self.title.setText(wanted.title)
        self.union.setText(" \u00b7 ".join(filter(None, (wanted.union, wanted.branch))))
        self.union.setVisible(bool(self.union.text()))
        self.shifts.setText(f"{found.shifts:,}")
        self.unit.setText("picket shift to fill" if found.shifts == 1 else "picket shifts to fill")
        word = supervisor_word(wanted.jurisdiction, wanted.days, today)
        facts = (
            ("Strike days", found.days),
            ("Sites", len(wanted.sites)),
            ("Entrances", found.entrances),
            ("Pickets", found.pickets),
            (f"{word.capitalize()}s", found.shifts),
            ("Places for pickets", found.places),
        )
        for (name, figure), (text, number) in zip(self._rows, facts, strict=True):
            name.setText(text)
            figure.setText(f"{number:,}")

    def say_needed(self, words: str) -> None:
        """Say what is still missing."""
        self.needed.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(280))
        self._column.setContentsMargins(theme.px(20), theme.px(24), theme.px(20), theme.px(20))
        self._column.setSpacing(theme.px(2))
