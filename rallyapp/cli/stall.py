"""The command for partner charities' stalls: list, show, add, edit and count, as a script would need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.finding_stall import partner_name, stall_meant, with_picket
from rallyapp.cli.shell import OfPlan, answer, as_json, echo, fail, now, one_line, opened, passphrase_file, plan_file
from rallyapp.domain import stall_edits, stand_down, tallies
from rallyapp.domain.pickets import Assignment, Need, Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record, problems_of
from rallyapp.domain.stall_times import typed_stall_time
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState, Tally
from rallyapp.domain.times import clock, day_words, span_words
from rallyapp.domain.typed_moments import typed_moment

_STATES = {str(state).replace(" ", "-"): state for state in StallState}
_IF_OFF = {str(each).replace(" ", "-"): each for each in IfOff}
_LISTED = 8


@click.group(
    cls=OfPlan, invoke_without_command=True, short_help="List, add, edit and count partner charities\u2019 stalls."
)
@plan_file
@passphrase_file
@as_json
@click.pass_context
def stall(context: click.Context, plan: Path, passphrase_file: str | None, json_: bool) -> None:
    """List a plan\u2019s stalls, or show, add, edit or count one.

    NAME is a stall\u2019s id, or words that fit one only: the partner\u2019s name, and where it has several, the
    rally\u2019s title, the place or the date.
    """
    context.obj = (plan, passphrase_file)
    if context.invoked_subcommand is None:
        with opened(plan, passphrase_file) as store:
            part = _part(store)
        _list(plan, part, json_)


def _part(store: Any) -> Plan:
    from rallyapp.store.stall_queries import stalls_part

    part: Plan = stalls_part(store)
    return part


# ------------------------------------------------------------------------------------------------ reading
def _list(path: Path, plan: Plan, json_: bool) -> None:
    stalls = sorted(
        plan.all(Stall), key=lambda each: (stall_edits.starts_of(plan, each), partner_name(plan, each), each.id)
    )
    if json_:
        answer({"plan": str(path), "stalls": [_plain(plan, each) for each in stalls]})
        return
    for each in stalls:
        said = tallies.words(plan.of(Tally, "stall_id", each.id), each.target)
        counted = f", {said}" if plan.of(Tally, "stall_id", each.id) or each.target else ""
        echo(f"{partner_name(plan, each)}: {_state(plan, each)}{counted}")
        echo(f"  {stall_edits.where_words(plan, each)}")
    if not stalls:
        echo("There is no stall in this plan: add one with \u201crallyapp stall PLAN add --partner NAME\u201d.")


def _state(plan: Plan, stall: Stall) -> str:
    status = stand_down.of_stall(plan, stall)
    return str(stall.state) if status.going is stand_down.Going.ON else f"{stall.state}, {status.going}"


def _plain(plan: Plan, stall: Stall) -> dict[str, Any]:
    """Give a stall as JSON: whole words and numbers, totals only."""
    partner, status = plan.get(Partner, stall.partner_id), stand_down.of_stall(plan, stall)
    counted = plan.of(Tally, "stall_id", stall.id)
    shifts = sorted(plan.of(Shift, "stall_id", stall.id), key=lambda each: (each.starts, each.id))
    return {
        "id": stall.id,
        "partner": partner.name,
        "charity_number": partner.charity_number,
        "where": stall_edits.where_words(plan, stall),
        "state": str(stall.state),
        "going": str(status.going),
        "why": status.why,
        "if_off": str(stall.if_off),
        "pitch": stall.pitch,
        "pins": [pin.number for pin in plan.of(Pin, "stall_id", stall.id)],
        "size": stall_edits.size_words(stall.width, stall.depth),
        "arrives": stall.arrives.isoformat("T", "minutes") if stall.arrives else None,
        "leaves": stall.leaves.isoformat("T", "minutes") if stall.leaves else None,
        "on_day_contact": stall.on_day_contact,
        "on_day_phone": stall.on_day_phone,
        "volunteers_wanted": stall.volunteers_wanted,
        "kits": stall.kits,
        "insurance_seen": stall.insurance_seen,
        "risk_assessment_seen": stall.risk_assessment_seen,
        "money_collected": stall.money_collected,
        "permit": stall.permit,
        "told_at": stall.stood_down_told_at.isoformat("T", "minutes") if stall.stood_down_told_at else None,
        "target": stall.target,
        "signed_up": tallies.total(counted),
        "tallies": [
            {"at": each.at.isoformat("T", "minutes"), "count": each.count} for each in tallies.in_order(counted)
        ],
        "shifts": [
            {
                "id": shift.id,
                "starts": shift.starts.isoformat("T", "minutes"),
                "ends": shift.ends.isoformat("T", "minutes"),
                "wished": sum(need.wished for need in plan.of(Need, "shift_id", shift.id)),
                "on": sum(row.state.counts for row in plan.of(Assignment, "shift_id", shift.id)),
            }
            for shift in shifts
        ],
    }


name_or_id = click.argument("name", metavar="NAME...", nargs=-1, required=True)


@stall.command()
@name_or_id
@as_json
@click.pass_obj
def show(given: tuple[Path, str | None], name: tuple[str, ...], json_: bool) -> None:
    """Say all about one stall."""
    with opened(*given) as store:
        plan = _part(store)
    found = stall_meant(plan, name)
    _show(given[0], plan, found, json_)


def _show(path: Path, plan: Plan, found: Stall, json_: bool) -> None:
    if json_:
        answer({"plan": str(path), **_plain(plan, found)})
        return
    partner = plan.get(Partner, found.partner_id)
    echo(f"{partner.name}: {_state(plan, found)}")
    status, seen = stand_down.of_stall(plan, found), {True: "seen", False: "not seen"}
    stay = span_words(found.arrives, found.leaves) if found.arrives else ""
    told = found.stood_down_told_at
    rows = (
        ("Where", stall_edits.where_words(plan, found)),
        ("Why", status.why),
        ("If the strike is off", str(found.if_off)),
        ("Told", f"{clock(told)}, {day_words(told.date())}" if told else ""),
        ("Pitch", found.pitch),
        ("Needs", stall_edits.needs_words(found)),
        ("There", stay),
        ("On the day", ", ".join(filter(None, (found.on_day_contact, found.on_day_phone)))),
        ("Insurance", seen[found.insurance_seen]),
        ("Risk assessment", seen[found.risk_assessment_seen]),
        ("Collects money", f"yes; permit {found.permit or 'not entered'}" if found.money_collected else ""),
        ("Signed up", tallies.words(plan.of(Tally, "stall_id", found.id), found.target)),
    )
    for label, value in rows:
        if value:
            echo(f"  {label}: {value}")
    for shift in sorted(plan.of(Shift, "stall_id", found.id), key=lambda each: (each.starts, each.id)):
        wished = sum(need.wished for need in plan.of(Need, "shift_id", shift.id))
        on = sum(row.state.counts for row in plan.of(Assignment, "shift_id", shift.id))
        echo(f"  Shift {shift.words}: {on} of {wished}")


# ------------------------------------------------------------------------------------------------ writing
def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for what can be said about a stall."""
    yes = "/"
    for option in reversed(
        (
            click.option("--state", type=click.Choice(list(_STATES)), help="How far it has come."),
            click.option("--if-off", "if_off", type=click.Choice(list(_IF_OFF)), help="Whether it comes all the same."),
            click.option("--pitch", callback=one_line, help="Where it stands."),
            click.option("--size", metavar="\u201c3 x 3 m\u201d", help="Width and depth of the pitch."),
            click.option("--tables", type=click.IntRange(0, 500)),
            click.option("--chairs", type=click.IntRange(0, 5000)),
            click.option("--power", callback=one_line),
            click.option("--shelter", callback=one_line),
            click.option(
                "--arrives",
                metavar="TIME",
                help="When it arrives: 10:15, or Wed 2 Dec 01:00; without a day at its rally or picket.",
            ),
            click.option("--leaves", metavar="TIME", help="When it leaves, said alike."),
            click.option("--vehicle", callback=one_line),
            click.option("--contact", "on_day_contact", callback=one_line, help="Who is there on the day."),
            click.option("--phone", "on_day_phone", callback=one_line, help="Their phone."),
            click.option("--volunteers", "volunteers_wanted", type=click.IntRange(0, 500)),
            click.option("--kits", type=click.IntRange(0, 100_000)),
            click.option("--target", type=click.IntRange(0, 100_000), help="How many sign-ups are hoped for."),
            click.option(f"--insurance-seen{yes}--insurance-not-seen", "insurance_seen", default=None),
            click.option(f"--risk-seen{yes}--risk-not-seen", "risk_assessment_seen", default=None),
            click.option(f"--collects-money{yes}--collects-none", "money_collected", default=None),
            click.option("--permit", callback=one_line, help="The council\u2019s permit for the collection."),
            click.option("--told", metavar="now|TIME", help="When the partner was told that the strike is off."),
        )
    ):
        command = option(command)
    return command


def _changed(plan: Plan, stall: Stall, said: dict[str, Any]) -> tuple[Record, ...]:
    """Give the records that hold what was said; a new state goes by its rule."""
    plain = {
        name: value
        for name, value in said.items()
        if value is not None and name not in ("state", "if_off", "size", "arrives", "leaves", "told")
    }
    if said["size"] is not None:
        try:
            plain["width"], plain["depth"] = stall_edits.typed_size(said["size"])
        except ValueError as error:
            fail(f"{error}.")
    for name in ("arrives", "leaves"):
        if said[name] is not None:
            plain[name] = _time(plan, stall, said[name])
    if said["told"] is not None:
        plain["stood_down_told_at"] = now() if said["told"] == "now" else _told(said["told"])
    new = replace(stall, **plain)
    records: dict[str, Record] = {new.id: new}
    for wanted, decide in (
        (_IF_OFF.get(said["if_off"] or ""), stall_edits.decide_if_off),
        (_STATES.get(said["state"] or ""), stall_edits.move_stall),
    ):
        held = new.if_off if isinstance(wanted, IfOff) else new.state
        if wanted is None or wanted is held:
            continue
        now_so = plan.changed(records.values(), ())
        made = decide(now_so, new, wanted)  # type: ignore[operator]
        records |= {record.id: record for record in made.saved}
        new = next(record for record in made.saved if isinstance(record, Stall))
    for problem in problems_of(new):
        fail(f"{problem.sentence}.")
    return tuple(records.values())


def _time(plan: Plan, stall: Stall, text: str) -> datetime:
    try:
        return typed_stall_time(plan, stall, text)
    except ValueError as error:
        fail(f"{error}.")


def _told(text: str) -> datetime:
    try:
        return typed_moment(text, day=now().date())
    except ValueError as error:
        fail(f"{error}.")


@stall.command()
@click.option(
    "--partner", required=True, callback=one_line, help="The charity\u2019s name; a new one is made if it is not known."
)
@click.option("--rally", "rally", metavar="TEXT", help="At this rally: words of its title, venue or date.")
@click.option("--picket", "picket", metavar="TEXT", help="At this picket: words of its entrance, site or date, or id.")
@click.option("--as-last", is_flag=True, help="With what they needed at their last stall.")
@_fields
@as_json
@click.pass_obj
def add(
    given: tuple[Path, str | None],
    partner: str,
    rally: str | None,
    picket: str | None,
    as_last: bool,
    json_: bool,
    **said: Any,
) -> None:
    """Add a partner\u2019s stall to a rally or a picket."""
    if rally is not None and picket is not None:
        fail("A stall is at one rally or at one picket: give --rally or --picket, not both.")
    with opened(*given) as store:
        part = _part(store)
        if picket is not None:
            part, at = with_picket(store, part, picket)
        else:
            at = {"rally_id": rally_meant(store, rally).id}
        found = stall_edits.new_stall(part, partner, **at)  # type: ignore[arg-type]
        whole = part.changed(found.saved, ())
        new = found.stall
        last = stall_edits.last_stall(whole, new) if as_last else None
        if as_last and last is None:
            fail(f"{found.partner.name} has had no stall whose needs are known: leave --as-last away.")
        if last is not None:
            new = stall_edits.as_last(new, last)
        if said["state"] in (None, str(new.state)):
            said["state"] = None
        records = _changed(whole.changed([new], ()), new, said)
        with store.edit(f"New stall: {found.partner.name}") as edit:
            if not found.known:
                edit.save(found.partner)
            edit.save_all(records)
        after = whole.changed(records, ())
    made = after.get(Stall, found.stall.id)
    if json_:
        answer({"plan": str(given[0]), **_plain(after, made)})
    else:
        echo(f"Added the stall of {found.partner.name}: {stall_edits.where_words(after, made)}.")


@stall.command()
@name_or_id
@_fields
@as_json
@click.pass_obj
def edit(given: tuple[Path, str | None], name: tuple[str, ...], json_: bool, **said: Any) -> None:
    """Change what is known about a stall."""
    if all(value is None for value in said.values()):
        fail("Say what to change, such as --state confirmed or --target 60; --help lists it all.")
    with opened(*given) as store:
        plan = _part(store)
        found = stall_meant(plan, name)
        records = _changed(plan, found, said)
        with store.edit(f"Change the stall of {partner_name(plan, found)}") as change:
            for record in records:
                change.save(record, was=plan.find(type(record), record.id))
        after = plan.changed(records, ())
    _show(given[0], after, after.get(Stall, found.id), json_)


@stall.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", metavar="NAME... [+]NUMBER", nargs=-1, required=True)
@click.option("--at", "at", metavar="TIME", help="When it was counted: 12:40, or Wed 2 Dec 00:30; now if not said.")
@as_json
@click.pass_obj
def tally(given: tuple[Path, str | None], words: tuple[str, ...], at: str | None, json_: bool) -> None:
    """Count sign-ups at a stall: +3, or -1 to correct. Totals only: never who signed up."""
    try:
        number = tallies.typed_count(words[-1])
    except ValueError as error:
        fail(f"{error}.")
    if len(words) < 2:
        fail("Say at which stall: \u201crallyapp stall PLAN tally NAME +3\u201d.")
    with opened(*given) as store:
        plan = _part(store)
        found = stall_meant(plan, words[:-1])
        when = _time(plan, found, at) if at else now()
        made = tallies.count(plan.of(Tally, "stall_id", found.id), found.id, number, when)
        with store.edit(f"Count {words[-1]} at the stall of {partner_name(plan, found)}") as change:
            change.save(made)
        after = plan.changed([made], ())
    counted = after.of(Tally, "stall_id", found.id)
    if json_:
        answer({"plan": str(given[0]), "stall": found.id, "signed_up": tallies.total(counted), "target": found.target})
    else:
        echo(f"{partner_name(after, found)}: {tallies.words(counted, found.target)}.")
