"""Rallies and marches: times, programme, team, posts, permissions, kit, risks, route and the plan's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import (
    ContactId,
    IssuedLineId,
    KitItemId,
    PermissionId,
    PersonId,
    PlanNoteId,
    PostId,
    ProgrammeIssueId,
    ProgrammeItemId,
    RallyDayId,
    RallyId,
    RiskId,
    RouteStepId,
    SpeakerId,
    StrikeDayId,
    TeamMemberId,
    VenueId,
)
from rallyapp.domain.pickets import Role
from rallyapp.domain.problems import Problem
from rallyapp.domain.times import Span, clock, clock_fault, day_words, span_words


class RallyKind(StrEnum):
    """Whether people stand, walk, or both."""

    STATIC = "static rally"
    MARCH = "march"
    MARCH_AND_RALLY = "march and rally"

    @property
    def marches(self) -> bool:
        """Say whether a procession is part of it (R1)."""
        return self is not RallyKind.STATIC


class Override(StrEnum):
    """Whether a thing follows its strike days or has been decided by itself."""

    FOLLOWS = "follows its strike day"
    GOES_AHEAD = "goes ahead anyway"
    STOOD_DOWN = "stood down"


@frozen
class Rally:
    """A rally: its place, its kind, and its times in order; ``ends`` is the hard finish.

    ``expected`` is people at the peak. ``issued_on`` is empty while the plan is a draft.
    """

    id: RallyId
    title: str
    kind: RallyKind = RallyKind.STATIC
    venue_id: VenueId
    purpose: str = ""
    set_up: datetime | None = None
    briefing: datetime | None = None
    stalls_ready: datetime | None = None
    assemble: datetime | None = None
    move_off: datetime | None = None
    starts: datetime
    ends: datetime
    dispersed: datetime | None = None
    handed_back: datetime | None = None
    expected: int | None = None
    steward_ratio: int | None = None
    steward_dress: str = ""
    loudspeaker: bool = False
    entry_checks: bool = False
    customary: str = ""
    override: Override = Override.FOLLOWS
    override_by: str = ""
    override_reason: str = ""
    issued_on: date | None = None
    issued_by: str = ""
    note: str = ""
    briefing_place: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("rally", self.id, "The rally's title", self.title)
        yield from saying.spans("rally", self.id, "The rally", self.starts, self.ends, most_days=3)
        yield from saying.instant("rally", self.id, "Move off", None if self.kind.marches else self.move_off)
        yield from saying.within("rally", self.id, "The expected number", self.expected, 1, 10_000_000)
        yield from saying.within("rally", self.id, "The steward ratio", self.steward_ratio, 1, 10_000)
        for what, when in self.times():
            if when not in (self.starts, self.ends):
                yield from saying.instant("rally", self.id, what, when)
        known = [(what, when) for what, when in self.times() if not clock_fault(when)]
        for (before, earlier), (what, when) in pairwise(known):
            if when < earlier and when != self.ends:
                sentence = f"{what} ({_moment(when, earlier)}) comes before {before[0].lower()}{before[1:]} "
                yield saying.wrong(
                    "rally", self.id, f"{sentence}({_moment(earlier, when)})", "put the rally's times in order"
                )
        if self.override is not Override.FOLLOWS:
            yield from saying.required("rally", self.id, "Who decided apart from the strike day", self.override_by)
            yield from saying.required("rally", self.id, "The reason for the decision", self.override_reason)

    def times(self) -> tuple[tuple[str, datetime], ...]:
        """List the times that are known, in the order in which they must come."""
        known = (
            ("Set-up", self.set_up),
            ("Steward briefing", self.briefing),
            ("Stalls ready", self.stalls_ready),
            ("Assemble", self.assemble),
            ("Move off", self.move_off if self.kind.marches else None),
            ("Start", self.starts),
            ("Hard finish", self.ends),
            ("Dispersed", self.dispersed),
            ("Site handed back", self.handed_back),
        )
        return tuple((what, when) for what, when in known if when is not None)

    @property
    def span(self) -> Span:
        """From its start to its hard finish."""
        return Span(self.starts, self.ends)

    @property
    def words(self) -> str:
        """Its times in words."""
        return span_words(self.starts, self.ends)


def _moment(when: datetime, other: datetime) -> str:
    """Write a time of day, with its day where the other is on another one."""
    return clock(when) if when.date() == other.date() else f"{day_words(when.date())} {clock(when)}"


@frozen
class RallyDay:
    """A strike day to which a rally belongs."""

    id: RallyDayId
    rally_id: RallyId
    strike_day_id: StrikeDayId

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: nothing can be."""
        yield from ()


class TeamRole(StrEnum):
    """The event team of a rally plan."""

    EVENT_LEAD = "event lead"
    DEPUTY = "deputy"
    CHIEF_STEWARD = "chief steward"
    SAFETY = "safety lead"
    FIRST_AID = "first-aid lead"
    STAGE = "stage and MC"
    POLICE_LIAISON = "police liaison"
    ACCESS = "access lead"
    STALLS = "stalls lead"
    MEDIA = "media"


@frozen
class TeamMember:
    """Who holds a role in a rally's event team: a person in the plan, or a name.

    ``answers_to`` is the role above it in the chain of command; empty where the usual one holds.
    """

    id: TeamMemberId
    rally_id: RallyId
    role: TeamRole
    person_id: PersonId | None = None
    name: str = ""
    phone: str = ""
    may_stop: bool = False
    answers_to: TeamRole | None = None

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if (self.person_id is None) == (not self.name.strip()):
            yield saying.wrong("team_member", self.id, f"The {self.role} is one person in the plan or one name")
        if self.answers_to is self.role:
            yield saying.wrong("team_member", self.id, f"The {self.role} can't answer to the {self.role}")


@frozen
class Speaker:
    """Somebody who speaks at a rally."""

    id: SpeakerId
    rally_id: RallyId
    name: str
    organisation: str = ""
    arrives: datetime | None = None
    contact: str = ""
    access_needs: str = ""
    confirmed: bool = False

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("speaker", self.id, "The speaker's name", self.name)
        yield from saying.instant("speaker", self.id, "The speaker's arrival", self.arrives)


@frozen
class ProgrammeItem:
    """A line of the running order: so many minutes, or fixed to a time of day."""

    id: ProgrammeItemId
    rally_id: RallyId
    position: int
    title: str
    minutes: int
    fixed: datetime | None = None
    speaker_id: SpeakerId | None = None
    who: str = ""
    stage_note: str = ""
    cue: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("programme_item", self.id, "The running-order line's title", self.title)
        yield from saying.within("programme_item", self.id, "The minutes", self.minutes, 0, 24 * 60)
        yield from saying.instant("programme_item", self.id, "The fixed time", self.fixed)


@frozen
class ProgrammeIssue:
    """A version of the running order that was given out: it never changes, however the draft goes on.

    ``number`` counts from 1 within a rally, ``at`` is local wall-clock time.
    """

    id: ProgrammeIssueId
    rally_id: RallyId
    number: int
    at: datetime
    by: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.within("programme_issue", self.id, "The version", self.number, 1, 10_000)
        yield from saying.instant("programme_issue", self.id, "When the running order was issued", self.at)


@frozen
class IssuedLine:
    """A line of an issued running order as it stood; ``line`` is the id of the programme item, which may be gone."""

    id: IssuedLineId
    programme_issue_id: ProgrammeIssueId
    line: str
    position: int
    starts: datetime
    minutes: int
    title: str
    who: str = ""
    stage_note: str = ""
    cue: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("issued_line", self.id, "The issued line's title", self.title)
        yield from saying.instant("issued_line", self.id, "The issued line's start", self.starts)
        yield from saying.within("issued_line", self.id, "The minutes", self.minutes, 0, 24 * 60)


@frozen
class Post:
    """A place that stewards or first aiders hold at a rally; its shifts are in the one rota."""

    id: PostId
    rally_id: RallyId
    name: str
    position: int = 0
    role: Role = Role.STEWARD
    where: str = ""
    duty: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("post", self.id, "The post's name", self.name)


class PermissionKind(StrEnum):
    """What is asked of, or told to, somebody outside."""

    MARCH_NOTICE = "march notice to the police"
    POLICE_VOLUNTARY = "voluntary notice to the police"
    LANDOWNER = "landowner's permission"
    COUNCIL = "council events team"
    ROAD_CLOSURE = "road closure"
    LOUDSPEAKER = "loudspeaker consent"
    COLLECTION = "collection permit"
    INSURANCE = "public liability insurance"
    RISK_ASSESSMENT = "risk assessment shared"
    OTHER = "other"


class PermissionState(StrEnum):
    """How far a permission or a notification has come."""

    TO_DO = "to do"
    APPLIED = "applied"
    LATE = "late application"
    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_NEEDED = "not needed"

    @property
    def settled(self) -> bool:
        """Say whether nothing more is awaited and nothing was refused."""
        return self in (PermissionState.SENT, PermissionState.GRANTED, PermissionState.NOT_NEEDED)


@frozen
class Permission:
    """A permission, notification or insurance of a rally.

    ``sent_for`` and ``sent_route`` are what a march notice said when it was sent, so that a later change is
    noticed (R1). ``cover`` is whole pounds (R10).
    """

    id: PermissionId
    rally_id: RallyId
    kind: PermissionKind
    body: str = ""
    lead_days: int | None = None
    deadline: date | None = None
    sent_on: date | None = None
    sent_for: datetime | None = None
    sent_route: str = ""
    state: PermissionState = PermissionState.TO_DO
    reference: str = ""
    conditions: str = ""
    cover: int | None = None
    expires_on: date | None = None
    waiver: str = ""
    answered_on: date | None = None
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.within("permission", self.id, "The lead time (days)", self.lead_days, 0, 1000)
        yield from saying.within("permission", self.id, "The cover (pounds)", self.cover, 0, 1_000_000_000)
        yield from saying.instant("permission", self.id, "The start that the notice gave", self.sent_for)


class ContactKind(StrEnum):
    """Who is to hand on the day, outside the event team."""

    POLICE = "police"
    COUNCIL = "council"
    LANDOWNER = "landowner"
    AMBULANCE = "ambulance and A&E"
    SUPPLIER = "supplier"
    CHARITY = "partner charity"
    UNION = "union duty officer"
    LEGAL = "legal line"
    PRESS = "press"
    EMPLOYER = "employer"
    OTHER = "other"


@frozen
class Contact:
    """Somebody outside the roster whom the plan needs; of one rally, or of the whole plan."""

    id: ContactId
    rally_id: RallyId | None = None
    kind: ContactKind = ContactKind.OTHER
    name: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if not (self.name.strip() or self.organisation.strip()):
            yield saying.wrong("contact", self.id, "A contact needs a name or an organisation")


@frozen
class KitItem:
    """Something to bring: to a rally, or to every picket where no rally is named."""

    id: KitItemId
    rally_id: RallyId | None = None
    position: int = 0
    what: str
    number: int = 1
    brought_by: str = ""
    power: str = ""
    checked: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("kit_item", self.id, "What to bring", self.what)
        yield from saying.within("kit_item", self.id, "The number to bring", self.number, 1, 100_000)


@frozen
class Risk:
    """A line of the risk assessment; likelihood and severity run from 1 to 5, before and after the control."""

    id: RiskId
    rally_id: RallyId
    position: int = 0
    hazard: str
    harmed: str = ""
    control: str = ""
    likelihood: int = 3
    severity: int = 3
    left_likelihood: int | None = None
    left_severity: int | None = None
    owner: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("risk", self.id, "The hazard", self.hazard)
        for what, number in (
            ("The likelihood", self.likelihood),
            ("The severity", self.severity),
            ("The likelihood that is left", self.left_likelihood),
            ("The severity that is left", self.left_severity),
        ):
            yield from saying.within("risk", self.id, what, number, 1, 5)


@frozen
class RouteStep:
    """One step of a march's route, or of its shorter accessible route."""

    id: RouteStepId
    rally_id: RallyId
    position: int
    instruction: str
    metres: int | None = None
    crossing: bool = False
    accessible: bool = False
    map_reference: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("route_step", self.id, "The step of the route", self.instruction)
        yield from saying.within("route_step", self.id, "The length (metres)", self.metres, 0, 1_000_000)


class Section(StrEnum):
    """A part of the rally plan that is written in the organiser's own words."""

    SITE = "site"
    CROWD = "audience and crowd management"
    STEWARDING = "stewarding"
    POWER_AND_NOISE = "power and noise"
    ACCESS = "accessibility and welfare"
    FIRST_AID = "first aid and medical"
    SAFEGUARDING = "safeguarding, lost children, lost property"
    COMMUNICATIONS = "communications"
    TRANSPORT = "transport, parking and deliveries"
    EMERGENCY = "emergency procedures"
    STAND_DOWN = "cancellation and stand-down"
    WASTE = "waste and leaving the site"
    DATA = "data protection"


@frozen
class PlanNote:
    """What the organiser wrote for one section of a rally plan; lines that start with "- " print as a list."""

    id: PlanNoteId
    rally_id: RallyId
    section: Section
    text: str

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("plan_note", self.id, f"The text on {self.section}", self.text)
