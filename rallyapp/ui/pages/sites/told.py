"""Whom to tell of a picket that moved: a table that can be copied whole, and what does not move by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from rallyapp.domain.relocation import Relocation, ToTell
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.words import counted
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied
from rallyapp.ui.widgets.words import Words, button

Index = QModelIndex | QPersistentModelIndex
_TITLES = ("Who", "Due there", "How")
_ROW, _MOST_ROWS = 32, 7


class _Model(QAbstractTableModel):
    """People in the order in which they are told."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[ToTell, ...] = ()

    def show(self, people: tuple[ToTell, ...]) -> None:
        self.beginResetModel()
        self.people = people
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person = self.people[index.row()]
        texts = (person.name, person.words, person.reach)
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tip(texts[index.column()])
        if role == Qt.ItemDataRole.FontRole and index.column() == 1:
            return theme.font(Type.BODY, figures=True)
        return None


class TellTable(QTableView):
    """Names, times and channels; Ctrl+C copies the chosen rows."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.people = _Model()
        self.setModel(self.people)
        self.setAccessibleName("Whom to tell")
        self.setProperty("ringed", True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._fit()

    def show_people(self, people: tuple[ToTell, ...]) -> None:
        """Show these people."""
        self.people.show(people)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy."""
        if not copied(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "people"):
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().resizeSection(1, theme.px(200))
        rows = min(_MOST_ROWS, self.people.rowCount())
        self.setFixedHeight(rows * theme.px(_ROW) + 2 * self.frameWidth())


class Told(QWidget):
    """The list of whom to tell, which can be copied as a message or a table."""

    def __init__(self) -> None:
        """Make it, with nobody to tell."""
        super().__init__()
        self._text = ""
        self.heading = Words("", Type.BODY)
        self.remarks = Words("", Type.SMALL, wrap=True)
        self.table = TellTable()
        self.copy = IconButton("copy", "Copy the list of whom to tell", text="Copy list")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        self.done = button("Done")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.copy)
        row.addWidget(self.done)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.heading)
        column.addWidget(self.table)
        column.addWidget(self.remarks)
        column.addLayout(row)

    def show_move(self, move: Relocation, to: str) -> None:
        """Show whom to tell of a move to an entrance of that name."""
        many = len(move.tell)
        self.heading.setText(
            f"Tell {counted(many, 'person', 'people')}; who is due first stands first."
            if many
            else "Nobody is on these shifts yet, so there is nobody to tell."
        )
        self.table.show_people(move.tell)
        self.table.setVisible(bool(many))
        self.remarks.setText("\n".join(move.remarks))
        self.remarks.setVisible(bool(move.remarks))
        lines = [f"Picket moves to {to} from {clock(move.since)}, {day_words(move.since.date())}. Tell:"]
        lines += [f"{each.name}\t{each.words}\t{each.reach}" for each in move.tell]
        self._text = "\n".join([*lines, *move.remarks])

    @property
    def names(self) -> list[str]:
        """Who is to be told, in that order."""
        return [each.name for each in self.table.people.people]
