"""Dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.times import day_words, long_day_words
from rallyapp.domain.typed import typed_day

NEAR = date(2015, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1/12/2015", date(2015, 12, 1)),
        ("1/12", date(2015, 12, 1)),
        ("1.12.15", date(2015, 12, 1)),
        ("2015-12-01", date(2015, 12, 1)),
        ("Tue 1 Dec", date(2015, 12, 1)),
        ("Tues 1st of December", date(2015, 12, 1)),
        ("tuesday, 1 december 2015", date(2015, 12, 1)),
        ("8 dec", date(2015, 12, 8)),
        ("3 jan", date(2016, 1, 3)),
        ("Thursday", date(2015, 11, 26)),
        ("fri", NEAR),
        ("tomorrow", date(2015, 11, 21)),
        ("1 Sept", date(2015, 9, 1)),
    ],
)
def test_a_date_is_read_as_it_was_meant(text, meant):
    assert typed_day(text, near=NEAR) == meant


def test_a_weekday_decides_between_the_years():
    assert typed_day("Tue 19 Apr", near=date(2015, 12, 1)) == date(2016, 4, 19)


@pytest.mark.parametrize("text", ["", "soon", "32/1", "30/2", "1 Decade", "1/13/2015", "12", "Tue soon", "1 dec 1066"])
def test_what_is_no_date_is_said(text):
    with pytest.raises(ValueError, match=r"date|year"):
        typed_day(text, near=NEAR)


def test_a_weekday_that_is_not_that_dates_is_said():
    with pytest.raises(ValueError, match="1/12/2015 is a Tuesday, not a Wednesday"):
        typed_day("Wed 1/12/2015", near=NEAR)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-150, 150))
def test_what_we_write_we_read(day, away):
    assert typed_day(day_words(day), near=NEAR) == day
    assert typed_day(long_day_words(day), near=NEAR) == day
    assert typed_day(f"{day.day}/{day.month}", near=day + timedelta(days=away)) in {
        day.replace(year=day.year + years) for years in (-1, 0, 1) if (day.month, day.day) != (2, 29) or not years
    }
