"""A section in the organiser's own words, and beside it what those who read the plan look for there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain.ids import PlanNoteId, new_id
from rallyapp.domain.rallies import PlanNote, Rally, Section
from rallyapp.domain.rally_prompts import Prompt, line_on, mentioned, unfinished, with_line
from rallyapp.domain.records import problems_of
from rallyapp.domain.words import capital, listed
from rallyapp.store import Edit
from rallyapp.ui import icons, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.rallies.note_paper import Paper
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.staffing.people_list import reveal
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.unfinished import left_words, say_left
from rallyapp.ui.widgets.words import Words

_HOW = "Lines that begin with \u201c- \u201d print as a list. Ctrl+Enter keeps the text, and so does leaving it."
_SIDE, _MARK = 280, 28  # px at 100 %


class NoteBlock(QWidget):
    """The text of one section. It is kept when somebody leaves it; with nothing in it there is no note."""

    def __init__(self, desk: Desk, section: Section, *, placeholder: str = "") -> None:
        """Take the section that is written about."""
        super().__init__()
        self._desk, self._section = desk, section
        self._rally: Rally | None = None
        self._notes: tuple[PlanNote, ...] = ()
        self._shown = ""  # what the plan held when the paper last showed it
        self._clash = False
        self.paper = Paper(capital(section))
        self.paper.setReadOnly(not desk.writable)
        self.paper.setPlaceholderText(placeholder or "Printed in this section as you write it.")
        self.paper.textChanged.connect(self._typed)
        self.paper.left.connect(self._left)
        self.paper.kept.connect(self.keep)
        self.paper.given_up.connect(self._give_up)
        self.told = Words(_HOW, Type.SMALL, ink="muted", wrap=True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.paper)
        column.addWidget(self.told)
        column.addStretch(1)
        self.prompts = PromptList(carried.rally_prompts().of(section), writable=desk.writable)
        self.prompts.wanted.connect(self.begin_line)
        across = Columns((left, self.prompts), wide=_SIDE * 2 + 40)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(across)
        self.setFocusProxy(self.paper)

    # ---------------------------------------------------------------------------------------------- showing
    def show_note(self, seen: Seen) -> None:
        """Show what is written of a rally; what somebody is typing about it stays."""
        notes = (each for each in seen.plan.of(PlanNote, "rally_id", seen.rally.id) if each.section is self._section)
        found = tuple(sorted(notes, key=lambda note: note.id))
        text = "\n".join(note.text for note in found)
        same = self._rally is not None and self._rally.id == seen.rally.id
        if not same:
            self._keep_of_other()
        keeps = same and self.half_typed
        self._clash = keeps and (self._clash or text != self._shown) and text != self._text
        self._rally, self._notes, self._shown = seen.rally, found, text
        if not keeps:
            self.paper.show_text(text)
        self._say()

    @property
    def _text(self) -> str:
        """What stands on the paper, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.paper.toPlainText().strip().splitlines())

    @property
    def half_typed(self) -> bool:
        """Say whether something else stands on the paper than the plan holds."""
        return self._text != self._shown.strip() and self.paper.toPlainText() != self._shown

    def begin_line(self, prompt: Prompt) -> None:
        """Put a line for a prompt below the text, to be finished; go on with the one that is there."""
        if not self._desk.writable:
            return
        text = self.paper.toPlainText()
        said = line_on(text, prompt)
        if said is not None:
            self.paper.go_to(said)
        else:
            self.paper.replace_text(*with_line(text, prompt))
        reveal(self.paper, self.paper.cursorRect())

    def _typed(self) -> None:
        self._say()

    def _say(self, wrong: str = "") -> None:
        text = self.paper.toPlainText()
        self.prompts.show_text(text)
        open_ = unfinished(text)
        if wrong:
            said, ink = wrong, "nobody"
        elif self._clash:
            said = "Somebody else changed this text meanwhile. Esc shows theirs, Ctrl+Enter keeps yours in its place."
            ink = "nobody"
        elif open_:
            said, ink = f"Not finished yet: {listed(open_)}. {_HOW}", "short"
        else:
            said, ink = _HOW, "muted"
        self.told.setText(said)
        self.paper.setAccessibleDescription(said)
        self.told.ink(ink)

    # ---------------------------------------------------------------------------------------------- keeping
    def _left(self) -> None:
        if not self._clash:
            self.keep()

    def _give_up(self) -> None:
        self._clash = False
        self.paper.show_text(self._shown)
        self._say()

    def keep(self) -> None:
        """Write what stands on the paper, as one edit."""
        if self._rally is None or not self._desk.writable or not self.half_typed:
            return
        if wrong := self._wrong():
            self._say(wrong)
            return
        self._clash = False
        self._write(self._rally, self._notes, self._text)

    def _wrong(self) -> str:
        """Say why the text can't be kept, or nothing."""
        if not self._text or self._rally is None:
            return ""
        id = PlanNoteId("typed")
        found = problems_of(PlanNote(id=id, rally_id=self._rally.id, section=self._section, text=self._text))
        return f"{found[0].sentence}." if found else ""

    def _write(self, rally: Rally, notes: tuple[PlanNote, ...], text: str) -> None:
        if not text:
            label = f"Remove the text on {self._section}"
            self._desk.edit(label, lambda edit: _delete(edit, notes))
            return
        first = notes[0] if notes else None
        new = PlanNote(id=PlanNoteId(new_id()), rally_id=rally.id, section=self._section, text=text)
        made = replace(first, text=text) if first else new
        label = f"{'Change the text on' if first else 'Write on'} {self._section}"
        self._desk.edit(label, lambda edit: (_delete(edit, notes[1:]), edit.save(made, was=first)))

    def _keep_of_other(self) -> None:
        """Keep what is still on the paper of the rally that was shown before; where that can't be, say so."""
        rally, notes, text = self._rally, self._notes, self._text
        if rally is None or not self._desk.writable or not self.half_typed:
            return
        if self._clash or self._wrong():
            so = f"what {rally.title} says on {self._section} was left as it was"
            say_left(self._desk.messages, [left_words(text, so)])
        else:  # not while the plan is being shown anew
            QTimer.singleShot(0, self, lambda: None if self._desk.closed else self._write(rally, notes, text))


def _delete(edit: Edit, notes: Sequence[PlanNote]) -> int:
    for note in notes:
        edit.delete(note)
    return len(notes)


class PromptList(QWidget):
    """What may be worth a line, each with a plus that begins it; what the text says already is ticked."""

    wanted = Signal(object)  # a Prompt

    def __init__(self, prompts: Sequence[Prompt], *, writable: bool) -> None:
        """Take the prompts."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.lines = [_Line(prompt, writable=writable) for prompt in prompts]
        self.title = Words("WHAT COUNCILS AND POLICE LOOK FOR", Type.OVERLINE, ink="muted", wrap=True)
        self.title.setAccessibleName("What councils and police look for here")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        for line in self.lines:
            line.wanted.connect(self.wanted)
            column.addWidget(line)
        column.addStretch(1)
        if not prompts:
            self.hide()

    def show_text(self, text: str) -> None:
        """Tick what a text says something on."""
        for line in self.lines:
            line.show_there(mentioned(text, line.prompt))


class _Line(QWidget):
    """One prompt: a plus or a tick, what it is on, and a hint. A click anywhere on it begins its line."""

    wanted = Signal(object)  # the Prompt

    def __init__(self, prompt: Prompt, *, writable: bool) -> None:
        super().__init__()
        self.prompt = prompt
        self._writable = writable
        self._there: bool | None = None
        self.button = IconButton(
            "plus", f"Begin a line on {prompt.title}", tip=f"Begin a line \u201c{prompt.line.strip()}\u201d", flat=True
        )
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the text
        self.button.clicked.connect(lambda: self.wanted.emit(prompt))
        if writable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tick = _Tick()
        self.words = Words(prompt.title)
        self.hint = Words(capital(prompt.hint), Type.SMALL, ink="muted", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.words)
        texts.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.show_there(False)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "hint"):
            self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Begin the line; the words and the tick let the mouse through."""
        inside = self.rect().contains(event.position().toPoint())
        if self._writable and inside and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(self.prompt)

    def _fit(self) -> None:
        for each in (self.button, self.tick):
            each.setFixedSize(theme.px(_MARK), theme.px(_MARK))

    def show_there(self, there: bool) -> None:
        """Say whether the text says something on it."""
        if there == self._there:
            return
        self._there = there
        self.button.setVisible(not there and self._writable)
        self.tick.setVisible(there or not self._writable)
        self.tick.show_there(there)
        self.words.setAccessibleName(f"{self.prompt.title}: {'in the text' if there else 'not in the text yet'}")


class _Tick(QWidget):
    """A tick in the place of the plus."""

    def __init__(self) -> None:
        super().__init__()
        self._there = False

    def show_there(self, there: bool) -> None:
        """Tick it, or not."""
        self._there = there
        self.setToolTip(theme.plain_tip("The text says something on it" if there else "Not in the text yet"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tick, or an empty ring."""
        size = theme.px(16)
        box = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        name, ink = ("circle-check", "met") if self._there else ("circle", "muted")
        painter = QPainter(self)
        icons.paint(painter, box, name, ink)
        painter.end()
