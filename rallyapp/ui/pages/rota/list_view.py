"""The strike day's shifts as a sheet: one row each, with times as they are typed and names in a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QModelIndex

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.domain.new_plan import parse_span
from rallyapp.domain.pickets import Role
from rallyapp.domain.times import clock, day_words, parse_clock
from rallyapp.domain.words import capital
from rallyapp.store.rota_queries import RotaShift
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.sheet import Cell, Column, Index, SheetModel
from rallyapp.ui.pages.rota.cells import NameCells, choose_cells, titled
from rallyapp.ui.pages.rota.names import Names
from rallyapp.ui.pages.rota.reading import Rota, Shown
from rallyapp.ui.pages.rota.writing import Typed, write_typed
from rallyapp.ui.widgets.sheet import Sheet

TOP = QModelIndex()
SITE, ENTRANCE, DAY, START, END, WHO, FILLED, STATE, NEEDS, LABEL, PAPER = range(11)
_WRITTEN = (START, END, WHO, LABEL)
_COLUMNS = (
    Column(key="site", title="Site", width=126),
    Column(key="entrance", title="Entrance", width=136, fixed=True),
    Column(key="day", title="Day", width=90),
    Column(key="start", title="Start", width=64, figures=True, fixed=True, tip="8, 8am, 0800, or 10am to 6pm"),
    Column(key="end", title="End", width=64, figures=True, fixed=True, tip="11, 11am, 1100"),
    Column(key="who", title="Who", width=220, grows=1, fixed=True, tip="Names, parted by commas; +name adds one"),
    Column(key="filled", title="Filled", width=66, figures=True, shown=False),
    Column(key="state", title="State", width=124),
    Column(key="needs", title="Needs", width=210, shown=False),
    Column(key="label", title="Label", width=96, shown=False),
    Column(key="paper", title="On paper", width=112, shown=False, tip="What is not as it was printed last"),
)


class ListModel(SheetModel):
    """The rows. Times, names and labels can be typed, pasted and filled down."""

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        super().__init__()
        self.columns = _COLUMNS
        self._desk = desk
        self._names = Names(desk.store)
        self._ordered_by: tuple[int, bool] | None = None
        self.rota: Rota | None = None
        self.rows: list[Shown] = []
        self._place: Mapping[LineId, int] = {}  # of each line, from above

    def show(self, rota: Rota, only_gaps: bool) -> None:
        """Show a day's shifts, in the order that was chosen last."""
        order = {each.id: at for at, each in enumerate(rota.scope.lines)}
        rows = [shift for shift in rota.shifts if shift.gap or not only_gaps]
        self._order(rows, rota, order)
        columns = titled(_COLUMNS, rota)
        self.show_rows([shift.id for shift in rows], columns, lambda: self._take(rota, order, rows, columns))

    def _take(self, rota: Rota, order: Mapping[LineId, int], rows: list[Shown], columns: Sequence[Column]) -> None:
        self.rota, self._place, self.rows, self.columns = rota, order, rows, columns

    # ------------------------------------------------------------------------------------------ what is shown
    def rowCount(self, parent: Index = TOP) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def staffed(self, row: int, column: int) -> tuple[Rota, Shown] | None:
        """Give the shift whose names a cell shows."""
        return (self.rota, self.rows[row]) if column == WHO and self.rota is not None else None

    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        rota, shift = self.rota, self.rows[row]
        assert rota is not None
        at = shift.row
        match column:
            case 0:
                return rota.group_name(shift)
            case 1:
                return rota.line(shift).name
            case 2:
                return day_words(at.starts.date()).rsplit(" ", 1)[0]
            case 3:
                return clock(at.starts)
            case 4:
                return clock(at.ends)
            case 5:
                return rota.names(shift)
            case 6:
                return f"{at.heads} / {at.wished}"
            case 7:
                return "Cancelled" if at.off else shift.state
            case 8:
                return ", ".join(_need_words(need, rota.supervisor(shift)) for need in shift.needs)
            case 9:
                return at.label
        return _paper_words(shift)

    def tone(self, row: int, column: int) -> Tone | None:
        """Show the state as a chip."""
        return self.rows[row].tone if column == STATE else None

    def ink(self, row: int, column: int) -> str:
        """Write sites, and whatever is off, in a softer colour."""
        return "muted" if column in (SITE, NEEDS) or not self.rows[row].on else "text"

    def strong(self, row: int, column: int) -> bool:
        """Write times strongly."""
        return column in (START, END)

    def tip(self, row: int, column: int) -> str:
        """Say the whole of what may be cut."""
        paper = capital(self.rows[row].paper)
        if column == WHO and paper:
            return f"{self.text(row, column)}\n{paper}".strip()
        if column == PAPER:
            return paper
        return self.text(row, column) if column in (SITE, ENTRANCE, WHO, STATE, NEEDS, LABEL) else ""

    def copied(self, row: int, column: int) -> str:
        """Copy full names: they are read back when they are pasted."""
        return self.edited(row, column)

    def row_key(self, row: int) -> str:
        """Know a row by its shift."""
        return self.rows[row].id

    def row_of_key(self, key: str) -> int | None:
        """Find that row again."""
        return next((at for at, shift in enumerate(self.rows) if shift.id == key), None)

    # ------------------------------------------------------------------------------------------------ order
    def can_sort(self, column: int) -> bool:
        """Let every heading order the rows."""
        return True

    def sort_by(self, column: int, descending: bool) -> None:
        """Order the rows by a column, and within by entrance and time."""
        self._ordered_by = (column, descending)
        if self.rota is not None:
            self.beginResetModel()
            self._order(self.rows, self.rota, self._place)
            self.endResetModel()

    def _order(self, rows: list[Shown], rota: Rota, place: Mapping[LineId, int]) -> None:
        rows.sort(key=lambda shift: (place[shift.row.line_id], shift.row.starts, shift.id))
        if self._ordered_by is None:
            return
        column, descending = self._ordered_by
        keys: dict[int, Callable[[Shown], Any]] = {
            SITE: lambda shift: rota.group_name(shift).casefold(),
            ENTRANCE: lambda shift: rota.line(shift).name.casefold(),
            WHO: lambda shift: rota.names(shift).casefold(),
        }
        rows.sort(key=(_KEYS | keys)[column], reverse=descending)

    # ---------------------------------------------------------------------------------------- what is written
    def can_write(self, row: int, column: int) -> bool:
        """Let times, names and labels be typed; a cancelled shift is reinstated first."""
        if not self._desk.writable or column not in _WRITTEN:
            return False
        return column != WHO or not self.rows[row].row.off

    def edited(self, row: int, column: int) -> str:
        """Begin with the full names."""
        if column != WHO or self.rota is None:
            return self.text(row, column)
        shift = self.rows[row]
        return ", ".join(one.typed(self.rota.supervisor(shift)) for one in shift.people)

    def completions(self, index: Index, text: str) -> list[str]:
        """List who may be meant, those of the site first."""
        if index.column() != WHO:
            return []
        at = self.rows[index.row()].row.line_id
        return self._names.completions(text, self.rota.places.group_of(at).site_id if self.rota else None)

    def why_not(self, index: Index, text: str) -> str:
        """Say below the editor what is wrong with a time."""
        if index.column() not in (START, END):
            return ""
        try:
            _clocks(index.column(), text)
        except ValueError as error:
            return f"{error}."
        return ""

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all of it as one edit, or nothing."""
        if self.rota is None:
            return ""
        typed: dict[ShiftId, Typed] = {}
        clocks: dict[ShiftId, tuple[time | None, time | None]] = {}
        for cell in cells:
            if cell.row >= len(self.rows):
                return f"The list ends after {len(self.rows)} rows: nothing was written. Add the shifts first."
            if cell.column not in _WRITTEN:
                if cell.text == self.edited(cell.row, cell.column):
                    continue
                return f"\u201c{self.columns[cell.column].title}\u201d can\u2019t be typed here: nothing was written."
            shift = self.rows[cell.row]
            one = typed.setdefault(shift.id, Typed(shift=shift, where=self._where(shift)))
            if cell.column == WHO:
                typed[shift.id] = replace(one, names=cell.text)
            elif cell.column == LABEL:
                typed[shift.id] = replace(one, label=cell.text)
            else:
                try:
                    starts, ends = _clocks(cell.column, cell.text)
                except ValueError as error:
                    return f"{self._where(shift)}: {error}. Nothing was written."
                before = clocks.get(shift.id, (None, None))
                clocks[shift.id] = (starts or before[0], ends or before[1])
        for id, (start, end) in clocks.items():
            row = typed[id].shift.row
            starts_at, ends_at = _when(self.rota.day(row.strike_day_id), row, start, end)
            typed[id] = replace(typed[id], starts=starts_at, ends=ends_at)
        return write_typed(self._desk, self.rota, list(typed.values()), label) if typed else ""

    def _where(self, shift: Shown) -> str:
        times = f"{clock(shift.row.starts)}\u2013{clock(shift.row.ends)}"
        return f"{self.rota.line(shift).name} {times}" if self.rota else times


_KEYS: dict[int, Callable[[Shown], Any]] = {
    DAY: lambda shift: shift.row.starts.date(),
    START: lambda shift: shift.row.starts,
    END: lambda shift: shift.row.ends,
    FILLED: lambda shift: (shift.row.heads / shift.row.wished if shift.row.wished else 1, shift.row.heads),
    STATE: lambda shift: (shift.on, -shift.row.missing, shift.row.heads > 0),
    NEEDS: lambda shift: shift.row.least,
    LABEL: lambda shift: shift.row.label.casefold(),
    PAPER: lambda shift: (shift.printed is None, shift.printed or 0),
}


def _clocks(column: int, text: str) -> tuple[time | None, time | None]:
    """Read what was typed as a start or an end, or both at once; raises ValueError with a sentence."""
    try:
        one = parse_clock(text)
    except ValueError:
        try:
            return parse_span(text, nights=True)
        except ValueError:
            pass
        raise
    return (one, None) if column == START else (None, one)


def _when(
    day: StrikeDay, row: RotaShift, start: time | None, end: time | None
) -> tuple[datetime | None, datetime | None]:
    """Say when a shift is whose start, end or both were typed: the end is the first such time after the start."""
    if (start, end) == (row.starts.time(), row.ends.time()):
        return None, None  # pasted back as it was
    starts = None
    if start is not None:
        starts = datetime.combine(row.starts.date(), start)
        night = starts + timedelta(days=1)
        if starts < day.window.start and night < (row.ends if end is None else day.window.end):
            starts = night
    if end is None:
        return starts, None
    begins = starts or row.starts
    ends = datetime.combine(begins.date(), end)
    return starts, ends if ends > begins else ends + timedelta(days=1)


def _need_words(need: tuple[Role, int, int, int], supervisor: str) -> str:
    role, least, _, most = need
    word = supervisor if role is Role.SUPERVISOR else str(role)
    return f"{least} {word}" if least == most else f"{least}\u2013{most} {word}"


def _paper_words(shift: Shown) -> str:
    return "" if shift.printed is None else "Changed"


class ListSheet(Sheet):
    """The sheet of a strike day."""

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        self.list = ListModel(desk)
        self._arranged = False
        super().__init__(self.list, "List of shifts", frozen=2, row_height=44, cells=NameCells)

    def show(self, rota: Rota, only_gaps: bool) -> None:
        """Show a day; at first only the columns that tell rows apart, until somebody arranges them."""
        self.list.show(rota, only_gaps)
        if not self._arranged:
            self._arranged = True
            rows = [shift.row for shift in rota.shifts]
            for column, wanted in (
                (SITE, len(rota.scope.groups) > 1),
                (DAY, len({row.starts.date() for row in rows}) > 1),
                (LABEL, any(row.label for row in rows) and len(rota.scope.groups) == 1),  # else there is no room
            ):
                self.arrangement.show(column, wanted)

    def take_settings(self, kept: object) -> None:
        """Arrange the columns as they were left."""
        self._arranged = self._arranged or isinstance(kept, dict)
        super().take_settings(kept)

    def selected(self) -> tuple[ShiftId, ...]:
        """Give the shifts of the chosen rows."""
        return tuple(self.list.rows[row].id for row in self.chosen_rows())

    def select(self, ids: Sequence[ShiftId]) -> None:
        """Choose the rows of these shifts, by the names in them."""
        wanted = set(ids)
        if wanted != set(self.selected()):
            choose_cells(self, [(at, WHO) for at, shift in enumerate(self.list.rows) if shift.id in wanted])
