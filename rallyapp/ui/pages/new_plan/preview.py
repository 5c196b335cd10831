"""How the pickets of a new plan lie in the day: a line for each strike day, cut into shifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rallyapp.domain.new_plan import DayWanted, Pattern, spans_on
from rallyapp.domain.times import Span, clock, day_words, slots
from rallyapp.ui import theme
from rallyapp.ui.theme import Type

MOST_LINES = 4
_LINE, _AXIS, _LABEL = 36, 22, 112


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is called, its shifts as minutes of the day, and the hours in which there is a strike."""

    label: str
    shifts: tuple[tuple[int, int], ...]
    strike: tuple[tuple[int, int], ...] = ()


def lines_of(days: Sequence[DayWanted], pattern: Pattern) -> list[Line]:
    """Draw up a line for each strike day; before there is one, a line for any day."""
    if not days:
        any_day = datetime(2001, 1, 1)
        span = Span(datetime.combine(any_day, pattern.starts), datetime.combine(any_day, pattern.ends))
        return [Line("Any day", _shifts([span], pattern))]
    found = []
    for wanted in days:
        day = wanted.bare
        window = day.window
        spans = list(spans_on(day, pattern))
        strike = []
        for each in {span.start.date() for span in spans} or {day.first_date}:
            midnight = datetime.combine(each, datetime.min.time())
            start = max(window.start, midnight)
            end = min(window.end, midnight + timedelta(days=1))
            strike.append((_minutes(start, midnight), _minutes(end, midnight)))
        label = day_words(day.first_date).rsplit(" ", 1)[0]
        found.append(Line(label, _shifts(spans, pattern), tuple(strike)))
    return found


def _shifts(spans: Sequence[Span], pattern: Pattern) -> tuple[tuple[int, int], ...]:
    cut = set()
    for span in spans:
        for slot in slots(span, pattern.slot):
            midnight = datetime.combine(slot.start.date(), datetime.min.time())
            cut.add((_minutes(slot.start, midnight), _minutes(slot.end, midnight)))
    return tuple(sorted(cut))


def _minutes(when: datetime, midnight: datetime) -> int:
    return (when - midnight) // timedelta(minutes=1)


class Preview(QWidget):
    """The lines with their axis."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._lines: list[Line] = []
        self._more = 0
        self._need = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The pickets of each strike day")

    def show_plan(self, days: Sequence[DayWanted], pattern: Pattern) -> None:
        """Show the pickets of these days."""
        found = lines_of(days, pattern)
        self._lines, self._more = found[:MOST_LINES], max(0, len(found) - MOST_LINES)
        self._need = f"1 + {pattern.wished}"
        spoken = [
            f"{line.label}: " + (", ".join(_words(*shift) for shift in line.shifts) or "no picket") for line in found
        ]
        self.setAccessibleDescription("; ".join(spoken))
        self.updateGeometry()
        self.update()

    @property
    def spoken(self) -> str:
        """The lines in words."""
        return self.accessibleDescription()

    def sizeHint(self) -> QSize:
        """Take the room of its lines."""
        more = 20 if self._more else 0
        return QSize(theme.px(400), theme.px(_AXIS + _LINE * len(self._lines) + more))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return QSize(theme.px(240), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axis and the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._hours()
        left, width = theme.px(_LABEL), self.width() - theme.px(_LABEL) - 1
        per_minute = width / (60 * (last - first))

        def x(minute: float) -> float:
            return left + (minute - 60 * first) * per_minute

        self._axis(painter, first, last, x)
        for place, line in enumerate(self._lines):
            top = theme.px(_AXIS) + place * theme.px(_LINE)
            self._line(painter, line, top, x, (60 * first, 60 * last))
        if self._more:
            painter.setFont(theme.font(Type.SMALL))
            painter.setPen(theme.colour("muted"))
            at = QRectF(0, self.height() - theme.px(20), self.width(), theme.px(20))
            words = f"and {self._more} more {'day' if self._more == 1 else 'days'}"
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _hours(self) -> tuple[int, int]:
        minutes = [minute for line in self._lines for shift in line.shifts for minute in shift] or [8 * 60, 11 * 60]
        first, last = max(0, min(minutes) // 60 - 1), min(24, -(-max(minutes) // 60) + 1)
        while last - first < 6 and (first > 0 or last < 24):
            last = min(24, last + 1)
            if last - first < 6:
                first = max(0, first - 1)
        return first, last

    def _axis(self, painter: QPainter, first: int, last: int, x: object) -> None:
        assert callable(x)
        font = theme.font(Type.OVERLINE, figures=True)
        painter.setFont(font)
        needed = QFontMetrics(font).horizontalAdvance("00:00") * 1.6
        step = next((each for each in (1, 2, 3, 4, 6) if x(60 * each) - x(0) >= needed), 6)
        bottom = theme.px(_AXIS) + theme.px(_LINE) * len(self._lines)
        for hour in range(first, last + 1, step):
            at = x(60 * hour)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(round(at), theme.px(_AXIS - 4), round(at), bottom)
            painter.setPen(theme.colour("muted"))
            words = QRectF(at - needed, 0, 2 * needed, theme.px(_AXIS - 6))
            side = Qt.AlignmentFlag.AlignHCenter
            if words.right() > self.width():
                words.moveRight(self.width())
                side = Qt.AlignmentFlag.AlignRight
            painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, f"{hour:02d}:00")

    def _line(self, painter: QPainter, line: Line, top: int, x: object, hours: tuple[int, int]) -> None:
        assert callable(x)
        high = theme.px(_LINE)
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(0, top, theme.px(_LABEL - 8), high), Qt.AlignmentFlag.AlignVCenter, line.label)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("card"))
        for start, end in line.strike:
            begin, stop = max(start, hours[0]), min(end, hours[1])
            if begin < stop:
                painter.drawRoundedRect(QRectF(x(begin), top + 2, x(stop) - x(begin), high - 4), 3, 3)
        if not line.shifts:
            painter.setPen(theme.colour("short"))
            at = QRectF(x(hours[0]) + theme.px(8), top, x(hours[1]) - x(hours[0]), high)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, "No picket in these hours")
        for start, end in line.shifts:
            box = QRectF(x(start) + 1, top + theme.px(5), x(end) - x(start) - 2, high - theme.px(10))
            self._shift(painter, box, _words(start, end))

    def _shift(self, painter: QPainter, box: QRectF, words: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setBrush(theme.colour("muted"))
        painter.drawRoundedRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), 1, 1)
        font = theme.font(Type.SMALL, figures=True)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        metrics = QFontMetrics(font)
        fitting = (text for text in (f"{words}   {self._need}", words, words[:5], "") if _fits(metrics, text, box))
        painter.drawText(box.adjusted(theme.px(3), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, next(fitting, ""))


def _fits(metrics: QFontMetrics, text: str, box: QRectF) -> bool:
    return metrics.horizontalAdvance(text) <= box.width() - theme.px(10)


def _words(start: int, end: int) -> str:
    midnight = datetime(2001, 1, 1)
    return "\u2013".join(clock(midnight + timedelta(minutes=minute)) for minute in (start, end))
