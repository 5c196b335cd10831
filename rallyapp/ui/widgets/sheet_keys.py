"""What keys mean in a sheet, as they do in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from rallyapp.ui.widgets.sheet import Sheet

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
# Which end of the rows and of the columns a key with Ctrl goes to: -1 the first, 1 the last, 0 neither.
_ENDS = {
    Qt.Key.Key_Home: (-1, -1),
    Qt.Key.Key_End: (1, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def pressed(sheet: Sheet, event: QKeyEvent) -> bool:
    """Do what a key asks; False where it asks for nothing here."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if held == _CONTROL and sheet.currentIndex().isValid():
            sheet.opened.emit(sheet.currentIndex())
        else:
            sheet.step(-1 if held == _SHIFT else 1, 0)
    elif key == Qt.Key.Key_D and held == _CONTROL:
        sheet.fill_down()
    elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and held == _NONE:
        sheet.clear_chosen()
    elif key == Qt.Key.Key_Space and held == _NONE:
        return sheet.toggle()
    elif key == Qt.Key.Key_Space and held in (_SHIFT, _CONTROL):
        sheet.choose_whole(QItemSelectionModel.SelectionFlag.Rows if held == _SHIFT else None)
    elif key in _ENDS and held in (_CONTROL, _CONTROL | _SHIFT):
        _go_to_end(sheet, *_ENDS[key], extend=held != _CONTROL)
    else:
        return False
    return True


def _go_to_end(sheet: Sheet, down: int, right: int, *, extend: bool) -> None:
    """Put the keyboard into the first or last row or column and choose that cell alone, or all cells up to it.

    Left to itself, Qt keeps what was chosen where Ctrl is held.
    """
    flags = QItemSelectionModel.SelectionFlag
    rows, shown, index = sheet.sheet_model.rowCount(), sheet.shown_columns(), sheet.currentIndex()
    if not rows or index.column() not in shown:
        return
    row = {-1: 0, 0: index.row(), 1: rows - 1}[down]
    column = {-1: shown[0], 0: index.column(), 1: shown[-1]}[right]
    there = sheet.sheet_model.index(row, column)
    if extend:
        found, model = QItemSelection(), sheet.sheet_model
        top, bottom = sorted((row, index.row()))
        first, last = sorted((shown.index(column), shown.index(index.column())))
        for each in shown[first : last + 1]:
            found.select(model.index(top, each), model.index(bottom, each))
        sheet.selectionModel().select(found, flags.ClearAndSelect)
    else:
        sheet.selectionModel().setCurrentIndex(there, flags.ClearAndSelect)
    sheet.scrollTo(there)
