"""What stands above a section's editor: its title, what the printed plan lacks there, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.problems import Problem, Severity
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button

_FEW = 2  # lines that are shown before somebody asks for all
_INK = {Severity.RED: "nobody", Severity.STAND_DOWN: "nobody", Severity.AMBER: "short", Severity.INFO: "muted"}


class Standing(QWidget):
    """The lines, worst first; where there are many, the rest is shown on asking."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.title = Words("", Type.HEADING)
        self.more = button("")
        self.more.setProperty("link", True)
        self.more.clicked.connect(self._show_all)
        self._all = False
        self._lines: list[tuple[str, str]] = []
        self._words: list[Words] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(self.title)
        self._column.addWidget(self.more)
        self.more.hide()

    def show_section(self, title: str, problems: Sequence[Problem], missing: Sequence[str], *, known: str = "") -> None:
        """Show how a section stands; ``known`` is the rally's title, with which its problems begin elsewhere."""
        if title != self.title.text():
            self._all = False
        self.title.setText(title)
        self._lines = list(_lines(problems, missing, known))
        self._show()

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _show(self) -> None:
        shown = self._lines if self._all or len(self._lines) <= _FEW + 1 else self._lines[:_FEW]
        while len(self._words) < len(shown):
            made = Words("", Type.SMALL, wrap=True)
            self._column.insertWidget(self._column.count() - 1, made)
            self._words.append(made)
        for place, words in enumerate(self._words):
            words.setVisible(place < len(shown))
            if place < len(shown):
                text, ink = shown[place]
                words.setText(text)
                if words.property("ink") != ink:
                    words.setProperty("ink", ink)
                    words.style().unpolish(words)
                    words.style().polish(words)
        rest = len(self._lines) - len(shown)
        self.more.setVisible(rest > 0)
        if rest:
            self.more.setText(f"{rest} more")
            self.more.setAccessibleName(f"Show {rest} more that is missing or wrong in this section")

    @property
    def lines(self) -> list[str]:
        """What is said, as it is read."""
        return [text for text, _ in self._lines]


def _lines(problems: Sequence[Problem], missing: Sequence[str], known: str) -> Iterator[tuple[str, str]]:
    for problem in problems:
        sentence = problem.sentence.removeprefix(f"{known}: ").rstrip(".")
        mend = f" \u2192 {problem.mend}." if problem.mend else ""
        yield f"{sentence[:1].upper()}{sentence[1:]}.{mend}", _INK[problem.severity]
    for text in missing:
        yield f"The printed plan says: {text}", "muted"
