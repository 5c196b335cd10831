"""The commands of rallies: list, show, add and edit one, and its running order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from rallyapp import carried
from rallyapp.cli.finding import folded
from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.shell import OfPlan, answer, as_json, echo, fail, now, opened, passphrase_file, plan_file
from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import ProgrammeItemId, RallyDayId, SpeakerId, StrikeDayId, VenueId, new_id
from rallyapp.domain.new_plan import parse_span
from rallyapp.domain.new_rally import RallyWanted, new_rally, times_on, venue_named
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Problem
from rallyapp.domain.rallies import Override, ProgrammeItem, Rally, RallyDay, RallyKind, Speaker
from rallyapp.domain.rally_edits import (
    TIMES,
    decided_apart,
    following,
    march_told_words,
    moved_to_day,
    retimed,
    standing_words,
    times_of,
)
from rallyapp.domain.records import to_plain
from rallyapp.domain.running_order import Line, overrun, running_order
from rallyapp.domain.times import clock, day_words, minutes_words
from rallyapp.domain.typed import typed_day
from rallyapp.domain.typed_moments import typed_moment

T = TypeVar("T")
_MOST_MINUTES = 24 * 60
_MOST_BYTES = 2_000_000
_KINDS = {"static": RallyKind.STATIC, "march": RallyKind.MARCH, "march-and-rally": RallyKind.MARCH_AND_RALLY}
_OVERRIDES = {
    "follows": Override.FOLLOWS,
    "goes-ahead": Override.GOES_AHEAD,
    "stood-down": Override.STOOD_DOWN,
}


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
        rallies = _in_order(store)
        known = _small(store)
    if json_:
        answer({"plan": str(plan), "rallies": [_plain(known, each) for each in rallies]})
        return
    if not rallies:
        echo("There is no rally in this plan.")
    for each in rallies:
        echo(f"{_words(known, each)} \u2013 {standing_words(known, each)}")


# ----------------------------------------------------------------------------------------------- finding
def _in_order(store: Any) -> list[Rally]:
    return sorted(store.all(Rally), key=lambda each: (each.starts, each.title, each.id))


def _small(store: Any) -> Plan:
    """Read what a rally's standing and place follow from."""
    return Plan([*store.all(StrikeDay), *store.all(Venue), *store.all(Rally), *store.all(RallyDay)])


def _words(plan: Plan, each: Rally) -> str:
    venue = plan.get(Venue, each.venue_id).name
    return f"{each.title}, {venue}, {day_words(each.starts.date())} {each.words}"


def _read(what: str, read: Callable[[], T]) -> T:
    """Read something typed; what is wrong with it is said with the option's name."""
    try:
        return read()
    except ValueError as error:
        fail(f"{what}: {str(error).rstrip('.')}.")


# --------------------------------------------------------------------------------------------------- show
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
                **_plain(part, found),
                "missing": lacks,
                "problems": [{"severity": str(each.severity), "sentence": each.sentence} for each in problems],
                "running_order": _plain_order(part, found),
            }
        )
        return
    echo(_words(part, found))
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


def _plain(plan: Plan, each: Rally) -> dict[str, Any]:
    status = stand_down.of_rally(plan, each)
    return {
        **to_plain(each),
        "venue": plan.get(Venue, each.venue_id).name,
        "strike_days": [link.strike_day_id for link in plan.of(RallyDay, "rally_id", each.id)],
        "going": str(status.going),
        "why": status.why or None,
    }


# -------------------------------------------------------------------------------------------- add and edit
_kind = click.option("--kind", type=click.Choice(list(_KINDS)), help="Whether people stand, walk, or both.")
_expected = click.option("--expected", metavar="NUMBER", help="How many are expected at the peak.")
_purpose = click.option("--purpose", metavar="TEXT", help="What it is for, in a sentence.")
_for_days = click.option(
    "--strike-day", "strike_days", metavar="DAY", multiple=True, help="A strike day that it belongs to; several times."
)


@rally.command(short_help="Add a rally.")
@click.option("--title", metavar="TEXT", required=True, help="What it is called.")
@click.option("--place", metavar="NAME", required=True, help="Where it is: a venue of the plan, or a new one's name.")
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
        day = _read("--on", lambda: typed_day(on, near=near))
        starts, ends = _read("--at", lambda: times_on(day, parse_span(at, nights=True)))
        model = rally_meant(store, like) if like else None
        part = queries.rally_part(store, model.id) if model else _small(store)
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
        known = _small(store)
        kept = store.get(Rally, made.rally.id)
    if json_:
        answer(_plain(known, kept))
    else:
        copied = f" Copied: {made.words}." if made.words else ""
        echo(f"Added {_words(known, kept)}.{copied}")


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
        on = _read("--strike-day", lambda text=text: typed_day(text, near=near))  # type: ignore[misc]
        fitting = [each.id for each in days if each.first_date <= on <= each.window.end.date()]
        if not fitting:
            named = "; ".join(day_words(each.first_date) for each in days) or "none"
            fail(f"--strike-day: {day_words(on)} is no strike day of this plan. It has: {named}.")
        found += fitting
    return tuple(dict.fromkeys(found))


@rally.command(short_help="Change a rally.")
@click.argument("name", metavar="RALLY")
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option("--place", metavar="NAME", help="Where it is: a venue of the plan, or a new one's name.")
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
@click.option("--by", metavar="NAME", default="", help="Who decided; with --if-off.")
@click.option("--reason", metavar="TEXT", default="", help="Why; with --if-off.")
@as_json
@click.pass_obj
def edit(source: tuple[Path, str | None], name: str, json_: bool, **given: Any) -> None:
    """Change what is given of a rally, as one edit; the rest stays."""
    from rallyapp.store import queries

    with opened(*source) as store:
        was = rally_meant(store, name)
        part = queries.rally_part(store, was.id)
        new, others = _edited(store, part, was, given)
        if new == was and not others:
            fail("Nothing to change was given: see \u201crallyapp rally PLAN edit --help\u201d.")
        told = march_told_words(part.changed([new], ()), new)
        with store.edit(f"Change {was.title}") as writing:
            for record in others:
                if isinstance(record, Venue):
                    writing.save(record)
            writing.save(new, was=was)
            for record in others:
                if isinstance(record, _Unlink):
                    writing.delete(record.link)
                elif not isinstance(record, Venue):
                    writing.save(record)
        known = _small(store)
        kept = store.get(Rally, was.id)
    if json_:
        answer({**_plain(known, kept), "warning": told or None})
        return
    echo(f"Changed {_words(known, kept)} \u2013 {standing_words(known, kept)}")
    if told:
        echo(told)


class _Unlink:
    """A strike day that a rally no longer belongs to."""

    def __init__(self, link: RallyDay) -> None:
        self.link = link


def _edited(store: Any, part: Plan, was: Rally, given: dict[str, Any]) -> tuple[Rally, list[Any]]:
    """Give the rally as it is to be, and what is written or unlinked with it."""
    new, others = was, []
    if given["on"]:
        day = _read("--on", lambda: typed_day(given["on"], near=was.starts.date()))
        move = moved_to_day(part, was, day)
        new, others = move.rally, list(move.others)
    if given["kind"]:
        kind = _KINDS[given["kind"]]
        new = replace(new, kind=kind, move_off=new.move_off if kind.marches else None)
    times: dict[str, datetime | None] = {}
    for field in TIMES:
        if text := given[field]:
            option = f"--{field.replace('_', '-')}"
            none = text.strip().casefold() == "none" and field not in ("starts", "ends")
            times[field] = None if none else _read(option, lambda text=text: typed_moment(text, day=new.starts.date()))  # type: ignore[misc]
    new = retimed(new, **times)
    for field in ("title", "purpose"):
        if given[field] is not None:
            new = replace(new, **{field: given[field]})
    if given["expected"] is not None:
        new = replace(new, expected=_number("--expected", given["expected"]))
    if given["place"]:
        venue = venue_named(part.all(Venue), given["place"])
        if venue is None:
            venue = Venue(id=VenueId(new_id()), name=" ".join(given["place"].split()))
            others.append(venue)
        new = replace(new, venue_id=venue.id)
    if given["strike_days"]:
        days = sorted(store.all(StrikeDay), key=lambda each: each.window.start)
        wanted = _days_meant(days, given["strike_days"], was.starts.date())
        links = {link.strike_day_id: link for link in part.of(RallyDay, "rally_id", was.id)}
        others += [_Unlink(link) for day_id, link in links.items() if day_id not in wanted]
        others += [
            RallyDay(id=RallyDayId(new_id()), rally_id=was.id, strike_day_id=day_id)
            for day_id in wanted
            if day_id not in links
        ]
    return _decided(new, given), others


def _decided(new: Rally, given: dict[str, Any]) -> Rally:
    if not given["if_off"]:
        if given["by"] or given["reason"]:
            fail("--by and --reason go with --if-off.")
        return new
    override = _OVERRIDES[given["if_off"]]
    if override is Override.FOLLOWS:
        return following(new)
    return decided_apart(new, override, by=given["by"], reason=given["reason"])


# ------------------------------------------------------------------------------------------ running order
@rally.command(short_help="Show a running order, or take one from a file.")
@click.argument("name", metavar="RALLY")
@click.option(
    "--from",
    "from_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Put this JSON list in its place: title, minutes, and as wished at, who, stage_note, cue.",
)
@as_json
@click.pass_obj
def order(source: tuple[Path, str | None], name: str, from_file: Path | None, json_: bool) -> None:
    """Show a running order by the clock, and how it fits before the hard finish; with --from, take one from a file.

    Who speaks is a speaker of the rally where one has that name, and a name on the line where none has. Issued
    versions stay.
    """
    from rallyapp.store import queries

    with opened(*source) as store:
        found = rally_meant(store, name)
        part = queries.rally_part(store, found.id)
        if from_file is not None:
            items = _items(from_file, found, part)
            with store.edit(f"Take the running order of {found.title} from a file") as writing:
                for old in part.of(ProgrammeItem, "rally_id", found.id):
                    writing.delete(old)
                writing.save_all(items)
            part = queries.rally_part(store, found.id)
    if json_:
        answer({"rally": found.title, **_plain_order(part, found)})
        return
    lines = running_order(part.of(ProgrammeItem, "rally_id", found.id), found.starts)
    if not lines:
        echo("No line of the running order was entered.")
        return
    for line in lines:
        who = _who(part, line)
        fixed = " (fixed)" if line.item.fixed is not None else ""
        echo(f"{clock(line.starts)}  {line.item.minutes:>3} min  {line.item.title}{f', {who}' if who else ''}{fixed}")
    echo(_fit(overrun(lines, found.ends), found))


def _fit(over: int, found: Rally) -> str:
    finish = f"the hard finish ({clock(found.ends)})"
    if over > 0:
        return f"Runs {minutes_words(over)} past {finish}."
    return f"Ends {minutes_words(-over)} before {finish}." if over else f"Ends at {finish}."


def _who(plan: Plan, line: Line) -> str:
    speaker = plan.find(Speaker, line.item.speaker_id)
    return speaker.name if speaker else line.item.who


def _plain_order(plan: Plan, found: Rally) -> dict[str, Any]:
    lines = running_order(plan.of(ProgrammeItem, "rally_id", found.id), found.starts)
    return {
        "lines": [
            {
                "starts": line.starts.isoformat("T", "minutes"),
                "ends": line.ends.isoformat("T", "minutes"),
                "title": line.item.title,
                "minutes": line.item.minutes,
                "fixed": line.item.fixed is not None,
                "who": _who(plan, line),
                "stage_note": line.item.stage_note,
                "cue": line.item.cue,
                "slack": line.slack,
            }
            for line in lines
        ],
        "hard_finish": found.ends.isoformat("T", "minutes"),
        "over_by": max(0, overrun(lines, found.ends)),
    }


_FIELDS = {"title", "minutes", "at", "who", "stage_note", "cue"}


def _items(path: Path, found: Rally, part: Plan) -> list[ProgrammeItem]:
    speakers = {folded(each.name): each.id for each in part.of(Speaker, "rally_id", found.id)}
    return [_item(number, row, found, speakers, path.name) for number, row in enumerate(_rows(path), start=1)]


def _rows(path: Path) -> Iterator[Any]:
    shown = f"\u201c{path.name}\u201d"
    try:
        if path.stat().st_size > _MOST_BYTES:
            fail(f"{shown} is too large for a running order.")
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fail(f"{shown} can't be read: {error.strerror or error}.")
    except (ValueError, RecursionError):
        fail(f"{shown} is not JSON in UTF-8.")
    if not isinstance(rows, list) or not rows:
        fail(f'{shown} must hold a list of lines, such as [{{"title": "Welcome", "minutes": 5}}].')
    return iter(rows)


def _item(number: int, row: Any, found: Rally, speakers: dict[str, SpeakerId], file: str) -> ProgrammeItem:
    where = f"\u201c{file}\u201d, line {number}"
    if not isinstance(row, dict):
        fail(f'{where}: a line is an object such as {{"title": "Welcome", "minutes": 5}}.')
    if unknown := sorted(set(row) - _FIELDS):
        fail(f"{where}: \u201c{unknown[0][:40]}\u201d is not known; a line has {', '.join(sorted(_FIELDS))}.")
    texts = {name: row.get(name, "") for name in _FIELDS - {"minutes"}}
    for name, text in texts.items():
        if not isinstance(text, str):
            fail(f"{where}: {name} must be text.")
    if not texts["title"].strip():
        fail(f"{where}: the title is missing.")
    minutes = row.get("minutes")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes <= _MOST_MINUTES:
        fail(f"{where}: minutes must be a whole number from 0 to {_MOST_MINUTES}.")
    fixed = None
    if texts["at"].strip():
        fixed = _read(where, lambda: typed_moment(texts["at"], day=found.starts.date()))
    speaker = speakers.get(folded(texts["who"])) if texts["who"].strip() else None
    return ProgrammeItem(
        id=ProgrammeItemId(new_id()),
        rally_id=found.id,
        position=number,
        title=" ".join(texts["title"].split()),
        minutes=minutes,
        fixed=fixed,
        speaker_id=speaker,
        who="" if speaker else " ".join(texts["who"].split()),
        stage_note=texts["stage_note"],
        cue=" ".join(texts["cue"].split()),
    )
