"""The first page: open a plan, or try the program on a demo."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.demos import DEMOS, Demo
from rallyapp.ui import theme

from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button


class StartPage(QWidget):
    """What is seen without a plan. It keeps no list of plans: the laptop may be shared."""

    open_wanted = Signal()
    demo_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(parent)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(0)
        column.addStretch(2)
        column.addLayout(self._head())
        column.addSpacing(theme.px(24))
        self.open_button = button("&Open a plan\u2026", primary=True, tip="Ctrl+O")
        self.open_button.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.open_button)
        row.addWidget(Words("or drop a .rally file on this window", ink="muted"))
        row.addStretch()
        column.addLayout(row)
        column.addSpacing(theme.px(40))
        column.addWidget(Words("Or look around in a demo", Type.HEADING))
        column.addSpacing(theme.px(4))
        column.addWidget(
            Words("Real disputes, hospitals and hours; the people in them are invented.", ink="muted", wrap=True)
        )
        column.addSpacing(theme.px(12))
        column.addWidget(self._demos())
        column.addStretch(3)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        inside.setMaximumWidth(theme.px(720))
        across.addStretch(1)
        across.addWidget(inside, 100)
        across.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _head(self) -> QHBoxLayout:
        sign = QLabel()
        size = theme.px(56)
        sign.setPixmap(QIcon(str(carried.path("icons", "rallyapp.svg"))).pixmap(size, size))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words("RallyApp", Type.DISPLAY))
        words.addWidget(Words("Picket lines, rallies and their rotas, planned on one laptop.", ink="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(sign)
        row.addLayout(words, 1)
        return row

    def _demos(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        column.setSpacing(0)
        self.demo_buttons = {}
        for place, demo in enumerate(DEMOS.values()):
            if place:
                line = QFrame()
                line.setFixedHeight(1)
                line.setObjectName("hairline")
                column.addWidget(line)
            column.addLayout(self._demo(demo))
        return card

    def _demo(self, demo: Demo) -> QHBoxLayout:
        title, _, rest = demo.description.partition(": ")
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words(title, Type.STRONG, wrap=True))
        words.addWidget(Words(rest[:1].upper() + rest[1:], ink="muted", wrap=True))
        made = button("Try it\u2026", name=f"Make the demo plan {title}", tip="Asks where to save it")
        made.clicked.connect(lambda: self.demo_wanted.emit(demo.name))
        self.demo_buttons[demo.name] = made
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        row.setSpacing(theme.px(24))
        row.addLayout(words, 1)
        row.addWidget(made, alignment=Qt.AlignmentFlag.AlignVCenter)
        return row
