"""The first page: make a plan, open one, go on with one, or try the program on a demo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rallyapp import carried
from rallyapp.demos import DEMOS, Demo
from rallyapp.ui import icons, theme
from rallyapp.ui.recents import Recent
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.recent_list import RecentList
from rallyapp.ui.widgets.words import Words, button

NONE_YET = "Plans that you make or open are listed here."
NOT_REMEMBERED = "Plans are not remembered on this laptop. Open one with Ctrl+O."


class StartPage(QWidget):
    """What is seen without a plan. What it remembers of plans is told to it; the laptop may be shared."""

    new_wanted = Signal()
    open_wanted = Signal()
    demo_wanted = Signal(str)
    recent_wanted = Signal(Path)
    forget_wanted = Signal(Path)
    remember_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page; no plan is listed yet."""
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._ways(), 0, 0)
        self._known = self._recents()
        self._narrow = False
        self._grid.addWidget(self._known, 0, 1)
        self._grid.setVerticalSpacing(theme.px(32))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setSpacing(0)
        column.addStretch(2)
        column.addLayout(self._grid)
        column.addStretch(3)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._inside, 100)
        across.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._fit()
        self.show_recents((), on=True, today=date.today())

    # ----------------------------------------------------------------------------------- the plans known
    def show_recents(self, recents: Sequence[Recent], *, on: bool, today: date) -> None:
        """List the plans that were opened last; ``on`` says whether they are remembered at all."""
        self.recents.show_recents(recents, today)
        self.no_recents.setText(NONE_YET if on else NOT_REMEMBERED)
        self._stack.setCurrentIndex(0 if recents else 1)
        with QSignalBlocker(self.forgetful):
            self.forgetful.setChecked(not on)

    def show_missing(self, missing: Collection[Path]) -> None:
        """Say which of them are not there any more."""
        self.recents.plans.show_missing(missing)

    # ----------------------------------------------------------------------------------------- its parts
    def _ways(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(theme.px(32))
        self.new_button = button("&New plan\u2026", primary=True, tip="Ctrl+N")
        self.new_button.clicked.connect(lambda: self.new_wanted.emit())
        self.open_button = button("&Open a plan\u2026", tip="Ctrl+O")
        self.open_button.clicked.connect(lambda: self.open_wanted.emit())
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.new_button)
        row.addWidget(self.open_button)
        row.addStretch()
        column.addLayout(row)
        column.addSpacing(theme.px(8))
        column.addWidget(Words("or drop a .rally file on this window", Type.SMALL, ink="muted"))
        column.addSpacing(theme.px(40))
        column.addWidget(Words("Look around in a demo", Type.HEADING))
        column.addSpacing(theme.px(4))
        column.addWidget(
            Words("Real disputes, hospitals and hours; the people in them are invented.", ink="muted", wrap=True)
        )
        column.addSpacing(theme.px(4))
        self.demo_buttons = {}
        for place, demo in enumerate(DEMOS.values()):
            if place:
                column.addWidget(hairline())
            column.addLayout(self._demo(demo))
        column.addStretch(1)
        return made

    def _head(self) -> QHBoxLayout:
        self._sign = QLabel()
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words("RallyApp", Type.DISPLAY))
        words.addWidget(Words("Picket lines, rallies and their rotas, planned on one laptop.", ink="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        return row

    def _demo(self, demo: Demo) -> QHBoxLayout:
        title, _, rest = demo.description.partition(": ")
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words(title, Type.STRONG, wrap=True))
        words.addWidget(Words(rest[:1].upper() + rest[1:], Type.SMALL, ink="muted", wrap=True))
        made = button("Try it\u2026", name=f"Make the demo plan {title}", tip="Asks where to save it")
        made.clicked.connect(lambda: self.demo_wanted.emit(demo.name))
        self.demo_buttons[demo.name] = made
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(10), 0, theme.px(10))
        row.setSpacing(theme.px(24))
        row.addLayout(words, 1)
        row.addWidget(made, alignment=Qt.AlignmentFlag.AlignVCenter)
        return row

    def _recents(self) -> QWidget:
        self.recents = RecentList()
        self.recents.opened.connect(self.recent_wanted)
        self.recents.forgotten.connect(self.forget_wanted)
        empty = QWidget()
        self._drawing = QLabel()
        self._drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_recents = Words("", ink="muted", wrap=True)
        self.no_recents.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(empty)
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(self._drawing)
        column.addWidget(self.no_recents)
        column.addStretch(3)
        card = QFrame()
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, theme.px(6), 1, theme.px(6))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.recents)
        self._stack.addWidget(empty)
        inside.addWidget(self._stack)
        self.forgetful = QCheckBox("&Don\u2019t remember plans on this laptop")
        self.forgetful.setToolTip(
            theme.plain_tip(
                "A plan\u2019s name may say who is in a dispute. Ticking this forgets the whole list; the plans "
                "themselves stay where they are."
            )
        )
        self.forgetful.clicked.connect(lambda forgetful: self.remember_wanted.emit(not forgetful))
        made = QWidget()
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(8))
        whole.addWidget(Words("Recent plans", Type.HEADING))
        whole.addWidget(card, 1)
        whole.addWidget(self.forgetful)
        return made

    # ------------------------------------------------------------------------------------------- its size
    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_inside"):
            self._fit()
            self._share()

    def begin(self) -> None:
        """Begin with the plan that was open last: Enter opens it."""
        first = self.recents if self.recents.plans.rowCount() else self.new_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin anew."""
        super().showEvent(event)
        if not event.spontaneous():
            self.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the recent plans below where there is no room beside."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        narrow = self.width() < theme.px(820)
        if narrow is not self._narrow:
            self._narrow = narrow
            self._grid.removeWidget(self._known)
            self._grid.addWidget(self._known, 1 if narrow else 0, 0 if narrow else 1)
            self._grid.setColumnStretch(1, 0 if narrow else 1)
            self._grid.setHorizontalSpacing(0 if narrow else theme.px(64))

    def _fit(self) -> None:
        self._inside.setMaximumWidth(theme.px(1080))
        margin = theme.px(24)
        self._inside.layout().setContentsMargins(margin, margin, margin, margin)
        self._grid.setHorizontalSpacing(0 if self._narrow else theme.px(64))
        self.recents.setMinimumHeight(theme.px(320))
        size = theme.px(56)
        self._sign.setPixmap(QIcon(str(carried.path("icons", "rallyapp.svg"))).pixmap(size, size))
        self._drawing.setPixmap(icons.pixmap("folder-open", "muted", 32))
