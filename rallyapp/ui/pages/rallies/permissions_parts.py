"""The small parts of the permissions: the red band, why something is called for, and what a notice must state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.law import Rule
from rallyapp.domain.notice_facts import Fact, lacking_words
from rallyapp.domain.permission_words import Told
from rallyapp.domain.problems import Concern
from rallyapp.domain.words import listed
from rallyapp.ui import theme
from rallyapp.ui.pages.rallies import parts
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.flow import Flow
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button


class Band(QWidget):
    """What the police were told and what the plan says now, on a red ground, with what to do about it."""

    sent_anew = Signal()
    said_so = Signal()

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._title = Words("", Type.STRONG, ink="nobody", wrap=True)
        self._told = Words("", wrap=True)
        self._now = Words("", wrap=True)
        self.again = button("Sent a new notice today")
        self.same = button("The notice said this")
        self.same.setProperty("link", True)
        self.same.setToolTip(theme.plain_tip("For a notice that was entered wrongly: it said what the plan says now"))
        self.again.clicked.connect(self.sent_anew)
        self.same.clicked.connect(self.said_so)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(4))
        for each in (self._title, self._told, self._now):
            column.addWidget(each)
        column.addSpacing(theme.px(4))
        column.addWidget(Flow(self.again, self.same))

    def show_told(self, who: str, told: Told) -> None:
        """Say in what they differ."""
        self._title.setText(f"The {listed(told.parts)} changed after this notice was sent: send a new one.")
        self._told.setText(f"{who} told: {told.told}")
        self._now.setText(f"The plan now says: {told.now}")
        self.setAccessibleName(f"{self._title.text()} {self._told.text()}. {self._now.text()}.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("nobody_ground"))
        painter.fillRect(QRect(0, 0, theme.px(4), self.height()), theme.colour("nobody"))


class LawWords(QWidget):
    """Why or by when, the source of the rule below it, and that it is to be checked."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._fact = Words("", wrap=True)
        self._source = Words("", Type.SMALL, ink="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._fact)
        column.addWidget(self._source)

    def show_words(self, fact: str, rule: Rule | None, words: str) -> None:
        """Say it; without a rule there is no source."""
        self._fact.setText(fact)
        self._fact.setVisible(bool(fact))
        self._source.setText(f"{rule.title}: {rule.source}. {words}" if rule else "")
        self._source.setVisible(rule is not None)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(filter(None, (self._fact.text(), self._source.text())))


class _FactRow(QWidget):
    """One fact: its label, what the plan says, and what it lacks with a way there."""

    wanted = Signal(int)

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        said = Words(fact.label, Type.SMALL, ink="muted", wrap=True)
        said.setFixedWidth(theme.px(136))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        if fact.value:
            words.addWidget(Words(fact.value, wrap=True))
        if fact.lacks:
            words.addWidget(Words(f"{fact.lacks}.", ink="short", wrap=True))
        if fact.hint:
            words.addWidget(Words(fact.hint, Type.SMALL, ink="muted", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if fact.lacks and fact.home:
            number = parts.place_of(Concern(fact.home, ""))
            go = button("Enter it", name=f"Enter it: {fact.label}", tip=theme.plain_tip(parts.BY_NUMBER[number].title))
            go.setProperty("link", True)
            go.clicked.connect(lambda: self.wanted.emit(number))
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)


class Facts(Section):
    """What a notice must state, and which of it the plan lacks."""

    wanted = Signal(int)  # the number of the section in which something is entered

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__("What the notice states")
        self._shown: tuple[Fact, ...] = ()
        self._lacking = Words("", Type.SMALL, ink="short", wrap=True)
        self._rows: list[QWidget] = []
        self.add(self._lacking)

    def show_facts(self, facts: Sequence[Fact]) -> bool:
        """Show these, nothing for none; say whether they are others than before."""
        self.setVisible(bool(facts))
        if tuple(facts) == self._shown:
            return False
        self._shown = tuple(facts)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for fact in facts:
            made = _FactRow(fact)
            made.wanted.connect(self.wanted)
            self.add(made)
            self._rows.append(made)
        words = lacking_words(self._shown)
        self._lacking.setText(f"{words}." if words else "")
        self._lacking.setVisible(bool(words))
        return True
