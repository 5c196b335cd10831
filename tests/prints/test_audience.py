"""Who may see what: one table for all documents."""

from __future__ import annotations

import pytest

from rallyapp.domain.problems import UserError
from rallyapp.prints.audience import SHOWN, Audience, Document, Naming, shown, without_phones


def test_only_organisers_and_who_carries_it_for_them_get_full_names_and_numbers() -> None:
    for (_, audience), allowed in SHOWN.items():
        if audience not in (Audience.ORGANISER, Audience.SUPERVISOR):
            assert allowed.names is not Naming.FULL
            assert not allowed.phones
        assert allowed.remarks == (audience is Audience.ORGANISER)
        if audience in (Audience.POLICE, Audience.CHARITY, Audience.PUBLIC):
            assert allowed.names is Naming.NONE


def test_every_document_is_made_for_somebody() -> None:
    assert {document for document, _ in SHOWN} == set(Document)


def test_a_rally_plan_is_not_made_for_the_noticeboard() -> None:
    with pytest.raises(UserError, match=r"^The rally plan is not printed for the noticeboard; choose .organiser. or"):
        shown(Document.RALLY_PLAN, Audience.NOTICEBOARD)


@pytest.mark.parametrize(
    "number", ["07700 900123", "07700900123", "+44 7700 900123", "(023) 8000 0000", "02380-000000", "0161 496 0000"]
)
def test_numbers_in_free_words_are_hidden(number: str) -> None:
    words = without_phones(f"Ask Jo ({number}), she knows.", but="01632 960001")
    assert not any(part in words for part in ("900", "000", "496"))
    assert words.startswith("Ask Jo")


def test_a_number_in_brackets_leaves_no_bracket_behind() -> None:
    assert without_phones("Ask Jo (07700 900123), now") == "Ask Jo (number on the organiser\u2019s copy), now"
    assert without_phones("Ask Jo, (023) 8000 0000.") == "Ask Jo, (number on the organiser\u2019s copy)."
    assert without_phones("Jo: 07700 900123.") == "Jo: (number on the organiser\u2019s copy)."


@pytest.mark.parametrize(
    "words", ["SU 3941 1529", "SU 39410 15290", "from 08:00 to 11:00", "SO16 6YD", "1 Dec 2015", "gate 0042", "0.5 km"]
)
def test_other_figures_stay(words: str) -> None:
    assert without_phones(words) == words


def test_the_duty_phone_stays() -> None:
    words = "Ring 07700 900001, never 07700 900123"
    hidden = without_phones(words, but="07700900001")
    assert "07700 900001" in hidden
    assert "900123" not in hidden
