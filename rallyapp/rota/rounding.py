"""From fractions to whole numbers: what is whole stays, what is not is settled by small exact programmes."""

from __future__ import annotations

import numpy as np

from rallyapp.rota.linear import INFINITE, NEAR, Bools, Clock, Floats, Linear, Relaxed, Whole, up, whole

#: A programme with more free columns than this is not tried to be proven.
PROVABLE = 30_000


def round_off(linear: Linear, relaxed: Relaxed, clock: Clock, *, offset: int = 0, seed: int = 1, prove: bool = True) -> Whole:
    """Find the best whole-number values, and the bound (both without ``offset``, which makes costs whole).

    Without an answer before the time is up the values are None.
    """
    values = relaxed.values
    parted = _parted(linear, values)
    if not parted.any():
        return Whole(_snap(linear, values), float(np.dot(linear.cost, values)), relaxed.bound)
    found = Whole(None, INFINITE, relaxed.bound)
    for free in _wider(linear, relaxed, parted):
        tried = _settle(linear, values, free, clock, seed=seed)
        if tried.values is not None and tried.cost < found.cost - NEAR:
            found = Whole(tried.values, tried.cost, relaxed.bound)
        if found.values is not None:
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
    return [parted | (beside & cheap), parted | beside]


def _settle(linear: Linear, values: Floats, free: Bools, clock: Clock, *, under: float = INFINITE, seed: int) -> Whole:
    part = linear.part(free, _snap(linear, values))
    answer = whole(part.linear, clock, under=under - part.held, seed=seed)
    bound = answer.bound + part.held
    if answer.values is None:
        return Whole(None, INFINITE, bound)
    merged = _snap(linear, values)
    merged[part.columns] = answer.values
    return Whole(_snap(linear, merged), answer.cost + part.held, bound)


def _proven(linear: Linear, relaxed: Relaxed, found: Whole, clock: Clock, *, offset: int, seed: int) -> Whole:
    """Look for anything better among the columns that could be part of it; finding none proves what was found."""
    best = found
    while clock.left and up(relaxed.bound + offset) < round(best.cost) + offset:
        # Costs are whole numbers: something better is better by 1.
        room = best.cost - 1 - relaxed.bound
        free = np.zeros(len(linear.cost), dtype=np.bool_)
        free[: linear.whole] = np.abs(relaxed.reduced[: linear.whole]) <= room + NEAR
        if int(free.sum()) > PROVABLE:
            return best
        held = np.where(relaxed.reduced < 0, linear.upper, 0.0)
        held[linear.whole :] = relaxed.values[linear.whole :]
        tried = _settle(linear, held, free, clock, under=best.cost, seed=seed)
        if tried.values is None:
            return Whole(best.values, best.cost, max(relaxed.bound, min(tried.bound, best.cost)))
        if tried.cost > best.cost - 0.5:
            return Whole(best.values, best.cost, max(relaxed.bound, min(tried.bound, best.cost)))
        best = Whole(tried.values, tried.cost, max(relaxed.bound, min(tried.bound, tried.cost)))
        if tried.bound >= tried.cost - 0.9:
            return Whole(best.values, best.cost, best.cost)
    return best
