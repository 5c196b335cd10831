"""Set RallyApp up on its first start, then start it again inside its own environment.

``python3 -m rallyapp`` and ``python3 -m tests`` must be all that anyone has to type. So this module makes
``.venv/<Python version>`` from the hashed lock file, asks for what a minimal Debian or Ubuntu lacks, and
restarts the same command there. Once all is set up it costs a few milliseconds and says nothing.

Standard library only: nothing else exists yet on a first start. And only syntax that a Python from before
3.11 can read (hence the annotations in quotes), because such a Python deserves a sentence, not a traceback.

It runs on every start, twice, so what takes time to import (pathlib, typing, subprocess) is not imported,
or only where it is needed.

The functions take the machine they judge as arguments, so that tests can describe another one.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
OLDEST = (3, 11)

# What can be imported once a lock file is installed; the way to tell a developer's own environment.
RUN_TIME = ("PySide6", "click", "numpy", "qasync", "sqlcipher3", "sqlite_utils", "typst", "tzdata")
TESTS = ("hypothesis", "importlinter", "mypy", "pypdf", "pytest", "pytest_cov", "pytest_timeout", "pytestqt")

# Which imports and which further lock files a lock file stands for. The tests' lock is a superset of the
# program's, so one environment serves both.
LOCKS = {
    "requirements.lock": (RUN_TIME, ("requirements.lock",)),
    "requirements-tests.lock": (RUN_TIME + TESTS, ("requirements.lock", "requirements-tests.lock")),
}

STAMP = "rallyapp-stamp"  # written last: an environment without it was interrupted while being made
RESTARTED = "RALLYAPP_RESTARTED"  # set for the restart only, so that a fault here can't become a circle


def ensure(module: str, *, lock: str, window: bool) -> None:
    """Return once the locked packages can be imported; else set up and start ``module`` again.

    Args:
        module: what ``python -m`` was asked to run, and is asked again inside the environment.
        lock: the lock file in ``resources`` whose packages are needed.
        window: Qt itself is needed too, so its system libraries are looked for.
    """
    complaint = too_old(sys.version_info[:3])
    if complaint:
        stop(complaint)
    if getattr(sys, "frozen", False) or not os.path.isfile(lock_path(lock)):
        return  # packed, or installed by pip: whoever did that has brought everything along
    restarted = os.environ.pop(RESTARTED, None) is not None
    home = environment_home(ROOT, sys.version_info[:2], lock)
    current = is_current(home, lock)
    if _same_place(sys.prefix, home):
        ready = current
    else:  # perhaps a developer's own environment
        ready = sys.prefix != sys.base_prefix and all_importable(LOCKS[lock][0])
    try:
        # When all that is left to do is to restart, the restarted program looks for the libraries.
        if ready or not current:
            _ensure_system(window=window, environment=not ready)
        if ready:
            return
        if restarted:
            stop("RallyApp was started again by {} but did not arrive in {}.".format(sys.executable, home))
        if not current:
            set_up(home, lock)
    except KeyboardInterrupt:
        say("\nStopped. The next start sets RallyApp up.")
        raise SystemExit(130) from None
    restart(home, module)


def _ensure_system(*, window: bool, environment: bool) -> None:
    """Have the system packages installed that are missing for these two purposes."""
    if not sys.platform.startswith("linux"):
        return
    from rallyapp import _system_packages

    def missing() -> "dict[str, str]":
        # Without a screen there will be no window, and the program says so without Qt.
        qt = window and _system_packages.has_screen(os.environ)
        found = _system_packages.needed_libraries(os.environ) if qt else {}
        if environment and not all_importable(("ensurepip",)):
            # Debian packs the part of Python that puts pip into a new environment separately.
            found["ensurepip"] = "python{}.{}-venv".format(*sys.version_info[:2])
        return found

    before = missing()
    if not before:
        return
    complaint = _system_packages.provide(before, _system_packages.this_machine(), tell=say)
    if complaint:
        stop(complaint)
    still = missing()
    if still:
        stop(
            "The packages are installed, and yet {} does not find: {}. Try another Python, such as the "
            "system's own.".format(sys.executable, " ".join(sorted(still)))
        )


def refuse_broken_qt(qt: str = "") -> None:
    """Stop with a sentence if this PySide6 would abort on this Python. To be called before Qt is imported.

    Args:
        qt: the version of PySide6, from whoever knows it sooner than the list of installed packages tells.
    """
    if sys.version_info >= (3, 12) or getattr(sys, "frozen", False):
        return
    if not qt:
        import importlib.metadata

        try:
            qt = importlib.metadata.version("PySide6-Essentials")
        except importlib.metadata.PackageNotFoundError:
            return  # importing it will say so
    complaint = broken_qt(qt, sys.version_info[:2])
    if complaint:
        stop(complaint)


# --- Judging -----------------------------------------------------------------------------------------------


def too_old(version: "tuple[int, ...]") -> str:
    """A sentence if this Python is too old for RallyApp, else nothing."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return "RallyApp needs Python {}.{} or newer; this is Python {}. Start it with a newer one.".format(
        OLDEST[0], OLDEST[1], ".".join(str(part) for part in version)
    )


def broken_qt(qt: str, python: "tuple[int, int]") -> str:
    """A sentence if this PySide6 and this Python don't go together, else nothing.

    PySide6 6.12 gives back references to None and True that it never took. Since Python 3.12 these cannot
    run out; before, the program aborts in the middle of work.
    """
    if python >= (3, 12) or not qt.startswith("6.12."):
        return ""
    return (
        "PySide6 {} crashes on Python {}.{}: use Python 3.12 or newer, or replace it with "
        'pip install "PySide6-Essentials>=6.11.3,<6.12".'
    ).format(qt, python[0], python[1])


def all_importable(names: "tuple[str, ...]") -> bool:
    """Whether all these packages are installed here; none of them is imported."""
    import importlib.util

    importlib.invalidate_caches()  # something may just have been installed
    return all(importlib.util.find_spec(name) is not None for name in names)


# --- The environment ---------------------------------------------------------------------------------------


def environment_home(
    root: str,
    version: "tuple[int, int]",
    lock: str,
    access: "Callable[[str, int], bool]" = os.access,
) -> str:
    """Where the environment for this Python lives: beside the program, or else in the user's cache.

    The cache serves a program that somebody else put here and did not set up.
    """
    name = "{}.{}".format(*version)
    folder = os.path.join(root, ".venv")
    beside = os.path.join(folder, name)
    writable = access(folder if os.path.exists(folder) else root, os.W_OK)
    if writable or is_current(beside, lock, root):
        return beside
    # Two checkouts must not fight over one environment.
    import hashlib

    checkout = hashlib.sha256(root.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    cache = user_cache(sys.platform, os.environ, os.path.expanduser("~"))
    return os.path.join(cache, "rallyapp", checkout, name)


def user_cache(platform: str, environ: "Mapping[str, str]", home: str) -> str:
    """The user's folder for what can be made again."""
    if platform == "win32":
        return environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    if platform == "darwin":
        return os.path.join(home, "Library", "Caches")
    return environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")


def python_of(home: str) -> str:
    """The interpreter of an environment."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(home, *parts)


def lock_path(lock: str, root: str = ROOT) -> str:
    """Where a lock file lies in a checkout."""
    return os.path.join(root, "resources", lock)


def lock_hash(lock: str, root: str = ROOT) -> str:
    """The hash of a lock file's text, the same whatever git made of its line ends."""
    import hashlib

    with open(lock_path(lock, root), "rb") as file:
        return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp(home: str) -> "dict[str, str]":
    """Lock file -> hash of what is installed; empty if the environment was never finished."""
    try:
        with open(os.path.join(home, STAMP), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {words[0]: words[1] for words in (line.split() for line in lines) if len(words) == 2}


def write_stamp(home: str, stamp: "dict[str, str]") -> None:
    """Say what is installed, all at once."""
    draft = os.path.join(home, STAMP + ".new")
    with open(draft, "w", encoding="utf-8") as file:
        file.writelines("{} {}\n".format(*item) for item in sorted(stamp.items()))
    os.replace(draft, os.path.join(home, STAMP))


def is_current(home: str, lock: str, root: str = ROOT) -> bool:
    """Whether the environment holds exactly what the lock file says, and its Python still exists."""
    return read_stamp(home).get(lock) == lock_hash(lock, root) and os.path.exists(python_of(home))


def set_up(home: str, lock: str) -> None:
    """Make or refresh the environment; of two starts at once one works and the other waits."""
    import subprocess

    try:
        os.makedirs(os.path.dirname(home), exist_ok=True)
        with _Turn(home + ".lock"):
            if not is_current(home, lock):  # the one we waited for may have done it
                _make(home, lock)
    except subprocess.CalledProcessError as error:
        stop("Python could not make a virtual environment in {}: {}".format(home, last_words(error.output)))
    except OSError as error:
        stop(
            "RallyApp could not be set up in {}: {}. If RallyApp is open elsewhere, close it; then start again.".format(
                home, error
            )
        )


def _make(home: str, lock: str) -> None:
    import shutil
    import venv

    stamp = read_stamp(home)
    hashes = {name: lock_hash(name) for name in LOCKS[lock][1]}
    # Adding the tests' packages to a current environment, and refreshing the one that is running, keep
    # what is there. Everything else starts afresh: then nothing is installed that the lock doesn't name.
    keeps = os.path.exists(python_of(home)) and (
        _same_place(sys.prefix, home) or any(stamp.get(name) == found for name, found in hashes.items())
    )
    where = ".venv" if home.startswith(os.path.join(ROOT, ".venv")) else home
    if stamp and not keeps:
        say("RallyApp's parts have changed: setting it up again in {}.".format(where))
    elif lock == "requirements.lock":
        say("First run: setting RallyApp up in {} (about 150 MB to fetch, once).".format(where))
    else:
        say("First run: setting RallyApp and its tests up in {} (about 180 MB to fetch, once).".format(where))
    if keeps:
        write_stamp(home, {})
    else:
        if os.path.exists(home):
            # Out of the way first: what an interrupted start left running may still be writing there.
            old = "{}.old-{}".format(home, os.getpid())
            os.rename(home, old)
            shutil.rmtree(old, ignore_errors=True)
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(home)
    _make_findable(home)
    _pip_install(python_of(home), lock_path(lock))
    write_stamp(home, hashes)


def _make_findable(home: str) -> None:
    """Let the environment's Python import us from whatever folder the user stands in."""
    import sysconfig

    scheme = "nt_venv" if os.name == "nt" else "posix_venv"
    places = {"base": home, "platbase": home, "installed_base": home}
    packages = sysconfig.get_path("purelib", scheme, places)
    try:
        there = os.path.relpath(ROOT, os.path.realpath(packages))  # relative: the whole folder may be moved
    except ValueError:  # another drive
        there = ROOT
    with open(os.path.join(packages, "rallyapp.pth"), "w", encoding="utf-8") as file:
        file.write(there + "\n")


def _pip_install(python: str, lock_file: str) -> None:
    import subprocess

    # -I and these variables: the user's own settings may say where to fetch from, not where to put things.
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PIP_QUIET")
    }
    pip = subprocess.Popen(
        [
            *[python, "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"],
            *["--progress-bar", "off", "--only-binary", ":all:", "--require-hashes", "-r", lock_file],
        ],
        env=dict(kept, PIP_USER="0"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    assert pip.stdout is not None
    heard = []
    try:
        for line in pip.stdout:
            heard.append(line)
            parcel = large_parcel(line)
            if parcel:
                say("  fetching " + parcel)
        code = pip.wait()
    except BaseException:
        pip.kill()
        pip.wait()
        raise
    if code != 0:
        stop(
            "RallyApp could not fetch its parts. Look whether this computer is online and has 1 GB free, "
            "then start again; it begins afresh by itself.\n(pip says: {})".format(last_words("".join(heard)))
        )


def large_parcel(line: str) -> str:
    """``name-version (size)`` if this line of pip's announces something one waits for, else nothing."""
    words = line.split()
    if len(words) < 4 or words[0] != "Downloading" or words[-1] != "MB)":
        return ""
    name = words[1].rsplit("/", 1)[-1].split("-")
    return "{} {} MB)".format("-".join(name[:2]), words[-2])


def last_words(output: "str | bytes | None") -> str:
    """The line of a failed command's output that says most: its last error, or its last line."""
    if isinstance(output, bytes):
        output = output.decode("utf-8", "replace")
    lines = [line.strip() for line in (output or "").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["nothing"])[-1].replace("ERROR: ", "", 1)


class _Turn:
    """Hold a file locked; wait for whoever holds it. The system lets go of it when the holder dies."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> None:
        import time

        self.file = open(self.path, "a+")
        waited = False
        while not self._locked():
            if not waited:
                say("RallyApp is being set up by another start; waiting for it.")
            waited = True
            time.sleep(0.5)

    def __exit__(self, *_: object) -> None:
        self.file.close()  # which unlocks

    def _locked(self) -> bool:
        try:
            if sys.platform == "win32":
                import msvcrt

                self.file.seek(0)
                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            import errno

            # A file system without locks (some network folders) must not stop anyone.
            return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
        return True


# --- Starting again ----------------------------------------------------------------------------------------


def command_again(python: str, module: str, arguments: "list[str]", original: "list[str]") -> "list[str]":
    """The command that was typed, with the environment's Python: options such as ``-X dev`` stay."""
    at = original.index("-m") if "-m" in original else 1
    return [python, *original[1:at], "-m", module, *arguments]


def restart(home: str, module: str) -> None:
    """Become the environment's Python, with the same arguments and in the same folder."""
    command = command_again(python_of(home), module, sys.argv[1:], sys.orig_argv)
    environ = dict(os.environ)
    environ[RESTARTED] = "1"
    environ.pop("__PYVENV_LAUNCHER__", None)  # macOS would start the old Python by this name
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        import subprocess

        # On Windows exec would give the terminal back at once, so the old Python waits for the new one.
        child = subprocess.Popen(command, env=environ)
        while True:
            try:
                raise SystemExit(child.wait())
            except KeyboardInterrupt:
                continue  # the child got it too and decides
    else:
        os.execve(command[0], command, environ)


# --- Words -------------------------------------------------------------------------------------------------


def say(sentence: str) -> None:
    """Tell the user, on the standard error: the standard output belongs to the command."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> "NoReturn":
    """Say why it goes no further, and end with 2."""
    say(sentence)
    raise SystemExit(2)


def _same_place(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
