"""Fields of a form: a label above, what is typed below, and one sentence where it is wrong.

A field says ``committed`` once somebody has finished with it (Enter, leaving it, a choice) and only when its value
is right and another than before. Showing a value says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain.new_plan import parse_span
from rallyapp.domain.times import clock, day_words, parse_clock
from rallyapp.domain.typed import typed_day
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.words import Words, polish_anew


class Field(QWidget):
    """A label, an entry, and a line for what is wrong with it."""

    committed = Signal(object)

    def __init__(self, label: str, entry: QWidget, *, labelled: bool = True) -> None:
        """Put the label above an entry."""
        super().__init__()
        self.label = label
        self.entry = entry
        self._shown: Any = None
        self._refused = False  # what stands there was right in itself, and could not be kept
        entry.setAccessibleName(label)
        self.wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        if labelled:
            column.addWidget(Words(label, Type.SMALL, ink="muted"))
        column.addWidget(entry)
        column.addWidget(self.wrong)
        self.setFocusProxy(entry)

    @property
    def value(self) -> Any:
        """What was shown or entered last."""
        return self._shown

    def show_value(self, value: Any) -> None:
        """Show a value; whatever was wrong before is forgotten."""
        self._shown = value
        self._say("")

    @property
    def half_typed(self) -> bool:
        """Say whether something else stands in it than it showed or took last."""
        return False

    def hold_value(self, value: Any) -> None:
        """Take a value as the one that is held against what somebody is typing: Esc brings it."""
        self._shown = value

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        self.entry.setEnabled(writable)

    def say_wrong(self, sentence: str) -> None:
        """Say beneath the entry why what was entered can't be kept; that stands until something else is entered."""
        self._refused = True
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._refused = self._refused and bool(sentence)
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        self.entry.setAccessibleDescription(sentence)
        if bool(self.entry.property("wrong")) != bool(sentence):
            self.entry.setProperty("wrong", bool(sentence))
            polish_anew(self.entry)

    def _take(self, value: Any) -> None:
        self._say("")
        if value != self._shown:
            self._shown = value
            self.committed.emit(value)


def _took_back(field: Field, event: QEvent, *, changed: bool) -> bool:
    """Bring back what a field showed if that is what the event asks for and something is changed in it."""
    if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not changed:
        return False
    if event.key() != Qt.Key.Key_Escape:  # type: ignore[attr-defined]
        return False
    if event.type() == QEvent.Type.ShortcutOverride:  # else the window takes it to dismiss its strip
        event.accept()
    else:
        field.show_value(field.value)
    return True


class _Typed(Field):
    """A line that is read when somebody leaves it or presses Enter; Esc brings back what was there."""

    def __init__(self, label: str, *, placeholder: str = "", figures: bool = False) -> None:
        line = QLineEdit()
        line.setPlaceholderText(placeholder)
        super().__init__(label, line)
        self.line = line
        self._figures = figures
        line.editingFinished.connect(self._finished)
        line.textEdited.connect(lambda: self._say(""))
        line.installEventFilter(self)

    @property
    def half_typed(self) -> bool:
        """Say whether something else stands in it than it showed or took last."""
        return self.line.text() != self._write(self._shown)

    def _read(self, text: str) -> Any:
        return text.strip()

    def _write(self, value: Any) -> str:
        return str(value or "")

    def show_value(self, value: Any) -> None:
        """Show a value; whatever was wrong before is forgotten."""
        super().show_value(value)
        text = self._write(value)
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring back what was there on Esc."""
        changed = self.half_typed or not self.wrong.isHidden()
        return _took_back(self, event, changed=changed) or super().eventFilter(watched, event)

    def _finished(self) -> None:
        if not self.half_typed:
            if not self._refused:
                self._say("")
            return
        try:
            value = self._read(self.line.text())
        except ValueError as error:
            self._say(f"{error}.")
            return
        if value == self._shown:
            self.show_value(value)
        self._take(value)


class TextField(Field):
    """A text; of several ``lines`` it takes line breaks, and is finished with Ctrl+Enter or by leaving it."""

    def __init__(self, label: str, *, lines: int = 1, placeholder: str = "") -> None:
        """Make it so many lines high."""
        self._edit: QLineEdit | QPlainTextEdit
        if lines == 1:
            self._edit = QLineEdit()
        else:
            self._edit = _Paragraph(self._finished)
        super().__init__(label, self._edit)
        self._shown = ""
        self._lines = lines
        self._edit.installEventFilter(self)
        self._edit.setPlaceholderText(placeholder)
        if isinstance(self._edit, QLineEdit):
            self._edit.editingFinished.connect(self._finished)
            self._edit.textEdited.connect(lambda: self._say(""))
        else:
            self._edit.textChanged.connect(lambda: self._say(""))
        self._fit()

    @property
    def text(self) -> str:
        """What stands in it now, finished or not."""
        return self._edit.text() if isinstance(self._edit, QLineEdit) else self._edit.toPlainText()

    @property
    def half_typed(self) -> bool:
        """Say whether something else stands in it than it showed or took last."""
        return self.text.strip() != self._shown

    def show_value(self, value: Any) -> None:
        """Show a text."""
        super().show_value(value or "")
        if self.text == self._shown:
            return
        if isinstance(self._edit, QLineEdit):
            self._edit.setText(self._shown)
            self._edit.setCursorPosition(0)
        else:
            self._edit.setPlainText(self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring back what was there on Esc."""
        return _took_back(self, event, changed=self.text != self._shown) or super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_lines"):
            self._fit()

    def _fit(self) -> None:
        if self._lines > 1:
            self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * self._lines + theme.px(22))

    def _finished(self) -> None:
        self._take(self.text.strip())


class _Paragraph(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, finished: Callable[[], None]) -> None:
        super().__init__()
        self._finished = finished
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._finished()

    def keyPressEvent(self, event: Any) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._finished()
            return
        super().keyPressEvent(event)


class DateField(_Typed):
    """A date as people type it: "1/12", "Tue 1 Dec", 2015-12-01; may be empty. Its value is a date or None."""

    def __init__(self, label: str, *, near: Callable[[], date] = date.today, needed: bool = False) -> None:
        """Take the day from which a missing year is reckoned; ``needed`` refuses an empty one."""
        super().__init__(label, placeholder="1/12 or Tue 1 Dec", figures=True)
        self._near, self._needed = near, needed

    def _read(self, text: str) -> date | None:
        if not text.strip() and not self._needed:
            return None
        return typed_day(text, near=self._shown or self._near())

    def _write(self, value: date | None) -> str:
        return day_words(value) if value else ""

    def _take(self, value: Any) -> None:
        self.line.setText(self._write(value))
        super()._take(value)


class ClockField(_Typed):
    """A time of day: "8", "8am", "0800"; may be empty. Its value is a time or None."""

    def __init__(self, label: str, *, needed: bool = False) -> None:
        """Make it; ``needed`` refuses an empty one."""
        super().__init__(label, placeholder="08:00", figures=True)
        self._needed = needed

    def _read(self, text: str) -> time | None:
        if not text.strip() and not self._needed:
            return None
        return parse_clock(text)

    def _write(self, value: time | None) -> str:
        return clock(value) if value else ""

    def _take(self, value: Any) -> None:
        self.line.setText(self._write(value))
        super()._take(value)


class SpanField(_Typed):
    """A stretch of a day: "8-11", "10am to 6pm", "0900 til 1700". Its value is (from, to), two times."""

    def __init__(self, label: str, *, nights: bool = False) -> None:
        """Make it; with ``nights`` it may end the next morning: "22-6"."""
        super().__init__(label, placeholder="08:00\u201311:00", figures=True)
        self._nights = nights

    def _read(self, text: str) -> tuple[time, time]:
        return parse_span(text, nights=self._nights)

    def _write(self, value: tuple[time, time] | None) -> str:
        return f"{clock(value[0])}\u2013{clock(value[1])}" if value else ""

    def _take(self, value: Any) -> None:
        self.line.setText(self._write(value))
        super()._take(value)


class NumberField(_Typed):
    """A whole number; may be empty where ``empty`` says what that means ("no limit"). Its value is int or None."""

    def __init__(
        self, label: str, *, least: int = 0, most: int = 9999, unit: str = "", empty: str | None = None
    ) -> None:
        """Take the least and the most, and the unit that is written behind it."""
        super().__init__(label, placeholder=empty or "", figures=True)
        self._least, self._most, self._unit, self._empty = least, most, unit, empty

    def _read(self, text: str) -> int | None:
        bare = text.replace(",", "").strip()
        if self._unit and bare.lower().endswith(self._unit.lower()):
            bare = bare[: -len(self._unit)].strip()
        if not bare and self._empty is not None:
            return None
        try:
            number = int(bare)
        except ValueError:
            raise ValueError(f"\u201c{text}\u201d is not a whole number") from None
        if not self._least <= number <= self._most:
            raise ValueError(f"Write a number from {self._least:,} to {self._most:,}")
        return number

    def _write(self, value: int | None) -> str:
        if value is None:
            return ""
        return f"{value:,} {self._unit}".strip()

    def _take(self, value: Any) -> None:
        self.line.setText(self._write(value))
        super()._take(value)


class ChoiceField(Field):
    """One of several; ``options`` are (text, value)."""

    def __init__(self, label: str, options: Sequence[tuple[str, object]] = ()) -> None:
        """Offer these."""
        self.box = Choosing()
        super().__init__(label, self.box)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(6)
        self._values: list[object] = []
        self.offer(options)
        self.box.activated.connect(lambda at: self._take(self._values[at]))

    def offer(self, options: Sequence[tuple[str, object]]) -> None:
        """Offer others; the chosen one stays if it is among them."""
        with QSignalBlocker(self.box):
            self.box.clear()
            self._values = [value for _, value in options]
            if self._shown not in self._values:  # it is gone: nobody can mean it any more
                self._shown = None
            for text, _ in options:
                self.box.addItem(text)
            self._mark()

    def show_value(self, value: Any) -> None:
        """Show which is chosen."""
        super().show_value(value)
        with QSignalBlocker(self.box):
            self._mark()

    def _mark(self) -> None:
        self.box.setCurrentIndex(self._values.index(self._shown) if self._shown in self._values else -1)


class TickField(Field):
    """Yes or no."""

    def __init__(self, label: str) -> None:
        """Make it, not ticked."""
        self.box = QCheckBox(label.replace("&", "&&"))
        super().__init__(label, self.box, labelled=False)
        self._shown = False
        self.box.clicked.connect(self._take)

    def show_value(self, value: Any) -> None:
        """Show whether it is ticked."""
        super().show_value(bool(value))
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))


class Beside(QWidget):
    """Widgets beside each other, aligned at their tops; below each other where one would be cut off."""

    def __init__(self, *widgets: QWidget, gap: int = 8, shares: Sequence[int] = ()) -> None:
        """Take the widgets, the gap in pixels at 100 %, and each one's share of the width, else all the same."""
        super().__init__()
        self._gap = gap
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for place, widget in enumerate(widgets):
            self._row.addWidget(widget, shares[place] if shares else 1, Qt.AlignmentFlag.AlignTop)
        self._turn()

    def _least(self) -> list[int]:
        items = [self._row.itemAt(place) for place in range(self._row.count())]
        return [item.minimumSize().width() for item in items if not item.isEmpty()]

    def minimumSizeHint(self) -> QSize:
        """Give the least size: as narrow as the widest of them."""
        return QSize(max(self._least(), default=0), super().minimumSizeHint().height())

    def _turn(self) -> None:
        least, gap = self._least(), theme.px(self._gap)
        fits = sum(least) + gap * (len(least) - 1) <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._row.setSpacing(gap)
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew where it became wide or narrow."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """Lay out anew where one of them came, went or became wider, as at another zoom."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)


def beside(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Put widgets beside each other, aligned at their tops."""
    return Beside(*widgets, gap=gap)
