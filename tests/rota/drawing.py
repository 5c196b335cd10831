"""Rotas as pictures, to tell stories with.

A line per person, two signs an hour from 08:00: ``..`` a time that they offered, ``??`` if need be, ``==`` a duty and
``##`` a shift that they are on already, confirmed; ``%%`` is one that the builder proposed.
"""

from rallyapp.domain.people import Level
from rallyapp.domain.pickets import AssignmentState, Need, Origin, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS
from tests.domain.building import duty, offer, on, person, picket, shift, small_plan

HOURS = range(8, 14)


def need(shift_id="s8", role=Role.PICKET, least=1, wished=None, most=None, **other):
    """A need; without a wish, just the least."""
    wished = least if wished is None else wished
    name = f"{shift_id} {role}{' ' + other['skill'] if other.get('skill') else ''}"
    return Need(id=name, shift_id=shift_id, role=role, least=least, wished=wished, most=most or wished, **other)


def proposed(who, shift_id="s8", role=Role.PICKET, **other):
    """Somebody whom the builder put there, of which nobody was told."""
    return on(who, shift_id, role, state=AssignmentState.PROPOSED, **{"origin": Origin.BUILDER, **other})


def drawn(picture, *needs, extra=()):
    """Make a plan of a picture: shifts s8, s9 ... of an hour each, as far as there are needs for them."""
    records = []
    for line in picture.strip().splitlines():
        name, _, hours = line.strip().partition(" |")
        who = name.strip().lower()
        records.append(person(name.strip().capitalize()))
        for hour, mark in zip(HOURS, (hours[n : n + 2] for n in range(0, len(hours), 2)), strict=False):
            times = f"{hour:02d}:00-{hour + 1:02d}:00"
            if mark in ("..", "??", "##", "%%"):
                records.append(offer(who, times, level=Level.IF_NEED_BE if mark == "??" else Level.FREE))
            if mark == "==":
                records.append(duty(who, times))
            if mark == "##":
                records.append(on(who, f"s{hour}"))
            if mark == "%%":
                records.append(proposed(who, f"s{hour}"))
    hours = sorted({int(each.shift_id[1:]) for each in needs if each.shift_id[1:].isdigit()})
    shifts = [shift(f"s{hour}", f"{hour:02d}:00-{hour + 1:02d}:00") for hour in hours]
    day = picket(times="08:00-14:00")
    base = [each for kind in KINDS for each in small_plan().all(kind) if not isinstance(each, Shift | Picket)]
    return Plan([*base, day, *shifts, *needs, *records, *extra])


def records_of(plan):
    """List everything in a plan."""
    return [each for kind in KINDS for each in plan.all(kind)]


def with_more(plan, more):
    """The plan with further records; one of the same id takes the place of the plan's own."""
    return Plan([*records_of(plan), *more])


def applied(plan, proposal):
    """The plan once a proposal is written."""
    gone = {each.id for each in proposal.dropped}
    return Plan([*(each for each in records_of(plan) if each.id not in gone), *proposal.saved])
