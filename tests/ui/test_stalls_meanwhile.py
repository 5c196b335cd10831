"""The page of stalls where something happens meanwhile: in another window, after midnight, or by an undo."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rallyapp.domain import tallies
from rallyapp.domain.pickets import Shift
from rallyapp.domain.rallies import Rally
from rallyapp.domain.rally_edits import TIMES
from rallyapp.domain.stalls import Partner, Stall, Tally
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDown, StandDownKind
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.stalls.stall_view import SHIFTS, TALLY

NOON = datetime(2015, 11, 20, 12, 0)
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(window, person, plan):
    """The page of stalls of the open demo."""
    person.opens(plan)
    window.go(PageName.STALLS)
    person.waits()
    return window.page(PageName.STALLS)


def the_stall(window):
    partners = {each.id: each.name for each in window.store.all(Partner)}
    return next(each for each in window.store.all(Stall) if partners[each.partner_id] == "Anthony Nolan")


def types(field, text, key=ENTER):
    field.entry.setFocus()
    field.entry.selectAll()
    QTest.keyClicks(field.entry, text)
    QTest.keyClick(field.entry, key)


def elsewhere(window, write):
    """Let another window write into the same plan, and this one hear of it."""
    with Store.open(window.store.path) as other, other.edit("In another window") as edit:
        write(other, edit)
    window.bridge.poll()


def test_a_time_and_a_size_changed_in_another_window_meanwhile_are_never_lost(window, page):
    form, stall = page.view.form, the_stall(window)
    form.leaves.entry.setFocus()
    form.leaves.entry.selectAll()
    QTest.keyClicks(form.leaves.entry, "15:00")
    late = datetime(2015, 12, 1, 16, 30)
    elsewhere(window, lambda store, edit: edit.save(replace(stall, leaves=late), was=stall))
    assert form.leaves.entry.text() == "15:00", "what is typed stays"
    QTest.keyClick(form.leaves.entry, ENTER)
    assert the_stall(window).leaves == late
    assert "Somebody changed the same thing in another window" in window.messages.sentence
    assert form.leaves.entry.text() == "16:30"

    form.size.entry.setFocus()
    form.size.entry.selectAll()
    QTest.keyClicks(form.size.entry, "7 x 7 m")
    elsewhere(window, lambda store, edit: edit.save(replace(store.get(Stall, stall.id), depth=400)))
    QTest.keyClick(form.size.entry, ENTER)
    assert (the_stall(window).width, the_stall(window).depth) == (300, 400)
    assert form.size.entry.text() == "3 \u00d7 4 m"
    types(form.size, "5 x 5 m")
    assert (the_stall(window).width, the_stall(window).depth) == (500, 500)


def test_what_is_half_typed_is_said_where_its_stall_is_deleted_in_another_window(window, page):
    stall = the_stall(window)
    with window.store.edit("A second charity") as edit:
        edit.save(Partner(id="dkms", name="DKMS"))
        edit.save(Stall(id="theirs", partner_id="dkms", rally_id=stall.rally_id))
    page.show_stall(stall.id)
    form = page.view.form
    form.size.entry.setFocus()
    form.size.entry.selectAll()
    QTest.keyClicks(form.size.entry, "7 x 7 m")
    elsewhere(window, lambda store, edit: edit.delete(store.get(Stall, stall.id)))
    assert page.view.seen.stall.id == "theirs"
    said = "\u201c7 x 7 m\u201d was not kept: the size, Anthony Nolan stall was left as it was."
    assert window.messages.sentence == said
    QTest.keyClick(form.size.entry, ENTER)
    assert window.store.get(Stall, "theirs").width is None


def test_a_stall_at_a_rally_that_goes_on_past_midnight(window, page):
    (rally,) = window.store.all(Rally)
    times = dict.fromkeys(name for name in TIMES if name not in ("starts", "ends"))
    stall = the_stall(window)
    with window.store.edit("By night") as edit:
        edit.save(replace(rally, **times, starts=datetime(2015, 12, 1, 20), ends=datetime(2015, 12, 2, 1)))
        edit.save(replace(stall, arrives=None, leaves=None))
        for shift in window.store.where(Shift, stall_id=stall.id):
            edit.delete(shift)
    form = page.view.form
    types(form.leaves, "01:00")
    assert form.leaves.line.text() == "Wed 2 Dec 01:00"
    types(form.arrives, "19:30")
    stall = the_stall(window)
    assert (stall.arrives, stall.leaves) == (datetime(2015, 12, 1, 19, 30), datetime(2015, 12, 2, 1))
    types(form.leaves, "2 dec 1:30")
    assert the_stall(window).leaves == datetime(2015, 12, 2, 1, 30)
    page.view.show_part(SHIFTS)
    shifts = page.view.shifts
    types(shifts.span, "20-23", Qt.Key.Key_Tab)
    types(shifts.wanted, "2")
    types(shifts.span, "0:15-1", Qt.Key.Key_Tab)
    types(shifts.wanted, "2")
    made = sorted(window.store.where(Shift, stall_id=stall.id), key=lambda each: each.starts)
    assert [f"{each.starts:%d %H:%M}" for each in made] == ["01 20:00", "02 00:15"]
    types(shifts.blocks[made[1].id].span, "23:30-1")
    assert window.store.get(Shift, made[1].id).starts == datetime(2015, 12, 1, 23, 30)
    page.view.show_part(TALLY)
    with window.store.edit("Counted") as edit:
        edit.save(Tally(id="late", stall_id=stall.id, at=datetime(2015, 12, 1, 23, 50), count=3))
    lines = page.view.tally.lines
    lines.list.setCurrentIndex(lines.list.lines.index(0, 0))
    types(lines.at, "0:10")
    assert window.store.get(Tally, "late").at == datetime(2015, 12, 2, 0, 10)
    assert lines.at.line.text() == "Wed 2 Dec 00:10"


def test_a_stall_of_which_somebody_was_told_of_a_stand_down_stays(window, page):
    stall = the_stall(window)
    at = datetime(2015, 11, 20, 11, 0)
    down = StandDown(id="down", kind=StandDownKind.CALLED_OFF, decided_by="Jo", at=at)
    told = ContactAttempt(id="told", stand_down_id="down", stall_id=stall.id, at=at, outcome=Outcome.REACHED)
    with window.store.edit("Told") as edit:
        edit.save(down)
        edit.save(told)
    page.delete_action.trigger()
    said = "That Anthony Nolan was told of a stand-down is on record, so its stall stays: mark it as stood down"
    assert window.messages.sentence == f"{said} instead."
    assert window.store.all(ContactAttempt) == (told,)


def test_a_total_below_nobody_says_what_to_do_and_blocks_nothing(window, page, qtbot):
    """Five are counted, three taken back, and the five are undone; the next ten are counted all the same."""
    page.view.show_part(TALLY)
    tally = page.view.tally
    five = window.desk.edit("Five", lambda edit: edit.save(tallies.count((), the_stall(window).id, 5, NOON)))
    types(tally.own, "-3")
    window.desk.undo(five)
    assert tally.total.text() == "\u22123"
    assert tally.words.text() == "3 more were taken off than counted by 12:00: correct the list."
    assert "100 of 100 kits left" in tally.more.text()
    assert tally.lines.list.lines.rows.all[0].words == "12:00, \u22123, \u22123 in all"
    assert not tally.chart.grab().isNull()
    types(tally.own, "10")
    assert tally.wrong.text() == ""
    assert (tally.total.text(), tally.words.text()) == ("7", "of 60 at 12:00")
