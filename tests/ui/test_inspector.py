"""The inspector as a rep uses it: who is on a shift, who could come, putting on and taking off, each one edit."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rallyapp.domain.people import Cover, CoverKind, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Origin, Presence, Role
from rallyapp.rota.suggest import suggest
from rallyapp.store import Store
from rallyapp.ui.staffing.lines import PERSON_MIME, initials
from tests.ui import rota_pane

rep = rota_pane.rep


def titles(found):
    return [line.title for line in found.lines.lines if not line.heading]


def line_of(found, name):
    return next(line for line in found.lines.lines if line.title == name)


@pytest.fixture
def duty(rep):
    """Somebody who is on emergency cover during the second shift of the day."""
    shift, who = rep.shift(1), next(p for p in rep.store.all(Person) if not p.left and p.name.isascii())
    with rep.store.edit("Roster emergency cover") as edit:
        edit.save(
            Cover(id="duty", person_id=who.id, kind=CoverKind.EMERGENCY_COVER, starts=shift.starts, ends=shift.ends)
        )
    return who


# -------------------------------------------------------------------------------------------- what is shown
def test_with_nothing_chosen_it_says_what_to_do_and_leads_to_what_is_most_short(rep, qtbot):
    pane = rep.pane
    assert pane.nothing.isVisible()
    assert "Choose a shift" in pane.hint.text()
    assert pane.shortest.lines.lines[0].against == "Nobody yet, 4 needed"
    pane.shortest.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(pane.shortest, Qt.Key.Key_Return)
    rep.waits()
    assert pane.one.isVisible()
    assert pane.one.chip.text() == "Nobody yet, 4 needed"


def test_one_shift_is_told_in_words_with_the_law_s_word_for_who_leads_it(rep):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    assert (one.title.text(), one.where.text(), one.day.text()) == (
        "Main entrance",
        "Southampton General Hospital",
        "Tue 1 Dec 2015",
    )
    assert one.times.line.text() == "08:00\u201309:00"
    assert (one.chip.text(), one.chip.property("tone")) == ("3 more needed", "short")
    (there,) = one.staff.list.lines.lines
    assert (there.title, there.initials) == ("Tomasz Wi\u015bniewski", "TW")
    assert there.note.startswith("Picket organiser, confirmed")
    assert [row._words._whole for row in one.needs.rows] == [
        "Picket organiser, 1",
        "Picket, 3 to 5, 4 wished",
        "Standby, 0 to 2, 1 wished",
    ]


def test_several_shifts_are_added_up_and_asked_together(rep, qtbot):
    rep.chooses(*rep.shifts)
    pane = rep.pane
    assert pane.several_title.text() == "3 shifts chosen"
    assert pane.several_words.text() == "1 of 18 places filled"
    assert pane.several_chip.text() == "11 more needed, nobody on 2"
    assert not pane.ask_chosen.isVisible()
    with rep.store.edit("Put two on") as edit:
        for n, who in enumerate(rep.store.all(Person)[:2]):
            edit.save(Assignment(id=f"a{n}", shift_id=rep.shifts[n + 1], person_id=who.id, role=Role.PICKET))
    rep.waits()
    assert pane.ask_chosen.text() == "Mark 2 as asked"
    qtbot.mouseClick(pane.ask_chosen, Qt.MouseButton.LeftButton)
    assert [rep.store.get(Assignment, f"a{n}").state for n in range(2)] == [AssignmentState.ASKED] * 2
    rep.window.undo_action.trigger()
    assert rep.store.get(Assignment, "a0").state is AssignmentState.PROPOSED


def test_a_deleted_shift_leaves_the_pane(rep):
    rep.chooses(rep.shifts[0])
    with rep.store.edit("Delete a shift") as edit:
        edit.delete(rep.shift(0))
    assert rep.pane.nothing.isVisible()


def test_a_stood_down_day_asks_nobody(rep):
    rep.chooses(rep.shifts[0])
    with rep.store.edit("Call it off") as edit:
        edit.save(replace(rep.day, state="called off"))
    rep.waits()
    one = rep.pane.one
    assert one.chip.text() == "Stood down"
    assert "the strike day is called off" in one.off.text().lower()
    assert not one.suggestions.isVisible()


# ---------------------------------------------------------------------------------------------- suggestions
def test_suggestions_stand_in_the_order_of_the_whole_plan_with_reasons(rep):
    rep.chooses(rep.shifts[1])
    part = rep.pane.one.suggestions
    assert part.asked_role is Role.SUPERVISOR
    part._show_all()
    found = suggest(rep.store.plan(), rep.shift(1), role=Role.SUPERVISOR, skill=None)
    people = [each.person.name for each in found.people]
    assert titles(part.list)[: len(people)] == people
    fit = found.people[0]
    line = line_of(part.list, fit.person.name)
    assert (line.note, line.against) == (fit.words, "")
    heads = [each.title for each in part.list.lines.lines if each.heading]
    assert heads[-1] == "Can\u2019t, as things are"
    assert all(each.against for each in part.list.lines.lines[-3:])


def test_another_role_asks_anew(rep, qtbot):
    rep.chooses(rep.shifts[1])
    part = rep.pane.one.suggestions
    assert part.role.box.currentText() == "Picket organiser"
    part.role.box.setCurrentIndex(1)
    part.role.box.activated.emit(1)
    assert part.status.text() == "Looking for who is free\u2026"
    rep.waits()
    assert part._ranked.role is Role.PICKET
    found = suggest(rep.store.plan(), rep.shift(1), role=Role.PICKET)
    assert titles(part.list)[:6] == [each.person.name for each in found.people[:6]]


def test_a_new_assignment_by_keyboard_and_back(rep, qtbot):
    rep.chooses(rep.shifts[1])
    pane, part = rep.pane, rep.pane.one.suggestions
    first = part._ranked.fit[0].person
    pane.put_on_action.trigger()
    assert part.search.hasFocus()
    qtbot.keyClick(part.search, Qt.Key.Key_Down)
    assert part.list.hasFocus()
    assert part.list.chosen_id == first.id
    qtbot.keyClick(part.list, Qt.Key.Key_Return)
    rep.waits()
    (row,) = rep.on(rep.shifts[1])
    assert (row.person_id, row.role, row.state, row.origin) == (
        first.id,
        Role.SUPERVISOR,
        AssignmentState.PROPOSED,
        Origin.HAND,
    )
    assert rep.window.undo_action.text() == (f"&Undo: Put {first.name} on as picket organiser, Main entrance 09:00")
    assert titles(pane.one.staff.list) == [first.name]
    assert pane.one.chip.text() == "3 more needed"
    assert part.asked_role is Role.PICKET
    rep.window.undo_action.trigger()
    rep.waits()
    assert not rep.on(rep.shifts[1])
    assert pane.one.staff.nobody.isVisible()


def test_a_name_is_typed_and_entered_and_the_next_can_be_typed_at_once(rep, qtbot):
    rep.chooses(rep.shifts[1])
    pane, part = rep.pane, rep.pane.one.suggestions
    pane.find_somebody()
    for name in ("Chidinma", "Taras"):
        qtbot.keyClicks(part.search, name)
        assert titles(part.list)[0].startswith(name)
        qtbot.keyClick(part.search, Qt.Key.Key_Return)
        rep.waits()
        assert part.search.text() == ""
        assert part.search.hasFocus()
    assert {rep.store.get(Person, row.person_id).given_name for row in rep.on(rep.shifts[1])} == {"Chidinma", "Taras"}


def test_search_finds_everybody_and_says_where_nobody_is_called_so(rep, qtbot):
    rep.chooses(rep.shifts[0])
    part = rep.pane.one.suggestions
    qtbot.keyClicks(part.search, "tomasz w")
    (line,) = part.list.lines.lines
    assert line.note == "is on this shift already, as picket organiser"
    part.search.setText("nobody like this")
    assert part.status.text() == "Nobody in this plan is called \u201cnobody like this\u201d."
    qtbot.keyClick(part.search, Qt.Key.Key_Escape)
    assert part.search.text() == ""


def test_who_is_kept_by_work_is_put_on_only_on_somebody_s_name_with_a_reason(rep, duty, qtbot):
    rep.chooses(rep.shifts[1])
    part = rep.pane.one.suggestions
    part.focus_search()
    qtbot.keyClicks(part.search, duty.name)
    assert "is on emergency cover 09:00\u201310:00" in line_of(part.list, duty.name).against
    qtbot.keyClick(part.search, Qt.Key.Key_Return)
    assert not rep.on(rep.shifts[1])
    ask = part.override
    assert ask.isVisible()
    assert "is on emergency cover" in ask.words.text()
    qtbot.keyClicks(ask.by.entry, "Ann Archer")
    qtbot.keyClick(ask.by.entry, Qt.Key.Key_Return)
    assert ask.reason.entry.hasFocus()
    qtbot.keyClick(ask.reason.entry, Qt.Key.Key_Return)
    assert ask.reason.wrong.text() == "Write why."
    assert not rep.on(rep.shifts[1])
    qtbot.keyClicks(ask.reason.entry, "Swapped with Bob")
    qtbot.keyClick(ask.reason.entry, Qt.Key.Key_Return)
    rep.waits()
    (row,) = rep.on(rep.shifts[1])
    assert (row.person_id, row.override_by, row.override_reason) == (duty.id, "Ann Archer", "Swapped with Bob")
    assert "Ann Archer decided: Swapped with Bob" in line_of(rep.pane.one.staff.list, duty.name).note
    assert not ask.isVisible()


def test_the_question_is_left_with_esc_and_nothing_is_written(rep, duty, qtbot):
    rep.chooses(rep.shifts[1])
    part = rep.pane.one.suggestions
    part.put_on(duty.id)
    assert part.override.by.entry.hasFocus()
    qtbot.keyClick(part.override.by.entry, Qt.Key.Key_Escape)
    assert not part.override.isVisible()
    assert part.search.hasFocus()
    assert not rep.on(rep.shifts[1])


def test_what_has_the_focus_is_scrolled_to(rep, duty, qtbot):
    with rep.store.edit("Crowd it") as edit:
        for n, who in enumerate(rep.store.all(Person)[:20]):
            edit.save(Assignment(id=f"a{n}", shift_id=rep.shifts[2], person_id=who.id, role=Role.PICKET))
    rep.chooses(rep.shifts[2])
    one, area = rep.pane.one, rep.window.frame.pane

    def seen(widget):
        return area.rect().contains(widget.mapTo(area, widget.rect().center()))

    assert not seen(one.suggestions.search)
    rep.pane.put_on_action.trigger()
    qtbot.waitUntil(lambda: seen(one.suggestions.search))
    one.staff.list.setFocus(Qt.FocusReason.TabFocusReason)
    one.staff.list.choose("a0")
    qtbot.waitUntil(lambda: not seen(one.suggestions.search))


def test_who_had_said_no_and_is_put_back_is_to_be_asked(rep):
    with rep.store.edit("Said no") as edit:
        who = rep.store.all(Person)[0]
        edit.save(
            Assignment(
                id="no", shift_id=rep.shifts[1], person_id=who.id, role=Role.PICKET, state=AssignmentState.DECLINED
            )
        )
    rep.chooses(rep.shifts[1])
    assert line_of(rep.pane.one.staff.list, who.name).note == "Picket, said no"
    rep.pane.one.suggestions.put_on(who.id, Role.PICKET)
    rep.waits()
    assert [(row.id, row.state) for row in rep.on(rep.shifts[1])] == [("no", AssignmentState.ASKED)]


# ------------------------------------------------------------------------------------ a person on a bar
def test_a_suggestion_is_dragged_as_the_person(rep):
    rep.chooses(rep.shifts[1])
    found = rep.pane.one.suggestions.list
    index = found.lines.index(0)
    assert found.dragEnabled()
    assert found.lines.flags(index) & Qt.ItemFlag.ItemIsDragEnabled
    data = found.lines.mimeData([index])
    assert bytes(data.data(PERSON_MIME).data()).decode() == found.lines.lines[0].person


def test_a_verdict_says_yes_with_a_warning_or_no_and_why(rep, duty):
    pane = rep.pane
    rep.chooses(rep.shifts[1])
    fits = rep.pane.one.suggestions._ranked.fit[0].person
    assert pane.verdict(fits.id, rep.shifts[1]) == (True, f"{fits.name} can come, as picket organiser.")
    assert pane.verdict(duty.id, rep.shifts[1]) == (
        False,
        f"{duty.name}: emergency cover 09:00\u201310:00.",
    )
    (there,) = rep.on(rep.shifts[0])
    can, why = pane.verdict(there.person_id, rep.shifts[0])
    assert not can
    assert why.endswith("is on this shift already, as picket organiser.")
    with rep.store.edit("Say nothing") as edit:
        edit.save(Person(id="new", given_name="Nia", workplace_id=fits.workplace_id))
    assert pane.verdict("new", rep.shifts[1]) == (True, "With a warning: Nia has not said when they are free.")
    assert pane.verdict("gone", rep.shifts[1])[0] is False


def test_dropping_somebody_puts_them_on_or_asks_on_whose_name(rep, duty):
    rep.chooses(rep.shifts[0])
    pane = rep.pane
    yes = "{} can come, as picket."
    who = next(p for p in rep.store.all(Person) if pane.verdict(p.id, rep.shifts[2]) == (True, yes.format(p.name)))
    pane.put_on(who.id, rep.shifts[2])
    assert [row.person_id for row in rep.on(rep.shifts[2])] == [who.id]
    pane.put_on(duty.id, rep.shifts[1])
    rep.waits()
    assert pane.shown == (rep.shifts[1],)
    assert pane.one.suggestions.override.isVisible()
    assert not rep.on(rep.shifts[1])


# ----------------------------------------------------------------------------------------- who is on it
def test_everything_about_somebody_on_it_has_a_key_and_stands_in_the_menu(rep, qtbot):
    rep.chooses(rep.shifts[0])
    staff = rep.pane.one.staff
    (row,) = rep.on(rep.shifts[0])
    staff.list.setFocus(Qt.FocusReason.TabFocusReason)
    staff.list.choose_first()
    texts = {each.text(): each.shortcut().toString() for each in staff.menu().actions() if each.text()}
    assert texts["Confirmed"] == "C"
    assert texts["Make standby"] == "B"
    assert texts["Find cover\u2026"] == "F"
    assert texts["Take off"] == "Del"

    def now():
        return rep.store.get(Assignment, row.id)

    assert now().pinned
    qtbot.keyClick(staff.list, Qt.Key.Key_P)
    assert not now().pinned
    qtbot.keyClick(staff.list, Qt.Key.Key_A)
    assert now().state is AssignmentState.ASKED
    qtbot.keyClick(staff.list, Qt.Key.Key_C)
    assert now().state is AssignmentState.CONFIRMED
    qtbot.keyClick(staff.list, Qt.Key.Key_R)
    assert now().presence is Presence.CONTACTABLE
    qtbot.keyClick(staff.list, Qt.Key.Key_B)
    assert now().role is Role.STANDBY
    qtbot.keyClick(staff.list, Qt.Key.Key_W)
    assert now().state is AssignmentState.WITHDRAWN
    assert staff.list.lines.lines[0].title == "Not coming"
    qtbot.keyClick(staff.list, Qt.Key.Key_Delete)
    assert rep.on(rep.shifts[0]) == ()
    for _ in range(7):
        rep.window.undo_action.trigger()
    assert now() == row
    rep.waits()


def test_what_speaks_against_somebody_on_it_is_said(rep):
    (row,) = rep.on(rep.shifts[0])
    shift = rep.shift(0)
    with rep.store.edit("Recall") as edit:
        edit.save(
            Cover(
                id="r",
                person_id=row.person_id,
                kind=CoverKind.RECALLED,
                verified_by="duty office",
                starts=shift.starts,
                ends=shift.ends,
            )
        )
    rep.chooses(shift.id)
    (line,) = rep.pane.one.staff.list.lines.lines
    assert (line.against, line.tone) == ("is recalled 08:00\u201309:00", "nobody")


def test_a_new_time_typed_makes_those_who_know_the_old_one_to_be_told_again(rep, qtbot):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    one.times.line.selectAll()
    qtbot.keyClicks(one.times.line, "8.15am to 9.15am")
    qtbot.keyClick(one.times.line, Qt.Key.Key_Return)
    rep.waits()
    assert rep.shift(0).words == "08:15\u201309:15"
    assert one.again.text() == "Must be told again: Tomasz Wi\u015bniewski."
    assert line_of(one.staff.list, "Tomasz Wi\u015bniewski").sign == "rotate-ccw"
    assert "1 person must be told again." in rep.reads
    rep.window.undo_action.trigger()
    rep.waits()
    assert not one.again.isVisible()


def test_a_time_that_the_strike_day_does_not_have_is_refused_in_a_sentence(rep, qtbot):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    one.times.line.selectAll()
    qtbot.keyClicks(one.times.line, "2-3")
    qtbot.keyClick(one.times.line, Qt.Key.Key_Return)
    assert rep.reads
    assert rep.shift(0).words == "08:00\u201309:00"
    assert one.times.line.text() == "08:00\u201309:00"


def test_needs_are_changed_added_and_removed_in_place(rep, qtbot):
    rep.chooses(rep.shifts[0])
    needs = rep.pane.one.needs
    row = needs.rows[1]
    qtbot.mouseClick(row.fold, Qt.MouseButton.LeftButton)
    row.least.line.selectAll()
    qtbot.keyClicks(row.least.line, "6")
    qtbot.keyClick(row.least.line, Qt.Key.Key_Return)
    picket = next(each for each in rep.needs(rep.shifts[0]) if each.role is Role.PICKET)
    assert (picket.least, picket.wished, picket.most) == (6, 6, 6)
    assert rep.pane.one.chip.text() == "6 more needed"
    qtbot.mouseClick(needs.add, Qt.MouseButton.LeftButton)
    assert {each.role for each in rep.needs(rep.shifts[0])} >= {Role.SUPPORTER}
    added = next(each for each in needs.rows if each.need.role is Role.SUPPORTER)
    qtbot.mouseClick(added.remove, Qt.MouseButton.LeftButton)
    assert Role.SUPPORTER not in {each.role for each in rep.needs(rep.shifts[0])}
    rep.waits()


def test_more_holds_label_meeting_and_priority(rep, qtbot):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    assert not one.label.isVisible()
    qtbot.mouseClick(one.more, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(one.label.entry, "Morning rush")
    qtbot.keyClick(one.label.entry, Qt.Key.Key_Return)
    assert rep.shift(0).label == "Morning rush"
    assert one.where.text() == "Southampton General Hospital, Morning rush"
    rep.waits()


def test_another_window_s_change_to_the_same_assignment_stays(rep, plan, qtbot):
    rep.chooses(rep.shifts[0])
    (row,) = rep.on(rep.shifts[0])
    staff = rep.pane.one.staff
    staff.list.choose_first()
    with Store.open(plan) as other, other.edit("Unpin") as edit:
        edit.save(replace(row, pinned=False))
    staff._by_state[AssignmentState.ASKED].trigger()
    rep.window.bridge.poll()
    rep.waits()
    now = rep.store.get(Assignment, row.id)
    assert (now.pinned, now.state) == (False, AssignmentState.ASKED)


# ------------------------------------------------------------------------------------------------- cover
def test_find_cover_says_what_is_missing_and_whom_to_ask_and_does_it_in_one_edit(rep, qtbot):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    (row,) = rep.on(rep.shifts[0])
    one.staff.list.setFocus(Qt.FocusReason.TabFocusReason)
    one.staff.list.choose_first()
    qtbot.keyClick(one.staff.list, Qt.Key.Key_F)
    assert one.cover.words.text() == "Looking for who could come instead\u2026"
    rep.waits()
    assert one.cover.title.text() == "If Tomasz Wi\u015bniewski can\u2019t come"
    assert one.cover.words.text().startswith("1 picket organiser missing: 0 of 1 needed.")
    assert "to be a picket organiser." in one.cover.words.text()
    qtbot.mouseClick(one.cover.take, Qt.MouseButton.LeftButton)
    rep.waits()
    rows = rep.on(rep.shifts[0])
    assert next(each for each in rows if each.id == row.id).state is AssignmentState.WITHDRAWN
    assert any(each.role is Role.SUPERVISOR and each.state.counts for each in rows)
    assert not one.cover.isVisible()
    rep.window.undo_action.trigger()
    rep.waits()
    assert rep.on(rep.shifts[0]) == (row,)


def test_cover_that_was_found_for_an_older_plan_is_closed(rep, qtbot):
    rep.chooses(rep.shifts[0])
    cover = rep.pane.one.cover
    (row,) = rep.on(rep.shifts[0])
    cover.ask(row.person_id)
    rep.waits()
    assert cover.isVisible()
    with rep.store.edit("Take everybody off") as edit:
        edit.delete(row)
    rep.waits()
    assert not cover.isVisible()


# -------------------------------------------------------------------------------------------- copy, words
def test_a_message_holds_short_names_time_and_place_and_no_phone(rep):
    rep.chooses(rep.shifts[0])
    (row,) = rep.on(rep.shifts[0])
    with rep.store.edit("Note a phone") as edit:
        edit.save(replace(rep.store.get(Person, row.person_id), phone="07700 900123"))
    rep.pane.message_action.trigger()
    text = QGuiApplication.clipboard().text()
    assert "*Main entrance, Southampton General Hospital*" in text
    assert "08:00\u201309:00: Tomasz" in text
    assert "still needed: 3 pickets" in text
    assert "Wi\u015bniewski" not in text
    assert "07700" not in text
    rep.waits()


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ann Archer", "AA"), ("Wulandari", "W"), ("S\u00e9amus \u00d3 S\u00failleabh\u00e1in", "SS"), ("(unknown)", "?")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_every_control_has_a_name_and_nothing_is_wider_than_the_pane(rep):
    rep.chooses(rep.shifts[0])
    one = rep.pane.one
    one._show_more(True)
    one.needs.rows[0].unfold()
    for each in one.findChildren(QWidget):
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.isVisible() and each.parent() is not None:
            name = each.accessibleName() or getattr(each, "text", lambda: "")()
            owner = each.parentWidget()
            assert name or owner.accessibleName(), each
    rep.qtbot.waitUntil(lambda: rep.pane.minimumSizeHint().width() <= rep.window.frame.pane.width())
