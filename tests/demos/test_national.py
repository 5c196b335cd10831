"""The national demo: how big it is, that it holds together, and that it is made fast."""

import re
import time
from collections import Counter

import pytest

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain.eligibility import Book, may
from rallyapp.domain.people import Availability, Cover, Person, PersonSkill
from rallyapp.domain.pickets import Assignment, Need, Picket, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, columns, problems_of, table_of

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module")
def made():
    return list(DEMOS["national"].records())


def test_it_is_as_big_as_a_union(made):
    counts = Counter(type(record) for record in made)
    assert counts[Employer] == 150
    assert 350 <= counts[Site] <= 420
    assert counts[Entrance] == 450
    assert 4_800 <= counts[Shift] <= 5_200
    assert counts[Need] >= counts[Shift]
    assert counts[Person] == 45_000
    assert 90_000 <= counts[Availability] <= 150_000
    assert 20_000 <= counts[Cover] <= 30_000
    assert 25_000 <= counts[PersonSkill] <= 40_000
    assert counts[Assignment] == 0


def test_it_is_made_in_seconds_and_tells_how_far_it_is():
    told = []
    began = time.process_time()
    number = sum(1 for _ in DEMOS["national"].records(lambda done, total: told.append((done, total))))
    assert time.process_time() - began < 8
    assert told[-1] == (number, number)
    assert len(told) > 200
    assert all(done <= total for done, total in told)
    assert max(total for _, total in told) - number < 1000


def test_it_comes_lazily():
    records = iter(DEMOS["national"].records())
    began = time.process_time()
    assert table_of(type(next(records))) == "settings"
    assert time.process_time() - began < 1


def test_it_comes_in_order_and_refers_only_to_what_is_there(made):
    order = {kind: number for number, kind in enumerate(KINDS)}
    tables = {kind: table_of(kind) for kind in KINDS}
    references = {kind: [(c.name, c.refers_to) for c in columns(kind) if c.refers_to] for kind in KINDS}
    known, last = set(), -1
    for record in made:
        kind = type(record)
        assert order[kind] >= last
        last = order[kind]
        for name, table in references[kind]:
            value = getattr(record, name)
            assert value is None or (table, value) in known
        known.add((tables[kind], record.id))
    assert len(known) == len(made) == len({record.id for record in made})


def test_its_records_can_be_kept(made):
    # All of the smaller kinds, and every twentieth of the large ones: all of them alike would take long.
    counts = Counter(type(record) for record in made)
    few = [record for n, record in enumerate(made) if counts[type(record)] < 10_000 or n % 20 == 0]
    assert [problem.sentence for record in few for problem in problems_of(record)] == []


def test_two_builds_are_equal(made):
    again = DEMOS["national"].records()
    assert all(one == other for one, other in zip(made, again, strict=True))


def test_hospitals_and_trusts_are_real_and_the_acute_ones_came_first(made):
    hospitals = {hospital.code: hospital for hospital in carried.hospitals()}
    kinds = {trust.code: trust.kind for trust in carried.trusts()}
    sites = [record for record in made if type(record) is Site]
    assert all(site.name == hospitals[site.code].name and site.lat and site.postcode for site in sites)
    employers = [record for record in made if type(record) is Employer]
    assert {kinds[employer.code] for employer in employers} == {"Acute"}
    assert "RHM01" in {site.code for site in sites}


def test_phone_numbers_are_for_drama_only(made):
    drama = re.compile(r"07700 900\d{3}")
    assert all(drama.fullmatch(record.phone) for record in made if type(record) is Person)


def test_a_kept_clear_entrance_has_no_picket(made):
    picketed = {record.entrance_id for record in made if type(record) is Picket}
    entrances = [record for record in made if type(record) is Entrance]
    clear = {entrance.id for entrance in entrances if entrance.keep_clear}
    assert len(clear) == 30
    assert not clear & picketed
    assert len(picketed) + len(clear) == len(entrances)


def test_enough_people_of_a_hospital_could_do_its_shifts(made):
    plan = Plan(made)
    book = Book(plan)
    for picket in plan.all(Picket)[::97]:
        people = plan.of(Person, "workplace_id", plan.site_of(picket).id)
        for shift in plan.of(Shift, "picket_id", picket.id)[:1]:
            for need in plan.of(Need, "shift_id", shift.id):
                assert sum(may(person, shift, book, role=need.role) for person in people) >= need.least
