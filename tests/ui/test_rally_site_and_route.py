"""Sections 6 and 7 of a rally: pins that follow what they mark, the place, and a march's way step by step."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rallyapp.domain.ids import PermissionId, PinId, RallyId, RouteStepId, SitePlanId
from rallyapp.domain.places import Pin, PinKind, SitePlan, Venue
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import (
    Permission,
    PermissionKind,
    PermissionState,
    PlanNote,
    Post,
    Rally,
    RallyKind,
    RouteStep,
    Section,
)
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import Store
from rallyapp.ui.page import PageName

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(person, window, plan):
    person.opens(plan)
    window.frame.go(PageName.RALLIES)
    return window.frame.page


@pytest.fixture
def site(page):
    page.show_section(6)
    return page.part


@pytest.fixture
def march(page):
    """The route of a rally that has a march."""
    store = page.desk.store
    rally = store.get(Rally, page.rally)
    with store.edit("March") as edit:
        edit.save(replace(rally, kind=RallyKind.MARCH_AND_RALLY, move_off=rally.assemble), was=rally)
    page.show_section(7)
    return page.part


def pins_of(site):
    return {pin.id: pin for pin in site.plan.panel.pins.rows.all}


def waiting(site):
    return [thing.words for thing in site.plan.panel.waiting.rows.all]


def without(store, *numbers):
    with store.edit("Take pins away") as edit:
        for pin in store.all(Pin):
            if pin.number in numbers:
                edit.delete(pin)


# ------------------------------------------------------------------------------------------------- the plan
def test_a_pin_is_called_what_its_post_or_stall_is_called(page, site):
    store = page.desk.store
    assert waiting(site) == []
    shown = [pin.label for pin in site.plan.panel.pins.rows.all]
    assert {"Anthony Nolan", "Stage front", "First-aid point", "Water"} <= set(shown)
    post = next(each for each in store.all(Post) if each.name == "Stage front")
    partner = next(each for each in store.all(Partner) if each.name == "Anthony Nolan")
    page.desk.save("Rename", [replace(post, name="Front of stage"), replace(partner, name="\u0645\u062d\u0645\u062f")])
    shown = [pin.label for pin in site.plan.panel.pins.rows.all]
    assert {"Front of stage", "\u0645\u062d\u0645\u062f"} <= set(shown)
    assert "Stage front" not in shown


def test_what_is_not_on_the_plan_yet_is_put_there_by_keys_and_by_mouse(page, site):
    store, panel = page.desk.store, site.plan.panel
    without(store, 2, 12)
    store.poll()
    assert waiting(site) == ["Post: Stage front", "Stall: Anthony Nolan"]
    panel.waiting_list.setFocus()
    QTest.keyClick(panel.waiting_list, Qt.Key.Key_Down)
    QTest.keyClick(panel.waiting_list, Qt.Key.Key_Return)
    assert waiting(site) == ["Post: Stage front"]
    made = panel.pin
    assert (made.label, made.kind, made.number, made.x, made.y) == ("Anthony Nolan", PinKind.STALL, 15, 500, 500)
    assert store.get(Pin, made.id).stall_id == store.all(Stall)[0].id
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert store.get(Pin, made.id).x == 495
    page.desk.undo()
    page.desk.undo()
    assert waiting(site) == ["Post: Stage front", "Stall: Anthony Nolan"]
    # ... and by the mouse
    rows = panel.waiting_list
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert panel.hint.isVisible()
    assert panel.hint.text() == "Click where Stage front belongs; Esc leaves it."
    QTest.mouseClick(panel.view, LEFT, pos=panel.view._paper.point(250, 800).toPoint())
    assert panel.pin.label == "Stage front"
    assert (panel.pin.x, panel.pin.y) == pytest.approx((250, 800), abs=2), "a pixel is more than a thousandth"
    carried = panel.waiting.mimeData([panel.waiting.index(0, 0)])
    drop = QDropEvent(
        QPointF(panel.view._paper.point(700, 300)), Qt.DropAction.CopyAction, carried, LEFT, Qt.KeyboardModifier(0)
    )
    panel.view.dropEvent(drop)
    assert (panel.pin.label, panel.pin.x, panel.pin.y) == ("Anthony Nolan", 700, 300)
    QTest.mouseClick(panel.place, LEFT)
    QTest.keyClick(panel.view, Qt.Key.Key_Escape)
    assert not panel.place.isChecked()


def test_a_pin_marks_another_post_or_none_and_then_has_its_own_label(page, site):
    store, panel = page.desk.store, site.plan.panel
    pin = next(each for each in panel.pins.rows.all if each.label == "Arrivals")
    panel.choose(pin.id)
    assert panel.marks.isVisible()
    assert not panel.label.isVisible()
    offered = [panel.marks.box.itemText(at) for at in range(panel.marks.box.count())]
    assert offered[0] == "Something else"
    assert "Road edge east" in offered
    panel.marks.box.setCurrentIndex(0)
    panel.marks.box.activated.emit(0)
    assert store.get(Pin, pin.id).post_id is None
    assert waiting(site) == ["Post: Arrivals"]
    panel.label.setFocus()
    QTest.keyClicks(panel.label.entry, "Way in")
    QTest.keyClick(panel.label.entry, Qt.Key.Key_Return)
    assert pins_of(site)[pin.id].label == "Way in"
    panel.marks.box.activated.emit(offered.index("Arrivals"))
    assert store.get(Pin, pin.id).label == ""
    kinds = [panel.kind.box.itemText(at) for at in range(panel.kind.box.count())]
    assert "Entrance" not in kinds
    panel.kind.box.activated.emit(kinds.index("Water"))
    assert (store.get(Pin, pin.id).kind, store.get(Pin, pin.id).post_id) == (PinKind.WATER, None)


def test_a_post_that_is_removed_leaves_its_pin_without_a_name(page, site):
    store = page.desk.store
    post = next(each for each in store.all(Post) if each.name == "Arrivals")
    pin = store.where(Pin, post_id=post.id)[0]
    page.desk.edit("Remove post", lambda edit: edit.delete(post))
    assert pins_of(site)[pin.id].label == ""
    page.desk.undo()
    assert pins_of(site)[pin.id].label == "Arrivals"


def test_pins_are_renumbered_in_one_step(page, site):
    store, panel = page.desk.store, site.plan.panel
    before = {pin.id: pin.number for pin in store.all(Pin)}
    panel.renumber.click()
    read = sorted(store.all(Pin), key=lambda pin: pin.number)
    assert [pin.number for pin in read] == list(range(1, 15))
    assert [(pin.x, pin.y) for pin in read][:3] == [(400, 120), (500, 80), (350, 250)]
    assert not panel.renumber.isEnabled()
    page.desk.undo()
    assert {pin.id: pin.number for pin in store.all(Pin)} == before


def test_a_blank_grid_begins_the_plan_of_a_rally(page, site):
    store = page.desk.store
    with store.edit("Remove") as edit:
        edit.delete(store.all(SitePlan)[0])
    store.poll()
    assert site.plan.panel.none.isVisible()
    site.plan.panel.none.blank.click()
    (made,) = store.all(SitePlan)
    assert (made.rally_id, made.site_id, made.title) == (page.rally, None, "Plan of Regional rally")
    assert len(waiting(site)) == 10


def test_another_window_and_a_search_come_to_the_pin(page, site):
    store = page.desk.store
    plan = store.all(SitePlan)[0]
    with Store.open(store.path) as other, other.edit("Elsewhere") as edit:
        edit.save(SitePlan(id=SitePlanId("b"), title="B, the park", rally_id=RallyId(page.rally)))
        edit.save(Pin(id=PinId("far"), site_plan_id=SitePlanId("b"), number=1, label="Toilets"))
    store.poll()
    assert site.plan.which.isVisible()
    page.show_record(Concern("pin", "far"))
    assert site.plan.panel.pin.label == "Toilets"
    page.show_record(Concern("pin", store.where(Pin, site_plan_id=plan.id)[0].id))
    assert site.plan.panel.pin.site_plan_id == plan.id


def test_the_place_and_its_words_stand_beside_the_plan(page, site):
    store = page.desk.store
    page.show_record(Concern("venue", site.seen.venue.id))
    assert site.settings() == {"view": "place"}
    power = site.place.fields["power"]
    power.setFocus()
    power.entry.selectAll()
    QTest.keyClicks(power.entry, "Two sockets at the steps")
    QTest.keyClick(power.entry, Qt.Key.Key_Return)
    assert store.get(Venue, site.seen.venue.id).power == "Two sockets at the steps"
    paper = site.note.paper
    paper.selectAll()
    QTest.keyClicks(paper, "- Keep the ramp free.")
    QTest.keyClick(paper, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (note,) = [each for each in store.all(PlanNote) if each.section is Section.SITE]
    assert note.text == "- Keep the ramp free."
    site.choose_view("plan")
    assert site.plan.isVisible()


# ------------------------------------------------------------------------------------------------- the route
def type_step(sheet, text):
    sheet.type_next()
    editor = sheet.sheet.editor
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_steps_are_typed_one_after_the_other_and_added_up(page, march):
    store, steps = page.desk.store, march.march
    type_step(steps.sheet, "Left into Above Bar Street, 450 m (crossing)")
    type_step(steps.sheet, "Through the Bargate 0.3 km")
    type_step(march.shorter.sheet, "Straight to the Bargate")
    made = sorted((each for each in store.all(RouteStep) if not each.accessible), key=lambda each: each.position)
    assert [(each.instruction, each.metres, each.crossing) for each in made] == [
        ("Left into Above Bar Street", 450, True),
        ("Through the Bargate", 300, False),
    ]
    (shorter,) = (each for each in store.all(RouteStep) if each.accessible)
    assert shorter.instruction == "Straight to the Bargate"
    assert steps.total.text() == "750 m, about 15 min, 1 crossing"
    assert march.shorter.total.text() == "length not entered, 0 crossings"
    assert march.arrives.text() == (
        "Moves off 11:15, its front arrives about 11:30: just at the rally\u2019s start, 11:30."
    )
    page.show_record(Concern("route_step", shorter.id))
    assert march.shorter.sheet.record.id == shorter.id


def test_lines_that_were_copied_become_steps_in_one_edit(page, march, person):
    store = page.desk.store
    QApplication.clipboard().setText("1. Form up\n2. Left, 1.2 km (crossing)\n\n3. Right, 90 m\n")
    march.march.paste.click()
    made = sorted(store.all(RouteStep), key=lambda each: each.position)
    assert [(each.instruction, each.metres) for each in made] == [("Form up", None), ("Left", 1200), ("Right", 90)]
    assert person.reads == "Add 3 steps to the route."
    assert march.march.total.text() == "at least 1.3 km and 26 min, 1 crossing"
    assert "11 min after" in march.arrives.text()
    page.desk.undo()
    assert store.all(RouteStep) == ()
    QApplication.clipboard().clear()
    march.march.paste.click()
    assert "Nothing was copied to paste" in person.reads


def test_a_march_without_its_time_says_where_that_is_entered(page, march):
    store = page.desk.store
    rally = store.get(Rally, page.rally)
    step = RouteStep(id=RouteStepId("s"), rally_id=rally.id, position=1, instruction="Go on", metres=500)
    page.desk.save("Edit", [replace(rally, move_off=None), step])
    assert march.arrives.text() == "It is not entered when the march moves off."
    wanted = []
    march.field_wanted.connect(lambda *field: wanted.append(field))
    march.times.click()
    assert wanted == [(1, "move_off")]
    march.show_rally(replace(march.seen, rally=replace(rally, kind=RallyKind.STATIC, move_off=None)))
    assert march.stack.currentIndex() == 0  # what was typed is not hidden
    page.show_section(7)
    page.desk.edit("Remove", lambda edit: edit.delete(step))
    march.show_rally(replace(march.seen, rally=replace(rally, kind=RallyKind.STATIC, move_off=None)))
    assert march.stack.currentWidget() is march.none
    assert "static rally" in march.none.words.text()


def test_a_route_that_the_notice_did_not_say_is_shown_beside_it(page, march):
    rally = RallyId(page.rally)
    steps = [
        RouteStep(id=RouteStepId(f"s{at}"), rally_id=rally, position=at, instruction=words)
        for at, words in enumerate(("Left into Above Bar Street", "Through the Bargate"))
    ]
    notice = Permission(
        id=PermissionId("notice"),
        rally_id=rally,
        kind=PermissionKind.MARCH_NOTICE,
        state=PermissionState.SENT,
        sent_on=date(2015, 11, 20),
        sent_route="Left into Above Bar Street\nThrough the Bargate",
    )
    page.desk.save("Plan the march", [*steps, notice])
    assert not march.notice.isVisible()
    page.desk.save("Another way", [replace(steps[1], instruction="Along Castle Way")])
    assert [problem.code for problem in march.seen.problems] == ["march-route-changed"]
    assert march.notice.isVisible()
    assert march.notice.title.text() == "The route in the march notice of Fri 20 Nov 2015"
    assert march.notice.said.text().splitlines() == ["Left into Above Bar Street", "Through the Bargate"]
