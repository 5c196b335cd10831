"""Where the keyboard is on the timeline: at a shift, or at an hour of a row that has none."""

from __future__ import annotations

from dataclasses import dataclass

from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.ui.widgets.timeline.geometry import Geometry, Place, Stripe


@dataclass(frozen=True, slots=True)
class Caret:
    """A row and a minute of the axis, and the shift there if there is one."""

    row: LineId
    minute: float
    shift: ShiftId | None = None


def stripe_of(at: Geometry, caret: Caret) -> Stripe | None:
    """Find the caret's row."""
    return next((stripe for stripe in at.layout.stripes if stripe.row.id == caret.row), None)


def on(at: Geometry, place: Place) -> Caret:
    """Stand on a shift."""
    middle = (at.minute(place.bar.starts) + at.minute(place.bar.ends)) / 2
    return Caret(place.bar.row, middle, place.bar.id)


def nearest(at: Geometry, stripe: Stripe, minute: float) -> Caret:
    """Stand in a row, on the shift that is nearest to a minute; the minute is kept for the next row."""

    def distance(place: Place) -> float:
        return max(at.minute(place.bar.starts) - minute, minute - at.minute(place.bar.ends), 0.0)

    found = min(stripe.places, key=distance, default=None)
    return Caret(stripe.row.id, minute, found.bar.id if found else None)


def first(at: Geometry) -> Caret | None:
    """Stand on the first shift, or in the first row."""
    place = next(at.layout.places(), None)
    if place is not None:
        return on(at, place)
    return nearest(at, at.layout.stripes[0], at.minutes / 2) if at.layout.stripes else None


def settled(at: Geometry, caret: Caret | None) -> Caret | None:
    """Find the caret again after the day changed: with its shift, wherever that went, else in its row."""
    if caret is None:
        return None
    place = at.layout.by_id.get(caret.shift) if caret.shift else None
    if place is not None:
        return caret if place.bar.row == caret.row else on(at, place)
    stripe = stripe_of(at, caret)
    return nearest(at, stripe, caret.minute) if stripe else None


def sideways(at: Geometry, caret: Caret, by: int) -> Caret:
    """Go to the next shift of the row, or to the next hour of a row without any."""
    stripe = stripe_of(at, caret)
    if stripe is None:
        return caret
    if not stripe.places:
        return Caret(caret.row, min(max(0.0, caret.minute // 60 * 60 + by * 60), at.minutes - 60))
    ids = [place.bar.id for place in stripe.places]
    here = ids.index(caret.shift) if caret.shift in ids else 0
    return on(at, stripe.places[min(max(0, here + by), len(ids) - 1)])


def up_or_down(at: Geometry, caret: Caret, by: int) -> Caret:
    """Go to the same time in another row."""
    stripe = stripe_of(at, caret)
    if stripe is None:
        return caret
    index = min(max(0, stripe.index + by), len(at.layout.stripes) - 1)
    return caret if index == stripe.index else nearest(at, at.layout.stripes[index], caret.minute)


def to_end(at: Geometry, caret: Caret, last: bool, of_all: bool) -> Caret:
    """Go to the first or last shift of the row, or of the day."""
    stripe = stripe_of(at, caret)
    if of_all:
        full = [each for each in at.layout.stripes if each.places]
        stripe = (full[-1] if last else full[0]) if full else stripe
    if stripe is None or not stripe.places:
        return caret
    return on(at, stripe.places[-1 if last else 0])


def between(at: Geometry, one: Caret, other: Caret) -> set[ShiftId]:
    """Name the shifts in the rows and hours from one caret to the other."""
    rows = [stripe.index for stripe in (stripe_of(at, one), stripe_of(at, other)) if stripe]
    spans = [_span(at, each) for each in (one, other)]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return {
        place.bar.id
        for stripe in at.layout.stripes[min(rows) : max(rows) + 1]
        for place in stripe.places
        if at.minute(place.bar.starts) < end and at.minute(place.bar.ends) > start
    }


def _span(at: Geometry, caret: Caret) -> tuple[float, float]:
    place = at.layout.by_id.get(caret.shift) if caret.shift else None
    if place is None:
        return caret.minute, caret.minute + 1
    return at.minute(place.bar.starts), at.minute(place.bar.ends)
