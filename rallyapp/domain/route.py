"""A march's way added up: how long it is, how long that takes, when its front arrives; and steps as people write them.

The pace is a planning figure of our own, not law: slow enough for banners, prams and stops at crossings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from rallyapp.domain.frozen import frozen
from rallyapp.domain.rallies import Rally, RallyKind, RouteStep
from rallyapp.domain.times import clock, day_words, minutes_words, real_minutes

PACE = 3  # km in an hour
PACE_WORDS = f"Walking time is reckoned at {PACE} km an hour, a march\u2019s pace: a planning figure, not law."


def metres_words(metres: int) -> str:
    """Write a length as 350 m or 2.4 km."""
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km"


@frozen
class Way:
    """A route added up; ``unmeasured`` counts the steps whose length is not entered."""

    steps: int
    metres: int
    unmeasured: int
    crossings: int

    @property
    def minutes(self) -> int:
        """How many minutes the measured steps take at a march's pace, rounded up."""
        return -(-self.metres * 60 // (PACE * 1000))

    @property
    def words(self) -> str:
        """Say it in a line: "2.4 km, about 48 min, 3 crossings"; nothing where there are no steps."""
        if not self.steps:
            return ""
        crossings = f"{self.crossings} crossing{'' if self.crossings == 1 else 's'}"
        if not self.metres:
            return f"length not entered, {crossings}"
        length, walk = metres_words(self.metres), minutes_words(self.minutes)
        return (
            f"at least {length} and {walk}, {crossings}" if self.unmeasured else f"{length}, about {walk}, {crossings}"
        )


def way_of(steps: Iterable[RouteStep]) -> Way:
    """Add up the steps of one route."""
    known = list(steps)
    return Way(
        steps=len(known),
        metres=sum(step.metres or 0 for step in known),
        unmeasured=sum(step.metres is None for step in known),
        crossings=sum(step.crossing for step in known),
    )


def parted(steps: Iterable[RouteStep]) -> tuple[tuple[RouteStep, ...], tuple[RouteStep, ...]]:
    """Give the steps of the march and those of its shorter accessible route, each in order."""
    known = sorted(steps, key=lambda step: (step.position, step.id))
    return (
        tuple(step for step in known if not step.accessible),
        tuple(step for step in known if step.accessible),
    )


@frozen
class Arrival:
    """When the front of a march arrives, and what waits for it; ``spare`` is the minutes between, below 0 if late."""

    leaves: datetime
    at: datetime
    until: datetime
    awaited: str
    spare: int

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        between = minutes_words(abs(self.spare))
        left = f"{between} before" if self.spare > 0 else f"{between} after" if self.spare else "just at"
        return (
            f"Moves off {clock(self.leaves)}, its front arrives about {self._clock(self.at)}: "
            f"{left} {self.awaited}, {self._clock(self.until)}."
        )

    def _clock(self, when: datetime) -> str:
        day = "" if when.date() == self.leaves.date() else f"{day_words(when.date())} "
        return f"{day}{clock(when)}"


def arrival(rally: Rally, way: Way) -> Arrival | None:
    """Say when the front of a march arrives; None where its length or when it moves off is not entered.

    A march with a rally is awaited by the rally's start, a march alone by its hard finish. A march alone that has no
    time to move off moves off when it starts.
    """
    alone = rally.kind is RallyKind.MARCH
    leaves = rally.move_off or (rally.starts if alone else None)
    if not rally.kind.marches or leaves is None or not way.metres:
        return None
    at = leaves + timedelta(minutes=way.minutes)
    until = rally.ends if alone else rally.starts
    return Arrival(
        leaves=leaves,
        at=at,
        until=until,
        awaited="the hard finish" if alone else "the rally\u2019s start",
        spare=real_minutes(at, until),
    )


# --------------------------------------------------------------------------------------- steps as typed
@frozen
class TypedStep:
    """A step as it was read from a line."""

    instruction: str
    metres: int | None = None
    crossing: bool = False


_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.):]\)?\s+|[-\u2013\u2022*]\s+)")
_CROSSING = re.compile(r"[\s,;:]*(?:\(\s*crossing(?: point)?\s*\)|\t\s*crossing(?: point)?)\s*$", re.IGNORECASE)
_LENGTH = re.compile(
    r"[\s,;:]*(?P<open>\()?\s*(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<unit>km|m|metres?|meters?)\s*"
    r"(?(open)\))\s*\.?\s*$",
    re.IGNORECASE,
)


def typed_metres(text: str) -> int | None:
    """Read a length: "250", "250 m", "0.4 km"; an empty text is None. Raises ValueError with a sentence."""
    bare = text.strip()
    if not bare:
        return None
    found = _LENGTH.fullmatch(bare if bare[-1].isalpha() else f"{bare} m")
    if found is None:
        raise ValueError(f"\u201c{bare}\u201d is not a length: write 250, 250 m or 0.4 km")
    return _metres(found)


def _metres(found: re.Match[str]) -> int:
    return round(float(found["number"].replace(",", "")) * (1000 if found["unit"].lower() == "km" else 1))


def typed_step(line: str) -> TypedStep:
    """Read a step as people write it: "3. Left into High Street, 250 m (crossing)"."""
    text, metres, crossing = _NUMBER.sub("", line), None, False
    for _ in range(2):  # either may stand last
        if not crossing and (found := _CROSSING.search(text)):
            text, crossing = text[: found.start()], True
        if metres is None and (length := _LENGTH.search(text)) and text[: length.start()].strip():
            text, metres = text[: length.start()], _metres(length)
    return TypedStep(instruction=" ".join(text.split()), metres=metres, crossing=crossing)


def typed_steps(text: str) -> tuple[TypedStep, ...]:
    """Read a text with one step a line; empty lines say nothing."""
    return tuple(step for line in text.splitlines() if (step := typed_step(line)).instruction)
