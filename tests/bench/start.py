"""``python3 -m tests.bench.start``: from nothing to a usable window on a plan, beside an empty PySide6 window.

Both start as processes of their own, one after the other, so that whatever else the machine does falls on both;
figures are medians. "Painted" is when the window shows the plan; "answers" is when its loop has turned once after
that. The goal is 1.6 times the empty window. Takes a plan's path to open that one instead of the Southampton demo.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rallyapp import _bootstrap

GOAL = 1.6
ROUNDS = 11

# Each says two lines, "painted" and "answers", with the seconds of processor that it has used so far.
_SAY = """
import os, sys, time
def say(what):
    print(what, sum(os.times()[:2]), flush=True)
def answer():
    say("answers")
    os._exit(0)
"""
EMPTY = (
    _SAY
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 760)
window.show()
app.processEvents()
say("painted")
from PySide6.QtCore import QTimer
QTimer.singleShot(0, answer)
app.exec()
"""
)
OURS = (
    _SAY
    + """
from rallyapp import app
shown, run = app.shown, app._run
def noted(plan):
    window = shown(plan)
    say("painted")
    return window
async def turned(window):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, answer)
    return await run(window)
app.shown, app._run = noted, turned
from rallyapp import __main__
__main__.main()
"""
)
PHASES = (
    _SAY
    + """
laps = [("Python itself", time.perf_counter() - float(sys.argv[2]))]
last = time.perf_counter()
def lap(name):
    global last
    laps.append((name, time.perf_counter() - last))
    last = time.perf_counter()
import gc
gc.disable()
from PySide6.QtWidgets import QApplication
lap("PySide6")
from rallyapp import app
from rallyapp.domain import records
lap("records")
from rallyapp.store import Store
lap("the store")
made = app._application()
lap("QApplication")
from rallyapp.ui import theme
from rallyapp.ui.main_window import MainWindow
from rallyapp.ui.settings import Kept
lap("our windows' modules")
from rallyapp.ui.pages import overview
lap("the first page's modules")
kept = Kept()
theme.dress(made, kept.appearance, kept.zoom)
lap("fonts, colours, style sheet")
window = MainWindow(kept=kept)
lap("the window and its menus")
store = Store.open(sys.argv[1])
lap("opening the plan")
window._opened(store)
lap("frame and first page")
window.show()
lap("showing")
made.processEvents()
lap("painting")
import qasync
lap("(after the first paint) asyncio, qasync")
for name, seconds in laps:
    print(f"{seconds * 1000:8.1f} ms  {name}", flush=True)
os._exit(0)
"""
)


def started(code: str, plan: Path, environ: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Start a process; gives for each thing that it says the seconds until then, and those of processor."""
    given = copied(plan)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(given)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    said = {}
    assert process.stdout is not None
    for line in process.stdout:
        what, processor = line.split()
        said[what] = (time.perf_counter() - start, float(processor))
    process.wait()
    assert set(said) == {"painted", "answers"}, f"it ended with {process.returncode} and had said {list(said)}"
    return said


def copied(plan: Path) -> Path:
    """Give a fresh copy: a start that is cut off leaves a log, which the next would have to look through."""
    fresh = plan.with_name("fresh.rally")
    for old in plan.parent.glob(f"{fresh.name}*"):
        old.unlink()
    return Path(shutil.copy(plan, fresh))


def measure(plan: Path, home: Path) -> None:
    # Compiled modules are kept, as they are for everybody who starts the program twice.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ.update(
        QT_QPA_PLATFORM="offscreen",
        HOME=str(home),
        XDG_CONFIG_HOME=str(home / "config"),
        PYTHONPYCACHEPREFIX=os.environ.get("PYTHONPYCACHEPREFIX", str(home / "compiled")),
    )
    codes = {"an empty PySide6 window": EMPTY, "RallyApp on the plan": OURS}
    for code in codes.values():
        started(code, plan, environ)
    rounds = [{name: started(code, plan, environ) for name, code in codes.items()} for _ in range(ROUNDS)]
    print(f"\nFrom nothing to a window, medians of {ROUNDS} rounds, side by side")
    empty, ours = codes
    for what in ("painted", "answers"):
        for place, unit in enumerate(("clock", "processor")):
            middle = {name: statistics.median(each[name][what][place] for each in rounds) for name in codes}
            ratio = statistics.median(each[ours][what][place] / each[empty][what][place] for each in rounds)
            mark = "" if ratio <= GOAL else f"  over {GOAL}"
            print(
                f"  {what + ', ' + unit:24}{middle[empty] * 1000:8.0f} ms empty {middle[ours] * 1000:8.0f} ms ours"
                f" {ratio:8.2f} x{mark}",
                flush=True,
            )
    print("\nWhere ours goes, one round")
    command = [sys.executable, "-c", PHASES, str(copied(plan)), str(time.perf_counter())]
    print(subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    from rallyapp.demos import DEMOS
    from rallyapp.store import Store

    with tempfile.TemporaryDirectory(prefix="rallyapp-start-") as folder:
        home = Path(folder)
        plan = Path(sys.argv[1]) if len(sys.argv) > 1 else home / "southampton.rally"
        if not plan.exists():
            Store.create(plan, DEMOS["southampton-2015"].records(), label="Demo").close()
        measure(plan, home)


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.start", lock="requirements-tests.lock", window=True)
    main()
