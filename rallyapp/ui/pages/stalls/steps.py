"""Choices that stand in a row and are made with one click; those that make no sense now can't be clicked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rallyapp.ui import theme
from rallyapp.ui.widgets.flow import Flow
from rallyapp.ui.widgets.words import Words, button


class StepRow(Flow):
    """The row. Arrow keys go along it, Space or Enter chooses: nothing changes by walking past."""

    wanted = Signal(object)

    def __init__(self, options: Sequence[tuple[str, object]], spoken: str) -> None:
        """Offer (text, value) pairs."""
        super().__init__(gap=4)
        self.setAccessibleName(spoken)
        self._spoken = spoken
        self._now: object = None
        self.buttons: dict[object, QPushButton] = {}
        for text, value in options:
            made = button(text, name=f"{spoken}: {text}")
            made.setProperty("segment", True)
            made.setCheckable(True)
            made.clicked.connect(lambda checked=False, value=value: self._clicked(value))
            self.add(made)
            self.buttons[value] = made

    def show_value(self, now: object, allowed: Collection[object], why_not: str = "") -> None:
        """Show which holds, and let only these be chosen; ``why_not`` is the tip of the others."""
        self._now = now
        for value, each in self.buttons.items():
            held = value == now
            each.setChecked(held)
            able = held or value in allowed
            if not able and each.hasFocus():
                self.buttons[now].setFocus(Qt.FocusReason.OtherFocusReason)
            each.setEnabled(able)
            each.setToolTip("" if able or not why_not else theme.plain_tip(why_not))

    def _clicked(self, value: object) -> None:
        self.buttons[value].setChecked(value == self._now)  # until it is written
        if value != self._now:
            self.wanted.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along with the arrow keys; Enter chooses, as Space does."""
        focused = self.focusWidget()
        able = [each for each in self.buttons.values() if each.isEnabled()]
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if focused in able and step is not None:
            assert isinstance(focused, QPushButton)
            able[(able.index(focused) + step) % len(able)].setFocus(Qt.FocusReason.TabFocusReason)
        elif focused in able and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            assert isinstance(focused, QPushButton)
            focused.click()
        else:
            super().keyPressEvent(event)


class Labelled(QWidget):
    """Something in a row, with a muted label before it."""

    def __init__(self, label: str, what: QWidget) -> None:
        """Put the label before it."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self._words = Words(label, ink="muted", wrap=True)
        row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(what, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_words"):
            self._fit()

    def _fit(self) -> None:
        self._words.setFixedWidth(theme.px(112))
