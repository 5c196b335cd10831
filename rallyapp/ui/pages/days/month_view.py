"""The calendar of the strike days: the month, the way to other months, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.times import clocks_change, day_words
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.days.days_read import Read
from rallyapp.ui.pages.days.law_words import deadline, mandate_said
from rallyapp.ui.pages.days.states import SIGNS, TONES, times_words
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.legend import Legend
from rallyapp.ui.widgets.month import Bar, Mark, Month
from rallyapp.ui.widgets.words import CutWords, Words, button

_LEGEND = (
    ("ring", "accent", "Today"),
    ("badge-check", "met", "Notified or on"),
    ("circle-dashed", "muted", "Planned"),
    ("timer", "short", "Suspended"),
    ("x", "nobody", "Called off"),
    ("mail", "nobody", "Last day for notice"),
    ("scale", "nobody", "Ballot and mandate"),
    ("sun", "muted", "Bank holiday"),
    ("clock", "muted", "Clocks change"),
)


class MonthView(QWidget):
    """The month with its title above and the legend below."""

    def __init__(self, today: date) -> None:
        """Show the month of a day."""
        super().__init__()
        self.month = Month(today)
        self._read = Read()
        self.title = Words(self.month.title, Type.HEADING)
        before = IconButton("chevron-left", "Month before", tip="Month before (Page Up)", flat=True)
        after = IconButton("chevron-right", "Month after", tip="Month after (Page Down)", flat=True)
        now = button("Today", name="Go to today", tip=theme.plain_tip("T"))
        before.clicked.connect(lambda: self.month.step_month(-1))
        after.clicked.connect(lambda: self.month.step_month(1))
        now.clicked.connect(lambda: self.month.go(self.month.today))
        self.hint = CutWords("Enter opens a day, or plans a new one there.", Type.SMALL, ink="muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        for widget in (before, after, now):
            row.addWidget(widget)
        row.addSpacing(theme.px(8))
        row.addWidget(self.title)
        row.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(row)
        column.addWidget(self.month, 1)
        column.addWidget(Legend(_LEGEND))
        self.month.moved.connect(self._moved)

    def show_read(self, read: Read, *, today: date, chosen: str) -> None:
        """Show the days that were read."""
        self._read, self._today, self._chosen = read, today, chosen
        self._show()

    def _moved(self) -> None:
        self.title.setText(self.month.title)
        self._show()

    def _show(self) -> None:
        year = self.month.day.year
        self.month.show_all(bars(self._read), _joined(marks(self._read, year)), today=self._today, chosen=self._chosen)


def bars(read: Read) -> Iterator[Bar]:
    """Give every strike day as a bar over the calendar days that it touches."""
    for day in read.days:
        dispute = read.dispute(day.dispute_id)
        yield Bar(
            id=day.id,
            first=day.first_date,
            last=max(day.first_date, day.window.days()[-1]),
            words=f"{day.kind[0].upper()}{day.kind[1:]}, {times_words(day)}",
            icon=SIGNS[day.state],
            tone=TONES[day.state],
            struck=day.stood_down,
            tip=_tip(day, dispute),
        )


def _tip(day: StrikeDay, dispute: Dispute | None) -> str:
    said = f"{day.words}: {day.kind}, {day.state}"
    return f"{said}. {dispute.title}" if dispute else said


def marks(read: Read, year: int) -> Iterator[Mark]:
    """Give what else a calendar of the dispute should say: the law's days, bank holidays, the clocks."""
    words = carried.law().words
    for dispute in read.disputes:
        yield from _ballot(dispute, words)
    for day in read.days:
        of = read.dispute(day.dispute_id)
        if of is not None and not day.stood_down:
            found = deadline(of, day)
            tip = f"Last day for notice of {day_words(day.first_date)}. {found.sentence} {found.rule.source}"
            ink = "muted" if read.notices_of(day) else "nobody"  # what is given needs no alarm
            yield Mark(day=found.latest, words="Notice due", icon="mail", ink=ink, tip=tip)
    places = {dispute.jurisdiction for dispute in read.disputes} or {Jurisdiction.ENGLAND}
    named: dict[date, list[str]] = {}
    for place in sorted(places):
        for each, name in carried.bank_holidays(place).items():
            if name not in named.setdefault(each, []):
                named[each].append(name)
    for each, names in named.items():
        tip = f"Bank holiday: {', '.join(names)}"
        yield Mark(day=each, words=names[0], icon="sun", tip=tip)
    for each in _clock_changes(year):
        turn = clocks_change(each)
        yield Mark(day=each, words=f"Clocks {turn}", icon="clock", tip=f"The clocks go {turn}")


def _joined(found: Iterable[Mark]) -> list[Mark]:
    """Make one mark of those that say the same on one day, as two disputes' do."""
    made: dict[tuple[date, str], Mark] = {}
    for mark in found:
        key = (mark.day, mark.words)
        before = made.get(key)
        ink = "nobody" if before and "nobody" in (before.ink, mark.ink) else mark.ink
        made[key] = replace(mark, ink=ink, tip=f"{before.tip} {mark.tip}") if before else mark
    return list(made.values())


def _ballot(dispute: Dispute, words: str) -> Iterator[Mark]:
    of = f"{dispute.title}. {words}"
    for day, what in ((dispute.ballot_opened, "Ballot opens"), (dispute.ballot_closed, "Ballot closes")):
        if day is not None:
            yield Mark(day=day, words=what, icon="scale", ink="nobody", tip=f"{what}: {of}")
    said = mandate_said(dispute)
    if said is None:
        return
    tip = f"{said.fact} {said.source}. {of}"
    if said.day is not None:
        yield Mark(day=said.day, words="Mandate ends", icon="scale", ink="nobody", tip=tip)
    if said.begin_by is not None:
        yield Mark(day=said.begin_by, words="First action by", icon="scale", ink="nobody", tip=tip)


def _clock_changes(year: int) -> Iterator[date]:
    """List the days of three years on which the clocks change: the last Sundays of March and October."""
    for each in (year - 1, year, year + 1):
        for month in (3, 10):
            last = date(each, month, 31)
            sunday = last - timedelta(days=(last.weekday() + 1) % 7)
            if clocks_change(sunday):
                yield sunday
