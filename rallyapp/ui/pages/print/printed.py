"""What is on paper already: each copy with its holder, what of it is no longer right, and printing it again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.reprinting import holders
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.print.paper import Paper, orders_for, read_papers
from rallyapp.ui.pages.print.printed_copy import PrintedCopy
from rallyapp.ui.pages.print.reprint import reprint
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.parts import Card, Empty, ListBeside, Segments
from rallyapp.ui.widgets.words import CutWords, button

JOB = "printed"
READS = frozenset(table_of(kind) for kind in KINDS)
_NOT_RIGHT, _ALL = "not right", "all"


class Printed(QWidget):
    """The view. ``stale`` when the plan or the chosen strike day changed: it reads anew when somebody looks."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make it for an open plan; it shows nothing before somebody looks."""
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._again = False  # it became stale while it was read
        self._papers: dict[str, Paper] = {}
        self.words = CutWords("", ink="muted")
        self.which = Segments((("No longer right", _NOT_RIGHT), ("All", _ALL)), "Copies")
        self.which.chosen.connect(lambda _: self._show())
        self.for_all = button("Print again\u2026", primary=True)
        self.for_all.clicked.connect(lambda: self._reprint([paper for paper in self.papers if not paper.right]))
        self.list = ChoiceList("Copies on paper")
        self.list.chosen.connect(lambda _: self._choose())
        self.copy = PrintedCopy(desk)
        self.copy.reprint_wanted.connect(self._reprint)
        self.empty = Empty("")
        self.empty.wanted.connect(lambda: self._show_all())
        self._lay_out()

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.which)
        self._top.addWidget(self.words, 1)
        self._top.addWidget(self.for_all)
        self._stack = QStackedWidget()
        self._stack.addWidget(ListBeside(Card(self.list), Card(self.copy)))
        self._stack.addWidget(self.empty)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self._stack, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._top.setSpacing(theme.px(12))
        self._column.setSpacing(theme.px(12))

    # ------------------------------------------------------------------------------------------- reading
    @property
    def papers(self) -> tuple[Paper, ...]:
        """The copies, the newest first."""
        return tuple(self._papers.values())

    def stale(self) -> None:
        """Read anew, at once or when next visible."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read on being shown, if something changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._again = not self._desk.jobs.start(JOB, self._follow)

    async def _follow(self) -> None:
        while self._stale or self._again:
            self._stale = self._again = False
            found = await in_thread(read_papers, self._desk.store, self._desk.day)
            if not isValid(self):
                return
            self._papers = {f"{paper.copy.run.id} {paper.copy.holder}": paper for paper in found}
            self._show()

    # ------------------------------------------------------------------------------------------- showing
    def _show(self) -> None:
        papers = self.papers
        wrong = [paper for paper in papers if not paper.right]
        shown = papers if self.which.value == _ALL else wrong
        self.which.buttons[_NOT_RIGHT].setText(f"No longer right ({len(wrong):,})" if wrong else "No longer right")
        self.which.buttons[_ALL].setText(f"All ({len(papers):,})" if papers else "All")
        self.list.show_choices([_choice(id, paper) for id, paper in self._papers.items() if paper in shown])
        self._say(len(papers), wrong)
        self._stack.setCurrentIndex(0 if shown else 1)
        self._choose()

    def _say(self, count: int, wrong: list[Paper]) -> None:
        day = self._desk.store.find(StrikeDay, self._desk.day)
        of = f"{day_words(day.first_date)}, and the whole plan" if day else "The whole plan"
        self.words.say(f"{of}: {counted(count, 'copy', 'copies')}" if count else of)
        again = orders_for(wrong)
        self.for_all.setVisible(bool(again))
        sheets = counted(sum(len(order.abouts) for order in again), "sheet")
        self.for_all.setText(f"&Print {sheets} again\u2026")
        self.for_all.setAccessibleName(f"Print {sheets} again, for all who hold one that is no longer right")
        when = f" of {day_words(day.first_date)}" if day else ""
        if not count:
            self.empty.say(f"Nothing{when} has been printed yet. Each print is noted here with who holds it.")
        else:
            self.empty.say(f"All paper{when} is as in the plan.", "Show &all")

    def _show_all(self) -> None:
        self.which.choose(_ALL)
        self._show()

    def _choose(self) -> None:
        paper = self._papers.get(self.list.value)
        same = [each for each in self.papers if paper and each.copy.holder.casefold() == paper.copy.holder.casefold()]
        self.copy.show_paper(paper, [each for each in same if not each.right])

    # ------------------------------------------------------------------------------------------- printing
    def _reprint(self, papers: list[Paper]) -> None:
        held: dict[tuple[str, str, str], list[str]] = {}
        for paper in papers:
            held.setdefault(paper.copy.piece, []).extend(holders(paper.copy.holder))
        by_piece = {piece: ", ".join(dict.fromkeys(names)) for piece, names in held.items()}
        reprint(self._desk, self, orders_for(papers), by_piece)

    # ------------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Give which copies are shown."""
        return {"which": self.which.value}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Show the copies that were shown."""
        if kept.get("which") in (_NOT_RIGHT, _ALL):
            self.which.choose(kept["which"])


def _choice(id: str, paper: Paper) -> Choice:
    return Choice(
        id=id,
        title=paper.sheet,
        note=f"{paper.title} \u00b7 {paper.copy.holder or 'nobody noted'}",
        state=paper.state,
        tone=Tone.MET if paper.right else Tone.SHORT if paper.again else Tone.NOBODY,
    )
