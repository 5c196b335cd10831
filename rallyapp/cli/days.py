"""Which of a plan's days somebody means who types one in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rallyapp.cli.finding import folded
from rallyapp.domain.times import day_words, long_day_words, parse_day

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[/.](\d{1,2})", re.ASCII)
_SMALL = ("the", "of", "on")
_NAMES = {name for number in range(1, 13) for name in folded(long_day_words(date(2015, number, number))).split()}


def days_meant(text: str, known: Iterable[date]) -> list[date]:
    """List the days that a text means; without a year, or as a weekday, those of ``known`` that it fits.

    "2015-12-08", "8/12/2015", "8/12", "8 Dec", "8th December", "Tue 8 Dec 2015" and "Tuesday" are understood.
    ValueError with a sentence for what is no day.
    """
    days = sorted(set(known))
    if short := _SHORT.fullmatch(text.strip()):
        return [each for each in days if (each.day, each.month) == (int(short[1]), int(short[2]))]
    words = [word for word in folded(text).split() if word not in _SMALL]
    if not words or not any(_is_name(word) for word in words) or not all(map(_is_part, words)):
        return [parse_day(text)]
    return [each for each in days if all(_fits(word, each) for word in words)]


def _is_name(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and any(name.startswith(word) for name in _NAMES)


def _is_part(word: str) -> bool:
    return _is_name(word) or bool(_ORDINAL.fullmatch(word) or re.fullmatch(r"[12]\d\d\d", word, re.ASCII))


def _fits(word: str, day: date) -> bool:
    if number := _ORDINAL.fullmatch(word):
        return int(number[1]) == day.day
    if word.isdigit():
        return int(word) == day.year
    return any(each.startswith(word) for each in folded(f"{day_words(day)} {long_day_words(day)}").split())
