"""Counting sign-ups on the day: one tap each, with its time, against the target. Totals only, never who."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rallyapp.domain import tallies
from rallyapp.domain.problems import UserError
from rallyapp.domain.stall_edits import open_hours
from rallyapp.domain.stalls import Tally
from rallyapp.domain.times import clock, day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.stalls.chart import TallyChart
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.pages.stalls.tally_list import TallyList, signed
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import Beside, TextField
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button

TOTALS_ONLY = (
    "Only totals are kept here. Never write down a donor\u2019s name or details: the forms belong to the charity."
)


class TallyPart(Section):
    """The running total, the buttons that count, the chart and the lines that make it up."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_stall`` says of which stall."""
        super().__init__("Tally", gap=16)
        self.title.hide()  # the tab says it
        self._desk = desk
        self._seen: Seen | None = None
        self.total = Words("0", Type.DISPLAY, figures=True)
        self.words = Words("", ink="muted", wrap=True)
        self.more = Words("", Type.SMALL, ink="muted", wrap=True)
        self.buttons: dict[int, QPushButton] = {}
        self.own = TextField("Another number", placeholder="3, or -2")
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.wrong.hide()
        self.chart = TallyChart()
        self.lines = TallyList(desk)
        self.add(self._top())
        self.add(self.wrong)
        self.add(Words(TOTALS_ONLY, Type.SMALL, ink="muted", wrap=True))
        self.add(self.chart)
        self.add(self.lines)

    def _top(self) -> Beside:
        said, counting = QWidget(), QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.total)
        words.addWidget(self.words)
        words.addWidget(self.more)
        words.addStretch(1)
        across = QHBoxLayout(counting)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(8))
        for number, key in ((1, "Alt+1"), (5, "Alt+5"), (-1, "Alt+0")):
            made = button(signed(number), tip=key)
            spoken = f"Count {number} more" if number > 0 else "Take 1 back: a correction"
            made.setAccessibleName(spoken)
            made.clicked.connect(lambda checked=False, number=number: self.count(number))
            made.setEnabled(self._desk.writable)
            self.buttons[number] = made
            across.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._fit()
        self.own.committed.connect(self._count_own)
        self.own.set_writable(self._desk.writable)
        across.addWidget(self.own, 0, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        return Beside(said, counting, shares=(1, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "buttons"):
            self._fit()

    def _fit(self) -> None:
        """Let the buttons be as large as a thumb."""
        for number, made in self.buttons.items():
            made.setFont(theme.font(Type.TITLE if number > 0 else Type.HEADING, figures=True))
            made.setFixedSize(theme.px(84 if number > 0 else 60), theme.px(64))
        self.own.setFixedWidth(theme.px(110))

    # -------------------------------------------------------------------------------------------- showing
    def show_stall(self, seen: Seen) -> None:
        """Show what was counted at a stall."""
        if self._seen is not None and self._seen.stall.id != seen.stall.id:
            self.say_wrong("")
        self._seen = seen
        found = self._tallies
        target, kits = seen.stall.target, seen.stall.kits
        counted = tallies.total(found)
        self.total.setText(tallies.total_words(counted))
        self.total.setAccessibleName(f"{self.total.text()} signed up")
        words = tallies.words(found, target)
        self.words.setText(words.removeprefix(f"{counted:,} ") if counted >= 0 else f"{words}.")
        starts, ends = open_hours(seen.plan, seen.stall)
        today = starts.date() <= self._desk.today() <= ends.date()
        said = [f"{tallies.last_hour(found, self._desk.now()):,} in the last hour"] if found and today else []
        if kits:
            said.append(f"{max(0, kits - max(0, counted)):,} of {kits:,} kits left")
        self.more.setText(", ".join(said))
        self.more.setVisible(bool(said))
        self.buttons[-1].setEnabled(self._desk.writable and counted > 0)
        self.chart.setVisible(bool(found))
        self.chart.show_tallies(found, target, starts, ends)
        self.lines.show_tallies(found, seen)

    @property
    def _tallies(self) -> tuple[Tally, ...]:
        return self._seen.plan.of(Tally, "stall_id", self._seen.stall.id) if self._seen else ()

    # -------------------------------------------------------------------------------------------- writing
    def count(self, number: int) -> None:
        """Count so many more, or fewer, now."""
        seen = self._seen
        if seen is None or not self._desk.writable:
            return
        try:
            made = tallies.count(self._tallies, seen.stall.id, number, self._desk.now())
        except UserError as error:
            self.say_wrong(str(error))
            return
        self.say_wrong("")
        at = f"{clock(made.at)} on {day_words(made.at.date())}"
        self._desk.edit(f"Count {signed(number)} at {at}, {seen.partner.name} stall", lambda edit: edit.save(made))

    def _count_own(self, text: str) -> None:
        if not text.strip():
            return
        try:
            number = tallies.typed_count(text)
        except ValueError as error:
            self.own.say_wrong(f"{error}.")
            return
        self.own.show_value("")
        self.count(number)

    def say_wrong(self, sentence: str) -> None:
        """Say why nothing was counted."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
