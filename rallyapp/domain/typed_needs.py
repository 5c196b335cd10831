"""How many people a shift needs, as people type it: "2", "2-3", "2 to 4, 3 wished"."""

from __future__ import annotations

import re

_NUMBERS = re.compile(
    r"(?P<least>\d{1,4})(?:\s*(?:-|\u2013|\u2212|/|to|or)\s*(?P<most>\d{1,4}))?"
    r"(?:\s*[,;]?\s*(?:(?P<wished>\d{1,4})\s*wished|wished\s*(?P<wished_too>\d{1,4})))?",
    re.IGNORECASE,
)
MOST = 1000


def typed_numbers(text: str) -> tuple[int, int, int]:
    """Read how many are needed as (at least, wished, at most); what nobody says is wished is the least.

    "2" is exactly two, "2-3" at least two and at most three, "0-2, 1 wished" says all. Raises ValueError with a
    sentence.
    """
    bare = " ".join(text.split())
    found = _NUMBERS.fullmatch(bare)
    if found is None:
        raise ValueError(f"\u201c{bare}\u201d is not a number of people: write 2, or 2-3")
    least = int(found["least"])
    most = int(found["most"]) if found["most"] else least
    said = found["wished"] or found["wished_too"]
    wished = int(said) if said else max(least, min(1, most))
    if not found["most"] and said:
        most = max(least, wished)
    if not least <= wished <= most or not 1 <= most <= MOST:
        raise ValueError(
            f"\u201c{bare}\u201d does not add up: write the least number first, and at most {MOST:,}, such as 2-3"
        )
    return least, wished, most


def numbers_words(least: int, wished: int, most: int) -> str:
    """Write how many are needed as ``typed_numbers`` reads it: "2", "2-3" with an en dash, "2-4, 3 wished"."""
    words = f"{least}" if least == most else f"{least}\u2013{most}"
    return words if wished == max(least, min(1, most)) else f"{words}, {wished} wished"
