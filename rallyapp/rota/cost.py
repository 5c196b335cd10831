"""What a rota costs, and whether it keeps the hard rules: counted from the model alone, by no solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np

from rallyapp.rota.model import Model

Place = tuple[int, int]
"""A person (position) on an opening (position)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The parts of a rota's cost, C1 to C8; ``all`` is their sum."""

    least: int = 0
    skill_least: int = 0
    wished: int = 0
    skill_wished: int = 0
    places: int = 0
    fair: int = 0
    together: int = 0
    changes: int = 0

    @property
    def all(self) -> int:
        """The cost that is to be as small as it can be."""
        return sum(getattr(self, each.name) for each in fields(self))


def cost_of(model: Model, rota: Iterable[Place]) -> Cost:
    """Count what a rota costs. It must keep the hard rules; see ``broken``."""
    places = set(rota)
    weights = model.weights
    there: dict[int, list[int]] = defaultdict(list)
    shifts: Counter[int] = Counter()
    for person, opening in places:
        there[opening].append(person)
        shifts[person] += 1
    least = wished = skill_least = skill_wished = 0
    for number, opening in enumerate(model.openings):
        people = there.get(number, ())
        short = max(0, opening.least - len(people))
        least += weights.least * opening.priority * short
        wished += weights.wished * opening.priority * max(0, max(0, opening.wished - len(people)) - short)
        for skill, low, high in opening.skills:
            have = sum(bool(model.holds[person, skill]) for person in people)
            short = max(0, low - have)
            skill_least += weights.skill_least * opening.priority * short
            skill_wished += weights.skill_wished * (max(0, high - have) - short)
    prices = prices_of(model, places)
    met = _meetings(model, places)
    return Cost(
        least=least,
        skill_least=skill_least,
        wished=wished,
        skill_wished=skill_wished,
        places=sum(prices.values()),
        fair=sum(
            weights.fair * (int(model.prior[person]) * many + many * (many - 1) // 2) for person, many in shifts.items()
        ),
        together=sum(weights.pair for a, b in model.together if not met.get(a, set()) & met.get(b, set())),
        changes=0
        if model.previous is None
        else weights.drop * len(model.previous - places) + weights.add * len(places - model.previous),
    )


def prices_of(model: Model, places: Iterable[Place]) -> dict[Place, int]:
    """Give the price (C5) of each place that its person may take; the others are left out."""
    by_opening: dict[int, list[int]] = defaultdict(list)
    for person, opening in places:
        by_opening[opening].append(person)
    found: dict[Place, int] = {}
    offered: dict[tuple[object, ...], dict[int, int]] = {}
    for number, people in by_opening.items():
        opening = model.openings[number]
        if opening.bundle not in offered:
            who, price = model.offers.of(opening)
            offered[opening.bundle] = dict(zip(who.tolist(), price.tolist(), strict=True))
        for person in people:
            price_there = offered[opening.bundle].get(person)
            if price_there is not None:
                found[person, number] = price_there
    return found


def _meetings(model: Model, places: Iterable[Place]) -> dict[int, set[str]]:
    """List the meetings of everybody who is in a pair."""
    paired = {person for pair in (*model.together, *model.apart) for person in pair}
    met: dict[int, set[str]] = {}
    for person, opening in places:
        if person in paired:
            met.setdefault(person, set()).add(model.openings[opening].meeting)
    return met


def broken(model: Model, rota: Iterable[Place]) -> Iterator[str]:
    """Say in a sentence each where a rota breaks a hard rule; silence means that it is legal."""
    listed = list(rota)
    places = set(listed)
    for (person, number), many in Counter(listed).items():
        if many > 1:
            yield f"{model.people[person]} is listed twice on {model.openings[number].id}"
    allowed = prices_of(model, places)
    for person, number in sorted(places):
        opening = model.openings[number]
        if (person, number) not in allowed or (person, number) in model.barred:
            yield f"{model.people[person]} may not take {opening.id}"
    of_person: dict[int, list[int]] = defaultdict(list)
    heads: Counter[int] = Counter()
    for person, number in sorted(places):
        of_person[person].append(number)
        heads[number] += 1
    for person, mine in of_person.items():
        yield from _person_broken(model, person, mine)
    for number, many in sorted(heads.items()):
        if many > model.openings[number].most:
            yield f"{model.openings[number].id} has {many} heads, more than {model.openings[number].most}"
    for members, most in model.caps:
        if sum(heads[number] for number in members) > most:
            yield f"More than {most} heads on {', '.join(model.openings[number].id for number in members)}"
    met = _meetings(model, places)
    for a, b in model.apart:
        if met.get(a, set()) & met.get(b, set()):
            yield f"{model.people[a]} and {model.people[b]} are to be kept apart"
    for person, number in model.pinned:
        if (person, number) not in places:
            yield f"{model.people[person]} is pinned to {model.openings[number].id} and not there"


def _person_broken(model: Model, person: int, mine: list[int]) -> Iterator[str]:
    name = model.people[person]
    if len(mine) > 1:
        a, b = np.triu_indices(len(mine), 1)
        there = np.array(mine, dtype=np.int64)
        for one, other in zip(there[a][found := model.clash(there[a], there[b])], there[b][found], strict=True):
            yield f"{name} can't do both {model.openings[one].id} and {model.openings[other].id}"
    days: Counter[int] = Counter()
    for number in mine:
        days[model.openings[number].day] += model.openings[number].minutes
    for day, minutes in days.items():
        if minutes + model.spent.get((person, day), 0) > model.day_limit[person]:
            yield f"{name} is over their minutes on day {day}"
    if sum(days.values()) + model.spent_in_all.get(person, 0) > model.total_limit[person]:
        yield f"{name} is over their minutes in all"
