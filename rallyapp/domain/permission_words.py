"""What is said of a permission or a notice: its name in a sentence, how it stands, by when it is due, what was told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from rallyapp.domain.frozen import frozen
from rallyapp.domain.law import Rule
from rallyapp.domain.rallies import PermissionKind


class How(StrEnum):
    """How something stands, from good to bad and to what no longer matters."""

    DONE = "done"
    WAITING = "waiting"
    TO_DO = "to do"
    SOON = "due soon"
    LATE = "late"
    WRONG = "wrong"
    OFF = "off"


@frozen
class Due:
    """By which day something must be done, and why; ``rule`` is the law behind it, None for anybody's lead time.

    Whether a march notice is late goes by the law's own last day alone; see ``permitting.Permitting.sent_late``.
    """

    day: date
    why: str
    rule: Rule | None = None


@frozen
class Standing:
    """How something stands today: in a word or two, in a sentence without its capital, and how good that is."""

    word: str
    words: str
    how: How


@frozen
class Told:
    """What a notice said and what the plan says now, in the parts in which they differ ("date", "time", "route")."""

    parts: tuple[str, ...]
    told: str
    now: str


def noun(kind: PermissionKind) -> str:
    """Name a kind in the middle of a sentence: "request to the council events team"."""
    if kind is PermissionKind.COUNCIL:
        return f"request to the {kind}"
    return {PermissionKind.RISK_ASSESSMENT: "shared risk assessment", PermissionKind.OTHER: "permission"}.get(
        kind, kind
    )


def with_article(kind: PermissionKind) -> str:
    """Name one of a kind: "a landowner's permission", "public liability insurance"."""
    bare = kind in (PermissionKind.INSURANCE, PermissionKind.LOUDSPEAKER)
    return noun(kind) if bare else f"a {noun(kind)}"
