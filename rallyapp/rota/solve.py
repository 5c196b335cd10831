"""Find the best rota, with a bound that proves how good it is."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rallyapp.rota.cost import Place, cost_of
from rallyapp.rota.model import Model

Progress = Callable[["int | None", int, float], None]
"""Told the best cost so far (None: no rota yet), the proven bound and the seconds since the start."""


@dataclass(frozen=True, slots=True)
class Rota:
    """A legal rota: its places in order, what it costs, and a cost below which no legal rota can be."""

    places: tuple[Place, ...]
    cost: int
    bound: int
    seconds: float

    @property
    def optimal(self) -> bool:
        """Say whether it is proven that no rota is better."""
        return self.cost == self.bound


def solve(
    model: Model,
    *,
    time_limit: float = 60.0,
    seed: int = 1,
    workers: int = 2,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Rota:
    """Find the best rota within so many seconds, or until ``stop`` says so; always a legal one.

    The same model and seed give the same rota with one worker (while the time is not cut short).
    """
    started = time.perf_counter()
    # A stand-in while the builder is being made: simple, greedy and legal, with no bound.
    mine: dict[int, list[int]] = defaultdict(list)
    heads: Counter[int] = Counter()
    places: list[Place] = []

    def put(person: int, number: int) -> None:
        mine[person].append(number)
        heads[number] += 1
        places.append((person, number))

    for person, number in model.pinned:
        put(person, number)
    for number, opening in enumerate(model.openings):
        who, price = model.offers.of(opening)
        for person in who[np.argsort(price, kind="stable")].tolist():
            if heads[number] >= opening.wished:
                break
            if (person, number) in model.barred or number in mine[person]:
                continue
            there = np.array(mine[person], dtype=np.int64)
            if model.clash(there, np.full(len(there), number)).any():
                continue
            lengths = [(model.openings[n].day, model.openings[n].minutes) for n in mine[person]]
            that_day = sum(m for day, m in lengths if day == opening.day) + model.spent.get((person, opening.day), 0)
            in_all = sum(m for _, m in lengths) + model.spent_in_all.get(person, 0)
            if that_day + opening.minutes > model.day_limit[person]:
                continue
            if in_all + opening.minutes > model.total_limit[person]:
                continue
            meeting = {p for p, n in places if model.openings[n].meeting == opening.meeting}
            if any({person, other} in ({a, b} for a, b in model.apart) for other in meeting):
                continue
            if any(number in group and sum(heads[n] for n in group) >= most for group, most in model.caps):
                continue
            put(person, number)
    return Rota(tuple(sorted(places)), cost_of(model, places).all, 0, time.perf_counter() - started)
