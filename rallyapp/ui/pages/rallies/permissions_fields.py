"""The fields of a permission that read in their own way: a sum of money, and a day near the rally's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rallyapp.domain.pounds import parse_pounds, pounds_words
from rallyapp.domain.typed import typed_day
from rallyapp.ui.widgets.fields import DateField, NumberField


class PoundsField(NumberField):
    """A sum of money: "5m", "5,000,000"; may be empty."""

    def __init__(self, label: str) -> None:
        """Make it, empty."""
        super().__init__(label, most=1_000_000_000, empty="5m")

    def _read(self, text: str) -> int | None:
        return parse_pounds(text) if text.strip() else None

    def _write(self, value: int | None) -> str:
        return "" if value is None else pounds_words(value)


class NearDayField(DateField):
    """A date whose missing year is reckoned from another day than today; "today" and "Tuesday" are still today's."""

    def __init__(self, label: str, *, near: Callable[[], date], today: Callable[[], date]) -> None:
        """Take that day, and today."""
        super().__init__(label, near=today)
        self._reckoned, self._today = near, today

    def _read(self, text: str) -> date | None:
        if not text.strip():
            return None
        figures = any(sign.isdigit() for sign in text)
        return typed_day(text, near=self._reckoned() if figures else self._today())
