"""An open plan: sidebar, header, one page at a time, and the pane on the right with what is chosen on it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.problems import Concern, Severity
from rallyapp.domain.records import table_of
from rallyapp.store.journal import ChangeSet
from rallyapp.store.search import Search
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.header import Header
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.sidebar import Sidebar
from rallyapp.ui.widgets.words import Words

# Where each page is: it is imported and made when somebody first goes there, so that opening stays quick.
PAGES: dict[PageName, tuple[str, str]] = {
    PageName.TODAY: ("rallyapp.ui.pages.overview", "OverviewPage"),
    PageName.DAYS: ("rallyapp.ui.pages.days", "DaysPage"),
    PageName.SITES: ("rallyapp.ui.pages.sites", "SitesPage"),
    PageName.ROTA: ("rallyapp.ui.pages.rota", "RotaPage"),
    PageName.RALLIES: ("rallyapp.ui.pages.rallies", "RalliesPage"),
    PageName.STALLS: ("rallyapp.ui.pages.stalls", "StallsPage"),
    PageName.PEOPLE: ("rallyapp.ui.pages.people", "PeoplePage"),
    PageName.PRINT: ("rallyapp.ui.pages.print", "PrintPage"),
    PageName.CHECKS: ("rallyapp.ui.pages.checks", "ChecksPage"),
    PageName.HISTORY: ("rallyapp.ui.pages.history", "HistoryPage"),
    PageName.KIOSK: ("rallyapp.ui.pages.kiosk", "KioskPage"),
}


class _Stack(QStackedWidget):
    """The pages, of which only the one that is shown needs its room."""

    def minimumSizeHint(self) -> QSize:
        """Give the least size of the page that is shown."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


_WITH_PANE = 900  # px at 100 % that the widest page needs with the pane
_NARROW, _LOW = 1150, 540  # px at 100 %: below, the sidebar shows icons only


def _reach(page: Page) -> None:
    """Let a page's keys with Ctrl work wherever in the window the keyboard is; only a page that is shown hears them.

    Those that fields know too (Ctrl+Enter, Ctrl+Backspace) stay where the page put them.
    """
    fields_own = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
    for action in page.actions():
        keys = [action.shortcut()[0]] if action.shortcut().count() else []
        for key in keys:
            if key.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier and key.key() not in fields_own:
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)


class Frame(QWidget):
    """The window's inside while a plan is open."""

    shown = Signal(object)  # the page that is shown now

    def __init__(self, desk: Desk, kept: dict[str, Any], parent: QWidget | None = None) -> None:
        """Show the page on which the plan was left, at the strike day that was chosen."""
        super().__init__(parent)
        self.desk = desk
        self._pages: dict[PageName, Page] = {}
        self._kept: dict[str, Any] = kept
        self.search = Search(desk.store)
        self.sidebar = Sidebar(list(PAGES))
        self.header = Header()
        self.stack = _Stack()
        self._make_inspector()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        if desk.store.read_only:
            column.addWidget(self._notice(desk.store.read_only))
        column.addWidget(self.stack, 1)
        across.addWidget(self.sidebar)
        across.addLayout(column, 1)
        across.addWidget(self.pane)
        self.sidebar.chosen.connect(self._clicked)
        self.header.day_chosen.connect(desk.choose_day)
        self.header.fold.clicked.connect(lambda: self.fold(self.pane.isVisible()))
        desk.day_chosen.connect(lambda: self.header.choose(desk.day))
        desk.wanted.connect(self.go)
        desk.checking.changed.connect(self._count_problems)
        self.folded = bool(kept.get("folded", False))
        self._insisted = False  # somebody wants to see the pane, room or not
        self._show_plan()
        self._choose_first_day(kept.get("day"))
        try:
            first = PageName(str(kept.get("page", PageName.TODAY)))
        except ValueError:
            first = PageName.TODAY
        self.go(first)

    # -------------------------------------------------------------------------------------------- pages
    @property
    def page(self) -> Page:
        """The page that is shown."""
        found = self.stack.currentWidget()
        assert isinstance(found, Page)
        return found

    @property
    def name(self) -> PageName:
        """The name of the page that is shown."""
        return next(name for name, page in self._pages.items() if page is self.page)

    def page_of(self, name: PageName) -> Page:
        """Give a page, made now if nobody was there yet."""
        found = self._pages.get(name)
        if found is None:
            module, kind = PAGES[name]
            found = self._pages[name] = getattr(importlib.import_module(module), kind)(self.desk, self.stack)
            _reach(found)
            kept = self._kept.get("pages", {}).get(str(name)) if isinstance(self._kept.get("pages"), dict) else None
            if isinstance(kept, dict):
                found.take_settings(kept)
            self.stack.addWidget(found)
            if found.inspector is not None:
                self._add_inspector(found.inspector)
        return found

    def fetch_ahead(self) -> None:
        """Import the pages while nobody waits, a piece at a time, so that the first click on one is quick."""
        self.desk.jobs.start("ahead", _fetch_ahead)

    def pages_made(self) -> Iterator[Page]:
        """List the pages on which somebody was."""
        yield from self._pages.values()

    def go(self, name: PageName, what: Concern | None = None) -> None:
        """Show a page, and a record on it."""
        finish_typing()
        page = self.page_of(name)
        self.sidebar.choose(name)
        if page.inspector is None:
            self.pane.hide()  # before the page takes its room: else both together widen the window
        self.stack.setCurrentWidget(page)
        self._show_pane()
        if what is not None:
            page.show_record(what)
        self.shown.emit(page)

    # ---------------------------------------------------------------------------------------- the pane
    def _make_inspector(self) -> None:
        self.pane = QFrame()
        self.pane.setObjectName("inspector")
        self.pane.setAccessibleName("Details")
        self.inspectors = QStackedWidget()
        self._scrolled: dict[QWidget, QScrollArea] = {}  # each scrolls as far as it is long itself
        column = QVBoxLayout(self.pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.inspectors)
        self.pane.setFixedWidth(theme.px(300))

    def _add_inspector(self, inspector: QWidget) -> None:
        scroll = QScrollArea(self.inspectors)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inspector)
        self._scrolled[inspector] = scroll
        self.inspectors.addWidget(scroll)

    def fold(self, folded: bool) -> None:
        """Hide or show the pane on the right, also where the letters are too large for it to have room."""
        self.folded, self._insisted = folded, not folded
        self._show_pane()

    def _show_pane(self) -> None:
        inspector = self.page.inspector
        if inspector is not None:
            self.inspectors.setCurrentWidget(self._scrolled[inspector])
        shown = inspector is not None and not self.folded and (self._insisted or not self._cramped())
        self.pane.setVisible(shown)
        self.header.fold.setVisible(inspector is not None)
        self.header.fold.setChecked(shown)

    def _cramped(self) -> bool:
        """Say whether a page with the pane beside it would make the window wider than the screen."""
        return theme.px(_WITH_PANE) > max(self.window().width(), self.screen().availableGeometry().width())

    def minimumSizeHint(self) -> QSize:
        """Give the least size, with the sidebar as narrow as it becomes before anything is cut off."""
        return super().minimumSizeHint() - self.sidebar.can_save

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the sidebar away where there is little room."""
        super().resizeEvent(event)
        self._fit_sidebar()

    def _fit_sidebar(self) -> None:
        little = self.width() < theme.px(_NARROW) or self.height() < theme.px(_LOW)
        self.sidebar.be_narrow(little)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "pane"):
            self.pane.setFixedWidth(theme.px(300))
            if self.stack.count():
                self._show_pane()
            self._fit_sidebar()

    def _notice(self, sentence: str) -> QFrame:
        made = QFrame()
        made.setObjectName("notice")
        made.setAccessibleName("Read-only")
        row = QHBoxLayout(made)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        row.addWidget(Words(sentence, wrap=True))
        return made

    # ---------------------------------------------------------------------------------- what is so now
    def hear(self, change_set: ChangeSet) -> None:
        """Tell the pages what was changed, by whomever."""
        tables = set(change_set.rows)
        if tables & {table_of(StrikeDay), table_of(Dispute), table_of(Settings)}:
            self._show_plan()
        if tables & Search.tables:
            self.search.stale()
        for page in list(self._pages.values()):
            page.hear(change_set)

    def _show_plan(self) -> None:
        store = self.desk.store
        settings, disputes = store.all(Settings), store.all(Dispute)
        self.sidebar.title.say(settings[0].title if settings else store.path.stem)
        first = disputes[0] if disputes else None
        self.sidebar.branch.say(", ".join(filter(None, (first.union, first.branch))) if first else "")
        days = self.desk.days()
        if self.desk.day not in [day.id for day in days]:
            self._choose_first_day(None)
        self.header.show_days(days, self.desk.day)

    def _choose_first_day(self, wanted: object) -> None:
        """Choose the day that was chosen last, else the next that goes ahead, else the first."""
        days = self.desk.days()
        today = self.desk.today()
        coming = [day for day in days if not day.stood_down and day.window.end.date() >= today]
        found = [day for day in days if day.id == wanted] or coming or [day for day in days if not day.stood_down]
        found = found or days
        self.desk.choose_day(StrikeDayId(found[0].id) if found else None)
        self.header.choose(self.desk.day)

    def _clicked(self, name: PageName) -> None:
        """Go to a page by the sidebar; whoever clicked there wants to work on it."""
        self.go(name)
        if not any(button.hasFocus() for button in self.sidebar.buttons.values()):
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_problems(self) -> None:
        """Say beside Checks how many things must be put right, once somebody has looked."""
        red = sum(problem.severity is Severity.RED for problem in self.desk.checking.problems)
        self.sidebar.buttons[PageName.CHECKS].count = red

    def say_saved(self, words: str) -> None:
        """Say in the corner whether everything is saved."""
        self.sidebar.saved.setText(words)

    def settings(self) -> dict[str, Any]:
        """Give what to find again when this plan is opened next: plain values, no names."""
        before = self._kept.get("pages", {})
        pages = {**(before if isinstance(before, dict) else {})}
        pages.update({str(name): page.settings() for name, page in self._pages.items()})
        return {"page": str(self.name), "day": self.desk.day, "folded": self.folded, "pages": pages}


async def _fetch_ahead() -> None:
    import asyncio

    parts = ("rallyapp.store", "rallyapp.ui.models", "rallyapp.ui.widgets")
    small = [
        f"{part}.{each.name}" for part in parts for each in pkgutil.iter_modules(importlib.import_module(part).__path__)
    ]
    for module in (*small, *(module for module, kind in PAGES.values())):
        await asyncio.sleep(0.01)
        importlib.import_module(module)
