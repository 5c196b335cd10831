"""The checks of strike days: notice, mandate, windows, the calendar, and what a stand-down leaves to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import Dispute, Notice, NoticeDay, StrikeDay, StrikeState
from rallyapp.domain.ids import EmployerId, StandDownId, StrikeDayId
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.places import Employer
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import RallyDay
from rallyapp.domain.records import problems_of
from rallyapp.domain.situation import (
    Situation,
    on_day_words,
    picket_concern,
)
from rallyapp.domain.tells import StandDown, StandDownDay, StandDownKind
from rallyapp.domain.times import (
    Span,
    clocks_change,
    day_words,
    long_day_words,
    uncovered,
)


# ------------------------------------------------------------------------------- notice, mandate, window
def _notices(at: Situation) -> Iterator[Problem]:
    """Find strike days without a notice in time (L16-L20) or outside the mandate (L22-L25)."""
    for day in at.plan.all(StrikeDay):
        if not day.stood_down:
            yield from _notice(at, day)
            yield from _ballot(at, day)
            yield from _mandate(at, day)
            yield from _unplanned(at, day)


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


def _ballot(at: Situation, day: StrikeDay) -> Iterator[Problem]:
    """Find a strike day before its ballot has closed: nobody can have voted for it."""
    dispute = at.dispute(day)
    if dispute.ballot_closed is not None and dispute.ballot_closed >= day.first_date:
        yield Problem(
            severity=Severity.RED,
            code="before-ballot",
            sentence=f"{day.words} comes before the ballot has closed ({long_day_words(dispute.ballot_closed)})",
            concerns=(Concern("strike_day", day.id), Concern("dispute", dispute.id)),
            mend="check the two dates with your union",
            day=day.id,
        )


def _unplanned(at: Situation, day: StrikeDay) -> Iterator[Problem]:
    """Say that a strike day has neither a picket nor a rally."""
    if not at.plan.of(Picket, "strike_day_id", day.id) and not at.plan.of(RallyDay, "strike_day_id", day.id):
        yield Problem(
            severity=Severity.INFO,
            code="nothing-planned",
            sentence=f"Neither a picket nor a rally is planned for {day.words}",
            concerns=(Concern("strike_day", day.id),),
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
                concerns=(*picket_concern(picket), Concern("strike_day", day.id)),
                mend="move the picket, or choose the strike day that it belongs to",
                day=day.id,
            )
        elif not day.window.contains(span):
            yield Problem(
                severity=Severity.AMBER,
                code="partly-outside-window",
                sentence=f"{words} is partly outside its strike day ({day.words})",
                concerns=picket_concern(picket),
                mend="people on the line outside those times are not on strike: check who they are",
                day=day.id,
            )
        if picket.ends is None:
            yield Problem(
                severity=Severity.AMBER,
                code="open-end",
                sentence=f"{words} has no end time",
                concerns=picket_concern(picket),
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
                sentence=f"{words} has a shift outside its times: {on_day_words(span, shift.span)}",
                concerns=(Concern("shift", shift.id), *picket_concern(picket)),
                mend="change the shift or the picket: who stands there outside its times has no picket",
                day=day.id,
            )
    bare = uncovered(span, (shift.span for shift in shifts))
    if bare:
        when = f"no shift {', '.join(on_day_words(span, gap) for gap in bare)}" if shifts else "no shifts"
        yield Problem(
            severity=Severity.AMBER,
            code="no-shift",
            sentence=f"{words} has {when}, so nobody can be put down for it",
            concerns=picket_concern(picket),
            mend="cut the picket's time into shifts, or shorten it",
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
    nowhere = [
        person
        for person in at.plan.all(Person)
        if person.standing is Standing.MEMBER and not person.left and not at.book.workplaces_of(person)
    ]
    if nowhere and at.plan.count(Picket):
        many = "1 member has" if len(nowhere) == 1 else f"{len(nowhere):,} members have"
        yield Problem(
            severity=Severity.AMBER,
            code="no-workplace",
            sentence=f"{many} no workplace entered ({nowhere[0].name}{' and others' if len(nowhere) > 1 else ''}): "
            "the rota can't put them on a picket",
            concerns=tuple(Concern("person", person.id) for person in nowhere[:20]),
            mend="enter where they work",
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


CHECKS: tuple[Callable[[Situation], Iterable[Problem]], ...] = (_notices, _windows, _days, _plan, _stood_down)
