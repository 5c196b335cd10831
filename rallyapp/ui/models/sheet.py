"""What a table that behaves like a spreadsheet asks of its model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from rallyapp.ui.models.fill import Tone

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WRITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet; widths are pixels at 100 %.

    ``figures`` are set at the right, in figures of one width. ``grows`` shares out what room is left.
    ``shown`` is whether it is there before anybody chose; one that is ``fixed`` can't be hidden.
    """

    key: str
    title: str
    width: int = 120
    figures: bool = False
    grows: int = 0
    shown: bool = True
    fixed: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is to stand in one cell; a row beyond the last is a new one."""

    row: int
    column: int
    text: str


class SheetModel(QAbstractTableModel):
    """The base of every model of a ``Sheet``.

    A model must give

    - ``columns``: its columns, set before rows are shown and between ``beginResetModel`` and ``endResetModel``;
    - ``rowCount``, and ``text(row, column)``, what stands in a cell;
    - ``write(cells, label)``: everything that is typed, pasted, filled down and cleared comes here, at once and in
      order, and is one edit. It writes all of it or nothing and answers with what is wrong, in one sentence, or "".
      The model never changes itself: it hears of the edit like everybody else.

    and may give the rest: ``can_write``, ``edited`` (what the editor begins with), ``completions``, ``why_not``
    (said below the editor while it is open), ``tone`` (a chip instead of plain words), ``ink``, ``strong``,
    ``sort_by``, ``row_key`` and ``row_of_key`` (by which a sheet finds chosen rows again after a reset), ``toggle``.
    ``said`` is emitted with a sentence for the strip.
    """

    said = Signal(str)
    columns: Sequence[Column] = ()

    # ------------------------------------------------------------------------------------ what is shown
    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell; several lines are parted by line breaks."""
        raise NotImplementedError

    def ink(self, row: int, column: int) -> str:
        """Give the token of the colour in which a cell is written."""
        return "text"

    def strong(self, row: int, column: int) -> bool:
        """Say whether a cell stands in strong type."""
        return False

    def tone(self, row: int, column: int) -> Tone | None:
        """Give the tone of a cell that is a chip; None for plain words."""
        return None

    def tip(self, row: int, column: int) -> str:
        """Give what is said of a cell in its tip, in plain text, or nothing."""
        return ""

    def copied(self, row: int, column: int) -> str:
        """Give what of a cell goes to the clipboard."""
        return self.text(row, column)

    def row_key(self, row: int) -> str:
        """Give what a row is known by, whatever its place."""
        return str(row)

    def row_of_key(self, key: str) -> int | None:
        """Find the row that is known by that, or None where it is not shown."""
        return int(key) if key.isdigit() and int(key) < self.rowCount() else None

    def show_rows(self, keys: Sequence[str], columns: Sequence[Column], take: Callable[[], object]) -> None:
        """Take other rows, known by ``keys`` in this order; where they are the same ones, nothing moves."""
        here = [self.row_key(row) for row in range(self.rowCount())]
        if here == list(keys) and list(columns) == list(self.columns):
            take()
            if here:
                self.dataChanged.emit(self.index(0, 0), self.index(len(here) - 1, len(columns) - 1))
            return
        self.beginResetModel()
        take()
        self.endResetModel()

    # ---------------------------------------------------------------------------------- what is written
    def can_write(self, row: int, column: int) -> bool:
        """Say whether a cell can be edited."""
        return False

    def edited(self, row: int, column: int) -> str:
        """Give the text with which an editor begins."""
        return self.text(row, column)

    def completions(self, index: Index, text: str) -> list[str]:
        """List what may be meant by what was typed so far, likeliest first."""
        return []

    def why_not(self, index: Index, text: str) -> str:
        """Say in one sentence why a cell can't be that, or nothing."""
        return ""

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all of these as one edit, or nothing; ``label`` says what the user did, where it was not typing."""
        return ""

    def toggle(self, cells: Sequence[tuple[int, int]]) -> str | None:
        """Turn ticks over; None where these cells hold none, a sentence where it went wrong."""
        return None

    def paste(
        self, row: int, column: int, matrix: Sequence[Sequence[str]], columns: Sequence[int] | None = None
    ) -> str:
        """Write a block from a cell on; ``columns`` are those from it to the right, as they are shown."""
        across = range(column, self.columnCount()) if columns is None else columns
        cells = [
            Cell(row + down, at, text)
            for down, line in enumerate(matrix)
            for at, text in zip(across, line, strict=False)
        ]
        wide = max((len(line) for line in matrix), default=0)
        if wide > len(across):
            many = f"{len(across)} column" + ("s" if len(across) != 1 else "")
            return f"What was copied is {wide} columns wide, and from here there are only {many}. Nothing was pasted."
        return self.write(cells, f"Paste {_counted(len(cells))}")

    def fill_down(self, rows: Sequence[int], column: int) -> str:
        """Write what stands in the first of these rows into the others."""
        text = self.edited(rows[0], column)
        return self.write([Cell(row, column, text) for row in rows[1:]], f"Fill down {_counted(len(rows) - 1)}")

    def clear(self, indexes: Iterable[Index]) -> str:
        """Empty these cells."""
        cells = [Cell(each.row(), each.column(), "") for each in indexes if self.can_write(each.row(), each.column())]
        return self.write(cells, f"Clear {_counted(len(cells))}") if cells else ""

    def sort_by(self, column: int, descending: bool) -> None:
        """Order the rows by a column."""

    def can_sort(self, column: int) -> bool:
        """Say whether a click on a heading orders the rows by it."""
        return False

    # ----------------------------------------------------------------------------------- Qt's own words
    def columnCount(self, parent: Index = TOP) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell's text, for screen readers and tests; a sheet asks ``text`` itself."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self.edited(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.text(index.row(), index.column())
            return f"{self.columns[index.column()].title}: {said or 'empty'}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write one cell; what is wrong with it goes to the strip."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) == self.edited(index.row(), index.column()):
            return True
        if wrong := self.write([Cell(index.row(), index.column(), str(value))], ""):
            self.said.emit(wrong)
        return not wrong

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _WRITABLE if self.can_write(index.row(), index.column()) else _READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a column's heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows, as a click on a heading asks."""
        if 0 <= column < len(self.columns) and self.can_sort(column):
            self.sort_by(column, order == Qt.SortOrder.DescendingOrder)


def _counted(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells:,} cells"
