"""The forms of an employer, a site and an entrance: each field is written as soon as somebody has finished with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.carried import Hospital
from rallyapp.domain import law
from rallyapp.domain.ids import EmployerId, new_id
from rallyapp.domain.places import DEGREE, Employer, Entrance, LandStatus, Site
from rallyapp.domain.records import Record, problems_of
from rallyapp.domain.typed_positions import parse_position, position_words
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.sites.places import GROUND
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.fields import ChoiceField, Field, NumberField, TextField, TickField, beside
from rallyapp.ui.widgets.hospital_field import HospitalField
from rallyapp.ui.widgets.notice import Notice
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.unfinished import typed_in
from rallyapp.ui.widgets.words import Words

_NEW = "new"
NEW_EMPLOYER = "New employer"


class RecordForm(QWidget):
    """Fields that are bound to a record's own; what another window writes is shown, but never over what is typed."""

    def __init__(self, desk: Desk) -> None:
        """Make the form, which shows nothing yet."""
        super().__init__()
        self.desk = desk
        self._record: Any = None
        self._bound: dict[str, Field] = {}
        self._was: dict[str, Any] = {}
        self._texts: dict[str, str] = {}

    def bind(self, name: str, field: Field, what: str, *, read: Callable[[Any], Any] | None = None) -> Field:
        """Bind a field to a record's field; ``what`` is it in an Undo ("the meeting point")."""
        self._bound[name] = field

        def write(value: Any) -> None:
            if self._record is not None:
                self._write(name, value if read is None else read(value), what)

        field.committed.connect(write)
        return field

    def show_record(self, record: Record) -> None:
        """Show a record."""
        same = self._record is not None and self._record.id == record.id
        self._record = record
        for name, field in self._bound.items():
            if same and self._half_typed(name, field):
                continue
            self._was[name] = record
            field.show_value(getattr(record, name))
            self._texts[name] = typed_in(field)
            field.set_writable(self.desk.writable)

    def _half_typed(self, name: str, field: Field) -> bool:
        return field.entry.hasFocus() and typed_in(field) != self._texts.get(name)

    def _write(self, name: str, value: Any, what: str) -> None:
        self._texts[name] = typed_in(self._bound[name])
        was = self._was[name]
        wanted = replace(was, **{name: value})
        if problems := problems_of(wanted):
            mend = f": {problems[0].mend}" if problems[0].mend else ""
            self._bound[name].say_wrong(f"{problems[0].sentence}{mend}.")
            return
        label = f"Change {what} of {was.name}" if name != "name" else f"Rename {was.name} to {value}"
        if not self.desk.edit(label, lambda edit: edit.save(wanted, was=was)):
            self._was[name] = self._record
            self._bound[name].show_value(getattr(self._record, name))


class EmployerForm(RecordForm):
    """An employer: name, code, note."""

    def __init__(self, desk: Desk) -> None:
        """Make the form."""
        super().__init__(desk)
        self.name = self.bind("name", TextField("Name"), "the name")
        code = self.bind("code", TextField("Code", placeholder="The employer\u2019s code, if it has one"), "the code")
        note = self.bind("note", TextField("Note", lines=4), "the note")
        _fill(self, Columns((_section("Employer", self.name, code), _section("Note", note))))


class SiteForm(RecordForm):
    """A site: what it is called, whose it is, where it is, its entrances, welfare, and whom the police send."""

    def __init__(self, desk: Desk, entrances: QWidget) -> None:
        """Make the form around the table of entrances."""
        super().__init__(desk)
        self.name = HospitalField("Name", placeholder="Type to find a hospital")
        self.name.entered.connect(self._named)
        self.name.picked.connect(self._take_hospital)
        self.employer = ChoiceField("Employer")
        self.employer.committed.connect(self._choose_employer)
        self.new_employer = TextField("New employer\u2019s name")
        self.new_employer.committed.connect(self._add_employer)
        self.new_employer.hide()
        code = self.bind("code", TextField("Code"), "the code")
        address = self.bind("address", TextField("Address", lines=3), "the address")
        postcode = self.bind("postcode", TextField("Postcode"), "the postcode", read=str.upper)
        self.position = TextField("Map position", placeholder="50.93302, -1.43509")
        self.position.committed.connect(self._place)
        self.unplaced = Notice()
        self.unplaced.link.clicked.connect(self._take_outcode)
        toilet = self.bind("toilet", TextField("Toilet", placeholder="Where, and when it is open"), "the toilet")
        shelter = self.bind("shelter", TextField("Shelter", placeholder="Where to stand in the rain"), "the shelter")
        defibrillator = self.bind("defibrillator", TextField("Defibrillator"), "the defibrillator")
        police = self.bind(
            "police_contact", TextField("Police contact", placeholder="Name, phone, e-mail"), "the police contact"
        )
        note = self.bind("note", TextField("Note", lines=4), "the note")
        whose = _section("Site", self.name, self.employer, self.new_employer, code)
        where = _section("Where it is", address, beside(postcode, self.position, gap=12), self.unplaced)
        _fill(
            self,
            Columns(
                (whose, where),
                (_section("Entrances", entrances, gap=4),),
                (
                    _section("Welfare", toilet, shelter, defibrillator),
                    _section("Police, and other notes", police, note),
                ),
            ),
        )

    def show_site(self, site: Site, employers: Sequence[Employer]) -> None:
        """Show a site; ``employers`` are all there are."""
        same = self._record is not None and self._record.id == site.id
        self.show_record(site)
        if not (same and self.name.line.hasFocus() and self.name.text != self._texts.get("name_line")):
            self.name.show_text(site.name)
            self._texts["name_line"] = site.name
        self.name.set_writable(self.desk.writable)
        self.employer.offer([*((each.name, each.id) for each in employers), ("Another employer\u2026", _NEW)])
        self.employer.show_value(site.employer_id)
        self.employer.set_writable(self.desk.writable)
        if not (same and self.new_employer.entry.hasFocus()):
            self.new_employer.hide()
            self.new_employer.show_value("")
        if not (same and self.position.entry.hasFocus() and self.position.wrong.text()):
            self.position.show_value(position_words(site.lat, site.lon))
        self.position.set_writable(self.desk.writable)
        self._say_unplaced(site)

    def _say_unplaced(self, site: Site) -> None:
        self.unplaced.setVisible(site.lat is None)
        if site.lat is None:
            outcode = carried.outcode(site.postcode) if site.postcode else None
            offer = f"Use the middle of {outcode.outcode}" if outcode and self.desk.writable else ""
            self.unplaced.say("No map position: walking times can\u2019t be estimated.", offer)

    def _named(self, name: str) -> None:
        site: Site = self._record
        if not name.strip():
            self.name.show_text(site.name)
            return
        self.desk.edit(f"Rename {site.name} to {name}", lambda edit: edit.save(replace(site, name=name), was=site))

    def _take_hospital(self, hospital: Hospital) -> None:
        """Take a hospital with its trust, which becomes the employer unless the plan has it already."""
        site: Site = self._record
        now, owner = self._trust_of(hospital)
        taken = replace(from_hospital(site, hospital), employer_id=owner.id if owner else site.employer_id)

        def write(edit: Edit) -> None:
            if owner is not None:
                edit.save(owner, was=now)
            edit.save(taken, was=site)

        if not self.desk.edit(f"Take {hospital.name} from the hospital list", write):
            self.name.show_text(site.name)

    def _trust_of(self, hospital: Hospital) -> tuple[Employer | None, Employer | None]:
        """Give the trust as the plan has it, if it does, and as it is to be; nothing where the employer stays."""
        if not hospital.trust:
            return None, None
        every = self.desk.store.all(Employer)
        for each in every:
            if each.name == hospital.trust or (each.code and each.code == hospital.trust_code):
                return each, each
        for each in every:
            if each.id == self._record.employer_id and each.name == NEW_EMPLOYER:
                return each, replace(each, name=hospital.trust, code=hospital.trust_code)
        return None, Employer(id=EmployerId(new_id()), name=hospital.trust, code=hospital.trust_code)

    def _choose_employer(self, chosen: str) -> None:
        site: Site = self._record
        if chosen == _NEW:
            self.new_employer.show()
            self.new_employer.setFocus()
            return
        name = self.employer.box.currentText()
        wanted = replace(site, employer_id=EmployerId(chosen))
        self.desk.edit(f"Give {site.name} to {name}", lambda edit: edit.save(wanted, was=site))

    def _add_employer(self, name: str) -> None:
        site: Site = self._record
        if not name:
            return
        made = Employer(id=EmployerId(new_id()), name=name)
        moved = replace(site, employer_id=made.id)
        self.new_employer.hide()
        self.desk.edit(f"Give {site.name} to {name}", lambda edit: (edit.save(made), edit.save(moved, was=site)))

    def _place(self, text: str) -> None:
        try:
            found = parse_position(text)
        except ValueError as error:
            self.position.say_wrong(f"{error}.")
            return
        lat, lon = found or (None, None)
        self._put(lat, lon)

    def _put(self, lat: int | None, lon: int | None) -> None:
        site: Site = self._record
        wanted = replace(site, lat=lat, lon=lon)
        self.desk.edit(f"Put {site.name} on the map", lambda edit: edit.save(wanted, was=site))

    def _take_outcode(self) -> None:
        found = carried.outcode(self._record.postcode)
        if found is not None:
            self._put(round(found.lat * DEGREE), round(found.lon * DEGREE))


def from_hospital(site: Site, hospital: Hospital) -> Site:
    """Give a site the name, code, address and place of a hospital of the carried list."""
    placed = hospital.lat is not None and hospital.lon is not None
    return replace(
        site,
        name=hospital.name,
        code=hospital.code,
        address=", ".join(filter(None, (hospital.address, hospital.city))),
        postcode=hospital.postcode,
        lat=round((hospital.lat or 0) * DEGREE) if placed else None,
        lon=round((hospital.lon or 0) * DEGREE) if placed else None,
    )


class EntranceForm(RecordForm):
    """An entrance: its name, its ground, where to stand, how many, what is near, and its pickets."""

    def __init__(self, desk: Desk, pickets: QWidget) -> None:
        """Make the form around the list of pickets."""
        super().__init__(desk)
        rules = carried.law()
        self.name = self.bind("name", TextField("Name"), "the name")
        reference = self.bind(
            "map_reference",
            TextField("Map reference", placeholder="Grid reference or three words"),
            "the map reference",
        )
        stand = self.bind("stand_at", TextField("Where to stand", lines=3), "where to stand")
        land = ChoiceField("Whose ground", [(words, status) for status, words in GROUND.items()])
        self.land = self.bind("land_status", land, "the ground")
        clear = self.bind("keep_clear", TickField("Keep clear for ambulances"), "keeping clear")
        most = self.bind("official_max", NumberField("Official pickets at most", least=1, most=100), "the most pickets")
        most.entry.setMaximumWidth(theme.px(120))
        said = rules.rule("L4").say or f"The Code recommends at most {law.official_maximum(rules)} at an entrance."
        self.code = Words(f"{said} Check with your union.", Type.SMALL, ink="muted", wrap=True)
        self.trespass = Notice()
        self.trespass.say("Pickets on private ground without permission may be told to leave: check with your union.")
        toilet = self.bind("toilet", TextField("Toilet"), "the toilet")
        shelter = self.bind("shelter", TextField("Shelter"), "the shelter")
        defibrillator = self.bind("defibrillator", TextField("Defibrillator"), "the defibrillator")
        self._near = {"toilet": toilet, "shelter": shelter, "defibrillator": defibrillator}
        note = self.bind("note", TextField("Note", lines=4), "the note")
        _fill(
            self,
            Columns(
                (
                    _section("Entrance", self.name, stand, reference),
                    _section("Ground and numbers", self.land, self.trespass, clear, most, self.code),
                ),
                (_section("Pickets here", pickets, gap=4),),
                (_section("Welfare", toilet, shelter, defibrillator), _section("Note", note)),
            ),
        )

    def show_entrance(self, entrance: Entrance, site: Site | None) -> None:
        """Show an entrance; what it has not of its own is the site's."""
        self.show_record(entrance)
        for name, field in self._near.items():
            line = field.entry
            assert isinstance(line, QLineEdit)
            theirs = getattr(site, name, "")
            line.setPlaceholderText(f"As for the site: {theirs}" if theirs else "")
        self.trespass.setVisible(entrance.land_status is LandStatus.PRIVATE)


def _section(title: str, *widgets: QWidget, gap: int = 12) -> Section:
    made = Section(title, *widgets, gap=gap)
    made.column.addStretch(1)
    return made


def _fill(form: QWidget, inside: QWidget) -> None:
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inside)
    column.addStretch(1)
