"""The way to the pages: a list at the left with icons, counts of what needs a look, and a key for each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rallyapp.ui import icons, theme
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import CutWords, Words

ICONS = {
    PageName.TODAY: "layout-dashboard",
    PageName.DAYS: "calendar-days",
    PageName.SITES: "door-open",
    PageName.ROTA: "calendar-range",
    PageName.RALLIES: "megaphone",
    PageName.STALLS: "store",
    PageName.PEOPLE: "users",
    PageName.PRINT: "printer",
    PageName.CHECKS: "list-checks",
    PageName.HISTORY: "rotate-ccw",
    PageName.KIOSK: "monitor",
}


WIDE, NARROW = 208, 60  # px at 100 %


class Sidebar(QFrame):
    """The list of pages. Up and Down walk through it, Ctrl+1 to Ctrl+9 jump."""

    chosen = Signal(object)  # a PageName

    def __init__(self, pages: list[PageName], parent: QWidget | None = None) -> None:
        """Show these pages."""
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName("Pages")
        self.title = CutWords("", Type.STRONG)
        self.branch = CutWords("", Type.SMALL, ink="muted")
        self.saved = Words("", Type.SMALL, ink="muted", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(self.branch)
        self._column.addSpacing(theme.px(12))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.narrow = False
        self.buttons: dict[PageName, NavButton] = {}
        scroll = QScrollArea()  # large letters on a low screen
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the wheel and the keys do it
        self._scroll = scroll
        inside = QWidget()
        scroll.setWidget(inside)
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        for place, name in enumerate(pages, start=1):
            made = NavButton(name, f"Ctrl+{place}" if place <= 9 else "")
            made.clicked.connect(lambda checked=False, name=name: self.chosen.emit(name))
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click is on its way to the page
            self.buttons[name] = made
            self._group.addButton(made)
            self._list.addWidget(made)
        self._list.addStretch(1)
        self._column.addWidget(scroll, 1)
        self._column.addWidget(self.saved)
        self._fit()

    def choose(self, name: PageName) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)
        self._scroll.ensureWidgetVisible(self.buttons[name])

    def be_narrow(self, narrow: bool) -> None:
        """Leave the words away where the window is narrow: the icons stay, and say their names in tips."""
        if narrow != self.narrow:
            self.narrow = narrow
            for words in (self.title, self.branch, self.saved):
                words.setHidden(narrow)
            for each in self.buttons.values():
                each.be_narrow(narrow)
            self._fit()

    @property
    def can_save(self) -> QSize:
        """How many pixels narrower and lower it can become."""
        if self.narrow:
            return QSize(0, 0)
        high = sum(each.sizeHint().height() + self._column.spacing() for each in (self.title, self.branch, self.saved))
        return QSize(theme.px(WIDE) - theme.px(NARROW), high)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "buttons"):
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk up and down."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        shown = list(self.buttons.values())
        at = next((place for place, each in enumerate(shown) if each.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(shown[(at + step) % len(shown)])

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(NARROW if self.narrow else WIDE))
        side = theme.px(6 if self.narrow else 12)
        self._column.setContentsMargins(side, theme.px(16), side, theme.px(12))
        self._column.setSpacing(theme.px(2))
        self._list.setSpacing(theme.px(2))


class NavButton(QPushButton):
    """One page in the sidebar: an icon, its name, and a count where something on it needs a look."""

    def __init__(self, name: PageName, keys: str) -> None:
        """Take the page's name and the keys that lead there."""
        super().__init__(str(name))
        self._name = name
        self._keys = keys
        self._narrow = False
        self._count = 0
        self.setCheckable(True)
        self.toggled.connect(self._dress)
        self.setAutoDefault(False)
        self.setProperty("nav", True)
        self._say()
        self._dress()

    @property
    def count(self) -> int:
        """How many things on the page need a look."""
        return self._count

    @count.setter
    def count(self, number: int) -> None:
        self._count = number
        self._say()

    def be_narrow(self, narrow: bool) -> None:
        """Show the icon only, or the name beside it."""
        self._narrow = narrow
        self._say()

    def _say(self) -> None:
        number = self._count
        text = f"{self._name}  \u00b7  {number:,}" if number else str(self._name)
        spoken = f"{self._name}, {number} to look at" if number else str(self._name)
        self.setText("" if self._narrow else text)
        self.setAccessibleName(spoken)
        keys = f" ({self._keys})" if self._keys else ""
        self.setToolTip(f"{spoken}{keys}" if self._narrow else self._keys)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_name"):
            self._dress()

    def _dress(self) -> None:
        self.setIcon(icons.icon(ICONS[self._name], "accent" if self.isChecked() else "muted", size=18))
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
