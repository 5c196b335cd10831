"""Every edit is kept, named and can be taken back: across a restart, and beside other windows."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Pair, Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, Attendance, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.tells import PrintRun
from rallyapp.store import Store, journal
from rallyapp.store.errors import ReadOnly, Refused
from tests.store import sample
from tests.store.sample import contents, person, sound


def add(store, number=1, **fields):
    with store.edit(f"Add person {number}") as edit:
        return edit.save(person(number, **fields))


def newest(store):
    return store.history(limit=1)[0]


# ------------------------------------------------------------------------------------------------ what is kept
def test_an_edit_is_kept_with_its_label_who_did_it_and_when(plan, clock):
    clock.at = datetime(2015, 12, 1, 7, 59, 30, tzinfo=UTC)
    add(plan)
    operation = newest(plan)
    assert (operation.kind, operation.label, operation.who) == ("edit", "Add person 1", "Siân")
    assert operation.at == "2015-12-01T08:00:30Z"
    assert operation.of is None
    assert plan.undo_label == "Add person 1"
    assert plan.changed_rows(operation) == {"person": 1}
    assert plan.stands(operation)


def test_a_new_plan_begins_with_one_operation_that_is_never_undone(plan):
    assert [(operation.kind, operation.label) for operation in plan.history()] == [("made", "New plan")]
    assert plan.undo_label is plan.redo_label is None
    assert plan.undo() is None
    assert plan.redo() is None
    with pytest.raises(Refused, match="it is no edit that still stands"):
        plan.undo(newest(plan).id)
    assert plan.version == newest(plan).seq


def test_an_edit_that_changed_nothing_leaves_no_trace(plan, another):
    before, version = plan.history(), plan.version
    with plan.edit("Nothing"):
        pass
    with plan.edit("The same again") as edit:
        edit.save(plan.get(Person, "p0"))
        edit.save_all(plan.all(Shift))
    assert (plan.history(), plan.version) == (before, version)
    assert another.poll() == []
    add(plan)
    assert newest(plan).seq == version + 1  # not even a number was used up


def test_history_is_listed_newest_first_and_page_by_page(plan):
    for number in range(5):
        add(plan, number)
    labels = [operation.label for operation in plan.history(limit=3)]
    assert labels == ["Add person 4", "Add person 3", "Add person 2"]
    older = plan.history(limit=3, before=plan.history(limit=3)[-1].seq)
    assert [operation.label for operation in older] == ["Add person 1", "Add person 0", "New plan"]


def test_what_was_changed_after_a_version_is_listed_oldest_first(plan):
    add(plan, 1)
    version = plan.version
    add(plan, 2)
    plan.undo()
    assert [change_set.label for change_set in plan.changes_since(version)] == ["Add person 2", "Undo: Add person 2"]


def test_a_note_is_kept_but_is_no_new_version_and_undo_passes_over_it(plan):
    add(plan)
    version = plan.version
    run = PrintRun(id="r", document="Rota", version=version, at=sample.MORNING)
    with plan.note("Printed the rota") as note:
        note.save(run)
    assert newest(plan).kind == "note"
    assert plan.version == version
    assert plan.undo_label == "Add person 1"
    with pytest.raises(Refused, match="it is no edit"):
        plan.undo(newest(plan).id)
    plan.undo()
    assert plan.all(PrintRun) == (run,)
    with plan.note("Printed it again") as note:
        note.save(replace(run, id="r2"))
    assert plan.redo_label == "Add person 1"  # a print is no edit: what was undone can still be brought back
    plan.redo()
    assert plan.find(Person, "x1")


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("Move\nthe  shift\t", "Move the shift"),
        ("x" * 100_000, "x" * 199 + "…"),
        ("bell \x07 nul \x00 half \ud800", "bell nul half"),
        ("Undo: nothing", "Undo: nothing"),
        ("Ł'\"--; DROP", "Ł'\"--; DROP"),
    ],
)
def test_a_label_is_one_line_that_fits_a_menu(plan, label, kept):
    with plan.edit(label) as edit:
        edit.save(person(1))
    assert newest(plan).label == kept


@pytest.mark.parametrize("label", ["", "  \n", "\x00"])
def test_an_edit_without_a_label_is_a_bug(plan, label):
    with pytest.raises(ValueError, match="needs a label"), plan.edit(label):
        pass
    assert not plan._connection.in_transaction


def test_a_login_name_that_no_encoding_can_write_does_not_stop_anybody(plan):
    with Store.open(plan.path, who="si\udcc3\n") as store:
        add(store)
        assert newest(store).who == "si"


# ------------------------------------------------------------------------------------------------------- saving
def test_two_windows_that_change_different_columns_keep_both(plan, another):
    was = plan.get(Person, "p0")
    with another.edit("Change the phone") as edit:
        edit.save(replace(was, phone="07700 900123"), was=was)
    with plan.edit("Change the e-mail") as edit:
        merged = edit.save(replace(was, email="s@example.org"), was=was)
    assert (merged.phone, merged.email) == ("07700 900123", "s@example.org")
    assert plan.get(Person, "p0") == merged


def test_two_windows_that_change_the_same_column_clash_and_the_second_is_told(plan, another):
    was = plan.get(Person, "p0")
    with another.edit("Rename") as edit:
        edit.save(replace(was, family_name="Hughes-Evans"), was=was)
    with pytest.raises(Refused, match=r"another window since \(family name\)"), plan.edit("Rename") as edit:
        edit.save(replace(was, family_name="Evans"), was=was)
    assert plan.get(Person, "p0").family_name == "Hughes-Evans"
    assert newest(plan).who == "Aoife"


def test_two_windows_that_make_the_same_change_agree(plan, another):
    was = plan.get(Person, "p0")
    for store in (another, plan):
        with store.edit("Rename") as edit:
            edit.save(replace(was, family_name="Evans"), was=was)
    assert newest(plan).who == "Aoife"  # the second changed nothing any more


def test_changing_what_another_window_deleted_is_refused(plan, another):
    was = plan.get(Person, "p3")
    with another.edit("Delete") as edit:
        edit.delete(was)
    with pytest.raises(Refused, match="Somebody deleted it"), plan.edit("Rename") as edit:
        edit.save(replace(was, given_name="Zoe"), was=was)
    assert plan.find(Person, "p3") is None


def test_what_two_windows_made_together_must_make_sense(plan, another):
    was = plan.get(Shift, "s0")
    with another.edit("Later") as edit:
        edit.save(replace(was, starts=was.starts + timedelta(hours=1)), was=was)
    with pytest.raises(Refused, match="ends before it starts"), plan.edit("Shorter") as edit:
        edit.save(replace(was, ends=was.starts + timedelta(minutes=30)), was=was)
    assert plan.get(Shift, "s0").ends == was.ends


def test_a_record_with_a_problem_is_refused_and_says_how_to_mend_it(plan):
    with pytest.raises(Refused, match=r"The person's name is missing \(.*\)\.$"), plan.edit("Rename") as edit:
        edit.save(Person(id="x", given_name=" "))
    with pytest.raises(Refused, match="character that can't be kept"), plan.edit("Rename") as edit:
        edit.save(Person(id="x", given_name="Si\x00n"))
    assert plan.find(Person, "x") is None


def test_many_are_saved_at_once_and_told_how_far_it_is(plan):
    told = []
    with plan.edit("Import") as edit:
        people = [person(n) for n in range(4100)]
        skills = [PersonSkill(id=f"k{n}", person_id=f"x{n}", skill=Skill.MC) for n in range(3)]
        assert edit.save_all([*people, *skills], progress=told.append) == 4103
        assert edit.save_all([]) == 0
    assert told == [2000, 4000, 4100, 4103]
    plan.undo()
    assert len(plan.all(Person)) == 4
    plan.redo()
    assert len(plan.all(Person)) == 4104
    assert sound(plan)


# ------------------------------------------------------------------------------------------------ undo and redo
def test_undo_and_redo_walk_back_and_forth_over_a_restart(plan):
    path, states = plan.path, [contents(plan)]
    for number in range(12):
        add(plan, number)
        states.append(contents(plan))
    plan.close()
    for state in reversed(states[:-1]):
        with Store.open(path) as store:
            assert store.undo() is not None
            assert contents(store) == state
    with Store.open(path) as store:
        assert store.undo() is None
    for state in states[1:]:
        with Store.open(path) as store:
            assert store.redo() is not None
            assert contents(store) == state
    with Store.open(path) as store:
        assert store.redo() is None
        assert sound(store)


def test_a_long_chain_of_undo_and_redo_ends_where_it_began(plan):
    start = contents(plan)
    for number in range(30):
        add(plan, number)
    end = contents(plan)
    for _ in range(4):
        undone = []
        while label := plan.undo_label:
            assert plan.undo().label == f"Undo: {label}"
            undone.append(label)
        assert contents(plan) == start
        assert len(undone) == 30
        while label := plan.redo_label:
            assert label == undone.pop()
            assert plan.redo().label == f"Redo: {label}"
        assert contents(plan) == end
    assert sound(plan)


def test_undo_after_a_redo_and_a_new_edit_takes_the_right_one(plan):
    add(plan, 1)
    add(plan, 2)
    plan.undo()
    plan.undo()
    plan.redo()
    assert (plan.undo_label, plan.redo_label) == ("Add person 1", "Add person 2")
    add(plan, 3)
    assert (plan.undo_label, plan.redo_label) == ("Add person 3", None)
    assert plan.redo() is None
    plan.undo()
    plan.undo()
    assert {record.id for record in plan.all(Person)} == {"p0", "p1", "p2", "p3"}
    assert plan.undo() is None


def test_an_older_edit_is_undone_by_itself(plan):
    add(plan, 1)
    older = newest(plan)
    add(plan, 2)
    plan.undo(older.id)
    assert not plan.stands(older)
    assert {record.id for record in plan.all(Person)} == {"p0", "p1", "p2", "p3", "x2"}
    assert (plan.undo_label, plan.redo_label) == ("Add person 2", "Add person 1")
    with pytest.raises(Refused, match="it is no edit that still stands"):
        plan.undo(older.id)
    plan.redo()
    assert plan.find(Person, "x1")
    plan.undo(newest(plan).id)  # a redo can be undone by name, too
    assert not plan.find(Person, "x1")


def test_an_operation_that_is_not_there_can_t_be_undone(plan):
    with pytest.raises(Refused, match="it is no edit"):
        plan.undo("no such operation")


def test_an_older_edit_whose_row_was_changed_since_is_refused_by_name(plan):
    add(plan, 1)
    older = newest(plan)
    with plan.edit("Rename") as edit:
        edit.save(person(1, given_name="Rhiannon"))
    before, history = contents(plan), plan.history()
    with pytest.raises(Refused) as refused:
        plan.undo(older.id)
    assert str(refused.value) == (
        "“Add person 1” can't be undone: the person “Rhiannon” was changed since. Nothing was undone; "
        "change it by hand, or undo the later change first."
    )
    assert (contents(plan), plan.history()) == (before, history)


def test_an_older_edit_whose_row_is_gone_is_refused(plan):
    with plan.edit("Change the meeting time") as edit:
        edit.save(replace(plan.get(Shift, "s0"), meet_minutes=5))
    older = newest(plan)
    with plan.edit("Delete the shift") as edit:
        edit.delete(plan.get(Shift, "s0"))
    with pytest.raises(Refused, match="the shift “2015-12-01T08:00” was changed since"):
        plan.undo(older.id)


def test_an_older_deletion_whose_row_is_back_is_refused(plan):
    gone = Pair(id="pair", person_id="p0", other_id="p1")
    with plan.edit("Pair them") as edit:
        edit.save(gone)
    with plan.edit("Part them") as edit:
        edit.delete(gone)
    older = newest(plan)
    with plan.edit("Pair them again") as edit:
        edit.save(gone)
    with pytest.raises(Refused, match="can't be undone: a pair was changed since"):
        plan.undo(older.id)


def test_undo_is_refused_where_another_window_changed_the_row_while_it_was_looked_for(plan, another):
    """The other window's edit is the newest, so undo would take that; naming ours finds the clash."""
    add(plan, 1)
    ours = newest(plan)
    with another.edit("Rename") as edit:
        edit.save(person(1, given_name="Rhiannon"))
    assert plan.undo_label == "Rename"
    with pytest.raises(Refused, match="“Rhiannon” was changed since"):
        plan.undo(ours.id)
    assert plan.undo().label == "Undo: Rename"
    assert plan.undo(ours.id).label == "Undo: Add person 1"


def test_undo_is_refused_where_another_window_added_something_that_needs_the_row(plan, another):
    add(plan, 1)
    ours = newest(plan)
    with another.edit("Assign") as edit:
        edit.save(Assignment(id="new", shift_id="s0", person_id="x1", role=Role.PICKET))
    before = contents(plan)
    with pytest.raises(Refused, match="would refer to a person that is not there"):
        plan.undo(ours.id)
    assert contents(plan) == before
    assert sound(plan)


def test_undo_is_refused_with_a_sentence_where_something_like_it_was_entered_since(plan, another):
    with plan.edit("Take them off the shift") as edit:
        edit.delete(plan.get(Assignment, "a0"))
    ours = newest(plan)
    with another.edit("Put them on again") as edit:
        edit.save(Assignment(id="other", shift_id="s0", person_id="p0", role=Role.PICKET))
    with pytest.raises(Refused, match=r"it would clash with something that was entered since\. Nothing was undone"):
        plan.undo(ours.id)
    assert sound(plan)


def test_redo_is_refused_in_its_own_word(plan):
    add(plan, 1)
    plan.undo()
    with plan.note("A print that adds the same row, which no edit does") as note:
        note.save(person(1, given_name="Rhiannon"))
    with pytest.raises(Refused, match=r"“Add person 1” can't be redone: .* Nothing was redone"):
        plan.redo()


def test_two_windows_undo_the_same_edit_once(plan, another, monkeypatch):
    add(plan, 1)
    look = journal.to_undo

    def slow(connection):
        """While this window looks for what to undo, the other one undoes it."""
        found = look(connection)
        if connection is plan._connection:
            another.undo()
        return found

    monkeypatch.setattr(journal, "to_undo", slow)
    with pytest.raises(Refused, match="was undone by another window"):
        plan.undo()
    assert [operation.kind for operation in plan.history()] == ["undo", "edit", "made"]


def test_an_edit_there_and_back_again_can_be_undone_and_is_then_past(plan):
    add(plan, 1)
    with plan.edit("There and back") as edit:
        edit.save(person(1, given_name="Rhiannon"))
        edit.save(person(1))
        edit.save(person(2))
        edit.delete(person(2))
    before = contents(plan)
    undone = plan.undo()
    assert (undone.label, undone.rows, contents(plan)) == ("Undo: There and back", {}, before)
    assert plan.undo_label == "Add person 1"
    assert plan.redo().rows == {}
    assert plan.undo_label == "There and back"


def test_two_people_who_changed_places_are_put_back(plan):
    """Each row by itself would clash with the other on the way: a person is on a shift once."""
    mine, theirs = plan.get(Assignment, "a0"), Assignment(id="b0", shift_id="s0", person_id="p1", role=Role.STANDBY)
    with plan.edit("Assign") as edit:
        edit.save(theirs)
    before = contents(plan)
    with plan.edit("Change places") as edit:
        edit.save(replace(mine, person_id="p2"))
        edit.save(replace(theirs, person_id="p0"))
        edit.save(replace(mine, person_id="p1"))
    after = contents(plan)
    plan.undo()
    assert contents(plan) == before
    plan.redo()
    assert contents(plan) == after
    plan.undo()
    assert contents(plan) == before
    assert sound(plan)


def test_a_long_edit_is_undone_in_one(plan):
    before = contents(plan)
    with plan.edit("Cut into shifts") as edit:
        shifts = [
            Shift(id=f"t{n}", picket_id="picket", starts=sample.MORNING, ends=sample.MORNING + timedelta(hours=2))
            for n in range(1500)
        ]
        edit.save_all(shifts)
        edit.save_all(
            Need(id=f"m{n}", shift_id=f"t{n}", role=Role.PICKET, least=1, wished=1, most=1) for n in range(1500)
        )
    after = contents(plan)
    assert {table: len(rows) for table, rows in plan.undo().rows.items()} == {"shift": 1500, "need": 1500}
    assert contents(plan) == before
    plan.redo()
    assert contents(plan) == after


# ------------------------------------------------------------------------------------------------------ deleting
def test_a_deleted_shift_takes_its_parts_along_and_undo_brings_them_back(plan):
    before = contents(plan)
    with plan.edit("Delete the shift") as edit:
        edit.delete(plan.get(Shift, "s0"))
    assert set(before) - set(contents(plan)) == {("shift", "s0"), ("need", "n0"), ("assignment", "a0")}
    plan.undo()
    assert contents(plan) == before
    plan.redo()
    plan.undo()
    assert contents(plan) == before


def test_a_deleted_site_takes_its_entrance_and_pickets_along_but_not_its_people(plan):
    before = contents(plan)
    with plan.edit("Delete the site") as edit:
        edit.delete(plan.get(Site, "site"))
    assert plan.all(Entrance) == plan.all(Picket) == plan.all(Shift) == plan.all(Assignment) == ()
    assert [somebody.workplace_id for somebody in plan.all(Person)] == [None] * 4
    plan.undo()
    assert contents(plan) == before
    assert sound(plan)


def test_a_deleted_strike_day_leaves_the_day_that_it_replaced(plan):
    old = replace(plan.get(StrikeDay, "day"), id="old", replaced_by_id="day")
    with plan.edit("Move the strike") as edit:
        edit.save(old)
    with plan.edit("Delete the new day") as edit:
        edit.delete(plan.get(StrikeDay, "day"))
    assert [day.replaced_by_id for day in plan.all(StrikeDay)] == [None]
    plan.undo()
    assert plan.get(StrikeDay, "old") == old


def test_a_deleted_person_leaves_nothing_that_names_nobody(plan):
    with plan.edit("Mark") as edit:
        edit.save(Attendance(id="t0", shift_id="s0", person_id="p0", role=Role.PICKET))
    with plan.edit("Delete") as edit:
        edit.delete(plan.get(Person, "p0"))
    assert plan.all(Attendance) == plan.all(Assignment) == ()
    plan.undo()
    assert plan.get(Attendance, "t0").person_id == "p0"


def test_every_kind_can_be_deleted_and_brought_back(folder):
    with Store.create(folder / "full.rally", sample.one_of_each(), label="New plan") as store:
        before = contents(store)
        for record in sample.one_of_each():
            with store.edit("Delete") as edit:
                edit.delete(record)
            assert store.find(type(record), record.id) is None
            store.undo()
            assert contents(store) == before
        for record in sample.one_of_each():
            if found := store.find(type(record), record.id):
                with store.edit("Delete") as edit:
                    edit.delete(found)
        assert contents(store) == {}
        while store.undo():
            pass
        assert contents(store) == before
        assert sound(store)


# ----------------------------------------------------------------------- an edit made by another version's tables
def test_an_edit_with_a_column_that_the_table_lost_is_not_undone(plan):
    add(plan, 1)
    with plan.edit("Delete") as edit:
        edit.delete(person(1))
    connection = plan._connection
    connection.execute("BEGIN")
    connection.execute("INSERT INTO edit_now VALUES (1)")
    connection.execute("UPDATE change SET before = json_insert(before, '$.grade', 'ST4') WHERE before IS NOT NULL")
    connection.execute("DELETE FROM edit_now")
    connection.execute("COMMIT")
    with pytest.raises(Refused, match="it was done in an earlier version of RallyApp"):
        plan.undo()


def test_an_edit_of_a_table_that_is_no_more_is_not_undone(plan):
    pair = Pair(id="pair", person_id="p0", other_id="p1")
    with plan.edit("Pair") as edit:
        edit.save(pair)
    with plan.edit("Part") as edit:
        edit.delete(pair)
    plan._connection.execute("ALTER TABLE pair RENAME TO couple")
    with pytest.raises(Refused, match="it was done in an earlier version of RallyApp"):
        plan.undo()


# ---------------------------------------------------------------------------------------------------- watching
@pytest.fixture
def heard(plan):
    told = []
    plan.listeners.append(told.append)
    return told


def test_listeners_hear_of_an_edit_after_it_was_committed(plan, another, heard):
    seen = []
    plan.listeners.append(lambda change_set: seen.append(another.find(Person, "x1")))
    with plan.edit("Add") as edit:
        edit.save(person(1))
        edit.save(replace(plan.get(Shift, "s0"), meet_minutes=9))
        assert heard == []
    (change_set,) = heard
    assert change_set.label == "Add"
    assert change_set.operation == newest(plan)
    assert change_set.rows == {"person": {"x1"}, "shift": {"s0"}}
    assert seen == [person(1)]


def test_listeners_hear_of_undo_and_redo_and_not_of_what_failed(plan, heard):
    add(plan)
    undone, redone = plan.undo(), plan.redo()
    with pytest.raises(RuntimeError, match="half way"), plan.edit("Fails") as edit:  # noqa: PT012
        edit.save(person(2))
        raise RuntimeError("half way")
    with plan.edit("Nothing"):
        pass
    assert [change_set.label for change_set in heard] == ["Add person 1", "Undo: Add person 1", "Redo: Add person 1"]
    assert heard[1:] == [undone, redone]
    assert undone.rows == redone.rows == {"person": {"x1"}}


def test_a_listener_that_fails_keeps_nobody_else_from_hearing(plan, another, heard):
    def fails(change_set):
        raise RuntimeError(change_set.label)

    plan.listeners.insert(0, fails)
    with pytest.raises(RuntimeError, match="Add person 1"):
        add(plan, 1)
    assert plan.find(Person, "x1")
    add(another, 2)
    add(another, 3)
    with pytest.raises(RuntimeError, match="Add person 2"):
        plan.poll()
    assert [change_set.label for change_set in heard] == ["Add person 1", "Add person 2", "Add person 3"]


def test_a_listener_may_edit_and_may_leave(plan):
    told = []

    def once(change_set):
        plan.listeners.remove(once)
        add(plan, 2)

    plan.listeners += [once, told.append]
    add(plan, 1)
    assert sorted(change_set.label for change_set in told) == ["Add person 1", "Add person 2"]
    plan.listeners.append(once)
    assert plan.undo().label == "Undo: Add person 2"  # what undo did, not what its listener did then


def test_a_second_window_is_told_once_of_what_the_first_one_did(plan, another):
    told = []
    another.listeners.append(told.append)
    assert another.poll() == []
    add(plan, 1)
    plan.undo()
    found = another.poll()
    assert [change_set.label for change_set in found] == ["Add person 1", "Undo: Add person 1"]
    assert found[0].rows == {"person": {"x1"}}
    assert told == found
    assert another.poll() == []
    assert plan.poll() == []


@pytest.mark.parametrize(
    "order", ["of", "fo", "oof", "ofo", "fof", "ffo", "offoof", "nof", "onf", "fno", "nfnono", "uof", "ouf", "rfo"]
)
@pytest.mark.parametrize("poll_between", [False, True])
def test_own_edits_are_never_told_again_and_foreign_ones_never_missed(plan, another, order, poll_between):
    """o: an edit of our own, f: another window's, n: one of our own that changes nothing, u/r: one that fails."""
    foreign, told = [], []
    for number, what in enumerate(order):
        if what == "o":
            add(plan, number)
        elif what == "f":
            add(another, number)
            foreign.append(f"Add person {number}")
        elif what == "n":
            with plan.edit("Nothing"):
                pass
        else:
            with pytest.raises(RuntimeError), plan.edit("Fails") as edit:  # noqa: PT012
                edit.save(person(number))
                raise RuntimeError
        if poll_between:
            told += plan.poll()
    told += plan.poll()
    told += plan.poll()
    assert [change_set.label for change_set in told] == foreign


def test_a_window_that_polls_in_the_middle_of_its_own_edit_is_told_afterwards(plan, another):
    add(another, 1)
    with pytest.raises(RuntimeError), plan.edit("Fails") as edit:  # noqa: PT012
        edit.save(person(2))
        assert plan.poll() == []
        raise RuntimeError
    assert [change_set.label for change_set in plan.poll()] == ["Add person 1"]
    add(another, 3)
    with plan.snapshot():
        plan.all(Person)
        assert plan.poll() == []
    assert [change_set.label for change_set in plan.poll()] == ["Add person 3"]


def test_what_another_process_did_is_told_by_the_same_door(plan):
    script = (
        "import sys; from rallyapp.store import Store; from rallyapp.domain.people import Person\n"
        "with Store.open(sys.argv[1], who='rota desk') as store:\n"
        "    with store.edit('Walk-in') as edit: edit.save(Person(id='w', given_name='Walk'))\n"
    )
    add(plan)
    subprocess.run([sys.executable, "-c", script, str(plan.path)], check=True)
    (change_set,) = plan.poll()
    assert (change_set.label, change_set.operation.who) == ("Walk-in", "rota desk")
    assert change_set.rows == {"person": {"w"}}
    assert plan.poll() == []


def test_a_window_for_reading_is_told_too(plan):
    with Store.open(plan.path, read_only=True) as reader:
        add(plan)
        assert [change_set.label for change_set in reader.poll()] == ["Add person 1"]
        assert reader.find(Person, "x1")
        for write in (
            reader.undo,
            reader.redo,
            lambda: reader.edit("x").__enter__(),
            lambda: reader.note("x").__enter__(),
        ):
            with pytest.raises(ReadOnly, match="was opened for reading only"):
                write()


def test_the_version_counts_every_change_to_the_plan(plan, another):
    versions = [plan.version]
    for change in (lambda: add(plan), plan.undo, plan.redo, lambda: add(another, 2), another.undo):
        change()
        versions.append(plan.version)
    assert versions == sorted(set(versions))
    assert plan.version == another.version
