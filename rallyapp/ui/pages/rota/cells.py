"""Cells that hold who is on a shift: names, how many of how many, and the three signs of how full it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.sheet import Column
from rallyapp.ui.pages.rota.reading import Rota, Shown
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.sheet import Cells, Sheet
from rallyapp.ui.widgets.shift_table import name_lines

Index = QModelIndex | QPersistentModelIndex


class NameCells(Cells):
    """Paints such cells; the model gives ``staffed(row, column)``: None for a cell of plain words."""

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> bool:
        """Paint a shift's bar, names and count."""
        found: tuple[Rota, Shown] | None = self.sheet.sheet_model.staffed(index.row(), index.column())  # type: ignore[attr-defined]
        if found is None:
            return False
        rota, shift = found
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        outer = box.adjusted(-theme.px(10), theme.px(3), theme.px(10), -theme.px(3))
        _ground(painter, outer, shift.tone)
        if shift.paper:
            _corner(painter, outer, shift.tone)
        row = shift.row
        painter.setFont(theme.font(Type.SMALL, figures=True))
        count = f"{row.heads}/{row.wished}" if shift.on else ""
        wide = QFontMetrics(painter.font()).horizontalAdvance(count)
        painter.setPen(theme.colour(shift.tone))
        top = QRect(box.right() - wide, box.top(), wide + theme.px(2), box.height())
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, count)
        names = rota.names(shift)
        struck = not shift.on and bool(names)
        font = theme.font()
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if names and shift.on else shift.tone))
        inner = box.adjusted(theme.px(2), 0, -wide - theme.px(8), 0)
        _names(painter, inner, names or shift.state)
        painter.restore()
        return True


_WIDER = {"Site": "Site or rally", "Entrance": "Entrance or post"}


def titled(columns: Sequence[Column], rota: Rota) -> list[Column]:
    """Give the columns the titles that fit: posts and stalls are no entrances, and a rally no site."""
    if not rota.mixed:
        return list(columns)
    return [replace(column, title=_WIDER.get(column.title, column.title)) for column in columns]


def headings(titles: Sequence[str], rota: Rota) -> list[str]:
    """Give the headings of a table that fit, as ``titled`` does."""
    return [_WIDER.get(title, title) if rota.mixed else title for title in titles]


def choose_cells(sheet: Sheet, cells: Sequence[tuple[int, int]]) -> None:
    """Choose some cells, put the keyboard on the first and bring it to sight."""
    if not cells:
        sheet.clearSelection()
        return
    found = QItemSelection()
    for row, column in cells:
        index = sheet.sheet_model.index(row, column)
        found.select(index, index)
    flags, first = QItemSelectionModel.SelectionFlag, sheet.sheet_model.index(*cells[0])
    sheet.selectionModel().setCurrentIndex(first, flags.NoUpdate)
    sheet.selectionModel().select(found, flags.ClearAndSelect)
    sheet.scrollTo(first)


def _ground(painter: QPainter, box: QRect, tone: Tone) -> None:
    painter.fillRect(box, theme.colour("grid" if tone is Tone.OFF else f"{tone}_ground"))
    if tone is Tone.SHORT:
        painter.fillRect(box, theme.hatch(theme.colour(tone)))
    if tone is not Tone.OFF:
        edge = theme.px(5 if tone is Tone.NOBODY else 3)
        painter.fillRect(QRect(box.left(), box.top(), edge, box.height()), theme.colour(tone))


def _corner(painter: QPainter, box: QRect, tone: Tone) -> None:
    """Fill the lower right corner of what is not as on paper, as the timeline does."""
    size, right, low = theme.px(10), box.right() + 1, box.bottom() + 1
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("muted" if tone is Tone.OFF else tone))
    painter.drawPolygon([QPoint(right, low - size), QPoint(right, low), QPoint(right - size, low)])
    painter.restore()


def _names(painter: QPainter, box: QRect, text: str) -> None:
    metrics = painter.fontMetrics()
    height = metrics.height()
    lines = name_lines(text, metrics, box.width(), most=max(1, box.height() // height))
    top = box.center().y() - len(lines) * height // 2 + 1
    for line in lines:
        where = QRect(box.left(), top, box.width(), height)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        top += height
