"""Names as somebody types them into a cell: read, completed, and refused in one sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rallyapp.domain.ids import PersonId, SiteId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Role
from rallyapp.domain.places import Site
from rallyapp.domain.problems import UserError
from rallyapp.store import Store
from rallyapp.store.queries import search_people
from rallyapp.store.rota_queries import people_named
from rallyapp.ui.pages.rota.reading import Named

_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_SPLIT = re.compile(r"[,;\n]+")
_ROLES = {
    "supervisor": Role.SUPERVISOR,
    "picket supervisor": Role.SUPERVISOR,
    "organiser": Role.SUPERVISOR,
    "picket organiser": Role.SUPERVISOR,
    **{str(role): role for role in Role},
}


class Names:
    """Reads names against a plan. Who works at the site, and who is shown there already, comes first."""

    def __init__(self, store: Store) -> None:
        """Take the plan."""
        self._store = store

    def read(
        self, text: str, site: SiteId | None, shown: Iterable[Named] = (), here: Iterable[Named] = ()
    ) -> tuple[tuple[PersonId, Role | None], ...]:
        """Read "Ann Archer, Bob B. (supervisor)": who is meant, and as what where that is said.

        ``shown`` are those whose short names somebody sees and may type; ``here`` those in the cell itself, who are
        meant by their full names, too. Of several of one name a workplace in brackets says which. Raises UserError
        with one sentence for a name that nobody has, or that several have.
        """
        seen = _by_name((one.short, one) for one in shown if plain(one.short) != plain(one.full))
        seen |= _by_name((name, one) for one in here for name in (one.short, one.full))
        found: dict[PersonId, Role | None] = {}
        for part in split(text):
            name, role = _role_of(part)
            found[self._one(name, site, seen)] = role
        return tuple(found.items())

    def completions(self, text: str, site: SiteId | None, *, most: int = 8) -> list[str]:
        """List what a cell may become: what was typed, with its last name written out."""
        before, name = _last(text)
        if not name.strip() or _BRACKETS.search(name):
            return []
        people = [person for person in search_people(self._store, name, limit=40) if not person.left]
        people.sort(key=lambda person: (person.workplace_id != site, person.name.casefold(), person.id))
        often = Counter(person.name for person in people)
        names = dict.fromkeys(
            person.name if often[person.name] == 1 else self._with_workplace(person) for person in people
        )
        return [f"{before}{name}" for name in list(names)[:most]]

    def _one(self, name: str, site: SiteId | None, seen: Mapping[str, set[PersonId]]) -> PersonId:
        known = seen.get(plain(name), set())
        if len(known) == 1:
            return next(iter(known))
        exact = self._exactly(name)
        if not exact and (brackets := _BRACKETS.search(name)) is not None:
            return self._at(name[: brackets.start()], brackets[1])
        people = exact or [each for each in search_people(self._store, name, limit=60) if not each.left]
        if len(people) > 1 and site is not None:
            people = [each for each in people if each.workplace_id == site] or people
        if len(people) == 1:
            return people[0].id
        if not people:
            raise UserError(_nobody(name))
        raise UserError(self._same_name(exact) if exact else _several(name, people))

    def _at(self, name: str, workplace: str) -> PersonId:
        """Give the one of that name who works there."""
        exact = self._exactly(name)
        people = [each for each in exact if plain(workplace) in plain(self._workplace(each))]
        if len(people) == 1:
            return people[0].id
        if exact:
            raise UserError(self._same_name(people or exact))
        raise UserError(_nobody(name))

    def _workplace(self, person: Person) -> str:
        site = self._store.find(Site, person.workplace_id) if person.workplace_id else None
        return site.name if site is not None else ""

    def _with_workplace(self, person: Person) -> str:
        workplace = self._workplace(person)
        return f"{person.name} ({workplace})" if workplace else person.name

    def _same_name(self, people: Sequence[Person]) -> str:
        """Say that several have a name, and how to tell them apart."""
        name, places = people[0].name, {self._workplace(each) for each in people}
        if len(people) == 1:
            return f"{name} works at {places.pop() or 'no workplace that is known'}: write the name without brackets."
        if len(places) > 1 and (known := min(filter(None, places))):
            how = f"write the workplace behind the name, \u201c{name} ({known})\u201d, or put the right one on"
        else:
            how = "put the right one on"
        return f"{len(people)} people are called {name}: {how} from the details at the right."

    def _exactly(self, name: str) -> Sequence[Person]:
        wanted = plain(name)
        found = people_named(self._store, " ".join(name.split()))
        if not found:
            found = search_people(self._store, name, limit=60)
        return [person for person in found if plain(person.name) == wanted and not person.left]


def split(text: str) -> list[str]:
    """Part names at commas, semicolons and line breaks."""
    return [part.strip() for part in _SPLIT.split(text.replace("\u2068", "").replace("\u2069", "")) if part.strip()]


def plain(name: str) -> str:
    """Write a name so that two which read the same are equal, with accents and full stops left away."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", name.replace(".", " ")) if not unicodedata.combining(letter)
    )
    return " ".join(bare.split()).casefold()


def _by_name(named: Iterable[tuple[str, Named]]) -> dict[str, set[PersonId]]:
    found: dict[str, set[PersonId]] = {}
    for name, one in named:
        found.setdefault(plain(name), set()).add(one.person_id)
    return found


def _role_of(part: str) -> tuple[str, Role | None]:
    match = _BRACKETS.search(part)
    if match is None:
        return part, None
    role = _ROLES.get(match[1].strip().casefold())
    return (part[: match.start()], role) if role is not None else (part, None)


def _last(text: str) -> tuple[str, str]:
    """Part what was typed into what is finished and the name that is being typed."""
    cut = max(text.rfind(sign) for sign in ",;\n") + 1
    if not cut and text.lstrip().startswith("+"):
        return "+", text.lstrip()[1:].lstrip()
    return f"{text[:cut].rstrip()} " if cut else "", text[cut:].lstrip()


def _nobody(name: str) -> str:
    return f"Nobody in this plan is called \u201c{name}\u201d: check the spelling, or add them on the page People."


def _several(name: str, people: Sequence[Person]) -> str:
    some = ", ".join(person.name for person in people[:2])
    more = len(people) - 2
    rest = f" or {more} more" if more > 0 else ""
    return f"\u201c{name}\u201d could be {some}{rest}: write more of the name."
