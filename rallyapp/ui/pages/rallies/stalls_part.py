"""Section 11 of a rally plan: its stalls, how each stands, and a line in which the next partner is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rallyapp.domain import stand_down, tallies
from rallyapp.domain.pickets import Assignment, Need, Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.stall_edits import new_stall, partners_like, question_words, size_words
from rallyapp.domain.stalls import Partner, Stall, StallState, Tally
from rallyapp.domain.stand_down import Going
from rallyapp.domain.times import span_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import TextField
from rallyapp.ui.widgets.name_offers import NameOffers
from rallyapp.ui.widgets.parts import Pill, hairline
from rallyapp.ui.widgets.words import Words, button

_TONES = {
    StallState.CONFIRMED: Tone.MET,
    StallState.OFFERED: Tone.SHORT,
    StallState.ENQUIRY: Tone.SHORT,
    StallState.DECLINED: Tone.OFF,
    StallState.STOOD_DOWN: Tone.NOBODY,
}


class StallsPart(RallyPart):
    """The section. Everything about one stall is edited on the page of stalls, to which each leads."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.rows: dict[str, StallRow] = {}
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.px(12))
        self.nothing = Words("No stall yet. Type the name of the charity that will have one.", ink="muted", wrap=True)
        self.name = TextField("New stall", placeholder="Name of the charity")
        line = self.name.entry
        assert isinstance(line, QLineEdit)
        self._line = line
        line.installEventFilter(self)
        self.offers = NameOffers(line, self._like)
        self.add_button = button("&Add stall")
        self.add_button.clicked.connect(self.add)
        self.add_button.setEnabled(desk.writable)
        self.name.set_writable(desk.writable)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self.nothing)
        column.addLayout(self._place)
        column.addLayout(row)
        self.setFocusProxy(self.name)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "add_button"):
            self._fit()

    def _fit(self) -> None:
        self.name.setFixedWidth(theme.px(320))

    def show_rally(self, seen: Seen) -> None:
        """Show the stalls of a rally."""
        if self.seen is not None and self.seen.rally.id != seen.rally.id:
            self.name.show_value("")
        super().show_rally(seen)
        plan = seen.plan
        stalls = sorted(
            plan.of(Stall, "rally_id", seen.rally.id),
            key=lambda each: (plan.get(Partner, each.partner_id).name.casefold(), each.id),
        )
        for id in [id for id in self.rows if id not in {each.id for each in stalls}]:
            gone = self.rows.pop(id)
            gone.hide()
            self._place.removeWidget(gone)
            gone.deleteLater()
        for place, stall in enumerate(stalls):
            row = self.rows.get(stall.id)
            if row is None:
                row = self.rows[stall.id] = StallRow(self.desk)
                self._place.insertWidget(place, row)
            row.show_stall(plan, stall, self.desk.store.where(Tally, stall_id=stall.id))
        self.nothing.setVisible(not stalls)

    def _like(self, text: str) -> list[str]:
        return partners_like(self.seen.plan.all(Partner), text) if self.seen is not None else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add the stall with Enter."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress:
            self.add()
            return True
        return super().eventFilter(watched, event)

    def show_record(self, what: Concern) -> None:
        """Give the keyboard to a stall."""
        row = self.rows.get(what.id)
        if row is not None:
            row.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Make the stall of the partner whose name was typed."""
        seen = self.seen
        if seen is None or not self.desk.writable:
            return
        try:
            found = new_stall(seen.plan, self._line.text(), rally_id=seen.rally.id)
        except UserError as error:
            self.name.say_wrong(str(error))
            return
        label = f"New stall: {found.partner.name}"
        if self.desk.edit(label, lambda edit: edit.save_all(found.saved)):
            self.name.show_value("")
            self._line.clear()
            self.show_record(Concern("stall", found.stall.id))


class StallRow(QWidget):
    """One stall in a few lines, and the way to the page of stalls."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_stall`` says which."""
        super().__init__()
        self._id = ""
        self.name = Words("", Type.STRONG, wrap=True)
        self.pitch = Words("", wrap=True)
        self.papers = Words("", Type.SMALL, ink="muted", wrap=True)
        self.open_question = Words("", Type.SMALL, ink="short", wrap=True)
        self.state = Pill("")
        self.link = button("Open")
        self.link.setProperty("link", True)
        self.link.clicked.connect(lambda: desk.go(PageName.STALLS, Concern("stall", self._id)))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        for each in (self.name, self.pitch, self.papers, self.open_question):
            words.addWidget(each)
        across = QHBoxLayout()
        across.setSpacing(theme.px(12))
        across.addLayout(words, 1)
        across.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(across)
        column.addWidget(hairline())

    def show_stall(self, plan: Plan, stall: Stall, counted: tuple[Tally, ...]) -> None:
        """Show a stall, with what was counted at it."""
        self._id = stall.id
        name = plan.get(Partner, stall.partner_id).name
        self.name.setText(name)
        self.link.setAccessibleName(f"Open the stall of {name}")
        words, tone = _state(stall, stand_down.of_stall(plan, stall).going)
        self.state.say(words, "" if tone is Tone.OFF else str(tone))
        pins = ", ".join(str(pin.number) for pin in plan.of(Pin, "stall_id", stall.id))
        where = [stall.pitch, size_words(stall.width, stall.depth), f"pin {pins}" if pins else "not on the plan yet"]
        stay = span_words(stall.arrives, stall.leaves) if stall.arrives else ""
        self.pitch.setText(", ".join(filter(None, (*where, stay))))
        facts = "; ".join(_facts(plan, stall, counted))
        self.papers.setText(facts[0].upper() + facts[1:])
        question = question_words(plan, stall)
        self.open_question.setText(question)
        self.open_question.setVisible(bool(question))


def _state(stall: Stall, going: Going) -> tuple[str, Tone]:
    if stall.state is StallState.DECLINED:
        return "Declined", Tone.OFF
    if going is Going.STOOD_DOWN:
        return "Stood down", Tone.NOBODY
    if going is Going.UNDECIDED:
        return "Not decided", Tone.SHORT
    return stall.state[0].upper() + stall.state[1:], _TONES[stall.state]


def _facts(plan: Plan, stall: Stall, counted: tuple[Tally, ...]) -> list[str]:
    """Say what is seen and what is not, how many help, and what was counted."""
    seen = {True: "seen", False: "not seen"}
    found = [f"insurance {seen[stall.insurance_seen]}", f"risk assessment {seen[stall.risk_assessment_seen]}"]
    if stall.money_collected and not stall.permit.strip():
        found.append("money is collected without a permit")
    shifts = [shift for shift in plan.of(Shift, "stall_id", stall.id) if not shift.cancelled]
    wished = sum(need.wished for shift in shifts for need in plan.of(Need, "shift_id", shift.id))
    heads = sum(each.state.counts for shift in shifts for each in plan.of(Assignment, "shift_id", shift.id))
    if shifts:
        found.append(f"{heads} of {wished} places in {len(shifts)} {'shift' if len(shifts) == 1 else 'shifts'} filled")
    else:
        found.append("no shifts yet")
    if counted:
        signed_up = " signed up" if tallies.total(counted) >= 0 else ""
        found.append(f"{tallies.words(counted, stall.target)}{signed_up}")
    return found
