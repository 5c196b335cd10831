"""Rota problems small enough to try every rota: for the tests that want to know the truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import strategies as st

from rallyapp.rota.solving.cost import Place, broken, cost_of
from rallyapp.rota.solving.model import Model, Opening, Weights
from tests.rota.models import Offered


def every_rota(model: Model) -> Iterator[tuple[Place, ...]]:
    """Give every legal rota."""
    one = [person_rotas(model, person) for person in range(len(model.people))]
    for chosen in product(*one):
        places = tuple(place for mine in chosen for place in mine)
        if next(broken(model, places), None) is None:
            yield places


def person_rotas(model: Model, person: int) -> list[tuple[Place, ...]]:
    """Give everything that one person could do by themselves."""
    could = [
        (person, number)
        for number, opening in enumerate(model.openings)
        if person in model.offers.of(opening)[0].tolist() and (person, number) not in model.barred
    ]
    found: list[tuple[Place, ...]] = []
    for keep in product((False, True), repeat=len(could)):
        mine = tuple(place for place, kept in zip(could, keep, strict=True) if kept)
        if not any("can't do both" in said or "over their minutes" in said for said in broken(model, mine)):
            found.append(mine)
    return found


def least_cost(model: Model) -> int:
    """Give the cost of the best rota, by trying all."""
    return min(cost_of(model, places).all for places in every_rota(model))


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Draw a problem with every rule in it: a few people, a few openings at two spots on two days."""
    people = draw(st.integers(1, 4))
    skills = 2
    holds = np.array(draw(st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=people, max_size=people)))
    openings: list[Opening] = []
    for number in range(draw(st.integers(1, 4))):
        day = draw(st.integers(0, 1))
        start = day * 1440 + draw(st.sampled_from((480, 600, 720, 1200)))
        least = draw(st.integers(0, 2))
        wished = draw(st.integers(least, 3))
        asked = draw(st.lists(st.integers(0, skills - 1), unique=True, max_size=2))
        openings.append(
            Opening(
                id=f"O{number}",
                meeting=draw(st.sampled_from((f"M{number}", f"M{number}", f"day {day} at {start}"))),
                spot=draw(st.integers(0, 1)),
                day=day,
                start=start,
                end=start + draw(st.sampled_from((120, 180))),
                kind=draw(st.sampled_from(("picket", "stall"))),
                least=least,
                wished=wished,
                most=draw(st.integers(max(1, wished), 4)),
                skills=tuple((skill, draw(st.integers(0, 1)), draw(st.integers(1, 2))) for skill in sorted(asked)),
                priority=draw(st.integers(1, 2)),
                requires=draw(st.sampled_from(((), (), (0,)))),
            )
        )
    offers: dict[tuple[object, ...], dict[int, int]] = {}
    for opening in openings:
        if opening.bundle not in offers:
            able = [n for n in range(people) if all(holds[n, skill] for skill in opening.requires)]
            offers[opening.bundle] = {n: draw(st.integers(0, 30)) for n in able if draw(st.integers(0, 3))}
    pairs = [(a, b) for a in range(people) for b in range(a + 1, people)]
    together = draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    apart = draw(st.lists(st.sampled_from(pairs), max_size=1)) if pairs else []
    places = [(n, number) for number, each in enumerate(openings) for n in offers[each.bundle]]
    some = st.lists(st.sampled_from(places), max_size=3, unique=True) if places else st.just([])
    caps = ()
    if len(openings) > 1 and draw(st.booleans()):
        caps = (((0, 1), draw(st.integers(1, 3))),)
    limit = st.sampled_from((180, 300, 360, 1 << 40))
    return Model(
        people=tuple(f"P{n}" for n in range(people)),
        skills=("first aid", "supervisor"),
        holds=holds,
        prior=np.array([draw(st.integers(0, 2)) for _ in range(people)]),
        day_limit=np.array([draw(limit) for _ in range(people)]),
        total_limit=np.array([draw(limit) for _ in range(people)]),
        openings=tuple(openings),
        offers=Offered(offers),
        travel=np.array([[0, 45], [45, 0]]),
        min_rest=660,
        weights=Weights(),
        together=tuple(together),
        apart=tuple(apart),
        previous=frozenset(draw(some)) if draw(st.booleans()) else None,
        barred=frozenset(draw(some)) if draw(st.booleans()) else frozenset(),
        caps=caps,
        spent={(0, 0): 120} if draw(st.booleans()) else {},
        travel_always=draw(st.booleans()),
    )
