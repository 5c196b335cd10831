"""Sign-ups over time as steps, against the target; said in words to who does not see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rallyapp.domain import tallies
from rallyapp.domain.stalls import Tally
from rallyapp.domain.times import clock
from rallyapp.ui import theme
from rallyapp.ui.theme import Type

_STEPS = (15, 30, 60, 120, 180, 360, 720)  # minutes between two times on the axis


def axis_times(starts: datetime, ends: datetime, most: int) -> list[datetime]:
    """List round times between two, at most so many."""
    for step in _STEPS:
        first = starts.replace(minute=0) + timedelta(minutes=step * -(-starts.minute // step))
        found = []
        while first <= ends:
            found.append(first)
            first += timedelta(minutes=step)
        if len(found) <= most:
            return found
    return [starts, ends]


class TallyChart(QWidget):
    """The chart."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._steps: tuple[tallies.Step, ...] = ()
        self._target = 0
        self._from: datetime | None = None
        self._to: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tallies(self, found: Sequence[Tally], target: int, starts: datetime, ends: datetime) -> None:
        """Show tallies; the axis goes from when the stall starts to when it ends, or as far as was counted."""
        self._steps, self._target = tallies.steps(found), target
        self._from = min([starts, *(step.at for step in self._steps[:1])])
        self._to = max([ends, *(step.at for step in self._steps[-1:])])
        self.setAccessibleName("Sign-ups over time")
        self.setAccessibleDescription(tallies.spoken(found, target))
        self.setToolTip(theme.plain_tip(tallies.spoken(found, target)))
        self.update()

    def sizeHint(self) -> QSize:
        """Be low and wide."""
        return QSize(theme.px(320), theme.px(168))

    def minimumSizeHint(self) -> QSize:
        """Need no width of its own."""
        return QSize(theme.px(160), theme.px(168))

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axis, the target and the steps."""
        if self._from is None or self._to is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(Type.SMALL, figures=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        top = max(self._target, max((step.total for step in self._steps), default=0), 4)
        label = metrics.horizontalAdvance(f"{top:,}") + theme.px(8)
        half = metrics.horizontalAdvance("00:00") / 2
        box = QRectF(self.rect()).adjusted(
            label, metrics.height(), -max(half, theme.px(4)), -metrics.height() - theme.px(8)
        )
        minutes = max(1.0, (self._to - self._from).total_seconds())

        def x(at: datetime) -> float:
            assert self._from is not None
            return box.left() + box.width() * (at - self._from).total_seconds() / minutes

        def y(number: float) -> float:
            return box.bottom() - box.height() * max(0, number) / (top * 1.08)  # fewer than nobody is the words' to say

        self._axis(painter, metrics, box, x)
        self._line(painter, box, x, y)
        self._levels(painter, metrics, box, y)
        painter.end()

    def _axis(self, painter: QPainter, metrics: QFontMetricsF, box: QRectF, x) -> None:  # type: ignore[no-untyped-def]
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        assert self._from is not None
        assert self._to is not None
        most = max(2, int(box.width() / (metrics.horizontalAdvance("00:00") * 1.9)))
        for at in axis_times(self._from, self._to, most):
            painter.setPen(QPen(theme.colour("grid"), 1))
            painter.drawLine(QPointF(x(at), box.top()), QPointF(x(at), box.bottom()))
            painter.setPen(theme.colour("muted"))
            words = clock(at)
            painter.drawText(
                QPointF(x(at) - metrics.horizontalAdvance(words) / 2, box.bottom() + metrics.height()), words
            )

    def _line(self, painter: QPainter, box: QRectF, x, y) -> None:  # type: ignore[no-untyped-def]
        if not self._steps:
            return
        line = [QPointF(x(self._steps[0].at), y(0))]
        for step in self._steps:
            line += [QPointF(x(step.at), line[-1].y()), QPointF(x(step.at), y(step.total))]
        area = QPolygonF([*line, QPointF(line[-1].x(), box.bottom())])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("met_ground"))
        painter.drawPolygon(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("met"), 2))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(theme.colour("met"))
        painter.drawEllipse(line[-1], theme.px(3), theme.px(3))

    def _levels(self, painter: QPainter, metrics: QFontMetricsF, box: QRectF, y) -> None:  # type: ignore[no-untyped-def]
        levels = [(0, "")]
        if self._steps:
            levels.append((max(0, self._steps[-1].total), ""))
        if self._target:
            levels.append((self._target, "Target"))
            pen = QPen(theme.colour("short"), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left(), y(self._target)), QPointF(box.right(), y(self._target)))
            painter.setPen(theme.colour("short"))
            painter.drawText(QPointF(box.left() + theme.px(4), y(self._target) - theme.px(3)), "Target")
        taken: list[float] = []
        for number, _ in reversed(levels):
            at = y(number) + metrics.ascent() / 2 - 1
            if all(abs(at - other) >= metrics.height() for other in taken):
                taken.append(at)
                words = f"{number:,}"
                painter.setPen(theme.colour("muted"))
                painter.drawText(QPointF(box.left() - theme.px(6) - metrics.horizontalAdvance(words), at), words)
