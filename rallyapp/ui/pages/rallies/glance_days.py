"""The strike days of a rally, and whether it goes ahead: with them, or by a decision of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.rallies import Override, Rally
from rallyapp.domain.rally_edits import days_of, decided_apart, following, standing_words
from rallyapp.domain.reinstating import reinstated
from rallyapp.domain.stand_down import Going
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.glance_writing import with_told_again, write_now
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import TextField, beside
from rallyapp.ui.widgets.folding import Folding, bring_to_sight
from rallyapp.ui.widgets.parts import Pill
from rallyapp.ui.widgets.words import Words, button

_FEW = 6
DECISION = ("override", "override_by", "override_reason")


class DayTicks(QWidget):
    """Strike days to be ticked, each with how it stands; of many only the nearest, and all on asking."""

    toggled = Signal(str, bool)  # the id of a strike day, and whether it is ticked now

    def __init__(self, desk: Desk) -> None:
        """Make it, without any."""
        super().__init__()
        self._desk = desk
        self.boxes: dict[str, QCheckBox] = {}
        self._states: dict[str, Words] = {}
        self._rows: dict[str, QWidget] = {}
        self._all = False
        self.none = Words("There is no strike day in this plan yet.", ink="muted", wrap=True)
        self.more = button("")
        self.more.setProperty("link", True)
        self.more.clicked.connect(self._show_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(self.none)
        self._column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_days(self, days: Sequence[StrikeDay], ticked: Collection[str], near: date) -> None:
        """Show strike days in order of time; ``near`` is the day beside which the nearest are."""
        for gone in set(self._rows) - {day.id for day in days}:
            row = self._rows.pop(gone)
            del self.boxes[gone], self._states[gone]
            row.hide()
            row.deleteLater()
        nearest = sorted(days, key=lambda day: (abs((day.first_date - near).days), day.id))[:_FEW]
        shown = {day.id for day in nearest} | set(ticked)
        for place, day in enumerate(days):
            if day.id not in self._rows:
                self._add(day)
            self._column.insertWidget(place, self._rows[day.id])
            with QSignalBlocker(self.boxes[day.id]):
                self.boxes[day.id].setChecked(day.id in ticked)
            self.boxes[day.id].setText(day_words(day.first_date))
            self.boxes[day.id].setAccessibleName(f"{day.words}, {day.state}")
            self._states[day.id].setText(str(day.state))
            self._rows[day.id].setVisible(self._all or day.id in shown)
        rest = sum(row.isHidden() for row in self._rows.values())
        self.more.setText(f"{rest} more strike day{'' if rest == 1 else 's'}")
        self.more.setVisible(rest > 0)
        self.none.setVisible(not days)

    def _add(self, day: StrikeDay) -> None:
        box, state = QCheckBox(), Words("", Type.SMALL, ink="muted")
        box.setEnabled(self._desk.writable)
        box.toggled.connect(lambda on, id=day.id: self.toggled.emit(id, on))
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(box)
        row.addWidget(state)
        row.addStretch(1)
        self.boxes[day.id], self._states[day.id], self._rows[day.id] = box, state, made

    def _show_all(self) -> None:
        self._all = True
        for row in self._rows.values():
            row.show()
        self.more.hide()


class Decision(Folding):
    """Who decided that a rally goes another way than its strike day, and why."""

    def __init__(self, desk: Desk) -> None:
        """Make it, folded away."""
        super().__init__()
        self._desk = desk
        self._rally: Rally | None = None
        self._to = Override.GOES_AHEAD
        self.title = Words("", Type.STRONG, wrap=True)
        self.by = TextField("Who decided", placeholder="Name and role")
        self.reason = TextField("Why", placeholder="People who ask are told this")
        self.yes, self.no = button(""), button("Cancel")
        self.yes.clicked.connect(self.decide)
        self.no.clicked.connect(self.close_it)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(10))
        column.addWidget(self.title)
        column.addWidget(beside(self.by, self.reason, gap=12))
        column.addLayout(row)

    def ask(self, rally: Rally, to: Override) -> None:
        """Ask about one of the two."""
        self._rally, self._to = rally, to
        ahead = to is Override.GOES_AHEAD
        self.title.setText("It goes ahead whatever becomes of its strike day" if ahead else "It is off by itself")
        self.yes.setText("It goes ahead" if ahead else "Stand it down")
        self.yes.setAccessibleName(self.yes.text())
        for field in (self.by, self.reason):
            field.show_value("")
        self.show()
        self.by.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_to_sight(self)

    def decide(self) -> None:
        """Write the decision, or ask for what it lacks."""
        if self._rally is None:
            return
        for field, lacks in ((self.reason, "Write why: it is said in the plan."), (self.by, "Write who decided.")):
            if not field.text.strip():
                field.say_wrong(lacks)
                field.setFocus(Qt.FocusReason.OtherFocusReason)
        if not (self.by.text.strip() and self.reason.text.strip()):
            return
        rally, to, by, reason = self._rally, self._to, self.by.text, self.reason.text
        what = "goes ahead anyway" if to is Override.GOES_AHEAD else "is stood down by itself"
        label = f"Decide that {rally.title} {what}"
        if write_now(
            self._desk,
            rally,
            label,
            lambda plan, now: reinstated(plan, [decided_apart(now, to, by=by, reason=reason)]),
            said=with_told_again(f"{rally.title} {what}"),
            kept=DECISION,
        ):
            self.close_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, or give up where that is on the button that does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.no.click if self.no.hasFocus() else self.decide)()
            return
        super().keyPressEvent(event)


class GoesAhead(QWidget):
    """Whether the rally goes ahead and by whose decision, with what can be decided."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_rally`` fills it."""
        super().__init__()
        self._desk = desk
        self._rally: Rally | None = None
        self.pill = Pill("")
        self.words = Words("", wrap=True)
        self.ahead = button("Goes ahead anyway\u2026", name="This rally goes ahead whatever becomes of its strike day")
        self.off = button("Stand it down\u2026", name="Stand this rally down by itself")
        self.follow = button("Follow the strike day again")
        self.question = Decision(desk)
        self.ahead.clicked.connect(lambda: self._ask(Override.GOES_AHEAD))
        self.off.clicked.connect(lambda: self._ask(Override.STOOD_DOWN))
        self.follow.clicked.connect(self.follow_again)
        self.question.closed.connect(self._back)
        said = QHBoxLayout()
        said.setSpacing(theme.px(8))
        said.addWidget(self.pill)
        said.addWidget(self.words, 1)
        for each in (self.follow, self.ahead, self.off):
            said.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(said)
        column.addWidget(self.question)

    def show_rally(self, seen: Seen) -> None:
        """Show how a rally stands."""
        if self._rally is not None and self._rally.id != seen.rally.id:
            self.question.hide()
        rally = self._rally = seen.rally
        on = seen.status.going is Going.ON
        self.pill.say("On" if on else "Stood down", "met" if on else "")
        self.words.setText(standing_words(seen.plan, rally))
        apart = rally.override is not Override.FOLLOWS
        self.follow.setText(
            "Follow the strike day again" if len(days_of(seen.plan, rally)) < 2 else "Follow the strike days again"
        )
        self.follow.setVisible(apart)
        self.ahead.setVisible(rally.override is not Override.GOES_AHEAD)
        self.off.setVisible(rally.override is not Override.STOOD_DOWN)
        for each in (self.follow, self.ahead, self.off):
            each.setEnabled(self._desk.writable)

    def _ask(self, to: Override) -> None:
        if self._rally is not None:
            self.question.ask(self._rally, to)

    def _back(self) -> None:
        shown = [each for each in (self.follow, self.ahead, self.off) if each.isVisible()]
        shown[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def follow_again(self) -> None:
        """Take the decision back."""
        rally = self._rally
        if rally is not None:
            label = f"Let {rally.title} follow its strike day again"
            write_now(
                self._desk,
                rally,
                label,
                lambda plan, now: reinstated(plan, [following(now)]),
                said=with_told_again(label),
                kept=DECISION,
            )
