"""A rally's programme added up: one line after the other, fixed points, midnight and a change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import ProgrammeItemId
from rallyapp.domain.rallies import ProgrammeItem
from rallyapp.domain.running_order import finish_words, overrun, running_order
from rallyapp.domain.times import clock, clock_fault
from tests.domain.building import at, example

NOON = at("12:00")


def item(position: int, minutes: int, fixed: datetime | None = None, **other: object) -> ProgrammeItem:
    id = ProgrammeItemId(f"item {position}")
    return example(ProgrammeItem, **{"id": id, "position": position, "minutes": minutes, "fixed": fixed, **other})


items = st.lists(
    st.tuples(st.integers(0, 120), st.none() | st.integers(-60, 600)),
    max_size=10,
).map(
    lambda rows: [
        item(n, minutes, None if fixed is None else NOON + timedelta(minutes=fixed))
        for n, (minutes, fixed) in enumerate(rows)
    ]
)


def test_one_line_after_the_other() -> None:
    """Three lines from 11:30; the hard finish is 13:30.

    ===== ======= === =====
    time  item    min total
    11:30 welcome  10    10
    11:40 speech   20    30
    12:00 song      5    35
    """
    lines = running_order([item(3, 5), item(1, 10), item(2, 20)], at("11:30"))
    assert [(clock(line.starts), clock(line.ends), line.total) for line in lines] == [
        ("11:30", "11:40", 10),
        ("11:40", "12:00", 30),
        ("12:00", "12:05", 35),
    ]
    assert overrun(lines, at("13:30")) == -85


def test_a_fixed_line_waits_for_its_time() -> None:
    """A minute's silence at 12:00 sharp: twenty minutes idle before it."""
    lines = running_order([item(1, 10), item(2, 1, NOON), item(3, 5)], at("11:30"))
    assert [(clock(line.starts), line.slack) for line in lines] == [("11:30", 0), ("12:00", 20), ("12:01", 0)]
    assert lines[-1].total == 36


def test_a_fixed_line_that_comes_late_says_by_how_much() -> None:
    lines = running_order([item(1, 45), item(2, 1, NOON)], at("11:30"))
    assert (clock(lines[1].starts), lines[1].slack) == ("12:15", -15)
    assert overrun(lines, at("12:00")) == 16


def test_a_programme_of_nothing_fits() -> None:
    assert running_order([], NOON) == ()
    assert overrun((), NOON) == 0


def test_lines_of_one_position_keep_the_order_of_their_ids() -> None:
    a, b = item(1, 5, id=ProgrammeItemId("a")), item(1, 5, id=ProgrammeItemId("b"))
    assert [line.item for line in running_order([b, a], NOON)] == [a, b]


def test_past_midnight() -> None:
    lines = running_order([item(1, 90), item(2, 60)], at("23:00"))
    assert [line.ends for line in lines] == [at("00:30", 2), at("01:30", 2)]
    assert overrun(lines, at("01:00", 2)) == 30


def test_over_the_night_in_which_the_clocks_go_back() -> None:
    """A vigil from 00:00 to 03:00 by the clock on the wall is four hours of real time: three leave an hour."""
    night = date(2016, 10, 30)
    lines = running_order([item(1, 60), item(2, 60), item(3, 60)], at("00:00", night))
    assert [clock(line.ends) for line in lines] == ["01:00", "01:00", "02:00"]
    assert [line.total for line in lines] == [60, 120, 180]
    assert overrun(lines, at("03:00", night)) == -60
    assert finish_words(lines, at("03:00", night)) == "Ends 02:00, 1 h before the hard finish"
    assert overrun(lines[:2], at("01:00", night)) == 60  # the hard finish is the first time round


def test_over_the_night_in_which_the_clocks_go_forward() -> None:
    """After an hour from 00:30 it is 02:30: there is no 01:30."""
    night = date(2016, 3, 27)
    lines = running_order([item(1, 60), item(2, 60), item(3, 30)], at("00:30", night))
    assert [clock(line.starts) for line in lines] == ["00:30", "02:30", "03:30"]
    assert [line.total for line in lines] == [60, 120, 150]
    assert overrun(lines, at("04:00", night)) == 0


def test_a_fixed_time_in_the_hour_that_comes_twice_is_the_nearer_one() -> None:
    night = date(2016, 10, 30)
    for before, slack, total in ((15, 15, 35), (50, -20, 55), (100, -10, 105), (70, 20, 95), (130, -40, 135)):
        lines = running_order([item(1, before), item(2, 5, at("01:30", night))], at("01:00", night))
        assert (lines[1].slack, lines[1].total) == (slack, total)


@given(items)
def test_no_line_starts_before_the_one_before_it_ends(programme: list[ProgrammeItem]) -> None:
    lines = running_order(programme, NOON)
    assert [line.item for line in lines] == programme
    ends = NOON
    for line in lines:
        assert line.starts == max(ends, line.item.fixed or ends)
        assert line.slack == (0 if line.item.fixed is None else (line.item.fixed - ends) // timedelta(minutes=1))
        assert line.ends - line.starts == timedelta(minutes=line.item.minutes)
        ends = line.ends
    assert overrun(lines, ends) == 0


@given(items)
def test_the_total_is_all_minutes_and_all_waiting(programme: list[ProgrammeItem]) -> None:
    total = 0
    for line in running_order(programme, NOON):
        total += line.item.minutes + max(0, line.slack)
        assert line.total == total


starts = st.sampled_from([date(2015, 10, 25), date(2016, 3, 27), date(2015, 12, 1)]).flatmap(
    lambda day: (
        st.integers(-180, 240)
        .map(lambda minutes: at("00:00", day) + timedelta(minutes=minutes))
        .filter(lambda when: clock_fault(when) is None)
    )
)


@given(starts, st.lists(st.integers(0, 120), max_size=8))
def test_minutes_are_real_ones_and_no_line_starts_at_a_time_that_is_none(begin: datetime, minutes: list[int]) -> None:
    """The total is what a stop-watch shows that is started with the rally, whatever the clocks do."""
    first = begin.replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
    total = 0
    for line in running_order([item(n, each) for n, each in enumerate(minutes)], begin):
        real = (first + timedelta(minutes=total)).astimezone(ZoneInfo("Europe/London"))
        assert (line.starts, line.starts.fold) == (real.replace(tzinfo=None), real.fold)
        assert clock_fault(line.starts.replace(fold=0)) is None
        total += line.item.minutes
        assert line.total == total


@given(items, st.randoms(use_true_random=False))
def test_the_order_in_which_lines_are_given_does_not_matter(programme: list[ProgrammeItem], chance: object) -> None:
    mixed = list(programme)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert running_order(mixed, NOON) == running_order(programme, NOON)
