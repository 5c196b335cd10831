"""The part of a plan that decides whom to suggest for one shift: most of a national plan's people are far away."""

from __future__ import annotations

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import (
    Availability,
    Cover,
    Level,
    Pair,
    Person,
    PersonSkill,
    Preference,
    Standing,
    Workplace,
)
from rallyapp.domain.pickets import Assignment, Attendance, Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall

_WHOLE: tuple[type[Record], ...] = (
    *(Settings, Dispute, StrikeDay, Employer, Site, Entrance, Venue, Picket),
    *(Rally, RallyDay, Post, Partner, Stall),
)
_THEIRS: tuple[type[Record], ...] = (Workplace, PersonSkill, Availability, Cover, Preference)


def around(plan: Plan, shift: Shift, role: Role) -> Plan:
    """Give the part of a plan in which ``Suggester`` ranks people for a shift as it does in the whole plan.

    It lacks only people whom one fact rules out: those who work elsewhere, for an official picket, and otherwise
    those who neither work there nor offered any time of the days of the shift.
    """
    people = _worth(plan, shift, role)
    rows = {row.id: row for id in people for row in plan.of(Assignment, "person_id", id)}
    shifts = {row.shift_id for row in rows.values()} | {shift.id}
    days = set(shift.span.days())
    shifts |= {each.id for each in plan.all(Shift) if each.starts.date() in days}
    records: list[Record] = [each for kind in _WHOLE for each in plan.all(kind)]
    records += [each for each in plan.all(Person) if each.id in people]
    records += [each for kind in _THEIRS for id in people for each in plan.of(kind, "person_id", id)]
    records += [each for each in plan.all(Pair) if each.person_id in people or each.other_id in people]
    for id in shifts:
        records.append(plan.get(Shift, id))
        records += plan.of(Need, "shift_id", id)
        records += plan.of(Assignment, "shift_id", id)
    records += plan.of(Attendance, "shift_id", shift.id)
    return Plan(records)


def _worth(plan: Plan, shift: Shift, role: Role) -> set[PersonId]:
    """List whom more than one fact has to be looked at for, and all who are on the shift."""
    place = plan.place_of(plan.host(shift))
    found = {row.person_id for row in plan.of(Assignment, "shift_id", shift.id)}
    if isinstance(place, Site):
        found |= {each.id for each in plan.of(Person, "workplace_id", place.id)}
        found |= {each.person_id for each in plan.of(Workplace, "site_id", place.id)}
    if role.official_picket and shift.picket_id is not None:
        return found | {each.id for each in plan.of(Person, "standing", Standing.OFFICIAL)}
    days = set(shift.span.days())
    return found | {
        each.person_id
        for each in plan.all(Availability)
        if each.level is not Level.NOT and not days.isdisjoint(each.span.days())
    }
