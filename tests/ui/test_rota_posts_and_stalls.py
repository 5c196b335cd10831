"""The one rota: the posts and the stall of the Guildhall rally beside the pickets, seen and changed in one place."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Override, Post, Rally, RallyDay
from rallyapp.domain.stalls import IfOff, Partner, Stall
from rallyapp.store.search import Found, Search
from rallyapp.ui.models.sheet import Cell
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rota import list_view, week
from tests.ui import rota_pane

rep = rota_pane.rep
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
RALLY = "Regional rally, Southampton Guildhall"


@pytest.fixture
def at_rally(rep):
    """The same, with shifts found by the name of their line."""

    def find(name, place=0):
        rota = rep.page.rota
        return [shift for shift in rota.shifts if rota.line(shift).name == name][place]

    rep.find = find
    rep.view = rep.page.day_view
    return rep


def row_of(rep, title):
    return next(stripe for stripe in rep.view.at.layout.stripes if stripe.row.title == title)


def drag(rep, start, end, keys=Qt.KeyboardModifier.NoModifier):
    QTest.mousePress(rep.view, Qt.MouseButton.LeftButton, keys, start)
    for step in range(1, 9):
        QTest.mouseMove(rep.view, start + (end - start) * step / 8)
        rep.qtbot.wait(1)
    QTest.mouseRelease(rep.view, Qt.MouseButton.LeftButton, keys, end)


def somebody(rep, standing=Standing.MEMBER):
    """Somebody who has said when they are free."""
    return next(each for each in rep.store.all(Person) if each.standing is standing and not each.left)


def test_the_rally_stands_after_the_sites_with_its_posts_in_order_and_then_its_stall(at_rally):
    rep, view = at_rally, at_rally.view.at.view
    ours = [row for row in view.rows if row.site == RALLY]
    assert [row.title for row in ours][:3] == ["Chief steward", "Stage front", "Emergency lane"]
    assert [row.title for row in ours][-2:] == ["Stage", "Anthony Nolan stall"]
    assert view.rows[-len(ours) :] == tuple(ours)
    assert (ours[0].note, ours[0].kind, ours[-1].kind) == ("Beside the stage", "post", "stall")
    assert [each.site for each in rep.view.at.layout.headings][-1] == RALLY
    assert [bar.count for bar in view.bars if bar.row == ours[-1].id] == ["0/4", "0/4"]
    assert rep.page.head.count_chip.text() == "14 shifts"
    assert sum(each.needed for each in view.coverage) > 0
    assert view.crowd == "People on shift"
    assert "First-aid point, 11:00–13:45" in [line.title for line in rep.pane.shortest.lines.lines]
    page = rep.page
    page.show_mode("list")
    texts = [[page.list_view.list.text(at, column) for column in (0, 1, 8)] for at in range(14)]
    assert texts[3] == ["Regional rally", "Chief steward", "1 chief steward"]
    assert page.list_view.list.columns[1].title == "Entrance or post"
    page.show_mode("week")
    assert page.week_view.week.text(3, week.ENTRANCE) == "Chief steward"
    assert page.week_view.week.rowCount() == 14
    rep.window.desk.choose_day(page.desk.days()[-1].id)
    page.show_mode("day")
    assert not [row for row in page.day_view.at.view.rows if row.kind != "entrance"]


def test_the_rally_is_a_place_to_choose_and_gaps_are_found_in_it(at_rally):
    rep, head = at_rally, at_rally.page.head
    places = [head.sites.itemText(at) for at in range(head.sites.count())]
    assert (places[0], places[-1]) == ("All sites and rallies", RALLY)
    head.sites.setEditText(RALLY.upper())
    head.sites.lineEdit().editingFinished.emit()
    assert {row.site for row in rep.view.at.view.rows} == {RALLY}
    first = rep.find("Chief steward")
    with rep.store.edit("Need nobody") as edit:
        edit.save_all([replace(each, least=0) for each in rep.store.where(Need, shift_id=first.id)])
    head.short_chip.click()
    assert "Chief steward" not in [row.title for row in rep.view.at.view.rows]
    rep.window.frame.go(PageName.ROTA, Concern("shift", first.id))
    assert (rep.page.selected(), rep.page.only_gaps) == ((first.id,), False)


def test_a_search_or_another_page_leads_to_a_shift_of_a_post_and_of_a_stall_on_its_day(at_rally):
    rep = at_rally
    found = {hit.note: hit for hit in Search(rep.store).find("stage 11:00") if hit.found is Found.SHIFT}
    hit = found["Stage, Regional rally"]
    stall = [each for each in Search(rep.store).find("nolan 11:00") if each.found is Found.SHIFT]
    assert [each.note for each in stall] == ["Anthony Nolan stall, Regional rally"]
    other = rep.page.desk.days()[-1]
    for what in (hit.concern, stall[0].concern):
        rep.window.desk.choose_day(other.id)
        rep.window.frame.go(PageName.ROTA, what)
        assert (rep.page.desk.day, rep.page.selected()) == (rep.day.id, (what.id,))
    rep.waits()
    assert (rep.pane.one.title.text(), rep.pane.one.where.text()) == (
        "Anthony Nolan stall",
        f"{RALLY}, Donor recruitment",
    )


# ------------------------------------------------------------------------------------------------ changing
def test_shifts_of_posts_are_dragged_pulled_moved_by_keys_copied_and_deleted_with_undo(at_rally):
    rep, page = at_rally, at_rally.page
    page.show_scope(page.rota.places.scopes[-1].key)
    shift = rep.find("Chief steward")
    (need,) = rep.store.where(Need, shift_id=shift.id)
    at = rep.view.at
    box = at.rect(at.layout.by_id[shift.id])
    drag(rep, box.center(), QPoint(box.center().x() + round(60 * at.per_minute), box.center().y()))
    assert rep.store.get(Shift, shift.id).words == "11:45–14:45"
    assert rep.reads == "Move post shift to 11:45, Chief steward."
    rep.window.undo()
    down = at.row_rect(row_of(rep, "Stage front")).center().y()
    drag(rep, box.center(), QPoint(box.center().x(), down), CTRL)
    (copy,) = page.selected()
    made = rep.store.get(Shift, copy)
    assert (rep.store.get(Post, made.post_id).name, made.words) == ("Stage front", "10:45–13:45")
    assert [each.role for each in rep.store.where(Need, shift_id=copy)] == [need.role]
    rep.qtbot.keyClick(rep.view, Qt.Key.Key_Down, ALT)
    assert rep.reads == "Move post shift to 10:45, Emergency lane."
    rep.qtbot.keyClick(rep.view, Qt.Key.Key_Right, ALT | SHIFT)
    assert rep.reads == "Change post shift to 10:45–14:00, Emergency lane."
    rep.qtbot.keyClick(rep.view, Qt.Key.Key_Delete)
    assert rep.reads == "Delete post shift 10:45–14:00, Emergency lane."
    page.select((shift.id,))
    assert page.actions_here.all_later.text() == "Move the whole post 30 minutes later"
    page.actions_here.all_later.trigger()
    assert rep.store.get(Shift, shift.id).words == "11:15–14:15"
    page.actions_here.up.trigger()
    assert rep.reads == "There is no post above to move the shift to."
    page.actions_here.duplicate.trigger()
    assert [rep.store.get(Shift, id).words for id in page.selected()] == ["14:15–17:15"]


def test_a_shift_stays_among_its_own_kind(at_rally):
    rep = at_rally
    rep.view.resize(900, 1400)
    stall, at = rep.find("Anthony Nolan stall"), rep.view.at
    box = at.rect(at.layout.by_id[stall.id])
    above = at.row_rect(row_of(rep, "Stage")).center().y()
    drag(rep, box.center(), QPoint(box.center().x() + round(30 * at.per_minute), above))
    moved = rep.store.get(Shift, stall.id)
    assert (moved.stall_id, moved.post_id, moved.words) == (stall.row.line_id, None, "11:30–12:45")
    rep.page.select((stall.id, rep.shifts[0]))
    rep.page.actions_here.copy_to.trigger()
    assert rep.reads == "Choose shifts of entrances, of posts or of stalls alone: each goes to its own kind."
    rep.page.actions_here.later.trigger()
    assert rep.reads.startswith("Move 2 shifts 15 min later")
    rep.page.select((rep.find("Chief steward").id,))
    rep.page.actions_here.copy_to.trigger()
    to = next(field for field in rep.page.panel.fields if field.label == "To post")
    assert [to.box.itemText(at) for at in range(3)] == ["The same post", "Chief steward", "Stage front"]
    rep.page.panel.submit()
    assert rep.page.panel.wrong.text() == "Choose another post: to double a shift, duplicate it."


def test_a_new_shift_asks_for_whom_its_post_or_its_stall_is_for(at_rally):
    rep, page = at_rally, at_rally.page
    with rep.store.edit("Start anew") as edit:
        for shift in rep.store.all(Shift):
            if shift.picket_id is None:
                edit.delete(shift)
    stall, first_aid = row_of(rep, "Anthony Nolan stall").row.id, row_of(rep, "First-aid point").row.id
    rep.view.place_wanted.emit(first_aid, datetime(2015, 12, 1, 12))
    page.panel.submit()
    (made,) = page.selected()
    shift = rep.store.get(Shift, made)
    assert (shift.post_id, shift.words) == (first_aid, "12:00–13:00")
    assert [(each.role, each.least) for each in rep.store.where(Need, shift_id=made)] == [(Role.FIRST_AIDER, 1)]
    assert rep.reads == "Add post shift 12:00–13:00, First-aid point."
    page.actions_here.forms.cut(stall)
    times = next(field for field in page.panel.fields if field.label == "Time").findChild(QLineEdit)
    assert times.text() == "10:15–14:15"  # as long as it is there
    page.panel.submit()
    assert {rep.store.get(Shift, id).stall_id for id in page.selected()} == {stall}
    assert {each.role for id in page.selected() for each in rep.store.where(Need, shift_id=id)} == {Role.STALL}


def test_the_menu_of_a_post_and_of_a_stall_leads_to_its_page(at_rally):
    rep = at_rally
    for title, wanted in (("Stage", "Show this post"), ("Anthony Nolan stall", "Show this stall")):
        menu = rep.page.actions_here.line_menu(row_of(rep, title).row.id)
        texts = [action.text() for action in menu.actions() if action.text()]
        assert (texts[0], texts[-1]) == ("Add a shift…", wanted)
        menu.deleteLater()


# -------------------------------------------------------------------------------------------------- people
def test_stewards_are_put_on_in_the_pane_and_by_typing_and_given_another_role(at_rally):
    rep, page = at_rally, at_rally.page
    shift = rep.find("Stage front")
    rep.chooses(shift.id)
    one = rep.pane.one
    assert [one.suggestions.role.box.itemText(at) for at in range(2)] == ["Steward", "Chief steward"]
    assert one.suggestions.list.lines.lines[0].note.startswith("works 14 min away")
    one.suggestions.put_on(one.suggestions.list.lines.lines[0].id)
    rep.waits()
    (row,) = rep.on(shift.id)
    assert row.role is Role.STEWARD
    assert "(" not in rep.view.at.layout.by_id[shift.id].bar.names  # that a steward is one need not be said
    one.staff.list.choose(row.id)
    offered = [action for action in one.staff.menu().actions() if action.isVisible() and action.text()]
    assert not [each for each in offered if each.text() == "Make picket"]
    next(each for each in offered if each.text() == "Make chief steward").trigger()
    assert [each.role for each in rep.on(shift.id)] == [Role.CHIEF_STEWARD]
    assert rep.view.at.layout.by_id[shift.id].bar.names.endswith("(chief steward)")
    page.show_mode("list")
    name = rep.store.get(Person, row.person_id).name
    place = next(at for at in range(14) if page.list_view.list.text(at, list_view.ENTRANCE) == "Arrivals")
    said = page.list_view.list.write([Cell(place, list_view.WHO, name)], "")
    assert said.startswith(f"Arrivals 10:45–13:45: {name} is at Stage front, Southampton Guildhall")
    other = next(line.title for line in one.suggestions.list.lines.lines if line.person and line.title != name)
    assert page.list_view.list.write([Cell(place, list_view.WHO, other)], "") == ""
    assert [each.role for each in rep.on(rep.find("Arrivals").id)] == [Role.STEWARD]
    page.select(())
    page.actions_here.table.trigger()
    assert QGuiApplication.clipboard().text().startswith("Site or rally\tEntrance or post\tDay")
    assert "Regional rally\tArrivals" in QGuiApplication.clipboard().text()
    page.actions_here.message.trigger()
    assert QGuiApplication.clipboard().text().startswith("*Rota, Tue 1 Dec 2015*")


def test_a_charitys_own_people_come_first_at_its_stall_and_nowhere_else(at_rally):
    rep = at_rally
    stall, post = rep.find("Anthony Nolan stall"), rep.find("Stage front")
    own = {each.id for each in rep.store.all(Person) if each.standing is Standing.PARTNER}
    rep.chooses(stall.id)
    people = rep.pane.one.suggestions.list.lines.lines
    assert {each.person for each in people[: len(own)]} == own
    assert people[0].note == "is the charity’s own, no shift yet"
    who = PersonId(people[0].person)
    assert rep.pane.verdict(who, stall.id) == (True, f"{people[0].title} can come, as stall volunteer.")
    said = f"{people[0].title} is of Anthony Nolan: asked for its stalls only."
    assert rep.pane.verdict(who, post.id) == (False, said)
    assert rep.pane.verdict(who, rep.shifts[0]) == (False, said)
    for shift in (post.id, rep.shifts[1]):
        rep.chooses(shift)
        assert not own & {each.person.id for each in rep.pane.one.suggestions._ranked.fit}
    rep.view.person_dropped.emit(who, stall.id)
    assert [(each.person_id, each.role) for each in rep.on(stall.id)] == [(who, Role.STALL)]


def test_filling_the_day_offers_the_places_of_posts_and_stalls(at_rally):
    rep = at_rally
    rep.page.fill()
    rep.waits()
    added = rep.pane.filling.proposed.proposal.added
    shifts = {each.shift_id: rep.store.get(Shift, each.shift_id) for each in added}
    assert any(shift.post_id for shift in shifts.values())
    at_stalls = {each.person_id for each in added if shifts[each.shift_id].stall_id}
    own = {each.id for each in rep.store.all(Person) if each.standing is Standing.PARTNER}
    assert at_stalls
    assert own & {each.person_id for each in added} <= at_stalls
    marked = {bar.id for bar in rep.view.at.view.bars if bar.marks}
    assert marked == set(shifts)
    rep.pane.proposal.accept.click()
    rep.waits()
    assert {each.id for each in added} <= {each.id for each in rep.store.all(Assignment)}


# ------------------------------------------------------------------------------------------------ stood down
def test_what_is_off_is_shown_so_and_a_stall_that_comes_all_the_same_stays_on(at_rally):
    rep = at_rally

    def on():
        rows = {row.id: row.kind for row in rep.view.at.view.rows}
        return {kind: {bar.on for bar in rep.view.at.view.bars if rows[bar.row] == kind} for kind in rows.values()}

    stall = rep.store.all(Stall)[0]
    with rep.store.edit("Suspend") as edit:
        edit.save(replace(rep.page.day(), state=StrikeState.SUSPENDED))
    assert on() == {"entrance": {False}, "post": {False}, "stall": {True}}
    assert row_of(rep, "Anthony Nolan stall").row.note == "Not decided yet"
    assert row_of(rep, "Stage").row.note == "Rally stood down"
    with rep.store.edit("It stays at home") as edit:
        edit.save(replace(stall, if_off=IfOff.STANDS_DOWN))
    assert on()["stall"] == {False}
    assert rep.page.head.short_chip.isHidden()
    with rep.store.edit("It comes") as edit:
        edit.save(replace(stall, if_off=IfOff.GOES_AHEAD))
    assert on()["stall"] == {True}
    (rally,) = rep.store.all(Rally)
    goes = replace(rally, override=Override.GOES_AHEAD, override_by="Branch", override_reason="as a vigil")
    with rep.store.edit("The rally goes ahead") as edit:
        edit.save(goes)
    assert on() == {"entrance": {False}, "post": {True}, "stall": {True}}


def test_a_rally_of_no_day_is_on_its_date_and_a_stall_at_a_picket_stands_under_its_entrance(at_rally):
    rep = at_rally
    (link,) = rep.store.all(RallyDay)
    with rep.store.edit("Untie") as edit:
        edit.delete(link)
    assert RALLY in {row.site for row in rep.view.at.view.rows}
    shift = rep.shift(0)
    picket = rep.store.get(Picket, shift.picket_id)
    gate = Stall(id="gate", partner_id=rep.store.all(Partner)[0].id, picket_id=picket.id, pitch="By the bus stop")
    with rep.store.edit("A stall at the gate") as edit:
        edit.save(gate)
        edit.save(Shift(id="at the gate", stall_id="gate", starts=shift.starts, ends=shift.ends))
        edit.save(Need(id="n", shift_id="at the gate", role=Role.STALL, least=1, wished=1, most=2))
    rows = rep.view.at.view.rows
    place = next(at for at, row in enumerate(rows) if row.id == "gate")
    assert (rows[place - 1].id, rows[place].site) == (picket.entrance_id, rows[place - 1].site)
    assert (rows[place].title, rows[place].note) == ("Anthony Nolan stall", "Enquiry")
    assert (rows[place].starts, rows[place].ends) == (picket.starts, picket.ends)
    rep.page.select(("at the gate",))
    rep.page.actions_here.later.trigger()
    assert rep.store.get(Shift, "at the gate").words == "08:15–09:15"
    with rep.store.edit("Put on") as edit:
        who = somebody(rep)
        edit.save(
            Assignment(
                id="a",
                shift_id="at the gate",
                person_id=who.id,
                role=Role.STALL,
                state=AssignmentState.CONFIRMED,
            )
        )
    assert rep.view.at.layout.by_id["at the gate"].bar.count == "1/1"
