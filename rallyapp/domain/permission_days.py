"""The days of a permission beside the rally's: from which a missing year is reckoned, and which can't be meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rallyapp.domain.permission_states import sent_word
from rallyapp.domain.rallies import Permission
from rallyapp.domain.times import day_words

DAYS = ("sent_on", "answered_on", "deadline")
_HALF_A_YEAR = timedelta(days=182)


def reckoned_from(name: str, last_day: date, today: date) -> date:
    """Give the day to which one without a year is nearest, for a part of a permission; ``last_day`` is the rally's.

    What is done for a rally is done before it, and what was done is not yet to come. A policy runs out near the rally:
    of two years the one that may be too early is the one to be looked at.
    """
    if name == "expires_on":
        return last_day
    before = last_day - _HALF_A_YEAR
    return before if name == "deadline" else min(before, today)


def far_day(permission: Permission, last_day: date, today: date, names: Sequence[str] = DAYS) -> str:
    """Say in one sentence which of these days can't be meant; nothing where each can."""
    for name in names:
        day: date | None = getattr(permission, name)
        words = {"answered_on": "Answered on", "deadline": "By"}.get(
            name, f"{sent_word(permission.kind).capitalize()} on"
        )
        if day is not None and day > last_day:
            return f"{words} {day_words(day)}, after the rally ({day_words(last_day)}): check the year."
        if day is not None and name != "deadline" and day > today:
            return f"{words} {day_words(day)}, which is still to come: today is {day_words(today)}."
    return ""
