"""What a stall needs and brings: pitch, furniture, times, who to ring, papers. One form of one record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.places import Pin
from rallyapp.domain.problems import Concern
from rallyapp.domain.stall_edits import as_last, last_stall, needs_words, size_words, typed_size, where_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.pages.stalls.time_field import TimeField
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import NumberField, TextField, TickField
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button


class SizeField(NumberField):
    """Width and depth of a pitch as people write them: "3 x 3 m". Its value is two numbers of centimetres."""

    def __init__(self, label: str) -> None:
        """Make it, empty."""
        super().__init__(label, empty="3 x 3 m")
        self._shown: Any = (None, None)

    def _read(self, text: str) -> Any:
        return typed_size(text)

    def _write(self, value: Any) -> str:
        return size_words(*value) if value else ""


class Offer(QFrame):
    """What the partner needed the last time: taken with one click, never by itself."""

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__()
        self.setObjectName("notice")
        self.words = Words("", wrap=True)
        self.take = button("&Take these", name="Take what they needed at their last stall")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        row.setSpacing(theme.px(12))
        row.addWidget(self.words, 1)
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()


class StallForm(RecordForm):
    """The form."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_stall`` says of which stall."""
        super().__init__(desk, lambda stall, what: f"Change {what}, {self._name} stall")
        self._name = ""
        self._seen: Seen | None = None
        self.column.setSpacing(theme.px(24))
        self.offer = Offer()
        self.offer.take.clicked.connect(self._as_last)
        self.usual = Words("", ink="muted", wrap=True)
        self.column.addWidget(self.offer)
        self.column.addWidget(self.usual)
        for section in (self._pitch(), self._day(), self._aims(), self._papers(), self._note()):
            self.column.addWidget(section)

    # ------------------------------------------------------------------------------------------ its parts
    def _pitch(self) -> QWidget:
        self.size = self.put(
            "size",
            SizeField("Width \u00d7 depth"),
            "the size",
            (
                lambda stall: (stall.width, stall.depth),
                lambda stall, value: replace(stall, width=value[0], depth=value[1]),
            ),
        )
        self.pin = button("", name="Where the stall is on the site plan")
        self.pin.setProperty("link", True)
        self.pin.clicked.connect(self._go_to_plan)
        return Section(
            "Pitch",
            _grid(
                (self.put("pitch", TextField("Pitch", placeholder="Left of the stage"), "the pitch"), 2),
                (self.size, 1),
                (_under_label(self.pin), 1),
                (self.put("tables", NumberField("Tables", most=500), "the tables"), 1),
                (self.put("chairs", NumberField("Chairs", most=5000), "the chairs"), 1),
                (self.put("furniture_from", TextField("Tables and chairs from"), "who brings the furniture"), 2),
                (self.put("power", TextField("Power", placeholder="None"), "the power"), 2),
                (self.put("shelter", TextField("Shelter", placeholder="Their own gazebo"), "the shelter"), 2),
            ),
            self.put("dry_and_quiet", TickField("A dry surface in a quiet corner"), "the dry surface"),
        )

    def _day(self) -> QWidget:
        self.arrives, self.leaves = TimeField("Arrives"), TimeField("Leaves")
        self.put("arrives", self.arrives, "when it arrives")
        self.put("leaves", self.leaves, "when it leaves")
        contact = TextField("Contact on the day", placeholder="Name")
        return Section(
            "On the day",
            _grid(
                (self.arrives, 1),
                (self.leaves, 1),
                (self.put("vehicle", TextField("Vehicle", placeholder="Small van, unloads by 10:40"), "vehicle"), 2),
                (self.put("on_day_contact", contact, "the contact on the day"), 2),
                (self.put("on_day_phone", TextField("Phone on the day"), "the phone on the day"), 2),
            ),
        )

    def _aims(self) -> QWidget:
        trained = self.put("volunteers_trained", TickField("They are trained"), "whether they are trained")
        return Section(
            "Volunteers wanted, kits, and how many should sign up",
            _grid(
                (self.put("volunteers_wanted", NumberField("Volunteers", most=500), "the volunteers"), 1),
                (_under_label(trained), 1),
                (self.put("kits", NumberField("Kits", most=100_000), "the kits"), 1),
                (self.put("target", NumberField("Target", most=100_000), "the target"), 1),
            ),
        )

    def _papers(self) -> QWidget:
        self.permit = TextField("Permit for the collection", placeholder="The council\u2019s reference")
        self.no_permit = Words(
            "Money is collected and no permit is entered: ask the council, or collect none.",
            Type.SMALL,
            ink="nobody",
            wrap=True,
        )
        return Section(
            "Papers",
            _grid(
                (self.put("insurance_seen", TickField("Insurance seen"), "the insurance"), 2),
                (self.put("risk_assessment_seen", TickField("Risk assessment seen"), "the risk assessment"), 2),
                (_under_label(self.put("money_collected", TickField("Money is collected"), "the collection")), 2),
                (self.put("permit", self.permit, "the permit"), 2),
            ),
            self.no_permit,
        )

    def _note(self) -> QWidget:
        note = TextField("About the stall itself; nothing about the people who sign up", lines=3)
        return Section("Note", self.put("note", note, "the note"))

    # -------------------------------------------------------------------------------------------- showing
    def show_stall(self, seen: Seen) -> None:
        """Show a stall."""
        for field in (self.arrives, self.leaves):
            field.take_stall(seen.plan, seen.stall)
        self._name = self._name or seen.partner.name  # what is left unwritten is of the one before
        self.show_record(seen.stall)
        self._seen, self._name = seen, seen.partner.name
        stall = seen.stall
        lacking = stall.money_collected and not stall.permit.strip()
        self.no_permit.setVisible(lacking)
        self._show_pin(seen)
        last = None if needs_words(stall) else last_stall(seen.plan, stall)
        self.offer.setVisible(last is not None and self._desk.writable)
        if last is not None:
            self.offer.words.setText(f"As at their last stall ({where_words(seen.plan, last)}): {needs_words(last)}.")
        usual = " ".join(seen.partner.usual_needs.split())
        self.usual.setText(f"{seen.partner.name} usually needs: {usual}")
        self.usual.setVisible(bool(usual))

    def _show_pin(self, seen: Seen) -> None:
        pins = seen.plan.of(Pin, "stall_id", seen.stall.id)
        numbers = ", ".join(str(pin.number) for pin in sorted(pins, key=lambda pin: pin.number))
        self.pin.setText(f"Pin {numbers} on the plan" if pins else "Not on the plan yet")
        tip = "Go to the site plan of the rally" if seen.stall.rally_id else ""
        self.pin.setToolTip(tip)
        self.pin.setAccessibleName(f"Site plan: {self.pin.text()}")
        self.pin.parentWidget().setVisible(bool(seen.stall.rally_id))

    def _go_to_plan(self) -> None:
        if self._seen is None:
            return
        pins = self._seen.plan.of(Pin, "stall_id", self._seen.stall.id)
        what = Concern("pin", pins[0].id) if pins else Concern("rally", str(self._seen.stall.rally_id))
        self._desk.go(PageName.RALLIES, what)

    # -------------------------------------------------------------------------------------------- writing
    def _as_last(self) -> None:
        seen = self._seen
        last = last_stall(seen.plan, seen.stall) if seen else None
        if seen is None or last is None:
            return
        label = f"Take the needs of their last stall, {seen.partner.name}"
        self._desk.edit(label, lambda edit: edit.save(as_last(seen.stall, last), was=seen.stall))
        self.size.setFocus(Qt.FocusReason.OtherFocusReason)


def _grid(*placed: tuple[QWidget, int]) -> QWidget:
    """Put widgets into four columns, each so many wide."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(12))
    row = at = 0
    for widget, wide in placed:
        if at + wide > 4:
            row, at = row + 1, 0
        grid.addWidget(widget, row, at, 1, wide, Qt.AlignmentFlag.AlignTop)
        at += wide
    for column in range(4):
        grid.setColumnStretch(column, 1)
    return made


def _under_label(widget: QWidget) -> QWidget:
    """Put what has no label above it level with its neighbours, which have one."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    column.addWidget(Words(" ", Type.SMALL))
    column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    return made
