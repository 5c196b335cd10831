"""A rally's times as people type them: "11.30", "Mon 30 Nov 18:00", "6pm the evening before"; a length to move by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from rallyapp.domain.times import clock, day_words, parse_clock
from rallyapp.domain.typed import typed_day
from rallyapp.domain.typed_lengths import typed_minutes

_BEFORE = re.compile(
    r"[\s,]*(?:on\s+)?(?:the\s+)?(?:day|evening|night|afternoon|morning)\s+before[\s,]*", re.IGNORECASE
)
_AFTER = re.compile(
    r"[\s,]*(?:on\s+)?(?:the\s+)?(?:(?:next|following)\s+(?:day|morning)|(?:day|morning)\s+after)[\s,]*", re.IGNORECASE
)


def typed_moment(text: str, *, day: date, on: date | None = None) -> datetime:
    """Read a time with or without its day; raises ValueError with a sentence.

    ``day`` is the rally's day, from which "the evening before" and a missing year are reckoned. A time of day by
    itself is ``on`` that day where one is given (what stood there before), or else on the rally's day.
    """
    bare = " ".join(text.split())
    for phrase, days in ((_BEFORE, -1), (_AFTER, 1)):
        rest, found = phrase.subn(" ", bare)
        if found:
            return datetime.combine(day + timedelta(days=days), parse_clock(_bare_clock(rest)))
    try:
        return datetime.combine(on or day, parse_clock(_bare_clock(bare)))
    except ValueError:
        pass
    fault = ValueError(f"\u201c{text}\u201d is not a time: write it as 11:30 or Mon 30 Nov 18:00")
    for on_day, at in _cuts(bare):
        try:
            time = parse_clock(_bare_clock(at))
        except ValueError:
            continue
        try:
            return datetime.combine(typed_day(on_day, near=day), time)
        except ValueError as error:
            fault = error
    raise fault


def _bare_clock(text: str) -> str:
    return re.sub(r"^(?:at|from)\s+", "", text.strip(" ,"), flags=re.IGNORECASE)


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text in two at every blank: the day first, or the time first."""
    words = text.split(" ")
    for place in range(1, len(words)):
        one, other = " ".join(words[:place]), " ".join(words[place:])
        yield one, other
        yield other, one


def moment_words(when: datetime, day: date) -> str:
    """Write a time as it can be typed: 11:30, or Mon 30 Nov 18:00 where it is not on the rally's ``day``."""
    if when.date() == day:
        return clock(when)
    words = day_words(when.date())
    return f"{words if when.year != day.year else words.removesuffix(f' {when.year}')} {clock(when)}"


_LATER, _EARLIER = re.compile(r"\s*\blater\s*$", re.IGNORECASE), re.compile(r"\s*\bearlier\s*$", re.IGNORECASE)
_MOST = 24 * 60


def typed_shift(text: str) -> int:
    """Read by how many minutes all is to move: "+30", "-1 h", "45 min earlier", "1 h 30 later".

    A bare number is minutes. Raises ValueError with a sentence.
    """
    bare = " ".join(text.replace("\u2212", "-").split())
    earlier = bool(_EARLIER.search(bare))
    bare = _LATER.sub("", _EARLIER.sub("", bare))
    if bare.startswith(("+", "-")):
        earlier = earlier != bare.startswith("-")
        bare = bare[1:].strip()
    try:
        minutes = typed_minutes(f"{bare} min" if bare.isdecimal() else bare, most=_MOST)
    except ValueError as error:
        if str(error).startswith("That is more"):
            raise ValueError("That is more than a day: change the date instead") from None
        minutes = None
    if not minutes:
        raise ValueError(f"\u201c{text}\u201d is not a length: write it as +30 min or -1 h")
    return -minutes if earlier else minutes
