"""The shifts of one post as a sheet: what is typed, pasted or filled down is one edit, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rallyapp.domain.ids import ShiftId
from rallyapp.domain.plan import Plan
from rallyapp.domain.post_edits import add_shifts, affected, retime_shift, set_numbers
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.rota_work import RotaEdit, after, combined
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.sheet import Cell, Column, Index
from rallyapp.ui.pages.rallies.post_grid import RowsModel
from rallyapp.ui.pages.rallies.post_models import Write, numbers_of, span_of
from rallyapp.ui.pages.rallies.post_rows import PRIORITIES, PostRow, ShiftRow

SHIFT_TIMES, SHIFT_NEEDS, SHIFT_PRIORITY, SHIFT_WHO, SHIFT_STATE = range(5)
_SHIFTS = (
    Column(key="times", title="Shift", width=130, fixed=True, tip="11-2, 10am to 1pm"),
    Column(key="needs", title="Needs", width=110, tip="2, 2-3, or 2-4, 3 wished"),
    Column(key="priority", title="Priority", width=150),
    Column(key="who", title="On it", width=200, grows=1),
    Column(key="state", title="State", width=110),
)


class ShiftModel(RowsModel):
    """The shifts of one post."""

    prompt = "Add a shift\u2026"

    def __init__(self, write_edit: Write) -> None:
        """Take who writes."""
        super().__init__()
        self.columns = _SHIFTS
        self._write = write_edit
        self.plan, self.day = Plan(), date.min
        self.rows: tuple[ShiftRow, ...] = ()
        self.post: Post | None = None

    def show(self, plan: Plan, rally: Rally, row: PostRow | None, *, writable: bool) -> None:
        """Show the shifts of a post."""
        shifts = row.shifts if row else ()
        writable = writable and row is not None

        def take() -> None:
            self.plan, self.day, self.rows = plan, rally.starts.date(), shifts
            self.post = row.post if row else None
            self.writable = writable
            self.keys = [each.shift.id for each in shifts]

        self.show_rows([*(each.shift.id for each in shifts), *(["+"] if writable else [])], self.columns, take)

    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        if self.is_next(row):
            return self.prompt if column == SHIFT_TIMES else ""
        shown = self.rows[row]
        needs = " + ".join(filter(None, (shown.needs, shown.others)))
        return (shown.times, needs or "\u2013", shown.priority, shown.who or "\u2013", shown.filled.chip)[column]

    def ink(self, row: int, column: int) -> str:
        """Write what is not there, and what is cancelled, in a softer colour."""
        soft = self.is_next(row) or self.rows[row].shift.cancelled or self.text(row, column) == "\u2013"
        return "muted" if soft or column == SHIFT_PRIORITY else "text"

    def strong(self, row: int, column: int) -> bool:
        """Write times strongly."""
        return column == SHIFT_TIMES and not self.is_next(row)

    def tone(self, row: int, column: int) -> Tone | None:
        """Show the state as a chip."""
        return self.rows[row].filled.tone if column == SHIFT_STATE and not self.is_next(row) else None

    def tip(self, row: int, column: int) -> str:
        """Say what a chip means."""
        return self.rows[row].filled.words if column == SHIFT_STATE and not self.is_next(row) else ""

    def can_write(self, row: int, column: int) -> bool:
        """Let times, needs and priority be typed."""
        return self.writable and column <= (SHIFT_TIMES if self.is_next(row) else SHIFT_PRIORITY)

    def edited(self, row: int, column: int) -> str:
        """Begin with what can be typed."""
        if self.is_next(row):
            return ""
        shown = self.rows[row]
        if column == SHIFT_TIMES:
            return shown.shift.words.split(" (")[0]
        return shown.needs if column == SHIFT_NEEDS else self.text(row, column)

    def completions(self, index: Index, text: str) -> list[str]:
        """List the priorities."""
        if index.column() != SHIFT_PRIORITY:
            return []
        return [word for word in PRIORITIES.values() if word.casefold().startswith(text.strip().casefold())]

    def why_not(self, index: Index, text: str) -> str:
        """Say what is wrong with what is typed."""
        try:
            if index.column() == SHIFT_TIMES and text.strip():
                span_of(text, self.day)
            elif index.column() == SHIFT_NEEDS:
                numbers_of(text)
            elif index.column() == SHIFT_PRIORITY:
                _priority(text)
        except UserError as error:
            return f"{error}."
        return ""

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all that was typed as one edit, or nothing."""
        post, plan = self.post, self.plan
        typed = [cell for cell in cells if cell.text.strip() and cell.column <= SHIFT_PRIORITY]
        if post is None or not typed:
            return ""
        steps = []
        try:
            for cell in typed:
                for step in self._steps(plan, post, cell):
                    plan = after(plan, step)
                    steps.append(step)
        except UserError as error:
            return f"{str(error).rstrip('.')}. Nothing was changed."
        change = combined(steps)
        if len(typed) > 1:
            words = f"Change {len(typed)} cells of {post.name}"
        elif self.is_next(typed[0].row):
            words = f"Add a shift to {post.name}"
        else:
            what = ("times", "needs", "priority")[typed[0].column]
            words = f"Change the {what} of {post.name}, {self.rows[typed[0].row].times}"
        told = affected(plan, change)
        self._write(self.plan, label or words, change, f"{words}. {told}".strip())
        return ""

    def _steps(self, plan: Plan, post: Post, cell: Cell) -> Iterator[RotaEdit]:
        if self.is_next(cell.row):
            if cell.column == SHIFT_TIMES:
                yield add_shifts(plan, post.id, *span_of(cell.text, self.day))
            return
        shift = self.rows[cell.row].shift
        if cell.column == SHIFT_TIMES:
            yield retime_shift(plan, ShiftId(shift.id), *span_of(cell.text, shift.starts.date()))
        elif cell.column == SHIFT_NEEDS:
            yield set_numbers(plan, [shift.id], numbers_of(cell.text))
        else:
            yield RotaEdit(saved=(replace(shift, priority=_priority(cell.text)),))


def _priority(text: str) -> int:
    plain = text.strip().casefold()
    for number, words in PRIORITIES.items():
        if plain in (str(number), words.casefold()):
            return number
    raise UserError(f"\u201c{text}\u201d is no priority: write a number from 1 to 5, or one of those below")
