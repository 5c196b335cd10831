"""A re-plan after somebody dropped out: whatever the plan, it is legal, small, and leaves alone what is firm."""

from collections import Counter

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from rallyapp.domain import stand_down
from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.people import Pair, Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Origin, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS
from rallyapp.rota.cover import cover, roles_of, step_words
from rallyapp.rota.problem import movable
from tests.domain.building import can, offer, on, person, picket, shift, small_plan
from tests.rota.plans import plans


def need(shift_id, role=Role.PICKET, least=1, wished=None, **other):
    wished = least if wished is None else wished
    return Need(id=f"{shift_id} {role}", shift_id=shift_id, role=role, least=least, wished=wished, most=6, **other)


def free(name, times="06:00-22:00"):
    return [person(name), offer(name.casefold(), times)]


def proposed(who, shift_id, role=Role.PICKET):
    return on(who, shift_id, role=role, state=AssignmentState.PROPOSED, origin=Origin.BUILDER)


def covered(*records, what="shift", **other):
    plan = small_plan(picket(times="06:00-22:00"), *records)
    found = cover(plan, plan.get(Shift, what), **other)
    return found, [step_words(found.plan, step) for step in found.replan.steps]


MAIN = "Main entrance, Southampton General Hospital"
AT_EIGHT = f"picket at {MAIN}, Tue 1 Dec 2015 08:00\u201311:00"


def test_whoever_heads_the_list_is_asked():
    found, words = covered(*free("Ann"), *free("Cat"), *free("Bob"), need("shift"), on("ann", "shift"), without="ann")
    assert words == [f"Ask Bob to be {AT_EIGHT}"]
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
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without="ann")
    assert words == [
        f"Move Bob from picket at {MAIN}, 14:00\u201316:00 to {AT_EIGHT}",
        f"Ask Cat to be picket at {MAIN}, Tue 1 Dec 2015 14:00\u201316:00, in Bob\u2019s place",
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
    found, words = covered(*people, *late, *wish, without="ann")
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
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without="ann")
    assert words == []
    assert [step_words(found.plan, step) for step in found.instead.steps] == [
        f"Move Bob from picket at {MAIN}, 14:00\u201316:00 to {AT_EIGHT}",
        f"Ask Cat to be picket at {MAIN}, Tue 1 Dec 2015 14:00\u201316:00, in Bob\u2019s place",
    ]
    assert [row.person_id for row in found.writes()[0]] == ["ann"]


def test_a_picket_steps_up_and_somebody_pickets_in_their_place():
    people = [*free("Ann"), *free("Bob"), *free("Cat"), can("ann", Skill.SUPERVISOR), can("bob", Skill.SUPERVISOR)]
    needs = [need("shift", Role.SUPERVISOR), need("shift")]
    there = [on("ann", "shift", role=Role.SUPERVISOR), proposed("bob", "shift")]
    found, words = covered(*people, *needs, *there, without="ann")
    assert words == [
        f"Move Bob from picket at {MAIN}, 08:00\u201311:00 to {AT_EIGHT.replace('picket', 'picket organiser', 1)}",
        f"Ask Cat to be {AT_EIGHT}, in Bob\u2019s place",
    ]
    assert found.replan.covers


def test_a_picket_of_which_nothing_is_said_needs_the_plan_s_least():
    found, words = covered(*free("Ann"), *free("Bob"), on("ann", "shift"), without="ann")
    assert [each.role for each in found.missing] == [Role.PICKET]
    assert words[0] == f"Ask Bob to be {AT_EIGHT}"
    assert roles_of(found.plan, found.shift) == (Role.PICKET,)


def test_who_dropped_out_takes_nobody_else_s_place():
    """Ann is ill at eight; only she could take what Bob has at two."""
    late = [shift("late", "14:00-16:00"), need("late"), proposed("bob", "late")]
    people = [*free("Ann"), person("Bob", max_minutes_day=180), offer("bob", "08:00-16:00")]
    found, words = covered(*people, *late, need("shift"), on("ann", "shift"), without="ann")
    assert (words, found.replan.covers, found.instead) == ([], False, None)


def test_what_was_wrong_before_is_left_as_it_was():
    """The builder once had Bob on two shifts that have come to clash: that is for a check to tell."""
    clash = [shift("late", "14:00-16:00"), shift("later", "15:00-17:00"), need("late"), need("later")]
    there = [on("ann", "shift"), proposed("bob", "late"), proposed("bob", "later")]
    people = [*free("Ann"), *free("Bob", "13:00-18:00"), *free("Cat"), *free("Dan")]
    found, words = covered(*people, *clash, *there, need("shift", least=2), without="ann")
    assert words == [f"Ask Cat to be {AT_EIGHT}", f"Ask Dan to be {AT_EIGHT}"]
    short, words = covered(*people[:-2], *clash, *there, need("shift", least=2), without="ann")
    assert words == [f"Ask Cat to be {AT_EIGHT}"]
    assert not short.replan.covers
    assert found.replan.covers


def test_where_all_is_there_nothing_changes():
    found, words = covered(*free("Ann"), need("shift"), on("ann", "shift"))
    assert (found.missing, words, found.replan.covers, found.writes()) == ((), [], True, ((), ()))


# --------------------------------------------------------------------------------------- whatever the plan
def counted(plan, shift_id):
    return [row for row in plan.of(Assignment, "shift_id", shift_id) if row.state.counts]


@settings(max_examples=120, deadline=None)
@given(plans(), st.data())
def test_a_re_plan_is_legal_and_leaves_alone_what_is_firm(plan, data):
    going = [each for each in plan.all(Shift) if stand_down.of_shift(plan, each).on]
    if not going:
        return
    what = data.draw(st.sampled_from(going))
    there = [row.person_id for row in counted(plan, what.id)]
    gone = data.draw(st.sampled_from([None, *there]))
    found = cover(plan, what, without=gone)
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
        needs = [each for each in plan.of(Need, "shift_id", step.shift.id) if each.role is step.role]
        skills = [each.skill for each in needs] or [None]
        assert any(why_not(step.person, step.shift, book, role=step.role, skill=skill) == () for skill in skills)
        people = {row.person_id for row in counted(after, step.shift.id)}
        for pair in plan.all(Pair):
            if pair.apart and step.person.id in (pair.person_id, pair.other_id):
                assert not {pair.person_id, pair.other_id} <= people
    stands = Counter((row.shift_id, row.person_id) for row in after.all(Assignment))
    assert all(stands[step.shift.id, step.person.id] == 1 for step in steps), "nobody stands on a shift twice"

    # Every other place has as many as before: nothing is taken from one shift to mend another.
    for other in plan.all(Shift):
        for role in Role:
            was = {row.person_id for row in counted(plan, other.id) if row.role is role}
            now = {row.person_id for row in counted(after, other.id) if row.role is role}
            if other.id != what.id:
                assert len(now) == len(was)
    for each in found.missing:
        able = {row.person_id for row in counted(after, what.id) if row.role is each.role}
        able = {id for id in able if each.skill is None or each.skill in book.skills_of(id)}
        assert len(able) >= each.goal or not found.replan.covers
