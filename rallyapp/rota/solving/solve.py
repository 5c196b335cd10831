"""Find the best rota, with a bound that proves how good it is.

First the problem with fractions and like openings merged: its cost is a bound, and it is nearly whole. Then whole
numbers, then the spread over the entrances; where that costs more than merged, the openings are told apart and
the whole is solved again. Without the solver's library a rota is found by trying, and has no bound.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from rallyapp.rota.solving.cost import Place, count, legal
from rallyapp.rota.solving.greedy import greedy
from rallyapp.rota.solving.improve import improve
from rallyapp.rota.solving.linear import Clock, can_prove, relax, up
from rallyapp.rota.solving.mend import mend
from rallyapp.rota.solving.model import Model, columns_of
from rallyapp.rota.solving.relax import Programme
from rallyapp.rota.solving.repair import Standing, chosen_of
from rallyapp.rota.solving.rounding import round_off
from rallyapp.rota.solving.spread import spread
from rallyapp.rota.solving.table import Table

Progress = Callable[["int | None", int, float], None]
"""Told the best cost so far (None: no rota yet), the proven bound and the seconds since the start."""

#: With more columns than this the openings are told apart where that pays, but the whole is not solved again.
AGAIN = 60_000

#: So few people's rota is solved as a whole as fast as it is mended.
AT_ONCE = 150

#: At more sites than these the whole is solved sooner than one after the other is mended.
MOST_SPOTS = 10

#: Seconds to keep back for the quick rota, for each column: in case the time is too short for the better one.
KEPT_BACK = 12e-6


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
    workers: int = 1,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
    prove: bool | None = None,
) -> Rota:
    """Find the best rota within so many seconds, or until ``stop`` says so; always a legal one.

    Up to ``workers`` processors are used where a problem falls into parts. The same model and seed give the same
    rota (while the time is not cut short). A rota that people dropped out of (``model.lost_near``) is mended around
    the places that they left, at once and without a bound, unless ``prove`` asks for the whole; a hospital's is
    always solved whole, and one that many dropped out of.
    """
    clock = Clock(time.perf_counter() + time_limit, stop, workers=workers)
    if can_prove() and not (_better_whole(model) if prove is None else prove) and model.lost_near is not None:
        who, what = mend(model, clock, seed=seed)
        cost = count(model, who, what).all
        return Rota(tuple(zip(who.tolist(), what.tolist(), strict=True)), cost, 0, clock.seconds)
    return _Search(model, clock, seed, progress).run()


def _better_whole(model: Model) -> bool:
    """Say whether mending would take longer than solving the whole again, or has little to start from."""
    spots = {model.openings[number].spot for number in model.lost_near or ()}
    small = len(model.people) <= AT_ONCE or len(spots) > MOST_SPOTS
    return small or 2 * len(model.previous or ()) < sum(opening.least for opening in model.openings)


class _Search:
    def __init__(self, model: Model, clock: Clock, seed: int, progress: Progress | None) -> None:
        self.model, self.clock, self.seed, self.progress = model, clock, seed, progress
        self.best: tuple[Place, ...] | None = None
        self.cost: int | None = None
        self.bound = 0

    def run(self) -> Rota:
        if can_prove():
            self._by_proof()
        if self.best is None:
            self._keep(greedy(self.model))
            if self.clock.left:
                self._keep(improve(self.model, self.best or (), self.clock.until, self.seed, self.clock.stop))
        return Rota(self.best or (), self.cost or 0, self.bound, self.clock.seconds)

    def _by_proof(self) -> None:
        single: set[int] = set()
        for _ in range(8):
            table = Table(self.model, single=single)
            if self.clock.left < 2 * KEPT_BACK * len(table.who):
                return
            dearer = self._round(table)
            if len(table.who) > AGAIN or self.cost == self.bound or not dearer - single:
                return
            single |= dearer

    def _round(self, table: Table) -> set[int]:
        """Solve with openings merged as in the table; return those which it would pay to tell apart."""
        programme = Programme(table)
        linear, constant = programme.linear(), programme.constant
        relaxed = relax(linear, self.clock.less(KEPT_BACK * linear.whole))
        self._raise(relaxed.bound + constant)
        if not relaxed.finished:
            return set()
        answer = round_off(linear, relaxed, self.clock, offset=constant, seed=self.seed)
        self._raise(answer.bound + constant)
        if answer.values is None:
            return set()
        found = spread(table, chosen_of(table, answer.values))
        self._keep((*found.places, *table.held))
        if not found.dearer or self.cost == self.bound:
            return set()
        standing = Standing(self.model, (*found.places, *table.held))
        apart: set[int] = set()
        for bundles in found.dearer:
            openings = {member for bundle in bundles for member in table.bundles[bundle].members}
            apart |= openings
            if self.clock.left:
                standing.settle(openings, self.clock, seed=self.seed)
        self._keep(tuple(standing.places))
        return apart

    def _raise(self, bound: float) -> None:
        self.bound = max(self.bound, up(bound))
        self._tell()

    def _keep(self, places: tuple[Place, ...]) -> None:
        who, what = columns_of(places)
        # Sums of huge prices are not exact: what the numbers say is not believed where the rules say otherwise.
        if not legal(self.model, who, what):
            return
        cost = count(self.model, who, what).all
        if self.cost is None or cost < self.cost:
            self.best, self.cost = tuple(zip(who.tolist(), what.tolist(), strict=True)), cost
            self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.cost, self.bound, self.clock.seconds)
