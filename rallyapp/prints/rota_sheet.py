"""What stands on a rota sheet: plain values only, in the order in which they are printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the grid: somebody, a GAP, or a line to write on. ``kind`` is name, gap or free.

    ``count`` is how many places it stands for, where there are too many to draw.
    """

    kind: str
    words: str = ""
    mark: str = ""
    phone: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One shift of the grid, and the handover at its end."""

    times: str
    label: str
    leader: str
    changed: bool
    off: str
    supervisors: tuple[Place, ...]
    pickets: tuple[Place, ...]
    standby: tuple[Place, ...]
    others: tuple[Place, ...]
    handover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A thing to know about the place. ``strong`` ones must not be missed; empty words say it was not entered."""

    label: str
    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the grid of a picket's sheet: whose it is, where, when, what holds, whom to ring."""

    union: str
    branch: str
    dispute: str
    employer: str
    site: str
    entrance: str
    date: str
    hours: str
    strike: str
    status: str
    status_words: str
    off: bool
    leader: str
    duty_phone: str
    duty_contact: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a sheet is drawn so that it stands on its page.

    ``step`` is the number of the layout's step, ``points`` the size of the names, ``tall`` the room to write in of
    a line (points), ``wide`` the words that may need more than a line: all others are known to stand on one.
    """

    step: int
    points: float
    tall: float
    wide: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaSheet:
    """One picket's rota: ``full`` ones have full names and numbers, and so need more room for each.

    ``places`` is the number of pickets that a row has room for, ``first_number`` is that of the first of them.
    """

    head: Head
    full: bool
    places: int
    first_number: int
    with_others: bool
    rows: tuple[Row, ...]
    supporters: str
    remarks: tuple[str, ...]
    kit: tuple[str, ...]
    dos: tuple[str, ...]
    if_off: tuple[str, ...]
    footer: tuple[str, ...]
    normal: Fit | None = None
    large: Fit | None = None

    @property
    def gaps(self) -> int:
        """Count the places at which the sheet prints GAP."""
        places = (place for row in self.rows for place in (*row.supervisors, *row.pickets, *row.standby))
        return sum(place.count for place in places if place.kind == "gap")
