"""The system packages a minimal Debian or Ubuntu lacks: which they are, and how to have them installed.

Standard library only, and readable by old Pythons; see ``_bootstrap``, which uses this on a first start and
before a window is opened.
"""

import os
import sys
from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Library -> its Debian package. Without the first group PySide6.QtWidgets cannot be imported at all.
QT = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREENS = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}


# What decides how system packages can be had here, each yes or no; "terminal": somebody is there to answer.
Machine = namedtuple("Machine", ["linux", "root", "terminal", "apt", "sudo"])


def this_machine() -> Machine:
    """The machine we run on."""
    import shutil

    return Machine(
        linux=sys.platform.startswith("linux"),
        root=hasattr(os, "geteuid") and os.geteuid() == 0,
        terminal=_is_terminal(sys.stdin) and _is_terminal(sys.stderr) and not os.environ.get("CI"),
        apt=shutil.which("apt-get") is not None,
        sudo=shutil.which("sudo") is not None,
    )


def has_screen(environ: "Mapping[str, str]") -> bool:
    """Whether Qt was given somewhere to draw: a display, or a platform of its own such as offscreen."""
    return any(environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))


def screens(environ: "Mapping[str, str]") -> "list[str]":
    """The kinds of screen Qt may use here, as keys of ``SCREENS``: any one of them will do."""
    asked = environ.get("QT_QPA_PLATFORM", "")
    if not asked:
        return [kind for kind, name in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY")) if environ.get(name)]
    # "wayland;xcb" is a list of wishes, "offscreen:size=800x600" carries options.
    names = [wish.split(":")[0].split("-")[0] for wish in asked.split(";")]
    return names if all(name in SCREENS for name in names) else []


def missing_libraries(wanted: "dict[str, str]") -> "dict[str, str]":
    """Those of the wanted libraries that this system cannot load."""
    try:
        import ctypes
    except ImportError:  # a Python built without it: Qt will speak for itself
        return {}
    missing = {}
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def needed_libraries(
    environ: "Mapping[str, str]",
    lacks: "Callable[[dict[str, str]], dict[str, str]]" = missing_libraries,
) -> "dict[str, str]":
    """Qt's system libraries that are missing, those for the screen only if a screen will be used."""
    missing = lacks(QT)
    kinds = [lacks(SCREENS[kind]) for kind in screens(environ)]
    if all(kinds):  # none is complete; where one is, Qt takes that
        for kind in kinds:
            missing.update(kind)
    return missing


def apt_commands(packages: "list[str]", machine: Machine) -> "list[list[str]]":
    """What to run so that apt-get installs these packages without asking anything."""
    become = [] if machine.root else ["sudo"]
    quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install = ["env", "DEBIAN_FRONTEND=noninteractive", *quiet, "install", "-y", "--no-install-recommends"]
    return [[*become, *quiet, "update"], [*become, *install, *packages]]


def provide(
    missing: "dict[str, str]",
    machine: Machine,
    tell: "Callable[[str], None]",
    answer: "Callable[[str], str] | None" = None,
    run: "Callable[[list[str]], int] | None" = None,
) -> str:
    """Install what is missing with apt-get, after asking if somebody is there to answer.

    Args:
        missing: library -> its Debian package.
        machine: where we are.
        tell: says a sentence to the user.
        answer: asks the question and returns the reply; on the terminal if not given.
        run: runs one command and returns its exit code; a real process if not given.

    Returns:
        Nothing once they are installed; else the sentence that says why not and what to do.
    """
    packages = sorted(set(missing.values()))
    if not (machine.linux and machine.apt):
        return (
            "RallyApp needs parts of the system that are not here: {}. Install them with your system's "
            "package tool and start again.".format(" ".join(sorted(missing)))
        )
    names = " ".join(packages)
    by_hand = "{}apt-get install -y --no-install-recommends {}".format("" if machine.root else "sudo ", names)
    tell("RallyApp needs these system packages: {}".format(names))
    if not machine.root and not (machine.terminal and machine.sudo):
        return "Only the system's administrator can install them. Run this, then start again:\n\n    " + by_hand
    if machine.terminal:
        reply = (answer or _ask)("Install them now with apt-get? [Y/n] ")
        if reply.strip().lower() not in ("", "y", "yes"):
            return "Nothing was installed. When you want to, run this and start again:\n\n    " + by_hand
    tell("Installing them with apt-get.")
    update, install = apt_commands(packages, machine)
    (run or _run)(update)  # lists that could not be refreshed may still be good enough
    code = (run or _run)(install)
    if code == 0:
        return ""
    return (
        "apt-get could not install them (it ended with {}; its own words are above). "
        "When that is mended, start again or run:\n\n    {}".format(code, by_hand)
    )


def _ask(question: str) -> str:
    sys.stderr.write(question)  # not input(): the standard output may be somebody's file
    sys.stderr.flush()
    return sys.stdin.readline() or "n"  # the end of the input is no consent


def _run(command: "list[str]") -> int:
    import subprocess

    # sudo asks for the password on the terminal itself, so the standard input can be closed.
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=2)


def _is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)  # a program started without a console has no streams
    return bool(isatty and isatty())
