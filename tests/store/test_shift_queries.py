"""The part of a plan around a shift judges people as the whole plan does, and holds nobody else."""

import pytest

from rallyapp.demos import DEMOS
from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.rota.fill import fill, shifts_in
from rallyapp.store import Store
from rallyapp.store.shift_queries import shift_part


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The Epsom and St Helier demo, its first hour filled."""
    path = tmp_path_factory.mktemp("part") / "plan.rally"
    with Store.create(path, DEMOS["epsom-st-helier-2016"].records(), label="Demo") as made:
        plan = made.plan()
        with made.edit("Fill") as edit:
            edit.save_all(fill(plan, shifts_in(plan)[:40]).saved)
        yield made


def test_people_are_judged_as_in_the_whole_plan(store):
    plan = store.plan()
    people = [each.id for each in plan.all(Person)][::9]
    for shift in plan.all(Shift)[::25]:
        part = shift_part(store, [shift.id], people)
        here, whole = Book(part), Book(plan)
        there = {row.person_id for row in plan.of(Assignment, "shift_id", shift.id)}
        assert {each.id for each in part.all(Person)} == there | set(people)
        for id in there | set(people):
            person = plan.get(Person, id)
            for role in (Role.SUPERVISOR, Role.PICKET):
                told = why_not(person, part.get(Shift, shift.id), here, role=role)
                assert told == why_not(person, shift, whole, role=role)
        assert set(part.of(Need, "shift_id", shift.id)) == set(plan.of(Need, "shift_id", shift.id))


def test_a_shift_that_is_gone_is_not_in_it(store):
    assert shift_part(store, ["gone"], ["nobody"]).count(Shift) == 0
