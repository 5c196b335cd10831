"""Reads for what is on paper already: which copies of a day are held, and what changed since they were printed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from rallyapp.domain.ids import ShiftId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import TABLES, Malformed, Record, columns, from_plain, table_of
from rallyapp.domain.reprinting import Image, as_it_was, copies_held
from rallyapp.domain.tells import PrintRun
from rallyapp.store import tables
from rallyapp.store.store import Store

# Documents that show the rows of a picket's rota.
ROWS_SHOWN = ("rota", "day-sheet", "sign-in", "supervisor-pack")
# What the words about a changed shift are read from.
SHOWN_OF_SHIFT: tuple[type[Record], ...] = (Shift, Assignment, Need, Person)
# What of a row's tables stands on them; other changes leave the paper right.
_PRINTED = {
    Shift: ("starts", "ends", "label", "cancelled", "reason", "meet_minutes"),
    Assignment: ("shift_id", "person_id", "role", "state", "presence"),
    Need: ("shift_id", "role", "least", "wished", "most", "skill"),
    Person: ("given_name", "family_name", "phone"),
    Picket: ("cancelled", "reason"),
}


def _values(side: str, kind: type[Record]) -> str:
    return ", ".join(f"json_extract({side}, '$.{name}')" for name in _PRINTED[kind])


def _differs(kind: type[Record]) -> str:
    """SQL that says whether a row's images differ in what is printed."""
    return (
        f"(kind = '{table_of(kind)}' AND json_array({_values('was', kind)}) IS NOT json_array({_values('now', kind)}))"
    )


_DIFFERENT = " OR ".join(_differs(kind) for kind in _PRINTED)
_NET = """
    WITH touched AS (SELECT kind, row, min(seq) AS first, max(seq) AS last FROM change
            WHERE operation > :since AND kind IN (SELECT value FROM json_each(:kinds)) GROUP BY kind, row),
        net AS (SELECT t.kind, t.row, f.before AS was, l.after AS now FROM touched t
            JOIN change f ON f.seq = t.first JOIN change l ON l.seq = t.last WHERE f.before IS NOT l.after)"""

REPRINT_QUERIES = {
    # What was changed and put back is as it was. A row that is in no table any more is known by its images.
    "rows_not_as_printed": f"""{_NET},
        shown AS (SELECT * FROM net WHERE {_DIFFERENT})
        SELECT row FROM shown WHERE kind = 'shift'
        UNION SELECT json_extract(was, '$.shift_id') FROM shown WHERE kind IN ('assignment', 'need') AND was IS NOT NULL
        UNION SELECT json_extract(now, '$.shift_id') FROM shown WHERE kind IN ('assignment', 'need') AND now IS NOT NULL
        UNION SELECT a.shift_id FROM shown JOIN assignment a ON a.person_id = shown.row WHERE kind = 'person'
        UNION SELECT s.id FROM shown JOIN shift s ON s.picket_id = shown.row WHERE kind = 'picket'""",
    "images_before": f"{_NET} SELECT kind, row, was FROM net",
    "images_of_shift": f"""{_NET} SELECT kind, row, was FROM net
        WHERE (kind = 'shift' AND row = :shift) OR kind = 'person'
        OR json_extract(was, '$.shift_id') = :shift OR json_extract(now, '$.shift_id') = :shift""",
    "runs_of_day": f"""
        SELECT {tables.column_names(PrintRun)} FROM print_run
        WHERE document IN (SELECT value FROM json_each(:documents))
        AND scope IN (SELECT id FROM picket WHERE strike_day_id IN (SELECT value FROM json_each(:days)))""",
}


def shifts_not_as_printed(store: Store, days: Collection[StrikeDayId]) -> Mapping[ShiftId, int]:
    """Tell which shifts of some strike days are not as on paper that somebody holds, and since which version.

    It is the oldest such version. A day of which nothing was printed costs one look into an index.
    """
    values = {"documents": json.dumps(ROWS_SHOWN), "days": json.dumps(sorted(days))}
    runs = tables.records_of(PrintRun, store.rows(REPRINT_QUERIES["runs_of_day"], values))
    pickets: dict[int, set[str]] = {}
    for copy in copies_held(runs):
        pickets.setdefault(copy.run.version, set()).add(copy.run.scope)
    found: dict[ShiftId, int] = {}
    for version in sorted(pickets):
        changed = _changed(store, version)
        at = {shift.id for shift in store.these(Shift, changed) if shift.picket_id in pickets[version]}
        found.update({id: version for id in at if id not in found})
    return found


def _changed(store: Store, since: int) -> list[str]:
    kinds = json.dumps([table_of(kind) for kind in _PRINTED])
    return [row[0] for row in store.rows(REPRINT_QUERIES["rows_not_as_printed"], {"since": since, "kinds": kinds})]


def images_before(
    store: Store, since: int, kinds: Collection[type[Record]], *, shift: ShiftId | None = None
) -> tuple[Image, ...]:
    """Give the rows of some kinds that are not as in a version, as they were then; those of one shift, if given."""
    values = {"since": since, "kinds": json.dumps([table_of(kind) for kind in kinds])}
    query = "images_before" if shift is None else "images_of_shift"
    rows = store.rows(REPRINT_QUERIES[query], values if shift is None else {**values, "shift": shift})
    found = []
    for table, row, was in rows:
        kind = TABLES[table]
        before = _record(kind, json.loads(was)) if was is not None else None
        if before is not None or was is None:
            found.append(Image(kind, row, before))
    return tuple(found)


def as_printed(
    store: Store, now: Plan, since: int, kinds: Collection[type[Record]], *, shift: ShiftId | None = None
) -> Plan:
    """Give a part of the plan as it was in a version, with those who were on its shifts then."""
    images = images_before(store, since, kinds, shift=shift)
    then = as_it_was(now, images)
    people = {image.before.person_id for image in images if isinstance(image.before, Assignment)}
    return then.changed(store.these(Person, [id for id in people if then.find(Person, id) is None]), ())


def _record(kind: type[Record], image: Mapping[str, Any]) -> Record | None:
    """Read a row's image; None for one that an earlier version of the program wrote and this one can't read."""
    known = {column.name for column in columns(kind)}
    try:
        return from_plain(kind, {name: value for name, value in image.items() if name in known})
    except Malformed:
        return None
