"""Proofs that openings which could each be filled can't be filled together: fewest openings, and who could be there.

Two ways. ``at_one_time`` looks at openings of which nobody can do two: a matching shows who could be where, and
the openings that it can't serve together are a Hall set. ``proof_lp.Prover`` takes in all hard rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.why.lineup import Lineup


@dataclass(frozen=True, slots=True)
class Need:
    """So many heads at one opening, or so many who hold a skill."""

    opening: int
    skill: int | None
    least: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Needs that no rota meets together: at least ``short`` of them stay open whatever is done.

    ``needs`` are in order of opening; without any one opening of them the rest could be met. ``people`` are all who
    could count towards any of them, ``fixed`` the pinned places without which it would be no proof. ``one_time``
    says that nobody can do two of the openings.
    """

    needs: tuple[Need, ...]
    people: tuple[int, ...]
    short: int
    fixed: tuple[Place, ...] = ()
    one_time: bool = False

    @property
    def openings(self) -> tuple[int, ...]:
        """The openings of the needs, in order."""
        return tuple(dict.fromkeys(need.opening for need in self.needs))

    @property
    def skill(self) -> int | None:
        """The skill that all the needs ask for, or None where they differ or ask for heads."""
        skills = {need.skill for need in self.needs}
        return next(iter(skills)) if len(skills) == 1 else None

    @property
    def size(self) -> tuple[int, int]:
        """How much there is to read: openings, then people."""
        return len(self.openings), len(self.people)


class Matching:
    """People given to needs of which nobody can meet two: as many places as can be (augmenting paths)."""

    def __init__(self, candidates: Sequence[Sequence[int]]) -> None:
        self.candidates = candidates
        self.taken: dict[int, int] = {}

    def fill(self, need: int, places: int) -> bool:
        """Fill so many more places of a need, moving people; where that can't be done, nothing has changed."""
        before = dict(self.taken)
        if all(self._augment(need) for _ in range(places)):
            return True
        self.taken = before
        return False

    def _augment(self, need: int) -> bool:
        """Find somebody for a need, breadth first over those who would have to move."""
        reached: dict[int, int] = {}
        leaves: dict[int, int] = {}
        queue = [need]
        for at in queue:
            for person in self.candidates[at]:
                if person in reached or self.taken.get(person) == at:
                    continue
                reached[person] = at
                stands = self.taken.get(person)
                if stands is None:
                    self._move(person, reached, leaves, need)
                    return True
                if stands != need and stands not in leaves:
                    leaves[stands] = person
                    queue.append(stands)
        return False

    def _move(self, person: int, reached: dict[int, int], leaves: dict[int, int], need: int) -> None:
        while True:
            to = self.taken[person] = reached[person]
            if to == need:
                return
            person = leaves[to]


def at_one_time(lineup: Lineup, number: int, skill: int | None) -> Proof | None:
    """Prove that an opening and others at its time lack people of one skill (None: heads), or give None.

    All needs count in full, whatever the rota does. Nearest first: openings of the same bundle, then of the same
    times, then of the same place, so that the proof names what stands side by side.
    """
    near = [number, *_beside(lineup, number, skill)]
    needs = [Need(each, skill, lineup.least(each, skill)) for each in near]
    candidates: list[list[int]] = [lineup.who(each, skill).tolist() for each in near]
    matching = Matching(candidates)
    base = [place for place in range(1, len(near)) if matching.fill(place, needs[place].least)]
    if matching.fill(0, needs[0].least):
        return None
    # Only one set is left over from these, whatever the order: what must stay is what can't be done without.
    chosen = [0, *base]
    for place in reversed(base):
        rest = [each for each in chosen if each != place]
        if _short(candidates, needs, rest):
            chosen = rest
    return Proof(
        needs=tuple(sorted((needs[place] for place in chosen), key=lambda need: need.opening)),
        people=tuple(sorted({person for place in chosen for person in candidates[place]})),
        short=_short(candidates, needs, chosen),
        one_time=True,
    )


def _short(candidates: Sequence[Sequence[int]], needs: Sequence[Need], chosen: Iterable[int]) -> int:
    """Count the places that stay open when these needs get as many people as they can."""
    matching = Matching(candidates)
    return sum(not matching.fill(place, 1) for place in chosen for _ in range(needs[place].least))


def _beside(lineup: Lineup, number: int, skill: int | None) -> list[int]:
    """List openings, nearest first, that want the same and share people, and of which nobody can do two."""
    model = lineup.model
    mine = model.openings[number]
    order: list[tuple[bool, bool, bool, int]] = []
    for each in lineup.sharing(number, skill).tolist():
        if each == number:
            continue
        other = model.openings[each]
        same_time = (other.start, other.end) == (mine.start, mine.end)
        order.append((other.bundle != mine.bundle, not same_time, other.spot != mine.spot, each))
    found = [number]
    for *_, each in sorted(order):
        if model.clash(np.array(found), np.full(len(found), each)).all():
            found.append(each)
    return found[1:]
