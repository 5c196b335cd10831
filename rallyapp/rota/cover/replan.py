"""The re-plan that changes least: ask who heads the list, or move the builder's own proposals to make room.

First at that place on that day, then wherever people are that day who could take it. A shift from which somebody
is taken keeps its least; what more it wished for is left open and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from rallyapp.domain import stand_down
from rallyapp.domain.eligibility import Why
from rallyapp.domain.ids import AssignmentId, PersonId, new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Origin, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.rota.cover.missing import Missing, counted, heads, with_changes
from rallyapp.rota.problem import PlanProblem, of_plan
from rallyapp.rota.solving import cost
from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Ints, Model, Offers, Opening, Weights
from rallyapp.rota.solving.solve import solve
from rallyapp.rota.suggest import Group, Suggester, Suggestions

# Taking somebody off their place costs more than a wish, asking somebody less, and a place that must be filled more
# than both of many; the place in the list of suggestions decides between equals.
_WEIGHTS = Weights(
    least=50_000, skill_least=30_000, wished=1_500, skill_wished=1_000, fair=0, pair=0, drop=4_000, add=1_000
)
_LAST = 400  # the price of whoever is not in the list
_SECONDS = 10.0
_LOOKED_AT = 20  # suggestions for a place that somebody leaves
# What may no longer speak against somebody once other places of that day are given up.
_MENDABLE = (Why.OVERLAP, Why.TRAVEL, Why.REST, Why.DAY_LIMIT, Why.TOTAL_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change: somebody takes a place, leaving another or none; or, without a shift, leaves theirs."""

    person: Person
    shift: Shift | None
    role: Role
    leaves: Assignment | None = None
    instead_of: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """A place that somebody leaves and that its shift can spare; ``person`` is who could take it, if anybody."""

    shift: Shift
    role: Role
    left_by: Person
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """Changes that belong together, how many places are missing after them, and what they leave below its wish."""

    steps: tuple[Step, ...] = ()
    lacking: int = 0
    spared: tuple[Spared, ...] = ()

    @property
    def covers(self) -> bool:
        """Say whether the shift has all that it lacked."""
        return not self.lacking

    @property
    def changes(self) -> int:
        """How many people's places change."""
        return len(self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What is to be covered. ``plan`` is without those who can't be there, and ``out`` are never asked."""

    plan: Plan
    shift: Shift
    missing: tuple[Missing, ...]
    asked: tuple[Suggestions, ...]
    out: frozenset[PersonId]


def best(lacking: Lacking) -> tuple[Replan, Replan | None]:
    """Give the re-plan that moves proposals only; and where it is not enough, one that would move others as well."""
    beside = _beside(lacking.plan, lacking.shift)
    found = _replanned(lacking, lacking.plan, beside)
    around = beside if found.covers else _around(lacking)
    if len(around) > len(beside):
        # The nearer of two that do as much.
        found = min(found, _replanned(lacking, lacking.plan, around), key=lambda one: (one.lacking, one.changes))
    if found.covers:
        return found, None
    loosened = _replanned(lacking, _loosened(lacking.plan, around), around)
    return found, loosened if loosened.covers else None


def written(
    steps: Iterable[Step], make_id: Callable[[], str] = new_id
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """Give the assignments to save and those to delete; what is new or moved is proposed by the builder."""
    saved, deleted = [], []
    for step in steps:
        if step.shift is None:
            deleted += [step.leaves] if step.leaves else []
        elif step.leaves is not None:
            saved.append(replace(step.leaves, shift_id=step.shift.id, role=step.role, state=AssignmentState.PROPOSED))
        else:
            saved.append(
                Assignment(
                    id=AssignmentId(make_id()),
                    shift_id=step.shift.id,
                    person_id=step.person.id,
                    role=step.role,
                    origin=Origin.BUILDER,
                )
            )
    return tuple(saved), tuple(deleted)


def _after(plan: Plan, steps: Iterable[Step]) -> Plan:
    saved, deleted = written(steps)
    return with_changes(plan, saved, without={each.id for each in deleted})


# ----------------------------------------------------------------------------------- which shifts may change
def _that_day(plan: Plan, shift: Shift) -> Iterator[Shift]:
    return (
        each
        for each in plan.all(Shift)
        if each.starts.date() == shift.starts.date() and stand_down.of_shift(plan, each).on
    )


def _at(plan: Plan, shift: Shift) -> str:
    return plan.place_of(plan.host(shift)).id


def _beside(plan: Plan, shift: Shift) -> tuple[Shift, ...]:
    """List the shifts at the same place that start on the same day and go ahead; the shift itself is one."""
    return tuple(each for each in _that_day(plan, shift) if _at(plan, each) == _at(plan, shift))


def _around(lacking: Lacking) -> tuple[Shift, ...]:
    """List that day's shifts there and wherever people are who could come if they gave up what they are down for."""
    plan, shift = lacking.plan, lacking.shift
    people = {
        one.person.id
        for found in lacking.asked
        for one in found.people
        if one.reasons and all(reason.why in _MENDABLE for reason in one.reasons)
    }
    day = tuple(_that_day(plan, shift))
    places = {_at(plan, each) for each in day if any(row.person_id in people for row in counted(plan, each))}
    places.add(_at(plan, shift))
    return tuple(each for each in day if _at(plan, each) in places)


def _loosened(plan: Plan, shifts: Iterable[Shift]) -> Plan:
    """Give the plan as if everybody on these shifts who isn't pinned or there already could still be moved."""
    marked = {(mark.person_id, mark.shift_id) for mark in plan.all(Attendance)}
    return with_changes(
        plan,
        (
            replace(each, origin=Origin.BUILDER, state=AssignmentState.PROPOSED)
            for shift in shifts
            for each in counted(plan, shift)
            if not each.pinned
            and not each.overridden
            and each.presence is Presence.PRESENT
            and (each.person_id, each.shift_id) not in marked
        ),
    )


# --------------------------------------------------------------------------------------------- the re-plan
def _replanned(lacking: Lacking, looser: Plan, shifts: tuple[Shift, ...]) -> Replan:
    """Ask those who head the list where that is enough; else solve these shifts anew, changing least."""
    problem = _problem(looser, shifts)
    steps = _asking(lacking, problem)
    if steps is None:
        model = _held(lacking, problem)
        places = set(solve(model, time_limit=_SECONDS).places)
        steps = _by_list(lacking, problem, model, places)
    then = _after(lacking.plan, steps)
    left = sum(max(0, each.goal - len(heads(then, lacking.shift, each.role, each.skill))) for each in lacking.missing)
    return Replan(steps=steps, lacking=left, spared=tuple(_spared(lacking, then, steps)))


def _problem(plan: Plan, shifts: tuple[Shift, ...]) -> PlanProblem:
    """Make the problem of these shifts, in which whatever is wrong already stays as if somebody had put it there.

    To tell of that is for the checks; to mend it is for a fill.
    """
    while True:
        problem = of_plan(plan, shifts, weights=_WEIGHTS)
        firm = (*problem.stale, *_unlawful(problem))
        if not firm:
            return problem
        plan = with_changes(plan, (replace(each, origin=Origin.HAND) for each in firm))


def _unlawful(problem: PlanProblem) -> Iterator[Assignment]:
    """List the proposals that break a rule together with those before them."""
    if next(cost.broken(problem.model, problem.movable), None) is None:
        return
    kept: list[Place] = []
    for place, row in sorted(problem.movable.items()):
        if next(cost.broken(problem.model, [*kept, place]), None) is None:
            kept.append(place)
        else:
            yield row


def _asking(lacking: Lacking, problem: PlanProblem) -> tuple[Step, ...] | None:
    """Take the first of the list for each place, or None where that is not enough or breaks a rule together."""
    shift = lacking.shift
    steps: list[Step] = []
    places: list[Place] = []
    taken: set[PersonId] = set()
    for each, found in zip(lacking.missing, lacking.asked, strict=True):
        fitting = [one.person for one in found.of(Group.FITS) if one.here_as is None and one.person.id not in taken]
        steps += [Step(person=person, shift=shift, role=each.role) for person in fitting[: each.missing]]
        taken |= {person.id for person in fitting[: each.missing]}
        numbers = [number for number in problem.openings_of.get(shift.id, ()) if _serves(problem, number, shift, each)]
        places += [(problem.who[person.id], numbers[0]) for person in fitting[: each.missing] if numbers]
    if not problem.openings_of.get(shift.id):
        return tuple(steps)  # of a shift that says nothing of its needs the model knows nothing
    enough = len(steps) == sum(each.missing for each in lacking.missing)
    lawful = next(cost.broken(problem.model, [*problem.movable, *places]), None) is None
    return tuple(steps) if enough and lawful else None


def _serves(problem: PlanProblem, number: int, shift: Shift, missing: Missing) -> bool:
    place = problem.places[number]
    return place.shift.id == shift.id and place.role is missing.role and place.skill in (None, missing.skill)


class _Ranked:
    """Offers in which who stands higher in the list of suggestions is cheaper."""

    def __init__(self, offers: Offers, prices: Mapping[tuple[object, ...], Ints]) -> None:
        self.offers, self.prices = offers, prices

    def of(self, opening: Opening) -> tuple[Ints, Ints]:
        who, price = self.offers.of(opening)
        prices = self.prices.get(opening.bundle)
        return who, price if prices is None else prices[who]


def _held(lacking: Lacking, problem: PlanProblem) -> Model:
    """Ask of every opening for its least, as far as that is there, and on the shift for what is missing as well.

    Who dropped out is asked for nothing new; whether they still do what else they are down for is theirs to say.
    """
    model, shift = problem.model, lacking.shift
    there: dict[int, list[int]] = defaultdict(list)
    for person, number in problem.movable:
        there[number].append(person)
    prices: dict[tuple[object, ...], Ints] = {}

    def held(number: int, opening: Opening) -> Opening:
        lost = [
            (each, found)
            for each, found in zip(lacking.missing, lacking.asked, strict=True)
            if _serves(problem, number, shift, each)
        ]
        most = min(opening.most, len(there[number]) + max((each.missing for each, _ in lost), default=0))
        least = min(opening.least, most)
        skills = []
        for skill, needed, _ in opening.skills:
            have = sum(bool(model.holds[person, skill]) for person in there[number])
            more = sum(each.missing for each, _ in lost if each.skill == model.skills[skill])
            skills.append((skill, min(needed, have + more), have + more if more else min(needed, have)))
        if lost:
            price = prices[opening.bundle] = np.full(len(problem.people), _LAST, dtype=np.int64)
            for _, found in lost:
                for place, one in enumerate(found.people[:_LAST]):
                    price[problem.who[one.person.id]] = min(place, price[problem.who[one.person.id]])
        return replace(
            opening, least=least, wished=most if lost else least, most=most, skills=tuple(skills), priority=1
        )

    openings = tuple(held(number, opening) for number, opening in enumerate(model.openings))
    gone = {(problem.who[each], number) for each in lacking.out & set(problem.who) for number in range(len(openings))}
    return replace(
        model,
        openings=openings,
        offers=_Ranked(model.offers, prices),
        barred=model.barred | (gone - set(problem.movable)),
    )


def _by_list(lacking: Lacking, problem: PlanProblem, model: Model, places: set[Place]) -> tuple[Step, ...]:
    """Put a rota into steps, asking for the places that others leave whoever heads the list for them."""
    before = set(problem.movable)
    steps = _steps(problem, lacking, before - places, places - before)
    for at, step in enumerate(steps):
        if step.leaves is not None or step.shift in (None, lacking.shift):
            continue
        assert step.shift is not None
        number = next(
            number
            for who, number in places - before
            if who == problem.who[step.person.id] and problem.places[number].shift is step.shift
        )
        then = _after(lacking.plan, (each for each in steps if each is not step))
        skill = problem.places[number].skill
        busy = lacking.out | {each.person.id for each in steps if each is not step}
        heading = Suggester(then).suggest(step.shift, role=step.role, skill=skill, without=busy, limit=_LOOKED_AT)
        rest = places - {(problem.who[step.person.id], number)}
        for one in heading.of(Group.FITS):
            other = rest | {(problem.who[one.person.id], number)}
            if _as_good(model, other, places):
                places = other
                steps = (*steps[:at], replace(step, person=one.person), *steps[at + 1 :])
                break
    return steps


def _as_good(model: Model, other: Collection[Place], places: Collection[Place]) -> bool:
    """Say whether another rota is lawful and leaves no more open."""
    if next(cost.broken(model, other), None) is not None:
        return False
    one, two = cost.cost_of(model, other), cost.cost_of(model, places)
    return one.least <= two.least and one.skill_least <= two.skill_least


def _steps(
    problem: PlanProblem, lacking: Lacking, removed: Collection[Place], added: Collection[Place]
) -> tuple[Step, ...]:
    """Put changes of places into words of people: who is asked, who moves, and whose place they take."""
    gone: dict[int, list[int]] = defaultdict(list)
    left: dict[int, list[Place]] = defaultdict(list)
    for person, number in sorted(removed):
        gone[number].append(person)
        left[person].append((person, number))
    steps = []
    # First who comes to the shift, then who takes over from them.
    for person, number in sorted(
        added, key=lambda place: (problem.places[place[1]].shift.id != lacking.shift.id, place)
    ):
        leaves = left[person].pop(0) if left[person] else None
        before = next((other for other in gone[number] if other != person), None)
        if before is not None:
            gone[number].remove(before)
        place = problem.places[number]
        steps.append(
            Step(
                person=problem.people[person],
                shift=place.shift,
                role=place.role,
                leaves=lacking.plan.get(Assignment, problem.movable[leaves].id) if leaves else None,
                instead_of=problem.people[before] if before is not None else None,
            )
        )
    for rest in left.values():
        for place_left in rest:
            row = lacking.plan.get(Assignment, problem.movable[place_left].id)
            steps.append(Step(person=problem.people[place_left[0]], shift=None, role=row.role, leaves=row))
    return tuple(steps)


def _spared(lacking: Lacking, then: Plan, steps: tuple[Step, ...]) -> Iterator[Spared]:
    """List the places that are left below what their shift wished for, each with who heads the list for it."""
    ready = None
    for step in steps:
        row = step.leaves
        if row is None or any(other.instead_of is step.person and other.shift is not None for other in steps):
            continue
        shift = lacking.plan.get(Shift, row.shift_id)
        wished = [need for need in lacking.plan.of(Need, "shift_id", shift.id) if need.role is row.role]
        if not any(len(heads(then, shift, need.role, need.skill)) < need.wished for need in wished):
            continue
        ready = ready or Suggester(then)
        found = ready.suggest(shift, role=row.role, skill=None, without=lacking.out, limit=_LOOKED_AT)
        free = next((one.person for one in found.of(Group.FITS) if one.here_as is None), None)
        yield Spared(shift=shift, role=row.role, left_by=step.person, person=free)
