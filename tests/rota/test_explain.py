"""Why a gap is a gap: planted causes are found exactly, proofs are proofs, and changes do fill the gap."""

import copy
import functools
import sys
from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.rota.problem_file.reading import of_json
from rallyapp.rota.solving.cost import broken
from rallyapp.rota.solving.solve import solve
from rallyapp.rota.why.changes import ASK, COVER, MINUTES, SKILL, SPARE, SWAP, TIME
from rallyapp.rota.why.explain import changes, explain
from rallyapp.rota.why.lineup import Lineup
from tests import rota_check
from tests.rota.models import model_of, opening, some_model, some_rota

SEEDS = st.integers(0, 100_000)


@functools.cache
def built(size, seed):
    """A problem with its model, its rota and the reasons of what the rota is short of."""
    problem = rota_check.generate(size, seed)
    model = of_json(copy.deepcopy(problem))
    places = solve(model, time_limit=20).places
    return problem, model, places, explain(model, places)


def gaps_at(model, gaps, shift, skill=None):
    """The gaps of one shift, of one skill if it is given, as they are written for others to read."""
    return [
        gap.why.as_json(model)
        for gap in gaps
        if model.openings[gap.opening].id == shift
        and (skill is None or (gap.skill is not None and model.skills[gap.skill] == skill))
    ]


# -------------------------------------------------------------------------------------- what was planted is found
@pytest.mark.parametrize(
    ("size", "seed"), [*(("S", seed) for seed in range(1, 25)), *(("M", seed) for seed in (3, 4, 5)), ("L1", 2)]
)
def test_planted_shortages_are_explained_by_what_was_planted(size, seed):
    problem, model, _, gaps = built(size, seed)
    planted = problem["planted"]
    joint = planted["joint"]
    found = [why for shift in joint["shifts"] for why in gaps_at(model, gaps, shift, joint["skill"])]
    assert found
    for why in found:
        assert why["kind"] == "joint"
        assert {key: why[key] for key in ("shifts", "people", "skill", "short")} == {
            key: joint[key] for key in ("shifts", "people", "skill", "short")
        }
        assert all(each in why["words"] for each in joint["shifts"][:5])
    for cause in ("nobody_free", "nobody_skilled"):
        found = gaps_at(model, gaps, planted[cause]["shift"])
        assert found
        assert {(why["kind"], why["reason"]) for why in found} == {("nobody", planted[cause]["why"])}


def test_every_gap_that_the_checker_finds_is_explained_in_one_sentence_and_no_other():
    problem, model, places, gaps = built("M", 3)
    verdict = rota_check.evaluate(problem, named(model, places))
    heads = [[model.openings[gap.opening].id, gap.missing] for gap in gaps if gap.skill is None]
    skills = [
        [model.openings[gap.opening].id, model.skills[gap.skill], gap.missing] for gap in gaps if gap.skill is not None
    ]
    assert (heads, skills) == (verdict["short_min"], verdict["short_skill"])
    assert [(gap.opening, gap.skill is not None) for gap in gaps] == sorted(
        (gap.opening, gap.skill is not None) for gap in gaps
    )
    for gap in gaps:
        assert gap.why.words.endswith(".")
        assert gap.why.words.count(". ") == 0


def test_people_are_counted_by_the_first_reason_that_the_checker_gives():
    problem, model, places, gaps = built("S", 1)
    index = rota_check.Index(problem)
    state = rota_check.State(index)
    for person, number in places:
        state.add(person, number)
    for gap in gaps:
        shift = problem["shifts"][gap.opening]
        people = index.reach(shift["site"])
        if gap.skill is not None:
            people = [p for p in people if model.skills[gap.skill] in problem["volunteers"][p]["skills"]] or people
        if gap.skill is None or any(model.holds[p, gap.skill] for p in people):
            assert gap.why.counts == Counter(state.why_not(p, gap.opening) or "could be asked" for p in people)


# ------------------------------------------------------------------------------------------------- proofs are proofs
def meetable(model, needs, fixed, open_places=0):
    """Say by trying everybody everywhere whether some rota meets needs, but for so many places that stay open."""
    free = replace(model, pinned=())
    tried = set()

    def go(places, left, skipped):
        if (places, left, skipped) in tried:
            return False
        tried.add((places, left, skipped))
        for at, need in enumerate(needs):
            counts = [p for p, o in places if o == need.opening and (need.skill is None or model.holds[p, need.skill])]
            if len(counts) >= need.least - skipped[at]:
                continue
            for person in range(len(model.people)):
                place = person, need.opening
                if place not in places and (need.skill is None or model.holds[person, need.skill]):
                    more = places | {place}
                    if not any(broken(free, more)) and go(more, left, skipped):
                        return True
            return left > 0 and go(places, left - 1, (*skipped[:at], skipped[at] + 1, *skipped[at + 1 :]))
        return True

    return go(frozenset(fixed), open_places, (0,) * len(needs))


@given(SEEDS, st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_joint_shortage_can_not_be_met_by_any_rota_and_names_no_shift_too_many(seed, best):
    model = some_model(seed)
    places = solve(model, time_limit=10).places if best else [*model.pinned]
    for gap in explain(model, places):
        proof = gap.why.proof
        assert (proof is not None) == (gap.why.kind == "joint")
        if proof is None:
            continue
        assert gap.opening in proof.openings
        assert not meetable(model, proof.needs, proof.fixed, proof.short - 1)
        assert meetable(model, proof.needs, proof.fixed, proof.short)
        for number in proof.openings:
            assert meetable(model, [need for need in proof.needs if need.opening != number], proof.fixed)
        for person in range(len(model.people)):
            could = any(person in Lineup(model, ()).who(need.opening, need.skill) for need in proof.needs)
            assert could == (person in proof.people)


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_what_is_not_joint_is_short_of_people_or_has_them_elsewhere(seed):
    model = some_model(seed)
    places = solve(model, time_limit=10).places
    lineup = Lineup(model, places)
    for gap in explain(model, places):
        able = len(lineup.who(gap.opening, gap.skill))
        enough = able >= lineup.least(gap.opening, gap.skill)
        assert (gap.why.kind in ("nobody", "count")) == (not enough)
        assert (gap.why.kind == "nobody") == (able == 0)
        for person, numbers in gap.why.instead.items():
            assert set(numbers) <= set(lineup.mine[person])


def test_three_shifts_at_once_with_two_supervisors_are_said_in_one_sentence():
    model = model_of(
        "ABC",
        [opening(name, 420, 600, skills=((0, 1, 1),)) for name in ("East", "North", "West")],
        holds=np.array([[True, False], [True, False], [False, True]]),
    )
    (gap,) = explain(model, [(0, 0), (1, 1), (2, 2)])
    assert gap.why.words == (
        "These 3 shifts run at the same time (East, North and West), each needs 1 supervisor, "
        "and only A and B could be there: at least 1 place stays open."
    )


def test_minutes_that_do_not_go_round_are_a_proof_of_shifts_at_different_times():
    hours = [opening(str(hour), 60 * hour, 60 * hour + 120) for hour in (8, 11, 14)]
    model = model_of("AB", hours, day_limit=np.array([120, 239]))
    (gap,) = explain(model, [(0, 0), (1, 1)])
    assert gap.why.proof.one_time is False
    assert gap.why.words == (
        "8, 11 and 14 each need 1 person, and only A and B could be there: "
        "with overlaps, travel, rest and hours, at least 1 place stays open."
    )


def test_a_pin_that_a_proof_needs_is_said():
    both = [opening("East", 420, 600), opening("West", 420, 600, least=0)]
    model = model_of("A", both, pinned=((0, 1),))
    (gap,) = explain(model, [(0, 1)])
    assert gap.why.proof.fixed == ((0, 1),)
    assert "(A is fixed at West)" in gap.why.words


def test_a_place_that_was_left_open_though_somebody_is_free_is_said_to_be_just_that():
    model = model_of("AB", [opening("East", 420, 600), opening("West", 420, 600, least=0)])
    (gap,) = explain(model, [(0, 1)])
    assert gap.why.kind == "used"
    assert gap.why.words == (
        "East is short of 1 person: 1 could be asked as the rota stands; "
        "1 could but is used elsewhere: A is at West (which could spare them)."
    )
    assert [(change.kind, change.person) for change in gap.why.changes] == [(ASK, 1), (SPARE, 0)]


def test_without_the_solver_shifts_at_one_time_are_still_proven(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    model = model_of("A", [opening("East", 420, 600), opening("West", 420, 600), opening("Late", 660, 840)])
    limited = replace(model, day_limit=np.array([180]))
    kinds = {model.openings[gap.opening].id: gap.why.kind for gap in explain(limited, [(0, 0)])}
    assert kinds == {"West": "joint", "Late": "used"}


# -------------------------------------------------------------------------------------- changes do fill the gap
def named(model, places):
    return [[model.people[person], model.openings[number].id] for person, number in places]


def after(model, places, change):
    """The model and the rota once a change of people alone was made."""
    places = {*places, (change.person, change.opening)}
    if change.kind in (SPARE, SWAP):
        places.remove((change.person, change.other))
    if change.kind == SWAP:
        places.add((change.taker, change.other))
    if change.kind == MINUTES:
        more = np.where(np.arange(len(model.people)) == change.person, change.minutes, 0)
        model = replace(model, day_limit=model.day_limit + more, total_limit=model.total_limit + more)
    if change.kind == SKILL:
        holds = model.holds.copy()
        holds[change.person, change.skill] = True
        model = replace(model, holds=holds)
    return model, places


def short(model, places):
    lineup = Lineup(model, places)
    return Counter(
        {
            (number, skill): missing
            for number in range(len(model.openings))
            for skill, least in lineup.needs(number)
            if (missing := least - lineup.filled(number, skill)) > 0
        }
    )


@given(SEEDS, st.booleans())
@settings(max_examples=50, deadline=None)
def test_every_change_of_people_is_legal_and_fills_a_place_of_the_gap_and_empties_none(seed, best):
    model = some_model(seed)
    places = solve(model, time_limit=10).places if best else [*model.pinned, *some_rota(model, Random(seed), 4)]
    if any(broken(model, places)):
        places = [*model.pinned]
    for gap in explain(model, places):
        found = changes(model, gap, places)
        assert found[: len(gap.why.changes)] == list(gap.why.changes)
        for change in found:
            then, there = after(model, places, change)
            assert not list(broken(then, there))
            before, now = short(model, places), short(then, there)
            assert now[gap.opening, gap.skill] == before[gap.opening, gap.skill] - 1
            assert not now - before


class Anybody:
    """Everybody may take everything, whenever it is."""

    def __init__(self, people):
        self.people = np.arange(people)

    def of(self, opening):
        return self.people, np.zeros(len(self.people), dtype=np.int64)


def test_a_shift_that_ends_too_late_to_get_to_the_next_is_asked_to_move():
    shifts = [opening("Early", 480, 600), opening("Late", 610, 700, spot=1)]
    way = np.array([[0, 33], [33, 0]])
    model = replace(model_of("A", shifts, travel=way), offers=Anybody(1))
    (gap,) = explain(model, [(0, 0)])
    (change,) = changes(model, gap, [(0, 0)])
    assert change == gap.why.changes[0]
    assert change.words == "move Early 25 minutes earlier, so that A can do both"
    moved = replace(model, openings=(replace(shifts[0], start=480 - 25, end=600 - 25), shifts[1]))
    assert list(broken(model, [(0, 0), (0, 1)]))
    assert not list(broken(moved, [(0, 0), (0, 1)]))


def test_somebody_who_could_be_relieved_is_swapped_and_both_are_named():
    prices = {"East": {"A": 0}, "West": {"A": 0, "B": 0}}
    model = model_of("AB", [opening("East", 420, 600), opening("West", 420, 600, kind="rally")], prices)
    (gap,) = explain(model, [(0, 1)])
    (change,) = gap.why.changes
    assert change.words == "B takes over West from A, who comes to East"
    assert change.as_json(model) == {
        "kind": "swap",
        "shift": "East",
        "person": "A",
        "other": "West",
        "taker": "B",
        "words": change.words,
    }


def changed(problem, model, places, change):
    """The problem and the rota once any change was made, as the checker reads them."""
    problem = copy.deepcopy(problem)
    then, there = after(model, places, change)
    volunteer = problem["volunteers"][change.person]
    if change.kind == MINUTES:
        volunteer["max_minutes_day"] += change.minutes
        volunteer["max_minutes_total"] += change.minutes
    if change.kind == SKILL:
        volunteer["skills"].append(model.skills[change.skill])
    if change.kind == TIME:
        for end in ("start", "end"):
            problem["shifts"][change.other][end] += change.minutes
    if change.kind == COVER:
        shift = problem["shifts"][change.opening]
        buffer = problem["rules"]["duty_buffer"]
        volunteer["duties"] = [
            duty
            for duty in volunteer["duties"]
            if duty[1] + buffer <= shift["start"] or shift["end"] <= duty[0] - buffer
        ]
    return problem, named(then, sorted(there))


def test_the_checker_agrees_that_every_change_is_legal_and_fills_the_gap():
    seen = Counter()
    for size, seed in [*(("S", seed) for seed in range(1, 6)), ("M", 3)]:
        problem, model, places, gaps = built(size, seed)
        before = rota_check.evaluate(problem, named(model, places))
        for gap in gaps if size == "S" else gaps[::20]:
            for change in gap.why.changes:
                seen[change.kind] += 1
                then = rota_check.evaluate(*changed(problem, model, places, change))
                assert then["violations"] == []
                which = "short_min" if gap.skill is None else "short_skill"
                assert sum(row[-1] for row in then[which]) < sum(row[-1] for row in before[which])
                others = [row[:-1] for row in then["short_min"] + then["short_skill"]]
                assert all(row in [r[:-1] for r in before["short_min"] + before["short_skill"]] for row in others)
    assert {MINUTES, SKILL, COVER} <= set(seen)


def test_when_the_time_is_up_gaps_are_counted_still_and_nothing_is_claimed_to_be_proven() -> None:
    model = of_json(rota_check.generate("S", 5))
    places = solve(model).places
    whole, late = explain(model, places), explain(model, places, until=0.0)
    assert [(gap.opening, gap.skill, gap.missing) for gap in late] == [(g.opening, g.skill, g.missing) for g in whole]
    assert any(gap.why.kind == "joint" for gap in whole)
    assert not any(gap.why.proof or gap.why.changes for gap in late)
    assert [gap.why.counts for gap in late] == [gap.why.counts for gap in whole]
