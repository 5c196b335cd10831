"""The picket rota as a rep uses it: by mouse, by keys, by typing and pasting names; every step one edit with Undo."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.people import Cover, CoverKind, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stalls import Stall
from rallyapp.store import Store
from rallyapp.ui.models.sheet import Cell
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rota import list_view, week
from tests.ui.test_look import unnamed

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


class Rep:
    """Somebody at the rota of an open plan."""

    def __init__(self, window, person, qtbot):
        self.window, self.person, self.qtbot = window, person, qtbot
        window.frame.go(PageName.ROTA)
        self.page = window.frame.page
        self.store = self.page.desk.store
        self.first = self.page.rota.shifts[0]

    @property
    def reads(self):
        return self.window.messages.sentence

    def shift(self, id=None):
        return self.store.get(Shift, id or self.first.id)

    def on(self, id=None):
        """Full names of those who are counted on for a shift."""
        there = self.store.where(Assignment, shift_id=id or self.first.id)
        return {self.store.get(Person, each.person_id).name for each in there if each.state.counts}

    def chooses(self, *ids):
        self.page.select(ids or (self.first.id,))

    def presses(self, key, keys=Qt.KeyboardModifier.NoModifier, where=None):
        self.qtbot.keyClick(where or self.page.day_view, key, keys)

    def types(self, field, text):
        """Type into a field of the form, and leave it."""
        line = next(each for each in self.page.panel.fields if each.label == field).findChild(QLineEdit)
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, text)

    def field(self, label):
        return next(each for each in self.page.panel.fields if each.label == label)


@pytest.fixture
def plan(plan):
    """The pickets alone: posts and stalls have tests of their own."""
    with Store.open(plan) as store, store.edit("No rally") as edit:
        for record in (*store.all(Stall), *store.all(Rally)):
            edit.delete(record)
    return plan


@pytest.fixture
def rep(window, person, plan, qtbot):
    person.opens(plan)
    made = Rep(window, person, qtbot)
    made.waits = person.waits
    return made


# ------------------------------------------------------------------------------------------- what is shown
def test_the_day_is_told_in_words_and_counted(rep):
    head = rep.page.head
    assert head.title._whole == "Tuesday 1 December 2015"
    chips = [chip.text() for chip in (head.count_chip, head.filled_chip, head.short_chip, head.nobody_chip)]
    assert chips == ["3 shifts", "1 of 18 places filled", "11 more needed", "2 shifts with nobody"]
    assert [row.title for row in rep.page.day_view.at.view.rows].count("Main entrance") == 2
    assert rep.page.rota.names(rep.first) == "Tomasz W. (organiser)"  # as that day's law names them
    assert not unnamed(rep.window)


def test_only_the_gaps_are_shown_on_a_click_and_by_key_in_every_view(rep):
    shifts = [shift.id for shift in rep.page.rota.shifts]
    with rep.store.edit("Need nobody") as edit:
        edit.save_all([replace(each, least=0) for each in rep.store.where(Need, shift_id=shifts[0])])
    rep.page.head.short_chip.click()
    assert [bar.id for bar in rep.page.day_view.at.view.bars] == shifts[1:]
    rep.page.show_mode("list")
    assert rep.page.list_view.list.rowCount() == 2
    rep.page.show_mode("week")
    assert rep.page.week_view.week.rowCount() == 2
    rep.page.actions_here.gaps.trigger()
    assert rep.page.week_view.week.rowCount() == 3


def test_where_nothing_is_short_it_says_so_and_leads_back(rep):
    with rep.store.edit("Need nobody") as edit:
        edit.save_all([replace(each, least=0) for each in rep.store.all(Need)])
    rep.page.show_only_gaps(True)
    assert rep.page.views.currentWidget() is rep.page.empty
    assert "has the people that it needs" in rep.page.empty.words.text()
    rep.page.empty.button.click()
    assert rep.page.views.currentWidget() is rep.page.day_view


def test_a_day_that_is_stood_down_says_so_and_keeps_its_rota(rep):
    with rep.store.edit("Suspend") as edit:
        edit.save(replace(rep.page.day(), state=StrikeState.SUSPENDED))
    assert "suspended" in rep.page.banner.words.text()
    assert rep.page.banner.isVisible()
    assert not any(bar.on for bar in rep.page.day_view.at.view.bars)
    assert len(rep.page.day_view.at.view.bars) == 3


def test_views_gaps_and_columns_are_found_again_as_they_were_left(rep, window, person, plan):
    rep.page.show_mode("list")
    rep.page.show_only_gaps(True)
    kept = rep.page.settings()
    assert not [value for value in kept.values() if "Tomasz" in str(value)]
    window.close_plan()
    person.opens(plan)
    window.frame.go(PageName.ROTA)
    assert (window.frame.page.mode, window.frame.page.only_gaps) == ("list", True)


# --------------------------------------------------------------------------------------------- by the mouse
def drag(rep, start, end, keys=Qt.KeyboardModifier.NoModifier):
    """Drag on the timeline with real events, in small steps."""
    view = rep.page.day_view
    QTest.mousePress(view, LEFT, keys, start)
    for step in range(1, 9):
        at = start + (end - start) * step / 8
        QTest.mouseMove(view, at)
        rep.qtbot.wait(1)
    QTest.mouseRelease(view, LEFT, keys, end)


def test_a_shift_is_dragged_to_another_time_and_undone(rep):
    at = rep.page.day_view.at
    box = at.rect(at.layout.by_id[rep.first.id])
    hour = round(60 * at.per_minute)
    drag(rep, box.center(), box.center() + QPoint(hour, 0))
    assert rep.shift().words == "09:00–10:00"
    assert rep.reads == "Move picket shift to 09:00, Main entrance. 1 person must be told again."
    (there,) = rep.store.where(Assignment, shift_id=rep.first.id)
    assert there.state is AssignmentState.RECONFIRM
    assert rep.page.selected() == (rep.first.id,)
    rep.window.messages._action.click()
    assert rep.shift().words == "08:00–09:00"
    assert rep.store.find(Assignment, there.id).state is AssignmentState.CONFIRMED


def test_a_shift_is_dragged_to_an_entrance_without_picket_which_then_has_one(rep):
    at = rep.page.day_view.at
    box = at.rect(at.layout.by_id[rep.first.id])
    row = next(stripe for stripe in at.layout.stripes if "Coxford" in stripe.row.title)
    drag(rep, box.center(), QPoint(box.center().x(), at.row_rect(row).center().y()))
    picket = rep.store.get(Picket, rep.shift().picket_id)
    assert (picket.entrance_id, picket.words) == (row.row.id, "08:00–09:00")
    assert rep.page.rota.shift(rep.first.id).row.line_id == row.row.id


def test_with_ctrl_a_drag_leaves_a_copy_with_nobody_on_it(rep):
    at = rep.page.day_view.at
    box = at.rect(at.layout.by_id[rep.first.id])
    drag(rep, box.center(), box.center() + QPoint(round(180 * at.per_minute), 0), CTRL)
    (copy,) = rep.page.selected()
    assert (rep.shift().words, rep.shift(copy).words) == ("08:00–09:00", "11:00–12:00")
    assert rep.store.where(Need, shift_id=copy)
    assert not rep.on(copy)


def test_an_edge_is_dragged_to_a_later_end(rep):
    at = rep.page.day_view.at
    box = at.rect(at.layout.by_id[rep.page.rota.shifts[2].id])
    edge = QPoint(box.right() - 2, box.center().y())
    drag(rep, edge, edge + QPoint(round(30 * at.per_minute), 0))
    assert rep.shift(rep.page.rota.shifts[2].id).words == "10:00–11:30"
    assert rep.reads == "Change picket shift to 10:00–11:30, Main entrance."


def test_a_drag_beyond_the_strike_day_is_refused_in_a_sentence(rep):
    rep.chooses()
    rep.presses(Qt.Key.Key_Left, ALT)
    assert "would be outside the strike day" in rep.reads
    assert rep.shift().words == "08:00–09:00"


# ------------------------------------------------------------------------------------------------ by the keys
def test_a_shift_is_moved_lengthened_and_sent_to_the_next_entrance_by_keys_alone(rep):
    view = rep.page.day_view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    rep.chooses()
    rep.presses(Qt.Key.Key_Right, ALT)
    assert rep.shift().words == "08:15–09:15"
    rep.presses(Qt.Key.Key_Right, ALT | SHIFT)
    assert rep.shift().words == "08:15–09:30"
    rep.presses(Qt.Key.Key_Down, ALT)
    assert rep.page.rota.line(rep.page.rota.shift(rep.first.id)).name == "Coxford Road entrance"
    assert rep.page.selected() == (rep.first.id,)
    rep.presses(Qt.Key.Key_D, CTRL | SHIFT)
    assert rep.reads.startswith("Duplicate 1 shift")
    (copy,) = rep.page.selected()
    assert rep.shift(copy).words == "09:30–10:45"
    assert rep.store.where(Need, shift_id=copy)
    assert not rep.on(copy)
    rep.presses(Qt.Key.Key_Delete)
    assert rep.store.find(Shift, copy) is None
    assert rep.reads == "Delete picket shift 09:30–10:45, Coxford Road entrance."


def test_enter_goes_on_from_a_shift_to_its_details(rep):
    rep.page.day_view.setFocus(Qt.FocusReason.TabFocusReason)
    rep.chooses()
    rep.presses(Qt.Key.Key_Return)
    assert rep.page.inspector.isAncestorOf(rep.window.focusWidget())


def test_a_whole_entrance_moves_by_half_an_hour(rep):
    rep.chooses()
    rep.page.actions_here.all_later.trigger()
    words = [shift.row.starts.strftime("%H:%M") for shift in rep.page.rota.shifts]
    assert words == ["08:30", "09:30", "10:30"]
    assert rep.store.get(Picket, rep.first.row.picket_id).words == "08:30–11:30"
    assert rep.reads.startswith("Move Main entrance 30 min later")


def test_a_cancelled_shift_stays_struck_through_with_its_reason_until_it_is_reinstated(rep):
    rep.chooses()
    rep.page.actions_here.cancel.trigger()
    rep.page.panel.submit()
    assert "Say why" in rep.page.panel.wrong.text()
    rep.types("Reason", "storm warning")
    rep.presses(Qt.Key.Key_Return, where=rep.page.panel)
    assert rep.page.panel is None
    assert rep.shift().reason == "storm warning"
    assert rep.page.rota.shift(rep.first.id).state == "Cancelled: storm warning"
    assert not rep.page.day_view.at.layout.by_id[rep.first.id].bar.on
    assert rep.page.actions_here.reinstate.isEnabled()
    rep.page.actions_here.reinstate.trigger()
    assert not rep.shift().cancelled


# ---------------------------------------------------------------------------------------------- in the forms
def test_a_window_is_cut_into_shifts_as_it_is_typed(rep):
    rep.chooses()
    rep.page.actions_here.cut.trigger()
    rep.types("Time", "11am til 2")
    rep.types("Each", "90")
    rep.presses(Qt.Key.Key_Return, where=rep.field("Each").findChild(QLineEdit))
    made = [rep.shift(id) for id in rep.page.selected()]
    assert [shift.words for shift in made] == ["11:00–12:30", "12:30–14:00"]
    assert len({shift.batch for shift in made} - {""}) == 1
    assert rep.store.where(Need, shift_id=made[0].id)
    assert rep.store.get(Picket, made[0].picket_id).words == "08:00–14:00"
    rep.page.actions_here.cut.trigger()
    rep.types("Time", "10am to noon")
    rep.field("Time").findChild(QLineEdit).editingFinished.emit()
    rep.page.panel.submit()
    assert "has a shift 10:00–11:00 already" in rep.page.panel.wrong.text()
    rep.types("Time", "8 til late")
    rep.field("Time").findChild(QLineEdit).editingFinished.emit()
    assert "“late” is not a time of day" in rep.field("Time").wrong.text()
    before = len(rep.store.all(Shift))
    rep.page.panel.submit()
    assert len(rep.store.all(Shift)) == before
    rep.presses(Qt.Key.Key_Escape, where=rep.page.panel)
    assert rep.page.panel is None


def test_an_empty_day_offers_to_copy_one_and_one_undo_takes_it_back(rep):
    days = rep.page.desk.days()
    with rep.store.edit("Start anew") as edit:
        for picket in rep.store.where(Picket, strike_day_id=days[1].id):
            edit.delete(picket)
    rep.page.desk.choose_day(days[1].id)
    assert "No picket shift is planned on Tuesday 8 December 2015" in rep.page.empty.words.text()
    rep.page.empty.button.click()
    assert rep.field("To").value == days[1].id
    rep.field("From").show_value(days[0].id)
    rep.page.panel.submit()
    rep.qtbot.waitUntil(lambda: not rep.window.plan_jobs.runs("copy-day"))
    assert rep.reads.startswith("Copy 3 shifts to Tue 8 Dec 2015")
    assert rep.page.rota.shifts[0].row.starts == datetime(2015, 12, 8, 8)
    assert not any(shift.people for shift in rep.page.rota.shifts)
    rep.window.undo()
    assert not rep.page.rota.shifts


def test_chosen_shifts_are_copied_to_another_entrance(rep):
    rep.chooses()
    rep.page.actions_here.copy_to.trigger()
    rep.page.panel.submit()
    assert "Choose another entrance" in rep.page.panel.wrong.text()
    to = next(line.id for line in rep.page.lines_shown() if line.id != rep.first.row.line_id)
    rep.field("To entrance").show_value(to)
    rep.page.panel.submit()
    (copy,) = rep.page.selected()
    assert rep.page.rota.shift(copy).row.line_id == to
    assert rep.on() == {"Tomasz Wiśniewski"}


# ----------------------------------------------------------------------------------------- week and list
def edits(rep, sheet, row, column, text):
    """Type into a cell, as at the keyboard, and press Enter."""
    sheet.setFocus()
    sheet.edit_cell(row, column)
    rep.qtbot.keyClicks(sheet.editor, text)
    rep.qtbot.keyClick(sheet.editor, Qt.Key.Key_Return)


def test_a_name_typed_into_a_cell_of_the_week_is_completed_and_put_on_where_it_is_short(rep):
    rep.page.show_mode("week")
    sheet, model = rep.page.week_view, rep.page.week_view.week
    second = model.shifts_at(1, 3)[0].id
    edits(rep, sheet, 1, 3, "anastasia")
    assert len(rep.on(second)) == 1
    assert next(iter(rep.on(second))).startswith("Anastasia")
    (there,) = rep.store.where(Assignment, shift_id=second)
    assert there.state is AssignmentState.PROPOSED
    assert rep.reads.startswith("Change who is on Main entrance, 09:00–10:00")
    edits(rep, sheet, 1, 3, "+Imran Sheikh")
    assert len(rep.on(second)) == 2
    rep.window.undo()
    rep.window.undo()
    assert not rep.on(second)


def test_a_block_of_names_is_pasted_and_one_wrong_name_writes_nothing(rep):
    rep.page.show_mode("week")
    sheet, model = rep.page.week_view, rep.page.week_view.week
    free = ["Imran Sheikh", "Dimitris Karagiannis", "Kugan Ponnampalam"]
    sheet.setFocus()
    sheet.setCurrentIndex(model.index(1, 3))
    before = rep.store.history(limit=1)[0].id
    QGuiApplication.clipboard().setText(f"{free[0]}, {free[1]}\nZaphod Beeblebrox\n")
    rep.presses(Qt.Key.Key_V, CTRL, where=sheet)
    assert rep.reads.startswith("Main entrance 10:00–11:00, Tue 1 Dec 2015: ")
    assert "Nobody in this plan is called “Zaphod Beeblebrox”" in rep.reads
    assert "Nothing was written." in rep.reads
    assert rep.store.history(limit=1)[0].id == before
    QGuiApplication.clipboard().setText(f"{free[0]}, {free[1]}\n{free[2]} (standby)\n")
    rep.presses(Qt.Key.Key_V, CTRL, where=sheet)
    assert rep.on(model.shifts_at(1, 3)[0].id) == set(free[:2]), rep.reads
    assert rep.on(model.shifts_at(2, 3)[0].id) == {free[2]}
    rep.window.undo()
    assert not rep.on(model.shifts_at(1, 3)[0].id)


def test_what_is_copied_from_the_list_can_be_pasted_back(rep):
    rep.page.show_mode("list")
    sheet = rep.page.list_view
    sheet.setFocus()
    sheet.setCurrentIndex(sheet.list.index(0, list_view.WHO))
    rep.presses(Qt.Key.Key_C, CTRL, where=sheet)
    assert QGuiApplication.clipboard().text() == "Tomasz Wiśniewski (organiser)"
    assert sheet.list.write([Cell(0, list_view.WHO, QGuiApplication.clipboard().text())], "") == ""
    assert rep.on() == {"Tomasz Wiśniewski"}


def test_times_in_the_list_are_typed_as_people_write_them(rep):
    rep.page.show_mode("list")
    sheet = rep.page.list_view
    edits(rep, sheet, 2, list_view.END, "11.30am")
    last = rep.page.rota.shifts[2].id
    assert rep.shift(last).words == "10:00–11:30"
    edits(rep, sheet, 2, list_view.START, "noon to 2pm")
    assert rep.shift(last).words == "12:00–14:00"
    assert sheet.list.why_not(sheet.list.index(0, list_view.START), "late").startswith("“late” is not a time")
    assert "would be outside" in sheet.list.write([Cell(0, list_view.START, "7")], "")


def test_a_night_is_typed_over_midnight_in_the_list_and_in_the_details(rep):
    """The first strike day goes on until Wednesday 08:00."""
    rep.page.show_mode("list")
    sheet, last = rep.page.list_view, rep.page.rota.shifts[2].id
    edits(rep, sheet, 2, list_view.START, "22-6")
    assert (rep.shift(last).starts, rep.shift(last).ends) == (datetime(2015, 12, 1, 22), datetime(2015, 12, 2, 6))
    edits(rep, sheet, 2, list_view.END, "5")
    assert rep.shift(last).ends == datetime(2015, 12, 2, 5)
    edits(rep, sheet, 2, list_view.START, "1")
    assert rep.shift(last).starts == datetime(2015, 12, 2, 1)
    rep.page.show_mode("day")
    rep.chooses()
    line = rep.page.inspector.one.times.line
    line.setFocus()
    line.selectAll()
    rep.qtbot.keyClicks(line, "8pm to 4am")
    rep.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert rep.shift().ends == datetime(2015, 12, 2, 4)
    assert rep.reads.startswith("Move the shift to 20:00–04:00, Main entrance")
    rep.page.actions_here.cut.trigger()
    rep.types("Time", "22-7")
    rep.field("Time").findChild(QLineEdit).editingFinished.emit()
    rep.page.panel.submit()
    assert "has a shift" in rep.page.panel.wrong.text()


def test_who_is_kept_by_work_is_not_put_on_by_a_typed_name(rep):
    rep.page.show_mode("list")
    who = next(person for person in rep.store.all(Person) if person.name == "Imran Sheikh")
    row = rep.page.rota.shifts[1].row
    with rep.store.edit("Roster emergency cover") as edit:
        edit.save(Cover(id="duty", person_id=who.id, kind=CoverKind.EMERGENCY_COVER, starts=row.starts, ends=row.ends))
    said = rep.page.list_view.list.write([Cell(1, list_view.WHO, "Imran Sheikh")], "")
    assert "Nothing was written" in said
    assert said.startswith("Main entrance 09:00–10:00: Imran Sheikh")
    assert not rep.on(row.id)


def test_names_that_several_have_and_cells_without_a_shift_are_refused_by_cell(rep):
    rep.page.show_mode("week")
    model = rep.page.week_view.week
    assert "could be" in model.write([Cell(1, 3, "a")], "")
    assert "Entrances and times are changed" in model.write([Cell(0, week.TIME, "9-10")], "")
    assert "ends after 3 rows" in model.write([Cell(9, 3, "Imran Sheikh")], "")
    rep.page.show_mode("list")
    rows = rep.page.list_view.list
    assert "can’t be typed here" in rows.write([Cell(0, list_view.STATE, "Full")], "")
    rows.sort_by(list_view.START, True)
    assert [rows.text(at, list_view.START) for at in range(3)] == ["10:00", "09:00", "08:00"]


# ----------------------------------------------------------------------------------- others, and afterwards
def test_a_second_program_edits_and_the_page_follows(rep, plan):
    with Store.open(plan, who="somebody else") as other, other.edit("Move it") as edit:
        shift = other.get(Shift, rep.first.id)
        edit.save(replace(shift, ends=shift.ends.replace(minute=30)))
    rep.window.bridge.poll()
    bar = next(bar for bar in rep.page.day_view.at.view.bars if bar.id == rep.first.id)
    assert bar.ends.time() == time(9, 30)


def test_what_speaks_against_people_is_said_anew_and_the_day_is_not_drawn_again_for_it(rep):
    second = rep.page.rota.shifts[1]
    rep.chooses(second.id)
    rep.qtbot.waitUntil(lambda: not rep.window.plan_jobs.busy)
    who = rep.page.inspector.one.suggestions._ranked.fit[0].person
    assert rep.page.inspector.verdict(who.id, second.id)[0]
    drawn = rep.page.day_view.at.view
    with rep.store.edit("Roster emergency cover") as edit:
        edit.save(
            Cover(
                id="duty",
                person_id=who.id,
                kind=CoverKind.EMERGENCY_COVER,
                starts=second.row.starts,
                ends=second.row.ends,
            )
        )
    rep.qtbot.waitUntil(lambda: not rep.window.plan_jobs.busy)
    assert rep.page.day_view.at.view is drawn
    assert who not in [each.person for each in rep.page.inspector.one.suggestions._ranked.fit]
    assert not rep.page.inspector.verdict(who.id, second.id)[0]


def test_fill_rota_is_the_main_button_unless_another_one_is_or_the_day_is_off(rep):
    def main():
        return rep.page.head.fill.property("primary")

    assert main()
    rep.page.fill()
    rep.qtbot.waitUntil(lambda: not rep.window.plan_jobs.busy)
    assert not main()
    rep.page.inspector.proposal.leave.click()
    assert main()
    with rep.store.edit("Suspend") as edit:
        edit.save(replace(rep.page.day(), state=StrikeState.SUSPENDED))
    assert not main()


def test_a_move_is_undone_after_the_plan_was_closed_and_opened_again(rep, window, person, plan):
    rep.chooses()
    rep.page.actions_here.later.trigger()
    assert rep.shift().words == "08:15–09:15"
    window.close_plan()
    person.opens(plan)
    again = Rep(window, person, rep.qtbot)
    assert again.shift(rep.first.id).words == "08:15–09:15"
    window.undo()
    assert again.shift(rep.first.id).words == "08:00–09:00"
    assert again.page.day_view.at.view.bars[0].starts == datetime(2015, 12, 1, 8)


def test_others_lead_to_a_shift_a_picket_or_an_assignment_on_its_day(rep):
    last = rep.page.desk.days()[-1]
    picket = rep.store.where(Picket, strike_day_id=last.id)[0]
    rep.window.frame.go(PageName.ROTA, Concern("picket", picket.id))
    assert rep.page.desk.day == last.id
    assert {rep.shift(id).picket_id for id in rep.page.selected()} == {picket.id}
    on = rep.store.where(Assignment, shift_id=rep.first.id)[0]
    rep.window.frame.go(PageName.ROTA, Concern("assignment", on.id))
    assert rep.page.selected() == (rep.first.id,)


# ------------------------------------------------------------------------------------------------- to pass on
def test_the_day_is_copied_as_a_message_and_as_a_table(rep):
    rep.page.actions_here.message.trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("*Picket rota, Tue 1 Dec 2015*")
    assert "08:00–09:00: Tomasz W. (organiser) – still needed: 3 pickets" in text
    rep.chooses()
    rep.page.actions_here.table.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[1].split("\t")[3:6] == ["08:00", "09:00", "Tomasz Wiśniewski (organiser)"]


def test_every_drag_has_a_menu_entry_with_its_key(rep):
    rep.chooses()
    menu = rep.page.actions_here.shift_menu()
    texts = {action.text().replace("&", ""): action for action in menu.actions()}
    for wanted in ("Move 15 minutes later", "Move to the entrance below", "Duplicate", "Cancel with a reason…"):
        assert not texts[wanted].shortcut().isEmpty()
    whole = rep.page.actions_here.line_menu(rep.first.row.line_id).actions()
    later = next(each for each in whole if each.text() == "Move the whole entrance 30 minutes later")
    later.trigger()
    assert rep.shift().words == "08:30–09:30"
    assert "Copy this day to…" in [each.text().replace("&", "") for each in rep.page.actions_here.more_menu().actions()]
    keys = [action.shortcut().toString() for action in rep.page.actions() if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))
    assert all(each.isEnabled() for each in (rep.page.actions_here.add, rep.page.actions_here.copy_day))


def test_nothing_can_be_changed_in_a_plan_that_is_only_read(window, person, plan, qtbot):
    plan.chmod(0o444)
    plan.parent.chmod(0o555)
    try:
        person.opens(plan)
        if not window.desk.store.read_only:
            pytest.skip("this user may write everywhere")
        rep = Rep(window, person, qtbot)
        assert not rep.page.actions_here.later.isEnabled()
        assert not rep.page.head.fill.isEnabled()
        assert rep.page.actions_here.message.isEnabled()
    finally:
        plan.parent.chmod(0o755)
        plan.chmod(0o644)


def test_a_plan_without_days_or_entrances_leads_to_where_they_are_added(rep):
    with rep.store.edit("Start anew") as edit:
        for kind in (Picket, Entrance):
            for record in rep.store.all(kind):
                edit.delete(record)
    assert "no entrance yet" in rep.page.empty.words.text()
    with rep.store.edit("Start anew") as edit:
        for record in rep.store.all(StrikeDay):
            edit.delete(record)
    assert "no strike day yet" in rep.page.empty.words.text()
    assert rep.page.empty.button.text() == "Add a strike day"
    assert QAccessible.queryAccessibleInterface(rep.page.empty.button).text(QAccessible.Text.Name)
    assert isinstance(QGuiApplication.clipboard().mimeData(), QMimeData)
