"""How the fields of a form are put together, and a sentence said among them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rallyapp.ui import theme
from rallyapp.ui.widgets.fields import Field
from rallyapp.ui.widgets.parts import Section, Segments
from rallyapp.ui.widgets.words import Words


def say(words: Words, text: str, ink: str) -> None:
    """Say a sentence in an ink, or nothing."""
    words.setText(text)
    words.setVisible(bool(text))
    words.ink(ink)


def section(title: str, *widgets: QWidget) -> Section:
    """Put fields below each other under a title; choices and buttons stay as wide as they are."""
    made = Section(title)
    for widget in widgets:
        fits = isinstance(widget, Segments | QPushButton)
        made.column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignLeft if fits else Qt.AlignmentFlag(0))
    made.column.addStretch(1)
    return made


def shared(*parts: tuple[QWidget, int]) -> QWidget:
    """Put fields and what is said about them beside each other, each with its share of the width."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    for widget, share in parts:
        said = isinstance(widget, Words)
        if said:
            widget.setContentsMargins(0, 0, 0, theme.px(8))  # level with what stands in the field
        row.addWidget(widget, share, Qt.AlignmentFlag.AlignBottom if said else Qt.AlignmentFlag.AlignTop)
    return made


def bare(field: Field) -> None:
    """Leave the label above a field out, where it stands beside what it belongs to; its name is still spoken."""
    for words in field.findChildren(Words):
        if words is not field.wrong:
            words.hide()
