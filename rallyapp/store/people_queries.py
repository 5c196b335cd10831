"""Everything that the table of people shows, read in bulk for a thread of its own, and how a search text is folded."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PartnerId, PersonId, SiteId, StrikeDayId
from rallyapp.domain.people import CoverKind, Level, Person, PersonSkill, Skill
from rallyapp.domain.pickets import AssignmentState, Picket, Presence, Shift
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay
from rallyapp.domain.records import Record, columns, table_of
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import tables
from rallyapp.store.store import Store
from rallyapp.store.triggers import dialled, folded

Row = tuple[Any, ...]  # a person as the table has it, in the order of ``FIELDS``
FIELDS = {column.name: place for place, column in enumerate(columns(Person))}
_COUNTS = ", ".join(f"'{state}'" for state in AssignmentState if state.counts)
# What says whether a shift goes ahead; small whatever the union's size.
_AROUND: tuple[type[Record], ...] = (StrikeDay, Site, Entrance, Venue, Rally, RallyDay, Post, Partner, Stall)

QUERIES = {
    "people": f"SELECT {tables.column_names(Person)} FROM person",
    "people_by_id": f"SELECT {tables.column_names(Person)} FROM person WHERE id IN (SELECT value FROM json_each(?))",
    "skills": "SELECT person_id, skill FROM person_skill",
    "skills_by_person": """SELECT person_id, skill FROM person_skill
        WHERE person_id IN (SELECT value FROM json_each(?))""",
    "people_of_skills": "SELECT person_id FROM person_skill WHERE id IN (SELECT value FROM json_each(?))",
    "offered": f"""SELECT person_id,
        sum(CASE level WHEN '{Level.NOT}' THEN 0 ELSE unixepoch(ends) - unixepoch(starts) END) / 60
        FROM availability GROUP BY person_id""",
    "assigned": f"SELECT person_id, shift_id, presence FROM assignment WHERE state IN ({_COUNTS})",
    "assigned_shifts": f"""SELECT {tables.column_names(Shift)} FROM shift
        WHERE id IN (SELECT shift_id FROM assignment WHERE state IN ({_COUNTS}))""",
    "hosts": f"""SELECT {tables.column_names(Picket)} FROM picket WHERE id IN (
        SELECT picket_id FROM shift WHERE id IN (SELECT shift_id FROM assignment WHERE state IN ({_COUNTS}))
        UNION SELECT picket_id FROM stall)""",
    "cover": "SELECT person_id, kind FROM cover WHERE starts < ? AND ends > ?",
}


@frozen
class PeopleFacts:
    """What other tables say of people, each by person; who has nothing is not in it. Lengths are minutes.

    ``offered`` is 0 for somebody who answered and can't come. ``cover`` and ``on_day`` are of one strike day.
    """

    day: StrikeDayId | None
    sites: Mapping[SiteId, str]
    partners: Mapping[PartnerId, str]
    skills: Mapping[PersonId, tuple[Skill, ...]]
    offered: Mapping[PersonId, int]
    shifts: Mapping[PersonId, int]
    minutes: Mapping[PersonId, int]
    on_day: Mapping[PersonId, int]
    cover: Mapping[PersonId, str]

    def unlike(self, other: PeopleFacts) -> frozenset[PersonId] | None:
        """List the people of whom something else is said there; None where that may be anybody (a place's name)."""
        if (self.sites, self.partners) != (other.sites, other.partners):
            return None
        found: set[PersonId] = set()
        for field in fields(self):
            if field.name not in ("day", "sites", "partners"):
                one, two = getattr(self, field.name), getattr(other, field.name)
                found.update(id for id, _ in one.items() ^ two.items())
        return frozenset(found)


NO_FACTS = PeopleFacts(
    day=None, sites={}, partners={}, skills={}, offered={}, shifts={}, minutes={}, on_day={}, cover={}
)


def with_skills(facts: PeopleFacts, skills: Mapping[PersonId, tuple[Skill, ...]]) -> PeopleFacts:
    """Give the same facts with other skills."""
    return replace(facts, skills=skills)


def people_rows(store: Store) -> list[Row]:
    """Read everybody, as rows of the table."""
    return store.rows(QUERIES["people"])


def rows_of(store: Store, people: Collection[str]) -> dict[PersonId, Row]:
    """Read some people, as rows of the table, by id; who is not there is left out."""
    return {row[0]: row for row in store.rows(QUERIES["people_by_id"], (_json(people),))}


def skills_of(store: Store, people: Collection[str]) -> dict[PersonId, tuple[Skill, ...]]:
    """Read what some people can do."""
    return _skills(store.rows(QUERIES["skills_by_person"], (_json(people),)))


def people_of_skills(store: Store, skills: Collection[str]) -> frozenset[PersonId]:
    """Say whose these rows of ``person_skill`` are; rows that are deleted say nothing."""
    return frozenset(row[0] for row in store.rows(QUERIES["people_of_skills"], (_json(skills),)))


def site_names(store: Store) -> dict[SiteId, str]:
    """Name every site."""
    return dict(store.rows("SELECT id, name FROM site"))


def partner_names(store: Store) -> dict[PartnerId, str]:
    """Name every partner charity."""
    return dict(store.rows("SELECT id, name FROM partner"))


def people_facts(store: Store, day: StrikeDayId | None) -> PeopleFacts:
    """Read what other tables say of everybody; call it in a snapshot where rows are read with it."""
    chosen = store.find(StrikeDay, day) if day else None
    shifts, minutes, on_day = _counted(store, chosen)
    return PeopleFacts(
        day=day,
        sites=site_names(store),
        partners=partner_names(store),
        skills=_skills(store.rows(QUERIES["skills"])),
        offered=dict(store.rows(QUERIES["offered"])),
        shifts=shifts,
        minutes=minutes,
        on_day=on_day,
        cover=_cover(store, chosen),
    )


def _skills(rows: Collection[tuple[Any, ...]]) -> dict[PersonId, tuple[Skill, ...]]:
    order = {skill.value: place for place, skill in enumerate(Skill)}
    every = list(Skill)
    found: dict[PersonId, list[int]] = {}
    for person, skill in rows:
        found.setdefault(person, []).append(order[skill])
    return {person: tuple(every[place] for place in sorted(places)) for person, places in found.items()}


def _cover(store: Store, day: StrikeDay | None) -> dict[PersonId, str]:
    """Name the status of those whose work keeps them in a strike day's window, the first of them that does."""
    if day is None:
        return {}
    order = {kind.value: place for place, kind in enumerate(CoverKind)}
    span = (day.window.end.isoformat("T", "minutes"), day.window.start.isoformat("T", "minutes"))
    found: dict[PersonId, str] = {}
    for person, kind in store.rows(QUERIES["cover"], span):
        if person not in found or order[kind] < order[found[person]]:
            found[person] = kind
    return found


def _counted(
    store: Store, day: StrikeDay | None
) -> tuple[dict[PersonId, int], dict[PersonId, int], dict[PersonId, int]]:
    """Count each person's shifts that go ahead, their minutes, and those that fall into a strike day's window."""
    assigned = store.rows(QUERIES["assigned"])
    if not assigned:
        return {}, {}, {}
    records: list[Record] = [record for kind in _AROUND for record in store.all(kind)]
    records += tables.records_of(Picket, store.rows(QUERIES["hosts"]))
    own = list(tables.records_of(Shift, store.rows(QUERIES["assigned_shifts"])))
    plan = Plan([*records, *own])
    going = {shift.id: shift for shift in own if stand_down.of_shift(plan, shift).on}
    lengths = {id: shift.span.minutes for id, shift in going.items()}
    here = {id for id, shift in going.items() if day is not None and shift.span.overlaps(day.window)}
    shifts: dict[PersonId, int] = {}
    minutes: dict[PersonId, int] = {}
    on_day: dict[PersonId, int] = {}
    for person, shift_id, presence in assigned:
        if shift_id in going:
            shifts[person] = shifts.get(person, 0) + 1
            if presence == Presence.PRESENT:
                minutes[person] = minutes.get(person, 0) + lengths[shift_id]
            if shift_id in here:
                on_day[person] = on_day.get(person, 0) + 1
    return shifts, minutes, on_day


def person_of(row: Row) -> Person:
    """Turn a row into the record."""
    return next(tables.records_of(Person, [row]))


def _json(ids: Collection[str]) -> str:
    return json.dumps(list(ids))


READS = frozenset(
    {table_of(Person), table_of(PersonSkill), table_of(Site), "availability", "cover", "assignment", "shift"}
    | {"picket", table_of(StrikeDay), table_of(Rally), table_of(RallyDay), table_of(Stall)}
    | {table_of(Partner)}
)


# ------------------------------------------------------------------------------------------ what is searched
_MARKS = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(r"(?:\+|\b)[0-9][0-9 ().\u00a0\u2011\u2013-]*")


def folded_text(text: str) -> str:
    """Fold a text so that small letters without accents find it: Łukasz as lukasz, O'Brien as obrien."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", folded(text))).casefold()


def needles(text: str) -> tuple[str, ...]:
    """Turn what was typed into the pieces that must all be found in a ``haystack``.

    A word is the beginning of one; what holds a digit or a sign may be any part, and a spaced telephone number is
    one piece.
    """
    joined = _NUMBER.sub(lambda number: f" {dialled(number[0])} ", text[:200])
    pieces = dict.fromkeys(folded_text(joined).split()[:12])
    return tuple(f" {piece}" if piece.replace("-", "").isalpha() else piece for piece in pieces)


def haystack(row: Row, facts: PeopleFacts) -> str:
    """Write everything by which a person is found as one folded text."""
    site = facts.sites.get(row[FIELDS["workplace_id"]], "") if row[FIELDS["workplace_id"]] else ""
    partner = facts.partners.get(row[FIELDS["partner_id"]], "") if row[FIELDS["partner_id"]] else ""
    skills = facts.skills.get(row[0], ())
    phone = dialled(row[FIELDS["phone"]])
    names = f"{row[FIELDS['given_name']]} {row[FIELDS['family_name']]}"
    if "-" in names:  # either half of a double-barrelled name is a word of its own
        names = f"{names} {names.replace('-', ' ')}"
    return folded_text(f" {names} {site} {partner} {phone} {row[FIELDS['email']]} {' '.join(skills)}")
