"""A quick legal rota: what is hardest to fill comes first, and each head is the one who is missed least elsewhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Bools, Ints, Model
from rallyapp.rota.solving.state import State

Need = tuple[int, int]
"""An opening, and a skill of which it has fewer than its minimum."""

Turn = tuple[float, int, int, int]
"""When a need is met: how many could per place, its priority, and the need itself."""

#: How dear it is to take somebody whose shifts are all wanted once over: about half a kilometre's price. Three,
#: thirty and three hundred times as much made worse rotas.
MISSED = 3.0


def greedy(model: Model) -> tuple[Place, ...]:
    """Fill a rota place by place, minima before wishes, the scarcest first; no place is taken that costs more.

    The pinned places are in it. The same model always gives the same rota, in order.
    """
    filler = _Filler(model)
    filler.fill_least_skills()
    filler.fill_heads(least=True)
    filler.fill_heads(least=False)
    filler.fill_wished_skills()
    return filler.state.places()


@dataclass(slots=True)
class _Bundle:
    """Those who may take the openings of one bundle, and what their first shift would cost there (C5 and C6)."""

    who: Ints
    price: Ints
    day: int
    minutes: int
    wished: int = 0
    holders: dict[int, list[int]] = field(default_factory=dict)

    def with_skill(self, holds: Bools, skill: int) -> list[int]:
        """List those of them who hold a skill."""
        found = self.holders.get(skill)
        if found is None:
            found = self.holders[skill] = self.who[holds[self.who, skill]].tolist()
        return found


class _Filler:
    """A rota being filled, with what is left of everybody in arrays beside it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.state = State(model)
        self.bundles = _bundles(model)
        self.load = np.zeros(len(model.people), dtype=np.int64)
        self.free = model.total_limit.copy()
        self.free_on = {bundle.day: model.day_limit.copy() for bundle in self.bundles}
        for (person, day), minutes in model.spent.items():
            self.free[person] -= minutes
            if day in self.free_on:
                self.free_on[day][person] -= minutes
        for person, opening in self.state.places():
            self._spend(person, opening)
        self.missed = self._missed()
        self.before: dict[int, list[int]] = defaultdict(list)
        for person, opening in sorted(model.previous or ()):
            self.before[opening].append(person)

    def _spend(self, person: int, opening: int) -> None:
        bundle = self.bundles[opening]
        self.load[person] += 1
        self.free[person] -= bundle.minutes
        self.free_on[bundle.day][person] -= bundle.minutes

    def _missed(self) -> NDArray[np.float64]:
        """Say how much everybody is missed elsewhere: the minutes wanted of them, as a share of those they have."""
        wanted = np.zeros(len(self.model.people))
        for bundle in {id(each): each for each in self.bundles}.values():
            if len(bundle.who):
                wanted[bundle.who] += bundle.minutes * bundle.wished / len(bundle.who)
        return MISSED * wanted / np.maximum(1, self.model.total_limit)

    def fill_least_skills(self) -> None:
        """Fill the minima of skills, always the one with the fewest people left to choose from."""
        missing, able, needs_of = self._least_skills()
        missed = self.missed.copy()
        for person, needs in needs_of.items():
            self.missed[person] += MISSED * sum(missing[need] / able[need] for need in needs)
        queue = [self._turn(need, missing, able) for need in missing]
        heapify(queue)
        lost: set[tuple[int, Need]] = set()
        while queue:
            turn = heappop(queue)
            need = turn[2:]
            if not missing[need] or turn != self._turn(need, missing, able):
                continue
            for person in self._fill(need[0], 1, need[1]):
                missing[need] -= 1
                heappush(queue, self._turn(need, missing, able))
                for other in needs_of[person]:
                    if (
                        missing[other]
                        and (person, other) not in lost
                        and not self.state.could(person, other[0], self.state.mine[person])
                    ):
                        lost.add((person, other))
                        able[other] -= 1
                        heappush(queue, self._turn(other, missing, able))
        self.missed = missed

    def _least_skills(self) -> tuple[dict[Need, int], dict[Need, int], dict[int, list[Need]]]:
        """Give, of every need, the heads that it lacks and how many could be one; and everybody's needs."""
        missing: dict[Need, int] = {}
        able: dict[Need, int] = {}
        needs_of: dict[int, list[Need]] = defaultdict(list)
        holds = self.model.holds
        for number, opening in enumerate(self.model.openings):
            for skill, least, _ in opening.skills:
                lacks = least - self._have(number, skill)
                holders = self.bundles[number].with_skill(holds, skill) if lacks > 0 else ()
                if holders:
                    missing[number, skill], able[number, skill] = lacks, len(holders)
                    for person in holders:
                        needs_of[person].append((number, skill))
        return missing, able, needs_of

    def _turn(self, need: Need, missing: dict[Need, int], able: dict[Need, int]) -> Turn:
        return (able[need] / max(1, missing[need]), -self.model.openings[need[0]].priority, *need)

    def _have(self, number: int, skill: int) -> int:
        return sum(bool(self.model.holds[person, skill]) for person in self.state.there[number])

    def fill_heads(self, *, least: bool) -> None:
        """Fill the head counts up to the minimum, or up to the wish, the scarcest first."""
        turns = []
        for number, opening in enumerate(self.model.openings):
            want = (opening.least if least else opening.wished) - len(self.state.there[number])
            if want > 0:
                turns.append((len(self._able(number)) / want, -opening.priority, number, want))
        for _, _, number, want in sorted(turns):
            self._fill(number, want)

    def fill_wished_skills(self) -> None:
        """Fill what is wished of skills where a head more is worth it for that alone."""
        for number, opening in enumerate(self.model.openings):
            for skill, least, wished in opening.skills:
                want = max(least, wished) - self._have(number, skill)
                if want > 0:
                    self._fill(number, want, skill)

    def _able(self, number: int) -> Ints:
        """Give the positions, in the bundle, of those who have minutes left for an opening."""
        bundle = self.bundles[number]
        able = (self.free[bundle.who] >= bundle.minutes) & (self.free_on[bundle.day][bundle.who] >= bundle.minutes)
        return np.flatnonzero(able)

    def _fill(self, number: int, want: int, skill: int | None = None) -> list[int]:
        """Put up to so many heads on an opening, those with the skill alone if one is named; give who they are."""
        state, bundle = self.state, self.bundles[number]
        able = self._able(number)
        if skill is not None:
            able = able[self.model.holds[bundle.who[able], skill]]
        who = bundle.who[able]
        plain = bundle.price[able] + self.model.weights.fair * self.load[who] + self.missed[who]
        taken: list[int] = []
        unsettled = True
        while unsettled and len(taken) < want:
            unsettled = False
            gains = state.skill_gains_now(number)
            for person in who[np.argsort(self._score(number, who, plain, gains), kind="stable")].tolist():
                if state.may(person, number) and state.adding(person, number) < 0:
                    state.add(person, number)
                    self._spend(person, number)
                    taken.append(person)
                    unsettled = state.skill_gains_now(number) != gains
                    if unsettled or len(taken) == want:
                        break
        return taken

    def _score(
        self, number: int, who: Ints, plain: NDArray[np.float64], gains: list[tuple[int, int]]
    ) -> NDArray[np.float64]:
        """Say how dear each of them is on an opening now: the lower the better."""
        state, weights = self.state, self.model.weights
        score = plain.copy()
        for skill, gain in gains:
            score -= gain * self.model.holds[who, skill]
        dear = [(person, weights.drop + weights.add) for person in self.before.get(number, ())]
        for head in state.there[number]:
            dear.extend((partner, weights.pair) for partner in state.partners.get(head, ()))
        for person, gain in dear:
            score[who == person] -= gain
        return score


def _bundles(model: Model) -> list[_Bundle]:
    """Give the bundle of every opening; openings of one bundle share it."""
    known: dict[tuple[object, ...], _Bundle] = {}
    for opening in model.openings:
        bundle = known.get(opening.bundle)
        if bundle is None:
            who, price = model.offers.of(opening)
            first = price + model.weights.fair * model.prior[who]
            bundle = known[opening.bundle] = _Bundle(who, first, opening.day, opening.minutes)
        bundle.wished += opening.wished
    return [known[opening.bundle] for opening in model.openings]
