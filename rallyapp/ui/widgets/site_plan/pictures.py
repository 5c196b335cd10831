"""Pictures for site plans: read from a file, made smaller, and written anew so that nothing hidden comes along.

A photo carries where and with what it was taken; only its colours are kept. Everything here may run in a thread.
"""

from __future__ import annotations

import base64
import binascii
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from rallyapp.domain import site_plans
from rallyapp.domain.places import SitePlan
from rallyapp.domain.records import LONGEST_PICTURE
from rallyapp.ui.widgets.site_plan import drawings, pdf
from rallyapp.ui.widgets.site_plan.refused import NoPicture

LONGEST_SIDE = 1800
BLANK = QSize(*site_plans.BLANK)
_MOST_BYTES = 60_000_000
_MOST_PIXELS = 60_000_000
_MOST_MEMORY = 250_000_000  # bytes while it is read: Qt itself refuses a little more
_LARGEST_PNG = 2_500_000
CHOICES = "Pictures and PDF (*.png *.jpg *.jpeg *.svg *.pdf);;All files (*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a site plan keeps it: base64 text, its kind, and its size in pixels."""

    text: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that was read: its name, what is in it, and which of PNG, JPEG, SVG and PDF that is."""

    name: str
    data: bytes
    kind: str

    @property
    def words(self) -> str:
        """The name as it stands in a sentence."""
        return f"\u201c{self.name}\u201d"

    def pages(self) -> int:
        """Count its pages; raises NoPicture where it can't be read."""
        with self._named():
            return pdf.page_count(self.data) if self.kind == "pdf" else 1

    def page(self, number: int, side: int) -> QImage:
        """Draw a page of a PDF, counted from 0, so many pixels on its longer side; raises NoPicture."""
        with self._named():
            return pdf.page_image(self.data, number, side)

    def picture(self, page: int = 0) -> Picture:
        """Give it, or a page of it, as a site plan keeps it; raises NoPicture where it can't be read."""
        with self._named():
            if self.kind == "pdf":
                return _kept(pdf.page_image(self.data, page, LONGEST_SIDE), "PNG")
            return _kept(_read(self.data, self.kind), "JPEG" if self.kind == "jpeg" else "PNG")

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except NoPicture as error:
            raise NoPicture(f"{self.words} {error}") from None


def blank_picture() -> Picture:
    """Give no picture: a grid is painted in its place."""
    return Picture(text="", media_type="", width=BLANK.width(), height=BLANK.height())


def find_file(path: Path) -> Found:
    """Read a PNG, JPEG, SVG or PDF file; raises NoPicture with a sentence for anything else."""
    name = f"\u201c{path.name}\u201d"
    try:
        if path.is_dir():
            raise NoPicture(f"{name} is a folder: take the picture in it.")
        if not stat.S_ISREG(path.stat().st_mode):  # a device never ends, a pipe never begins
            raise NoPicture(f"{name} is no file that can be read.")
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise NoPicture(f"{name} can\u2019t be read: {error.strerror or error}.") from None
    if len(data) > _MOST_BYTES:
        raise NoPicture(f"{name} is larger than {_MOST_BYTES // 1_000_000} MB: save a smaller copy and take that.")
    kind = _kind(data)
    if not kind:
        raise NoPicture(f"{name} is no picture that can be used here: take a PNG, JPEG, SVG or PDF file.")
    return Found(name=path.name, data=data, kind=kind)


def take_picture(path: Path) -> Picture:
    """Read a file, of a PDF its first page; raises NoPicture with a sentence where that can't be."""
    return find_file(path).picture()


def picture_of(plan: SitePlan) -> QImage | None:
    """Give the picture of a site plan; None where it has none, an empty one where it can't be shown.

    A plan may come from anywhere: what is no PNG or JPEG, as which pictures are kept, is not drawn.
    """
    if not plan.picture:
        return None
    try:
        data = base64.b64decode(plan.picture, validate=True)
        kind = _kind(data)
        return _read(data, kind) if kind in ("png", "jpeg") else QImage()
    except (binascii.Error, NoPicture):
        return QImage()


def _kind(data: bytes) -> str:
    """Tell what a file is from what is in it; nothing for what can't be used."""
    if data.startswith(drawings.PNG):
        return "png"
    if data.startswith(drawings.JPEG):
        return "jpeg"
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    return "svg" if drawings.is_drawing(data) else ""


def _read(data: bytes, kind: str) -> QImage:
    """Read a picture no larger than is useful, on white."""
    if kind == "svg":
        drawings.look_through(data)
    if kind == "jpeg" and _cut_off(data):
        raise NoPicture("is damaged: it can\u2019t be read to its end.")
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty():
        raise NoPicture("is damaged: it has no size.")
    if kind != "svg":
        _refuse_huge(size, reader)
    if kind == "svg" or max(size.width(), size.height()) > LONGEST_SIDE:
        size = size.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        reader.setScaledSize(size)
    found = reader.read()
    if found.isNull():
        raise NoPicture("is damaged: it can\u2019t be read to its end.")
    return _on_white(found)


def _refuse_huge(size: QSize, reader: QImageReader) -> None:
    """Raise NoPicture for a picture that would need too much memory; a JPEG is made smaller while it is read."""
    pixels = size.width() * size.height()
    bits = QImage.toPixelFormat(reader.imageFormat()).bitsPerPixel()
    whole = bytes(reader.format().data()) != b"jpeg"
    if pixels > _MOST_PIXELS or (whole and pixels * bits // 8 > _MOST_MEMORY):
        raise NoPicture(
            f"has {size.width():,} by {size.height():,} pixels, which is too many: save a smaller copy and take that."
        )


def _cut_off(data: bytes) -> bool:
    """Say whether a JPEG lacks its end, which Qt reads as grey: its parts are walked to the picture proper."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:  # here the picture begins; nothing in it looks like its end but the end
            return data.find(b"\xff\xd9", at) < 0
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return True


def _on_white(image: QImage) -> QImage:
    """Paint a picture into a new one, which takes along its colours and nothing else."""
    space = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != space:
        image = image.convertedToColorSpace(space, QImage.Format.Format_ARGB32)
    made = QImage(image.size(), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.drawImage(0, 0, image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
    painter.end()
    return made


def _kept(image: QImage, wanted: str) -> Picture:
    data = _written(image, wanted)
    if wanted == "PNG" and len(data) > _LARGEST_PNG:
        wanted, data = "JPEG", _written(image, "JPEG")
    text = base64.b64encode(data).decode("ascii")
    if len(text) > LONGEST_PICTURE:
        raise NoPicture("is too large even when it is made smaller: take another picture.")
    return Picture(text=text, media_type=f"image/{wanted.lower()}", width=image.width(), height=image.height())


def _written(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, 85 if kind == "JPEG" else -1)  # type: ignore[call-overload]
    return bytes(buffer.data().data())
