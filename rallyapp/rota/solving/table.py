"""What is left to decide once the pinned places stand: bundles of like openings, and who could take them.

Openings of one spot, time, kind and requirement are one bundle: the same people can take them at the same price,
so which of them somebody stands at is decided later (``spread.py``). Merging only takes limits away, so what is
a bound of the merged problem is one of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Bools, Ints, Model, among, columns_of, runs


@dataclass(frozen=True, slots=True)
class Left:
    """What an opening still wants beside its pinned heads."""

    least: int
    wished: int
    most: int
    skills: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Openings that the same people can take at the same price."""

    members: tuple[int, ...]
    day: int
    start: int
    end: int
    spot: int

    @property
    def minutes(self) -> int:
        """How long each of its openings is."""
        return self.end - self.start


class Table:
    """The columns of the problem: person ``who``, bundle ``what`` and ``price``, ordered by person, then bundle.

    ``held`` places are fixed: the pinned ones and whatever else the caller wants to leave as it is. With
    ``only`` the table holds these openings alone; held places elsewhere still take their people's time.
    ``single`` openings are not merged with others.
    """

    def __init__(
        self,
        model: Model,
        held: Iterable[Place] = (),
        *,
        only: Collection[int] | None = None,
        single: Collection[int] = (),
        pins: bool = True,
    ) -> None:
        self.model = model
        only = None if only is None else frozenset(only)
        pinned = [pin for pin in model.pinned if pins or only is None or pin[1] in only]
        self.held = tuple(sorted({*pinned, *held}))
        self.openings = range(len(model.openings)) if only is None else sorted(only)
        self._single = set(single)
        for members, _ in model.caps:
            self._single.update(members)
        spent: dict[tuple[int, int], int] = dict(model.spent)
        self.prior: dict[int, int] = defaultdict(int)
        self.mine: dict[int, list[int]] = defaultdict(list)
        self.met: dict[str, set[int]] = defaultdict(set)  # who is held at a meeting, in this table or elsewhere
        heads: dict[int, list[int]] = defaultdict(list)
        for person, number in self.held:
            opening = model.openings[number]
            heads[number].append(person)
            self.met[opening.meeting].add(person)
            self.mine[person].append(number)
            self.prior[person] += 1
            spent[person, opening.day] = spent.get((person, opening.day), 0) + opening.minutes
        self._spent = _Spent(spent, len(model.people))
        self.heads = heads
        self.left = {number: self._left(number) for number in self.openings}
        self.bundles = self._bundles()
        self.meeting = self._meetings()
        self.meeting_of = {
            model.openings[member].meeting: self.meeting[n]
            for n, bundle in enumerate(self.bundles)
            for member in bundle.members
        }
        self.bundle_of = {member: n for n, bundle in enumerate(self.bundles) for member in bundle.members}
        self._columns()

    def _left(self, number: int) -> Left:
        opening, people = self.model.openings[number], self.heads.get(number, ())
        if not people:
            return Left(opening.least, opening.wished, opening.most, opening.skills)
        many = len(people)
        skills = []
        for skill, least, wished in opening.skills:
            have = sum(bool(self.model.holds[person, skill]) for person in people)
            skills.append((skill, max(0, least - have), max(0, wished - have)))
        return Left(
            max(0, opening.least - many), max(0, opening.wished - many), max(0, opening.most - many), tuple(skills)
        )

    def _bundles(self) -> list[Bundle]:
        together: dict[tuple[object, ...], list[int]] = defaultdict(list)
        openings = self.model.openings
        for number in self.openings:
            key = (number,) if number in self._single else openings[number].bundle
            together[key].append(number)
        found = []
        # In order of time, so that a person's columns are.
        for members in sorted(together.values(), key=lambda each: self._time(each[0])):
            first = openings[members[0]]
            found.append(Bundle(tuple(members), first.day, first.start, first.end, first.spot))
        return found

    def _meetings(self) -> tuple[int, ...]:
        """Number the bundles so that those in which people can meet (they share a shift) have the same number."""
        parent = list(range(len(self.bundles)))

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = number = parent[parent[number]]
            return number

        first: dict[str, int] = {}
        for each, bundle in enumerate(self.bundles):
            for member in bundle.members:
                a, b = root(each), root(first.setdefault(self.model.openings[member].meeting, each))
                parent[max(a, b)] = min(a, b)
        return tuple(root(number) for number in parent)

    def _time(self, number: int) -> tuple[int, ...]:
        opening = self.model.openings[number]
        return (opening.day, opening.start, opening.end, opening.spot, number)

    def _columns(self) -> None:
        model = self.model
        who, what, price = [], [], []
        for number, bundle in enumerate(self.bundles):
            if not any(self.left[member].most for member in bundle.members):
                continue
            able, cost = model.offers.of(model.openings[bundle.members[0]])
            who.append(able)
            what.append(np.full(len(able), number, dtype=np.int64))
            price.append(cost)
        self.who = np.concatenate(who) if who else np.empty(0, dtype=np.int64)
        self.what = np.concatenate(what) if what else np.empty(0, dtype=np.int64)
        self.price = np.concatenate(price) if price else np.empty(0, dtype=np.int64)
        self.minutes = np.array([bundle.minutes for bundle in self.bundles], dtype=np.int64)
        self.day = np.array([bundle.day for bundle in self.bundles], dtype=np.int64)
        self.start = np.array([bundle.start for bundle in self.bundles], dtype=np.int64)
        self.end = np.array([bundle.end for bundle in self.bundles], dtype=np.int64)
        self.spot = np.array([bundle.spot for bundle in self.bundles], dtype=np.int64)
        self.first = np.array([bundle.members[0] for bundle in self.bundles], dtype=np.int64)
        fits = self._fits()
        order = np.flatnonzero(fits)
        order = order[np.lexsort((self.what[order], self.who[order]))]
        self.who, self.what, self.price = self.who[order], self.what[order], self.price[order]
        if model.previous is not None:
            self._changes()

    def _fits(self) -> Bools:
        """Say which columns go together with the held places and what is left of people's minutes."""
        model = self.model
        day = self.day[self.what]
        fits = np.minimum(self.day_left(self.who, day), self.all_left(self.who)) >= self.minutes[self.what]
        if self.held:
            fits &= ~self._clashes()
        bars: dict[int, set[int]] = defaultdict(set)
        for person, number in model.barred:
            if number in self.bundle_of:
                bars[person].add(number)
        if bars:
            for column in np.flatnonzero(among(len(model.people), bars)[self.who]).tolist():
                fits[column] &= not bars[int(self.who[column])].issuperset(self.bundles[self.what[column]].members)
        return fits

    def _clashes(self) -> Bools:
        """Say which columns their people can't do beside what they are held for."""
        held, at = columns_of(self.held)
        first = np.searchsorted(held, np.arange(len(self.model.people) + 1))
        many = np.diff(first)[self.who]
        column = np.repeat(np.arange(len(self.who)), many)
        other = at[runs(first[self.who], many)]
        clash = self.model.clash(other, self.first[self.what[column]])
        return among(len(self.who), column[clash])

    def _changes(self) -> None:
        """Charge what is new and credit what stays (C8), as if everybody could stay at the very same opening."""
        weights = self.model.weights
        self.price = self.price + weights.add
        before, at = self.model.before
        here = among(len(self.model.openings), self.bundle_of)[at]
        bundle = np.array([self.bundle_of[number] for number in at[here].tolist()], dtype=np.int64)
        stay = before[here] * len(self.bundles) + bundle
        key = self.who * len(self.bundles) + self.what
        place = np.minimum(np.searchsorted(key, stay), max(0, len(key) - 1))
        if len(key):
            # Once, however many of its openings somebody was at: they can stay at one.
            self.price[np.unique(place[key[place] == stay])] -= weights.add + weights.drop

    def day_left(self, person: Ints, day: Ints) -> Ints:
        """Give the minutes that people have left on a day each."""
        left: Ints = self.model.day_limit[person] - self._spent.on(person, day)
        return left

    def all_left(self, person: Ints) -> Ints:
        """Give the minutes that people have left over all days."""
        left: Ints = self.model.total_limit[person] - self._spent.in_all[person]
        return left


class _Spent:
    """The minutes that people are held for already, by day and in all."""

    def __init__(self, spent: Mapping[tuple[int, int], int], people: int) -> None:
        rows = np.array([(*key, minutes) for key, minutes in spent.items()], dtype=np.int64).reshape(-1, 3)
        self.days = np.unique(rows[:, 1])
        key = rows[:, 0] * (len(self.days) + 1) + np.searchsorted(self.days, rows[:, 1])
        order = np.argsort(key)
        self.key, self.minutes = key[order], rows[order, 2]
        self.in_all = np.zeros(people, dtype=np.int64)
        np.add.at(self.in_all, rows[:, 0], rows[:, 2])

    def on(self, person: Ints, day: Ints) -> Ints:
        """Give the minutes of people on a day each."""
        if not len(self.key):
            return np.zeros(len(person), dtype=np.int64)
        number = np.minimum(np.searchsorted(self.days, day), len(self.days) - 1)
        key = person * (len(self.days) + 1) + number
        at = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        same = (self.key[at] == key) & (self.days[number] == day)
        found: Ints = np.where(same, self.minutes[at], 0)
        return found
