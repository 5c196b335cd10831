"""Section 7: a march's way step by step, its shorter accessible route, and how long both take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain import route
from rallyapp.domain.ids import RallyId, RouteStepId, new_id
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.rallies import Permission, PermissionKind, RouteStep
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.record_sheet import RecordSheet, SheetField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Empty
from rallyapp.ui.widgets.words import CutWords, Words, button

_GLANCE, _PERMISSIONS = 1, 4
_CHANGED = "march-route-changed"


class RoutePart(RallyPart):
    """The editor of the section."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.none = Empty("This is a static rally, without a march: it has no route.", "Go to At a glance")
        self.none.wanted.connect(lambda: self.section_wanted.emit(_GLANCE))
        self.march = Steps(desk, accessible=False)
        self.shorter = Steps(desk, accessible=True)
        self.arrives = Words("", wrap=True)
        self.times = button("Enter when it moves off")
        self.times.setProperty("link", True)
        self.times.clicked.connect(lambda: self.field_wanted.emit(_GLANCE, "move_off"))
        self.notice = _Notice()
        self.notice.permissions_wanted.connect(lambda: self.section_wanted.emit(_PERMISSIONS))
        self._lay_out()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        way = QWidget()
        self.stack.addWidget(way)
        self.stack.addWidget(self.none)
        column = QVBoxLayout(way)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.march)
        arrives = QHBoxLayout()
        arrives.setSpacing(theme.px(8))
        arrives.addWidget(self.arrives, 1)
        arrives.addWidget(self.times)
        column.addLayout(arrives)
        column.addWidget(self.notice)
        column.addSpacing(theme.px(16))
        column.addWidget(self.shorter)
        column.addSpacing(theme.px(8))
        column.addWidget(Words(route.PACE_WORDS, Type.SMALL, ink="muted", wrap=True))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def show_rally(self, seen: Seen) -> None:
        """Show the routes of a rally as they are now."""
        super().show_rally(seen)
        march, shorter = route.parted(seen.plan.of(RouteStep, "rally_id", seen.rally.id))
        has_route = seen.rally.kind.marches or bool(march) or bool(shorter)
        self.stack.setCurrentIndex(0 if has_route else 1)
        self.march.show_steps(seen.rally.id, march)
        self.shorter.show_steps(seen.rally.id, shorter)
        self._show_arrival(seen, route.way_of(march))
        self._show_notice(seen)

    def _show_arrival(self, seen: Seen, way: route.Way) -> None:
        found = route.arrival(seen.rally, way)
        unknown = found is None and bool(way.metres) and seen.rally.kind.marches
        self.arrives.setText(found.words if found else "It is not entered when the march moves off." if unknown else "")
        late = found is not None and found.spare < 0
        _ink(self.arrives, "short" if late else "muted")
        self.arrives.setVisible(found is not None or unknown)
        self.times.setVisible(unknown or late)
        self.times.setText("Change the times" if late else "Enter when it moves off")

    def _show_notice(self, seen: Seen) -> None:
        changed = {concern.id for each in seen.problems if each.code == _CHANGED for concern in each.concerns}
        sent = [
            each
            for each in seen.plan.of(Permission, "rally_id", seen.rally.id)
            if each.kind is PermissionKind.MARCH_NOTICE and each.id in changed
        ]
        self.notice.show_notice(sent[0] if sent else None)

    def show_record(self, what: Concern) -> None:
        """Choose a step."""
        for each in (self.march, self.shorter):
            if what.kind == "route_step" and each.sheet.choose(what.id):
                each.sheet.setFocus()

    def settings(self) -> dict[str, Any]:
        """Keep how the columns are arranged."""
        return {"march": self.march.sheet.settings(), "shorter": self.shorter.sheet.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.march.sheet.take_settings(kept.get("march"))
        self.shorter.sheet.take_settings(kept.get("shorter"))


class Steps(QWidget):
    """One route: its heading with what it adds up to, and its steps."""

    def __init__(self, desk: Desk, *, accessible: bool) -> None:
        """Take which of the two routes it is."""
        super().__init__()
        self._desk = desk
        self._accessible = accessible
        self._rally: RallyId | None = None
        self._last = 0  # the position of the last step
        self.total = CutWords("", ink="muted")
        self.paste = button("Paste lines", tip="One step a line, such as: Left into High Street, 250 m (crossing)")
        self.paste.setProperty("link", True)
        self.paste.clicked.connect(desk.tried(self.paste_lines))
        self.paste.setEnabled(desk.writable)
        title = "Shorter accessible route" if accessible else "The march"
        self.sheet = RecordSheet(
            desk,
            kind=RouteStep,
            noun="step",
            fields=_FIELDS,
            new=self._new,
            words=lambda step: f"\u201c{step.instruction}\u201d",
            prompt="Add a step, such as: Left into High Street, 250 m (crossing)",
            name=f"{title}: steps",
            empty="No accessible route is entered." if accessible else "No route is entered.",
        )
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(Words(title, Type.HEADING))
        head.addWidget(self.total, 1)
        head.addWidget(self.paste)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.sheet)

    def show_steps(self, rally: RallyId, steps: tuple[RouteStep, ...]) -> None:
        """Show the steps of a rally's route, in order."""
        self._rally = rally
        self._last = max((step.position for step in steps), default=0)
        self.total.say(route.way_of(steps).words)
        self.sheet.show_records(steps)

    def _new(self, values: dict[str, Any]) -> RouteStep:
        typed = route.typed_step(values.get("instruction") or "")
        if not typed.instruction:
            raise UserError("Write what to do at this step, such as: Left into High Street.")
        metres = values.get("metres")
        return RouteStep(
            id=RouteStepId(new_id()),
            rally_id=self._rally or RallyId(""),
            position=0,  # the list gives each its place
            instruction=typed.instruction,
            metres=typed.metres if metres is None else metres,
            crossing=bool(values.get("crossing")) or typed.crossing,
            accessible=self._accessible,
            map_reference=values.get("map_reference") or "",
        )

    def paste_lines(self) -> None:
        """Add the lines that were copied somewhere as steps; raises UserError where there are none."""
        found = route.typed_steps(QGuiApplication.clipboard().text())
        if not found:
            raise UserError("Nothing was copied to paste: copy a list of steps first, one a line.")
        made = [
            replace(
                self._new({"instruction": step.instruction}),
                position=self._last + at,
                metres=step.metres,
                crossing=step.crossing,
            )
            for at, step in enumerate(found, start=1)
        ]
        which = "the accessible route" if self._accessible else "the route"
        self._desk.save(f"Add {len(made)} step{'' if len(made) == 1 else 's'} to {which}", made)


_FIELDS = (
    SheetField(name="instruction", title="Way", what="the way", width=240, grows=1),
    SheetField(
        name="metres",
        title="Metres",
        what="the length",
        width=84,
        figures=True,
        read=route.typed_metres,
        tip="250, 250 m or 0.4 km",
    ),
    SheetField(name="crossing", title="Crossing", what="the crossing", width=88, tip="A crossing point for traffic"),
    SheetField(name="map_reference", title="Map reference", what="the map reference", width=128),
)


class _Notice(QWidget):
    """What a march notice that was sent said, where the route is another by now."""

    permissions_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Words("", Type.STRONG)
        self.said = Words("", wrap=True)
        self.go = button("Go to the notice")
        self.go.setProperty("link", True)
        self.go.clicked.connect(self.permissions_wanted)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.title)
        head.addWidget(self.go)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.said)
        self.hide()

    def show_notice(self, notice: Permission | None) -> None:
        """Show what a notice said; nothing where it says what is planned."""
        self.setVisible(notice is not None)
        if notice is not None:
            when = f" of {day_words(notice.sent_on)}" if notice.sent_on else ""
            self.title.setText(f"The route in the march notice{when}")
            self.said.setText(notice.sent_route.strip())


def _ink(words: Words, ink: str) -> None:
    words.ink(ink)
