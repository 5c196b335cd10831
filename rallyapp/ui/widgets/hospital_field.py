"""A line in which a hospital is typed: those of the carried list that fit are offered below it, best first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QTextOption
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rallyapp import carried
from rallyapp.carried import Hospital
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.offer_popup import OfferPopup
from rallyapp.ui.widgets.words import Words

Index = QModelIndex | QPersistentModelIndex
HOSPITAL = Qt.ItemDataRole.UserRole
_SHOWN = 7
_ROW = 44


def place_words(hospital: Hospital) -> str:
    """Say where a hospital is and whose: its trust, town and postcode."""
    return " \u00b7 ".join(filter(None, (hospital.trust, f"{hospital.city} {hospital.postcode}".strip())))


class HospitalField(QWidget):
    """A hospital of the carried list, or another workplace's name as it was typed.

    ``picked`` is emitted with a Hospital that was chosen from the list, ``entered`` with any other text, on
    Enter and on leaving the line. Accents, capitals and the order of words do not matter.
    """

    picked = Signal(object)  # a Hospital
    entered = Signal(str)

    def __init__(
        self, label: str, *, placeholder: str = "Name, town or postcode", parent: QWidget | None = None
    ) -> None:
        """Take what stands above the line."""
        super().__init__(parent)
        self.label = Words(label.replace("&", "&&"), Type.SMALL, ink="muted")
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(placeholder)
        self.line.setClearButtonEnabled(False)
        self.label.setBuddy(self.line)
        self.setFocusProxy(self.line)
        self._known = ""
        self.popup = OfferPopup(self, "Hospitals that fit", row=_ROW, least=360)
        self._rows = _TwoLines(self.popup)
        self.popup.setItemDelegate(self._rows)
        self.offers = _Offers(self.popup)
        self.destroyed.connect(self.popup.deleteLater)  # by then it may be the window's
        self.popup.setModel(self.offers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.label)
        column.addWidget(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)
        self.line.installEventFilter(self)
        self.popup.taken.connect(self._pick)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text().strip()

    def show_text(self, text: str) -> None:
        """Show a text, which is taken as known: nothing is emitted."""
        self._known = text
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        self.line.setReadOnly(not writable)

    def _typed(self, text: str) -> None:
        self.offers.show(carried.find_hospitals(text, limit=_SHOWN))
        if self.offers.rowCount():
            self.popup.show_below(self.line)
        else:
            self.popup.hide()

    def _pick(self, row: int) -> None:
        hospital = self.offers.at(row)
        self.popup.hide()
        self.show_text(hospital.name)
        self.picked.emit(hospital)

    def _left(self) -> None:
        self.popup.hide()
        if self.text != self._known:
            self._known = self.text
            self.entered.emit(self.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list with the keys of the line: Up, Down, Enter, Tab, Esc."""
        return self.popup.hears(event) or super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the list away with the line."""
        super().hideEvent(event)
        self.popup.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and (column := self.layout()) is not None:
            column.setSpacing(theme.px(4))


class _Offers(QAbstractListModel):
    """The hospitals that fit what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hospitals: tuple[Hospital, ...] = ()

    def show(self, hospitals: tuple[Hospital, ...]) -> None:
        if hospitals != self._hospitals:
            self.beginResetModel()
            self._hospitals = hospitals
            self.endResetModel()

    def at(self, row: int) -> Hospital:
        return self._hospitals[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._hospitals)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hospital = self._hospitals[index.row()]
        if role == HOSPITAL:
            return hospital
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return hospital.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hospital.name}, {place_words(hospital)}"
        return None


class _TwoLines(QStyledItemDelegate):
    """A hospital's name, and its trust, town and postcode below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hospital = index.data(HOSPITAL)
        if hospital is None:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect.adjusted(1, 1, -1, -1), theme.colour("tint"))
        inner = option.rect.adjusted(theme.px(12), theme.px(5), -theme.px(12), -theme.px(5))
        half = inner.height() // 2
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), half), hospital.name, Type.BODY, "text")
        below = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        self._line(painter, below, place_words(hospital), Type.SMALL, "muted")
        painter.restore()

    def _line(self, painter: QPainter, at: QRect, text: str, kind: Type, ink: str) -> None:
        font = theme.font(kind)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, at.width())
        option = QTextOption(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        painter.drawText(at, cut if cut.isascii() else f"\u2068{cut}\u2069", option)
