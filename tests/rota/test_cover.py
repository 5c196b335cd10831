"""A re-plan after somebody dropped out: whatever the plan, it is legal, small, and leaves alone what is firm."""

from collections import Counter

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from rallyapp.domain import stand_down
from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.people import Pair, Person, Skill, Workplace
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Origin, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS
from rallyapp.rota.absent import movable
from rallyapp.rota.cover import cover, roles_of, spared_words, step_words
from tests.domain.building import can, duty, entrance, offer, on, person, picket, shift, site, small_plan
from tests.rota.plans import plans


def need(shift_id, role=Role.PICKET, least=1, wished=None, **other):
    wished = least if wished is None else wished
    return Need(id=f"{shift_id} {role}", shift_id=shift_id, role=role, least=least, wished=wished, most=6, **other)


def free(name, times="06:00-22:00", **other):
    return [person(name, **other), offer(name.casefold(), times)]


def proposed(who, shift_id, role=Role.PICKET):
    return on(who, shift_id, role=role, state=AssignmentState.PROPOSED, origin=Origin.BUILDER)


def covered(*records, what="shift", **other):
    plan = small_plan(picket(times="06:00-22:00"), *records)
    found = cover(plan, plan.get(Shift, what), **other)
    return found, [step_words(found.plan, step) for step in found.replan.steps]


MAIN = "Main entrance, Southampton General Hospital"
AT_EIGHT = f"picket at {MAIN}, Tue 1 Dec 2015 08:00\u201311:00"
LEADING = AT_EIGHT.replace("picket", "picket organiser", 1)


def test_whoever_heads_the_list_is_asked():
    found, words = covered(*free("Ann"), *free("Cat"), *free("Bob"), need("shift"), on("ann", "shift"), without=["ann"])
    assert words == [f"Ask Bob to be a {AT_EIGHT}"]
    assert (found.replan.covers, found.replan.changes, found.instead) == (True, 1, None)
    saved, deleted = found.writes(lambda: "new")
    assert [(row.id, row.person_id, row.state) for row in saved] == [
        ("ann on shift", "ann", AssignmentState.WITHDRAWN),
        ("new", "bob", AssignmentState.PROPOSED),
    ]
    assert deleted == ()


def test_one_who_could_is_moved_where_another_takes_their_place():
    """Only Bob is free at eight; Cat can take what he had at two."""
    late = [shift("late", "14:00-16:00"), need("late"), proposed("bob", "late")]
    people = [
        *free("Ann"),
        person("Bob", max_minutes_day=180),
        offer("bob", "08:00-16:00"),
        *free("Cat", "14:00-16:00"),
    ]
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without=["ann"])
    assert words == [
        f"Move Bob from picket at {MAIN}, 14:00\u201316:00 to {AT_EIGHT}",
        f"Ask Cat to be a picket at {MAIN}, Tue 1 Dec 2015 14:00\u201316:00, in Bob\u2019s place",
    ]
    saved, deleted = found.writes(lambda: "new")
    assert [(row.id, row.shift_id) for row in saved] == [
        ("ann on shift", "shift"),
        ("bob on late", "shift"),
        ("new", "late"),
    ]
    assert deleted == ()


@pytest.mark.parametrize("priority", [1, 3, 5])
def test_nobody_is_moved_for_a_wish(priority):
    late = [shift("late", "14:00-16:00"), need("late"), proposed("bob", "late")]
    people = [
        *free("Ann"),
        person("Bob", max_minutes_day=180),
        offer("bob", "08:00-16:00"),
        *free("Cat", "14:00-16:00"),
    ]
    wish = [need("shift", least=0, wished=1), on("ann", "shift"), shift("shift", "08:00-11:00", priority=priority)]
    found, words = covered(*people, *late, *wish, without=["ann"])
    assert (words, found.replan.covers) == ([], False)
    assert [(each.missing, each.short) for each in found.missing] == [(1, False)]


def test_who_is_asked_or_has_confirmed_is_moved_in_words_alone():
    late = [shift("late", "14:00-16:00"), need("late"), on("bob", "late")]
    people = [
        *free("Ann"),
        person("Bob", max_minutes_day=180),
        offer("bob", "08:00-16:00"),
        *free("Cat", "14:00-16:00"),
    ]
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without=["ann"])
    assert words == []
    assert [step_words(found.plan, step) for step in found.instead.steps] == [
        f"Move Bob from picket at {MAIN}, 14:00\u201316:00 to {AT_EIGHT}",
        f"Ask Cat to be a picket at {MAIN}, Tue 1 Dec 2015 14:00\u201316:00, in Bob\u2019s place",
    ]
    assert [row.person_id for row in found.writes()[0]] == ["ann"]


def test_a_picket_steps_up_and_somebody_pickets_in_their_place():
    people = [*free("Ann"), *free("Bob"), *free("Cat"), can("ann", Skill.SUPERVISOR), can("bob", Skill.SUPERVISOR)]
    needs = [need("shift", Role.SUPERVISOR), need("shift")]
    there = [on("ann", "shift", role=Role.SUPERVISOR), proposed("bob", "shift")]
    found, words = covered(*people, *needs, *there, without=["ann"])
    assert words == [
        f"Move Bob from picket at {MAIN}, 08:00\u201311:00 to {LEADING}",
        f"Ask Cat to be a {AT_EIGHT}, in Bob\u2019s place",
    ]
    assert found.replan.covers


def test_a_picket_of_which_nothing_is_said_needs_the_plan_s_least():
    found, words = covered(*free("Ann"), *free("Bob"), on("ann", "shift"), without=["ann"])
    assert [each.role for each in found.missing] == [Role.PICKET]
    assert words[0] == f"Ask Bob to be a {AT_EIGHT}"
    assert roles_of(found.plan, found.shift) == (Role.PICKET,)


def test_who_dropped_out_takes_nobody_else_s_place():
    """Ann is ill at eight; only she could take what Bob has at two."""
    late = [shift("late", "14:00-16:00"), need("late"), proposed("bob", "late")]
    people = [*free("Ann"), person("Bob", max_minutes_day=180), offer("bob", "08:00-16:00")]
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without=["ann"])
    assert (words, found.replan.covers, found.instead) == ([], False, None)


def test_what_was_wrong_before_is_left_as_it_was():
    """The builder once had Bob on two shifts that have come to clash: that is for a check to tell."""
    clash = [shift("late", "14:00-16:00"), shift("later", "15:00-17:00"), need("late"), need("later")]
    there = [on("ann", "shift"), proposed("bob", "late"), proposed("bob", "later")]
    people = [*free("Ann"), *free("Bob", "13:00-18:00"), *free("Cat"), *free("Dan")]
    found, words = covered(*people, *clash, *there, need("shift", least=2), without=["ann"])
    assert words == [f"Ask Cat to be a {AT_EIGHT}", f"Ask Dan to be a {AT_EIGHT}"]
    short, words = covered(*people[:-2], *clash, *there, need("shift", least=2), without=["ann"])
    assert words == [f"Ask Cat to be a {AT_EIGHT}"]
    assert not short.replan.covers
    assert found.replan.covers


def test_where_all_is_there_nothing_changes():
    found, words = covered(*free("Ann"), need("shift"), on("ann", "shift"))
    assert (found.missing, words, found.replan.covers, found.writes()) == ((), [], True, ((), ()))


# ------------------------------------------------------------------------------ who is on it and can't be there
def test_who_is_kept_by_work_or_has_left_is_named_and_not_counted():
    there = [on("ann", "shift", state=AssignmentState.ASKED), proposed("bob", "shift"), on("cat", "shift")]
    people = [*free("Ann"), *free("Bob"), person("Cat", left=True), *free("Dan"), *free("Eve"), *free("Fay")]
    kept = [duty("ann", "07:00-19:00"), duty("bob", "11:00-12:00")]
    found, words = covered(*people, *kept, *there, need("shift", least=2, wished=3))
    assert [(each.person.id, each.standing, each.words) for each in found.away] == [
        ("ann", "asked", "is on emergency cover 07:00\u201319:00"),
        ("bob", "proposed", "is on emergency cover from 11:00, must have 30 min before it"),
        ("cat", "confirmed", "has left"),
    ]
    assert [(each.missing, each.of_words) for each in found.missing] == [(3, "0 of 3 wished; it needs 2")]
    assert words == [f"Ask {name} to be a {AT_EIGHT}" for name in ("Dan", "Eve", "Fay")]
    saved, deleted = found.writes(lambda: "new")
    assert [row.person_id for row in saved] == ["dan", "eve", "fay"]
    assert [row.person_id for row in deleted] == ["bob"], (
        "who was asked, or was put there by hand, is somebody's to tell"
    )


def test_who_is_at_two_places_counts_where_it_is_firmer():
    other = [shift("other", "10:00-12:00"), need("other"), proposed("bob", "other"), on("bob", "shift")]
    found, _ = covered(*free("Bob"), *free("Cat"), *other, need("shift"))
    assert (found.away, found.missing) == ((), ())
    found, words = covered(*free("Bob"), *free("Cat"), *other, need("shift"), what="other")
    assert [each.words for each in found.away] == [f"is at {MAIN} 08:00\u201311:00 then"]
    assert words == [f"Ask Cat to be a picket at {MAIN}, Tue 1 Dec 2015 10:00\u201312:00"]
    assert [row.id for row in found.writes()[1]] == ["bob on other"]


def test_who_did_not_come_is_not_counted_either():
    marked = Attendance(id="mark", shift_id="shift", person_id="ann", role=Role.PICKET, absent=True)
    found, words = covered(*free("Ann"), *free("Bob"), on("ann", "shift"), marked, need("shift"))
    assert [(each.person.id, each.words) for each in found.away] == [("ann", "did not come")]
    assert words == [f"Ask Bob to be a {AT_EIGHT}"]


def test_what_somebody_took_on_by_name_is_counted():
    row = on("ann", "shift", override_by="Chris", override_reason="swapped at work")
    found, _ = covered(*free("Ann"), duty("ann", "07:00-19:00"), row, need("shift"))
    assert (found.away, found.missing) == ((), ())
    within_reach = [on("ann", "shift", role=Role.SUPERVISOR, presence=Presence.CONTACTABLE), shift("other")]
    found, _ = covered(*free("Ann"), *within_reach, on("ann", "other"), need("shift", Role.SUPERVISOR))
    assert found.away == ()


def test_who_drops_out_besides_needs_a_place_filled_and_takes_none():
    there = [on("ann", "shift"), on("bob", "shift")]
    people = [*free("Ann"), *free("Bob"), *free("Cat"), *free("Dan"), *free("Eve")]
    found, words = covered(*people, *there, need("shift", least=2), without=["ann", "bob", "cat"])
    assert words == [f"Ask Dan to be a {AT_EIGHT}", f"Ask Eve to be a {AT_EIGHT}"]
    assert sorted(row.person_id for row in found.dropped) == ["ann", "bob"]


# ------------------------------------------------------------------------------------------- the least change
def test_a_shift_that_can_spare_somebody_is_left_so_and_that_is_told():
    late = [shift("late", "14:00-16:00"), need("late", least=1, wished=2), proposed("bob", "late"), on("dan", "late")]
    people = [
        *free("Ann"),
        person("Bob", max_minutes_day=180),
        offer("bob", "08:00-16:00"),
        *free("Dan", "14:00-16:00"),
    ]
    afternoon = [*free("Fay", "14:00-16:00"), *free("Eve", "14:00-16:00"), can("eve", Skill.SUPERVISOR)]
    wanting = need("shift", Role.SUPERVISOR, least=0)
    found, words = covered(*people, *afternoon, *late, need("shift"), wanting, on("ann", "shift"), without=["ann"])
    assert words == [f"Move Bob from picket at {MAIN}, 14:00\u201316:00 to {AT_EIGHT}"]
    assert [spared_words(found.plan, each) for each in found.replan.spared] == [
        f"Optional: fill Bob\u2019s place as picket at {MAIN}, 14:00\u201316:00, for instance with Fay"
    ]
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without=["ann"])
    assert [spared_words(found.plan, each) for each in found.replan.spared] == [
        f"Optional: fill Bob\u2019s place as picket at {MAIN}, 14:00\u201316:00, though nobody fits just now"
    ]


def test_a_place_that_must_be_filled_again_goes_to_whoever_heads_the_list_for_it():
    """Dee does an hour in the evening, Eve is wanted as picket organiser: Fay comes before both."""
    late = [shift("late", "14:00-16:00"), need("late"), proposed("bob", "late")]
    people = [*free("Ann"), person("Bob", max_minutes_day=180), offer("bob", "08:00-16:00")]
    afternoon = [each for name in ("Dee", "Eve", "Fay", "Gus") for each in free(name, "14:00-16:00")]
    evening = [shift("evening", "18:00-19:00"), on("dee", "evening"), can("eve", Skill.SUPERVISOR)]
    wanting = [need("shift"), need("shift", Role.SUPERVISOR, least=0), on("ann", "shift")]
    _, words = covered(*people, *afternoon, *evening, *late, *wanting, without=["ann"])
    assert words == [
        f"Move Bob from picket at {MAIN}, 14:00\u201316:00 to {AT_EIGHT}",
        f"Ask Fay to be a picket at {MAIN}, Tue 1 Dec 2015 14:00\u201316:00, in Bob\u2019s place",
    ]


ELSEWHERE = [
    site("anne", "Princess Anne"),
    entrance("door", "Door", site_id="anne"),
    picket("there", entrance_id="door", times="06:00-22:00"),
    shift("anne", "10:00-12:00", picket_id="there"),
]


def test_where_a_place_has_nobody_those_at_others_that_day_move_if_they_are_proposals():
    """Only Bob and Ann can lead; Bob is proposed as a picket at the other hospital, which Cat can take over."""
    people = [*free("Ann"), *free("Bob", workplace_id="anne"), *free("Cat", workplace_id="anne")]
    both = {"id": "both", "person_id": "bob", "site_id": "general"}
    skills = [can("ann", Skill.SUPERVISOR), can("bob", Skill.SUPERVISOR), Workplace(**both)]
    needs = [need("shift", Role.SUPERVISOR), need("anne"), on("ann", "shift", role=Role.SUPERVISOR)]
    found, words = covered(*people, *skills, *ELSEWHERE, *needs, proposed("bob", "anne"), without=["ann"])
    assert words == [
        f"Move Bob from picket at Door, Princess Anne, 10:00\u201312:00 to {LEADING}",
        "Ask Cat to be a picket at Door, Princess Anne, Tue 1 Dec 2015 10:00\u201312:00, in Bob\u2019s place",
    ]
    assert (found.replan.covers, found.instead) == (True, None)
    found, words = covered(*people, *skills, *ELSEWHERE, *needs, on("bob", "anne"), without=["ann"])
    assert words == []
    assert [step.person.id for step in found.instead.steps] == ["bob", "cat"]


# --------------------------------------------------------------------------------------- whatever the plan
def counted(plan, shift_id):
    return [row for row in plan.of(Assignment, "shift_id", shift_id) if row.state.counts]


@settings(max_examples=50, deadline=None)
@given(plans(), st.data())
def test_a_re_plan_is_legal_and_leaves_alone_what_is_firm(plan, data):
    going = [each for each in plan.all(Shift) if stand_down.of_shift(plan, each).on]
    if not going:
        return
    what = data.draw(st.sampled_from(going))
    there = [row.person_id for row in counted(plan, what.id)]
    gone = data.draw(st.sampled_from([None, *there]))
    found = cover(plan, what, without=[gone] if gone else [])
    away = {each.person.id for each in found.away}
    saved, deleted = found.writes()
    before = {row.id: row for row in plan.all(Assignment)}
    removed = {row.id for row in deleted}
    after = Plan([*(each for kind in KINDS for each in plan.all(kind) if each.id not in removed), *saved])
    event(f"{min(found.replan.changes, 3)} changes, covers {found.replan.covers}")

    for row in (*saved, *deleted):
        if row.id in before and not (row.person_id == gone and row.shift_id == what.id):
            assert movable(plan, before[row.id]), "only the builder's own proposals move"
            assert row.person_id == before[row.id].person_id
    book = Book(after)
    steps = [step for step in found.replan.steps if step.shift is not None]
    for step in steps:
        assert step.person.id != gone or step.leaves
        assert step.person.id not in away
        needs = [each for each in plan.of(Need, "shift_id", step.shift.id) if each.role is step.role]
        skills = [each.skill for each in needs] or [None]
        assert any(why_not(step.person, step.shift, book, role=step.role, skill=skill) == () for skill in skills)
        people = {row.person_id for row in counted(after, step.shift.id)} - away
        for pair in plan.all(Pair):
            if pair.apart and step.person.id in (pair.person_id, pair.other_id):
                assert not {pair.person_id, pair.other_id} <= people
    stands = Counter((row.shift_id, row.person_id) for row in after.all(Assignment))
    assert all(stands[step.shift.id, step.person.id] == 1 for step in steps), "nobody stands on a shift twice"

    # Nothing that another shift must have is taken from it to mend this one.
    for other in plan.all(Shift):
        for each in plan.of(Need, "shift_id", other.id) if other.id != what.id else ():
            was, now = (
                {row.person_id for row in counted(one, other.id) if row.role is each.role}
                & {one.id for one in plan.all(Person) if each.skill in {None, *book.skills_of(one.id)}}
                for one in (plan, after)
            )
            assert len(now) >= min(len(was), each.least)
    for each in found.missing:
        able = {row.person_id for row in counted(after, what.id) if row.role is each.role} - away
        able = {id for id in able if each.skill is None or each.skill in book.skills_of(id)}
        assert len(able) >= each.goal or not found.replan.covers
