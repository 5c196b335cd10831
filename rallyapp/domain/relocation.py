"""Moving a picket to another entrance with its shifts and its people: the whole of it, or the rest from a time on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import AssignmentId, NeedId, PersonId, PicketId, ShiftId, new_id
from rallyapp.domain.people import Channel, Person
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    Incident,
    Need,
    Picket,
    PoliceDirection,
    PoliceTelling,
    Presence,
    Role,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import MIDNIGHT, clock, clock_fault, day_words, span_words

_FIRM = (AssignmentState.ASKED, AssignmentState.CONFIRMED)


class CannotMove(UserError):
    """A picket that can't be moved there or then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """Somebody who stands elsewhere now: how to reach them, and from when they are expected there."""

    person_id: PersonId
    name: str
    channel: Channel
    phone: str
    email: str
    role: Role
    starts: datetime
    words: str

    @property
    def reach(self) -> str:
        """How to reach them, in words: "text 07700 900123"."""
        if self.channel is Channel.EMAIL:
            return f"{self.channel} {self.email}".strip() if self.email else f"{self.channel}: no address"
        if self.channel is Channel.REP:
            return str(self.channel)
        return f"{self.channel} {self.phone}" if self.phone else f"{self.channel}: no number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocation:
    """A picket's move, not yet made.

    Attributes:
        picket: the picket as it will stand at the other entrance.
        since: from when it stands there.
        records: what to write, in an order in which it can be written.
        tell: whom to tell, who is due first before the others.
        remarks: sentences on what does not move by itself.
    """

    picket: Picket
    since: datetime
    records: tuple[Record, ...]
    tell: tuple[ToTell, ...]
    remarks: tuple[str, ...]


def moment_in(plan: Plan, picket: Picket, at: time) -> datetime:
    """Give the moment of a picket at which the clock shows a time; the next day where it runs over midnight."""
    moment = datetime.combine(picket.starts.date(), at)
    later = moment + timedelta(days=1)
    return later if moment < picket.starts and later < _latest(plan, picket) else moment


def relocate(
    plan: Plan,
    picket: Picket,
    to: Entrance,
    *,
    since: datetime | None = None,
    reason: str = "",
    make_id: Callable[[], str] = new_id,
) -> Relocation:
    """Move a picket to another entrance of the same site, wholly or from a moment on.

    What of a shift lies before ``since`` stays where it is and the rest goes, with the same people and needs.
    Who was asked or has confirmed is to reconfirm. The picture must hold the picket's strike day, shifts, needs,
    assignments and people, what was noted at it, and the other pickets of ``to``. Raises CannotMove with a sentence.
    """
    here = plan.get(Entrance, picket.entrance_id)
    _refuse_place(plan, picket, here, to)
    whole = since is None or since == picket.starts
    from_when = picket.starts if since is None else since
    if whole:
        _refuse_begun(plan, picket, here)
    else:
        _refuse_time(plan, picket, here, from_when)
    moved = _at(picket, here, to, from_when, reason, PicketId(picket.id if whole else make_id()))
    _refuse_overlap(plan, moved, to)
    records: list[Record] = [moved] if whole else [replace(picket, ends=from_when), moved]
    there: list[Shift] = []
    people: list[Assignment] = []
    for shift in sorted(plan.of(Shift, "picket_id", picket.id), key=lambda each: (each.starts, each.id)):
        if not whole and shift.ends <= from_when:
            continue
        made, assigned = _moved_shift(plan, shift, moved, None if whole else from_when, make_id)
        records += made
        people += assigned
        there += [each for each in made if isinstance(each, Shift) and each.picket_id == moved.id]
        if whole:
            there.append(shift)
    return Relocation(
        picket=moved,
        since=from_when,
        records=tuple(records),
        tell=tuple(_to_tell(plan, there, people)),
        remarks=tuple(_remarks(plan, picket, here, to, there, people, whole=whole)),
    )


# ------------------------------------------------------------------------------------------- refusing
def _refuse_place(plan: Plan, picket: Picket, here: Entrance, to: Entrance) -> None:
    if picket.cancelled:
        raise CannotMove(f"The picket at {here.name} is cancelled: bring it back before you move it.")
    if to.id == here.id:
        raise CannotMove(f"The picket stands at {here.name} already: choose another entrance.")
    if to.site_id != here.site_id:
        raise CannotMove(
            f"{to.name} is at another workplace, where these people are no official pickets: "
            f"choose an entrance of the same site as {here.name}."
        )


def _refuse_begun(plan: Plan, picket: Picket, here: Entrance) -> None:
    came = any(
        mark.came is not None
        for shift in plan.of(Shift, "picket_id", picket.id)
        for mark in plan.of(Attendance, "shift_id", shift.id)
    )
    noted = any(plan.of(kind, "picket_id", picket.id) for kind in (TurnoutCount, Incident, PoliceDirection))
    if came or noted:
        raise CannotMove(
            f"Somebody was marked or something was written down at {here.name} already: say from when the picket moves."
        )


def _refuse_time(plan: Plan, picket: Picket, here: Entrance, since: datetime) -> None:
    if fault := clock_fault(since):
        raise CannotMove(f"The picket can't move then: {fault}.")
    times = picket.words
    if since < picket.starts:
        raise CannotMove(
            f"The picket at {here.name} is {times}: {clock(since)} is before it starts. Leave the time empty to move "
            "the whole of it."
        )
    if since >= _latest(plan, picket):
        raise CannotMove(f"The picket at {here.name} is {times}: choose a time before it ends, not {clock(since)}.")


def _refuse_overlap(plan: Plan, moved: Picket, to: Entrance) -> None:
    ends = _end(plan, moved)
    for other in plan.of(Picket, "entrance_id", to.id):
        if other.id == moved.id or other.cancelled:
            continue
        if other.starts < ends and moved.starts < _end(plan, other):
            raise CannotMove(
                f"There is a picket at {to.name} already on {day_words(other.starts.date())}, {other.words}: "
                "choose another entrance, or a time when nobody stands there."
            )


def _end(plan: Plan, picket: Picket) -> datetime:
    """When a picket ends; an open end lasts until its last shift ends, and at least until midnight."""
    if picket.ends is not None:
        return picket.ends
    midnight = datetime.combine(picket.starts.date(), MIDNIGHT) + timedelta(days=1)
    return max((midnight, *(shift.ends for shift in plan.of(Shift, "picket_id", picket.id))))


def _latest(plan: Plan, picket: Picket) -> datetime:
    """Until when somebody may stand there; with an open end that is as long as the strike day lasts."""
    day = plan.find(StrikeDay, picket.strike_day_id)
    if picket.ends is not None or day is None:
        return _end(plan, picket)
    return max(_end(plan, picket), day.window.end)


# --------------------------------------------------------------------------------------------- moving
def _at(picket: Picket, here: Entrance, to: Entrance, since: datetime, reason: str, id: PicketId) -> Picket:
    """Give the picket at the other entrance; its note says where it came from, its old meeting point is none there."""
    words = f"Moved from {here.name} at {clock(since)}" if since > picket.starts else f"Moved from {here.name}"
    words += f": {' '.join(reason.split())}" if reason.strip() else ""
    words += f". Meeting point there was: {picket.meet}" if picket.meet else ""
    note = "\n".join(filter(None, (picket.note, f"{words}.")))
    return replace(picket, id=id, entrance_id=to.id, starts=since, meet="", note=note)


def _moved_shift(
    plan: Plan, shift: Shift, moved: Picket, cut: datetime | None, make_id: Callable[[], str]
) -> tuple[list[Record], list[Assignment]]:
    """Move a shift, or cut it and move the rest; gives what to write, and who is on it there."""
    assigned = [_reconfirmed(each) for each in plan.of(Assignment, "shift_id", shift.id)]
    if cut is None or shift.starts >= cut:
        records: list[Record] = [] if shift.picket_id == moved.id else [replace(shift, picket_id=moved.id)]
        changed = [each for each in assigned if each != plan.get(Assignment, each.id)]
        return [*records, *changed], assigned
    rest = replace(shift, id=ShiftId(make_id()), picket_id=moved.id, starts=cut, meet_minutes=0)
    needs = [replace(need, id=NeedId(make_id()), shift_id=rest.id) for need in plan.of(Need, "shift_id", shift.id)]
    people = [replace(each, id=AssignmentId(make_id()), shift_id=rest.id) for each in assigned]
    return [replace(shift, ends=cut), rest, *needs, *people], people


def _reconfirmed(assignment: Assignment) -> Assignment:
    return replace(assignment, state=AssignmentState.RECONFIRM) if assignment.state in _FIRM else assignment


# ----------------------------------------------------------------------------------------- whom to tell
def _to_tell(plan: Plan, there: Iterable[Shift], people: Iterable[Assignment]) -> Iterator[ToTell]:
    shifts = {shift.id: shift for shift in there if not shift.cancelled}
    found: dict[PersonId, list[Assignment]] = {}
    for each in people:
        if each.state.counts and each.shift_id in shifts:
            found.setdefault(each.person_id, []).append(each)
    told = []
    for person_id, theirs in found.items():
        theirs.sort(key=lambda each: shifts[each.shift_id].starts)
        first = shifts[theirs[0].shift_id]
        person = plan.find(Person, person_id)
        told.append(
            ToTell(
                person_id=person_id,
                name=plan.name_of(person_id),
                channel=person.channel if person else Channel.REP,
                phone=person.phone if person else "",
                email=person.email if person else "",
                role=theirs[0].role,
                starts=first.starts,
                words=", ".join(
                    span_words(shifts[each.shift_id].starts, shifts[each.shift_id].ends) for each in theirs
                ),
            )
        )
    yield from sorted(told, key=lambda each: (each.starts, each.role is not Role.SUPERVISOR, each.name))


def _remarks(
    plan: Plan,
    picket: Picket,
    here: Entrance,
    to: Entrance,
    there: list[Shift],
    people: list[Assignment],
    *,
    whole: bool,
) -> Iterator[str]:
    most = _most_at_once(there, people)
    if most > to.official_max:
        pickets = "picket" if to.official_max == 1 else "pickets"
        yield (
            f"{to.name} is down for {to.official_max} official {pickets} at one time, and {most} would stand there: "
            "let some come as supporters."
        )
    for telling in sorted(plan.of(PoliceTelling, "picket_id", picket.id), key=lambda each: each.at):
        yield f"{telling.told} was told of the picket at {here.name}: tell them of {to.name}."
    for stall in plan.of(Stall, "picket_id", picket.id):
        partner = plan.find(Partner, stall.partner_id)
        name = partner.name if partner else "A partner"
        where = f"moves to {to.name} with the picket: tell them" if whole else f"stays at {here.name}: ask them"
        yield f"{name}\u2019s stall {where}."


def _most_at_once(there: Iterable[Shift], people: Iterable[Assignment]) -> int:
    """Count the most official pickets who stand there at one time."""
    shifts = {shift.id: shift for shift in there if not shift.cancelled}
    steps: list[tuple[datetime, int]] = []
    for each in people:
        stands = each.state.counts and each.role.official_picket and each.presence is Presence.PRESENT
        if stands and (shift := shifts.get(each.shift_id)):
            steps += [(shift.starts, 1), (shift.ends, -1)]
    now = most = 0
    for _, step in sorted(steps):
        now += step
        most = max(most, now)
    return most
