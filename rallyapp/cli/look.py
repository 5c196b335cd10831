"""Commands that report on a plan, and undo and redo."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from rallyapp import carried
from rallyapp.cli.shell import FINE, FOUND, answer, as_json, echo, fail, opened, passphrase_file, plan_file
from rallyapp.domain import checks
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.problems import Problem, Severity
from rallyapp.domain.records import KINDS, rows_words, table_of
from rallyapp.domain.times import LONDON, day_words, parse_day

_TITLES = {
    Severity.RED: "Must be put right",
    Severity.STAND_DOWN: "Stood down",
    Severity.AMBER: "Look at this",
    Severity.INFO: "Good to know",
}


@click.command()
@plan_file
@passphrase_file
@as_json
def info(plan: Path, passphrase_file: str | None, json_: bool) -> None:
    """Say what is in a plan."""
    from rallyapp.store import queries

    with opened(plan, passphrase_file) as store, store.snapshot():
        counts = {table_of(kind): store.rows(f'SELECT count(*) FROM "{table_of(kind)}"')[0][0] for kind in KINDS}
        days = sorted(store.all(StrikeDay), key=lambda day: (day.window.start, day.id))
        fills = {fill.strike_day_id: fill for fill in queries.fill_by_day(store)}
        disputes = store.all(Dispute)
        newest = store.history(limit=1)
        undo = store.undo_label
        version, read_only = store.version, store.read_only
    told = [
        {
            "day": day.words,
            "kind": str(day.kind),
            "state": str(day.state),
            "called_out": day.called_out,
            "shifts": fills[day.id].shifts if day.id in fills else 0,
            "places": fills[day.id].wished if day.id in fills else 0,
            "filled": fills[day.id].heads if day.id in fills else 0,
            "missing": fills[day.id].missing if day.id in fills else 0,
        }
        for day in days
    ]
    if json_:
        answer(
            {
                "plan": str(plan),
                "disputes": [{"title": each.title, "union": each.union, "branch": each.branch} for each in disputes],
                "strike_days": told,
                "counts": {table: count for table, count in counts.items() if count},
                "version": version,
                "undo": undo,
                "read_only": read_only or None,
            }
        )
        return
    for dispute in disputes:
        echo(f"{dispute.title} \u2013 {', '.join(filter(None, (dispute.union, dispute.branch)))}")
    for day, row in zip(days, told, strict=True):
        pickets = f"{row['filled']} of {row['places']} picket places filled" if row["places"] else "no picket shifts"
        short = f", {row['missing']} short" if row["missing"] else ""
        echo(f"  {day.words}: {day.kind}, {day.state} \u2013 {pickets}{short}")
    shown = ("site", "entrance", "picket", "rally", "stall", "shift", "person", "assignment")
    many = {"person": "people", "rally": "rallies"}
    shown = tuple(table for table in shown if counts[table])
    words = (table if counts[table] == 1 else many.get(table, f"{table}s") for table in shown)
    echo("  " + ", ".join(f"{counts[table]:,} {word}" for table, word in zip(shown, words, strict=True)))
    if newest:
        echo(f"  version {version}, last: {newest[0].label} ({_when(newest[0].at)})")
    if read_only:
        echo(f"  {read_only}")


def _when(utc: str) -> str:
    local = datetime.fromisoformat(utc.replace("Z", "+00:00")).astimezone(LONDON)
    return f"{day_words(local.date())} {local:%H:%M}"


@click.command(short_help="Find what is wrong or risky in a plan.")
@plan_file
@click.option("--today", metavar="DATE", help="Judge deadlines as on this day.")
@click.option("--strict", is_flag=True, help="Leave with 1 for any problem but a note, not for a red one only.")
@passphrase_file
@as_json
def check(plan: Path, today: str | None, strict: bool, passphrase_file: str | None, json_: bool) -> int:
    """Find what is wrong or risky in a plan: law, clashes, gaps, permissions.

    Leaves with 1 where something must be put right (red), with --strict also for what to look at (amber).
    """
    try:
        on = parse_day(today) if today else date.today()
    except ValueError as error:
        fail(f"{error}.")
    with opened(plan, passphrase_file) as store:
        whole = store.plan()
    problems = checks.run(whole, carried.law(), holidays=carried.bank_holidays, today=on)
    counts = Counter(problem.severity for problem in problems)
    if json_:
        answer(
            {
                "plan": str(plan),
                "counts": {str(severity): counts[severity] for severity in Severity},
                "problems": [_plain(problem) for problem in problems],
                "words": carried.law().words,
            }
        )
    else:
        _report(problems)
        echo(carried.law().words)
    severe = counts[Severity.RED] or (strict and (counts[Severity.AMBER] or counts[Severity.STAND_DOWN]))
    return FOUND if severe else FINE


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "sentence": problem.sentence,
        "mend": problem.mend,
        "day": problem.day,
        "concerns": [{"kind": concern.kind, "id": concern.id} for concern in problem.concerns],
    }


def _report(problems: tuple[Problem, ...]) -> None:
    if not problems:
        echo("Nothing is wrong in this plan, as far as these checks see.")
    for severity in Severity:
        found = [problem for problem in problems if problem.severity is severity]
        if found:
            echo(click.style(f"{_TITLES[severity]} ({len(found)})", bold=True))
        shown = found[:200]
        for place, problem in enumerate(shown, start=1):
            echo(f"  {problem.sentence}")
            last = place == len(shown) or shown[place].mend != problem.mend
            if problem.mend and last:  # said once for all that share it
                echo(f"      \u2192 {problem.mend}")
        if len(found) > 200:
            echo(f"  \u2026 and {len(found) - 200:,} more; --json lists them all")


@click.command()
@plan_file
@passphrase_file
def undo(plan: Path, passphrase_file: str | None) -> int:
    """Take back the newest change to a plan."""
    return _take_back(plan, passphrase_file, "undo", "Undone", "Nothing to undo.")


@click.command()
@plan_file
@passphrase_file
def redo(plan: Path, passphrase_file: str | None) -> int:
    """Bring back what the newest undo took back."""
    return _take_back(plan, passphrase_file, "redo", "Done again", "Nothing to redo.")


def _take_back(plan: Path, passphrase_file: str | None, verb: str, done: str, nothing: str) -> int:
    with opened(plan, passphrase_file) as store:
        label = store.undo_label if verb == "undo" else store.redo_label
        change_set = getattr(store, verb)()
    if change_set is None:
        echo(nothing)
        return FOUND
    rows = sum(len(ids) for ids in change_set.rows.values())
    echo(f"{done}: {label} ({rows:,} {'row' if rows == 1 else 'rows'}).")
    return FINE


@click.command()
@plan_file
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="How many, newest first.")
@passphrase_file
@as_json
def history(plan: Path, limit: int, passphrase_file: str | None, json_: bool) -> None:
    """List what was done to a plan, when and by whom."""
    with opened(plan, passphrase_file) as store:
        told = [(each, store.changed_rows(each), store.stands(each)) for each in store.history(limit=limit)]
    if json_:
        answer(
            [
                {
                    "version": each.seq,
                    "id": each.id,
                    "kind": each.kind,
                    "label": each.label,
                    "who": each.who,
                    "at": each.at,
                    "rows": rows,
                    "stands": stands,
                }
                for each, rows, stands in told
            ]
        )
        return
    for each, rows, stands in told:
        most = sorted(rows.items(), key=lambda part: (-part[1], part[0]))
        many = ", ".join(rows_words(table, count) for table, count in most[:3])
        if len(most) > 3:
            many += f" and {len(most) - 3} other kinds"
        gone = "" if stands else "  (taken back)"
        echo(f"{each.seq:>5}  {_when(each.at)}  {each.who or '-'}  {each.label}  [{many}]{gone}")
