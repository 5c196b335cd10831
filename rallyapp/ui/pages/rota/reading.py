"""What the rota shows, read once for all its views: its lines, their shifts, and who is on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rallyapp import carried
from rallyapp.domain import law
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import LineId, PersonId, ShiftId, StrikeDayId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import AssignmentState, Picket, Role
from rallyapp.domain.plan import short_names
from rallyapp.domain.times import MIDNIGHT, Span
from rallyapp.store import Store
from rallyapp.store.reprint_queries import shifts_not_as_printed
from rallyapp.store.rota_queries import (
    OnShift,
    RotaShift,
    people_on,
    rota_needs,
    rota_people,
    rota_pickets,
    rota_shifts,
)
from rallyapp.ui.models.fill import Tone, state_words, tone_of
from rallyapp.ui.pages.rota.places import GroupId, Kind, Places, RotaLine, Scope

_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody on a shift as the rota shows them."""

    person_id: PersonId
    short: str
    full: str
    role: Role
    state: AssignmentState
    usual: Role = Role.PICKET

    def words(self, supervisor: str) -> str:
        """Write the name, with the role where that is another than the usual one there."""
        return self._with_role(_apart(self.short), supervisor)

    def typed(self, supervisor: str) -> str:
        """Write the full name as somebody would type it."""
        return self._with_role(self.full, supervisor)

    def _with_role(self, name: str, supervisor: str) -> str:
        role = supervisor.removeprefix("picket ") if self.role is Role.SUPERVISOR else str(self.role)
        return name if self.role is self.usual else f"{name} ({role})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A shift as the rota shows it; ``printed`` is the version since which it is not as on paper, if any."""

    row: RotaShift
    on: bool
    people: tuple[Named, ...] = ()
    needs: tuple[tuple[Role, int, int, int], ...] = ()
    printed: int | None = None

    @property
    def id(self) -> ShiftId:
        """The shift's id."""
        return self.row.id

    @property
    def tone(self) -> Tone:
        """How full it is."""
        row = self.row
        return tone_of(heads=row.heads, least=row.least, missing=row.missing, on=self.on)

    @property
    def state(self) -> str:
        """How full it is, in words; why it is off."""
        row = self.row
        if row.off:
            return f"Cancelled: {row.reason}" if row.reason else "Cancelled"
        return state_words(heads=row.heads, least=row.least, wished=row.wished, missing=row.missing, on=self.on)

    @property
    def paper(self) -> str:
        """Say that it is not as on paper; nothing where it is, or nobody printed it."""
        return "" if self.printed is None else f"changed since version {self.printed:,} was printed"

    @property
    def gap(self) -> bool:
        """Say whether somebody is missing."""
        return self.on and self.row.missing > 0

    @property
    def urgency(self) -> tuple[bool, int, datetime, ShiftId]:
        """Order by what lacks most: nobody before short, then by how many, then by time."""
        return self.row.heads > 0, -self.row.missing, self.row.starts, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """Some strike days on some lines, in order of time."""

    places: Places
    scope: Scope
    days: tuple[StrikeDay, ...]
    shifts: tuple[Shown, ...]
    supervisors: Mapping[tuple[StrikeDayId, date], str] = field(default_factory=dict)

    def day(self, id: StrikeDayId) -> StrikeDay:
        """Give one of the days."""
        return next(day for day in self.days if day.id == id)

    def line(self, shift: Shown) -> RotaLine:
        """Give the entrance, the post or the stall of a shift."""
        return self.places.line(shift.row.line_id)

    def group_name(self, shift: Shown) -> str:
        """Name the site or the rally of a shift."""
        return self.places.group_of(shift.row.line_id).short

    @property
    def mixed(self) -> bool:
        """Say whether there is something else than entrances."""
        return any(line.kind is not Kind.ENTRANCE for line in self.scope.lines)

    def supervisor(self, shift: Shown) -> str:
        """Name the supervisor of a shift's picket in the word of the law on the date of the shift."""
        return self.supervisor_on(shift.row.strike_day_id, shift.row.starts.date())

    def supervisor_on(self, day: StrikeDayId, on: date) -> str:
        """Name who leads a picket of a strike day on one of its dates; a law may change during a night."""
        return self.supervisors.get((day, on), "picket supervisor")

    def names(self, shift: Shown) -> str:
        """Write who is on a shift, the supervisor first."""
        word = self.supervisor(shift)
        return ", ".join(person.words(word) for person in shift.people)

    def shift(self, id: ShiftId) -> Shown | None:
        """Give a shift that is shown, or None."""
        return next((shift for shift in self.shifts if shift.id == id), None)


class Names:
    """The names of those who are on shifts, kept from one reading to the next: until somebody's record is changed."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self.people: dict[PersonId, Person] = {}
        self._short: dict[frozenset[PersonId], Mapping[PersonId, str]] = {}

    def learn(self, store: Store, on: Sequence[OnShift]) -> None:
        """Read who is not known yet."""
        unknown = [each for each in on if each.person_id not in self.people]
        if unknown:
            self.people |= people_on(store, unknown)

    def short(self, in_groups: Mapping[GroupId, set[PersonId]]) -> dict[GroupId, Mapping[PersonId, str]]:
        """Name the people of each site and each rally so that they are told apart."""
        before, self._short = self._short, {}
        found: dict[GroupId, Mapping[PersonId, str]] = {}
        for group, ids in in_groups.items():
            key = frozenset(ids)
            if key not in self._short:
                known = before.get(key)
                self._short[key] = known or short_names(self.people[id] for id in key if id in self.people)
            found[group] = self._short[key]
        return found


def read_rota(
    store: Store, days: Sequence[StrikeDay], places: Places, scope: Scope, names: Names | None = None
) -> Rota:
    """Read the shifts of some strike days on the lines of a scope, and who is on them.

    ``names`` are those of an earlier reading, if no person was changed since.
    """
    names = names or Names()
    ids, at, others = [day.id for day in days], scope.entrances, scope.others
    with store.snapshot():
        on = rota_people(store, ids, at, others)
        needs = rota_needs(store, ids, at, others)
        rows = rota_shifts(store, ids, at, on, needs, others)
        names.learn(store, on)
        disputes = {dispute.id: dispute for dispute in store.all(Dispute)}
        printed = shifts_not_as_printed(store, ids)
    down = {day.id for day in days if day.stood_down}
    named = _named(rows, on, names, places)
    shifts = tuple(
        Shown(
            row=row,
            on=not row.off and _goes_ahead(places.line(row.line_id), row.strike_day_id in down),
            people=named.get(row.id, ()),
            needs=tuple(sorted(needs.get(row.id, ()), key=lambda need: _ORDER[need[0]])),
            printed=printed.get(row.id),
        )
        for row in rows
    )
    dates = {(row.strike_day_id, row.starts.date()) for row in rows}
    dates.update((day.id, on) for day in days for on in day.window.days())
    of = {day.id: disputes.get(day.dispute_id) for day in days}
    words = {(id, on): _supervisor(of[id], on) for id, on in dates}
    return Rota(places=places, scope=scope, days=tuple(days), shifts=shifts, supervisors=words)


def _goes_ahead(line: RotaLine, day_off: bool) -> bool:
    """Say whether what is at a line goes ahead: a picket with its day, a rally or a stall by what was decided."""
    return not day_off if line.kind is Kind.ENTRANCE else line.on


def _supervisor(dispute: Dispute | None, day: date) -> str:
    return law.supervisor_word(carried.law(), dispute.jurisdiction if dispute else Jurisdiction.ENGLAND, day)


def _named(
    rows: Sequence[RotaShift], on: Sequence[OnShift], names: Names, places: Places
) -> dict[ShiftId, tuple[Named, ...]]:
    """Name who is on each shift so that the people of one site or rally are told apart."""
    lines = {row.id: places.line(row.line_id) for row in rows}
    in_group: dict[GroupId, set[PersonId]] = {}
    for each in on:
        in_group.setdefault(lines[each.shift_id].group, set()).add(each.person_id)
    short, people = names.short(in_group), names.people
    found: dict[ShiftId, list[Named]] = {}
    for each in on:
        person, line = people.get(each.person_id), lines[each.shift_id]
        if person is not None:
            found.setdefault(each.shift_id, []).append(
                Named(
                    person_id=person.id,
                    short=short[line.group][person.id],
                    full=person.name,
                    role=each.role,
                    state=each.state,
                    usual=line.role,
                )
            )
    return {
        id: tuple(sorted(those, key=lambda one: (_ORDER[one.role], one.short.casefold(), one.person_id)))
        for id, those in found.items()
    }


def pickets_of(store: Store, day: StrikeDayId, scope: Scope) -> dict[LineId, list[Picket]]:
    """Give a strike day's pickets by entrance, in order of time."""
    found: dict[LineId, list[Picket]] = {}
    for picket in rota_pickets(store, [day], scope.entrances):
        found.setdefault(picket.entrance_id, []).append(picket)
    return found


def week_of(day: date) -> Span:
    """Give the week in which a day is, Monday to Sunday."""
    monday = datetime.combine(day - timedelta(days=day.weekday()), MIDNIGHT)
    return Span(monday, monday + timedelta(days=7))


def _apart(name: str) -> str:
    """Keep a name that is written from right to left from turning its neighbours round."""
    return name if name.isascii() else f"\u2068{name}\u2069"
