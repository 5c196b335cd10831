"""New people: where they work if there is only one place for it, and what is said once they are in the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rallyapp.domain.ids import SiteId
from rallyapp.domain.people import Person

_NO_PICKET = "the rota can\u2019t put them on a picket"


def at_the_only_site(person: Person, sites: Mapping[SiteId, str]) -> Person:
    """Let somebody work at the one site that a plan has, unless a workplace is known; the rota asks for one."""
    if person.workplace_id is not None or len(sites) != 1:
        return person
    return replace(person, workplace_id=next(iter(sites)))


def added_words(new: Sequence[Person], placed: int, sites: Mapping[SiteId, str], also: str = "") -> str:
    """Say that people were added; nothing where there is no more to say than that.

    ``placed`` of them were given the only site. ``also`` is one more sentence.
    """
    who = new[0].name if len(new) == 1 else f"{len(new):,} people"
    lacking = sum(each.workplace_id is None for each in new)
    said = ""
    if placed:
        said = f"{who} added, {'all ' if len(new) > 1 else ''}at {next(iter(sites.values()))}."
    elif lacking and sites and len(new) == 1:
        said = f"{who} added, without a workplace: {_NO_PICKET}."
    elif lacking and sites:
        have = "has" if lacking == 1 else "have"
        said = f"{who} added. {lacking:,} of them {have} no workplace: {_NO_PICKET}."
    elif also:
        said = f"{who} added."
    return f"{said} {also}".strip()
