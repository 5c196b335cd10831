"""The first start: what it finds out about a machine, what it says, and what it keeps of the command."""

import ast
import os
import pathlib
import subprocess
import sys

import pytest

from rallyapp import _bootstrap, _system_packages
from rallyapp.__main__ import opens_window

ROOT = pathlib.Path(__file__).resolve().parents[1]
DEBIAN = _system_packages.Machine(linux=True, root=False, terminal=True, apt=True, sudo=True)
NOWHERE = {"librally-does-not-exist.so.9": "librally9"}


class Apt:
    """A machine's apt-get that remembers what it was told, and what was said meanwhile."""

    def __init__(self, reply="", codes=(0, 0)):
        self.reply, self.codes = reply, list(codes)
        self.questions, self.commands, self.told = [], [], []

    def answer(self, question):
        self.questions.append(question)
        return self.reply

    def run(self, command):
        self.commands.append(" ".join(command))
        return self.codes.pop(0)

    def provide(self, machine, missing=NOWHERE):
        return _system_packages.provide(missing, machine, self.told.append, self.answer, self.run)


# --- Which Python ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 0), (3, 10, 13)])
def test_an_old_python_gets_a_sentence(version):
    sentence = _bootstrap.too_old(version)
    assert sentence.startswith("RallyApp needs Python 3.11 or newer; this is Python ")
    assert ".".join(map(str, version)) in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 5), (4, 0, 0)])
def test_a_new_enough_python_gets_none(version):
    assert _bootstrap.too_old(version) == ""


@pytest.mark.parametrize(
    "name",
    [
        *["rallyapp/__init__.py", "rallyapp/__main__.py", "rallyapp/_bootstrap.py"],
        *["rallyapp/_system_packages.py", "tests/__init__.py", "tests/__main__.py"],
    ],
)
def test_an_old_python_can_read_as_far_as_the_sentence(name):
    tree = ast.parse((ROOT / name).read_text("utf-8"), feature_version=(3, 7))
    annotations = [
        note
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note is not None
    ]
    # "list[str]" and "str | None" must stand in quotes: an old Python cannot work them out.
    assert not [ast.unparse(note) for note in annotations if isinstance(note, ast.Subscript | ast.BinOp)]


@pytest.mark.parametrize(
    ("qt", "python", "works"),
    [
        ("6.12.0", (3, 11), False),
        ("6.12.3", (3, 11), False),
        ("6.11.3", (3, 11), True),
        ("6.12.0", (3, 12), True),
        ("6.13.0", (3, 11), True),
    ],
)
def test_the_broken_pair_of_qt_and_python_is_refused(qt, python, works):
    sentence = _bootstrap.broken_qt(qt, python)
    assert (sentence == "") is works
    if not works:
        assert f"PySide6 {qt} crashes on Python 3.11" in sentence


def test_the_pair_this_suite_runs_on_is_not_the_broken_one():
    _bootstrap.refuse_broken_qt()


# --- The system's libraries --------------------------------------------------------------------------------


def test_a_library_that_cannot_be_loaded_is_missing():
    assert _system_packages.missing_libraries(NOWHERE) == NOWHERE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names a library of Linux")
def test_a_library_that_can_be_loaded_is_not():
    assert _system_packages.missing_libraries({"libc.so.6": "libc6"}) == {}


@pytest.mark.parametrize(
    ("environ", "kinds"),
    [
        ({}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["wayland"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ["wayland", "xcb"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, []),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:enable_fonts"}, []),
        ({"QT_QPA_PLATFORM": "xcb"}, ["xcb"]),
        ({"QT_QPA_PLATFORM": "wayland-egl;xcb"}, ["wayland", "xcb"]),
    ],
)
def test_only_a_screen_that_will_be_used_needs_its_libraries(environ, kinds):
    assert _system_packages.screens(environ) == kinds


def wanted(environ, *, lacking):
    return _system_packages.needed_libraries(
        environ, lambda libraries: {name: package for name, package in libraries.items() if package in lacking}
    )


def test_one_complete_kind_of_screen_is_enough():
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert wanted(both, lacking={"libxcb-cursor0"}) == {}
    assert set(wanted(both, lacking={"libxcb-cursor0", "libwayland-cursor0", "libegl1"}).values()) == {
        *["libxcb-cursor0", "libwayland-cursor0", "libegl1"],
    }
    assert list(wanted({"DISPLAY": ":0"}, lacking={"libxcb-cursor0"}).values()) == ["libxcb-cursor0"]
    assert wanted({"QT_QPA_PLATFORM": "offscreen"}, lacking={"libxcb-cursor0"}) == {}


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_screen_is_one_of_three_variables(name):
    assert _system_packages.has_screen({name: "something"})
    assert not _system_packages.has_screen({name: ""})


# --- Having them installed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", ["\n", "y\n", "Yes\n"])
def test_on_yes_the_packages_are_installed(reply):
    apt = Apt(reply)
    assert apt.provide(DEBIAN) == ""
    assert apt.told == ["RallyApp needs these system packages: librally9", "Installing them with apt-get."]
    assert apt.questions == ["Install them now with apt-get? [Y/n] "]
    update, install = apt.commands
    assert update.startswith("sudo apt-get ")
    assert update.endswith(" update")
    assert install.startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get ")
    assert install.endswith(" install -y --no-install-recommends librally9")


@pytest.mark.parametrize("reply", ["n\n", "no\n", "what?\n"])
def test_on_anything_else_nothing_is_installed(reply):
    apt = Apt(reply)
    sentence = apt.provide(DEBIAN)
    assert sentence.startswith("Nothing was installed.")
    assert sentence.endswith("sudo apt-get install -y --no-install-recommends librally9")
    assert apt.commands == []


def test_root_without_a_terminal_is_not_asked():
    apt = Apt()
    assert apt.provide(DEBIAN._replace(root=True, terminal=False, sudo=False)) == ""
    assert apt.questions == []
    assert apt.told[-1] == "Installing them with apt-get."
    assert [command.split()[0] for command in apt.commands] == ["apt-get", "env"]


@pytest.mark.parametrize("change", [{"terminal": False}, {"sudo": False}])
def test_who_may_not_install_is_told_the_command(change):
    apt = Apt()
    sentence = apt.provide(DEBIAN._replace(**change))
    assert "sudo apt-get install -y --no-install-recommends librally9" in sentence
    assert apt.questions == apt.commands == []


def test_a_system_without_apt_is_told_the_libraries():
    apt = Apt()
    assert "librally-does-not-exist.so.9" in apt.provide(DEBIAN._replace(apt=False))
    assert apt.commands == []


def test_an_apt_get_that_fails_is_a_sentence():
    sentence = Apt("y\n", codes=(100, 100)).provide(DEBIAN)
    assert sentence.startswith("apt-get could not install them (it ended with 100;")
    assert sentence.endswith("librally9")


def test_old_package_lists_may_be_good_enough():
    assert Apt("y\n", codes=(100, 0)).provide(DEBIAN) == ""


# --- The environment and its stamp -------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path):
    """A project folder with both lock files and nothing set up."""
    (tmp_path / "resources").mkdir()
    for lock in _bootstrap.LOCKS:
        (tmp_path / "resources" / lock).write_text(f"for {lock}\n", "utf-8")
    return str(tmp_path)


def made(checkout, *locks, python=True):
    """An environment whose stamp says that these lock files are installed."""
    home = os.path.join(checkout, ".venv", "3.11")
    if python:
        os.makedirs(os.path.dirname(_bootstrap.python_of(home)))
        pathlib.Path(_bootstrap.python_of(home)).touch()
    else:
        os.makedirs(home)
    _bootstrap.write_stamp(home, {lock: _bootstrap.lock_hash(lock, checkout) for lock in locks})
    return home


def test_the_tests_environment_serves_the_program_too(checkout):
    home = made(checkout, *_bootstrap.LOCKS["requirements-tests.lock"][1])
    assert _bootstrap.is_current(home, "requirements.lock", checkout)
    assert _bootstrap.is_current(home, "requirements-tests.lock", checkout)


def test_the_programs_environment_does_not_serve_the_tests(checkout):
    home = made(checkout, "requirements.lock")
    assert _bootstrap.is_current(home, "requirements.lock", checkout)
    assert not _bootstrap.is_current(home, "requirements-tests.lock", checkout)


def test_a_changed_lock_file_makes_it_stale_but_other_line_ends_do_not(checkout):
    home = made(checkout, "requirements.lock")
    lock = pathlib.Path(checkout, "resources", "requirements.lock")
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert _bootstrap.is_current(home, "requirements.lock", checkout)
    lock.write_text("another version\n", "utf-8")
    assert not _bootstrap.is_current(home, "requirements.lock", checkout)


def test_an_interrupted_environment_is_not_current(checkout):
    home = made(checkout, "requirements.lock")
    os.remove(os.path.join(home, _bootstrap.STAMP))
    assert not _bootstrap.is_current(home, "requirements.lock", checkout)


def test_a_damaged_stamp_is_no_stamp(checkout):
    home = made(checkout, "requirements.lock")
    pathlib.Path(home, _bootstrap.STAMP).write_bytes(b"\xff\xfe requirements")
    assert _bootstrap.read_stamp(home) == {}


def test_an_environment_whose_python_went_away_is_not_current(checkout):
    home = made(checkout, "requirements.lock", python=False)
    assert not _bootstrap.is_current(home, "requirements.lock", checkout)


def test_each_python_has_an_environment_of_its_own(checkout):
    assert _bootstrap.environment_home(checkout, (3, 12), "requirements.lock") == os.path.join(
        checkout, ".venv", "3.12"
    )


def test_a_folder_that_cannot_be_written_has_its_environment_in_the_cache(checkout):
    def home(lock):
        return _bootstrap.environment_home(checkout, (3, 11), lock, access=lambda *_: False)

    assert not home("requirements.lock").startswith(checkout)
    assert os.path.basename(home("requirements.lock")) == "3.11"
    # ... unless somebody who may write there has already set it up.
    beside = made(checkout, "requirements.lock")
    assert home("requirements.lock") == beside
    assert not home("requirements-tests.lock").startswith(checkout)


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, "/home/ada/.cache"),
        ("linux", {"XDG_CACHE_HOME": "/mnt/cache"}, "/mnt/cache"),
        ("darwin", {}, "/home/ada/Library/Caches"),
        ("win32", {"LOCALAPPDATA": "C:/Ada"}, "C:/Ada"),
    ],
)
def test_the_cache_is_where_the_system_has_it(platform, environ, folder):
    assert pathlib.PurePath(_bootstrap.user_cache(platform, environ, "/home/ada")) == pathlib.PurePath(folder)


def test_the_tests_lock_holds_the_programs_lock():
    def pins(lock):
        lines = pathlib.Path(_bootstrap.lock_path(lock)).read_text("utf-8").splitlines()
        return {line.split(" \\")[0] for line in lines if "==" in line}

    assert pins("requirements.lock") < pins("requirements-tests.lock")


def test_of_two_starts_the_second_waits(tmp_path, capfd):
    lock = str(tmp_path / "3.11.lock")
    second = f"from rallyapp._bootstrap import _Turn\nwith _Turn({lock!r}): print('my turn')"
    with _bootstrap._Turn(lock):
        waiting = subprocess.Popen(
            [sys.executable, "-c", second], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr.readline() == "RallyApp is being set up by another start; waiting for it.\n"
        assert waiting.poll() is None
    assert waiting.communicate(timeout=30)[0] == "my turn\n"


# --- What pip says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "parcel"),
    [
        ("Downloading typst-0.15.2-cp38-abi3-linux.whl (34.1 MB)\n", "typst-0.15.2 (34.1 MB)"),
        ("  Downloading somewhere/a/b/PySide6-6.12.0-cp310.whl (84 MB)", "PySide6-6.12.0 (84 MB)"),
        ("Downloading click-8.5.1-py3-none-any.whl (110 kB)", ""),
        ("Using cached typst-0.15.2-cp38-abi3-linux.whl (34.1 MB)", ""),
        ("", ""),
    ],
)
def test_only_what_takes_time_is_announced(line, parcel):
    assert _bootstrap.large_parcel(line) == parcel


def test_of_a_failure_the_last_error_is_told():
    assert _bootstrap.last_words("Looking\nERROR: no network\nhint: try\n\n") == "no network"
    assert _bootstrap.last_words(b"first\nlast\n") == "last"
    assert _bootstrap.last_words(None) == "nothing"


# --- Starting again ----------------------------------------------------------------------------------------


def test_the_command_is_kept_with_its_options():
    original = ["python3", "-X", "dev", "-m", "rallyapp", "print", "my plan.rally", "-m"]
    assert _bootstrap.command_again("/venv/python", "rallyapp", ["print", "my plan.rally", "-m"], original) == [
        *["/venv/python", "-X", "dev", "-m", "rallyapp", "print", "my plan.rally", "-m"],
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot become another program")
def test_restarting_keeps_arguments_folder_and_exit_code(tmp_path):
    home = tmp_path / "home"
    python = pathlib.Path(_bootstrap.python_of(str(home)))
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\npwd\nfor word in "$@"; do echo "$word"; done\nexit 7\n')
    python.chmod(0o755)
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from rallyapp import _bootstrap; "
        f"sys.argv[1:] = ['print', 'my plan.rally']; _bootstrap.restart({str(home)!r}, 'rallyapp')"
    )
    ended = subprocess.run([sys.executable, "-c", start], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines() == [str(tmp_path), "-m", "rallyapp", "print", "my plan.rally"]
    assert ended.returncode == 7


def test_the_window_opens_without_a_command_or_with_a_plan(tmp_path):
    plan = tmp_path / "plan.rally"
    assert opens_window([])
    assert not opens_window([str(plan)])  # not there: the command line says so
    plan.touch()
    assert opens_window([str(plan)])
    assert not opens_window(["print", str(plan)])
    assert not opens_window(["--help"])
