"""Records of one kind as the rows of a sheet, typed in place; below them an empty row for the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex

from rallyapp.domain.ids import new_id
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record, columns
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.record_fields import Bound, SheetField, wrong_with
from rallyapp.ui.models.sheet import Cell, Index, SheetModel
from rallyapp.ui.models.sheet import Column as SheetColumn

TOP = QModelIndex()
NEXT = "+"  # the key of the row in which the next record is typed
NOBODY = "nobody yet"
GHOST = "+"  # with which the id of a record begins that is only offered, and kept when something is typed into it
Make = Callable[[dict[str, Any]], Record]


def is_ghost(record: Any) -> bool:
    """Say whether a record is only offered."""
    return bool(record.id.startswith(GHOST))


class RecordRows(SheetModel):
    """The rows. A cell, a block, a removal and a move are one edit each; what is wrong leaves everything as it was."""

    adds = True  # has the empty row below

    def __init__(
        self,
        desk: Desk,
        *,
        kind: type[Record],
        noun: tuple[str, str],
        fields: Sequence[SheetField],
        new: Make,
        words: Callable[[Any], str],
        prompt: str,
    ) -> None:
        """Show nothing yet; ``noun`` is what one record is called, and several."""
        super().__init__()
        held = {column.name: column for column in columns(kind)}
        self._desk, self._noun, self._new, self._words, self._prompt = desk, noun, new, words, prompt
        self.fields = [Bound(field, held.get(field.name), desk.today) for field in fields]
        self.columns = [_column(field, fixed=at == 0) for at, field in enumerate(fields)]
        self.first = next(at for at, field in enumerate(fields) if not (field.read_only or field.later))
        self.placed = "position" in held
        self._adding = False
        self._ordered_by: tuple[int, bool] | None = None
        self._given: list[Any] = []  # as they were handed over
        self.records: list[Any] = []  # as they stand
        self._count = 0

    # ------------------------------------------------------------------------------------------ what is shown
    def show(self, records: Sequence[Any]) -> None:
        """Show these, in this order or in the one that a heading was clicked for."""
        self._given = list(records)
        wanted = self._ordered()
        here, there = [record.id for record in self.records], [record.id for record in wanted]
        if self._adding and len(there) > len(here) and there[: len(here)] == here:
            # What was typed into the last row has become a record: the keyboard stays in it, and the next empty
            # row comes below.
            last = self._count - 1
            self.records = wanted
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(self.columns) - 1))
            self.beginInsertRows(TOP, last + 1, len(there))
            self._count = len(there) + 1
            self.endInsertRows()
            return
        keys = [*there, NEXT] if self._more else there
        self.show_rows(keys, self.columns, lambda: self._take(wanted, len(keys)))

    @property
    def _more(self) -> bool:
        return self.adds and self._desk.writable

    def _take(self, records: list[Any], count: int) -> None:
        self.records, self._count = records, count

    def _ordered(self) -> list[Any]:
        if self._ordered_by is None:
            return list(self._given)
        field, down = self.fields[self._ordered_by[0]], self._ordered_by[1]
        full = [record for record in self._given if not field.key(record)[0]]
        rest = [record for record in self._given if field.key(record)[0]]
        return sorted(full, key=field.key, reverse=down) + rest

    def rowCount(self, parent: Index = TOP) -> int:
        """Count the rows, with the one for the next record."""
        return 0 if parent.isValid() else self._count

    def record(self, row: int) -> Any:
        """Give a row's record; None for the one that is typed next."""
        return self.records[row] if 0 <= row < len(self.records) else None

    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        record = self.record(row)
        if record is None:
            return self._prompt if column == self.first else ""
        text = self.fields[column].text(record)
        return text or (NOBODY if is_ghost(record) and column == self.first else "")

    def ticked(self, row: int, column: int) -> bool | None:
        """Say whether a cell holds a tick that is set; None where it is none."""
        record = self.record(row)
        if record is None or is_ghost(record) or not self.fields[column].ticks:
            return None
        return self.text(row, column) == "yes"

    def edited(self, row: int, column: int) -> str:
        """Begin the next record with nothing."""
        record = self.record(row)
        return self.edited_of(record, column) if record is not None else ""

    def edited_of(self, record: Any, column: int) -> str:
        """Give the text with which the editor of a record begins."""
        return self.fields[column].text(record)

    def copied(self, row: int, column: int) -> str:
        """Copy what is there, not the words that ask for more."""
        return self.edited(row, column)

    def ink(self, row: int, column: int) -> str:
        """Write what can't be typed here, and the last row, in a softer colour."""
        record = self.record(row)
        return "muted" if record is None or is_ghost(record) else self.fields[column].field.ink

    def tone(self, row: int, column: int) -> Tone | None:
        """Make a chip of what has a tone."""
        record, tone = self.record(row), self.fields[column].field.tone
        return tone(record) if record is not None and tone is not None else None

    def tip(self, row: int, column: int) -> str:
        """Say how the next one is begun."""
        return "" if self.record(row) is not None else "Type here, or paste rows from a spreadsheet"

    def row_key(self, row: int) -> str:
        """Know a row by its record."""
        record = self.record(row)
        return NEXT if record is None else str(record.id)

    def row_of_key(self, key: str) -> int | None:
        """Find that row again."""
        if key == NEXT:
            return len(self.records) if self._more else None
        return next((at for at, record in enumerate(self.records) if record.id == key), None)

    def can_sort(self, column: int) -> bool:
        """Let headings order the rows, where they have no order of their own."""
        return not self.placed

    def sort_by(self, column: int, descending: bool) -> None:
        """Order the rows by a column."""
        self._ordered_by = (column, descending)
        self.beginResetModel()
        self.records = self._ordered()
        self.endResetModel()

    # ---------------------------------------------------------------------------------------- what is typed
    def can_write(self, row: int, column: int) -> bool:
        """Say whether a cell can be typed into."""
        field = self.fields[column].field
        late = field.later and self.record(row) is None
        return self._desk.writable and not field.read_only and not late

    def completions(self, index: Index, text: str) -> list[str]:
        """List what may be meant."""
        return self.fields[index.column()].offers(text)

    def why_not(self, index: Index, text: str) -> str:
        """Say below the editor why that can't be kept."""
        record = self.record(index.row())
        if record is None and not text.strip():
            return ""
        try:
            made = self._made(record, {index.column(): text})
        except UserError as error:
            return str(error)
        return self.wrong_together([made]) if made != record else ""

    def _made(self, record: Any, texts: dict[int, str]) -> Any:
        """Give a record with what was typed for it, or a new one; raises UserError with one sentence."""
        if record is None:
            values = {
                self.fields[column].field.name: self._read(column, text) for column, text in texts.items() if text
            }
            made = self._new(values)
        else:
            made = record
            for column, text in texts.items():
                if text != self.edited_of(record, column):
                    made = self.fields[column].put(made, self._read(column, text))
        if made != record and (wrong := wrong_with(made)):
            raise UserError(wrong)
        return made

    def _read(self, column: int, text: str) -> Any:
        try:
            return self.fields[column].read(text.strip())
        except UserError as error:
            raise _Here(str(error), column) from None

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all of it as one edit, or nothing; answer with what is wrong, in one sentence."""
        by_row: dict[int, dict[int, str]] = {}
        for cell in cells:
            record = self.record(cell.row)
            if self.fields[cell.column].field.read_only:
                if record is None or cell.text == self.edited_of(record, cell.column):
                    continue
                return f"{self._where(cell.row, cell.column)} can\u2019t be typed here. Nothing was written."
            by_row.setdefault(cell.row, {})[cell.column] = cell.text.strip()
        changed: list[tuple[Any, Any]] = []
        added: list[Any] = []
        for row, texts in sorted(by_row.items()):
            record = self.record(row)
            if record is None and not any(texts.values()):
                continue
            try:
                made = self._made(record, texts)
            except UserError as error:
                column = error.column if isinstance(error, _Here) else min(texts)
                return f"{self._where(row, column)}: {error} Nothing was written."
            if record is None:
                added.append(made)
            elif made != record:
                changed.append((made, record))
        begun = [replace(made, id=new_id()) for made, was in changed if is_ghost(was)]
        changed = [(made, was) for made, was in changed if not is_ghost(was)]
        if wrong := self.wrong_together([*(made for made, _ in changed), *begun, *added]):
            return f"{wrong} Nothing was written."
        if changed or begun or added:
            self._write(self.together(changed), [*begun, *self._placed(added)], cells, label)
        return ""

    def together(self, changed: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """Give changed records, each with what it was, with those that have to change with them."""
        return changed

    def wrong_together(self, records: Sequence[Any]) -> str:
        """Say in one sentence what is wrong with these changed and new records beside the others, or nothing."""
        return ""

    def _where(self, row: int, column: int) -> str:
        return f"Row {row + 1:,}, {self.fields[column].field.title}"

    def _placed(self, added: list[Any]) -> list[Any]:
        """Put new records below all others."""
        if not self.placed:
            return added
        first = max((record.position for record in self.records), default=0) + 1
        return [replace(record, position=first + at) for at, record in enumerate(added)]

    def _write(self, changed: list[tuple[Any, Any]], added: list[Any], cells: Sequence[Cell], label: str) -> None:
        if added:
            said = f"Add {self.counted(added)}"
            label = f"{said} and change {len(changed):,}" if changed else said
        elif not label or len(cells) == 1:
            label = self.changed_words(self.fields[cells[0].column].field, *changed[0])
        self._adding = bool(added)
        try:
            self._desk.edit(
                label,
                lambda edit: (
                    [edit.save(record, was=was) for record, was in changed],
                    [edit.save(record) for record in added],
                ),
            )
        finally:
            self._adding = False

    def changed_words(self, field: SheetField, made: Any, was: Any) -> str:
        """Name the edit that changed one cell."""
        return f"Change {field.what} of {self._words(was)}"

    def counted(self, records: Sequence[Any]) -> str:
        """Name one record, or say how many there are."""
        if len(records) == 1:
            return self._words(records[0])
        return f"{len(records):,} {self._noun[1]}"

    def toggle(self, cells: Sequence[tuple[int, int]]) -> str | None:
        """Turn ticks over, all of them to the same."""
        ticks = [cell for cell in cells if self.ticked(*cell) is not None and self.can_write(*cell)]
        if not ticks:
            return None
        to = "no" if self.ticked(*ticks[0]) else "yes"
        many = f"Tick {len(ticks):,} boxes" if to == "yes" else f"Untick {len(ticks):,} boxes"
        return self.write([Cell(row, column, to) for row, column in ticks], many)

    # ------------------------------------------------------------------------------------ removed and moved
    def remove(self, rows: Sequence[int]) -> None:
        """Remove the records of these rows."""
        gone = [record for row in rows if (record := self.record(row)) is not None and not is_ghost(record)]
        if gone and self._desk.writable:
            self._desk.edit(f"Remove {self.counted(gone)}", lambda edit: [edit.delete(record) for record in gone])

    def move(self, rows: Sequence[int], by: int) -> bool:
        """Move the records of these rows, together, up (-1) or down (1); False where there is no room or no order."""
        chosen = sorted(row for row in rows if self.record(row) is not None)
        if not chosen or not self.placed or not self._desk.writable:
            return False
        if (chosen[0] if by < 0 else len(self.records) - 1 - chosen[-1]) < 1:
            return False
        wanted = list(self.records)
        for row in chosen if by < 0 else reversed(chosen):
            wanted[row + by], wanted[row] = wanted[row], wanted[row + by]
        places = sorted(map(attrgetter("position"), self.records))
        if len(set(places)) < len(places):
            places = list(range(1, len(wanted) + 1))
        moved = [
            (replace(record, position=place), record)
            for record, place in zip(wanted, places, strict=True)
            if record.position != place
        ]
        label = f"Move {self.counted([self.records[row] for row in chosen])} {'up' if by < 0 else 'down'}"
        self._desk.edit(label, lambda edit: [edit.save(record, was=was) for record, was in moved])
        return True


class _Here(UserError):
    """What is wrong in a certain column."""

    def __init__(self, sentence: str, column: int) -> None:
        super().__init__(sentence)
        self.column = column


def _column(field: SheetField, *, fixed: bool) -> SheetColumn:
    return SheetColumn(
        key=field.name,
        title=field.title,
        width=field.width,
        figures=field.figures,
        grows=field.grows,
        shown=field.shown,
        fixed=fixed,
        tip=field.tip,
    )
