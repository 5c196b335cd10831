"""Names that were typed into the running order and are no speakers yet: the offer to make them some, and doing it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rallyapp.domain.ids import new_id
from rallyapp.domain.programme_speakers import Named, names_to_take, offer_words, take_words, taken
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.widgets.words import Words, button


def take_names(desk: Desk, names: tuple[Named, ...]) -> None:
    """Make speakers of names, with their lines, as one edit."""
    wanted = taken(names, new_id)

    def write(edit: Edit) -> None:
        for speaker in wanted.speakers:
            edit.save(speaker)
        for line, was in wanted.lines:
            edit.save(line, was=was)

    if names:
        desk.edit(take_words(names), write)


def _short(names: tuple[Named, ...]) -> str:
    """Say what is done with names, without them."""
    new = sum(each.speaker is None for each in names)
    if new:
        return f"Make {new} names speakers" if new > 1 else "Make 1 name a speaker"
    return f"Link {len(names)} speakers" if len(names) > 1 else "Link 1 speaker"


class NamesLink(QPushButton):
    """The offer as a link of a few words, which keeps its height while there is nothing to offer."""

    wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.names: tuple[Named, ...] = ()
        self._desk = desk
        self.setProperty("link", True)
        self.setAutoDefault(False)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._take)

    def offer(self, seen: Seen) -> None:
        """Offer the names of a rally's running order, if there are any."""
        self.names = names_to_take(seen.plan, seen.rally) if self._desk.writable else ()
        many = len(self.names)
        self.setText(_short(self.names) if many else "")
        self.setAccessibleName(offer_words(self.names) if many else "")
        self.setToolTip(theme.plain_tip(offer_words(self.names)) if many else "")
        self.setVisible(bool(many))

    def _take(self) -> None:
        take_names(self._desk, self.names)
        self.wanted.emit()


class NamesOffer(QWidget):
    """The offer as a sentence with a button."""

    def __init__(self, desk: Desk) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.names: tuple[Named, ...] = ()
        self._desk = desk
        self.words = Words("", wrap=True)
        self.do = button("&Make them speakers", tip="Enters them as speakers and gives them their lines")
        self.do.clicked.connect(lambda: take_names(self._desk, self.names))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.words, 1)
        row.addWidget(self.do)

    def offer(self, seen: Seen) -> None:
        """Offer the names of a rally's running order, if there are any."""
        self.names = names = names_to_take(seen.plan, seen.rally) if self._desk.writable else ()
        if names:
            self.words.setText(f"{offer_words(names)}.")
            link = all(each.speaker is not None for each in names)
            text = "&Link them" if link else "&Make them speakers" if len(names) > 1 else "&Make them a speaker"
            self.do.setText(text)
            self.do.setAccessibleName(take_words(names))
        self.setVisible(bool(names))
