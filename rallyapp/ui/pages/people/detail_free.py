"""When somebody is free: the week grid, written one stroke at a time."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain.offers import Repaint, Stroke, offered, repainted
from rallyapp.domain.people import Availability, CoverKind
from rallyapp.store import Edit
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.people.detail_part import Part
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.unfinished import left_words
from rallyapp.ui.widgets.week_grid import WeekGrid
from rallyapp.ui.widgets.week_model import Taken, Week
from rallyapp.ui.widgets.words import Words

_SHORT = {CoverKind.EMERGENCY_COVER: "cover", CoverKind.FINISHING: "finishing"}


class FreePart(Part):
    """The grid with what they offered, what their work keeps them from, and the shifts they are on."""

    def __init__(self, desk: Desk) -> None:
        """Make the grid."""
        super().__init__(desk, "When free")
        self.unsaid = Words("", Type.SMALL, ink="muted", wrap=True)
        self.grid = WeekGrid()
        self.grid.painted.connect(self._painted)
        for widget in (self.unsaid, self.grid):
            self.add(widget)

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        held = self.held
        self.grid.show_plan(self.around.dates, self.desk.today())
        self.unsaid.setText("" if held.offers else f"{held.person.given_name} has not said yet when they are free.")
        self.unsaid.setVisible(not held.offers)
        if anew:
            self.grid.line.clear()
        self.grid.show_week(
            Week(
                offers=offered(held.offers),
                duties=tuple(
                    Taken(cover.span, str(cover.kind), _SHORT.get(cover.kind, ""))
                    for cover in held.covers
                    if cover.kind.blocks
                ),
                shifts=tuple(
                    Taken(own.shift.span, f"shift, {own.place}")
                    for own in held.shifts
                    if own.on and own.assignment.state.counts
                ),
                strikes=tuple(day.window for day in self.around.days),
            ),
            whose=held.person.name,
        )

    def left_behind(self) -> Iterator[str]:
        """Say that what was typed was not painted."""
        if text := self.grid.line.text().strip():
            wrong = self.grid.read_as.text() if self.grid.line.property("wrong") else ""
            yield left_words(text, f"when {self.whose} is free was left as it was", wrong=wrong)

    def set_writable(self, writable: bool) -> None:
        """Let it be painted, or only read."""
        self.grid.set_writable(writable)

    def _painted(self, strokes: tuple[Stroke, ...], words: str) -> None:
        person = self.person.id

        def write(edit: Edit) -> None:
            # What another window painted meanwhile is read here, inside the edit, and stays.
            known = self.desk.store.where(Availability, person_id=person)
            apply(edit, repainted(person, known, strokes))

        self.write(f"Mark {self.whose} {words}", write)


def apply(edit: Edit, repaint: Repaint) -> None:
    """Write what a painting does."""
    for record in repaint.gone:
        edit.delete(record)
    for record in repaint.saved:
        edit.save(record)
