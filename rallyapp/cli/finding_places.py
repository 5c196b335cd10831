"""Which day and which sites somebody means who fills or prints a part of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from rallyapp.cli.days import days_meant
from rallyapp.cli.finding import folded
from rallyapp.cli.shell import fail
from rallyapp.domain.ids import SiteId
from rallyapp.domain.places import Site, Venue
from rallyapp.domain.times import day_words

one_day = click.option("--day", "day", metavar="DATE", help="Only what starts on this date.")
one_site = click.option("--site", "site", metavar="TEXT", help="Only sites whose name, postcode or code fits.")


def date_meant(store: Any, text: str | None, starts: str) -> date | None:
    """Read the date of --day, and make sure that something starts on it; ``starts`` is the SQL of what does."""
    if text is None:
        return None
    rows = store.rows(f"SELECT DISTINCT substr(starts, 1, 10) {starts} ORDER BY 1")
    return day_among(text, [date.fromisoformat(row[0]) for row in rows])


def day_among(text: str, known: list[date]) -> date:
    """Find the one of some dates that a text means; else fail."""
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


def sites_meant(store: Any, text: str | None, *, venues: bool = False) -> list[SiteId] | None:
    """Find the sites that a text fits, None where nothing was said; else fail. ``venues`` may be meant, too."""
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


def _has(words: Iterable[str], text: str) -> bool:
    """Say whether each word is a part of one of a text's words."""
    known = folded(text).split()
    return all(any(word in each for each in known) for word in words)
