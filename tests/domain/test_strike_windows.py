"""All 51 strike windows of 2015 to 2026, as they were: each becomes a strike day and comes back equal."""

from __future__ import annotations

from datetime import date, time

import pytest

from rallyapp.carried import StrikeWindow, strike_windows
from rallyapp.domain.disputes import StrikeDay, StrikeKind, StrikeState
from rallyapp.domain.ids import DisputeId, StrikeDayId
from rallyapp.domain.records import from_plain, problems_of, to_plain
from rallyapp.domain.times import clock, clocks_change

KINDS = {
    "emergency-care-only": StrikeKind.EMERGENCY_CARE_ONLY,
    "christmas-day-cover": StrikeKind.CHRISTMAS_DAY_COVER,
    "full": StrikeKind.FULL_WALKOUT,
}
STATES = {
    "held": StrikeState.HELD,
    "suspended": StrikeState.SUSPENDED,
    "called off": StrikeState.CALLED_OFF,
    "superseded": StrikeState.SUPERSEDED,
    "announced (outcome not found)": StrikeState.NOTIFIED,
}
WINDOWS = strike_windows()


def strike_day_of(window: StrikeWindow) -> StrikeDay:
    """Make the strike day of a row; consultants and junior doctors are each in a dispute of their own."""
    return StrikeDay(
        id=StrikeDayId(f"{window.date_start} {window.group} {window.kind}"),
        dispute_id=DisputeId(window.group),
        kind=KINDS[window.kind],
        first_date=date.fromisoformat(window.date_start),
        start_time=time.fromisoformat(window.time_start) if window.time_start else None,
        last_date=date.fromisoformat(window.date_end),
        end_time=time.fromisoformat(window.time_end) if window.time_end else None,
        state=STATES[window.status],
        called_out=window.group,
        announced=date.fromisoformat(window.announced) if window.announced else None,
        note=window.notes or "",
    )


DAYS = [strike_day_of(window) for window in WINDOWS]


def found(first: str, group: str = "junior doctors") -> StrikeDay:
    """Find the one window that was not superseded and starts on that day."""
    (day,) = (
        day
        for day in DAYS
        if day.first_date == date.fromisoformat(first)
        and day.called_out == group
        and day.state is not StrikeState.SUPERSEDED
    )
    return day


def test_there_are_51_and_none_stands_twice() -> None:
    assert len(DAYS) == len({day.id for day in DAYS}) == 51


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window.date_start} {window.group} {window.kind}")
def test_every_window_goes_in_and_comes_back_as_given(window: StrikeWindow) -> None:
    day = strike_day_of(window)
    assert problems_of(day) == ()
    back = from_plain(StrikeDay, to_plain(day))
    assert back == day
    assert (back.first_date.isoformat(), back.last_date.isoformat()) == (window.date_start, window.date_end)
    assert (back.start_time and clock(back.start_time)) == window.time_start
    assert (back.end_time and clock(back.end_time)) == window.time_end
    assert (back.kind, back.state) == (KINDS[window.kind], STATES[window.status])
    assert back.window.start.strftime("%a") == window.weekday_start


@pytest.mark.parametrize(
    "window",
    [window for window in WINDOWS if window.hours],
    ids=lambda window: f"{window.date_start} {window.group} {window.kind}",
)
def test_every_window_lasts_as_many_real_hours_as_the_list_says(window: StrikeWindow) -> None:
    assert round(strike_day_of(window).window.minutes / 60) == int(window.hours or 0)


def test_the_held_hours_of_2023_and_2024_are_what_the_list_adds_up_to() -> None:
    held = [
        day
        for day in DAYS
        if day.called_out == "junior doctors" and day.state is StrikeState.HELD and day.first_date.year in (2023, 2024)
    ]
    assert round(sum(day.window.minutes for day in held) / 60) == 1049


def test_six_windows_were_held_in_2016() -> None:
    assert sum(day.first_date.year == 2016 and day.state is StrikeState.HELD for day in DAYS) == 6


def test_a_minute_to_seven_and_a_minute_to_midnight_stay_so() -> None:
    assert found("2023-10-02").words == "Mon 2 Oct 2023, 07:00–06:59 (Thu 5 Oct 2023)"
    assert found("2023-10-02").window.minutes == 72 * 60 - 1
    assert found("2024-02-24").words == "Sat 24 Feb 2024, 07:00–23:59 (Wed 28 Feb 2024)"


def test_the_longest_is_144_hours() -> None:
    assert max(DAYS, key=lambda day: day.window.minutes) is found("2024-01-03")
    assert found("2024-01-03").window.minutes == 144 * 60


def test_unstated_times_are_whole_days_and_are_not_made_up() -> None:
    consultants = found("2023-09-19", "consultants")
    assert consultants.words == "Tue 19 Sep 2023 to Wed 20 Sep 2023"
    assert consultants.window.minutes == 48 * 60
    assert to_plain(consultants)["start_time"] is None
    assert to_plain(consultants)["end_time"] is None


def test_april_2016_is_in_summer_time_and_march_is_not() -> None:
    """The same 48 hours on both sides of 27 March 2016; no window of the list has a clock change in it."""
    assert found("2016-03-09").window.minutes == found("2016-04-06").window.minutes == 48 * 60
    assert not any(clocks_change(day) for window in DAYS for day in window.window.days())


def test_two_unions_call_the_same_window_in_different_kinds() -> None:
    """2 to 5 October 2023: the BMA's juniors cover as on Christmas Day, the HCSA's walk out."""
    bma = found("2023-10-02")
    hcsa = StrikeDay(
        id=StrikeDayId("hcsa"),
        dispute_id=DisputeId("HCSA"),
        kind=StrikeKind.FULL_WALKOUT,
        first_date=bma.first_date,
        start_time=bma.start_time,
        last_date=bma.last_date,
        end_time=bma.end_time,
        state=StrikeState.HELD,
    )
    consultants = found("2023-10-02", "consultants")
    assert bma.window == hcsa.window
    assert consultants.window.overlaps(bma.window)
    assert len({bma.dispute_id, hcsa.dispute_id, consultants.dispute_id}) == 3
    assert (bma.kind, hcsa.kind) == (StrikeKind.CHRISTMAS_DAY_COVER, StrikeKind.FULL_WALKOUT)
    for day in (bma, hcsa, consultants):
        assert from_plain(StrikeDay, to_plain(day)) == day
