"""What the checks look at, and how they name it; see ``checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.eligibility import Book
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.pickets import Need, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally, RallyDay
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import (
    Span,
    day_words,
    span_words,
)

Holidays = Callable[[Jurisdiction], Mapping[date, str]]


@frozen
class Situation:
    """What the checks look at: the plan, the dated rules, everybody's time, bank holidays, and today's date."""

    plan: Plan
    rules: Rules
    book: Book
    holidays: Holidays
    today: date

    def dispute(self, day: StrikeDay) -> Dispute:
        """The dispute of a strike day."""
        return self.plan.dispute_of(day)

    def jurisdiction(self, day_id: StrikeDayId | None) -> Jurisdiction:
        """Say whose law counts on a strike day, and for what belongs to none: that of the plan's first dispute."""
        return jurisdiction_of(self.plan, day_id)

    def pickets(self) -> Iterator[tuple[Picket, StrikeDay, Span]]:
        """List the pickets that go ahead by time, with their days and spans; see ``picket_span`` for an open end."""
        for picket in sorted(self.plan.all(Picket), key=lambda picket: (picket.starts, picket.id)):
            if stand_down.of_picket(self.plan, picket).on:
                day = self.plan.get(StrikeDay, picket.strike_day_id)
                yield picket, day, picket_span(self.plan, picket)


def jurisdiction_of(plan: Plan, day_id: StrikeDayId | None) -> Jurisdiction:
    """Say whose law counts on a strike day, and for what belongs to none: that of the plan's first dispute."""
    day = plan.find(StrikeDay, day_id)
    disputes = (plan.dispute_of(day),) if day else plan.all(Dispute)
    return disputes[0].jurisdiction if disputes else Jurisdiction.ENGLAND


def need_words(plan: Plan, rules: Rules, shift: Shift, need: Need) -> str:
    """Name what a need asks for, in the word of that day's law: "picket organiser", "steward with BSL"."""
    word = str(need.role)
    if need.role is Role.SUPERVISOR:
        word = law.supervisor_word(rules, jurisdiction_of(plan, day_of(plan, shift)), shift.starts.date())
    return f"{word} with {need.skill}" if need.skill else word


def counted_words(number: int, word: str) -> str:
    """Count people of a role: "1 picket organiser", "2 stewards with BSL"; nothing for none."""
    role, of, skill = word.partition(" with ")
    return f"{number} {role}{'' if number == 1 else 's'}{of}{skill}" if number > 0 else ""


def picket_span(plan: Plan, picket: Picket) -> Span:
    """Give a picket's span; an open end runs to its last shift's end, or to the end of its strike day."""
    if picket.ends is not None:
        return Span(picket.starts, picket.ends)
    ends = [shift.ends for shift in plan.of(Shift, "picket_id", picket.id)]
    window_end = plan.get(StrikeDay, picket.strike_day_id).window.end
    latest = max(ends, default=window_end)
    return Span(picket.starts, latest if latest > picket.starts else picket.starts + timedelta(hours=1))


def picket_concern(picket: Picket) -> tuple[Concern, ...]:
    """Name a picket as what a problem concerns."""
    return (Concern("picket", picket.id),)


def on_day_words(whole: Span, part: Span) -> str:
    """Write a part of a span, with its day where that is not the whole's first."""
    words = span_words(part.start, part.end)
    return words if part.start.date() == whole.start.date() else f"{day_words(part.start.date())} {words}"


def shift_words(at: Situation, shift: Shift) -> str:
    """Say which shift: its place, day and time."""
    return f"{at.plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"


def day_of(plan: Plan, shift: Shift) -> StrikeDayId | None:
    """Name the strike day of a shift: its picket's, or its rally's; None where there is none."""
    host = plan.host(shift)
    if isinstance(host, Stall):
        host = plan.get(Rally, host.rally_id) if host.rally_id else plan.get(Picket, host.picket_id)
    if isinstance(host, Picket):
        return host.strike_day_id
    return day_of_rally(plan, host)


def day_of_rally(plan: Plan, rally: Rally) -> StrikeDayId | None:
    """Name the strike day to which a rally belongs: of those it is tied to the one on which it starts, else the first.

    One that is tied to none belongs to the day on whose date it starts; None where there is none.
    """
    on = rally.starts.date()
    days = [plan.get(StrikeDay, link.strike_day_id) for link in plan.of(RallyDay, "rally_id", rally.id)]
    days = days or [day for day in plan.all(StrikeDay) if on in day.window.days()]
    found = min(
        days,
        key=lambda day: (day.first_date != on, on not in day.window.days(), day.window.start, day.id),
        default=None,
    )
    return found.id if found else None
