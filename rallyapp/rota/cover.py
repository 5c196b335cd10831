"""Somebody dropped out of a shift: what is missing there now, whom to ask, and the re-plan that changes least.

Only shifts at that place on that day are looked at, only the builder's own proposals may move, and nobody else
comes off or on. Where that is not enough, a re-plan that would move people who were asked or have confirmed is
told as a suggestion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from rallyapp import carried
from rallyapp.domain import law, stand_down
from rallyapp.domain.ids import AssignmentId, PersonId, new_id
from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Origin, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record
from rallyapp.domain.situation import counted_words, day_of, jurisdiction_of, need_words
from rallyapp.domain.times import day_words
from rallyapp.rota.problem import PlanProblem, of_plan
from rallyapp.rota.solving import cost
from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Model, Opening, Weights
from rallyapp.rota.solving.solve import solve
from rallyapp.rota.suggest import Group, Suggester, Suggestions

# Taking somebody off their place costs more than the dearest wish (60 at 16-fold priority), and far less than the
# cheapest place that must be filled.
_WEIGHTS = Weights(least=20_000, skill_least=12_000, drop=1_500, add=20)
_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Places of one role that a shift lacks: below its least, or else of those that were filled or are wished.

    ``goal`` is how many there should be, ``missing`` how many of them are not there.
    """

    role: Role
    skill: Skill | None
    goal: int
    missing: int
    short: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change: somebody takes a place, leaving another or none; or, without a shift, leaves theirs."""

    person: Person
    shift: Shift | None
    role: Role
    leaves: Assignment | None = None
    instead_of: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """Changes that belong together, and whether the shift has all that it lacks after them."""

    steps: tuple[Step, ...]
    covers: bool

    @property
    def changes(self) -> int:
        """How many people's places change."""
        return len(self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What can be done about a shift. ``plan`` is as it would be with those who ``dropped`` out withdrawn.

    ``asked`` holds the suggestions for each of ``missing``; ``instead`` is what only works if people who were
    asked or have confirmed are moved.
    """

    plan: Plan
    shift: Shift
    dropped: tuple[Assignment, ...]
    missing: tuple[Missing, ...]
    asked: tuple[Suggestions, ...]
    replan: Replan
    instead: Replan | None

    def writes(self, make_id: Callable[[], str] = new_id) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
        """Give the assignments to save and those to delete; what is new or moved is proposed by the builder."""
        saved, deleted = _written(self.replan.steps, make_id)
        return (*self.dropped, *saved), deleted


def cover(
    plan: Plan, shift: Shift, *, without: PersonId | None = None, role: Role | None = None, limit: int = 50
) -> Cover:
    """Find out what a shift lacks without a person, and how to fill it.

    ``role`` looks at that role alone; ``limit`` is how many people to list for each. The same plan gives the
    same answer.
    """
    rows = _counted(plan, shift)
    dropped = tuple(replace(each, state=AssignmentState.WITHDRAWN) for each in rows if each.person_id == without)
    after = _with(plan, dropped)
    missing = tuple(each for each in _missing(plan, after, shift) if role in (None, each.role))
    ready = Suggester(after) if missing else None
    left_out = {without} if without else set()
    asked = tuple(
        ready.suggest(shift, role=each.role, skill=each.skill, without=left_out, limit=limit)
        for each in missing
        if ready is not None
    )
    replan, instead = Replan(steps=(), covers=True), None
    if missing:
        beside = _beside(after, shift)
        replan = _replanned(after, after, shift, beside, missing, asked, without)
        if not replan.covers:
            loosened = _replanned(after, _loosened(after, beside), shift, beside, missing, (), without)
            instead = loosened if loosened.covers else None
    return Cover(plan=after, shift=shift, dropped=dropped, missing=missing, asked=asked, replan=replan, instead=instead)


def roles_of(plan: Plan, shift: Shift) -> tuple[Role, ...]:
    """List the roles that a shift needs or has, in the order of roles; a plain picket where a picket says nothing."""
    needs = plan.of(Need, "shift_id", shift.id)
    found = {need.role for need in needs} | {each.role for each in _counted(plan, shift)}
    if not needs and shift.picket_id:
        found.add(Role.PICKET)
    return tuple(sorted(found, key=list(Role).index))


def step_words(plan: Plan, step: Step) -> str:
    """Say a change in a sentence without its full stop."""
    if step.shift is None:
        return f"Take {step.person.name} off {_place_words(plan, step.leaves)}"
    day = day_words(step.shift.starts.date())
    word = _role_word(plan, step.shift, step.role)
    to = f"{word} at {plan.place_words(step.shift)}, {day} {step.shift.words}"
    if step.instead_of is not None:
        to = f"{to}, in {step.instead_of.name}\u2019s place"
    if step.leaves is None:
        return f"Ask {step.person.name} to be {to}"
    return f"Move {step.person.name} from {_place_words(plan, step.leaves)} to {to}"


def _place_words(plan: Plan, row: Assignment | None) -> str:
    if row is None:
        return "their place"
    shift = plan.get(Shift, row.shift_id)
    return f"{_role_word(plan, shift, row.role)} at {plan.place_words(shift)}, {shift.words}"


def _role_word(plan: Plan, shift: Shift, role: Role) -> str:
    """Name a role in the word of that day's law."""
    if role is not Role.SUPERVISOR:
        return str(role)
    return law.supervisor_word(carried.law(), jurisdiction_of(plan, day_of(plan, shift)), shift.starts.date())


# ------------------------------------------------------------------------------------------- what is missing
def _counted(plan: Plan, shift: Shift) -> list[Assignment]:
    return [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]


def _missing(before: Plan, after: Plan, shift: Shift) -> Iterator[Missing]:
    """Compare what a shift needs with who is on it: the least, and what was there before; else what is wished."""
    needs = sorted(after.of(Need, "shift_id", shift.id), key=lambda need: (list(Role).index(need.role), need.id))
    goals = [
        (need, min(need.wished, max(need.least, len(_heads(before, shift, need.role, need.skill))))) for need in needs
    ]
    if all(len(_heads(after, shift, need.role, need.skill)) >= goal for need, goal in goals):
        goals = [(need, need.wished) for need in needs]
    for need, goal in goals:
        lacking = goal - len(_heads(after, shift, need.role, need.skill))
        if lacking > 0:
            yield Missing(
                role=need.role,
                skill=need.skill,
                goal=goal,
                missing=lacking,
                short=goal - lacking < need.least,
                words=counted_words(lacking, need_words(after, carried.law(), shift, need)),
            )
    least = after.settings.picket_minimum
    if not needs and shift.picket_id and (lacking := least - len(_heads(after, shift, Role.PICKET, None))) > 0:
        words = counted_words(lacking, Role.PICKET)
        yield Missing(role=Role.PICKET, skill=None, goal=least, missing=lacking, short=True, words=words)


def _heads(plan: Plan, shift: Shift, role: Role, skill: Skill | None) -> set[PersonId]:
    return {
        each.person_id
        for each in _counted(plan, shift)
        if each.role is role and (skill is None or _can(plan, each.person_id, skill))
    }


def _can(plan: Plan, person_id: PersonId, skill: Skill) -> bool:
    return any(held.skill is skill for held in plan.of(PersonSkill, "person_id", person_id))


# --------------------------------------------------------------------------------------------- the re-plan
def _beside(plan: Plan, shift: Shift) -> tuple[Shift, ...]:
    """List the shifts at the same place that start on the same day and go ahead; the shift itself is one."""
    place = plan.place_of(plan.host(shift)).id
    return tuple(
        each
        for each in plan.all(Shift)
        if each.starts.date() == shift.starts.date()
        and plan.place_of(plan.host(each)).id == place
        and stand_down.of_shift(plan, each).on
    )


def _replanned(
    plan: Plan,
    looser: Plan,
    shift: Shift,
    beside: Iterable[Shift],
    missing: tuple[Missing, ...],
    asked: tuple[Suggestions, ...],
    without: PersonId | None,
) -> Replan:
    """Ask those who head the list where that is enough; else solve the place's day anew, changing least."""
    problem = _problem(looser, tuple(beside))
    before = set(problem.movable)
    steps = _asking(problem, shift, missing, asked)
    if steps is None:
        places = set(solve(_held(problem, shift, missing, without), time_limit=_SECONDS).places)
        steps = _steps(problem, plan, shift, before - places, places - before)
    saved, deleted = _written(steps, new_id)
    then = _with(plan, saved, without={each.id for each in deleted})
    return Replan(
        steps=steps, covers=all(len(_heads(then, shift, each.role, each.skill)) >= each.goal for each in missing)
    )


def _problem(plan: Plan, shifts: tuple[Shift, ...]) -> PlanProblem:
    """Make the problem of these shifts, in which whatever is wrong already stays as if somebody had put it there.

    To tell of that is for the checks; to mend it is for a fill.
    """
    while True:
        problem = of_plan(plan, shifts, weights=_WEIGHTS)
        firm = (*problem.stale, *_unlawful(problem))
        if not firm:
            return problem
        plan = _with(plan, (replace(each, origin=Origin.HAND) for each in firm))


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


def _asking(
    problem: PlanProblem, shift: Shift, missing: tuple[Missing, ...], asked: tuple[Suggestions, ...]
) -> tuple[Step, ...] | None:
    """Take the first of the list for each place, or None where that is not enough or breaks a rule together."""
    steps: list[Step] = []
    places: list[Place] = []
    taken: set[PersonId] = set()
    for each, found in zip(missing, asked, strict=False):
        fitting = [one.person for one in found.of(Group.FITS) if one.here_as is None and one.person.id not in taken]
        steps += [Step(person=person, shift=shift, role=each.role) for person in fitting[: each.missing]]
        taken |= {person.id for person in fitting[: each.missing]}
        numbers = [number for number in problem.openings_of.get(shift.id, ()) if _serves(problem, number, shift, each)]
        places += [(problem.who[person.id], numbers[0]) for person in fitting[: each.missing] if numbers]
    if not problem.openings_of.get(shift.id):
        return tuple(steps)  # of a shift that says nothing of its needs the model knows nothing
    enough = len(steps) == sum(each.missing for each in missing)
    lawful = next(cost.broken(problem.model, [*problem.movable, *places]), None) is None
    return tuple(steps) if enough and lawful else None


def _serves(problem: PlanProblem, number: int, shift: Shift, missing: Missing) -> bool:
    place = problem.places[number]
    return place.shift.id == shift.id and place.role is missing.role and place.skill in (None, missing.skill)


def _held(problem: PlanProblem, shift: Shift, missing: tuple[Missing, ...], without: PersonId | None) -> Model:
    """Ask of every opening for no more than it has, and on the shift for what is missing as well.

    Who dropped out is asked for nothing new; whether they still do what else they are down for is theirs to say.
    """
    there: dict[int, list[int]] = defaultdict(list)
    for person, number in problem.movable:
        there[number].append(person)

    def held(number: int, opening: Opening) -> Opening:
        lacking = [each for each in missing if _serves(problem, number, shift, each)]
        wanted = min(opening.most, len(there[number]) + max((each.missing for each in lacking), default=0))
        skills = []
        for skill, least, wished in opening.skills:
            have = sum(bool(problem.model.holds[person, skill]) for person in there[number])
            more = sum(each.missing for each in lacking if each.skill == problem.model.skills[skill])
            skills.append((skill, min(least, have + more), min(wished, have + more)))
        return replace(opening, least=min(opening.least, wanted), wished=wanted, most=wanted, skills=tuple(skills))

    openings = tuple(held(number, opening) for number, opening in enumerate(problem.model.openings))
    gone = set() if without is None else {(problem.who[without], number) for number in range(len(openings))}
    return replace(problem.model, openings=openings, barred=problem.model.barred | (gone - set(problem.movable)))


def _steps(
    problem: PlanProblem, plan: Plan, shift: Shift, removed: Collection[Place], added: Collection[Place]
) -> tuple[Step, ...]:
    """Put changes of places into words of people: who is asked, who moves, and whose place they take."""
    gone: dict[int, list[int]] = defaultdict(list)
    left: dict[int, list[Place]] = defaultdict(list)
    for person, number in sorted(removed):
        gone[number].append(person)
        left[person].append((person, number))
    steps = []
    # First who comes to the shift, then who takes over from them.
    for person, number in sorted(added, key=lambda place: (problem.places[place[1]].shift.id != shift.id, place)):
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
                leaves=plan.get(Assignment, problem.movable[leaves].id) if leaves else None,
                instead_of=problem.people[before] if before is not None else None,
            )
        )
    for rest in left.values():
        for place_left in rest:
            row = plan.get(Assignment, problem.movable[place_left].id)
            steps.append(Step(person=problem.people[place_left[0]], shift=None, role=row.role, leaves=row))
    return tuple(steps)


def _written(
    steps: Iterable[Step], make_id: Callable[[], str]
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
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


def _loosened(plan: Plan, shifts: Iterable[Shift]) -> Plan:
    """Give the plan as if everybody on these shifts who isn't pinned or there already could still be moved."""
    marked = {(mark.person_id, mark.shift_id) for mark in plan.all(Attendance)}
    return _with(
        plan,
        (
            replace(each, origin=Origin.BUILDER, state=AssignmentState.PROPOSED)
            for shift in shifts
            for each in _counted(plan, shift)
            if not each.pinned
            and not each.overridden
            and each.presence is Presence.PRESENT
            and (each.person_id, each.shift_id) not in marked
        ),
    )


def _with(plan: Plan, changed: Iterable[Record], *, without: Collection[str] = ()) -> Plan:
    """Give the plan with some records otherwise, or new."""
    kept = (each for kind in KINDS for each in plan.all(kind) if each.id not in without)
    return Plan([*kept, *changed])
