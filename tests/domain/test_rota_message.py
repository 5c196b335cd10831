"""A rota as a text for a group chat: what it says, and what it never says."""

from datetime import date

from rallyapp import carried
from rallyapp.domain.ids import NeedId, ShiftId
from rallyapp.domain.pickets import AssignmentState, Need, Role
from rallyapp.domain.rota_message import rota_message
from tests.domain.building import (
    entrance,
    on,
    person,
    picket,
    post,
    rally,
    rally_day,
    shift,
    small_plan,
    stall,
    strike_day,
)


def test_it_says_day_place_times_names_and_gaps_and_no_phone_number():
    plan = small_plan(
        person("Ann Archer", phone="07700 900123"),
        person("Bob Brown"),
        person("Cy Cole"),
        Need(id=NeedId("n1"), shift_id=ShiftId("shift"), role=Role.SUPERVISOR, least=1, wished=1, most=1),
        Need(id=NeedId("n2"), shift_id=ShiftId("shift"), role=Role.PICKET, least=3, wished=4, most=5),
        on("ann archer", role=Role.SUPERVISOR),
        on("bob brown"),
        on("cy cole", state=AssignmentState.DECLINED),
        shift("late", "11:00-12:00", cancelled=True, reason="storm"),
        entrance("back", "Back gate", position=2),
        picket("other", entrance_id="back"),
        shift("empty", "08:00-09:00", picket_id="other"),
    )
    text = rota_message(plan, ["late", "shift", "empty"], carried.law())
    assert text.splitlines() == [
        "*Picket rota, Tue 1 Dec 2015*",
        "",
        "*Main entrance, Southampton General Hospital*",
        "08:00–11:00: Ann A. (organiser), Bob B. – still needed: 2 pickets",
        "11:00–12:00: cancelled (storm)",
        "",
        "*Back gate, Southampton General Hospital*",
        "08:00–09:00: nobody yet",
    ]
    assert "07700" not in text


def test_the_supervisor_is_called_what_that_days_law_calls_them():
    later = strike_day(first=date(2022, 12, 1))
    plan = small_plan(
        later,
        picket(day=date(2022, 12, 1)),
        shift(day=date(2022, 12, 1)),
        Need(id=NeedId("n1"), shift_id=ShiftId("shift"), role=Role.SUPERVISOR, least=1, wished=1, most=1),
    )
    assert "still needed: 1 picket supervisor" in rota_message(plan, ["shift"], carried.law())


def test_posts_and_stalls_come_after_the_pickets_and_only_another_role_than_theirs_is_said():
    plan = small_plan(
        person("Ann Archer"),
        person("Bob Brown"),
        person("Cy Cole"),
        rally(),
        rally_day(),
        post(),
        stall(),
        shift("stall", "11:00-13:00", stall_id="stall"),
        shift("post", "10:45-13:45", post_id="post"),
        Need(id=NeedId("n"), shift_id=ShiftId("post"), role=Role.STEWARD, least=2, wished=2, most=2),
        on("ann archer", "post", Role.STEWARD),
        on("bob brown", "post", Role.FIRST_AIDER),
        on("cy cole", "stall", Role.STALL),
    )
    assert rota_message(plan, ["stall", "post", "shift"], carried.law()).splitlines() == [
        "*Rota, Tue 1 Dec 2015*",
        "",
        "*Main entrance, Southampton General Hospital*",
        "08:00–11:00: nobody yet",
        "",
        "*Stage left, Guildhall Square*",
        "10:45–13:45: Ann A., Bob B. (first aider) – still needed: 1 steward",
        "",
        "*Anthony Nolan stall, Guildhall Square*",
        "11:00–13:00: Cy C.",
    ]
