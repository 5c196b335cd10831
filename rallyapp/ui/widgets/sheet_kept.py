"""What is chosen and typed in a sheet, kept over an ordering or filtering of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QTimer

if TYPE_CHECKING:
    from rallyapp.ui.widgets.sheet import Sheet

_MOST_KEPT = 2000  # chosen rows that are found again


class Kept:
    """What was chosen before a reset, by the keys of its rows."""

    def __init__(self, current: str | None, column: int, rows: Sequence[tuple[str, int, int]], offset: int) -> None:
        """Take the keys of the row with the keyboard and of the chosen ones, and how high the former stood."""
        self.current, self.column, self.rows, self.offset = current, column, rows, offset

    @classmethod
    def of(cls, sheet: Sheet) -> Kept | None:
        """Note what is chosen; None where the keyboard is in no row."""
        model, index = sheet.sheet_model, sheet.currentIndex()
        if not index.isValid():
            return None
        rows: list[tuple[str, int, int]] = []
        for part in sheet.selectionModel().selection():
            if len(rows) + part.height() > _MOST_KEPT:
                break
            rows += [(model.row_key(row), part.left(), part.right()) for row in range(part.top(), part.bottom() + 1)]
        return cls(model.row_key(index.row()), index.column(), rows, sheet.visualRect(index).top())

    def restore(self, sheet: Sheet) -> None:
        """Choose it again, as far as it is still shown, at the same height."""
        model, selection = sheet.sheet_model, sheet.selectionModel()
        row = model.row_of_key(self.current) if self.current is not None else None
        last = model.columnCount() - 1
        found = QItemSelection()
        for key, left, right in self.rows:
            at = model.row_of_key(key)
            if at is not None and left <= last:
                found.select(model.index(at, left), model.index(at, min(right, last)))
        flags = QItemSelectionModel.SelectionFlag
        if row is not None and self.column <= last:
            index = model.index(row, self.column)
            selection.setCurrentIndex(index, flags.NoUpdate)
            visible = 0 <= self.offset < sheet.viewport().height()
            if visible:
                bar = sheet.verticalScrollBar()
                bar.setValue(bar.value() + sheet.visualRect(index).top() - self.offset)
        if not found.isEmpty():
            selection.select(found, flags.ClearAndSelect)


class Typing:
    """What somebody was typing into a cell when all rows were shown anew."""

    def __init__(self, row: str, column: str, text: str, cursor: int, *, typed: bool) -> None:
        """Take the keys of the cell, what stood in its editor, and whether anything was typed yet."""
        self.row, self.column, self.text, self.cursor, self.typed = row, column, text, cursor, typed

    @classmethod
    def of(cls, sheet: Sheet) -> Typing | None:
        """Note what is being typed; None where no cell is edited."""
        model, line = sheet.sheet_model, sheet.editor
        if line is None or not line.where.isValid():
            return None
        column = model.columns[line.where.column()].key
        return cls(model.row_key(line.where.row()), column, line.text(), line.cursorPosition(), typed=line.typed)

    def go_on(self, sheet: Sheet) -> None:
        """Open the editor again with what was typed; where its cell is gone, say what was not written."""
        model = sheet.sheet_model
        row = model.row_of_key(self.row)
        column = next((at for at, column in enumerate(model.columns) if column.key == self.column), None)
        if row is None or column is None or not model.can_write(row, column):
            if self.typed:
                sheet.said.emit(
                    f"\u201c{self.text}\u201d was not written: the row for which it was typed is not there any more."
                )
            return
        if sheet.frozen.holds(model.index(row, column)):  # it closes its own editors only after this
            QTimer.singleShot(0, sheet, lambda: self._open(sheet, row, column))
        else:
            self._open(sheet, row, column)

    def _open(self, sheet: Sheet, row: int, column: int) -> None:
        sheet.edit_cell(row, column)
        line = sheet.editor
        if line is not None:
            line.setText(self.text)
            line.setCursorPosition(self.cursor)
            line.typed = self.typed
            line.offer()
