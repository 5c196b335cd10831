"""Wall-clock time: spans, midnight, the two nights on which the clocks change, and times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rallyapp.domain.times import (
    LONDON,
    Span,
    clock,
    clock_fault,
    clocks_change,
    day_words,
    gap_minutes,
    long_day_words,
    merged,
    minutes_words,
    moved_by_days,
    parse_clock,
    parse_day,
    real_minutes,
    slots,
    span_words,
    uncovered,
    year_fault,
)
from tests.domain.building import at, between

FORWARD, BACK = date(2016, 3, 27), date(2016, 10, 30)

wall = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)).map(lambda when: when.replace(second=0, microsecond=0))
real = wall.filter(lambda when: clock_fault(when) is None)


@st.composite
def spans(draw: st.DrawFn, longest: int = 3000) -> Span:
    """A span of some hours, with ends that exist; often round about a change of the clocks."""
    start = draw(st.one_of(real, st.integers(-600, 600).map(lambda n: at("01:00", BACK) + timedelta(minutes=n))))
    end = start + timedelta(minutes=draw(st.integers(1, longest)))
    assume(not clock_fault(start) and not clock_fault(end))
    return Span(start, end)


# ------------------------------------------------------------------------------------------ real minutes
@pytest.mark.parametrize(
    ("times", "day", "minutes"),
    [
        ("08:00-11:00", date(2015, 12, 1), 180),
        ("08:00-08:00", date(2015, 12, 1), 24 * 60),
        ("22:00-06:00", date(2016, 3, 26), 7 * 60),
        ("22:00-06:00", date(2016, 10, 29), 9 * 60),
        ("00:30-02:30", FORWARD, 60),
        ("00:30-02:30", BACK, 180),
        ("22:00-06:00", date(2016, 4, 6), 8 * 60),
    ],
)
def test_a_span_is_as_long_as_the_time_that_passes(times: str, day: date, minutes: int) -> None:
    assert between(times, day).minutes == minutes


def test_the_repeated_hour_is_taken_the_first_time_round() -> None:
    """In the night of 30 October 2016, 01:30 comes twice: 90 minutes after midnight, and 150."""
    assert real_minutes(at("00:00", BACK), at("01:30", BACK)) == 90
    assert real_minutes(at("01:30", BACK), at("02:00", BACK)) == 90


@given(real, real)
def test_real_minutes_are_what_utc_says(start: datetime, end: datetime) -> None:
    passed = end.replace(tzinfo=LONDON).astimezone(UTC) - start.replace(tzinfo=LONDON).astimezone(UTC)
    assert real_minutes(start, end) == passed // timedelta(minutes=1)
    assert real_minutes(end, start) == -real_minutes(start, end)


def test_the_ends_of_the_calendar_can_be_measured() -> None:
    assert real_minutes(datetime(1, 1, 1), datetime(1, 1, 2)) == 24 * 60
    assert real_minutes(datetime(9999, 12, 30), datetime(9999, 12, 31)) == 24 * 60


@pytest.mark.parametrize(
    ("day", "way"),
    [
        (FORWARD, "forward"),
        (BACK, "back"),
        (date(2016, 3, 26), None),
        (date(2016, 4, 6), None),
        (date(2026, 3, 29), "forward"),
    ],
)
def test_the_clocks_change_twice_a_year(day: date, way: str | None) -> None:
    assert clocks_change(day) == way


# ----------------------------------------------------------------------------------- what can't be a time
@pytest.mark.parametrize(
    ("when", "fault"),
    [
        (at("08:00"), None),
        (datetime(2015, 12, 1, 8, 0, 1), "times in a plan are whole minutes"),
        (datetime(2015, 12, 1, 8, 0, 0, 1), "times in a plan are whole minutes"),
        (
            datetime(2015, 12, 1, 8, tzinfo=UTC),
            "times in a plan are local wall-clock times without a zone",
        ),
        (at("00:59", FORWARD), None),
        (at("01:00", FORWARD), "01:00 does not exist on Sun 27 Mar 2016: the clocks go forward"),
        (at("01:59", FORWARD), "01:59 does not exist on Sun 27 Mar 2016: the clocks go forward"),
        (at("02:00", FORWARD), None),
        (at("01:30", BACK), None),
        (datetime(1900, 1, 1), None),
        (datetime(2199, 12, 31, 23, 59), None),
        (datetime(1, 1, 1), "the year 1 can't be right; years run from 1900 to 2199"),
        (datetime(9999, 12, 31, 23, 59), "the year 9999 can't be right; years run from 1900 to 2199"),
    ],
)
def test_a_time_is_a_local_whole_minute_that_exists(when: datetime, fault: str | None) -> None:
    assert clock_fault(when) == fault


@pytest.mark.parametrize(("year", "fine"), [(1899, False), (1900, True), (2199, True), (2200, False)])
def test_years_have_limits(year: int, fine: bool) -> None:
    assert (year_fault(date(year, 6, 1)) is None) is fine


# ------------------------------------------------------------------------------------------------- spans
def test_a_span_must_start_before_it_ends() -> None:
    with pytest.raises(ValueError, match=r"^11:00–08:00 ends before it starts$"):
        Span(at("11:00"), at("08:00"))
    with pytest.raises(ValueError, match=r"^08:00–08:00 ends when it starts$"):
        Span(at("08:00"), at("08:00"))


@pytest.mark.parametrize(
    ("one", "other", "overlap", "gap"),
    [
        ("08:00-11:00", "11:00-12:00", False, 0),
        ("08:00-11:00", "10:59-12:00", True, -1),
        ("08:00-11:00", "11:30-13:30", False, 30),
        ("08:00-11:00", "09:00-10:00", True, -120),
        ("08:00-11:00", "08:00-11:00", True, -180),
    ],
)
def test_touching_ends_do_not_overlap(one: str, other: str, overlap: bool, gap: int) -> None:
    a, b = between(one), between(other)
    assert a.overlaps(b) is b.overlaps(a) is overlap
    assert gap_minutes(a, b) == gap
    assert gap_minutes(b, a) == (gap if a != b else -180)


def test_a_span_contains_what_lies_within_its_ends() -> None:
    morning = between("08:00-11:00")
    assert morning.contains(morning)
    assert morning.contains(between("08:00-09:00"))
    assert not morning.contains(between("07:59-09:00"))
    assert not morning.contains(between("10:00-11:01"))


def test_widened_on_both_sides() -> None:
    assert between("08:00-11:00").widened(30) == between("07:30-11:30")
    assert between("08:00-11:00").widened(0) == between("08:00-11:00")


def test_the_days_of_a_span() -> None:
    first, second = date(2015, 12, 1), date(2015, 12, 2)
    assert between("08:00-11:00").days() == (first,)
    assert between("20:00-00:00").days() == (first,)
    assert between("20:00-00:01").days() == (first, second)
    assert between("00:00-00:00").days() == (first,)
    assert Span(at("23:59"), at("00:00", 4)).days() == (first, second, date(2015, 12, 3))


@given(st.lists(spans(), max_size=8))
def test_merged_spans_lie_apart_and_cover_the_same(some: list[Span]) -> None:
    joined = merged(some)
    assert all(a.end < b.start for a, b in pairwise(joined))
    assert all(any(whole.contains(part) for whole in joined) for part in some)
    assert all(any(edge == part.start for part in some) for edge in (whole.start for whole in joined))
    assert merged(reversed(joined)) == joined


@given(spans(), st.lists(spans(), max_size=6))
def test_what_is_uncovered_is_the_rest(span: Span, by: list[Span]) -> None:
    rest = uncovered(span, by)
    assert all(span.contains(part) for part in rest)
    assert not any(part.overlaps(cover) for part in rest for cover in by)
    covered = [Span(max(c.start, span.start), min(c.end, span.end)) for c in by if c.overlaps(span)]
    assert merged([*rest, *covered]) == (span,)


def test_a_gap_in_the_middle() -> None:
    """Supervisors at one picket; nobody for the half hour that is marked.

    ====== 08:00 08:30 09:00 09:30 10:00 10:30
    Ann      ###   ###
    Bob                        ###   ###   ###
    gap                  ???
    """
    rest = uncovered(between("08:00-11:00"), [between("09:30-11:30"), between("07:00-09:00"), between("12:00-13:00")])
    assert rest == (between("09:00-09:30"),)
    assert uncovered(between("08:00-11:00"), []) == (between("08:00-11:00"),)


# ------------------------------------------------------------------------------------------------- slots
def test_a_window_is_cut_into_slots_and_the_last_may_be_shorter() -> None:
    assert slots(between("08:00-10:30"), 60) == (
        between("08:00-09:00"),
        between("09:00-10:00"),
        between("10:00-10:30"),
    )
    assert slots(between("08:00-10:30"), 10**15) == (between("08:00-10:30"),)


@pytest.mark.parametrize("minutes", [4, 0, -60])
def test_a_slot_is_not_too_short(minutes: int) -> None:
    with pytest.raises(ValueError, match=r"^a slot is at least 5 minutes long$"):
        slots(between("08:00-11:00"), minutes)


@pytest.mark.parametrize(
    ("minutes", "starts"),
    [
        (60, ["00:00", "02:00", "03:00"]),
        (30, ["00:00", "00:30", "02:00", "02:30", "03:00", "03:30"]),
        (45, ["00:00", "00:45", "02:15", "03:00", "03:45"]),
    ],
)
def test_no_slot_starts_at_a_time_that_the_clocks_leave_out(minutes: int, starts: list[str]) -> None:
    cut = slots(between("00:00-04:00", FORWARD), minutes)
    assert [clock(slot.start) for slot in cut] == starts
    assert sum(slot.minutes for slot in cut) == 180


@given(spans(), st.integers(5, 600))
def test_slots_are_the_window_without_a_gap(span: Span, minutes: int) -> None:
    cut = slots(span, minutes)
    assert (cut[0].start, cut[-1].end) == (span.start, span.end)
    assert all(a.end == b.start for a, b in pairwise(cut))
    assert all(clock_fault(slot.start) is None for slot in cut)


# -------------------------------------------------------------------------------------------- moved, said
def test_eight_stays_eight_over_a_clock_change() -> None:
    assert moved_by_days(at("08:00", date(2016, 3, 26)), 1) == at("08:00", FORWARD)
    assert moved_by_days(at("08:00", FORWARD), -1) == at("08:00", date(2016, 3, 26))


def test_days_in_words() -> None:
    assert day_words(date(2015, 12, 1)) == "Tue 1 Dec 2015"
    assert long_day_words(date(2026, 2, 18)) == "Wednesday 18 February 2026"
    assert clock(time(6, 59)) == clock(at("06:59")) == "06:59"


def test_spans_in_words() -> None:
    assert span_words(at("08:00"), None) == "from 08:00"
    assert span_words(at("08:00"), at("11:00")) == "08:00–11:00"
    assert span_words(at("20:00"), at("08:00", 2)) == "20:00–08:00 (Wed 2 Dec 2015)"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (90, "1 h 30 min"),
        (8640, "144 h"),
        (-5, "−5 min"),
        (-90, "−1 h 30 min"),
    ],
)
def test_lengths_in_words(minutes: int, words: str) -> None:
    assert minutes_words(minutes) == words


# ----------------------------------------------------------------------------------------- as people write
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("08:00", "08:00"),
        ("8:00", "08:00"),
        ("0800", "08:00"),
        ("800", "08:00"),
        ("8", "08:00"),
        ("0", "00:00"),
        ("8am", "08:00"),
        (" 8 AM ", "08:00"),
        ("8.30am", "08:30"),
        ("8.30 p.m", None),
        ("1130pm", "23:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12:30am", "00:30"),
        ("06:59", "06:59"),
        ("23:59", "23:59"),
        ("24:00", None),
        ("08:60", None),
        ("13pm", None),
        ("0am", None),
        ("8.5", None),
        ("8:5", None),
        ("8:000", None),
        ("000:5", None),
        ("8:", None),
        (":30", None),
        ("8:00:00", None),
        ("08000", None),
        ("-8", None),
        ("٨", None),
        ("²", None),
        ("am", None),
        ("", None),
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("Midday", "12:00"),
        ("midnight", "00:00"),
        ("0900hrs", "09:00"),
        ("1730 hours", "17:30"),
        ("8 o'clock", "08:00"),
        ("late", None),
        ("half 8", None),
        ("8pmhrs", None),
    ],
)
def test_times_of_day_are_read_as_they_are_written(text: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(ValueError, match=r"is not a time of day: write it as 08:00$"):
            parse_clock(text)
    else:
        assert clock(parse_clock(text)) == read


@given(st.times())
def test_every_minute_is_read_back(when: time) -> None:
    assert parse_clock(clock(when)) == time(when.hour, when.minute)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2015-12-01", date(2015, 12, 1)),
        (" 1/12/2015 ", date(2015, 12, 1)),
        ("01/12/2015", date(2015, 12, 1)),
        ("29/2/2016", date(2016, 2, 29)),
        ("29/2/2015", None),
        ("1/12/15", None),
        ("12/2015", None),
        ("1/13/2015", None),
        ("1/1/99999999999999999999", None),
        ("1/1/-2015", None),
        ("2015-13-01", None),
        ("20151201", None),
        ("2015-12-1", None),
        ("tomorrow!!", None),
        ("", None),
        ("///", None),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, read: date | None) -> None:
    if read is None:
        with pytest.raises(ValueError, match=r"is not a date: write it as 2015-12-01 or 1/12/2015$"):
            parse_day(text)
    else:
        assert parse_day(text) == read


@given(st.text(max_size=12) | st.from_regex(r"\A[0-9/:.\- ampm]{0,12}\Z"))
def test_any_typing_is_read_or_refused_in_a_sentence(text: str) -> None:
    for read in (parse_clock, parse_day):
        sentence = ""
        try:
            read(text)
        except ValueError as refused:
            sentence = str(refused)
        assert not sentence or sentence.startswith(f"“{text}” is not a ")
