"""What the timeline says of a place on it: its tip, and which menu is wanted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu

from rallyapp.domain import times
from rallyapp.ui.widgets.timeline import walking
from rallyapp.ui.widgets.timeline.geometry import Place, Stripe
from rallyapp.ui.widgets.timeline.gestures import STEP
from rallyapp.ui.widgets.timeline.spoken import cover_sentence

if TYPE_CHECKING:
    from rallyapp.ui.widgets.timeline.timeline import Timeline


def tip(timeline: Timeline, at: QPoint) -> tuple[str, QRect]:
    """Say what is at a point, and for how far that holds."""
    geometry = timeline.at
    place = geometry.place_at(at)
    if place is not None:
        return timeline.said(place.bar.id), geometry.rect(place)
    stripe = geometry.stripe_at(at)
    if stripe is not None and at.x() < geometry.body.left():
        row = stripe.row
        hours = f"{row.host} {times.span_words(row.starts, row.ends)}" if row.starts else f"no {row.host}"
        return ". ".join(each for each in (row.title, row.note, row.site, hours) if each), geometry.label_rect(stripe)
    if not geometry.cover.contains(at):
        return "", QRect()
    for each in geometry.view.coverage:
        left = round(geometry.x(each.at))
        box = QRect(left, geometry.cover.top(), round(each.minutes * geometry.per_minute), geometry.cover.height())
        if box.contains(at):
            return cover_sentence(each), box
    return "", QRect()


def menu_at(timeline: Timeline, at: QPoint) -> None:
    """Ask for the menu of what is at a point."""
    geometry = timeline.at
    place, stripe = geometry.place_at(at), geometry.stripe_at(at)
    where = timeline.mapToGlobal(at)
    if place is not None:
        _shift_menu(timeline, place, where)
    elif stripe is not None and at.x() < geometry.body.left():
        timeline.row_menu_wanted.emit(where, stripe.row.id)
    elif stripe is not None:
        _row_menu(timeline, stripe, geometry.minute_at(at.x()) // STEP * STEP, where)


def menu_at_caret(timeline: Timeline) -> bool:
    """Ask for the menu of what the keyboard is on; say whether it is on anything."""
    geometry, caret = timeline.at, timeline.caret
    stripe = walking.stripe_of(geometry, caret) if caret else None
    if caret is None or stripe is None:
        return False
    timeline.reveal_caret()
    place = geometry.layout.by_id.get(caret.shift) if caret.shift else None
    if place is not None:
        _shift_menu(timeline, place, timeline.mapToGlobal(geometry.rect(place).center()))
    else:
        where = QPoint(round(geometry.x_of(caret.minute)), geometry.row_rect(stripe).center().y())
        _row_menu(timeline, stripe, caret.minute, timeline.mapToGlobal(where))
    return True


def _shift_menu(timeline: Timeline, place: Place, where: QPoint) -> None:
    if place.bar.id not in timeline.chosen:
        timeline.choose({place.bar.id}, walking.on(timeline.at, place))
    timeline.menu_wanted.emit(where, timeline.selected())


def _row_menu(timeline: Timeline, stripe: Stripe, minute: float, where: QPoint) -> None:
    """Offer a shift at this time, and what else can be done with the row."""
    row = stripe.row
    if not timeline.at.view.writable:
        timeline.row_menu_wanted.emit(where, row.id)
        return
    menu = QMenu(timeline)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    when = timeline.at.when(minute)
    add = menu.addAction(f"Add a shift at {times.clock(when)}")
    more = menu.addAction(f"{row.title.replace('&', '&&')}…")
    add.triggered.connect(lambda: timeline.place_wanted.emit(row.id, when))
    more.triggered.connect(lambda: timeline.row_menu_wanted.emit(where, row.id))
    menu.popup(where)
