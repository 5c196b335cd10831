"""The pickets of an entrance, and the panel that moves one of them to another entrance with its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.disputes import STOOD_DOWN_STATES
from rallyapp.domain.ids import EntranceId, PicketId
from rallyapp.domain.places import Entrance
from rallyapp.domain.relocation import Relocation
from rallyapp.domain.times import clock, day_words, span_words
from rallyapp.domain.words import counted
from rallyapp.store.site_queries import PicketHere
from rallyapp.ui import theme
from rallyapp.ui.pages.sites.told import Told
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.fields import ChoiceField, ClockField, TextField
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.words import CutWords, Words, button

_NEW = "new"


def picket_words(picket: PicketHere) -> str:
    """Say when a picket is: "Tue 1 Dec 2015, 08:00-11:00"."""
    return f"{day_words(picket.starts.date())}, {span_words(picket.starts, picket.ends)}"


class PicketRows(QWidget):
    """One row for each picket at an entrance, in order of time."""

    move_wanted = Signal(str)  # a picket's id
    rota_wanted = Signal(str)

    def __init__(self) -> None:
        """Make it, with no row yet."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.none = Words("No picket is planned here yet. Pickets are added on the page of the rota.", ink="muted")
        self.none.setWordWrap(True)
        self._column.addWidget(self.none)
        self._rows: list[_PicketRow] = []

    def show_pickets(self, pickets: Sequence[PicketHere], *, writable: bool) -> None:
        """Show these; rows that are there already are used again."""
        while len(self._rows) < len(pickets):
            row = _PicketRow()
            row.move.clicked.connect(lambda _=False, row=row: self.move_wanted.emit(row.id))
            row.rota.clicked.connect(lambda _=False, row=row: self.rota_wanted.emit(row.id))
            self._rows.append(row)
            self._column.addWidget(row)
        for row, picket in zip(self._rows, pickets, strict=False):
            row.show_picket(picket, writable=writable)
            row.show()
        for row in self._rows[len(pickets) :]:
            row.hide()
        self.none.setVisible(not pickets)


class _PicketRow(QWidget):
    """When a picket is, how many shifts and people it has, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.id = ""
        self.when = CutWords("", Type.BODY)
        self.when.setFont(theme.font(Type.BODY, figures=True))
        self.what = Words("", Type.SMALL, ink="muted")
        self.move = button("Move\u2026")
        self.rota = button("Show in rota")
        for link in (self.move, self.rota):
            link.setProperty("link", True)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(self.when, 1)
        row.addWidget(self.what)
        row.addWidget(self.move)
        row.addWidget(self.rota)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hairline())

    def show_picket(self, picket: PicketHere, *, writable: bool) -> None:
        self.id = picket.id
        words = picket_words(picket)
        self.when.say(words)
        said = [counted(picket.shifts, "shift"), counted(picket.people, "person", "people")]
        if picket.cancelled:
            said.append("cancelled")
        elif picket.state in STOOD_DOWN_STATES:
            said.append(str(picket.state))
        self.what.setText(" \u00b7 ".join(said))
        self.move.setVisible(writable and not picket.cancelled)
        self.move.setAccessibleName(f"Move the picket of {words} to another entrance")
        self.rota.setAccessibleName(f"Show the picket of {words} in the rota")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asked for: which picket goes where, from when (None: the whole of it), and why."""

    picket: PicketId
    to: EntranceId | None
    new_name: str
    since: time | None
    reason: str


class MovePanel(QFrame):
    """Which picket, to where, from when and why; and afterwards whom to tell."""

    move_wanted = Signal(object)  # a Wanted
    closed = Signal()

    def __init__(self) -> None:
        """Make the panel."""
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Move a picket")
        self.title = CutWords("Move a picket", Type.STRONG)
        self.picket = ChoiceField("Picket")
        self.to = ChoiceField("To")
        self.new_name = TextField("New entrance\u2019s name")
        self.since = ClockField("From")
        self.since.line.setPlaceholderText("The whole picket")
        self.reason = TextField("Reason", placeholder="What people are told")
        self.go = button("Move picket")
        self.stop = button("Cancel")
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.told = Told()
        self.moved: Relocation | None = None  # the move whose people are to be told
        self.to.committed.connect(lambda value: self._ask_name(value == _NEW))
        self.go.clicked.connect(self._ask)
        self.stop.clicked.connect(self.closed)
        self.told.done.clicked.connect(self.closed)
        self._ask_part = self._asking()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(12))
        column.addWidget(self.title)
        column.addWidget(self._ask_part)
        column.addWidget(self.told)

    def _asking(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.go)
        row.addWidget(self.stop)
        row.addStretch(1)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        fields = ((self.picket, self.to), (self.new_name,), (self.since, self.reason))
        column.addWidget(Columns(*fields, wide=440, gap=12))
        column.addWidget(self.wrong)
        column.addLayout(row)
        return made

    def ask(self, here: Entrance, pickets: Sequence[PicketHere], others: Sequence[Entrance], chosen: str) -> None:
        """Ask about the pickets of an entrance; ``others`` are where they may go."""
        self.moved = None
        self.title.say(f"Move a picket from {here.name}")
        able = [each for each in pickets if not each.cancelled]
        self.picket.offer([(picket_words(each), each.id) for each in able])
        self.picket.show_value(chosen if any(each.id == chosen for each in able) else able[0].id)
        self.to.offer([*((each.name, each.id) for each in others), ("A new entrance\u2026", _NEW)])
        self.to.show_value(others[0].id if others else _NEW)
        self.new_name.show_value("")
        self._ask_name(not others)
        self.since.show_value(None)
        self.reason.show_value("")
        self.refuse("")
        self.told.hide()
        self._ask_part.show()
        self.show()
        (self.to if len(able) == 1 or chosen else self.picket).setFocus()

    def follow(self, pickets: Sequence[PicketHere], others: Sequence[Entrance]) -> None:
        """Offer what is there now, while somebody is still filling the panel in."""
        able = [each for each in pickets if not each.cancelled]
        self.picket.offer([(picket_words(each), each.id) for each in able])
        self.to.offer([*((each.name, each.id) for each in others), ("A new entrance\u2026", _NEW)])
        if not able:
            self.closed.emit()

    def refuse(self, sentence: str) -> None:
        """Say why it can't be done, and leave what was entered."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def show_told(self, move: Relocation, to: str) -> None:
        """Show whom to tell."""
        self.moved = move
        self.title.say(f"Moved to {to} from {clock(move.since)}")
        self._ask_part.hide()
        self.told.show_move(move, to)
        self.told.show()
        self.told.copy.setFocus()

    def _ask_name(self, ask: bool) -> None:
        self.new_name.setVisible(ask)
        if ask and self.isVisible():
            self.new_name.setFocus()

    def _ask(self) -> None:
        new = self.to.value == _NEW
        if new and not self.new_name.text.strip():
            self.refuse("Name the new entrance first.")
            self.new_name.setFocus()
            return
        if self.picket.value is None or self.to.value is None:  # another window removed it
            missing = self.picket if self.picket.value is None else self.to
            self.refuse("Choose which picket moves." if missing is self.picket else "Choose where the picket moves to.")
            missing.setFocus()
            return
        if self.since.wrong.text():
            self.since.setFocus()
            return
        self.move_wanted.emit(
            Wanted(
                picket=PicketId(self.picket.value),
                to=None if new else EntranceId(self.to.value),
                new_name=self.new_name.text.strip(),
                since=self.since.value,
                reason=self.reason.text.strip(),
            )
        )
