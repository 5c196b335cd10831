"""Where somebody likes to be, and with whom: preferences of sites, and pairs of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from rallyapp.domain.ids import PairId, PreferenceId, SiteId, new_id
from rallyapp.domain.people import Liking, Pair, Person, Preference
from rallyapp.store import queries
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.people.detail_part import Part, Rows, show_in, unlabelled
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, Field
from rallyapp.ui.widgets.unfinished import left_words
from rallyapp.ui.widgets.words import CutWords, Words

_LIKINGS = [("Likes", Liking.LIKES), ("Dislikes", Liking.DISLIKES), ("Never", Liking.NEVER)]
_MOST = 6  # people offered while a name is typed
_PAIRINGS = [("Together", False), ("Apart", True)]
_NEW_PAIRINGS = [("Put together with\u2026", False), ("Keep apart from\u2026", True)]


class ChoiceRow(QWidget):
    """A name, a choice about it, and a button that takes it away."""

    def __init__(self, label: str, options: list) -> None:
        """Take what the choice is called and what it offers."""
        super().__init__()
        self.name = CutWords("")
        self.choice = ChoiceField(label, options)
        unlabelled(self.choice)
        self.remove = IconButton("x", "Take away", flat=True, ink="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.name, 5)
        row.addWidget(self.choice, 4)
        row.addWidget(self.remove)

    def say(self, name: str, value: object) -> None:
        """Show whom or what it is about, and what is chosen."""
        self.name.say(name)
        show_in(self.choice, value, anew=False)
        self.choice.entry.setAccessibleName(f"{self.choice.label}: {name}")
        self.remove.setAccessibleName(f"Take away: {name}")

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        self.choice.set_writable(writable)
        self.remove.setEnabled(writable)


class PlacesPart(Part):
    """Sites that they like, dislike or never want to be at."""

    def __init__(self, desk: Desk) -> None:
        """Make the choice of a site to add."""
        super().__init__(desk, "Preferences")
        self.rows: Rows[ChoiceRow] = Rows(self._row, self._show_row, gap=4)
        self.another = ChoiceField("Add a site")
        self.another.committed.connect(self._add)
        self.add(self.rows)
        self.add(unlabelled(self.another))

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        self.rows.show_records(sorted(self.held.preferences, key=lambda each: self.around.site(each.site_id)))
        said = {preference.site_id for preference in self.held.preferences}
        rest = [each for each in self.around.site_options if each[1] not in said]
        self.another.offer([("Add a site that they like or not\u2026", None), *rest])
        self.another.show_value(None)
        self.another.setVisible(bool(rest) and self.desk.writable)

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for row in self.rows.by_id.values():
            row.set_writable(writable)

    def _row(self, preference: Preference) -> ChoiceRow:
        made = ChoiceRow("How they like it", _LIKINGS)
        made.set_writable(self.desk.writable)
        made.choice.committed.connect(lambda liking: self._change(preference.id, liking))
        made.remove.clicked.connect(lambda: self._remove(preference))
        return made

    def _show_row(self, row: ChoiceRow, preference: Preference) -> None:
        row.say(self.around.site(preference.site_id), preference.liking)

    def _add(self, site: SiteId | None) -> None:
        if site is None:
            return
        made = Preference(id=PreferenceId(new_id()), person_id=self.person.id, site_id=site, liking=Liking.LIKES)
        self.write(f"Note that {self.whose} likes {self.around.site(site)}", lambda edit: edit.save(made))

    def _change(self, id: str, liking: Liking) -> None:
        assert self.held is not None
        was = next(each for each in self.held.preferences if each.id == id)
        words = {Liking.NEVER: "will never go to", Liking.LIKES: "likes", Liking.DISLIKES: "dislikes"}[liking]
        self.change(f"Note that {self.whose} {words} {self.around.site(was.site_id)}", was, liking=liking)

    def _remove(self, preference: Preference) -> None:
        where = self.around.site(preference.site_id)
        self.write(f"Take away what {self.whose} said of {where}", lambda edit: edit.delete(preference))


class PersonField(Field):
    """A person, found by the beginnings of their names while somebody types; ``committed`` gives the Person.

    Who was found stands below the line, in place: Up and Down choose, Enter takes, Esc puts the list away.
    """

    def __init__(self, label: str, desk: Desk) -> None:
        """Take the plan in which to look."""
        self.line = QLineEdit()
        self.line.setPlaceholderText("Type a name")
        super().__init__(label, self.line)
        self.sites: Mapping[SiteId, str] = {}
        self.without: set[str] = set()
        self._desk = desk
        self._found: list[Person] = []
        self.list = QListWidget()
        self.list.setAccessibleName("People found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.hide()
        self.layout().addWidget(self.list)  # type: ignore[union-attr]
        self.line.textEdited.connect(self._look)
        self.line.returnPressed.connect(self._entered)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda item: self._take_row(self.list.row(item)))

    def forget(self) -> None:
        """Empty the line and put the list away."""
        self.line.clear()
        self._offer([])
        self._say("")

    def _look(self, text: str) -> None:
        self._say("")
        found = queries.search_people(self._desk.store, text, limit=_MOST + len(self.without))
        self._offer([person for person in found if person.id not in self.without][:_MOST])

    def _offer(self, found: list[Person]) -> None:
        self._found = found
        self.list.clear()
        self.list.addItems([self._words(person) for person in found])
        for row in range(len(found)):
            self.list.item(row).setSizeHint(QSize(0, theme.px(28)))
        self.list.setFixedHeight(theme.px(28) * len(found))
        self.list.setVisible(bool(found))

    def _words(self, person: Person) -> str:
        where = self.sites.get(person.workplace_id, "") if person.workplace_id else ""
        return f"{person.name} \u00b7 {where}" if where else person.name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose from the list with the keys of the line."""
        if not isinstance(event, QKeyEvent) or not self._found:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # puts the list away, and nothing else of the window
            return True
        if event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = (max(self.list.currentRow(), -1 if step > 0 else 0) + step) % len(self._found)
                self.list.setCurrentRow(row)
                self.line.setAccessibleDescription(f"{self._words(self._found[row])}, {row + 1} of {len(self._found)}")
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.forget()
                return True
        return super().eventFilter(watched, event)

    def _entered(self) -> None:
        text = self.line.text().strip()
        if not text:
            return
        if self.list.currentRow() >= 0:
            self._take_row(self.list.currentRow())
            return
        exact = [row for row, person in enumerate(self._found) if person.name.casefold() == text.casefold()]
        rows = exact or list(range(len(self._found)))
        if len(rows) == 1:
            self._take_row(rows[0])
        elif rows:
            self._say("More than one person fits: choose one with the arrow keys.")
        else:
            self._say(f"Nobody else in this plan is called \u201c{text}\u201d.")

    def _take_row(self, row: int) -> None:
        person = self._found[row]
        self.forget()
        self.committed.emit(person)


class PairsPart(Part):
    """People they want a shift with, or must be kept apart from."""

    def __init__(self, desk: Desk) -> None:
        """Make the field in which a name is typed."""
        super().__init__(desk, "Together or apart")
        self.rows: Rows[ChoiceRow] = Rows(self._row, self._show_row, gap=4)
        self.kind = ChoiceField("Together or apart", _NEW_PAIRINGS)
        self.kind.show_value(False)
        self.name = PersonField("With", desk)
        self.name.committed.connect(self._add)
        self._new = QWidget()
        column = QVBoxLayout(self._new)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(unlabelled(self.kind))
        column.addWidget(unlabelled(self.name))
        self.add(self.rows)
        self.add(self._new)
        self.add(Words("A pair holds for both of them; why is not kept.", Type.SMALL, ink="muted", wrap=True))

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        self.rows.show_records(self.held.pairs)
        self.name.sites = self.around.sites
        self.name.without = {self.person.id, *self.held.others}
        if anew:
            self.name.forget()

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        self._new.setVisible(writable)
        for row in self.rows.by_id.values():
            row.set_writable(writable)

    def left_behind(self) -> Iterator[str]:
        """Say that whoever was looked for was not chosen."""
        if text := self.name.line.text().strip():
            yield left_words(text, f"nobody was put together with or kept apart from {self.whose}")

    def _other(self, pair: Pair) -> str:
        assert self.held is not None
        other = pair.other_id if pair.person_id == self.person.id else pair.person_id
        found = self.held.others.get(other)
        return found.name if found else "(unknown)"

    def _row(self, pair: Pair) -> ChoiceRow:
        made = ChoiceRow("Shifts", _PAIRINGS)
        made.set_writable(self.desk.writable)
        made.choice.committed.connect(lambda apart: self._change(pair.id, apart))
        made.remove.clicked.connect(lambda: self._remove(pair))
        return made

    def _show_row(self, row: ChoiceRow, pair: Pair) -> None:
        row.say(self._other(pair), pair.apart)

    def _add(self, other: Person) -> None:
        apart = bool(self.kind.value)
        made = Pair(id=PairId(new_id()), person_id=self.person.id, other_id=other.id, apart=apart)
        self.write(self._label(other.name, apart), lambda edit: edit.save(made))

    def _label(self, other: str, apart: bool) -> str:
        return f"{'Keep' if apart else 'Put'} {self.whose} and {other} {'apart' if apart else 'together'}"

    def _change(self, id: str, apart: bool) -> None:
        assert self.held is not None
        was = next(each for each in self.held.pairs if each.id == id)
        self.change(self._label(self._other(was), apart), was, apart=apart)

    def _remove(self, pair: Pair) -> None:
        self.write(f"Take away the pair {self.whose} and {self._other(pair)}", lambda edit: edit.delete(pair))
