"""The fields of one record, each written by itself as soon as somebody has finished with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record, problems_of
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.widgets.fields import Field


class RecordForm(QWidget):
    """Shows a record, and writes a field that was changed; what can't be kept is said beneath it.

    A field that somebody is typing into keeps what they type when the record is shown anew, unless that very
    value was changed elsewhere.
    """

    def __init__(self, desk: Desk, label: Callable[[Any, str], str]) -> None:
        """Take what an edit is called: ``label`` is handed the record and what was changed of it."""
        super().__init__()
        self._desk = desk
        self._label = label
        self._what: dict[str, str] = {}
        self.record: Any = None
        self.fields: dict[str, Field] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(12))

    def put(self, name: str, field: Field, what: str) -> Field:
        """Bind a field to a part of the record; whoever asks puts it where it belongs."""
        self.fields[name] = field
        self._what[name] = what
        field.committed.connect(lambda value: self._commit(name, value))
        field.set_writable(self._desk.writable)
        return field

    def show_record(self, record: Any) -> None:
        """Show a record."""
        other = self.record is None or record.id != self.record.id
        self.record = record
        for name, field in self.fields.items():
            value = getattr(record, name)
            if other or field.value != value:
                field.show_value(value)

    def change(self, record: Any, name: str, value: Any) -> Any:
        """Give the record with that part changed; a form whose parts hang together says what else changes."""
        return replace(record, **{name: value})

    def write(self, label: str, new: Any, was: Any) -> bool:
        """Write the record; gives False where that failed, which the strip has said."""
        return bool(self._desk.edit(label, lambda edit: edit.save(new, was=was)))

    def _commit(self, name: str, value: Any) -> None:
        was: Record = self.record
        field = self.fields[name]
        try:
            new = self.change(was, name, value)
        except UserError as error:
            field.show_value(getattr(was, name))
            field.say_wrong(str(error))
            return
        if wrong := problems_of(new):
            mend = f": {wrong[0].mend}" if wrong[0].mend else ""
            field.say_wrong(f"{wrong[0].sentence}{mend}.")
            return
        if not self.write(self._label(was, self._what[name]), new, was):
            field.show_value(getattr(self.record, name))
