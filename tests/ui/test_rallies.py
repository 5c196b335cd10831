"""The page of rallies: one at a time, its sections as they are printed, and how each stands."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from rallyapp.domain.disputes import Settings, StrikeDay, StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import (
    Permission,
    PermissionKind,
    PlanNote,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RallyKind,
    Section,
    TeamMember,
)
from rallyapp.domain.stalls import Stall
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies import parts
from rallyapp.ui.pages.rallies.outline import Mark


@pytest.fixture
def page(window, person, plan):
    """The page, with the Southampton rally."""
    person.opens(plan)
    window.go(PageName.RALLIES)
    person.waits()
    return window.page(PageName.RALLIES)


def marks(page):
    return {int(line.id): line.mark for line in page.outline.lines.rows.all}


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def change(window, record, **other):
    with window.store.edit("Change it") as edit:
        edit.save(replace(record, **other))


def test_the_sections_stand_as_they_are_printed(page):
    titles = [line.title for line in page.outline.lines.rows.all]
    assert titles[0] == "At a glance"
    assert titles[-1] == "Data protection"
    assert "Route" not in titles, "a static rally has none"
    assert page.head.note.accessibleName() == "Tuesday 1 December 2015, 11:30\u201313:30, Southampton Guildhall"
    assert page.choice.currentText() == "Regional rally"


def test_every_section_of_the_print_has_an_editor_and_every_record_a_section(window, page):
    for place in parts.PLACES:
        page.show_section(place.number)
        assert page.part.seen is not None, place
    for kind in (ProgrammeItem, Post, Permission, TeamMember, Stall):
        record = window.store.all(kind)[0]
        page.show_record(Concern(kind.__name__.lower(), record.id))
    assert parts.place_of(Concern("risk", "x")) == 20
    assert {parts.place_of_words(section) for section in Section} == {6, 8, 9, *range(12, 20), 21, 22}
    note = next(each for each in window.store.all(PlanNote) if each.section is Section.EMERGENCY)
    page.show_record(Concern("plan_note", note.id))
    assert page.outline.number == 18
    assert parts.place_of(Concern("rally", "x")) == 1


def test_how_a_section_stands_follows_what_is_entered_and_is_said_in_words(window, page):
    assert marks(page)[4] is Mark.RISK  # the landowner has not answered
    page.show_section(4)
    assert page.standing.lines == ["The landowner has not agreed (late application). \u2192 enter how far it has come."]
    asked = next(each for each in window.store.all(Permission) if each.kind is PermissionKind.LANDOWNER)
    change(window, asked, state="granted")
    assert marks(page)[4] is Mark.WHOLE
    assert page.standing.lines == []
    item = max(window.store.all(ProgrammeItem), key=lambda each: each.position)
    change(window, item, minutes=240)
    page.show_section(5)
    assert marks(page)[5] is Mark.RISK
    assert any("after the hard finish" in line for line in page.standing.lines)
    index = page.outline.currentIndex()
    assert "Running order, something to look at" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    with window.store.edit("Forget the team") as edit:
        for member in window.store.all(TeamMember):
            edit.delete(member)
    assert marks(page)[2] is Mark.LACKS
    page.show_section(2)
    assert "The printed plan says: Nobody is named who may stop the event." in page.standing.lines


def test_a_march_that_is_late_with_its_notice_is_red_and_has_a_route(window, page):
    rally = window.store.all(Rally)[0]
    change(window, rally, kind=RallyKind.MARCH_AND_RALLY, starts=rally.starts, move_off=None)
    change(window, window.store.all(Settings)[0])
    page.show_section(7)
    assert page.outline.number == 7
    page.desk.now = lambda: rally.starts.replace(day=1, month=12, hour=7)
    page.reload()
    assert marks(page)[4] is Mark.WRONG
    change(window, window.store.get(Rally, rally.id), kind=RallyKind.STATIC)
    assert page.outline.number == 1, "its section is gone"


def test_a_rally_that_is_stood_down_with_its_day_says_so(window, page):
    day = window.desk.days()[0]
    change(window, window.store.get(StrikeDay, day.id), state=StrikeState.SUSPENDED)
    assert page.choice.currentText() == "Regional rally, stood down"
    assert page.head.note.accessibleName().endswith("Stood down: the strike day is suspended")


def test_keys_lead_through_the_sections_and_the_place_is_found_again(window, person, plan, page):
    page.outline.setFocus()
    QTest.keyClick(page.outline, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.outline.number == 2
    QTest.keyClick(page.outline, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.outline.number == 1
    QTest.keyClick(page.outline, Qt.Key.Key_End)
    assert page.outline.number == 22
    window.close_plan()
    person.opens(plan)
    assert window.page(PageName.RALLIES).outline.number == 22


def test_what_belongs_to_a_rally_leads_to_its_section(window, page):
    store = window.store
    post = store.all(Post)[0]
    shift = store.where(Shift, post_id=post.id)[0]
    for what, number in (
        (Concern("shift", shift.id), 9),
        (Concern("pin", store.all(Pin)[0].id), 6),
        (Concern("venue", store.all(Rally)[0].venue_id), 6),
        (Concern("stall", store.all(Stall)[0].id), 11),
    ):
        page.show_section(1)
        page.show_record(what)
        assert page.outline.number == number, what
    page.show_record(Concern("person", store.all(Person)[0].id))
    assert page.outline.number == 11, "it has no place here"


def test_without_a_rally_one_button_makes_the_first(window, person, tmp_path, qtbot):
    path = tmp_path / "new.rally"
    Store.create(path, [Settings(id=new_id(), title="New")], label="New plan").close()
    person.opens(path)
    window.go(PageName.RALLIES)
    page = window.page(PageName.RALLIES)
    assert page.empty.isVisible()
    assert "There is no rally in this plan yet." in texts(page)
    assert not page.print_button.isEnabled()
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert page.new_rally.isVisible()
    page.new_rally.cancelled.emit()
    assert page.empty.isVisible()


def test_what_has_nothing_to_do_with_the_rally_leaves_the_page_as_it_is(window, page):
    store, before = window.store, page._reading
    team = {member.person_id for member in store.all(TeamMember)}
    at_pickets = [shift for shift in store.all(Shift) if shift.picket_id]
    stranger = next(each for each in store.all(Person) if each.id not in team)
    change(window, stranger, phone="07700 900999")
    change(window, next(each for each in at_pickets if not store.where(Assignment, shift_id=each.id)), label="Banner")
    assert page._reading is before
    lead = next(each for each in store.all(TeamMember) if each.role == "event lead")
    change(window, store.get(Person, lead.person_id), family_name="Tansley-Wood")
    assert page._reading is not before
    before = page._reading
    at_post = next(each for each in store.all(Shift) if each.post_id)
    change(window, at_post, label="At the front")
    assert page._reading is not before


def test_the_rally_and_the_strike_day_in_the_header_go_together(window, page):
    store = window.store
    rally, (first, second, _) = store.all(Rally)[0], window.desk.days()
    later = replace(
        rally, id=new_id(), title="Second rally", starts=rally.starts.replace(day=8), ends=rally.ends.replace(day=8)
    )
    bare = dict.fromkeys(("set_up", "briefing", "stalls_ready", "assemble", "dispersed", "handed_back"))
    with store.edit("A second rally") as edit:
        edit.save(replace(later, **bare))
        edit.save(RallyDay(id=new_id(), rally_id=later.id, strike_day_id=second.id))
    assert (page.rally, window.desk.day) == (rally.id, first.id)
    window.desk.choose_day(second.id)
    assert page.rally == later.id
    page.show_rally(rally.id)
    assert window.desk.day == first.id
    window.desk.choose_day(window.desk.days()[2].id)  # which has none
    assert page.rally == rally.id
