"""Plain values and a layout in, PDF or PNG out: the only module that knows Typst.

Layouts are the ``.typ`` files of ``resources/prints``. Values travel as one JSON text through ``sys_inputs``
and are shown as text. Only the fonts that the program carries are used, so every laptop prints the same, and
nothing is read from a network. Both functions free Python's lock while they work: call them in a thread.

PDF/UA-1 allows no sign that no font can draw, so every text is looked through first: what can't be drawn
becomes a box, and invisible signs that would turn the line's direction are left out.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, cast

from rallyapp import carried
from rallyapp.prints.wording import flat

BOX = "\u25a1"


def compile_pdf(layout: str, data: Mapping[str, Any], *, title: str) -> bytes:
    """Draw a layout as a tagged PDF (PDF/UA-1): the same layout and data always give the same bytes.

    ``data`` holds what JSON can; ``data["made"]``, where there is one, is the document's date, written as
    ``made_on`` does. ``title`` is the title in the PDF's properties, so it must name nobody.
    """
    (pdf,) = _compile(layout, data, title, format="pdf", pdf_standards=["ua-1"])
    return pdf


def compile_png(layout: str, data: Mapping[str, Any], *, ppi: float = 110) -> list[bytes]:
    """Draw a layout as PNG pictures, one a page, for previews and tests."""
    return _compile(layout, data, "", format="png", ppi=ppi)


def let_go() -> None:
    """Let go of what the engine keeps of earlier pages, some megabytes each: it keeps those of its last ten runs."""
    import typst

    for _ in range(_KEPT + 1):
        typst.compile(b"", font_paths=_fonts(), format="svg")


_KEPT = 10


def _compile(layout: str, data: Mapping[str, Any], title: str, **how: Any) -> list[bytes]:
    import typst

    # A document must have a title, whatever is left of it.
    shown = " ".join(drawable(title).split()).strip(_UNINKED) or layout
    text = json.dumps({**_drawable(data), "pdf_title": shown}, ensure_ascii=True)
    folder = carried.path("prints")
    for _ in range(20):
        try:
            made = typst.compile(
                folder / f"{layout}.typ",
                root=folder,
                font_paths=_fonts(),
                sys_inputs={"data": text},
                timestamp=0,
                **how,
            )
            break
        except typst.TypstError as error:
            # Each sign is in some font, but this pile of them can't be drawn as one.
            bad = _UNDRAWN.search(error.message)
            pile = json.dumps(_unquoted(bad[1]))[1:-1] if bad else ""
            if not pile or pile not in text:
                raise
            text = text.replace(pile, json.dumps(BOX)[1:-1])
    else:
        raise RuntimeError(f"{layout}: too many signs that can't be drawn")
    return [cast(bytes, page) for page in made] if isinstance(made, list) else [cast(bytes, made)]


_UNDRAWN = re.compile(r"the text (?:contains the disallowed codepoint )?`\"(.*?)\"`", re.DOTALL)


def _unquoted(shown: str) -> str:
    """Read a text as the compiler's message shows it."""
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)
    return re.sub(r"\\(.)", r"\1", plain)


@cache
def _fonts() -> Any:
    import typst

    # The kinds of letters that a line may mix are found once and kept: a page then takes milliseconds.
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(carried.path("fonts"))]
    )


# ------------------------------------------------------------------------------------- what can be drawn
def drawable(text: str) -> str:
    """Give a text as it can be set: composed, without signs that turn or hide it, a box for unknown ones.

    A text that starts from right to left and ends in a full stop keeps the stop at its own end, and a run
    of more than 30 signs without a space may break anywhere.
    """
    if text.isascii() and text.isprintable():
        clean = text
    else:
        clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_SIGNS)
        if not clean.strip(_UNINKED) and text.strip(" \t\r\n\u00a0"):
            return BOX  # somebody's name is nothing but signs that can't be seen; a heading may not be empty
        if _right_to_left(clean) and clean[-1] in ".)!?":
            clean += "\u200f"
    return _LONG.sub(_breakable, clean) if len(clean) > 30 else clean


def one_line(value: Any, *, but: Collection[str] = (), only: Collection[str] | None = None) -> Any:
    """Write all texts of a document's values on one line: those under ``but`` not, or those under ``only`` alone."""
    if isinstance(value, str):
        return flat(value) if only is None else value
    if isinstance(value, Mapping):
        return {
            key: item
            if key in but
            else one_line(item)
            if only is not None and key in only and isinstance(item, str)
            else one_line(item, but=but, only=only)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [one_line(item, but=but, only=only) for item in value]
    return value


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {key: item if key in ("svg", "qr") else _drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(item) for item in value]
    return value


_UNINKED = "\u200b\u200c\u200d\u200e\u200f \u00a0\n"
_LONG = re.compile(r"\S{31,}")


def _breakable(match: re.Match[str]) -> str:
    parts: list[str] = []
    for sign in match[0]:
        if parts and not unicodedata.combining(sign) and unicodedata.category(sign) not in ("Mn", "Mc", "Me"):
            parts.append("\u200b")
        parts.append(sign)
    return "".join(parts)


def _right_to_left(text: str) -> bool:
    for sign in text:
        way = unicodedata.bidirectional(sign)
        if way in ("R", "AL"):
            return True
        if way == "L":
            return False
    return False


class _Signs(dict[int, str | None]):
    """What becomes of each sign: itself, a box, or nothing."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        kind = unicodedata.category(sign)
        shown: str | None
        if sign in "\n\u2028\u2029\x85":
            shown = "\n"
        elif kind == "Zs" or sign == "\t":
            shown = sign if sign == "\u00a0" else " "
        elif sign in "\u200c\u200d\u200e\u200f":
            shown = sign  # Persian and the languages of India are written with the first two.
        elif kind in ("Cc", "Cf") or sign in _UNSEEN:
            shown = None
        else:
            shown = sign if code in _known() else BOX
        self[code] = shown
        return shown


_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
_SIGNS = _Signs()


@cache
def _known() -> frozenset[int]:
    """Every sign that some font of ours can draw."""
    known: set[int] = set()
    for file in sorted(carried.path("fonts").glob("*.ttf")):
        known.update(code for code, _ in characters_of(file.read_bytes()))
    return frozenset(known)


def table_of_font(font: bytes, name: bytes) -> int:
    """Give where a table of a TrueType font starts; raises KeyError where it has none of that name."""
    for n in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        if tag == name:
            return cast(int, start)
    raise KeyError(name)


def characters_of(font: bytes) -> Iterator[tuple[int, int]]:
    """List the signs of a TrueType font, each with its glyph, from its ``cmap`` table, formats 4 and 12."""
    start = table_of_font(font, b"cmap")
    for m in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + 8 * m + 4)[0]
        form = struct.unpack_from(">H", font, at)[0]
        if form == 12:
            for k in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * k)
                yield from zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)
        elif form == 4:
            half = struct.unpack_from(">H", font, at + 6)[0]
            for k in range(0, half, 2):
                last = struct.unpack_from(">H", font, at + 14 + k)[0]
                first = struct.unpack_from(">H", font, at + 16 + half + k)[0]
                yield from _segment(font, at, half, k, first, last)


def _segment(font: bytes, at: int, half: int, k: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    delta = struct.unpack_from(">H", font, at + 16 + 2 * half + k)[0]
    where = at + 16 + 3 * half + k
    offset = struct.unpack_from(">H", font, where)[0]
    for code in range(first, min(last, 0xFFFE) + 1):
        glyph = code + delta
        if offset:
            found = struct.unpack_from(">H", font, where + offset + 2 * (code - first))[0]
            glyph = found + delta if found else 0
        if glyph & 0xFFFF:
            yield code, glyph & 0xFFFF
