"""Words that several answers of the rota builder share: the day's own word for a role, and lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from rallyapp import carried
from rallyapp.domain import law
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.situation import day_of, jurisdiction_of


def role_word(plan: Plan, shift: Shift, role: Role) -> str:
    """Name a role in the word of that day's law: "picket supervisor" or "picket organiser" (L6)."""
    if role is not Role.SUPERVISOR:
        return str(role)
    where = jurisdiction_of(plan, day_of(plan, shift))
    return law.supervisor_word(carried.law(), where, shift.starts.date())


def skill_word(plan: Plan, shift: Shift, skill: Skill) -> str:
    """Name a skill as that day's law names the role that needs it."""
    return role_word(plan, shift, Role.SUPERVISOR) if skill is Skill.SUPERVISOR else str(skill)


def listed(parts: Sequence[str], most: int | None = None) -> str:
    """Join parts in words, "a, b and c"; beyond so many the rest is counted."""
    shown = list(parts if most is None or len(parts) <= most else parts[: most - 1])
    if len(shown) < len(parts):
        shown.append(f"{len(parts) - len(shown)} others")
    if len(shown) < 2:
        return "".join(shown)
    joint = "; " if any(", " in part for part in shown) else ", "
    return f"{joint.join(shown[:-1])} and {shown[-1]}"
