"""Pages as they will be printed, below each other: scrolled, zoomed, and sharp at the screen's own density."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame
from shiboken6 import isValid

from rallyapp.ui import theme
from rallyapp.ui.pdf_pages import PdfPage, page_image
from rallyapp.ui.tasks import Jobs, in_thread
from rallyapp.ui.widgets.spoken_role import speak_as

_GAP, _STEP = 16, 1.2
_LEAST, _MOST = 0.2, 5.0
_KEPT = 24  # drawn pages that are kept besides those in sight: some four million bytes each
_WIDEST = 4000  # px: a page that is drawn wider takes more memory than it is worth


class Fit(StrEnum):
    """How large pages are shown: as wide as there is room, whole, or at a zoom that somebody chose."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to show: the PDF that it is in, the page, and which sheet it belongs to."""

    data: bytes = field(repr=False)
    page: PdfPage
    sheet: str = ""


class Preview(QAbstractScrollArea):
    """The pages. ``turned`` says which page is in sight, counted from 0, and how many there are."""

    turned = Signal(int, int)
    zoomed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        """Take where pages are drawn meanwhile."""
        super().__init__()
        self._jobs, self._job = jobs, f"preview pages {id(self)}"
        self._leaves: list[Leaf] = []
        self._tops: list[int] = []
        self._widths: list[int] = []
        self._widest, self._across = 1.0, 0  # points on paper, and pixels with the gaps beside it
        self._drawn: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._last: OrderedDict[tuple[int, int], QImage] = OrderedDict()  # as it was, until it is drawn anew
        self._fit, self._factor = Fit.WIDTH, 1.0
        self._at = -1
        self._dragged: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Preview")
        speak_as(self, QAccessible.Role.Document)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(theme.px(160), theme.px(120))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # ----------------------------------------------------------------------------------- what is shown
    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The pages that are shown."""
        return tuple(self._leaves)

    @property
    def page(self) -> int:
        """The page in sight, counted from 0; -1 where there is none."""
        return self._at

    @property
    def whole(self) -> bool:
        """Say whether all that is in sight is drawn, as sharp as the screen is."""
        return bool(self._leaves) and not list(self._missing())

    def show_leaves(self, leaves: Iterable[Leaf], *, keep: bool = True) -> None:
        """Show these pages; ``keep`` leaves what is in sight where it is, else the first is shown."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        held = self._hold() if keep else None
        before = {(leaf.data, leaf.page.number): n for n, leaf in enumerate(self._leaves)}
        old, self._leaves = self._drawn, list(leaves)
        # A page that is drawn anew is seen as it was until then: nothing flickers while somebody chooses.
        self._drawn = OrderedDict()
        self._last = old if keep else OrderedDict()
        now = {(leaf.data, leaf.page.number): n for n, leaf in enumerate(self._leaves)}
        places = {place: now[key] for key, place in before.items() if key in now}
        for (place, width), image in old.items():
            if place in places:
                self._drawn[places[place], width] = image
        self._lay_out()
        if keep:
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(self._held_at(held, down))
        else:
            self.verticalScrollBar().setValue(0)
        self._scrolled()

    def _hold(self) -> tuple[str, int, int] | None:
        """Name the page in sight by its sheet and its place in that, with how far below the window's top it begins."""
        if not 0 <= self._at < len(self._leaves):
            return None
        sheet = self._leaves[self._at].sheet
        first = next(n for n, leaf in enumerate(self._leaves) if leaf.sheet == sheet)
        return sheet, self._at - first, self._tops[self._at] - self.verticalScrollBar().value()

    def _held_at(self, held: tuple[str, int, int] | None, otherwise: int) -> int:
        """Find where the page that was in sight is now, whatever came above it."""
        if held is not None:
            pages = [n for n, leaf in enumerate(self._leaves) if leaf.sheet == held[0]]
            if held[1] < len(pages):
                return self._tops[pages[held[1]]] - held[2]
        return otherwise

    def clear(self) -> None:
        """Show nothing."""
        self.show_leaves((), keep=False)

    def go_to(self, page: int) -> None:
        """Show a page from its top."""
        if self._leaves:
            page = min(len(self._leaves) - 1, max(0, page))
            self.verticalScrollBar().setValue(self._tops[page] - theme.px(_GAP) // 2)
            self._turn(page)

    def go_to_sheet(self, sheet: str) -> None:
        """Show the first page of a sheet."""
        found = next((n for n, leaf in enumerate(self._leaves) if leaf.sheet == sheet), None)
        if found is not None:
            self.go_to(found)

    # ------------------------------------------------------------------------------------------- zoom
    @property
    def fit(self) -> Fit:
        """How large pages are shown."""
        return self._fit

    @property
    def zoom(self) -> float:
        """How large the page in sight is: 1 is as on paper."""
        return self._zoom_of(self._leaves[max(self._at, 0)]) if self._leaves else self._factor

    def show_as(self, fit: Fit) -> None:
        """Show pages as wide as there is room, or whole."""
        self._factor = self.zoom
        self._fit = fit
        self._zoomed()

    def zoom_by(self, steps: float) -> None:
        """Show pages larger or smaller by some steps."""
        self._factor = min(_MOST, max(_LEAST, self.zoom * _STEP**steps))
        self._fit = Fit.FREE
        self._zoomed()

    def _zoomed(self) -> None:
        at, place = self._at, self._place_in()
        self._lay_out()
        if 0 <= at < len(self._leaves):
            self.verticalScrollBar().setValue(round(self._tops[at] + place * self._height(at)) - theme.px(_GAP) // 2)
        self._scrolled()
        self.zoomed.emit()

    def _place_in(self) -> float:
        """Say how far down in the page in sight the window's top is, as a share of its height."""
        if self._at < 0 or not self._leaves:
            return 0.0
        top = self.verticalScrollBar().value() + theme.px(_GAP) // 2
        return max(0.0, (top - self._tops[self._at]) / max(1, self._height(self._at)))

    # ---------------------------------------------------------------------------------------- geometry
    def _zoom_of(self, leaf: Leaf) -> float:
        point = self.logicalDpiX() / 72
        if self._fit is Fit.FREE:
            return self._factor
        room = self.viewport().size() - QSize(2 * theme.px(_GAP), theme.px(_GAP))
        wide = room.width() / (self._widest * point)
        if self._fit is Fit.PAGE:
            wide = min(room.width() / (leaf.page.width * point), room.height() / (leaf.page.height * point))
        return min(_MOST, max(_LEAST, wide))

    def _height(self, n: int) -> int:
        page = self._leaves[n].page
        return max(1, round(self._widths[n] * page.height / page.width))

    def _lay_out(self) -> None:
        point, gap = self.logicalDpiX() / 72, theme.px(_GAP)
        self._widest = max((leaf.page.width for leaf in self._leaves), default=1.0)
        self._widths = [max(8, round(leaf.page.width * point * self._zoom_of(leaf))) for leaf in self._leaves]
        self._tops, y = [], gap // 2
        for n in range(len(self._leaves)):
            self._tops.append(y)
            y += self._height(n) + gap // 2
        room = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, y - room.height()))
        down.setPageStep(room.height())
        down.setSingleStep(theme.px(40))
        self._across = max(self._widths, default=0) + gap
        across.setRange(0, max(0, self._across - room.width()) if self._fit is Fit.FREE else 0)
        across.setPageStep(room.width())
        across.setSingleStep(theme.px(40))
        self.viewport().update()

    def _box(self, n: int) -> QRect:
        width, room = self._widths[n], self.viewport().width()
        left = (max(room, self._across) - width) // 2 - self.horizontalScrollBar().value()
        if self.horizontalScrollBar().maximum() == 0:
            left = (room - width) // 2
        return QRect(left, self._tops[n] - self.verticalScrollBar().value(), width, self._height(n))

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        after = bisect_right(self._tops, top + self.viewport().height())
        return [n for n in range(first, after) if self._box(n).bottom() >= 0]

    def _scrolled(self) -> None:
        seen = self._in_sight()
        middle = self.viewport().height() // 2
        over = next((n for n in seen if self._box(n).bottom() + theme.px(_GAP) // 2 >= middle), None)
        self._turn(over if over is not None else (seen[-1] if seen else -1))
        self.viewport().update()
        if list(self._missing()):
            self._jobs.start(self._job, self._draw)

    def _turn(self, page: int) -> None:
        if page != self._at or not self._leaves:
            self._at = page
            text = self._leaves[page].page.text if self._leaves else ""
            self.setAccessibleDescription(f"Page {page + 1} of {len(self._leaves)}. {text}" if text else "")
        self.turned.emit(page, len(self._leaves))

    # ----------------------------------------------------------------------------------------- drawing
    def _pixels(self, n: int) -> int:
        return min(_WIDEST, round(self._widths[n] * self.devicePixelRatioF()))

    def _missing(self) -> Iterable[int]:
        """List the pages in sight, and then the next one, that are not drawn as large as they are shown."""
        seen = self._in_sight()
        after = [seen[-1] + 1] if seen and seen[-1] + 1 < len(self._leaves) else []
        return (n for n in (*seen, *after) if (n, self._pixels(n)) not in self._drawn)

    async def _draw(self) -> None:
        while isValid(self):
            n = next(iter(self._missing()), None)
            if n is None:
                return
            leaf, width = self._leaves[n], self._pixels(n)
            image = await in_thread(page_image, leaf.data, leaf.page.number, width)
            if isValid(self) and n < len(self._leaves) and self._leaves[n] is leaf:
                self._keep(n, width, image)

    def _keep(self, n: int, width: int, image: QImage) -> None:
        for kept in (self._drawn, self._last):
            for key in [key for key in kept if key[0] == n]:
                del kept[key]
        self._drawn[n, width] = image
        seen = set(self._in_sight())
        for key in list(self._drawn)[: max(0, len(self._drawn) - _KEPT)]:
            if key[0] not in seen:
                del self._drawn[key]
        self.viewport().update()

    def _image(self, n: int) -> QImage | None:
        found = self._drawn.get((n, self._pixels(n)))
        if found is None:
            found = next((image for (place, _), image in self._drawn.items() if place == n), None)
        if found is None:
            found = next((image for (place, _), image in self._last.items() if place == n), None)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight; one that is not drawn yet is white, or as it was before."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), theme.colour("grid"))
        for n in self._in_sight():
            box = self._box(n)
            if not box.intersects(event.rect()):
                continue
            painter.fillRect(box, Qt.GlobalColor.white)
            image = self._image(n)
            if image is not None:
                painter.drawImage(box, image)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRect(QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    # --------------------------------------------------------------------------------- keys and the mouse
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and zoom by keys."""
        key, one = event.key(), self._fit is Fit.PAGE
        match key:
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(1)
            case Qt.Key.Key_Minus:
                self.zoom_by(-1)
            case Qt.Key.Key_W:
                self.show_as(Fit.WIDTH)
            case Qt.Key.Key_P:
                self.show_as(Fit.PAGE)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space if one:
                self.go_to(self._at + 1)
            case Qt.Key.Key_PageUp if one:
                self.go_to(self._at - 1)
            case Qt.Key.Key_Space:
                self.verticalScrollBar().triggerAction(self.verticalScrollBar().SliderAction.SliderPageStepAdd)
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(event.angleDelta().y() / 120)
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the paper."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the paper along."""
        if self._dragged is not None:
            by = event.position().toPoint() - self._dragged
            self._dragged = event.position().toPoint()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - by.y())
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - by.x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the paper."""
        self._dragged = None
        self.viewport().unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go from as wide as there is room to the whole page, and back."""
        self.show_as(Fit.PAGE if self._fit is not Fit.PAGE else Fit.WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new room, with the same place in sight."""
        super().resizeEvent(event)
        self._zoomed()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom and the theme of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_leaves"):
            self.setMinimumSize(theme.px(160), theme.px(120))
            self._zoomed()
