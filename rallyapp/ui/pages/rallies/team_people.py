"""Who is meant by a name that is typed for the event team: somebody in the plan, or a name that is nobody there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.places import Site
from rallyapp.domain.problems import UserError
from rallyapp.store import Store
from rallyapp.store.queries import search_people
from rallyapp.store.rota_queries import people_named

OUTSIDE = ", not in this plan"
_BRACKETS = re.compile(r"(.*\S)\s*\(([^()]*)\)")


class TeamPeople:
    """Reads names against a plan of any size: it asks for those that fit, and never for everybody."""

    def __init__(self, store: Store) -> None:
        """Take the plan."""
        self._store = store

    def read(self, text: str) -> tuple[PersonId | None, str]:
        """Give the person who is meant, or the name itself; raises UserError where several have it."""
        bare = " ".join(text.split())
        if not bare or bare.endswith(OUTSIDE):
            return None, bare.removesuffix(OUTSIDE)
        found = self._named(bare)
        if not found and (parts := _BRACKETS.fullmatch(bare)):
            found = [each for each in self._named(parts[1]) if _plain(self._workplace(each)) == _plain(parts[2])]
        if len(found) > 1:
            raise UserError(f"{len(found)} people are called {found[0].name}: choose one from what is offered below.")
        return (found[0].id, "") if found else (None, bare)

    def completions(self, text: str, *, most: int = 7) -> list[str]:
        """List who may be meant; the last is always the name by itself."""
        bare = " ".join(text.split())
        if not bare:
            return []
        people = [each for each in search_people(self._store, bare, limit=40) if not each.left]
        people.sort(key=lambda each: (not _plain(each.name).startswith(_plain(bare)), each.name.casefold(), each.id))
        often = Counter(each.name for each in people)
        names = list(dict.fromkeys(self._told_apart(each, often) for each in people))[:most]
        return [*names, f"{bare}{OUTSIDE}"] if names and bare not in names else names

    def _told_apart(self, person: Person, often: Counter[str]) -> str:
        workplace = self._workplace(person) if often[person.name] > 1 else ""
        return f"{person.name} ({workplace})" if workplace else person.name

    def _named(self, name: str) -> Sequence[Person]:
        found = people_named(self._store, name) or search_people(self._store, name, limit=60)
        return [each for each in found if not each.left and _plain(each.name) == _plain(name)]

    def _workplace(self, person: Person) -> str:
        site = self._store.find(Site, person.workplace_id) if person.workplace_id else None
        return site.name if site is not None else ""


def _plain(name: str) -> str:
    """Write a name so that two which read the same are equal."""
    bare = (letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return " ".join("".join(bare).replace(".", " ").split()).casefold()
