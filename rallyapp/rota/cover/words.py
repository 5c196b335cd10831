"""A re-plan in the words of a rep; the person in charge of a picket is called what the law of that day calls them."""

from __future__ import annotations

from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import day_words
from rallyapp.rota.cover.replan import Spared, Step
from rallyapp.rota.wording import role_word

_TAKEN_UP = {Role.STANDBY: "on standby", Role.MC: "the MC"}


def step_words(plan: Plan, step: Step) -> str:
    """Say a change in a sentence without its full stop."""
    if step.shift is None:
        return f"Take {step.person.name} off {_place_words(plan, step.leaves)}"
    to = f"{plan.place_words(step.shift)}, {day_words(step.shift.starts.date())} {step.shift.words}"
    if step.instead_of is not None:
        to = f"{to}, in {step.instead_of.name}\u2019s place"
    word = role_word(plan, step.shift, step.role)
    if step.leaves is None:
        return f"Ask {step.person.name} to be {_TAKEN_UP.get(step.role, f'a {word}')} at {to}"
    return f"Move {step.person.name} from {_place_words(plan, step.leaves)} to {word} at {to}"


def spared_words(plan: Plan, spared: Spared) -> str:
    """Say which place could be filled again, and with whom."""
    word = role_word(plan, spared.shift, spared.role)
    where = f"{word} at {plan.place_words(spared.shift)}, {spared.shift.words}"
    whom = f"for instance with {spared.person.name}" if spared.person else "though nobody fits just now"
    return f"Optional: fill {spared.left_by.name}\u2019s place as {where}, {whom}"


def _place_words(plan: Plan, row: Assignment | None) -> str:
    if row is None:
        return "their place"
    shift = plan.get(Shift, row.shift_id)
    return f"{role_word(plan, shift, row.role)} at {plan.place_words(shift)}, {shift.words}"
