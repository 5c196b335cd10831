"""The place of a rally: where it is, whose it is, what is there, and what is nearest in an emergency."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rallyapp import carried
from rallyapp.carried import Hospital
from rallyapp.domain.places import DEGREE, Venue
from rallyapp.domain.rallies import Rally
from rallyapp.domain.times import day_words
from rallyapp.domain.typed_positions import parse_position, position_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.form_parts import bare, section
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.pages.rallies.venue_field import show_unless_typed
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.fields import Field, NumberField, TextField, beside
from rallyapp.ui.widgets.hospital_field import HospitalField
from rallyapp.ui.widgets.notice import Notice
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import Words


class AddressForm(RecordForm):
    """Address and postcode of a place; a postcode offers the middle of its district where the map has no place yet."""

    def __init__(self, desk: Desk) -> None:
        """Make the fields; whoever makes it lays them out."""
        super().__init__(desk, _label)
        self.address = self.put("address", TextField("Address", lines=2), "the address")
        self.postcode = self.put("postcode", TextField("Postcode", placeholder="SO14 7LP"), "the postcode")
        self.unplaced = Notice()
        self.unplaced.link.clicked.connect(self._take_outcode)

    def change(self, record: Venue, name: str, value: Any) -> Venue:
        """Give the place with that part changed."""
        return replace(record, **{name: value.upper() if name == "postcode" else value})  # type: ignore[arg-type]

    def show_venue(self, venue: Venue) -> None:
        """Show a place, and say if it can't be found on the map."""
        self.show_record(venue)
        self.unplaced.setVisible(venue.lat is None)
        if venue.lat is None:
            found = carried.outcode(venue.postcode) if venue.postcode else None
            offer = f"Use the middle of {found.outcode}" if found and self._desk.writable else ""
            self.unplaced.say("No map position: walking times can\u2019t be estimated.", offer)

    def _take_outcode(self) -> None:
        found = carried.outcode(self.record.postcode)
        if found is not None:
            self.put_on_map(round(found.lat * DEGREE), round(found.lon * DEGREE))

    def put_on_map(self, lat: int | None, lon: int | None) -> None:
        """Write where it is."""
        was = self.record
        self.write(f"Put {was.name} on the map", replace(was, lat=lat, lon=lon), was)


def _label(venue: Venue, what: str) -> str:
    return f"Change {what} of {venue.name}"


class VenueForm(AddressForm):
    """All that is known of a rally's place, in two columns; each field is written as soon as somebody is done with it.

    ``show_rally`` fills it. A place that is shared says so: what is changed here is changed for every rally there.
    """

    def __init__(self, desk: Desk) -> None:
        """Make the form, which shows nothing yet."""
        super().__init__(desk)
        self.shared = Words("", Type.SMALL, ink="muted", wrap=True)
        self.position = TextField("Map position", placeholder="50.93302, -1.43509")
        self.position.committed.connect(self._place)
        self.position.set_writable(desk.writable)
        self.nearest = HospitalField("Nearest A&E", placeholder="Type to find a hospital, or write it")
        self.nearest.picked.connect(self._take_hospital)
        self.nearest.entered.connect(self._write_nearest)
        self.nearest.set_writable(desk.writable)
        capacity = NumberField("People it holds", least=1, most=1_000_000, empty="Not known")
        where = section(
            "Where it is",
            self.put("name", TextField("Name"), "the name"),
            self.shared,
            self.address,
            beside(self.postcode, self.position, gap=12),
            self.unplaced,
            self._text("map_reference", "Map reference", "Grid reference or three words"),
        )
        ground = section(
            "The ground",
            self.put("capacity", capacity, "how many it holds"),
            self._text("landowner", "Landowner", "Whose ground it is"),
            self._text("step_free", "Step-free access", "Where wheels get in, and what to keep free"),
            self._text("emergency_access", "Emergency access", "Which way ambulances come in"),
        )
        there = section(
            "What is there",
            self._text("power", "Power", "Who gives it, and where"),
            self._text("toilets", "Toilets", "Where, and when they are open"),
            self._text("water", "Water", "Tap, or brought along"),
        )
        emergency = section(
            "In an emergency",
            self.nearest,
            self._text("defibrillator", "Defibrillator", "Where the nearest one hangs"),
        )
        note = self.put("note", TextField("Note", lines=3), "the note")
        bare(note)
        self.column.addWidget(Columns((where, ground), (there, emergency), (section("Note", note),)))
        tab_in_order(self)

    def _text(self, name: str, label: str, hint: str) -> Field:
        what = f"the {label[0].lower()}{label[1:]}" if name != "power" else "the power"
        return self.put(name, TextField(label, placeholder=hint), what)

    def show_rally(self, seen: Seen) -> None:
        """Show the place of a rally."""
        venue = seen.venue
        anew = self.record is None or self.record.id != venue.id
        self.show_venue(venue)
        show_unless_typed(self.position, position_words(venue.lat, venue.lon), anew=anew)
        if anew or not self.nearest.line.hasFocus():
            self.nearest.show_text(venue.nearest_ae)
        others = [
            f"{rally.title}, {day_words(rally.starts.date())}"
            for rally in sorted(seen.plan.of(Rally, "venue_id", venue.id), key=lambda rally: rally.starts)
            if rally.id != seen.rally.id
        ]
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        self.shared.setText(f"Also the place of {'; '.join(others[:3])}{more}: what you change here changes for all.")
        self.shared.setVisible(bool(others))

    def _place(self, text: str) -> None:
        try:
            lat, lon = parse_position(text) or (None, None)
        except ValueError as error:
            self.position.say_wrong(f"{error}.")
            return
        self.put_on_map(lat, lon)

    def _take_hospital(self, hospital: Hospital) -> None:
        self._write_nearest(", ".join(filter(None, (hospital.name, hospital.postcode))))

    def _write_nearest(self, text: str) -> None:
        was = self.record
        self.nearest.show_text(text)
        if not self.write(_label(was, "the nearest A&E"), replace(was, nearest_ae=text), was):
            self.nearest.show_text(was.nearest_ae)

    def changeEvent(self, event: Any) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if hasattr(self, "column"):
            self.column.setSpacing(theme.px(12))
