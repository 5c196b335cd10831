"""Sign-ups counted at a stall: totals, quarters of an hour, the target, and corrections that stay above nobody."""

from __future__ import annotations

import pytest

from rallyapp.domain import tallies
from rallyapp.domain.ids import StallId, TallyId
from rallyapp.domain.problems import UserError
from rallyapp.domain.stalls import Tally
from tests.domain.building import at

STALL = StallId("stall")


def counted(*those: tuple[str, int], day: int = 1) -> list[Tally]:
    """Give tallies of "12:05" and how many, in the order given."""
    return [
        Tally(id=TallyId(f"{day} {n}"), stall_id=STALL, at=at(clock, day), count=number)
        for n, (clock, number) in enumerate(those)
    ]


NOON = counted(("11:05", 5), ("11:20", 1), ("11:20", 1), ("12:02", 12), ("12:45", 20), ("12:46", -1))


def test_the_running_total_minute_by_minute() -> None:
    assert [(f"{step.at:%H:%M}", step.count, step.total) for step in tallies.steps(reversed(NOON))] == [
        ("11:05", 5, 5),
        ("11:20", 2, 7),
        ("12:02", 12, 19),
        ("12:45", 20, 39),
        ("12:46", -1, 38),
    ]
    assert tallies.total(NOON) == 38
    assert tallies.steps(()) == ()


def test_quarters_of_an_hour_with_the_idle_ones_and_without_the_night() -> None:
    second = counted(("09:59", 4), day=8)
    assert [(f"{each.starts:%d %H:%M}", each.count) for each in tallies.by_quarter([*NOON, *second])] == [
        ("01 11:00", 5),
        ("01 11:15", 2),
        ("01 11:30", 0),
        ("01 11:45", 0),
        ("01 12:00", 12),
        ("01 12:15", 0),
        ("01 12:30", 0),
        ("01 12:45", 19),
        ("08 09:45", 4),
    ]
    most = tallies.busiest(NOON)
    assert most is not None
    assert (f"{most.starts:%H:%M}", most.count) == ("12:45", 19)
    assert tallies.busiest(()) is None
    assert tallies.busiest(counted(("11:00", 0))) is None


def test_the_last_hour_and_no_forecast() -> None:
    assert tallies.last_hour(NOON, at("12:50")) == 31
    assert tallies.last_hour(NOON, at("12:20")) == 12, "the tally of 11:20 is an hour old"


@pytest.mark.parametrize(
    ("those", "target", "words", "spoken"),
    [
        ([], 60, "0 of 60: nothing counted yet", "0 of 60: nothing counted yet."),
        ([], 0, "Nothing counted yet", "Nothing counted yet."),
        (
            NOON,
            60,
            "38 of 60 at 12:46",
            "38 of 60 at 12:46, counted from 11:05. Most in a quarter of an hour: 19, from 12:45.",
        ),
        (
            NOON,
            19,
            "38 of 19 at 12:46",
            "38 of 19 at 12:46, counted from 11:05. The target was reached at 12:02. "
            "Most in a quarter of an hour: 19, from 12:45.",
        ),
        (counted(("11:00", 1), ("11:01", -1)), 0, "0 at 11:01", "0 at 11:01, counted from 11:00."),
        (
            counted(("12:05", -3)),
            60,
            "3 more were taken off than counted by 12:05: correct the list",
            "3 more were taken off than counted by 12:05: correct the list. It is counted from 12:05.",
        ),
    ],
)
def test_how_far_it_has_come(those: list[Tally], target: int, words: str, spoken: str) -> None:
    assert tallies.words(those, target) == words
    assert tallies.spoken(those, target) == spoken


@pytest.mark.parametrize(("text", "number"), [("3", 3), (" +3 ", 3), ("-1", -1), ("\u2212 2", -2), ("1,200", 1200)])
def test_a_number_as_somebody_types_it(text: str, number: int) -> None:
    assert tallies.typed_count(text) == number


@pytest.mark.parametrize("text", ["", "three", "1.5", "++1", "1234567"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number of sign-ups: write 3, \+3 or -1"):
        tallies.typed_count(text)


def test_counting_and_taking_back_no_more_than_there_were() -> None:
    five = tallies.count((), STALL, 5, at("11:05"), make_id=lambda: "a")
    assert five == Tally(id=TallyId("a"), stall_id=STALL, at=at("11:05"), count=5)
    assert tallies.count([five], STALL, -5, at("11:05")).count == -5, "in the same minute"
    for number, when, sentence in (
        (0, "11:10", "Nothing to count: write how many signed up."),
        (-6, "11:10", "leave \u22121 sign-ups at 11:10 on Tue 1 Dec 2015: take back no more than were counted by then"),
        (-1, "11:00", "leave \u22121 sign-ups at 11:00"),
        (10_001, "11:10", "10,001 at once can\u2019t be right: count at most 10,000."),
    ):
        with pytest.raises(UserError, match=sentence):
            tallies.count([five], STALL, number, at(when))


def test_a_correction_in_the_past_must_hold_for_all_that_came_after() -> None:
    those = counted(("11:00", 5), ("11:30", -5), ("12:00", 9))
    with pytest.raises(UserError, match="leave \u22121 sign-ups at 11:30"):
        tallies.count(those, STALL, -1, at("11:10"))
    with pytest.raises(UserError, match="leave \u22125 sign-ups at 11:30"):
        tallies.refuse_deleting(those, those[:1])
    tallies.refuse_deleting(those, those[:2])


def test_changing_a_tally() -> None:
    those = counted(("11:00", 5), ("11:30", -2))
    assert tallies.change(those, those[0], count=3).count == 3
    assert tallies.change(those, those[0], at=at("11:29")).at == at("11:29")
    with pytest.raises(UserError, match="A count of 0 says nothing"):
        tallies.change(those, those[0], count=0)
    with pytest.raises(UserError, match="leave \u22122 sign-ups at 11:30"):
        tallies.change(those, those[0], at=at("11:31"))


def test_a_total_below_nobody_is_said_and_blocks_nothing_that_mends_it() -> None:
    """+5 and \u22123, and the +5 is undone; or two windows each take one back at the same moment."""
    below = counted(("12:05", -3))
    assert tallies.total_words(tallies.total(below)) == "\u22123"
    assert tallies.total_words(1_200) == "1,200"
    assert tallies.count(below, STALL, 10, at("12:30")).count == 10
    assert tallies.count(below, STALL, 2, at("12:00")).count == 2, "still below nobody, and yet nearer"
    assert tallies.change(below, below[0], count=-1).count == -1
    assert tallies.change(below, below[0], at=at("12:30")).at == at("12:30")
    tallies.refuse_deleting(below, below)
    more = [*below, tallies.count(below, STALL, 10, at("12:30"))]
    assert tallies.count(more, STALL, -7, at("12:31")).count == -7
    for number, when, sentence in (
        (-1, "12:10", "leave \u22124 sign-ups at 12:10"),
        (-8, "12:31", "leave \u22121 sign-ups at 12:31"),
    ):
        with pytest.raises(UserError, match=sentence):
            tallies.count(more, STALL, number, at(when))
    with pytest.raises(UserError, match="leave \u22123 sign-ups at 12:30"):
        tallies.refuse_deleting(more, more[1:])
    with pytest.raises(UserError, match="leave \u22124 sign-ups at 12:05"):
        tallies.change(more, below[0], count=-4)
