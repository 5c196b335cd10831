"""The chain of command as a small tree: each role below the one that it answers to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rallyapp.ui import theme
from rallyapp.ui.theme import Type

_ROW, _STEP = 28, 24  # px at 100 %: a line's height, and how far the next step stands in


class ChainTree(QWidget):
    """The tree, to be read."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.lines: list[tuple[int, str, str]] = []
        self.setAccessibleName("Chain of command")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: list[tuple[int, str, str]]) -> None:
        """Show (how far below the top, the role, who holds it), each below the one it answers to."""
        self.lines = lines
        self.setAccessibleDescription("; ".join(f"{role}: {names or 'nobody yet'}" for _, role, names in lines))
        self.setFixedHeight(theme.px(_ROW) * len(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as there are lines."""
        return QSize(theme.px(320), theme.px(_ROW) * len(self.lines))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "lines"):
            self.setFixedHeight(theme.px(_ROW) * len(self.lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, and the strokes from each to what it answers to."""
        painter = QPainter(self)
        row, step = theme.px(_ROW), theme.px(_STEP)
        for place, (depth, role, names) in enumerate(self.lines):
            left, middle = depth * step, place * row + row // 2
            painter.setPen(QPen(theme.colour("muted"), 1))
            if depth:
                above = next(at for at in range(place - 1, -1, -1) if self.lines[at][0] == depth - 1)
                stem = (depth - 1) * step + step // 3
                painter.drawLine(stem, above * row + row * 3 // 4, stem, middle)
                painter.drawLine(stem, middle, left - theme.px(4), middle)
            painter.setFont(theme.font())
            painter.setPen(theme.colour("muted"))
            self._write(painter, left, place * row, role, names)
        painter.end()

    def _write(self, painter: QPainter, left: int, top: int, role: str, names: str) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        height, gap = theme.px(_ROW), theme.px(12)
        width = QFontMetrics(theme.font()).horizontalAdvance(role)
        painter.drawText(QRect(left, top, width + gap, height), flags, role)
        strong = theme.font(Type.STRONG)
        painter.setFont(strong if names else theme.font())
        painter.setPen(theme.colour("text" if names else "muted"))
        room = QRect(left + width + gap, top, max(0, self.width() - left - width - gap), height)
        shown = QFontMetrics(strong).elidedText(names or "nobody yet", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, shown)
