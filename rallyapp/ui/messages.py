"""The one strip that says what happened: a sentence and at most one action, such as Undo.

It floats above the foot of the window, is never modal and takes no focus. News goes away by itself; trouble
stays until it is dismissed (Esc) or something newer is said.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.widgets.words import Words, button

NEWS_MS = 12_000


class Messages(QFrame):
    """The strip. The newest sentence is the one that is shown."""

    def __init__(self, over: QWidget) -> None:
        """Float at the foot of a widget, and move with it."""
        super().__init__(over)
        self.setObjectName("strip")
        self.setAccessibleName("Message")
        self._act: Callable[[], None] | None = None
        self.about = ""  # the operation that the sentence is about: taking that back takes the sentence away
        self._words = Words(wrap=True)
        self._action = button("")
        self._dismiss = button("\u00d7", name="Dismiss this message", tip="Dismiss (Esc)")
        self._dismiss.setFont(theme.font(theme.Type.HEADING))
        self._action.clicked.connect(self._clicked)
        self._dismiss.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.addWidget(self._words)
        row.addWidget(self._action, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._dismiss, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        over.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now; nothing where the strip is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def news(self, sentence: str, action: str = "", act: Callable[[], None] | None = None, *, about: str = "") -> None:
        """Say what happened; ``about`` is the id of the operation that it was."""
        self._say(sentence, action, act, about)
        self._timer.start(NEWS_MS)

    def trouble(self, sentence: str) -> None:
        """Say what went wrong; it stays until it is dismissed."""
        self._say(sentence, "", None, "")

    def working(self, sentence: str, cancel: Callable[[], None] | None = None) -> None:
        """Say what is going on and how far it is; it stays until something else is said."""
        self._say(sentence, "Cancel" if cancel else "", cancel, "", announce=self.sentence[:12] != sentence[:12])

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self.about = ""
        self._act = None
        self.hide()

    def _say(
        self, sentence: str, action: str, act: Callable[[], None] | None, about: str, *, announce: bool = True
    ) -> None:
        self._timer.stop()
        self._act, self.about = act, about
        self._words.setText(sentence)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.show()
        self._place()
        self.raise_()
        if announce:
            _announce(self, sentence)

    def _clicked(self) -> None:
        act = self._act
        self.clear()
        if act:
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the widget that the strip floats over."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Take another size at another zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and not self.isHidden():
            self._place()

    def _place(self) -> None:
        room = self.parentWidget().rect()
        layout = self.layout()
        layout.setContentsMargins(theme.px(16), theme.px(6), theme.px(6), theme.px(6))
        layout.setSpacing(theme.px(8))
        beside = sum(
            each.sizeHint().width() + theme.px(8) for each in (self._action, self._dismiss) if not each.isHidden()
        )
        most = max(theme.px(160), min(theme.px(640), room.width() - theme.px(80)) - beside)
        self._words.ensurePolished()
        needed = self._words.fontMetrics().horizontalAdvance(self._words.text()) + theme.px(4)
        self._words.setFixedWidth(min(most, needed))
        self._words.setFixedHeight(max(theme.px(20), self._words.heightForWidth(self._words.width())))
        layout.invalidate()
        size = layout.sizeHint()
        left = (room.width() - size.width()) // 2
        self.setGeometry(QRect(left, room.height() - size.height() - theme.px(16), size.width(), size.height()))


def _announce(over: QWidget, sentence: str) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # the first look at a plan does without

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(over, sentence))
