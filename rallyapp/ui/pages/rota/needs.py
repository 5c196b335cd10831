"""What a shift needs: how many of each role, at least, as wished and at most, changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.ids import NeedId
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Need, Role
from rallyapp.domain.rota_edits import set_needs
from rallyapp.domain.rota_work import NeedWanted
from rallyapp.domain.times import clock
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.staffing.line_paint import SIDE
from rallyapp.ui.staffing.shift_facts import NeedFact, ShiftFacts
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, NumberField, beside
from rallyapp.ui.widgets.half_typed import show_beside_typing
from rallyapp.ui.widgets.parts import Chip
from rallyapp.ui.widgets.words import CutWords, Words, button


class Needs(QWidget):
    """The needs of one shift, each a line that unfolds to be changed."""

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan; it shows no need yet."""
        super().__init__()
        self._desk = desk
        self._facts: ShiftFacts | None = None
        self._rows: list[_Row] = []
        self.add = IconButton("plus", "Add a need", ink="muted", flat=True)
        self.add.clicked.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(SIDE), 0, 0, 0)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Words("NEEDS", Type.OVERLINE, ink="muted"), 1)
        head.addWidget(self.add)
        self._column.addLayout(head)

    @property
    def rows(self) -> tuple[_Row, ...]:
        """The lines, in the order in which they are shown."""
        return tuple(self._rows[: len(self._facts.needs)]) if self._facts else ()

    def show_shift(self, facts: ShiftFacts) -> None:
        """Show what a shift needs; what is unfolded stays so."""
        if self._facts is None or self._facts.shift.id != facts.shift.id:
            for row in self._rows:
                row.fold_up()
        self._facts = facts
        while len(self._rows) < len(facts.needs):
            row = _Row(self._changed, self._remove)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, fact in zip(self._rows, facts.needs, strict=False):
            row.show_need(fact, facts, writable=self._desk.writable)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(facts.needs))
        self.add.setVisible(self._desk.writable)

    # --------------------------------------------------------------------------------------------- writing
    def _write(self, label: str, needs: Iterable[NeedWanted]) -> None:
        facts = self._facts
        if facts is not None:
            label = f"{label}, {facts.title} {clock(facts.shift.starts)}"
            write(self._desk, facts.plan, label, lambda: set_needs(facts.plan, [facts.shift.id], needs))

    def _all(self) -> dict[NeedId, NeedWanted]:
        return {each.need.id: _wanted(each.need) for each in self._facts.needs} if self._facts else {}

    def _changed(self, need: Need, new: NeedWanted) -> None:
        word = self._facts.word(new.role) if self._facts else str(new.role)
        self._write(f"Change the need for {word}", {**self._all(), need.id: new}.values())

    def _remove(self, need: Need) -> None:
        word = self._facts.word(need.role) if self._facts else str(need.role)
        self._write(f"Remove the need for {word}", [each for id, each in self._all().items() if id != need.id])

    def _add(self) -> None:
        if self._facts is None:
            return
        taken = {(each.need.role, each.need.skill) for each in self._facts.needs}
        free = next((role for role in self._facts.roles if (role, None) not in taken), None)
        if free is None:
            self._desk.messages.trouble("There is a need for every role already: change one of those.")
            return
        new = NeedWanted(role=free, least=1, wished=1, most=1 if free is Role.SUPERVISOR else 2)
        self._write(f"Add a need for {self._facts.word(free)}", [*self._all().values(), new])
        for row in self.rows:
            if row.need is not None and row.need.role is free:
                row.unfold()


class _Row(QWidget):
    """One need: a line, and below it what can be changed."""

    def __init__(self, changed: Callable[[Need, NeedWanted], None], remove: Callable[[Need], None]) -> None:
        super().__init__()
        self.need: Need | None = None
        self._changed = changed
        self._words = CutWords("")
        self._chip = Chip()
        self.fold = IconButton("chevron-down", "Change this need", flat=True)
        self.fold.clicked.connect(lambda: self._show(not self._below.isVisible()))
        self._chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(6))
        line.addWidget(self._words, 1)
        line.addWidget(self._chip)
        line.addWidget(self.fold)
        self.least = NumberField("At least", most=1000)
        self.wished = NumberField("Wished", most=1000)
        self.most = NumberField("At most", least=1, most=1000)
        self.role = ChoiceField("Role")
        self.skill = ChoiceField(
            "With", [("No further skill", None), *((str(each).capitalize(), each) for each in Skill)]
        )
        self.remove = button("Remove this need")
        self.remove.setProperty("link", True)
        self.remove.clicked.connect(lambda: self.need is not None and remove(self.need))
        for field in (self.least, self.wished, self.most, self.role, self.skill):
            field.committed.connect(lambda _, field=field: self._commit(field))
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, theme.px(4), 0, theme.px(12))
        below.setSpacing(theme.px(8))
        below.addWidget(beside(self.least, self.wished, self.most))
        below.addWidget(beside(self.role, self.skill))
        below.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignLeft)
        self._below.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._below)

    def show_need(self, fact: NeedFact, facts: ShiftFacts, *, writable: bool) -> None:
        """Show a need and how far it is met; what is being typed about it stays."""
        same = self.need is not None and self.need.id == fact.need.id
        need = self.need = fact.need
        self._words.say(f"{fact.word.capitalize()}, {_numbers(need)}")
        wanted = need.wished or need.most
        tone = "nobody" if fact.missing and not fact.have else "short" if fact.missing else ""
        self._chip.say(f"{fact.have} of {wanted}", tone or ("met" if fact.have >= wanted else ""))
        self.fold.setAccessibleName(f"Change the need for {fact.word}")
        self.fold.setEnabled(writable)
        self.role.offer([(facts.word(role).capitalize(), role) for role in facts.roles])
        for field, value in (
            (self.least, need.least),
            (self.wished, need.wished),
            (self.most, need.most),
            (self.role, need.role),
            (self.skill, need.skill),
        ):
            if same:
                show_beside_typing(field, value)
            else:
                field.show_value(value)

    def unfold(self) -> None:
        """Show what can be changed, and go there."""
        self._show(True)
        self.least.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold_up(self) -> None:
        """Show the line only."""
        self._show(False)

    def _show(self, shown: bool) -> None:
        self._below.setVisible(shown)
        self.fold.show_icon("chevron-up" if shown else "chevron-down")

    def _commit(self, field: QWidget) -> None:
        """Write what was changed; the other numbers give way so that they add up."""
        if self.need is None:
            return
        least, wished, most = self.least.value, self.wished.value, self.most.value
        if field is self.least:
            wished, most = max(wished, least), max(most, least)
        elif field is self.most:
            least, wished = min(least, most), min(wished, most)
        else:
            least, most = min(least, wished), max(most, wished)
        new = NeedWanted(role=self.role.value, least=least, wished=wished, most=most, skill=self.skill.value)
        if new != _wanted(self.need):
            self._changed(self.need, new)


def _wanted(need: Need) -> NeedWanted:
    return NeedWanted(role=need.role, least=need.least, wished=need.wished, most=need.most, skill=need.skill)


def _numbers(need: Need) -> str:
    """Say how many are needed: "1", "3 to 6", "3 to 6, 4 wished"."""
    span = f"{need.least}" if need.least == need.most else f"{need.least} to {need.most}"
    return span if need.wished in (need.least, need.most) else f"{span}, {need.wished} wished"
