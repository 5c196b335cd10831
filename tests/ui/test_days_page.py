"""Strike days as somebody plans, moves and calls them off: a real window, a real file."""

import shutil
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import Dispute, Notice, NoticeDay, Settings, StrikeDay, StrikeDayMove, StrikeState
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.problems import Concern
from rallyapp.domain.records import TABLES
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.days import day_pane
from tests.domain.building import dispute, strike_day
from tests.ui.test_look import unnamed


@pytest.fixture
def page(person, window, plan):
    """The page of the strike days of an open plan."""
    person.opens(plan)
    window.go(PageName.DAYS)
    person.waits()
    return window.page(PageName.DAYS)


@pytest.fixture(scope="module")
def epsom_made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "epsom.rally"
    Store.create(path, DEMOS["epsom-st-helier-2016"].records(), label="Demo").close()
    return path


def days(window):
    return sorted(window.store.all(StrikeDay), key=lambda day: day.first_date)


def listed(page):
    return [row.day for row in page.rows.rows.all]


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and label.isVisibleTo(widget)]


def types(qtbot, entry, text, *, enter=True):
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, text)
    if enter:
        qtbot.keyClick(entry, Qt.Key.Key_Return)


# -------------------------------------------------------------------------------------------------- the list
def test_every_day_is_one_row_with_all_that_counts(page, person):
    first = page.rows.rows.all[0]
    assert first.cells == [
        "Tue 1 Dec 2015",
        "08:00 to Wed 08:00",
        "emergency care only",
        "notified",
        "1 entrance",
        "1 of 18 filled",
        "2 shifts with nobody",
        first.wrong,
    ]
    assert first.wrong.endswith("to look at")
    assert page._facts.text() == "3 strike days, the next in 11 days: Tue 1 Dec 2015"
    assert page.day.first_date == date(2015, 12, 1)


def test_the_list_is_copied_as_a_table(page, qtbot):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("Tue 8 Dec 2015\t08:00\u201317:00\tfull walkout\tnotified\t2 entrances")


def test_choosing_a_row_chooses_the_day_for_all_pages(page, window, qtbot):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert window.desk.day == days(window)[1].id
    assert page.day_pane.title.text() == "Tuesday 8 December 2015"
    window.frame.header.step(1)  # and the other way round
    assert page.day_pane.title.text() == "Wednesday 16 December 2015"
    assert page.list.currentIndex().row() == 2


def test_every_control_has_a_name(page, window):
    assert not unnamed(window)
    page.show_view("calendar")
    page.ask_new()
    page.day_pane.law.edit_notice(window.store.all(Notice)[0].id)
    page.ask_move(StrikeState.SUSPENDED)
    assert not unnamed(window)
    page.show_dispute()
    page.dispute_pane.unfold()
    assert not unnamed(window)


# ------------------------------------------------------------------------------------------------- new days
def test_a_day_is_planned_by_keyboard_as_people_type(page, window, qtbot):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    line = page.new_day.when.entry
    assert line.hasFocus()
    qtbot.keyClicks(line, "22/12/2015 8am to 5pm")
    assert page.new_day.read.text() == "Tue 22 Dec 2015, 08:00\u201317:00."
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(days(window)) == 4)
    made = days(window)[-1]
    assert made.words == "Tue 22 Dec 2015, 08:00\u201317:00"
    assert (made.state, made.called_out) == (StrikeState.PLANNED, "junior doctors")
    assert page.day == made
    assert page.new_day.isHidden()
    assert window.messages.sentence == "New strike day Tue 22 Dec 2015."
    window.undo()
    assert len(listed(page)) == 3


def test_a_date_alone_states_no_times_and_a_wrong_one_is_said_beneath_it(page, window, qtbot):
    page.ask_new()
    line = page.new_day.when.entry
    types(qtbot, line, "Mon 5 Jan 2016")
    qtbot.waitUntil(lambda: not page.new_day.when.wrong.isHidden())
    assert "5/1/2016 is a Tuesday, not a Monday" in page.new_day.when.wrong.text()
    assert len(days(window)) == 3
    types(qtbot, line, "Tue 5 Jan 2016")
    qtbot.waitUntil(lambda: len(days(window)) == 4)
    assert days(window)[-1].start_time is None
    assert days(window)[-1].end_time is None


def test_a_new_day_from_this_one_brings_the_pattern_and_nobody(page, window, qtbot):
    store, (_, second, _) = window.store, days(window)
    page.choose(second.id)
    shifts = [each for each in store.all(Shift) if store.find(Picket, each.picket_id) in pickets(store, second)]
    before = len(store.all(Assignment)), len(store.all(Need))
    page.ask_copy()
    assert "come along" in page.new_day.read.text()
    types(qtbot, page.new_day.when.entry, "22 Dec")
    qtbot.waitUntil(lambda: len(days(window)) == 4)
    made = days(window)[-1]
    assert made.words == "Tue 22 Dec 2015, 08:00\u201317:00"  # the other day's times
    new = [each for each in store.all(Shift) if store.find(Picket, each.picket_id) in pickets(store, made)]
    assert len(new) == len(shifts) == 6
    assert sorted(each.words for each in new) == sorted(each.words for each in shifts)
    assert {each.starts.date() for each in new} == {date(2015, 12, 22)}
    assert len(store.all(Assignment)) == before[0]
    assert len(store.all(Need)) == before[1] + sum(len(store.where(Need, shift_id=each.id)) for each in shifts)
    assert "made, with 2 pickets with 6 shifts" in window.messages.sentence
    assert page.rows.rows.all[-1].entrances == "2 entrances"
    window.undo()
    assert len(store.all(Shift)) == len({each.id for each in store.all(Shift)} - {each.id for each in new})


def pickets(store, day):
    return store.where(Picket, strike_day_id=day.id)


def test_the_people_come_as_proposals_where_somebody_ticks_that(page, window, qtbot):
    page.ask_copy()
    page.new_day.people.box.click()
    types(qtbot, page.new_day.when.entry, "22 Dec 8am to 8am")
    qtbot.waitUntil(lambda: len(days(window)) == 4)
    new = [
        each
        for each in window.store.all(Assignment)
        if window.store.get(Shift, each.shift_id).starts.date() == date(2015, 12, 22)
    ]
    assert [each.state for each in new] == [AssignmentState.PROPOSED]


def test_a_plan_without_days_says_what_to_do_first(person, window, qtbot, tmp_path):
    kept = (Settings, Dispute, Employer, Site, Entrance)
    records = [record for record in DEMOS["southampton-2015"].records() if isinstance(record, kept)]
    Store.create(tmp_path / "new.rally", records, label="New").close()
    person.opens(tmp_path / "new.rally")
    window.go(PageName.DAYS)
    page = window.page(PageName.DAYS)
    assert page.empty.words.text() == "This plan has no strike day yet."
    assert page.dispute_pane.isVisible()
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    types(qtbot, page.new_day.when.entry, "1-2 Dec 8am-5pm each day")
    qtbot.waitUntil(lambda: len(days(window)) == 2)
    assert listed(page) == ["Tue 1 Dec 2015", "Wed 2 Dec 2015"]
    page.delete_action.trigger()  # nothing was ever there
    assert listed(page) == ["Wed 2 Dec 2015"]
    window.undo()
    assert len(listed(page)) == 2


# --------------------------------------------------------------------------------------- from state to state
def test_suspending_asks_why_and_the_history_shows_it(page, window, qtbot):
    question = page.day_pane.state.question
    qtbot.mouseClick(page.day_pane.state.buttons[StrikeState.SUSPENDED], Qt.MouseButton.LeftButton)
    assert question.follows.text().startswith("Its 3 shifts, and everything else of the day, stand down with it. ")
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    assert question.reason.wrong.text() == "Write why: the history keeps it."
    at = question.yes.pos()
    qtbot.waitUntil(lambda: question.yes.visibleRegion().boundingRect().height() == question.yes.height())
    assert days(window)[0].state is StrikeState.NOTIFIED
    types(qtbot, question.reason.entry, "Talks at ACAS", enter=False)
    assert question.reason.wrong.isHidden()
    assert question.yes.pos() == at
    types(qtbot, question.decided_by.entry, "Junior doctors committee", enter=False)
    types(qtbot, question.authority.entry, "BMA council")
    qtbot.waitUntil(lambda: days(window)[0].state is StrikeState.SUSPENDED)
    (step,) = [each for each in window.store.all(StrikeDayMove) if each.to_state is StrikeState.SUSPENDED]
    assert (step.from_state, step.at) == (StrikeState.NOTIFIED, datetime(2015, 11, 20, 12, 0))
    said = texts(page.day_pane.steps)
    assert "Suspended" in said
    assert "Fri 20 Nov 2015, 12:00, by Junior doctors committee (BMA council)" in said
    assert "Talks at ACAS" in said
    assert page.rows.rows.all[0].off
    assert question.isHidden()
    assert window.store.all(Assignment)  # nobody was taken off


def test_reinstating_without_a_fresh_notice_is_refused_in_a_sentence(page, window, qtbot):
    suspend(page, qtbot)
    question = page.day_pane.state.question
    qtbot.mouseClick(page.day_pane.state.buttons[StrikeState.ON], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    assert "normally needs a fresh notice" in question.wrong.text()
    assert "check with your union" in question.wrong.text()
    assert days(window)[0].state is StrikeState.SUSPENDED
    question.joint.box.click()
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    assert days(window)[0].state is StrikeState.ON
    assert "By joint agreement" in texts(page.day_pane.steps)


def test_a_day_comes_back_as_it_was_before_it_was_stood_down(page, window, qtbot):
    state = page.day_pane.state
    for before, others in (
        (StrikeState.NOTIFIED, {"Mark as on\u2026", "Plan again\u2026", "Call off\u2026", "Replace\u2026"}),
        (StrikeState.PLANNED, {"Fresh notice\u2026", "Mark as on\u2026", "Call off\u2026", "Replace\u2026"}),
    ):
        assert days(window)[0].state is before
        suspend(page, qtbot)
        back = next(iter(state.buttons.values()))
        assert back is state.buttons[before]
        assert QApplication.focusWidget() is back
        assert back.text() == "Reinstate\u2026"
        qtbot.waitUntil(lambda before=before: f"{before} again, as it was before" in texts(state))
        assert {made.text() for made in state.buttons.values()} - {back.text()} == others
        if before is StrikeState.NOTIFIED:
            assert "a fresh notice is still to come" in texts(state)
        qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
        assert f"is {before} again, as it was before" in state.question.returns.text()
        assert state.question.joint.isVisible() is (before is StrikeState.NOTIFIED)
        qtbot.mouseClick(state.question.yes, Qt.MouseButton.LeftButton)
        assert days(window)[0].state is before
        assert window.store.history(limit=1)[0].label.startswith("Reinstate: ")
        if before is StrikeState.NOTIFIED:
            page.ask_move(StrikeState.PLANNED)


def test_a_suspended_day_that_is_then_called_off_still_comes_back_as_it_was(page, window, qtbot):
    suspend(page, qtbot)
    page.ask_move(StrikeState.CALLED_OFF)
    types(qtbot, page.day_pane.state.question.reason.entry, "No talks", enter=False)
    qtbot.mouseClick(page.day_pane.state.question.yes, Qt.MouseButton.LeftButton)
    assert days(window)[0].state is StrikeState.CALLED_OFF
    assert page.day_pane.state.buttons[StrikeState.NOTIFIED].text() == "Reinstate\u2026"


def suspend(page, qtbot):
    page.ask_move(StrikeState.SUSPENDED)
    types(qtbot, page.day_pane.state.question.reason.entry, "Talks", enter=False)
    qtbot.mouseClick(page.day_pane.state.question.yes, Qt.MouseButton.LeftButton)


def test_going_forward_is_one_click_and_one_undo(page, window, qtbot):
    qtbot.mouseClick(page.day_pane.state.buttons[StrikeState.ON], Qt.MouseButton.LeftButton)
    assert days(window)[0].state is StrikeState.ON
    assert window.messages.sentence == "Tue 1 Dec 2015 is on now."
    assert set(page.day_pane.state.buttons) == {
        StrikeState.HELD,
        StrikeState.SUSPENDED,
        StrikeState.CALLED_OFF,
        StrikeState.SUPERSEDED,
    }
    window.undo()
    assert days(window)[0].state is StrikeState.NOTIFIED
    assert len(window.store.where(StrikeDayMove, strike_day_id=days(window)[0].id)) == 2


def test_esc_gives_up_the_question_and_the_keys_have_a_place(page, window, qtbot):
    page.ask_move(StrikeState.CALLED_OFF)
    qtbot.keyClick(page.day_pane.state.question, Qt.Key.Key_Escape)
    assert page.day_pane.state.question.isHidden()
    assert page.day_pane.state.buttons[StrikeState.ON].hasFocus()


def test_a_notified_day_is_not_deleted(page, window):
    page.delete_action.trigger()
    assert window.messages.sentence.endswith("is notified, so it can\u2019t be deleted: call it off instead.")
    assert len(days(window)) == 3


# ------------------------------------------------------------------------------------- its dates and times
def test_times_are_typed_and_a_night_ends_the_next_morning(page, window, qtbot):
    page.choose(days(window)[1].id)
    form = page.day_pane.form.fields
    types(qtbot, form["start_time"].entry, "8pm")
    changed = days(window)[1]
    assert changed.words == "Tue 8 Dec 2015, 20:00\u201317:00 (Wed 9 Dec 2015)"
    types(qtbot, form["start_time"].entry, "nine")
    assert "is not a time of day" in form["start_time"].wrong.text()
    window.undo()
    assert days(window)[1].words == "Tue 8 Dec 2015, 08:00\u201317:00"


def test_a_day_that_moves_takes_its_pickets_along(page, window, qtbot):
    store, first = window.store, days(window)[0]
    count = len(pickets(store, first))
    types(qtbot, page.day_pane.form.fields["first_date"].entry, "3 Dec")
    assert days(window)[0].words == "Thu 3 Dec 2015, 08:00\u201308:00 (Fri 4 Dec 2015)"
    assert {each.starts.date() for each in pickets(store, first)} == {date(2015, 12, 3)}
    assert len(pickets(store, first)) == count == 1
    assert window.messages.sentence == "Move Tue 1 Dec 2015 to Thu 3 Dec 2015, with its picket."
    window.undo()
    assert {each.starts.date() for each in pickets(store, first)} == {date(2015, 12, 1)}


def test_a_day_that_moves_onto_the_night_of_the_clocks_says_which_shifts_that_costs(page, window, qtbot):
    store, first = window.store, days(window)[0]
    night = replace(first, start_time=time(0), end_time=time(4), last_date=first.first_date)
    standing, line = pickets(store, first)[0], datetime(2015, 12, 1)
    with store.edit("At night") as edit:
        edit.save(night)
        edit.save(replace(standing, starts=line, ends=line + timedelta(hours=4)))
        for hour, old in enumerate(store.where(Shift, picket_id=standing.id)):
            start = line + timedelta(hours=hour)
            edit.save(replace(old, starts=start, ends=start + timedelta(hours=1)))
    types(qtbot, page.day_pane.form.fields["first_date"].entry, "27/3/2016")
    assert window.messages.sentence == (
        "Move Tue 1 Dec 2015 to Sun 27 Mar 2016, with its picket; "
        "1 shift is cancelled, because the clocks go forward over its time."
    )
    gone = [each for each in store.where(Shift, picket_id=standing.id) if each.cancelled]
    assert [each.reason for each in gone] == ["The clocks go forward over its time"]
    window.undo()
    assert not [each for each in store.where(Shift, picket_id=standing.id) if each.cancelled]


def test_a_day_with_very_many_shifts_is_read_aside_and_moves_all_the_same(page, window, qtbot, monkeypatch):
    monkeypatch.setattr(day_pane, "MOST_AT_ONCE", 0)
    store, first = window.store, days(window)[0]
    types(qtbot, page.day_pane.form.fields["first_date"].entry, "3 Dec")
    shift = store.where(Shift, picket_id=pickets(store, first)[0].id)[0]
    with store.edit("Somebody cuts a shift while it is read") as edit:
        edit.save(replace(shift, ends=shift.starts + timedelta(minutes=20)))
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("move day"))
    assert window.messages.sentence == "Move Tue 1 Dec 2015 to Thu 3 Dec 2015, with its picket."
    moved = store.get(Shift, shift.id)
    assert (moved.starts.date(), moved.span.minutes) == (date(2015, 12, 3), 20)


def test_a_second_move_waits_for_the_first_and_one_that_is_refused_shows_the_date_again(
    page, window, plan, qtbot, monkeypatch
):
    monkeypatch.setattr(day_pane, "MOST_AT_ONCE", 0)
    field = page.day_pane.form.fields["first_date"]
    types(qtbot, field.entry, "3 Dec")
    types(qtbot, field.entry, "4 Dec")
    assert window.messages.sentence == "A strike day is being moved: change this date once that is done."
    with Store.open(plan) as other:
        first = min(other.all(StrikeDay), key=lambda day: day.first_date)
        with other.edit("Theirs") as edit:
            edit.save(replace(first, first_date=date(2015, 12, 2), last_date=date(2015, 12, 3)))
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("move day"))
    assert "Somebody changed the same thing in another window" in window.messages.sentence
    window.bridge.poll()
    assert field.value == date(2015, 12, 2)


# -------------------------------------------------------------------------------------- what is being typed
@pytest.mark.parametrize("name", ["called_out", "note"])
def test_what_is_typed_is_of_the_day_that_was_shown_when_the_day_changes_by_key(page, window, qtbot, name):
    entry = page.day_pane.form.fields[name].entry
    types(qtbot, entry, "junior doctors and consultants", enter=False)
    qtbot.keyClick(entry, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    first, second, _ = days(window)
    assert window.desk.day == second.id
    assert getattr(first, name) == "junior doctors and consultants"
    assert getattr(second, name) != "junior doctors and consultants"
    assert page.day_pane.form.fields[name].text == getattr(second, name)


def test_a_date_that_can_not_be_read_is_not_dropped_in_silence(page, window, qtbot):
    field = page.day_pane.form.fields["announced"]
    types(qtbot, field.entry, "soonish", enter=False)
    window._step_day(1)
    assert field.entry.text() == ""
    assert window.messages.sentence == (
        "\u201csoonish\u201d is not a date: the announcement of Tue 1 Dec 2015 was left as it was."
    )


def test_what_somebody_types_is_kept_where_another_window_changes_the_same(page, window, plan, qtbot):
    field = page.day_pane.form.fields["note"]
    types(qtbot, field.entry, "ours", enter=False)
    with Store.open(plan) as other:
        first = min(other.all(StrikeDay), key=lambda day: day.first_date)
        with other.edit("Note") as edit:
            edit.save(replace(first, note="theirs"))
    window.bridge.poll()
    assert field.text == "ours"
    field.entry.clearFocus()
    assert days(window)[0].note == "theirs"
    assert "Somebody changed the same thing in another window" in window.messages.sentence
    assert field.text == "theirs"


def test_settings_that_a_plan_does_not_have_are_not_unfolded(person, window, tmp_path, qtbot):
    path = tmp_path / "bare.rally"
    Store.create(path, [strike_day(), dispute()], label="Bare").close()
    person.opens(path)
    window.desk.go(PageName.DAYS, Concern("settings", "x"))
    person.waits()
    pane = window.page(PageName.DAYS).dispute_pane
    assert "settings" not in vars(pane)
    pane.settings.fields["title"].committed.emit("")  # a form that shows nothing writes nothing
    assert [each.label for each in window.store.history()] == ["Bare"]


def test_del_is_the_lists_and_the_calendars_and_not_the_fields(page, window, qtbot):
    page.day_pane.form.fields["kind"].setFocus()
    qtbot.keyClick(page.day_pane.form.fields["kind"].entry, Qt.Key.Key_Delete)
    assert not window.messages.sentence
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert "call it off instead" in window.messages.sentence
    window.messages.clear()
    page.show_view("calendar")
    qtbot.keyClick(page.calendar.month, Qt.Key.Key_Delete)
    assert "call it off instead" in window.messages.sentence


def test_enter_answers_once_and_gives_up_on_the_button_that_does(page, window, qtbot):
    page.ask_move(StrikeState.SUSPENDED)
    question = page.day_pane.state.question
    answers = []
    question.answered.connect(lambda: answers.append(1))
    types(qtbot, question.decided_by.entry, "Rep")
    qtbot.wait(1)
    assert len(answers) == 1
    question.no.setFocus()
    qtbot.keyClick(question.no, Qt.Key.Key_Return)
    assert (question.isHidden(), len(answers)) == (True, 1)


# ------------------------------------------------------------------------------------------------- the law
def test_the_deadline_stands_with_its_source_and_the_words(page):
    said = " ".join(texts(page.day_pane.law))
    assert "The employer must have the notice by Tuesday 24 November 2015: 7 days before the first day" in said
    assert "Action must begin by Tuesday 15 December 2015" in said
    assert "Notice of action to the employer, until February 2017: " in said
    assert "check with your union" in said
    assert "Given Fri 20 Nov 2015, received Mon 23 Nov 2015, covers 3 strike days" in said


def test_a_notice_is_added_changed_and_removed(page, window, qtbot):
    law, store = page.day_pane.law, window.store
    qtbot.mouseClick(law.add_button, Qt.MouseButton.LeftButton)
    assert len(store.all(Notice)) == 2
    form = law.form
    assert form.record.given_on == date(2015, 11, 20)
    types(qtbot, form.fields["given_on"].entry, "26 Nov")
    assert store.get(Notice, form.record.id).given_on == date(2015, 11, 26)
    second = days(window)[1].id
    form.ticks[second].box.click()
    assert {link.strike_day_id for link in store.where(NoticeDay, notice_id=form.record.id)} == {page.day.id, second}
    form._remove.click()
    assert len(store.all(Notice)) == 1
    assert form.isHidden()
    window.undo()
    assert len(store.all(Notice)) == 2


def test_a_new_day_is_covered_by_a_notice_that_was_given(page, window, qtbot):
    page.ask_new()
    types(qtbot, page.new_day.when.entry, "22 Dec 8-5")
    qtbot.waitUntil(lambda: len(days(window)) == 4)
    law = page.day_pane.law
    assert law.none.isVisible()
    law.cover.column.itemAt(0).widget().click()
    assert len(window.store.where(NoticeDay, strike_day_id=page.day.id)) == 1
    assert not law.none.isVisible()


# ------------------------------------------------------------------------------------- checks of the day
def test_what_is_wrong_leads_to_where_it_is(page, window, person):
    wanted = []
    window.desk.wanted.disconnect(window.frame.go)
    window.desk.wanted.connect(lambda *where: wanted.append(where))
    checks = page.day_pane.checks
    assert checks.model.rowCount() > 2
    checks.list.setCurrentIndex(checks.model.index(1, 0))
    checks.list.activated.emit(checks.model.index(1, 0))
    assert wanted
    assert wanted[0][0] is PageName.ROTA
    checks.more.click()
    assert wanted[1] == (PageName.CHECKS, Concern("strike_day", page.day.id))


# ---------------------------------------------------------------------------------------------- the calendar
def test_the_calendar_is_walked_with_keys(page, window, qtbot):
    page.show_view("calendar")
    month = page.calendar.month
    assert month.title == "December 2015"
    assert month.day == date(2015, 12, 1)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(month, key)
    assert month.day == date(2015, 12, 9)
    qtbot.keyClick(month, Qt.Key.Key_Left)
    qtbot.keyClick(month, Qt.Key.Key_Return)
    assert page.day.first_date == date(2015, 12, 8)
    qtbot.keyClick(month, Qt.Key.Key_PageDown)
    assert page.calendar.title.text() == "January 2016"
    qtbot.keyClick(month, Qt.Key.Key_Home)
    assert month.day == date(2016, 1, 4)
    qtbot.keyClick(month, Qt.Key.Key_Return)  # nothing is there: a new day
    assert page.new_day.when.entry.text() == "Mon 4 Jan 2016"
    qtbot.keyClick(page.new_day.when.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(days(window)) == 4)
    assert days(window)[-1].first_date == date(2016, 1, 4)


def test_the_calendar_says_what_is_on_each_day(page):
    month = page.calendar.month
    page.show_view("calendar")
    assert "Last day for notice of Tue 8 Dec 2015" in month.spoken(date(2015, 12, 1))
    assert "Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015): emergency care only" in month.spoken(date(2015, 12, 2))
    assert "Bank holiday: Christmas Day" in month.spoken(date(2015, 12, 25))
    assert "check with your union" in month.spoken(date(2015, 12, 15))
    month.go(date(2015, 10, 25))
    assert "The clocks go back" in month.spoken(date(2015, 10, 25))
    assert month.accessibleDescription() == month.spoken(date(2015, 10, 25))


def test_a_bar_is_chosen_with_the_mouse_and_a_double_click_plans_a_day(page, window, qtbot):
    page.show_view("calendar")
    month = page.calendar.month
    (placed,) = [each for each in month._placed if each.bar.first == date(2015, 12, 16)]
    qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=month._box(placed).center().toPoint())
    assert page.day.first_date == date(2015, 12, 16)
    qtbot.mouseDClick(month, Qt.MouseButton.LeftButton, pos=month.cell_of(date(2015, 12, 23)).center())
    assert page.new_day.when.entry.text() == "Wed 23 Dec 2015"


# --------------------------------------------------------------------------------------------- the dispute
def test_the_dispute_and_the_settings_are_changed_in_the_pane(page, window, qtbot):
    page.show_dispute()
    pane = page.dispute_pane
    types(qtbot, pane.form.fields["duty_phone"].entry, "07700 900999")
    assert window.store.all(Dispute)[0].duty_phone == "07700 900999"
    types(qtbot, pane.form.fields["ballot_opened"].entry, "19 Nov 2015")  # after it closed
    assert "closes before it opens" in pane.form.fields["ballot_opened"].wrong.text()
    pane.unfold()
    types(qtbot, pane.settings.fields["walking"].entry, "4.5")
    types(qtbot, pane.settings.fields["min_rest"].entry, "12 h")
    settings = window.store.all(Settings)[0]
    assert (settings.walking, settings.min_rest) == (45, 720)
    assert pane.settings.fields["walking"].entry.text() == "4.5 km/h"
    types(qtbot, pane.settings.fields["walking"].entry, "fast")
    assert "is not a speed" in pane.settings.fields["walking"].wrong.text()


@pytest.mark.parametrize("kind", ["strike_day", "dispute", "settings", "notice"])
def test_others_lead_here(page, window, kind):
    record = window.store.all(TABLES[kind])[-1]
    window.desk.go_to(Concern(kind, record.id))
    shown = {
        "strike_day": page.day_pane,
        "dispute": page.dispute_pane.form,
        "settings": page.dispute_pane.settings,
        "notice": page.day_pane.law.form,
    }
    assert shown[kind].isVisible()


# ------------------------------------------------------------------------------------------ a second window
def test_what_a_second_window_does_is_followed(page, window, person, plan, qtbot):
    with Store.open(plan) as other:
        first = min(other.all(StrikeDay), key=lambda day: day.first_date)
        with other.edit("Call off") as edit:
            edit.save(replace(first, state=StrikeState.CALLED_OFF))
    window.bridge.poll()
    assert page.rows.rows.all[0].state is StrikeState.CALLED_OFF
    assert StrikeState.SUSPENDED not in page.day_pane.state.buttons
    person.waits()


def test_how_full_a_day_is_follows_who_is_on_it_after_other_changes_too(page, window):
    store, first = window.store, days(window)[0]
    assert page.rows.rows.all[0].filled == "1 of 18 filled"
    with store.edit("Note") as edit:
        edit.save(replace(first, note="rain"))
    assert page.rows.rows.all[0].filled == "1 of 18 filled"
    shifts = {shift.id for picket in pickets(store, first) for shift in store.where(Shift, picket_id=picket.id)}
    mine = next(each for each in store.all(Assignment) if each.shift_id in shifts)
    with store.edit("They can't come") as edit:
        edit.delete(mine)
    assert page.rows.rows.all[0].filled == "0 of 18 filled"
    window.undo()
    assert page.rows.rows.all[0].filled == "1 of 18 filled"


def test_what_somebody_types_stays_while_others_change_the_day(page, window, person, plan, qtbot):
    entry = page.day_pane.form.fields["called_out"].entry
    types(qtbot, entry, "junior doctors and", enter=False)
    with Store.open(plan) as other:
        first = min(other.all(StrikeDay), key=lambda day: day.first_date)
        with other.edit("Note") as edit:
            edit.save(replace(first, note="changed elsewhere"))
    window.bridge.poll()
    assert page.day_pane.form.fields["note"].value == "changed elsewhere"
    assert entry.text() == "junior doctors and"
    person.waits()


def test_epsoms_two_days_in_april(person, window, epsom_made, tmp_path):
    person.opens(shutil.copy(epsom_made, tmp_path / "epsom.rally"))
    window.go(PageName.DAYS)
    person.waits()
    page = window.page(PageName.DAYS)
    assert [row.day for row in page.rows.rows.all] == ["Tue 26 Apr 2016", "Wed 27 Apr 2016"]
    assert "by Tuesday 19 April 2016" in " ".join(texts(page.day_pane.law))
