"""Puts the picture of a timeline together, from the rows behind to what floats above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from rallyapp.domain.ids import ShiftId
from rallyapp.ui import theme
from rallyapp.ui.widgets.timeline import floating, walking
from rallyapp.ui.widgets.timeline.bar_paint import BarPainter
from rallyapp.ui.widgets.timeline.geometry import Place
from rallyapp.ui.widgets.timeline.gestures import Band, EdgeDrag, MoveDrag
from rallyapp.ui.widgets.timeline.person_drop import PersonDrop
from rallyapp.ui.widgets.timeline.pointer import Pointer
from rallyapp.ui.widgets.timeline.surround import Surround

if TYPE_CHECKING:
    from rallyapp.ui.widgets.timeline.timeline import Timeline

_RING = 6  # pixels by which rings stand out


class Canvas:
    """Paints a timeline, only as much of it as has to be painted again."""

    def __init__(self, timeline: Timeline) -> None:
        """Serve a timeline."""
        self._timeline = timeline
        self._bars = BarPainter()
        self._surround = Surround()

    def forget(self) -> None:
        """Theme or zoom changed."""
        self._bars.forget()
        self._surround.forget()

    def keep_only(self, ids: set[ShiftId]) -> None:
        """Drop what was kept of shifts that are no more."""
        self._bars.keep_only(ids)

    def paint(self, painter: QPainter, dirty: QRect, pointer: Pointer, drop: PersonDrop) -> None:
        """Paint what of a rectangle is in sight."""
        at, timeline, drag = self._timeline.at, self._timeline, pointer.drag
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.fillRect(dirty, theme.colour("card"))
        painter.setClipRect(at.body)
        self._surround.ground(painter, at)
        self._surround.now_line(painter, at)
        self._shifts(painter, dirty, pointer)
        if isinstance(drag, Band):
            floating.rubber(painter, at, drag)
        elif drag is not None:
            floating.ghosts(painter, at, drag, self._bars)
        drop.paint(painter)
        rows = QRect(at.corner.left(), at.body.top(), at.corner.width() + at.body.width(), at.body.height())
        painter.setClipRect(rows)
        if dirty.left() < at.body.left():
            self._surround.labels(painter, at)
        self._surround.headings(painter, at)
        painter.setClipping(False)
        if dirty.top() < at.body.top():
            self._surround.axis(painter, at)
        if dirty.bottom() > at.body.bottom():
            self._surround.coverage(painter, at)
        if isinstance(drag, MoveDrag | EdgeDrag):
            floating.words(painter, timeline.rect(), pointer.at, drag.words(), icon="copy" if drag.copy else "")
        self._surround.frame(painter, at, timeline.hasFocus())

    def _shifts(self, painter: QPainter, dirty: QRect, pointer: Pointer) -> None:
        at, ratio = self._timeline.at, self._timeline.devicePixelRatioF()
        held = pointer.drag.holds() if isinstance(pointer.drag, MoveDrag | EdgeDrag) else set()
        wide = dirty.adjusted(-_RING, -_RING, _RING, _RING).intersected(at.body.adjusted(-_RING, -_RING, _RING, _RING))
        ringed = []
        for stripe in at.visible():
            for place in stripe.places:
                box = at.rect(place)
                if not box.intersects(wide):
                    continue
                if place.bar.id in held:
                    painter.setOpacity(0.35)
                    self._bars.draw(painter, box, place.bar, at.body, ratio)
                    painter.setOpacity(1.0)
                else:
                    self._bars.draw(painter, box, place.bar, at.body, ratio)
                ringed.append((place, box))
        for place, box in ringed:
            self._rings(painter, place, box, pointer)
        self._caret_without_shift(painter)

    def _rings(self, painter: QPainter, place: Place, box: QRect, pointer: Pointer) -> None:
        if place.bar.id in self._timeline.chosen:
            floating.ring(painter, box, "accent", 2)
        elif place is pointer.place and pointer.drag is None:
            floating.ring(painter, box, place.bar.tone, 1)
        if self._timeline.hasFocus() and place.bar.id == self._timeline.caret_shift:
            floating.ring(painter, box, "accent", 1, 3)

    def _caret_without_shift(self, painter: QPainter) -> None:
        """Show the keyboard at an hour of a row that has no shift."""
        at, caret = self._timeline.at, self._timeline.caret
        if caret is None or caret.shift is not None or not self._timeline.hasFocus():
            return
        stripe = walking.stripe_of(at, caret)
        if stripe is not None:
            row = at.row_rect(stripe)
            width = max(theme.px(24), round(60 * at.per_minute))
            box = QRect(round(at.x_of(caret.minute)), row.top() + 4, width, row.height() - 9)
            floating.ring(painter, box, "accent", 1.5, dotted=True)
