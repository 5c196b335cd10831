"""A small sheet as high as its rows: Delete removes rows, Alt with Up or Down puts them in order, the last one adds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu

from rallyapp.ui import theme
from rallyapp.ui.models.sheet import SheetModel
from rallyapp.ui.widgets.sheet import Sheet

NEXT = "+"  # the key of the row in which the next one is typed
_ROW, _HEAD = 36, 34


class RowsModel(SheetModel):
    """Rows by their keys, and below them one in which the next is typed; ``prompt`` stands in it."""

    prompt = ""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.keys: list[str] = []
        self.writable = False

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # type: ignore[override]  # noqa: B008
        """Count the rows, with the one in which the next is typed."""
        return 0 if parent.isValid() else len(self.keys) + self.writable

    def is_next(self, row: int) -> bool:
        """Say whether the next one is typed in a row."""
        return row >= len(self.keys)

    def row_key(self, row: int) -> str:
        """Give the id of a row."""
        return NEXT if self.is_next(row) else self.keys[row]

    def row_of_key(self, key: str) -> int | None:
        """Find a row by its id."""
        if key == NEXT:
            return len(self.keys) if self.writable else None
        return self.keys.index(key) if key in self.keys else None


class Grid(Sheet):
    """The sheet. ``chosen`` gives the id of the row with the keyboard, "" for the row in which the next is typed."""

    chosen = Signal(str)
    removed = Signal(object)  # the ids of the rows to remove
    moved = Signal(str, int)  # an id, and by how many rows

    def __init__(self, model: RowsModel, name: str, *, in_order: bool = True, most: int = 14) -> None:
        """Show a model; with ``in_order`` rows can be moved, and it scrolls by itself beyond ``most`` of them."""
        self._most_rows, self._in_order = most, in_order
        super().__init__(model, name, row_height=_ROW)
        self.rows_model = model
        order = "Alt with Up or Down puts in order, " if in_order else ""
        self.setAccessibleDescription(
            f"Works like a spreadsheet: F2 edits, the last row adds, {order}Delete removes rows, Ctrl+C and Ctrl+V "
            "copy and paste."
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._fit_rows)
        self.picked.connect(self._tell)
        self.clicked.connect(self._clicked)
        self.menu_wanted.connect(self._menu)
        self._told = ""
        self._fit_rows()

    @property
    def key(self) -> str:
        """The id of the row with the keyboard; "" where that is none."""
        index = self.currentIndex()
        return self.rows_model.row_key(index.row()) if index.isValid() else ""

    def choose(self, key: str, column: int | None = None) -> None:
        """Choose a row by its id."""
        row = self.rows_model.row_of_key(key)
        if row is not None:
            self.choose_row(row, column)

    def type_next(self) -> None:
        """Begin to type the next one; what is being typed is gone on with."""
        if self.editor is None and self.rows_model.writable:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit_cell(len(self.rows_model.keys), 0)

    def step(self, down: int, right: int, *, wrap: bool = False) -> bool:
        """Go on; Enter that comes to the row for the next one comes to its beginning."""
        moved = super().step(down, right, wrap=wrap)
        if moved and down and self.key == NEXT:
            self.setCurrentIndex(self.rows_model.index(self.currentIndex().row(), 0))
        return moved

    def remove_chosen(self) -> None:
        """Ask for the chosen rows to be removed."""
        rows = [row for row in self.chosen_rows() if not self.rows_model.is_next(row)]
        if rows and self.rows_model.writable:
            self.removed.emit([self.rows_model.row_key(row) for row in rows])

    def _clicked(self, index: QModelIndex) -> None:
        if self.rows_model.is_next(index.row()) and index.column() == 0:
            self.type_next()

    def _menu(self, at: QPoint) -> None:
        row = self.key not in ("", NEXT)
        writable = self.rows_model.writable
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: list[tuple[str, Callable[[], object], bool]] = [
            ("Copy\tCtrl+C", self.copy, row),
            ("Paste\tCtrl+V", self.paste, writable),
            ("Fill down\tCtrl+D", self.fill_down, writable and row),
        ]
        if self._in_order:
            entries += [
                ("Move up\tAlt+Up", lambda: self.moved.emit(self.key, -1), writable and row),
                ("Move down\tAlt+Down", lambda: self.moved.emit(self.key, 1), writable and row),
            ]
        entries.append(("Remove\tDel", self.remove_chosen, writable and row))
        for text, do, possible in entries:
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(lambda checked=False, do=do: do())
        menu.popup(at)

    def _tell(self) -> None:
        key = self.key
        if key != self._told:
            self._told = key
            self.chosen.emit("" if key == NEXT else key)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the page's own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._step(event):
            event.accept()
            return True
        return super().event(event)

    def _step(self, event: QKeyEvent) -> int:
        """Say by how many rows a key moves a row."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._in_order or held != Qt.KeyboardModifier.AltModifier:
            return 0
        return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove and put in order; all other keys mean what they do in a sheet."""
        step = self._step(event)
        if step and self.rows_model.writable and self.key not in ("", NEXT):
            self.moved.emit(self.key, step)
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers() and self.rows_model.writable:
            self.remove_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.key == NEXT:
            self.type_next()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows_model"):
            self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the bar below where the columns need it."""
        super().resizeEvent(event)
        if hasattr(self, "rows_model"):
            self._fit_rows()

    def _fit_rows(self) -> None:
        rows = min(self._most_rows, max(1, self.rows_model.rowCount()))
        wide = self.horizontalHeader().length() > self.viewport().width() + 1
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        height = theme.px(_HEAD) + rows * theme.px(_ROW) + bar + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)
