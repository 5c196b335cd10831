"""Small rota problems that have every rule and every price at once, each made of a seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np

from rallyapp.rota.solving.cost import Place, broken
from rallyapp.rota.solving.model import ENDLESS, Ints, Model, Opening, Weights

SKILLS = ("supervisor", "first_aid")
SPOTS = 3


class Offered:
    """Offers that are written down: per bundle, who may and at what price; where nothing stands, nobody may."""

    def __init__(self, prices: dict[tuple[object, ...], dict[int, int]]) -> None:
        self.prices = prices

    def of(self, opening: Opening) -> tuple[Ints, Ints]:
        found = sorted(self.prices.get(opening.bundle, {}).items())
        return (
            np.array([person for person, _ in found], dtype=np.int64),
            np.array([price for _, price in found], dtype=np.int64),
        )


def opening(name: str, start: int, end: int, **changes: object) -> Opening:
    """Make an opening for one head, on the day of its start and at the first spot, unless told otherwise."""
    plain = Opening(name, name, 0, start // 1440, start, end, "picket", least=1, wished=1, most=1)
    return replace(plain, **changes)


def model_of(
    people: str, openings: Iterable[Opening], prices: dict[str, dict[str, int]] | None = None, **changes: object
) -> Model:
    """Make a model of people with names of one letter; everybody may take everything for nothing unless told."""
    openings = tuple(openings)
    offered = {
        each.bundle: {
            people.index(name): price
            for name, price in ((prices or {}).get(each.id) or dict.fromkeys(people, 0)).items()
        }
        for each in openings
    }
    plain = Model(
        people=tuple(people),
        skills=SKILLS,
        holds=np.zeros((len(people), len(SKILLS)), dtype=np.bool_),
        prior=np.zeros(len(people), dtype=np.int64),
        day_limit=np.full(len(people), ENDLESS),
        total_limit=np.full(len(people), ENDLESS),
        openings=openings,
        offers=Offered(offered),
        travel=np.zeros((SPOTS, SPOTS), dtype=np.int64),
        min_rest=0,
        weights=Weights(),
    )
    return replace(plain, **changes)


def some_model(seed: int) -> Model:
    """Make a model of a seed: up to eight people and ten openings, short of people or not, pinned, barred, capped."""
    chance = Random(seed)
    people, spots = range(chance.randint(2, 8)), range(SPOTS)
    openings = tuple(_some_openings(chance))
    bundles = {each.bundle for each in openings}
    way = {pair: chance.choice((15, 60, 150)) for pair in combinations(spots, 2)}
    travel = np.array([[way.get((min(a, b), max(a, b)), 0) for a in spots] for b in spots])
    model = Model(
        people=tuple(f"P{number}" for number in people),
        skills=SKILLS,
        holds=np.array([[chance.random() < 0.4 for _ in SKILLS] for _ in people]),
        prior=np.array([chance.choice((0, 0, 1, 3)) for _ in people]),
        day_limit=np.array([chance.choice((180, 300, 480)) for _ in people]),
        total_limit=np.array([chance.choice((180, 480, 900)) for _ in people]),
        openings=openings,
        offers=Offered(
            {each: {who: chance.randint(0, 40) for who in people if chance.random() < 0.7} for each in sorted(bundles)}
        ),
        travel=travel,
        min_rest=chance.choice((0, 660, 1000)),
        weights=Weights(),
        together=_pairs(chance, people, 3),
        apart=_pairs(chance, people, 2),
        barred=frozenset((who, number) for who in people for number in range(len(openings)) if chance.random() < 0.05),
        caps=tuple(
            (tuple(sorted(chance.sample(range(len(openings)), min(3, len(openings))))), chance.randint(1, 4))
            for _ in range(chance.randint(0, 2))
        ),
        spent={(who, day): chance.choice((60, 180)) for who in people for day in (0, 1, 5) if chance.random() < 0.1},
        travel_always=chance.random() < 0.5,
    )
    pinned = some_rota(model, chance, 3)
    previous = frozenset(some_rota(model, chance, 12)) if chance.random() < 0.5 else None
    return replace(model, pinned=tuple(pinned), previous=previous)


def some_rota(model: Model, chance: Random, tries: int) -> list[Place]:
    """Find a legal rota by putting people on openings by chance; the model's pins are not looked at."""
    free = replace(model, pinned=())
    places: list[Place] = []
    for _ in range(tries):
        place = chance.randrange(len(model.people)), chance.randrange(len(model.openings))
        if place not in places and not any(broken(free, [*places, place])):
            places.append(place)
    return places


def _some_openings(chance: Random) -> Iterable[Opening]:
    for number in range(chance.randint(1, 5)):
        day, spot = chance.randint(0, 1), chance.randrange(SPOTS)
        start = day * 1440 + 60 * chance.randint(7, 16)
        end, kind = start + chance.choice((60, 120, 180)), chance.choice(("picket", "rally"))
        for part in range(chance.randint(1, 2)):
            least = chance.randint(0, 2)
            skills = tuple(
                (skill, lowest, lowest + chance.randint(0, 2))
                for skill in range(len(SKILLS))
                if chance.random() < 0.4
                for lowest in [chance.randint(0, 1)]
            )
            wished = least + chance.randint(0, 2)
            yield Opening(
                id=f"O{number}{part}",
                meeting=f"O{number}",
                spot=spot,
                day=day,
                start=start,
                end=end,
                kind=kind,
                least=least,
                wished=wished,
                most=max(1, wished + chance.randint(0, 1)),
                skills=skills,
                priority=chance.choice((1, 1, 2)),
            )


def _pairs(chance: Random, people: range, most: int) -> tuple[tuple[int, int], ...]:
    found = [tuple(sorted(chance.sample(people, 2))) for _ in range(chance.randint(0, most))]
    return tuple((a, b) for a, b in found)
