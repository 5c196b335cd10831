"""How anything wrong is said: one sentence, what it concerns, how to mend it."""

from __future__ import annotations

from enum import StrEnum

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StrikeDayId


class Severity(StrEnum):
    """How bad a problem is; the order is the order in which a rep should look."""

    RED = "red"
    STAND_DOWN = "stand-down"
    AMBER = "amber"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@frozen(kw_only=False)
class Concern:
    """The row that a problem is about: a record's kind (its table) and its id."""

    kind: str
    id: str


@frozen
class Problem:
    """One thing that is wrong or risky, in words for a person."""

    severity: Severity
    code: str
    sentence: str
    concerns: tuple[Concern, ...] = ()
    mend: str = ""
    day: StrikeDayId | None = None


class UserError(Exception):
    """Expected trouble: its text is one clear sentence for the person at the keyboard."""
