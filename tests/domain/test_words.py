"""Words put together: lists with their "and", numbers with their nouns, capitals."""

from __future__ import annotations

from rallyapp.domain.words import capital, counted, counted_if_any, listed


def test_a_list_has_its_and_before_the_last() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(word for word in ("a", "", "b", "c")) == "a, b and c"


def test_a_number_has_its_noun() -> None:
    assert [counted(number, "table") for number in (0, 1, 2, 1500)] == [
        "0 tables",
        "1 table",
        "2 tables",
        "1,500 tables",
    ]
    assert counted(2, "person", "people") == "2 people"
    assert [counted_if_any(number, "kit") for number in (0, 1)] == ["", "1 kit"]


def test_a_capital_changes_nothing_else() -> None:
    assert (capital(""), capital("no A&E"), capital("événement")) == ("", "No A&E", "Événement")
