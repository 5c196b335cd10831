"""Who a sheet is for, and what of a person may stand on it: one table for all documents.

That somebody is on a rota shows that they are in a trade union, so every document
asks here before it writes a name or a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.plan import short_names
from rallyapp.domain.problems import UserError


class Document(StrEnum):
    """A document that can be printed; its text is its name on the command line and in the record of prints."""

    ROTA = "rota"
    DAY_SHEET = "day-sheet"
    SIGN_IN = "sign-in"
    PACK = "supervisor-pack"
    LETTER = "letter-of-authority"
    POLICE = "police-notification"
    INCIDENT = "incident-sheet"
    ARREST = "arrest-sheet"
    REPORT = "end-of-shift-report"
    SLIPS = "slips"
    GAPS = "gaps"
    CASCADE = "cascade"
    STAND_DOWN = "stand-down-notice"
    RALLY_PLAN = "rally-plan"
    RUNNING_ORDER = "running-order"
    CUE_CARDS = "cue-cards"
    BRIEFING = "steward-briefing"
    SITE_PLAN = "site-plan"
    MARCH = "march-notice"
    STALLS = "stall-sheets"
    SUMMARY = "summary"

    @property
    def words(self) -> str:
        """Its name in a sentence."""
        return _WORDS[self]


_WORDS = {
    Document.ROTA: "picket rota",
    Document.DAY_SHEET: "day sheet",
    Document.SIGN_IN: "sign-in sheet",
    Document.PACK: "picket supervisor pack",
    Document.LETTER: "letter of authority",
    Document.POLICE: "police notification",
    Document.INCIDENT: "incident sheet",
    Document.ARREST: "arrest sheet",
    Document.REPORT: "end-of-shift report",
    Document.SLIPS: "personal shift slips",
    Document.GAPS: "gaps list",
    Document.CASCADE: "contact cascade",
    Document.STAND_DOWN: "stand-down notice",
    Document.RALLY_PLAN: "rally plan",
    Document.RUNNING_ORDER: "running order",
    Document.CUE_CARDS: "chair\u2019s cue cards",
    Document.BRIEFING: "steward briefing",
    Document.SITE_PLAN: "site plan",
    Document.MARCH: "notice to the police",
    Document.STALLS: "stall sheet",
    Document.SUMMARY: "campaign summary",
}


class Audience(StrEnum):
    """For whose eyes a copy is."""

    NOTICEBOARD = "noticeboard"
    SUPERVISOR = "picket supervisor"
    ORGANISER = "organiser"
    VOLUNTEER = "volunteer"
    CHAIR = "chair"
    POLICE = "police and landowner"
    CHARITY = "charity"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        """Who may see such a copy, in one sentence."""
        return _WHO[self]


_WHO = {
    Audience.NOTICEBOARD: "It may hang where anybody reads it.",
    Audience.SUPERVISOR: "For the picket supervisor, who carries it and hands it back.",
    Audience.ORGANISER: "For you alone: keep it with you and shred it afterwards.",
    Audience.VOLUNTEER: "For the volunteer whom it is about.",
    Audience.CHAIR: "For the chair or MC, on the stage.",
    Audience.POLICE: "For the police, the council or the landowner: it leaves the union.",
    Audience.CHARITY: "For the partner charity: it leaves the union.",
    Audience.PUBLIC: "Anybody may have it.",
}


class Naming(StrEnum):
    """How people are named on a copy."""

    FULL = "full name"
    SHORT = "first name and initial"
    NONE = "not named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What may stand on a copy. The duty phone and the data-protection contact are nobody's own and always may.

    Attributes:
        names: how people on the roster are named.
        leaders: how those are named who agreed to stand for the picket or the rally: picket supervisors (or
            organisers) and the event team. The law asks for them by name (L7, R1).
        phones: whether numbers of people on the roster and of leaders may stand there.
        outside: whether names and numbers of people outside the union may: suppliers, speakers, charities.
        remarks: whether what an organiser wrote about a person or a decision may stand there.
    """

    names: Naming
    leaders: Naming
    phones: bool
    outside: bool
    remarks: bool

    @property
    def words(self) -> str:
        """Say what stands there and what does not, in one sentence."""
        names = {
            Naming.FULL: "Full names",
            Naming.SHORT: "First names with an initial",
            Naming.NONE: "No members\u2019 names",
        }[self.names]
        joined = ", except " if self.names is Naming.NONE else "; in full "
        leaders = f"{joined}the supervisor and the event team" if self._leaders_alone else ""
        numbers = "Telephone numbers." if self.phones else "No telephone number but the duty phone."
        return f"{names}{leaders}. {numbers}"

    @property
    def _leaders_alone(self) -> bool:
        return self.leaders is Naming.FULL and self.names is not Naming.FULL


_ALL = Shown(names=Naming.FULL, leaders=Naming.FULL, phones=True, outside=True, remarks=True)
# Full names and numbers, and nothing that an organiser wrote about somebody.
_CARRIED = Shown(names=Naming.FULL, leaders=Naming.FULL, phones=True, outside=True, remarks=False)
# Safe to lose at a gate.
_SHORT = Shown(names=Naming.SHORT, leaders=Naming.SHORT, phones=False, outside=False, remarks=False)
# Safe to lose, and those who stand for it by name.
_LED = Shown(names=Naming.SHORT, leaders=Naming.FULL, phones=False, outside=False, remarks=False)
# Leaves the union: nobody but those who agreed to stand for it.
_OFFICIAL = Shown(names=Naming.NONE, leaders=Naming.FULL, phones=False, outside=False, remarks=False)
_NOBODY = Shown(names=Naming.NONE, leaders=Naming.NONE, phones=False, outside=False, remarks=False)

# The one table. A pair that is missing here is not offered; the first of a document is its usual one.
SHOWN: Mapping[tuple[Document, Audience], Shown] = MappingProxyType(
    {
        (Document.ROTA, Audience.NOTICEBOARD): _SHORT,
        (Document.ROTA, Audience.SUPERVISOR): _CARRIED,
        (Document.ROTA, Audience.ORGANISER): _ALL,
        (Document.DAY_SHEET, Audience.SUPERVISOR): _SHORT,
        (Document.DAY_SHEET, Audience.ORGANISER): _ALL,
        (Document.SIGN_IN, Audience.SUPERVISOR): _SHORT,
        (Document.SIGN_IN, Audience.ORGANISER): replace(_ALL, phones=False),
        (Document.PACK, Audience.SUPERVISOR): _CARRIED,
        (Document.LETTER, Audience.POLICE): _OFFICIAL,
        (Document.POLICE, Audience.POLICE): _OFFICIAL,
        (Document.INCIDENT, Audience.SUPERVISOR): _LED,
        (Document.ARREST, Audience.SUPERVISOR): _LED,
        (Document.REPORT, Audience.SUPERVISOR): _LED,
        (Document.REPORT, Audience.ORGANISER): _ALL,
        (Document.SLIPS, Audience.VOLUNTEER): _SHORT,
        (Document.SLIPS, Audience.ORGANISER): _ALL,
        (Document.GAPS, Audience.NOTICEBOARD): _NOBODY,
        (Document.GAPS, Audience.ORGANISER): _ALL,
        (Document.CASCADE, Audience.ORGANISER): _ALL,
        (Document.STAND_DOWN, Audience.PUBLIC): _OFFICIAL,
        (Document.STAND_DOWN, Audience.ORGANISER): _ALL,
        (Document.RALLY_PLAN, Audience.ORGANISER): _ALL,
        (Document.RALLY_PLAN, Audience.POLICE): _OFFICIAL,
        (Document.RUNNING_ORDER, Audience.ORGANISER): _ALL,
        (Document.RUNNING_ORDER, Audience.CHAIR): replace(_LED, outside=True),
        (Document.RUNNING_ORDER, Audience.PUBLIC): replace(_NOBODY, outside=True),  # who speaks is announced
        (Document.CUE_CARDS, Audience.CHAIR): replace(_LED, outside=True),
        (Document.BRIEFING, Audience.VOLUNTEER): _LED,
        (Document.BRIEFING, Audience.ORGANISER): _ALL,
        (Document.SITE_PLAN, Audience.PUBLIC): _NOBODY,
        (Document.SITE_PLAN, Audience.POLICE): _OFFICIAL,
        (Document.SITE_PLAN, Audience.ORGANISER): _ALL,
        (Document.MARCH, Audience.POLICE): _OFFICIAL,
        (Document.STALLS, Audience.CHARITY): _OFFICIAL,
        (Document.STALLS, Audience.ORGANISER): _ALL,
        (Document.SUMMARY, Audience.ORGANISER): _ALL,
        (Document.SUMMARY, Audience.PUBLIC): _NOBODY,
    }
)


def audiences(document: Document) -> tuple[Audience, ...]:
    """List for whom a document is made, its usual audience first."""
    return tuple(audience for kind, audience in SHOWN if kind is document)


def shown(document: Document, audience: Audience) -> Shown:
    """Say what may stand on a copy; raises UserError where the document isn't made for that audience."""
    found = SHOWN.get((document, audience))
    if found is None:
        offered = " or ".join(f"\u201c{other}\u201d" for other in audiences(document))
        raise UserError(f"The {document.words} is not printed for the {audience}; choose {offered}.")
    return found


def names_for(people: Iterable[Person], naming: Naming) -> Mapping[PersonId, str]:
    """Name people as a copy may; short names tell apart everybody in the list."""
    known = list(people)
    if naming is Naming.NONE:
        return {person.id: "" for person in known}
    if naming is Naming.FULL:
        return {person.id: person.name for person in known}
    return short_names(known)
