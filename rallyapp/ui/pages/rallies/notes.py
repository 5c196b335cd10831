"""Sections 13, 15 to 19, 21 and 22: what is known already, and the organiser's own words."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import PlanNote, Section
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.known_view import KnownView
from rallyapp.ui.pages.rallies.note_block import NoteBlock
from rallyapp.ui.pages.rallies.note_facts import known_of
from rallyapp.ui.pages.rallies.part import RallyPart, Seen


class NotePart(RallyPart):
    """The editor of one section that is written in words, or of several below each other."""

    def __init__(self, desk: Desk, *sections: Section) -> None:
        """Take the sections."""
        super().__init__(desk)
        self._sections = sections
        self.known = [KnownView() for _ in sections]
        self.blocks = [NoteBlock(desk, section) for section in sections]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        for known, block in zip(self.known, self.blocks, strict=True):
            known.section_wanted.connect(self.section_wanted)
            column.addWidget(known)
            column.addWidget(block)
        column.addStretch(1)

    def show_rally(self, seen: Seen) -> None:
        """Show what is known and written of a rally."""
        super().show_rally(seen)
        for section, known, block in zip(self._sections, self.known, self.blocks, strict=True):
            known.show_known(known_of(section, seen))
            block.show_note(seen)

    def show_record(self, what: Concern) -> None:
        """Put the keyboard into the text that a problem is about."""
        note = self.seen.plan.find(PlanNote, what.id) if self.seen is not None else None
        if note is not None and note.section in self._sections:
            self.blocks[self._sections.index(note.section)].paper.setFocus()
