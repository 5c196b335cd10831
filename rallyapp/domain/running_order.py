"""A rally's programme added up: when each line starts, and whether all of it fits before the hard finish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rallyapp.domain.frozen import frozen
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import ProgrammeItem, Rally, Speaker
from rallyapp.domain.times import after_minutes, clock, minutes_words, real_minutes, round_nearest


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
    line starts when the one before it ends. Minutes are real ones, so no line starts in the hour that the clocks leave
    out in March. What is in the hour that they repeat in October shows its time alike in both; the totals tell
    which. A fixed time in that hour is the one nearer to the end of the line before.
    """
    lines = []
    at = starts
    for item in sorted(items, key=lambda item: (item.position, item.id)):
        slack = 0
        if item.fixed is not None:
            fixed = round_nearest(item.fixed, at)
            slack = real_minutes(at, fixed)
            at = fixed if slack > 0 else at
        ends = after_minutes(at, item.minutes)
        lines.append(Line(item=item, starts=at, ends=ends, slack=slack, total=real_minutes(starts, ends)))
        at = ends
    return tuple(lines)


def running_order_of(plan: Plan, rally: Rally) -> tuple[Line, ...]:
    """Give the running order of a rally as it stands in a plan."""
    return running_order(plan.of(ProgrammeItem, "rally_id", rally.id), rally.starts)


def who_words(plan: Plan, item: ProgrammeItem) -> str:
    """Say who has a line: its speaker's name, or what was entered."""
    speaker = plan.find(Speaker, item.speaker_id)
    return speaker.name if speaker else item.who


def overrun(lines: Iterable[Line], finish: datetime) -> int:
    """Count the minutes by which the programme runs past the hard finish; 0 or less where it fits."""
    return max((real_minutes(finish, line.ends) for line in lines), default=0)


def finish_words(lines: tuple[Line, ...], finish: datetime) -> str:
    """Say how the programme ends: "Ends 13:25, 5 minutes before the hard finish"."""
    if not lines:
        return f"Nothing planned yet. The hard finish is at {clock(finish)}"
    late = overrun(lines, finish)
    if late > 0:
        return f"Runs {counted_minutes(late)} past the hard finish ({clock(finish)})"
    spare = f"{counted_minutes(-late)} before the hard finish" if late else "at the hard finish"
    return f"Ends {clock(lines[-1].ends)}, {spare}"


def counted_minutes(minutes: int) -> str:
    """Write minutes in full: 1 minute, 45 minutes, 1 h 10 min."""
    return minutes_words(minutes) if minutes >= 60 else f"{minutes} minute{'' if minutes == 1 else 's'}"


def idle_minutes(lines: Iterable[Line]) -> int:
    """Count the minutes in which nothing happens because the next line waits for its fixed time."""
    return sum(max(0, line.slack) for line in lines)
