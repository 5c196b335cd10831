"""Posts that such a rally usually has, offered with numbers that add up to the planning figure: ticked, and added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.post_edits import PostWanted
from rallyapp.domain.post_offers import Offer, lacking_words
from rallyapp.ui import theme
from rallyapp.ui.staffing.lines import Line
from rallyapp.ui.staffing.people_list import PeopleList
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.words import Words, button


class PostOffers(QWidget):
    """The list of what is offered. ``wanted`` gives the posts to add, ``left`` says that none are wanted."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """Make it, offering nothing yet."""
        super().__init__()
        self._offers: dict[str, Offer] = {}
        self._ticked: dict[str, bool] = {}  # by hand
        self.words = Words("", Type.SMALL, ink="muted", wrap=True)
        self.list = PeopleList("Posts that such a rally usually has")
        self.list.tick_wanted.connect(self._turn)
        self.list.opened.connect(self._turn)
        self.add = button("")
        self.add.clicked.connect(self._add)
        self.leave = button("Leave it")
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.add)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.words)
        column.addWidget(Card(self.list))
        column.addLayout(row)

    def show_offers(self, offers: Sequence[Offer], *, stewards: int, first_aiders: int) -> None:
        """Offer these; those that the figures still lack are ticked, unless somebody ticked otherwise."""
        lacking = lacking_words(stewards, first_aiders)
        self._offers = {offer.name: offer for offer in offers}
        if not offers:
            words = "The posts that such a rally usually has are all there."
        elif lacking:
            words = f"The numbers of the ticked posts add up to the {lacking} that the planning figures still lack."
        else:
            words = "The planning figures lack nobody; tick what you want all the same."
        self.words.setText(words)
        self._show()

    def begin(self) -> None:
        """Go to the first post."""
        self._ticked.clear()
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.choose_first()

    @property
    def ticked(self) -> list[Offer]:
        """The posts that are ticked."""
        return [offer for name, offer in self._offers.items() if self._ticked.get(name, offer.counted)]

    def _show(self) -> None:
        chosen = {offer.name for offer in self.ticked}
        self.list.show_lines(
            [
                Line(
                    id=offer.name,
                    title=f"{offer.name}: {offer.number} {offer.role}{'' if offer.number == 1 else 's'}",
                    note=" ".join(filter(None, (f"{offer.where}." if offer.where else "", offer.duty))),
                    ticked=offer.name in chosen,
                )
                for offer in self._offers.values()
            ]
        )
        people = sum(offer.number for offer in self.ticked)
        posts = len(chosen)
        self.add.setText(f"Add {posts} post{'' if posts == 1 else 's'} for {people:,}" if posts else "Add posts")
        self.add.setAccessibleName(self.add.text())
        self.add.setEnabled(bool(posts))

    def _turn(self, name: str) -> None:
        offer = self._offers.get(name)
        if offer is not None:
            self._ticked[name] = not self._ticked.get(name, offer.counted)
            self._show()

    def _add(self) -> None:
        self.wanted.emit(
            [
                PostWanted(name=each.name, role=each.role, where=each.where, duty=each.duty, number=each.number)
                for each in self.ticked
            ]
        )
