"""The linear programme under the rota: its bound can't be wrong, and its parts say what the whole does."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.rota.solving.linear import Clock, Linear, relax, up, whole
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.relax import Programme
from rallyapp.rota.solving.table import Table
from tests.rota.small import least_cost, models


def clock() -> Clock:
    return Clock(time.perf_counter() + 60)


def tiny() -> Linear:
    """Two columns that share a row, and one by itself: at least 1 of the first two, at least half of the third."""
    return Linear(
        cost=np.array([3.0, 5.0, 2.0]),
        upper=np.ones(3),
        starts=np.array([0, 2, 3]),
        column=np.array([0, 1, 2]),
        value=np.array([1.0, 1.0, 1.0]),
        low=np.array([1.0, 0.5]),
        high=np.array([2.0, np.inf]),
        whole=3,
    )


@settings(max_examples=25, deadline=None)
@given(models(), st.randoms(use_true_random=False))
def test_any_row_prices_at_all_give_a_cost_that_no_rota_is_under(model: Model, chance) -> None:
    programme = Programme(Table(model))
    constant, linear = programme.constant, programme.linear()
    best = least_cost(model)
    for scale in (1, 30, 1000):
        prices = linear.tame(np.array([chance.uniform(-scale, scale) for _ in linear.low]))
        assert up(linear.bound(prices) + constant) <= best
    assert up(relax(linear, clock()).bound + constant) <= best


def test_fractions_are_cheaper_than_whole_numbers_and_both_are_right() -> None:
    relaxed = relax(tiny(), clock())
    assert relaxed.finished
    assert relaxed.bound == pytest.approx(4.0)  # 3 for the first, half of 2 for the third
    found = whole(tiny(), clock())
    assert found.values is not None
    assert found.values.tolist() == [1, 0, 1]
    assert found.cost == found.bound == 5


def test_columns_that_share_no_row_are_islands() -> None:
    assert [island.columns.tolist() for island in tiny().islands()] == [[0, 1], [2]]
    assert [island.linear.low.tolist() for island in tiny().islands()] == [[1.0], [0.5]]


@settings(max_examples=25, deadline=None)
@given(models())
def test_islands_together_cost_what_the_whole_does(model: Model) -> None:
    linear = Programme(Table(model)).linear()
    together = whole(linear, clock())
    apart = list(linear.islands())
    covered = np.concatenate([part.columns for part in apart]) if apart else np.zeros(0)
    assert sorted(covered.tolist()) == list(range(len(linear.cost)))
    assert sum(whole(part.linear, clock()).cost for part in apart) == pytest.approx(together.cost)


def test_a_part_counts_what_the_held_columns_cost_and_take() -> None:
    part = tiny().part(np.array([False, True, False]), np.array([1.0, 0.0, 1.0]))
    assert part.held == 5
    assert part.columns.tolist() == [1]
    assert part.linear.low.tolist() == [0]  # the first column has filled the row
    assert part.linear.high.tolist() == [1]


def test_what_cannot_be_kept_is_said_to_be_impossible() -> None:
    linear = tiny()
    hopeless = Linear(
        linear.cost, linear.upper, linear.starts, linear.column, linear.value, np.array([3.0, 0.5]), linear.high, 3
    )
    found = whole(hopeless, clock())
    assert found.values is None
    assert found.bound == np.inf
