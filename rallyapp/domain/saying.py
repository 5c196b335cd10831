"""Small checks that every record shares, each giving a Problem or nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.times import clock_fault, ends_wrongly, span_words


def wrong(kind: str, id: str, sentence: str, mend: str = "") -> Problem:
    """Make the problem of a record that can't be kept as it is."""
    return Problem(
        severity=Severity.RED, code=f"{kind}-wrong", sentence=sentence, concerns=(Concern(kind, id),), mend=mend
    )


def required(kind: str, id: str, what: str, text: str) -> Iterator[Problem]:
    """Find a text that must not be blank."""
    if all(unicodedata.category(letter)[0] in "CZ" for letter in text):  # blanks, and signs that nobody sees
        yield wrong(kind, id, f"{what} is missing", f"enter {what[0].lower()}{what[1:]}")


def within(kind: str, id: str, what: str, number: int | None, least: int, most: int) -> Iterator[Problem]:
    """Find a number outside its limits, both included."""
    if number is not None and not least <= number <= most:
        yield wrong(kind, id, f"{what} is {number}; it must be from {least} to {most}")


def spans(
    kind: str, id: str, what: str, start: datetime, end: datetime | None, *, most_days: int = 31
) -> Iterator[Problem]:
    """Find a span whose ends don't exist on the clock, are the wrong way round or lie too far apart."""
    faults = [fault for when in (start, end) if when is not None and (fault := clock_fault(when))]
    if faults:
        yield wrong(kind, id, f"{what}: {faults[0]}")
    elif end is not None and end <= start:
        yield wrong(kind, id, f"{what} {span_words(start, end)} {ends_wrongly(start, end)}", "check the two times")
    elif end is not None and end - start > timedelta(days=most_days):
        yield wrong(kind, id, f"{what} is longer than {most_days} days", "check the two dates")


def instant(kind: str, id: str, what: str, when: datetime | None) -> Iterator[Problem]:
    """Find a time that does not exist on the clock."""
    if when is not None and (fault := clock_fault(when)):
        yield wrong(kind, id, f"{what}: {fault}")
