"""Names typed into a running order become speakers: whom they mean, and what they are not."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from rallyapp.domain.ids import ProgrammeItemId, SpeakerId
from rallyapp.domain.plan import Plan
from rallyapp.domain.programme_speakers import is_one_name, names_to_take, offer_words, take_words, taken
from rallyapp.domain.rallies import ProgrammeItem, Speaker, TeamRole
from tests.domain.building import rally

RALLY = rally()


def line(number: int, who: str, **other: object) -> ProgrammeItem:
    id = ProgrammeItemId(f"line {number}")
    return ProgrammeItem(id=id, rally_id=RALLY.id, position=number, title=f"Line {number}", minutes=5, who=who, **other)  # type: ignore[arg-type]


def speaker(name: str, id: str = "s") -> Speaker:
    return Speaker(id=SpeakerId(id), rally_id=RALLY.id, name=name)


def test_names_become_speakers_and_have_their_lines() -> None:
    """Priya Nair opens and closes: one speaker with two lines; what is a task stays as it was typed."""
    lines = [
        line(1, "Priya Nair"),
        line(2, "MC"),
        line(3, " Dr Hannah  Moss "),
        line(4, ""),
        line(5, "priya nair", cue="Bell"),
    ]
    names = names_to_take(Plan([RALLY, *reversed(lines)]), RALLY)
    assert [(each.name, [item.id for item in each.items]) for each in names] == [
        ("Priya Nair", ["line 1", "line 5"]),
        ("Dr Hannah Moss", ["line 3"]),
    ]
    assert offer_words(names) == "2 names of the running order are no speakers yet: Priya Nair, Dr Hannah Moss"
    assert take_words(names) == "Make 2 names speakers"
    counting = itertools.count(1)
    made = taken(names, lambda: f"new {next(counting)}")
    assert [(each.id, each.rally_id, each.name) for each in made.speakers] == [
        ("new 1", RALLY.id, "Priya Nair"),
        ("new 2", RALLY.id, "Dr Hannah Moss"),
    ]
    assert made.lines == (
        (replace(lines[0], who="", speaker_id="new 1"), lines[0]),
        (replace(lines[4], who="", speaker_id="new 1"), lines[4]),
        (replace(lines[2], who="", speaker_id="new 2"), lines[2]),
    )
    after = Plan([RALLY, *made.speakers, *(new for new, _ in made.lines)])
    assert names_to_take(after, RALLY) == ()


def test_a_name_that_is_a_speaker_already_is_only_linked() -> None:
    there, lines = speaker("Ann Lee"), [line(1, "ann lee"), line(2, "Bo Ek")]
    both = names_to_take(Plan([RALLY, there, *lines]), RALLY)
    assert [(each.name, each.speaker) for each in both] == [("ann lee", there), ("Bo Ek", None)]
    assert offer_words(both) == "1 name of the running order is no speaker yet: Bo Ek"
    assert take_words(both) == "Make Bo Ek a speaker"
    made = taken(both[:1], lambda: "unused")
    assert made.speakers == ()
    assert made.lines == ((replace(lines[0], who="", speaker_id=there.id), lines[0]),)
    assert offer_words(both[:1]) == (
        "1 name of the running order stands among the speakers too, and the lines are not linked: ann lee"
    )
    assert take_words(both[:1]) == "Link ann lee with the running order"
    two = [replace(both[0], name="A"), replace(both[0], name="B")]
    assert offer_words(two).startswith("2 names of the running order stand among the speakers too")
    assert take_words(two) == "Link 2 speakers"


def test_a_name_of_two_speakers_is_left_as_it_is() -> None:
    plan = Plan([RALLY, speaker("Ann Lee"), speaker("Ann Lee", "other"), line(1, "Ann Lee")])
    assert names_to_take(plan, RALLY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "MC", "the Chair", "Everybody", "Everyone.", "Media lead", "Branch chair", "Hospital choir", "TBC", " ",
        "Choir of volunteers",
        "Ann Lee and Bo Ek", "Ann & Bo", "Ann Lee, Bo Ek", "MC: Ann Lee", "2 patients", "Ann Lee?", *TeamRole,
    ],
)  # fmt: skip
def test_what_is_not_one_person_s_name(text: str) -> None:
    assert not is_one_name(text)


@pytest.mark.parametrize(
    "text", ["Hannah Price", "Dr Joe Malawa", "Priya", "Anderson Chairman", "\u0644\u064a\u0644\u0649"]
)
def test_what_may_be_a_name(text: str) -> None:
    assert is_one_name(text)
