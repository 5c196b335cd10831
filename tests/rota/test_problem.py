"""A plan as a rota problem: the builder, the checks and the suggestions may never disagree about a person.

The rules are those of ``eligibility.why_not``; the model says them again in arrays. Here both are asked about
plans of every kind, person by person and shift by shift.
"""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain import checks
from rallyapp.domain.eligibility import why_not
from rallyapp.domain.people import Level, Liking, Pair, Preference, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Origin, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Severity
from rallyapp.domain.records import KINDS
from rallyapp.rota.candidates import ASKED_EACH, MOST_SITES, THOUSANDS
from rallyapp.rota.fill import shifts_in
from rallyapp.rota.problem import of_plan
from rallyapp.rota.solving.cost import broken
from rallyapp.rota.solving.model import Weights
from rallyapp.rota.solving.solve import solve
from tests.domain.building import (
    GUILDHALL,
    can,
    duty,
    entrance,
    offer,
    on,
    person,
    picket,
    post,
    shift,
    site,
    small_plan,
    stall,
)
from tests.domain.building import settings as plan_settings
from tests.rota import drawing
from tests.rota.plans import plans


def of_everything(plan):
    return of_plan(plan, shifts_in(plan))


def takers(problem, number):
    """Who may take an opening, as the model has it."""
    who, price = problem.model.offers.of(problem.model.openings[number])
    assert (np.diff(who) > 0).all()
    assert len(price) == len(who)
    assert (price >= 0).all()
    return {problem.people[n].id for n in who.tolist() if (n, number) not in problem.model.barred}


def willing(problem, number):
    """Who may take an opening, as ``why_not`` has it: of those whom a builder asks, with no row on that shift."""
    place = problem.places[number]
    rows = problem.plan.of(Assignment, "shift_id", place.shift.id)
    moving = {row.id for row in (*problem.movable.values(), *problem.stale)}
    fixed = {row.person_id for row in rows if row.id not in moving}
    counted = {row.person_id for row in rows if row.id not in moving and row.state.counts}
    unwelcome = {
        other
        for pair in problem.plan.all(Pair)
        if pair.apart
        for one, other in itertools.permutations((pair.person_id, pair.other_id))
        if one in counted
    }
    near = {problem.people[n].id for n in problem.candidates.near(place.shift, place.role).tolist()}
    return {
        who.id
        for who in problem.people
        if who.id in near - fixed - unwelcome
        and why_not(who, place.shift, problem.book, role=place.role, skill=place.skill) == ()
    }


@settings(deadline=None, max_examples=100)
@given(plans())
def test_who_may_take_a_place_is_whom_nothing_speaks_against(plan):
    problem = of_everything(plan)
    for number in range(len(problem.places)):
        assert takers(problem, number) == willing(problem, number)


@settings(deadline=None, max_examples=100)
@given(plans())
def test_what_nobody_can_do_together_is_what_speaks_against_the_second(plan):
    problem = of_everything(plan)
    model = problem.model
    for a, b in itertools.permutations(range(len(problem.places)), 2):
        first, then = problem.places[a].shift, problem.places[b].shift
        if first.id == then.id:
            assert model.clash(np.array([a]), np.array([b])).all(), "nobody has two places on one shift"
            continue
        for who in takers(problem, a) & takers(problem, b):
            position = problem.who[who]
            clash = bool(model.clash(np.array([a]), np.array([b]))[0])
            over = minutes_broken(problem, position, (model.openings[a], model.openings[b]))
            problem.book.put(who, first.id)
            place = problem.places[b]
            against = why_not(problem.people[position], then, problem.book, role=place.role, skill=place.skill)
            problem.book.take(who, first.id)
            for reason in against or ["they go together"]:
                event(getattr(reason, "why", reason))
            assert bool(against) == (clash or over)


def minutes_broken(problem, position, openings):
    model = problem.model
    days = Counter({opening.day: model.spent.get((position, opening.day), 0) for opening in openings})
    for opening in openings:
        days[opening.day] += opening.minutes
    in_all = model.spent_in_all.get(position, 0) + sum(opening.minutes for opening in openings)
    return max(days.values()) > model.day_limit[position] or in_all > model.total_limit[position]


@settings(deadline=None, max_examples=40)
@given(plans())
def test_a_rota_put_together_person_by_person_meets_no_reason_and_no_new_problem(plan):
    problem = of_everything(plan)
    rota = solve(problem.model, time_limit=5)
    assert list(broken(problem.model, rota.places)) == []
    event(f"{min(len(rota.places), 5)} places")
    for position, number in rota.places:
        who, place = problem.people[position], problem.places[number]
        assert why_not(who, place.shift, problem.book, role=place.role, skill=place.skill) == ()
        problem.book.put(who.id, place.shift.id)
    moving = {row.id for row in (*problem.movable.values(), *problem.stale)}
    rest = [each for kind in KINDS for each in plan.all(kind) if each.id not in moving]
    new = [
        Assignment(
            id=f"new {position} {number}",
            shift_id=problem.places[number].shift.id,
            person_id=problem.people[position].id,
            role=problem.places[number].role,
        )
        for position, number in rota.places
    ]
    before, after = worst(Plan(rest)), worst(Plan([*rest, *new]))
    assert after <= before


def worst(plan):
    """What is red, and what is said of people and of the six, without the words that count."""
    found = checks.run(plan, carried.law(), holidays=lambda _: {}, today=date(2015, 11, 1))
    ours = {"overlap", "duty", "rest", "travel", "not-free", "day-limit", "total-limit", "over-six", "down-twice"}
    return {
        (each.code, each.concerns if each.code != "over-six" else "")
        for each in found
        if each.severity is Severity.RED or each.code in ours
    }


@settings(deadline=None, max_examples=40)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_a_plan_s_records_changes_nothing(plan, random):
    records = [each for kind in KINDS for each in plan.all(kind)]
    random.shuffle(records)
    one, two = of_everything(plan), of_everything(Plan(records))
    assert (one.places, one.people, one.kept, one.movable, one.stale) == (
        two.places,
        two.people,
        two.kept,
        two.movable,
        two.stale,
    )
    for name in ("openings", "together", "apart", "previous", "barred", "caps", "spent", "weights"):
        assert getattr(one.model, name) == getattr(two.model, name)
    for name in ("holds", "prior", "day_limit", "total_limit", "travel"):
        assert (getattr(one.model, name) == getattr(two.model, name)).all()
    for opening in one.model.openings:
        for ours, theirs in zip(one.model.offers.of(opening), two.model.offers.of(opening), strict=True):
            assert (ours == theirs).all()


# ---------------------------------------------------------------------------------------------- what is fixed
def need(shift_id="shift", role=Role.PICKET, **other):
    return drawing.need(shift_id, role, **other)


def proposed(who, shift_id="shift", **other):
    return drawing.proposed(who, shift_id, **other)


def only(problem):
    (opening,) = problem.model.openings
    return opening


def test_only_the_builder_s_own_unspoken_proposals_move():
    free = [offer("ann archer", "08:00-11:00"), person()]
    for row, moves in (
        (proposed("ann archer"), True),
        (proposed("ann archer", pinned=True), False),
        (proposed("ann archer", origin=Origin.HAND), False),
        (proposed("ann archer", origin=Origin.OWN), False),
        (proposed("ann archer", origin=Origin.IMPORT), False),
        (proposed("ann archer", presence=Presence.CONTACTABLE), False),
        (proposed("ann archer", override_by="Bob", override_reason="agreed"), False),
        (replace(proposed("ann archer"), state=AssignmentState.ASKED), False),
        (replace(proposed("ann archer"), state=AssignmentState.CONFIRMED), False),
        (replace(proposed("ann archer"), state=AssignmentState.RECONFIRM), False),
    ):
        problem = of_everything(small_plan(free, need(least=2), row))
        assert bool(problem.movable) == moves, row
        assert [each.id for each in problem.kept] == ([] if moves else [row.id])
        assert only(problem).least == (2 if moves else 1)
        assert problem.model.previous == (frozenset({(0, 0)}) if moves else None)


def test_who_was_marked_present_stays():
    mark = Attendance(id="mark", shift_id="shift", person_id="ann archer", role=Role.PICKET, came=None, absent=True)
    problem = of_everything(
        small_plan(person(), offer("ann archer", "08:00-11:00"), need(), proposed("ann archer"), mark)
    )
    assert (problem.movable, len(problem.kept)) == ({}, 1)


def test_what_is_outside_the_shifts_to_fill_stays_and_takes_time():
    more = [picket(times="08:00-14:00"), shift(), shift("later", "11:00-14:00"), need(), need("later")]
    plan = small_plan(more, person(max_minutes_day=300), offer("ann archer", "08:00-14:00"), proposed("ann archer"))
    problem = of_plan(plan, [plan.get(Shift, "later")])
    assert takers(problem, 0) == set(), "three hours more would be six"
    assert problem.model.spent == {(0, date(2015, 12, 1).toordinal()): 180}
    both = of_everything(plan)
    assert (takers(both, 0), takers(both, 1), both.model.spent) == ({"ann archer"}, {"ann archer"}, {})


def test_a_proposal_that_is_no_longer_true_is_stale():
    gone = [person(), need(), proposed("ann archer"), offer("ann archer", "09:00-11:00")]
    problem = of_everything(small_plan(gone))
    assert (problem.movable, [each.person_id for each in problem.stale]) == ({}, ["ann archer"])


@pytest.mark.parametrize("state", [AssignmentState.DECLINED, AssignmentState.WITHDRAWN])
def test_who_said_no_to_a_shift_may_take_another_at_the_same_time(state):
    more = [entrance("side", "Side gate"), picket("side", entrance_id="side"), shift("other", picket_id="side")]
    plan = small_plan(more, person(), offer("ann archer", "08:00-11:00"), on("ann archer", state=state))
    problem = of_everything(Plan([*(each for kind in KINDS for each in plan.all(kind)), need(), need("other")]))
    by_shift = {problem.places[number].shift.id: takers(problem, number) for number in range(2)}
    assert by_shift == {"shift": set(), "other": {"ann archer"}}


def test_who_said_no_to_one_and_is_busy_before_may_take_the_other():
    more = [
        picket(times="07:00-11:00"),
        [entrance("side", "Side gate"), picket("side", entrance_id="side")],
        [shift("early", "07:00-08:00"), shift(), shift("t", picket_id="side")],
        [person(), offer("ann archer", "07:00-11:00"), on("ann archer", "early"), need(), need("t")],
    ]
    problem = of_everything(small_plan(*more, on("ann archer", state=AssignmentState.DECLINED)))
    by_shift = {problem.places[number].shift.id: takers(problem, number) for number in range(2)}
    assert by_shift == {"shift": set(), "t": {"ann archer"}}


def test_the_walk_counts_over_midnight_too():
    far = [site("anne", "Princess Anne", lat=50_960_000), entrance("anne", "Door", site_id="anne")]
    more = [
        [
            *far,
            picket("anne", "22:00-23:45", entrance_id="anne"),
            picket("picket", "00:00-02:00", 2),
            plan_settings(min_rest=0),
        ],
        [shift("late", "22:00-23:45", picket_id="anne"), shift("shift", "00:00-02:00", 2)],
        [need("late", Role.STANDBY), need(role=Role.STANDBY), person(standing=Standing.OFFICIAL, workplace_id=None)],
        offer("ann archer", "20:00-12:00"),
    ]
    problem = of_everything(small_plan(*more))
    assert takers(problem, 0) == takers(problem, 1) == {"ann archer"}
    assert problem.model.clash(np.array([0]), np.array([1])).all()


def test_a_stall_at_a_picket_asks_everybody_and_the_picket_those_who_work_there():
    far = [site("anne", "Princess Anne"), person("Ann"), person("Bob", workplace_id="anne")]
    more = [
        [stall(picket_id="picket"), shift("stall", picket_id=None, stall_id="stall"), need("stall", Role.SUPPORTER)],
        [need(role=Role.SUPPORTER), offer("ann", "08:00-11:00"), offer("bob", "08:00-11:00")],
    ]
    problem = of_everything(small_plan(*far, *more))
    by_shift = {problem.places[number].shift.id: takers(problem, number) for number in range(2)}
    assert by_shift == {"shift": {"ann"}, "stall": {"ann", "bob"}}


# ------------------------------------------------------------------------------------- what is asked for
def test_fixed_people_count_towards_the_need():
    people = [person("Ann"), person("Bob"), on("ann"), on("bob", role=Role.STANDBY)]
    opening = only(of_everything(small_plan(people, need(least=2, wished=3, most=6))))
    assert (opening.least, opening.wished, opening.most) == (1, 2, 2)


def test_no_more_than_is_wished_are_put_there_but_who_is_need_not_go():
    crowd = [[person(f"P{n}"), offer(f"p{n}", "08:00-11:00"), proposed(f"p{n}")] for n in range(4)]
    plan = small_plan(*crowd, need(least=1, wished=2, most=6))
    assert only(of_everything(plan)).most == 4
    assert only(of_everything(small_plan(need(least=1, wished=2, most=6)))).most == 2


def test_stewards_of_whom_one_knows_bsl_are_one_place():
    asks = [need(role=Role.STEWARD, least=3), need(role=Role.STEWARD, least=1, skill=Skill.BSL)]
    problem = of_everything(small_plan(asks))
    assert (only(problem).least, only(problem).skills) == (3, ((list(Skill).index(Skill.BSL), 1, 1),))
    signing = [person(), can("ann archer", Skill.BSL), on("ann archer", role=Role.STEWARD)]
    problem = of_everything(small_plan(asks, signing))
    assert (only(problem).least, only(problem).skills) == (2, ((list(Skill).index(Skill.BSL), 0, 0),))


def test_a_steward_with_bsl_alone_must_know_it():
    problem = of_everything(small_plan(need(role=Role.STEWARD, skill=Skill.BSL)))
    assert only(problem).requires == (list(Skill).index(Skill.BSL),)


@pytest.mark.parametrize(("figure", "caps", "most"), [(9, (((0, 1), 6),), 6), (4, (((0, 1), 4),), 4)])
def test_supervisor_and_pickets_share_the_entrance_s_figure(figure, caps, most):
    problem = of_everything(
        small_plan(need(least=7), need(role=Role.SUPERVISOR), entrance(official_max=figure), need(role=Role.STANDBY))
    )
    assert problem.model.caps == caps
    assert [each.most for each in problem.model.openings] == [1, 7, 1]
    alone = only(of_everything(small_plan(need(least=7), entrance(official_max=figure))))
    assert (alone.least, alone.wished, alone.most) == (most, most, most)


def test_who_stands_there_takes_a_place_of_the_six_and_who_is_within_reach_does_not():
    crowd = [[person(f"P{n}"), on(f"p{n}")] for n in range(4)]
    reach = [person("Sue"), on("sue", role=Role.SUPERVISOR, presence=Presence.CONTACTABLE)]
    plan = small_plan(*crowd, reach, need(least=12), need(role=Role.SUPERVISOR))
    assert [each.most for each in of_everything(plan).model.openings] == [0, 8]
    assert of_everything(plan).model.caps == (((0, 1), 2),)


# ------------------------------------------------------------------------------------- in a national plan
def many_sites(many, *more):
    """A plan with a picket shift of three at each of so many sites, and one official without a workplace."""
    records = [
        person("Omar", standing=Standing.OFFICIAL, workplace_id=None),
        offer("omar", "08:00-11:00"),
        need(),
        *more,
    ]
    for n in range(many):
        records += [site(f"t{n:02d}", f"Trust {n}"), entrance(f"t{n:02d}", "Door", site_id=f"t{n:02d}")]
        records += [picket(f"t{n:02d}", entrance_id=f"t{n:02d}"), shift(f"t{n:02d}", picket_id=f"t{n:02d}")]
        records.append(need(f"t{n:02d}", least=3))
    return of_everything(small_plan(*records))


def asked_at(problem):
    return [problem.places[n].shift.id for n in range(len(problem.places)) if "omar" in takers(problem, n)]


def test_an_official_without_a_workplace_is_asked_everywhere_while_those_are_few():
    assert len(asked_at(many_sites(11))) == 12
    far = many_sites(30)
    assert len(asked_at(far)) == MOST_SITES
    unasked = next(place.shift for place in far.places if place.shift.id not in asked_at(far))
    assert far.who["omar"] not in far.candidates.near(unasked, Role.PICKET).tolist()
    assert far.who["omar"] in far.candidates.near(unasked, Role.PICKET, all_over=True).tolist()
    likes = Preference(id="likes", person_id="omar", site_id=unasked.id, liking=Liking.LIKES)
    assert unasked.id in asked_at(many_sites(30, likes))


def test_of_thousands_the_nearest_are_asked_and_whoever_was_proposed():
    at_rally = [post(), shift("rally", "08:00-11:00", post_id="post"), need("rally", Role.STEWARD, least=9)]
    crowd = []
    for n in range(THOUSANDS + 1):
        place = "anne" if n < 100 else "general"
        crowd += [person(f"P{n:04d}", workplace_id=place), offer(f"p{n:04d}", "08:00-11:00")]
    near = site("anne", "Guildhall clinic", lat=GUILDHALL[0], lon=GUILDHALL[1])
    problem = of_everything(small_plan(at_rally, crowd, near, proposed("p4000", "rally", role=Role.STEWARD)))
    assert len(takers(problem, 0)) == ASKED_EACH * 9
    assert "p4000" in takers(problem, 0)
    assert sum(who < "p0100" for who in takers(problem, 0)) == ASKED_EACH * 9 - 1
    fewer = of_everything(small_plan(at_rally, crowd[:-4], near))
    assert len(takers(fewer, 0)) == THOUSANDS - 1


# ----------------------------------------------------------------------------------------- what it costs
def price(plan, who):
    problem = of_everything(plan)
    people, prices = problem.model.offers.of(only(problem))
    return dict(zip((problem.people[n].id for n in people.tolist()), prices.tolist(), strict=True))[who]


def test_some_are_asked_before_others():
    like, dislike = (
        Preference(id=f"{liking}", person_id="ann archer", site_id="general", liking=liking)
        for liking in (Liking.LIKES, Liking.DISLIKES)
    )
    plain = [person(), need(), offer("ann archer", "08:00-11:00")]
    usual = price(small_plan(plain), "ann archer")
    assert price(small_plan(plain, like), "ann archer") < usual
    for dearer in (dislike, person(reserve=True), can("ann archer", Skill.SUPERVISOR)):
        assert price(small_plan(plain, dearer), "ann archer") > usual
    if_need_be = [person(), need(), offer("ann archer", "08:00-11:00", level=Level.IF_NEED_BE)]
    assert price(small_plan(if_need_be), "ann archer") > usual


def test_earlier_shifts_are_carried_over_around_what_is_usual():
    def prior(many_for_ann, many_for_all):
        records = [need(), person("Ann"), offer("ann", "08:00-11:00")]
        for n in range(9):
            records += [person(f"P{n}"), offer(f"p{n}", "08:00-11:00")]
        for n in range(30):
            day = 30 if n == 0 else n
            records += [
                picket(f"p{n}", "00:00-23:30", date(2015, 11, day)),
                shift(f"e{n}", "08:00-09:00", date(2015, 11, day), picket_id=f"p{n}"),
            ]
            records += [on(f"p{who}", f"e{n}") for who in range(9) if n < many_for_all]
            records += [on("ann", f"e{n}")] if n < many_for_ann else []
        plan = small_plan(*records)
        problem = of_plan(plan, [plan.get(Shift, "shift")])
        return problem.model.prior[problem.who["ann"]], problem.model.prior[problem.who["p0"]]

    assert prior(0, 0) == (0, 0)
    assert prior(2, 1) == (2, 1)
    assert prior(10, 10) == (3, 3), "the usual is not held against anybody"
    assert prior(12, 10) == (5, 3)
    assert prior(25, 10) == (6, 3), "and doing more never shuts anybody out"
    assert prior(0, 10) == (0, 3)


def test_what_is_fixed_here_counts_as_a_shift():
    more = [picket(times="08:00-14:00"), shift("later", "11:00-14:00"), need("later"), need()]
    problem = of_everything(small_plan(more, person(), offer("ann archer", "08:00-14:00"), on("ann archer")))
    assert problem.model.prior.tolist() == [1]


def test_what_must_not_fail_counts_most():
    told = {
        priority: only(of_everything(small_plan(replace(shift(), priority=priority), need()))).priority
        for priority in range(1, 6)
    }
    assert list(told.values()) == sorted(told.values())
    weights = Weights()
    assert told[5] * weights.least > 3 * told[3] * weights.least


# ---------------------------------------------------------------------------------------------- together
def test_who_is_kept_apart_from_somebody_fixed_is_barred_from_there():
    pair = Pair(id="pair", person_id="ann", other_id="bob", apart=True)
    people = [person("Ann"), person("Bob"), offer("bob", "08:00-11:00"), offer("ann", "08:00-11:00")]
    assert takers(of_everything(small_plan(people, need(least=2), pair)), 0) == {"ann", "bob"}
    assert of_everything(small_plan(people, need(least=2), pair)).model.apart == ((0, 1),)
    assert takers(of_everything(small_plan(people, need(least=2), pair, on("ann"))), 0) == set()


def test_a_pair_that_is_together_already_wishes_for_nothing():
    pair = Pair(id="pair", person_id="ann", other_id="bob")
    people = [person("Ann"), person("Bob"), pair]
    assert of_everything(small_plan(people, need())).model.together == ((0, 1),)
    assert of_everything(small_plan(people, need(), on("ann"), on("bob"))).model.together == ()


def test_a_night_s_duty_keeps_from_the_morning_after():
    people = [person("Ann"), person("Bob"), offer("ann", "08:00-11:00"), offer("bob", "08:00-11:00")]
    night = duty("ann", "22:00-06:00", date(2015, 11, 30))
    assert takers(of_everything(small_plan(people, need(), night)), 0) == {"bob"}


@pytest.mark.parametrize("name", [name for name in DEMOS if name != "national"])
def test_the_demos_have_people_for_every_least(name):
    plan = Plan(DEMOS[name].records())
    problem = of_everything(plan)
    assert problem.places
    for number, opening in enumerate(problem.model.openings):
        assert len(takers(problem, number)) >= opening.least
        assert takers(problem, number) == willing(problem, number)
