"""Who a sheet is for, and what of a person may stand on it: one table for all documents.

That somebody is on a rota shows that they are in a trade union, so every document
asks here before it writes a name or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.plan import short_names
from rallyapp.domain.problems import UserError


class Document(StrEnum):
    """A document that can be printed; its text is its name in the record of what was printed."""

    ROTA = "rota"
    RALLY_PLAN = "rally-plan"

    @property
    def words(self) -> str:
        """Its name in a sentence."""
        return {Document.ROTA: "picket rota", Document.RALLY_PLAN: "rally plan"}[self]


class Audience(StrEnum):
    """For whose eyes a copy is."""

    NOTICEBOARD = "noticeboard"
    ORGANISER = "organiser"


class Naming(StrEnum):
    """How people are named on a copy."""

    FULL = "full name"
    SHORT = "first name and initial"
    NONE = "not named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What may stand on a copy.

    Attributes:
        names: how people on the roster are named.
        phones: whether their numbers may stand there. The duty phone is nobody's own and always may.
        remarks: whether what an organiser wrote about a person or a decision may stand there.
    """

    names: Naming
    phones: bool
    remarks: bool


_FOR_ORGANISERS = Shown(names=Naming.FULL, phones=True, remarks=True)

# The one table. A pair that is missing here is not offered.
SHOWN: Mapping[tuple[Document, Audience], Shown] = MappingProxyType(
    {
        (Document.ROTA, Audience.NOTICEBOARD): Shown(names=Naming.SHORT, phones=False, remarks=False),
        (Document.ROTA, Audience.ORGANISER): _FOR_ORGANISERS,
        (Document.RALLY_PLAN, Audience.ORGANISER): _FOR_ORGANISERS,
    }
)


def shown(document: Document, audience: Audience) -> Shown:
    """Say what may stand on a copy; raises UserError where the document isn't made for that audience."""
    found = SHOWN.get((document, audience))
    if found is None:
        offered = " or ".join(f"\u201c{other}\u201d" for kind, other in SHOWN if kind is document)
        raise UserError(f"The {document.words} is not printed for the {audience}; choose {offered}.")
    return found


def names_for(people: Iterable[Person], naming: Naming) -> Mapping[PersonId, str]:
    """Name people as a copy may; short names tell apart everybody in the list."""
    known = list(people)
    if naming is Naming.NONE:
        return {person.id: "" for person in known}
    if naming is Naming.FULL:
        return {person.id: person.name for person in known}
    return short_names(known)


# A UK number as people write it: 07700 900001, (023) 8000 0000, +44 7700 900001. A map reference has no
# leading nought or plus and stays.
_PHONE = re.compile(r"(?<![\w.])(?:\+\s?\d|\(?0\d)(?:[ \t\u00a0().\u2010-\u2013-]*\d){7,13}(?!\w)")


def without_phones(text: str, *, but: str = "") -> str:
    """Take phone numbers out of what somebody wrote freely; ``but`` is the one that may stay."""
    kept = _digits(but)

    def hide(match: re.Match[str]) -> str:
        return match[0] if kept and _digits(match[0]) == kept else "(number on the organiser\u2019s copy)"

    return _PHONE.sub(hide, text)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
