"""People: what a rep may hold about a volunteer, when they can come, and when their work keeps them.

Nothing more is held: no birth date, home address, member number, grade or health detail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import (
    AvailabilityId,
    CoverId,
    PairId,
    PartnerId,
    PersonId,
    PersonSkillId,
    PreferenceId,
    SiteId,
    WorkplaceId,
)
from rallyapp.domain.problems import Problem
from rallyapp.domain.times import Span


class Standing(StrEnum):
    """How a person stands to the union in this plan."""

    MEMBER = "member"
    OFFICIAL = "union official"
    SUPPORTER = "supporter"
    PARTNER = "partner's own"


class Channel(StrEnum):
    """How a person wants to be reached."""

    TEXT = "text"
    PHONE = "phone"
    EMAIL = "e-mail"
    REP = "through a rep"


class Skill(StrEnum):
    """What a person can do on a shift."""

    SUPERVISOR = "picket supervisor"
    FIRST_AID = "first aid"
    STEWARD = "steward training"
    CHIEF_STEWARD = "chief steward"
    MC = "MC"
    BSL = "BSL"
    MEDIA = "media"
    DRIVER = "driver"
    STALL = "stall training"


@frozen
class Person:
    """A volunteer. Limits are minutes; ``adult`` is the age-18 tick that stewards need (R12), not a birth date.

    ``partner_id`` says to which charity a partner's own belongs: asked for its stalls only, or for any while empty.
    """

    id: PersonId
    given_name: str
    family_name: str = ""
    standing: Standing = Standing.MEMBER
    workplace_id: SiteId | None = None
    phone: str = ""
    email: str = ""
    channel: Channel = Channel.TEXT
    adult: bool = False
    access_need: bool = False
    may_be_named: bool = False
    max_minutes_day: int | None = None
    max_minutes_total: int | None = None
    reserve: bool = False
    left: bool = False
    partner_id: PartnerId | None = None

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("person", self.id, "The person's name", self.given_name)
        yield from saying.within("person", self.id, "The most minutes a day", self.max_minutes_day, 0, 1440)
        yield from saying.within("person", self.id, "The most minutes in all", self.max_minutes_total, 0, 100_000)
        if self.partner_id is not None and self.standing is not Standing.PARTNER:
            yield saying.wrong(
                "person",
                self.id,
                f"{self.name} belongs to a charity and is down as {self.standing}",
                f"make them a {Standing.PARTNER}, or take the charity away",
            )

    def standing_as(self, standing: Standing) -> Person:
        """Give the person with another standing; whoever is not a partner's own belongs to no charity."""
        return replace(self, standing=standing, partner_id=self.partner_id if standing is Standing.PARTNER else None)

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def short_name(self) -> str:
        """First name and initial, for anything that hangs on a wall."""
        return self.name_cut(1)

    def name_cut(self, letters: int) -> str:
        """Write the first name and so many letters of the family name, with a full stop where it is cut."""
        # From the first letter on: an initial that is a sign, or can't be seen, tells nobody apart.
        first = next((n for n, sign in enumerate(self.family_name) if sign.isalpha()), len(self.family_name))
        family = self.family_name[first:].strip()
        end = "." if len(family) > letters or (letters == 1 and family) else ""
        return f"{self.given_name} {family[:letters]}{end}".strip()


@frozen
class Workplace:
    """A further workplace of a mobile worker, besides the person's own (L2: TULRCA s.220(2)-(3))."""

    id: WorkplaceId
    person_id: PersonId
    site_id: SiteId

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: nothing can be."""
        yield from ()


@frozen
class PersonSkill:
    """A skill that a person has."""

    id: PersonSkillId
    person_id: PersonId
    skill: Skill

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: nothing can be."""
        yield from ()


class Level(StrEnum):
    """How freely a person offered a time."""

    FREE = "free"
    IF_NEED_BE = "if need be"
    NOT = "not free"


@frozen
class Availability:
    """A time that a person offered, or ruled out."""

    id: AvailabilityId
    person_id: PersonId
    starts: datetime
    ends: datetime
    level: Level = Level.FREE

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.spans("availability", self.id, "The offered time", self.starts, self.ends, most_days=366)

    @property
    def span(self) -> Span:
        """The time offered."""
        return Span(self.starts, self.ends)


class CoverKind(StrEnum):
    """A person's status in a strike window; the first four keep them from a picket."""

    EMERGENCY_COVER = "emergency cover"
    ON_CALL = "on call"
    FINISHING = "finishing a shift"
    RECALLED = "recalled"
    STRIKING = "striking"
    NOT_ROSTERED = "not rostered"
    LEAVE = "leave"

    @property
    def blocks(self) -> bool:
        """Say whether a person with this status can't be on a picket at the same time."""
        return self in (CoverKind.EMERGENCY_COVER, CoverKind.ON_CALL, CoverKind.FINISHING, CoverKind.RECALLED)


@frozen
class Cover:
    """When a person's work keeps them: a span and a status, never why (no specialty, patient or health detail)."""

    id: CoverId
    person_id: PersonId
    kind: CoverKind
    starts: datetime
    ends: datetime
    verified_by: str = ""
    verified_at: datetime | None = None

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: a recall counts only when verified."""
        yield from saying.spans("cover", self.id, f"The time of {self.kind}", self.starts, self.ends)
        yield from saying.instant("cover", self.id, "The time of verification", self.verified_at)
        if self.kind is CoverKind.RECALLED:
            yield from saying.required("cover", self.id, "Who verified the recall", self.verified_by)

    @property
    def span(self) -> Span:
        """The time covered."""
        return Span(self.starts, self.ends)


class Liking(StrEnum):
    """How a person feels about a place."""

    LIKES = "likes"
    DISLIKES = "dislikes"
    NEVER = "never"


@frozen
class Preference:
    """A place that a person likes, dislikes or will not go to."""

    id: PreferenceId
    person_id: PersonId
    site_id: SiteId
    liking: Liking

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: nothing can be."""
        yield from ()


@frozen
class Pair:
    """Two people who want a shift together, or who must be kept apart."""

    id: PairId
    person_id: PersonId
    other_id: PersonId
    apart: bool = False

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if self.person_id == self.other_id:
            yield saying.wrong("pair", self.id, "A pair needs two different people")
