"""A site's entrances as a small sheet: typed one below the other, renamed in place, put in order with Alt+arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rallyapp.domain.places import Entrance, LandStatus
from rallyapp.store.site_queries import Planned
from rallyapp.ui import theme
from rallyapp.ui.models.keyed import Rows
from rallyapp.ui.pages.sites.places import GROUND, planned_words
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied

Index = QModelIndex | QPersistentModelIndex
NEXT = "+"  # the id of the row in which the next entrance is typed
_ROW, _PAD = 36, 12


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    GROUND = 1
    MOST = 2
    PLANNED = 3


_TITLES = ("Entrance", "Ground", "At most", "Planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceRow:
    """What a row says."""

    id: str
    name: str = ""
    ground: str = ""
    warns: bool = False
    most: int = 0
    planned: str = ""


class EntranceModel(QAbstractTableModel):
    """The rows. What is typed is not kept here but told: the page writes it, and shows the rows anew."""

    added = Signal(str)
    renamed = Signal(str, str)  # an entrance's id, and its new name
    most_entered = Signal(str, int)

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self.rows: Rows[EntranceRow] = Rows(self, len(Column))

    def show(self, entrances: Sequence[tuple[Entrance, Planned]], *, writable: bool) -> None:
        """Show a site's entrances."""
        rows = [
            EntranceRow(
                id=entrance.id,
                name=entrance.name,
                ground=GROUND[entrance.land_status],
                warns=entrance.land_status is LandStatus.PRIVATE,
                most=entrance.official_max,
                planned=planned_words(planned).capitalize(),
            )
            for entrance, planned in entrances
        ]
        self.rows.show([*rows, EntranceRow(id=NEXT)] if writable else rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows.all)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.MOST else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the name be typed, and how many may stand there."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        writable = bool(self.rows.all) and self.rows.all[-1].id == NEXT
        last = index.row() == len(self.rows.all) - 1
        if writable and (index.column() == Column.NAME or (index.column() == Column.MOST and not last)):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what stands in a cell."""
        if not index.isValid():
            return None
        row = self.rows.all[index.row()]
        if row.id == NEXT:
            words = "Add an entrance\u2026"
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return words if index.column() == Column.NAME else ""
            if role == Qt.ItemDataRole.EditRole:
                return ""
            return theme.colour("muted") if role == Qt.ItemDataRole.ForegroundRole else None
        texts = (row.name, row.ground, str(row.most), row.planned)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != Column.NAME:
            return theme.colour("short" if row.warns and index.column() == Column.GROUND else "muted")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.MOST:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed."""
        row, text = self.rows.all[index.row()], str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not text or text == self.data(index, role):
            return False
        if row.id == NEXT:
            self.added.emit(text)
        elif index.column() == Column.NAME:
            self.renamed.emit(row.id, text)
        elif text.isdecimal():
            self.most_entered.emit(row.id, int(text))
        else:
            return False
        return True


class EntranceTable(QTableView):
    """Enter goes down, and on the last row begins the next entrance; F2 or typing renames."""

    opened = Signal(str)  # an entrance's id
    moved = Signal(str, int)  # an entrance's id, and by how many places
    removed = Signal(str)

    def __init__(self, model: EntranceModel, parent: QWidget | None = None) -> None:
        """Show a model's rows."""
        super().__init__(parent)
        self.setModel(model)
        self._entrances = model
        self._again = False
        self.setAccessibleName("Entrances of this site")
        self.setAccessibleDescription(
            "F2 renames, Enter on the last row adds the next, Alt with Up or Down puts in order, Delete removes, "
            "Ctrl with Enter opens."
        )
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self._delegate = _Cells(self)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._clicked)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._fit)
        self._fit()

    @property
    def current(self) -> str:
        """The id of the chosen entrance; nothing where none is."""
        index = self.currentIndex()
        return self._entrances.rows.all[index.row()].id if index.isValid() else ""

    def choose(self, id: str, column: int = Column.NAME) -> None:
        """Choose a row by its entrance."""
        for place, row in enumerate(self._entrances.rows.all):
            if row.id == id:
                self.setCurrentIndex(self._entrances.index(place, column))

    def type_next(self) -> None:
        """Begin to type the next entrance; one that is being typed is gone on with."""
        if self.state() == QAbstractItemView.State.EditingState:
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose(NEXT)
        if self.current == NEXT:
            self.edit(self.currentIndex())

    def type_again(self) -> None:
        """Begin the next one as soon as the editor of the one just added is closed."""
        self._again = True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Begin the next entrance after Enter on one."""
        super().closeEditor(editor, hint)
        again, self._again = self._again, False
        if again and hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            QTimer.singleShot(0, self, self.type_next)

    def _clicked(self, index: QModelIndex) -> None:
        if self._entrances.rows.all[index.row()].id == NEXT:
            self.type_next()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the page's own shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2) or (
            alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down, add, put in order, remove, open."""
        id, key = self.current, event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.state() == QAbstractItemView.State.EditingState or not id:
            super().keyPressEvent(event)
        elif copied(self, event):
            return
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if id != NEXT:
                self.opened.emit(id)
        elif enter:
            self._enter()
        elif id != NEXT and event.matches(QKeySequence.StandardKey.Delete):
            self.removed.emit(id)
        elif id != NEXT and event.modifiers() == Qt.KeyboardModifier.AltModifier and key == Qt.Key.Key_Up:
            self.moved.emit(id, -1)
        elif id != NEXT and event.modifiers() == Qt.KeyboardModifier.AltModifier and key == Qt.Key.Key_Down:
            self.moved.emit(id, 1)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        row = self.currentIndex().row()
        rows = self._entrances.rows.all
        if row + 1 < len(rows) and rows[row + 1].id != NEXT:
            self.setCurrentIndex(self._entrances.index(row + 1, self.currentIndex().column()))
        elif rows[-1].id == NEXT:
            self.type_next()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_delegate"):
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        header = self.horizontalHeader()
        for column, width in ((Column.GROUND, 172), (Column.MOST, 72), (Column.PLANNED, 156)):
            header.resizeSection(column, theme.px(width))
        rows = self._entrances.rowCount()
        self.setFixedHeight(header.sizeHint().height() + rows * theme.px(_ROW) + 2 * self.frameWidth())


class _Cells(QStyledItemDelegate):
    """Paints a cell with a hairline below, and a ring round the one that keys would change."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setAccessibleName(_TITLES[index.column()])
        return line

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("tint"))
        painter.setPen(theme.colour("grid"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inner = option.rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), -1)
        font = theme.font(Type.BODY, figures=index.column() == Column.MOST)
        painter.setFont(font)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(theme.colour("text") if ink is None else ink)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        cut = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        if not cut.isascii():  # the dots of a name that runs from the right stand at its left
            cut = f"\u2068{cut}\u2069"
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), cut)
        painter.restore()
