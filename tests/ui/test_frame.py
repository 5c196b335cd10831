"""The frame around every page: sidebar, strike day, undo and redo, the pane on the right, and what it remembers."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.store import Store
from rallyapp.ui.frame import PAGES
from rallyapp.ui.main_window import MainWindow
from rallyapp.ui.page import PageName
from tests.ui.conftest import NOW

CTRL = Qt.KeyboardModifier.ControlModifier


def shown(window):
    return next(
        name for name in PAGES if name in window.frame._pages and window.frame._pages[name] is window.frame.page
    )


def test_every_page_is_reached_by_its_key_and_marked_in_the_sidebar(window, overview):
    for place, name in enumerate(list(PAGES)[:9], start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + place), CTRL)
        assert shown(window) is name
        assert window.frame.sidebar.buttons[name].isChecked()
        assert window.frame.page.isVisible()


def test_up_and_down_walk_through_the_sidebar_and_space_goes_there(window, overview):
    buttons = window.frame.sidebar.buttons
    buttons[PageName.TODAY].setFocus()
    for _ in range(3):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert buttons[PageName.ROTA].hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    assert buttons[PageName.SITES].hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert shown(window) is PageName.SITES


def test_the_strike_day_is_switched_by_keys_buttons_and_choice(window, overview, qtbot):
    header, days = window.frame.header, window.desk.days()
    assert window.desk.day == days[0].id
    assert not header.before.isEnabled()
    qtbot.mouseClick(header.after, Qt.MouseButton.LeftButton)
    assert window.desk.day == days[1].id
    assert header.days.currentText() == "Tue 8 Dec 2015, full walkout"
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert window.desk.day == days[2].id
    assert not header.after.isEnabled()
    header.days.setCurrentIndex(0)
    header.days.activated.emit(0)
    assert window.desk.day == days[0].id


def test_a_day_that_is_deleted_leaves_another_chosen(window, overview):
    first = window.desk.days()[0]
    later = first.first_date.replace(day=20)
    other = StrikeDay(id="new", dispute_id=first.dispute_id, kind=first.kind, first_date=later, last_date=later)
    with window.store.edit("One more") as edit:
        edit.save(other)
    window.desk.choose_day(other.id)
    assert window.frame.header.days.count() == 4
    with window.store.edit("One less") as edit:
        edit.delete(other)
    assert window.frame.header.days.count() == 3
    assert window.desk.day == first.id


def test_undo_and_redo_say_what_they_take_back(window, overview, qtbot):
    header = window.frame.header
    assert not header.undo.isEnabled()
    dispute = window.store.all(Dispute)[0]
    window.desk.save("Change the duty phone", [replace(dispute, duty_phone="01")])
    assert header.undo.accessibleName() == "Undo: Change the duty phone"
    qtbot.mouseClick(header.undo, Qt.MouseButton.LeftButton)
    assert window.store.all(Dispute)[0] == dispute
    assert header.redo.accessibleName() == "Redo: Change the duty phone"
    qtbot.mouseClick(header.redo, Qt.MouseButton.LeftButton)
    assert window.store.all(Dispute)[0].duty_phone == "01"


def test_an_edit_that_changes_nothing_says_nothing(window, person, overview):
    window.desk.save("Change nothing", window.store.all(Dispute))
    assert person.reads == ""


def test_an_edit_that_is_refused_says_why_and_writes_nothing(window, person, overview):
    dispute = window.store.all(Dispute)[0]
    assert window.desk.save("Take its title away", [replace(dispute, title="")]) == ""
    assert "title" in person.reads
    assert window.store.all(Dispute)[0] == dispute


def test_the_pane_on_the_right_folds_and_stays_folded(window, overview):
    window.go(PageName.CHECKS)
    assert window.frame.pane.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert not window.frame.pane.isVisible()
    window.go(PageName.HISTORY)
    assert not window.frame.pane.isVisible()
    window.fold_action.trigger()
    assert window.frame.pane.isVisible()
    window.go(PageName.STALLS)
    assert not window.frame.pane.isVisible(), "this page has nothing to show there"


def test_a_plan_is_found_as_it_was_left(window, person, plan, dressed, live_loop, qtbot, tmp_path):
    person.opens(plan)
    window.go(PageName.CHECKS)
    window.frame.header.step(1)
    window.fold_action.trigger()
    window.resize(1180, 650)
    day = window.desk.day
    window.close_plan()
    window.resize(1366, 768)
    person.opens(plan)
    assert window.height() == 650, "the width is what this screen has room for"
    assert shown(window) is PageName.CHECKS
    assert window.desk.day == day
    assert window.frame.folded
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / plan.name
    copy.write_bytes(plan.read_bytes())
    person.opens(copy)
    assert shown(window) is PageName.TODAY, "another file is another window"


def test_what_is_kept_names_neither_plan_nor_folder(window, person, plan):
    person.opens(plan)
    window.close_plan()
    kept = window.kept._file
    kept.sync()
    for key in kept.allKeys():
        if key.startswith("plans/"):
            assert plan.stem not in key
            assert plan.stem not in str(kept.value(key))


def test_settings_that_no_longer_fit_are_passed_over(window, person, plan):
    window.kept.keep_of_plan(plan, {"page": "Moon", "day": 7, "place": "no place", "pages": {"Today": 3, "Checks": []}})
    person.opens(plan)
    assert shown(window) is PageName.TODAY
    window.go(PageName.CHECKS)


def test_a_plan_without_days_shows_no_switcher(window, person, tmp_path):
    path = tmp_path / "new.rally"
    Store.create(path, [Settings(id="s", title="A quiet plan")], label="New").close()
    person.opens(path)
    assert not window.frame.header.days.isVisible()
    assert window.frame.sidebar.title.text() == "A quiet plan"


def test_a_second_window_on_the_same_file_is_followed(window, person, overview, dressed, live_loop, qtbot):
    other = MainWindow(now=lambda: NOW)
    qtbot.addWidget(other)
    other.open_plan(window.store.path)
    qtbot.waitUntil(lambda: other.frame is not None)
    dispute = window.store.all(Dispute)[0]
    other.desk.save("Change the title", [replace(dispute, title="Pay")])
    window.bridge.poll()
    assert window.undo_action.text() == "&Undo: Change the title"
    qtbot.waitUntil(lambda: not other.plan_jobs.busy)
    other.close()


def test_the_page_menu_lists_what_can_be_done_here(window, overview):
    window.go(PageName.CHECKS)
    window.page_menu.aboutToShow.emit()
    assert [action.text() for action in window.page_menu.actions()][:2] == ["&Go there", "&Mend it"]
    window.go(PageName.KIOSK)
    window.page_menu.aboutToShow.emit()
    assert not window.page_menu.actions()[0].isEnabled()
