"""Pages of our own PDFs as pictures, for the preview and for printers: drawn by PDFium, which is loaded late.

PDFium serves one thread at a time in the whole program, so each call waits for its ``TURN``; everything here
belongs in a thread. A document is opened for each call, which takes a thousandth of a second: one that stayed open
would be closed by whichever thread let go of it last.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtGui import QImage

from rallyapp.domain.frozen import frozen

TURN = threading.Lock()
MOST_SAID = 4000  # signs of a page that are said to a screen reader


@frozen
class PdfPage:
    """A page of a PDF. ``width`` and ``height`` are in points; ``text`` is what stands on it, in one line."""

    number: int
    width: float
    height: float
    text: str = ""


def pages_of(data: bytes) -> tuple[PdfPage, ...]:
    """List the pages of a PDF, counted from 0, with their sizes and texts."""
    with _opened(data) as document:
        return tuple(_page(document, number) for number in range(len(document)))


def page_image(data: bytes, number: int, width: int, *, grey: bool = False) -> QImage:
    """Draw a page so many pixels wide, with letters as smooth as on a screen, or in greys as for a printer."""
    with _opened(data) as document:
        page = document[number]
        try:
            return _drawn(page, width, grey)
        finally:
            page.close()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    with TURN:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def _page(document: Any, number: int) -> PdfPage:
    page = document[number]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            words = re.sub(r"\s+", " ", text.get_text_range().replace("\u200b", ""))
        finally:
            text.close()
        return PdfPage(number=number, width=width, height=height, text=words[:MOST_SAID].strip())
    finally:
        page.close()


def _drawn(page: Any, width: int, grey: bool) -> QImage:
    from pypdfium2 import PdfBitmap, raw

    across, down = page.get_size()
    height = max(1, round(width * down / across))
    kind = raw.FPDFBitmap_Gray if grey else raw.FPDFBitmap_BGRx
    bitmap = PdfBitmap.new_native(width, height, kind)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = raw.FPDF_ANNOT | (raw.FPDF_GRAYSCALE if grey else 0)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
        return QImage(bitmap.buffer, width, height, bitmap.stride, form).copy()
    finally:
        bitmap.close()
