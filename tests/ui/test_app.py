"""The program from outside: without a screen, with Ctrl+C, with a bug."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rallyapp import __version__, app
from rallyapp.domain.problems import UserError

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, home, **environ):
    screens = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in screens}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_it_says_what_to_do_and_loads_no_qt(tmp_path):
    code = (
        "import sys\nfrom rallyapp import app\nfrom rallyapp.domain.problems import UserError\n"
        "try: app.main(None)\nexcept UserError as error: print(error)\n"
        "print([name for name in sys.modules if 'PySide6' in name])"
    )
    ended = run("-c", code, home=tmp_path)
    assert ended.stdout.splitlines() == [
        "There is no screen here. The commands work without one: rallyapp --help shows them, "
        "for example rallyapp check PLAN.",
        "[]",
    ], ended.stderr


def test_smoke_says_that_window_plan_and_print_are_fine(tmp_path):
    ended = run("-c", "from rallyapp import app; raise SystemExit(app.main(None, smoke=True))", home=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        0,
        f"RallyApp {__version__}: window, plan and print are fine.\n",
        "",
    )


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_in_the_terminal_ends_it_in_order(tmp_path, name):
    code = f"""
import asyncio, os, signal
from rallyapp import app
real = app._run
async def run(plan):
    asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.{name})
    return await real(plan)
app._run = run
raise SystemExit(app.main(None))
"""
    ended = run("-c", code, home=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


def test_it_ends_in_order_with_copied_rows_on_the_clipboard(tmp_path, plan):
    code = f"""
import asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rallyapp import app
from rallyapp.ui.main_window import MainWindow
real = app._run
async def copy_and_close():
    window = None
    while window is None or window.jobs.runs("open") or window.frame is None:
        await asyncio.sleep(0.01)
        window = next((each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)), None)
    table = window.frame.page.shift_table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QApplication.clipboard().mimeData()
    print(data.formats(), "Main entrance" in data.text(), "<td>Main entrance</td>" in data.html())
    window.close()
async def run(plan):
    task = asyncio.ensure_future(copy_and_close())
    ended = await real(plan)
    await task
    return ended
app._run = run
raise SystemExit(app.main({str(plan)!r}))
"""
    ended = run("-c", code, home=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (ended.returncode, ended.stdout) == (0, "['text/plain', 'text/html'] True True\n"), ended.stderr


def test_a_bug_is_printed_each_time_and_shown_once(window, person, capsys):
    last = app.LastResort(window)

    def bug():
        try:
            raise ZeroDivisionError("by nought")
        except ZeroDivisionError as error:
            last(type(error), error, error.__traceback__)

    bug()
    assert person.reads.startswith("Something went wrong inside RallyApp.")
    window.messages.clear()
    bug()
    assert not person.reads
    assert capsys.readouterr().err.count("ZeroDivisionError: by nought") == 2
    last(UserError, UserError("The disk is full."), None)
    assert person.reads == "The disk is full."
