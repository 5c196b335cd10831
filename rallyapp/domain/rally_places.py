"""Where a rally is, as people type it: a place of the plan, or a new one with its address and postcode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rallyapp.domain.ids import VenueId, new_id
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally

# All in capitals or all in small letters: "Unit E1 1st Floor" holds none.
_POSTCODE = re.compile(
    r"(?<!\w)(?:([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})|([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2}))(?!\w)"
)


def typed_place(text: str) -> tuple[str, str, str]:
    """Split a place's name, address and postcode; the name stands before the first comma, without one it is all.

    The postcode is the last that stands anywhere in it, in capitals and with its space; the address is the rest, its
    parts with a comma between them. Only of an empty text the name is empty.
    """
    whole = " ".join(text.split())
    if "," not in whole:
        return whole, "", ""
    postcode, rest = "", whole
    for found in _POSTCODE.finditer(whole):
        postcode = " ".join(filter(None, found.groups())).upper()
        rest = f"{whole[: found.start()]}{whole[found.end() :]}"
    name, *address = _parts(rest) or _parts(whole) or [whole]
    return name, ", ".join(address), postcode


def _parts(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in re.split(r"[,\n]", text))
    return [part for part in parts if part.strip(" .;")]


def venue_named(venues: Iterable[Venue], name: str) -> Venue | None:
    """Find the venue that is meant by a name, however it is spaced and capitalised."""
    wanted = _spelled(name)
    return next((venue for venue in venues if _spelled(venue.name) == wanted), None)


def _spelled(name: str) -> str:
    return " ".join(name.split()).casefold()


def venue_meant(venues: Iterable[Venue], text: str) -> Venue | None:
    """Find the venue that is meant by a whole name, or by a name with the same address or postcode.

    One of that name of which neither address nor postcode is known is meant, too, and given with those typed.
    """
    every = list(venues)
    if whole := venue_named(every, text):
        return whole
    name, address, postcode = typed_place(text)
    named = [venue for venue in every if _spelled(venue.name) == _spelled(name)]
    if not address and not postcode:
        return next(iter(named), None)
    for venue in named:
        if venue.postcode and postcode:
            same = "".join(venue.postcode.split()).upper() == postcode.replace(" ", "")
        else:
            same = bool(address) and _parts(venue.address.casefold()) == _parts(address.casefold())
        if same:
            return venue
    unknown = next((venue for venue in named if not venue.address and not venue.postcode), None)
    return replace(unknown, address=address, postcode=postcode) if unknown else None


def new_venue(text: str, make_id: Callable[[], str] = new_id) -> Venue:
    """Make a venue of what was typed; see ``typed_place``."""
    name, address, postcode = typed_place(text)
    return Venue(id=VenueId(make_id()), name=name, address=address, postcode=postcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMove:
    """A rally at the place that was typed, and what is written and deleted of places for it.

    ``label`` says what is done, ``said`` says it with what comes of it; ``former`` says only what becomes of the
    place where the rally was: its new name, or that it is gone.
    """

    rally: Rally
    saved: tuple[Venue, ...] = ()
    deleted: tuple[Venue, ...] = ()
    label: str = ""
    said: str = ""
    former: str = ""


def held_at(plan: Plan, rally: Rally, text: str, make_id: Callable[[], str] = new_id) -> PlaceMove:
    """Give a rally the place that was typed: one of the plan, or a new one.

    Where nothing but its name is known of the place where it was, and no other rally is there, a new name renames
    that place, and another place of the plan takes it out. The plan holds every venue and every rally.
    """
    old = plan.get(Venue, rally.venue_id)
    others = any(each.id != rally.id for each in plan.of(Rally, "venue_id", old.id))
    fleeting = not others and old == Venue(id=old.id, name=old.name)
    meant = venue_meant(plan.all(Venue), text)
    if fleeting and (meant is None or meant.id == old.id):
        return _renamed(rally, old, _rewritten(old, text))
    if meant is not None and meant.id == old.id:
        return _renamed(rally, old, meant)
    venue = meant or new_venue(text, make_id)
    label = f"Hold {rally.title} at {venue.name}"
    former = f"{old.name}, of which only the name was known, is no longer in the plan." if fleeting else ""
    said = f"{label}{'' if meant else ', a new place in the plan'}."
    return PlaceMove(
        rally=replace(rally, venue_id=venue.id),
        saved=() if venue == plan.find(Venue, venue.id) else (venue,),
        deleted=(old,) if fleeting else (),
        label=label,
        said=f"{said} {former}".rstrip(),
        former=former,
    )


def _rewritten(old: Venue, text: str) -> Venue:
    """Give a place of which only the name is known with what was typed; its own name is never split."""
    if _spelled(text) == _spelled(old.name):
        return replace(old, name=" ".join(text.split()))
    name, address, postcode = typed_place(text)
    return replace(old, name=name, address=address, postcode=postcode)


def _renamed(rally: Rally, old: Venue, new: Venue) -> PlaceMove:
    if new == old:
        return PlaceMove(rally=rally)
    if new.name == old.name:
        label = f"Write the address of {new.name}"
        return PlaceMove(rally=rally, saved=(new,), label=label, said=f"{label}.")
    former = f"{old.name} is called {new.name} now: no other rally is there."
    return PlaceMove(rally=rally, saved=(new,), label=f"Rename {old.name} to {new.name}", said=former, former=former)
