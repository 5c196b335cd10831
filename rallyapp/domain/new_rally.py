"""A rally from nothing: a title, its strike days, a place and two times; or one like an earlier rally."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from rallyapp.domain.ids import (
    ContactId,
    KitItemId,
    NeedId,
    PermissionId,
    PlanNoteId,
    PostId,
    RallyDayId,
    RallyId,
    RiskId,
    RouteStepId,
    ShiftId,
    StrikeDayId,
    TeamMemberId,
    new_id,
)
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Need, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Contact,
    KitItem,
    Permission,
    PlanNote,
    Post,
    Rally,
    RallyDay,
    RallyKind,
    Risk,
    RouteStep,
    TeamMember,
)
from rallyapp.domain.rally_edits import later
from rallyapp.domain.rally_places import new_venue, venue_meant
from rallyapp.domain.records import Record
from rallyapp.domain.words import counted_if_any


@dataclass(frozen=True, slots=True, kw_only=True)
class RallyWanted:
    """What a new rally needs: ``place`` is a venue of the plan or a new one, as typed; ``days`` are its strike days."""

    title: str
    place: str
    starts: datetime
    ends: datetime
    days: tuple[StrikeDayId, ...] = ()
    kind: RallyKind = RallyKind.STATIC
    expected: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RallyMade:
    """A new rally, and what to write for it, in an order in which it can be written; ``words`` say what was copied."""

    rally: Rally
    records: tuple[Record, ...]
    words: str = ""


def times_on(day: date, span: tuple[time, time]) -> tuple[datetime, datetime]:
    """Give the start and the hard finish of a rally on a day; one that ends no later than it starts ends the next."""
    starts, ends = (datetime.combine(day, clock) for clock in span)
    return starts, ends if starts < ends else ends + timedelta(days=1)


def new_rally(
    plan: Plan, wanted: RallyWanted, *, like: Rally | None = None, make_id: Callable[[], str] = new_id
) -> RallyMade:
    """Make a rally that contains what was entered and nothing else; ``like`` copies the planning of an earlier one.

    What is copied: its team, contacts, kit, posts with their shifts and needs, permissions as yet to do, risks,
    notes, route, and times as far from the start and the finish as they were. Not who was on its shifts, what
    was answered or sent, its speakers, running order and stalls. The plan holds the venues, and ``like``'s own part.
    """
    records: list[Record] = []
    venue = venue_meant(plan.all(Venue), wanted.place) or new_venue(wanted.place, make_id)
    if venue != plan.find(Venue, venue.id):
        records.append(venue)
    rally = Rally(
        id=RallyId(make_id()),
        title=" ".join(wanted.title.split()),
        kind=wanted.kind,
        venue_id=venue.id,
        starts=wanted.starts,
        ends=wanted.ends,
        expected=wanted.expected,
    )
    if like is not None:
        rally = _like(rally, like)
    records.append(rally)
    records += [RallyDay(id=RallyDayId(make_id()), rally_id=rally.id, strike_day_id=day) for day in wanted.days]
    if like is None:
        return RallyMade(rally=rally, records=tuple(records))
    copied = [*_of_rally(plan, like, rally, make_id), *_posts(plan, like, rally, make_id)]
    copied.sort(key=lambda record: isinstance(record, Need))  # a need is written after its shift
    return RallyMade(rally=rally, records=(*records, *copied), words=_words(copied))


_BEFORE, _AFTER = ("set_up", "briefing", "stalls_ready", "assemble", "move_off"), ("dispersed", "handed_back")
_SAME = ("purpose", "steward_ratio", "steward_dress", "loudspeaker", "entry_checks", "briefing_place")


def _like(rally: Rally, like: Rally) -> Rally:
    """Give a rally the words and the times of another, as far from the start and the finish as they were there."""
    taken = {name: getattr(like, name) for name in _SAME}
    for names, by in ((_BEFORE, rally.starts - like.starts), (_AFTER, rally.ends - like.ends)):
        for name in names:
            when = getattr(like, name)
            if when is not None and (name != "move_off" or rally.kind.marches):
                taken[name] = later(when, by)
    return replace(rally, **taken)


def _of_rally(plan: Plan, like: Rally, rally: Rally, make_id: Callable[[], str]) -> Iterator[Record]:
    for member in plan.of(TeamMember, "rally_id", like.id):
        person = plan.find(Person, member.person_id)
        if person is None or not person.left:
            yield replace(member, id=TeamMemberId(make_id()), rally_id=rally.id)
    for contact in plan.of(Contact, "rally_id", like.id):
        yield replace(contact, id=ContactId(make_id()), rally_id=rally.id)
    for item in plan.of(KitItem, "rally_id", like.id):
        yield replace(item, id=KitItemId(make_id()), rally_id=rally.id, checked="")
    for risk in plan.of(Risk, "rally_id", like.id):
        yield replace(risk, id=RiskId(make_id()), rally_id=rally.id)
    for note in plan.of(PlanNote, "rally_id", like.id):
        yield replace(note, id=PlanNoteId(make_id()), rally_id=rally.id)
    if rally.kind.marches:
        for step in plan.of(RouteStep, "rally_id", like.id):
            yield replace(step, id=RouteStepId(make_id()), rally_id=rally.id)
    for permission in plan.of(Permission, "rally_id", like.id):
        yield Permission(
            id=PermissionId(make_id()),
            rally_id=rally.id,
            kind=permission.kind,
            body=permission.body,
            lead_days=permission.lead_days,
        )


def _posts(plan: Plan, like: Rally, rally: Rally, make_id: Callable[[], str]) -> Iterator[Record]:
    by = rally.starts - like.starts
    batches: dict[str, str] = {}
    for post in plan.of(Post, "rally_id", like.id):
        made = replace(post, id=PostId(make_id()), rally_id=rally.id)
        yield made
        for shift in plan.of(Shift, "post_id", post.id):
            if shift.cancelled:
                continue
            starts, ends = later(shift.starts, by), later(shift.ends, by)
            new = replace(
                shift,
                id=ShiftId(make_id()),
                post_id=made.id,
                starts=starts,
                ends=ends if starts < ends else starts + (shift.ends - shift.starts),
                batch=batches.setdefault(shift.batch, make_id()) if shift.batch else "",
                reason="",
            )
            yield new
            for need in plan.of(Need, "shift_id", shift.id):
                yield replace(need, id=NeedId(make_id()), shift_id=new.id)


def _words(copied: list[Record]) -> str:
    kinds = (
        (TeamMember, "in the team", "in the team"),
        (Contact, "contact", ""),
        (KitItem, "kit item", ""),
        (Post, "post", ""),
        (Shift, "shift", ""),
        (Risk, "risk", ""),
    )
    counts = (counted_if_any(sum(isinstance(each, kind) for each in copied), one, many) for kind, one, many in kinds)
    return ", ".join(count for count in counts if count)
