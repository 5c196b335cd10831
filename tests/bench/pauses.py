"""``python3 -m tests.bench.pauses``: how long the window stops for anything, in the journeys at the national demo.

A heartbeat in the window's own loop says how long each step kept it from beating; the goal is 50 ms for
everything but opening. Takes a plan's path to measure that one instead.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from rallyapp import _bootstrap

GOAL = 50


class Heart:
    """Beats in the loop, and keeps the longest time between two beats."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.longest = 0.0
        self._last = time.perf_counter()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(2)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def fresh(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()


async def measure(path: Path) -> None:
    from PySide6.QtTest import QTest

    from rallyapp.ui.frame import PAGES
    from rallyapp.ui.main_window import MainWindow
    from rallyapp.ui.page import PageName

    window = MainWindow()
    window.resize(1366, 768)
    window.show()
    heart = Heart()

    async def step(label: str, do: Callable[[], object]) -> None:
        heart.fresh()
        start = time.perf_counter()
        found = do()
        if isinstance(found, Awaitable):
            await found
        await asyncio.sleep(0.05)
        while window.jobs.busy or window.plan_jobs.busy:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)
        heart._beat()
        mark = "" if heart.longest * 1000 <= GOAL else "  over"
        took = time.perf_counter() - start
        print(f"  {label:58}{heart.longest * 1000:8.0f} ms longest stop {took:8.1f} s in all{mark}", flush=True)

    await step("open the plan", lambda: window.open_plan(path))
    for name in PAGES:
        await step(f"{name}: first time", lambda name=name: window.go(name))
    for name in PAGES:
        await step(f"{name}: again", lambda name=name: window.go(name))
    for name in (PageName.ROTA, PageName.PRINT, PageName.TODAY):
        window.go(name)
        await step(f"another strike day, on {name}", lambda: window.frame.header.step(1))
    window.search_action.trigger()
    for text in ("m", "a", "r", " 0", "8"):
        await step(f"search: type {text!r}", lambda text=text: QTest.keyClicks(window.palette_.line, text))
    window.palette_.close_up()
    window.go(PageName.PEOPLE)
    await step("undo and redo a change of one person", lambda: _change(window))
    await step("fill the rota of a strike day, and accept nothing", window.fill_rota)
    window.close()


def _change(window: object) -> None:
    from dataclasses import replace

    from rallyapp.domain.people import Person

    desk = window.desk  # type: ignore[attr-defined]
    (row,) = desk.store.rows("SELECT id FROM person LIMIT 1")
    person = desk.store.get(Person, row[0])
    desk.save("Change a name", [replace(person, given_name=person.given_name + "x")])
    desk.undo()


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_API"] = "pyside6"
    import qasync
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from rallyapp.app import share_the_interpreter
    from rallyapp.demos import DEMOS
    from rallyapp.store import Store
    from rallyapp.ui import theme

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as home:
        for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, home)
        theme.dress(app)
        share_the_interpreter()
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(home) / "national.rally"
        if not path.exists():
            print("Making the national demo\u2026", flush=True)
            Store.create(path, DEMOS["national"].records(), label="Demo").close()
        print("\nLongest stop of the window")
        qasync.run(measure(path))


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.pauses", lock="requirements-tests.lock", window=True)
    main()
