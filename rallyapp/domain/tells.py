"""Records of a stand-down and of who has been told, and of what was printed and who holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import (
    ContactAttemptId,
    ContactId,
    PersonId,
    PrintedLineId,
    PrintRunId,
    SpeakerId,
    StallId,
    StandDownDayId,
    StandDownId,
    StrikeDayId,
)
from rallyapp.domain.problems import Problem


class StandDownKind(StrEnum):
    """Whether action is stopped for now, for good, replaced, or put back by reinstating it."""

    SUSPENDED = "suspended until further notice"
    CALLED_OFF = "called off"
    SUPERSEDED = "superseded"
    REINSTATED = "reinstated"


@frozen
class StandDown:
    """One decision to stand days down, or to reinstate them: by whom, with what authority, when and why."""

    id: StandDownId
    kind: StandDownKind
    decided_by: str
    authority: str = ""
    at: datetime
    reason: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("stand_down", self.id, "Who decided", self.decided_by)
        yield from saying.instant("stand_down", self.id, "The time of the decision", self.at)


@frozen
class StandDownDay:
    """A strike day that a stand-down concerns."""

    id: StandDownDayId
    stand_down_id: StandDownId
    strike_day_id: StrikeDayId

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself: nothing can be."""
        yield from ()


class Outcome(StrEnum):
    """What came of trying to tell somebody."""

    REACHED = "reached"
    MESSAGE_LEFT = "message left"
    FAILED = "failed"


@frozen
class ContactAttempt:
    """One try at telling one of a person, a contact, a speaker, a stall or a named other."""

    id: ContactAttemptId
    stand_down_id: StandDownId
    person_id: PersonId | None = None
    contact_id: ContactId | None = None
    speaker_id: SpeakerId | None = None
    stall_id: StallId | None = None
    name: str = ""
    channel: str = ""
    at: datetime
    outcome: Outcome
    tried_by: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        whom = [self.person_id, self.contact_id, self.speaker_id, self.stall_id, self.name.strip() or None]
        if whom.count(None) != len(whom) - 1:
            yield saying.wrong("contact_attempt", self.id, "An attempt is to tell exactly one person, contact or stall")
        yield from saying.instant("contact_attempt", self.id, "The time of the attempt", self.at)


@frozen
class PrintRun:
    """That a piece of a document was printed: of what, for whom, from which version, when, and who holds it.

    ``scope`` is the id of what the piece is about, ``audience`` for whose eyes it is, ``code`` its short code;
    one that was printed before pieces had codes has none. ``holder`` names those who have a copy, with commas.
    ``choice`` is the document's own choice ("2": the running order as it was issued the second time), ``look``
    tells its form in words ("A3, large print, black and white"); empty where it was not noted.
    """

    id: PrintRunId
    document: str
    scope: str = ""
    version: int
    at: datetime
    holder: str = ""
    audience: str = ""
    code: str = ""
    choice: str = ""
    look: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("print_run", self.id, "The document's name", self.document)
        yield from saying.instant("print_run", self.id, "The time of printing", self.at)


@frozen
class PrintedLine:
    """A row of a printed piece: what tells it from the others, and a digest of what stood there.

    ``number`` is the row's number on a sheet that is typed back (0: it has none), with the shift, the person and
    the role that it stood for then. They are plain words and refer to nothing, since paper stays as it is
    whatever becomes of the plan.
    """

    id: PrintedLineId
    print_run_id: PrintRunId
    number: int = 0
    line: str
    digest: str
    shift: str = ""
    person: str = ""
    role: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("printed_line", self.id, "What tells the row from others", self.line)
        yield from saying.within("printed_line", self.id, "The row's number", self.number, 0, 100_000)


@frozen
class LastPrint:
    """How a piece was last printed for an audience: its version (None: never), its rows' digests by their keys.

    ``choice`` is the choice with which it was printed.
    """

    since: int | None = None
    lines: Mapping[str, str] = field(default_factory=dict)
    choice: str = ""


class LastPrints(dict[str, LastPrint]):
    """How pieces of a document were last printed for an audience, by what they are about.

    ``codes`` tells of all codes on paper which sheet has each.
    """

    def __init__(self, prints: Mapping[str, LastPrint], codes: Mapping[str, str]) -> None:
        """Take the last prints, and the sheets by their codes."""
        super().__init__(prints)
        self.codes = codes

    @staticmethod
    def sheet(document: str, audience: str, about: str, choice: str) -> str:
        """Name a sheet: prints of it at different times may have one code, and no two sheets may."""
        return "\x1f".join((document, audience, about, choice))
