"""The starter hazards to choose from: grouped, found by typing, those that are used already ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rallyapp import carried
from rallyapp.domain import risks
from rallyapp.domain.rallies import Risk
from rallyapp.domain.risks import Starter
from rallyapp.ui import icons, theme
from rallyapp.ui.models.headed import HeadedModel
from rallyapp.ui.models.listed import ITEM, Index
from rallyapp.ui.pages.rallies.risks_grid import TONES
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.state import chip_width, paint_chip
from rallyapp.ui.widgets.words import Words, button

_ROW, _HEADING, _TICK = 56, 36, 16  # px at 100 %


@dataclass(frozen=True, slots=True)
class Offer:
    """A hazard, and whether it is used already."""

    starter: Starter
    used: bool


class OfferModel(HeadedModel["str | Offer"]):
    """The hazards below their groups."""

    def show(self, offers: Sequence[Offer]) -> None:
        """Show these."""
        lines: list[str | Offer] = []
        for place, offer in enumerate(offers):
            if not place or offers[place - 1].starter.group != offer.starter.group:
                lines.append(offer.starter.group)
            lines.append(offer)
        if [self.words(line) for line in lines] == [self.words(line) for line in self.lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.show_lines(lines)

    def is_heading(self, line: str | Offer) -> bool:
        """Say whether a line is the name of a group."""
        return isinstance(line, str)

    def words(self, line: str | Offer) -> str:
        """Name a group or a hazard."""
        return line if isinstance(line, str) else line.starter.hazard

    def spoken(self, line: str | Offer) -> str:
        """Say a hazard with what is done about it, and whether it is in the list."""
        if isinstance(line, str):
            return line
        used = "in the list already" if line.used else "not in the list"
        return f"{line.starter.hazard}, {used}. {line.starter.control}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a line, what it says, or the tip of a hazard."""
        line = super().data(index, ITEM)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Offer):
            return theme.plain_tip(f"{line.starter.harmed}: {line.starter.control}")
        return super().data(index, role)


class _Paint(QStyledItemDelegate):
    """Paints a group, or a tick, a hazard with its figures, and what is done about it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(_HEADING if isinstance(index.data(ITEM), str) else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: str | Offer = index.data(ITEM)
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, str):
            painter.setFont(theme.font(Type.OVERLINE))
            painter.setPen(theme.colour("muted"))
            inner = box.adjusted(theme.px(16), 0, -theme.px(16), -theme.px(6))
            painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line.upper())
        else:
            self._paint_offer(painter, option, line)
        painter.restore()

    def _paint_offer(self, painter: QPainter, option: QStyleOptionViewItem, offer: Offer) -> None:
        box, starter = option.rect, offer.starter
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        inner = box.adjusted(theme.px(16), theme.px(8), -theme.px(16), -theme.px(8))
        _tick(painter, QRectF(inner.left(), inner.top() + theme.px(1), theme.px(_TICK), theme.px(_TICK)), offer.used)
        inner.setLeft(inner.left() + theme.px(_TICK + 10))
        half = inner.height() // 2
        top, below = QRect(inner), QRect(inner)
        top.setHeight(half)
        below.setTop(inner.top() + half)
        score = starter.before[0] * starter.before[1]
        words = risks.score_words(score)
        wide = chip_width(words)
        chip = QRect(top.right() - wide + 1, top.top(), wide, top.height())
        paint_chip(painter, chip, words, TONES[risks.band(score)])
        top.setRight(chip.left() - theme.px(8))
        for where, text, kind, ink in (
            (top, starter.hazard, Type.STRONG, "muted" if offer.used else "text"),
            (below, starter.control, Type.SMALL, "muted"),
        ):
            painter.setFont(theme.font(kind))
            painter.setPen(theme.colour(ink))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.setPen(theme.colour("grid"))
        painter.drawLine(inner.left(), box.bottom(), inner.right(), box.bottom())


def _tick(painter: QPainter, box: QRectF, on: bool) -> None:
    square = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(theme.colour("accent" if on else "muted"), 1))
    painter.setBrush(theme.colour("accent" if on else "card"))
    painter.drawRoundedRect(square, theme.px(3), theme.px(3))
    if on:
        inner = theme.px(2)
        icons.paint(painter, square.adjusted(inner, inner, -inner, -inner), "check", "on_accent")


class OfferList(PlainList):
    """The list; a click, Enter or Space adds what is not used yet."""

    wanted = Signal(object)  # a Starter

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__("Hazards to choose from")
        self.setAccessibleDescription("Enter or Space adds the hazard.")
        self.offers = OfferModel()
        self.setModel(self.offers)
        self.setItemDelegate(_Paint(self))

    @property
    def offer(self) -> Offer | None:
        """The hazard with the keyboard."""
        found = self.currentIndex().data(ITEM)
        return found if isinstance(found, Offer) else None

    def to_first(self) -> None:
        """Put the keyboard on the first hazard."""
        for row, line in enumerate(self.offers.lines):
            if isinstance(line, Offer):
                self.setCurrentIndex(self.offers.index(row))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.offer is not None:
            self.wanted.emit(self.offer.starter)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Add what was clicked."""
        super().mouseReleaseEvent(event)
        found = self.indexAt(event.position().toPoint()).data(ITEM)
        if event.button() == Qt.MouseButton.LeftButton and isinstance(found, Offer):
            self.wanted.emit(found.starter)


class Chooser(QWidget):
    """The hazards, and a line to find them by; Esc and the button go back."""

    wanted = Signal(object)  # a Starter
    closed = Signal()

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._used: tuple[Risk, ...] = ()
        self.find = QLineEdit()
        self.find.setPlaceholderText("Find a hazard")
        self.find.setAccessibleName("Find a hazard")
        self.find.textChanged.connect(lambda: self._show())
        self.find.installEventFilter(self)
        self.list = OfferList()
        self.list.wanted.connect(self.wanted)
        self.done_button = button("Done")
        self.done_button.clicked.connect(self.closed)
        self.none = Words("", ink="muted", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.find, 1)
        top.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(top)
        column.addWidget(
            Words(
                "Starting figures and words: judge them for your place before anybody relies on them.",
                Type.SMALL,
                ink="muted",
                wrap=True,
            )
        )
        column.addWidget(self.none)
        column.addWidget(Card(self.list), 1)

    def show_used(self, used: Sequence[Risk]) -> None:
        """Tick what is used already."""
        self._used = tuple(used)
        self._show()

    def begin(self) -> None:
        """Let somebody type what they look for."""
        self.find.clear()
        self._show()
        self.find.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        found = risks.matching(carried.hazards(), self.find.text())
        self.list.offers.show([Offer(each, risks.is_used(each, self._used)) for each in found])
        self.none.setText("" if found else "No starter has these words. Type the hazard into the list yourself.")
        self.none.setVisible(not found)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Go from the line into the list with Down, and add the only one with Enter."""
        if watched is self.find and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.list.to_first()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.to_first()
                if self.list.offer is not None and self.find.text().strip():
                    self.wanted.emit(self.list.offer.starter)
                return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
