"""On whose name somebody is put on a shift although a reason blocks it, and why: asked in place, not in a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from rallyapp.ui import theme
from rallyapp.ui.widgets.answers import Answer, answer_of
from rallyapp.ui.widgets.fields import TextField
from rallyapp.ui.widgets.words import Words, button


class Override(QFrame):
    """The question. ``decided`` gives the name and the reason; the name is kept for the next time."""

    decided = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__()
        self.setObjectName("notice")
        self.setAccessibleName("Put on all the same")
        self.words = Words("", wrap=True)
        self.by = TextField("Decided by", placeholder="Name")
        self.reason = TextField("Reason", placeholder="Why it is right")
        self.decide = button("Put on all the same")
        self.decide.clicked.connect(self._decide)
        self.leave = button("Leave it", tip="Esc")
        self.leave.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(8))
        for part in (self.words, self.by, self.reason):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.decide)
        row.addWidget(self.leave)
        row.addStretch()
        column.addLayout(row)
        for part in (self.by, self.reason):
            part.entry.installEventFilter(self)
        self.hide()

    def ask(self, sentence: str) -> None:
        """Ask, with what speaks against it."""
        self.words.setText(sentence)
        self.reason.show_value("")
        self.show()
        first = self.reason if self.by.text.strip() else self.by
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        by, reason = self.by.text.strip(), self.reason.text.strip()
        self.by.say_wrong("" if by else "Write the name of who decided.")
        self.reason.say_wrong("" if reason else "Write why.")
        if by and reason:
            self.decided.emit(by, reason)
        else:
            (self.reason if by else self.by).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter, and leave the question with Esc."""
        match answer_of(event):
            case Answer.NONE:
                return super().eventFilter(watched, event)
            case Answer.LEAVE:
                self.left.emit()
            case Answer.GO_ON if watched is self.by.entry and not self.reason.text.strip():
                self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            case Answer.GO_ON:
                self._decide()
        return True
