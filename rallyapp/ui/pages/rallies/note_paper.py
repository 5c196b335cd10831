"""Where an organiser writes a section of the plan in their own words: a calm paper that grows with what is on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from rallyapp.ui import theme

_LEAST = 10  # lines
_PAD = 12  # px at 100 %: around the text


class Paper(QPlainTextEdit):
    """The paper. ``left`` is said when the keyboard leaves it, ``kept`` on Ctrl+Enter, ``given_up`` on Esc."""

    left = Signal()
    kept = Signal()
    given_up = Signal()

    def __init__(self, name: str) -> None:
        """Take what screen readers call it."""
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.px(_PAD))
        self.document().documentLayout().documentSizeChanged.connect(lambda: self._fit())
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text; where it is the same one, the cursor stays."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def go_to(self, place: int) -> None:
        """Put the keyboard at a place in the text."""
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace_text(self, text: str, place: int) -> None:
        """Put another text in the place of the one there, so that Ctrl+Z in it brings that back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.go_to(place)

    def event(self, event: QEvent) -> bool:
        """Claim Esc before the window takes it to dismiss its strip."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with a list on Enter, keep on Ctrl+Enter, give up on Esc."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.kept.emit()
        elif event.modifiers() or not self._go_on_with_list():
            super().keyPressEvent(event)

    def _go_on_with_list(self) -> bool:
        """Begin the next point of a list; on one that is empty, end the list."""
        cursor = self.textCursor()
        line = cursor.block().text()
        if not line.startswith("- ") or cursor.positionInBlock() < 2 or self.isReadOnly():
            return False
        if line.strip() == "-":
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            cursor.insertText("\n- ")
        self.setTextCursor(cursor)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that somebody has finished, unless they only looked at a menu or at another window."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with lines that break."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.document().setDocumentMargin(theme.px(_PAD))
            self._fit()

    def _fit(self) -> None:
        lines = max(_LEAST, int(self.document().size().height()) + 1)
        height = lines * self.fontMetrics().lineSpacing() + 2 * theme.px(_PAD) + 2 * self.frameWidth()
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
