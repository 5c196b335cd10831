"""Sign-ups at a stall as they were counted: totals and times only, never who signed up.

A tally says how many more (or, as a correction, how many fewer) since the one before. Nothing here guesses how the
day will end: what was counted is said with the time at which it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StallId, TallyId, new_id
from rallyapp.domain.problems import UserError
from rallyapp.domain.rota_work import MakeId
from rallyapp.domain.stalls import Tally
from rallyapp.domain.times import clock, day_words

MOST = 10_000  # at once: more is a slip of the finger
_QUARTER = 15
_COUNT = re.compile(r"([+\u2212-]?)\s*(\d{1,6})", re.ASCII)


@frozen
class Step:
    """How many had signed up after the tallies of one minute."""

    at: datetime
    count: int
    total: int


@frozen
class Quarter:
    """How many signed up in a quarter of an hour, by the clock."""

    starts: datetime
    count: int


def total(tallies: Iterable[Tally]) -> int:
    """Count all sign-ups."""
    return sum(tally.count for tally in tallies)


def in_order(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Put tallies in order of time; those of one minute stay in the order in which they were given."""
    return tuple(sorted(tallies, key=lambda tally: tally.at))


def steps(tallies: Iterable[Tally]) -> tuple[Step, ...]:
    """Add up minute by minute: what was counted in one minute is one step."""
    minutes: dict[datetime, int] = {}
    for tally in in_order(tallies):
        minutes[tally.at] = minutes.get(tally.at, 0) + tally.count
    totals = accumulate(minutes.values())
    return tuple(
        Step(at=at, count=count, total=so_far) for (at, count), so_far in zip(minutes.items(), totals, strict=True)
    )


def by_quarter(tallies: Iterable[Tally]) -> tuple[Quarter, ...]:
    """Count by quarters of an hour from the first tally to the last, those in which nobody signed up too.

    Days on which nothing was counted are left out.
    """
    known: dict[datetime, int] = {}
    for tally in in_order(tallies):
        starts = tally.at - timedelta(minutes=tally.at.minute % _QUARTER)
        known[starts] = known.get(starts, 0) + tally.count
    found: list[Quarter] = []
    for starts, count in known.items():
        before = found[-1].starts if found else starts
        if before.date() == starts.date():
            while (before := before + timedelta(minutes=_QUARTER)) < starts:
                found.append(Quarter(starts=before, count=0))
        found.append(Quarter(starts=starts, count=count))
    return tuple(found)


def busiest(tallies: Iterable[Tally]) -> Quarter | None:
    """Give the quarter of an hour in which most signed up, the first of several; None where nobody did."""
    most = max(by_quarter(tallies), key=lambda quarter: quarter.count, default=None)
    return most if most is not None and most.count > 0 else None


def last_hour(tallies: Iterable[Tally], now: datetime) -> int:
    """Count the sign-ups of the hour before a time: how fast it goes, without saying how it will end."""
    return total(tally for tally in tallies if now - timedelta(hours=1) < tally.at <= now)


def words(tallies: Iterable[Tally], target: int) -> str:
    """Say how far it has come: "38 of 60 at 12:45"; 0 is no target. Of fewer than nobody it says what to do."""
    counted = in_order(tallies)
    of = f" of {target:,}" if target else ""
    if not counted:
        return f"0{of}: nothing counted yet" if target else "Nothing counted yet"
    at = clock(counted[-1].at)
    signed_up = total(counted)
    if signed_up < 0:
        return f"{-signed_up:,} more were taken off than counted by {at}: correct the list"
    return f"{signed_up:,}{of} at {at}"


def total_words(number: int) -> str:
    """Write how many there are in all, with a true minus where that is fewer than nobody."""
    return f"{number:,}".replace("-", "\u2212")


def spoken(tallies: Iterable[Tally], target: int) -> str:
    """Say in sentences what the chart of sign-ups shows."""
    found = steps(tallies)
    if not found:
        return f"{words((), target)}."
    counted = f"counted from {clock(found[0].at)}"
    if found[-1].total < 0:
        return f"{words(tallies, target)}. It is {counted}."
    said = f"{words(tallies, target)}, {counted}."
    reached = next((step for step in found if target and step.total >= target), None)
    if reached is not None:
        said += f" The target was reached at {clock(reached.at)}."
    most = busiest(tallies)
    if most is not None:
        said += f" Most in a quarter of an hour: {most.count:,}, from {clock(most.starts)}."
    return said


# ---------------------------------------------------------------------------------------------- counting
def typed_count(text: str) -> int:
    """Read "12", "+3" or "-1" as somebody types it; raises ValueError with a sentence."""
    found = _COUNT.fullmatch(text.strip().replace(",", ""))
    if found is None:
        raise ValueError(f"\u201c{text.strip()}\u201d is not a number of sign-ups: write 3, +3 or -1")
    number = int(found[2])
    return number if found[1] in ("", "+") else -number


def count(tallies: Iterable[Tally], stall_id: StallId, number: int, at: datetime, make_id: MakeId = new_id) -> Tally:
    """Count so many more at a time, or fewer; ``tallies`` are those of the stall so far.

    Raises UserError for none, for more than anybody counts at once, and for a correction that leaves fewer than
    nobody at that time or later. What was counted is never refused, however the list stood before.
    """
    if number == 0:
        raise UserError("Nothing to count: write how many signed up.")
    before = tuple(tallies)
    made = Tally(id=TallyId(make_id()), stall_id=stall_id, at=at, count=number)
    _refuse_wrong(before, (*before, made), made)
    return made


def change(tallies: Iterable[Tally], tally: Tally, *, count: int | None = None, at: datetime | None = None) -> Tally:
    """Give a tally with another number or time; raises UserError as ``count`` does."""
    new = replace(tally, count=tally.count if count is None else count, at=at or tally.at)
    if new.count == 0:
        raise UserError("A count of 0 says nothing: delete it instead.")
    before = tuple(tallies)
    _refuse_wrong(before, (*(each for each in before if each.id != tally.id), new), new)
    return new


def refuse_deleting(tallies: Iterable[Tally], gone: Iterable[Tally]) -> None:
    """Raise UserError where a correction would be left that takes back more than was counted."""
    before, away = tuple(tallies), {tally.id for tally in gone}
    _refuse_lowering(before, [each for each in before if each.id not in away])


def _refuse_wrong(before: Sequence[Tally], after: Sequence[Tally], new: Tally) -> None:
    if abs(new.count) > MOST:
        raise UserError(f"{abs(new.count):,} at once can\u2019t be right: count at most {MOST:,}.")
    _refuse_lowering(before, after)


def _refuse_lowering(before: Sequence[Tally], after: Sequence[Tally]) -> None:
    """Raise UserError where a total falls below nobody by this; one that was there already can be mended in steps.

    An undo, or a second window at the same moment, leaves such a total, and counting must go on all the same.
    """
    changed: dict[datetime, tuple[int, int]] = {}
    for tally in before:
        changed[tally.at] = (changed.get(tally.at, (0, 0))[0] + tally.count, 0)
    for tally in after:
        then, now = changed.get(tally.at, (0, 0))
        changed[tally.at] = (then, now + tally.count)
    then = now = 0
    for at in sorted(changed):
        then, now = then + changed[at][0], now + changed[at][1]
        if now < 0 and now < then:
            raise UserError(
                f"That would leave \u2212{-now:,} sign-ups at {clock(at)} on {day_words(at.date())}: take back no more "
                "than were counted by then."
            )
