"""Reads for typing a sign-in sheet back: the sheet by its code, and what the plan knows now of its picket."""

from __future__ import annotations

import json
from datetime import datetime

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PicketId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Attendance, Incident, Picket, Shift, TurnoutCount
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record
from rallyapp.domain.sheet_codes import read_code
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import Span
from rallyapp.domain.type_back_sheet import SignInSheet, printed_rows
from rallyapp.store.print_queries import lines_of, run_by_code
from rallyapp.store.queries import search_people
from rallyapp.store.store import Store

# The tables that a sheet is read against.
READS = frozenset(
    {"picket", "entrance", "site", "shift", "attendance", "turnout_count", "incident", "person", "print_run"}
)


@frozen
class PrintedSheet:
    """A sign-in sheet that was printed, and what it says against the plan as it is now."""

    run: PrintRun
    sheet: SignInSheet


def sheet_by_code(store: Store, typed: str) -> PrintedSheet:
    """Find the sheet with a code; raises UserError with a sentence for one that can't be typed back here."""
    code = read_code(typed)
    with store.snapshot():
        run = run_by_code(store, code)
        if run is None:
            raise UserError(f"No sheet {code} was printed from this plan: open the plan that it came from.")
        lines = [line for line in lines_of(store, run) if line.number]
        if not lines:
            what = run.document.replace("-", " ")
            raise UserError(f"{code} is the code of another paper ({what}): the code of a sign-in sheet is wanted.")
        picket = store.find(Picket, PicketId(run.scope))
        if picket is None:
            raise UserError(f"The picket of sheet {code} is not in this plan any more: somebody deleted it.")
        plan = Plan(_records(store, picket, [line.person for line in lines]))
        were = _gone_shifts(store, {line.shift for line in lines} - {shift.id for shift in plan.all(Shift)} - {""})
    return PrintedSheet(run=run, sheet=SignInSheet(plan, picket, printed_rows(lines), code=run.code, were=were))


def _records(store: Store, picket: Picket, people: list[str]) -> list[Record]:
    entrance = store.get(Entrance, picket.entrance_id)
    shifts = store.where(Shift, picket_id=picket.id)
    marks = [mark for shift in shifts for mark in store.where(Attendance, shift_id=shift.id)]
    who = {*people, *(mark.person_id for mark in marks)} - {"", None}
    return [
        picket,
        entrance,
        store.get(Site, entrance.site_id),
        *shifts,
        *marks,
        *store.where(TurnoutCount, picket_id=picket.id),
        *store.where(Incident, picket_id=picket.id),
        *store.these(Person, sorted(str(id) for id in who)),
    ]


_GONE = """
    SELECT row, json_extract(before, '$.starts'), json_extract(before, '$.ends') FROM change
    WHERE kind = 'shift' AND after IS NULL AND row IN (SELECT value FROM json_each(?)) ORDER BY operation
"""


def _gone_shifts(store: Store, ids: set[str]) -> dict[ShiftId, Span]:
    """Tell of shifts that were deleted when they were, as far as the journal knows."""
    found = store.rows(_GONE, (json.dumps(sorted(ids)),)) if ids else []
    return {
        ShiftId(id): Span(datetime.fromisoformat(starts), datetime.fromisoformat(ends))
        for id, starts, ends in found
        if starts and ends
    }


def is_taken_back(store: Store, operation: str) -> bool:
    """Say whether an edit was undone, by whomever, and not redone."""
    return bool(
        store.rows(
            """SELECT 1 FROM operation AS undo WHERE undo.of = ?
            AND NOT EXISTS (SELECT 1 FROM operation AS redo WHERE redo.of = undo.id)""",
            (operation,),
        )
    )


def people_called(store: Store, name: str) -> tuple[Person, ...]:
    """Find people of the plan whose names begin like the words of a name that was typed."""
    return tuple(person for person in search_people(store, name, limit=20) if not person.left)


@frozen
class Back:
    """A printed sheet with rows to type back: its code, its picket, and how many of its names have no mark."""

    code: str
    document: str
    picket: PicketId
    version: int
    names: int
    unmarked: int


_NEWEST = """
    WITH newest AS (
        SELECT id, code, document, scope, version, max(at) AS at FROM print_run
        WHERE code <> '' AND scope IN (SELECT id FROM picket) GROUP BY scope, document
    ), shown AS (
        SELECT * FROM newest
        WHERE EXISTS (SELECT 1 FROM printed_line WHERE print_run_id = newest.id AND number > 0)
        ORDER BY at DESC, id LIMIT ?
    )
    SELECT shown.code, shown.document, shown.scope, shown.version, sum(line.person <> ''),
        sum(line.person <> '' AND NOT EXISTS (SELECT 1 FROM attendance
            WHERE attendance.shift_id = line.shift AND attendance.person_id = line.person))
    FROM shown JOIN printed_line AS line ON line.print_run_id = shown.id AND line.number > 0
    GROUP BY shown.id ORDER BY shown.at DESC, shown.id
"""


def sheets_to_type(store: Store, *, limit: int = 40) -> tuple[Back, ...]:
    """List the sheets with rows to type back as they were last printed for each picket, the newest first."""
    return tuple(
        Back(code=code, document=document, picket=PicketId(scope), version=version, names=names, unmarked=unmarked)
        for code, document, scope, version, names, unmarked in store.rows(_NEWEST, (limit,))
    )
