"""Pictures for site plans: read from a file, made smaller, and written anew so that nothing hidden comes along.

A photo carries where and with what it was taken; only its colours are kept. Everything here may run in a thread.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from rallyapp.domain.places import SitePlan
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import LONGEST_PICTURE

LONGEST_SIDE = 1800
BLANK = QSize(1200, 800)
_MOST_BYTES = 60_000_000
_MOST_PIXELS = 60_000_000
_LARGEST_PNG = 2_500_000
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "jpg": "JPEG", "svg": "PNG"}
CHOICES = "Pictures (*.png *.jpg *.jpeg *.svg);;All files (*)"


class NoPicture(UserError):
    """A file that can't be taken as a site plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a site plan keeps it: base64 text, its kind, and its size in pixels."""

    text: str
    media_type: str
    width: int
    height: int


def blank_picture() -> Picture:
    """Give no picture: a grid is painted in its place."""
    return Picture(text="", media_type="", width=BLANK.width(), height=BLANK.height())


def take_picture(path: Path) -> Picture:
    """Read a PNG, JPEG or SVG file; raises NoPicture with a sentence for anything else."""
    name = f"\u201c{path.name}\u201d"
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise NoPicture(f"{name} is larger than {_MOST_BYTES // 1_000_000} MB: save a smaller copy and take that.")
        data = path.read_bytes()
    except OSError as error:
        raise NoPicture(f"{name} can\u2019t be read: {error.strerror or error}.") from None
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise NoPicture(f"{name} is a PDF: save the page as a picture (PNG) first, and take that.")
    return _kept(_image(data, name), name)


def picture_of(plan: SitePlan) -> QImage | None:
    """Give the picture of a site plan; None where it has none, an empty one where it can't be shown."""
    if not plan.picture:
        return None
    try:
        data = base64.b64decode(plan.picture, validate=True)
        image, _ = _read(data, LONGEST_SIDE)
    except (binascii.Error, NoPicture):
        return QImage()
    return image


def _image(data: bytes, name: str) -> tuple[QImage, str]:
    try:
        return _read(data, LONGEST_SIDE)
    except NoPicture as error:
        raise NoPicture(f"{name} {error}") from None


def _read(data: bytes, side: int) -> tuple[QImage, str]:
    """Read a picture no larger than so many pixels a side, on white; gives it with its format."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data()).decode("ascii", "replace")
    size = reader.size()
    if kind not in _FORMATS or size.isEmpty():
        raise NoPicture("is no picture that can be used here: take a PNG, JPEG or SVG file.")
    vector = kind == "svg"
    if size.width() * size.height() > _MOST_PIXELS and not vector:
        raise NoPicture(
            f"has {size.width():,} by {size.height():,} pixels, which is too many: save a smaller copy and take that."
        )
    if vector or max(size.width(), size.height()) > side:
        size = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        reader.setScaledSize(size)
    found = reader.read()
    if found.isNull():
        raise NoPicture("is damaged: it can\u2019t be read to its end.")
    return _on_white(found), kind


def _on_white(image: QImage) -> QImage:
    """Paint a picture into a new one, which takes along its colours and nothing else."""
    if image.colorSpace().isValid() and image.colorSpace() != QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    made = QImage(image.size(), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.drawImage(0, 0, image)
    painter.end()
    return made


def _kept(read: tuple[QImage, str], name: str) -> Picture:
    image, kind = read
    wanted = _FORMATS[kind]
    data = _written(image, wanted)
    if wanted == "PNG" and len(data) > _LARGEST_PNG:
        wanted, data = "JPEG", _written(image, "JPEG")
    text = base64.b64encode(data).decode("ascii")
    if len(text) > LONGEST_PICTURE:
        raise NoPicture(f"{name} is too large even when it is made smaller: take another picture.")
    return Picture(text=text, media_type=f"image/{wanted.lower()}", width=image.width(), height=image.height())


def _written(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, 85 if kind == "JPEG" else -1)  # type: ignore[call-overload]
    return bytes(buffer.data().data())
