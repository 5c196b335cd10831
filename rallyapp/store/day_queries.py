"""Reads of one strike day as a whole: its pattern of pickets, and whether anything was ever on it."""

from __future__ import annotations

from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record, table_of
from rallyapp.store import tables
from rallyapp.store.store import Store

_COUNTS = ", ".join(f"'{state}'" for state in AssignmentState if state.counts)
_PICKETS = "SELECT id FROM picket WHERE strike_day_id = :day"
_SHIFTS = f"SELECT id FROM shift WHERE picket_id IN ({_PICKETS})"

QUERIES = {
    "people_on": f"SELECT count(*) FROM assignment WHERE state IN ({_COUNTS}) AND shift_id IN ({_SHIFTS})",
    "marks_on": f"""SELECT (SELECT count(*) FROM attendance WHERE shift_id IN ({_SHIFTS}))
        + (SELECT count(*) FROM turnout_count WHERE picket_id IN ({_PICKETS}))
        + (SELECT count(*) FROM incident WHERE picket_id IN ({_PICKETS}))
        + (SELECT count(*) FROM police_direction WHERE picket_id IN ({_PICKETS}))""",
}


def pattern_of(store: Store, day: StrikeDayId, *, with_people: bool = False) -> Plan:
    """Read the pickets of a strike day with their shifts and needs, and who is on them only where that is asked."""
    kinds: list[tuple[type[Record], str]] = [
        (Picket, _PICKETS),
        (Shift, _SHIFTS),
        (Need, f"SELECT id FROM need WHERE shift_id IN ({_SHIFTS})"),
    ]
    if with_people:
        kinds += [
            (Assignment, f"SELECT id FROM assignment WHERE shift_id IN ({_SHIFTS})"),
            (Person, f"SELECT person_id FROM assignment WHERE shift_id IN ({_SHIFTS})"),
        ]
    records: list[Record] = []
    with store.snapshot():
        for kind, wanted in kinds:
            query = f'SELECT {tables.column_names(kind)} FROM "{table_of(kind)}" WHERE id IN ({wanted})'
            records.extend(tables.records_of(kind, store.rows(query, {"day": day})))
    return Plan(records)


def traces_of(store: Store, day: StrikeDayId) -> tuple[int, int]:
    """Count the assignments on a strike day that stand, and what was marked on the day itself."""
    with store.snapshot():
        people = int(store.rows(QUERIES["people_on"], {"day": day})[0][0])
        return people, int(store.rows(QUERIES["marks_on"], {"day": day})[0][0])
