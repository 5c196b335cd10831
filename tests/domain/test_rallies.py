"""Rallies: times in order, and what is wrong in every record of a rally's plan by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import PersonId
from rallyapp.domain.rallies import (
    Contact,
    KitItem,
    Override,
    Permission,
    PermissionState,
    PlanNote,
    Post,
    ProgrammeItem,
    RallyDay,
    RallyKind,
    Risk,
    RouteStep,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.records import Record
from tests.domain.building import at, between, example, rally, said

SECONDS = datetime(2015, 12, 1, 8, 0, 1)
IN_ORDER = (
    "set_up",
    "briefing",
    "stalls_ready",
    "assemble",
    "move_off",
    "starts",
    "ends",
    "dispersed",
    "handed_back",
)
MISSING = datetime(2016, 3, 27, 1, 30)
WHOLE = "times in a plan are whole minutes"


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, []),
        ({"title": ""}, ["The rally's title is missing"]),
        ({"ends": at("11:30", 4)}, []),
        ({"ends": at("11:31", 4)}, ["The rally is longer than 3 days"]),
        ({"ends": at("11:00")}, ["The rally 11:30–11:00 ends before it starts"]),
        ({"starts": SECONDS}, [f"The rally: {WHOLE}"]),
        ({"expected": 1}, []),
        ({"expected": 0}, ["The expected number is 0; it must be from 1 to 10000000"]),
        ({"steward_ratio": 1}, []),
        ({"steward_ratio": 0}, ["The steward ratio is 0; it must be from 1 to 10000"]),
        ({"set_up": SECONDS}, [f"Set-up: {WHOLE}"]),
        ({"move_off": SECONDS}, [f"Move off: {WHOLE}"]),
        ({"move_off": SECONDS, "kind": RallyKind.MARCH}, [f"Move off: {WHOLE}"]),
        ({"set_up": at("12:00")}, ["Start (11:30) comes before set-up (12:00)"]),
        ({"set_up": at("11:30"), "assemble": at("11:30")}, []),
        ({"dispersed": at("13:00")}, ["Dispersed (13:00) comes before hard finish (13:30)"]),
        (
            {"dispersed": at("14:00"), "handed_back": at("13:45")},
            ["Site handed back (13:45) comes before dispersed (14:00)"],
        ),
        (
            {"set_up": at("07:00", 2)},
            ["Start (Tue 1 Dec 2015 11:30) comes before set-up (Wed 2 Dec 2015 07:00)"],
        ),
        ({"move_off": at("09:00"), "assemble": at("10:00")}, []),
        (
            {"move_off": at("09:00"), "assemble": at("10:00"), "kind": RallyKind.MARCH_AND_RALLY},
            ["Move off (09:00) comes before assemble (10:00)"],
        ),
        (
            {"override": Override.GOES_AHEAD},
            ["Who decided apart from the strike day is missing", "The reason for the decision is missing"],
        ),
        ({"override": Override.STOOD_DOWN, "override_by": "Ann"}, ["The reason for the decision is missing"]),
        ({"override": Override.STOOD_DOWN, "override_by": "Ann", "override_reason": "storm"}, []),
    ],
)
def test_what_is_wrong_in_a_rally(changes: dict[str, object], sentences: list[str]) -> None:
    assert said(rally(**changes)) == sentences


def test_a_time_in_another_zone_is_said_and_not_a_crash() -> None:
    elsewhere = at("10:00").astimezone()
    assert said(rally(set_up=elsewhere)) == ["Set-up: times in a plan are local wall-clock times without a zone"]


def test_every_fault_is_said_once() -> None:
    night = rally(times="00:30-04:00", day=date(2016, 3, 27))
    assert said(night) == []
    assert said(replace(night, starts=MISSING)) == [
        "The rally: 01:30 does not exist on Sun 27 Mar 2016: the clocks go forward"
    ]


def test_the_times_of_a_whole_day_in_order() -> None:
    day = rally(
        kind=RallyKind.MARCH_AND_RALLY,
        set_up=at("08:00"),
        briefing=at("09:00"),
        stalls_ready=at("10:00"),
        assemble=at("10:30"),
        move_off=at("11:00"),
        dispersed=at("14:00"),
        handed_back=at("15:00"),
    )
    assert said(day) == []
    assert [what for what, _ in day.times()] == [
        "Set-up",
        "Steward briefing",
        "Stalls ready",
        "Assemble",
        "Move off",
        "Start",
        "Hard finish",
        "Dispersed",
        "Site handed back",
    ]
    assert "Move off" not in dict(replace(day, kind=RallyKind.STATIC).times())
    assert (day.words, day.span) == ("11:30–13:30", between("11:30-13:30"))


@given(st.lists(st.integers(-300, 300), min_size=9, max_size=9))
def test_times_are_fine_exactly_if_they_are_in_order(minutes: list[int]) -> None:
    times = {name: at("12:00") + timedelta(minutes=n) for name, n in zip(IN_ORDER, minutes, strict=True)}
    found = said(rally(kind=RallyKind.MARCH, **times))
    assert (found == []) is (minutes == sorted(minutes) and times["starts"] < times["ends"])
    assert len(found) == len(set(found))


def test_a_march_is_a_procession_and_a_static_rally_is_not() -> None:
    assert [kind for kind in RallyKind if kind.marches] == [RallyKind.MARCH, RallyKind.MARCH_AND_RALLY]


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        (RallyDay, {}, []),
        (TeamMember, {}, []),
        (TeamMember, {"person_id": None, "name": "Kim"}, []),
        (TeamMember, {"answers_to": TeamRole.DEPUTY}, []),
        (TeamMember, {"answers_to": TeamRole.EVENT_LEAD}, ["The event lead can't answer to the event lead"]),
        (TeamMember, {"person_id": None}, ["The event lead is one person in the plan or one name"]),
        (TeamMember, {"name": "Kim"}, ["The event lead is one person in the plan or one name"]),
        (Speaker, {}, []),
        (Speaker, {"name": ""}, ["The speaker's name is missing"]),
        (Speaker, {"arrives": None}, []),
        (Speaker, {"arrives": SECONDS}, [f"The speaker's arrival: {WHOLE}"]),
        (ProgrammeItem, {}, []),
        (ProgrammeItem, {"title": ""}, ["The running-order line's title is missing"]),
        (ProgrammeItem, {"minutes": 0}, []),
        (ProgrammeItem, {"minutes": 1440}, []),
        (ProgrammeItem, {"minutes": -1}, ["The minutes is -1; it must be from 0 to 1440"]),
        (ProgrammeItem, {"minutes": 1441}, ["The minutes is 1441; it must be from 0 to 1440"]),
        (ProgrammeItem, {"fixed": SECONDS}, [f"The fixed time: {WHOLE}"]),
        (Post, {}, []),
        (Post, {"name": " "}, ["The post's name is missing"]),
        (Permission, {}, []),
        (Permission, {"lead_days": 0, "cover": 5_000_000}, []),
        (Permission, {"lead_days": -1}, ["The lead time (days) is -1; it must be from 0 to 1000"]),
        (Permission, {"cover": -1}, ["The cover (pounds) is -1; it must be from 0 to 1000000000"]),
        (Permission, {"sent_for": SECONDS}, [f"The start that the notice gave: {WHOLE}"]),
        (Contact, {}, []),
        (Contact, {"name": "", "organisation": "Council"}, []),
        (Contact, {"name": " "}, ["A contact needs a name or an organisation"]),
        (KitItem, {}, []),
        (KitItem, {"what": ""}, ["What to bring is missing"]),
        (KitItem, {"number": 1}, []),
        (KitItem, {"number": 0}, ["The number to bring is 0; it must be from 1 to 100000"]),
        (Risk, {}, []),
        (Risk, {"hazard": ""}, ["The hazard is missing"]),
        (Risk, {"likelihood": 1, "severity": 5, "left_likelihood": 1, "left_severity": 5}, []),
        (Risk, {"likelihood": 0}, ["The likelihood is 0; it must be from 1 to 5"]),
        (Risk, {"severity": 6}, ["The severity is 6; it must be from 1 to 5"]),
        (Risk, {"left_likelihood": 6}, ["The likelihood that is left is 6; it must be from 1 to 5"]),
        (Risk, {"left_severity": 0}, ["The severity that is left is 0; it must be from 1 to 5"]),
        (RouteStep, {}, []),
        (RouteStep, {"instruction": ""}, ["The step of the route is missing"]),
        (RouteStep, {"metres": 0}, []),
        (RouteStep, {"metres": -1}, ["The length (metres) is -1; it must be from 0 to 1000000"]),
        (PlanNote, {}, []),
        (PlanNote, {"text": ""}, ["The text on accessibility and welfare is missing"]),
    ],
)
def test_what_is_wrong_by_itself(kind: type[Record], changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(kind, **changes)) == sentences


def test_a_permission_is_settled_when_nothing_more_is_awaited() -> None:
    assert [state.value for state in PermissionState if state.settled] == ["sent", "granted", "not needed"]


def test_a_team_member_in_the_plan_has_no_second_name() -> None:
    assert example(TeamMember).person_id == PersonId("ann archer")
    assert example(TeamMember).name == ""
