"""The plan of a site or of a rally: what the panel wants is written as edits, and pictures are read in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.ids import PinId, RallyId, SiteId, SitePlanId, new_id
from rallyapp.domain.places import Pin, PinKind, Site, SitePlan
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.site_plans import Thing, marking, meant_by, next_number, of_kind, renumbered, things_of
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import Edit
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.site_plan import Picture, SitePlanPanel, blank_picture, find_file, picture_of
from rallyapp.ui.widgets.site_plan.pictures import CHOICES

_GONE = "Somebody deleted it in another window; nothing was saved."
RALLY_KINDS = (
    PinKind.STAGE,
    PinKind.STALL,
    PinKind.FIRST_AID,
    PinKind.INFORMATION,
    PinKind.TOILETS,
    PinKind.WATER,
    PinKind.ASSEMBLY,
    PinKind.POST,
    PinKind.EMERGENCY,
    PinKind.OTHER,
)


class PlanOfPlace(QWidget):
    """The plans of one site or one rally; where there are several, one of them is chosen above the picture.

    On a rally's plan a pin may mark one of its posts or stalls.
    """

    def __init__(self, desk: Desk, kinds: tuple[PinKind, ...] = tuple(PinKind)) -> None:
        """Make it, without a place; ``kinds`` are the kinds of pins that are offered, the usual one first."""
        super().__init__()
        self.desk = desk
        self.panel = SitePlanPanel(kinds)
        self.which = Choosing()
        self.which.setAccessibleName("Which plan of this place")
        self.which.activated.connect(self._choose)
        self._of: Site | Rally | None = None
        self._pins: dict[str, Pin] = {}
        self._plans: list[SitePlan] = []
        self._plan: SitePlan | None = None
        self._shown: tuple[str, str] = ("", "")  # the plan whose picture is shown, and that picture
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.which, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.panel, 1)
        panel = self.panel
        panel.placed.connect(self._place)
        panel.thing_placed.connect(self._put_thing)
        panel.moved.connect(desk.tried(self._move))
        panel.removed.connect(desk.tried(self._remove))
        panel.labelled.connect(desk.tried(self._label))
        panel.kind_changed.connect(desk.tried(self._change_kind))
        panel.marked.connect(desk.tried(self._mark))
        panel.renumber_wanted.connect(self._renumber)
        panel.picture_wanted.connect(lambda: desk.jobs.start("site plan picture", self._ask_picture))
        panel.dropped.connect(self.take)
        panel.blank_wanted.connect(self._take_blank)
        panel.plan_removed.connect(self._remove_plan)

    # -------------------------------------------------------------------------------------------- showing
    def show_place(self, place: Site | Rally) -> None:
        """Show the plan of a site or a rally as it is now."""
        store = self.desk.store
        if self._of is None or place.id != self._of.id:
            self._plan = None
        self._of = place
        found = (
            store.where(SitePlan, site_id=place.id)
            if isinstance(place, Site)
            else store.where(SitePlan, rally_id=place.id)
        )
        self._plans = sorted(found, key=lambda plan: (plan.title, plan.id))
        kept = self._plan.id if self._plan else ""
        self._plan = next((plan for plan in self._plans if plan.id == kept), None) or next(iter(self._plans), None)
        self.which.clear()
        for plan in self._plans:
            self.which.addItem(plan.title)
        self.which.setVisible(len(self._plans) > 1)
        self._show()

    def _choose(self, at: int) -> None:
        self._plan = self._plans[at]
        self._show()

    def _show(self) -> None:
        plan = self._plan
        if plan is not None and plan in self._plans:
            self.which.setCurrentIndex(self._plans.index(plan))
        pins = self.desk.store.where(Pin, site_plan_id=plan.id) if plan else ()
        self._pins = {pin.id: pin for pin in pins}
        self.panel.show_plan(plan, pins, self._things(), writable=self.desk.writable)
        if plan is None or self._shown == (plan.id, plan.picture):
            return
        self._shown = (plan.id, plan.picture)
        self.panel.show_picture(None)
        if plan.picture:
            self.desk.jobs.start(f"site plan {plan.id}", self._read_picture)

    def show_pin(self, id: str) -> None:
        """Choose a pin, on whichever plan of the place it is."""
        pin = self.desk.store.find(Pin, id)
        plan = next((each for each in self._plans if pin is not None and each.id == pin.site_plan_id), None)
        if plan is not None:
            self._plan = plan
            self._show()
            self.panel.choose(id)

    def _things(self) -> tuple[Thing, ...]:
        """List what a pin can mark: a rally's posts and stalls."""
        if not isinstance(self._of, Rally):
            return ()
        store, rally = self.desk.store, self._of.id
        stalls = store.where(Stall, rally_id=rally)
        partners = [store.find(Partner, id) for id in sorted({stall.partner_id for stall in stalls})]
        known = (*store.where(Post, rally_id=rally), *stalls, *(each for each in partners if each is not None))
        return things_of(Plan(known), RallyId(rally))

    async def _read_picture(self) -> None:
        plan = self._plan
        if plan is not None:
            image = await in_thread(picture_of, plan)
            if self._shown == (plan.id, plan.picture):
                self.panel.show_picture(image)

    # ------------------------------------------------------------------------------------------- pictures
    async def _ask_picture(self) -> None:
        place, plan = self._of, self._plan
        chosen = await files.ask_picture(self, "Choose a picture of the place", CHOICES)
        if chosen is not None and place is not None:
            await self._take(chosen, place, plan)

    def take(self, path: str) -> None:
        """Take a picture from a file, for the plan that is shown now."""
        place, plan = self._of, self._plan
        if place is not None:
            self.desk.jobs.start("site plan picture", lambda: self._take(Path(path), place, plan))

    async def _take(self, path: Path, place: Site | Rally, plan: SitePlan | None) -> None:
        found = await in_thread(find_file, path)
        pages = await in_thread(found.pages)
        page: int | None = 0
        if pages > 1:
            from rallyapp.ui.widgets.site_plan.page_chooser import choose_page

            page = await choose_page(self, found, pages)
        if page is None:
            return
        picture = await in_thread(found.picture, page)
        now = self.desk.store.find(type(place), place.id)
        if now is None:
            raise UserError(f"{_name(place)} was removed meanwhile: {found.words} was not kept.")
        self._keep(picture, now, plan)

    def _take_blank(self) -> None:
        if self._of is not None:
            self._keep(blank_picture(), self._of, self._plan)

    def _keep(self, picture: Picture, place: Site | Rally, plan: SitePlan | None) -> None:
        """Keep a picture as the place's first plan, or in place of the picture that a plan had when it was asked."""
        if plan is None:
            made = SitePlan(
                id=SitePlanId(new_id()),
                title=f"Plan of {_name(place)}",
                site_id=SiteId(place.id) if isinstance(place, Site) else None,
                rally_id=RallyId(place.id) if isinstance(place, Rally) else None,
            )
            done = self.desk.save(f"Add a site plan of {_name(place)}", [_with(made, picture)])
            if done and self._plan is not None and self._plan.id == made.id:
                self.panel.view.setFocus()
            return
        self._edit(f"Change the picture of {plan.title}", lambda edit: edit.save(_with(plan, picture), was=plan))

    def _remove_plan(self) -> None:
        if (plan := self._plan) is not None:
            self._delete(f"Remove {plan.title}", plan)

    def _edit(self, label: str, write: Callable[[Edit], object]) -> bool:
        """Do one edit; where that can't be, show what is there now."""
        if self.desk.edit(label, write):
            return True
        if self._of is not None:
            self.show_place(self._of)
        return False

    # ----------------------------------------------------------------------------------------------- pins
    def _place(self, kind: PinKind, x: int, y: int) -> None:
        """Place a pin; of the one stall or post that is not on the plan yet where such a pin is placed, it is that."""
        meant = self._meant(Pin(id=PinId(""), site_plan_id=SitePlanId(""), number=0, kind=kind))
        if len(meant) == 1:
            self._put_thing(meant[0], x, y)
        elif self._add(lambda pin: replace(pin, kind=kind), str(kind), x, y) and meant:
            self.panel.ask_marks(meant)

    def _meant(self, pin: Pin) -> tuple[Thing, ...]:
        return meant_by(pin, self._things(), self._pins.values())

    def _put_thing(self, thing: Thing, x: int, y: int) -> None:
        self._add(lambda pin: marking(pin, thing), thing.name, x, y)

    def _add(self, dressed: Callable[[Pin], Pin], words: str, x: int, y: int) -> bool:
        plan = self._plan
        if plan is None:
            return False
        number = next_number(self.desk.store.where(Pin, site_plan_id=plan.id))
        made = dressed(Pin(id=PinId(new_id()), site_plan_id=plan.id, number=number, x=x, y=y))

        def write(edit: Edit) -> None:
            self._refuse_gone(plan)
            edit.save(made)

        done = self._edit(f"Place pin {number}, {words}", write)
        if done:
            self.panel.choose(made.id)
        return done

    def _renumber(self) -> None:
        changed = renumbered(list(self._pins.values()))

        def write(edit: Edit) -> None:
            for pin in changed:
                edit.save(pin, was=self._pins[pin.id])

        if changed:
            self._edit("Renumber the pins by rows", write)

    def _refuse_gone(self, record: Pin | SitePlan) -> None:
        if self.desk.store.find(type(record), record.id) is None:
            raise UserError(_GONE)

    def _pin(self, id: str) -> Pin:
        if id not in self._pins:
            raise UserError(_GONE)
        return self._pins[id]

    def _move(self, id: str, x: int, y: int) -> None:
        self._change(id, lambda pin: f"Move pin {pin.number}", lambda pin: replace(pin, x=x, y=y))

    def _remove(self, id: str) -> None:
        pin = self._pin(id)
        shown = next(each for each in self.panel.pins.rows.all if each.id == id)
        self._delete(f"Remove pin {pin.number}{f', {shown.label}' if shown.label else ''}", pin)

    def _delete(self, label: str, record: Pin | SitePlan) -> None:
        def write(edit: Edit) -> None:
            self._refuse_gone(record)
            edit.delete(record)

        self._edit(label, write)

    def _label(self, id: str, text: str) -> None:
        self._change(id, lambda pin: f"Label pin {pin.number} {text}".strip(), lambda pin: replace(pin, label=text))

    def _change_kind(self, id: str, kind: PinKind) -> None:
        def changed(pin: Pin) -> Pin:
            made = of_kind(pin, kind)
            meant = self._meant(made)
            return marking(made, meant[0]) if len(meant) == 1 else made

        self._change(id, lambda pin: f"Make pin {pin.number} {kind}", changed)
        if len(meant := self._meant(self._pin(id))) > 1:
            self.panel.ask_marks(meant)

    def _mark(self, id: str, thing: Thing | None) -> None:
        what = thing.name if thing else "something else"
        self._change(id, lambda pin: f"Let pin {pin.number} mark {what}", lambda pin: marking(pin, thing))

    def _change(self, id: str, words: Callable[[Pin], str], how: Callable[[Pin], Pin]) -> None:
        """Change a pin, and nothing of it that another window changed."""
        pin = self._pin(id)
        self._edit(words(pin), lambda edit: edit.save(how(pin), was=pin))


def _name(place: Site | Rally) -> str:
    return place.name if isinstance(place, Site) else place.title


def _with(plan: SitePlan, picture: Picture) -> SitePlan:
    return replace(
        plan,
        picture=picture.text,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
    )
