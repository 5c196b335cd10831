"""Names offered below a line while somebody types into it: chosen with the arrow keys and Enter, or by a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROW, _MOST = 30, 8


class NameOffers(QObject):
    """Watches a line. ``picked`` says which name was chosen; it stands in the line by then."""

    picked = Signal(str)

    def __init__(self, line: QLineEdit, offers: Callable[[str], Sequence[str]]) -> None:
        """Take the line, and what gives the names that a text may become."""
        super().__init__(line)
        self._line, self._offers = line, offers
        self.popup = _Popup(line)
        self.names = QStringListModel(self)
        self.popup.setModel(self.names)
        popup = self.popup
        self.destroyed.connect(lambda: popup.deleteLater())  # by then it may be the window's
        self.popup.clicked.connect(lambda index: self._pick(index.row()))
        line.textEdited.connect(self._typed)
        line.installEventFilter(self)

    def close_offers(self) -> None:
        """Put the names away."""
        self.popup.hide()

    def _typed(self, text: str) -> None:
        names = list(self._offers(text.strip()))[:_MOST] if text.strip() else []
        if not names or names == [text.strip()]:
            self.popup.hide()
            return
        self.names.setStringList(names)
        self.popup.setCurrentIndex(QModelIndex())
        self.popup.show_below(self._line)

    def _pick(self, row: int) -> None:
        name = str(self.names.index(row, 0).data())
        self.popup.hide()
        self._line.setText(name)
        self.picked.emit(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the names with the keys of the line: Up, Down, Enter, Tab, Esc."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.popup.hide()
        if isinstance(event, QKeyEvent) and self.popup.isVisible():
            if event.type() == QEvent.Type.KeyPress:
                return self._steered(Qt.Key(event.key()))
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # puts the names away, and nothing else of the window
                return True
        return super().eventFilter(watched, event)

    def _steered(self, key: Qt.Key) -> bool:
        at = self.popup.currentIndex()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            rows = self.names.rowCount()
            row = at.row() + step if at.isValid() else (0 if step > 0 else rows - 1)
            self.popup.setCurrentIndex(self.names.index(row % rows, 0))
            return True
        if key == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        if at.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._pick(at.row())
            return key != Qt.Key.Key_Tab  # which goes on to the next field as well
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.popup.hide()
        return False


class _Popup(QListView):
    """The names: a part of the window and no window of its own, so that it takes nobody's keyboard."""

    def __init__(self, parent: QLineEdit) -> None:
        super().__init__(parent)
        self.hide()
        self.setAccessibleName("Names that fit")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Line(self))

    def show_below(self, line: QLineEdit) -> None:
        """Stand below a line, or above it where there is more room."""
        over = line.window()
        if self.parentWidget() is not over:
            self.setParent(over)
        wanted = self.model().rowCount() * theme.px(_ROW) + 2
        at = line.mapTo(over, QPoint(0, line.height()))
        below, above = over.height() - at.y() - theme.px(8), at.y() - line.height() - theme.px(8)
        height = min(wanted, max(below, above))
        top = at.y() + theme.px(2) if wanted <= below or below >= above else at.y() - line.height() - height
        self.setGeometry(QRect(at.x(), top, line.width(), height))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("muted"))
        painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()


class _Line(QStyledItemDelegate):
    """A name on a line of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect.adjusted(1, 1, -1, -1), theme.colour("tint"))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        inner = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()
