"""Local wall-clock times as a person writes them; the only module that knows the time zone.

A time in a plan is a naive ``datetime`` in whole minutes, Europe/London wall clock. A span is half-open:
one that ends at 11:00 and one that starts at 11:00 touch and do not overlap. Lengths are real minutes, so
the night on which the clocks go back has an hour more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = time(0, 0)
FIRST_YEAR, LAST_YEAR = 1900, 2199
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def real_minutes(start: datetime, end: datetime) -> int:
    """Count the minutes that pass between two wall-clock times, clock changes included.

    A time that happens twice (the hour repeated in October) is taken the first time round as a start and
    as an end alike, unless its ``fold`` says that it is the second.
    """
    return (end - start - _ahead(end) + _ahead(start)) // timedelta(minutes=1)


def after_minutes(when: datetime, minutes: int) -> datetime:
    """Give the wall-clock time after so many real minutes: an hour after 00:30 it may be 02:30, on one day in March.

    In October the clock shows the repeated hour twice. The second time round is marked by ``fold``, so that
    ``real_minutes`` and this function go on from it rightly; it is written like the first.
    """
    moment = when.replace(tzinfo=LONDON).astimezone(UTC) + timedelta(minutes=minutes)
    return moment.astimezone(LONDON).replace(tzinfo=None)


def round_nearest(when: datetime, near: datetime) -> datetime:
    """Give a wall-clock time; of one that happens twice the time round that is nearer to another moment."""
    again = when.replace(fold=1)
    happens_twice = real_minutes(when, again) > 0
    return again if happens_twice and abs(real_minutes(near, again)) < abs(real_minutes(near, when)) else when


def _ahead(when: datetime) -> timedelta:
    """By how much the clock is ahead of UTC; asked hundreds of thousands of times by a rota."""
    return LONDON.utcoffset(when) or timedelta(0)


def year_fault(day: date) -> str | None:
    """Say why a year can't be meant, or None: mistyped ones are caught, and no sum with them runs off the calendar."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return f"the year {day.year} can't be right; years run from {FIRST_YEAR} to {LAST_YEAR}"


def clock_fault(when: datetime) -> str | None:
    """Say why a wall-clock time can't be used, or None: it must be a local time in whole minutes that exists."""
    if fault := year_fault(when):
        return fault
    if when.tzinfo is not None:
        return "times in a plan are local wall-clock times without a zone"
    if when.second or when.microsecond:
        return "times in a plan are whole minutes"
    there_and_back = when.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None)
    if there_and_back != when:
        return f"{clock(when)} does not exist on {day_words(when)}: the clocks go forward"
    return None


def clocks_change(day: date) -> str | None:
    """Say which way the clocks change on a day ("forward" or "back"), or None."""
    minutes = real_minutes(datetime.combine(day, MIDNIGHT), datetime.combine(day + timedelta(days=1), MIDNIGHT))
    return {23 * 60: "forward", 25 * 60: "back"}.get(minutes)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of local wall-clock time, half-open; raises ValueError unless it starts before it ends."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"{span_words(self.start, self.end)} {ends_wrongly(self.start, self.end)}")

    @property
    def minutes(self) -> int:
        """Real minutes, clock changes included."""
        return real_minutes(self.start, self.end)

    def overlaps(self, other: Span) -> bool:
        """Say whether some minute is in both; touching ends are fine."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether every minute of the other is in this one."""
        return self.start <= other.start and other.end <= self.end

    def widened(self, minutes: int) -> Span:
        """Give the span with that many minutes more on both sides."""
        return Span(self.start - timedelta(minutes=minutes), self.end + timedelta(minutes=minutes))

    def days(self) -> tuple[date, ...]:
        """List the calendar days that the span touches; an end at midnight does not touch the next day."""
        last = (self.end - timedelta(minutes=1)).date()
        count = (last - self.start.date()).days + 1
        return tuple(self.start.date() + timedelta(days=n) for n in range(count))


def ends_wrongly(start: datetime, end: datetime) -> str:
    """Say how an end that is not after its start is wrong."""
    return "ends when it starts" if end == start else "ends before it starts"


def gap_minutes(first: Span, second: Span) -> int:
    """Count the real minutes between two spans, whichever comes first; negative where they overlap."""
    if first.start <= second.start:
        return real_minutes(first.end, second.start)
    return real_minutes(second.end, first.start)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or touch, in order of time."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def uncovered(span: Span, by: Iterable[Span]) -> tuple[Span, ...]:
    """List the stretches of a span that none of the others covers, in order of time."""
    out: list[Span] = []
    at = span.start
    for cover in merged(by):
        if cover.end <= at:
            continue
        if cover.start >= span.end:
            break
        if cover.start > at:
            out.append(Span(at, cover.start))
        at = cover.end
    if at < span.end:
        out.append(Span(at, span.end))
    return tuple(out)


def slots(span: Span, minutes: int) -> tuple[Span, ...]:
    """Cut a span into slots of so many wall-clock minutes; the last one may be shorter.

    No slot ends at a time that the clocks leave out in March: it goes on to the next cut.
    Raises ValueError for a slot that is not at least five minutes long.
    """
    if minutes < 5:
        raise ValueError("a slot is at least 5 minutes long")
    out = []
    start = span.start
    step = timedelta(minutes=min(minutes, (span.end - span.start) // timedelta(minutes=1) + 1))
    while start < span.end:
        end = start + step
        while end < span.end and clock_fault(end):
            end += step
        end = min(end, span.end)
        out.append(Span(start, end))
        start = end
    return tuple(out)


def moved_by_days(when: datetime, days: int) -> datetime:
    """Move a wall-clock time by whole days: 08:00 stays 08:00 over a clock change."""
    return when + timedelta(days=days)


# ------------------------------------------------------------------------------------------ in words
def clock(when: datetime | time) -> str:
    """Write a time of day as 08:00."""
    return f"{when.hour:02d}:{when.minute:02d}"


def day_words(day: date) -> str:
    """Write a day as Tue 1 Dec 2015."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_day_words(day: date) -> str:
    """Write a day as Tuesday 1 December 2015."""
    return f"{_LONG_DAYS[day.weekday()]} {day.day} {_LONG_MONTHS[day.month - 1]} {day.year}"


def span_words(start: datetime, end: datetime | None) -> str:
    """Write a span as 08:00-11:00 with an en dash, "from 08:00" where the end is open.

    The day of the end is added where it is another one: 20:00-08:00 (Wed 2 Dec 2015).
    """
    if end is None:
        return f"from {clock(start)}"
    words = f"{clock(start)}\u2013{clock(end)}"
    return words if start.date() == end.date() else f"{words} ({day_words(end)})"


def minutes_words(minutes: int) -> str:
    """Write a length as 45 min, 1 h, or 1 h 30 min; one below nothing with a minus sign."""
    if minutes < 0:
        return f"\u2212{minutes_words(-minutes)}"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


_CLOCK = re.compile(r"(\d{1,2})(?::?(\d\d))?", re.ASCII)
_SPOKEN = {"noon": time(12), "midday": time(12), "midnight": MIDNIGHT}
_AFTER_HOUR = re.compile(r"(?:hrs?|hours?|h|o['\u2019]?clock)$")


def parse_clock(text: str) -> time:
    """Read 08:00, 8:00, 0800, 8, 8am, 8.30am, 0800hrs, noon or midnight; raises ValueError with a sentence.

    Minutes are two digits: 8.5 may be meant as half past eight, so it is not read as 08:05.
    """
    bare = text.strip().lower().replace(" ", "").replace(".", ":")
    if (spoken := _SPOKEN.get(bare.removeprefix("12"))) is not None:
        return spoken
    half = ""
    if bare.endswith(("am", "pm")):
        bare, half = bare[:-2], bare[-2:]
    else:
        bare = _AFTER_HOUR.sub("", bare)
    fault = ValueError(f"\u201c{text}\u201d is not a time of day: write it as 08:00")
    parts = _CLOCK.fullmatch(bare)
    if parts is None:
        raise fault
    hour, minute = int(parts[1]), int(parts[2] or 0)
    if half:
        if not 1 <= hour <= 12:
            raise fault
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise fault
    return time(hour, minute)


def parse_day(text: str) -> date:
    """Read 2015-12-01 or 1/12/2015; raises ValueError with a sentence."""
    bare = text.strip()
    try:
        if "/" in bare:
            day, month, year = (int(part) for part in bare.split("/"))
            if year >= 1000:
                return date(year, month, day)
        elif len(bare) == 10:
            return date.fromisoformat(bare)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"\u201c{text}\u201d is not a date: write it as 2015-12-01 or 1/12/2015")
