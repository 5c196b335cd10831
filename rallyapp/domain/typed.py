"""Dates as people type them: "Tue 1 Dec", "1/12", "1 December 2015", "tomorrow"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rallyapp.domain.times import parse_day, year_fault

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(?:on\s+)?(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur|urs|r)?(?:day)?\b[\s,]*", re.IGNORECASE)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]*([a-z]{3,9})\.?[\s,-]*(\d{4}|\d\d)?", re.IGNORECASE)
_FIGURES = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}|\d\d))?")


def typed_day(text: str, *, near: date) -> date:
    """Read a date as somebody types it; one without a year is the one nearest to ``near``.

    "Tue 1 Dec", "1/12", "1 December 2015", "1.12.15", "today", "tomorrow", "Tuesday" (the next one from ``near``
    on). The day comes before the month. Raises ValueError with a sentence; a weekday that is not that date's is one.
    """
    bare = " ".join(text.split()).strip(" ,.")
    low = bare.casefold()
    if low in ("today", "tomorrow", "yesterday"):
        return near + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[low])
    weekday: int | None = None
    if found := _WEEKDAY.match(bare):
        weekday = _DAYS.index(found[1].lower())
        bare = bare[found.end() :]
        if not bare:
            return near + timedelta(days=(weekday - near.weekday()) % 7)
    day = _dated(bare, text, near, weekday)
    if fault := year_fault(day):
        raise ValueError(fault)
    if weekday is not None and day.weekday() != weekday:
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        raise ValueError(f"{day.day}/{day.month}/{day.year} is a {names[day.weekday()]}, not a {names[weekday]}")
    return day


def _dated(bare: str, text: str, near: date, weekday: int | None) -> date:
    fault = ValueError(f"\u201c{text}\u201d is not a date: write it as 1/12/2015, 1 Dec or 2015-12-01")
    figures, named = _FIGURES.fullmatch(bare), _NAMED.fullmatch(bare)
    if figures:
        number, month, year = int(figures[1]), int(figures[2]), figures[3]
    elif named and named[2].lower()[:3] in _MONTHS and _is_month(named[2]):
        number, month, year = int(named[1]), _MONTHS.index(named[2].lower()[:3]) + 1, named[3]
    else:
        try:
            return parse_day(bare)
        except ValueError:
            raise fault from None
    years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else [near.year - 1, near.year, near.year + 1]
    days = []
    for each in years:
        try:
            days.append(date(each, month, number))
        except ValueError:
            continue
    if not days:
        raise fault
    fitting = [day for day in days if weekday is None or day.weekday() == weekday]
    return min(fitting or days, key=lambda day: abs((day - near).days))


_LONG = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def _is_month(word: str) -> bool:
    low = word.lower()
    return any(month.startswith(low) for month in _LONG) or low == "sept"
