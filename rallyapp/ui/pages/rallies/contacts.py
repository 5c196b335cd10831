"""Section 3: who must be within reach on the day, of this rally and of the whole plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.ids import ContactId, RallyId, new_id
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Contact, ContactKind
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.record_rows import GHOST
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.known_view import KnownView
from rallyapp.ui.pages.rallies.note_facts import NOT_YET, Known
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.record_sheet import RecordSheet, SheetField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Section as Part
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.words import Words, button

_SITE = 6
_HERE, _WHOLE = "This rally", "Whole plan"
# Whom a plan should name; each is offered until somebody is entered.
_EXPECTED = (
    ContactKind.POLICE,
    ContactKind.COUNCIL,
    ContactKind.LANDOWNER,
    ContactKind.AMBULANCE,
    ContactKind.SUPPLIER,
    ContactKind.UNION,
    ContactKind.LEGAL,
)


class ContactsPart(RallyPart):
    """The section's editor."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.emergency = KnownView()
        self.emergency.section_wanted.connect(self.section_wanted)
        self.sheet = RecordSheet(
            desk,
            kind=Contact,
            noun="contact",
            fields=[
                SheetField(name="kind", title="What for", what="the kind", width=156, later=True),
                SheetField(name="name", title="Name", what="the name", width=150, grows=1),
                SheetField(name="organisation", title="Organisation", what="the organisation", width=150, grows=1),
                SheetField(name="phone", title="Phone", what="the phone", width=124),
                SheetField(name="email", title="E-mail", what="the e-mail", width=150, grows=1),
                SheetField(
                    name="rally_id",
                    title="For",
                    what="the place",
                    width=104,
                    later=True,
                    write=lambda contact: _HERE if contact.rally_id else _WHOLE,
                    read=self._read_whose,
                    options=lambda: (_HERE, _WHOLE),
                    tip="A contact of the whole plan stands in every rally\u2019s plan",
                ),
                SheetField(name="note", title="Note", what="the note", width=200, shown=False),
            ],
            new=self._new,
            words=_named,
            most=20,
        )
        self.partners = PartnerList()
        self.partners.wanted.connect(lambda id: desk.go(PageName.STALLS, Concern("stall", id)))
        self._partners = Part("Partner charities, from their stalls", self.partners)
        self._about = Words(
            "A contact of the whole plan stands in every rally\u2019s plan: change the last column to move it.",
            Type.SMALL,
            ink="muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        for each in (self.emergency, self.sheet, self._about, self._partners):
            column.addWidget(each)
        column.addStretch(1)

    def _new(self, values: dict[str, Any]) -> Contact:
        assert self.seen is not None
        return Contact(id=ContactId(new_id()), rally_id=self.seen.rally.id, **values)

    def _read_whose(self, text: str) -> RallyId | None:
        assert self.seen is not None
        wanted = text.strip().casefold()
        if wanted and _WHOLE.casefold().startswith(wanted):
            return None
        if wanted and _HERE.casefold().startswith(wanted):
            return self.seen.rally.id
        raise ValueError(f"\u201c{text}\u201d is neither \u201c{_HERE}\u201d nor \u201c{_WHOLE}\u201d")

    def show_rally(self, seen: Seen) -> None:
        """Show whom a rally's plan names."""
        super().show_rally(seen)
        rows = (("Emergency", "999: ambulance, fire, police"), ("Nearest A&E", seen.venue.nearest_ae or NOT_YET))
        self.emergency.show_known(Known(rows=rows, sections=(("Site and plan", _SITE),)))
        self.sheet.show_records(self._rows(seen))
        lines = list(_partners(seen))
        self.partners.show_lines(lines)
        self._partners.setVisible(bool(lines))

    def _rows(self, seen: Seen) -> list[Contact]:
        found = [
            *seen.plan.of(Contact, "rally_id", seen.rally.id),
            *seen.plan.of(Contact, "rally_id", None),
        ]
        known = {contact.kind for contact in found}
        found += [
            Contact(id=ContactId(f"{GHOST}{kind}"), rally_id=seen.rally.id, kind=kind)
            for kind in _EXPECTED
            if kind not in known
        ]
        order = list(ContactKind)
        found.sort(
            key=lambda each: (order.index(each.kind), each.rally_id is None, each.name or each.organisation, each.id)
        )
        return found

    def show_record(self, what: Concern) -> None:
        """Choose a contact."""
        if what.kind == "contact" and self.sheet.choose(what.id):
            self.sheet.setFocus()

    def settings(self) -> dict[str, Any]:
        """Keep how the columns are arranged."""
        return {"columns": self.sheet.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.sheet.take_settings(kept.get("columns"))


def _named(contact: Contact) -> str:
    return contact.name or contact.organisation


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner charity that has a stall at the rally."""

    stall: str
    name: str
    contact: str


def _partners(seen: Seen) -> Sequence[PartnerLine]:
    lines = []
    for stall in seen.plan.of(Stall, "rally_id", seen.rally.id):
        partner = seen.plan.get(Partner, stall.partner_id)
        usual = ", ".join(filter(None, (partner.contact_name, partner.contact_phone, partner.contact_email)))
        on_day = ", ".join(filter(None, (stall.on_day_contact, stall.on_day_phone)))
        said = ". ".join(filter(None, (usual, f"On the day: {on_day}" if on_day else "")))
        lines.append(PartnerLine(stall.id, partner.name, said or "No contact entered yet"))
    return sorted(lines, key=lambda line: (line.name.casefold(), line.stall))


class PartnerList(QWidget):
    """The partner charities, to be read; each with a way to its stall."""

    wanted = Signal(str)  # a stall's id

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.lines: list[PartnerLine] = []
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_lines(self, lines: list[PartnerLine]) -> None:
        """Show these."""
        if lines == self.lines:
            return
        self.lines = lines
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for place, line in enumerate(lines):
            if place:
                column.addWidget(hairline())
            column.addLayout(self._row(line))
        self._column.addWidget(self._inside)

    def _row(self, line: PartnerLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        name = Words(line.name, Type.STRONG, wrap=True)
        contact = Words(line.contact, wrap=True)
        contact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        link = button("Open the stall", name=f"Open the stall of {line.name}")
        link.setProperty("link", True)
        link.clicked.connect(lambda on=False: self.wanted.emit(line.stall))
        row.addWidget(name, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(contact, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return row
