"""Records with an id as the rows of a model, with the fewest signals when they are shown anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex


class HasId(Protocol):
    """What can be told apart from other rows by its id."""

    @property
    def id(self) -> str:
        """The id."""


R = TypeVar("R", bound=HasId)


class Rows(Generic[R]):
    """The rows of a model: ``show`` compares by id, so that a view keeps its place and its selection."""

    def __init__(self, model: QAbstractItemModel, columns: int = 1) -> None:
        """Hold the rows of a model that has so many columns, none yet."""
        self._model: Any = model
        self._last = columns - 1
        self.all: list[R] = []

    def show(self, rows: Sequence[R]) -> None:
        """Show these rows, in this order."""
        wanted = [row.id for row in rows]
        keep = set(wanted)
        gone = [place for place, row in enumerate(self.all) if row.id not in keep]
        left = [row.id for row in self.all if row.id in keep]
        known = set(left)
        if left != [id for id in wanted if id in known] or len(gone) + len(wanted) - len(left) > 50:
            self._model.beginResetModel()
            self.all = list(rows)
            self._model.endResetModel()
            return
        top = QModelIndex()
        for place in reversed(gone):
            self._model.beginRemoveRows(top, place, place)
            del self.all[place]
            self._model.endRemoveRows()
        for place, row in enumerate(rows):
            if row.id not in known:
                self._model.beginInsertRows(top, place, place)
                self.all.insert(place, row)
                self._model.endInsertRows()
            elif self.all[place] != row:
                self.all[place] = row
                self._model.dataChanged.emit(self._model.index(place, 0), self._model.index(place, self._last))
