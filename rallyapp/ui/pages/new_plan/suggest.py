"""Suggestions below a line while somebody types: a part of the window and no window of its own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import theme
from rallyapp.ui.widgets.offer_popup import OfferPopup

MOST = 7
_HIGH = 32
Index = QModelIndex | QPersistentModelIndex


class Suggestions(OfferPopup):
    """Texts that hold what is typed. Down and Enter, Tab or a click take one; anything else may be typed as well."""

    picked = Signal(str)

    def __init__(self, line: QLineEdit, texts: Mapping[str, str]) -> None:
        """Suggest to a line; ``texts`` are what is shown and what is taken for it."""
        super().__init__(line, f"{line.accessibleName()}: suggestions", row=_HIGH, least=280)
        self._line = line
        self._texts = texts
        self._shown = QStringListModel(self)
        self.setModel(self._shown)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._row = _Row(self)
        self.setItemDelegate(self._row)
        self.taken.connect(self._take)
        line.textEdited.connect(self._typed)
        line.editingFinished.connect(self.hide)
        line.installEventFilter(self)
        line.destroyed.connect(self.deleteLater)  # by then it may be the window's

    def suggest(self, texts: Mapping[str, str]) -> None:
        """Suggest others from now on."""
        self._texts = texts

    def _typed(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = [shown for shown in self._texts if wanted and wanted in shown.casefold()]
        found.sort(key=lambda shown: not shown.casefold().startswith(wanted))
        self._shown.setStringList(found[:MOST])
        if found and [self._texts[shown] for shown in found] != [text]:
            self.show_below(self._line)
        else:
            self.hide()

    def _take(self, row: int) -> None:
        text = self._texts[self._shown.index(row, 0).data()]
        self.hide()
        self._line.setText(text)
        self.picked.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list with the keys of the line, and put it away with the line."""
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Move) and watched is self._line:
            self.hide()
        return self.hears(event) or super().eventFilter(watched, event)


class _Row(QStyledItemDelegate):
    """One suggestion, as far from the edge as the text in the line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect.adjusted(1, 1, -1, -1), theme.colour("tint"))
        inner = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        cut = QFontMetrics(theme.font()).elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()
