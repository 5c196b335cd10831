"""The command for when somebody drops out: whom to ask, and what would change least."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rallyapp.cli.shell import FINE, FOUND, answer, as_json, echo, fail, opened, passphrase_file, plan_file
from rallyapp.domain import stand_down
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Channel, Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import clock, day_words, long_day_words, parse_clock, span_words

if TYPE_CHECKING:
    from rallyapp.rota.cover import Cover, Missing, Replan
    from rallyapp.rota.suggest import Suggestion, Suggestions

LISTED = 12  # people to list in all, and of each group at least so many of them:
_OF_EACH = 3
_TITLES = ("Nothing speaks against", "Could be talked over", "On another shift then, or kept by work")


@click.command(short_help="Find somebody for a shift that lost somebody.")
@plan_file
@click.argument("shift", metavar="SHIFT...", nargs=-1, required=True)
@click.option("--without", "without", metavar="PERSON", help="Who dropped out: a part of their name, or their id.")
@click.option("--role", "role", metavar="ROLE", help="Look at this role only, such as \u201cpicket supervisor\u201d.")
@click.option("--apply", "apply", is_flag=True, help="Write the withdrawal and the changes, as one edit.")
@passphrase_file
@as_json
def cover(
    plan: Path,
    shift: tuple[str, ...],
    without: str | None,
    role: str | None,
    apply: bool,
    passphrase_file: str | None,
    json_: bool,
) -> int:
    """Say what a shift lacks, whom to ask, and which re-plan changes least.

    SHIFT is a shift's id, or words that fit one shift only: its place, date and time, as in \u201cmain entrance 1 dec
    08:00\u201d. Nobody who was asked or has confirmed is moved. Leaves with 1 where nobody can be found.
    """
    from rallyapp.rota import cover as covering

    with opened(plan, passphrase_file) as store:
        version = store.version
        whole: Plan = store.plan()
        wanted = _shift(whole, " ".join(shift))
        gone = None if without is None else _person_on(whole, wanted, without)
        only = _role(whole, wanted, role)
        found = covering.cover(whole, wanted, without=gone, role=only)
        saved, deleted = found.writes()
        if apply and (saved or deleted):
            _write(store, version, f"Cover {_words(whole, wanted)}", saved, deleted)
    told = _plain(plan, found, gone, applied=apply and bool(saved or deleted))
    if json_:
        answer(told)
    else:
        _report(found, gone, only, told, apply=apply)
    return FINE if found.replan.covers else FOUND


def _write(store: Any, version: int, label: str, saved: Iterable[Assignment], deleted: Iterable[Assignment]) -> None:
    with store.edit(label) as edit:
        since = [each.operation for each in store.changes_since(version)]
        if any(each.id != edit.operation.id and each.kind != "note" for each in since):
            fail("Somebody changed the plan meanwhile: nothing was written. Try again.")
        for row in deleted:
            edit.delete(row)
        edit.save_all(saved)


# ------------------------------------------------------------------------------------------- what is meant
def _words(plan: Plan, shift: Shift) -> str:
    return f"{plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"


def _shift(plan: Plan, text: str) -> Shift:
    """Find the one shift that is meant, by id or by words, and make sure that it goes ahead."""
    found = plan.find(Shift, text.strip())
    if found is None:
        words = [each for each in text.casefold().replace(",", " ").split() if each not in ("at", "on", "the")]
        shifts = sorted(plan.all(Shift), key=lambda each: (each.starts, plan.place_words(each), each.id))
        fitting = [each for each in shifts if words and _fits(words, plan, each)]
        if not fitting:
            has = f"It has: {_listed(plan, shifts)}" if shifts else "It has none yet"
            fail(f"No shift in this plan fits \u201c{text}\u201d. {has}.")
        if len(fitting) > 1:
            fail(
                f"{len(fitting)} shifts fit \u201c{text}\u201d; add the place, date or time: {_listed(plan, fitting)}."
            )
        found = fitting[0]
    status = stand_down.of_shift(plan, found)
    if not status.on:
        fail(f"{_words(plan, found)} does not go ahead ({status.why}): nobody is needed there.")
    return found


def _listed(plan: Plan, shifts: list[Shift]) -> str:
    more = f" and {len(shifts) - 6} more" if len(shifts) > 6 else ""
    return f"{'; '.join(_words(plan, each) for each in shifts[:6])}{more}"


def _fits(words: Iterable[str], plan: Plan, shift: Shift) -> bool:
    day, starts = shift.starts.date(), clock(shift.starts)
    said = re.findall(r"[^\s,]+", f"{plan.place_words(shift)} {shift.label}".casefold())
    said += f"{day_words(day)} {long_day_words(day)}".casefold().split()
    exact = {day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%Y}", starts, *said}
    exact |= {span_words(shift.starts, shift.ends), f"{starts}-{clock(shift.ends)}"}
    return all(
        word in exact or _time(word) == starts or (not word.isdigit() and any(each.startswith(word) for each in said))
        for word in words
    )


def _time(word: str) -> str | None:
    """Read a time of day such as 8:00, 0800 or 8am; a bare number is a day."""
    if word.isdigit() and len(word) < 4:
        return None
    try:
        return clock(parse_clock(word))
    except ValueError:
        return None


def _person_on(plan: Plan, shift: Shift, text: str) -> PersonId:
    """Find who is meant among those counted on for a shift."""
    rows = [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
    people = {each.person_id: plan.get(Person, each.person_id) for each in rows}
    words = text.casefold().split()
    fitting = [
        person
        for person in people.values()
        if person.id == text.strip()
        or (words and all(any(part.startswith(word) for part in person.name.casefold().split()) for word in words))
    ]
    named = ", ".join(sorted(person.name for person in fitting or people.values()))
    if not people:
        fail(f"Nobody is on {_words(plan, shift)}: leave \u201c--without\u201d away.")
    if not fitting:
        fail(f"Nobody on {_words(plan, shift)} fits \u201c{text}\u201d. On it: {named}.")
    if len(fitting) > 1:
        fail(f"Several on {_words(plan, shift)} fit \u201c{text}\u201d: {named}. Give the whole name, or an id.")
    return fitting[0].id


def _role(plan: Plan, shift: Shift, text: str | None) -> Role | None:
    """Find the role that is meant, among those which the shift has."""
    if text is None:
        return None
    from rallyapp.rota.cover import roles_of

    known = roles_of(plan, shift)
    fitting = [each for each in known if each == text.casefold().strip()] or [
        each for each in known if each.startswith(text.casefold().strip())
    ]
    if len(fitting) != 1:
        fail(f"No role on {_words(plan, shift)} is called \u201c{text}\u201d. It has: {', '.join(known) or 'none'}.")
    return fitting[0]


# --------------------------------------------------------------------------------------------- the answer
def _plain(plan: Path, found: Cover, gone: PersonId | None, *, applied: bool) -> dict[str, Any]:
    whole = found.plan
    return {
        "plan": str(plan),
        "shift": found.shift.id,
        "where": whole.place_words(found.shift),
        "when": f"{day_words(found.shift.starts.date())} {found.shift.words}",
        "without": None if gone is None else whole.name_of(gone),
        "applied": applied,
        "covered": found.replan.covers,
        "missing": [
            {
                "role": str(each.role),
                "skill": None if each.skill is None else str(each.skill),
                "missing": each.missing,
                "short": each.short,
                "words": each.words,
                "people": [_person(one) for one in people.people],
                "more": people.more,
                "against": {str(why): count for why, count in people.against.items()},
            }
            for each, people in zip(found.missing, found.asked, strict=True)
        ],
        "replan": _steps(whole, found.replan),
        "only_by_moving": None if found.instead is None else _steps(whole, found.instead),
    }


def _person(one: Suggestion) -> dict[str, Any]:
    return {
        "id": one.person.id,
        "name": one.person.name,
        "fits": one.fits,
        "group": one.group.name.lower(),
        "words": one.words,
        "why_not": [reason.sentence for reason in one.reasons],
        "moves": list(one.moves),
        "minutes": one.minutes,
        "phone": one.person.phone,
        "email": one.person.email,
        "channel": str(one.person.channel),
    }


def _steps(plan: Plan, replan: Replan) -> dict[str, Any]:
    from rallyapp.rota.cover import step_words

    return {
        "changes": replan.changes,
        "steps": [
            {
                "person": step.person.name,
                "role": str(step.role),
                "to": None if step.shift is None else step.shift.id,
                "from": None if step.leaves is None else step.leaves.shift_id,
                "words": step_words(plan, step),
            }
            for step in replan.steps
        ],
    }


def _report(found: Cover, gone: PersonId | None, only: Role | None, told: Mapping[str, Any], *, apply: bool) -> None:
    name = "" if gone is None else f" without {found.plan.name_of(gone)}"
    if not found.missing:
        echo(f"{_words(found.plan, found.shift)}{name} has everybody that it needs{f' as {only}' if only else ''}.")
    for missing, people in zip(found.missing, found.asked, strict=True):
        short = "" if missing.short else ", more than it must have"
        echo(f"{_words(found.plan, found.shift)}{name}: {missing.words} missing (of {missing.goal}{short}).")
        _report_people(missing, people)
    if gone is not None:
        _report_others(found, gone)
    if found.missing:
        _report_replan(told)
    if told["applied"]:
        what = f"{found.plan.name_of(gone)} has withdrawn" if gone is not None else "Written"
        echo(f"{what}; \u201crallyapp undo\u201d takes it back.")
    elif not apply and (found.replan.steps or gone is not None):
        echo("Nothing was written: with --apply it is.")


def _report_people(missing: Missing, people: Suggestions) -> None:
    from rallyapp.rota.suggest import Group

    left = LISTED
    for group, title in zip(Group, _TITLES, strict=True):
        listed = people.of(group)
        shown = listed[: max(left, _OF_EACH)]
        left -= len(shown)
        if listed:
            echo(f"  {title}:")
        for one in shown:
            echo(f"    {one.person.name} ({_reached(one.person)}): {one.words}")
        if len(listed) > len(shown):
            echo(
                f"    \u2026 and {len(listed) - len(shown)} more{' at least' if people.more else ''}; --json lists them"
            )
    if not people.of(Group.FITS):
        echo(f"  Nobody fits as {missing.role}: {people.against_words or 'nobody else is in the plan'}.")


def _reached(person: Person) -> str:
    number = {Channel.EMAIL: person.email or person.phone, Channel.REP: ""}.get(
        person.channel, person.phone or person.email
    )
    if person.channel is Channel.REP:
        return str(person.channel)
    return f"{person.channel} {number}" if number.strip() else "no phone or e-mail in the plan"


def _report_others(found: Cover, gone: PersonId) -> None:
    """Remind of what else somebody is down for that day: who is ill misses that, too."""
    others = [
        shift
        for row in found.plan.of(Assignment, "person_id", gone)
        if row.state.counts
        and (shift := found.plan.get(Shift, row.shift_id)).starts.date() == found.shift.starts.date()
    ]
    for shift in sorted(others, key=lambda each: (each.starts, each.id)):
        echo(f"{found.plan.name_of(gone)} is also down for {_words(found.plan, shift)}.")


def _report_replan(told: Mapping[str, Any]) -> None:
    plan, instead = told["replan"], told["only_by_moving"]
    changes = "1 change" if plan["changes"] == 1 else f"{plan['changes']} changes"
    if plan["steps"]:
        echo(f"{'With the least change' if told['covered'] else 'As far as it goes'} ({changes}):")
    for step in plan["steps"]:
        echo(f"  {step['words']}.")
    if not told["covered"]:
        echo("People who are free, or whom the builder may move at that place that day, are not enough for it.")
    if instead is not None:
        echo(f"If they agree ({instead['changes']} changes, never written by this command):")
        for step in instead["steps"]:
            echo(f"  {step['words']}.")
