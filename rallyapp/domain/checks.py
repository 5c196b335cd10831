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
    """Judge the notices by employer: of several to one of them, or to nobody in particular, the earliest counts."""
    notices: dict[EmployerId | None, list[Notice]] = defaultdict(list)
    for link in at.plan.of(NoticeDay, "strike_day_id", day.id):
        notice = at.plan.get(Notice, link.notice_id)
        notices[notice.employer_id].append(notice)
    if not notices:
        yield _no_notice(at, day, "")
    elif None not in notices:
        pickets = [picket for picket in at.plan.of(Picket, "strike_day_id", day.id) if not picket.cancelled]
        for employer_id in sorted({at.plan.site_of(picket).employer_id for picket in pickets} - notices.keys()):
            yield _no_notice(at, day, f" {at.plan.get(Employer, employer_id).name}")
    late = {
        employer_id: min((late for late in judged if late), key=lambda late: late.sentence)
        for employer_id, several in notices.items()
        if all(judged := [_late_notice(at, day, notice) for notice in several])
    }
    if None in late or None not in notices:  # one in time to nobody in particular is in time for all
        yield from late.values()


def _no_notice(at: Situation, day: StrikeDay, employer: str) -> Problem:
    latest = law.notice_deadline(at.rules, at.dispute(day).jurisdiction, day.first_date)
    told = day.state is not StrikeState.PLANNED
    return Problem(
        severity=Severity.RED if told or latest.latest < at.today <= day.first_date else Severity.AMBER,
        code="no-notice",
        sentence=f"No notice to {employer.strip() or 'the employer'} covers {day.words}. {latest.sentence}",
        concerns=(Concern("strike_day", day.id),),
        mend="enter the notice that head office gave, and tick the days that it covers",
        day=day.id,
    )


def _late_notice(at: Situation, day: StrikeDay, notice: Notice) -> Problem | None:
    counted = notice.received_on or notice.given_on
    latest = law.notice_deadline(
        at.rules,
        at.dispute(day).jurisdiction,
        day.first_date,
        given_on=notice.given_on,
        employer_agreed=notice.employer_agreed_shorter,
    )
    if counted <= latest.latest:
        return None
    employer = at.plan.find(Employer, notice.employer_id)
    whom = f" to {employer.name}" if employer else ""
    doubt = "" if latest.certain else f" {latest.warning}"
    return Problem(
        severity=Severity.RED if latest.certain else Severity.AMBER,  # what no source answers is not said as law
        code="late-notice",
        sentence=f"The notice{whom} for {day.words} came on {day_words(counted)}, too late. {latest.sentence}{doubt}",
        concerns=(Concern("strike_day", day.id), Concern("notice", notice.id)),
        mend="ask head office; the day may have to move",
        day=day.id,
    )


def _mandate(at: Situation, day: StrikeDay) -> Iterator[Problem]:
    dispute = at.dispute(day)
    concerns = (Concern("strike_day", day.id), Concern("dispute", dispute.id))
    last_touched = day.window.days()[-1]
    until, said, begin_by = dispute.mandate_until, "the union's own date", None
    if until is None and dispute.ballot_closed is not None:
        found = law.mandate(
            at.rules,
            dispute.jurisdiction,
            ballot_opened=dispute.ballot_opened or dispute.ballot_closed,
            ballot_closed=dispute.ballot_closed,
            agreed_months=dispute.extended_months,
        )
        until, said, begin_by = found.last_day, found.sentence, found.begin_by
    if until is not None and last_touched > until:
        yield Problem(
            severity=Severity.RED,
            code="after-mandate",
            sentence=f"{day.words} runs past the mandate, which ends on {long_day_words(until)} ({said})",
            concerns=concerns,
            mend="check the mandate with your union",
            day=day.id,
        )
    first = min((other.first_date for other in at.plan.of(StrikeDay, "dispute_id", dispute.id)), default=day.first_date)
    if begin_by is not None and first > begin_by and day.first_date == first:
        yield Problem(
            severity=Severity.AMBER,
            code="mandate-begun-late",
            sentence=f"The first strike day in this plan is {day_words(first)}. {said}",
            concerns=concerns,
            mend="check with your union that action began in time, or enter the mandate's own last day",
            day=day.id,
        )


def _windows(at: Situation) -> Iterator[Problem]:
    """Find pickets outside their strike day's window, and pickets that are announced without an end."""
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


# -------------------------------------------------------------------------------------------- who is on
def _supervisors(at: Situation) -> Iterator[Problem]:
    """Find minutes without a picket supervisor where the law asked for one that day, and police not told (L6-L9)."""
    for picket, day, span in at.pickets():
        where = at.dispute(day).jurisdiction
        parts = [part for part in _by_day(span) if law.supervisor_required(at.rules, where, part.start.date())]
        if not parts:
            continue
        held = [
            shift.span
            for shift in at.plan.of(Shift, "picket_id", picket.id)
            if not shift.cancelled
            and any(
                assignment.role is Role.SUPERVISOR and assignment.state.counts
                for assignment in at.plan.of(Assignment, "shift_id", shift.id)
            )
        ]
        words = at.plan.picket_words(picket)
        gaps = [gap for part in parts for gap in uncovered(part, held)]
        if gaps:
            yield Problem(
                severity=Severity.RED,
                code="supervisor-gap",
                sentence=f"{words} has no picket supervisor {', '.join(span_words(g.start, g.end) for g in gaps)}, "
                f"which the law requires on that day. {at.rules.words}",
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


_WARNINGS = {Why.NOT_SAID: Severity.INFO}


def _people(at: Situation) -> Iterator[Problem]:
    """Find people on shifts who may not, or should not, be there: whatever ``why_not`` says."""
    told: set[frozenset[str]] = set()
    for shift in at.plan.all(Shift):
        if not stand_down.of_shift(at.plan, shift).on:
            continue
        for assignment in at.plan.of(Assignment, "shift_id", shift.id):
            person = at.plan.find(Person, assignment.person_id)
            if person is None or not assignment.state.counts:
                continue
            for reason in why_not(person, shift, at.book, role=assignment.role):
                pair = frozenset({str(reason.why), person.id, shift.id, reason.other_shift or ""})
                if pair not in told:
                    told.add(pair)
                    yield _person_problem(at, shift, assignment, reason)


def _person_problem(at: Situation, shift: Shift, assignment: Assignment, reason: Reason) -> Problem:
    where = f"{at.plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"
    sentence = f"{where}: {reason.sentence}"
    severity, mend = _WARNINGS.get(reason.why, Severity.AMBER), "ask them, or put somebody else on the shift"
    if reason.blocks and assignment.overridden:
        severity, mend = Severity.INFO, ""
        sentence += f" (taken on by {assignment.override_by}: {assignment.override_reason})"
    elif reason.blocks:
        severity = Severity.RED
        mend = "take them off one of the two, or override it by name with a reason"
    other = (Concern("shift", reason.other_shift),) if reason.other_shift else ()
    return Problem(
        severity=severity,
        code=reason.why.name.lower().replace("_", "-"),
        sentence=sentence,
        concerns=(Concern("assignment", assignment.id), Concern("shift", shift.id), *other),
        mend=mend,
        day=day_of(at.plan, shift),
    )


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
    links = plan.of(RallyDay, "rally_id", rally.id)
    return links[0].strike_day_id if links else None


def _short(at: Situation) -> Iterator[Problem]:
    """Find shifts with fewer people than they need, by role, or than the plan's least where none is said."""
    for shift in at.plan.all(Shift):
        if not stand_down.of_shift(at.plan, shift).on:
            continue
        heads: dict[Role, int] = defaultdict(int)
        waiting = 0
        for assignment in at.plan.of(Assignment, "shift_id", shift.id):
            if assignment.state.counts:
                heads[assignment.role] += 1
                waiting += assignment.state is AssignmentState.RECONFIRM
        needs = at.plan.of(Need, "shift_id", shift.id)
        missing = [(need.role, need.least - heads[need.role]) for need in needs if heads[need.role] < need.least]
        official = sum(count for role, count in heads.items() if role.official_picket)
        least = at.plan.settings.picket_minimum
        if not needs and shift.picket_id and official < least:
            missing = [(Role.PICKET, least - official)]
        where = f"{at.plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"
        if missing:
            words = " and ".join(f"{count} {role}{'' if count == 1 else 's'}" for role, count in missing)
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


# -------------------------------------------------------------------------------------------- the place
def _six(at: Situation) -> Iterator[Problem]:
    """Find moments with more official pickets at an entrance than its figure; supporters don't count (L4)."""
    moments: dict[EntranceId, list[tuple[datetime, int, Shift]]] = defaultdict(list)
    for picket, _, _ in at.pickets():
        for shift in at.plan.of(Shift, "picket_id", picket.id):
            heads = sum(
                assignment.role.official_picket and assignment.state.counts
                for assignment in at.plan.of(Assignment, "shift_id", shift.id)
            )
            if heads and not shift.cancelled:
                moments[picket.entrance_id] += [(shift.starts, heads, shift), (shift.ends, -heads, shift)]
    for entrance_id, steps in moments.items():
        entrance = at.plan.get(Entrance, entrance_id)
        now = 0
        over = False
        for when, step, shift in sorted(steps, key=lambda part: (part[0], part[1])):
            now += step
            if now > entrance.official_max and not over:
                yield Problem(
                    severity=Severity.AMBER,
                    code="over-six",
                    sentence=f"{at.plan.place_words(shift)}, {day_words(when.date())} at {when:%H:%M}: {now} official "
                    f"pickets; the Code of Practice recommends no more than {law.official_maximum(at.rules)} at an "
                    f"entrance, and this one is down for {entrance.official_max}",
                    concerns=(Concern("shift", shift.id), Concern("entrance", entrance_id)),
                    mend="let some come as supporters, or spread them over other times or entrances",
                    day=day_of(at.plan, shift),
                )
            over = now > entrance.official_max


def _ground(at: Situation) -> Iterator[Problem]:
    """Find pickets at entrances to keep clear (L12), on private land (L3), or entered twice."""
    at_entrance: dict[EntranceId, list[tuple[Picket, Span]]] = defaultdict(list)
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
        for other, other_span in at_entrance[picket.entrance_id]:
            if span.overlaps(other_span):
                yield Problem(
                    severity=Severity.AMBER,
                    code="entered-twice",
                    sentence=f"{words} is entered twice: also {other.words}",
                    concerns=(*_of(picket), *_of(other)),
                    mend="keep one of the two",
                    day=day.id,
                )
        at_entrance[picket.entrance_id].append((picket, span))


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
                mend=f"leave it off until {banned[1]:%H:%M}, or ask the council for consent",
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
    """Find people not yet told of a stand-down that still holds."""
    for decision in at.plan.all(StandDown):
        if decision.kind is StandDownKind.REINSTATED:
            continue
        links = at.plan.of(StandDownDay, "stand_down_id", decision.id)
        days = [at.plan.get(StrikeDay, link.strike_day_id) for link in links]
        off = [day for day in days if day.stood_down]
        if not off:
            continue
        tells = stand_down.cascade(at.plan, [day.id for day in off], now=decision.at, stand_down=decision.id)
        waiting = [tell for tell in tells if not tell.reached]
        if waiting:
            yield Problem(
                severity=Severity.STAND_DOWN,
                code="not-reached",
                sentence=f"{off[0].words} is {off[0].state}: {len(tells) - len(waiting)} of {len(tells)} have been "
                f"reached, next {waiting[0].name} ({waiting[0].turn.words})",
                concerns=(Concern("stand_down", decision.id),),
                mend="go on telling people, in order",
                day=off[0].id,
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
