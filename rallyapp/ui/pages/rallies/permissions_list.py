"""The permissions and notices of a rally as a list: those that are entered, and those that it calls for, muted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import icons, theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.keyed import Rows
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.state import chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
_ROW, _NARROW = 54, 300  # px at 100 %
MOST = 14  # rows that are shown before the list scrolls by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line: what it is, to whom, by or since when, and how it stands. One that is not ``entered`` is offered."""

    id: str
    title: str
    body: str
    when: str
    state: str
    tone: Tone
    reference: str = ""
    tip: str = ""
    entered: bool = True


_TITLES = ("What", "To whom", "When", "How it stands", "Reference")


class PermissionRows(QAbstractTableModel):
    """The lines; a list shows the first column, what is copied has them all."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.rows: Rows[Row] = Rows(self, len(_TITLES))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the lines."""
        return 0 if parent.isValid() else len(self.rows.all)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count what is known of a line."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a column's heading."""
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _TITLES[section] if across else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a line, or what it says."""
        if not index.isValid():
            return None
        row = self.rows.all[index.row()]
        if role == ITEM:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.title, row.body, row.when, row.state, row.reference)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.title, row.body, row.state, row.tip)))
        return theme.plain_tip(f"{row.title}: {row.tip}") if role == Qt.ItemDataRole.ToolTipRole else None


class _Paint(QStyledItemDelegate):
    """Paints a title with a chip, and below it to whom and when; what is only offered is muted, with a ring."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ITEM)
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        inner = box.adjusted(theme.px(14), theme.px(7), -theme.px(14), -theme.px(7))
        half = inner.height() // 2
        top, below = QRect(inner), QRect(inner)
        top.setHeight(half)
        below.setTop(inner.top() + half)
        # Where there is little room the title has a line of its own, and to whom it goes is left to the form.
        narrow = box.width() < theme.px(_NARROW)
        self._paint_state(painter, row, below if narrow else top)
        if not row.entered:
            side = theme.px(14)
            ring = QRectF(top.left(), top.center().y() - side / 2, side, side)
            icons.paint(painter, ring, "circle-dashed", "muted")
            top.setLeft(top.left() + side + theme.px(6))
        self._words(painter, top, row.title, Type.STRONG, "text" if row.entered else "muted")
        if narrow:
            self._words(painter, below, row.when, Type.SMALL, "muted")
        else:
            wide = self._words(painter, below, row.when, Type.SMALL, "muted", right=True)
            below.setRight(below.right() - wide - theme.px(8))
            self._words(painter, below, row.body, Type.SMALL, "muted")
        painter.setPen(theme.colour("grid"))
        painter.drawLine(inner.left(), box.bottom(), inner.right(), box.bottom())
        painter.restore()

    def _paint_state(self, painter: QPainter, row: Row, line: QRect) -> None:
        """Paint how it stands at the right of a line, and take that room from the line."""
        if row.entered:
            wide = chip_width(row.state)
            paint_chip(painter, QRect(line.right() - wide + 1, line.top(), wide, line.height()), row.state, row.tone)
        else:
            wide = self._words(painter, line, row.state, Type.SMALL, str(row.tone), right=True)
        line.setRight(line.right() - wide - theme.px(8))

    def _words(self, painter: QPainter, box: QRect, text: str, kind: Type, ink: str, *, right: bool = False) -> int:
        painter.setFont(theme.font(kind, figures=right))
        painter.setPen(theme.colour(ink))
        metrics = painter.fontMetrics()
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, cut)
        return metrics.horizontalAdvance(cut)


class PermissionList(PlainList):
    """The list. Enter adds what is offered, Del removes what is entered, Ctrl+C copies."""

    chosen = Signal(str)
    entered = Signal(str)  # Enter, or a double click
    removed = Signal(str)
    menu_wanted = Signal(str, object)  # a line's id, and where on the screen

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__("Permissions and notices")
        self.setAccessibleDescription("Enter adds what is not entered yet, or goes on to its form. Delete removes.")
        self._most = MOST
        self.lines = PermissionRows()
        self.setModel(self.lines)
        self.setItemDelegate(_Paint(self))
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.selectionModel().currentChanged.connect(lambda now, before: self._chosen(now))

    @property
    def value(self) -> str:
        """The id of the line that is chosen; nothing where none is."""
        row = self.currentIndex().data(ITEM)
        return row.id if isinstance(row, Row) else ""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these lines; the chosen one stays so if it is still there."""
        self.lines.rows.show(list(rows))
        self.fit()

    def choose(self, id: str) -> bool:
        """Choose a line; False where it is not there."""
        for place, row in enumerate(self.lines.rows.all):
            if row.id == id:
                self.setCurrentIndex(self.lines.index(place, 0))
                return True
        return False

    def show_most(self, most: int) -> None:
        """Show at most so many rows before it scrolls by itself."""
        if most != self._most:
            self._most = most
            self.fit()

    def fit(self) -> None:
        """Be as high as the lines are, where there is room for that."""
        self.setMinimumHeight(theme.px(_ROW))
        self.setMaximumHeight(self._whole)
        self.updateGeometry()

    @property
    def _whole(self) -> int:
        return min(max(len(self.lines.rows.all), 1), self._most) * theme.px(_ROW) + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        """Ask for room for every line."""
        return QSize(super().sizeHint().width(), self._whole)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "lines"):
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add, remove, copy."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.value:
            self.entered.emit(self.value)
        elif plain and event.key() == Qt.Key.Key_Delete and self.value:
            self.removed.emit(self.value)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add what is offered."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.entered.emit(self.value)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Say what can be done with the line."""
        mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if mouse else self.currentIndex()
        if index.isValid():
            below = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index.data(ITEM).id, event.globalPos() if mouse else below)

    def _chosen(self, now: QModelIndex) -> None:
        row = now.data(ITEM)
        if isinstance(row, Row):
            self.chosen.emit(row.id)
