"""The keyboard on the timeline: walking between shifts, choosing, moving and lengthening them, zooming."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from rallyapp.ui.widgets.timeline import asking, walking
from rallyapp.ui.widgets.timeline.geometry import Geometry
from rallyapp.ui.widgets.timeline.gestures import SHORTEST, STEP
from rallyapp.ui.widgets.timeline.records import Moved, Resized
from rallyapp.ui.widgets.timeline.walking import Caret

if TYPE_CHECKING:
    from rallyapp.ui.widgets.timeline.timeline import Timeline

Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
_PAGE = 5  # rows


def pressed(timeline: Timeline, event: QKeyEvent) -> bool:
    """Do what a key says; say whether it said anything."""
    key, keys = Key(event.key()), event.modifiers() & (CTRL | SHIFT | ALT)
    if key in _ARROWS:
        return _arrow(timeline, *_ARROWS[key], keys)
    if key in (Key.Key_Home, Key.Key_End) and not keys & ALT:
        return _walk(
            timeline, lambda at, caret: walking.to_end(at, caret, key == Key.Key_End, bool(keys & CTRL)), keys & SHIFT
        )
    if key in (Key.Key_PageUp, Key.Key_PageDown) and not keys & ~SHIFT:
        by = _PAGE if key == Key.Key_PageDown else -_PAGE
        return _walk(timeline, lambda at, caret: walking.up_or_down(at, caret, by), keys)
    if key == Key.Key_A and keys == CTRL:
        timeline.choose(set(timeline.at.layout.by_id), timeline.caret)
        return True
    if key == Key.Key_Space and not keys & ~CTRL:
        return _toggle(timeline)
    if key == Key.Key_Menu or (key == Key.Key_F10 and keys == SHIFT):
        return asking.menu_at_caret(timeline)
    if keys:
        return False
    return _plain(timeline, key)


def _plain(timeline: Timeline, key: Qt.Key) -> bool:
    match key:
        case Key.Key_Return | Key.Key_Enter:
            return timeline.open_caret()
        case Key.Key_Delete | Key.Key_Backspace if timeline.chosen and timeline.at.view.writable:
            timeline.delete_wanted.emit(timeline.selected())
        case Key.Key_Plus | Key.Key_Equal:
            timeline.zoom_by(1.25)
        case Key.Key_Minus:
            timeline.zoom_by(0.8)
        case Key.Key_0:
            timeline.zoom_by(0.0)
        case Key.Key_Escape if timeline.chosen:
            timeline.choose(set(), timeline.caret)
        case _:
            return False
    return True


def _arrow(timeline: Timeline, across: int, down: int, keys: Qt.KeyboardModifier) -> bool:
    if keys & ALT:
        if keys & CTRL:
            return False
        if keys & SHIFT:
            return across != 0 and _lengthen(timeline, across * STEP)
        return _move(timeline, across * STEP, down)
    if across:
        return _walk(timeline, lambda at, caret: walking.sideways(at, caret, across), keys)
    return _walk(timeline, lambda at, caret: walking.up_or_down(at, caret, down), keys)


def _walk(timeline: Timeline, step: Callable[[Geometry, Caret], Caret], keys: Qt.KeyboardModifier) -> bool:
    """Go somewhere: alone to choose what is there, with Shift as well, with Ctrl without choosing."""
    at = timeline.at
    before = timeline.caret
    caret = step(at, before) if before else walking.first(at)
    if caret is None:
        return False
    if keys & SHIFT and timeline.anchor is not None:
        timeline.choose(walking.between(at, timeline.anchor, caret), caret, keep_anchor=True)
    elif keys & CTRL:
        timeline.choose(timeline.chosen, caret)
    else:
        timeline.choose({caret.shift} if caret.shift else set(), caret)
    timeline.reveal_caret()
    return True


def _toggle(timeline: Timeline) -> bool:
    caret = timeline.caret
    if caret is None or caret.shift is None:
        return False
    timeline.choose(timeline.chosen ^ {caret.shift}, caret)
    return True


def _move(timeline: Timeline, minutes: int, down: int) -> bool:
    """Move what is chosen by some minutes, or to the next row that all of it can go to."""
    at = timeline.at
    places = [at.layout.by_id[each] for each in timeline.selected()]
    stripes = at.layout.stripes
    if not places or not at.view.writable or not all(stripes[place.row].row.movable for place in places):
        return bool(places)
    rows = down
    while down and all(0 <= place.row + rows < len(stripes) for place in places):
        if all(stripes[place.row + rows].row.takes(stripes[place.row].row) for place in places):
            break
        rows += down
    else:
        if down:
            return True
    leader = next((place for place in places if place.bar.id == timeline.caret_shift), places[0])
    to = stripes[leader.row + rows].row.id if rows else None
    ids = tuple(place.bar.id for place in places)
    timeline.moved.emit(Moved(shifts=ids, minutes=minutes, rows=rows, to_row=to, copy=False))
    return True


def _lengthen(timeline: Timeline, minutes: int) -> bool:
    """Let the shift under the keyboard end later or earlier."""
    at = timeline.at
    ids = timeline.selected()
    shift = timeline.caret_shift if timeline.caret_shift in ids else next(iter(ids), None)
    if shift is None or not at.view.writable:
        return shift is not None
    place = at.layout.by_id[shift]
    ends = place.bar.ends + timedelta(minutes=minutes)
    if at.layout.stripes[place.row].row.movable and ends - place.bar.starts >= timedelta(minutes=SHORTEST):
        timeline.resized.emit(Resized(shift=shift, starts=place.bar.starts, ends=ends))
    return True
