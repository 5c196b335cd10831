"""A stall's shifts in the one rota: when, how many, and who: the union's people and the charity's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from rallyapp.domain.ids import ShiftId
from rallyapp.domain.pickets import Shift
from rallyapp.domain.problems import UserError
from rallyapp.domain.rota_work import span_on
from rallyapp.domain.stall_edits import add_shift, usual_span
from rallyapp.domain.stall_times import on_its_day
from rallyapp.domain.times import clock, day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.pages.stalls.shift_block import ShiftBlock, narrow, write
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import NumberField, SpanField
from rallyapp.ui.widgets.parts import Section, hairline
from rallyapp.ui.widgets.words import Words, button

NEVER_MEMBERS = (
    "Shifts here are part of the one rota. People of the charity\u2019s own stand in it beside the union\u2019s, and "
    "are never members: they are put on no picket."
)


class Shifts(Section):
    """All shifts of a stall, and a line in which the next one is typed."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_stall`` says of which stall."""
        super().__init__("Volunteers\u2019 shifts", gap=12)
        self._desk = desk
        self._seen: Seen | None = None
        self.blocks: dict[ShiftId, ShiftBlock] = {}
        self.title.hide()  # the tab says it
        self.add(Words(NEVER_MEMBERS, Type.SMALL, ink="muted", wrap=True))
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.px(12))
        self.column.addLayout(self._place)
        self.column.addWidget(hairline())
        self.span = SpanField("New shift", nights=True)
        self.wanted = NumberField("Volunteers", least=1, most=100)
        self.wanted.entry.setAccessibleName("Volunteers on the new shift")
        self.add_button = button("&Add shift")
        self.add_button.clicked.connect(self._add)
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.wrong.hide()
        narrow(self.span, self.wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.span, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.wanted, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.wrong)
        for field in (self.span, self.wanted):
            field.set_writable(desk.writable)
        self.wanted.entry.installEventFilter(self)
        self.add_button.setEnabled(desk.writable)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "wanted"):
            narrow(self.span, self.wanted)

    def show_stall(self, seen: Seen, going: dict[ShiftId, bool]) -> None:
        """Show the shifts of a stall; ``going`` says which go ahead."""
        other = self._seen is None or self._seen.stall.id != seen.stall.id
        before = self._usual()
        self._seen = seen
        shifts = sorted(seen.plan.of(Shift, "stall_id", seen.stall.id), key=lambda each: (each.starts, each.id))
        wanted = [shift.id for shift in shifts]
        for id in [id for id in self.blocks if id not in wanted]:
            gone = self.blocks.pop(id)
            self._place.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, shift in enumerate(shifts):
            block = self.blocks.get(shift.id)
            if block is None:
                block = self.blocks[shift.id] = ShiftBlock(self._desk)
                self._place.insertWidget(place, block)
                block.show()
            elif self._place.indexOf(block) != place:
                self._place.removeWidget(block)
                self._place.insertWidget(place, block)
            block.show_shift(seen, shift, going.get(shift.id, True))
        if other or before != self._usual():
            self._offer()

    def _usual(self) -> object:
        """Say when the next shift would be, and for how many."""
        if self._seen is None:
            return None
        return usual_span(self._seen.plan, self._seen.stall), self._seen.stall.volunteers_wanted

    def _offer(self) -> None:
        if self._seen is not None:
            starts, ends = usual_span(self._seen.plan, self._seen.stall)
            self.span.show_value((starts.time(), ends.time()))
            self.wanted.show_value(self._seen.stall.volunteers_wanted or 2)
            self._say_wrong("")

    def _add(self) -> None:
        seen = self._seen
        if seen is None or not self.span.wrong.isHidden() or not self.wanted.wrong.isHidden():
            return
        usual = usual_span(seen.plan, seen.stall)[0].date()
        on = on_its_day(seen.plan, seen.stall, self.span.value[0], usual).date()
        try:
            made = add_shift(seen.plan, seen.stall, *span_on(on, *self.span.value), self.wanted.value)
        except UserError as error:
            self._say_wrong(str(error))
            return
        label = f"Add stall shift {clock(self.span.value[0])} on {day_words(on)}, {seen.partner.name}"
        if write(self._desk, seen.plan, label, made):
            self._say_wrong("")
            block = self.blocks.get(made.shifts[0])
            if block is not None:
                block.names.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_wrong(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add the shift with Enter in its number."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress and watched is self.wanted.entry:
            finish_typing()
            self._add()
            return True
        return super().eventFilter(watched, event)
