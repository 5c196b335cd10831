"""A real window on a real plan, without a screen. Shared by all tests of the window."""

import asyncio
import os
import shutil
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_API"] = "pyside6"

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from rallyapp.demos import DEMOS
from rallyapp.store import Store
from rallyapp.ui import theme
from rallyapp.ui.main_window import MainWindow
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Appearance

NOW = datetime(2015, 11, 20, 12, 0)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    """Let go of closed windows: pytest-qt calls deleteLater(), which waits for a loop that isn't running."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def dressed(qapp, tmp_path_factory):
    """The program with its fonts and colours, and with settings of its own."""
    settings = str(tmp_path_factory.mktemp("settings"))
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, settings)
    qapp.setQuitOnLastWindowClosed(False)
    theme.dress(qapp)
    return qapp


@pytest.fixture(scope="session")
def _live_loop(qapp):
    loop = qasync.QEventLoop(qapp, already_running=True)
    asyncio.set_event_loop(loop)
    yield loop
    asyncio._set_running_loop(None)
    loop.stop()
    loop.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def live_loop(_live_loop, qapp):
    """The loop that moves on whenever qtbot waits."""
    yield _live_loop
    for task in asyncio.all_tasks(_live_loop):
        task.cancel()
    qapp.processEvents()
    assert not asyncio.all_tasks(_live_loop), "the test left tasks running"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The Southampton demo, closed; to be copied, because making it takes longer than a test."""
    path = tmp_path_factory.mktemp("made") / "southampton.rally"
    Store.create(path, DEMOS["southampton-2015"].records(), label="Demo").close()
    return path


@pytest.fixture
def plan(made, tmp_path):
    """The path of a Southampton demo of the test's own."""
    return Path(shutil.copy(made, tmp_path / "southampton.rally"))


class Person:
    """Somebody at the keyboard: opens plans, and waits until the window has done what it does."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot

    def opens(self, path):
        self.window.open_plan(path)
        self.waits()

    def waits(self):
        """Until nothing is opened, checked, filled or printed any more."""
        jobs = ("open", "checks", "fill", "print")
        self.qtbot.waitUntil(
            lambda: not any(self.window.jobs.runs(job) or self.window.plan_jobs.runs(job) for job in jobs)
        )

    def sees(self, kind=QDialog):
        """Give the dialog that has opened."""
        self.qtbot.waitUntil(lambda: any(each.isVisible() for each in self.window.findChildren(kind)))
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def types(self, path):
        """Answer the file dialog that has opened."""
        dialog = self.sees(QFileDialog)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()
        self.waits()

    @property
    def reads(self):
        """What the strip says."""
        return self.window.messages.sentence


class Flashes(QObject):
    """Sees what shows itself as a window of its own: a widget that is shown before it has a parent does, for a moment.

    On a real screen that is a flash in a corner, and the window loses the keyboard.
    """

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            meant = (MainWindow, QDialog, QMenu)
            popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Drawer)
            if not isinstance(watched, meant) and not popup:
                self.seen.append(repr(watched))
        return False


@pytest.fixture
def window(dressed, live_loop, qtbot):
    """The window, on its start page."""
    flashes = Flashes()
    dressed.installEventFilter(flashes)
    made = MainWindow(now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()  # else no shortcut and no focus ring
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    theme.show(dressed, Appearance.SYSTEM, 100)
    dressed.removeEventFilter(flashes)
    assert not flashes.seen, "these were shown before they had a parent, as windows of their own"


@pytest.fixture
def person(window, qtbot):
    """Somebody at the window."""
    return Person(window, qtbot)


@pytest.fixture
def overview(person, window, plan):
    """The first page of an open plan."""
    person.opens(plan)
    return window.page(PageName.TODAY)
