"""A plan as a rota problem: what is fixed, what may move, who may take which place, and the way back.

Who may do what is ``domain.eligibility``'s to say: by itself in ``candidates``, together in ``Model.clash``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from rallyapp import carried
from rallyapp.domain import law, stand_down
from rallyapp.domain.eligibility import Book, Spot
from rallyapp.domain.ids import EntranceId, PersonId, ShiftId
from rallyapp.domain.people import Pair, Person, Skill
from rallyapp.domain.pickets import (
    Assignment,
    Attendance,
    Need,
    Picket,
    Presence,
    Role,
    Shift,
)
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.stalls import Stall
from rallyapp.rota.absent import Absent, absent, movable
from rallyapp.rota.candidates import SKILLS, Asked, Candidates, elapsed
from rallyapp.rota.solving.model import Ints, Model, Opening, Weights

#: What a plan's priorities count in the model: each step twice as much, so that what must not fail comes first.
PRIORITIES: Mapping[int, int] = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16}

#: Without its supervisor, first aider or chief steward the rest of a shift is worth little, and few can be asked for
#: what needs a skill: those places come first.
SKILLED = 2

#: Shifts of other days count as at most so many, around what is usual: they even out, they never forbid.
MOST_PRIOR = 6


@dataclass(frozen=True, slots=True)
class Place:
    """What an opening is in the plan: a shift, a role, and a skill that all must have; with the needs it serves."""

    shift: Shift
    role: Role
    skill: Skill | None
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class PlanProblem:
    """A plan's rota problem. ``places`` are the model's openings and ``people`` its people, each in its order.

    ``book`` holds what is fixed, in these shifts (``kept``) and everywhere else. ``movable`` are the builder's
    own proposals by their place in the model: its ``previous``. ``stale`` are proposals that can't stay. ``absent``
    are those of ``kept`` who can't be there: they stay on paper, and no need counts them.
    """

    plan: Plan
    shifts: tuple[Shift, ...]
    book: Book
    model: Model
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    candidates: Candidates
    kept: tuple[Assignment, ...]
    movable: Mapping[tuple[int, int], Assignment]
    stale: tuple[Assignment, ...]
    absent: tuple[Absent, ...]

    @property
    def counted(self) -> tuple[Assignment, ...]:
        """Those of ``kept`` who can be there."""
        gone = {each.assignment.id for each in self.absent}
        return tuple(row for row in self.kept if row.id not in gone)

    @property
    def who(self) -> Mapping[PersonId, int]:
        """The position of each person in the model."""
        return self.candidates.who

    @cached_property
    def openings_of(self) -> Mapping[ShiftId, tuple[int, ...]]:
        """The positions of each shift's openings in the model."""
        found: dict[ShiftId, list[int]] = defaultdict(list)
        for number, place in enumerate(self.places):
            found[place.shift.id].append(number)
        return {shift_id: tuple(numbers) for shift_id, numbers in found.items()}


def of_plan(plan: Plan, shifts: Iterable[Shift], *, weights: Weights | None = None) -> PlanProblem:
    """Make the problem of filling these shifts; whatever is not movable in them, and all else, stays as it is.

    The same plan gives the same problem, in whatever order its records are.
    """
    return _Making(plan, tuple(sorted(shifts, key=lambda shift: (shift.starts, shift.id))), weights or Weights()).made()


class _Making:
    def __init__(self, plan: Plan, shifts: tuple[Shift, ...], weights: Weights) -> None:
        self.plan = plan
        self.shifts = shifts
        self.weights = weights
        self.book = Book(plan)
        inside = {shift.id for shift in shifts}
        self.loose: list[Assignment] = []
        self.kept: list[Assignment] = []
        rows: dict[PersonId, set[ShiftId]] = defaultdict(set)
        for row in sorted(plan.all(Assignment), key=lambda row: row.id):
            if row.shift_id in inside and movable(plan, row):
                self.loose.append(row)
                self.book.take(row.person_id, row.shift_id)
                continue
            rows[row.person_id].add(row.shift_id)
            if row.state.counts and row.shift_id in inside:
                self.kept.append(row)
        self.moving = {row.id for row in self.loose}
        self.people = tuple(sorted(plan.all(Person), key=lambda person: person.id))
        self.candidates = Candidates(plan, self.book, self.people, {who: frozenset(ids) for who, ids in rows.items()})
        self.who = self.candidates.who
        self.on: dict[ShiftId, list[Assignment]] = defaultdict(list)
        self.absent = absent(plan, self.book, self.kept)
        gone = {each.assignment.id for each in self.absent}
        for row in self.kept:
            if row.id not in gone:
                self.on[row.shift_id].append(row)
        self.places = tuple(place for shift in shifts for place in self._places(shift))
        self.numbers: dict[ShiftId, list[int]] = defaultdict(list)
        for number, place in enumerate(self.places):
            self.numbers[place.shift.id].append(number)

    def _places(self, shift: Shift) -> Iterator[Place]:
        """List the places of a shift: one a role; one a skill as well where nobody without it is asked for."""
        by_role: dict[Role, list[Need]] = defaultdict(list)
        for need in sorted(self.plan.of(Need, "shift_id", shift.id), key=lambda need: need.id):
            by_role[need.role].append(need)
        for role in sorted(by_role, key=list(Role).index):
            needs = by_role[role]
            if any(need.skill is None for need in needs):
                yield Place(shift, role, None, tuple(needs))
                continue
            for skill in dict.fromkeys(need.skill for need in needs):
                yield Place(shift, role, skill, tuple(need for need in needs if need.skill is skill))

    def made(self) -> PlanProblem:
        spots: dict[Spot, int] = {}
        for shift in self.shifts:
            spots.setdefault(self.book.spot(shift), len(spots))
        movable_at = {(self.who[row.person_id], row.shift_id): row for row in self.loose if row.person_id in self.who}
        before = Counter((row.shift_id, row.role) for row in self.loose)
        openings = tuple(self._opening(place, spots, before) for place in self.places)
        self._ask(openings)
        caps, openings = self._caps(openings)
        barred = frozenset(self._barred())
        previous = self._previous(openings, movable_at, barred)
        model = Model(
            people=tuple(person.id for person in self.people),
            skills=tuple(SKILLS),
            holds=self.candidates.holds,
            prior=self._prior(),
            day_limit=self.candidates.day_limit,
            total_limit=self.candidates.total_limit,
            openings=openings,
            offers=self.candidates,
            travel=self._travel(spots),
            min_rest=self.book.settings.min_rest,
            weights=self.weights,
            together=self._together(),
            apart=tuple(sorted(self._pairs(apart=True))),
            previous=frozenset(previous) if previous else None,
            barred=barred,
            caps=caps,
            spent=self._spent(),
            travel_always=True,
        )
        staying = {row.id for row in previous.values()}
        return PlanProblem(
            plan=self.plan,
            shifts=self.shifts,
            book=self.book,
            model=model,
            places=self.places,
            people=self.people,
            candidates=self.candidates,
            kept=tuple(self.kept),
            movable=previous,
            stale=tuple(row for row in self.loose if row.id not in staying),
            absent=self.absent,
        )

    # ------------------------------------------------------------------------------------------ openings
    def _opening(self, place: Place, spots: Mapping[Spot, int], before: Mapping[tuple[ShiftId, Role], int]) -> Opening:
        shift, needs = place.shift, place.needs
        there = [row.person_id for row in self.on[shift.id] if row.role is place.role]

        def have(skill: Skill | None) -> int:
            return sum(skill is None or skill in self.book.skills_of(who) for who in there)

        fixed = have(place.skill)
        most = max(0, max(need.most for need in needs) - fixed)
        wished = min(most, max(0, max(need.wished for need in needs) - fixed))
        # More than is wished is never put there; but whom the last rota put there needn't go.
        most = min(most, max(wished, before.get((shift.id, place.role), 0)))
        requires = {SKILLS.index(skill) for skill in (place.role.skill, place.skill) if skill is not None}
        host = "picket" if shift.picket_id else "post"
        if shift.stall_id:  # the same people may do this at all stalls of a partner, and not at those of another
            host = f"stall of {self.plan.get(Stall, shift.stall_id).partner_id}"
        return Opening(
            id=needs[0].id,
            meeting=shift.id,
            spot=spots[self.book.spot(shift)],
            day=shift.starts.toordinal(),
            start=elapsed(shift.starts),
            end=elapsed(shift.ends),
            kind=f"{place.role} at a {host}",
            least=min(most, max(0, max(need.least for need in needs) - fixed)),
            wished=wished,
            most=most,
            skills=tuple(
                (
                    SKILLS.index(need.skill),
                    max(0, need.least - have(need.skill)),
                    max(0, need.wished - have(need.skill)),
                )
                for need in needs
                if need.skill is not None and place.skill is None
            ),
            priority=PRIORITIES[min(5, max(1, shift.priority))] * (SKILLED if requires else 1),
            requires=tuple(sorted(requires)),
        )

    def _ask(self, openings: tuple[Opening, ...]) -> None:
        """Tell the candidates what each bundle asks for."""
        bundles: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, opening in enumerate(openings):
            bundles[opening.bundle].append(number)
        loose: dict[tuple[ShiftId, Role], list[int]] = defaultdict(list)
        for row in self.loose:
            if row.person_id in self.who:
                loose[row.shift_id, row.role].append(self.who[row.person_id])
        for bundle, numbers in bundles.items():
            places = [self.places[number] for number in numbers]
            self.candidates.asked[bundle] = Asked(
                shifts=tuple(place.shift for place in places),
                role=places[0].role,
                skill=places[0].skill,
                wished=sum(openings[number].wished for number in numbers),
                proposed=frozenset(who for place in places for who in loose[place.shift.id, place.role]),
            )

    def _caps(
        self, openings: tuple[Opening, ...]
    ) -> tuple[tuple[tuple[tuple[int, ...], int], ...], tuple[Opening, ...]]:
        """Hold the openings of each entrance to its most official pickets at any moment (L4), beside who is fixed."""
        at_entrance: dict[EntranceId, list[Shift]] = defaultdict(list)
        for shift in self.plan.all(Shift):
            if shift.picket_id and stand_down.of_shift(self.plan, shift).on:
                at_entrance[self.plan.get(Picket, shift.picket_id).entrance_id].append(shift)
        found: dict[tuple[int, ...], int] = {}
        for entrance_id, shifts in at_entrance.items():
            # An entrance's own figure may be lower than the Code's six, never raise it.
            figure = min(self.plan.get(Entrance, entrance_id).official_max, law.official_maximum(carried.law()))
            for moment in sorted({shift.starts for shift in shifts}):
                members, fixed = self._at(moment, shifts)
                left = max(0, figure - fixed)
                if sum(openings[number].most for number in members) > left:
                    found[members] = min(left, found.get(members, left))
        shared = {members: most for members, most in found.items() if len(members) > 1}
        alone = {members[0]: most for members, most in found.items() if len(members) == 1}
        limited = tuple(
            _at_most(opening, alone[number]) if number in alone else opening for number, opening in enumerate(openings)
        )
        return tuple(sorted(shared.items())), limited

    def _at(self, moment: datetime, shifts: Iterable[Shift]) -> tuple[tuple[int, ...], int]:
        """Give the openings for official pickets at a moment, and how many of them stand there whatever is filled."""
        members: list[int] = []
        fixed: set[PersonId] = set()
        for shift in shifts:
            if not shift.starts <= moment < shift.ends:
                continue
            members += [number for number in self.numbers[shift.id] if self.places[number].role.official_picket]
            fixed |= {
                row.person_id
                for row in self.plan.of(Assignment, "shift_id", shift.id)
                if row.state.counts
                and row.role.official_picket
                and row.presence is Presence.PRESENT
                and row.id not in self.moving
            }
        return tuple(sorted(members)), len(fixed)

    # -------------------------------------------------------------------------------------------- people
    def _previous(
        self,
        openings: tuple[Opening, ...],
        movable_at: Mapping[tuple[int, ShiftId], Assignment],
        barred: frozenset[tuple[int, int]],
    ) -> dict[tuple[int, int], Assignment]:
        """Find the place of each of the builder's own proposals that may stay."""
        found: dict[tuple[int, int], Assignment] = {}
        for (person, shift_id), row in movable_at.items():
            for number in self.numbers[shift_id]:
                if self.places[number].role is row.role and (person, number) not in barred:
                    who, _ = self.candidates.of(openings[number])
                    at = int(np.searchsorted(who, person))
                    if at < len(who) and who[at] == person:
                        found[person, number] = row
                        break
        return found

    def _barred(self) -> Iterator[tuple[int, int]]:
        """Give whom a row on the shift, or somebody there whom they must not meet, keeps from a place."""
        apart: dict[PersonId, set[PersonId]] = defaultdict(set)
        for pair in self.plan.all(Pair):
            if pair.apart:
                apart[pair.person_id].add(pair.other_id)
                apart[pair.other_id].add(pair.person_id)
        for shift_id, numbers in self.numbers.items():
            for row in self.plan.of(Assignment, "shift_id", shift_id):
                if row.id in self.moving:
                    continue
                kept_off = {row.person_id} | (apart.get(row.person_id, set()) if row.state.counts else set())
                yield from ((self.who[who], number) for who in kept_off if who in self.who for number in numbers)

    def _pairs(self, *, apart: bool) -> set[tuple[int, int]]:
        found = set()
        for pair in self.plan.all(Pair):
            if pair.apart is apart and pair.person_id in self.who and pair.other_id in self.who:
                one, other = sorted((self.who[pair.person_id], self.who[pair.other_id]))
                if one != other:
                    found.add((one, other))
        return found

    def _together(self) -> tuple[tuple[int, int], ...]:
        """List those who want a shift together and have none yet; who must be kept apart as well is kept apart."""
        fixed: dict[int, set[ShiftId]] = defaultdict(set)
        for row in self.kept:
            if row.person_id in self.who:
                fixed[self.who[row.person_id]].add(row.shift_id)
        wanted = self._pairs(apart=False) - self._pairs(apart=True)
        return tuple(sorted(pair for pair in wanted if not fixed[pair[0]] & fixed[pair[1]]))

    def _prior(self) -> Ints:
        """Count the shifts that people have had: those of other days around what is usual, and what is fixed here."""
        inside = {shift.id for shift in self.shifts}
        absent = {(mark.person_id, mark.shift_id) for mark in self.plan.all(Attendance) if mark.absent}
        elsewhere = np.zeros(len(self.people), dtype=np.int64)
        here = np.zeros(len(self.people), dtype=np.int64)
        for number in np.flatnonzero(self.candidates.busy).tolist():
            person_id = self.people[number].id
            for shift in self.book.shifts_of(person_id):
                if shift.id in inside:
                    here[number] += 1
                elif (person_id, shift.id) not in absent:
                    elsewhere[number] += 1
        offered = np.unique(self.candidates.offered.who)
        usual = int(np.median(elsewhere[offered])) if len(offered) else 0
        prior: Ints = np.clip(elsewhere - max(0, usual - MOST_PRIOR // 2), 0, MOST_PRIOR) + here
        return prior

    def _spent(self) -> dict[tuple[int, int], int]:
        """Add up the minutes of what is fixed, by person and day; being within reach takes no time (L9)."""
        spent: Counter[tuple[int, int]] = Counter()
        for number in np.flatnonzero(self.candidates.busy).tolist():
            person_id = self.people[number].id
            for shift in self.book.shifts_of(person_id):
                if self.book.presence(person_id, shift.id) is Presence.PRESENT:
                    spent[number, shift.starts.toordinal()] += shift.span.minutes
        return dict(spent)

    def _travel(self, spots: Mapping[Spot, int]) -> Ints:
        travel = np.zeros((len(spots), len(spots)), dtype=np.int64)
        listed = list(spots)
        for a, one in enumerate(listed):
            for b in range(a):
                travel[a, b] = travel[b, a] = self.book.walk(one, listed[b])
        return travel


def _at_most(opening: Opening, most: int) -> Opening:
    most = min(most, opening.most)
    return replace(opening, most=most, wished=min(most, opening.wished), least=min(most, opening.least))
