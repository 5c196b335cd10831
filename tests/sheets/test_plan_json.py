"""A plan as JSON: nothing is lost, and whatever is not such a plan is refused with one sentence that says where."""

import json
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import Settings
from rallyapp.domain.people import Person
from rallyapp.domain.records import KINDS, columns, problems_of, table_of
from rallyapp.sheets import plan_json
from rallyapp.sheets.plan_json import NotPlanJson
from tests import plan_json_words
from tests.domain.building import whole_plan

WHOLE = whole_plan()
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def as_set(records):
    return {(type(record), record) for record in records}


# ------------------------------------------------------------------------------------------- out and in
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)


def values(column):
    """What a column can hold, also what its record then refuses."""
    if column.refers_to:
        found = st.sampled_from([record.id for record in WHOLE if table_of(type(record)) == column.refers_to])
    elif isinstance(column.holds, type) and issubclass(column.holds, StrEnum):
        found = st.sampled_from(list(column.holds))
    else:
        found = {
            str: WORDS,
            bool: st.booleans(),
            int: st.integers(-(2**53) + 1, 2**53 - 1) | st.integers(0, 100),
            date: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
            time: st.times().map(lambda value: value.replace(second=0, microsecond=0)),
            datetime: st.integers(0, 50_000).map(lambda n: datetime(2015, 12, 1) + timedelta(minutes=n)),
        }[column.holds]
    return st.none() | found if column.optional else found


@st.composite
def plans(draw):
    """A plan with one record of every kind, each field changed to anything that its record accepts."""
    made = []
    for record in WHOLE:
        for column in columns(type(record)):
            if column.name != "id":
                tried = replace(record, **{column.name: draw(values(column))})
                if not problems_of(tried):
                    record = tried
        made.append(record)
    return made


@settings(SLOW, max_examples=25)
@given(plans())
def test_every_kind_of_record_goes_out_and_in_without_loss(plan):
    text = plan_json.dump(plan)
    found = plan_json.load(text.encode())
    assert as_set(found) == as_set(plan)
    assert plan_json.dump(reversed(found)) == text
    order = [KINDS.index(type(record)) for record in found]
    assert order == sorted(order)


@settings(deadline=None, max_examples=30)
@given(st.permutations(WHOLE), st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
def test_the_order_of_records_and_odd_ids_do_not_matter(plan, id):
    person = Person(id=id, given_name="Ann")
    if problems_of(person):
        return
    assert as_set(plan_json.load(plan_json.dump([*plan, person]).encode())) == as_set([*plan, person])


def test_every_kind_is_in_the_example():
    assert {type(record) for record in WHOLE} == set(KINDS)


@pytest.mark.parametrize("demo", ["southampton-2015", "epsom-st-helier-2016"])
def test_the_demos_go_out_and_in(demo):
    records = list(DEMOS[demo].records())
    text = plan_json.dump(records)
    assert as_set(plan_json.load(text.encode())) == as_set(records)
    assert text.isascii() is False, "names are written as they are"
    assert max(map(len, text.splitlines())) < 40_000
    assert len(text.splitlines()) > len(records), "a record a line"


def test_a_plan_with_settings_only():
    text = plan_json.dump([WHOLE[0]])
    assert plan_json.load(text.encode()) == [WHOLE[0]]
    assert json.loads(plan_json.dump([])) == {"format": "rallyapp-plan", "version": 1, "records": {}}


def test_fields_with_a_default_and_whole_kinds_may_be_left_out():
    data = b'{"format": "rallyapp-plan", "version": 1, "records": {"settings": [{"id": "x", "title": "T"}]}}'
    (found,) = plan_json.load(data)
    assert found == Settings(id="x", title="T")


def test_a_byte_order_mark_does_no_harm():
    text = plan_json.dump(WHOLE)
    assert plan_json.load(text.encode("utf-8-sig")) == plan_json.load(text.encode())


# ------------------------------------------------------------------------------------------ what is refused
def refused(data, name="my plan.json"):
    with pytest.raises(NotPlanJson) as caught:
        plan_json.load(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), name=name)
    said = str(caught.value)
    assert said.startswith(name)
    assert said.endswith((".", "\u201d"))
    assert len(said) < 400
    assert "\n" not in said
    return said


def written(**lists):
    """A plan with these lists in place of the example's."""
    found = json.loads(plan_json.dump(WHOLE))
    found["records"].update(lists)
    return json.dumps(found)


def person(**fields):
    """A plan in which the second person is otherwise."""
    people = json.loads(plan_json.dump(WHOLE))["records"]["person"]
    return written(person=[people[0], {**people[1], **fields}])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON: line 1, column 1"),
        (b"{", "not JSON: line 1"),
        ("Dear all,\n", "not JSON: line 1"),
        (b"\xff\xfe{\x00}\x00", "not text in UTF-8 (byte 1)"),
        (b"{}\x80", "byte 3"),
        (b"SQLite format 3\x00", "not JSON"),
        ("[]", "format"),
        ("null", "format"),
        ("1e400", "format"),
        ("{}", "format"),
        ('{"format": "rallyapp-plan"}', "version"),
        ('{"format": "rallyapp-plan", "version": 2, "records": {}}', "newer version"),
        ('{"format": "rallyapp-plan", "version": 0, "records": {}}', "version 1"),
        ('{"format": "rallyapp-plan", "version": true, "records": {}}', "version 1"),
        ('{"format": "rallyapp-plan", "version": "1", "records": {}}', "version 1"),
        ('{"format": "rallyapp-plan", "version": "\\ud800\\n", "records": {}}', "version 1"),
        ('{"format": "rallyapp-plan", "version": 1, "records": {"\\ud800\\n": []}}', "no kind"),
        ('{"\\ud800\\n": 1, "\\ud800\\n": 1}', "stands twice"),
        ('{"format": "rallyapp-plan", "version": 1.0, "records": []}', "records"),
        ('{"format": "rallyapp-plan", "version": 1}', "records"),
        ('{"format": "rallyapp-plan", "version": 1, "records": {}}', "exactly one \u201csettings\u201d"),
        ('{"format": "rallyapp-plan", "version": 1, "format": "x", "records": {}}', "stands twice"),
        ('{"format": "rallyapp-plan", "version": 1, "records": {"wizard": []}}', "no kind \u201cwizard\u201d"),
        ('{"format": "rallyapp-plan", "version": 1, "records": {"person": {}}}', "must be a list"),
        ('{"format": "rallyapp-plan", "version": 1, "records": {"person": [1]}}', "person 1 is not a record"),
        ('{"format": "rallyapp-plan", "version": 1, "records": {"person": [[]]}}', "person 1 is not a record"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"x": NaN}', "NaN"),
        ('{"x": -Infinity}', "-Infinity"),
        ('{"x": ' + "9" * 10_000 + "}", "too long"),
    ],
    ids=range(31),
)
def test_what_is_no_plan_at_all(data, says):
    assert says in refused(data)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"age": 40}, "person has no field \u201cage\u201d"),
        ({"id": None}, "person.id must not be empty"),
        ({"id": 1}, "person.id"),
        ({"id": ""}, "The person's id is missing"),
        ({"id": "ann archer"}, "stands there already"),
        ({"given_name": ""}, "name is missing"),
        ({"given_name": ["Ann"]}, "person.given_name"),
        ({"given_name": "x" * 20_001}, "20,000"),
        ({"given_name": "a\x00b"}, "U+0000"),
        ({"given_name": "\ud800"}, "U+D800"),
        ({"standing": "wizard"}, "union official"),
        ({"standing": []}, "person.standing"),
        ({"adult": "yes"}, "person.adult"),
        ({"adult": 2}, "person.adult"),
        ({"max_minutes_day": 1.5}, "person.max_minutes_day"),
        ({"max_minutes_day": 1441}, "1440"),
        ({"max_minutes_total": 10**30}, "person.max_minutes_total"),
        ({"max_minutes_total": True}, "person.max_minutes_total"),
        ({"workplace_id": "nowhere"}, "workplace_id refers to a site"),
        ({"workplace_id": {}}, "person.workplace_id"),
    ],
    ids=str,
)
def test_a_record_that_can_t_be_is_named_with_its_kind_number_and_field(fields, says):
    said = refused(person(**fields))
    assert says in said
    assert "my plan.json, person 2: " in said or "my plan.json, person \u201c" in said


@pytest.mark.parametrize(
    "text", ["2015-12-01", "2015-12-01 08:00", "2015-12-01T08:00:00", "2015-13-01T08:00", "noon", 5, ""]
)
def test_a_moment_must_be_written_as_one(text):
    offer = {"id": "x", "person_id": "ann archer", "starts": text, "ends": "2015-12-01T11:00"}
    assert "availability.starts" in refused(written(availability=[offer]))


def test_times_the_wrong_way_round():
    offer = {"id": "x", "person_id": "ann archer", "starts": "2015-12-01T11:00", "ends": "2015-12-01T08:00"}
    assert "my plan.json, availability 1: The offered time" in refused(written(availability=[offer]))


def test_a_missing_field_is_named():
    assert "person.given_name is missing" in refused(written(person=[{"id": "x"}]))


def test_a_field_that_stands_twice_is_never_silently_lost():
    said = refused(plan_json.dump(WHOLE).replace('"given_name"', '"given_name": "Eve", "given_name"', 1))
    assert "\u201cgiven_name\u201d stands twice" in said


def test_a_plan_has_one_settings_record():
    assert "exactly one" in refused(written(settings=[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]))
    assert "exactly one" in refused(written(settings=[]))


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_a_reference_that_leads_nowhere_is_refused_for_every_kind(kind):
    record = next(record for record in WHOLE if type(record) is kind)
    for column in columns(kind):
        if column.refers_to and getattr(record, column.name) is not None:
            rest = [each for each in WHOLE if each is not record]
            said = refused(plan_json.dump([*rest, replace(record, **{column.name: "nowhere"})]))
            assert f"{column.name} refers to a {column.refers_to.replace('_', ' ')} \u201cnowhere\u201d" in said


def test_a_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(plan_json, "LONGEST", 100)
    assert "too large" in refused(b" " * 101)


# -------------------------------------------------------------------------------------------- mutations
EXPORT = plan_json.dump(WHOLE).encode()
PIECES = [
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"NaN",
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\x00",
    b'"id"',
    b'"settings"',
    b'"person"',
    b"9" * 5000,
    b"[" * 3000,
    b"2015-02-30",
    b"99:99",
    b"''",
    b"\xef\xbb\xbf",
    b'{"id": {}}',
    b"[[]]",
    b"0.5",
]


def mutated(dice):
    """An export with one to three wounds."""
    data = bytearray(EXPORT)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(data))
        length = dice.choice([0, 1, 1, 2, 8, 60, 600])
        match dice.randrange(5):
            case 0:
                data[at : at + length] = dice.choice(PIECES)
            case 1:
                del data[at : at + length]
            case 2:
                data[at : at + 1] = bytes([dice.randrange(256)])
            case 3:
                data[at:at] = data[dice.randrange(len(data)) :][:length]
            case 4:
                lines = bytes(data).split(b"\n")
                one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
                lines[one] = lines[two]
                data = bytearray(b"\n".join(lines))
    return bytes(data)


def swapped(dice):
    """An export with some values replaced by others, and some fields lost or renamed: JSON still."""
    found = json.loads(EXPORT)
    odd = [
        None,
        True,
        0,
        -1,
        1.5,
        2**70,
        "",
        "x",
        [],
        {},
        "2015-12-01",
        "08:00",
        "2015-12-01T08:00",
        "ann archer",
        "\ud800",
    ]
    for _ in range(dice.randint(1, 3)):
        rows = found["records"][dice.choice(list(found["records"]))]
        row = dice.choice(rows) if rows else {}
        field = dice.choice([*row, "id"])
        match dice.randrange(5):
            case 0:
                row.pop(field, None)
            case 1:
                row["x"] = row.get(field)
            case 2:
                rows.append(dict(row))
            case _:
                row[field] = dice.choice(odd)
    return json.dumps(found).encode()


@pytest.mark.parametrize("wound", [mutated, swapped])
@settings(deadline=None, max_examples=20, database=None)
@given(seed=st.integers(0, 2**32))
def test_a_thousand_wounds_give_a_plan_or_a_sentence(wound, seed):
    dice = random.Random(seed)
    for _ in range(50):
        data = wound(dice)
        said, found = "", []
        try:
            found = plan_json.load(data, name="f")
        except NotPlanJson as error:
            said = str(error)
        if said:
            assert said.startswith("f")
            assert "\n" not in said
            assert said.encode(), "half of a surrogate pair can't be printed"
        else:
            assert not [problem for record in found for problem in problems_of(record)]
            ids = defaultdict(set)
            for record in found:
                assert record.id not in ids[table_of(type(record))]
                ids[table_of(type(record))].add(record.id)
            plan_json.load(plan_json.dump(found).encode())


# ------------------------------------------------------------------------------------------ description
def test_the_description_is_up_to_date():
    kept = plan_json_words.PLACE.read_text(encoding="utf-8")
    assert kept == plan_json.description(), "run: python -m tests.plan_json_words"


def test_the_description_names_every_kind_and_field():
    said = plan_json.description()
    for kind in KINDS:
        assert f"## {table_of(kind)}\n" in said
        part = said.split(f"## {table_of(kind)}\n")[1].split("\n## ")[0]
        for column in columns(kind):
            assert f"| `{column.name}` |" in part
    assert "  " not in said.replace("\n  ", "\n"), "two spaces where a line was joined to the next"
