"""What is written of a council's waiver of the period of notice: applied for, given or refused (R4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


class Waiver(StrEnum):
    """How far a waiver has come, from nothing to what decides it."""

    NONE = ""
    APPLIED = "the waiver is not given yet"
    REFUSED = "the waiver was refused"
    GIVEN = "the period was waived"


_REFUSED = re.compile(r"\b(?:refus|declin|reject|revok|withdr)", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:waived|granted|approved|shortened|given(?!\s+(?:an?\s+|the\s+)?(?:ref|number|case)))\b", re.IGNORECASE
)
# A clause with one of these does not say that it was given: "to be given", "asked whether it can be waived".
_OPEN = re.compile(
    r"\b(?:not|never|be|if|whether|when|until|unless|will|would|can|could|should|pending"
    r"|(?:hop|expect|ask|appl|request|await|wait)\w*)\b|n['\u2019]t\b|\?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.\n]|\b(?:and|then)\b", re.IGNORECASE)


def waiver_read(text: str) -> Waiver:
    """Read what is written of a waiver; it counts as given only where the words say that it was."""
    if not text.strip():
        return Waiver.NONE
    if _REFUSED.search(text):
        return Waiver.REFUSED
    given = any(_GIVEN.search(clause) and not _OPEN.search(clause) for clause in _CLAUSE.split(text))
    return Waiver.GIVEN if given else Waiver.APPLIED


def furthest(waivers: Iterable[Waiver]) -> Waiver:
    """Give the one of several that decides; the council's waiver is entered with one of two notices."""
    return max(waivers, key=list(Waiver).index, default=Waiver.NONE)
