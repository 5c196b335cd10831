"""The panel that suggests which lines of a running order could give minutes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.programme_edits import Shorter, shortened, shorter
from rallyapp.domain.rallies import Rally
from rallyapp.domain.running_order import Line, counted_minutes, overrun, running_order
from rallyapp.ui import theme
from rallyapp.ui.pages.rallies.issues import Panel
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button

_MOST = 6  # lines of a suggestion that are shown


def too_late(lines: Sequence[Line], rally: Rally) -> bool:
    """Say whether it ends after the hard finish, or a fixed line is late."""
    return overrun(lines, rally.ends) > 0 or any(line.slack < 0 for line in lines)


class ShortenPanel(Panel):
    """What each line could give, and the button that takes it."""

    wanted = Signal()

    def __init__(self) -> None:
        """Make it; ``suggest`` fills it."""
        inside = QWidget()
        super().__init__(inside)
        self.cuts: tuple[Shorter, ...] = ()
        self.title = Words("", Type.STRONG, wrap=True)
        self.words = Words("", wrap=True)
        self.do = button("Shorten")
        self.cancel = button("Cancel")
        self.do.clicked.connect(self.wanted)
        self.cancel.clicked.connect(self.over)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.do)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(buttons)

    def suggest(self, lines: Sequence[Line], rally: Rally) -> None:
        """Say what each line would have then, and what would still be late."""
        self.cuts = cuts = shorter(lines, max(0, overrun(lines, rally.ends)))
        after = running_order(shortened([line.item for line in lines], cuts), rally.starts)
        short = too_late(after, rally)
        self.title.setText(_title(lines, rally, short=short))
        said = [f"{cut.item.minutes} \u2192 {cut.minutes} min: {cut.item.title}" for cut in cuts]
        if len(said) > _MOST:
            said = [*said[: _MOST - 1], f"\u2026 and {len(said) - _MOST + 1} more"]
        if too_late(lines, rally):
            said += _still(after, rally)
            said.append("Fixed lines stay, and each keeps a minute." if cuts else "Drop a line, or move a fixed time.")
        self.words.setText("\n".join(said))
        many = "1 line" if len(cuts) == 1 else f"{len(cuts)} lines"
        self.do.setText(f"&Shorten {many}" if cuts else "&Shorten")
        self.do.setAccessibleName(f"Shorten {many}")
        self.do.setEnabled(bool(cuts))


def _title(lines: Sequence[Line], rally: Rally, *, short: bool) -> str:
    """Say what is late, and whether the suggestion mends all of it."""
    over = overrun(lines, rally.ends)
    late = sum(line.slack < 0 for line in lines)
    said = [f"{counted_minutes(over)} too long"] if over > 0 else []
    if late:
        said.append(f"{late} fixed {'line' if late == 1 else 'lines'} late")
    if not said:
        return "Nothing to shorten: it ends in time, and fixed times are met"
    how = "the lines can't give enough" if short else "our suggestion, each in proportion"
    return f"{', '.join(said)}: {how}"


def _still(after: Sequence[Line], rally: Rally) -> list[str]:
    """Say what is late even then."""
    said = []
    late = [line for line in after if line.slack < 0]
    if late:
        said.append(f"\u201c{late[0].item.title}\u201d would still start {counted_minutes(-late[0].slack)} late.")
    if len(late) > 1:
        said.append(f"So would {len(late) - 1} more fixed {'line' if len(late) == 2 else 'lines'} be late.")
    over = overrun(after, rally.ends)
    if over > 0:
        said.append(f"It would still run {counted_minutes(over)} past the hard finish.")
    return said
