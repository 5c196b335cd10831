"""A field for a time of a stall, which may be of the night after its rally or picket started, or of another day."""

from __future__ import annotations

from datetime import date, datetime

from rallyapp.domain.plan import Plan
from rallyapp.domain.stall_edits import starts_of
from rallyapp.domain.stall_times import typed_stall_time
from rallyapp.domain.stalls import Stall
from rallyapp.domain.typed_moments import moment_words
from rallyapp.ui.widgets.fields import ClockField


class TimeField(ClockField):
    """A time with its day where that is another: "10:15", "Wed 2 Dec 01:00". Its value is a datetime or None."""

    def __init__(self, label: str, *, needed: bool = False) -> None:
        """Make it; ``take_stall`` comes before it shows anything."""
        super().__init__(label, needed=needed)
        self._of: tuple[Plan, Stall] | None = None
        self._day = date.min

    def take_stall(self, plan: Plan, stall: Stall) -> None:
        """Take the stall, from the day of whose rally or picket other days are told apart."""
        self._of = plan, stall
        day = starts_of(plan, stall).date()
        if day != self._day:
            self._day = day
            if not self.line.hasFocus():
                self.line.setText(self._write(self._shown))

    def _read(self, text: str) -> datetime | None:  # type: ignore[override]
        if self._of is None or not (text.strip() or self._needed):
            return None
        return typed_stall_time(*self._of, text, self._shown.date() if self._shown else None)

    def _write(self, value: datetime | None) -> str:  # type: ignore[override]
        return moment_words(value, self._day) if value else ""
