"""Step 3: the strike days, typed as people say them, with what the law says of their notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain import law
from rallyapp.domain.disputes import StrikeKind
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.new_plan import DayWanted, Pattern, spans_on
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.typed_days import parse_strike_days
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.new_plan.step import Fault, Figures, Step, Warned, in_order
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.words import Words, button, polish_anew

_HOW = "Days, times and kind as you would say them: 28-29 April 8am-5pm each day"


class DaysStep(Step):
    """The strike days. What is typed is read back at once, so that nobody adds what they did not mean."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Take what tells today's date, from which a missing year is reckoned."""
        super().__init__("Strike days", "Type one or several; the year may be left out.")
        self._today = today
        self.line = QLineEdit()
        self.line.setAccessibleName("Strike day")
        self.line.setPlaceholderText("Tue 1 Dec 8am to Wed 8am emergency care only")
        self.line.textEdited.connect(self._typed)
        self.line.textChanged.connect(lambda: self.touched.emit())
        self.line.returnPressed.connect(self.take)
        self.add_button = button("Add day", tip="Enter")
        self.add_button.clicked.connect(self._added_by_click)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.add_button)
        self.reading = Words(_HOW, Type.SMALL, ink="muted", wrap=True)
        above = QVBoxLayout()
        above.setSpacing(theme.px(4))
        above.addWidget(Words("Strike day", Type.SMALL, ink="muted"))
        above.addLayout(row)
        above.addWidget(self._wrong)
        above.addWidget(self.reading)
        self.column.addLayout(above)
        self.rows: list[DayRow] = []
        self._card = QFrame()
        self._card.setObjectName("card")
        self._list = QVBoxLayout(self._card)
        self._list.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._list.setSpacing(0)
        self._card.hide()
        self.column.addWidget(self._card)
        self.advice = Words("", Type.SMALL, ink="muted", wrap=True)
        self.advice.hide()
        self.column.addWidget(self.advice)

    @property
    def days(self) -> tuple[DayWanted, ...]:
        """The days in order of time."""
        return tuple(row.day for row in self.rows)

    @property
    def done(self) -> bool:
        """Whether there is a day, or one is typed that only waits to be added."""
        return bool(self.rows) or bool(self.line.text().strip() and not self.unfinished)

    @property
    def unfinished(self) -> str:
        """What is typed that is no day."""
        try:
            self._read(self.line.text())
        except ValueError as error:
            return f"{error}."
        return ""

    def begin(self) -> None:
        """Begin with the next day."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take(self) -> bool:
        """Add what is typed; says what is wrong with it, and gives False, where that is no day."""
        text = self.line.text().strip()
        if not text:
            return True
        try:
            found = self._read(text)
        except ValueError as error:
            self._say(f"{error}.")
            return False
        known = {_span(day) for day in self.days}
        new = [day for day in found if _span(day) not in known]
        doubled = [day for day in found if _span(day) in known]
        self._say("")
        self.line.clear()
        self.reading.setText(f"{doubled[0].bare.words} is on the list already." if doubled else _HOW)
        if new:
            self._show([*self.days, *new])
            first = min(_span(day) for day in new)
            self.added.emit(next(row for row in self.rows if _span(row.day) == first), self.line)
        return True

    def _read(self, text: str) -> tuple[DayWanted, ...]:
        """Read what is typed; a weekday alone is the first one after the last day of the list."""
        if not text.strip():
            return ()
        return parse_strike_days(text.strip(), self._today(), max((day.last_date for day in self.days), default=None))

    def faults(self) -> Iterator[Fault]:
        """There should be a day, and nothing typed that is none."""
        if not self.take():
            yield Fault(self._wrong.text(), self.line, self._say)
        elif not self.rows:
            yield Fault(
                "There is no strike day yet, so there is nothing to fill. Add one, or press Create plan again to go "
                "on without.",
                self.line,
                self._say,
                soft=True,
            )

    def show_law(self, where: Jurisdiction, pattern: Pattern) -> None:
        """Say of each day by when its notice is due there, and whether the pattern's times lie in it."""
        rules, today = carried.law(), self._today()
        for row in self.rows:
            row.show_law(law.notice_deadline(rules, where, row.day.first_date), today, pattern)
        self.advice.setText(f"{rules.words[:1].upper()}{rules.words[1:]}" if self.rows else "")
        self.advice.setVisible(bool(self.rows))

    # ------------------------------------------------------------------------------------ what is typed
    def _typed(self, text: str) -> None:
        self._say("")
        try:
            found = self._read(text)
        except ValueError:
            found = ()
        if not found:
            self.reading.setText(_HOW)
            return
        days = "; ".join(f"{day.bare.words}, {day.kind}" for day in found)
        self.reading.setText(f"Enter adds {days}")

    def _say(self, sentence: str) -> None:
        self.say_wrong(sentence)
        self.reading.setVisible(not sentence)
        self.line.setAccessibleDescription(sentence)
        if bool(self.line.property("wrong")) != bool(sentence):
            self.line.setProperty("wrong", bool(sentence))
            polish_anew(self.line)

    def _added_by_click(self) -> None:
        self.take()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # ----------------------------------------------------------------------------------------- the list
    def _show(self, days: list[DayWanted]) -> None:
        kept = {_span(row.day): row for row in self.rows}
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None and not isinstance(widget, DayRow):
                widget.deleteLater()
        self.rows = []
        for day in sorted(days, key=_span):
            row = kept.pop(_span(day), None) or self._row(day)
            if self.rows:
                self._list.addWidget(hairline())
            self._list.addWidget(row)
            row.show()  # at once, so that Tab finds it
            self.rows.append(row)
        for gone in kept.values():
            gone.hide()
            gone.deleteLater()
        self._card.setVisible(bool(self.rows))
        in_order(self.add_button, *(stop for row in self.rows for stop in (row.kind, row.amend, row.remove)))
        self.changed.emit()

    def _row(self, day: DayWanted) -> DayRow:
        row = DayRow(day)
        row.changed.connect(lambda: self.changed.emit())
        row.removed.connect(lambda: self._remove(row))
        row.amended.connect(lambda: self._amend(row))
        return row

    def _remove(self, row: DayRow) -> None:
        place = self.rows.index(row)
        rest = [each for each in self.rows if each is not row]
        after: QWidget = rest[min(place, len(rest) - 1)].remove if rest else self.line
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show([each.day for each in rest])

    def _amend(self, row: DayRow) -> None:
        text = f"{row.day.bare.words} {row.day.kind}"
        self._show([each.day for each in self.rows if each is not row])
        self.line.setText(text)
        self._typed(text)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()


def _span(day: DayWanted) -> tuple[datetime, datetime]:
    window = day.bare.window
    return window.start, window.end


class DayRow(QWidget):
    """A strike day: when, of what kind, and what to take note of."""

    changed = Signal()
    removed = Signal()
    amended = Signal()

    def __init__(self, day: DayWanted) -> None:
        """Show a day."""
        super().__init__()
        self.day = day
        words = Figures(day.bare.words, Type.STRONG, wrap=True)
        self.notice = Words("", Type.SMALL, ink="muted", wrap=True)
        self.warned = Warned("")
        self.warned.hide()
        self.kind = Choosing()
        self.kind.setAccessibleName(f"Kind of strike on {day.bare.words}")
        self.kind.addItems([str(kind) for kind in StrikeKind])
        self.kind.setCurrentIndex(list(StrikeKind).index(day.kind))
        self.kind.activated.connect(self._kind_chosen)
        self.amend = IconButton("pencil", f"Change {day.bare.words}", tip="Type this day anew", flat=True, size=14)
        self.amend.clicked.connect(lambda: self.amended.emit())
        self.remove = IconButton("x", f"Take {day.bare.words} away", tip="Take this day away", flat=True, size=14)
        self.remove.clicked.connect(lambda: self.removed.emit())
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(words)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        row.addLayout(column, 1)
        row.addSpacing(theme.px(8))
        for each in (self.kind, self.amend, self.remove):
            row.addWidget(each, alignment=Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.px(14), theme.px(8), theme.px(10), theme.px(8))
        whole.setSpacing(theme.px(6))
        whole.addLayout(row)
        whole.addWidget(self.warned)

    def show_law(self, notice: law.Deadline, today: date, pattern: Pattern) -> None:
        """Say by when the notice is due, and warn of what can't be right any more."""
        late = []
        if self.day.bare.window.end.date() < today:
            late.append("This day is over.")
        elif notice.latest < today:
            late.append(
                f"The employer should have had the notice by {day_words(notice.latest)}. If it was not given, check "
                "with your union before anybody is called out."
            )
        if not list(spans_on(self.day.bare, pattern)):
            hours = f"{clock(pattern.starts)}\u2013{clock(pattern.ends)}"
            late.append(f"No picket: {hours} lies outside this day\u2019s hours. Choose other times below.")
        due = f"Notice to the employer by {day_words(notice.latest)}"
        self.notice.setText(due if notice.latest >= today else "")
        self.notice.setVisible(notice.latest >= today)
        self.warned.say(" ".join(late))

    def _kind_chosen(self, place: int) -> None:
        self.day = replace(self.day, kind=list(StrikeKind)[place])
        self.changed.emit()
