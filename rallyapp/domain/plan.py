"""Many records together, with what leads from one to the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.ids import DisputeId, PersonId, SettingsId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site, Venue
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import day_words

R = TypeVar("R", bound=Record)


class Plan:
    """Records of any kinds, found by id or by what they refer to. It is a picture: nothing in it changes."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Take the records; of two with one id, the later one stays."""
        self._kinds: dict[type[Record], dict[str, Record]] = {}
        self._indexes: dict[tuple[type[Record], str], dict[object, tuple[Record, ...]]] = {}
        for record in records:
            self._kinds.setdefault(type(record), {})[record.id] = record

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """List all records of a kind."""
        return cast(tuple[R, ...], tuple(self._kinds.get(kind, {}).values()))

    def count(self, kind: type[Record]) -> int:
        """Count the records of a kind."""
        return len(self._kinds.get(kind, {}))

    def find(self, kind: type[R], id: str | None) -> R | None:
        """Give the record with that id, or None."""
        return cast("R | None", self._kinds.get(kind, {}).get(id or ""))

    def get(self, kind: type[R], id: str | None) -> R:
        """Give the record with that id; raises KeyError where there is none."""
        found = self.find(kind, id)
        if found is None:
            raise KeyError(f"{kind.__name__} {id}")
        return found

    def of(self, kind: type[R], field: str, value: object) -> tuple[R, ...]:
        """List the records of a kind whose field has that value; the first call for a field makes an index."""
        index = self._indexes.get((kind, field))
        if index is None:
            grouped: dict[object, list[Record]] = {}
            for record in self._kinds.get(kind, {}).values():
                grouped.setdefault(getattr(record, field), []).append(record)
            index = {key: tuple(records) for key, records in grouped.items()}
            self._indexes[kind, field] = index
        return cast(tuple[R, ...], index.get(value, ()))

    def changed(self, saved: Iterable[Record], gone: Iterable[tuple[type[Record], str]]) -> Plan:
        """Give the plan with some records saved and others gone; kinds and indexes not concerned are shared.

        What is new stands last among its kind. A change to one row of a national plan costs milliseconds.
        """
        made = Plan()
        made._kinds, made._indexes = dict(self._kinds), dict(self._indexes)
        touched: dict[type[Record], dict[str, Record | None]] = {}
        for kind, id in gone:
            touched.setdefault(kind, {})[id] = None
        for record in saved:
            touched.setdefault(type(record), {})[record.id] = record
        for kind, rows in touched.items():
            made._kinds[kind] = known = dict(self._kinds.get(kind, {}))
            before = [known[id] for id in rows if id in known]
            for id, row in rows.items():
                if row is None:
                    known.pop(id, None)
                else:
                    known[id] = row
            after = [row for row in rows.values() if row is not None]
            for of_kind, field in self._indexes:
                if of_kind is kind:
                    made._indexes[kind, field] = _regrouped(self._indexes[kind, field], field, before, after)
        return made

    @property
    def settings(self) -> Settings:
        """The plan's settings; the usual ones where the picture holds none."""
        found = self.all(Settings)
        return found[0] if found else Settings(id=SettingsId("-"), title="Plan")

    # ---------------------------------------------------------------------------------- what leads where
    def dispute_of(self, day: StrikeDay) -> Dispute:
        """The dispute of a strike day; one without rules of its own where the picture lacks it."""
        return self.find(Dispute, day.dispute_id) or Dispute(id=DisputeId("-"), title="Dispute", union="Union")

    def host(self, shift: Shift) -> Picket | Rally | Stall:
        """What a shift is at: its picket, its post's rally, or its stall."""
        if shift.picket_id:
            return self.get(Picket, shift.picket_id)
        if shift.post_id:
            return self.get(Rally, self.get(Post, shift.post_id).rally_id)
        return self.get(Stall, shift.stall_id)

    def site_of(self, picket: Picket) -> Site:
        """The site at which a picket stands."""
        return self.get(Site, self.get(Entrance, picket.entrance_id).site_id)

    def employer_of(self, site: Site) -> Employer | None:
        """The employer of a site."""
        return self.find(Employer, site.employer_id)

    def place_of(self, host: Picket | Rally | Stall) -> Site | Venue:
        """The site or the venue where something is."""
        if isinstance(host, Picket):
            return self.site_of(host)
        if isinstance(host, Rally):
            return self.get(Venue, host.venue_id)
        if host.rally_id:
            return self.get(Venue, self.get(Rally, host.rally_id).venue_id)
        return self.site_of(self.get(Picket, host.picket_id))

    def place_words(self, shift: Shift) -> str:
        """Say where a shift is: "Main entrance, Southampton General Hospital"."""
        return f"{self.line_name(shift)}, {self.place_of(self.host(shift)).name}"

    def line_name(self, shift: Shift) -> str:
        """Name the entrance, the post or the stall of a shift: "Main entrance", "Anthony Nolan stall"."""
        return self.line_words(self.line_of(shift))

    def line_of(self, shift: Shift) -> Entrance | Post | Stall:
        """Give the line of the rota on which a shift is: its entrance, its post or its stall."""
        if shift.picket_id:
            return self.get(Entrance, self.get(Picket, shift.picket_id).entrance_id)
        return self.get(Post, shift.post_id) if shift.post_id else self.get(Stall, shift.stall_id)

    def usual_role(self, line: Entrance | Post | Stall) -> Role:
        """Say as what most people are on a line of the rota, who need not be called so."""
        return line.role if isinstance(line, Post) else Role.STALL if isinstance(line, Stall) else Role.PICKET

    def line_words(self, line: Entrance | Post | Stall) -> str:
        """Name a line of the rota: "Main entrance", "Anthony Nolan stall"."""
        return f"{self.get(Partner, line.partner_id).name} stall" if isinstance(line, Stall) else line.name

    def picket_words(self, picket: Picket) -> str:
        """Say which picket: "Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00-11:00"."""
        entrance = self.get(Entrance, picket.entrance_id)
        where = f"{entrance.name}, {self.get(Site, entrance.site_id).name}"
        return f"{where}, {day_words(picket.starts.date())} {picket.words}"

    def name_of(self, id: PersonId | None) -> str:
        """A person's full name; "(unknown)" where the picture lacks them."""
        person = self.find(Person, id)
        return person.name if person else "(unknown)"


def _regrouped(
    index: Mapping[object, tuple[Record, ...]], field: str, before: Iterable[Record], after: Iterable[Record]
) -> dict[object, tuple[Record, ...]]:
    """Give an index with some records in place of others."""
    made = dict(index)
    new: dict[object, dict[str, Record]] = {}
    for record in after:
        new.setdefault(getattr(record, field), {})[record.id] = record
    old = {getattr(record, field) for record in before}
    away = {record.id for record in before}
    for key in {*old, *new}:
        come = new.get(key, {})
        stayed = [come.pop(each.id, each) for each in made.get(key, ()) if each.id not in away or each.id in come]
        made[key] = (*stayed, *come.values())
    return made


def short_names(people: Iterable[Person]) -> Mapping[PersonId, str]:
    """Give each person a first name and initial that tells them apart from all others in the list.

    Two who would read the same get more letters of the family name; two whom no letters tell apart are numbered.
    """
    known = {person.id: person for person in people}
    names = {id: person.short_name for id, person in known.items()}
    read = {id: as_read(name) for id, name in names.items()}
    letters = 1
    while True:
        same: dict[str, list[Person]] = {}
        for id, person in known.items():
            same.setdefault(read[id], []).append(person)
        alike = [group for group in same.values() if len(group) > 1]
        if not alike:
            return names
        letters += 1
        taken = set(same)
        for group in alike:
            longest = max(len(person.family_name) for person in group)
            more = letters <= min(longest, _MOST_LETTERS) and len({as_read(person.name) for person in group}) > 1
            number = 0
            for person in sorted(group, key=lambda person: person.id):
                name = person.name_cut(letters if more else letters - 1)
                if not more:
                    number += 1
                    # A number that makes somebody else's name is left out, or two groups could take turns for ever.
                    while as_read(f"{name} ({number})") in taken:
                        number += 1
                    name = f"{name} ({number})"
                    taken.add(as_read(name))
                names[person.id], read[person.id] = name, as_read(name)


_MOST_LETTERS = 40


def as_read(name: str) -> str:
    """Write a name so that two which read the same are equal: capitals, spaces, accents and the last full stop."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold().rstrip(".")
