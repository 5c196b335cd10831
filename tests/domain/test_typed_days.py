"""Strike days as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.disputes import StrikeKind
from rallyapp.domain.records import problems_of
from rallyapp.domain.typed_days import parse_strike_day, parse_strike_days

NEAR = date(2015, 11, 20)  # a Friday


def read(text: str) -> list[str]:
    """Give the days as members say them."""
    return [day.bare.words for day in parse_strike_days(text, NEAR)]


TUESDAY = "Tue 1 Dec 2015"
TO_FIVE = f"{TUESDAY}, 08:00\u201317:00"
ROUND = f"{TUESDAY}, 08:00\u201308:00 (Wed 2 Dec 2015)"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Tue 1 Dec 2015 8am to Wed 8am", ROUND),
        ("Tues 1st December 8am - Wed 2nd December 8am", ROUND),
        ("1 Dec 24h from 8am", ROUND),
        ("1/12 from 8am for 24 hours", ROUND),
        (ROUND, ROUND),
        ("1 Dec", TUESDAY),
        ("1/12", TUESDAY),
        ("Dec 1st", TUESDAY),
        ("1 Dec all day", TUESDAY),
        ("1/12 8-5", TO_FIVE),
        ("8am-5pm 1 Dec", TO_FIVE),
        ("1 Dec 0800-1700", TO_FIVE),
        (TO_FIVE, TO_FIVE),
        ("8am-5pm, 1/12", f"{TUESDAY}, 08:00\u201317:00"),
        ("1/12 8pm-12", f"{TUESDAY}, 20:00\u201300:00 (Wed 2 Dec 2015)"),
        ("1 Dec 2000-0800", f"{TUESDAY}, 20:00\u201308:00 (Wed 2 Dec 2015)"),
        ("1 Dec noon until midnight", f"{TUESDAY}, 12:00\u201300:00 (Wed 2 Dec 2015)"),
        ("Tuesday 8am-5pm", "Tue 24 Nov 2015, 08:00\u201317:00"),
        ("tomorrow 8-5", "Sat 21 Nov 2015, 08:00\u201317:00"),
        ("1 Dec until 5pm", f"{TUESDAY} until 17:00"),
        ("1 Dec to 2 Dec 5pm", f"{TUESDAY} to Wed 2 Dec 2015 until 17:00"),
        ("8am-5pm; 1 Dec", TO_FIVE),
        ("3 jan", "Sun 3 Jan 2016"),
        ("10 Nov", "Thu 10 Nov 2016"),
        ("30 Dec to 2 Jan", "Wed 30 Dec 2015 to Sat 2 Jan 2016"),
        ("14 Dec to 16 Dec 2015", "Mon 14 Dec 2015 to Wed 16 Dec 2015"),
        ("Tue 1 Dec 8am to Wed", f"{TUESDAY} from 08:00 to Wed 2 Dec 2015"),
        ("1 Dec 2 days", f"{TUESDAY} to Wed 2 Dec 2015"),
        ("Mon 14 to Wed 16 Dec 7am-7am", "Mon 14 Dec 2015, 07:00\u201307:00 (Wed 16 Dec 2015)"),
        ("28-29 April 8am-5pm", "Thu 28 Apr 2016, 08:00\u201317:00 (Fri 29 Apr 2016)"),
        ("Tue 1 Dec 8am to Tue 8am", f"{TUESDAY}, 08:00\u201308:00 (Tue 8 Dec 2015)"),
    ],
)
def test_one_day_is_read_as_it_was_meant(typed: str, words: str) -> None:
    assert read(typed) == [words]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("28-29 April 8am-5pm each day", ["Thu 28 Apr 2016, 08:00\u201317:00", "Fri 29 Apr 2016, 08:00\u201317:00"]),
        ("26 and 27 April 8-5", ["Tue 26 Apr 2016, 08:00\u201317:00", "Wed 27 Apr 2016, 08:00\u201317:00"]),
        ("26 April 8-5, 27 April 9-4", ["Tue 26 Apr 2016, 08:00\u201317:00", "Wed 27 Apr 2016, 09:00\u201316:00"]),
        ("1/12 and 8/12 8am-5pm", [TO_FIVE, "Tue 8 Dec 2015, 08:00\u201317:00"]),
        ("1 Dec 8-5\n8 Dec 9-4", [TO_FIVE, "Tue 8 Dec 2015, 09:00\u201316:00"]),
        ("1, 8 and 16 December", [TUESDAY, "Tue 8 Dec 2015", "Wed 16 Dec 2015"]),
    ],
)
def test_several_days_are_typed_at_once(typed: str, words: list[str]) -> None:
    assert read(typed) == words


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("1 Dec 8-5", StrikeKind.FULL_WALKOUT),
        ("1 Dec 8-5 walk-out", StrikeKind.FULL_WALKOUT),
        ("Full walkout on Tue 1 Dec 8-5", StrikeKind.FULL_WALKOUT),
        ("1 Dec, 8am - 5pm, emergency", StrikeKind.EMERGENCY_CARE_ONLY),
        ("1 Dec 8-5 emergency cover only", StrikeKind.EMERGENCY_CARE_ONLY),
        ("25 Dec christmas", StrikeKind.CHRISTMAS_DAY_COVER),
        ("1 Dec action short of a strike", StrikeKind.ACTION_SHORT),
    ],
)
def test_the_kind_is_said_anywhere(typed: str, kind: StrikeKind) -> None:
    assert parse_strike_day(typed, NEAR).kind is kind


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Wed 1 Dec", "1/12/2015 is a Tuesday, not a Wednesday"),
        ("31 Nov", "is not a date"),
        ("31/11/2015", "is not a date"),
        ("1 Dec 8am and 9am and 10am", "is not a strike day: write it as"),
        ("1066-10-14", "1066"),
        ("1 Dec 2015 to 1 Apr 2016", "\u201c1 Dec 2015 to 1 Apr 2016\u201d: the strike day"),
        ("1 Dec 8am to", "does not say until when"),
        ("1 Dec for 12 hours", "does not say when it starts"),
        ("1 Dec 8am-5pm for 24 hours", "says twice when it ends"),
        ("1 Dec 8am sit-in", "is not a kind of strike day: choose from"),
        ("24h from 8am", "has no date in it: write it as Tue 8 Dec 8am to 5pm"),
        ("each day", "has no date in it"),
        ("banana", "\u201cbanana\u201d has no date in it: write it as Tue 8 Dec 8am to 5pm"),
        ("next", "has no date in it"),
        ("1 Dec 24h 2 days", "is not a strike day: write it as"),
        ("1 Dec 8 9 10", "is not a strike day: write it as"),
        ("1 Dec full walkout 8am emergency care only", "is not a strike day: write it as"),
    ],
)
def test_what_is_no_strike_day_is_refused_with_a_sentence(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        parse_strike_days(typed, NEAR)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "first", "after_eighth"),
    [
        ("Wednesday 8am to 5pm", "Wed 25 Nov 2015", "Wed 9 Dec 2015"),
        ("next Wednesday 8am to 5pm", "Wed 25 Nov 2015", "Wed 9 Dec 2015"),
        ("Tue 8-5", "Tue 24 Nov 2015", "Tue 15 Dec 2015"),
        ("this Friday 8-5", "Fri 20 Nov 2015", "Fri 20 Nov 2015"),
        ("Friday 8-5", "Fri 20 Nov 2015", "Fri 11 Dec 2015"),
        ("next Friday 8-5", "Fri 27 Nov 2015", "Fri 11 Dec 2015"),
        ("next Tues 1 Dec 8-5", "Tue 1 Dec 2015", "Tue 1 Dec 2015"),
        ("1 Dec to next Wed", "Tue 1 Dec 2015", "Tue 1 Dec 2015"),
        ("tomorrow 8-5", "Sat 21 Nov 2015", "Sat 21 Nov 2015"),
    ],
)
def test_a_weekday_alone_is_reckoned_from_today_or_from_the_last_day_that_there_is(
    typed: str, first: str, after_eighth: str
) -> None:
    def starts(after: date | None) -> str:
        (day,) = parse_strike_days(typed, NEAR, after)
        return day.bare.words.replace(",", " ")[:15].strip()

    assert starts(None) == first
    assert starts(date(2015, 12, 8)) == after_eighth


def test_a_weekday_needs_a_day_to_be_reckoned_from() -> None:
    with pytest.raises(ValueError, match="is not a strike day"):
        parse_strike_days("next Wednesday")


def test_two_days_are_not_one() -> None:
    with pytest.raises(ValueError, match="says 2 strike days"):
        parse_strike_day("1 and 8 Dec", NEAR)


_PARTS = (
    *("1 Dec", "Tue", "8-9 Dec", "1/12", "31/2", "2016-03-27", "1.12.15", "tomorrow", "8am", "0130", "noon", "25:61"),
    *("24h", "2 days", "to", "-", "until", "and", ",", ";", "each day", "full", "walk-out", "on", "(", "(Wed 2 Dec)"),
    *("\u0661", "x", "9999", "\n"),
)


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_PARTS), max_size=9).map(" ".join)))
def test_anything_typed_is_read_or_refused_with_a_sentence(text: str) -> None:
    days, refused = (), ""
    try:
        days = parse_strike_days(text, NEAR)
    except ValueError as error:
        refused = str(error)
    assert bool(days) is not bool(refused)
    assert not [problem for day in days for problem in problems_of(day.bare)]
