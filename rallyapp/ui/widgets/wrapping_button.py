"""A button whose words may take several lines, as a link or with a frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.widgets.words import Words, button


class WrappingButton(QWidget):
    """A button whose words may take several lines."""

    def __init__(self, text: str, *, primary: bool = False, link: bool = False) -> None:
        super().__init__()
        self._button = button("", name=text)
        self._button.setProperty("primary", primary)
        self._button.setProperty("link", link)
        self.clicked = self._button.clicked
        self._words = Words(text, ink="on_accent" if primary else "accent" if link else "", wrap=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        stack = QStackedLayout(self)
        stack.setStackingMode(QStackedLayout.StackingMode.StackAll)
        face = QWidget()
        face.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(face)
        edge = theme.px(4 if link else 12), theme.px(3 if link else 7)
        inside.setContentsMargins(edge[0], edge[1], edge[0], edge[1])
        inside.addWidget(self._words)
        stack.addWidget(face)
        stack.addWidget(self._button)
        stack.setCurrentWidget(face)
        self._button.setSizePolicy(self._words.sizePolicy())
        self.setFocusProxy(self._button)


def wrapped_link(text: str, *, tip: str = "") -> WrappingButton:
    """Make a link of several lines that leads somewhere."""
    made = WrappingButton(text, link=True)
    if tip:
        made.setToolTip(tip)
    return made
