"""A program that is killed in the middle of its work loses nothing that it had saved, and leaves nothing half-done.

``RALLYAPP_KILLS=200`` kills that often; the suite does so less often.
"""

import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from rallyapp.domain.pickets import Shift
from rallyapp.store import Store
from tests.store import sample

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked"),
    pytest.mark.timeout(600),
]
KILLS = int(os.environ.get("RALLYAPP_KILLS", "60"))
A_FILE_LASTS = 12  # kills, then a fresh one: looking through a file that grows and grows would take the time


class Writers:
    """The program that edits, and what it has said."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.writing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            bufsize=0,
        )
        self._rest = b""
        self.acknowledged = set()
        self.failed = []
        self.wait_for(r"ready")

    def order(self, *words):
        self.process.stdin.write("\t".join(map(str, words)).encode() + b"\n")

    def wait_for(self, pattern, seconds=30.0):
        """Read what the writers say until a line fits; None when the time is over."""
        end = time.monotonic() + seconds
        while True:
            while b"\n" in self._rest:
                line, _, self._rest = self._rest.partition(b"\n")
                text = line.decode()
                if " acknowledged " in text:
                    self.acknowledged.add(text.split()[2])
                elif " failed " in text:
                    self.failed.append(text)
                if found := re.fullmatch(pattern, text):
                    return found
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            said = os.read(self.process.stdout.fileno(), 65536)
            assert said, self.failed
            self._rest += said

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def writers():
    started = Writers()
    yield started
    started.close()


@pytest.fixture
def originals(tmp_path):
    """A plan to begin with, plain and encrypted."""
    third = Shift(
        id="s2", picket_id="picket", starts=sample.MORNING, ends=sample.MORNING + timedelta(hours=1), label="-"
    )
    made = {}
    for passphrase in ("", "five random words"):
        made[passphrase] = tmp_path / f"original{len(made)}.rally"
        Store.create(made[passphrase], [*sample.rota(), third], label="New plan", passphrase=passphrase or None).close()
    return made


@pytest.mark.parametrize(
    ("passphrase", "kills"), [("", KILLS), ("five random words", max(6, KILLS // 6))], ids=["plain", "encrypted"]
)
def test_a_killed_program_loses_nothing_it_had_saved(writers, originals, folder, passphrase, kills, capsys):
    randomly, began, checked, recovered = random.Random(kills), time.monotonic(), 0, 0
    for kill in range(kills):
        path = folder / f"{kill // A_FILE_LASTS}.rally"
        if kill % A_FILE_LASTS == 0:
            writers.acknowledged.clear()
            shutil.copy(originals[passphrase], path)
        for name in ("first", "second"):
            writers.order(name, 1000 * kill, path, passphrase)
        pids = {}
        while len(pids) < 2:
            found = writers.wait_for(r"(\w+) opened (\d+)")
            pids[found[1]] = int(found[2])
        writers.wait_for("never", seconds=randomly.uniform(0.0, 0.06))
        os.kill(pids["first"], signal.SIGKILL)
        if kill % 2:  # else the second goes on, and tidies up after the first
            os.kill(pids["second"], signal.SIGKILL)
        elif kill % 4 == 0:
            before = len(writers.acknowledged)
            while len(writers.acknowledged) < before + 3:
                writers.wait_for("second acknowledged .*")
        ends = {}
        for name in ("first", "second"):
            writers.order(name, "stop", "", "")
            found = writers.wait_for(r"\w+ ended (-?\d+)")
            ends[name] = int(found[1])
        assert sorted(ends.values()) == ([-9, -9] if kill % 2 else [-9, 0])
        recovered += path.with_name(path.name + "-wal").exists()
        checked += look_through(path, passphrase, writers.acknowledged)
    assert writers.failed == []
    took = time.monotonic() - began
    with capsys.disabled():
        print(
            f"\n{kills} kills ({'encrypted' if passphrase else 'plain'}), {recovered} of them left a log to recover; "
            f"{checked} acknowledged edits were looked for; {took / kills * 1000:.0f} ms each"
        )
    assert recovered >= kills // 3
    assert checked > kills


def look_through(path, passphrase, acknowledged):
    with Store.open(path, passphrase=passphrase or None) as store:
        kept = {id for (id,) in store.rows("SELECT id FROM operation")}
        assert acknowledged <= kept
        torn = store.rows(
            "SELECT label, count(*) FROM operation o LEFT JOIN change c ON c.operation = o.seq "
            "WHERE o.kind = 'edit' GROUP BY o.seq HAVING count(*) <> CAST(substr(label, 7) AS INTEGER)"
        )
        assert torn == []
        assert sample.sound(store)
        before = sample.contents(store)
        if store.undo():
            assert store.redo()
        assert sample.contents(store) == before
    return len(acknowledged)
