"""The part of a plan around a shift suggests the same people, in the same order and words, as the whole plan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.demos import DEMOS
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.rota.around import around
from rallyapp.rota.suggest import Suggester
from tests.rota.plans import random_plan


def told(plan, shift, role, skill, limit):
    found = Suggester(plan).suggest(shift, role=role, skill=skill, limit=limit)
    return [(each.person.id, each.group, each.words, each.moves) for each in found.people], found.more


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_random_plan_suggests_the_same(seed):
    plan = random_plan(seed)
    for need in plan.all(Need)[:6]:
        shift = plan.get(Shift, need.shift_id)
        for limit in (2, 50):
            whole = told(plan, shift, need.role, need.skill, limit)
            assert told(around(plan, shift, need.role), shift, need.role, need.skill, limit) == whole


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PICKET, Role.SUPPORTER])
def test_a_demo_suggests_the_same_and_leaves_out_who_works_elsewhere(role):
    plan = Plan(DEMOS["epsom-st-helier-2016"].records())
    for shift in plan.all(Shift)[::7]:
        part = around(plan, shift, role)
        assert told(part, shift, role, None, 50) == told(plan, shift, role, None, 50)
        assert role is not Role.PICKET or part.count(Person) < plan.count(Person)
