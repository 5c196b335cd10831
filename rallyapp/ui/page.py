"""What every page is: it says what it reads, and asks again when one of those tables changed."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from rallyapp.domain.problems import Concern
from rallyapp.store.journal import ChangeSet

if TYPE_CHECKING:
    from rallyapp.ui.desk import Desk


class PageName(StrEnum):
    """The pages of an open plan, in the order of the sidebar."""

    TODAY = "Today"
    DAYS = "Strike days"
    SITES = "Sites and entrances"
    ROTA = "Picket rota"
    RALLIES = "Rallies"
    STALLS = "Stalls"
    PEOPLE = "People"
    PRINT = "Print and share"
    CHECKS = "Checks"
    HISTORY = "History"
    KIOSK = "Kiosk"


class Page(QWidget):
    """A page. ``reads`` names the tables that it shows; ``reload`` shows them as they are now.

    Its actions (``addAction``) are what can be done on it: they stand in the menu of the page and in the search,
    and their shortcuts work while it is shown. ``inspector`` is what stands in the pane on the right, if anything.
    """

    reads: ClassVar[frozenset[str]] = frozenset()
    follows_day: ClassVar[bool] = False  # shows the strike day that is chosen in the header

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page, which has shown nothing yet."""
        super().__init__(parent)
        self.desk = desk
        self.inspector: QWidget | None = None
        self._first: QWidget | None = None
        self._stale = True
        desk.day_chosen.connect(self._day_chosen)

    def reload(self) -> None:
        """Ask for everything again and show it."""

    def show_record(self, what: Concern) -> None:
        """Show one record: select it and bring it to sight. What is not on this page is passed over."""

    def setFocusProxy(self, first: QWidget | None) -> None:
        """Take what gets the keyboard when somebody comes to the page.

        It is no proxy of Qt's: with one, Tab goes from the header straight to it, past all that stands above it.
        """
        self._first = first

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to what comes first on the page."""
        (self._first or super()).setFocus(reason)

    def settings(self) -> dict[str, Any]:
        """Give what the page wants to find again when the plan is opened next: plain values, no names."""
        return {}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what ``settings`` gave; whatever does not fit is passed over. Called before the page is shown."""

    def unfinished(self) -> str:
        """Say in a sentence what would be lost if the plan were closed now; nothing where nothing would."""
        return ""

    def menu_actions(self) -> Iterator[QAction]:
        """List what can be done on this page."""
        yield from (action for action in self.actions() if action.isVisible())

    def hear(self, change_set: ChangeSet) -> None:
        """Take notice of a change: reload if it touches what is shown here, at once or when next visible."""
        if not self.reads.isdisjoint(change_set.rows):
            self.stale()

    def stale(self) -> None:
        """Reload, at once or when next visible."""
        self._stale = True
        self.freshen()

    def freshen(self) -> None:
        """Reload if there is something new and somebody looks."""
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Reload on being shown, if something changed meanwhile."""
        super().showEvent(event)
        self.freshen()

    def _day_chosen(self) -> None:
        if self.follows_day:
            self.stale()
