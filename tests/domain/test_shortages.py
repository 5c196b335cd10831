"""What a shift is short of: by role and skill, what the law adds, and what is stood down."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import NeedId, ShiftId, StrikeDayId
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import AssignmentState, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record
from rallyapp.domain.shortages import shifts_of_day, shortages
from tests.domain.building import (
    can,
    dispute,
    employer,
    entrance,
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

LAW = carried.law()
SUPERVISED = date(2024, 2, 24)


def plan(*more: Record, day: date = date(2015, 12, 1), **of_the_day: Any) -> Plan:
    """Draw one strike day with a picket, and what else there is."""
    return Plan(
        [
            settings(),
            dispute(),
            strike_day(first=day, **of_the_day),
            employer(),
            site(),
            entrance(),
            picket(day=day),
            venue(),
            *more,
        ]
    )


def need(role: Role, least: int, skill: Skill | None = None, shift_id: str = "shift") -> Need:
    return Need(
        id=NeedId(f"{role} {skill}"), shift_id=ShiftId(shift_id), role=role, least=least, wished=9, most=9, skill=skill
    )


def short(plan: Plan, id: str = "shift") -> list[tuple[str, int]]:
    return [(each.words, each.least) for each in shortages(plan, LAW, plan.get(Shift, id))]


def test_each_role_is_counted_by_itself_and_those_who_said_no_are_not() -> None:
    found = plan(
        shift(),
        need(Role.PICKET, 3),
        need(Role.SUPERVISOR, 1),
        need(Role.STANDBY, 0),
        person("Ann Archer"),
        person("Bob Baker"),
        on("ann archer"),
        on("bob baker", state=AssignmentState.DECLINED),
        on("ann archer", role=Role.SUPERVISOR, state=AssignmentState.ASKED, id="asked"),
    )
    assert short(found) == [("2 pickets", 3)]


def test_who_lacks_the_skill_does_not_fill_the_place() -> None:
    found = plan(
        rally(),
        rally_day(),
        post(),
        shift(post_id="post"),
        need(Role.STEWARD, 2, Skill.BSL),
        person("Ann Archer"),
        person("Bob Baker"),
        can("ann archer", Skill.BSL),
        on("ann archer", role=Role.STEWARD),
        on("bob baker", role=Role.STEWARD),
    )
    assert short(found) == [("1 steward with BSL", 2)]


def test_a_picket_without_needs_has_the_plans_least_and_others_have_none() -> None:
    assert short(plan(shift(), person("Ann Archer"), on("ann archer"))) == [("2 pickets", 3)]
    assert short(plan(rally(), rally_day(), post(), shift(post_id="post"))) == []


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ((), [("1 picket supervisor", 1), ("3 pickets", 3)]),
        ((need(Role.PICKET, 1),), [("1 picket supervisor", 1), ("1 picket", 1)]),
        ((need(Role.SUPERVISOR, 2),), [("2 picket supervisors", 2)]),
    ],
)
def test_the_law_of_the_day_may_ask_for_a_supervisor(needs: tuple[Need, ...], expected: list[tuple[str, int]]) -> None:
    assert short(plan(shift(day=SUPERVISED), *needs, day=SUPERVISED)) == expected


def test_what_is_off_is_short_of_nobody() -> None:
    assert short(plan(shift(), need(Role.PICKET, 3), state=StrikeState.CALLED_OFF)) == []
    assert short(plan(shift(cancelled=True, reason="Rain"), need(Role.PICKET, 3))) == []


def test_a_days_shifts_are_those_of_its_pickets_posts_and_stalls_by_time() -> None:
    found = plan(
        strike_day("other", date(2015, 12, 8)),
        picket("later", day=date(2015, 12, 8), strike_day_id=StrikeDayId("other")),
        rally(),
        rally_day(),
        post(),
        partner(),
        stall(),
        shift("at the stall", "12:00-13:00", stall_id="stall"),
        shift("at the post", "11:00-13:00", post_id="post"),
        shift("on the line", "08:00-09:00"),
        shift("on the other day", "08:00-09:00", date(2015, 12, 8), picket_id="later"),
    )
    assert [each.id for each in shifts_of_day(found, StrikeDayId("day"))] == [
        "on the line",
        "at the post",
        "at the stall",
    ]
    with pytest.raises(KeyError):
        shifts_of_day(found, StrikeDayId("none"))
