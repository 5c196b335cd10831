"""The state of something as a chip: a tint, a word, and a pattern (hatched: short; a bold edge: nobody)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath

from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type


def ground(tone: Tone) -> QColor:
    """Give the tint that a tone stands on."""
    return theme.colour("grid" if tone is Tone.OFF else f"{tone}_ground")


def chip_width(words: str) -> int:
    """Say how wide a chip with these words is."""
    return QFontMetrics(theme.font(Type.SMALL)).horizontalAdvance(words) + theme.px(22)


def paint_chip(painter: QPainter, at: QRect, words: str, tone: Tone) -> None:
    """Paint a chip at the left of a place, in its middle."""
    height = theme.px(22)
    box = QRectF(at.left(), at.center().y() - height / 2 + 0.5, min(chip_width(words), at.width()), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(box, theme.px(5), theme.px(5))
    painter.fillPath(path, ground(tone))
    painter.setClipPath(path)
    if tone is Tone.SHORT:
        painter.fillRect(box, theme.hatch(theme.colour(tone)))
    if tone is not Tone.OFF:
        edge = theme.px(5 if tone is Tone.NOBODY else 3)
        painter.fillRect(QRectF(box.left(), box.top(), edge, height), theme.colour(tone))
    painter.setPen(theme.colour(tone))
    painter.setFont(theme.font(Type.SMALL))
    inner = box.adjusted(theme.px(11), 0, -theme.px(4), 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.restore()


def paint_bar(painter: QPainter, box: QRect, share: float, tone: Tone) -> None:
    """Paint how much of something is filled: solid what is, hatched what is missing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(box), box.height() / 2, box.height() / 2)
    painter.setClipPath(path)
    painter.fillRect(box, ground(tone))
    if tone in (Tone.SHORT, Tone.NOBODY):
        painter.fillRect(box, theme.hatch(theme.colour(tone)))
    full = QRect(box)
    full.setWidth(round(box.width() * share))
    if full.width() > 0:
        painter.fillRect(full, theme.colour("line" if tone is Tone.OFF else "met"))
    painter.restore()
