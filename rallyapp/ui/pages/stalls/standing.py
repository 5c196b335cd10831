"""How a stall stands: its state, whether it comes when the strike is off, and whether its people have been told."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.stall_edits import decide_if_off, move_stall, question_words, whom_to_tell
from rallyapp.domain.stalls import STALL_MOVES, IfOff, StallState
from rallyapp.domain.stand_down import Going
from rallyapp.domain.times import clock, day_words
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.pages.stalls.steps import Labelled, StepRow
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button, polish_anew

_VERBS = {
    StallState.ENQUIRY: "Take up again",
    StallState.OFFERED: "Offer",
    StallState.CONFIRMED: "Confirm",
    StallState.DECLINED: "Mark as declined",
    StallState.STOOD_DOWN: "Stand down",
}


def _words(value: object) -> str:
    text = str(value)
    return text[0].upper() + text[1:]


class Standing(QWidget):
    """The two rows of choices; where the strike is off, the second is a band that asks."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_stall`` says of which stall."""
        super().__init__()
        self._desk = desk
        self._seen: Seen | None = None
        self.state = StepRow([(_words(state), state) for state in StallState], "State")
        self.state.wanted.connect(desk.tried(self._move))
        self.if_off = StepRow([(_words(each), each) for each in IfOff], "If the strike is off")
        self.if_off.wanted.connect(desk.tried(self._decide))
        self.question = Words("", Type.STRONG, wrap=True)
        self.tell = Words("", Type.SMALL, ink="muted", wrap=True)
        self.told = Words("", Type.SMALL, wrap=True)
        self.told_now = button("Told now", name="Told now: the partner has been told at this minute")
        self.told_now.clicked.connect(self._told)
        self.band = QFrame()
        self.band.setAccessibleName("If the strike is off")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Labelled("State", self.state))
        self._inside = QVBoxLayout(self.band)
        self._inside.setSpacing(theme.px(8))
        self._told_row = QWidget()
        row = QHBoxLayout(self._told_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.told)
        words.addWidget(self.tell)
        row.addLayout(words, 1)
        row.addWidget(self.told_now, 0, Qt.AlignmentFlag.AlignTop)
        for each in (self.question, Labelled("If the strike is off", self.if_off), self._told_row):
            self._inside.addWidget(each)
        column.addWidget(self.band)

    def show_stall(self, seen: Seen) -> None:
        """Show how a stall stands."""
        self._seen = seen
        stall, writable = seen.stall, self._desk.writable
        why = f"A stall that is \u201c{stall.state}\u201d can\u2019t become that at once." if writable else ""
        self.state.show_value(stall.state, STALL_MOVES[stall.state] if writable else (), why)
        self.if_off.show_value(stall.if_off, set(IfOff) if writable else ())
        off = not seen.host.on and stall.state not in (StallState.DECLINED, StallState.STOOD_DOWN)
        told = stall.stood_down_told_at
        self.question.setText(question_words(seen.plan, stall) or _what_holds(seen))
        self.question.setVisible(off)
        self._told_row.setVisible(off or stall.state is StallState.STOOD_DOWN or told is not None)
        self.told.setText(f"Told {clock(told)}, {day_words(told.date())}." if told else "Not told yet.")
        self.told_now.setText("Take \u201ctold\u201d back" if told else "Told now")
        self.told_now.setAccessibleName("Take back that they were told" if told else "Told now")
        self.told_now.setEnabled(writable)
        whom = whom_to_tell(seen.plan, stall)
        more = f" and {len(whom) - 6} more" if len(whom) > 6 else ""
        self.tell.setText(f"Must be told: {'; '.join(whom[:6])}{more}." if whom else "No contact is entered yet.")
        self._dress(off)

    def _dress(self, off: bool) -> None:
        """Make a band of it where somebody must ask."""
        name = "notice" if off else ""
        inset = theme.px(12) if off else 0
        self._inside.setContentsMargins(inset, inset, inset, inset)
        if self.band.objectName() != name:
            self.band.setObjectName(name)
            polish_anew(self.band)

    # ---------------------------------------------------------------------------------------------- writing
    def _move(self, to: StallState) -> None:
        seen = self._seen
        if seen is not None:
            self._write(f"{_VERBS[to]}: {seen.partner.name} stall", seen, move_stall(seen.plan, seen.stall, to))

    def _decide(self, decision: IfOff) -> None:
        seen = self._seen
        if seen is None:
            return
        label = {
            IfOff.UNDECIDED: f"Leave open whether {seen.partner.name} comes if the strike is off",
            IfOff.GOES_AHEAD: f"{seen.partner.name} comes though the strike is off",
            IfOff.STANDS_DOWN: f"{seen.partner.name} stands down if the strike is off",
        }[decision]
        self._write(label, seen, decide_if_off(seen.plan, seen.stall, decision))

    def _told(self) -> None:
        seen = self._seen
        if seen is None:
            return
        told = None if seen.stall.stood_down_told_at else self._desk.now()
        label = f"{seen.partner.name} told" if told else f"Take back that {seen.partner.name} was told"
        new = replace(seen.stall, stood_down_told_at=told)
        self._write(label, seen, RotaEdit(saved=(new,)))

    def _write(self, label: str, seen: Seen, made: RotaEdit) -> None:
        def all_of_it(edit: Edit) -> None:
            for record in made.saved:
                edit.save(record, was=seen.plan.find(type(record), record.id))

        self._desk.edit(label, all_of_it, said=f"{label}. {made.words}".strip())


def _what_holds(seen: Seen) -> str:
    """Say what the partner decided where the strike is off."""
    if seen.status.going is Going.ON:
        return f"{seen.partner.name} comes all the same ({seen.host.why})."
    return f"Stood down: {seen.status.why}."
