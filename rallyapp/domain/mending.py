"""What mends a problem, where that is known: the records to save and to delete, and what the person did by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import NeedId, ShiftId, new_id
from rallyapp.domain.new_plan import Pattern
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Origin, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem
from rallyapp.domain.records import TABLES, Record
from rallyapp.domain.situation import picket_span
from rallyapp.domain.times import clock, day_words, slots, span_words, uncovered

MakeId = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One way to mend a problem: what it is called, and what it writes."""

    label: str
    save: tuple[Record, ...] = ()
    delete: tuple[Record, ...] = ()


def mends(plan: Plan, problem: Problem, make_id: MakeId = new_id) -> tuple[Mend, ...]:
    """List the ways in which a problem can be mended at once; none where somebody has to decide or to ask."""
    found = _MENDS.get(problem.code)
    return tuple(found(plan, problem, make_id)) if found else ()


def mend_all(plan: Plan, problems: Iterable[Problem], make_id: MakeId = new_id) -> Mend | None:
    """Mend several problems of one kind as one edit, each in the first way that is known; None below two.

    What one mend writes is seen by the next, so that two problems of one picket are not mended twice.
    """
    listed = list(problems)
    saved: dict[tuple[type[Record], str], Record] = {}
    deleted: dict[tuple[type[Record], str], Record] = {}
    labels: list[str] = []
    seen = plan
    for problem in listed:
        first = next(iter(mends(seen, problem, make_id)), None)
        if first is None:
            continue
        labels.append(first.label)
        for record in first.save:
            saved[type(record), record.id] = record
        for record in first.delete:
            deleted[type(record), record.id] = record
            saved.pop((type(record), record.id), None)
        seen = seen.changed(first.save, ((type(record), record.id) for record in first.delete))
    if len(labels) < 2:
        return None
    return Mend(
        label=f"{_ALL.get(listed[0].code, 'Mend')} ({len(labels):,})",
        save=tuple(saved.values()),
        delete=tuple(record for record in deleted.values() if plan.find(type(record), record.id)),
    )


_ALL = {
    "supervisor-gap": "Ask for a picket supervisor on every shift that lacks one",
    "shift-outside": "Widen each picket to its shifts",
    "open-end": "End each picket with its last shift",
    "no-shift": "Cut the bare times into shifts",
    "partly-outside-window": "Shorten each picket to its strike day",
    "down-twice": "Keep one place for each person",
    "entered-twice": "Keep one picket of each pair",
    "loudspeaker": "Leave the loudspeakers off",
    "overlap": "Take each off the later shift",
    "duty": "Take each off the shift",
    "left": "Take each who has left off the shift",
    "declined": "Take each who said no off the shift",
}


# ---------------------------------------------------------------------------------------- kind by kind
def _picket(plan: Plan, problem: Problem) -> Picket | None:
    return next((plan.find(Picket, each.id) for each in problem.concerns if each.kind == "picket"), None)


def _shifts(plan: Plan, picket: Picket) -> list[Shift]:
    found = [shift for shift in plan.of(Shift, "picket_id", picket.id) if not shift.cancelled]
    return sorted(found, key=lambda shift: (shift.starts, shift.id))


def _supervisor_gap(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    picket = _picket(plan, problem)
    if picket is None:
        return
    lacking = [
        shift
        for shift in _shifts(plan, picket)
        if not any(need.role is Role.SUPERVISOR and need.least for need in plan.of(Need, "shift_id", shift.id))
    ]
    if lacking:
        yield Mend(
            label=f"Ask for a picket supervisor on {_count(len(lacking), 'shift')} of {plan.picket_words(picket)}",
            save=tuple(
                Need(id=NeedId(make_id()), shift_id=shift.id, role=Role.SUPERVISOR, least=1, wished=1, most=1)
                for shift in lacking
            ),
        )


def _shift_outside(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    picket = _picket(plan, problem)
    shifts = _shifts(plan, picket) if picket else []
    if picket is None or not shifts:
        return
    starts = min(picket.starts, shifts[0].starts)
    last = max(shift.ends for shift in shifts)
    ends = max(picket.ends, last) if picket.ends else None
    widened = replace(picket, starts=starts, ends=ends)
    yield Mend(label=f"Widen the picket to {span_words(starts, ends)}", save=(widened,))


def _open_end(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    picket = _picket(plan, problem)
    shifts = _shifts(plan, picket) if picket else []
    if picket is not None and shifts:
        ends = max(shift.ends for shift in shifts)
        yield Mend(label=f"End the picket with its last shift, at {clock(ends)}", save=(replace(picket, ends=ends),))


def _no_shift(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    picket = _picket(plan, problem)
    if picket is None:
        return
    known = _shifts(plan, picket)
    minutes = known[0].span.minutes if known else Pattern().slot
    wanted = plan.of(Need, "shift_id", known[0].id) if known else _usual_needs()
    batch = make_id()
    saved: list[Record] = []
    cut = 0
    bare = uncovered(picket_span(plan, picket), (shift.span for shift in known))
    for gap in bare:
        for slot in slots(gap, max(15, minutes)):
            shift = Shift(id=ShiftId(make_id()), picket_id=picket.id, starts=slot.start, ends=slot.end, batch=batch)
            saved.append(shift)
            saved += [replace(need, id=NeedId(make_id()), shift_id=shift.id) for need in wanted]
            cut += 1
    if cut:
        times = " and ".join(span_words(gap.start, gap.end) for gap in bare)
        yield Mend(label=f"Cut {times} into {_count(cut, 'shift')}", save=tuple(saved))


def _usual_needs() -> tuple[Need, ...]:
    usual = Pattern()
    return tuple(
        Need(id=NeedId("-"), shift_id=ShiftId("-"), role=role, least=least, wished=wished, most=most)
        for role, least, wished, most in (
            (Role.SUPERVISOR, 1, 1, 1),
            (Role.PICKET, usual.least, usual.wished, usual.most),
            (Role.STANDBY, 0, 1, 2),
        )
    )


def _partly_outside(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    picket = _picket(plan, problem)
    day = plan.find(StrikeDay, picket.strike_day_id) if picket else None
    if picket is None or day is None or any(not day.window.contains(shift.span) for shift in _shifts(plan, picket)):
        return
    starts = max(picket.starts, day.window.start)
    ends = min(picket.ends, day.window.end) if picket.ends else None
    if ends is None or starts < ends:
        yield Mend(
            label=f"Shorten the picket to {span_words(starts, ends)}", save=(replace(picket, starts=starts, ends=ends),)
        )


def _down_twice(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    found = (plan.find(Assignment, each.id) for each in problem.concerns if each.kind == "assignment")
    several = [each for each in found if each is not None]
    for kept in sorted(several, key=lambda each: list(Role).index(each.role)):
        others = tuple(each for each in several if each.id != kept.id)
        if others:
            yield Mend(label=f"Keep {plan.name_of(kept.person_id)} as {kept.role} only", delete=others)


def _entered_twice(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    found = (plan.find(Picket, each.id) for each in problem.concerns if each.kind == "picket")
    for picket in (each for each in found if each is not None):
        shifts = plan.of(Shift, "picket_id", picket.id)
        if not any(plan.of(Assignment, "shift_id", shift.id) for shift in shifts):
            yield Mend(label=f"Remove the picket {picket.words}, on which nobody is down", delete=(picket,))


def _take_off(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    first = next((plan.find(Assignment, each.id) for each in problem.concerns if each.kind == "assignment"), None)
    if first is None:
        return
    shifts = [plan.find(Shift, each.id) for each in problem.concerns if each.kind == "shift"]
    for shift in sorted((each for each in shifts if each), key=lambda each: (each.starts, each.id), reverse=True):
        down = [
            each
            for each in plan.of(Assignment, "shift_id", shift.id)
            if each.person_id == first.person_id and each.state.counts
        ]
        if down:
            where = f"{plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"
            yield _off(f"Take {plan.name_of(first.person_id)} off {where}", down)


def _off(label: str, down: Iterable[Assignment]) -> Mend:
    """Take people off: what only the builder proposed goes; of others it stays known that they were down."""
    listed = list(down)
    unknown = [each for each in listed if each.origin is Origin.BUILDER and each.state is AssignmentState.PROPOSED]
    told = [replace(each, state=AssignmentState.WITHDRAWN, pinned=False) for each in listed if each not in unknown]
    return Mend(label=label, save=tuple(told), delete=tuple(unknown))


def _quiet(plan: Plan, problem: Problem, make_id: MakeId) -> Iterator[Mend]:
    picket = _picket(plan, problem)
    if picket is not None:
        yield Mend(label="Leave the loudspeaker off", save=(replace(picket, loudspeaker=False),))


_MENDS: dict[str, Callable[[Plan, Problem, MakeId], Iterator[Mend]]] = {
    "supervisor-gap": _supervisor_gap,
    "shift-outside": _shift_outside,
    "open-end": _open_end,
    "no-shift": _no_shift,
    "partly-outside-window": _partly_outside,
    "down-twice": _down_twice,
    "entered-twice": _entered_twice,
    "overlap": _take_off,
    "duty": _take_off,
    "left": _take_off,
    "declined": _take_off,
    "loudspeaker": _quiet,
}


# ------------------------------------------------------------------------------------ naming a record
def concern_words(plan: Plan, what: Concern) -> str:
    """Name what a problem concerns, for a link that leads there: "Main entrance, 08:00-09:00", a person's name."""
    kind = TABLES.get(what.kind)
    record = plan.find(kind, what.id) if kind else None
    if record is None:
        return ""
    match what.kind:
        case "shift" if isinstance(record, Shift):
            return f"{plan.place_words(record)}, {day_words(record.starts.date())} {record.words}"
        case "picket" if isinstance(record, Picket):
            return plan.picket_words(record)
        case "assignment" if isinstance(record, Assignment):
            return plan.name_of(record.person_id)
    named: object = getattr(record, "name", "") or getattr(record, "title", "") or getattr(record, "words", "")
    return str(named) or what.kind.replace("_", " ").capitalize()


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
