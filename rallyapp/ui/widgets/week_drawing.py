"""How a week grid's cells are drawn: levels in colour, pattern and sign, duties hatched, own shifts outlined."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QTableView

from rallyapp.domain.people import Level
from rallyapp.domain.times import Span, clock_fault, uncovered
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.week_model import NAMES, SIGNS, Taken, WeekModel

TONES = {Level.FREE: "met", Level.IF_NEED_BE: "short", Level.NOT: "nobody"}
_PATTERNS = {Level.IF_NEED_BE: Qt.BrushStyle.BDiagPattern, Level.NOT: Qt.BrushStyle.DiagCrossPattern}


def paint_level(painter: QPainter, box: QRectF, level: Level, *, edge: int = 3) -> None:
    """Paint a stretch in its level: a tint, a pattern (plain, hatched, crossed), and an edge on its left."""
    tone = TONES[level]
    painter.fillRect(box, theme.colour(f"{tone}_ground"))
    if (pattern := _PATTERNS.get(level)) is not None:
        soft = theme.colour(tone)
        soft.setAlpha(80 if level is Level.IF_NEED_BE else 60)
        painter.fillRect(box, QBrush(soft, pattern))
    if edge:
        painter.fillRect(QRectF(box.left(), box.top(), theme.px(edge), box.height()), theme.colour(tone))


class Drawing:
    """Draws a week into the viewport of its view, whose columns are the days."""

    def __init__(self, view: QTableView, model: WeekModel) -> None:
        """Take both; nothing is kept but them."""
        self._view, self._model = view, model

    @property
    def row_height(self) -> int:
        """A half-hour's height in pixels."""
        return self._view.verticalHeader().defaultSectionSize()

    def all(self, painter: QPainter) -> None:
        """Draw days, offers, lines, signs, duties and own shifts."""
        box = self._view.viewport().rect()
        painter.fillRect(box, theme.colour("window"))
        days = range(len(self._model.days))
        for column in days:
            self._day(painter, column)
        self._lines(painter, box)
        for column in days:
            self._signs(painter, column)
            self._taken(painter, column)

    def place(self, column: int, span: Span) -> QRectF | None:
        """Give where a stretch of time lies in a day's column, true to the minute; None where it is not shown."""
        shown = self._model.shown(column)
        if not span.overlaps(shown):
            return None
        x, width = self._view.columnViewportPosition(column), self._view.columnWidth(column)
        top, bottom = self._y(max(span.start, shown.start), shown), self._y(min(span.end, shown.end), shown)
        return QRectF(x + 1, top, width - 1, max(1.0, bottom - top))

    def _y(self, when: datetime, shown: Span) -> float:
        return (when - shown.start).total_seconds() / 1800 * self.row_height

    def _day(self, painter: QPainter, column: int) -> None:
        week = self._model.week
        for strike in week.strikes:
            if (box := self.place(column, strike)) is not None:
                painter.fillRect(box, theme.colour("card"))
        for row in range(self._model.rowCount()):
            if clock_fault(self._model.starts(row, column)):
                x = self._view.columnViewportPosition(column)
                painter.fillRect(
                    QRect(x, row * self.row_height, self._view.columnWidth(column), self.row_height),
                    theme.colour("line"),
                )
        for offer in week.offers:
            box = self.place(column, offer.span)
            if box is not None:
                paint_level(painter, box.adjusted(theme.px(1), 0.5, -theme.px(1), -0.5), offer.level, edge=0)

    def _signs(self, painter: QPainter, column: int) -> None:
        duties = [duty.span for duty in self._model.week.duties]
        for offer in self._model.week.offers:
            if (box := self.place(column, offer.span)) is not None:
                edge = QRectF(box.left() + theme.px(1), box.top() + 0.5, theme.px(3), box.height() - 1)
                painter.fillRect(edge, theme.colour(TONES[offer.level]))
            seen = uncovered(offer.span, duties)
            box = self.place(column, seen[0]) if seen else None
            if box is not None:
                self._sign(painter, box.adjusted(theme.px(1), 0.5, -theme.px(1), -0.5), offer.level)

    def _sign(self, painter: QPainter, box: QRectF, level: Level) -> None:
        """Write the level's sign, with its name where there is room, on a ground without lines."""
        font = theme.font(Type.SMALL)
        metrics = QFontMetrics(font)
        if box.height() < metrics.ascent():
            return
        left = box.left() + theme.px(3)
        room = box.right() - left - theme.px(4)
        words = f"{SIGNS[level]} {NAMES[level]}"
        if metrics.horizontalAdvance(words) > room:
            words = SIGNS[level]
        where = QRectF(left, box.top(), metrics.horizontalAdvance(words) + theme.px(6), metrics.height())
        if where.bottom() < box.bottom():
            where.translate(0, theme.px(1))
        painter.fillRect(where.intersected(box), theme.colour(f"{TONES[level]}_ground"))
        painter.setFont(font)
        painter.setPen(theme.colour(TONES[level]))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _lines(self, painter: QPainter, box: QRect) -> None:
        soft = theme.colour("line")
        for row in range(1, self._model.rowCount()):
            hour = (self._model.first + row) % 2 == 0
            soft.setAlpha(255 if hour else 90)
            painter.setPen(QPen(soft, 1))
            y = row * self.row_height
            painter.drawLine(box.left(), y, box.right(), y)
        painter.setPen(QPen(theme.colour("line"), 1))
        for column in range(1, len(self._model.days)):
            x = self._view.columnViewportPosition(column)
            painter.drawLine(x, box.top(), x, box.bottom())

    def _taken(self, painter: QPainter, column: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for duty in self._model.week.duties:
            if (box := self.place(column, duty.span)) is not None:
                box.adjust(theme.px(1), 0.5, -theme.px(1), -0.5)
                painter.fillRect(box, theme.colour("line"))
                ink = theme.colour("muted")
                ink.setAlpha(110)
                painter.fillRect(box, QBrush(ink, Qt.BrushStyle.FDiagPattern))
                self._label(painter, box, duty, "line")
        for shift in self._model.week.shifts:
            if (box := self.place(column, shift.span)) is not None:
                painter.setPen(QPen(theme.colour("text"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), theme.px(4), theme.px(4))
                if box.width() > theme.px(90):
                    self._label(painter, box.adjusted(theme.px(2), box.height() / 2, 0, 0), shift, "")
        painter.restore()

    def _label(self, painter: QPainter, box: QRectF, taken: Taken, ground: str) -> None:
        font = theme.font(Type.SMALL)
        metrics = QFontMetrics(font)
        inner = box.adjusted(theme.px(5), theme.px(2), -theme.px(3), -theme.px(2))
        if inner.height() < metrics.height() - theme.px(3):
            return
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        words = taken.words if metrics.horizontalAdvance(taken.words) <= inner.width() else taken.short or taken.words
        if metrics.horizontalAdvance(words[:5]) > inner.width():
            return
        painter.setFont(font)
        cut = metrics.elidedText(words[0].upper() + words[1:], Qt.TextElideMode.ElideRight, int(inner.width()))
        where = QRectF(inner.left(), inner.top(), inner.width(), metrics.height())
        if ground:
            back = QRectF(where.left() - 2, where.top(), metrics.horizontalAdvance(cut) + 4, where.height())
            painter.fillRect(back, theme.colour(ground))
        painter.setPen(theme.colour("text"))
        painter.drawText(where, flags, cut)
