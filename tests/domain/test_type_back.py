"""A sign-in sheet typed back: what a line may look like, what it comes to, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rallyapp.domain.ids import (
    AttendanceId,
    IncidentId,
    PersonId,
    PicketId,
    PrintedLineId,
    PrintRunId,
    ShiftId,
    TurnoutCountId,
)
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Attendance, Incident, MarkedFrom, Role, TurnoutCount
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record, problems_of
from rallyapp.domain.tells import PrintedLine
from rallyapp.domain.times import Span
from rallyapp.domain.type_back import LineState, Reading, ReadLine, read_back
from rallyapp.domain.type_back_lines import Counted, Noted, Signed, row_words, typed_line
from rallyapp.domain.type_back_sheet import SheetRow, SignInSheet, nobody, printed_rows
from tests.domain.building import at, entrance, person, picket, shift

ANN, BEN, CAT, DAN = (person(name) for name in ("Ann Archer", "Ben Baker", "Cat Cole", "Dan \u0141ukasz"))
WHAT = "What is \u201c11\u201d? Write a time with four figures (0800), an armband as"
MUHAMMAD = "\u0645\u062d\u0645\u062f \u0639\u0644\u064a"
BEGIN = "Begin with the number of a row (3 in 0755 out 1102)"
MANY = "More pickets than the 6 for this entrance."
FAR = "is more than two hours outside the picket, 08:00\u201314:00."
UNREAD = "where that can\u2019t be read"
OFF = "is more than two hours outside the shift, 08:00\u201311:00."
NEW, CHANGES, SAME, WRONG = LineState.NEW, LineState.CHANGES, LineState.SAME, LineState.WRONG


def mark(who: Person, shift_id: str = "early", **other: object) -> Attendance:
    made = Attendance(
        id=AttendanceId(f"{who.id} marked"),
        shift_id=ShiftId(shift_id),
        person_id=who.id,
        role=Role.PICKET,
        marked=MarkedFrom.KIOSK,
    )
    return replace(made, **other)


def row(number: int, who: Person | None = None, shift_id: str = "early", role: Role = Role.PICKET) -> SheetRow:
    return SheetRow(number=number, person=who.id if who else None, shift=ShiftId(shift_id) if who else None, role=role)


ROWS = (row(1, ANN, role=Role.SUPERVISOR), row(2, BEN), row(3, CAT), row(4, DAN, "late"), *map(row, range(5, 13)))


def sheet(*more: Record, rows: Iterable[SheetRow] = ROWS, without: Iterable[Record] = ()) -> SignInSheet:
    """Draw the main entrance, 08:00-14:00: Ann, Ben, Cat early, Dan late, and 8 blank rows."""
    own = picket(times="08:00-14:00", supporters=20)
    records = [entrance(), own, shift("early"), shift("late", "11:00-14:00"), ANN, BEN, CAT, DAN, *more]
    return SignInSheet(Plan(each for each in records if each not in list(without)), own, rows)


def read(text: str, *more: Record, known: Iterable[Person] = ()) -> Reading:
    numbers = count(1)
    return read_back(sheet(*more), text, known=lambda name: known, make_id=lambda: f"new-{next(numbers)}")


def one(text: str, *more: Record) -> tuple[ReadLine, Attendance | None]:
    """Read one line, and give the mark that it comes to."""
    found = read(text, *more)
    return found.lines[0], next((each for each in found.saved if isinstance(each, Attendance)), None)


def said(text: str, *more: Record) -> str:
    """What the line comes to, as it stands beside it."""
    line = read(text, *more).lines[0]
    return " | ".join(part for part in (str(line.state), line.who, line.words, *line.notes) if part)


# ------------------------------------------------------------------------------------------- one line
@pytest.mark.parametrize(
    "text",
    """3 in 0755 out 1102;3 0755 1102;3 in 07:55 out 11:02;3 7.55 11.02;3 in 7.55am, out 11.02am;3: 7:55am - 11:02 am
3. 07.55\u201311.02;3 0755 to 1102;3, 0755, 1102;3, 755, 1102;row 3 0755hrs 1102hrs;#3 07h55 11h02;no. 3 0755/1102
3 in 07 55 out 11 02;3 in0755 out1102;3 7:55 a.m. 11:02 a.m.;3 CAME 0755 LEFT 1102;3 755a 1102a;3  0755   till 1102
3 Cat 0755 1102;3 cat cole in 0755 out 1102;3 C. Cole 0755 1102;3 out 1102 in 0755;3 (0755) (1102)""".replace(
        "\n", ";"
    ).split(";"),
)
def test_however_the_times_are_typed(text):
    line, made = one(text)
    assert (line.state, line.who, line.words) == (NEW, "Cat Cole", "in 07:55, out 11:02"), line
    assert made == Attendance(
        id=AttendanceId("new-1"),
        shift_id=ShiftId("early"),
        person_id=CAT.id,
        role=Role.PICKET,
        came=at("07:55"),
        went=at("11:02"),
        marked=MarkedFrom.PAPER,
    )


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("3 0755", "new | Cat Cole | in 07:55"),
        ("3 .55 .02", "new | Cat Cole | in 07:55, out 11:02"),
        ("3 :05-:30", "new | Cat Cole | in 08:05, out 10:30"),
        ("3 8-11", "new | Cat Cole | in 08:00, out 11:00"),
        ("3 in 8 out 11", "new | Cat Cole | in 08:00, out 11:00"),
        ("3 8 to 11", "new | Cat Cole | in 08:00, out 11:00"),
        ("4 in 11 out 2", "new | Dan \u0141ukasz | in 11:00, out 14:00"),
        ("4 1105 1.30", "new | Dan \u0141ukasz | in 11:05, out 13:30"),
        ("4 noon 2pm", "new | Dan \u0141ukasz | in 12:00, out 14:00"),
        ("3 in 0755 band 12", "new | Cat Cole | in 07:55, armband 12"),
        ("3 band A7", "new | Cat Cole | armband A7"),
        ("3 supporter 0755", "new | Cat Cole | in 07:55, as supporter"),
        ("3 0755 official", "new | Cat Cole | in 07:55, as union official"),
        ("3 no", "new | Cat Cole | did not come"),
        ("3 No.", "new | Cat Cole | did not come"),
        ("3 -", "new | Cat Cole | did not come"),
        ("3 no show", "new | Cat Cole | did not come"),
        ("1-3 in 0800", "new | Rows 1\u20133 | in 08:00"),
        ("1,3 and 2 0800", "new | Rows 1\u20133 | in 08:00"),
        ("3,1 in 8", "new | Rows 1 and 3 | in 08:00"),
        ("1, 3 0800 \u2013 1100", "new | Rows 1 and 3 | in 08:00, out 11:00"),
        ("2-8am", "new | Ben Baker | in 08:00"),
        ("2, 8.15 11", f"not understood | {WHAT} band 11."),
        ("2 8.15-11", "new | Ben Baker | in 08:15, out 11:00"),
        ("3 12.15am", "new | Cat Cole | in 00:15 | 00:15 is more than two hours outside the shift, 08:00\u201311:00."),
        ("5 Jo Bloggs 0810", "new | Jo Bloggs, walk-in | in 08:10, as supporter"),
        ("5 Jo Bloggs, picket, 0810-1100", "new | Jo Bloggs, walk-in | in 08:10, out 11:00, as picket"),
        ("+Jo Bloggs 0810 1100", "new | Jo Bloggs, walk-in | in 08:10, out 11:00, as supporter"),
        ("+ Jo Bloggs (union official) 0810", "new | Jo Bloggs, walk-in | in 08:10, as union official"),
        ("+ Jo Bloggs official 0810", "new | Jo Bloggs, walk-in | in 08:10, as union official"),
        ("+ Mark Steward 0810", "new | Mark Steward, walk-in | in 08:10, as supporter"),
        ("+ mark steward 0810", "new | mark, walk-in | in 08:10, as steward"),
        ("+ An To 0810 to 1100", "new | An To, walk-in | in 08:10, out 11:00, as supporter"),
        ("5 To Nguyen 0810", "new | To Nguyen, walk-in | in 08:10, as supporter"),
        ("6 No Yeon-woo 0810", "new | No Yeon-woo, walk-in | in 08:10, as supporter"),
        (f"+ {MUHAMMAD} 0810", f"new | {MUHAMMAD}, walk-in | in 08:10, as supporter"),
        ("3 in 0755 out ?", "new | Cat Cole | in 07:55"),
        ("3 0755-?", "new | Cat Cole | in 07:55"),
        ("3 cat? 0755", "new | Cat Cole | in 07:55"),
        ("3 0755 2300", f"new | Cat Cole | in 07:55, out 23:00 | 23:00 {OFF}"),
        ("3 2300", f"new | Cat Cole | in 23:00 | 23:00 {OFF}"),
        ("3 ?", "new | Cat Cole | can\u2019t be read, kept without a time | It counts neither as come nor as absent."),
        ("5 ? 0810", "new | name not legible, walk-in | in 08:10, as supporter"),
        ("+ ? 0810 1100", "new | name not legible, walk-in | in 08:10, out 11:00, as supporter"),
        ("count 0830 6 45", "new | Head-count 08:30 | 6 pickets, 45 supporters"),
        ("Count 8.30am: 1 picket, 45 supporters", "new | Head-count 08:30 | 1 picket, 45 supporters"),
        ("head-count 9 6 0", "new | Head-count 09:00 | 6 pickets, 0 supporters"),
        ("count 0830 8 0", f"new | Head-count 08:30 | 8 pickets, 0 supporters | {MANY}"),
        ("note 0915 Police came: 2 vans", "new | Note 09:15 | Police came: 2 vans"),
        ("note 1.30 banner torn", "new | Note 13:30 | banner torn"),
        ("note 0300 far away", f"new | Note 03:00 | far away | 03:00 {FAR}"),
    ],
)  # fmt: skip
def test_what_a_line_comes_to(text, comes_to):
    assert said(text) == comes_to
    for record in read(text).saved:
        assert not problems_of(record)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", f"{BEGIN}, with + and a name, or with count, note or all."),
        ("99 in 0800", "There is no row 99 on this sheet: its rows end at 12 or before."),
        ("3-1 in 0800", "3\u20131 runs backwards: write the smaller row first."),
        ("3", "Say what to write for row 3: in 0755, out 1102, no, or band 12."),
        ("1-3", "Say what to write for those rows: in 0755, out 1102, no, or band 12."),
        ("3 in", "Type the time behind \u201cin\u201d: in 0755."),
        ("3 0755 out", "Type the time behind \u201cout\u201d: out 1102."),
        ("3 left", "Type the time behind \u201cleft\u201d: left 1102."),
        ("3 ok", "When did row 3 come? Where the sheet has no time, type when the shift began: in 0800."),
        ("3 out 1102", "When did Cat Cole come? Type the time in as well, in 0755 out 1102."),
        ("3 0755 1102 1300", "13:00 is one time too many: type one in and one out."),
        ("3 in 2560", "\u201c2560\u201d is not a time of day: write it as 08:00."),
        ("3 7.5", "What is \u201c7\u201d? Write a time with four figures (0800), an armband as band 7."),
        ("3 in 8.5", "\u201c.5\u201d is not understood: write a time as 0800, an armband as band 12."),
        ("3 12 band", "What is \u201c12\u201d? Write a time with four figures (0800), an armband as band 12."),
        ("3 in 1100 out 0800", "Out 08:00 is before in 11:00: look at the sheet again."),
        ("3 no, ill", "Type no by itself for row 3: why somebody did not come is not kept."),
        ("3 no 0810", "Is row 3 absent, or there? Type no, or the times."),
        ("3 Jo Bloggs 0810", "Row 3 was printed for Cat Cole. If Jo Bloggs signed there, type 3 no and + Jo Bloggs."),
        ("5 0810", "Row 5 was printed blank: type the name that stands there, 5 Jo Bloggs 0810."),
        ("5-7 0810", "Rows 5\u20137 were printed blank: type a line for each, with its name."),
        ("5 Jo Bloggs", "When did Jo Bloggs come? Type 5 Jo Bloggs 0810."),
        ("1-3 Jo 0810", "One name belongs to one row: \u201cJo\u201d can\u2019t stand for those rows."),
        ("all Jo 0810", "\u201cJo\u201d after \u201call\u201d is not understood: in 0800, out 1100 or no."),
        ("3 in ? out 1102", f"A time out is kept with a time in: {UNREAD}, type when the shift began."),
        ("3 ? 1102", "Which time of row 3 can\u2019t be read? Type 3 in 0755 out ?, or 3 ? for both."),
        ("3 0755?", "\u201c0755?\u201d is not understood: write a time as 0800, an armband as band 12."),
        ("5 ?", "Type when they came, as near as it can be said: 5 ? 0810."),
        ("+ ?", "When did they come? Type + ? 0810."),
        ("all ?", "Type ? for the row that can\u2019t be read, by its number: 3 ?."),
        ("+ 0810", "Type the name of the walk-in behind the +: + Jo Bloggs 0810."),
        ("+ Jo", "When did Jo come? Type + Jo 0810."),
        ("count 0830 6", "Type two numbers, pickets and supporters (0 for none): count 08:30 6 45."),
        ("count many", "Type when it was: count 0830 6 45."),
        ("note what", "Type when it was: note 0915 what happened."),
        ("note 0915", "Type what happened behind the time: note 09:15 what happened."),
    ],
)  # fmt: skip
def test_what_is_not_understood_says_why_and_writes_nothing(text, why):
    found = read(text)
    assert found.lines == (ReadLine(text=text, state=WRONG, words=why),)
    assert (found.saved, found.wrong, found.what) == ((), 1, "")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40) | st.from_regex(r"[\d+ ]{1,5}[a-z:.,\- \d]{0,20}", fullmatch=True))
def test_whatever_is_typed_is_read_or_said_to_be_wrong(text):
    found = read(text)
    assert len(found.lines) == len(text.split("\n"))
    for record in found.saved:
        assert not [each for each in problems_of(record) if "kept" not in each.sentence]


def test_a_line_without_a_row_goes_on_with_the_next():
    found = read(".55 .02\n0810\nno\nin 1105 out 1400\n0810\n2 0815\nx\n12 Jo 0900\n0900")
    assert [line.goes_on for line in found.lines] == [1, 2, 3, 4, 0, 0, 3, 0, 0]
    assert [line.who for line in found.lines[:4]] == ["Ann Archer", "Ben Baker", "Cat Cole", "Dan \u0141ukasz"]
    assert found.lines[4].words == "Row 5 was printed blank: type the name that stands there, 5 Jo Bloggs 0810."
    assert found.lines[8].words.startswith("Begin with the number of a row"), "there is no row after the last"
    assert read("no, ill").lines[0].words.startswith("Begin with")


def test_an_empty_line_is_nothing():
    assert typed_line("  ", last=9) is None
    assert read("\n \n").lines == (ReadLine(text=""), ReadLine(text=" "), ReadLine(text=""))
    assert row_words((4,)) == "row 4"
    assert row_words((9, 1, 2, 3, 5, 6)) == "rows 1\u20133, 5\u20136 and 9"
    assert isinstance(typed_line("count 9 1 2", last=1), Counted)
    assert isinstance(typed_line("note 9 x", last=1), Noted)


# ---------------------------------------------------------------------------------- all lines together
def test_forty_lines_are_one_edit_and_what_is_left_is_listed():
    found = read(
        "all in 0800 out 1100\n2 no\n4 in 1105\n4 out 1400\n+ Jo Bloggs 0810\ncount 0830 6 45\nnote 0915 Rain\n\n3 x x"
    )
    assert [str(line.state) for line in found.lines] == ["new"] * 7 + ["", "not understood"]
    assert found.lines[0].who == "Rows 1 and 3", "of others more was said"
    assert found.what == "5 rows, 1 head-count and 1 note"
    by_name = {each.person_id or each.walk_in: each for each in found.saved if isinstance(each, Attendance)}
    assert (by_name[ANN.id].came, by_name[ANN.id].went) == (at("08:00"), at("11:00"))
    assert by_name[ANN.id].role is Role.SUPERVISOR
    assert by_name[BEN.id].absent
    assert (by_name[DAN.id].came, by_name[DAN.id].went) == (at("11:05"), at("14:00"))
    assert by_name["Jo Bloggs"].shift_id == "early"
    assert found.left == ()
    assert [row.number for row in read("2 no\n1 0800").left] == [3, 4]


def test_all_fills_what_nobody_said_and_changes_nothing():
    marked = mark(ANN, came=at("08:02")), mark(BEN, absent=True), mark(CAT, came=at("08:00"), went=at("10:00"))
    found = read("all out 1100", *marked)
    assert found.lines[0].who == "Row 1"
    assert "Row 4: left out. When did Dan \u0141ukasz come?" in found.lines[0].notes[0]
    assert [(each.person_id, each.came, each.went) for each in found.saved] == [(ANN.id, at("08:02"), at("11:00"))]
    some = read("all in 0755 out 1100", *marked[:1]).lines[0]
    assert (some.state, some.who, some.notes[0]) == (NEW, "Rows 1\u20134", "Row 1 keeps what else is known.")
    mixed = read("all in 0800 out 1100\n3 0805\n2 out 1030")
    assert [line.notes for line in mixed.lines[1:]] == [(), ()]
    assert mixed.lines[0].notes[0] == "Rows 2\u20133 keep what else is known."
    assert [(each.came, each.went) for each in mixed.saved[:2]] == [
        (at("08:05"), at("11:00")),
        (at("08:00"), at("10:30")),
    ]
    assert said("all no", *marked) == "new | Dan \u0141ukasz | did not come"
    everybody = (*marked, mark(DAN, "late", absent=True))
    assert said("all in 0800", *everybody).startswith("not understood | Everybody on the sheet is marked already")
    assert read("all in 0800", *everybody).left == ()


def test_two_lines_on_one_row():
    found = read("3 0755\n3 0810\n3 out 1102\n3 no\n3 0820")
    holds = "Line 5 says otherwise and holds."
    assert [line.notes for line in found.lines] == [
        (holds,),
        ("Row 3 is on line 1, too: this line holds.", holds),
        ("Line 4 says otherwise and holds.",),
        ("Row 3 is on line 2, too: this line holds.", holds),
        ("Row 3 is on line 4, too: this line holds.",),
    ]
    (made,) = found.saved
    assert isinstance(made, Attendance)
    assert (made.came, made.went, made.absent) == (at("08:20"), None, False)
    again = read("+ Jo Bloggs 0810\n+ Jo Bloggs 0830")
    assert again.lines[1].notes == ("Jo Bloggs is on line 1, too: this line holds.",)


def test_a_blank_row_is_named_once():
    found = read("5 Jo Bloggs 0810\n5 out 1100\n5 Jo band 9\n5 Ann Other 0900\n1,5-6 out 1030\n1 0800")
    assert [line.state for line in found.lines] == [NEW, NEW, NEW, WRONG, NEW, NEW]
    assert found.lines[3].words == "Row 5 is Jo Bloggs on another line: type + Ann Other for somebody else."
    assert found.lines[1].who == "Jo Bloggs, walk-in"
    assert found.lines[4].notes == ("Row 6: no name, left out.", "Row 5 is on line 2, too: this line holds.")
    walk_in = next(each for each in found.saved if isinstance(each, Attendance) and each.walk_in)
    assert (walk_in.came, walk_in.went, walk_in.armband) == (at("08:10"), at("10:30"), "9")


def test_what_was_marked_before_is_shown_where_the_paper_says_otherwise():
    kiosk = mark(CAT, came=at("08:02"))
    assert said("3 0755 1102", kiosk) == "changes | Cat Cole | in 07:55, out 11:02 | Marked at the kiosk: in 08:02."
    assert said("3 out 1102", kiosk) == "new | Cat Cole | out 11:02"
    assert said("3 no", kiosk) == "changes | Cat Cole | did not come | Marked at the kiosk: in 08:02."
    assert said("3 in 0802", kiosk) == "as it stands | Cat Cole | in 08:02"
    assert read("3 in 0802", kiosk).saved == (), "and stays a mark of the kiosk\u2019s"
    gone = mark(CAT, absent=True, marked=MarkedFrom.DESK)
    assert said("3 0755", gone) == "changes | Cat Cole | in 07:55 | Marked at the desk: did not come."
    assert said("3 no", gone) == "as it stands | Cat Cole | did not come"
    assert said("3 band 4", mark(CAT, armband="3", marked=MarkedFrom.PAPER)) == (
        "changes | Cat Cole | armband 4 | Typed back before: no time in."
    )
    _, made = one("3 0755 1102", kiosk)
    assert made == replace(kiosk, came=at("07:55"), went=at("11:02"), marked=MarkedFrom.PAPER)


def test_walk_ins_go_on_the_shift_that_is_on_and_are_found_again():
    _, made = one("+ Jo Bloggs 1100")
    assert made is not None
    assert made.shift_id == "late"
    assert made.person_id is None
    jo = Attendance(
        id=AttendanceId("jo"), shift_id=ShiftId("early"), walk_in="Jo Bloggs", role=Role.STEWARD, came=at("08:10")
    )
    assert said("+ jo bloggs 0810 1100", jo) == "new | jo bloggs, walk-in | in 08:10, out 11:00, as supporter"
    assert read("+ jo bloggs 0810", jo).saved == ()
    assert read("5 Jo Bloggs out 1100", jo).saved == (replace(jo, went=at("11:00"), marked=MarkedFrom.PAPER),)
    assert read("+ Jo Bloggs 1105", jo).lines[0].notes == ("Marked on the shift before or after, too: in 08:10.",)


def test_a_walk_in_whom_the_plan_knows_is_that_person():
    jo, other = person("Jo Bloggs"), person("Jo Bloggs", id=PersonId("other"))
    found = read("+ jo bloggs 0810", known=[jo, ANN])
    assert found.lines[0].who == "Jo Bloggs"
    assert [each.person_id for each in found.saved] == [jo.id]
    twins = read("+ Jo Bloggs 0810", known=[jo, other])
    assert twins.lines[0].notes == ("2 people in the plan are called so: kept as a walk-in of that name.",)
    assert [each.walk_in for each in twins.saved] == ["Jo Bloggs"]
    again = read("+ Cat C. 0810")
    assert again.lines[0].notes == ("Cat Cole stands in row 3, too.",)
    assert again.left[-1].number == 4
    assert [each.person_id for each in again.saved] == [CAT.id]
    assert tuple(nobody("Jo")) == ()


def test_several_rows_at_once_say_each_rows_oddity_and_no_more_than_three():
    many = "1-12 in 0500 out 0600"
    line = read(many).lines[0]
    assert (line.state, line.who) == (NEW, "Rows 1\u20134")
    assert line.notes[0] == "Rows 5\u201312: no name, left out."
    assert line.notes[1] == "Row 1: 05:00 is more than two hours outside the shift, 08:00\u201311:00."
    assert line.notes[3] == "And 3 more like these."


# ------------------------------------------------------------------------ what became of the plan since
def test_rows_whose_shift_was_drawn_anew_find_the_one_that_is_there_now():
    day = picket(times="08:00-17:00")
    drawn = shift("n1"), shift("n2", "14:00-17:00")
    rows = [row(1, ANN, "old1"), row(2, ANN, "old2"), row(3, BEN, "old2"), row(4, CAT, "old2"), row(5, DAN, "unknown")]
    were = {ShiftId("old1"): Span(at("08:00"), at("11:00")), ShiftId("old2"): Span(at("13:00"), at("17:00"))}
    paper = SignInSheet(Plan([entrance(), day, *drawn, ANN, BEN, CAT, DAN]), day, rows, were=were)
    assert paper.shift_words(paper.rows[2]) == "13:00\u201317:00, not on the rota now"
    assert paper.shift_words(paper.rows[5]) == "shift not on the rota now"
    found = read_back(paper, "1 0800 1100\n2 1400 1700\n3 no\n4 1055 1700\n5 no\nall in 0800")
    marks = {(each.person_id, each.shift_id) for each in found.saved if isinstance(each, Attendance)}
    assert marks == {(ANN.id, "n1"), (ANN.id, "n2"), (BEN.id, "n2"), (CAT.id, "n2")}, "each on a shift of its own"
    assert "The shift of row 5 is not on the rota any more: type the time in" in read_back(paper, "5 no").lines[0].words
    assert [each.number for each in read_back(paper, "1 no").left] == [2, 3, 4, 5]
    stood = Attendance(id=AttendanceId("m"), shift_id=ShiftId("n2"), person_id=DAN.id, role=Role.PICKET)
    again = SignInSheet(Plan([entrance(), day, *drawn, ANN, BEN, CAT, DAN, stood]), day, rows)
    (made,) = read_back(again, "5 0801 1100").saved
    assert made.shift_id == "n1", "without the journal the time in tells the shift"
    assert (
        read_back(again, "5 out 1650 band 3").lines[0].words
        == "When did Dan \u0141ukasz come? Type the time in as well, in 0755 out 1102."
    )
    wide = SignInSheet(paper.plan, day, rows, were={ShiftId("old1"): Span(at("09:00"), at("17:00"))})
    assert (wide.shift_of(wide.rows[1]).id, wide.shift_words(wide.rows[1])) == (
        "n2",
        "09:00\u201317:00, not on the rota now",
    )
    # Two shifts that became one: what two rows say of one person can't both be kept.
    whole = SignInSheet(Plan([entrance(), day, shift("n", "08:00-17:00"), ANN, BEN]), day, rows[:3], were=were)
    found = read_back(whole, "1 0800 1100\n2 1400 1700")
    assert [line.state for line in found.lines] == [NEW, WRONG]
    assert found.lines[1].words.startswith("Row 1 is Ann Archer on the same shift, 08:00\u201317:00: type there")
    assert found.saved[0].went == at("11:00")
    found = read_back(whole, "1-3 0800\nall out 1700")
    assert found.lines[0].notes[0].startswith("Row 2: left out. Row 1 is Ann Archer")
    assert len(found.saved) == 2


def test_somebody_who_was_taken_out_of_the_plan_is_not_passed_over():
    gone = sheet(without=[CAT, DAN], rows=(*ROWS[:3], SheetRow(number=4, shift=ShiftId("late")), *ROWS[4:]))
    numbers = iter(range(99))

    def back(text):
        return read_back(gone, text, make_id=lambda: str(next(numbers)))

    assert [(each.number, gone.name(each)) for each in back("1-2 0800").left] == [
        (3, "somebody no longer in the plan"),
        (4, "somebody no longer in the plan"),
    ]
    was = "Rows 3\u20134 were printed for somebody who is no longer in the plan"
    assert back("all in 0800").lines[0].notes == (f"{was}: left out.",)
    assert back("2-5 0800").lines[0].notes == ("Row 5: no name, left out.", f"{was}: left out.")
    assert back("3-4 0800").lines[0].words == f"{was}."
    found = back("3 no\n4 Jo Bloggs 1105\n4 out 1400\nall in 0800")
    assert [(line.state, line.words) for line in found.lines[:2]] == [
        (SAME, "did not come; somebody no longer in the plan, so nothing is kept"),
        (NEW, "in 11:05, as supporter"),
    ]
    assert (found.left, found.lines[3].notes) == ((), ())
    assert next(each.walk_in for each in found.saved if isinstance(each, Attendance)) == "Jo Bloggs"
    here = sheet(mark(ANN, absent=True), mark(BEN, absent=True), rows=gone.rows.values(), without=[CAT, DAN])
    assert read_back(here, "all in 0800").lines[0].words == f"{was}: left out."


def test_two_people_who_wrote_the_same_first_name_stay_two():
    found = read("5 Jo 0810 0900\n6 Jo 0930 1045\n+ Sam 0800 0815\n+ Sam 1000\n+ Sam 1000 1100\n+ ? 0900\n+ ? 0900")
    came = [(each.walk_in, each.came, each.went) for each in found.saved if isinstance(each, Attendance)]
    assert came == [
        ("Jo", at("08:10"), at("09:00")),
        ("Jo", at("09:30"), at("10:45")),
        ("Sam", at("08:00"), at("08:15")),
        ("Sam", at("10:00"), at("11:00")),
        ("name not legible", at("09:00"), None),
        ("name not legible", at("09:00"), None),
    ]
    assert [line.notes for line in found.lines[1:4]] == [
        ("Another Jo is in row 5.",),
        (),
        ("Another Sam is on line 3.",),
    ]
    # A full name tells people apart, unless one was gone before the other came.
    found = read("+ Jo Bloggs 0800 0815\n+ Jo Bloggs 1000 1030")
    assert len(found.saved) == 2
    stood = Attendance(
        id=AttendanceId("jo"), shift_id=ShiftId("early"), walk_in="Jo", role=Role.PICKET, came=at("08:10")
    )
    assert said("+ Jo 0930", stood) == ("new | Jo, walk-in | in 09:30, as supporter | Another Jo is marked: in 08:10.")
    assert said("+ Jo 0810 1100", stood) == "new | Jo, walk-in | in 08:10, out 11:00, as supporter"
    full = replace(stood, walk_in="Jo Bloggs")
    assert said("+ Jo Bloggs 0815", full) == (
        "changes | Jo Bloggs, walk-in | in 08:15, as supporter | Marked at the desk: in 08:10."
    )
    # A short name that two on the sheet have is nobody's.
    baker, brown = person("Jo Baker"), person("Jo Brown")
    two = sheet(baker, brown, rows=(row(1, baker), row(2, brown), row(3)))
    line, other = read_back(two, "+ Jo B. 0810\n1 0800").lines
    assert line.notes == ("2 people on this sheet are called so: kept as a walk-in of that name.",)
    assert (line.who, other.who, other.notes) == ("Jo B., walk-in", "Jo Baker", ())


def test_a_row_finds_again_who_was_typed_back_from_it():
    def paper(*more: Record) -> SignInSheet:
        return SignInSheet(sheet(*more).plan, sheet().picket, ROWS, code="K7M2-P4X")

    first = read_back(paper(), "5 Jo 0810 0900").saved
    second = read_back(paper(*first), "6 Jo 0930 1045").saved
    assert len({each.id for each in (*first, *second)}) == 2
    stood = (*first, *second)
    found = read_back(paper(*stood), "5 Jo 0810 0900\n6 Jo 0930 1045\n6 band 7")
    assert [line.state for line in found.lines] == [SAME, SAME, NEW]
    (made,) = read_back(paper(*stood), "5 out 0915").saved
    assert made == replace(first[0], went=at("09:15"))
    named = read_back(paper(*stood), "5 Joanna Bloggs 1130 1200")
    assert (named.lines[0].state, named.lines[0].notes) == (CHANGES, ("Typed back before for Jo.",))
    assert (named.saved[0].id, named.saved[0].shift_id) == (first[0].id, "late")
    known = person("Joanna Bloggs")
    theirs = read_back(paper(known, *stood), "5 Joanna Bloggs 0810 0900", known=lambda name: [known]).saved
    assert [(each.id, each.person_id, each.walk_in) for each in theirs] == [(first[0].id, known.id, "")]
    assert read_back(paper(known, *theirs), "5 out 1000").lines[0].who == "Joanna Bloggs"
    assert read_back(paper(*stood), "5-6 out 1100").lines[0].who == "Rows 5\u20136"


def test_somebody_in_two_places_at_once_is_said_on_both_lines():
    rows = (row(1, ANN), row(2, ANN, "late"), row(3, BEN, "late"), row(4))
    twice = sheet(rows=rows)
    assert twice.shift_words(rows[1]) == "11:00\u201314:00"
    found = read_back(twice, "1 0800 1110\n2 1100 1400")
    assert [line.notes for line in found.lines] == [
        ("The same person is in row 2 at that time: in 11:00, out 14:00.",),
        ("The same person is in row 1 at that time: in 08:00, out 11:10.",),
    ]
    assert [line.notes for line in read_back(twice, "1 0800 1100\n2 1100 1400").lines] == [(), ()]
    marked = mark(BEN, "early", came=at("08:00"), went=at("12:00"))
    assert read_back(sheet(marked, rows=rows), "3 1130").lines[0].notes == (
        "The same person is on another shift at that time: in 08:00, out 12:00.",
    )
    assert read_back(sheet(marked, rows=rows), "3 no").lines[0].notes == ()


def test_a_row_that_cant_be_read_is_kept_and_all_leaves_it():
    found = read("3 ?\n? \nall in 0800")
    assert [line.who for line in found.lines] == ["Cat Cole", "Dan \u0141ukasz", "Rows 1\u20132"]
    by = {each.person_id: each for each in found.saved if isinstance(each, Attendance)}
    assert (by[CAT.id].came, by[CAT.id].absent) == (None, False)
    assert said("3 ?", mark(CAT, came=at("08:02"))).startswith("as it stands | Cat Cole")


# ------------------------------------------------------------------------------- counts and notes again
def test_counts_and_notes_are_written_once():
    stood = TurnoutCount(id=TurnoutCountId("c"), picket_id=PicketId("picket"), at=at("08:30"), pickets=6, supporters=45)
    rain = Incident(id=IncidentId("i"), picket_id=PicketId("picket"), at=at("09:15"), what="Rain")
    found = read("count 0830 6 45\nnote 0915 Rain", stood, rain)
    assert [line.state for line in found.lines] == [SAME, SAME]
    assert found.saved == ()
    found = read("count 0830 5 40\ncount 0830 4 40\nnote 0920 Sun\nnote 0920 Sun", stood, rain)
    assert [line.state for line in found.lines] == [CHANGES, CHANGES, NEW, SAME]
    assert found.lines[0].notes == ("It stood as 6 pickets, 45 supporters.",)
    assert found.lines[1].notes[0] == "Another line counts at the same time: the last one holds."
    assert found.saved[0] == replace(stood, pickets=4, supporters=40)
    assert len(found.saved) == 2


# -------------------------------------------------------------------------------- other days and plans
def test_a_night_goes_over_midnight():
    night = picket(times="20:00-08:00")
    plan = Plan([entrance(), night, shift("early", "20:00-02:00"), shift("late", "02:00-08:00", day=2), ANN, DAN])
    found = read_back(
        SignInSheet(plan, night, ROWS), "1 in 8 out 2\n4 0155 8.10\n+ Jo 2345 0130\n1 band 3\ncount 2 6 0"
    )
    ann, dan, jo = (each for each in found.saved if isinstance(each, Attendance))
    assert (ann.came, ann.went) == (at("20:00"), at("02:00", 2))
    assert (dan.came, dan.went) == (at("01:55", 2), at("08:10", 2))
    assert (jo.came, jo.went, jo.shift_id) == (at("23:45"), at("01:30", 2), "early")
    assert found.lines[0].words == "in 20:00, out 02:00 (Wed 2 Dec 2015)"
    assert found.lines[4].who == "Head-count 02:00 (Wed 2 Dec 2015)"


def test_a_day_round_the_clock_reads_out_after_in():
    day = picket(times="08:00-08:00")
    plan = Plan([entrance(), day, shift("early", "08:00-08:00"), ANN])
    (made,) = read_back(SignInSheet(plan, day, ROWS), "1 2200 2130").saved or (None,)
    assert made is None, "at half past nine on the next day the picket is over"
    (made,) = read_back(SignInSheet(plan, day, ROWS), "1 0900 0830").saved or (None,)
    assert made is None
    (made,) = read_back(SignInSheet(plan, day, ROWS), "1 0900 0730").saved
    assert isinstance(made, Attendance)
    assert made.went == at("07:30", 2)


def test_a_time_that_the_clocks_leave_out_is_refused():
    march = date(2016, 3, 27)
    day = picket(times="00:00-06:00", day=march)
    plan = Plan([entrance(), day, shift("early", "00:00-06:00", day=march), ANN])
    found = read_back(SignInSheet(plan, day, ROWS), "1 0130\ncount 0130 6 0\n+ Jo 0130")
    assert {line.words for line in found.lines} == {"01:30 does not exist on Sun 27 Mar 2016: the clocks go forward."}


def test_an_older_sheet_works_as_it_was_printed():
    lines = [
        PrintedLine(
            id=PrintedLineId(f"line-{number}"),
            print_run_id=PrintRunId("run"),
            number=number,
            line=f"key-{number}",
            digest="x",
            shift=shift_id,
            person=who,
            role=role,
        )
        for number, shift_id, who, role in (
            (1, "early", ANN.id, "picket supervisor"),
            (2, "gone", BEN.id, "picket"),
            (3, "early", "erased", "no role of ours"),
            (4, "", "", ""),
            (0, "early", CAT.id, "picket"),
        )
    ]
    old = SignInSheet(sheet().plan, picket(times="08:00-14:00"), printed_rows(lines))
    found = read_back(old, "1 0800\n2 1105\n3 0900\n4 Jo 0900\n5 0900")
    assert [line.state for line in found.lines] == [NEW, NEW, WRONG, NEW, WRONG]
    assert found.lines[2].words.startswith("Row 3 was printed for somebody who is no longer in the plan")
    assert [each.shift_id for each in found.saved] == ["early", "late", "early"], "of a gone shift where the time is"
    assert [each.role for each in found.saved] == [Role.SUPERVISOR, Role.PICKET, Role.SUPPORTER]


def test_a_picket_without_shifts_takes_nobody_but_counts_and_notes():
    bare = picket(ends=None)
    plan = Plan([entrance(), bare, ANN])
    found = read_back(SignInSheet(plan, bare, ROWS), "1 0800\n+ Jo 0800\nall in 0800\ncount 0830 6 0")
    why = "The picket has no shift any more, so nobody can be marked there: add one on the rota."
    assert [line.words for line in found.lines[:2]] == [why, why]
    assert [line.state for line in found.lines] == [WRONG, WRONG, WRONG, NEW]
    assert len(found.saved) == 1
    assert found.left == ()
    assert isinstance(typed_line("3 0755", last=3), Signed)
    assert SignInSheet(plan, bare, ()).last == 0
    assert datetime.combine(SignInSheet(plan, bare, ()).day, time(8)) == at("08:00")
