"""Section 9: how many stewards and why, when and where they are briefed, the posts, and who is on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from rallyapp.domain.pickets import Shift
from rallyapp.domain.posts import figures, usual_ratio
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally, Section
from rallyapp.domain.tight_walks import tight_walks
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.note_block import NoteBlock
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.post_figure import PostFigure
from rallyapp.ui.pages.rallies.post_list import PostList
from rallyapp.ui.pages.rallies.post_walks import PostWalks
from rallyapp.ui.pages.rallies.post_writes import posts_part
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.widgets import parts
from rallyapp.ui.widgets.fields import ClockField, NumberField, TextField, beside

_GLANCE, _SITE = 1, 6


class StewardsPart(RallyPart):
    """The section's editor."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.figure = PostFigure()
        self.figure.expected.clicked.connect(lambda: self.field_wanted.emit(_GLANCE, "expected"))
        self.form = StewardForm(desk)
        self.walks = PostWalks(desk)
        self.walks.place_wanted.connect(lambda: self.section_wanted.emit(_SITE))
        self.posts = PostList(desk, "Posts")
        self.posts.plan_wanted.connect(lambda: self.section_wanted.emit(_SITE))
        self.walks.swap_wanted.connect(self.posts.find_somebody)
        self.note = NoteBlock(desk, Section.STEWARDING)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        for part in (self.figure, self.form, self.walks, self.posts, parts.Section("In your own words", self.note)):
            column.addWidget(part)
        column.addStretch(1)

    def show_rally(self, seen: Seen) -> None:
        """Show a rally as it is now; what somebody is typing stays."""
        super().show_rally(seen)
        plan = posts_part(self.desk.store, seen.rally.id)
        known = figures(plan, seen.rally, seen.rules)
        self.figure.show_staffing(known.stewards)
        self.form.ratio.line.setPlaceholderText(f"{usual_ratio(seen.rules, seen.rally)}, as suggested")
        self.form.show_record(seen.rally)
        self.walks.show_walks(plan, seen.venue, tight_walks(plan, seen.rally.id))
        self.posts.show_posts(seen, plan, known)
        self.note.show_note(seen)

    def show_record(self, what: Concern) -> None:
        """Choose a post, or the post of a shift, of a need or of somebody on it."""
        if what.kind == "post":
            self.posts.choose(what.id)
            return
        shift_id = what.id
        if what.kind in ("need", "assignment"):
            rows = self.desk.store.rows(f'SELECT shift_id FROM "{what.kind}" WHERE id = ?', (what.id,))
            shift_id = rows[0][0] if rows else ""
        shift = self.desk.store.find(Shift, shift_id) if shift_id else None
        if shift is not None and shift.post_id:
            self.posts.choose(shift.post_id, shift.id)

    def settings(self) -> dict[str, Any]:
        """Keep the columns of the posts."""
        return {"posts": self.posts.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.posts.take_settings(kept.get("posts"))


class StewardForm(RecordForm):
    """The rally's own ratio, how stewards are dressed, and when and where they are briefed."""

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan."""
        super().__init__(desk, lambda rally, what: f"Change {what} of {rally.title}")
        self.ratio = NumberField("One steward for each", least=1, most=10_000, empty="")
        self.dress = TextField("Hi-vis or dress", placeholder="Orange tabard marked STEWARD")
        self.briefing = ClockField("Briefing at")
        self.place = TextField("Briefed where")
        for name, field, what in (
            ("steward_ratio", self.ratio, "the steward ratio"),
            ("steward_dress", self.dress, "the stewards\u2019 dress"),
            ("briefing", self.briefing, "the steward briefing"),
            ("briefing_place", self.place, "the place of the briefing"),
        ):
            self.put(name, field, what)
        self.column.addWidget(beside(self.ratio, self.briefing, self.place, self.dress, gap=12))

    def change(self, record: Rally, name: str, value: Any) -> Rally:
        """Put the briefing on its day: where it was, or the rally's own."""
        if name == "briefing" and isinstance(value, time):
            value = datetime.combine((record.briefing or record.starts).date(), value)
        return replace(record, **{name: value})
