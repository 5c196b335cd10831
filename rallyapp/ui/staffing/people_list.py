"""A list of people (or of sentences about them), each with initials, a line below and what can be done at the right.

It is as high as what is in it, or scrolls by itself; rows can be dragged as people, and ticked where they are choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QSizePolicy,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rallyapp.ui import theme
from rallyapp.ui.staffing.line_paint import SIDE, LinePaint
from rallyapp.ui.staffing.lines import Line, LineModel
from rallyapp.ui.widgets.copying import copied
from rallyapp.ui.widgets.fields import Field


def inset(*widgets: QWidget, gap: int = 8) -> QVBoxLayout:
    """Put widgets below each other where the words of a list begin, that is beside it."""
    made = QVBoxLayout()
    made.setContentsMargins(theme.px(SIDE), 0, theme.px(SIDE), 0)
    made.setSpacing(theme.px(gap))
    for widget in widgets:
        made.addWidget(widget)
    return made


def bare(field: Field) -> Field:
    """Take the label above a field away where the words beside it say it; screen readers still do."""
    label = field.layout().itemAt(0).widget()
    label.hide()
    return field


def reveal(widget: QWidget, part: QRect | None = None) -> None:
    """Scroll the pane around a widget so that it, or a part of it, is seen; once everything has its place."""

    def scroll() -> None:
        area: QWidget | None = widget
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or not widget.isVisible():
            return
        box = part or widget.rect()
        for point in (box.bottomLeft(), box.topLeft()):
            at = widget.mapTo(area.widget(), point)
            area.ensureVisible(at.x(), at.y(), 0, theme.px(12))

    QTimer.singleShot(0, widget, scroll)


class PeopleList(QListView):
    """The list. Enter or the icon does what can be done, Space ticks, the Menu key or Shift+F10 asks for the menu."""

    acted = Signal(str)
    opened = Signal(str)  # a double click
    tick_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    chosen = Signal(str)

    def __init__(self, spoken: str, *, fits: bool = True, parent: QWidget | None = None) -> None:
        """Take what the list is called; with ``fits`` it is as high as its rows, else it scrolls."""
        super().__init__(parent)
        self.setAccessibleName(spoken)
        self.lines = LineModel()
        self._fits = fits
        self._paint = LinePaint(self)
        self.setModel(self.lines)
        self.setItemDelegate(self._paint)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        else:
            self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands are measured a few at a time
            self.setBatchSize(200)
        self.selectionModel().currentChanged.connect(self._current_changed)

    # -------------------------------------------------------------------------------------------- showing
    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows; who is chosen stays so, or the row that comes in their place."""
        before, at = self.chosen_id, self.currentIndex().row()
        self.lines.show(lines)
        if before and self.chosen_id != before:
            place = next((n for n, each in enumerate(self.lines.lines) if each.id == before), None)
            if place is None:
                place = self._nearest(at)
            if place is not None:
                self._choose_row(place)
        self._fit()

    @property
    def chosen_id(self) -> str:
        """Which row is chosen; nothing where none is."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].id if index.isValid() else ""

    def choose(self, id: str) -> None:
        """Choose a row by its id."""
        for row, line in enumerate(self.lines.lines):
            if line.id == id:
                self._choose_row(row)

    def choose_first(self) -> None:
        """Choose the first row that is no heading."""
        if (place := self._nearest(0)) is not None:
            self._choose_row(place)

    def line(self, id: str) -> Line | None:
        """Give a row by its id."""
        return next((each for each in self.lines.lines if each.id == id), None)

    def _nearest(self, at: int) -> int | None:
        rows = [n for n, each in enumerate(self.lines.lines) if not each.passive]
        return min(rows, key=lambda n: (abs(n - at), n)) if rows else None

    def _choose_row(self, row: int) -> None:
        index = self.lines.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            if self._fits and self.hasFocus():
                reveal(self, self.visualRect(now))
            self.chosen.emit(self.lines.lines[now.row()].id)

    # --------------------------------------------------------------------------------------------- height
    def sizeHint(self) -> QSize:
        """Be as high as the rows."""
        return QSize(theme.px(240), self._content() if self._fits else theme.px(200))

    def minimumSizeHint(self) -> QSize:
        """Need no more width than there is."""
        return QSize(theme.px(120), self._content() if self._fits else theme.px(120))

    def _content(self) -> int:
        option = QStyleOptionViewItem()
        return sum(self._paint.sizeHint(option, self.lines.index(row)).height() for row in range(len(self.lines.lines)))

    def _fit(self) -> None:
        if self._fits and self.height() != (wanted := self._content()):
            self.setFixedHeight(max(1, wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._paint.forget()
            self.scheduleDelayedItemsLayout()
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew at another zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_paint"):
            self._paint.forget()
            self.scheduleDelayedItemsLayout()
            self._fit()

    # ---------------------------------------------------------------------------------------- hands on it
    def _on(self, point: QPoint) -> tuple[Line, QRect] | None:
        index = self.indexAt(point)
        return (self.lines.lines[index.row()], self.visualRect(index)) if index.isValid() else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the icon says, or tick."""
        super().mouseReleaseEvent(event)
        under = self._on(event.position().toPoint())
        if under is None or event.button() != Qt.MouseButton.LeftButton:
            return
        line, box = under
        where = event.position().toPoint()
        if line.ticked is not None and (line.heading or where.x() < self._paint.tick_box(line, box).right() + 6):
            self.tick_wanted.emit(line.id)
        elif line.act and where.x() > self._paint.act_box(box).left() - theme.px(6):
            self.acted.emit(line.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open whom the row is about."""
        under = self._on(event.position().toPoint())
        if under is not None and not under[0].heading:
            self.opened.emit(under[0].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do, tick or ask for the menu with the keys."""
        line = self.line(self.chosen_id)
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if copied(self, event):
            return
        if line is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line.act:
            self.acted.emit(line.id)
        elif line is not None and key == Qt.Key.Key_Space and line.ticked is not None:
            self.tick_wanted.emit(line.id)
        elif line is not None and (key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shift)):
            self.menu_wanted.emit(line.id, self._below_chosen())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer."""
        under = self._on(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else None
        if under is not None and not under[0].passive:
            self.choose(under[0].id)
            self.menu_wanted.emit(under[0].id, event.globalPos())

    def _below_chosen(self) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the icon does, or a title that is cut, in a tip."""
        if isinstance(event, QHelpEvent) and (under := self._on(event.pos())) is not None:
            line, box = under
            on_icon = line.act and event.pos().x() > self._paint.act_box(box).left() - theme.px(6)
            self.setToolTip(theme.plain_tip(line.does if on_icon else line.spoken))
        return super().viewportEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Choose the first row where none is."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose_first()
        elif self._fits and event.reason() != Qt.FocusReason.MouseFocusReason:
            reveal(self, self.visualRect(self.currentIndex()))
        self.viewport().update()
