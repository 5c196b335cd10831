"""Which columns of a sheet are shown, where and how wide, and the ways to change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton

if TYPE_CHECKING:
    from rallyapp.ui.widgets.sheet import Sheet

_LEAST, _MOST = 32, 900


class Arrangement:
    """The columns of one sheet: hidden or not, in what order, how wide. Widths are kept at 100 %."""

    def __init__(self, sheet: Sheet) -> None:
        """Arrange the columns as their model says."""
        self.sheet = sheet
        self._by_hand: dict[str, int] = {}
        self._busy = False
        self._keys: tuple[str, ...] = ()
        self._order = (-1, Qt.SortOrder.AscendingOrder)
        header = sheet.horizontalHeader()
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._tell)
        header.sortIndicatorChanged.connect(self._sorted)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        self.read_columns()

    def read_columns(self) -> None:
        """Take the model's columns, where they are others than before."""
        columns = self.sheet.sheet_model.columns
        keys = tuple(column.key for column in columns)
        if keys == self._keys:
            return
        self._keys = keys
        for at, column in enumerate(columns):
            self.sheet.setColumnHidden(at, not column.shown)
        self.fit()

    # ---------------------------------------------------------------------------------------------- widths
    def fit(self) -> None:
        """Give every column its width; what room is left goes to those that grow."""
        columns = self.sheet.sheet_model.columns
        shown = [at for at in range(len(columns)) if not self.sheet.isColumnHidden(at)]
        widths = {at: theme.px(self._by_hand.get(columns[at].key, columns[at].width)) for at in shown}
        room = self.sheet.viewport().width() - sum(widths.values())
        growing = [at for at in shown if columns[at].grows and columns[at].key not in self._by_hand]
        shares = sum(columns[at].grows for at in growing)
        self._busy = True
        for at in growing if room > 0 else ():
            more = room * columns[at].grows // shares
            room, shares = room - more, shares - columns[at].grows
            widths[at] += more
        for at, width in widths.items():
            if self.sheet.columnWidth(at) != width:
                self.sheet.setColumnWidth(at, width)
        self._busy = False
        self._tell()

    def _resized(self, column: int, before: int, width: int) -> None:
        if self._busy or not width or not before:
            return
        at_100 = round(width * 100 / theme.zoom())
        self._by_hand[self.sheet.sheet_model.columns[column].key] = min(_MOST, max(_LEAST, at_100))
        self._tell()

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        """Keep the arrow where it was when a heading is clicked that orders nothing."""
        model, header = self.sheet.sheet_model, self.sheet.horizontalHeader()
        if 0 <= column < len(model.columns) and not model.can_sort(column):
            header.setSortIndicator(*self._order)
            return
        self._order = (column, order)

    def _tell(self) -> None:
        if hasattr(self.sheet, "frozen"):
            self.sheet.frozen.fit()

    # ------------------------------------------------------------------------------------ shown and hidden
    def show(self, column: int, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if not shown and self.sheet.shown_columns() == [column]:
            return
        self._busy = True
        self.sheet.setColumnHidden(column, not shown)
        self._busy = False
        self.fit()

    def move(self, column: int, by: int) -> None:
        """Move a column past its next shown neighbour."""
        shown, header = self.sheet.shown_columns(), self.sheet.horizontalHeader()
        at = shown.index(column) + by
        if 0 <= at < len(shown):
            header.moveSection(header.visualIndex(column), header.visualIndex(shown[at]))

    def as_at_first(self) -> None:
        """Arrange everything as it was before anybody changed it."""
        header = self.sheet.horizontalHeader()
        self._by_hand.clear()
        for at in range(len(self._keys)):
            header.moveSection(header.visualIndex(at), at)
        self._keys = ()
        self.read_columns()

    # ------------------------------------------------------------------------------------------------ menus
    def columns_menu(self, menu: QMenu) -> None:
        """Put a tick for every column into a menu."""
        menu.clear()
        for at, column in enumerate(self.sheet.sheet_model.columns):
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.sheet.isColumnHidden(at))
            action.setEnabled(not column.fixed)
            action.toggled.connect(lambda on, at=at: self.show(at, on))
        menu.addSeparator()
        menu.addAction("As at first").triggered.connect(self.as_at_first)

    def column_menu(self, column: int, menu: QMenu) -> None:
        """Put what can be done with one column into a menu."""
        sheet, model = self.sheet, self.sheet.sheet_model
        if model.can_sort(column):
            for text, order in (
                ("Sort ascending", Qt.SortOrder.AscendingOrder),
                ("Sort descending", Qt.SortOrder.DescendingOrder),
            ):
                menu.addAction(text).triggered.connect(lambda on=False, o=order: sheet.sortByColumn(column, o))
            menu.addSeparator()
        shown = sheet.shown_columns()
        place = shown.index(column) if column in shown else 0
        for text, by, possible in (("Move left", -1, place > 0), ("Move right", 1, place < len(shown) - 1)):
            action: QAction = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(lambda on=False, by=by: self.move(column, by))
        hide = menu.addAction("Hide this column")
        hide.setEnabled(not model.columns[column].fixed)
        hide.triggered.connect(lambda: self.show(column, False))
        self.columns_menu(menu.addMenu("Columns"))

    def _header_menu(self, at: QPoint) -> None:
        header = self.sheet.horizontalHeader()
        self.pop_up(header.logicalIndexAt(at), header.mapToGlobal(at))

    def pop_up(self, column: int, at: QPoint) -> None:
        """Open the menu of one column at a place on the screen."""
        if column < 0:
            return
        menu = QMenu(self.sheet)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column_menu(column, menu)
        menu.popup(at)

    # ------------------------------------------------------------------------------------------------- kept
    def settings(self) -> dict[str, Any]:
        """Give order, hidden columns, widths set by hand and the order of the rows, as plain values."""
        sheet, header = self.sheet, self.sheet.horizontalHeader()
        order = [self._keys[header.logicalIndex(at)] for at in range(header.count())]
        sorted_by = header.sortIndicatorSection()
        found: dict[str, Any] = {
            "order": order,
            "hidden": [key for at, key in enumerate(self._keys) if sheet.isColumnHidden(at)],
            "widths": dict(self._by_hand),
        }
        if 0 <= sorted_by < len(self._keys):
            down = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            found["sort"] = [self._keys[sorted_by], down]
        return found

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what ``settings`` gave; what does not fit is passed over."""
        header = self.sheet.horizontalHeader()
        place = {key: at for at, key in enumerate(self._keys)}
        order, hidden, widths = kept.get("order"), kept.get("hidden"), kept.get("widths")
        if isinstance(order, list):
            wanted = [key for key in dict.fromkeys(map(str, order)) if key in place]
            for to, key in enumerate(wanted):
                header.moveSection(header.visualIndex(place[key]), to)
        if isinstance(hidden, list) and not set(self._keys) <= set(map(str, hidden)):
            for key, at in place.items():
                fixed = self.sheet.sheet_model.columns[at].fixed
                self.sheet.setColumnHidden(at, key in hidden and not fixed)
        if isinstance(widths, dict):
            for key, width in widths.items():
                if key in place and isinstance(width, int) and not isinstance(width, bool):
                    self._by_hand[key] = min(_MOST, max(_LEAST, width))
        match kept.get("sort"):
            case [str(key), bool(down)] if key in place:
                order_ = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
                self.sheet.sortByColumn(place[key], order_)


class ColumnsButton(IconButton):
    """The button with which the columns of a sheet are chosen."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet."""
        super().__init__("columns-3", "Columns", text="Columns", tip="Choose which columns are shown")
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: sheet.arrangement.columns_menu(menu))
        self.setMenu(menu)
