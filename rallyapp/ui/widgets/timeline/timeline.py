"""The day timeline: one painted widget with rows, axis and coverage, which says what somebody wants done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.ui import theme
from rallyapp.ui.widgets.timeline import asking, keyboard, spoken, walking
from rallyapp.ui.widgets.timeline.canvas import Canvas
from rallyapp.ui.widgets.timeline.geometry import Geometry, Stripe
from rallyapp.ui.widgets.timeline.person_drop import PersonDrop, person_in
from rallyapp.ui.widgets.timeline.pointer import Pointer
from rallyapp.ui.widgets.timeline.records import DayView
from rallyapp.ui.widgets.timeline.walking import Caret

BAR = 12  # a scroll bar
_NEVER = datetime(2000, 1, 1)


class Timeline(QWidget):
    """Shows a ``DayView``. It writes nothing: whoever hears its signals writes, and calls ``show_day`` again."""

    selection_changed = Signal()
    moved = Signal(object)  # Moved
    resized = Signal(object)  # Resized
    opened = Signal(str)  # the shift
    menu_wanted = Signal(QPoint, object)  # where on the screen, and the shifts
    place_wanted = Signal(str, object)  # the row and the time at which a shift is wanted
    row_menu_wanted = Signal(QPoint, str)
    delete_wanted = Signal(object)  # the shifts
    person_dropped = Signal(str, str)  # the person and the shift; only where ``verdict`` said yes

    speaks_as_timeline = True  # to screen readers: see ``spoken``

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show an empty day."""
        super().__init__(parent)
        spoken.install()
        self.setAccessibleName("Shifts of the day by entrance")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.verdict: Callable[[PersonId, ShiftId], tuple[bool, str]] | None = None
        self.chosen: set[ShiftId] = set()
        self.caret: Caret | None = None
        self.anchor: Caret | None = None
        self.at = Geometry(DayView(first=_NEVER, last=_NEVER + timedelta(days=1)))
        self._canvas = Canvas(self)
        self._pointer = Pointer(self)
        self._drop = PersonDrop(self)
        self._across = QScrollBar(Qt.Orientation.Horizontal, self)
        self._down = QScrollBar(Qt.Orientation.Vertical, self)
        for bar, name in ((self._across, "Scroll the hours"), (self._down, "Scroll the entrances")):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            bar.setAccessibleName(name)
            bar.hide()
            bar.valueChanged.connect(self._scrolled)
        self.setMinimumSize(theme.px(320), theme.px(160))

    # --------------------------------------------------------------------------------------- what is shown
    def show_day(self, view: DayView) -> None:
        """Show a day; what is chosen and where it is scrolled stays, as far as the shifts and rows are still there."""
        before = self.selected()
        same = (view.rows, view.bars) == (self.at.view.rows, self.at.view.bars)
        top = self.at.layout.nearest_stripe(self.at.top)
        kept = (top.row.id, self.at.top - top.top) if top else None
        left = self.at.minute_at(self.at.body.left()) + self.at.first.hour * 60
        self.at.show(view)
        self.at.left = round((left - self.at.first.hour * 60) * self.at.per_minute) + theme.px(10)
        self._fit()
        if kept:
            found = next((each for each in self.at.layout.stripes if each.row.id == kept[0]), None)
            self._down.setValue(found.top + kept[1] if found else self._down.value())
        ids = set(self.at.layout.by_id)
        self._canvas.keep_only(ids)
        self._drop.forget()
        self.chosen &= ids
        self.caret = walking.settled(self.at, self.caret)
        self.anchor = walking.settled(self.at, self.anchor)
        self._pointer.renew(same)
        spoken.renew(self)
        self.update()
        if self.selected() != before:
            self.selection_changed.emit()

    def selected(self) -> tuple[ShiftId, ...]:
        """List the chosen shifts, row by row in order of time."""
        return tuple(each for each in self.at.layout.by_id if each in self.chosen)

    def select(self, ids: Iterable[ShiftId]) -> None:
        """Choose these shifts; those that are not shown are passed over."""
        wanted = [each for each in ids if each in self.at.layout.by_id]
        caret = walking.on(self.at, self.at.layout.by_id[wanted[0]]) if wanted else self.caret
        self.choose(set(wanted), caret)

    def reveal(self, shift: ShiftId) -> None:
        """Scroll so that a shift is to be seen."""
        place = self.at.layout.by_id.get(shift)
        if place is not None:
            left, right = self.at.minute(place.bar.starts), self.at.minute(place.bar.ends)
            self._bring(place.top, place.height, left, right)

    @property
    def stretch(self) -> float:
        """How far it is zoomed in: 1 is the whole day."""
        return self.at.stretch

    def show_stretch(self, stretch: float) -> None:
        """Zoom in by so much."""
        self._zoom(stretch, self.at.minutes / 2, self.at.body.center().x())

    @property
    def caret_shift(self) -> ShiftId | None:
        """The shift on which the keyboard is."""
        return self.caret.shift if self.caret else None

    def said(self, shift: ShiftId) -> str:
        """Say a shift in a sentence."""
        place = self.at.layout.by_id[shift]
        return spoken.sentence(place.bar, self.at.layout.stripes[place.row].row.title)

    # -------------------------------------------------------------------------- for the mouse and the keys
    def choose(self, ids: set[ShiftId], caret: Caret | None, *, keep_anchor: bool = False) -> None:
        """Choose shifts, and put the keyboard somewhere."""
        moved = caret != self.caret
        self.caret = caret
        if not keep_anchor:
            self.anchor = caret
        changed = ids != self.chosen
        self.chosen = set(ids)
        self.update()
        if moved:
            spoken.tell_focus(self)
        if changed:
            self.selection_changed.emit()

    def creep(self, near: QPoint, zone: int) -> bool:
        """Scroll a little where a point is near the edge of the rows; say whether there was still somewhere to go."""
        body = self.at.body
        before = (self._across.value(), self._down.value())
        for bar, place, low, high in (
            (self._across, near.x(), body.left(), body.right()),
            (self._down, near.y(), body.top(), body.bottom()),
        ):
            past = min(0, place - low - zone) + max(0, place - high + zone)
            bar.setValue(bar.value() + int(past / 2))
        return before != (self._across.value(), self._down.value())

    def reveal_caret(self) -> None:
        """Scroll to where the keyboard is."""
        stripe = walking.stripe_of(self.at, self.caret) if self.caret else None
        if self.caret_shift is not None:
            self.reveal(self.caret_shift)
        elif stripe is not None and self.caret is not None:
            self._bring(stripe.top, stripe.height, self.caret.minute, self.caret.minute + 60)

    def _bring(self, top: int, height: int, left: float, right: float) -> None:
        spare = theme.px(8)
        above = (theme.px(28) if self.at.layout.headed else 0) + spare
        value = min(max(self.at.top, top + height + spare - self.at.body.height()), top - above)
        self._down.setValue(value)
        start, end = (round(each * self.at.per_minute) + theme.px(10) for each in (left, right))
        self._across.setValue(min(max(self.at.left, end + spare - self.at.body.width()), start - spare))

    def open_caret(self) -> bool:
        """Open the shift on which the keyboard is, or ask for one where there is none."""
        stripe = walking.stripe_of(self.at, self.caret) if self.caret else None
        if self.caret is None or stripe is None:
            return False
        if self.caret.shift is not None:
            self.opened.emit(self.caret.shift)
        else:
            self.ask_for_place(stripe, self.caret.minute)
        return True

    def ask_for_place(self, stripe: Stripe, minute: float) -> None:
        """Ask for a shift in a row, at a time."""
        if self.at.view.writable:
            self.place_wanted.emit(stripe.row.id, self.at.when(minute))

    # ------------------------------------------------------------------------------------ size and zoom
    def zoom_by(self, by: float) -> None:
        """Zoom in or out around the chosen shift, or the middle; 0 shows the whole day."""
        place = self.at.layout.by_id.get(self.caret_shift) if self.caret_shift else None
        middle = self.at.body.center().x()
        minute = self.at.minute_at(middle)
        if place is not None:
            box = self.at.rect(place)
            middle, minute = box.center().x(), self.at.minute_at(box.center().x())
        self._zoom(self.at.stretch * by, minute, min(max(middle, self.at.body.left()), self.at.body.right()))

    def _zoom(self, stretch: float, minute: float, x: float) -> None:
        self.at.zoom(stretch, minute, x)
        left = self.at.left
        self._fit()
        self._across.setValue(left)
        self.update()

    def _fit(self) -> None:
        at, bar = self.at, theme.px(BAR)
        at.fit(self.rect(), bar)
        inner = self.rect().adjusted(1, 1, -1, -1)
        self._down.setGeometry(at.body.right() + 1, at.body.top(), bar, at.body.height())
        self._across.setGeometry(at.body.left(), inner.bottom() + 1 - bar, at.body.width(), bar)
        for each, most, page, value in (
            (self._down, at.most_top, at.body.height(), at.top),
            (self._across, at.most_left, at.body.width(), at.left),
        ):
            each.blockSignals(True)
            each.setRange(0, most)
            each.setPageStep(max(1, page))
            each.setSingleStep(theme.px(40))
            each.setValue(value)
            each.blockSignals(False)
            each.setVisible(most > 0)

    def _scrolled(self) -> None:
        self.at.left, self.at.top = self._across.value(), self._down.value()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the day to the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_down"):
            self._canvas.forget()
            self.setMinimumSize(theme.px(320), theme.px(160))
            self._fit()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom at the pointer."""
        turned, fine = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x = min(max(event.position().x(), self.at.body.left()), self.at.body.right())
            self._zoom(self.at.stretch * 1.2 ** (turned.y() / 120), self.at.minute_at(x), x)
        else:
            by = fine if not fine.isNull() else turned * theme.px(60) / 120
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x():
                by = by.transposed()
            self._across.setValue(self._across.value() - by.x())
            self._down.setValue(self._down.value() - by.y())
        event.accept()

    # --------------------------------------------------------------------------------------------- events
    def event(self, event: QEvent) -> bool:
        """Show tips; keep Esc while something is dragged."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text, box = asking.tip(self, event.pos()) if self._pointer.drag is None else ("", QRect())
            QToolTip.showText(event.globalPos(), theme.plain_tip(text) if text else "", self, box)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._pointer.drag is not None:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what is under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it, or show what can be dragged."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a shift, or ask for one."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.double(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what was under the pointer."""
        super().leaveEvent(event)
        self._pointer.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel or change a drag; else walk, choose, move."""
        if self._pointer.drag is not None:
            if event.key() == Qt.Key.Key_Escape:
                self._pointer.cancel()
            else:
                self._pointer.follow(event.modifiers() | _held(event.key()))
        elif not keyboard.pressed(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Go on with a drag without the key."""
        if self._pointer.drag is not None:
            self._pointer.follow(event.modifiers() & ~_held(event.key()))
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        by_keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        if self.caret is None and event.reason() in by_keys:
            self.caret = self.anchor = walking.first(self.at)
        spoken.tell_focus(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide where the keyboard was."""
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer; for the keyboard, its own key does that."""
        event.accept()
        if event.reason() is not QContextMenuEvent.Reason.Keyboard and self._pointer.drag is None:
            asking.menu_at(self, event.pos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take people."""
        if person_in(event.mimeData()) and self.at.view.writable:
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say whether the person can be put on the shift under the pointer."""
        self.creep(event.position().toPoint(), theme.px(30))
        event.setAccepted(self._drop.over(event))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The person went elsewhere."""
        self._drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say on to which shift the person was let go."""
        found = self._drop.dropped(event)
        event.setAccepted(found is not None)
        if found is not None:
            self.person_dropped.emit(*found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self)
        self._canvas.paint(painter, event.rect(), self._pointer, self._drop)


def _held(key: int) -> Qt.KeyboardModifier:
    """Give the modifier of a key that is just being pressed or let go: events do not count it alike everywhere."""
    return {
        Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
        Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    }.get(key, Qt.KeyboardModifier.NoModifier)  # type: ignore[call-overload]
