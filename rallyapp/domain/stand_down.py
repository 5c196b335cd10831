"""What a called-off day stops, and who must be told in which order.

That a picket, a rally or a stall is stood down is derived from its strike day, or from its own decision; it
is never written on it, so reinstating the day brings everything back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import IntEnum, StrEnum

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import ContactId, PersonId, RallyId, SpeakerId, StallId, StandDownId, StrikeDayId
from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    Override,
    Post,
    Rally,
    RallyDay,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState
from rallyapp.domain.tells import ContactAttempt, Outcome


class Going(StrEnum):
    """Whether something goes ahead."""

    ON = "on"
    STOOD_DOWN = "stood down"
    UNDECIDED = "not decided"


@frozen(kw_only=False)
class Status:
    """Whether something goes ahead, and why not."""

    going: Going
    why: str = ""

    @property
    def on(self) -> bool:
        """Say whether it goes ahead; what is not decided is planned for as if it did."""
        return self.going is not Going.STOOD_DOWN


_ON = Status(Going.ON)


def of_day(day: StrikeDay) -> Status:
    """Say whether a strike day goes ahead."""
    return Status(Going.STOOD_DOWN, f"the strike day is {day.state}") if day.stood_down else _ON


def of_picket(plan: Plan, picket: Picket) -> Status:
    """Say whether a picket goes ahead: with its day, unless it is cancelled by itself."""
    if picket.cancelled:
        return Status(Going.STOOD_DOWN, picket.reason)
    return of_day(plan.get(StrikeDay, picket.strike_day_id))


def of_rally(plan: Plan, rally: Rally) -> Status:
    """Say whether a rally goes ahead: by its own decision, or while any of its strike days does."""
    if rally.override is Override.GOES_AHEAD:
        return _ON
    if rally.override is Override.STOOD_DOWN:
        return Status(Going.STOOD_DOWN, rally.override_reason)
    days = [plan.get(StrikeDay, link.strike_day_id) for link in plan.of(RallyDay, "rally_id", rally.id)]
    if not days or any(not day.stood_down for day in days):
        return _ON
    return of_day(days[0])


def of_stall(plan: Plan, stall: Stall) -> Status:
    """Say whether a stall goes ahead: the partner's own go or no-go counts when its rally or picket is off."""
    if stall.state in (StallState.STOOD_DOWN, StallState.DECLINED):
        return Status(Going.STOOD_DOWN, f"the stall is {stall.state}")
    if stall.rally_id:
        host = of_rally(plan, plan.get(Rally, stall.rally_id))
    else:
        host = of_picket(plan, plan.get(Picket, stall.picket_id))
    if host.on or stall.if_off is IfOff.GOES_AHEAD:
        return _ON
    if stall.if_off is IfOff.STANDS_DOWN:
        return host
    return Status(Going.UNDECIDED, f"{host.why}; the partner has not said whether it comes all the same")


def of_shift(plan: Plan, shift: Shift) -> Status:
    """Say whether a shift goes ahead: with what it is at, unless it is cancelled by itself."""
    if shift.cancelled:
        return Status(Going.STOOD_DOWN, shift.reason)
    host = plan.host(shift)
    if isinstance(host, Picket):
        return of_picket(plan, host)
    return of_rally(plan, host) if isinstance(host, Rally) else of_stall(plan, host)


class Turn(IntEnum):
    """The order in which people are told (our own ordering: no union source gives one)."""

    ON_SHIFT = 1
    NEXT_ON = 2
    RALLY_LEAD = 3
    STEWARDS = 4
    SPEAKERS = 5
    STALLS = 6
    POLICE = 7
    LANDOWNER = 8
    WIDER = 9

    @property
    def words(self) -> str:
        """Who they are, in words."""
        return _TURN_WORDS[self]


_TURN_WORDS = {
    Turn.ON_SHIFT: "reps, picket supervisors and everyone on shift now",
    Turn.NEXT_ON: "pickets who are next on",
    Turn.RALLY_LEAD: "rally lead and event team",
    Turn.STEWARDS: "stewards and first aiders",
    Turn.SPEAKERS: "speakers and suppliers",
    Turn.STALLS: "partner charities' stalls",
    Turn.POLICE: "police",
    Turn.LANDOWNER: "landowner and council",
    Turn.WIDER: "everyone else",
}


@frozen
class Tell:
    """Somebody who must be told: in which turn, who, and whether they have been reached."""

    turn: Turn
    name: str
    why: str
    person_id: PersonId | None = None
    contact_id: ContactId | None = None
    speaker_id: SpeakerId | None = None
    stall_id: StallId | None = None
    first_due: datetime | None = None
    reached: bool = False

    @property
    def key(self) -> tuple[str | None, ...]:
        """What makes two of them the same one to tell."""
        ids = (self.person_id, self.contact_id, self.speaker_id, self.stall_id)
        return (*ids, "" if any(ids) else self.name)


_CONTACT_TURNS = {
    ContactKind.POLICE: Turn.POLICE,
    ContactKind.LANDOWNER: Turn.LANDOWNER,
    ContactKind.COUNCIL: Turn.LANDOWNER,
    ContactKind.SUPPLIER: Turn.SPEAKERS,
    ContactKind.CHARITY: Turn.STALLS,
    ContactKind.AMBULANCE: Turn.LANDOWNER,
}


def cascade(
    plan: Plan, days: Iterable[StrikeDayId], *, now: datetime, stand_down: StandDownId | None = None
) -> tuple[Tell, ...]:
    """List who must be told that strike days are off (or on again), each once, in order of turn and time due.

    ``now`` (local wall-clock) parts those on shift now from those next on. With a stand-down, those whom it
    already reached are marked. A rally or a stall that goes ahead all the same is listed too: its people
    must hear that it does.
    """
    wanted = set(days)
    found: dict[tuple[str | None, ...], Tell] = {}

    def add(tell: Tell) -> None:
        known = found.get(tell.key)
        if known is None or (tell.turn, tell.first_due or now) < (known.turn, known.first_due or now):
            found[tell.key] = tell

    for picket in plan.all(Picket):
        if picket.strike_day_id in wanted and not picket.cancelled:
            for shift in plan.of(Shift, "picket_id", picket.id):
                for tell in _of_shift(plan, shift, now, Turn.NEXT_ON):
                    add(tell)
            for stall in plan.of(Stall, "picket_id", picket.id):
                for tell in _of_stall(plan, stall, plan.picket_words(picket), now):
                    add(tell)
    for rally in plan.all(Rally):
        linked = any(link.strike_day_id in wanted for link in plan.of(RallyDay, "rally_id", rally.id))
        if linked and rally.ends > now:
            for tell in _of_rally(plan, rally.id, now):
                add(tell)
    for contact in plan.of(Contact, "rally_id", None):
        add(_contact(contact))
    reached = {
        (attempt.person_id, attempt.contact_id, attempt.speaker_id, attempt.stall_id, attempt.name.strip())
        for attempt in plan.of(ContactAttempt, "stand_down_id", stand_down)
        if attempt.outcome is Outcome.REACHED
    }
    marked = (replace(tell, reached=tell.key in reached) for tell in found.values())
    return tuple(sorted(marked, key=lambda tell: (tell.turn, tell.first_due or datetime.max, tell.name)))


def _of_shift(plan: Plan, shift: Shift, now: datetime, otherwise: Turn) -> Iterable[Tell]:
    for assignment in plan.of(Assignment, "shift_id", shift.id):
        if assignment.state.counts and shift.ends > now:
            leads = assignment.role in (Role.SUPERVISOR, Role.OFFICIAL)
            yield Tell(
                turn=Turn.ON_SHIFT if leads or shift.starts <= now else otherwise,
                name=plan.name_of(assignment.person_id),
                why=f"{assignment.role}, {shift.words}, {plan.place_words(shift)}",
                person_id=assignment.person_id,
                first_due=shift.starts,
            )


def _contact(contact: Contact) -> Tell:
    return Tell(
        turn=_CONTACT_TURNS.get(contact.kind, Turn.WIDER),
        name=contact.name or contact.organisation,
        why=str(contact.kind),
        contact_id=contact.id,
    )


def _of_rally(plan: Plan, rally_id: RallyId, now: datetime) -> Iterable[Tell]:
    rally = plan.get(Rally, rally_id)
    for member in plan.of(TeamMember, "rally_id", rally_id):
        yield Tell(
            turn=Turn.STEWARDS if member.role is TeamRole.CHIEF_STEWARD else Turn.RALLY_LEAD,
            name=member.name or plan.name_of(member.person_id),
            why=f"{member.role}, {rally.title}",
            person_id=member.person_id,
            first_due=rally.starts,
        )
    for post in plan.of(Post, "rally_id", rally_id):
        for shift in plan.of(Shift, "post_id", post.id):
            yield from _of_shift(plan, shift, now, Turn.STEWARDS)
    for speaker in plan.of(Speaker, "rally_id", rally_id):
        yield Tell(
            turn=Turn.SPEAKERS,
            name=speaker.name,
            why=f"speaker, {rally.title}",
            speaker_id=speaker.id,
            first_due=speaker.arrives,
        )
    for stall in plan.of(Stall, "rally_id", rally_id):
        yield from _of_stall(plan, stall, rally.title, now)
    for contact in plan.of(Contact, "rally_id", rally_id):
        yield _contact(contact)


def _of_stall(plan: Plan, stall: Stall, where: str, now: datetime) -> Iterable[Tell]:
    if stall.state in (StallState.DECLINED, StallState.ENQUIRY):
        return
    yield Tell(
        turn=Turn.STALLS,
        name=plan.get(Partner, stall.partner_id).name,
        why=f"stall, {where}",
        stall_id=stall.id,
        first_due=stall.arrives,
    )
    for shift in plan.of(Shift, "stall_id", stall.id):
        yield from _of_shift(plan, shift, now, Turn.STALLS)
