"""Who could take a place of a shift: ranked with reasons, searched over everybody, put on, overridden by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rallyapp.domain.eligibility import Reason
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Person, Skill
from rallyapp.domain.pickets import Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.rota.suggest import reason_words
from rallyapp.store import queries
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.staffing.line_paint import SIDE
from rallyapp.ui.staffing.lines import Line, initials
from rallyapp.ui.staffing.override import Override
from rallyapp.ui.staffing.people_list import PeopleList, bare, inset, reveal
from rallyapp.ui.staffing.shift_facts import ShiftFacts, facts_of, judged
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField
from rallyapp.ui.widgets.words import Words, button

if TYPE_CHECKING:
    from rallyapp.rota.suggest import Suggestion

JOB = "suggest"
_FEW = {"fit": 6, "warned": 4, "cant": 4}
_OTHERS = 30  # of those whom one fact rules out, by name
_FOUND = 30
_HEADINGS = {"warned": "With a warning", "cant": "Can\u2019t, as things are"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The people for a shift in a role: who fit, who do with a warning, and who can't, each in order."""

    shift: ShiftId
    role: Role
    fit: tuple[Suggestion, ...]
    warned: tuple[Suggestion, ...]
    cant: tuple[Suggestion, ...]

    @property
    def by_id(self) -> dict[str, Suggestion]:
        """Find them by the person's id."""
        return {each.person.id: each for each in (*self.fit, *self.warned, *self.cant)}


def ranked(plan: Plan, id: ShiftId, role: Role, skill: Skill | None) -> Ranked | None:
    """Rank people for a shift; it reads all who work or offered there, so it is done off the main thread."""
    from rallyapp.rota.around import around
    from rallyapp.rota.suggest import Group, Suggester

    shift = plan.find(Shift, id)
    if shift is None:
        return None
    ready = Suggester(around(plan, shift, role))
    found = ready.suggest(shift, role=role, skill=skill)
    others = islice(ready.others(shift, role=role, skill=skill), _OTHERS)
    return Ranked(
        shift=id,
        role=role,
        fit=found.of(Group.FITS),
        warned=found.of(Group.WARNED),
        cant=(*found.of(Group.BLOCKED), *others),
    )


class Suggestions(QWidget):
    """The part of the inspector that puts people on a shift. ``wanted`` says who, as what, and on whose name."""

    wanted = Signal(str, object, str, str)

    def __init__(self, desk: Desk, few: Mapping[str, int] = _FEW) -> None:
        """Make it for an open plan; ``few`` is how many of each kind are shown before somebody asks for all."""
        super().__init__()
        self._desk, self._few = desk, few
        self._facts: ShiftFacts | None = None
        self._ranked: Ranked | None = None
        self._again = False
        self._all = False
        self._role: Role | None = None  # chosen by hand for this shift
        self._asking: tuple[str, Role] | None = None
        self.role = ChoiceField("Put on as")
        self.role.committed.connect(self._role_chosen)
        self.search = _Search()
        self.search.textChanged.connect(lambda: self._show())
        self.search.down.connect(self._into_list)
        self.search.entered.connect(self._first_wanted)
        self.list = PeopleList("Free and willing")
        self.list.acted.connect(self.put_on)
        self.list.opened.connect(self.put_on)
        self.status = Words("", ink="muted", wrap=True)
        self.more = button("")
        self.more.setProperty("link", True)
        self.more.clicked.connect(self._show_all)
        self.override = Override()
        self.override.decided.connect(self._decided)
        self.override.left.connect(self._stop_asking)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        bare(self.role)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(SIDE), 0, theme.px(SIDE), 0)
        row.setSpacing(theme.px(8))
        self.role.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(self.role)
        row.addWidget(self.search, 1)
        column.addLayout(inset(Words("FREE AND WILLING", Type.OVERLINE, ink="muted")))
        column.addLayout(row)
        column.addLayout(inset(self.override, self.status))
        column.addWidget(self.list)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    # -------------------------------------------------------------------------------------------- showing
    def show_shift(self, facts: ShiftFacts) -> None:
        """Show who could come to a shift; the ranking follows as soon as it is made."""
        if self._facts is None or self._facts.shift.id != facts.shift.id:
            self._role, self._ranked, self._all = None, None, False
            self.search.clear()
            self._stop_asking()
        self._facts = facts
        role, _ = facts.open
        self.role.offer([(facts.word(each).capitalize(), each) for each in facts.roles])
        self.role.show_value(self._role if self._role in facts.roles else role)
        for part in (self.role, self.search, self.list):
            part.setEnabled(self._desk.writable)
        self._show()
        self._rank()

    @property
    def asked_role(self) -> Role:
        """As what somebody is put on."""
        chosen = self.role.value
        assert isinstance(chosen, Role)
        return chosen

    def focus_search(self) -> None:
        """Go to where a name is typed."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(self.search)
        self.search.selectAll()

    def _role_chosen(self, role: object) -> None:
        self._role = role if isinstance(role, Role) else None
        self._ranked = None
        self._show()
        self._rank()

    def _rank(self) -> None:
        self._again = True
        self._desk.jobs.start(JOB, self._run)

    async def _run(self) -> None:
        while self._again and self._facts is not None:
            self._again = False
            shift, role = self._facts.shift.id, self.asked_role
            plan = await self._desk.picture.ready()
            found = await in_thread(ranked, plan, shift, role, self._facts.skill_for(role))
            now = (self._facts.shift.id, self.asked_role)
            if found is not None and now == (shift, role):
                self._ranked = found
                self._show()

    def _show_all(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        facts = self._facts
        if facts is None:
            return
        text = self.search.text().strip()
        if text:
            lines, hidden = list(self._found(facts, text)), 0
            self._say("" if lines else f"Nobody in this plan is called \u201c{text}\u201d.")
        else:
            lines, hidden = self._ranked_lines()
            self._say(self._status_words(bool(lines)))
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))  # else the keyboard could go where nothing is to be seen
        self.more.setVisible(bool(not text and (hidden or self._all)))
        words = f"Show {hidden:,} more" if hidden else "Show fewer"
        self.more.setText(words)
        self.more.setAccessibleName(words)

    def _say(self, sentence: str) -> None:
        self.status.setText(sentence)
        self.status.setVisible(bool(sentence))

    def _status_words(self, any_line: bool) -> str:
        if self._ranked is None:
            return "Looking for who is free\u2026"
        if self._ranked.fit:
            return ""
        nobody = "Nobody is free and willing then."
        return nobody if any_line else f"{nobody} Type a name to put somebody on all the same."

    # ---------------------------------------------------------------------------------------------- lines
    def _ranked_lines(self) -> tuple[list[Line], int]:
        if self._ranked is None:
            return [], 0
        lines: list[Line] = []
        hidden = 0
        word = self._facts.word(self.asked_role) if self._facts else ""
        groups = {"fit": self._ranked.fit, "warned": self._ranked.warned, "cant": self._ranked.cant}
        for name, people in groups.items():
            shown = people if self._all else people[: self._few[name]]
            hidden += len(people) - len(shown)
            if shown and name in _HEADINGS:
                lines.append(Line(id=f"={name}", title=_HEADINGS[name], heading=True))
            lines += [_line(each, word) for each in shown]
        return lines, hidden

    def _found(self, facts: ShiftFacts, text: str) -> Iterator[Line]:
        """Judge everybody whose name was typed: who fit come first, then the warned, then the blocked."""
        people = queries.search_people(self._desk.store, text, limit=_FOUND)
        known = self._ranked.by_id if self._ranked else {}
        here = {each.person.id: each for each in facts.on}
        part = facts_of(shift_part(self._desk.store, [facts.shift.id], [each.id for each in people]), facts.shift.id)
        against = judged(part, [each.id for each in people], self.asked_role) if part else {}
        rows = []
        word = facts.word(self.asked_role)
        for place, person in enumerate(people):
            reasons = against.get(person.id, ())
            if person.id in here:
                words = f"is on this shift already, as {here[person.id].role}"
                rows.append(
                    (3, place, Line(id=person.id, title=person.name, note=words, initials=initials(person.name)))
                )
                continue
            rank = 2 if any(each.blocks for each in reasons) else 1 if reasons else 0
            note = _good_words(known[person.id]) if person.id in known else "" if reasons else "free then"
            rows.append((rank, place, _person_line(person, reasons, note, word)))
        yield from (line for _, _, line in sorted(rows, key=lambda row: row[:2]))

    # ---------------------------------------------------------------------------------------- putting on
    def _into_list(self) -> None:
        if self.list.lines.lines:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.list.choose_first()

    def _first_wanted(self) -> None:
        if self.search.text().strip():
            self.list.choose_first()
            if self.list.chosen_id:
                self.put_on(self.list.chosen_id)

    def put_on(self, person_id: str, role: Role | None = None) -> None:
        """Put somebody on the shift, or first ask on whose name where a reason blocks it."""
        facts = self._facts
        if facts is None or not self._desk.writable:
            return
        row = facts.on_row(PersonId(person_id))
        if row is not None and row.state.counts and row.role is (role or self.asked_role):
            return
        whole = facts_of(shift_part(self._desk.store, [facts.shift.id], [PersonId(person_id)]), facts.shift.id)
        person = whole.plan.find(Person, person_id) if whole else None
        if whole is None or person is None:
            return
        as_role = role or self.asked_role
        reasons = judged(whole, [person.id], as_role)[person.id]
        if any(each.blocks for each in reasons):
            self._ask(person, as_role, reasons)
        else:
            self._put(person.id, as_role, "", "")

    def _put(self, person_id: str, role: Role, by: str, reason: str) -> None:
        self._stop_asking()
        typed = bool(self.search.text())
        self.wanted.emit(person_id, role, by, reason)
        self.search.clear()
        if typed:
            self.focus_search()

    # -------------------------------------------------------------------------------------------- override
    def _ask(self, person: Person, role: Role, reasons: Sequence[Reason]) -> None:
        assert self._facts is not None
        self._asking = (person.id, role)
        words = "; ".join(reason_words(person, each) for each in reasons)
        word = self._facts.word(role)
        reveal(self.override)
        self.override.ask(f"{person.name} {words}. To put them on as {word} all the same, say who decided and why.")

    def _decided(self, by: str, reason: str) -> None:
        if self._asking is not None:
            self._put(*self._asking, by, reason)

    def _stop_asking(self) -> None:
        asked, self._asking = self._asking is not None, None
        had_focus = self.override.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.override.hide()
        if asked and had_focus:
            self.focus_search()


class _Search(QLineEdit):
    """The line in which a name is typed."""

    down = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Any name")
        self.setAccessibleName("Search all people by name")
        self.setToolTip(theme.plain_tip("Put somebody on this shift (Ins)"))

    def event(self, event: QEvent) -> bool:
        """Keep Esc for itself while there is something to clear."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.text():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.clear()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _good_words(each: Suggestion) -> str:
    return each.words.rpartition("; ")[2]


def _line(each: Suggestion, word: str) -> Line:
    against = each.words.rpartition("; ")[0]
    blocks = any(reason.blocks for reason in each.reasons)
    return Line(
        id=each.person.id,
        title=each.person.name,
        note=_good_words(each),
        against=against,
        tone="nobody" if blocks else "short",
        act="user-plus",
        does=f"Put {each.person.name} on as {word}",
        initials=initials(each.person.name),
        person=each.person.id,
        faint=blocks,
    )


def _person_line(person: Person, reasons: Sequence[Reason], note: str, word: str) -> Line:
    blocks = any(reason.blocks for reason in reasons)
    return Line(
        id=person.id,
        title=person.name,
        note=note,
        against="; ".join(reason_words(person, each) for each in reasons),
        tone="nobody" if blocks else "short",
        act="user-plus",
        does=f"Put {person.name} on as {word}",
        initials=initials(person.name),
        person=person.id,
        faint=blocks,
    )
