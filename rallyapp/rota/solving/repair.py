"""Settle a part of a rota anew while everything else stays: a meeting, or what somebody who dropped out left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.linear import Clock, Floats, relax
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.relax import Programme
from rallyapp.rota.solving.rounding import round_off
from rallyapp.rota.solving.spread import spread
from rallyapp.rota.solving.table import Table


def chosen_of(table: Table, values: Floats) -> dict[int, list[int]]:
    """Give the people whom whole-number values choose, by bundle."""
    chosen: dict[int, list[int]] = defaultdict(list)
    for column in np.flatnonzero(values[: len(table.who)] > 0.5).tolist():
        chosen[int(table.what[column])].append(int(table.who[column]))
    return chosen


def sharing(model: Model, openings: Collection[int]) -> set[int]:
    """Give the openings that share a limit of heads with some of these."""
    inside = set(openings)
    return {member for members, _ in model.caps if not inside.isdisjoint(members) for member in members} - inside


class Standing:
    """A rota that is being changed: who is where."""

    def __init__(self, model: Model, places: Iterable[Place]) -> None:
        self.model = model
        self.places = set(places)
        self.of_person: dict[int, set[int]] = {}
        self.of_opening: dict[int, set[int]] = {}
        for person, number in self.places:
            self.of_person.setdefault(person, set()).add(number)
            self.of_opening.setdefault(number, set()).add(person)
        self.partners: dict[int, list[int]] = {}
        for a, b in (*model.together, *model.apart):
            self.partners.setdefault(a, []).append(b)
            self.partners.setdefault(b, []).append(a)

    def replace(self, openings: Collection[int], places: Iterable[Place]) -> None:
        """Take everybody off some openings and put these there."""
        for number in openings:
            for person in self.of_opening.pop(number, ()):
                self.of_person[person].discard(number)
                self.places.discard((person, number))
        for person, number in places:
            self.places.add((person, number))
            self.of_person.setdefault(person, set()).add(number)
            self.of_opening.setdefault(number, set()).add(person)

    def around(self, openings: Collection[int]) -> list[Place]:
        """List what people who could take these openings do elsewhere, their partners, and who shares a limit."""
        seen: set[tuple[object, ...]] = set()
        people: set[int] = set()
        for number in openings:
            opening = self.model.openings[number]
            if opening.bundle not in seen:
                seen.add(opening.bundle)
                people.update(self.model.offers.of(opening)[0].tolist())
        people.update(other for person in list(people) for other in self.partners.get(person, ()))
        inside = set(openings)
        beside = {(person, number) for person in people for number in self.of_person.get(person, ())}
        beside.update(
            (person, number) for number in sharing(self.model, inside) for person in self.of_opening.get(number, ())
        )
        return [place for place in beside if place[1] not in inside]

    def settle(self, openings: Collection[int], clock: Clock, *, seed: int = 1) -> bool:
        """Fill some openings, told apart, as well as can be while all else stays; False if the time was too short."""
        return self._again(openings, clock, single=openings, seed=seed) is not None

    def improve(self, openings: Collection[int], clock: Clock, *, seed: int = 1) -> bool:
        """Do the same for many openings: merged first, then those told apart at which that costs more."""
        single: set[int] = set()
        for _ in range(8):
            dearer = self._again(openings, clock, single=single, seed=seed)
            if dearer is None or not dearer - single:
                return dearer is not None or bool(single)
            single |= dearer
        return True

    def _again(self, openings: Collection[int], clock: Clock, *, single: Collection[int], seed: int) -> set[int] | None:
        """Settle some openings, and name those that it would pay to tell apart; None if the time was too short."""
        table = Table(self.model, self.around(openings), only=openings, single=single, pins=False)
        linear = Programme(table).linear()
        relaxed = relax(linear, clock)
        if not relaxed.finished:
            return None
        answer = round_off(linear, relaxed, clock, seed=seed)
        if answer.values is None:
            return None
        found = spread(table, chosen_of(table, answer.values))
        inside = set(openings)
        self.replace(openings, [*found.places, *(pin for pin in self.model.pinned if pin[1] in inside)])
        return {member for dearer in found.dearer for each in dearer for member in table.bundles[each].members}
