"""The whole campaign in numbers: what was planned, what was held, who came, as far as anybody wrote it down.

Every number is counted here and nowhere else. Nothing is guessed: what nobody noted is None, or is counted as not
known, and whoever is on two shifts is one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from rallyapp.domain import stand_down, tallies
from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.frozen import frozen
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Assignment, Attendance, Incident, Picket, PoliceDirection, Shift, TurnoutCount
from rallyapp.domain.places import Site
from rallyapp.domain.plan import Plan, as_read
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.stalls import Stall, StallState, Tally
from rallyapp.domain.stand_down import Status
from rallyapp.domain.times import Span, merged


class Stage(StrEnum):
    """How far a strike day has come, seen from one moment."""

    HELD = "held"
    STOOD_DOWN = "stood down"
    TO_COME = "to come"
    UNDER_WAY = "under way"
    OVER = "over, not yet marked as held"


@frozen
class Turnout:
    """Who was on the rota and who came, each person once.

    ``people`` are on the rota; ``came`` and ``absent`` are those of them who were marked so; ``walk_ins`` came
    without being on it.
    """

    people: int
    came: int
    absent: int
    walk_ins: int

    @property
    def signed_in(self) -> int:
        """Everybody who was marked as there."""
        return self.came + self.walk_ins

    @property
    def not_marked(self) -> int:
        """Those on the rota of whom nobody wrote down whether they came."""
        return self.people - self.came - self.absent

    @property
    def known(self) -> bool:
        """Say whether anybody was marked at all."""
        return bool(self.came or self.absent or self.walk_ins)


@frozen
class Heads:
    """The largest head-counts, added up: one of each picket at which anybody counted."""

    pickets: int
    supporters: int
    counted_at: int

    @property
    def all(self) -> int:
        """Pickets and supporters together."""
        return self.pickets + self.supporters


@frozen
class Lines:
    """Some pickets in numbers: those of a strike day, or of a workplace.

    ``pickets`` leaves out those that were ``cancelled`` by themselves. ``minutes`` is how long the lines stand,
    ``open_ended`` how many of them have no end that anybody stated; ``rota_minutes`` is the time of all people on
    the rota together. ``heads`` is None where nobody counted.
    """

    pickets: int
    cancelled: int
    shifts: int
    minutes: int
    open_ended: int
    rota_minutes: int
    turnout: Turnout
    heads: Heads | None
    incidents: int
    directions: int


@frozen
class DayNumbers:
    """A strike day in numbers; of one that was stood down they are what had been planned."""

    day: StrikeDay
    stage: Stage
    sites: int
    lines: Lines


@frozen
class SiteNumbers:
    """A workplace in numbers, over all strike days that were not stood down."""

    site: Site
    days: int
    lines: Lines


@frozen
class RallyNumbers:
    """A rally in numbers; ``turnout`` is that of its stewards and first aiders."""

    rally: Rally
    status: Status
    over: bool
    posts: int
    turnout: Turnout
    stalls: int
    incidents: int


@frozen
class StallNumbers:
    """A stall's sign-ups; ``counted`` is None where nobody counted."""

    stall: Stall
    status: Status
    target: int
    counted: int | None


@frozen
class Campaign:
    """The numbers of the whole plan: in all, by strike day, by workplace, by rally and by stall.

    ``people`` is how many are on the roster, by their standing; ``turnout`` is over everything that was not
    stood down: pickets, rallies and stalls.
    """

    people: tuple[tuple[Standing, int], ...]
    turnout: Turnout
    total: Lines
    days: tuple[DayNumbers, ...]
    sites: tuple[SiteNumbers, ...]
    rallies: tuple[RallyNumbers, ...]
    stalls: tuple[StallNumbers, ...]

    def days_that_are(self, *stages: Stage) -> int:
        """Count the strike days at those stages."""
        return sum(each.stage in stages for each in self.days)


def counted(plan: Plan, now: datetime) -> Campaign:
    """Count the whole plan, seen from a moment (local wall-clock)."""
    days = sorted(plan.all(StrikeDay), key=lambda day: (day.window.start, day.id))
    on = [picket for day in days if not day.stood_down for picket in plan.of(Picket, "strike_day_id", day.id)]
    people = [person for person in plan.all(Person) if not person.left]
    going = [shift for shift in plan.all(Shift) if stand_down.of_shift(plan, shift).on]
    return Campaign(
        people=tuple(
            (standing, number)
            for standing in Standing
            if (number := sum(person.standing is standing for person in people))
        ),
        turnout=_turnout(plan, going),
        total=_lines(plan, on),
        days=tuple(_day(plan, day, now) for day in days),
        sites=tuple(_sites(plan, on)),
        rallies=tuple(
            _rally(plan, rally, now) for rally in sorted(plan.all(Rally), key=lambda each: (each.starts, each.id))
        ),
        stalls=tuple(_stalls(plan)),
    )


def _day(plan: Plan, day: StrikeDay, now: datetime) -> DayNumbers:
    pickets = plan.of(Picket, "strike_day_id", day.id)
    return DayNumbers(
        day=day,
        stage=stage_of(day, now),
        sites=len({plan.site_of(picket).id for picket in pickets if not picket.cancelled}),
        lines=_lines(plan, pickets),
    )


def stage_of(day: StrikeDay, now: datetime) -> Stage:
    """Say how far a strike day has come at a moment; only whoever marks it as held says that it was."""
    if day.stood_down:
        return Stage.STOOD_DOWN
    if day.state is StrikeState.HELD:
        return Stage.HELD
    if now < day.window.start:
        return Stage.TO_COME
    return Stage.UNDER_WAY if now < day.window.end else Stage.OVER


def _sites(plan: Plan, pickets: Iterable[Picket]) -> Iterable[SiteNumbers]:
    by_site: dict[Site, list[Picket]] = {}
    for picket in pickets:
        by_site.setdefault(plan.site_of(picket), []).append(picket)
    for site in sorted(by_site, key=lambda site: (site.name.casefold(), site.id)):
        mine = by_site[site]
        days = {picket.strike_day_id for picket in mine if not picket.cancelled}
        yield SiteNumbers(site=site, days=len(days), lines=_lines(plan, mine))


def _lines(plan: Plan, pickets: Iterable[Picket]) -> Lines:
    """Count pickets by themselves, whatever their strike day does."""
    known = tuple(pickets)
    on = [picket for picket in known if not picket.cancelled]
    shifts = [s for picket in on for s in plan.of(Shift, "picket_id", picket.id) if not s.cancelled]
    spans = [_stands(plan, picket) for picket in on]
    best = [
        max(counts, key=lambda count: count.pickets + count.supporters)
        for picket in on
        if (counts := plan.of(TurnoutCount, "picket_id", picket.id))
    ]
    return Lines(
        pickets=len(on),
        cancelled=len(known) - len(on),
        shifts=len(shifts),
        minutes=sum(each.minutes for span in spans for each in span),
        open_ended=sum(picket.ends is None for picket in on),
        rota_minutes=sum(
            shift.span.minutes * sum(a.state.counts for a in plan.of(Assignment, "shift_id", shift.id))
            for shift in shifts
        ),
        turnout=_turnout(plan, shifts),
        heads=Heads(
            pickets=sum(count.pickets for count in best),
            supporters=sum(count.supporters for count in best),
            counted_at=len(best),
        )
        if best
        else None,
        incidents=sum(len(plan.of(Incident, "picket_id", picket.id)) for picket in known),
        directions=sum(len(plan.of(PoliceDirection, "picket_id", picket.id)) for picket in known),
    )


def _stands(plan: Plan, picket: Picket) -> tuple[Span, ...]:
    """Say when a picket stands: from its start to its end; where that is open, as long as its shifts last."""
    if picket.ends is not None:
        return (Span(picket.starts, picket.ends),)
    return merged(shift.span for shift in plan.of(Shift, "picket_id", picket.id) if not shift.cancelled)


def _turnout(plan: Plan, shifts: Iterable[Shift]) -> Turnout:
    known = tuple(shifts)
    on = {a.person_id for shift in known for a in plan.of(Assignment, "shift_id", shift.id) if a.state.counts}
    came: set[str] = set()
    absent: set[str] = set()
    walked: set[str] = set()
    for shift in known:
        for mark in plan.of(Attendance, "shift_id", shift.id):
            who = mark.person_id or as_read(mark.walk_in)
            if mark.came is not None:
                (came if who in on else walked).add(who)
            elif mark.absent and who in on:
                absent.add(who)
    return Turnout(people=len(on), came=len(came), absent=len(absent - came), walk_ins=len(walked))


def _rally(plan: Plan, rally: Rally, now: datetime) -> RallyNumbers:
    posts = plan.of(Post, "rally_id", rally.id)
    shifts = [s for post in posts for s in plan.of(Shift, "post_id", post.id) if not s.cancelled]
    return RallyNumbers(
        rally=rally,
        status=stand_down.of_rally(plan, rally),
        over=rally.ends <= now,
        posts=len(posts),
        turnout=_turnout(plan, shifts),
        stalls=sum(_comes(stall) for stall in plan.of(Stall, "rally_id", rally.id)),
        incidents=len(plan.of(Incident, "rally_id", rally.id)),
    )


def _stalls(plan: Plan) -> Iterable[StallNumbers]:
    known = [stall for stall in plan.all(Stall) if _comes(stall)]
    names = {stall.id: plan.line_words(stall).casefold() for stall in known}
    for stall in sorted(known, key=lambda stall: (names[stall.id], stall.id)):
        found = plan.of(Tally, "stall_id", stall.id)
        yield StallNumbers(
            stall=stall,
            status=stand_down.of_stall(plan, stall),
            target=stall.target,
            counted=tallies.total(found) if found else None,
        )


def _comes(stall: Stall) -> bool:
    return stall.state not in (StallState.ENQUIRY, StallState.DECLINED)
