"""A rally's times as people type them."""

from datetime import date, datetime

import pytest

from rallyapp.domain.typed_moments import moment_words, typed_moment, typed_shift

DAY = date(2015, 12, 1)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("11.30", datetime(2015, 12, 1, 11, 30)),
        (" at 1130 ", datetime(2015, 12, 1, 11, 30)),
        ("6 pm", datetime(2015, 12, 1, 18)),
        ("Mon 30 Nov 18:00", datetime(2015, 11, 30, 18)),
        ("Mon 30 Nov, 6 pm", datetime(2015, 11, 30, 18)),
        ("18:00 on Mon 30 Nov", datetime(2015, 11, 30, 18)),
        ("30/11 at 10 am", datetime(2015, 11, 30, 10)),
        ("6pm the evening before", datetime(2015, 11, 30, 18)),
        ("the day before, 18.00", datetime(2015, 11, 30, 18)),
        ("00:30 the next day", datetime(2015, 12, 2, 0, 30)),
        ("8 the morning after", datetime(2015, 12, 2, 8)),
    ],
)
def test_a_time_is_read_with_or_without_its_day(text, when):
    assert typed_moment(text, day=DAY) == when


def test_a_time_by_itself_is_on_the_day_that_stood_there():
    assert typed_moment("19:00", day=DAY, on=date(2015, 11, 30)) == datetime(2015, 11, 30, 19)
    assert typed_moment("19:00 the day before", day=DAY, on=date(2015, 11, 28)) == datetime(2015, 11, 30, 19)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "\u201csoon\u201d is not a time: write it as 11:30 or Mon 30 Nov 18:00"),
        ("quite soon then", "is not a time: write it as 11:30"),
        ("Tue 30 Nov 18:00", "30/11/2015 is a Monday, not a Tuesday"),
        ("some day 18:00", "\u201csome day\u201d is not a date"),
        ("late the day before", "\u201clate\u201d is not a time of day"),
    ],
)
def test_what_is_no_time_is_said(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        typed_moment(text, day=DAY)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2015, 12, 1, 9, 5), "09:05"),
        (datetime(2015, 11, 30, 18), "Mon 30 Nov 18:00"),
        (datetime(2016, 1, 2, 18), "Sat 2 Jan 2016 18:00"),
    ],
)
def test_a_time_is_written_as_it_can_be_typed(when, words):
    assert moment_words(when, DAY) == words
    assert typed_moment(words, day=DAY) == when


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30", 30),
        ("+30 min", 30),
        ("-1 h", -60),
        ("\u22121h30", -90),
        ("45 min earlier", -45),
        ("1 h 30 later", 90),
        ("-15 min earlier", 15),
        ("24 h", 24 * 60),
    ],
)
def test_by_how_much_all_moves_is_read(text, minutes):
    assert typed_shift(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "a bit", "+", "1:75"])
def test_what_is_no_length_is_said(text):
    with pytest.raises(ValueError, match="is not a length: write it as"):
        typed_shift(text)


def test_more_than_a_day_is_another_date():
    with pytest.raises(ValueError, match="change the date instead"):
        typed_shift("25 h")
