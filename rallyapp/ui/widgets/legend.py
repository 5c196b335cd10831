"""What the signs of a picture mean, in as many lines as are needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rallyapp.ui import icons, theme
from rallyapp.ui.theme import Type

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Legend(QWidget):
    """What the signs mean: each a small picture and its words, in as many lines as are needed."""

    def __init__(self, signs: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """Take (icon, ink, words); the icon "bar" is a filled bar, "ring" the ring around today."""
        super().__init__(parent)
        self._signs = tuple(signs)
        self.setAccessibleName("What the signs mean")
        self.setAccessibleDescription(", ".join(words for _, _, words in signs))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of the lines."""
        places = self._places(width)
        return int(places[-1].bottom()) + 1 if places else 0

    def sizeHint(self) -> QSize:
        """Two lines, about."""
        return QSize(theme.px(400), self.heightForWidth(max(self.width(), theme.px(400))))

    def _places(self, width: int) -> list[QRect]:
        metrics = QFontMetrics(theme.font(Type.SMALL))
        found, left, top, high = [], 0, 0, theme.px(20)
        for _, _, words in self._signs:
            wide = theme.px(22) + metrics.horizontalAdvance(words)
            if left and left + wide > width:
                left, top = 0, top + high
            found.append(QRect(left, top, wide, high))
            left += wide + theme.px(16)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the signs and their words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Type.SMALL))
        for (name, ink, words), box in zip(self._signs, self._places(self.width()), strict=True):
            sign = QRectF(box.left() + 1, box.center().y() - theme.px(6), theme.px(13), theme.px(13))
            if name == "ring":
                painter.setPen(QPen(theme.colour(ink), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(sign)
            else:
                icons.paint(painter, sign, name, ink)
            painter.setPen(theme.colour("muted"))
            painter.drawText(box.adjusted(theme.px(20), 0, theme.px(4), 0), _LEFT, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()
