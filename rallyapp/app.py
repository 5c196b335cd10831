"""Put the window together: one program, one loop, and an end on purpose.

Whatever needs no screen is done by the command line; without a screen the window says so in a sentence,
before anything of Qt is loaded.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

from rallyapp import __version__, _bootstrap, carried
from rallyapp._system_packages import has_screen
from rallyapp.domain.problems import UserError


def start(plan: str | None = None) -> int:
    """Open the window as a command; a user's mistake ends in one sentence on standard error and in 2."""
    try:
        return main(plan)
    except UserError as error:
        print(f"rallyapp: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def main(plan: str | None, *, smoke: bool = False) -> int:
    """Open the window, on a plan if one is named; gives the exit code once it is closed.

    ``smoke`` tries window, plan and print without a screen and says that they are fine.
    """
    if smoke:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform.startswith("linux") and not has_screen(os.environ):
        raise UserError(
            "There is no screen here. The commands work without one: rallyapp --help shows them, "
            "for example rallyapp check PLAN."
        )
    from PySide6 import __version__ as qt  # without Qt itself

    _bootstrap.refuse_broken_qt(qt)
    hook = sys.excepthook
    try:
        return _looped(_smoke() if smoke else _run(shown(plan)))
    finally:
        sys.excepthook = hook


def share_the_interpreter() -> None:
    """Let nothing that runs beside the window stop it.

    A thread that computes gives way after half a millisecond, not five: each time the window reads the file or paints
    it lets go of the interpreter, and waits that long to have it back. And the collector of circles looks through all
    there is only when nobody looks (see ``_run``): among millions of records that takes a third of a second.
    """
    sys.setswitchinterval(0.0005)
    gc.set_threshold(2000, 20, 1_000_000)


def know_our_files() -> None:
    """Let Qt tell a plan by its name: to be called before anything of Qt asks what a file is.

    Qt's own file dialog looks into every file whose name tells it nothing. A process that opens and closes a plan
    which it has open loses all its locks on it, and another program could then take the plan's newest changes for
    left-overs. Other systems have dialogs of their own, which look from another process.
    """
    if sys.platform.startswith("linux"):
        shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        ours = str(carried.path("share"))
        if ours not in shared.split(":"):
            os.environ["XDG_DATA_DIRS"] = f"{ours}:{shared}"


def _tidy(state: Any) -> None:
    """Collect circles once somebody has turned to another program."""
    from PySide6.QtCore import Qt

    if state == Qt.ApplicationState.ApplicationInactive:
        gc.collect()


def _application() -> Any:
    from PySide6.QtWidgets import QApplication

    know_our_files()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("RallyApp")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rallyapp")
    app.setQuitOnLastWindowClosed(False)
    _leave_no_traces()
    return app


def shown(plan: str | None) -> Any:
    """Show the window, painted, on a plan if one is named: all that somebody waits for.

    The loop and whatever it brings come after that, and the collector of circles does not look through a hundred
    thousand things that are here to stay.
    """
    share_the_interpreter()
    gc.disable()
    try:
        app = _application()
        from rallyapp.ui import theme
        from rallyapp.ui.main_window import MainWindow
        from rallyapp.ui.settings import Kept

        kept = Kept()
        theme.dress(app, kept.appearance, kept.zoom)
        window = MainWindow(kept=kept)
        sys.excepthook = LastResort(window)
        if plan is not None:
            window.open_first(Path(plan))
        window.show()
        app.processEvents()
    finally:
        gc.freeze()
        gc.enable()
    return window


def _leave_no_traces() -> None:
    """Let Qt's own file dialog forget where somebody looked: it would keep the folders of plans for the next user."""
    import atexit
    import tempfile

    from PySide6.QtCore import QSettings

    folder = tempfile.TemporaryDirectory(prefix="rallyapp-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder.name)


def _looped(work: Any) -> int:
    os.environ["QT_API"] = "pyside6"  # qasync would take any Qt that is installed
    import qasync

    return int(qasync.run(work))


async def _run(window: Any) -> int:
    """Begin the window's jobs, and wait until it is closed, or until Ctrl+C in the terminal."""
    import asyncio
    import signal

    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication

    from rallyapp.ui import tasks

    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    window.closed.connect(ended.set)
    last_resort = sys.excepthook = LastResort(window)
    loop.set_exception_handler(lambda loop, context: last_resort.of(context.get("exception"), context["message"]))

    def stop(number: int, frame: object) -> None:
        loop.call_soon_threadsafe(window.close)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    awake = QTimer()  # Python hears of Ctrl+C only when it is asked to do something
    awake.start(200)
    awake.timeout.connect(lambda: None)
    QGuiApplication.instance().applicationStateChanged.connect(_tidy)
    try:
        tasks.begin()
        await ended.wait()
        await asyncio.sleep(0)  # what was cancelled on closing ends here
    finally:
        awake.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


class LastResort:
    """Shows what nobody expected: in the terminal each time, in the strip once for each place in the code."""

    def __init__(self, window: Any) -> None:
        """Take the window whose strip says it."""
        self._window = window
        self._said: set[tuple[str, str, int]] = set()

    def __call__(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        """Stand in for ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        if isinstance(error, UserError):
            self._window.messages.trouble(str(error))
            return
        sys.__excepthook__(kind, error, trace)
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (kind.__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else (kind.__name__, "", 0)
        if place in self._said:
            return
        self._said.add(place)
        self._window.messages.trouble(
            "Something went wrong inside RallyApp. What was saved is safe; the terminal shows the details "
            f"({kind.__name__})."
        )

    def of(self, error: BaseException | None, message: str) -> None:
        """Take what the loop caught."""
        if error is not None:
            self(type(error), error, error.__traceback__)
        else:
            print(f"RallyApp: {message}", file=sys.stderr)


async def _smoke() -> int:
    """Open the window on a fresh demo, take a picture of it and print; all in a temporary folder."""
    import asyncio
    import tempfile

    from PySide6.QtCore import QSettings, qInstallMessageHandler

    from rallyapp.domain.rallies import Rally
    from rallyapp.prints.audience import Audience, Document
    from rallyapp.prints.everything import Order
    from rallyapp.prints.job import Look
    from rallyapp.ui import printing, theme
    from rallyapp.ui.frame import PAGES
    from rallyapp.ui.main_window import MainWindow
    from rallyapp.ui.print_making import Wanted
    from rallyapp.ui.settings import Kept

    theme.dress(_application())

    def say(kind: Any, context: Any, text: str) -> None:
        if "propagateSizeHints" not in text:  # said by the platform without a screen about every window
            print(text, file=sys.stderr)

    qInstallMessageHandler(say)
    with tempfile.TemporaryDirectory(prefix="rallyapp-smoke-") as name:
        folder = Path(name)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "settings"))
        window = MainWindow(kept=Kept())
        try:
            window.resize(1366, 768)
            window.show()
            await window.make_demo("southampton-2015", folder / "southampton.rally")
            while window.plan_jobs.runs("checks"):
                await asyncio.sleep(0.01)
            if window.desk is None:
                raise UserError("The window did not open the demo plan.")
            for name in PAGES:
                window.go(name)
            if not window.grab().save(str(folder / "window.png")):
                raise UserError("The window could not be drawn.")
            rally = window.desk.store.all(Rally)[0]
            order = Order(document=Document.RALLY_PLAN, audience=Audience.ORGANISER, abouts=(rally.id,))
            await printing.save_pdf(window.desk, Wanted(order=order, look=Look()), folder / "rally-plan.pdf")
            if not (folder / "rally-plan.pdf").read_bytes().startswith(b"%PDF"):
                raise UserError("The rally plan was not printed.")
        finally:
            jobs = window.plan_jobs
            window.close()
            while jobs.busy or window.jobs.busy:  # what was under way ends while there is a loop to end in
                await asyncio.sleep(0.01)
    print(f"RallyApp {__version__}: window, plan and print are fine.")
    return 0
