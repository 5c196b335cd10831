"""Choosing one page of a PDF: small pictures of the pages, which come in as they are drawn."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from rallyapp.ui import theme
from rallyapp.ui.dialogs import files
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.site_plan.pictures import Found
from rallyapp.ui.widgets.site_plan.refused import NoPicture
from rallyapp.ui.widgets.words import Words, button

MOST_PAGES = 50
_SMALL = 300  # pixels on the longer side: sharp at 200 %
_CELL, _PAPER = (162, 172), 124
Index = QModelIndex | QPersistentModelIndex
PAGE = Qt.ItemDataRole.UserRole


async def choose_page(parent: QWidget, found: Found, pages: int) -> int | None:
    """Ask which page of a PDF to take, counted from 0; None where the person gave up."""
    dialog = PageChooser(found.name, pages, parent.window())
    drawing = asyncio.ensure_future(_draw(dialog, found, min(pages, MOST_PAGES)))
    try:
        return dialog.page if await files.finished(dialog) else None
    finally:
        drawing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await drawing
        if isValid(dialog):
            dialog.deleteLater()


async def _draw(dialog: PageChooser, found: Found, pages: int) -> None:
    for number in range(pages):
        try:
            image = await in_thread(found.page, number, _SMALL)
        except NoPicture:
            image = QImage()
        if not isValid(dialog):
            return
        dialog.pages.show_page(number, image)


class PageModel(QAbstractListModel):
    """So many pages; None stands for one that is not drawn yet, an empty picture for one that can't be."""

    def __init__(self, pages: int) -> None:
        """Make the model, nothing drawn yet."""
        super().__init__()
        self._pages: list[QImage | None] = [None] * pages

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the pages."""
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a page's picture, or what it is called."""
        if not index.isValid():
            return None
        image = self._pages[index.row()]
        if role == PAGE:
            return image
        if role == Qt.ItemDataRole.DisplayRole:
            return f"Page {index.row() + 1}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            damaged = image is not None and image.isNull()
            return f"Page {index.row() + 1}{', which is damaged' if damaged else ''}"
        return None

    def show_page(self, number: int, image: QImage) -> None:
        """Show a page that was drawn."""
        self._pages[number] = image
        self.dataChanged.emit(self.index(number), self.index(number))


class PageChooser(QDialog):
    """Arrow keys go from page to page, Enter or a double click takes one."""

    def __init__(self, file: str, pages: int, parent: QWidget) -> None:
        """Ask about a file with so many pages."""
        super().__init__(parent)
        self.setWindowTitle("Choose a page")
        self.pages = PageModel(min(pages, MOST_PAGES))
        self.list = PlainList("Pages")
        self.list.setModel(self.pages)
        self.list.setItemDelegate(_Paint(self.list))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.activated.connect(lambda _: self.accept())
        self.take = button("Take page 1", primary=True)
        self.take.setDefault(True)
        self.take.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(12))
        column.addWidget(Words("Which page is the plan?", Type.HEADING))
        more = f" The first {MOST_PAGES} are shown." if pages > MOST_PAGES else ""
        column.addWidget(Words(f"\u201c{file}\u201d has {pages:,} pages.{more}", ink="muted", wrap=True))
        column.addWidget(Card(self.list), 1)
        column.addLayout(buttons)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.setCurrentIndex(self.pages.index(0))
        self.list.setFocus()
        self.resize(theme.px(560), theme.px(520))

    @property
    def page(self) -> int:
        """Which page is chosen, counted from 0."""
        return max(0, self.list.currentIndex().row())

    def _chosen(self, now: QModelIndex) -> None:
        self.take.setText(f"Take page {now.row() + 1}")
        self.take.setAccessibleName(self.take.text())

    def changeEvent(self, event: QEvent) -> None:
        """Lay the pages out anew at another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "take"):
            self.list.scheduleDelayedItemsLayout()


class _Paint(QStyledItemDelegate):
    """Paints a page on its paper, with its number below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(_CELL[0]), theme.px(_CELL[1]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        image: QImage | None = index.data(PAGE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(option.rect).adjusted(theme.px(6), theme.px(6), -theme.px(6), -theme.px(6))
        if chosen:
            painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(box, theme.px(7), theme.px(7))
        below = QRect(round(box.left()), round(box.bottom()) - theme.px(24), round(box.width()), theme.px(24))
        self._page(painter, QPointF(box.center().x(), (box.top() + below.top()) / 2 + theme.px(2)), image)
        painter.setFont(theme.font(Type.STRONG if chosen else Type.BODY, figures=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()

    def _page(self, painter: QPainter, middle: QPointF, image: QImage | None) -> None:
        drawn = image is not None and not image.isNull()
        size = image.size() if image is not None and drawn else QSize(210, 297)
        size = size.scaled(theme.px(_PAPER), theme.px(_PAPER), Qt.AspectRatioMode.KeepAspectRatio)
        paper = QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())
        if image is not None and drawn:
            painter.drawImage(paper, image)
        else:
            painter.fillRect(paper, theme.colour("card"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)
        if image is not None and not drawn:
            painter.setFont(theme.font(Type.SMALL))
            painter.setPen(theme.colour("muted"))
            painter.drawText(paper, Qt.AlignmentFlag.AlignCenter, "damaged")
