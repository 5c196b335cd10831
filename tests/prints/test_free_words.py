"""Full names in what somebody wrote freely."""

from __future__ import annotations

import pytest

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.prints.free_words import HIDDEN, hidden_names, without_names


def person(name: str) -> Person:
    given, _, family = name.partition(" ")
    return Person(id=PersonId(name), given_name=given, family_name=family)


PEOPLE = [person(name) for name in ("Ann Archer", "Ann Archer Brown", "Si\u00e2n O\u2019Neill-Hughes", "Cher")]
SHORT = {each.id: each.short_name for each in PEOPLE}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ask Ann Archer, she knows.", "Ask Ann A., she knows."),
        ("ANN  archer and Ann\nArcher", "Ann A. and Ann A."),
        ("Ann Archer Brown leads", "Ann A. leads"),
        ("Si\u00e2n O\u2019Neill-Hughes", "Si\u00e2n O."),
        ("Ann asked an archer; Cher came", "Ann asked an archer; Cher came"),
        ("", ""),
    ],
)
def test_a_full_name_becomes_the_short_one(written: str, shown: str) -> None:
    assert without_names(written, hidden_names(PEOPLE, SHORT)) == shown


def test_a_copy_that_names_nobody_says_where_the_name_is_and_a_full_one_changes_nothing() -> None:
    nobody = hidden_names(PEOPLE, dict.fromkeys(SHORT, ""))
    assert without_names("Ring Ann Archer.", nobody) == f"Ring {HIDDEN}."
    full = hidden_names(PEOPLE, {each.id: each.name for each in PEOPLE})
    assert (full, without_names("Ring Ann Archer.", full)) == ({}, "Ring Ann Archer.")
