"""What stands above a section's editor: its title, what the printed plan lacks there, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.problems import Problem, Severity
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import CutWords, Words, button

W = TypeVar("W", bound=Words)
_FEW = 2  # lines that are shown before somebody asks for all
_INK = {Severity.RED: "nobody", Severity.STAND_DOWN: "nobody", Severity.AMBER: "short", Severity.INFO: "muted"}


class Standing(QWidget):
    """The lines, worst first, a few of them and each cut to one row; all of them and whole on asking.

    What stands below keeps its place whatever is said here: somebody is about to click on it.
    """

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.title = Words("", Type.HEADING)
        self.more = button("")
        self.more.setProperty("link", True)
        self.more.clicked.connect(self._turn)
        self._all = False
        self._lines: list[tuple[str, str]] = []
        self._cut = [CutWords("", Type.SMALL) for _ in range(_FEW)]
        self._whole: list[Words] = []
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.title, 1)
        head.addWidget(self.more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(head)
        for words in self._cut:
            self._added(words)
        kept = self.more.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(kept)
        self.more.hide()

    def show_section(self, title: str, problems: Sequence[Problem], missing: Sequence[str], *, known: str = "") -> None:
        """Show how a section stands; ``known`` is the rally's title, with which its problems begin elsewhere."""
        if title != self.title.text():
            self._all = False
        self.title.setText(title)
        self._lines = list(_lines(problems, missing, known))
        self._show()

    def _turn(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        row = self._cut[0].fontMetrics().height()
        for place, words in enumerate(self._cut):
            words.setVisible(not self._all)
            words.setMinimumHeight(row)
            _say(words, *(self._lines[place] if place < len(self._lines) else ("", "muted")))
        if not self._lines:
            _say(self._cut[0], "Nothing is missing here.", "muted")
        for text, ink in self._lines[len(self._whole) :] if self._all else ():
            self._whole.append(self._added(Words(text, Type.SMALL, ink=ink, wrap=True)))
        for place, whole in enumerate(self._whole):
            whole.setVisible(self._all and place < len(self._lines))
            if place < len(self._lines):
                _say(whole, *self._lines[place])
        self._offer()

    def _added(self, words: W) -> W:
        self._column.addWidget(words)
        return words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole lines where some had to be cut."""
        super().resizeEvent(event)
        self._offer()

    def _offer(self) -> None:
        rest = len(self._lines) - _FEW
        cut = any(words.toolTip() for words in self._cut if not words.isHidden())
        self.more.setText("Show less" if self._all else f"{rest} more" if rest > 0 else "Read whole")
        self.more.setAccessibleName(f"{self.more.text()} of what is missing or wrong in this section")
        self.more.setVisible(self._all or rest > 0 or cut)

    @property
    def lines(self) -> list[str]:
        """What is said, as it is read."""
        return [text for text, _ in self._lines]


def _say(words: Words, text: str, ink: str) -> None:
    if isinstance(words, CutWords):
        words.say(text)
    else:
        words.setText(text)
    words.ink(ink)


def _lines(problems: Sequence[Problem], missing: Sequence[str], known: str) -> Iterator[tuple[str, str]]:
    for problem in problems:
        sentence = problem.sentence.removeprefix(f"{known}: ").rstrip(".")
        mend = f" \u2192 {problem.mend}." if problem.mend else ""
        yield f"{sentence[:1].upper()}{sentence[1:]}.{mend}", _INK[problem.severity]
    for text in missing:
        yield f"The printed plan says: {text}", "muted"
