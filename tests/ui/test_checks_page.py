"""The checks: read by day, gone to, and mended with one key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from rallyapp.domain.pickets import Assignment, Picket, Shift
from rallyapp.domain.problems import Concern, Problem
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.check_list import CheckModel, DayLine


@pytest.fixture
def page(window, person, plan):
    person.opens(plan)
    window.go(PageName.CHECKS)
    person.waits()
    return window.page(PageName.CHECKS)


def problems(page, code=""):
    return [line for line in page.model.lines if isinstance(line, Problem) and (not code or line.code == code)]


def choose(page, problem):
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(page.model.row_of(problem)))


def widen(window, minutes=30):
    """Let every picket of the plan end later than its last shift, so that a stretch of it has none."""
    store = window.store
    with store.edit("Let the pickets stand longer") as edit:
        for picket in store.all(Picket):
            last = max(shift.ends for shift in store.where(Shift, picket_id=picket.id))
            edit.save(replace(picket, ends=last.replace(hour=last.hour + 1)))


def test_the_problems_stand_below_their_days_and_are_counted(page):
    days = [line.title for line in page.model.lines if isinstance(line, DayLine)]
    assert days[:3] == [
        "Tue 1 Dec 2015, emergency care only",
        "Tue 8 Dec 2015, full walkout",
        "Wed 16 Dec 2015, full walkout",
    ]
    assert page._head.note.text() == f"{len(problems(page))} to look at"
    assert isinstance(page.model.lines[0], DayLine)
    assert page.chosen is page.model.lines[1]


def test_only_those_with_these_words_are_shown_and_all_again(page, qtbot):
    QTest.keyClicks(page.filter, "BSL steward")
    assert len(problems(page)) == 1
    assert "steward with BSL" in page.chosen.sentence
    QTest.keyClicks(page.filter, " xyzzy")
    assert page._nothing.words.text() == "No problem fits what you asked for."
    qtbot.mouseClick(page._nothing.button, Qt.MouseButton.LeftButton)
    assert len(problems(page)) > 20


def test_what_must_be_put_right_can_be_shown_alone(page, qtbot):
    qtbot.mouseClick(list(page.severity.buttons.values())[1], Qt.MouseButton.LeftButton)
    assert problems(page) == []
    assert page._nothing.button.text() == "&Show all"


def test_enter_goes_to_the_shift(window, page):
    choose(page, problems(page, "short")[0])
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert window.frame.page is window.page(PageName.ROTA)


def test_one_key_mends_it_the_next_is_chosen_and_undo_brings_it_back(window, person, page, qtbot):
    widen(window)
    qtbot.waitUntil(lambda: len(problems(page, "no-shift")) == 5)
    bare = problems(page, "no-shift")
    choose(page, bare[0])
    row = page.list.currentIndex().row()
    before = len(window.store.all(Shift))
    QTest.keyClick(page.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(problems(page, "no-shift")) == 4)
    assert person.reads.startswith("Cut ")
    assert person.reads.endswith(" into 1 shift.")
    assert page.list.hasFocus()
    assert len(window.store.all(Shift)) == before + 1
    assert abs(page.list.currentIndex().row() - row) <= 1
    window.undo_action.trigger()
    qtbot.waitUntil(lambda: len(problems(page, "no-shift")) == 5)


def test_all_of_one_kind_on_a_day_are_mended_as_one_edit(window, page, qtbot):
    for picket in window.store.all(Picket)[:1]:
        again = replace(picket, id="again", ends=None)
        shifts = window.store.where(Shift, picket_id=picket.id)
        with window.store.edit("Two open pickets") as edit:
            edit.save(replace(picket, ends=None))
            edit.save(again)
            edit.save(replace(shifts[0], id="s", picket_id="again"))
    qtbot.waitUntil(lambda: len(problems(page, "open-end")) == 2)
    choose(page, problems(page, "open-end")[0])
    buttons = [each.accessibleName() for each in page.details.findChildren(QPushButton)]
    assert "End each picket with its last shift (2)" in buttons
    QTest.keyClick(page.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not problems(page, "open-end"))
    assert window.store.undo_label == "End each picket with its last shift (2)"


def wide_shift(window, page, qtbot):
    """Let a shift begin before its picket, and choose the problem that this is."""
    picket = next(each for each in window.store.all(Picket) if each.ends)
    shift = min(window.store.where(Shift, picket_id=picket.id), key=lambda each: each.starts)
    with window.store.edit("Begin early") as edit:
        edit.save(replace(shift, starts=shift.starts.replace(hour=shift.starts.hour - 1)))
    qtbot.waitUntil(lambda: len(problems(page, "shift-outside")) == 1)
    choose(page, problems(page, "shift-outside")[0])
    return picket


def elsewhere(window, write):
    with Store.open(window.store.path) as other, other.edit("Elsewhere") as edit:
        write(other, edit)


def test_a_mend_leaves_what_another_window_wrote_meanwhile(window, page, qtbot):
    picket = wide_shift(window, page, qtbot)
    noted = replace(picket, note="police want it moved", loudspeaker=True)
    elsewhere(window, lambda other, edit: edit.save(noted))
    page.mend()
    now = window.store.get(Picket, picket.id)
    assert now.starts < picket.starts
    assert (now.note, now.loudspeaker) == (noted.note, True)


def test_a_mend_of_what_is_gone_or_mended_already_is_a_sentence(window, person, page, qtbot):
    picket = wide_shift(window, page, qtbot)
    elsewhere(window, lambda other, edit: edit.delete(picket))
    page.mend()
    assert person.reads == "The plan was changed meanwhile, and this problem is not as it was: look at it again."
    assert window.store.find(Picket, picket.id) is None


def test_a_picket_on_which_somebody_was_put_meanwhile_is_not_removed_as_an_empty_one(window, person, page, qtbot):
    store = window.store
    assignment = store.all(Assignment)[0]
    shift = store.get(Shift, assignment.shift_id)
    picket = store.get(Picket, shift.picket_id)
    with store.edit("Twice") as edit:
        edit.save(replace(picket, id="again"))
        edit.save(replace(shift, id="empty", picket_id="again"))
    qtbot.waitUntil(lambda: len(problems(page, "entered-twice")) == 1)
    choose(page, problems(page, "entered-twice")[0])
    assert [mend.delete[0].id for mend in page.details.mends] == ["again"]
    elsewhere(window, lambda other, edit: edit.save(replace(assignment, id="put", shift_id="empty")))
    page.mend()
    assert "look at it again" in person.reads
    assert store.find(Picket, "again") is not None


def two_open(window, page, qtbot):
    """Let two pickets of a day have no end, and choose the first of these problems."""
    picket = window.store.all(Picket)[0]
    shift = window.store.where(Shift, picket_id=picket.id)[0]
    with window.store.edit("Two open pickets") as edit:
        edit.save(replace(picket, ends=None))
        edit.save(replace(picket, id="again", ends=None))
        edit.save(replace(shift, id="s", picket_id="again"))
    qtbot.waitUntil(lambda: len(problems(page, "open-end")) == 2)
    choose(page, problems(page, "open-end")[0])
    return window.store.get(Picket, picket.id)


def test_all_of_one_kind_are_mended_beside_what_another_window_wrote(window, page, qtbot):
    picket = two_open(window, page, qtbot)
    elsewhere(window, lambda other, edit: edit.save(replace(picket, note="police want it moved")))
    page.mend_kind()
    now = window.store.get(Picket, picket.id)
    assert (now.ends is not None, now.note) == (True, "police want it moved")
    assert window.store.get(Picket, "again").ends is not None


def test_all_of_one_kind_that_are_no_longer_several_is_a_sentence(window, person, page, qtbot):
    picket = two_open(window, page, qtbot)
    elsewhere(window, lambda other, edit: edit.delete(picket))
    page.mend_kind()
    assert "look at it again" in person.reads
    assert window.store.get(Picket, "again").ends is None


def test_what_somebody_has_to_decide_says_so(window, person, page):
    choose(page, problems(page, "short")[0])
    page.mend()
    assert person.reads == "No mend is known for this problem: somebody has to decide or to ask."


def test_somebody_else_changes_the_plan_and_the_page_follows(window, page, qtbot):
    short = {problem.sentence for problem in problems(page, "short")}
    with Store.open(window.store.path) as other, other.edit("Take everybody off") as edit:
        for assignment in other.all(Assignment):
            edit.delete(assignment)
    window.bridge.poll()
    qtbot.waitUntil(lambda: {problem.sentence for problem in problems(page, "short")} != short)


def test_the_sidebar_counts_what_must_be_put_right(window, page, qtbot):
    button = window.frame.sidebar.buttons[PageName.CHECKS]
    assert button.count == 0
    picket = window.store.all(Picket)[0]
    with window.store.edit("Wrong day") as edit:
        edit.save(replace(picket, starts=picket.starts.replace(day=20), ends=picket.ends.replace(day=20)))
    qtbot.waitUntil(lambda: button.count >= 1)
    assert button.accessibleName() == f"Checks, {button.count} to look at"


def test_a_days_problems_are_found_from_its_record(window, page):
    day = window.desk.days()[1]
    page.show_record(Concern("strike_day", day.id))
    assert page.chosen.day == day.id


def test_the_model_is_sound(page):
    model = CheckModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(problems(page), page.desk.days())
    model.show(problems(page)[:3], page.desk.days())
    assert tester.model() is model
    assert model.rowCount() == 4
