"""The site plan of the chosen site: what the panel wants is written as edits, and pictures are read in a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.ids import PinId, SiteId, SitePlanId, new_id
from rallyapp.domain.places import Pin, PinKind, Site, SitePlan
from rallyapp.domain.problems import UserError
from rallyapp.store import Edit
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.site_plan import Picture, SitePlanPanel, blank_picture, picture_of, take_picture
from rallyapp.ui.widgets.site_plan.pictures import CHOICES

_GONE = "Somebody deleted it in another window; nothing was saved."


class PlanTab(QWidget):
    """One site's plans; where there are several, one of them is chosen above the picture."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a site."""
        super().__init__()
        self.desk = desk
        self.panel = SitePlanPanel()
        self.which = Choosing()
        self.which.setAccessibleName("Which plan of this site")
        self.which.activated.connect(self._choose)
        self._site: Site | None = None
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
        panel.moved.connect(desk.tried(self._move))
        panel.removed.connect(desk.tried(self._remove))
        panel.labelled.connect(desk.tried(self._label))
        panel.kind_changed.connect(desk.tried(self._change_kind))
        panel.picture_wanted.connect(lambda: desk.jobs.start("site plan picture", self._ask_picture))
        panel.dropped.connect(self.take)
        panel.blank_wanted.connect(self._take_blank)
        panel.plan_removed.connect(self._remove_plan)

    # -------------------------------------------------------------------------------------------- showing
    def show_site(self, site: Site) -> None:
        """Show a site's plan as it is now."""
        store = self.desk.store
        if self._site is None or site.id != self._site.id:
            self._plan = None
        self._site = site
        self._plans = sorted(store.where(SitePlan, site_id=site.id), key=lambda plan: (plan.title, plan.id))
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
        self.panel.show_plan(plan, pins, writable=self.desk.writable)
        if plan is None or self._shown == (plan.id, plan.picture):
            return
        self._shown = (plan.id, plan.picture)
        self.panel.show_picture(None)
        if plan.picture:
            self.desk.jobs.start(f"site plan {plan.id}", self._read_picture)

    async def _read_picture(self) -> None:
        plan = self._plan
        if plan is not None:
            image = await in_thread(picture_of, plan)
            if self._shown == (plan.id, plan.picture):
                self.panel.show_picture(image)

    # ------------------------------------------------------------------------------------------- pictures
    async def _ask_picture(self) -> None:
        site, plan = self._site, self._plan
        chosen = await files.ask_picture(self, "Choose a picture of the site", CHOICES)
        if chosen is not None and site is not None:
            await self._take(chosen, site, plan)

    def take(self, path: str) -> None:
        """Take a picture from a file, for the plan that is shown now."""
        site, plan = self._site, self._plan
        if site is not None:
            self.desk.jobs.start("site plan picture", lambda: self._take(Path(path), site, plan))

    async def _take(self, path: Path, site: Site, plan: SitePlan | None) -> None:
        picture = await in_thread(take_picture, path)
        now = self.desk.store.find(Site, site.id)
        if now is None:
            raise UserError(f"{site.name} was removed meanwhile: \u201c{path.name}\u201d was not kept.")
        self._keep(picture, now, plan)

    def _take_blank(self) -> None:
        if self._site is not None:
            self._keep(blank_picture(), self._site, self._plan)

    def _keep(self, picture: Picture, site: Site, plan: SitePlan | None) -> None:
        """Keep a picture as the site's first plan, or in place of the picture that a plan had when it was asked for."""
        if plan is None:
            made = SitePlan(id=SitePlanId(new_id()), title=f"Plan of {site.name}", site_id=SiteId(site.id))
            done = self.desk.save(f"Add a site plan of {site.name}", [_with(made, picture)])
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
        if self._site is not None:
            self.show_site(self._site)
        return False

    # ----------------------------------------------------------------------------------------------- pins
    def _place(self, kind: PinKind, x: int, y: int) -> None:
        plan = self._plan
        if plan is None:
            return
        pins = self.desk.store.where(Pin, site_plan_id=plan.id)
        number = 1 + max((pin.number for pin in pins), default=0)
        made = Pin(id=PinId(new_id()), site_plan_id=plan.id, number=number, kind=kind, x=x, y=y)

        def write(edit: Edit) -> None:
            self._refuse_gone(plan)
            edit.save(made)

        if self._edit(f"Place pin {number}, {kind}", write):
            self.panel.choose(made.id)

    def _refuse_gone(self, record: Pin | SitePlan) -> None:
        if self.desk.store.find(type(record), record.id) is None:
            raise UserError(_GONE)

    def _pin(self, id: str) -> Pin:
        if id not in self._pins:
            raise UserError(_GONE)
        return self._pins[id]

    def _move(self, id: str, x: int, y: int) -> None:
        self._change(id, lambda pin: f"Move pin {pin.number}", x=x, y=y)

    def _remove(self, id: str) -> None:
        pin = self._pin(id)
        self._delete(f"Remove pin {pin.number}{f', {pin.label}' if pin.label else ''}", pin)

    def _delete(self, label: str, record: Pin | SitePlan) -> None:
        def write(edit: Edit) -> None:
            self._refuse_gone(record)
            edit.delete(record)

        self._edit(label, write)

    def _label(self, id: str, text: str) -> None:
        self._change(id, lambda pin: f"Label pin {pin.number} {text}".strip(), label=text)

    def _change_kind(self, id: str, kind: PinKind) -> None:
        self._change(id, lambda pin: f"Make pin {pin.number} {kind}", kind=kind)

    def _change(self, id: str, words: Callable[[Pin], str], **other: Any) -> None:
        """Change a pin, and nothing of it that another window changed."""
        pin = self._pin(id)
        self._edit(words(pin), lambda edit: edit.save(replace(pin, **other), was=pin))


def _with(plan: SitePlan, picture: Picture) -> SitePlan:
    return replace(
        plan,
        picture=picture.text,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
    )
