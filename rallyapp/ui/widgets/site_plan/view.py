"""The picture with its pins: place by click, drag to move, zoom and pan; all of it by keys as well.

It writes nothing: it shows a site plan and its pins, and tells what somebody wants.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rallyapp.domain.places import Pin, SitePlan
from rallyapp.ui import theme
from rallyapp.ui.widgets.site_plan.paper import NEAREST, Paper
from rallyapp.ui.widgets.site_plan.picture_paint import Picture
from rallyapp.ui.widgets.site_plan.pictures import BLANK
from rallyapp.ui.widgets.site_plan.pins import ARROWS, paint_label, paint_number, spoken, step_of
from rallyapp.ui.widgets.site_plan.things import MIME
from rallyapp.ui.widgets.spoken_role import speak_as

_STEP = 1.25
_PIN = 28


class SitePlanView(QWidget):
    """A site plan and its pins; positions are thousandths of the picture's width and height."""

    chosen = Signal(str)  # a pin's id, or nothing
    placed = Signal(int, int)
    moved = Signal(str, int, int)  # a pin's id, and where it is now
    removed = Signal(str)
    label_wanted = Signal()
    menu_wanted = Signal(object)  # where on the screen
    dropped = Signal(str)  # the path of a file
    placing_ended = Signal()
    thing_dropped = Signal(str, int, int)  # the id of a post or a stall, and where

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it; ``show_plan`` gives it something to show."""
        super().__init__(parent)
        self.setAccessibleName("Site plan")
        self.setAccessibleDescription(
            "Page Down chooses the next pin, the arrow keys move it, with Shift in larger steps; Delete removes it, "
            "F2 labels it; plus, minus and 0 zoom. Insert places a pin in the middle."
        )
        speak_as(self, QAccessible.Role.Graphic)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.writable = True
        self._paper = Paper()
        self.picture = Picture()
        self._pins: list[Pin] = []
        self._chosen = ""
        self._placing = False
        self._drag: str | None = None
        self._at: tuple[int, int] | None = None  # where the dragged pin is, until it is let go
        self._pressed = QPointF()
        self._panned = QPointF()

    # -------------------------------------------------------------------------------------- what is shown
    def show_plan(self, plan: SitePlan, pins: Sequence[Pin]) -> None:
        """Show a plan's size and pins; the picture itself follows with ``show_picture``."""
        known = plan.width > 0 and plan.height > 0
        self._paper.show(QSize(plan.width, plan.height) if known else QSize(BLANK))
        self._pins = list(pins)
        if not any(pin.id == self._chosen for pin in pins):
            self._chosen = ""
        if not any(pin.id == self._drag for pin in pins):
            self._drag, self._at = None, None
        self.update()

    def show_picture(self, image: QImage | None) -> None:
        """Show a picture below the pins; a grid where there is none."""
        self.picture.show(image)
        if image is not None and not image.isNull():
            self._paper.show(image.size())
        self.update()

    def choose(self, pin: str) -> None:
        """Choose a pin without saying so."""
        if pin != self._chosen:
            self._chosen = pin
            self.update()

    @property
    def pin(self) -> Pin | None:
        """The pin that is chosen."""
        return next((pin for pin in self._pins if pin.id == self._chosen), None)

    @property
    def placing(self) -> bool:
        """Say whether the next click places a pin."""
        return self._placing

    def place_next(self, placing: bool) -> None:
        """Let the next click place a pin, or not."""
        self._placing = placing
        self.setCursor(Qt.CursorShape.CrossCursor if placing else Qt.CursorShape.ArrowCursor)

    # ---------------------------------------------------------------------------------------- zoom and pan
    @property
    def zoom(self) -> float:
        """How much larger than fitting the picture is shown."""
        return self._paper.zoom

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom, and keep what is at a point of the widget (or in its middle) where it is."""
        self.picture.forget_scaled()
        self._paper.zoom_to(zoom, QRectF(self.rect()).center() if around is None else around)
        self.update()

    def zoom_in(self) -> None:
        """Zoom in one step."""
        self.zoom_to(self.zoom * _STEP)

    def zoom_out(self) -> None:
        """Zoom out one step."""
        self.zoom_to(self.zoom / _STEP)

    def fit(self) -> None:
        """Show the whole picture."""
        self.zoom_to(NEAREST)

    def middle(self) -> tuple[int, int]:
        """Say what of the picture is in the middle of the widget, in thousandths."""
        return self._paper.thousandths(QRectF(self.rect()).center())

    def pin_point(self, pin: str) -> QPointF:
        """Say where on the widget a pin is."""
        found = next(each for each in self._pins if each.id == pin)
        return self._paper.point(found.x, found.y)

    # --------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture or a grid, the pins, and the label of the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("window"))
        self.picture.paint(painter, self._paper.rect, self.devicePixelRatioF())
        for pin in sorted(self._pins, key=lambda each: each.id == self._chosen):
            painter.save()
            paint_number(painter, self._circle(pin), pin, chosen=pin.id == self._chosen)
            painter.restore()
        if (pin := self.pin) is not None:
            paint_label(painter, self._circle(pin), pin, self.width())
        pen = QPen(theme.colour("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))
        painter.end()

    def _circle(self, pin: Pin) -> QRectF:
        x, y = self._at if self._at is not None and pin.id == self._drag else (pin.x, pin.y)
        middle, size = self._paper.point(x, y), theme.px(_PIN)
        return QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)

    # ------------------------------------------------------------------------------------------- the mouse
    def _pin_at(self, point: QPointF) -> Pin | None:
        reach = theme.px(_PIN) / 2 + 2
        near = [(self._paper.point(pin.x, pin.y) - point, pin) for pin in self._pins]
        within = [
            (away.x() ** 2 + away.y() ** 2, pin) for away, pin in near if away.x() ** 2 + away.y() ** 2 <= reach**2
        ]
        return min(within, key=lambda each: each[0])[1] if within else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a pin, or place one, or begin to drag."""
        point = event.position()
        self._pressed, self._panned = point, QPointF(self._paper.shift)
        pin = self._pin_at(point)
        if event.button() == Qt.MouseButton.LeftButton and self._placing and self.writable:
            if self._paper.rect.contains(point):
                self.placed.emit(*self._paper.thousandths(point))
            return
        self._choose_and_say(pin.id if pin else "")
        if event.button() == Qt.MouseButton.LeftButton and pin is not None and self.writable:
            self._drag = pin.id

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a pin, or the picture; say what a pin is."""
        point = event.position()
        if not event.buttons():
            pin = self._pin_at(point)
            if pin is not None:
                QToolTip.showText(event.globalPosition().toPoint(), theme.plain_tip(_tip(pin)), self)
            else:
                QToolTip.hideText()
            return
        far = (point - self._pressed).manhattanLength() >= theme.px(4)
        if self._drag is not None and (far or self._at is not None):
            self._at = self._paper.thousandths(point)
            self.update()
        elif self._drag is None and far and not self._placing:
            self._paper.pan_to(self._panned + point - self._pressed)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a pin."""
        pin, at = self._drag, self._at
        self._drag, self._at = None, None
        if pin is not None and at is not None:
            self.moved.emit(pin, *at)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Place a pin where there is none, and label one where there is."""
        pin = self._pin_at(event.position())
        if not self.writable or event.button() != Qt.MouseButton.LeftButton:
            return
        if pin is not None:
            self.label_wanted.emit()
        elif self._paper.rect.contains(event.position()):
            self.placed.emit(*self._paper.thousandths(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else move the picture where it is larger than its room."""
        steps = event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * _STEP**steps, event.position())
            event.accept()
        elif self.zoom > NEAREST:
            turned = QPointF(event.angleDelta().x(), event.angleDelta().y())
            self._paper.pan_to(self._paper.shift + turned / 2)
            self.update()
            event.accept()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the pin there."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            pin = self._pin_at(QPointF(event.pos()))
            self._choose_and_say(pin.id if pin else "")
        self.menu_wanted.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is dragged here: a file, or what is not on the plan yet."""
        files = any(url.isLocalFile() for url in event.mimeData().urls())
        if self.writable and (files or event.mimeData().hasFormat(MIME)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which file was dropped, or which post or stall and where."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            thing = bytes(event.mimeData().data(MIME).data()).decode("ascii", "replace")
            self.thing_dropped.emit(thing, *self._paper.thousandths(event.position()))
            return
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.dropped.emit(url.toLocalFile())
                return

    # -------------------------------------------------------------------------------------------- the keys
    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the page's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            esc = event.key() == Qt.Key.Key_Escape and self._placing
            if esc or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Insert):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, place, label and remove pins; zoom and pan."""
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._arrow(event)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._next(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif not (self.writable and self._written_by(key)):
            super().keyPressEvent(event)

    def _written_by(self, key: Qt.Key) -> bool:
        pin = self.pin
        if key == Qt.Key.Key_Insert or (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._placing):
            self.placed.emit(*self.middle())
        elif key == Qt.Key.Key_Delete and pin is not None:
            self.removed.emit(pin.id)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and pin is not None:
            self.label_wanted.emit()
        elif key == Qt.Key.Key_Escape and self._placing:
            self.place_next(False)
            self.placing_ended.emit()
        else:
            return False
        return True

    def _arrow(self, event: QKeyEvent) -> None:
        across, down = step_of(event)
        pin = self.pin
        if pin is None:
            self._paper.pan_to(self._paper.shift - QPointF(across * 4, down * 4))
            self.update()
        elif self.writable:
            self.moved.emit(pin.id, min(1000, max(0, pin.x + across)), min(1000, max(0, pin.y + down)))

    def _next(self, step: int) -> None:
        if self._pins:
            ids = [pin.id for pin in self._pins]
            at = ids.index(self._chosen) + step if self._chosen in ids else (0 if step > 0 else -1)
            self._choose_and_say(ids[at % len(ids)])

    def _choose_and_say(self, pin: str) -> None:
        if pin != self._chosen:
            self._chosen = pin
            self.chosen.emit(pin)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in sight."""
        super().resizeEvent(event)
        self._paper.room_is(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.picture.forget_scaled()
            self.update()

    def focusInEvent(self, event: object) -> None:
        """Show the ring."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()


def _tip(pin: Pin) -> str:
    return spoken(pin).removesuffix(" of the picture").rpartition(",")[0]
