"""Words put together: a number with its noun, a list with its "and", a sentence with its capital."""

from __future__ import annotations

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """Join words as a, b and c; empty ones are left out."""
    known = [word for word in words if word]
    return " and ".join([", ".join(known[:-1]), known[-1]]) if len(known) > 1 else "".join(known)


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: 1 table, 2 tables, 1,500 people."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def counted_if_any(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun; nothing for none."""
    return counted(number, one, many) if number else ""


def capital(text: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]
