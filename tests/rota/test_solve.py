"""The rota builder finds the best rota there is, proves it, and never breaks a rule on the way."""

from __future__ import annotations

import json
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.rota.problem_file.reading import read
from rallyapp.rota.solving.cost import broken, cost_of
from rallyapp.rota.solving.greedy import greedy
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.solve import Rota, solve
from tests import rota_check
from tests.rota.small import least_cost, models


def problem(size: str, seed: int, **changes: object) -> dict[str, object]:
    return {**rota_check.generate(size, seed), **changes}


def model_of(problem: dict[str, object]) -> Model:
    return read(json.dumps(problem).encode())


def judged(problem: dict[str, object], model: Model, rota: Rota) -> dict[str, object]:
    return rota_check.evaluate(problem, [[model.people[who], model.openings[what].id] for who, what in rota.places])


@pytest.mark.parametrize("seed", range(101, 109))
def test_a_hospitals_rota_is_proven_best(seed: int) -> None:
    given_ = problem("S", seed)
    model = model_of(given_)
    rota = solve(model)
    found = judged(given_, model, rota)
    assert found["violations"] == []
    assert found["cost"] == rota.cost == rota.bound
    assert rota.optimal


@pytest.mark.parametrize("seed", [101, 102])
def test_a_regions_rota_is_within_a_thousandth_of_the_best(seed: int) -> None:
    given_ = problem("M", seed)
    model = model_of(given_)
    rota = solve(model)
    found = judged(given_, model, rota)
    assert found["violations"] == []
    assert found["cost"] == rota.cost
    assert rota.cost * 0.999 <= rota.bound <= rota.cost


def test_a_union_with_several_sites_to_choose_from_gets_a_legal_rota_within_a_hundredth() -> None:
    given_ = problem("L1", 101)
    model = model_of(given_)
    rota = solve(model)
    found = judged(given_, model, rota)
    assert found["violations"] == []
    assert found["cost"] == rota.cost
    assert rota.cost * 0.99 <= rota.bound <= rota.cost


@settings(max_examples=60, deadline=None)
@given(models())
def test_no_rota_at_all_is_better_than_the_one_found(model: Model) -> None:
    rota = solve(model)
    assert list(broken(model, rota.places)) == []
    assert rota.cost == cost_of(model, rota.places).all
    best = least_cost(model)
    assert rota.bound <= best
    assert rota.cost == best


@pytest.mark.parametrize("seed", range(101, 105))
def test_the_bound_is_never_above_any_legal_rota(seed: int) -> None:
    model = model_of(problem("S", seed))
    bounds: list[int] = []
    rota = solve(model, progress=lambda cost, bound, seconds: bounds.append(bound))
    assert bounds == sorted(bounds)
    for places in (greedy(model), model.pinned, rota.places):
        assert max(bounds) <= cost_of(model, places).all


def test_the_same_seed_gives_the_same_rota() -> None:
    given_ = problem("M", 103)
    first, second = (solve(model_of(given_), seed=7) for _ in range(2))
    assert first.places == second.places
    assert (first.cost, first.bound) == (second.cost, second.bound)


def test_what_is_pinned_stays_and_costs_are_told_as_they_fall() -> None:
    model = model_of(problem("S", 110))
    told: list[tuple[int | None, int, float]] = []
    rota = solve(model, progress=lambda *each: told.append(each))
    assert set(model.pinned) <= set(rota.places)
    costs = [cost for cost, _, _ in told if cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == rota.cost
    assert [seconds for *_, seconds in told] == sorted(seconds for *_, seconds in told)


def test_with_no_time_at_all_the_rota_is_still_legal() -> None:
    given_ = problem("M", 104)
    model = model_of(given_)
    rota = solve(model, time_limit=1e-6)
    found = judged(given_, model, rota)
    assert found["violations"] == []
    assert found["cost"] == rota.cost >= rota.bound


def test_whoever_says_stop_gets_the_rota_that_there_is() -> None:
    given_ = problem("M", 105)
    model = model_of(given_)
    asked = count()
    rota = solve(model, stop=lambda: next(asked) > 20)
    found = judged(given_, model, rota)
    assert found["violations"] == []
    assert rota.bound <= rota.cost == found["cost"]


def test_nobody_and_nothing_are_problems_too() -> None:
    given_ = problem("S", 106)
    nobody = model_of({**given_, "volunteers": [], "pairs": [], "pinned": []})
    assert solve(nobody).places == ()
    assert solve(nobody).optimal
    nothing = model_of({**given_, "shifts": [], "pinned": []})
    assert solve(nothing).places == ()
    assert solve(nothing).cost == nothing.weights.pair * len(nothing.together)


def test_without_the_solvers_library_the_rota_is_good_and_says_that_it_has_no_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given_ = problem("S", 107)
    model = model_of(given_)
    best = solve(model)
    monkeypatch.setattr("rallyapp.rota.solving.solve.can_prove", lambda: False)
    rota = solve(model, time_limit=2)
    found = judged(given_, model, rota)
    assert found["violations"] == []
    assert rota.bound == 0
    assert best.cost <= rota.cost <= best.cost * 1.05


# --------------------------------------------------------------------------------------- people drop out
@pytest.mark.parametrize(("size", "seed"), [("S", 108), ("M", 106), ("M", 107), ("L1", 102)])
def test_after_a_dropout_the_mended_rota_costs_what_the_best_one_does(size: str, seed: int) -> None:
    given_ = problem(size, seed)
    model = model_of(given_)
    rota = solve(model)
    named = [[model.people[who], model.openings[what].id] for who, what in rota.places]
    for chance in range(3):
        after = rota_check.no_show(given_, named, seed=chance, share=1e-9)
        changed = model_of(after)
        mended = solve(changed, prove=False)
        found = judged(after, changed, mended)
        assert found["violations"] == []
        assert found["cost"] == mended.cost
        whole = solve(changed, prove=True)
        assert whole.bound <= mended.cost
        assert mended.cost == whole.cost


@settings(max_examples=60, deadline=None)
@given(models(), st.data())
def test_mending_is_legal_whatever_was_there_before(model: Model, data: st.DataObject) -> None:
    from dataclasses import replace

    places = [(who, what) for what, each in enumerate(model.openings) for who in model.offers.of(each)[0].tolist()]
    before = frozenset(data.draw(st.lists(st.sampled_from(places), unique=True))) if places else frozenset()
    changed = replace(model, previous=before, lost_near=tuple(range(len(model.openings))))
    rota = solve(changed, prove=False)
    assert list(broken(changed, rota.places)) == []
    assert rota.cost == cost_of(changed, rota.places).all


def test_arrays_for_many_and_offers_for_one_agree_on_every_place() -> None:
    given_ = problem("M", 108)
    model = model_of(given_)
    index = rota_check.Index(given_)
    rng = np.random.default_rng(1)
    who = rng.integers(0, len(model.people), 4000)
    what = rng.integers(0, len(model.openings), 4000)
    may, price = model.offers.pairs(who, model.openings, what)  # type: ignore[attr-defined]
    for person, opening, able, cost in zip(who.tolist(), what.tolist(), may.tolist(), price.tolist(), strict=True):
        assert able == (index.static_no(person, opening) is None)
        if able:
            assert cost == index.cost(person, opening)
