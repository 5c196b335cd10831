"""The site plan of the chosen site: what the panel wants is written as edits, and pictures are read in a thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from rallyapp.domain.ids import PinId, SiteId, SitePlanId, new_id
from rallyapp.domain.places import Pin, PinKind, Site, SitePlan
from rallyapp.ui.desk import Desk
from rallyapp.ui.dialogs import files
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.widgets.site_plan import Picture, SitePlanPanel, blank_picture, picture_of, take_picture
from rallyapp.ui.widgets.site_plan.pictures import CHOICES


class PlanTab(QWidget):
    """One site's plans; where there are several, one of them is chosen above the picture."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a site."""
        super().__init__()
        self.desk = desk
        self.panel = SitePlanPanel()
        self.which = QComboBox()
        self.which.setAccessibleName("Which plan of this site")
        self.which.activated.connect(self._choose)
        self._site: Site | None = None
        self._plans: list[SitePlan] = []
        self._plan: SitePlan | None = None
        self._shown: tuple[str, str] = ("", "")  # the plan whose picture is shown, and that picture
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.which, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.panel, 1)
        panel = self.panel
        panel.placed.connect(self._place)
        panel.moved.connect(self._move)
        panel.removed.connect(self._remove)
        panel.labelled.connect(self._label)
        panel.kind_changed.connect(self._change_kind)
        panel.picture_wanted.connect(lambda: desk.jobs.start("site plan picture", self._ask_picture))
        panel.dropped.connect(self.take)
        panel.blank_wanted.connect(lambda: self._keep(blank_picture()))
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
        where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self, "Choose a picture of the site", where, CHOICES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        try:
            chosen = dialog.selectedFiles() if await files.finished(dialog) else []
        finally:
            dialog.deleteLater()
        if chosen:
            await self._take(Path(chosen[0]))

    def take(self, path: str) -> None:
        """Take a picture from a file."""
        self.desk.jobs.start("site plan picture", lambda: self._take(Path(path)))

    async def _take(self, path: Path) -> None:
        site = self._site
        picture = await in_thread(take_picture, path)
        if self._site is site:
            self._keep(picture)

    def _keep(self, picture: Picture) -> None:
        site, plan = self._site, self._plan
        if site is None:
            return
        if plan is None:
            made = SitePlan(id=SitePlanId(new_id()), title=f"Plan of {site.name}", site_id=SiteId(site.id))
            self.desk.save(f"Add a site plan of {site.name}", [_with(made, picture)])
            self.panel.view.setFocus()
            return
        self.desk.save(f"Change the picture of {plan.title}", [_with(plan, picture)])

    def _remove_plan(self) -> None:
        if (plan := self._plan) is not None:
            self.desk.edit(f"Remove {plan.title}", lambda edit: edit.delete(plan))

    # ----------------------------------------------------------------------------------------------- pins
    def _place(self, kind: PinKind, x: int, y: int) -> None:
        if self._plan is None:
            return
        pins = self.desk.store.where(Pin, site_plan_id=self._plan.id)
        number = 1 + max((pin.number for pin in pins), default=0)
        made = Pin(id=PinId(new_id()), site_plan_id=self._plan.id, number=number, kind=kind, x=x, y=y)
        if self.desk.save(f"Place pin {number}, {kind}", [made]):
            self.panel.choose(made.id)

    def _move(self, id: str, x: int, y: int) -> None:
        pin = self.desk.store.get(Pin, id)
        self.desk.save(f"Move pin {pin.number}", [replace(pin, x=x, y=y)])

    def _remove(self, id: str) -> None:
        pin = self.desk.store.get(Pin, id)
        named = f", {pin.label}" if pin.label else ""
        self.desk.edit(f"Remove pin {pin.number}{named}", lambda edit: edit.delete(pin))

    def _label(self, id: str, text: str) -> None:
        pin = self.desk.store.get(Pin, id)
        self.desk.save(f"Label pin {pin.number} {text}".strip(), [replace(pin, label=text)])

    def _change_kind(self, id: str, kind: PinKind) -> None:
        pin = self.desk.store.get(Pin, id)
        self.desk.save(f"Make pin {pin.number} {kind}", [replace(pin, kind=kind)])


def _with(plan: SitePlan, picture: Picture) -> SitePlan:
    return replace(
        plan,
        picture=picture.text,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
    )
