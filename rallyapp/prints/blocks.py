"""The parts of which a long document is made: plain values that a layout draws in the house style.

Each says its ``kind``, by which the layout knows it. An organiser's own words become paragraphs and lists
(``prose``); nothing entered becomes ``Missing``, one quiet line that says what is lacking.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a section."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Block):
    """A paragraph; a ``strong`` one must not be missed, a ``small`` one is a note on what stands above it."""

    text: str
    strong: bool = False
    small: bool = False
    kind: str = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets(Block):
    """A list; with ``ticks`` each item has a box to tick, ``numbered`` ones are counted."""

    items: tuple[str, ...]
    ticks: bool = False
    numbered: bool = False
    kind: str = "bullets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Block):
    """What was not entered, in one sentence."""

    text: str
    kind: str = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A heading inside a section."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Block):
    """Names of things and what is known of them, in one or two columns; an empty value was not entered."""

    rows: tuple[tuple[str, str], ...]
    columns: int = 1
    kind: str = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table. ``shade`` is from 0 (white) to 3 (darkest grey); ``boxed`` is for GAP, ``tick`` to tick."""

    text: str
    strong: bool = False
    muted: bool = False
    boxed: bool = False
    struck: bool = False
    shade: int = 0
    small: str = ""
    tick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its heading, its share of the width (0: as wide as it must be), its side.

    One that is ``under`` stands small under the column before it where letters are large or paper is small.
    """

    title: str
    share: int = 1
    right: bool = False
    figures: bool = False
    centre: bool = False
    under: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table whose heading is repeated on every page and whose rows are never split.

    ``tall`` is the least height of a row in millimetres, ``blank`` is the number of empty rows to write in, with
    ``boxes`` the columns are parted by lines, and ``changed`` are the rows that the last print had otherwise.
    With ``fills`` there are at most ``blank`` empty rows, as many as fill the page beside what follows; where fewer
    than ``least`` would fit, they fill this page and go on over the next. ``first`` is the number of the first.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    last_strong: bool = False
    tall: float = 0
    blank: int = 0
    boxes: bool = False
    changed: tuple[int, ...] = ()
    fills: bool = False
    least: int = 0
    first: int = 0
    kind: str = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person or a body to reach."""

    over: str
    name: str
    phone: str = ""
    lines: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards(Block):
    """Cards side by side."""

    cards: tuple[Card, ...]
    kind: str = "cards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
    """A number that matters, and where it comes from."""

    number: str
    label: str
    text: str
    kind: str = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A numbered mark on a picture, at thousandths of its width and height; a ``square`` one stands out."""

    number: int
    what: str
    label: str
    x: int
    y: int
    square: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Block):
    """A picture with marks and their legend; ``svg`` holds the picture, empty where there is none."""

    title: str
    alt: str
    svg: str = field(repr=False)
    width: int
    height: int
    marks: tuple[Mark, ...]
    kind: str = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Block):
    """Lines to sign on."""

    labels: tuple[str, ...]
    kind: str = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A labelled box: its value, where it is known, or room to write; ``tall`` is its least height in mm."""

    label: str
    value: str = ""
    share: int = 1
    tall: float = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Block):
    """Boxes to write in, side by side; a field takes as many of the ``columns`` as its share."""

    fields: tuple[FormField, ...]
    columns: int = 2
    kind: str = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled(Block):
    """Empty lines to write on; with ``fills`` as many as fill the page beside what follows.

    Where fewer than ``lines`` would be left, they fill the page and what follows stands on the next.
    """

    label: str = ""
    lines: int = 6
    fills: bool = False
    kind: str = "ruled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Block):
    """The paragraphs of a letter, larger than other words."""

    paragraphs: tuple[str, ...]
    kind: str = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut(Block):
    """Where scissors go."""

    kind: str = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Block):
    """What follows starts a new page."""

    kind: str = "page-break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep(Block):
    """Parts that stay on one page."""

    blocks: tuple[Block, ...]
    kind: str = "keep"


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    """Make a table's row."""
    return tuple(text if isinstance(text, Cell) else Cell(text=text) for text in texts)


def prose(text: str) -> Iterator[Block]:
    """Turn an organiser's words into paragraphs, and lines that start with "- " into lists."""
    bullets: list[str] = []
    lines: list[str] = []

    def close() -> Iterator[Block]:
        if lines:
            yield Words(text="\n".join(lines))
            lines.clear()
        if bullets:
            yield Bullets(items=tuple(bullets))
            bullets.clear()

    for line in (*text.splitlines(), ""):
        stripped = line.strip()
        if stripped.startswith("- "):
            if lines:
                yield from close()
            bullets.append(stripped[2:].strip())
        elif stripped:
            if bullets:
                yield from close()
            lines.append(stripped)
        else:
            yield from close()


# The first bytes of the pictures that can be drawn, and what they are.
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"))


def svg_of(picture: str, width: int, height: int) -> str:
    """Wrap a picture, given as base64 text, in an SVG that shows it; empty where it can't be drawn.

    Typst decodes pictures inside an SVG by itself, so that the bytes need no file and no list of numbers.
    What the picture is, is told from its first bytes and not from what the record says.
    """
    try:
        data = base64.b64decode(picture, validate=True)
    except (binascii.Error, ValueError):
        return ""
    known: Iterable[str] = (name for start, name in _PICTURES if data.startswith(start))
    name = next(iter(known), "")
    if not name or width < 1 or height < 1:
        return ""
    encoded = base64.b64encode(data).decode("ascii")
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}'>"
        f"<image width='{width}' height='{height}' href='data:image/{name};base64,{encoded}'/></svg>"
    )


def grid_svg(width: int, height: int) -> str:
    """Draw the blank grid of a sketch as an SVG: 24 squares across, as on the screen."""
    step = width / 24
    across = "".join(f"M{step * at:.1f} 0V{height}" for at in range(1, 24))
    down = "".join(f"M0 {step * at:.1f}H{width}" for at in range(1, int(height / step) + 1))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}'>"
        f"<path d='{across}{down}' fill='none' stroke='#dcdcdc' stroke-width='{width / 1200:.2f}'/></svg>"
    )
