"""One step of the new plan: a heading, a sentence, its fields, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.ui import icons, theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import Field
from rallyapp.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands in the way of the plan, where to mend it, and how to say it there.

    One that is ``soft`` is said once; pressing on makes the plan without it.
    """

    sentence: str
    at: QWidget
    show: Callable[[str], None]
    soft: bool = False


def fault_of(field: Field, sentence: str) -> Fault:
    """Make the fault of a field."""
    return Fault(sentence, field, field.say_wrong)


class Step(QWidget):
    """A step. ``changed`` is emitted whenever the plan would be another, ``touched`` while somebody types."""

    changed = Signal()
    touched = Signal()
    added = Signal(object, object)  # a widget that is new, and the one in which somebody types on

    def __init__(self, title: str, lead: str) -> None:
        """Take its heading and the sentence below."""
        super().__init__()
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(12))
        head = QVBoxLayout()
        head.setSpacing(theme.px(2))
        head.addWidget(Words(title, Type.HEADING))
        head.addWidget(Words(lead, ink="muted", wrap=True))
        self.column.addLayout(head)
        self._wrong = Words("", Type.SMALL, ink="nobody", wrap=True, parent=self)
        self._wrong.hide()

    @property
    def done(self) -> bool:
        """Whether the plan has what it needs of this step."""
        return True

    @property
    def unfinished(self) -> str:
        """What stands there that no plan can be made with, as a sentence; nothing where all is well."""
        return ""

    def faults(self) -> Iterator[Fault]:
        """Find what stands in the way of the plan."""
        yield from ()

    def begin(self) -> None:
        """Put the cursor into the step's first field."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say_wrong(self, sentence: str) -> None:
        """Say what is wrong in this step; nothing takes the sentence away."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))


def in_order(*widgets: QWidget) -> None:
    """Let Tab go from one to the next."""
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)


def hinted(field: QWidget, hint: str) -> QWidget:
    """Put a sentence below a field that says what it is for."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    column.addWidget(field)
    column.addWidget(Words(hint, Type.SMALL, ink="muted", wrap=True))
    column.addStretch()
    return made


class Figures(Words):
    """Words with times or counts in them, whose figures stand below each other."""

    def changeEvent(self, event: QEvent) -> None:
        """Keep the figures of one width at every zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(text)
        self._fit()

    def _fit(self) -> None:
        wanted = theme.font(self._kind, figures=True)
        if self.font() != wanted:
            self.setFont(wanted)


class Warned(QFrame):
    """A sentence to take note of: it stops nothing."""

    def __init__(self, sentence: str) -> None:
        """Take the sentence."""
        super().__init__()
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        row.setSpacing(theme.px(8))
        self._sign = Words("")
        self._paint_sign()
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        self.words = Words(sentence, Type.SMALL, wrap=True)
        row.addWidget(self.words, 1)

    def say(self, sentence: str) -> None:
        """Say something else; nothing hides it."""
        self.words.setText(sentence)
        self.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_sign"):
            self._paint_sign()

    def _paint_sign(self) -> None:
        self._sign.setPixmap(icons.pixmap("triangle-alert", "short", 14))
