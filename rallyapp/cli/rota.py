"""Commands that fill the rota and print."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from rallyapp import carried
from rallyapp.cli import stopping
from rallyapp.cli.days import days_meant
from rallyapp.cli.finding import folded
from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.shell import (
    FINE,
    FOUND,
    answer,
    as_json,
    echo,
    fail,
    now,
    opened,
    passphrase_file,
    plan_file,
    progress,
)
from rallyapp.domain import stand_down
from rallyapp.domain.ids import PrintRunId, SiteId, new_id
from rallyapp.domain.pickets import Shift
from rallyapp.domain.places import Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import day_words
from rallyapp.files import is_pdf, write_whole

one_day = click.option("--day", "day", metavar="DATE", help="Only what starts on this date.")
one_site = click.option("--site", "site", metavar="TEXT", help="Only sites whose name, postcode or code fits.")


def _date(store: Any, text: str | None, starts: str) -> date | None:
    """Read the date of --day, and make sure that something starts on it; ``starts`` is the SQL of what does."""
    if text is None:
        return None
    known = [
        date.fromisoformat(row[0]) for row in store.rows(f"SELECT DISTINCT substr(starts, 1, 10) {starts} ORDER BY 1")
    ]
    try:
        wanted = days_meant(text, known)
    except ValueError as error:
        fail(f"{error}.")
    found = [each for each in wanted if each in known]
    if len(found) == 1:
        return found[0]
    if found:
        fail(f"Several days fit \u201c{text}\u201d: {', '.join(map(day_words, found[:8]))}.")
    on = day_words(wanted[0]) if wanted else f"\u201c{text}\u201d"
    named = ", ".join(day_words(day) for day in known[:8]) + (" \u2026" if len(known) > 8 else "")
    fail(f"Nothing in this plan starts on {on}. It has: {named or 'nothing yet'}.")


def _has(words: Iterable[str], text: str) -> bool:
    """Say whether each word is a part of one of a text's words."""
    known = folded(text).split()
    return all(any(word in each for each in known) for word in words)


def _sites(store: Any, text: str | None, *, venues: bool = False) -> list[SiteId] | None:
    if text is None:
        return None
    words = folded(text).split()
    places = [*store.all(Site), *(store.all(Venue) if venues else ())]
    found = []
    for place in places:
        if _has(words, f"{place.name} {place.postcode} {getattr(place, 'code', '')}"):
            found.append(place.id)
    if not found:
        names = sorted({place.name for place in places})
        more = f" and {len(names) - 8} more" if len(names) > 8 else ""
        fail(f"No place in this plan fits \u201c{text}\u201d. It has: {'; '.join(names[:8]) or 'none yet'}{more}.")
    return found


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
        on, places = _date(store, day, "FROM shift"), _sites(store, site, venues=True)
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


# ------------------------------------------------------------------------------------------------- print
@click.command("print", short_help="Print the rota or a rally's plan as a PDF.")
@plan_file
@click.argument("document", metavar="rota|rally-plan", type=click.Choice(["rota", "rally-plan"]))
@click.option("--to", "to", metavar="OUT.pdf", type=click.Path(path_type=Path), required=True, help="Where to.")
@one_day
@one_site
@click.option("--rally", "rally", metavar="TEXT", help="Which rally, where there are several: a word of its title.")
@click.option(
    "--audience",
    type=click.Choice(["noticeboard", "organiser"]),
    help="For a wall (first names and initials, no phones; a rota's default) or for the organiser (all of it).",
)
@passphrase_file
@as_json
def print_(
    plan: Path,
    document: str,
    to: Path,
    day: str | None,
    site: str | None,
    rally: str | None,
    audience: str | None,
    passphrase_file: str | None,
    json_: bool,
) -> None:
    """Print a document as a PDF: the picket \u201crota\u201d, or a \u201crally-plan\u201d.

    The print is noted in the plan, so that the next one can say what has changed since.
    """
    with opened(plan, passphrase_file) as store:
        with store.snapshot():  # the version on the paper is that of what stands there
            version = store.version
            if document == "rota" and rally is not None:
                fail("--rally chooses a rally plan; a rota is chosen with --day and --site.")
            if document == "rota":
                data, scope = _rota(store, day, site, audience or "noticeboard")
            else:
                data, scope = _rally_plan(store, rally, day, audience or "organiser")
        with contextlib.ExitStack() as noted:
            if not store.read_only:  # a print that can't be noted is not made, nor one noted that can't be made
                edit = noted.enter_context(store.note(f"Print {document}"))
                edit.save(PrintRun(id=PrintRunId(new_id()), document=document, scope=scope, version=version, at=now()))
            write_whole(to, data, ours=is_pdf, what="PDF", open_plan=plan)
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    if json_:
        answer({"plan": str(plan), "document": document, "to": str(to), "version": version, "bytes": len(data)})
    else:
        sheets = f", {pages} {'page' if pages == 1 else 'pages'}" if pages > 0 else ""
        echo(f"Printed {to} (version {version}{sheets}).")


def _rota(store: Any, day: str | None, site: str | None, audience: str) -> tuple[bytes, str]:
    from rallyapp.prints import rota
    from rallyapp.prints.audience import Audience
    from rallyapp.store import queries

    on, sites = _date(store, day, "FROM picket"), _sites(store, site)
    # However the day and the site were typed, the next print of the same is compared with this one.
    scope = " ".join(
        filter(None, (audience, on.isoformat() if on else None, site.casefold().strip() if site else None))
    )
    changed = queries.changed_since_print(store, "rota", scope)
    part = queries.rota_part(store, days=None, sites=sites, on=on)
    made = rota.rota_sheets(
        part,
        carried.law(),
        days=None,
        sites=sites,
        audience=Audience(audience),
        printed=now(),
        version=store.version,
        changed_since=changed.since,
        changed=changed.shifts,
    )
    return rota.pdf(made), scope


def _rally_plan(store: Any, text: str | None, day: str | None, audience: str) -> tuple[bytes, str]:
    from rallyapp.prints import rally_plan
    from rallyapp.prints.audience import Audience
    from rallyapp.store import queries

    chosen = rally_meant(store, text, day).id
    made = rally_plan.rally_plan(
        queries.rally_part(store, chosen),
        carried.law(),
        chosen,
        audience=Audience(audience),
        printed=now(),
        version=store.version,
    )
    return rally_plan.pdf(made), chosen
