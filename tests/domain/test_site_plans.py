"""Pins on a rally's plan: they are called what they mark is called, and are numbered as one reads."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import PartnerId, PinId, PostId, RallyId, SitePlanId, StallId
from rallyapp.domain.pickets import Role
from rallyapp.domain.places import Pin, PinKind
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post
from rallyapp.domain.site_plans import (
    fitting,
    marked_by,
    marking,
    meant_by,
    named,
    next_number,
    not_placed,
    of_kind,
    pins_marking,
    renumbered,
    things_of,
    with_pins,
)
from rallyapp.domain.stalls import Partner, Stall, StallState

RALLY = RallyId("r")
PLAN = Plan(
    [
        Post(id=PostId("front"), rally_id=RALLY, name="Stage front", position=2),
        Post(id=PostId("aid"), rally_id=RALLY, name="First-aid point", position=1, role=Role.FIRST_AIDER),
        Post(id=PostId("mc"), rally_id=RALLY, name="Stage", position=3, role=Role.MC),
        Post(id=PostId("else"), rally_id=RallyId("other"), name="Elsewhere"),
        Partner(id=PartnerId("an"), name="Anthony Nolan"),
        Partner(id=PartnerId("h"), name="A hospice"),
        Stall(id=StallId("one"), partner_id=PartnerId("an"), rally_id=RALLY, pitch="A1"),
        Stall(id=StallId("two"), partner_id=PartnerId("an"), rally_id=RALLY),
        Stall(id=StallId("no"), partner_id=PartnerId("h"), rally_id=RALLY, state=StallState.DECLINED),
        Stall(id=StallId("lost"), partner_id=PartnerId("gone"), rally_id=RALLY, state=StallState.CONFIRMED),
    ]
)
THINGS = things_of(PLAN, RALLY)
BY_ID = {thing.id: thing for thing in THINGS}


def pin(number: int, x: int = 500, y: int = 500, **other: object) -> Pin:
    return Pin(
        id=PinId(f"p{number:03}"), site_plan_id=SitePlanId("plan"), number=number, x=x, y=y,
        **other,  # type: ignore[arg-type]
    )  # fmt: skip


def test_posts_and_stalls_are_listed_as_people_call_them() -> None:
    assert [thing.words for thing in THINGS] == [
        "First aid: First-aid point",
        "Post: Stage front",
        "Stage: Stage",
        "Stall: A hospice",
        "Stall: Anthony Nolan",
        "Stall: Anthony Nolan, A1",
        "Stall: Stall",
    ]


def test_a_pin_takes_the_name_of_what_it_marks_and_follows_it() -> None:
    front = marking(pin(2, label="Old words"), BY_ID["front"])
    stall = marking(pin(1), BY_ID["one"])
    assert (front.kind, front.post_id, front.stall_id, front.label) == (PinKind.POST, "front", None, "")
    assert (stall.kind, stall.post_id, stall.stall_id) == (PinKind.STALL, None, "one")
    assert [each.label for each in named([front, stall, pin(3, label="Tap")], THINGS)] == [
        "Anthony Nolan, A1",
        "Stage front",
        "Tap",
    ]
    renamed = [replace(thing, name="Front of stage") if thing.id == "front" else thing for thing in THINGS]
    assert named([front], renamed)[0].label == "Front of stage"
    assert named([front], ())[0].label == ""
    assert marked_by(marking(front, None)) == ""


def test_the_pins_of_what_goes_go_with_it() -> None:
    front, stall = marking(pin(12), BY_ID["front"]), marking(pin(2), BY_ID["one"])
    plan = PLAN.changed([front, stall, pin(3, label="Tap"), replace(front, id=PinId("again"), number=5)], ())
    assert [each.number for each in pins_marking(plan, [PostId("front"), PostId("front")])] == [5, 12]
    found = pins_marking(plan, [PostId("front"), StallId("one")])
    assert with_pins("Remove both", found, "their") == "Remove both and their pins 2, 5 and 12"
    assert with_pins("Remove post Tap", found[:1]) == "Remove post Tap and its pin 2"
    assert with_pins("Remove post Tap", pins_marking(plan, [PostId("mc")])) == "Remove post Tap"


def test_what_declined_needs_no_place_and_what_is_placed_waits_no_more() -> None:
    waiting = not_placed(THINGS, [marking(pin(1), BY_ID["aid"]), pin(2)])
    assert [thing.id for thing in waiting] == ["front", "mc", "two", "one", "lost"]


def test_another_kind_drops_what_it_can_t_mark() -> None:
    aid = marking(pin(1), BY_ID["aid"])
    assert aid.kind is PinKind.FIRST_AID
    assert of_kind(aid, PinKind.POST).post_id == "aid"
    assert of_kind(aid, PinKind.WATER).post_id is None
    stall = marking(pin(2), BY_ID["one"])
    assert of_kind(stall, PinKind.STALL).stall_id == "one"
    assert of_kind(stall, PinKind.OTHER).stall_id is None


def test_a_pin_is_offered_what_its_kind_can_mark() -> None:
    assert [thing.id for thing in fitting(pin(1, kind=PinKind.POST), THINGS)] == ["aid", "front", "mc"]
    assert [thing.id for thing in fitting(pin(1, kind=PinKind.FIRST_AID), THINGS)] == ["aid"]
    assert [thing.id for thing in fitting(pin(1, kind=PinKind.WATER), THINGS)] == []
    odd = replace(marking(pin(1), BY_ID["front"]), kind=PinKind.STAGE)
    assert [thing.id for thing in fitting(odd, THINGS)] == ["front", "mc"]


def test_a_new_pin_may_be_the_one_that_is_missing_unless_it_says_what_it_is() -> None:
    placed = [marking(pin(1), BY_ID["one"]), marking(pin(2), BY_ID["two"])]
    stall = pin(3, kind=PinKind.STALL)
    assert [thing.id for thing in meant_by(stall, THINGS, placed)] == ["lost"]
    assert [thing.id for thing in meant_by(stall, THINGS, ())] == ["two", "one", "lost"]
    assert [thing.id for thing in meant_by(pin(3, kind=PinKind.POST), THINGS, placed)] == ["front"]
    assert meant_by(replace(stall, label="Tea"), THINGS, placed) == ()
    assert meant_by(placed[0], THINGS, ()) == ()
    assert meant_by(pin(3, kind=PinKind.STAGE), THINGS, ()) == ()


def test_pins_are_numbered_by_rows_from_the_top_left() -> None:
    pins = [pin(1, 900, 900), pin(2, 800, 100), pin(3, 100, 150), pin(4, 500, 500), pin(5, 500, 510)]
    assert {each.id: each.number for each in renumbered(pins)} == {"p003": 1, "p001": 5, "p004": 3, "p005": 4}
    assert next_number(pins) == 6
    assert next_number([]) == 1


places = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), max_size=30)


@given(places)
def test_numbers_run_from_one_and_a_second_time_changes_nothing(where: list[tuple[int, int]]) -> None:
    pins = [pin(number, x, y) for number, (x, y) in enumerate(where, start=7)]
    changed = {each.id: each for each in renumbered(pins)}
    after = [changed.get(each.id, each) for each in pins]
    assert sorted(each.number for each in after) == list(range(1, len(pins) + 1))
    assert renumbered(after) == ()
