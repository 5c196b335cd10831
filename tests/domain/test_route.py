"""A march's way: added up, timed against the rally's start, and read from lines as people write them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import RallyId, RouteStepId, VenueId
from rallyapp.domain.rallies import Rally, RallyKind, RouteStep
from rallyapp.domain.route import (
    PACE_WORDS,
    TypedStep,
    arrival,
    metres_words,
    parted,
    typed_metres,
    typed_step,
    typed_steps,
    way_of,
)

NOON = datetime(2015, 12, 1, 12, 0)


def step(position: int, metres: int | None = 100, **other: object) -> RouteStep:
    return RouteStep(
        id=RouteStepId(f"s{position}"), rally_id=RallyId("r"), position=position, instruction="Go on", metres=metres,
        **other,  # type: ignore[arg-type]
    )  # fmt: skip


def rally(kind: RallyKind = RallyKind.MARCH_AND_RALLY, **other: object) -> Rally:
    times = {"starts": NOON.replace(hour=13), "ends": NOON.replace(hour=15), "move_off": NOON, **other}
    return Rally(id=RallyId("r"), title="Rally", venue_id=VenueId("v"), kind=kind, **times)  # type: ignore[arg-type]


def test_a_way_is_added_up_and_walked_at_a_marchs_pace() -> None:
    way = way_of([step(1, 1000), step(2, 400, crossing=True), step(3, 1)])
    assert (way.steps, way.metres, way.crossings, way.unmeasured) == (3, 1401, 1, 0)
    assert way.minutes == 29  # 1,401 m at 3 km an hour is a little more than 28
    assert way.words == "1.4 km, about 29 min, 1 crossing"
    assert way_of([step(1, None), step(2, 300)]).words == "at least 300 m and 6 min, 0 crossings"
    assert way_of([step(1, None)]).words == "length not entered, 0 crossings"
    assert way_of([]).words == ""
    assert (metres_words(999), metres_words(2400)) == ("999 m", "2.4 km")
    assert "planning figure, not law" in PACE_WORDS


def test_the_march_and_the_shorter_route_are_parted_and_in_order() -> None:
    march, shorter = parted([step(3), step(1), step(2, accessible=True)])
    assert [each.position for each in march] == [1, 3]
    assert [each.position for each in shorter] == [2]


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (2400, "Moves off 12:00, its front arrives about 12:48: 12 min before the rally\u2019s start, 13:00."),
        (3000, "Moves off 12:00, its front arrives about 13:00: just at the rally\u2019s start, 13:00."),
        (3500, "Moves off 12:00, its front arrives about 13:10: 10 min after the rally\u2019s start, 13:00."),
    ],
)
def test_the_front_arrives_before_or_after_the_rally_starts(metres: int, words: str) -> None:
    found = arrival(rally(), way_of([step(1, metres)]))
    assert found is not None
    assert found.words == words


def test_a_march_into_the_next_day_says_so() -> None:
    found = arrival(rally(), way_of([step(1, 42_000)]))
    assert found is not None
    assert "arrives about Wed 2 Dec 2015 02:00: 13 h after" in found.words


def test_lengths_are_read_as_people_type_them() -> None:
    typed = ["250", " 250 m ", "0.4 km", "1,200", "1200 metres", ""]
    assert [typed_metres(each) for each in typed] == [250, 250, 400, 1200, 1200, None]
    for wrong in ("far", "-5", "12 miles", "m"):
        with pytest.raises(ValueError, match="is not a length"):
            typed_metres(wrong)


def test_a_march_alone_is_awaited_by_its_hard_finish() -> None:
    way = way_of([step(1, 3000)])
    found = arrival(rally(RallyKind.MARCH, move_off=None), way)
    assert found is not None
    assert found.words == "Moves off 13:00, its front arrives about 14:00: 1 h before the hard finish, 15:00."
    assert arrival(rally(move_off=None), way) is None
    assert arrival(rally(RallyKind.STATIC), way) is None
    assert arrival(rally(), way_of([step(1, None)])) is None


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Left into High Street", ("Left into High Street", None, False)),
        ("3. Left into High Street, 250 m (crossing)", ("Left into High Street", 250, True)),
        ("- Across the lights (crossing point) (0.4 km)", ("Across the lights", 400, True)),
        ("\u2022 Along  the quay\t1,200 metres\tcrossing", ("Along the quay", 1200, True)),
        ("2) Past gate 7", ("Past gate 7", None, False)),
        ("Over the crossing at Bar Street 90m.", ("Over the crossing at Bar Street", 90, False)),
        ("The 5 km", ("The", 5000, False)),
        ("250 m", ("250 m", None, False)),
        ("(crossing)", ("", None, True)),
        ("", ("", None, False)),
    ],
)
def test_a_step_is_read_as_it_is_written(line: str, read: tuple[str, int | None, bool]) -> None:
    assert typed_step(line) == TypedStep(instruction=read[0], metres=read[1], crossing=read[2])


def test_lines_become_steps_and_empty_ones_nothing() -> None:
    found = typed_steps("1. Left, 100 m\n\n  \n2. Right (crossing)\r\n(crossing)\n")
    assert [(each.instruction, each.metres, each.crossing) for each in found] == [
        ("Left", 100, False),
        ("Right", None, True),
    ]


@given(st.text(max_size=80))
def test_whatever_is_pasted_is_read_without_an_error(text: str) -> None:
    for each in typed_steps(text):
        assert each.instruction.strip() == each.instruction
        assert each.metres is None or each.metres >= 0


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=20))
def test_more_steps_never_make_a_shorter_walk(lengths: list[int]) -> None:
    steps = [step(number, metres) for number, metres in enumerate(lengths)]
    assert way_of(steps).minutes >= way_of(steps[:-1]).minutes
    assert way_of(steps).minutes * 50 >= way_of(steps).metres
