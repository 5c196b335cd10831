"""Reads of the rota: a day's shifts and who is on them, and the part of a plan that one step looks at.

A *line* is what has shifts: an entrance, where pickets stand on strike days, a steward post or a stall.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import AssignmentId, EntranceId, LineId, PersonId, PicketId, ShiftId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import AssignmentState, Picket, Role
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay
from rallyapp.domain.records import KINDS, Record, table_of
from rallyapp.domain.situation import day_of_rally
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import tables
from rallyapp.store.store import Store

_COUNTS = ", ".join(f"'{state}'" for state in AssignmentState if state.counts)
_IDS = "(SELECT value FROM json_each(?))"
# The shifts of posts and stalls; their ids are asked for twice.
_OTHERS = f"SELECT id FROM shift WHERE post_id IN {_IDS} UNION ALL SELECT id FROM shift WHERE stall_id IN {_IDS}"

ROTA_QUERIES = {
    # What is cancelled is on the rota too, struck through.
    "rota_shifts": f"""
        SELECT s.id, p.id, p.strike_day_id, p.entrance_id, s.starts, s.ends, s.label, s.cancelled OR p.cancelled,
            iif(s.cancelled, s.reason, p.reason)
        FROM picket p JOIN shift s ON s.picket_id = p.id
        WHERE p.entrance_id IN {_IDS} AND p.strike_day_id IN {_IDS} ORDER BY s.starts, s.ends, s.id""",
    "other_shifts": f"""
        SELECT id, NULL, NULL, coalesce(post_id, stall_id), starts, ends, label, cancelled, reason FROM shift
        WHERE id IN ({_OTHERS}) ORDER BY starts, ends, id""",
    "rota_pickets": f"""
        SELECT {tables.column_names(Picket)} FROM picket WHERE entrance_id IN {_IDS} AND strike_day_id IN {_IDS}
        ORDER BY starts, id""",
    "rota_people": f"""
        SELECT a.shift_id, a.id, a.person_id, a.role, a.state, a.pinned
        FROM picket p JOIN shift s ON s.picket_id = p.id JOIN assignment a ON a.shift_id = s.id
        WHERE p.entrance_id IN {_IDS} AND p.strike_day_id IN {_IDS} AND a.state IN ({_COUNTS})""",
    "other_people": f"""
        SELECT shift_id, id, person_id, role, state, pinned FROM assignment
        WHERE shift_id IN ({_OTHERS}) AND state IN ({_COUNTS})""",
    "rota_needs": f"""
        SELECT n.shift_id, n.role, n.least, n.wished, n.most
        FROM picket p JOIN shift s ON s.picket_id = p.id JOIN need n ON n.shift_id = s.id
        WHERE p.entrance_id IN {_IDS} AND p.strike_day_id IN {_IDS}""",
    "other_needs": f"SELECT shift_id, role, least, wished, most FROM need WHERE shift_id IN ({_OTHERS})",
    "rally_posts": f"SELECT {tables.column_names(Post)} FROM post WHERE rally_id IN {_IDS} ORDER BY position, name, id",
    "rally_stalls": f"SELECT {tables.column_names(Stall)} FROM stall WHERE rally_id IN {_IDS}",
    "picket_stalls": f"""
        SELECT {tables.column_names(Stall)} FROM stall
        WHERE picket_id IN (SELECT id FROM picket WHERE strike_day_id IN {_IDS})""",
    "shift_places": f"""
        SELECT s.id, p.strike_day_id, coalesce(p.entrance_id, s.post_id, s.stall_id)
        FROM shift s LEFT JOIN picket p ON p.id = s.picket_id WHERE s.id IN {_IDS}""",
    "names": f"SELECT id, given_name, family_name FROM person WHERE id IN {_IDS}",
    "any_shift": f"""
        SELECT 1 FROM picket p JOIN shift s ON s.picket_id = p.id WHERE p.strike_day_id IN {_IDS} LIMIT 1""",
    "people_named": "SELECT id FROM person WHERE family_name = ? AND given_name = ? LIMIT 20",
}


@frozen
class RotaShift:
    """A shift with how full it is; ``off`` says that it, or its picket, is cancelled, and ``reason`` why."""

    id: ShiftId
    picket_id: PicketId | None
    strike_day_id: StrikeDayId
    line_id: LineId
    starts: datetime
    ends: datetime
    label: str
    off: bool
    reason: str
    least: int
    wished: int
    heads: int
    missing: int


@frozen
class OnShift:
    """Somebody who is counted on for a shift."""

    shift_id: ShiftId
    assignment_id: AssignmentId
    person_id: PersonId
    role: Role
    state: AssignmentState
    pinned: bool


def rota_shifts(
    store: Store,
    days: Collection[StrikeDayId],
    entrances: Collection[EntranceId],
    on: Iterable[OnShift],
    needs: Mapping[ShiftId, Iterable[tuple[Role, int, int, int]]],
    others: Mapping[LineId, StrikeDayId] | None = None,
) -> tuple[RotaShift, ...]:
    """List the picket shifts of some strike days at some entrances, cancelled ones too, in order of time.

    ``others`` are posts and stalls with the strike day of each, whose shifts are listed too. ``on`` and ``needs`` are
    what ``rota_people`` and ``rota_needs`` gave: how full a shift is follows from them.
    """
    homes = others or {}
    there = Counter((each.shift_id, each.role) for each in on)
    made = []
    for row in _both(store, "shifts", days, entrances, homes):
        least = wished = heads = missing = 0
        for role, few, wish, most in needs.get(row[0], ()):
            have = there[row[0], role]
            least, wished = least + few, wished + wish
            heads, missing = heads + min(most, have), missing + max(0, few - have)
        made.append(
            RotaShift(
                id=row[0],
                picket_id=row[1],
                strike_day_id=row[2] or homes[row[3]],
                line_id=row[3],
                starts=datetime.fromisoformat(row[4]),
                ends=datetime.fromisoformat(row[5]),
                label=row[6],
                off=bool(row[7]),
                reason=row[8],
                least=least,
                wished=wished,
                heads=heads,
                missing=missing,
            )
        )
    return tuple(sorted(made, key=lambda row: (row.starts, row.ends, row.id)) if homes else made)


def _both(
    store: Store, what: str, days: Collection[StrikeDayId], entrances: Collection[EntranceId], others: Iterable[LineId]
) -> Iterator[tuple[Any, ...]]:
    """Read something of the shifts at entrances, and of those of posts and stalls."""
    yield from store.rows(ROTA_QUERIES[f"rota_{what}"], (_json(entrances), _json(days)))
    if ids := list(others):
        yield from store.rows(ROTA_QUERIES[f"other_{what}"], (_json(ids), _json(ids)))


def rota_hosts(store: Store, days: Collection[StrikeDayId]) -> Plan:
    """Read the rallies that belong to some strike days, with their posts and stalls, and the stalls at their pickets.

    All strike days are in it, and what says whether a rally or a stall goes ahead.
    """
    with store.snapshot():
        ties = Plan([*store.all(StrikeDay), *store.all(RallyDay), *store.all(Rally)])
        rallies = [rally for rally in ties.all(Rally) if day_of_rally(ties, rally) in days]
        ids = _json(rally.id for rally in rallies)
        stalls = [
            *tables.records_of(Stall, store.rows(ROTA_QUERIES["rally_stalls"], (ids,))),
            *tables.records_of(Stall, store.rows(ROTA_QUERIES["picket_stalls"], (_json(days),))),
        ]
        return Plan(
            [
                *ties.all(StrikeDay),
                *ties.all(RallyDay),
                *rallies,
                *store.these(Venue, {rally.venue_id for rally in rallies}),
                *tables.records_of(Post, store.rows(ROTA_QUERIES["rally_posts"], (ids,))),
                *stalls,
                *store.these(Partner, {stall.partner_id for stall in stalls}),
                *store.these(Picket, {stall.picket_id for stall in stalls if stall.picket_id}),
            ]
        )


def rota_pickets(store: Store, days: Collection[StrikeDayId], entrances: Collection[EntranceId]) -> tuple[Picket, ...]:
    """List the pickets of some strike days at some entrances, in order of time."""
    return tuple(tables.records_of(Picket, store.rows(ROTA_QUERIES["rota_pickets"], (_json(entrances), _json(days)))))


def rota_people(
    store: Store, days: Collection[StrikeDayId], entrances: Collection[EntranceId], others: Iterable[LineId] = ()
) -> tuple[OnShift, ...]:
    """List who is counted on for the picket shifts of some strike days at some entrances, and at posts and stalls."""
    return tuple(
        OnShift(
            shift_id=row[0],
            assignment_id=row[1],
            person_id=row[2],
            role=Role(row[3]),
            state=AssignmentState(row[4]),
            pinned=bool(row[5]),
        )
        for row in _both(store, "people", days, entrances, others)
    )


def people_on(store: Store, on: Iterable[OnShift]) -> dict[PersonId, Person]:
    """Read those who are on shifts, with their names and nothing else."""
    ids = {each.person_id for each in on}
    rows = store.rows(ROTA_QUERIES["names"], (_json(ids),))
    return {row[0]: Person(id=row[0], given_name=row[1], family_name=row[2]) for row in rows}


def rota_needs(
    store: Store, days: Collection[StrikeDayId], entrances: Collection[EntranceId], others: Iterable[LineId] = ()
) -> dict[ShiftId, list[tuple[Role, int, int, int]]]:
    """Give what picket shifts need, and those of posts and stalls: role, least, wished, most."""
    found: dict[ShiftId, list[tuple[Role, int, int, int]]] = {}
    for shift, role, least, wished, most in _both(store, "needs", days, entrances, others):
        found.setdefault(shift, []).append((Role(role), least, wished, most))
    return found


def has_shifts(store: Store, days: Collection[StrikeDayId]) -> bool:
    """Say whether there is a picket shift on any of some strike days."""
    return bool(store.rows(ROTA_QUERIES["any_shift"], (_json(days),)))


def people_named(store: Store, name: str) -> tuple[Person, ...]:
    """Find the people whose full name is written exactly so, wherever their family name begins."""
    words = name.split(" ")
    ids: list[str] = []
    for cut in range(1, min(len(words), 6) + 1):
        values = (" ".join(words[cut:]), " ".join(words[:cut]))
        ids += [row[0] for row in store.rows(ROTA_QUERIES["people_named"], values)]
    return store.these(Person, ids)


# -------------------------------------------------------------------------- the part that a step looks at
def rota_around(
    store: Store,
    shifts: Iterable[ShiftId] = (),
    *,
    days: Collection[StrikeDayId] = (),
    lines: Collection[LineId] = (),
    people: Collection[PersonId] = (),
) -> Plan:
    """Read what one step on the rota looks at: all shifts of the lines of some shifts, at entrances on their days.

    ``days`` and ``lines`` are looked at too, ``people`` are read with their skills; rallies with their posts and all
    stalls are in it. It costs milliseconds in a national plan; whoever needs more reads the whole one.
    """
    wanted = list(shifts)
    places = store.rows(ROTA_QUERIES["shift_places"], (_json(wanted),)) if wanted else []
    all_days = {*days, *(row[1] for row in places if row[1])}
    all_lines = {*lines, *(row[2] for row in places)}
    return _read(store, list(all_days), list(all_lines), people, wanted)


def rota_of_days(store: Store, days: Collection[StrikeDayId]) -> Plan:
    """Read all pickets and shifts of some strike days: 0.2 s for a national day, so off the main thread."""
    entrances = [row[0] for row in store.rows("SELECT id FROM entrance")]
    return _read(store, list(days), entrances, (), ())


def _read(
    store: Store,
    days: Collection[StrikeDayId],
    lines: Collection[LineId],
    people: Collection[PersonId],
    shifts: Collection[ShiftId],
) -> Plan:
    values = {
        "days": _json(days),
        "lines": _json(lines),
        "people": _json(people),
        "shifts": _json(shifts),
    }
    here = "(SELECT value FROM json_each(:lines))"
    pickets = f"""SELECT id FROM picket WHERE entrance_id IN {here}
        AND strike_day_id IN (SELECT value FROM json_each(:days))"""
    of_stalls = f"SELECT picket_id FROM stall WHERE id IN {here}"
    entrances = f"id IN {here} OR id IN (SELECT entrance_id FROM picket WHERE id IN ({of_stalls}))"
    of_lines = f"""SELECT id FROM shift WHERE picket_id IN ({pickets})
        UNION SELECT id FROM shift WHERE post_id IN {here}
        UNION SELECT id FROM shift WHERE stall_id IN {here}
        UNION SELECT value FROM json_each(:shifts)"""
    on = f"shift_id IN ({of_lines})"
    persons = f"SELECT value FROM json_each(:people) UNION SELECT person_id FROM assignment WHERE {on}"
    clauses = {
        "entrance": entrances,
        "site": f"id IN (SELECT site_id FROM entrance WHERE {entrances})",
        "picket": f"id IN ({pickets} UNION {of_stalls})",
        "shift": f"id IN ({of_lines})",
        "need": on,
        "assignment": on,
        "attendance": on,
        "person": f"id IN ({persons})",
        "person_skill": f"person_id IN ({persons})",
    }
    whole = {table_of(kind) for kind in (Settings, Dispute, StrikeDay, Venue, Rally, RallyDay, Post, Partner, Stall)}
    records: list[Record] = []
    with store.snapshot():
        for kind in KINDS:
            table = table_of(kind)
            if table in clauses or table in whole:
                where = f" WHERE {clauses[table]}" if table in clauses else ""
                query = f'SELECT {tables.column_names(kind)} FROM "{table}"{where}'
                records.extend(tables.records_of(kind, store.rows(query, _used(values, query))))
    return Plan(records)


def _used(values: dict[str, Any], query: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in query}


def _json(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
