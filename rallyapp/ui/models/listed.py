"""Rows with an id as a list: a view asks for the row itself, and a screen reader for its words."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.ui.models.keyed import Rows

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole


class HasWords(Protocol):
    """What has an id, and can be said."""

    @property
    def id(self) -> str:
        """The id."""

    @property
    def words(self) -> str:
        """All of it in words."""


R = TypeVar("R", bound=HasWords)


class ListedModel(QAbstractListModel, Generic[R]):
    """The list; ``rows.show`` shows others, ``ITEM`` gives a row."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.rows: Rows[R] = Rows(self)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows.all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a row, or what it says."""
        if not index.isValid():
            return None
        row = self.rows.all[index.row()]
        if role == ITEM:
            return row
        return row.words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
