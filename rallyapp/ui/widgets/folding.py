"""A card that folds open where it is asked for, and a way to bring a widget to sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from rallyapp.ui import theme


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
        found = scroll_of(widget)
        if found is not None and widget.isVisible():
            found.ensureWidgetVisible(widget, 0, theme.px(16))

    QTimer.singleShot(0, widget, scroll)


def scroll_of(widget: QWidget) -> QScrollArea | None:
    """Find what a widget is scrolled in."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
