"""What a shift lacks: who on it can't be there, what it needs without them, and who is on it at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rallyapp import carried
from rallyapp.domain.eligibility import Book
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, Attendance, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record
from rallyapp.domain.situation import counted_words, need_words
from rallyapp.rota.absent import absent
from rallyapp.rota.suggest import reason_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody counted on for a shift who can't be there: how firm that was, "asked", and why not, "has left"."""

    person: Person
    row: Assignment
    standing: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Places of one role that a shift lacks: below its least, or else of those that were filled or are wished.

    ``goal`` is how many there should be, ``missing`` how many of them are not there; ``least`` and ``wished`` are
    the need's. ``word`` is what is asked for, in the word of that day's law.
    """

    role: Role
    skill: Skill | None
    goal: int
    missing: int
    least: int
    wished: int
    word: str

    @property
    def short(self) -> bool:
        """Say whether the shift has fewer than it must have."""
        return self.goal - self.missing < self.least

    @property
    def words(self) -> str:
        """Count what is missing: "2 stewards with BSL"."""
        return counted_words(self.missing, self.word)

    @property
    def of_words(self) -> str:
        """Say of how many: "0 of 1 needed", "3 of 4 wished; it needs 3: not urgent"."""
        have = self.goal - self.missing
        if self.goal <= self.least:
            return f"{have} of {self.goal} needed"
        of = f"{self.goal} wished" if self.goal == self.wished else f"the {self.goal} before"
        return f"{have} of {of}; it needs {self.least or 'none'}{'' if self.short else ': not urgent'}"


def counted(plan: Plan, shift: Shift) -> list[Assignment]:
    """List the assignments to a shift that count."""
    return [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]


def with_changes(plan: Plan, changed: Iterable[Record], *, without: Collection[str] = ()) -> Plan:
    """Give the plan with some records otherwise, or new, and without some."""
    kept = (each for kind in KINDS for each in plan.all(kind) if each.id not in without)
    return Plan([*kept, *changed])


def away_of(plan: Plan, shift: Shift) -> tuple[Away, ...]:
    """List who is counted on for a shift and can't be there: kept by work, elsewhere then, left, or did not come."""
    rows = counted(plan, shift)
    not_come = {mark.person_id for mark in plan.of(Attendance, "shift_id", shift.id) if mark.absent}
    found = [_away(plan, row, str(row.state), "did not come") for row in rows if row.person_id in not_come]
    for each in absent(plan, Book(plan), rows) if rows else ():
        person = plan.get(Person, each.assignment.person_id)
        found.append(_away(plan, each.assignment, each.standing, reason_words(person, each.reason)))
    return tuple(sorted(found, key=lambda each: (list(Role).index(each.row.role), each.person.name, each.row.id)))


def _away(plan: Plan, row: Assignment, standing: str, words: str) -> Away:
    return Away(person=plan.get(Person, row.person_id), row=row, standing=standing, words=words)


def missing_of(before: Plan, after: Plan, shift: Shift) -> Iterator[Missing]:
    """Compare what a shift needs with who is on it: the least, and what was there before; else what is wished."""
    needs = sorted(after.of(Need, "shift_id", shift.id), key=lambda need: (list(Role).index(need.role), need.id))
    goals = [
        (need, min(need.wished, max(need.least, len(heads(before, shift, need.role, need.skill))))) for need in needs
    ]
    if all(len(heads(after, shift, need.role, need.skill)) >= goal for need, goal in goals):
        goals = [(need, need.wished) for need in needs]
    for need, goal in goals:
        lacking = goal - len(heads(after, shift, need.role, need.skill))
        if lacking > 0:
            yield Missing(
                role=need.role,
                skill=need.skill,
                goal=goal,
                missing=lacking,
                least=need.least,
                wished=need.wished,
                word=need_words(after, carried.law(), shift, need),
            )
    least = after.settings.picket_minimum
    if not needs and shift.picket_id and (lacking := least - len(heads(after, shift, Role.PICKET, None))) > 0:
        yield Missing(
            role=Role.PICKET, skill=None, goal=least, missing=lacking, least=least, wished=least, word=Role.PICKET
        )


def heads(plan: Plan, shift: Shift, role: Role, skill: Skill | None) -> set[PersonId]:
    """List who is counted on for a role, of a skill where one is asked for."""
    return {
        each.person_id
        for each in counted(plan, shift)
        if each.role is role and (skill is None or _can(plan, each.person_id, skill))
    }


def _can(plan: Plan, person_id: PersonId, skill: Skill) -> bool:
    return any(held.skill is skill for held in plan.of(PersonSkill, "person_id", person_id))


def roles_of(plan: Plan, shift: Shift) -> tuple[Role, ...]:
    """List the roles that a shift needs or has, in the order of roles; a plain picket where a picket says nothing."""
    needs = plan.of(Need, "shift_id", shift.id)
    found = {need.role for need in needs} | {each.role for each in counted(plan, shift)}
    if not needs and shift.picket_id:
        found.add(Role.PICKET)
    return tuple(sorted(found, key=list(Role).index))
