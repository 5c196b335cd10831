"""What typed lines say of one mark, put together, and the small questions that this turns on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from rallyapp.domain.pickets import Attendance, Role, Shift
from rallyapp.domain.plan import as_read
from rallyapp.domain.type_back_lines import Clock, Said, Signed, row_words
from rallyapp.domain.type_back_sheet import Key, moment
from rallyapp.domain.words import capital

ABSENT = "absent"  # stands for the time of somebody who did not come
UNREAD = "name not legible"


@dataclass(frozen=True, slots=True)
class Target:
    """A mark, the number of its row (0: a walk-in on no row), and what a line says of it."""

    key: Key
    row: int
    said: Signed


@dataclass(slots=True)
class Line:
    """A line on the way to being read; its targets are the marks that it says something of."""

    number: int
    text: str
    said: Said | None = None
    targets: list[Target] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fault: str = ""
    nothing: str = ""  # why there is nothing to keep of what it says


@dataclass(slots=True)
class Wanted:
    """What the lines say of one mark, put together; ``made`` is what it comes to, unless there is a ``fault``.

    ``now`` is the mark as it stands, ``fresh`` a new one; ``row`` is its row, 0 for a walk-in on none.
    """

    shift: Shift
    fresh: Attendance
    now: Attendance | None = None
    row: int = 0
    unread: bool = False
    came: Clock | None = None
    went: Clock | None = None
    absent: bool = False
    armband: str = ""
    role: Role | None = None
    said_on: dict[str, int] = field(default_factory=dict)
    made: Attendance | None = None
    fault: str = ""


def times(shift: Shift, said: Signed | Wanted, here: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Say on which days the times are that are typed; ``here`` is since when somebody is known to be there."""
    came = moment(said.came, shift.span) if said.came else None
    went = moment(said.went, shift.span, end=True, not_before=came or here) if said.went else None
    return came, went


def stated(said: Signed) -> list[tuple[str, object]]:
    """List what a line says, by the mark's fields; that somebody is absent is said of when they came."""
    found = [("came", said.came), ("went", said.went), ("armband", said.armband), ("role", said.role)]
    return [("came", ABSENT)] if said.absent else [pair for pair in found if pair[1]]


def wanted(want: Wanted, what: str) -> object:
    """Give what all lines together say of one of the fields that ``stated`` names."""
    return ABSENT if want.absent and what == "came" else getattr(want, what)


def free_of(said: Signed, before: Attendance | None, want: Wanted | None) -> Signed:
    """Give what "all" says of somebody of whom some of it is known."""
    known = [each for each in (before, want) if each]
    if any(each.absent for each in known) or (said.absent and known) or (want and want.unread):
        return Signed()
    came = None if any(each.came for each in known) else said.came
    went = None if any(each.went for each in known) else said.went
    return replace(said, came=came, went=went, everybody=False)


def may_be(typed: str, name: str) -> bool:
    """Say whether a name that was typed can be short for another: "Jo", "Jo B.", "bloggs", "Jo?"."""
    words = as_read(name).split()
    return all(any(word.startswith(part.rstrip(".?")) for word in words) for part in as_read(typed).split())


def is_full(read: str) -> bool:
    """Say whether a name tells somebody apart from others: more than a first name alone, and one that was read."""
    return " " in read and read != UNREAD


def are_apart(one: tuple[datetime | None, datetime | None], other: tuple[datetime | None, datetime | None]) -> bool:
    """Say whether of two stays, each with its begin and end, one was over before the other began."""
    pairs = ((one[1], other[0]), (other[1], one[0]))
    return any(end is not None and begin is not None and end <= begin for end, begin in pairs)


def are_both(one: Attendance, other: Attendance) -> bool:
    """Say whether of two stays each began before the other was over."""
    first, last = sorted((one, other), key=lambda mark: mark.came or datetime.min)
    return bool(first.came and last.came and first.went and last.came < first.went)


def gone_words(rows: tuple[int, ...]) -> str:
    """Say that rows were printed for somebody who was taken out of the plan since."""
    was = "was" if len(rows) == 1 else "were"
    return f"{capital(row_words(rows))} {was} printed for somebody who is no longer in the plan"
