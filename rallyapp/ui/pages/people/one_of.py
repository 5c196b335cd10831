"""Several panes in one place, of which one is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class OneOf(QWidget):
    """One of several panes; only that one says how high it is."""

    def __init__(self, first: QWidget) -> None:
        """Take the first of them, which is shown."""
        super().__init__()
        self._panes: list[QWidget] = [first]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(first)

    def add(self, pane: QWidget) -> None:
        """Take one more pane, not shown yet."""
        pane.hide()
        self._panes.append(pane)
        self._column.addWidget(pane)

    def show_one(self, wanted: QWidget) -> None:
        """Show one of them."""
        for pane in self._panes:
            pane.setVisible(pane is wanted)
