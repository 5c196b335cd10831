"""Asking the program for something: in this process, as a program of its own, or on a terminal."""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from rallyapp.cli import rally, run

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "rallyapp"]


@dataclass(frozen=True)
class Answer:
    """What the program said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out, parse_constant=lambda name: name / 0)


def ask(capsys, *arguments):
    """Run a command in this process."""
    capsys.readouterr()
    code = run(rally, [str(argument) for argument in arguments])
    said = capsys.readouterr()
    return Answer(code, said.out, said.err)


def screenless(**more):
    """The environment of a server: no display, no choice of Qt platform."""
    kept = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", **more}


_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "COVERAGE_PROCESS_START")


def program(*arguments, cwd=ROOT, **other):
    """Run a command as a program of its own, without a screen."""
    other.setdefault("env", screenless())
    other.setdefault("stdin", subprocess.DEVNULL)
    ended = subprocess.run([*PROGRAM, *arguments], cwd=cwd, capture_output=True, timeout=60, check=False, **other)
    return Answer(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def picture(folder):
    """Every file below a folder, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(folder.rglob("*"))
    }


def one_sentence(answer, code=2):
    """The program failed as it should: one sentence on standard error, nothing else."""
    assert answer.code == code, answer
    assert answer.err.startswith("rallyapp: "), answer.err
    assert answer.err.count("\n") == 1, answer.err
    assert answer.err.endswith("\n")
    assert "Traceback" not in answer.err + answer.out
    assert "Errno" not in answer.err
    assert answer.err.rstrip()[-1] in ".!\u201d", answer.err
    return answer.err[10:-1]


@contextlib.contextmanager
def untouched(*folders):
    """Nothing in these folders has changed afterwards: no byte, no stray file."""
    before = [picture(folder) for folder in folders]
    yield
    after = [picture(folder) for folder in folders]
    assert [list(each) for each in after] == [list(each) for each in before]
    assert after == before


class Terminal:
    """The program on a terminal of its own, where somebody types."""

    def __init__(self, *arguments, cwd=ROOT):
        """Start it; standard output is not the terminal's, as under "rallyapp ... > file"."""
        outer, inner = pty.openpty()
        self._terminal = outer
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ON_TERMINAL, *PROGRAM, *arguments],
            cwd=cwd,
            stdin=inner,
            stderr=inner,
            stdout=subprocess.PIPE,
            env=screenless(TERM="dumb"),
            start_new_session=True,
        )
        os.close(inner)
        self.shown = ""
        self._read_to = 0  # how far the person at the keyboard has read

    def until(self, text, seconds=20.0):
        """Wait until the terminal shows a text behind what was read before; give all up to there."""
        end, start = time.monotonic() + seconds, self._read_to
        while text not in self.shown[start:]:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} never came; the terminal shows: {self.shown!r}"
            if select.select([self._terminal], [], [], left)[0]:
                piece = self._read()
                assert piece, f"{text!r} never came; the program ended with: {self.shown!r}"
                self.shown += piece
        self._read_to = self.shown.index(text, start) + len(text)
        return self.shown[start : self._read_to]

    def _read(self):
        try:
            return os.read(self._terminal, 4096).decode()
        except OSError:  # the other side is closed
            return ""

    def types(self, text):
        """Type a line."""
        os.write(self._terminal, text.encode() + b"\n")

    def answers(self):
        """Wait for the end."""
        out = self._process.stdout.read().decode()
        self._process.stdout.close()
        code = self._process.wait(30)
        while piece := self._read():
            self.shown += piece
        os.close(self._terminal)
        return Answer(code, out, self.shown)

    def interrupt(self):
        """Press Ctrl+C, as late as a person does: between a prompt and its reading Python can miss it."""
        time.sleep(0.3)
        os.killpg(self._process.pid, signal.SIGINT)


# Only a process that has the terminal as its own is asked for a passphrase on it.
_ON_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
