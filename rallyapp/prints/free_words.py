"""What somebody wrote freely, without the full names of people whom a copy may not name in full."""

from __future__ import annotations

from collections.abc import Callable

from rallyapp.domain.ids import PersonId
from rallyapp.domain.named import Names

HIDDEN = "(name on the organiser\u2019s copy)"


def without_names(text: str, names: Names, instead: Callable[[tuple[PersonId, ...]], str | None]) -> str:
    """Put what may stand in place of every full name in a text; ``instead`` gives None for one that may stay."""
    parts, at = [], 0
    for named in names.found_in(text):
        said = instead(named.people)
        if said is not None:
            if text[named.end : named.end + 1] == ".":
                said = said.removesuffix(".")  # of an initial, at a sentence's end
            parts += [text[at : named.start], said]
            at = named.end
    return "".join((*parts, text[at:])) if parts else text
