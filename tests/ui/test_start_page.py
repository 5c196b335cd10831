"""The start page: the plans that are remembered, forgotten, or not remembered at all."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt

from rallyapp.ui.recents import MOST, Recent, Recents, missing
from rallyapp.ui.widgets.recent_list import MISSING


@pytest.fixture
def recents(tmp_path):
    return Recents(QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat))


@pytest.fixture(autouse=True)
def nothing_remembered(window):
    """Each test begins on a laptop on which no plan was opened yet."""
    window.kept.recents.on = False
    window.kept.recents.on = True
    window._show_recents()


def looked(window, qtbot):
    """Wait until it is known which of the plans are still there."""
    qtbot.waitUntil(lambda: not window.jobs.runs("recents"))


# ----------------------------------------------------------------------------------------------- the list
def test_the_newest_is_first_and_each_stands_once(recents, tmp_path):
    for number in range(MOST + 2):
        recents.remember(tmp_path / f"{number}.rally", datetime(2015, 11, 1 + number, 9))
    recents.remember(tmp_path / "5.rally", datetime(2015, 11, 20, 12))
    names = [each.path.stem for each in recents.all()]
    assert names == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert recents.all()[0].opened == datetime(2015, 11, 20, 12)


def test_what_is_forgotten_leaves_no_trace_and_only_the_owner_may_read_the_rest(recents, tmp_path):
    recents.remember(tmp_path / "leeds.rally", datetime(2015, 11, 1))
    recents.remember(tmp_path / "york.rally", datetime(2015, 11, 2))
    recents.forget(tmp_path / "leeds.rally")
    kept = tmp_path / "kept.ini"
    assert "leeds" not in kept.read_text()
    assert "york" in kept.read_text()
    if os.name == "posix":
        assert kept.stat().st_mode & 0o077 == 0
    recents.on = False
    assert "york" not in kept.read_text()
    recents.remember(tmp_path / "york.rally", datetime(2015, 11, 2))
    assert recents.all() == ()
    recents.on = True
    assert recents.all() == ()


@pytest.mark.parametrize("kept", ["", "{", "[1]", '[{"path": 3}]', '[{"path": "x", "opened": "noon"}]', "{}"])
def test_what_cannot_be_read_was_never_kept(recents, kept):
    recents._file.setValue("recent_plans", kept)
    assert recents.all() == ()


@pytest.mark.parametrize(
    ("opened", "words"),
    [
        (datetime(2015, 11, 20, 9, 5), "today, 09:05"),
        (datetime(2015, 11, 19, 21), "yesterday, 21:00"),
        (datetime(2015, 9, 1, 21), "Tue 1 Sep"),
        (datetime(2014, 9, 1, 21), "Mon 1 Sep 2014"),
    ],
)
def test_when_a_plan_was_opened_is_said_shortly(opened, words):
    assert Recent(Path("x.rally"), opened).when(date(2015, 11, 20)) == words


def test_ones_own_folder_is_written_as_people_write_it():
    assert Recent(Path.home() / "strike" / "x.rally", datetime(2015, 1, 1)).folder == f"~{os.sep}strike"
    assert Recent(Path.home() / "x.rally", datetime(2015, 1, 1)).folder == "~"


def test_files_that_are_gone_are_found(tmp_path):
    here = tmp_path / "here.rally"
    here.write_bytes(b"x")
    assert missing([here, tmp_path / "gone.rally", tmp_path]) == {tmp_path / "gone.rally", tmp_path}


# ----------------------------------------------------------------------------------------------- the page
def test_a_plan_that_was_open_is_opened_again_with_enter(window, person, qtbot, plan):
    assert not window.start.recents.isVisible()
    assert window.start.no_recents.text() == "Plans that you make or open are listed here."
    person.opens(plan)
    window.close_plan()
    looked(window, qtbot)
    listed = window.start.recents
    assert listed.hasFocus()
    spoken = listed.plans.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"southampton.rally, in {plan.parent}, opened today, 12:00"
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    person.waits()
    assert window.store.path == plan


def test_arrows_choose_and_del_forgets(window, person, qtbot, tmp_path):
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.rally").write_bytes(b"x")
        window.kept.recents.remember(tmp_path / f"{name}.rally", datetime(2015, 11, 1))
    window._show_recents()
    listed = window.start.recents
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert [each.path.stem for each in window.kept.recents.all()] == ["third", "first"]
    assert listed.currentIndex().data() == "first.rally"
    assert (tmp_path / "second.rally").exists()
    looked(window, qtbot)


def test_a_file_that_is_gone_says_so_and_is_forgotten_by_a_click(window, person, qtbot, tmp_path):
    window.kept.recents.remember(tmp_path / "gone.rally", datetime(2015, 11, 1))
    window._show_recents()
    looked(window, qtbot)
    listed = window.start.recents
    row = listed.plans.index(0)
    assert row.data(MISSING)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).endswith("is not there any more")
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.cross_of(row).center())
    assert window.kept.recents.all() == ()
    assert not listed.isVisible()


def test_a_click_on_a_row_opens_it(window, person, qtbot, plan):
    window.kept.recents.remember(plan, datetime(2015, 11, 1))
    window._show_recents()
    listed = window.start.recents
    at = listed.visualRect(listed.plans.index(0)).topLeft() + QPoint(30, 20)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=at)
    person.waits()
    assert window.store.path == plan


def test_a_laptop_can_be_told_to_remember_nothing(window, person, qtbot, plan):
    person.opens(plan)
    window.close_plan()
    window.start.forgetful.click()
    assert not window.kept.recents.all()
    assert window.start.no_recents.text() == "Plans are not remembered on this laptop. Open one with Ctrl+O."
    person.opens(plan)
    window.close_plan()
    assert not window.start.recents.isVisible()
    window.start.forgetful.click()
    assert window.start.no_recents.text() == "Plans that you make or open are listed here."
    looked(window, qtbot)


def test_on_a_narrow_window_the_plans_stand_below(window, qtbot, dressed):
    window.resize(640, 700)
    qtbot.waitUntil(lambda: window.start.width() <= 640)
    ways, known = window.start.new_button, window.start.forgetful
    qtbot.waitUntil(lambda: known.mapTo(window, QPoint(0, 0)).x() < 100)
    assert known.mapTo(window, QPoint(0, 0)).y() > ways.mapTo(window, QPoint(0, 0)).y() + 200
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: known.mapTo(window, QPoint(0, 0)).x() > 600)
