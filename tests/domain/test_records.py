"""Records as plain values and back: every kind, every column type, and everything that can be malformed."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NewType

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from rallyapp.domain import ids
from rallyapp.domain.disputes import Settings, StrikeDay, StrikeKind
from rallyapp.domain.pickets import Assignment, Picket, Shift
from rallyapp.domain.places import SitePlan
from rallyapp.domain.problems import Severity
from rallyapp.domain.rallies import ProgrammeItem, Rally
from rallyapp.domain.records import (
    KINDS,
    LARGEST_NUMBER,
    TABLES,
    Column,
    Malformed,
    Record,
    columns,
    from_plain,
    problems_of,
    rows_words,
    table_of,
    to_plain,
)
from rallyapp.domain.stalls import Stall
from tests.domain.building import EXAMPLES, example, said, whole_plan

SURROGATE = "\ud800"
every_kind = pytest.mark.parametrize("kind", KINDS, ids=table_of)

days = st.dates()
minutes = st.builds(datetime.combine, days, st.builds(time, st.integers(0, 23), st.integers(0, 59)))
VALUES: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(),
    int: st.integers(1 - LARGEST_NUMBER, LARGEST_NUMBER - 1),
    bool: st.booleans(),
    date: days,
    datetime: minutes,
    time: st.builds(time, st.integers(0, 23), st.integers(0, 59)),
}


def values_of(column: Column) -> st.SearchStrategy[Any]:
    """Everything that a column can hold."""
    some = VALUES[column.holds] if column.holds in VALUES else st.sampled_from(column.holds)
    return st.none() | some if column.optional else some


def records_of(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Records of a kind with anything at all in their fields, sensible or not."""
    return st.builds(kind, **{column.name: values_of(column) for column in columns(kind)})


ODD: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(st.characters() | st.sampled_from([SURROGATE, "\x00", "\r", "\u2028", "\ufffe"]), max_size=30),
    int: st.integers(),
    datetime: st.datetimes(timezones=st.none() | st.just(UTC)),
    time: st.times(),
}


def nearly_sound(kind: type[Record]) -> st.SearchStrategy[Record]:
    """The sound record of a kind with a few fields gone odd: seconds, zones, surrogates, the ends of the calendar."""
    odd = {
        column.name: (st.none() | ODD[column.holds] if column.optional else ODD[column.holds])
        if column.holds in ODD
        else values_of(column)
        for column in columns(kind)
    }
    changed = st.lists(st.sampled_from(sorted(odd)), max_size=3).flatmap(
        lambda names: st.fixed_dictionaries({name: odd[name] for name in names})
    )
    return changed.map(lambda changes: replace(EXAMPLES[kind], **changes))


# --------------------------------------------------------------------------------------- there and back
@every_kind
@trying(max_examples=25)
@given(data=st.data())
def test_every_record_comes_back_equal(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    plain = to_plain(record)
    assert list(plain) == [each.name for each in fields(kind)]  # type: ignore[arg-type]
    assert all(value is None or type(value) in (str, int, bool) for value in plain.values())
    assert from_plain(kind, plain) == record
    assert (
        from_plain(
            kind, {name: int(value) if value is True or value is False else value for name, value in plain.items()}
        )
        == record
    )


@every_kind
@trying(max_examples=25)
@given(data=st.data())
def test_what_is_kept_can_be_read_again(kind: type[Record], data: st.DataObject) -> None:
    """Any record is judged without a crash; one without a problem survives a JSON file to the last character."""
    record = data.draw(nearly_sound(kind))
    found = problems_of(record)
    assert all(problem.sentence and problem.severity is Severity.RED for problem in found)
    if not found:
        written = json.dumps(to_plain(record), ensure_ascii=False).encode()
        assert from_plain(kind, json.loads(written)) == record


@every_kind
def test_a_sound_record_has_no_problem_and_comes_back(kind: type[Record]) -> None:
    record = EXAMPLES[kind]
    assert said(record) == []
    assert from_plain(kind, to_plain(record)) == record


def test_plain_values_as_they_stand_in_a_file() -> None:
    assert to_plain(example(StrikeDay)) == {
        "id": "day",
        "dispute_id": "contract",
        "kind": "emergency care only",
        "first_date": "2015-12-01",
        "start_time": "08:00",
        "last_date": "2015-12-02",
        "end_time": "08:00",
        "state": "notified",
        "called_out": "junior doctors",
        "announced": None,
        "replaced_by_id": None,
        "note": "",
    }
    plain = to_plain(example(Picket))
    assert (plain["starts"], plain["ends"], plain["supporters"]) == ("2015-12-01T08:00", "2015-12-01T11:00", 0)
    assert plain["loudspeaker"] is False


def test_a_field_with_a_default_may_be_left_out() -> None:
    assert from_plain(Settings, {"id": "s", "title": "Plan"}) == Settings(id=ids.SettingsId("s"), title="Plan")


# -------------------------------------------------------------------------------------- malformed values
FIRST = {holds: next(c for kind in KINDS for c in columns(kind) if c.holds is holds) for holds in (bool, date, time)}
BAD: list[tuple[type[Record], str, Any, str]] = [
    (Picket, "loudspeaker", "yes", "picket.loudspeaker: “yes” is not true or false"),
    (Picket, "loudspeaker", 2, "picket.loudspeaker: “2” is not true or false"),
    (Picket, "loudspeaker", 1.0, "picket.loudspeaker: “1.0” is not true or false"),
    (Picket, "supporters", "6", "picket.supporters: “6” is not a whole number"),
    (Picket, "supporters", True, "picket.supporters: “True” is not a whole number"),
    (Picket, "supporters", 6.0, "picket.supporters: “6.0” is not a whole number"),
    (Picket, "supporters", 2**53, "picket.supporters: “9007199254740992” is not a whole number"),
    (Picket, "supporters", -(2**53), "picket.supporters: “-9007199254740992” is not a whole number"),
    (Picket, "supporters", 10**5000, "picket.supporters: “a number of very many digits” is not a whole number"),
    (Picket, "meet", 8, "picket.meet: “8” is not text"),
    (Picket, "meet", b"gate", "picket.meet: “b'gate'” is not text"),
    (Picket, "id", ["p"], "picket.id: “['p']” is not text"),
    (Picket, "starts", "8am", "picket.starts: “8am” is not a time such as 2015-12-01T08:00"),
    (
        Picket,
        "starts",
        "2015-12-01T08:00:00",
        "picket.starts: “2015-12-01T08:00:00” is not a time such as 2015-12-01T08:00",
    ),
    (Picket, "starts", "2015-12-01 08:00", "picket.starts: “2015-12-01 08:00” is not a time such as 2015-12-01T08:00"),
    (Picket, "starts", "2015-12-01T25:00", "picket.starts: “2015-12-01T25:00” is not a time such as 2015-12-01T08:00"),
    (Picket, "starts", "2015-02-29T08:00", "picket.starts: “2015-02-29T08:00” is not a time such as 2015-12-01T08:00"),
    (Picket, "starts", "٢٠١٥-12-01T08:00", "picket.starts: “٢٠١٥-12-01T08:00” is not a time such as 2015-12-01T08:00"),
    (Picket, "starts", 20151201, "picket.starts: “20151201” is not a time such as 2015-12-01T08:00"),
    (StrikeDay, "first_date", "0000-01-01", "strike_day.first_date: “0000-01-01” is not a time such as 2015-12-01"),
    (StrikeDay, "first_date", "1/12/2015", "strike_day.first_date: “1/12/2015” is not a time such as 2015-12-01"),
    (StrikeDay, "first_date", "2015-W49-2", "strike_day.first_date: “2015-W49-2” is not a time such as 2015-12-01"),
    (StrikeDay, "start_time", "24:00", "strike_day.start_time: “24:00” is not a time such as 08:00"),
    (StrikeDay, "start_time", "8:00", "strike_day.start_time: “8:00” is not a time such as 08:00"),
    (StrikeDay, "start_time", "08:00\n", "strike_day.start_time: “08:00\ufffd” is not a time such as 08:00"),
    (
        StrikeDay,
        "kind",
        "full",
        "strike_day.kind: “full” is not one of emergency care only, Christmas Day cover, full walkout, "
        "action short of a strike",
    ),
    (StrikeDay, "kind", ["full walkout"], "strike_day.kind: “['full walkout']” is not one of emergency care only, "),
    (StrikeDay, "kind", "x" * 41, f"strike_day.kind: “{'x' * 40}…” is not one of "),
    (StrikeDay, "kind", "x" * 40, f"strike_day.kind: “{'x' * 40}” is not one of "),
    (StrikeDay, "kind", SURROGATE, "strike_day.kind: “\ufffd” is not one of "),
    (StrikeDay, "kind", None, "strike_day.kind must not be empty"),
    (StrikeDay, "id", None, "strike_day.id must not be empty"),
    (Picket, "cancelled", None, "picket.cancelled must not be empty"),
]


@pytest.mark.parametrize(
    ("kind", "name", "value", "sentence"),
    BAD,
    ids=[f"{kind.__name__}.{name}-{n}" for n, (kind, name, *_) in enumerate(BAD)],
)
def test_a_malformed_value_is_named_in_a_sentence(kind: type[Record], name: str, value: Any, sentence: str) -> None:
    with pytest.raises(Malformed) as refused:
        from_plain(kind, {**to_plain(EXAMPLES[kind]), name: value})
    assert str(refused.value).startswith(sentence)
    str(refused.value).encode()


JUNK = st.one_of(
    st.text(max_size=60),
    st.integers(),
    st.floats(),
    st.binary(max_size=5),
    st.lists(st.integers(), max_size=3),
    st.booleans(),
)


@every_kind
@trying(max_examples=15)
@given(data=st.data())
def test_junk_is_refused_or_is_what_the_field_holds(kind: type[Record], data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(columns(kind)))
    value = data.draw(JUNK)
    junk = {**to_plain(EXAMPLES[kind]), column.name: value}
    sentence = ""
    try:
        made = from_plain(kind, junk)
    except Malformed as refused:
        sentence = str(refused)
    if sentence:
        assert sentence.startswith(f"{table_of(kind)}.{column.name}")
    else:
        assert isinstance(getattr(made, column.name), column.holds)


@every_kind
def test_every_field_without_a_default_is_asked_for(kind: type[Record]) -> None:
    whole = to_plain(EXAMPLES[kind])
    for each in fields(kind):  # type: ignore[arg-type]
        rest = {name: value for name, value in whole.items() if name != each.name}
        if each.default is MISSING:
            with pytest.raises(Malformed, match=f"^{table_of(kind)}.{each.name} is missing$"):
                from_plain(kind, rest)
        else:
            assert getattr(from_plain(kind, rest), each.name) == each.default


@every_kind
def test_a_field_that_the_kind_does_not_have_is_refused(kind: type[Record]) -> None:
    with pytest.raises(Malformed, match=f"^{table_of(kind)} has no field “date_of_birth”$"):
        from_plain(kind, {**to_plain(EXAMPLES[kind]), "date_of_birth": "1990-01-01"})


def test_a_spreadsheet_row_that_is_too_long_is_refused_too() -> None:
    """A reader of CSV gives cells without a heading under None."""
    cells: dict[Any, Any] = {**to_plain(example(Settings)), None: ["x"], "more": "y"}
    with pytest.raises(Malformed, match=r"^settings has no field “None”$"):
        from_plain(Settings, cells)


# ------------------------------------------------------------------------------- columns and their tables
def test_a_table_is_named_after_its_kind() -> None:
    assert table_of(StrikeDay) == "strike_day"
    assert len(TABLES) == len(KINDS) == 50
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", table) for table in TABLES)
    assert all(TABLES[table_of(kind)] is kind for kind in KINDS)


def test_every_id_has_its_kind_and_every_kind_its_id() -> None:
    named = {name.removesuffix("Id") for name, each in vars(ids).items() if isinstance(each, NewType)}
    assert named == {kind.__name__ for kind in KINDS}


def test_what_a_record_refers_to_is_written_before_it() -> None:
    later = {
        (column.what, column.refers_to)
        for n, kind in enumerate(KINDS)
        for column in columns(kind)
        if column.refers_to and TABLES[column.refers_to] not in KINDS[:n]
    }
    # Not the sense of it: "site_id" of a person is their workplace; both lead to a table that exists.
    assert later == {("strike_day.replaced_by_id", "strike_day")}


def test_the_examples_refer_to_each_other_only() -> None:
    known = {(table_of(type(record)), record.id) for record in whole_plan()}
    for record in whole_plan():
        for column in columns(type(record)):
            value = getattr(record, column.name)
            if column.refers_to and value is not None:
                assert (column.refers_to, value) in known


@every_kind
def test_columns_say_what_they_hold(kind: type[Record]) -> None:
    assert columns(kind) is columns(kind)
    first = columns(kind)[0]
    assert (first.name, first.required, first.optional, first.refers_to) == ("id", True, False, None)
    for column in columns(kind):
        assert column.sql_type == ("INTEGER" if column.holds in (int, bool) else "TEXT")
        assert column.what == f"{table_of(kind)}.{column.name}"
        assert column.holds in VALUES or issubclass(column.holds, StrEnum)
        if not column.required:
            assert from_plain(kind, {**to_plain(EXAMPLES[kind]), column.name: column.write(column.default)})


Odd = NewType("Odd", int)


@pytest.mark.parametrize(
    "hint", [float, list[str], int | str, int | str | None, bytes, object, "text", dict[str, int] | None]
)
def test_a_type_that_no_column_can_hold_is_a_mistake_of_ours(hint: Any) -> None:
    with pytest.raises(TypeError, match=r"^picket\.weight: no column can hold "):
        Column(Picket, "weight", hint, MISSING)


def test_a_new_kind_is_checked_when_it_is_first_used() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Banner:
        id: str
        sizes: tuple[int, ...] = field(default=())

    with pytest.raises(TypeError, match=r"^banner\.sizes: no column can hold tuple\[int, \.\.\.\]$"):
        columns(Banner)  # type: ignore[arg-type]


# ------------------------------------------------------------------------- what no record of any kind may hold
TEXTS = [(kind, column) for kind in KINDS for column in columns(kind) if column.holds is str]


@pytest.mark.parametrize(("kind", "column"), TEXTS, ids=[column.what for _, column in TEXTS])
def test_no_text_holds_what_cannot_be_kept(kind: type[Record], column: Column) -> None:
    for text, code in (("a\x00b", "0000"), ("a\rb", "000D"), ("\x7f", "007F"), ("\x85", "0085"), (SURROGATE, "D800")):
        assert f"{column.words} holds a character that can't be kept (U+{code})" in said(
            example(kind, **{column.name: text})
        )
    kept = example(kind, **{column.name: "Zoë’s tab\tand line\n😀 বাংলা"})
    assert not any("can't be kept" in sentence for sentence in said(kept))


@pytest.mark.parametrize(("kind", "column"), TEXTS, ids=[column.what for _, column in TEXTS])
def test_no_text_is_endless(kind: type[Record], column: Column) -> None:
    longest = 40_000_000 if column.name == "picture" else 20_000
    sentence = f"{column.words} is longer than {longest:,} characters"
    if column.name == "picture":
        assert sentence not in said(example(kind, picture="x" * 20_001))
        return
    assert sentence in said(example(kind, **{column.name: "x" * (longest + 1)}))
    assert sentence not in said(example(kind, **{column.name: "x" * longest}))


def test_a_picture_has_its_limit_too() -> None:
    assert said(example(SitePlan, picture="x" * 40_000_001)) == [
        "The site plan's picture is longer than 40,000,000 characters"
    ]


@pytest.mark.parametrize(
    ("kind", "column"),
    [(kind, column) for kind, column in TEXTS if column.name == "id" or column.refers_to],
    ids=lambda one: one.what if isinstance(one, Column) else "",
)
def test_no_id_is_blank_and_nothing_refers_to_a_blank(kind: type[Record], column: Column) -> None:
    for blank in ("", " "):
        assert f"{column.words} is missing" in said(example(kind, **{column.name: blank}))


@pytest.mark.parametrize(
    ("kind", "column"),
    [(kind, column) for kind in KINDS for column in columns(kind) if column.holds is int],
    ids=lambda one: one.what if isinstance(one, Column) else "",
)
def test_no_number_is_kept_that_could_not_be_read_again(kind: type[Record], column: Column) -> None:
    for number in (LARGEST_NUMBER, -LARGEST_NUMBER, 10**30):
        assert f"{column.words} is too large a number" in said(example(kind, **{column.name: number}))
    assert not any("too large" in s for s in said(example(kind, **{column.name: LARGEST_NUMBER - 1})))


@pytest.mark.parametrize(
    ("kind", "column"),
    [(kind, column) for kind in KINDS for column in columns(kind) if column.holds is datetime],
    ids=lambda one: one.what if isinstance(one, Column) else "",
)
def test_no_time_loses_its_seconds_or_its_zone(kind: type[Record], column: Column) -> None:
    for when in (
        datetime(2015, 12, 1, 8, 0, 1),
        datetime(2015, 12, 1, 8, tzinfo=UTC),
        datetime(2016, 3, 27, 1, 30),
        datetime.max,
    ):
        assert said(example(kind, **{column.name: when}))


@pytest.mark.parametrize(
    ("kind", "column"),
    [(kind, column) for kind in KINDS for column in columns(kind) if column.holds is date],
    ids=lambda one: one.what if isinstance(one, Column) else "",
)
def test_no_date_is_in_a_year_that_cannot_be_meant(kind: type[Record], column: Column) -> None:
    for day in (date.min, date(1899, 12, 31), date(2200, 1, 1), date.max):
        sentence = f"{column.words}: the year {day.year} can't be right; years run from 1900 to 2199"
        assert sentence in said(example(kind, **{column.name: day}))


def test_an_assignment_and_a_shift_are_named_in_their_problems() -> None:
    (problem,) = problems_of(example(Shift, priority=9))
    assert [(concern.kind, concern.id) for concern in problem.concerns] == [("shift", "shift")]
    (problem,) = problems_of(example(Assignment, person_id=ids.PersonId("")))
    assert problem.code == "assignment-wrong"
    assert StrikeKind("full walkout") in StrikeKind


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (example(Rally, title="May\nDay"), "The rally's title must be one line"),
        (example(Rally, override_by="A\nB"), "The rally's name of who decided must be one line"),
        (example(ProgrammeItem, who="a\x00"), "The running order line's \u201cwho\u201d holds a character that"),
        (example(Settings, title="a\nb"), "The settings' title must be one line"),
        (example(Stall, on_day_phone="1\n2"), "The stall's phone on the day must be one line"),
    ],
)
def test_a_fault_is_said_in_words_and_not_by_its_column(record: Record, sentence: str) -> None:
    assert said(record)[0].startswith(sentence)
    assert not any("_" in column.words or "." in column.words for kind in KINDS for column in columns(kind))


def test_rows_are_counted_as_somebody_says_it():
    said = [rows_words(table, number) for table, number in (("printed_line", 58), ("print_run", 1), ("person", 1500))]
    assert said == ["58 printed rows", "1 print", "1,500 people"]
    assert rows_words("availability", 2) == "2 offers of time"
    assert rows_words("strike_day", 2) == "2 strike days"
