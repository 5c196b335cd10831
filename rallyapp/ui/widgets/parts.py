"""The small parts that every page is put together from: sections, empty states, choices in a row, chips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import CutWords, Words, button, polish_anew


class Section(QWidget):
    """A part of a form under a heading in small capitals."""

    def __init__(self, title: str, *widgets: QWidget, gap: int = 12) -> None:
        """Put widgets below each other under a title."""
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(gap))
        self.title = Words(title.upper(), Type.OVERLINE, ink="muted")
        self.title.setAccessibleName(title)
        self.column.addWidget(self.title)
        for widget in widgets:
            self.column.addWidget(widget)

    def add(self, widget: QWidget) -> None:
        """Put one more widget below."""
        self.column.addWidget(widget)


class Empty(QWidget):
    """What stands where there is nothing yet: one sentence, and one button with what to do next."""

    wanted = Signal()

    def __init__(self, sentence: str, button_text: str = "") -> None:
        """Take the sentence, and what the button says if there is one."""
        super().__init__()
        self.words = Words(sentence, ink="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button(button_text, primary=True)
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addStretch(2)
        column.addWidget(self.words)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.button.setVisible(bool(button_text))  # not before it has a parent: it would be a window of its own

    def say(self, sentence: str, button_text: str = "") -> None:
        """Say something else."""
        self.words.setText(sentence)
        self.button.setText(button_text)
        self.button.setAccessibleName(button_text.replace("&", ""))
        self.button.setVisible(bool(button_text))


class Card(QFrame):
    """A white ground with round corners around one widget; its edge shows when that has the keyboard."""

    def __init__(self, inside: QWidget, *watched: QWidget) -> None:
        """Put a widget in it; ``watched`` are what in it takes the keyboard, where it is not the widget itself."""
        super().__init__()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, theme.px(6), 1, theme.px(6))
        column.addWidget(inside)
        for widget in watched or (inside,):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the edge while the keyboard is in it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            polish_anew(self)
        return super().eventFilter(watched, event)


class Segments(QWidget):
    """A choice of a few views side by side; arrow keys go from one to the next."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[str, object]], spoken: str) -> None:
        """Offer (text, value) pairs; the first is chosen."""
        super().__init__()
        self.setAccessibleName(spoken)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        group = QButtonGroup(self)
        self.buttons: dict[object, QPushButton] = {}
        for text, value in options:
            made = button(text, name=f"{spoken}: {text.replace('&', '')}")
            made.setProperty("segment", True)
            made.setCheckable(True)
            made.clicked.connect(lambda checked=False, value=value: self.chosen.emit(value))
            group.addButton(made)
            row.addWidget(made)
            self.buttons[value] = made
        next(iter(self.buttons.values())).setChecked(True)

    @property
    def value(self) -> object:
        """What is chosen."""
        return next(value for value, each in self.buttons.items() if each.isChecked())

    def choose(self, value: object) -> None:
        """Choose one without saying so."""
        self.buttons[value].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next with the arrow keys, and choose it."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        values = list(self.buttons)
        if step is None:
            super().keyPressEvent(event)
            return
        found = values[(values.index(self.value) + step) % len(values)]
        self.buttons[found].setFocus(Qt.FocusReason.TabFocusReason)
        self.buttons[found].click()


class Chip(QPushButton):
    """A fact in a pill; one that can be clicked filters by it."""

    def __init__(self, text: str = "", tone: str = "", *, checkable: bool = False) -> None:
        """Take a text and a tone ("met", "short", "nobody", or none)."""
        super().__init__()
        self.setProperty("chip", True)
        self.setAutoDefault(False)
        self.setCheckable(checkable)
        if not checkable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.say(text, tone)

    def say(self, text: str, tone: str = "") -> None:
        """Say something else."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        if self.property("tone") != tone:
            self.setProperty("tone", tone or None)
            polish_anew(self)


class Pill(Words):
    """A fact in a pill, to be read: a short text on the ground of its tone."""

    def __init__(self, text: str = "", tone: str = "") -> None:
        """Take a text and a tone ("met", "short", "nobody", or none)."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: str = "") -> None:
        """Say something else."""
        self._tone = tone
        self.setText(text)
        self.ink(tone)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_tone"):
            self._fit()

    def _fit(self) -> None:
        self.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill, then the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour(f"{self._tone}_ground" if self._tone else "line"), 1))
        painter.setBrush(theme.colour(f"{self._tone}_ground" if self._tone else "card"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.end()
        super().paintEvent(event)


class PageHead(QWidget):
    """The top of a page: its title, a line about it below, and at the right what can be done; as high everywhere."""

    def __init__(self, title: str, *buttons: QWidget) -> None:
        """Take the title and the buttons; ``say`` gives the line."""
        super().__init__()
        self.note = CutWords("", ink="muted")
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words(title, Type.TITLE))
        words.addWidget(self.note)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        for each in buttons:
            row.addWidget(each)

    def say(self, note: str) -> None:
        """Say something about what is on the page."""
        self.note.say(note)


class ListBeside(QWidget):
    """A card with a list, as wide as it needs to be, and beside it the card of what is chosen there."""

    def __init__(self, one: Card, other: Card, *, widest: int = 300, share: float = 0.4) -> None:
        """Put two cards beside each other; the first takes a share of the width, and at most ``widest`` (100 %)."""
        super().__init__()
        self._one, self._widest, self._share = one, widest, share
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(16))
        across.addWidget(one)
        across.addWidget(other, 1)

    def minimumSizeHint(self) -> QSize:
        """Give the least size, with the list as narrow as it becomes."""
        return QSize(theme.px(400), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._one.setFixedWidth(min(theme.px(self._widest), int(self.width() * self._share)))


def hairline() -> QFrame:
    """Give a line of one pixel between two rows."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setObjectName("hairline")
    return line
