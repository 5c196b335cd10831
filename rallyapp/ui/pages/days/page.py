"""The page of the strike days: a list or a calendar, a new day in one line, and in the pane what is chosen."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain import day_copies
from rallyapp.domain.disputes import (
    Dispute,
    Notice,
    NoticeDay,
    Settings,
    StrikeDay,
    StrikeDayMove,
    StrikeState,
)
from rallyapp.domain.ids import DisputeId, StrikeDayId, new_id
from rallyapp.domain.new_plan import DayWanted, titled
from rallyapp.domain.pickets import Assignment, Need, Picket, Shift
from rallyapp.domain.places import Employer
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.records import Record, table_of
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.store import day_queries
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.pages.days.day_list import DayList, DayRows
from rallyapp.ui.pages.days.day_pane import DayPane
from rallyapp.ui.pages.days.days_read import FILL_TABLES, Read, read
from rallyapp.ui.pages.days.dispute_form import DisputePane
from rallyapp.ui.pages.days.lines import Pane
from rallyapp.ui.pages.days.month_view import MonthView
from rallyapp.ui.pages.days.new_day import NewDay
from rallyapp.ui.pages.days.rows import copies_of, day_rows, days_words, facts_words
from rallyapp.ui.pages.days.states import before_standing_down, next_states, verb
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Empty, Segments
from rallyapp.ui.widgets.words import CutWords, Words, button

_READS = (
    Dispute, StrikeDay, StrikeDayMove, Notice, NoticeDay, Settings, Employer, Picket, Shift, Need, Assignment,
)  # fmt: skip


class DaysPage(Page):
    """Strike days. What the header has chosen is chosen here; the dispute stands in the pane when none is."""

    reads = frozenset(table_of(kind) for kind in _READS)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self._read = Read()
        self._counted = False  # whether how full the days are is known, and nothing of it changed since
        self._on_dispute = False
        self.rows = DayRows()
        self.list = DayList(self.rows)
        self.day_pane = DayPane(desk)
        self.empty = Empty("This plan has no strike day yet.", "New strike day")
        self.inspector = Pane()
        panes = QVBoxLayout(self.inspector)  # not a stack, in which the longer one would give both their height
        panes.setContentsMargins(0, 0, 0, 0)
        panes.addWidget(self.day_pane)
        self._panes = panes
        self._title = Words("Strike days", Type.TITLE)
        self._facts = CutWords("", ink="muted")
        self.view = Segments([("List", "list"), ("Calendar", "calendar")], "View")
        self.dispute_button = button(
            "Dispute", name="Dispute and plan settings", tip=theme.plain_tip("Dispute and plan settings (Ctrl+I)")
        )
        self.dispute_button.setProperty("segment", True)
        self.dispute_button.setCheckable(True)
        self.new_button = button("New strike day", primary=True, tip=theme.plain_tip("Ctrl+Shift+N"))
        self.new_button.setEnabled(desk.writable)
        self._make_views()
        self._make_actions()
        self._connect()

    # ------------------------------------------------------------------------------------------ its parts
    def _make_views(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2, theme.px(4), 2, theme.px(4))
        inside.addWidget(self.list)
        self.views = QStackedWidget()
        for widget in (card, self.empty):
            self.views.addWidget(widget)
        self._list_card = card
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._title)
        words.addWidget(self._facts)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addLayout(words, 1)
        head.addSpacing(theme.px(16))
        head.addWidget(self.view)
        head.addSpacing(theme.px(8))
        head.addWidget(self.dispute_button)
        head.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addLayout(head)
        column.addWidget(self.views, 1)
        self._column = column
        self.setFocusProxy(self.list)

    # What is not seen at first is made when it is first wanted, so that the page is there at once.
    @functools.cached_property
    def calendar(self) -> MonthView:
        """The calendar."""
        made = MonthView(self.desk.today())
        made.month.picked.connect(lambda id: self.choose(StrikeDayId(id)))
        made.month.opened.connect(self._open_date)
        made.month.addAction(self.delete_action)
        self.views.addWidget(made)
        self._show_month(made)
        return made

    @functools.cached_property
    def new_day(self) -> NewDay:
        """The line for a new day."""
        made = NewDay(self.desk)
        made.wanted.connect(self.desk.tried(self._add_day))
        made.closed.connect(self._back_to_view)
        self._column.insertWidget(1, made)
        return made

    @functools.cached_property
    def dispute_pane(self) -> DisputePane:
        """The dispute and the plan's settings."""
        made = DisputePane(self.desk)
        self._panes.addWidget(made)
        return made

    def _made(self, name: str) -> bool:
        return name in vars(self)

    @property
    def _asking(self) -> bool:
        """Whether somebody is asked for a new day."""
        return self._made("new_day") and not self.new_day.isHidden()

    def _action(self, text: str, keys: str, do: Callable[[], object], *, writes: bool = False) -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(self.desk.tried(lambda: do()))
        made.setEnabled(self.desk.writable or not writes)
        self.addAction(made)
        assert self.inspector is not None
        self.inspector.addAction(made)
        return made

    def _make_actions(self) -> None:
        self._action("New strike day", "Ctrl+Shift+N", self.ask_new, writes=True)
        self.of_day = [
            self._action("Open its rota", "Ctrl+Return", lambda: self.desk.go(PageName.ROTA)),
            self._action("New day from this one\u2026", "Ctrl+D", self.ask_copy, writes=True),
        ]
        self.moves = {
            state: self._action("", "", functools.partial(self.ask_move, state), writes=True) for state in StrikeState
        }
        self.delete_action = self._action("Delete strike day", "Del", self.delete_day, writes=True)
        # A single key is the list's and the calendar's own: in a field of the pane it means something else.
        self.delete_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.addAction(self.delete_action)
        self._action("List", "Ctrl+L", lambda: self.show_view("list"))
        self._action("Calendar", "Ctrl+M", lambda: self.show_view("calendar"))
        self._action("Dispute and plan settings", "Ctrl+I", self.show_dispute)

    def _connect(self) -> None:
        desk = self.desk
        desk.day_chosen.connect(self._follow)
        desk.checking.changed.connect(self._show_problems)
        self.list.chosen.connect(lambda id: self.choose(StrikeDayId(id)))
        self.list.entered.connect(self._into_pane)
        self.list.customContextMenuRequested.connect(self._menu)
        self.view.chosen.connect(self.show_view)
        self.dispute_button.clicked.connect(lambda on: self.show_dispute() if on else self._show_day_again())
        self.new_button.clicked.connect(lambda: self.ask_new())
        self.empty.wanted.connect(self.ask_new)
        self.day_pane.copy_wanted.connect(desk.tried(self.ask_copy))
        self.day_pane.delete_wanted.connect(desk.tried(self.delete_day))
        self.day_pane.ballot_wanted.connect(self._to_ballot)

    # -------------------------------------------------------------------------------------------- showing
    @property
    def day(self) -> StrikeDay | None:
        """The day that is shown in the pane."""
        return None if self._on_dispute else self._read.day(self.desk.day)

    def hear(self, change_set: ChangeSet) -> None:
        """Take notice of a change; only one of pickets and who is on them has all places counted again."""
        if not FILL_TABLES.isdisjoint(change_set.rows):
            self._counted = False
        super().hear(change_set)

    def reload(self) -> None:
        """Show the days as they are now; what is wrong follows as soon as it is known."""
        self._read = read(self.desk.store, self._read.fills if self._counted else None)
        self._counted = True
        self.desk.checking.ensure()
        self._facts.say(facts_words(self._read, self.desk.today()))
        self._show_rows()
        if self._made("calendar"):
            self._show_month(self.calendar)
        self._show_pane()
        self._show_stack()

    def _show_month(self, view: MonthView) -> None:
        view.show_read(self._read, today=self.desk.today(), chosen=self.desk.day or "")

    def _show_rows(self) -> None:
        self.rows.show(day_rows(self._read, self.desk.checking.of_day))
        self.list.choose(None if self._on_dispute else self.desk.day)

    def _show_pane(self) -> None:
        day = self.day
        self.dispute_button.setChecked(day is None)
        for action in (*self.of_day, self.delete_action):
            action.setVisible(day is not None)
        allowed = next_states(day) if day else []
        back = before_standing_down(day, self._read.moves.get(day.id, ())) if day else None
        for state, action in self.moves.items():
            action.setVisible(state in allowed)
            if day is not None:
                action.setText(f"{verb(day, state, back)}: {day_words(day.first_date)}")
        if day is None:
            self.dispute_pane.show_read(self._read)
            self._put_away(self.day_pane)
            self.dispute_pane.show()
            return
        self.day_pane.show_day(day, self._read)
        self._show_day_problems(day)
        if self._made("dispute_pane"):
            self._put_away(self.dispute_pane)
        self.day_pane.show()

    def _put_away(self, pane: QWidget) -> None:
        """Hide a pane; keys that were in it go to the page, not to whatever comes next in the window."""
        focused = QApplication.focusWidget()
        if focused is not None and pane.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        pane.hide()

    def _show_day_problems(self, day: StrikeDay) -> None:
        checking = self.desk.checking
        self.day_pane.show_problems(checking.of_day(day.id), known=checking.known)

    def _show_problems(self) -> None:
        if not self.isVisible():
            return
        self._show_rows()
        if (day := self.day) is not None:
            self._show_day_problems(day)

    def _show_stack(self) -> None:
        calendar = self.view.value == "calendar"
        empty = not self._read.days
        found = self.calendar if calendar else self.empty if empty else self._list_card
        self.views.setCurrentWidget(found)
        self.empty.setVisible(empty and not calendar and not self._asking)
        self.setFocusProxy(self.calendar.month if calendar else self.empty.button if empty else self.list)
        self.new_button.setVisible((calendar or not empty) and not self._asking)

    # ------------------------------------------------------------------------------------------- choosing
    def choose(self, day: StrikeDayId) -> None:
        """Choose a day, here and in the header."""
        self._on_dispute = False
        if day != self.desk.day:
            self.desk.choose_day(day)  # and then ``_follow``
        else:
            self._follow()

    def _follow(self) -> None:
        """Show the day that is chosen now."""
        if not self.isVisible():
            self.stale()
            return
        self._on_dispute = False
        self.list.choose(self.desk.day)
        if self._made("calendar"):
            self._show_month(self.calendar)
        self._show_pane()

    def show_dispute(self) -> None:
        """Show the dispute and the plan's settings in the pane."""
        self._on_dispute = True
        self.list.choose(None)
        self._show_pane()
        self.dispute_pane.to_top()

    def _show_day_again(self) -> None:
        self._on_dispute = False
        self.list.choose(self.desk.day)
        self._show_pane()

    def _to_ballot(self) -> None:
        day = self.day
        self.show_dispute()
        if day is not None:
            self.dispute_pane.choose(day.dispute_id)
        self.dispute_pane.form.fields["ballot_closed"].setFocus()

    def _into_pane(self) -> None:
        """Go from the row to what can be done with its day."""
        first = next(iter(self.day_pane.state.buttons.values()), self.day_pane.rota)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_date(self, on: Any) -> None:
        bars = self.calendar.month.bars_on(on)
        if not bars:
            self.ask_new(on=on)
            return
        ids = [bar.id for bar in bars]
        here = ids.index(self.desk.day) if self.day is not None and self.desk.day in ids else -1
        self.choose(StrikeDayId(ids[(here + 1) % len(ids)]))

    def show_view(self, view: Any) -> None:
        """Show the list or the calendar."""
        self.view.choose(view)
        day = self.day
        if view == "calendar" and day is not None:
            self.calendar.month.go(day.first_date)
        self._show_stack()
        self._back_to_view()

    def _back_to_view(self) -> None:
        self._show_stack()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, place: QPoint) -> None:
        if self.list.indexAt(place).isValid() or self.day is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions([*self.of_day, *(each for each in self.moves.values() if each.isVisible())])
            menu.addSeparator()
            menu.addAction(self.delete_action)
            menu.popup(self.list.viewport().mapToGlobal(place))

    def show_record(self, what: Concern) -> None:
        """Show a strike day, a dispute, the settings, or a notice with the first day that it covers."""
        self._stale = False
        self.reload()
        if what.kind == table_of(StrikeDay) and self._read.day(what.id) is not None:
            self.choose(StrikeDayId(what.id))
        elif what.kind in (table_of(Dispute), table_of(Settings)):
            self.show_dispute()
            if what.kind == table_of(Settings):
                self.dispute_pane.unfold()
            else:
                self.dispute_pane.choose(what.id)
        elif what.kind == table_of(Notice):
            links = {link.strike_day_id for link in self._read.links if link.notice_id == what.id}
            covered = [day for day in self._read.days if day.id in links]
            if covered:
                self.choose(StrikeDayId(covered[0].id))
                self.day_pane.law.edit_notice(what.id)

    # ---------------------------------------------------------------------------------------------- doing
    def ask_new(self, on: Any = None) -> None:
        """Ask for a new strike day, in one line above the days."""
        last = self._read.days[-1] if self._read.days else None
        day = self.day or last
        self.new_day.ask(
            self._read.disputes,
            on=on,
            dispute=day.dispute_id if day else None,
            called_out=day.called_out if day else "",
        )
        self._show_stack()

    def ask_copy(self) -> None:
        """Ask for a new day that is made from the chosen one."""
        day = self.day
        if day is None:
            raise UserError("Choose a strike day first; the new one is made from it.")
        fill = self._read.fills.get(day.id)
        pickets, shifts = self._read.pickets.get(day.id, 0), fill.shifts if fill else 0
        comes = (
            f"{counted(pickets, 'picket')} and {counted(shifts, 'shift')} with what they need come along."
            if pickets
            else "It has no pickets, so only the day itself is made."
        )
        self.new_day.ask(self._read.disputes, source=day, comes=comes)
        self._show_stack()

    def ask_move(self, to: StrikeState) -> None:
        """Move the chosen day to a state, or ask what that needs."""
        if self.day is not None:
            self.day_pane.state.ask(to)

    def _add_day(self) -> None:
        wanted = self.new_day.days_wanted() if self._asking else []
        if not wanted:
            return
        if self.new_day.source is not None:
            self._add_copies(self.new_day.source, wanted)
            return
        records: list[Record] = []
        dispute = self.new_day.dispute_id
        if dispute is None:
            dispute = DisputeId(new_id())
            title = titled(each.name for each in self._read.employers)
            records.append(Dispute(id=dispute, title=title, union=self.new_day.union.text.strip()))
        called_out = self.new_day.called_out.text.strip()
        days = [day_copies.new_day(dispute, each, at=self.desk.now(), called_out=called_out) for each in wanted]
        records += [record for pair in days for record in pair]
        self._added(f"New {days_words([day for day, _ in days])}", records, days[0][0])

    def _add_copies(self, source: StrikeDay, wanted: list[DayWanted]) -> None:
        with_people = bool(self.new_day.people.value)
        self.desk.jobs.start("copy day", functools.partial(self._copy, source, wanted, with_people))

    async def _copy(self, source: StrikeDay, wanted: list[DayWanted], with_people: bool) -> None:
        """Read and copy the pattern off the main thread: a national day has thousands of shifts and needs."""
        copies = await in_thread(copies_of, self.desk.store, source, wanted, self.desk.now(), with_people)
        words = days_words([copy.day for copy in copies])
        said = f"{words[0].upper()}{words[1:]} made, with {copies[0].words}"
        if left_out := sum(copy.left_out for copy in copies):
            said += f"; {counted(left_out, 'shift')} outside {'its' if len(copies) == 1 else 'their'} times left out"
        label = f"New {words} from {day_words(source.first_date)}"
        self._added(label, [record for copy in copies for record in copy.records], copies[0].day, said=f"{said}.")

    def _added(self, label: str, records: list[Record], day: StrikeDay, *, said: str = "") -> None:
        if not self.desk.edit(label, lambda edit: edit.save_all(records), said=said):
            return
        self.new_day.hide()
        self.choose(StrikeDayId(day.id))
        if self._made("calendar"):
            self.calendar.month.go(day.first_date)
        self._back_to_view()

    def delete_day(self) -> None:
        """Delete the chosen day, if nothing ever was on it."""
        day = self.day
        if day is None:
            return
        people, marks = day_queries.traces_of(self.desk.store, day.id)
        why = day_copies.why_not_delete(day, self._read.moves.get(day.id, ()), people=people, marks=marks)
        if why:
            raise UserError(why)
        pickets = self._read.pickets.get(day.id, 0)
        label = f"Delete strike day {day_words(day.first_date)}"
        if pickets:
            label += f" with its {'picket' if pickets == 1 else f'{pickets:,} pickets'}"
        self.desk.edit(label, lambda edit: edit.delete(day))

    # ------------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Keep which view is shown."""
        return {"view": self.view.value}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Show the view that was shown last."""
        if kept.get("view") in self.view.buttons:
            self.view.choose(kept["view"])
