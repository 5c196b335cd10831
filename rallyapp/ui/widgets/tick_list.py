"""A list of things to tick, in groups: the tick is by itself, so that one can be looked at and others taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import icons, theme
from rallyapp.ui.models.headed import HeadedModel
from rallyapp.ui.models.listed import ITEM, Index
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList

ROW, HEADING = 32, 34
_BOX, _LEFT = 16, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line: its id, what it is called, a word at its right, and whether it is ticked; or a heading."""

    id: str
    title: str
    state: str = ""
    tip: str = ""
    ticked: bool = False
    heading: bool = False

    @property
    def words(self) -> str:
        """All of it in words."""
        return ", ".join(filter(None, (self.title, self.state)))


class _Model(HeadedModel[Tick]):
    """The lines."""

    def is_heading(self, line: Tick) -> bool:
        return line.heading

    def words(self, line: Tick) -> str:
        return line.words

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and not self.lines[index.row()].heading:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and not self.lines[index.row()].heading:
            line = self.lines[index.row()]
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.ToolTipRole and line.tip:
                return theme.plain_tip(line.tip)
        return super().data(index, role)


class _Paint(QStyledItemDelegate):
    """Paints a heading, or a box with a tick, a title and a word at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Tick = index.data(ITEM)
        return QSize(80, theme.px(HEADING if line.heading else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Tick = index.data(ITEM)
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.heading:
            painter.setFont(theme.font(Type.OVERLINE))
            painter.setPen(theme.colour("muted"))
            inner = box.adjusted(theme.px(_LEFT), 0, -theme.px(_LEFT), -theme.px(6))
            cut = painter.fontMetrics().elidedText(line.title.upper(), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, cut)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        self._paint_box(painter, box, line.ticked)
        inner = box.adjusted(theme.px(_LEFT + _BOX + 10), 0, -theme.px(_LEFT), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(Type.SMALL, figures=True))
        wide = painter.fontMetrics().horizontalAdvance(line.state)
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, line.state)
        inner.setRight(inner.right() - (wide + theme.px(8) if wide else 0))
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("text"))
        title = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()

    @staticmethod
    def _paint_box(painter: QPainter, row: QRect, ticked: bool) -> None:
        side = theme.px(_BOX)
        box = QRectF(row.left() + theme.px(_LEFT) + 0.5, row.center().y() - side / 2 + 0.5, side - 1, side - 1)
        path = QPainterPath()
        path.addRoundedRect(box, theme.px(4), theme.px(4))
        painter.fillPath(path, theme.colour("accent" if ticked else "card"))
        painter.setPen(QPen(theme.colour("accent" if ticked else "muted"), 1))
        painter.drawPath(path)
        if ticked:
            inset = theme.px(2)
            icons.paint(painter, box.adjusted(inset, inset, -inset, -inset), "check", "on_accent")


class TickList(PlainList):
    """The list. ``chosen`` says which line is looked at, ``ticked`` which was ticked or unticked, and how it is now.

    Space and a click on the box tick; Enter is ``activated``; Ctrl+C copies.
    """

    chosen = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, spoken: str) -> None:
        """Make it, empty."""
        super().__init__(spoken)
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Paint(self))
        self._quiet = False
        self.selectionModel().currentChanged.connect(lambda now, before: self._moved(now))

    @property
    def lines(self) -> list[Tick]:
        """What is listed, with headings."""
        return self._model.lines

    @property
    def value(self) -> str:
        """The id of the line that is looked at; nothing where none is."""
        line = self.currentIndex().data(ITEM)
        return line.id if isinstance(line, Tick) else ""

    def show_lines(self, lines: Sequence[Tick], chosen: str = "") -> None:
        """Show these; ``chosen`` is looked at, else what was before, else the first."""
        wanted, at = chosen or self.value, self.verticalScrollBar().value()
        self._quiet = True
        try:
            before = self._model.lines
            if [line.id for line in before] == [line.id for line in lines]:
                self._model.lines = list(lines)
                self._model.dataChanged.emit(self._model.index(0), self._model.index(max(0, len(lines) - 1)))
            else:
                self._model.show_lines(list(lines))
            if not self._choose(wanted):
                first = next((line.id for line in lines if not line.heading), "")
                self._choose(first)
            self.verticalScrollBar().setValue(at)
            self.updateGeometry()
        finally:
            self._quiet = False

    def sizeHint(self) -> QSize:
        """Want the height of all lines."""
        high = sum(HEADING if line.heading else ROW for line in self.lines)
        return QSize(super().sizeHint().width(), theme.px(max(high, ROW)) + 2)

    def minimumSizeHint(self) -> QSize:
        """Be satisfied with one line."""
        return QSize(theme.px(60), theme.px(ROW))

    def choose(self, id: str) -> None:
        """Look at a line."""
        self._choose(id)

    def _choose(self, id: str) -> bool:
        for row, line in enumerate(self._model.lines):
            if line.id == id and not line.heading:
                if self.currentIndex().row() != row:
                    self.setCurrentIndex(self._model.index(row))
                return True
        return False

    def _moved(self, now: QModelIndex) -> None:
        line = now.data(ITEM)
        if isinstance(line, Tick) and not line.heading and not self._quiet:
            self.chosen.emit(line.id)

    def _toggle(self, index: Index) -> None:
        line = index.data(ITEM)
        if isinstance(line, Tick) and not line.heading:
            self.ticked.emit(line.id, not line.ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick with a click on the box, and leave alone what is looked at."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        box = theme.px(_LEFT + _BOX + 6)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and at.x() <= box:
            self._toggle(index)
            return
        super().mousePressEvent(event)
