"""Pickets and the one rota: shifts at pickets, steward posts and stalls, what they need and who is on them.

Planned (``Assignment``) and actual (``Attendance``) are two facts; marks can be undone and never hide a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import (
    AssignmentId,
    AttendanceId,
    EntranceId,
    IncidentId,
    NeedId,
    PersonId,
    PicketId,
    PoliceDirectionId,
    PoliceTellingId,
    PostId,
    RallyId,
    ShiftId,
    StallId,
    StrikeDayId,
    TurnoutCountId,
)
from rallyapp.domain.people import Skill
from rallyapp.domain.problems import Problem
from rallyapp.domain.times import Span, span_words


@frozen
class Picket:
    """The line at one entrance on one strike day. ``ends`` may be open: "from 8am" is how many are announced.

    ``supporters`` is how many are expected beside the official pickets; they are counted, never rostered
    against the six (L4). A picket's own cancelling is a state with a reason; that its day is stood down is
    derived, never stored here.
    """

    id: PicketId
    strike_day_id: StrikeDayId
    entrance_id: EntranceId
    starts: datetime
    ends: datetime | None = None
    meet: str = ""
    supporters: int = 0
    loudspeaker: bool = False
    cancelled: bool = False
    reason: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.spans("picket", self.id, "The picket", self.starts, self.ends)
        yield from saying.within("picket", self.id, "The number of supporters", self.supporters, 0, 1_000_000)
        if self.cancelled:
            yield from saying.required("picket", self.id, "The reason for cancelling the picket", self.reason)

    @property
    def words(self) -> str:
        """Its times in words."""
        return span_words(self.starts, self.ends)


@frozen
class Shift:
    """A stretch of time at one place: a picket, a steward post or a stall, exactly one of the three.

    ``batch`` names the cutting that made it, so that a pattern's shifts can be found again and changing the
    pattern never destroys one. ``priority`` is 1 (nice to have) to 5 (must not fail).
    """

    id: ShiftId
    picket_id: PicketId | None = None
    post_id: PostId | None = None
    stall_id: StallId | None = None
    starts: datetime
    ends: datetime
    meet_minutes: int = 0
    label: str = ""
    priority: int = 3
    batch: str = ""
    cancelled: bool = False
    reason: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.spans("shift", self.id, "The shift", self.starts, self.ends, most_days=2)
        yield from saying.within("shift", self.id, "The minutes to meet before", self.meet_minutes, 0, 240)
        yield from saying.within("shift", self.id, "The priority", self.priority, 1, 5)
        if [self.picket_id, self.post_id, self.stall_id].count(None) != 2:
            yield saying.wrong("shift", self.id, "A shift is at one picket, one post or one stall")
        if self.cancelled:
            yield from saying.required("shift", self.id, "The reason for cancelling the shift", self.reason)

    @property
    def span(self) -> Span:
        """Its time."""
        return Span(self.starts, self.ends)

    @property
    def words(self) -> str:
        """Its time in words."""
        return span_words(self.starts, self.ends)


class Role(StrEnum):
    """What somebody does on a shift."""

    SUPERVISOR = "picket supervisor"
    PICKET = "picket"
    STANDBY = "standby"
    SUPPORTER = "supporter"
    OFFICIAL = "union official"
    STEWARD = "steward"
    CHIEF_STEWARD = "chief steward"
    FIRST_AIDER = "first aider"
    MC = "MC"
    STALL = "stall volunteer"

    @property
    def official_picket(self) -> bool:
        """Say whether the role counts against an entrance's six (L4) and belongs at one's own workplace (L2)."""
        return self in (Role.SUPERVISOR, Role.PICKET)

    @property
    def steward(self) -> bool:
        """Say whether the role needs the age-18 tick (R12)."""
        return self in (Role.STEWARD, Role.CHIEF_STEWARD)

    @property
    def skill(self) -> Skill | None:
        """The skill without which nobody should hold the role."""
        return _ROLE_SKILLS.get(self)


_ROLE_SKILLS = {
    Role.SUPERVISOR: Skill.SUPERVISOR,
    Role.CHIEF_STEWARD: Skill.CHIEF_STEWARD,
    Role.FIRST_AIDER: Skill.FIRST_AID,
    Role.MC: Skill.MC,
}


@frozen
class Need:
    """How many of one role a shift needs: at least, as wished, at most; all must have ``skill`` where given."""

    id: NeedId
    shift_id: ShiftId
    role: Role
    least: int
    wished: int
    most: int
    skill: Skill | None = None

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if not 0 <= self.least <= self.wished <= self.most <= 1000 or self.most == 0:
            yield saying.wrong(
                "need",
                self.id,
                f"A need for {self.least} to {self.most} as {self.role}, {self.wished} wished, does not add up",
                "write at least \u2264 wished \u2264 at most, and at most 1 or more",
            )


class AssignmentState(StrEnum):
    """How firm an assignment is."""

    PROPOSED = "proposed"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    RECONFIRM = "to reconfirm"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def counts(self) -> bool:
        """Say whether the person is counted on for the shift."""
        return self not in (AssignmentState.DECLINED, AssignmentState.WITHDRAWN)


ASSIGNMENT_MOVES: dict[AssignmentState, frozenset[AssignmentState]] = {
    AssignmentState.PROPOSED: frozenset(set(AssignmentState) - {AssignmentState.PROPOSED}),
    AssignmentState.ASKED: frozenset(set(AssignmentState) - {AssignmentState.ASKED}),
    AssignmentState.CONFIRMED: frozenset(
        {AssignmentState.RECONFIRM, AssignmentState.DECLINED, AssignmentState.WITHDRAWN, AssignmentState.ASKED}
    ),
    AssignmentState.RECONFIRM: frozenset(
        {AssignmentState.CONFIRMED, AssignmentState.DECLINED, AssignmentState.WITHDRAWN, AssignmentState.ASKED}
    ),
    AssignmentState.DECLINED: frozenset({AssignmentState.ASKED, AssignmentState.CONFIRMED}),
    AssignmentState.WITHDRAWN: frozenset({AssignmentState.ASKED, AssignmentState.CONFIRMED}),
}


class Origin(StrEnum):
    """Where an assignment came from."""

    HAND = "by hand"
    BUILDER = "rota builder"
    OWN = "own choice"
    IMPORT = "import"


class Presence(StrEnum):
    """Whether a picket supervisor is there, or can be there at short notice (L9: TULRCA s.220A(7))."""

    PRESENT = "present"
    CONTACTABLE = "contactable"


@frozen
class Assignment:
    """One person on one shift in one role. Overlap and emergency cover are overridden by name with a reason."""

    id: AssignmentId
    shift_id: ShiftId
    person_id: PersonId
    role: Role
    state: AssignmentState = AssignmentState.PROPOSED
    pinned: bool = False
    origin: Origin = Origin.HAND
    presence: Presence = Presence.PRESENT
    override_by: str = ""
    override_reason: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if bool(self.override_by.strip()) != bool(self.override_reason.strip()):
            yield saying.wrong("assignment", self.id, "An override needs both the name of who decided and a reason")

    @property
    def overridden(self) -> bool:
        """Say whether somebody took it on their name."""
        return bool(self.override_by.strip())


class MarkedFrom(StrEnum):
    """Where an attendance mark was made."""

    KIOSK = "kiosk"
    DESK = "desk"
    PAPER = "paper"


@frozen
class Attendance:
    """Who really came, and when: of somebody assigned, or of a walk-in; never a member number or health note."""

    id: AttendanceId
    shift_id: ShiftId
    person_id: PersonId | None = None
    walk_in: str = ""
    role: Role
    came: datetime | None = None
    went: datetime | None = None
    absent: bool = False
    armband: str = ""
    marked: MarkedFrom = MarkedFrom.DESK

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if (self.person_id is None) == (not self.walk_in.strip()):
            yield saying.wrong("attendance", self.id, "An attendance is of one person in the plan or of one walk-in")
        if self.came is not None:
            went = None if self.went == self.came else self.went  # in and out within a minute happens at a desk
            yield from saying.spans("attendance", self.id, "The attendance", self.came, went)
        elif self.went is not None:
            yield saying.wrong("attendance", self.id, "Somebody left who never came", "enter when they came")
        if self.absent and self.came is not None:
            yield saying.wrong("attendance", self.id, "Somebody can't be both there and absent")


@frozen
class TurnoutCount:
    """A head-count at a picket: official pickets and supporters apart."""

    id: TurnoutCountId
    picket_id: PicketId
    at: datetime
    pickets: int
    supporters: int

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.instant("turnout_count", self.id, "The time of the count", self.at)
        yield from saying.within("turnout_count", self.id, "The number of pickets", self.pickets, 0, 100_000)
        yield from saying.within("turnout_count", self.id, "The number of supporters", self.supporters, 0, 1_000_000)


@frozen
class Incident:
    """Something that happened at a picket or a rally, as it was written down then."""

    id: IncidentId
    picket_id: PicketId | None = None
    rally_id: RallyId | None = None
    at: datetime
    what: str
    written_by: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.instant("incident", self.id, "The time of the incident", self.at)
        yield from saying.required("incident", self.id, "What happened", self.what)
        if (self.picket_id is None) == (self.rally_id is None):
            yield saying.wrong("incident", self.id, "An incident is at one picket or at one rally")


@frozen
class PoliceDirection:
    """A direction that the police gave at a picket (L32)."""

    id: PoliceDirectionId
    picket_id: PicketId
    at: datetime
    officer: str = ""
    direction: str
    acted_on_by: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.instant("police_direction", self.id, "The time of the direction", self.at)
        yield from saying.required("police_direction", self.id, "The direction", self.direction)


@frozen
class PoliceTelling:
    """That the police were told of a picket (L7: supervisor's name, place, contact): who told whom, when, how."""

    id: PoliceTellingId
    picket_id: PicketId
    at: datetime
    told: str
    told_by: str = ""
    how: str = ""
    reference: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.instant("police_telling", self.id, "When the police were told", self.at)
        yield from saying.required("police_telling", self.id, "Who was told", self.told)
