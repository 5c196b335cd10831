"""The part of a plan around a few shifts: what judging, showing and staffing them needs, whatever the plan's size."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Availability, Cover, Pair, Person, PersonSkill, Preference, Workplace
from rallyapp.domain.pickets import Assignment, Attendance, Need, Picket, Shift
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay
from rallyapp.domain.records import Record, table_of
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import tables
from rallyapp.store.store import Store

_HERE = "(SELECT value FROM json_each(:shifts))"
_WHO = f"""(SELECT value FROM json_each(:people)
        UNION SELECT person_id FROM assignment WHERE shift_id IN {_HERE})"""
_SHIFTS = f"""(SELECT value FROM json_each(:shifts)
        UNION SELECT shift_id FROM assignment WHERE person_id IN {_WHO})"""
_PICKETS = f"""(SELECT picket_id FROM shift WHERE id IN {_SHIFTS}
        UNION SELECT picket_id FROM stall)"""

_WHOLE: tuple[type[Record], ...] = (Settings, Dispute, StrikeDay, Venue, Rally, RallyDay, Post, Partner, Stall)
_PARTS: dict[type[Record], str] = {
    Person: f"id IN {_WHO}",
    Workplace: f"person_id IN {_WHO}",
    PersonSkill: f"person_id IN {_WHO}",
    Availability: f"person_id IN {_WHO}",
    Cover: f"person_id IN {_WHO}",
    Preference: f"person_id IN {_WHO}",
    Pair: f"person_id IN {_WHO} OR other_id IN {_WHO}",
    Entrance: f"id IN (SELECT entrance_id FROM picket WHERE id IN {_PICKETS})",
    Site: f"""id IN (SELECT site_id FROM entrance WHERE id IN
        (SELECT entrance_id FROM picket WHERE id IN {_PICKETS}))""",
    Picket: f"id IN {_PICKETS}",
    Shift: f"id IN {_SHIFTS}",
    Need: f"shift_id IN {_SHIFTS}",
    Assignment: f"shift_id IN {_HERE} OR person_id IN {_WHO}",
    Attendance: f"shift_id IN {_HERE}",
}
READS = frozenset(table_of(kind) for kind in (*_WHOLE, *_PARTS))  # what speaks for or against somebody


def shift_part(store: Store, shifts: Collection[ShiftId], people: Collection[PersonId] = ()) -> Plan:
    """Read some shifts with everything that ``eligibility.why_not`` asks about those on them, and about ``people``.

    It holds the other shifts of these people too, without who else is on them.
    """
    values: dict[str, Any] = {"shifts": json.dumps(list(shifts)), "people": json.dumps(list(people))}
    records: list[Record] = []
    with store.snapshot():
        for kind in _WHOLE:
            records += store.all(kind)
        for kind, where in _PARTS.items():
            query = f'SELECT {tables.column_names(kind)} FROM "{table_of(kind)}" WHERE {where}'
            records += tables.records_of(kind, store.rows(query, values))
    return Plan(records)
