"""Which of a plan's rallies somebody means who types a part of its title or place."""

from __future__ import annotations

from typing import Any

from rallyapp.cli.days import days_meant
from rallyapp.cli.finding import folded
from rallyapp.cli.shell import fail
from rallyapp.domain.places import Venue
from rallyapp.domain.rallies import Rally
from rallyapp.domain.times import day_words

_LISTED = 8


def rally_meant(store: Any, text: str | None, day: str | None = None) -> Rally:
    """Find the one rally that is meant, by id or by words of its title and place, and by its day; else fail.

    Where the plan has one rally only, nothing need be said: a text of None. One without a word in it is refused.
    """
    found: Rally | None = store.find(Rally, (text or "").strip())
    if found is not None:
        return found
    rallies: list[Rally] = sorted(store.all(Rally), key=lambda each: (each.starts, each.title, each.id))
    if not rallies:
        fail("There is no rally in this plan.")
    wanted = None
    if day is not None:
        try:
            wanted = days_meant(day, [each.starts.date() for each in rallies])
        except ValueError as error:
            fail(f"{error}.")
    venues = {each.id: each.name for each in store.all(Venue)}
    words = folded(text or "").split()
    if text is not None and not words:
        fail("Say which rally: a part of its title or place, its day, or its id.")
    fitting = [
        each
        for each in rallies
        if _has(words, f"{each.title} {venues.get(each.venue_id, '')} {day_words(each.starts.date())}")
        and (wanted is None or each.starts.date() in wanted)
    ]
    named = "; ".join(f"{each.title} ({day_words(each.starts.date())})" for each in (fitting or rallies)[:_LISTED])
    if not fitting:
        fail(f"No rally in this plan fits. It has: {named}.")
    if len(fitting) > 1:
        fail(f"There are several rallies; say which by its title, place or day: {named}.")
    return fitting[0]


def _has(words: list[str], text: str) -> bool:
    known = folded(text).split()
    return all(any(each.startswith(word) for each in known) for word in words)
