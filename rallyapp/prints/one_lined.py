"""A document's values with each text on one line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from rallyapp.prints.wording import flat

T = TypeVar("T")


def one_lined(value: T, *, but: Collection[str] = ()) -> T:
    """Give dataclasses and tuples with all their texts on one line; the fields named in ``but`` keep theirs."""
    if isinstance(value, str):
        return cast(T, flat(value))
    if isinstance(value, tuple):
        return cast(T, tuple(one_lined(item, but=but) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        made = {each.name: getattr(value, each.name) for each in fields(value) if each.init and each.name not in but}
        return cast(T, replace(value, **{name: one_lined(item, but=but) for name, item in made.items()}))
    return value
