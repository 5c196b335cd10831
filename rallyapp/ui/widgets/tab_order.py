"""Lets Tab go through a part of the window as it is read, whenever its widgets were made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_in_order(part: QWidget) -> None:
    """Let Tab go from one to the next in the order in which they are laid out; what is made later comes last again."""
    layout = part.layout()
    if layout is not None:
        for one, other in itertools.pairwise(list(_stops(layout))):
            QWidget.setTabOrder(one, other)


def _stops(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _stops(inner)
        elif widget is not None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        elif widget is not None and widget.layout() is not None:
            yield from _stops(widget.layout())
