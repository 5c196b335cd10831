"""Whatever is typed into whichever field of a plan: no copy shows a number or a name that it may not show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from functools import cache

import pytest

from rallyapp import carried
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, table_of
from rallyapp.prints import press
from rallyapp.prints.audience import SHOWN, Audience, Document, Naming, shown
from tests.prints.crowd import PRINTED, crowded
from tests.prints.reading import squeezed

LAW = carried.law()
SOMEBODY = "Zedric Zimmermann"
# What a union, a hospital, a charity is called may be somebody's name too, and who speaks is announced.
CALLED = {
    ("dispute", "union"), ("dispute", "branch"), ("dispute", "title"), ("employer", "name"), ("site", "name"),
    ("venue", "name"), ("partner", "name"), ("speaker", "name"),
}  # fmt: skip
# No words of anybody: codes and the numbers and addresses that are asked for as such.
CODES = {"id", "code", "document", "line", "digest", "shift", "person", "role", "audience", "phone", "duty_phone",
         "email", "postcode", "url", "picture", "data_contact"}  # fmt: skip


@cache
def planted() -> tuple[Plan, dict[str, tuple[str, str]]]:
    """Put a mark, somebody's full name, a number and an address of its own into every text of a crowded plan."""
    plan = crowded().plan()
    marks: dict[str, tuple[str, str]] = {}
    records = [Person(id=PersonId("zed"), given_name="Zedric", family_name="Zimmermann", phone="07700 900999")]
    for kind in KINDS:
        for record in plan.all(kind):
            changed = {}
            for name in _texts(record):
                number = f"{len(marks):05d}"
                marks[number] = (table_of(kind), name)
                said = f"q{number}q {SOMEBODY} 07700 9{number} z{number}@mail.org"
                changed[name] = f"{getattr(record, name)} {said}".strip()
            records.append(replace(record, **changed))
    return Plan(records), marks


def _texts(record: object) -> Iterator[str]:
    if isinstance(record, Person):
        return
    for each in fields(record):  # type: ignore[arg-type]
        ours = each.name in CODES or each.name.endswith(("_id", "phone", "email"))
        if type(getattr(record, each.name)) is str and not ours:
            yield each.name


@pytest.mark.parametrize(("document", "audience"), SHOWN)
def test_no_field_of_the_plan_is_a_way_round_what_a_copy_may_show(document: Document, audience: Audience) -> None:
    plan, marks = planted()
    allowed = shown(document, audience)
    made = press.batch(plan, LAW, document, audience, press.pieces(plan, document)[:2], printed=PRINTED, version=12)
    # All that the layout is given: nothing else can come on paper.
    there = squeezed(json.dumps([asdict(piece.values) for piece in made.pieces], default=str, ensure_ascii=False))
    leaks = set()
    for number, field in marks.items():
        if not allowed.phones and f"077009{number}" in there and number != "00001":  # that is the duty phone
            leaks.add(("number", *field))
        if not allowed.phones and f"z{number}@mail.org" in there:
            leaks.add(("address", *field))
        if allowed.names is not Naming.FULL and field not in CALLED and squeezed(f"q{number}q {SOMEBODY}") in there:
            leaks.add(("name", *field))
    assert not leaks
    assert "q0" in there or document in (Document.SUMMARY,)  # it was planted where the document reads it
