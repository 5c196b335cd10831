"""The small forms that open above the rota: what to cut, add, copy or cancel. No dialogs; Esc puts them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.problems import UserError
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import Field
from rallyapp.ui.widgets.words import CutWords, Words, button


class Panel(QFrame):
    """One form: a title, fields beside each other, what it does on a button, and a line for what is wrong."""

    closed = Signal()

    def __init__(
        self, title: str, does: str, fields: Sequence[tuple[Field, int]], do: Callable[[], None], parent: QWidget
    ) -> None:
        """Take the fields with their shares of the width, and what the button does: it raises UserError in words."""
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self._do = do
        self.fields = [field for field, _ in fields]
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.wrong.hide()
        self.button = button(does)
        self.button.clicked.connect(self.submit)
        self.close_button = IconButton("x", "Close this form", tip="Close (Esc)", flat=True)
        self.close_button.clicked.connect(self.put_away)
        self.title = CutWords(title, Type.STRONG)
        self.title.say(title)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self._row = QHBoxLayout()
        for field, share in fields:
            self._row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.px(4))
        foot.addWidget(Words(" ", Type.SMALL))
        foot.addWidget(self.button)
        self._row.addLayout(foot)
        self._row.setAlignment(foot, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addLayout(self._row)
        self._column.addWidget(self.wrong)
        self._fit()

    def submit(self) -> None:
        """Do it and go away, or say what is wrong and stay."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)  # what is being typed is finished by leaving it
        if any(field.wrong.text() for field in self.fields):
            return
        try:
            self._do()
        except UserError as error:
            self.say_wrong(str(error))
            return
        self.put_away()

    def say_wrong(self, sentence: str) -> None:
        """Say what is wrong with all of it."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def put_away(self) -> None:
        """Close the form."""
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc, which elsewhere takes the message away."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, Esc puts it away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._column.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(12))
        self._column.setSpacing(theme.px(4))
        self._row.setSpacing(theme.px(12))
