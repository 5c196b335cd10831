"""The parts of the pane: rows made anew when what they say changes, and a pane as wide as its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.widgets.folding import scroll_of


class Lines(QWidget):
    """Widgets below each other, one for each of some plain values; remade only where the values are others."""

    def __init__(self, make: Callable[[Any], QWidget], gap: int = 10) -> None:
        """Take what makes the widget of a value."""
        super().__init__()
        self._make = make
        self._shown: tuple[Any, ...] | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(gap))

    def show_values(self, values: Sequence[Any]) -> None:
        """Show these."""
        if tuple(values) == self._shown:
            return
        self._shown = tuple(values)
        while (item := self.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for value in values:
            made = self._make(value)
            self.column.addWidget(made)
            made.show()
        self.setVisible(bool(values))


class Pane(QWidget):
    """What stands in the pane: as wide as the pane is, whatever its words would like."""

    def minimumSizeHint(self) -> QSize:
        """Ask for a height, not for a width."""
        return QSize(0, super().minimumSizeHint().height())

    def to_top(self) -> None:
        """Show it from its beginning."""
        if (scroll := scroll_of(self)) is not None:
            scroll.verticalScrollBar().setValue(0)


def dated(day: QWidget, clock: QWidget) -> QWidget:
    """Put a date and a time of day beside each other; the date is the longer one."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(day, 8)
    row.addWidget(clock, 5)
    return made
