"""The command for when somebody drops out: whom to ask, and what would change least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rallyapp.cli.finding import listed, people_meant, role_meant, shift_meant, shift_words
from rallyapp.cli.shell import FINE, FOUND, answer, as_json, echo, fail, opened, passphrase_file, plan_file
from rallyapp.domain.people import Channel, Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import day_words

if TYPE_CHECKING:
    from rallyapp.rota.cover import Cover, Missing, Replan
    from rallyapp.rota.suggest import Suggestion, Suggestions

LISTED = 12  # people to list in all, and of each group at least so many of them:
_OF_EACH = 3
_NAMED = 4  # people in the name of an edit
_TITLES = ("Nothing speaks against", "Could be talked over", "On another shift then, or kept by work")


@click.command(short_help="Find somebody for a shift that lost somebody.")
@plan_file
@click.argument("shift", metavar="SHIFT...", nargs=-1, required=True)
@click.option(
    "--without",
    "without",
    metavar="PERSON",
    multiple=True,
    help="Who dropped out: a part of their name, or their id. Give it again for each of several.",
)
@click.option("--role", "role", metavar="ROLE", help="Look at this role only, such as \u201cpicket supervisor\u201d.")
@click.option("--apply", "apply", is_flag=True, help="Write the withdrawals and the changes, as one edit.")
@passphrase_file
@as_json
def cover(
    plan: Path,
    shift: tuple[str, ...],
    without: tuple[str, ...],
    role: str | None,
    apply: bool,
    passphrase_file: str | None,
    json_: bool,
) -> int:
    """Say what a shift lacks, whom to ask, and which re-plan changes least.

    SHIFT is a shift's id, or words that fit one shift only: its place, date and time, as in \u201cmain entrance 1 dec
    08:00\u201d. Who is on it and can't be there, being kept by work for instance, is named and not counted. Nobody who
    was asked or has confirmed is moved. Leaves with 1 where nobody can be found.
    """
    from rallyapp.rota import cover as covering

    with opened(plan, passphrase_file) as store:
        version = store.version
        whole: Plan = store.plan()
        wanted = shift_meant(whole, " ".join(shift))
        gone = people_meant(whole, wanted, without)
        only = role_meant(whole, wanted, role)
        found = covering.cover(whole, wanted, without=[each.id for each in gone], role=only)
        saved, deleted = found.writes()
        if apply and (saved or deleted):
            _write(store, version, _label(found), saved, deleted)
    told = _plain(plan, found, gone, applied=apply and bool(saved or deleted))
    if json_:
        answer(told)
    else:
        for line in _lines(found, gone, only, told, apply=apply):
            echo(line)
    return FINE if found.replan.covers else FOUND


def _write(store: Any, version: int, label: str, saved: Iterable[Assignment], deleted: Iterable[Assignment]) -> None:
    with store.edit(label) as edit:
        since = [each.operation for each in store.changes_since(version)]
        if any(each.id != edit.operation.id and each.kind != "note" for each in since):
            fail("Somebody changed the plan meanwhile: nothing was written. Try again.")
        for row in deleted:
            edit.delete(row)
        edit.save_all(saved)


def _out(found: Cover) -> list[str]:
    """Name who comes off the shift: those who dropped out, and proposals of those who can't be there."""
    dropped = [found.plan.name_of(each.person_id) for each in found.dropped]
    return list(dict.fromkeys([*dropped, *(each.person.name for each in found.taken_off)]))


def _label(found: Cover) -> str:
    """Name the edit: "Cover: Tomasz Wi\u015bniewski out, Aoife Byrne in"."""
    off = [*_out(found), *(step.person.name for step in found.replan.steps if step.shift is None)]
    into = [step.person.name for step in found.replan.steps if step.shift is not None]
    return f"Cover: {', '.join(f'{_few(names)} {how}' for names, how in ((off, 'out'), (into, 'in')) if names)}"


def _few(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED + 1
    return listed(names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{rest} others"])


# ----------------------------------------------------------------------------------------------- as JSON
def _plain(plan: Path, found: Cover, gone: Sequence[Person], *, applied: bool) -> dict[str, Any]:
    whole = found.plan
    return {
        "plan": str(plan),
        "shift": found.shift.id,
        "where": whole.place_words(found.shift),
        "when": f"{day_words(found.shift.starts.date())} {found.shift.words}",
        "without": [each.name for each in gone],
        "applied": applied,
        "covered": found.replan.covers,
        "on": [
            {"role": str(row.role), "state": str(row.state), **_contact(person)} for row, person in _on(whole, found)
        ],
        "away": [
            {"role": str(each.row.role), "state": str(each.row.state), "words": each.words, **_contact(each.person)}
            for each in found.away
        ],
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


def _on(plan: Plan, found: Cover) -> list[tuple[Assignment, Person]]:
    """List who is on the shift and can be there, by role and name."""
    rows = [each for each in plan.of(Assignment, "shift_id", found.shift.id) if each.state.counts]
    people = [(row, plan.get(Person, row.person_id)) for row in rows]
    return sorted(people, key=lambda one: (list(Role).index(one[0].role), one[1].name, one[0].id))


def _contact(person: Person) -> dict[str, str]:
    return {
        "id": person.id,
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "channel": str(person.channel),
    }


def _person(one: Suggestion) -> dict[str, Any]:
    return {
        **_contact(one.person),
        "fits": one.fits,
        "group": one.group.name.lower(),
        "words": one.words,
        "why_not": [reason.sentence for reason in one.reasons],
        "moves": list(one.moves),
        "minutes": one.minutes,
    }


def _steps(plan: Plan, replan: Replan) -> dict[str, Any]:
    from rallyapp.rota.cover import spared_words, step_words

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
        "optional": [
            {
                "shift": each.shift.id,
                "role": str(each.role),
                "person": each.person.name if each.person else None,
                "words": spared_words(plan, each),
            }
            for each in replan.spared
        ],
    }


# ---------------------------------------------------------------------------------------------- in words
def _lines(
    found: Cover, gone: Sequence[Person], only: Role | None, told: Mapping[str, Any], *, apply: bool
) -> Iterator[str]:
    from rallyapp.rota.wording import role_word

    plan, shift = found.plan, found.shift
    where = shift_words(plan, shift) + (f" without {listed([each.name for each in gone])}" if gone else "")
    yield from _away_lines(found)
    if not found.missing:
        yield f"{where} has everybody that it needs{f' as {role_word(plan, shift, only)}' if only else ''}."
        people = _on(plan, found)
        yield from ["On it:"] if people else []
        for row, person in people:
            yield f"  {person.name}: {role_word(plan, shift, row.role)}, {row.state} ({_reached(person)})"
    for missing, suggested in zip(found.missing, found.asked, strict=True):
        yield f"{where}: {missing.words} missing ({missing.of_words})."
        yield from _people_lines(missing, suggested)
    for person in gone:
        yield from _others_lines(found, person)
    if found.missing:
        yield from _replan_lines(told)
    yield from _written_lines(found, told, apply=apply)


def _away_lines(found: Cover) -> Iterator[str]:
    if found.away:
        yield f"On {shift_words(found.plan, found.shift)}, but not counted, as they can't be there:"
    for each in found.away:
        yield f"  {each.person.name} ({each.standing}) {each.words}."


def _people_lines(missing: Missing, people: Suggestions) -> Iterator[str]:
    from rallyapp.rota.suggest import Group

    left = LISTED
    for group, title in zip(Group, _TITLES, strict=True):
        group_of = people.of(group)
        shown = group_of[: max(left, _OF_EACH)]
        left -= len(shown)
        if group_of:
            yield f"  {title}:"
        for one in shown:
            yield f"    {one.person.name} ({_reached(one.person)}): {one.words}"
        if rest := len(group_of) - len(shown):
            yield f"    \u2026 and {rest} more{' at least' if people.more else ''}; --json lists them"
    if not people.of(Group.FITS):
        yield f"  Nobody fits as {missing.word}: {people.against_words or 'nobody else is in the plan'}."


def _reached(person: Person) -> str:
    number = {Channel.EMAIL: person.email or person.phone, Channel.REP: ""}.get(
        person.channel, person.phone or person.email
    )
    if person.channel is Channel.REP:
        return str(person.channel)
    return f"{person.channel} {number}" if number.strip() else "no phone or e-mail in the plan"


def _others_lines(found: Cover, gone: Person) -> Iterator[str]:
    """Remind of what else somebody is down for that day: who is ill misses that, too."""
    if all(row.person_id != gone.id for row in found.dropped):
        yield f"{gone.name} is not on this shift: nobody asks them, and nothing of theirs changes."
    others = [
        shift
        for row in found.plan.of(Assignment, "person_id", gone.id)
        if row.state.counts
        and (shift := found.plan.get(Shift, row.shift_id)).starts.date() == found.shift.starts.date()
    ]
    for shift in sorted(others, key=lambda each: (each.starts, each.id)):
        yield f"{gone.name} is also down for {shift_words(found.plan, shift)}."


def _replan_lines(told: Mapping[str, Any]) -> Iterator[str]:
    plan, instead = told["replan"], told["only_by_moving"]
    if plan["steps"]:
        yield f"{'With the least change' if told['covered'] else 'As far as it goes'} ({_changes(plan['changes'])}):"
    for step in (*plan["steps"], *plan["optional"]):
        yield f"  {step['words']}."
    if not told["covered"]:
        yield "People who are free, or whom the builder may move that day, are not enough for it."
    if instead is not None:
        yield f"If they agree ({_changes(instead['changes'])}, never written by this command):"
        for step in (*instead["steps"], *instead["optional"]):
            yield f"  {step['words']}."


def _changes(number: int) -> str:
    return "1 change" if number == 1 else f"{number} changes"


def _written_lines(found: Cover, told: Mapping[str, Any], *, apply: bool) -> Iterator[str]:
    """Say what was written, or would be, and of whom nobody has been asked."""
    steps = found.replan.steps
    off = [each.person.name for each in found.taken_off]
    staying = [each.person.name for each in found.away if each not in found.taken_off]
    if staying:
        stay = "stays" if len(staying) == 1 else "stay"
        yield f"{listed(staying)} {stay} in the plan until somebody takes them off: \u201c--without\u201d does."
    if told["applied"]:
        out = _out(found)
        parts = [f"{listed(out)} out"] if out else []
        for step in steps:
            how = "taken off" if step.shift is None else "moved" if step.leaves else "proposed"
            asked = "" if step.shift is None else f" (not yet asked: {_reached(step.person)})"
            parts.append(f"{step.person.name} {how}{asked}")
        yield f"Written: {'. '.join(parts)}."
        yield "\u201crallyapp undo\u201d takes it back."
    elif not apply and (found.dropped or off or steps):
        dropped = list(dict.fromkeys(found.plan.name_of(each.person_id) for each in found.dropped))
        what = [f"{listed(dropped)}\u2019s withdrawal"] if dropped else []
        what += [f"the {_changes(len(steps)) if len(steps) > 1 else 'change'} above"] if steps else []
        does = [f"take {listed(off)} off"] if off else []
        does += [f"write {'' if steps else 'only '}{listed(what)}"] if what else []
        yield f"Nothing was written: --apply would {listed(does)}."
