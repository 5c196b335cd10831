"""Volunteers look up their own shifts on a shared laptop: two letters of a name, no numbers, soon forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Shift
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.stand_down import of_shift
from rallyapp.domain.times import day_words, minutes_words
from rallyapp.rota.wording import role_word
from rallyapp.store import queries
from rallyapp.store.search import words_of
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.page import Page
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.facts import Lines, Sheaf
from rallyapp.ui.widgets.parts import Card, Empty, ListBeside, Section
from rallyapp.ui.widgets.words import Words, button

FORGET_MS = 30_000
LEAST_LETTERS = 2


class Names(ChoiceList):
    """The names. None is chosen before somebody chooses it: whose shifts are shown is theirs to say."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__("Names")
        self._arriving = False

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these; who was chosen stays so, and nobody is otherwise."""
        if self.value not in {choice.id for choice in choices}:
            self.choose_nobody()
        self.choices.rows.show(list(choices))

    def choose_nobody(self) -> None:
        """Choose nobody."""
        self.selectionModel().clear()

    def choose_first(self) -> None:
        """Choose the first name, unless one is chosen."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.choices.index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keys, and no more: Qt would go to the first row."""
        self._arriving = not self.value
        super().focusInEvent(event)
        if self._arriving:
            self.choose_nobody()
        self._arriving = False

    def _chosen(self, now: QModelIndex) -> None:
        if not self._arriving:
            super()._chosen(now)


class KioskPage(Page):
    """The page: a line for two letters, the names that begin so, and the chosen one's shifts."""

    reads = frozenset({"person", "shift", "assignment", "picket", "strike_day", "rally", "stall", "entrance", "site"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self.line = QLineEdit()
        self.line.setAccessibleName("Your name")
        self.line.setPlaceholderText("The first letters of your name")
        self.line.setFont(theme.font(Type.HEADING))
        self.line.textChanged.connect(lambda: self._typed())
        self.setFocusProxy(self.line)
        self.names = Names()
        self.names.chosen.connect(lambda id: self._show(PersonId(id)))
        self.sheaf = Sheaf("Your shifts")
        self.hint = Empty("Type two letters of your name, and choose it to see your shifts.")
        self.done = button("&Done", primary=True, tip="Forgets who looked (Esc)")
        self.done.clicked.connect(self.forget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FORGET_MS)
        self._timer.timeout.connect(self.forget)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words("When is my shift?", Type.TITLE))
        promise = "Your own shifts and no numbers. What you looked at is forgotten after 30 seconds."
        words.addWidget(Words(promise, ink="muted", wrap=True))
        top.addLayout(words, 1)
        top.addWidget(self.done)
        both = ListBeside(Card(self.names), Card(self.sheaf))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.hint)
        self._stack.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addLayout(top)
        self.line.setMaximumWidth(theme.px(480))
        column.addWidget(self.line)
        column.addWidget(self._stack, 1)
        self.line.installEventFilter(self)
        self.names.installEventFilter(self)

    def reload(self) -> None:
        """Show what is so now."""
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "line"):
            self.line.setFont(theme.font(Type.HEADING))

    def forget(self) -> None:
        """Forget who looked."""
        self._timer.stop()
        self.line.setText("")  # not clear(): that one Ctrl+Z takes back
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: object) -> None:
        """Forget who looked when somebody goes to another page."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._timer.stop()
        self.line.setText("")

    def _typed(self) -> None:
        self.names.choose_nobody()
        self._look()

    def _look(self) -> None:
        text = self.line.text().strip()
        if len(text) < LEAST_LETTERS:
            self.names.show_choices(())
            self.sheaf.show_parts(())
            self.hint.say("Type two letters of your name, and choose it to see your shifts.")
            self._stack.setCurrentWidget(self.hint)
            return
        self._timer.start()
        found = [person for person in queries.search_people(self.desk.store, text, limit=40) if not person.left]
        found = [person for person in found if _named_so(person, text)]  # a telephone number finds nobody here
        names = short_names(found)
        choices = [Choice(id=person.id, title=names[person.id]) for person in sorted(found, key=lambda each: each.name)]
        self.names.show_choices(choices)
        if not choices:
            self.hint.say(f"Nobody in this plan has a name that begins with \u201c{text[:40]}\u201d. Ask your rep.")
        self._stack.setCurrentIndex(1 if choices else 0)
        self._show(PersonId(self.names.value))

    def _show(self, id: PersonId) -> None:
        if not id:
            self.sheaf.show_parts((Words("Choose your name to see your shifts.", ink="muted", wrap=True),))
            return
        self._timer.start()
        self.sheaf.show_parts(self._sections(id))

    def _sections(self, id: PersonId) -> Iterator[QWidget]:
        store = self.desk.store
        person = store.get(Person, id)
        shifts = sorted(queries.person_shifts(store, id), key=lambda shift: (shift.starts, shift.id))
        yield Words(short_names([person])[id], Type.TITLE)
        if not shifts:
            yield Words("You are on no shift. Ask your rep if you would like to come.", ink="muted", wrap=True)
            return
        plan = queries.person_part(store, id)
        down = {each.shift_id: each for each in plan.of(Assignment, "person_id", id)}
        days: dict[str, list[tuple[str, str, str, tuple[str, Tone] | None]]] = {}
        for shift in shifts:
            days.setdefault(day_words(shift.starts.date()), []).append(_row(plan, shift, down[shift.id]))
        for day, rows in days.items():
            yield Section(day, Lines(rows))
        minutes = sum(shift.span.minutes for shift in shifts)
        yield Words(f"{minutes_words(minutes)} in all.", ink="muted")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go down from the line to the names, and forget on Esc."""
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Escape:
                self.forget()
                return True
            if watched is self.line and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.names.setFocus(Qt.FocusReason.TabFocusReason)
                self.names.choose_first()
                return True
            self._timer.start()
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().eventFilter(watched, event)


def _named_so(person: Person, text: str) -> bool:
    known = words_of(person.name)
    return all(any(each.startswith(word) for each in known) for word in words_of(text))


def _row(plan: Plan, shift: Shift, down: Assignment) -> tuple[str, str, str, tuple[str, Tone] | None]:
    status = of_shift(plan, shift)
    meet = f"be there {minutes_words(shift.meet_minutes)} before" if shift.meet_minutes else ""
    note = ", ".join(filter(None, (role_word(plan, shift, down.role), str(down.state), meet)))
    state = None if status.on else ("Stood down", Tone.NOBODY)
    return shift.words, plan.place_words(shift), note, state
