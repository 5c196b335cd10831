"""What a screen reader says of the timeline: a list with one item for each shift, in a whole sentence."""

from __future__ import annotations

import weakref
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from rallyapp.domain import times
from rallyapp.domain.ids import ShiftId
from rallyapp.ui.widgets.timeline.records import Bar, Coverage, Mark

if TYPE_CHECKING:
    from rallyapp.ui.widgets.timeline.timeline import Timeline

_SAID = {"added": "proposed: {}", "dropped": "to be taken off: {}", "kept": "stays: {}"}


def sentence(bar: Bar, title: str) -> str:
    """Say a shift whole: "Main entrance, 08:00 to 09:00, 1 of 6, 3 short, Tomasz W."."""
    parts = [title, f"{times.clock(bar.starts)} to {times.clock(bar.ends)}"]
    if bar.on:
        parts.append(bar.count.replace("/", " of "))
    parts.append(bar.state)
    if bar.names != bar.state:
        parts.append(bar.names)
    for kind, words in _SAID.items():
        if said := ", ".join(mark.text for mark in _of(bar.marks, kind)):
            parts.append(words.format(said))
    parts.append(bar.paper)
    text = ", ".join(part for part in parts if part)
    return text if text.endswith(".") else f"{text}."


def cover_sentence(cover: Coverage) -> str:
    """Say how many people are on the line for some minutes."""
    until = cover.at + timedelta(minutes=cover.minutes)
    lack = cover.needed - cover.counted
    words = f"{cover.counted} counted on, {cover.needed} needed" + (f", {lack} short" if lack > 0 else "")
    return f"{times.clock(cover.at)}–{times.clock(until)}: {words}"


def cover_words(coverage: tuple[Coverage, ...], crowd: str) -> str:
    """Say where people are wanting; ``crowd`` is what they are called, such as "people on the line"."""
    short = [each for each in coverage if each.counted < each.needed]
    if not coverage:
        return ""
    if not short:
        return f"As many {crowd} as needed, all day."
    worst = max(short, key=lambda each: each.needed - each.counted)
    return (
        f"{worst.counted} {crowd} at {times.clock(worst.at)}, {worst.needed} needed; "
        f"fewer than needed from {times.clock(short[0].at)}."
    )


def _of(marks: tuple[Mark, ...], kind: str) -> list[Mark]:
    return [mark for mark in marks if mark.kind == kind]


class _Item(QAccessibleInterface):
    """One shift."""

    def __init__(self, whole: _List, shift: ShiftId) -> None:
        super().__init__()
        self.whole, self.shift = whole, shift

    @property
    def _timeline(self) -> Timeline | None:
        return self.whole.timeline

    def isValid(self) -> bool:
        timeline = self._timeline
        return timeline is not None and self.shift in timeline.at.layout.by_id

    def object(self) -> QObject | None:
        return None

    def window(self) -> object:
        return self.whole.window()

    def parent(self) -> QAccessibleInterface:
        return self.whole

    def child(self, index: int) -> None:
        return None

    def childAt(self, x: int, y: int) -> None:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        timeline = self._timeline
        if timeline is None or not self.isValid():
            return QRect()
        box = timeline.at.rect(timeline.at.layout.by_id[self.shift]).intersected(timeline.at.body)
        return QRect(timeline.mapToGlobal(box.topLeft()), box.size())

    def state(self) -> QAccessible.State:
        made = QAccessible.State()
        timeline = self._timeline
        if timeline is None or not self.isValid():
            made.invalid = True
            return made
        made.focusable = made.selectable = made.multiSelectable = True
        made.selected = self.shift in timeline.selected()
        made.focused = timeline.hasFocus() and timeline.caret_shift == self.shift
        made.offscreen = self.rect().isEmpty()
        return made

    def text(self, kind: QAccessible.Text) -> str:
        timeline = self._timeline
        if kind is not QAccessible.Text.Name or timeline is None or not self.isValid():
            return ""
        return timeline.said(self.shift)

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing is renamed this way."""


class _List(QAccessibleWidget):
    """All shifts, row by row."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline, QAccessible.Role.List)
        self._timeline = weakref.ref(timeline)  # a strong one would keep a closed timeline alive
        self._items: dict[ShiftId, _Item] = {}
        self._order: list[ShiftId] = list(timeline.at.layout.by_id)

    @property
    def timeline(self) -> Timeline | None:
        """The timeline, None once it has gone."""
        found = self._timeline()
        return found if found is not None and Shiboken.isValid(found) else None

    def renew(self) -> None:
        """Follow another day: forget the items of shifts that are no more."""
        timeline = self.timeline
        self._order = list(timeline.at.layout.by_id) if timeline else []
        for gone in self._items.keys() - set(self._order):
            item = self._items[gone]  # must outlive the call: Python and Qt would both delete it
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
            del self._items[gone]

    def item(self, shift: ShiftId) -> _Item:
        """Give a shift's item; Qt deletes it, and this keeps Python from doing so before."""
        found = self._items.get(shift)
        if found is None:
            found = self._items[shift] = _Item(self, shift)
            QAccessible.registerAccessibleInterface(found)
        return found

    def place(self, shift: ShiftId) -> int:
        """Say which child a shift is, -1 for none."""
        return self._order.index(shift) if shift in self._order else -1

    def childCount(self) -> int:
        return len(self._order)

    def child(self, index: int) -> QAccessibleInterface | None:
        return self.item(self._order[index]) if 0 <= index < len(self._order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self.place(child.shift) if isinstance(child, _Item) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        timeline = self.timeline
        place = timeline.at.place_at(timeline.mapFromGlobal(QPoint(x, y))) if timeline else None
        return self.item(place.bar.id) if place else None

    def focusChild(self) -> QAccessibleInterface | None:
        timeline = self.timeline
        if timeline is None or not timeline.hasFocus() or timeline.caret_shift is None:
            return None
        return self.item(timeline.caret_shift)

    def text(self, kind: QAccessible.Text) -> str:
        timeline = self.timeline
        if timeline is not None and kind is QAccessible.Text.Description:
            return cover_words(timeline.at.view.coverage, timeline.at.view.crowd.lower())
        return super().text(kind)


# Python has to keep what it gave to Qt until Qt has deleted it, which happens when the timeline is destroyed.
_lists: list[_List] = []
_installed: list[object] = []


def install() -> None:
    """Let screen readers see the shifts of every timeline that is made from now on."""
    if not _installed:
        _installed.append(_factory)
        QAccessible.installFactory(_factory)


def _factory(kind: str, asked: QObject) -> QAccessibleInterface | None:
    if not getattr(asked, "speaks_as_timeline", False):
        return None
    _lists[:] = [each for each in _lists if Shiboken.isValid(each)]
    made = _List(asked)  # type: ignore[arg-type]
    asked.destroyed.connect(made.renew)
    _lists.append(made)
    return made


def renew(timeline: Timeline) -> None:
    """Say that a timeline shows other shifts."""
    for each in _lists:
        if Shiboken.isValid(each) and each.timeline is timeline:
            each.renew()


def tell_focus(timeline: Timeline) -> None:
    """Say that the keyboard went to another shift."""
    if not QAccessible.isActive() or timeline.caret_shift is None:
        return
    place = next((each.place(timeline.caret_shift) for each in _lists if each.timeline is timeline), -1)
    if place >= 0:
        event = QAccessibleEvent(timeline, QAccessible.Event.Focus)
        event.setChild(place)
        QAccessible.updateAccessibility(event)
