"""What is done to a rally as a whole: to another day or hour, on or off apart from its strike day, its usual times.

That a rally is off with its day is never written; only a decision of its own is (see ``stand_down``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.frozen import frozen
from rallyapp.domain.pickets import Assignment, AssignmentState, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Contact,
    KitItem,
    Override,
    Permission,
    PermissionKind,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RallyKind,
    Speaker,
)
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Stall, StallState
from rallyapp.domain.times import clock, clock_fault, day_words, moved_by_days
from rallyapp.domain.words import counted_if_any, listed

# The times of a rally in the order in which they must come, by their fields, and what each is called.
TIMES: dict[str, str] = {
    "set_up": "Set-up",
    "briefing": "Steward briefing",
    "stalls_ready": "Stalls ready",
    "assemble": "Assemble",
    "move_off": "Move off",
    "starts": "Start",
    "ends": "Hard finish",
    "dispersed": "Dispersed",
    "handed_back": "Site handed back",
}


def times_of(rally: Rally) -> dict[str, datetime | None]:
    """Give the rally's times by field, known or not, in order; a static rally has no moving off."""
    return {name: getattr(rally, name) for name in TIMES if name != "move_off" or rally.kind.marches}


def retimed(rally: Rally, **times: datetime | None) -> Rally:
    """Give the rally with some of its times changed, and no other: what follows from them is not guessed."""
    if unknown := set(times) - set(TIMES):
        raise TypeError(f"a rally has no time {sorted(unknown)}")
    return replace(rally, **times)  # type: ignore[arg-type]


_DRAFT = "The plan is a draft again"


def redrafted(rally: Rally, was: Rally) -> Rally:
    """Give the rally whose plan is a draft again where it starts or ends at another time than the one it had."""
    if (rally.starts, rally.ends) == (was.starts, was.ends):
        return rally
    return replace(rally, issued_on=None, issued_by="")


def draft_words(rally: Rally, was: Rally) -> str:
    """Say that a plan which was issued is a draft again; nothing where it is not."""
    return _DRAFT if was.issued_on is not None and rally.issued_on is None else ""


def of_kind(rally: Rally, kind: RallyKind) -> Rally:
    """Give the rally of another kind; one where people only stand has no moving off."""
    return replace(rally, kind=kind, move_off=rally.move_off if kind.marches else None)


# ------------------------------------------------------------------------------------------- usual times
# Our own planning figures, in minutes: before the start, and after the hard finish.
BEFORE_START = {"set_up": 90, "briefing": 60, "stalls_ready": 30, "assemble": 30}
AFTER_FINISH = {"dispersed": 30, "handed_back": 60}
USUAL_WORDS = (
    "Set-up 90 min before the start, steward briefing 60, stalls ready and assembly 30; dispersed 30 min after the "
    "hard finish, the site handed back after 60. These are our own planning figures."
)


def with_usual_times(rally: Rally) -> Rally:
    """Fill the times that are empty with the usual ones; none is put before or after one that was entered."""
    usual = {name: later(rally.starts, timedelta(minutes=-minutes)) for name, minutes in BEFORE_START.items()}
    usual |= {name: later(rally.ends, timedelta(minutes=minutes)) for name, minutes in AFTER_FINISH.items()}
    known = times_of(rally)
    before: datetime | None = None
    filled: dict[str, datetime] = {}
    for place, (name, when) in enumerate(known.items()):
        if when is None and name in usual:
            after = (each for each in [*known.values()][place:] if each is not None)
            when = filled[name] = max(min([usual[name], *after]), before or datetime.min)
        before = when or before
    return retimed(rally, **filled)


def lacks_usual_times(rally: Rally) -> bool:
    """Say whether some time is empty that has a usual one."""
    return any(getattr(rally, name) is None for name in (*BEFORE_START, *AFTER_FINISH))


# ----------------------------------------------------------------------------------------------- moving
@dataclass(frozen=True, slots=True, kw_only=True)
class RallyMove:
    """A rally that moves to another day or hour.

    Attributes:
        rally: the rally as it is to be; ``others`` is what moves with it, to be written after it.
        shifts: how many shifts of its posts and stalls move along; ``stalls``, ``speakers`` and ``lines`` (those of
            the running order with a fixed time) likewise.
        people: how many places on these shifts are to be reconfirmed.
        unsure: how many speakers had agreed and are to be asked again; ``tell``: how many stalls are to be told.
        draft: whether the plan had been issued, which says another time, and is a draft again.
    """

    rally: Rally
    others: tuple[Record, ...] = ()
    shifts: int = 0
    stalls: int = 0
    speakers: int = 0
    lines: int = 0
    people: int = 0
    unsure: int = 0
    tell: int = 0
    draft: bool = False

    @property
    def saved(self) -> tuple[Record, ...]:
        """All that is to be written, in an order in which it can be."""
        return (self.rally, *self.others)

    @property
    def words(self) -> str:
        """Say what moves along, who must hear of it, and what becomes of the plan; nothing where nothing does."""
        along = (
            counted_if_any(self.shifts, "shift"),
            counted_if_any(self.stalls, "stall"),
            counted_if_any(self.speakers, "speaker\u2019s arrival", "speakers\u2019 arrivals"),
            counted_if_any(self.lines, "fixed line of the running order", "fixed lines of the running order"),
        )
        hear = (
            _those(self.people, "place is", "places are", "to reconfirm"),
            _those(self.unsure, "speaker is", "speakers are", "to be asked again"),
            _those(self.tell, "stall is", "stalls are", "to be told"),
        )
        moved = f"With it {listed(along)}" if any(along) else ""
        told = listed(hear)
        along_and_hear = "; ".join(part for part in (moved, told) if part)
        return ". ".join(part for part in (along_and_hear, _DRAFT if self.draft else "") if part)


def moved_to_day(plan: Plan, rally: Rally, day: date) -> RallyMove:
    """Move a rally, with everything of it that has a time, so that it starts on a day; clock times stay.

    People who were asked or had agreed are to reconfirm: it is another date. So are speakers. The strike days to
    which it belongs stay as they are. The plan holds at least the rally's own part.
    """
    return _moved(plan, rally, timedelta(days=(day - rally.starts.date()).days))


def moved_by_minutes(plan: Plan, rally: Rally, minutes: int) -> RallyMove:
    """Move a rally, with everything of it that has a time, by minutes; see ``moved_to_day``."""
    return _moved(plan, rally, timedelta(minutes=minutes))


def _moved(plan: Plan, rally: Rally, by: timedelta) -> RallyMove:
    if not by:
        return RallyMove(rally=rally)
    starts, ends = _stretch(rally.starts, rally.ends, by)
    new = replace(rally, **_times(rally, (*BEFORE_START, "move_off", *AFTER_FINISH), by), starts=starts, ends=ends)
    new = redrafted(new, rally)
    stalls = [stall for stall in plan.of(Stall, "rally_id", rally.id) if stall.arrives or stall.leaves]
    speakers = list(plan.of(Speaker, "rally_id", rally.id))
    lines = [line for line in plan.of(ProgrammeItem, "rally_id", rally.id) if line.fixed]
    shifts = list(shifts_of(plan, rally))
    again = [
        replace(each, state=AssignmentState.RECONFIRM)
        for shift in shifts
        for each in plan.of(Assignment, "shift_id", shift.id)
        if each.state in (AssignmentState.ASKED, AssignmentState.CONFIRMED)
    ]
    moved_speakers = [replace(each, confirmed=False, **_times(each, ("arrives",), by)) for each in speakers]
    others: list[Record] = [new for old, new in zip(speakers, moved_speakers, strict=True) if new != old]
    others += [replace(each, **_times(each, ("fixed",), by)) for each in lines]
    others += [_moved_stall(each, by) for each in stalls]
    others += [_moved_shift(each, by) for each in shifts]
    return RallyMove(
        rally=new,
        others=(*others, *again),
        shifts=len(shifts),
        stalls=len(stalls),
        speakers=sum(each.arrives is not None for each in speakers),
        lines=len(lines),
        people=len(again),
        unsure=sum(each.confirmed for each in speakers),
        tell=sum(
            each.state in (StallState.OFFERED, StallState.CONFIRMED) for each in plan.of(Stall, "rally_id", rally.id)
        ),
        draft=bool(draft_words(new, rally)),
    )


def shifts_of(plan: Plan, rally: Rally) -> Iterator[Shift]:
    """List the shifts at a rally's posts and stalls."""
    for post in plan.of(Post, "rally_id", rally.id):
        yield from plan.of(Shift, "post_id", post.id)
    for stall in plan.of(Stall, "rally_id", rally.id):
        yield from plan.of(Shift, "stall_id", stall.id)


def later(when: datetime, by: timedelta) -> datetime:
    """Move a time on the clock; one that the clocks leave out in March is the first that they show after it."""
    moved = moved_by_days(when, by.days) + timedelta(seconds=by.seconds)
    return datetime.combine(moved.date(), time(moved.hour + 1)) if clock_fault(moved) else moved


def _times(record: Any, names: Iterable[str], by: timedelta) -> dict[str, Any]:
    found = {name: getattr(record, name) for name in names}
    return {name: later(when, by) for name, when in found.items() if when is not None}


def _stretch(starts: datetime, ends: datetime, by: timedelta) -> tuple[datetime, datetime]:
    """Move a stretch of time; it keeps its length where the clocks leave out all of it."""
    first, last = later(starts, by), later(ends, by)
    return (first, last) if first < last else (first, first + (ends - starts))


def _moved_shift(shift: Shift, by: timedelta) -> Shift:
    starts, ends = _stretch(shift.starts, shift.ends, by)
    return replace(shift, starts=starts, ends=ends)


def _moved_stall(stall: Stall, by: timedelta) -> Stall:
    if stall.arrives is not None and stall.leaves is not None:
        arrives, leaves = _stretch(stall.arrives, stall.leaves, by)
        return replace(stall, arrives=arrives, leaves=leaves)
    return replace(stall, **_times(stall, ("arrives", "leaves"), by))


def march_told_words(plan: Plan, rally: Rally) -> str:
    """Say what the newest march notice told the police, and what a change means; nothing where none was sent (R1)."""
    notices = [
        each
        for each in plan.of(Permission, "rally_id", rally.id)
        if each.kind is PermissionKind.MARCH_NOTICE and (each.sent_for or each.sent_on)
    ]
    if not notices or not rally.kind.marches:
        return ""
    notice = max(notices, key=lambda each: (each.sent_on or date.min, each.id))
    told = f"The march notice to {' '.join(notice.body.split()) or 'the police'}"
    if notice.sent_for is None:
        sent = day_words(notice.sent_on) if notice.sent_on else ""
        return f"{told} was sent on {sent}: a change of date, time or route needs a new notice."
    told += f" says {_whole(notice.sent_for)}"
    starts = rally.move_off or rally.starts
    if notice.sent_for == starts:
        return f"{told}: a change of date, time or route needs a new notice."
    return f"{told}, the plan says {_whole(starts)}: send a new notice."


def _whole(when: datetime) -> str:
    return f"{day_words(when.date())} {clock(when)}"


# ------------------------------------------------------------------------------- with its day, or apart
def decided_apart(rally: Rally, override: Override, *, by: str, reason: str) -> Rally:
    """Give the rally with a decision of its own; the record refuses one without a name or a reason."""
    return replace(rally, override=override, override_by=by.strip(), override_reason=reason.strip())


def following(rally: Rally) -> Rally:
    """Give the rally that follows its strike days again."""
    return replace(rally, override=Override.FOLLOWS, override_by="", override_reason="")


def days_of(plan: Plan, rally: Rally) -> tuple[StrikeDay, ...]:
    """List the strike days to which a rally belongs, in order of time."""
    days = [plan.get(StrikeDay, link.strike_day_id) for link in plan.of(RallyDay, "rally_id", rally.id)]
    return tuple(sorted(days, key=lambda day: (day.window.start, day.id)))


def off_days_words(plan: Plan, rally: Rally) -> str:
    """Say that a rally is on none of the strike days to which it belongs; nothing where it is, or belongs to none."""
    mine, on = days_of(plan, rally), rally.starts.date()
    if not mine or any(day.first_date <= on <= day.last_date for day in mine):
        return ""
    return f"The rally is on {short_day(on)}: none of its strike days is."


def standing_words(plan: Plan, rally: Rally) -> str:
    """Say whether a rally goes ahead, and by whose decision."""
    days = days_of(plan, rally)
    if rally.override is not Override.FOLLOWS:
        what = "Goes ahead anyway" if rally.override is Override.GOES_AHEAD else "Stood down by itself"
        return f"{what}: {rally.override_by}, {rally.override_reason}"
    if not days:
        return "Belongs to no strike day: on"
    names = listed(short_day(day.first_date) for day in days)
    if not stand_down.of_rally(plan, rally).on:
        return f"Stood down with {names} ({', '.join(dict.fromkeys(_state_words(day) for day in days))})"
    off = [f"{short_day(day.first_date)} is {day.state}" for day in days if day.stood_down]
    words = f"Follows {'its strike day' if len(days) == 1 else 'its strike days'}: on"
    return f"{words}, though {listed(off)}" if off else words


def _state_words(day: StrikeDay) -> str:
    return f"{day.state} until further notice" if day.state is StrikeState.SUSPENDED else str(day.state)


def short_day(day: date) -> str:
    """Write a day as Tue 1 Dec."""
    return day_words(day).removesuffix(f" {day.year}")


# ---------------------------------------------------------------------------------------------- removing
@frozen
class Removal:
    """What goes when a rally is removed, in an order in which it can be deleted, and in words."""

    records: tuple[Record, ...]
    words: str


def why_not_remove(plan: Plan, rally: Rally, *, marks: int, told: int = 0) -> str:
    """Say in a sentence why a rally must stay in the plan; nothing where it may be removed.

    ``marks`` counts what was marked on the day itself: who came, incidents, tallies; ``told`` the tries at telling
    its speakers, contacts and stalls of a stand-down.
    """
    people = sum(
        each.state.counts for shift in shifts_of(plan, rally) for each in plan.of(Assignment, "shift_id", shift.id)
    )
    sent = [each for each in plan.of(Permission, "rally_id", rally.id) if each.sent_on or each.sent_for]
    stalls = [each for each in plan.of(Stall, "rally_id", rally.id) if each.state is StallState.CONFIRMED]
    instead = "stand it down instead."
    if marks:
        return f"{rally.title} holds what was marked on the day, so it stays in the plan: {instead}"
    if told:
        return f"{rally.title} holds the record of who was told of a stand-down, so it stays in the plan: {instead}"
    if people:
        return f"{rally.title} has {counted_if_any(people, 'place')} filled: take the people off first, or {instead}"
    if stalls:
        return f"{rally.title} has {counted_if_any(len(stalls), 'confirmed stall')}, so it stays in the plan: {instead}"
    if sent:
        return f"{rally.title}: the {sent[0].kind} was sent, so it stays in the plan: {instead}"
    return ""


def removal(plan: Plan, rally: Rally) -> Removal:
    """Say what goes with a rally: its own contacts and kit too, which would else become those of the whole plan."""
    posts, shifts = plan.of(Post, "rally_id", rally.id), list(shifts_of(plan, rally))
    stalls = plan.of(Stall, "rally_id", rally.id)
    own: tuple[Record, ...] = (*plan.of(Contact, "rally_id", rally.id), *plan.of(KitItem, "rally_id", rally.id))
    with_it = (
        counted_if_any(len(posts), "post"),
        counted_if_any(len(shifts), "shift"),
        counted_if_any(len(stalls), "stall"),
    )
    words = f"with {listed(with_it)}" if any(with_it) else ""
    return Removal(records=(*own, rally), words=words)


# ------------------------------------------------------------------------------------------------- words
def _those(number: int, one: str, many: str, then: str) -> str:
    """Say what becomes of things: "3 places are to reconfirm"; nothing for none."""
    words = counted_if_any(number, one, many)
    return f"{words} {then}" if words else ""
