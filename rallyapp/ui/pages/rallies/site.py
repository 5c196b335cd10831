"""Section 6: the site plan with its pins, and the place itself."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain import rallies
from rallyapp.domain.problems import Concern
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.note_block import NoteBlock
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.venue import VenueForm
from rallyapp.ui.plan_of_place import RALLY_KINDS, PlanOfPlace
from rallyapp.ui.widgets.parts import Section, Segments

PLAN, PLACE = "plan", "place"


class SitePart(RallyPart):
    """The editor of the section: two views of one place."""

    scrolls = False

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.views = Segments([("Plan", PLAN), ("Place", PLACE)], "Show")
        self.views.chosen.connect(lambda _: self._show_view())
        self.plan = PlanOfPlace(desk, RALLY_KINDS)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.views, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stack, 1)
        self.stack.addWidget(self.plan)

    @cached_property
    def place(self) -> VenueForm:
        """The form of the place, made when somebody first looks at it."""
        made = VenueForm(self.desk)
        self.note = NoteBlock(self.desk, rallies.Section.SITE)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(12), theme.px(12))
        column.setSpacing(theme.px(24))
        column.addWidget(made)
        column.addWidget(Section("In your own words", self.note))
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack.addWidget(self._scroll)
        self._scroll.setWidget(inside)
        return made

    def show_rally(self, seen: Seen) -> None:
        """Show the plan and the place of a rally as they are now."""
        super().show_rally(seen)
        self.plan.show_place(seen.rally)
        self._show_view()

    def _show_view(self) -> None:
        if self.views.value == PLACE:
            if self.seen is not None:
                self.place.show_rally(self.seen)
                self.note.show_note(self.seen)
            self.stack.setCurrentWidget(self._scroll)
        else:
            self.stack.setCurrentWidget(self.plan)

    def choose_view(self, view: str) -> None:
        """Show the plan or the place."""
        self.views.choose(view)
        self._show_view()

    def show_record(self, what: Concern) -> None:
        """Show the place, or the plan with a pin chosen."""
        if what.kind == "venue":
            self.choose_view(PLACE)
        elif what.kind in ("site_plan", "pin"):
            self.choose_view(PLAN)
            if what.kind == "pin":
                self.plan.show_pin(what.id)

    def settings(self) -> dict[str, Any]:
        """Keep which view was shown."""
        return {"view": self.views.value}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Show the view that was shown before."""
        if kept.get("view") in (PLAN, PLACE):
            self.views.choose(kept["view"])
