"""A plan of an older version is brought up to date whole or not at all, and one of a newer version is only read."""

import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys

import pytest

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.rallies import IssuedLine, Permission, ProgrammeIssue, Rally, TeamMember
from rallyapp.domain.records import KINDS
from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.store import Store, connection, journal, migrations, print_queries, queries, triggers
from rallyapp.store.errors import Damaged, ReadOnly, Refused, TooNew
from tests.store import sample
from tests.store.sample import contents, person

OLD_FILES = sorted((pathlib.Path(__file__).parents[1] / "files").glob("*.rally"))


def m0004_nickname(database):
    """A step such as a later version may bring: whole tables are rebuilt, a column comes, rows change."""
    database.table("person").transform(types={"phone": str})
    database.table("shift").transform(types={"label": str})
    database.table("person").add_column("nickname", str)
    database.execute("UPDATE person SET nickname = given_name, phone = '023 8077 7222'")


def m0003_fails(database):
    m0004_nickname(database)
    raise RuntimeError("half way")


def m0003_leaves_an_orphan(database):
    database.execute("DELETE FROM site")


@pytest.fixture
def steps(monkeypatch):
    """A version of the program that knows one step more."""
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m0004_nickname))


def shape(connection):
    """The whole schema and all rows of a file, to see whether two are the same."""
    tables = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    names = [name for name, sql in tables if sql and sql.startswith("CREATE TABLE") and "search" not in name]
    return tables, {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}


def look(path, passphrase=None):
    opened = connection.connect(path, passphrase, read_only=True)
    try:
        return shape(opened)
    finally:
        opened.close()


def test_every_migration_has_a_test_named_for_it():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in pathlib.Path(__file__).parent.glob("test_*.py"))
    assert [step.__name__ for step in migrations.STEPS if f"\ndef test_{step.__name__}" not in tests] == []


def test_the_migrations_are_numbered_in_order():
    assert [step.__name__[:6] for step in migrations.STEPS] == [
        f"m{n:04}_" for n in range(1, len(migrations.STEPS) + 1)
    ]


def test_m0001_start(closed):
    """The tables of the first version are there, and a fresh file has seen that step."""
    with Store.open(closed) as store:
        assert migrations.applied(store._connection)[0] == "m0001_start"
        assert {kind: len(store.all(kind)) for kind in KINDS}[Person] == 4
        rows = store.rows("SELECT migration_set, name FROM _sqlite_migrations")
    assert rows[0] == ("plan", "m0001_start")


def in_0_1_0(path, passphrase):
    """As 0.1.0 did: delete the landowner's permission, and move the stage on the site plan; give the two ids."""
    opened = connection.connect(path, passphrase)
    (permission,) = opened.execute("SELECT id FROM permission WHERE kind = 'landowner''s permission'").fetchone()
    (pin,) = opened.execute("SELECT id FROM pin WHERE kind = 'stage'").fetchone()
    for label, statement, id in (
        ("Delete the landowner's permission", "DELETE FROM permission WHERE id = ?", permission),
        ("Move the stage", "UPDATE pin SET x = 901 WHERE id = ?", pin),
    ):
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("PRAGMA defer_foreign_keys = ON")
        operation = journal.begin(opened, kind="edit", label=label, who="Siân", at="2015-11-01T09:00:00Z")
        opened.execute(statement, (id,))
        assert journal.finish(opened, operation)
        opened.execute("COMMIT")
    opened.close()
    return pin, permission


@pytest.mark.parametrize(("name", "passphrase"), [("0.1.0", None), ("0.1.0-encrypted", "to be opened for ever")])
def test_m0002_rallies(folder, name, passphrase):
    """A plan of 0.1.0 has the new tables, empty, and the new columns at their defaults; all else is as it was.

    What 0.1.0 did to rows whose tables grew can still be undone, and a new file has the same shape.
    """
    path = shutil.copy(OLD_FILES[0].with_name(f"{name}.rally"), folder / "Old.rally")
    pin, permission = in_0_1_0(path, passphrase)
    schema, before = look(path, passphrase)
    with Store.open(path, passphrase=passphrase) as store:
        migrated, after = shape(store._connection)
        for table, rows in before.items():
            if table != "_sqlite_migrations":  # old rows are whole, and the new columns stand last
                begin = [old[:-1] for old in rows]
                assert [row[: len(old)] for row, old in zip(after[table], begin, strict=True)] == begin, table
        assert {table for table in after if table not in before} == {"programme_issue", "issued_line", "printed_line"}
        assert (*store.all(ProgrammeIssue), *store.all(IssuedLine)) == ()
        assert {rally.briefing_place for rally in store.all(Rally)} == {""}
        assert {member.answers_to for member in store.all(TeamMember)} == {None}
        assert {(each.answered_on, each.note) for each in store.all(Permission)} == {(None, "")}
        assert {(each.post_id, each.stall_id) for each in store.all(Pin)} == {(None, None)}
        assert {each.partner_id for each in store.all(Person)} == {None}
        assert store.get(Pin, pin).x == 901
        assert [store.undo().label, store.undo().label] == [
            "Undo: Move the stage",
            "Undo: Delete the landowner's permission",
        ]
        assert store.get(Pin, pin).x != 901
        assert store.get(Permission, permission).note == ""
        assert [store.redo().label, store.redo().label][-1] == "Redo: Move the stage"
        assert store.rows("PRAGMA foreign_key_check") == []
    made = Store.create(folder / "New.rally", (), label="New plan", passphrase=passphrase)
    with made:
        assert shape(made._connection)[0] == migrated != schema


def test_m0003_prints(folder):
    """A plan of 0.1.0 that was printed knows of no codes and rows; a print made now is found by its code."""
    path = shutil.copy(OLD_FILES[0].with_name("0.1.0.rally"), folder / "Old.rally")
    with Store.open(path) as store:
        assert store.all(PrintedLine) == ()
        assert {(run.audience, run.code, run.choice, run.look) for run in store.all(PrintRun)} <= {("", "", "", "")}
        run = PrintRun(
            id="run",
            document="sign-in",
            audience="picket supervisor",
            scope="p",
            version=7,
            at=sample.MORNING,
            code="K7M2-P4X",
            look="A4, large print",
        )
        rows = [PrintedLine(id=f"l{n}", print_run_id="run", number=n, line=f"row {n}", digest="d") for n in (2, 1)]
        with store.note("Print sign-in") as edit:
            edit.save_all([run, *rows])
        assert print_queries.run_by_code(store, run.code) == run
        assert [line.number for line in print_queries.lines_of(store, run)] == [1, 2]
        last = print_queries.last_prints(store, "sign-in", "picket supervisor", ["p", "never"])
        assert {about: (each.since, each.lines) for about, each in last.items()} == {
            "p": (7, {"row 1": "d", "row 2": "d"})
        }


def test_a_file_of_every_release_opens_for_ever(folder):
    assert OLD_FILES
    for path in OLD_FILES:
        passphrase = "to be opened for ever" if "encrypted" in path.name else None
        with Store.open(shutil.copy(path, folder / path.name), passphrase=passphrase) as store:
            assert store.plan().settings.title
            assert store.undo_label == "Fill rota: 105 places"
            assert store.rows("PRAGMA integrity_check") == [("ok",)]
            with store.edit("Add") as edit:
                edit.save(person(1))
            assert store.undo()


# ---------------------------------------------------------------------------------------------------- migrating
def test_all_triggers_stand_after_tables_were_rebuilt(closed):
    opened = connection.connect(closed, None)
    migrations.migrate(opened, closed, steps=(*migrations.STEPS, m0004_nickname))
    assert triggers.standing(opened) == triggers.expected(opened)
    assert "nickname" in triggers.standing(opened)["journal_person_update"]
    assert opened.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    opened.close()


def test_a_migrated_plan_is_written_found_and_undone_as_before(closed, steps):
    with Store.open(closed) as store:
        with store.edit("Rename") as edit:
            edit.save(person(1, given_name="Rhiannon"))
            edit.delete(store.get(Person, "p0"))
            edit.delete(store.get(Shift, "s1"))
        assert [somebody.id for somebody in queries.search_people(store, "rhian")] == ["x1"]
        assert [somebody.id for somebody in queries.search_people(store, "02380777222 luk")] == ["p1"]
        assert queries.search_people(store, "sian") == ()
        store.undo()
        assert [somebody.id for somebody in queries.search_people(store, "sian")] == ["p0"]
        (row,) = store.rows("SELECT nickname FROM person WHERE id = 'p0'")
        assert row == ("Siân",)  # a column that this version does not know comes back with the rest
        assert store.rows("PRAGMA integrity_check") == [("ok",)]
        with pytest.raises(Exception, match="only inside an edit"):
            store.rows("DELETE FROM person")


def test_what_an_older_version_did_is_undone_where_the_tables_still_allow_it(plan, steps):
    with plan.edit("Rename") as edit:
        edit.save(person(1))
    with plan.edit("Move") as edit:
        edit.save(Shift(id="new", picket_id="picket", starts=sample.MORNING, ends=sample.MORNING.replace(hour=9)))
    path = plan.path
    plan.close()
    with Store.open(path) as store:
        assert store.undo().label == "Undo: Move"
        with pytest.raises(Refused, match="was changed since"):  # the step changed the row after the edit
            store.undo()


def test_a_copy_of_the_plan_as_it_was_is_kept(closed, steps):
    before = look(closed)
    with Store.open(closed) as store:
        assert store.read_only == ""
        now = contents(store)
    kept = closed.with_name("Strike.rally.before-m0004_nickname")
    assert sorted(path.name for path in closed.parent.iterdir()) == [closed.name, kept.name]
    assert look(kept) == before
    assert look(closed) != before
    with Store.open(kept) as store:  # an old plan like any other: it is migrated too
        assert contents(store) == now


def test_a_copy_that_was_kept_before_is_never_replaced(closed, steps):
    kept = closed.with_name("Strike.rally.before-m0004_nickname")
    kept.write_text("another plan's last copy")
    Store.open(closed).close()
    assert kept.read_text() == "another plan's last copy"
    assert closed.with_name("Strike.rally.before-m0004_nickname-2").exists()


def test_the_copy_of_an_encrypted_plan_is_encrypted(folder, steps, monkeypatch):
    path = folder / "Secret.rally"
    with monkeypatch.context() as older:
        older.setattr(migrations, "STEPS", migrations.STEPS[:-1])
        Store.create(path, sample.rota(), label="New plan", passphrase="five random words").close()
    before = look(path, "five random words")
    Store.open(path, passphrase="five random words").close()
    kept = path.with_name("Secret.rally.before-m0004_nickname")
    assert b"SQLite format 3" not in kept.read_bytes()
    assert look(kept, "five random words") == before


@pytest.mark.parametrize("step", [m0003_fails, m0003_leaves_an_orphan])
def test_a_step_that_fails_leaves_the_plan_as_it_was(closed, step, monkeypatch):
    before = look(closed)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    with pytest.raises((RuntimeError, Damaged), match=r"half way|refers to a missing row of site"):
        Store.open(closed)
    assert look(closed) == before
    assert not closed.with_name("Strike.rally-wal").exists()
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:-1])
    with Store.open(closed) as store:
        assert sample.sound(store)


def test_an_old_plan_that_can_t_be_written_to_is_left_alone(closed, steps):
    before = closed.read_bytes()
    closed.chmod(0o444)
    with pytest.raises(ReadOnly, match="It is from an older version and would have to be changed to be read"):
        Store.open(closed)
    assert closed.read_bytes() == before
    assert os.listdir(closed.parent) == [closed.name]


def test_two_windows_that_open_an_old_plan_at_once_migrate_it_once(closed):
    script = (
        "import sys; from rallyapp.store import Store, migrations\n"
        "from tests.store.test_migrations import m0004_nickname\n"
        "migrations.STEPS = (*migrations.STEPS, m0004_nickname)\n"
        "sys.stdin.readline()\n"
        "Store.open(sys.argv[1]).close()\n"
    )
    root = pathlib.Path(__file__).parents[2]
    windows = [
        subprocess.Popen([sys.executable, "-c", script, str(closed)], stdin=subprocess.PIPE, cwd=root) for _ in range(3)
    ]
    for window in windows:
        window.stdin.write(b"\n")
        window.stdin.flush()
    for window in windows:
        window.communicate()
    assert [window.returncode for window in windows] == [0, 0, 0]
    opened = connection.connect(closed, None)
    assert migrations.applied(opened) == ["m0001_start", "m0002_rallies", "m0003_prints", "m0004_nickname"]
    opened.close()


def open_and_die(path, statements):  # pragma: no cover
    """In a child: open the plan as a version with one step more, and be killed at the n-th statement."""
    left = [statements]

    def trace(statement):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connect = connection._connect

    def traced(*arguments):
        made = connect(*arguments)
        made.set_trace_callback(trace)
        return made

    connection._connect = traced
    migrations.STEPS = (*migrations.STEPS, m0004_nickname)
    Store.open(path).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")
def test_a_kill_in_the_middle_leaves_the_old_plan_or_the_new_one(folder, tmp_path):
    """A child kills itself at the n-th statement of its opening: there are some hundreds."""
    source = tmp_path / "old.rally"
    records = [*sample.rota(), *(person(n, phone="1") for n in range(200))]
    Store.create(source, records, label="New plan").close()
    old = look(source)
    with_step = tmp_path / "new.rally"
    shutil.copy(source, with_step)
    opened = connection.connect(with_step, None)
    migrations.migrate(opened, with_step, steps=(*migrations.STEPS, m0004_nickname))
    new = shape(opened)
    opened.close()

    def plain(found):
        schema, rows = found
        return schema, {
            name: rows for name, rows in rows.items() if name not in ("_sqlite_migrations", "sqlite_sequence")
        }

    old, new = plain(old), plain(new)
    results = []
    randomly = random.Random(7)
    for number in range(16):
        path = folder / f"{number}.rally"
        shutil.copy(source, path)
        statements = randomly.randint(1, 460) if number else 10_000
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                open_and_die(path, statements)
                os._exit(0)
            finally:
                os._exit(255)
        _, status = os.waitpid(child, 0)
        opened = connection.connect(path, None)  # recovers
        found = plain(shape(opened))
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        opened.close()
        results.append((os.WIFSIGNALED(status), "old" if found == old else "new" if found == new else "mixed"))
        for kept in folder.glob(f"{number}.rally.before-*"):
            assert plain(look(kept)) == old
        for rest in folder.iterdir():
            rest.unlink()
    assert results[0] == (False, "new")
    assert {state for _, state in results} == {"old", "new"}
    assert sum(killed for killed, _ in results) >= 10


# ------------------------------------------------------------------------------------------------- a newer plan
@pytest.fixture
def newer(closed):
    """A plan that a later version has migrated."""
    opened = connection.connect(closed, None)
    migrations.migrate(opened, closed, steps=(*migrations.STEPS, m0004_nickname))
    opened.close()
    return closed


def test_a_newer_plan_is_read_and_checked_but_not_changed(newer):
    digest = hashlib.sha256(newer.read_bytes()).hexdigest()
    with Store.open(newer) as store:
        assert store.read_only == (
            "“Strike.rally” was made by a newer version of RallyApp (m0004_nickname): it can be read and printed "
            "here, not changed. Update RallyApp to change it."
        )
        assert store.plan().settings.title == "Southampton"
        assert store.get(Person, "p0").given_name == "Siân"
        assert [somebody.id for somebody in queries.search_people(store, "sian")] == ["p0"]
        assert store.history()[0].label == "New plan"
        assert store.poll() == []
        for write in (store.undo, store.redo, store.edit("x").__enter__, store.note("x").__enter__):
            with pytest.raises(ReadOnly, match="made by a newer version"):
                write()
        with pytest.raises(Exception, match="only inside an edit"):
            store.rows("DELETE FROM person")
        store.backup(newer.with_name("Copy.rally"))
    assert hashlib.sha256(newer.read_bytes()).hexdigest() == digest
    assert sorted(os.listdir(newer.parent)) == ["Copy.rally", "Strike.rally"]
    with Store.open(newer.with_name("Copy.rally")) as copy:
        assert "newer version" in copy.read_only


def test_the_backup_of_a_newer_plan_is_not_even_switched_to_another_journal(newer):
    """A backup is no WAL file; opening a plan of ours makes it one, which changes two bytes of its head."""
    with Store.open(newer) as store:
        copy = store.backup(newer.with_name("Copy.rally"))
    before = copy.read_bytes()
    with Store.open(copy) as store:
        assert store.read_only
        assert len(store.all(Person)) == 4
    assert copy.read_bytes() == before


def test_only_what_the_plan_says_counts_as_newer(closed):
    opened = connection.connect(closed, None)
    opened.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('other', 'm9', '')")
    assert migrations.pending(opened, closed) == []
    opened.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('plan', 'm9', '')")
    with pytest.raises(TooNew, match=r"newer version of RallyApp \(m9\)"):
        migrations.pending(opened, closed)
    opened.close()
