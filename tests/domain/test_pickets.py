"""Pickets, shifts, needs, assignments and what really happened: what is wrong in each by itself."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import PersonId, PicketId, PostId, RallyId, StallId
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import (
    ASSIGNMENT_MOVES,
    Assignment,
    AssignmentState,
    Attendance,
    Incident,
    Need,
    Picket,
    PoliceDirection,
    PoliceTelling,
    Role,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.records import Record
from tests.domain.building import at, between, example, picket, said, shift

SECONDS = datetime(2015, 12, 1, 8, 0, 1)
WHOLE = "times in a plan are whole minutes"
ONE_PLACE = "A shift is at one picket, one post or one stall"
BOTH = "An override needs both the name of who decided and a reason"


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        (Picket, {}, []),
        (Picket, {"ends": None}, []),
        (Picket, {"ends": at("07:00")}, ["The picket 08:00–07:00 ends before it starts"]),
        (Picket, {"starts": SECONDS}, [f"The picket: {WHOLE}"]),
        (Picket, {"supporters": 0}, []),
        (Picket, {"supporters": -1}, ["The number of supporters is -1; it must be from 0 to 1000000"]),
        (Picket, {"cancelled": True}, ["The reason for cancelling the picket is missing"]),
        (Picket, {"cancelled": True, "reason": "snow"}, []),
        (Shift, {}, []),
        (Shift, {"ends": at("08:00", 3)}, []),
        (Shift, {"ends": at("08:01", 3)}, ["The shift is longer than 2 days"]),
        (Shift, {"meet_minutes": 240}, []),
        (Shift, {"meet_minutes": 241}, ["The minutes to meet before is 241; it must be from 0 to 240"]),
        (Shift, {"meet_minutes": -1}, ["The minutes to meet before is -1; it must be from 0 to 240"]),
        (Shift, {"priority": 1}, []),
        (Shift, {"priority": 0}, ["The priority is 0; it must be from 1 to 5"]),
        (Shift, {"priority": 6}, ["The priority is 6; it must be from 1 to 5"]),
        (Shift, {"picket_id": None, "post_id": PostId("post")}, []),
        (Shift, {"picket_id": None, "stall_id": StallId("stall")}, []),
        (Shift, {"picket_id": None}, [ONE_PLACE]),
        (Shift, {"post_id": PostId("post")}, [ONE_PLACE]),
        (Shift, {"post_id": PostId("post"), "stall_id": StallId("stall")}, [ONE_PLACE]),
        (Shift, {"picket_id": PicketId("")}, ["The shift's picket is missing"]),
        (Shift, {"cancelled": True, "reason": " "}, ["The reason for cancelling the shift is missing"]),
        (Shift, {"cancelled": True, "reason": "flood"}, []),
        (Need, {}, []),
        (Need, {"least": 0, "wished": 0, "most": 1}, []),
        (Need, {"least": 1000, "wished": 1000, "most": 1000}, []),
        (Need, {"least": 4, "wished": 3, "most": 6}, ["A need for 4 to 6 as picket, 3 wished, does not add up"]),
        (Need, {"wished": 7}, ["A need for 3 to 6 as picket, 7 wished, does not add up"]),
        (Need, {"least": -1}, ["A need for -1 to 6 as picket, 4 wished, does not add up"]),
        (Need, {"least": 0, "wished": 0, "most": 0}, ["A need for 0 to 0 as picket, 0 wished, does not add up"]),
        (Need, {"most": 1001}, ["A need for 3 to 1001 as picket, 4 wished, does not add up"]),
        (Assignment, {}, []),
        (Assignment, {"override_by": "Ann", "override_reason": "she is back by then"}, []),
        (Assignment, {"override_by": "Ann"}, [BOTH]),
        (Assignment, {"override_by": " ", "override_reason": "no name"}, [BOTH]),
        (Attendance, {}, []),
        (Attendance, {"person_id": None, "walk_in": "Kim"}, []),
        (Attendance, {"person_id": None}, ["An attendance is of one person in the plan or of one walk-in"]),
        (Attendance, {"walk_in": "Kim"}, ["An attendance is of one person in the plan or of one walk-in"]),
        (Attendance, {"went": at("11:00")}, []),
        (Attendance, {"went": at("08:02")}, []),
        (Attendance, {"went": at("08:00")}, ["The attendance 08:02–08:00 ends before it starts"]),
        (Attendance, {"came": None}, []),
        (Attendance, {"came": None, "absent": True}, []),
        (Attendance, {"came": None, "went": at("11:00")}, ["Somebody left who never came"]),
        (Attendance, {"absent": True}, ["Somebody can't be both there and absent"]),
        (TurnoutCount, {}, []),
        (TurnoutCount, {"pickets": 0, "supporters": 0}, []),
        (TurnoutCount, {"at": SECONDS}, [f"The time of the count: {WHOLE}"]),
        (TurnoutCount, {"pickets": -1}, ["The number of pickets is -1; it must be from 0 to 100000"]),
        (TurnoutCount, {"supporters": -1}, ["The number of supporters is -1; it must be from 0 to 1000000"]),
        (Incident, {}, []),
        (Incident, {"picket_id": None, "rally_id": RallyId("rally")}, []),
        (Incident, {"at": SECONDS}, [f"The time of the incident: {WHOLE}"]),
        (Incident, {"what": ""}, ["What happened is missing"]),
        (Incident, {"picket_id": None}, ["An incident is at one picket or at one rally"]),
        (Incident, {"rally_id": RallyId("rally")}, ["An incident is at one picket or at one rally"]),
        (PoliceDirection, {}, []),
        (PoliceDirection, {"at": SECONDS}, [f"The time of the direction: {WHOLE}"]),
        (PoliceDirection, {"direction": " "}, ["The direction is missing"]),
        (PoliceTelling, {}, []),
        (PoliceTelling, {"at": SECONDS}, [f"When the police were told: {WHOLE}"]),
        (PoliceTelling, {"told": ""}, ["Who was told is missing"]),
    ],
)
def test_what_is_wrong_by_itself(kind: type[Record], changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(kind, **changes)) == sentences


def test_a_picket_with_an_open_end() -> None:
    """The same report gives Southampton as "8am till 11am" and as "from 8am"."""
    assert picket().words == "08:00–11:00"
    assert picket(ends=None).words == "from 08:00"


def test_a_shift_says_its_time() -> None:
    night = shift(times="22:00-06:00", day=date(2016, 10, 29))
    assert night.words == "22:00–06:00 (Sun 30 Oct 2016)"
    assert night.span.minutes == 9 * 60
    assert shift().span == between("08:00-11:00")


def test_an_override_is_somebodys_name() -> None:
    assert not example(Assignment).overridden
    assert not example(Assignment, override_by="  ", override_reason=" ").overridden
    assert example(Assignment, override_by="Ann", override_reason="agreed").overridden


def test_what_the_roles_ask_for() -> None:
    assert [role for role in Role if role.official_picket] == [Role.SUPERVISOR, Role.PICKET]
    assert [role for role in Role if role.steward] == [Role.STEWARD, Role.CHIEF_STEWARD]
    assert {role: role.skill for role in Role if role.skill} == {
        Role.SUPERVISOR: Skill.SUPERVISOR,
        Role.CHIEF_STEWARD: Skill.CHIEF_STEWARD,
        Role.FIRST_AIDER: Skill.FIRST_AID,
        Role.MC: Skill.MC,
    }


def test_who_declined_or_withdrew_is_not_counted_on() -> None:
    assert [state.value for state in AssignmentState if not state.counts] == ["declined", "withdrawn"]


def test_every_assignment_state_can_be_left_and_never_for_itself() -> None:
    assert set(ASSIGNMENT_MOVES) == set(AssignmentState)
    for state, moves in ASSIGNMENT_MOVES.items():
        assert moves
        assert state not in moves
    after_a_reinstatement = ASSIGNMENT_MOVES[AssignmentState.RECONFIRM]
    assert AssignmentState.CONFIRMED in after_a_reinstatement
    assert AssignmentState.PROPOSED not in after_a_reinstatement


@given(st.integers(-5, 1005), st.integers(-5, 1005), st.integers(-5, 1005))
def test_a_need_adds_up_or_is_refused(least: int, wished: int, most: int) -> None:
    fine = 0 <= least <= wished <= most and 1 <= most <= 1000
    assert (said(example(Need, least=least, wished=wished, most=most)) == []) is fine


@given(
    st.sampled_from(["picket_id", "post_id", "stall_id"]).flatmap(
        lambda host: st.tuples(st.just(host), st.text(min_size=1))
    )
)
def test_a_shift_at_exactly_one_place_is_at_one_place(host: tuple[str, str]) -> None:
    made = example(Shift, **{"picket_id": None, host[0]: host[1]})
    assert ONE_PLACE not in said(made)


def test_a_walk_in_need_not_be_in_the_plan() -> None:
    assert example(Attendance, person_id=None, walk_in="Kim").person_id is None
    assert example(Attendance).person_id == PersonId("ann archer")
