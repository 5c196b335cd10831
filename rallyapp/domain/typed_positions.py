"""A place on the map as people type it: degrees north and east, copied from a map."""

from __future__ import annotations

import re

from rallyapp.domain.places import DEGREE

_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)\s*\u00b0?\s*([NSEW]?)"
_PAIR = re.compile(rf"{_NUMBER}\s*[,;\s]\s*{_NUMBER}", re.IGNORECASE)


def parse_position(text: str) -> tuple[int, int] | None:
    """Read "50.93302, -1.43509" or "50.93302 N 1.43509 W" as millionths of a degree; None where nothing is typed.

    Raises ValueError with a sentence for anything else.
    """
    bare = text.strip().replace("\u2212", "-")
    if not bare:
        return None
    found = _PAIR.fullmatch(bare)
    if found is None:
        raise ValueError(f"\u201c{text}\u201d is not a place on the map: write it as 50.93302, -1.43509")
    lat = _signed(found[1], found[2].upper(), "S")
    lon = _signed(found[3], found[4].upper(), "W")
    if found[2].upper() in ("E", "W") or found[4].upper() in ("N", "S"):
        raise ValueError("Write how far north first, then how far east: 50.93302, -1.43509")
    if abs(lat) > 90 * DEGREE or abs(lon) > 180 * DEGREE:
        raise ValueError(f"\u201c{text}\u201d is nowhere on the map: degrees north go to 90 and degrees east to 180")
    return lat, lon


def position_words(lat: int | None, lon: int | None) -> str:
    """Write a position as 50.93302, -1.43509; nothing where there is none."""
    if lat is None or lon is None:
        return ""
    return f"{lat / DEGREE:.5f}, {lon / DEGREE:.5f}"


def _signed(number: str, letter: str, negative: str) -> int:
    value = round(float(number) * DEGREE)
    return -value if letter == negative else value
