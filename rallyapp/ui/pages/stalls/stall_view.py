"""The chosen stall: how it stands at the top, and below its arrangements, its shifts or its tally."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain import stand_down
from rallyapp.domain.pickets import Shift
from rallyapp.domain.problems import Concern
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.stalls.arrangements import StallForm
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.pages.stalls.shifts import Shifts
from rallyapp.ui.pages.stalls.standing import Standing
from rallyapp.ui.pages.stalls.tally import TallyPart
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Pill, Segments, hairline
from rallyapp.ui.widgets.words import Words, button

PLANNED, SHIFTS, TALLY = "planned", "shifts", "tally"


class StallView(QWidget):
    """The column. ``partner_wanted`` asks for the partner, by id."""

    partner_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_stall`` says which."""
        super().__init__()
        self._desk = desk
        self.seen: Seen | None = None
        self.title = Words("", Type.HEADING, wrap=True)
        self.state = Pill("")
        self.where = Words("", ink="muted", wrap=True)
        self.to_host = button("", name="Go to where it is")
        self.to_host.setProperty("link", True)
        self.to_host.clicked.connect(self._go)
        self.to_partner = button("Partner", name="Show the partner")
        self.to_partner.setProperty("link", True)
        self.to_partner.clicked.connect(lambda: self.seen and self.partner_wanted.emit(self.seen.partner.id))
        self.standing = Standing(desk)
        self.parts = Segments((("Arrangements", PLANNED), ("Shifts", SHIFTS), ("Tally", TALLY)), "What is shown")
        self.parts.chosen.connect(self.show_part)
        self.form = StallForm(desk)
        self.shifts = Shifts(desk)
        self.tally = TallyPart(desk)
        self._shown = {PLANNED: self.form, SHIFTS: self.shifts, TALLY: self.tally}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addLayout(self._head())
        column.addWidget(self.standing)
        column.addWidget(hairline())
        bar = QHBoxLayout()
        bar.addWidget(self.parts)
        bar.addStretch(1)
        column.addLayout(bar)
        for part in self._shown.values():
            column.addWidget(part)
        column.addStretch(1)
        self.show_part(PLANNED)

    def _head(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.title, 1)
        top.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.setSpacing(theme.px(4))
        below.addWidget(self.where, 1)
        below.addWidget(self.to_host, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.to_partner, 0, Qt.AlignmentFlag.AlignTop)
        made = QVBoxLayout()
        made.setSpacing(theme.px(2))
        made.addLayout(top)
        made.addLayout(below)
        return made

    # -------------------------------------------------------------------------------------------- showing
    @property
    def part(self) -> str:
        """Which part is shown."""
        return str(self.parts.value)

    def show_part(self, part: object) -> None:
        """Show the arrangements, the shifts or the tally."""
        self.parts.choose(part)
        for name, widget in self._shown.items():
            widget.setVisible(name == part)

    def show_stall(self, seen: Seen) -> None:
        """Show a stall."""
        self.seen = seen
        words, tone = seen.state
        self.title.setText(seen.partner.name)
        self.state.say(words, "" if tone is Tone.OFF else str(tone))
        self.where.setText(seen.where)
        self.to_host.setText("Go to the rally" if seen.stall.rally_id else "Go to the picket")
        self.to_host.setAccessibleName(self.to_host.text())
        self.standing.show_stall(seen)
        self.form.show_stall(seen)
        shifts = seen.plan.of(Shift, "stall_id", seen.stall.id)
        self.shifts.show_stall(seen, {shift.id: stand_down.of_shift(seen.plan, shift).on for shift in shifts})
        self.tally.show_stall(seen)

    def _go(self) -> None:
        if self.seen is None:
            return
        stall = self.seen.stall
        if stall.rally_id:
            self._desk.go(PageName.RALLIES, Concern("rally", stall.rally_id))
        else:
            self._desk.go(PageName.ROTA, Concern("picket", str(stall.picket_id)))
