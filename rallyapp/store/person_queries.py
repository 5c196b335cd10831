"""Everything that a plan holds about one person, read in one moment and by indexes only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Availability, Cover, Pair, Person, PersonSkill, Preference, Workplace
from rallyapp.domain.pickets import Assignment, Attendance, Picket, Presence, Shift
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay, TeamMember
from rallyapp.domain.records import Record, table_of
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.tells import ContactAttempt
from rallyapp.store import tables
from rallyapp.store.store import Store

T = TypeVar("T", Availability, Cover)
# What says where a shift is and whether it goes ahead; small whatever the union's size.
_AROUND: tuple[type[Record], ...] = (StrikeDay, Site, Entrance, Venue, Rally, RallyDay, Post, Partner, Stall)


@frozen
class OwnShift:
    """A shift that somebody is on: where it is, and why it is off if it is."""

    assignment: Assignment
    shift: Shift
    place: str
    on: bool
    why_off: str = ""

    @property
    def counts(self) -> bool:
        """Say whether its minutes count: it goes ahead, the person is counted on, and not only within reach."""
        return self.on and self.assignment.state.counts and self.assignment.presence is Presence.PRESENT


@frozen
class Held:
    """Everything held about one person; ``counts`` has the rows of every table and column that refers to them."""

    person: Person
    workplaces: tuple[Workplace, ...]
    skills: tuple[PersonSkill, ...]
    offers: tuple[Availability, ...]
    covers: tuple[Cover, ...]
    preferences: tuple[Preference, ...]
    pairs: tuple[Pair, ...]
    others: Mapping[PersonId, Person]
    shifts: tuple[OwnShift, ...]
    attendance: tuple[Attendance, ...]
    team: tuple[tuple[TeamMember, str], ...]  # with the rally's title
    attempts: tuple[ContactAttempt, ...]
    counts: Mapping[tuple[str, str], int]
    changes: int  # how often the person's own row stands in the history


def held_about(store: Store, person: PersonId) -> Held | None:
    """Read everything about a person; None where the plan has no such person."""
    with store.snapshot():
        found = store.find(Person, person)
        if found is None:
            return None
        pairs = {pair.id: pair for pair in store.where(Pair, person_id=person)}
        pairs.update((pair.id, pair) for pair in store.where(Pair, other_id=person))
        other_ids = {id for pair in pairs.values() for id in (pair.person_id, pair.other_id)} - {person}
        rallies = {rally.id: rally.title for rally in store.all(Rally)}
        members = store.where(TeamMember, person_id=person)
        changes = store.rows("SELECT count(*) FROM change WHERE kind = 'person' AND row = ?", (person,))
        return Held(
            person=found,
            workplaces=store.where(Workplace, person_id=person),
            skills=store.where(PersonSkill, person_id=person),
            offers=_in_time(store.where(Availability, person_id=person)),
            covers=_in_time(store.where(Cover, person_id=person)),
            preferences=store.where(Preference, person_id=person),
            pairs=tuple(sorted(pairs.values(), key=lambda pair: (pair.apart, pair.id))),
            others={other.id: other for other in store.these(Person, other_ids)},
            shifts=_own_shifts(store, person),
            attendance=store.where(Attendance, person_id=person),
            team=tuple((member, rallies[member.rally_id]) for member in members),
            attempts=tuple(sorted(store.where(ContactAttempt, person_id=person), key=lambda each: each.at)),
            counts=_counts(store, person),
            changes=changes[0][0],
        )


def strike_windows(store: Store) -> tuple[StrikeDay, ...]:
    """List the strike days in order of time."""
    return tuple(sorted(store.all(StrikeDay), key=lambda day: (day.window.start, day.id)))


def _in_time(records: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(sorted(records, key=lambda record: (record.starts, record.ends, record.id)))


def _counts(store: Store, person: PersonId) -> dict[tuple[str, str], int]:
    return {
        (table_of(kind), column.name): store.rows(
            f'SELECT count(*) FROM "{table_of(kind)}" WHERE "{column.name}" = ?', (person,)
        )[0][0]
        for kind, column in tables.referring(table_of(Person))
    }


def _own_shifts(store: Store, person: PersonId) -> tuple[OwnShift, ...]:
    assignments = store.where(Assignment, person_id=person)
    if not assignments:
        return ()
    shifts = store.these(Shift, (assignment.shift_id for assignment in assignments))
    around: list[Record] = [record for kind in _AROUND for record in store.all(kind)]
    stalls = [record for record in around if isinstance(record, Stall)]
    hosts = {shift.picket_id for shift in shifts if shift.picket_id}
    hosts.update(stall.picket_id for stall in stalls if stall.picket_id)
    plan = Plan([*around, *store.these(Picket, hosts), *shifts])
    made = []
    for assignment in assignments:
        shift = plan.get(Shift, assignment.shift_id)
        status = stand_down.of_shift(plan, shift)
        made.append(
            OwnShift(
                assignment=assignment, shift=shift, place=plan.place_words(shift), on=status.on, why_off=status.why
            )
        )
    return tuple(sorted(made, key=lambda own: (own.shift.starts, own.shift.id)))
