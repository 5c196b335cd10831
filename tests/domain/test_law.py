"""The dated rules, held to the table that the program carries."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.law import (
    Jurisdiction,
    Rules,
    code_edition,
    first_aiders_suggested,
    hours_words,
    loudspeaker_banned,
    mandate,
    march_deadline,
    notice_deadline,
    official_maximum,
    stewards_suggested,
    supervisor_required,
    supervisor_word,
)
from rallyapp.domain.law_table import Action, Certainty, KeyDate

ENGLAND, WALES, SCOTLAND, NI = Jurisdiction
GREAT_BRITAIN = (ENGLAND, WALES, SCOTLAND)

TABLE: dict[str, Any] = json.loads((Path(__file__).parents[2] / "resources" / "law.json").read_text(encoding="utf-8"))
RULES = Rules.of(TABLE)

gb = pytest.mark.parametrize("where", GREAT_BRITAIN)
everywhere = st.sampled_from(list(Jurisdiction))
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def day(text: str) -> date:
    """Read "1 Dec 2015"."""
    return datetime.strptime(text, "%d %b %Y").date()


# ------------------------------------------------------------------------------ the test vectors T1-T16
@gb
def test_t1_the_supervisor_rule_ends_in_the_middle_of_a_picket(where: Jurisdiction) -> None:
    """A picket on three days, and only the first needs a picket supervisor.

    ====== ==== ====
    17 Feb  18   19
    ====== ==== ====
     yes    no   no
    ====== ==== ====
    """
    picket = [date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19)]
    assert [supervisor_required(RULES, where, on) for on in picket] == [True, False, False]
    assert [supervisor_word(RULES, where, on) for on in picket] == [
        "picket supervisor",
        "picket organiser",
        "picket organiser",
    ]


@gb
def test_t2_no_supervisor_was_required_in_2015(where: Jurisdiction) -> None:
    assert not supervisor_required(RULES, where, date(2015, 12, 1))


def test_t3_no_supervisor_is_required_in_northern_ireland() -> None:
    assert not supervisor_required(RULES, NI, date(2024, 3, 7))


@gb
@pytest.mark.parametrize(
    ("first_day", "given_on", "by", "days_before", "rule"),
    [
        pytest.param("1 Dec 2015", None, "24 Nov 2015", 7, "L16", id="T4 the first strike day of 2015"),
        pytest.param("12 Sep 2016", None, "5 Sep 2016", 7, "L16", id="T5 the week of September 2016"),
        pytest.param("12 Sep 2016", "31 Aug 2016", "5 Sep 2016", 7, "L16", id="T5 as announced"),
        pytest.param("24 Feb 2024", None, "10 Feb 2024", 14, "L17", id="T6 the last of the old mandate"),
        pytest.param("24 Feb 2024", "9 Feb 2024", "10 Feb 2024", 14, "L17", id="T6 as announced"),
        pytest.param("17 Dec 2025", None, "3 Dec 2025", 14, "L17", id="T7 December 2025"),
        pytest.param("17 Dec 2025", "1 Dec 2025", "3 Dec 2025", 14, "L17", id="T7 as announced"),
        pytest.param("15 Jun 2026", None, "5 Jun 2026", 10, "L18", id="T8 after the change of 2026"),
        pytest.param("15 Jun 2026", "1 Jun 2026", "5 Jun 2026", 10, "L18", id="T8 with the day of the notice"),
    ],
)
def test_t4_to_t8_notice_of_action(
    where: Jurisdiction, first_day: str, given_on: str | None, by: str, days_before: int, rule: str
) -> None:
    found = notice_deadline(RULES, where, day(first_day), given_on=day(given_on) if given_on else None)
    assert found.latest == day(by)
    assert found.latest == day(first_day) - timedelta(days=days_before)
    assert found.rule.id == rule
    assert found.certain
    assert found.warning is None


@gb
def test_t9_a_ballot_opened_before_the_change_lasts_six_months(where: Jurisdiction) -> None:
    found = mandate(RULES, where, ballot_opened=date(2025, 12, 8), ballot_closed=date(2026, 2, 2))
    assert found.last_day == date(2026, 8, 1)
    assert found.rule.id == "L23"
    assert found.begin_by is None
    assert found.certain
    assert found.warning is None
    assert found.sentence == (
        "The last day of action is Saturday 1 August 2026: 6 months beginning with the date of the ballot, "
        "Monday 2 February 2026. Rules as recorded on 22 November 2026; check with your union."
    )


@gb
@pytest.mark.parametrize(
    ("opened", "months", "last_day"),
    [
        ("17 Feb 2026", 6, "15 Sep 2026"),
        ("18 Feb 2026", 12, "15 Mar 2027"),
        ("1 Mar 2026", 12, "15 Mar 2027"),
    ],
)
def test_t10_a_ballot_that_opens_from_18_february_2026_lasts_twelve_months(
    where: Jurisdiction, opened: str, months: int, last_day: str
) -> None:
    found = mandate(RULES, where, ballot_opened=day(opened), ballot_closed=date(2026, 3, 16))
    assert found.rule.figure() == months
    assert found.last_day == day(last_day)


def test_t11_where_the_month_has_no_such_day_the_earlier_reading_is_taken() -> None:
    found = mandate(RULES, ENGLAND, ballot_opened=date(2023, 6, 19), ballot_closed=date(2023, 8, 31))
    assert found.last_day == date(2024, 2, 28)
    assert not found.certain
    assert found.warning == (
        "6 months from Thursday 31 August 2023 end in a month without that day: they may end on "
        "28 February 2024 or 29 February 2024. The earlier day is taken."
    )


@pytest.mark.parametrize(
    ("where", "march", "by"),
    [
        pytest.param(ENGLAND, "18 Oct 2014", "11 Oct 2014", id="T12 England"),
        pytest.param(WALES, "18 Oct 2014", "11 Oct 2014", id="T12 Wales"),
        pytest.param(ENGLAND, "5 Dec 2026", "28 Nov 2026", id="T13 England"),
        pytest.param(WALES, "5 Dec 2026", "28 Nov 2026", id="T13 Wales"),
        pytest.param(SCOTLAND, "5 Dec 2026", "7 Nov 2026", id="T14"),
        pytest.param(NI, "5 Dec 2026", "7 Nov 2026", id="T15 march"),
    ],
)
def test_t12_to_t15_notice_of_a_march(where: Jurisdiction, march: str, by: str) -> None:
    found = march_deadline(RULES, where, day(march))
    assert found is not None
    assert found.latest == day(by)
    assert found.sentence.endswith("check with your union.")


def test_t12_leaves_six_clear_days_between_the_notice_and_the_march() -> None:
    march = date(2014, 10, 18)
    found = march_deadline(RULES, ENGLAND, march)
    assert found is not None
    assert (march - found.latest).days - 1 == found.rule.figure("clear days") == 6


def test_t15_a_related_meeting_in_northern_ireland_has_14_days() -> None:
    found = march_deadline(RULES, NI, date(2026, 12, 5), related_meeting=True)
    assert found is not None
    assert found.latest == date(2026, 11, 21)
    assert found.rule.id == "R5b"


@gb
def test_t16_a_loudhailer_from_seven_is_banned_until_eight(where: Jurisdiction) -> None:
    """A picket from 07:00 to 11:00.

    ::

        07:00   08:00           11:00
        |xxxxxxx|...............|
    """
    found = loudspeaker_banned(RULES, where, datetime(2015, 12, 1, 7), datetime(2015, 12, 1, 11))
    assert found == ((datetime(2015, 12, 1, 7), datetime(2015, 12, 1, 8)),)


# ------------------------------------------------------------------------------------- on the picket
@gb
@pytest.mark.parametrize(
    ("on", "required"),
    [("28 Feb 2017", False), ("1 Mar 2017", True), ("17 Feb 2026", True), ("18 Feb 2026", False)],
)
def test_the_supervisor_rule_has_a_first_and_a_last_day(where: Jurisdiction, on: str, required: bool) -> None:
    assert supervisor_required(RULES, where, day(on)) is required
    assert {RULES.in_force(f"L{n}", where, day(on)) for n in range(6, 11)} == {required}


@given(days)
def test_northern_ireland_never_has_a_supervisor_rule(on: date) -> None:
    assert supervisor_word(RULES, NI, on) == "picket organiser"


@given(days, days, st.sampled_from(GREAT_BRITAIN))
def test_a_day_between_two_supervised_days_is_supervised(one: date, other: date, where: Jurisdiction) -> None:
    between = one + (other - one) / 2
    if supervisor_required(RULES, where, one) and supervisor_required(RULES, where, other):
        assert supervisor_required(RULES, where, between)


def test_the_code_recommends_six() -> None:
    assert official_maximum(RULES) == 6


@pytest.mark.parametrize("on", ["30 Nov 1990", "1 Mar 2017", "11 Mar 2024", "17 Feb 2026", "18 Feb 2026"])
def test_some_edition_of_the_code_counts_on_every_day(on: str) -> None:
    words = code_edition(RULES, day(on))
    assert words.startswith("Code of Practice on Picketing (edition in force on ")
    assert words.endswith(f" {on[-4:]})")


def test_the_edition_is_named_by_the_day_without_a_leading_zero() -> None:
    assert code_edition(RULES, date(2015, 12, 1)) == (
        "Code of Practice on Picketing (edition in force on 1 December 2015)"
    )


def test_northern_ireland_has_its_own_code() -> None:
    assert code_edition(RULES, date(2024, 3, 7), NI) == (
        "Northern Ireland Code of Practice on Picketing (edition in force on 7 March 2024)"
    )


def test_a_day_that_no_edition_covers_is_said() -> None:
    rules = changed(lambda table: row(table, "L13a").update({"from": "1980-10-01"}))
    with pytest.raises(ValueError, match="no code of practice for Wales on 1 May 1979"):
        code_edition(rules, date(1979, 5, 1), WALES)


# ---------------------------------------------------------------------------------- notice of action
def test_notice_in_northern_ireland_is_seven_days_throughout() -> None:
    for first_day in (date(2015, 12, 1), date(2024, 3, 7), date(2026, 6, 15)):
        found = notice_deadline(RULES, NI, first_day, employer_agreed=True)
        assert (first_day - found.latest).days == 7
        assert found.rule.id == "L19"
        assert found.warning is None


def test_the_employer_may_agree_to_seven_days_until_february_2026() -> None:
    found = notice_deadline(RULES, ENGLAND, date(2025, 12, 17), employer_agreed=True)
    assert found.latest == date(2025, 12, 10)
    assert found.fact == (
        "The employer must have the notice by Wednesday 10 December 2025: 7 days before the first day of "
        "action, Wednesday 17 December 2025."
    )
    assert found.sentence == f"{found.fact} {RULES.words}"


def test_whether_agreement_still_shortens_the_notice_is_not_settled_and_it_is_left_out_of_account() -> None:
    found = notice_deadline(RULES, ENGLAND, date(2026, 6, 15), employer_agreed=True)
    assert found.latest == date(2026, 6, 5)
    assert not found.certain
    assert found.warning is not None
    assert "do not say" in found.warning


@pytest.mark.parametrize(
    ("first_day", "agreed", "by", "rule"),
    [
        # Old rule or new, whichever leaves the union more time; the old one only until its last day.
        pytest.param("27 Feb 2026", False, "13 Feb 2026", "L17", id="ten days before would be the 17th"),
        pytest.param("28 Feb 2026", False, "18 Feb 2026", "L18", id="ten days before is the first new day"),
        pytest.param("27 Feb 2026", True, "17 Feb 2026", "L17", id="by agreement, on the last old day"),
        pytest.param("14 Mar 2017", False, "28 Feb 2017", "L16", id="seven days, on their last day"),
        pytest.param("15 Mar 2017", False, "1 Mar 2017", "L17", id="fourteen days, on their first day"),
    ],
)
def test_around_a_change_the_later_of_the_two_rules_counts(first_day: str, agreed: bool, by: str, rule: str) -> None:
    found = notice_deadline(RULES, ENGLAND, day(first_day), employer_agreed=agreed)
    assert (found.latest, found.rule.id) == (day(by), rule)


def test_a_deadline_cut_short_by_the_end_of_its_rule_says_so() -> None:
    found = notice_deadline(RULES, ENGLAND, date(2026, 2, 27), employer_agreed=True)
    assert found.fact == (
        "The employer must have the notice by Tuesday 17 February 2026: the last day of the 7-day rule, for "
        "action from Friday 27 February 2026."
    )


def test_the_day_of_the_notice_decides_and_not_the_day_of_the_action() -> None:
    first_day = date(2026, 3, 20)
    assert notice_deadline(RULES, WALES, first_day, given_on=date(2026, 2, 17)).latest == date(2026, 3, 6)
    assert notice_deadline(RULES, WALES, first_day, given_on=date(2026, 2, 18)).latest == date(2026, 3, 10)


def test_a_late_notice_is_said() -> None:
    found = notice_deadline(RULES, ENGLAND, date(2016, 9, 12), given_on=date(2016, 9, 6))
    assert found.warning == "The notice of Tuesday 6 September 2016 is later than that."
    assert found.certain


def test_late_and_unsettled_are_both_said() -> None:
    found = notice_deadline(RULES, ENGLAND, date(2026, 6, 15), given_on=date(2026, 6, 8), employer_agreed=True)
    assert found.warning is not None
    assert "full 10 days" in found.warning
    assert "later than that" in found.warning


def test_a_table_without_a_rule_for_that_time_is_said() -> None:
    rules = changed(lambda table: row(table, "L19").update({"from": "1995-11-01"}))
    with pytest.raises(ValueError, match="no rule on notice to the employer for Northern Ireland"):
        notice_deadline(rules, NI, date(1990, 1, 1))


@given(days, everywhere, st.booleans(), st.none() | st.integers(0, 60))
def test_notice_is_never_due_later_than_seven_days_before(
    first_day: date, where: Jurisdiction, agreed: bool, ahead: int | None
) -> None:
    given_on = None if ahead is None else first_day - timedelta(days=ahead)
    found = notice_deadline(RULES, where, first_day, given_on=given_on, employer_agreed=agreed)
    assert found.latest <= first_day - timedelta(days=7)
    assert found.rule.applies(where, given_on or found.latest)
    assert found.sentence.endswith("check with your union.")


@given(days, everywhere, st.booleans())
def test_a_later_first_day_never_brings_the_deadline_forward(
    first_day: date, where: Jurisdiction, agreed: bool
) -> None:
    today = notice_deadline(RULES, where, first_day, employer_agreed=agreed)
    tomorrow = notice_deadline(RULES, where, first_day + timedelta(days=1), employer_agreed=agreed)
    assert today.latest <= tomorrow.latest


@given(days, everywhere)
def test_a_notice_given_on_the_deadline_is_in_time(first_day: date, where: Jurisdiction) -> None:
    found = notice_deadline(RULES, where, first_day)
    again = notice_deadline(RULES, where, first_day, given_on=found.latest)
    assert again.warning is None
    assert again.rule == found.rule


# ---------------------------------------------------------------------------------------- the mandate
def test_before_2017_action_begins_within_four_weeks_and_has_no_fixed_end() -> None:
    found = mandate(RULES, ENGLAND, ballot_opened=date(2015, 11, 5), ballot_closed=date(2015, 11, 18))
    assert found.last_day is None
    assert found.begin_by == date(2015, 12, 15)
    assert found.rule.id == "L22a"
    assert found.sentence == (
        "Action must begin by Tuesday 15 December 2015, within 4 weeks of the ballot that closed on "
        "Wednesday 18 November 2015; after that the mandate has no fixed end. Rules as recorded on 22 November 2026; "
        "check with your union."
    )
    assert found.warning is None


@pytest.mark.parametrize(("agreed", "last_day"), [(6, "14 Dec 2024"), (8, "14 Feb 2025"), (9, "14 Mar 2025")])
def test_a_mandate_can_be_agreed_for_up_to_nine_months(agreed: int, last_day: str) -> None:
    found = mandate(
        RULES,
        ENGLAND,
        ballot_opened=date(2024, 6, 1),
        ballot_closed=date(2024, 6, 15),
        agreed_months=agreed,
    )
    assert found.last_day == day(last_day)


@pytest.mark.parametrize("agreed", [5, 10, 12])
def test_no_other_agreement_is_possible(agreed: int) -> None:
    with pytest.raises(ValueError, match=f"6 to 9 months, not {agreed}"):
        mandate(
            RULES,
            ENGLAND,
            ballot_opened=date(2024, 6, 1),
            ballot_closed=date(2024, 6, 15),
            agreed_months=agreed,
        )


@pytest.mark.parametrize("opened", ["1 Mar 2026", "1 Mar 2016"])
def test_an_agreement_where_none_is_possible_is_left_out_of_account(opened: str) -> None:
    closed = day(opened) + timedelta(days=20)
    found = mandate(RULES, ENGLAND, ballot_opened=day(opened), ballot_closed=closed, agreed_months=9)
    plain = mandate(RULES, ENGLAND, ballot_opened=day(opened), ballot_closed=closed)
    assert (found.last_day, found.begin_by) == (plain.last_day, plain.begin_by)
    assert found.warning is not None
    assert "cannot be extended" in found.warning


@pytest.mark.parametrize("opened", ["5 Nov 2015", "1 Jun 2024", "1 Mar 2026"])
def test_northern_ireland_asks_the_union(opened: str) -> None:
    found = mandate(RULES, NI, ballot_opened=day(opened), ballot_closed=day(opened))
    assert found.last_day is None
    assert found.begin_by is None
    assert not found.certain
    assert found.warning == "Ask your union for the expiry date."
    assert "ask your union for the expiry date" in found.sentence


def test_a_ballot_closes_after_it_opens() -> None:
    with pytest.raises(ValueError, match="closes before it opens"):
        mandate(RULES, ENGLAND, ballot_opened=date(2024, 6, 2), ballot_closed=date(2024, 6, 1))


@given(
    st.dates(date(2017, 3, 1), date(2040, 1, 1)),
    st.integers(0, 90),
    st.integers(0, 30),
    st.sampled_from(GREAT_BRITAIN),
)
def test_a_ballot_that_closes_later_never_ends_earlier(
    opened: date, weeks: int, later: int, where: Jurisdiction
) -> None:
    closed = opened + timedelta(days=weeks)
    one = mandate(RULES, where, ballot_opened=opened, ballot_closed=closed).last_day
    other = mandate(RULES, where, ballot_opened=opened, ballot_closed=closed + timedelta(days=later)).last_day
    assert one is not None
    assert other is not None
    assert closed < one <= other
    assert one < closed.replace(day=1) + timedelta(days=400)


@given(st.dates(date(2017, 3, 1), date(2026, 2, 17)), st.integers(6, 8))
def test_a_longer_agreement_never_ends_earlier(opened: date, months: int) -> None:
    shorter, longer = (
        mandate(RULES, ENGLAND, ballot_opened=opened, ballot_closed=opened, agreed_months=m).last_day
        for m in (months, months + 1)
    )
    assert shorter is not None
    assert longer is not None
    assert shorter < longer


# ------------------------------------------------------------------------------------- rallies and noise
@pytest.mark.parametrize("where", list(Jurisdiction))
def test_a_static_rally_has_no_duty(where: Jurisdiction) -> None:
    assert march_deadline(RULES, where, date(2015, 12, 1), static=True) is None


@gb
def test_a_related_meeting_has_a_duty_only_in_northern_ireland(where: Jurisdiction) -> None:
    assert march_deadline(RULES, where, date(2026, 12, 5), related_meeting=True) is None


def test_the_deadline_of_a_march_says_who_must_have_it() -> None:
    found = march_deadline(RULES, SCOTLAND, date(2026, 12, 5))
    assert found is not None
    assert found.sentence == (
        "The local authority and the chief constable must have 28 days' notice of a march, unless the "
        "council waives it. For Saturday 5 December 2026 that is by Saturday 7 November 2026. Rules as recorded on "
        "22 November 2026; check with your union."
    )


@pytest.mark.parametrize(
    ("start", "end", "banned"),
    [
        pytest.param("1 08:00", "1 21:00", [], id="the whole of the day between"),
        pytest.param("1 11:30", "1 13:30", [], id="a rally at noon"),
        pytest.param("1 20:00", "1 22:30", ["1 21:00 1 22:30"], id="an evening"),
        pytest.param("1 20:00", "2 09:00", ["1 21:00 2 08:00"], id="over midnight"),
        pytest.param("1 22:00", "2 08:00", ["1 22:00 2 08:00"], id="over midnight to the very end"),
        pytest.param("1 23:00", "2 01:00", ["1 23:00 2 01:00"], id="inside one night"),
        pytest.param("1 00:00", "1 01:00", ["1 00:00 1 01:00"], id="from midnight"),
        pytest.param("1 20:00", "2 00:00", ["1 21:00 2 00:00"], id="to midnight"),
        pytest.param("1 07:00", "1 22:30", ["1 07:00 1 08:00", "1 21:00 1 22:30"], id="a morning and an evening"),
        pytest.param("1 07:00", "1 21:00", ["1 07:00 1 08:00"], id="to nine"),
        pytest.param(
            "1 09:00",
            "3 22:00",
            ["1 21:00 2 08:00", "2 21:00 3 08:00", "3 21:00 3 22:00"],
            id="several days: every night",
        ),
        pytest.param("1 07:59", "1 08:01", ["1 07:59 1 08:00"], id="one minute"),
        pytest.param("1 22:00", "1 22:00", [], id="no time at all"),
    ],
)
def test_loudspeakers_are_banned_from_nine_to_eight(start: str, end: str, banned: list[str]) -> None:
    def when(text: str) -> datetime:
        return datetime.strptime(f"2015-12-{text}", "%Y-%m-%d %H:%M")

    found = loudspeaker_banned(RULES, ENGLAND, when(start), when(end))
    assert found == tuple((when(text[:7]), when(text[8:])) for text in banned)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1 20:00", "1 22:30", "21:00\u201322:30"),
        ("1 07:00", "1 22:30", "07:00\u201308:00 and 21:00\u201322:30"),
        ("1 20:00", "2 09:00", "21:00\u201308:00 (Wed 2 Dec 2015)"),
        (
            "1 09:00",
            "3 22:00",
            "21:00\u201308:00 (Wed 2 Dec 2015), 21:00\u201308:00 (Thu 3 Dec 2015) and "
            "21:00\u201322:00 (Thu 3 Dec 2015)",
        ),
        ("1 08:00", "1 21:00", ""),
    ],
)
def test_the_banned_hours_are_joined_in_words(start: str, end: str, words: str) -> None:
    """A part on another day than the first names its day: "21:00-22:00" alone would be the first evening's."""
    first, last = (datetime.strptime(f"2015-12-{text}", "%Y-%m-%d %H:%M") for text in (start, end))
    assert hours_words(loudspeaker_banned(RULES, ENGLAND, first, last)) == words


def test_the_loudspeaker_hours_are_not_northern_irish() -> None:
    assert loudspeaker_banned(RULES, NI, datetime(2015, 12, 1, 7), datetime(2015, 12, 3, 7)) == ()


@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)),
    st.integers(1, 4 * 24 * 60),
)
def test_every_minute_of_the_banned_parts_is_banned_and_no_other(start: datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)

    def quiet(when: datetime) -> bool:
        return when.time() >= time(21) or when.time() < time(8)

    noted = [start + timedelta(minutes=n) for n in range(minutes) if quiet(start + timedelta(minutes=n))]
    found = [
        first + timedelta(minutes=n)
        for first, last in loudspeaker_banned(RULES, ENGLAND, start, end)
        for n in range((last - first) // timedelta(minutes=1))
    ]
    assert found == noted


@pytest.mark.parametrize(
    ("expected", "kind", "number"),
    [
        (0, "static", 0),
        (1, "static", 1),
        (100, "static", 1),
        (101, "static", 2),
        (500, "static", 5),
        (500, "march", 10),
    ],
)
def test_stewards_are_a_planning_figure(expected: int, kind: str, number: int) -> None:
    found = stewards_suggested(RULES, expected, kind)
    assert found.number == number
    assert found.sentence.endswith("planning figure, not law.")


def test_the_suggested_stewards_name_their_source() -> None:
    assert stewards_suggested(RULES, 1200, "march").sentence == (
        "24 for 1,200 expected, 1 per 50 (TUC practice, 2011): planning figure, not law."
    )
    assert stewards_suggested(RULES, 1200, "march", one_per=75).sentence == (
        "16 for 1,200 expected, 1 per 75 (your own ratio): planning figure, not law."
    )


def test_a_ratio_without_a_source_of_its_own_names_that_of_the_row() -> None:
    rules = changed(lambda table: row(table, "R11")["values"].pop("march source"))
    assert "(West Mercia Police; Midlands TUC, 2011; IOSH forum)" in stewards_suggested(rules, 50, "march").sentence


@pytest.mark.parametrize(
    ("expected", "kind", "one_per", "sentence"),
    [
        (-1, "march", None, "can't be less than 0"),
        (10, "march", 0, "ratio of stewards less than 1"),
        (10, "picnic", None, "a march or static, not “picnic”"),
    ],
)
def test_stewards_of_nonsense(expected: int, kind: str, one_per: int | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        stewards_suggested(RULES, expected, kind, one_per=one_per)


@pytest.mark.parametrize(
    ("expected", "number"),
    [(0, 2), (500, 2), (1000, 2), (1001, 4), (2000, 4), (2500, 6), (3000, 6), (3001, 8)],
)
def test_first_aiders_are_a_planning_figure(expected: int, number: int) -> None:
    found = first_aiders_suggested(RULES, expected)
    assert found.number == number
    assert "planning figure, not law." in found.sentence
    assert ("needs assessment" in found.sentence) is (expected > 3000)


def test_first_aiders_of_nonsense() -> None:
    with pytest.raises(ValueError, match="can't be less than 0"):
        first_aiders_suggested(RULES, -1)


@given(st.integers(0, 200_000), st.sampled_from(["march", "static"]))
def test_more_people_never_need_fewer(expected: int, kind: str) -> None:
    more = expected + 1
    assert stewards_suggested(RULES, expected, kind).number <= stewards_suggested(RULES, more, kind).number
    assert first_aiders_suggested(RULES, expected).number <= first_aiders_suggested(RULES, more).number


# ------------------------------------------------------------------------------------ the carried table
def test_the_words_of_the_table() -> None:
    assert RULES.words == "Rules as recorded on 22 November 2026; check with your union."
    assert RULES.recorded == date(2026, 11, 22)


def test_every_rule_l1_to_l36_and_r1_to_r18_is_there() -> None:
    numbered = {rule.id.rstrip("abcd") for rule in RULES.rows}
    assert numbered == {f"L{n}" for n in range(1, 37)} | {f"R{n}" for n in range(1, 19)}


def test_what_is_only_remembered_or_disputed_is_never_printed_as_law() -> None:
    doubtful = {rule.id for rule in RULES.rows if rule.say is None and not rule.certainty.printable}
    assert doubtful == {rule.id for rule in RULES.rows if not rule.certainty.printable}
    assert doubtful == {"L11b", "L13d", "L25", "L26", "R18"}


def test_whatever_is_to_be_printed_has_something_to_say() -> None:
    silent = {rule.id for rule in RULES.rows if rule.action is Action.PRINT and rule.say is None}
    assert silent == {"L13a", "L13b", "L13c", "L13d"}  # code_edition says these


def test_no_line_to_print_names_a_paragraph_or_a_web_address() -> None:
    for rule in RULES.rows:
        for text in (rule.say or "", rule.text, rule.source):
            assert not re.search(r"\bpara(graph)?s?\b", text, re.IGNORECASE)
            assert "http" not in text
            assert "www." not in text


@gb
@given(on=days)
def test_one_rule_of_each_kind_is_in_force_in_great_britain_on_any_day(where: Jurisdiction, on: date) -> None:
    for kind in (
        ("L16", "L17", "L18"),
        ("L22a", "L23", "L24"),
        ("L13a", "L13b", "L13c", "L13d"),
        ("L6", "L14"),
    ):
        in_force = [id for id in kind if RULES.in_force(id, where, on)]
        assert len(in_force) == 1 or (kind[0] == "L6" and on < date(2017, 3, 1) and not in_force)


def test_the_rules_in_force_keep_the_order_of_the_table() -> None:
    found = [rule.id for rule in RULES.all_in_force(NI, date(2026, 6, 15))]
    assert found[:2] == ["L4", "L19"]
    assert "R5b" in found
    assert not {"L1", "L6", "L18", "R1", "R9"} & set(found)
    assert found == [id for id in RULES.by_id if id in found]


def test_minimum_service_levels_ended_on_18_december_2025() -> None:
    assert RULES.in_force("L28", ENGLAND, date(2025, 12, 17))
    assert not RULES.in_force("L28", ENGLAND, date(2025, 12, 18))
    assert RULES.rule("L28").say is None


def test_a_rule_reads_as_a_record() -> None:
    rule = RULES.rule("L17")
    assert (rule.key, rule.certainty, rule.action) == (KeyDate.NOTICE_GIVEN, Certainty.READ, Action.CHECK)
    assert (rule.figure(), rule.unit, rule.figure("agreed")) == (14, "days", 7)
    assert rule.value("nothing of the kind") is None
    assert RULES.rule("R9").clock("from") == time(21)


def test_only_northern_ireland_is_not_great_britain() -> None:
    assert [where.great_britain for where in Jurisdiction] == [True, True, True, False]
    assert NI.words == "Northern Ireland"


# -------------------------------------------------------------------------------------- a malformed table
def row(table: dict[str, Any], id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in table["rules"] if row["id"] == id)
    return found


def changed(change: Callable[[dict[str, Any]], object]) -> Rules:
    table = copy.deepcopy(TABLE)
    change(table)
    return Rules.of(table)


def in_row(id: str, **fields: Any) -> Callable[[dict[str, Any]], object]:
    """Change fields of a row; ``starts`` and ``ends`` stand for "from" and "to"."""
    names = {"starts": "from", "ends": "to"}
    return lambda table: row(table, id).update({names.get(name, name): to for name, to in fields.items()})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.pop("words"), "must have “recorded”, “words” and “rules”"),
        (lambda t: t.update(recorded=None), "does not say when it was recorded"),
        (lambda t: t.update(recorded="last week"), "has “last week” where a date such as 2026-02-18 belongs"),
        (lambda t: t.update(words=7), "must hold “{date}” and “check with your union”"),
        (lambda t: t.update(words="check with your union"), "must hold “{date}”"),
        (lambda t: t.update(words="As on {date}."), "“check with your union”"),
        (lambda t: t.update(rules={}), "must be a list"),
        (lambda t: t["rules"].insert(0, "L0"), "Row 1 of the law table has no id"),
        (lambda t: t["rules"][1].update(id=2), "Row 2 of the law table has no id"),
        (lambda t: t["rules"][1].update(id=""), "Row 2 of the law table has no id"),
        (lambda t: t["rules"].append(t["rules"][0]), "Two rows of the law table have the same id"),
        (
            lambda t: row(t, "L16").pop("say"),
            "Rule L16 of the law table lacks a field or has one too many: say",
        ),
        (in_row("L16", sya="x"), "Rule L16 of the law table lacks a field or has one too many: sya"),
        (in_row("L16", title=""), "Rule L16 of the law table has no title"),
        (in_row("L16", rule=None), "Rule L16 of the law table has no rule"),
        (in_row("L16", source=3), "Rule L16 of the law table has no source"),
        (in_row("L16", where=[]), "Rule L16 of the law table does not say where it applies"),
        (in_row("L16", where="england"), "Rule L16 of the law table does not say where it applies"),
        (in_row("L16", where=["cornwall"]), "says “cornwall”, where only these are known: england, wales"),
        (in_row("L16", starts="1/3/2017"), "has “1/3/2017” where a date such as 2026-02-18 belongs"),
        (in_row("L17", ends="2017-02-28"), "Rule L17 of the law table ends before it begins"),
        (in_row("L16", number=None), "Rule L16 of the law table must have a whole number with its unit"),
        (in_row("L16", unit=None), "Rule L16 of the law table must have a whole number with its unit"),
        (in_row("L16", number="seven"), "Rule L16 of the law table must have a whole number with its unit"),
        (in_row("L16", number=True), "Rule L16 of the law table must have a whole number with its unit"),
        (in_row("L16", values=[]), "may have only whole numbers and words among its values"),
        (in_row("L16", values={"agreed": 2.5}), "may have only whole numbers and words among its values"),
        (in_row("L16", certainty="sure"), "says “sure”, where only these are known: read in the source"),
        (in_row("L16", key="payday"), "says “payday”, where only these are known: picket day"),
        (in_row("L16", action="sue"), "says “sue”, where only these are known: check, print"),
        (in_row("L16", say=""), "may not be printed, or prints nothing"),
        (in_row("L16", say=5), "may not be printed, or prints nothing"),
        (
            in_row("R18", say="Ask the council."),
            "Rule R18 of the law table may not be printed.*“from memory”",
        ),
        (
            in_row("L26", say="Half must vote."),
            "Rule L26 of the law table may not be printed.*“sources disagree”",
        ),
        (lambda t: t["rules"].remove(row(t, "L6")), "The law table has no rule L6"),
        (lambda t: t["rules"].remove(row(t, "L36")), "The law table has no rule L36"),
        (in_row("L4", number=None, unit=None), "Rule L4 of the law table has no figure “number”"),
        (in_row("L17", values={}), "Rule L17 of the law table has no figure “agreed”"),
        (in_row("R9", values={"from": "nine"}), "Rule R9 of the law table has no time of day “from”"),
    ],
)
def test_a_malformed_table_is_refused_in_a_sentence(change: Callable[[dict[str, Any]], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("{", r"\{")):
        changed(change)


def test_a_rule_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match="The law table has no rule L99"):
        RULES.rule("L99")
