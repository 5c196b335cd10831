"""A week as a sheet: lines and times down, strike days across, names in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QModelIndex

from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.domain.times import day_words, span_words
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.sheet import Cell, Column, Index, SheetModel
from rallyapp.ui.pages.rota.cells import NameCells, choose_cells, titled
from rallyapp.ui.pages.rota.names import Names
from rallyapp.ui.pages.rota.places import RotaLine
from rallyapp.ui.pages.rota.reading import Rota, Shown
from rallyapp.ui.pages.rota.writing import Typed, write_typed
from rallyapp.ui.widgets.sheet import Sheet

TOP = QModelIndex()
SITE, ENTRANCE, TIME = range(3)
_FIXED = 3
_SEVERAL = "There are two shifts at this time: change them on the day or in the list."


@dataclass(slots=True)
class WeekRow:
    """The shifts of one line at one time of day, by date."""

    line: RotaLine
    starts: time
    minutes: int
    shifts: dict[date, list[Shown]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is known by."""
        return f"{self.line.id} {self.starts} {self.minutes}"

    @property
    def words(self) -> str:
        """The time in words."""
        start = datetime.combine(date(2000, 1, 3), self.starts)
        end = start + timedelta(minutes=self.minutes)
        return f"{span_words(start, end).partition(' (')[0]}{' +1' if end.date() > start.date() else ''}"


class WeekModel(SheetModel):
    """The cells. Typing a name puts somebody on; what stood there before is replaced."""

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        super().__init__()
        self._desk = desk
        self._names = Names(desk.store)
        self.rota: Rota | None = None
        self.rows: list[WeekRow] = []
        self.dates: list[date] = []
        self.columns = _columns([])

    def show(self, rota: Rota, only_gaps: bool) -> None:
        """Show the days of a week."""
        rows: dict[tuple[LineId, time, int], WeekRow] = {}
        place = {line.id: at for at, line in enumerate(rota.scope.lines)}
        for shift in rota.shifts:
            row = shift.row
            length = (row.ends - row.starts) // timedelta(minutes=1)
            key = (row.line_id, row.starts.time(), length)
            found = rows.setdefault(key, WeekRow(rota.line(shift), row.starts.time(), length))
            found.shifts.setdefault(row.starts.date(), []).append(shift)
        wanted = [
            row
            for row in rows.values()
            if not only_gaps or any(shift.gap for those in row.shifts.values() for shift in those)
        ]
        wanted.sort(key=lambda row: (place[row.line.id], row.starts, row.minutes))
        dates = sorted({shift.row.starts.date() for shift in rota.shifts} | {day.first_date for day in rota.days})
        columns = titled(_columns(dates), rota)
        self.show_rows([row.key for row in wanted], columns, lambda: self._take(rota, wanted, dates, columns))

    def _take(self, rota: Rota, rows: list[WeekRow], dates: list[date], columns: list[Column]) -> None:
        self.rota, self.rows, self.dates, self.columns = rota, rows, dates, columns

    # ------------------------------------------------------------------------------------------ what is shown
    def rowCount(self, parent: Index = TOP) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def shifts_at(self, row: int, column: int) -> list[Shown]:
        """Give the shifts of a cell."""
        if column < _FIXED or not 0 <= row < len(self.rows):
            return []
        return self.rows[row].shifts.get(self.dates[column - _FIXED], [])

    def staffed(self, row: int, column: int) -> tuple[Rota, Shown] | None:
        """Give the one shift of a cell, to be painted as such."""
        found = self.shifts_at(row, column)
        return (self.rota, found[0]) if self.rota is not None and len(found) == 1 else None

    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        at = self.rows[row]
        if column == SITE:
            return self.rota.places.groups[at.line.group].short if self.rota else ""
        if column == ENTRANCE:
            return at.line.name
        if column == TIME:
            return at.words
        found = self.shifts_at(row, column)
        return "\n".join(self.rota.names(shift) or shift.state for shift in found) if self.rota and found else "\u2013"

    def ink(self, row: int, column: int) -> str:
        """Write what is not there in a softer colour."""
        return "muted" if column == SITE or (column >= _FIXED and not self.shifts_at(row, column)) else "text"

    def strong(self, row: int, column: int) -> bool:
        """Write times strongly."""
        return column == TIME

    def tip(self, row: int, column: int) -> str:
        """Say who is on a shift, one below the other, and how full it is."""
        found = self.shifts_at(row, column)
        if not found or self.rota is None:
            return ""
        return "\n".join(
            " ".join(filter(None, (f"{shift.state}.", self.rota.names(shift), shift.paper and f"({shift.paper})")))
            for shift in found
        )

    def copied(self, row: int, column: int) -> str:
        """Copy full names: they are read back when they are pasted."""
        return self.edited(row, column) if column >= _FIXED else self.text(row, column)

    def row_key(self, row: int) -> str:
        """Know a row by its line and time."""
        return self.rows[row].key

    def row_of_key(self, key: str) -> int | None:
        """Find that row again."""
        return next((at for at in range(len(self.rows)) if self.row_key(at) == key), None)

    # ---------------------------------------------------------------------------------------- what is written
    def can_write(self, row: int, column: int) -> bool:
        """Let names be typed wherever there is one shift that goes ahead."""
        found = self.shifts_at(row, column)
        return self._desk.writable and len(found) == 1 and not found[0].row.off

    def edited(self, row: int, column: int) -> str:
        """Begin with the full names."""
        if self.rota is None or column < _FIXED:
            return self.text(row, column)
        return ", ".join(
            one.typed(self.rota.supervisor(shift)) for shift in self.shifts_at(row, column) for one in shift.people
        )

    def completions(self, index: Index, text: str) -> list[str]:
        """List who may be meant, those of the site first."""
        if index.column() < _FIXED:
            return []
        at = self.rows[index.row()].line.id
        return self._names.completions(text, self.rota.places.group_of(at).site_id if self.rota else None)

    def where(self, row: int, column: int) -> str:
        """Name a cell: "Main entrance 08:00-09:00, Tue 1 Dec 2015"."""
        at = self.rows[row]
        return f"{at.line.name} {at.words}, {day_words(self.dates[column - _FIXED])}"

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Put people on shifts, all of them as one edit or nothing."""
        if self.rota is None:
            return ""
        typed = []
        for cell in cells:
            if cell.row >= len(self.rows):
                return f"The sheet ends after {len(self.rows)} rows: nothing was written. Add the shifts first."
            if cell.column < _FIXED:
                if cell.text == self.text(cell.row, cell.column):
                    continue
                return "Entrances and times are changed on the day or in the list: nothing was written."
            found, where = self.shifts_at(cell.row, cell.column), self.where(cell.row, cell.column)
            if not found:
                if cell.text.strip() in ("", "\u2013"):
                    continue
                return f"{where}: there is no shift. Nothing was written; add the shift first."
            if len(found) > 1:
                return f"{where}: {_SEVERAL[0].lower()}{_SEVERAL[1:]}"
            typed.append(Typed(shift=found[0], where=where, names=cell.text))
        return write_typed(self._desk, self.rota, typed, label) if typed else ""


def _columns(dates: Sequence[date]) -> list[Column]:
    fixed = [
        Column(key="site", title="Site", width=126),
        Column(key="entrance", title="Entrance", width=136, fixed=True),
        Column(key="time", title="Time", width=108, fixed=True),
    ]
    return fixed + [
        Column(key=on.isoformat(), title=day_words(on).rsplit(" ", 1)[0], width=190, grows=1, fixed=True)
        for on in dates
    ]


class WeekSheet(Sheet):
    """The sheet of a week."""

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        self.week = WeekModel(desk)
        self._arranged = False
        super().__init__(self.week, "Week: who is on which shift", frozen=_FIXED, row_height=52, cells=NameCells)

    def show(self, rota: Rota, only_gaps: bool) -> None:
        """Show a week; without the column of sites where there is one site, until somebody arranges them."""
        self.week.show(rota, only_gaps)
        if not self._arranged:
            self._arranged = True
            self.arrangement.show(SITE, len(rota.scope.groups) > 1)

    def take_settings(self, kept: object) -> None:
        """Arrange the columns as they were left."""
        self._arranged = self._arranged or isinstance(kept, dict)
        super().take_settings(kept)

    def selected(self) -> tuple[ShiftId, ...]:
        """Give the shifts of the chosen cells."""
        cells = [(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()]
        if not cells and self.currentIndex().isValid():
            cells = [(self.currentIndex().row(), self.currentIndex().column())]
        return tuple(dict.fromkeys(shift.id for row, column in cells for shift in self.week.shifts_at(row, column)))

    def select(self, ids: Sequence[ShiftId]) -> None:
        """Choose the cells of these shifts."""
        wanted = set(ids)
        if wanted != set(self.selected()):
            choose_cells(
                self,
                [
                    (row, column)
                    for row in range(len(self.week.rows))
                    for column in range(_FIXED, len(self.week.columns))
                    if any(shift.id in wanted for shift in self.week.shifts_at(row, column))
                ],
            )
