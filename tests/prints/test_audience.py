"""Who may see what: one table for all documents."""

from __future__ import annotations

import pytest

from rallyapp.domain.problems import UserError
from rallyapp.prints.audience import SHOWN, Audience, Document, Naming, shown


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


def test_a_copys_words_say_what_stands_on_it() -> None:
    words = {pair: allowed.words for pair, allowed in SHOWN.items()}
    assert words[Document.POLICE, Audience.POLICE] == (
        "No members\u2019 names, except the supervisor and the event team. No telephone number but the duty phone."
    )
    assert words[Document.ROTA, Audience.ORGANISER] == "Full names. Telephone numbers."
    assert words[Document.BRIEFING, Audience.VOLUNTEER].startswith(
        "First names with an initial; in full the supervisor and the event team."
    )
