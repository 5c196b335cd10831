"""What somebody wrote freely, without the full names of people on the roster that a copy may not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person

HIDDEN = "(name on the organiser\u2019s copy)"
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2010-][^\W_]+)*")


def hidden_names(people: Iterable[Person], shown: Mapping[PersonId, str]) -> Mapping[str, str]:
    """Tell by each full name of two words or more what stands instead: the name that is shown, or that it is hidden."""
    found = {}
    for person in people:
        words = _words(person.name)
        instead = shown.get(person.id, "") or HIDDEN
        if " " in words and words != _words(instead):
            found[words] = instead
    return found


def without_names(text: str, hidden: Mapping[str, str]) -> str:
    """Put what may stand in place of every full name in a text, however it is spaced or written in capitals."""
    if not hidden or not text:
        return text
    longest = max(name.count(" ") for name in hidden) + 1
    words = list(_WORD.finditer(text))
    parts, at, first = [], 0, 0
    while first < len(words):
        step = 1
        for last in range(min(first + longest, len(words)), first + 1, -1):
            start, end = words[first].start(), words[last - 1].end()
            instead = hidden.get(_words(text[start:end]))
            if instead is not None:
                parts += [text[at:start], instead]
                at, step = end, last - first
                break
        first += step
    return "".join((*parts, text[at:]))


def _words(name: str) -> str:
    return " ".join(_WORD.findall(name)).casefold()
