"""Lines below headings as a list: a heading is read, not chosen; a view asks for the line itself."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from rallyapp.ui.models.listed import ITEM, Index

L = TypeVar("L")


class HeadedModel(QAbstractListModel, Generic[L]):
    """The list; ``lines`` are its headings and what stands below them, ``ITEM`` gives one."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.lines: list[L] = []

    def is_heading(self, line: L) -> bool:
        """Say whether a line is a heading."""
        raise NotImplementedError

    def words(self, line: L) -> str:
        """Write a line."""
        raise NotImplementedError

    def spoken(self, line: L) -> str:
        """Say a line to those who can't see what else is painted of it."""
        return self.words(line)

    def show_lines(self, lines: list[L]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the lines."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be read, not chosen."""
        if index.isValid() and self.is_heading(self.lines[index.row()]):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a line, or what it says."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ITEM:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(line)
        return self.spoken(line) if role == Qt.ItemDataRole.AccessibleTextRole else None
