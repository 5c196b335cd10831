"""What the day timeline shows, and what it says when somebody drags or presses keys; it writes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.ui.models.fill import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One name of a proposal that is laid over the rota."""

    kind: Literal["added", "dropped", "kept"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One shift; ``count`` is like "5/6", ``state`` is in words ("2 short"), ``on`` is False when it's stood down.

    ``paper`` says in words that it is not as it was printed, which turns a corner of it.
    """

    id: ShiftId
    row: LineId
    starts: datetime
    ends: datetime
    count: str
    names: str
    state: str
    tone: Tone
    on: bool
    marks: tuple[Mark, ...] = ()
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entrance, post or stall (``kind``), with the times of its ``host`` (such as its picket) if it has one.

    One not ``movable`` neither gives nor takes shifts, and they go to others of their kind only.
    """

    id: LineId
    title: str
    note: str
    site: str
    starts: datetime | None = None
    ends: datetime | None = None
    movable: bool = True
    kind: str = "entrance"
    host: str = "picket"

    def takes(self, other: Row) -> bool:
        """Say whether a shift of another row may go here."""
        return self.movable and other.movable and self.kind == other.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many people are counted on, and how many are needed, in the minutes that start at a time."""

    at: datetime
    minutes: int
    counted: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A whole day: what lies between ``first`` and ``last`` is on the time axis; ``crowd`` is whom it counts."""

    first: datetime
    last: datetime
    rows: tuple[Row, ...] = ()
    bars: tuple[Bar, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    now: datetime | None = None
    writable: bool = True
    crowd: str = "People on the line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Shifts were moved, or copied, by so many minutes and so many rows down.

    ``to_row`` is the row under the pointer (or that the focused shift gets to), None if the row stays.
    """

    shifts: tuple[ShiftId, ...]
    minutes: int
    rows: int = 0
    to_row: LineId | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resized:
    """One shift starts or ends at another time."""

    shift: ShiftId
    starts: datetime
    ends: datetime
