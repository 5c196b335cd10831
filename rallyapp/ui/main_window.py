"""The window: menus and shortcuts, what is open in it, and what went wrong, in the strip."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain.problems import UserError
from rallyapp.domain.times import LONDON
from rallyapp.store import Store
from rallyapp.store.errors import NeedsPassphrase, WrongPassphrase
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import theme
from rallyapp.ui.bridge import Bridge
from rallyapp.ui.desk import Desk
from rallyapp.ui.frame import Frame
from rallyapp.ui.menus import MenuWindow
from rallyapp.ui.messages import Messages
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.settings import Kept
from rallyapp.ui.tasks import Cancelled, Jobs, Progress, in_thread
from rallyapp.ui.theme import Appearance

if TYPE_CHECKING:
    from rallyapp.domain.new_plan import NewPlan
    from rallyapp.ui.pages.new_plan import NewPlanPage
    from rallyapp.ui.pages.start import StartPage
    from rallyapp.ui.widgets.palette import Palette

AGAIN = 60.0  # seconds in which closing once more means that what is unfinished may be lost


def wall_clock() -> datetime:
    """Tell the local time in whole minutes."""
    return datetime.now(LONDON).replace(tzinfo=None, second=0, microsecond=0)


class MainWindow(MenuWindow):
    """The window. It has at most one plan open; opening another closes the first."""

    closed = Signal()

    def __init__(self, *, kept: Kept | None = None, now: Callable[[], datetime] = wall_clock) -> None:
        """Make the window; its start page comes when it is shown without a plan."""
        super().__init__()
        self.kept = kept or Kept()
        self._now = now
        self._dressing = QTimer(self, singleShot=True, interval=0)  # keys that wait come before it
        self._dressing.timeout.connect(self._show_dress)
        self.desk: Desk | None = None
        self.frame: Frame | None = None
        self.bridge: Bridge | None = None
        self.jobs = Jobs(self.failed)  # of the window; those of a plan end with it
        self._no_jobs = Jobs(self.failed)
        self.setWindowTitle("RallyApp")
        self.setWindowIcon(QIcon(str(carried.path("icons", "rallyapp.svg"))))
        self.setAcceptDrops(True)
        work = QWidget()
        self.setCentralWidget(work)
        self.describing: NewPlanPage | None = None  # a new plan that is being described
        self._warned = False  # that closing would drop it
        self._told_left = float("-inf")  # when it was said that something of the open plan is unfinished
        self.pages = QStackedWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.messages = Messages(self.pages)
        self._make_menus()
        self._show_state()
        room = self.screen().availableGeometry()
        self.resize(min(1280, room.width() - 40), min(800, room.height() - 60))
        if self.kept.place is not None:
            self.restoreGeometry(self.kept.place)

    @functools.cached_property
    def start(self) -> StartPage:
        """What is shown while no plan is open; a window that opens with one does without until then."""
        from rallyapp.ui.pages.start import StartPage

        made = StartPage()
        made.open_wanted.connect(self._tried(self.ask_open))
        made.demo_wanted.connect(lambda name: self._tried(self.ask_demo)(name))
        made.new_wanted.connect(self._tried(self.new_plan))
        made.recent_wanted.connect(self._tried(self.open_plan))
        made.forget_wanted.connect(self._forget_recent)
        made.remember_wanted.connect(self._remember_recents)
        self.pages.addWidget(made)
        return made

    @functools.cached_property
    def palette_(self) -> Palette:
        """The search over everything."""
        from rallyapp.ui.widgets.palette import Palette

        return Palette(self.pages)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the start page where no plan is open."""
        if self.pages.currentWidget() is None:
            self._show_start()
        super().showEvent(event)

    def _show_start(self) -> None:
        self._show_recents()
        self.pages.setCurrentWidget(self.start)
        self.start.begin()

    # ------------------------------------------------------------------------------------- what is open
    @property
    def store(self) -> Store | None:
        """The open plan."""
        return self.desk.store if self.desk else None

    @property
    def plan_jobs(self) -> Jobs:
        """The jobs of the open plan."""
        return self.desk.jobs if self.desk else self._no_jobs

    # --------------------------------------------------------------------------------------------- trouble
    def failed(self, error: Exception) -> None:
        """Say what went wrong: expected trouble in its own sentence, a bug through the program's last resort."""
        if isinstance(error, UserError):
            self.messages.trouble(str(error))
            return
        import sys

        sys.excepthook(type(error), error, error.__traceback__)

    # ----------------------------------------------------------------------------------- opening, closing
    def ask_open(self) -> None:
        """Ask which plan to open, and open it."""
        if self._may_leave():
            self.jobs.start("open", self._ask_open)

    async def _ask_open(self) -> None:
        from rallyapp.ui.dialogs import files

        path = await files.ask_open(self)
        if path is not None:
            await self._open(path)

    def open_plan(self, path: str | Path) -> None:
        """Open a plan, asking for its passphrase where it needs one."""
        if self._may_leave():
            self.jobs.start("open", lambda: self._open(Path(path)))

    def open_first(self, path: Path) -> None:
        """Open a plan before the loop runs and the window is shown, so that it is the first thing to be seen."""
        try:
            self._opened(Store.open(path))
        except NeedsPassphrase:
            self.open_plan(path)
        except Exception as error:
            self.failed(error)

    async def _open(self, path: Path) -> None:
        try:
            self._opened(Store.open(path))
            return
        except NeedsPassphrase:
            from rallyapp.ui.dialogs.passphrase import PassphraseDialog

            dialog = PassphraseDialog(path.name, self)
        try:
            wrong = ""
            while (passphrase := await dialog.ask(wrong)) is not None:
                try:
                    self._opened(Store.open(path, passphrase=passphrase))
                    return
                except WrongPassphrase:
                    wrong = "That is not the passphrase, or the file is damaged. Try again."
        finally:
            dialog.close()
            dialog.deleteLater()

    def _opened(self, store: Store) -> None:
        desk = Desk(store, messages=self.messages, failed=self.failed, now=self._now)
        left = self.kept.of_plan(store.path)
        try:
            # Born where it will stand: a whole page that changes its parent is styled all over again.
            frame = Frame(desk, left, self.pages)
        except BaseException:  # then the plan that was open stays open
            for half in self.pages.findChildren(Frame, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if half is not self.frame:
                    half.deleteLater()
            store.close()
            raise
        self.close_plan()
        desk.setParent(self)
        self.desk, self.frame = desk, frame
        if isinstance(left.get("place"), str) and not self.isMaximized():
            self.restoreGeometry(QByteArray.fromBase64(left["place"].encode()))
        self.bridge = Bridge(store, trouble=self.failed, parent=self)
        self.bridge.changed.connect(self._changed)
        frame.header.search_wanted.connect(self.search_everything)
        frame.header.undo.clicked.connect(lambda: self.undo())
        frame.header.redo.clicked.connect(lambda: self.redo())
        desk.fill_wanted.connect(self._tried(self.fill_rota))
        self.messages.clear()
        self.jobs.start(f"remember {store.path}", lambda: self._remember(store.path))
        self.pages.addWidget(frame)
        self.pages.setCurrentWidget(frame)
        frame.page.setFocus(Qt.FocusReason.OtherFocusReason)
        frame.fetch_ahead()
        self._show_state()

    def ask_close(self) -> None:
        """Close the plan; what is unfinished on a page is said first, and closing again drops it."""
        if self._may_leave():
            self.close_plan()

    def _may_leave(self) -> bool:
        pages = self.frame.pages_made() if self.frame is not None else ()
        said = next((words for page in pages if (words := page.unfinished())), "")
        now = time.monotonic()
        if not said or now - self._told_left < AGAIN:
            self._told_left = float("-inf")
            return True
        self._told_left = now
        self.messages.trouble(said)
        return False

    def close_plan(self) -> None:
        """Close the plan, which is saved already, and show the start page."""
        if self.desk is None or self.frame is None:
            return
        from rallyapp.ui.finishing import finish_typing

        finish_typing()
        place = self.saveGeometry().toBase64().toStdString()
        self.kept.keep_of_plan(self.desk.store.path, {**self.frame.settings(), "place": place})
        assert self.bridge is not None
        self.bridge.close()
        self.bridge.deleteLater()
        self.pages.removeWidget(self.frame)
        self.frame.hide()
        self.frame.deleteLater()
        self.desk.close()
        self.desk.deleteLater()
        self.desk = self.frame = self.bridge = None
        self.messages.clear()
        self._show_start()
        self._show_state()

    def _show_recents(self) -> None:
        recents = self.kept.recents
        self.start.show_recents(recents.all(), on=recents.on, today=self._now().date())
        self.jobs.start("recents", self._look_for_recents)

    async def _look_for_recents(self) -> None:
        from rallyapp.ui.recents import missing

        looked: list[Path] | None = None
        while looked != (paths := [recent.path for recent in self.kept.recents.all()]):
            looked = paths
            self.start.show_missing(await in_thread(missing, paths))

    async def _remember(self, path: Path) -> None:
        self.kept.recents.remember(path, self._now())

    def _forget_recent(self, path: Path) -> None:
        self.kept.recents.forget(path)
        self._show_recents()

    def _remember_recents(self, on: bool) -> None:
        self.kept.recents.on = on
        self._show_recents()

    def new_plan(self) -> None:
        """Let a new plan be described; a plan that is open stays open behind it."""
        from rallyapp.ui.pages.new_plan import NewPlanPage  # opening a plan does without

        if self.describing is None:
            self.describing = NewPlanPage(self._now)
            self.describing.create_wanted.connect(self._make_plan)
            self.describing.left.connect(self._leave_new_plan)
            self._warned = False
            self.pages.addWidget(self.describing)
        self.pages.setCurrentWidget(self.describing)
        self._show_state()

    def _leave_new_plan(self) -> None:
        if self.describing is not None and self.describing.begun:
            self.messages.news(
                "The new plan is set aside: Ctrl+N brings it back.", "Discard it", self._discard_new_plan
            )
        else:
            self._discard_new_plan()
        self.pages.setCurrentWidget(self.frame or self.start)
        self._show_state()

    def _discard_new_plan(self) -> None:
        if self.describing is not None:
            self.pages.removeWidget(self.describing)
            self.describing.hide()
            self.describing.deleteLater()
            self.describing = None

    def _make_plan(self, wanted: NewPlan, passphrase: str | None) -> None:
        from rallyapp.ui.making import make_plan

        def opened(store: Store) -> None:
            self._opened(store)
            self._discard_new_plan()

        if not self._may_leave():
            return
        self.jobs.start(
            "open",
            lambda: make_plan(wanted, passphrase, parent=self, messages=self.messages, opened=opened, go=self.go),
        )

    def ask_demo(self, name: str) -> None:
        """Ask where to save a demo plan, make it and open it."""
        if self._may_leave():
            self.jobs.start("open", lambda: self._make_demo(name))

    async def _make_demo(self, name: str) -> None:
        from rallyapp.ui.dialogs import files

        path = await files.ask_new_plan(self, f"{name}.rally")
        if path is not None:
            await self.make_demo(name, path)

    async def make_demo(self, name: str, path: Path) -> None:
        """Make a demo plan in that file and open it."""

        def stop() -> None:
            self.jobs.cancel("open")

        words = "Making the demo plan\u2026"
        told = self.jobs.progress("open", lambda per_cent: self.messages.working(f"{words} {per_cent} %", stop))
        self.messages.working(words, stop)
        try:
            await in_thread(_made, name, path, told)
        except Cancelled:
            self.messages.news("Cancelled: no demo plan was made.")
            return
        self.messages.clear()
        await self._open(path)

    # ------------------------------------------------------------------------------------ changes, undo
    def _changed(self, change_set: ChangeSet) -> None:
        if self.messages.about and change_set.operation.of == self.messages.about:
            self.messages.clear()  # what it spoke of is taken back
        if self.frame is not None:
            self.frame.hear(change_set)
        self._show_state()

    def undo(self, operation: str | None = None) -> None:
        """Take back the newest edit, or a certain one."""
        if self.desk is not None:
            self.desk.undo(operation)

    def redo(self) -> None:
        """Bring back what the newest undo took back."""
        if self.desk is not None:
            self.desk.redo()

    # -------------------------------------------------------------------------------------- going about
    def go(self, name: PageName) -> None:
        """Show a page of the open plan."""
        if self.frame is not None:
            self.frame.go(name)
            self.frame.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def page(self, name: PageName) -> Page:
        """Give a page of the open plan."""
        assert self.frame is not None
        return self.frame.page_of(name)

    def search_everything(self) -> None:
        """Open the search over people, places, shifts, rallies, stalls and commands."""
        from rallyapp.ui.searching import offers

        own = Qt.FindChildOption.FindDirectChildrenOnly  # not the menus of single lists
        self.palette_.ask(lambda text: offers(text, self.frame, self.findChildren(QAction, options=own)))

    def _step_day(self, by: int) -> None:
        if self.frame is not None:
            self.frame.header.step(by)

    def _fold(self) -> None:
        if self.frame is not None:
            self.frame.fold(self.frame.pane.isVisible())

    # ----------------------------------------------------------------------------------- fill and print
    def fill_rota(self) -> None:
        """Propose people for the shifts that are short, on the page where the proposal is laid over the rota."""
        if self.frame is not None:
            self.frame.go(PageName.ROTA)
            self.frame.fold(False)
            self.frame.page.fill()

    def ask_print_rota(self) -> None:
        """Show the rota of the chosen strike day as it will be printed; on the page of paper print what is chosen."""
        from rallyapp.ui import printing

        if self.frame is not None and self.frame.name is PageName.PRINT:
            self.frame.page.print_chosen()
        elif self.desk is not None:
            printing.ask_print_rota(self.desk, self)

    # ------------------------------------------------------------------------------------------- the view
    def _escape(self) -> None:
        if not self.plan_jobs.runs("fill"):  # Esc must not hide how far that is
            self.messages.clear()

    def _zoom(self, step: int) -> None:
        zooms = theme.ZOOMS
        now = self.kept.zoom if self._dressing.isActive() else theme.zoom()
        at = zooms.index(min(zooms, key=lambda zoom: abs(zoom - now)))
        wanted = 100 if not step else zooms[min(len(zooms) - 1, max(0, at + step))]
        self._dress(self.kept.appearance, wanted)

    def _appear(self, appearance: Appearance) -> None:
        self._dress(appearance, self.kept.zoom if self._dressing.isActive() else theme.zoom())

    def _dress(self, appearance: Appearance, zoom: int) -> None:
        self.kept.appearance, self.kept.zoom = appearance, zoom
        self._dressing.start()

    def _show_dress(self) -> None:
        """Show the appearance and zoom that were asked for last: one change for all keys that were waiting."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.show(app, self.kept.appearance, self.kept.zoom)

    # ------------------------------------------------------------------------------------ files dropped
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a plan that is dragged over the window."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a plan that is dropped on the window."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_plan(path)

    # ---------------------------------------------------------------------------------------------- ending
    def _quit(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the plan, which is saved already, and end what runs.

        A new plan that is half described is in no file yet: the first time the window stays, and says so. So it
        does where something is unfinished on a page. ``closed`` waits until what is being printed is noted.
        """
        if self.describing is not None and self.describing.begun and not self._warned:
            self._warned = True
            self.new_plan()
            self.messages.trouble("This new plan is in no file yet: create it, or close again to drop it.")
            event.ignore()
            return
        if not self._may_leave():
            event.ignore()
            return
        self.kept.place = self.saveGeometry()
        jobs = self.plan_jobs
        self.close_plan()
        self.jobs.cancel_all()
        super().closeEvent(event)
        jobs.after_steps(self._say_closed)

    def _say_closed(self) -> None:
        if isValid(self):
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Look for others' changes at once when somebody comes back to the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.bridge is not None:
            self.bridge.poll()


# --------------------------------------------------------------------- what runs in threads, and words
def _made(name: str, path: Path, told: Progress) -> None:
    from rallyapp.store.store import refuse_existing

    refuse_existing(path)
    records = list(DEMOS[name].records(lambda done, total: told(done // 2, total)))
    half = len(records)
    Store.create(path, records, label=f"Demo: {name}", progress=lambda done: told(half + done, 2 * half)).close()


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().endswith(".rally"):
        return Path(urls[0].toLocalFile())
    return None
