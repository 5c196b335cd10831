"""From fractions to whole numbers: what is whole stays, what is not is settled by small exact programmes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from rallyapp.rota.solving.linear import INFINITE, NEAR, Clock, Floats, Linear, Part, Relaxed, Whole, up, whole
from rallyapp.rota.solving.model import Bools, Ints

#: A programme with more free columns than this is not tried to be proven.
PROVABLE = 30_000


def round_off(
    linear: Linear, relaxed: Relaxed, clock: Clock, *, offset: int = 0, seed: int = 1, prove: bool = True
) -> Whole:
    """Find the best whole-number values, and the bound (both without ``offset``, which makes costs whole).

    Without an answer before the time is up the values are None.
    """
    values = relaxed.values
    parted = _parted(linear, values)
    if not parted.any():
        return Whole(_snap(linear, values), float(np.dot(linear.cost, values)), relaxed.bound)
    found = Whole(None, INFINITE, relaxed.bound)
    for free in _wider(linear, relaxed, parted):
        start = values if found.values is None else found.values
        tried = _settle(linear, start, free, clock, seed=seed, keep=found.values is not None)
        if tried.values is not None and tried.cost < found.cost - NEAR:
            found = Whole(tried.values, tried.cost, relaxed.bound)
        if found.values is not None and up(relaxed.bound + offset) >= round(found.cost) + offset:
            break
    if found.values is None or not prove:
        return found
    return _proven(linear, relaxed, found, clock, offset=offset, seed=seed)


def _parted(linear: Linear, values: Floats) -> Bools:
    found = np.zeros(len(values), dtype=np.bool_)
    mine = values[: linear.whole]
    found[: linear.whole] = np.abs(mine - np.round(mine)) > NEAR
    return found


def _snap(linear: Linear, values: Floats) -> Floats:
    snapped = values.copy()
    snapped[: linear.whole] = np.round(snapped[: linear.whole])
    return snapped


def _wider(linear: Linear, relaxed: Relaxed, parted: Bools) -> list[Bools]:
    """Give what to leave free: the parted columns and, beside them, those that cost nothing more; then more."""
    row = linear.row
    near = np.zeros(len(linear.low), dtype=np.bool_)
    near[row[parted[linear.column]]] = True
    beside = np.zeros(len(parted), dtype=np.bool_)
    beside[linear.column[near[row]]] = True
    cheap = np.abs(relaxed.reduced) < NEAR
    beside[linear.whole :] = False
    near_by, wider = parted | (beside & cheap), parted | beside
    return [near_by] if np.array_equal(near_by, wider) else [near_by, wider]


def _settle(linear: Linear, values: Floats, free: Bools, clock: Clock, *, seed: int, keep: bool = False) -> Whole:
    """Find the best values of the free columns, island by island, the others held.

    With ``keep`` an island that is too large, or not done in time, is left as it is.
    """
    merged = _snap(linear, values)
    part = linear.part(free, merged)
    merged[part.columns] = values[part.columns]
    bound = cost = part.held
    for here, stays, answer in _answers(linear, part, merged, clock, seed, keep):
        if answer is None:
            cost += stays
            bound = -INFINITE
            continue
        bound += answer.bound
        if answer.values is not None:
            merged[here] = answer.values
            cost += answer.cost
        else:
            cost += stays if keep else INFINITE
    return Whole(_snap(linear, merged) if cost < INFINITE else None, cost, bound)


def _answers(
    linear: Linear, part: Part, values: Floats, clock: Clock, seed: int, keep: bool
) -> Iterator[tuple[Ints, float, Whole | None]]:
    """Solve each island; give its columns, what they cost as they are, and the answer (None: left as it is).

    The solver lets other threads run, so several islands can be solved side by side; in which order they are done
    makes no difference to the answers.
    """

    def solved(island: Part) -> tuple[Ints, float, Whole | None]:
        here = part.columns[island.columns]
        stays = float(np.dot(linear.cost[here], values[here]))
        if keep and (len(here) > PROVABLE // 4 or not clock.left):
            return here, stays, None
        return here, stays, whole(island.linear, clock, seed=seed)

    islands = list(part.linear.islands())
    if clock.workers < 2 or len(islands) < 2:
        yield from map(solved, islands)
        return
    with ThreadPoolExecutor(clock.workers) as several:
        yield from several.map(solved, islands)


def _proven(linear: Linear, relaxed: Relaxed, found: Whole, clock: Clock, *, offset: int, seed: int) -> Whole:
    """Look for anything better among the columns that could be part of it; finding none proves what was found."""
    if not clock.left or up(relaxed.bound + offset) >= round(found.cost) + offset:
        return found
    # Costs are whole numbers: something better is better by 1, and no column of it costs more beyond its worth.
    room = found.cost - 1 - relaxed.bound
    reduced = relaxed.reduced[: linear.whole]
    noise = NEAR + 1e-12 * float(np.abs(linear.cost).max(initial=0.0))
    # What is not on the side that its price asks for is free too: else the rest could not stand beside it.
    astray = np.abs(relaxed.values[: linear.whole] - (reduced < 0)) > NEAR
    free = np.zeros(len(linear.cost), dtype=np.bool_)
    free[: linear.whole] = (np.abs(reduced) <= room + noise) | astray
    if int(free.sum()) > PROVABLE:
        return found
    tried = _settle(linear, relaxed.values, free, clock, seed=seed)
    bound = max(relaxed.bound, min(tried.bound, found.cost))
    if tried.values is not None and tried.cost < found.cost - 0.5:
        return Whole(tried.values, tried.cost, min(bound, tried.cost))
    return Whole(found.values, found.cost, bound)
