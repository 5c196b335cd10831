"""Names offered below a line while somebody types into it: chosen with the arrow keys and Enter, or by a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import theme
from rallyapp.ui.widgets.offer_popup import OfferPopup

Index = QModelIndex | QPersistentModelIndex
_ROW, _MOST = 30, 8


class NameOffers(QObject):
    """Watches a line. ``picked`` says which name was chosen; it stands in the line by then."""

    picked = Signal(str)

    def __init__(self, line: QLineEdit, offers: Callable[[str], Sequence[str]]) -> None:
        """Take the line, and what gives the names that a text may become."""
        super().__init__(line)
        self._line, self._offers = line, offers
        self.popup = OfferPopup(line, "Names that fit", row=_ROW)
        self.popup.setItemDelegate(_Line(self.popup))
        self.names = QStringListModel(self)
        self.popup.setModel(self.names)
        popup = self.popup
        self.destroyed.connect(lambda: popup.deleteLater())  # by then it may be the window's
        self.popup.taken.connect(self._pick)
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
        return self.popup.hears(event) or super().eventFilter(watched, event)


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
