"""Typing a hospital: what is offered, and what choosing, typing on and leaving the line say."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.ui.widgets.hospital_field import HospitalField


@pytest.fixture
def said():
    return []


@pytest.fixture
def over(dressed, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def field(over, qtbot, said):
    made = HospitalField("Hospital")
    made.picked.connect(lambda hospital: said.append(("picked", hospital.code)))
    made.entered.connect(lambda text: said.append(("entered", text)))
    column = QVBoxLayout(over)
    column.addWidget(made)
    column.addStretch()
    over.resize(420, 400)
    over.show()
    qtbot.waitExposed(over)
    made.line.setFocus()
    return made


def names(field):
    return [field.offers.data(field.offers.index(row)) for row in range(field.offers.rowCount())]


def press(field, *keys):
    for key in keys:
        QTest.keyClick(field.line, key)


def test_typing_offers_hospitals_and_the_keys_choose_one(field, said):
    QTest.keyClicks(field.line, "southampton gen")
    assert names(field)[0] == "Southampton General Hospital"
    assert field.popup.isVisible()
    press(field, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert said == [("picked", "RHM01")]
    assert field.text == "Southampton General Hospital"
    assert not field.popup.isVisible()


def test_a_click_chooses_one(field, said):
    QTest.keyClicks(field.line, "kt18")
    where = field.popup.visualRect(field.offers.index(0)).center()
    QTest.mouseClick(field.popup.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [what for what, _ in said] == ["picked"]
    assert field.text == names(field)[0]


def test_a_place_that_is_not_in_the_list_is_taken_as_typed(field, said):
    QTest.keyClicks(field.line, "The Old Laundry")
    press(field, Qt.Key.Key_Return)
    assert said == [("entered", "The Old Laundry")]
    press(field, Qt.Key.Key_Return)
    assert len(said) == 1


def test_enter_without_choosing_takes_what_was_typed_although_something_is_offered(field, said):
    QTest.keyClicks(field.line, "Royal")
    assert field.popup.isVisible()
    press(field, Qt.Key.Key_Return)
    assert said == [("entered", "Royal")]


def test_what_is_shown_from_outside_is_known_already(field, said):
    field.show_text("Epsom Hospital")
    press(field, Qt.Key.Key_Return)
    assert not said


def test_nothing_is_offered_for_nonsense_and_escape_puts_the_list_away(field, said):
    QTest.keyClicks(field.line, "royal")
    press(field, Qt.Key.Key_Escape)
    assert not field.popup.isVisible()
    QTest.keyClicks(field.line, "zzqx")
    assert not field.popup.isVisible()
    assert not names(field)


def test_every_offer_says_whose_it_is_and_where(field):
    QTest.keyClicks(field.line, "southampton gen")
    spoken = field.offers.data(field.offers.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Southampton General Hospital, University Hospital Southampton")
    assert "SO16 6YD" in spoken


def test_the_list_stands_above_a_line_at_the_foot_of_the_window(over, field):
    over.resize(420, 700)
    over.layout().insertSpacing(0, 600)
    over.layout().activate()
    QTest.keyClicks(field.line, "royal")
    assert field.popup.geometry().bottom() <= field.line.mapTo(over, field.line.rect().topLeft()).y()
    assert over.rect().contains(field.popup.geometry())
