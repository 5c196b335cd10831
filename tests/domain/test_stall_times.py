"""A stall's times as they are typed, at rallies and pickets that go on past midnight and at those that do not."""

from __future__ import annotations

from datetime import date

import pytest

from rallyapp.domain import stall_times
from rallyapp.domain.ids import PicketId
from rallyapp.domain.plan import Plan
from rallyapp.domain.stalls import Stall
from tests.domain.building import at, picket, rally, small_plan, stall

DAY, NEXT, EVE = date(2015, 12, 1), date(2015, 12, 2), date(2015, 11, 30)
NIGHT = rally(starts=at("20:00"), ends=at("01:00", NEXT))
BESIDE = stall(picket_id=PicketId("picket"))


def read(plan: Plan, text: str, on: date | None = None, mine: Stall | None = None) -> str:
    """Give a day and a time as "1 19:30"."""
    found = stall_times.typed_stall_time(plan, mine or stall(), text, on)
    return f"{found.day} {found:%H:%M}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19:30", "1 19:30"),
        ("20:00", "1 20:00"),
        ("01:00", "2 01:00"),
        ("at 00:30", "2 00:30"),
        ("2am", "2 02:00"),
        ("Wed 2 Dec 01:00", "2 01:00"),
        ("1 Dec 01:00", "1 01:00"),
        ("01:00 the next day", "2 01:00"),
        ("6pm the evening before", "30 18:00"),
    ],
)
def test_at_a_rally_that_goes_on_past_midnight(text: str, found: str) -> None:
    assert read(small_plan(NIGHT), text) == found


def test_set_up_is_part_of_a_rally_and_that_of_the_evening_before_is_not() -> None:
    late = rally(starts=at("20:00"), ends=at("07:30", NEXT), set_up=at("13:00"))
    assert read(small_plan(late), "13:00") == "1 13:00"
    assert read(small_plan(late), "07:00") == "2 07:00"
    assert read(small_plan(rally(starts=at("20:00"), ends=at("07:30", NEXT))), "13:00") == "2 13:00"
    eve = rally(starts=at("20:00"), ends=at("01:00", NEXT), set_up=at("18:00", EVE))
    assert read(small_plan(eve), "00:30") == "2 00:30"


def test_a_time_that_stood_on_another_day_stays_there() -> None:
    plan = small_plan(NIGHT)
    assert read(plan, "17:00", EVE) == "30 17:00"
    assert read(plan, "23:30", NEXT) == "1 23:30"
    assert read(plan, "00:30", DAY) == "2 00:30"
    assert read(small_plan(), "01:00") == "1 01:00", "that rally ends the same day"
    assert read(small_plan(), "01:00", NEXT) == "2 01:00"


def test_at_pickets_by_night_and_at_one_whose_end_nobody_has_said() -> None:
    night = picket(starts=at("22:00"), ends=at("06:00", NEXT))
    assert read(small_plan(night), "21:45", mine=BESIDE) == "1 21:45"
    assert read(small_plan(night), "6:15", mine=BESIDE) == "2 06:15"
    assert read(small_plan(picket(ends=None)), "01:00", mine=BESIDE) == "1 01:00"


def test_what_is_no_time() -> None:
    with pytest.raises(ValueError, match="\u201c25\u201d is not a time"):
        read(small_plan(NIGHT), "25")
