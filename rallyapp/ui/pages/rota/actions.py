"""Everything that can be done with the shifts of the rota, each with its key: what a drag does, too, has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from rallyapp import carried
from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.domain.pickets import Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rota_edits import (
    copy_shifts,
    delete_shifts,
    move_entrance,
    move_shifts,
    reinstate_shifts,
    resize_shift,
)
from rallyapp.domain.rota_message import rota_message
from rallyapp.domain.rota_work import RotaEdit, after, combined
from rallyapp.domain.times import clock, minutes_words
from rallyapp.store.rota_queries import rota_around
from rallyapp.ui import theme
from rallyapp.ui.pages.rota.cells import headings
from rallyapp.ui.pages.rota.forms import Forms
from rallyapp.ui.pages.rota.places import Kind, RotaLine
from rallyapp.ui.pages.rota.reading import Shown
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.widgets.copying import as_table
from rallyapp.ui.widgets.timeline import Moved, Resized

if TYPE_CHECKING:
    from rallyapp.ui.pages.rota.page import RotaPage

_STEP, _LINE_STEP = 15, 30  # minutes
_HEADINGS = ("Site", "Entrance", "Day", "Start", "End", "Who", "Filled", "State")


class RotaActions(QObject):
    """The actions of a page, and what a drag on its timeline does."""

    def __init__(self, page: RotaPage) -> None:
        """Add the actions to the page."""
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self.forms = Forms(page)
        one = self._action
        self.earlier = one("Move 15 minutes &earlier", "Alt+Left", lambda: self._by(-_STEP))
        self.later = one("Move 15 minutes &later", "Alt+Right", lambda: self._by(_STEP))
        self.up = one("Move to the entrance &above", "Alt+Up", lambda: self._to_next(-1))
        self.down = one("Move to the entrance &below", "Alt+Down", lambda: self._to_next(1))
        self.longer = one("End 15 minutes later", "Alt+Shift+Right", lambda: self._lengthen(_STEP))
        self.shorter = one("End 15 minutes earlier", "Alt+Shift+Left", lambda: self._lengthen(-_STEP))
        self.all_earlier = one(
            "Move the whole entrance 30 minutes earlier", "Ctrl+Alt+Left", lambda: self.move_line(-_LINE_STEP)
        )
        self.all_later = one(
            "Move the whole entrance 30 minutes later", "Ctrl+Alt+Right", lambda: self.move_line(_LINE_STEP)
        )
        self.add = one("&Add a shift\u2026", "Ctrl+Shift+N", self.forms.add)
        self.cut = one("Cut a &window into shifts\u2026", "Ctrl+Shift+X", self.forms.cut)
        self.duplicate = one("&Duplicate", "Ctrl+Shift+D", self.duplicate_shifts)
        self.copy_to = one(
            "&Copy to another entrance or day\u2026", "Ctrl+Shift+E", lambda: self.forms.copy_shifts(page.selected())
        )
        self.copy_day = one("Copy this da&y to\u2026", "Ctrl+Shift+Y", self.forms.copy_day)
        self.cancel = one("Ca&ncel with a reason\u2026", "Ctrl+Del", lambda: self.forms.cancel(page.selected()))
        self.reinstate = one("&Reinstate", "Ctrl+Ins", self.reinstate_shifts)
        self.delete = one("De&lete", "Shift+Del", self.delete_shifts)
        self.message = one("Copy as &message", "Ctrl+Shift+C", self.copy_message, writes=False)
        self.table = one("Copy as &table", "Ctrl+Shift+T", self.copy_table, writes=False)
        self.gaps = one(
            "Show only &gaps", "Ctrl+Shift+G", lambda: page.show_only_gaps(not page.only_gaps), writes=False
        )
        self._needing = (
            *(self.earlier, self.later, self.up, self.down, self.longer, self.shorter, self.duplicate, self.copy_to),
            *(self.cancel, self.reinstate, self.delete),
        )
        self.enable()

    def _action(self, text: str, keys: str, do: Callable[[], object], *, writes: bool = True) -> QAction:
        made = QAction(text, self._page)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(self._desk.tried(lambda: do()))
        made.setProperty("writes", writes)
        self._page.addAction(made)
        return made

    def enable(self) -> None:
        """Offer what can be done now."""
        some, writable = bool(self._page.selected()), self._desk.writable
        day = self._page.day() is not None
        for action in self._page.actions():
            if action.property("writes") is not None:
                action.setEnabled((writable or not action.property("writes")) and day)
        for action in self._needing:
            action.setEnabled(some and writable)
        self._name_kind()
        off = [shift for shift in self._chosen() if shift.row.off]
        self.reinstate.setEnabled(bool(off) and writable)
        self.cancel.setEnabled(writable and len(off) < len(self._page.selected()))

    def _name_kind(self) -> None:
        """Say "entrance", "post" or "stall", as what is chosen is."""
        line = self._page.line()
        kind = (
            self._page.rota.places.line(line).kind if line is not None and self._page.rota is not None else "entrance"
        )
        for action, words in (
            (self.up, "Move to the {} &above"),
            (self.down, "Move to the {} &below"),
            (self.all_earlier, "Move the whole {} 30 minutes earlier"),
            (self.all_later, "Move the whole {} 30 minutes later"),
            (
                self.copy_to,
                "&Copy to another entrance or day\u2026" if kind == "entrance" else "&Copy to another {}\u2026",
            ),
        ):
            action.setText(words.format(kind))

    def _chosen(self) -> list[Shown]:
        """Give the chosen shifts."""
        rota = self._page.rota
        return [shift for id in self._page.selected() if rota is not None and (shift := rota.shift(id)) is not None]

    def _need(self) -> list[Shown]:
        chosen = self._chosen()
        if not chosen:
            raise UserError("Choose a shift first: click it, or walk to it with the arrow keys.")
        return chosen

    # ------------------------------------------------------------------------------------ moving, resizing
    def _by(self, minutes: int) -> None:
        chosen = self._need()
        self.take_move(Moved(shifts=tuple(shift.id for shift in chosen), minutes=minutes))

    def _to_next(self, by: int) -> None:
        """Move what is chosen to the next line of its kind, above or below."""
        chosen, rota = self._need(), self._page.rota
        assert rota is not None
        shown, to = self._page.lines_shown(), {}
        for shift in chosen:
            line = rota.line(shift)
            order = [each.id for each in shown if each.kind is line.kind]
            at = order.index(line.id) + by
            if not 0 <= at < len(order):
                raise UserError(f"There is no {line.kind} {'below' if by > 0 else 'above'} to move the shift to.")
            to[shift.id] = order[at]
        self._move(Moved(shifts=tuple(to), minutes=0), to)

    def _lengthen(self, minutes: int) -> None:
        for shift in self._need()[:1]:
            row = shift.row
            ends = row.ends + timedelta(minutes=minutes)
            self.take_resize(Resized(shift=row.id, starts=row.starts, ends=ends))

    def take_move(self, moved: Moved) -> None:
        """Do what a drag or a key asked for: move shifts, or copy them."""
        self._move(moved, self._lines_of(moved))

    def _move(self, moved: Moved, to: Mapping[ShiftId, LineId]) -> None:
        plan = rota_around(self._desk.store, moved.shifts, lines=set(to.values()))
        do = copy_shifts if moved.copy else move_shifts
        change = do(plan, moved.shifts, moved.minutes, to)
        if write(self._desk, plan, self._moved_words(moved, to), lambda: change) and moved.copy:
            self._page.select(change.shifts)

    def _lines_of(self, moved: Moved) -> dict[ShiftId, LineId]:
        """Say to which line each shift goes that was dragged so many rows."""
        rota = self._page.rota
        if not moved.rows or rota is None:
            return {}
        order = [line.id for line in self._page.lines_shown()]
        shifts = [shift for id in moved.shifts if (shift := rota.shift(id)) is not None]
        return {shift.id: order[order.index(shift.row.line_id) + moved.rows] for shift in shifts}

    def _moved_words(self, moved: Moved, to: Mapping[ShiftId, LineId]) -> str:
        verb = "Copy" if moved.copy else "Move"
        rota = self._page.rota
        assert rota is not None
        shifts = [shift for id in moved.shifts if (shift := rota.shift(id)) is not None]
        if len(shifts) != 1:
            words = f"{verb} {self._nouns(shifts)}"
            if moved.minutes:
                words += f" {minutes_words(abs(moved.minutes))} {'later' if moved.minutes > 0 else 'earlier'}"
            return f"{words} to another {self._kind(shifts)}" if to else words
        (first,) = shifts
        starts = first.row.starts + timedelta(minutes=moved.minutes)
        line = rota.places.line(to.get(first.id, first.row.line_id))
        return f"{verb} {line.noun} to {clock(starts)}, {line.name}"

    def _kind(self, shifts: Sequence[Shown]) -> str:
        """Name what shifts are at, if it is one kind."""
        assert self._page.rota is not None
        kinds = {str(self._page.rota.line(shift).kind) for shift in shifts}
        return kinds.pop() if len(kinds) == 1 else "place"

    def _nouns(self, shifts: Sequence[Shown]) -> str:
        """Count shifts: "3 picket shifts", "4 shifts" where some are at posts."""
        assert self._page.rota is not None
        nouns = {self._page.rota.line(shift).noun for shift in shifts}
        return f"{len(shifts):,} {nouns.pop() if len(nouns) == 1 else 'shift'}s"

    def take_resize(self, resized: Resized) -> None:
        """Do what a drag of an edge, or a key, asked for."""
        plan = rota_around(self._desk.store, [resized.shift])
        rota = self._page.rota
        shift = rota.shift(resized.shift) if rota is not None else None
        if rota is None or shift is None:
            return
        line = rota.line(shift)
        label = f"Change {line.noun} to {clock(resized.starts)}\u2013{clock(resized.ends)}, {line.name}"
        change = resize_shift(plan, resized.shift, resized.starts, resized.ends)
        write(self._desk, plan, label, lambda: change)

    def move_line(self, minutes: int, id: LineId | None = None) -> None:
        """Move all shifts of a line that day, with its picket: of the chosen one, or where the keyboard is."""
        page, where = self._page, id or self._page.line()
        day, rota = page.day(), page.rota
        if day is None or where is None or rota is None:
            raise UserError("Choose a shift first: all shifts of its entrance, post or stall are moved.")
        line = rota.places.line(where)
        plan = rota_around(self._desk.store, days=[day.id], lines=[where])
        steps = list(self._steps(plan, line, minutes))
        if not any(step.any for step in steps):
            lacks = "picket on this strike day" if line.kind is Kind.ENTRANCE else "shift that could be moved"
            raise UserError(f"{line.name} has no {lacks}.")
        direction = "later" if minutes > 0 else "earlier"
        label = f"Move {line.name} {minutes_words(abs(minutes))} {direction}"
        write(self._desk, plan, label, lambda: combined(steps))

    def _steps(self, plan: Plan, line: RotaLine, minutes: int) -> Iterator[RotaEdit]:
        if line.kind is not Kind.ENTRANCE:
            field = "post_id" if line.kind is Kind.POST else "stall_id"
            yield move_shifts(plan, [shift.id for shift in plan.of(Shift, field, line.id)], minutes)
            return
        for picket in self._page.pickets.get(line.id, ()):
            if not picket.cancelled:
                step = move_entrance(plan, picket.id, minutes)
                plan = after(plan, step)
                yield step

    # -------------------------------------------------------------------------- copying, cancelling, deleting
    def duplicate_shifts(self) -> None:
        """Copy the chosen shifts to right after themselves, with what they need and nobody on them."""
        chosen = self._need()
        ids = [shift.id for shift in chosen]
        length = max(shift.row.ends for shift in chosen) - min(shift.row.starts for shift in chosen)
        plan = rota_around(self._desk.store, ids)
        try:
            change = copy_shifts(plan, ids, length // timedelta(minutes=1))
        except UserError:  # the strike day ends there: beside themselves, then
            change = copy_shifts(plan, ids)
        if write(self._desk, plan, f"Duplicate {_counted(len(ids))}", lambda: change):
            self._page.select(change.shifts)

    def reinstate_shifts(self) -> None:
        """Let the chosen cancelled shifts go ahead again."""
        ids = [shift.id for shift in self._need()]
        plan = rota_around(self._desk.store, ids)
        write(self._desk, plan, f"Reinstate {_counted(len(ids))}", lambda: reinstate_shifts(plan, ids))

    def delete_shifts(self) -> None:
        """Delete the chosen shifts; Undo brings them back with everybody on them."""
        chosen = self._need()
        ids = [shift.id for shift in chosen]
        plan = rota_around(self._desk.store, ids)
        label = f"Delete {self._nouns(chosen)}"
        if len(ids) == 1:
            assert self._page.rota is not None
            row, line = chosen[0].row, self._page.rota.line(chosen[0])
            label = f"Delete {line.noun} {clock(row.starts)}\u2013{clock(row.ends)}, {line.name}"
        change = delete_shifts(plan, ids)
        write(self._desk, plan, label, lambda: change)

    # ---------------------------------------------------------------------------------------- the clipboard
    def _wanted(self) -> list[Shown]:
        """Give the chosen shifts; with none chosen, all that are shown."""
        rota = self._page.rota
        shifts = self._chosen() or [shift for shift in (rota.shifts if rota is not None else ()) if shift.on]
        if not shifts:
            raise UserError("There is no shift to copy.")
        return shifts

    def copy_message(self) -> None:
        """Put the chosen shifts, or all, on the clipboard as a text for a group chat."""
        shifts = self._wanted()
        plan = rota_around(self._desk.store, [shift.id for shift in shifts])
        QGuiApplication.clipboard().setText(rota_message(plan, [shift.id for shift in shifts], carried.law()))
        self._desk.messages.news(
            f"Copied {_counted(len(shifts))} as a message: first names, times and places, no phone numbers."
        )

    def copy_table(self) -> None:
        """Put the chosen shifts, or all, on the clipboard as a table."""
        shifts, rota = self._wanted(), self._page.rota
        assert rota is not None
        lines: list[Sequence[object]] = [headings(_HEADINGS, rota)]
        for shift in shifts:
            row = shift.row
            who = ", ".join(one.typed(rota.supervisor(shift)) for one in shift.people)
            lines.append(
                (
                    rota.group_name(shift),
                    rota.line(shift).name,
                    row.starts.date().isoformat(),
                    clock(row.starts),
                    clock(row.ends),
                    who,
                    f"{row.heads} of {row.wished}",
                    shift.state,
                )
            )
        QGuiApplication.clipboard().setMimeData(as_table(lines))
        self._desk.messages.news(f"Copied {_counted(len(shifts))} as a table: paste it into a spreadsheet.")

    # ------------------------------------------------------------------------------------------------ menus
    def shift_menu(self) -> QMenu:
        """List what can be done with the chosen shifts."""
        menu = self._menu()
        for part in (
            self._page.person_actions(),
            (self.earlier, self.later, self.up, self.down),
            (self.duplicate, self.copy_to, self.message, self.table),
            (self.cancel, self.reinstate, self.delete),
        ):
            menu.addActions(list(part))
            menu.addSeparator()
        return menu

    def line_menu(self, id: LineId) -> QMenu:
        """List what can be done with an entrance, a post or a stall."""
        rota = self._page.rota
        assert rota is not None
        line, menu, tried = rota.places.line(id), self._menu(), self._desk.tried
        add = menu.addAction("Add a shift\u2026", tried(lambda: self.forms.add(id)))
        cut = menu.addAction("Cut a window into shifts\u2026", tried(lambda: self.forms.cut(id)))
        menu.addSeparator()
        whole = f"Move the whole {line.kind} 30 minutes"
        sooner = menu.addAction(f"{whole} earlier", tried(lambda: self.move_line(-_LINE_STEP, id)))
        later = menu.addAction(f"{whole} later", tried(lambda: self.move_line(_LINE_STEP, id)))
        for action in (add, cut, sooner, later):
            action.setEnabled(self._desk.writable)
        menu.addSeparator()
        menu.addAction(f"Show this {line.kind}", lambda: self._page.go_to_line(line))
        return menu

    def more_menu(self) -> QMenu:
        """List what can be done with the whole day."""
        menu = self._menu()
        for part in (
            (self.add, self.cut, self.copy_day),
            self._page.fill_actions(),
            (self.message, self.table),
        ):
            menu.addActions(list(part))
            menu.addSeparator()
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def tip_of(action: QAction) -> str:
    """Write an action's tip with its key."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return theme.plain_tip(f"{action.text().replace('&', '')} ({keys})")


def _counted(shifts: int) -> str:
    return "1 shift" if shifts == 1 else f"{shifts:,} shifts"
