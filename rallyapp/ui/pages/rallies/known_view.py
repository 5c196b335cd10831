"""What the plan knows already, to be read, with a way to where it is entered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.pages.rallies.note_facts import Known
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.facts import Facts
from rallyapp.ui.widgets.words import Words, button


class KnownView(QWidget):
    """Labels and values, lines in an order, and links to the sections in which they are entered."""

    section_wanted = Signal(int)

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._known = Known()
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_known(self, known: Known) -> None:
        """Show this; where it is the same as before, nothing moves."""
        if known == self._known:
            return
        self._known = known
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = self._made(known)
        self._column.addWidget(self._inside)
        self.setVisible(bool(known.rows or known.listed))

    def _made(self, known: Known) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        if known.rows:
            column.addWidget(Facts(known.rows))
        if known.sections:
            column.addLayout(self._links(known))
        if known.listed:
            column.addSpacing(theme.px(8))
            title = Words(known.list_title.upper(), Type.OVERLINE, ink="muted")
            title.setAccessibleName(known.list_title)
            column.addWidget(title)
            lines = (f"{number}.  {line}" for number, line in enumerate(known.listed, start=1))
            words = Words("\n".join(lines), wrap=True)
            words.setAccessibleName(f"{known.list_title}: {', '.join(known.listed)}")
            column.addWidget(words)
        return made

    def _links(self, known: Known) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        row.addWidget(Words("Entered under", Type.SMALL, ink="muted"))
        for title, number in known.sections:
            link = button(title, name=f"Go to section {number}, {title}")
            link.setProperty("link", True)
            link.clicked.connect(lambda on=False, number=number: self.section_wanted.emit(number))
            row.addWidget(link)
        row.addStretch(1)
        return row
