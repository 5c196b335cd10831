"""Fields in which somebody is typing while what they show changes: what is typed stays."""

from __future__ import annotations

from typing import Any

from rallyapp.ui.widgets.fields import Field


def show_beside_typing(field: Field, value: Any) -> None:
    """Show a value, unless somebody is typing another: then Esc brings it, and it is what the other is held against."""
    if field.half_typed:
        field.hold_value(value)
    else:
        field.show_value(value)
