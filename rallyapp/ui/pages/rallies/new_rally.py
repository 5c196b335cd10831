"""A new rally on one page: what it is called, its strike days, where, from when to when; or like an earlier one."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rallyapp.domain.ids import RallyId, StrikeDayId
from rallyapp.domain.new_rally import RallyWanted, new_rally, times_on
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally, RallyKind
from rallyapp.domain.times import day_words
from rallyapp.store import queries
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.glance_days import DayTicks
from rallyapp.ui.pages.rallies.venue_field import VenueField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.fields import ChoiceField, DateField, Field, NumberField, SpanField, TextField, beside
from rallyapp.ui.widgets.parts import Section, Segments
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import Words, button

_KINDS = [
    ("Static rally", RallyKind.STATIC),
    ("March", RallyKind.MARCH),
    ("March and rally", RallyKind.MARCH_AND_RALLY),
]
_COPIED = (
    "Its team, contacts, kit, posts with their shifts, permissions to ask for, risks, words, route and times come "
    "along. Not who was on its shifts, what was answered, its speakers, running order and stalls."
)


class NewRally(QWidget):
    """Asks for what a rally needs; Enter creates it, Esc gives up."""

    made = Signal(str)  # the id of the new rally
    cancelled = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; ``begin`` empties it and gives it the keyboard."""
        super().__init__()
        self._desk = desk
        self._dated = False  # whether somebody chose the date themselves
        self.title = TextField("Title", placeholder="Regional rally")
        self.kind = Segments(_KINDS, "Kind")
        self.place = VenueField()
        self.days = DayTicks(desk)
        self.date = DateField("Date", near=desk.today)
        self.span = SpanField("Start to hard finish", nights=True)
        self.span.line.setPlaceholderText("11.30am\u20131.30pm")
        self.expected = NumberField("Expected at the peak", least=1, most=10_000_000, empty="May be left empty")
        self.like = ChoiceField("Like an earlier rally")
        self.copied = Words("", Type.SMALL, ink="muted", wrap=True)
        self.create_button = button("&Create rally", primary=True, tip="Enter")
        self.cancel_button = button("Cancel", tip="Esc")
        self._ticked: list[str] = []
        self.days.toggled.connect(self._toggle)
        self.date.committed.connect(lambda _: self._choose_date())
        self.like.committed.connect(lambda _: self._say_copied())
        self.create_button.clicked.connect(self.create_rally)
        self.cancel_button.clicked.connect(self.cancelled)
        self._lay_out()

    def _lay_out(self) -> None:
        what = Section("What and where", self.title, self.kind, self.place, self.expected)
        what.column.setAlignment(self.kind, Qt.AlignmentFlag.AlignLeft)
        when = Section("When", self.days, beside(self.date, self.span, gap=12))
        like = Section("From an earlier one", self.like, self.copied)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        column.addWidget(when)
        column.addWidget(like)
        self._earlier = like
        for section in (what.column, column):
            section.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.create_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(860))
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(24))
        inner.addWidget(Words("New rally", Type.HEADING))
        inner.addWidget(Columns((what, right)))
        inner.addLayout(buttons)
        tab_in_order(inside)
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, theme.px(12), 0)
        across.addWidget(inside, 1, Qt.AlignmentFlag.AlignTop)
        across.addStretch(0)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    # -------------------------------------------------------------------------------------------- asking
    def begin(self) -> None:
        """Ask from the beginning: the chosen strike day is ticked, nothing else is guessed."""
        store = self._desk.store
        self._dated = False
        for field in (self.title, self.place):
            field.show_value("")
        for empty in (self.date, self.span, self.expected):
            empty.show_value(None)
        self.kind.choose(RallyKind.STATIC)
        self._ticked = [self._desk.day] if self._desk.day else []
        self._show_days()
        self.place.offer(venue.name for venue in store.all(Venue))
        earlier = sorted(store.all(Rally), key=lambda rally: (rally.starts, rally.id), reverse=True)
        options = [(f"{rally.title}, {day_words(rally.starts.date())}", rally.id) for rally in earlier]
        self.like.offer([("Nothing copied", ""), *options])
        self.like.show_value("")
        self._earlier.setVisible(bool(earlier))
        self._say_copied()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_days(self) -> None:
        days = self._desk.days()
        ticked = [day for day in days if day.id in self._ticked]
        near = ticked[0].first_date if ticked else self._desk.today()
        self.days.show_days(days, set(self._ticked), near)
        if not self._dated:
            self.date.show_value(near if ticked else None)

    def _toggle(self, day: str, on: bool) -> None:
        self._ticked = [*self._ticked, day] if on else [each for each in self._ticked if each != day]
        self._show_days()

    def _choose_date(self) -> None:
        self._dated = self.date.value is not None

    def _say_copied(self) -> None:
        self.copied.setText(_COPIED if self.like.value else "")
        self.copied.setVisible(bool(self.like.value))

    # ------------------------------------------------------------------------------------------- creating
    def create_rally(self) -> None:
        """Make the rally as one edit, or say what it lacks."""
        if self._lacks():
            return
        day: date = self.date.value
        starts, ends = times_on(day, self.span.value)
        wanted = RallyWanted(
            title=self.title.text,
            place=self.place.text,
            starts=starts,
            ends=ends,
            days=tuple(StrikeDayId(each) for each in self._ticked),
            kind=self.kind.value,  # type: ignore[arg-type]
            expected=self.expected.value,
        )
        like, plan = self._like()
        made = new_rally(plan, wanted, like=like)
        copied = f", with {made.words}" if made.words else ""
        done = self._desk.edit(
            f"New rally {made.rally.title}",
            lambda edit: edit.save_all(made.records),
            said=f"{made.rally.title} is in the plan{copied}.",
        )
        if done:
            self.made.emit(made.rally.id)

    def _like(self) -> tuple[Rally | None, Plan]:
        store = self._desk.store
        like = store.find(Rally, self.like.value or None)
        return like, queries.rally_part(store, RallyId(like.id)) if like else Plan(store.all(Venue))

    def _lacks(self) -> bool:
        """Say beneath each field what it lacks, and go to the first."""
        needed: tuple[tuple[Field, Any, str], ...] = (
            (self.title, self.title.text.strip(), "Write what it is called."),
            (
                self.place,
                self.place.text.strip(),
                "Write where it is: a name, and the address of a new place.",
            ),
            (self.date, self.date.value, "Tick its strike day, or write its date."),
            (self.span, self.span.value, "Write from when to when: 11.30am-1.30pm."),
            (self.expected, True, ""),
        )
        for field, value, lacks in needed:
            if not value and field.wrong.isHidden():
                field.say_wrong(lacks)
        wrong = [field for field, _, _ in needed if not field.wrong.isHidden()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(wrong)

    # ----------------------------------------------------------------------------------------------- keys
    def event(self, event: QEvent) -> bool:
        """Claim Esc, before the window takes it."""
        claims = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if claims and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Create with Enter, give up with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.cancel_button.click if self.cancel_button.hasFocus() else self.create_rally)()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
