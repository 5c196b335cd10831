"""A proposal of the rota builder in words and as JSON, for whoever plans: with names, reasons and what would help."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.situation import counted_words
from rallyapp.domain.times import day_words, minutes_words
from rallyapp.rota.fill import Proposal
from rallyapp.rota.wording import listed, role_word

if TYPE_CHECKING:
    from rallyapp.rota.reasons import Explanation, Gap

MOST_LINES = 200
MOST_GAPS = 50
MOST_ABSENT = 20
MOST_PLACES = 6
MOST_AMOUNTS = 6
MOST_MENDS = 6
_SIGNS = ("+", "~", "\u2212")


# ------------------------------------------------------------------------------------------------ as JSON
def as_json(plan: Plan, proposal: Proposal) -> dict[str, Any]:
    """Give a whole proposal: who is added, changed, dropped and kept, each gap with its reasons, how good it is."""
    moved = proposal.moved
    return {
        "shifts": proposal.shifts,
        "kept": len(proposal.kept),
        "cannot": [
            {**_assignment(plan, each.assignment), "standing": each.standing, "why": each.words}
            for each in proposal.absent
        ],
        "added": [_assignment(plan, each) for each in proposal.added],
        "changed": [_assignment(plan, each) for each in proposal.changed],
        "dropped": [
            {
                **_assignment(plan, each),
                "why": _why_dropped(plan, proposal, each),
                "to": [_assignment(plan, new) for new in moved.get(each.id, ())],
            }
            for each in proposal.dropped
        ],
        "gaps": list(_gaps(plan, proposal)),
        "minutes": [
            {"id": person_id, "person": plan.name_of(person_id), "minutes": minutes}
            for person_id, minutes in sorted(proposal.minutes.items())
        ],
        "cost": proposal.cost,
        "bound": proposal.bound,
        "how_good": proposal.sentence,
    }


def _gaps(plan: Plan, proposal: Proposal) -> Iterator[dict[str, Any]]:
    for gap, why in zip(proposal.gaps, proposal.whys(proposal.gaps), strict=True):
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


def _assignment(plan: Plan, each: Assignment) -> dict[str, str]:
    shift = plan.get(Shift, each.shift_id)
    return {
        "person": plan.name_of(each.person_id),
        "role": str(each.role),
        "called": role_word(plan, shift, each.role),
        "where": plan.place_words(shift),
        "when": _when(shift),
    }


# ------------------------------------------------------------------------------------------------ in words
def lines(plan: Plan, proposal: Proposal, *, applied: bool, nowhere: str) -> Iterator[str]:
    """Say a proposal line by line: the sum, who can't come, the gaps, who comes and goes by time, and how good it is.

    ``nowhere`` says what there is if there is no shift to fill.
    """
    if not plan.count(Person):
        yield (
            "There is nobody in this plan yet. Put people in with \u201crallyapp export\u201d, an editor and "
            "\u201crallyapp load\u201d."
        )
    if not proposal.shifts:
        yield nowhere
        return
    yield _sum(proposal, applied=applied)
    yield from _absent(plan, proposal)
    yield from _gap_lines(plan, proposal)
    changes = [*_changes(plan, proposal)]
    yield from changes[:MOST_LINES]
    if len(changes) > MOST_LINES:
        yield f"  \u2026 and {len(changes) - MOST_LINES:,} more lines; --json lists them all"
    if changes or proposal.gaps or proposal.absent:
        yield ""
    if not proposal.gaps:
        yield "Every shift has the people that it needs."
    if any(proposal.minutes.values()):
        yield f"Hours in this rota: {_hours(plan, proposal)}."
    if plan.count(Person) and (proposal.any or proposal.gaps):
        yield proposal.sentence
    if applied and proposal.any:
        yield "\u201crallyapp undo\u201d takes it back."
    elif proposal.any:
        yield "Nothing is written yet: --apply writes it."


def _sum(proposal: Proposal, *, applied: bool) -> str:
    many, gone, changed = len(proposal.added), len(proposal.dropped), len(proposal.changed)
    over = "1 shift" if proposal.shifts == 1 else f"{proposal.shifts:,} shifts"
    filled = len(proposal.kept) - len(proposal.absent)
    kept = f"{filled:,} {'was' if filled == 1 else 'were'} filled before"
    does = []
    if many:
        does.append(f"{'filled' if applied else 'fill'} {_count(many, 'place')}")
    if changed:
        does.append(f"{'changed' if applied else 'change'} {_count(changed, 'role')}")
    if gone:
        does.append(f"{'took' if applied else 'take'} {_count(gone, 'earlier proposal')} back")
    if not does:
        return f"Nothing to change on {over}; {kept}."
    first, *others = does
    said = first[0].upper() + first[1:] if applied else f"Would {first}"
    return f"{', '.join((f'{said} on {over}', *others))}; {kept}."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _absent(plan: Plan, proposal: Proposal) -> Iterator[str]:
    """Name those who are down for shifts and can't be there, and say what is short without them."""
    if not proposal.absent:
        return
    people = len({each.assignment.person_id for each in proposal.absent})
    places = Counter((each.assignment.shift_id, each.assignment.role) for each in proposal.absent)
    short: Counter[str] = Counter()
    for gap in proposal.gaps:
        short[gap.wanted] += min(gap.missing, places[gap.shift_id, gap.role])
    missing = [counted_words(number, word) for word, number in sorted(short.items()) if number]
    if missing:
        verb = "is" if short.total() == 1 else "are"
        said = f"Without them {listed(missing)} {verb} short; \u201crallyapp cover\u201d finds others:"
    else:
        said = "Nothing is short without them; they stay in the plan until somebody takes them off:"
    yield ""
    yield f"{'1 person who stays' if people == 1 else f'{people:,} people who stay'} can\u2019t be there. {said}"
    shown = sorted(proposal.absent, key=lambda each: _order(plan, each.assignment))[:MOST_ABSENT]
    for each in shown:
        row = each.assignment
        shift = plan.get(Shift, row.shift_id)
        role = role_word(plan, shift, row.role)
        where = f"{_when(shift)}  {plan.place_words(shift)}"
        yield f"  {where}: {plan.name_of(row.person_id)} ({role}, {each.standing}) {each.words}"
    if len(proposal.absent) > MOST_ABSENT:
        yield f"  \u2026 and {len(proposal.absent) - MOST_ABSENT:,} more; --json lists them all"


# ------------------------------------------------------------------------------------------------ the gaps
def _gap_lines(plan: Plan, proposal: Proposal) -> Iterator[str]:
    """List the gaps, equal ones in one line; first those by themselves, then those that one cause leaves open."""
    if not proposal.gaps:
        return
    shown = proposal.gaps[:MOST_GAPS]
    told = list(zip(shown, proposal.whys(shown), strict=True))
    missing = sum(gap.missing for gap in proposal.gaps)
    people = "1 person" if missing == 1 else f"{missing:,} people"
    yield ""
    yield f"{_count(len(proposal.gaps), 'gap')}, {people} short:"
    alone = [each for each in told if not each[1].joint]
    yield from _equal(plan, alone, "  ")
    joint: dict[str, list[tuple[Gap, Explanation]]] = defaultdict(list)
    for each in told:
        if each[1].joint:
            joint[each[1].joint].append(each)
    if joint:
        yield "  Too few people for these together:"
    for words, those in joint.items():
        yield f"    {words}."
        yield from _equal(plan, those, "      ")
    if len(proposal.gaps) > MOST_GAPS:
        yield f"  \u2026 and {len(proposal.gaps) - MOST_GAPS:,} more gaps; --json lists them all"


def _equal(plan: Plan, told: Sequence[tuple[Gap, Explanation]], margin: str) -> Iterator[str]:
    alike: dict[tuple[Any, ...], list[tuple[Gap, Explanation]]] = defaultdict(list)
    for gap, why in told:
        shift = plan.get(Shift, gap.shift_id)
        alike[shift.starts, shift.ends, why.words].append((gap, why))
    for (_, _, reason), those in alike.items():
        shifts = [plan.get(Shift, gap.shift_id) for gap, _ in those]
        places = [plan.place_words(shift) for shift in shifts]
        if len(those) == 1:
            yield f"{margin}{_when(shifts[0])}  {places[0]}: {reason}"
        else:
            short = those[0][0].short
            each = reason.removeprefix(short)
            yield f"{margin}{_when(shifts[0])}  {len(those)} places: {short} at each of them{each}"
            yield f"{margin}    {'; '.join(places)}"
        mends = [mend for _, why in those for mend in why.mends]
        fresh = [mend for mend in mends if not mend.again] or mends
        for words in list(dict.fromkeys(mend.words for mend in fresh))[: max(MOST_MENDS, len(those))]:
            yield f"{margin}    would help: {words}"


# ------------------------------------------------------------------------------------------ who comes and goes
def _changes(plan: Plan, proposal: Proposal) -> Iterator[str]:
    """Say who comes and who goes: by day, shift and role, the names of a role in one line."""
    signs = [
        *(("+", each, "") for each in proposal.added),
        *(("~", each, "") for each in proposal.changed),
        *(("\u2212", each, f" ({_why_dropped(plan, proposal, each)})") for each in proposal.dropped),
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
            yield f"      {sign} {role_word(plan, shift, role)}: {names}"


def _why_dropped(plan: Plan, proposal: Proposal, each: Assignment) -> str:
    """Say where somebody is now, or else why not here any more."""
    new = proposal.moved.get(each.id, ())
    if not new:
        return proposal.why_dropped(each)
    day = plan.get(Shift, each.shift_id).starts.date()
    return "now " + "; ".join(
        f"{plan.place_words(shift)}, {shift.words if shift.starts.date() == day else _when(shift)}"
        for shift in (plan.get(Shift, other.shift_id) for other in new)
    )


def _hours(plan: Plan, proposal: Proposal) -> str:
    """Sum up who does how much: "37 people 2 h, 3 people 4 h (Ann, Bob, Cat), 12 who offered time have none"."""
    by_minutes: dict[int, list[str]] = defaultdict(list)
    for person_id, minutes in proposal.minutes.items():
        by_minutes[minutes].append(plan.name_of(person_id))
    idle = len(by_minutes.pop(0, ()))
    most = max(by_minutes)
    if len(by_minutes) > MOST_AMOUNTS:
        people = sum(len(names) for names in by_minutes.values())
        half = sorted(minutes for minutes, names in by_minutes.items() for _ in names)[people // 2]
        parts = [f"{_people(people)} {minutes_words(min(by_minutes))} to {minutes_words(most)}"]
        parts += [f"half of them {minutes_words(half)} or more", f"the most {_names(by_minutes[most])}"]
    else:
        parts = [
            f"{_people(len(names))} {minutes_words(minutes)}"
            + (f" ({_names(names)})" if len(names) <= 3 and len(by_minutes) > 1 else "")
            for minutes, names in sorted(by_minutes.items())
        ]
    if idle:
        parts.append(f"{idle:,} who offered time {'has' if idle == 1 else 'have'} none")
    return ", ".join(parts)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _names(names: Sequence[str]) -> str:
    return listed(sorted(names), 4)


def _order(plan: Plan, assignment: Assignment) -> tuple[Any, ...]:
    shift = plan.get(Shift, assignment.shift_id)
    role = [*Role].index(assignment.role)
    return shift.starts, plan.place_words(shift), shift.id, role, plan.name_of(assignment.person_id)


def _when(shift: Shift) -> str:
    return f"{day_words(shift.starts.date())} {shift.words}"
