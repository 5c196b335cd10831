"""What every page of an open plan stands on: the plan, the chosen strike day, the strip, and the way to other pages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.records import Record
from rallyapp.store import Edit, Store
from rallyapp.ui.checking import Checking
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.homes import first_home
from rallyapp.ui.messages import Messages
from rallyapp.ui.page import PageName
from rallyapp.ui.picture import Picture
from rallyapp.ui.tasks import Jobs


class Desk(QObject):
    """One open plan. Pages read its ``store``, write through ``edit``, and never know each other."""

    day_chosen = Signal()
    fill_wanted = Signal()
    wanted = Signal(object, object)  # a PageName, and a Concern or None: whoever shows pages goes there

    def __init__(
        self,
        store: Store,
        *,
        messages: Messages,
        failed: Callable[[Exception], None],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """Take an open store; ``failed`` is told of what goes wrong, ``now`` tells local wall-clock minutes."""
        super().__init__(parent)
        self.store = store
        self.picture = Picture(store)
        self.jobs = Jobs(failed)
        self.messages = messages
        self.failed = failed
        self.now = now
        self._day: StrikeDayId | None = None
        self.closed = False  # a timer that fires late must leave the plan alone
        self.checking = Checking(self)

    def close(self) -> None:
        """End what runs, and close the plan, which is saved already.

        What is being printed at this moment is noted before the file is closed.
        """
        self.closed = True
        self.jobs.cancel_all()
        self.checking.stop()
        self.jobs.after_steps(self.store.close)

    def today(self) -> date:
        """Tell today's date."""
        return self.now().date()

    # ------------------------------------------------------------------------------------ the strike day
    @property
    def day(self) -> StrikeDayId | None:
        """The strike day that is chosen in the header; None while the plan has none."""
        return self._day

    def choose_day(self, day: StrikeDayId | None) -> None:
        """Choose another strike day, for all pages that show one."""
        if day != self._day:
            finish_typing()  # what is typed belongs to the day that was shown
            self._day = day
            self.day_chosen.emit()

    def days(self) -> list[StrikeDay]:
        """List the strike days in order of time."""
        return sorted(self.store.all(StrikeDay), key=lambda day: (day.window.start, day.id))

    # ------------------------------------------------------------------------------------------- writing
    @property
    def writable(self) -> bool:
        """Say whether the plan can be changed here."""
        return not self.store.read_only

    def edit(self, label: str, write: Callable[[Edit], object], *, said: str = "") -> str:
        """Do one edit and offer Undo in the strip; gives the operation's id, or nothing where it failed.

        ``label`` is what the user did ("Move picket shift to 09:00, Main entrance"); ``said`` is what the strip
        says instead of it. Expected trouble becomes the strip's sentence, and nothing is written.
        """
        before = self.store.history(limit=1)
        try:
            with self.store.edit(label) as edit:
                write(edit)
        except UserError as error:
            self.failed(error)
            return ""
        done = edit.operation.id
        newest = self.store.history(limit=1)
        if newest and (not before or newest[0].id != before[0].id):
            self.messages.news(said or f"{label}.", "Undo", lambda: self.undo(done), about=done)
        return done

    def save(self, label: str, records: Iterable[Record], *, said: str = "") -> str:
        """Write records as one edit; see ``edit``."""
        return self.edit(label, lambda edit: [edit.save(record) for record in records], said=said)

    def undo(self, operation: str | None = None) -> None:
        """Take back the newest edit, or a certain one, and offer Redo."""
        try:
            done = self.store.undo(operation)
        except UserError as error:
            self.failed(error)
            return
        if done is not None:
            self.messages.news(f"Undone: {done.label.removeprefix('Undo: ')}.", "Redo", self.redo)

    def redo(self) -> None:
        """Bring back what the newest undo took back, and offer Undo."""
        try:
            done = self.store.redo()
        except UserError as error:
            self.failed(error)
            return
        if done is not None:
            words = f"Done again: {done.label.removeprefix('Redo: ')}."
            again = done.operation.id
            self.messages.news(words, "Undo", lambda: self.undo(again), about=again)

    def tried(self, do: Callable[..., object]) -> Callable[..., None]:
        """Wrap what a click does: expected trouble becomes the strip's sentence."""

        @functools.wraps(do)
        def tried(*given: Any) -> None:
            try:
                do(*given)
            except UserError as error:
                self.failed(error)

        return tried

    # ---------------------------------------------------------------------------------------- other pages
    def go(self, page: PageName, what: Concern | None = None) -> None:
        """Go to a page, and there to a record."""
        self.wanted.emit(page, what)

    def go_to(self, *concerns: Concern) -> None:
        """Go to the first of these records that some page shows."""
        found = first_home(concerns)
        if found is not None:
            self.go(*found)
