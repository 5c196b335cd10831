"""Backups are whole, checked and secret where the plan is; an encrypted plan shows nobody's name to anybody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rallyapp.domain.people import Person
from rallyapp.store import Store, backup
from rallyapp.store.connection import connect
from rallyapp.store.errors import AlreadyThere, Damaged, DiskFull, NotFound, ReadOnly, StoreError, WrongPassphrase
from tests.store import sample
from tests.store.sample import contents, person

WORDS = "five random words"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def secret(folder):
    path = folder / "Secret.rally"
    people = [
        person(
            n,
            given_name="Blodeuwedd",
            family_name="Featherstonehaugh",
            phone="07700 900123",
            email="b@featherston.example",
        )
        for n in range(50)
    ]
    with Store.create(path, [*sample.rota(), *people], label="Import Featherstonehaugh", passphrase=WORDS) as store:
        yield store


# --------------------------------------------------------------------------------------------------- encryption
def test_an_encrypted_plan_shows_nobody_s_name(secret, folder):
    with secret.edit("Change Featherstonehaugh") as edit:
        edit.save_all(
            person(n, given_name="Blodeuwedd", family_name="Featherstonehaugh", phone="07700 900123") for n in range(90)
        )
        edit.delete(person(1))
    secret.backup(folder / "Copy.rally", passphrase=WORDS)
    listed = sorted(os.listdir(folder))
    assert listed == ["Copy.rally", "Secret.rally", "Secret.rally-shm", "Secret.rally-wal"]
    hints = [
        b"Blodeuwedd",
        b"Featherston",
        b"featherston",
        b"07700",
        b"900123",
        b"person",
        b"CREATE TABLE",
        b"Southampton",
        b"SQLite format 3",
        WORDS.encode(),
    ]
    for name in listed:
        whole = (folder / name).read_bytes()
        assert whole
        for hint in hints:
            assert hint not in whole, (name, hint)
            assert hint.decode().encode("utf-16-le") not in whole
        if not name.endswith("-shm"):
            assert b"RALY" not in whole[:100]


def test_a_plain_plan_says_what_it_is(closed):
    assert closed.read_bytes().startswith(b"SQLite format 3\0")


def test_a_passphrase_is_the_same_however_a_keyboard_writes_it(folder):
    Store.create(folder / "x.rally", [], label="x", passphrase="Sia\u0302n's Zo\u00eb").close()
    Store.open(folder / "x.rally", passphrase="Si\u00e2n's Zoe\u0308").close()


# ------------------------------------------------------------------------------------------------------- copies
@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_a_copy_is_the_plan_with_its_history(folder, passphrase):
    with Store.create(folder / "x.rally", sample.rota(), label="New plan", passphrase=passphrase) as store:
        with store.edit("Add") as edit:
            edit.save(person(1))
        target = store.backup(folder / "y.rally", passphrase=passphrase)
        assert target == folder / "y.rally"
        with Store.open(target, passphrase=passphrase) as copy:
            assert contents(copy) == contents(store)
            assert copy.history() == store.history()
            assert copy.undo().label == "Undo: Add"
            assert sample.sound(copy)
        assert store.find(Person, "x1")
    assert sorted(os.listdir(folder)) == ["x.rally", "y.rally"]


@pytest.mark.parametrize("passphrase", [None, "", "wrong"])
def test_a_copy_that_could_not_be_opened_again_is_not_kept(secret, folder, passphrase):
    with pytest.raises(WrongPassphrase, match=r"No backup was made: that is not the passphrase of “Secret.rally”"):
        secret.backup(folder / "Copy.rally", passphrase=passphrase)
    assert sorted(os.listdir(folder)) == ["Secret.rally", "Secret.rally-shm", "Secret.rally-wal"]


def test_a_copy_never_replaces_anything(plan, folder):
    (folder / "there").write_text("mine")
    for target, kind in [
        ("there", AlreadyThere),
        ("Strike.rally", AlreadyThere),
        ("no/where", NotFound),
        (".", AlreadyThere),
    ]:
        with pytest.raises(kind):
            plan.backup(folder / target)
    assert (folder / "there").read_text() == "mine"


def test_a_file_that_appears_while_a_copy_is_made_is_not_replaced(plan, folder, monkeypatch):
    verify = backup._verify

    def slow(made, passphrase, source):
        verify(made, passphrase, source)
        (folder / "x.rally").write_text("another window's")

    monkeypatch.setattr(backup, "_verify", slow)
    with pytest.raises(AlreadyThere):
        plan.backup(folder / "x.rally")
    assert (folder / "x.rally").read_text() == "another window's"
    assert not list(folder.glob(".rallyapp*"))


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_a_copy_that_can_t_be_read_back_is_not_kept(folder, monkeypatch, passphrase):
    connect = backup.connect

    def damaged(made, given, *, read_only):
        """The stick loses what was written to it, before it is read back."""
        whole = bytearray(made.read_bytes())
        whole[8192:60_000] = bytes(60_000 - 8192)
        made.write_bytes(whole)
        return connect(made, given, read_only=read_only)

    monkeypatch.setattr(backup, "connect", damaged)
    with Store.create(folder / "x.rally", sample.rota(), label="New plan", passphrase=passphrase) as store:
        failed = pytest.raises(Damaged, match="could not be read back, so none was kept")
        with failed:
            store.backup(folder / "y.rally", passphrase=passphrase)
    assert os.listdir(folder) == ["x.rally"]


@pytest.mark.parametrize(
    ("error", "kind"), [(PermissionError(13, "no"), ReadOnly), (OSError(5, "Input/output error"), DiskFull)]
)
def test_a_disk_that_fails_while_a_copy_is_finished_leaves_none(plan, folder, monkeypatch, error, kind):
    def fails(number):
        raise error

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(kind):
        plan.backup(folder / "y.rally")
    with pytest.raises((kind, ReadOnly)):
        Store.create(folder / "z.rally", [], label="x")
    assert not [name for name in os.listdir(folder) if not name.startswith("Strike")]


def test_a_copy_inside_an_edit_is_a_bug(plan, folder):
    with pytest.raises(RuntimeError, match="inside an edit or a snapshot"), plan.edit("x"):
        plan.backup(folder / "y.rally")
    with pytest.raises(RuntimeError, match="inside an edit or a snapshot"), plan.snapshot():
        plan.backup(folder / "y.rally")


WRITER = """
import sys
from rallyapp.store import Store
from rallyapp.domain.people import Person, PersonSkill, Skill
with Store.open(sys.argv[1], passphrase=sys.argv[2] or None) as store:
    print("ready", flush=True)
    number = 0
    while sys.argv[3:] or True:
        number += 1
        with store.edit(f"Add {number}") as edit:
            edit.save(Person(id=f"w{number}", given_name="x" * (number % 400 + 1)))
            edit.save(PersonSkill(id=f"k{number}", person_id=f"w{number}", skill=Skill.MC))
"""


@pytest.mark.parametrize("passphrase", ["", WORDS], ids=["plain", "encrypted"])
def test_copies_made_while_another_program_writes_at_full_speed_are_whole(folder, passphrase):
    path = folder / "x.rally"
    Store.create(path, sample.rota(), label="New plan", passphrase=passphrase or None).close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), passphrase], stdout=subprocess.PIPE, cwd=ROOT)
    sizes = []
    try:
        assert writer.stdout.readline() == b"ready\n"
        with Store.open(path, passphrase=passphrase or None) as store:
            for number in range(4 if passphrase else 8):
                target = store.backup(folder / f"{number}.rally", passphrase=passphrase or None)
                with Store.open(target, passphrase=passphrase or None) as copy:
                    skills = copy.rows("SELECT count(*) FROM person_skill")[0][0]
                    assert len(copy.all(Person)) == skills + 4
                    assert sample.sound(copy)
                    sizes.append(skills)
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    assert not list(folder.glob(".rallyapp*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")
def test_a_kill_while_a_copy_is_made_leaves_a_whole_copy_or_none(closed, folder):
    """A child kills itself at the n-th step of making a copy: after the copy, the check, the sync, the link."""
    steps = ["unfinished", "_verify", "_settle", "publish", "remove", "none"]
    for step in steps:
        target = folder / f"{step}.rally"
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                if step != "none":
                    setattr(backup, step, lambda *arguments, **named: os.kill(os.getpid(), 9))
                with Store.open(closed) as store:
                    store.backup(target)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) == (step != "none")
        assert target.exists() == (step in ("remove", "none"))
        with Store.open(closed) as store:
            assert sample.sound(store)
    with Store.open(target) as copy:
        assert sample.sound(copy)


def test_what_is_said_of_a_copy_names_the_copy_and_not_its_unfinished_name(plan, folder, monkeypatch):
    monkeypatch.setattr(backup, "quoted", lambda text: "'/no/such/folder/x'")
    with pytest.raises(StoreError) as failed:
        plan.backup(folder / "y.rally")
    assert "“y.rally”" in str(failed.value)
    assert ".new" not in str(failed.value)


def test_the_plain_pages_of_a_plan_are_checked_by_the_reader(closed):
    opened = connect(closed, None, read_only=True)
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened.close()
