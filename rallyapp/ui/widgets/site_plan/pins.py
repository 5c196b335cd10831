"""The pins of a site plan as a list: number, sign, label, kind. Whoever can't see the picture reads it here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rallyapp.domain.places import Pin, PinKind
from rallyapp.ui import icons, theme
from rallyapp.ui.models.keyed import Rows
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied

Index = QModelIndex | QPersistentModelIndex
PIN = Qt.ItemDataRole.UserRole
SIGNS = {
    PinKind.ENTRANCE: "door-open",
    PinKind.STAGE: "megaphone",
    PinKind.STALL: "store",
    PinKind.FIRST_AID: "heart-pulse",
    PinKind.INFORMATION: "info",
    PinKind.TOILETS: "toilet",
    PinKind.WATER: "circle",
    PinKind.ASSEMBLY: "users",
    PinKind.POST: "user-check",
    PinKind.EMERGENCY: "triangle-alert",
    PinKind.OTHER: "map-pin",
}


def kind_words(kind: PinKind) -> str:
    """Write a kind of pin as a heading would."""
    return f"{kind[0].upper()}{kind[1:]}"


def place_words(pin: Pin) -> str:
    """Say where on the picture a pin is, for those who can't see it."""
    across = "left" if pin.x < 334 else "right" if pin.x > 666 else "middle"
    down = "top" if pin.y < 334 else "foot" if pin.y > 666 else "middle"
    return "middle" if across == down else f"{down} {across}"


def spoken(pin: Pin) -> str:
    """Say a pin as one sentence."""
    label = f", {pin.label}" if pin.label else ""
    return f"Pin {pin.number}{label}, {pin.kind}, {place_words(pin)} of the picture"


class PinModel(QAbstractListModel):
    """The pins in order of their numbers."""

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self.rows: Rows[Pin] = Rows(self)

    def show(self, pins: Sequence[Pin]) -> None:
        """Show these pins."""
        self.rows.show(pins)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the pins."""
        return 0 if parent.isValid() else len(self.rows.all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a pin, or what it says."""
        if not index.isValid():
            return None
        pin = self.rows.all[index.row()]
        if role == PIN:
            return pin
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{pin.number}. {pin.label or kind_words(pin.kind)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(pin)
        return None


class PinList(QListView):
    """Arrow keys choose a pin; Alt with the arrows moves it on the picture; Del removes it, F2 labels it."""

    chosen = Signal(str)
    moved = Signal(str, int, int)  # a pin's id, and by how many thousandths across and down
    removed = Signal(str)
    label_wanted = Signal()

    def __init__(self, model: PinModel, parent: QWidget | None = None) -> None:
        """Show a model's pins."""
        super().__init__(parent)
        self.setModel(model)
        self._pins = model
        self._quiet = False
        self.writable = True
        self.setAccessibleName("Pins on the site plan")
        self.setAccessibleDescription("Alt with the arrow keys moves a pin, F2 labels it, Delete removes it.")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _Rows(self)
        self.setItemDelegate(self._delegate)

    def choose(self, id: str) -> None:
        """Choose a pin without saying so."""
        self._quiet = True
        for place, pin in enumerate(self._pins.rows.all):
            if pin.id == id:
                self.setCurrentIndex(self._pins.index(place))
                break
        else:
            self.setCurrentIndex(QModelIndex())
        self._quiet = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which pin was chosen."""
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        pin = current.data(PIN)
        if pin is not None and not self._quiet:
            self.chosen.emit(pin.id)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the page's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2) or (bool(alt) and event.key() in ARROWS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, label, copy."""
        pin: Pin | None = self.currentIndex().data(PIN)
        if copied(self, event):
            return
        if pin is None or not self.writable:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(pin.id)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.label_wanted.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in ARROWS:
            self.moved.emit(pin.id, *step_of(event))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew at another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def step_of(event: QKeyEvent) -> tuple[int, int]:
    """Say by how many thousandths an arrow key moves a pin: five, and with Shift twenty-five."""
    across, down = ARROWS[Qt.Key(event.key())]
    size = 25 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 5
    return across * size, down * size


class _Rows(QStyledItemDelegate):
    """Paints a pin's number in its circle, its label, and its kind with its sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), theme.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pin: Pin = index.data(PIN)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(QRectF(box).adjusted(theme.px(4), 1, -theme.px(4), -1), theme.px(5), theme.px(5))
        size = theme.px(24)
        circle = QRectF(box.left() + theme.px(12), box.center().y() - size / 2 + 0.5, size, size)
        paint_number(painter, circle, pin, chosen=selected)
        left = round(circle.right()) + theme.px(10)
        inner = QRect(left, box.top() + theme.px(4), box.right() - theme.px(10) - left, box.height() - theme.px(8))
        half = inner.height() // 2
        named = pin.label or kind_words(pin.kind)
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), half), named, Type.BODY, "text")
        sign = theme.px(13)
        icons.paint(
            painter,
            QRectF(inner.left(), inner.top() + half + (half - sign) / 2, sign, sign),
            SIGNS[pin.kind],
            "muted",
        )
        below = QRect(inner.left() + sign + theme.px(5), inner.top() + half, inner.width() - sign - theme.px(5), half)
        self._line(painter, below, kind_words(pin.kind), Type.SMALL, "muted")
        painter.restore()

    def _line(self, painter: QPainter, at: QRect, text: str, kind: Type, ink: str) -> None:
        font = theme.font(kind)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, at.width())
        if not cut.isascii():  # the dots of a name that runs from the right stand at its left
            cut = f"\u2068{cut}\u2069"
        painter.drawText(
            at, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), cut
        )


def paint_number(painter: QPainter, circle: QRectF, pin: Pin, *, chosen: bool) -> None:
    """Paint a pin: its number in a circle, in a square on an emergency route; the pale ring stands out anywhere."""
    square = pin.kind is PinKind.EMERGENCY
    painter.setPen(Qt.PenStyle.NoPen)
    ring = theme.px(2)
    for ink, within in (("on_accent" if chosen else "card", 0), ("accent" if chosen else "text", ring)):
        painter.setBrush(theme.colour(ink))
        shape = circle.adjusted(within, within, -within, -within)
        if square:
            painter.drawRoundedRect(shape, theme.px(3), theme.px(3))
        else:
            painter.drawEllipse(shape)
    painter.setFont(theme.font(Type.OVERLINE, figures=True))
    painter.setPen(theme.colour("on_accent" if chosen else "card"))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(pin.number))


def paint_label(painter: QPainter, circle: QRectF, pin: Pin, room: int) -> None:
    """Paint a pin's label beside its circle, at its left where there is no room of that width at its right."""
    font = theme.font(Type.SMALL)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(pin.label or kind_words(pin.kind), Qt.TextElideMode.ElideRight, theme.px(220))
    width, height = metrics.horizontalAdvance(text) + theme.px(16), theme.px(24)
    left = circle.right() + theme.px(4)
    if left + width > room:
        left = circle.left() - theme.px(4) - width
    box = QRectF(max(0.0, left), circle.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(box, theme.px(5), theme.px(5))
    painter.setPen(theme.colour("card"))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
