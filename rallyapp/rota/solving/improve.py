"""Make a rota better a step at a time: the local search for machines that the solver library isn't made for."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable, Iterator

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.state import State

Step = tuple[int, int, bool]
"""A person and an opening, and whether they took it (or left it)."""

#: What a round of annealing puts up with at its start and at its end, in the cost's units (a kilometre is 1).
HOT, COLD = 10.0, 1.0
#: How often a round doubles; the first makes half as many steps as there are possible places, or this many.
ROUNDS, FEWEST = 6, 400


class Moves:
    """Steps on a state, each legal, that belong together: they can be kept or taken back as one.

    ``trail`` holds the steps since the last ``keep`` or ``undo``.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.trail: list[Step] = []
        model, weights = state.model, state.model.weights
        self._enough = [max(each.least, each.wished) for each in model.openings]
        self._candidates: dict[int, list[tuple[int, int]]] = {}
        # What somebody may save on an opening beyond what any other head saves there.
        self._windfall = {person: weights.pair * len(partners) for person, partners in state.partners.items()}
        for person in {person for person, _ in model.previous or ()}:
            self._windfall[person] = self._windfall.get(person, 0) + weights.drop
        self._best_windfall = max(self._windfall.values(), default=0)

    def add(self, person: int, opening: int) -> None:
        """Put somebody on an opening, which they may take."""
        self.state.add(person, opening)
        self.trail.append((person, opening, True))

    def drop(self, person: int, opening: int) -> None:
        """Take somebody off an opening."""
        self.state.drop(person, opening)
        self.trail.append((person, opening, False))

    def keep(self) -> list[Step]:
        """Settle on the steps of the trail, and give them."""
        kept, self.trail = self.trail, []
        return kept

    def undo(self) -> None:
        """Take the steps of the trail back."""
        take_back(self.state, self.trail)
        self.trail = []

    def candidates(self, opening: int) -> list[tuple[int, int]]:
        """Give those to whom an opening is offered behind what their first shift would cost, the cheapest first."""
        offered = self.state.offered(opening)
        found = self._candidates.get(id(offered))
        if found is None:
            first = self.state.first_fair
            found = self._candidates[id(offered)] = sorted((price + first(who), who) for who, price in offered.items())
        return found

    def insert(self, person: int, opening: int) -> bool:
        """Put somebody on an opening whatever it takes, and mend what that upsets; say whether the rules let it be.

        Their own shifts in the way go, and somebody makes room if there is none or more than enough. What they
        left is filled again, and who made room finds something else, if that saves anything.
        """
        state = self.state
        leaving = state.in_the_way(person, opening)
        if leaving is None or not state.could(person, opening, [n for n in state.mine[person] if n not in leaving]):
            return False
        for each in leaving:
            self.drop(person, each)
        spared: list[Place] = []
        while crowded := state.crowding(opening):
            out = self._spare(crowded, 1 << 60)
            if out is None:
                return False
            spared.append(out)
        self.add(person, opening)
        if not spared and len(state.there[opening]) > self._enough[opening]:
            out = self._spare((opening,), 0, person)
            spared = [] if out is None else [out]
        for each in (*leaving, *(left for _, left in spared if left != opening)):
            self.refill(each, person)
        for who, left in spared:
            self.place(who, left)
        return True

    def _spare(self, openings: tuple[int, ...], most: int, but: int = -1) -> Place | None:
        """Drop whoever can best be spared at one of these openings (but one person), if that costs less than most."""
        state = self.state
        found = None
        for opening in openings:
            for each in state.there[opening]:
                if each != but and (each, opening) not in state.pinned:
                    change = state.dropping(each, opening)
                    if change < most:
                        most, found = change, (each, opening)
        if found is not None:
            self.drop(*found)
        return found

    def refill(self, opening: int, but: int = -1) -> None:
        """Put the best head who is free (but for one person) on an opening, if that saves anything."""
        state = self.state
        if not state.has_room(opening):
            return
        head, skills = state.gains_now(opening)
        floor = -head - sum(gain for _, gain in skills) - self._best_windfall
        mine, fair, windfall = state.mine, state.model.weights.fair, self._windfall
        best, found = 0, None
        for first, each in self.candidates(opening):
            if first + floor >= best:
                break
            change = first - head + fair * len(mine[each])
            for holds, gain in skills:
                if holds[each]:
                    change -= gain
            if change - windfall.get(each, 0) >= best:
                continue
            change = state.adding(each, opening)
            if change < best and each != but and state.could(each, opening, mine[each]):
                best, found = change, each
        if found is not None:
            self.add(found, opening)

    def place(self, person: int, but: int = -1) -> None:
        """Give somebody the best opening (but for one) that still wants heads, if that saves anything."""
        state, enough = self.state, self._enough
        best, found = 0, None
        for each in state.options(person):
            if each != but and len(state.there[each]) < enough[each] and state.may(person, each):
                change = state.adding(person, each)
                if change < best:
                    best, found = change, each
        if found is not None:
            self.add(person, found)

    def shift(self, person: int, opening: int) -> bool:
        """Try the one thing to be tried with a place: insert it, or if it is taken, give it to another."""
        if opening not in self.state.mine[person]:
            return self.insert(person, opening)
        if (person, opening) in self.state.pinned:
            return False
        self.drop(person, opening)
        self.refill(opening, person)
        self.place(person, opening)
        return True

    def mend(self, opening: int) -> None:
        """Insert, the cheapest first, everybody there whose coming saves more than what it upsets."""
        state = self.state
        for _, person in self.candidates(opening):
            head, skills = state.gains_now(opening)
            if not head and not skills:
                return
            if head or any(holds[person] for holds, _ in skills):
                before = state.cost
                if self.insert(person, opening) and state.cost < before:
                    self.keep()
                else:
                    self.undo()


def take_back(state: State, steps: list[Step]) -> None:
    """Undo steps, the last first."""
    for person, opening, added in reversed(steps):
        if added:
            state.drop(person, opening)
        else:
            state.add(person, opening)


def improve(
    model: Model,
    places: Iterable[Place],
    until: float,
    seed: int = 1,
    stop: Callable[[], bool] | None = None,
) -> tuple[Place, ...]:
    """Make a legal rota cheaper until the clock (``time.perf_counter``) or ``stop`` says so, or the steps run out.

    First every opening is mended, then places are tried by chance and taken if they save; then annealing, in
    rounds of which each is longer than the last. The same seed gives the same rota when nothing is cut short.
    What comes back is legal, in order, and never costs more.
    """

    def over() -> bool:
        return time.perf_counter() > until or (stop is not None and stop())

    moves = Moves(State(model, places))
    for opening in range(len(model.openings)):
        if over():
            return moves.state.places()
        moves.mend(opening)
    open_to_some = [opening for opening in range(len(model.openings)) if moves.candidates(opening)]
    if not open_to_some:
        return moves.state.places()
    chance = random.Random(seed)
    possible = sum(len(moves.candidates(opening)) for opening in open_to_some)
    for heats in _rounds(max(FEWEST, possible // 2)):
        _anneal(moves, open_to_some, heats, chance, over)
        if over():
            break
    return moves.state.places()


def _rounds(steps: int) -> Iterator[Iterator[float]]:
    """Give the heat of every step of every round: none in the first, then from hot to cold, ever more slowly."""
    yield (0.0 for _ in range(steps))
    for doubled in range(ROUNDS):
        many = steps << doubled
        yield (HOT * (COLD / HOT) ** (number / many) for number in range(many))


def _anneal(
    moves: Moves, openings: list[int], heats: Iterator[float], chance: random.Random, over: Callable[[], bool]
) -> None:
    """Try places by chance, taking what costs more as well while it is hot; leave the best state that was met."""
    state = moves.state
    best = state.cost
    since_best: list[Step] = []
    for number, heat in enumerate(heats):
        if number % 16 == 0 and over():
            break
        opening = openings[int(chance.random() * len(openings))]
        there = moves.candidates(opening)
        before = state.cost
        legal = moves.shift(there[int(chance.random() * len(there))][1], opening)
        dearer = state.cost - before
        if not legal or (dearer > 0 and (not heat or chance.random() >= math.exp(-dearer / heat))):
            moves.undo()
        elif state.cost < best:
            moves.keep()
            best = state.cost
            since_best.clear()
        else:
            since_best.extend(moves.keep())
    take_back(state, since_best)
