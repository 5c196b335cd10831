"""What every page is: it says what it reads, and asks again when one of those tables changed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from rallyapp.store.journal import ChangeSet


class Page(QWidget):
    """A page. ``reads`` names the tables that it shows; ``reload`` shows them as they are now."""

    reads: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page, which has shown nothing yet."""
        super().__init__(parent)
        self._stale = True

    def reload(self) -> None:
        """Ask for everything again and show it."""

    def hear(self, change_set: ChangeSet) -> None:
        """Take notice of a change: reload if it touches what is shown here, at once or when next visible."""
        if self.reads.isdisjoint(change_set.rows):
            return
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
