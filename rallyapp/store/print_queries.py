"""Reads for prints: the part of a plan that a document needs, and what was printed before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from rallyapp.domain.named import half_said_in, said_in, words_of
from rallyapp.domain.people import Person
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import KINDS, Record, columns, table_of
from rallyapp.domain.tells import LastPrint, LastPrints, PrintedLine, PrintRun
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

    ``per`` is "picket", "strike day", "rally", "stall" or "plan", ``abouts`` their ids. Of other people only those
    are read whom its texts may name, so that a paper can hide their names.
    """
    if per == "plan":
        return _whole(store)
    with store.snapshot():
        found = _part_of(store, per, abouts)
        return found.changed(_named_in(store, found), ())


def _part_of(store: Store, per: str, abouts: Collection[str]) -> Plan:
    key = "day" if per == "strike day" else per
    pickets, rallies = _PICKETS[key], _RALLIES[key]
    # Whose shifts are read: of pickets that are only read because a stall stands at them, none.
    own = pickets if key == "picket" else _OF_DAYS
    picket_shifts = f"SELECT id FROM shift WHERE picket_id IN ({own})"
    stalls = f"""SELECT id FROM stall WHERE rally_id IN ({rallies}) OR picket_id IN ({own})
        OR id IN (SELECT value FROM json_each(:about))"""
    shifts = f"""{picket_shifts}
        UNION SELECT id FROM shift WHERE post_id IN (SELECT id FROM post WHERE rally_id IN ({rallies}))
        UNION SELECT id FROM shift WHERE stall_id IN ({stalls})"""
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
            "tally": f"SELECT id FROM tally WHERE stall_id IN ({stalls})",
            "print_run": "SELECT id FROM print_run WHERE scope IN (SELECT value FROM json_each(:about))",
            "site_plan": plans,  # of others their pictures weigh much
            "pin": f"SELECT id FROM pin WHERE site_plan_id IN ({plans})",
        },
    )


def _named_in(store: Store, found: Plan) -> tuple[Person, ...]:
    """Read those of all people whose full name can be made of the words of a part's texts, and who are not in it."""
    texts = {getattr(record, name) for kind, names in _texts().items() for name in names for record in found.all(kind)}
    words = frozenset(word for text in texts for *_, word in words_of(text))
    families = [name for (name,) in store.rows("SELECT DISTINCT family_name FROM person") if half_said_in(name, words)]
    people = store.rows(
        "SELECT id, given_name, family_name FROM person WHERE family_name IN (SELECT value FROM json_each(?))",
        (json.dumps(families),),
    )
    named = (id for id, given, family in people if said_in(given, family, words))
    return store.these(Person, (id for id in named if found.find(Person, id) is None))


@cache
def _texts() -> Mapping[type[Record], tuple[str, ...]]:
    """List the fields that hold what somebody wrote, by kind; a person's own name names nobody else."""
    found = {}
    for kind in KINDS:
        texts = [column.name for column in columns(kind) if column.holds is str and not column.refers_to]
        found[kind] = tuple(name for name in texts if name not in _NO_TEXTS)
    return found


_NO_TEXTS = {"id", "picture", "given_name", "family_name", "digest", "line"}
_NOT_COUNTED = {"availability", "cover", "preference", "pair", "workplace", "person_skill", "printed_line", "pin"}


def _whole(store: Store) -> Plan:
    records: list[Record] = []
    with store.snapshot():
        for kind in KINDS:
            if table_of(kind) not in _NOT_COUNTED | {"site_plan"}:
                records.extend(store.all(kind))
    return Plan(records)


def last_prints(store: Store, document: str, audience: str, abouts: Iterable[str], *, choice: str = "") -> LastPrints:
    """Tell by what each piece is about how it was last printed for that audience; one never printed is left out.

    ``choice`` is the document's own: an issued running order and the one of today are no prints of each other.
    """
    wanted = json.dumps(sorted(abouts))
    runs = store.rows(
        """SELECT scope, id, version FROM print_run WHERE document = ? AND audience = ? AND choice = ? AND code <> ''
        AND scope IN (SELECT value FROM json_each(?)) ORDER BY version, at, id""",
        (document, audience, choice, wanted),
    )
    newest = {scope: (id, version) for scope, id, version in runs}
    lines: dict[str, dict[str, str]] = {id: {} for id, _ in newest.values()}
    for run, line, digest in store.rows(
        "SELECT print_run_id, line, digest FROM printed_line WHERE print_run_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(lines)),),
    ):
        lines[run][line] = digest
    codes = store.rows("SELECT code, document, audience, scope, choice FROM print_run WHERE code <> ''")
    return LastPrints(
        {scope: LastPrint(since=version, lines=lines[id], choice=choice) for scope, (id, version) in newest.items()},
        {code: LastPrints.sheet(*sheet) for code, *sheet in codes},
    )


def run_by_code(store: Store, code: str) -> PrintRun | None:
    """Find the print of a piece by its code, the newest where one was printed twice in a minute.

    Raises UserError where two sheets have the code, as two windows could make them at the same time.
    """
    runs = store.where(PrintRun, code=code)
    if len({LastPrints.sheet(run.document, run.audience, run.scope, run.choice) for run in runs}) > 1:
        raise UserError(f"Two different sheets have the code {code}: write this one into the day\u2019s marks by hand.")
    return max(runs, key=lambda run: (run.at, run.id), default=None)


def lines_of(store: Store, run: PrintRun) -> tuple[PrintedLine, ...]:
    """List the rows of a printed piece, by their numbers and keys."""
    found = store.where(PrintedLine, print_run_id=run.id)
    return tuple(sorted(found, key=lambda line: (line.number, line.line)))
