"""The plans that were opened last: file, folder, and when; one that is not there any more says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rallyapp.ui import icons, theme
from rallyapp.ui.recents import Recent
from rallyapp.ui.theme import Type

Index = QModelIndex | QPersistentModelIndex
RECENT = Qt.ItemDataRole.UserRole
MISSING = Qt.ItemDataRole.UserRole + 1
WHEN = Qt.ItemDataRole.UserRole + 2
GONE = "is not there any more"
FORGET = "Forget"
HIGH = 52


class RecentPlans(QAbstractListModel):
    """The plans as rows."""

    def __init__(self, parent: QWidget) -> None:
        """Begin with none."""
        super().__init__(parent)
        self._recents: tuple[Recent, ...] = ()
        self._missing: Collection[Path] = frozenset()
        self._today = date.today()

    def show(self, recents: Sequence[Recent], today: date) -> None:
        """Show these, the newest first."""
        self.beginResetModel()
        self._recents, self._today = tuple(recents), today
        self.endResetModel()

    def show_missing(self, missing: Collection[Path]) -> None:
        """Say which files are not there any more."""
        self._missing = missing
        if self._recents:
            self.dataChanged.emit(self.index(0), self.index(len(self._recents) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the plans."""
        return 0 if parent.isValid() else len(self._recents)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a plan, and its row in words."""
        if not index.isValid():
            return None
        recent = self._recents[index.row()]
        gone = recent.path in self._missing
        if role == RECENT:
            return recent
        if role == MISSING:
            return gone
        if role == WHEN:
            return recent.when(self._today)
        if role == Qt.ItemDataRole.DisplayRole:
            return recent.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tip(str(recent.path))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [recent.path.name, f"in {recent.folder}", f"opened {recent.when(self._today)}"]
            return ", ".join([*parts, GONE] if gone else parts)
        return None


class RecentList(QListView):
    """The list. Enter opens, Del forgets; so do a click, and the cross at the end of a row."""

    opened = Signal(Path)
    forgotten = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self.plans = RecentPlans(self)
        self._row = _Row(self)
        self.setModel(self.plans)
        self.setItemDelegate(self._row)
        self.setAccessibleName("Recent plans")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, keys, do in (
            ("&Open", "Return", self._open),
            ("&Forget this plan", "Del", self._forget),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
            self.addAction(action)

    def show_recents(self, recents: Sequence[Recent], today: date) -> None:
        """Show these plans; the row that was current stays so, or the next one."""
        row = self.currentIndex().row()
        self.plans.show(recents, today)
        if recents:
            self.setCurrentIndex(self.plans.index(min(max(row, 0), len(recents) - 1)))

    def _open(self) -> None:
        if recent := self.currentIndex().data(RECENT):
            self.opened.emit(recent.path)

    def _forget(self) -> None:
        if recent := self.currentIndex().data(RECENT):
            self.forgotten.emit(recent.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with the other Enter and with the space bar too."""
        if event.key() in (Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the plan, or forget it where the cross was hit."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid() or index != self.currentIndex():
            return
        self._forget() if self.cross_of(index).contains(at) else self._open()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what a click does."""
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosses away."""
        super().leaveEvent(event)
        self.viewport().update()

    def cross_of(self, index: Index) -> QRect:
        """Give the place of a row's cross."""
        return _cross(self.visualRect(index), bool(index.data(MISSING)))  # type: ignore[arg-type]

    def sizeHint(self) -> QSize:
        """Take the room of all rows."""
        return QSize(theme.px(360), theme.px(HIGH) * max(1, self.plans.rowCount()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


def _cross(row: QRect, gone: bool = False) -> QRect:
    """Give the place of what forgets a plan: a cross, or the word where the file is gone."""
    high = theme.px(28)
    wide = QFontMetrics(theme.font(Type.SMALL, figures=True)).horizontalAdvance(FORGET) + 2 if gone else high
    right = row.right() - theme.px(16 if gone else 10)
    return QRect(QPoint(right - wide, row.center().y() - high // 2), QSize(wide, high))


class _Row(QStyledItemDelegate):
    """A plan on two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        recent, gone = index.data(RECENT), index.data(MISSING)
        if recent is None:
            return
        view = self.parent()
        assert isinstance(view, RecentList)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect
        pointed = bool(option.state & option.state.State_MouseOver)
        current = view.hasFocus() and index == view.currentIndex()
        if pointed or current:
            painter.setPen(QPen(theme.colour("accent"), 2) if current else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            radius = theme.px(theme.RADIUS)
            painter.drawRoundedRect(QRectF(row).adjusted(theme.px(5), 2, -theme.px(5), -2), radius, radius)
        inner = row.adjusted(theme.px(16), theme.px(7), -theme.px(16), -theme.px(7))
        if pointed or current or gone:
            inner.setRight(_cross(row, gone).left() - theme.px(12))
        if gone:
            self._line(painter, _cross(row, gone), FORGET, Type.SMALL, "accent", right=True)
        elif pointed or current:
            side = theme.px(14)
            cross = QRectF(0, 0, side, side)
            cross.moveCenter(QRectF(_cross(row)).center())
            icons.paint(painter, cross, "x", "muted")
        half = inner.height() // 2
        above = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        when = index.data(WHEN)
        taken = self._line(painter, above, when, Type.SMALL, "muted", right=True) + theme.px(12)
        above.setWidth(above.width() - taken)
        self._line(painter, above, recent.path.name, Type.STRONG, "muted" if gone else "text")
        if gone:
            self._line(painter, below, GONE, Type.SMALL, "nobody", right=True)
            below.setWidth(below.width() - QFontMetrics(theme.font(Type.SMALL)).horizontalAdvance(GONE) - theme.px(12))
        self._line(painter, below, recent.folder, Type.SMALL, "muted", middle=True)
        painter.restore()

    def _line(
        self,
        painter: QPainter,
        at: QRect,
        text: str,
        kind: Type,
        ink: str,
        *,
        right: bool = False,
        middle: bool = False,
    ) -> int:
        """Write a line, cut where there is no room; gives the width that it takes."""
        font = theme.font(kind, figures=kind is Type.SMALL)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        metrics = QFontMetrics(font)
        how = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        cut = metrics.elidedText(text, how, at.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        wrapped = QTextOption(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
        wrapped.setWrapMode(QTextOption.WrapMode.NoWrap)
        painter.drawText(QRectF(at), cut, wrapped)
        return metrics.horizontalAdvance(cut)
