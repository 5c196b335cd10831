"""Everybody in memory, ready to be found while somebody types: folded texts, marks to filter by, and orders.

Made in a thread. People are known by number: their place in ``rows``, which never moves; somebody who is deleted
leaves a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Skill, Standing
from rallyapp.store.people_queries import FIELDS, PeopleFacts, Row, haystack, needles
from rallyapp.ui.models.people_columns import KEYS, name_key

_RUN = 4096  # rows sorted at once, so that a thread does not keep the window waiting
_STANDING, _RESERVE, _LEFT = FIELDS["standing"], FIELDS["reserve"], FIELDS["left"]


class Mark(IntFlag):
    """What the chips above the table filter by."""

    MEMBER = 1
    SUPPORTER = 2
    RESERVE = 4
    SUPERVISOR = 8
    UNASKED = 16
    NO_SHIFT = 32
    ON_DAY = 64
    LEFT = 128
    GONE = 256  # deleted


_EITHER = Mark.MEMBER | Mark.SUPPORTER
_GONE = int(Mark.GONE)


class PeopleIndex:
    """The people of a plan at one moment, and who of them is shown in which order."""

    def __init__(self, rows: Iterable[Row], facts: PeopleFacts) -> None:
        """Read everybody; takes a second for a national union, so it is done in a thread."""
        rows = list(rows)
        names = [name_key(row) for row in rows]
        order = _sorted(range(len(rows)), names)
        self.rows: list[Row] = [rows[number] for number in order]  # by name, which is what other orders fall back on
        self.facts = facts
        self.number: dict[PersonId, int] = {row[0]: number for number, row in enumerate(self.rows)}
        self._hay = [haystack(row, facts) for row in self.rows]
        self._marks = [self._mark(row) for row in self.rows]
        self._key, self._down = "name", False
        self._keys: dict[str, list[Any]] = {"name": [names[number] for number in order]}
        self._orders: dict[str, list[int]] = {"name": list(range(len(self.rows)))}
        self._changed: set[str] = set()  # columns whose order is not right any more
        self._base: list[int] | None = None
        self._total: int | None = None
        self._needles: tuple[str, ...] = ()
        self._wanted = Mark(0)
        self.shown: list[int] = []
        self._choose()

    # ------------------------------------------------------------------------------------------- filtering
    @property
    def total(self) -> int:
        """How many people the plan has, without those who have left."""
        if self._total is None:
            off = int(Mark.LEFT | Mark.GONE)
            self._total = sum(1 for mark in self._marks if not mark & off)
        return self._total

    def like(self, other: PeopleIndex) -> None:
        """Look for the same, in the same order, as another index did."""
        wanted = (other._needles, other._wanted, other._key, other._down)
        if wanted == (self._needles, self._wanted, self._key, self._down):
            return
        self._needles, self._wanted, self._base = other._needles, other._wanted, None
        self._key, self._down = other._key, other._down
        self._choose()

    def find(self, text: str) -> None:
        """Show those in whom every piece of the text is found."""
        wanted = needles(text)
        if wanted == self._needles:
            return
        narrower = len(wanted) >= len(self._needles) and all(
            old in new for old, new in zip(self._needles, wanted, strict=False)
        )
        self._needles = wanted
        self._narrow(self.shown if narrower and self._base is not None else self._chosen(), wanted)

    def mark(self, wanted: Mark) -> None:
        """Show those who have all of these marks; of members and supporters, one is enough."""
        if wanted != self._wanted:
            self._wanted, self._base = wanted, None
            self._choose()

    @property
    def filtered(self) -> bool:
        """Say whether anything but everybody is shown."""
        return bool(self._needles or self._wanted)

    def sort(self, key: str, down: bool) -> None:
        """Order by a column."""
        self._key, self._down, self._base = key, down, None
        self._choose()

    def _choose(self) -> None:
        self._narrow(self._chosen(), self._needles)

    def _chosen(self) -> list[int]:
        """List who has the marks, in order."""
        if self._base is not None:
            return self._base
        order = self.order(self._key)
        if self._down:
            order = order[::-1]
        marks = self._marks
        either, all_of, asked = self._asked()
        if either:
            self._base = [at for at in order if marks[at] & asked == all_of and marks[at] & either]
        else:
            self._base = [at for at in order if marks[at] & asked == all_of]
        return self._base

    def _asked(self) -> tuple[int, int, int]:
        """Give the marks of which one is enough, those that all must be there, and all that are looked at."""
        all_of = int(self._wanted & ~_EITHER)
        return int(self._wanted & _EITHER), all_of, all_of | int(Mark.LEFT | Mark.GONE)

    def _narrow(self, among: list[int], wanted: Sequence[str]) -> None:
        hay = self._hay
        for needle in wanted:
            among = [at for at in among if needle in hay[at]]
        self.shown = among if among is not self._base else list(among)

    # -------------------------------------------------------------------------------------------- ordering
    def order(self, key: str) -> list[int]:
        """Give everybody's numbers in the order of a column, those alike by name."""
        if key not in self._orders:
            self._keys[key], self._orders[key] = _ordered(key, self.rows, self.facts, self.order("name"))
        elif key in self._changed:  # nearly in order, which is soon mended
            self._orders[key].sort(key=self._keys[key].__getitem__)
        self._changed.discard(key)
        return self._orders[key]

    def lacking(self) -> Lacking:
        """Give what a thread needs to work out the orders that nobody has asked for yet."""
        return Lacking(list(self.rows), self.facts, list(self.order("name")), tuple(set(KEYS) - set(self._orders)))

    def take_orders(self, given: Lacking, found: dict[str, tuple[list[Any], list[int]]]) -> None:
        """Take the orders that were worked out, unless somebody was changed meanwhile."""
        if given.facts is self.facts and len(given.rows) == len(self.rows) and given.rows == self.rows:
            for key, (keys, order) in found.items():
                if key not in self._orders:
                    self._keys[key], self._orders[key] = keys, order

    # -------------------------------------------------------------------------------------------- following
    def put(self, row: Row, facts: PeopleFacts) -> int:
        """Take a person as they are now, new or not; gives their number. Whoever is shown stays where they are."""
        self.facts = facts
        number = self.number.get(row[0])
        new = number is None
        if number is None:
            number = self.number[row[0]] = len(self.rows)
            self.rows.append(row)
            self._hay.append("")
            self._marks.append(0)
        self.rows[number] = row
        self._hay[number], self._marks[number] = haystack(row, facts), self._mark(row)
        for key, keys in self._keys.items():
            now = KEYS[key](row, facts)
            if new:
                keys.append(now)
                self._orders[key].append(number)
                self._changed.add(key)
            elif keys[number] != now:
                keys[number] = now
                self._changed.add(key)
        self._base = self._total = None
        return number

    def remove(self, person: PersonId) -> int | None:
        """Forget a person; gives the number they had."""
        number = self.number.pop(person, None)
        if number is not None:
            self._marks[number] = int(Mark.GONE)
            self._base = self._total = None
        return number

    def named(self, keys: Collection[str]) -> list[int]:
        """List who is ordered by one of these names (``name_key``)."""
        return [number for number, key in enumerate(self._keys["name"]) if key in keys and self._marks[number] < _GONE]

    def fits(self, number: int) -> bool:
        """Say whether somebody is among those who are asked for."""
        mark = self._marks[number]
        either, all_of, asked = self._asked()
        right = mark & asked == all_of and (not either or mark & either)
        return bool(right) and all(needle in self._hay[number] for needle in self._needles)

    def _mark(self, row: Row) -> int:
        facts, person = self.facts, row[0]
        standing = row[_STANDING]
        found = 0
        if standing == Standing.MEMBER:
            found |= 1
        elif standing == Standing.SUPPORTER:
            found |= 2
        if row[_RESERVE]:
            found |= 4
        if Skill.SUPERVISOR in facts.skills.get(person, ()):
            found |= 8
        if person not in facts.offered:
            found |= 16
        if person not in facts.shifts:
            found |= 32
        if person in facts.on_day:
            found |= 64
        if row[_LEFT]:
            found |= 128
        return found


@dataclass(frozen=True, slots=True)
class Lacking:
    """The people as they were when their orders began to be worked out, and which orders are lacking."""

    rows: list[Row]
    facts: PeopleFacts
    names: list[int]
    keys: tuple[str, ...]

    def work_out(self) -> dict[str, tuple[list[Any], list[int]]]:
        """Work out the orders; done in a thread."""
        return {key: _ordered(key, self.rows, self.facts, self.names) for key in self.keys}


def _ordered(key: str, rows: Sequence[Row], facts: PeopleFacts, names: Sequence[int]) -> tuple[list[Any], list[int]]:
    read = KEYS[key]
    keys = [read(row, facts) for row in rows]
    return keys, _sorted(names, keys)


def _sorted(numbers: Iterable[int], keys: Sequence[Any]) -> list[int]:
    """Sort by key, those alike as they come; in runs, so that no single call keeps other threads waiting."""
    every = list(numbers)
    runs = [sorted(every[at : at + _RUN], key=keys.__getitem__) for at in range(0, len(every), _RUN)]
    while len(runs) > 1:
        runs = [
            sorted(runs[at] + (runs[at + 1] if at + 1 < len(runs) else []), key=keys.__getitem__)
            for at in range(0, len(runs), 2)
        ]
    return runs[0] if runs else []
