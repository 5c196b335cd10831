"""The site plan: as large as the paper allows, a legend that belongs to it, and no member on a public copy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rallyapp.domain.ids import PinId, SitePlanId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment
from rallyapp.domain.places import Pin, PinKind, SitePlan
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.stalls import Stall
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.job import Look, Paper
from rallyapp.prints.site_picture import Drawing
from tests.prints.building import PRINTED, Southampton
from tests.prints.gatherings import LAW, batch, rally_of, staffed
from tests.prints.reading import pages, reader, squeezed
from tests.prints.test_rally_plan import png


def printed(plan: Plan, audience: Audience, **more: Any) -> press.Batch:
    return batch(plan, Document.SITE_PLAN, audience, **more)


def drawings(made: press.Batch) -> tuple[Drawing, ...]:
    found: tuple[Drawing, ...] = made.pieces[0].values.drawings
    return found


def numbers(one: Drawing) -> dict[str, list[int]]:
    return {group.title: [sign.number for sign in group.signs] for group in one.groups}


def with_pictures(plan: Plan, *sizes: tuple[int, int], pins: int = 3) -> Plan:
    """Put pictures of these sizes in the place of the sketch, each with some pins."""
    rally = rally_of(plan)
    made: list[SitePlan | Pin] = []
    for at, (width, height) in enumerate(sizes):
        one = SitePlan(
            id=SitePlanId(f"plan-{at}"),
            title=f"Plan {at}",
            rally_id=rally.id,
            picture=png(width, height),
            width=width,
            height=height,
        )
        made.append(one)
        for n in range(pins):
            kind = list(PinKind)[n % len(PinKind)]
            number = n + 1
            made.append(
                Pin(
                    id=PinId(f"{at}-{n}"),
                    site_plan_id=one.id,
                    number=number,
                    kind=kind,
                    x=n * 7 % 1000,
                    y=n * 91 % 1000,
                )
            )
    return plan.changed(made, [(SitePlan, one.id) for one in plan.all(SitePlan)])


def test_each_audience_sees_the_same_numbers_and_of_people_only_what_it_may() -> None:
    plan = staffed()
    public, police, organiser = (
        drawings(printed(plan, each))[0] for each in (Audience.PUBLIC, Audience.POLICE, Audience.ORGANISER)
    )
    assert numbers(organiser) == {
        "First aid and emergencies": [3, 9],
        "For everybody": [1, 4, 5],
        "Toilets and water": [10],
        "Stalls": [2],
        "Stewards\u2019 posts": [6, 7, 8, 11, 12, 13, 14],
    }
    assert numbers(police) == numbers(organiser)
    assert numbers(public) == {title: found for title, found in numbers(organiser).items() if "posts" not in title}
    shapes = {sign.number: sign.shape for group in organiser.groups for sign in group.signs}
    assert [shapes[n] for n in (3, 9, 1, 2, 6)] == ["dark circle", "dark square", "circle", "grey circle", "square"]
    words = {sign.number: sign.words for group in organiser.groups for sign in group.signs}
    lane = next(each for each in plan.all(Assignment) if each.id == "put-2")
    assert words[13] == f"North side; {plan.get(Person, lane.person_id).name}"
    assert words[2] == "Left of the stage, pin 2"
    assert [(find.numbers, find.names) for find in organiser.first] == [
        ((3,), "First-aid point"),
        ((9,), "Emergency lane"),
        ((4, 5), "4 Information and 5 Where people gather"),
    ]
    for audience in (Audience.PUBLIC, Audience.POLICE):
        paper = squeezed(" ".join(pages(press.pdf(printed(plan, audience)))))
        for each in plan.all(Assignment):
            assert squeezed(plan.get(Person, each.person_id).family_name) not in paper
        assert "shred" not in paper.casefold()
    paper = " ".join(pages(press.pdf(printed(plan, Audience.POLICE))))
    for sentence in (
        "FIND THESE FIRST",
        "Keep clear for emergency vehicles",
        "Sketched on a grid",
        "Stewards\u2019 posts",
    ):
        assert sentence in paper
    assert "50.90810, \u22121.40580" in paper


def test_the_paper_lies_as_the_picture_does_and_a_long_legend_has_pages_of_its_own() -> None:
    plan = with_pictures(staffed(), (30, 20), (20, 30), (90, 20))
    pdf = press.pdf(printed(plan, Audience.ORGANISER))
    flat = [page.mediabox.width > page.mediabox.height for page in reader(pdf).pages]
    assert flat == [True, False, True]

    crowded = with_pictures(staffed(), (30, 20), (20, 30), pins=90)
    pdf = press.pdf(printed(crowded, Audience.ORGANISER))
    read = pages(pdf)
    assert read[0].count("The legend stands on the next page.") == 1
    assert [page.mediabox.width > page.mediabox.height for page in reader(pdf).pages].count(False) >= 2
    legend = next(page for page in read if "Legend: Plan 0" in page)
    assert {"1", "56"} <= set(legend.split())
    on_a3 = reader(press.pdf(printed(plan, Audience.PUBLIC, look=Look(paper=Paper.A3, large=True, colour=False)))).pages
    assert round(on_a3[0].mediabox.width / 72 * 25.4) == 420


def test_nothing_is_drawn_that_nobody_added() -> None:
    b = Southampton()
    rally = b.rally()
    with pytest.raises(UserError, match="has no site plan: add one under Rallies"):
        printed(b.plan(), Audience.PUBLIC)
    b.add(SitePlan(id=SitePlanId("empty"), title="Square", rally_id=rally.id))
    b.add(SitePlan(id=SitePlanId("broken"), title="Way in", rally_id=rally.id, picture="AAAA", width=3, height=2))
    empty, broken = drawings(printed(b.plan(), Audience.PUBLIC))
    assert empty.note == "The picture of this site plan has not been added, and nothing is marked on it."
    assert broken.note == "The picture of this site plan can\u2019t be read as PNG, JPEG, GIF or WebP."
    read = pages(press.pdf(printed(b.plan(), Audience.PUBLIC)))
    assert "not marked on this plan" in read[0]
    assert "Nothing is marked" in read[0]
    with pytest.raises(UserError, match="no such rally"):
        press.batch(b.plan(), LAW, Document.SITE_PLAN, Audience.PUBLIC, ["gone"], printed=PRINTED, version=1)


def test_a_pin_that_moved_or_a_stall_that_has_another_pitch_is_marked() -> None:
    plan = staffed()
    first = printed(plan, Audience.POLICE)
    moved = [replace(pin, x=pin.x + 100) for pin in plan.all(Pin) if pin.number == 5]
    (stall,) = plan.all(Stall)
    plan = plan.changed([*moved, replace(stall, pitch="Right of the stage")], ())
    again = printed(plan, Audience.POLICE, last=first)
    signs = [sign for group in drawings(again)[0].groups for sign in group.signs]
    assert [sign.number for sign in signs if sign.changed] == [5, 2]
    assert " ".join(pages(press.pdf(again))).count("changed") == 2
