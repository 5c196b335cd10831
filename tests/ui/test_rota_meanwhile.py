"""The rota while others work on the same plan: what is being typed stays, and what is gone is said."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role
from rallyapp.domain.places import Site
from rallyapp.store import Store
from rallyapp.ui.models.sheet import Cell
from rallyapp.ui.pages.rota import list_view
from tests.ui import rota_pane

rep = rota_pane.rep
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def others(plan, window):
    """Somebody in another window who saves, deletes, and is heard of."""

    def work(*saved, deleted=()):
        with Store.open(plan, who="somebody else") as other, other.edit("Meanwhile") as edit:
            edit.save_all(saved)
            for record in deleted:
                edit.delete(record)
        window.bridge.poll()

    return work


def somebody(rep, turn=True):
    """Give a person as another window changes them: nothing that the rota shows."""
    return replace(next(each for each in rep.store.all(Person) if not each.left), reserve=turn)


def typing(qtbot, line, text):
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


# --------------------------------------------------------------------------------------------- the pane
def test_what_is_half_typed_in_the_pane_stays_when_others_change_something(rep, others, qtbot):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    one.more.click()
    need = one.needs.rows[0]
    need.unfold()
    for line, text in (
        (one.label.entry, "Hand"),
        (one.times.line, "07:3"),
        (one.meet.line, "2"),
        (need.least.line, "3"),
    ):
        before = line.text()
        typing(qtbot, line, text)
        others(somebody(rep), replace(rep.shift(1), label=text))
        rep.waits()
        assert line.text() == text
        qtbot.keyClick(line, Qt.Key.Key_Escape)
        assert line.text() == before
    typing(qtbot, one.label.entry, "Hand")
    others(replace(rep.shift(0), label="Leaflets", priority=5))
    rep.waits()
    assert (one.label.text, one.priority.value) == ("Hand", 5)
    qtbot.keyClick(one.label.entry, Qt.Key.Key_Escape)
    assert one.label.text == "Leaflets"  # as it is now, not as it was when the typing began
    qtbot.keyClicks(one.label.entry, "s")
    rep.chooses(rep.shifts[1])
    assert (one.label.text, one.times.line.text()) == ("3", "09:00\u201310:00")


# ----------------------------------------------------------------------------------------- list and week
@pytest.mark.parametrize(("mode", "column"), [("list", list_view.WHO), ("week", 3)])
def test_an_open_cell_stays_open_when_others_change_something(rep, others, qtbot, mode, column):
    rep.page.show_mode(mode)
    sheet = rep.page._view()
    sheet.edit_cell(1, column)
    qtbot.keyClicks(sheet.editor, "Imran Sheik")
    others(somebody(rep))
    rep.waits()
    assert sheet.editor.text() == "Imran Sheik"
    assert sheet.editor.hasFocus()
    others(replace(rep.shift(0), starts=datetime(2015, 12, 1, 8, 15)))  # in the week that is another row
    rep.waits()
    assert sheet.editor.text() == "Imran Sheik"
    qtbot.keyClicks(sheet.editor, "h")
    qtbot.keyClick(sheet.editor, Qt.Key.Key_Return)
    assert [each.person_id for each in rep.on(rep.shifts[1])] == [
        next(each.id for each in rep.store.all(Person) if each.name == "Imran Sheikh")
    ]


def test_rows_that_come_leave_an_open_cell_open_and_one_that_goes_says_what_was_not_written(rep, others, qtbot):
    rep.page.show_mode("list")
    sheet = rep.page.list_view
    sheet.edit_cell(1, list_view.WHO)
    qtbot.keyClicks(sheet.editor, "Imran")
    new = replace(rep.shift(0), id="new", starts=datetime(2015, 12, 1, 8, 30), label="")
    before = sheet.list.rowCount()
    others(new)
    rep.waits()
    assert sheet.list.rowCount() == before + 1
    assert (sheet.editor.text(), sheet.editor.where.row(), sheet.editor.hasFocus()) == ("Imran", 2, True)
    others(deleted=[rep.shift(1)])
    rep.waits()
    assert sheet.editor is None
    assert rep.reads == "\u201cImran\u201d was not written: the row for which it was typed is not there any more."


def test_going_to_the_next_day_writes_what_is_typed_in_a_cell(rep, window, qtbot):
    rep.page.show_mode("list")
    sheet = rep.page.list_view
    sheet.edit_cell(0, list_view.END)
    qtbot.keyClicks(sheet.editor, "09:30")
    qtbot.keyClick(sheet.editor, Qt.Key.Key_PageDown, ALT)
    assert window.desk.day != rep.day.id
    assert rep.shift(0).ends == datetime(2015, 12, 1, 9, 30)
    assert sheet.editor is None


def test_start_and_end_that_are_pasted_together_belong_together(rep):
    rep.page.show_mode("list")
    rows = rep.page.list_view.list
    with rep.store.edit("An afternoon") as edit:
        edit.save(replace(rep.shift(2), starts=datetime(2015, 12, 1, 16), ends=datetime(2015, 12, 1, 19)))
    times = [Cell(2, list_view.START, "09:00"), Cell(2, list_view.END, "12:00")]
    assert rows.write(times, "Paste") == ""
    assert (rep.shift(2).starts, rep.shift(2).ends) == (datetime(2015, 12, 1, 9), datetime(2015, 12, 1, 12))
    assert rows.write([Cell(2, list_view.END, "07:00"), Cell(2, list_view.START, "22:00")], "Paste") == ""
    assert (rep.shift(2).starts, rep.shift(2).ends) == (datetime(2015, 12, 1, 22), datetime(2015, 12, 2, 7))
    assert rows.write([Cell(2, list_view.START, "02:00"), Cell(2, list_view.END, "04:00")], "Paste") == ""
    assert (rep.shift(2).starts, rep.shift(2).ends) == (datetime(2015, 12, 2, 2), datetime(2015, 12, 2, 4))
    undo = len(rep.store.history())
    assert rows.write([Cell(2, list_view.START, "2"), Cell(2, list_view.END, "4am")], "Paste") == ""
    assert len(rep.store.history()) == undo


# ------------------------------------------------------------------------------------------------ forms
def test_a_form_for_a_day_goes_with_the_day(rep, window, qtbot):
    rep.page.actions_here.add.trigger()
    assert rep.page.panel is not None
    window.desk.choose_day(window.desk.days()[1].id)
    assert rep.page.panel is None


def gone(rep, others):
    """Let another window delete the first shift without this one hearing of it."""
    with Store.open(rep.store.path, who="somebody else") as other, other.edit("Meanwhile") as edit:
        edit.delete(rep.shift(0))


def test_a_shift_that_was_deleted_meanwhile_is_said_by_every_form_and_step(rep, others, window):
    rep.chooses(rep.shifts[0])
    actions, page = rep.page.actions_here, rep.page
    actions.cancel.trigger()
    page.panel.fields[0].entry.setText("storm")
    gone(rep, others)
    page.panel.submit()
    assert page.panel.wrong.text() == "That shift is not there any more: somebody deleted it."
    page.close_panel()
    for action in (actions.delete, actions.duplicate, actions.longer, actions.later, actions.message):
        window.messages.clear()
        action.trigger()
        assert rep.reads == "That shift is not there any more: somebody deleted it."
    rows = page.list_view.list
    page.list_view.show(page.rota, False)
    row = rows.row_of_key(rep.shifts[0])
    for column, text in ((list_view.LABEL, "x"), (list_view.END, "11"), (list_view.WHO, "Imran Sheikh")):
        assert "That shift is not there any more" in rows.write([Cell(row, column, text)], "")
    rep.pane.one.label.committed.emit("leaflets")
    assert "not there any more" in rep.reads or "deleted" in rep.reads


def test_a_day_that_was_deleted_meanwhile_is_said(rep, others, window, qtbot):
    page = rep.page
    days = window.desk.days()
    page.actions_here.add.trigger()
    adding = page.panel
    page.panel = None  # both forms stay, as in two windows
    page.actions_here.copy_day.trigger()
    copying = page.panel
    source, target = copying.fields
    source.show_value(days[0].id)
    target.show_value(days[1].id)
    with Store.open(rep.store.path, who="somebody else") as other, other.edit("Meanwhile") as edit:
        edit.delete(days[0])
        edit.delete(days[1])
    adding.submit()
    assert adding.wrong.text() == "That strike day is not there any more: somebody deleted it."
    copying.submit()
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("copy-day"))
    assert rep.reads == "That strike day is not there any more: somebody deleted it."
    adding.deleteLater()


# ------------------------------------------------------------------------------------------ names, words
def test_one_of_two_people_of_the_same_name_is_never_taken_without_asking(rep):
    rep.page.show_mode("list")
    rows = rep.page.list_view.list
    here, there = rep.store.all(Site)[:2]
    people = [
        Person(id=id, given_name="Nia", family_name="Rees", workplace_id=site.id)
        for id, site in (("one", here), ("two", here), ("three", there))
    ]
    on = Assignment(id="on", shift_id=rep.shifts[0], person_id="one", role=Role.PICKET)
    with rep.store.edit("Namesakes") as edit:
        edit.save_all([*people, on])
    said = rows.write([Cell(1, list_view.WHO, "Nia Rees")], "")
    assert "3 people are called Nia Rees" in said
    assert rows.write([Cell(0, list_view.WHO, rows.edited(0, list_view.WHO) + ", Imran Sheikh")], "") == ""
    assert "one" in {each.person_id for each in rep.on(rep.shifts[0])}  # in her own cell she is meant
    assert rows.write([Cell(1, list_view.WHO, f"Nia Rees ({there.name}) (standby)")], "") == ""
    assert [(each.person_id, each.role) for each in rep.on(rep.shifts[1])] == [("three", Role.STANDBY)]
    assert "3 people are called Nia Rees" in rows.write([Cell(2, list_view.WHO, "Nia Rees (Mars)")], "")
    offers = rows.completions(rows.index(1, list_view.WHO), "nia r")
    assert f"Nia Rees ({there.name})" in offers


def test_who_leads_a_picket_is_called_as_the_law_of_the_shift_s_own_date_calls_them(rep):
    """A law that changes while a strike day is still going on: the night belongs to the next date."""
    night = {"first_date": date(2026, 2, 17), "last_date": date(2026, 2, 18)}
    day = replace(rep.day, **night, start_time=time(8), end_time=time(8))
    early = replace(rep.shift(0), starts=datetime(2026, 2, 17, 9), ends=datetime(2026, 2, 17, 10))
    late = replace(rep.shift(1), starts=datetime(2026, 2, 18, 2), ends=datetime(2026, 2, 18, 3))
    on = Assignment(id="on", shift_id=late.id, person_id=somebody(rep).id, role=Role.SUPERVISOR)
    with rep.store.edit("Years later") as edit:
        edit.save_all([day, early, late, on])
    rota = rep.page.rota
    assert [rota.supervisor(rota.shift(each.id)) for each in (early, late)] == ["picket supervisor", "picket organiser"]
    assert rota.names(rota.shift(late.id)).endswith("(organiser)")
