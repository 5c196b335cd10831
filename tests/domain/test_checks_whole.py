"""The checks as a whole: their order, fresh demos, and any plan at all, however odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Problem, Severity
from rallyapp.domain.rallies import Risk
from rallyapp.domain.records import KINDS, TABLES, Column, Record, columns, table_of
from tests.domain import building
from tests.domain.building import dispute, duty, entrance, on, picket, rally, strike_day
from tests.domain.check_building import EVE, covers, decided, decision, good_plan, permission, problems

TODAY = date(2026, 11, 23)


# ------------------------------------------------------------------------------------------------ order
def test_the_worst_comes_first_then_the_earlier_day_then_what_belongs_to_none() -> None:
    """Two reds on two days, ambers of a day and of none, and a note; on the day that is off, nobody is to be told."""
    second, third = date(2015, 12, 25), date(2015, 12, 8)
    found = problems(
        good_plan(
            dispute(),
            duty("bob brown", "08:00-11:00"),
            entrance(keep_clear=True),
            strike_day("christmas", second),
            strike_day("off", third, state=StrikeState.CALLED_OFF),
            covers(day_id="off"),
            decision(),
            decided(day_id="off"),
            picket("off", "08:00-11:00", third, strike_day_id=StrikeDayId("off")),
        )
    )
    assert [(problem.severity, problem.code, problem.day) for problem in found] == [
        (Severity.RED, "duty", "day"),
        (Severity.RED, "no-notice", "christmas"),
        (Severity.AMBER, "keep-clear", "day"),
        (Severity.AMBER, "no-duty-phone", None),
        (Severity.INFO, "bank-holiday", "christmas"),
        (Severity.INFO, "nothing-planned", "christmas"),
    ]


def test_a_stand_down_comes_after_red_and_before_amber() -> None:
    off = strike_day("off", date(2015, 12, 8), state=StrikeState.SUSPENDED)
    nobody_told = picket("off", "08:00-11:00", date(2015, 12, 8), strike_day_id=StrikeDayId("off"))
    found = problems(good_plan(dispute(), duty("bob brown", "08:00-11:00"), off, nobody_told))
    assert [problem.code for problem in found] == ["duty", "nobody-told", "no-duty-phone"]


def test_the_order_of_the_rows_changes_nothing() -> None:
    wrong = [
        duty("bob brown", "09:00-10:00"),
        entrance(keep_clear=True),
        picket("again"),
        rally(times="10:00-12:00", expected=5_000),
        on("bob brown", "stewarding", Role.STEWARD),
        permission(building.PermissionKind.INSURANCE, expires_on=date(2015, 1, 1)),
    ]
    plan = good_plan(wrong, building.shift("stewarding", "10:00-12:00", post_id="post"))
    there, back = problems(plan), problems(Plan(reversed([each for kind in KINDS for each in plan.all(kind)])))
    assert len(there) > 8
    assert there == back


# ------------------------------------------------------------------------------------------ fresh demos
@pytest.mark.parametrize(
    ("name", "eve"), [("southampton-2015", date(2015, 11, 30)), ("epsom-st-helier-2016", date(2016, 4, 25))]
)
def test_nothing_is_red_in_a_fresh_demo_on_its_eve_or_today(name: str, eve: date) -> None:
    plan = Plan(DEMOS[name].records())
    for today in (eve, TODAY):
        found = problems(plan, today)
        assert [problem.sentence for problem in found if problem.severity is Severity.RED] == []
        assert {problem.code for problem in found} <= {"short", "no-landowner", "delete-now"}


# ------------------------------------------------------------------------------------- any plan, however odd
_GOOD = [record for kind in KINDS for record in good_plan(decision(), decided()).all(kind)]
_OTHERS = [record for record in building.whole_plan() if not any(type(record) is type(good) for good in _GOOD)]
RECORDS: list[Record] = [*_GOOD, *_OTHERS]
IDS = {table: [record.id for record in RECORDS if type(record) is kind] for table, kind in TABLES.items()}

_near = st.integers(-5_000, 5_000).map(lambda minutes: building.at("08:00") + timedelta(minutes=5 * minutes))
_moments = st.one_of(_near, st.datetimes().map(lambda when: when.replace(second=0, microsecond=0)))
_days = st.one_of(_near.map(datetime.date), st.sampled_from([date.min, date.max]), st.dates())
_texts = st.one_of(st.sampled_from(["", " ", "\u202e\x00", "x" * 300, "\U0001f600 {0} %s"]), st.text(max_size=12))
_numbers = st.one_of(st.integers(-3, 12), st.sampled_from([-(2**70), 2**70, 10**9, 800, 1_000_000]))
_HELD: dict[type, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: _numbers,
    str: _texts,
    date: _days,
    datetime: _moments,
    time: st.times().map(lambda at: at.replace(second=0, microsecond=0)),
}


def _values(column: Column) -> st.SearchStrategy[Any]:
    if column.refers_to:
        held: st.SearchStrategy[Any] = st.sampled_from([*IDS[column.refers_to], "gone", ""])
    elif issubclass(column.holds, StrEnum):
        held = st.sampled_from(list(column.holds))
    else:
        held = _HELD[column.holds]
    return st.one_of(st.none(), held) if column.optional else held


@st.composite
def odd_plans(draw: st.DrawFn) -> Plan:
    """Take the good plan and one record of every other kind; change some fields of some, and leave some out."""
    records = list(RECORDS)
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(records) - 1))
        record = records[place]
        fields = [column for column in columns(type(record)) if column.name != "id"]
        changed = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True))
        records[place] = replace(record, **{column.name: draw(_values(column)) for column in changed})
    gone = draw(st.sets(st.integers(0, len(records) - 1), max_size=4))
    return Plan(record for place, record in enumerate(records) if place not in gone)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(odd_plans(), st.one_of(st.just(EVE), st.just(TODAY), st.dates()))
@example(Plan(RECORDS), EVE)
def test_no_plan_is_too_odd_to_be_checked_and_it_is_judged_the_same_twice(plan: Plan, today: date) -> None:
    found = problems(plan, today)
    assert found == problems(plan, today)
    assert len(set(found)) == len(found)
    assert [problem.severity.rank for problem in found] == sorted(problem.severity.rank for problem in found)
    for problem in found:
        assert_is_said_well(plan, problem)


def test_a_risk_whose_figures_a_merge_left_wrong_is_said_and_not_reckoned_with() -> None:
    wrong = [replace(each, left_likelihood=0, left_severity=0) if isinstance(each, Risk) else each for each in RECORDS]
    found = [problem.sentence for problem in problems(Plan(wrong)) if "that is left" in problem.sentence]
    assert len(found) == 2, found


def assert_is_said_well(plan: Plan, problem: Problem) -> None:
    """Whatever is found names what it is about, in the plan, and says it in one line."""
    assert problem.sentence.strip()
    assert "\n" not in problem.mend
    assert problem.concerns
    for concern in problem.concerns:
        assert plan.find(TABLES[concern.kind], concern.id) is not None
    if problem.day is not None:
        assert plan.find(TABLES["strike_day"], problem.day) is not None


def test_the_odd_plans_begin_with_one_record_of_every_kind() -> None:
    assert {table_of(type(record)) for record in RECORDS} == set(TABLES)
    assert problems(Plan(RECORDS)) == ()  # and with nothing wrong
