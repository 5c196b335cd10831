"""What is on paper already: each copy with its holder, what of it is no longer right, and printing it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.reprinting import THROWN_AWAY, out_of_hands
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.print.paper import Paper, read_papers
from rallyapp.ui.pages.print.printed_copy import PrintedCopy
from rallyapp.ui.pages.print.reprint import reprint
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.parts import Card, Empty, ListBeside, Segments
from rallyapp.ui.widgets.words import CutWords, button

JOB = "printed"
_WIDE = 560  # px at 100 % that the list takes at most
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
        self.copy.gone.connect(self.throw_away)
        self.empty = Empty("")
        self.empty.wanted.connect(lambda: self._show_all())
        self._make_actions()
        self._lay_out()

    def _make_actions(self) -> None:
        self._again_action = self._action("Print this copy again\u2026", "Ctrl+Shift+P", self._print_chosen)
        self._away_action = self._action("The copy was thrown away", "Del", self.throw_away)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)

    def _action(self, text: str, keys: str, do: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # in a field the keys mean something else
        made.triggered.connect(lambda: do())
        self.addAction(made)
        self.list.addAction(made)
        return made

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([action for action in self.actions() if action.isEnabled()])
        if menu.actions() and self.list.indexAt(at).isValid():
            menu.popup(self.list.viewport().mapToGlobal(at))

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.which)
        self._top.addWidget(self.words, 1)
        self._top.addWidget(self.for_all)
        self._stack = QStackedWidget()
        self._stack.addWidget(ListBeside(Card(self.list), Card(self.copy), widest=_WIDE, share=0.5))
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
        again = sum(paper.printable for paper in wrong)
        self.for_all.setVisible(bool(again))
        copies = counted(again, "copy", "copies")
        self.for_all.setText(f"&Print {copies} again\u2026")
        self.for_all.setAccessibleName(f"Print {copies} again, for all who hold one that is no longer right")
        when = f" of {day_words(day.first_date)}" if day else ""
        if not count:
            self.empty.say(f"Nothing{when} has been printed yet. Each print is noted here with who holds it.")
        else:
            self.empty.say(f"All paper{when} is as in the plan.", "Show &all")

    def _show_all(self) -> None:
        self.which.choose(_ALL)
        self._show()

    @property
    def chosen(self) -> Paper | None:
        """The copy that is chosen."""
        return self._papers.get(self.list.value)

    def _choose(self) -> None:
        paper = self.chosen
        whose = paper.copy.holder.casefold() if paper else ""
        same = [each for each in self.papers if whose and each.copy.holder.casefold() == whose] or [paper]
        self.copy.show_paper(paper, [each for each in same if each is not None and not each.right])
        self._again_action.setEnabled(paper is not None and paper.printable)
        self._away_action.setEnabled(paper is not None and self._desk.writable)

    # ------------------------------------------------------------------------------------ printing, throwing away
    def _reprint(self, papers: list[Paper]) -> None:
        reprint(self._desk, self, papers)

    def _print_chosen(self) -> None:
        if self.chosen is not None:
            self._reprint([self.chosen])

    def throw_away(self) -> None:
        """Note that nobody has the chosen copy any more, nor an older one of it in the same hands."""
        paper = self.chosen
        if paper is not None and self._desk.writable:
            finish_typing()
            runs = self._desk.store.where(PrintRun, scope=paper.copy.run.scope)
            self._desk.save(
                f"Note that a copy of the {paper.title[:1].lower()}{paper.title[1:]} was thrown away",
                out_of_hands(paper.copy, runs, THROWN_AWAY),
            )

    # ------------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Give which copies are shown."""
        return {"which": self.which.value}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Show the copies that were shown."""
        if kept.get("which") in (_NOT_RIGHT, _ALL):
            self.which.choose(kept["which"])


def _choice(id: str, paper: Paper) -> Choice:
    sheet = paper.sheet.replace(f"{day_words(paper.on)} ", "") if paper.on else paper.sheet  # the day is said above
    return Choice(
        id=id,
        title=paper.title,
        note=f"{paper.hands} \u00b7 {sheet}",
        state=paper.state,
        tone=Tone.MET if paper.right else Tone.SHORT if paper.printable else Tone.NOBODY,
    )
