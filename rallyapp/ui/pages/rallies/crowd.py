"""Section 8: who comes, how many against how many there is room for, and what is done as they become more."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rallyapp.domain.crowd import LEAST_LEVELS, CrowdWords, crowd_words
from rallyapp.domain.ids import PlanNoteId, new_id
from rallyapp.domain.rallies import PlanNote, Section
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.form_parts import say
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.venue_field import show_unless_typed
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets import parts
from rallyapp.ui.widgets.fields import NumberField, TextField, TickField
from rallyapp.ui.widgets.words import Words, button

_SITE = 6
_PROMPTS = (
    "At so many people: all stewards to their posts",
    "At so many more: ring the police, open the second half of the square",
    "When it is full: stop calling people in, send them to another place",
)


class CrowdPart(RallyPart):
    """The editor of section 8."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.form = RecordForm(desk, lambda rally, what: f"Change {what} of {rally.title}")
        self.expected = NumberField("Expected at the peak", least=1, most=10_000_000, empty="Not known")
        self.form.put("expected", self.expected, "the number expected")
        self.expected.entry.setMaximumWidth(theme.px(160))
        self.bar = RoomBar()
        self.room = Words("", wrap=True)
        self.to_place = button("Enter how many the place holds")
        self.to_place.setProperty("link", True)
        self.to_place.clicked.connect(lambda: self.section_wanted.emit(_SITE))
        self.checks = TickField("People are checked at the entry")
        self.form.put("entry_checks", self.checks, "the entry checks")
        self.law = Words("", Type.SMALL, ink="muted", wrap=True)
        self.profile = TextField(
            "Who comes, when and how",
            lines=5,
            placeholder="Families or delegations, when they come and go, by which way, what could draw them together",
        )
        self.profile.committed.connect(lambda _: self._write("the words on the crowd"))
        self.levels: list[TextField] = []
        self._level_section = parts.Section("What is done as they become more")
        self._level_section.add(
            Words(
                "Write a number and what is done then, one on each line, the lowest first.",
                Type.SMALL,
                ink="muted",
                wrap=True,
            )
        )
        for _ in range(LEAST_LEVELS):
            self._add_level()
        self._lay_out()

    def _lay_out(self) -> None:
        self.form.column.addWidget(self.expected)
        self.form.column.addWidget(self.bar)
        self.form.column.addWidget(self.room)
        self.form.column.addWidget(self.to_place, alignment=Qt.AlignmentFlag.AlignLeft)
        self.form.column.addWidget(self.checks)
        self.form.column.addWidget(self.law)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        column.addWidget(parts.Section("How many", self.form))
        column.addWidget(parts.Section("Who", self.profile))
        column.addWidget(self._level_section)
        column.addStretch(1)

    def _add_level(self) -> TextField:
        number = len(self.levels) + 1
        prompt = _PROMPTS[number - 1] if number <= len(_PROMPTS) else ""
        made = TextField(f"Level {number}", placeholder=prompt)
        made.committed.connect(lambda _: self._write(f"level {number}"))
        self.levels.append(made)
        self._level_section.add(made)
        return made

    # -------------------------------------------------------------------------------------------- showing
    def show_rally(self, seen: Seen) -> None:
        """Show the crowd of a rally; what somebody is typing stays."""
        anew = self.seen is None or self.seen.rally.id != seen.rally.id
        super().show_rally(seen)
        self.form.show_record(seen.rally)
        written = self._written(seen)
        while len(self.levels) < len(written.levels):
            self._add_level()
        show_unless_typed(self.profile, written.profile, anew=anew)
        for place, field in enumerate(self.levels):
            show_unless_typed(field, written.levels[place] if place < len(written.levels) else "", anew=anew)
            field.setVisible(place < len(written.levels))
        for each in (self.profile, *self.levels):
            each.set_writable(self.desk.writable)
        self._show_room(seen)
        martyn = seen.rules.rule("R16")
        applies = seen.rally.entry_checks and (seen.rally.expected or 0) >= martyn.figure()
        self.law.setText(f"{martyn.say} {seen.rules.words}")
        self.law.setVisible(applies)

    def _show_room(self, seen: Seen) -> None:
        expected, capacity = seen.rally.expected, seen.venue.capacity
        self.bar.show_crowd(expected, capacity)
        over = expected is not None and capacity is not None and expected > capacity
        say(self.room, room_words(expected, capacity, seen.venue.name), "short" if over else "")
        self.to_place.setVisible(capacity is None and self.desk.writable)

    def _notes(self, seen: Seen) -> list[PlanNote]:
        found = [note for note in seen.plan.of(PlanNote, "rally_id", seen.rally.id) if note.section is Section.CROWD]
        return sorted(found, key=lambda note: note.id)

    def _written(self, seen: Seen) -> CrowdWords:
        return crowd_words(note.text for note in self._notes(seen))

    # -------------------------------------------------------------------------------------------- writing
    def _write(self, what: str) -> None:
        seen = self.seen
        if seen is None:
            return
        rally, notes = seen.rally, self._notes(seen)
        text = CrowdWords(profile=self.profile.value, levels=tuple(field.value for field in self.levels)).text

        def write(edit: Edit) -> None:
            for note in notes[1:] if text else notes:
                edit.delete(note)
            if text:
                id = notes[0].id if notes else PlanNoteId(new_id())
                new = PlanNote(id=id, rally_id=rally.id, section=Section.CROWD, text=text)
                edit.save(new, was=notes[0] if notes else None)

        if not self.desk.edit(f"Change {what} of {rally.title}", write):
            self.show_rally(seen)


def room_words(expected: int | None, capacity: int | None, place: str) -> str:
    """Say how many come against how many there is room for."""
    if expected is None:
        return "How many come is not entered" + (f"; {place} holds {capacity:,}." if capacity else ".")
    if capacity is None:
        return f"{expected:,} are expected; how many {place} holds is not entered."
    share = round(expected * 100 / capacity)
    if expected > capacity:
        return f"{expected:,} are expected where {capacity:,} have room: {expected - capacity:,} too many."
    return f"{expected:,} of the {capacity:,} that {place} holds: {share} % full."


class RoomBar(QWidget):
    """How full the place is, as a bar; what does not fit is hatched beyond a mark."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._expected: int | None = None
        self._capacity: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_crowd(self, expected: int | None, capacity: int | None) -> None:
        """Show how many come against how many have room; nothing while one of the two is not known."""
        self._expected, self._capacity = expected, capacity
        self.setVisible(bool(expected and capacity))
        self.setAccessibleName(room_words(expected, capacity, "the place"))
        self.update()

    def sizeHint(self) -> QSize:
        """Be flat."""
        return QSize(theme.px(200), theme.px(14))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> Any:
        """Paint the room, those who fill it, and those who are too many."""
        if not self._expected or not self._capacity:
            return
        whole = max(self._expected, self._capacity)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, theme.px(4), theme.px(4))
        painter.setClipPath(shape)
        painter.fillRect(box, theme.colour("card"))
        room = box.width() * self._capacity / whole
        full = box.width() * self._expected / whole
        painter.fillRect(QRectF(box.left(), box.top(), min(full, room), box.height()), theme.colour("met"))
        if full > room:
            over = QRectF(box.left() + room, box.top(), full - room, box.height())
            painter.fillRect(over, theme.colour("short_ground"))
            painter.fillRect(over, theme.hatch(theme.colour("short")))
            painter.fillRect(QRectF(over.left(), over.top(), theme.px(2), over.height()), theme.colour("short"))
        painter.setClipping(False)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(shape)
        painter.end()
