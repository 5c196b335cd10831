"""Reads for screens and prints: plain SQL to frozen records, each query named so that a test can look at its plan."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PersonId, RallyId, ShiftId, SiteId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import AssignmentState, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record, table_of
from rallyapp.store import tables
from rallyapp.store.store import Store
from rallyapp.store.triggers import dialled, folded

_COUNTS = ", ".join(f"'{state}'" for state in AssignmentState if state.counts)
_OFF = "('suspended', 'called off', 'superseded')"
_HEADS = f"""(SELECT count(*) FROM assignment a WHERE a.shift_id = n.shift_id AND a.role = n.role
            AND a.state IN ({_COUNTS}))"""

# What a shift needs and has, by its rows of need (none: nothing is needed). Heads beyond a role's most don't fill
# another role's gap.
_FILL = f"""coalesce(sum(n.least), 0) AS least, coalesce(sum(n.wished), 0) AS wished,
        coalesce(sum(min(n.most, {_HEADS})), 0) AS heads,
        coalesce(sum(max(0, n.least - {_HEADS})), 0) AS missing"""

QUERIES = {
    "day_shifts": f"""
        SELECT s.id, e.site_id, e.id, s.starts, s.ends, {_FILL}
        FROM picket p JOIN entrance e ON e.id = p.entrance_id JOIN shift s ON s.picket_id = p.id
        LEFT JOIN need n ON n.shift_id = s.id
        WHERE p.strike_day_id = ? AND NOT p.cancelled AND NOT s.cancelled
        GROUP BY s.id ORDER BY e.site_id, e.position, s.starts, s.id""",
    "short_shifts": f"""
        SELECT n.shift_id, {_FILL}
        FROM need n JOIN shift s ON s.id = n.shift_id LEFT JOIN picket p ON p.id = s.picket_id
        LEFT JOIN strike_day d ON d.id = p.strike_day_id
        WHERE NOT s.cancelled AND (p.id IS NULL OR (NOT p.cancelled AND d.state NOT IN {_OFF}))
        GROUP BY n.shift_id HAVING missing > 0 ORDER BY s.starts, s.id LIMIT ?""",
    "person_shifts": f"""
        SELECT s.id FROM assignment a JOIN shift s ON s.id = a.shift_id
        WHERE a.person_id = ? AND a.state IN ({_COUNTS}) ORDER BY s.starts, s.id""",
    "people_page": """
        SELECT id FROM person WHERE (family_name, given_name, id) > (?, ?, ?)
        ORDER BY family_name, given_name, id LIMIT ?""",
    "search_people": """
        SELECT p.id FROM person_search f JOIN person p ON p.n = f.rowid
        WHERE person_search MATCH ? ORDER BY f.rank LIMIT ?""",
    "free_at_site": f"""
        SELECT p.id FROM person p WHERE p.workplace_id = ? AND NOT p.left
            AND EXISTS (SELECT 1 FROM availability v WHERE v.person_id = p.id AND v.starts <= ? AND v.ends >= ?
                AND v.level <> 'not free')
            AND NOT EXISTS (SELECT 1 FROM cover c WHERE c.person_id = p.id AND c.starts < ? AND c.ends > ?
                AND c.kind IN ('emergency cover', 'on call', 'finishing a shift', 'recalled'))
            AND NOT EXISTS (SELECT 1 FROM assignment a JOIN shift s ON s.id = a.shift_id
                WHERE a.person_id = p.id AND a.state IN ({_COUNTS}) AND s.starts < ? AND s.ends > ?
                AND NOT s.cancelled)
        ORDER BY p.family_name, p.given_name, p.id LIMIT ?""",
    "most_shifts": f"""
        SELECT a.person_id, count(*) AS shifts, sum(unixepoch(s.ends) - unixepoch(s.starts)) / 60 AS minutes
        FROM assignment a JOIN shift s ON s.id = a.shift_id WHERE a.state IN ({_COUNTS})
        GROUP BY a.person_id ORDER BY minutes DESC, a.person_id LIMIT ?""",
    "fill_by_day": f"""
        SELECT strike_day_id, count(*), sum(least), sum(wished), sum(heads), sum(missing), sum(wished > 0 AND heads = 0)
        FROM (SELECT p.strike_day_id, {_FILL} FROM picket p JOIN shift s ON s.picket_id = p.id
            LEFT JOIN need n ON n.shift_id = s.id WHERE NOT s.cancelled AND NOT p.cancelled GROUP BY s.id)
        GROUP BY strike_day_id""",
    "shifts_on": "SELECT id FROM shift WHERE starts < ? AND ends > ? AND starts > ? ORDER BY starts, id",
    # What was changed and put back again is as it was. A row that has been deleted since is in no table; its
    # images still say which shift it was of.
    "history_of_row": "SELECT DISTINCT operation FROM change WHERE kind = ? AND row = ? ORDER BY operation DESC",
}


@frozen
class ShiftFill:
    """How full a picket shift is: heads that fill a need, and places below the least that are empty."""

    shift_id: ShiftId
    site_id: SiteId
    entrance_id: str
    starts: datetime
    ends: datetime
    least: int
    wished: int
    heads: int
    missing: int


@frozen
class DayFill:
    """How full a strike day's picket shifts are."""

    strike_day_id: StrikeDayId
    shifts: int
    least: int
    wished: int
    heads: int
    missing: int
    empty: int


def day_shifts(store: Store, day: StrikeDayId) -> tuple[ShiftFill, ...]:
    """List a strike day's picket shifts with how full they are, by site, entrance and time."""
    return tuple(
        ShiftFill(
            shift_id=row[0],
            site_id=row[1],
            entrance_id=row[2],
            starts=datetime.fromisoformat(row[3]),
            ends=datetime.fromisoformat(row[4]),
            least=row[5],
            wished=row[6],
            heads=row[7],
            missing=row[8],
        )
        for row in store.rows(QUERIES["day_shifts"], (day,))
    )


def short_shifts(store: Store, *, limit: int = 1000) -> tuple[tuple[ShiftId, int], ...]:
    """List the shifts that are below their least, with how many are missing; stood-down days don't count."""
    return tuple((row[0], row[4]) for row in store.rows(QUERIES["short_shifts"], (limit,)))


def fill_by_day(store: Store) -> tuple[DayFill, ...]:
    """Count, for each strike day, the places of its picket shifts."""
    names = ("strike_day_id", "shifts", "least", "wished", "heads", "missing", "empty")
    return tuple(DayFill(**dict(zip(names, row, strict=True))) for row in store.rows(QUERIES["fill_by_day"]))


def person_shifts(store: Store, person: PersonId) -> tuple[Shift, ...]:
    """List the shifts on which a person is counted, in order of time."""
    return store.these(Shift, (row[0] for row in store.rows(QUERIES["person_shifts"], (person,))))


def people_page(store: Store, *, after: Person | None = None, limit: int = 64) -> tuple[Person, ...]:
    """List people by family name, a page at a time."""
    key = (after.family_name, after.given_name, after.id) if after else ("", "", "")
    return store.these(Person, (row[0] for row in store.rows(QUERIES["people_page"], (*key, limit))))


def search_people(store: Store, text: str, *, limit: int = 60) -> tuple[Person, ...]:
    """Find people by the beginnings of the words of their name, phone or e-mail; any text is safe."""
    match = search_words(text)
    if not match:
        return ()
    return store.these(Person, (row[0] for row in store.rows(QUERIES["search_people"], (match, limit))))


def search_words(text: str) -> str:
    """Turn what a person typed into a search that is always valid: every word, as a beginning."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFC", text[:500]))  # an accent on its own would split a word
    plain = _NUMBER.sub(lambda number: f" {dialled(number[0])} ", plain)
    words = "".join(letter if letter.isalnum() else " " for letter in folded(plain)).split()[:12]
    return " ".join(f'"{word[:60]}"*' for word in words)


_ACCENTS = re.compile("[\u0300-\u036f]")
_NUMBER = re.compile(r"(?:\+|\b)[0-9][0-9 ().\u00a0\u2011\u2013-]*")


def free_at_site(
    store: Store, site: SiteId, starts: datetime, ends: datetime, *, limit: int = 200
) -> tuple[Person, ...]:
    """List people of a site who offered that time and are on nothing else: a first cut for ``why_not`` to judge."""
    start, end = starts.isoformat("T", "minutes"), ends.isoformat("T", "minutes")
    values = (site, start, end, end, start, end, start, limit)
    return store.these(Person, (row[0] for row in store.rows(QUERIES["free_at_site"], values)))


def most_shifts(store: Store, *, limit: int = 100) -> tuple[tuple[PersonId, int, int], ...]:
    """List who does most: person, number of shifts, wall-clock minutes."""
    return tuple((row[0], row[1], row[2]) for row in store.rows(QUERIES["most_shifts"], (limit,)))


# ------------------------------------------------------------------------------- a part of the plan for a print
def rota_part(
    store: Store,
    *,
    days: Collection[StrikeDayId] | None,
    sites: Collection[SiteId] | None,
    on: date | None = None,
) -> Plan:
    """Read what a picket rota needs, and no other people: of these strike days and sites, starting on that date.

    All where None.
    """
    pickets = """FROM picket p JOIN entrance e ON e.id = p.entrance_id
        WHERE (:days IS NULL OR p.strike_day_id IN (SELECT value FROM json_each(:days)))
        AND (:sites IS NULL OR e.site_id IN (SELECT value FROM json_each(:sites)))
        AND (:on IS NULL OR substr(p.starts, 1, 10) = :on)"""
    return part(
        store,
        {"days": _json(days), "sites": _json(sites), "on": on.isoformat() if on else None},
        shifts=f"SELECT s.id FROM shift s WHERE s.picket_id IN (SELECT p.id {pickets})",
        whole=SMALL,
        extra={"picket": f"SELECT p.id {pickets}"},
    )


def rally_part(store: Store, rally: RallyId) -> Plan:
    """Read what a rally plan needs, and no other people."""
    return part(
        store,
        {"rally": rally},
        shifts="""SELECT s.id FROM shift s WHERE s.post_id IN (SELECT id FROM post WHERE rally_id = :rally)
            UNION SELECT s.id FROM shift s WHERE s.stall_id IN (SELECT id FROM stall WHERE rally_id = :rally)""",
        whole=SMALL,
        extra={
            "person": "SELECT person_id FROM team_member WHERE rally_id = :rally AND person_id IS NOT NULL",
            "picket": "SELECT picket_id FROM stall WHERE picket_id IS NOT NULL",  # whose stalls are read too
            "print_run": "SELECT id FROM print_run WHERE scope = :rally",
            "site_plan": "SELECT id FROM site_plan WHERE rally_id = :rally",  # of others their pictures weigh much
            "pin": "SELECT id FROM pin WHERE site_plan_id IN (SELECT id FROM site_plan WHERE rally_id = :rally)",
        },
    )


def person_part(store: Store, person: PersonId) -> Plan:
    """Read a person's own shifts with where they are, and no other people."""
    mine = "SELECT a.shift_id FROM assignment a WHERE a.person_id = :person"
    return part(
        store,
        {"person": person},
        shifts=f"SELECT s.id FROM shift s WHERE s.id IN ({mine})",
        whole=SMALL,
        extra={
            "picket": f"SELECT s.picket_id FROM shift s WHERE s.id IN ({mine})",
            "assignment": "SELECT id FROM assignment WHERE person_id = :person",
            "person": "",
        },
    )


# Tables that stay small whatever the union's size, read whole for a print.
SMALL = frozenset(
    table_of(kind)
    for kind in KINDS
    if table_of(kind)
    not in {
        "person", "workplace", "person_skill", "availability", "cover", "preference", "pair", "picket", "shift",
        "need", "assignment", "attendance", "turnout_count", "incident", "police_direction", "police_telling",
        "contact_attempt", "tally", "print_run", "printed_line",
    }
)  # fmt: skip


def part(store: Store, values: dict[str, Any], *, shifts: str, whole: Collection[str], extra: dict[str, str]) -> Plan:
    """Read a part of the plan: those shifts, their needs and who is on them, some tables whole, and ``extra`` rows.

    ``shifts`` and the values of ``extra`` (by table) are queries of ids with ``values`` in them.
    """
    wanted = {
        "shift": shifts,
        "need": f"SELECT id FROM need WHERE shift_id IN ({shifts})",
        "assignment": f"SELECT id FROM assignment WHERE shift_id IN ({shifts})",
        "person": f"SELECT person_id FROM assignment WHERE shift_id IN ({shifts})",
    }
    if extra.get("person"):
        wanted["person"] += f" UNION {extra['person']}"
    elif "person" in extra:  # nobody but the one who asks
        wanted["person"] = "SELECT :person"
    wanted.update({table: query for table, query in extra.items() if table != "person"})
    records: list[Record] = []
    with store.snapshot():
        for kind in KINDS:
            table = table_of(kind)
            query = f'SELECT {tables.column_names(kind)} FROM "{table}"'
            if table in wanted:
                query += f" WHERE id IN ({wanted[table]})"
            elif table not in whole:
                continue
            records.extend(tables.records_of(kind, store.rows(query, values)))
    return Plan(records)


def _json(ids: Collection[str] | None) -> str | None:
    return None if ids is None else json.dumps(sorted(ids))
