"""A proposal of the rota builder in words and as JSON, for whoever plans: with names, reasons and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import day_words
from rallyapp.rota.fill import Proposal

MOST_LINES = 200
MOST_GAPS = 50
_SIGNS = ("+", "~", "\u2212")


def as_json(plan: Plan, proposal: Proposal) -> dict[str, Any]:
    """Give a whole proposal: who is added, changed, dropped and kept, each gap with its reasons, how good it is."""
    moved = proposal.moved
    return {
        "shifts": proposal.shifts,
        "kept": len(proposal.kept),
        "added": [_assignment(plan, each) for each in proposal.added],
        "changed": [_assignment(plan, each) for each in proposal.changed],
        "dropped": [
            {**_assignment(plan, each), "to": [_assignment(plan, new) for new in moved.get(each.id, ())]}
            for each in proposal.dropped
        ],
        "gaps": list(_gaps(plan, proposal)),
        "cost": proposal.cost,
        "bound": proposal.bound,
        "how_good": proposal.sentence,
    }


def _gaps(plan: Plan, proposal: Proposal) -> Iterator[dict[str, Any]]:
    for gap in proposal.gaps:
        why = proposal.why(gap)
        shift = plan.get(Shift, gap.shift_id)
        yield {
            "shift": gap.shift_id,
            "where": plan.place_words(shift),
            "when": _when(shift),
            "role": str(gap.role),
            "skill": None if gap.skill is None else str(gap.skill),
            "missing": gap.missing,
            "why": {str(each): count for each, count in why.reasons.items()},
            "words": why.words,
            "joint": why.joint,
            "changes": [
                {
                    "kind": mend.kind,
                    "person": plan.name_of(mend.person_id),
                    "other_shift": mend.other_shift,
                    "taker": None if mend.taker is None else plan.name_of(mend.taker),
                    "minutes": mend.minutes,
                    "words": mend.words,
                }
                for mend in why.mends
            ],
        }


def lines(plan: Plan, proposal: Proposal, *, applied: bool) -> Iterator[str]:
    """Say a proposal line by line: the sum, who comes and who goes by time, the gaps, and how good it is."""
    yield _sum(proposal, applied=applied)
    changes = [*_changes(plan, proposal)]
    yield from changes[:MOST_LINES]
    if len(changes) > MOST_LINES:
        yield f"  \u2026 and {len(changes) - MOST_LINES:,} more lines; --json lists them all"
    if proposal.gaps:
        yield ""
        yield f"{len(proposal.gaps):,} {'gap' if len(proposal.gaps) == 1 else 'gaps'}:"
    for gap in proposal.gaps[:MOST_GAPS]:
        shift, why = plan.get(Shift, gap.shift_id), proposal.why(gap)
        yield f"  {_when(shift)}  {plan.place_words(shift)}: {why.words}"
        if why.joint:
            yield f"      together: {why.joint}"
        for mend in why.mends:
            yield f"      would help: {mend.words}"
    if len(proposal.gaps) > MOST_GAPS:
        yield f"  \u2026 and {len(proposal.gaps) - MOST_GAPS:,} more gaps; --json lists them all"
    if changes or proposal.gaps:
        yield ""
    if not plan.count(Person):
        yield (
            "There is nobody in this plan yet. Put people in with \u201crallyapp export\u201d, an editor and "
            "\u201crallyapp load\u201d."
        )
    if not proposal.shifts:
        yield "There is no shift to fill there."
        return
    if not proposal.gaps:
        yield "Every shift has the people that it needs."
    if proposal.any or proposal.gaps:
        yield proposal.sentence
    if applied and proposal.any:
        yield "\u201crallyapp undo\u201d takes it back."
    elif proposal.any:
        yield "Nothing is written yet: --apply writes it."


def _sum(proposal: Proposal, *, applied: bool) -> str:
    many, gone = len(proposal.added), len(proposal.dropped)
    over = "1 shift" if proposal.shifts == 1 else f"{proposal.shifts:,} shifts"
    kept = f"{len(proposal.kept):,} {'was' if len(proposal.kept) == 1 else 'were'} filled before"
    if not proposal.any:
        return f"Nothing to change on {over}; {kept}."
    said = f"{'Filled' if applied else 'Would fill'} {many:,} {'place' if many == 1 else 'places'} on {over}"
    if proposal.changed:
        said += f", change {len(proposal.changed):,} to another role"
    if gone:
        said += f", {'took' if applied else 'take'} {gone:,} earlier {'proposal' if gone == 1 else 'proposals'} back"
    return f"{said}; {kept}."


def _changes(plan: Plan, proposal: Proposal) -> Iterator[str]:
    """Say who comes and who goes: by day, shift and role, the names of a role in one line."""
    moved = proposal.moved
    signs = [
        *(("+", each, "") for each in proposal.added),
        *(("~", each, "") for each in proposal.changed),
        *(("\u2212", each, _to(plan, moved.get(each.id, ()))) for each in proposal.dropped),
    ]
    signs.sort(key=lambda part: (*_order(plan, part[1])[:3], _SIGNS.index(part[0]), *_order(plan, part[1])[3:]))
    day = None
    for shift_id, on_shift in groupby(signs, key=lambda part: part[1].shift_id):
        shift = plan.get(Shift, shift_id)
        if day != (day := shift.starts.date()):
            yield ""
            yield day_words(day)
        yield f"  {shift.words}  {plan.place_words(shift)}"
        for (sign, role), those in groupby(on_shift, key=lambda part: (part[0], part[1].role)):
            names = ", ".join(f"{plan.name_of(each.person_id)}{more}" for _, each, more in those)
            yield f"      {sign} {role}: {names}"


def _to(plan: Plan, new: tuple[Assignment, ...]) -> str:
    return f" (now {', '.join(_when(plan.get(Shift, each.shift_id)) for each in new)})" if new else ""


def _order(plan: Plan, assignment: Assignment) -> tuple[Any, ...]:
    shift = plan.get(Shift, assignment.shift_id)
    role = [*Role].index(assignment.role)
    return shift.starts, plan.place_words(shift), shift.id, role, plan.name_of(assignment.person_id)


def _assignment(plan: Plan, each: Assignment) -> dict[str, str]:
    shift = plan.get(Shift, each.shift_id)
    return {
        "person": plan.name_of(each.person_id),
        "role": str(each.role),
        "where": plan.place_words(shift),
        "when": _when(shift),
    }


def _when(shift: Shift) -> str:
    return f"{day_words(shift.starts.date())} {shift.words}"
