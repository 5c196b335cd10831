"""The plan at a glance: its dispute, its strike days, a day's picket shifts, and what is wrong or risky."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain import law
from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.ids import PersonId, SiteId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.problems import Severity, UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.situation import day_of, jurisdiction_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import clock, day_words, long_day_words
from rallyapp.store import queries
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.days import DayModel, day_card
from rallyapp.ui.models.problems import ProblemModel
from rallyapp.ui.models.shifts import ShiftModel, ShiftRow
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.day_cards import DayCards
from rallyapp.ui.widgets.parts import Card, Empty
from rallyapp.ui.widgets.problem_list import ProblemList
from rallyapp.ui.widgets.shift_table import ShiftTable
from rallyapp.ui.widgets.words import CutWords, Words, button

_SETTLE = 0.05  # seconds: several changes in a row are checked once, after the window has been painted


class OverviewPage(Page):
    """The whole plan on one page. It reads nearly every table, because the checks do."""

    reads = frozenset(table_of(kind) for kind in KINDS) - {"print_run"}

    follows_day = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self._store, self._picture, self._jobs, self._today = desk.store, desk.picture, desk.jobs, desk.today
        self._names: dict[SiteId, dict[str, str]] = {}
        desk.checking.changed.connect(self._show_problems)
        self.days = DayModel()
        self.shifts = ShiftModel(self._names_on)
        self.problems = ProblemModel()
        self._title = CutWords("", Type.TITLE)
        self._facts = Words("", ink="muted", wrap=True)
        self.fill_button = button("&Fill rota", primary=True, tip="Ctrl+R")
        self.fill_button.clicked.connect(desk.fill_wanted)
        self.fill_button.setEnabled(desk.writable)
        self.print_button = button("&Print rota\u2026", tip="Ctrl+P")
        self.print_button.clicked.connect(self._print)
        self.cards = DayCards(self.days)
        self.cards.chosen.connect(self._day_chosen_here)
        self.setFocusProxy(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addLayout(self._head())
        column.addWidget(self.cards)
        column.addWidget(self._panels(), 1)

    # ------------------------------------------------------------------------------------------ its parts
    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._title)
        words.addWidget(self._facts)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        row.addSpacing(theme.px(16))
        row.addWidget(self.print_button)
        row.addWidget(self.fill_button)
        return row

    def _panels(self) -> QSplitter:
        self.shift_table = ShiftTable(self.shifts)
        self._shifts_title = CutWords("", Type.HEADING)
        self._shifts_count = Words(ink="muted")
        self.empty = Empty("")
        self.empty.wanted.connect(lambda: self.desk.go(PageName.ROTA if self.day else PageName.DAYS))
        self.problem_list = ProblemList(self.problems)
        self._problems_title = CutWords("What to look at", Type.HEADING)
        self._problems_count = Words(ink="muted")
        self.checked = Words("", ink="muted", wrap=True)
        self.checked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._law = Words(carried.law().words, Type.SMALL, ink="muted", wrap=True)
        self._shift_stack = _one_of(self.shift_table, self.empty)
        self._problem_stack = _one_of(self.problem_list, self.checked)
        made = QSplitter(Qt.Orientation.Horizontal)
        made.setChildrenCollapsible(False)
        made.setHandleWidth(theme.px(24))
        made.addWidget(_panel(self._shifts_title, self._shifts_count, Card(self._shift_stack, self.shift_table)))
        card = Card(self._problem_stack, self.problem_list)
        made.addWidget(_panel(self._problems_title, self._problems_count, card, self._law))
        made.setStretchFactor(0, 7)
        made.setStretchFactor(1, 3)
        made.widget(0).setMinimumWidth(theme.px(300))
        made.widget(1).setMinimumWidth(theme.px(220))
        made.setSizes([theme.px(900), theme.px(380)])
        return made

    def _print(self) -> None:
        from rallyapp.ui import printing

        printing.ask_print_rota(self.desk, self)

    # -------------------------------------------------------------------------------------------- showing
    def reload(self) -> None:
        """Show the plan as it is now; the checks follow as soon as they are done."""
        store = self._store
        with store.snapshot():
            days = sorted(store.all(StrikeDay), key=lambda day: (day.window.start, day.id))
            fills = {fill.strike_day_id: fill for fill in queries.fill_by_day(store)}
            settings = store.all(Settings)
            disputes = store.all(Dispute)
            counts = [
                (store.rows(f'SELECT count(*) FROM "{table_of(kind)}"')[0][0], one, many)
                for kind, one, many in _COUNTED
            ]
        self._title.say(settings[0].title if settings else store.path.stem)
        parts = [_dispute_words(dispute) for dispute in disputes[:2]]
        parts += [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
        self._facts.setText(" \u00b7 ".join(parts))
        with QSignalBlocker(self.cards):  # a card that goes away hands its choice to another: nobody chose that
            self.days.show([day_card(day, fills.get(day.id)) for day in days])
        self.cards.setVisible(bool(days))
        if self.desk.day is not None:
            self.cards.choose(self.desk.day)
        self._show_shifts()
        self.desk.checking.ensure()
        self._show_problems()

    @property
    def day(self) -> StrikeDayId | None:
        """The strike day that is shown."""
        return self.desk.day

    def _day_chosen_here(self, day: str) -> None:
        self.desk.choose_day(StrikeDayId(day))
        self.shift_table.scrollToTop()

    def _show_shifts(self) -> None:
        self._names.clear()
        day = self._store.find(StrikeDay, self.day) if self.day else None
        rows: list[ShiftRow] = []
        if day is not None:
            sites = {site.id: site.name for site in self._store.all(Site)}
            entrances = {entrance.id: entrance for entrance in self._store.all(Entrance)}
            fills = sorted(
                queries.day_shifts(self._store, day.id),
                key=lambda fill: (
                    sites[fill.site_id],
                    fill.site_id,
                    entrances[fill.entrance_id].position,
                    entrances[fill.entrance_id].name,
                    fill.starts,
                ),
            )
            rows = [
                ShiftRow(
                    id=fill.shift_id,
                    site_id=fill.site_id,
                    site=sites[fill.site_id],
                    entrance=entrances[fill.entrance_id].name,
                    time=_times(fill, day),
                    heads=fill.heads,
                    least=fill.least,
                    wished=fill.wished,
                    missing=fill.missing,
                    on=not day.stood_down,
                )
                for fill in fills
            ]
        self.shifts.show(rows)
        self.shift_table.several_workplaces(len({row.site_id for row in rows}) > 1)
        self._shifts_title.say(f"Picket shifts, {long_day_words(day.first_date)}" if day else "Picket shifts")
        heads, wished = sum(row.heads for row in rows), sum(row.wished for row in rows)
        self._shifts_count.setText(f"{heads:,} of {wished:,} places filled" if rows else "")
        if day:
            self.empty.say("There is no picket shift on this strike day.", "&Plan its pickets")
        else:
            self.empty.say("This plan has no strike day yet.", "&Add a strike day")
        self._shift_stack.setCurrentWidget(self.shift_table if rows else self.empty)

    def _names_on(self, row: ShiftRow) -> str:
        """Name who is on a shift; a workplace's names are read when the first of its shifts is looked at."""
        names = self._names.get(row.site_id)
        if names is None:
            try:
                part = queries.rota_part(self._store, days=[self.day] if self.day else [], sites=[row.site_id])
            except UserError:  # the poll says what is wrong with the file
                return ""
            names = self._names[row.site_id] = _names_by_shift(part)
        return names.get(row.id, "")

    # ------------------------------------------------------------------------------------------- checking
    def _show_problems(self) -> None:
        checking = self.desk.checking
        if not checking.known:
            self._say_of_checks("Looking through the plan\u2026")
            return
        found = checking.problems
        self.problems.show(found)
        if not found:
            self._say_of_checks("Nothing is wrong in this plan, as far as these checks see.")
            return
        red = sum(problem.severity is Severity.RED for problem in found)
        self._problems_count.setText(f"{red:,} to put right" if red else "")
        self._problem_stack.setCurrentWidget(self.problem_list)

    def _say_of_checks(self, sentence: str) -> None:
        self._problems_count.setText("")
        self.checked.setText(sentence)
        self._problem_stack.setCurrentWidget(self.checked)


_COUNTED = (
    (Rally, "rally", "rallies"),
    (Stall, "stall", "stalls"),
    (Site, "workplace", "workplaces"),
    (Person, "volunteer", "volunteers"),
)


def _times(fill: queries.ShiftFill, day: StrikeDay) -> str:
    """Write a shift's times, with the weekday where that is not the one on which the strike day begins."""
    times = f"{clock(fill.starts)}\u2013{clock(fill.ends)}"
    on = fill.starts.date()
    return times if on == day.first_date else f"{day_words(on)[:3]} {times}"


def _dispute_words(dispute: Dispute) -> str:
    return ", ".join(filter(None, (dispute.title, dispute.union, dispute.branch)))


def _names_by_shift(part: Plan) -> dict[str, str]:
    """Write who is on each shift: the picket supervisor first, short names that tell the workplace's people apart."""
    counted = [assignment for assignment in part.all(Assignment) if assignment.state.counts]
    wanted = {assignment.person_id for assignment in counted}
    names = short_names(person for person in part.all(Person) if person.id in wanted)
    order = list(Role)
    found: dict[str, str] = {}
    for shift in part.all(Shift):
        here = [assignment for assignment in part.of(Assignment, "shift_id", shift.id) if assignment.state.counts]
        here.sort(key=lambda each: (order.index(each.role), names.get(each.person_id, "")))
        found[shift.id] = ", ".join(_named(part, shift, each, names) for each in here)
    return found


def _named(part: Plan, shift: Shift, assignment: Assignment, names: Mapping[PersonId, str]) -> str:
    name = names.get(assignment.person_id, "(unknown)")
    if not name.isascii():  # an Arabic or Hebrew name must not turn its neighbours round
        name = f"\u2068{name}\u2069"
    if assignment.role is Role.STANDBY:
        return f"{name} (standby)"
    if assignment.role is not Role.SUPERVISOR:
        return name
    where = jurisdiction_of(part, day_of(part, shift))
    word = law.supervisor_word(carried.law(), where, shift.starts.date())
    return f"{name} ({word.removeprefix('picket ')})"


def _one_of(*widgets: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    for widget in widgets:
        stack.addWidget(widget)
    return stack


def _panel(title: Words, count: Words, card: Card, *below: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(8))
    row = QHBoxLayout()
    row.addWidget(title, 1)
    row.addWidget(count)
    column.addLayout(row)
    column.addWidget(card, 1)
    for widget in below:
        column.addWidget(widget)
    return made
