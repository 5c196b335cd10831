"""A list of records of one kind, typed in place like a spreadsheet; the last, empty row is where the next is typed.

    kit = RecordSheet(desk, kind=KitItem, noun="kit item", fields=[...], new=make, words=lambda item: item.what)
    kit.show_records(items)

Whatever was typed, pasted, filled down, removed or moved is one edit. Nothing is shown until the desk says that it
was written: whoever shows the records hears of that and calls ``show_records`` again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from rallyapp.domain.records import Record
from rallyapp.ui import icons, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.record_fields import SheetField
from rallyapp.ui.models.record_rows import Make, RecordRows, is_ghost
from rallyapp.ui.widgets.folding import scroll_of
from rallyapp.ui.widgets.sheet import Cells, Sheet
from rallyapp.ui.widgets.sheet_cells import PAD, Index

__all__ = ["RecordSheet", "SheetField"]

_ROW, _TICK = 36, 16  # px at 100 %


class RecordSheet(QWidget):
    """The list. It grows with its rows up to ``most`` of them, then it scrolls by itself; with no ``most`` it fills."""

    chosen = Signal(object)  # the record of the row with the keyboard, or None

    rows_of: type[RecordRows] = RecordRows  # the model; one with rules of its own is a subclass

    def __init__(
        self,
        desk: Desk,
        *,
        kind: type[Record],
        noun: str,
        fields: Sequence[SheetField],
        new: Make,
        words: Callable[[Any], str],
        prompt: str = "",
        nouns: str = "",
        name: str = "",
        empty: str = "",
        most: int | None = 14,
    ) -> None:
        """Make it, empty.

        ``new`` makes a record of the values that were typed, by the names of their fields; it may raise UserError.
        ``words`` names a record in an edit's label; ``noun`` and ``nouns`` are what one and several are called,
        ``prompt`` stands in the empty row, ``name`` is said by screen readers, ``empty`` is what a plan that is
        only read says instead of rows.
        """
        super().__init__()
        several = nouns or f"{noun}s"
        self.rows = self.rows_of(
            desk,
            kind=kind,
            noun=(noun, several),
            fields=fields,
            new=new,
            words=words,
            prompt=prompt or f"Add {'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}\u2026",
        )
        self._desk = desk
        self._most = most
        self._told: Any = None
        self.sheet = _Sheet(self.rows, name or f"{several[:1].upper()}{several[1:]}")
        self.sheet.say_empty(empty or f"There are no {several}.")
        self.sheet.said.connect(desk.messages.trouble)
        self.sheet.picked.connect(self._picked)
        self.sheet.menu_wanted.connect(lambda at: self.menu().popup(at))
        for signal in (self.rows.rowsInserted, self.rows.modelReset, self.rows.dataChanged):
            signal.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        self.setFocusProxy(self.sheet)
        self._fit()

    # ---------------------------------------------------------------------------------------------- showing
    def show_records(self, records: Sequence[Any]) -> None:
        """Show these records, in this order; what is chosen and what is being typed stays."""
        self.rows.show(records)
        self._picked()

    @property
    def record(self) -> Any:
        """The record of the row with the keyboard, or None."""
        index = self.sheet.currentIndex()
        found = self.rows.record(index.row()) if index.isValid() else None
        return None if found is None or is_ghost(found) else found

    def choose(self, id: str) -> bool:
        """Choose a record's row and bring it to sight; False where it is not shown."""
        row = self.rows.row_of_key(id)
        if row is not None:
            self.sheet.choose_row(row)
        return row is not None

    def type_next(self) -> None:
        """Begin to type the next record."""
        if self._desk.writable and self.sheet.editor is None:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sheet.edit_cell(len(self.rows.records), self.rows.first)

    def settings(self) -> dict[str, Any]:
        """Give how the columns are arranged: plain values."""
        return self.sheet.settings()

    def take_settings(self, kept: object) -> None:
        """Arrange the columns as ``settings`` gave them."""
        self.sheet.take_settings(kept)

    def _picked(self) -> None:
        if self.record != self._told:
            self._told = self.record
            self.chosen.emit(self._told)

    # ----------------------------------------------------------------------------------------------- acting
    def remove_chosen(self) -> None:
        """Remove the records of the chosen rows."""
        self.rows.remove(self.sheet.chosen_rows())

    def move_chosen(self, by: int) -> None:
        """Move the records of the chosen rows up (-1) or down (1)."""
        self.sheet.move_chosen(by)

    def menu(self) -> QMenu:
        """Make the menu of the chosen rows; it goes when it is closed."""
        sheet, writable = self.sheet, self._desk.writable
        found = ((row, self.rows.record(row)) for row in sheet.chosen_rows())
        rows = [row for row, record in found if record is not None and not is_ghost(record)]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: list[tuple[str, str, Callable[[], object], bool]] = [
            ("Copy", "Ctrl+C", sheet.copy, bool(rows)),
            ("Paste", "Ctrl+V", sheet.paste, writable),
            ("Fill down", "Ctrl+D", sheet.fill_down, writable),
        ]
        if self.rows.placed:
            entries += [
                ("Move up", "Alt+Up", lambda: self.move_chosen(-1), writable and bool(rows)),
                ("Move down", "Alt+Down", lambda: self.move_chosen(1), writable and bool(rows)),
            ]
        many = f"{len(rows):,} rows" if len(rows) > 1 else "row"
        entries.append((f"Remove {many}", "Del", self.remove_chosen, writable and bool(rows)))
        for text, keys, do, possible in entries:
            action = menu.addAction(f"{text}\t{keys}")
            action.setEnabled(possible)
            action.triggered.connect(lambda on=False, do=do: do())
        return menu

    # ------------------------------------------------------------------------------------------------- size
    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "sheet"):
            self._fit()

    def _fit(self) -> None:
        sheet = self.sheet
        if self._most is None:
            return
        rows = min(max(self.rows.rowCount(), 1 if self._desk.writable else 2), self._most)
        bar = sheet.horizontalScrollBar()
        across = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        sheet.setFixedHeight(theme.px(34) + rows * theme.px(_ROW) + across + 2 * sheet.frameWidth())


class _Sheet(Sheet):
    """The sheet: Del removes rows, Backspace empties cells, Alt with the arrows puts in order."""

    def __init__(self, rows: RecordRows, name: str) -> None:
        super().__init__(rows, name, row_height=_ROW, cells=_Cells)
        order = "Alt with Up or Down puts in order, " if rows.placed else ""
        self.setAccessibleDescription(
            "Works like a spreadsheet: F2 edits, Space turns a tick over, the last row adds, "
            f"{order}Delete removes rows, Ctrl+C and Ctrl+V copy and paste."
        )
        self._rows = rows
        self._was: tuple[str, int, int] | None = None

    def _enter(self) -> None:
        """Put the keyboard where something is likely to be typed: into the first row that is empty or only offered.

        With neither above the last row, that is the first row, to be read.
        """
        rows, first = self._rows, self._rows.first
        offered = next((row for row, record in enumerate(rows.records) if is_ghost(record)), 0)
        empty = rows.record(offered)
        if self.chosen_rows() or not rows.can_write(offered, first) or not (empty is None or is_ghost(empty)):
            super()._enter()
        elif not self.isColumnHidden(first):
            self.selectionModel().setCurrentIndex(
                rows.index(offered, first), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def step(self, down: int, right: int, *, wrap: bool = False) -> bool:
        """Go on; Enter that comes to the empty row comes to its beginning."""
        moved = super().step(down, right, wrap=wrap)
        row = self.currentIndex().row()
        if moved and down and self._rows.record(row) is None:
            self.setCurrentIndex(self._rows.index(row, self._rows.first))
        return moved

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Begin the next record in the empty row, and turn over a tick whose box was clicked."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if not plain or not index.isValid() or not self._rows.can_write(index.row(), index.column()):
            return
        if self._rows.record(index.row()) is None and self.editor is None:
            self.edit_cell(index.row(), index.column())
        elif self._rows.ticked(index.row(), index.column()) is not None and _box(self.visualRect(index)).contains(
            place
        ):
            self.toggle()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the page's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier:
            return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        return held == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_Delete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove rows, put them in order, begin the next one; else what the key does in a spreadsheet."""
        key, enter = event.key(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        index = self.currentIndex()
        if self._own(event):
            if key == Qt.Key.Key_Delete:
                self._rows.remove(self.chosen_rows())
            else:
                self.move_chosen(-1 if key == Qt.Key.Key_Up else 1)
            event.accept()
        elif key in enter and not event.modifiers() and index.isValid() and self._rows.record(index.row()) is None:
            self.edit_cell(index.row(), index.column() if self._rows.can_write(*_of(index)) else self._rows.first)
            event.accept()
        else:
            super().keyPressEvent(event)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell to sight, in the part that scrolls around the sheet, too."""
        super().scrollTo(index, hint)
        around = scroll_of(self) if self.hasFocus() else None
        inside = around.widget() if around is not None else None
        if around is not None and inside is not None:
            box = self.visualRect(index)
            place = self.viewport().mapTo(inside, box.center())
            around.ensureVisible(place.x(), place.y(), 0, box.height() + theme.px(8))

    def move_chosen(self, by: int) -> None:
        """Move the chosen rows, and bring them to sight where they have come to."""
        if self._rows.move(self.chosen_rows(), by):
            self.scrollTo(self.currentIndex())

    def _remember(self) -> None:
        index = self.currentIndex()
        self._was = (self._rows.row_key(index.row()), index.row(), index.column()) if index.isValid() else None
        super()._remember()

    def _find_again(self) -> None:
        """Go on where the keyboard was; where that row is gone, in the one that has come there."""
        super()._find_again()
        count = self._rows.rowCount()
        if self._was is not None and count and self._rows.row_of_key(self._was[0]) is None:
            self.choose_row(min(self._was[1], count - 1), self._was[2])


def _of(index: Index) -> tuple[int, int]:
    return index.row(), index.column()


def _box(cell: QRect) -> QRect:
    """Give where in a cell the box of a tick stands, with some room around it to click at."""
    size = theme.px(_TICK)
    box = QRect(cell.left() + theme.px(PAD), cell.center().y() - size // 2, size, size)
    return box.adjusted(-theme.px(8), -theme.px(8), theme.px(8), theme.px(8))


class _Cells(Cells):
    """Paints ticks as boxes."""

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> bool:
        rows = self.sheet.sheet_model
        assert isinstance(rows, RecordRows)
        ticked = rows.ticked(index.row(), index.column())
        if ticked is None:
            return False
        size = theme.px(_TICK)
        square = QRectF(box.left(), box.center().y() - size // 2, size, size).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if ticked else "muted"), 1))
        painter.setBrush(theme.colour("accent" if ticked else "card"))
        painter.drawRoundedRect(square, theme.px(3), theme.px(3))
        if ticked:
            inner = theme.px(2)
            icons.paint(painter, square.adjusted(inner, inner, -inner, -inner), "check", "on_accent")
        painter.restore()
        return True
