"""What records of prints say of people, of sheets and of their codes, and what is read for a print."""

import pytest

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Attendance, Role, Shift
from rallyapp.domain.problems import UserError
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.store import print_queries
from tests.store import sample


def run(number, **more):
    values = {"document": "running-order", "audience": "organiser", "scope": "rally", "version": number}
    return PrintRun(**{"id": f"run{number}", "at": sample.MORNING, "code": f"K7M{number}-P4X", **values, **more})


def printed(plan, *records):
    with plan.note("Print") as edit:
        edit.save_all(records)


def lines(plan):
    return {each.id: each for each in plan.all(PrintedLine)}


def test_whoever_is_deleted_is_in_no_record_of_a_print(plan):
    """Neither as a holder nor in a row, nor in what tells whether a guess at their row is right; an undo brings all."""
    sian = plan.get(Person, "p0")
    with plan.edit("Mark") as edit:
        edit.delete(plan.get(Assignment, "a1"))
        edit.save(Attendance(id="m", shift_id="s1", person_id="p0", role=Role.PICKET, absent=True))
    printed(
        plan,
        run(1, holder="Sian Hughes, the desk"),
        run(2, holder="siân h."),
        run(3, holder="Siân, Lukas"),
        run(4, holder="the  desk"),
        PrintedLine(id="own", print_run_id="run1", line="p0", digest="slip", person="p0"),
        PrintedLine(id="signed", print_run_id="run1", number=1, line="a0", digest="sign", shift="gone", person="p0"),
        PrintedLine(id="rota", print_run_id="run2", line="s0@08:00", digest="rota", shift="s0"),
        PrintedLine(id="came", print_run_id="run2", line="s1", digest="came", shift="s1"),
        PrintedLine(id="other", print_run_id="run2", line="s2", digest="else", shift="s2", person="p1"),
    )
    before = lines(plan)
    with plan.edit("Delete one of them") as edit:
        edit.delete(sian)
    assert [each.holder for each in plan.all(PrintRun)] == ["the desk", "", "Lukas", "the  desk"]
    after = lines(plan)
    assert {id: (each.line, each.digest, each.person) for id, each in after.items()} == {
        "own": ("row own", "", ""),
        "signed": ("a0", "", ""),
        "rota": ("s0@08:00", "", ""),
        "came": ("s1", "", ""),
        "other": ("s2", "else", "p1"),
    }
    rows = [row for kind in ("print_run", "printed_line") for row in plan.rows(f"SELECT * FROM {kind}")]
    assert not any("p0" in row or "Hughes" in str(row) for row in rows)
    plan.undo()
    assert lines(plan) == before
    assert plan.get(PrintRun, "run1").holder == "Sian Hughes, the desk"


def test_prints_of_another_choice_are_no_last_prints_of_each_other(plan):
    """The running order as it was issued and the one of today have one scope."""
    printed(
        plan,
        run(5),
        run(6, choice="1"),
        PrintedLine(id="now", print_run_id="run5", line="a", digest="today"),
        PrintedLine(id="then", print_run_id="run6", line="a", digest="issued"),
    )
    today = print_queries.last_prints(plan, "running-order", "organiser", ["rally"])
    issued = print_queries.last_prints(plan, "running-order", "organiser", ["rally"], choice="1")
    assert [(each["rally"].since, each["rally"].lines["a"]) for each in (today, issued)] == [
        (5, "today"),
        (6, "issued"),
    ]
    assert issued["rally"].choice == "1"
    assert print_queries.last_prints(plan, "running-order", "organiser", ["rally"], choice="2") == {}


def test_a_code_of_two_sheets_is_told_and_never_guessed(plan):
    """Two windows can make one at the same time; the same sheet twice in a minute has one code."""
    printed(plan, run(1), run(2, code="K7M1-P4X"))
    assert print_queries.run_by_code(plan, "K7M1-P4X").id == "run2"
    codes = print_queries.last_prints(plan, "rota", "noticeboard", []).codes
    assert codes == {"K7M1-P4X": "running-order\x1forganiser\x1frally\x1f"}
    printed(plan, run(3, code="K7M1-P4X", scope="another"))
    with pytest.raises(UserError, match="Two different sheets have the code K7M1-P4X"):
        print_queries.run_by_code(plan, "K7M1-P4X")


def test_a_stall_at_a_picket_is_read_with_who_stands_there(plan):
    with plan.edit("Stall") as edit:
        edit.save(Partner(id="partner", name="Food bank"))
        edit.save(Stall(id="stall", partner_id="partner", picket_id="picket"))
        edit.save(Shift(id="at", stall_id="stall", starts=sample.MORNING, ends=sample.MORNING.replace(hour=9)))
        edit.save(Assignment(id="on", shift_id="at", person_id="p2", role=Role.STALL))
    part = print_queries.part_for(plan, "stall", ["stall"])
    assert [each.id for each in part.all(Shift)] == ["at"]
    assert [each.id for each in part.all(Person)] == ["p2"]
