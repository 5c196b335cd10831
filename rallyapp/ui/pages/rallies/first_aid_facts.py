"""What first aid must know, wherever it is entered: who leads, the kit, the defibrillator, A&E, the ambulance's way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rallyapp.domain.pickets import Role
from rallyapp.domain.posts import posts_of
from rallyapp.domain.rallies import KitItem, TeamMember, TeamRole
from rallyapp.ui import theme
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.widgets.words import Words, button

TEAM, SITE, KIT = 2, 6, 12
_WAYS = {TEAM: "Go to team", SITE: "Go to site", KIT: "Go to kit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing to know: what it is, what is entered, what is said while nothing is, and in which section it stands."""

    title: str
    value: str
    lacking: str
    section: int


def facts_of(seen: Seen) -> Iterator[Fact]:
    """List what first aid must know of a rally."""
    plan, venue = seen.plan, seen.venue
    leads = [
        ", ".join(filter(None, (each.name or plan.name_of(each.person_id), each.phone)))
        for each in plan.of(TeamMember, "rally_id", seen.rally.id)
        if each.role is TeamRole.FIRST_AID
    ]
    yield Fact(title="First-aid lead", value="; ".join(leads), lacking="Nobody leads first aid yet", section=TEAM)
    yield Fact(title="Kit", value=_kit(seen), lacking="No first-aid kit is entered", section=KIT)
    yield Fact(title="Defibrillator", value=venue.defibrillator, lacking="The nearest one is not entered", section=SITE)
    yield Fact(title="Nearest A&E", value=venue.nearest_ae, lacking="The nearest one is not entered", section=SITE)
    yield Fact(
        title="Ambulance access",
        value=venue.emergency_access,
        lacking="Where an ambulance comes in is not entered",
        section=SITE,
    )


def _kit(seen: Seen) -> str:
    """Say what first-aid kit is brought, by whom, and at which points it stands."""
    plan = seen.plan
    kit = [
        f"{item.number} \u00d7 {item.what}" + (f", brought by {item.brought_by}" if item.brought_by else "")
        for item in sorted(plan.of(KitItem, "rally_id", seen.rally.id), key=lambda item: (item.position, item.id))
        if "first aid" in item.what.replace("-", " ").casefold()
    ]
    points = [
        ", ".join(filter(None, (post.name, post.where)))
        for post in posts_of(plan, seen.rally.id)
        if post.role is Role.FIRST_AIDER
    ]
    if not kit:
        return ""
    return f"{'; '.join(kit)}. Kept at: {'; '.join(points)}" if points else f"{'; '.join(kit)}. No point to keep it at"


class FirstAidFacts(QWidget):
    """The facts below each other, each with the way to where it is entered."""

    section_wanted = Signal(int)

    def __init__(self) -> None:
        """Make it, without facts."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnMinimumWidth(0, theme.px(132))
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, Words] = {}
        self.links: dict[str, QWidget] = {}

    def show_facts(self, seen: Seen) -> None:
        """Show what is known of a rally, and say what is not."""
        for row, fact in enumerate(facts_of(seen)):
            if fact.title not in self.values:
                self._make(row, fact)
            words = self.values[fact.title]
            words.setText(fact.value or f"{fact.lacking}.")
            words.setAccessibleName(f"{fact.title}: {words.text()}")
            ink = "" if fact.value else "short"
            words.ink(ink)

    def _make(self, row: int, fact: Fact) -> None:
        words = self.values[fact.title] = Words("", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        link = self.links[fact.title] = button(_WAYS[fact.section], name=f"{_WAYS[fact.section]}: {fact.title}")
        link.setProperty("link", True)
        link.clicked.connect(lambda: self.section_wanted.emit(fact.section))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(Words(fact.title, ink="muted"), row, 0, middle)
        self._grid.addWidget(words, row, 1)
        self._grid.addWidget(link, row, 2, middle)
