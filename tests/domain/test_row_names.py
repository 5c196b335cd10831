"""What the rows of a print are called, where no sentence on a shift says what became of them."""

from rallyapp.domain.ids import ContactId, ProgrammeItemId, SpeakerId
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Contact, ProgrammeItem, Speaker
from rallyapp.domain.reprinting import Rows
from rallyapp.domain.row_names import MOST_NAMED, row_name, row_sentences
from tests.domain import building as b

NOW = Plan([
    b.dispute(), b.strike_day(), b.employer(), b.site(), b.entrance(), b.picket(), b.shift(), b.person(),
    b.partner(), b.rally(), b.venue(), b.stall(), Contact(id=ContactId("police"), organisation="Hampshire Police"),
    Speaker(id=SpeakerId("speaker"), rally_id="rally", name="Sam Okoro"),
    ProgrammeItem(id=ProgrammeItemId("song"), rally_id="rally", position=1, title="Song", minutes=3),
])  # fmt: skip
THEN = NOW.changed([b.person("Ben Ode")], [])


def name(key, person=""):
    return row_name((NOW, THEN), key, person)


def test_a_row_is_called_by_whom_or_what_it_is_about():
    assert name("ann archer") == "Ann Archer"
    assert name("5f56", "ben ode") == "Ben Ode", "as the paper knew them"
    assert name("police") == "Hampshire Police"
    assert name("speaker") == "Sam Okoro"
    assert name("shift@08:00") == "Main entrance, 08:00\u201311:00"
    assert name("stall") == "Anthony Nolan stall"
    assert name("song") == "Song"
    assert name("rally") == NOW.all(type(b.rally()))[0].title
    assert name("picket").startswith("Main entrance, ")
    assert name("day").startswith("Tue 1 Dec 2015")
    assert name("where and when") == "where and when"
    assert name("section-7") == "section 7"
    assert name("5f56a006-a6ad") == ""


def test_rows_are_said_by_name_as_far_as_they_are_known_and_no_twice():
    rows = Rows(new=("ann archer", "5f56"), changed=("police", "shift"), gone=("gone-1", "gone-2"))
    assert list(row_sentences((NOW, THEN), rows, {"gone-1": "ben ode"}, {"shift"})) == [
        "New on it: Ann Archer and 1 more row.",
        "Changed: Hampshire Police.",
        "No longer on it: Ben Ode and 1 more row.",
    ]
    assert list(row_sentences((NOW,), Rows(gone=("gone-1", "gone-2")), {}, ())) == ["No longer on it: 2 rows."]
    assert list(row_sentences((NOW,), Rows(changed=("shift",)), {}, {"shift"})) == []
    signs = tuple("abcdefghijklmnopqr")
    (said,) = row_sentences((NOW,), Rows(new=(*signs, "r@")), {}, ())
    assert said.endswith(f", {signs[MOST_NAMED - 1]} and {len(signs) + 1 - MOST_NAMED} more rows.")
