"""The list of problems, each a sentence in as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rallyapp.domain.problems import Severity
from rallyapp.ui import theme
from rallyapp.ui.models.problems import ITEM, Heading, Line, ProblemModel
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied

Index = QModelIndex | QPersistentModelIndex
PAD, ABOVE = 14, 7
_INK = {Severity.RED: "nobody", Severity.STAND_DOWN: "nobody", Severity.AMBER: "short", Severity.INFO: "met"}
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class _Paint(QStyledItemDelegate):
    """Paints a heading, or a sentence with how to mend it below."""

    def __init__(self, parent: QListView) -> None:
        """Paint for a list."""
        super().__init__(parent)
        self._list = parent
        self._heights: dict[tuple[str, str, int], int] = {}

    def forget(self) -> None:
        """Measure anew: the letters changed."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a line the height that its words need in the list's width."""
        item: Heading | Line = index.data(ITEM)
        width = self._list.viewport().width()
        if isinstance(item, Heading):
            return QSize(width, theme.px(34))
        key = (item.problem.sentence, item.mend, width)
        height = self._heights.get(key)
        if height is None:
            inner = width - 2 * theme.px(PAD)
            height = 2 * theme.px(ABOVE) + _height(item.problem.sentence, Type.BODY, inner) + 1
            if item.mend:
                height += theme.px(2) + _height(_mend(item), Type.SMALL, inner)
            self._heights[key] = height
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        item: Heading | Line = index.data(ITEM)
        box = option.rect
        inner = box.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
        painter.save()
        if isinstance(item, Heading):
            ink = theme.colour(_INK[item.severity])
            # Never by colour alone: the bar is broad for what must be put right, and the words say it.
            broad = item.severity in (Severity.RED, Severity.STAND_DOWN)
            bar = QRect(box.left(), box.top() + theme.px(8), theme.px(5 if broad else 3), box.height() - theme.px(14))
            painter.fillRect(bar, ink)
            painter.setFont(theme.font(Type.STRONG))
            painter.setPen(ink)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, item.words)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
        painter.setPen(theme.colour("grid"))
        painter.drawLine(inner.left(), box.bottom(), inner.right(), box.bottom())
        inner.adjust(0, theme.px(ABOVE), 0, 0)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("text"))
        drawn = painter.drawText(inner, _WRAP, item.problem.sentence)
        if item.mend:
            inner.setTop(inner.top() + drawn.height() + theme.px(2))
            painter.setFont(theme.font(Type.SMALL))
            painter.setPen(theme.colour("muted"))
            painter.drawText(inner, _WRAP, _mend(item))
        painter.restore()


def _mend(line: Line) -> str:
    return line.mend[0].upper() + line.mend[1:] + ("" if line.mend.endswith(".") else ".")


def _height(text: str, kind: Type, width: int) -> int:
    return QFontMetrics(theme.font(kind)).boundingRect(QRect(0, 0, max(40, width), 10_000), _WRAP, text).height()


class ProblemList(QListView):
    """The list. Ctrl+C copies the chosen sentences."""

    def __init__(self, model: ProblemModel, parent: QWidget | None = None) -> None:
        """Show a model's problems."""
        super().__init__(parent)
        self.setAccessibleName("Problems")
        self._paint = _Paint(self)
        self.setItemDelegate(self._paint)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands are measured a few at a time
        self.setBatchSize(200)
        self.setMinimumHeight(24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen sentences."""
        if not copied(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        self._paint.forget()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew at another zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_paint"):
            self._paint.forget()
            self.scheduleDelayedItemsLayout()
