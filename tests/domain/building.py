"""A small plan to tell stories with: Southampton, Tuesday 1 December 2015, 08:00 to 11:00.

Every function makes one record with everything it needs, and takes any field by name to make it otherwise.
Ids are plain words, so that a failing test can be read: the person "Ann Archer" has the id "ann archer".
``EXAMPLES`` holds one sound record of every kind; together they are a plan in which every reference leads
somewhere, in the order in which they can be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from rallyapp.domain.disputes import (
    Dispute,
    Notice,
    NoticeDay,
    Settings,
    StrikeDay,
    StrikeDayMove,
    StrikeKind,
    StrikeState,
)
from rallyapp.domain.ids import (
    AssignmentId,
    AttendanceId,
    AvailabilityId,
    ContactAttemptId,
    ContactId,
    CoverId,
    DisputeId,
    EmployerId,
    EntranceId,
    IncidentId,
    IssuedLineId,
    KitItemId,
    NeedId,
    NoticeDayId,
    NoticeId,
    PairId,
    PartnerId,
    PermissionId,
    PersonId,
    PersonSkillId,
    PicketId,
    PinId,
    PlanNoteId,
    PoliceDirectionId,
    PoliceTellingId,
    PostId,
    PreferenceId,
    PrintedLineId,
    PrintRunId,
    ProgrammeIssueId,
    ProgrammeItemId,
    RallyDayId,
    RallyId,
    RiskId,
    RouteStepId,
    SettingsId,
    ShiftId,
    SiteId,
    SitePlanId,
    SpeakerId,
    StallId,
    StandDownDayId,
    StandDownId,
    StrikeDayId,
    StrikeDayMoveId,
    TallyId,
    TeamMemberId,
    TurnoutCountId,
    VenueId,
    WorkplaceId,
)
from rallyapp.domain.people import (
    Availability,
    Cover,
    CoverKind,
    Level,
    Liking,
    Pair,
    Person,
    PersonSkill,
    Preference,
    Skill,
    Workplace,
)
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    Incident,
    Need,
    Picket,
    PoliceDirection,
    PoliceTelling,
    Role,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.places import Employer, Entrance, LandStatus, Pin, PinKind, Site, SitePlan, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    IssuedLine,
    KitItem,
    Permission,
    PermissionKind,
    PlanNote,
    Post,
    ProgrammeIssue,
    ProgrammeItem,
    Rally,
    RallyDay,
    Risk,
    RouteStep,
    Section,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.records import Record, problems_of
from rallyapp.domain.stalls import Partner, Stall, StallState, Tally
from rallyapp.domain.tells import ContactAttempt, Outcome, PrintedLine, PrintRun, StandDown, StandDownDay, StandDownKind
from rallyapp.domain.times import Span

R = TypeVar("R", bound=Record)

DAY = date(2015, 12, 1)
GENERAL = (50_933_020, -1_435_090)
GUILDHALL = (50_908_000, -1_406_000)


# ----------------------------------------------------------------------------------------------- times
def at(clock: str, day: date | int = DAY) -> datetime:
    """Give a time of day on 1 December 2015, on another day of that month, or on any other date."""
    on = DAY.replace(day=day) if isinstance(day, int) else day
    return datetime.combine(on, time.fromisoformat(clock))


def between(times: str, day: date | int = DAY) -> Span:
    """Give the span of "08:00-11:00"; an end that is not after the start is on the next day."""
    start, end = (at(clock, day) for clock in times.split("-"))
    return Span(start, end if end > start else end + timedelta(days=1))


# ------------------------------------------------------------------------- the dispute and the places
def settings(**other: Any) -> Settings:
    """Make the plan's settings."""
    return replace(Settings(id=SettingsId("settings"), title="Southampton"), **other)


def dispute(title: str = "Contract", **other: Any) -> Dispute:
    """Make a dispute."""
    return replace(Dispute(id=DisputeId(title.casefold()), title=title, union="BMA"), **other)


def strike_day(id: str = "day", first: date = DAY, **other: Any) -> StrikeDay:
    """Make a strike day: 24 hours from 08:00, emergency care only, as on 1 December 2015."""
    day = StrikeDay(
        id=StrikeDayId(id),
        dispute_id=DisputeId("contract"),
        kind=StrikeKind.EMERGENCY_CARE_ONLY,
        first_date=first,
        start_time=time(8),
        last_date=first + timedelta(days=1),
        end_time=time(8),
        state=StrikeState.NOTIFIED,
        called_out="junior doctors",
    )
    return replace(day, **other)


def employer(name: str = "University Hospital Southampton", **other: Any) -> Employer:
    """Make an employer."""
    return replace(Employer(id=EmployerId("trust"), name=name), **other)


def site(id: str = "general", name: str = "Southampton General Hospital", **other: Any) -> Site:
    """Make a site, with its place on the map."""
    made = Site(id=SiteId(id), employer_id=EmployerId("trust"), name=name, lat=GENERAL[0], lon=GENERAL[1])
    return replace(made, **other)


def entrance(id: str = "main", name: str = "Main entrance", **other: Any) -> Entrance:
    """Make an entrance of the General."""
    made = Entrance(id=EntranceId(id), site_id=SiteId("general"), name=name, land_status=LandStatus.HIGHWAY)
    return replace(made, **other)


def venue(id: str = "guildhall", name: str = "Guildhall Square", **other: Any) -> Venue:
    """Make a venue, some 3.5 km from the General."""
    return replace(Venue(id=VenueId(id), name=name, lat=GUILDHALL[0], lon=GUILDHALL[1]), **other)


# --------------------------------------------------------------------------------------------- people
def person(name: str = "Ann Archer", **other: Any) -> Person:
    """Make a member who works at the General; her id is her name in small letters."""
    given, _, family = name.partition(" ")
    made = Person(
        id=PersonId(name.casefold()),
        given_name=given,
        family_name=family,
        workplace_id=SiteId("general"),
        adult=True,
    )
    return replace(made, **other)


def offer(who: str, times: str, day: date | int = DAY, level: Level = Level.FREE) -> Availability:
    """Make somebody free, or not free, at that time."""
    span = between(times, day)
    id = AvailabilityId(f"{who} {span.start} {span.end} {level}")
    return Availability(id=id, person_id=PersonId(who), starts=span.start, ends=span.end, level=level)


def duty(who: str, times: str, day: date | int = DAY, kind: CoverKind = CoverKind.EMERGENCY_COVER) -> Cover:
    """Give somebody a duty at work at that time."""
    span = between(times, day)
    id = CoverId(f"{who} {span.start} {span.end} {kind}")
    verified_by = "duty office" if kind is CoverKind.RECALLED else ""
    return Cover(id=id, person_id=PersonId(who), kind=kind, starts=span.start, ends=span.end, verified_by=verified_by)


def can(who: str, skill: Skill) -> PersonSkill:
    """Give somebody a skill."""
    return PersonSkill(id=PersonSkillId(f"{who} {skill}"), person_id=PersonId(who), skill=skill)


# ------------------------------------------------------------------------------ pickets and their rota
def picket(id: str = "picket", times: str = "08:00-11:00", day: date | int = DAY, **other: Any) -> Picket:
    """Make a picket at the main entrance."""
    span = between(times, day)
    made = Picket(
        id=PicketId(id),
        strike_day_id=StrikeDayId("day"),
        entrance_id=EntranceId("main"),
        starts=span.start,
        ends=span.end,
    )
    return replace(made, **other)


def shift(id: str = "shift", times: str = "08:00-11:00", day: date | int = DAY, **other: Any) -> Shift:
    """Make a shift: at the picket, or at the post or the stall that is named."""
    span = between(times, day)
    host: dict[str, Any] = {} if {"picket_id", "post_id", "stall_id"} & set(other) else {"picket_id": "picket"}
    return replace(Shift(id=ShiftId(id), starts=span.start, ends=span.end), **host, **other)


def on(who: str, shift_id: str = "shift", role: Role = Role.PICKET, **other: Any) -> Assignment:
    """Put somebody on a shift, confirmed."""
    made = Assignment(
        id=AssignmentId(f"{who} on {shift_id}"),
        shift_id=ShiftId(shift_id),
        person_id=PersonId(who),
        role=role,
        state=AssignmentState.CONFIRMED,
    )
    return replace(made, **other)


# ------------------------------------------------------------------------------------ rallies and stalls
def rally(id: str = "rally", times: str = "11:30-13:30", day: date | int = DAY, **other: Any) -> Rally:
    """Make a rally at the Guildhall."""
    span = between(times, day)
    made = Rally(
        id=RallyId(id), title="Regional rally", venue_id=VenueId("guildhall"), starts=span.start, ends=span.end
    )
    return replace(made, **other)


def rally_day(rally_id: str = "rally", day_id: str = "day") -> RallyDay:
    """Say that a rally belongs to a strike day."""
    return RallyDay(
        id=RallyDayId(f"{rally_id} on {day_id}"), rally_id=RallyId(rally_id), strike_day_id=StrikeDayId(day_id)
    )


def post(id: str = "post", **other: Any) -> Post:
    """Make a steward post at the rally."""
    return replace(Post(id=PostId(id), rally_id=RallyId("rally"), name="Stage left"), **other)


def partner(id: str = "nolan", name: str = "Anthony Nolan", **other: Any) -> Partner:
    """Make a partner charity."""
    return replace(Partner(id=PartnerId(id), name=name), **other)


def stall(id: str = "stall", **other: Any) -> Stall:
    """Make a confirmed stall: at the rally, or at the picket that is named."""
    made = Stall(
        id=StallId(id),
        partner_id=PartnerId("nolan"),
        state=StallState.CONFIRMED,
        rally_id=None if other.get("picket_id") else RallyId("rally"),
    )
    return replace(made, **other)


# ------------------------------------------------------------------------------------------- all of it
_EXAMPLES: tuple[Record, ...] = (
    settings(),
    dispute(),
    strike_day(),
    StrikeDayMove(
        id=StrikeDayMoveId("move"), strike_day_id=StrikeDayId("day"), to_state=StrikeState.NOTIFIED, at=at("09:00")
    ),
    employer(),
    Notice(
        id=NoticeId("notice"),
        dispute_id=DisputeId("contract"),
        employer_id=EmployerId("trust"),
        given_on=date(2015, 11, 20),
        received_on=date(2015, 11, 20),
    ),
    NoticeDay(id=NoticeDayId("notice day"), notice_id=NoticeId("notice"), strike_day_id=StrikeDayId("day")),
    site(),
    entrance(),
    venue(),
    person(),
    Workplace(id=WorkplaceId("workplace"), person_id=PersonId("ann archer"), site_id=SiteId("general")),
    can("ann archer", Skill.FIRST_AID),
    offer("ann archer", "08:00-13:30"),
    duty("ann archer", "20:00-08:00"),
    Preference(
        id=PreferenceId("preference"),
        person_id=PersonId("ann archer"),
        site_id=SiteId("general"),
        liking=Liking.LIKES,
    ),
    Pair(id=PairId("pair"), person_id=PersonId("ann archer"), other_id=PersonId("bob brown")),
    picket(),
    rally(),
    rally_day(),
    TeamMember(
        id=TeamMemberId("team"), rally_id=RallyId("rally"), role=TeamRole.EVENT_LEAD, person_id=PersonId("ann archer")
    ),
    Speaker(id=SpeakerId("speaker"), rally_id=RallyId("rally"), name="Sam Speaker", arrives=at("11:00")),
    ProgrammeItem(
        id=ProgrammeItemId("item"),
        rally_id=RallyId("rally"),
        position=1,
        title="Welcome",
        minutes=10,
        speaker_id=SpeakerId("speaker"),
    ),
    ProgrammeIssue(id=ProgrammeIssueId("issue"), rally_id=RallyId("rally"), number=1, at=at("09:00")),
    IssuedLine(
        id=IssuedLineId("issued line"),
        programme_issue_id=ProgrammeIssueId("issue"),
        line="item",
        position=1,
        starts=at("11:30"),
        minutes=10,
        title="Welcome",
        who="Sam Speaker",
    ),
    post(),
    Permission(id=PermissionId("permission"), rally_id=RallyId("rally"), kind=PermissionKind.LANDOWNER),
    Contact(id=ContactId("contact"), kind=ContactKind.UNION, name="Duty officer"),
    KitItem(id=KitItemId("kit"), what="Armbands", number=12),
    Risk(id=RiskId("risk"), rally_id=RallyId("rally"), hazard="Cables"),
    RouteStep(id=RouteStepId("step"), rally_id=RallyId("rally"), position=1, instruction="Left into Above Bar"),
    PlanNote(id=PlanNoteId("words"), rally_id=RallyId("rally"), section=Section.ACCESS, text="All on the level."),
    SitePlan(id=SitePlanId("site plan"), title="The square", rally_id=RallyId("rally")),
    partner(),
    stall(),
    Pin(id=PinId("pin"), site_plan_id=SitePlanId("site plan"), number=1, kind=PinKind.STAGE),
    Tally(id=TallyId("tally"), stall_id=StallId("stall"), at=at("12:30"), count=7),
    shift(),
    Need(id=NeedId("need"), shift_id=ShiftId("shift"), role=Role.PICKET, least=3, wished=4, most=6),
    on("ann archer"),
    Attendance(
        id=AttendanceId("attendance"),
        shift_id=ShiftId("shift"),
        person_id=PersonId("ann archer"),
        role=Role.PICKET,
        came=at("08:02"),
    ),
    TurnoutCount(id=TurnoutCountId("count"), picket_id=PicketId("picket"), at=at("08:30"), pickets=5, supporters=40),
    Incident(id=IncidentId("incident"), picket_id=PicketId("picket"), at=at("09:10"), what="A car drove too near."),
    PoliceDirection(
        id=PoliceDirectionId("direction"), picket_id=PicketId("picket"), at=at("09:20"), direction="Keep the kerb free."
    ),
    PoliceTelling(id=PoliceTellingId("telling"), picket_id=PicketId("picket"), at=at("17:00", 1), told="Control room"),
    StandDown(
        id=StandDownId("stand-down"),
        kind=StandDownKind.CALLED_OFF,
        decided_by="Committee",
        at=at("18:00", date(2015, 11, 30)),
    ),
    StandDownDay(
        id=StandDownDayId("stand-down day"), stand_down_id=StandDownId("stand-down"), strike_day_id=StrikeDayId("day")
    ),
    ContactAttempt(
        id=ContactAttemptId("attempt"),
        stand_down_id=StandDownId("stand-down"),
        person_id=PersonId("ann archer"),
        at=at("18:30", date(2015, 11, 30)),
        outcome=Outcome.REACHED,
    ),
    PrintRun(id=PrintRunId("print"), document="picket rota", version=1, at=at("20:00", date(2015, 11, 30))),
    PrintedLine(id=PrintedLineId("line"), print_run_id=PrintRunId("print"), number=3, line="shift", digest="a3f0"),
)
EXAMPLES: dict[type[Record], Record] = {type(record): record for record in _EXAMPLES}


def example(kind: type[R], /, **other: Any) -> R:
    """Give the sound record of a kind, with the named fields otherwise."""
    return replace(EXAMPLES[kind], **other)  # type: ignore[type-var, return-value]


def whole_plan() -> tuple[Record, ...]:
    """List one sound record of every kind, and the second person whom a pair needs."""
    return (*_EXAMPLES[:10], person("Bob Brown"), *_EXAMPLES[10:])


def small_plan(*more: Record | Iterable[Record]) -> Plan:
    """Make a plan of one dispute, day, site, entrance and picket with one shift, one rally and its venue.

    Further records are added to it; one of the same id takes the place of the plan's own.
    """
    records: list[Record] = [
        settings(),
        dispute(),
        strike_day(),
        employer(),
        site(),
        entrance(),
        venue(),
        picket(),
        shift(),
        rally(),
        rally_day(),
        post(),
        partner(),
    ]
    for one in more:
        records.extend(one if isinstance(one, Iterable) else (one,))
    return Plan(records)


def said(record: Record) -> list[str]:
    """List what is wrong in a record, in words."""
    return [problem.sentence for problem in problems_of(record)]
