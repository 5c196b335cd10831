"""Who is meant by a name that somebody types onto a stall's shift, and what keeps them from it."""

from __future__ import annotations

from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.ids import PartnerId, ShiftId
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Role, Shift
from rallyapp.domain.problems import UserError
from rallyapp.store import Store
from rallyapp.store.queries import search_people
from rallyapp.store.shift_queries import shift_part


class Unknown(UserError):
    """Nobody in the plan has that name; they may be the charity's own."""


def person_meant(store: Store, name: str, partner: PartnerId) -> Person:
    """Find the one person of a name, or of a part of it, for a stall of a partner; another charity's own come last.

    Raises UserError where there is none, or several.
    """
    if not name.strip():
        raise UserError("Write a name.")
    wanted = _plain(name)
    everybody = [each for each in search_people(store, name, limit=40) if not each.left]
    found = [each for each in everybody if each.partner_id in (None, partner)] or everybody
    exact = [each for each in found if _plain(each.name) == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise Unknown(f"Nobody in this plan is called \u201c{name.strip()}\u201d.")
    if exact:
        raise UserError(f"{len(exact)} people are called {exact[0].name}: put the right one on from the page People.")
    some = ", ".join(each.name for each in found[:3])
    raise UserError(f"\u201c{name.strip()}\u201d could be {some}{' or others' if len(found) > 3 else ''}: write more.")


def names_like(store: Store, text: str, partner: PartnerId) -> list[str]:
    """List the names that a text may become at a partner's stall: its own first, and nobody of another charity."""
    known = [each for each in search_people(store, text, limit=40) if not each.left]
    fitting = [each for each in known if each.partner_id in (None, partner)]
    fitting.sort(key=lambda each: (each.partner_id is None, each.standing is not Standing.PARTNER))
    return list(dict.fromkeys(each.name for each in fitting))[:8]


def against(store: Store, person: Person, shift_id: ShiftId) -> tuple[str, str]:
    """Say what blocks somebody from a shift, and what else speaks against it; nothing where nothing does."""
    part = shift_part(store, [shift_id], [person.id])
    reasons = why_not(person, part.get(Shift, shift_id), Book(part), role=Role.STALL)
    blocks = "; ".join(each.sentence for each in reasons if each.blocks)
    return blocks, "; ".join(each.sentence for each in reasons if not each.blocks)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
