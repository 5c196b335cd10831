"""A stall's times as people type them, on the day on which they fall: a rally or a picket may go on past midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stall_edits import host_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.typed_moments import typed_moment

_DAY = timedelta(days=1)


def typed_stall_time(plan: Plan, stall: Stall, text: str, on: date | None = None) -> datetime:
    """Read "10:15", "1am" or "Wed 2 Dec 01:00"; raises ValueError with a sentence.

    A time by itself is put on a day as ``on_its_day`` does; ``on`` is the day of what stood there before.
    """
    day = host_of(plan, stall).starts.date()
    one, other = (typed_moment(text, day=day, on=each) for each in (day, day + _DAY))
    return one if one == other else on_its_day(plan, stall, one.time(), on)


def on_its_day(plan: Plan, stall: Stall, clock: time, on: date | None = None) -> datetime:
    """Put a time of day on the day of the stall's rally or picket, or on that ``on`` which one stood there before.

    Where the rally or the picket goes on past midnight, a time before it starts (its set-up is part of it) is of the
    next morning, unless it is nearer to the start than to the end: 19:30 and 01:00 at a rally from 20:00 to 01:00
    are 5 1/2 hours apart.
    """
    host = host_of(plan, stall)
    starts, ends = host.starts, host.ends
    day = starts.date()
    if ends is None or ends.date() == day or on not in (None, day, day + _DAY):
        return datetime.combine(on or day, clock)
    if isinstance(host, Rally) and host.set_up is not None and host.set_up.date() == day:
        starts = min(starts, host.set_up)
    early, late = (datetime.combine(each, clock) for each in (day, day + _DAY))
    return late if starts - early > max(late - ends, timedelta()) else early
