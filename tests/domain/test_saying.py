"""How anything wrong is said: the small checks that every record shares, severities, and ids."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain import saying
from rallyapp.domain.ids import new_id
from rallyapp.domain.problems import Concern, Problem, Severity, UserError
from tests.domain.building import at


def sentences(found: object) -> list[str]:
    return [problem.sentence for problem in found]  # type: ignore[attr-defined]


def test_the_worst_comes_first() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [
        Severity.RED,
        Severity.STAND_DOWN,
        Severity.AMBER,
        Severity.INFO,
    ]
    assert Severity.RED.rank == 0


def test_a_wrong_record_is_red_and_named() -> None:
    problem = saying.wrong("picket", "p1", "It is wrong", "mend it")
    assert problem == Problem(
        severity=Severity.RED,
        code="picket-wrong",
        sentence="It is wrong",
        concerns=(Concern("picket", "p1"),),
        mend="mend it",
    )


def test_expected_trouble_is_one_sentence() -> None:
    assert str(UserError("The file is open elsewhere.")) == "The file is open elsewhere."


@pytest.mark.parametrize(("text", "missing"), [("Ann", False), (" Ann ", False), ("", True), (" \t\n", True)])
def test_a_blank_text_is_missing(text: str, missing: bool) -> None:
    found = list(saying.required("site", "s", "The site's name", text))
    assert sentences(found) == (["The site's name is missing"] if missing else [])
    assert [problem.mend for problem in found] == (["enter the site's name"] if missing else [])


@pytest.mark.parametrize(
    ("number", "fine"), [(None, True), (0, False), (1, True), (6, True), (7, False), (10**30, False)]
)
def test_a_number_keeps_within_both_limits(number: int | None, fine: bool) -> None:
    found = sentences(saying.within("need", "n", "The number", number, 1, 6))
    assert found == ([] if fine else [f"The number is {number}; it must be from 1 to 6"])


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (at("08:00"), at("11:00"), None),
        (at("08:00"), None, None),
        (at("11:00"), at("08:00"), "It 11:00–08:00 ends before it starts"),
        (at("08:00"), at("08:00"), "It 08:00–08:00 ends when it starts"),
        (at("08:00"), at("08:00", 31) + timedelta(days=1), None),
        (at("08:00"), at("08:01", 31) + timedelta(days=1), "It is longer than 31 days"),
        (
            at("08:00", datetime(2016, 3, 27)),
            datetime(2016, 3, 27, 1, 30),
            "It: 01:30 does not exist on Sun 27 Mar 2016: ",
        ),
        (datetime(2015, 12, 1, 8, 0, 30), None, "It: times in a plan are whole minutes"),
    ],
)
def test_a_span_is_checked_at_both_ends(start: datetime, end: datetime | None, sentence: str | None) -> None:
    found = sentences(saying.spans("shift", "s", "It", start, end))
    assert len(found) == (sentence is not None)
    assert all(said.startswith(sentence or "") for said in found)


def test_a_time_that_nobody_gave_is_not_wrong() -> None:
    assert list(saying.instant("tally", "t", "The time", None)) == []
    assert list(saying.instant("tally", "t", "The time", at("08:00"))) == []
    found = saying.instant("tally", "t", "The time", datetime(2015, 12, 1, 8, 0, 1))
    assert sentences(found) == ["The time: times in a plan are whole minutes"]


@given(st.datetimes(), st.none() | st.datetimes())
def test_any_two_times_are_judged_without_a_crash(start: datetime, end: datetime | None) -> None:
    for problem in (*saying.spans("x", "x", "It", start, end), *saying.instant("x", "x", "It", end)):
        assert problem.sentence


def test_ids_are_uuids_and_never_twice() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(str(uuid.UUID(id)) == id for id in made)
