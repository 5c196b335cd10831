"""People dropped out: mend the rota around the places that they left, and let all others stand where they are."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from rallyapp.rota.solving.cost import Place, fits_together, holding, prices_of
from rallyapp.rota.solving.linear import Clock
from rallyapp.rota.solving.model import Bools, Ints, Model, among, columns_of
from rallyapp.rota.solving.repair import Standing, sharing
from rallyapp.rota.solving.state import State


def mend(model: Model, clock: Clock, *, seed: int = 1) -> tuple[Ints, Ints]:
    """Give the previous rota with the sites settled anew near which people were lost (``model.lost_near``).

    What of the previous rota is not possible any more is dropped. Where a minimum stays unfilled, or
    somebody had to be moved, the places elsewhere of those who could take it are settled together with it.
    """
    return _Mending(model, clock, seed).run()


class _Mending:
    def __init__(self, model: Model, clock: Clock, seed: int) -> None:
        self.model, self.clock, self.seed = model, clock, seed
        previous = columns_of(set(model.pinned) | (model.previous or set())) if model.pinned else model.before
        self.who, self.what = _possible(model, *previous)
        self.by_place: dict[tuple[int, int], list[int]] = defaultdict(list)  # openings by spot and day
        for number, opening in enumerate(model.openings):
            self.by_place[opening.spot, opening.day].append(number)

    def run(self) -> tuple[Ints, Ints]:
        """Mend spot by spot."""
        model = self.model
        wished = self._short()
        near = [number for number in model.lost_near or () if wished[number]]
        for spot in sorted({model.openings[number].spot for number in near}):
            if not self.clock.left:
                break
            openings = sorted(number for place, those in self.by_place.items() if place[0] == spot for number in those)
            before = self._on(openings)
            self._settle(openings)
            after = self._on(openings)
            unmet = self._unmet() & set(openings)
            if before - after:  # somebody had to be moved: perhaps it would have been cheaper to ask elsewhere
                unmet.update(number for _, number in after - before)
            wider = self._wider(spot, sorted(unmet))
            if wider:
                self._settle(wider)
        return self.who, self.what

    def _short(self) -> Bools:
        """Say of each opening whether heads, or heads with a skill, are fewer than wished."""
        model = self.model
        heads = np.bincount(self.what, minlength=len(model.openings))
        short: Bools = heads < model.needs[1]
        number, _, _, high = model.skill_needs
        short[number[holding(model, self.who, self.what) < high]] = True
        return short

    def _on(self, openings: list[int]) -> set[Place]:
        here = among(len(self.model.openings), openings)[self.what]
        return set(zip(self.who[here].tolist(), self.what[here].tolist(), strict=True))

    def _unmet(self) -> set[int]:
        """Give the openings with fewer than the least heads, or of a skill that somebody took away."""
        model = self.model
        heads = np.bincount(self.what, minlength=len(model.openings))
        number, skill, low, _ = model.skill_needs
        gone = model.gone or range(len(model.people))
        taken = np.flatnonzero(np.bincount(np.nonzero(model.holds[list(gone)])[1], minlength=len(model.skills)))
        lacking = number[np.isin(skill, taken) & (holding(model, self.who, self.what) < low)]
        return {*np.flatnonzero(heads < model.needs[0]).tolist(), *lacking.tolist()}

    def _wider(self, spot: int, unmet: list[int]) -> list[int]:
        """Give the openings around these, and around all that those do who could take them but are elsewhere then."""
        model = self.model
        places: set[tuple[int, int]] = set()
        for number in unmet:
            opening = model.openings[number]
            able = among(len(model.people), model.offers.of(opening)[0])
            there = model.times[3][self.what]
            here = np.flatnonzero(able[self.who] & (there != spot))
            here = here[model.clash(self.what[here], np.full(len(here), number))]
            if len(here):
                places.add((spot, opening.day))
                theirs = self.what[among(len(model.people), self.who[here])[self.who]]
                places.update((model.openings[n].spot, model.openings[n].day) for n in theirs.tolist())
        return sorted(number for place in places for number in self.by_place[place])

    def _settle(self, openings: list[int]) -> None:
        """Settle some openings anew, looking only at the people who could take them and their partners."""
        model = self.model
        near = np.zeros(len(model.people), dtype=np.bool_)
        for number in {model.openings[number].bundle: number for number in openings}.values():
            near[model.offers.of(model.openings[number])[0]] = True
        pairs = (*model.together, *model.apart)
        near[[other for a, b in pairs for one, other in ((a, b), (b, a)) if near[one]]] = True
        mine = among(len(model.openings), {*openings, *sharing(model, openings)})[self.what] | near[self.who]
        standing = Standing(model, zip(self.who[mine].tolist(), self.what[mine].tolist(), strict=True))
        if standing.improve(openings, self.clock, seed=self.seed):
            who, what = columns_of(standing.places)
            self.who, self.what = np.concatenate([self.who[~mine], who]), np.concatenate([self.what[~mine], what])
            order = np.lexsort((self.what, self.who))
            self.who, self.what = self.who[order], self.what[order]


def _possible(model: Model, who: Ints, what: Ints) -> tuple[Ints, Ints]:
    """Drop what breaks a hard rule."""
    may, _ = prices_of(model, who, what)
    if fits_together(model, who[may], what[may]):
        return who[may], what[may]
    state = State(model)
    for person, number in zip(who[may].tolist(), what[may].tolist(), strict=True):
        if state.may(person, number):
            state.add(person, number)
    return columns_of(state.places())
