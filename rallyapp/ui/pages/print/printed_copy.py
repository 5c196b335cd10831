"""One copy on paper in full: of what, for whose eyes, who holds it, what changed since, and how to print it again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rallyapp.domain.reprinting import holders, in_hands
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.print.paper import Paper
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.facts import WIDEST, Facts, Lines
from rallyapp.ui.widgets.fields import TextField
from rallyapp.ui.widgets.half_typed import show_beside_typing
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button

MOST_SAID = 40


class PrintedCopy(QScrollArea):
    """The copy. ``reprint_wanted`` gives the copies that are to be printed again, ``gone`` says it was thrown away."""

    reprint_wanted = Signal(object)
    gone = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan, with no copy shown."""
        super().__init__()
        self._desk = desk
        self._paper: Paper | None = None
        self._theirs: list[Paper] = []
        self.setAccessibleName("The chosen copy")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = Words("", Type.HEADING, wrap=True)
        self.sheet = Words("", ink="muted", wrap=True)
        self.holder = TextField("Who holds it", placeholder="Noticeboard, or a name; several with commas")
        self.holder.committed.connect(self._hold)
        self.again = button("")
        self.again.clicked.connect(lambda: self.reprint_wanted.emit(self._theirs))
        self.away = button(
            "It was thrown a&way", tip="Or taken down, shredded or lost: it is no longer listed (Del in the list)"
        )
        self.away.clicked.connect(self.gone)
        self.changed = Section("Changed since it was printed", gap=8)
        self.facts = Section("This print")
        self.earlier = Section("All prints of it")
        self._parts: list[QWidget] = []
        self._lay_out()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(self.title)
        head.addWidget(self.sheet)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(12))
        beside.addWidget(self.again)
        beside.addWidget(self.away)
        beside.addStretch(1)
        page = QWidget()
        page.setMaximumWidth(theme.px(WIDEST))
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(24))
        inner.addLayout(head)
        inner.addWidget(self.holder)
        inner.addWidget(self.changed)
        inner.addLayout(beside)
        inner.addWidget(self.facts)
        inner.addWidget(self.earlier)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(24))
        column.addWidget(page)
        column.addStretch(1)
        self.setWidget(inside)

    def show_paper(self, paper: Paper | None, theirs: list[Paper]) -> None:
        """Show a copy; ``theirs`` are all copies of its holder that are not right, this alone where nobody is noted."""
        self._paper, self._theirs = paper, [each for each in theirs if each.printable]
        if paper is None:
            return
        run = paper.copy.run
        self.title.setText(paper.title)
        self.sheet.setText(paper.sheet)
        show_beside_typing(self.holder, run.holder)
        self.holder.set_writable(self._desk.writable)
        self.away.setEnabled(self._desk.writable)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        said = _said(paper)
        self._parts = [Words(sentence, wrap=True) for sentence in said]
        for words in self._parts:
            self.changed.add(words)
        self._say_again(paper)
        facts, prints = Facts(_facts(paper), figures=True), Lines([_line(each) for each in paper.earlier], first=92)
        self.facts.add(facts)
        self.earlier.add(prints)
        self._parts += [facts, prints]
        for part in self._parts:
            part.show()  # a layout would, but later
        self.earlier.setVisible(len(paper.earlier) > 1)

    def _say_again(self, paper: Paper) -> None:
        who = paper.copy.holder
        what = f"{counted(len(self._theirs), 'copy', 'copies')} again" if len(self._theirs) > 1 else "this copy again"
        self.again.setText(f"Print {what}{f' for {_short(who)}' if who else ''}\u2026".replace("&", "&&"))
        self.again.setAccessibleName(f"Print {what}{f' for {who}' if who else ''}")
        self.again.setVisible(bool(self._theirs) and not paper.right)

    def _hold(self, text: str) -> None:
        """Note who holds it; the journal's label names nobody."""
        paper = self._paper
        if paper is not None:
            held = holders(text)
            said = f"Noted: {listed(held)} {'has' if len(held) == 1 else 'have'} it." if held else ""
            self._desk.save(
                f"Note who holds the {paper.title[:1].lower()}{paper.title[1:]}",
                [replace(paper.copy.run, holder=", ".join(held))],
                said=said,
            )


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}\u2026"


def _said(paper: Paper) -> list[str]:
    """Say what changed; where no sentence explains a row, how many there are."""
    said = list(paper.changes[:MOST_SAID])
    if len(paper.changes) > MOST_SAID:
        said.append(f"And {len(paper.changes) - MOST_SAID:,} more changes.")
    if paper.rows.any and not said:
        said.append(f"{capital(paper.rows.words)}.")
    return said or ["Nothing: it is as in the plan."]


def _facts(paper: Paper) -> list[tuple[str, str]]:
    run = paper.copy.run
    return [
        ("Form", run.look),
        ("Printed", _moment(run)),
        ("Version", f"{run.version:,}"),
        ("Code", run.code),
    ]


def _line(run: PrintRun) -> tuple[str, str, str, None]:
    held, hands = holders(run.holder), in_hands(run)
    who = f"Held by {listed(held)}" if held else "Nobody noted" if hands else capital(run.holder)
    return f"Version {run.version:,}", _moment(run), ", ".join(part for part in (who, run.look) if part), None


def _moment(run: PrintRun) -> str:
    return f"{day_words(run.at.date())}, {clock(run.at)}"
