"""Painting when somebody is free: strokes over a week become the fewest, plainest availability records.

What was offered twice is read as one: a time ruled out goes before a time offered, and freely goes before if need
be. A stroke changes the minutes under it and no others; an edge at a quarter past stays where nobody painted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rallyapp.domain.ids import AvailabilityId, PersonId, new_id
from rallyapp.domain.people import Availability, Level
from rallyapp.domain.times import (
    MIDNIGHT,
    Span,
    clock,
    clock_fault,
    clocks_change,
    day_words,
    merged,
    span_words,
    uncovered,
)

_DAY = timedelta(days=1)
_WEAKEST_FIRST = (Level.IF_NEED_BE, Level.FREE, Level.NOT)


@dataclass(frozen=True, slots=True)
class Offered:
    """A stretch of time and how freely it was offered."""

    span: Span
    level: Level


@dataclass(frozen=True, slots=True)
class Stroke:
    """Some stretches painted in one level; no level takes away what was said of them."""

    level: Level | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Repaint:
    """What a painting does to somebody's records: those to write, and those to delete."""

    saved: tuple[Availability, ...]
    gone: tuple[Availability, ...]

    @property
    def empty(self) -> bool:
        """Say whether nothing is to be done."""
        return not self.saved and not self.gone


def offered(records: Iterable[Availability]) -> tuple[Offered, ...]:
    """Read somebody's records as stretches in order of time that never overlap, those alike joined."""
    known = list(records)
    found: tuple[Offered, ...] = ()
    for level in _WEAKEST_FIRST:
        spans = merged(record.span for record in known if record.level is level)
        if spans:
            found = painted(found, (Stroke(level, spans),))
    return found


def painted(offers: Iterable[Offered], strokes: Iterable[Stroke]) -> tuple[Offered, ...]:
    """Paint strokes one after the other over what was offered; the result never overlaps, those alike are joined."""
    by_level: dict[Level, list[Span]] = {level: [] for level in _WEAKEST_FIRST}
    for offer in offers:
        by_level[offer.level].append(offer.span)
    for stroke in strokes:
        spans = merged(real for span in stroke.spans if (real := _on_the_clock(span)) is not None)
        for level, kept in by_level.items():
            rest = [part for each in kept for part in uncovered(each, spans)]
            by_level[level] = [*rest, *spans] if level is stroke.level else rest
    found = [Offered(span, level) for level, spans in by_level.items() for span in merged(spans)]
    return tuple(sorted(found, key=lambda offer: offer.span))


def repainted(person: PersonId, records: Iterable[Availability], strokes: Iterable[Stroke]) -> Repaint:
    """Say which of a person's records to write and which to delete, so that they say what was painted.

    A record that is right stays as it is; one that is cut or grows keeps its id.
    """
    known = list(records)
    wanted = painted(offered(known), strokes)
    by_value: dict[tuple[Span, Level], list[Availability]] = {}
    for record in known:
        by_value.setdefault((record.span, record.level), []).append(record)
    missing = []
    for offer in wanted:
        if same := by_value.get((offer.span, offer.level)):
            known.remove(same.pop())
        else:
            missing.append(offer)
    saved = []
    for offer in missing:
        old = next((each for each in known if each.level is offer.level and each.span.overlaps(offer.span)), None)
        if old is not None:
            known.remove(old)
            saved.append(replace(old, starts=offer.span.start, ends=offer.span.end))
        else:
            saved.append(
                Availability(
                    id=AvailabilityId(new_id()),
                    person_id=person,
                    starts=offer.span.start,
                    ends=offer.span.end,
                    level=offer.level,
                )
            )
    return Repaint(saved=tuple(saved), gone=tuple(known))


def copied_day(offers: Iterable[Offered], of: date, to: Iterable[date]) -> tuple[Stroke, ...]:
    """Give the strokes that make other days the same as one day, hour by hour; what was said of them before goes."""
    whole = whole_day(of)
    parts = [
        (offer.level, Span(max(offer.span.start, whole.start), min(offer.span.end, whole.end)))
        for offer in offers
        if offer.span.overlaps(whole)
    ]
    days = [day for day in dict.fromkeys(to) if day != of]
    strokes = [Stroke(None, tuple(whole_day(day) for day in days))] if days else []
    for level, span in parts:
        moved = [Span(span.start + (day - of), span.end + (day - of)) for day in days]
        if moved:
            strokes.append(Stroke(level, tuple(moved)))
    return tuple(strokes)


def whole_day(day: date) -> Span:
    """Give a calendar day, from midnight to midnight."""
    start = datetime.combine(day, MIDNIGHT)
    return Span(start, start + _DAY)


def without(strokes: Iterable[Stroke], kept_out: Iterable[Span]) -> tuple[Stroke, ...]:
    """Leave out of strokes what can't be painted over; a stroke of which nothing is left goes."""
    blocked = tuple(kept_out)
    cut = ((stroke.level, [part for span in stroke.spans for part in uncovered(span, blocked)]) for stroke in strokes)
    return tuple(Stroke(level, tuple(spans)) for level, spans in cut if spans)


def _on_the_clock(span: Span) -> Span | None:
    """Move an edge that the clocks leave out in March to where they go on; None where nothing is left."""
    start, end = _existing(span.start), _existing(span.end)
    return Span(start, end) if start < end else None


def _existing(when: datetime) -> datetime:
    if clocks_change(when.date()) != "forward":
        return when
    while clock_fault(when):
        when = (when + timedelta(hours=1)).replace(minute=0)
    return when


# ------------------------------------------------------------------------------------------- in words
def stroke_words(strokes: Sequence[Stroke]) -> str:
    """Say what strokes paint: "free Tue 1 Dec 2015 08:00-11:00; if need be 14:00-16:00"."""
    said: list[str] = []
    day: date | None = None
    for stroke in strokes:
        parts = []
        for span in merged(stroke.spans):
            words = "all day" if _is_whole(span) else span_words(span.start, span.end)
            parts.append(words if span.start.date() == day else f"{day_words(span.start.date())} {words}")
            day = span.start.date()
        said.append(f"{level_words(stroke.level)} {', '.join(parts)}")
    return "; ".join(said)


def level_words(level: Level | None) -> str:
    """Name a level, and that of which nothing was said."""
    return str(level) if level is not None else "not said"


def spoken(offers: Iterable[Offered], days: Sequence[date]) -> str:
    """Say in sentences what was offered on certain days, for those who can't see it."""
    known = list(offers)
    sentences = []
    for day in days:
        whole = whole_day(day)
        parts = []
        for offer in known:
            if not offer.span.overlaps(whole):
                continue
            start, end = max(offer.span.start, whole.start), min(offer.span.end, whole.end)
            times = "all day" if (start, end) == (whole.start, whole.end) else f"{clock(start)}\u2013{_end(end, whole)}"
            parts.append(f"{offer.level} {times}")
        sentences.append(f"{day_words(day)}: {', '.join(parts) or 'has not said'}.")
    return " ".join(sentences)


def _end(end: datetime, whole: Span) -> str:
    return "24:00" if end == whole.end else clock(end)


def _is_whole(span: Span) -> bool:
    return span.start.time() == MIDNIGHT and span.end == span.start + _DAY
