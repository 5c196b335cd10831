"""The quick rota is legal and costs what it says; the search makes it better and never worse."""

import functools
import itertools
import math
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.rota.problem_file.reading import of_json
from rallyapp.rota.solving.cost import broken, cost_of
from rallyapp.rota.solving.greedy import greedy
from rallyapp.rota.solving.improve import Moves, improve
from rallyapp.rota.solving.model import Weights
from rallyapp.rota.solving.state import State
from tests import rota_check
from tests.bench import textbook
from tests.rota.models import SKILLS, model_of, opening, some_model

EIGHT = 8 * 60
NEXT_DAY = 1440
PROBLEMS = [*(("S", seed) for seed in range(21, 29)), *(("M", seed) for seed in (21, 22)), ("L1", 21)]
made = functools.cache(rota_check.generate)
seeds = st.integers(0, 1 << 32)


def after(polls):
    """Stop after having been asked so often: a search is cut at the same step on every machine."""
    asked = itertools.count()
    return lambda: next(asked) >= polls


def judged(problem, model, places):
    """Let the independent checker judge places; give its cost."""
    verdict = rota_check.evaluate(problem, [[model.people[a], model.openings[b].id] for a, b in places])
    assert verdict["violations"] == []
    return verdict["cost"]


def named(model, places):
    return sorted(f"{model.people[person]} {model.openings[number].id}" for person, number in places)


# --------------------------------------------------------------------------------- what the checker says
@pytest.mark.parametrize(("size", "seed"), PROBLEMS)
def test_the_checker_finds_the_quick_rota_and_the_better_one_legal_and_the_cost_true(size, seed):
    problem = made(size, seed)
    model = of_json(problem)
    quick = greedy(model)
    assert judged(problem, model, quick) == cost_of(model, quick).all == State(model, quick).cost
    better = improve(model, quick, math.inf, stop=after(len(model.openings) + 60))
    assert judged(problem, model, better) == cost_of(model, better).all <= cost_of(model, quick).all


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_hospitals_rota_comes_within_one_percent_of_the_best_there_is(seed):
    model = of_json(made("S", seed))
    best = textbook.solve(model, 60).bound
    better = improve(model, greedy(model), math.inf, stop=after(250))
    assert best <= cost_of(model, better).all <= 1.01 * best


@given(seeds)
@settings(max_examples=80, deadline=None)
def test_with_every_rule_at_once_both_keep_them_all_and_no_step_of_the_search_is_for_the_worse(seed):
    model = some_model(seed)
    bare = cost_of(model, model.pinned).all
    quick = greedy(model)
    assert list(broken(model, quick)) == []
    better = improve(model, quick, math.inf, seed=seed, stop=after(40))
    assert list(broken(model, better)) == []
    assert cost_of(model, better).all <= cost_of(model, quick).all <= bare


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_no_rota_of_ours_beats_the_textbooks_best(seed):
    model = some_model(seed)
    best = textbook.solve(model, 60)
    assert list(broken(model, best.places)) == []
    assert cost_of(model, best.places).all == round(best.bound)
    assert cost_of(model, improve(model, greedy(model), math.inf, stop=after(100))).all >= round(best.bound)


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_the_same_seed_gives_the_same_rota(seed):
    model = some_model(seed)
    one, other = (improve(model, greedy(model), math.inf, seed=seed, stop=after(100)) for _ in range(2))
    assert one == other


def test_a_clock_that_ran_out_leaves_the_rota_as_it_was():
    model = of_json(made("S", 21))
    quick = greedy(model)
    assert improve(model, quick, -math.inf) == quick


# ------------------------------------------------------------------------------------- a rota in the making
@given(seeds)
@settings(max_examples=80, deadline=None)
def test_at_every_step_a_state_knows_its_cost_and_what_is_allowed(seed):
    model, chance = some_model(seed), Random(seed)
    state = State(model)
    for _ in range(25):
        person, number = chance.randrange(len(model.people)), chance.randrange(len(model.openings))
        before, places = state.cost, state.places()
        if number not in state.mine[person]:
            allowed = state.may(person, number)
            assert allowed == (not list(broken(model, [*places, (person, number)])))
            if not allowed:
                continue
            foreseen = state.adding(person, number)
            state.add(person, number)
        elif (person, number) in state.pinned:
            continue
        else:
            foreseen = state.dropping(person, number)
            state.drop(person, number)
        assert state.cost == before + foreseen == cost_of(model, state.places()).all
        assert list(broken(model, state.places())) == []


@given(seeds)
@settings(max_examples=80, deadline=None)
def test_a_compound_step_is_legal_and_can_be_taken_back(seed):
    model, chance = some_model(seed), Random(seed)
    moves = Moves(State(model, greedy(model)))
    state = moves.state
    for _ in range(15):
        places, before = state.places(), state.cost
        number = chance.randrange(len(model.openings))
        there = moves.candidates(number)
        if not there:
            continue
        legal = moves.shift(chance.choice(there)[1], number)
        if legal and chance.random() < 0.5:
            moves.keep()
            assert state.cost == cost_of(model, state.places()).all
            assert list(broken(model, state.places())) == []
        else:
            moves.undo()
            assert (state.places(), state.cost) == (places, before)


# ----------------------------------------------------------------------------------------- rule by rule
def both(model):
    """The quick rota, and what the search makes of it: they are one where there is one way only."""
    quick = greedy(model)
    better = improve(model, quick, math.inf, stop=after(60))
    assert list(broken(model, quick)) == list(broken(model, better)) == []
    return named(model, quick), named(model, better)


def test_the_one_supervisor_goes_where_one_is_needed_though_the_other_gate_is_nearer():
    supervised = opening("main gate", EIGHT, EIGHT + 180, skills=((SKILLS.index("supervisor"), 1, 1),))
    other = opening("side gate", EIGHT, EIGHT + 180, spot=1)
    model = model_of("ab", [other, supervised], {"main gate": {"a": 30, "b": 0}, "side gate": {"a": 0, "b": 20}})
    model = replace(model, holds=np.array([[True, False], [False, False]]))
    assert both(model) == (["a main gate", "b side gate"],) * 2


def test_somebody_with_two_skills_counts_for_both():
    needed = opening("gate", EIGHT, EIGHT + 180, skills=((0, 1, 1), (1, 1, 1)))
    model = model_of("ab", [needed], {"gate": {"a": 40, "b": 0}})
    model = replace(model, holds=np.array([[True, True], [False, False]]))
    assert both(model) == (["a gate"],) * 2
    assert State(model, greedy(model)).cost == 40


def test_whoever_did_least_before_goes_first():
    model = model_of("ab", [opening("gate", EIGHT, EIGHT + 60)])
    assert both(replace(model, prior=np.array([2, 0]))) == (["b gate"],) * 2


def test_two_who_wish_to_be_together_are():
    gates = [
        opening("early", EIGHT, EIGHT + 60, wished=2, most=2),
        opening("late", EIGHT, EIGHT + 60, wished=2, most=2),
    ]
    dear = {"early": dict(zip("abcd", (0, 5, 5, 5), strict=True)), "late": dict.fromkeys("abcd", 5)}
    model = replace(model_of("abcd", gates, dear), together=((0, 3),))
    for rota in both(model):
        assert {"a early", "d early"} <= set(rota)


def test_two_to_be_kept_apart_never_meet_at_any_opening_of_one_shift():
    post, banner = (opening(name, EIGHT, EIGHT + 60, meeting="gate", wished=2, most=2) for name in ("post", "banner"))
    model = replace(model_of("ab", [post, banner]), apart=((0, 1),))
    for rota in both(model):
        assert len({line.split()[0] for line in rota}) == 1


def test_openings_under_one_cap_take_no_more_heads_than_it_says():
    gates = [opening(name, EIGHT, EIGHT + 60, wished=2, most=2) for name in ("north", "south")]
    model = replace(model_of("abcd", gates), caps=(((0, 1), 3),))
    for rota in both(model):
        assert len(rota) == 3


def test_a_pin_that_fills_a_cap_leaves_the_rest_under_it_empty():
    gates = [opening(name, EIGHT, EIGHT + 60, least=0) for name in ("north", "south")]
    model = replace(model_of("ab", gates), caps=(((0, 1), 1),), pinned=((0, 0),))
    assert both(model) == (["a north"],) * 2


def test_nobody_is_put_where_they_are_barred():
    model = replace(model_of("ab", [opening("gate", EIGHT, EIGHT + 60)]), barred=frozenset({(0, 0)}))
    assert both(model) == (["b gate"],) * 2


def test_minutes_of_a_day_count_what_is_done_elsewhere_that_day_alone():
    gates = [opening("monday", EIGHT, EIGHT + 120), opening("tuesday", NEXT_DAY + EIGHT, NEXT_DAY + EIGHT + 120)]
    model = replace(model_of("a", gates), day_limit=np.array([180]), spent={(0, 0): 90})
    assert both(model) == (["a tuesday"],) * 2
    assert both(replace(model, total_limit=np.array([200]))) == ([],) * 2


def test_rest_between_days_and_the_way_between_places_are_kept():
    late, early = opening("late", 20 * 60, 22 * 60), opening("early", NEXT_DAY + 7 * 60, NEXT_DAY + 8 * 60)
    model = model_of("a", [late, early])
    assert both(model) == (["a early", "a late"],) * 2
    assert [len(rota) for rota in both(replace(model, min_rest=11 * 60))] == [1, 1]
    here, there = opening("here", EIGHT, EIGHT + 60), opening("there", EIGHT + 90, EIGHT + 150, spot=1)
    model = replace(model_of("a", [here, there]), travel=np.array([[0, 45], [45, 0]]))
    assert [len(rota) for rota in both(model)] == [1, 1]
    assert [len(rota) for rota in both(replace(model, travel=np.array([[0, 30], [30, 0]])))] == [2, 2]


def test_a_wish_that_is_dearer_than_it_is_worth_stays_open():
    wished = opening("gate", EIGHT, EIGHT + 60, wished=2, most=2)
    model = model_of("ab", [wished], {"gate": {"a": 10, "b": 70}})
    assert both(model) == (["a gate"],) * 2
    assert both(replace(model, weights=Weights(wished=80))) == (["a gate", "b gate"],) * 2


def test_who_was_there_before_stays_though_another_is_a_little_nearer():
    model = model_of("ab", [opening("gate", EIGHT, EIGHT + 60)], {"gate": {"a": 20, "b": 0}})
    assert both(replace(model, previous=frozenset({(0, 0)}))) == (["a gate"],) * 2
    assert both(replace(model, previous=frozenset())) == (["b gate"],) * 2


def test_the_search_finds_a_chain_that_the_quick_rota_did_not_see():
    # All are wanted most at the gate; only the way over two people fills both.
    gate, stall = opening("gate", EIGHT, EIGHT + 60), opening("stall", EIGHT, EIGHT + 60, spot=1)
    model = model_of("ab", [gate, stall], {"gate": {"a": 0, "b": 5}, "stall": {"a": 0}})
    poor = ((0, 0),)
    assert named(model, improve(model, poor, math.inf, stop=after(60))) == ["a stall", "b gate"]


def test_where_nobody_may_do_anything_the_rota_is_empty():
    model = model_of("a", [opening("gate", EIGHT, EIGHT + 60)])
    model = replace(model, offers=type(model.offers)({}))
    assert both(model) == ([], [])
