"""What is chosen in the list, in full: its form, the site's plan, and the panel that moves a picket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.problems import Concern, UserError
from rallyapp.store import site_queries
from rallyapp.store.site_queries import PicketHere
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.sites import writing
from rallyapp.ui.pages.sites.entrance_table import EntranceModel, EntranceTable
from rallyapp.ui.pages.sites.forms import EmployerForm, EntranceForm, SiteForm
from rallyapp.ui.pages.sites.moving import MovePanel, PicketRows, Wanted
from rallyapp.ui.pages.sites.places import EMPLOYER, ENTRANCE, SITE, Places
from rallyapp.ui.plan_of_place import PlanOfPlace
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card, Segments
from rallyapp.ui.widgets.words import CutWords

DETAILS, PLAN = "details", "plan"
Place = Employer | Site | Entrance


class Detail(QWidget):
    """Shows one employer, site or entrance, and writes what is changed in it."""

    opened = Signal(object)  # a Concern: another place to show
    remove_wanted = Signal(object)  # an Entrance
    added_to = Signal(str)  # the site that got an entrance
    left = Signal()  # the panel was closed: the keys go back to the list

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make it, showing nothing yet."""
        super().__init__(parent)
        self.desk = desk
        self._places = Places()
        self._record: Place | None = None
        self.entrances = EntranceModel()
        self.table = EntranceTable(self.entrances)
        self.site_form = SiteForm(desk, self._table_card())
        self._lay_out()
        self.views.chosen.connect(lambda _: self._show())
        self.move_button.clicked.connect(lambda: self.ask_move(""))
        self.entrances.added.connect(self._add_entrance)
        self.entrances.renamed.connect(desk.tried(self._rename_entrance))
        self.entrances.most_entered.connect(desk.tried(self._set_most))
        self.table.moved.connect(desk.tried(self._put_in_order))
        self.table.removed.connect(desk.tried(lambda id: self.remove_wanted.emit(self._entrance(id))))
        self.table.opened.connect(lambda id: self.opened.emit(Concern(ENTRANCE, id)))

    # ------------------------------------------------------------------------------------------ its parts
    def _table_card(self) -> QWidget:
        return Card(self.table)

    def _lay_out(self) -> None:
        self._path = CutWords("", Type.SMALL, ink="muted")
        self._name = CutWords("", Type.HEADING)
        self.views = Segments([("Details", DETAILS), ("Site plan", PLAN)], "Show")
        self.move_button = IconButton("move", "Move a picket", text="Move a picket\u2026", tip="Move a picket (Ctrl+M)")
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._path)
        words.addWidget(self._name)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addLayout(words, 1)
        head.addWidget(self.views)
        head.addWidget(self.move_button)
        self.details = QStackedWidget()
        self._scrolls: dict[str, QScrollArea] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addLayout(head)
        column.addWidget(self.details, 1)
        self._scroll(SITE, self.site_form)

    # What only some need is made when somebody first looks at it, so that the page is there at once.
    @cached_property
    def employer_form(self) -> EmployerForm:
        """The form of an employer."""
        made = EmployerForm(self.desk)
        self._scroll(EMPLOYER, made)
        return made

    @cached_property
    def entrance_form(self) -> EntranceForm:
        """The form of an entrance."""
        made = EntranceForm(self.desk, self._picket_part())
        self._scroll(ENTRANCE, made)
        return made

    @cached_property
    def pickets(self) -> PicketRows:
        """The pickets of the chosen entrance."""
        made = PicketRows()
        made.move_wanted.connect(self.ask_move)
        made.rota_wanted.connect(lambda id: self.desk.go(PageName.ROTA, Concern("picket", id)))
        return made

    @cached_property
    def moving(self) -> MovePanel:
        """The panel that moves a picket."""
        made = MovePanel()
        made.move_wanted.connect(self._move_picket)
        made.closed.connect(self._close_moving)
        return made

    @cached_property
    def plan(self) -> PlanOfPlace:
        """The plan of the chosen site."""
        made = PlanOfPlace(self.desk)
        self.details.addWidget(made)
        return made

    def _scroll(self, kind: str, form: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolls[kind] = scroll
        self.details.addWidget(scroll)
        scroll.setWidget(form)

    def _picket_part(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.moving)
        column.addWidget(self.pickets)
        self.moving.hide()
        return made

    # -------------------------------------------------------------------------------------------- showing
    def show_place(self, record: Place | None, places: Places) -> None:
        """Show a place as it is now; ``places`` are all there are."""
        if self._record is not None and (record is None or record.id != self._record.id):
            self._close_moving(focus=False)
        self._record, self._places = record, places
        self._show()

    def _show(self) -> None:
        record = self._record
        self.views.setVisible(isinstance(record, Site))
        self.move_button.setVisible(isinstance(record, Entrance) and self.desk.writable)
        if record is None:
            return
        self._name.say(record.name)
        if isinstance(record, Employer):
            self._path.say("Employer")
            self.employer_form.show_record(record)
            self.details.setCurrentWidget(self._scrolls[EMPLOYER])
        elif isinstance(record, Site):
            self._show_site(record)
        else:
            self._show_entrance(record)

    def _show_site(self, site: Site) -> None:
        employer = self.desk.store.find(Employer, site.employer_id)
        self._path.say(employer.name if employer else "")
        if self.views.value == PLAN:
            self.plan.show_place(site)
            self.details.setCurrentWidget(self.plan)
            return
        self.site_form.show_site(site, self._places.employers)
        here = [(each, self._places.planned_at(each)) for each in self._places.at(site.id)]
        self.entrances.show(here, writable=self.desk.writable)
        self.details.setCurrentWidget(self._scrolls[SITE])

    def _show_entrance(self, entrance: Entrance) -> None:
        site = self.desk.store.find(Site, entrance.site_id)
        self._path.say(site.name if site else "")
        self.entrance_form.show_entrance(entrance, site)
        here = site_queries.entrance_pickets(self.desk.store, entrance.id)
        self.pickets.show_pickets(here, writable=self.desk.writable)
        if not self.moving.isHidden():
            self._follow_moving(entrance, here)
        self.move_button.setEnabled(any(not each.cancelled for each in here))
        self.details.setCurrentWidget(self._scrolls[ENTRANCE])

    def _follow_moving(self, entrance: Entrance, here: Sequence[PicketHere]) -> None:
        """Keep the panel true: a move that was taken back needs nobody to be told."""
        moved = self.moving.moved
        if moved is None:
            self.moving.follow(here, self._others(entrance))
            return
        picket = self.desk.store.find(Picket, moved.picket.id)
        if picket is None or picket.entrance_id != moved.picket.entrance_id:
            self._close_moving()

    # -------------------------------------------------------------------------------------- getting about
    def choose_view(self, view: str) -> None:
        """Show a site's details or its plan."""
        self.views.choose(view)
        self._show()

    def other_view(self) -> None:
        """Go from a site's details to its plan, or back."""
        self.choose_view(DETAILS if self.views.value == PLAN else PLAN)

    def go_in(self) -> None:
        """Put the keys where one would begin: the name, or the picture."""
        record = self._record
        if isinstance(record, Site):
            entry: QWidget = self.plan.panel.view if self.views.value == PLAN else self.site_form.name
        elif record is not None:
            entry = (self.employer_form if isinstance(record, Employer) else self.entrance_form).name
        else:
            return
        entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name_it(self) -> None:
        """Begin to type the site's name over what stands there."""
        self.choose_view(DETAILS)
        self.site_form.name.setFocus()
        self.site_form.name.line.selectAll()

    def type_entrance(self) -> None:
        """Begin to type the site's next entrance."""
        self.choose_view(DETAILS)
        self.table.type_next()

    # -------------------------------------------------------------------------------------------- writing
    def _add_entrance(self, name: str) -> None:
        record = self._record
        if isinstance(record, Site):
            self.added_to.emit(record.id)
            writing.add_entrance(self.desk, record, name)
            self.table.type_again()

    def _entrance(self, id: str) -> Entrance:
        found = self.desk.store.find(Entrance, id)
        if found is None:
            raise UserError("Somebody removed this entrance in another window.")
        return found

    def _rename_entrance(self, id: str, name: str) -> None:
        self._change(self._entrance(id), name=name)

    def _set_most(self, id: str, most: int) -> None:
        self._change(self._entrance(id), official_max=most)

    def _change(self, was: Entrance, **other: Any) -> None:
        label = f"Rename {was.name} to {other['name']}" if "name" in other else f"Change the most pickets of {was.name}"
        self.desk.edit(label, lambda edit: edit.save(replace(was, **other), was=was))

    def _put_in_order(self, id: str, by: int) -> None:
        writing.put_in_order(self.desk, self._entrance(id), by)
        self.table.choose(id)

    # --------------------------------------------------------------------------------- moving a picket
    def _others(self, entrance: Entrance) -> list[Entrance]:
        return [each for each in self._places.at(entrance.site_id) if each.id != entrance.id]

    def ask_move(self, picket: str) -> None:
        """Ask where a picket of the chosen entrance moves to."""
        entrance = self._record
        if not isinstance(entrance, Entrance) or not self.desk.writable:
            return
        here = site_queries.entrance_pickets(self.desk.store, entrance.id)
        if any(not each.cancelled for each in here):
            chosen = picket or next(
                (each.id for each in here if each.strike_day_id == self.desk.day and not each.cancelled), ""
            )
            self.moving.ask(entrance, here, self._others(entrance), chosen)
            # Once the form has grown by the panel, whose foot is then in sight.
            QTimer.singleShot(0, self, lambda: self._scrolls[ENTRANCE].ensureWidgetVisible(self.moving.stop))

    def _move_picket(self, wanted: Wanted) -> None:
        entrance = self._record
        if not isinstance(entrance, Entrance):
            return
        try:
            done = writing.move_picket(self.desk, entrance, wanted)
        except UserError as error:
            self.moving.refuse(str(error))
            return
        if done is not None:
            self.moving.show_told(*done)

    def _close_moving(self, *, focus: bool = True) -> None:
        if "moving" not in self.__dict__:
            return
        had_focus = self.moving.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.moving.hide()
        if focus and had_focus:
            self.left.emit()
