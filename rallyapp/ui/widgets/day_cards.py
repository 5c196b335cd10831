"""Strike days as a row of cards, one of which is chosen."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rallyapp.domain.ids import StrikeDayId
from rallyapp.ui import theme
from rallyapp.ui.models.days import CARD, DayCard, DayModel
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.state import paint_bar

Index = QModelIndex | QPersistentModelIndex
GAP, NARROWEST, WIDEST, HIGH = 12, 272, 460, 112


class _Paint(QStyledItemDelegate):
    """Paints a card: the day, its times and kind, its state, and how full it is in words, colour and pattern."""

    width = NARROWEST

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are of one size."""
        return QSize(self.width, theme.px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        card: DayCard = index.data(CARD)
        state = QStyle.StateFlag
        chosen = bool(option.state & state.State_Selected)
        focused = bool(option.state & state.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -theme.px(GAP) - 1, -1)
        line = (
            theme.colour("accent")
            if chosen
            else theme.colour("muted" if option.state & state.State_MouseOver else "line")
        )
        painter.setPen(QPen(line, 2 if chosen else 1))
        painter.setBrush(theme.colour("card"))
        painter.drawRoundedRect(box, theme.px(10), theme.px(10))
        if focused:
            painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), theme.px(7), theme.px(7))
        inner = box.toRect().adjusted(theme.px(16), theme.px(12), -theme.px(16), -theme.px(12))
        self._words(painter, inner, card)
        painter.restore()

    def _words(self, painter: QPainter, inner: QRect, card: DayCard) -> None:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter

        def row(top: int, height: int) -> QRect:
            return QRect(inner.left(), inner.top() + theme.px(top), inner.width(), theme.px(height))

        state = card.state[0].upper() + card.state[1:]
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.setPen(theme.colour("muted" if card.on else "nobody"))
        painter.drawText(row(0, 20), right | middle, state)
        taken = QFontMetrics(painter.font()).horizontalAdvance(state) + theme.px(8)
        font = theme.font(Type.HEADING, figures=True)
        font.setStrikeOut(not card.on)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if card.on else "muted"))
        self._line(painter, row(0, 20).adjusted(0, 0, -taken, 0), left | middle, card.day)
        painter.setFont(theme.font(Type.BODY, figures=True))
        painter.setPen(theme.colour("muted"))
        self._line(painter, row(23, 18), left | middle, f"{card.times} \u00b7 {card.kind}")
        if card.shifts:
            share = card.heads / card.wished if card.wished else 1.0
            paint_bar(painter, row(53, 6), share, card.tone)
        painter.setFont(theme.font(Type.SMALL, figures=True))
        lack = card.lack if card.shifts else ""
        taken = QFontMetrics(painter.font()).horizontalAdvance(lack) + theme.px(10) if lack else 0
        painter.setPen(theme.colour("muted"))
        self._line(painter, row(68, 18).adjusted(0, 0, -taken, 0), left | middle, card.filled)
        painter.setPen(theme.colour(card.tone))
        if card.tone is Tone.NOBODY:
            font = theme.font(Type.SMALL, figures=True)
            font.setBold(True)
            painter.setFont(font)
        painter.drawText(row(68, 18), right | middle, lack)

    def _line(self, painter: QPainter, box: QRect, where: Qt.AlignmentFlag, text: str) -> None:
        cut = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, where, cut)


class DayCards(QListView):
    """The row of cards. Left and right choose another day."""

    chosen = Signal(str)  # the strike day's id

    def __init__(self, model: DayModel, parent: QWidget | None = None) -> None:
        """Show the days of a model."""
        super().__init__(parent)
        self.setObjectName("days")
        self.setAccessibleName("Strike days")
        self._paint = _Paint(self)
        self.setItemDelegate(self._paint)
        self.setModel(model)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentChanged.connect(self._changed)
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(self._fit)
        model.rowsRemoved.connect(self._fit)
        self._fit()

    def choose(self, day: StrikeDayId) -> None:
        """Choose a day."""
        for row, card in enumerate(self.model().rows.all):  # type: ignore[attr-defined]
            if card.id == day:
                index = self.model().index(row, 0)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.scrollTo(index)

    def _changed(self, now: QModelIndex, before: QModelIndex) -> None:
        card = now.data(CARD)
        if card is not None:
            self.chosen.emit(card.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cards share the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Let the cards grow with the zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_paint"):
            self._fit()

    def _fit(self) -> None:
        count = max(1, self.model().rowCount())
        share = (self.width() + theme.px(GAP)) // count
        self._paint.width = max(theme.px(NARROWEST), min(theme.px(WIDEST), share))
        overflow = self._paint.width * count - theme.px(GAP) > self.width()
        self.setFixedHeight(theme.px(HIGH) + (theme.px(14) if overflow else 0))
        self.scheduleDelayedItemsLayout()
        # The gap after the last card would otherwise be scrolled to.
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if overflow else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
