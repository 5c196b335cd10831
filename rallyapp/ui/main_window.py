"""The window: menus and shortcuts, the pages, and what the person asked for, from the click to the strip."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import PrintRunId, RallyId, StrikeDayId, new_id
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import LONDON, day_words
from rallyapp.files import is_pdf, write_whole
from rallyapp.rota.fill import Proposal, fill, shifts_in
from rallyapp.store import Store, queries
from rallyapp.store.errors import NeedsPassphrase, WrongPassphrase
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import theme
from rallyapp.ui.bridge import Bridge
from rallyapp.ui.dialogs import files
from rallyapp.ui.dialogs.passphrase import PassphraseDialog
from rallyapp.ui.messages import Messages
from rallyapp.ui.page import Page
from rallyapp.ui.pages.overview import OverviewPage
from rallyapp.ui.pages.start import StartPage
from rallyapp.ui.picture import Picture
from rallyapp.ui.settings import Kept
from rallyapp.ui.tasks import Cancelled, Jobs, Progress, in_thread
from rallyapp.ui.theme import Appearance, Type
from rallyapp.ui.widgets.words import CutWords

_PAINT = 0.03  # seconds that a painted word gets before the window reads or writes for a while


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
        self.store: Store | None = None
        self.bridge: Bridge | None = None
        self._picture: Picture | None = None
        self.jobs = Jobs(self.failed)  # of the window; those of a plan end with it
        self.plan_jobs = Jobs(self.failed)
        self.setWindowTitle("RallyApp")
        self.setWindowIcon(QIcon(str(carried.path("icons", "rallyapp.svg"))))
        self.setAcceptDrops(True)
        work = QWidget()
        self.setCentralWidget(work)
        self.start = StartPage()
        self.start.open_wanted.connect(self._tried(self.ask_open))
        self.start.demo_wanted.connect(lambda name: self._tried(self.ask_demo)(name))
        self.overview: OverviewPage | None = None
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self._foot())
        self.messages = Messages(self.pages)
        self._make_menus()
        self._show_state()
        room = self.screen().availableGeometry()
        self.resize(min(1280, room.width() - 40), min(800, room.height() - 60))
        if self.kept.place is not None:
            self.restoreGeometry(self.kept.place)

    # ------------------------------------------------------------------------------------------ its parts
    def _foot(self) -> QFrame:
        self.foot = QFrame()
        self.foot.setObjectName("foot")
        self.saved = CutWords("", Type.SMALL, ink="muted")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(theme.px(24), theme.px(5), theme.px(24), theme.px(5))
        row.addWidget(self.saved, 1)
        return self.foot

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
        self._action(plan, "&Open a plan\u2026", key.Open, self.ask_open)
        demos = plan.addMenu("Make a &demo plan")
        for demo in DEMOS.values():
            self._action(
                demos, demo.description.partition(": ")[0] + "\u2026", None, functools.partial(self.ask_demo, demo.name)
            )
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
        rota = bar.addMenu("&Rota")
        self.fill_action = self._action(rota, "&Fill rota", "Ctrl+R", self.fill_rota)
        view = bar.addMenu("&View")
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
        """Let menus, title and foot say what is so now."""
        store = self.store
        for action in (self.print_rota_action, self.close_action, self.rally_menu.menuAction()):
            action.setEnabled(store is not None)
        writable = store is not None and not store.read_only
        fills = self.plan_jobs.runs("fill")
        self.fill_action.setEnabled(writable and not fills)
        if self.overview is not None:
            self.overview.fill_button.setEnabled(writable and not fills)
        undo, redo = (store.undo_label, store.redo_label) if store is not None and writable else (None, None)
        for action, verb, label in ((self.undo_action, "&Undo", undo), (self.redo_action, "&Redo", redo)):
            action.setEnabled(label is not None)
            action.setText(f"{verb}: {_cut(label)}" if label else verb)
        self.setWindowTitle(f"{store.path.name} \u2013 RallyApp" if store is not None else "RallyApp")
        self.foot.setVisible(store is not None)
        if store is not None:
            self.saved.say("Read-only: nothing can be changed here" if store.read_only else "All changes saved")

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
        picture, jobs = Picture(store), Jobs(self.failed)
        try:
            overview = OverviewPage(store, picture, jobs, today=lambda: self._now().date())
        except BaseException:  # then the plan that was open stays open
            store.close()
            raise
        self.close_plan()
        self.store, self._picture, self.plan_jobs, self.overview = store, picture, jobs, overview
        self.bridge = Bridge(store, trouble=self.failed, parent=self)
        self.bridge.changed.connect(self._changed)
        self.overview.fill_wanted.connect(self._tried(self.fill_rota))
        self.overview.print_wanted.connect(self._tried(self.ask_print_rota))
        self.messages.clear()
        self.pages.addWidget(self.overview)
        self.pages.setCurrentWidget(self.overview)
        self.overview.cards.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def close_plan(self) -> None:
        """Close the plan, which is saved already, and show the start page."""
        if self.store is None:
            return
        self.plan_jobs.cancel_all()
        assert self.bridge is not None
        self.bridge.close()
        self.bridge.deleteLater()
        if self.overview is not None:
            self.pages.removeWidget(self.overview)
            self.overview.hide()
            self.overview.deleteLater()
        self.store.close()
        self.store = self.bridge = self.overview = self._picture = None
        self.messages.clear()
        self.pages.setCurrentWidget(self.start)
        self._show_state()

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
        for place in range(self.pages.count()):
            page = self.pages.widget(place)
            if isinstance(page, Page):
                page.hear(change_set)
        self._show_state()

    def undo(self, operation: str | None = None) -> None:
        """Take back the newest edit, or a certain one."""
        if self.store is None:
            return
        done = self.store.undo(operation)
        if done is not None:
            self.messages.news(f"Undone: {done.label.removeprefix('Undo: ')}.", "Redo", self._tried(self.redo))

    def redo(self) -> None:
        """Bring back what the newest undo took back."""
        if self.store is None:
            return
        done = self.store.redo()
        if done is not None:
            words = f"Done again: {done.label.removeprefix('Redo: ')}."
            self.messages.news(words, "Undo", self._tried(self.undo), about=done.operation.id)

    # --------------------------------------------------------------------------------------- fill the rota
    def fill_rota(self) -> None:
        """Put people on the shifts that are short, as one edit that can be undone."""
        if self.store is not None and self.plan_jobs.start("fill", self._fill):
            self._show_state()

    async def _fill(self) -> None:
        store, picture, jobs = self.store, self._picture, self.plan_jobs
        assert store is not None
        assert picture is not None

        def stop() -> None:
            jobs.cancel("fill")

        words = "Filling the rota\u2026"
        told = jobs.progress("fill", lambda per_cent: self.messages.working(f"{words} {per_cent} %", stop))
        self.messages.working(words, stop)
        try:
            await asyncio.sleep(_PAINT)
            version = store.version
            proposal, example = await in_thread(_proposed, picture.plan(), told)
            if store.version != version:
                raise UserError(
                    "The plan was changed while the rota was being filled: nothing was written. Fill it again."
                )
            if not proposal.any:
                self.messages.news(_nothing_to_fill(proposal, example))
                return
            count = len(proposal.saved)
            self.messages.working(f"Writing {count:,} {'place' if count == 1 else 'places'}\u2026")
            await asyncio.sleep(_PAINT)
            with store.edit(proposal.label) as edit:
                for gone in proposal.dropped:
                    edit.delete(gone)
                edit.save_all(proposal.saved)
            done = edit.operation.id
            self.messages.news(_filled(proposal), "Undo", lambda: self._tried(self.undo)(done), about=done)
        except Cancelled:
            self.messages.news("Cancelled: nothing was written.")
        finally:
            asyncio.get_running_loop().call_soon(self._after, jobs)

    def _after(self, jobs: Jobs) -> None:
        """Let the menus know that a job is over, if its plan is still the one that is open."""
        if jobs is self.plan_jobs and self.store is not None:
            self._show_state()

    # ------------------------------------------------------------------------------------------- printing
    def ask_print_rota(self) -> None:
        """Ask where to save the rota of the chosen strike day, and print it there."""
        if self.store is not None:
            self.plan_jobs.start("print", self._ask_print_rota)

    async def _ask_print_rota(self) -> None:
        assert self.store is not None
        assert self.overview is not None
        day = self.store.find(StrikeDay, self.overview.day)
        if day is None:
            raise UserError("There is nothing to print: the plan has no strike day yet.")
        name = f"{self.store.path.stem} rota {day.first_date.isoformat()}.pdf"
        path = await files.ask_pdf(self, f"Print the rota of {day_words(day.first_date)}", name)
        if path is not None:
            await self.print_rota(day.id, path)

    async def print_rota(self, day: StrikeDayId, path: Path) -> None:
        """Print a strike day's rota for the noticeboard: first names and initials, no telephone numbers."""
        store = self.store
        assert store is not None
        first = store.get(StrikeDay, day).first_date
        self.messages.working("Printing the rota\u2026")
        await asyncio.sleep(_PAINT)
        scope = f"noticeboard {first.isoformat()}"
        with store.snapshot():
            part, version = queries.rota_part(store, days=[day], sites=None), store.version
            changed = queries.changed_since_print(store, "rota", scope)
        data = await in_thread(_rota_pdf, part, day, self._now(), version, changed)
        await self._printed(store, path, data, "rota", scope, version)

    def _list_rallies(self) -> None:
        self.rally_menu.clear()
        rallies = sorted(self.store.all(Rally), key=lambda each: (each.starts, each.title)) if self.store else []
        for rally in rallies:
            text = f"{rally.title}, {day_words(rally.starts.date())}\u2026".replace("&", "&&")
            self._action(self.rally_menu, text, None, functools.partial(self.ask_print_rally, rally.id))
        if not rallies:
            self.rally_menu.addAction("There is no rally in this plan").setEnabled(False)

    def ask_print_rally(self, rally: RallyId) -> None:
        """Ask where to save a rally's plan, and print it there."""
        self.plan_jobs.start("print", lambda: self._ask_print_rally(rally))

    async def _ask_print_rally(self, rally: RallyId) -> None:
        assert self.store is not None
        found = self.store.get(Rally, rally)
        name = f"{self.store.path.stem} rally plan {found.starts.date().isoformat()}.pdf"
        path = await files.ask_pdf(self, "Print the rally plan", name)
        if path is not None:
            await self.print_rally(rally, path)

    async def print_rally(self, rally: RallyId, path: Path) -> None:
        """Print a rally's plan for the organiser: everything, names and numbers too."""
        store = self.store
        assert store is not None
        self.messages.working("Printing the rally plan\u2026")
        await asyncio.sleep(_PAINT)
        with store.snapshot():
            part, version = queries.rally_part(store, rally), store.version
        data = await in_thread(_rally_pdf, part, rally, self._now(), version)
        await self._printed(store, path, data, "rally-plan", rally, version)

    async def _printed(self, store: Store, path: Path, data: bytes, document: str, scope: str, version: int) -> None:
        await in_thread(_write_pdf, path, data, store.path)
        if not store.read_only:
            run = PrintRun(id=PrintRunId(new_id()), document=document, scope=scope, version=version, at=self._now())
            with store.note(f"Print {document}") as edit:
                edit.save(run)
        self.messages.news(
            f"Printed \u201c{path.name}\u201d (version {version}).",
            "Open it",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

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
        self.jobs.cancel_all()
        self.close_plan()
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


def _proposed(plan: Plan, told: Progress) -> tuple[Proposal, str]:
    """Build the rota, and explain its first gap while that keeps nobody waiting."""
    proposal = fill(plan, shifts_in(plan), progress=told)
    return proposal, proposal.why(proposal.gaps[0]).words if proposal.gaps else ""


def _write_pdf(path: Path, data: bytes, plan: Path) -> None:
    write_whole(path, data, ours=is_pdf, what="PDF", open_plan=plan)


def _rota_pdf(part: Plan, day: StrikeDayId, now: datetime, version: int, changed: queries.Changed) -> bytes:
    from rallyapp.prints import rota
    from rallyapp.prints.audience import Audience

    made = rota.rota_sheets(
        part,
        carried.law(),
        days=[day],
        sites=None,
        audience=Audience.NOTICEBOARD,
        printed=now,
        version=version,
        changed_since=changed.since,
        changed=changed.shifts,
    )
    return rota.pdf(made)


def _rally_pdf(part: Plan, rally: RallyId, now: datetime, version: int) -> bytes:
    from rallyapp.prints import rally_plan
    from rallyapp.prints.audience import Audience

    made = rally_plan.rally_plan(part, carried.law(), rally, audience=Audience.ORGANISER, printed=now, version=version)
    return rally_plan.pdf(made)


def _filled(proposal: Proposal) -> str:
    count, gone = len(proposal.saved), len(proposal.dropped)
    missing = sum(gap.missing for gap in proposal.gaps)
    said = f"Filled {count:,} {'place' if count == 1 else 'places'}"
    if gone:
        said += f" and took {gone:,} earlier {'proposal' if gone == 1 else 'proposals'} back"
    said += f".{_absent(proposal)}"
    if not missing:
        return f"{said} Every shift has the people that it needs. {proposal.sentence}"
    return f"{said} {missing:,} {'place is' if missing == 1 else 'places are'} still empty. {proposal.sentence}"


def _absent(proposal: Proposal) -> str:
    """Say how many stay on a shift and can't be there; they are named by the checks and by ``fill``."""
    people = len({each.assignment.person_id for each in proposal.absent})
    if not people:
        return ""
    return (
        f" {people:,} {'person who stays' if people == 1 else 'people who stay'} can\u2019t be there: see the checks."
    )


def _nothing_to_fill(proposal: Proposal, example: str) -> str:
    if not proposal.gaps:
        return f"There is nothing to fill: every shift has the people that it needs.{_absent(proposal)}"
    return f"Nobody could be added. For example: {example}.{_absent(proposal)}"


def _cut(label: str, longest: int = 60) -> str:
    short = label if len(label) <= longest else label[: longest - 1] + "\u2026"
    return short.replace("&", "&&")


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().endswith(".rally"):
        return Path(urls[0].toLocalFile())
    return None
