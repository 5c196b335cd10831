"""The versions of a running order: giving one out, and looking at an old one beside what changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.people import Person
from rallyapp.domain.programme_issues import (
    Change,
    Kind,
    counted,
    issue,
    next_number,
    refuse_stale,
    since_last,
    told,
    versions,
)
from rallyapp.domain.rallies import Rally, TeamMember, TeamRole
from rallyapp.domain.running_order import running_order_of
from rallyapp.store import Edit
from rallyapp.store.queries import rally_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import TextField
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.words import CutWords, Words, button

INK = {Kind.NEW: "met", Kind.MOVED: "accent", Kind.CHANGED: "short", Kind.DROPPED: "nobody"}
_MOST = 6  # sentences of what changed that are shown at 100 %; fewer where they are larger


class ChangeWords(QWidget):
    """What changed, a sentence each, with its sign and in its colour."""

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self._rows: list[CutWords] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))

    def show_changes(self, found: Sequence[Change]) -> None:
        """Say these; where there are many, how many more there are."""
        said = [(INK[kind], f"{kind.sign}  {words}") for kind, words in told(found)]
        most = max(2, _MOST * 100 // max(100, theme.zoom()))
        if len(said) > most:
            said = [*said[: most - 1], ("muted", f"\u2026  and {len(said) - most + 1} more")]
        while len(self._rows) < len(said):
            self._rows.append(CutWords("", Type.SMALL))
            self._column.addWidget(self._rows[-1])
        for row, words in enumerate(self._rows):
            words.setVisible(row < len(said))
            if row < len(said):
                ink, text = said[row]
                words.say(text)
                words.ink(ink)
        self.setVisible(bool(said))

    @property
    def sentences(self) -> list[str]:
        """What is said, as it is read."""
        return [words.accessibleName() for words in self._rows if not words.isHidden()]


class Panel(Card):
    """A card that asks for something above the table; Esc leaves it."""

    over = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window, which dismisses its strip with it."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.over.emit()
        else:
            super().keyPressEvent(event)


class IssuePanel(Panel):
    """Asks who gives a version out, says what changed since the last one, and gives it out as one edit."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``begin`` asks."""
        inside = QWidget()
        super().__init__(inside)
        self._desk = desk
        self._seen: Seen | None = None
        self.title = Words("", Type.STRONG)
        self.words = Words("", wrap=True)
        self.changes = ChangeWords()
        self.by = TextField("Issued by", placeholder="Your name")
        self.note = TextField("Note", placeholder="What it is for: printed for the stage, sent to speakers\u2026")
        self.issue = button("Issue")
        self.cancel = button("Cancel")
        self.issue.clicked.connect(self.do)
        self.cancel.clicked.connect(self.over)
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(8))
        fields.addWidget(self.by, 1)
        fields.addWidget(self.note, 2)
        for each in (self.issue, self.cancel):
            fields.addWidget(each, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(self.changes)
        column.addLayout(fields)

    def begin(self, seen: Seen) -> None:
        """Ask."""
        self._seen = seen
        number = next_number(seen.plan, seen.rally)
        self.title.setText(f"Issue version {number}")
        self.issue.setText(f"&Issue version {number}")
        self.issue.setAccessibleName(f"Issue version {number}")
        found = since_last(seen.plan, seen.rally)
        lines = running_order_of(seen.plan, seen.rally)
        if number == 1:
            self.words.setText(f"{_lines(len(lines))} as they stand now. Later changes are told against it.")
        elif not found:
            self.words.setText(f"Nothing has changed since version {number - 1}.")
        else:
            self.words.setText(f"Since version {number - 1}: {counted(found)}.")
        self.changes.show_changes(found)
        self.issue.setEnabled(bool(lines) and (number == 1 or bool(found)))
        if not self.by.text:
            self.by.show_value(next((each.by for each in versions(seen.plan, seen.rally)), "") or _lead(seen))

    def do(self) -> None:
        """Give it out: the version and its lines, as they stand in the file unless that is not what is shown."""
        seen = self._seen
        if seen is None:
            return
        by, now = self.by.text.strip(), self._desk.now().replace(second=0, microsecond=0)
        note, store = self.note.text.strip(), self._desk.store

        def write(edit: Edit) -> None:
            plan = rally_part(store, seen.rally.id)
            refuse_stale(seen.plan, plan, seen.rally)
            made, lines = issue(plan, plan.get(Rally, seen.rally.id), at=now, by=by, note=note)
            edit.save(made)
            edit.save_all(lines)

        number = next_number(seen.plan, seen.rally)
        if self._desk.edit(f"Issue version {number} of the running order", write):
            self.note.show_value("")
            self.over.emit()


def _lead(seen: Seen) -> str:
    """Name the event lead, who usually issues it."""
    for member in seen.plan.of(TeamMember, "rally_id", seen.rally.id):
        if member.role is TeamRole.EVENT_LEAD:
            person = seen.plan.find(Person, member.person_id)
            return member.name or (person.name if person else "")
    return ""


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
