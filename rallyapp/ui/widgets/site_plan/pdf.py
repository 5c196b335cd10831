"""Pages of a PDF as pictures, drawn by PDFium: loaded when somebody first takes a PDF.

PDFium serves one thread at a time, so each call waits for its turn; everything here belongs in a thread. It draws
in this process: a page that takes too long is given up, one that is very large is drawn as small as any other.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtGui import QImage

from rallyapp.ui.pdf_pages import TURN
from rallyapp.ui.widgets.site_plan.refused import NoPicture

_PATIENCE = 20.0  # seconds for one page
_LOCKED, _STRANGE_LOCK = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


def page_count(data: bytes) -> int:
    """Count the pages of a PDF; raises NoPicture where it is damaged or locked."""
    with TURN, _opened(data) as document:
        return len(document)


def page_image(data: bytes, page: int, side: int, *, patience: float = _PATIENCE) -> QImage:
    """Draw a page, counted from 0, so many pixels on its longer side; raises NoPicture where it can't be drawn."""
    with TURN, _opened(data) as document:
        import pypdfium2

        try:
            opened = document[page]
        except pypdfium2.PdfiumError:
            raise NoPicture(f"can\u2019t be drawn: page {page + 1} is damaged.") from None
        try:
            return _drawn(opened, side, time.monotonic() + patience)
        finally:
            opened.close()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_LOCKED, _STRANGE_LOCK):
            raise NoPicture("is locked with a password: save a copy without one and take that.") from None
        raise NoPicture("is a damaged PDF: it can\u2019t be read.") from None
    try:
        yield document
    finally:
        document.close()


def _drawn(page: Any, side: int, until: float) -> QImage:
    from pypdfium2 import PdfBitmap, internal, raw

    width, height = page.get_size()
    factor = side / max(width, height, 1.0)
    across, down = max(1, round(width * factor)), max(1, round(height * factor))
    bitmap = PdfBitmap.new_native(across, down, raw.FPDFBitmap_BGRx)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
        pause = raw.IFSDK_PAUSE(version=1)
        internal.set_callback(pause, "NeedToPauseNow", lambda _: time.monotonic() > until)
        status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, across, down, 0, raw.FPDF_ANNOT, pause)
        raw.FPDF_RenderPage_Close(page)
        if status == raw.FPDF_RENDER_TOBECONTINUED:
            raise NoPicture("takes too long to draw: save the page as a picture (PNG) and take that.")
        if status != raw.FPDF_RENDER_DONE:
            raise NoPicture("can\u2019t be drawn: the page is damaged.")
        return QImage(bitmap.buffer, across, down, bitmap.stride, QImage.Format.Format_RGB32).copy()
    finally:
        bitmap.close()
