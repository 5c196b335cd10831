"""Section 12: what is brought, where power comes from, and when nothing may be loud."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain.ids import KitItemId, new_id
from rallyapp.domain.noise import Loud, noise_of
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import KitItem, Section
from rallyapp.domain.rally_prompts import UsualKit, is_brought
from rallyapp.domain.words import capital
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.rallies.known_view import KnownView
from rallyapp.ui.pages.rallies.note_block import NoteBlock
from rallyapp.ui.pages.rallies.note_facts import NOT_YET, Known
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.record_sheet import RecordSheet, SheetField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import TickField
from rallyapp.ui.widgets.flow import Flow
from rallyapp.ui.widgets.parts import Section as Part
from rallyapp.ui.widgets.words import Words, button

_PERMISSIONS, _SITE = 4, 6
_INK = {Loud.NONE: "muted", Loud.ALLOWED: "muted", Loud.CONSENTED: "met", Loud.BANNED: "nobody"}
_POWER = ("mains", "own battery", "batteries", "generator", "charged", "none")


class KitPart(RallyPart):
    """The section's editor."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.sheet = self._make_sheet()
        self.usual = UsualList()
        self.usual.wanted.connect(self._add_usual)
        self.noise = Noise(desk)
        self.noise.section_wanted.connect(self.section_wanted)
        self.power = KnownView()
        self.power.section_wanted.connect(self.section_wanted)
        self.note = NoteBlock(desk, Section.POWER_AND_NOISE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        kit = Part("Kit", self.sheet, self.usual)
        for part in (kit, Part("Loudspeaker", self.noise), Part("Power and noise", self.power, self.note)):
            column.addWidget(part)
        column.addStretch(1)

    def _make_sheet(self) -> RecordSheet:
        return RecordSheet(
            self.desk,
            kind=KitItem,
            noun="kit item",
            name="Kit",
            fields=[
                SheetField(name="what", title="What", what="the name", width=150, grows=3),
                SheetField(name="number", title="Number", what="the number", width=84, figures=True),
                SheetField(
                    name="brought_by",
                    title="Brought by",
                    what="the bringer",
                    width=120,
                    grows=2,
                    options=self._bringers,
                ),
                SheetField(name="power", title="Power", what="the power source", width=92, options=lambda: _POWER),
                SheetField(
                    name="checked",
                    title="Electrical check",
                    what="the check",
                    width=118,
                    grows=2,
                    tip="When it was tested, or is to be",
                ),
            ],
            new=self._new,
            words=lambda item: item.what,
        )

    def _bringers(self) -> list[str]:
        """Offer who brings something already."""
        return list(dict.fromkeys(item.brought_by for item in self._items() if item.brought_by))

    def _items(self) -> list[KitItem]:
        if self.seen is None:
            return []
        found = self.seen.plan.of(KitItem, "rally_id", self.seen.rally.id)
        return sorted(found, key=lambda item: (item.position, item.what, item.id))

    def _new(self, values: dict[str, Any]) -> KitItem:
        assert self.seen is not None
        return KitItem(id=KitItemId(new_id()), rally_id=self.seen.rally.id, **{"what": "", **values})

    def _add_usual(self, usual: UsualKit) -> None:
        last = max((item.position for item in self._items()), default=0)
        made = self._new({"what": usual.what, "number": usual.number, "power": usual.power, "position": last + 1})
        self.desk.save(f"Add {usual.what}", [made])

    def show_rally(self, seen: Seen) -> None:
        """Show a rally's kit, and what is said of its noise."""
        super().show_rally(seen)
        items = self._items()
        self.sheet.show_records(items)
        held = carried.rally_prompts().kit
        self.usual.show_usual([usual for usual in held if not is_brought(items, usual)] if self.desk.writable else [])
        self.noise.show_rally(seen)
        power = (("Power at the place", seen.venue.power or NOT_YET),)
        self.power.show_known(Known(rows=power, sections=(("Site and plan", _SITE),)))
        self.note.show_note(seen)

    def show_record(self, what: Concern) -> None:
        """Choose a kit item, or go to the tick that a problem is about."""
        if what.kind == "kit_item" and self.sheet.choose(what.id):
            self.sheet.setFocus()

    def settings(self) -> dict[str, Any]:
        """Keep how the columns are arranged."""
        return {"columns": self.sheet.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.sheet.take_settings(kept.get("columns"))


class UsualList(QWidget):
    """What rallies often bring and this one does not list yet; a click adds it."""

    wanted = Signal(object)  # a UsualKit

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.buttons: dict[str, IconButton] = {}
        self.flow = Flow(gap=6)
        self._title = Words("Often brought. A click adds it to the list:", Type.SMALL, ink="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._title)
        column.addWidget(self.flow)
        for usual in carried.rally_prompts().kit:
            many = f" \u00d7 {usual.number}" if usual.number > 1 else ""
            made = IconButton(
                "plus", f"Add {usual.what}{many}", text=f"{usual.what}{many}", tip=capital(usual.hint), size=14
            )
            made.setProperty("chip", True)
            made.clicked.connect(lambda on=False, usual=usual: self.wanted.emit(usual))
            self.flow.add(made)
            self.buttons[usual.what] = made

    def show_usual(self, lacking: list[UsualKit]) -> None:
        """Offer these."""
        names = {usual.what for usual in lacking}
        for what, made in self.buttons.items():
            made.setVisible(what in names)
        self.setVisible(bool(lacking))


class Noise(QWidget):
    """Whether a loudspeaker is used, and what the law says on its hours."""

    section_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__()
        self.form = RecordForm(desk, lambda rally, what: f"Change {what} of {rally.title}")
        self.tick = TickField("A loudspeaker is used")
        self.form.column.addWidget(self.form.put("loudspeaker", self.tick, "the loudspeaker"))
        self.says = Words("", wrap=True)
        self.law = Words("", Type.SMALL, ink="muted", wrap=True)
        self.link = button("Permissions", name="Go to section 4, Permissions")
        self.link.setProperty("link", True)
        self.link.clicked.connect(lambda: self.section_wanted.emit(_PERMISSIONS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for each in (self.form, self.says, self.law):
            column.addWidget(each)
        column.addWidget(self.link, 0)

    def show_rally(self, seen: Seen) -> None:
        """Show the tick, and say what it means at this rally's hours."""
        self.form.show_record(seen.rally)
        rule = seen.rules.rule("R9")
        applies = rule.applies(seen.where, seen.rally.starts.date())
        case = Permitting(plan=seen.plan, rally=seen.rally, rules=seen.rules, where=seen.where)
        noise = noise_of(case)
        ink = _INK[noise.loud]
        self.says.setText(noise.sentence)
        self.says.ink(ink)
        self.law.setText(f"{rule.say} {seen.rules.words}" if applies and rule.say else "")
        self.law.setVisible(bool(self.law.text()))
        self.link.setVisible(noise.loud in (Loud.BANNED, Loud.CONSENTED))
