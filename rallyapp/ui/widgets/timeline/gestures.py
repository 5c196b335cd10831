"""What the mouse may do over the rows: move or copy shifts, pull an edge, draw a rubber band. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt

from rallyapp.domain import times
from rallyapp.domain.ids import ShiftId
from rallyapp.ui.widgets.timeline.bar_paint import clock_words
from rallyapp.ui.widgets.timeline.geometry import Geometry, Place
from rallyapp.ui.widgets.timeline.records import Bar, Moved, Resized

STEP, FINE = 15, 5  # minutes; the fine one with Shift
SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Spot:
    """A point over the rows: minutes across, pixels from the top of all rows down, and the keys that are held."""

    minute: float
    height: float
    keys: Qt.KeyboardModifier

    @property
    def step(self) -> int:
        """To how many minutes a time is rounded."""
        return FINE if self.keys & Qt.KeyboardModifier.ShiftModifier else STEP


@dataclass(frozen=True, slots=True)
class Ghost:
    """A bar as it would be, at the place of another."""

    bar: Bar
    place: Place


def snapped(minute: float, by: float, step: int, first_minute: int) -> int:
    """Round a move so that what starts at a minute gets to a full step of the clock; a small one stays at nothing."""
    if abs(by) < step / 2:
        return 0
    on_clock = minute + first_minute
    return round(round((on_clock + by) / step) * step - on_clock)


def moved_words(minutes: int) -> str:
    """Write a move as "45 min later"."""
    return f"{times.minutes_words(abs(minutes))} {'later' if minutes > 0 else 'earlier'}" if minutes else "same time"


class MoveDrag:
    """Shifts follow the pointer to other times and rows; with Ctrl a copy of them does."""

    def __init__(self, at: Geometry, grabbed: Place, places: list[Place], begin: Spot) -> None:
        """Take hold of shifts, by one of them."""
        self._at, self._grabbed, self.places, self._begin = at, grabbed, places, begin
        self.minutes = self.rows = 0
        self.copy = False

    def to(self, spot: Spot) -> None:
        """Follow the pointer."""
        self.copy = bool(spot.keys & Qt.KeyboardModifier.ControlModifier)
        start = self._at.minute(self._grabbed.bar.starts)
        first = self._at.first.hour * 60 + self._at.first.minute
        self.minutes = snapped(start, spot.minute - self._begin.minute, spot.step, first)
        stripe = self._at.layout.nearest_stripe(spot.height)
        if stripe is not None and self._fits(rows := stripe.index - self._grabbed.row):
            self.rows = rows

    def _fits(self, rows: int) -> bool:
        stripes = self._at.layout.stripes
        return all(
            0 <= place.row + rows < len(stripes) and stripes[place.row + rows].row.takes(stripes[place.row].row)
            for place in self.places
        )

    def holds(self) -> set[ShiftId]:
        """Name the shifts whose own places are left while they are dragged."""
        return set() if self.copy else {place.bar.id for place in self.places}

    def ghosts(self) -> list[Ghost]:
        """Show the shifts where they would be."""
        by = timedelta(minutes=self.minutes)
        stripes = self._at.layout.stripes
        out = []
        for place in self.places:
            there, here = stripes[place.row + self.rows], stripes[place.row]
            top = there.top + min(place.top - here.top, there.height - place.height - self._at.layout.pad)
            bar = replace(place.bar, starts=place.bar.starts + by, ends=place.bar.ends + by)
            out.append(Ghost(bar, replace(place, bar=bar, row=there.index, top=top)))
        return out

    def guide(self) -> datetime:
        """Give the time to be read off the axis."""
        return self._grabbed.bar.starts + timedelta(minutes=self.minutes)

    def words(self) -> str:
        """Say where the shifts would get to."""
        to = self._at.layout.stripes[self._grabbed.row + self.rows].row.title
        if len(self.places) > 1:
            text = f"{len(self.places)} shifts, {moved_words(self.minutes)}"
            kind = self._at.layout.stripes[self._grabbed.row].row.kind
            down = f"{abs(self.rows)} {kind if abs(self.rows) == 1 else f'{kind}s'} "
            text += f", {down}{'down' if self.rows > 0 else 'up'}" if self.rows else ""
        else:
            by = timedelta(minutes=self.minutes)
            bar = replace(self._grabbed.bar, starts=self._grabbed.bar.starts + by, ends=self._grabbed.bar.ends + by)
            text = f"{clock_words(bar)}, {to}"
        return f"Copy: {text}" if self.copy else text

    def result(self) -> Moved | None:
        """Say what was done, None if everything is where it was. A copy may stay at its time and in its row."""
        if not self.minutes and not self.rows and not self.copy:
            return None
        to = self._at.layout.stripes[self._grabbed.row + self.rows].row.id if self.rows else None
        ids = tuple(place.bar.id for place in self.places)
        return Moved(shifts=ids, minutes=self.minutes, rows=self.rows, to_row=to, copy=self.copy)


class EdgeDrag:
    """The start or the end of one shift follows the pointer."""

    copy = False

    def __init__(self, at: Geometry, place: Place, start: bool, begin: Spot) -> None:
        """Take hold of an edge."""
        self._at, self.place, self._start, self._begin = at, place, start, begin
        self.places = [place]
        self.bar = place.bar

    def to(self, spot: Spot) -> None:
        """Follow the pointer; a shift keeps a least length."""
        bar = self.place.bar
        first = self._at.first.hour * 60 + self._at.first.minute
        minute = self._at.minute(bar.starts if self._start else bar.ends)
        by = timedelta(minutes=snapped(minute, spot.minute - self._begin.minute, spot.step, first))
        least = min(timedelta(minutes=SHORTEST), bar.ends - bar.starts)
        if self._start:
            self.bar = replace(bar, starts=min(bar.starts + by, bar.ends - least))
        else:
            self.bar = replace(bar, ends=max(bar.ends + by, bar.starts + least))

    def holds(self) -> set[ShiftId]:
        """Name the shift whose own place is left."""
        return {self.place.bar.id}

    def ghosts(self) -> list[Ghost]:
        """Show the shift as long as it would be."""
        return [Ghost(self.bar, replace(self.place, bar=self.bar))]

    def guide(self) -> datetime:
        """Give the time to be read off the axis."""
        return self.bar.starts if self._start else self.bar.ends

    def words(self) -> str:
        """Say how long the shift would be."""
        length = times.real_minutes(self.bar.starts, self.bar.ends)
        return f"{clock_words(self.bar)}, {times.minutes_words(length)}"

    def result(self) -> Resized | None:
        """Say what was done, None if nothing was."""
        if (self.bar.starts, self.bar.ends) == (self.place.bar.starts, self.place.bar.ends):
            return None
        return Resized(shift=self.bar.id, starts=self.bar.starts, ends=self.bar.ends)


class Band:
    """A rubber band around shifts; with Ctrl or Shift they are added to what is chosen."""

    def __init__(self, at: Geometry, begin: Spot, before: set[ShiftId]) -> None:
        """Begin at a point."""
        self._at, self._begin, self._end = at, begin, begin
        adds = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self._before = before if begin.keys & adds else set()

    def to(self, spot: Spot) -> None:
        """Follow the pointer."""
        self._end = spot

    def area(self) -> QRectF:
        """Give what it is around, in minutes and in heights of all rows."""
        one, other = QPointF(self._begin.minute, self._begin.height), QPointF(self._end.minute, self._end.height)
        return QRectF(one, other).normalized()

    def chosen(self) -> set[ShiftId]:
        """Name the shifts in it, and those that were chosen before."""
        return self._before | set(self._at.within(self.area()))
