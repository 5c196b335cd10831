"""Who is on a shift: how firm each is, what speaks against them, and everything that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from rallyapp.domain.assigning import assign, move_assignments, pin, unassign
from rallyapp.domain.pickets import ASSIGNMENT_MOVES, Assignment, AssignmentState, Presence, Role
from rallyapp.domain.problems import Concern
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.times import clock
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.page import PageName
from rallyapp.ui.staffing.line_paint import SIDE
from rallyapp.ui.staffing.lines import Line, initials
from rallyapp.ui.staffing.people_list import PeopleList, inset
from rallyapp.ui.staffing.shift_facts import ShiftFacts, Staffed
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button

_SIGNS = {
    AssignmentState.PROPOSED: ("circle-dashed", "muted"),
    AssignmentState.ASKED: ("clock", "muted"),
    AssignmentState.CONFIRMED: ("circle-check", "met"),
    AssignmentState.RECONFIRM: ("rotate-ccw", "short"),
    AssignmentState.DECLINED: ("user-x", "muted"),
    AssignmentState.WITHDRAWN: ("user-x", "muted"),
}
# What can be done, the state that it leads to, its key, and what the undo says.
_STATES = (
    ("Asked", AssignmentState.ASKED, "A", "Mark {name} as asked"),
    ("Confirmed", AssignmentState.CONFIRMED, "C", "Confirm {name}"),
    ("Said no", AssignmentState.DECLINED, "N", "Mark that {name} said no"),
    ("Withdrew", AssignmentState.WITHDRAWN, "W", "Mark that {name} withdrew"),
)
# The roles that somebody can be given here, and their keys; at a picket, a post and a stall some of them.
_ROLES = (
    *((Role.SUPERVISOR, "S"), (Role.PICKET, "K"), (Role.STANDBY, "B"), (Role.STEWARD, "T")),
    *((Role.CHIEF_STEWARD, "H"), (Role.FIRST_AIDER, "I"), (Role.MC, "M"), (Role.STALL, "V")),
)


class Staff(QWidget):
    """The list of who is on a shift. ``cover_wanted`` asks who could come instead of somebody.

    ``message_wanted`` asks to copy the shift as a message.
    """

    cover_wanted = Signal(str)
    message_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan; it shows nobody yet."""
        super().__init__()
        self._desk = desk
        self._facts: ShiftFacts | None = None
        self.list = PeopleList("On this shift")
        self.list.acted.connect(lambda id: self._show_menu(id, self._beside(id)))
        self.list.menu_wanted.connect(self._show_menu)
        self.list.opened.connect(lambda _: self._go())
        self.list.chosen.connect(lambda _: self._enable())
        self.nobody = Words("Nobody yet. Put on whom you want below.", ink="muted", wrap=True)
        self.asked = button("")
        self.asked.setProperty("link", True)
        self.asked.clicked.connect(self._all_asked)
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.copy = IconButton("copy", "Copy as message", tip="Copy as message (Ctrl+Shift+C)", ink="muted", flat=True)
        self.copy.clicked.connect(self.message_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(SIDE), 0, 0, 0)
        head.addWidget(Words("ON THIS SHIFT", Type.OVERLINE, ink="muted"), 1)
        head.addWidget(self.copy)
        column.addLayout(head)
        column.addLayout(inset(self.nobody))
        column.addWidget(self.list)
        column.addWidget(self.asked, alignment=Qt.AlignmentFlag.AlignLeft)

    # -------------------------------------------------------------------------------------------- showing
    def show_shift(self, facts: ShiftFacts) -> None:
        """Show who is on a shift."""
        self._facts = facts
        lines = [_line(each) for each in facts.on]
        if facts.gone:
            lines.append(Line(id="=gone", title="Not coming", heading=True))
            lines += [_line(each) for each in facts.gone]
        self.list.show_lines(lines)
        self.nobody.setVisible(not facts.on)
        self.list.setVisible(bool(lines))
        unasked = sum(each.row.state is AssignmentState.PROPOSED for each in facts.on)
        words = "Mark as asked" if unasked == 1 else f"Mark {unasked} as asked"
        self.asked.setText(words)
        self.asked.setAccessibleName(words)
        self.asked.setVisible(bool(unasked) and self._desk.writable)
        self._enable()

    @property
    def chosen(self) -> Staffed | None:
        """Who is chosen in the list."""
        id, facts = self.list.chosen_id, self._facts
        return next((each for each in (*facts.on, *facts.gone) if each.row.id == id), None) if facts else None

    # -------------------------------------------------------------------------------------------- actions
    def _make_actions(self) -> None:
        self._by_state: dict[AssignmentState, QAction] = {}
        for text, state, key, label in _STATES:
            self._by_state[state] = self._action(text, key, lambda s=state, words=label: self._move(s, words))
        self._pin = self._action("Pin", "P", self._toggle_pin)
        self._roles = {role: self._action("", key, lambda role=role: self._become(role)) for role, key in _ROLES}
        self._presence = self._action("", "R", self._toggle_presence)
        self._cover = self._action("Find cover\u2026", "F", self._find_cover)
        self._off = self._action("Take off", "Del", self._take_off)
        self._person = self._action("Go to the person", "G", self._go)

    def _action(self, text: str, key: str, do: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(lambda: do())
        self.list.addAction(made)
        return made

    def _enable(self) -> None:
        """Let what makes sense for who is chosen be done, under the words of that day's law."""
        each, facts = self.chosen, self._facts
        able = each is not None and self._desk.writable
        for state, action in self._by_state.items():
            action.setEnabled(able and each is not None and state in ASSIGNMENT_MOVES[each.row.state])
        counts = each is not None and each.row.state.counts
        self._pin.setText("Unpin" if each is not None and each.row.pinned else "Pin, so that Fill rota leaves them")
        self._pin.setEnabled(able and counts)
        for role, action in self._roles.items():
            action.setText(f"Make {facts.word(role)}" if facts else "")
            known = facts is not None and role in facts.roles
            action.setVisible(known)
            action.setEnabled(able and counts and known and each is not None and each.row.role is not role)
        near = each is not None and each.row.presence is Presence.CONTACTABLE
        self._presence.setText("Is there in person" if near else "Only within reach by phone")
        self._presence.setEnabled(able and counts)
        self._presence.setVisible(each is not None and each.row.role is Role.SUPERVISOR)
        self._cover.setEnabled(able and counts)
        self._off.setEnabled(able)
        self._person.setEnabled(each is not None)

    def menu(self) -> QMenu:
        """Make the menu of who is chosen."""
        self._enable()
        made = QMenu(self)
        made.addActions(list(self._by_state.values()))
        made.addSeparator()
        made.addActions([*self._roles.values(), self._presence, self._pin])
        made.addSeparator()
        made.addActions([self._cover, self._off])
        made.addSeparator()
        made.addAction(self._person)
        for action in made.actions():  # by its letter, too, which is the list's and does not pass through the menu
            action.triggered.connect(made.close)
        made.aboutToHide.connect(made.deleteLater)
        return made

    def _show_menu(self, id: str, at: QPoint) -> None:
        self.list.choose(id)
        self.menu().popup(at)

    def _beside(self, id: str) -> QPoint:
        box = self.list.visualRect(self.list.currentIndex())
        return self.list.viewport().mapToGlobal(box.bottomLeft())

    # --------------------------------------------------------------------------------------------- writing
    def _write(self, label: str, make: Callable[[ShiftFacts, Assignment], RotaEdit]) -> None:
        each, facts = self.chosen, self._facts
        if each is None or facts is None:
            return
        where = f"{facts.title} {clock(facts.shift.starts)}"
        write(self._desk, facts.plan, f"{label}, {where}", lambda: make(facts, each.row))

    def _named(self, label: str) -> str:
        return label.format(name=self.chosen.person.name) if self.chosen else label

    def _move(self, state: AssignmentState, label: str) -> None:
        self._write(self._named(label), lambda facts, row: move_assignments(facts.plan, [row.id], state))

    def _toggle_pin(self) -> None:
        pinned = bool(self.chosen and self.chosen.row.pinned)
        label = self._named("Unpin {name}" if pinned else "Pin {name}")
        self._write(label, lambda facts, row: pin(facts.plan, [row.id], not pinned))

    def _become(self, role: Role) -> None:
        if self._facts is None:
            return
        label = self._named("Make {name} ") + self._facts.word(role)
        self._write(label, lambda facts, row: assign(facts.plan, row.shift_id, row.person_id, role))

    def _toggle_presence(self) -> None:
        def other(facts: ShiftFacts, row: Assignment) -> RotaEdit:
            there = row.presence is Presence.CONTACTABLE
            return RotaEdit(saved=(replace(row, presence=Presence.PRESENT if there else Presence.CONTACTABLE),))

        self._write(self._named("Change where {name} is"), other)

    def _take_off(self) -> None:
        self._write(self._named("Take {name} off"), lambda facts, row: unassign(facts.plan, [row.id]))

    def _all_asked(self) -> None:
        facts = self._facts
        if facts is None:
            return
        rows = [each.row.id for each in facts.on if each.row.state is AssignmentState.PROPOSED]
        label = f"Mark {len(rows)} as asked, {facts.title} {clock(facts.shift.starts)}"
        write(self._desk, facts.plan, label, lambda: move_assignments(facts.plan, rows, AssignmentState.ASKED))

    def _find_cover(self) -> None:
        if self.chosen is not None:
            self.cover_wanted.emit(self.chosen.person.id)

    def _go(self) -> None:
        if self.chosen is not None:
            self._desk.go(PageName.PEOPLE, Concern("person", self.chosen.person.id))


def _line(each: Staffed) -> Line:
    row = each.row
    note = f"{each.role}, {each.state}"
    if row.presence is Presence.CONTACTABLE:
        note += ", within reach by phone"
    if row.overridden:
        note += f". {row.override_by} decided: {row.override_reason}"
    sign, ink = _SIGNS[row.state]
    blocks = any(reason.blocks for reason in each.against)
    return Line(
        id=row.id,
        title=each.person.name,
        note=note[0].upper() + note[1:],
        against=each.against_words,
        tone="nobody" if blocks else "short",
        sign="pin" if row.pinned and row.state is not AssignmentState.RECONFIRM else sign,
        sign_ink=ink,
        act="ellipsis",
        does=f"What can be done about {each.person.name}",
        initials=initials(each.person.name),
        faint=not row.state.counts,
    )
