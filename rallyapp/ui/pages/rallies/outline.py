"""The sections of a rally plan as a list, each with how it stands: whole, something missing, or a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.domain.problems import Problem, Severity
from rallyapp.ui import theme
from rallyapp.ui.models.keyed import Rows
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
_ROW = 25  # px at 100 %


class Mark(StrEnum):
    """How a section stands; each says it in words, and is painted in a shape and a colour of its own."""

    WHOLE = "nothing missing"
    LACKS = "something missing"
    RISK = "something to look at"
    WRONG = "something wrong"


def mark_of(problems: Sequence[Problem], missing: Sequence[str]) -> Mark:
    """Judge a section by the worst problem in it, or else by what its print lacks."""
    worst = min((problem.severity.rank for problem in problems), default=Severity.INFO.rank)
    if worst < Severity.AMBER.rank:
        return Mark.WRONG
    if worst < Severity.INFO.rank:
        return Mark.RISK
    return Mark.LACKS if missing else Mark.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A section in the list; ``id`` is its number as text."""

    id: str
    title: str
    mark: Mark


class OutlineModel(QAbstractListModel):
    """The sections."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.rows: Rows[Line] = Rows(self)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the sections."""
        return 0 if parent.isValid() else len(self.rows.all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a section, or what it says."""
        if not index.isValid():
            return None
        line = self.rows.all[index.row()]
        if role == ITEM:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.id} {line.title}, {line.mark}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tip(f"{line.title}: {line.mark}")
        return None


class _Paint(QStyledItemDelegate):
    """Paints a number, a title and a mark."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(ITEM)
        box = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        inner = box.adjusted(theme.px(12), 0, -theme.px(12), 0)
        number = QRect(inner.left(), inner.top(), theme.px(22), inner.height())
        mark = QRectF(inner.right() - theme.px(12), box.center().y() - theme.px(5), theme.px(10), theme.px(10))
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.id)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(Type.STRONG if chosen else Type.BODY))
        title = QRect(number.right() + theme.px(8), inner.top(), 0, inner.height())
        title.setRight(int(mark.left()) - theme.px(6))
        cut = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        paint_mark(painter, mark, line.mark)
        painter.restore()


def paint_mark(painter: QPainter, box: QRectF, mark: Mark) -> None:
    """Paint how a section stands: a tick, an empty ring, or a full square on its point, which is smaller for a risk."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is Mark.WHOLE:
        painter.setPen(QPen(theme.colour("met"), max(1.5, theme.px(2) * 0.8)))
        painter.drawPolyline(
            [
                QPointF(box.left() + box.width() * 0.1, box.center().y()),
                QPointF(box.left() + box.width() * 0.4, box.bottom() - box.height() * 0.15),
                QPointF(box.right() - box.width() * 0.05, box.top() + box.height() * 0.15),
            ]
        )
    elif mark is Mark.LACKS:
        painter.setPen(QPen(theme.colour("short"), max(1.2, theme.px(1) * 1.4)))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("short" if mark is Mark.RISK else "nobody"))
        centre = box.center()
        half = box.width() / (2.6 if mark is Mark.RISK else 2)
        painter.drawPolygon(
            [
                QPointF(centre.x(), centre.y() - half),
                QPointF(centre.x() + half, centre.y()),
                QPointF(centre.x(), centre.y() + half),
                QPointF(centre.x() - half, centre.y()),
            ]
        )


class Outline(PlainList):
    """The list; ``chosen`` tells a section's number."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__("Sections of the rally plan")
        self._showing = False
        self.lines = OutlineModel()
        self.setModel(self.lines)
        self.setItemDelegate(_Paint(self))
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda now, before: self._chosen(now))

    @property
    def number(self) -> int:
        """The number of the section that is chosen; 0 where none is."""
        line = self.currentIndex().data(ITEM)
        return int(line.id) if isinstance(line, Line) else 0

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show how the sections stand now; a section that goes takes the choice along, which nobody made."""
        self._showing = True
        self.lines.rows.show(list(lines))
        self._showing = False

    def choose(self, number: int) -> None:
        """Choose a section."""
        for row, line in enumerate(self.lines.rows.all):
            if line.id == str(number):
                self.setCurrentIndex(self.lines.index(row, 0))

    def step(self, by: int) -> None:
        """Go to the next section, or the one before."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row, 0))

    def _chosen(self, now: QModelIndex) -> None:
        line = now.data(ITEM)
        if isinstance(line, Line) and not self._showing:
            self.chosen.emit(int(line.id))
