"""A strike day's rota as a short text for a group chat: places, times, first names, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.law import Rules
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.rota_work import there
from rallyapp.domain.situation import counted_words, need_words
from rallyapp.domain.stalls import Stall
from rallyapp.domain.stand_down import of_shift
from rallyapp.domain.times import day_words

_ORDER = {role: place for place, role in enumerate(Role)}


def rota_message(plan: Plan, shift_ids: Iterable[ShiftId], rules: Rules) -> str:
    """Write shifts as a message: bold between asterisks, names as first name and initial, no phone numbers.

    Days and places are said once above their shifts; what is missing is said in words, in the word of that day's
    law for the picket supervisor. Pickets come before posts and stalls.
    """
    shifts = [there(plan, Shift, id) for id in dict.fromkeys(shift_ids)]
    wanted = {shift.id for shift in shifts}
    people = (plan.find(Person, each.person_id) for each in plan.all(Assignment) if each.shift_id in wanted)
    names = short_names(person for person in people if person is not None)
    lines: list[str] = []
    day = place = ""
    more = {shift.starts.date() for shift in shifts if shift.picket_id is None}
    for shift in sorted(shifts, key=lambda each: (each.starts.date(), *_place(plan, each), each.starts, each.id)):
        on, where = day_words(shift.starts.date()), plan.place_words(shift)
        if on != day:
            rota = "Rota" if shift.starts.date() in more else "Picket rota"
            lines += ([""] if lines else []) + [f"*{rota}, {on}*"]
            day, place = on, ""
        if where != place:
            lines += ["", f"*{where}*"]
            place = where
        lines.append(_line(plan, shift, names, rules))
    return "\n".join(lines)


def _line(plan: Plan, shift: Shift, names: Mapping[PersonId, str], rules: Rules) -> str:
    status = of_shift(plan, shift)
    if not status.on:
        return f"{shift.words}: cancelled ({status.why})" if status.why else f"{shift.words}: cancelled"
    on = sorted(
        (each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts),
        key=lambda each: (_ORDER[each.role], names.get(each.person_id, ""), each.id),
    )
    needs = sorted(plan.of(Need, "shift_id", shift.id), key=lambda need: (_ORDER[need.role], need.id))
    words = {need.role: need_words(plan, rules, shift, need).partition(" with ")[0] for need in needs}
    usual = plan.usual_role(plan.line_of(shift))
    said = []
    for each in on:
        name = names.get(each.person_id, "(unknown)")
        role = words.get(each.role, str(each.role)).removeprefix("picket ")
        said.append(name if each.role is usual else f"{name} ({role})")
    missing = [
        counted_words(need.least - sum(each.role is need.role for each in on), need_words(plan, rules, shift, need))
        for need in needs
    ]
    gaps = " and ".join(filter(None, missing))
    who = ", ".join(said) or "nobody yet"
    return f"{shift.words}: {who}" + (f" \u2013 still needed: {gaps}" if gaps else "")


def _place(plan: Plan, shift: Shift) -> tuple[bool, str, bool, int, str]:
    line = plan.line_of(shift)
    is_stall = isinstance(line, Stall)
    position = 0 if isinstance(line, Stall) else line.position
    where = plan.place_of(plan.host(shift)).name
    return shift.picket_id is None, where, is_stall, position, plan.line_words(line)
