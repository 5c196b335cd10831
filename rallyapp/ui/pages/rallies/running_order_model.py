"""The lines of a running order as the rows of a sheet, with their times worked out; an empty row for the next line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex

from rallyapp.domain.ids import ProgrammeItemId, SpeakerId, new_id
from rallyapp.domain.plan import as_read
from rallyapp.domain.problems import UserError
from rallyapp.domain.programme_edits import (
    Order,
    difference,
    duplicated,
    inserted,
    moved_by,
    moved_to,
    read_minutes,
    read_start,
    split,
    without,
)
from rallyapp.domain.programme_issues import Change, Kind, since_last, versions
from rallyapp.domain.rallies import ProgrammeItem, Speaker
from rallyapp.domain.running_order import Line, running_order_of, who_words
from rallyapp.domain.times import clock
from rallyapp.store import Edit
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.record_fields import wrong_with
from rallyapp.ui.models.sheet import Cell, Index, SheetModel
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.pages.rallies.running_order_columns import (
    COLUMNS,
    CUE,
    MINUTES,
    SINCE,
    STAGE,
    START,
    TITLE,
    TOTAL,
    TYPED,
    WHO,
)
from rallyapp.ui.pages.rallies.running_order_words import (
    NEW_SPEAKER,
    free_bare_times,
    label_of,
    named,
    offered,
    start_words,
)

TOP = QModelIndex()
PROMPT = "Type the next line\u2026"
_INK = {Kind.NEW: "met", Kind.MOVED: "accent", Kind.CHANGED: "short", Kind.DROPPED: "nobody"}


class ProgrammeModel(SheetModel):
    """The rows. A line that is typed is written as soon as it has a title; until then its other cells wait in here."""

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        super().__init__()
        self._desk = desk
        self.columns = COLUMNS
        self.seen: Seen | None = None
        self.lines: tuple[Line, ...] = ()
        self.changed: Mapping[str, Change] = {}
        self._next = 0  # the row in which the next line is typed
        self._next_id = new_id()
        self._half: dict[int, str] = {}  # what is typed for it already

    # ------------------------------------------------------------------------------------------ what is shown
    def show(self, seen: Seen) -> None:
        """Show a rally's running order as it is now."""
        other = self.seen is None or self.seen.rally.id != seen.rally.id
        lines = running_order_of(seen.plan, seen.rally)
        next_id, at = self._next_id, min(self._next, len(lines))
        if other or at >= len(self.lines) or any(line.item.id == next_id for line in lines):
            at = len(lines)
        half = {} if other or any(line.item.id == next_id for line in lines) else self._half
        if any(line.item.id == next_id for line in lines):
            next_id = new_id()
        changed = {change.line: change for change in since_last(seen.plan, seen.rally)}
        keys: list[str] = [line.item.id for line in lines]
        if self._desk.writable:
            keys.insert(at, next_id)

        last = next(iter(versions(seen.plan, seen.rally)), None)
        columns = COLUMNS[:SINCE]
        if last is not None:
            columns += (replace(COLUMNS[SINCE], title=f"Since v{last.number}"),)

        def take() -> None:
            self.seen, self.lines, self.changed = seen, lines, changed
            self._next, self._next_id, self._half = at, next_id, half
            self.columns = columns

        self.show_rows(keys, columns, take)

    @property
    def order(self) -> tuple[ProgrammeItem, ...]:
        """The lines as they stand."""
        return tuple(line.item for line in self.lines)

    def line(self, row: int) -> Line | None:
        """Give the line of a row; None for the one that is typed next."""
        if not self._desk.writable:
            return self.lines[row] if 0 <= row < len(self.lines) else None
        if row == self._next or not 0 <= row <= len(self.lines):
            return None
        return self.lines[row - (row > self._next)]

    def rowCount(self, parent: Index = TOP) -> int:
        """Count the rows, with the one for the next line."""
        if parent.isValid() or self.seen is None:
            return 0
        return len(self.lines) + self._desk.writable

    def row_key(self, row: int) -> str:
        """Know a row by its line, the next one by the id that it will have."""
        line = self.line(row)
        return self._next_id if line is None else line.item.id

    def row_of_key(self, key: str) -> int | None:
        """Find that row again."""
        if key == self._next_id:
            return self._next if self._desk.writable else None
        place = next((at for at, line in enumerate(self.lines) if line.item.id == key), None)
        return None if place is None else place + (self._desk.writable and place >= self._next)

    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        line = self.line(row)
        if line is None:
            return self._half.get(column, PROMPT if column == TITLE else "")
        if column == START:
            return clock(line.item.fixed or line.starts)
        if column == TOTAL:
            return str(line.total)
        if column == SINCE:
            return self._since(line)
        return self._typed(line, column)

    def _typed(self, line: Line, column: int) -> str:
        """Give what can be typed of a line, as it was typed."""
        item = line.item
        assert self.seen is not None
        return {
            START: clock(item.fixed) if item.fixed else "",
            TITLE: item.title,
            MINUTES: str(item.minutes),
            WHO: who_words(self.seen.plan, item),
            STAGE: item.stage_note,
            CUE: item.cue,
        }.get(column, "")

    def _since(self, line: Line) -> str:
        change = self.changed.get(line.item.id)
        if change is None:
            return ""
        was = f"was {clock(change.before.starts)}" if change.before is not None and change.later else str(change.kind)
        return f"{change.kind.sign} {was}"

    def edited(self, row: int, column: int) -> str:
        """Begin with what was typed: the start of a free line is worked out, and begins empty."""
        line = self.line(row)
        return self._half.get(column, "") if line is None else self._typed(line, column)

    def copied(self, row: int, column: int) -> str:
        """Copy what is there, and say which times are fixed; not the words that ask for more."""
        line = self.line(row)
        if line is None:
            return self._half.get(column, "")
        return f"{clock(line.item.fixed)} fixed" if column == START and line.item.fixed else self.text(row, column)

    def ink(self, row: int, column: int) -> str:
        """Write what is worked out, and the empty row, in a softer colour."""
        line = self.line(row)
        if line is None or column == TOTAL:
            return "muted"
        if column == SINCE and (change := self.changed.get(line.item.id)):
            return _INK[change.kind]
        return "short" if column == MINUTES and not line.item.minutes else "text"

    def strong(self, row: int, column: int) -> bool:
        """Let what is said on the stage stand out."""
        return column == TITLE and self.line(row) is not None

    def tip(self, row: int, column: int) -> str:
        """Say what a cell has no room for."""
        line = self.line(row)
        if line is None:
            return "Type here, or paste lines from a spreadsheet"
        if column == START:
            return start_words(line)
        if column == SINCE and (change := self.changed.get(line.item.id)):
            return change.words
        if column == WHO and self.seen is not None and (speaker := self.seen.plan.find(Speaker, line.item.speaker_id)):
            arrives = f"Arrives at {clock(speaker.arrives)}" if speaker.arrives else "Arrival not entered"
            return "\n".join(
                filter(None, (speaker.organisation, arrives, "" if speaker.confirmed else "Not confirmed"))
            )
        return ""

    # ---------------------------------------------------------------------------------------- what is typed
    def can_write(self, row: int, column: int) -> bool:
        """Say whether a cell can be typed into."""
        return self._desk.writable and column in TYPED

    def completions(self, index: Index, text: str) -> list[str]:
        """Offer speakers; a name that is none yet as words, or as a new speaker."""
        if index.column() != WHO or self.seen is None:
            return []
        return offered([speaker.name for speaker in self._speakers()], text)

    def _speakers(self) -> tuple[Speaker, ...]:
        return self.seen.plan.of(Speaker, "rally_id", self.seen.rally.id) if self.seen else ()

    def why_not(self, index: Index, text: str) -> str:
        """Say below the editor why that can't be kept."""
        line = self.line(index.row())
        try:
            if line is None:
                self._made(self._blank(), None, {**self._half, index.column(): text}, [], titled=False)
            else:
                self._made(line.item, line, {index.column(): text}, [])
        except UserError as error:
            return str(error)
        return ""

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all of it as one edit, or nothing; answer with what is wrong, in one sentence."""
        by_row: dict[int, dict[int, str]] = {}
        for cell in cells:
            if cell.column in TYPED:
                by_row.setdefault(cell.row, {})[cell.column] = cell.text.strip()
        if label.startswith("Paste"):
            free_bare_times(by_row, START)
        if not by_row or self.seen is None:
            return ""
        all_new = min(by_row) == self._next
        if all_new and len(by_row) == 1:
            by_row[self._next] = {**self._half, **by_row[self._next]}
            if len(cells) == 1 and not by_row[self._next].get(TITLE):
                self._half = by_row[self._next]
                self.dataChanged.emit(self.index(self._next, 0), self.index(self._next, len(self.columns) - 1))
                return ""
        speakers: list[Speaker] = []
        known: dict[str, ProgrammeItem] = {}
        added: list[ProgrammeItem] = []
        for row, texts in sorted(by_row.items()):
            line = None if all_new else self.line(row)
            if line is None and not any(texts.values()):
                continue
            try:
                item = line.item if line else self._blank(first=row == self._next)
                made = self._made(item, line, texts, speakers)
            except UserError as error:
                return str(error) if len(cells) == 1 else f"Row {row + 1}: {error} Nothing was written."
            if line is None:
                added.append(made)
            else:
                known[line.item.id] = made
        order = [known.get(item.id, item) for item in self.order]
        after = inserted(order, added, self._next if all_new else len(order))
        self.save(label_of(cells, label, self.order, added, list(known.values())), after, speakers)
        return ""

    def _blank(self, *, first: bool = True) -> ProgrammeItem:
        assert self.seen is not None
        id = ProgrammeItemId(self._next_id if first else new_id())
        return ProgrammeItem(id=id, rally_id=self.seen.rally.id, position=0, title="", minutes=0)

    def _made(
        self,
        item: ProgrammeItem,
        line: Line | None,
        texts: Mapping[int, str],
        speakers: list[Speaker],
        *,
        titled: bool = True,
    ) -> ProgrammeItem:
        """Give a line with what was typed for it; new ``speakers`` are added to those. Raises UserError."""
        assert self.seen is not None
        rally, made = self.seen.rally, item
        ends = self.lines[-1].ends if self.lines else rally.starts
        try:
            for column, text in texts.items():
                if column == START:
                    made = replace(made, fixed=read_start(text, rally=rally, near=line.starts if line else ends))
                elif column == MINUTES:
                    made = replace(made, minutes=read_minutes(text))
                elif column == WHO:
                    made = self._with_who(made, text, speakers)
                elif column == TITLE:
                    made = replace(made, title=text)
                elif column == STAGE:
                    made = replace(made, stage_note=text)
                elif column == CUE:
                    made = replace(made, cue=text)
        except ValueError as error:
            raise UserError(f"{error}.") from None
        if titled and not made.title.strip():
            raise UserError("A line needs a title; Del takes a line out.")
        if made != item and titled and (wrong := wrong_with(made)):
            raise UserError(wrong)
        return made

    def _with_who(self, item: ProgrammeItem, text: str, speakers: list[Speaker]) -> ProgrammeItem:
        """Give a line to a speaker of that name, or to whoever was typed."""
        assert self.seen is not None
        new = text.startswith(NEW_SPEAKER)
        name = text.removeprefix(NEW_SPEAKER).strip()
        wanted = as_read(name)
        found = next((each for each in (*self._speakers(), *speakers) if as_read(each.name) == wanted), None)
        if found is None and new and name:
            found = Speaker(id=SpeakerId(new_id()), rally_id=self.seen.rally.id, name=name)
            speakers.append(found)
        if found is not None and wanted:
            return replace(item, speaker_id=found.id, who="")
        return replace(item, speaker_id=None, who=name)

    # ------------------------------------------------------------------------------------------ done to lines
    def save(self, label: str, after: Order, speakers: Sequence[Speaker] = ()) -> None:
        """Write what is to become of the running order as one edit."""
        wanted = difference(self.order, after)
        if not (wanted.anything or speakers) or not self._desk.writable:
            return

        def write(edit: Edit) -> None:
            for speaker in speakers:
                edit.save(speaker)
            for item, was in wanted.saved:
                edit.save(item, was=was)
            for item in wanted.gone:
                edit.delete(item)

        self._desk.edit(label, write)

    def items(self, rows: Sequence[int]) -> list[ProgrammeItem]:
        """Give the lines of rows."""
        return [line.item for row in rows if (line := self.line(row)) is not None]

    def remove(self, rows: Sequence[int]) -> None:
        """Take lines out."""
        if gone := self.items(rows):
            self.save(f"Remove {named(gone)}", without(self.order, {item.id for item in gone}))

    def move(self, rows: Sequence[int], *, down: bool) -> None:
        """Move lines one up or down."""
        if moving := self.items(rows):
            way = "down" if down else "up"
            self.save(f"Move {named(moving)} {way}", moved_by(self.order, {each.id for each in moving}, down))

    def move_to(self, ids: Sequence[str], row: int) -> None:
        """Put lines before a row."""
        moving = [item for item in self.order if item.id in ids]
        place = row - (self._desk.writable and row > self._next)
        if moving:
            after = moved_to(self.order, set(ids), place)
            at = next(at for at, item in enumerate(after) if item.id in ids)
            where = f"after {after[at - 1].title}" if at else "to the top"
            self.save(f"Move {named(moving)} {where}", after)

    def duplicate(self, rows: Sequence[int]) -> None:
        """Put a copy below each line."""
        if copied := self.items(rows):
            after = duplicated(self.order, {item.id for item in copied}, new_id)
            self.save(f"Duplicate {named(copied)}", after)

    def split(self, row: int) -> None:
        """Make two lines of one."""
        line = self.line(row)
        if line is not None and line.item.minutes > 1:
            self.save(f"Split {line.item.title} in two", split(self.order, line.item.id, new_id))

    def fix(self, row: int) -> None:
        """Fix a line to the time at which it starts now, or set it free again."""
        line = self.line(row)
        if line is not None:
            text = "" if line.item.fixed else clock(line.starts)
            self.write([Cell(row, START, text)], "")

    def open_at(self, row: int) -> int:
        """Bring the empty row before another one; give where it is then."""
        place = row - (row > self._next)
        if self.seen is not None and self._desk.writable and place != self._next:
            self.beginResetModel()
            self._next = place
            self.endResetModel()
        return self._next
