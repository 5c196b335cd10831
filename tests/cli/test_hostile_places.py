"""Odd names, full disks, closed pipes and Ctrl+C: the program as it is really started."""

import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rallyapp.store import Store
from tests.cli.asking import PROGRAM, one_sentence, picture, program, screenless, untouched

NAMES = [
    "with space.rally",
    "what?.rally",
    "#1.rally",
    "100%.rally",
    "%41.rally",
    "it's.rally",
    'so "called".rally',
    "semi;colon&.rally",
    "back\\slash.rally",
    "Siân’s \U0001f525 plan.rally",
    "line\nbreak.rally",
    "file:x.rally",
    "no-suffix",
    os.fsdecode(b"caf\xe9.rally"),
    "x" * 190 + ".rally",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_of_any_name(rallyapp, folder, demos, name, monkeypatch):
    monkeypatch.chdir(folder)
    shutil.copy(demos / "southampton-2015.rally", name)
    for command in (["info"], ["info", "--json"], ["fill", "--apply"], ["undo"], ["history", "--json"]):
        told = rallyapp(command[0], name, *command[1:])
        assert (told.code, told.err) == (0, ""), told
        if "--json" in command:
            assert told.json
    out = name[:180]
    assert rallyapp("export", name, "--to", f"{out}.json").code == 0
    assert rallyapp("load", f"{out}.json", f"{out} 2.rally").code == 0
    assert rallyapp("info", folder / f"{out} 2.rally").code == 0
    assert rallyapp("backup", folder / name, "--to", f"{out} 3.rally").code == 0
    if NAMES.index(name) % 3 == 0:
        assert rallyapp("print", name, "rota", "--to", f"{out}.pdf").code == 0
    left = {file.name for file in folder.iterdir()} - {f"{out}.pdf"}
    assert left == {name, f"{out}.json", f"{out} 2.rally", f"{out} 3.rally"}


def test_the_real_program_takes_bytes_that_are_no_text(folder):
    name = os.fsdecode(b"caf\xe9 \xff.rally")
    assert program("demo", "southampton-2015", name, cwd=folder).code == 0
    told = program("info", name, "--json", cwd=folder)
    assert told.json["counts"]["person"] == 63
    with untouched(folder):
        assert "no plan" in one_sentence(program("info", os.fsdecode(b"\xff\xfe"), cwd=folder))


def test_names_that_begin_with_a_dash(rallyapp, folder, monkeypatch):
    monkeypatch.chdir(folder)
    with untouched(folder):
        assert "--help" in one_sentence(rallyapp("demo", "southampton-2015", "-x.rally"))
    assert rallyapp("demo", "southampton-2015", "--", "-x.rally").code == 0
    assert rallyapp("info", "--", "-x.rally").code == 0
    assert rallyapp("info", "./-x.rally").code == 0
    assert rallyapp("backup", "./-x.rally").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["info", "{}"],
        ["check", "{}"],
        ["fill", "{}"],
        ["undo", "{}"],
        ["new", "{}", "--union", "BMA"],
        ["demo", "southampton-2015", "{}"],
        ["load", "{}", "x.rally"],
        ["load", "in.json", "{}"],
        ["backup", "s.rally", "--to", "{}"],
        ["export", "s.rally", "--to", "{}"],
        ["print", "s.rally", "rota", "--to", "{}"],
        ["info", "s.rally", "--passphrase-file", "{}/x"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
@pytest.mark.parametrize(
    "name", ["x" * 300, "x/" * 3000 + "x", "s.rally/x", ""], ids=["long", "deep", "in a file", "no"]
)
def test_names_that_no_file_can_have(rallyapp, folder, plan, demos, arguments, name, monkeypatch):
    monkeypatch.chdir(folder)
    shutil.copy(demos / "southampton.json", "in.json")
    with untouched(folder):
        said = one_sentence(rallyapp(*[part.replace("{}", name) for part in arguments]))
        assert len(said) < 9_000


def test_a_plan_s_text_stays_on_one_line_of_an_error(rallyapp, folder):
    with untouched(folder):
        assert "a b.rally" in one_sentence(rallyapp("info", folder / "a\nb.rally"))


# ---------------------------------------------------------------------------------------------- full disks
@pytest.fixture
def small_disk(tmp_path):
    """A disk of 2 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid():
        pytest.skip("needs root, to mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def fill_up(place, leave=0):
    with contextlib.suppress(OSError), open(place / "full", "wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    if leave:
        os.truncate(place / "full", os.path.getsize(place / "full") - leave)


def drop_empty_log(plan):
    """SQLite can't tidy up where there is no room for its log: it leaves one with nothing in it."""
    log = plan.with_name(f"{plan.name}-wal")
    if log.exists():
        assert log.read_bytes() == b""
        log.unlink()
        plan.with_name(f"{plan.name}-shm").unlink(missing_ok=True)


@pytest.mark.parametrize("leave", [0, 40_960])
def test_a_full_disk(rallyapp, small_disk, demos, leave):
    plan, source = small_disk / "e.rally", demos / "southampton.json"
    shutil.copy(demos / "epsom-st-helier-2016.rally", plan)
    fill_up(small_disk, leave)
    for command in (
        ["fill", plan, "--apply"],
        ["export", plan, "--to", small_disk / "x.json"],
        ["print", plan, "rota", "--to", small_disk / "x.pdf"],
        ["backup", plan],
        ["demo", "southampton-2015", small_disk / "x.rally"],
        ["new", small_disk / "x.rally", "--union", "BMA"],
        ["load", source, small_disk / "x.rally"],
    ):
        with untouched(small_disk):
            one_sentence(rallyapp(*command))
            drop_empty_log(plan)
    (small_disk / "full").unlink()
    with Store.open(plan) as store:
        assert [each.kind for each in store.history()] == ["made"]


@pytest.mark.parametrize("most", [0, 20_000, 400_000])
def test_a_quota(demos, folder, epsom, most):
    """As under "ulimit -f": writing beyond fails."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    for command in (
        ["demo", "southampton-2015", "x.rally"],
        ["fill", "e.rally", "--apply"],
        ["export", "e.rally", "--to", "x.json"],
        ["print", "e.rally", "rota", "--to", "x.pdf"],
        ["backup", "e.rally"],
    ):
        if most == 400_000 and command[0] in ("export", "print"):
            continue  # they fit
        with untouched(folder):
            one_sentence(program(*command, cwd=folder, preexec_fn=limit))
            drop_empty_log(epsom)


# ----------------------------------------------------------------------------------------- streams and keys
@pytest.mark.parametrize("command", [["history"], ["check"], ["check", "--json"], ["fill", "--json", "--dry-run"]])
def test_a_reader_who_has_seen_enough(epsom, command):
    reading, writing = os.pipe()
    os.close(reading)
    name, *more = command
    ended = subprocess.run(
        [*PROGRAM, name, epsom, *more],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=screenless(),
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_help_to_nobody():
    ended = subprocess.run(
        f"{sys.executable} -m rallyapp --help | true; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        env=screenless(),
        check=True,
    )
    assert (ended.stdout, ended.stderr) == (b"0\n", b"")


def test_an_answer_onto_a_full_disk(epsom):
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [*PROGRAM, "info", epsom], stdout=full, stderr=subprocess.PIPE, env=screenless(), check=False
        )
    assert ended.returncode == 2
    assert re.fullmatch(rb"rallyapp: The answer could not be [^\n]*\n", ended.stderr), ended.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(epsom, closed, tmp_path):
    for command, code in ((f"fill '{epsom}' --dry-run", 0), ("info no.rally", 2), ("new n.rally", 2)):
        ended = subprocess.run(
            f"{sys.executable} -m rallyapp {command} {closed}",
            shell=True,
            capture_output=True,
            cwd=tmp_path,
            env=screenless(),
            check=False,
        )
        assert ended.returncode == code, ended
        assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_any_locale(epsom, locale):
    told = program("history", str(epsom), env=screenless(LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"))
    assert (told.code, told.err) == (0, "")
    assert "Demo: epsom" in told.out


def interrupted(folder, *command, when):
    process = subprocess.Popen(
        [*PROGRAM, *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=screenless(),
    )
    end = time.monotonic() + 60
    while not when():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (130, b"", b"Stopped.")


def test_ctrl_c_in_code_that_was_written_from_text_leaves_with_130_too(tmp_path):
    (tmp_path / "interrupted.py").write_text(
        "import sys, click\n"
        "from rallyapp.cli.shell import run\n"
        "command = click.Command('now', callback=lambda: exec('raise KeyboardInterrupt'))\n"
        "sys.exit(run(click.Group(commands=[command]), ['now']))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        env=screenless(PYTHONPATH=os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])),
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr.strip()) == (130, b"", b"Stopped.")


def test_ctrl_c_while_a_plan_is_written_leaves_nothing(folder, tmp_path):
    people = ",".join(f'{{"id": "p{n}", "given_name": "Person {n}"}}' for n in range(30_000))
    head = '{"format": "rallyapp-plan", "version": 1, "records": {"settings": [{"id": "s", "title": "T"}], "person": ['
    (tmp_path / "big.json").write_text(f"{head}{people}]}}}}")

    def writing():
        with contextlib.suppress(OSError):  # a file that is gone again
            return sum(path.stat().st_size for path in folder.glob(".rallyapp-*")) > 600_000

    interrupted(folder, "load", str(tmp_path / "big.json"), "n.rally", when=writing)
    assert picture(folder) == {}


def test_ctrl_c_while_the_national_demo_is_made_up_leaves_nothing(folder):
    start = time.monotonic()
    interrupted(folder, "demo", "national", "n.rally", when=lambda: time.monotonic() > start + 2)
    assert picture(folder) == {}
