"""Partner charities and their stalls. The plan never holds donor data: targets and totals only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PartnerId, PicketId, RallyId, StallId, TallyId
from rallyapp.domain.problems import Problem


@frozen
class Partner:
    """A charity that puts up stalls: entered once, with its usual needs and the line it wants printed."""

    id: PartnerId
    name: str
    charity_number: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    usual_needs: str = ""
    eligibility: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("partner", self.id, "The partner's name", self.name)


class StallState(StrEnum):
    """How far a stall has come."""

    ENQUIRY = "enquiry"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    STOOD_DOWN = "stood down"


STALL_MOVES: dict[StallState, frozenset[StallState]] = {
    StallState.ENQUIRY: frozenset({StallState.OFFERED, StallState.CONFIRMED, StallState.DECLINED}),
    StallState.OFFERED: frozenset({StallState.CONFIRMED, StallState.DECLINED, StallState.STOOD_DOWN}),
    StallState.CONFIRMED: frozenset({StallState.DECLINED, StallState.STOOD_DOWN}),
    StallState.DECLINED: frozenset({StallState.ENQUIRY, StallState.OFFERED}),
    StallState.STOOD_DOWN: frozenset({StallState.OFFERED, StallState.CONFIRMED}),
}


class IfOff(StrEnum):
    """What a stall does when the strike is off: its own go or no-go, since its people are not members."""

    UNDECIDED = "not decided"
    GOES_AHEAD = "goes ahead"
    STANDS_DOWN = "stands down"


@frozen
class Stall:
    """A partner's stall at one rally or one picket; sizes are centimetres, ``target`` and ``kits`` are counts."""

    id: StallId
    partner_id: PartnerId
    rally_id: RallyId | None = None
    picket_id: PicketId | None = None
    state: StallState = StallState.ENQUIRY
    if_off: IfOff = IfOff.UNDECIDED
    pitch: str = ""
    width: int | None = None
    depth: int | None = None
    tables: int = 0
    chairs: int = 0
    furniture_from: str = ""
    power: str = ""
    shelter: str = ""
    dry_and_quiet: bool = False
    arrives: datetime | None = None
    leaves: datetime | None = None
    vehicle: str = ""
    on_day_contact: str = ""
    on_day_phone: str = ""
    volunteers_wanted: int = 0
    volunteers_trained: bool = False
    kits: int = 0
    target: int = 0
    insurance_seen: bool = False
    risk_assessment_seen: bool = False
    money_collected: bool = False
    permit: str = ""
    stood_down_told_at: datetime | None = None
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if (self.rally_id is None) == (self.picket_id is None):
            yield saying.wrong("stall", self.id, "A stall is at one rally or at one picket")
        for what, number in (
            ("The width (centimetres)", self.width),
            ("The depth (centimetres)", self.depth),
            ("The number of tables", self.tables),
            ("The number of chairs", self.chairs),
            ("The number of volunteers wanted", self.volunteers_wanted),
            ("The number of kits", self.kits),
            ("The target", self.target),
        ):
            yield from saying.within("stall", self.id, what, number, 0, 1_000_000)
        yield from saying.instant("stall", self.id, "When the stall was told", self.stood_down_told_at)
        if self.arrives is not None:
            yield from saying.spans("stall", self.id, "The stall's stay", self.arrives, self.leaves)
        else:
            yield from saying.instant("stall", self.id, "When the stall leaves", self.leaves)


@frozen
class Tally:
    """Sign-ups at a stall, counted at a time: how many more since the last tally; never who."""

    id: TallyId
    stall_id: StallId
    at: datetime
    count: int

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.instant("tally", self.id, "The time of the tally", self.at)
        yield from saying.within("tally", self.id, "The tally", self.count, -100_000, 100_000)
