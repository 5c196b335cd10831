"""A list of the house's kind: no frame, smooth scrolling, and what is chosen in it is copied as a table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from rallyapp.ui.widgets.copying import copied


class PlainList(QListView):
    """The list; Ctrl+C copies what is chosen."""

    def __init__(self, spoken: str, *, several: bool = False) -> None:
        """Take what it is called; in one for ``several`` more than one line can be chosen."""
        super().__init__()
        self.setAccessibleName(spoken)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if several:
            self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is chosen."""
        if not copied(self, event):
            super().keyPressEvent(event)
