"""The list at the left: stalls below the rally or picket at which they are, or partners; each with its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.listed import ITEM, Index, ListedModel
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.state import chip_width, paint_chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stall or a partner, or the heading of those at one rally or picket."""

    id: str
    title: str
    note: str = ""
    state: str = ""
    tone: Tone = Tone.OFF
    heading: bool = False

    @property
    def words(self) -> str:
        """All of it in words."""
        return ", ".join(filter(None, (self.title, self.note, self.state)))


class RowModel(ListedModel[Row]):
    """The rows; headings are passed over."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be passed over."""
        if index.isValid() and self.rows.all[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a row, or what it says."""
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            row = self.rows.all[index.row()]
            return theme.plain_tip(". ".join(filter(None, (row.title, row.note))))
        return super().data(index, role)


class _Paint(QStyledItemDelegate):
    """Paints a title with a note and a chip below it, and headings small."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ITEM)
        return QSize(100, theme.px((32 if not row.note else 46) if row.heading else 60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ITEM)
        painter.save()
        if row.heading:
            self._heading(painter, option.rect, row)
        else:
            self._row(painter, option, row)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRect, row: Row) -> None:
        inner = box.adjusted(theme.px(16), theme.px(10), -theme.px(16), -theme.px(4))
        for kind, ink, text in ((Type.STRONG, "text", row.title), (Type.SMALL, "muted", row.note)):
            painter.setFont(theme.font(kind))
            painter.setPen(theme.colour(ink))
            line = QRect(inner.left(), inner.top(), inner.width(), painter.fontMetrics().height())
            _draw(painter, line, text)
            inner.setTop(line.bottom() + 1)

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        box = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        inner = box.adjusted(theme.px(16), theme.px(8), -theme.px(16), -theme.px(8))
        top = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        below = QRect(inner.left(), top.bottom() + 1, inner.width(), inner.height() - top.height())
        if row.state:
            wide = min(chip_width(row.state), inner.width())
            paint_chip(painter, QRect(inner.right() - wide, top.top(), wide, top.height()), row.state, row.tone)
            top.setRight(inner.right() - wide - theme.px(8))
        painter.setFont(theme.font(Type.STRONG))
        painter.setPen(theme.colour("text"))
        _draw(painter, top, row.title)
        painter.setFont(theme.font(Type.SMALL))
        painter.setPen(theme.colour("muted"))
        _draw(painter, below, row.note)
        painter.setPen(theme.colour("grid"))
        painter.drawLine(inner.left(), box.bottom(), inner.right(), box.bottom())


def _draw(painter: QPainter, at: QRect, text: str) -> None:
    """Draw a line, cut where it ends; one that is written from right to left is cut at its own end."""
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, at.width())
    shown = cut if cut.isascii() else f"\u2068{cut}\u2069"
    painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class StallList(PlainList):
    """The list; ``chosen`` says the id of the stall or partner that is chosen. Ctrl+C copies it."""

    chosen = Signal(str)

    def __init__(self, spoken: str) -> None:
        """Make it, empty."""
        super().__init__(spoken)
        self.choices = RowModel()
        self.setModel(self.choices)
        self.setItemDelegate(_Paint(self))
        self.selectionModel().currentChanged.connect(self._chosen)

    @property
    def value(self) -> str:
        """The id of what is chosen; nothing where nothing is."""
        row = self.currentIndex().data(ITEM)
        return row.id if isinstance(row, Row) and not row.heading else ""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; what was chosen stays so, or the first is."""
        self.choices.rows.show(list(rows))
        if not self.value:
            self._choose_first()

    def choose(self, id: str) -> None:
        """Choose by an id."""
        for place, row in enumerate(self.choices.rows.all):
            if row.id == id and not row.heading:
                self.setCurrentIndex(self.choices.index(place, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first where none is chosen."""
        super().focusInEvent(event)
        if not self.value:
            self._choose_first()

    def _choose_first(self) -> None:
        first = next((place for place, row in enumerate(self.choices.rows.all) if not row.heading), None)
        if first is not None:
            self.setCurrentIndex(self.choices.index(first, 0))

    def _chosen(self, now: QModelIndex, before: QModelIndex) -> None:
        row = now.data(ITEM)
        if isinstance(row, Row) and not row.heading:
            self.chosen.emit(row.id)
