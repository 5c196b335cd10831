"""A page of things to choose from: their list at the left, the chosen one beside it, and what to do where none is."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import Page
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.facts import Sheaf
from rallyapp.ui.widgets.parts import Card, Empty, ListBeside, PageHead


class ListPage(Page):
    """The frame of such a page; what is in the list and in the sheaf beside it is the page's own."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, *, title: str, listed: str, chosen: str, empty: Empty
    ) -> None:
        """Take the page's title, what its list and the chosen thing are called, and the empty state."""
        super().__init__(desk, parent)
        self.list = ChoiceList(listed)
        self.setFocusProxy(self.list)
        self.sheaf = Sheaf(chosen)
        self.empty = empty
        self._title = title

    def lay_out(self, *buttons: QPushButton) -> None:
        """Put everything in its place, with buttons at the right of the title."""
        self._head = PageHead(self._title, *buttons)
        self._stack = QStackedWidget()
        self._stack.addWidget(ListBeside(Card(self.list), Card(self.sheaf)))
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    def show_list(self, choices: list[Choice], said: str) -> None:
        """Show the things, or the empty state where there is none; ``said`` stands below the title."""
        self.list.show_choices(choices)
        self._stack.setCurrentIndex(0 if choices else 1)
        self._head.say(said)
