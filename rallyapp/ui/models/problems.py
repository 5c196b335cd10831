"""Problems as a list, grouped by how bad they are, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.domain.frozen import frozen
from rallyapp.domain.problems import Problem, Severity
from rallyapp.ui import theme

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole

TITLES = {
    Severity.RED: "Must be put right",
    Severity.STAND_DOWN: "Stood down",
    Severity.AMBER: "Look at this",
    Severity.INFO: "Good to know",
}


@frozen(kw_only=False)
class Heading:
    """The line above the problems of one severity."""

    severity: Severity
    count: int

    @property
    def words(self) -> str:
        """What it says."""
        return f"{TITLES[self.severity]} ({self.count:,})"


@frozen(kw_only=False)
class Line:
    """A problem, with how to mend it where the line above does not say the same."""

    problem: Problem
    mend: str


class ProblemModel(QAbstractListModel):
    """The problems that the checks found."""

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self._items: list[Heading | Line] = []
        self.problems: tuple[Problem, ...] = ()

    def show(self, problems: Sequence[Problem]) -> None:
        """Show these problems, which come worst first."""
        if tuple(problems) == self.problems:
            return
        self.beginResetModel()
        self.problems = tuple(problems)
        self._items = []
        for severity in Severity:
            found = [problem for problem in problems if problem.severity is severity]
            if found:
                self._items.append(Heading(severity, len(found)))
            said = ""
            for problem in found:
                self._items.append(Line(problem, problem.mend if problem.mend != said else ""))
                said = problem.mend
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the lines, headings among them."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be read, not chosen."""
        if index.isValid() and isinstance(self._items[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a line, or what it says."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.words if isinstance(item, Heading) else item.problem.sentence
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(item, Heading):
                return item.words
            return f"{item.problem.sentence}. {item.problem.mend}" if item.problem.mend else item.problem.sentence
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, Line) and item.problem.mend:
            return theme.plain_tip(f"To mend it: {item.problem.mend}")
        return None
