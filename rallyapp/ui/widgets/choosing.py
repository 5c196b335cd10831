"""A choice that the mouse wheel leaves alone: whoever scrolls a form past it changes nothing in the plan."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Choosing(QComboBox):
    """A box to choose from by click or by keys; the wheel goes on to what it stands in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()
