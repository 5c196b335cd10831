"""The checks of pickets and of who is on shift: supervisors, clashes, gaps, six, the ground, noise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from rallyapp.domain import law, stand_down
from rallyapp.domain.eligibility import Reason, Why, why_not
from rallyapp.domain.ids import EntranceId, PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, PoliceTelling, Presence, Role, Shift
from rallyapp.domain.places import Entrance, LandStatus
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.situation import (
    Situation,
    counted_words,
    day_of,
    need_words,
    on_day_words,
    picket_concern,
    shift_words,
)
from rallyapp.domain.times import (
    MIDNIGHT,
    Span,
    clock,
    day_words,
    merged,
    uncovered,
)


# -------------------------------------------------------------------------------------------- who is on
def _supervisors(at: Situation) -> Iterator[Problem]:
    """Find minutes without a picket supervisor where the law asked for one that day, and police not told (L6-L9)."""
    for picket, day, span in at.pickets():
        where = at.dispute(day).jurisdiction
        parts = [part for part in _by_day(span) if law.supervisor_required(at.rules, where, part.start.date())]
        if not parts:
            continue
        words = at.plan.picket_words(picket)
        held: list[Span] = []
        for shift in at.plan.of(Shift, "picket_id", picket.id):
            for assignment in at.plan.of(Assignment, "shift_id", shift.id):
                if assignment.role is Role.SUPERVISOR and assignment.state.counts and not shift.cancelled:
                    held.append(shift.span)
                    person = at.plan.get(Person, assignment.person_id)
                    if assignment.presence is Presence.CONTACTABLE and not person.phone.strip():
                        yield Problem(
                            severity=Severity.AMBER,
                            code="supervisor-no-phone",
                            sentence=f"{words}: {person.name} is to be within reach as picket supervisor, "
                            f"{shift.words}, and has no phone number in the plan. {at.rules.words}",
                            concerns=(Concern("person", person.id), Concern("assignment", assignment.id)),
                            mend="enter their phone number, or let them be there",
                            day=day.id,
                        )
        gaps = merged(gap for part in parts for gap in uncovered(part, held))
        if gaps:
            yield Problem(
                severity=Severity.RED,
                code="supervisor-gap",
                sentence=f"{words} has no picket supervisor {', '.join(on_day_words(span, gap) for gap in gaps)}, "
                f"which the law requires then. {at.rules.words}",
                concerns=picket_concern(picket),
                mend="put a picket supervisor on those shifts",
                day=day.id,
            )
        if not at.plan.of(PoliceTelling, "picket_id", picket.id):
            yield Problem(
                severity=Severity.RED if span.start.date() <= at.today else Severity.AMBER,
                code="police-not-told",
                sentence=f"It is not recorded that the police were told of {words}: the supervisor's name, the place "
                f"and how to reach them. {at.rules.words}",
                concerns=picket_concern(picket),
                mend="tell the police, and enter whom, when and how",
                day=day.id,
            )


def _by_day(span: Span) -> Iterator[Span]:
    for day in span.days():
        midnight = datetime.combine(day, MIDNIGHT)
        yield Span(max(span.start, midnight), min(span.end, midnight + timedelta(days=1)))


def _people(at: Situation) -> Iterator[Problem]:
    """Find people on shifts who may not, or should not, be there: whatever ``why_not`` says, each thing once."""
    told: set[tuple[object, ...]] = set()
    for shift in sorted(at.plan.all(Shift), key=lambda shift: (shift.starts, shift.id)):
        if not stand_down.of_shift(at.plan, shift).on:
            continue
        roles: dict[PersonId, list[Assignment]] = defaultdict(list)
        for assignment in at.plan.of(Assignment, "shift_id", shift.id):
            if assignment.state.counts:
                roles[assignment.person_id].append(assignment)
                person = at.plan.get(Person, assignment.person_id)
                for reason in why_not(person, shift, at.book, role=assignment.role):
                    key = _once(person, shift, reason)
                    if key not in told:
                        told.add(key)
                        yield _person_problem(at, shift, assignment, reason)
        for person_id, several in roles.items():
            if len(several) > 1:
                yield Problem(
                    severity=Severity.AMBER,
                    code="down-twice",
                    sentence=f"{shift_words(at, shift)}: {at.plan.name_of(person_id)} is down more than once, as "
                    f"{' and '.join(assignment.role for assignment in several)}",
                    concerns=(*(Concern("assignment", each.id) for each in several), Concern("shift", shift.id)),
                    mend="keep one of them, or the shift seems fuller than it is",
                    day=day_of(at.plan, shift),
                )


# These are true of the person, whichever of their shifts is looked at.
_OF_THE_PERSON = (Why.NOT_SAID, Why.DAY_LIMIT, Why.TOTAL_LIMIT)


def _once(person: Person, shift: Shift, reason: Reason) -> tuple[object, ...]:
    """Give what makes two findings the same one: two shifts that clash are found from both sides."""
    if reason.why in _OF_THE_PERSON:
        return reason.why, person.id, reason.sentence
    if reason.other_shift is not None:
        return reason.why, person.id, frozenset((shift.id, reason.other_shift))
    return reason.why, person.id, shift.id, reason.sentence


def _person_problem(at: Situation, shift: Shift, assignment: Assignment, reason: Reason) -> Problem:
    where = "" if reason.why in _OF_THE_PERSON else f"{shift_words(at, shift)}: "
    sentence = f"{where}{reason.sentence}"
    severity, mend = Severity.AMBER, "ask them, or put somebody else on the shift"
    if reason.why is Why.NOT_SAID:
        severity, mend = Severity.INFO, "ask them when they can come, and enter it"
    if reason.blocks:
        both = (assignment, *at.plan.of(Assignment, "shift_id", reason.other_shift))
        taken_on = [each for each in both if each.person_id == assignment.person_id and each.overridden]
        if taken_on:
            severity, mend = Severity.INFO, ""
            sentence += f" (taken on by {taken_on[0].override_by}: {taken_on[0].override_reason})"
        else:
            severity = Severity.RED
            off = "take them off one of the two" if reason.other_shift else "take them off the shift"
            mend = f"{off}, or override it by name with a reason"
    other = (Concern("shift", reason.other_shift),) if reason.other_shift else ()
    return Problem(
        severity=severity,
        code=reason.why.name.lower().replace("_", "-"),
        sentence=sentence,
        concerns=(Concern("assignment", assignment.id), Concern("shift", shift.id), *other),
        mend=mend,
        day=day_of(at.plan, shift),
    )


def _short(at: Situation) -> Iterator[Problem]:
    """Find shifts with fewer people than they need, by role, or than the plan's least where none is said."""
    for shift in at.plan.all(Shift):
        if not stand_down.of_shift(at.plan, shift).on:
            continue
        counted = [each for each in at.plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
        waiting = sum(each.state is AssignmentState.RECONFIRM for each in counted)
        needs = at.plan.of(Need, "shift_id", shift.id)
        missing = [
            _missing_words(at, shift, need, counted)
            for need in sorted(needs, key=lambda need: (list(Role).index(need.role), need.id))
        ]
        if not needs and shift.picket_id:
            lacking = at.plan.settings.picket_minimum - len(_on_the_line(counted))
            missing = [counted_words(lacking, Role.PICKET)]
        where, words = shift_words(at, shift), " and ".join(filter(None, missing))
        if words:
            yield Problem(
                severity=Severity.AMBER,
                code="short",
                sentence=f"{where}: {words} short",
                concerns=(Concern("shift", shift.id),),
                mend="fill the rota, or ask somebody",
                day=day_of(at.plan, shift),
            )
        if waiting:
            yield Problem(
                severity=Severity.AMBER,
                code="to-reconfirm",
                sentence=f"{where}: {waiting} still to reconfirm",
                concerns=(Concern("shift", shift.id),),
                mend="ask them again",
                day=day_of(at.plan, shift),
            )


def _missing_words(at: Situation, shift: Shift, need: Need, counted: Iterable[Assignment]) -> str:
    """Say how many more a need asks for, in the word of that day's law; nothing where it is met."""
    heads = {
        each.person_id
        for each in counted
        if each.role is need.role and (need.skill is None or need.skill in at.book.skills_of(each.person_id))
    }
    return counted_words(need.least - len(heads), need_words(at.plan, at.rules, shift, need))


def _on_the_line(assignments: Iterable[Assignment]) -> set[PersonId]:
    """List the official pickets who stand there; a supervisor who is only within reach does not (L9)."""
    return {
        each.person_id
        for each in assignments
        if each.role.official_picket and each.state.counts and each.presence is Presence.PRESENT
    }


# -------------------------------------------------------------------------------------------- the place
def _six(at: Situation) -> Iterator[Problem]:
    """Find moments with more official pickets at an entrance than its figure; supporters don't count (L4)."""
    moments: dict[EntranceId, list[tuple[datetime, int, Shift]]] = defaultdict(list)
    for picket, _, _ in at.pickets():
        for shift in at.plan.of(Shift, "picket_id", picket.id):
            heads = len(_on_the_line(at.plan.of(Assignment, "shift_id", shift.id)))
            if heads and not shift.cancelled:
                moments[picket.entrance_id] += [(shift.starts, heads, shift), (shift.ends, -heads, shift)]
    for entrance_id, steps in moments.items():
        entrance = at.plan.get(Entrance, entrance_id)
        # A higher figure entered for an entrance does not raise the Code's own.
        figure = min(entrance.official_max, law.official_maximum(at.rules))
        now = 0
        over = False
        for when, step, shift in sorted(steps, key=lambda part: (part[0], part[1], part[2].id)):
            now += step
            if now > figure and not over:
                yield Problem(
                    severity=Severity.AMBER,
                    code="over-six",
                    sentence=f"{at.plan.place_words(shift)}, {day_words(when.date())} at {clock(when)}: {now} official "
                    f"pickets; the Code of Practice recommends no more than {law.official_maximum(at.rules)} at an "
                    f"entrance, and this one is down for {entrance.official_max}",
                    concerns=(Concern("shift", shift.id), Concern("entrance", entrance_id)),
                    mend="let some come as supporters, or spread them over other times or entrances",
                    day=day_of(at.plan, shift),
                )
            over = now > figure


def _ground(at: Situation) -> Iterator[Problem]:
    """Find pickets at entrances to keep clear (L12), on private land (L3), or entered twice."""
    at_entrance: dict[tuple[EntranceId, str], list[tuple[Picket, Span]]] = defaultdict(list)
    for picket, day, span in at.pickets():
        entrance = at.plan.get(Entrance, picket.entrance_id)
        words = at.plan.picket_words(picket)
        if entrance.keep_clear:
            yield Problem(
                severity=Severity.AMBER,
                code="keep-clear",
                sentence=f"{words}: this entrance is marked to be kept clear",
                concerns=picket_concern(picket),
                mend="stand elsewhere; never block the way of an ambulance or of essential supplies",
                day=day.id,
            )
        if entrance.land_status is LandStatus.PRIVATE:
            yield Problem(
                severity=Severity.AMBER,
                code="private-land",
                sentence=f"{words} is on private land without permission: there is no protection for trespass",
                concerns=picket_concern(picket),
                mend="ask for permission, or stand on the nearest public highway",
                day=day.id,
            )
        # Two unions may strike in the same hours: each has its own picket, with its own supervisor (L6).
        beside = at_entrance[picket.entrance_id, day.dispute_id]
        for other, other_span in beside:
            if span.overlaps(other_span):
                yield Problem(
                    severity=Severity.AMBER,
                    code="entered-twice",
                    sentence=f"{words} is entered twice: also {other.words}",
                    concerns=(*picket_concern(picket), *picket_concern(other)),
                    mend="keep one of the two",
                    day=day.id,
                )
        beside.append((picket, span))


def _noise(at: Situation) -> Iterator[Problem]:
    """Find loudspeakers at pickets in the hours in which streets must be free of them (R9)."""
    for picket, day, span in at.pickets():
        if not picket.loudspeaker:
            continue
        banned = law.loudspeaker_banned(at.rules, at.dispute(day).jurisdiction, span.start, span.end)
        if banned:
            hours = law.hours_words(banned)
            yield Problem(
                severity=Severity.RED,
                code="loudspeaker",
                sentence=f"{at.plan.picket_words(picket)}: no loudspeaker in the street {hours}. {at.rules.words}",
                concerns=picket_concern(picket),
                mend=f"leave it off {hours}, or ask the council for consent",
                day=day.id,
            )


CHECKS: tuple[Callable[[Situation], Iterable[Problem]], ...] = (_supervisors, _people, _short, _six, _ground, _noise)
