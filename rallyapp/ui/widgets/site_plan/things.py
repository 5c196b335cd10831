"""What is not on the site plan yet: posts and stalls, each put there by Enter, by a click, or by dragging it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.domain.site_plans import Thing
from rallyapp.ui import icons, theme
from rallyapp.ui.models.keyed import Rows
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.site_plan.pins import SIGNS

Index = QModelIndex | QPersistentModelIndex
THING = Qt.ItemDataRole.UserRole
MIME = "application/x-rallyapp-place-on-plan"
ROW = 30


class ThingModel(QAbstractListModel):
    """Posts and stalls without a pin."""

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self.rows: Rows[Thing] = Rows(self)

    def show(self, things: Sequence[Thing]) -> None:
        """Show these."""
        self.rows.show(things)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count them."""
        return 0 if parent.isValid() else len(self.rows.all)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let them be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Say as what they are dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give the one that is dragged."""
        carried = QMimeData()
        carried.setData(MIME, self.rows.all[indexes[0].row()].id.encode())
        return carried

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one, or what it says."""
        if not index.isValid():
            return None
        thing = self.rows.all[index.row()]
        if role == THING:
            return thing
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return thing.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tip(f"{thing.words}. Click, then click on the picture; Enter puts it in the middle.")
        return None


class ThingList(PlainList):
    """Enter puts the chosen one in the middle of the picture; a click lets the next click place it; or drag it."""

    put = Signal(object)  # a Thing, to be placed at once
    picked = Signal(object)  # a Thing, to be placed by the next click on the picture

    def __init__(self, model: ThingModel) -> None:
        """Show a model's things."""
        super().__init__("Not on the plan yet")
        self.setAccessibleDescription("Enter puts one in the middle of the picture, where the arrow keys move it.")
        self.setModel(model)
        self.setItemDelegate(_Rows(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.writable = True

    def set_writable(self, writable: bool) -> None:
        """Let them be put on the plan, or only be read."""
        self.writable = writable
        self.setDragEnabled(writable)

    @property
    def thing(self) -> Thing | None:
        """The one that is chosen."""
        found: Thing | None = self.currentIndex().data(THING)
        return found

    def event(self, event: QEvent) -> bool:
        """Keep Enter from the page's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the chosen one on the plan."""
        if event.key() in _ENTER and self.thing is not None and self.writable:
            self.put.emit(self.thing)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick one: the next click on the picture places it."""
        super().mouseReleaseEvent(event)
        thing = self.indexAt(event.position().toPoint()).data(THING)
        if event.button() == Qt.MouseButton.LeftButton and thing is not None and thing == self.thing and self.writable:
            self.picked.emit(thing)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew at another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Rows(QStyledItemDelegate):
    """Paints an empty circle where a pin would have its number, the sign of the kind, and the name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        thing: Thing = index.data(THING)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint" if chosen else "window"))
            painter.drawRoundedRect(box.adjusted(theme.px(4), 1, -theme.px(4), -1), theme.px(5), theme.px(5))
        size = theme.px(20)
        circle = QRectF(box.left() + theme.px(14), box.center().y() - size / 2, size, size)
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        sign = theme.px(12)
        middle = circle.center()
        icons.paint(
            painter, QRectF(middle.x() - sign / 2, middle.y() - sign / 2, sign, sign), SIGNS[thing.kind], "muted"
        )
        font = theme.font(Type.BODY)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        left = circle.right() + theme.px(12)
        at = QRectF(left, box.top(), box.right() - theme.px(8) - left, box.height())
        cut = QFontMetrics(font).elidedText(thing.words, Qt.TextElideMode.ElideRight, int(at.width()))
        if not cut.isascii():
            cut = f"\u2068{cut}\u2069"
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()
