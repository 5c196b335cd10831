"""Disputes and their strike days: kinds, states, and the legal moves between the states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import (
    DisputeId,
    EmployerId,
    NoticeDayId,
    NoticeId,
    SettingsId,
    StrikeDayId,
    StrikeDayMoveId,
    new_id,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.problems import Problem, UserError
from rallyapp.domain.times import MIDNIGHT, Span, clock, day_words, span_words, year_fault


@frozen
class Settings:
    """What holds for the whole plan file; there is exactly one row, and its id is the plan's own.

    Lengths are minutes; walking speed is tenths of a km/h; ``detour`` is the percentage by which a walk is
    longer than the straight line (5 km/h, straight line x 1.3, where nothing else is set).
    """

    id: SettingsId
    title: str
    duty_buffer: int = 30
    min_rest: int = 660
    walking: int = 50
    detour: int = 130
    picket_minimum: int = 3
    delete_after: date | None = None

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("settings", self.id, "The plan's title", self.title)
        yield from saying.within("settings", self.id, "The buffer around a duty (minutes)", self.duty_buffer, 0, 720)
        yield from saying.within("settings", self.id, "The least rest (minutes)", self.min_rest, 0, 1440)
        yield from saying.within("settings", self.id, "The walking speed (tenths of km/h)", self.walking, 10, 1000)
        yield from saying.within("settings", self.id, "The detour (per cent)", self.detour, 100, 500)
        yield from saying.within("settings", self.id, "The least number of pickets", self.picket_minimum, 1, 100)


@frozen
class Dispute:
    """One union's dispute: who is in it, where the law of it is, and its ballot and mandate.

    ``told_by`` says by when people are told if a day is called off ("20:00 the evening before").
    ``mandate_until`` is the last day of the mandate where the union has said it; it goes before what the
    dated rules work out (L22-L25). ``extended_months`` is an extension by agreement (L23).
    """

    id: DisputeId
    title: str
    union: str
    branch: str = ""
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND
    duty_phone: str = ""
    duty_contact: str = ""
    told_by: str = ""
    data_contact: str = ""
    ballot_opened: date | None = None
    ballot_closed: date | None = None
    extended_months: int | None = None
    mandate_until: date | None = None
    mandate_checked_by: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("dispute", self.id, "The dispute's title", self.title)
        yield from saying.required("dispute", self.id, "The union's name", self.union)
        if self.ballot_opened and self.ballot_closed and self.ballot_closed < self.ballot_opened:
            yield saying.wrong("dispute", self.id, "The ballot closes before it opens", "check the two dates")
        yield from saying.within("dispute", self.id, "The mandate by agreement (months)", self.extended_months, 7, 9)


class StrikeKind(StrEnum):
    """What a strike day asks members to do."""

    EMERGENCY_CARE_ONLY = "emergency care only"
    CHRISTMAS_DAY_COVER = "Christmas Day cover"
    FULL_WALKOUT = "full walkout"
    ACTION_SHORT = "action short of a strike"


class StrikeState(StrEnum):
    """Where a strike day stands."""

    PLANNED = "planned"
    NOTIFIED = "notified"
    ON = "on"
    SUSPENDED = "suspended"
    CALLED_OFF = "called off"
    SUPERSEDED = "superseded"
    HELD = "held"


STOOD_DOWN_STATES = frozenset({StrikeState.SUSPENDED, StrikeState.CALLED_OFF, StrikeState.SUPERSEDED})

# Suspended differs from called off: a suspended day may go on again by joint agreement with the employer
# (L29), a day called off is over unless it is called again. A day that was superseded was replaced by
# another; it comes back only by undoing, or by planning it anew.
MOVES: dict[StrikeState, frozenset[StrikeState]] = {
    StrikeState.PLANNED: frozenset({StrikeState.NOTIFIED, *STOOD_DOWN_STATES}),
    StrikeState.NOTIFIED: frozenset({StrikeState.PLANNED, StrikeState.ON, *STOOD_DOWN_STATES}),
    StrikeState.ON: frozenset({StrikeState.HELD, *STOOD_DOWN_STATES}),
    StrikeState.SUSPENDED: frozenset(
        {StrikeState.PLANNED, StrikeState.NOTIFIED, StrikeState.ON, StrikeState.CALLED_OFF, StrikeState.SUPERSEDED}
    ),
    StrikeState.CALLED_OFF: frozenset({StrikeState.PLANNED, StrikeState.NOTIFIED, StrikeState.ON}),
    StrikeState.SUPERSEDED: frozenset({StrikeState.PLANNED}),
    StrikeState.HELD: frozenset(),
}


@frozen
class StrikeDay:
    """One window of action: "day" as members say it, from a few hours to a week.

    Times are as given (06:59 stays 06:59); a time that nobody has stated is None and stands for the whole
    calendar day. ``called_out`` is the group of members ("junior doctors").
    """

    id: StrikeDayId
    dispute_id: DisputeId
    kind: StrikeKind
    first_date: date
    start_time: time | None = None
    last_date: date
    end_time: time | None = None
    state: StrikeState = StrikeState.PLANNED
    called_out: str = ""
    announced: date | None = None
    replaced_by_id: StrikeDayId | None = None
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if self.last_date < self.first_date:
            yield saying.wrong("strike_day", self.id, "The strike day ends before it starts", "check the two dates")
        elif not (year_fault(self.first_date) or year_fault(self.last_date)):  # a year is said of every date alike
            start, end = self._ends()
            yield from saying.spans("strike_day", self.id, "The strike day", start, end, most_days=62)

    def _ends(self) -> tuple[datetime, datetime]:
        start = datetime.combine(self.first_date, self.start_time or MIDNIGHT)
        if self.end_time is None:
            return start, datetime.combine(self.last_date + timedelta(days=1), MIDNIGHT)
        return start, datetime.combine(self.last_date, self.end_time)

    @property
    def window(self) -> Span:
        """The strike day's span; whole calendar days where no time was stated."""
        return Span(*self._ends())

    @property
    def stood_down(self) -> bool:
        """Say whether the day is suspended, called off or superseded."""
        return self.state in STOOD_DOWN_STATES

    @property
    def words(self) -> str:
        """The day as members say it: Tue 1 Dec 2015, 08:00-08:00 (Wed 2 Dec 2015); no time that nobody stated."""
        if self.start_time is not None and self.end_time is not None:
            start, end = self._ends()
            return f"{day_words(self.first_date)}, {span_words(start, end)}"
        first = day_words(self.first_date) + (f" from {clock(self.start_time)}" if self.start_time else "")
        last = "" if self.first_date == self.last_date else f" to {day_words(self.last_date)}"
        return first + last + (f" until {clock(self.end_time)}" if self.end_time else "")


@frozen
class StrikeDayMove:
    """One step in a strike day's history: from which state to which, when, by whom, with what authority and why."""

    id: StrikeDayMoveId
    strike_day_id: StrikeDayId
    from_state: StrikeState | None = None
    to_state: StrikeState
    at: datetime
    decided_by: str = ""
    authority: str = ""
    reason: str = ""
    joint_agreement: bool = False
    court_order: bool = False

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.instant("strike_day_move", self.id, "The time of the decision", self.at)
        if self.to_state in STOOD_DOWN_STATES:
            yield from saying.required("strike_day_move", self.id, "The reason for standing a day down", self.reason)


class IllegalMove(UserError):
    """A strike day can't go from the one state to the other."""


def move(
    day: StrikeDay,
    to: StrikeState,
    *,
    at: datetime,
    decided_by: str = "",
    authority: str = "",
    reason: str = "",
    joint_agreement: bool = False,
    court_order: bool = False,
) -> tuple[StrikeDay, StrikeDayMove]:
    """Move a strike day to another state and keep the step in its history.

    ``at`` is local wall-clock. Raises IllegalMove for a move that makes no sense (a held day can't be called
    off) and where a suspended or called-off day goes straight back on: that normally needs a fresh notice
    first, unless the employer has jointly agreed to it or the action was stopped only to obey a court order
    (L29: TULRCA s.234A(7)-(7A), as read in the 1999 Act's notes).
    """
    if to not in MOVES[day.state]:
        allowed = ", ".join(f"\u201c{state}\u201d" for state in StrikeState if state in MOVES[day.state])
        raise IllegalMove(
            f"{day.words} is {day.state} and can't become {to}"
            + (f"; it can become {allowed}" if allowed else ": that is its last state")
        )
    if to is StrikeState.ON and needs_fresh_notice(day, joint_agreement=joint_agreement, court_order=court_order):
        raise IllegalMove(
            f"{day.words} is {day.state}: calling it again normally needs a fresh notice, so make it "
            "\u201cnotified\u201d, or say that the employer has jointly agreed to it, or that it was stopped only to "
            "obey a court order (check with your union)"
        )
    step = StrikeDayMove(
        id=StrikeDayMoveId(new_id()),
        strike_day_id=day.id,
        from_state=day.state,
        to_state=to,
        at=at,
        decided_by=decided_by,
        authority=authority,
        reason=reason,
        joint_agreement=joint_agreement,
        court_order=court_order,
    )
    return replace(day, state=to), step


def needs_fresh_notice(day: StrikeDay, *, joint_agreement: bool, court_order: bool = False) -> bool:
    """Say whether reviving this day asks for a fresh notice: not by joint agreement, nor after a court order (L29)."""
    return day.stood_down and not (joint_agreement or court_order)


@frozen
class Notice:
    """A notice of industrial action to an employer (L16-L20); head office drafts it, the plan records it."""

    id: NoticeId
    dispute_id: DisputeId
    employer_id: EmployerId | None = None
    given_on: date
    received_on: date | None = None
    continuous: bool = False
    employer_agreed_shorter: bool = False
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if self.received_on and self.received_on < self.given_on:
            yield saying.wrong("notice", self.id, "The notice was received before it was given", "check the two dates")


@frozen
class NoticeDay:
    """A strike day that a notice covers."""

    id: NoticeDayId
    notice_id: NoticeId
    strike_day_id: StrikeDayId

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: nothing can be."""
        yield from ()
