"""Frozen records that cost next to nothing until one is made.

``dataclasses`` writes and compiles six methods for every class that it decorates, most of a millisecond for each
class; the program has a hundred of them, and a command or a first look at a plan needs ten. ``frozen`` gives the
same class, with the same methods out of the same library, written when somebody first asks for one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, make_dataclass
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")

_MAKING = ("__init__", "__setattr__", "__delattr__")  # what every record needs that is read from a file
_METHODS = (*_MAKING, "__repr__", "__eq__", "__hash__")


class _Late:
    """Stands for a method until that is asked for: by a call, or by whoever looks at the class."""

    def __init__(self, name: str, kw_only: bool) -> None:
        self.name, self.kw_only = name, kw_only

    def __get__(self, made: object | None, kind: type) -> Any:
        for each in kind.__mro__:
            if each.__dict__.get(self.name) is self:
                _write(each, self.name, kw_only=self.kw_only)
        return getattr(kind if made is None else made, self.name)


@overload
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]: ...


@overload
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...


def frozen(kind: type[Any] | None = None, *, kw_only: bool = True) -> Any:
    """Make a class what ``dataclass(frozen=True, slots=True, kw_only=True)`` would make it."""
    if kind is None:
        return lambda kind: frozen_class(kind, kw_only)
    return frozen_class(kind, kw_only)


def frozen_class(kind: type[T], kw_only: bool) -> type[T]:
    """Do what ``frozen`` does, as a function."""
    made = dataclass(kw_only=kw_only, slots=True, init=False, repr=False, eq=False)(kind)
    for name in _METHODS:
        if name not in made.__dict__:
            setattr(made, name, _Late(name, kw_only))
    for name, method in (("__getstate__", _state), ("__setstate__", _take_state)):
        setattr(made, name, method)
    return made


def _write(kind: type, wanted: str, *, kw_only: bool) -> None:
    """Let the library write the methods of a class that belong with a wanted one, and take them over."""
    own = {"__post_init__": kind.__post_init__} if hasattr(kind, "__post_init__") else {}
    parts = [(each.name, each.type, each) for each in fields(kind)]
    making = wanted in _MAKING
    written = make_dataclass(
        kind.__name__, parts, namespace=own, frozen=True, kw_only=kw_only, init=making, repr=not making, eq=not making
    )
    for name in _METHODS:
        method = written.__dict__.get(name)
        if method and isinstance(kind.__dict__.get(name), _Late):  # not of the class's own, nor of another thread
            method.__qualname__ = f"{kind.__qualname__}.{name}"
            setattr(kind, name, method)


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
