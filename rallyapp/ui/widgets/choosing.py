"""A choice that the mouse wheel leaves alone: whoever scrolls a form past it changes nothing in the plan."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Choosing(QComboBox):
    """A box to choose from by click or by keys; the wheel goes on to what it stands in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()

    def showPopup(self) -> None:
        """Show the choices, the last one whole: where the list has a frame, Qt forgets its height."""
        super().showPopup()
        view = self.view()
        needed = sum(view.sizeHintForRow(row) for row in range(self.count()))
        popup, room = view.window(), self.screen().availableGeometry()
        for _ in range(2):  # once more without the arrow that took some of the room
            lacks = needed - view.viewport().height()
            if not lacks or popup.height() + lacks > room.height():
                return
            popup.resize(popup.width(), popup.height() + lacks)
            popup.layout().activate()
        popup.move(popup.x(), max(room.top(), min(popup.y(), room.bottom() + 1 - popup.height())))
