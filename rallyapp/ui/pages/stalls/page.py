"""The stalls of partner charities: whose, where and when, how far each has come, who helps, and what was counted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern
from rallyapp.domain.records import table_of
from rallyapp.domain.site_plans import pins_marking, with_pins
from rallyapp.domain.stall_edits import refuse_deleting
from rallyapp.domain.stalls import Partner, Stall, Tally
from rallyapp.domain.times import day_words
from rallyapp.store import Edit
from rallyapp.store.stall_queries import STALLS, deleting_part, stalls_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.page import Page
from rallyapp.ui.pages.stalls.new_stall import NewStall, Place, rally_places
from rallyapp.ui.pages.stalls.partner_view import PartnerView
from rallyapp.ui.pages.stalls.seen import partner_rows, see, stall_rows
from rallyapp.ui.pages.stalls.stall_list import StallList
from rallyapp.ui.pages.stalls.stall_view import PLANNED, SHIFTS, TALLY, StallView
from rallyapp.ui.widgets.facts import WIDEST
from rallyapp.ui.widgets.parts import Card, Empty, ListBeside, PageHead, Segments

BY_STALL, BY_PARTNER = "stalls", "partners"
_NOTHING = "There is no stall in this plan. A partner charity\u2019s stall stands at a rally or at a picket."


class StallsPage(Page):
    """The page: stalls or partners at the left, the chosen one beside them."""

    reads = frozenset(table_of(kind) for kind in STALLS)
    follows_day = True  # the pickets at which a new stall may stand are those of the chosen day

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self.plan = Plan()
        self._asking = False
        self.switch = Segments((("Stalls", BY_STALL), ("Partners", BY_PARTNER)), "What is listed")
        self.switch.chosen.connect(self._switched)
        self.add_button = IconButton("plus", "New stall", text="New stall", ink="on_accent")
        self.add_button.setProperty("primary", True)
        self.add_button.clicked.connect(lambda: self.ask_new())
        self.add_button.setEnabled(desk.writable)
        self.list = StallList("Stalls")
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._chosen)
        self.view = StallView(desk)
        self.view.partner_wanted.connect(self.show_partner)
        self.partner = PartnerView(desk)
        self.partner.stall_wanted.connect(self.ask_new)
        self.partner.opened.connect(self.show_stall)
        self.new = NewStall(desk)
        self.new.made.connect(self._made)
        self.new.closed.connect(self._leave_new)
        self.empty = Empty(_NOTHING, "&New stall")
        self.empty.wanted.connect(lambda: self.ask_new())
        self._lay_out()
        self._make_actions()

    def _lay_out(self) -> None:
        """Put everything in its place, from the outside in: whatever moves with all that is in it is dressed anew."""
        self._head = PageHead("Stalls", self.switch, self.add_button)
        self.right = QStackedWidget()
        self._stack = QStackedWidget(self)
        self._beside = ListBeside(Card(self.list), Card(self.right))
        self._stack.addWidget(self._beside)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        for each in (self.view, self.partner, self.new):
            place = _Scrolled()
            self.right.addWidget(place)
            place.take(each)
        self.right.addWidget(QWidget())

    def _make_actions(self) -> None:
        writable = self.desk.writable
        self.delete_action = self._action("Delete the stall", "", self._delete, writable)
        self._action("New stall\u2026", "Ctrl+Shift+N", self.ask_new, writable)
        self._action("Show the arrangements", "Alt+A", lambda: self._show_part(PLANNED))
        self._action("Show the volunteers\u2019 shifts", "Alt+S", lambda: self._show_part(SHIFTS))
        self._action("Show the tally", "Alt+T", lambda: self._show_part(TALLY))
        for number, words, keys in ((1, "Count 1 sign-up", "Alt+1"), (5, "Count 5 sign-ups", "Alt+5")):
            self._action(words, keys, lambda number=number: self._count(number), writable)
        self._action("Take 1 sign-up back", "Alt+0", lambda: self._count(-1), writable)
        self.add_button.setToolTip(theme.plain_tip("Ctrl+Shift+N"))

    def _action(self, text: str, keys: str, do: Any, able: bool = True) -> QAction:
        made = QAction(text, self)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setEnabled(able)
        made.triggered.connect(lambda: do())
        self.addAction(made)
        return made

    # -------------------------------------------------------------------------------------------- showing
    @property
    def by_partner(self) -> bool:
        """Say whether the partners are listed."""
        return self.switch.value == BY_PARTNER

    def reload(self) -> None:
        """Show the stalls as they are now."""
        self.plan = stalls_part(self.desk.store)
        partners, stalls = self.plan.count(Partner), self.plan.count(Stall)
        rows = list(partner_rows(self.plan) if self.by_partner else stall_rows(self.plan))
        self.list.setAccessibleName("Partners" if self.by_partner else "Stalls")
        self.list.show_rows(rows)
        words = [f"{n:,} {one if n == 1 else many}" for n, one, many in _counted(stalls, partners) if n]
        self._head.say(", ".join(words))
        self._stack.setCurrentIndex(0 if partners or stalls or self._asking else 1)
        self._show()

    def _show(self) -> None:
        if self._asking:
            self.new.offer(self.plan, self._places())
            self.right.setCurrentIndex(2)
            return
        id = self.list.value
        seen = None if self.by_partner else see(self.plan, id)
        partner = self.plan.find(Partner, id) if self.by_partner else None
        if seen is not None:
            self.view.show_stall(seen)
        if partner is not None:
            self.partner.show_partner(self.plan, partner)
        self.delete_action.setEnabled(seen is not None and self.desk.writable)
        self.right.setCurrentIndex(0 if seen is not None else 1 if partner is not None else 3)

    def _chosen(self, id: str) -> None:
        self._asking = False
        self._show()

    def _switched(self) -> None:
        self._asking = False
        self.reload()

    def show_record(self, what: Concern) -> None:
        """Choose a stall, a partner, or the stall of a tally."""
        if what.kind == "stall":
            self.show_stall(what.id)
        elif what.kind == "partner":
            self.show_partner(what.id)
        elif what.kind == "tally":
            tally = self.desk.store.find(Tally, what.id)
            if tally is not None:
                self.show_stall(tally.stall_id)
                self.view.show_part(TALLY)

    def show_stall(self, id: str) -> None:
        """List the stalls and choose one."""
        self._list(BY_STALL, id)

    def show_partner(self, id: str) -> None:
        """List the partners and choose one."""
        self._list(BY_PARTNER, id)

    def _list(self, what: str, id: str) -> None:
        self._asking = False
        if self.switch.value != what:
            self.switch.choose(what)
        self.reload()
        self.list.choose(id)
        self._show()

    def _show_part(self, part: str) -> None:
        if not self.by_partner and self.right.currentIndex() == 0:
            self.view.show_part(part)

    def settings(self) -> dict[str, Any]:
        """Give what is listed, and which part of a stall is shown."""
        return {"listed": self.switch.value, "part": self.view.part}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what ``settings`` gave."""
        if kept.get("listed") in (BY_STALL, BY_PARTNER):
            self.switch.choose(kept["listed"])
        if kept.get("part") in (PLANNED, SHIFTS, TALLY):
            self.view.show_part(kept["part"])

    # ------------------------------------------------------------------------------------------- new, gone
    def ask_new(self, name: str = "") -> None:
        """Ask for a new stall, beside the list."""
        if not self.desk.writable:
            return
        self._asking = True
        self._stack.setCurrentIndex(0)
        self.right.setCurrentIndex(2)
        self.new.ask(self.plan, self._places(), name)

    def _places(self) -> list[tuple[str, Place]]:
        """List where a stall can be: the rallies, those of the chosen day first, and that day's pickets."""
        day = self.desk.day
        rallies = rally_places(self.plan, day)
        if day is None:
            return rallies
        store = self.desk.store
        with store.snapshot():
            pickets = sorted(store.where(Picket, strike_day_id=day), key=lambda each: (each.starts, each.id))
            entrances = {each.id: each for each in store.these(Entrance, {each.entrance_id for each in pickets})}
            sites = {each.id: each.name for each in store.these(Site, {each.site_id for each in entrances.values()})}
        found = []
        for picket in pickets:
            entrance = entrances[picket.entrance_id]
            when = f"{day_words(picket.starts.date())} {picket.words}"
            words = f"Picket: {entrance.name}, {sites[entrance.site_id]}, {when}"
            found.append((words, ("picket", str(picket.id))))
        return [*rallies, *found]

    def _made(self, id: str) -> None:
        self._list(BY_STALL, id)
        self.view.show_part(PLANNED)
        offer = self.view.form.offer
        (offer.take if not offer.isHidden() else self.view.form.fields["pitch"]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _leave_new(self) -> None:
        self._asking = False
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        seen = None if self.by_partner else see(self.plan, self.list.value)
        if seen is None:
            return
        stall = seen.stall

        def delete(edit: Edit) -> None:
            now = deleting_part(self.desk.store, stall.id)
            refuse_deleting(now, stall)
            for pin in pins_marking(now, [stall.id]):
                edit.delete(pin)
            edit.delete(stall)

        what = with_pins(f"the {seen.partner.name} stall", pins_marking(seen.plan, [stall.id]))
        self.desk.edit(f"Delete {what}", delete)

    def _count(self, number: int) -> None:
        if not self.by_partner and self.right.currentIndex() == 0:
            self.view.show_part(TALLY)
            self.view.tally.count(number)


def _counted(stalls: int, partners: int) -> tuple[tuple[int, str, str], ...]:
    return (stalls, "stall", "stalls"), (partners, "partner", "partners")


class _Column(QWidget):
    """What is scrolled: as high as its words need at the width there is, not at the least width."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class _Scrolled(QScrollArea):
    """A column that is scrolled; lines wider than ``WIDEST`` are not read with ease."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place = _Column()
        self._across = QHBoxLayout(place)
        self._across.setContentsMargins(0, 0, 0, 0)
        self.setWidget(place)

    def take(self, inside: QWidget) -> None:
        """Take what is to be scrolled."""
        self._inside = inside
        self._across.addWidget(inside, 1)
        self._across.addStretch(0)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_inside"):
            self._fit()

    def _fit(self) -> None:
        self._inside.setMaximumWidth(theme.px(WIDEST + 40))
