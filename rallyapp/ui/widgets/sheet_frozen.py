"""The columns of a sheet that stay while the others scroll: a second view of the same rows, above the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from rallyapp.ui import theme

if TYPE_CHECKING:
    from rallyapp.ui.widgets.sheet import Sheet
    from rallyapp.ui.widgets.sheet_cells import Cells

Index = QModelIndex | QPersistentModelIndex


class Frozen(QTableView):
    """The second view. It is there only while the sheet is scrolled aside: otherwise the sheet shows them itself."""

    def __init__(self, sheet: Sheet, count: int, cells: Callable[[Sheet], Cells]) -> None:
        """Freeze the first so many columns that are shown."""
        super().__init__(sheet)
        self.sheet, self.count = sheet, count
        self.cells = cells(sheet)
        self.setItemDelegate(self.cells)
        sheet._dress(self)
        self.setFocusProxy(sheet)
        self.setAccessibleName(f"{sheet.accessibleName()}: frozen columns")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: sheet.arrangement.pop_up(header.logicalIndexAt(at), header.mapToGlobal(at))
        )
        header.sectionResized.connect(self._resized)
        header.sortIndicatorChanged.connect(self._sorted)
        self.doubleClicked.connect(sheet._double_clicked)
        self._busy = False
        self.hide()
        sheet.horizontalScrollBar().valueChanged.connect(self.fit)
        sheet.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def freezes(self, column: int) -> bool:
        """Say whether a column is one of those that stay."""
        return column in self.sheet.shown_columns()[: self.count]

    def holds(self, index: Index) -> bool:
        """Say whether a cell is shown here now."""
        return self.isVisible() and self.freezes(index.column())

    def width_now(self) -> int:
        """How much of the sheet's width they cover."""
        return sum(self.sheet.columnWidth(column) for column in self.sheet.shown_columns()[: self.count])

    def fit(self) -> None:
        """Stand above the sheet's own columns while it is scrolled aside."""
        if not self.count or self.sheet.horizontalScrollBar().value() == 0:
            if self.isVisible():
                self.hide()
                self.setModel(None)  # type: ignore[arg-type]
            return
        if self.model() is None:
            self.setModel(self.sheet.sheet_model)
            self.setSelectionModel(self.sheet.selectionModel())
            self.horizontalHeader().setSelectionModel(self.sheet.horizontalHeader().selectionModel())
        self._arrange()
        around = self.sheet
        height = around.viewport().height() + around.horizontalHeader().height()
        self.setGeometry(around.frameWidth(), around.frameWidth(), self.width_now() + 1, height)
        self.show()
        self.verticalScrollBar().setValue(around.verticalScrollBar().value())

    def _arrange(self) -> None:
        """Show the sheet's first columns, in its order and widths."""
        self._busy = True
        header, theirs = self.horizontalHeader(), self.sheet.horizontalHeader()
        staying = self.sheet.shown_columns()[: self.count]
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(theirs.sortIndicatorSection(), theirs.sortIndicatorOrder())
        for column in range(header.count()):
            self.setColumnHidden(column, column not in staying)
        for to, column in enumerate(staying):
            header.moveSection(header.visualIndex(column), to)
            self.setColumnWidth(column, self.sheet.columnWidth(column))
        self.verticalHeader().setDefaultSectionSize(self.sheet.verticalHeader().defaultSectionSize())
        self._busy = False

    def _resized(self, column: int, before: int, width: int) -> None:
        if not self._busy and width and before:
            self.sheet.setColumnWidth(column, width)

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        if not self._busy and column >= 0:
            self.sheet.sortByColumn(column, order)
            self._arrange()

    def _scrolled(self, value: int) -> None:
        if self.isVisible():
            self.sheet.verticalScrollBar().setValue(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and a line to the right of them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("line"))
        right = self.viewport().rect().right()
        painter.drawLine(right, 0, right, self.viewport().height())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the sheet do what the key asks."""
        self.sheet.keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the sheet scroll, aside too."""
        self.sheet.wheelEvent(event)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll nothing: the sheet does."""
