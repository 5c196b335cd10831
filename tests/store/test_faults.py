"""Whatever is wrong with a file, a disk or a neighbour: one sentence, and everything stays as it was."""

import contextlib
import errno
import os
import random
import shutil
import sqlite3 as foreign
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rallyapp.domain.people import Person
from rallyapp.domain.records import Malformed
from rallyapp.store import Store, StoreError, connection
from rallyapp.store.driver import sqlite3
from rallyapp.store.errors import (
    AlreadyThere,
    Damaged,
    DeviceFailed,
    DiskFull,
    InUse,
    NeedsPassphrase,
    NotAPlan,
    NotFound,
    ReadOnly,
    Refused,
    TooNew,
    Vanished,
    WrongPassphrase,
    translate,
)
from tests.store import sample
from tests.store.sample import contents, person

JARGON = ("sql", "database is", "malformed", "errno", "traceback", "constraint", "pragma", "b-tree", "wal ")
WORDS = "five random words"


@pytest.fixture(scope="session")
def secret(tmp_path_factory):
    """A closed, encrypted plan, to be copied."""
    path = tmp_path_factory.mktemp("made") / "secret.rally"
    Store.create(path, sample.rota(), label="New plan", passphrase=WORDS).close()
    return path


def picture(folder):
    """Every file in a folder, with its bytes."""
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


def one_sentence(error):
    text = str(error)
    assert text[0].isupper() or text[0] == "\u201c", text
    assert text.endswith((".", "!")), text
    assert len(text) < 300, text
    assert "\n" not in text
    assert not any(word in text.lower() for word in JARGON), text
    return text


@contextlib.contextmanager
def refused(kind, folder):
    """A StoreError of that kind with one sentence, and nothing in the folder changed."""
    before = picture(folder)
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is not StoreError
    one_sentence(caught.value)
    assert picture(folder) == before


# --------------------------------------------------------------------------------- files that are something else
@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_an_empty_file(folder, passphrase):
    (folder / "x.rally").touch()
    with refused(Damaged, folder):
        Store.open(folder / "x.rally", passphrase=passphrase)


@pytest.mark.parametrize(
    "length", [1, 15, 16, 17, 50, 99, 100, 511, 512, 1000, 4095, 4096, 4097, 8192, 40960, -1, -4096]
)
def test_a_plan_that_was_cut_off(folder, made, length):
    whole = made.read_bytes()
    (folder / "x.rally").write_bytes(whole[:length])
    with refused((Damaged, NotAPlan), folder):
        Store.open(folder / "x.rally")


@pytest.mark.parametrize("length", [1, 16, 100, 4095, 4096, 4097, 8192, 40960, 40961, -1, -4096])
def test_an_encrypted_plan_that_was_cut_off(folder, secret, length):
    (folder / "x.rally").write_bytes(secret.read_bytes()[:length])
    with refused((Damaged, NotAPlan, WrongPassphrase), folder):
        Store.open(folder / "x.rally", passphrase=WORDS)


@pytest.mark.parametrize("passphrase", [None, WORDS])
@pytest.mark.parametrize("size", [1, 100, 1000, 4095, 4096, 8192, 12288, 40960, 100_001])
def test_garbage(folder, size, passphrase):
    (folder / "x.rally").write_bytes(random.Random(size).randbytes(size))
    with refused((NotAPlan, NeedsPassphrase, WrongPassphrase), folder):
        Store.open(folder / "x.rally", passphrase=passphrase)


@pytest.mark.parametrize("passphrase", [None, WORDS])
@pytest.mark.parametrize("text", ["Dear all,\n", "x" * 4096, "SQLite format 3", "PK\x03\x04" + "x" * 8188])
def test_a_text_and_a_spreadsheet(folder, text, passphrase):
    (folder / "x.rally").write_text(text)
    with refused((NotAPlan, NeedsPassphrase, WrongPassphrase), folder):
        Store.open(folder / "x.rally", passphrase=passphrase)


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_another_program_s_database(folder, passphrase, journal):
    other = foreign.connect(folder / "x.rally")
    other.execute(f"PRAGMA journal_mode = {journal}")
    other.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    other.commit()
    other.close()
    with refused(NotAPlan, folder):
        Store.open(folder / "x.rally", passphrase=passphrase)


def test_another_program_s_encrypted_database(folder):
    path = folder / "x.rally"
    other = sqlite3.connect(str(path))
    other.execute(f"PRAGMA key = '{WORDS}'")
    other.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY)")
    other.commit()
    other.close()
    with refused(NotAPlan, folder):
        Store.open(path, passphrase=WORDS)


def test_a_plan_without_its_tables(folder, closed):
    other = foreign.connect(closed)
    other.execute("PRAGMA foreign_keys = OFF")
    other.execute("DROP TABLE shift")
    other.commit()
    other.close()
    with refused((TooNew, Damaged), folder):
        Store.open(closed)


def test_a_damaged_page_is_said_at_the_latest_when_it_is_read(folder, closed):
    whole = bytearray(closed.read_bytes())
    randomly, told = random.Random(3), 0
    for _ in range(60):
        broken = bytearray(whole)
        page = randomly.randrange(1, len(broken) // 4096) * 4096
        broken[page : page + 200] = randomly.randbytes(200)
        closed.write_bytes(broken)
        try:
            with Store.open(closed, read_only=True) as store:
                contents(store)
                store.history()
        except StoreError as error:
            one_sentence(error)
            told += 1
        except Malformed:  # a value that its field can't hold
            told += 1
        assert closed.read_bytes() == broken
    assert told


# -------------------------------------------------------------------------------------- places that are not files
def test_no_file_no_folder_and_a_folder(folder):
    (folder / "dir.rally").mkdir()
    (folder / "file").write_text("x")
    (folder / "loop.rally").symlink_to(folder / "loop.rally")
    (folder / "nowhere.rally").symlink_to(folder / "gone.rally")
    os.mkfifo(folder / "pipe.rally")
    for path, kind in [
        (folder / "none.rally", NotFound),
        (folder / "no" / "none.rally", NotFound),
        (folder / "dir.rally", NotAPlan),
        (folder / "file" / "x.rally", (NotFound, NotAPlan)),
        (folder / "loop.rally", NotFound),
        (folder / "nowhere.rally", NotFound),
        (folder / "pipe.rally", NotAPlan),
        (folder / "nul\0.rally", NotFound),
        (folder / ("x" * 300), NotFound),
        (folder, NotAPlan),
        ("", NotAPlan),
    ]:
        with refused_anywhere(kind, folder):
            Store.open(path)


@contextlib.contextmanager
def refused_anywhere(kind, folder):
    names = sorted(os.listdir(folder))
    with pytest.raises(kind) as caught:
        yield
    one_sentence(caught.value)
    assert sorted(os.listdir(folder)) == names


# --------------------------------------------------------------------------------------------- what may not be written
def test_a_read_only_file_is_read_and_not_written_even_by_root(folder, closed):
    closed.chmod(0o444)
    before = picture(folder)
    with Store.open(closed) as store:
        assert "read-only" in one_sentence(ReadOnly(store.read_only))
        assert len(store.all(Person)) == 4
        for write in (store.undo, store.redo, store.edit("x").__enter__):
            with pytest.raises(ReadOnly, match="it can be read and printed, not changed"):
                write()
    assert picture(folder) == before


def test_a_plan_in_a_read_only_folder_is_read(folder, closed):
    if os.geteuid() == 0:
        check = (
            "import os, sys, urllib.parse\n"  # nobody can read no further module of a Python in root's home
            "from rallyapp.store import Store; from rallyapp.domain.people import Person\n"
            "os.setgid(65534); os.setuid(65534)\n"
            "store = Store.open(sys.argv[1]); print(len(store.all(Person)), store.read_only); store.close()\n"
            "try: Store.create(sys.argv[1] + '2', [], label='x')\n"
            "except Exception as error: print(type(error).__name__, error)\n"
        )
    else:  # pragma: no cover
        pytest.skip("needs root, to become nobody")
    folder.chmod(0o555)
    closed.chmod(0o644)
    for part in closed.parents:
        if part.name.startswith("pytest-of"):
            part.chmod(0o755)
            break
        if part != folder:
            part.chmod(0o755)
    before = picture(folder)
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "RALLYAPP_USER": "nobody"}
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", check, str(closed)], cwd=root, capture_output=True, text=True, env=env
    )
    assert ended.returncode == 0, ended.stderr
    opened, made = ended.stdout.splitlines()
    assert opened.startswith("4 “Strike.rally”, or its folder, is read-only")
    assert made.startswith("ReadOnly ")
    assert picture(folder) == before
    folder.chmod(0o755)


@pytest.mark.parametrize("passphrase", [None, WORDS])
def test_a_plan_opened_for_reading_leaves_nothing(folder, made, secret, passphrase):
    path = shutil.copy(secret if passphrase else made, folder / "x.rally")
    before = picture(folder)
    with Store.open(path, passphrase=passphrase, read_only=True) as store:
        assert len(store.all(Person)) == 4
    assert picture(folder) == before


def test_a_plan_opened_for_reading_beside_a_log_leaves_both(folder, plan):
    """As a killed program leaves it: the last edits are in the log alone."""
    with plan.edit("Add") as edit:
        edit.save(person(1))
    left = folder / "left"
    left.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{plan.path}{suffix}", left)
    before = picture(left)
    with Store.open(left / plan.path.name, read_only=True) as store:
        assert store.find(Person, "x1")
    after = picture(left)
    after.pop("Strike.rally-shm")  # what readers share; it holds nothing of the plan
    assert after == before


def test_a_reader_sees_what_a_writer_saves_later(folder, closed):
    with Store.open(closed, read_only=True) as reader, Store.open(closed) as writer:
        for number in range(300):
            with writer.edit("Add") as edit:
                edit.save(person(number))
            if number % 50 == 0:
                writer.rows("PRAGMA wal_checkpoint(TRUNCATE)")
                assert contents(reader) == contents(writer)
        assert len(reader.poll()) == 300


def test_a_reader_is_told_of_a_writer_that_came_and_went(closed):
    with Store.open(closed, read_only=True) as reader:
        for number in range(3):
            with Store.open(closed) as writer, writer.edit("Add") as edit:
                edit.save(person(number))
            assert os.listdir(closed.parent) == [closed.name]
            assert [change_set.label for change_set in reader.poll()] == ["Add"]
            assert reader.find(Person, f"x{number}")
            assert len(reader.history()) == number + 2
            assert len(reader.changes_since(1)) == number + 1
    assert os.listdir(closed.parent) == [closed.name]


def test_a_reader_never_shows_two_moments_as_one(closed):
    with Store.open(closed, read_only=True) as reader:
        with pytest.raises(InUse) as overtaken, reader.snapshot():  # noqa: PT012
            assert len(reader.all(Person)) == 4
            with Store.open(closed) as writer, writer.edit("Add") as edit:
                edit.save_all(person(number) for number in range(300))
            reader.all(Person)
        one_sentence(overtaken.value)
        assert len(reader.plan().all(Person)) == 304


@pytest.fixture
def neighbour():
    """Another program, with an SQLite of its own, that does what it is told and holds it until it is told to end.

    It must be another process: two SQLites in one process do not see each other's locks.
    """
    started = []

    def start(path, *statements):
        script = (
            "import sqlite3, sys; other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "for statement in sys.argv[2:]: other.execute(statement).fetchall()\n"
            "print('held', flush=True); sys.stdin.read(); other.close()\n"
        )
        program = subprocess.Popen(
            [sys.executable, "-c", script, str(path), *statements], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        started.append(program)
        assert program.stdout.readline() == b"held\n"

        def end():
            program.communicate()
            assert program.returncode == 0

        return end

    yield start
    for program in started:
        program.communicate()


def test_a_plan_that_another_program_is_writing_to(plan, neighbour, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with Store.open(plan.path) as store:
        end = neighbour(plan.path, "BEGIN IMMEDIATE")
        with pytest.raises(InUse) as busy, store.edit("Add") as edit:
            edit.save(person(1))
        assert "Nothing was changed; try again in a moment" in one_sentence(busy.value)
        with Store.open(plan.path) as third:  # opening and reading need no lock
            assert len(third.plan().all(Person)) == 4
            third.backup(plan.path.with_name("Copy.rally"))
        end()
        with store.edit("Add") as edit:
            edit.save(person(1))
        end = neighbour(plan.path, "BEGIN IMMEDIATE")
        with pytest.raises(InUse):
            store.undo()
        end()
        assert store.undo().label == "Undo: Add"
    assert sample.sound(plan)


def test_a_plan_opened_twice_in_one_program_keeps_its_locks(plan, neighbour):
    """The trap of POSIX locks: closing any handle on a file gives up all of them, and the next loses our edits."""
    with Store.open(plan.path):
        pass
    with pytest.raises(StoreError):
        Store.open(plan.path.with_name("none.rally"))
    neighbour(plan.path, "SELECT count(*) FROM person")()  # comes and goes
    with plan.edit("Add") as edit:
        edit.save(person(1))
    assert plan.path.with_name("Strike.rally-wal").exists()
    seen = "SELECT CASE WHEN EXISTS (SELECT 1 FROM person WHERE id = 'x1') THEN 1 ELSE json('lost') END"
    neighbour(plan.path, seen)()
    assert sample.sound(plan)


def test_a_log_that_was_removed_under_an_open_plan_is_noticed(plan, neighbour):
    """Some code of ours opens and closes the plan past SQLite, and another program comes and goes."""
    with plan.edit("Add") as edit:
        edit.save(person(1))
    plan.path.read_bytes()
    neighbour(plan.path, "SELECT count(*) FROM person")()
    assert not plan.path.with_name("Strike.rally-wal").exists()
    with pytest.raises(Vanished) as vanished, plan.edit("Add"):
        pass
    assert "close the plan and open it again" in one_sentence(vanished.value)
    plan.close()
    with Store.open(plan.path) as store:
        assert store.find(Person, "x1")
        with store.edit("Add") as edit:
            edit.save(person(2))
        assert sample.sound(store)


def test_a_plan_that_another_program_holds_for_itself(closed, folder, neighbour, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    end = neighbour(closed, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "SELECT count(*) FROM person")
    names = sorted(os.listdir(folder))
    with pytest.raises(InUse) as busy:
        Store.open(closed)
    one_sentence(busy.value)
    assert sorted(os.listdir(folder)) == names
    end()
    with Store.open(closed) as store:
        assert sample.sound(store)


# ---------------------------------------------------------------------------------------------------- full disks
FULL = """
import os, resource, signal, sys
from rallyapp.store import Store, StoreError
from rallyapp.domain.people import Person
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path, passphrase, what, limit = sys.argv[1], sys.argv[2] or None, sys.argv[3], int(sys.argv[4])
many = [Person(id=f"y{n}", given_name="x" * 500) for n in range(5000)]
def limited(size): resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    if what == "create":
        limited(limit)
        Store.create(path, many, label="x", passphrase=passphrase)
    with Store.open(path, passphrase=passphrase) as store:
        limited(limit)
        try:
            if what == "backup": store.backup(path + ".copy", passphrase=passphrase)
            if what == "edit":
                with store.edit("Import") as edit: edit.save_all(many)
            print("it went through")
        finally:
            limited(resource.RLIM_INFINITY)
            assert len(store.all(Person)) == 4
            with store.edit("Add") as edit: edit.save(Person(id="after", given_name="After"))
            store.undo()
except StoreError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("passphrase", ["", WORDS], ids=["plain", "encrypted"])
@pytest.mark.parametrize(
    ("what", "limit"), [("create", 100_000), ("create", 900_000), ("edit", 300_000), ("backup", 100_000)]
)
def test_a_quota_that_is_used_up(folder, made, secret, passphrase, what, limit):
    path = folder / "x.rally"
    if what != "create":
        shutil.copy(secret if passphrase else made, path)
    ended = subprocess.run(
        [sys.executable, "-c", FULL, str(path), passphrase, what, str(limit)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    kind, _, sentence = ended.stdout.strip().partition(" ")
    assert kind in ("DiskFull", "DeviceFailed"), ended.stdout
    one_sentence(StoreError(sentence))
    assert ".new" not in sentence
    assert sorted(os.listdir(folder)) == ([] if what == "create" else ["x.rally"])
    if what != "create":
        with Store.open(path, passphrase=passphrase or None) as store:
            assert sample.sound(store)
            assert len(store.all(Person)) == 4


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", str(place)], capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("NOT TESTED HERE: a disk that is really full needs root, to mount a small one")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_a_disk_that_is_full(small_disk, made, secret, passphrase):
    path = shutil.copy(secret if passphrase else made, small_disk / "x.rally")
    with Store.open(path, passphrase=passphrase) as store:
        before = contents(store)
        with pytest.raises(DiskFull) as full, store.edit("Import") as edit:
            edit.save_all(person(n, family_name="x" * 900) for n in range(3000))
        assert one_sentence(full.value).startswith("The disk is full: nothing of this change was saved")
        assert contents(store) == before
        stuffing = os.open(small_disk / "stuffing", os.O_CREAT | os.O_WRONLY)
        with contextlib.suppress(OSError):
            while os.write(stuffing, b"x" * 4096):
                pass
        os.close(stuffing)
        with pytest.raises(DiskFull):
            store.backup(small_disk / "copy.rally", passphrase=passphrase)
        with pytest.raises((DiskFull, DeviceFailed)) as made_none:
            Store.create(small_disk / "new.rally", sample.rota(), label="x")
        one_sentence(made_none.value)
        assert {name for name in os.listdir(small_disk) if "-" not in name} == {"x.rally", "stuffing"}
        (small_disk / "stuffing").unlink()
        with store.edit("Add") as edit:
            edit.save(person(1))
        assert sample.sound(store)
    assert os.listdir(small_disk) == ["x.rally"]


# ------------------------------------------------------------------------------------- a file that goes away
@pytest.mark.parametrize("what", ["deleted", "renamed", "replaced"])
def test_a_plan_that_goes_away_while_it_is_open(plan, folder, made, what):
    if what == "deleted":
        plan.path.unlink()
    else:
        plan.path.rename(folder / "Other.rally")
    if what == "replaced":
        shutil.copy(made, plan.path)
    for write in (plan.edit("x").__enter__, plan.note("x").__enter__):
        with pytest.raises(Vanished) as vanished:
            write()
        assert "“Strike.rally” was " in one_sentence(vanished.value)
    assert len(plan.all(Person)) == 4
    if what == "renamed":
        (folder / "Other.rally").rename(plan.path)
        with plan.edit("Add") as edit:
            edit.save(person(1))
        assert plan.find(Person, "x1")


# ------------------------------------------------------------------------------------------------- passphrases
@pytest.mark.parametrize(
    ("passphrase", "kind"),
    [(None, NeedsPassphrase), ("", WrongPassphrase), ("wrong", WrongPassphrase), (WORDS + " ", WrongPassphrase),
     ("nul\0", WrongPassphrase), ("half \ud800", WrongPassphrase), ("x' OR '1", WrongPassphrase)],
)  # fmt: skip
def test_a_passphrase_that_does_not_open(folder, secret, passphrase, kind, capfd):
    path = shutil.copy(secret, folder / "x.rally")
    with refused(kind, folder):
        Store.open(path, passphrase=passphrase)
    assert capfd.readouterr() == ("", "")  # the library says nothing of its own


def test_a_passphrase_that_does_not_open_a_plan_with_a_log(folder, secret):
    path = shutil.copy(secret, folder / "x.rally")
    with Store.open(path, passphrase=WORDS) as store:
        with store.edit("Add") as edit:
            edit.save(person(1))
        left = folder / "left"
        left.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", left)
    before = picture(left)
    with pytest.raises(WrongPassphrase):
        Store.open(left / "x.rally", passphrase="wrong")
    after = picture(left)
    after.pop("x.rally-shm")  # what readers share; it holds nothing of the plan
    assert after == before
    with Store.open(left / "x.rally", passphrase=WORDS) as store:
        assert store.find(Person, "x1")


def test_a_flipped_bit_in_an_encrypted_plan_is_never_read_as_data(folder, secret):
    whole = secret.read_bytes()
    path = folder / "x.rally"
    path.write_bytes(whole)
    with Store.open(path, passphrase=WORDS) as store:
        good = contents(store)
    randomly, told = random.Random(11), 0
    for _ in range(25):
        broken = bytearray(whole)
        broken[randomly.randrange(len(broken))] ^= 1 << randomly.randrange(8)
        path.write_bytes(broken)
        try:
            with Store.open(path, passphrase=WORDS, read_only=True) as store:
                assert contents(store) == good  # the bit is in a page that was not read ...
                assert store.rows("PRAGMA cipher_integrity_check")  # ... and is found by looking
        except StoreError as error:
            one_sentence(error)
            told += 1
        assert path.read_bytes() == broken
    assert told


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_another_plan_s_log_beside_the_file(folder, passphrase):
    """A backup copied over a plan whose program was killed: SQLite itself would mix the two and write the mixture."""
    path, other = folder / "Strike.rally", folder / "other" / "Strike.rally"
    other.parent.mkdir()
    Store.create(path, sample.rota(), label="New plan", passphrase=passphrase).close()
    Store.create(other, [*sample.rota(), *(person(n) for n in range(300))], label="Old", passphrase=passphrase).close()
    with Store.open(other, passphrase=passphrase) as store:
        with store.edit("Import") as edit:
            edit.save_all(person(n, phone="1") for n in range(600))
        shutil.copy(f"{other}-wal", folder)
    shutil.rmtree(other.parent)
    before = picture(folder)
    with pytest.raises(Damaged) as damaged:
        Store.open(path, passphrase=passphrase)
    assert "belongs to another plan" in one_sentence(damaged.value)
    after = picture(folder)
    after.pop("Strike.rally-shm", None)
    assert after == before
    (folder / "Strike.rally-wal").unlink()
    with Store.open(path, passphrase=passphrase) as store:
        assert sample.sound(store)


# ---------------------------------------------------------------------------------------- creating that fails
class Trouble(Exception):
    pass


def broken_off(records):
    yield from records
    raise Trouble


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_a_new_plan_whose_records_break_off_leaves_nothing(folder, passphrase):
    with pytest.raises(Trouble):
        Store.create(folder / "x.rally", broken_off(sample.rota()), label="x", passphrase=passphrase)
    assert os.listdir(folder) == []


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([person(1, given_name="")], "The person's name is missing"),
        ([r for r in sample.rota() if not isinstance(r, Person)], "would refer to"),
        ([*sample.rota(), replace(sample.rota()[-1], id="again")], "There is one like it already"),
    ],
    ids=["wrong", "dangling", "twice"],
)
def test_a_new_plan_of_wrong_records_leaves_nothing(folder, records, words):
    with pytest.raises(Refused, match=words) as wrong:
        Store.create(folder / "x.rally", records, label="x")
    one_sentence(wrong.value)
    assert os.listdir(folder) == []


def test_a_new_plan_that_was_interrupted_leaves_nothing(folder):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store.create(folder / "x.rally", sample.rota(), label="x", progress=stop)
    assert os.listdir(folder) == []


def test_a_new_plan_never_replaces_anything(folder):
    (folder / "there.rally").write_text("mine")
    (folder / "link.rally").symlink_to(folder / "nowhere")
    (folder / "dir.rally").mkdir()
    for name in ("there.rally", "link.rally", "dir.rally"):
        with refused(AlreadyThere, folder):
            Store.create(folder / name, [], label="x")
    with refused(NotFound, folder):
        Store.create(folder / "no" / "x.rally", [], label="x")
    with refused(Refused, folder):
        Store.create(folder / "x.rally", [], label="x", passphrase="")


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without"])
def test_a_file_that_appears_while_a_plan_is_made_is_not_replaced(folder, monkeypatch, links):
    path = folder / "x.rally"
    if not links:
        monkeypatch.setattr(os, "link", no_links)

    def appearing():
        yield from sample.rota()
        path.write_text("another window's")

    with pytest.raises(AlreadyThere) as there:
        Store.create(path, appearing(), label="x")
    one_sentence(there.value)
    assert picture(folder) == {"x.rally": b"another window's"}


def no_links(*names):
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_disk_without_links_holds_plans_too(folder, monkeypatch):
    monkeypatch.setattr(os, "link", no_links)
    with Store.create(folder / "x.rally", sample.rota(), label="x") as store:
        assert len(store.all(Person)) == 4
        store.backup(folder / "y.rally")
    assert sorted(os.listdir(folder)) == ["x.rally", "y.rally"]


def test_a_rename_that_fails_leaves_nothing(folder, monkeypatch):
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "replace", no_links)
    with refused(ReadOnly, folder):
        Store.create(folder / "x.rally", sample.rota(), label="x")


def test_what_a_kill_left_is_cleared_away_and_a_neighbour_s_work_is_not(folder):
    old, young = folder / ".rallyapp-000000000000.new", folder / ".rallyapp-111111111111.new-wal"
    for path in (old, young):
        path.write_text("names and telephone numbers")
    os.utime(old, (0, 0))
    Store.create(folder / "x.rally", [], label="x").close()
    assert sorted(os.listdir(folder)) == [young.name, "x.rally"]


# -------------------------------------------------------------------------------------------- in so many words
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("file is not a database", WrongPassphrase),
        ("database disk image is malformed", Damaged),
        ("hmac check failed", Damaged),
        ("database or disk is full", DiskFull),
        ("database is locked", InUse),
        ("database table is locked", InUse),
        ("attempt to write a readonly database", ReadOnly),
        ("unable to open database file", NotFound),
        ("disk I/O error", DeviceFailed),
        ("no such column: x", TooNew),
        ("no such table: x", TooNew),
        ("SQL logic error", StoreError),
    ],
)
def test_what_the_engine_says_becomes_one_sentence(text, kind):
    error = translate(sqlite3.OperationalError(text), Path("/home/sian/Strike.rally"))
    assert type(error) is kind
    assert "“Strike.rally”" in one_sentence(error)
    assert "sian" not in str(error)


def test_bytes_that_sqlite_quotes_and_no_text_can_hold_are_damage(closed):
    """Overwrite a table's SQL and its name: SQLite's error names the table, byte for byte."""
    whole = closed.read_bytes()
    row = b"tableoperationoperation"
    broken = bytearray(whole.replace(row, row.replace(b"op", b"\xc0\xaf")))
    at = broken.index(b'CREATE TABLE "operation"')
    broken[at : at + 6] = b"CRATER"
    closed.write_bytes(broken)
    with pytest.raises(StoreError) as refused, Store.open(closed) as store:
        store.plan()
    assert "damaged" in one_sentence(refused.value)
