"""Fields in which somebody is typing while what they show changes: what is typed stays."""

from __future__ import annotations

from typing import Any

from rallyapp.ui.widgets.fields import Field, TextField, _Typed


def is_half_typed(field: Field) -> bool:
    """Say whether something else stands in a field than it showed or took last."""
    if isinstance(field, TextField):
        return field.text.strip() != field.value
    return isinstance(field, _Typed) and field.line.text() != field._write(field.value)


def show_beside_typing(field: Field, value: Any) -> None:
    """Show a value, unless somebody is typing another: then Esc brings it, and it is what the other is held against."""
    if is_half_typed(field):
        field._shown = value
    else:
        field.show_value(value)
