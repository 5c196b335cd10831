"""The page of sites while somebody types in it, and while another window writes to the same plan."""

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.places import Employer, Entrance, Pin, PinKind, Site, SitePlan
from rallyapp.domain.problems import Concern
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from tests.ui.test_site_plan import drawn

GENERAL = "Southampton General Hospital"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(person, window, plan):
    person.opens(plan)
    window.frame.go(PageName.SITES)
    return window.frame.page


@pytest.fixture
def store(page):
    return page.desk.store


@pytest.fixture
def tab(page):
    """The plan of the chosen site, without a picture and with one pin."""
    page.detail.choose_view("plan")
    made = page.detail.plan
    made.panel.none.blank.click()
    made._place(PinKind.STALL, 100, 100)
    return made


def elsewhere(store, write):
    """Let another window write to the plan; this one has not looked yet."""
    with Store.open(store.path) as other, other.edit("Elsewhere") as edit:
        write(other, edit)


def site(store, name=GENERAL):
    return next(each for each in store.all(Site) if each.name == name)


def entrance(store, name="Main entrance", at=GENERAL):
    return next(each for each in store.where(Entrance, site_id=site(store, at).id) if each.name == name)


def names(store, at=GENERAL):
    row = sorted(store.where(Entrance, site_id=site(store, at).id), key=lambda each: each.position)
    return [each.name for each in row]


def opens(page, record):
    page.show_record(Concern("site" if isinstance(record, Site) else "entrance", record.id))


def begins(field, text):
    """Begin to type into a field, and go on to something else without leaving it."""
    field.setFocus()
    QTest.keyClicks(field.entry, text)


def editor(table):
    return next((each for each in table.viewport().findChildren(QLineEdit) if each.isVisible()), None)


# --------------------------------------------------------------------------------- what is half typed
def test_what_is_typed_is_kept_when_the_next_site_is_added_by_its_keys(page, store):
    opens(page, site(store))
    toilet = page.detail.site_form._bound["toilet"]
    toilet.setFocus()
    toilet.entry.clear()
    begins(toilet, "behind the chapel")
    QTest.keyClick(toilet.entry, Qt.Key.Key_N, CTRL_SHIFT)
    assert page.detail.site_form.name.text == "New site"
    assert site(store).toilet == "behind the chapel"
    assert site(store, "New site").toilet == ""


def test_what_is_typed_is_kept_when_another_place_is_shown(page, store):
    opens(page, entrance(store))
    note = page.detail.entrance_form._bound["note"]
    begins(note, "Mind the step. ")
    opens(page, site(store))
    assert entrance(store).note.startswith("Mind the step.")


def test_what_is_typed_is_kept_when_an_entrance_is_added_from_another_one(page, store, qtbot):
    opens(page, entrance(store))
    begins(page.detail.entrance_form._bound["shelter"], "Under the arch ")
    page.actions_by["entrance"].trigger()
    qtbot.waitUntil(lambda: editor(page.detail.table) is not None)
    assert entrance(store).shelter.startswith("Under the arch")
    QTest.keyClick(editor(page.detail.table), Qt.Key.Key_Escape)


def test_add_entrance_again_keeps_the_one_that_is_being_typed_and_begins_the_next(page, store, qtbot):
    opens(page, site(store))
    table = page.detail.table
    page.actions_by["entrance"].trigger()
    page.actions_by["entrance"].trigger()
    QTest.keyClicks(editor(table), "Chapel gate")
    QTest.keyClick(editor(table), Qt.Key.Key_E, CTRL_SHIFT)
    assert names(store)[-1] == "Chapel gate"
    qtbot.waitUntil(lambda: editor(table) is not None and editor(table).text() == "")
    QTest.keyClicks(editor(table), "Car park B")
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(store)[-2:] == ["Chapel gate", "Car park B"])
    qtbot.waitUntil(lambda: editor(table) is not None)
    QTest.keyClick(editor(table), Qt.Key.Key_Escape)


# ------------------------------------------------------------------------------- keys that do something
def test_delete_and_alt_with_arrows_act_on_the_list_and_never_from_a_field(page, store):
    back = entrance(store, "Coxford Road entrance")
    before = names(store)
    opens(page, back)
    form = page.detail.entrance_form
    form._bound["keep_clear"].setFocus()
    QTest.keyClick(form._bound["keep_clear"].entry, Qt.Key.Key_Delete)
    form.land.setFocus()
    QTest.keyClick(form.land.entry, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(store) == before
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(store)[0] == "Coxford Road entrance"
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(store) == before
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert "Coxford Road entrance" not in names(store)


def test_delete_removes_an_entrance_from_the_sites_own_table(page, store):
    opens(page, site(store))
    page.detail.table.setFocus()
    page.detail.table.choose(entrance(store, "Coxford Road entrance").id)
    QTest.keyClick(page.detail.table, Qt.Key.Key_Delete)
    assert "Coxford Road entrance" not in names(store)


# ---------------------------------------------------------------------------------- a picket that moves
def asked_to_move(page, store):
    """Open the panel that moves the first picket of the main entrance to Coxford Road."""
    here, to = entrance(store), entrance(store, "Coxford Road entrance")
    picket = min(store.where(Picket, entrance_id=here.id), key=lambda each: each.starts)
    opens(page, here)
    page.detail.ask_move(picket.id)
    page.detail.moving.to.show_value(to.id)
    return picket, to


def test_a_picket_does_not_move_to_an_entrance_that_another_window_removed(page, store):
    picket, to = asked_to_move(page, store)
    elsewhere(store, lambda other, edit: edit.delete(to))
    panel = page.detail.moving
    panel.go.click()
    assert panel.wrong.text() == "The entrance that was chosen is gone: choose another one."
    store.poll()
    panel.go.click()
    assert panel.wrong.text() == "Choose where the picket moves to."
    assert store.get(Picket, picket.id) == picket


def test_a_picket_that_another_window_removed_or_moved_is_not_moved(page, store):
    picket, to = asked_to_move(page, store)
    panel = page.detail.moving
    elsewhere(store, lambda other, edit: edit.save(replace(picket, entrance_id=to.id)))
    panel.go.click()
    assert panel.wrong.text() == "This picket stands elsewhere by now: look at it again in the rota."
    elsewhere(store, lambda other, edit: edit.delete(picket))
    panel.go.click()
    assert panel.wrong.text() == "The picket that was chosen is gone: choose another one."
    assert panel.isVisible()


def test_a_picket_whose_choice_went_away_asks_for_another(page, store):
    picket, _ = asked_to_move(page, store)
    elsewhere(store, lambda other, edit: edit.delete(picket))
    store.poll()
    page.detail.moving.go.click()
    assert page.detail.moving.wrong.text() == "Choose which picket moves."


def test_a_night_picket_with_an_open_end_moves_the_next_morning(page, store):
    picket, to = asked_to_move(page, store)
    day = store.get(StrikeDay, picket.strike_day_id)
    night = replace(picket, starts=picket.starts.replace(hour=20), ends=None)
    dusk = {"starts": night.starts, "ends": night.starts.replace(hour=22)}
    shifts = [replace(each, **dusk) for each in store.where(Shift, picket_id=picket.id)]
    until = replace(day, last_date=day.first_date.replace(day=day.first_date.day + 1), end_time=time(8, 0))
    page.desk.save("Stand at night", [until, night, *shifts])
    panel = page.detail.moving
    panel.since.show_value(time(2, 0))
    panel.go.click()
    assert panel.wrong.text() == ""
    (moved,) = [each for each in store.where(Picket, entrance_id=to.id) if each.strike_day_id == day.id]
    assert (moved.starts.day, moved.starts.hour, moved.ends) == (night.starts.day + 1, 2, None)


# ----------------------------------------------------------------------------- what others wrote stays
def test_a_hospital_from_the_list_leaves_what_another_window_wrote(page, store):
    here = site(store, "Royal South Hants Hospital")
    opens(page, here)
    elsewhere(store, lambda other, edit: edit.save(replace(here, toilet="By the lifts")))
    line = page.detail.site_form.name.line
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, "princess anne")
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    now = store.get(Site, here.id)
    assert (now.name, now.toilet) == ("Princess Anne Hospital", "By the lifts")


def test_a_hospital_for_a_site_that_is_gone_is_a_sentence(page, store, person):
    here = site(store, "Royal South Hants Hospital")
    opens(page, here)
    elsewhere(store, lambda other, edit: edit.delete(other.get(Employer, here.employer_id)))
    line = page.detail.site_form.name.line
    line.setFocus()
    QTest.keyClicks(line, " x")
    line.clear()
    QTest.keyClicks(line, "princess anne")
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert person.reads == "Somebody deleted it in another window; nothing was saved."
    assert store.all(Site) == ()


def test_an_entrance_that_is_gone_is_neither_renamed_nor_put_in_order_nor_removed(page, store, person):
    gone = entrance(store, "Coxford Road entrance")
    opens(page, site(store))
    page.detail.table.setFocus()
    page.detail.table.choose(gone.id)
    elsewhere(store, lambda other, edit: edit.delete(gone))
    for ask in (
        lambda: page.detail.entrances.renamed.emit(gone.id, "Coxford gate"),
        lambda: page.detail.entrances.most_entered.emit(gone.id, 4),
        lambda: QTest.keyClick(page.detail.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
        lambda: QTest.keyClick(page.detail.table, Qt.Key.Key_Delete),
    ):
        page.desk.messages.clear()
        ask()
        assert person.reads == "Somebody removed this entrance in another window."
    assert "Coxford Road entrance" not in names(store)


def test_what_is_gone_gets_no_site_and_no_entrance(page, store, person):
    opens(page, entrance(store))
    elsewhere(store, lambda other, edit: [edit.delete(each) for each in other.all(Employer)])
    page.actions_by["add"].trigger()
    assert [each.name for each in store.all(Site)] == ["New site"]


def test_order_is_changed_and_nothing_else_of_the_entrances(page, store):
    here = entrance(store)
    opens(page, site(store))
    page.detail.table.setFocus()
    page.detail.table.choose(entrance(store, "Coxford Road entrance").id)
    elsewhere(store, lambda other, edit: edit.save(replace(here, note="Gritted at six")))
    QTest.keyClick(page.detail.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(store)[:2] == ["Coxford Road entrance", "Main entrance"]
    assert store.get(Entrance, here.id).note == "Gritted at six"


# ------------------------------------------------------------------------------------------ the plan
def test_a_picture_is_kept_though_the_site_was_changed_while_it_was_read(page, store, qtbot, tmp_path):
    page.detail.choose_view("plan")
    here = store.get(Site, page._chosen.id)
    page.detail.plan.take(str(drawn(tmp_path / "map.png")))
    page.desk.save("Note", [replace(here, note="Gritted at six")])
    qtbot.waitUntil(lambda: bool(store.where(SitePlan, site_id=here.id)))
    assert store.get(Site, here.id).note == "Gritted at six"


def test_a_picture_goes_to_the_site_for_which_it_was_chosen(page, store, qtbot, tmp_path):
    page.detail.choose_view("plan")
    here = store.get(Site, page._chosen.id)
    page.detail.plan.take(str(drawn(tmp_path / "map.png")))
    opens(page, next(each for each in store.all(Site) if each.id != here.id))
    qtbot.waitUntil(lambda: not page.desk.jobs.runs("site plan picture"))
    assert store.where(SitePlan, site_id=here.id)
    assert page.detail.plan.panel.none.isVisible()


def test_a_picture_for_a_site_that_went_away_is_a_sentence(page, store, person, qtbot, tmp_path):
    page.detail.choose_view("plan")
    here = store.get(Site, page._chosen.id)
    page.detail.plan.take(str(drawn(tmp_path / "map.png")))
    elsewhere(store, lambda other, edit: edit.delete(here))
    qtbot.waitUntil(lambda: "map.png" in person.reads)
    assert person.reads == f"{here.name} was removed meanwhile: “map.png” was not kept."
    assert store.where(SitePlan, site_id=here.id) == ()


def test_another_picture_leaves_the_title_that_another_window_wrote(tab, store, qtbot, tmp_path):
    plan = tab._plan
    tab.take(str(drawn(tmp_path / "map.png")))
    elsewhere(store, lambda other, edit: edit.save(replace(plan, title="From the air")))
    qtbot.waitUntil(lambda: store.get(SitePlan, plan.id).picture != "")
    assert store.get(SitePlan, plan.id).title == "From the air"


def test_a_pin_is_moved_labelled_and_made_another_beside_what_another_window_wrote(tab, store):
    pin = tab.panel.pin
    elsewhere(store, lambda other, edit: edit.save(replace(pin, y=900)))
    tab.panel.labelled.emit(pin.id, "Tea")
    assert (store.get(Pin, pin.id).label, store.get(Pin, pin.id).y) == ("Tea", 900)
    elsewhere(store, lambda other, edit: edit.save(replace(store.get(Pin, pin.id), label="Soup")))
    tab.panel.kind_changed.emit(pin.id, PinKind.TOILETS)
    tab.panel.moved.emit(pin.id, 300, 900)
    now = store.get(Pin, pin.id)
    assert (now.x, now.y, now.label, now.kind) == (300, 900, "Soup", PinKind.TOILETS)


@pytest.mark.parametrize(
    "ask",
    [
        lambda panel, pin: panel.moved.emit(pin.id, 1, 1),
        lambda panel, pin: panel.labelled.emit(pin.id, "Tea"),
        lambda panel, pin: panel.kind_changed.emit(pin.id, PinKind.TOILETS),
        lambda panel, pin: panel.removed.emit(pin.id),
    ],
    ids=["moved", "labelled", "another kind", "removed"],
)
def test_a_pin_that_another_window_removed_is_a_sentence_and_leaves_the_picture(tab, store, person, ask):
    pin = tab.panel.pin
    elsewhere(store, lambda other, edit: edit.delete(pin))
    ask(tab.panel, pin)
    assert person.reads == "Somebody deleted it in another window; nothing was saved."
    assert tab.panel.pin is None
    assert store.where(Pin, site_plan_id=tab._plan.id) == ()


def test_a_pin_or_a_picture_for_a_plan_that_is_gone_is_a_sentence(tab, store, person, qtbot):
    elsewhere(store, lambda other, edit: edit.delete(tab._plan))
    tab.panel.placed.emit(PinKind.STALL, 1, 1)
    assert person.reads == "Somebody deleted it in another window; nothing was saved."
    assert tab.panel.none.isVisible()


def test_a_plan_that_another_window_removed_is_not_removed_again(tab, store, person):
    elsewhere(store, lambda other, edit: edit.delete(tab._plan))
    tab.panel.remove.click()
    assert person.reads == "Somebody deleted it in another window; nothing was saved."
    assert tab.panel.none.isVisible()
