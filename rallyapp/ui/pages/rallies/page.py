"""The page: the chosen rally, its sections at the left, and the editor of the chosen section."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import RallyId, StrikeDayId
from rallyapp.domain.pickets import Assignment, Need, Shift
from rallyapp.domain.places import Pin, SitePlan
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem
from rallyapp.domain.rallies import PlanNote, Post, ProgrammeIssue, Rally, RallyDay
from rallyapp.domain.records import KINDS, TABLES, columns, table_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import day_words, long_day_words
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import printing, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.page import Page
from rallyapp.ui.pages.rallies import parts, reading
from rallyapp.ui.pages.rallies.new_rally import NewRally
from rallyapp.ui.pages.rallies.outline import Line, Outline, mark_of
from rallyapp.ui.pages.rallies.part import RallyPart
from rallyapp.ui.pages.rallies.standing import Standing
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.parts import Card, Empty, PageHead
from rallyapp.ui.widgets.words import button

_OUTLINE, _WIDEST, _LOWEST = 224, 860, 250  # px at 100 %
_ALIVE = 4  # editors that are kept after they were left: each makes every change of zoom and theme slower


class RalliesPage(Page):
    """The page: one rally, section by section, as its plan is printed."""

    reads = frozenset(table_of(kind) for kind in KINDS) - {"print_run", "availability", "cover", "preference", "pair"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self._rallies: list[Rally] = []
        self._rally: RallyId | None = None
        self._number = parts.FIRST
        self._parts: dict[int, RallyPart] = {}  # the one that was shown last comes last
        self._places: dict[int, QWidget] = {}  # each in its column, if it is scrolled
        self._kept: dict[str, Any] = {}
        self._reading: reading.Reading | None = None
        self._wrong: dict[int, tuple[Problem, ...]] = {}
        self._make_widgets()
        self._make_actions()
        self._lay_out()
        self.setFocusProxy(self.outline)
        desk.checking.changed.connect(self._checked)

    # ------------------------------------------------------------------------------------------ its parts
    def _make_widgets(self) -> None:
        self.choice = Choosing()
        self.choice.setAccessibleName("Rally")
        self.choice.setSizeAdjustPolicy(Choosing.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(lambda at: self.show_rally(self._rallies[at].id))
        self.outline = Outline()
        self.outline.chosen.connect(self.show_section)
        self.standing = Standing()
        self.stack = QStackedWidget()
        self.empty = Empty("There is no rally in this plan yet.", "&New rally")
        self.empty.wanted.connect(self.begin_new)
        self.new_rally = NewRally(self.desk)
        self.new_rally.made.connect(self._made)
        self.new_rally.cancelled.connect(self._end_new)
        self.new_button = button("&New rally", tip="Makes a rally (Ctrl+Shift+N)")
        self.new_button.clicked.connect(self.begin_new)
        self.print_button = button("&Print rally plan\u2026", primary=True, tip="Shows it as it will be printed")
        self.print_button.clicked.connect(self._print)

    def _make_actions(self) -> None:
        for text, keys, do in (
            ("New rally", "Ctrl+Shift+N", self.begin_new),
            ("Print rally plan\u2026", "", self._print),
            ("Next section", "Ctrl+PgDown", lambda: self.outline.step(1)),
            ("Section before", "Ctrl+PgUp", lambda: self.outline.step(-1)),
        ):
            action = QAction(text, self)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda checked=False, do=do: do())
            self.addAction(action)
        self._new_action = self.actions()[0]

    def _lay_out(self) -> None:
        self.head = PageHead("Rallies", self.new_button, self.print_button)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(8))
        left.addWidget(self.choice)
        left.addWidget(Card(self.outline), 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(12))
        right.addWidget(self.standing)
        right.addWidget(self.stack, 1)
        self._editing = QWidget()
        across = QHBoxLayout(self._editing)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(24))
        across.addWidget(self._left)
        across.addLayout(right, 1)
        self._whole = QStackedWidget()
        for each in (self._editing, self.empty, self.new_rally):
            self._whole.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addWidget(self.head)
        column.addWidget(self._whole, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_left"):
            self._fit()

    def _fit(self) -> None:
        self._left.setFixedWidth(theme.px(_OUTLINE))

    def minimumSizeHint(self) -> QSize:
        """Give the least size; what a section's lines need in height must not make the window grow."""
        return QSize(super().minimumSizeHint().width(), theme.px(_LOWEST))

    def hasHeightForWidth(self) -> bool:
        """Say that it takes the height there is, whatever lines wrap in it."""
        return False

    # -------------------------------------------------------------------------------------------- reading
    def reload(self) -> None:
        """Show the rallies as they are now."""
        store = self.desk.store
        with store.snapshot():
            self._rallies = sorted(store.all(Rally), key=lambda rally: (rally.starts, rally.title, rally.id))
            known = Plan([*store.all(StrikeDay), *self._rallies, *store.all(RallyDay)])
            if self._rally not in {rally.id for rally in self._rallies}:
                self._rally = self._first_rally()
            self._reading = reading.read(store, self._rally, self.desk.now()) if self._rally else None
        self._wrong = self._problems()
        self.choice.clear()
        titles = Counter(rally.title for rally in self._rallies)
        for rally in self._rallies:
            alike = f", {day_words(rally.starts.date())}" if titles[rally.title] > 1 else ""
            off = "" if stand_down.of_rally(known, rally).on else ", stood down"
            self.choice.addItem(f"{rally.title}{alike}{off}")
            if rally.id == self._rally:
                self.choice.setCurrentIndex(self.choice.count() - 1)
        for each in (self.new_button, self.empty.button):
            each.setEnabled(self.desk.writable)
        self.print_button.setEnabled(bool(self._rallies))
        if self._whole.currentWidget() is not self.new_rally or not self.desk.writable:
            self._turn_to(self._editing if self._rallies else self.empty)
        self._show()

    def _turn_to(self, what: QWidget) -> None:
        """Show the rally, the empty state, or what a new rally is asked for; with it the head's words and buttons."""
        self._whole.setCurrentWidget(what)
        for each in (self.new_button, self.print_button):
            each.setVisible(what is self._editing)
        for action in self.actions():
            action.setEnabled(self.desk.writable if action is self._new_action else what is self._editing)

    def _first_rally(self) -> RallyId | None:
        """Choose the first rally of the chosen strike day, or else the first."""
        of_day = {link.rally_id for link in self.desk.store.where(RallyDay, strike_day_id=self.desk.day or "")}
        found = [rally for rally in self._rallies if rally.id in of_day] or self._rallies
        return found[0].id if found else None

    def hear(self, change_set: ChangeSet) -> None:
        """Reload for what has to do with the rally that is shown; of pickets and other people there is much."""
        here = self._reading
        if here is None or reading.touches(self.desk.store, here, change_set.rows, self.reads):
            super().hear(change_set)

    def _checked(self) -> None:
        if self._reading is not None and self.isVisible() and not self.desk.checking.running:
            self._wrong = self._problems()
            self._show_standing()

    def _problems(self) -> dict[int, tuple[Problem, ...]]:
        """Give what is wrong by section: what this rally's own checks say now, and what the whole plan's said last."""
        if self._reading is None:
            return {}
        own = [problem for found in self._reading.problems.values() for problem in found]
        known = {problem.code for problem in own} | {code for place in parts.PLACES for code in place.codes}
        others = [each for each in self.desk.checking.of_records(self._reading.own) if each.code not in known]
        return reading.by_section([*own, *others], self._reading.seen.plan)

    def _show(self) -> None:
        self._say_head()
        if self._reading is not None:
            self._show_standing()
            self._show_part()

    def _say_head(self) -> None:
        if self._reading is None or self._whole.currentWidget() is not self._editing:
            self.head.say("")
            return
        rally, status = self._reading.seen.rally, self._reading.seen.status
        off = "" if status.on else f"  \u00b7  Stood down: {status.why}"
        when = f"{long_day_words(rally.starts.date())}, {rally.words}"
        self.head.say(f"{when}, {self._reading.seen.venue.name}{off}")

    def _show_standing(self) -> None:
        assert self._reading is not None
        problems, missing = self._wrong, self._reading.missing
        places = parts.shown_for(self._reading.seen.rally)
        if self._number not in {place.number for place in places}:
            self._number = parts.FIRST
        lines = []
        for place in places:
            mark = mark_of(problems.get(place.number, ()), missing.get(place.number, ()))
            lines.append(Line(id=str(place.number), title=place.title, mark=mark))
        self.outline.show_lines(lines)
        self.outline.choose(self._number)
        title = parts.BY_NUMBER[self._number].title
        self.standing.show_section(
            title, problems.get(self._number, ()), missing.get(self._number, ()), known=self._reading.seen.rally.title
        )

    # -------------------------------------------------------------------------------------------- showing
    @property
    def rally(self) -> RallyId | None:
        """The rally that is shown."""
        return self._rally

    @property
    def part(self) -> RallyPart:
        """The editor that is shown."""
        return self._part(self._number)

    def show_rally(self, id: RallyId) -> None:
        """Show another rally, at the same section."""
        if id != self._rally:
            finish_typing()  # what is typed belongs to the rally that was shown
            self._rally = id
            self.reload()
            self._begin_at_top()
            self._choose_its_day()

    def _begin_at_top(self) -> None:
        """Let another rally not begin where the one before was left."""
        for place in range(self.stack.count()):
            area = self.stack.widget(place)
            if isinstance(area, QScrollArea):
                area.verticalScrollBar().setValue(0)

    def _choose_its_day(self) -> None:
        """Choose the strike day of the rally that is shown for the whole window, unless it has that one already."""
        days = self._days_of(self._rally)
        if days and self.desk.day not in days:
            self.desk.choose_day(days[0])

    def _days_of(self, id: RallyId | None) -> list[StrikeDayId]:
        found = {link.strike_day_id for link in self.desk.store.where(RallyDay, rally_id=id or "")}
        return [day.id for day in self.desk.days() if day.id in found]

    def _day_chosen(self) -> None:
        """Show a rally of the strike day that was chosen, if it has one."""
        super()._day_chosen()
        if self.isVisible() and self.desk.day not in self._days_of(self._rally):
            of_day = {link.rally_id for link in self.desk.store.where(RallyDay, strike_day_id=self.desk.day or "")}
            found = next((rally.id for rally in self._rallies if rally.id in of_day), None)
            if found is not None:
                self.show_rally(found)

    def show_section(self, number: int) -> None:
        """Show another section of the rally."""
        if number != self._number and number in parts.BY_NUMBER:
            finish_typing()
            self._number = number
            self._show()

    def _go_to(self, number: int, field: str = "") -> None:
        """Go where a link leads, and take the keyboard along: left behind, it goes to whatever comes next."""
        self.show_section(number)
        self.part.setFocus(Qt.FocusReason.OtherFocusReason)
        if field:
            self.part.show_field(field)

    def show_record(self, what: Concern) -> None:
        """Show a rally, or the section in which a record of one is edited, with the record chosen."""
        rally = self._rally_of(what)
        if rally is None:
            return
        self._turn_to(self._editing)
        self.show_rally(rally)
        if what.kind != "rally":
            note = self.desk.store.find(PlanNote, what.id) if what.kind == "plan_note" else None
            self.show_section(parts.place_of_words(note.section) if note else parts.place_of(what))
            self.part.show_record(what)

    def _rally_of(self, what: Concern) -> RallyId | None:
        """Find the rally that something belongs to; the one that is shown for what belongs to the whole plan."""
        store = self.desk.store
        if what.kind == "rally":
            return RallyId(what.id)
        kind = TABLES.get(what.kind)
        record: Any = store.find(kind, what.id) if kind else None
        if isinstance(record, Need | Assignment):
            record = store.find(Shift, record.shift_id)
        if isinstance(record, Pin):
            record = store.find(SitePlan, record.site_plan_id)
        elif isinstance(record, Shift):
            record = store.find(Post, record.post_id or "") or store.find(Stall, record.stall_id or "")
        elif what.kind == "issued_line" and record is not None:
            record = store.find(ProgrammeIssue, record.programme_issue_id)
        if what.kind == "venue":
            here = store.where(Rally, venue_id=what.id)
            mine = [rally for rally in here if rally.id == self._rally]
            return (mine or list(here) or [None])[0].id if here else None
        if record is not None and kind and any(column.name == "rally_id" for column in columns(type(record))):
            found = record.rally_id
            return RallyId(found) if found else self._rally or self._first_rally()
        return None

    def _part(self, number: int) -> RallyPart:
        found = self._parts.get(number)
        if found is None:
            found = self._parts[number] = parts.BY_NUMBER[number].make(self.desk)
            found.take_settings(self._kept.get(str(number), {}))
            found.section_wanted.connect(self._go_to)
            found.field_wanted.connect(self._go_to)
            self._places[number] = _scrolled(_column(found) if found.scrolls else found)
            self.stack.addWidget(self._places[number])
        return found

    def _let_go(self) -> None:
        """Let go of the editors that were left longest ago, but of none with something unfinished in it."""
        left = list(self._parts)[:-_ALIVE]
        for number in left if not self.desk.jobs.busy else ():
            if not self._parts[number].unfinished:
                self._kept[str(number)] = self._parts.pop(number).settings()
                place = self._places.pop(number)
                self.stack.removeWidget(place)
                place.deleteLater()

    def _show_part(self) -> None:
        assert self._reading is not None
        part = self._part(self._number)
        self._parts[self._number] = self._parts.pop(self._number)
        self.stack.setCurrentWidget(self._places[self._number])
        self._let_go()
        seen = self._reading.seen
        part.show_rally(
            type(seen)(
                plan=seen.plan,
                rally=seen.rally,
                venue=seen.venue,
                rules=seen.rules,
                where=seen.where,
                status=seen.status,
                problems=self._wrong.get(self._number, ()),
                missing=self._reading.missing.get(self._number, ()),
            )
        )

    # --------------------------------------------------------------------------------------- new and print
    def begin_new(self) -> None:
        """Ask for what a new rally needs."""
        if self.desk.writable:
            self._turn_to(self.new_rally)
            self._say_head()
            self.new_rally.begin()

    def _made(self, id: str) -> None:
        self._rally, self._number = RallyId(id), parts.FIRST
        self._turn_to(self._editing)
        self.reload()
        self._begin_at_top()
        self._choose_its_day()
        self.outline.setFocus()

    def _end_new(self) -> None:
        self._turn_to(self._editing if self._rallies else self.empty)
        self._say_head()
        (self.outline if self._rallies else self.empty.button).setFocus()

    def _print(self) -> None:
        if self._rally is not None:
            printing.ask_print_rally(self.desk, self._rally, self)

    # ------------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Keep the rally and the section, and what the editors keep."""
        kept = {**self._kept, **{str(number): part.settings() for number, part in self._parts.items()}}
        return {"rally": self._rally or "", "section": self._number, "parts": kept}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Go back to where somebody was."""
        rally, number, of_parts = kept.get("rally"), kept.get("section"), kept.get("parts")
        if isinstance(rally, str) and rally:
            self._rally = RallyId(rally)
        if isinstance(number, int) and number in parts.BY_NUMBER:
            self._number = number
        if isinstance(of_parts, dict):
            self._kept = {name: each for name, each in of_parts.items() if isinstance(each, dict)}


def _column(part: RallyPart) -> QWidget:
    """Put an editor into a column no wider than is read with ease."""
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, theme.px(8), theme.px(16))
    part.setMaximumWidth(theme.px(_WIDEST))
    row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    row.addStretch(0)
    return inside


def _scrolled(inside: QWidget) -> QScrollArea:
    """Let what has no room at the largest zooms be scrolled to, rather than be cut off or widen the window."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inside)
    return made
