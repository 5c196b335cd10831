"""Sections 9 and 14 of a rally: the figure, the posts and their shifts, who is on them, and who has too far to walk."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rallyapp.domain.ids import AssignmentId, AvailabilityId, PinId
from rallyapp.domain.people import Availability, Cover, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance, Pin, Site, SitePlan, Venue
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import PlanNote, Post, Rally, Section
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.post_models import DUTY, NAME, NEEDS, PLAN, ROLE, STATE, TIMES, WHERE, WHO
from rallyapp.ui.staffing.suggestions import JOB

ELEVEN = datetime(2015, 12, 1, 11, 0)


@pytest.fixture
def page(window, person, plan):
    """The page of rallies at section 9."""
    person.opens(plan)
    window.go(PageName.RALLIES)
    person.waits()
    page = window.page(PageName.RALLIES)
    page.show_section(9)
    return page


@pytest.fixture
def part(page):
    return page.part


@pytest.fixture
def store(window):
    return window.store


def rally(store):
    return store.all(Rally)[0]


def post(store, name):
    return store.where(Post, name=name)[0]


def shifts(store, name):
    return sorted(store.where(Shift, post_id=post(store, name).id), key=lambda shift: shift.starts)


def cell(part, name, column):
    model = part.posts.model
    return model.text(next(n for n, row in enumerate(model.rows) if row.post.name == name), column)


def row_of(part, name):
    return next(n for n, row in enumerate(part.posts.model.rows) if row.post.name == name)


def enter(sheet, text):
    """Type into the cell with the keyboard, and press Enter."""
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def change(store, *records):
    with store.edit("Change it") as edit:
        for record in records:
            edit.save(record)


def settled(qtbot, window):
    """Wait until who could come has been ranked."""
    qtbot.waitUntil(lambda: not window.plan_jobs.runs(JOB), timeout=8000)


# ------------------------------------------------------------------------------------------- the figure
def test_the_figure_has_its_source_and_follows_the_ratio(part, store, person):
    figure = part.figure
    assert (figure.number.text(), figure.who.text()) == ("5", "stewards")
    assert figure.source.text() == "5 for 500 expected, 1 per 100 (your own ratio): planning figure, not law."
    assert figure.planned.text() == "7 of 5 at the busiest moment, 10:45\u201313:45: enough"
    assert figure.planned.property("ink") == "met"
    assert figure.named.text() == "No place has a name yet"

    part.form.ratio.line.setText("")
    QTest.keyClick(part.form.ratio.line, Qt.Key.Key_Return)
    assert rally(store).steward_ratio is None
    assert part.form.ratio.line.placeholderText() == "100, as suggested"
    assert "field events, IOSH forum): planning figure, not law." in figure.source.text()
    part.form.ratio.line.setText("50")
    QTest.keyClick(part.form.ratio.line, Qt.Key.Key_Return)
    assert figure.planned.text() == "7 of 10 at the busiest moment, 10:45\u201313:45: 3 short"
    assert figure.planned.property("ink") == "short"
    assert person.reads == "Change the steward ratio of Regional rally."

    part.form.briefing.line.setText("10.30")
    QTest.keyClick(part.form.briefing.line, Qt.Key.Key_Return)
    assert rally(store).briefing == datetime(2015, 12, 1, 10, 30)
    part.form.place.entry.setText("Beside the stage")
    QTest.keyClick(part.form.place.entry, Qt.Key.Key_Return)
    assert rally(store).briefing_place == "Beside the stage"

    change(store, replace(rally(store), expected=None))
    assert figure.number.isHidden()
    assert "so no number is suggested. It is a planning figure, not law." in figure.source.text()
    asked = []
    part.field_wanted.connect(lambda *wanted: asked.append(wanted))
    figure.expected.click()
    assert asked == [(1, "expected")]


# --------------------------------------------------------------------------------------------- the posts
def test_a_post_is_added_by_typing_its_name_and_changed_in_place(part, store, person, window):
    sheet = part.posts.sheet
    sheet.type_next()
    enter(sheet, "Lost children")
    added = post(store, "Lost children")
    (shift,) = shifts(store, "Lost children")
    assert (added.role, added.position, shift.words) == (Role.STEWARD, 10, "11:15\u201314:00")
    assert [(n.role, n.least, n.most) for n in store.where(Need, shift_id=shift.id)] == [(Role.STEWARD, 1, 2)]
    assert person.reads == "Added Lost children: 1\u20132 stewards, 11:15\u201314:00."
    assert part.posts.editor.title.accessibleName() == "Lost children"
    assert cell(part, "Lost children", STATE) == "Nobody yet"

    for column, text in ((ROLE, "First aider"), (WHERE, "Steps"), (TIMES, "11-12.30"), (NEEDS, "2-3")):
        sheet.edit_cell(row_of(part, "Lost children"), column)
        enter(sheet, text)
    assert [cell(part, "Lost children", column) for column in (ROLE, WHERE, TIMES, NEEDS, PLAN, WHO)] == [
        "First aider",
        "Steps",
        "11:00\u201312:30",
        "2\u20133",
        "\u2013",
        "\u2013",
    ]
    (need,) = store.where(Need, shift_id=shifts(store, "Lost children")[0].id)
    assert (need.role, need.least, need.wished, need.most) == (Role.FIRST_AIDER, 2, 2, 3)
    assert person.reads == "Change the needs of Lost children."

    sheet.edit_cell(row_of(part, "Lost children"), NEEDS)
    enter(sheet, "a few")
    assert sheet.editor is not None, "what is wrong stays"
    assert "is not a number of people" in sheet.cells.editor.offers.sentence
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    sheet.choose(added.id)
    QTest.keyClick(sheet, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.post.name for row in part.posts.model.rows][-2:] == ["Lost children", "Stage"]
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    assert store.find(Post, added.id) is None
    assert store.find(Shift, shift.id) is None
    window.desk.undo()
    assert cell(part, "Lost children", NEEDS) == "2\u20133"


def test_a_block_from_a_spreadsheet_adds_posts_or_nothing(part, store, person):
    sheet, model = part.posts.sheet, part.posts.model
    last = len(model.rows)
    assert model.paste(last, NAME, [["Fountain", "Steward", "South"], ["First aid tent", "", "Steps"]]) == ""
    assert post(store, "First aid tent").role is Role.FIRST_AIDER
    assert person.reads == "Add 2 posts."
    assert "no role of a post" in model.paste(last, NAME, [["Kerb", "Security"]])
    assert not store.where(Post, name="Kerb")
    assert model.paste(0, DUTY, [["Keep calm"]]) == ""
    assert post(store, "Chief steward").duty == "Keep calm"
    assert sheet.isColumnHidden(DUTY)


def test_usual_posts_are_offered_with_the_numbers_that_lack(part, store, person):
    change(store, replace(rally(store), steward_ratio=40))
    part.posts.suggest.click()
    offers = part.posts.offers
    assert offers.isVisible()
    assert (
        offers.words.text()
        == "The numbers of the ticked posts add up to the 6 stewards that the planning figures still lack."
    )
    assert sum(offer.number for offer in offers.ticked) == 6
    assert offers.add.text() == "Add 5 posts for 6"
    QTest.keyClick(offers.list, Qt.Key.Key_Space)
    assert offers.add.text() == "Add 4 posts for 4"
    QTest.keyClick(offers.list, Qt.Key.Key_Space)
    offers.add.click()
    assert post(store, "Assembly point").where == ""
    assert part.figure.planned.text().startswith("13 of 13 at the busiest moment, 11:15")
    assert person.reads == "Add 5 posts for 6 people."
    assert not offers.isVisible()


def test_a_post_says_its_number_on_the_plan_or_asks_for_it(part, page, store):
    part.posts.choose(post(store, "Stage front").id)
    editor = part.posts.editor
    pins = store.where(Pin, post_id=post(store, "Stage front").id)
    change(store, *(replace(pin, post_id=None) for pin in pins))
    assert (editor.pin.text(), cell(part, "Stage front", PLAN)) == ("Not on the site plan yet.", "\u2013")
    asked = []
    part.section_wanted.connect(asked.append)
    editor.place.click()
    assert asked == [6]
    page.show_section(9)
    plan = next(each for each in store.all(SitePlan) if each.rally_id)
    change(store, Pin(id=PinId("new"), site_plan_id=plan.id, number=12, post_id=post(store, "Stage front").id))
    assert cell(part, "Stage front", PLAN) == "12"
    assert editor.pin.text() == "Number 12 on the site plan."
    part.posts.sheet.remove_chosen()
    assert not store.where(Post, name="Stage front"), "the pin does not hold it"


# ---------------------------------------------------------------------------- the shifts and who is on them
def test_shifts_are_added_cut_retimed_and_removed(part, store, person, window):
    part.posts.choose(post(store, "Arrivals").id)
    editor = part.posts.editor
    editor.cut.click()
    assert [each.words for each in shifts(store, "Arrivals")] == [
        "10:45\u201311:45",
        "11:45\u201312:45",
        "12:45\u201313:45",
    ]
    assert cell(part, "Arrivals", TIMES) == "10:45\u201313:45"
    assert not part.posts.model.can_write(row_of(part, "Arrivals"), TIMES)
    editor.shifts.type_next()
    enter(editor.shifts, "13.45-14.30")
    assert person.reads == "Add a shift to Arrivals."
    editor.shifts.edit_cell(3, 0)
    enter(editor.shifts, "14-14.30")
    editor.shifts.edit_cell(3, 1)
    enter(editor.shifts, "3")
    editor.shifts.edit_cell(3, 2)
    enter(editor.shifts, "Must not")
    last = shifts(store, "Arrivals")[-1]
    assert (last.words, last.priority) == ("14:00\u201314:30", 5)
    assert [need.least for need in store.where(Need, shift_id=last.id)] == [3]
    editor.shifts.choose(last.id)
    QTest.keyClick(editor.shifts, Qt.Key.Key_Delete)
    assert store.find(Shift, last.id) is None
    part.posts.sheet.edit_cell(row_of(part, "Arrivals"), NEEDS)
    enter(part.posts.sheet, "2")
    needs = [need for each in shifts(store, "Arrivals") for need in store.where(Need, shift_id=each.id)]
    assert [(need.least, need.most) for need in needs] == [(2, 2)] * 3
    window.desk.undo()
    assert cell(part, "Arrivals", NEEDS) == "1\u20132"


def test_people_are_put_on_by_name_and_overridden_with_a_reason(part, store, person, window, qtbot):
    part.posts.choose(post(store, "Arrivals").id)
    editor = part.posts.editor
    settled(qtbot, window)
    assert editor.suggestions.list.lines.lines, "those who are free and willing"
    who = next(each for each in store.all(Person) if each.adult and not each.left)
    editor.find_somebody()
    editor.suggestions.search.setText(who.name)
    QTest.keyClick(editor.suggestions.search, Qt.Key.Key_Return)
    (on,) = store.where(Assignment, shift_id=shifts(store, "Arrivals")[0].id)
    assert (on.person_id, on.role) == (who.id, Role.STEWARD)
    assert cell(part, "Arrivals", STATE) == "1 of 1"
    editor.staff.list.setFocus()
    editor.staff.list.choose(on.id)
    QTest.keyClick(editor.staff.list, Qt.Key.Key_C)
    assert store.get(Assignment, on.id).state is AssignmentState.CONFIRMED

    # The same person is wanted at the stage at that time, too.
    part.posts.choose(post(store, "Stage front").id)
    editor.suggestions.put_on(who.id)
    assert editor.suggestions.override.isVisible()
    editor.suggestions.override.by.entry.setText("Rosalind Tansley")
    editor.suggestions.override.reason.entry.setText("Both are at the steps")
    editor.suggestions.override.decide.click()
    (second,) = store.where(Assignment, shift_id=shifts(store, "Stage front")[0].id)
    assert second.override_reason == "Both are at the steps"

    (plan,) = (each for each in store.all(SitePlan) if each.rally_id)
    change(store, Pin(id=PinId("new"), site_plan_id=plan.id, number=12, post_id=post(store, "Arrivals").id))
    part.posts.sheet.choose(post(store, "Arrivals").id)
    part.posts.sheet.remove_chosen()
    assert person.reads == f"Remove post Arrivals and its pins 8 and 12. {who.name} must be told."
    assert store.find(Pin, "new") is None
    settled(qtbot, window)


def test_a_shift_is_opened_in_the_rota_and_found_from_elsewhere(part, page, store, window):
    shift = shifts(store, "Access point")[0]
    page.show_record(Concern("shift", shift.id))
    assert part.posts.editor.row.post.name == "Access point"
    need = store.where(Need, shift_id=shifts(store, "Stage")[0].id)[0]
    part.show_record(Concern("need", need.id))
    assert part.posts.editor.row.post.name == "Stage"
    asked = []
    window.desk.wanted.disconnect()
    window.desk.wanted.connect(lambda where, what: asked.append((where, what)))
    part.posts.editor.rota.click()
    assert asked == [(PageName.ROTA, Concern("shift", shifts(store, "Stage")[0].id))]


def test_posts_left_behind_come_to_the_rallys_day(part, store):
    week = timedelta(days=7)
    was = rally(store)
    moved = {name: when + week for name in ("set_up", "briefing", "stalls_ready", "assemble", "starts", "ends",
             "dispersed", "handed_back") if (when := getattr(was, name))}  # fmt: skip
    change(store, replace(was, **moved))
    assert part.posts.lost.words.text() == "9 shifts of posts are not in the rally\u2019s times."
    part.posts.lost.link.click()
    assert {each.starts.date() for each in shifts(store, "Stage")} == {moved["starts"].date()}
    assert part.posts.lost.isHidden()


# ------------------------------------------------------------------------------------------- the walks
def test_a_picket_until_eleven_and_a_post_from_a_quarter_past_is_flagged_and_mended(
    part, page, store, window, person, qtbot
):
    """Somebody pickets the General until 11:00 on 1 December and is put on a post at the Guildhall from 11:15."""
    assert part.walks.isHidden()
    general = next(each for each in store.all(Site) if each.name == "Southampton General Hospital")
    entrances = {each.id for each in store.where(Entrance, site_id=general.id)}
    picket = next(
        each
        for each in store.all(Picket)
        if each.entrance_id in entrances and each.starts.date() == ELEVEN.date() and each.starts < ELEVEN
    )
    morning = min(store.where(Shift, picket_id=picket.id), key=lambda each: (abs(each.ends - ELEVEN), each.id))
    morning = replace(morning, starts=ELEVEN - timedelta(hours=3), ends=ELEVEN)
    stage = replace(shifts(store, "Stage front")[0], starts=ELEVEN + timedelta(minutes=15))
    busy = {each.person_id for each in (*store.all(Assignment), *store.all(Cover))}
    who = next(
        each
        for each in store.all(Person)
        if each.workplace_id == general.id and each.adult and not each.left and each.id not in busy
    )
    free = Availability(
        id=AvailabilityId("all day"),
        person_id=who.id,
        starts=ELEVEN.replace(hour=6),
        ends=ELEVEN.replace(hour=20),
    )
    down = Assignment(
        id=AssignmentId("down"),
        shift_id=morning.id,
        person_id=who.id,
        role=Role.PICKET,
        state=AssignmentState.CONFIRMED,
    )
    change(store, morning, stage, free, down)

    # Where suggestions are made it is said before, with the walk.
    part.posts.choose(post(store, "Stage front").id)
    editor = part.posts.editor
    editor.find_somebody()
    editor.suggestions.search.setText(who.name)
    (line,) = [each for each in editor.suggestions.list.lines.lines if each.id == who.id]
    assert "has 15 min between Southampton General Hospital" in line.against
    assert "the walk takes about" in line.against
    editor.suggestions.put_on(who.id)

    (walk,) = part.walks.list.lines.lines
    assert walk.title == who.name
    assert "Southampton General Hospital 08:00\u201311:00, then Stage front, Southampton Guildhall 11:15" in walk.note
    assert walk.against.startswith("15 min between, the walk takes about ")
    qtbot.waitUntil(lambda: any(each.code == "travel" for each in window.desk.checking.problems), timeout=8000)
    assert sum("the walk takes about" in line for line in page.standing.lines) == 1

    part.walks.list.setFocus()
    part.walks.list.choose_first()
    menu = part.walks.menu(walk.id)
    labels = [action.text() for action in menu.actions() if action.text()]
    assert labels[0].startswith("Start Stage front at 11:")
    assert labels[1].startswith(f"Let {who.name} go from ")
    assert labels[2] == "Put somebody else on Stage front"
    menu.actions()[2].trigger()
    assert editor.suggestions.search.hasFocus()
    menu.actions()[0].trigger()
    assert person.reads.startswith("Start Stage front at 11:")
    assert part.walks.isHidden()
    window.desk.undo()
    assert part.walks.isVisible()
    menu.actions()[1].trigger()
    assert part.walks.isHidden()
    assert len(store.where(Assignment, person_id=who.id)) == 2
    menu.close()

    # Where the venue stands nowhere, nobody can tell, and that is said.
    venue = store.get(Venue, rally(store).venue_id)
    change(store, replace(venue, lat=None, lon=None))
    assert part.walks.unknown.text().startswith("Southampton Guildhall has no position in the plan")
    settled(qtbot, window)


# --------------------------------------------------------------------------------------------- first aid
def test_first_aid_says_what_is_known_and_what_lacks(page, store, person, window, qtbot):
    page.show_section(14)
    part = page.part
    assert (part.figure.number.text(), part.figure.who.text()) == ("2", "first aiders")
    assert part.figure.source.text().endswith("planning figure, not law.")
    texts = {title: words.text() for title, words in part.facts.values.items()}
    assert texts["First-aid lead"] == "Zainab Qureshi"
    assert texts["Kit"].endswith("Kept at: First-aid point, By the Guildhall steps, left")
    assert "Tremona Road" in texts["Nearest A&E"]
    asked = []
    part.section_wanted.connect(asked.append)
    for link in part.facts.links.values():
        link.click()
        page.show_section(14)
    assert asked == [2, 12, 6, 6, 6]
    assert [row.post.name for row in part.posts.model.rows] == ["First-aid point"]
    assert part.posts.suggest.isHidden()

    part.posts.sheet.type_next()
    enter(part.posts.sheet, "Second point")
    assert post(store, "Second point").role is Role.FIRST_AIDER
    venue = store.get(Venue, rally(store).venue_id)
    change(store, replace(venue, defibrillator="", emergency_access=""))
    assert part.facts.values["Defibrillator"].text() == "The nearest one is not entered."
    assert part.facts.values["Defibrillator"].property("ink") == "short"
    assert part.facts.values["Ambulance access"].text() == "Where an ambulance comes in is not entered."

    part.note.paper.setPlainText("Ring 999 first.")
    part.note.keep()
    (note,) = store.where(PlanNote, rally_id=rally(store).id, section=Section.FIRST_AID)
    assert note.text == "Ring 999 first."
    settled(qtbot, window)
