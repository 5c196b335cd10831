"""The picture of a site plan as it is painted: scaled once for each size, or a grid where there is none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from rallyapp.ui import theme

_LARGEST = 2600  # pixels of a side up to which it is kept scaled


class Picture:
    """The picture, and what it was last scaled to; ``show`` gives it one."""

    def __init__(self) -> None:
        """Begin without a picture."""
        self.image: QImage | None = None
        self._scaled: QPixmap | None = None

    def show(self, image: QImage | None) -> None:
        """Take a picture; none is painted as a grid."""
        self.image, self._scaled = image, None

    def forget_scaled(self) -> None:
        """Scale it anew when it is painted next."""
        self._scaled = None

    def paint(self, painter: QPainter, paper: QRectF, ratio: float) -> None:
        """Paint it onto the paper, on a screen with so many dots to a pixel."""
        if self.image is None or self.image.isNull():
            painter.fillRect(paper, theme.colour("card"))
            _paint_grid(painter, paper)
            if self.image is not None:
                painter.setFont(theme.font())
                painter.setPen(theme.colour("muted"))
                painter.drawText(paper, Qt.AlignmentFlag.AlignCenter, "The picture can\u2019t be shown: take it again.")
            return
        target = paper.toAlignedRect()
        wanted = QSize(round(target.width() * ratio), round(target.height() * ratio))
        if wanted.width() > _LARGEST or wanted.height() > _LARGEST:
            painter.drawImage(QRectF(target), self.image, QRectF(self.image.rect()))
            return
        if self._scaled is None or self._scaled.size() != wanted:
            self._scaled = QPixmap.fromImage(
                self.image.scaled(
                    wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )
            self._scaled.setDevicePixelRatio(ratio)
        painter.drawPixmap(target.topLeft(), self._scaled)


def _paint_grid(painter: QPainter, paper: QRectF) -> None:
    painter.setPen(theme.colour("grid"))
    step = paper.width() / 24
    x, y = paper.left() + step, paper.top() + step
    while x < paper.right() - 1:
        painter.drawLine(QPointF(x, paper.top()), QPointF(x, paper.bottom()))
        x += step
    while y < paper.bottom() - 1:
        painter.drawLine(QPointF(paper.left(), y), QPointF(paper.right(), y))
        y += step
    painter.setPen(theme.colour("line"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(paper)
