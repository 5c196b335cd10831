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
        """Show the choices, the last one whole."""
        super().showPopup()
        self.show_whole()

    def show_whole(self) -> None:
        """Give the list the height of all choices, where the screen has it.

        On its way to the screen it is too low for a moment; Qt then shows an arrow, for which it stays too low.
        """
        view = self.view()
        popup, room = view.window(), self.screen().availableGeometry()
        needed = sum(view.sizeHintForRow(row) for row in range(self.count()))
        for _ in range(4):  # with more room the arrow goes, and takes its own along
            popup.layout().activate()
            lacks = needed - view.viewport().height()
            if not lacks or popup.height() + lacks > room.height():
                break
            popup.resize(popup.width(), popup.height() + lacks)
        top = min(popup.y(), room.bottom() + 1 - popup.height())
        if top != popup.y():
            popup.move(popup.x(), max(room.top(), top))
