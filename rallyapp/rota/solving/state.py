"""A rota in the making: what may come and go, and what each step costs, kept exactly as places change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Model, Opening

Gains = tuple[int, int, int, int]
"""What heads save: so many save the third number each, then up to so many the fourth, any more nothing."""


class State:
    """A rota that changes a place at a time, and its cost (C1 to C8) at every moment.

    It starts with the pinned places and those given. ``may`` says which place keeps the hard rules, ``adding``
    and ``dropping`` what a step would cost (below nought: it saves), ``add`` and ``drop`` take it. Neither of the
    last two asks ``may`` again, so whoever calls them must have. ``mine`` are a person's openings, ``there`` an
    opening's people; both are to be read only.
    """

    def __init__(self, model: Model, places: Iterable[Place] = ()) -> None:
        self.model = model
        self.mine: list[list[int]] = [[] for _ in model.people]
        self.there: list[list[int]] = [[] for _ in model.openings]
        self.pinned = frozenset(model.pinned)
        self._read_openings(model.openings)
        self.cost = self._cost_of_none()
        self._read_people()
        self._offered: dict[tuple[object, ...], dict[int, int]] = {}
        self._prices: list[dict[int, int] | None] = [None] * len(model.openings)
        self._options: list[list[int]] | None = None
        for person, opening in (*model.pinned, *places):
            if opening not in self.mine[person]:
                self.add(person, opening)

    def _read_openings(self, openings: Sequence[Opening]) -> None:
        weights = self.model.weights
        self._start = [each.start for each in openings]
        self._end = [each.end for each in openings]
        self._day = [each.day for each in openings]
        self._spot = [each.spot for each in openings]
        self._minutes = [each.minutes for each in openings]
        self._most = [each.most for each in openings]
        self._meeting = [each.meeting for each in openings]
        self._bundle = [each.bundle for each in openings]
        self._travel: dict[int, list[int]] = {}
        self._head_gains: list[Gains] = [
            (each.least, max(each.least, each.wished), weights.least * each.priority, weights.wished * each.priority)
            for each in openings
        ]
        holders: list[list[bool]] = self.model.holds.T.tolist()
        self._skill_gains = [
            tuple(
                (holders[skill], skill_gains(least, wished, weights.skill_least * each.priority, weights.skill_wished))
                for skill, least, wished in each.skills
            )
            for each in openings
        ]
        self._skilled = [[0] * len(each.skills) for each in openings]
        self._caps_of: dict[int, list[int]] = {}
        for cap, (members, _) in enumerate(self.model.caps):
            for opening in set(members):
                self._caps_of.setdefault(opening, []).append(cap)
        self._cap_room = [most for _, most in self.model.caps]

    def _read_people(self) -> None:
        model = self.model
        self._prior: list[int] = model.prior.tolist()
        self._day_limit: list[int] = model.day_limit.tolist()
        self._total_limit: list[int] = model.total_limit.tolist()
        for person, minutes in model.spent_in_all.items():
            self._total_limit[person] -= minutes
        self.partners: dict[int, list[int]] = {}
        for a, b in model.together:
            for one, other in {(a, b), (b, a)}:
                self.partners.setdefault(one, []).append(other)
        self._foes: dict[int, list[int]] = {}
        for a, b in model.apart:
            self._foes.setdefault(a, []).append(b)
            self._foes.setdefault(b, []).append(a)
        self._met: dict[int, dict[str, int]] = {person: {} for person in (*self.partners, *self._foes)}

    def _cost_of_none(self) -> int:
        """Count what the empty rota costs: all that heads could save, every pair, and all that was there before."""
        weights = self.model.weights
        gains = [*self._head_gains, *(gains for skills in self._skill_gains for _, gains in skills)]
        return (
            sum(low * first + (high - low) * then for low, high, first, then in gains)
            + weights.pair * len(self.model.together)
            + weights.drop * len(self.model.previous or ())
        )

    def offered(self, opening: int) -> dict[int, int]:
        """Give the price (C5) of each person who may take an opening, looked at by itself."""
        found = self._prices[opening]
        if found is None:
            bundle = self._bundle[opening]
            found = self._offered.get(bundle)
            if found is None:
                who, price = self.model.offers.of(self.model.openings[opening])
                found = self._offered[bundle] = dict(zip(who.tolist(), price.tolist(), strict=True))
            self._prices[opening] = found
        return found

    def places(self) -> tuple[Place, ...]:
        """Give the rota as it is, in order."""
        return tuple((person, opening) for person, mine in enumerate(self.mine) for opening in sorted(mine))

    def may(self, person: int, opening: int) -> bool:
        """Say whether the person may take the opening (all hard rules) as the rota is."""
        if person not in self.offered(opening) or not self.has_room(opening):
            return False
        return self.could(person, opening, self.mine[person])

    def has_room(self, opening: int) -> bool:
        """Say whether one more head may be there (H7 and the caps)."""
        if len(self.there[opening]) >= self._most[opening]:
            return False
        caps = self._caps_of.get(opening)
        return caps is None or all(self._cap_room[cap] > 0 for cap in caps)

    def crowding(self, opening: int) -> tuple[int, ...]:
        """Give the openings one of which must lose a head before one more may be there; none if there is room."""
        if len(self.there[opening]) >= self._most[opening]:
            return (opening,)
        for cap in self._caps_of.get(opening, ()):
            if self._cap_room[cap] <= 0:
                return self.model.caps[cap][0]
        return ()

    def could(self, person: int, opening: int, beside: Sequence[int]) -> bool:
        """Say whether someone to whom it is offered could do it beside these openings of theirs, were there room."""
        model = self.model
        day = self._day[opening]
        in_all = that_day = self._minutes[opening]
        for other in beside:
            if other == opening or self.clash(opening, other):
                return False
            in_all += self._minutes[other]
            if self._day[other] == day:
                that_day += self._minutes[other]
        if model.spent:
            that_day += model.spent.get((person, day), 0)
        if that_day > self._day_limit[person] or in_all > self._total_limit[person]:
            return False
        if model.barred and (person, opening) in model.barred:
            return False
        meeting = self._meeting[opening]
        return not any(meeting in self._met[foe] for foe in self._foes.get(person, ()))

    def clash(self, a: int, b: int) -> bool:
        """Say whether one person may not do both openings (H4): overlap, travel or rest."""
        start = self._start
        gap = start[b] - self._end[a] if start[a] <= start[b] else start[a] - self._end[b]
        if gap < 0:
            return True
        other_day = self._day[a] != self._day[b]
        if other_day:
            if gap < self.model.min_rest:
                return True
            if not self.model.travel_always:
                return False
        here, yonder = self._spot[a], self._spot[b]
        if here == yonder:
            return False
        row = self._travel.get(here)
        if row is None:
            row = self._travel[here] = self.model.travel[here].tolist()
        return gap < row[yonder]

    def adding(self, person: int, opening: int) -> int:
        """Give what the cost would change by if the person took the opening."""
        weights = self.model.weights
        change = self.offered(opening).get(person, 0)
        change += weights.fair * (self._prior[person] + len(self.mine[person]))
        low, high, first, then = self._head_gains[opening]
        heads = len(self.there[opening])
        if heads < high:
            change -= first if heads < low else then
        for (holds, (low, high, first, then)), have in zip(
            self._skill_gains[opening], self._skilled[opening], strict=True
        ):
            if have < high and holds[person]:
                change -= first if have < low else then
        if self.model.previous is not None:
            change += -weights.drop if (person, opening) in self.model.previous else weights.add
        if person in self.partners:
            change -= weights.pair * self._pairs_made(person, self._meeting[opening])
        return change

    def dropping(self, person: int, opening: int) -> int:
        """Give what the cost would change by if the person left the opening."""
        weights = self.model.weights
        change = -self.offered(opening).get(person, 0)
        change -= weights.fair * (self._prior[person] + len(self.mine[person]) - 1)
        low, high, first, then = self._head_gains[opening]
        heads = len(self.there[opening])
        if heads <= high:
            change += first if heads <= low else then
        for (holds, (low, high, first, then)), have in zip(
            self._skill_gains[opening], self._skilled[opening], strict=True
        ):
            if have <= high and holds[person]:
                change += first if have <= low else then
        if self.model.previous is not None:
            change -= -weights.drop if (person, opening) in self.model.previous else weights.add
        if person in self.partners:
            change += weights.pair * self._pairs_lost(person, self._meeting[opening])
        return change

    def skill_gains_now(self, opening: int) -> list[tuple[int, int]]:
        """Give what one more holder of each skill would save there, of the skills where it would."""
        return [
            (skill, gain)
            for (skill, _, _), (_, gains), have in zip(
                self.model.openings[opening].skills, self._skill_gains[opening], self._skilled[opening], strict=True
            )
            if (gain := _gain(gains, have))
        ]

    def gains_now(self, opening: int) -> tuple[int, list[tuple[list[bool], int]]]:
        """Give what one more head would save there, and what more each skill would: who holds it, and how much."""
        skills = [
            (holds, gain)
            for (holds, gains), have in zip(self._skill_gains[opening], self._skilled[opening], strict=True)
            if (gain := _gain(gains, have))
        ]
        return _gain(self._head_gains[opening], len(self.there[opening])), skills

    def first_fair(self, person: int) -> int:
        """Give the least that any shift of this person costs in fairness (C6)."""
        return self.model.weights.fair * self._prior[person]

    def options(self, person: int) -> list[int]:
        """Give the openings that are offered to a person, looked at by themselves."""
        if self._options is None:
            self._options = [[] for _ in self.mine]
            for opening in range(len(self.there)):
                for each in self.offered(opening):
                    self._options[each].append(opening)
        return self._options[person]

    def in_the_way(self, person: int, opening: int) -> list[int] | None:
        """Give the person's openings that would have to go for them to take this one; None if they must stay."""
        mine = self.mine[person]
        if opening in mine:
            return None
        day, minutes = self._day[opening], self._minutes[opening]
        found = [other for other in mine if self.clash(opening, other)]
        rest = [other for other in mine if other not in found]
        over_all = minutes + sum(self._minutes[other] for other in rest) - self._total_limit[person]
        over_day = minutes + sum(self._minutes[other] for other in rest if self._day[other] == day)
        over_day += self.model.spent.get((person, day), 0) - self._day_limit[person]
        if over_day > 0 or over_all > 0:
            loose = [other for other in rest if (person, other) not in self.pinned]
            day_first = over_day > 0
            loose.sort(key=lambda other: (day_first and self._day[other] != day, self.dropping(person, other)))
            for other in loose:
                that_day = self._day[other] == day
                if (over_day > 0 and that_day) or over_all > 0:
                    found.append(other)
                    over_all -= self._minutes[other]
                    over_day -= self._minutes[other] if that_day else 0
            if over_day > 0 or over_all > 0:
                return None
        return None if any((person, other) in self.pinned for other in found) else found

    def _pairs_made(self, person: int, meeting: str) -> int:
        mine = self._met[person]
        if meeting in mine:
            return 0
        return sum(
            (meeting in self._met[other] or other == person) and self._met[other].keys().isdisjoint(mine)
            for other in self.partners[person]
        )

    def _pairs_lost(self, person: int, meeting: str) -> int:
        mine = self._met[person]
        if mine[meeting] > 1:
            return 0
        return sum(
            meeting in self._met[other] and len(self._met[other].keys() & mine) == 1 for other in self.partners[person]
        )

    def add(self, person: int, opening: int) -> None:
        """Put the person on the opening, which they may take."""
        self.cost += self.adding(person, opening)
        self.mine[person].append(opening)
        self.there[opening].append(person)
        self._count(person, opening, 1)

    def drop(self, person: int, opening: int) -> None:
        """Take the person off the opening."""
        self.cost += self.dropping(person, opening)
        self.mine[person].remove(opening)
        self.there[opening].remove(person)
        self._count(person, opening, -1)

    def _count(self, person: int, opening: int, by: int) -> None:
        skilled = self._skilled[opening]
        for number, (holds, _) in enumerate(self._skill_gains[opening]):
            if holds[person]:
                skilled[number] += by
        for cap in self._caps_of.get(opening, ()):
            self._cap_room[cap] -= by
        met = self._met.get(person)
        if met is not None:
            meeting = self._meeting[opening]
            many = met.get(meeting, 0) + by
            if many:
                met[meeting] = many
            else:
                del met[meeting]


def skill_gains(least: int, wished: int, for_least: int, for_wished: int) -> Gains:
    """Give what those who hold a skill save (C2 and C4); a wish below the minimum is counted against it."""
    if wished < least:
        return wished, least, for_least, for_least - for_wished
    return least, wished, for_least, for_wished


def _gain(gains: Gains, have: int) -> int:
    low, high, first, then = gains
    return first if have < low else then if have < high else 0
