"""The page of people: the table, and at its right the one or the several who are chosen."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from rallyapp.domain.ids import PersonId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.problems import Concern
from rallyapp.store import Store
from rallyapp.store import people_queries as queries
from rallyapp.store.journal import ChangeSet
from rallyapp.store.people_queries import PeopleFacts
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.homes import home_of
from rallyapp.ui.models.people import PeopleModel
from rallyapp.ui.models.people_index import PeopleIndex
from rallyapp.ui.models.people_pasting import read_people
from rallyapp.ui.page import Page
from rallyapp.ui.pages.people.detail import PersonDetail
from rallyapp.ui.pages.people.multi_edit import MultiEdit
from rallyapp.ui.pages.people.one_of import OneOf
from rallyapp.ui.pages.people.table import PeopleTable
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.sheet_blocks import block
from rallyapp.ui.widgets.words import Words, button

_MOST_FOLLOWED = 300  # people read again where they are shown; more are read anew, in a thread
_MOST_TAKEN = 3000  # people of whom other tables say something else; for more, everybody is read anew
_SETTLE_MS = 30  # how long the keyboard rests on somebody before the pane at the right follows
_TABLES = frozenset({"person", "person_skill"})


class PeoplePage(Page):
    """Everybody in the plan."""

    reads = queries.READS | PersonDetail.reads
    follows_day = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self.model = PeopleModel(desk.store, desk.edit, writable=desk.writable)
        self.table = PeopleTable(self.model)
        self.sheet = self.table.sheet
        self.detail = PersonDetail(desk)
        self._several: MultiEdit | None = None
        self.inspector = self._right = OneOf(self.detail)
        self._ready = False
        self._unread = True  # everybody is to be read
        self._facts_unread = False
        self._changed: set[str] = set()  # people changed while everybody was being read
        self._shown_first: PersonId | None = None
        self.title = Words("People", Type.TITLE)
        self.count = Words("", ink="muted")
        self.new_button = button("New person", primary=True, tip="Ctrl+Shift+N")
        self.new_button.setEnabled(desk.writable)
        self._arrange()
        self._make_actions()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._show_chosen)
        self.sheet.picked.connect(self._picked)
        self.sheet.said.connect(desk.messages.trouble)
        self.sheet.edit_over.connect(self._edit_over)
        self.sheet.menu_wanted.connect(self._menu)
        self.sheet.opened.connect(lambda index: self._to_detail())
        self.table.looked_for.connect(self._say_count)
        self.table.new_wanted.connect(self.new_person)
        self.table.contacts_hidden.connect(lambda hidden: self.detail.reach.setVisible(not hidden))
        self.detail.gone_to.connect(self._go_to)
        self.table.say_empty(ready=False)
        self.setFocusProxy(self.table.search)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.title)
        self.count.setContentsMargins(0, theme.px(4), 0, 0)  # on the line on which the title stands
        head.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def _make_actions(self) -> None:
        self.find_action = self._action("&Find people", "Ctrl+F", self.to_search)
        self.new_action = self._action("&New person", "Ctrl+Shift+N", self.new_person, writes=True)
        self.paste_action = self._action("&Paste a list as new people", "Ctrl+Shift+V", self.paste_people, writes=True)
        self.left_action = self._action("Has &left, or is back", "Ctrl+L", self.turn_left, writes=True)
        self.delete_action = self._action("&Delete these people", "Ctrl+Del", self.delete, writes=True)
        self.eye_action = self._action("&Hide or show contact details", "Ctrl+H", self.table.eye.toggle)
        self.new_button.clicked.connect(self.new_person)

    def _action(self, text: str, keys: str, do: Any, *, writes: bool = False) -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(self.desk.tried(lambda *given: do()))
        made.setEnabled(self.desk.writable or not writes)
        self.addAction(made)
        return made

    # -------------------------------------------------------------------------------------------- reading
    def reload(self) -> None:
        """Read what is not known yet, in a thread."""
        if self._unread or self._facts_unread:
            self.desk.jobs.start("people", self._read)

    async def _read(self) -> None:
        """Read until nothing was changed meanwhile; then work out the orders that somebody may ask for."""
        while self._unread or self._facts_unread:
            await self._read_once()
            self._say_count()
            if not (self._unread or self._facts_unread):
                lacking = self.model.index_.lacking()
                self.model.index_.take_orders(lacking, await in_thread(lacking.work_out))

    async def _read_once(self) -> None:
        store = self.desk.store
        if self._unread:
            self._unread = self._facts_unread = False
            self._changed.clear()
            self._take_index(await in_thread(_read_everybody, store, self.desk.day, self.model.index_))
            return
        self._facts_unread = False
        before = self.model.facts
        facts, unlike = await in_thread(_read_facts, store, self.desk.day, before)
        if self._unread or self._facts_unread or self.model.facts is not before:
            self._facts_unread = True  # what was read is old already
            await asyncio.sleep(_SETTLE_MS / 1000)
        elif unlike is None or len(unlike) > _MOST_TAKEN:
            self._unread = True
        else:
            self.model.take_facts(facts, unlike)

    def _take_index(self, index: PeopleIndex) -> None:
        index.like(self.model.index_)  # something else may be looked for by now
        self.model.show_index(index)
        self._ready = True
        if self._changed:
            self.model.follow(self._changed)
        self.table.say_empty(ready=True)
        if self._shown_first is not None:
            self.show_record(Concern("person", self._shown_first))
        self._picked()

    def hear(self, change_set: ChangeSet) -> None:
        """Follow the people who were changed by id, and ask for what other tables say of them in a thread."""
        rows = change_set.rows
        if self.reads.isdisjoint(rows):
            return
        people: set[str] = set(rows.get("person", ()))
        if len(people) + len(rows.get("person_skill", ())) > _MOST_FOLLOWED:
            self._unread = True
        else:
            people |= queries.people_of_skills(self.desk.store, rows.get("person_skill", ()))
            self._follow(people)
        if not (queries.READS - {"person"}).isdisjoint(rows):
            self._facts_unread = True
        self._stale = True
        self.freshen()
        if not PersonDetail.reads.isdisjoint(rows) and self.isVisible():
            self.detail.reload()

    def _follow(self, people: Collection[str]) -> None:
        if not people:
            return
        self._changed |= set(people)
        if self._ready:
            self.model.follow(people)
            self.table.say_empty(ready=True)
            self._say_count()

    def showEvent(self, event: QShowEvent) -> None:
        """Show at the right who is chosen."""
        super().showEvent(event)
        self._settle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing more: the plan may be about to be closed."""
        super().hideEvent(event)
        self._settle.stop()

    def _picked(self) -> None:
        if self.isVisible():
            self._settle.start()

    def _day_chosen(self) -> None:
        self._facts_unread = True
        self.stale()

    # -------------------------------------------------------------------------------------------- showing
    def _say_count(self) -> None:
        index = self.model.index_
        shown, total = len(index.shown), index.total
        if not self._ready:
            words = ""
        elif index.filtered:
            words = f"{shown:,} of {total:,}"
        else:
            words = "1 person" if total == 1 else f"{total:,} people"
        chosen = len(self.sheet.chosen_rows())
        self.count.setText(f"{words} \u00b7 {chosen:,} chosen" if chosen > 1 else words)

    def _show_chosen(self) -> None:
        self._say_count()
        people = self.model.ids(self.sheet.chosen_rows())
        if len(people) > 1:
            self.several.show_people(people)
            self._right.show_one(self.several)
            return
        self._right.show_one(self.detail)
        wanted = people[0] if people else None
        if wanted != self.detail.person_id:
            self.detail.show_person(wanted)

    @property
    def several(self) -> MultiEdit:
        """The pane for several people, made when several are first chosen."""
        if self._several is None:
            self._several = MultiEdit(self.model, writable=self.desk.writable)
            self._several.trouble.connect(self.desk.messages.trouble)
            self._right.add(self._several)
        return self._several

    @property
    def chosen(self) -> tuple[PersonId, ...]:
        """Who is chosen."""
        return self.model.ids(self.sheet.chosen_rows())

    def show_record(self, what: Concern) -> None:
        """Choose a person; whatever is looked for is dropped where it hides them."""
        if what.kind != "person":
            return
        person = PersonId(what.id)
        if not self._ready:
            self._shown_first = person
            return
        self._shown_first = None
        if self.model.row_of_key(person) is None:
            self.table.clear()
            number = self.model.index_.number.get(person)
            if number is not None and not self.model.index_.fits(number):
                self.table.show_left()
        self.table.choose([person])
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, what: Concern) -> None:
        if (home := home_of(what)) is not None:
            self.desk.go(home, what)

    def _to_detail(self) -> None:
        """Put the keyboard into the pane at the right."""
        self._settle.stop()
        self._show_chosen()
        self._right.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._right.focusNextChild()

    # ----------------------------------------------------------------------------------------------- doing
    def to_search(self) -> None:
        """Put the keyboard into the search."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.table.search.selectAll()

    def new_person(self) -> None:
        """Open a row at the end, in which a name is typed."""
        if not self._ready or not self.desk.writable:
            return
        self.model.added = None
        row = self.model.add_row()
        self.table.say_empty(ready=True)
        self.sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sheet.scrollToBottom()
        self.sheet.edit_cell(row, 0)

    def _edit_over(self) -> None:
        """Take the empty row away once its name is typed, or not; the new person is chosen."""
        if not self.model.adding:
            return
        self.model.drop_row()
        self.table.say_empty(ready=True)
        if self.model.added is not None:
            self.table.choose([self.model.added])

    def paste_people(self) -> None:
        """Enter everybody of a list that was copied in a spreadsheet; who is there already is left out."""
        if not self._ready:
            return
        try:
            lines = read_people(block(QGuiApplication.clipboard().text()), self.model.facts.sites)
        except ValueError as error:
            self.desk.messages.trouble(str(error))
            return
        new = self.model.not_there_yet(lines)
        if not new:
            self.desk.messages.trouble("Everybody on that list is in the plan already. Nothing was pasted.")
            return
        left_out = len(lines) - len(new)
        also = f"{left_out:,} {'was' if left_out == 1 else 'were'} in the plan already." if left_out else ""
        self.model.added = None
        wrong = self.model.write_people([("", pairs) for pairs in new], "", also=also)
        if wrong:
            self.desk.messages.trouble(wrong)
            return
        if self.model.added is not None:
            self.table.choose([self.model.added])

    def turn_left(self) -> None:
        """Mark those who are chosen as having left, or all as being back where the first has left."""
        people = self.desk.store.these(Person, self.chosen)
        if not people:
            return
        to = "no" if people[0].left else "yes"
        wrong = self.model.write_people([(each.id, [("left", to)]) for each in people], "")
        if wrong:
            self.desk.messages.trouble(wrong)

    def delete(self) -> None:
        """Delete those who are chosen, with all that is theirs."""
        people = self.desk.store.these(Person, self.chosen)
        if not people:
            return
        if len(people) > 100:
            self.desk.messages.trouble("At most 100 people are deleted at once. Nobody was deleted.")
            return
        row = self.sheet.chosen_rows()[0]
        who = people[0].name if len(people) == 1 else f"{len(people)} people"
        self.desk.edit(f"Delete {who}", lambda edit: [edit.delete(person) for person in people])
        self.sheet.choose_row(min(row, self.model.rowCount() - 1))

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self.sheet.currentIndex()
        if index.isValid() and self.model.can_write(index.row(), index.column()):
            menu.addAction("Edit\tF2").triggered.connect(lambda: self.sheet.edit(self.sheet.currentIndex()))
        menu.addAction("Show details\tCtrl+Return").triggered.connect(self._to_detail)
        menu.addSeparator()
        menu.addAction("Copy\tCtrl+C").triggered.connect(self.sheet.copy)
        if self.desk.writable:
            menu.addAction("Paste\tCtrl+V").triggered.connect(self.sheet.paste)
            menu.addAction("Fill down\tCtrl+D").triggered.connect(self.sheet.fill_down)
            menu.addAction("Clear\tDel").triggered.connect(self.sheet.clear_chosen)
            menu.addSeparator()
            menu.addActions([self.new_action, self.paste_action, self.left_action, self.delete_action])
        menu.addSeparator()
        if index.isValid():
            self.sheet.arrangement.column_menu(index.column(), menu.addMenu("This column"))
        menu.popup(at)

    # ------------------------------------------------------------------------------------------------ kept
    def settings(self) -> dict[str, Any]:
        """Give the columns, and whether contact details are hidden."""
        return {"sheet": self.sheet.settings(), "contacts_hidden": self.table.eye.isChecked()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what ``settings`` gave."""
        self.sheet.take_settings(kept.get("sheet"))
        self.table.eye.setChecked(kept.get("contacts_hidden") is True)


def _read_everybody(store: Store, day: StrikeDayId | None, before: PeopleIndex) -> PeopleIndex:
    """Read everybody through a connection of the thread's own, and look for what was looked for before.

    The collector of circles is held off meanwhile, and never looks through the new rows, of which none is in a
    circle: that would keep the window waiting in the middle of somebody's typing.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with store.reader() as reader, reader.snapshot():
            rows, facts = queries.people_rows(reader), queries.people_facts(reader, day)
        index = PeopleIndex(rows, facts)
        index.like(before)
        return index
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _read_facts(
    store: Store, day: StrikeDayId | None, before: PeopleFacts
) -> tuple[PeopleFacts, frozenset[PersonId] | None]:
    with store.reader() as reader, reader.snapshot():
        facts = queries.people_facts(reader, day)
    return facts, facts.unlike(before)
