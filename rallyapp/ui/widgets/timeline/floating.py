"""Paints what floats over the shifts: rings, what is being dragged, the rubber band, and words beside the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from rallyapp.ui import icons, theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.timeline.bar_paint import BarPainter
from rallyapp.ui.widgets.timeline.geometry import Geometry
from rallyapp.ui.widgets.timeline.gestures import Band, EdgeDrag, MoveDrag
from rallyapp.ui.widgets.timeline.letters import Letters

MANY = 24  # more ghosts than these show the words that they had before: they are painted already


def ring(painter: QPainter, box: QRect, ink: str, width: float, out: float = 0.0, dotted: bool = False) -> None:
    """Draw a ring around a bar, so many pixels outside of it."""
    painter.setPen(QPen(theme.colour(ink), width, Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = min(theme.px(6) + out, box.width() / 2)
    inner = width / 2 - out
    painter.drawRoundedRect(QRectF(box).adjusted(inner, inner, -inner, -inner), radius, radius)


def ghosts(painter: QPainter, at: Geometry, drag: MoveDrag | EdgeDrag, bars: BarPainter) -> None:
    """Paint the dragged shifts where they would be."""
    _guide(painter, at, at.x(drag.guide()))
    shown = drag.ghosts()
    for ghost, place in zip(shown, drag.places, strict=True):
        box = at.rect(ghost.place)
        if not box.intersects(at.body):
            continue
        if len(shown) > MANY:
            bars.stamp(painter, box.topLeft(), place.bar)
        else:
            painter.save()
            painter.translate(box.topLeft())
            bars.paint(painter, box.width(), box.height(), ghost.bar)
            painter.restore()
    for ghost in shown:
        ring(painter, at.rect(ghost.place), "accent", 2)


def _guide(painter: QPainter, at: Geometry, x: float) -> None:
    """Draw a line down all rows at a time, to read it off the axis."""
    painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(round(x) + 0.5, at.body.top()), QPointF(round(x) + 0.5, at.body.bottom()))


def rubber(painter: QPainter, at: Geometry, band: Band) -> None:
    """Paint the rubber band."""
    area = band.area()
    box = QRectF(QPointF(at.x_of(area.left()), at.y(area.top())), QPointF(at.x_of(area.right()), at.y(area.bottom())))
    tint = theme.colour("accent")
    tint.setAlpha(26)
    painter.setPen(QPen(theme.colour("accent"), 1))
    painter.setBrush(tint)
    painter.drawRoundedRect(box, theme.px(3), theme.px(3))


def words(
    painter: QPainter,
    inside: QRect,
    near: QPoint,
    text: str,
    *,
    icon: str = "",
    ground: str = "text",
    ink: str = "card",
) -> None:
    """Paint words on a small ground beside a point, wherever there is room for them, with an icon before them."""
    letters = Letters.of(Type.STRONG, figures=True)
    pad, sign = theme.px(10), theme.px(16) if icon else 0
    apart = theme.px(8) if icon and text else 0
    text = letters.cut(text, inside.width() - 2 * pad - sign - apart - theme.px(8))
    width = letters.wide(text) + 2 * pad + sign + apart
    height = theme.px(30)
    left = min(max(float(near.x()), inside.left() + 4.0), inside.right() - width - 4)
    top = near.y() + theme.px(18)
    if top + height > inside.bottom() - 4:
        top = near.y() - theme.px(14) - height
    box = QRectF(left, max(top, inside.top() + 4), width, height)
    painter.setPen(QPen(theme.colour("card" if ground == "text" else ink), 1))
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, theme.px(7), theme.px(7))
    if icon:
        icons.paint(painter, QRectF(box.left() + pad, box.center().y() - sign / 2, sign, sign), icon, ink)
    painter.setFont(letters.font)
    painter.setPen(theme.colour(ink))
    line = box.center().y() + letters.metrics.capHeight() / 2
    painter.drawText(QPointF(box.left() + pad + sign + apart, line), text)
