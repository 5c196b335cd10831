"""What every demo must be: valid, whole, in order, the same every time, and reachable by nobody real."""

import re
import unicodedata
import uuid
from random import Random

import pytest

from rallyapp.demos import DEMOS
from rallyapp.demos.making import drama_landline, drama_mobile, quick_ids
from rallyapp.demos.names import MONONYMS, name
from rallyapp.domain import records
from rallyapp.domain.eligibility import Book, may, why_not
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, columns, problems_of, table_of

SMALL = ("southampton-2015", "epsom-st-helier-2016")

PHONE = re.compile(r"(?:\+44\s?|\(?0)\d[\d\s()-]{7,}\d")
DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}")
EMAIL = re.compile(r"[^\s<>,]+@[^\s<>,;]+")


def _texts(record):
    return [
        getattr(record, column.name)
        for column in columns(type(record))
        if column.holds is str and column.name != "id" and not column.refers_to and getattr(record, column.name)
    ]


@pytest.fixture(scope="module", params=SMALL)
def made(request):
    return list(DEMOS[request.param].records())


@pytest.fixture
def plan(made):
    return Plan(made)


def test_the_three_demos_say_what_is_in_them():
    assert list(DEMOS) == ["southampton-2015", "epsom-st-helier-2016", "national"]
    for key, demo in DEMOS.items():
        assert demo.name == key
        assert demo.description.endswith(".")
        assert "\n" not in demo.description


def test_every_record_can_be_kept(made):
    assert [problem.sentence for record in made for problem in problems_of(record)] == []


def test_every_record_survives_being_written_and_read(made):
    for record in made:
        assert records.from_plain(type(record), records.to_plain(record)) == record


def test_records_come_in_the_order_of_writing_and_refer_only_to_what_is_there(made):
    known, last = set(), -1
    for record in made:
        assert KINDS.index(type(record)) >= last
        last = KINDS.index(type(record))
        for column in columns(type(record)):
            value = getattr(record, column.name)
            if column.refers_to and value is not None:
                assert (column.refers_to, value) in known, f"{column.what} of {record}"
        assert (table_of(type(record)), record.id) not in known
        known.add((table_of(type(record)), record.id))


def test_ids_are_uuids_and_unique_over_all_kinds(made):
    assert len({record.id for record in made}) == len(made)
    assert all(str(uuid.UUID(record.id)) == record.id for record in made)


@pytest.mark.parametrize("demo", SMALL)
def test_a_demo_is_the_same_every_time(demo):
    assert list(DEMOS[demo].records()) == list(DEMOS[demo].records())


def test_two_demos_share_no_id():
    first, second = ({record.id for record in DEMOS[demo].records()} for demo in SMALL)
    assert not first & second


@pytest.mark.parametrize("demo", SMALL)
def test_progress_is_told_and_ends_at_all(demo):
    told = []
    made = list(DEMOS[demo].records(lambda done, total: told.append((done, total))))
    assert told[-1] == (len(made), len(made))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_nobody_real_can_be_rung_or_written_to(made):
    for record in made:
        for text in _texts(record):
            for phone in PHONE.findall(text):
                assert DRAMA.fullmatch(phone), f"{phone} in {record}"
            for address in EMAIL.findall(text):
                assert re.search(r"[@.]example\.org$", address), f"{address} in {record}"
    people = [record for record in made if isinstance(record, Person)]
    assert all(DRAMA.fullmatch(person.phone) and person.email for person in people)
    assert len({person.phone for person in people}) == len(people)
    assert len({person.email for person in people}) == len(people)


def test_texts_are_composed_as_keyboards_compose_them(made):
    for record in made:
        for text in _texts(record):
            assert unicodedata.normalize("NFC", text) == text


def test_what_is_already_decided_is_legal(plan):
    book = Book(plan)
    for assignment in plan.all(Assignment):
        person, shift = plan.get(Person, assignment.person_id), plan.get(Shift, assignment.shift_id)
        assert why_not(person, shift, book, role=assignment.role) == ()


def test_enough_people_could_do_each_shift(plan):
    book = Book(plan)
    for need in plan.all(Need):
        shift = plan.get(Shift, need.shift_id)
        can = sum(may(person, shift, book, role=need.role, skill=need.skill) for person in plan.all(Person))
        assert can >= need.least, f"{need.role} at {plan.place_words(shift)} {shift.words}"


def test_a_simple_fill_meets_every_least(plan):
    """Scarcest need first, each time whoever has the fewest skills and the fewest minutes so far."""
    book = Book(plan)
    filled = {(shift.shift_id, shift.role): 1 for shift in plan.all(Assignment)}
    able = {
        need.id: [
            person
            for person in plan.all(Person)
            if may(person, plan.get(Shift, need.shift_id), book, role=need.role, skill=need.skill)
        ]
        for need in plan.all(Need)
    }
    for need in sorted(plan.all(Need), key=lambda need: (len(able[need.id]) - need.least, need.id)):
        shift = plan.get(Shift, need.shift_id)
        missing = need.least - filled.get((shift.id, need.role), 0)
        for person in sorted(able[need.id], key=lambda one: (len(book.skills_of(one.id)), book.minutes_of(one.id))):
            if missing <= 0:
                break
            if not book.is_on(person.id, shift.id) and may(person, shift, book, role=need.role, skill=need.skill):
                book.put(person.id, shift.id)
                missing -= 1
        assert missing <= 0, f"{need.role} at {plan.place_words(shift)} {shift.words}"


def test_official_pickets_never_pass_six_at_an_entrance(plan):
    for shift in plan.all(Shift):
        needs = plan.of(Need, "shift_id", shift.id)
        assert needs
        assert sum(need.most for need in needs if need.role.official_picket) <= 6
        if shift.picket_id:
            assert {need.role for need in needs} == {Role.SUPERVISOR, Role.PICKET, Role.STANDBY}


# ---------------------------------------------------------------------------------------- what they use
def test_names_are_of_many_origins_and_never_blank():
    rng = Random("names")
    made = [name(rng) for _ in range(20_000)]
    assert all(given.strip() == given and given for given, _ in made)
    assert all("~" not in given + family for given, family in made)
    assert len(set(made)) > 5_000
    assert {given for given, family in made if not family} <= set(MONONYMS)
    letters = {letter for given, family in made for letter in given + family}
    assert set("ŵŷéáłżćğışțăĐươṣñçãřøö’-") <= letters
    assert any("\u0600" <= letter <= "\u06ff" for letter in letters)


def test_quick_ids_are_uuids_scattered_and_unlike_each_other():
    shift, need = quick_ids("a demo", "shift"), quick_ids("a demo", "need")
    ids = [shift(number) for number in range(20_000)]
    assert len({*ids, *(need(number) for number in range(20_000))}) == 40_000
    assert all(str(uuid.UUID(id)) == id and uuid.UUID(id).version == 8 for id in ids[:100])
    assert ids != sorted(ids)
    assert shift(7) == quick_ids("a demo", "shift")(7)


def test_drama_numbers_stay_in_their_range():
    assert drama_mobile(0) == "07700 900000"
    assert drama_mobile(45_999) == "07700 900999"
    assert drama_landline(12) == "01632 960012"
