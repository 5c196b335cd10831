"""The page of stalls: from nothing to a stall with shifts, its own go or no-go, and sign-ups counted on the day."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from rallyapp.domain.disputes import Settings, StrikeDay, StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Cover, CoverKind, Person, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Role, Shift
from rallyapp.domain.places import Pin, PinKind
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState, Tally
from rallyapp.domain.stand_down import Going, of_stall
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.stalls_part import StallsPart
from rallyapp.ui.pages.stalls.shifts import NEVER_MEMBERS
from rallyapp.ui.pages.stalls.stall_view import SHIFTS, TALLY
from rallyapp.ui.pages.stalls.tally import TOTALS_ONLY

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(window, person, plan):
    """The page of stalls of the open demo."""
    person.opens(plan)
    window.go(PageName.STALLS)
    person.waits()
    return window.page(PageName.STALLS)


def reads(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def the_stall(window, partner="Anthony Nolan"):
    partners = {each.id: each.name for each in window.store.all(Partner)}
    return next(each for each in window.store.all(Stall) if partners[each.partner_id] == partner)


def types(field, text, key=ENTER):
    field.entry.setFocus()
    field.entry.selectAll()
    QTest.keyClicks(field.entry, text)
    QTest.keyClick(field.entry, key)


def suspend(window, state=StrikeState.SUSPENDED):
    with window.store.edit("Suspend") as edit:
        edit.save(replace(window.desk.days()[0], state=state))


# ------------------------------------------------------------------------------------------ from nothing
def test_a_stall_from_nothing_in_three_actions_then_its_needs_by_one_click(window, page, qtbot):
    assert [row.title for row in page.list.choices.rows.all] == ["Regional rally", "Anthony Nolan"]
    qtbot.mouseClick(page.add_button, LEFT)
    assert page.new.name.entry.hasFocus()
    QTest.keyClicks(page.new.name.entry, "anthony nolan")
    assert page.new.usual.text().startswith("Known already. Usually needs: A dry, quiet pitch")
    QTest.keyClick(page.new.name.entry, ENTER)
    assert "Anthony Nolan has a stall there already" in page.new.name.wrong.text()
    words = [page.new.where.box.itemText(n) for n in range(page.new.where.box.count())]
    at_general = next(n for n, each in enumerate(words) if each.startswith("Picket: Main entrance, Southampton"))
    page.new.where.box.setCurrentIndex(at_general)
    page.new.where.box.activated.emit(at_general)
    qtbot.mouseClick(page.new.make, LEFT)
    assert window.messages.sentence == "New stall: Anthony Nolan."
    made = page.view.seen.stall
    assert made == Stall(id=made.id, partner_id=made.partner_id, picket_id=made.picket_id), "nothing is made up"
    offer = page.view.form.offer
    assert offer.isVisible()
    assert "As at their last stall (Regional rally" in offer.words.text()
    assert offer.take.hasFocus()
    QTest.keyClick(offer.take, Qt.Key.Key_Space)
    made = window.store.get(Stall, made.id)
    assert (made.width, made.tables, made.kits, made.target) == (300, 2, 100, 0)
    assert not offer.isVisible()
    window.desk.undo()
    window.desk.undo()
    assert len(window.store.all(Stall)) == 1


def test_esc_leaves_the_question_and_an_empty_plan_offers_it(window, person, page, tmp_path, qtbot):
    page.ask_new()
    QTest.keyClick(page.new.name.entry, Qt.Key.Key_Escape)
    assert page.right.currentIndex() == 0
    assert page.list.hasFocus()
    path = tmp_path / "empty.rally"
    Store.create(path, [Settings(id="s", title="New")], label="New").close()
    person.opens(path)
    window.go(PageName.STALLS)
    page = window.page(PageName.STALLS)
    assert page.empty.isVisible()
    qtbot.mouseClick(page.empty.button, LEFT)
    assert page.new.nowhere.isVisible()
    assert not page.new.make.isEnabled()


# ------------------------------------------------------------------------------------- one record, its form
def test_sizes_times_and_papers_are_typed_and_each_is_one_undo(window, page):
    form = page.view.form
    types(form.size, "3 x 2.5 m")
    types(form.arrives, "9")
    types(form.fields["target"], "80")
    stall = the_stall(window)
    assert (stall.width, stall.depth, stall.target) == (300, 250, 80)
    assert stall.arrives == datetime(2015, 12, 1, 9, 0)
    assert form.size.line.text() == "3 \u00d7 2.5 m"
    assert window.messages.sentence == "Change the target, Anthony Nolan stall."
    types(form.size, "large")
    assert "is not a size" in form.size.wrong.text()
    types(form.leaves, "8:30")
    assert "ends before it starts" in form.leaves.wrong.text()
    assert the_stall(window) == stall
    assert not form.no_permit.isVisible()
    form.fields["money_collected"].box.click()
    assert form.no_permit.isVisible()
    pins = window.store.where(Pin, stall_id=stall.id)
    assert form.pin.text() == (f"Pin {pins[0].number} on the plan" if pins else "Not on the plan yet")


def test_only_the_moves_that_make_sense_can_be_clicked(window, page, qtbot):
    state = page.view.standing.state
    able = {value for value, each in state.buttons.items() if each.isEnabled()}
    assert able == {StallState.CONFIRMED, StallState.DECLINED, StallState.STOOD_DOWN}
    state.buttons[StallState.CONFIRMED].setFocus()
    QTest.keyClick(state.buttons[StallState.CONFIRMED], Qt.Key.Key_Right)
    assert state.buttons[StallState.DECLINED].hasFocus()
    assert the_stall(window).state is StallState.CONFIRMED, "walking past changes nothing"
    QTest.keyClick(state.buttons[StallState.DECLINED], ENTER)
    assert the_stall(window).state is StallState.DECLINED
    assert window.messages.sentence == "Mark as declined: Anthony Nolan stall."
    window.desk.undo()
    assert state.buttons[StallState.CONFIRMED].isChecked()


# --------------------------------------------------------------------------------- off, and on again
def test_calling_off_the_first_of_december_leaves_the_stall_its_own_decision(window, person, page, qtbot):
    store = window.store
    shifts = [each for each in store.all(Shift) if each.stall_id or each.post_id]
    people = [each for each in store.all(Person) if each.standing is Standing.PARTNER]
    with store.edit("Put on, confirmed") as edit:
        for number, shift in enumerate(shifts):
            row = Assignment(
                id=f"row {number}",
                shift_id=shift.id,
                person_id=people[number % len(people)].id,
                role=Role.STALL if shift.stall_id else Role.STEWARD,
                state=AssignmentState.CONFIRMED,
            )
            edit.save(row)
    days = window.go(PageName.DAYS) or window.page(PageName.DAYS)
    days.ask_move(StrikeState.CALLED_OFF)
    question = days.day_pane.state.question
    question.reason.entry.setPlainText("Talks at ACAS")
    qtbot.mouseClick(question.yes, LEFT)
    day = window.desk.days()[0]
    assert day.state is StrikeState.CALLED_OFF
    assert not any(each.stood_down for each in store.all(StrikeDay) if each.id != day.id)
    window.go(PageName.STALLS)
    standing = page.view.standing
    ask = "Tue 1 Dec is called off. Anthony Nolan has not said whether it comes all the same: ask."
    assert standing.question.text() == ask
    assert standing.question.isVisible()
    assert page.list.choices.rows.all[1].state == "Not decided"
    assert "Jodie Marchbank" in standing.tell.text()
    qtbot.mouseClick(standing.told_now, LEFT)
    assert the_stall(window).stood_down_told_at == datetime(2015, 11, 20, 12, 0)
    qtbot.mouseClick(standing.if_off.buttons[IfOff.STANDS_DOWN], LEFT)
    assert the_stall(window).if_off is IfOff.STANDS_DOWN
    assert standing.question.text() == "Stood down: the strike day is called off."
    window.desk.undo()
    assert standing.question.text() == ask

    window.go(PageName.DAYS)
    days.ask_move(StrikeState.ON)
    question.joint.box.click()
    qtbot.mouseClick(question.yes, LEFT)
    assert window.desk.days()[0].state is StrikeState.ON
    assert of_stall(store.plan(), the_stall(window)).going is Going.ON
    rows = [each for each in store.all(Assignment) if each.id.startswith("row ")]
    assert {each.state for each in rows} == {AssignmentState.RECONFIRM}
    assert "must be told again" in window.messages.sentence
    window.go(PageName.STALLS)
    assert not standing.question.isVisible()
    assert page.list.choices.rows.all[1].state == "Confirmed"


# ------------------------------------------------------------------------------------------------ shifts
def test_shifts_of_a_stall_with_members_and_the_charitys_own(window, page, qtbot):
    page.view.show_part(SHIFTS)
    shifts = page.view.shifts
    assert NEVER_MEMBERS in reads(shifts)
    assert len(shifts.blocks) == 2
    types(shifts.span, "13:30-14:15", Qt.Key.Key_Tab)
    types(shifts.wanted, "3")
    assert len(shifts.blocks) == 3
    new = list(shifts.blocks.values())[-1]
    assert new.names.line.hasFocus()
    (need,) = window.store.where(Need, shift_id=next(id for id, each in shifts.blocks.items() if each is new))
    assert (need.role, need.wished) == (Role.STALL, 3)
    QTest.keyClicks(new.names.line, "Nobody Atall")
    QTest.keyClick(new.names.line, ENTER)
    assert "Nobody in this plan is called \u201cNobody Atall\u201d" in new.names.wrong.text()
    before = len(window.store.all(Person))
    qtbot.mouseClick(new.names.own, LEFT)
    added = next(each for each in window.store.all(Person) if each.name == "Nobody Atall")
    assert (added.standing, len(window.store.all(Person))) == (Standing.PARTNER, before + 1)
    assert added.partner_id == the_stall(window).partner_id
    assert "the charity\u2019s own, proposed" in reads(new)
    window.desk.undo()
    assert len(window.store.all(Person)) == before, "the person and the place are one edit"

    busy = {each.person_id for each in window.store.all(Assignment)}
    member = next(each for each in window.store.all(Person) if each.standing is Standing.MEMBER and each.id not in busy)
    with window.store.edit("On call") as edit:
        edit.save(
            Cover(
                id=new_id(), person_id=member.id, kind=CoverKind.ON_CALL,
                starts=datetime(2015, 12, 1, 12, 0), ends=datetime(2015, 12, 1, 20, 0),
            )
        )  # fmt: skip
    block = next(iter(shifts.blocks.values()))
    block.names.put_on.emit(member.name)
    assert "on call" in block.names.wrong.text()
    assert not window.store.where(Assignment, person_id=member.id)
    own = next(each for each in window.store.all(Person) if each.standing is Standing.PARTNER)
    QTest.keyClicks(block.names.line, own.given_name[:4].lower())
    assert block.names.offers.popup.isVisible()
    QTest.keyClick(block.names.line, Qt.Key.Key_Escape)
    assert not block.names.offers.popup.isVisible()
    QTest.keyClicks(block.names.line, own.given_name[4:])
    QTest.keyClick(block.names.line, Qt.Key.Key_Down)
    QTest.keyClick(block.names.line, ENTER)
    assert own.name in reads(block)
    assert block.names.line.text() == ""
    block.names.put_on.emit(own.name)
    assert block.names.wrong.text() == f"{own.name} is on this shift already."
    types(block.wanted, "1")
    assert "1 of 1: full" in reads(block)
    row = window.store.where(Assignment, person_id=own.id)[0]
    block.confirm(row, own)
    types(block.span, "11-12")
    assert window.store.get(Assignment, row.id).state is AssignmentState.RECONFIRM
    assert window.messages.sentence.endswith("1 person must be told again.")
    block.take_off(window.store.get(Assignment, row.id), own)
    assert "Nobody yet" in reads(block)
    block.delete.click()
    assert len(shifts.blocks) == 2


def test_two_charities_at_one_rally_each_with_its_own_people(window, page, qtbot):
    """Somebody is added at the stall of the one; at the other's they are offered nowhere and kept off by name."""
    nolan = the_stall(window)
    dkms, theirs = Partner(id="dkms", name="DKMS"), replace(nolan, id="theirs", partner_id="dkms")
    shift = replace(window.store.where(Shift, stall_id=nolan.id)[0], id="their shift", stall_id="theirs")
    with window.store.edit("A second charity") as edit:
        for record in (dkms, theirs, shift):
            edit.save(record)
    page.show_record(Concern("stall", "theirs"))
    page.view.show_part(SHIFTS)
    block = page.view.shifts.blocks["their shift"]
    QTest.keyClicks(block.names.line, "Jordan Mar")
    qtbot.mouseClick(block.names.own, LEFT)
    (added,) = [each for each in window.store.all(Person) if each.name == "Jordan Mar"]
    assert added.partner_id == "dkms"
    assert "the charity\u2019s own, proposed" in reads(block)
    assert window.messages.sentence.startswith("Add Jordan Mar of DKMS\u2019s own, DKMS stall")

    QTest.keyClicks(block.names.line, "jo")
    assert "Jodie Marchbank" not in block.names.offers.names.stringList(), "she is of the other charity"
    assert block.names.offers.names.stringList()[0] == "Jordan Mar", "its own people stand first"
    QTest.keyClick(block.names.line, Qt.Key.Key_Escape)
    block.names.put_on.emit("Jodie Marchbank")
    assert block.names.wrong.text().startswith("Jodie Marchbank is of Anthony Nolan: asked for its stalls only. To put")
    jodie = next(each for each in window.store.all(Person) if each.name == "Jodie Marchbank")
    assert not window.store.where(Assignment, person_id=jodie.id)
    with window.store.edit("By name, on the rota") as edit:
        edit.save(Assignment(id="lent", shift_id="their shift", person_id=jodie.id, role=Role.STALL))
    assert "of Anthony Nolan, proposed" in reads(block)

    page.show_record(Concern("stall", nolan.id))
    ours = next(iter(page.view.shifts.blocks.values()))
    QTest.keyClicks(ours.names.line, "jo")
    assert "Jodie Marchbank" in ours.names.offers.names.stringList()
    assert "Jordan Mar" not in ours.names.offers.names.stringList()


# ------------------------------------------------------------------------------------------------- tally
def test_counting_on_the_day(window, person, page, qtbot):
    page.view.show_part(TALLY)
    tally = page.view.tally
    assert TOTALS_ONLY in reads(tally)
    assert not tally.buttons[-1].isEnabled()
    qtbot.mouseClick(tally.buttons[5], LEFT)
    qtbot.mouseClick(tally.buttons[1], LEFT)
    qtbot.mouseClick(tally.buttons[-1], LEFT)
    assert (tally.total.text(), tally.words.text()) == ("5", "of 60 at 12:00")
    assert window.messages.sentence == "Count \u22121 at 12:00 on Fri 20 Nov 2015, Anthony Nolan stall."
    types(tally.own, "+12")
    assert tally.total.text() == "17"
    assert tally.own.text == ""
    types(tally.own, "-40")
    assert "take back no more than were counted by then" in tally.wrong.text()
    types(tally.own, "ten")
    assert "is not a number of sign-ups" in tally.own.wrong.text()
    assert {(each.at, each.count) for each in window.store.all(Tally)} == {
        (datetime(2015, 11, 20, 12, 0), count) for count in (5, 1, -1, 12)
    }
    assert tally.chart.accessibleDescription().startswith("17 of 60 at 12:00, counted from 12:00.")
    lines = tally.lines
    lines.list.setCurrentIndex(lines.list.lines.index(0, 0))
    types(lines.at, "12:45")
    types(lines.count, "+9")
    newest = max(window.store.all(Tally), key=lambda each: each.at)
    lines.list.setCurrentIndex(lines.list.lines.index(0, 0))
    assert f"{newest.at:%H:%M}" == "12:45"
    QTest.keyClick(lines.list, Qt.Key.Key_Delete)
    assert newest not in window.store.all(Tally)
    window.desk.undo()
    assert newest in window.store.all(Tally)
    page.delete_action.trigger()
    assert "has a tally, so it stays" in window.messages.sentence


def test_a_stall_s_pin_goes_with_it(window, page):
    store = window.store
    (stall,) = store.all(Stall)
    pin = replace(store.all(Pin)[0], kind=PinKind.STALL, label="", post_id=None, stall_id=stall.id)
    window.desk.edit("Mark the stall", lambda edit: edit.save(pin))
    page.delete_action.trigger()
    assert window.messages.sentence == "Delete the Anthony Nolan stall and its pins 1 and 2."
    assert store.find(Pin, pin.id) is None
    window.desk.undo()
    assert store.find(Pin, pin.id) == pin


def test_the_keys_of_the_page_count(window, page):
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert page.view.part == TALLY
    assert page.view.tally.total.text() == "5"


# ---------------------------------------------------------------------------------------------- partners
def test_a_partner_is_entered_once_and_stays_while_it_has_stalls(window, page, qtbot):
    qtbot.mouseClick(page.switch.buttons["partners"], LEFT)
    assert [(row.title, row.note.split(",")[0]) for row in page.list.choices.rows.all] == [("Anthony Nolan", "1 stall")]
    view = page.partner
    assert not view.number_hint.isVisible()
    types(view.fields["charity_number"], "803")
    assert view.number_hint.isVisible()
    assert window.store.all(Partner)[0].charity_number == "803", "only a hint"
    view.remove.click()
    assert "Anthony Nolan has a stall at Regional rally" in view.why_not.text()
    with window.store.edit("Another") as edit:
        edit.save(Partner(id="b", name="Blood Bank"))
    page.show_record(Concern("partner", "b"))
    assert view.title.text() == "Blood Bank"
    view.new_stall.click()
    assert page.new.name.text == "Blood Bank"
    page.new.leave.click()
    view.remove.click()
    assert [each.name for each in window.store.all(Partner)] == ["Anthony Nolan"]
    view.opened.emit(the_stall(window).id)
    assert page.view.seen.stall == the_stall(window)


# ---------------------------------------------------------------------------------------- section 11
def test_the_rallys_own_section_makes_a_stall_by_a_name(window, person, plan):
    person.opens(plan)
    window.go(PageName.RALLIES)
    person.waits()
    page = window.page(PageName.RALLIES)
    page.show_record(Concern("stall", the_stall(window).id))
    person.waits()
    (part,) = page.findChildren(StallsPart)
    (row,) = part.rows.values()
    assert row.pitch.text().startswith("Left of the stage, pin 2, 3 \u00d7 3 m")
    assert "0 of 8 places in 2 shifts filled" in row.papers.text()
    types(part.name, "Blood Bank")
    assert [each.name.text() for each in part.rows.values()] == ["Anthony Nolan", "Blood Bank"]
    assert the_stall(window, "Blood Bank").rally_id == window.store.all(Rally)[0].id
    types(part.name, "blood bank")
    assert "has a stall there already" in part.name.wrong.text()
    row.link.click()
    assert window.frame.page is window.page(PageName.STALLS)
    assert window.frame.page.view.seen.partner.name == "Anthony Nolan"
