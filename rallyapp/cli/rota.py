"""The command that fills the rota."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from rallyapp.cli import stopping
from rallyapp.cli.finding_places import date_meant, one_day, one_site, sites_meant
from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.shell import (
    FINE,
    FOUND,
    answer,
    as_json,
    echo,
    fail,
    opened,
    passphrase_file,
    plan_file,
    progress,
)
from rallyapp.domain import stand_down
from rallyapp.domain.ids import SiteId
from rallyapp.domain.pickets import Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import day_words


@click.command(short_help="Propose people for the shifts that are short, or put them on.")
@plan_file
@one_day
@one_site
@click.option("--rally", "rally", metavar="TEXT", help="Only a rally's posts and stalls: a word of its title or venue.")
@click.option("--apply/--dry-run", "apply", default=False, help="Write the proposal as one edit; else only show it.")
@stopping.time_limit
@stopping.seed
@passphrase_file
@as_json
def fill(
    plan: Path,
    day: str | None,
    site: str | None,
    rally: str | None,
    apply: bool,
    time_limit: float,
    seed: int,
    passphrase_file: str | None,
    json_: bool,
) -> int:
    """Propose the best rota for the shifts that are short: who is added, who is taken back, what stays open and why.

    Nothing is written without --apply, which makes it one change that can be undone. Whom somebody asked, confirmed
    or pinned, or put there by hand, stays; only what an earlier fill proposed may move. Only people against whom
    nothing speaks are put on a shift. Who stays on one and can't be there, such as those on emergency cover by now, is
    named and not counted. Leaves with 1 where gaps remain, or somebody can't be there.
    """
    from rallyapp.cli import proposal as show
    from rallyapp.rota.fill import fill as propose
    from rallyapp.rota.fill import shifts_in

    with opened(plan, passphrase_file) as store:
        on, places = date_meant(store, day, "FROM shift"), sites_meant(store, site, venues=True)
        chosen = None if rally is None else rally_meant(store, rally).id
        version = store.version
        whole = store.plan()
        shifts = shifts_in(whole, sites=places, on=on, rally=chosen)
        with progress("Filling", 100) as tell:
            found = stopping.stoppable(
                lambda stop: propose(
                    whole,
                    shifts,
                    progress=lambda done, total: tell(100 * done // total),
                    time_limit=time_limit,
                    seed=seed,
                    stop=stop,
                )
            )
        if apply and found.any:
            with store.edit(found.label) as edit:
                since = [each.operation for each in store.changes_since(version)]
                if any(each.id != edit.operation.id and each.kind != "note" for each in since):
                    fail("Somebody changed the plan while the rota was being filled: nothing was written. Try again.")
                for gone in found.dropped:
                    edit.delete(gone)
                edit.save_all(found.saved)
    if json_:
        answer({"plan": str(plan), "applied": apply and found.any, **show.as_json(whole, found)})
    else:
        for line in show.lines(whole, found, applied=apply, nowhere=_nowhere(whole, on, places)):
            echo(line)
    return FOUND if found.gaps or found.absent else FINE


def _nowhere(plan: Plan, on: date | None, places: Collection[SiteId] | None) -> str:
    """Say why there is nothing to fill there: it is stood down, or there is no shift."""
    shifts = [
        shift
        for shift in plan.all(Shift)
        if on in (None, shift.starts.date()) and (places is None or plan.place_of(plan.host(shift)).id in places)
    ]
    whys = sorted({stand_down.of_shift(plan, shift).why for shift in shifts} - {""})
    if not whys:
        return "There is no shift to fill there."
    days = sorted({shift.starts.date() for shift in shifts})
    when = f"on {day_words(days[0])}" if len(days) == 1 else "there"
    return f"Nothing to fill {when}: no shift goes ahead ({'; '.join(whys[:3])})."
