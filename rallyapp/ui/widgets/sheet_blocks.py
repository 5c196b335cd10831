"""Blocks of cells of a sheet: out to the clipboard, in from it, filled down, cleared. Each answers with a sentence."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from rallyapp.ui.models.sheet import Cell
from rallyapp.ui.widgets.copying import as_table

if TYPE_CHECKING:
    from rallyapp.ui.widgets.sheet import Sheet


def copy(sheet: Sheet) -> None:
    """Copy the chosen cells as text with tabs and as a table; what lies between them stays empty."""
    model, rows, columns = sheet.sheet_model, sheet.chosen_rows(), _columns(sheet)
    chosen = sheet.selectionModel()
    whole = len(chosen.selection()) <= 1
    lines = [
        [
            model.copied(row, column) if whole or chosen.isSelected(model.index(row, column)) else ""
            for column in columns
        ]
        for row in rows
    ]
    if lines and columns:
        QGuiApplication.clipboard().setMimeData(as_table(lines))


def paste(sheet: Sheet) -> str:
    """Paste a block from the first chosen cell on; a single cell fills all that are chosen."""
    matrix = block(QGuiApplication.clipboard().text())
    if not matrix:
        return ""
    model, shown = sheet.sheet_model, sheet.shown_columns()
    rows, columns = sheet.chosen_rows() or [0], _columns(sheet) or shown[:1]
    if len(matrix) == 1 and len(matrix[0]) == 1:
        cells = [Cell(row, column, matrix[0][0]) for row in rows for column in columns if _has(sheet, row, column)]
        if len(cells) > 1:
            return model.write(cells, f"Paste into {len(cells):,} cells")
    across = shown[shown.index(columns[0]) :] if columns[0] in shown else shown
    return model.paste(rows[0], columns[0], matrix, across)


def clear(sheet: Sheet) -> str:
    """Empty the chosen cells."""
    cells = _cells(sheet)
    return sheet.sheet_model.clear(sheet.sheet_model.index(row, column) for row, column in cells) if cells else ""


def fill_down(sheet: Sheet) -> str:
    """Write what stands in the first chosen row into the others; with one row, what stands above it."""
    model, rows, columns = sheet.sheet_model, sheet.chosen_rows(), _columns(sheet)
    if len(rows) == 1 and rows[0] > 0:
        rows = [rows[0] - 1, *rows]
    if len(rows) < 2 or not columns:
        return ""
    if len(columns) == 1:
        return model.fill_down(rows, columns[0])
    cells = [Cell(row, column, model.edited(rows[0], column)) for column in columns for row in rows[1:]]
    return model.write(cells, f"Fill down {len(cells):,} cells")


def toggle(sheet: Sheet) -> str | None:
    """Turn the ticks among the chosen cells over; None where there are none."""
    cells = _cells(sheet)
    return sheet.sheet_model.toggle(cells) if cells else None


def _columns(sheet: Sheet) -> list[int]:
    """List the columns of the chosen cells; without any, the one with the keyboard."""
    at = sheet.currentIndex().column()
    return sheet.chosen_columns() or ([at] if at >= 0 else [])


def _cells(sheet: Sheet) -> list[tuple[int, int]]:
    columns = _columns(sheet)
    return [(row, column) for row in sheet.chosen_rows() for column in columns if _has(sheet, row, column)]


def _has(sheet: Sheet, row: int, column: int) -> bool:
    """Say whether a cell is among those that are chosen, or the one with the keyboard where none is."""
    selection, index = sheet.selectionModel(), sheet.sheet_model.index(row, column)
    return selection.isSelected(index) if selection.hasSelection() else index == sheet.currentIndex()


def on_clipboard() -> bool:
    """Say whether more than one cell's text was copied."""
    matrix = block(QGuiApplication.clipboard().text())
    return len(matrix) > 1 or any(len(line) > 1 for line in matrix)


def block(text: str) -> list[list[str]]:
    """Read what a spreadsheet put on the clipboard: lines of cells parted by tabs, in quotes where they hold either."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not text.strip("\n"):
        return []
    try:
        rows = list(csv.reader(io.StringIO(text.removesuffix("\n")), delimiter="\t", strict=True))
    except csv.Error:  # a quotation mark that is only a letter
        rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    return [[" ".join(cell.split()) for cell in row] or [""] for row in rows]
