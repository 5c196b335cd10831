"""What changed since paper was printed: the rows on the rota, and the plan as it was then."""

import json
import shutil
from dataclasses import replace

import pytest

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Picket, Role, Shift
from rallyapp.domain.tells import PrintRun
from rallyapp.store import Store, reprint_queries
from rallyapp.store.reprint_queries import SHOWN_OF_SHIFT, as_printed, images_before, shifts_not_as_printed


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("reprint") / "southampton.rally"
    Store.create(path, DEMOS["southampton-2015"].records(), label="Demo").close()
    return path


@pytest.fixture
def store(made, tmp_path):
    with Store.open(shutil.copy(made, tmp_path / "s.rally")) as opened:
        yield opened


def first_day(store):
    return min(store.all(StrikeDay), key=lambda day: day.window.start)


def picket_of(store):
    return next(iter(store.where(Picket, strike_day_id=first_day(store).id)))


def note(store, id, holder="", document="rota", **other):
    run = PrintRun(
        id=id, document=document, scope=picket_of(store).id, version=store.version, at=picket_of(store).starts,
        holder=holder, audience="noticeboard", code="K7M2-P4X",
    )  # fmt: skip
    with store.note("Print") as edit:
        edit.save(replace(run, **other))


def not_right(store):
    return shifts_not_as_printed(store, [first_day(store).id])


def test_only_what_stands_on_the_paper_makes_it_wrong(store):
    picket = picket_of(store)
    shift = min(store.where(Shift, picket_id=picket.id), key=lambda each: each.starts)
    on = store.where(Assignment, shift_id=shift.id)[0]
    person = store.get(Person, on.person_id)
    assert not_right(store) == {}
    note(store, "one")
    version = store.version
    with store.edit("Nothing that is printed") as edit:
        edit.save(replace(shift, priority=5))
        edit.save(replace(on, pinned=not on.pinned))
        edit.save(replace(person, email="other@example.org"))
        edit.save(replace(picket, note="another note"))
    assert not_right(store) == {}
    for changed in (
        replace(store.get(Shift, shift.id), label="banner"),
        replace(store.get(Assignment, on.id), role=Role.STANDBY),
        replace(store.where(Need, shift_id=shift.id)[0], most=40),
        replace(store.get(Person, person.id), family_name="Another"),
    ):
        with store.edit("Change") as edit:
            edit.save(changed)
        assert not_right(store) == {shift.id: version}
        store.undo()
        assert not_right(store) == {}, "put back, it is as on paper"
    with store.edit("Cancel") as edit:
        edit.save(replace(store.get(Picket, picket.id), cancelled=True, reason="storm"))
    assert set(not_right(store)) == {each.id for each in store.where(Shift, picket_id=picket.id)}


def test_the_oldest_copy_that_somebody_holds_counts(store):
    shift = min(store.where(Shift, picket_id=picket_of(store).id), key=lambda each: each.starts)
    note(store, "one", "Noticeboard, Ann")
    first = store.version
    with store.edit("Label") as edit:
        edit.save(replace(shift, label="banner"))
    note(store, "two", "Noticeboard")
    assert not_right(store) == {shift.id: first}, "Ann has the old one"
    note(store, "three", "Ann")
    assert not_right(store) == {}
    note(store, "gaps", document="gaps", version=first)
    assert not_right(store) == {}, "a gaps list shows no rows"


def test_the_plan_as_it_was_knows_who_was_on_a_shift(store):
    shift = min(store.where(Shift, picket_id=picket_of(store).id), key=lambda each: each.starts)
    on = store.where(Assignment, shift_id=shift.id)[0]
    since = store.version
    with store.edit("Change") as edit:
        edit.delete(on)
        edit.save(replace(shift, label="banner"))
        edit.save(replace(store.all(Person)[-1], phone="07700 900555"))
    part = reprint_queries.Plan([store.get(Shift, shift.id)])
    then = as_printed(store, part, since, SHOWN_OF_SHIFT, shift=shift.id)
    assert then.get(Shift, shift.id).label == shift.label
    assert then.all(Assignment) == (on,)
    assert then.name_of(on.person_id) == store.get(Person, on.person_id).name
    assert {image.id for image in images_before(store, since, [Shift])} == {shift.id}


def test_an_image_of_another_version_of_the_program_is_read_as_far_as_it_can_be():
    image = {"id": "s", "picket_id": "p", "starts": "2015-12-01T08:00", "ends": "2015-12-01T09:00", "gone_since": 1}
    assert reprint_queries._record(Shift, image).id == "s"
    assert reprint_queries._record(Shift, {**image, "starts": "eight"}) is None


@pytest.mark.parametrize("name", reprint_queries.REPRINT_QUERIES)
def test_no_query_reads_the_whole_journal(store, name):
    values = {
        "since": 1, "kinds": json.dumps(["shift"]), "shift": "s", "documents": json.dumps(["rota"]), "days": "[]",
    }  # fmt: skip
    query = reprint_queries.REPRINT_QUERIES[name]
    plan = [row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {query}", values)]
    assert not [step for step in plan if step.startswith(("SCAN change", "SCAN print_run", "SCAN assignment"))], plan
