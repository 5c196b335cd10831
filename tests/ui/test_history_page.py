"""The history: what was done in words, and one of several things taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from rallyapp.domain.disputes import Dispute
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket
from rallyapp.store import Store
from rallyapp.ui.page import PageName


@pytest.fixture
def page(window, person, plan):
    person.opens(plan)
    dispute, picket = window.store.all(Dispute)[0], window.store.all(Picket)[0]
    window.desk.save("Change the duty phone", [replace(dispute, duty_phone="01234 567890")])
    window.desk.save("Note what to bring", [replace(picket, note="Gazebo")])
    window.go(PageName.HISTORY)
    person.waits()
    return window.page(PageName.HISTORY)


def labels(page):
    return [step.words for step in page.model.steps]


def lines(page):
    return [words.text() for words in page.details._words if not words.isHidden()]


def test_the_newest_stands_first_with_what_it_did(page):
    assert labels(page)[:2] == ["Note what to bring", "Change the duty phone"]
    assert labels(page)[-1].endswith("(made)")
    assert page.chosen.words == "Note what to bring"
    assert lines(page)[0].startswith(
        "Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00\u201311:00: note "
    )
    assert lines(page)[0].endswith(" \u2192 Gazebo")
    assert page.model.steps[0].day
    assert not page.model.steps[1].day


def test_an_older_thing_is_taken_back_by_itself(window, person, page, qtbot):
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.chosen.words == "Change the duty phone"
    QTest.keyClick(page.list, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert person.reads == "Undone: Change the duty phone."
    assert window.store.all(Dispute)[0].duty_phone != "01234 567890"
    assert window.store.all(Picket)[0].note == "Gazebo", "what came later stays"
    assert labels(page)[0] == "Change the duty phone (taken back)"
    assert not next(step for step in page.model.steps if step.words == "Change the duty phone").stands


def test_what_was_changed_since_says_why_it_stays(window, person, page):
    dispute = window.store.all(Dispute)[0]
    window.desk.save("Change it again", [replace(dispute, duty_phone="0300 123")])
    page.list.setCurrentIndex(page.model.index(2, 0))
    assert page.chosen.words == "Change the duty phone"
    assert page.details.undo.isHidden()
    assert "was changed since" in page.details.why_not.text()
    page.take_back()
    assert "was changed since" in person.reads
    assert window.store.all(Dispute)[0].duty_phone == "0300 123"


def test_only_what_has_these_words(page):
    QTest.keyClicks(page.filter, "duty")
    assert labels(page) == ["Change the duty phone"]
    QTest.keyClicks(page.filter, " xyzzy")
    assert page._empty.isVisible()


def test_somebody_is_found_by_the_name_that_they_had(window, page):
    person = window.store.all(Person)[0]
    window.desk.save("Tidy up", [replace(person, given_name="Xanthippe")])
    was = person.given_name
    window.desk.save("Tidy up again", [replace(person, given_name="Whenever")])
    QTest.keyClicks(page.filter, "xanthippe")
    assert set(labels(page)) == {"Tidy up", "Tidy up again"}
    assert page.model.steps[0].day
    assert not page.model.steps[1].day
    page.filter.setText(f"{was} xanthippe")
    assert "Tidy up" in labels(page)
    page.filter.setText("xanthippe xyzzy")
    assert page._empty.isVisible()


def test_others_are_followed_and_the_chosen_one_stays(window, page, qtbot):
    page.list.setCurrentIndex(page.model.index(1, 0))
    with Store.open(window.store.path, who="Sam") as other, other.edit("Rename somebody") as edit:
        edit.save(replace(other.all(Person)[0], given_name="Sam"))
    window.bridge.poll()
    assert labels(page)[0] == "Rename somebody"
    assert page.model.steps[0].operation.who == "Sam"
    assert page.chosen.words == "Change the duty phone"


def test_older_ones_are_read_when_somebody_scrolls_there(window, page):
    dispute = window.store.all(Dispute)[0]
    window.go(PageName.TODAY)
    for number in range(230):
        with window.store.edit(f"Change {number}") as edit:
            edit.save(replace(dispute, duty_phone=str(number)))
    window.go(PageName.HISTORY)
    assert len(page.model.steps) == 200
    page.list.verticalScrollBar().setValue(page.list.verticalScrollBar().maximum())
    assert len(page.model.steps) == 233
    assert [step for step in page.model.steps[200:] if step.day] == []


def test_the_model_is_sound(page):
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.show(page.model.steps[:1])
    page.reload()
    assert tester.model() is page.model
