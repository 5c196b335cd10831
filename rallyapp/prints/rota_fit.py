"""How a rota sheet fits on its page: worked out from the letters' widths, so that the layout need not try.

All lengths are points on an A4 sheet; a larger paper is the same sheet enlarged. What is estimated here is a little
more than is drawn: a letter that our main font lacks counts as a wide one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from rallyapp.domain.words import capital
from rallyapp.prints.rota_sheet import Fit, Place, RotaSheet, Row
from rallyapp.prints.text_width import width

MM = 72 / 25.4
CAP = 0.7276  # how high a line of letters is, in ems
BODY, SMALL, FOOT, LEAD = 9.5, 8.5, 7.5, 11.0
ACROSS, HIGH = 273 * MM, (178 - 0.6) * MM
PAD = 2 * MM
_LONG = 60  # signs: a name as long as a sentence
_PARTS = re.compile(r"[^\s-]*-|[^\s-]+|\s+")
_WIDER = 1.01  # what is nearly as wide as its room is measured


@dataclass(frozen=True, slots=True)
class Step:
    """How tight a sheet is: the sizes of its names, the room around them, and what stands below the grid."""

    names: tuple[float, ...]
    inset: float
    least: float
    below: float
    leading: float
    beside: bool
    title: float


# The layout draws the steps of the same number; a wall's sheet has the first four.
STEPS = (
    Step((15, 14, 13, 12, 11), 1.9, 0.7, SMALL, 0.5, False, 32),
    Step((13, 12, 11), 1.5, 0.5, 8, 0.44, False, 26),
    Step((12, 11), 1.3, 0.3, 7.5, 0.42, True, 26),
    Step((11,), 1.1, 0, 7.5, 0.4, True, 22),
    *(Step((points,), 1, 0, 7.5, 0.4, True, 22) for points in (10, 9.5, 9)),
)
_WALL = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one size; ``whole`` ones are never parted, ``tracking`` (ems) is put between the letters."""

    words: str
    points: float
    weight: int = 400
    whole: bool = False
    tracking: float = 0.0


def wide(words: str, points: float, weight: int = 400) -> float:
    """Give the width of words; kerning would make them a little narrower."""
    return _ems(words, weight)[0] * points


@lru_cache(2048)
def _ems(words: str, weight: int) -> tuple[float, bool]:
    """Give the width of words in ems, and whether it is known: the same words are asked for at each step."""
    known = width(words, 1, weight)
    return (sum(map(_guessed, words)), False) if known is None else (known, True)


def _surely(words: str, points: float, weight: int, room: float) -> bool:
    """Say whether words are known to stand on one line."""
    ems, known = _ems(words, weight)
    return known and ems * points * _WIDER <= room


def _guessed(sign: str) -> float:
    """Guess how wide a sign is that our main font may lack, in ems."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.7


def high(runs: Iterable[Run | None], room: float, leading: float) -> float:
    """Give the height of a paragraph in a room; None in it is the start of a line."""
    lines: list[float] = [0.0]
    at = 0.0
    for run in runs:
        if run is None:
            lines.append(0.0)
            at = 0.0
            continue
        tall = run.points * CAP
        for part in (run.words,) if run.whole else _PARTS.findall(run.words):
            own = wide(part, run.points, run.weight) + run.tracking * run.points * len(part)
            if at and not part.isspace() and at + own > room:
                lines.append(0.0)
                at = 0.0
            if at == 0 and part.isspace():
                continue
            # What is too long for a line is broken anywhere.
            lines.extend([tall] * max(0, math.ceil(own / room) - 1))
            at += own % room if own > room else own
            lines[-1] = max(lines[-1], tall)
    return sum(lines) + leading * (len(lines) - 1)


def fit(sheet: RotaSheet, copy: str) -> Fit:
    """Find the first step that stands on one page, with as much room to write in as the page has.

    ``copy`` is what the head says of the copy. What is too much for one page at the tightest gets its usual room.
    """
    steps = STEPS if sheet.full else STEPS[:_WALL]
    for number, step in enumerate(steps):
        grid = _Grid(sheet, step)
        room = HIGH - _above(sheet, step, copy) - _below(sheet, step)
        tall = next((n / 20 for n in range(20, 0, -1) if n / 20 >= step.least and grid.high(n / 20) <= room), None)
        if tall is None and step.least == 0 and grid.high(0) <= room:
            tall = 0.0
        if tall is not None:
            return grid.fit(number, tall)
    return _Grid(sheet, steps[0]).fit(0, 0.8)


def large_fit(sheet: RotaSheet) -> Fit:
    """Give the sheet's measures in large print, which takes the pages that it needs."""
    return _Grid(sheet, STEPS[0], large=True).fit(0, 1.0)


class _Grid:
    """A sheet's grid at a step."""

    def __init__(self, sheet: RotaSheet, step: Step, *, large: bool = False) -> None:
        self.sheet, self.step = sheet, step
        self.scale = 1.4 if large else 1.0  # of the letters, against the paper
        most = (3 if sheet.full else 4) if large else (5 if sheet.full else 6)
        self.lines = math.ceil(sheet.places / most)
        self.count = math.ceil(sheet.places / self.lines)
        time, leader, standby = (40, 46, 42) if large else (33, 41, 33)
        self.time, self.leader, self.standby = ((each - 4) * MM for each in (time, leader, standby))
        self.room = (ACROSS - (time + leader + standby) * MM) / self.count - 2 * PAD
        self.inset = step.inset * MM
        self.small = 8.0 if step.beside else SMALL

    @cached_property
    def points(self) -> float:
        """The largest size at which each name stands on one line; one or two that are very long take a second."""
        rows = self.sheet.rows
        pickets = [place for row in rows for place in row.pickets if place.kind == "name"]
        beside = [place for row in rows for place in (*row.supervisors, *row.standby) if place.kind == "name"]

        def fits(points: float) -> bool:
            long = sum(wide(place.words, points * self.scale, 500) > self.room for place in pickets)
            others = sum(wide(place.words, points * self.scale, 700) > self.standby for place in beside)
            return long <= max(1, len(pickets) // 8) and others <= max(1, len(beside) // 8)

        return next((points for points in self.step.names if fits(points)), self.step.names[-1])

    @cached_property
    def best(self) -> float:
        """The best height of a line to write in."""
        lines = len(self.sheet.rows) * self.lines
        best = (17 if lines <= 3 else 12.5 if lines <= 5 else 8.5) / (1.3 if self.lines > 1 else 1)
        return best * MM * (0.7 if self.sheet.full else 1)

    def fit(self, number: int, tall: float) -> Fit:
        """Say how it is drawn."""
        return Fit(
            step=number,
            points=self.points,
            tall=round(self.best * tall, 2),
            wide=tuple(dict.fromkeys(self._wide())),
        )

    def _wide(self) -> Iterator[str]:
        """The words that may have to be broken or made smaller, or of which that can't be told."""
        small = self.small * self.scale
        for row in self.sheet.rows:
            for place, room, weight in self._places(row):
                if place.kind != "name":
                    continue
                # Between its words a name may always be parted.
                parts = re.split(r"(?<=-)| ", place.words)
                points = self.points * self.scale
                if len(place.words) > _LONG or not all(_surely(part, points, weight, room) for part in parts):
                    yield place.words
                yield from (words for words in (place.mark, place.phone) if not _surely(words, small, 400, room))
            said = f"Handover {row.handover}{_AT_HANDOVER}"
            if row.handover and not _surely(said, SMALL * self.scale, 400, self._handover_room):
                yield row.handover

    @property
    def _handover_room(self) -> float:
        """The width beside the initials."""
        return ACROSS - self.time - 4 * PAD - (28 + 26 * self.scale) * MM

    def _places(self, row: Row) -> Iterator[tuple[Place, float, int]]:
        yield from ((place, self.leader, 700) for place in row.supervisors)
        yield from ((place, self.room, 500) for place in row.pickets)
        yield from ((place, self.standby, 500) for place in (*row.standby, *row.others))

    def high(self, tall: float) -> float:
        """Give the height of the grid with a part of the best room to write in."""
        strut = self.best * self.lines * tall + 2 * self.inset
        return self._heads + sum(max(own, strut, time - hand) + hand for own, hand, time in self._rows)

    @cached_property
    def _heads(self) -> float:
        # A heading of two words over a narrow column takes two lines.
        leader = [Run(capital(self.sheet.head.leader), SMALL, 700), Run(" 1-2", SMALL)]
        return high(leader, self.leader, 0.4 * BODY) + 2 * self.inset

    @cached_property
    def _rows(self) -> list[tuple[float, float, float]]:
        """Each row's own height, its handover's and its time's."""
        return [(self._own(row), self._handover(row), self._time(row)) for row in self.sheet.rows]

    def _own(self, row: Row) -> float:
        def stacked(places: Sequence[Place], room: float, weight: int) -> float:
            each = [self._place(place, room, weight) for place in places]
            return sum(each) + self.inset * 1.25 * max(0, len(each) - 1)

        pickets = [self._place(place, self.room, 500) for place in row.pickets]
        lines = (pickets[n * self.count : (n + 1) * self.count] for n in range(self.lines))
        body = sum(max(line, default=0.0) for line in lines) + 2 * self.inset * (self.lines - 1)
        beside = stacked((*row.standby, *row.others), self.standby, 500)
        return max(body, stacked(row.supervisors, self.leader, 700), beside) + 2 * self.inset

    def _place(self, place: Place, room: float, weight: int) -> float:
        if place.kind == "gap":
            return 12 * CAP + 3 * MM
        if place.kind == "free":
            return self.points * 0.95
        own = self.points
        if wide(place.words, own, weight) > room:
            # A long word is made smaller before it is broken; see the layout.
            least = min(own, 8.5 if self.sheet.full else 11)
            parts = place.words.replace("-", "- ").split()
            sizes = [own - less for less in range(4) if own - less >= least]
            fits = (one for one in sizes if all(wide(part, one, weight) <= room for part in parts))
            own = min(own, 7) if len(place.words) > _LONG else next(fits, least)
        runs: list[Run | None] = [Run(place.words, own, weight)]
        for words in filter(None, (place.mark, place.phone)):
            runs.append(Run(" ", self.small) if self.step.beside else None)
            runs.append(Run(words, self.small, whole=wide(words, self.small) <= room))
        return high(runs, room, 0.5 * max(BODY, own if len(runs) == 1 else 0))

    def _handover(self, row: Row) -> float:
        if not row.handover:
            return 0.0
        words = Run(f"Handover {row.handover}{_AT_HANDOVER}", SMALL)
        return high([words], self._handover_room, 0.58 * SMALL) + 2.2 * MM

    def _time(self, row: Row) -> float:
        runs: list[Run | None] = [Run(row.times, 13 if len(row.times) < 14 else 11, 700)]
        if row.changed:
            runs += [None, Run("changed", SMALL / CAP + 2, whole=True)]
        for words in filter(None, (row.label, row.off)):
            runs += [None, Run(words, SMALL, 700)]
        return high(runs, self.time, 0.42 * BODY) + 2 * self.inset


_AT_HANDOVER = ": armbands and kit counted, head-count, what the police have said"


# ------------------------------------------------------------------------------------- above and below the grid
def _largest(
    sizes: Iterable[float], words: str, room: float, most: float, weight: int, tracking: float = 0.0
) -> tuple[float, float]:
    """Find the largest size at which words are no higher than that, and how high they are then."""
    found = (0.0, 0.0)
    for points in sizes:
        found = points, high([Run(words, points, weight, tracking=tracking)], room, 0.58 * points)
        if found[1] <= most:
            break
    return found


_TITLE = -0.015  # the tracking of titles, in ems


def _above(sheet: RotaSheet, step: Step, copy: str) -> float:
    h = sheet.head
    whose = " \u00b7 ".join(filter(None, (h.union, h.branch, h.dispute)))
    one_line = wide(whose, SMALL, 600) + wide(copy, SMALL) + 8 * MM <= ACROSS
    owner = SMALL * CAP if one_line else high([Run(whose, SMALL, 600)], ACROSS, 0.58 * SMALL) + 1.4 * MM + SMALL * CAP

    most = max(wide(h.date, 20, 700), wide(f"Picket {h.hours}", 15, 600), ACROSS * 0.55)
    right_wide = max(wide(h.date, 20, 700), wide(f"Picket {h.hours}", 15, 600), min(wide(h.strike, BODY), most))
    left_wide = ACROSS - min(right_wide, ACROSS * 0.56) - 10 * MM
    right = 35 * CAP + high([Run(h.strike, BODY)], most, 0.45 * BODY) + 6 * MM
    titles = (points for points in (32, 26, 22, 18, 15, 12) if points <= step.title)
    points, _ = _largest(titles, h.entrance, left_wide, 24 * MM, 700, _TITLE)
    title = high([Run(h.entrance, points, 700, tracking=_TITLE)], left_wide, 0.4 * points)
    _, site = _largest((13, 11, 9.5), h.site, left_wide, 11 * MM, 600)
    left = title + 3 * MM + site + (3 * MM + high([Run(h.employer, BODY)], left_wide, 0.58 * BODY) if h.employer else 0)
    # The rule and the steps between the parts.
    return owner + (1.6 + 3.4 + 3.6) * MM + max(left, right) + _banner(sheet) + _facts(sheet, step)


def _banner(sheet: RotaSheet) -> float:
    h = sheet.head
    phone_wide = min(78 * MM, ACROSS * 0.34)
    points, phone = _largest((17, 15, 13, 11, 9.5), h.duty_phone, phone_wide, 7 * MM, 700)
    contact_wide = min(max(wide("DUTY PHONE", FOOT * 1.07, 600), wide(h.duty_contact, SMALL)), 40 * MM)
    contact = high(
        [Run("DUTY PHONE", FOOT, 600), *((None, Run(h.duty_contact, SMALL)) if h.duty_contact else ())],
        contact_wide * 1.02,
        0.58 * BODY,
    )
    left_wide = ACROSS - contact_wide - min(wide(h.duty_phone or "none entered", points, 700), phone_wide) - 18 * MM
    status_wide = wide(h.status, 17, 700) * 1.03
    said_points, weight = (LEAD, 600) if h.off else (BODY, 400)
    stacked = status_wide > left_wide * 0.5
    room = left_wide if stacked else left_wide - status_wide - 5 * MM
    said = high([Run(h.status_words, said_points, weight)], room, 0.5 * said_points)
    left = high([Run(h.status, 17, 700)], left_wide, 0.45 * 17) + 2 * MM + said if stacked else max(17 * CAP, said)
    return max(left, contact, phone) + 4.8 * MM


def _facts(sheet: RotaSheet, step: Step) -> float:
    shares = {"Where to stand": 2.1, "Keep clear": 1.5, "Meet": 1.1, "Map": 1.35}
    facts = sheet.head.facts
    parts = [shares.get(fact.label, 1.0) for fact in facts]
    points = SMALL if step.below < 8 else BODY
    one = (ACROSS - 5 * MM * (len(facts) - 1)) / sum(parts)
    words = (
        high(
            [Run(fact.words or "not entered", points if fact.words else BODY, 700 if fact.strong else 500)],
            part * one,
            0.48 * points,
        )
        for fact, part in zip(facts, parts, strict=True)
    )
    labels = max(
        high([Run(fact.label.upper(), FOOT * 1.07, 600)], part * one, 0.48 * FOOT)
        for fact, part in zip(facts, parts, strict=True)
    )
    return (3.2 + 1.5 + 3.4) * MM + labels + max(words)


def _below(sheet: RotaSheet, step: Step) -> float:
    words = f"{sheet.supporters}: they stand apart and are counted, not named." if sheet.supporters else ""
    supporters = wide(words, LEAD, 700)
    places = list(chain.from_iterable((*row.supervisors, *row.pickets, *row.standby) for row in sheet.rows))
    legend = [
        words
        for words, there in (
            ("GAP: nobody yet; come forward if you can", any(place.kind == "gap" for place in places)),
            ("a line: room for one more, write your name", any(place.kind == "free" for place in places)),
            ("?: not sure yet", any(place.mark.startswith("?") for place in places)),
        )
        if there
    ]
    room = max(ACROSS - supporters - 8 * MM, 20 * MM)
    under = max(
        LEAD * CAP if words else 0.0, high([Run(" \u00b7 ".join(legend), SMALL)], room, 0.58 * SMALL) if legend else 0.0
    )
    gap = 0.9 * BODY
    notes = sum(high([Run(f"Note: {remark}", SMALL)], ACROSS, 0.58 * SMALL) + gap for remark in sheet.remarks)
    return 2 * gap + under + notes + 3 * MM + _band(sheet, step)


def _band(sheet: RotaSheet, step: Step) -> float:
    one, points = (ACROSS - 18 * MM) / 3.4, step.below
    leading = step.leading * points

    def hanging(items: Iterable[str], room: float) -> float:
        each = [high([Run(item, points)], room, leading) for item in items]
        return sum(each) + 0.5 * points * max(0, len(each) - 1)

    kit_wide = 1.15 * one
    half = math.ceil(len(sheet.kit) / 2) if len(sheet.kit) > 5 else len(sheet.kit)
    column = ((kit_wide - 5 * MM) / 2 if len(sheet.kit) > 5 else kit_wide) - 1.27 * points
    kit = max(hanging(sheet.kit[:half], column), hanging(sheet.kit[half:], column))
    dos = hanging(sheet.dos, 1.1 * one - 1.2 * points)
    how, latest, by, doubt = sheet.if_off
    when = Run(f" {by}", points) if by else Run("", points)
    off = high([Run(how, points), None, Run(latest, points, 600), when, None, Run(doubt, points)], 1.15 * one, leading)
    return SMALL * CAP + (step.inset + 0.1) * MM + max(kit, dos, off)
