"""One shift in the pane: when and where it is, what it needs, who is on it, and who could come."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain.assigning import assign
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Role
from rallyapp.domain.reprinting import shift_changes
from rallyapp.domain.rota_edits import resize_shift
from rallyapp.domain.rota_work import RotaEdit, span_on
from rallyapp.domain.times import clock
from rallyapp.store.reprint_queries import SHOWN_OF_SHIFT, as_printed
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.rota.cover_panel import CoverPanel
from rallyapp.ui.pages.rota.needs import Needs
from rallyapp.ui.staffing.people_list import bare, inset
from rallyapp.ui.staffing.shift_facts import ShiftFacts, facts_of
from rallyapp.ui.staffing.staff import Staff
from rallyapp.ui.staffing.suggestions import Suggestions
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, NumberField, SpanField, TextField, beside
from rallyapp.ui.widgets.half_typed import show_beside_typing
from rallyapp.ui.widgets.parts import Chip, Section
from rallyapp.ui.widgets.words import Words, button

_PRIORITIES = [
    ("Nice to have", 1),
    ("If there is somebody", 2),
    ("Usual", 3),
    ("Important", 4),
    ("Must not fail", 5),
]


class ShiftView(QWidget):
    """The details of one shift. ``message_wanted`` asks to copy it as a message."""

    message_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan; it shows no shift yet."""
        super().__init__()
        self._desk = desk
        self.facts: ShiftFacts | None = None
        self.title = Words("", Type.TITLE, wrap=True)
        self.where = Words("", ink="muted", wrap=True)
        self.chip = Chip()
        self.times = SpanField("Time", nights=True)
        self.times.committed.connect(self._retime)
        self.day = Words("", ink="muted")
        self.off = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.again = Words("", Type.SMALL, ink="short", wrap=True)
        self.paper = Words("", Type.SMALL, ink="muted", wrap=True)
        self.needs = Needs(desk)
        self.staff = Staff(desk)
        self.cover = CoverPanel(desk)
        self.suggestions = Suggestions(desk)
        self.staff.cover_wanted.connect(self.cover.ask)
        self.suggestions.wanted.connect(self._put_on)
        self.staff.message_wanted.connect(self.message_wanted)
        self._make_more()
        self._lay_out()

    def _make_more(self) -> None:
        self.more = button("More")
        self.more.setProperty("link", True)
        self.more.clicked.connect(lambda: self._show_more(self._folded.isHidden()))
        self.label = TextField("Label", placeholder="Morning rush")
        self.meet = NumberField("Meet before", most=240, unit="min")
        self.priority = ChoiceField("Priority", _PRIORITIES)
        self.label.committed.connect(lambda value: self._change("Label the shift", label=value))
        self.meet.committed.connect(lambda value: self._change("Change when to meet", meet_minutes=value or 0))
        self.priority.committed.connect(lambda value: self._change("Change the priority", priority=value))
        self._folded = QWidget()
        column = QVBoxLayout(self._folded)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.label)
        column.addWidget(beside(self.meet, self.priority))
        self._folded.hide()

    def _lay_out(self) -> None:
        bare(self.times)
        self._fit()
        when = QHBoxLayout()
        when.setSpacing(theme.px(8))
        when.addWidget(self.day, 1)
        when.addWidget(self.times)
        state = QHBoxLayout()
        state.setSpacing(theme.px(8))
        state.addWidget(self.chip)
        state.addStretch()
        state.addWidget(self.more)
        head = Section("Shift", self.title, self.where, gap=4)
        for row in (when, state):
            head.column.addSpacing(theme.px(4))
            head.column.addLayout(row)
        head.add(self.off)
        head.add(self.again)
        head.add(self.paper)
        head.add(self._folded)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(20))
        column.addLayout(inset(head))
        column.addWidget(self.needs)
        column.addWidget(self.staff)
        column.addLayout(inset(self.cover))
        column.addWidget(self.suggestions)
        column.addStretch(1)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "times"):
            self._fit()

    def _fit(self) -> None:
        self.times.setFixedWidth(theme.px(124))

    def _show_more(self, shown: bool) -> None:
        self._folded.setVisible(shown)
        words = "Less" if shown else "More"
        self.more.setText(words)
        self.more.setAccessibleName(f"{words} about this shift")

    # -------------------------------------------------------------------------------------------- showing
    def show_shift(self, facts: ShiftFacts) -> None:
        """Show a shift as it is now; what is being typed about it stays."""
        same = self.facts is not None and self.facts.shift.id == facts.shift.id
        self.facts = facts
        shift = facts.shift
        self.title.setText(facts.title)
        self.where.setText(f"{facts.where}, {shift.label}" if shift.label else facts.where)
        self.day.setText(facts.day)
        self.chip.say(facts.state, "" if facts.tone is Tone.OFF else str(facts.tone))
        self.off.setText(f"{facts.off[:1].upper()}{facts.off[1:]}.")
        self.off.setVisible(bool(facts.off))
        self.again.setText(f"Must be told again: {', '.join(each.person.name for each in facts.again)}.")
        self.again.setVisible(bool(facts.again))
        for field, value in (
            (self.times, (shift.starts.time(), shift.ends.time())),
            (self.label, shift.label),
            (self.meet, shift.meet_minutes),
            (self.priority, shift.priority),
        ):
            if same:
                show_beside_typing(field, value)
            else:
                field.show_value(value)
            field.set_writable(self._desk.writable)
        self.staff.show_shift(facts)
        self.cover.show_shift(facts)
        self.suggestions.setVisible(not facts.stood_down and self._desk.writable)
        if not facts.stood_down:
            self.suggestions.show_shift(facts)
        self.needs.show_shift(facts)

    def say_paper(self, since: int | None) -> None:
        """Say what of the shift is not as it was when a version was printed."""
        facts = self.facts
        self.paper.setVisible(since is not None and facts is not None)
        if since is None or facts is None:
            return
        id = facts.shift.id
        then = as_printed(self._desk.store, facts.plan, since, SHOWN_OF_SHIFT, shift=id)
        changes = "; ".join(shift_changes(then, facts.plan, id, carried.law()))
        self.paper.setText(
            f"Not as on paper, version {since:,}: {changes}." if changes else f"Printed, version {since:,}."
        )

    # --------------------------------------------------------------------------------------------- writing
    def _retime(self, span: tuple[time, time]) -> None:
        facts = self.facts
        if facts is None:
            return
        starts, ends = span_on(facts.shift.starts.date(), *span)
        label = f"Move the shift to {clock(starts)}\u2013{clock(ends)}, {facts.title}"
        id = facts.shift.id
        if not write(self._desk, facts.plan, label, lambda: resize_shift(facts.plan, id, starts, ends)):
            self.times.show_value((facts.shift.starts.time(), facts.shift.ends.time()))

    def _change(self, did: str, /, **values: object) -> None:
        facts = self.facts
        if facts is not None:
            changed = replace(facts.shift, **values)  # type: ignore[arg-type]
            label = f"{did}, {facts.title} {clock(facts.shift.starts)}"
            write(self._desk, facts.plan, label, lambda: RotaEdit(saved=(changed,)))

    def _put_on(self, person_id: str, role: Role, by: str, reason: str) -> None:
        if self.facts is not None:
            put_on(self._desk, self.facts.shift.id, PersonId(person_id), role, by=by, reason=reason)


def put_on(desk: Desk, shift: ShiftId, person: PersonId, role: Role, *, by: str = "", reason: str = "") -> str:
    """Put somebody on a shift as one edit; gives the operation's id, or nothing where it could not be done."""
    facts = facts_of(shift_part(desk.store, [shift], [person]), shift)
    who = facts.plan.find(Person, person) if facts else None
    if facts is None or who is None:
        return ""
    label = f"Put {who.name} on as {facts.word(role)}, {facts.title} {clock(facts.shift.starts)}"
    return write(
        desk,
        facts.plan,
        label,
        lambda: assign(facts.plan, shift, person, role, override_by=by, override_reason=reason),
    )
