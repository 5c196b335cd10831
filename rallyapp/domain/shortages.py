"""What a shift is short of: fewer people of a role than it needs, told apart from places that are only wished for."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.law import Rules
from rallyapp.domain.people import PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.situation import counted_words, day_of, jurisdiction_of, need_words


@frozen
class Shortage:
    """Places of one role that nobody fills: how many of how many, and the role in the word of that day's law."""

    role: Role
    word: str
    missing: int
    least: int
    skill: Skill | None = None

    @property
    def words(self) -> str:
        """What is missing: "2 stewards with BSL"."""
        return counted_words(self.missing, self.word)


def shortages(plan: Plan, rules: Rules, shift: Shift) -> tuple[Shortage, ...]:
    """List what a shift is short of, in the order of roles; nothing for one that is stood down.

    Where it says no needs, a picket needs the plan's least number; where the law requires a picket supervisor, each
    picket's shift needs one, asked for or not (L6).
    """
    if not stand_down.of_shift(plan, shift).on:
        return ()
    return tuple(short for short in _asked(plan, rules, shift) if short.missing > 0)


def _asked(plan: Plan, rules: Rules, shift: Shift) -> Iterator[Shortage]:
    order = list(Role)
    needs = sorted(plan.of(Need, "shift_id", shift.id), key=lambda need: (order.index(need.role), need.id))
    if shift.picket_id and not any(need.role is Role.SUPERVISOR and need.least for need in needs):
        where = jurisdiction_of(plan, day_of(plan, shift))
        if any(law.supervisor_required(rules, where, day) for day in shift.span.days()):
            yield _short(plan, shift, Role.SUPERVISOR, "picket supervisor", 1)
    for need in needs:
        yield _short(plan, shift, need.role, need_words(plan, rules, shift, need), need.least, need.skill)
    if shift.picket_id and not needs:
        yield _short(plan, shift, Role.PICKET, Role.PICKET, plan.settings.picket_minimum)


def _short(plan: Plan, shift: Shift, role: Role, word: str, least: int, skill: Skill | None = None) -> Shortage:
    heads = {
        each.person_id
        for each in plan.of(Assignment, "shift_id", shift.id)
        if each.role is role and each.state.counts and (skill is None or _can(plan, each, skill))
    }
    return Shortage(role=role, word=str(word), missing=least - len(heads), least=least, skill=skill)


def _can(plan: Plan, assignment: Assignment, skill: Skill) -> bool:
    return any(held.skill is skill for held in plan.of(PersonSkill, "person_id", assignment.person_id))


def shifts_of_day(plan: Plan, day: StrikeDayId) -> tuple[Shift, ...]:
    """List the shifts that belong to a strike day, pickets', posts' and stalls', in order of time."""
    plan.get(StrikeDay, day)
    found = (shift for shift in plan.all(Shift) if day_of(plan, shift) == day)
    return tuple(sorted(found, key=lambda shift: (shift.starts, shift.ends, shift.id)))
