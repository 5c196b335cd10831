"""Encrypted plans: the passphrase from a file, from standard input, or typed."""

import io
import json
import subprocess
import sys
import time

import pytest

from rallyapp.domain.people import Person
from rallyapp.store import Store
from tests.cli.asking import PROGRAM, Terminal, one_sentence, screenless, untouched
from tests.cli.conftest import WORDS


def names_in(path):
    """Whether a name that is in Southampton's plan can be read in a file."""
    return b"Southampton" in path.read_bytes()


@pytest.mark.parametrize("command", ["new", "demo", "load"])
def test_a_plan_is_made_encrypted(rallyapp, folder, demos, words, command):
    arguments = {
        "new": ["new", folder / "x.rally", "--union", "BMA", "--site", "RHM01"],
        "demo": ["demo", "southampton-2015", folder / "x.rally"],
        "load": ["load", demos / "southampton.json", folder / "x.rally"],
    }[command]
    told = rallyapp(*arguments, "--encrypt", "--passphrase-file", words)
    assert told.code == 0
    assert "not encrypted" not in told.err
    assert not names_in(folder / "x.rally")
    assert rallyapp("info", folder / "x.rally", "--passphrase-file", words).code == 0
    with Store.open(folder / "x.rally", passphrase=WORDS) as store:
        assert store.history()


@pytest.mark.parametrize(
    "command",
    [
        ["info"],
        ["check"],
        ["fill", "--apply"],
        ["fill", "--apply", "--json"],
        ["undo"],
        ["redo"],
        ["history"],
        ["print", "rota", "--to", "x.pdf"],
        ["print", "rally-plan", "--to", "y.pdf"],
        ["export", "--to", "x.json"],
        ["backup"],
    ],
)
def test_every_command_takes_the_passphrase(rallyapp, secret, words, command, monkeypatch):
    monkeypatch.chdir(secret.parent)
    name, *more = command
    told = rallyapp(name, secret, *more, "--passphrase-file", words)
    assert told.code in (0, 1), told
    assert told.err == ""
    for path in secret.parent.glob("*.rally"):
        assert not names_in(path)


def test_a_passphrase_comes_by_standard_input(rallyapp, secret, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{WORDS}\nsomething else\n"))
    assert rallyapp("info", secret, "--passphrase-file", "-").code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert "empty" in one_sentence(rallyapp("info", secret, "--passphrase-file", "-"))


@pytest.mark.parametrize(
    "content",
    [f"{WORDS}", f"{WORDS}\r\n", f"\ufeff{WORDS}\n", f"{WORDS}\nsecond line\n"],
    ids=["no line end", "from Windows", "from Notepad", "two lines"],
)
def test_a_passphrase_file_as_people_make_it(rallyapp, folder, secret, content):
    (folder / "words").write_bytes(content.encode())
    assert rallyapp("info", secret, "--passphrase-file", folder / "words").code == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"wrong\n", "not right"),
        (b"", "empty first line"),
        (b"\n" + WORDS.encode(), "empty first line"),
        (WORDS.encode("utf-16"), "not text in UTF-8"),
        (b"\x00\n", "can't be typed"),
        (b"x" * 10_000, "too long"),
        (None, "can't be read"),
    ],
)
def test_a_passphrase_that_does_not_open_it(rallyapp, folder, secret, content, says):
    if content is not None:
        (folder / "words").write_bytes(content)
    with untouched(folder):
        assert says in one_sentence(rallyapp("info", secret, "--passphrase-file", folder / "words"))


def test_an_encrypted_plan_without_its_passphrase(rallyapp, folder, secret):
    with untouched(folder):
        for command in ("info", "check", "fill", "undo", "redo", "history", "backup"):
            said = one_sentence(rallyapp(command, secret))
            assert "encrypted" in said
            assert "--passphrase-file" in said


def test_a_folder_is_no_passphrase_file(rallyapp, folder, secret):
    with untouched(folder):
        assert "can't be read" in one_sentence(rallyapp("info", secret, "--passphrase-file", folder))
        assert "can't be read" in one_sentence(
            rallyapp("new", folder / "n", "--union", "B", "--passphrase-file", folder)
        )


def test_a_passphrase_for_a_plain_plan_is_not_needed(rallyapp, plan, words):
    assert rallyapp("info", plan, "--passphrase-file", words).code == 0


def test_a_new_passphrase_needs_a_terminal_or_a_file(rallyapp, folder):
    with untouched(folder):
        assert "--passphrase-file" in one_sentence(rallyapp("new", folder / "n.rally", "--union", "BMA", "--encrypt"))
        assert "--passphrase-file" in one_sentence(rallyapp("demo", "national", folder / "n.rally", "--encrypt"))


# ------------------------------------------------------------------------------------------ on a terminal
def test_the_passphrase_is_asked_for_and_not_shown(secret):
    terminal = Terminal("info", "secret.rally", "--json", cwd=secret.parent)
    terminal.until("Passphrase of secret.rally")
    terminal.types("wrong")
    terminal.until("not right")
    terminal.until("Passphrase of secret.rally")
    terminal.types(WORDS)
    told = terminal.answers()
    assert told.code == 0, told
    assert told.json["counts"]["person"] == 63
    assert "wrong" not in told.err
    assert WORDS not in told.err


def test_there_are_three_tries(secret):
    with untouched(secret.parent):
        terminal = Terminal("fill", "--apply", "secret.rally", cwd=secret.parent)
        for n in range(3):
            terminal.until("Passphrase of secret.rally")
            terminal.types(f"guess {n}")
        told = terminal.answers()
        assert told.code == 2
        assert told.err.count("Passphrase of") == 3
        assert told.err.rstrip().splitlines()[-1].startswith("rallyapp: ")
        assert "Traceback" not in told.err


def test_ctrl_c_at_the_passphrase(secret):
    with untouched(secret.parent):
        terminal = Terminal("fill", "--apply", "secret.rally", cwd=secret.parent)
        terminal.until("Passphrase")
        terminal.interrupt()
        told = terminal.answers()
        assert told.code == 130
        assert told.err.rstrip().endswith("Stopped.")


def test_a_backup_of_a_plan_whose_passphrase_was_typed(secret):
    terminal = Terminal("backup", "secret.rally", "--to", "b.rally", cwd=secret.parent)
    terminal.until("Passphrase")
    terminal.types(WORDS)
    assert terminal.answers().code == 0
    with Store.open(secret.parent / "b.rally", passphrase=WORDS) as store:
        assert len(store.all(Person)) == 63


def test_a_new_passphrase_is_typed_twice(folder):
    terminal = Terminal("new", "n.rally", "--union", "BMA", "--encrypt", cwd=folder)
    for asked, text in [
        ("new plan", "five"),
        ("Repeat", "six"),
        ("new plan", "gr\u00fc\u00df"),
        ("Repeat", "gr\u00fc\u00df"),
    ]:
        terminal.until(asked)
        time.sleep(0.1)  # what is typed before the letters are hidden is thrown away
        terminal.types(text)
    told = terminal.answers()
    assert told.code == 0, told
    with Store.open(folder / "n.rally", passphrase="gru\u0308\u00df") as store:
        assert store.history()


def test_a_pipe_brings_the_passphrase_to_the_real_program(secret):
    asked = ["info", "secret.rally", "--json", "--passphrase-file", "-"]
    told = subprocess.run(
        [*PROGRAM, *asked],
        cwd=secret.parent,
        input=f"{WORDS}\n".encode(),
        capture_output=True,
        env=screenless(),
        check=True,
    )
    assert json.loads(told.stdout)["counts"]["person"] == 63
    assert told.stderr == b""
