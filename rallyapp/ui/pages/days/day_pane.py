"""One strike day in the pane: its state, its dates, what is wrong, what the law asks, and how it came to this."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from rallyapp.domain import day_copies
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.records import table_of
from rallyapp.domain.times import day_words, long_day_words
from rallyapp.store import Store, day_queries
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.problems import ITEM, Heading, Line, ProblemModel
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.days.days_read import Read, shifts_on
from rallyapp.ui.pages.days.lines import Pane, dated
from rallyapp.ui.pages.days.notices import Law
from rallyapp.ui.pages.days.state_form import StateForm, Steps
from rallyapp.ui.pages.days.states import StateChip, kind_options, times_words
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, ClockField, DateField, TextField
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.problem_list import ProblemList
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import Words, button

MOST = 4  # problems in the pane; the page of the checks has them all
MOST_AT_ONCE = 100  # shifts that move with a day while somebody waits: some thirty milliseconds
_DAY = table_of(StrikeDay)


class DayPane(Pane):
    """All about one day."""

    copy_wanted = Signal()
    delete_wanted = Signal()
    ballot_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_day`` fills it."""
        super().__init__()
        self._desk = desk
        self.day: StrikeDay | None = None
        self.title = Words("", Type.HEADING, wrap=True)
        self.facts = Words("", ink="muted", wrap=True)
        self.chip = StateChip()
        self.filled = Words("", Type.SMALL, ink="muted", wrap=True)
        self.rota = button("Open rota", name="Open its rota", tip=theme.plain_tip("Ctrl+Enter"))
        self.rota.clicked.connect(lambda: desk.go(PageName.ROTA))
        self.copy = button("New day from it\u2026", name="New day from this one", tip=theme.plain_tip("Ctrl+D"))
        self.copy.setEnabled(desk.writable)
        self.copy.clicked.connect(self.copy_wanted)
        self.state = StateForm(desk)
        self.form = DayForm(desk)
        self.checks = DayChecks(desk)
        self.law = Law(desk)
        self.law.ballot_wanted.connect(self.ballot_wanted)
        self.steps = Steps()
        self.delete = button("Delete this day", tip=theme.plain_tip("Del"))
        self.delete.setProperty("link", True)
        self.delete.setEnabled(desk.writable)
        self.delete.clicked.connect(self.delete_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(24))
        column.setSpacing(theme.px(24))
        column.addLayout(self._head())
        for widget in (self.state, self.checks, self.form, self.law, self.steps):
            column.addWidget(widget)
        column.addWidget(self.delete, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(Words("STRIKE DAY", Type.OVERLINE, ink="muted"))
        for widget in (self.title, self.facts):
            head.addWidget(widget)
        head.addSpacing(theme.px(6))
        head.addWidget(self.chip, alignment=Qt.AlignmentFlag.AlignLeft)
        head.addSpacing(theme.px(6))
        head.addWidget(self.filled)
        head.addSpacing(theme.px(6))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.rota)
        row.addWidget(self.copy)
        head.addLayout(row)
        return head

    def show_day(self, day: StrikeDay, read: Read) -> None:
        """Show a day."""
        other = self.day is None or self.day.id != day.id
        self.day = day
        self.title.setText(long_day_words(day.first_date))
        dispute = read.dispute(day.dispute_id)
        several = len(read.disputes) > 1 and dispute is not None
        about = f"{times_words(day)}\n{day.kind[0].upper()}{day.kind[1:]}"
        self.facts.setText(f"{about}\n{dispute.title}" if several and dispute else about)
        self.chip.show_state(day.state)
        self.filled.setText(_filled(day, read))
        self.state.show_day(day, read)
        self.form.show_record(day)
        self.law.show_day(day, read)
        self.steps.show_steps(read.moves.get(day.id, ()))
        tab_in_order(self)
        if other:
            self.to_top()

    def show_problems(self, problems: Sequence[Problem], *, known: bool) -> None:
        """Show what is wrong on this day; ``known`` is False until the plan was looked through."""
        self.checks.show_problems(problems, known=known, day=self.day.id if self.day else "")


def _filled(day: StrikeDay, read: Read) -> str:
    fill, entrances = read.fills.get(day.id), read.entrances.get(day.id, 0)
    if not entrances:
        return "No picket stands on this day yet."
    where = f"{entrances:,} {'entrance' if entrances == 1 else 'entrances'}"
    if fill is None or not fill.shifts:
        return f"{where}, no shifts"
    shifts = f"{fill.shifts:,} {'shift' if fill.shifts == 1 else 'shifts'}"
    return f"{where}, {shifts}, {fill.heads:,} of {fill.wished:,} places filled"


class DayForm(RecordForm):
    """Kind, dates, times, and what the call-out said."""

    def __init__(self, desk: Desk) -> None:
        """Make it."""
        super().__init__(desk, lambda day, what: f"Change {what} of {day_words(day.first_date)}")
        put, near = self.put, desk.today
        starts, ends = ClockField("From"), ClockField("Until")
        for clock in (starts, ends):
            clock.line.setPlaceholderText("Not stated")
        self.column.addWidget(
            Section(
                "When and what",
                put("kind", ChoiceField("Kind", kind_options()), "the kind"),
                dated(
                    put("first_date", DateField("First day", near=near, needed=True), "the first day"),
                    put("start_time", starts, "the start"),
                ),
                dated(
                    put("last_date", DateField("Last day", near=near, needed=True), "the last day"),
                    put("end_time", ends, "the end"),
                ),
                put("called_out", TextField("Who is called out", placeholder="Such as junior doctors"), "the call-out"),
                put("announced", DateField("Announced on", near=near), "the announcement"),
                put("note", TextField("Note", lines=3), "the note"),
            )
        )

    def change(self, record: StrikeDay, name: str, value: Any) -> StrikeDay:
        """Give the day with that part changed; a first day that moves takes the last one along."""
        if name == "first_date":
            by = value - record.first_date
            return replace(record, first_date=value, last_date=record.last_date + by)
        new: StrikeDay = replace(record, **{name: value})
        overnight = new.first_date == new.last_date and new.start_time is not None and new.end_time is not None
        if name in ("start_time", "end_time") and overnight and new.end_time <= new.start_time:  # type: ignore[operator]
            return replace(new, last_date=new.last_date + timedelta(days=1))  # 20:00 to 08:00 ends the next morning
        return new

    def write(self, label: str, new: Any, was: Any) -> bool:
        """Write the day; one that moves to another date takes its pickets along, as soon as they are read."""
        if new.first_date == was.first_date:
            return super().write(label, new, was)
        store = self._desk.store
        if shifts_on(store, was.id) <= MOST_AT_ONCE:
            return self._move(day_copies.moved(_along(store, was), was, new), was)
        if self._desk.jobs.start("move day", functools.partial(self._move_many, new, was)):
            return True
        self._desk.messages.trouble("A strike day is being moved: change this date once that is done.")
        return False

    async def _move_many(self, new: StrikeDay, was: StrikeDay) -> None:
        """Read what moves along off the main thread: a national day has thousands of shifts."""
        store = self._desk.store
        seen = None
        while seen != (seen := store.history(limit=1)):  # again, where somebody wrote meanwhile
            move = await in_thread(_moved, store, new, was)
        if not self._move(move, was) and self.record.id == was.id:
            self.show_stored("first_date")

    def _move(self, move: day_copies.DayMove, was: StrikeDay) -> bool:
        label = f"Move {day_words(was.first_date)} to {day_words(move.day.first_date)}"
        if move.pickets:
            label += f", with its {'picket' if move.pickets == 1 else f'{move.pickets:,} pickets'}"
        said = f"{label}; {_lost(move.lost)}." if move.lost else ""
        return bool(
            self._desk.edit(label, lambda edit: (edit.save(move.day, was=was), edit.save_all(move.others)), said=said)
        )


def _along(store: Store, day: StrikeDay) -> Plan:
    return day_queries.pattern_of(store, day.id, with_people=True)


def _moved(store: Store, new: StrikeDay, was: StrikeDay) -> day_copies.DayMove:
    with store.reader() as reader:
        return day_copies.moved(_along(reader, was), was, new)


def _lost(shifts: int) -> str:
    many = "1 shift is" if shifts == 1 else f"{shifts:,} shifts are"
    return f"{many} cancelled, because the clocks go forward over {'its' if shifts == 1 else 'their'} time"


class _Worst(ProblemModel):
    """The worst problems, under headings that count them all."""

    def show_worst(self, problems: Sequence[Problem]) -> None:
        """Show the first of these, which come worst first."""
        counts = Counter(problem.severity for problem in problems)
        self.show(problems[:MOST])
        self.beginResetModel()
        self._items = [
            Heading(item.severity, counts[item.severity]) if isinstance(item, Heading) else item for item in self._items
        ]
        self.endResetModel()


class DayChecks(Section):
    """What is wrong or risky on the day; a click goes to where it is."""

    def __init__(self, desk: Desk) -> None:
        """Make it."""
        super().__init__("What to look at", gap=8)
        self._desk = desk
        self._day = ""
        self.model = _Worst()
        self.list = ProblemList(self.model)
        self.list.setProperty("ringed", True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.said = Words("", ink="muted", wrap=True)
        self.more = button("")
        self.more.setProperty("link", True)
        self.more.clicked.connect(lambda: desk.go(PageName.CHECKS, Concern(_DAY, self._day)))
        for widget in (self.said, self.list):
            self.add(widget)
        self.column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_problems(self, problems: Sequence[Problem], *, known: bool, day: str) -> None:
        """Show the worst of these."""
        self._day = day
        self.model.show_worst(problems)
        self.list.setVisible(bool(problems))
        self.said.setVisible(not problems)
        self.said.setText("Nothing, as far as the checks see." if known else "Looking through the plan\u2026")
        left = len(problems) - MOST
        self.more.setVisible(left > 0)
        self.more.setText(f"{left:,} more in the checks")
        self.more.setAccessibleName(self.more.text())
        self._fit()

    def _go(self, index: QModelIndex) -> None:
        item = index.data(ITEM)
        if isinstance(item, Line):
            elsewhere = [each for each in item.problem.concerns if each.kind != _DAY]
            self._desk.go_to(*elsewhere, *item.problem.concerns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list the height of its lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.list.ensurePolished()
        self.list.doItemsLayout()
        high = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        self.list.setFixedHeight(high + 2 * self.list.frameWidth() + theme.px(6))


def worst(problems: Sequence[Problem]) -> tuple[str, bool]:
    """Say how many of a day's problems need a look, and whether some must be put right; nothing of mere notes."""
    counts = Counter(problem.severity for problem in problems)
    red = counts[Severity.RED] + counts[Severity.STAND_DOWN]
    if red:
        return f"{red:,} to put right", True
    amber = counts[Severity.AMBER]
    return (f"{amber:,} to look at" if amber else ""), False
