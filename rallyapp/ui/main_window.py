"""The window: menus and shortcuts, what is open in it, and what went wrong, in the strip."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.times import LONDON, day_words
from rallyapp.store import Store
from rallyapp.store.errors import NeedsPassphrase, WrongPassphrase
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import theme
from rallyapp.ui.bridge import Bridge
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.dialogs.passphrase import PassphraseDialog
from rallyapp.ui.frame import PAGES, Frame
from rallyapp.ui.messages import Messages
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.pages.start import StartPage
from rallyapp.ui.recents import missing
from rallyapp.ui.searching import offers
from rallyapp.ui.settings import Kept
from rallyapp.ui.tasks import Cancelled, Jobs, Progress, in_thread
from rallyapp.ui.theme import Appearance
from rallyapp.ui.widgets.palette import Palette

if TYPE_CHECKING:
    from rallyapp.domain.new_plan import NewPlan
    from rallyapp.ui.pages.new_plan import NewPlanPage


def wall_clock() -> datetime:
    """Tell the local time in whole minutes."""
    return datetime.now(LONDON).replace(tzinfo=None, second=0, microsecond=0)


class MainWindow(QMainWindow):
    """The window. It has at most one plan open; opening another closes the first."""

    closed = Signal()

    def __init__(self, *, kept: Kept | None = None, now: Callable[[], datetime] = wall_clock) -> None:
        """Make the window with its start page; inside a running loop."""
        super().__init__()
        self.kept = kept or Kept()
        self._now = now
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
        self.start = StartPage()
        self.start.open_wanted.connect(self._tried(self.ask_open))
        self.start.demo_wanted.connect(lambda name: self._tried(self.ask_demo)(name))
        self.start.new_wanted.connect(self._tried(self.new_plan))
        self.start.recent_wanted.connect(self._tried(self.open_plan))
        self.start.forget_wanted.connect(self._forget_recent)
        self.start.remember_wanted.connect(self._remember_recents)
        self.describing: NewPlanPage | None = None  # a new plan that is being described
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.messages = Messages(self.pages)
        self.palette_ = Palette(self.pages)
        self._make_menus()
        self._show_state()
        self._show_recents()
        room = self.screen().availableGeometry()
        self.resize(min(1280, room.width() - 40), min(800, room.height() - 60))
        if self.kept.place is not None:
            self.restoreGeometry(self.kept.place)

    # ------------------------------------------------------------------------------------- what is open
    @property
    def store(self) -> Store | None:
        """The open plan."""
        return self.desk.store if self.desk else None

    @property
    def plan_jobs(self) -> Jobs:
        """The jobs of the open plan."""
        return self.desk.jobs if self.desk else self._no_jobs

    # ------------------------------------------------------------------------------------------ its parts
    def _action(self, menu: QMenu, text: str, keys: Any, do: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        if keys is not None:
            made.setShortcuts(keys if isinstance(keys, list) else [QKeySequence(keys)])
        made.triggered.connect(self._tried(do))
        menu.addAction(made)
        return made

    def _make_menus(self) -> None:
        bar, key = self.menuBar(), QKeySequence.StandardKey
        bar.setNativeMenuBar(False) if QApplication.platformName() == "offscreen" else None
        plan = bar.addMenu("&Plan")
        self._action(plan, "&New plan\u2026", key.New, self.new_plan)
        self._action(plan, "&Open a plan\u2026", key.Open, self.ask_open)
        demos = plan.addMenu("Make a &demo plan")
        for demo in DEMOS.values():
            title = demo.description.partition(": ")[0] + "\u2026"
            made = self._action(demos, title, None, functools.partial(self.ask_demo, demo.name))
            made.setProperty("spoken", f"Make a demo plan: {title}")  # what it is called outside this menu
        plan.addSeparator()
        self.print_rota_action = self._action(plan, "&Print rota\u2026", key.Print, self.ask_print_rota)
        self.rally_menu = plan.addMenu("Print rally p&lan")
        self.rally_menu.aboutToShow.connect(self._tried(self._list_rallies))
        plan.addSeparator()
        self.close_action = self._action(plan, "&Close plan", "Ctrl+W", self.close_plan)
        self._action(plan, "&Quit", "Ctrl+Q", self._quit)
        edit = bar.addMenu("&Edit")
        self.undo_action = self._action(edit, "&Undo", "Ctrl+Z", self.undo)
        self.redo_action = self._action(
            edit, "&Redo", [QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")], self.redo
        )
        edit.addSeparator()
        self.search_action = self._action(edit, "&Search everything\u2026", "Ctrl+K", self.search_everything)
        self.page_menu = bar.addMenu("P&age")
        self.page_menu.aboutToShow.connect(self._list_page)
        go = bar.addMenu("&Go")
        for place, name in enumerate(PAGES, start=1):
            self._action(go, str(name), f"Ctrl+{place}" if place <= 9 else None, functools.partial(self.go, name))
        go.addSeparator()
        self._action(go, "Strike day &before", "Alt+PgUp", lambda: self._step_day(-1))
        self._action(go, "Strike day &after", "Alt+PgDown", lambda: self._step_day(1))
        self.go_menu = go
        rota = bar.addMenu("&Rota")
        self.fill_action = self._action(rota, "&Fill rota", "Ctrl+R", self.fill_rota)
        view = bar.addMenu("&View")
        self.fold_action = self._action(view, "&Details pane", "F9", self._fold)
        view.addSeparator()
        self._action(
            view, "Zoom &in", [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")], functools.partial(self._zoom, 1)
        )
        self._action(view, "Zoom &out", "Ctrl+-", functools.partial(self._zoom, -1))
        self._action(view, "&Normal size", "Ctrl+0", functools.partial(self._zoom, 0))
        view.addSeparator()
        group = QActionGroup(self)
        for appearance, text in (
            (Appearance.SYSTEM, "As the &system"),
            (Appearance.LIGHT, "&Light"),
            (Appearance.DARK, "&Dark"),
        ):
            made = self._action(view, text, None, functools.partial(self._appear, appearance))
            made.setCheckable(True)
            made.setChecked(appearance is self.kept.appearance)
            group.addAction(made)
        self._dismiss = QAction(self)
        self._dismiss.setShortcut(QKeySequence("Esc"))
        self._dismiss.triggered.connect(self._escape)
        self.addAction(self._dismiss)

    def _escape(self) -> None:
        if not self.plan_jobs.runs("fill"):  # Esc must not hide how far that is
            self.messages.clear()

    # ---------------------------------------------------------------------------------- words and trouble
    def _tried(self, do: Callable[..., None]) -> Callable[..., None]:
        """Wrap what an action does: expected trouble becomes the strip's sentence."""

        @functools.wraps(do)
        def tried(*given: Any) -> None:
            try:
                do(*given) if given and not isinstance(given[0], bool) else do()
            except UserError as error:
                self.failed(error)

        return tried

    def failed(self, error: Exception) -> None:
        """Say what went wrong: expected trouble in its own sentence, a bug through the program's last resort."""
        if isinstance(error, UserError):
            self.messages.trouble(str(error))
            return
        import sys

        sys.excepthook(type(error), error, error.__traceback__)

    def _show_state(self) -> None:
        """Let menus, title and corner say what is so now."""
        describing = self.describing is not None and self.pages.currentWidget() is self.describing
        store, frame = (None, None) if describing else (self.store, self.frame)  # a new plan hides the open one
        writable = store is not None and not store.read_only
        for action in (
            self.print_rota_action,
            self.close_action,
            self.fold_action,
            self.rally_menu.menuAction(),
            self.page_menu.menuAction(),
            self.go_menu.menuAction(),
            *self.go_menu.actions(),
        ):
            action.setEnabled(store is not None)
        self.fill_action.setEnabled(writable and not self.plan_jobs.runs("fill"))
        undo, redo = (store.undo_label, store.redo_label) if store is not None and writable else (None, None)
        for action, verb, label in ((self.undo_action, "&Undo", undo), (self.redo_action, "&Redo", redo)):
            action.setEnabled(label is not None)
            action.setText(f"{verb}: {_cut(label)}" if label else verb)
        self.setWindowTitle(f"{store.path.name} \u2013 RallyApp" if store is not None else "RallyApp")
        if frame is None or store is None:
            return
        frame.say_saved("Read-only: nothing can be changed here" if store.read_only else "All changes saved")
        for button, word, label, keys in (
            (frame.header.undo, "Undo", undo, "Ctrl+Z"),
            (frame.header.redo, "Redo", redo, "Ctrl+Y"),
        ):
            button.setEnabled(label is not None)
            button.setAccessibleName(f"{word}: {label}" if label else word)
            button.setToolTip(theme.plain_tip(f"{word}: {label} ({keys})" if label else f"{word} ({keys})"))

    def _list_page(self) -> None:
        """Show in the menu what can be done on this page."""
        self.page_menu.clear()
        found = list(self.frame.page.menu_actions()) if self.frame else []
        self.page_menu.addActions(found)
        if not found:
            self.page_menu.addAction("There is nothing more to do on this page").setEnabled(False)

    # ----------------------------------------------------------------------------------- opening, closing
    def ask_open(self) -> None:
        """Ask which plan to open, and open it."""
        self.jobs.start("open", self._ask_open)

    async def _ask_open(self) -> None:
        path = await files.ask_open(self)
        if path is not None:
            await self._open(path)

    def open_plan(self, path: str | Path) -> None:
        """Open a plan, asking for its passphrase where it needs one."""
        self.jobs.start("open", lambda: self._open(Path(path)))

    async def _open(self, path: Path) -> None:
        try:
            self._opened(Store.open(path))
            return
        except NeedsPassphrase:
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
        try:
            frame = Frame(desk, self.kept.of_plan(store.path))
        except BaseException:  # then the plan that was open stays open
            store.close()
            raise
        self.close_plan()
        desk.setParent(self)
        self.desk, self.frame = desk, frame
        self.bridge = Bridge(store, trouble=self.failed, parent=self)
        self.bridge.changed.connect(self._changed)
        frame.header.search_wanted.connect(self.search_everything)
        frame.header.undo.clicked.connect(lambda: self.undo())
        frame.header.redo.clicked.connect(lambda: self.redo())
        desk.fill_wanted.connect(self._tried(self.fill_rota))
        self.messages.clear()
        self.kept.recents.remember(store.path, self._now())
        self.pages.addWidget(frame)
        self.pages.setCurrentWidget(frame)
        frame.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def close_plan(self) -> None:
        """Close the plan, which is saved already, and show the start page."""
        if self.desk is None or self.frame is None:
            return
        self.kept.keep_of_plan(self.desk.store.path, self.frame.settings())
        self.desk.jobs.cancel_all()
        assert self.bridge is not None
        self.bridge.close()
        self.bridge.deleteLater()
        self.pages.removeWidget(self.frame)
        self.frame.hide()
        self.frame.deleteLater()
        self.desk.store.close()
        self.desk.deleteLater()
        self.desk = self.frame = self.bridge = None
        self.messages.clear()
        self._show_recents()
        self.pages.setCurrentWidget(self.start)
        self.start.begin()
        self._show_state()

    def _show_recents(self) -> None:
        recents = self.kept.recents
        self.start.show_recents(recents.all(), on=recents.on, today=self._now().date())
        self.jobs.start("recents", self._look_for_recents)

    async def _look_for_recents(self) -> None:
        looked: list[Path] | None = None
        while looked != (paths := [recent.path for recent in self.kept.recents.all()]):
            looked = paths
            self.start.show_missing(await in_thread(missing, paths))

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

        self.jobs.start(
            "open",
            lambda: make_plan(wanted, passphrase, parent=self, messages=self.messages, opened=opened, go=self.go),
        )

    def ask_demo(self, name: str) -> None:
        """Ask where to save a demo plan, make it and open it."""
        self.jobs.start("open", lambda: self._make_demo(name))

    async def _make_demo(self, name: str) -> None:
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
        self.palette_.ask(lambda text: offers(text, self.frame, self.findChildren(QAction)))

    def _step_day(self, by: int) -> None:
        if self.frame is not None:
            self.frame.header.step(by)

    def _fold(self) -> None:
        if self.frame is not None:
            self.frame.fold(not self.frame.folded)

    # ----------------------------------------------------------------------------------- fill and print
    def fill_rota(self) -> None:
        """Put people on the shifts that are short, as one edit that can be undone."""
        from rallyapp.ui.filling import fill_rota  # it brings the rota builder, which opening does without

        desk = self.desk
        if desk is not None and desk.jobs.start("fill", lambda: fill_rota(desk, lambda: self._after(desk))):
            self._show_state()

    def _after(self, desk: Desk) -> None:
        """Let the menus know that a job is over, if its plan is still the one that is open."""
        if desk is self.desk:
            self._show_state()

    def ask_print_rota(self) -> None:
        """Ask where to save the rota of the chosen strike day, and print it there."""
        from rallyapp.ui import printing

        if self.desk is not None:
            printing.ask_print_rota(self.desk, self)

    def _list_rallies(self) -> None:
        from rallyapp.ui import printing

        self.rally_menu.clear()
        desk = self.desk
        rallies = sorted(desk.store.all(Rally), key=lambda each: (each.starts, each.title)) if desk else []
        for rally in rallies:
            text = f"{rally.title}, {day_words(rally.starts.date())}\u2026".replace("&", "&&")
            self._action(self.rally_menu, text, None, functools.partial(printing.ask_print_rally, desk, rally.id, self))
        if not rallies:
            self.rally_menu.addAction("There is no rally in this plan").setEnabled(False)

    # ------------------------------------------------------------------------------------------- the view
    def _zoom(self, step: int) -> None:
        zooms = theme.ZOOMS
        at = zooms.index(min(zooms, key=lambda zoom: abs(zoom - theme.zoom())))
        wanted = 100 if not step else zooms[min(len(zooms) - 1, max(0, at + step))]
        self._dress(self.kept.appearance, wanted)

    def _appear(self, appearance: Appearance) -> None:
        self._dress(appearance, theme.zoom())

    def _dress(self, appearance: Appearance, zoom: int) -> None:
        self.kept.appearance, self.kept.zoom = appearance, zoom
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.show(app, appearance, zoom)

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
        """Close the plan, which is saved already, and end what runs."""
        self.kept.place = self.saveGeometry()
        self.close_plan()
        self.jobs.cancel_all()
        super().closeEvent(event)
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


def _cut(label: str, longest: int = 60) -> str:
    short = label if len(label) <= longest else label[: longest - 1] + "\u2026"
    return short.replace("&", "&&")


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().endswith(".rally"):
        return Path(urls[0].toLocalFile())
    return None
