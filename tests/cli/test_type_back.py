"""A sign-in sheet typed back from the command line: shown first, written with --apply, and undone as one step."""

from __future__ import annotations

import io

import pytest

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Attendance, Incident, MarkedFrom, Picket, TurnoutCount
from rallyapp.store import Store
from tests.cli.asking import one_sentence, untouched


@pytest.fixture
def code(rallyapp, folder, plan):
    """The code of the sheet of the first picket, on which Tomasz alone has a row."""
    told = rallyapp("print", plan, "sign-in", "--day", "2015-12-01", "--to", folder / "x.pdf", "--json")
    (sheet,) = told.json["sheets"]
    return sheet["code"]


def lines(folder, *texts):
    file = folder / "lines.txt"
    file.write_text("\n".join(texts) + "\n", encoding="utf-8-sig")
    return file


def test_a_sheet_is_shown_and_written_and_undone(rallyapp, folder, plan, code):
    file = lines(folder, "1 0755 1102", "2 Jo Bloggs 0810", "count 0830 6 45", "note 0915 Rain", "", "hello")
    with untouched(plan):
        told = rallyapp("type-back", plan, code.lower().replace("-", " "), file)
    assert (told.code, told.err) == (1, "")
    assert told.out.startswith("Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00\u201311:00\n")
    assert "new             Tomasz Wi\u015bniewski: in 07:55, out 11:02" in told.out
    assert "new             Jo Bloggs, walk-in: in 08:10, as supporter" in told.out
    assert "not understood  Begin with the number of a row" in told.out
    assert told.out.endswith("Nothing is written without --apply; it would be 2 rows, 1 head-count and 1 note.\n")

    told = rallyapp("type-back", plan, code, file, "--apply", "--json")
    assert told.code == 1, "a line was not understood"
    assert told.json["written"] is True
    assert told.json["left"] == []
    assert [line["state"] for line in told.json["lines"]] == ["new"] * 4 + ["", "not understood"]
    with Store.open(plan) as store:
        assert {mark.marked for mark in store.all(Attendance)} == {MarkedFrom.PAPER}
        assert [len(store.all(kind)) for kind in (Attendance, TurnoutCount, Incident)] == [2, 1, 1]
        assert store.history()[0].label == "Type back 2 rows, 1 head-count and 1 note, Main entrance"
    told = rallyapp("type-back", plan, code, lines(folder, "1 0755 1102"), "--apply")
    assert told.code == 0
    assert told.out.endswith("There is nothing new to write.\n")
    assert rallyapp("undo", plan).code == 0
    with Store.open(plan) as store:
        assert not any(store.all(kind) for kind in (Attendance, TurnoutCount, Incident))


def test_lines_come_from_standard_input_and_rows_without_a_mark_are_named(rallyapp, plan, code, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("count 0830 6 45\n"))
    told = rallyapp("type-back", plan, code, "--apply")
    assert told.code == 0
    assert "Nothing is known yet of: 1 Tomasz Wi\u015bniewski.\nWritten: 1 head-count.\n" in told.out


def test_a_walk_in_whom_the_plan_knows_is_that_person(rallyapp, folder, plan, code):
    with Store.open(plan) as store:
        other = next(each for each in store.all(Person) if each.given_name == "Harpreet")
    told = rallyapp("type-back", plan, code, lines(folder, f"+ {other.name.upper()} 0810"), "--apply")
    assert f"new             {other.name}: in 08:10, as supporter" in told.out, "as the plan writes the name"
    with Store.open(plan) as store:
        assert [(mark.person_id, mark.walk_in) for mark in store.all(Attendance)] == [(other.id, "")]


@pytest.mark.parametrize(
    ("code_typed", "why"),
    [
        ("", "Type the sheet\u2019s code"),
        ("K7M2", "has 4 signs; a sheet\u2019s code has 7."),
        ("0000-000", "No sheet 0000-000 was printed from this plan: open the plan that it came from."),
        ("0000-001", "can\u2019t be right: a sign is misread, or two are swapped."),
    ],
)
def test_a_code_that_is_none_is_said_so(rallyapp, folder, plan, code_typed, why):
    with untouched(plan):
        assert why in one_sentence(rallyapp("type-back", plan, code_typed, lines(folder, "1 0800")))


def test_other_papers_and_other_files_are_refused(rallyapp, folder, plan, code):
    told = rallyapp("print", plan, "gaps", "--day", "2015-12-01", "--to", folder / "x.pdf", "--json")
    gaps = told.json["sheets"][0]["code"]
    file = lines(folder, "1 0800")
    assert one_sentence(rallyapp("type-back", plan, gaps, file)) == (
        f"{gaps} is the code of another paper (gaps): the code of a sign-in sheet is wanted."
    )
    assert "can\u2019t be read" in one_sentence(rallyapp("type-back", plan, code, folder / "none.txt"))
    (folder / "odd.txt").write_bytes(b"\xff\xfe1 0800")
    assert "is not text in UTF-8." in one_sentence(rallyapp("type-back", plan, code, folder / "odd.txt"))
    long = lines(folder, "note 0915 Rain\n" * 20_000)
    with untouched(plan):
        assert "has more than 200,000 characters: type back one sheet at a time." in one_sentence(
            rallyapp("type-back", plan, code, long, "--apply")
        )
    with Store.open(plan) as store:
        (picket,) = [each for each in store.all(Picket) if each.starts.isoformat() == "2015-12-01T08:00:00"]
        with store.edit("Delete the picket") as edit:
            edit.delete(picket)
    assert "is not in this plan any more" in one_sentence(rallyapp("type-back", plan, code, file))
