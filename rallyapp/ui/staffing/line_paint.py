"""Paints the rows of a list of people: a tick, initials in a circle, words in as many lines as needed, an icon."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import icons, theme
from rallyapp.ui.staffing.lines import LINE, Index, Line
from rallyapp.ui.theme import Type

FACE, GAP, ABOVE, SIDE, ICON, TICK = 30, 10, 6, 8, 16, 16
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_ONE_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LinePaint(QStyledItemDelegate):
    """Paints the rows, and measures them once for each width."""

    def __init__(self, parent: QListView) -> None:
        """Paint for a list."""
        super().__init__(parent)
        self._list = parent
        self._heights: dict[tuple[Line, int], int] = {}

    def forget(self) -> None:
        """Measure anew: the letters or the width changed."""
        self._heights.clear()

    # ------------------------------------------------------------------------------------------ measuring
    def _inner(self, line: Line, box: QRect) -> QRect:
        """Give the place of the words."""
        left = theme.px(SIDE)
        if line.indent:
            left += theme.px(TICK + 8)
        if line.ticked is not None:
            left += theme.px(TICK + 8)
        if line.initials:
            left += theme.px(FACE + GAP)
        right = theme.px(SIDE) + (theme.px(ICON + 8) if line.act else 0)
        return box.adjusted(left, theme.px(ABOVE), -right, -theme.px(ABOVE))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a row the height that its words need in the list's width."""
        line: Line = index.data(LINE)
        width = self._list.viewport().width()
        if line.passive:
            return QSize(width, theme.px(30))
        height = self._heights.get((line, width))
        if height is None:
            inner = self._inner(line, QRect(0, 0, width, 1000)).width()
            height = _metrics(Type.BODY).lineSpacing()
            if line.note:
                height += _height(line.note, inner - (theme.px(ICON) if line.sign else 0)) + theme.px(1)
            if line.against:
                height += _height(line.against, inner) + theme.px(2)
            height = max(height, theme.px(FACE) if line.initials else 0) + 2 * theme.px(ABOVE)
            self._heights[line, width] = height
        return QSize(width, height)

    def tick_box(self, line: Line, box: QRect) -> QRect:
        """Give the place of the tick."""
        left = box.left() + theme.px(SIDE) + (theme.px(TICK + 8) if line.indent else 0)
        return QRect(left, box.top() + theme.px(ABOVE + 1), theme.px(TICK), theme.px(TICK))

    def act_box(self, box: QRect) -> QRect:
        """Give the place of what can be done."""
        size = theme.px(ICON)
        return QRect(box.right() - theme.px(SIDE) - size, box.center().y() - size // 2, size, size)

    # ------------------------------------------------------------------------------------------- painting
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        line: Line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if not line.passive:
            self._paint_ground(painter, option, chosen=chosen)
        if line.passive:
            self._paint_heading(painter, option.rect, line)
        else:
            self._paint_row(painter, option.rect, line, chosen=chosen)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        if not chosen and not option.state & QStyle.StateFlag.State_MouseOver:
            return
        ground = QPainterPath()
        ground.addRoundedRect(
            QRectF(option.rect).adjusted(1, 1, -1, -1), theme.px(theme.RADIUS), theme.px(theme.RADIUS)
        )
        painter.fillPath(ground, theme.colour("tint" if chosen else "grid"))
        if chosen and self._list.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawPath(ground)

    def _paint_heading(self, painter: QPainter, box: QRect, line: Line) -> None:
        inner = box.adjusted(theme.px(SIDE), theme.px(6), -theme.px(SIDE), 0)
        painter.setFont(theme.font(Type.SMALL))
        painter.setPen(theme.colour("muted"))
        cut = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _ONE_LINE, cut)

    def _paint_row(self, painter: QPainter, box: QRect, line: Line, *, chosen: bool) -> None:
        if line.ticked is not None:
            _paint_tick(painter, self.tick_box(line, box), line)
        inner = self._inner(line, box)
        if line.initials:
            self._paint_face(painter, box, inner, line, chosen=chosen)
        if line.act:
            icons.paint(painter, QRectF(self.act_box(box)), line.act, "accent" if line.person else "muted")
        self._paint_words(painter, inner, line)

    def _paint_face(self, painter: QPainter, box: QRect, inner: QRect, line: Line, *, chosen: bool) -> None:
        size = theme.px(FACE)
        face = QRectF(inner.left() - theme.px(GAP) - size, box.top() + theme.px(ABOVE), size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("card" if chosen else "grid" if line.faint else "tint"))
        painter.drawEllipse(face)
        painter.setPen(theme.colour("muted" if line.faint else "accent"))
        painter.setFont(theme.font(Type.OVERLINE))
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, line.initials)

    def _paint_words(self, painter: QPainter, inner: QRect, line: Line) -> None:
        left = QRect(inner)
        painter.setFont(theme.font(Type.STRONG if line.heading else Type.BODY))
        painter.setPen(theme.colour("muted" if line.faint or line.ticked is False else "text"))
        height = painter.fontMetrics().lineSpacing()
        if line.initials and not line.note and not line.against:
            left.setTop(inner.center().y() - height // 2)
        left.setHeight(height)
        cut = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, _ONE_LINE, cut)
        top = left.bottom() + 1 + theme.px(1)
        painter.setFont(theme.font(Type.SMALL))
        parts = [(line.note, "muted", line.sign), (line.against, line.tone, "")]
        for text, ink, sign in reversed(parts) if line.first else parts:
            if not text:
                continue
            room = QRect(inner.left(), top, inner.width(), 10_000)
            if sign:
                size = theme.px(12)
                icons.paint(painter, QRectF(room.left(), top + theme.px(2), size, size), sign, line.sign_ink)
                room.setLeft(room.left() + theme.px(ICON))
            painter.setPen(theme.colour(ink))
            top = painter.drawText(room, _WRAP, text).bottom() + theme.px(2)


def _paint_tick(painter: QPainter, box: QRect, line: Line) -> None:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    if not line.ticked:
        painter.fillPath(shape, theme.colour("card"))
        painter.setPen(QPen(theme.colour("muted"), 1))
        painter.drawPath(shape)
        return
    painter.fillPath(shape, theme.colour("accent"))
    if line.half:
        bar = QRectF(box.left() + box.width() / 4, box.center().y() - 0.5, box.width() / 2, theme.px(2))
        painter.fillRect(bar, theme.colour("on_accent"))
    else:
        icons.paint(painter, QRectF(box).adjusted(2, 2, -2, -2), "check", "on_accent")


def _metrics(kind: Type) -> QFontMetrics:
    return QFontMetrics(theme.font(kind))


def _height(text: str, width: int) -> int:
    return _metrics(Type.SMALL).boundingRect(QRect(0, 0, max(40, width), 10_000), _WRAP, text).height()
