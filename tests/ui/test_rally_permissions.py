"""Section 4 of a rally plan in a real window: what is called for, sent, changed since, running out."""

from dataclasses import fields, replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from rallyapp.domain.disputes import Dispute
from rallyapp.domain.ids import RouteStepId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState, Rally, RallyKind, RouteStep
from rallyapp.store import Store
from rallyapp.ui.page import PageName

KIND, STATE = PermissionKind, PermissionState
TODAY = date(2015, 11, 20)


def march(plan):
    """Make the Southampton rally a march with a route, of whose papers only two are entered."""
    with Store.open(plan) as store, store.edit("Make it a march") as edit:
        rally = store.all(Rally)[0]
        edit.save(replace(rally, kind=RallyKind.MARCH_AND_RALLY, move_off=datetime(2015, 12, 1, 11, 30)))
        for place, words in enumerate(("Left out of the park", "Over the bridge")):
            step = RouteStep(id=RouteStepId(f"s{place}"), rally_id=rally.id, position=place, instruction=words)
            edit.save(step)
        for one in store.all(Permission):
            if one.kind not in (KIND.LANDOWNER, KIND.INSURANCE):
                edit.delete(one)


@pytest.fixture
def opened(person, window, plan):
    """Open section 4 of the rally."""

    def opens(make=None):
        if make is not None:
            make(plan)
        person.opens(plan)
        rally = window.desk.store.all(Rally)[0]
        window.desk.go(PageName.RALLIES, Concern("rally", rally.id))
        page = window.page(PageName.RALLIES)
        page.show_section(4)
        person.waits()
        return page.part

    return opens


def of_kind(part, kind):
    """Give what is entered of a kind."""
    return [one for one in part.desk.store.all(Permission) if one.kind is kind]


def lines(part):
    """Give the lines of the list: what, how it stands, and whether it is entered."""
    return [(row.title, row.state, row.entered) for row in part.list.lines.rows.all]


def test_a_march_notice_is_added_sent_and_found_to_say_something_else(opened, person, qtbot):
    part = opened(march)
    assert lines(part)[0] == ("March notice to the police", "Not entered", False)
    assert part.list.value.startswith("wanted MARCH_NOTICE")
    assert not part.want.isHidden()
    assert part.form.isHidden()

    part.list.setFocus()
    qtbot.keyClick(part.list, Qt.Key.Key_Return)
    notice = of_kind(part, KIND.MARCH_NOTICE)[0]
    assert notice.body == "Hampshire Constabulary"  # whom the plan's contacts know
    assert part.list.value == notice.id
    assert lines(part)[0] == ("March notice to the police", "Due soon", True)
    assert "six clear days" in part.form.law.text
    assert "check with your union" in part.form.law.text
    assert part.form.band.isHidden()

    qtbot.mouseClick(part.form.sent_button, Qt.MouseButton.LeftButton)
    assert person.reads == "Mark the march notice to the police as sent on Fri 20 Nov 2015."
    sent = of_kind(part, KIND.MARCH_NOTICE)[0]
    assert (sent.state, sent.sent_on, sent.sent_for) == (STATE.SENT, TODAY, datetime(2015, 12, 1, 11, 30))
    assert sent.sent_route == "Left out of the park\nOver the bridge"
    assert lines(part)[0][1] == "Sent"

    step = part.desk.store.get(RouteStep, "s1")
    part.desk.save("Change the route", [replace(step, instruction="Under the bridge")])
    assert lines(part)[0][1] == "Plan changed"
    assert not part.form.band.isHidden()
    spoken = part.form.band.accessibleName()
    assert "The route changed after this notice was sent" in spoken
    assert "told: via Left out of the park; Over the bridge" in spoken
    assert "now says: via Left out of the park; Under the bridge" in spoken

    qtbot.waitUntil(lambda: part.form.band.again.height() > 10)
    qtbot.mouseClick(part.form.band.again, Qt.MouseButton.LeftButton)
    assert part.form.band.isHidden()
    assert len(of_kind(part, KIND.MARCH_NOTICE)) == 1  # it was sent today as well
    assert of_kind(part, KIND.MARCH_NOTICE)[0].sent_route.endswith("Under the bridge")

    # One that was sent on another day is kept beside the new one.
    part.desk.save("Back-date", [replace(of_kind(part, KIND.MARCH_NOTICE)[0], sent_on=date(2015, 11, 16))])
    rally = part.seen.rally
    part.desk.save("Move off earlier", [replace(rally, move_off=datetime(2015, 12, 1, 11, 15))])
    part.form.send_anew()
    assert sorted(one.sent_on for one in of_kind(part, KIND.MARCH_NOTICE)) == [date(2015, 11, 16), TODAY]
    assert sorted(state for what, state, _ in lines(part) if what.startswith("March")) == ["Replaced", "Sent"]
    part.desk.undo()
    part.form.say_so()
    assert of_kind(part, KIND.MARCH_NOTICE)[0].sent_for == datetime(2015, 12, 1, 11, 15)


def test_all_that_a_rally_calls_for_is_one_edit(opened, person, qtbot):
    part = opened(march)
    before = len(part.desk.store.all(Permission))
    assert part.all_button.text() == "Add all 4 that it calls for"
    qtbot.mouseClick(part.all_button, Qt.MouseButton.LeftButton)
    assert len(part.desk.store.all(Permission)) == before + 4
    assert "Add 4 permissions and notices" in person.reads
    assert part.all_button.isHidden()
    assert all(entered for _, _, entered in lines(part))
    part.desk.undo()
    assert len(part.desk.store.all(Permission)) == before


def test_an_insurance_that_runs_out_is_said_and_mended(opened, person, qtbot):
    part = opened()
    insurance = of_kind(part, KIND.INSURANCE)[0]
    part.show_record(Concern("permission", insurance.id))
    form = part.form
    assert form.fields["cover"].entry.text() == "\u00a35 million"
    assert form.fields["body"].label == "To whom"
    assert form.fields["body"].entry.accessibleName() == "Policyholder and insurer"
    for typed, word in (("30/11/2015", "Runs out"), ("1/12/2015", "In force")):
        field = form.fields["expires_on"]
        field.setFocus()
        field.line.selectAll()
        qtbot.keyClicks(field.line, typed)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
        assert (part.form.state.text(), of_kind(part, KIND.INSURANCE)[0].expires_on.day) == (
            word,
            int(typed.split("/", 1)[0]),
        )
    cover = form.fields["cover"].line
    cover.setFocus()
    cover.selectAll()
    qtbot.keyClicks(cover, "10m")
    qtbot.keyClick(cover, Qt.Key.Key_Return)
    assert of_kind(part, KIND.INSURANCE)[0].cover == 10_000_000
    cover.selectAll()
    qtbot.keyClicks(cover, "plenty")
    qtbot.keyClick(cover, Qt.Key.Key_Return)
    assert "is not a sum in pounds" in form.fields["cover"].wrong.text()


def types(qtbot, field, words):
    """Type into a field, and Enter."""
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, words)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)


def test_a_policy_is_in_force_as_soon_as_its_last_day_is_entered(opened, person, qtbot):
    part = opened()
    form = part.form
    insurance = replace(of_kind(part, KIND.INSURANCE)[0], state=STATE.TO_DO, expires_on=None, sent_on=None)
    part.desk.save("Only begun", [insurance])
    part.show_record(Concern("permission", insurance.id))
    box = form.fields["state"].box
    assert [box.itemText(place) for place in range(box.count())] == [
        "To do",
        "Applied for",
        "In force",
        "Refused",
        "Not needed",
    ]
    assert form.sent_button.isHidden()
    assert form.granted_button.text() == form.granted_button.accessibleName() == "In force"
    types(qtbot, form.fields["expires_on"], "30/6/2016")
    assert of_kind(part, KIND.INSURANCE)[0].state is STATE.GRANTED
    assert person.reads.endswith("of the public liability insurance, and mark it as in force.")
    assert form.standing.text().startswith("In force until Thu 30 Jun 2016")
    row = next(row for row in part.list.lines.rows.all if row.id == insurance.id)
    assert (row.when, row.state) == ("until Thu 30 Jun 2016", "In force")
    assert not any(problem.code == "no-insurance" for problem in part.seen.problems)

    part.desk.undo()  # day and state are one edit
    assert of_kind(part, KIND.INSURANCE)[0] == insurance
    qtbot.mouseClick(form.granted_button, Qt.MouseButton.LeftButton)
    assert of_kind(part, KIND.INSURANCE)[0] == replace(insurance, state=STATE.GRANTED)
    assert person.reads == "Mark the public liability insurance as in force."

    shared = replace(of_kind(part, KIND.RISK_ASSESSMENT)[0], state=STATE.TO_DO, sent_on=None)
    part.desk.save("Not shared yet", [shared])
    part.show_record(Concern("permission", shared.id))
    assert form.granted_button.isHidden()
    assert form.sent_button.text() == "Shared today"
    qtbot.mouseClick(form.sent_button, Qt.MouseButton.LeftButton)
    assert person.reads == "Mark the risk assessment as shared on Fri 20 Nov 2015."
    assert form.state.text() == "Shared"


def test_a_day_that_cannot_be_meant_is_said(opened, person, qtbot):
    part = opened()
    landowner = replace(of_kind(part, KIND.LANDOWNER)[0], state=STATE.GRANTED, sent_on=None, answered_on=None)
    part.desk.save("Granted", [landowner])
    part.show_record(Concern("permission", landowner.id))
    form, sent = part.form, part.form.fields["sent_on"]
    types(qtbot, sent, "10 Nov 2016")
    assert form.state.text() == "Check the day"
    said = "Sent on Thu 10 Nov 2016, after the rally (Tue 1 Dec 2015): check the year."
    assert (form.day_wrong.text(), form.day_wrong.isHidden()) == (said, False)
    assert "sent Thu 10 Nov 2016" in [row.when for row in part.list.lines.rows.all]
    assert "day-after-rally" in [problem.code for problem in part.seen.problems]
    types(qtbot, sent, "10 Nov 2015")
    assert form.day_wrong.isHidden()
    assert form.state.text() == "Granted"
    assert "sent Tue 10 Nov" in [row.when for row in part.list.lines.rows.all]
    types(qtbot, form.fields["answered_on"], "today")
    assert of_kind(part, KIND.LANDOWNER)[0].answered_on == TODAY

    # Of a rally long past a day without a year is of its year too.
    rally = part.seen.rally
    times = {each.name: getattr(rally, each.name) for each in fields(rally)}
    before = {name: at.replace(year=2012) for name, at in times.items() if isinstance(at, datetime)}
    part.desk.save("Long ago", [replace(rally, **before)])
    assert part.seen.rally.starts.year == 2012, person.reads
    types(qtbot, sent, "")
    types(qtbot, sent, "20 Nov")
    assert of_kind(part, KIND.LANDOWNER)[0].sent_on == date(2012, 11, 20)


def test_the_list_stays_while_the_details_scroll(opened, window, qtbot):
    window.resize(1366, 768)
    part = opened()
    part.show_record(Concern("permission", of_kind(part, KIND.INSURANCE)[0].id))
    bar = part.details.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    remove = part.form.remove_button

    def at_the_end():
        bar.setValue(bar.maximum())
        return remove.visibleRegion().boundingRect().height() == remove.height()

    qtbot.waitUntil(at_the_end)
    bar.setValue(0)
    before = part.list.mapTo(window, part.list.rect().topLeft())
    bar.setValue(bar.maximum())
    assert part.list.mapTo(window, part.list.rect().topLeft()) == before
    assert part.list.visibleRegion().boundingRect().height() == part.list.height()
    part.show_record(Concern("permission", of_kind(part, KIND.COUNCIL)[0].id))
    assert bar.value() == 0


def test_late_is_a_question_and_an_answer_is_one_click(opened, person, qtbot):
    part = opened()
    landowner = of_kind(part, KIND.LANDOWNER)[0]
    part.desk.save("To do again", [replace(landowner, state=STATE.TO_DO, sent_on=None, deadline=None, lead_days=None)])
    part.show_record(Concern("permission", landowner.id))
    lead = part.form.fields["lead_days"].line
    lead.setFocus()
    qtbot.keyClicks(lead, "28")
    qtbot.keyClick(lead, Qt.Key.Key_Return)
    assert part.form.standing.text() == "Late: it was due Tue 3 Nov 2015; ask whether late is possible."
    qtbot.mouseClick(part.form.sent_button, Qt.MouseButton.LeftButton)
    assert of_kind(part, KIND.LANDOWNER)[0].state is STATE.LATE
    assert part.form.standing.text() == "Late application, sent Fri 20 Nov 2015, awaiting answer."
    qtbot.mouseClick(part.form.granted_button, Qt.MouseButton.LeftButton)
    assert (part.form.state.text(), of_kind(part, KIND.LANDOWNER)[0].answered_on) == ("Granted", TODAY)


def test_a_march_notice_is_late_by_the_law_whatever_else_is_entered(opened, person, qtbot):
    part = opened(march)
    part.add_kind(KIND.MARCH_NOTICE)
    form, notice = part.form, of_kind(part, KIND.MARCH_NOTICE)[0]
    part.desk.save("An own day", [replace(notice, deadline=date(2015, 11, 10))])
    assert form.standing.text() == (
        "Your own day, Tue 10 Nov 2015, has passed; by law due by Tue 24 Nov 2015 (4 days left)."
    )
    assert "the day that you entered. The police must have written notice" in form.law.text
    late = replace(notice, deadline=date(2015, 11, 10), state=STATE.SENT, sent_on=date(2015, 11, 28))
    part.desk.save("Sent late", [late])
    assert form.state.text() == "Sent late"
    assert form.standing.text() == "Sent Sat 28 Nov 2015, too late: it was due Tue 24 Nov 2015."
    assert form.fields["waiver"].isHidden()

    # In Scotland the council may waive the period: only where it is said to be given.
    dispute = part.seen.plan.all(Dispute)[0]
    part.desk.save("To Scotland", [replace(dispute, jurisdiction=Jurisdiction.SCOTLAND)])
    waiver = form.fields["waiver"]
    assert not waiver.isHidden()
    assert waiver.label == "Waiver: applied for / given, reference"
    for typed, word in (("applied for on 3 November", "Sent late"), ("given on 9 November, GCC/14", "Check the day")):
        waiver.entry.setFocus()
        waiver.entry.selectAll()
        qtbot.keyClicks(waiver.entry, typed)
        qtbot.keyClick(waiver.entry, Qt.Key.Key_Return)
        assert (of_kind(part, KIND.MARCH_NOTICE)[0].waiver, form.state.text()) == (typed, word)
    assert form.day_wrong.text() == "Sent on Sat 28 Nov 2015, which is still to come: today is Fri 20 Nov 2015."
    # The chief constable's is still owed.
    assert ("March notice", "Not entered", False) in lines(part)


def test_a_notice_says_what_the_plan_lacks_and_leads_there(opened, person, qtbot):
    part = opened()
    rally = part.seen.rally
    part.desk.save("Forget the purpose", [replace(rally, purpose="")])
    part.show_record(Concern("permission", of_kind(part, KIND.POLICE_VOLUNTARY)[0].id))
    texts = [words.text() for words in part.form.facts.findChildren(type(part.form.title))]
    assert "What it is for is not entered." in texts
    assert any("home addresses" in text for text in texts)
    with qtbot.waitSignal(part.section_wanted) as wanted:
        go = [
            each
            for each in part.form.facts.findChildren(type(part.form.sent_button))
            if "Reason" in each.accessibleName()
        ]
        qtbot.mouseClick(go[0], Qt.MouseButton.LeftButton)
    assert wanted.args == [1]


@pytest.mark.qt_log_ignore("does not support", extend=True)  # what a menu asks of a screen that there is not
def test_lines_are_removed_copied_and_offered_by_menu(opened, person, qtbot):
    part = opened()
    part.list.setFocus()
    first = part.list.value
    qtbot.keyClick(part.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().startswith("Voluntary notice to the police\tHampshire Constabulary\t")
    qtbot.keyClick(part.list, Qt.Key.Key_Delete)
    assert part.desk.store.find(Permission, first) is None
    assert person.reads == "Remove the voluntary notice to the police."
    assert lines(part)[0] == ("Voluntary notice to the police", "Not entered", False)
    part.desk.undo()
    assert part.desk.store.find(Permission, first) is not None
    qtbot.mouseClick(part.add_button, Qt.MouseButton.LeftButton)
    menu = person.sees(QMenu)
    next(action for action in menu.actions() if action.text() == "Other").trigger()
    menu.close()
    assert [one.body for one in of_kind(part, KIND.OTHER)] == [""]
    assert part.form.fields["body"].entry.hasFocus()
    part.list.menu_wanted.emit(part.list.value, part.list.mapToGlobal(part.list.rect().center()))
    menu = person.sees(QMenu)
    assert [action.text() for action in menu.actions()] == ["Sent today", "Granted today", "Remove\tDel"]
    menu.actions()[2].trigger()
    menu.close()
    assert of_kind(part, KIND.OTHER) == []


def test_a_plan_that_is_only_read_offers_nothing(person, window, plan):
    march(plan)
    window._opened(Store.open(plan, read_only=True))
    person.waits()
    rally = window.desk.store.all(Rally)[0]
    window.desk.go(PageName.RALLIES, Concern("rally", rally.id))
    page = window.page(PageName.RALLIES)
    page.show_section(4)
    part = page.part
    assert not any(each.isEnabled() for each in (part.all_button, part.add_button, part.want.add_button))
    part.add(part.list.value)
    part.show_record(Concern("permission", of_kind(part, KIND.LANDOWNER)[0].id))
    part.form.grant()
    part.remove(part.list.value)
    assert len(of_kind(part, KIND.LANDOWNER)) == 1
    assert not part.form.remove_button.isEnabled()
