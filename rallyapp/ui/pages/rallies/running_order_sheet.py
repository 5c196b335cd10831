"""The table of a running order: its times with a pin where they are fixed, rows that are dragged, keys of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu

from rallyapp.ui import icons, theme
from rallyapp.ui.pages.rallies.running_order_columns import GRIP, START, TITLE
from rallyapp.ui.pages.rallies.running_order_model import ProgrammeModel
from rallyapp.ui.pages.rallies.running_order_words import slack_words
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.sheet import Cells, Sheet
from rallyapp.ui.widgets.sheet_cells import Index

_ROW = 36
_EDGE = 24  # px at 100 %: where a drag scrolls


class ProgrammeSheet(Sheet):
    """The table. Del takes lines out, Alt with the arrows moves them, Ins opens a row, Enter goes on."""

    shorten_wanted = Signal()

    def __init__(self, model: ProgrammeModel) -> None:
        """Take the rows."""
        super().__init__(model, "Running order", row_height=_ROW, cells=_ProgrammeCells)
        self.programme = model
        self._was: tuple[str, int, int] | None = None  # the line with the keyboard, and where it stood
        self.setAccessibleDescription(
            "Works like a spreadsheet: F2 edits, the empty row adds, Alt with Up or Down moves lines, Insert opens a "
            "row, Delete removes lines, Backspace empties cells, Ctrl+Shift+D duplicates."
        )
        self._pressed_at: QPoint | None = None  # where a grip was taken
        self._carried: list[str] = []  # the lines that are dragged
        self._drop: int | None = None  # the row before which what is dragged would come
        self.menu_wanted.connect(lambda at: self.menu().popup(at))
        for text, keys, do in (
            ("Move lines up", "Alt+Up", lambda: self.move_chosen(down=False)),
            ("Move lines down", "Alt+Down", lambda: self.move_chosen(down=True)),
            ("Duplicate lines", "Ctrl+Shift+D", lambda: model.duplicate(self.chosen_rows())),
            ("Insert a line", "Ins", self.open_row),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda on=False, do=do: do())
            self.addAction(action)

    # -------------------------------------------------------------------------------------------- going on
    def _enter(self) -> None:
        """Put the keyboard into the first line's title, choosing nothing."""
        if self.sheet_model.rowCount():
            there = self.sheet_model.index((self.chosen_rows() or [0])[0], TITLE)
            self.selectionModel().setCurrentIndex(there, self.selectionModel().SelectionFlag.NoUpdate)

    def _remember(self) -> None:
        index = self.currentIndex()
        here = (self.programme.row_key(index.row()), index.row(), index.column()) if index.isValid() else None
        self._was = here
        super()._remember()

    def _find_again(self) -> None:
        """Go on where the keyboard was; where that line is gone, in the one that has come there."""
        super()._find_again()
        count = self.programme.rowCount()
        if self._was is not None and count and self.programme.row_of_key(self._was[0]) is None:
            self.choose_row(min(self._was[1], count - 1), self._was[2])

    def step(self, down: int, right: int, *, wrap: bool = False) -> bool:
        """Go on; Tab passes what can't be typed into, and Enter that comes to the empty row comes to its title."""
        rows, index = self.sheet_model.rowCount(), self.currentIndex()
        if right and index.isValid():
            columns = [at for at in self.shown_columns() if self.sheet_model.can_write(0, at)] or self.shown_columns()
            row, place = index.row(), _place(columns, self.shown_columns(), index.column(), right)
            if wrap and not 0 <= place < len(columns):
                row, place = row + right, 0 if right > 0 else len(columns) - 1
            if not (0 <= row < rows and 0 <= place < len(columns)):
                return False
            self.setCurrentIndex(self.sheet_model.index(row, columns[place]))
            moved = True
        else:
            moved = super().step(down, right, wrap=wrap)
        row = self.currentIndex().row()
        if moved and row != index.row() and self.programme.line(row) is None:
            self.setCurrentIndex(self.sheet_model.index(row, TITLE))
        return moved

    def type_next(self) -> None:
        """Begin to type the next line."""
        for row in range(self.programme.rowCount()):
            if self.programme.line(row) is None:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                self.edit_cell(row, TITLE)

    def open_row(self) -> None:
        """Open an empty row below the line with the keyboard, and begin to type there."""
        if self.editor is None and self.programme.rowCount() and self.currentIndex().isValid():
            row = self.programme.open_at(self.currentIndex().row() + 1)
            self.choose_row(row, TITLE)
            self.type_next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove lines, begin the next one, give up a drag; else what the key does in a spreadsheet."""
        index = self.currentIndex()
        if self._carried and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            event.accept()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.programme.remove(self.chosen_rows())
            event.accept()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
            and index.isValid()
            and self.programme.line(index.row()) is None
        ):
            self.edit_cell(index.row(), index.column() if self.programme.can_write(0, index.column()) else TITLE)
            event.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Del, and Esc in a drag, from the shortcuts of the page and the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not event.modifiers():
            escape = event.key() == Qt.Key.Key_Escape and bool(self._carried)
            if escape or event.key() == Qt.Key.Key_Delete:
                event.accept()
                return True
        return super().event(event)

    def move_chosen(self, *, down: bool) -> None:
        """Move the chosen lines by one; the others stay where they are on the screen."""
        bar = self.verticalScrollBar()
        before = bar.value()
        self.programme.move(self.chosen_rows(), down=down)
        bar.setValue(before)
        self.scrollTo(self.currentIndex())

    # ------------------------------------------------------------------------------------------------ menu
    def menu(self) -> QMenu:
        """Make the menu of the chosen lines."""
        model, rows = self.programme, self.chosen_rows()
        items = model.items(rows)
        row = self.currentIndex().row()
        line = model.line(row)
        one, some = line is not None, bool(items)
        many = f"{len(items):,} lines" if len(items) > 1 else "line"
        fixed = line is not None and line.item.fixed is not None
        entries: list[tuple[str, str, Callable[[], object], bool] | None] = [
            ("Set free of its time" if fixed else "Fix at this time", "", lambda: model.fix(row), one),
            ("Split in two", "", lambda: model.split(row), line is not None and line.item.minutes > 1),
            ("Shorten to fit\u2026", "", self.shorten_wanted.emit, bool(model.lines)),
            None,
            ("Insert a line", "Ins", self.open_row, True),
            (f"Duplicate {many}", "Ctrl+Shift+D", lambda: model.duplicate(rows), some),
            ("Move up", "Alt+Up", lambda: self.move_chosen(down=False), some),
            ("Move down", "Alt+Down", lambda: self.move_chosen(down=True), some),
            (f"Remove {many}", "Del", lambda: model.remove(rows), some),
            None,
            ("Copy", "Ctrl+C", self.copy, some),
            ("Paste", "Ctrl+V", self.paste, True),
            ("Fill down", "Ctrl+D", self.fill_down, some),
            ("Empty cells", "Backspace", self.clear_chosen, some),
        ]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            text, keys, do, possible = entry
            action = menu.addAction(f"{text}\t{keys}" if keys else text)
            action.setEnabled(possible and (model.can_write(0, TITLE) or text == "Copy"))
            action.triggered.connect(lambda on=False, do=do: do())
        return menu

    # ------------------------------------------------------------------------------------------------ drag
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the whole row by its grip, from where it can be dragged."""
        index = self.indexAt(event.position().toPoint())
        grip = index.isValid() and index.column() == GRIP and event.button() == Qt.MouseButton.LeftButton
        line = self.programme.line(index.row()) if grip else None
        if line is None:
            self._pressed_at = None
            super().mousePressEvent(event)
            return
        self._pressed_at = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if held or index.row() not in self.chosen_rows():
            super().mousePressEvent(event)
        self.choose_whole(self.selectionModel().SelectionFlag.Rows)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the chosen lines, and show where they would come.

        It is no drag of Qt's: that one waits in a loop of its own until the button is let go.
        """
        at = event.position().toPoint()
        if self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if not self._carried and far and self.programme.can_write(0, TITLE):
            self._carried = [item.id for item in self.programme.items(self.chosen_rows())]
        if self._carried:
            edge, bar = theme.px(_EDGE), self.verticalScrollBar()
            by = edge if at.y() > self.viewport().height() - edge else -edge if at.y() < edge else 0
            bar.setValue(bar.value() + by)
            self._show_drop(self._row_before(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the dragged lines there; begin the next line where the empty row was clicked."""
        at, carried = event.position().toPoint(), self._carried
        row = self._row_before(at)
        self._let_go()
        if carried:
            if self.viewport().rect().adjusted(0, -theme.px(_EDGE), 0, theme.px(_EDGE)).contains(at):
                self.programme.move_to(carried, row)
            return
        super().mouseReleaseEvent(event)
        index = self.indexAt(at)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if plain and index.isValid() and self.programme.line(index.row()) is None and self.editor is None:
            writable = self.programme.can_write(index.row(), index.column())
            self.edit_cell(index.row(), index.column() if writable else TITLE)

    def _let_go(self) -> None:
        self._pressed_at = None
        self._carried = []
        self._show_drop(None)

    def _row_before(self, at: QPoint) -> int:
        """Find the row before which something that is let go would come."""
        index = self.indexAt(QPoint(1, max(0, at.y())))
        if not index.isValid():
            return self.programme.rowCount()
        return index.row() + (at.y() > self.visualRect(index).center().y())

    def _show_drop(self, row: int | None) -> None:
        self._drop = row
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the line at which what is dragged would come."""
        super().paintEvent(event)
        if self._drop is None:
            return
        y = self.rowViewportPosition(self._drop) if self._drop < self.programme.rowCount() else -1
        if y < 0:
            last = self.programme.rowCount() - 1
            y = self.rowViewportPosition(last) + self.rowHeight(last)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
        painter.drawLine(0, y, self.viewport().width(), y)
        painter.end()


def _place(columns: list[int], shown: list[int], at: int, right: int) -> int:
    """Find the place among columns of the next one that is typed into."""
    here = shown.index(at) if at in shown else 0
    after = [place for place, column in enumerate(columns) if (shown.index(column) - here) * right > 0]
    if not after:
        return len(columns) if right > 0 else -1
    return min(after) if right > 0 else max(after)


class _ProgrammeCells(Cells):
    """Paints the grip, the start with its pin and what is idle or late, and who is a speaker."""

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> bool:
        model = self.sheet.sheet_model
        assert isinstance(model, ProgrammeModel)
        line = model.line(index.row())
        if line is None:
            return False
        if index.column() == GRIP:
            self._paint_grip(painter, box)
            return True
        if index.column() == START:
            self._paint_start(
                painter,
                box,
                model.text(index.row(), START),
                slack_words(line),
                ink="nobody" if line.slack < 0 else "short",
                fixed=line.item.fixed is not None,
            )
            return True
        return False

    def _paint_grip(self, painter: QPainter, box: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        size, gap = theme.px(3), theme.px(5)
        left, top = box.center().x() - gap // 2 - 1, box.center().y() - gap - 1
        for across in range(2):
            for down in range(3):
                painter.drawEllipse(QRectF(left + across * gap, top + down * gap, size, size))
        painter.restore()

    def _paint_start(self, painter: QPainter, box: QRect, time: str, words: str, *, ink: str, fixed: bool) -> None:
        painter.setFont(theme.font(Type.STRONG if fixed else Type.BODY, figures=True))
        painter.setPen(theme.colour("text"))
        height = painter.fontMetrics().height()
        small = theme.px(15)
        top = box.center().y() - (height + (small if words else 0)) // 2
        room = QRect(box.left(), top, box.width(), height)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, time)
        if fixed:
            size = theme.px(13)
            left = box.left() + painter.fontMetrics().horizontalAdvance(time) + theme.px(5)
            icons.paint(painter, QRectF(left, room.center().y() - size / 2 + 1, size, size), "pin", "accent")
        if words:
            painter.setFont(theme.font(Type.SMALL, figures=True))
            painter.setPen(theme.colour(ink))
            below = QRect(box.left(), top + height - 1, box.width(), small + 1)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
