"""What a step on the rota writes, and how it is put together: which picket a shift goes on, and who must be told.

A *line* of the rota is what has shifts: an entrance, where pickets stand, a steward post or a stall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import EntranceId, LineId, NeedId, PersonId, PicketId, ShiftId, new_id
from rallyapp.domain.people import Person, Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import Record
from rallyapp.domain.situation import picket_span
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import Span, clock, clock_fault, day_words, ends_wrongly, span_words

MakeId = Callable[[], str]
R = TypeVar("R", bound=Record)
SHORTEST = 5  # minutes
_GONE: dict[type[Record], str] = {
    Shift: "That shift",
    StrikeDay: "That strike day",
    Entrance: "That entrance",
    Picket: "That picket",
    Post: "That post",
    Stall: "That stall",
    Person: "That person",
    Rally: "That rally",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaEdit:
    """What one step writes, in an order in which it can be written, and whom it concerns.

    ``again`` are the people who have to be told once more; ``left_out`` counts the shifts that could not come along.
    """

    saved: tuple[Record, ...] = ()
    deleted: tuple[Record, ...] = ()
    again: tuple[PersonId, ...] = ()
    left_out: int = 0

    @property
    def any(self) -> bool:
        """Say whether there is something to write."""
        return bool(self.saved or self.deleted)

    @property
    def shifts(self) -> tuple[ShiftId, ...]:
        """The shifts that are written, to be chosen afterwards."""
        return tuple(record.id for record in self.saved if isinstance(record, Shift))

    @property
    def words(self) -> str:
        """What somebody should know who did it: how many must be told again, and what was left out."""
        said = []
        if count := len(self.again):
            said.append(f"{count:,} {'person' if count == 1 else 'people'} must be told again.")
        if count := self.left_out:
            said.append(
                f"{count:,} {'shift was' if count == 1 else 'shifts were'} left out: outside the day\u2019s times, "
                "or something is there already."
            )
        return " ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWanted:
    """How many of one role shifts are to need; see ``Need``."""

    role: Role
    least: int
    wished: int
    most: int
    skill: Skill | None = None


USUAL_NEEDS = (
    NeedWanted(role=Role.SUPERVISOR, least=1, wished=1, most=1),
    NeedWanted(role=Role.PICKET, least=2, wished=4, most=5),
    NeedWanted(role=Role.STANDBY, least=0, wished=1, most=2),
)


def there(plan: Plan, kind: type[R], id: str | None) -> R:
    """Give the record that somebody chose a while ago; raises UserError where another has deleted it since."""
    found = plan.find(kind, id)
    if found is None:
        if kind is Assignment:
            raise UserError("That person is not on that shift any more: somebody took them off.")
        raise UserError(f"{_GONE[kind]} is not there any more: somebody deleted it.")
    return found


class RotaWork:
    """The pickets, shifts and assignments that one step writes, put together shift by shift."""

    def __init__(self, plan: Plan, make_id: MakeId = new_id) -> None:
        """Take the plan as it is."""
        self._plan, self._make_id = plan, make_id
        self._pickets: dict[PicketId, Picket] = {}  # changed or made
        self._shifts: dict[ShiftId, Shift] = {}
        self._needs: list[Need] = []
        self._assignments: list[Assignment] = []
        self._again: dict[PersonId, None] = {}

    def edit(self) -> RotaEdit:
        """Give what is to be written."""
        saved: list[Record] = [*self._pickets.values(), *self._shifts.values(), *self._needs, *self._assignments]
        return RotaEdit(saved=tuple(saved), again=tuple(self._again))

    def move(self, shift: Shift, starts: datetime, ends: datetime, to: LineId | None = None) -> None:
        """Give a shift other times, and another line of the same kind."""
        span = new_span(starts, ends)
        here = self._plan.line_of(shift)
        line = there(self._plan, type(here), to or here.id)
        if span == shift.span and line.id == here.id:
            return
        moved = replace(shift, starts=span.start, ends=span.end)
        if isinstance(line, Entrance):
            picket = self._plan.get(Picket, shift.picket_id)
            day = self._plan.get(StrikeDay, picket.strike_day_id)
            self._refuse_outside(day, line.id, span, was=shift.span)
            self.keep_shift(replace(moved, picket_id=self._host(day, line.id, span, own=picket).id))
            return
        _refuse_left_out(span)
        self.keep_shift(_placed(moved, line))

    def add(
        self,
        day: StrikeDay | None,
        line: Line,
        span: Span,
        needs: Iterable[NeedWanted],
        *,
        batch: str = "",
        like: Shift | None = None,
        picket_like: Picket | None = None,
    ) -> None:
        """Make a shift with its needs; that of an entrance is within the times of the strike day, which is given."""
        made = Shift(id=ShiftId(self._make_id()), starts=span.start, ends=span.end, batch=batch)
        if isinstance(line, Entrance):
            assert day is not None
            self._refuse_outside(day, line.id, span)
            made = replace(made, picket_id=self._host(day, line.id, span, like=picket_like).id)
        else:
            _refuse_left_out(span)
            made = _placed(made, line)
        if like is not None:
            made = replace(made, meet_minutes=like.meet_minutes, label=like.label, priority=like.priority)
        self._shifts[made.id] = made
        self._needs += [need_of(need, made.id, NeedId(self._make_id())) for need in needs]

    def keep(self, picket: Picket, *, within: Picket) -> None:
        """Take a picket as it is to be; ``within`` is it as it was."""
        day = self._plan.get(StrikeDay, picket.strike_day_id)
        was, now = _times(within), _times(picket)
        self._refuse_outside(day, picket.entrance_id, now, was=was)
        self._pickets[picket.id] = picket

    def keep_shift(self, shift: Shift) -> None:
        """Take a shift as it is to be; who knows of it must be told again."""
        self._shifts[shift.id] = shift
        for each in self._plan.of(Assignment, "shift_id", shift.id):
            if knows(each):
                self._again[each.person_id] = None
                if each.state is not AssignmentState.RECONFIRM:
                    self._assignments.append(replace(each, state=AssignmentState.RECONFIRM))

    def open(self, day: StrikeDay, entrance: EntranceId, span: Span) -> bool:
        """Say whether a shift can be put there: it can't where all that stands there then is cancelled."""
        near = self._near(day, entrance, span)
        return not near or any(not picket.cancelled for picket in near)

    def _near(self, day: StrikeDay, entrance: EntranceId, span: Span) -> list[Picket]:
        """List the pickets of an entrance on the calendar days of a span, the nearest in time first."""
        known = {picket.id: picket for picket in self._plan.of(Picket, "entrance_id", entrance)} | {
            picket.id: picket for picket in self._pickets.values() if picket.entrance_id == entrance
        }
        days = set(span.days())
        found = [
            picket
            for picket in known.values()
            if picket.strike_day_id == day.id and not days.isdisjoint(self._span_of(picket).days())
        ]
        return sorted(found, key=lambda picket: (_apart(self._span_of(picket), span), picket.starts, picket.id))

    def _span_of(self, picket: Picket) -> Span:
        return Span(picket.starts, picket.ends) if picket.ends else picket_span(self._plan, picket)

    def _host(
        self,
        day: StrikeDay,
        entrance: EntranceId,
        span: Span,
        *,
        own: Picket | None = None,
        like: Picket | None = None,
    ) -> Picket:
        """Give the picket that a shift goes on, widened or made for it; the shift's own one where that is near."""
        near = self._near(day, entrance, span)
        going = [picket for picket in near if not picket.cancelled]
        found = next((picket for picket in near if own is not None and picket.id == own.id), None)
        if found is None and near and not going:
            where = self._plan.get(Entrance, entrance).name
            raise UserError(f"The picket at {where} is cancelled ({near[0].reason}): reinstate it first.")
        found = found or (going[0] if going else None)
        if found is None:
            made = Picket(
                id=PicketId(self._make_id()),
                strike_day_id=day.id,
                entrance_id=entrance,
                starts=span.start,
                ends=span.end,
            )
            if like is not None:
                made = replace(made, meet=like.meet, supporters=like.supporters, loudspeaker=like.loudspeaker)
            self._pickets[made.id] = made
            return made
        wide = replace(
            found,
            starts=min(found.starts, span.start),
            ends=max(found.ends, span.end) if found.ends is not None else None,
        )
        if wide != found:
            self._pickets[wide.id] = wide
        return wide

    def _refuse_outside(self, day: StrikeDay, entrance: EntranceId, span: Span, was: Span | None = None) -> None:
        _refuse_left_out(span)
        if day.window.contains(span) or (was is not None and not day.window.contains(was)):
            return
        where = self._plan.get(Entrance, entrance).name
        on = "" if span.start.date() == day.first_date else f" on {day_words(span.start.date())}"
        raise UserError(
            f"{span_words(span.start, span.end)}{on} at {where} would be outside the strike day ({day.words}): choose "
            "times inside it, or change the day\u2019s times."
        )


Line = Entrance | Post | Stall


def line_there(plan: Plan, id: LineId) -> Line:
    """Give the line that somebody chose a while ago; raises UserError where another has deleted it since."""
    found: Line | None = plan.find(Post, id) or plan.find(Stall, id)
    return found or there(plan, Entrance, id)


def _placed(shift: Shift, line: Post | Stall) -> Shift:
    return replace(shift, post_id=line.id) if isinstance(line, Post) else replace(shift, stall_id=line.id)


def _refuse_left_out(span: Span) -> None:
    """Refuse times that the clocks leave out."""
    for when in (span.start, span.end):
        if fault := clock_fault(when):
            raise UserError(f"{fault[0].upper()}{fault[1:]}: choose another time.")


def knows(assignment: Assignment) -> bool:
    """Say whether somebody was told of their shift, as it is or as it was, and did not say no."""
    return assignment.state in (AssignmentState.ASKED, AssignmentState.CONFIRMED, AssignmentState.RECONFIRM)


def need_of(want: NeedWanted, shift: ShiftId, id: NeedId) -> Need:
    """Make the need of a shift."""
    return Need(
        id=id,
        shift_id=shift,
        role=want.role,
        least=want.least,
        wished=want.wished,
        most=want.most,
        skill=want.skill,
    )


def _times(picket: Picket) -> Span:
    return Span(picket.starts, picket.ends or picket.starts + timedelta(minutes=1))


def new_span(starts: datetime, ends: datetime) -> Span:
    """Make the span of a shift; raises UserError for one that ends before it starts or is too short."""
    if ends <= starts:
        raise UserError(f"{clock(starts)}\u2013{clock(ends)} {ends_wrongly(starts, ends)}: write it as 08:00-11:00.")
    if ends - starts < timedelta(minutes=SHORTEST):
        raise UserError(f"{clock(starts)}\u2013{clock(ends)} is too short: a shift is {SHORTEST} minutes or more.")
    return Span(starts, ends)


def span_on(on: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Say when a shift is that somebody gave as two times on a calendar day: a night ends the next morning."""
    return datetime.combine(on, starts), datetime.combine(on if ends > starts else on + timedelta(days=1), ends)


def _apart(one: Span, other: Span) -> timedelta:
    """Say how far two spans are apart: nothing where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, timedelta(0))


def combined(edits: Iterable[RotaEdit]) -> RotaEdit:
    """Put several steps together, each made of the plan as the one before leaves it; see ``after``."""
    saved: dict[tuple[type[Record], str], Record] = {}
    deleted: dict[tuple[type[Record], str], Record] = {}
    again: dict[PersonId, None] = {}
    left_out = 0
    for edit in edits:
        for record in edit.deleted:
            key = (type(record), record.id)
            saved.pop(key, None)
            deleted[key] = record
        saved.update({(type(record), record.id): record for record in edit.saved})
        again.update(dict.fromkeys(edit.again))
        left_out += edit.left_out
    order = {kind: place for place, kind in enumerate((Picket, Shift, Need, Assignment))}
    written = sorted(saved.values(), key=lambda record: order.get(type(record), 0))
    return RotaEdit(saved=tuple(written), deleted=tuple(deleted.values()), again=tuple(again), left_out=left_out)


def after(plan: Plan, edit: RotaEdit) -> Plan:
    """Give the plan as a step leaves it; what hangs on a deleted record stays in the picture."""
    return plan.changed(edit.saved, [(type(record), record.id) for record in edit.deleted])
