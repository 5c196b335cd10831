"""Looking through an SVG before Qt draws it.

Qt's drawer reads files that an SVG names, from wherever it pleases, and draws without end what refers to itself
often enough. So a drawing is read here first, by the same reader of XML that Qt's drawer has: what it draws must
be in it, and it must not be too much.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QXmlStreamReader

from rallyapp.ui.widgets.site_plan.refused import NoPicture

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_MOST_BYTES = 20_000_000
_MOST_DRAWN = 500_000
_DEEPEST = 60
_WEIGHTS = {"image": 1000, "pattern": 50, "mask": 50, "filter": 50}
_GRADIENTS = ("linearGradient", "radialGradient")
_INSIDE = re.compile(r"data:image/(?:png|jpe?g);base64,([A-Za-z0-9+/=\s]*)")
_URL = re.compile(r"url\(\s*['\"]?\s*#([^)'\"\s]+)")
_TOO_MUCH = "is too intricate to draw: save it as PNG and take that."
_DAMAGED = "is damaged: it can\u2019t be read to its end."


def is_drawing(data: bytes) -> bool:
    """Say whether the first element of these bytes, read as XML, is an SVG's."""
    source, reader = _reader(data[:100_000])
    return source.isOpen() and bool(reader.readNextStartElement()) and reader.name() == "svg"


def look_through(data: bytes) -> None:
    """Raise NoPicture for an SVG that is damaged, draws from other files, or draws too much."""
    if len(data) > _MOST_BYTES:
        raise NoPicture(_TOO_MUCH)
    look = _Look()
    source, reader = _reader(data)
    while source.isOpen() and not reader.atEnd():
        kind = reader.readNext()
        if kind == QXmlStreamReader.TokenType.StartElement:
            look.enter(reader.name(), [(each.name(), each.value()) for each in reader.attributes()])
        elif kind == QXmlStreamReader.TokenType.EndElement:
            look.leave()
        elif kind == QXmlStreamReader.TokenType.Characters and look.in_style:
            look.style(reader.text())
        elif reader.processingInstructionTarget() == "xml-stylesheet":
            raise _from_outside("a style sheet")
    if reader.hasError():
        raise NoPicture(_DAMAGED)
    if look.total() > _MOST_DRAWN:
        raise NoPicture(_TOO_MUCH)


def _reader(data: bytes) -> tuple[QBuffer, QXmlStreamReader]:
    """Give a reader of these bytes, and what it reads from, which must outlive it."""
    source = QBuffer()
    source.setData(QByteArray(data))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    return source, QXmlStreamReader(source)


class _Look:
    """Counts what an SVG draws: each part that has an id, with what is in it and what that refers to."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []  # the elements that are open: name and id
        self._names: dict[str, str] = {}
        self._own: Counter[str] = Counter()
        self._refers: dict[str, Counter[str]] = {"": Counter()}
        self._styled: set[str] = set()  # what the style sheet refers to: any element might

    @property
    def in_style(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "style"

    def enter(self, name: str, attributes: list[tuple[str, str]]) -> None:
        if len(self._open) >= _DEEPEST:
            raise NoPicture(_TOO_MUCH)
        id = next((value for key, value in attributes if key == "id"), "")
        self._open.append((name, id))
        if id:
            self._names[id] = name
            self._refers.setdefault(id, Counter())
        refers = [found for key, value in attributes for found in _referred(name, key, value)]
        for part in {"", *(each for _, each in self._open)}:
            self._own[part] += _WEIGHTS.get(name, 1)
            self._refers[part].update(refers)

    def leave(self) -> None:
        self._open.pop()

    def style(self, text: str) -> None:
        self._styled.update(_URL.findall(text))

    def total(self) -> int:
        """Count everything that is drawn, as often as it is."""
        return self._count("", {}, ()) + self._own[""] * sum(
            self._count(id, {}, ()) for id in self._styled if self._draws(id)
        )

    def _draws(self, id: str) -> bool:
        return id in self._names and self._names[id] not in _GRADIENTS

    def _count(self, part: str, known: dict[str, int], within: tuple[str, ...]) -> int:
        if part in within or len(within) > _DEEPEST:  # it draws itself
            raise NoPicture(_TOO_MUCH)
        if part not in known:
            inner = (*within, part)
            known[part] = self._own[part] + sum(
                times * self._count(id, known, inner) for id, times in self._refers[part].items() if self._draws(id)
            )
        return known[part]


def _referred(element: str, key: str, value: str) -> Iterator[str]:
    """List the ids to which an attribute refers; raises NoPicture for one that refers to another file."""
    yield from _URL.findall(value)
    if key != "href" or element == "a":  # a link is not followed
        return
    value = value.strip()
    if element == "image":
        _refuse_outside(value)
    elif value.startswith("#"):
        yield value[1:]
    elif value:
        raise _from_outside(value)


def _refuse_outside(value: str) -> None:
    """Raise NoPicture unless a picture in a drawing is written out in it, as PNG or JPEG."""
    found = _INSIDE.fullmatch(value)
    if found is None:
        raise _from_outside(value)
    try:
        inside = base64.b64decode("".join(found[1].split()), validate=True)
    except binascii.Error:
        raise NoPicture(_DAMAGED) from None
    if not inside.startswith((PNG, JPEG)):
        raise NoPicture("holds a picture that is neither PNG nor JPEG: save it as PNG and take that.")


def _from_outside(what: str) -> NoPicture:
    named = "" if what.startswith("data:") else f" ({what if len(what) <= 60 else what[:60] + chr(0x2026)})"
    return NoPicture(f"draws from other files{named}: save it as PNG and take that.")
