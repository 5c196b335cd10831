"""The pages that are read: the volunteers' own shifts, and what happened in the plan."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from rallyapp.domain.disputes import Settings, StrikeDay, StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.store import Store
from rallyapp.ui.page import PageName


@pytest.fixture
def at(window, person, plan):
    """Go to a page of the open plan."""
    person.opens(plan)

    def go(name):
        window.go(name)
        person.waits()
        return window.page(name)

    return go


def reads(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


# --------------------------------------------------------------------------------------------------- kiosk
def test_two_letters_lead_to_ones_own_shifts_and_no_number(window, at):
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "t")
    assert page._stack.currentWidget() is page.hint
    QTest.keyClicks(page.line, "o")
    assert [choice.title for choice in page.names.choices.rows.all] == ["Tomasz W."]
    assert reads(page.sheaf) == ["Choose your name to see your shifts."]
    page.names.setFocus(Qt.FocusReason.TabFocusReason)
    assert not page.names.value, "nobody has chosen yet"
    page.line.setFocus()
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    said = reads(page.sheaf)
    assert "08:00\u201309:00" in said
    assert "Main entrance, Southampton General Hospital" in said
    assert "picket organiser, confirmed, be there 10 min before" in said, "the word of that day's law"
    phones = {person.phone for person in window.store.all(Person) if person.phone}
    assert not any(phone in words for phone in phones for words in reads(page))


def test_a_number_or_a_mail_address_finds_nobody(window, at):
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "07700")
    assert page.hint.words.text() == "Nobody in this plan has a name that begins with \u201c07700\u201d. Ask your rep."


def test_esc_forgets_who_looked_and_so_does_leaving(at):
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "to")
    QTest.keyClick(page.line, Qt.Key.Key_Down)
    assert page.names.hasFocus()
    QTest.keyClick(page.names, Qt.Key.Key_Escape)
    assert page.line.text() == ""
    QTest.keyClicks(page.line, "to")
    at(PageName.TODAY)
    assert page.line.text() == ""


def test_no_key_brings_back_who_looked(at):
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "tom")
    QTest.keyClick(page.line, Qt.Key.Key_Escape)
    QTest.keyClick(page.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.line.text() == ""
    QTest.keyClicks(page.line, "tom")
    at(PageName.TODAY)
    at(PageName.KIOSK)
    QTest.keyClick(page.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.line.text() == ""


def test_who_was_chosen_stays_so_until_another_name_is_typed(window, at):
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "to")
    QTest.keyClick(page.line, Qt.Key.Key_Down)
    tomasz = window.store.get(Person, page.names.value)
    with window.store.edit("Change a number") as edit:
        edit.save(replace(tomasz, phone="07700 900999"))
    assert page.names.value == tomasz.id
    page.line.setFocus()
    QTest.keyClicks(page.line, "m")
    assert not page.names.value
    assert reads(page.sheaf) == ["Choose your name to see your shifts."]
    QTest.keyClick(page.line, Qt.Key.Key_Down)
    with window.store.edit("They left") as edit:
        edit.save(replace(window.store.get(Person, tomasz.id), left=True))
    assert not page.names.value


def test_it_forgets_by_itself(at):
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "to")
    assert page._timer.isActive()
    assert page._timer.interval() == 30_000
    page._timer.timeout.emit()
    assert page.line.text() == ""


def test_a_shift_that_is_stood_down_says_so_there_and_a_stall_is_a_shift_too(window, at):
    store = window.store
    tomasz = next(each for each in store.all(Person) if each.given_name == "Tomasz")
    stall_shift = next(each for each in store.all(Shift) if each.stall_id)
    with store.edit("Suspend, and help at the stall") as edit:
        edit.save(replace(store.all(StrikeDay)[0], state=StrikeState.SUSPENDED))
        edit.save(Assignment(id=new_id(), shift_id=stall_shift.id, person_id=tomasz.id, role=Role.STALL))
    page = at(PageName.KIOSK)
    QTest.keyClicks(page.line, "tom")
    QTest.keyClick(page.line, Qt.Key.Key_Down)
    assert "Stood down" in reads(page.sheaf)
    assert any("Anthony Nolan stall" in words for words in reads(page.sheaf))


# --------------------------------------------------------------------------------------------------- empty
def test_a_plan_with_nothing_in_it_says_what_to_do(window, person, tmp_path):
    path = tmp_path / "empty.rally"
    Store.create(path, [Settings(id="s", title="New")], label="New").close()
    person.opens(path)
    said = {}
    for name in (PageName.RALLIES, PageName.STALLS, PageName.PRINT, PageName.KIOSK, PageName.CHECKS, PageName.HISTORY):
        window.go(name)
        person.waits()
        said[name] = reads(window.page(name))
    assert "There is no rally in this plan yet." in said[PageName.RALLIES]
    assert (
        "There is no stall in this plan. A partner charity\u2019s stall stands at a rally or at a picket."
        in said[PageName.STALLS]
    )
    assert "There is nothing to print before the plan has a strike day or a rally." in said[PageName.PRINT]
