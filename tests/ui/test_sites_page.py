"""Sites and entrances: found by typing, written in place, put in order, and a picket moved with its people."""

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from rallyapp.domain.disputes import Settings, StrikeDay, StrikeState
from rallyapp.domain.ids import AssignmentId, SettingsId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, LandStatus, PinKind, Site
from rallyapp.domain.problems import Concern
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from tests.ui.test_look import unnamed

GENERAL = "Southampton General Hospital"


@pytest.fixture
def page(person, window, plan):
    person.opens(plan)
    window.frame.go(PageName.SITES)
    return window.frame.page


@pytest.fixture
def store(page):
    return page.desk.store


@pytest.fixture
def empty(person, window, tmp_path):
    path = tmp_path / "empty.rally"
    Store.create(path, [Settings(id=SettingsId("settings"), title="Empty")], label="New plan").close()
    person.opens(path)
    window.frame.go(PageName.SITES)
    return window.frame.page


def site(store, name=GENERAL):
    return next(each for each in store.all(Site) if each.name == name)


def names(store, at):
    row = sorted(store.where(Entrance, site_id=at.id), key=lambda each: each.position)
    return [each.name for each in row]


def entrance(store, name="Main entrance", at=GENERAL):
    return next(each for each in store.where(Entrance, site_id=site(store, at).id) if each.name == name)


def opens(page, record):
    page.show_record(Concern("site" if isinstance(record, Site) else "entrance", record.id))


def listed(page):
    return [row.title for row in page.model.rows.all]


def types(line, text, end=Qt.Key.Key_Return):
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, end)


# ------------------------------------------------------------------------------------------ the list
def test_sites_stand_below_their_employer_and_entrances_below_their_site(page):
    assert listed(page)[:3] == [
        "University Hospital Southampton NHS Foundation Trust",
        "Princess Anne Hospital",
        "Main entrance",
    ]
    row = page.model.rows.all[page.model.find(entrance(page.desk.store).id).row()]
    assert row.spoken == "Main entrance, entrance, Public highway · 3 pickets, 9 shifts, max 6"


def test_typing_finds_entrances_and_sites_and_enter_goes_to_the_first(page):
    QTest.keyClicks(page.filter, "coxford")
    assert listed(page) == ["University Hospital Southampton NHS Foundation Trust", GENERAL, "Coxford Road entrance"]
    QTest.keyClick(page.filter, Qt.Key.Key_Return)
    assert page.list.current.title == GENERAL
    QTest.keyClicks(page.filter, "zzz")
    assert listed(page) == []
    assert page.nothing.isVisible()
    page.filter.clear()
    assert GENERAL in listed(page)


def test_arrows_choose_and_close_and_open_a_site_and_enter_goes_to_its_form(page, store, window):
    opens(page, site(store))
    assert page.detail.site_form.name.text == GENERAL
    QTest.keyClick(page.list, Qt.Key.Key_Left)
    assert "Coxford Road entrance" not in listed(page)
    QTest.keyClick(page.list, Qt.Key.Key_Right)
    assert "Coxford Road entrance" in listed(page)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.detail.entrance_form.name.value == "Main entrance"
    QTest.keyClick(page.list, Qt.Key.Key_Left)
    assert page.list.current.title == GENERAL
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert window.focusWidget() is page.detail.site_form.name.line


# ----------------------------------------------------------------------------------------- the forms
def test_what_is_typed_into_a_form_is_saved_at_once_and_can_be_undone(page, store, person):
    opens(page, entrance(store))
    form = page.detail.entrance_form
    form._bound["toilet"].setFocus()
    types(form._bound["toilet"].entry, "Costa, until 22:00")
    assert entrance(store).toilet == "Costa, until 22:00"
    assert person.reads == "Change the toilet of Main entrance."
    page.desk.undo()
    assert form._bound["toilet"].value == entrance(store).toilet != "Costa, until 22:00"


def test_private_ground_is_warned_of_and_six_is_the_codes_own_figure(page, store):
    opens(page, entrance(store))
    form = page.detail.entrance_form
    assert not form.trespass.isVisible()
    assert "no more than six" in form.code.text()
    form.land.box.setCurrentIndex(3)
    form.land.box.activated.emit(3)
    assert entrance(store).land_status is LandStatus.PRIVATE
    assert form.trespass.isVisible()


def test_a_wrong_entry_is_refused_in_a_sentence_beside_the_field(page, store):
    opens(page, entrance(store))
    name = page.detail.entrance_form.name
    types(name.entry, " ")
    assert name.wrong.text() == "The entrance's name is missing: enter the entrance's name."
    assert entrance(store).name == "Main entrance"
    opens(page, site(store))
    position = page.detail.site_form.position
    types(position.entry, "over there")
    assert "is not a place on the map" in position.wrong.text()


def test_a_site_without_a_place_says_what_that_costs_and_takes_its_postcode_districts(page, store):
    opens(page, site(store))
    form = page.detail.site_form
    types(form.position.entry, "")
    assert site(store).lat is None
    assert form.unplaced.words.text() == "No map position: walking times can’t be estimated."
    form.unplaced.link.click()
    assert site(store).lat is not None
    assert not form.unplaced.isVisible()


def test_a_site_is_given_to_another_employer(page, store):
    opens(page, site(store))
    form = page.detail.site_form
    last = form.employer.box.count() - 1
    form.employer.box.setCurrentIndex(last)
    form.employer.box.activated.emit(last)
    types(form.new_employer.entry, "Solent NHS Trust")
    assert store.get(Employer, site(store).employer_id).name == "Solent NHS Trust"
    page.desk.undo()
    assert len(store.all(Employer)) == 1


def test_a_change_by_another_window_is_shown_but_not_over_what_is_being_typed(page, store, window):
    here = site(store)
    opens(page, here)
    form = page.detail.site_form
    line = form._bound["toilet"].entry
    line.setFocus()
    QTest.keyClicks(line, "half")
    with Store.open(store.path) as other, other.edit("Elsewhere") as edit:
        edit.save(replace(here, shelter="Bus shelter by the chapel"))
    store.poll()
    assert form._bound["shelter"].value == "Bus shelter by the chapel"
    assert line.text().startswith("half")


def test_a_site_that_is_deleted_elsewhere_leaves_the_page(page, store):
    opens(page, site(store, "Royal South Hants Hospital"))
    with Store.open(store.path) as other, other.edit("Elsewhere") as edit:
        edit.delete(site(other, "Royal South Hants Hospital"))
    store.poll()
    assert "Royal South Hants Hospital" not in listed(page)
    assert page.list.current.title == "Princess Anne Hospital"


# ---------------------------------------------------------------------------------------- the entrances
def test_entrances_are_typed_one_below_the_other(page, store, qtbot):
    here = site(store, "Royal South Hants Hospital")
    opens(page, here)
    page.actions_by["entrance"].trigger()
    table = page.detail.table
    for name in ("Front door", "Car park B"):
        qtbot.waitUntil(lambda: editor(table) is not None)
        QTest.keyClicks(editor(table), name)
        QTest.keyClick(editor(table), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: name in names(store, here))
    qtbot.waitUntil(lambda: editor(table) is not None)
    QTest.keyClick(editor(table), Qt.Key.Key_Escape)
    assert names(store, here) == ["Front door", "Car park B"]
    assert [row.name for row in page.detail.entrances.rows.all] == ["Front door", "Car park B", ""]


def editor(table):
    return next((each for each in table.viewport().findChildren(QLineEdit) if each.isVisible()), None)


def test_entrances_are_put_in_order_and_renamed_by_keys(page, store, qtbot):
    here = site(store)
    opens(page, here)
    table = page.detail.table
    table.setFocus()
    table.choose(entrance(store, "Coxford Road entrance").id)
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(store, here)[:2] == ["Coxford Road entrance", "Main entrance"]
    QTest.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(store, here)[0] == "Coxford Road entrance"
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = editor(table)
    line.selectAll()
    QTest.keyClicks(line, "Coxford Road gate")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(store, here)[0] == "Coxford Road gate")
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.detail.entrance_form.name.value == "Coxford Road gate"
    page.actions_by["down"].trigger()
    assert names(store, here)[:2] == ["Main entrance", "Coxford Road gate"]


def test_an_entrance_goes_with_undo_unless_people_were_told_to_come_there(page, store, person):
    here = site(store)
    opens(page, entrance(store, "Coxford Road entrance"))
    page.actions_by["remove"].trigger()
    assert "Coxford Road entrance" not in names(store, here)
    assert page.list.current.title == GENERAL
    page.desk.undo()
    assert "Coxford Road entrance" in names(store, here)
    day = store.get(StrikeDay, store.where(Picket, entrance_id=entrance(store).id)[0].strike_day_id)
    page.desk.save("Notify", [replace(day, state=StrikeState.NOTIFIED)])
    opens(page, entrance(store))
    page.actions_by["remove"].trigger()
    assert "on strike days that the employer was told of" in person.reads
    assert "Main entrance" in names(store, here)


# --------------------------------------------------------------------------------------- from nothing
def test_the_first_site_is_a_hospital_found_by_typing(empty):
    store = empty.desk.store
    assert empty.none.isVisible()
    empty.none.button.click()
    field = empty.detail.site_form.name
    QTest.keyClicks(field.line, "southampton gen")
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    made = site(store)
    assert (made.code, made.postcode, made.lat is not None) == ("RHM01", "SO16 6YD", True)
    assert [each.name for each in store.all(Employer)] == ["University Hospital Southampton NHS Foundation Trust"]
    assert names(store, made) == ["Main entrance"]
    assert not empty.none.isVisible()


def test_a_second_hospital_of_the_same_trust_gets_the_same_employer(empty):
    store = empty.desk.store
    for typed in ("southampton gen", "princess anne"):
        empty.add_site()
        field = empty.detail.site_form.name
        QTest.keyClicks(field.line, typed)
        QTest.keyClick(field.line, Qt.Key.Key_Down)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert len(store.all(Site)) == 2
    assert len(store.all(Employer)) == 1


def test_a_workplace_that_no_list_knows_is_named_as_typed(empty):
    empty.add_site()
    types(empty.detail.site_form.name.line, "The Old Laundry")
    assert [each.name for each in empty.desk.store.all(Site)] == ["The Old Laundry"]


# ------------------------------------------------------------------------------------ moving a picket
@pytest.fixture
def staffed(page, store):
    """Put somebody who has confirmed on the first shift at the main entrance."""
    picket = min(store.where(Picket, entrance_id=entrance(store).id), key=lambda each: each.starts)
    shift = min(store.where(Shift, picket_id=picket.id), key=lambda each: each.starts)
    busy = {each.person_id for each in store.all(Assignment)}
    who = next(each for each in store.all(Person) if each.id not in busy)
    made = Assignment(
        id=AssignmentId("made"),
        shift_id=shift.id,
        person_id=who.id,
        role=Role.PICKET,
        state=AssignmentState.CONFIRMED,
    )
    page.desk.save("Put somebody on", [made])
    return picket, shift, who


def test_a_picket_moves_with_its_people_who_are_then_listed(page, store, staffed, qtbot):
    picket, shift, who = staffed
    opens(page, entrance(store))
    page.actions_by["move"].trigger()
    panel = page.detail.moving
    panel.picket.show_value(picket.id)
    panel.to.show_value(entrance(store, "Coxford Road entrance").id)
    types(panel.since.line, "8.30")
    types(panel.reason.entry, "Lorries")
    panel.go.click()
    moved = store.where(Picket, entrance_id=entrance(store, "Coxford Road entrance").id)[0]
    assert moved.starts.time() == time(8, 30)
    assert store.get(Shift, shift.id).ends == moved.starts
    assert who.name in panel.told.names
    assert panel.told.isVisible()
    qtbot.waitUntil(lambda: panel.height() >= panel.heightForWidth(panel.width()) > 150)
    assert panel.told.table.height() >= 32
    panel.told.copy.click()
    assert who.name in QGuiApplication.clipboard().text()
    page.desk.undo()
    assert not panel.isVisible()
    assert store.get(Shift, shift.id) == shift
    assert store.where(Picket, entrance_id=moved.entrance_id) == ()


def test_a_picket_moves_to_an_entrance_that_is_named_on_the_way(page, store, staffed):
    picket, _, _ = staffed
    opens(page, entrance(store))
    page.detail.ask_move(picket.id)
    panel = page.detail.moving
    panel.to.show_value("new")
    panel._ask_name(True)
    panel.go.click()
    assert panel.wrong.text() == "Name the new entrance first."
    QTest.keyClicks(panel.new_name.entry, "Chapel gate")
    panel.go.click()
    assert store.get(Picket, picket.id).entrance_id == entrance(store, "Chapel gate").id
    assert store.get(Assignment, "made").state is AssignmentState.RECONFIRM
    assert names(store, site(store))[-1] == "Chapel gate"


def test_a_time_at_which_nobody_stands_there_is_refused_in_the_panel(page, store, staffed):
    picket, _, _ = staffed
    opens(page, entrance(store))
    page.detail.ask_move(picket.id)
    panel = page.detail.moving
    panel.since.show_value(time(6, 0))
    panel.go.click()
    assert "06:00 is before it starts" in panel.wrong.text()
    assert store.get(Picket, picket.id) == picket
    panel.stop.click()
    assert not panel.isVisible()


# ---------------------------------------------------------------------------------------- what it is
def test_every_control_of_every_view_has_a_name(page, store, window):
    for record in (site(store), entrance(store)):
        opens(page, record)
        assert not unnamed(window)
    page.detail.ask_move("")
    assert not unnamed(window)
    opens(page, site(store))
    page.detail.choose_view("plan")
    page.detail.plan.panel.blank_wanted.emit()
    page.detail.plan._place(PinKind.ENTRANCE, 100, 100)
    assert not unnamed(window)


@pytest.mark.parametrize("view", ["details", "plan"])
def test_the_page_fits_the_smallest_window(page, store, window, dressed, view):
    opens(page, site(store))
    page.detail.choose_view(view)
    page.detail.plan.panel.blank_wanted.emit()
    opens(page, entrance(store))
    page.detail.ask_move("")
    window.resize(1024, 640)
    dressed.processEvents()
    assert window.size().toTuple() == (1024, 640)


def test_a_plan_that_can_only_be_read_offers_nothing_to_write(page, store):
    store.read_only = "This plan can only be read."
    page.reload()
    opens(page, site(store))
    assert [row.name for row in page.detail.entrances.rows.all][-1] != ""
    assert not page.actions_by["remove"].isEnabled()
    assert not page.actions_by["entrance"].isEnabled()
    assert not page.detail.site_form._bound["toilet"].entry.isEnabled()
    opens(page, entrance(store))
    assert not page.detail.move_button.isVisible()
