"""How wide a text is, from the letters' own widths, so that what fits is known before anything is drawn.

Measuring inside a layout lays the text out each time; this adds up advances. Kerning is left out, which makes
most texts a little wider than they will be: on the safe side.
"""

from __future__ import annotations

import struct
from functools import cache

from rallyapp import carried
from rallyapp.prints.typeset import characters_of, table_of_font

_FILES = {400: "Inter-Regular.ttf", 500: "Inter-Medium.ttf", 600: "Inter-SemiBold.ttf", 700: "Inter-Bold.ttf"}


def width(text: str, points: float, weight: int = 400) -> float | None:
    """Give a text's width in points at a size in points; None where Inter lacks one of its letters.

    ``weight`` is 400, 500, 600 or 700.
    """
    advances, units = _advances(weight)
    total = 0
    for sign in text:
        advance = advances.get(ord(sign))
        if advance is None:
            return None
        total += advance
    return total * points / units


@cache
def _advances(weight: int) -> tuple[dict[int, int], int]:
    """Read the advance of every letter of a weight, in units of the font, and how many units make an em."""
    font = carried.path("fonts", _FILES[weight]).read_bytes()
    units = struct.unpack_from(">H", font, table_of_font(font, b"head") + 18)[0]
    count = struct.unpack_from(">H", font, table_of_font(font, b"hhea") + 34)[0]
    metrics = table_of_font(font, b"hmtx")
    widths = [struct.unpack_from(">H", font, metrics + 4 * n)[0] for n in range(count)]
    return {code: widths[min(glyph, count - 1)] for code, glyph in characters_of(font)}, units
