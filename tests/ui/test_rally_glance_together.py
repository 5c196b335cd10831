"""A rally that two windows plan at once, and what comes back when it goes ahead again."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from rallyapp.domain.disputes import StrikeDay, StrikeState, move
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Role, Shift
from rallyapp.domain.rallies import Contact, Override, Permission, Post, Rally, RallyDay, RallyKind, Speaker
from rallyapp.domain.stalls import Stall, StallState
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDown, StandDownKind
from rallyapp.store import Store
from rallyapp.ui.page import PageName


@pytest.fixture
def page(person, window, plan):
    """The rallies, with somebody on a shift of a steward post who has said yes."""
    with Store.open(plan) as store, store.edit("Fill a shift") as edit:
        edit.save(filled(store, "first"))
    person.opens(plan)
    window.desk.go(PageName.RALLIES)
    person.waits()
    found = window.page(PageName.RALLIES)
    found.outline.choose(1)
    return found


@pytest.fixture
def store(page):
    return page.desk.store


@pytest.fixture
def glance(page):
    return page.part


def filled(store, id):
    post = store.all(Post)[0]
    shift = store.where(Shift, post_id=post.id)[0]
    known = {each.person_id for each in store.where(Assignment, shift_id=shift.id)}
    who = next(each for each in store.all(Person) if each.id not in known)
    row = Assignment(id=id, shift_id=shift.id, person_id=who.id, role=Role.STEWARD)
    return replace(row, state=AssignmentState.CONFIRMED)


def elsewhere(plan, write):
    """Write in another window, of which this one has not heard yet."""
    with Store.open(plan) as other, other.edit("Elsewhere") as edit:
        write(other, edit)


def state(store, id="first"):
    return store.get(Assignment, id).state


def day_of(store, number):
    return next(day for day in store.all(StrikeDay) if day.first_date == date(2015, 12, number))


# -------------------------------------------------------------------------------------------- two windows
def test_a_move_brings_back_nothing_and_takes_along_what_another_window_added(glance, store, plan):
    gone, kept = store.all(Speaker)[:2]

    def write(other, edit):
        edit.save(filled(other, "second"))
        edit.delete(other.get(Assignment, "first"))
        edit.delete(other.get(Speaker, gone.id))
        edit.save(replace(other.get(Speaker, kept.id), contact="New contact"))
        shift = other.where(Shift, post_id=other.all(Post)[0].id)[0]
        edit.save(replace(shift, id="added"))

    elsewhere(plan, write)
    glance.date.committed.emit(date(2015, 12, 8))
    assert store.all(Rally)[0].starts == datetime(2015, 12, 8, 11, 30)
    assert store.find(Assignment, "first") is None
    assert store.find(Speaker, gone.id) is None
    assert store.get(Speaker, kept.id).contact == "New contact"
    assert state(store, "second") is AssignmentState.RECONFIRM
    assert store.get(Shift, "added").starts.day == 8


def test_a_rally_that_another_window_moved_or_deleted_is_not_moved_again(glance, store, plan, person):
    elsewhere(plan, lambda other, edit: edit.save(replace(other.all(Rally)[0], ends=datetime(2015, 12, 1, 13, 45))))
    glance.date.committed.emit(date(2015, 12, 8))
    assert person.reads.startswith("Somebody changed the same thing in another window since (ends)")
    assert glance.date.value == date(2015, 12, 1)
    assert store.all(Rally)[0].starts.day == 1
    elsewhere(plan, lambda other, edit: edit.delete(other.all(Rally)[0]))
    glance.days.toggled.emit(day_of(store, 8).id, True)
    assert person.reads == "Somebody deleted this rally in another window; nothing was saved."
    assert not store.all(RallyDay)


def test_a_rally_that_another_window_ties_to_a_day_is_tied_once(glance, store, plan):
    eighth = day_of(store, 8)
    link = store.all(RallyDay)[0]
    elsewhere(plan, lambda other, edit: edit.save(replace(link, id="tie", strike_day_id=eighth.id)))
    glance.days.toggled.emit(eighth.id, True)
    assert [each.id for each in store.where(RallyDay, strike_day_id=eighth.id)] == ["tie"]


def test_a_rally_for_which_another_window_found_somebody_is_not_removed(glance, store, plan, page, person):
    count_on_nobody(page.desk)
    elsewhere(plan, lambda other, edit: edit.save(filled(other, "second")))
    glance.remove_button.click()
    assert "has 1 place filled" in person.reads
    assert store.find(Assignment, "second") is not None


def count_on_nobody(desk):
    with desk.store.edit("Count on nobody") as edit:
        for row in desk.store.all(Permission):
            edit.delete(row)
        edit.delete(desk.store.get(Assignment, "first"))
        for stall in desk.store.all(Stall):
            edit.save(replace(stall, state=StallState.OFFERED))


@pytest.mark.parametrize("whom", ["speaker_id", "stall_id", "contact_id"])
def test_a_rally_with_the_record_of_who_was_told_is_not_removed(glance, store, page, person, whom):
    count_on_nobody(page.desk)
    rally = store.all(Rally)[0]
    own = Contact(id="own", rally_id=rally.id, name="Duty inspector")
    told = {"speaker_id": store.all(Speaker)[0].id, "stall_id": store.all(Stall)[0].id, "contact_id": own.id}
    at = datetime(2015, 11, 30, 18)
    off = StandDown(id="off", kind=StandDownKind.CALLED_OFF, decided_by="BMA", at=at)
    tried = ContactAttempt(id="tried", stand_down_id=off.id, at=at, outcome=Outcome.REACHED, **{whom: told[whom]})
    page.desk.save("Tell them", [own, off, tried])
    glance.remove_button.click()
    assert "holds the record of who was told of a stand-down" in person.reads
    assert store.find(ContactAttempt, "tried") is not None


# ------------------------------------------------------------------------------------------ on once more
def decided(glance, button, why):
    button.click()
    question = glance.standing.question
    question.by.show_value("Rosalind")
    question.reason.show_value(why)
    question.decide()


def test_whoever_knew_of_it_is_asked_again_when_a_rally_goes_ahead_after_all(glance, store, page, person):
    decided(glance, glance.standing.off, "Storm")
    assert state(store) is AssignmentState.CONFIRMED
    glance.standing.follow.click()
    assert store.all(Rally)[0].override is Override.FOLLOWS
    assert state(store) is AssignmentState.RECONFIRM
    assert person.reads.endswith("follow its strike day again. 1 person must be told again.")
    page.desk.undo()
    page.desk.undo()

    first, eighth = day_of(store, 1), day_of(store, 8)
    off, step = move(first, StrikeState.CALLED_OFF, at=page.desk.now(), reason="Talks", decided_by="BMA")
    page.desk.save("Call it off", [off, step])
    for goes_ahead in (
        lambda: decided(glance, glance.standing.ahead, "The square is ours"),
        lambda: glance.days.boxes[eighth.id].click(),
        lambda: glance.days.boxes[first.id].click(),
    ):
        assert state(store) is AssignmentState.CONFIRMED
        assert not glance.seen.status.on
        goes_ahead()
        assert glance.seen.status.on
        assert state(store) is AssignmentState.RECONFIRM
        assert person.reads.endswith(". 1 person must be told again.")
        page.desk.undo()


def test_a_decision_of_another_window_stands(glance, store, plan, person):
    rally = store.all(Rally)[0]
    theirs = replace(rally, override=Override.STOOD_DOWN, override_by="Branch", override_reason="Storm")
    elsewhere(plan, lambda other, edit: edit.save(theirs))
    decided(glance, glance.standing.ahead, "The square is ours")
    assert "changed the same thing in another window since (override)" in person.reads
    assert store.all(Rally)[0].override_by == "Branch"


# -------------------------------------------------------------------------- what was issued, what is hidden
def test_a_plan_that_was_issued_is_a_draft_again_once_its_rally_moves(glance, store, page, person):
    issued = replace(store.all(Rally)[0], issued_on=date(2015, 11, 20), issued_by="Rosalind")
    page.desk.save("Issue it", [issued])
    glance.shift.committed.emit("+30 min")
    rally = store.all(Rally)[0]
    assert (rally.starts.minute, rally.issued_on, rally.issued_by) == (0, None, "")
    assert person.reads.endswith(". The plan is a draft again.")
    page.desk.undo()
    assert store.all(Rally)[0].issued_by == "Rosalind"
    glance.line.fields["ends"].committed.emit(datetime(2015, 12, 1, 13, 45))
    assert store.all(Rally)[0].issued_on is None
    assert person.reads.endswith(" of Regional rally. The plan is a draft again.")


def test_a_march_that_becomes_static_hides_no_time(glance, store, page, person):
    rally = store.all(Rally)[0]
    march = replace(rally, kind=RallyKind.MARCH, move_off=datetime(2015, 12, 1, 11, 20))
    page.desk.save("March", [march])
    glance.kind.buttons[RallyKind.STATIC].click()
    assert store.all(Rally)[0] == replace(rally, kind=RallyKind.STATIC)
    page.desk.save("An old file", [replace(rally, move_off=datetime(2015, 12, 1, 9))])
    glance.kind.buttons[RallyKind.MARCH].click()
    assert "put the rally's times in order" in person.reads
    assert glance.kind.buttons[RallyKind.STATIC].isChecked()
