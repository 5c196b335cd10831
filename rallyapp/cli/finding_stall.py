"""Which of a plan's stalls somebody means, and which of its pickets one is put beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rallyapp.cli.days import days_meant
from rallyapp.cli.finding import folded
from rallyapp.cli.shell import fail
from rallyapp.domain import stall_edits
from rallyapp.domain.ids import PicketId
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import day_words

_LISTED = 8


def partner_name(plan: Plan, stall: Stall) -> str:
    """Say whose a stall is."""
    return plan.get(Partner, stall.partner_id).name


def stall_meant(plan: Plan, words: Sequence[str]) -> Stall:
    """Find the one stall that is meant, by id or by words; else fail."""
    text = " ".join(words)
    exact = plan.find(Stall, text.strip())
    if exact is not None:
        return exact
    said = folded(text).split()
    found = [
        each
        for each in plan.all(Stall)
        if said and all(any(known.startswith(word) for known in _known(plan, each)) for word in said)
    ]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(
        f"{partner_name(plan, each)} ({stall_edits.where_words(plan, each)})" for each in _few(plan, found)
    )
    if not found:
        fail(f"No stall in this plan fits \u201c{text}\u201d. It has: {listed or 'none yet'}.")
    fail(f"{len(found)} stalls fit \u201c{text}\u201d; add the rally, the place or the date: {listed}.")


def _known(plan: Plan, stall: Stall) -> list[str]:
    return folded(f"{partner_name(plan, stall)} {stall_edits.where_words(plan, stall)}").split()


def _few(plan: Plan, found: Sequence[Stall]) -> Sequence[Stall]:
    return (found or plan.all(Stall))[:_LISTED]


def with_picket(store: Any, part: Plan, text: str) -> tuple[Plan, dict[str, PicketId]]:
    """Give the plan with the one picket that is meant, and its id."""
    with store.snapshot():
        places = Plan([*store.all(Entrance), *store.all(Site)])
        pickets: list[Picket] = sorted(store.all(Picket), key=lambda each: (each.starts, each.id))
    if not pickets:
        fail("There is no picket in this plan: put the stall at a rally with --rally.")
    known = {each.id: places.picket_words(each) for each in pickets}
    found = [each for each in pickets if each.id == text or _all_in(text, known[each.id], each.starts.date())]
    chosen = _only_picket(found, pickets, text, known)
    entrance = places.get(Entrance, chosen.entrance_id)
    more: list[Record] = [places.get(Site, entrance.site_id), entrance, chosen]
    return part.changed(more, ()), {"picket_id": chosen.id}


def _all_in(text: str, known: str, on: date) -> bool:
    """Say whether words fit: each is a date, in any form, or the beginning of a word of what is known."""
    words = folded(f"{known} {day_words(on)}").split()
    return bool(text.split()) and all(_is_day(each, on) or _begins(each, words) for each in text.split())


def _is_day(text: str, on: date) -> bool:
    try:
        return on in days_meant(text, [on])
    except ValueError:
        return False


def _begins(text: str, words: Sequence[str]) -> bool:
    return all(any(each.startswith(part) for each in words) for part in folded(text).split())


def _only_picket(found: Sequence[Picket], everything: Sequence[Picket], text: str, known: dict[Any, str]) -> Picket:
    if len(found) == 1:
        return found[0]
    shown = found or everything
    listed = "; ".join(known[each.id] for each in shown[:_LISTED])
    more = f" and {len(shown) - _LISTED} more" if len(shown) > _LISTED else ""
    if not found:
        fail(f"No picket in this plan fits \u201c{text}\u201d. It has: {listed}{more}.")
    fail(f"{len(found)} pickets fit \u201c{text}\u201d; add the entrance, the site or the date: {listed}{more}.")
