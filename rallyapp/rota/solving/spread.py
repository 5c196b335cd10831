"""Which of several like openings somebody stands at: entrances of one site at one time.

Nearly always there is a way that costs no more than the merged openings did. Where a quick search finds none, the
meeting is named, so that it is settled exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.table import Table

#: So much is tried by hand (people and openings looked at); then the meeting is settled exactly.
MOST_TRIES = 300_000


@dataclass(frozen=True, slots=True)
class Spread:
    """The places, and the bundles of each meeting at which they cost more than merged."""

    places: tuple[Place, ...]
    dearer: tuple[tuple[int, ...], ...]


def spread(table: Table, chosen: Mapping[int, Sequence[int]]) -> Spread:
    """Put the people chosen for each bundle on its openings."""
    groups: dict[int, list[int]] = defaultdict(list)
    for bundle in chosen:
        groups[table.meeting[bundle]].append(bundle)
    ties = _Ties(table)
    places: list[Place] = []
    dearer: list[tuple[int, ...]] = []
    for number, bundles in groups.items():
        meeting = _Meeting(table, ties, {bundle: chosen[bundle] for bundle in bundles})
        places += meeting.place()
        if meeting.loss:
            # All of it, also where nobody was chosen: two shifts are told apart only if none of their openings is one.
            dearer.append(tuple(bundle for bundle, other in enumerate(table.meeting) if other == number))
    return Spread(tuple(sorted(places)), tuple(dearer))


class _Ties:
    """Who wishes to be with whom, who must not be, who may not be where, and who was there before."""

    def __init__(self, table: Table) -> None:
        model = table.model
        self.together: dict[int, list[int]] = defaultdict(list)
        self.apart: dict[int, set[int]] = defaultdict(set)
        for a, b in model.together if model.weights.pair else ():
            self.together[a].append(b)
            self.together[b].append(a)
        for a, b in model.apart:
            self.apart[a].add(b)
            self.apart[b].add(a)
        self.before = model.previous or frozenset()
        self.stay = model.weights.drop + model.weights.add
        self.any = bool(model.together or model.apart or model.barred or self.before)


class _Meeting:
    """The openings at which some people can meet, being filled."""

    def __init__(self, table: Table, ties: _Ties, chosen: Mapping[int, Sequence[int]]) -> None:
        self.table, self.ties, self.chosen = table, ties, chosen
        self.model = table.model
        self.openings = [member for bundle in chosen for member in table.bundles[bundle].members]
        self.left = {number: table.left[number] for number in self.openings}
        self.heads: Counter[int] = Counter()
        self.skilled: Counter[tuple[int, int]] = Counter()
        self.at: dict[int, int] = {}
        self.held: set[int] = set()
        self.tries = MOST_TRIES
        self.shift: dict[str, set[int]] = defaultdict(set)
        for number in self.openings:
            meeting = self.model.openings[number].meeting
            self.shift[meeting].update(table.met.get(meeting, ()))
            self.held.update(self.shift[meeting])
        self.loss = 0

    def place(self) -> list[Place]:
        """Place everybody, then mend while that helps."""
        for bundle, people in self.chosen.items():
            members = self.table.bundles[bundle].members
            if len(members) == 1 and not self.ties.apart and not self.model.barred:
                for person in people:
                    self._put(person, members[0])
                continue
            for person in sorted(people, key=lambda each: self._order(each, members)):
                self._best(person, members)
        self.loss = self._loss()
        if self.loss > 0:
            self._mend()
        return list(self.at.items())

    def _order(self, person: int, members: Sequence[int]) -> tuple[int, int, int, int]:
        wanted = {skill for member in members for skill, _, _ in self.left[member].skills}
        useful = sum(bool(self.model.holds[person, skill]) for skill in wanted)
        stays = any((person, member) in self.ties.before for member in members)
        paired = person in self.ties.together
        return (-stays, -useful, -paired, person)

    def _best(self, person: int, members: Sequence[int]) -> None:
        """Put somebody where they alone can help, before where a head is missing: heads can be anybody's."""
        best, most = None, None
        for member in members:
            if not self._may(person, member):
                continue
            heads = self._head(member)
            beside = self._skill(person, member) + self._tie(person, member)
            gain = (beside if heads else beside - self.model.weights.wished, heads)
            if most is None or gain > most:
                best, most = member, gain
        if best is None:
            self.loss += 1  # nobody can be put there: settled exactly, without them for now
        else:
            self._put(person, best)

    def _may(self, person: int, number: int) -> bool:
        if self.heads[number] >= self.left[number].most or (person, number) in self.model.barred:
            return False
        foes = self.ties.apart.get(person)
        return not foes or not foes & self.shift[self.model.openings[number].meeting]

    def _put(self, person: int, number: int) -> None:
        self.at[person] = number
        self.heads[number] += 1
        self.shift[self.model.openings[number].meeting].add(person)
        for skill, _, _ in self.left[number].skills:
            self.skilled[number, skill] += bool(self.model.holds[person, skill])

    def _take(self, person: int) -> int:
        number = self.at.pop(person)
        self.heads[number] -= 1
        self.shift[self.model.openings[number].meeting].discard(person)
        for skill, _, _ in self.left[number].skills:
            self.skilled[number, skill] -= bool(self.model.holds[person, skill])
        return number

    def _head(self, number: int) -> int:
        """Say by how much the cost falls with one more head there."""
        weights, left, heads = self.model.weights, self.left[number], self.heads[number]
        if heads >= left.wished:
            return 0
        return (weights.least if heads < left.least else weights.wished) * self.model.openings[number].priority

    def _skill(self, person: int, number: int) -> int:
        """Say by how much the cost falls by this person's skills."""
        gain, weights = 0, self.model.weights
        for skill, least, wished in self.left[number].skills:
            if self.model.holds[person, skill]:
                have = self.skilled[number, skill]
                if have < least:
                    gain += weights.skill_least * self.model.openings[number].priority
                elif have < wished:
                    gain += weights.skill_wished
        return gain

    def _tie(self, person: int, number: int) -> int:
        """Say by how much the cost falls by whom they meet there, and by their having been there before."""
        there = self.shift[self.model.openings[number].meeting]
        met = sum(other in there for other in self.ties.together.get(person, ()))
        return self.model.weights.pair * met + self.ties.stay * ((person, number) in self.ties.before)

    def _needs(self, number: int) -> int:
        weights, left = self.model.weights, self.left[number]
        priority = self.model.openings[number].priority
        heads = self.heads[number]
        short = max(0, left.least - heads)
        found = weights.least * priority * short + weights.wished * priority * (max(0, left.wished - heads) - short)
        for skill, least, wished in left.skills:
            have = self.skilled[number, skill]
            short = max(0, least - have)
            found += weights.skill_least * priority * short
            found += weights.skill_wished * (max(0, wished - have) - short)
        return found

    def _merged(self) -> int:
        """Give what the needs cost when the openings of a bundle are one."""
        weights = self.model.weights
        found = 0
        for bundle, people in self.chosen.items():
            levels: list[tuple[int, int]] = []
            skills: dict[int, list[tuple[int, int]]] = defaultdict(list)
            for number in self.table.bundles[bundle].members:
                left, priority = self.left[number], self.model.openings[number].priority
                levels += [
                    (weights.least * priority, left.least),
                    (weights.wished * priority, left.wished - left.least),
                ]
                for skill, least, wished in left.skills:
                    skills[skill] += [(weights.skill_least * priority, least), (weights.skill_wished, wished - least)]
            found += _missing(levels, len(people))
            for skill, wanted in skills.items():
                found += _missing(wanted, sum(bool(self.model.holds[person, skill]) for person in people))
        return found

    def _loss(self) -> int:
        """Say by how much this costs more than merged."""
        if len(self.openings) == len(self.chosen) and not self.ties.any:
            return 0
        lost = sum(self._needs(number) for number in self.openings) - self._merged()
        for bundle, people in self.chosen.items():
            members = self.table.bundles[bundle].members
            for person in people:
                number = self.at.get(person)
                if number is None:
                    lost += 1
                    continue
                if self.ties.before and (person, number) not in self.ties.before:
                    lost += self.ties.stay * any((person, member) in self.ties.before for member in members)
                for other in self.ties.together.get(person, ()):
                    if other in self.held or (person < other and other in self.at):
                        there = self.shift[self.model.openings[number].meeting]
                        lost += self.model.weights.pair * (other not in there)
        return lost

    def _mend(self) -> None:
        """Move one, or exchange two, while that lowers the cost."""
        better = True
        while better and self.loss > 0 and self.tries > 0:
            better = False
            for bundle, people in self.chosen.items():
                members = self.table.bundles[bundle].members
                if len(members) > 1 and self._mend_bundle(list(people), members):
                    better = True
                    break

    def _mend_bundle(self, people: list[int], members: Sequence[int]) -> bool:
        for n, person in enumerate(people):
            if person not in self.at:
                continue
            for member in members:
                if member != self.at[person] and self._try({person: member}):
                    return True
            for other in people[n + 1 :]:
                there = self.at.get(other, self.at[person])
                if there != self.at[person] and self._try({person: there, other: self.at[person]}):
                    return True
        return False

    def _try(self, moves: Mapping[int, int]) -> bool:
        self.tries -= len(self.at) + len(self.openings)
        if self.tries <= 0:
            return False
        before = {person: self._take(person) for person in moves}
        for person, number in moves.items():
            if not self._may(person, number):
                break
            self._put(person, number)
        else:
            lost = self._loss()
            if lost < self.loss:
                self.loss = lost
                return True
        for person in before:
            if person in self.at:
                self._take(person)
        for person, number in before.items():
            self._put(person, number)
        return False


def _missing(levels: list[tuple[int, int]], have: int) -> int:
    """Give what is missing at its price, when the dearest are filled first."""
    found = 0
    for price, many in sorted(levels, reverse=True):
        filled = min(have, many)
        have -= filled
        found += price * (many - filled)
    return found
