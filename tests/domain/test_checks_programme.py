"""The checks of running orders and speakers: too long, late, changed since it was issued; wanted in two places."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from rallyapp.domain.ids import ProgrammeItemId, RallyId, SpeakerId
from rallyapp.domain.problems import Severity
from rallyapp.domain.programme_issues import issue
from rallyapp.domain.rallies import Override, ProgrammeItem, Speaker
from tests.domain.building import at, example, rally
from tests.domain.check_building import concerns, good_plan, having, only, problems

AMBER = Severity.AMBER
TWICE = "speaker-twice"


def line(position: int, minutes: int, fixed: datetime | None = None, **other: Any) -> ProgrammeItem:
    """Make a line of the running order, nobody's unless somebody is named."""
    made = ProgrammeItem(
        id=ProgrammeItemId(f"line {position}"),
        rally_id=RallyId("rally"),
        position=position,
        title=f"Speaker {position}",
        minutes=minutes,
        fixed=fixed,
    )
    return replace(made, **other)


def speaker(name: str = "Ann Lee", id: str = "", **other: Any) -> Speaker:
    return replace(example(Speaker, id=SpeakerId(id or name.casefold()), name=name, arrives=None), **other)


# ---------------------------------------------------------------------------------------- the programme
def test_a_programme_longer_than_the_rally_is_amber() -> None:
    assert problems(good_plan(line(1, 120))) == ()
    found = only(good_plan(line(1, 100), line(2, 25)))
    assert (found.severity, found.code, found.day) == (AMBER, "programme-too-long", "day")
    assert found.sentence == "Regional rally: the running order ends 5 min after the hard finish (13:30)"
    assert found.mend == "shorten or drop a line"


def test_a_fixed_line_that_starts_late_is_amber() -> None:
    assert problems(good_plan(line(1, 30), line(2, 10, at("12:00")))) == ()
    found = only(good_plan(line(1, 40), line(2, 10, at("12:00"))))
    assert (found.severity, found.code, found.day) == (AMBER, "fixed-line-late", "day")
    assert found.sentence == "Regional rally: \u201cSpeaker 2\u201d is fixed but starts 10 min late"
    assert concerns(found) == {("rally", "rally"), ("programme_item", "line 2")}


def test_a_programme_that_changed_since_it_was_issued_is_told() -> None:
    plan = good_plan(line(1, 30), line(2, 10), line(3, 5))
    made, lines = issue(plan, rally(), at=at("09:00"), by="Ann Archer")
    plan = plan.changed([made, *lines], [])
    assert problems(plan) == ()
    found = only(plan.changed([line(1, 35), line(9, 5)], []))
    assert (found.severity, found.code, found.day) == (Severity.INFO, "programme-not-issued", "day")
    assert found.sentence == (
        "Regional rally: the running order has changed since version 1: 1 new, 2 moved, 1 changed"
    )
    assert concerns(found) == {("rally", "rally"), ("programme_issue", made.id)}


# ------------------------------------------------------------------------------------------ the speakers
def test_a_speaker_who_comes_after_their_line_begins_is_amber() -> None:
    theirs = line(1, 10, speaker_id="ann lee")
    for arrives in (None, at("11:00"), at("11:30")):
        assert problems(good_plan(theirs, speaker(arrives=arrives))) == ()
    found = only(good_plan(theirs, speaker(arrives=at("11:31"))))
    assert (found.severity, found.code, found.day) == (AMBER, "speaker-late", "day")
    assert found.sentence == "Regional rally: Ann Lee arrives at 11:31, after their line begins (11:30)"
    assert concerns(found) == {("rally", "rally"), ("speaker", "ann lee"), ("programme_item", "line 1")}
    found = only(good_plan(theirs, speaker(arrives=at("11:00", 2))))
    assert "arrives at Wed 2 Dec 2015 11:00, after" in found.sentence


def test_a_speaker_without_a_line_is_told_once_there_is_a_running_order() -> None:
    assert problems(good_plan(speaker())) == ()
    found = only(good_plan(speaker(arrives=at("13:00")), line(1, 10)))
    assert (found.severity, found.code) == (Severity.INFO, "speaker-without-line")
    assert found.sentence == "Regional rally: Ann Lee is a speaker and has no line in the running order"
    assert concerns(found) == {("rally", "rally"), ("speaker", "ann lee")}


@pytest.mark.parametrize(
    ("organisations", "told"), [(("", "Unison"), True), (("RCN", "rcn "), True), (("RCN", "BMA"), False)]
)
def test_one_name_twice_at_a_rally_is_amber_unless_they_are_told_apart(
    organisations: tuple[str, str], told: bool
) -> None:
    one, other = (
        speaker(name, f"ann {name}", organisation=each)
        for name, each in zip(("Ann Lee", "ann  lee"), organisations, strict=True)
    )
    found = problems(good_plan(one, other))
    assert [problem.sentence for problem in found] == (
        ["Regional rally: Ann Lee is in the list of speakers twice"] if told else []
    )
    assert all(
        concerns(problem) == {("rally", "rally"), ("speaker", one.id), ("speaker", other.id)} for problem in found
    )


def two_rallies(times: str, *more: Any) -> Any:
    """Make a plan with a second rally, in Winchester, at which Ann Lee speaks too."""
    second = rally("second", times, title="Winchester rally")
    return good_plan(second, speaker(), speaker(id="ann there", rally_id=RallyId("second")), *more)


def test_one_speaker_at_two_rallies_at_once_is_amber() -> None:
    (found,) = having(TWICE, two_rallies("12:00-13:00"))
    assert found.severity is AMBER
    assert found.sentence == (
        "Regional rally: Ann Lee is wanted in two places at once: Regional rally 11:30\u201313:30 "
        "and Winchester rally 12:00\u201313:00"
    )
    assert having(TWICE, two_rallies("13:30-15:00")) == []


def test_a_speaker_who_gets_from_one_rally_to_the_other_is_no_problem() -> None:
    """First on at 11:30 here for ten minutes; there her line is at 12:00, or at 11:35."""
    here = line(1, 10, speaker_id="ann lee")
    there = line(7, 10, at("12:00"), speaker_id="ann there", rally_id=RallyId("second"))
    assert having(TWICE, two_rallies("11:30-13:00", here, there)) == []
    (found,) = having(TWICE, two_rallies("11:30-13:00", here, replace(there, fixed=at("11:35"))))
    assert "two places at once: Regional rally 11:30 and Winchester rally 11:35" in found.sentence


def test_a_rally_that_is_stood_down_wants_nobody() -> None:
    off = rally("second", "12:00-13:00", override=Override.STOOD_DOWN, override_by="Ann", override_reason="storm")
    assert having(TWICE, two_rallies("12:00-13:00", off)) == []
