"""The page of sites and entrances: the list at the left, the form of what is chosen at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.problems import Concern
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.icons import IconButton
from rallyapp.ui.page import Page
from rallyapp.ui.pages.sites import writing
from rallyapp.ui.pages.sites.detail import DETAILS, PLAN, Detail, Place
from rallyapp.ui.pages.sites.place_list import PlaceList
from rallyapp.ui.pages.sites.places import EMPLOYER, ENTRANCE, SITE, PlaceModel, Places
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card, Empty
from rallyapp.ui.widgets.words import Words

_KINDS = {EMPLOYER: Employer, SITE: Site, ENTRANCE: Entrance}


class SitesPage(Page):
    """Employers, sites and entrances; a plan of each site; and moving a picket with its people."""

    reads = frozenset(
        {"employer", "site", "entrance", "picket", "shift", "assignment", "strike_day", "site_plan", "pin"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self._places = Places()
        self._chosen: Concern | None = None
        self._opened: set[str] = set()
        self._closed: set[str] = set()
        self.model = PlaceModel()
        self.list = PlaceList(self.model)
        self.filter = QLineEdit()
        self.add = IconButton("plus", "Add site", text="Add site", tip="Add a site (Ctrl+Shift+N)", ink="on_accent")
        self._lay_out()
        self._make_actions()
        self._connect()
        self.setFocusProxy(self.list)
        self.setTabOrder(self.filter, self.list)
        self.setTabOrder(self.list, self.add)

    # ------------------------------------------------------------------------------------------ its parts
    def _lay_out(self) -> None:
        self.add.setProperty("primary", True)
        self.add.setEnabled(self.desk.writable)
        self._facts = Words("", ink="muted")
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words("Sites and entrances", Type.TITLE))
        words.addWidget(self._facts)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.add)
        self.none = Empty("Which places are picketed? Add the first site: a hospital is found by typing.", "Add site")
        if not self.desk.writable:
            self.none.say("This plan has no site.")
        # From the outside in: whatever changes its parent is styled anew, with all that is in it.
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.stack.addWidget(self.none)
        across = QWidget()
        self.stack.addWidget(across)
        row = QHBoxLayout(across)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(24))
        row.addWidget(self._left(), 1)
        self.detail = Detail(self.desk, across)
        row.addWidget(self.detail, 2)

    def _left(self) -> QWidget:
        self.filter.setPlaceholderText("Find a site or entrance")
        self.filter.setAccessibleName("Find a site or entrance")
        self.filter.setClearButtonEnabled(False)
        self.nothing = Words("Nothing in this plan is called that.", ink="muted", wrap=True)
        self.nothing.hide()
        self._list_side = made = QWidget()
        self._fit()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.filter)
        column.addWidget(self.nothing)
        column.addWidget(Card(self.list), 1)
        return made

    def _make_actions(self) -> None:
        self.actions_by: dict[str, QAction] = {}
        for name, text, keys, do in (
            ("add", "Add site", "Ctrl+Shift+N", self.add_site),
            ("entrance", "Add entrance", "Ctrl+Shift+E", self._type_entrance),
            ("rename", "Rename", "F2", self._rename),
            ("up", "Move entrance up", "Alt+Up", lambda: self._put_in_order(-1)),
            ("down", "Move entrance down", "Alt+Down", lambda: self._put_in_order(1)),
            ("move", "Move a picket\u2026", "Ctrl+M", lambda: self.detail.ask_move("")),
            ("plan", "Show details or site plan", "Ctrl+Shift+D", self.detail.other_view),
            ("remove", "Remove", "Del", self.remove),
        ):
            self.actions_by[name] = self._action(text, keys, do)
        for name in ("up", "down", "remove"):  # these keys mean something else in a field
            self.actions_by[name].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.addAction(self.actions_by[name])

    def _action(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda: self.desk.tried(do)())
        self.addAction(made)
        return made

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_site)
        self.none.wanted.connect(self.add_site)
        self.filter.textChanged.connect(lambda: self._show_rows())
        self.filter.returnPressed.connect(self._to_first)
        self.list.chosen.connect(self._choose)
        self.list.toggled.connect(self._toggle)
        self.list.form_wanted.connect(self.detail.go_in)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.detail.opened.connect(self._go_to)
        self.detail.remove_wanted.connect(self.desk.tried(self._remove))
        self.detail.added_to.connect(self._opened.add)
        self.detail.left.connect(self.list.setFocus)

    # -------------------------------------------------------------------------------------------- showing
    def reload(self) -> None:
        """Show the plan's places as they are now."""
        self._places = Places.of(self.desk.store)
        self._facts.setText(self._places.words if self._places.employers else "")
        self.stack.setCurrentIndex(1 if self._places.employers else 0)
        self.add.setVisible(bool(self._places.employers))
        if self._chosen is not None and self._record() is None:
            self._chosen = None
        self._show_rows()
        if self._chosen is None and self.model.rows.all:
            first = next((row for row in self.model.rows.all if row.kind == SITE), self.model.rows.all[0])
            self._chosen = first.concern
            self.list.choose(first.id)
        self._show_chosen()

    def _show_rows(self) -> None:
        opened = set(self._opened)
        if self._chosen is not None and self._chosen.kind == ENTRANCE:
            record = self._record()
            opened |= {record.site_id} if isinstance(record, Entrance) else set()
        with QSignalBlocker(self.list):
            self.model.show(list(self._places.rows(self.filter.text(), opened, self._closed)))
        self.nothing.setVisible(not self.model.rows.all and bool(self.filter.text()))
        if self._chosen is None or not self.list.choose(self._chosen.id):
            self.list.choose_nothing()

    def _record(self) -> Place | None:
        if self._chosen is None:
            return None
        found: Place | None = self.desk.store.find(_KINDS[self._chosen.kind], self._chosen.id)  # type: ignore[type-var]
        return found

    def _choose(self, what: Concern) -> None:
        if what != self._chosen:
            self._chosen = what
            self._show_chosen()

    def _show_chosen(self) -> None:
        record = self._record()
        self._enable(record)
        self.detail.show_place(record, self._places)

    def _enable(self, record: Place | None) -> None:
        writable = self.desk.writable
        self.actions_by["add"].setEnabled(writable)
        for name in ("rename", "remove"):
            self.actions_by[name].setEnabled(writable and record is not None)
        self.actions_by["entrance"].setEnabled(writable and isinstance(record, (Site, Entrance)))
        for name in ("up", "down", "move"):
            self.actions_by[name].setEnabled(writable and isinstance(record, Entrance))
        self.actions_by["plan"].setEnabled(isinstance(record, Site))

    # -------------------------------------------------------------------------------------- getting about
    def show_record(self, what: Concern) -> None:
        """Choose an employer, a site or an entrance, and bring it to sight."""
        if what.kind in _KINDS:
            self._go_to(what)

    def _go_to(self, what: Concern) -> None:
        finish_typing()  # what is typed belongs to the place that was shown
        self.filter.clear()
        self._chosen = what
        if isinstance(record := self._record(), Entrance):
            self._closed.discard(record.site_id)
        if self.isVisible():
            self.reload()
            self.list.setFocus()

    def _toggle(self, site: str, opened: bool) -> None:
        (self._opened if opened else self._closed).add(site)
        (self._closed if opened else self._opened).discard(site)
        record = self._record()
        if not opened and isinstance(record, Entrance) and record.site_id == site:
            self._choose(Concern(SITE, site))
        self._show_rows()

    def _to_first(self) -> None:
        """Go from the line in which one types to the first that fits."""
        wanted = [row for row in self.model.rows.all if row.kind != EMPLOYER] or self.model.rows.all
        if wanted:
            self._choose(wanted[0].concern)
            self.list.choose(wanted[0].id)
            self.list.setFocus()

    def _rename(self) -> None:
        if isinstance(self._record(), Site):
            self.detail.choose_view(DETAILS)
        self.detail.go_in()

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self.actions():
            if action.isEnabled():
                menu.addAction(action)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # -------------------------------------------------------------------------------------------- writing
    def add_site(self) -> None:
        """Add a site to the employer that is chosen, and begin to type its name."""
        if not self.desk.writable:
            return
        finish_typing()
        store, record = self.desk.store, self._record()
        if isinstance(record, Entrance):
            record = store.find(Site, record.site_id)
        if isinstance(record, Site):
            record = store.find(Employer, record.employer_id)
        made = writing.add_site(self.desk, record)
        self._go_to(Concern(SITE, made))
        self.detail.name_it()

    def _type_entrance(self) -> None:
        finish_typing()
        record = self._record()
        if isinstance(record, Entrance):
            self._go_to(Concern(SITE, record.site_id))
        self.detail.type_entrance()

    def _put_in_order(self, by: int) -> None:
        record = self._record()
        if isinstance(record, Entrance):
            writing.put_in_order(self.desk, record, by)

    def remove(self) -> None:
        """Remove what is chosen; raises InUse where that can't be."""
        record = self._record()
        if record is not None:
            self._remove(record)

    def _remove(self, record: Place) -> None:
        writing.remove(self.desk, record, before=lambda: self._leave(record))

    def _leave(self, record: Place) -> None:
        """Choose what stands above a record that is about to go."""
        if self._chosen is None or record.id != self._chosen.id:
            return
        if isinstance(record, Entrance):
            self._chosen = Concern(SITE, record.site_id)
        elif isinstance(record, Site):
            self._chosen = Concern(EMPLOYER, record.employer_id)

    # ------------------------------------------------------------------------------------------- the rest
    def settings(self) -> dict[str, Any]:
        """Keep which view of a site was shown."""
        return {"view": self.detail.views.value}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Show the view that was shown before."""
        if kept.get("view") in (DETAILS, PLAN):
            self.detail.views.choose(kept["view"])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_list_side"):
            self._fit()

    def _fit(self) -> None:
        self._list_side.setMinimumWidth(theme.px(240))
        self._list_side.setMaximumWidth(theme.px(320))
