"""Many records made ready in another thread, and written in one go."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.store import Store
from rallyapp.store.edit import ready
from rallyapp.store.errors import Refused


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "plan.rally", [], label="New") as made:
        yield made


def people(count):
    return [Person(id=f"p{n}", given_name="Ann", family_name=f"Archer{n}", adult=bool(n % 2)) for n in range(count)]


def test_what_was_made_ready_is_written_as_saving_it_would_and_undone_in_one(store):
    wanted = [*people(50), *(PersonSkill(id=f"s{n}", person_id=f"p{n}", skill=Skill.FIRST_AID) for n in range(50))]
    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(ready, wanted).result()
    with store.edit("Add everybody") as edit:
        edit.save_ready(made)
    assert set(store.all(Person)) == set(wanted[:50])
    assert len(store.all(PersonSkill)) == 50
    store.undo()
    assert not store.all(Person)


def test_only_some_of_it_is_written(store):
    with store.edit("Add two") as edit:
        edit.save_ready(ready(people(9)).only({"p3", "p7"}))
    assert {each.id for each in store.all(Person)} == {"p3", "p7"}
    with store.edit("Add nobody") as edit:
        edit.save_ready(ready(people(9)).only(()))
    assert len(store.all(Person)) == 2


def test_a_record_with_a_problem_is_refused_before_anything_is_written():
    with pytest.raises(Refused, match="name"):
        ready([*people(3), Person(id="x", given_name="", family_name="")])


def test_a_broken_rule_of_the_file_is_a_sentence_and_nothing_is_kept(store):
    held = [PersonSkill(id=f"s{n}", person_id="p0", skill=Skill.FIRST_AID) for n in range(2)]
    with pytest.raises(Refused, match="There is one like it already"), store.edit("Twice") as edit:
        edit.save_ready(ready([*people(1), *held]))
    assert not store.all(Person)
    with store.edit("Fine") as edit:
        edit.save_ready(ready(people(1)))
    with pytest.raises(RuntimeError, match="this edit is over"):
        edit.save_ready(ready(people(1)))
