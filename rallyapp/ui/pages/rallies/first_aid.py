"""Section 14: how many first aiders and why, who leads, where the kit and help are, and who holds which point."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from rallyapp.domain.posts import FIRST_AIDERS, figures
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Section
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.first_aid_facts import SITE, FirstAidFacts
from rallyapp.ui.pages.rallies.note_block import NoteBlock
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.post_figure import PostFigure
from rallyapp.ui.pages.rallies.post_list import PostList
from rallyapp.ui.pages.rallies.post_writes import posts_part
from rallyapp.ui.widgets import parts

_GLANCE = 1


class FirstAidPart(RallyPart):
    """The section's editor."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.figure = PostFigure()
        self.figure.expected.clicked.connect(lambda: self.field_wanted.emit(_GLANCE, "expected"))
        self.facts = FirstAidFacts()
        self.facts.section_wanted.connect(self.section_wanted)
        self.posts = PostList(desk, "First-aid posts", FIRST_AIDERS)
        self.posts.plan_wanted.connect(lambda: self.section_wanted.emit(SITE))
        self.note = NoteBlock(desk, Section.FIRST_AID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        for part in (self.figure, self.facts, self.posts, parts.Section("In your own words", self.note)):
            column.addWidget(part)
        column.addStretch(1)

    def show_rally(self, seen: Seen) -> None:
        """Show a rally as it is now; what somebody is typing stays."""
        super().show_rally(seen)
        plan = posts_part(self.desk.store, seen.rally.id)
        known = figures(plan, seen.rally, seen.rules)
        self.figure.show_staffing(known.first_aiders)
        self.facts.show_facts(seen)
        self.posts.show_posts(seen, plan, known)
        self.note.show_note(seen)

    def show_record(self, what: Concern) -> None:
        """Choose a first-aid post."""
        if what.kind == "post":
            self.posts.choose(what.id)

    def settings(self) -> dict[str, Any]:
        """Keep the columns of the posts."""
        return {"posts": self.posts.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.posts.take_settings(kept.get("posts"))
