"""Ids are text UUIDs, made on the laptop: two laptops must never both make shift 17."""

from __future__ import annotations

from typing import NewType

SettingsId = NewType("SettingsId", str)
DisputeId = NewType("DisputeId", str)
StrikeDayId = NewType("StrikeDayId", str)
StrikeDayMoveId = NewType("StrikeDayMoveId", str)
NoticeId = NewType("NoticeId", str)
NoticeDayId = NewType("NoticeDayId", str)
EmployerId = NewType("EmployerId", str)
SiteId = NewType("SiteId", str)
EntranceId = NewType("EntranceId", str)
VenueId = NewType("VenueId", str)
SitePlanId = NewType("SitePlanId", str)
PinId = NewType("PinId", str)
PersonId = NewType("PersonId", str)
WorkplaceId = NewType("WorkplaceId", str)
PersonSkillId = NewType("PersonSkillId", str)
AvailabilityId = NewType("AvailabilityId", str)
CoverId = NewType("CoverId", str)
PreferenceId = NewType("PreferenceId", str)
PairId = NewType("PairId", str)
PicketId = NewType("PicketId", str)
ShiftId = NewType("ShiftId", str)
NeedId = NewType("NeedId", str)
AssignmentId = NewType("AssignmentId", str)
AttendanceId = NewType("AttendanceId", str)
TurnoutCountId = NewType("TurnoutCountId", str)
IncidentId = NewType("IncidentId", str)
PoliceDirectionId = NewType("PoliceDirectionId", str)
PoliceTellingId = NewType("PoliceTellingId", str)
RallyId = NewType("RallyId", str)
RallyDayId = NewType("RallyDayId", str)
TeamMemberId = NewType("TeamMemberId", str)
SpeakerId = NewType("SpeakerId", str)
ProgrammeItemId = NewType("ProgrammeItemId", str)
ProgrammeIssueId = NewType("ProgrammeIssueId", str)
IssuedLineId = NewType("IssuedLineId", str)
PostId = NewType("PostId", str)
PermissionId = NewType("PermissionId", str)
ContactId = NewType("ContactId", str)
KitItemId = NewType("KitItemId", str)
RiskId = NewType("RiskId", str)
RouteStepId = NewType("RouteStepId", str)
PlanNoteId = NewType("PlanNoteId", str)
PartnerId = NewType("PartnerId", str)
StallId = NewType("StallId", str)
TallyId = NewType("TallyId", str)
StandDownId = NewType("StandDownId", str)
StandDownDayId = NewType("StandDownDayId", str)
ContactAttemptId = NewType("ContactAttemptId", str)
PrintRunId = NewType("PrintRunId", str)
PrintedLineId = NewType("PrintedLineId", str)

LineId = EntranceId | PostId | StallId
"""What has shifts of its own on the rota: an entrance, a steward post or a stall."""


def new_id() -> str:
    """Make a fresh id that no other laptop can make."""
    import uuid  # reading a plan does without

    return str(uuid.uuid4())
