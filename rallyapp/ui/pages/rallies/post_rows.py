"""What the tables of posts and of their shifts say, read from the part of the plan around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rallyapp.domain import stand_down
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.post_edits import own_need
from rallyapp.domain.posts import pins_of, posts_of, shifts_of
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.times import day_words, span_words
from rallyapp.domain.typed_needs import numbers_words
from rallyapp.ui.models.fill import Tone, state_words, tone_of

PRIORITIES = {
    1: "Nice to have",
    2: "If there is somebody",
    3: "Usual",
    4: "Important",
    5: "Must not fail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How full one shift or several are: those who fill a need, what is wished and at least needed, what lacks."""

    heads: int
    wished: int
    least: int
    missing: int
    on: bool

    @property
    def tone(self) -> Tone:
        """How full it is."""
        return tone_of(heads=self.heads, least=self.least, missing=self.missing, on=self.on)

    @property
    def chip(self) -> str:
        """How full it is, in a chip: "2 of 3"."""
        if self.tone in (Tone.OFF, Tone.NOBODY) or not self.wished:
            return self.words
        return f"{self.heads} of {max(self.wished, self.heads)}"

    @property
    def words(self) -> str:
        """How full it is, in words: "1 short"."""
        return state_words(heads=self.heads, least=self.least, wished=self.wished, missing=self.missing, on=self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """One shift of a post."""

    shift: Shift
    times: str
    needs: str
    others: str
    priority: str
    who: str
    filled: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """One post with its shifts; ``times`` and ``needs`` are those of all of them."""

    post: Post
    pins: tuple[int, ...]
    times: str
    needs: str
    who: str
    filled: Filled | None
    shifts: tuple[ShiftRow, ...]

    @property
    def state(self) -> str:
        """How full it is: "2 of 3" where there is one shift, in words where there are several."""
        if self.filled is None:
            return ""
        return self.filled.chip if len(self.shifts) == 1 else self.filled.words


def post_rows(plan: Plan, pins: Plan, rally: Rally, roles: Collection[Role] = ()) -> list[PostRow]:
    """List a rally's posts, all or those of some roles; ``pins`` is the picture that holds its site plan."""
    names = short_names(plan.all(Person))
    return [
        _post_row(plan, pins, rally, post, names)
        for post in posts_of(plan, rally.id)
        if not roles or post.role in roles
    ]


def _post_row(plan: Plan, pins: Plan, rally: Rally, post: Post, names: Mapping[PersonId, str]) -> PostRow:
    shifts = tuple(_shift_row(plan, rally, post, shift, names) for shift in shifts_of(plan, post.id))
    going = [row for row in shifts if not row.shift.cancelled]
    who = dict.fromkeys(name for row in going for name in row.who.split(", ") if name)
    return PostRow(
        post=post,
        pins=pins_of(pins, post.id),
        times=_times(rally, [row.shift for row in going]),
        needs=" / ".join(dict.fromkeys(row.needs for row in going if row.needs)),
        who=", ".join(who),
        filled=_together([row.filled for row in going]) if going else None,
        shifts=shifts,
    )


def _shift_row(plan: Plan, rally: Rally, post: Post, shift: Shift, names: Mapping[PersonId, str]) -> ShiftRow:
    need = own_need(plan, post, shift)
    others = [each for each in plan.of(Need, "shift_id", shift.id) if need is None or each.id != need.id]
    needs = ""
    if need is not None:
        needs = numbers_words(need.least, need.wished, need.most)
    counted = [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
    return ShiftRow(
        shift=shift,
        times=_on_day(rally, shift),
        needs=needs,
        others=", ".join(f"{numbers_words(each.least, each.wished, each.most)} {_needed(each)}" for each in others),
        priority=PRIORITIES[shift.priority],
        who=", ".join(sorted(names.get(each.person_id, "(unknown)") for each in counted)),
        filled=_filled(plan, shift),
    )


def _needed(need: Need) -> str:
    return f"{need.role} with {need.skill}" if need.skill else str(need.role)


def _filled(plan: Plan, shift: Shift) -> Filled:
    counted = [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
    needs = plan.of(Need, "shift_id", shift.id)
    there = {need.id: sum(each.role is need.role for each in counted) for need in needs}
    return Filled(
        heads=sum(min(there[need.id], need.most) for need in needs),
        wished=sum(max(need.wished, need.least) for need in needs),
        least=sum(need.least for need in needs),
        missing=sum(max(0, need.least - there[need.id]) for need in needs),
        on=stand_down.of_shift(plan, shift).on,
    )


def _together(many: list[Filled]) -> Filled:
    return Filled(
        heads=sum(each.heads for each in many),
        wished=sum(each.wished for each in many),
        least=sum(each.least for each in many),
        missing=sum(each.missing for each in many),
        on=any(each.on for each in many),
    )


def _times(rally: Rally, shifts: list[Shift]) -> str:
    if not shifts:
        return ""
    words = span_words(min(shift.starts for shift in shifts), max(shift.ends for shift in shifts))
    if shifts[0].starts.date() != rally.starts.date():
        words = f"{day_words(shifts[0].starts.date())} {words}"
    return words


def _on_day(rally: Rally, shift: Shift) -> str:
    same = shift.starts.date() == rally.starts.date()
    return shift.words if same else f"{day_words(shift.starts.date())} {shift.words}"
