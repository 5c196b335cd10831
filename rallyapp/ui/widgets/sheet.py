"""A table that behaves like a spreadsheet: arrows, F2 and typing, blocks in and out of the clipboard, fill down.

    sheet = Sheet(model, "People", frozen=1)
    sheet.said.connect(desk.messages.trouble)

The model is a ``SheetModel``. Keys: the arrows, Tab and Enter move (Tab leaves the table at the end of a row); F2 or
typing edits, with what may be meant below the line; Ctrl+C, Ctrl+X and Ctrl+V take blocks, Ctrl+D fills down, Del
clears, Space turns ticks over, Shift+Space chooses rows, Ctrl+Space columns, Ctrl+Enter opens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from rallyapp.ui import theme
from rallyapp.ui.models.sheet import Cell, Column, SheetModel
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets import sheet_blocks as blocks
from rallyapp.ui.widgets.sheet_cells import Cells, Line
from rallyapp.ui.widgets.sheet_columns import Arrangement, ColumnsButton
from rallyapp.ui.widgets.sheet_frozen import Frozen
from rallyapp.ui.widgets.sheet_kept import Kept, Typing
from rallyapp.ui.widgets.sheet_keys import pressed

__all__ = ["Cell", "Cells", "Column", "ColumnsButton", "Sheet", "SheetModel"]

Index = QModelIndex | QPersistentModelIndex
_MOST_PARTS = 24  # of a choice that is painted as rows


class Sheet(QTableView):
    """The table. ``frozen`` columns at the left stay where they are while the others scroll."""

    said = Signal(str)  # a sentence for the strip
    opened = Signal(QModelIndex)  # Ctrl+Enter, or a double click on what can't be edited
    picked = Signal()  # other rows are chosen, or the keyboard is in another one
    edit_over = Signal()  # a cell's editor was closed, and what was typed is written
    menu_wanted = Signal(QPoint)  # where, on the screen

    def __init__(
        self,
        model: SheetModel,
        name: str,
        *,
        frozen: int = 0,
        row_height: int = 36,
        cells: Callable[[Sheet], Cells] = Cells,
        parent: QWidget | None = None,
    ) -> None:
        """Show a model; ``row_height`` is in pixels at 100 %, ``cells`` makes what paints and edits a cell."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            "Works like a spreadsheet: F2 edits, Ctrl+C and Ctrl+V copy and paste, Ctrl+D fills down, Delete clears."
        )
        self.sheet_model = model
        self._row_height = row_height
        self._empty = ""
        self._kept: Kept | None = None
        self._typing: Typing | None = None
        self._chosen: list[tuple[int, int]] = []  # first and last row of each chosen part
        self.cells = cells(self)
        self.setItemDelegate(self.cells)
        self._dress(self)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setModel(model)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        # A heading that is painted asks of every row whether it is chosen, which takes seconds where all of many are.
        self._nothing = QItemSelectionModel(model, self)
        header.setSelectionModel(self._nothing)
        self.arrangement = Arrangement(self)
        self.frozen = Frozen(self, frozen, cells)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._find_again)
        model.said.connect(self.said)
        self.doubleClicked.connect(self._double_clicked)
        self.fit()

    @staticmethod
    def _dress(view: QTableView) -> None:
        """Give a table the look of a sheet."""
        view.setShowGrid(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setWordWrap(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    # ------------------------------------------------------------------------------------------ its looks
    @property
    def rings(self) -> bool:
        """Say whether the cell with the keyboard has a ring: not while the keyboard is elsewhere."""
        return self.hasFocus() or self.frozen.hasFocus()

    def say_empty(self, sentence: str) -> None:
        """Say in the middle why there is no row."""
        self._empty = sentence
        self.viewport().update()

    def set_row_height(self, height: int) -> None:
        """Make rows so many pixels high at 100 %."""
        self._row_height = height
        self.fit()

    def fit(self) -> None:
        """Take the zoom, and share out the width."""
        small = theme.font(Type.SMALL)
        for view in (self, self.frozen):
            view.horizontalHeader().setFont(small)
            view.horizontalHeader().setFixedHeight(theme.px(34))
            view.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        self.arrangement.fit()
        self.frozen.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say that there are none."""
        super().paintEvent(event)
        empty = self.sheet_model.rowCount() == 0
        if not empty and self.currentIndex().isValid():
            return
        painter = QPainter(self.viewport())
        box = self.viewport().rect()
        if empty and self._empty:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("muted"))
            inner = box.adjusted(theme.px(24), theme.px(24), -theme.px(24), -theme.px(24))
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width anew."""
        super().resizeEvent(event)
        if hasattr(self, "frozen"):
            self.arrangement.fit()
            self.frozen.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "frozen"):
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard into a cell."""
        if not self.currentIndex().isValid():
            self._enter()  # before Qt does, into the very first
        super().focusInEvent(event)
        self.viewport().update()

    def _enter(self) -> None:
        """Put the keyboard into the first cell, choosing nothing."""
        rows, columns = self.chosen_rows() or [0], self.shown_columns()
        if columns and rows[0] < self.sheet_model.rowCount():
            first = self.sheet_model.index(rows[0], columns[0])
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Paint the row with the keyboard, and the one before."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.viewport().update()
            self.picked.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say that other rows are chosen."""
        super().selectionChanged(selected, deselected)
        parts = self.selectionModel().selection()
        self._chosen = [(part.top(), part.bottom()) for part in parts] if len(parts) <= _MOST_PARTS else []
        self.viewport().update()
        self.picked.emit()

    # ------------------------------------------------------------------------------------- what is chosen
    def shown_columns(self) -> list[int]:
        """List the columns that are shown, in the order in which they stand."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(at) for at in range(header.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    def is_chosen(self, row: int) -> bool:
        """Say, for painting, whether some cell of a row is chosen; of many scattered ones only the cells are shown."""
        return any(top <= row <= bottom for top, bottom in self._chosen)

    def chosen_rows(self) -> list[int]:
        """List the rows of which some cell is chosen, from above; without any, the one with the keyboard."""
        rows: set[int] = set()
        for part in self.selectionModel().selection():
            rows.update(range(part.top(), part.bottom() + 1))
        if not rows and self.currentIndex().isValid():
            rows.add(self.currentIndex().row())
        return sorted(rows)

    def chosen_columns(self) -> list[int]:
        """List the columns of which some cell is chosen, in the order in which they stand."""
        columns: set[int] = set()
        for part in self.selectionModel().selection():
            columns.update(range(part.left(), part.right() + 1))
        return [column for column in self.shown_columns() if column in columns]

    def choose_row(self, row: int, column: int | None = None) -> None:
        """Choose one row and bring it to sight; the keyboard goes to a column of it, or stays in its own."""
        shown = self.shown_columns()
        if not shown or not 0 <= row < self.sheet_model.rowCount():
            return
        at = column if column is not None else self.currentIndex().column()
        index = self.sheet_model.index(row, at if at in shown else shown[0])
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, down: int, right: int, *, wrap: bool = False) -> bool:
        """Move the keyboard by so many rows or columns; with ``wrap`` a row's end leads to the next row."""
        index, shown = self.currentIndex(), self.shown_columns()
        if not index.isValid() or index.column() not in shown:
            return False
        row, place = index.row() + down, shown.index(index.column()) + right
        if wrap and right and not 0 <= place < len(shown):
            row, place = row + (1 if right > 0 else -1), 0 if right > 0 else len(shown) - 1
        if not (0 <= row < self.sheet_model.rowCount() and 0 <= place < len(shown)):
            return False
        self.setCurrentIndex(self.sheet_model.index(row, shown[place]))
        return True

    # --------------------------------------------------------------------------------------------- editing
    def edit_cell(self, row: int, column: int) -> None:
        """Open the editor of a cell."""
        index = self.sheet_model.index(row, column)
        self.setCurrentIndex(index)
        self.edit(index)

    def edit(  # type: ignore[override]
        self,
        index: QModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool | None:
        """Edit a cell, in the frozen columns where it stands there."""
        if self.frozen.holds(index):
            return bool(QTableView.edit(self.frozen, index, trigger, event))
        return bool(super().edit(index, trigger, event))

    @property
    def editor(self) -> Line | None:
        """The line in which a cell is being edited, or None."""
        return self.cells.editor or self.frozen.cells.editor

    def copy(self) -> None:
        """Copy the chosen cells as text with tabs and as a table."""
        blocks.copy(self)

    def paste(self) -> None:
        """Paste a block from the clipboard, from the first chosen cell on; one cell fills all that are chosen."""
        self._say(blocks.paste(self))

    def cut(self) -> None:
        """Copy the chosen cells and clear them."""
        blocks.copy(self)
        self._say(blocks.clear(self))

    def clear_chosen(self) -> None:
        """Empty the chosen cells."""
        self._say(blocks.clear(self))

    def fill_down(self) -> None:
        """Write what stands in the first chosen row into the others; with one row, take it from the row above."""
        self._say(blocks.fill_down(self))

    def toggle(self) -> bool:
        """Turn over the chosen ticks; False where there is none."""
        answer = blocks.toggle(self)
        self._say(answer or "")
        return answer is not None

    def _say(self, sentence: str) -> None:
        if sentence:
            self.said.emit(sentence)

    # ---------------------------------------------------------------------------------------- the keyboard
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key does in a spreadsheet."""
        for keys, do in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Cut, self.cut),
        ):
            if event.matches(keys):
                do()
                event.accept()
                return
        if pressed(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def choose_whole(self, rows: QItemSelectionModel.SelectionFlag | None) -> None:
        """Choose the whole rows, or columns, of what is chosen."""
        flags = QItemSelectionModel.SelectionFlag
        parts = self.selectionModel().selection()
        if not parts and self.currentIndex().isValid():
            parts = QItemSelection(self.currentIndex(), self.currentIndex())
        self.selectionModel().select(parts, flags.Select | (rows or flags.Columns))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes to the cell beside; at the end of a row it leaves the table, so that nobody is caught in it."""
        if self.step(0, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the mouse, or at the cell where the keyboard is."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(at)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep what is chosen where the menu is asked for on it."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton and self.selectionModel().isSelected(index):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.sheet_model.can_write(index.row(), index.column()):
            self.opened.emit(index)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell to sight, not below the frozen columns."""
        across = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        if not hasattr(self, "frozen"):
            return
        if self.frozen.freezes(index.column()):
            self.horizontalScrollBar().setValue(across)
        elif across and (hidden := self.frozen.width_now() - self.columnViewportPosition(index.column())) > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    # ------------------------------------------------------------------------------- after a reset, and kept
    def _remember(self) -> None:
        """Note what is chosen, and what is being typed, before all rows are shown anew."""
        self._kept, self._typing = Kept.of(self), Typing.of(self)

    def _find_again(self) -> None:
        """Choose what was chosen, where it is still there, and show it at the same height."""
        kept, self._kept = self._kept, None
        typing, self._typing = self._typing, None
        self.arrangement.read_columns()
        if kept is not None:
            kept.restore(self)
        if typing is not None:
            typing.go_on(self)
        if self.hasFocus() and not self.currentIndex().isValid():
            self._enter()
        self.picked.emit()

    def settings(self) -> dict[str, Any]:
        """Give the columns as they are arranged, and the order of the rows: plain values."""
        return self.arrangement.settings()

    def take_settings(self, kept: object) -> None:
        """Arrange the columns as ``settings`` gave them; what does not fit is passed over."""
        if isinstance(kept, dict):
            self.arrangement.take_settings(kept)
            self.fit()
