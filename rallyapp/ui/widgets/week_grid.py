"""When somebody is free: half-hours down, days across, painted in three levels, or typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from rallyapp.domain.offers import Stroke, copied_day, spoken, stroke_words
from rallyapp.domain.people import Level
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.typed_offers import typed_offers
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.week_canvas import WeekCanvas
from rallyapp.ui.widgets.week_model import FIRST, KEYS, LAST, NAMES, ROWS, Week, WeekModel
from rallyapp.ui.widgets.week_parts import Brush, Heads, Hours
from rallyapp.ui.widgets.words import CutWords, Words, button, polish_anew

_WEEK = timedelta(days=7)
_PAGE = 7


class WeekGrid(QWidget):
    """The whole: which days, which level, the grid, and a line to type in.

    It shows and never keeps: ``painted`` gives the strokes to write (a tuple of Stroke) as one thing that was done,
    and a sentence for its label.
    """

    painted = Signal(object, str)
    days_shown = Signal()  # other days are shown: whoever knows of them may show more

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no day yet; ``show_plan`` and ``show_week`` say what there is."""
        super().__init__(parent)
        self.model = WeekModel()
        self.canvas = WeekCanvas(self.model)
        self._strike_dates: tuple[date, ...] = ()
        self._near = date(2000, 1, 1)
        self._monday: date | None = None  # the week that is shown; None for the strike days
        self._page = 0
        self._writable = True
        self.heads = Heads(self.canvas)
        self._hours = Hours(self.canvas)
        self._make_bar()
        self._make_brushes()
        self._make_line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._bar)
        column.addLayout(self._brush_rows)
        column.addLayout(self._sheet())
        column.addWidget(self.legend)
        column.addLayout(self._foot)
        column.addWidget(self.line)
        column.addWidget(self.read_as)
        self.canvas.painted.connect(lambda stroke: self._give((stroke,)))
        self.canvas.brush_chosen.connect(self.choose_brush)
        self.canvas.menu_wanted.connect(self._offer_day)
        self.heads.menu_wanted.connect(self._offer_day)
        self.heads.clicked.connect(self.canvas.put_column)
        self.choose_brush(Level.FREE)

    # ------------------------------------------------------------------------------------------- its parts
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the grid itself. A focus proxy would let Tab pass over the buttons above it."""
        self.canvas.setFocus(reason)

    def _make_bar(self) -> None:
        self.title = CutWords("", Type.STRONG)
        self.back = IconButton("chevron-left", "Earlier days", flat=True)
        self.on = IconButton("chevron-right", "Later days", flat=True)
        self.weeks = button("Weeks", name="Show whole weeks instead of the strike days")
        self.weeks.setProperty("segment", True)
        self.weeks.setCheckable(True)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.weeks.clicked.connect(self._weeks_wanted)
        self._bar = QHBoxLayout()
        self._bar.setSpacing(theme.px(4))
        self._bar.addWidget(self.title, 1)
        for widget in (self.back, self.on, self.weeks):
            self._bar.addWidget(widget)

    def _make_brushes(self) -> None:
        self.brushes: dict[Level | None, Brush] = {}
        self._brush_rows = QGridLayout()
        self._brush_rows.setSpacing(theme.px(4))
        for place, level in enumerate((Level.FREE, Level.IF_NEED_BE, Level.NOT, None)):
            made = self.brushes[level] = Brush(level)
            made.clicked.connect(lambda checked=False, level=level: self.choose_brush(level))
            self._brush_rows.addWidget(made, place // 2, place % 2)

    def _sheet(self) -> QGridLayout:
        made = QGridLayout()
        made.setSpacing(0)
        made.addWidget(self.heads, 0, 1)
        made.addWidget(self._hours, 0, 0, 2, 1)
        made.addWidget(self.canvas, 1, 1)
        made.setColumnStretch(1, 1)
        return made

    def _make_line(self) -> None:
        self.nights = button("Show nights")
        self.nights.setProperty("link", True)
        self.nights.setCheckable(True)
        self.nights.clicked.connect(self._show_days)
        self.same = button("Same as\u2026", tip="Make this day the same as another (Menu key in the grid)")
        self.same.setProperty("link", True)
        self.same.clicked.connect(self._offer_here)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.px(4))
        self._foot.addWidget(self.nights)
        self._foot.addStretch(1)
        self._foot.addWidget(self.same)
        self.legend = Words("", Type.SMALL, ink="muted", wrap=True)
        self.legend.hide()
        self.line = QLineEdit()
        self.line.setPlaceholderText("Tue 1/12 8-11, if need be 14-16")
        self.line.setAccessibleName("Type when free")
        self.line.textChanged.connect(self._typing)
        self.line.returnPressed.connect(self._typed)
        self.read_as = Words("", Type.SMALL, ink="muted", wrap=True)
        self.read_as.hide()

    # ---------------------------------------------------------------------------------------- what is shown
    def show_plan(self, strike_dates: Iterable[date], today: date) -> None:
        """Take the calendar days of the strike days, which stand first; without any, weeks from today are shown."""
        dates = tuple(sorted(set(strike_dates)))
        if dates == self._strike_dates and self.model.days:
            return
        self._strike_dates = dates
        self._near = dates[0] if dates else today
        self._page = min(self._page, max(0, (len(dates) - 1) // _PAGE))
        if not dates and self._monday is None:
            self._monday = _monday(today)
        self.weeks.setVisible(bool(dates))
        self._show_days()

    def show_week(self, week: Week, whose: str = "") -> None:
        """Show what somebody offered, and what keeps them."""
        self.model.show_week(week)
        self.canvas.setAccessibleName(f"When {whose} is free" if whose else "When free")
        self._describe()

    def set_writable(self, writable: bool) -> None:
        """Let it be painted, or only read."""
        self._writable = self.canvas.writable = writable
        for widget in (*self.brushes.values(), self.line, self.same):
            widget.setEnabled(writable)

    def choose_brush(self, level: Level | None) -> None:
        """Choose the level to paint with."""
        self.canvas.brush = level
        for each, brush in self.brushes.items():
            brush.setChecked(each is level)

    def show_date(self, day: date) -> None:
        """Show the page on which a day stands."""
        if day in self._strike_dates:
            self._monday, self._page = None, self._strike_dates.index(day) // _PAGE
        else:
            self._monday = _monday(day)
        self._show_days()

    def _weeks_wanted(self) -> None:
        first = self.model.days[0] if self.model.days else self._near
        self._monday = _monday(first) if self.weeks.isChecked() else None
        self._show_days()

    def _turn(self, step: int) -> None:
        if self._monday is not None:
            self._monday += _WEEK * step
        else:
            self._page += step
        self._show_days()

    def _show_days(self) -> None:
        if self._monday is not None:
            days = tuple(self._monday + timedelta(days=n) for n in range(7))
            title = f"{day_words(days[0])[4:-5]} \u2013 {day_words(days[-1])[4:-5]}"
        else:
            start = self._page * _PAGE
            days = self._strike_dates[start : start + _PAGE]
            title = "Strike days"
            if len(self._strike_dates) > _PAGE:
                title += f" {start + 1}\u2013{start + len(days)} of {len(self._strike_dates)}"
        pages = self._monday is None and len(self._strike_dates) <= _PAGE
        self.back.setVisible(not pages)
        self.on.setVisible(not pages)
        self.back.setEnabled(self._monday is not None or self._page > 0)
        self.on.setEnabled(self._monday is not None or (self._page + 1) * _PAGE < len(self._strike_dates))
        self.weeks.setChecked(self._monday is not None)
        self.title.say(title)
        nights = self.nights.isChecked()
        self.model.show_days(days, 0 if nights else FIRST, ROWS if nights else LAST)
        self._describe()
        self.days_shown.emit()
        self.heads.update()
        self._hours.update()

    def _describe(self) -> None:
        """Say the offers in words, and what lies in the hours that are not shown."""
        model = self.model
        taken = [
            f"{day_words(each.span.start.date())} {clock(each.span.start)}\u2013{clock(each.span.end)} {each.words}."
            for each in (*model.week.duties, *model.week.shifts)
        ]
        self.canvas.setAccessibleDescription(" ".join([spoken(model.week.offers, model.days), *taken]))
        shown = [model.shown(column) for column in range(len(model.days))]
        marks = [
            words
            for taken_by, words in (
                (model.week.duties, "grey: kept by work"),
                (model.week.shifts, "outlined: own shift"),
            )
            if any(each.span.overlaps(part) for each in taken_by for part in shown)
        ]
        words = "; ".join(marks)
        self.legend.setText(words[:1].upper() + words[1:])
        self.legend.setVisible(bool(words))
        hidden = 0 if self.nights.isChecked() else model.hidden()
        words = "Hide nights" if self.nights.isChecked() else "Show nights"
        self.nights.setText(f"{words} ({hidden} more)" if hidden else words)
        self.nights.setAccessibleName(self.nights.text())

    # --------------------------------------------------------------------------------------------- painting
    def _give(self, strokes: tuple[Stroke, ...], words: str = "") -> None:
        if strokes and self._writable:
            self.painted.emit(strokes, words or stroke_words(strokes))

    def make_same(self, column: int, of: date) -> None:
        """Make a day the same as another one."""
        day = self.model.days[column]
        strokes = copied_day(self.model.week.offers, of, [day])
        self._give(strokes, f"{day_words(day)} the same as {day_words(of)}")

    def _offer_here(self) -> None:
        self._offer_day(
            max(0, self.canvas.currentIndex().column()), self.same.mapToGlobal(self.same.rect().bottomLeft())
        )

    def day_menu(self, column: int) -> QMenu:
        """Make the menu of what can be done with a day."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        day = self.model.days[column]
        rows = (0, self.model.rowCount() - 1)
        for level in (Level.FREE, Level.IF_NEED_BE, Level.NOT, None):
            words = f"{NAMES[level]} all day" if level is not None else "Clear the day"
            act = QAction(f"{words}\tCtrl+Space, {KEYS[level]}", menu)
            act.triggered.connect(lambda checked=False, level=level: self.canvas.put(level, rows, (column, column)))
            menu.addAction(act)
        others = [other for other in dict.fromkeys((*self._strike_dates, *self.model.days)) if other != day]
        said = [other for other in others if copied_day(self.model.week.offers, other, [day])[1:]]
        if said:
            menu.addSeparator()
        for other in said[:12]:
            act = QAction(f"Same as {day_words(other)}", menu)
            act.triggered.connect(lambda checked=False, other=other: self.make_same(column, other))
            menu.addAction(act)
        return menu

    def _offer_day(self, column: int, where: QPoint) -> None:
        if self._writable and 0 <= column < len(self.model.days):
            self.day_menu(column).popup(where)

    # ---------------------------------------------------------------------------------------------- typing
    def _typing(self, text: str) -> None:
        """Say while somebody types how it is read; what is not yet right is not called wrong."""
        self._say_wrong(False)
        try:
            strokes = typed_offers(text, days=self._known_days(), near=self._near) if text.strip() else ()
        except ValueError:
            strokes = ()
        words = stroke_words(strokes)
        self._say(f"{words[0].upper()}{words[1:]}. Enter paints it." if words else "")

    def _typed(self) -> None:
        try:
            strokes = typed_offers(self.line.text(), days=self._known_days(), near=self._near)
        except ValueError as error:
            self._say(f"{error}.")
            self._say_wrong(True)
            return
        first = strokes[0].spans[0].start.date()
        if first not in self.model.days:
            self.show_date(first)
        self._give(strokes)
        self.line.clear()

    def _known_days(self) -> tuple[date, ...]:
        return self._strike_dates if self._monday is None else self.model.days

    def _say(self, sentence: str) -> None:
        self.read_as.setText(sentence)
        self.read_as.setVisible(bool(sentence))

    def _say_wrong(self, wrong: bool) -> None:
        self.line.setAccessibleDescription(self.read_as.text() if wrong else "")
        if bool(self.line.property("wrong")) != wrong:
            self.line.setProperty("wrong", wrong)
            polish_anew(self.line)
            self.read_as.ink("nobody" if wrong else "muted")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
