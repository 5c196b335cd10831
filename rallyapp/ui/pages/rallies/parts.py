"""The sections of a rally plan, and which module edits each: imported and made when somebody first goes there."""

from __future__ import annotations

import importlib
from collections.abc import Container
from dataclasses import dataclass

from rallyapp.domain.problems import Concern, Problem
from rallyapp.domain.rallies import Rally, Section
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.part import RallyPart

_HERE = "rallyapp.ui.pages.rallies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A section: its printed number, its title, who edits it, and what is shown there.

    ``kinds`` are the kinds of records, ``codes`` the problems; a code goes before a kind.
    """

    number: int
    title: str
    module: str
    editor: str
    notes: tuple[Section, ...] = ()  # for an editor of words: the sections that it edits
    kinds: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def make(self, desk: Desk) -> RallyPart:
        """Make its editor."""
        editor = getattr(importlib.import_module(f"{_HERE}.{self.module}"), self.editor)
        made: RallyPart = editor(desk, *self.notes)
        return made


def _place(
    number: int, title: str, where: str, kinds: str = "", codes: str = "", notes: tuple[Section, ...] = ()
) -> Place:
    module, editor = where.split(":")
    return Place(
        number=number,
        title=title,
        module=module,
        editor=editor,
        notes=notes,
        kinds=frozenset(kinds.split()),
        codes=frozenset(codes.split()),
    )


PLACES: tuple[Place, ...] = (
    _place(1, "At a glance", "glance:GlancePart", "rally rally_day", "goes-ahead expected-not-known"),
    _place(2, "Team", "team:TeamPart", "team_member"),
    _place(3, "Contacts", "contacts:ContactsPart", "contact"),
    _place(
        4,
        "Permissions",
        "permissions:PermissionsPart",
        "permission",
        "march-notice-not-sent march-notice-late march-notice-changed no-landowner no-public-liability-insurance "
        "no-insurance no-risk-assessment runs-out refused overdue day-after-rally conditions",
    ),
    _place(
        5,
        "Running order",
        "running_order:RunningOrderPart",
        "programme_item programme_issue issued_line",
        "programme-too-long fixed-line-late programme-not-issued",
    ),
    _place(6, "Site and plan", "site:SitePart", "venue site_plan pin"),
    _place(7, "Route", "route:RoutePart", "route_step", "march-route-changed"),
    _place(8, "Crowd", "crowd:CrowdPart", "", "over-capacity martyns-law"),
    _place(9, "Stewards and posts", "stewards:StewardsPart", "post shift need assignment", "few-stewards"),
    _place(
        10,
        "Speakers",
        "speakers:SpeakersPart",
        "speaker",
        "speaker-twice speaker-late speaker-without-line",
    ),
    _place(11, "Stalls", "stalls_part:StallsPart", "stall partner tally"),
    _place(12, "Kit, power and noise", "kit:KitPart", "kit_item", "loudspeaker"),
    _place(13, "Access and welfare", "notes:NotePart", notes=(Section.ACCESS,)),
    _place(14, "First aid", "first_aid:FirstAidPart", "", "few-first-aiders"),
    _place(15, "Safeguarding", "notes:NotePart", notes=(Section.SAFEGUARDING,)),
    _place(16, "Communications", "notes:NotePart", notes=(Section.COMMUNICATIONS,)),
    _place(17, "Transport", "notes:NotePart", notes=(Section.TRANSPORT,)),
    _place(18, "Emergency", "notes:NotePart", notes=(Section.EMERGENCY,)),
    _place(19, "Stand-down", "notes:NotePart", notes=(Section.STAND_DOWN,)),
    _place(20, "Risk assessment", "risks:RisksPart", "risk"),
    _place(21, "Waste", "notes:NotePart", notes=(Section.WASTE,)),
    _place(22, "Data protection", "notes:NotePart", notes=(Section.DATA,)),
)
BY_NUMBER: dict[int, Place] = {place.number: place for place in PLACES}
FIRST = PLACES[0].number


def shown_for(rally: Rally) -> tuple[Place, ...]:
    """List the sections of a rally: a static one has no route."""
    return tuple(place for place in PLACES if place.number != _ROUTE or rally.kind.marches)


_ROUTE, _STALLS = 7, 11


def place_of(what: Concern) -> int:
    """Give the number of the section in which a record is edited; the first for what has none."""
    return next((place.number for place in PLACES if what.kind in place.kinds), FIRST)


_WORDS = {
    Section.SITE: 6,
    Section.CROWD: 8,
    Section.STEWARDING: 9,
    Section.POWER_AND_NOISE: 12,
    Section.FIRST_AID: 14,
    **{section: place.number for place in PLACES for section in place.notes},
}


def place_of_words(section: Section) -> int:
    """Give the number of the section in which the organiser's own words on something are written."""
    return _WORDS[section]


def place_of_problem(problem: Problem, at_stalls: Container[str] = ()) -> int:
    """Give the number of the section in which a problem is mended; ``at_stalls`` are the ids of stalls' shifts."""
    for place in PLACES:
        if problem.code in place.codes:
            return place.number
    if any(concern.kind == "shift" and concern.id in at_stalls for concern in problem.concerns):
        return _STALLS
    found = [place_of(concern) for concern in problem.concerns]
    return next((number for number in found if number != FIRST), FIRST)
