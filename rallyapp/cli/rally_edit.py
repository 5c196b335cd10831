"""The commands that add and change rallies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.rally_said import plain_rally, read, small_part, words_of
from rallyapp.cli.shell import answer, as_json, echo, fail, one_line, opened
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import RallyDayId, StrikeDayId, new_id
from rallyapp.domain.new_plan import parse_span
from rallyapp.domain.new_rally import RallyWanted, new_rally, times_on
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Override, Rally, RallyDay, RallyKind
from rallyapp.domain.rally_edits import (
    TIMES,
    RallyMove,
    decided_apart,
    draft_words,
    following,
    march_told_words,
    moved_to_day,
    of_kind,
    off_days_words,
    redrafted,
    retimed,
    standing_words,
)
from rallyapp.domain.rally_places import PlaceMove, held_at
from rallyapp.domain.records import Record
from rallyapp.domain.reinstating import reinstated
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.times import day_words
from rallyapp.domain.typed import typed_day
from rallyapp.domain.typed_moments import typed_moment

_KINDS = {"static": RallyKind.STATIC, "march": RallyKind.MARCH, "march-and-rally": RallyKind.MARCH_AND_RALLY}
_OVERRIDES = {
    "follows": Override.FOLLOWS,
    "goes-ahead": Override.GOES_AHEAD,
    "stood-down": Override.STOOD_DOWN,
}


_PLACE = "Where it is: a venue of the plan, or a new one: name, address, postcode."
_kind = click.option("--kind", type=click.Choice(list(_KINDS)), help="Whether people stand, walk, or both.")
_expected = click.option("--expected", metavar="NUMBER", help="How many are expected at the peak.")
_purpose = click.option("--purpose", metavar="TEXT", help="What it is for, in a sentence.")
_for_days = click.option(
    "--strike-day", "strike_days", metavar="DAY", multiple=True, help="A strike day that it belongs to; several times."
)


@click.command(short_help="Add a rally.")
@click.option("--title", metavar="TEXT", required=True, callback=one_line, help="What it is called.")
@click.option(
    "--place",
    metavar="NAME",
    required=True,
    callback=one_line,
    help=_PLACE,
)
@click.option("--on", metavar="DAY", required=True, help="Its date, such as 2015-12-01 or \u201c1 Dec\u201d.")
@click.option("--at", metavar="TIMES", required=True, help="Start and hard finish, such as \u201c11.30am-1.30pm\u201d.")
@_kind
@_expected
@_purpose
@_for_days
@click.option("--like", metavar="RALLY", help="Copy the planning of this one: team, kit, posts, risks, notes.")
@as_json
@click.pass_obj
def add(
    source: tuple[Path, str | None],
    title: str,
    place: str,
    on: str,
    at: str,
    kind: str | None,
    expected: str | None,
    purpose: str | None,
    strike_days: tuple[str, ...],
    like: str | None,
    json_: bool,
) -> None:
    """Add a rally, as one edit. On a strike day's own date it belongs to that day, unless --strike-day says another."""
    from rallyapp.store import queries

    if not title.strip() or not place.strip():
        fail("A rally needs a title and a place.")
    with opened(*source) as store:
        days = sorted(store.all(StrikeDay), key=lambda each: each.window.start)
        near = days[0].first_date if days else date.today()
        day = read("--on", lambda: typed_day(on, near=near))
        starts, ends = read("--at", lambda: times_on(day, parse_span(at, nights=True)))
        model = rally_meant(store, like) if like is not None else None
        part = queries.rally_part(store, model.id) if model else small_part(store)
        wanted = RallyWanted(
            title=title,
            place=place,
            starts=starts,
            ends=ends,
            days=_days_meant(days, strike_days, near) or tuple(each.id for each in days if each.first_date == day),
            kind=_KINDS[kind] if kind else model.kind if model else RallyKind.STATIC,
            expected=_number("--expected", expected),
        )
        made = new_rally(part, wanted, like=model)
        records = [replace(each, purpose=purpose) if each is made.rally and purpose else each for each in made.records]
        with store.edit(f"Add {made.rally.title}") as edit:
            edit.save_all(records)
        known = small_part(store)
        kept = store.get(Rally, made.rally.id)
    if json_:
        answer(plain_rally(known, kept))
    else:
        copied = f" Copied: {made.words}." if made.words else ""
        echo(f"Added {words_of(known, kept)}.{copied}")


def _number(option: str, text: str | None) -> int | None:
    if text is None:
        return None
    bare = text.replace(",", "").strip()
    if not (bare.isascii() and bare.isdigit()) or not 1 <= int(bare[:9]) <= 10_000_000:
        fail(f"{option}: \u201c{text}\u201d is not a number of people, such as 500.")
    return int(bare)


def _days_meant(days: Sequence[StrikeDay], texts: Sequence[str], near: date) -> tuple[StrikeDayId, ...]:
    """Find the strike days that are meant by their dates."""
    found: list[StrikeDayId] = []
    for text in texts:
        on = read("--strike-day", partial(typed_day, text, near=near))
        fitting = [each.id for each in days if each.first_date <= on <= each.window.end.date()]
        if not fitting:
            named = "; ".join(day_words(each.first_date) for each in days) or "none"
            fail(f"--strike-day: {day_words(on)} is no strike day of this plan. It has: {named}.")
        found += fitting
    return tuple(dict.fromkeys(found))


@click.command(short_help="Change a rally.")
@click.argument("name", metavar="RALLY")
@click.option("--title", metavar="TEXT", callback=one_line, help="What it is called.")
@click.option("--place", metavar="NAME", callback=one_line, help=_PLACE)
@click.option("--on", metavar="DAY", help="Another date: everything of the rally that has a time moves along.")
@_kind
@_expected
@_purpose
@click.option(
    "--set-up", metavar="TIME", help="A time such as 10:00, \u201cMon 30 Nov 18:00\u201d, or \u201cnone\u201d."
)
@click.option("--briefing", metavar="TIME", help="When stewards are briefed.")
@click.option("--stalls-ready", metavar="TIME", help="When the stalls stand.")
@click.option("--assemble", metavar="TIME", help="When people assemble.")
@click.option("--move-off", metavar="TIME", help="When a march moves off.")
@click.option("--starts", metavar="TIME", help="When it starts.")
@click.option("--ends", metavar="TIME", help="The hard finish.")
@click.option("--dispersed", metavar="TIME", help="When people have gone.")
@click.option("--handed-back", metavar="TIME", help="When the site is handed back.")
@_for_days
@click.option(
    "--if-off", type=click.Choice(list(_OVERRIDES)), help="Follow its strike days, or decide apart from them."
)
@click.option("--by", metavar="NAME", default="", callback=one_line, help="Who decided; with --if-off.")
@click.option("--reason", metavar="TEXT", default="", help="Why; with --if-off.")
@as_json
@click.pass_obj
def edit(source: tuple[Path, str | None], name: str, json_: bool, **given: Any) -> None:
    """Change what is given of a rally, as one edit; the rest stays."""
    from rallyapp.store import queries

    with opened(*source) as store:
        meant = rally_meant(store, name)
        with store.edit(f"Change {meant.title}") as writing:
            part = queries.rally_part(store, meant.id)  # as it is now that nobody else can write
            was = part.find(Rally, meant.id)
            if was is None:
                fail(f"Somebody deleted {meant.title} meanwhile; nothing was saved.")
            change = _changed(part, was, given)
            for record in change.edit.saved:
                writing.save(record, was=part.find(type(record), record.id))
            for record in change.edit.deleted:
                writing.delete(record)
        part = queries.rally_part(store, meant.id)
        kept = part.get(Rally, meant.id)
    off_days = off_days_words(part, kept) if given["on"] or given["strike_days"] else ""
    if json_:
        said = {"moved": change.moved or None, "told_again": len(change.edit.again), "off_days": off_days or None}
        answer({**plain_rally(part, kept), **said, "warning": change.told or None})
        return
    echo(f"Changed {words_of(part, kept)} \u2013 {standing_words(part, kept)}")
    for words in (change.moved, change.former, change.edit.words, off_days, change.told):
        if words:
            echo(words if words.endswith(".") else f"{words}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What is written, and what is said of it: what moves along, its former place, what the police were told."""

    edit: RotaEdit
    moved: str
    former: str
    told: str


def _changed(part: Plan, was: Rally, given: dict[str, Any]) -> _Change:
    """Give what is to be written; fails where nothing is."""
    move = RallyMove(rally=was)
    if given["on"] is not None:
        move = moved_to_day(part, was, read("--on", lambda: typed_day(given["on"], near=was.starts.date())))
    place = _placed(part, _decided(_worded(_timed(move.rally, given), given), given), given)
    new = redrafted(place.rally, was)
    ties, untied = _tied(part, was, given)
    saved: tuple[Record, ...] = (*place.saved, new, *move.others, *ties)
    if new == was and len(saved) == 1 and not untied:
        fail("Nothing to change was given: see \u201crallyapp rally PLAN edit --help\u201d.")
    draft = "" if move.draft else draft_words(new, was)
    return _Change(
        edit=reinstated(part, saved, (*untied, *place.deleted)),
        moved=". ".join(words for words in (move.words, draft) if words),
        former=place.former,
        told=march_told_words(part.changed([new], ()), new),
    )


def _timed(rally: Rally, given: dict[str, Any]) -> Rally:
    """Give the rally of the kind and with the times that were given."""
    new = of_kind(rally, _KINDS[given["kind"]]) if given["kind"] else rally
    times: dict[str, datetime | None] = {}
    for field in TIMES:
        if (text := given[field]) is None:
            continue
        none = text.strip().casefold() == "none" and field not in ("starts", "ends")
        if field == "move_off" and not none and not new.kind.marches:
            fail(f"--move-off: {new.title} is a {new.kind}, which doesn\u2019t move off: give --kind march, too.")
        option = f"--{field.replace('_', '-')}"
        times[field] = None if none else read(option, partial(typed_moment, text, day=new.starts.date()))
    return retimed(new, **times)


def _worded(rally: Rally, given: dict[str, Any]) -> Rally:
    plain = {field: given[field] for field in ("title", "purpose") if given[field] is not None}
    if given["expected"] is not None:
        plain["expected"] = _number("--expected", given["expected"])
    return replace(rally, **plain)


def _placed(part: Plan, rally: Rally, given: dict[str, Any]) -> PlaceMove:
    """Give the rally at the place that was given, and what is written of places for it."""
    if given["place"] is None:
        return PlaceMove(rally=rally)
    if not given["place"]:
        fail("--place: write the name of a place.")
    return held_at(part, rally, given["place"])


def _tied(part: Plan, was: Rally, given: dict[str, Any]) -> tuple[list[RallyDay], list[RallyDay]]:
    """Give the ties to strike days that are new, and those that are undone."""
    if not given["strike_days"]:
        return [], []
    days = sorted(part.all(StrikeDay), key=lambda each: each.window.start)
    wanted = _days_meant(days, given["strike_days"], was.starts.date())
    links = {link.strike_day_id: link for link in part.of(RallyDay, "rally_id", was.id)}
    new = [
        RallyDay(id=RallyDayId(new_id()), rally_id=was.id, strike_day_id=day_id)
        for day_id in wanted
        if day_id not in links
    ]
    return new, [link for day_id, link in links.items() if day_id not in wanted]


def _decided(rally: Rally, given: dict[str, Any]) -> Rally:
    override = _OVERRIDES.get(given["if_off"] or "", Override.FOLLOWS)
    if override is not Override.FOLLOWS:
        return decided_apart(rally, override, by=given["by"], reason=given["reason"])
    if given["by"] or given["reason"]:
        fail("--by and --reason go with --if-off goes-ahead or --if-off stood-down.")
    return following(rally) if given["if_off"] else rally
