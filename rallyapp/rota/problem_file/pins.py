"""Refuse assignments that are fixed beforehand and can't all stay: a rota must keep every one of them."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from rallyapp.rota.problem_file.offers import SiteOffers
from rallyapp.rota.problem_file.rows import refuse, shown
from rallyapp.rota.solving.model import Model, Opening


def check_pins(model: Model, offers: SiteOffers) -> None:
    """Raise ProblemError, naming a person and a shift, where the pinned places break a hard rule."""
    heads: Counter[int] = Counter()
    mine: dict[int, list[int]] = defaultdict(list)
    for person, number in model.pinned:
        opening = model.openings[number]
        if number in mine[person]:
            refuse(f"The rota problem pins {_who(model, person)} to the {_which(opening)} twice.")
        if why := offers.why_not(person, opening):
            _refuse(model, person, opening, why)
        heads[number] += 1
        if heads[number] > opening.most:
            _refuse(model, person, opening, f"more people are pinned to it than its max of {opening.most:,}")
        if mine[person]:
            _check_together(model, person, mine[person], number)
        mine[person].append(number)


def _check_together(model: Model, person: int, held: list[int], number: int) -> None:
    """Judge a pinned place beside the others of the same person."""
    opening = model.openings[number]
    clashing = model.clash(np.array(held), np.full(len(held), number))
    if clashing.any():
        other = model.openings[held[int(clashing.argmax())]]
        _refuse(model, person, opening, f"nobody can do it and the {_which(other)}, to which they are pinned too")
    others = [model.openings[each] for each in held]
    that_day = opening.minutes + sum(each.minutes for each in others if each.day == opening.day)
    if that_day > model.day_limit[person]:
        _refuse(model, person, opening, f"with their other pinned shifts it is over their minutes on day {opening.day}")
    if opening.minutes + sum(each.minutes for each in others) > model.total_limit[person]:
        _refuse(model, person, opening, "with their other pinned shifts it is over their minutes in all")


def _who(model: Model, person: int) -> str:
    return f"the volunteer {shown(model.people[person])}"


def _which(opening: Opening) -> str:
    return f"shift {shown(opening.id)}"


def _refuse(model: Model, person: int, opening: Opening, why: str) -> None:
    refuse(f"The rota problem pins {_who(model, person)} to the {_which(opening)}, which can't be: {why}.")
