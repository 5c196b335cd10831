"""The plan in memory keeps step with the file, row by row, whoever writes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rallyapp.demos import DEMOS
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS
from rallyapp.store import Store
from rallyapp.ui.picture import MANY, Picture


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("picture") / "southampton.rally"
    with Store.create(path, DEMOS["southampton-2015"].records(), label="Demo") as opened:
        yield opened


def as_sets(plan):
    return {kind: {record.id: record for record in plan.all(kind)} for kind in KINDS}


def same(picture, store):
    """See that the picture is the file, and that what was asked of it before is answered anew."""
    kept, fresh = picture.plan(), store.plan()
    assert as_sets(kept) == as_sets(fresh)
    for shift in fresh.all(Shift):
        for kind in (Need, Assignment):
            ours = {each.id for each in kept.of(kind, "shift_id", shift.id)}
            assert ours == {each.id for each in fresh.of(kind, "shift_id", shift.id)}


def test_what_others_write_is_followed(store):
    picture = Picture(store)
    same(picture, store)
    with Store.open(store.path, who="Sam") as other, other.edit("Take somebody off") as edit:
        edit.delete(other.all(Assignment)[0])
    same(picture, store)
    store.undo()
    same(picture, store)


def test_a_plan_that_was_given_out_does_not_change(store):
    picture = Picture(store)
    before = picture.plan()
    shift = before.all(Shift)[0]
    label = shift.label
    with store.edit("Name a shift") as edit:
        edit.save(replace(shift, label="new"))
    assert before.get(Shift, shift.id).label == label
    assert picture.plan().get(Shift, shift.id).label == "new"
    assert picture.plan() is picture.plan(), "nothing is read where nothing was changed"
    store.undo()


def test_nobody_waits_for_a_plan_that_was_not_read_yet(store):
    picture = Picture(store)
    assert picture.known() is None
    picture.plan()
    assert picture.known() is not None


def test_it_is_read_in_a_thread_once(store, live_loop, qtbot):
    import asyncio

    picture = Picture(store)

    async def twice():
        return await asyncio.gather(picture.ready(), picture.ready())

    task = live_loop.create_task(twice())
    qtbot.waitUntil(task.done)
    one, two = task.result()
    assert one is two
    same(picture, store)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("puodr"), st.integers(0, 50), st.integers(0, 50)), max_size=6))
def test_any_edits_leave_it_the_file(store, steps):
    picture = Picture(store)
    same(picture, store)
    for what, a, b in steps:
        shifts, people, down = store.all(Shift), store.all(Person), store.all(Assignment)
        if what == "u":
            store.undo()
        elif what == "r":
            store.redo()
        else:
            with store.edit(f"Step {what}") as edit:
                if what == "p":
                    shift, person = shifts[a % len(shifts)], people[b % len(people)]
                    if not any((each.shift_id, each.person_id) == (shift.id, person.id) for each in down):
                        edit.save(Assignment(id=new_id(), shift_id=shift.id, person_id=person.id, role=Role.PICKET))
                elif what == "o" and down:
                    edit.save(replace(down[a % len(down)], pinned=bool(b % 2)))
                elif what == "d" and down:
                    edit.delete(down[a % len(down)])
    same(picture, store)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=8), st.sets(st.integers(0, 5)))
def test_a_changed_plan_is_what_a_new_one_would_be(rows, gone):
    def need(number, shift):
        return Need(id=f"n{number}", shift_id=f"s{shift}", role=Role.PICKET, least=shift, wished=5, most=5)

    before = Plan([need(number, number % 3) for number in range(4)])
    assert before.of(Need, "shift_id", "s0")  # so that there is an index to keep
    saved = [need(number, shift) for number, shift in rows]
    after = before.changed(saved, [(Need, f"n{number}") for number in gone])
    kept = {each.id: each for each in before.all(Need) if each.id not in {f"n{number}" for number in gone}}
    kept.update({each.id: each for each in saved})
    assert {each.id: each for each in after.all(Need)} == kept
    for shift in range(4):
        found = after.of(Need, "shift_id", f"s{shift}")
        assert {each.id for each in found} == {each.id for each in kept.values() if each.shift_id == f"s{shift}"}
        assert len(found) == len({each.id for each in found})
    assert len(before.all(Need)) == 4


def test_many_changes_at_once_are_read_in_a_thread_and_nobody_is_kept_waiting(store, live_loop, qtbot):
    picture = Picture(store)
    picture.plan()
    somebody = store.all(Person)[0]
    strangers = [replace(somebody, id=new_id(), given_name=f"N{number}", phone="") for number in range(MANY + 1)]
    with store.edit("Many new people") as edit:
        edit.save_all(strangers)
    assert picture.known() is None
    found = live_loop.create_task(picture.ready())
    qtbot.waitUntil(found.done)
    assert found.result().get(Person, strangers[-1].id) == strangers[-1]
    assert picture.known() is found.result()
    same(picture, store)
    store.undo()
