"""Small plans for the prints' tests, made of records."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind, StrikeState
from rallyapp.domain.ids import (
    AssignmentId,
    DisputeId,
    EmployerId,
    EntranceId,
    NeedId,
    PersonId,
    PicketId,
    RallyDayId,
    RallyId,
    SettingsId,
    ShiftId,
    SiteId,
    StrikeDayId,
    VenueId,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally, RallyDay
from rallyapp.domain.records import Record

DUTY_PHONE = "07700 900001"
STRIKE = date(2015, 12, 1)
PRINTED = datetime(2015, 11, 29, 9, 5)

R = TypeVar("R", bound=Record)


def at(clock: str, day: date = STRIKE) -> datetime:
    """Give a time of day on the strike day."""
    return datetime.combine(day, time.fromisoformat(clock))


@dataclass
class Building:
    """A plan in the making: each method adds a record and gives it back."""

    records: list[Record] = field(default_factory=list)

    def add(self, record: R) -> R:
        self.records.append(record)
        return record

    def new_id(self, kind: str) -> str:
        return f"{kind}-{len(self.records):04d}"

    def change(self, record: R, **fields: Any) -> R:
        """Put a changed copy in the place of a record."""
        changed: R = replace(record, **fields)  # type: ignore[type-var]
        self.records[self.records.index(record)] = changed
        return changed

    def plan(self) -> Plan:
        return Plan(self.records)

    def person(self, given: str, family: str = "", *, phone: str = "", **more: Any) -> Person:
        id = PersonId(self.new_id("person"))
        return self.add(Person(id=id, given_name=given, family_name=family, phone=phone, **more))

    def entrance(self, name: str, site: Site, **more: Any) -> Entrance:
        return self.add(Entrance(id=EntranceId(self.new_id("entrance")), site_id=site.id, name=name, **more))

    def picket(
        self, day: StrikeDay, entrance: Entrance, start: str = "08:00", end: str | None = "11:00", **more: Any
    ) -> Picket:
        return self.add(
            Picket(
                id=PicketId(self.new_id("picket")),
                strike_day_id=day.id,
                entrance_id=entrance.id,
                starts=at(start, day.first_date),
                ends=at(end, day.first_date) if end else None,
                **more,
            )
        )

    def shift(
        self, picket: Picket, start: str, end: str, *, least: int = 3, wished: int = 4, most: int = 5, **more: Any
    ) -> Shift:
        """A shift that needs one supervisor and so many pickets; ``most=0`` for one without needs."""
        ends = at(end, picket.starts.date())
        starts = at(start, picket.starts.date())
        shift = self.add(
            Shift(
                id=ShiftId(self.new_id("shift")),
                picket_id=picket.id,
                starts=starts,
                ends=ends if ends > starts else ends + timedelta(days=1),
                **more,
            )
        )
        if most:
            self.need(shift, Role.SUPERVISOR, 1, 1, 1)
            self.need(shift, Role.PICKET, least, wished, most)
        return shift

    def need(self, shift: Shift, role: Role, least: int, wished: int, most: int) -> Need:
        id = NeedId(self.new_id("need"))
        return self.add(Need(id=id, shift_id=shift.id, role=role, least=least, wished=wished, most=most))

    def put(
        self,
        person: Person,
        shift: Shift,
        role: Role = Role.PICKET,
        state: AssignmentState = AssignmentState.CONFIRMED,
        **more: Any,
    ) -> Assignment:
        id = AssignmentId(self.new_id("assignment"))
        return self.add(Assignment(id=id, shift_id=shift.id, person_id=person.id, role=role, state=state, **more))


@dataclass
class Southampton(Building):
    """One dispute, one strike day, one site with a main entrance and one to keep clear, a venue."""

    state: StrikeState = StrikeState.NOTIFIED
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND
    first: date = STRIKE

    def __post_init__(self) -> None:
        self.settings = self.add(Settings(id=SettingsId("settings"), title="Southampton, December 2015"))
        self.dispute = self.add(
            Dispute(
                id=DisputeId("dispute"),
                title="Junior doctors\u2019 contract",
                union="British Medical Association",
                branch="Wessex",
                jurisdiction=self.jurisdiction,
                duty_phone=DUTY_PHONE,
                duty_contact="Ottoline Duty-Officer",
            )
        )
        self.day = self.add(
            StrikeDay(
                id=StrikeDayId("day"),
                dispute_id=self.dispute.id,
                kind=StrikeKind.EMERGENCY_CARE_ONLY,
                first_date=self.first,
                start_time=time(8, 0),
                last_date=self.first + timedelta(days=1),
                end_time=time(8, 0),
                state=self.state,
                called_out="junior doctors",
            )
        )
        employer = self.add(Employer(id=EmployerId("employer"), name="University Hospital Southampton"))
        self.site = self.add(
            Site(id=SiteId("site"), employer_id=employer.id, name="Southampton General Hospital", toilet="Caf\u00e9")
        )
        self.main = self.entrance("Main entrance", self.site, position=1)
        self.venue = self.add(Venue(id=VenueId("venue"), name="Southampton Guildhall"))

    def rally(self, **more: Any) -> Rally:
        rally = self.add(
            Rally(
                **{
                    "id": RallyId(self.new_id("rally")),
                    "title": "Regional rally",
                    "venue_id": self.venue.id,
                    "starts": at("11:30", self.first),
                    "ends": at("13:30", self.first),
                    **more,
                }
            )
        )
        self.add(RallyDay(id=RallyDayId(self.new_id("rallyday")), rally_id=rally.id, strike_day_id=self.day.id))
        return rally
