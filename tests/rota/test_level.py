"""Between rotas that cost the same the hours are shared more evenly, and nothing else changes."""

from __future__ import annotations

from collections import Counter

import pytest

from rallyapp.rota.solving.cost import broken, cost_of
from rallyapp.rota.solving.level import level
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.solve import solve
from tests.rota.models import model_of, opening, some_model


def minutes_of(model: Model, places: tuple[tuple[int, int], ...]) -> Counter[int]:
    found = Counter(model.spent_in_all)
    for person, number in places:
        found[person] += model.openings[number].minutes
    return found


def test_who_stood_three_hours_is_not_the_one_to_get_the_next_shift() -> None:
    rally, gate, noon = opening("rally", 600, 780), opening("gate", 2000, 2060), opening("noon", 3500, 3560)
    model = model_of("AB", (rally, gate, noon))
    # Two shifts for A and one for B cost what one for A and two for B do.
    assert level(model, [(0, 0), (0, 1), (1, 2)]) == ((0, 0), (1, 1), (1, 2))


def test_what_is_pinned_or_would_cost_more_stays() -> None:
    rally, gate, noon = opening("rally", 600, 780), opening("gate", 2000, 2060), opening("noon", 3500, 3560)
    dear = model_of("AB", (rally, gate, noon), prices={"gate": {"A": 0, "B": 1}})
    assert level(dear, [(0, 0), (0, 1), (1, 2)]) == ((0, 0), (0, 1), (1, 2))
    pinned = model_of("AB", (rally, gate, noon), pinned=((0, 1),))
    assert level(pinned, [(0, 0), (0, 1), (1, 2)]) == ((0, 0), (0, 1), (1, 2))


@pytest.mark.parametrize("seed", range(60))
def test_a_levelled_rota_is_legal_costs_the_same_and_is_never_less_even(seed: int) -> None:
    model = some_model(seed)
    before = solve(model).places
    after = level(model, before)
    assert list(broken(model, after)) == []
    assert cost_of(model, after).all == cost_of(model, before).all
    squares = [sum(each**2 for each in minutes_of(model, places).values()) for places in (before, after)]
    assert squares[1] <= squares[0]
    assert level(model, after) == after
