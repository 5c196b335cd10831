"""Section 10: who speaks, whether they have said yes, when they come and what they need; and when they are on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from rallyapp.domain.ids import ProgrammeItemId, SpeakerId, new_id
from rallyapp.domain.problems import Concern
from rallyapp.domain.programme_edits import difference, inserted
from rallyapp.domain.rallies import ProgrammeItem, Speaker
from rallyapp.domain.running_order import Line, running_order_of
from rallyapp.domain.times import clock, minutes_words
from rallyapp.domain.typed_moments import moment_words, typed_moment
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.running_order_names import NamesOffer
from rallyapp.ui.record_sheet import RecordSheet, SheetField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.words import Words, button

_RUNNING_ORDER = 5


class SpeakersPart(RallyPart):
    """The editor: a list that is typed in place, and for the chosen speaker the way into the running order."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self._lines: tuple[Line, ...] = ()
        self._counted = ""
        self.list = RecordSheet(
            desk,
            kind=Speaker,
            noun="speaker",
            fields=(
                SheetField(name="name", title="Name", what="the name", width=150, grows=2),
                SheetField(name="organisation", title="Speaks for", what="the organisation", width=120, grows=2),
                SheetField(
                    name="speaks", title="Speaks", what="", width=112, read_only=True, write=self._speaks, ink="muted"
                ),
                SheetField(
                    name="arrives",
                    title="Arrives",
                    what="the arrival",
                    width=76,
                    write=lambda one: moment_words(one.arrives, self._day()) if one.arrives else "",
                    read=self._read_arrival,
                ),
                SheetField(name="contact", title="Contact", what="the contact", width=112, grows=1),
                SheetField(name="access_needs", title="Access needs", what="the access needs", width=112, grows=2),
                SheetField(name="confirmed", title="Confirmed", what="whether they have said yes", width=90),
            ),
            new=self._new,
            words=lambda one: one.name,
            prompt="Add a speaker\u2026",
        )
        self.list.chosen.connect(self._choose)
        self.words = Words("", Type.SMALL, ink="muted", wrap=True)
        self.line_button = button("&Add to the running order", tip="Adds a line at the end, for them")
        self.line_button.clicked.connect(self._add_line)
        self.go_button = button("&Running order")
        self.go_button.setProperty("link", True)
        self.go_button.clicked.connect(lambda: self.section_wanted.emit(_RUNNING_ORDER))
        self.names = NamesOffer(desk)
        below = QHBoxLayout()
        below.setSpacing(theme.px(12))
        below.addWidget(self.words, 1)
        below.addWidget(self.line_button)
        below.addWidget(self.go_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.names)
        column.addWidget(Card(self.list, self.list.sheet))
        column.addLayout(below)
        self.setFocusProxy(self.list)

    # ------------------------------------------------------------------------------------------- showing
    def show_rally(self, seen: Seen) -> None:
        """Show the speakers in the order in which they are on; those without a line come last."""
        super().show_rally(seen)
        self._lines = running_order_of(seen.plan, seen.rally)
        first = {line.item.speaker_id: place for place, line in reversed(list(enumerate(self._lines)))}
        found = seen.plan.of(Speaker, "rally_id", seen.rally.id)
        self.list.show_records(sorted(found, key=lambda one: first.get(one.id, len(self._lines))))
        confirmed = sum(one.confirmed for one in found)
        self._counted = f"{confirmed} of {len(found)} confirmed." if found else ""
        self._choose(self.list.record)
        self.names.offer(seen)

    def show_record(self, what: Concern) -> None:
        """Choose a speaker."""
        self.list.choose(what.id)

    def settings(self) -> dict[str, Any]:
        """Keep how the columns are arranged."""
        return {"columns": self.list.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.list.take_settings(kept.get("columns"))

    def _theirs(self, one: Speaker) -> list[Line]:
        return [line for line in self._lines if line.item.speaker_id == one.id]

    def _speaks(self, one: Speaker) -> str:
        return ", ".join(f"{clock(line.starts)}, {minutes_words(line.item.minutes)}" for line in self._theirs(one))

    def _choose(self, one: Speaker | None) -> None:
        words = self._counted
        lines = self._theirs(one) if one is not None else []
        if one is not None and lines:
            times = " and ".join(f"at {clock(line.starts)} for {minutes_words(line.item.minutes)}" for line in lines)
            words = f"{words} {one.name} speaks {times}."
        elif one is not None:
            words = f"{words} {one.name} has no line in the running order."
        self.words.setText(words.strip())
        self.line_button.setVisible(one is not None and not lines and self.desk.writable)

    # ------------------------------------------------------------------------------------------- writing
    def _day(self) -> Any:
        assert self.seen is not None
        return self.seen.rally.starts.date()

    def _read_arrival(self, text: str) -> datetime | None:
        return typed_moment(text, day=self._day()) if text.strip() else None

    def _new(self, values: dict[str, Any]) -> Speaker:
        assert self.seen is not None
        return Speaker(id=SpeakerId(new_id()), rally_id=self.seen.rally.id, name=values.pop("name", ""), **values)

    def _add_line(self) -> None:
        """Give the chosen speaker a line at the end: how long it is, is for somebody to say."""
        one = self.list.record
        if one is None or self.seen is None:
            return
        order = [line.item for line in self._lines]
        line = ProgrammeItem(
            id=ProgrammeItemId(new_id()),
            rally_id=self.seen.rally.id,
            position=0,
            title=one.name,
            minutes=0,
            speaker_id=one.id,
        )
        wanted = difference(order, inserted(order, [line], len(order)))
        self.desk.edit(
            f"Add {one.name} to the running order",
            lambda edit: [edit.save(item, was=was) if was else edit.save(item) for item, was in wanted.saved],
        )
