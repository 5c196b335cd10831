"""Lengths of time as people type them: "5", "7.5 hours", "7 h 30", "7:30", "90 min"."""

from __future__ import annotations

import re

_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,4})(?P<part>[.,]\d{1,2})?\s*(?:h|hrs?|hours?)?)?"
    r"(?:(?:\s*[:]\s*|\s+|(?<=[a-z]))\s*(?:and\s+)?(?P<minutes>\d{1,2})\s*(?:m|mins?|minutes?)?)?",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(?P<minutes>\d{1,6})\s*(?:m|mins?|minutes?)", re.IGNORECASE)


def typed_minutes(text: str, *, most: int) -> int | None:
    """Read a length in hours as minutes; an empty text is None.

    ``most`` is the most minutes it may have. Raises ValueError with a sentence.
    """
    bare = " ".join(text.split())
    if not bare:
        return None
    if only := _MINUTES.fullmatch(bare):
        minutes = int(only["minutes"])
    else:
        found = _LENGTH.fullmatch(bare)
        if found is None or found["hours"] is None or (found["part"] and found["minutes"]):
            raise ValueError(f"\u201c{bare}\u201d is not a number of hours: write 5, 7.5 or 7 h 30")
        if int(found["minutes"] or 0) > 59:
            raise ValueError(f"\u201c{bare}\u201d has more than 59 minutes behind its hours")
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if found["part"]:
            minutes += round(float("0." + found["part"][1:]) * 60)
    if minutes > most:
        raise ValueError(f"That is more than {most // 60:,} hours")
    return minutes
