"""Where a picture lies on a widget: fitted to its room, zoomed and panned, and points on it as thousandths."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize

NEAREST, FARTHEST = 1.0, 6.0


class Paper:
    """A picture's place; at a zoom of 1 the whole of it is in sight."""

    def __init__(self) -> None:
        """Begin with a small sheet in a small room."""
        self._size = QSize(3, 2)
        self._room = QRectF(0, 0, 3, 2)
        self.zoom = NEAREST
        self.shift = QPointF(0, 0)

    def show(self, size: QSize) -> None:
        """Take the picture's size in pixels."""
        self._size = size
        self.pan_to(self.shift)

    def room_is(self, room: QRectF) -> None:
        """Take where on the widget there is room."""
        self._room = room
        self.pan_to(self.shift)

    @property
    def rect(self) -> QRectF:
        """Where the picture lies on the widget."""
        room = self._room
        factor = min(room.width() / self._size.width(), room.height() / self._size.height()) * self.zoom
        width, height = max(1.0, self._size.width() * factor), max(1.0, self._size.height() * factor)
        middle = room.center() + self.shift
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def pan_to(self, shift: QPointF) -> None:
        """Move it by so much from the middle of its room, never out of sight."""
        self.shift = QPointF(0, 0)
        paper = self.rect
        across = max(0.0, (paper.width() - self._room.width()) / 2)
        down = max(0.0, (paper.height() - self._room.height()) / 2)
        self.shift = QPointF(min(across, max(-across, shift.x())), min(down, max(-down, shift.y())))

    def zoom_to(self, zoom: float, around: QPointF) -> None:
        """Zoom, and keep what is at a point of the widget where it is."""
        before = self.rect
        across = (around.x() - before.left()) / before.width()
        down = (around.y() - before.top()) / before.height()
        self.zoom = min(FARTHEST, max(NEAREST, zoom))
        after = self.rect
        there = QPointF(after.left() + across * after.width(), after.top() + down * after.height())
        self.pan_to(self.shift + around - there)

    def point(self, x: int, y: int) -> QPointF:
        """Give where on the widget thousandths of the picture are."""
        paper = self.rect
        return QPointF(paper.left() + paper.width() * x / 1000, paper.top() + paper.height() * y / 1000)

    def thousandths(self, point: QPointF) -> tuple[int, int]:
        """Give where on the picture a point of the widget is, in thousandths; at its edge where it is beside it."""
        paper = self.rect
        x = round((point.x() - paper.left()) / paper.width() * 1000)
        y = round((point.y() - paper.top()) / paper.height() * 1000)
        return min(1000, max(0, x)), min(1000, max(0, y))
