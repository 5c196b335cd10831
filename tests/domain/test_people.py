"""People: the little that may be held about them, their times, and what keeps them from a picket."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest

from rallyapp.domain.ids import PartnerId, PersonId
from rallyapp.domain.people import (
    Availability,
    Cover,
    CoverKind,
    Pair,
    Person,
    PersonSkill,
    Preference,
    Standing,
    Workplace,
)
from rallyapp.domain.records import Record
from tests.domain.building import at, between, duty, example, offer, person, said


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        (Person, {}, []),
        (Person, {"family_name": ""}, []),
        (Person, {"given_name": " "}, ["The person's name is missing"]),
        (Person, {"max_minutes_day": 0, "max_minutes_total": 0}, []),
        (Person, {"max_minutes_day": 1440, "max_minutes_total": 100_000}, []),
        (Person, {"max_minutes_day": -1}, ["The most minutes a day is -1; it must be from 0 to 1440"]),
        (Person, {"max_minutes_day": 1441}, ["The most minutes a day is 1441; it must be from 0 to 1440"]),
        (Person, {"max_minutes_total": 100_001}, ["The most minutes in all is 100001; it must be from 0 to 100000"]),
        (Person, {"standing": Standing.PARTNER}, []),
        (Person, {"standing": Standing.PARTNER, "partner_id": PartnerId("nolan")}, []),
        (
            Person,
            {"partner_id": PartnerId("nolan")},
            ["Ann Archer belongs to a charity and is down as member"],
        ),
        (Workplace, {}, []),
        (PersonSkill, {}, []),
        (Preference, {}, []),
        (Pair, {}, []),
        (Pair, {"other_id": PersonId("ann archer")}, ["A pair needs two different people"]),
        (Availability, {}, []),
        (Availability, {"ends": at("08:00", datetime(2016, 12, 1))}, []),
        (
            Availability,
            {"ends": at("08:01", datetime(2016, 12, 1))},
            ["The offered time is longer than 366 days"],
        ),
        (Availability, {"ends": at("07:00")}, ["The offered time 08:00–07:00 ends before it starts"]),
        (Cover, {}, []),
        (Cover, {"ends": at("19:00")}, ["The time of emergency cover 20:00–19:00 ends before it starts"]),
        (
            Cover,
            {"verified_at": datetime(2015, 12, 1, 9, 0, 1)},
            ["The time of verification: times in a plan are whole minutes"],
        ),
        (Cover, {"kind": CoverKind.RECALLED}, ["Who verified the recall is missing"]),
        (Cover, {"kind": CoverKind.RECALLED, "verified_by": "BMA", "verified_at": at("09:00")}, []),
    ],
)
def test_what_is_wrong_by_itself(kind: type[Record], changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(kind, **changes)) == sentences


@pytest.mark.parametrize(
    ("given", "family", "name", "short"),
    [
        ("Ann", "Archer", "Ann Archer", "Ann A."),
        ("Ann", "", "Ann", "Ann"),
        ("Ann", " ", "Ann", "Ann"),
        (" Ann", " Archer ", "Ann  Archer", "Ann A."),
        ("Ann", "B", "Ann B", "Ann B."),
        ("Mary Jane", "van der Berg", "Mary Jane van der Berg", "Mary Jane v."),
        ("Zoë", "Ólafsdóttir", "Zoë Ólafsdóttir", "Zoë Ó."),
        ("", "Archer", "Archer", "A."),
        ("", "", "", ""),
    ],
)
def test_a_short_name_gives_one_letter_of_the_family_name(given: str, family: str, name: str, short: str) -> None:
    who = person(given_name=given, family_name=family)
    assert (who.name, who.short_name) == (name, short)


def test_a_name_is_cut_where_it_is_asked_for() -> None:
    cut = [person("Ann Archer").name_cut(letters) for letters in (1, 2, 5, 6, 7)]
    assert cut == ["Ann A.", "Ann Ar.", "Ann Arche.", "Ann Archer", "Ann Archer"]
    assert person("Ann B").name_cut(2) == "Ann B"


def test_whoever_is_a_partners_own_no_more_belongs_to_no_charity() -> None:
    own = person("Ann Archer", standing=Standing.PARTNER, partner_id=PartnerId("nolan"))
    assert own.standing_as(Standing.PARTNER) == own
    member = own.standing_as(Standing.MEMBER)
    assert (member.standing, member.partner_id, said(member)) == (Standing.MEMBER, None, [])


def test_four_duties_keep_somebody_from_a_picket_and_three_do_not() -> None:
    assert [kind.value for kind in CoverKind if kind.blocks] == [
        "emergency cover",
        "on call",
        "finishing a shift",
        "recalled",
    ]


def test_spans_are_the_times_given() -> None:
    assert offer("ann archer", "08:00-11:00").span == between("08:00-11:00")
    assert duty("ann archer", "20:00-09:00").span == between("20:00-09:00")


def test_nothing_is_held_that_is_not_needed() -> None:
    """No birth date, home address, member number, grade or health note, and a duty never says why."""
    assert {field.name for field in fields(Person)} == {
        "id",
        "given_name",
        "family_name",
        "standing",
        "workplace_id",
        "phone",
        "email",
        "channel",
        "adult",
        "access_need",
        "may_be_named",
        "max_minutes_day",
        "max_minutes_total",
        "reserve",
        "left",
        "partner_id",
    }
    assert {field.name for field in fields(Cover)} == {
        "id",
        "person_id",
        "kind",
        "starts",
        "ends",
        "verified_by",
        "verified_at",
    }


@pytest.mark.parametrize(
    ("family", "short"),
    [
        ("\U0001f600Ok", "Layla O."),
        ("*b*", "Layla b."),
        ("\u202etset", "Layla t."),
        ("\U0001f600", "Layla"),
        ("\u0141uk", "Layla \u0141."),
    ],
)
def test_an_initial_is_a_letter(family: str, short: str) -> None:
    assert example(Person, given_name="Layla", family_name=family).short_name == short


def test_a_name_that_nobody_sees_is_none() -> None:
    for unseen in ("", "  ", "\u200b", "\u202e \u2066"):
        assert said(example(Person, given_name=unseen)) == ["The person's name is missing"]
    assert said(example(Person, given_name="Ann\nRed: forged")) == ["The person's given name must be one line"]
