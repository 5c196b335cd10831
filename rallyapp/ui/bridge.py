"""The one signal of the window: what a committed operation changed, whoever did it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from rallyapp.domain.problems import UserError
from rallyapp.store import Store
from rallyapp.store.journal import ChangeSet

POLL_MS = 500


class Bridge(QObject):
    """Hears the store and says ``changed``; looks twice a second whether another program wrote to the file."""

    changed = Signal(object)  # a ChangeSet

    def __init__(self, store: Store, *, trouble: Callable[[UserError], None], parent: QObject | None = None) -> None:
        """Listen to a store; ``trouble`` is told why the file can't be looked at, once for each reason."""
        super().__init__(parent)
        self._store = store
        self._trouble = trouble
        self._told = ""
        store.listeners.append(self._heard)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._timer.start()

    def poll(self) -> None:
        """Look for what others wrote."""
        try:
            self._store.poll()
            self._told = ""
        except UserError as error:
            if str(error) != self._told:
                self._told = str(error)
                self._trouble(error)

    def close(self) -> None:
        """Stop listening; the store is about to be closed."""
        self._timer.stop()
        if self._heard in self._store.listeners:
            self._store.listeners.remove(self._heard)

    def _heard(self, change_set: ChangeSet) -> None:
        self.changed.emit(change_set)
