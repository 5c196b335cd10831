"""Reads for the page of sites: what is planned at each entrance, and what moving one of its pickets must know."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import EntranceId, PicketId, SiteId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    Incident,
    Need,
    Picket,
    PoliceDirection,
    PoliceTelling,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store.store import Store

_COUNTS = ", ".join(f"'{state}'" for state in AssignmentState if state.counts)
_FIXED = ", ".join(f"'{state}'" for state in (StrikeState.NOTIFIED, StrikeState.ON, StrikeState.HELD))

QUERIES = {
    "planned": """
        SELECT p.entrance_id, count(DISTINCT p.id), count(s.id)
        FROM picket p LEFT JOIN shift s ON s.picket_id = p.id AND NOT s.cancelled
        WHERE NOT p.cancelled GROUP BY p.entrance_id""",
    "entrance_pickets": f"""
        SELECT p.id, p.strike_day_id, d.state, p.starts, p.ends, p.cancelled,
            (SELECT count(*) FROM shift s WHERE s.picket_id = p.id AND NOT s.cancelled),
            (SELECT count(DISTINCT a.person_id) FROM shift s JOIN assignment a ON a.shift_id = s.id
                WHERE s.picket_id = p.id AND NOT s.cancelled AND a.state IN ({_COUNTS}))
        FROM picket p JOIN strike_day d ON d.id = p.strike_day_id
        WHERE p.entrance_id = ? ORDER BY p.starts, p.id""",
    "fixed_pickets": f"""
        SELECT p.entrance_id, substr(min(p.starts), 1, 10), count(*) FROM picket p
        JOIN strike_day d ON d.id = p.strike_day_id JOIN json_each(?) e ON e.value = p.entrance_id
        WHERE NOT p.cancelled AND d.state IN ({_FIXED}) GROUP BY p.entrance_id""",
}


@frozen
class Planned:
    """How many pickets and shifts are planned at an entrance; cancelled ones don't count."""

    pickets: int
    shifts: int


@frozen
class PicketHere:
    """A picket at an entrance: its strike day, its times, its shifts and how many people are on them."""

    id: PicketId
    strike_day_id: StrikeDayId
    state: StrikeState
    starts: datetime
    ends: datetime | None
    cancelled: bool
    shifts: int
    people: int


def planned(store: Store) -> dict[EntranceId, Planned]:
    """Count what is planned at each entrance; one at which nothing is planned is left out."""
    return {row[0]: Planned(pickets=row[1], shifts=row[2]) for row in store.rows(QUERIES["planned"])}


def entrance_pickets(store: Store, entrance: EntranceId) -> tuple[PicketHere, ...]:
    """List the pickets at an entrance in order of time, cancelled ones too."""
    return tuple(
        PicketHere(
            id=row[0],
            strike_day_id=row[1],
            state=StrikeState(row[2]),
            starts=datetime.fromisoformat(row[3]),
            ends=datetime.fromisoformat(row[4]) if row[4] else None,
            cancelled=bool(row[5]),
            shifts=row[6],
            people=row[7],
        )
        for row in store.rows(QUERIES["entrance_pickets"], (entrance,))
    )


def fixed_pickets(store: Store, entrances: Collection[EntranceId]) -> dict[EntranceId, tuple[date, int]]:
    """Tell, for each entrance with pickets on days that the employer was told of, the first date and how many."""
    rows = store.rows(QUERIES["fixed_pickets"], (json.dumps(sorted(entrances)),))
    return {row[0]: (date.fromisoformat(row[1]), row[2]) for row in rows}


def relocation_part(store: Store, picket: PicketId, site: SiteId) -> Plan:
    """Read what moving a picket within its site must know: its rota and people, and who else stands at the site."""
    with store.snapshot():
        entrances = store.where(Entrance, site_id=site)
        pickets = [each for entrance in entrances for each in store.where(Picket, entrance_id=entrance.id)]
        records: list[Record] = [*store.these(Site, {site}), *entrances, *pickets]
        records += store.these(StrikeDay, {each.strike_day_id for each in pickets if each.id == picket})
        for each in pickets:
            if each.id == picket or each.ends is None:
                records += store.where(Shift, picket_id=each.id)
        people: set[str] = set()
        for shift in [each for each in records if isinstance(each, Shift) and each.picket_id == picket]:
            assigned = store.where(Assignment, shift_id=shift.id)
            people.update(each.person_id for each in assigned)
            records += [*store.where(Need, shift_id=shift.id), *assigned, *store.where(Attendance, shift_id=shift.id)]
        records += store.these(Person, people)
        for kind in (TurnoutCount, Incident, PoliceDirection, PoliceTelling):
            records += store.where(kind, picket_id=picket)
        stalls = store.where(Stall, picket_id=picket)
        records += [*stalls, *store.these(Partner, {each.partner_id for each in stalls})]
    return Plan(records)
