"""The parts of the pane: rows made anew when what they say changes, and a way to bring one to sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rallyapp.ui import theme


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
        if (scroll := _scroll_of(self)) is not None:
            scroll.verticalScrollBar().setValue(0)


class Folding(QFrame):
    """A card that is there while somebody answers it; Esc folds it away, before the window takes that key."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it, folded away."""
        super().__init__(parent)
        self.setObjectName("card")
        self.hide()

    def close_it(self) -> None:
        """Fold it away."""
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Claim Esc."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold it away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
            return
        super().keyPressEvent(event)


def bring_to_sight(widget: QWidget) -> None:
    """Scroll to a widget, once it has its place."""

    def scroll() -> None:
        found = _scroll_of(widget)
        if found is not None and widget.isVisible():
            found.ensureWidgetVisible(widget, 0, theme.px(16))

    QTimer.singleShot(0, widget, scroll)


def _scroll_of(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def dated(day: QWidget, clock: QWidget) -> QWidget:
    """Put a date and a time of day beside each other; the date is the longer one."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    row.addWidget(day, 8)
    row.addWidget(clock, 5)
    return made
