"""Changes to a running order: lines put in, moved, split, fixed and shortened; records in, records out.

An order is a sequence of programme items as they stand, from above; every function gives a new one. ``renumbered``
then gives each its position, changing as few records as can be, and ``difference`` says what is to be written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import ProgrammeItemId
from rallyapp.domain.rallies import ProgrammeItem, Rally
from rallyapp.domain.running_order import Line
from rallyapp.domain.times import clock, clock_fault, parse_clock
from rallyapp.domain.typed_lengths import typed_minutes

MOST_MINUTES = 24 * 60
_FAR = 1_000_000  # no position is further from 0: beyond it all are numbered anew
_LATEST = timedelta(hours=6)  # a fixed time on the day after the hard finish is at most so long after it

Order = Sequence[ProgrammeItem]


@frozen
class Difference:
    """What is to be written: records with what they were (None for a new one), and records that are gone."""

    saved: tuple[tuple[ProgrammeItem, ProgrammeItem | None], ...] = ()
    gone: tuple[ProgrammeItem, ...] = ()

    @property
    def anything(self) -> bool:
        """Say whether there is anything to write."""
        return bool(self.saved or self.gone)


@frozen
class Shorter:
    """A line that could give minutes, and how many it would have then."""

    item: ProgrammeItem
    minutes: int


# --------------------------------------------------------------------------------------------- the order
def ordered(items: Iterable[ProgrammeItem]) -> tuple[ProgrammeItem, ...]:
    """Put lines in the order in which they stand."""
    return tuple(sorted(items, key=lambda item: (item.position, item.id)))


def renumbered(order: Order, known: Collection[ProgrammeItemId]) -> tuple[ProgrammeItem, ...]:
    """Give every line its position; those that are ``known`` keep theirs wherever they can."""
    kept = _kept([item.position - place if item.id in known else None for place, item in enumerate(order)])
    positions: list[int] = []
    for place, item in enumerate(order):
        if place in kept:
            positions.append(item.position)
        elif positions:
            positions.append(positions[-1] + 1)
        else:  # before the first that keeps its own
            first = min(kept, default=None)
            positions.append(1 if first is None else order[first].position - first)
    if any(abs(position) > _FAR for position in positions):
        positions = list(range(1, len(order) + 1))
    return tuple(
        item if item.position == position and item.id in known else replace(item, position=position)
        for item, position in zip(order, positions, strict=True)
    )


def _kept(room: Sequence[int | None]) -> set[int]:
    """Find the most places whose numbers never fall: there is room between them for all that stand between.

    Of several ways it is the one that keeps what stands above, so that numbers grow rather than go below 1.
    """
    ends: list[int] = []  # of a run of each length, seen from below: its number turned round, and its place
    places: list[int] = []
    below: dict[int, int | None] = {}
    for place in reversed(range(len(room))):
        number = room[place]
        if number is None:
            continue
        length = bisect_right(ends, -number)
        below[place] = places[length - 1] if length else None
        ends[length : length + 1] = [-number]
        places[length : length + 1] = [place]
    found: set[int] = set()
    at = places[-1] if places else None
    while at is not None:
        found.add(at)
        at = below[at]
    return found


def difference(before: Iterable[ProgrammeItem], after: Order) -> Difference:
    """Say what must be written so that an order becomes another one, positions included."""
    known = {item.id: item for item in before}
    numbered = renumbered(after, known.keys())
    left = {item.id for item in numbered}
    return Difference(
        saved=tuple((item, known.get(item.id)) for item in numbered if known.get(item.id) != item),
        gone=tuple(item for item in known.values() if item.id not in left),
    )


# ---------------------------------------------------------------------------------------------- the lines
def inserted(order: Order, new: Iterable[ProgrammeItem], place: int) -> tuple[ProgrammeItem, ...]:
    """Put new lines before the line at a place; at the end where there is none."""
    return (*order[:place], *new, *order[place:])


def moved_to(order: Order, ids: Collection[str], place: int) -> tuple[ProgrammeItem, ...]:
    """Put lines together before the line that stands at a place, in the order in which they stood."""
    moving = [item for item in order if item.id in ids]
    above = [item for item in order[:place] if item.id not in ids]
    below = [item for item in order[place:] if item.id not in ids]
    return (*above, *moving, *below)


def moved_by(order: Order, ids: Collection[str], down: bool) -> tuple[ProgrammeItem, ...]:
    """Move lines one up or down, each past its neighbour; what stands at the end already stays."""
    out = list(order)
    places = [place for place, item in enumerate(out) if item.id in ids]
    step, end = (1, len(out) - 1) if down else (-1, 0)
    for place in reversed(places) if down else places:
        if place == end:
            end -= step
        else:
            out[place], out[place + step] = out[place + step], out[place]
    return tuple(out)


def without(order: Order, ids: Collection[str]) -> tuple[ProgrammeItem, ...]:
    """Take lines out."""
    return tuple(item for item in order if item.id not in ids)


def duplicated(order: Order, ids: Collection[str], make_id: Callable[[], str]) -> tuple[ProgrammeItem, ...]:
    """Put a copy of each of these lines below it; a copy is not fixed to a time."""
    out: list[ProgrammeItem] = []
    for item in order:
        out.append(item)
        if item.id in ids:
            out.append(replace(item, id=ProgrammeItemId(make_id()), fixed=None))
    return tuple(out)


def split(order: Order, id: str, make_id: Callable[[], str]) -> tuple[ProgrammeItem, ...]:
    """Make two lines of one: each has half of its minutes, the first one more where they are odd."""
    out: list[ProgrammeItem] = []
    for item in order:
        if item.id == id:
            half = item.minutes // 2
            out.append(replace(item, minutes=item.minutes - half))
            out.append(replace(item, id=ProgrammeItemId(make_id()), minutes=half, fixed=None, cue=""))
        else:
            out.append(item)
    return tuple(out)


# ------------------------------------------------------------------------------------------- as it is typed
def read_minutes(text: str) -> int:
    """Read the minutes of a line: 5, 5m, 1h, 1 h 30 or 1:30; nothing is 0. Raises ValueError with a sentence."""
    bare = " ".join(text.split())
    number = int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 7 else None
    if number is None:
        try:
            number = typed_minutes(bare, most=MOST_MINUTES) if not _bare_figure(bare) else None
        except ValueError:
            number = None
        if number is None and bare:
            raise ValueError(f"\u201c{bare}\u201d is not a number of minutes: write 5, 90 or 1 h 30")
    if number is not None and number > MOST_MINUTES:
        raise ValueError("A line of the running order lasts 24 hours at most")
    return number or 0


def _bare_figure(text: str) -> bool:
    """Say whether a text holds figures and points alone: half minutes and half hours would be guesses."""
    return not any(letter.isalpha() or letter == ":" for letter in text)


def read_start(text: str, *, rally: Rally, near: datetime) -> datetime | None:
    """Read the time to which a line is fixed: the one nearest to ``near`` on the rally's own days; nothing is None.

    Raises ValueError with a sentence for what is no time of day, and for one before the rally starts.
    """
    if not text.strip():
        return None
    at = parse_clock(text)
    found = [when for when in _moments(at, rally) if when >= rally.starts]
    if not found:
        raise ValueError(f"{clock(at)} is before the rally starts ({clock(rally.starts)})")
    when = min(found, key=lambda when: (abs(when - near), when))
    if fault := clock_fault(when):
        raise ValueError(fault)
    return when


def _moments(at: time, rally: Rally) -> Iterable[datetime]:
    """List that time of day on each day of the rally, and in the night after it."""
    days = (rally.ends.date() - rally.starts.date()).days
    for day in range(days + 1):
        yield datetime.combine(rally.starts.date() + timedelta(days=day), at)
    after = datetime.combine(rally.ends.date() + timedelta(days=1), at)
    if after <= rally.ends + _LATEST:
        yield after


# --------------------------------------------------------------------------------------- shorten to fit
def shorter(lines: Sequence[Line], minutes: int) -> tuple[Shorter, ...]:
    """Suggest which lines could give minutes, so that fixed times are met and the whole ends so much earlier.

    It is our own suggestion. The lines before each late fixed one give what it is late, in order; what is still
    wanted of the ``minutes`` by which the end is to come forward is given by the lines after the last one that holds
    its time, for before it nothing is gained. Each gives in proportion to its length and keeps a minute at least;
    fixed lines stay as they are. Where all of that is not enough, the suggestion is as much as can be had.
    """
    giving = _Giving(lines)
    for place in range(len(lines)):
        while giving.late.get(place) and giving.one_before(place):
            pass
    while giving.gained < minutes and giving.one_before(len(lines)):
        pass
    return tuple(
        Shorter(item=line.item, minutes=left)
        for line, left in zip(lines, giving.left, strict=True)
        if left != line.item.minutes
    )


class _Giving:
    """What each line has left while they give one minute after the other, and what was gained by it so far."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Begin with the lines as they are."""
        self.left = [line.item.minutes for line in lines]
        self.late = {at: max(0, -line.slack) for at, line in enumerate(lines) if line.item.fixed is not None}
        self.gained = 0  # minutes by which the end has come forward
        self._lines = lines

    def one_before(self, place: int) -> bool:
        """Take a minute so that what stands at a place starts earlier; say whether a line could give it."""
        first = max((at for at, by in self.late.items() if at < place and not by), default=0)
        can = [at for at in range(first, place) if at not in self.late and self.left[at] > 1]
        if not can:
            return False
        # Of those that can, the one that has given least for its length; of two alike the longer, then the later.
        giver = min(can, key=self._burden)
        self.left[giver] -= 1
        for at in range(giver + 1, len(self.left)):
            if self.late.get(at) == 0:
                return True  # this one waits for its time: nothing after it starts earlier
            if at in self.late:
                self.late[at] -= 1
        self.gained += 1
        return True

    def _burden(self, at: int) -> tuple[float, int, int]:
        whole = self._lines[at].item.minutes
        return (whole - self.left[at] + 1) / whole, -whole, -at


def shortened(order: Order, cuts: Iterable[Shorter]) -> tuple[ProgrammeItem, ...]:
    """Give the lines the minutes that were suggested."""
    minutes = {cut.item.id: cut.minutes for cut in cuts}
    return tuple(replace(item, minutes=minutes.get(item.id, item.minutes)) for item in order)
