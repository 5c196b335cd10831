"""The cells of a week grid: painted by mouse or keys, and a table of words for those who can't see them."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QTableView, QToolTip, QWidget

from rallyapp.domain.offers import Stroke, without
from rallyapp.domain.people import Level
from rallyapp.ui import theme
from rallyapp.ui.widgets.week_drawing import Drawing, paint_level
from rallyapp.ui.widgets.week_model import KEYS, WeekModel

_BY_KEY = {Qt.Key(ord(key)): level for level, key in KEYS.items()}
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_PageUp: (-4, 0),
    Qt.Key.Key_PageDown: (4, 0),
}
LOW, HIGH = 12, 18  # a half-hour's height at 100 %: in a pane, and where there is room


class WeekCanvas(QTableView):
    """The grid itself. Arrows move, Shift widens, 1/2/3/0 and Space paint; a drag paints, the right button erases."""

    painted = Signal(object)  # a Stroke
    brush_chosen = Signal(object)  # a Level or None
    menu_wanted = Signal(int, QPoint)  # a column, and where on the screen

    def __init__(self, model: WeekModel, parent: QWidget | None = None) -> None:
        """Show a week."""
        super().__init__(parent)
        self.week = model
        self.brush: Level | None = Level.FREE
        self.writable = True
        self._from: tuple[int, int] | None = None  # where a drag began
        self._dragged: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._erasing = False
        self._drawing = Drawing(self, model)
        self.setModel(model)
        self.setAccessibleName("When free")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setAutoScroll(False)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        model.modelReset.connect(self._new_days)
        model.dataChanged.connect(lambda: self.viewport().update())
        self.fit()

    # ---------------------------------------------------------------------------------------- its size
    @property
    def row_height(self) -> int:
        """A half-hour's height in pixels; higher where there is width for a larger grid."""
        return theme.px(HIGH if self.width() > theme.px(420) else LOW)

    def fit(self) -> None:
        """Share the width among the days, and take the height that the hours need."""
        height = self.row_height
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setDefaultSectionSize(height)
        count = len(self.week.days)
        width = self.viewport().width()
        for column in range(count):
            self.setColumnWidth(column, width * (column + 1) // count - width * column // count)
        self.setFixedHeight(height * self.week.rowCount())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "week"):
            self.fit()

    def _new_days(self) -> None:
        self._from = self._dragged = None
        self.fit()
        if self.week.days:
            self._go_to(min(6, self.week.rowCount() - 1), 0, widen=False)

    # -------------------------------------------------------------------------------------- what is chosen
    def chosen(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Give the chosen rows and columns, first and last of each; the current cell where no more is chosen."""
        found = self.selectionModel().selection()
        if not found.isEmpty():
            part = found.first()
            return (part.top(), part.bottom()), (part.left(), part.right())
        now = self.currentIndex()
        return (now.row(), now.row()), (now.column(), now.column())

    def choose(self, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Choose a rectangle of cells."""
        model = self.week
        picked = QItemSelection(model.index(rows[0], columns[0]), model.index(rows[1], columns[1]))
        self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.viewport().update()

    def _go_to(self, row: int, column: int, *, widen: bool) -> None:
        model = self.week
        row = max(0, min(model.rowCount() - 1, row))
        column = max(0, min(len(model.days) - 1, column))
        if not widen or self._from is None:
            self._from = (row, column)
        from_row, from_column = self._from
        self.selectionModel().setCurrentIndex(model.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.choose((min(row, from_row), max(row, from_row)), (min(column, from_column), max(column, from_column)))

    # ------------------------------------------------------------------------------------------- painting it
    def put(self, level: Level | None, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Paint a rectangle of cells, or erase it; duties stay what they are."""
        if not self.writable or not self.week.days:
            return
        duties = [duty.span for duty in self.week.week.duties]
        for stroke in without([Stroke(level, self.week.spans(rows, columns))], duties):
            self.painted.emit(stroke)

    def put_column(self, column: int) -> None:
        """Paint all hours of a day that are shown."""
        self.put(self.brush, (0, self.week.rowCount() - 1), (column, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, widen, choose a whole day, paint."""
        key, held = Qt.Key(event.key()), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        widen = bool(held & Qt.KeyboardModifier.ShiftModifier)
        now = self.currentIndex()
        if not self.week.days or held & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _MOVES and not control:
            down, right = _MOVES[key]
            self._go_to(now.row() + down, now.column() + right, widen=widen)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not control:
            self._go_to(0 if key == Qt.Key.Key_Home else self.week.rowCount(), now.column(), widen=widen)
        elif key == Qt.Key.Key_Space and control:
            self._from = (0, now.column())
            self.choose((0, self.week.rowCount() - 1), (now.column(), now.column()))
        elif key == Qt.Key.Key_A and control:
            self.choose((0, self.week.rowCount() - 1), (0, len(self.week.days) - 1))
        elif key in _BY_KEY and not control:
            self.brush_chosen.emit(_BY_KEY[key])
            self.put(_BY_KEY[key], *self.chosen())
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.put(self.brush, *self.chosen())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put(None, *self.chosen())
        elif key == Qt.Key.Key_Escape and self._dragged is not None:
            self._dragged = None
            self.viewport().update()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and widen):
            where = self.visualRect(now).bottomLeft()
            self.menu_wanted.emit(now.column(), self.viewport().mapToGlobal(where))
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a day, by the keyboard; the right mouse button erases."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.week.days:
            now = self.currentIndex()
            self.menu_wanted.emit(now.column(), self.viewport().mapToGlobal(self.visualRect(now).bottomLeft()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; Shift goes on from where the last one began."""
        cell = self._cell(event.position().toPoint())
        if cell is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._erasing = event.button() == Qt.MouseButton.RightButton
        self._go_to(*cell, widen=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self._dragged = self.chosen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen the stroke to where the mouse is, over several days too."""
        cell = self._cell(event.position().toPoint())
        if self._dragged is not None and cell is not None:
            self._go_to(*cell, widen=True)
            self._dragged = self.chosen()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Paint the stroke."""
        dragged, self._dragged = self._dragged, None
        if dragged is not None:
            self.put(None if self._erasing else self.brush, *dragged)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click for another stroke."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tip what holds where the mouse is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell(event.pos())
            if cell is not None:
                tip = f"{self.week.when(*cell)}: {self.week.words(*cell)}"
                QToolTip.showText(event.globalPos(), theme.plain_tip(tip), self)
            return True
        return super().viewportEvent(event)

    def _cell(self, at: QPoint) -> tuple[int, int] | None:
        if not self.week.days or self.row_height < 1:
            return None
        column = sum(self.columnViewportPosition(column) <= at.x() for column in range(1, len(self.week.days)))
        row = at.y() // self.row_height
        return max(0, min(self.week.rowCount() - 1, row)), column

    # --------------------------------------------------------------------------------------------- drawing
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw days, offers, duties, own shifts, what is chosen, and where the keys are."""
        painter = QPainter(self.viewport())
        self._drawing.all(painter)
        if self.week.days:
            self._draw_chosen(painter)
        ring = (
            self.viewport().rect().adjusted(1, 1, -1, -1)
            if self.hasFocus()
            else self.viewport().rect().adjusted(0, 0, -1, -1)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.drawRect(ring)
        painter.end()

    def _draw_chosen(self, painter: QPainter) -> None:
        (top, bottom), (left, right) = self._dragged or self.chosen()
        x, last = self.columnViewportPosition(left), self.columnViewportPosition(right) + self.columnWidth(right)
        box = QRectF(x + 1, top * self.row_height, last - x - 1, (bottom - top + 1) * self.row_height)
        if self._dragged is not None:
            level = None if self._erasing else self.brush
            if level is None:
                painter.fillRect(box, theme.colour("window"))
            else:
                paint_level(painter, box, level)
        if self._dragged is not None or self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Draw where the keys are now."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that paint from being taken for shortcuts of the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            stops = event.key() == Qt.Key.Key_Escape and self._dragged is not None
            paints = Qt.Key(event.key()) in _BY_KEY or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete)
            if stops or (plain and paints):
                event.accept()
                return True
        return super().event(event)
