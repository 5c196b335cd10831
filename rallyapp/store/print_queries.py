"""Reads for prints: the part of a plan that a document needs, and what was printed before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record, table_of
from rallyapp.domain.tells import LastPrint, PrintedLine, PrintRun
from rallyapp.store.queries import SMALL, part
from rallyapp.store.store import Store

_PICKETS = {
    "picket": "SELECT id FROM picket WHERE id IN (SELECT value FROM json_each(:about))",
    "day": """SELECT id FROM picket WHERE strike_day_id IN (SELECT value FROM json_each(:about))
        OR id IN (SELECT picket_id FROM stall WHERE picket_id IS NOT NULL)""",
    # Stalls are read whole, and so are the pickets that they stand at.
    "rally": "SELECT picket_id FROM stall WHERE picket_id IS NOT NULL",
    "stall": "SELECT picket_id FROM stall WHERE picket_id IS NOT NULL",
}
_OF_DAYS = "SELECT id FROM picket WHERE strike_day_id IN (SELECT value FROM json_each(:about))"
_RALLIES = {
    "picket": "SELECT id FROM rally WHERE 0",
    "day": "SELECT rally_id FROM rally_day WHERE strike_day_id IN (SELECT value FROM json_each(:about))",
    "rally": "SELECT value FROM json_each(:about)",
    "stall": "SELECT rally_id FROM stall WHERE id IN (SELECT value FROM json_each(:about)) AND rally_id IS NOT NULL",
}


def part_for(store: Store, per: str, abouts: Collection[str]) -> Plan:
    """Read what documents about some pickets, strike days, rallies, stalls or the whole plan need.

    ``per`` is "picket", "strike day", "rally", "stall" or "plan", ``abouts`` their ids. No other people are read.
    """
    if per == "plan":
        return _whole(store)
    key = "day" if per == "strike day" else per
    pickets, rallies = _PICKETS[key], _RALLIES[key]
    # Whose shifts are read: of pickets that are only read because a stall stands at them, none.
    own = (
        pickets
        if key == "picket"
        else "SELECT id FROM picket WHERE strike_day_id IN (SELECT value FROM json_each(:about))"
    )
    picket_shifts = f"SELECT id FROM shift WHERE picket_id IN ({own})"
    shifts = f"""{picket_shifts}
        UNION SELECT id FROM shift WHERE post_id IN (SELECT id FROM post WHERE rally_id IN ({rallies}))
        UNION SELECT id FROM shift WHERE stall_id IN
            (SELECT id FROM stall WHERE rally_id IN ({rallies}) OR picket_id IN ({own}))"""
    plans = f"SELECT id FROM site_plan WHERE rally_id IN ({rallies})"
    if key == "picket":
        sites = f"SELECT site_id FROM entrance WHERE id IN (SELECT entrance_id FROM picket WHERE id IN ({pickets}))"
        plans = f"SELECT id FROM site_plan WHERE site_id IN ({sites})"
    return part(
        store,
        {"about": json.dumps(sorted(abouts))},
        shifts=shifts,
        whole=SMALL | {"contact_attempt"},
        extra={
            "picket": pickets,
            "person": f"SELECT person_id FROM team_member WHERE rally_id IN ({rallies}) AND person_id IS NOT NULL "
            f"UNION SELECT person_id FROM attendance WHERE shift_id IN ({shifts}) AND person_id IS NOT NULL",
            "attendance": f"SELECT id FROM attendance WHERE shift_id IN ({shifts})",
            "turnout_count": f"SELECT id FROM turnout_count WHERE picket_id IN ({own})",
            "incident": f"SELECT id FROM incident WHERE picket_id IN ({own}) OR rally_id IN ({rallies})",
            "police_direction": f"SELECT id FROM police_direction WHERE picket_id IN ({own})",
            "police_telling": f"SELECT id FROM police_telling WHERE picket_id IN ({own})",
            "tally": f"SELECT id FROM tally WHERE stall_id IN (SELECT id FROM stall WHERE rally_id IN ({rallies}))",
            "print_run": "SELECT id FROM print_run WHERE scope IN (SELECT value FROM json_each(:about))",
            "site_plan": plans,  # of others their pictures weigh much
            "pin": f"SELECT id FROM pin WHERE site_plan_id IN ({plans})",
        },
    )


_NOT_COUNTED = {"availability", "cover", "preference", "pair", "workplace", "person_skill", "printed_line", "pin"}


def _whole(store: Store) -> Plan:
    records: list[Record] = []
    with store.snapshot():
        for kind in KINDS:
            if table_of(kind) not in _NOT_COUNTED | {"site_plan"}:
                records.extend(store.all(kind))
    return Plan(records)


def last_prints(store: Store, document: str, audience: str, abouts: Iterable[str]) -> Mapping[str, LastPrint]:
    """Tell by what each piece is about how it was last printed for that audience; one never printed is left out."""
    wanted = json.dumps(sorted(abouts))
    runs = store.rows(
        """SELECT scope, id, version FROM print_run WHERE document = ? AND audience = ? AND code <> ''
        AND scope IN (SELECT value FROM json_each(?)) ORDER BY version, at, id""",
        (document, audience, wanted),
    )
    newest = {scope: (id, version) for scope, id, version in runs}
    lines: dict[str, dict[str, str]] = {id: {} for id, _ in newest.values()}
    for run, line, digest in store.rows(
        "SELECT print_run_id, line, digest FROM printed_line WHERE print_run_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(lines)),),
    ):
        lines[run][line] = digest
    return {scope: LastPrint(since=version, lines=lines[id]) for scope, (id, version) in newest.items()}


def run_by_code(store: Store, code: str) -> PrintRun | None:
    """Find the print of a piece by its code, the newest where one was printed twice in a minute."""
    runs = store.where(PrintRun, code=code)
    return max(runs, key=lambda run: (run.at, run.id), default=None)


def lines_of(store: Store, run: PrintRun) -> tuple[PrintedLine, ...]:
    """List the rows of a printed piece, by their numbers and keys."""
    found = store.where(PrintedLine, print_run_id=run.id)
    return tuple(sorted(found, key=lambda line: (line.number, line.line)))
