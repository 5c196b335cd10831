"""The checks of rallies and stalls; see ``checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rallyapp.domain import check_permissions, check_programme, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.each_rally import each_rally
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Venue
from rallyapp.domain.posts import figures
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import (
    Override,
    Rally,
    RallyDay,
)
from rallyapp.domain.situation import Situation, day_of_rally
from rallyapp.domain.stalls import Partner, Stall, StallState


def _numbers(at: Situation) -> Iterator[Problem]:
    """Find too few stewards or first aiders for the planning figures (R11, R13), and crowds over the capacity."""
    for each in each_rally(at):
        expected = each.rally.expected
        if expected is None:
            yield each.problem(
                Severity.AMBER,
                "expected-not-known",
                "how many people are expected is not entered",
                "enter a figure: stewards, first aid and the police go by it",
            )
            continue
        known = figures(at.plan, each.rally, at.rules)
        for staffing, code, mend in (
            (known.stewards, "few-stewards", "add posts, or set your own ratio"),
            (known.first_aiders, "few-first-aiders", "add a first-aid post"),
        ):
            if staffing.wanted is not None and staffing.missing:
                sentence = f"{staffing.planned_words}; {staffing.wanted.sentence}"
                yield each.problem(Severity.AMBER, code, sentence, mend)
        capacity = at.plan.get(Venue, each.rally.venue_id).capacity
        if capacity is not None and expected > capacity:
            sentence = f"{expected:,} are expected where {capacity:,} have room"
            yield each.problem(Severity.AMBER, "over-capacity", sentence, "find a larger place, or a plan for the rest")
        martyn = at.rules.rule("R16")
        if expected >= martyn.figure() and each.rally.entry_checks:
            sentence = f"{expected:,} are expected and people are checked at the entry. {martyn.say} {at.rules.words}"
            yield each.problem(Severity.INFO, "martyns-law", sentence, "read about Martyn's Law")


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
    *check_permissions.CHECKS,
    *check_programme.CHECKS,
    _numbers,
    _stalls,
    _against_its_day,
)
