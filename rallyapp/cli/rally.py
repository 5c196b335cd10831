"""The commands of rallies: list and show them; to add and edit one, and its running order, see the modules beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rallyapp import carried
from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.rally_edit import add, edit
from rallyapp.cli.rally_order import order
from rallyapp.cli.rally_said import plain_order, plain_rally, small_part, words_of
from rallyapp.cli.shell import OfPlan, answer, as_json, echo, now, opened, passphrase_file, plan_file
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Problem
from rallyapp.domain.rallies import Rally
from rallyapp.domain.rally_edits import TIMES, standing_words, times_of
from rallyapp.domain.times import clock, day_words


@click.group(name="rally", cls=OfPlan, invoke_without_command=True, short_help="List, show, add or edit rallies.")
@plan_file
@passphrase_file
@as_json
@click.pass_context
def rally(context: click.Context, plan: Path, passphrase_file: str | None, json_: bool) -> None:
    """List, show, add and edit the rallies of a plan, and their running orders.

    Without more, lists them. A rally is named by a part of its title or place, or by its id. \u201crallyapp rally
    PLAN show --help\u201d and its like say more.
    """
    context.obj = (plan, passphrase_file)
    if context.invoked_subcommand is not None:
        return
    with opened(plan, passphrase_file) as store, store.snapshot():
        rallies = sorted(store.all(Rally), key=lambda each: (each.starts, each.title, each.id))
        known = small_part(store)
    if json_:
        answer({"plan": str(plan), "rallies": [plain_rally(known, each) for each in rallies]})
        return
    if not rallies:
        echo("There is no rally in this plan.")
    for each in rallies:
        echo(f"{words_of(known, each)} \u2013 {standing_words(known, each)}")


@rally.command(short_help="Show one rally: its times, what its plan lacks, what is wrong.")
@click.argument("name", metavar="RALLY")
@as_json
@click.pass_obj
def show(source: tuple[Path, str | None], name: str, json_: bool) -> None:
    """Show one rally: its times, its strike days, what its printed plan still lacks, and what is wrong."""
    from rallyapp.prints import rally_plan
    from rallyapp.prints.audience import Audience
    from rallyapp.prints.blocks import Missing
    from rallyapp.store import queries

    with opened(*source) as store, store.snapshot():
        found = rally_meant(store, name)
        part = queries.rally_part(store, found.id)
        whole = store.plan()
    rules = carried.law()
    printed = rally_plan.rally_plan(part, rules, found.id, audience=Audience.ORGANISER, printed=now(), version=1)
    lacks = {
        f"{section.number} {section.title}": [block.text for block in section.blocks if isinstance(block, Missing)]
        for section in printed.sections
    }
    lacks = {title: texts for title, texts in lacks.items() if texts}
    problems = _problems(whole, found)
    if json_:
        answer(
            {
                **plain_rally(part, found),
                "missing": lacks,
                "problems": [{"severity": str(each.severity), "sentence": each.sentence} for each in problems],
                "running_order": plain_order(part, found),
            }
        )
        return
    echo(words_of(part, found))
    echo(f"  {standing_words(part, found)}")
    expected = "number expected not entered" if found.expected is None else f"{found.expected:,} expected"
    echo(f"  {found.kind}, {expected}")
    for field, when in times_of(found).items():
        if when is not None:
            other = "" if when.date() == found.starts.date() else f"{day_words(when.date())} "
            echo(f"  {other}{clock(when)}  {TIMES[field]}")
    for problem in problems:
        echo(f"  {str(problem.severity).upper()}: {problem.sentence.removeprefix(f'{found.title}: ')}")
    for title, texts in lacks.items():
        for text in texts:
            echo(f"  {title}: {text}")


def _problems(plan: Plan, found: Rally) -> list[Problem]:
    from rallyapp.domain import checks

    today = date.today()
    every = checks.run(plan, carried.law(), holidays=carried.bank_holidays, today=today)
    return [each for each in every if any(concern.id == found.id for concern in each.concerns)]


for command in (add, edit, order):
    rally.add_command(command)
