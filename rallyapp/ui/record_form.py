"""The fields of one record, each written by itself as soon as somebody has finished with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record, problems_of
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.widgets.fields import Field
from rallyapp.ui.widgets.unfinished import left_words, say_left, typed_in

Made = tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]


class RecordForm(QWidget):
    """Shows a record, and writes a field that was changed; what can't be kept is said beneath it.

    A field that somebody is typing into keeps what they type when the record is shown anew. Where that very value
    was changed elsewhere meanwhile, writing it is refused, and the strip says so.
    """

    def __init__(self, desk: Desk, label: Callable[[Any, str], str]) -> None:
        """Take what an edit is called: ``label`` is handed the record and what was changed of it."""
        super().__init__()
        self._desk = desk
        self._label = label
        self._what: dict[str, str] = {}
        self._made: dict[str, Made] = {}
        self.record: Any = None
        self.fields: dict[str, Field] = {}
        self._was: dict[str, Any] = {}  # the record as it was when a field showed its value
        self._texts: dict[str, str] = {}  # how the field wrote that value
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(12))

    def put(self, name: str, field: Field, what: str, made: Made | None = None) -> Field:
        """Bind a field to a part of the record; whoever asks puts it where it belongs.

        ``made`` is for a value that is no part by itself, such as a size of width and depth: how it is read from the
        record, and the record with another.
        """
        self.fields[name] = field
        self._what[name] = what
        if made is not None:
            self._made[name] = made
        field.committed.connect(lambda value: self._commit(name, value))
        field.set_writable(self._desk.writable)
        return field

    def show_record(self, record: Any) -> None:
        """Show a record."""
        other = self.record is None or record.id != self.record.id
        if other and self.record is not None:
            say_left(self._desk.messages, self._all_left())
        self.record = record
        for name, field in self.fields.items():
            if other or not self._half_typed(name, field):
                self._show(name, field, other)

    def _show(self, name: str, field: Field, anew: bool) -> None:
        value = self._value(self.record, name)
        self._was[name] = self.record
        if anew or field.value != value:
            field.show_value(value)
        self._texts[name] = typed_in(field)

    def _half_typed(self, name: str, field: Field) -> bool:
        unfinished = field.entry.hasFocus() or not field.wrong.isHidden()
        return unfinished and typed_in(field) != self._texts[name]

    def _all_left(self) -> Iterator[str]:
        """Give a sentence for each field in which something stands that was not written."""
        for name, field in self.fields.items():
            if not field.wrong.isHidden() or self._half_typed(name, field):
                yield left_words(typed_in(field), self._left(name), wrong=field.wrong.text())

    def _left(self, name: str) -> str:
        """Say that a part of the record stays as it is: "the note of Tue 1 Dec 2015 was left as it was"."""
        return f"{self._label(self.record, self._what[name]).removeprefix('Change ')} was left as it was"

    def change(self, record: Any, name: str, value: Any) -> Any:
        """Give the record with that part changed; a form whose parts hang together says what else changes."""
        if name in self._made:
            return self._made[name][1](record, value)
        return replace(record, **{name: value})

    def _value(self, record: Any, name: str) -> Any:
        return self._made[name][0](record) if name in self._made else getattr(record, name)

    def write(self, label: str, new: Any, was: Any) -> bool:
        """Write the record; gives False where that failed, which the strip has said."""
        return bool(self._desk.edit(label, lambda edit: edit.save(new, was=was)))

    def _commit(self, name: str, value: Any) -> None:
        if self.record is None:  # nothing was ever shown
            return
        was: Record = self._was[name]
        field = self.fields[name]
        try:
            new = self.change(was, name, value)
        except UserError as error:
            field.show_value(self._value(was, name))
            field.say_wrong(str(error))
            return
        if wrong := problems_of(new):
            mend = f": {wrong[0].mend}" if wrong[0].mend else ""
            field.say_wrong(f"{wrong[0].sentence}{mend}.")
            return
        self._texts[name] = typed_in(field)
        if not self.write(self._label(was, self._what[name]), new, was):
            self.show_stored(name)

    def show_stored(self, name: str) -> None:
        """Show what the plan holds, where what was entered could not be written."""
        self._show(name, self.fields[name], True)
