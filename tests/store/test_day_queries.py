"""What is read of one strike day as a whole."""

import pytest

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Attendance, Need, Picket, Shift
from rallyapp.store import Store, day_queries
from tests.domain.building import example


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "demo.rally", DEMOS["southampton-2015"].records(), label="Demo") as made:
        yield made


def first(store):
    return min(store.all(StrikeDay), key=lambda day: day.first_date)


def test_a_days_pattern_has_its_pickets_shifts_and_needs_and_no_people(store):
    day = first(store)
    plan = day_queries.pattern_of(store, day.id)
    assert [picket.id for picket in plan.all(Picket)] == [each.id for each in store.where(Picket, strike_day_id=day.id)]
    assert plan.count(Shift) == 3
    assert {need.shift_id for need in plan.all(Need)} == {shift.id for shift in plan.all(Shift)}
    assert not plan.count(Assignment)
    assert not plan.count(Person)


def test_the_people_on_it_come_where_that_is_asked_and_nobody_else(store):
    plan = day_queries.pattern_of(store, first(store).id, with_people=True)
    assert plan.count(Assignment) == 1
    assert [person.id for person in plan.all(Person)] == [each.person_id for each in plan.all(Assignment)]


def test_who_is_on_a_day_and_what_was_marked_is_counted(store):
    day = first(store)
    assert day_queries.traces_of(store, day.id) == (1, 0)
    (assignment,) = day_queries.pattern_of(store, day.id, with_people=True).all(Assignment)
    with store.edit("Mark") as edit:
        edit.save(example(Attendance, shift_id=assignment.shift_id, person_id=assignment.person_id))
        edit.delete(assignment)
    assert day_queries.traces_of(store, day.id) == (0, 1)
