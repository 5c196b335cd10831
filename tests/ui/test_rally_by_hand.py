"""A rally plan by hand: links, cells, prompts and pins lead to the very field that they speak of."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from rallyapp.domain.ids import RallyId, RiskId, RouteStepId, new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState
from rallyapp.domain.places import Pin, PinKind
from rallyapp.domain.rallies import Contact, ContactKind, PlanNote, Post, Rally, RallyKind, Risk, RouteStep
from rallyapp.domain.stalls import Stall
from rallyapp.ui import theme
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.known_view import KnownView
from rallyapp.ui.pages.rallies.parts import PLACES
from rallyapp.ui.pages.rallies.post_models import WHO
from rallyapp.ui.pages.rallies.post_shift_model import SHIFT_WHO

LEFT = Qt.MouseButton.LeftButton
TAB = Qt.Key.Key_Tab
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(person, window, plan):
    """The page of rallies, on the demo's rally."""
    person.opens(plan)
    window.go(PageName.RALLIES)
    person.waits()
    return window.page(PageName.RALLIES)


@pytest.fixture
def store(window):
    return window.store


@pytest.fixture
def bare(page, store):
    """A rally of which nothing is entered yet."""
    old = store.get(Rally, page.rally)
    made = Rally(id=RallyId(new_id()), title="Vigil", venue_id=old.venue_id, starts=old.starts, ends=old.ends)
    page.desk.save("Add a rally", [made])
    page.show_rally(made.id)
    return made


NO_SCREEN = pytest.mark.qt_log_ignore("does not support", extend=True)  # what a menu asks of a screen


def part(page, number):
    page.show_section(number)
    return page.part


def types(text, key=None):
    """Type where the keyboard is, wherever that is."""
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    if key is not None:
        QTest.keyClick(QApplication.focusWidget(), key)


def twice(widget, button, *, pos):
    """Double click."""
    QTest.mouseClick(widget, button, pos=pos)
    QTest.mouseDClick(widget, button, pos=pos)


def cell(sheet, row, column):
    return sheet.visualRect(sheet.model().index(row, column)).center()


# --------------------------------------------------------------------------------------------------- links
def test_the_route_asks_for_the_time_and_the_keyboard_is_in_it(page, store):
    rally = store.get(Rally, page.rally)
    step = RouteStep(id=RouteStepId(new_id()), rally_id=rally.id, position=1, instruction="Ahead", metres=400)
    page.desk.save("March", [replace(rally, kind=RallyKind.MARCH_AND_RALLY, move_off=None), step])
    route = part(page, 7)
    assert route.times.text() == "Enter when it moves off"
    QTest.mouseClick(route.times, LEFT)
    types("11:15", ENTER)
    assert store.get(Rally, rally.id).move_off == datetime(2015, 12, 1, 11, 15)
    assert store.get(Rally, rally.id).loudspeaker == rally.loudspeaker


def test_a_link_to_another_section_leaves_the_keyboard_in_no_field_by_chance(page, bare):
    stewards = part(page, 9)
    stewards.figure.expected.setFocus()
    QTest.mouseClick(stewards.figure.expected, LEFT)
    assert page.part.expected.line.hasFocus()
    known = part(page, 18).known[0]
    link = next(each for each in known.findChildren(QPushButton) if each.text() == "Site and plan")
    link.setFocus()
    QTest.mouseClick(link, LEFT)
    assert page.part.hasFocus()
    QTest.keyClick(page.part, TAB)
    assert page.part.isAncestorOf(QApplication.focusWidget())


def test_who_is_on_a_post_is_typed_where_a_double_click_leads(page, qtbot, store):
    posts = part(page, 9).posts
    search = posts.editor.suggestions.search
    row = next(n for n, row in enumerate(posts.model.rows) if row.post.name == "Stage front")
    posts.sheet.scrollTo(posts.model.index(row, WHO))
    twice(posts.sheet.viewport(), LEFT, pos=cell(posts.sheet, row, WHO))
    qtbot.waitUntil(search.hasFocus)
    assert posts.editor.row.post.name == "Stage front"
    shifts = posts.editor.shifts
    shifts.setFocus()
    twice(shifts.viewport(), LEFT, pos=cell(shifts, 0, SHIFT_WHO))
    qtbot.waitUntil(search.hasFocus)


# ------------------------------------------------------------------------------------------- by keys alone
def test_contacts_are_typed_from_tab_on_as_in_a_spreadsheet(page, bare, store):
    made = part(page, 3).sheet
    made.sheet.setFocus(Qt.FocusReason.TabFocusReason)
    assert made.rows.text(made.sheet.currentIndex().row(), 0) == "Police"
    types("Sgt Blake", TAB)
    types("Hampshire Police", TAB)
    types("101", ENTER)
    types("Ann Vale", TAB)
    types("City council", ENTER)
    found = {each.kind: each for each in store.where(Contact, rally_id=bare.id)}
    police, council = found[ContactKind.POLICE], found[ContactKind.COUNCIL]
    assert (police.name, police.organisation, police.phone) == ("Sgt Blake", "Hampshire Police", "101")
    assert (council.name, council.organisation) == ("Ann Vale", "City council")
    assert made.sheet.currentIndex().column() == made.rows.first


def test_what_is_wrong_in_a_cell_is_said_whole_and_inside_the_window(page, bare, window):
    made = part(page, 3).sheet
    made.sheet.setFocus()
    made.sheet.setCurrentIndex(made.rows.index(0, 0))
    types("Sgt Blake of the Hampshire Police, on 101", ENTER)
    offers = made.sheet.editor.offers
    assert offers.isVisible()
    words = offers._wrong
    assert words.height() >= words.heightForWidth(words.width())
    assert offers.rect().contains(words.geometry())
    assert window.rect().contains(offers.geometry())


def test_search_opened_from_a_cell_gives_the_keyboard_back_to_the_table(page, bare, window, qtbot):
    made = part(page, 3).sheet
    made.sheet.setFocus()
    made.sheet.edit_cell(0, made.rows.first)
    assert made.sheet.editor is not None
    window.search_action.trigger()
    assert made.sheet.editor is None
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # what was to be deleted is
    QTest.keyClick(window.palette_.line, Qt.Key.Key_Escape)
    assert window.palette_.isHidden()
    assert made.sheet.hasFocus()


@NO_SCREEN
def test_a_letter_in_the_menu_of_a_person_does_it_and_closes_the_menu(page, store, qtbot):
    posts = part(page, 9).posts
    row = next(row for row in posts.model.rows if row.post.name == "Stage front")
    shift = row.shifts[0].shift
    posts.choose(row.post.id, shift.id)
    posts.editor.suggestions.put_on(store.all(Person)[0].id)
    (on,) = store.where(Assignment, shift_id=shift.id)
    staff = posts.editor.staff
    staff.list.setFocus()
    staff._show_menu(on.id, QPoint(50, 50))
    menu = next(each for each in staff.findChildren(QMenu) if each.isVisible())
    QTest.keyClick(staff.list, "c")
    assert store.get(Assignment, on.id).state is AssignmentState.CONFIRMED
    assert not menu.isVisible()


# ------------------------------------------------------------------------------------------------- prompts
def test_a_click_on_the_words_of_a_prompt_begins_its_line_and_typing_goes_on_behind_it(page, bare, store):
    block = part(page, 18).blocks[0]
    line = block.prompts.lines[1]
    QTest.mouseClick(line.words, LEFT)
    types("leave by the north gate")
    QTest.mouseClick(block.prompts.lines[2].hint, LEFT)
    types("ring 999")
    QTest.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ControlModifier)
    (note,) = store.where(PlanNote, rally_id=bare.id)
    assert note.text == "- Fire: leave by the north gate\n- Suspicious item: ring 999"
    # one that the text speaks of already is gone on with, and nothing is added twice
    QTest.mouseClick(line.words, LEFT)
    types(", calmly")
    assert block.paper.toPlainText().splitlines()[0] == "- Fire: leave by the north gate, calmly"


# ---------------------------------------------------------------------------------------------------- pins
def pinned(panel, kind, x, y):
    """Place a pin of a kind with the mouse."""
    panel.next_kind.setCurrentIndex(panel._kinds.index(kind))
    panel.place.click()
    QTest.mouseClick(panel.view, LEFT, pos=panel.view._paper.point(x, y).toPoint())


def without(store, *found):
    with store.edit("Take pins away") as edit:
        for pin in found:
            edit.delete(pin)
    store.poll()


def test_a_pin_marks_the_one_stall_that_is_not_on_the_plan_yet(page, store):
    panel = part(page, 6).plan.panel
    stall = store.all(Stall)[0]
    without(store, *store.where(Pin, stall_id=stall.id))
    pinned(panel, PinKind.STALL, 200, 700)
    assert (panel.pin.stall_id, panel.pin.label) == (stall.id, "Anthony Nolan")
    assert panel.waiting.rows.all == []
    page.desk.undo()
    assert not store.where(Pin, stall_id=stall.id), "it is one edit"
    # a pin of another kind that is made a stall's is that stall's, too, unless it has words of its own
    pinned(panel, PinKind.WATER, 200, 700)
    panel.kind_changed.emit(panel.pin.id, PinKind.STALL)
    assert panel.pin.stall_id == stall.id
    pinned(panel, PinKind.STALL, 400, 700)
    assert panel.pin.stall_id is None, "no stall is left"


@NO_SCREEN
def test_where_several_posts_could_be_meant_they_are_offered_at_the_pin(page, store):
    panel = part(page, 6).plan.panel
    posts = [
        each for each in store.all(Post) if any(p.kind is PinKind.POST for p in store.where(Pin, post_id=each.id))
    ][:2]
    without(store, *(pin for post in posts for pin in store.where(Pin, post_id=post.id)))
    pinned(panel, PinKind.POST, 200, 700)
    pin = panel.pin
    assert pin.post_id is None
    menu = next(each for each in panel.findChildren(QMenu) if each.isVisible())
    title, *entries = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert title == "Which post is it?"
    assert sorted(entries[:-1]) == sorted(post.name for post in posts)
    assert entries[-1] == "Something else"
    menu.actions()[1].trigger()
    menu.close()
    assert store.get(Pin, pin.id).post_id in {post.id for post in posts}


# --------------------------------------------------------------------------------------------- what is cut
@NO_SCREEN
def test_the_last_entry_of_a_drop_down_is_seen_whole(page, qtbot):
    panel = part(page, 6).plan.panel
    box = panel.next_kind
    view = box.view()
    box.showPopup()
    qtbot.waitUntil(view.isVisible)
    popup = view.window()
    popup.resize(popup.width(), popup.height() - 20)  # as on its way to a real screen
    QApplication.processEvents()
    popup.resize(popup.width(), popup.height() + 20)
    box.show_whole()
    QApplication.processEvents()
    needed, there = view.sizeHintForRow(0) * box.count(), view.viewport().height()
    box.hidePopup()
    assert there == needed


@pytest.mark.parametrize("number", [2, 3, 12, 20])
def test_headings_and_names_of_contacts_have_room(page, bare, number):
    sheet = part(page, number).sheet
    sheet = getattr(sheet, "sheet", sheet)
    header = QFontMetrics(theme.font(theme.Type.SMALL))
    for column in sheet.shown_columns():
        title = sheet.sheet_model.columns[column].title
        assert sheet.columnWidth(column) >= header.horizontalAdvance(title) + theme.px(24), title
    if number == 3:
        room = sheet.columnWidth(0) - theme.px(24)
        assert QFontMetrics(theme.font()).horizontalAdvance("Ambulance and A&E") <= room


def test_the_way_of_a_hazard_strikes_no_number_through(page, bare, store):
    def hazard(what, **figures):
        return Risk(id=RiskId(new_id()), rally_id=bare.id, hazard=what, **figures)

    down = hazard("Crush", likelihood=3, severity=4, left_likelihood=1, left_severity=4)
    page.desk.save("Hazards", [down, hazard("Rain", likelihood=2, severity=4)])
    risks = part(page, 20)
    risks.show_view("grid")
    grid = risks.grid

    def between():
        """The circle of the square that the way goes through."""
        middle, radius = grid._middle(grid._box((2, 4)), 0, 1).toPoint(), int(grid._radius()) - 1
        return grid.grab(QRect(middle.x() - radius // 2, middle.y() - radius // 2, radius, radius)).toImage()

    def above():
        return grid.grab(grid._box((2, 4)).toRect()).toImage()

    grid.show_squares(grid._squares, None)
    plain, beside = between(), above()
    grid.show_squares(grid._squares, down)
    assert above() != beside, "the way is drawn"
    assert between() == plain


def test_letters_above_columns_are_explained_below_the_list(page, bare):
    risks = part(page, 20)
    assert not risks.letters.isVisible(), "there is no figure yet"
    page.desk.save("Hazard", [Risk(id=RiskId(new_id()), rally_id=bare.id, hazard="Rain")])
    assert risks.letters.isVisible()
    assert risks.letters.text().startswith("L is likelihood and S severity, from 1 to 5")


def test_a_section_is_called_by_one_name_wherever_it_is_linked(page, bare):
    titles = {place.number: place.title for place in PLACES}
    for number in titles:
        if number == 7:
            continue  # no march
        for view in part(page, number).findChildren(KnownView):
            for title, to in view._known.sections:
                assert titles[to].startswith(title)
