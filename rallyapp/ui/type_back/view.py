"""Typing a sign-in sheet back: its code, the lines that were written on it, what is understood, and writing it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.problems import UserError
from rallyapp.domain.sheet_codes import LENGTH
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.type_back import LineState, Reading, read_back
from rallyapp.domain.words import counted, listed
from rallyapp.store.type_back_queries import (
    Back,
    PrintedSheet,
    is_taken_back,
    people_called,
    sheet_by_code,
    sheets_to_type,
)
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.type_back.lines import LinesEdit, ReadingBeside, spoken
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.parts import Card, Empty, Section
from rallyapp.ui.widgets.words import CutWords, Words, button, polish_anew

_NOTHING = Reading(lines=(), saved=(), left=())


@dataclass(frozen=True, slots=True)
class _Written:
    """What was typed and written, to come back where somebody takes that edit back."""

    code: str
    text: str
    operation: str


class TypeBack(QWidget):
    """The view. What is typed for a sheet stays while the plan is open, also when another sheet is typed meanwhile."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make it for an open plan; it reads nothing before somebody looks."""
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._found: PrintedSheet | None = None
        self._drafts: dict[str, str] = {}
        self._known: dict[str, tuple[Person, ...]] = {}
        self._written: list[_Written] = []
        self.reading = _NOTHING
        self._make_code()
        self._make_lines()
        self._make_foot()
        self._lay_out()
        self._make_actions()
        self.setFocusProxy(self.code)

    # ------------------------------------------------------------------------------------------ its parts
    def _make_code(self) -> None:
        self.code = QLineEdit()
        self.code.setAccessibleName("Code of the sheet")
        self.code.setPlaceholderText("K7M2-P4X")
        self.code.setMaxLength(40)
        self.code.textEdited.connect(lambda: self._code_typed())
        self.code.returnPressed.connect(self._code_ended)
        self.title = CutWords("", Type.STRONG)
        self.note = CutWords("", ink="muted")

    def _make_lines(self) -> None:
        self.edit = LinesEdit()
        self.edit.textChanged.connect(self._read)
        self.edit.cursorPositionChanged.connect(self._say_line)
        self.edit.ended.connect(self._number)
        self.beside = ReadingBeside(self.edit)
        self.left = ChoiceList("Rows without a mark")
        self.left.activated.connect(self._begin_row)
        self.left_words = Words("", Type.SMALL, ink="muted", wrap=True)
        self.sheets = ChoiceList("Sheets that were printed")
        self.sheets.activated.connect(self._open_sheet)
        self.empty = Empty(
            "No sign-in sheet of this plan has been printed and noted yet. Each has a code at its head, with which "
            "what was written on it is typed back here."
        )

    def _make_foot(self) -> None:
        self.line_words = Words("", wrap=True)
        self.line_words.setMinimumWidth(1)
        self.write_button = button("&Write", primary=True, tip="Writes what is understood as one change (Ctrl+Enter)")
        self.write_button.clicked.connect(self.write)

    def _make_actions(self) -> None:
        for text, keys, do in (
            ("Write what is understood", ("Ctrl+Return", "Ctrl+Enter"), self.write),
            ("Go to the next line to look at again", ("F8",), self.next_odd),
            ("Type another sheet", ("Ctrl+L",), self._go_to_code),
        ):
            action = QAction(text, self)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda checked=False, do=do: do())
            self.addAction(action)

    def _lay_out(self) -> None:
        label = Words("Code of the sheet", Type.SMALL, ink="muted")
        label.setBuddy(self.code)
        own = QVBoxLayout()
        own.setSpacing(theme.px(4))
        own.addWidget(label)
        own.addWidget(self.code)
        said = QVBoxLayout()
        said.setSpacing(theme.px(2))
        said.addStretch(1)
        said.addWidget(self.title)
        said.addWidget(self.note)
        self._top = QHBoxLayout()
        self._top.addLayout(own)
        self._top.addLayout(said, 1)
        both = QWidget()
        self._both = QHBoxLayout(both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addWidget(self.edit, 1)
        self._both.addWidget(self.beside, 3)
        self._left = Section("Rows without a mark", self.left_words, Card(self.left), gap=6)
        self._left.column.setStretch(2, 1)
        self._both.addWidget(self._left)
        self._sheets = Section("Printed sheets", Card(self.sheets), gap=6)
        self._sheets.column.setStretch(1, 1)
        self._stack = QStackedWidget()
        for each in (self._sheets, both, self.empty):
            self._stack.addWidget(each)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.line_words, 1)
        self._foot.addWidget(self.write_button, alignment=Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self._stack, 1)
        self._column.addLayout(self._foot)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._top.setSpacing(theme.px(24))
        self._both.setSpacing(theme.px(12))
        self._foot.setSpacing(theme.px(24))
        self._column.setSpacing(theme.px(12))
        self._left.setFixedWidth(theme.px(210))
        self.code.setFont(theme.font(Type.HEADING))
        self.code.setFixedWidth(theme.px(170))
        self.line_words.setMinimumHeight(self.line_words.fontMetrics().lineSpacing() * 2)

    # ------------------------------------------------------------------------------------------- reading
    def stale(self) -> None:
        """Read the plan anew, at once or when next visible."""
        self._stale = True
        if self.isVisible():
            self._freshen()

    def showEvent(self, event: QShowEvent) -> None:
        """Read on being shown, if something changed meanwhile, and take the keyboard from what led here."""
        super().showEvent(event)
        if self._stale:
            self._freshen()
        if not event.spontaneous():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _freshen(self) -> None:
        self._stale = False
        self._known.clear()
        if self._found is not None:
            self._find(self._found.run.code)
        else:
            self._show()

    def _code_typed(self) -> None:
        """Find the sheet as soon as all of its code stands there."""
        signs = sum(sign.isalnum() for sign in self.code.text())
        self._leave_sheet()
        if signs >= LENGTH:
            self._find(self.code.text())
        else:
            self._say_code("")
            self._show()

    def _code_ended(self) -> None:
        if self._found is None:
            self._find(self.code.text())
        if self._found is not None:
            self.edit.go_to(max(0, self.edit.blockCount() - 1))

    def _go_to_code(self) -> None:
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.code.selectAll()

    def _find(self, code: str) -> None:
        try:
            found = sheet_by_code(self._desk.store, code)
        except UserError as error:
            self._leave_sheet()
            self._say_code(str(error))
            self._show()
            return
        self._say_code("")
        # By its code: the same sheet may have been printed, and noted, twice in a minute.
        new = self._found is None or self._found.run.code != found.run.code
        if new:
            self._leave_sheet()
        self._found = found
        if new:
            self.setFocusProxy(self.edit)
            self.code.setText(found.run.code)
            with QSignalBlocker(self.edit):
                self.edit.setPlainText(self._drafts.pop(found.run.code, ""))
        self._bring_back()
        self._show()
        self._read()

    def _leave_sheet(self) -> None:
        """Keep what is typed for the sheet, and show none."""
        if self._found is not None and self.edit.text.strip():
            self._drafts[self._found.run.code] = self.edit.text
        self._found, self.reading = None, _NOTHING
        self.setFocusProxy(self.code)

    def _bring_back(self) -> None:
        """Bring the lines back that were written, where that very edit was taken back."""
        assert self._found is not None
        code = self._found.run.code
        own = [each for each in self._written if each.code == code]
        back = [each for each in own if is_taken_back(self._desk.store, each.operation)]
        if back:
            self._written = [each for each in self._written if each not in back]
            texts = (*(each.text for each in back), self.edit.text.strip("\n"))
            with QSignalBlocker(self.edit):
                self.edit.setPlainText("\n".join(text for text in texts if text))
            self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def unfinished(self) -> str:
        """Say which lines are typed and not written, which are lost when the plan is closed; nothing where none is."""
        typed = {code: sum(bool(line.strip()) for line in text.split("\n")) for code, text in self._drafts.items()}
        if self._found is not None:
            wanted = (LineState.NEW, LineState.CHANGES, LineState.WRONG)
            typed[self._found.run.code] = sum(line.state in wanted for line in self.reading.lines)
        codes = [code for code, lines in typed.items() if lines]
        if not codes or not self._desk.writable:
            return ""
        lines, many = sum(typed.values()), len(codes) > 1
        what = f"{counted(lines, 'line')} typed from {'the sheets' if many else 'sheet'} {listed(codes)}"
        them, be = ("it", "is") if lines == 1 else ("them", "are")
        return (
            f"{what} {be} not written yet: write {them} under Type back (Ctrl+Enter), or do that again to drop {them}."
        )

    def _read(self) -> None:
        if self._found is None:
            return
        self.reading = read_back(self._found.sheet, self.edit.text, known=self._people)
        self.beside.show_lines(self.reading.lines)
        self._show_left()
        self._say_line()
        self._say_button()

    def _people(self, name: str) -> tuple[Person, ...]:
        if name not in self._known:
            self._known[name] = people_called(self._desk.store, name)
        return self._known[name]

    def _number(self, number: int) -> None:
        """Write the row's number into a line that goes on with the next, so that no other line moves its row."""
        row = self.reading.lines[number].goes_on if number < len(self.reading.lines) else 0
        if row:
            self.edit.begin(number, f"{row} ")

    # ------------------------------------------------------------------------------------------- showing
    def _show(self) -> None:
        found = self._found
        if found is None:
            self._show_sheets()
        else:
            sheet, run = found.sheet, found.run
            entrance = sheet.entrance
            place = sheet.plan.get(Site, entrance.site_id).name
            self.title.say(f"{entrance.name}, {place}")
            printed = f"version {run.version}, printed {day_words(run.at.date())}, {clock(run.at)}"
            self.note.say(f"{day_words(sheet.day)} \u00b7 {sheet.picket.words} \u00b7 {printed}")
            self._stack.setCurrentIndex(1)
        self.write_button.setVisible(found is not None)
        self.line_words.setVisible(found is not None)

    def _show_sheets(self) -> None:
        backs = sheets_to_type(self._desk.store)
        self.sheets.show_choices([self._choice(back) for back in backs])
        if not self.code.property("wrong"):
            self.title.say("Type the code from the head of the sheet" if backs else "")
            self.note.say("or choose the sheet below" if backs else "")
        self._stack.setCurrentIndex(0 if backs else 2)

    def _choice(self, back: Back) -> Choice:
        store = self._desk.store
        picket = store.get(Picket, back.picket)
        entrance = store.get(Entrance, picket.entrance_id)
        state = f"{counted(back.unmarked, 'name')} without a mark" if back.unmarked else "All marked"
        paper = f"{back.code}, version {back.version}"
        if back.document != "sign-in":
            paper = f"{back.document.replace('-', ' ')} {paper}"
        return Choice(
            id=back.code,
            title=f"{entrance.name}, {store.get(Site, entrance.site_id).name}",
            note=" \u00b7 ".join((day_words(picket.starts.date()), picket.words, paper)),
            state=state if back.names else "",
            tone=Tone.SHORT if back.unmarked else Tone.MET,
        )

    def _say_code(self, wrong: str) -> None:
        if bool(self.code.property("wrong")) != bool(wrong):
            self.code.setProperty("wrong", bool(wrong))
            polish_anew(self.code)
        self.code.setAccessibleDescription(wrong)
        if wrong:
            self.title.say(wrong)
            self.note.say("")
        self.title.ink("nobody" if wrong else "")

    def _show_left(self) -> None:
        rows = self.reading.left
        assert self._found is not None
        sheet = self._found.sheet
        self.left_words.setText(f"{counted(len(rows), 'name')} left" if rows else "Everybody is marked.")
        choices = []
        for row in rows:
            name, note = "no longer in the plan" if row.gone else sheet.name(row), sheet.shift_words(row)
            choices.append(Choice(id=str(row.number), title=f"{row.number}  {name}", note=note))
        self.left.show_choices(choices)

    def _say_line(self) -> None:
        """Say all that the line comes to in which the cursor is."""
        number = self.edit.line
        line = self.reading.lines[number] if number < len(self.reading.lines) else None
        words = spoken(line) if line is not None and line.state else ""
        self.line_words.setText(words)
        self.edit.setAccessibleDescription(words)

    def _say_button(self) -> None:
        reading = self.reading
        what = reading.what
        self.write_button.setText(f"&Write {what}" if what else "&Write")
        self.write_button.setAccessibleName(f"Write {what}" if what else "Write")
        self.write_button.setEnabled(bool(reading.saved) and self._desk.writable)

    # -------------------------------------------------------------------------------------------- doing
    def write(self) -> None:
        """Write what is understood as one change; lines that are not understood stay."""
        if self._found is None or not self._desk.writable:
            return
        self._known.clear()
        self._find(self._found.run.code)  # as the plan is now
        reading = self.reading
        if self._found is None or not reading.saved:
            return
        code, entrance = self._found.run.code, self._found.sheet.entrance.name
        kept = "\n".join(line.text for line in reading.lines if line.state.stays)
        done = "\n".join(line.text for line in reading.lines if line.state and not line.state.stays)
        label = f"Type back {reading.what}, {entrance}"
        still = f" {counted(reading.wrong, 'line')} not understood." if reading.wrong else ""
        operation = self._desk.edit(label, lambda edit: edit.save_all(reading.saved), said=f"{label}.{still}")
        if not operation:
            return
        self._written.append(_Written(code, done, operation))
        self.edit.setPlainText(kept)
        self.edit.go_to(max(0, self.edit.blockCount() - 1))

    def next_odd(self) -> None:
        """Go to the next line that is not understood or has something to look at again."""
        lines = self.reading.lines
        odd = [number for number, line in enumerate(lines) if line.state.stays or line.notes]
        after = [number for number in odd if number > self.edit.line]
        if odd:
            self.edit.go_to((after or odd)[0])

    def _begin_row(self, index: QModelIndex) -> None:
        self.edit.add(f"{self.left.value} ")

    def _open_sheet(self, index: QModelIndex) -> None:
        self._find(self.sheets.value)
        self.edit.go_to(0)
