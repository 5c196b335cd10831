"""The mouse on the timeline: choosing, dragging, pulling edges, rubber bands, and scrolling at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from rallyapp.ui import theme
from rallyapp.ui.widgets.timeline import walking
from rallyapp.ui.widgets.timeline.geometry import Place, Stripe
from rallyapp.ui.widgets.timeline.gestures import STEP, Band, EdgeDrag, MoveDrag, Spot
from rallyapp.ui.widgets.timeline.walking import Caret

if TYPE_CHECKING:
    from rallyapp.ui.widgets.timeline.timeline import Timeline

NEAR = 5  # pixels that a press may tremble before it is a drag
EDGE, SHORTEST_EDGES = 7, 28  # of a bar, to be pulled
CREEP = 30  # pixels from the edge where dragging begins to scroll
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass(slots=True)
class Press:
    """Where the button went down."""

    at: QPoint
    spot: Spot
    place: Place | None
    edge: str


class Pointer:
    """Follows the mouse. ``drag`` is what is being dragged, None at rest."""

    def __init__(self, timeline: Timeline) -> None:
        """Serve a timeline."""
        self._timeline = timeline
        self._press: Press | None = None
        self.drag: MoveDrag | EdgeDrag | Band | None = None
        self.place: Place | None = None  # under the pointer
        self.at = QPoint()
        self._keys = Qt.KeyboardModifier.NoModifier
        self._creep = QTimer(timeline)
        self._creep.setInterval(16)
        self._creep.timeout.connect(self._creep_on)

    def spot(self, at: QPoint, keys: Qt.KeyboardModifier) -> Spot:
        """Say which minute and height is at a point; one beside the rows counts as at their edge."""
        geometry, body = self._timeline.at, self._timeline.at.body
        x = min(max(at.x(), body.left()), body.right())
        y = min(max(at.y(), body.top()), body.bottom())
        return Spot(geometry.minute_at(x), geometry.height_at(y), keys)

    # ------------------------------------------------------------------------------------------ pressing
    def press(self, event: QMouseEvent) -> None:
        """Take hold of what is under the pointer."""
        at, keys = event.position().toPoint(), event.modifiers()
        timeline = self._timeline
        geometry = timeline.at
        stripe = geometry.stripe_at(at)
        if stripe is not None and at.x() < geometry.body.left():
            self._choose_row(stripe, bool(keys & (CTRL | SHIFT)))
            return
        if not geometry.body.contains(at):
            return
        place = geometry.place_at(at)
        spot = self.spot(at, keys)
        self._press = Press(at, spot, place, self.edge_at(place, at))
        if place is not None and not keys & (CTRL | SHIFT) and place.bar.id not in timeline.chosen:
            timeline.choose({place.bar.id}, walking.on(geometry, place))
        elif place is None and not keys & (CTRL | SHIFT):
            timeline.choose(set(), Caret(stripe.row.id, spot.minute) if stripe else None)

    def _choose_row(self, stripe: Stripe, adds: bool) -> None:
        ids = {place.bar.id for place in stripe.places}
        before = self._timeline.chosen if adds else set()
        caret = walking.nearest(self._timeline.at, stripe, self._timeline.at.minute_at(self._timeline.at.body.left()))
        self._timeline.choose(before | ids, caret)

    def edge_at(self, place: Place | None, at: QPoint) -> str:
        """Say which edge of a bar is at a point: "start", "end", or "" for none that can be pulled."""
        if place is None or not self._movable(place):
            return ""
        box = self._timeline.at.rect(place)
        if box.width() < theme.px(SHORTEST_EDGES):
            return ""
        if at.x() - box.left() < theme.px(EDGE):
            return "start"
        return "end" if box.right() - at.x() < theme.px(EDGE) else ""

    def _movable(self, place: Place) -> bool:
        geometry = self._timeline.at
        return geometry.view.writable and geometry.layout.stripes[place.row].row.movable

    # -------------------------------------------------------------------------------------------- moving
    def move(self, event: QMouseEvent) -> None:
        """Drag, or only look at what is under the pointer."""
        self.at, self._keys = event.position().toPoint(), event.modifiers()
        if self.drag is not None:
            self.follow(self._keys)
        elif self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (self.at - self._press.at).manhattanLength() >= NEAR:
                self._begin(self._press)
        else:
            self._hover()

    def _begin(self, press: Press) -> None:
        timeline = self._timeline
        if press.place is None:
            self.drag = Band(timeline.at, press.spot, set(timeline.chosen))
        elif not self._movable(press.place):
            return
        elif press.edge and not press.spot.keys & CTRL:
            self.drag = EdgeDrag(timeline.at, press.place, press.edge == "start", press.spot)
        else:
            if press.place.bar.id not in timeline.chosen:
                timeline.choose(timeline.chosen | {press.place.bar.id}, walking.on(timeline.at, press.place))
            places = [timeline.at.layout.by_id[each] for each in timeline.selected()]
            self.drag = MoveDrag(timeline.at, press.place, [each for each in places if self._movable(each)], press.spot)
        self._creep.start()
        self.follow(self._keys)

    def follow(self, keys: Qt.KeyboardModifier) -> None:
        """Let what is dragged follow the pointer, with the keys that are held now."""
        if self.drag is None:
            return
        self._keys = keys
        self.drag.to(self.spot(self.at, keys))
        if isinstance(self.drag, Band):
            self._timeline.choose(self.drag.chosen(), self._timeline.caret)
        self._dress()
        self._timeline.update()

    def _hover(self) -> None:
        place = self._timeline.at.place_at(self.at)
        if place != self.place:
            for each in (self.place, place):
                if each is not None:
                    self._timeline.update(self._timeline.at.rect(each).adjusted(-4, -4, 4, 4))
            self.place = place
        self._dress()

    def _dress(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if isinstance(self.drag, EdgeDrag) or (self.drag is None and self.edge_at(self.place, self.at)):
            shape = Qt.CursorShape.SizeHorCursor
        elif isinstance(self.drag, MoveDrag):
            shape = Qt.CursorShape.DragCopyCursor if self.drag.copy else Qt.CursorShape.ClosedHandCursor
        if self._timeline.cursor().shape() != shape:
            self._timeline.setCursor(shape)

    def _creep_on(self) -> None:
        """Scroll while something is held near an edge."""
        if self.drag is None:
            return
        if self._timeline.creep(self.at, theme.px(CREEP)):
            self.follow(self._keys)

    # ----------------------------------------------------------------------------------------- letting go
    def release(self, event: QMouseEvent) -> None:
        """Let go: say what was dragged where, or choose what was clicked."""
        press, drag = self._press, self.drag
        self.at, keys = event.position().toPoint(), event.modifiers()
        if drag is not None:
            drag.to(self.spot(self.at, keys))
        self.cancel()
        if isinstance(drag, MoveDrag):
            if (moved := drag.result()) is not None:
                self._timeline.moved.emit(moved)
        elif isinstance(drag, EdgeDrag):
            if (resized := drag.result()) is not None:
                self._timeline.resized.emit(resized)
        elif drag is None and press is not None and press.place is not None:
            self._click(press.place, keys)

    def _click(self, place: Place, keys: Qt.KeyboardModifier) -> None:
        timeline = self._timeline
        caret = walking.on(timeline.at, place)
        if keys & SHIFT and timeline.anchor is not None:
            timeline.choose(walking.between(timeline.at, timeline.anchor, caret), caret, keep_anchor=True)
        elif keys & CTRL:
            timeline.choose(timeline.chosen ^ {place.bar.id}, caret)
        else:
            timeline.choose({place.bar.id}, caret)

    def cancel(self) -> None:
        """Let go without doing anything."""
        self._press = self.drag = None
        self._creep.stop()
        self._dress()
        self._timeline.update()

    def renew(self, same: bool) -> None:
        """Follow another day. A drag goes on only where rows and shifts are the ``same`` as before."""
        self.place = None
        press = self._press
        if press is not None and press.place is not None:
            press.place = self._timeline.at.layout.by_id.get(press.place.bar.id)
            if press.place is None:
                self._press = None
        if self.drag is not None and not same:
            self.cancel()

    def leave(self) -> None:
        """The mouse has gone."""
        if self.drag is None and self.place is not None:
            self._timeline.update(self._timeline.at.rect(self.place).adjusted(-4, -4, 4, 4))
            self.place = None

    def double(self, event: QMouseEvent) -> None:
        """Open a shift, or ask for one where there is none."""
        self.cancel()
        at = event.position().toPoint()
        timeline = self._timeline
        place = timeline.at.place_at(at)
        if place is not None:
            timeline.opened.emit(place.bar.id)
        elif timeline.at.body.contains(at) and (stripe := timeline.at.stripe_at(at)) is not None:
            timeline.ask_for_place(stripe, timeline.at.minute_at(at.x()) // STEP * STEP)
