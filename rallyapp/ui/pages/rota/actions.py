"""Everything that can be done with the shifts of the rota, each with its key: what a drag does, too, has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from rallyapp import carried
from rallyapp.domain.ids import EntranceId, ShiftId
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
from rallyapp.ui.pages.rota.forms import Forms
from rallyapp.ui.pages.rota.reading import Shown
from rallyapp.ui.pages.rota.writes import write
from rallyapp.ui.widgets.copying import as_table
from rallyapp.ui.widgets.timeline import Moved, Resized

if TYPE_CHECKING:
    from rallyapp.ui.pages.rota.page import RotaPage

_STEP, _ENTRANCE_STEP = 15, 30  # minutes
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
            "Move the whole entrance 30 minutes earlier", "Ctrl+Alt+Left", lambda: self.move_entrance(-_ENTRANCE_STEP)
        )
        self.all_later = one(
            "Move the whole entrance 30 minutes later", "Ctrl+Alt+Right", lambda: self.move_entrance(_ENTRANCE_STEP)
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
        off = [shift for shift in self._chosen() if shift.row.off]
        self.reinstate.setEnabled(bool(off) and writable)
        self.cancel.setEnabled(writable and len(off) < len(self._page.selected()))

    def _turn_gaps(self) -> None:
        self._page.show_only_gaps(not self._page.only_gaps)

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

    def _to_next(self, rows: int) -> None:
        chosen = self._need()
        self.take_move(Moved(shifts=tuple(shift.id for shift in chosen), minutes=0, rows=rows))

    def _lengthen(self, minutes: int) -> None:
        for shift in self._need()[:1]:
            row = shift.row
            ends = row.ends + timedelta(minutes=minutes)
            self.take_resize(Resized(shift=row.id, starts=row.starts, ends=ends))

    def take_move(self, moved: Moved) -> None:
        """Do what a drag or a key asked for: move shifts, or copy them."""
        to = self._entrances_of(moved)
        plan = rota_around(self._desk.store, moved.shifts, entrances=set(to.values()))
        do = copy_shifts if moved.copy else move_shifts
        change = do(plan, moved.shifts, moved.minutes, to)
        if write(self._desk, plan, self._moved_words(moved, to), lambda: change) and moved.copy:
            self._page.select(change.shifts)

    def _entrances_of(self, moved: Moved) -> dict[ShiftId, EntranceId]:
        """Say to which entrance each shift goes."""
        rota = self._page.rota
        if not moved.rows or rota is None:
            return {}
        order = self._page.entrances_shown()
        found = {}
        for id in moved.shifts:
            shift = rota.shift(id)
            if shift is None:
                continue
            at = order.index(shift.row.entrance_id) + moved.rows
            if not 0 <= at < len(order):
                raise UserError(f"There is no entrance {'below' if moved.rows > 0 else 'above'} to move the shift to.")
            found[id] = order[at]
        return found

    def _moved_words(self, moved: Moved, to: Mapping[ShiftId, EntranceId]) -> str:
        verb = "Copy" if moved.copy else "Move"
        rota = self._page.rota
        assert rota is not None
        first = rota.shift(moved.shifts[0])
        if len(moved.shifts) > 1 or first is None:
            words = f"{verb} {len(moved.shifts)} picket shifts"
            if moved.minutes:
                words += f" {minutes_words(abs(moved.minutes))} {'later' if moved.minutes > 0 else 'earlier'}"
            return f"{words} to another entrance" if to else words
        starts = first.row.starts + timedelta(minutes=moved.minutes)
        return f"{verb} picket shift to {clock(starts)}, {self._name(to.get(first.id, first.row.entrance_id))}"

    def take_resize(self, resized: Resized) -> None:
        """Do what a drag of an edge, or a key, asked for."""
        plan = rota_around(self._desk.store, [resized.shift])
        rota = self._page.rota
        shift = rota.shift(resized.shift) if rota is not None else None
        where = f", {self._name(shift.row.entrance_id)}" if shift is not None else ""
        label = f"Change picket shift to {clock(resized.starts)}\u2013{clock(resized.ends)}{where}"
        change = resize_shift(plan, resized.shift, resized.starts, resized.ends)
        write(self._desk, plan, label, lambda: change)

    def move_entrance(self, minutes: int, entrance: EntranceId | None = None) -> None:
        """Move all shifts of an entrance that day, with its picket: of the chosen one, or where the keyboard is."""
        page = self._page
        day, where = page.day(), entrance or page.entrance()
        if day is None or where is None:
            raise UserError("Choose a shift of the entrance first.")
        plan = rota_around(self._desk.store, days=[day.id], entrances=[where])
        now: Plan = plan
        steps: list[RotaEdit] = []
        for picket in page.pickets.get(where, ()):
            if not picket.cancelled:
                steps.append(move_entrance(now, picket.id, minutes))
                now = after(now, steps[-1])
        if not steps:
            raise UserError(f"{self._name(where)} has no picket on this strike day.")
        direction = "later" if minutes > 0 else "earlier"
        label = f"Move {self._name(where)} {minutes_words(abs(minutes))} {direction}"
        write(self._desk, plan, label, lambda: combined(steps))

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
        label = f"Delete {len(ids):,} picket shifts"
        if len(ids) == 1:
            row = chosen[0].row
            label = f"Delete picket shift {clock(row.starts)}\u2013{clock(row.ends)}, {self._name(row.entrance_id)}"
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
        names = {entrance.id: entrance.name for entrance in rota.places.entrances}
        lines: list[Sequence[object]] = [_HEADINGS]
        for shift in shifts:
            row = shift.row
            who = ", ".join(one.typed(rota.supervisor(shift)) for one in shift.people)
            lines.append(
                (
                    rota.places.sites[row.site_id].name,
                    names[row.entrance_id],
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

    def entrance_menu(self, entrance: EntranceId) -> QMenu:
        """List what can be done with an entrance."""
        menu = self._menu()
        tried = self._desk.tried
        add = menu.addAction("Add a shift\u2026", tried(lambda: self.forms.add(entrance)))
        cut = menu.addAction("Cut a window into shifts\u2026", tried(lambda: self.forms.cut(entrance)))
        menu.addSeparator()
        sooner = menu.addAction(
            "Move the whole entrance 30 minutes earlier",
            tried(lambda: self.move_entrance(-_ENTRANCE_STEP, entrance)),
        )
        later = menu.addAction(
            "Move the whole entrance 30 minutes later", tried(lambda: self.move_entrance(_ENTRANCE_STEP, entrance))
        )
        for action in (add, cut, sooner, later):
            action.setEnabled(self._desk.writable)
        menu.addSeparator()
        menu.addAction("Show this entrance", lambda: self._page.go_to_entrance(entrance))
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

    def _name(self, entrance: EntranceId) -> str:
        rota = self._page.rota
        assert rota is not None
        return next(each.name for each in rota.places.entrances if each.id == entrance)


def tip_of(action: QAction) -> str:
    """Write an action's tip with its key."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return theme.plain_tip(f"{action.text().replace('&', '')} ({keys})")


def _counted(shifts: int) -> str:
    return "1 shift" if shifts == 1 else f"{shifts:,} shifts"
