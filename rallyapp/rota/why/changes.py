"""The smallest changes that would each fill one place of a gap: whom to ask, who could swap, what to move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, Final, Protocol

import numpy as np

from rallyapp.rota.solving.model import Ints, Model, Opening
from rallyapp.rota.why.lineup import CLASH, DAY, FREE, IN_ALL, OBSTACLES, Lineup

#: No shift is asked to move further, in minutes, and only by whole steps.
FURTHEST: Final = 60
STEP: Final = 5
#: So many people who would have to leave another opening are looked at.
TRIED: Final = 40
#: How many changes of one kind are worth reading.
OF_A_KIND: Final = 2

#: The kinds, the easiest first.
ASK: Final = "ask"
SPARE: Final = "spare"
MINUTES: Final = "minutes"
SWAP: Final = "swap"
TIME: Final = "time"
SKILL: Final = "skill"
COVER: Final = "cover"


class Names(Protocol):
    """What people, openings and skills are called in sentences."""

    def person(self, number: int) -> str:
        """Name somebody."""
        ...

    def opening(self, number: int) -> str:
        """Name an opening."""
        ...

    def skill(self, number: int) -> str:
        """Name somebody who holds a skill, without an article: "supervisor"."""
        ...


class Reasons(Protocol):
    """Why people may not take an opening, looked at by itself."""

    def against(self, opening: Opening) -> tuple[Ints, Ints, tuple[str, ...]]:
        """Give those one would ask at all and the reason against each, as a position in the words (-1: none)."""
        ...

    def under_cover(self, opening: Opening) -> tuple[Ints, Ints]:
        """Give those whom only emergency cover keeps from it, and how many of its minutes that takes."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """One change that would fill one place of a gap.

    ``kind`` says what ``person`` is asked for, to come to ``opening``: "ask" just to come; "spare" to leave
    ``other``, which keeps its least without them; "minutes" to work ``minutes`` over their limit; "swap" to leave
    ``other`` to ``taker``; "time": ``other`` moves by ``minutes`` (below 0: earlier) for everybody on it; "skill"
    to learn ``skill``; "cover" to be let off ``minutes`` of emergency cover.
    """

    kind: str
    opening: int
    person: int
    words: str
    other: int | None = None
    taker: int | None = None
    minutes: int = 0
    skill: int | None = None

    def as_json(self, model: Model) -> dict[str, Any]:
        """Give it with the names of the problem; what does not apply is left out."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "shift": model.openings[self.opening].id,
            "person": model.people[self.person],
        }
        if self.other is not None:
            found["other"] = model.openings[self.other].id
        if self.taker is not None:
            found["taker"] = model.people[self.taker]
        if self.minutes:
            found["minutes"] = self.minutes
        if self.skill is not None:
            found["skill"] = model.skills[self.skill]
        return {**found, "words": self.words}


class Changes:
    """What would fill one gap, found kind by kind; each keeps all other rules and every other least as it is."""

    def __init__(self, lineup: Lineup, number: int, skill: int | None, names: Names, reasons: Reasons | None) -> None:
        self.lineup, self.model, self.names, self.reasons = lineup, lineup.model, names, reasons
        self.number, self.skill = number, skill
        self.opening = self.model.openings[number]
        self.who = lineup.who(number, skill)
        self.codes = lineup.obstacles(number, self.who)
        self.apart = lineup.kept_apart(number, self.who)
        self.here = names.opening(number)

    def best(self, most: int = 3) -> tuple[Change, ...]:
        """Give the first so many, the easiest kind first and not too many of a kind."""
        kinds: tuple[Callable[[], Iterator[Change]], ...]
        kinds = (self._asked, self._spared, self._longer, self._swapped, self._moved, self._taught, self._let_off)
        if self.lineup.full(self.number):
            kinds = (self._taught,)
        return tuple(islice((change for kind in kinds for change in islice(kind(), OF_A_KIND)), most))

    def _kept_by(self, *obstacles: str) -> list[int]:
        codes = [OBSTACLES.index(obstacle) for obstacle in obstacles]
        found: list[int] = self.who[np.isin(self.codes, codes) & ~self.apart].tolist()
        return found

    def _asked(self) -> Iterator[Change]:
        for person in self._kept_by(FREE):
            words = f"ask {self.names.person(person)}, who is free to take {self.here}"
            yield Change(ASK, self.number, person, words)

    @cached_property
    def _leaving(self) -> list[tuple[int, int]]:
        """The people and the one opening of theirs, not pinned, without which they could come; so many are tried."""
        found: list[tuple[int, int]] = []
        for person in self._kept_by(CLASH, DAY, IN_ALL):
            mine = self.lineup.mine.get(person, [])
            for other in mine:
                rest = [each for each in mine if each != other]
                if (person, other) not in self.lineup.pinned and self.lineup.can_do(person, [*rest, self.number]):
                    found.append((person, other))
            if len(found) >= TRIED:
                break
        return found

    def _spared(self) -> Iterator[Change]:
        for person, other in self._leaving:
            if not self.lineup.needed(person, other):
                left = self.names.opening(other)
                words = f"move {self.names.person(person)} here from {left}, which keeps its least without them"
                yield Change(SPARE, self.number, person, words, other=other)

    def _longer(self) -> Iterator[Change]:
        people = np.array(self._kept_by(DAY, IN_ALL), dtype=np.int64)
        day, in_all = self.lineup.too_long(self.number, people)
        over = np.maximum(day, in_all)
        for place in np.lexsort((people, over)).tolist():
            minutes, person = int(over[place]), int(people[place])
            parts = [f"{day[place]} minutes over their day"] if day[place] > 0 else []
            parts += [f"{in_all[place]} minutes over their minutes in all"] if in_all[place] > 0 else []
            words = f"ask {self.names.person(person)}: free, but {' and '.join(parts)}"
            yield Change(MINUTES, self.number, person, words, minutes=minutes)

    def _swapped(self) -> Iterator[Change]:
        holds = self.model.holds
        for person, other in self._leaving:
            if not self.lineup.needed(person, other):
                continue
            tight = [
                skill
                for skill, least in self.lineup.needs(other)
                if skill is not None and holds[person, skill] and self.lineup.filled(other, skill) <= least
            ]
            takers = np.array([taker for taker in self.lineup.idle(other) if taker != person], dtype=np.int64)
            for taker in takers[holds[takers][:, tight].all(axis=1)][:1].tolist():
                left, name = self.names.opening(other), self.names.person(person)
                words = f"{self.names.person(taker)} takes over {left} from {name}, who comes to {self.here}"
                yield Change(SWAP, self.number, person, words, other=other, taker=taker)

    def _moved(self) -> Iterator[Change]:
        people = np.array(self._kept_by(CLASH), dtype=np.int64)
        who, where = self.lineup.blocking(self.number, people)
        day, in_all = self.lineup.too_long(self.number, people)
        fits = set(people[(day <= 0) & (in_all <= 0)].tolist())
        found: list[tuple[int, int, int, int]] = []
        for person, other in zip(who.tolist(), where.tolist(), strict=True):
            if person in fits and (who == person).sum() == 1:
                minutes = self._distance(other)
                if abs(minutes) <= FURTHEST and self._may_move(other, minutes, person):
                    found.append((abs(minutes), person, other, minutes))
        for far, person, other, minutes in sorted(found):
            there, way = self.names.opening(other), "earlier" if minutes < 0 else "later"
            words = f"move {there} {far} minutes {way}, so that {self.names.person(person)} can do both"
            yield Change(TIME, self.number, person, words, other=other, minutes=minutes)

    def _distance(self, other: int) -> int:
        """Give by how much another opening would have to move, in whole steps, to leave enough time before or after."""
        one, here = self.model.openings[other], self.opening
        between = int(self.model.travel[one.spot, here.spot]) if one.spot != here.spot else 0
        wanted = self.model.min_rest if one.day != here.day else between
        if one.day != here.day and self.model.travel_always:
            wanted = max(wanted, between)
        before = one.start < here.start
        gap = here.start - one.end if before else one.start - here.end
        minutes = -(-(wanted - gap) // STEP) * STEP
        return -minutes if before else minutes

    def _may_move(self, other: int, minutes: int, person: int) -> bool:
        """Say whether everybody on an opening could do it so much later, and this person ours beside it."""
        opening = self.model.openings[other]
        moved = replace(opening, start=opening.start + minutes, end=opening.end + minutes)
        if moved.start < 0:
            return False
        there = self.lineup.on[other]
        if not set(there) <= set(self.model.offers.of(moved)[0].tolist()):
            return False
        held = [(each, n) for each in there for n in self.lineup.mine[each] if n != other] + [(person, self.number)]
        return not any(clash(self.model, moved, self.model.openings[n]) for _, n in held)

    def _taught(self) -> Iterator[Change]:
        there = self.lineup.on.get(self.number, [])
        if self.skill is not None:
            people = there if self.lineup.full(self.number) else [*there, *self.lineup.idle(self.number)]
            lacking = [(person, self.skill) for person in people if not self.model.holds[person, self.skill]]
        else:
            lacking = list(self._nearly())
        for person, skill in lacking:
            already = ", who is on it already," if person in there else ""
            words = f"{self.names.person(person)}{already} lacks only {self.model.skills[skill]}"
            yield Change(SKILL, self.number, person, words, skill=skill)

    def _nearly(self) -> Iterator[tuple[int, int]]:
        """Give people whom only one required skill keeps from the opening."""
        for skill in self.opening.requires:
            rest = tuple(each for each in self.opening.requires if each != skill)
            people = self.model.offers.of(replace(self.opening, requires=rest))[0]
            people = people[~self.model.holds[people, skill]]
            free = self.lineup.obstacles(self.number, people) == OBSTACLES.index(FREE)
            yield from ((person, skill) for person in people[free].tolist())

    def _let_off(self) -> Iterator[Change]:
        if self.reasons is None:
            return
        people, minutes = self.reasons.under_cover(self.opening)
        part = minutes < self.opening.minutes
        if self.skill is not None:
            part &= self.model.holds[people, self.skill]
        people, minutes = people[part], minutes[part]
        free = self.lineup.obstacles(self.number, people) == OBSTACLES.index(FREE)
        for place in np.lexsort((people, minutes)).tolist():
            if free[place] and (int(people[place]), self.number) not in self.model.barred:
                person, taken = int(people[place]), int(minutes[place])
                words = f"{self.names.person(person)} is on emergency cover for only {taken} minutes of it"
                yield Change(COVER, self.number, person, words, minutes=taken)


def clash(model: Model, a: Opening, b: Opening) -> bool:
    """Say whether one person may not do both openings (H4), also where one is not of the model: a moved one."""
    first, second = sorted((a, b), key=lambda each: each.start)
    gap = second.start - first.end
    far = a.spot != b.spot and gap < int(model.travel[a.spot, b.spot])
    if a.day != b.day:
        return gap < max(0, model.min_rest) or (far and model.travel_always)
    return gap < 0 or far
