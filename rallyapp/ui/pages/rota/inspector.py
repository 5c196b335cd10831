"""The pane beside the rota: the chosen shift, several of them, or what is most short; and a fill and its proposal."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp import carried
from rallyapp.domain.assigning import move_assignments, role_for
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.eligibility import Book
from rallyapp.domain.ids import AssignmentId, LineId, PersonId, ShiftId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import AssignmentState
from rallyapp.domain.rota_message import rota_message
from rallyapp.domain.times import day_words, span_words
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.rota.filling import Filling, Scope, Stage
from rallyapp.ui.pages.rota.proposal_panel import ProposalPanel
from rallyapp.ui.pages.rota.reading import Rota, Shown
from rallyapp.ui.pages.rota.shift_view import ShiftView, put_on
from rallyapp.ui.staffing.line_paint import SIDE
from rallyapp.ui.staffing.lines import Line
from rallyapp.ui.staffing.people_list import PeopleList, inset
from rallyapp.ui.staffing.shift_facts import ShiftFacts, facts_of, judged, totals, verdict_of
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Chip, Section
from rallyapp.ui.widgets.timeline.records import Mark
from rallyapp.ui.widgets.words import Words, button

_MOST_LISTED = 40
_MOST_SHORT = 5


class ShiftInspector(QWidget):
    """What is chosen on the rota. The page shows its shifts with ``show_shifts``, again after every change.

    ``marks`` is what a proposal lays over a shift, and ``marks_changed`` says that it is something else now;
    ``shifts_wanted`` gives the shifts to choose.
    """

    marks_changed = Signal()
    shifts_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make it for an open plan, with nothing chosen."""
        super().__init__(parent)
        self._desk = desk
        self._marks: Mapping[ShiftId, tuple[Mark, ...]] = {}
        self._before: QWidget | None = None  # where the keyboard was when a fill was asked for
        self._ids: tuple[ShiftId, ...] = ()
        self._short: tuple[Shown, ...] = ()
        self._lines: Mapping[LineId, str] = {}
        self._printed: Mapping[ShiftId, int] = {}
        self._many: tuple[ShiftFacts, ...] = ()
        self._parts: tuple[int, dict[tuple[PersonId, ShiftId], tuple[bool, str]]] = (-1, {})
        self.filling = Filling(desk, self)
        self.proposal = ProposalPanel(desk, self.filling)
        self.one = ShiftView(desk)
        self.one.message_wanted.connect(self.copy_message)
        self._make_nothing()
        self._make_several()
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16 - SIDE), theme.px(20), theme.px(16 - SIDE), theme.px(24))
        column.setSpacing(0)
        for part in (self.proposal, self.one, self.several, self.nothing):
            column.addWidget(part)
        self.proposal.marks_changed.connect(self._lay_over)
        self.proposal.shifts_wanted.connect(self.shifts_wanted)
        self.filling.changed.connect(self._choose_part)
        self.show_shifts(())

    # ----------------------------------------------------------------------------------------- its parts
    def _make_nothing(self) -> None:
        self.nothing = QWidget()
        self.hint = Words("", ink="muted", wrap=True)
        self.shortest = PeopleList("Most short")
        self.shortest.acted.connect(lambda id: self.shifts_wanted.emit((ShiftId(id),)))
        self.shortest.opened.connect(lambda id: self.shifts_wanted.emit((ShiftId(id),)))
        self._short_section = Section("Most short this day")
        column = QVBoxLayout(self.nothing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        column.addLayout(inset(Section("Shift", self.hint)))
        below = QVBoxLayout()
        below.setSpacing(theme.px(4))
        below.addLayout(inset(self._short_section))
        below.addWidget(self.shortest)
        column.addLayout(below)
        column.addStretch(1)

    def _make_several(self) -> None:
        self.several = QWidget()
        self.several_title = Words("", Type.TITLE, wrap=True)
        self.several_words = Words("", ink="muted", wrap=True)
        self.several_chip = Chip()
        self.several_list = PeopleList("Chosen shifts")
        self.several_list.acted.connect(lambda id: self.shifts_wanted.emit((ShiftId(id),)))
        self.several_list.opened.connect(lambda id: self.shifts_wanted.emit((ShiftId(id),)))
        self.fill_chosen = button("Fill these shifts")
        self.fill_chosen.clicked.connect(lambda: self.fill("chosen"))
        self.ask_chosen = button("")
        self.ask_chosen.clicked.connect(self._all_asked)
        self.copy_chosen = button("Copy as message")
        self.copy_chosen.clicked.connect(self.copy_message)
        column = QVBoxLayout(self.several)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        head = Section("Shifts", self.several_title, self.several_words, gap=4)
        head.column.addSpacing(theme.px(4))
        head.column.addWidget(self.several_chip, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(inset(head))
        column.addSpacing(theme.px(8))
        column.addLayout(inset(self.fill_chosen, self.ask_chosen, self.copy_chosen))
        column.addSpacing(theme.px(16))
        column.addWidget(self.several_list)
        column.addStretch(1)

    def _make_actions(self) -> None:
        self.put_on_action = self._action("Put somebody on this shift", "Ins", self.find_somebody)
        self.message_action = self._action("Copy as message", "Ctrl+Shift+C", self.copy_message)
        self.fill_day_action = self._action("Fill this strike day", "", functools.partial(self.fill, "day"))
        self.fill_all_action = self._action("Fill all strike days", "", functools.partial(self.fill, "all"))
        self.fill_chosen_action = self._action("Fill the chosen shifts", "", functools.partial(self.fill, "chosen"))
        self.actions_for_page: tuple[QAction, ...] = (
            self.put_on_action,
            self.message_action,
            self.fill_day_action,
            self.fill_all_action,
            self.fill_chosen_action,
        )

    def _action(self, text: str, keys: str, do: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda: do())
        self.addAction(made)
        return made

    # -------------------------------------------------------------------------------------------- showing
    def show_shifts(self, shifts: Sequence[ShiftId]) -> None:
        """Show these shifts as they are now; those that are gone are passed over."""
        self._ids = tuple(shifts)
        self.filling.look()
        if self._ids:
            part = shift_part(self._desk.store, self._ids)
            book = Book(part)
            self._many = tuple(facts for id in self._ids if (facts := facts_of(part, id, book)) is not None)
        else:
            self._many = ()
        if len(self._many) == 1:
            self.one.show_shift(self._many[0])
            self.one.say_paper(self._printed.get(self._ids[0]))
        elif self._many:
            self._show_several()
        else:
            self._show_nothing()
        self._choose_part()

    def take_rota(self, rota: Rota | None, day: StrikeDayId | None) -> None:
        """Take what the page shows of a strike day, to say what is most short while nothing is chosen."""
        self._short = tuple(s for s in rota.shifts if s.row.strike_day_id == day) if rota is not None else ()
        self._lines = {each.id: each.name for each in rota.scope.lines} if rota is not None else {}
        shifts = rota.shifts if rota is not None else ()
        self._printed = {shift.id: shift.printed for shift in shifts if shift.printed is not None}

    def marks(self, shift: ShiftId) -> tuple[Mark, ...]:
        """Say what the proposal lays over a shift; nothing where there is none."""
        return self._marks.get(shift, ())

    def _lay_over(self, marks: Mapping[ShiftId, tuple[Mark, ...]]) -> None:
        self._marks = marks
        self.marks_changed.emit()

    @property
    def shown(self) -> tuple[ShiftId, ...]:
        """The shifts that are shown."""
        return tuple(each.shift.id for each in self._many)

    def _choose_part(self) -> None:
        fills = self.filling.stage is not Stage.IDLE
        count = len(self._many)
        wanted = self.proposal if fills else self.one if count == 1 else self.several if count else self.nothing
        focus = self.focusWidget()
        left = focus is not None and self.proposal.isAncestorOf(focus) and wanted is not self.proposal
        for part in (self.proposal, self.one, self.several, self.nothing):
            part.setVisible(part is wanted)
        if left:
            self._give_focus_back()
        writable = self._desk.writable
        self.put_on_action.setEnabled(writable and count == 1 and not fills)
        self.message_action.setEnabled(count > 0)
        self.fill_day_action.setEnabled(writable and self._desk.day is not None)
        self.fill_all_action.setEnabled(writable)
        self.fill_chosen_action.setEnabled(writable and count > 0)

    def _give_focus_back(self) -> None:
        """Once a proposal is done with, go back to where somebody was when they asked for it."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_nothing(self) -> None:
        self.hint.setText(
            "Choose a shift to see who is on it and who could come. Several are chosen with Ctrl or Shift."
        )
        short = sorted((shift for shift in self._short if shift.gap), key=lambda shift: shift.urgency)
        self._short_section.setVisible(bool(short))
        self.shortest.setVisible(bool(short))
        lines = [
            Line(
                id=shift.id,
                title=f"{self._lines[shift.row.line_id]}, {span_words(shift.row.starts, shift.row.ends)}",
                against=f"{shift.state}, {shift.row.missing} needed" if shift.tone is Tone.NOBODY else shift.state,
                tone=str(shift.tone),
                act="arrow-right",
                does="Choose this shift",
            )
            for shift in short[:_MOST_SHORT]
        ]
        if len(short) > len(lines):
            lines.append(Line(id="=more", title=f"and {len(short) - len(lines):,} more", heading=True))
        self.shortest.show_lines(lines)

    def _show_several(self) -> None:
        heads, wished, missing = totals(self._many)
        self.several_title.setText(f"{len(self._many):,} shifts chosen")
        self.several_words.setText(f"{heads:,} of {wished:,} places filled")
        empty = sum(not each.heads and each.missing > 0 for each in self._many if not each.stood_down)
        words = f"{missing:,} more needed" if missing else "Enough everywhere"
        if empty:
            words += f", nobody on {empty:,}"
        self.several_chip.say(words, "nobody" if empty else "short" if missing else "met")
        unasked = self._unasked()
        self.ask_chosen.setText(f"Mark {len(unasked):,} as asked")
        self.ask_chosen.setAccessibleName(self.ask_chosen.text())
        self.ask_chosen.setVisible(bool(unasked) and self._desk.writable)
        self.fill_chosen.setVisible(self._desk.writable)
        lines = [
            Line(
                id=each.shift.id,
                title=f"{each.title}, {each.shift.words}",
                note="" if each.missing else each.state,
                against=each.state if each.missing else "",
                tone=str(each.tone) if each.missing else "short",
                act="arrow-right",
                does="Choose only this shift",
            )
            for each in self._many[:_MOST_LISTED]
        ]
        if len(self._many) > _MOST_LISTED:
            lines.append(Line(id="=more", title=f"and {len(self._many) - _MOST_LISTED:,} more", heading=True))
        self.several_list.show_lines(lines)

    # --------------------------------------------------------------------------------------------- people
    def find_somebody(self) -> None:
        """Go to where a name is typed to put somebody on the shift."""
        if len(self._many) == 1 and not self.proposal.isVisible():
            self.one.suggestions.focus_search()

    def verdict(self, person_id: PersonId, shift_id: ShiftId) -> tuple[bool, str]:
        """Say whether somebody can be put on a shift, and in a sentence why not or what to think of."""
        version, known = self._parts
        if version != self._desk.store.version:
            known = {}
            self._parts = (self._desk.store.version, known)
        if (person_id, shift_id) not in known:
            facts = facts_of(shift_part(self._desk.store, [shift_id], [person_id]), shift_id)
            known[person_id, shift_id] = verdict_of(facts, person_id) if facts else (False, "This shift is gone.")
        return known[person_id, shift_id]

    def put_on(self, person_id: PersonId, shift_id: ShiftId) -> None:
        """Put somebody on a shift on which they were dropped; where a reason blocks it, ask first on whose name."""
        part = shift_part(self._desk.store, [shift_id], [person_id])
        facts = facts_of(part, shift_id)
        if facts is None or part.find(Person, person_id) is None:
            return
        role = role_for(part, shift_id, person_id)
        if any(each.blocks for each in judged(facts, [person_id], role)[person_id]):
            if self.shown != (shift_id,):
                self.shifts_wanted.emit((shift_id,))
                self.show_shifts((shift_id,))
            self.one.suggestions.put_on(person_id, role)
        else:
            put_on(self._desk, shift_id, person_id, role)

    def _unasked(self) -> list[AssignmentId]:
        return [each.row.id for facts in self._many for each in facts.on if each.row.state is AssignmentState.PROPOSED]

    def _all_asked(self) -> None:
        rows, plan = self._unasked(), self._many[0].plan
        label = f"Mark {len(rows):,} as asked on {len(self._many):,} shifts"
        write(self._desk, plan, label, lambda: move_assignments(plan, rows, AssignmentState.ASKED))

    def copy_message(self) -> None:
        """Put the chosen shifts on the clipboard as a message: short names, time and place, and no phone number."""
        shifts = [each.shift.id for each in self._many]
        if shifts:
            QGuiApplication.clipboard().setText(rota_message(self._many[0].plan, shifts, carried.law()))
            self._desk.messages.news("Copied: paste it into a message. It holds short names, times and places only.")

    # ----------------------------------------------------------------------------------------------- fill
    def fill(self, scope: Literal["day", "all", "chosen"] = "day") -> None:
        """Begin to fill: the chosen strike day, all of them, or the chosen shifts."""
        if self.filling.stage is Stage.IDLE:
            self._before = QApplication.focusWidget()
        day = self._desk.store.find(StrikeDay, self._desk.day) if self._desk.day else None
        if scope == "chosen" and self._many:
            count = len(self._many)
            words = "this shift" if count == 1 else f"{count:,} shifts"
            self.filling.start(Scope(words=words, shifts=self.shown))
        elif scope == "day" and day is not None:
            self.filling.start(Scope(words=day_words(day.first_date), day=day.id))
        else:
            self.filling.start(Scope(words="all strike days"))
