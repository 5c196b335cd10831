"""A list of people out of a spreadsheet: which of its columns is what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from rallyapp.domain.ids import SiteId
from rallyapp.domain.people import Channel, Skill, Standing
from rallyapp.store.people_queries import folded_text
from rallyapp.ui.models.people_columns import (
    HEADINGS,
    typed_choice,
    typed_email,
    typed_phone,
    typed_site,
)

Pairs = list[tuple[str, str]]


def read_people(matrix: Sequence[Sequence[str]], sites: Mapping[SiteId, str]) -> list[Pairs]:
    """Read each line as the columns of one person; raises ValueError with a sentence.

    Headings say what a column is; without them, the cells do: what looks like an e-mail address is one. The first
    column without either is the name, and a second beside it the family name.
    """
    lines = [[" ".join(cell.split()) for cell in line] for line in matrix]
    lines = [line for line in lines if any(line)]
    if not lines:
        raise ValueError("There is no list on the clipboard: copy one in a spreadsheet first.")
    wide = max(len(line) for line in lines)
    lines = [line + [""] * (wide - len(line)) for line in lines]
    keys = _headed(lines[0])
    if keys is not None:
        lines = lines[1:]
        if not lines:
            raise ValueError("There are only headings on the clipboard, and nobody below them.")
    else:
        keys = _guessed(lines, sites)
    if not {"name", "given"} & set(keys):
        raise ValueError("No column of what was copied is a name.")
    return [[(key, cell) for key, cell in zip(keys, line, strict=True) if key] for line in lines]


def _headed(line: Sequence[str]) -> list[str] | None:
    """Say what the headings mean, "" for those that mean nothing here; None where the line is no heading."""
    found = [HEADINGS.get(cell.lower().strip(" :*"), "") for cell in line]
    known = [key for key in found if key]
    if not {"name", "given", "family"} & set(known) or len(set(known)) < len(known):
        return None
    return found


def _guessed(lines: Sequence[Sequence[str]], sites: Mapping[SiteId, str]) -> list[str]:
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("email", typed_email),
        ("phone", typed_phone),
        ("workplace", lambda text: typed_site(text, sites)),
        ("standing", lambda text: _word(Standing, text)),
        ("channel", lambda text: _word(Channel, text)),
        ("skills", lambda text: [_word(Skill, part.strip()) for part in text.split(",")]),
    )
    keys: list[str] = []
    for column in range(len(lines[0])):
        cells = [line[column] for line in lines if line[column]]
        fits = (key for key, test in tests if key not in keys and cells and all(_passes(test, each) for each in cells))
        keys.append(next(fits, ""))
    names = [column for column, key in enumerate(keys) if not key and any(line[column] for line in lines)]
    if len(names) > 2:
        raise ValueError("It is not clear which column is what: put headings such as Name and Phone above them.")
    for column, key in zip(names, ("name",) if len(names) == 1 else ("given", "family"), strict=False):
        keys[column] = key
    return keys


def _word(kind: type[StrEnum], text: str) -> StrEnum:
    """Read a whole word of a choice: a beginning is no sign of what a column is."""
    found = typed_choice(kind, text)
    if folded_text(found.value) != folded_text(text):
        raise ValueError(f"\u201c{text}\u201d is only the beginning of a word")
    return found


def _passes(test: Callable[[str], object], text: str) -> bool:
    try:
        test(text)
    except ValueError:
        return False
    return True
