"""What one step on the posts of a rally writes: pure functions from a plan to the records to save and to delete.

People who are on a shift stay on it when its time or its post changes. Those who had been asked or had said yes did so
for something else: their assignment becomes "to reconfirm", and ``RotaEdit.again`` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rallyapp.domain.ids import AssignmentId, NeedId, PersonId, PostId, RallyId, ShiftId, new_id
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.posts import posts_of, shifts_of
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import Record
from rallyapp.domain.rota_edits import set_needs
from rallyapp.domain.rota_work import (
    SHORTEST,
    MakeId,
    NeedWanted,
    RotaEdit,
    RotaWork,
    combined,
    knows,
    need_of,
    new_span,
    there,
)
from rallyapp.domain.site_plans import pins_marking
from rallyapp.domain.times import Span, clock_fault, day_words, slots, span_words
from rallyapp.domain.words import listed

_IMPORTANT = (Role.CHIEF_STEWARD, Role.FIRST_AIDER)
_ALONE = (Role.CHIEF_STEWARD, Role.MC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWanted:
    """A post that is to be added, and how many people of its role; None is what such a post usually needs."""

    name: str
    role: Role = Role.STEWARD
    where: str = ""
    duty: str = ""
    number: int | None = None


def role_in(name: str) -> Role:
    """Guess the role of a post from its name: who calls it a first-aid point does not want stewards there."""
    plain = " ".join(name.replace("-", " ").split()).casefold()
    if "first aid" in plain:
        return Role.FIRST_AIDER
    if "chief steward" in plain:
        return Role.CHIEF_STEWARD
    return Role.MC if plain in ("mc", "stage mc", "stage and mc") else Role.STEWARD


def usual_need(role: Role) -> NeedWanted:
    """Say what a post needs where nobody said: one or two of its role, and one chief steward or MC."""
    return NeedWanted(role=role, least=1, wished=1, most=1 if role in _ALONE else 2)


def whole_time(rally: Rally) -> Span:
    """Give the time for which a post is held: from assembling, or the start, to dispersal, or the finish."""
    starts, ends = rally.assemble or rally.starts, rally.dispersed or rally.ends
    return Span(starts, ends) if starts < ends else rally.span


# --------------------------------------------------------------------------------------------- making
def add_posts(plan: Plan, rally_id: RallyId, wanted: Iterable[PostWanted], make_id: MakeId = new_id) -> RotaEdit:
    """Add posts behind those that are there, each with one shift over the rally's whole time and what it needs.

    Raises UserError for a post without a name.
    """
    rally = there(plan, Rally, rally_id)
    position = max((post.position for post in plan.of(Post, "rally_id", rally_id)), default=0)
    saved: list[Record] = []
    for at, want in enumerate(wanted, start=position + 1):
        name = " ".join(want.name.split())
        if not name:
            raise UserError("Give the post a name, such as Stage front.")
        post = Post(
            id=PostId(make_id()),
            rally_id=rally_id,
            name=name,
            position=at,
            role=want.role,
            where=want.where,
            duty=want.duty,
        )
        need = usual_need(want.role)
        if want.number is not None:
            need = replace(need, least=want.number, wished=want.number, most=want.number)
        saved += [post, *_shift(post, whole_time(rally), (need,), make_id)]
    return RotaEdit(saved=tuple(saved))


def _shift(
    post: Post, span: Span, needs: Iterable[NeedWanted], make_id: MakeId, batch: str = "", like: Shift | None = None
) -> Iterator[Record]:
    """Make a shift of a post with what it needs; as important as the one that it is like."""
    made = Shift(
        id=ShiftId(make_id()),
        post_id=post.id,
        starts=span.start,
        ends=span.end,
        meet_minutes=like.meet_minutes if like else 0,
        priority=like.priority if like else 5 if post.role in _IMPORTANT else 3,
        batch=batch,
    )
    yield made
    for need in needs:
        yield need_of(need, made.id, NeedId(make_id()))


def add_shifts(
    plan: Plan,
    post_id: PostId,
    starts: datetime,
    ends: datetime,
    minutes: int | None = None,
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Add a shift to a post, or cut a stretch of time into shifts of so many minutes that remember their cutting.

    They need what the post's other shifts do. Shifts that exist are never destroyed: raises UserError where one of
    them overlaps, for times that don't exist or are too short, and for a cut of less than five minutes.
    """
    post = there(plan, Post, post_id)
    span = _sound(starts, ends)
    known = [shift for shift in shifts_of(plan, post_id) if not shift.cancelled]
    for shift in known:
        if shift.span.overlaps(span):
            raise UserError(
                f"{post.name} has a shift {shift.words} already: choose a time that is free, or ask for more people "
                "on that shift."
            )
    like = known[0] if known else None
    needs = _needs_of(plan, like) if like else ()
    parts = _cut(span, minutes) if minutes is not None else (span,)
    batch = make_id() if minutes is not None else ""
    saved: list[Record] = []
    for part in parts:
        saved += _shift(post, part, needs or (usual_need(post.role),), make_id, batch, like)
    return RotaEdit(saved=tuple(saved))


def cut_shift(plan: Plan, shift_id: ShiftId, minutes: int, make_id: MakeId = new_id) -> RotaEdit:
    """Cut a shift of a post into parts of so many minutes; each needs what it needed, and who was on it is on each.

    Nobody has to be told again: together the parts are what they said yes to. Raises UserError where who came is on
    record, and for parts that are too short or as long as the shift.
    """
    shift = _post_shift(plan, shift_id)
    _refuse_begun(plan, shift)
    parts = _cut(shift.span, minutes)
    if len(parts) == 1:
        raise UserError(f"The shift {shift.words} is no longer than {minutes} minutes: choose a shorter part.")
    first, *rest = parts
    batch = make_id()
    saved: list[Record] = [replace(shift, ends=first.end, batch=batch)]
    for part in rest:
        saved += copied_to(plan, shift, part, make_id, batch=batch)
    return RotaEdit(saved=tuple(saved))


def copied_to(
    plan: Plan,
    shift: Shift,
    span: Span,
    make_id: MakeId,
    *,
    batch: str = "",
    without: PersonId | None = None,
) -> Iterator[Record]:
    """Make a shift that is like another at another time, with its needs and with its people but one."""
    made = replace(
        shift, id=ShiftId(make_id()), starts=span.start, ends=span.end, batch=batch or shift.batch, meet_minutes=0
    )
    yield made
    for need in plan.of(Need, "shift_id", shift.id):
        yield replace(need, id=NeedId(make_id()), shift_id=made.id)
    for each in plan.of(Assignment, "shift_id", shift.id):
        if each.person_id != without:
            yield replace(each, id=AssignmentId(make_id()), shift_id=made.id)


def _cut(span: Span, minutes: int) -> tuple[Span, ...]:
    if minutes < SHORTEST:
        raise UserError(f"A shift of {minutes} minutes is too short: give it {SHORTEST} minutes or more.")
    return slots(span, minutes)


# ------------------------------------------------------------------------------------------- changing
def retime_shift(plan: Plan, shift_id: ShiftId, starts: datetime, ends: datetime) -> RotaEdit:
    """Let a shift of a post start and end at other times; raises UserError for times that can't be."""
    shift = _post_shift(plan, shift_id)
    span = _sound(starts, ends)
    rota = RotaWork(plan)
    if span != shift.span:
        rota.keep_shift(replace(shift, starts=span.start, ends=span.end))
    return rota.edit()


def move_posts(plan: Plan, rally_id: RallyId, by: timedelta, shift_ids: Iterable[ShiftId] | None = None) -> RotaEdit:
    """Move the shifts of a rally's posts, all or some, by wall-clock time: over a clock change 08:00 stays 08:00.

    Raises UserError where one would start or end at a time that the clocks leave out.
    """
    there(plan, Rally, rally_id)
    wanted = set(shift_ids) if shift_ids is not None else None
    rota = RotaWork(plan)
    for post in posts_of(plan, rally_id) if by else ():
        for shift in shifts_of(plan, post.id):
            if wanted is None or shift.id in wanted:
                span = _sound(shift.starts + by, shift.ends + by)
                rota.keep_shift(replace(shift, starts=span.start, ends=span.end))
    return rota.edit()


def astray(plan: Plan, rally: Rally) -> tuple[Shift, ...]:
    """List the shifts of a rally's posts that are over before its first time or begin after its last one."""
    times = [when for _, when in rally.times()]
    first, last = min(times), max(times)
    return tuple(
        shift
        for post in posts_of(plan, rally.id)
        for shift in shifts_of(plan, post.id)
        if not shift.cancelled and (shift.ends <= first or shift.starts >= last)
    )


def bring_back(plan: Plan, rally: Rally) -> RotaEdit:
    """Move the shifts that are not on the rally's day to it, at the same times of day."""
    lost: dict[int, list[ShiftId]] = {}
    for shift in astray(plan, rally):
        lost.setdefault((rally.starts.date() - shift.starts.date()).days, []).append(shift.id)
    return combined([move_posts(plan, rally.id, timedelta(days=days), ids) for days, ids in lost.items()])


def set_numbers(plan: Plan, shift_ids: Iterable[ShiftId], numbers: tuple[int, int, int]) -> RotaEdit:
    """Let shifts of posts need so many of the post's own role: at least, wished, at most; other needs stay.

    A further skill that is asked for there stays. Raises UserError for numbers that don't add up.
    """
    least, wished, most = numbers
    steps = []
    for id in dict.fromkeys(shift_ids):
        shift = _post_shift(plan, id)
        role = plan.get(Post, shift.post_id).role
        needs = list(_needs_of(plan, shift))
        at = next((at for at, need in enumerate(needs) if need.role is role), None)
        if at is None:
            needs.insert(0, NeedWanted(role=role, least=least, wished=wished, most=most))
        else:
            needs[at] = replace(needs[at], least=least, wished=wished, most=most)
        steps.append(set_needs(plan, [id], needs))
    return combined(steps)


def own_need(plan: Plan, post: Post, shift: Shift) -> Need | None:
    """Give what a shift needs of its post's own role; None where it needs nobody of that role."""
    return next((need for need in plan.of(Need, "shift_id", shift.id) if need.role is post.role), None)


def change_role(plan: Plan, post_id: PostId, role: Role) -> RotaEdit:
    """Let a post be held by people of another role: what its shifts need, and who is on them, follow.

    Who had been asked or had said yes did so for another job, and is to reconfirm.
    """
    post = there(plan, Post, post_id)
    if post.role is role:
        return RotaEdit()
    saved: list[Record] = [replace(post, role=role)]
    gone: list[Record] = []
    again: dict[PersonId, None] = {}
    for shift in shifts_of(plan, post_id):
        needs = plan.of(Need, "shift_id", shift.id)
        if not any(need.role is role for need in needs):
            saved += [replace(need, role=role) for need in needs if need.role is post.role]
        else:
            gone += [need for need in needs if need.role is post.role]
        for each in plan.of(Assignment, "shift_id", shift.id):
            if each.role is post.role:
                state = AssignmentState.RECONFIRM if knows(each) else each.state
                saved.append(replace(each, role=role, state=state))
                if knows(each):
                    again[each.person_id] = None
    return RotaEdit(saved=tuple(saved), deleted=tuple(gone), again=tuple(again))


def reorder(plan: Plan, rally_id: RallyId, post_ids: Sequence[PostId]) -> RotaEdit:
    """Put the posts of a rally into this order; those that are not named keep theirs behind."""
    place = {id: at for at, id in enumerate(post_ids)}
    known = posts_of(plan, rally_id)
    order = sorted(known, key=lambda post: place.get(post.id, len(place) + known.index(post)))
    new = (replace(post, position=at) for at, post in enumerate(order, start=1))
    return RotaEdit(saved=tuple(each for each, post in zip(new, order, strict=True) if each != post))


# ------------------------------------------------------------------------------------------- deleting
def remove_posts(plan: Plan, post_ids: Iterable[PostId]) -> RotaEdit:
    """Delete posts with their shifts and the pins that mark them on site plans.

    Raises UserError where somebody was marked as there or absent.
    """
    gone = [there(plan, Post, id) for id in dict.fromkeys(post_ids)]
    shifts = [shift for post in gone for shift in shifts_of(plan, post.id)]
    for shift in shifts:
        _refuse_begun(plan, shift)
    pins = pins_marking(plan, [post.id for post in gone])
    return RotaEdit(deleted=(*pins, *gone), again=_told(plan, shifts))


def affected(plan: Plan, edit: RotaEdit) -> str:
    """Say by name whom a step concerns, to be told: "Ann Archer and Bob Brown must be told."; nothing for nobody."""
    names = [plan.name_of(id) for id in edit.again]
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} others"]
    return f"{listed(names)} must be told." if names else ""


def _told(plan: Plan, shifts: Iterable[Shift]) -> tuple[PersonId, ...]:
    on = (each for shift in shifts for each in plan.of(Assignment, "shift_id", shift.id) if knows(each))
    return tuple(dict.fromkeys(each.person_id for each in on))


def _refuse_begun(plan: Plan, shift: Shift) -> None:
    if plan.of(Attendance, "shift_id", shift.id):
        raise UserError(
            f"{plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}: who came is on record, so "
            "this shift stays as it is."
        )


def _post_shift(plan: Plan, id: ShiftId) -> Shift:
    shift = there(plan, Shift, id)
    if shift.post_id is None:
        raise UserError(f"{plan.place_words(shift)} is no post of a rally: change its shifts on the picket rota.")
    return shift


def _needs_of(plan: Plan, shift: Shift) -> tuple[NeedWanted, ...]:
    return tuple(
        NeedWanted(role=need.role, least=need.least, wished=need.wished, most=need.most, skill=need.skill)
        for need in plan.of(Need, "shift_id", shift.id)
    )


def _sound(starts: datetime, ends: datetime) -> Span:
    """Make the span of a shift; raises UserError for one that can't be."""
    span = new_span(starts, ends)
    for when in (starts, ends):
        if fault := clock_fault(when):
            raise UserError(f"{fault[0].upper()}{fault[1:]}: choose another time.")
    if ends - starts > timedelta(days=2):
        raise UserError(f"{span_words(starts, ends)} is longer than 2 days: check the two times.")
    return span
