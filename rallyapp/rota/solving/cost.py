"""What a rota costs, and whether it keeps the hard rules: counted from the model alone, by no solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Protocol, runtime_checkable

import numpy as np

from rallyapp.rota.solving.model import Bools, Ints, Model, Opening, among, columns_of, groups

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


@runtime_checkable
class Paired(Protocol):
    """Offers that can be asked for many people at once, each with an opening of their own."""

    def pairs(self, who: Ints, openings: Sequence[Opening], at: Ints) -> tuple[Bools, Ints]:
        """Say whether each may, and the price."""
        ...


def cost_of(model: Model, rota: Iterable[Place]) -> Cost:
    """Count what a rota costs. It must keep the hard rules; see ``broken``."""
    return count(model, *columns_of(set(rota)))


def count(model: Model, who: Ints, what: Ints) -> Cost:
    """Count what a rota costs whose places are given as people and openings; none twice."""
    weights = model.weights
    heads = np.bincount(what, minlength=len(model.openings))
    least, wished, priority = model.needs
    short = np.maximum(0, least - heads)
    wish = np.maximum(0, np.maximum(0, wished - heads) - short)
    number, _, low, high = model.skill_needs
    have = holding(model, who, what)
    lack = np.maximum(0, low - have)
    shifts = np.bincount(who, minlength=len(model.people))
    may, price = prices_of(model, who, what)
    return Cost(
        least=int((weights.least * priority * short).sum()),
        skill_least=int((weights.skill_least * priority[number] * lack).sum()),
        wished=int((weights.wished * priority * wish).sum()),
        skill_wished=int((weights.skill_wished * (np.maximum(0, high - have) - lack)).sum()),
        places=int(price[may].sum()),
        fair=int((weights.fair * (model.prior * shifts + shifts * (shifts - 1) // 2)).sum()),
        together=weights.pair * _alone(model, who, what),
        changes=_changes(model, who, what),
    )


def holding(model: Model, who: Ints, what: Ints) -> Ints:
    """Give how many of the heads hold the skill, for each of the model's ``skill_needs``."""
    number, skill, _, _ = model.skill_needs
    have = np.zeros(len(number), dtype=np.int64)
    for each in np.unique(skill).tolist():
        of_skill = np.bincount(what[model.holds[who, each]], minlength=len(model.openings))
        here = skill == each
        have[here] = of_skill[number[here]]
    return have


def _changes(model: Model, who: Ints, what: Ints) -> int:
    if model.previous is None:
        return 0
    many = len(model.openings)
    before = model.before[0] * many + model.before[1]
    now = np.sort(who * many + what)
    at = np.minimum(np.searchsorted(before, now), max(0, len(before) - 1))
    kept = int((before[at] == now).sum()) if len(before) else 0
    return model.weights.drop * (len(before) - kept) + model.weights.add * (len(who) - kept)


def _alone(model: Model, who: Ints, what: Ints) -> int:
    """Count the pairs that don't meet."""
    if not model.together:
        return 0
    met = _meetings(model, who, what)
    return sum(not met.get(a, set()) & met.get(b, set()) for a, b in model.together)


def prices_of(model: Model, who: Ints, what: Ints) -> tuple[Bools, Ints]:
    """Say of people, each with an opening, whether they may take it by itself, and the price (C5)."""
    if isinstance(model.offers, Paired):
        return model.offers.pairs(who, model.openings, what)
    may, price = np.zeros(len(who), dtype=np.bool_), np.zeros(len(who), dtype=np.int64)
    for number in np.unique(what).tolist():
        able, prices = model.offers.of(model.openings[number])
        here = np.flatnonzero(what == number)
        at = np.minimum(np.searchsorted(able, who[here]), max(0, len(able) - 1))
        if len(able):
            may[here] = able[at] == who[here]
            price[here] = prices[at]
    return may, price


def _meetings(model: Model, who: Ints, what: Ints) -> dict[int, set[str]]:
    """List the meetings of everybody who is in a pair."""
    here = among(len(model.people), {person for pair in (*model.together, *model.apart) for person in pair})[who]
    met: dict[int, set[str]] = {}
    for person, opening in zip(who[here].tolist(), what[here].tolist(), strict=True):
        met.setdefault(person, set()).add(model.openings[opening].meeting)
    return met


def legal(model: Model, who: Ints, what: Ints) -> bool:
    """Say whether a rota of these people and openings keeps every hard rule; ``broken`` says where it doesn't."""
    may, _ = prices_of(model, who, what)
    return bool(may.all()) and fits_together(model, who, what)


def fits_together(model: Model, who: Ints, what: Ints) -> bool:
    """Say the same of people who may take each of these openings by itself."""
    places = set(zip(who.tolist(), what.tolist(), strict=True))
    if len(places) < len(who) or _too_much(model, who, what):
        return False
    if not places.issuperset(model.pinned) or not places.isdisjoint(model.barred):
        return False
    heads = np.bincount(what, minlength=len(model.openings))
    if any(heads[list(members)].sum() > most for members, most in model.caps):
        return False
    met = _meetings(model, who, what) if model.apart else {}
    return not any(met.get(a, set()) & met.get(b, set()) for a, b in model.apart)


def _too_much(model: Model, who: Ints, what: Ints) -> bool:
    """Say whether any of it is more than one person can do, or than an opening takes."""
    if not len(who):
        return False
    most = np.array([each.most for each in model.openings])
    if (np.bincount(what, minlength=len(most)) > most).any():
        return True
    start, end, day, _ = model.times
    minutes = (end - start)[what]
    for step in range(1, int(np.bincount(who).max())):
        pair = np.flatnonzero(who[step:] == who[:-step])
        if model.clash(what[pair], what[pair + step]).any():
            return True
    total = np.bincount(who, weights=minutes, minlength=len(model.people))
    for each, spent in model.spent_in_all.items():
        total[each] += spent
    if (total > model.total_limit)[who].any():
        return True
    order = np.lexsort((day[what], who))
    person, date, minutes = who[order], day[what][order], minutes[order]
    edge, _ = groups(person, date)
    daily = np.add.reduceat(minutes, edge)
    if model.spent:
        keys = zip(person[edge].tolist(), date[edge].tolist(), strict=True)
        daily = daily + np.array([model.spent.get(key, 0) for key in keys], dtype=np.int64)
    return bool((daily > model.day_limit[person[edge]]).any())


def broken(model: Model, rota: Iterable[Place]) -> Iterator[str]:
    """Say in a sentence each where a rota breaks a hard rule; silence means that it is legal."""
    listed = list(rota)
    places = set(listed)
    for (person, number), many in Counter(listed).items():
        if many > 1:
            yield f"{model.people[person]} is listed twice on {model.openings[number].id}"
    who, what = columns_of(places)
    may, _ = prices_of(model, who, what)
    of_person: dict[int, list[int]] = defaultdict(list)
    heads: Counter[int] = Counter()
    for person, number, able in zip(who.tolist(), what.tolist(), may.tolist(), strict=True):
        if not able or (person, number) in model.barred:
            yield f"{model.people[person]} may not take {model.openings[number].id}"
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
    met = _meetings(model, who, what)
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
        clash = model.clash(there[a], there[b])
        for one, other in zip(there[a][clash].tolist(), there[b][clash].tolist(), strict=True):
            yield f"{name} can't do both {model.openings[one].id} and {model.openings[other].id}"
    days: Counter[int] = Counter()
    for number in mine:
        days[model.openings[number].day] += model.openings[number].minutes
    for day, minutes in days.items():
        if minutes + model.spent.get((person, day), 0) > model.day_limit[person]:
            yield f"{name} is over their minutes on day {day}"
    if sum(days.values()) + model.spent_in_all.get(person, 0) > model.total_limit[person]:
        yield f"{name} is over their minutes in all"
