"""A list of things to choose from: a title, a note below it, and a state at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.listed import ITEM, Index, ListedModel
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the things: its id, what it is called, what tells it apart, and how it stands."""

    id: str
    title: str
    note: str = ""
    state: str = ""
    tone: Tone = Tone.OFF

    @property
    def words(self) -> str:
        """All of it in words."""
        return ", ".join(filter(None, (self.title, self.note, self.state)))


class _Paint(QStyledItemDelegate):
    """Paints a title, a note and a state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(ITEM)
        box = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        inner = box.adjusted(theme.px(16), theme.px(9), -theme.px(16), -theme.px(9))
        half = inner.height() // 2
        top, below = QRect(inner), QRect(inner)
        if choice.note:
            top.setHeight(half)
        below.setTop(inner.top() + half)
        side = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(Type.SMALL))
        wide = painter.fontMetrics().horizontalAdvance(choice.state)
        if choice.state:
            painter.setPen(theme.colour(str(choice.tone)))
            painter.drawText(top, side | Qt.AlignmentFlag.AlignRight, choice.state)
        painter.setPen(theme.colour("muted"))
        note = painter.fontMetrics().elidedText(choice.note, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, side | Qt.AlignmentFlag.AlignLeft, note)
        top.setRight(top.right() - wide - theme.px(8))
        painter.setFont(theme.font(Type.STRONG))
        painter.setPen(theme.colour("text"))
        title = painter.fontMetrics().elidedText(choice.title, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, side | Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(theme.colour("grid"))
        painter.drawLine(inner.left(), box.bottom(), inner.right(), box.bottom())
        painter.restore()


class ChoiceList(PlainList):
    """The list; ``chosen`` says the id of the thing that is chosen. Ctrl+C copies it."""

    chosen = Signal(str)

    def __init__(self, spoken: str) -> None:
        """Make it, empty."""
        super().__init__(spoken)
        self.choices: ListedModel[Choice] = ListedModel()
        self.setModel(self.choices)
        self.setItemDelegate(_Paint(self))
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda now, before: self._chosen(now))

    @property
    def value(self) -> str:
        """The id of the thing that is chosen; nothing where none is."""
        choice = self.currentIndex().data(ITEM)
        return choice.id if isinstance(choice, Choice) else ""

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these; what was chosen stays so, or the first is."""
        self.choices.rows.show(list(choices))
        if choices and not self.currentIndex().isValid():
            self.setCurrentIndex(self.choices.index(0, 0))

    def choose(self, id: str) -> None:
        """Choose a thing by its id."""
        for row, choice in enumerate(self.choices.rows.all):
            if choice.id == id:
                self.setCurrentIndex(self.choices.index(row, 0))

    def _chosen(self, now: QModelIndex) -> None:
        choice = now.data(ITEM)
        if isinstance(choice, Choice):
            self.chosen.emit(choice.id)
