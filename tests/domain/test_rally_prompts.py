"""What is offered for a rally plan's words and kit, and how a text shows that it has it already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp import carried
from rallyapp.domain.ids import KitItemId
from rallyapp.domain.rallies import KitItem, Section
from rallyapp.domain.rally_prompts import Prompt, is_brought, line_on, mentioned, prompts_of, unfinished, with_line

QUIET = Prompt(title="Quiet space", hint="away from the noise", words=("quiet", "calm "))


def item(what):
    return KitItem(id=KitItemId(what), what=what)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("", False),
        ("Quiet corner behind the stall.", True),
        ("- a QUIET place", True),
        ("- Quiet space: ", False),
        ("- Quiet space: behind the stall", True),
        ("- Quiet space:\nA quiet corner.", True),
        ("disquiet", False),
        ("Keep calm and carry on", True),
        ("Calmly", False),
    ],
)
def test_a_text_mentions_something_by_the_beginnings_of_words(text, so):
    assert mentioned(text, QUIET) is so


def test_the_line_that_says_something_is_gone_on_with_at_its_end():
    assert line_on("Level ground.\n- Quiet space: tent\nCalm.", QUIET) == len("Level ground.\n- Quiet space: tent")
    assert line_on("- Quiet space: \nA quiet corner.", QUIET) == len("- Quiet space: \nA quiet corner.")
    assert line_on("- Quiet space: ", QUIET) is None


def test_a_line_is_put_below_and_gone_on_with():
    assert with_line("", QUIET) == ("- Quiet space: ", 15)
    text, place = with_line("Level ground.\n\n", QUIET)
    assert text == "Level ground.\n- Quiet space: "
    assert place == len(text)
    assert unfinished(text) == ("Quiet space",)
    assert with_line("- Quiet space:\n- Water: tap", QUIET) == ("- Quiet space: \n- Water: tap", 15)
    assert unfinished("- Water: tap\nSeats:\n") == ()


@given(st.text(max_size=200))
def test_a_line_is_never_put_twice_and_takes_nothing_away(text):
    once, place = with_line(text, QUIET)
    assert with_line(once, QUIET) == (once, place)
    assert once[:place].endswith("- Quiet space: ")
    assert [line for line in text.rstrip().splitlines() if line.strip() != "- Quiet space:"] == [
        line for line in once.splitlines() if line != "- Quiet space: "
    ]


def test_usual_kit_is_known_again_in_other_words():
    kit = {usual.what: usual for usual in carried.rally_prompts().kit}
    assert len(kit) > 12
    assert is_brought([item("Bin bag")], kit["Bin bags"])
    assert is_brought([item("First-aid kit, large")], kit["First-aid kit"])
    assert is_brought([item("Loudhailer"), item("Bottles of water")], kit["Drinking water"])
    assert is_brought([item("Megaphone in reserve")], kit["Loudhailer or megaphone"])
    assert is_brought([item("Small PA")], kit["Loudspeaker or PA with two microphones"])
    assert is_brought([item("Folding chair")], kit["Chairs for those who need them"])
    assert not is_brought([item("Bin")], kit["Bin bags"])
    assert not is_brought([], kit["Tape"])


def test_what_is_carried_fits_the_sections():
    held = carried.rally_prompts()
    for section in (
        Section.ACCESS,
        Section.SAFEGUARDING,
        Section.COMMUNICATIONS,
        Section.TRANSPORT,
        Section.EMERGENCY,
        Section.STAND_DOWN,
        Section.WASTE,
        Section.DATA,
    ):
        found = held.of(section)
        assert 4 <= len(found) <= 10
        assert len({prompt.title for prompt in found}) == len(found)
        for prompt in found:
            assert mentioned(f"{prompt.line}in the yard", prompt)
            assert not mentioned(prompt.line, prompt)
    assert all(usual.number > 0 for usual in held.kit)
    assert prompts_of({"notes": {}, "kit": []}).of(Section.SITE) == ()
