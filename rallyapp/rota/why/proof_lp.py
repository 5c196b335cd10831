"""Proofs, from all hard rules, that a need can't be met beside others.

First near by: of the needs at that place on that day as many are met as can be, and then there is nobody left for
this one. Otherwise beside what the rota fills. A linear programme asks how far the need can be met, alone at first.
Whoever it takes from where they are needed brings that need in too, until nobody is missed anywhere (then nothing
is proven) or there is no way left (then the programme's prices are the proof; what they leave out is no part of it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.linear import Floats, can_prove
from rallyapp.rota.why.lineup import Lineup
from rallyapp.rota.why.programme import TINY, Answer, Patterns, Programme, Solving
from rallyapp.rota.why.proof import Need, Proof, at_one_time

#: How far the search goes before it gives up: rounds, and columns of the programme. From some round on it takes
#: in all that it could miss rather than what it does miss.
ROUNDS: Final = 14
PATIENCE: Final = 4
WIDEST: Final = 1000
#: So many searches are made for one rota: where more is open than that, reasons by the dozen help nobody.
SEARCHES: Final = 100
#: Whole people are only asked for where there are at most so many columns; beyond, parts of people count as people,
#: which may leave an opening in a proof that it could do without.
WIDEST_WHOLE: Final = 150


class Prover:
    """Finds the proofs of one rota's gaps; what one cause leaves open in several places is proven once."""

    def __init__(self, lineup: Lineup) -> None:
        self.lineup = lineup
        self._patterns = Patterns(lineup)
        self._found: list[Proof] = []
        self._searches = 0

    def joint(self, number: int, skill: int | None) -> Proof | None:
        """Prove that an opening can't have its least of a skill (None: of heads) together with others, or give None.

        What stands side by side at one time is plainer than anything else. None if nothing is proven: it could,
        or that was too much to look through (also after many others), or HiGHS is not installed here.
        """
        simple = self._at_one_time(number, skill)
        if simple is not None and len({self.lineup.model.openings[each].bundle for each in simple.openings}) == 1:
            return simple
        goal = Need(number, skill, self.lineup.least(number, skill))
        other = self._known(goal)
        if other is None and self._searches < SEARCHES:
            self._searches += 1
            other = together(self.lineup, number, skill, self._patterns)
            if other is not None:
                self._found.append(other)
        return min((proof for proof in (simple, other) if proof is not None), key=lambda each: each.size, default=None)

    def _at_one_time(self, number: int, skill: int | None) -> Proof | None:
        """Give the proof by who can't be in two places, unless rules that it does not know need less for one."""
        simple = at_one_time(self.lineup, number, skill)
        if simple is None or not (self.lineup.model.apart or self.lineup.model.caps) or not can_prove():
            return simple
        search = _Search(self.lineup, Need(number, skill, self.lineup.least(number, skill)), self._patterns)
        return replace(simple, short=search.short(simple.needs, ())) if search.irreducible(simple.needs) else None

    def _known(self, goal: Need) -> Proof | None:
        """Give a proof found before that this need is part of, or that holds as well with it for its twin."""
        for proof in self._found:
            if goal in proof.needs:
                return proof
        for proof in self._found:
            if proof.fixed or goal.opening in proof.openings:
                continue
            for need in proof.needs:
                if self._twins(need, goal):
                    needs = [goal if each == need else each for each in proof.needs]
                    return replace(proof, needs=tuple(sorted(needs, key=_order)))
        return None

    def _twins(self, one: Need, other: Need) -> bool:
        """Say whether two openings are the same to everybody, so that one can stand for the other in a proof."""
        model = self.lineup.model
        a, b = model.openings[one.opening], model.openings[other.opening]
        alike = a.bundle == b.bundle and a.most == b.most and (one.skill, one.least) == (other.skill, other.least)
        special = {number for members, _ in model.caps for number in members} | {number for _, number in model.barred}
        return alike and not model.apart and special.isdisjoint((one.opening, other.opening))


def together(lineup: Lineup, number: int, skill: int | None, patterns: Patterns | None = None) -> Proof | None:
    """Prove it by linear programmes alone; ``patterns`` may be shared by all searches over one rota."""
    if not can_prove():
        return None
    search = _Search(lineup, Need(number, skill, lineup.least(number, skill)), patterns or Patterns(lineup))
    return search.near() or search.wide()


def _order(need: Need) -> tuple[int, int]:
    return need.opening, -1 if need.skill is None else need.skill


class _Search:
    def __init__(self, lineup: Lineup, goal: Need, patterns: Patterns) -> None:
        self.lineup = lineup
        self.goal = goal
        self.patterns = patterns
        self.needs = [goal]
        self.pins = self._pinned([goal])
        self._kept: dict[Place, tuple[int, ...]] = {}

    def near(self) -> Proof | None:
        """Look for a proof among the needs of the same sort at the same place and day, in full."""
        openings, goal = self.lineup.model.openings, self.goal
        mine = openings[goal.opening]
        for same_spot in (True, False):
            near = [Need(number, goal.skill, least) for number, least in self._around(same_spot)]
            # What is nearest in time is kept filled first.
            near.sort(key=lambda need: (abs(openings[need.opening].start - mine.start), need.opening))
            programme = self._programme([goal, *near], ())
            if not near or len(programme.person) > WIDEST:
                return None
            answer = programme.solve(goal=None, weights=[0.01, *(2 - place / len(near) for place in range(len(near)))])
            if answer is not None and answer.open[0] > TINY:
                levels = [need.least - int(np.ceil(o - TINY)) for need, o in zip(near, answer.open[1:], strict=True)]
                met = [replace(need, least=level) for need, level in zip(near, levels, strict=True) if level]
                proof = self._proof([goal, *met], set())
                # Parts of people may have met the others.
                if proof is not None and self._meetable(proof.needs, goal.opening):
                    return proof
        return None

    def _around(self, same_spot: bool) -> list[tuple[int, int]]:
        """List the needs of the same sort on that day: at that place, or wherever those are who could be here."""
        lineup, goal = self.lineup, self.goal
        _, _, day, spot = lineup.model.times
        spots = {int(spot[goal.opening])}
        if not same_spot:
            able = lineup.who(goal.opening, goal.skill).tolist()
            spots |= {int(spot[number]) for person in able for number in lineup.mine.get(person, ())}
        leasts = lineup.leasts(goal.skill)
        found = np.flatnonzero((leasts > 0) & (day == day[goal.opening]) & np.isin(spot, list(spots)))
        return [(number, int(leasts[number])) for number in found.tolist() if number != goal.opening]

    def wide(self) -> Proof | None:
        """Widen the programme, beside what the rota fills, until it decides."""
        for turn in range(ROUNDS):
            programme = self._programme(self.needs, self.pins)
            if len(programme.person) > WIDEST:
                return None
            answer = programme.solve(goal=self.goal, costs=self._costs(programme))
            if answer is None:
                return None
            if answer.short > TINY:
                return self._proof(self.needs, self.pins)
            needs, pins = self._missed(programme, answer)
            if not needs and not pins:
                return None if answer.whole else self._proof(self.needs, self.pins)
            if turn >= PATIENCE:
                needs += [need for need in self._within_reach(programme) if need not in needs]
            self.needs += needs
            self.pins |= pins | self._pinned(needs)
        return None

    def irreducible(self, needs: Sequence[Need]) -> bool:
        """Say whether needs could be met if any one of their openings were left out."""
        return all(self._meetable(needs, number) for number in {need.opening for need in needs})

    def _meetable(self, needs: Sequence[Need], without: int) -> bool:
        rest = [need for need in needs if need.opening != without]
        programme = self._programme(rest, ())
        answer = programme.solve(goal=None, whole=len(programme.person) <= WIDEST_WHOLE)
        return not rest or answer is None or answer.short < TINY

    def _pinned(self, needs: Iterable[Need]) -> set[Place]:
        """Give the pinned places on the openings of needs."""
        found = {(person, need.opening) for need in needs for person in self.lineup.on.get(need.opening, ())}
        return found & self.lineup.pinned

    def _within_reach(self, programme: Programme) -> list[Need]:
        """List the needs that one step more could leave worse filled."""
        lineup, holds = self.lineup, self.lineup.model.holds
        known = {(need.opening, need.skill) for need in self.needs}
        found: dict[tuple[int, int | None], Need] = {}
        for person, number in zip(programme.person.tolist(), programme.opening.tolist(), strict=True):
            for left in self._left(person, number):
                for skill, least in lineup.needs(left):
                    filled = lineup.filled(left, skill)
                    counts = skill is None or bool(holds[person, skill])
                    if counts and 0 < filled <= least and (left, skill) not in known and self._rare(left, skill):
                        found[left, skill] = Need(left, skill, filled)
        return list(found.values())

    def _rare(self, number: int, skill: int | None) -> bool:
        """Say whether nobody idle could step in for a need."""
        idle = self.lineup.idle(number)
        return not (idle if skill is None else self.lineup.model.holds[idle, skill].any())

    def _programme(self, needs: Sequence[Need], pins: Iterable[Place]) -> Programme:
        return Programme(self.lineup, needs, pins, self.patterns)

    def _costs(self, programme: Programme) -> Floats:
        """Price a place by whether it takes somebody from an opening that the programme does not look at."""
        found = np.zeros(len(programme.person))
        for column, place in enumerate(zip(programme.person.tolist(), programme.opening.tolist(), strict=True)):
            if place not in self.lineup.places:
                left = self._left(*place)
                found[column] = 0.01 + any(number not in programme.slices for number in left)
        return found

    def _left(self, person: int, number: int) -> tuple[int, ...]:
        """Give the openings that somebody could not keep all of if they took one more."""
        mine = self.lineup.mine.get(person)
        if not mine:
            return ()
        found = self._kept.get((person, number))
        if found is None:
            beside = [each for each in mine if each != number]
            clashing = tuple(each for each in beside if self.lineup.clash(each, number))
            rest = [each for each in beside if each not in clashing]
            found = clashing if self.lineup.can_do(person, [*rest, number]) else tuple(beside)
            self._kept[person, number] = found
        return found

    def _missed(self, programme: Programme, answer: Answer) -> tuple[list[Need], set[Place]]:
        """List the needs that the answer would leave worse filled than they are, and the pins that it would break.

        A need that somebody idle could step in for is not missed; each person steps in once.
        """
        lineup = self.lineup
        taken: dict[int, list[int]] = defaultdict(list)
        there: dict[int, dict[int, float]] = defaultdict(dict)
        for column in np.flatnonzero(answer.amounts > TINY).tolist():
            person, number = int(programme.person[column]), int(programme.opening[column])
            taken[person].append(number)
            there[number][person] = float(answer.amounts[column])
        for number, (start, end) in programme.slices.items():
            for person in lineup.on.get(number, ()):
                if person not in programme.person[start:end]:
                    there[number][person] = 1.0

        def leave(person: int, number: int) -> None:
            if number not in there:
                there[number] = dict.fromkeys(lineup.on[number], 1.0)
            there[number].pop(person, None)

        for person, numbers in taken.items():
            for number in self._forced(person, numbers):
                leave(person, number)
            for foe in lineup.apart.get(person, ()):
                for number in {other for each in numbers for other in lineup.meeting(each)}:
                    if foe in lineup.on.get(number, ()) and number not in taken.get(foe, ()):
                        leave(foe, number)
        pins = {
            (person, number)
            for number, people in there.items()
            for person in lineup.on.get(number, ())
            if (person, number) in lineup.pinned and person not in people and (person, number) not in self.pins
        }
        needs = self._unmet(there, set(taken))
        crowded = {number for number in there if self._crowded(number, there)}
        crowded |= {n for each in crowded for cap in lineup.caps.get(each, ()) for n in lineup.model.caps[cap][0]}
        pins |= {place for place in lineup.pinned - self.pins if place[1] in crowded}
        known = {(need.opening, need.skill) for need in (*self.needs, *needs)}
        for number in sorted(crowded):
            for skill, least in lineup.needs(number):
                filled = lineup.filled(number, skill)
                if filled and (number, skill) not in known:
                    needs.append(Need(number, skill, min(least, filled)))
        return needs, pins

    def _crowded(self, number: int, there: dict[int, dict[int, float]]) -> bool:
        """Say whether more would be on an opening than its most, or a cap that it counts towards, lets be there."""
        model = self.lineup.model

        def heads(each: int) -> float:
            return sum(there[each].values()) if each in there else len(self.lineup.on.get(each, ()))

        caps = [model.caps[cap] for cap in self.lineup.caps.get(number, ())]
        limits = [((number,), model.openings[number].most), *caps]
        return any(sum(heads(member) for member in members) > most + TINY for members, most in limits)

    def _forced(self, person: int, numbers: list[int]) -> list[int]:
        """List what somebody can't keep who does these openings: what clashes, or all if it is too much."""
        mine = [each for each in self.lineup.mine.get(person, ()) if each not in numbers]
        clashing = [each for each in mine if any(self.lineup.clash(each, number) for number in numbers)]
        rest = [each for each in mine if each not in clashing]
        return clashing if self.lineup.can_do(person, [*rest, *numbers]) else mine

    def _unmet(self, there: dict[int, dict[int, float]], busy: set[int]) -> list[Need]:
        """List the needs that are less met than now by who would be there, once the idle have stepped in."""
        lineup, holds = self.lineup, self.lineup.model.holds
        known = {(need.opening, need.skill) for need in self.needs}
        found: list[Need] = []
        for number, people in sorted(there.items()):
            for skill, least in lineup.needs(number):
                level = min(least, lineup.filled(number, skill))
                if (number, skill) in known or not level:
                    continue
                has = sum(amount for person, amount in people.items() if skill is None or holds[person, skill])
                lacking = max(0, int(np.ceil(level - has - TINY)))
                idle = lineup.idle(number) if lacking else ()
                able = (person for person in idle if person not in busy and (skill is None or holds[person, skill]))
                chosen = list(islice(able, lacking))
                if len(chosen) < lacking:
                    found.append(Need(number, skill, level))
                else:
                    busy.update(chosen)
                    people.update(dict.fromkeys(chosen, 1.0))
        return found

    def _proof(self, wanted: Sequence[Need], fixed: set[Place]) -> Proof | None:
        """Take away what the proof can do without: pins, then openings, the last found first, then single needs."""
        pins: set[Place] = set()
        needs = self._shrunk(wanted, pins)
        if not needs and fixed:
            pins = fixed
            needs = self._shrunk(wanted, pins)
        if not needs:
            return None
        asked = {person for need in needs for person in self.lineup.who(need.opening, need.skill).tolist()}
        for fewer in ({pin for pin in pins if pin[0] in asked}, *(pins - {pin} for pin in sorted(pins))):
            if (left := pins & fewer) != pins and not self._possible(needs, left)[0]:
                pins = left
        return self._stated(needs, pins)

    def _shrunk(self, wanted: Sequence[Need], pins: set[Place]) -> list[Need]:
        """Give needs of these that can't be met together and of which no opening can be left out; none if all can."""
        possible, needs = self._possible(wanted, pins)
        if possible:
            return []
        programme = self._programme(needs, pins)
        solving = programme.start(goal=self.goal)
        openings = [number for number in dict.fromkeys(need.opening for need in needs) if number != self.goal.opening]
        groups = [[need for need in needs if need.opening == number] for number in reversed(openings)]
        groups += [[need] for need in needs if need != self.goal and sum(n.opening == need.opening for n in needs) > 1]
        left = list(needs)
        for group in groups:
            if set(group).isdisjoint(left):
                continue
            rest = [need for need in left if need not in group]
            if fewer := self._still(programme, solving, rest, pins):
                left = fewer
        return left

    def _still(self, programme: Programme, solving: Solving, rest: Sequence[Need], pins: set[Place]) -> list[Need]:
        """Give those of these needs, fewer than the programme has, that still can't be met; none if they can."""
        for place, need in enumerate(programme.needs):
            solving.need(place, need.least if need in rest else -np.inf)
        answer = solving.answer()
        if answer is None:
            return []
        if answer.short > TINY and programme.impossible(answer.prices):
            return self._priced(programme, answer, rest)
        if answer.whole or len(programme.person) > WIDEST_WHOLE:
            return []
        possible, needs = self._possible(rest, pins)
        return [] if possible else needs

    def _possible(self, needs: Sequence[Need], pins: Iterable[Place]) -> tuple[bool, list[Need]]:
        """Say whether needs can be met, for certain; where not, also which of them a proof takes."""
        programme = self._programme(needs, pins)
        answer = programme.solve(goal=self.goal)
        if answer is None:
            return True, []
        if answer.short > TINY and programme.impossible(answer.prices):
            return False, self._priced(programme, answer, needs)
        if (answer.whole and answer.short < TINY) or len(programme.person) > WIDEST_WHOLE:
            return True, []
        exact = programme.solve(goal=self.goal, whole=True)
        return exact is None or exact.short < 0.5, list(needs)

    def _priced(self, programme: Programme, answer: Answer, needs: Sequence[Need]) -> list[Need]:
        """List the needs that have a price: the others are no part of the proof."""
        prices = np.abs(answer.prices[: len(programme.needs)])
        priced = {need for need, price in zip(programme.needs, prices.tolist(), strict=True) if price > TINY}
        return [need for need in needs if need in priced]

    def short(self, needs: Sequence[Need], pins: Iterable[Place]) -> int:
        """Count the places that must stay open of needs that can't be met together."""
        programme = self._programme(needs, pins)
        answer = programme.solve(goal=None, whole=len(programme.person) <= WIDEST_WHOLE)
        return 1 if answer is None else max(1, int(np.ceil(answer.short - TINY)))

    def _stated(self, needs: Sequence[Need], pins: Iterable[Place]) -> Proof:
        lineup = self.lineup
        return Proof(
            needs=tuple(sorted(needs, key=_order)),
            people=tuple(sorted({p for need in needs for p in lineup.who(need.opening, need.skill).tolist()})),
            short=self.short(needs, pins),
            fixed=tuple(sorted(pins)),
        )
