"""Disputes and strike days: what is wrong in them, every legal and illegal move, and when notice is needed afresh."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.disputes import (
    MOVES,
    STOOD_DOWN_STATES,
    Dispute,
    IllegalMove,
    Notice,
    NoticeDay,
    Settings,
    StrikeDay,
    StrikeDayMove,
    StrikeState,
    move,
    needs_fresh_notice,
)
from rallyapp.domain.times import Span
from tests.domain.building import at, example, said, strike_day

PLANNED, NOTIFIED, ON, SUSPENDED, CALLED_OFF, SUPERSEDED, HELD = StrikeState


# ------------------------------------------------------------------------------- what is wrong in a record
@pytest.mark.parametrize(
    ("field", "fine", "wrong", "sentence"),
    [
        ("title", ["Strike"], ["", "  "], "The plan's title is missing"),
        ("duty_buffer", [0, 720], [-1, 721], "The buffer around a duty (minutes) is {}; it must be from 0 to 720"),
        ("min_rest", [0, 1440], [-1, 1441], "The least rest (minutes) is {}; it must be from 0 to 1440"),
        ("walking", [10, 1000], [0, 9, 1001], "The walking speed (tenths of km/h) is {}; it must be from 10 to 1000"),
        ("detour", [100, 500], [99, 501], "The detour (per cent) is {}; it must be from 100 to 500"),
        ("picket_minimum", [1, 100], [0, 101], "The least number of pickets is {}; it must be from 1 to 100"),
        ("delete_after", [None, date(2016, 6, 1)], [], ""),
    ],
)
def test_settings(field: str, fine: list[object], wrong: list[object], sentence: str) -> None:
    assert not any(said(example(Settings, **{field: value})) for value in fine)
    for value in wrong:
        assert said(example(Settings, **{field: value})) == [sentence.format(value)]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"title": ""}, ["The dispute's title is missing"]),
        ({"union": " "}, ["The union's name is missing"]),
        ({"extended_months": 7}, []),
        ({"extended_months": 9}, []),
        ({"extended_months": 6}, ["The mandate by agreement (months) is 6; it must be from 7 to 9"]),
        ({"extended_months": 10}, ["The mandate by agreement (months) is 10; it must be from 7 to 9"]),
        ({"ballot_opened": date(2015, 11, 5), "ballot_closed": date(2015, 11, 18)}, []),
        ({"ballot_opened": date(2015, 11, 5), "ballot_closed": date(2015, 11, 5)}, []),
        ({"ballot_opened": date(2015, 11, 5)}, []),
        ({"ballot_closed": date(2015, 11, 5)}, []),
        (
            {"ballot_opened": date(2015, 11, 18), "ballot_closed": date(2015, 11, 17)},
            ["The ballot closes before it opens"],
        ),
        (
            {"mandate_until": date(9999, 12, 31)},
            ["The dispute's \u201cmandate until\u201d: the year 9999 can't be right; years run from 1900 to 2199"],
        ),
    ],
)
def test_a_dispute(changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(Dispute, **changes)) == sentences


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, None),
        ({"start_time": None, "end_time": None}, None),
        ({"start_time": time(8), "last_date": date(2015, 12, 1), "end_time": time(17)}, None),
        ({"last_date": date(2016, 2, 1)}, None),
        ({"last_date": date(2016, 2, 1), "end_time": time(8, 1)}, "The strike day is longer than 62 days"),
        ({"last_date": date(2015, 11, 30)}, "The strike day ends before it starts"),
        (
            {"last_date": date(2015, 11, 30), "start_time": None, "end_time": None},
            "The strike day ends before it starts",
        ),
        (
            {"last_date": date(2015, 12, 1), "end_time": time(7)},
            "The strike day 08:00–07:00 ends before it starts",
        ),
        ({"last_date": date(2015, 12, 1)}, "The strike day 08:00–08:00 ends when it starts"),
        ({"start_time": time(8, 0, 30)}, "The strike day: times in a plan are whole minutes"),
        (
            {"first_date": date(2016, 3, 27), "start_time": time(1, 30), "last_date": date(2016, 3, 28)},
            "The strike day: 01:30 does not exist on Sun 27 Mar 2016: the clocks go forward",
        ),
    ],
)
def test_a_strike_day(changes: dict[str, object], sentence: str | None) -> None:
    assert said(strike_day(**changes)) == ([sentence] if sentence else [])


@pytest.mark.parametrize("last", [date(9999, 12, 31), date(1, 1, 1), date.max, date.min])
def test_a_mistyped_year_is_said_and_not_a_crash(last: date) -> None:
    day = strike_day(first_date=last, last_date=last, start_time=None, end_time=None)
    rest = f"the year {last.year} can't be right; years run from 1900 to 2199"
    assert said(day) == [f"The strike day's first date: {rest}", f"The strike day's last date: {rest}"]


@given(st.dates(), st.none() | st.times(), st.dates(), st.none() | st.times())
def test_a_strike_day_without_a_problem_has_a_window(
    first: date, start: time | None, last: date, end: time | None
) -> None:
    day = strike_day(first_date=first, start_time=start, last_date=last, end_time=end)
    if not said(day):
        assert day.window.days()[0] == first
        assert day.words


def test_a_notice_is_given_before_it_is_received() -> None:
    assert said(example(Notice, received_on=None)) == []
    assert said(example(Notice, given_on=date(2015, 11, 21))) == ["The notice was received before it was given"]
    assert said(example(NoticeDay)) == []


def test_a_stand_down_in_the_history_needs_a_reason() -> None:
    step = example(StrikeDayMove)
    assert said(step) == []
    for state in STOOD_DOWN_STATES:
        assert said(example(StrikeDayMove, to_state=state)) == ["The reason for standing a day down is missing"]
        assert said(example(StrikeDayMove, to_state=state, reason="talks at Acas")) == []
    assert said(example(StrikeDayMove, at=datetime(2015, 11, 30, 18, 0, 5))) == [
        "The time of the decision: times in a plan are whole minutes"
    ]


# ------------------------------------------------------------------------------------------------ windows
@pytest.mark.parametrize(
    ("start", "last", "end", "words", "window"),
    [
        (
            time(8),
            date(2015, 12, 2),
            time(8),
            "Tue 1 Dec 2015, 08:00–08:00 (Wed 2 Dec 2015)",
            (at("08:00"), at("08:00", 2)),
        ),
        (time(8), date(2015, 12, 1), time(17), "Tue 1 Dec 2015, 08:00–17:00", (at("08:00"), at("17:00"))),
        (None, date(2015, 12, 1), None, "Tue 1 Dec 2015", (at("00:00"), at("00:00", 2))),
        (None, date(2015, 12, 2), None, "Tue 1 Dec 2015 to Wed 2 Dec 2015", (at("00:00"), at("00:00", 3))),
        (time(8), date(2015, 12, 1), None, "Tue 1 Dec 2015 from 08:00", (at("08:00"), at("00:00", 2))),
        (None, date(2015, 12, 1), time(17), "Tue 1 Dec 2015 until 17:00", (at("00:00"), at("17:00"))),
        (
            time(8),
            date(2015, 12, 3),
            None,
            "Tue 1 Dec 2015 from 08:00 to Thu 3 Dec 2015",
            (at("08:00"), at("00:00", 4)),
        ),
        (
            None,
            date(2015, 12, 3),
            time(6, 59),
            "Tue 1 Dec 2015 to Thu 3 Dec 2015 until 06:59",
            (at("00:00"), at("06:59", 3)),
        ),
        (
            time(0),
            date(2015, 12, 2),
            time(0),
            "Tue 1 Dec 2015, 00:00–00:00 (Wed 2 Dec 2015)",
            (at("00:00"), at("00:00", 2)),
        ),
        (time(0), date(2015, 12, 1), None, "Tue 1 Dec 2015 from 00:00", (at("00:00"), at("00:00", 2))),
    ],
)
def test_a_time_that_nobody_stated_stands_for_the_whole_day_and_is_not_said(
    start: time | None, last: date, end: time | None, words: str, window: tuple[datetime, datetime]
) -> None:
    day = strike_day(start_time=start, last_date=last, end_time=end)
    assert day.words == words
    assert day.window == Span(*window)


# -------------------------------------------------------------------------------------------------- moves
LEGAL = {
    PLANNED: {NOTIFIED, SUSPENDED, CALLED_OFF, SUPERSEDED},
    NOTIFIED: {PLANNED, ON, SUSPENDED, CALLED_OFF, SUPERSEDED},
    ON: {HELD, SUSPENDED, CALLED_OFF, SUPERSEDED},
    SUSPENDED: {PLANNED, NOTIFIED, ON, CALLED_OFF, SUPERSEDED},
    CALLED_OFF: {PLANNED, NOTIFIED, ON},
    SUPERSEDED: {PLANNED},
    HELD: set(),
}


@pytest.mark.parametrize("before", StrikeState)
@pytest.mark.parametrize("after", StrikeState)
def test_every_move_is_legal_or_refused(before: StrikeState, after: StrikeState) -> None:
    day = strike_day(state=before)
    if after in LEGAL[before]:
        moved, step = move(
            day,
            after,
            at=at("18:00"),
            decided_by="Committee",
            authority="council",
            reason="talks",
            joint_agreement=True,
        )
        assert (moved.state, moved.id, moved.window) == (after, day.id, day.window)
        assert (step.strike_day_id, step.from_state, step.to_state) == (day.id, before, after)
        assert (step.at, step.decided_by, step.authority, step.reason) == (at("18:00"), "Committee", "council", "talks")
        assert step.joint_agreement
        assert said(moved) == said(step) == []
    else:
        with pytest.raises(IllegalMove) as refused:
            move(day, after, at=at("18:00"), reason="talks", joint_agreement=True)
        sentence = str(refused.value)
        assert sentence.startswith(f"Tue 1 Dec 2015, 08:00–08:00 (Wed 2 Dec 2015) is {before} and can't become {after}")
        for state in StrikeState:
            assert (f"“{state}”" in sentence) is (state in LEGAL[before])


def test_the_table_of_moves_names_every_state() -> None:
    assert {state: set(moves) for state, moves in MOVES.items()} == LEGAL


def test_a_held_day_is_history() -> None:
    with pytest.raises(IllegalMove, match=r"is held and can't become called off: that is its last state$"):
        move(strike_day(state=HELD), CALLED_OFF, at=at("18:00"), reason="too late")


def test_the_first_of_december_2015() -> None:
    """Planned, notified, called off the day before; then planned again, and the history keeps every step."""
    day, history = strike_day(state=PLANNED), []
    for to, reason in ((NOTIFIED, ""), (CALLED_OFF, "Acas"), (PLANNED, ""), (NOTIFIED, "fresh notice"), (ON, "")):
        day, step = move(day, to, at=at("18:00", date(2015, 11, 30)), reason=reason)
        history.append(step)
    assert [(step.from_state, step.to_state) for step in history] == [
        (PLANNED, NOTIFIED),
        (NOTIFIED, CALLED_OFF),
        (CALLED_OFF, PLANNED),
        (PLANNED, NOTIFIED),
        (NOTIFIED, ON),
    ]
    assert len({step.id for step in history}) == 5
    assert not any(said(step) for step in history)


@pytest.mark.parametrize("state", [SUSPENDED, CALLED_OFF])
def test_l29_straight_on_again_only_by_joint_agreement(state: StrikeState) -> None:
    day = strike_day(state=state)
    with pytest.raises(IllegalMove, match="calling it again normally needs a fresh notice") as refused:
        move(day, ON, at=at("18:00"))
    assert "check with your union" in str(refused.value)
    moved, step = move(day, ON, at=at("18:00"), joint_agreement=True)
    assert (moved.state, step.joint_agreement) == (ON, True)
    assert move(day, NOTIFIED, at=at("18:00"))[0].state is NOTIFIED


@pytest.mark.parametrize("state", StrikeState)
def test_l29_a_revived_day_asks_for_a_fresh_notice_unless_by_joint_agreement(state: StrikeState) -> None:
    day = strike_day(state=state)
    assert day.stood_down is (state in (SUSPENDED, CALLED_OFF, SUPERSEDED))
    assert needs_fresh_notice(day, joint_agreement=False) is day.stood_down
    assert not needs_fresh_notice(day, joint_agreement=True)


@given(st.lists(st.sampled_from(StrikeState), max_size=12))
def test_any_walk_through_the_states_keeps_to_the_table(wishes: list[StrikeState]) -> None:
    day = strike_day(state=PLANNED)
    for wish in wishes:
        before = day
        try:
            day, step = move(day, wish, at=at("18:00"), reason="so decided")
        except IllegalMove:
            assert wish not in LEGAL[day.state] or (wish is ON and day.stood_down)
        else:
            assert (step.from_state, step.to_state) == (before.state, day.state)


def test_cancelling_one_day_leaves_the_others() -> None:
    first, second = strike_day("first"), strike_day("second", date(2015, 12, 8))
    off, _ = move(first, CALLED_OFF, at=at("18:00"), reason="Acas")
    assert off.stood_down
    assert not second.stood_down
    assert second.window.start - off.window.start == timedelta(days=7)


def test_a_strike_day_is_frozen() -> None:
    day: StrikeDay = strike_day()
    with pytest.raises(AttributeError):
        day.state = ON  # type: ignore[misc]
