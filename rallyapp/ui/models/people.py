"""The model of the table of people: rows out of an index in memory, cells written as one edit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex

from rallyapp.domain.ids import PersonId, new_id
from rallyapp.domain.people import Channel, Person, Skill, Standing
from rallyapp.store import Store
from rallyapp.store import people_queries as queries
from rallyapp.store.people_queries import NO_FACTS, PeopleFacts, folded_text, person_of
from rallyapp.ui.models.people_adding import added_words, at_the_only_site
from rallyapp.ui.models.people_columns import (
    CHOICES,
    COLUMNS,
    CONTACT,
    TEXTS,
    TICKS,
    WRITABLE,
    Typed,
    name_key,
    typed_over,
)
from rallyapp.ui.models.people_index import Mark, PeopleIndex
from rallyapp.ui.models.people_writing import label_of, same_person, save_all, wrong_words
from rallyapp.ui.models.sheet import Cell, Index, SheetModel

TOP = QModelIndex()
MOST_AT_ONCE = 2000  # people changed in one edit: more would keep the window waiting
NEW = "new"  # the key of the row in which a new person's name is typed
Write = Callable[..., str]  # (label, write, said=)


class PeopleModel(SheetModel):
    """Who is shown, in which order. It never changes itself: ``follow`` tells it who was changed, by whomever."""

    columns = COLUMNS

    def __init__(self, store: Store, edit: Write, *, writable: bool) -> None:
        """Take where people are read and how an edit is written (``Desk.edit``)."""
        super().__init__()
        self._store, self._edit, self._writable = store, edit, writable
        self.index_ = PeopleIndex((), NO_FACTS)
        self._rows: dict[int, int] | None = None
        self.adding = False  # an empty row at the end, for a new person's name
        self.contacts_hidden = False
        self._entering = False
        self.added: PersonId | None = None  # who was entered last

    # ------------------------------------------------------------------------------------- who is shown
    @property
    def facts(self) -> PeopleFacts:
        """What is known of people besides their own rows."""
        return self.index_.facts

    def show_index(self, index: PeopleIndex) -> None:
        """Show the people of an index that was made in a thread."""
        self._anew(lambda: setattr(self, "index_", index))

    def find(self, text: str) -> None:
        """Show those in whom every piece of a text is found."""
        self._anew(lambda: self.index_.find(text))

    def mark(self, wanted: Mark) -> None:
        """Show those who have these marks."""
        self._anew(lambda: self.index_.mark(wanted))

    def sort_by(self, column: int, descending: bool) -> None:
        """Order by a column."""
        self._anew(lambda: self.index_.sort(COLUMNS[column].key, descending))

    def can_sort(self, column: int) -> bool:
        """Say whether a column orders: all do."""
        return True

    def hide_contacts(self, hidden: bool) -> None:
        """Show telephone numbers and e-mail addresses, or only that there are some."""
        self.contacts_hidden = hidden
        self._tell(0, self.rowCount() - 1)

    def _anew(self, change: Callable[[], object]) -> None:
        self.beginResetModel()
        self.adding = False
        change()
        self._rows = None
        self.endResetModel()

    def add_row(self) -> int:
        """Add the row in which a new person's name is typed; gives its number."""
        if not self.adding:
            at = len(self.index_.shown)
            self.beginInsertRows(TOP, at, at)
            self.adding = True
            self.endInsertRows()
        return len(self.index_.shown)

    def drop_row(self) -> None:
        """Take the row of a new person away again."""
        if self.adding:
            at = len(self.index_.shown)
            self.beginRemoveRows(TOP, at, at)
            self.adding = False
            self.endRemoveRows()

    # ----------------------------------------------------------------------------------------- following
    def follow(self, people: Collection[str]) -> None:
        """Show some people as they are now. Who is shown stays in place; who is new comes last, if asked for.

        Who was just entered here is shown whatever was asked for.
        """
        rows = queries.rows_of(self._store, people)
        skills = {**self.facts.skills}
        for person in people:
            skills.pop(PersonId(person), None)
        skills.update(queries.skills_of(self._store, people))
        facts = self.index_.facts = queries.with_skills(self.facts, skills)
        touched: list[int] = []
        for person in people:
            id = PersonId(person)
            if id in rows:
                new = id not in self.index_.number
                number = self.index_.put(rows[id], facts)
                if not new:
                    touched.append(number)
                elif self._entering or self.index_.fits(number):
                    self._insert(number)
            else:
                self._remove(id)
        self._tell_of(touched)

    def take_facts(self, facts: PeopleFacts, people: Collection[PersonId]) -> None:
        """Take what other tables say now, which is another thing for these people."""
        self.index_.facts = facts
        numbers = [self.index_.number[person] for person in people if person in self.index_.number]
        for number in numbers:
            self.index_.put(self.index_.rows[number], facts)
        self._tell_of(numbers)

    def _insert(self, number: int) -> None:
        at = len(self.index_.shown)
        self.beginInsertRows(TOP, at, at)
        self.index_.shown.append(number)
        self._rows = None
        self.endInsertRows()

    def _remove(self, person: PersonId) -> None:
        row = self.row_of_key(person)
        if row is None:
            self.index_.remove(person)
            return
        self.beginRemoveRows(TOP, row, row)
        self.index_.remove(person)
        del self.index_.shown[row]
        self._rows = None
        self.endRemoveRows()

    def _tell_of(self, numbers: Sequence[int]) -> None:
        if len(numbers) > 20:
            self._tell(0, self.rowCount() - 1)
            return
        for number in numbers:
            row = self._places().get(number)
            if row is not None:
                self._tell(row, row)

    def _tell(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    # -------------------------------------------------------------------------------------- what is shown
    def rowCount(self, parent: Index = TOP) -> int:
        """Count who is shown."""
        return 0 if parent.isValid() else len(self.index_.shown) + self.adding

    def text(self, row: int, column: int) -> str:
        """Write a cell."""
        if row >= len(self.index_.shown):
            return "New person: type a name" if column == 0 else ""
        person = self.index_.rows[self.index_.shown[row]]
        key = COLUMNS[column].key
        text = TEXTS[key](person, self.index_.facts)
        return "hidden" if text and self.contacts_hidden and key in CONTACT else text

    def copied(self, row: int, column: int) -> str:
        """Give what goes to the clipboard: nothing of what is hidden."""
        if row >= len(self.index_.shown) or (self.contacts_hidden and COLUMNS[column].key in CONTACT):
            return ""
        return self.text(row, column)

    def edited(self, row: int, column: int) -> str:
        """Give the text with which an editor begins."""
        return "" if row >= len(self.index_.shown) else self.text(row, column)

    def ink(self, row: int, column: int) -> str:
        """Write what is not known, or hidden, in a softer colour."""
        if row >= len(self.index_.shown):
            return "muted"
        key = COLUMNS[column].key
        if key in CONTACT and self.contacts_hidden:
            return "muted"
        person = self.index_.rows[self.index_.shown[row]]
        if key == "offered" and not self.index_.facts.offered.get(person[0]):
            return "muted"
        return "muted" if person[queries.FIELDS["left"]] else "text"

    def strong(self, row: int, column: int) -> bool:
        """Set names in strong type."""
        return column == 0 and row < len(self.index_.shown)

    def tip(self, row: int, column: int) -> str:
        """Say why somebody is written softly."""
        if row >= len(self.index_.shown):
            return ""
        person = self.index_.rows[self.index_.shown[row]]
        return "Has left" if person[queries.FIELDS["left"]] else ""

    def row_key(self, row: int) -> str:
        """Give the person's id."""
        return str(self.index_.rows[self.index_.shown[row]][0]) if row < len(self.index_.shown) else NEW

    def row_of_key(self, key: str) -> int | None:
        """Find a person's row, or None where they are not shown."""
        number = self.index_.number.get(PersonId(key))
        return None if number is None else self._places().get(number)

    def _places(self) -> dict[int, int]:
        if self._rows is None:
            self._rows = {number: row for row, number in enumerate(self.index_.shown)}
        return self._rows

    def ids(self, rows: Iterable[int]) -> tuple[PersonId, ...]:
        """Name the people in some rows."""
        shown = self.index_.shown
        return tuple(self.index_.rows[shown[row]][0] for row in rows if row < len(shown))

    # ------------------------------------------------------------------------------------ what is written
    def can_write(self, row: int, column: int) -> bool:
        """Say whether a cell can be typed over."""
        key = COLUMNS[column].key
        if not self._writable or key not in WRITABLE or (self.contacts_hidden and key in CONTACT):
            return False
        return row < len(self.index_.shown) or key == "name"

    def completions(self, index: Index, text: str) -> list[str]:
        """List workplaces, skills and the few words of a choice that may be meant."""
        key = COLUMNS[index.column()].key
        if key == "workplace":
            return _matching(sorted(set(self.facts.sites.values()), key=folded_text), text)
        if key == "skills":
            before, comma, last = text.rpartition(",")
            known = {part.strip().lower() for part in before.split(",")}
            left = [skill.value for skill in Skill if skill.value.lower() not in known]
            found = _matching(left, last.strip())
            exact = last.strip() in left
            return [] if exact else [f"{before}, {each}" if comma else each for each in found]
        if key in CHOICES:
            return _matching([member.value.capitalize() for member in CHOICES[key]], text)
        return _matching(["yes", "no"], text) if key in TICKS else []

    def why_not(self, index: Index, text: str) -> str:
        """Say why a cell can't be that."""
        try:
            typed_over(self._blank(), COLUMNS[index.column()].key, text, self.facts.sites)
        except ValueError as error:
            words = str(error)
            return f"{words[:1].upper()}{words[1:]}."
        return ""

    def toggle(self, cells: Sequence[tuple[int, int]]) -> str | None:
        """Turn ticks over: all to what the first of them is not."""
        ticks = [(row, column) for row, column in cells if COLUMNS[column].key in TICKS and self.can_write(row, column)]
        if not ticks:
            return None
        to = "" if self.text(*ticks[0]) else "yes"
        return self.write([Cell(row, column, to) for row, column in ticks], "")

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write cells as one edit; rows beyond the last are new people. What is wrong is said with its place."""
        if not cells:
            return ""
        if not self._writable:
            return "This plan can only be read here, not changed."
        by_row: dict[int, list[tuple[str, str]]] = {}
        for cell in cells:
            by_row.setdefault(cell.row, []).append((COLUMNS[cell.column].key, cell.text))
            if self.contacts_hidden and COLUMNS[cell.column].key in CONTACT:
                return "Contact details are hidden: show them before you change them. Nothing was changed."
        return self.write_people(
            [(self.row_key(row) if row < len(self.index_.shown) else "", typed) for row, typed in by_row.items()],
            label,
        )

    def write_people(
        self, typed: Sequence[tuple[str, Sequence[tuple[str, str]]]], label: str, *, also: str = ""
    ) -> str:
        """Write (person's id, or nothing for a new one; (column's key, text) pairs) as one edit, all or nothing.

        ``also`` is a sentence to be said with it of people who are added.
        """
        if len(typed) > MOST_AT_ONCE:
            return f"That is {len(typed):,} people at once; {MOST_AT_ONCE:,} is the most. Nothing was changed."
        ids = [id for id, _ in typed if id]
        now = {person.id: person for person in self._store.these(Person, ids)}
        skills = queries.skills_of(self._store, ids)
        changes: list[tuple[Typed | None, Typed]] = []
        for id, pairs in typed:
            was = Typed(now[PersonId(id)], frozenset(skills.get(PersonId(id), ()))) if id in now else None
            if id and was is None:
                return "Somebody deleted one of these people in another window. Nothing was changed."
            if was is None and not any(text.strip() for _, text in pairs):
                continue  # an empty line of a list
            new = was or self._blank()
            for key, text in pairs:
                try:
                    new = typed_over(new, key, text, self.facts.sites)
                except ValueError as error:
                    return wrong_words(typed, len(changes), new.person, key, str(error))
            if was is None and not new.person.name:
                return f"Row {len(changes) + 1} has no name. Nothing was changed."
            if new != was:
                changes.append((was, new))
        if changes:
            self._write_changes(changes, label_of(changes, typed, label), also)
        return ""

    def _write_changes(self, changes: Sequence[tuple[Typed | None, Typed]], label: str, also: str) -> None:
        sites = self.facts.sites
        ready: list[tuple[Typed | None, Typed]] = []
        for was, typed in changes:
            person = at_the_only_site(typed.person, sites) if was is None else typed.person
            ready.append((was, replace(typed, person=person)))
        new = [typed.person for was, typed in ready if was is None]
        placed = sum(typed.person != before.person for (_, typed), (_, before) in zip(ready, changes, strict=True))
        said = added_words(new, placed, sites, also) if len(new) == len(ready) else ""
        self._entering = True
        try:
            self._edit(label, lambda edit: save_all(self._store, edit, ready), said=said)
        finally:
            self._entering = False
        self.added = next((each.id for each in new), self.added)

    def not_there_yet(self, lines: Sequence[Sequence[tuple[str, str]]]) -> list[Sequence[tuple[str, str]]]:
        """Leave out who is in the plan already: the same name, and no other telephone number or e-mail address."""
        wanted: dict[str, list[Typed]] = {}
        read: list[tuple[str, Typed | None]] = []
        for pairs in lines:
            one = self._blank()
            try:
                for key, text in pairs:
                    one = typed_over(one, key, text, self.facts.sites)
            except ValueError:  # writing says what is wrong, and where
                read.append(("", None))
                continue
            read.append((name_key((one.person.id, one.person.given_name, one.person.family_name)), one))
            wanted.setdefault(read[-1][0], []).append(one)
        there: dict[str, list[Person]] = {}
        for number in self.index_.named(wanted):
            person = person_of(self.index_.rows[number])
            there.setdefault(name_key(self.index_.rows[number]), []).append(person)
        new: list[Sequence[tuple[str, str]]] = []
        for pairs, (key, one) in zip(lines, read, strict=True):
            if one is None or not any(same_person(one.person, other) for other in there.get(key, ())):
                new.append(pairs)
                if one is not None:
                    there.setdefault(key, []).append(one.person)
        return new

    def _blank(self) -> Typed:
        person = Person(id=PersonId(new_id()), given_name="", standing=Standing.MEMBER, channel=Channel.TEXT)
        return Typed(person, frozenset())


def _matching(options: Sequence[str], text: str) -> list[str]:
    """List which options may be meant: those that begin with the text first, then those that hold it."""
    wanted = folded_text(text.strip())
    begin = [each for each in options if folded_text(each).startswith(wanted)]
    return begin + [each for each in options if wanted in folded_text(each) and each not in begin]
