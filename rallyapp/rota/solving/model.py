"""The rota problem as the builder works on it: openings to fill, people who could, and what everything costs.

A plan (``problem.py``) and a problem file (``reading.py``) both become a ``Model``; nothing below knows which.
Hard rules and prices are those of the problem file: who may take an opening at all is asked of ``offers``
(availability, emergency cover, place, skill), and what people may not do *together* is said here (overlap,
travel, rest, minutes).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: More minutes than anybody has: "no limit".
ENDLESS = 1 << 40


def columns_of(places: Iterable[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Give the people and the openings of places, in order."""
    table = np.fromiter(chain.from_iterable(places), dtype=np.int64).reshape(-1, 2)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    return table[:, 0].copy(), table[:, 1].copy()


def among(many: int, chosen: Iterable[int] | Ints) -> Bools:
    """Say of each of so many positions whether it is chosen."""
    found = np.zeros(many, dtype=np.bool_)
    found[chosen if isinstance(chosen, np.ndarray) else np.fromiter(chosen, dtype=np.int64)] = True
    return found


def runs(first: Ints, size: Ints) -> Ints:
    """Give first, first + 1, ... for each first, so many as its size, one after the other."""
    total = int(size.sum())
    offset = np.repeat(np.cumsum(size) - size, size)
    found: Ints = np.repeat(first, size) + (np.arange(total) - offset)
    return found


def groups(*keys: Ints) -> tuple[Ints, Ints]:
    """Give where each run of equal neighbours (in all keys) starts, and how long it is."""
    many = len(keys[0])
    edge = np.ones(many, dtype=np.bool_)
    if many:
        edge[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    first = np.flatnonzero(edge)
    return first, np.diff(np.append(first, many))


@dataclass(frozen=True, slots=True)
class Opening:
    """So many people wanted at one shift: at least, as wished, at most.

    ``meeting`` is the shift on which people meet (several openings of one plan shift share it). Times are
    minutes since the problem's start; ``day`` is the strike day that the minutes count towards. ``skills`` holds
    (skill, least, wished) for skills that some of the heads must have; ``requires`` those that all must have.
    """

    id: str
    meeting: str
    spot: int
    day: int
    start: int
    end: int
    kind: str
    least: int
    wished: int
    most: int
    skills: tuple[tuple[int, int, int], ...] = ()
    priority: int = 1
    requires: tuple[int, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start

    @property
    def bundle(self) -> tuple[object, ...]:
        """What openings have in common that the same people can take at the same price."""
        return (self.spot, self.start, self.end, self.day, self.kind, self.requires)


@dataclass(frozen=True, slots=True)
class Weights:
    """What it costs, in whole numbers: C1 to C4, C6, C7 and C8 (C5 is in the offers)."""

    least: int = 1000
    skill_least: int = 600
    wished: int = 60
    skill_wished: int = 40
    fair: int = 6
    pair: int = 12
    drop: int = 80
    add: int = 20


class Offers(Protocol):
    """Who may take an opening, looked at by itself, and at what price."""

    def of(self, opening: Opening) -> tuple[Ints, Ints]:
        """Give the people (positions, ascending) and their prices (C5); the same for openings of one bundle."""
        ...


@dataclass(frozen=True)
class Model:
    """One rota problem. People, openings, skills and spots are known by their position.

    ``travel`` is in minutes between spots. It counts between shifts of one day and, with ``travel_always``,
    between any; ``min_rest`` (minutes) counts between shifts of different days. ``spent`` is what people do
    already on a day outside this problem. ``pinned`` stay; ``barred`` never come about; ``previous`` is the rota
    from which changes are charged (C8). ``apart`` are never at one meeting, ``together`` wish to be (C7).
    ``caps`` are openings that together take at most so many heads. ``gone`` are people who dropped out of
    ``previous``, and ``lost_near`` the openings at which they may be missing, where that is known.
    """

    people: tuple[str, ...]
    skills: tuple[str, ...]
    holds: Bools
    prior: Ints
    day_limit: Ints
    total_limit: Ints
    openings: tuple[Opening, ...]
    offers: Offers
    travel: Ints
    min_rest: int
    weights: Weights
    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    pinned: tuple[tuple[int, int], ...] = ()
    previous: frozenset[tuple[int, int]] | None = None
    barred: frozenset[tuple[int, int]] = frozenset()
    caps: tuple[tuple[tuple[int, ...], int], ...] = ()
    spent: Mapping[tuple[int, int], int] = field(default_factory=dict)
    travel_always: bool = False
    gone: tuple[int, ...] = ()
    lost_near: tuple[int, ...] | None = None

    @cached_property
    def times(self) -> Ints:
        """Rows of start, end, day and spot of every opening."""
        rows = [(each.start, each.end, each.day, each.spot) for each in self.openings]
        return np.array(rows, dtype=np.int64).reshape(-1, 4).T.copy()

    @cached_property
    def needs(self) -> Ints:
        """Rows of least, wished and priority of every opening."""
        rows = [(each.least, each.wished, each.priority) for each in self.openings]
        return np.array(rows, dtype=np.int64).reshape(-1, 3).T.copy()

    @cached_property
    def skill_needs(self) -> Ints:
        """Rows of opening, skill, least and wished: one column for each skill that some heads must have."""
        rows = [(number, *skill) for number, each in enumerate(self.openings) for skill in each.skills]
        return np.array(rows, dtype=np.int64).reshape(-1, 4).T.copy()

    @cached_property
    def before(self) -> tuple[Ints, Ints]:
        """The people and the openings of the previous rota, in order."""
        return columns_of(self.previous or ())

    def clash(self, a: Ints, b: Ints) -> Bools:
        """Say of openings, pairwise, whether one person may not do both (H4): overlap, travel or rest."""
        start, end, day, spot = self.times
        gap = np.where(start[a] <= start[b], start[b] - end[a], start[a] - end[b])
        other_day = day[a] != day[b]
        found = (gap < 0) | (other_day & (gap < self.min_rest))
        far = (spot[a] != spot[b]) & (gap < self.travel[spot[a], spot[b]])
        answer: Bools = found | (far if self.travel_always else far & ~other_day)
        return answer

    @cached_property
    def spent_in_all(self) -> Mapping[int, int]:
        """The minutes that people do outside this problem, over all days."""
        found: dict[int, int] = {}
        for (person, _), minutes in self.spent.items():
            found[person] = found.get(person, 0) + minutes
        return found
