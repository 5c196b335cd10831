"""Everything that is wrong or risky in a plan, in words.

A check never changes anything and never blocks. What the law asks is read from the dated rules, so the same
plan is judged by the law of its own days. ``check_rallies`` holds the checks of rallies and stalls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import Dispute, Notice, NoticeDay, Settings, StrikeDay, StrikeState
from rallyapp.domain.eligibility import Book, Reason, Why, why_not
from rallyapp.domain.ids import EmployerId, EntranceId, PersonId, StandDownId, StrikeDayId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.people import Availability, Cover, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, PoliceTelling, Presence, Role, Shift
from rallyapp.domain.places import Employer, Entrance, LandStatus
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import Permission, ProgrammeItem, Rally, RallyDay
from rallyapp.domain.records import KINDS, TABLES, Record, columns, problems_of, table_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.tells import StandDown, StandDownDay, StandDownKind
from rallyapp.domain.times import (
    MIDNIGHT,
    Span,
    clock,
    clocks_change,
    day_words,
    long_day_words,
    merged,
    span_words,
    uncovered,
)

Holidays = Callable[[Jurisdiction], Mapping[date, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the checks look at: the plan, the dated rules, everybody's time, bank holidays, and today's date."""

    plan: Plan
    rules: Rules
    book: Book
    holidays: Holidays
    today: date

    def dispute(self, day: StrikeDay) -> Dispute:
        """The dispute of a strike day."""
        return self.plan.dispute_of(day)

    def jurisdiction(self, day_id: StrikeDayId | None) -> Jurisdiction:
        """Say whose law counts on a strike day, and for what belongs to none: that of the plan's first dispute."""
        day = self.plan.find(StrikeDay, day_id)
        disputes = (self.dispute(day),) if day else self.plan.all(Dispute)
        return disputes[0].jurisdiction if disputes else Jurisdiction.ENGLAND

    def pickets(self) -> Iterator[tuple[Picket, StrikeDay, Span]]:
        """List the pickets that go ahead by time, with their days and spans; see ``picket_span`` for an open end."""
        for picket in sorted(self.plan.all(Picket), key=lambda picket: (picket.starts, picket.id)):
            if stand_down.of_picket(self.plan, picket).on:
                day = self.plan.get(StrikeDay, picket.strike_day_id)
                yield picket, day, picket_span(self.plan, picket)


def picket_span(plan: Plan, picket: Picket) -> Span:
    """Give a picket's span; an open end runs to its last shift's end, or to the end of its strike day."""
    if picket.ends is not None:
        return Span(picket.starts, picket.ends)
    ends = [shift.ends for shift in plan.of(Shift, "picket_id", picket.id)]
    window_end = plan.get(StrikeDay, picket.strike_day_id).window.end
    latest = max(ends, default=window_end)
    return Span(picket.starts, latest if latest > picket.starts else picket.starts + timedelta(hours=1))


def run(plan: Plan, rules: Rules, *, holidays: Holidays, today: date) -> tuple[Problem, ...]:
    """Find every problem of a plan, worst first, then by day and sentence.

    What can't be kept as it is, because a merge or another program left it so, is said and then left out with
    what hangs on it; all else is still judged.
    """
    from rallyapp.domain import check_rallies  # it uses what stands here

    found: list[Problem] = []
    plan = _sound(plan, found)
    at = Situation(plan=plan, rules=rules, book=Book(plan), holidays=holidays, today=today)
    for check in (*CHECKS, *check_rallies.CHECKS):
        found.extend(check(at))
    days = {day.id: day.window.start for day in plan.all(StrikeDay)}

    def order(problem: Problem) -> tuple[int, datetime, str]:
        when = days.get(problem.day, datetime.max) if problem.day else datetime.max
        return problem.severity.rank, when, problem.sentence

    return tuple(sorted(dict.fromkeys(found), key=order))


def _of(picket: Picket) -> tuple[Concern, ...]:
    return (Concern("picket", picket.id),)


# ------------------------------------------------------------------------------------------ the records
# The checks add up the times and figures of these; of other kinds a wrong row still says what it says.
_RECKONED = {Settings, StrikeDay, Picket, Permission, ProgrammeItem, Stall, Shift, Availability, Cover}


def _sound(plan: Plan, found: list[Problem]) -> Plan:
    """Say which records are wrong or refer to nothing, and give the plan without those that can't be reckoned with."""
    kept: list[Record] = []
    known: dict[str, set[str]] = {}
    for kind in KINDS:
        table = table_of(kind)
        references = [
            (column.name, column.refers_to)
            for column in columns(kind)
            if column.refers_to and column.refers_to != table  # a day replaced by another is judged without it
        ]
        ids = known[table] = set()
        for record in plan.all(kind):
            wrong = problems_of(record)
            found.extend(wrong)
            stays = not wrong or kind not in _RECKONED
            for field, target in references:
                id = getattr(record, field)
                if id is not None and id not in known[target]:
                    stays = False
                    if plan.find(TABLES[target], id) is None:
                        found.append(_refers_to_nothing(table, record.id, target))
            if stays:
                ids.add(record.id)
                kept.append(record)
    return plan if len(kept) == sum(plan.count(kind) for kind in KINDS) else Plan(kept)


def _refers_to_nothing(table: str, id: str, target: str) -> Problem:
    what, whom = (name.replace("_", " ") for name in (table, target))
    return Problem(
        severity=Severity.RED,
        code="refers-to-nothing",
        sentence=f"The plan holds a record ({what}) that belongs to a {whom} that is not in it",
        concerns=(Concern(table, id),),
        mend="take it out, or load the plan again from a backup",
    )


# ------------------------------------------------------------------------------- notice, mandate, window
def _notices(at: Situation) -> Iterator[Problem]:
    """Find strike days without a notice in time (L16-L20) or outside the mandate (L22-L25)."""
    for day in at.plan.all(StrikeDay):
        if not day.stood_down:
            yield from _notice(at, day)
            yield from _mandate(at, day)


def _notice(at: Situation, day: StrikeDay) -> Iterator[Problem]:
    """Judge the notices employer by employer (L16: each must have it); one to nobody in particular is to all."""
    notices: dict[EmployerId | None, list[Notice]] = defaultdict(list)
    for link in at.plan.of(NoticeDay, "strike_day_id", day.id):
        notice = at.plan.get(Notice, link.notice_id)
        notices[notice.employer_id].append(notice)
    if not notices:
        yield _no_notice(at, day, "the employer")
        return
    late = {
        employer_id: _late_notice(at, day, min(several, key=lambda notice: (_came(notice), notice.id)))
        for employer_id, several in notices.items()
    }
    if None in late and late[None] is None:
        return  # in time for all
    yield from filter(None, late.values())
    if None not in late:
        pickets = [picket for picket in at.plan.of(Picket, "strike_day_id", day.id) if not picket.cancelled]
        for employer_id in sorted({at.plan.site_of(picket).employer_id for picket in pickets} - late.keys()):
            yield _no_notice(at, day, at.plan.get(Employer, employer_id).name)


def _came(notice: Notice) -> date:
    return notice.received_on or notice.given_on


def _no_notice(at: Situation, day: StrikeDay, whom: str) -> Problem:
    latest = law.notice_deadline(at.rules, at.dispute(day).jurisdiction, day.first_date)
    told = day.state is not StrikeState.PLANNED
    return Problem(
        severity=Severity.RED if told or latest.latest < at.today <= day.first_date else Severity.AMBER,
        code="no-notice",
        sentence=f"No notice to {whom} covers {day.words}. {latest.sentence}",
        concerns=(Concern("strike_day", day.id),),
        mend="enter the notice that head office gave, and tick the days that it covers",
        day=day.id,
    )


def _late_notice(at: Situation, day: StrikeDay, notice: Notice) -> Problem | None:
    latest = law.notice_deadline(
        at.rules,
        at.dispute(day).jurisdiction,
        day.first_date,
        given_on=notice.given_on,
        employer_agreed=notice.employer_agreed_shorter,
    )
    if _came(notice) <= latest.latest:
        return None
    employer = at.plan.find(Employer, notice.employer_id)
    whom = f" to {employer.name}" if employer else ""
    doubt = "" if latest.certain else f" {latest.warning}"
    return Problem(
        severity=Severity.RED if latest.certain else Severity.AMBER,  # what no source answers is not said as law
        code="late-notice",
        sentence=f"The notice{whom} for {day.words} came on {day_words(_came(notice))}, too late. "
        f"{latest.sentence}{doubt}",
        concerns=(Concern("strike_day", day.id), Concern("notice", notice.id)),
        mend="ask head office; the day may have to move",
        day=day.id,
    )


def _mandate(at: Situation, day: StrikeDay) -> Iterator[Problem]:
    dispute = at.dispute(day)
    concerns = (Concern("strike_day", day.id), Concern("dispute", dispute.id))
    last_touched = day.window.days()[-1]
    until, begin_by, said = dispute.mandate_until, None, ""
    if until is not None:
        said = f"the union's own date for its end is {long_day_words(until)}. {at.rules.words}"
    elif dispute.ballot_closed is not None and not problems_of(dispute):
        found = law.mandate(
            at.rules,
            dispute.jurisdiction,
            ballot_opened=dispute.ballot_opened or dispute.ballot_closed,
            ballot_closed=dispute.ballot_closed,
            agreed_months=dispute.extended_months,
        )
        until, begin_by = found.last_day, found.begin_by
        said = " ".join(filter(None, (found.fact, found.warning, at.rules.words)))
    if until is not None and last_touched > until:
        yield Problem(
            severity=Severity.RED,
            code="after-mandate",
            sentence=f"{day.words} runs past the mandate: {said[0].lower()}{said[1:]}",
            concerns=concerns,
            mend="check the mandate with your union",
            day=day.id,
        )
    # A day that was called off began nothing.
    days = [other for other in at.plan.of(StrikeDay, "dispute_id", dispute.id) if not other.stood_down]
    first = min(days, key=lambda other: (other.first_date, other.window.start, other.id))
    if begin_by is not None and first.first_date > begin_by and day is first:
        yield Problem(
            severity=Severity.AMBER,
            code="mandate-begun-late",
            sentence=f"The first strike day in this plan that goes ahead is {day_words(first.first_date)}. {said}",
            concerns=concerns,
            mend="check with your union that action began in time, or enter the mandate's own last day",
            day=day.id,
        )


def _windows(at: Situation) -> Iterator[Problem]:
    """Find pickets outside their strike day's window, without an end, and out of step with their shifts."""
    for picket, day, span in at.pickets():
        words = at.plan.picket_words(picket)
        if not span.overlaps(day.window):
            yield Problem(
                severity=Severity.RED,
                code="outside-window",
                sentence=f"{words} is outside its strike day ({day.words})",
                concerns=(*_of(picket), Concern("strike_day", day.id)),
                mend="move the picket, or choose the strike day that it belongs to",
                day=day.id,
            )
        elif not day.window.contains(span):
            yield Problem(
                severity=Severity.AMBER,
                code="partly-outside-window",
                sentence=f"{words} is partly outside its strike day ({day.words})",
                concerns=_of(picket),
                mend="people on the line outside those times are not on strike: check who they are",
                day=day.id,
            )
        if picket.ends is None:
            yield Problem(
                severity=Severity.AMBER,
                code="open-end",
                sentence=f"{words} has no end time",
                concerns=_of(picket),
                mend="enter when it ends, so that the rota and the police know",
                day=day.id,
            )
        yield from _out_of_step(at, picket, day, span)


def _out_of_step(at: Situation, picket: Picket, day: StrikeDay, span: Span) -> Iterator[Problem]:
    words = at.plan.picket_words(picket)
    shifts = [shift for shift in at.plan.of(Shift, "picket_id", picket.id) if not shift.cancelled]
    for shift in shifts:
        if not span.contains(shift.span):
            yield Problem(
                severity=Severity.AMBER,
                code="shift-outside",
                sentence=f"{words} has a shift outside its times: {_on_day(span, shift.span)}",
                concerns=(Concern("shift", shift.id), *_of(picket)),
                mend="change the shift or the picket: who stands there outside its times has no picket",
                day=day.id,
            )
    bare = uncovered(span, (shift.span for shift in shifts))
    if bare:
        when = f"no shift {', '.join(_on_day(span, gap) for gap in bare)}" if shifts else "no shifts"
        yield Problem(
            severity=Severity.AMBER,
            code="no-shift",
            sentence=f"{words} has {when}, so nobody can be put down for it",
            concerns=_of(picket),
            mend="cut the picket's time into shifts, or shorten it",
            day=day.id,
        )


def _on_day(whole: Span, part: Span) -> str:
    """Write a part of a span, with its day where that is not the whole's first."""
    words = span_words(part.start, part.end)
    return words if part.start.date() == whole.start.date() else f"{day_words(part.start.date())} {words}"


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
                sentence=f"{words} has no picket supervisor {', '.join(_on_day(span, gap) for gap in gaps)}, "
                f"which the law requires then. {at.rules.words}",
                concerns=_of(picket),
                mend="put a picket supervisor on those shifts",
                day=day.id,
            )
        if not at.plan.of(PoliceTelling, "picket_id", picket.id):
            yield Problem(
                severity=Severity.RED if span.start.date() <= at.today else Severity.AMBER,
                code="police-not-told",
                sentence=f"It is not recorded that the police were told of {words}: the supervisor's name, the place "
                f"and how to reach them. {at.rules.words}",
                concerns=_of(picket),
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
                    sentence=f"{_shift_words(at, shift)}: {at.plan.name_of(person_id)} is down more than once, as "
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
    where = "" if reason.why in _OF_THE_PERSON else f"{_shift_words(at, shift)}: "
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


def _shift_words(at: Situation, shift: Shift) -> str:
    return f"{at.plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"


def day_of(plan: Plan, shift: Shift) -> StrikeDayId | None:
    """Name the strike day of a shift: its picket's, or the first of its rally's; None where there is none."""
    host = plan.host(shift)
    if isinstance(host, Stall):
        host = plan.get(Rally, host.rally_id) if host.rally_id else plan.get(Picket, host.picket_id)
    if isinstance(host, Picket):
        return host.strike_day_id
    return day_of_rally(plan, host)


def day_of_rally(plan: Plan, rally: Rally) -> StrikeDayId | None:
    """Name the first strike day to which a rally belongs; None where there is none."""
    days = [plan.get(StrikeDay, link.strike_day_id) for link in plan.of(RallyDay, "rally_id", rally.id)]
    return min(days, key=lambda day: (day.window.start, day.id)).id if days else None


def _short(at: Situation) -> Iterator[Problem]:
    """Find shifts with fewer people than they need, by role, or than the plan's least where none is said."""
    for shift in at.plan.all(Shift):
        if not stand_down.of_shift(at.plan, shift).on:
            continue
        counted = [each for each in at.plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
        waiting = sum(each.state is AssignmentState.RECONFIRM for each in counted)
        needs = at.plan.of(Need, "shift_id", shift.id)
        missing = [_missing_words(at, shift, need, counted) for need in needs]
        if not needs and shift.picket_id:
            lacking = at.plan.settings.picket_minimum - len(_on_the_line(counted))
            missing = [_counted_words(lacking, Role.PICKET)]
        where, words = _shift_words(at, shift), " and ".join(filter(None, missing))
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
    word = str(need.role)
    if need.role is Role.SUPERVISOR:
        word = law.supervisor_word(at.rules, at.jurisdiction(day_of(at.plan, shift)), shift.starts.date())
    return _counted_words(need.least - len(heads), word, f" with {need.skill}" if need.skill else "")


def _counted_words(lacking: int, word: str, more: str = "") -> str:
    return f"{lacking} {word}{'' if lacking == 1 else 's'}{more}" if lacking > 0 else ""


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
        now = 0
        over = False
        for when, step, shift in sorted(steps, key=lambda part: (part[0], part[1], part[2].id)):
            now += step
            if now > entrance.official_max and not over:
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
            over = now > entrance.official_max


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
                concerns=_of(picket),
                mend="stand elsewhere; never block the way of an ambulance or of essential supplies",
                day=day.id,
            )
        if entrance.land_status is LandStatus.PRIVATE:
            yield Problem(
                severity=Severity.AMBER,
                code="private-land",
                sentence=f"{words} is on private land without permission: there is no protection for trespass",
                concerns=_of(picket),
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
                    concerns=(*_of(picket), *_of(other)),
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
            yield Problem(
                severity=Severity.RED,
                code="loudspeaker",
                sentence=f"{at.plan.picket_words(picket)}: no loudspeaker in the street {span_words(*banned)}. "
                f"{at.rules.words}",
                concerns=_of(picket),
                mend=f"leave it off {span_words(*banned)}, or ask the council for consent",
                day=day.id,
            )


# -------------------------------------------------------------------------------------------- the days
def _days(at: Situation) -> Iterator[Problem]:
    """Say which strike days are bank holidays or see the clocks change."""
    for day in at.plan.all(StrikeDay):
        if day.stood_down:
            continue
        holidays = at.holidays(at.dispute(day).jurisdiction)
        for each in day.window.days():
            concerns = (Concern("strike_day", day.id),)
            if each in holidays:
                yield Problem(
                    severity=Severity.INFO,
                    code="bank-holiday",
                    sentence=f"{day_words(each)} is a bank holiday ({holidays[each]}): fewer people are at work",
                    concerns=concerns,
                    day=day.id,
                )
            if turn := clocks_change(each):
                yield Problem(
                    severity=Severity.INFO,
                    code="clocks-change",
                    sentence=f"The clocks go {turn} on {day_words(each)}: check the shifts of that night",
                    concerns=concerns,
                    day=day.id,
                )


def _plan(at: Situation) -> Iterator[Problem]:
    """Find what is missing for every sheet, and data kept longer than was said."""
    for dispute in at.plan.all(Dispute):
        if not dispute.duty_phone.strip() and at.plan.of(StrikeDay, "dispute_id", dispute.id):
            yield Problem(
                severity=Severity.AMBER,
                code="no-duty-phone",
                sentence=f"\u201c{dispute.title}\u201d has no duty phone: it is the only number on a rota sheet",
                concerns=(Concern("dispute", dispute.id),),
                mend="enter the number that is answered on the day",
            )
    until = at.plan.settings.delete_after
    if until is not None and until < at.today:
        yield Problem(
            severity=Severity.AMBER,
            code="delete-now",
            sentence=f"The people in this plan were to be deleted after {long_day_words(until)}",
            concerns=(Concern("settings", at.plan.settings.id),),
            mend="delete them, or set a later date and say why",
        )


def _stood_down(at: Situation) -> Iterator[Problem]:
    """Find people not yet told of a stand-down that still holds, and days off without anybody being told."""
    decisions: dict[StrikeDayId, StandDown] = {}
    for decision in sorted(at.plan.all(StandDown), key=lambda decision: (decision.at, decision.id)):
        for link in at.plan.of(StandDownDay, "stand_down_id", decision.id):
            decisions[link.strike_day_id] = decision
    off: dict[StandDownId | None, list[StrikeDay]] = defaultdict(list)
    for day in sorted(at.plan.all(StrikeDay), key=lambda day: (day.window.start, day.id)):
        if day.stood_down:
            last = decisions.get(day.id)
            holds = last is not None and last.kind is not StandDownKind.REINSTATED
            off[last.id if last and holds else None].append(day)
    for decision_id, days in off.items():
        decided = at.plan.find(StandDown, decision_id)
        if decided is not None:
            yield from _not_reached(at, decided, days)
        else:
            yield from (_nobody_told(day) for day in days if _stops_something(at.plan, day))


def _not_reached(at: Situation, decision: StandDown, days: list[StrikeDay]) -> Iterator[Problem]:
    tells = stand_down.cascade(at.plan, [day.id for day in days], now=decision.at, stand_down=decision.id)
    waiting = [tell for tell in tells if not tell.reached]
    if waiting:
        more = len(days) - 1
        also = f" (and {more} more {'day' if more == 1 else 'days'})" if more else ""
        yield Problem(
            severity=Severity.STAND_DOWN,
            code="not-reached",
            sentence=f"{days[0].words} is {days[0].state}{also}: {len(tells) - len(waiting)} of {len(tells)} have been "
            f"reached, next {waiting[0].name} ({waiting[0].turn.words})",
            concerns=(Concern("stand_down", decision.id),),
            mend="go on telling people, in order",
            day=days[0].id,
        )


def _stops_something(plan: Plan, day: StrikeDay) -> bool:
    return bool(plan.of(Picket, "strike_day_id", day.id) or plan.of(RallyDay, "strike_day_id", day.id))


def _nobody_told(day: StrikeDay) -> Problem:
    return Problem(
        severity=Severity.STAND_DOWN,
        code="nobody-told",
        sentence=f"{day.words} is {day.state}, and no stand-down says who was told of it",
        concerns=(Concern("strike_day", day.id),),
        mend="enter who decided it and when, and tell people, in order",
        day=day.id,
    )


CHECKS: tuple[Callable[[Situation], Iterable[Problem]], ...] = (
    _notices,
    _windows,
    _supervisors,
    _people,
    _short,
    _six,
    _ground,
    _noise,
    _days,
    _plan,
    _stood_down,
)
