"""Full names in what somebody wrote freely, on the copies of a real plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rallyapp import carried
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Role
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.free_words import HIDDEN
from rallyapp.prints.job import Job
from rallyapp.store import Store, print_queries
from tests.prints.building import PRINTED, Southampton

WRITTEN = (
    "Keys: Jo Bates\u2019s locker, or Byrne, Aoife; Jo Baker has them at noon. Not with Ann Archer. "
    "Ask (Jo) Bloggs; Quill Agreed knows. Cher sang."
)


@pytest.fixture
def build() -> Southampton:
    """Jo Baker is on the gate's picket and Ann Archer of two namesakes; all others who are named are on nothing."""
    build = Southampton()
    build.main = build.change(build.main, note="Ann and Archer")
    build.gate = build.picket(build.day, build.main, end="12:00", meet=WRITTEN)
    build.put(build.person("Jo", "Baker"), build.shift(build.gate, "08:00", "10:00"), Role.PICKET)
    for name in ("Jo Bates", "Aoife Byrne", "Ann Archer", "Ann  Archer", "Jo Bloggs", "Cher", "Sam Never"):
        given, _, family = name.partition(" ")
        build.person(given, family.strip())
    build.person("Quill", "Agreed", may_be_named=True)
    return build


def job(build: Southampton, folder: Path, document: Document, audience: Audience) -> Job:
    with Store.create(folder / "Plan.rally", build.records, label="New plan") as store:
        part = print_queries.part_for(store, "picket", [build.gate.id])
    names = {each.name for each in part.all(Person)}
    assert "Aoife Byrne" in names
    assert "Sam Never" not in names
    return Job(
        plan=part, rules=carried.law(), document=document, audience=audience, about=build.gate.id,
        printed=PRINTED, version=7, code="K7M2-P4X",
    )  # fmt: skip


def test_whoever_is_named_is_shortened_though_they_are_on_nothing(build: Southampton, tmp_path: Path) -> None:
    """Those on the picket keep the names that they have on it, and nobody else is taken for one of them."""
    noticeboard = job(build, tmp_path, Document.ROTA, Audience.NOTICEBOARD)
    assert noticeboard.say(WRITTEN) == (
        "Keys: Jo Bat.\u2019s locker, or Aoife B.; Jo B. has them at noon. Not with Ann A. "
        "Ask Jo Bl.; Quill A. knows. Cher sang."
    )


def test_a_copy_that_leaves_the_union_names_only_who_agreed_and_the_organisers_names_all(
    build: Southampton, tmp_path: Path
) -> None:
    police = job(build, tmp_path, Document.POLICE, Audience.POLICE)
    hidden = (
        f"Keys: {HIDDEN}\u2019s locker, or {HIDDEN}; {HIDDEN} has them at noon. Not with {HIDDEN}. "
        f"Ask {HIDDEN}; Quill Agreed knows. Cher sang."
    )
    assert police.say(WRITTEN) == hidden
    organiser = replace(police, document=Document.ROTA, audience=Audience.ORGANISER)
    assert organiser.say(WRITTEN) == WRITTEN
    assert organiser.say_outside(f"{WRITTEN} 07700 900123") == f"{hidden} (number on the organiser\u2019s copy)"


def test_a_piece_reads_the_same_whatever_is_printed_with_it(build: Southampton, tmp_path: Path) -> None:
    """The next day's picket has another Jo B.: on a sheet of its own and in a file of both, each has one name."""
    tomorrow = build.day.first_date + timedelta(days=1)
    next_day = build.add(
        replace(build.day, id=StrikeDayId("next"), first_date=tomorrow, last_date=tomorrow, end_time=None)
    )
    other = build.picket(next_day, build.main, end="12:00")
    build.put(build.person("Jo", "Browne"), build.shift(other, "08:00", "10:00"), Role.PICKET)

    def printed(*abouts: str) -> dict[str, press.Written]:
        part = print_queries.part_for(store, "picket", abouts)
        batch = press.batch(
            part, carried.law(), Document.ROTA, Audience.NOTICEBOARD, abouts, printed=PRINTED, version=7
        )
        return {piece.about: piece for piece in batch.pieces}

    with Store.create(tmp_path / "Both.rally", build.records, label="New plan") as store:
        both = printed(build.gate.id, other.id)
        assert printed(build.gate.id) | printed(other.id) == both
    assert all("Jo B." in str(piece.values) for piece in both.values())
