"""The page of people: found while typing, ordered, hidden from others, and followed when others change them."""

import subprocess
import sys
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication

from rallyapp.domain.people import Person, PersonSkill
from rallyapp.domain.problems import Concern
from rallyapp.store import Store
from rallyapp.ui.models.people_columns import COLUMNS, PLACE
from rallyapp.ui.models.people_index import Mark
from rallyapp.ui.page import PageName
from tests.ui.people_desk import Ctrl, at, cell, named, names, people, settled
from tests.ui.test_look import unnamed

__all__ = ["people"]


# ------------------------------------------------------------------------------------------------- finding
def test_people_are_found_while_somebody_types(people, window, qtbot):
    assert people.count.text() == "63 people"
    assert names(people)[0] == "Olúwaṣeun Adébáyò"
    qtbot.keyClick(people.sheet, Qt.Key.Key_F, Ctrl)
    assert people.table.search.hasFocus()
    qtbot.keyClicks(people.table.search, "aoi")
    assert names(people) == ["Aoife Brennan", "Aoife Byrne"]
    assert people.count.text() == "2 of 63"
    qtbot.keyClicks(people.table.search, " byr")
    assert names(people) == ["Aoife Byrne"]
    qtbot.keyClick(people.table.search, Qt.Key.Key_Down)
    assert people.sheet.hasFocus()
    assert people.chosen == (named(people, "Aoife Byrne").id,)
    people.to_search()
    qtbot.keyClick(people.table.search, Qt.Key.Key_Escape)
    assert len(names(people)) == 63
    assert people.chosen == (named(people, "Aoife Byrne").id,)  # still the one that was looked for
    settled(window, people, qtbot)


def test_by_any_word_of_what_stands_there(people):
    for typed, found in (
        ("princess first", 2),
        ("oluwaseun", 1),
        ("wisniewski", 1),
        ("07700 900 10", 10),
        ("innis", 1),
        ("zzzz", 0),
    ):
        people.table.search.setText(typed)
        assert len(names(people)) == found, typed


def test_chips_leave_only_some(people, window, qtbot):
    chips = people.table.chips
    chips[Mark.SUPPORTER].click()
    assert len(names(people)) == 3
    chips[Mark.MEMBER].click()
    assert len(names(people)) == 58  # one or the other
    chips[Mark.SUPERVISOR].click()
    assert {"Picket supervisor" in cell(people, name, "skills") for name in names(people)} == {True}
    people.table.clear()
    chips[Mark.NO_SHIFT].click()
    assert people.count.text() == "60 of 63"
    people.table.clear()
    chips[Mark.UNASKED].click()
    assert names(people) == []
    assert people.table.sheet._empty == "Nobody is left by the filters that are pressed."


def test_a_heading_sorts_and_the_chosen_one_stays_chosen(people, qtbot):
    at(people, "Aoife Byrne")
    header = people.sheet.horizontalHeader()
    for down in (False, True):
        where = QPoint(header.sectionViewportPosition(PLACE["phone"]) + 20, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
        phones = [people.model.text(row, PLACE["phone"]) for row in range(63)]
        assert phones == sorted(phones, reverse=down)
        assert people.chosen == (named(people, "Aoife Byrne").id,)


def test_every_column_orders(people):
    for column in range(len(COLUMNS)):
        people.sheet.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        one = names(people)
        people.sheet.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert one == names(people)[::-1], COLUMNS[column].title


# ----------------------------------------------------------------------------------------------- following
def test_another_process_is_followed_without_losing_what_is_chosen(people, window, plan, qtbot):
    at(people, "Fatima Al-Rashid")
    settled(window, people, qtbot)
    script = (
        "import sys; from dataclasses import replace; from rallyapp.store import Store\n"
        "from rallyapp.domain.people import Person, PersonSkill, Skill; from rallyapp.domain.ids import new_id\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    was = next(each for each in store.all(Person) if each.name == 'Aoife Byrne')\n"
        "    gone = next(each for each in store.all(Person) if each.name == 'Aoife Brennan')\n"
        "    with store.edit('Elsewhere') as edit:\n"
        "        edit.save(replace(was, phone='020 7946 0099'))\n"
        "        edit.save(PersonSkill(id=new_id(), person_id=was.id, skill=Skill.MEDIA))\n"
        "        edit.save(replace(was, id=new_id(), given_name='Nia', family_name='Rees'))\n"
        "        edit.delete(gone)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(plan)], check=True)
    window.bridge.poll()
    assert cell(people, "Aoife Byrne", "phone") == "020 7946 0099"
    assert "media" in cell(people, "Aoife Byrne", "skills").lower()
    assert "Nia Rees" in names(people)
    assert "Aoife Brennan" not in names(people)
    assert people.chosen == (named(people, "Fatima Al-Rashid").id,)
    settled(window, people, qtbot)
    assert people.count.text() == "63 people"


def test_a_skill_that_is_taken_away_and_a_new_day_are_followed(people, window, qtbot):
    store = people.desk.store
    first = next(each for each in store.all(Person) if store.where(PersonSkill, person_id=each.id))
    gone = store.where(PersonSkill, person_id=first.id)
    people.desk.edit("Take skills away", lambda edit: [edit.delete(each) for each in gone])
    qtbot.waitUntil(lambda: cell(people, first.name, "skills") == "")
    before = [cell(people, name, "cover") for name in names(people)]
    people.desk.choose_day(people.desk.days()[1].id)
    qtbot.waitUntil(lambda: [cell(people, name, "cover") for name in names(people)] != before)


def test_hundreds_changed_at_once_are_read_anew(people, window, qtbot):
    store = people.desk.store
    like = store.all(Person)[0]
    more = [replace(like, id=f"more{n}", given_name=f"More{n}", family_name="Folk") for n in range(400)]
    at(people, "Fatima Al-Rashid")
    people.desk.edit("Add many", lambda edit: edit.save_all(more))
    settled(window, people, qtbot)
    assert people.count.text() == "463 people"
    assert people.chosen == (named(people, "Fatima Al-Rashid").id,)


def test_what_changed_while_the_page_was_not_seen_is_there_when_it_is(people, window, qtbot):
    window.go(PageName.TODAY)
    person = named(people, "Aoife Byrne")
    people.desk.save("Elsewhere", [replace(person, phone="020 7946 0042")])
    window.go(PageName.PEOPLE)
    settled(window, people, qtbot)
    assert cell(people, "Aoife Byrne", "phone") == "020 7946 0042"


def test_others_come_here_with_a_person(people, window, qtbot):
    people.table.search.setText("zzzz")
    wanted = named(people, "Aoife Byrne")
    window.go(PageName.TODAY)
    people.desk.go(PageName.PEOPLE, Concern("person", wanted.id))
    assert people.chosen == (wanted.id,)
    assert people.table.search.text() == ""
    people.desk.save("Leave", [replace(wanted, left=True)])
    people.table.search.setText("zzzz")
    people.show_record(Concern("person", wanted.id))
    assert people.chosen == (wanted.id,)


# ------------------------------------------------------------------------------------- privacy, names, kept
def test_contact_details_are_hidden_in_a_room_with_others(people, window, qtbot):
    people.table.eye.click()
    assert cell(people, "Aoife Byrne", "phone") == "hidden"
    assert not people.detail.reach.isVisible()
    at(people, "Aoife Byrne", "phone")
    people.sheet.copy()
    assert "07700" not in QGuiApplication.clipboard().text()
    qtbot.keyClick(people.sheet, Qt.Key.Key_F2)
    assert people.sheet.editor is None
    assert people.settings()["contacts_hidden"] is True
    spoken = people.model.data(people.model.index(0, PLACE["phone"]), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Phone: hidden"
    people.table.eye.click()
    assert cell(people, "Aoife Byrne", "phone") == "07700 900101"
    settled(window, people, qtbot)


def test_columns_are_found_again(people, window, plan, person, qtbot):
    people.sheet.arrangement.show(PLACE["email"], True)
    people.sheet.sortByColumn(PLACE["phone"], Qt.SortOrder.DescendingOrder)
    first = names(people)[0]
    kept = people.settings()
    assert "07700" not in str(kept)
    window.close_plan()
    person.opens(plan)
    window.go(PageName.PEOPLE)
    again = window.frame.page
    again.take_settings(kept)
    settled(window, again, qtbot)
    assert not again.sheet.isColumnHidden(PLACE["email"])
    assert names(again)[0] == first
    again.take_settings({"sheet": 7, "contacts_hidden": "perhaps"})


def test_every_control_has_a_name(people, window):
    assert not unnamed(window)
    assert QAccessible.queryAccessibleInterface(people.sheet).text(QAccessible.Text.Name) == "People"


def test_a_plan_that_can_only_be_read_is_only_read(window, person, plan, qtbot, monkeypatch):
    opened = Store.open
    monkeypatch.setattr(Store, "open", lambda *given, **more: opened(*given, **{**more, "read_only": True}))
    person.opens(plan)
    window.go(PageName.PEOPLE)
    page = window.frame.page
    settled(window, page, qtbot)
    at(page, "Aoife Byrne", "phone")
    qtbot.keyClick(page.sheet, Qt.Key.Key_F2)
    assert page.sheet.editor is None
    assert not page.new_button.isEnabled()
    qtbot.keyClick(page.sheet, Qt.Key.Key_Delete)
    QGuiApplication.clipboard().setText("020 7946 0000")
    qtbot.keyClick(page.sheet, Qt.Key.Key_V, Ctrl)
    assert person.reads == "This plan can only be read here, not changed."
