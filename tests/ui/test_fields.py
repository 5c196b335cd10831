"""Fields: done with when somebody leaves them, never lost, and what can't be kept stays said."""

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.disputes import Dispute, Settings
from rallyapp.domain.problems import Concern
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.fields import (
    ChoiceField,
    ClockField,
    DateField,
    NumberField,
    SpanField,
    TextField,
    TickField,
)


@pytest.fixture
def form(dressed, qtbot):
    """Put fields into a window, the first with the keyboard; what they commit is listed."""
    window = QWidget()
    column = QVBoxLayout(window)
    qtbot.addWidget(window)

    def made(*fields):
        said = []
        for field in fields:
            column.addWidget(field)
            field.committed.connect(said.append)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        fields[0].setFocus()
        return said

    return made


def typed(field, text, key=Qt.Key.Key_Return):
    field.entry.setFocus()
    field.entry.selectAll()
    QTest.keyClicks(field.entry, text)
    if key is not None:
        QTest.keyClick(field.entry, key)


@pytest.mark.parametrize(
    ("field", "text", "value", "shown"),
    [
        (lambda: DateField("Day", near=lambda: date(2015, 11, 20)), "1/12", date(2015, 12, 1), "Tue 1 Dec 2015"),
        (lambda: ClockField("From"), "8am", time(8), "08:00"),
        (lambda: SpanField("Time"), "10am to 6pm", (time(10), time(18)), "10:00\u201318:00"),
        (lambda: NumberField("Most", unit="people"), "1200 people", 1200, "1,200 people"),
        (lambda: TextField("Name"), "  Amira ", "Amira", None),
    ],
)
def test_what_is_typed_is_read_said_once_and_written_properly(form, field, text, value, shown):
    made = field()
    said = form(made)
    typed(made, text)
    assert said == [value]
    assert made.value == value
    if shown:
        assert made.line.text() == shown
    QTest.keyClick(made.entry, Qt.Key.Key_Tab)
    assert said == [value], "nothing more was changed"


def test_what_is_wrong_is_said_beneath_and_committed_by_nobody(form):
    field = ClockField("From")
    said = form(field)
    typed(field, "25:00")
    assert not said
    assert field.wrong.text() == "\u201c25:00\u201d is not a time of day: write it as 08:00."
    assert field.entry.accessibleDescription() == field.wrong.text()
    QTest.keyClicks(field.entry, "x")
    assert field.wrong.isHidden(), "whoever types on is mending it"


def test_what_was_refused_stays_said_while_it_stands_there(form):
    field = DateField("Last day", near=lambda: date(2015, 11, 20))
    form(field)
    typed(field, "1/1/2015")
    field.say_wrong("The day ends before it begins.")
    QTest.keyClick(field.entry, Qt.Key.Key_Tab)
    assert field.wrong.text() == "The day ends before it begins."
    typed(field, "2/12")
    assert field.wrong.isHidden()


@pytest.mark.parametrize("lines", [1, 3])
def test_esc_brings_back_what_was_there(form, lines):
    field = TextField("Note", lines=lines)
    field.show_value("as it was")
    said = form(field)
    typed(field, "a slip", key=None)
    QTest.keyClick(field.entry, Qt.Key.Key_Escape)
    assert field.text == "as it was"
    QTest.keyClick(field.entry, Qt.Key.Key_Tab)
    assert not said


def test_several_lines_are_done_with_on_ctrl_enter_or_by_leaving(form):
    field, other = TextField("Note", lines=3), TextField("Name")
    said = form(field, other)
    typed(field, "one", key=None)
    QTest.keyClick(field.entry, Qt.Key.Key_Return)
    QTest.keyClicks(field.entry, "two")
    assert not said
    QTest.keyClick(field.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said == ["one\ntwo"]
    QTest.keyClicks(field.entry, "!")
    QTest.keyClick(field.entry, Qt.Key.Key_Tab)
    assert said[-1] == "one\ntwo!"


def test_finish_typing_commits_and_keeps_the_keyboard(form):
    field = TextField("Name")
    said = form(field)
    typed(field, "Sam", key=None)
    finish_typing()
    assert said == ["Sam"]
    assert field.entry.hasFocus()


def test_a_choice_whose_value_is_gone_means_nothing(form):
    field = ChoiceField("Entrance", [("Main", "m"), ("East", "e")])
    form(field)
    field.show_value("e")
    field.offer([("Main", "m")])
    assert field.value is None
    assert field.box.currentIndex() == -1
    field.show_value("m")
    assert field.box.currentText() == "Main"


def test_a_tick_is_said_at_once(form):
    field = TickField("18 or over")
    said = form(field)
    field.show_value(True)
    assert not said
    QTest.keyClick(field.box, Qt.Key.Key_Space)
    assert said == [False]


def test_a_number_out_of_its_range_and_an_empty_one(form):
    field = NumberField("Hours", least=1, most=24, empty="no limit")
    said = form(field)
    typed(field, "25")
    assert field.wrong.text() == "Write a number from 1 to 24."
    typed(field, "7")
    typed(field, "")
    field.entry.clear()
    QTest.keyClick(field.entry, Qt.Key.Key_Return)
    assert said == [7, None]


def test_what_is_typed_is_kept_when_a_key_leads_elsewhere(window, person, overview):
    window.go(PageName.DAYS)
    person.waits()
    page = window.page(PageName.DAYS)
    page.show_record(Concern("dispute", window.store.all(Dispute)[0].id))
    line = next(each for each in page.inspector.findChildren(TextField) if each.label == "Branch" and each.isVisible())
    typed(line, "Wessex and beyond", key=None)
    window.go(PageName.STALLS)
    assert window.store.all(Dispute)[0].branch == "Wessex and beyond"


def test_undo_after_a_redo_takes_back_that_and_nobody_elses_work(window, person, overview):
    dispute = window.store.all(Dispute)[0]
    window.desk.save("Mine", [replace(dispute, duty_phone="01")])
    window.desk.undo()
    window.desk.redo()
    with window.store.edit("Theirs") as edit:
        edit.save(replace(window.store.all(Settings)[0], title="Other"))
    window.messages._action.click()
    assert person.reads == "Undone: Mine."
    assert window.store.all(Settings)[0].title == "Other"
    assert window.store.all(Dispute)[0].duty_phone == dispute.duty_phone


def test_closing_the_window_keeps_a_half_described_plan_once(window, person, qtbot):
    window.new_plan()
    page = window.describing
    field = next(each for each in page.findChildren(TextField) if each.isVisible())
    typed(field, "A union")
    assert page.begun
    assert not window.close()
    assert "in no file yet" in person.reads
    assert window.close()
