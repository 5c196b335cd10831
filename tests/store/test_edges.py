"""The edges of an edit, and of what a file can be called and where it can lie."""

import os
import pathlib
import shutil
import subprocess
import sys
import threading

import pytest

from rallyapp.domain.people import Person
from rallyapp.store import Store, StoreError, driver, migrations, store, tables
from rallyapp.store.errors import AlreadyThere, InUse, Refused
from tests.store import sample
from tests.store.sample import contents, person


# ------------------------------------------------------------------------------------------------- transactions
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, GeneratorExit, SystemExit, Refused])
def test_an_edit_that_is_broken_off_keeps_nothing_and_the_next_one_works(plan, error):
    before = contents(plan)
    with pytest.raises(error), plan.edit("Fails") as edit:  # noqa: PT012
        edit.save(person(1))
        edit.delete(plan.get(Person, "p0"))
        raise error
    assert contents(plan) == before
    assert not plan._connection.in_transaction
    with plan.edit("Add") as edit:
        edit.save(person(1))
    assert sample.sound(plan)


def test_an_edit_in_a_generator_that_is_closed_keeps_nothing(plan):
    def lazily():
        with plan.edit("Lazy") as edit:
            edit.save(person(1))
            yield
            edit.save(person(2))

    generator = lazily()
    next(generator)
    generator.close()
    assert plan.find(Person, "x1") is None
    assert not plan._connection.in_transaction


def test_an_edit_inside_an_edit_is_a_bug_and_keeps_nothing(plan):
    with pytest.raises(RuntimeError, match="an edit is open already"), plan.edit("Outer") as edit:  # noqa: PT012
        edit.save(person(1))
        with plan.edit("Inner"):
            pass
    assert plan.find(Person, "x1") is None
    for write in (plan.undo, plan.redo):
        with plan.edit("Add") as edit:
            edit.save(person(1))
        plan.undo()
        with plan.edit("Add") as edit:
            edit.save(person(2))
        with pytest.raises(RuntimeError, match="an edit is open already"), plan.edit("Outer"):
            write() or plan.undo()


def test_an_edit_inside_a_snapshot_is_a_bug(plan):
    with plan.snapshot():
        plan.all(Person)
        with pytest.raises(RuntimeError, match="inside a snapshot"), plan.edit("x"):
            pass
    with plan.edit("Add") as edit:
        edit.save(person(1))


def test_a_snapshot_inside_an_edit_sees_what_the_edit_wrote(plan):
    with plan.edit("Add") as edit:
        edit.save(person(1))
        with plan.snapshot(), plan.snapshot():
            assert plan.find(Person, "x1")
        assert plan.plan().find(Person, "x1")
        edit.save(person(2))
    assert plan.find(Person, "x2")


def test_a_snapshot_sees_one_moment(plan, another):
    with plan.snapshot():
        assert plan.find(Person, "x1") is None
        with another.edit("Add") as edit:
            edit.save(person(1))
        assert plan.find(Person, "x1") is None
    assert plan.find(Person, "x1")
    with pytest.raises(ZeroDivisionError), plan.snapshot():
        raise ZeroDivisionError
    assert not plan._connection.in_transaction


def test_an_edit_is_of_no_use_after_its_block(plan):
    with plan.edit("Add") as edit:
        edit.save(person(1))
    with plan.edit("Another"):
        for write in (lambda: edit.save(person(2)), lambda: edit.save_all([]), lambda: edit.delete(person(1))):
            with pytest.raises(RuntimeError, match="this edit is over"):
                write()
    assert plan.history(limit=1)[0].label == "Add"


def test_what_breaks_a_reference_is_refused_when_the_edit_ends_and_the_lock_is_free_again(plan, another):
    from rallyapp.domain.pickets import Assignment, Role

    with pytest.raises(Refused) as refused, plan.edit("Assign") as edit:
        edit.save(Assignment(id="a", shift_id="s0", person_id="nobody", role=Role.PICKET))
    assert str(refused.value) == (
        "This can't be saved: an assignment would refer to a person that is not there. Nothing was changed."
    )
    with another.edit("Add") as edit:
        edit.save(person(1))
    assert plan.find(Person, "x1")


def test_rows_may_come_in_any_order_within_an_edit(plan):
    with plan.edit("Import") as edit:
        edit.save_all(reversed([replaced(record) for record in sample.rota()]))
    assert len(plan.all(Person)) == 8
    assert sample.sound(plan)


def replaced(record):
    from rallyapp.domain.records import columns, from_plain, to_plain

    values = to_plain(record)
    for column in columns(type(record)):
        if (column.name == "id" or column.refers_to) and values[column.name]:
            values[column.name] += "-copy"
    return from_plain(type(record), values)


class Failing:
    """A connection whose COMMIT fails as the disk's would; everything else is the real one's."""

    def __init__(self, connection, error):
        self._connection, self._error = connection, error

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, statement, *values):
        if statement == "COMMIT":
            raise self._error
        return self._connection.execute(statement, *values)


@pytest.mark.parametrize("text", ["database is locked", "disk I/O error"])
def test_a_commit_that_fails_keeps_nothing_and_tells_nobody(plan, text):
    told = []
    plan.listeners.append(told.append)
    real = plan._connection
    plan._connection = Failing(real, driver.sqlite3.OperationalError(text))
    with pytest.raises(StoreError), plan.edit("Add") as edit:
        edit.save(person(1))
    plan._connection = real
    assert told == []
    assert not real.in_transaction
    assert plan.find(Person, "x1") is None
    with plan.edit("Add") as edit:
        edit.save(person(2))
    assert sample.sound(plan)


def test_a_closed_store_is_a_bug_and_no_trouble_of_the_user_s(closed):
    opened = Store.open(closed)
    opened.close()
    opened.close()
    for use in (lambda: opened.all(Person), opened.poll, opened.undo, lambda: opened.edit("x").__enter__()):
        with pytest.raises(driver.sqlite3.ProgrammingError):
            use()
    assert os.listdir(closed.parent) == [closed.name]


def test_a_query_that_is_none_is_a_bug(plan):
    with pytest.raises(driver.sqlite3.OperationalError, match="syntax error"):
        plan.rows("SELECT FROM person")
    with pytest.raises(TypeError, match="Person has no field"):
        plan.where(Person, nickname="x")
    with pytest.raises(KeyError, match="Person nobody"):
        plan.get(Person, "nobody")


def test_several_programs_that_write_at_once_lose_nothing(closed):
    """Three processes, each with fifty edits of its own: all are there, in one order, and nobody was refused."""
    script = (
        "import sys; from rallyapp.store import Store; from rallyapp.domain.people import Person\n"
        "with Store.open(sys.argv[1], who=sys.argv[2]) as store:\n"
        "    for n in range(50):\n"
        "        with store.edit(f'{n}') as edit:\n"
        "            edit.save(Person(id=f'{sys.argv[2]}{n}', given_name='x'))\n"
    )
    root = pathlib.Path(__file__).parents[2]
    programs = [subprocess.Popen([sys.executable, "-c", script, closed, name], cwd=root) for name in "abc"]
    assert [program.wait() for program in programs] == [0, 0, 0]
    with Store.open(closed) as opened:
        assert len(opened.all(Person)) == 154
        for name in "abc":
            own = [operation.label for operation in opened.history(limit=200) if operation.who == name]
            assert own == [str(n) for n in range(50)][::-1]
        assert sample.sound(opened)


# ------------------------------------------------------------------------------------------------------- names
NAMES = [
    "plan", "two words.rally", "what?.rally", "#1.rally", "100%.rally", "%41.rally", "a&b=c;d.rally", "it's.rally",
    'say "no".rally', "back\\slash.rally", "Łódź – Siân.rally", "🎺.rally", "tab\t.rally", "new\nline.rally", "-dash",
    "file:x.rally", ":memory:", "x.rally?mode=memory", ".hidden", "half \udcff.rally", "y" * 230,
]  # fmt: skip


PLAIN = [(name, None) for name in NAMES]
SECRET = [(name, 'it\'s "ours"; -- ü') for name in ("what?.rally", "it's.rally", 'say "no".rally')]


@pytest.mark.parametrize(("name", "passphrase"), [*PLAIN, *SECRET])
def test_a_plan_can_have_any_name(folder, name, passphrase):
    path = folder / name
    with Store.create(path, sample.rota(), label="New plan", passphrase=passphrase) as opened:
        with opened.edit("Add") as edit:
            edit.save(person(1))
        copy = opened.backup(folder / f"copy of {name}", passphrase=passphrase)
    assert sorted(os.listdir(folder)) == sorted([name, f"copy of {name}"])
    for each in (path, copy):
        with Store.open(each, passphrase=passphrase) as opened:
            assert opened.find(Person, "x1")
    with Store.open(path, passphrase=passphrase, read_only=True) as opened:
        assert opened.find(Person, "x1")
    assert sorted(os.listdir(folder)) == sorted([name, f"copy of {name}"])


@pytest.mark.parametrize("name", ["x" * 241, "x" * 255, "x" * 256, "Ł" * 121, "x" * 5000, "nul\0"])
def test_a_name_that_no_system_can_hold_is_refused(folder, plan, name):
    before = os.listdir(folder)
    for make in (lambda path: Store.create(path, [], label="x"), plan.backup):
        with pytest.raises(Refused, match="That can't be the name of a file"):
            make(folder / name)
    assert os.listdir(folder) == before


def test_a_plan_opened_by_a_relative_path_is_kept_when_the_working_folder_changes(folder, made, monkeypatch):
    monkeypatch.chdir(folder)
    shutil.copy(made, "x.rally")
    with Store.open("x.rally") as opened, Store.create("new.rally", [], label="x") as new:
        monkeypatch.chdir("/")
        for each in (opened, new):
            with each.edit("Add") as edit:
                edit.save(person(1))
        monkeypatch.chdir(folder)
        opened.backup("copy.rally")
        assert opened.path == folder / "x.rally"
    assert sorted(os.listdir()) == ["copy.rally", "new.rally", "x.rally"]


def test_a_link_leads_to_the_plan_and_to_its_log(folder, made, tmp_path):
    real = shutil.copy(made, tmp_path / "real.rally")
    (folder / "link.rally").symlink_to(real)
    with Store.open(folder / "link.rally") as linked, Store.open(real) as direct:
        assert linked.path == real
        with linked.edit("Add") as edit:
            edit.save(person(1))
        assert [change_set.label for change_set in direct.poll()] == ["Add"]
        left = shutil.copytree(tmp_path, tmp_path.parent / "left", symlinks=True)
    (left / "plans" / "link.rally").unlink()
    (left / "plans" / "link.rally").symlink_to(left / "real.rally")
    with Store.open(left / "plans" / "link.rally") as opened:  # after a crash
        assert opened.find(Person, "x1")
    assert os.listdir(folder) == ["link.rally"]


def test_a_plan_with_two_names_is_not_written_to(folder, closed):
    os.link(closed, folder / "Second.rally")
    for name in (closed, folder / "Second.rally"):
        with Store.open(name) as opened:
            assert "has a second name on this disk" in opened.read_only
            assert len(opened.all(Person)) == 4
            with pytest.raises(StoreError, match="second name"), opened.edit("x"):
                pass
    (folder / "Second.rally").unlink()
    with Store.open(closed) as opened:
        assert opened.read_only == ""


def test_the_second_name_that_a_kill_left_while_the_plan_was_made_is_cleared_away(folder, closed):
    os.link(closed, folder / ".rallyapp-0123456789ab.new")
    shutil.copy(closed, folder / ".rallyapp-another.new")
    with Store.open(closed) as opened:
        assert opened.read_only == ""
    assert sorted(os.listdir(folder)) == [".rallyapp-another.new", closed.name]


def test_of_several_that_make_the_same_plan_one_does(folder):
    results, start = [], threading.Barrier(6)

    def make(number):
        start.wait()
        try:
            Store.create(folder / "x.rally", [*sample.rota(), person(number)], label=f"{number}").close()
            results.append(number)
        except AlreadyThere:
            pass

    threads = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 1
    assert os.listdir(folder) == ["x.rally"]
    with Store.open(folder / "x.rally") as opened:
        assert opened.find(Person, f"x{results[0]}")
        assert opened.history()[0].label == str(results[0])


def test_closing_tidies_the_log_away_and_a_reader_leaves_none(folder, closed):
    for read_only in (False, True, False):
        with Store.open(closed, read_only=read_only) as opened:
            opened.plan()
        assert os.listdir(folder) == [closed.name]


def test_an_opening_that_fails_late_leaves_no_log(folder, closed, monkeypatch):
    def fails(connection, path, steps=None):
        raise InUse("Somebody else is quicker.")

    monkeypatch.setattr(migrations, "pending", fails)
    with pytest.raises(InUse):
        Store.open(closed)
    assert os.listdir(folder) == [closed.name]


def test_a_container_without_a_user_opens_plans_too(closed, monkeypatch):
    def nobody():
        raise KeyError("uid not found: 12345")

    monkeypatch.delenv("RALLYAPP_USER", raising=False)
    monkeypatch.setattr(store.getpass, "getuser", nobody)
    with Store.open(closed) as opened:
        assert opened.who == ""
        with opened.edit("Add") as edit:
            edit.save(person(1))


def test_triggers_that_can_t_be_mended_leave_the_plan_as_it_was(closed, monkeypatch):
    def fails(connection):
        raise ZeroDivisionError

    opened = Store.open(closed)
    opened.close()
    monkeypatch.setattr(store.triggers, "expected", lambda connection: {})
    monkeypatch.setattr(store.triggers, "make", fails)
    with pytest.raises(ZeroDivisionError):
        Store.open(closed)
    assert os.listdir(closed.parent) == [closed.name]


def test_an_engine_with_the_lost_commits_is_refused():
    script = "import sqlcipher3; sqlcipher3.dbapi2.sqlite_version_info = (3, 51, 2); import rallyapp.store"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "RallyApp needs SQLite 3.51.3 or newer" in ended.stderr
    script = "import sqlite_utils; import rallyapp.store"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "import the store first" in ended.stderr


def test_rows_and_records_are_the_same_things():
    for record in sample.one_of_each():
        (again,) = tables.records_of(type(record), [tables.row_of(record)])
        assert again == record
