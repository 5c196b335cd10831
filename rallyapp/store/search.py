"""Search everywhere: people, sites, entrances, strike days, shifts, rallies and stalls by the beginnings of words."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PartnerId, SiteId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Shift
from rallyapp.domain.places import Employer, Entrance, Site, Venue
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import Record, table_of
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import clock, day_words, long_day_words
from rallyapp.store.queries import search_words
from rallyapp.store.store import Store
from rallyapp.store.triggers import folded

_MOST_LINES = 40
_LINES = ("entrance", "post", "stall")  # what has shifts
MOST_PEOPLE = 200  # looked at, to find the best few of a common beginning


class Found(StrEnum):
    """What kind of thing was found, in the order in which they are shown."""

    DAY = "Strike days"
    PERSON = "People"
    PLACE = "Sites and entrances"
    SHIFT = "Shifts"
    RALLY = "Rallies"
    STALL = "Stalls"


@frozen
class Hit:
    """One thing that was found: what it is called, what tells it from others of that name, and the record."""

    found: Found
    title: str
    note: str
    concern: Concern


@frozen(kw_only=False)
class _Entry:
    """Something that is searched in memory: there are few thousand of them even in a national plan."""

    hit: Hit
    words: tuple[str, ...]


class Search:
    """Looks for what somebody types. What is not people is read once and again when ``stale`` is called."""

    tables = frozenset(
        table_of(kind) for kind in (StrikeDay, Employer, Site, Entrance, Venue, Rally, Post, Partner, Stall)
    )

    def __init__(self, store: Store) -> None:
        """Take the open plan."""
        self._store = store
        self._entries: list[_Entry] | None = None
        self._posts: list[_Entry] = []  # they lead to shifts only

    def stale(self) -> None:
        """Read again what is kept in memory, the next time that somebody looks for something."""
        self._entries = None

    def find(self, text: str, *, each: int = 6) -> list[Hit]:
        """List what was found, by kind and the best first, at most so many of ``each`` kind; nothing for no words."""
        words = words_of(text)
        if not words:
            return []
        found: dict[Found, list[Hit]] = {kind: [] for kind in Found}
        found[Found.PERSON] = self._people(text, words)[:each]
        entries = self._read()
        ranked = sorted(
            ((rank, place) for place, entry in enumerate(entries) if (rank := _rank(entry.words, words)) is not None)
        )
        for _, place in ranked:
            hit = entries[place].hit
            if len(found[hit.found]) < each:
                found[hit.found].append(hit)
        found[Found.SHIFT] = list(self._shifts(words, each))
        return [hit for kind in Found for hit in found[kind]]

    # ------------------------------------------------------------------------------------------- people
    def _people(self, text: str, words: tuple[str, ...]) -> list[Hit]:
        match = search_words(text)
        if not match:
            return []
        # Not by rank: to rank a beginning that 45,000 people share takes longer than to show it.
        query = (
            "SELECT p.id FROM person_search f JOIN person p ON p.n = f.rowid WHERE person_search MATCH ? "
            f"LIMIT {MOST_PEOPLE}"
        )
        people = self._store.these(Person, (row[0] for row in self._store.rows(query, (match,))))
        workplaces = {person.workplace_id for person in people if person.workplace_id}
        sites: dict[SiteId | None, str] = {each.id: each.name for each in self._store.these(Site, workplaces)}
        charities = {person.partner_id for person in people if person.partner_id}
        partners: dict[PartnerId | None, str] = {each.id: each.name for each in self._store.these(Partner, charities)}

        def note(person: Person) -> str:
            left = "has left" if person.left else ""
            return ", ".join(filter(None, (sites.get(person.workplace_id), partners.get(person.partner_id), left)))

        def order(person: Person) -> tuple[bool, tuple[int, ...], str, str]:
            return person.left, _rank(words_of(person.name), words) or (9,), person.family_name, person.given_name

        return [
            Hit(
                found=Found.PERSON,
                title=person.name,
                note=note(person),
                concern=Concern("person", person.id),
            )
            for person in sorted(people, key=order)
        ]

    # ------------------------------------------------------------------------------------------- shifts
    def _shifts(self, words: tuple[str, ...], most: int) -> Iterator[Hit]:
        """Find shifts by their entrance, post or stall and something of their day or time: "main 08", "gate 8 dec"."""
        timed = frozenset(word for word in words if word[0].isdigit() or _in_a_date(word))
        if not timed or timed.issuperset(words):
            return
        wanted: dict[str, tuple[_Entry, frozenset[str]]] = {}  # what is not said of a line is said of a time
        for entry in (*self._read(), *self._posts):
            said = {word for word in words if any(known.startswith(word) for known in entry.words)}
            if entry.hit.concern.kind in _LINES and said and timed - said and said | timed >= set(words):
                wanted[entry.hit.concern.id] = entry, timed - said
        lines = list(wanted)[:_MOST_LINES]
        these = ", ".join("?" * len(lines))
        rows = self._store.rows(
            "SELECT s.id, k.entrance_id, s.starts FROM picket k JOIN shift s ON s.picket_id = k.id "
            f"WHERE k.entrance_id IN ({these}) "
            f"UNION ALL SELECT id, post_id, starts FROM shift WHERE post_id IN ({these}) "
            f"UNION ALL SELECT id, stall_id, starts FROM shift WHERE stall_id IN ({these}) ORDER BY 3, 1",
            lines * 3,
        )
        found = [(id, wanted[at][0].hit) for id, at, starts in rows if _is_of(starts, wanted[at][1])][:most]
        shifts = {shift.id: shift for shift in self._store.these(Shift, (id for id, _ in found))}
        for id, place in found:
            shift = shifts[id]
            yield Hit(
                found=Found.SHIFT,
                title=f"{day_words(shift.starts.date())}, {shift.words}",
                note=", ".join(filter(None, (_line_words(place), place.note))),
                concern=Concern("shift", shift.id),
            )

    # ------------------------------------------------------------------------------------ all the others
    def _read(self) -> list[_Entry]:
        if self._entries is None:
            with self._store.snapshot():
                self._entries = list(self._entries_of())
                rallies = {rally.id: rally.title for rally in self._store.all(Rally)}
                self._posts = [
                    _entry(Found.SHIFT, post.name, rallies[post.rally_id], post) for post in self._store.all(Post)
                ]
        return self._entries

    def _entries_of(self) -> Iterator[_Entry]:
        store = self._store
        for day in sorted(store.all(StrikeDay), key=lambda each: each.window.start):
            note = f"{day.kind}, {day.state}"
            yield _entry(
                Found.DAY, day_words(day.first_date), note, day, long_day_words(day.first_date), *_figures(day)
            )
        employers = {each.id: each.name for each in store.all(Employer)}
        sites = {each.id: each for each in store.all(Site)}
        for site in sorted(sites.values(), key=lambda each: each.name):
            employer = employers.get(site.employer_id, "")
            yield _entry(Found.PLACE, site.name, "" if employer == site.name else employer, site, site.postcode)
        for entrance in sorted(store.all(Entrance), key=lambda each: (sites[each.site_id].name, each.position)):
            yield _entry(Found.PLACE, entrance.name, sites[entrance.site_id].name, entrance)
        venues = {each.id: each.name for each in store.all(Venue)}
        rallies = {each.id: each for each in store.all(Rally)}
        for rally in rallies.values():
            note = f"{venues.get(rally.venue_id, '')}, {day_words(rally.starts.date())} {rally.words}"
            yield _entry(Found.RALLY, rally.title, note, rally)
        partners = {each.id: each.name for each in store.all(Partner)}
        for stall in store.all(Stall):
            rally_of = rallies.get(stall.rally_id) if stall.rally_id else None
            yield _entry(
                Found.STALL, partners.get(stall.partner_id, ""), rally_of.title if rally_of else "", stall, "stall"
            )


_IN_DATES = frozenset(
    word.casefold()
    for month in range(1, 13)
    for day in range(1, 8)
    for word in long_day_words(date(2001, month, day)).split()
    if word.isalpha()
)
_WORD = re.compile(r"[^\W_]+(?::\d\d)?")


def words_of(text: str) -> tuple[str, ...]:
    """Cut a text into words as they are compared: small letters, no accents; 08:00 stays one."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", folded(text)) if not unicodedata.combining(sign))
    return tuple(_WORD.findall(bare.casefold()))[:12]


def _in_a_date(word: str) -> bool:
    return len(word) >= 3 and any(known.startswith(word) for known in _IN_DATES)


def _is_of(starts: str, words: frozenset[str]) -> bool:
    """Say whether a shift starts on a day or at a time that some words begin."""
    when = datetime.fromisoformat(starts)
    known = (clock(when), clock(when).replace(":", ""), *_day_words_of(when.date()))
    return all(any(each.startswith(word) for each in known) for word in words)


@functools.lru_cache(maxsize=400)
def _day_words_of(day: date) -> tuple[str, ...]:
    return words_of(long_day_words(day))


def _line_words(place: Hit) -> str:
    return f"{place.title} stall" if place.concern.kind == "stall" else place.title


def _entry(found: Found, title: str, note: str, record: Record, *more: str) -> _Entry:
    hit = Hit(found=found, title=title, note=note, concern=Concern(table_of(type(record)), record.id))
    return _Entry(hit, (*words_of(title), *words_of(f"{note} {' '.join(more)}")))


def _figures(day: StrikeDay) -> tuple[str, ...]:
    return (f"{day.first_date.day}/{day.first_date.month}", day.first_date.isoformat())


def _rank(known: Iterable[str], words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Say how well some words fit those looked for, by where each is begun; None where one is not found."""
    listed = tuple(known)
    places = []
    for word in words:
        place = next((at for at, each in enumerate(listed) if each.startswith(word)), None)
        if place is None:
            return None
        places.append(place)
    return tuple(places)
