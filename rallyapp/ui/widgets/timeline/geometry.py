"""Where everything of a day stands: rows down, lanes within a row, minutes across. Knows no painter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from PySide6.QtCore import QPoint, QRect, QRectF

from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.ui import theme
from rallyapp.ui.widgets.timeline.records import Bar, DayView, Row

MANY_LANES = 16  # more than these, and each gets one line instead of two
LOW, HIGH, ONE_LINE = 50, 160, 26  # of a bar
LABELS, NARROW_LABELS, AXIS, COVER, HEADING = 176, 148, 36, 124, 28
TALL_COVER = 200  # where the rows leave room
BEFORE, AFTER = 10, 30  # beside the first and the last minute, so that no hour on the axis is cut
CLOSEST = 6.0  # pixels a minute at 100 %: nobody needs to come nearer


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bar stands, in pixels from the top of all rows."""

    bar: Bar
    row: int
    lane: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Stripe:
    """One row with its bars, in order of time."""

    row: Row
    index: int
    top: int
    height: int
    places: tuple[Place, ...]

    @property
    def bottom(self) -> int:
        """The first pixel below."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a site or a rally above its rows."""

    site: str
    top: int
    height: int


def minutes_between(first: datetime, last: datetime) -> float:
    """Count the minutes on the clock between two times."""
    return (last - first).total_seconds() / 60


def in_lanes(bars: Iterable[Bar]) -> list[tuple[Bar, int]]:
    """Give each bar the first lane that is free at its time; in order of time."""
    free: list[datetime] = []
    out = []
    for bar in sorted(bars, key=lambda each: (each.starts, each.ends, each.id)):
        for lane, until in enumerate(free):
            if until <= bar.starts:
                free[lane] = bar.ends
                break
        else:
            lane = len(free)
            free.append(bar.ends)
        out.append((bar, lane))
    return out


class Layout:
    """Rows and bars of a day, down the page; ``room`` is the height that they may fill without scrolling."""

    def __init__(self, view: DayView, room: int) -> None:
        """Lay a day out."""
        by_row: dict[LineId, list[Bar]] = {row.id: [] for row in view.rows}
        for bar in view.bars:
            if bar.row in by_row:
                by_row[bar.row].append(bar)
        laned = [in_lanes(by_row[row.id]) for row in view.rows]
        deep = [max((lane for _, lane in each), default=0) + 1 for each in laned]
        sites = [site for site, _ in groupby(row.site for row in view.rows)]
        self.headed = len(set(sites)) > 1
        self.one_line = sum(deep) > MANY_LANES
        self.pad, self.gap = (theme.px(3), theme.px(2)) if self.one_line else (theme.px(6), theme.px(4))
        self.lane = self._lane_height(room, deep, len(sites) if self.headed else 0)
        self.headings: list[Heading] = []
        self.stripes: list[Stripe] = []
        top, site = 0, None
        for index, row in enumerate(view.rows):
            if self.headed and row.site != site:
                site = row.site
                self.headings.append(Heading(site, top, theme.px(HEADING)))
                top += theme.px(HEADING)
            height = self._stripe_height(deep[index])
            step = self.lane + self.gap
            places = tuple(
                Place(bar, index, lane, top + self.pad + lane * step, self.lane) for bar, lane in laned[index]
            )
            self.stripes.append(Stripe(row, index, top, height, places))
            top += height
        self.height = top
        self._tops = [stripe.top for stripe in self.stripes]
        self.by_id: dict[ShiftId, Place] = {place.bar.id: place for place in self.places()}

    def _lane_height(self, room: int, deep: list[int], headings: int) -> int:
        """Bars grow a little where there is room to spare, so that a small day fills its page."""
        if self.one_line or not deep:
            return theme.px(ONE_LINE)
        taken = sum(2 * self.pad + 1 + (each - 1) * self.gap for each in deep) + headings * theme.px(HEADING)
        return max(theme.px(LOW), min(theme.px(HIGH), (room - taken) // sum(deep)))

    def _stripe_height(self, lanes: int) -> int:
        return 2 * self.pad + lanes * self.lane + (lanes - 1) * self.gap + 1

    def places(self) -> Iterator[Place]:
        """List the bars, row by row, each in order of time."""
        for stripe in self.stripes:
            yield from stripe.places

    def stripe_at(self, y: float) -> Stripe | None:
        """Find the row at a height, None on a heading and below the last."""
        found = bisect_right(self._tops, y) - 1
        if found < 0 or y >= self.stripes[found].bottom:
            return None
        return self.stripes[found]

    def nearest_stripe(self, y: float) -> Stripe | None:
        """Find the row at a height, or the one before it."""
        found = max(0, bisect_right(self._tops, y) - 1)
        return self.stripes[found] if self.stripes else None

    def between(self, top: float, bottom: float) -> Iterator[Stripe]:
        """List the rows of which something is between two heights."""
        for stripe in self.stripes[max(0, bisect_right(self._tops, top) - 1) :]:
            if stripe.top >= bottom:
                return
            if stripe.bottom > top:
                yield stripe


class Geometry:
    """A day on a widget of some size: where a time and a row are on it, after zooming and scrolling."""

    def __init__(self, view: DayView) -> None:
        """Begin with a day that has no size yet."""
        self.view = view
        self.stretch = 1.0  # 1: the whole day fits
        self.left = self.top = 0  # how far it is scrolled
        self.size = QRect()
        self.body = QRect()
        self.cover = QRect()
        self.corner = QRect()
        self.show(view)

    def show(self, view: DayView) -> None:
        """Take another day. Shifts that start before its first minute or end after its last one widen the axis."""
        self.view = view
        self.first = min([view.first, *(bar.starts.replace(minute=0) for bar in view.bars)])
        self.last = max([view.last, *(bar.ends for bar in view.bars), self.first + timedelta(hours=1)])
        self.minutes = minutes_between(self.first, self.last)
        self.layout = Layout(view, self.body.height())
        self._scale()

    def fit(self, size: QRect, bar: int) -> None:
        """Share a widget out; ``bar`` is how wide a scroll bar is."""
        self.size = size
        labels = theme.px(LABELS if size.width() >= theme.px(760) else NARROW_LABELS)
        cover = theme.px(COVER) if self.view.coverage and size.height() >= theme.px(320) else 0
        axis = theme.px(AXIS)
        inner = size.adjusted(1, 1, -1, -1)
        below = bar if self.stretch > 1.0 else 0
        self.body = QRect(
            inner.left() + labels, inner.top() + axis, inner.width() - labels, inner.height() - axis - cover - below
        )
        self.layout = Layout(self.view, self.body.height())
        if cover:
            spare = min(self.body.height() - self.layout.height, theme.px(TALL_COVER) - cover)
            cover += max(0, spare)
            self.body.setHeight(self.body.height() - max(0, spare))
        if self.layout.height > self.body.height():
            self.body.setWidth(max(1, self.body.width() - bar))
        self._scale()
        self.cover = QRect(self.body.left(), self.body.bottom() + 1, self.body.width(), cover)
        self.corner = QRect(inner.left(), inner.top(), labels, axis)
        self.left = min(max(0, self.left), self.most_left)
        self.top = min(max(0, self.top), self.most_top)

    def _scale(self) -> None:
        self.begin = self.body.left() + theme.px(BEFORE)
        fitted = (self.body.width() - theme.px(BEFORE) - theme.px(AFTER)) / self.minutes
        self.per_minute = max(0.05, fitted) * self.stretch  # pixels

    @property
    def most_stretch(self) -> float:
        """How far it can be zoomed in."""
        return max(1.0, theme.px(CLOSEST) * self.stretch / self.per_minute)

    @property
    def width(self) -> int:
        """How wide the whole axis is."""
        return round(self.minutes * self.per_minute) + theme.px(BEFORE) + theme.px(AFTER)

    @property
    def most_left(self) -> int:
        """How far it can be scrolled sideways."""
        return max(0, self.width - self.body.width())

    @property
    def most_top(self) -> int:
        """How far it can be scrolled down."""
        return max(0, self.layout.height - self.body.height())

    def minute(self, when: datetime) -> float:
        """Count the minutes from the start of the axis."""
        return minutes_between(self.first, when)

    def when(self, minute: float) -> datetime:
        """Give the time at so many minutes from the start of the axis, to the minute."""
        return self.first + timedelta(minutes=round(minute))

    def x(self, when: datetime) -> float:
        """Give a time's place on the widget."""
        return self.x_of(self.minute(when))

    def x_of(self, minute: float) -> float:
        """Give a minute's place on the widget."""
        return self.begin + minute * self.per_minute - self.left

    def minute_at(self, x: float) -> float:
        """Give the minute at a place on the widget."""
        return (x - self.begin + self.left) / self.per_minute

    def y(self, top: float) -> float:
        """Give the place on the widget of a height in all rows."""
        return self.body.top() + top - self.top

    def height_at(self, y: float) -> float:
        """Give the height in all rows of a place on the widget."""
        return y - self.body.top() + self.top

    def rect(self, place: Place, starts: datetime | None = None, ends: datetime | None = None) -> QRect:
        """Give a bar's place on the widget, or the one that it would have at other times."""
        left = round(self.x(starts or place.bar.starts))
        right = round(self.x(ends or place.bar.ends))
        return QRect(left + 1, round(self.y(place.top)), max(3, right - left - 2), place.height)

    def row_rect(self, stripe: Stripe) -> QRect:
        """Give a row's place in the body."""
        return QRect(self.body.left(), round(self.y(stripe.top)), self.body.width(), stripe.height)

    def label_rect(self, stripe: Stripe) -> QRect:
        """Give the place of a row's label."""
        return QRect(self.corner.left(), round(self.y(stripe.top)), self.corner.width(), stripe.height)

    def place_at(self, at: QPoint) -> Place | None:
        """Find the bar at a point; of several the uppermost."""
        if not self.body.contains(at):
            return None
        stripe = self.layout.stripe_at(self.height_at(at.y()))
        if stripe is None:
            return None
        return next((place for place in reversed(stripe.places) if self.rect(place).contains(at)), None)

    def stripe_at(self, at: QPoint) -> Stripe | None:
        """Find the row at a point of the body or of the labels."""
        if not (self.body.top() <= at.y() <= self.body.bottom() and self.corner.left() <= at.x() <= self.body.right()):
            return None
        return self.layout.stripe_at(self.height_at(at.y()))

    def visible(self) -> Iterator[Stripe]:
        """List the rows of which something is to be seen."""
        return self.layout.between(self.top, self.top + self.body.height())

    def within(self, area: QRectF) -> list[ShiftId]:
        """List the bars that touch an area, given in minutes across and in heights of all rows."""
        return [
            place.bar.id
            for stripe in self.layout.between(area.top(), area.bottom())
            for place in stripe.places
            if place.top < area.bottom()
            and place.top + place.height > area.top()
            and self.minute(place.bar.starts) < area.right()
            and self.minute(place.bar.ends) > area.left()
        ]

    def zoom(self, stretch: float, minute: float, x: float) -> None:
        """Zoom so that a minute stands at a place on the widget."""
        self.stretch = min(max(1.0, stretch), self.most_stretch)
        if self.stretch < 1.02:
            self.stretch = 1.0
        self._scale()
        self.left = 0
        self.left = min(self.most_left, max(0, round(self.x_of(minute) - x)))
