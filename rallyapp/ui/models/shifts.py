"""The picket shifts of a strike day as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import ShiftId, SiteId
from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone, state_words, tone_of
from rallyapp.ui.models.keyed import Rows

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    """The columns."""

    WORKPLACE = 0
    ENTRANCE = 1
    TIME = 2
    WHO = 3
    FILLED = 4
    STATE = 5


TITLES = ("Workplace", "Entrance", "Time", "Who", "Filled", "State")


@frozen
class ShiftRow:
    """What a picket shift's row says, but for the names."""

    id: ShiftId
    site_id: SiteId
    site: str
    entrance: str
    time: str
    heads: int
    least: int
    wished: int
    missing: int
    on: bool

    @property
    def tone(self) -> Tone:
        """How full it is."""
        return tone_of(heads=self.heads, least=self.least, missing=self.missing, on=self.on)

    @property
    def state(self) -> str:
        """How full it is, in words."""
        return state_words(heads=self.heads, least=self.least, wished=self.wished, missing=self.missing, on=self.on)


class ShiftModel(QAbstractTableModel):
    """Picket shifts. The names are asked for when a row is looked at: a national plan has 40,000 of them."""

    def __init__(self, names: Callable[[ShiftRow], str]) -> None:
        """Take who is asked for the names on a shift."""
        super().__init__()
        self._names = names
        self.rows: Rows[ShiftRow] = Rows(self, len(Column))

    def show(self, rows: Sequence[ShiftRow]) -> None:
        """Show these shifts."""
        self.rows.show(rows)
        if self.rows.all:  # two people may have changed places on shifts that are as full as before
            self.dataChanged.emit(self.index(0, Column.WHO), self.index(len(self.rows.all) - 1, Column.WHO))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the shifts."""
        return 0 if parent.isValid() else len(self.rows.all)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a column's title."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.FILLED else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what stands in a cell."""
        if not index.isValid():
            return None
        row = self.rows.all[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() in (Column.WHO, Column.WORKPLACE, Column.ENTRANCE):
                return theme.plain_tip(self._text(row, Column(index.column())))
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.FILLED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == Column.WHO and not row.heads:
            return theme.colour("muted")
        return None

    def _text(self, row: ShiftRow, column: Column) -> str:
        match column:
            case Column.WORKPLACE:
                return row.site
            case Column.ENTRANCE:
                return row.entrance
            case Column.TIME:
                return row.time
            case Column.WHO:
                return self._names(row) if row.heads else "\u2013"
            case Column.FILLED:
                return f"{row.heads} / {row.wished}"
            case Column.STATE:
                return row.state
