"""Copying rows as a table that a spreadsheet, a letter or a message takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView


def table_of(view: QAbstractItemView) -> QMimeData:
    """Write the selected rows of a view, columns that it hides too, as text with tabs and as a table."""
    model = view.model()
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    root = view.rootIndex()
    columns = range(model.columnCount(root) if isinstance(model, QAbstractTableModel) else 1)
    return as_table([[model.index(row, column, root).data() for column in columns] for row in rows])


def as_table(rows: Iterable[Sequence[object]]) -> QMimeData:
    """Write rows of cells as text with tabs and as a table, for the clipboard."""
    lines = [[_plain(cell) for cell in row] for row in rows]
    made = _made_by_qt()
    made.setText("\n".join("\t".join(line) for line in lines))
    import html  # showing a table does without

    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line) for line in lines)
    made.setHtml("<table>" + "".join(f"<tr>{line}</tr>" for line in cells) + "</table>")
    return made


def _made_by_qt() -> QMimeData:
    """Make empty data for the clipboard, which may keep it for longer than Python lives.

    A ``QMimeData()`` made here asks Python when it is deleted. Without a screen Qt does that as the very last thing
    of the process, and the program would end with a crash. What one of Qt's own models makes asks nobody.
    """
    model = QStringListModel([""])
    made = model.mimeData([model.index(0, 0)])
    for kind in made.formats():
        made.removeFormat(kind)
    return made


def _plain(value: object) -> str:
    return " ".join(str(value or "").replace("\u2068", "").replace("\u2069", "").split())


def copied(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Copy the selected rows where the event asks for that, and say whether it did."""
    if not event.matches(QKeySequence.StandardKey.Copy) or not view.selectionModel().hasSelection():
        return False
    QGuiApplication.clipboard().setMimeData(table_of(view))
    event.accept()
    return True
