"""What the rows of a print are called: whom or what each was about, for sentences on what is no longer right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Contact, ProgrammeItem, Rally, Speaker
from rallyapp.domain.records import Record
from rallyapp.domain.reprinting import Rows, shift_name
from rallyapp.domain.stalls import Stall
from rallyapp.domain.words import counted, listed

MOST_NAMED = 12
NAMED: tuple[type[Record], ...] = (
    *(Person, Contact, Speaker, Stall, Shift),
    *(ProgrammeItem, Picket, Rally, StrikeDay),
)
"""Whom and what rows are about."""
_SECTION = re.compile(r"section-(\d+)")


def row_name(plans: Sequence[Plan], key: str, person: str = "") -> str:
    """Name a row by its key and the person it stood for, from the first plan that knows; "" where none does.

    A key in words ("where and when") is its own name.
    """
    for id in (person, key, key.partition("@")[0]):
        for plan in plans:
            for kind in NAMED:
                found = plan.find(kind, id) if id else None
                if found is not None:
                    return _name(plan, found)
    if section := _SECTION.fullmatch(key):
        return f"section {section[1]}"
    return "" if re.search(r"\d", key) else key


def _name(plan: Plan, what: Record) -> str:
    if isinstance(what, Person):
        return plan.name_of(what.id)
    if isinstance(what, Contact | Speaker):
        return what.name or what.organisation
    if isinstance(what, Shift):
        return shift_name(plan, what)
    if isinstance(what, Stall):
        return plan.line_words(what)
    if isinstance(what, Picket):
        return plan.picket_words(what)
    return what.words if isinstance(what, StrikeDay) else str(getattr(what, "title", ""))


def row_sentences(plans: Sequence[Plan], rows: Rows, people: dict[str, str], said: Collection[str]) -> Iterator[str]:
    """Say by name which rows are new, changed and gone; ``people`` tells by their keys for whom they stood.

    Rows in ``said`` are left out: what became of them stands elsewhere.
    """
    for words, keys in (("New on it", rows.new), ("Changed", rows.changed), ("No longer on it", rows.gone)):
        left = [key for key in keys if key not in said]
        names = [name for key in left if (name := row_name(plans, key, people.get(key, "")))]
        named = list(dict.fromkeys(names))[:MOST_NAMED]
        more = len(left) - len(names) + len(set(names)) - len(named)
        if left:
            others = counted(more, "more row" if named else "row") if more else ""
            yield f"{words}: {listed([*named, others])}."
