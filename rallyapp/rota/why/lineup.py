"""A rota by person and by opening, and what keeps each of those who may take an opening from taking it now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Final

import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Bools, Ints, Model

#: What keeps somebody who may take an opening from it as the rota stands, in order of precedence.
ALREADY: Final = "already on it"
CLASH: Final = "clashes with another shift of theirs, or too little rest"
DAY: Final = "over their minutes for the day"
IN_ALL: Final = "over their minutes in all"
FULL: Final = "shift is full"
APART: Final = "kept apart from somebody there"
FREE: Final = "could be asked"
OBSTACLES: Final = (ALREADY, CLASH, DAY, IN_ALL, FULL, APART, FREE)


class Lineup:
    """One rota of one model, with look-ups that explanations and changes share; the rota does not change."""

    def __init__(self, model: Model, places: Iterable[Place]) -> None:
        self.model = model
        self.places = frozenset(places)
        self.mine: dict[int, list[int]] = defaultdict(list)
        self.on: dict[int, list[int]] = defaultdict(list)
        for person, number in sorted(self.places):
            self.mine[person].append(number)
            self.on[number].append(person)
        self.pinned = frozenset(model.pinned)
        self._start, self._end, self._day, self._spot = model.times.tolist()
        self._offered: dict[int, Ints] = {}
        self._by_day: dict[int, Ints] = {}
        self._may: dict[int, frozenset[int]] = {}
        self._idle: dict[int, list[int]] = {}
        self._sharing: dict[tuple[int, int | None], Ints] = {}
        self._leasts: dict[int | None, Ints] = {}
        known: dict[tuple[object, ...], int] = {}
        #: Openings of one bundle have one number here.
        self.bundle = np.array([known.setdefault(each.bundle, len(known)) for each in model.openings], dtype=np.int64)
        self._bundles: list[int] = self.bundle.tolist()

    @cached_property
    def _barred(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for person, number in self.model.barred:
            found[number].append(person)
        return found

    @cached_property
    def apart(self) -> dict[int, set[int]]:
        """Whom each person is kept apart from."""
        found: dict[int, set[int]] = defaultdict(set)
        for a, b in self.model.apart:
            found[a].add(b)
            found[b].add(a)
        return found

    @cached_property
    def caps(self) -> dict[int, list[int]]:
        """The caps (positions) that each opening counts towards."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, (members, _) in enumerate(self.model.caps):
            for member in members:
                found[member].append(number)
        return found

    @cached_property
    def _meetings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, opening in enumerate(self.model.openings):
            found[opening.meeting].append(number)
        return found

    def meeting(self, number: int) -> list[int]:
        """List the openings of the meeting that an opening belongs to, itself among them."""
        return self._meetings[self.model.openings[number].meeting]

    def sharing(self, number: int, skill: int | None) -> Ints:
        """Give the openings that want the same skill (None: heads) of some of the same people at the same time.

        Openings of one bundle are told the same, and each itself among them: who is barred from one makes no odds.
        """
        key = self._bundles[number], skill
        found = self._sharing.get(key)
        if found is None:
            others = np.flatnonzero(self.leasts(skill) > 0)
            others = others[self.model.clash(others, np.full(len(others), number))]
            asked = np.zeros(len(self.model.people), dtype=np.bool_)
            asked[self.who(number, skill)] = True
            _, first, which = np.unique(self.bundle[others], return_index=True, return_inverse=True)
            shares = np.array([asked[self.who(each)].any() for each in others[first].tolist()], dtype=np.bool_)
            found = self._sharing[key] = others[shares[which]] if len(others) else others
        return found

    def offered(self, number: int, skill: int | None = None) -> Ints:
        """Give the people (ascending) whom the offers and no bar keep from an opening; of a skill, if one is given."""
        bundle = self._bundles[number]
        people = self._offered.get(bundle)
        if people is None:
            people = self._offered[bundle] = self.model.offers.of(self.model.openings[number])[0]
        if number in self._barred:
            people = people[~np.isin(people, self._barred[number])]
        if skill is not None:
            people = people[self.model.holds[people, skill]]
        return people

    def who(self, number: int, skill: int | None = None) -> Ints:
        """Give those of the offered who could take an opening by itself, beside what they do outside this problem."""
        people = self.offered(number, skill)
        if not self.model.spent:
            return people
        model, opening = self.model, self.model.openings[number]
        day = np.array([model.spent.get((person, opening.day), 0) for person in people.tolist()], dtype=np.int64)
        in_all = np.array([model.spent_in_all.get(person, 0) for person in people.tolist()], dtype=np.int64)
        fits = (day + opening.minutes <= model.day_limit[people]) & (
            in_all + opening.minutes <= model.total_limit[people]
        )
        return people[fits]

    def may(self, person: int, number: int) -> bool:
        """Say whether somebody may take an opening, looked at by itself."""
        found = self._may.get(number)
        if found is None:
            found = self._may[number] = frozenset(self.who(number).tolist())
        return person in found

    def filled(self, number: int, skill: int | None) -> int:
        """Count the heads on an opening, of those who hold a skill if one is given."""
        people = self.on.get(number, ())
        if skill is None:
            return len(people)
        return sum(bool(self.model.holds[person, skill]) for person in people)

    def needs(self, number: int) -> list[tuple[int | None, int]]:
        """List what an opening must have: (skill or None for heads, least), heads first."""
        opening = self.model.openings[number]
        found: list[tuple[int | None, int]] = [(None, opening.least)] if opening.least > 0 else []
        return found + [(skill, least) for skill, least, _ in opening.skills if least > 0]

    def leasts(self, skill: int | None) -> Ints:
        """Give what each opening must have at least of a skill (None: of heads)."""
        found = self._leasts.get(skill)
        if found is None:
            rows = (self.needs(number) for number in range(len(self.model.openings)))
            found = self._leasts[skill] = np.array([dict(each).get(skill, 0) for each in rows], dtype=np.int64)
        return found

    def least(self, number: int, skill: int | None) -> int:
        """Give what an opening must have at least of a skill (None: of heads)."""
        return int(self.leasts(skill)[number])

    def needed(self, person: int, number: int) -> bool:
        """Say whether an opening would fall below a least, or a pin be broken, without this person of it."""
        return (person, number) in self.pinned or any(
            self.filled(number, skill) <= least
            for skill, least in self.needs(number)
            if skill is None or self.model.holds[person, skill]
        )

    def blocking(self, number: int, people: Ints) -> tuple[Ints, Ints]:
        """Give the places (person, opening) of these people that clash with an opening (H4)."""
        pairs = [(person, other) for person in people.tolist() for other in self.mine.get(person, ())]
        if not pairs:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        who, where = np.array(pairs, dtype=np.int64).T
        found = (where != number) & self.model.clash(where, np.full(len(where), number))
        return who[found], where[found]

    @cached_property
    def _in_all(self) -> Ints:
        """The minutes that everybody does in all, also outside this problem."""
        found = np.zeros(len(self.model.people), dtype=np.int64)
        for person, minutes in self.model.spent_in_all.items():
            found[person] = minutes
        for person, number in self.places:
            found[person] += self._end[number] - self._start[number]
        return found

    def _that_day(self, day: int) -> Ints:
        """Give the minutes that everybody does on a day, also outside this problem."""
        if day not in self._by_day:
            found = self._by_day[day] = np.zeros(len(self.model.people), dtype=np.int64)
            for (person, when), minutes in self.model.spent.items():
                if when == day:
                    found[person] += minutes
            for person, number in self.places:
                if self._day[number] == day:
                    found[person] += self._end[number] - self._start[number]
        return self._by_day[day]

    def too_long(self, number: int, people: Ints) -> tuple[Ints, Ints]:
        """Give by how many minutes an opening would take these people over their day and in all (0 or less: not)."""
        opening = self.model.openings[number]
        return (
            self._that_day(opening.day)[people] + opening.minutes - self.model.day_limit[people],
            self._in_all[people] + opening.minutes - self.model.total_limit[people],
        )

    def full(self, number: int) -> bool:
        """Say whether an opening takes no more heads: its own most, or a cap that it shares."""
        if len(self.on.get(number, ())) >= self.model.openings[number].most:
            return True
        caps = (self.model.caps[cap] for cap in self.caps.get(number, ()))
        return any(sum(len(self.on.get(member, ())) for member in members) >= most for members, most in caps)

    def kept_apart(self, number: int, people: Ints) -> Bools:
        """Say who is to be kept apart from somebody at the meeting of an opening."""
        if not self.model.apart:
            return np.zeros(len(people), dtype=np.bool_)
        there = {p for other in self.meeting(number) for p in self.on.get(other, ())}
        return np.array([bool(self.apart.get(person, set()) & there) for person in people.tolist()], dtype=np.bool_)

    def obstacles(self, number: int, people: Ints) -> Ints:
        """Give what keeps each of these people, who might take an opening, from it now: positions in ``OBSTACLES``."""
        day, in_all = self.too_long(number, people)
        against = [
            np.isin(people, self.on.get(number, ())),
            np.isin(people, self.blocking(number, people)[0]),
            day > 0,
            in_all > 0,
            np.full(len(people), self.full(number)),
            self.kept_apart(number, people),
        ]
        codes = np.full(len(people), OBSTACLES.index(FREE), dtype=np.int64)
        for code in reversed(range(len(against))):
            codes[against[code]] = code
        return codes

    def idle(self, number: int) -> list[int]:
        """List who could go to an opening as the rota stands if there were room: nothing else keeps them."""
        found = self._idle.get(number)
        if found is None:
            people = self.who(number)
            day, in_all = self.too_long(number, people)
            kept = np.isin(people, self.on.get(number, ())) | np.isin(people, self.blocking(number, people)[0])
            kept |= (day > 0) | (in_all > 0) | self.kept_apart(number, people)
            found = self._idle[number] = people[~kept].tolist()
        return found

    def clash(self, a: int, b: int) -> bool:
        """Say whether one person may not do both openings (H4); one at a time, as ``Model.clash``."""
        if self._start[a] > self._start[b]:
            a, b = b, a
        model, gap = self.model, self._start[b] - self._end[a]
        other_day = self._day[a] != self._day[b]
        if gap < 0 or (other_day and gap < model.min_rest):
            return True
        if other_day and not model.travel_always:
            return False
        here, there = self._spot[a], self._spot[b]
        return here != there and bool(gap < model.travel[here, there])

    def can_do(self, person: int, numbers: list[int]) -> bool:
        """Say whether one person may do all of these openings together: each by itself, no clash, their minutes."""
        model = self.model
        if any((person, number) not in self.places and not self.may(person, number) for number in numbers):
            return False
        if any(self.clash(one, other) for place, one in enumerate(numbers) for other in numbers[:place]):
            return False
        days = Counter[int]()
        for number in numbers:
            days[self._day[number]] += self._end[number] - self._start[number]
        if sum(days.values()) + model.spent_in_all.get(person, 0) > int(model.total_limit[person]):
            return False
        limit = int(model.day_limit[person])
        return all(many + model.spent.get((person, day), 0) <= limit for day, many in days.items())
