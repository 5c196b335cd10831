"""The rota, of pickets, posts and stalls: its views, what is chosen, what can be done with it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.domain.pickets import Assignment, Picket, Shift
from rallyapp.domain.problems import Concern
from rallyapp.domain.situation import day_of
from rallyapp.domain.times import Span, long_day_words
from rallyapp.store import shift_queries
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.pages.rota.actions import RotaActions, tip_of
from rallyapp.ui.pages.rota.filling import Stage
from rallyapp.ui.pages.rota.head import DAY, WEEK, Banner, Head
from rallyapp.ui.pages.rota.inspector import ShiftInspector
from rallyapp.ui.pages.rota.panels import Panel
from rallyapp.ui.pages.rota.places import Kind, Places, RotaLine, read_sites, with_rallies
from rallyapp.ui.pages.rota.reading import Names, Rota, pickets_of, read_rota, week_of
from rallyapp.ui.pages.rota.views import Views

DRAWN = frozenset(
    {"strike_day", "dispute", "site", "entrance", "picket", "shift", "need", "assignment", "person"}
    | {"rally", "rally_day", "venue", "post", "stall", "partner", "print_run"}
)
_PAGES = {Kind.ENTRANCE: PageName.SITES, Kind.POST: PageName.RALLIES, Kind.STALL: PageName.STALLS}


class RotaPage(Page):
    """The rota of the chosen strike day: day, week or list. ``selected`` is what the inspector shows."""

    selection_changed = Signal()

    reads = DRAWN | shift_queries.READS
    follows_day = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page, with nothing chosen."""
        super().__init__(desk, parent)
        self._selected: tuple[ShiftId, ...] = ()
        self._sites: Places | None = None  # without the rallies of the day
        self._names = Names()
        self._scope_key = ""
        self._showing = False
        self._doubtful = False  # whether the reasons for and against people may be others now
        self.only_gaps = False
        self.rota: Rota | None = None
        self.pickets: Mapping[LineId, Sequence[Picket]] = {}
        self.panel: Panel | None = None
        self.inspector = ShiftInspector(desk)
        self.head = Head(writable=desk.writable)
        self._make_views()
        self.actions_here = RotaActions(self)
        self.addActions([each for each in self.inspector.actions_for_page if each is not self.inspector.message_action])
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------------------------------ its parts
    def _make_views(self) -> None:
        self.views = Views(self)
        self.day_view, self.week_view = self.views.day_view, self.views.week_view
        self.list_view, self.empty = self.views.list_view, self.views.empty
        self.day_view.verdict = self.inspector.verdict
        self.day_view.marks = self.inspector.marks
        self.banner = Banner()

    def _lay_out(self) -> None:
        self.head.gaps.setToolTip(tip_of(self.actions_here.gaps))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addWidget(self.banner)
        self._panel_at = self._column.count()
        self._column.addWidget(self.views, 1)
        self.setFocusProxy(self.views)
        self._fit()

    def _connect(self) -> None:
        desk, actions = self.desk, self.actions_here
        head = self.head
        head.mode_chosen.connect(self.show_mode)
        head.gaps_chosen.connect(self.show_only_gaps)
        head.scope_chosen.connect(self.show_scope)
        head.paper_wanted.connect(lambda: desk.go(PageName.PRINT, Concern("view", "printed")))
        head.more.clicked.connect(
            lambda: actions.more_menu().popup(head.more.mapToGlobal(head.more.rect().bottomLeft()))
        )
        head.fill.clicked.connect(self.fill)
        self.banner.button.clicked.connect(lambda: desk.go(PageName.DAYS, self._day_concern()))
        self.day_view.moved.connect(desk.tried(actions.take_move))
        self.day_view.resized.connect(desk.tried(actions.take_resize))
        self.day_view.delete_wanted.connect(desk.tried(lambda _: actions.delete_shifts()))
        self.day_view.place_wanted.connect(desk.tried(lambda line, at: actions.forms.add(line, at)))
        self.day_view.menu_wanted.connect(lambda at, _: actions.shift_menu().popup(at))
        self.day_view.row_menu_wanted.connect(lambda at, line: actions.line_menu(line).popup(at))
        self.day_view.person_dropped.connect(self.inspector.put_on)
        self.day_view.opened.connect(self._open)
        self.day_view.selection_changed.connect(self._view_chose)
        for sheet in (self.week_view, self.list_view):
            sheet.picked.connect(self._view_chose)
            sheet.said.connect(desk.messages.trouble)
            sheet.menu_wanted.connect(lambda at: actions.shift_menu().popup(at))
            sheet.opened.connect(lambda _: self._open(""))
        self.inspector.shifts_wanted.connect(self._find)
        self.inspector.filling.changed.connect(self._show_main)
        self.inspector.marks_changed.connect(self.day_view.show_again)

    # -------------------------------------------------------------------------------------------- showing
    def reload(self) -> None:
        """Read the day, or its week, and show it; what is chosen stays chosen as far as it is still there."""
        store = self.desk.store
        with store.snapshot():
            self._sites = self._sites or read_sites(store)
            day = store.find(StrikeDay, self.desk.day) if self.desk.day else None
            days = self._days_shown(day) if day is not None else []
            places = with_rallies(store, self._sites, [each.id for each in days])
            scope = places.scope(self._scope_key)
            self.rota = None
            if day is not None and scope.lines:
                self.rota = read_rota(store, days, places, scope, self._names)
                self.pickets = pickets_of(store, day.id, scope)
        self._doubtful = False
        self.inspector.take_rota(self.rota, self.desk.day)
        self.head.show_scopes(places.scopes, scope.key)
        self._show_words(day)
        self._showing = True
        self.views.show_rota(self.rota, day, self.pickets, only_gaps=self.only_gaps)
        self._showing = False
        self._keep_selection()

    def hear(self, change_set: ChangeSet) -> None:
        """Take notice of a change: what is drawn is drawn anew, else only the reasons beside it are.

        Sites, entrances and names are read anew only if one of them was changed.
        """
        if {"site", "entrance"} & set(change_set.rows):
            self._sites = None
        if "person" in change_set.rows:
            self._names = Names()
        if not DRAWN.isdisjoint(change_set.rows):
            self.stale()
        elif not self.reads.isdisjoint(change_set.rows):
            self._doubtful = True
            self.freshen()

    def freshen(self) -> None:
        """Show what is new, if somebody looks."""
        super().freshen()
        if self._doubtful and self.isVisible():
            self._doubtful = False
            self.inspector.show_shifts(self._selected)

    def _days_shown(self, day: StrikeDay) -> list[StrikeDay]:
        if self.mode != WEEK:
            return [day]
        week = week_of(day.first_date)
        return [each for each in self.desk.days() if _begins_in(week, each)]

    def _show_words(self, day: StrikeDay | None) -> None:
        self.head.title.say(self._title_words(day))
        shifts = self.rota.shifts if self.rota is not None else ()
        self.head.show_shifts(shifts, only_gaps=self.only_gaps, there=self.rota is not None)
        self.banner.show_day(day)
        self._show_main()

    def _show_main(self) -> None:
        """Let Fill rota be the main button, unless a proposal has one or the day is stood down."""
        day = self.day()
        idle = self.inspector.filling.stage is Stage.IDLE
        self.head.show_main(idle and not (day is not None and day.stood_down))

    def _title_words(self, day: StrikeDay | None) -> str:
        if day is None:
            return "Picket rota"
        if self.mode != WEEK:
            return long_day_words(day.first_date)
        monday = week_of(day.first_date).start.date()
        return f"Week of {long_day_words(monday).partition(' ')[2]}"

    # --------------------------------------------------------------------------------------- what is asked for
    def show_mode(self, mode: str) -> None:
        """Show the day, the week or the list."""
        self.views.mode = mode
        self.head.segments.choose(mode)
        self.reload()
        self._view().setFocus()

    def show_only_gaps(self, only: bool) -> None:
        """Show only the shifts that lack somebody, or all."""
        self.only_gaps = only
        self.reload()

    def show_scope(self, key: str) -> None:
        """Show other sites."""
        self._scope_key = key
        self.reload()

    def fill(self) -> None:
        """Propose who does what on the chosen strike day."""
        self.inspector.fill("day")

    def open_panel(self, panel: Panel) -> None:
        """Open a form above the rota, in place of another one."""
        self.close_panel()
        self.panel = panel
        self._column.insertWidget(self._panel_at, panel)
        panel.closed.connect(self.close_panel)
        panel.show()
        first = panel.fields[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_panel(self) -> None:
        """Put the form away."""
        panel, self.panel = self.panel, None
        if panel is not None:
            there = panel.isAncestorOf(QApplication.focusWidget())
            self._column.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            if not there:
                return
            self._view().setFocus(Qt.FocusReason.OtherFocusReason)

    def _day_chosen(self) -> None:
        """Put a form away with the day for which it was opened."""
        self.close_panel()
        super()._day_chosen()

    def go_to_line(self, line: RotaLine) -> None:
        """Go to an entrance, a post or a stall on its own page."""
        self.desk.go(_PAGES[line.kind], Concern(str(line.kind), line.id))

    def show_record(self, what: Concern) -> None:
        """Show a shift, a picket or who is on a shift, on its strike day."""
        store = self.desk.store
        shift: Shift | None = None
        if what.kind == "assignment" and (on := store.find(Assignment, what.id)) is not None:
            shift = store.find(Shift, on.shift_id)
        elif what.kind == "shift":
            shift = store.find(Shift, what.id)
        elif what.kind == "picket":
            shift = min(store.where(Shift, picket_id=what.id), key=lambda each: (each.starts, each.id), default=None)
        if shift is not None:
            part = shift_queries.shift_part(store, [shift.id])
            day, line = day_of(part, shift), part.line_of(shift).id
        elif (picket := store.find(Picket, what.id)) is not None:
            day, line = picket.strike_day_id, picket.entrance_id
        else:
            return
        if day is None:
            self.desk.messages.trouble(
                "The rally of this shift belongs to no strike day: tie it to one on the page Rallies."
            )
            return
        self.desk.choose_day(day)
        self.freshen()
        self._reach(line, shift)

    def _find(self, ids: Sequence[ShiftId]) -> None:
        """Choose shifts that the inspector names, wherever they are."""
        if len(ids) == 1 and (self.rota is None or self.rota.shift(ids[0]) is None):
            self.show_record(Concern("shift", ids[0]))
        else:
            self._clear_gaps_for(ids)
            self.select(ids)

    def _reach(self, line: LineId, shift: Shift | None) -> None:
        """Bring a line and a shift to sight."""
        if self.rota is None:
            return
        scope = self.rota.places.scope_of(line, self.rota.scope)
        if scope.key != self.rota.scope.key:
            self._scope_key = scope.key
            self.reload()
        if shift is not None:
            self._clear_gaps_for((shift.id,))
            self.select((shift.id,))
            if self.mode == DAY:
                self.day_view.reveal(shift.id)

    def _clear_gaps_for(self, ids: Iterable[ShiftId]) -> None:
        found = [self.rota.shift(id) for id in ids] if self.rota is not None else []
        if self.only_gaps and any(shift is not None and not shift.gap for shift in found):
            self.show_only_gaps(False)

    # -------------------------------------------------------------------------------------- what is chosen
    def selected(self) -> tuple[ShiftId, ...]:
        """Give the shifts that are chosen."""
        return self._selected

    def select(self, ids: Iterable[ShiftId]) -> None:
        """Choose these shifts."""
        self._choose(tuple(ids))
        self._showing = True
        self._view().select(self._selected)
        self._showing = False

    def day(self) -> StrikeDay | None:
        """Give the chosen strike day."""
        return next((day for day in self.desk.days() if day.id == self.desk.day), None)

    def line(self) -> LineId | None:
        """Give the line of the first chosen shift, else the one where the keyboard is."""
        for id in self._selected:
            shift = self.rota.shift(id) if self.rota is not None else None
            if shift is not None:
                return shift.row.line_id
        caret = self.day_view.caret if self.mode == DAY else None
        return caret.row if caret is not None else None

    def lines_shown(self) -> list[RotaLine]:
        """List the lines from above, as the view shows them."""
        if self.rota is None:
            return []
        if self.mode == DAY:
            return [self.rota.places.line(row.id) for row in self.day_view.at.view.rows]
        return list(self.rota.scope.lines)

    def person_actions(self) -> tuple[QAction, ...]:
        """Give what can be done about who is on the chosen shift."""
        return (self.inspector.put_on_action,)

    def fill_actions(self) -> tuple[QAction, ...]:
        """Give the ways to fill the rota."""
        return (self.inspector.fill_day_action, self.inspector.fill_all_action, self.inspector.fill_chosen_action)

    @property
    def mode(self) -> str:
        """Which view is shown: the day, the week or the list."""
        return self.views.mode

    def _view(self) -> Any:
        return self.views.now

    def _view_chose(self) -> None:
        if not self._showing:
            self._choose(self._view().selected())

    def _choose(self, ids: tuple[ShiftId, ...]) -> None:
        if ids == self._selected:
            return
        self._selected = ids
        self._tell()

    def _keep_selection(self) -> None:
        """After the plan changed: what is gone is no longer chosen, and the inspector shows what is so now."""
        known = {shift.id for shift in self.rota.shifts} if self.rota is not None else set()
        self._selected = tuple(id for id in self._selected if id in known)
        self._showing = True
        self._view().select(self._selected)
        self._showing = False
        self._tell()

    def _tell(self) -> None:
        self.inspector.show_shifts(self._selected)
        self.actions_here.enable()
        self.selection_changed.emit()

    def _open(self, shift: str) -> None:
        """Go on to the details of what is chosen."""
        self.inspector.setFocus(Qt.FocusReason.TabFocusReason)
        self.inspector.focusNextChild()

    def _day_concern(self) -> Concern | None:
        return Concern("strike_day", self.desk.day) if self.desk.day else None

    # ---------------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Give the view, the sites and the columns as they were left."""
        return {**self.views.settings(), "only_gaps": self.only_gaps, "sites": self._scope_key}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what was kept."""
        self.views.take_settings(kept)
        self.head.segments.choose(self.mode)
        self.only_gaps = kept.get("only_gaps") is True
        self._scope_key = str(kept.get("sites", ""))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        self._column.setSpacing(theme.px(12))


def _begins_in(week: Span, day: StrikeDay) -> bool:
    return day.window.start < week.end and week.start < day.window.end
