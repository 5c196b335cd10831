"""The decision that holds for a strike day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rallyapp.domain.decisions import decision_on
from rallyapp.domain.disputes import StrikeDayMove, StrikeState
from rallyapp.domain.ids import StandDownDayId, StandDownId, StrikeDayId, StrikeDayMoveId
from rallyapp.domain.records import Record
from rallyapp.domain.tells import StandDown, StandDownDay, StandDownKind
from tests.domain.building import at, example, small_plan, strike_day

EVE = date(2015, 11, 30)


def step(to: StrikeState, clock: str = "18:00", before: StrikeState = StrikeState.NOTIFIED, **other: Any) -> Record:
    return example(
        StrikeDayMove,
        id=StrikeDayMoveId(f"{to} {clock}"),
        from_state=before,
        to_state=to,
        at=at(clock, EVE),
        **{"decided_by": "Committee", "authority": "Its vote", "reason": "talks", **other},
    )


def told(kind: StandDownKind, clock: str = "18:05", *days: str) -> tuple[Record, ...]:
    id = StandDownId(f"{kind} {clock}")
    links = (
        example(StandDownDay, id=StandDownDayId(f"{id} {day}"), stand_down_id=id, strike_day_id=StrikeDayId(day))
        for day in days or ("day",)
    )
    return (example(StandDown, id=id, kind=kind, at=at(clock, EVE), decided_by="Ann, secretary"), *links)


@pytest.mark.parametrize("state", [StrikeState.PLANNED, StrikeState.NOTIFIED, StrikeState.ON, StrikeState.HELD])
def test_a_day_that_always_went_ahead_has_none_even_with_a_forgotten_stand_down(state: StrikeState) -> None:
    day = strike_day(state=state)
    ahead = example(StrikeDayMove, from_state=StrikeState.PLANNED, to_state=StrikeState.NOTIFIED)
    assert decision_on(small_plan(day, ahead), day) is None
    assert decision_on(small_plan(day, told(StandDownKind.CALLED_OFF)), day) is None


def test_the_stand_down_says_more_than_the_step_and_names_its_days_in_order() -> None:
    off, second = strike_day(state=StrikeState.CALLED_OFF), strike_day("second", date(2015, 12, 8))
    found = decision_on(
        small_plan(off, second, step(StrikeState.CALLED_OFF), told(StandDownKind.CALLED_OFF, "18:05", "second", "day")),
        off,
    )
    assert found is not None
    assert (found.kind, found.decided_by, found.at) == (StandDownKind.CALLED_OFF, "Ann, secretary", at("18:05", EVE))
    assert [day.id for day in found.days] == ["day", "second"]
    assert found.stand_down_id == "called off 18:05"


def test_the_last_stand_down_counts() -> None:
    off = strike_day(state=StrikeState.SUSPENDED)
    plan = small_plan(off, told(StandDownKind.SUSPENDED, "18:05"), told(StandDownKind.SUSPENDED, "19:00"))
    found = decision_on(plan, off)
    assert found is not None
    assert found.at == at("19:00", EVE)


def test_without_a_stand_down_the_day_s_history_tells() -> None:
    off = strike_day(state=StrikeState.SUPERSEDED)
    found = decision_on(small_plan(off, step(StrikeState.SUPERSEDED, court_order=True)), off)
    assert found is not None
    assert (found.kind, found.decided_by, found.authority, found.reason, found.days, found.stand_down_id) == (
        StandDownKind.SUPERSEDED,
        "Committee",
        "Its vote",
        "talks",
        (off,),
        None,
    )
    assert found.by_order


def test_a_day_suspended_and_then_called_off_goes_by_the_later_step() -> None:
    off = strike_day(state=StrikeState.CALLED_OFF)
    later = step(StrikeState.CALLED_OFF, "20:00", StrikeState.SUSPENDED)
    found = decision_on(small_plan(off, told(StandDownKind.SUSPENDED), step(StrikeState.SUSPENDED), later), off)
    assert found is not None
    assert (found.kind, found.at, found.stand_down_id) == (StandDownKind.CALLED_OFF, at("20:00", EVE), None)


def test_a_day_that_is_off_and_nobody_said_why() -> None:
    off = strike_day(state=StrikeState.CALLED_OFF)
    found = decision_on(small_plan(off), off)
    assert found is not None
    assert (found.kind, found.decided_by, found.at, found.days) == (StandDownKind.CALLED_OFF, "", None, (off,))


def test_a_day_that_is_back_on_is_reinstated_by_whatever_says_so() -> None:
    on = strike_day(state=StrikeState.ON)
    back = step(StrikeState.ON, "21:00", StrikeState.SUSPENDED, joint_agreement=True)
    by_step = decision_on(small_plan(on, step(StrikeState.SUSPENDED), back), on)
    assert by_step is not None
    assert (by_step.kind, by_step.agreed, by_step.stand_down_id) == (StandDownKind.REINSTATED, True, None)
    by_telling = decision_on(small_plan(on, told(StandDownKind.REINSTATED)), on)
    assert by_telling is not None
    assert (by_telling.kind, by_telling.agreed) == (StandDownKind.REINSTATED, False)
    both = decision_on(small_plan(on, back, told(StandDownKind.REINSTATED, "21:05")), on)
    assert both is not None
    assert (both.at, both.agreed) == (at("21:05", EVE), True)
