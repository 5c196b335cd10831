"""Who may see what: one table for all documents."""

from __future__ import annotations

import pytest

from rallyapp.domain.problems import UserError
from rallyapp.prints.audience import SHOWN, Audience, Document, Naming, shown, without_phones


def test_only_organisers_get_full_names_and_numbers() -> None:
    for (_, audience), allowed in SHOWN.items():
        if audience is not Audience.ORGANISER:
            assert allowed.names is not Naming.FULL
            assert not allowed.phones
            assert not allowed.remarks


def test_every_document_is_made_for_somebody() -> None:
    assert {document for document, _ in SHOWN} == set(Document)


def test_a_rally_plan_is_not_made_for_the_noticeboard() -> None:
    with pytest.raises(UserError, match=r"^The rally plan is not printed for the noticeboard; choose .organiser.\.$"):
        shown(Document.RALLY_PLAN, Audience.NOTICEBOARD)


@pytest.mark.parametrize(
    "number", ["07700 900123", "07700900123", "+44 7700 900123", "(023) 8000 0000", "02380-000000", "0161 496 0000"]
)
def test_numbers_in_free_words_are_hidden(number: str) -> None:
    words = without_phones(f"Ask Jo ({number}), she knows.", but="01632 960001")
    assert not any(part in words for part in ("900", "000", "496"))
    assert words.startswith("Ask Jo")


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
