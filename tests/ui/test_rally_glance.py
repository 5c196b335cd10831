"""A rally at a glance, its place, its crowd, and a new one: in the real window, by keyboard."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rallyapp.domain.disputes import StrikeDay, StrikeState, move
from rallyapp.domain.pickets import Assignment, AssignmentState, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.rallies import (
    Override,
    Permission,
    PermissionKind,
    PermissionState,
    PlanNote,
    Post,
    Rally,
    RallyDay,
    RallyKind,
    Section,
    Speaker,
)
from rallyapp.domain.stalls import Stall
from rallyapp.store import Store
from rallyapp.ui.page import PageName

NO_SCREEN = pytest.mark.qt_log_ignore("does not support", extend=True)  # what a list below a line asks of a screen


@pytest.fixture
def page(person, window, plan):
    """The page of the rallies, with the regional rally at a glance."""
    person.opens(plan)
    window.desk.go(PageName.RALLIES)
    person.waits()
    return window.page(PageName.RALLIES)


@pytest.fixture
def store(page):
    return page.desk.store


@pytest.fixture
def glance(page):
    return part(page, 1)


def part(page, number):
    page.outline.choose(number)
    return page.part


def the_rally(store, title="Regional rally"):
    return next(rally for rally in store.all(Rally) if rally.title == title)


def types(qtbot, field, text, key=Qt.Key.Key_Return):
    """Write over what stands in a field, and be done with it."""
    field.entry.setFocus()
    field.entry.selectAll()
    if text:
        qtbot.keyClicks(field.entry, text)
    else:
        qtbot.keyClick(field.entry, Qt.Key.Key_Delete)
    if key is not None:
        qtbot.keyClick(field.entry, key, Qt.KeyboardModifier.NoModifier)


def day_of(store, number):
    return next(day for day in store.all(StrikeDay) if day.first_date == date(2015, 12, number))


# ------------------------------------------------------------------------------------------- a new rally
@NO_SCREEN
def test_a_rally_is_made_from_nothing_by_keyboard_in_few_actions(window, person, page, store, qtbot):
    count = len(store.all(Venue))
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    asked = page.new_rally
    assert asked.title.entry.hasFocus()
    qtbot.keyClick(asked.title.entry, Qt.Key.Key_Return)
    assert asked.title.wrong.text() == "Write what it is called."
    assert not asked.span.wrong.isHidden()
    for written in ("March for patients", None, "Hoglands Park", "800"):  # Tab goes on as it is read
        keyboard = QApplication.focusWidget()
        if written:
            qtbot.keyClicks(keyboard, written)
        qtbot.keyClick(keyboard, Qt.Key.Key_Tab)
    assert (asked.title.text, asked.place.text, asked.expected.value) == ("March for patients", "Hoglands Park", 800)
    asked.kind.buttons[RallyKind.MARCH].click()
    asked.days.boxes[day_of(store, 1).id].click()
    assert asked.date.value is None
    asked.days.boxes[day_of(store, 8).id].click()
    assert asked.date.value == date(2015, 12, 8)
    types(qtbot, asked.span, "11.30am-1.30pm")
    made = the_rally(store, "March for patients")
    assert (made.starts, made.ends) == (datetime(2015, 12, 8, 11, 30), datetime(2015, 12, 8, 13, 30))
    assert (made.kind, made.expected, made.set_up, made.note) == (RallyKind.MARCH, 800, None, "")
    assert [link.strike_day_id for link in store.where(RallyDay, rally_id=made.id)] == [day_of(store, 8).id]
    assert person.reads == "March for patients is in the plan."
    glance = page.part
    assert glance.seen.rally == made
    assert glance.title.value == "March for patients"
    glance.usual.click()
    made = the_rally(store, "March for patients")
    assert (made.set_up.time(), made.handed_back.time(), made.move_off) == (time(10), time(14, 30), None)
    assert glance.usual.isHidden()
    assert glance.line.fields["set_up"].gap.text().endswith("30 min")
    page.desk.undo()
    page.desk.undo()
    assert len(store.all(Rally)) == 1
    assert len(store.all(Venue)) == count


@NO_SCREEN
def test_a_rally_like_an_earlier_one_and_one_that_is_given_up(page, store, person, qtbot):
    page.begin_new()
    asked = page.new_rally
    qtbot.keyClicks(asked.title.entry, "Given up")
    qtbot.keyClick(asked.title.entry, Qt.Key.Key_Escape)  # what is typed first, then the page
    qtbot.keyClick(asked.title.entry, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    page.begin_new()
    assert asked.title.text == ""
    types(qtbot, asked.title, "Second rally", None)
    qtbot.keyClicks(asked.place.entry, "guild")
    popup = asked.place.entry.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert asked.place.value == "Southampton Guildhall"
    types(qtbot, asked.date, "16/12", Qt.Key.Key_Tab)
    types(qtbot, asked.span, "half past", Qt.Key.Key_Tab)
    asked.create_button.click()
    assert asked.span.entry.hasFocus()
    types(qtbot, asked.span, "12-2", Qt.Key.Key_Tab)
    old = the_rally(store)
    asked.like.show_value(old.id)
    asked.create_button.click()
    made = the_rally(store, "Second rally")
    assert (made.starts, made.venue_id) == (datetime(2015, 12, 16, 12), old.venue_id)
    assert made.briefing == datetime(2015, 12, 16, 11, 15)
    posts, of_old = store.where(Post, rally_id=made.id), store.where(Post, rally_id=old.id)
    assert [post.name for post in posts] == [post.name for post in of_old]
    assert all(shift.starts.day == 16 for post in posts for shift in store.where(Shift, post_id=post.id))
    assert not store.where(Stall, rally_id=made.id)
    assert "Second rally is in the plan, with 10 in the team, " in person.reads


# ------------------------------------------------------------------------------------------------- times
def test_the_times_of_the_day_are_typed_as_people_write_them(glance, store, qtbot, person):
    fields = glance.line.fields
    assert fields["move_off"].isHidden()
    assert fields["starts"].gap.text() == "\u2193 2 h"
    types(qtbot, fields["set_up"], "6pm the evening before")
    assert the_rally(store).set_up == datetime(2015, 11, 30, 18)
    assert fields["set_up"].line.text() == "Mon 30 Nov 18:00"
    types(qtbot, fields["set_up"], "19.00")  # the day stays
    assert the_rally(store).set_up == datetime(2015, 11, 30, 19)
    types(qtbot, fields["briefing"], "1200")
    assert "comes before steward briefing (12:00): put the rally's times in order." in fields["briefing"].wrong.text()
    assert the_rally(store).briefing == datetime(2015, 12, 1, 10, 45)
    types(qtbot, fields["briefing"], "")
    assert the_rally(store).briefing is None
    types(qtbot, fields["starts"], "4pm")
    assert "To move all of it, write +4 h 30 min above." in fields["starts"].wrong.text()
    types(qtbot, fields["starts"], "Wed 2 Dec 11:30")
    assert "Change the date above" in fields["starts"].wrong.text()
    types(qtbot, glance.shift, "soon")
    assert "is not a length" in glance.shift.wrong.text()
    types(qtbot, glance.shift, "+4 h 30 min")
    moved = the_rally(store)
    assert (moved.starts, moved.ends, moved.set_up) == (
        datetime(2015, 12, 1, 16),
        datetime(2015, 12, 1, 18),
        datetime(2015, 11, 30, 23, 30),
    )
    assert person.reads.startswith("Moved Regional rally, 4 h 30 min later: it starts at 16:00. With it ")
    assert glance.shift.text == ""
    types(qtbot, glance.shift, "2 h")
    assert glance.loudspeaker.value
    types(qtbot, glance.shift, "2 h")
    assert "Not 21:00\u201322:00" in glance.quiet.text()


def test_another_date_moves_everything_of_the_rally_and_warns_of_the_march_notice(
    window, glance, store, qtbot, person, page
):
    old = the_rally(store)
    shifts = [shift for post in store.where(Post, rally_id=old.id) for shift in store.where(Shift, post_id=post.id)]
    someone = store.all(Assignment)[0]
    confirmed = replace(someone, id="confirmed", shift_id=shifts[0].id, state=AssignmentState.CONFIRMED)
    notice = Permission(
        id="notice",
        rally_id=old.id,
        kind=PermissionKind.MARCH_NOTICE,
        sent_on=date(2015, 11, 18),
        sent_for=old.starts,
        state=PermissionState.SENT,
    )
    assert glance.told.isHidden()
    page.desk.save("Set it up", [confirmed, notice, replace(old, kind=RallyKind.MARCH)])
    assert "says Tue 1 Dec 2015 11:30: a change of date, time or route needs a new notice." in glance.told.words.text()
    wanted = []
    glance.section_wanted.connect(wanted.append)
    glance.told.link.click()
    assert wanted == [4]
    page.outline.choose(1)
    types(qtbot, glance.line.fields["move_off"], "11:20")
    assert person.reads.startswith(
        "Change the time of move off of Regional rally. The march notice to the police says "
    )
    page.desk.undo()
    types(qtbot, glance.date, "8/12")
    moved = the_rally(store)
    assert moved.starts == datetime(2015, 12, 8, 11, 30)
    assert store.find(Assignment, "confirmed").state is AssignmentState.RECONFIRM
    assert {store.find(Shift, shift.id).starts.day for shift in shifts} == {8}
    assert {each.arrives.day for each in store.where(Speaker, rally_id=old.id) if each.arrives} == {8}
    assert {each.arrives.day for each in store.where(Stall, rally_id=old.id) if each.arrives} == {8}
    assert person.reads.startswith("Moved Regional rally to Tue 8 Dec 2015. With it ")
    assert "to reconfirm" in person.reads
    assert person.reads.endswith("says Tue 1 Dec 2015 11:30, the plan says Tue 8 Dec 2015 11:30: send a new notice.")
    assert "send a new notice" in glance.told.words.text()
    assert glance.off_days.text() == "The rally is on Tue 8 Dec: none of its strike days is."
    page.desk.undo()
    assert the_rally(store).starts == old.starts
    assert store.find(Assignment, "confirmed").state is AssignmentState.CONFIRMED
    assert glance.date.value == date(2015, 12, 1)
    types(qtbot, glance.date, "2 in a while")
    assert not glance.date.wrong.isHidden()


# ------------------------------------------------------------------------------- its days, on or stood down
def test_calling_off_the_day_stands_the_rally_down_and_reinstating_brings_it_back(glance, store, page, qtbot):
    assert glance.standing.words.text() == "Follows its strike day: on"
    day = day_of(store, 1)
    off, step = move(day, StrikeState.SUSPENDED, at=page.desk.now(), reason="Talks", decided_by="BMA")
    page.desk.save("Suspend", [off, step])
    assert glance.standing.words.text() == "Stood down with Tue 1 Dec (suspended until further notice)"
    assert glance.standing.pill.text() == "Stood down"
    assert not glance.seen.status.on
    page.desk.undo()
    assert glance.standing.pill.text() == "On"
    page.desk.redo()
    standing = glance.standing
    standing.ahead.click()
    assert standing.question.by.entry.hasFocus()
    qtbot.keyClick(standing.question.by.entry, Qt.Key.Key_Return)
    assert standing.question.reason.wrong.text().startswith("Write why")
    qtbot.keyClicks(standing.question.by.entry, "Rosalind Tansley")
    qtbot.keyClicks(standing.question.reason.entry, "The square is ours")
    qtbot.keyClick(standing.question.reason.entry, Qt.Key.Key_Return)
    assert the_rally(store).override is Override.GOES_AHEAD
    assert standing.words.text() == "Goes ahead anyway: Rosalind Tansley, The square is ours"
    assert standing.question.isHidden()
    assert standing.ahead.isHidden()
    standing.off.click()
    qtbot.keyClick(standing.question.by.entry, Qt.Key.Key_Escape)
    assert standing.question.isHidden()
    standing.follow.click()
    assert the_rally(store).override is Override.FOLLOWS
    assert standing.words.text().startswith("Stood down with")


def test_a_rally_is_tied_to_strike_days_by_ticks(glance, store, page, qtbot):
    eighth = day_of(store, 8)
    glance.days.boxes[eighth.id].setFocus()
    qtbot.keyClick(glance.days.boxes[eighth.id], Qt.Key.Key_Space)
    rally = the_rally(store)
    assert eighth.id in {link.strike_day_id for link in store.where(RallyDay, rally_id=rally.id)}
    glance.days.boxes[day_of(store, 1).id].click()
    glance.days.boxes[eighth.id].click()
    assert not store.where(RallyDay, rally_id=rally.id)
    assert glance.standing.words.text() == "Belongs to no strike day: on"
    assert store.history(limit=1)[0].label == "Untie Regional rally from Tue 8 Dec"
    days = [
        replace(eighth, id=f"day {number}", first_date=date(2016, 1, number), last_date=date(2016, 1, number + 1))
        for number in range(4, 20)
    ]
    page.desk.save("More days", days)
    assert glance.days.more.text() == "13 more strike days"
    glance.days.more.click()
    assert all(not box.parentWidget().isHidden() for box in glance.days.boxes.values())
    page.desk.undo()
    assert len(glance.days.boxes) == 3


# --------------------------------------------------------------------------------------------- its place
@NO_SCREEN
def test_a_place_is_chosen_or_made_by_its_name(glance, store, qtbot, person, page):
    old = the_rally(store)
    types(qtbot, glance.place, "Hoglands Park")
    new = store.find(Venue, the_rally(store).venue_id)
    assert (new.name, new.lat) == ("Hoglands Park", None)
    assert person.reads == "Hold Regional rally at Hoglands Park, a new place in the plan."
    assert not glance.address.unplaced.isHidden()
    types(qtbot, glance.address.postcode, "so14 0aa")
    assert glance.address.unplaced.link.text() == "Use the middle of SO14"
    glance.address.unplaced.link.click()
    placed = store.find(Venue, new.id)
    assert placed.postcode == "SO14 0AA"
    assert placed.lat == round(placed.lat)
    assert glance.address.unplaced.isHidden()
    types(qtbot, glance.place, "southampton guildhall")
    assert the_rally(store).venue_id == old.venue_id
    types(qtbot, glance.place, "")
    assert glance.place.text == "Southampton Guildhall"
    glance.kind.buttons[RallyKind.MARCH].click()
    assert the_rally(store).kind is RallyKind.MARCH
    assert not glance.customary.isHidden()
    assert "customarily held" in glance.customary_law.text()


@NO_SCREEN
def test_a_new_place_is_typed_whole_and_its_name_corrected(glance, store, qtbot, person, page):
    old, count = the_rally(store), len(store.all(Venue))
    types(qtbot, glance.place, "Hoglands Prak")
    types(qtbot, glance.place, "Hoglands Park, Houndwell Place, Southampton so14 0aa")
    venue = store.find(Venue, the_rally(store).venue_id)
    assert (venue.name, venue.address, venue.postcode) == (
        "Hoglands Park",
        "Houndwell Place, Southampton",
        "SO14 0AA",
    )
    assert len(store.all(Venue)) == count + 1
    assert person.reads == "Hoglands Prak is called Hoglands Park now: no other rally is there."
    assert store.history(limit=1)[0].label == "Rename Hoglands Prak to Hoglands Park"
    shown = (glance.place.text, glance.address.address.text, glance.address.postcode.text)
    assert shown == ("Hoglands Park", "Houndwell Place, Southampton", "SO14 0AA")
    types(qtbot, glance.place, "hoglands PARK")  # it is there
    assert glance.place.text == "Hoglands Park"
    page.desk.undo()
    assert glance.place.text == "Hoglands Prak"
    types(qtbot, glance.place, "southampton guildhall")
    assert the_rally(store).venue_id == old.venue_id
    assert len(store.all(Venue)) == count
    assert person.reads.endswith("Hoglands Prak, of which only the name was known, is no longer in the plan.")
    page.desk.undo()
    assert glance.place.text == "Hoglands Prak"


@NO_SCREEN
def test_the_place_of_a_new_rally_is_typed_with_its_address(page, store, qtbot):
    page.begin_new()
    asked = page.new_rally
    types(qtbot, asked.title, "May Day", Qt.Key.Key_Tab)
    types(qtbot, asked.place, "The Guildhall, Guildhall Square, Southampton SO14 7LP", Qt.Key.Key_Tab)
    types(qtbot, asked.date, "16/12", Qt.Key.Key_Tab)
    types(qtbot, asked.span, "12-2")
    venue = store.find(Venue, the_rally(store, "May Day").venue_id)
    assert (venue.name, venue.address, venue.postcode) == (
        "The Guildhall",
        "Guildhall Square, Southampton",
        "SO14 7LP",
    )


@NO_SCREEN
def test_a_place_that_was_changed_meanwhile_is_not_renamed(glance, store, qtbot, person, plan):
    types(qtbot, glance.place, "Hoglands Prak")
    seen = glance.seen
    with Store.open(plan) as other, other.edit("Elsewhere") as edit:
        now = other.get(Venue, seen.venue.id)
        edit.save(replace(now, capacity=400), was=now)
    assert glance.seen is seen
    types(qtbot, glance.place, "Hoglands Park")
    assert "Somebody changed the place in another window since" in person.reads
    assert store.get(Venue, seen.venue.id).name == "Hoglands Prak"


def test_all_of_a_place_is_in_its_form(page, store, qtbot):
    site = part(page, 6)
    site.choose_view("place")
    form = site.place
    rally = the_rally(store)
    assert form.shared.isHidden()
    types(qtbot, form.position, "nowhere")
    assert "is not a place on the map" in form.position.wrong.text()
    types(qtbot, form.position, "50.91, -1.40")
    types(qtbot, form.fields["capacity"], "1,200")
    form.nearest.line.setFocus()
    form.nearest.line.selectAll()
    qtbot.keyClicks(form.nearest.line, "royal south hants")
    qtbot.keyClick(form.nearest.line, Qt.Key.Key_Down)
    qtbot.keyClick(form.nearest.line, Qt.Key.Key_Return)
    venue = store.find(Venue, rally.venue_id)
    assert (venue.lat, venue.lon, venue.capacity) == (50_910_000, -1_400_000, 1200)
    assert venue.nearest_ae.startswith("Royal South Hants Hospital")
    other = replace(rally, id="other", title="May Day")
    page.desk.save("Another", [other])
    assert form.shared.text() == "Also the place of May Day, Tue 1 Dec 2015: what you change here changes for all."


# --------------------------------------------------------------------------------------------- its crowd
def test_the_crowd_against_the_room_and_what_is_done_as_it_grows(page, store, qtbot):
    crowd = part(page, 8)
    assert crowd.room.text() == "500 of the 1,500 that Southampton Guildhall holds: 33 % full."
    assert crowd.levels[0].value == "400: all road-edge stewards in place."
    types(qtbot, crowd.levels[1], "600: ring the police")
    (note,) = [each for each in store.where(PlanNote, rally_id=the_rally(store).id) if each.section is Section.CROWD]
    assert note.text.split("\n")[3:5] == ["- 400: all road-edge stewards in place.", "- 600: ring the police"]
    types(qtbot, crowd.expected, "1800")
    assert "300 too many" in crowd.room.text()
    assert crowd.law.isHidden()
    crowd.checks.box.click()
    assert "Martyn's Law" in crowd.law.text()
    assert not crowd.law.isHidden()
    for field in (crowd.profile, *reversed(crowd.levels)):
        field.entry.setFocus()
        field.entry.selectAll()
        qtbot.keyClick(field.entry, Qt.Key.Key_Delete)
    crowd.expected.entry.setFocus()
    assert not [each for each in store.where(PlanNote, rally_id=note.rally_id) if each.section is Section.CROWD]
    crowd.profile.entry.setFocus()
    qtbot.keyClicks(crowd.profile.entry, "Families.")
    qtbot.keyClick(crowd.profile.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert any(each.text == "Families." for each in store.where(PlanNote, section=str(Section.CROWD)))
    assert all(field.text == "" for field in crowd.levels)


# ------------------------------------------------------------------------------------- leaving, and reading
def test_a_rally_on_which_people_count_stays_and_an_empty_one_goes(glance, store, page, person):
    glance.remove_button.click()
    assert "stand it down instead" in person.reads
    rally = the_rally(store)
    starts, ends = datetime(2015, 11, 25, 12), datetime(2015, 11, 25, 13)
    empty = Rally(id="empty", title="Empty rally", venue_id=rally.venue_id, starts=starts, ends=ends)
    page.desk.save("Another", [empty])
    page.show_rally("empty")
    glance.remove_button.click()
    assert person.reads == "Remove Empty rally, Wed 25 Nov."
    assert [each.id for each in store.all(Rally)] == [rally.id]
    page.desk.undo()
    assert len(store.all(Rally)) == 2


def test_a_plan_that_can_only_be_read_is_only_read(page, store, glance):
    store.read_only = "This plan can only be read."
    page.stale()
    assert glance.remove_button.isHidden()
    assert not glance.place.entry.isEnabled()
    assert not glance.standing.off.isEnabled()
    store.read_only = ""


def test_what_is_typed_stays_while_another_field_is_written(glance, store, page, qtbot):
    for field in (glance.date, glance.place, glance.shift, glance.title):
        field.entry.setFocus()
        qtbot.keyClicks(field.entry, "x")
        typed = field.entry.text()
        page.desk.save("Elsewhere", [replace(the_rally(store), note=typed)])
        assert field.entry.text() == typed
        qtbot.keyClick(field.entry, Qt.Key.Key_Escape)
