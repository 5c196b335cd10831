"""Moving a strike day from one state to another, and the steps that it took."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rallyapp.domain.disputes import STOOD_DOWN_STATES, IllegalMove, StrikeDay, StrikeDayMove, StrikeState, move
from rallyapp.domain.pickets import Assignment
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import problems_of
from rallyapp.domain.reinstating import to_reconfirm
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.times import MIDNIGHT, clock, day_words
from rallyapp.store import Edit
from rallyapp.store.stall_queries import asked_on
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.days.days_read import Read
from rallyapp.ui.pages.days.lines import Lines, dated
from rallyapp.ui.pages.days.states import asks, before_standing_down, comes_to, next_states, state_words, verb
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, ClockField, DateField, TextField, TickField
from rallyapp.ui.widgets.folding import Folding, bring_to_sight
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button


class StateForm(Section):
    """What the day can become, as buttons; where the rule asks for more, the questions stand below them."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_day`` says which day."""
        super().__init__("What it can become", gap=8)
        self._desk = desk
        self._day: StrikeDay | None = None
        self._read = Read()
        self._back: StrikeState | None = None  # what it was before it was stood down
        self.buttons: dict[StrikeState, QPushButton] = {}
        self._grid_place = QWidget()
        self._grid = QGridLayout(self._grid_place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self.last = Words("", Type.SMALL, ink="muted", wrap=True)
        for widget in (self._grid_place, self.last):
            self.add(widget)

    @functools.cached_property
    def question(self) -> Question:
        """What has to be said for a move; made when it is first asked."""
        made = Question(self._desk)
        made.answered.connect(self._answered)
        made.closed.connect(self._focus_first)
        self.add(made)
        return made

    def show_day(self, day: StrikeDay, read: Read) -> None:
        """Show what a day can become; questions that are open stay open while it is the same."""
        before = self._day and (self._day.id, self._day.state, self._back)
        self._day, self._read = day, read
        self._back = before_standing_down(day, read.moves.get(day.id, ()))
        if before != (day.id, day.state, self._back):
            self._offer(day)
            if "question" in vars(self):
                self.question.hide()

    def _focus_first(self) -> None:
        """Give the keys a place: the one that they had is gone."""
        if self.buttons:
            next(iter(self.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, day: StrikeDay) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        states = next_states(day, self._back)
        for place, state in enumerate(states):
            does = verb(day, state, self._back)
            made = button(does + ("\u2026" if asks(day, state) else ""), name=f"{does} this day")
            made.setEnabled(self._desk.writable)
            made.clicked.connect(lambda checked=False, state=state: self.ask(state))
            if day.stood_down:  # several ways back: each says what it comes to
                self._grid.addWidget(made, place, 0)
                self._grid.addWidget(Words(comes_to(state, self._back), Type.SMALL, ink="muted", wrap=True), place, 1)
                made.setAccessibleDescription(comes_to(state, self._back))
            else:
                self._grid.addWidget(made, place // 2, place % 2)
            made.show()  # at once, so that it can have the focus
            self.buttons[state] = made
        self._grid_place.setVisible(bool(states))
        self.last.setText("" if states else f"It is {day.state}: that is its last state.")
        self.last.setVisible(not states)
        if had_focus:
            self._focus_first()

    def ask(self, to: StrikeState) -> None:
        """Move the day at once, or ask what the move needs."""
        day = self._day
        if day is None or not self._desk.writable:
            return
        if not asks(day, to):
            self._move(day, to, at=self._desk.now())
            return
        others = [other for other in self._read.days if other.id != day.id and not other.stood_down]
        fill = self._read.fills.get(day.id)
        self.question.ask(day, to, others, shifts=fill.shifts if fill else 0, back=self._back)

    def _answered(self) -> None:
        day, question = self._day, self.question
        if day is None or question.to is None:
            return
        try:
            at = question.at()
            new, step = move(
                day,
                question.to,
                at=at,
                decided_by=question.decided_by.text.strip(),
                authority=question.authority.text.strip(),
                reason=question.reason.text.strip(),
                joint_agreement=question.joint.value and not question.joint.isHidden(),
                court_order=question.court.value and not question.court.isHidden(),
            )
        except IllegalMove as error:
            question.say_wrong(str(error))
            return
        except UserError:
            return  # it stands beneath its field
        if question.to in STOOD_DOWN_STATES and not step.reason:
            question.say_no_reason()
            return
        if wrong := problems_of(step):
            question.say_wrong(wrong[0].sentence)
            return
        replaced = question.replaced.value if question.to is StrikeState.SUPERSEDED else None
        self._write(day, _replaced(new, replaced), step)

    def _move(self, day: StrikeDay, to: StrikeState, *, at: datetime) -> None:
        new, step = move(day, to, at=at)
        self._write(day, _replaced(new, None), step)

    def _write(self, day: StrikeDay, new: StrikeDay, step: StrikeDayMove) -> None:
        label = f"{verb(day, new.state, self._back)}: {day_words(day.first_date)}"
        said = f"{day_words(day.first_date)} is {new.state} now."
        again: tuple[Assignment, ...] = ()
        if day.stood_down and not new.stood_down:
            asked = asked_on(self._desk.store, day.id)
            again = to_reconfirm(asked, asked.changed([new], ()))
            said += f" {RotaEdit(again=tuple({each.person_id for each in again})).words}"

        def all_of_it(edit: Edit) -> None:
            edit.save(new, was=day)
            edit.save(step)
            edit.save_all(again)

        done = self._desk.edit(label, all_of_it, said=said.strip())
        if done and "question" in vars(self):
            self.question.hide()


def _replaced(day: StrikeDay, by: object) -> StrikeDay:
    return replace(day, replaced_by_id=by)  # type: ignore[arg-type]


class Question(Folding):
    """Who decided, with what authority, when and why."""

    answered = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; ``ask`` fills it."""
        super().__init__()
        self._desk = desk
        self.to: StrikeState | None = None
        self.title = Words("", Type.STRONG, wrap=True)
        self.reason = TextField("Why", lines=2)
        self.reason.entry.textChanged.connect(lambda: self.reason.say_wrong(""))  # type: ignore[attr-defined]
        self.decided_by = TextField("Who decided", placeholder="Name and role")
        self.authority = TextField("With what authority", placeholder="Such as the national executive")
        self.on = DateField("When", near=desk.today, needed=True)
        self.clock = ClockField("At")
        self.replaced = ChoiceField("Replaced by")
        self.joint = TickField("The employer jointly agrees")
        self.court = TickField("Stopped only by a court order")
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.returns = Words("", Type.SMALL, ink="muted", wrap=True)
        self.follows = Words("", Type.SMALL, ink="muted", wrap=True)
        self.yes = button("")
        self.no = button("Cancel")
        self.yes.clicked.connect(self.answered)
        self.no.clicked.connect(self.close_it)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.yes, 1)
        row.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(10))
        for widget in (
            self.title,
            self.returns,
            self.joint,
            self.court,
            self.replaced,
            self.reason,
            self.decided_by,
            self.authority,
            dated(self.on, self.clock),
            self.wrong,
            self.follows,
        ):
            column.addWidget(widget)
        column.addLayout(row)

    def ask(
        self,
        day: StrikeDay,
        to: StrikeState,
        others: list[StrikeDay],
        *,
        shifts: int,
        back: StrikeState | None = None,
    ) -> None:
        """Ask for a move; ``back`` is what the day was before it was stood down."""
        self.to = to
        does = verb(day, to, back)
        revives = to is StrikeState.ON or (to is StrikeState.NOTIFIED and to is back)
        self.title.setText(f"{does} {day_words(day.first_date)}")
        self.returns.setText(_returns(to, back))
        self.returns.setVisible(day.stood_down and bool(self.returns.text()))
        for text in (self.reason, self.decided_by, self.authority):
            text.show_value("")
        now = self._desk.now()
        self.on.show_value(now.date())
        self.clock.show_value(now.time())
        for tick in (self.joint, self.court):
            tick.show_value(False)
            tick.setVisible(revives)
        self.replaced.offer([("Not said yet", None), *((day_words(each.first_date), each.id) for each in others)])
        self.replaced.show_value(None)
        self.replaced.setVisible(to is StrikeState.SUPERSEDED)
        self.say_wrong("")
        self.follows.setText(_follows(to, shifts))
        self.follows.setVisible(bool(shifts))
        self.yes.setText(does)
        self.yes.setAccessibleName(self.title.text())
        self.show()
        self._keep_room(to in STOOD_DOWN_STATES)
        (self.joint if revives else self.reason).setFocus(Qt.FocusReason.OtherFocusReason)
        bring_to_sight(self)
        bring_to_sight(self.yes)

    def _keep_room(self, keep: bool) -> None:
        """Keep the room in which the reason is asked for: else the buttons move while somebody clicks on them."""
        wrong = self.reason.wrong
        wrong.setMinimumHeight(wrong.fontMetrics().height() if keep else 0)
        policy = wrong.sizePolicy()
        policy.setRetainSizeWhenHidden(keep)
        wrong.setSizePolicy(policy)

    def at(self) -> datetime:
        """Give when it was decided; raises UserError where the date or the time is wrong."""
        if not self.on.wrong.isHidden() or not self.clock.wrong.isHidden():
            raise UserError(self.on.wrong.text() or self.clock.wrong.text())
        return datetime.combine(self.on.value, self.clock.value or MIDNIGHT)

    def say_no_reason(self) -> None:
        """Ask for the reason, which the history keeps."""
        self.reason.say_wrong("Write why: the history keeps it.")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_to_sight(self.yes)

    def say_wrong(self, sentence: str) -> None:
        """Say why it can't be done."""
        self.wrong.setText(f"{sentence}." if sentence else "")
        self.wrong.setVisible(bool(sentence))
        if sentence:
            bring_to_sight(self.yes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, or give up where that is on the button that does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.no.click if self.no.hasFocus() else self.answered.emit)()
            return
        super().keyPressEvent(event)


def _follows(to: StrikeState, shifts: int) -> str:
    many = "Its one shift" if shifts == 1 else f"Its {shifts:,} shifts"
    if to in STOOD_DOWN_STATES:
        return (
            f"{many}, and everything else of the day, {'stands' if shifts == 1 else 'stand'} down with it. Nobody is "
            "taken off: all of it comes back when the day does."
        )
    return f"{many} and who is on them come back with it; whoever was asked or had said yes is to reconfirm."


def _returns(to: StrikeState, back: StrikeState | None) -> str:
    """Say what a day that was stood down needs to come back in that state (L29)."""
    if to is StrikeState.NOTIFIED:
        again = "It is notified again, as it was before. " if to is back else ""
        return (
            f"{again}Calling a day again normally needs a fresh notice to the employer; record it under the notices "
            "of this day. Check with your union."
        )
    return "It is planned again, as it was before." if to is back and to is StrikeState.PLANNED else ""


class Steps(Section):
    """The history of a day's state, newest first: what, when, by whom, why."""

    def __init__(self) -> None:
        """Make it."""
        super().__init__("History")
        self.lines = Lines(_step)
        self.add(self.lines)

    def show_steps(self, steps: tuple[StrikeDayMove, ...]) -> None:
        """Show these, which come oldest first."""
        self.setVisible(bool(steps))
        self.lines.show_values(steps[::-1])


def _step(step: StrikeDayMove) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    column.addWidget(Words(state_words(step.to_state), Type.STRONG))
    when = f"{day_words(step.at.date())}, {clock(step.at)}"
    by = f", by {step.decided_by}" if step.decided_by else ""
    right = f" ({step.authority})" if step.authority else ""
    column.addWidget(Words(f"{when}{by}{right}", Type.SMALL, ink="muted", wrap=True))
    how = [
        "by joint agreement" if step.joint_agreement else "",
        "after a court order" if step.court_order else "",
        step.reason,
    ]
    why = ". ".join(part[0].upper() + part[1:] for part in how if part)
    if why:
        column.addWidget(Words(why, Type.SMALL, wrap=True))
    made.setAccessibleName(f"{state_words(step.to_state)}, {when}{by}{right}. {why}".strip())
    return made
