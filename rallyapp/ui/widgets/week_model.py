"""What a week grid shows: half-hours down, days across, each cell in words for those who can't see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.domain.offers import Offered
from rallyapp.domain.people import Level
from rallyapp.domain.times import MIDNIGHT, Span, clock, clock_fault, day_words, span_words

Index = QModelIndex | QPersistentModelIndex
HALF = timedelta(minutes=30)
ROWS = 48
FIRST, LAST = 10, 44  # 05:00 to 22:00: the rows that are shown unless somebody wants the nights
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that is taken, and by what: a duty, or a shift; ``short`` stands where there is little room."""

    span: Span
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What is shown on the grid: offers, duties (which nobody paints over), own shifts, and when action is on."""

    offers: tuple[Offered, ...] = ()
    duties: tuple[Taken, ...] = ()
    shifts: tuple[Taken, ...] = ()
    strikes: tuple[Span, ...] = ()


class WeekModel(QAbstractTableModel):
    """The cells of a week. It changes only as a whole."""

    def __init__(self) -> None:
        """Show no day yet."""
        super().__init__()
        self.days: tuple[date, ...] = ()
        self.week = Week()
        self.first, self.last = FIRST, LAST

    def show_days(self, days: tuple[date, ...], first: int, last: int) -> None:
        """Show other days, from one half-hour of the day to another."""
        self.beginResetModel()
        self.days, self.first, self.last = days, first, last
        self.endResetModel()

    def show_week(self, week: Week) -> None:
        """Show what was offered and what is taken."""
        self.week = week
        if self.days:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.days) - 1))

    # ------------------------------------------------------------------------------------ where a cell is
    def starts(self, row: int, column: int) -> datetime:
        """Give when a cell begins."""
        return datetime.combine(self.days[column], MIDNIGHT) + HALF * (self.first + row)

    def shown(self, column: int) -> Span:
        """Give the part of a day that is shown."""
        return Span(self.starts(0, column), self.starts(self.last - self.first, column))

    def spans(self, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[Span, ...]:
        """Give the times of a rectangle of cells, both ends included: one stretch a day."""
        return tuple(
            Span(self.starts(rows[0], column), self.starts(rows[1] + 1, column))
            for column in range(columns[0], columns[1] + 1)
        )

    def hidden(self) -> int:
        """Count the offers, duties and shifts of these days that lie in the hours not shown, at least partly."""
        found = 0
        for column, day in enumerate(self.days):
            shown = self.shown(column)
            start = datetime.combine(day, MIDNIGHT)
            whole = Span(start, start + timedelta(days=1))
            for span in self._all():
                if span.overlaps(whole):
                    found += max(span.start, whole.start) < shown.start or min(span.end, whole.end) > shown.end
        return found

    def _all(self) -> list[Span]:
        week = self.week
        taken = [each.span for each in (*week.duties, *week.shifts)]
        return [*(offer.span for offer in week.offers), *taken]

    # ------------------------------------------------------------------------------------------ for views
    def rowCount(self, parent: Index = _ROOT) -> int:
        """Half-hours shown."""
        return 0 if parent.isValid() else self.last - self.first

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Days shown."""
        return 0 if parent.isValid() else len(self.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Say a cell in words."""
        if not index.isValid() or index.column() >= len(self.days) or index.row() >= self.rowCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.when(index.row(), index.column())}: {self.words(index.row(), index.column())}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name a day, or a half-hour."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not self.days:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return day_words(self.days[section]) if section < len(self.days) else None
        return clock(self.starts(section, 0))

    def when(self, row: int, column: int) -> str:
        """Name a cell's time."""
        start = self.starts(row, column)
        end = start + HALF
        until = "24:00" if end.time() == MIDNIGHT else clock(end)
        return f"{day_words(start.date())} {clock(start)}\u2013{until}"

    def words(self, row: int, column: int) -> str:
        """Say what holds in a cell: a duty or a shift first, then what was offered."""
        start = self.starts(row, column)
        if clock_fault(start):
            return "this hour does not exist: the clocks go forward"
        cell = Span(start, start + HALF)
        week = self.week
        said = [each.words for each in (*week.duties, *week.shifts) if each.span.overlaps(cell)]
        offers = [offer for offer in week.offers if offer.span.overlaps(cell)]
        for offer in offers:
            whole = offer.span.contains(cell)
            start, end = max(offer.span.start, cell.start), min(offer.span.end, cell.end)
            said.append(str(offer.level) if whole else f"{offer.level} {span_words(start, end)}")
        return "; ".join(said) or "has not said"


SIGNS: dict[Level | None, str] = {Level.FREE: "\u2713", Level.IF_NEED_BE: "?", Level.NOT: "\u2715", None: ""}
NAMES: dict[Level | None, str] = {
    Level.FREE: "Free",
    Level.IF_NEED_BE: "If need be",
    Level.NOT: "Not free",
    None: "Clear",
}
KEYS: dict[Level | None, str] = {Level.FREE: "1", Level.IF_NEED_BE: "2", Level.NOT: "3", None: "0"}
