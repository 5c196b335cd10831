"""Files that are not plans, or can't be written: one sentence, and every byte stays as it was."""

import random
import shutil
import sqlite3

import pytest

from rallyapp.domain.people import Person
from rallyapp.store import Store, connection
from rallyapp.store.driver import sqlite3 as driver  # within one process only the same library's locks hold
from tests.cli.asking import one_sentence, picture, program, untouched
from tests.cli.hostile import ALL, READING, WRITING, on, words


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait for another writer for a moment, not for five seconds; one test waits as long as people do."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)


@pytest.fixture
def out(tmp_path):
    """A folder for what commands write."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def other_program(path):
    found = sqlite3.connect(path)
    found.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    found.commit()
    found.close()


def newer(path, made):
    shutil.copy(made, path)
    found = sqlite3.connect(path)
    found.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('plan', 'm9999_x', 'x')")
    found.commit()
    found.close()


def scribbled(path, made):
    """A plan with a value that its field can't hold."""
    shutil.copy(made, path)
    found = sqlite3.connect(path)
    for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        found.execute(f'DROP TRIGGER "{name}"')
    found.execute("PRAGMA ignore_check_constraints = ON")
    found.execute("UPDATE person SET standing = 'wizard'")
    found.execute("UPDATE shift SET starts = 'noon'")
    found.commit()
    found.close()


NOT_PLANS = {
    "empty": lambda path, made: path.touch(),
    "one byte": lambda path, made: path.write_bytes(b"S"),
    "text": lambda path, made: path.write_text("Dear all,\n"),
    "a page of text": lambda path, made: path.write_text("x" * 4096),
    "garbage": lambda path, made: path.write_bytes(random.Random(1).randbytes(10_001)),
    "three pages of garbage": lambda path, made: path.write_bytes(random.Random(2).randbytes(3 * 4096)),
    "header only": lambda path, made: path.write_bytes(made.read_bytes()[:100]),
    "one page": lambda path, made: path.write_bytes(made.read_bytes()[:4096]),
    "half": lambda path, made: path.write_bytes(made.read_bytes()[: made.stat().st_size // 2]),
    "last byte missing": lambda path, made: path.write_bytes(made.read_bytes()[:-1]),
    "another program's": lambda path, made: other_program(path),
    "JSON": lambda path, made: path.write_text('{"format": "rallyapp-plan"}'),
    "folder": lambda path, made: path.mkdir(),
}


@pytest.mark.parametrize("command", ALL, ids=words)
@pytest.mark.parametrize("kind", NOT_PLANS)
def test_what_is_no_plan(rallyapp, folder, out, demos, kind, command):
    path = folder / "x.rally"
    NOT_PLANS[kind](path, demos / "southampton-2015.rally")
    with untouched(folder, out):
        one_sentence(rallyapp(*on(path, command, out)))


@pytest.mark.parametrize("command", ALL, ids=words)
def test_no_such_plan(rallyapp, folder, out, command):
    with untouched(folder, out):
        assert "no plan" in one_sentence(rallyapp(*on(folder / "x.rally", command, out)))
        assert "no folder" in one_sentence(rallyapp(*on(folder / "no" / "x.rally", command, out)))


def test_damaged_pages_end_in_a_sentence(rallyapp, folder, out, demos):
    whole = (demos / "southampton-2015.rally").read_bytes()
    dice, told = random.Random(7), 0
    path = folder / "x.rally"
    for n in range(30):
        broken = bytearray(whole)
        at = dice.randrange(1, len(broken) // 4096) * 4096 + dice.choice([0, 0, dice.randrange(4000)])
        broken[at : at + 90] = dice.randbytes(90)
        path.write_bytes(broken)
        for command in READING[:-1] if n % 20 == 0 else (("info",), ("check",), ("export", "--to", "out.json")):
            if command[0] != "print":
                answer = rallyapp(*on(path, command, out))
                if answer.code == 2:
                    one_sentence(answer)
                    told += 1
        # An opening repairs triggers: but for that, the file stays as it is.
    assert told > 8


@pytest.mark.parametrize("command", ALL, ids=words)
def test_values_that_no_field_can_hold(rallyapp, folder, out, demos, command):
    path = folder / "x.rally"
    scribbled(path, demos / "southampton-2015.rally")
    answer = rallyapp(*on(path, command, out))
    if command[0] in ("undo", "redo"):
        assert answer.code == 1
    elif answer.code != 0:
        one_sentence(answer)
    assert "Traceback" not in answer.err


# --------------------------------------------------------------------------------- newer, read-only, locked
@pytest.mark.parametrize("command", ALL, ids=words)
@pytest.mark.parametrize("kind", ["newer", "read-only"])
def test_what_may_only_be_read(rallyapp, folder, out, demos, kind, command):
    path = folder / "x.rally"
    made = demos / "southampton-2015.rally"
    if kind == "newer":
        newer(path, made)
    else:
        shutil.copy(made, path)
        path.chmod(0o444)
    with untouched(folder):
        answer = rallyapp(*on(path, command, out))
        if command in WRITING:
            said = one_sentence(answer)
            assert ("newer" if kind == "newer" else "read-only") in said
            assert list(out.iterdir()) == []
        else:
            assert answer.code in (0, 1), answer
            assert answer.err == ""
            assert len(list(out.iterdir())) == ("--to" in command)


def test_info_says_that_a_plan_is_read_only(rallyapp, plan):
    plan.chmod(0o444)
    assert "read-only" in rallyapp("info", plan).out
    assert "read-only" in rallyapp("info", plan, "--json").json["read_only"]


@pytest.fixture
def locked(plan):
    """A plan to which another program is writing."""
    other = driver.connect(str(plan), isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("BEGIN IMMEDIATE")
    yield plan
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("command", ALL, ids=words)
def test_a_plan_to_which_another_program_writes(rallyapp, locked, out, command):
    before = locked.read_bytes()
    answer = rallyapp(*on(locked, command, out))
    if "--apply" in command or command[0] == "print":
        assert "Another window or program is writing" in one_sentence(answer)
        assert list(out.iterdir()) == []
    else:
        assert answer.code in (0, 1), answer
    assert locked.read_bytes() == before


def test_undo_and_redo_of_a_plan_to_which_another_program_writes(rallyapp, plan):
    rallyapp("fill", plan, "--apply")
    for command in ("undo", "redo"):
        other = driver.connect(str(plan), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert "Another window or program" in one_sentence(rallyapp(command, plan))
        other.close()
        assert rallyapp(command, plan).code == 0


def test_the_real_program_waits_some_seconds_and_no_more(locked):
    assert "try again in a moment" in one_sentence(program("fill", str(locked), "--apply"))


def test_while_a_window_has_it_open_everything_works(rallyapp, plan, out):
    with Store.open(plan) as window:
        for command in ALL:
            assert rallyapp(*on(plan, command, out)).code in (0, 1)
            for path in out.iterdir():
                path.unlink()
        assert [change.operation.kind for change in window.poll()] == ["note", "note", "edit", "undo", "redo"]
        with window.edit("Still mine") as edit:
            edit.save(Person(id="new", given_name="New"))
    assert list(picture(plan.parent)) == ["s.rally"]


# ------------------------------------------------------------------------------------ what is written over
OUTPUTS = (("export", "--to"), ("print", "rota", "--to"), ("print", "rally-plan", "--to"), ("backup", "--to"))


@pytest.mark.parametrize("command", OUTPUTS, ids=words)
def test_nothing_of_somebody_s_is_written_over(rallyapp, plan, secret, folder, command):
    name, *more = command
    (folder / "letter.txt").write_text("Dear all,\n")
    (folder / "other.json").write_text('{"format": "something else"}')
    (folder / "down").mkdir()
    (folder / "link.rally").symlink_to(plan)
    (folder / "down" / "hard.rally").hardlink_to(secret)
    for place in (
        "letter.txt",
        "other.json",
        "down",
        "s.rally",
        "secret.rally",
        "link.rally",
        ".",
        "no/x",
        "/dev/null",
    ):
        with untouched(folder):
            one_sentence(rallyapp(name, plan, *more, folder / place))
    assert (folder / "link.rally").is_symlink()


def test_a_device_and_a_pipe_are_left_alone(rallyapp, plan, folder):
    import os

    os.mkfifo(folder / "pipe.pdf")
    for place in ("/dev/null", "/dev/stdin", folder / "pipe.pdf"):
        for command in OUTPUTS:
            name, *more = command
            one_sentence(rallyapp(name, plan, *more, place))
    assert not os.path.isfile("/dev/null")


def test_a_folder_that_can_t_be_written_to(plan, out):
    """As nobody, since root may write everywhere."""
    import os

    if os.geteuid():
        pytest.skip("needs root, to become nobody")
    for part in (*out.parents, plan.parent):
        if len(part.parts) > 2 and part.is_relative_to("/tmp"):
            part.chmod(0o755)
    plan.chmod(0o644)
    try:
        if program("--version", user=65534).code:
            pytest.skip("nobody may not read the program here")
    except PermissionError:
        pytest.skip("nobody may not run Python here")
    with untouched(plan.parent, out):
        for command in READING:
            answer = program(*on(plan, command, out), user=65534)
            if "--to" in command:
                one_sentence(answer)
            else:
                assert answer.code == 0, answer
        for command in (("new", "--union", "BMA"), ("demo",)):
            target = str(out / "n.rally")
            arguments = ["demo", "southampton-2015", target] if command == ("demo",) else ["new", target, *command[1:]]
            assert "not allowed" in one_sentence(program(*arguments, user=65534))
