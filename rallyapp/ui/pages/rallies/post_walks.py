"""Who can't walk from one shift to the next in time, with both shifts, the minutes, and what mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from rallyapp.domain.mending import Mend
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.tight_walks import TightWalk, mends_of
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.post_writes import write_edit
from rallyapp.ui.staffing.lines import Line, initials
from rallyapp.ui.staffing.people_list import PeopleList
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.words import Words, button


class PostWalks(QWidget):
    """The list; nothing where everybody gets there in time. Enter or the dots show what mends one.

    ``swap_wanted`` gives the post's shift on which somebody else is wanted, ``place_wanted`` asks for the section in
    which the venue's position is entered.
    """

    swap_wanted = Signal(str)
    place_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan; it lists nobody yet."""
        super().__init__()
        self._desk = desk
        self._walks: dict[str, TightWalk] = {}
        self.title = Words("TOO FAR TO WALK IN TIME", Type.OVERLINE, ink="muted")
        self.title.setAccessibleName("Too far to walk in time")
        self.list = PeopleList("Too far to walk in time")
        self.list.acted.connect(lambda id: self._show_menu(id, self._below(id)))
        self.list.opened.connect(lambda id: self._show_menu(id, self._below(id)))
        self.list.menu_wanted.connect(self._show_menu)
        self.card = Card(self.list)
        self.unknown = Words("", Type.SMALL, ink="muted", wrap=True)
        self.place = button("Enter where the venue is")
        self.place.setProperty("link", True)
        self.place.clicked.connect(self.place_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for part in (self.title, self.card, self.unknown):
            column.addWidget(part)
        column.addWidget(self.place)

    def show_walks(self, plan: Plan, venue: Venue, walks: Sequence[TightWalk]) -> None:
        """Show who can't get there in time; where the venue's position is not known, say that nobody can tell."""
        self._walks = {f"{walk.person.id} {walk.first.id} {walk.then.id}": walk for walk in walks}
        self.list.show_lines([_line(plan, id, walk) for id, walk in self._walks.items()])
        self.title.setVisible(bool(walks))
        self.card.setVisible(bool(walks))
        lost = venue.lat is None or venue.lon is None
        self.unknown.setText(
            f"{venue.name} has no position in the plan, so nobody can say who has too far to walk from a picket."
        )
        self.unknown.setVisible(lost)
        self.place.setVisible(lost)
        self.setVisible(bool(walks) or lost)

    # -------------------------------------------------------------------------------------------- mending
    def _below(self, id: str) -> QPoint:
        self.list.choose(id)
        return self.list.viewport().mapToGlobal(self.list.visualRect(self.list.currentIndex()).bottomLeft())

    def menu(self, id: str) -> QMenu:
        """Make the menu of what mends one walk."""
        walk = self._walks[id]
        plan = shift_part(self._desk.store, [walk.first.id, walk.then.id], [walk.person.id])
        made = QMenu(self)
        made.aboutToHide.connect(made.deleteLater)
        for mend in mends_of(plan, walk):
            action = made.addAction(mend.label.replace("&", "&&"))
            action.setEnabled(self._desk.writable)
            action.triggered.connect(lambda checked=False, mend=mend: self._mend(plan, mend))
        swap = made.addAction(f"Put somebody else on {plan.line_name(walk.post)}".replace("&", "&&"))
        swap.setEnabled(self._desk.writable)
        swap.triggered.connect(lambda: self.swap_wanted.emit(walk.post.id))
        made.addSeparator()
        for text, page, concern in (
            (f"Go to {plan.line_name(walk.other)} in the rota", PageName.ROTA, Concern("shift", walk.other.id)),
            ("Go to the person", PageName.PEOPLE, Concern("person", walk.person.id)),
        ):
            action = made.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda checked=False, page=page, concern=concern: self._desk.go(page, concern))
        return made

    def _show_menu(self, id: str, at: QPoint) -> None:
        if id in self._walks:
            self.list.choose(id)
            self.menu(id).popup(at)

    def _mend(self, plan: Plan, mend: Mend) -> None:
        write_edit(self._desk, plan, mend.label, RotaEdit(saved=mend.save, deleted=mend.delete))


def _line(plan: Plan, id: str, walk: TightWalk) -> Line:
    first, then = (f"{plan.place_words(each)} {each.words}" for each in (walk.first, walk.then))
    return Line(
        id=id,
        title=walk.person.name,
        note=f"{first}, then {then}",
        against=f"{walk.words[:1].upper()}{walk.words[1:]}.",
        act="ellipsis",
        does=f"What helps {walk.person.name}",
        initials=initials(walk.person.name),
    )
