"""Parts of a form beside each other where there is room, and below each other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from rallyapp.ui import theme


class Columns(QWidget):
    """Widgets in rows of one or two; a row of two becomes two rows where it would be too narrow."""

    def __init__(self, *rows: tuple[QWidget, ...], wide: int = 620, gap: int = 24) -> None:
        """Take the rows from top to bottom, from which width two stand beside each other, and the gap between rows."""
        super().__init__()
        self._wide, self._gap = wide, gap
        self._two: bool | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._lines: list[QBoxLayout] = []
        for row in rows:
            line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
            for widget in row:
                line.addWidget(widget, 1)
            self._column.addLayout(line)
            self._lines.append(line)
        self._lay(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew where it became wide or narrow."""
        super().resizeEvent(event)
        self._lay(event.size().width() >= theme.px(self._wide))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._two = None
            self._lay(self.width() >= theme.px(self._wide))

    def _lay(self, two: bool) -> None:
        if two == self._two:
            return
        self._two = two
        gap = theme.px(self._gap)
        self._column.setSpacing(gap)
        for line in self._lines:
            line.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
            line.setSpacing(gap)
