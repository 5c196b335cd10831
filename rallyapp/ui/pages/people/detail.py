"""One person: everything that is held about them, each field written as soon as it is right."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.places import Site
from rallyapp.domain.records import table_of
from rallyapp.domain.stalls import Partner
from rallyapp.store import tables
from rallyapp.store.people_queries import partner_names, site_names
from rallyapp.store.person_queries import Held, held_about, strike_windows
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.people.detail_free import FreePart
from rallyapp.ui.pages.people.detail_known import KnownPart
from rallyapp.ui.pages.people.detail_part import Around, Part, in_order
from rallyapp.ui.pages.people.detail_person import CanPart, LimitsPart, PersonPart, ReachPart
from rallyapp.ui.pages.people.detail_places import PairsPart, PlacesPart
from rallyapp.ui.pages.people.detail_shifts import ShiftsPart
from rallyapp.ui.pages.people.detail_work import WorkPart
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.unfinished import say_left
from rallyapp.ui.widgets.words import CutWords, Words


class PersonDetail(QWidget):
    """The detail of a person, for the pane on the right or for a column of a page.

    Whoever embeds it adds its ``reads`` to their own and calls ``reload`` when one of those tables changed.
    """

    gone_to = Signal(object)  # a Concern that is shown on another page: whoever embeds this goes there
    reads: ClassVar[frozenset[str]] = frozenset(
        {table_of(each) for each in (Person, Site, StrikeDay, Partner)}
        | {"shift", "picket", "entrance", "rally", "post", "stall"}
        | {table_of(kind) for kind, _ in tables.referring(table_of(Person))}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Show nobody yet."""
        super().__init__(parent)
        self.desk = desk
        self.person_id: PersonId | None = None
        self.whole = False  # whether the lower parts are made
        self._held: Held | None = None
        self._chained: list[QWidget] = []
        self.head = _Head()
        self.about, self.reach = PersonPart(desk), ReachPart(desk)
        self.free = FreePart(desk)
        self.parts: list[Part] = [self.about, self.reach, self.free]
        self.about.hide()
        self.head.pencil.toggled.connect(self.about.setVisible)
        self.head.pencil.setEnabled(desk.writable)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(24))
        for widget in (self.head, *self.parts):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.summary = Words("", Type.HEADING, wrap=True)
        self.hint = Words("", ink="muted", wrap=True)
        blank = QWidget()
        inner = QVBoxLayout(blank)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(8))
        inner.addWidget(self.summary)
        inner.addWidget(self.hint)
        inner.addStretch(1)
        self._blank = blank
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(24))
        self._stack.addWidget(self._body)
        self._stack.addWidget(blank)
        self.setAccessibleName("Person")
        for part in self.parts:
            part.set_writable(desk.writable)
        self._show_blank("Nobody is chosen", "Choose somebody in the table to see and change what is known about them.")

    def _make_lower(self) -> None:
        """Make the parts below the grid: in a turn of their own, so that the window never waits for all of them."""
        if self.whole or self.desk.closed:
            return
        desk = self.desk
        self.shifts, self.work, self.can = ShiftsPart(desk), WorkPart(desk), CanPart(desk)
        self.limits, self.places, self.pairs = LimitsPart(desk), PlacesPart(desk), PairsPart(desk)
        self.known = KnownPart(desk)
        self.shifts.gone_to.connect(self.gone_to)
        lower = (self.shifts, self.work, self.can, self.limits, self.places, self.pairs, self.known)
        for part in lower:
            part.set_writable(desk.writable)
            self._column.insertWidget(self._column.count() - 1, part)
        self.parts += lower
        self.whole = True
        if self._held is not None:
            self.reload()

    # --------------------------------------------------------------------------------------------- showing
    def show_person(self, person: PersonId | None) -> None:
        """Show a person; nobody for None."""
        if person != self.person_id and self.isAncestorOf(QApplication.focusWidget()):
            finish_typing()  # what is typed belongs to the person who was shown
        if person is None:
            self.person_id = None
            self._show_blank(
                "Nobody is chosen", "Choose somebody in the table to see and change what is known about them."
            )
            return
        self.person_id = person
        self.reload()

    def show_people(self, people: tuple[PersonId, ...]) -> None:
        """Show one person, or say how many are chosen."""
        if len(people) <= 1:
            self.show_person(people[0] if people else None)
            return
        self.show_person(None)
        self._show_blank(f"{len(people):,} people", "What you change in the table is changed for all of them.")

    def reload(self) -> None:
        """Show the person as they are now."""
        if self.person_id is None:
            return
        held = held_about(self.desk.store, self.person_id)
        if held is None:
            self.person_id = None
            self._show_blank("Not in this plan any more", "Choose somebody else in the table.")
            return
        if self._held is not None and self._held.person.id != held.person.id:
            say_left(self.desk.messages, (sentence for part in self.parts for sentence in part.left_behind()))
        self._held = held
        store, person = self.desk.store, held.person
        around = Around(sites=site_names(store), partners=partner_names(store), days=strike_windows(store))
        partner = around.partners.get(person.partner_id, "") if person.partner_id else ""
        self.head.show_person(person, partner, around.sites.get(person.workplace_id, "") if person.workplace_id else "")
        for part in self.parts:
            part.show_held(held, around)
        self._blank.hide()
        self._body.show()
        self._chain()
        if not self.whole:
            QTimer.singleShot(0, self, self._make_lower)

    def _chain(self) -> None:
        """Let Tab go from the top to the bottom, through rows that were added meanwhile too."""
        chain = list(in_order(self._body))
        if chain != self._chained:
            self._chained = chain
            for one, then in pairwise(chain):
                QWidget.setTabOrder(one, then)

    def edit_name(self) -> None:
        """Open the fields for name and workplace, with the keys in the first of them."""
        self.head.pencil.setChecked(True)
        self.about.given.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_blank(self, summary: str, hint: str) -> None:
        self.summary.setText(summary)
        self.hint.setText(hint)
        self._body.hide()
        self._blank.show()


class _Head(QWidget):
    """Initials in a circle, the name, and a line of what matters first."""

    def __init__(self) -> None:
        super().__init__()
        self.circle = _Initials()
        self.name = CutWords("", Type.HEADING)
        # An Arabic name too stands beside its circle, not at the far end of the line.
        self.name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.line = CutWords("", Type.SMALL, ink="muted")
        self.pencil = IconButton("pencil", "Change name, standing and workplace", flat=True, chosen="accent")
        self.pencil.setCheckable(True)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.name)
        words.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.circle)
        row.addLayout(words, 1)
        row.addWidget(self.pencil)

    def show_person(self, person: Person, partner: str, workplace: str) -> None:
        """Show a name, and to which charity and workplace they belong."""
        self.circle.say(person)
        self.name.say(person.name)
        standing = f"{partner}\u2019s own" if partner else str(person.standing)
        facts = [standing[0].upper() + standing[1:], workplace]
        facts = ["Has left", *facts] if person.left else facts
        facts += ["reserve"] if person.reserve else []
        self.line.say(" \u00b7 ".join(filter(None, facts)))


class _Initials(QWidget):
    """The first letters of a name in a circle."""

    def __init__(self) -> None:
        super().__init__()
        self._letters = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()

    def say(self, person: Person) -> None:
        """Show somebody's letters."""
        names = (person.given_name, person.family_name)
        self._letters = "".join(next((sign for sign in name if sign.isalpha()), "") for name in names).upper()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedSize(theme.px(40), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tint"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(theme.font(Type.STRONG))
        painter.setPen(theme.colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
        painter.end()
