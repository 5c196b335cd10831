"""Reads for stalls: all of them with where they are and who is on their shifts, and nothing else of a day's rota."""

from __future__ import annotations

from typing import Any

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StallId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Picket, Shift
from rallyapp.domain.places import Entrance, Pin, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay
from rallyapp.domain.records import Record, table_of
from rallyapp.domain.stalls import Partner, Stall, Tally
from rallyapp.domain.tells import ContactAttempt
from rallyapp.store import tables
from rallyapp.store.store import Store

_FIRM = ", ".join(f"'{state}'" for state in (AssignmentState.ASKED, AssignmentState.CONFIRMED))
_SHIFTS = "(SELECT id FROM shift WHERE stall_id IS NOT NULL)"
_PICKETS = "(SELECT picket_id FROM stall WHERE picket_id IS NOT NULL)"

STALLS: dict[type[Record], str] = {
    StrikeDay: "",
    Entrance: f"id IN (SELECT entrance_id FROM picket WHERE id IN {_PICKETS})",
    Site: f"id IN (SELECT site_id FROM entrance WHERE id IN (SELECT entrance_id FROM picket WHERE id IN {_PICKETS}))",
    Person: f"id IN (SELECT person_id FROM assignment WHERE shift_id IN {_SHIFTS})",
    Picket: f"id IN {_PICKETS}",
    Rally: "",
    RallyDay: "",
    Partner: "",
    Stall: "",
    Pin: "stall_id IS NOT NULL",
    Tally: "",
    Shift: "stall_id IS NOT NULL",
    Need: f"shift_id IN {_SHIFTS}",
    Assignment: f"shift_id IN {_SHIFTS}",
}
MARKS: dict[type[Record], str] = {
    Attendance: "shift_id IN (SELECT id FROM shift WHERE stall_id = :stall)",
    ContactAttempt: "stall_id = :stall",
}

_RALLIES = "(SELECT rally_id FROM rally_day WHERE strike_day_id = :day)"
_DAY_PICKETS = "(SELECT id FROM picket WHERE strike_day_id = :day AND NOT cancelled)"
_DAY_STALLS = f"(SELECT id FROM stall WHERE rally_id IN {_RALLIES} OR picket_id IN {_DAY_PICKETS})"
_DAY_POSTS = f"(SELECT id FROM post WHERE rally_id IN {_RALLIES})"
_DAY_SHIFTS = f"""(SELECT id FROM shift WHERE picket_id IN {_DAY_PICKETS}
    UNION SELECT id FROM shift WHERE post_id IN {_DAY_POSTS}
    UNION SELECT id FROM shift WHERE stall_id IN {_DAY_STALLS})"""
_TOLD = f"shift_id IN {_DAY_SHIFTS} AND state IN ({_FIRM})"

OF_A_DAY: dict[type[Record], str] = {
    StrikeDay: "",
    Picket: f"id IN {_DAY_PICKETS}",
    Rally: f"id IN {_RALLIES}",
    RallyDay: f"rally_id IN {_RALLIES}",
    Post: f"id IN {_DAY_POSTS}",
    Stall: f"id IN {_DAY_STALLS}",
    Shift: f"id IN (SELECT shift_id FROM assignment WHERE {_TOLD})",
    Assignment: _TOLD,
}


def stalls_part(store: Store) -> Plan:
    """Read all partners and stalls with their rallies or pickets, shifts, people, tallies and pins; nothing else."""
    return _read(store, STALLS, {})


def deleting_part(store: Store, stall: StallId) -> Plan:
    """Read the same with what is on record of one stall: who came, and who was told of a stand-down."""
    return _read(store, STALLS | MARKS, {"stall": stall})


def asked_on(store: Store, day: StrikeDayId) -> Plan:
    """Read who was asked or has said yes for anything of a strike day: its pickets, its rallies' posts, its stalls."""
    return _read(store, OF_A_DAY, {"day": day})


def _read(store: Store, parts: dict[type[Record], str], values: dict[str, Any]) -> Plan:
    records: list[Record] = []
    with store.snapshot():
        for kind, where in parts.items():
            query = f'SELECT {tables.column_names(kind)} FROM "{table_of(kind)}"'
            records += tables.records_of(kind, store.rows(query + (f" WHERE {where}" if where else ""), values))
    return Plan(records)
