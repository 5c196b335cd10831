"""The whole programme as a bar, from the start to the hard finish: what is filled, what is idle, what runs past it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rallyapp.domain.running_order import Line, finish_words, overrun
from rallyapp.domain.times import clock, minutes_words, real_minutes
from rallyapp.ui import theme
from rallyapp.ui.theme import Type

_HIGH, _BAR = 52, 28  # px at 100 %


class ProgrammeBar(QWidget):
    """The bar. A click on a part of it chooses that line; all that it shows stands in the table too."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.lines: tuple[Line, ...] = ()
        self.starts = self.ends = datetime.min
        self._current = ""

    def show_lines(self, lines: Sequence[Line], starts: datetime, ends: datetime) -> None:
        """Show a running order between the rally's start and its hard finish."""
        self.lines, self.starts, self.ends = tuple(lines), starts, ends
        self.setAccessibleName(f"The programme as a bar: {finish_words(self.lines, ends)}")
        self.update()

    def show_current(self, id: str) -> None:
        """Mark the line with the keyboard."""
        if id != self._current:
            self._current = id
            self.update()

    def sizeHint(self) -> QSize:
        """Give its height."""
        return QSize(theme.px(300), theme.px(_HIGH))

    # ------------------------------------------------------------------------------------------ measuring
    def _x(self, minutes: int) -> float:
        last = max([real_minutes(self.starts, self.ends), *(line.total for line in self.lines)], default=0)
        return minutes * (self.width() - 1) / max(1, last)

    def _spans(self) -> list[tuple[Line, float, float]]:
        """Give where each line begins and ends."""
        return [(line, self._x(line.total - self._long(line)), self._x(line.total)) for line in self.lines]

    def _long(self, line: Line) -> int:
        return real_minutes(line.starts, line.ends)

    def line_at(self, x: float) -> Line | None:
        """Find the line that is shown there."""
        return next((line for line, left, right in self._spans() if left <= x < right), None)

    # ------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, what is idle before them, and what runs past the hard finish."""
        if self.starts >= self.ends:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, 0.5, self.width() - 1, theme.px(_BAR))
        finish = self._x(real_minutes(self.starts, self.ends))
        path = QPainterPath()
        path.addRoundedRect(box, theme.px(5), theme.px(5))
        painter.fillPath(path, theme.colour("card"))
        painter.save()
        painter.setClipPath(path)
        self._paint_lines(painter, box, finish)
        painter.restore()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(path)
        self._paint_marks(painter, box, finish)
        painter.end()

    def _paint_lines(self, painter: QPainter, box: QRectF, finish: float) -> None:
        before = 0.0
        for line, left, right in self._spans():
            if line.slack > 0:
                idle = QRectF(before, box.top(), left - before, box.height())
                painter.fillRect(idle, theme.colour("short_ground"))
                painter.fillRect(idle, theme.hatch(theme.colour("short")))
            part = QRectF(left, box.top(), right - left, box.height())
            painter.fillRect(part, theme.colour("met_ground"))
            over = QRectF(max(left, finish), box.top(), right - max(left, finish), box.height())
            if over.width() > 0:
                painter.fillRect(over, theme.colour("nobody_ground"))
                painter.fillRect(over, theme.hatch(theme.colour("nobody")))
            painter.setPen(QPen(theme.colour("card"), theme.px(2)))
            painter.drawLine(QPointF(right, box.top()), QPointF(right, box.bottom()))
            self._paint_title(painter, part, line, past=left >= finish)
            if line.item.fixed is not None:
                painter.fillRect(QRectF(left, box.top(), theme.px(3), box.height()), theme.colour("accent"))
            before = right
        for line, left, right in self._spans():
            if line.item.id == self._current:
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(left + 1, box.top() + 1, max(2.0, right - left - 2), box.height() - 2))

    def _paint_title(self, painter: QPainter, part: QRectF, line: Line, *, past: bool) -> None:
        font = theme.font(Type.SMALL)
        inner = part.adjusted(theme.px(7), 0, -theme.px(5), 0)
        if inner.width() < theme.px(32):
            return
        painter.setFont(font)
        painter.setPen(theme.colour("nobody" if past else "met"))
        words = QFontMetrics(font).elidedText(line.item.title, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_marks(self, painter: QPainter, box: QRectF, finish: float) -> None:
        """Write the start, the hard finish and, where it is later, the end below the bar."""
        font = theme.font(Type.SMALL, figures=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        late = overrun(self.lines, self.ends) > 0
        painter.setPen(QPen(theme.colour("nobody" if late else "text"), theme.px(2)))
        x = min(finish, self.width() - 1.0)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom() + theme.px(5)))
        top = box.bottom() + theme.px(5)
        height = self.height() - top
        painter.setPen(theme.colour("muted"))
        left = f"{clock(self.starts)} start"
        painter.drawText(QRectF(0, top, self.width(), height), Qt.AlignmentFlag.AlignLeft, left)
        words = f"{clock(self.ends)} hard finish"
        wide = metrics.horizontalAdvance(words)
        at = min(max(x - wide / 2, metrics.horizontalAdvance(left) + theme.px(16)), self.width() - wide - 1.0)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(at, top, wide + 2.0, height), Qt.AlignmentFlag.AlignLeft, words)
        if late:
            words = clock(self.lines[-1].ends)
            end = self.width() - metrics.horizontalAdvance(words) - 1.0
            if end > at + wide + theme.px(8):
                painter.setPen(theme.colour("nobody"))
                painter.drawText(QRectF(end, top, self.width() - end, height), Qt.AlignmentFlag.AlignLeft, words)

    # ------------------------------------------------------------------------------------------- the mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the line that was clicked."""
        line = self.line_at(event.position().x())
        if line is not None:
            self.chosen.emit(line.item.id)

    def event(self, event: object) -> bool:
        """Say in a tip which line it is."""
        if isinstance(event, QHelpEvent):
            line = self.line_at(event.pos().x())
            words = f"{clock(line.starts)} {line.item.title}, {minutes_words(line.item.minutes)}" if line else ""
            QToolTip.showText(event.globalPos(), theme.plain_tip(words) if words else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]
