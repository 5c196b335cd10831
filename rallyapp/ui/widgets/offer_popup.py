"""What is offered below a line while somebody types into it: a part of the window, and no window of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QWidget

from rallyapp.ui import theme

_FORWARD, _BACK = Qt.Key.Key_Down, Qt.Key.Key_Up
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class OfferPopup(QListView):
    """The list. It takes nobody's keyboard: the line gives it its keys by ``steered``, and ``taken`` says which row."""

    taken = Signal(int)

    def __init__(self, parent: QWidget, spoken: str, *, row: int, least: int = 0) -> None:
        """Make it, hidden; ``row`` is the height of a row, ``least`` the least width, both in pixels at 100 %."""
        super().__init__(parent)
        self.hide()
        self._high, self._least = row, least
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))

    def show_below(self, line: QWidget) -> None:
        """Stand below a line, or above it where there is more room; no row is chosen yet."""
        over = line.window()
        if self.parentWidget() is not over:
            self.setParent(over)
        wanted = self.model().rowCount() * theme.px(self._high) + 2
        at = line.mapTo(over, QPoint(0, line.height()))
        below, above = over.height() - at.y() - theme.px(8), at.y() - line.height() - theme.px(8)
        height = min(wanted, max(below, above))
        top = at.y() + theme.px(2) if wanted <= below or below >= above else at.y() - line.height() - height
        width = min(theme.px(self._least), over.width() - at.x() - theme.px(8))
        self.setGeometry(QRect(at.x(), top, max(width, line.width()), height))
        self.setCurrentIndex(QModelIndex())
        self.show()
        self.raise_()

    def hears(self, event: QEvent) -> bool:
        """Take a key of the line while the list is shown, Esc before the window; says whether it was for the list."""
        if not isinstance(event, QKeyEvent) or not self.isVisible():
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self.steered(Qt.Key(event.key()))
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # it puts the list away, and nothing else of the window
            return True
        return False

    def steered(self, key: Qt.Key) -> bool:
        """Follow a key of the line: Up, Down, Enter, Tab, Esc; says whether the line has nothing more to do with it."""
        at = self.currentIndex()
        if key in (_FORWARD, _BACK):
            step = 1 if key == _FORWARD else -1
            rows = self.model().rowCount()
            row = at.row() + step if at.isValid() else (0 if step > 0 else rows - 1)
            self.setCurrentIndex(self.model().index(row % rows, 0))
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key not in _TAKING:
            return False
        if not at.isValid():
            self.hide()
            return False
        self.taken.emit(at.row())
        return key != Qt.Key.Key_Tab  # which goes on to the next field as well

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and an edge."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("muted"))
        painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()
