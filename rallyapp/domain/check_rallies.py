"""The checks of rallies and stalls; see ``checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import Assignment, Need, Picket, Role, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import (
    Override,
    Permission,
    PermissionKind,
    PermissionState,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RouteStep,
)
from rallyapp.domain.records import problems_of
from rallyapp.domain.running_order import overrun, running_order
from rallyapp.domain.situation import Situation, day_of_rally
from rallyapp.domain.stalls import Partner, Stall, StallState
from rallyapp.domain.times import clock, day_words, minutes_words, span_words

# What somebody else must say yes to; that it was sent is enough for a notice, an insurance or an assessment.
_TO_BE_GRANTED = (PermissionKind.LANDOWNER, PermissionKind.LOUDSPEAKER)


@frozen
class _Rally:
    """One rally that goes ahead, with where the law of it is and which day it belongs to."""

    at: Situation
    rally: Rally
    where: Jurisdiction
    day: StrikeDayId | None

    def problem(self, severity: Severity, code: str, sentence: str, mend: str = "", *more: Concern) -> Problem:
        return Problem(
            severity=severity,
            code=code,
            sentence=f"{self.rally.title}: {sentence}",
            concerns=(Concern("rally", self.rally.id), *more),
            mend=mend,
            day=self.day,
        )

    def permissions(self, kind: PermissionKind) -> list[Permission]:
        every = self.at.plan.of(Permission, "rally_id", self.rally.id)
        return [permission for permission in every if permission.kind is kind]

    def places(self, role: Role) -> int:
        """Count the most places of a role that are planned at one moment: the sum over posts of their largest shift."""
        plan, total = self.at.plan, 0
        for post in plan.of(Post, "rally_id", self.rally.id):
            sizes = [0]
            for shift in plan.of(Shift, "post_id", post.id):
                if not shift.cancelled:
                    on = plan.of(Assignment, "shift_id", shift.id)
                    sizes.append(sum(each.role is role and each.state.counts for each in on))
                    sizes += [need.wished for need in plan.of(Need, "shift_id", shift.id) if need.role is role]
            total += max(sizes)
        return total


def _settled(permission: Permission) -> bool:
    """Say whether nothing more is awaited: a yes from somebody is not there because it was asked for."""
    asked = permission.kind in _TO_BE_GRANTED and permission.state is PermissionState.SENT
    return permission.state.settled and not asked


def _each(at: Situation) -> Iterator[_Rally]:
    """List the rallies that go ahead; one that can't be kept as it is has been said and waits."""
    for rally in at.plan.all(Rally):
        if stand_down.of_rally(at.plan, rally).on and not problems_of(rally):
            day = day_of_rally(at.plan, rally)
            yield _Rally(at=at, rally=rally, where=at.jurisdiction(day), day=day)


def _marches(at: Situation) -> Iterator[Problem]:
    """Find march notices that are late, or that no longer say what will happen (R1, R2, R4, R5)."""
    for each in _each(at):
        if not each.rally.kind.marches:
            continue
        on = (each.rally.move_off or each.rally.starts).date()
        deadline = law.march_deadline(at.rules, each.where, on)
        # R2: a customary march is free of the duty in England and Wales, not in Scotland or Northern Ireland.
        customary = each.rally.customary.strip() and at.rules.in_force("R2", each.where, on)
        if deadline is None or customary:
            continue
        notices = each.permissions(PermissionKind.MARCH_NOTICE)
        waived = deadline.rule.id == "R4" and any(notice.waiver.strip() for notice in notices)
        sent = _newest(notices)
        if not sent and not waived:
            said = any(notice.state in (PermissionState.SENT, PermissionState.GRANTED) for notice in notices)
            what = "it is not entered when the march notice was sent" if said else "no march notice has been sent"
            yield each.problem(
                Severity.RED if deadline.latest < at.today <= on else Severity.AMBER,
                "march-notice-not-sent",
                f"{what}. {deadline.sentence}",
                "enter when" if said else "send it as soon as you can, and enter when",
            )
        for sent_on, notice in sent:
            if sent_on > deadline.latest and not waived:
                sentence = f"the march notice was sent on {day_words(sent_on)}, too late. {deadline.sentence}"
                concern = Concern("permission", notice.id)
                yield each.problem(Severity.RED, "march-notice-late", sentence, "speak to the police now", concern)
            yield from _march_notice(each, notice)


def _newest(notices: Iterable[Permission]) -> list[tuple[date, Permission]]:
    """List the last notice sent to each body: in Scotland there are two, and a changed march needs a new one."""
    sent = [(notice.sent_on, notice) for notice in notices if notice.sent_on is not None]
    sent.sort(key=lambda pair: (pair[0], pair[1].id))
    last = {" ".join(notice.body.split()).casefold(): (on, notice) for on, notice in sent}
    return list(last.values())


def _march_notice(each: _Rally, notice: Permission) -> Iterator[Problem]:
    rally, concern = each.rally, Concern("permission", notice.id)
    starts = rally.move_off or rally.starts
    if notice.sent_for is not None and notice.sent_for != starts:
        sentence = (
            f"the march notice says {day_words(notice.sent_for.date())} {clock(notice.sent_for)}, the plan says "
            f"{day_words(starts.date())} {clock(starts)}. {each.at.rules.words}"
        )
        yield each.problem(Severity.RED, "march-notice-changed", sentence, "send a new notice", concern)
    steps = sorted(each.at.plan.of(RouteStep, "rally_id", rally.id), key=lambda step: (step.position, step.id))
    route = "\n".join(step.instruction for step in steps if not step.accessible)
    if notice.sent_route.strip() and _lines(notice.sent_route) != _lines(route):
        sentence = f"the route has changed since the march notice was sent. {each.at.rules.words}"
        yield each.problem(Severity.RED, "march-route-changed", sentence, "send a new notice", concern)


def _lines(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def _noise(at: Situation) -> Iterator[Problem]:
    """Find loudspeakers at rallies in the hours in which streets must be free of them (R9)."""
    for each in _each(at):
        start = each.rally.assemble or each.rally.starts
        banned = law.loudspeaker_banned(at.rules, each.where, start, each.rally.ends)
        consented = any(_settled(consent) for consent in each.permissions(PermissionKind.LOUDSPEAKER))
        if each.rally.loudspeaker and banned and not consented:
            sentence = f"no loudspeaker in the street {span_words(*banned)}. {at.rules.words}"
            mend = f"leave it off {span_words(*banned)}, or ask the council for consent"
            yield each.problem(Severity.RED, "loudspeaker", sentence, mend)


def _numbers(at: Situation) -> Iterator[Problem]:
    """Find too few stewards or first aiders for the planning figures (R11, R13), and crowds over the capacity."""
    for each in _each(at):
        expected = each.rally.expected
        if expected is None:
            yield each.problem(
                Severity.AMBER,
                "expected-not-known",
                "how many people are expected is not entered",
                "enter a figure: stewards, first aid and the police go by it",
            )
            continue
        kind = "march" if each.rally.kind.marches else "static"
        figure = law.stewards_suggested(at.rules, expected, kind, one_per=each.rally.steward_ratio)
        planned = each.places(Role.STEWARD) + each.places(Role.CHIEF_STEWARD)
        if planned < figure.number:
            sentence = f"{_planned(planned, 'steward')}; {figure.sentence}"
            yield each.problem(Severity.AMBER, "few-stewards", sentence, "add posts, or set your own ratio")
        figure = law.first_aiders_suggested(at.rules, expected)
        planned = each.places(Role.FIRST_AIDER)
        if planned < figure.number:
            sentence = f"{_planned(planned, 'first aider')}; {figure.sentence}"
            yield each.problem(Severity.AMBER, "few-first-aiders", sentence, "add a first-aid post")
        capacity = at.plan.get(Venue, each.rally.venue_id).capacity
        if capacity is not None and expected > capacity:
            sentence = f"{expected:,} are expected where {capacity:,} have room"
            yield each.problem(Severity.AMBER, "over-capacity", sentence, "find a larger place, or a plan for the rest")
        martyn = at.rules.rule("R16")
        if expected >= martyn.figure() and each.rally.entry_checks:
            sentence = f"{expected:,} are expected and people are checked at the entry. {martyn.say} {at.rules.words}"
            yield each.problem(Severity.INFO, "martyns-law", sentence, "read about Martyn's Law")


def _planned(number: int, who: str) -> str:
    return f"1 {who} is planned" if number == 1 else f"{number} {who}s are planned"


def _permissions(at: Situation) -> Iterator[Problem]:
    """Find what is not agreed, refused, late, missing or running out (R8, R10)."""
    for each in _each(at):
        on = each.rally.starts.date()
        for kind, words in (
            (PermissionKind.LANDOWNER, "the landowner has not agreed"),
            (PermissionKind.INSURANCE, "no public liability insurance is entered"),
            (PermissionKind.RISK_ASSESSMENT, "the risk assessment has not been shared"),
        ):
            every = each.permissions(kind)
            # One that was refused is said below, by itself.
            open_ = [one for one in every if not _settled(one) and one.state is not PermissionState.REFUSED]
            if open_ or not every:
                concerns = (Concern("permission", permission.id) for permission in open_)
                state = f" ({open_[0].state})" if open_ else ""
                code = f"no-{kind.name.lower().replace('_', '-')}"
                yield each.problem(Severity.AMBER, code, f"{words}{state}", "enter how far it has come", *concerns)
        for permission in at.plan.of(Permission, "rally_id", each.rally.id):
            concern = Concern("permission", permission.id)
            if permission.expires_on is not None and permission.expires_on < each.rally.ends.date():
                sentence = f"{permission.kind} runs out on {day_words(permission.expires_on)}, before the rally is over"
                yield each.problem(Severity.AMBER, "runs-out", sentence, "have it renewed", concern)
            if permission.state is PermissionState.REFUSED:
                sentence = f"{permission.kind} was refused"
                yield each.problem(Severity.AMBER, "refused", sentence, "find another place or way", concern)
            due = _due(permission, on)
            if due is not None and due < at.today <= on:
                sentence = f"{permission.kind} was due by {day_words(due)}"
                yield each.problem(Severity.AMBER, "overdue", sentence, "ask whether late is possible", concern)


def _due(permission: Permission, on: date) -> date | None:
    """Give the day by which something not yet asked for was to be; a march notice is judged by the law."""
    waits = permission.state is PermissionState.TO_DO and permission.sent_on is None
    if permission.kind is PermissionKind.MARCH_NOTICE or not waits:
        return None
    if permission.deadline is None and permission.lead_days is not None:
        return on - timedelta(days=permission.lead_days)
    return permission.deadline


def _programme(at: Situation) -> Iterator[Problem]:
    """Find running orders that don't fit before the hard finish, or lines that run into a fixed time."""
    for each in _each(at):
        lines = running_order(at.plan.of(ProgrammeItem, "rally_id", each.rally.id), each.rally.starts)
        late = overrun(lines, each.rally.ends)
        if late > 0:
            sentence = f"the running order ends {minutes_words(late)} after the hard finish ({clock(each.rally.ends)})"
            yield each.problem(Severity.AMBER, "programme-too-long", sentence, "shorten or drop a line")
        for line in lines:
            if line.slack < 0:
                sentence = f"\u201c{line.item.title}\u201d is fixed but starts {minutes_words(-line.slack)} late"
                concern = Concern("programme_item", line.item.id)
                yield each.problem(Severity.AMBER, "fixed-line-late", sentence, "shorten a line before it", concern)


def _stalls(at: Situation) -> Iterator[Problem]:
    """Find stalls with papers unseen, money without a permit, or nothing said for when the strike is off."""
    for stall in at.plan.all(Stall):
        name = f"{at.plan.get(Partner, stall.partner_id).name} stall"
        status = stand_down.of_stall(at.plan, stall)
        found: list[tuple[Severity, str, str, str]] = []
        if status.going is stand_down.Going.UNDECIDED:
            found.append((Severity.STAND_DOWN, "stall-undecided", status.why, "ask the partner, and enter the answer"))
        if status.on and stall.state is StallState.CONFIRMED:
            if not stall.insurance_seen:
                found.append((Severity.AMBER, "stall-insurance", "insurance not seen", "ask for a copy"))
            if not stall.risk_assessment_seen:
                found.append((Severity.AMBER, "stall-risk", "risk assessment not seen", "ask for a copy"))
        if status.on and stall.money_collected and not stall.permit.strip():
            mend = "enter the council's permit, or collect none"
            found.append((Severity.AMBER, "stall-money", "money is collected and no permit is entered", mend))
        for severity, code, sentence, mend in found:
            yield Problem(
                severity=severity,
                code=code,
                sentence=f"{name}: {sentence}",
                concerns=(Concern("stall", stall.id),),
                mend=mend,
                day=_stall_day(at, stall),
            )


def _stall_day(at: Situation, stall: Stall) -> StrikeDayId | None:
    if stall.rally_id:
        return day_of_rally(at.plan, at.plan.get(Rally, stall.rally_id))
    return at.plan.get(Picket, stall.picket_id).strike_day_id


def _against_its_day(at: Situation) -> Iterator[Problem]:
    """Say which rallies go ahead though all their strike days are off."""
    for rally in at.plan.all(Rally):
        links = at.plan.of(RallyDay, "rally_id", rally.id)
        days = [at.plan.get(StrikeDay, link.strike_day_id) for link in links]
        if rally.override is Override.GOES_AHEAD and days and all(day.stood_down for day in days):
            yield Problem(
                severity=Severity.STAND_DOWN,
                code="goes-ahead",
                sentence=f"{rally.title} goes ahead though its strike day is {days[0].state} "
                f"({rally.override_by}: {rally.override_reason})",
                concerns=(Concern("rally", rally.id),),
                mend="make sure that everyone knows that it is still on",
                day=days[0].id,
            )


CHECKS: tuple[Callable[[Situation], Iterable[Problem]], ...] = (
    _marches,
    _noise,
    _numbers,
    _permissions,
    _programme,
    _stalls,
    _against_its_day,
)
