"""Sums of money as people type and read them: whole pounds."""

from __future__ import annotations

import re

_POUNDS = re.compile(r"(\d+(?:\.\d+)?)(m|mn|million|k|thousand)?", re.ASCII)
_TIMES = {"m": 1_000_000, "k": 1000, "t": 1000}


def parse_pounds(text: str) -> int:
    """Read a sum as people type it: "5m", "£5 million", "5,000,000"; raises ValueError with a sentence."""
    bare = text.lower().replace(",", "").replace(" ", "").replace("\u00a3", "").removeprefix("gbp")
    parts = _POUNDS.fullmatch(bare)
    if parts is None or len(bare) > 20:
        raise ValueError(f"\u201c{text}\u201d is not a sum in pounds: write it as 5,000,000 or 5m")
    return round(float(parts[1]) * _TIMES.get((parts[2] or " ")[0], 1))


def pounds_words(pounds: int) -> str:
    """Write a sum: "£5 million", "£2.5 million", "£750,000"."""
    if pounds >= 1_000_000 and pounds % 100_000 == 0:
        return f"\u00a3{pounds / 1_000_000:g} million"
    return f"\u00a3{pounds:,}"
