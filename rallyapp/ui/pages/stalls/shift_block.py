"""One shift of a stall: when, how many, and who: the union's people and the charity's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rallyapp.domain.assigning import assign, move_assignments, unassign
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import ASSIGNMENT_MOVES, Assignment, AssignmentState, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.rota_edits import delete_shifts
from rallyapp.domain.rota_work import RotaEdit, span_on
from rallyapp.domain.stall_edits import move_shift, own_person, set_wanted
from rallyapp.domain.stall_times import on_its_day
from rallyapp.domain.stalls import Partner
from rallyapp.domain.times import clock
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.models.fill import Tone, state_words, tone_of
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.stalls.people import Unknown, against, names_like, person_meant
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import NumberField, SpanField
from rallyapp.ui.widgets.half_typed import show_beside_typing
from rallyapp.ui.widgets.name_offers import NameOffers
from rallyapp.ui.widgets.parts import Pill, hairline
from rallyapp.ui.widgets.words import CutWords, Words, button


def write(desk: Desk, plan: Plan, label: str, made: RotaEdit) -> str:
    """Write one step as one edit, and say who must be told again; gives the operation's id, or nothing."""

    def all_of_it(edit: Edit) -> None:
        for gone in made.deleted:
            edit.delete(gone)
        for record in made.saved:
            edit.save(record, was=plan.find(type(record), record.id))

    return desk.edit(label, all_of_it, said=f"{label}. {made.words}".strip()) if made.any else ""


def narrow(span: SpanField, wanted: NumberField) -> None:
    """Give the two fields of a shift their widths."""
    span.setFixedWidth(theme.px(124))
    wanted.setFixedWidth(theme.px(80))


class NameLine(QWidget):
    """A line in which a name is typed, with those that fit offered below it, and a button for the charity's own."""

    put_on = Signal(str)
    own_wanted = Signal(str)

    def __init__(self, desk: Desk, names: Callable[[str], Sequence[str]]) -> None:
        """Make it, empty; ``names`` gives the names that a text may become."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText("Put somebody on: type a name")
        self.line.setAccessibleName("Put somebody on this shift: a name")
        self.offers = NameOffers(self.line, lambda text: names(text) if len(text) > 1 else ())
        self.offers.picked.connect(self.put_on)
        self.line.textEdited.connect(lambda: self.say_wrong(""))
        self.line.returnPressed.connect(lambda: self.put_on.emit(self.line.text()))
        self.own = button("Add as the charity\u2019s own", tip="Somebody who comes for the charity and is no member")
        self.own.clicked.connect(lambda: self.own_wanted.emit(self.line.text()))
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.wrong.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(row)
        column.addWidget(self.wrong)
        for each in (self.line, self.own):
            each.setEnabled(desk.writable)

    def say_wrong(self, sentence: str) -> None:
        """Say why nobody was put on; nothing takes it back."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)

    def clear(self) -> None:
        """Be ready for the next name."""
        self.line.clear()
        self.say_wrong("")


class OnShift(QWidget):
    """Somebody on a shift: the name, as what they come, how firm it is, and two things to do about it."""

    def __init__(self, block: ShiftBlock, row: Assignment, person: Person) -> None:
        """Show somebody."""
        super().__init__()
        said = [block.standing_words(person), str(row.state)]
        if row.role is not Role.STALL:
            said.insert(0, str(row.role))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(8))
        name = CutWords(person.name, ink="" if row.state.counts else "muted")
        again = row.state is AssignmentState.RECONFIRM
        note = CutWords(", ".join(said), Type.SMALL, ink="short" if again else "muted")
        across.addWidget(name, 3)
        across.addWidget(note, 3)
        self.confirm = button("Confirm", name=f"Confirm {person.name}")
        self.confirm.setProperty("link", True)
        can = AssignmentState.CONFIRMED in ASSIGNMENT_MOVES[row.state]
        room = self.confirm.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the notes stay below each other
        self.confirm.setSizePolicy(room)
        self.confirm.clicked.connect(lambda: block.confirm(row, person))
        across.addWidget(self.confirm)
        self.off = IconButton("x", f"Take {person.name} off", flat=True, ink="muted")
        self.off.clicked.connect(lambda: block.take_off(row, person))
        across.addWidget(self.off)
        self.confirm.setVisible(can and block.writable)
        self.off.setEnabled(block.writable)


class ShiftBlock(QWidget):
    """One shift: its times, how many it needs, and who is on it."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_shift`` says which."""
        super().__init__()
        self._desk = desk
        self._seen: Seen | None = None
        self._shift: Shift | None = None
        self._shown: object = None
        self.writable = desk.writable
        self.span = SpanField("Time", nights=True)
        self.span.committed.connect(desk.tried(self._move))
        self.wanted = NumberField("Volunteers", least=1, most=100)
        self.wanted.committed.connect(desk.tried(self._need))
        self.state = Pill("")
        self.rota = IconButton("calendar-days", "Show this shift on the rota", flat=True, ink="muted")
        self.rota.clicked.connect(self._go)
        self.delete = IconButton("trash", "Delete this shift", flat=True, ink="muted")
        self.delete.clicked.connect(desk.tried(self._delete))
        self.delete.setEnabled(desk.writable)
        self.span.set_writable(desk.writable)
        self.wanted.set_writable(desk.writable)
        narrow(self.span, self.wanted)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.span, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.wanted, 0, Qt.AlignmentFlag.AlignTop)
        for each in (self.state, self.rota, self.delete):
            head.addWidget(each, 0, Qt.AlignmentFlag.AlignBottom)
        head.insertStretch(3, 1)
        self._people = QVBoxLayout()
        self._people.setSpacing(theme.px(2))
        self.names = NameLine(desk, self._names_like)
        self.names.put_on.connect(self._put_on)
        self.names.own_wanted.connect(self._own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(hairline())
        column.addLayout(head)
        column.addLayout(self._people)
        column.addWidget(self.names)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "wanted"):
            narrow(self.span, self.wanted)

    # -------------------------------------------------------------------------------------------- showing
    def show_shift(self, seen: Seen, shift: Shift, on: bool) -> None:
        """Show a shift; ``on`` says whether it goes ahead."""
        self._seen, self._shift = seen, shift
        plan = seen.plan
        needs = plan.of(Need, "shift_id", shift.id)
        rows = sorted(
            plan.of(Assignment, "shift_id", shift.id),
            key=lambda row: (not row.state.counts, plan.name_of(row.person_id).casefold(), row.id),
        )
        heads = sum(row.state.counts for row in rows)
        least, wished = sum(need.least for need in needs), sum(need.wished for need in needs)
        facts = {"heads": heads, "least": least, "missing": max(0, least - heads), "on": on}
        tone = tone_of(**facts)
        words = state_words(wished=wished, **facts)
        if on and heads:
            words = f"{heads} of {wished}: {words.lower()}"
        self.state.say(words, "" if tone is Tone.OFF else str(tone))
        show_beside_typing(self.span, (shift.starts.time(), shift.ends.time()))
        show_beside_typing(self.wanted, wished)
        self._name(shift.words)
        people = [(row, plan.get(Person, row.person_id)) for row in rows]
        if people != self._shown:
            self._shown = people
            self._show_people(people)

    def _name(self, words: str) -> None:
        """Let what is spoken of each part say which shift it is of."""
        self.setAccessibleName(f"Shift {words}")
        for part, spoken in (
            (self.span.entry, "Time"),
            (self.wanted.entry, "Volunteers"),
            (self.rota, "Show on the rota"),
            (self.delete, "Delete the shift"),
            (self.names.line, "Put somebody on, a name"),
            (self.names.own, "Add as the charity\u2019s own"),
        ):
            part.setAccessibleName(f"{spoken}: {words}")

    def standing_words(self, person: Person) -> str:
        """Say how somebody stands to the union, or that they come for this charity or another."""
        if person.standing is not Standing.PARTNER:
            return str(person.standing)
        seen = self._seen
        if seen is None or person.partner_id in (None, seen.partner.id):
            return "the charity\u2019s own"
        return f"of {seen.plan.get(Partner, person.partner_id).name}"

    def _names_like(self, text: str) -> Sequence[str]:
        return names_like(self._desk.store, text, self._seen.partner.id) if self._seen is not None else ()

    def _show_people(self, people: list[tuple[Assignment, Person]]) -> None:
        had_focus = False
        while (item := self._people.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                had_focus = had_focus or old.isAncestorOf(old.window().focusWidget())
                old.hide()
                old.deleteLater()
        for row, person in people:
            made = OnShift(self, row, person)
            self._people.addWidget(made)
            made.show()  # at once, so that it can have the focus
        if had_focus:
            self.names.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------------------------------------------- writing
    def _label(self, what: str) -> str:
        assert self._seen is not None
        assert self._shift is not None
        return f"{what}, {self._seen.partner.name} stall {clock(self._shift.starts)}"

    def _move(self, span: tuple[time, time]) -> None:
        seen, shift = self._seen, self._shift
        if seen is None or shift is None:
            return
        on = on_its_day(seen.plan, seen.stall, span[0], shift.starts.date()).date()
        starts, ends = span_on(on, *span)
        label = f"Move stall shift to {clock(starts)}, {seen.partner.name}"
        try:
            done = write(self._desk, seen.plan, label, move_shift(seen.plan, shift, starts, ends))
        except UserError as error:
            self.span.say_wrong(str(error))
            return
        if not done:
            self.span.show_value((shift.starts.time(), shift.ends.time()))

    def _need(self, wanted: int) -> None:
        if self._seen is not None and self._shift is not None:
            label = self._label(f"Need {wanted} volunteer{'' if wanted == 1 else 's'}")
            write(self._desk, self._seen.plan, label, set_wanted(self._seen.plan, self._shift, wanted))

    def _delete(self) -> None:
        if self._seen is not None and self._shift is not None:
            made = delete_shifts(self._seen.plan, [self._shift.id])
            write(self._desk, self._seen.plan, self._label("Delete shift"), made)

    def _put_on(self, name: str) -> None:
        seen, shift = self._seen, self._shift
        if seen is None or shift is None or not self.writable:
            return
        try:
            person = person_meant(self._desk.store, name, seen.partner.id)
            blocks, warns = against(self._desk.store, person, shift.id)
            if blocks:
                raise UserError(
                    f"{blocks}. To put them on all the same, go to the rota: somebody decides it there by name."
                )
            made = assign(seen.plan.changed([person], ()), shift.id, person.id, Role.STALL)
        except Unknown as error:
            self.names.say_wrong(
                f"{error} If they come for the charity, choose \u201c{self.names.own.text()}\u201d; "
                "else check the spelling."
            )
            return
        except UserError as error:
            self.names.say_wrong(str(error))
            return
        if not made.any:
            self.names.say_wrong(f"{person.name} is on this shift already.")
            return
        if write(self._desk, seen.plan, self._label(f"Put {person.name} on"), made):
            self.names.clear()
            if warns:
                self.names.say_wrong(f"{warns}.")

    def _own(self, name: str) -> None:
        seen, shift = self._seen, self._shift
        if seen is None or shift is None:
            return
        try:
            made = own_person(seen.plan, shift, name)
        except UserError as error:
            self.names.say_wrong(str(error))
            self.names.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        label = self._label(f"Add {' '.join(name.split())} of {seen.partner.name}\u2019s own")
        if write(self._desk, seen.plan, label, made):
            self.names.clear()
            self.names.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self, row: Assignment, person: Person) -> None:
        """Write down that somebody said yes."""
        if self._seen is not None:
            made = move_assignments(self._seen.plan, [row.id], AssignmentState.CONFIRMED)
            write(self._desk, self._seen.plan, self._label(f"Confirm {person.name}"), made)

    def take_off(self, row: Assignment, person: Person) -> None:
        """Take somebody off."""
        if self._seen is not None:
            made = unassign(self._seen.plan, [row.id])
            write(self._desk, self._seen.plan, self._label(f"Take {person.name} off"), made)

    def _go(self) -> None:
        if self._shift is not None:
            self._desk.go(PageName.ROTA, Concern("shift", self._shift.id))
