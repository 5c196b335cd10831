"""The times of a rally as one line down the page, in the order in which they must come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rallyapp.domain.rallies import Rally
from rallyapp.domain.rally_edits import TIMES, times_of
from rallyapp.domain.times import minutes_words, real_minutes
from rallyapp.domain.typed_moments import moment_words, typed_moment
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ClockField, TextField
from rallyapp.ui.widgets.words import Words

_FIXED = ("starts", "ends")
_FIELD, _LABEL, _DOTS = 136, 112, 22  # px at 100 %


class MomentField(ClockField):
    """A time of a rally, with its day where that is another; a datetime or None. Its label stands elsewhere."""

    def __init__(self, label: str, *, needed: bool = False) -> None:
        """Make it; ``day`` is set before it shows anything."""
        super().__init__(label, needed=needed)
        self.day = date.min
        self.line.setPlaceholderText("")
        self.gap = Words("", Type.SMALL, ink="muted")
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        row = QHBoxLayout()
        column.insertLayout(column.indexOf(self.line), row)
        row.addWidget(self.line)
        row.addWidget(self.gap, 1)
        for words in self.findChildren(Words):
            if words not in (self.wrong, self.gap):
                words.hide()

    def take_day(self, day: date) -> None:
        """Take the rally's day, from which other days are told apart."""
        if day != self.day:
            self.day = day
            if self.value is not None and not self.line.hasFocus():
                self.line.setText(self._write(self.value))

    def _read(self, text: str) -> datetime | None:  # type: ignore[override]
        if not text.strip() and not self._needed:
            return None
        return typed_moment(text, day=self.day, on=self.value.date() if self.value else None)

    def _write(self, value: datetime | None) -> str:  # type: ignore[override]
        return moment_words(value, self.day) if value else ""


class DayLine(QWidget):
    """The times, each on a dot of a line: full where it is known, empty where not; beside it how long to the next."""

    def __init__(self, put: Callable[[str, MomentField, str], object], briefing_place: TextField) -> None:
        """Make a field for every time; ``put`` binds it to the rally's own."""
        super().__init__()
        self.fields: dict[str, MomentField] = {}
        self._labels: dict[str, Words] = {}
        self._known: set[str] = set()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for name, label in TIMES.items():
            fixed = name in _FIXED
            field = self.fields[name] = MomentField(label, needed=fixed)
            put(name, field, "the start" if name == "starts" else f"the time of {label[0].lower()}{label[1:]}")
            self._labels[name] = Words(label, Type.STRONG if fixed else Type.BODY)
            row = self._grid.rowCount()
            self._grid.addWidget(self._labels[name], row, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(field, row, 2)
            if name == "briefing":
                self._grid.addWidget(briefing_place, row + 1, 2)
        self._fit()

    def show_rally(self, rally: Rally) -> None:
        """Show how long it is from each time to the next; the times are the form's."""
        times = times_of(rally)
        for name, field in self.fields.items():
            field.take_day(rally.starts.date())
            for widget in (field, self._labels[name]):
                widget.setVisible(name in times)
            field.gap.setText("")
            field.gap.setAccessibleName("")
        known = [(name, when) for name, when in times.items() if when is not None]
        self._known = {name for name, _ in known}
        for (name, when), (after, at) in pairwise(known):
            words = minutes_words(real_minutes(when, at))
            gap = self.fields[name].gap
            gap.setText(f"\u2193 {words}" if at > when else "same time")
            gap.setAccessibleName(f"{words} from {TIMES[name].lower()} to {TIMES[after].lower()}")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_known"):
            self._fit()

    def _fit(self) -> None:
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnMinimumWidth(0, theme.px(_DOTS))
        for name, field in self.fields.items():
            field.line.setFixedWidth(theme.px(_FIELD))
            self._labels[name].setFixedHeight(field.line.sizeHint().height())
            self._labels[name].setMinimumWidth(theme.px(_LABEL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and its dots."""
        super().paintEvent(event)
        shown = [name for name, field in self.fields.items() if not field.isHidden()]
        if not shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, radius = theme.px(8), theme.px(4)
        middles = {name: self._middle(name) for name in shown}
        painter.setPen(QPen(theme.colour("line"), theme.px(2)))
        painter.drawLine(QPointF(x, middles[shown[0]]), QPointF(x, middles[shown[-1]]))
        live = QPen(theme.colour("accent"), theme.px(2))
        painter.setPen(live)
        painter.drawLine(QPointF(x, middles["starts"]), QPointF(x, middles["ends"]))
        for name in shown:
            ink = theme.colour("accent" if name in _FIXED else "muted")
            painter.setPen(QPen(ink, theme.px(2)))
            painter.setBrush(ink if name in self._known else theme.colour("window"))
            painter.drawEllipse(QPointF(x, middles[name]), radius, radius)
        painter.end()

    def _middle(self, name: str) -> float:
        line = self.fields[name].line
        return line.mapTo(self, QPoint(0, line.height() // 2)).y()
