"""What one step on the rota writes: pure functions from a plan to the records to save and to delete.

Times stay wall-clock times: a shift moved by whole days keeps its 08:00. People who are on a shift stay on it when
it moves. Those who had been asked or had said yes did so for another time or another entrance: their assignment
becomes "to reconfirm", and ``RotaEdit.again`` counts them, because somebody must tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import EntranceId, LineId, NeedId, PicketId, ShiftId, StrikeDayId, new_id
from rallyapp.domain.pickets import Assignment, Attendance, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post
from rallyapp.domain.records import Record
from rallyapp.domain.rota_work import (
    SHORTEST,
    USUAL_NEEDS,
    Line,
    MakeId,
    NeedWanted,
    RotaEdit,
    RotaWork,
    knows,
    line_there,
    need_of,
    new_span,
    there,
)
from rallyapp.domain.situation import day_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import Span, day_words, moved_by_days, slots


# ------------------------------------------------------------------------------------------ moving, resizing
def move_shifts(
    plan: Plan,
    shift_ids: Iterable[ShiftId],
    minutes: int,
    to: LineId | Mapping[ShiftId, LineId] | None = None,
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Move shifts by wall-clock minutes, and to another line of their kind: one for all, or one for each.

    A shift that changes entrance goes on that entrance's picket of the same strike day; where none stands there
    that day, one is made. Pickets are widened so that their shifts stay inside, never narrowed. Raises UserError
    where a picket shift would leave its strike day's times, at a time that the clocks leave out, and at an entrance
    whose picket is cancelled.
    """
    rota = RotaWork(plan, make_id)
    for shift in _each(plan, shift_ids):
        by = timedelta(minutes=minutes)
        rota.move(shift, shift.starts + by, shift.ends + by, _goes_to(shift, to))
    return rota.edit()


def resize_shift(plan: Plan, shift_id: ShiftId, starts: datetime, ends: datetime) -> RotaEdit:
    """Let a shift start and end at other times; raises UserError as ``move_shifts`` does."""
    rota = RotaWork(plan)
    for shift in _each(plan, (shift_id,)):
        rota.move(shift, starts, ends)
    return rota.edit()


def move_entrance(plan: Plan, picket_id: PicketId, minutes: int) -> RotaEdit:
    """Move a picket with all its shifts by wall-clock minutes."""
    rota = RotaWork(plan)
    picket = there(plan, Picket, picket_id)
    by = timedelta(minutes=minutes)
    rota.keep(
        replace(picket, starts=picket.starts + by, ends=picket.ends + by if picket.ends is not None else None),
        within=picket,
    )
    for shift in plan.of(Shift, "picket_id", picket_id):
        rota.move(shift, shift.starts + by, shift.ends + by)
    return rota.edit() if minutes else RotaEdit()


# ---------------------------------------------------------------------------------------- copying, making
def copy_shifts(
    plan: Plan,
    shift_ids: Iterable[ShiftId],
    minutes: int = 0,
    to: LineId | Mapping[ShiftId, LineId] | None = None,
    to_day: StrikeDayId | None = None,
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Copy shifts with what they need and nobody on them: later, to another line of their kind, to another strike day.

    To another day they go at the same times of day, as far after its beginning; posts and stalls stay on the day of
    what they belong to. Raises UserError as ``move_shifts`` does.
    """
    rota = RotaWork(plan, make_id)
    for shift in _each(plan, shift_ids):
        here = plan.line_of(shift)
        line = there(plan, type(here), _goes_to(shift, to) or here.id)
        if not isinstance(line, Entrance):
            if to_day is not None and to_day != day_of(plan, shift):
                raise UserError(f"{plan.line_words(here)} is there on one day only: copy its shifts within that day.")
            rota.add(None, line, _moved(shift, 0, minutes), _needs_of(plan, shift), like=shift)
            continue
        own = plan.get(StrikeDay, plan.get(Picket, shift.picket_id).strike_day_id)
        day = there(plan, StrikeDay, to_day or own.id)
        span = _moved(shift, (day.first_date - own.first_date).days, minutes)
        rota.add(day, line, span, _needs_of(plan, shift), like=shift)
    return rota.edit()


def add_shift(
    plan: Plan,
    day_id: StrikeDayId,
    line_id: LineId,
    starts: datetime,
    ends: datetime,
    needs: Iterable[NeedWanted] = USUAL_NEEDS,
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Add one shift, at an entrance with a picket where none stands there yet; raises UserError as ``move_shifts``."""
    rota = RotaWork(plan, make_id)
    rota.add(there(plan, StrikeDay, day_id), line_there(plan, line_id), new_span(starts, ends), needs)
    return rota.edit()


def cut_window(
    plan: Plan,
    day_id: StrikeDayId,
    line_id: LineId,
    starts: datetime,
    ends: datetime,
    minutes: int,
    needs: Iterable[NeedWanted] = USUAL_NEEDS,
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Cut a stretch of time of a line into shifts of so many minutes, which remember that they were cut together.

    Shifts that exist are never destroyed: raises UserError where one of them overlaps, and as ``move_shifts`` does.
    """
    if minutes < SHORTEST:
        raise UserError(f"A shift of {minutes} minutes is too short: give it {SHORTEST} minutes or more.")
    span = new_span(starts, ends)
    day, line = there(plan, StrikeDay, day_id), line_there(plan, line_id)
    for shift in _shifts_at(plan, day_id, line):
        if shift.span.overlaps(span):
            where = plan.line_words(line)
            raise UserError(
                f"{where} has a shift {shift.words} already: cut a time that is free, or delete that shift first."
            )
    rota = RotaWork(plan, make_id)
    batch, wanted = make_id(), tuple(needs)
    for part in slots(span, minutes):
        rota.add(day, line, part, wanted, batch=batch)
    return rota.edit()


def copy_day(plan: Plan, from_day: StrikeDayId, to_day: StrikeDayId, make_id: MakeId = new_id) -> RotaEdit:
    """Copy a strike day's pickets and shifts with what they need to another one: nobody on them, no attendance.

    Times of day stay. What lies outside the other day's times, overlaps a shift that is there already, or would
    stand at an entrance whose picket is cancelled there is left out and counted. Raises UserError where nothing
    is left to copy.
    """
    here, target = there(plan, StrikeDay, from_day), there(plan, StrikeDay, to_day)
    if from_day == to_day:
        raise UserError("Choose another strike day: a day can\u2019t be copied to itself.")
    rota = RotaWork(plan, make_id)
    taken: dict[EntranceId, list[Span]] = {}
    left_out = copied = 0
    for picket in plan.of(Picket, "strike_day_id", from_day):
        if picket.cancelled:
            continue
        entrance = plan.get(Entrance, picket.entrance_id)
        spans = taken.setdefault(entrance.id, [shift.span for shift in _shifts_at(plan, to_day, entrance)])
        before = len(spans)
        days = (target.first_date - here.first_date).days
        for shift in plan.of(Shift, "picket_id", picket.id):
            if shift.cancelled:
                continue
            span = _moved(shift, days)
            free = target.window.contains(span) and not any(span.overlaps(other) for other in spans[:before])
            if free and rota.open(target, picket.entrance_id, span):
                rota.add(target, entrance, span, _needs_of(plan, shift), like=shift, picket_like=picket)
                spans.append(span)
                copied += 1
            else:
                left_out += 1
        del spans[before:]
    if not copied:
        reason = "is there already or lies outside its times" if left_out else "is planned there"
        full = target if left_out else here
        nothing = "Everything" if left_out else "Nothing"
        raise UserError(f"{nothing} {reason} on {full.words}: there is nothing to copy.")
    return replace(rota.edit(), left_out=left_out)


def usual_needs(plan: Plan, day_id: StrikeDayId, line_id: LineId) -> tuple[NeedWanted, ...]:
    """Say what a new shift of a line should need: what the others there do that day, else the usual.

    A post needs whom it is for, a stall as many volunteers as its partner wants.
    """
    line = line_there(plan, line_id)
    for shift in _shifts_at(plan, day_id, line):
        if needs := _needs_of(plan, shift):
            return needs
    if isinstance(line, Post):
        most = 2 if line.role in (Role.STEWARD, Role.FIRST_AIDER) else 1
        return (NeedWanted(role=line.role, least=1, wished=1, most=most),)
    if isinstance(line, Stall):
        wanted = max(1, line.volunteers_wanted)
        return (NeedWanted(role=Role.STALL, least=1, wished=wanted, most=wanted),)
    return USUAL_NEEDS


# ------------------------------------------------------------------------- cancelling, deleting, needing
def cancel_shifts(plan: Plan, shift_ids: Iterable[ShiftId], reason: str) -> RotaEdit:
    """Cancel shifts with a reason. They stay on the rota, struck through, and so do their people."""
    if not reason.strip():
        raise UserError("Say why the shift is cancelled: the reason stands on the rota.")
    shifts = (there(plan, Shift, id) for id in shift_ids)
    saved = tuple(replace(shift, cancelled=True, reason=reason.strip()) for shift in shifts if not shift.cancelled)
    people = [each.person_id for shift in saved for each in _counted(plan, shift) if knows(each)]
    return RotaEdit(saved=saved, again=tuple(dict.fromkeys(people)))


def reinstate_shifts(plan: Plan, shift_ids: Iterable[ShiftId]) -> RotaEdit:
    """Let cancelled shifts go ahead again; who had been asked or had said yes is to reconfirm."""
    rota = RotaWork(plan)
    for id in shift_ids:
        shift = there(plan, Shift, id)
        if shift.cancelled:
            rota.keep_shift(replace(shift, cancelled=False, reason=""))
    return rota.edit()


def delete_shifts(plan: Plan, shift_ids: Iterable[ShiftId]) -> RotaEdit:
    """Delete shifts with their needs and assignments; raises UserError where somebody was marked as there or absent.

    A picket that has no shift left stays: it was planned, and may have times of its own.
    """
    gone = [there(plan, Shift, id) for id in dict.fromkeys(shift_ids)]
    for shift in gone:
        if plan.of(Attendance, "shift_id", shift.id):
            raise UserError(
                f"{plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}: who came is on record. "
                "Cancel the shift with a reason instead, so that the record stays."
            )
    people = [each.person_id for shift in gone for each in _counted(plan, shift) if knows(each)]
    return RotaEdit(deleted=tuple(gone), again=tuple(dict.fromkeys(people)))


def label_shift(plan: Plan, shift_id: ShiftId, label: str) -> RotaEdit:
    """Give a shift a label of its own ("handover", "leaflets"); nothing takes it away."""
    shift = there(plan, Shift, shift_id)
    new = replace(shift, label=label.strip())
    return RotaEdit(saved=(new,)) if new != shift else RotaEdit()


def set_needs(
    plan: Plan, shift_ids: Iterable[ShiftId], wanted: Iterable[NeedWanted], make_id: MakeId = new_id
) -> RotaEdit:
    """Let shifts need exactly this: needs of the same role and skill are changed, others are deleted or made.

    Raises UserError for numbers that don't add up and for a role that is given twice.
    """
    needs = tuple(wanted)
    keys = [(need.role, need.skill) for need in needs]
    for need in needs:
        if not 0 <= need.least <= need.wished <= need.most or need.most == 0:
            raise UserError(
                f"{need.least} to {need.most} as {need.role}, {need.wished} wished, does not add up: write at least "
                "\u2264 wished \u2264 at most, and at most 1 or more."
            )
        if keys.count((need.role, need.skill)) > 1:
            raise UserError(f"\u201c{need.role}\u201d is there twice: put the two numbers together.")
    saved: list[Record] = []
    deleted: list[Record] = []
    for id in dict.fromkeys(shift_ids):
        there(plan, Shift, id)
        known = {(need.role, need.skill): need for need in plan.of(Need, "shift_id", id)}
        first = {need.id for need in known.values()}
        deleted += [need for need in plan.of(Need, "shift_id", id) if need.id not in first]  # one role twice
        deleted += [need for key, need in known.items() if key not in keys]
        for want in needs:
            old = known.get((want.role, want.skill))
            new = need_of(want, id, old.id if old else NeedId(make_id()))
            if new != old:
                saved.append(new)
    return RotaEdit(saved=tuple(saved), deleted=tuple(deleted))


def _each(plan: Plan, ids: Iterable[ShiftId]) -> Iterator[Shift]:
    return (there(plan, Shift, id) for id in dict.fromkeys(ids))


def _goes_to(shift: Shift, to: LineId | Mapping[ShiftId, LineId] | None) -> LineId | None:
    return to.get(shift.id) if isinstance(to, Mapping) else to


def _shifts_at(plan: Plan, day: StrikeDayId, line: Line) -> list[Shift]:
    """List the shifts of a line that go ahead, at an entrance those of a strike day, in order of time."""
    if isinstance(line, Entrance):
        pickets = (picket for picket in plan.of(Picket, "strike_day_id", day) if picket.entrance_id == line.id)
        found = [shift for picket in pickets for shift in plan.of(Shift, "picket_id", picket.id)]
    else:
        found = list(plan.of(Shift, "post_id" if isinstance(line, Post) else "stall_id", line.id))
    return sorted((shift for shift in found if not shift.cancelled), key=lambda shift: (shift.starts, shift.id))


def _counted(plan: Plan, shift: Shift) -> Collection[Assignment]:
    return [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]


def _needs_of(plan: Plan, shift: Shift) -> tuple[NeedWanted, ...]:
    return tuple(
        NeedWanted(role=need.role, least=need.least, wished=need.wished, most=need.most, skill=need.skill)
        for need in plan.of(Need, "shift_id", shift.id)
    )


def _moved(shift: Shift, days: int, minutes: int = 0) -> Span:
    by = timedelta(minutes=minutes)
    return Span(moved_by_days(shift.starts, days) + by, moved_by_days(shift.ends, days) + by)
