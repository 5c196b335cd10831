"""What one step with a stall or its partner writes: pure functions from a plan to the records to save."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from rallyapp.domain import stand_down
from rallyapp.domain.assigning import assign
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import NeedId, PartnerId, PersonId, PicketId, RallyId, ShiftId, StallId, new_id
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.records import Record
from rallyapp.domain.reinstating import to_reconfirm
from rallyapp.domain.rota_work import MakeId, RotaEdit, new_span
from rallyapp.domain.stalls import STALL_MOVES, IfOff, Partner, Stall, StallState, Tally
from rallyapp.domain.stand_down import Going
from rallyapp.domain.tells import ContactAttempt
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted_if_any

# What a partner brings or needs alike wherever it stands; everything else is of one day.
LIKE_LAST = ("width", "depth", "tables", "chairs", "power", "shelter", "dry_and_quiet", "volunteers_wanted", "kits")
WIDEST = 10_000  # centimetres


# --------------------------------------------------------------------------------------------- in words
def size_words(width: int | None, depth: int | None) -> str:
    """Write a pitch of so many centimetres as 3 × 2.5 m; nothing where it is not known."""
    if not (width and depth):
        return ""
    return f"{width / 100:g} \u00d7 {depth / 100:g} m"


_SIZE = re.compile(
    r"(\d{1,5}(?:[.,]\d{1,2})?)\s*(m|cm|metres?|meters?|ft|feet)?\s*(?:x|\u00d7|by|\*)\s*"
    r"(\d{1,5}(?:[.,]\d{1,2})?)\s*(m|cm|metres?|meters?|ft|feet)?\.?",
    re.IGNORECASE,
)
_FOOT = 30.48  # centimetres


def typed_size(text: str) -> tuple[int | None, int | None]:
    """Read "3 x 3 m", "300 x 250 cm" or "10 x 10 ft" as width and depth in centimetres; an empty text as none.

    A number without a unit is metres, from 100 on centimetres. Raises ValueError with a sentence.
    """
    bare = " ".join(text.split())
    if not bare:
        return None, None
    found = _SIZE.fullmatch(bare)
    if found is None:
        raise ValueError(f"\u201c{bare}\u201d is not a size: write width x depth, such as 3 x 3 m")
    unit = (found[4] or found[2] or "").casefold()
    sides = [_centimetres(found[1], (found[2] or unit).casefold()), _centimetres(found[3], unit)]
    if not all(1 <= side <= WIDEST for side in sides):
        raise ValueError(f"A side of a pitch is from 1 cm to {WIDEST // 100} m")
    return sides[0], sides[1]


def _centimetres(number: str, unit: str) -> int:
    value = float(number.replace(",", "."))
    if unit.startswith("f"):
        return round(value * _FOOT)
    return round(value if unit == "cm" or (not unit and value >= 100) else value * 100)


def where_words(plan: Plan, stall: Stall) -> str:
    """Say at which rally or picket a stall is, and when."""
    if stall.rally_id:
        rally = plan.get(Rally, stall.rally_id)
        return f"{rally.title}, {day_words(rally.starts.date())} {rally.words}"
    return plan.picket_words(plan.get(Picket, stall.picket_id))


def host_of(plan: Plan, stall: Stall) -> Rally | Picket:
    """Give the rally or the picket at which a stall is."""
    if stall.rally_id:
        return plan.get(Rally, stall.rally_id)
    return plan.get(Picket, stall.picket_id)


def starts_of(plan: Plan, stall: Stall) -> datetime:
    """Give when the rally or the picket of a stall starts."""
    return host_of(plan, stall).starts


def open_hours(plan: Plan, stall: Stall) -> tuple[datetime, datetime]:
    """Say from when to when a stall is there: as it says itself, else all of its rally or picket, an hour at least."""
    host = host_of(plan, stall)
    starts = stall.arrives or host.starts
    ends = stall.leaves or host.ends
    hour = starts + timedelta(hours=1)
    return starts, max(ends, hour) if ends else hour


def needs_words(stall: Stall) -> str:
    """List what a stall needs: "3 x 3 m, 2 tables, 4 chairs, power: none, 4 volunteers, 100 kits"."""
    parts = (
        size_words(stall.width, stall.depth),
        counted_if_any(stall.tables, "table"),
        counted_if_any(stall.chairs, "chair"),
        f"power: {stall.power}" if stall.power else "",
        f"shelter: {stall.shelter}" if stall.shelter else "",
        "a dry and quiet surface" if stall.dry_and_quiet else "",
        counted_if_any(stall.volunteers_wanted, "volunteer"),
        counted_if_any(stall.kits, "kit"),
    )
    return ", ".join(part for part in parts if part)


# --------------------------------------------------------------------------------------------- partners
def partner_named(partners: Iterable[Partner], name: str) -> Partner | None:
    """Find the partner of a name as somebody types it, whatever its capitals and blanks."""
    wanted = " ".join(name.split()).casefold()
    return next((each for each in partners if " ".join(each.name.split()).casefold() == wanted), None)


def partners_like(partners: Iterable[Partner], text: str) -> list[str]:
    """List the names of partners that hold a text, in order."""
    wanted = " ".join(text.split()).casefold()
    return sorted((each.name for each in partners if wanted in each.name.casefold()), key=str.casefold)


def refuse_removing(plan: Plan, partner: Partner) -> None:
    """Raise UserError where a partner has stalls, which would go with it."""
    stalls = plan.of(Stall, "partner_id", partner.id)
    if stalls:
        where = where_words(plan, stalls[0])
        many = f" and {len(stalls) - 1} more" if len(stalls) > 1 else ""
        raise UserError(
            f"{partner.name} has a stall at {where}{many}: delete its stalls first, or mark them as declined."
        )


def refuse_deleting(plan: Plan, stall: Stall) -> None:
    """Raise UserError where something is on record of a stall: a tally, who came, or who was told it is off."""
    name = plan.get(Partner, stall.partner_id).name
    if plan.of(Tally, "stall_id", stall.id):
        raise UserError(f"The stall of {name} has a tally, so it stays in the plan: mark it as stood down instead.")
    if any(plan.of(Attendance, "shift_id", shift.id) for shift in plan.of(Shift, "stall_id", stall.id)):
        raise UserError(f"Who came to the stall of {name} is on record, so it stays: mark it as stood down instead.")
    if plan.of(ContactAttempt, "stall_id", stall.id):
        raise UserError(
            f"That {name} was told of a stand-down is on record, so its stall stays: mark it as stood down instead."
        )


# --------------------------------------------------------------------------------------------- stalls
@frozen
class NewStall:
    """A stall that is to be made, with its partner where that is new, too."""

    stall: Stall
    partner: Partner
    known: bool

    @property
    def saved(self) -> tuple[Record, ...]:
        """What is to be written."""
        return (self.stall,) if self.known else (self.partner, self.stall)


def new_stall(
    plan: Plan,
    name: str,
    *,
    rally_id: RallyId | None = None,
    picket_id: PicketId | None = None,
    make_id: MakeId = new_id,
) -> NewStall:
    """Make the stall of a partner, whose name is known or new, at one rally or one picket; nothing else is filled in.

    Raises UserError for a blank name, and where that partner has a stall there already.
    """
    if not name.strip():
        raise UserError("Write the partner\u2019s name.")
    known = partner_named(plan.all(Partner), name)
    partner = known or Partner(id=PartnerId(make_id()), name=" ".join(name.split()))
    stall = Stall(id=StallId(make_id()), partner_id=partner.id, rally_id=rally_id, picket_id=picket_id)
    for other in plan.of(Stall, "partner_id", partner.id):
        if (other.rally_id, other.picket_id) == (rally_id, picket_id):
            raise UserError(f"{partner.name} has a stall there already: {where_words(plan, other)}.")
    return NewStall(stall=stall, partner=partner, known=known is not None)


def last_stall(plan: Plan, stall: Stall) -> Stall | None:
    """Give the partner's newest other stall whose needs are known, before this one rather than after it."""
    others = [
        other for other in plan.of(Stall, "partner_id", stall.partner_id) if other.id != stall.id and needs_words(other)
    ]
    here = starts_of(plan, stall)

    def nearness(other: Stall) -> tuple[bool, datetime, str]:
        starts = starts_of(plan, other)
        return starts <= here, starts, other.id

    return max(others, key=nearness, default=None)


def as_last(stall: Stall, last: Stall) -> Stall:
    """Give a stall with the needs of an earlier one wherever nothing was entered yet."""
    taken = {name: getattr(last, name) for name in LIKE_LAST if not getattr(stall, name)}
    if stall.width or stall.depth:  # a pitch is never half the one and half the other
        taken = {name: value for name, value in taken.items() if name not in ("width", "depth")}
    return replace(stall, **taken)


def move_stall(plan: Plan, stall: Stall, to: StallState) -> RotaEdit:
    """Take a stall to another state; of one that comes back, whoever knew of it is to reconfirm.

    Raises UserError for a step that makes no sense, such as from "declined" to "confirmed".
    """
    if to not in STALL_MOVES[stall.state]:
        can = " or ".join(f"\u201c{state}\u201d" for state in StallState if state in STALL_MOVES[stall.state])
        name = plan.get(Partner, stall.partner_id).name
        raise UserError(
            f"The stall of {name} is \u201c{stall.state}\u201d and can\u2019t become \u201c{to}\u201d: "
            f"it can become {can}."
        )
    return _decided(plan, replace(stall, state=to))


def decide_if_off(plan: Plan, stall: Stall, decision: IfOff) -> RotaEdit:
    """Write down whether a stall comes although the strike is off; if by that it does, its people are to reconfirm."""
    return _decided(plan, replace(stall, if_off=decision))


def _decided(plan: Plan, new: Stall) -> RotaEdit:
    after = plan.changed([new], ())
    own = {shift.id for shift in plan.of(Shift, "stall_id", new.id)}
    again = tuple(each for each in to_reconfirm(plan, after) if each.shift_id in own)
    return RotaEdit(saved=(new, *again), again=tuple(dict.fromkeys(each.person_id for each in again)))


def host_status(plan: Plan, stall: Stall) -> stand_down.Status:
    """Say whether the rally or the picket goes ahead at which a stall is."""
    host = host_of(plan, stall)
    return stand_down.of_rally(plan, host) if isinstance(host, Rally) else stand_down.of_picket(plan, host)


def question_words(plan: Plan, stall: Stall) -> str:
    """Say what is open where the strike is off and a partner has not said whether it comes; nothing where it has."""
    if stand_down.of_stall(plan, stall).going is not Going.UNDECIDED:
        return ""
    why = host_status(plan, stall).why.removeprefix("the strike day ")
    day = day_words(starts_of(plan, stall).date()).rsplit(" ", 1)[0]
    off = f"{day} {why}." if why.startswith("is ") else f"{day} is stood down ({why})."
    return f"{off} {plan.get(Partner, stall.partner_id).name} has not said whether it comes all the same: ask."


def whom_to_tell(plan: Plan, stall: Stall) -> tuple[str, ...]:
    """List who must hear what becomes of a stall: its contact on the day, the partner's, and who is on its shifts."""
    partner = plan.get(Partner, stall.partner_id)
    contacts = [
        ", ".join(part for part in (who, phone) if part)
        for who, phone in ((stall.on_day_contact, stall.on_day_phone), (partner.contact_name, partner.contact_phone))
    ]
    people = [
        plan.name_of(each.person_id)
        for shift in plan.of(Shift, "stall_id", stall.id)
        for each in plan.of(Assignment, "shift_id", shift.id)
        if each.state.counts
    ]
    return tuple(dict.fromkeys(each for each in (*contacts, *people) if each))


# ------------------------------------------------------------------------------------- shifts at stalls
def usual_span(plan: Plan, stall: Stall) -> tuple[datetime, datetime]:
    """Say when a new shift at a stall would be: all of the rally or the picket, or what is left after the last shift.

    An hour where nobody has said when the stall ends.
    """
    host = host_of(plan, stall)
    shifts = [shift for shift in plan.of(Shift, "stall_id", stall.id) if not shift.cancelled]
    starts = max((shift.ends for shift in shifts), default=host.starts)
    ends = [when for when in (host.ends, stall.leaves) if when is not None and when > starts]
    return starts, ends[0] if ends else starts + timedelta(hours=1)


def add_shift(
    plan: Plan, stall: Stall, starts: datetime, ends: datetime, wanted: int, make_id: MakeId = new_id
) -> RotaEdit:
    """Add a shift at a stall to the one rota, which needs so many volunteers.

    Raises UserError for a span that is none, and for fewer than one volunteer.
    """
    if wanted < 1:
        raise UserError("A shift needs at least 1 volunteer: write how many.")
    span = new_span(starts, ends)
    shift = Shift(id=ShiftId(make_id()), stall_id=stall.id, starts=span.start, ends=span.end)
    need = _need(NeedId(make_id()), shift.id, wanted)
    return RotaEdit(saved=(shift, need))


def _need(id: NeedId, shift: ShiftId, wanted: int) -> Need:
    return Need(id=id, shift_id=shift, role=Role.STALL, least=wanted, wished=wanted, most=wanted)


def move_shift(plan: Plan, shift: Shift, starts: datetime, ends: datetime) -> RotaEdit:
    """Give a stall's shift other times; who had been asked or had said yes is to reconfirm."""
    span = new_span(starts, ends)
    if span == shift.span:
        return RotaEdit()
    again = [
        replace(each, state=AssignmentState.RECONFIRM)
        for each in plan.of(Assignment, "shift_id", shift.id)
        if each.state in (AssignmentState.ASKED, AssignmentState.CONFIRMED)
    ]
    new = replace(shift, starts=span.start, ends=span.end)
    return RotaEdit(saved=(new, *again), again=tuple(each.person_id for each in again))


def set_wanted(plan: Plan, shift: Shift, wanted: int, make_id: MakeId = new_id) -> RotaEdit:
    """Say how many volunteers a stall's shift needs; raises UserError for fewer than one."""
    if wanted < 1:
        raise UserError("A shift needs at least 1 volunteer: delete the shift if nobody is to come.")
    known = [need for need in plan.of(Need, "shift_id", shift.id) if need.role is Role.STALL and need.skill is None]
    if not known:
        return RotaEdit(saved=(_need(NeedId(make_id()), shift.id, wanted),))
    old = known[0]
    least = wanted if old.least == old.wished else min(old.least, wanted)
    new = replace(old, least=least, wished=wanted, most=wanted)
    return RotaEdit(saved=(new,)) if new != old else RotaEdit()


def own_person(plan: Plan, shift: Shift, name: str, make_id: MakeId = new_id) -> RotaEdit:
    """Put somebody of the stall's charity on its shift, who is new to the plan: never a member of the union.

    Raises UserError for a blank name.
    """
    given, _, family = " ".join(name.split()).partition(" ")
    if not given:
        raise UserError("Write the name of who comes for the charity.")
    person = Person(
        id=PersonId(make_id()),
        given_name=given,
        family_name=family,
        standing=Standing.PARTNER,
        partner_id=plan.get(Stall, shift.stall_id).partner_id,
    )
    put_on = assign(plan.changed([person], ()), shift.id, person.id, Role.STALL, make_id=make_id)
    return RotaEdit(saved=(person, *put_on.saved))
