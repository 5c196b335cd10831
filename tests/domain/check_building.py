"""A plan with which nothing is wrong, to be made wrong in one thing at a time.

It is Southampton on 1 December 2015 with everything done: notice given, the picket and the rally staffed,
permissions in hand, the stall's papers seen. Ann Archer supervises; Bob, Cat and Dee are pickets with her;
Eve is the steward, Fay and Gus do first aid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rallyapp import carried
from rallyapp.domain import checks
from rallyapp.domain.disputes import Notice, NoticeDay
from rallyapp.domain.ids import (
    NeedId,
    NoticeDayId,
    NoticeId,
    PermissionId,
    PersonId,
    PoliceTellingId,
    PostId,
    RallyId,
    ShiftId,
    StandDownDayId,
    StandDownId,
    StrikeDayId,
)
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Need, PoliceTelling, Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Problem
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import IfOff
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDown, StandDownDay, StandDownKind
from tests.domain.building import (
    DAY,
    at,
    can,
    dispute,
    employer,
    entrance,
    example,
    offer,
    on,
    partner,
    person,
    picket,
    post,
    rally,
    rally_day,
    settings,
    shift,
    site,
    stall,
    strike_day,
    venue,
)

EVE = date(2015, 11, 30)
RULES_SAY = "Rules as recorded on 22 November 2026; check with your union."

PICKETS = ("ann archer", "bob brown", "cat clark", "dee dunn")


# --------------------------------------------------------------------------------------------- records
def need(shift_id: str, role: Role, least: int, *, id: str = "", **other: Any) -> Need:
    """Make a need of so many at least, one more wished, five at most."""
    made = Need(
        id=NeedId(id or f"{role} on {shift_id}"),
        shift_id=ShiftId(shift_id),
        role=role,
        least=least,
        wished=least,
        most=max(least, 5),
    )
    return replace(made, **other)


def permission(kind: PermissionKind, id: str = "", **other: Any) -> Permission:
    """Make a permission of the rally that has been granted."""
    made = Permission(
        id=PermissionId(id or kind.name.lower()), rally_id=RallyId("rally"), kind=kind, state=PermissionState.GRANTED
    )
    return replace(made, **other)


def notice(id: str = "notice", given: date = date(2015, 11, 20), **other: Any) -> Notice:
    """Make a notice to the trust."""
    return replace(example(Notice), id=NoticeId(id), given_on=given, received_on=given, **other)


def covers(notice_id: str = "notice", day_id: str = "day") -> NoticeDay:
    """Say that a notice covers a strike day."""
    return NoticeDay(
        id=NoticeDayId(f"{notice_id} covers {day_id}"), notice_id=NoticeId(notice_id), strike_day_id=StrikeDayId(day_id)
    )


def told_police(picket_id: str = "picket") -> PoliceTelling:
    """Say that the police were told of a picket."""
    return replace(example(PoliceTelling), id=PoliceTellingId(f"of {picket_id}"), picket_id=picket_id)


def decision(id: str = "stand-down", kind: StandDownKind = StandDownKind.CALLED_OFF, when: str = "18:00") -> StandDown:
    """Make the committee's decision of the eve."""
    return replace(example(StandDown), id=StandDownId(id), kind=kind, at=at(when, EVE))


def decided(id: str = "stand-down", day_id: str = "day") -> StandDownDay:
    """Say that a decision concerns a day."""
    return StandDownDay(
        id=StandDownDayId(f"{id} of {day_id}"), stand_down_id=StandDownId(id), strike_day_id=StrikeDayId(day_id)
    )


def reached(who: str, outcome: Outcome = Outcome.REACHED, stand_down: str = "stand-down") -> ContactAttempt:
    """Say that somebody was tried."""
    made = example(ContactAttempt, person_id=PersonId(who), stand_down_id=StandDownId(stand_down), outcome=outcome)
    return replace(made, id=f"{who} {outcome}")


# ------------------------------------------------------------------------------------------------ plans
def staffed(shift_id: str = "shift", times: str = "08:00-11:00", day: date = DAY, **other: Any) -> list[Record]:
    """Make a picket shift on which Ann supervises and Bob, Cat and Dee stand."""
    return [
        shift(shift_id, times, day, **other),
        *(on(who, shift_id, Role.SUPERVISOR if who == "ann archer" else Role.PICKET) for who in PICKETS),
    ]


def members(day: date = DAY, times: str = "00:00-00:00") -> list[Record]:
    """Make Ann, Bob, Cat and Dee, who have that day."""
    names = ("Ann Archer", "Bob Brown", "Cat Clark", "Dee Dunn")
    people = [person(name, phone="07700 900001") for name in names]
    return [*people, can("ann archer", Skill.SUPERVISOR), *(offer(each.id, times, day) for each in people)]


def good_plan(*more: Record | Iterable[Record], without: Iterable[str] = ()) -> Plan:
    """Make the plan with which nothing is wrong; more records replace those of the same id or are added."""
    helpers = ("Eve Ellis", "Fay Frost", "Gus Green")
    records: list[Record] = [
        settings(),
        dispute(duty_phone="07700 900000"),
        strike_day(),
        employer(),
        notice(),
        covers(),
        site(),
        entrance(),
        venue(),
        *members(),
        *(person(name) for name in helpers),
        *(offer(name.casefold(), "08:00-18:00") for name in helpers),
        *(can(who, Skill.FIRST_AID) for who in ("fay frost", "gus green")),
        picket(),
        *staffed(),
        need("shift", Role.SUPERVISOR, 1),
        need("shift", Role.PICKET, 3),
        rally(expected=100),
        rally_day(),
        post(),
        post("aid", name="First-aid tent", role=Role.FIRST_AIDER),
        shift("stewarding", "11:30-13:30", post_id=PostId("post")),
        need("stewarding", Role.STEWARD, 1),
        on("eve ellis", "stewarding", Role.STEWARD),
        shift("aiding", "11:30-13:30", post_id=PostId("aid")),
        need("aiding", Role.FIRST_AIDER, 2),
        on("fay frost", "aiding", Role.FIRST_AIDER),
        on("gus green", "aiding", Role.FIRST_AIDER),
        permission(PermissionKind.LANDOWNER),
        permission(PermissionKind.INSURANCE, expires_on=date(2016, 6, 30)),
        permission(PermissionKind.RISK_ASSESSMENT, state=PermissionState.SENT),
        partner(),
        stall(insurance_seen=True, risk_assessment_seen=True, if_off=IfOff.STANDS_DOWN),
    ]
    for one in more:
        records.extend(one if isinstance(one, Iterable) else (one,))
    left_out = set(without)
    return Plan(record for record in records if record.id not in left_out)


def picket_on(first: date, *more: Record | Iterable[Record], days: int = 1, times: str = "08:00-11:00") -> Plan:
    """Make a plan of one staffed picket on another date, with a strike of whole days; nothing else in it."""
    records: list[Record] = [
        settings(),
        dispute(duty_phone="07700 900000"),
        strike_day(first=first, start_time=None, last_date=first + timedelta(days=days - 1), end_time=None),
        employer(),
        notice(given=first - timedelta(days=30)),
        covers(),
        site(),
        entrance(),
        *(each for n in range(days + 1) for each in members(first + timedelta(days=n))),
        picket("picket", times, first),
        *staffed("shift", times, first),
    ]
    for one in more:
        records.extend(one if isinstance(one, Iterable) else (one,))
    return Plan(records)


# --------------------------------------------------------------------------------------- what is found
def problems(plan: Plan, today: date = EVE) -> tuple[Problem, ...]:
    """Run every check with the rules and bank holidays that the program carries."""
    return checks.run(plan, carried.law(), holidays=carried.bank_holidays, today=today)


def codes(plan: Plan, today: date = EVE) -> list[str]:
    """List what is found, by code, worst first."""
    return [problem.code for problem in problems(plan, today)]


def having(code: str, plan: Plan, today: date = EVE) -> list[Problem]:
    """List what is found of one kind."""
    return [problem for problem in problems(plan, today) if problem.code == code]


def only(plan: Plan, today: date = EVE) -> Problem:
    """Give the one thing that is wrong with a plan; more or less than one fails."""
    found = problems(plan, today)
    assert [problem.sentence for problem in found] == [problem.sentence for problem in found[:1]]
    assert found, "nothing is wrong with it"
    return found[0]


def concerns(problem: Problem) -> set[tuple[str, str]]:
    """List what a problem is about."""
    return {(concern.kind, concern.id) for concern in problem.concerns}
