"""A rally's programme added up: when each line starts, and whether all of it fits before the hard finish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from rallyapp.domain.frozen import frozen
from rallyapp.domain.rallies import ProgrammeItem
from rallyapp.domain.times import real_minutes


@frozen
class Line:
    """A line of the running order with its times; ``slack`` is minutes idle before a fixed line, negative if late.

    ``total`` is the running total of minutes from the start to this line's end.
    """

    item: ProgrammeItem
    starts: datetime
    ends: datetime
    slack: int = 0
    total: int = 0


def running_order(items: Iterable[ProgrammeItem], starts: datetime) -> tuple[Line, ...]:
    """Put the lines in order and give each its time: after the one before it, or at its fixed time.

    A fixed time holds even where the line before runs past it: the overrun shows as negative slack, and the
    line starts when the one before it ends. Minutes are wall-clock minutes.
    """
    lines = []
    at = starts
    for item in sorted(items, key=lambda item: (item.position, item.id)):
        slack = 0
        if item.fixed is not None:
            slack = real_minutes(at, item.fixed)
            at = max(at, item.fixed)
        ends = at + timedelta(minutes=item.minutes)
        lines.append(Line(item=item, starts=at, ends=ends, slack=slack, total=real_minutes(starts, ends)))
        at = ends
    return tuple(lines)


def overrun(lines: Iterable[Line], finish: datetime) -> int:
    """Count the minutes by which the programme runs past the hard finish; 0 or less where it fits."""
    ends = max((line.ends for line in lines), default=finish)
    return real_minutes(finish, ends)
