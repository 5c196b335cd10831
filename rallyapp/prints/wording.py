"""Times, dates and numbers as the house writes them on paper."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from rallyapp.domain.times import clock, day_words
from rallyapp.domain.words import capital

DASH = "\u2013"
_BREAKS = re.compile(r"[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def made_on(when: datetime) -> list[int]:
    """Give the date of a document as a layout asks for it."""
    return [when.year, when.month, when.day, when.hour, when.minute]


def moment(when: datetime) -> str:
    """Write a day and a time of day as Sat 28 Nov 2015, 09:05."""
    return f"{day_words(when.date())}, {clock(when)}"


def from_day(when: datetime, day: date) -> str:
    """Write a time of day, with its day in front where that is another one."""
    return clock(when) if when.date() == day else f"{day_words(when.date())} {clock(when)}"


def position_words(lat: int | None, lon: int | None) -> str:
    """Write a position as 50.93302, \u22121.43509; empty where it is not known."""
    if lat is None or lon is None:
        return ""
    return ", ".join(f"{part / 1_000_000:.5f}".replace("-", "\u2212") for part in (lat, lon))


def label(words: str) -> str:
    """Write one of our own words as a label: a capital first, and its apostrophes curled."""
    return capital(re.sub(r"(?<=\w)'(?=\w)", "\u2019", words))


def apart(name: str) -> str:
    """Write a name for the middle of a sentence: one from right to left keeps its full stop, and turns nothing else."""
    if name.isascii() or not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name):
        return name
    return f"{name}\u200f\u200e" if name.endswith((".", ")", "!", "?")) else f"{name}\u200e"


def flat(text: str) -> str:
    """Write a text on one line: what breaks the line becomes a space."""
    return text if text.isprintable() else _BREAKS.sub(" ", text).strip()


def unbroken(number: str) -> str:
    """Keep a telephone number or a postcode on one line; what is too long to be one stays as it is."""
    return number.replace(" ", "\u00a0") if len(number) <= 24 else number
