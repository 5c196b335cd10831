"""Where the lines of a sheet are typed, and beside it, row by row, what was understood."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from rallyapp.domain.type_back import LineState, ReadLine
from rallyapp.ui import theme
from rallyapp.ui.theme import Type

EXAMPLE = (
    "3 in 0755 out 1102\n4 0755 1102\n.55 .02\n7 no\n8 ?\n+ Jo Bloggs 0810\n"
    "all in 0800\ncount 0830 6 45\nnote 0915 Rain"
)
TONES = {LineState.NEW: "met", LineState.CHANGES: "short", LineState.SAME: "muted", LineState.WRONG: "nobody"}


class LinesEdit(QPlainTextEdit):
    """The lines. ``ended`` says that one was ended with Enter."""

    ended = Signal(int)

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.setAccessibleName("Lines of the sheet")
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setPlaceholderText(EXAMPLE)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        wanted = theme.font(Type.HEADING)
        wanted.setWeight(theme.font(Type.BODY).weight())
        if self.font() != wanted:
            self.setFont(wanted)
        self.setMinimumWidth(theme.px(200))
        self.setMaximumWidth(theme.px(260))

    @property
    def text(self) -> str:
        """All that is typed."""
        return self.toPlainText()

    @property
    def line(self) -> int:
        """The line in which the cursor is, from 0."""
        return self.textCursor().blockNumber()

    def begin(self, number: int, words: str) -> None:
        """Write words at the start of a line; Ctrl+Z takes them away again."""
        cursor = QTextCursor(self.document().findBlockByNumber(number))
        cursor.insertText(words)

    def go_to(self, number: int) -> None:
        """Put the cursor at the end of a line."""
        cursor = QTextCursor(self.document().findBlockByNumber(number))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, words: str) -> None:
        """Begin a new line with words, or the last one where that is empty, and put the cursor behind them."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(words if not cursor.block().text().strip() else f"\n{words}")
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the plan while there is nothing to take back here, and so with what brings it back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            document = self.document()
            if (event.matches(undo) and not document.isUndoAvailable()) or (
                event.matches(redo) and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the line on Enter."""
        ended = self.line if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None
        super().keyPressEvent(event)
        if ended is not None:
            self.ended.emit(ended)

    def rows(self) -> Iterator[tuple[int, QRect]]:
        """List the lines that are in sight, each with its place from top to bottom in this widget."""
        block = self.firstVisibleBlock()
        top = self.contentOffset().y() + self.viewport().y()
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(0, top)
            if box.top() > self.height():
                return
            yield block.blockNumber(), box.toRect()
            block = block.next()


class ReadingBeside(QWidget):
    """Paints beside each line what it comes to: its state, of whom, what, and what to look at again."""

    def __init__(self, edit: LinesEdit) -> None:
        """Take the lines that it stands beside."""
        super().__init__()
        self._edit = edit
        self.lines: tuple[ReadLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        edit.updateRequest.connect(lambda box, by: self.update())
        edit.cursorPositionChanged.connect(self.update)

    def show_lines(self, lines: tuple[ReadLine, ...]) -> None:
        """Show what the lines come to."""
        self.lines = lines
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size that it would like."""
        return QSize(theme.px(420), theme.px(200))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the lines, and with them this."""
        bar = self._edit.verticalScrollBar()
        bar.setValue(bar.value() - round(event.angleDelta().y() / 40))

    def event(self, event: QEvent) -> bool:
        """Say all of a line that is cut in its tip."""
        if event.type() == QEvent.Type.ToolTip:
            at = event.pos().y()  # type: ignore[attr-defined]
            found = next((self._line(n) for n, box in self._edit.rows() if box.top() <= at < box.bottom()), None)
            self.setToolTip(theme.plain_tip(spoken(found)) if found and found.state else "")
        return super().event(event)

    def _line(self, number: int) -> ReadLine | None:
        return self.lines[number] if number < len(self.lines) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are in sight."""
        painter = QPainter(self)
        painter.setClipRect(self.rect().adjusted(0, theme.px(2), 0, -theme.px(2)))
        for number, box in self._edit.rows():
            line = self._line(number)
            if number == self._edit.line:
                here = QRect(0, box.top(), self.width(), box.height())
                painter.fillRect(here, theme.colour("tint"))
            if line is not None and line.state:
                self._paint(painter, line, QRect(0, box.top(), self.width(), box.height()))

    def _paint(self, painter: QPainter, line: ReadLine, box: QRect) -> None:
        # What is to be looked at again shows also where there is no room to say it.
        odd = bool(line.notes) and not line.state.stays
        tone = theme.colour("short" if odd else TONES[line.state])
        state = f"{line.state}, look" if odd else str(line.state)
        left, gap = box.left() + theme.px(4), theme.px(10)
        painter.fillRect(QRect(box.left(), box.top() + theme.px(3), theme.px(3), box.height() - theme.px(6)), tone)
        left = self._word(painter, state, Type.SMALL, "", tone, box, left + gap, least=theme.px(98))
        parts = [(line.who, Type.STRONG, "text"), (line.words, Type.BODY, "text")]
        parts += [(note, Type.SMALL, "short") for note in line.notes]
        for words, kind, ink in parts:
            if words and left < box.right():
                # A long name leaves room for what is said of it.
                most = box.width() // 2 if kind is Type.STRONG and line.words else box.width()
                left = self._word(painter, words, kind, ink, None, box, left, most=most) + gap

    def _word(
        self,
        painter: QPainter,
        words: str,
        kind: Type,
        ink: str,
        colour: object,
        box: QRect,
        left: int,
        *,
        least: int = 0,
        most: int = 10_000,
    ) -> int:
        painter.setFont(theme.font(kind))
        painter.setPen(theme.colour(ink) if ink else colour)
        room = QRect(left, box.top(), max(0, min(most, box.right() - left)), box.height())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        # A name from right to left stands where it is to be read, not at the far edge.
        room.setWidth(min(room.width(), painter.fontMetrics().horizontalAdvance(shown) + 1))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, shown)
        return left + max(least, room.width())


def spoken(line: ReadLine) -> str:
    """Say all that a line comes to."""
    said = ": ".join(part for part in (line.who, line.words) if part)
    return " ".join((f"{str(line.state).capitalize()}. {said}{'' if said.endswith('.') else '.'}", *line.notes))
