"""A sign-in sheet typed back at the window, by keyboard alone: forty rows in fewer keys than a minute takes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from rallyapp import carried
from rallyapp.domain.ids import AssignmentId, AttendanceId, PersonId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    MarkedFrom,
    Picket,
    Role,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.problems import Concern
from rallyapp.prints import noting, press
from rallyapp.prints.audience import Audience, Document
from rallyapp.store import Store
from rallyapp.store.print_queries import part_for, run_by_code
from rallyapp.store.type_back_queries import sheets_to_type
from rallyapp.ui import theme
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Appearance
from rallyapp.ui.type_back import TypeBack

PEOPLE = 40
# A practised typist has 300 to 400 keys a minute on the figures of a keyboard.
KEYS_A_MINUTE = 360


def print_sheet(store, picket):
    part = part_for(store, "picket", [picket.id])
    batch = press.batch(
        part,
        carried.law(),
        Document.SIGN_IN,
        Audience.SUPERVISOR,
        [picket.id],
        printed=datetime(2015, 11, 30, 18, 0),
        version=store.version,
    )
    with store.note("Print sign-in") as edit:
        edit.save_all(noting.records_of(batch))
    return batch.pieces[0].code


@pytest.fixture
def code(plan):
    """The code of the main entrance's sheet of 1 December with forty more people on it; one came by the kiosk."""
    with Store.open(plan) as store:
        pickets = sorted(store.all(Picket), key=lambda each: (each.starts, each.id))
        picket = pickets[0]
        shifts = sorted(store.where(Shift, picket_id=picket.id), key=lambda each: each.starts)
        with store.edit("Put forty on") as edit:
            for number in range(PEOPLE - 1):
                family = "\u0639\u0644\u064a" if number == 4 else f"Family{'x' * (number % 3 * 40)}"
                who = edit.save(Person(id=PersonId(f"p{number:02}"), given_name=f"Given{number}", family_name=family))
                on = shifts[number % len(shifts)].id
                id = AssignmentId(f"a{number:02}")
                edit.save(Assignment(id=id, shift_id=on, person_id=who.id, role=Role.PICKET,
                                     state=AssignmentState.CONFIRMED))  # fmt: skip
            kiosk = AttendanceId("kiosk")
            edit.save(Attendance(id=kiosk, shift_id=shifts[0].id, person_id=PersonId("p03"), role=Role.PICKET,
                                 came=picket.starts, marked=MarkedFrom.KIOSK))  # fmt: skip
        print_sheet(store, pickets[1])
        return print_sheet(store, picket)


class Keys:
    """Somebody at the keyboard alone; every key is counted."""

    def __init__(self, qtbot):
        self.qtbot, self.pressed = qtbot, 0

    def types(self, *lines):
        for line in lines:
            self.qtbot.keyClicks(QApplication.focusWidget(), line)
            self.pressed += len(line)
            self.presses(Qt.Key.Key_Return)

    def presses(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.pressed += 1


@pytest.fixture
def view(person, window, plan, code):
    """The view on an open plan, as another page leads to it."""
    person.opens(plan)
    window.desk.go(PageName.PRINT, Concern("view", "back"))
    return window.page(PageName.PRINT).findChild(TypeBack)


def states(view):
    return [str(line.state) for line in view.reading.lines]


def test_forty_rows_in_a_minute_by_keyboard(view, person, window, plan, code, qtbot):
    keys = Keys(qtbot)
    view.code.setFocus()
    keys.types(code.replace("-", "").lower())
    assert view.edit.hasFocus(), "the lines follow the code"
    rows = [row for row in view._found.sheet.rows.values() if row.person]
    assert len(rows) == PEOPLE
    # Each came and went at a time of their own, five minutes and less around the shift.
    times = {}
    for row in rows:
        shift = view._found.sheet.shift_of(row)
        off = row.number % 10
        times[row.person, shift.id] = shift.starts - timedelta(minutes=off), shift.ends + timedelta(minutes=9 - off)
    keys.types(*(f".{came:%M} .{went:%M}" for came, went in times.values()))
    keys.types("count 0830 6 45")
    assert view.edit.text.startswith("1 .59 .08\n2 .58 .07\n"), "each line has the number of its row by now"
    assert states(view).count("new") + states(view).count("changes") == PEOPLE + 1
    assert view.reading.left == ()
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert person.reads.startswith("Type back 40 rows and 1 head-count, Main entrance.")
    assert keys.pressed < KEYS_A_MINUTE
    store = window.desk.store
    marks = {(mark.person_id, mark.shift_id): (mark.came, mark.went) for mark in store.all(Attendance)}
    assert marks == times
    assert {mark.marked for mark in store.all(Attendance)} == {MarkedFrom.PAPER}
    assert len(store.all(TurnoutCount)) == 1
    assert view.edit.text == ""

    # What is usual takes a fraction: all but three came and went with their shift.
    window.desk.undo()
    qtbot.waitUntil(lambda: view.edit.text.startswith("1 .59 .08\n"))
    assert view.reading.saved, "undone: what was typed is back, to be mended"
    keys.presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.pressed = 0
    keys.types("all in 0800 out 0900", "7 no", "9 0805", "+ Jo Bloggs 0810")
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert keys.pressed < 60
    assert "Type back 41 rows" in person.reads


def test_what_is_odd_is_seen_and_stays_until_it_is_mended(view, person, qtbot, code, dressed, window):
    keys = Keys(qtbot)
    view.code.setFocus()
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    keys.types(wrong)
    assert "can\u2019t be right" in view.title.text()
    assert view.code.property("wrong")
    assert not view.write_button.isVisible()
    view.code.selectAll()
    keys.types("0000-000")
    assert "No sheet 0000-000 was printed from this plan" in view.title.text()
    view.code.selectAll()
    keys.types(code)
    assert not view.code.property("wrong")
    kiosk = next(row.number for row in view._found.sheet.rows.values() if row.person == "p03")
    keys.types(f"{kiosk} 0812", "1 0755", "whatever", "60 Jo 0810 1100", "1 0800 0700")
    assert states(view)[:5] == ["changes", "not understood", "not understood", "new", "not understood"]
    assert view.reading.wrong == 3
    assert "Marked at the kiosk: in 08:00." in view.reading.lines[0].notes
    view.edit.go_to(0)
    assert "Marked at the kiosk: in 08:00." in view.line_words.text(), "all of the line's words stand below"
    assert view.edit.accessibleDescription() == view.line_words.text()
    keys.presses(Qt.Key.Key_F8)
    assert view.edit.line == 1
    keys.presses(Qt.Key.Key_F8)
    assert view.edit.line == 2
    view.edit.go_to(4)
    for _ in range(len("1 0800 0700") + 1):
        keys.presses(Qt.Key.Key_Backspace)
    assert states(view)[:4] == ["changes", "new", "not understood", "new"], "a line that is deleted is undone"
    for appearance, zoom in ((Appearance.DARK, 150), (Appearance.LIGHT, 100)):
        theme.show(dressed, appearance, zoom)
        view.beside.grab()
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert person.reads.endswith("1 line not understood.")
    assert view.edit.text.strip() == "whatever"
    assert view.left.choices.rowCount() == PEOPLE - 2
    view.left.setFocus()
    keys.presses(Qt.Key.Key_Return)
    assert view.edit.text.endswith("\n2 ")
    assert view.edit.hasFocus()


def test_half_typed_lines_stay_while_another_sheet_or_page_is_looked_at(view, window, person, plan, code, qtbot):
    keys = Keys(qtbot)
    assert view.sheets.choices.rowCount() == 2, "the sheets that were printed"
    view.sheets.choose(code)
    view.sheets.setFocus()
    keys.presses(Qt.Key.Key_Return)
    assert view.code.text() == code
    keys.types("2 0758")
    keys.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert view.code.hasFocus()
    assert view.code.selectedText() == code
    qtbot.keyClick(view.code, Qt.Key.Key_Backspace)
    assert view.sheets.isVisible()
    other = next(choice.id for choice in view.sheets.choices.rows.all if choice.id != code)
    keys.types(other)
    assert view.edit.text == ""
    keys.types("+ Somebody 0810")
    window.go(PageName.PEOPLE)
    window.go(PageName.PRINT)
    assert view.edit.text == "+ Somebody 0810\n"
    view.code.setFocus()
    view.code.selectAll()
    keys.types(code)
    assert view.edit.text == "2 0758\n"
    with Store.open(plan) as store, store.edit("Take a mark away") as edit:  # in another window
        edit.delete(store.get(Attendance, "kiosk"))
    qtbot.waitUntil(lambda: len(view.reading.left) == PEOPLE - 1)
    assert view.edit.text == "2 0758\n"
    assert view.actions()[0].shortcuts()[0] == QKeySequence("Ctrl+Return")


def test_a_plan_that_is_only_looked_at_is_read_against_but_not_written(person, window, plan, code, qtbot):
    window._opened(Store.open(plan, read_only=True))
    person.waits()
    window.desk.go(PageName.PRINT, Concern("view", "back"))
    view = window.page(PageName.PRINT).findChild(TypeBack)
    view.code.setFocus()
    keys = Keys(qtbot)
    keys.types(code)
    keys.types("1 0755")
    assert states(view)[0] == "new"
    assert not view.write_button.isEnabled()
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.edit.text == "1 0755\n"


def test_lines_come_back_only_where_their_own_edit_was_taken_back(view, person, window, plan, code, qtbot):
    keys = Keys(qtbot)
    view.code.setFocus()
    keys.types(code)
    keys.types("1 0755 1102")
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    keys.types("2 0801 1100")
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.edit.text == ""
    first = view._found.sheet.rows[1]
    mark = next(each for each in window.desk.store.all(Attendance) if each.person_id == first.person)
    later = mark.went + timedelta(minutes=30)
    with Store.open(plan) as store, store.edit("Mend at the desk") as edit:  # in another window
        edit.save(replace(mark, went=later, marked=MarkedFrom.DESK))
    window.bridge.poll()
    qtbot.waitUntil(lambda: later in [each.went for each in view._found.sheet.marks.values()])
    assert view.edit.text == "", "what somebody else mended is no undo of mine"
    with Store.open(plan) as store:
        store.undo()
    window.bridge.poll()
    qtbot.waitUntil(lambda: later not in [each.went for each in view._found.sheet.marks.values()])
    # The box is empty: its keys are the plan's, and each of the two edits brings its own lines back.
    assert view.edit.hasFocus()
    keys.presses(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.edit.text == "2 0801 1100")
    keys.presses(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.edit.text == "1 0755 1102\n2 0801 1100")
    assert states(view) == ["new", "new"]
    keys.types(" band 7")
    keys.presses(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    keys.presses(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.edit.text == "1 0755 1102\n2 0801 1100", "where there is something to take back in the box, that is"
    assert states(view)[:2] == ["new", "new"]


def test_what_is_typed_is_not_lost_by_closing_or_by_printing_again(view, person, window, plan, code, qtbot):
    assert view.code.hasFocus(), "whoever comes here can type at once"
    page = window.page(PageName.PRINT)
    keys = Keys(qtbot)
    keys.types(code)
    keys.types("1 0755 1102", "2 what")
    picket = window.desk.store.get(Picket, view._found.sheet.picket.id)
    assert print_sheet(window.desk.store, picket) == code, "the same sheet, within the same minute"
    qtbot.waitUntil(lambda: view._found.run.id == run_by_code(window.desk.store, code).id)
    assert view.edit.text == "1 0755 1102\n2 what\n"
    said = f"2 lines typed from sheet {code} are not written yet: write them under Type back (Ctrl+Enter)"
    assert page.unfinished().startswith(said)
    page.show_view("choose")
    page.show_view("back")
    assert view.edit.hasFocus()
    other = next(choice.code for choice in sheets_to_type(window.desk.store) if choice.code != code)
    view._go_to_code()
    keys.types(other)
    keys.types("+ Somebody 0810")
    assert f"3 lines typed from the sheets {code} and {other} are not written yet" in page.unfinished()
    window.close()
    assert window.isVisible()
    assert "3 lines typed from the sheets" in person.reads
    assert view.edit.text == "+ Somebody 0810\n"
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view._go_to_code()
    keys.types(code)
    assert view.edit.text == "1 0755 1102\n2 what\n"
    view.edit.setPlainText("")
    assert page.unfinished() == ""


def test_a_rota_that_was_drawn_anew_and_people_who_left_since(view, person, window, plan, code, qtbot):
    store = window.desk.store
    keys = Keys(qtbot)
    view.code.setFocus()
    keys.types(code)
    rows = view._found.sheet.rows
    shifts = sorted({row.shift: view._found.sheet.shift_of(row) for row in rows.values() if row.person}.values(),
                    key=lambda each: each.starts)  # fmt: skip
    last = shifts[-1]
    number = next(row.number for row in rows.values() if row.shift == last.id)
    with store.edit("Draw it anew") as edit:
        edit.delete(last)
        edit.save(replace(last, id=ShiftId("drawn anew")))
    leaver = next(row for row in rows.values() if row.person and row.shift != last.id and row.person != "p03")
    with store.edit("Take somebody out") as edit:
        edit.delete(store.get(Person, leaver.person))
    qtbot.waitUntil(lambda: view._found.sheet.rows[leaver.number].gone)
    assert sum(row.gone for row in view._found.sheet.rows.values()) == 1, "the others of the shift keep their rows"
    keys.types(f"{number} no")
    keys.types(f"{leaver.number} 0800")
    assert states(view)[:2] == ["new", "not understood"]
    assert view.reading.saved[0].shift_id == "drawn anew"
    assert "is no longer in the plan" in view.reading.lines[1].words
    titles = [choice.title for choice in view.left.choices.rows.all]
    assert f"{leaver.number}  no longer in the plan" in titles
    keys.presses(Qt.Key.Key_Backspace)
    keys.types(" Jo Bloggs")
    keys.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "2 rows" in person.reads
    assert "Jo Bloggs" in [mark.walk_in for mark in store.all(Attendance)]
    assert leaver.number not in [row.number for row in view.reading.left], "the row knows who was typed back from it"
