"""Strike days as people type them: "Tue 1 Dec 8am to Wed 8am emergency care only", "28-29 April 8am-5pm each day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rallyapp.domain.disputes import StrikeKind
from rallyapp.domain.new_plan import DayWanted, night_end, parse_span
from rallyapp.domain.records import problems_of
from rallyapp.domain.times import parse_clock, parse_day, year_fault
from rallyapp.domain.typed import typed_day

_HALF_YEAR = timedelta(days=182)


def parse_strike_day(text: str, near: date | None = None) -> DayWanted:
    """Read one strike day; see ``parse_strike_days``."""
    days = parse_strike_days(text, near)
    if len(days) > 1:
        raise ValueError(f"\u201c{text}\u201d says {len(days)} strike days: give them one by one")
    return days[0]


def parse_strike_days(text: str, near: date | None = None, after: date | None = None) -> tuple[DayWanted, ...]:
    """Read one strike day or several as somebody types them; raises ValueError with a sentence.

    "2015-12-08 08:00-17:00", "Tue 1 Dec 8am to Wed 8am emergency care only", "1/12 24h from 8am", "26 and 27 April
    8-5", "28-29 April 8am-5pm each day", "1 Dec 8-5; 8 Dec 9-4". A date without a year is the coming one from ``near``
    on, and is refused without it. "Wednesday" is the coming one from ``near`` on, or the first one later than ``after``
    (the last day that there is already) where that is given; "next Wednesday" is never ``near`` itself, and "this
    Wednesday" pays no heed to ``after``. The kind is a full walkout where none is said.
    """
    tokens = list(_tokens(text))
    if not any(token.sort in ("date", "weekday") for token in tokens):
        raise ValueError(f"\u201c{text.strip()}\u201d has no date in it: write it as Tue 8 Dec 8am to 5pm")
    kinds = [token.text for token in tokens if token.sort == "kind"]
    if len(kinds) > 1:
        raise _unreadable(text)
    kind = _kind(kinds[0]) if kinds else StrikeKind.FULL_WALKOUT
    each = any(token.sort == "each" for token in tokens)
    entries = _entries(
        text, _dated(text, [token for token in tokens if token.sort not in ("kind", "each")], near, after)
    )
    if not all(entry.timed for entry in entries):
        entries = _shared_times(entries)
    days = tuple(day for entry in entries for day in entry.days(text, kind, each))
    for day in days:
        for problem in problems_of(day.bare):
            raise ValueError(f"\u201c{text}\u201d: {problem.sentence[0].lower()}{problem.sentence[1:]}")
    return days


# ------------------------------------------------------------------------------------------------ the words
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
# "1 Dec 2000-0800" begins at eight in the evening.
_YEAR = r"(?:19|20|21)\d\d\b(?!\s*(?:-|to\b|till?\b|until\b)\s*\d{3,4}\b(?!-))"
_JOIN = r"(?:,\s*and\b|,|&|\+|-|\band\b|\bto\b)"
# As it stands in the program's own lists: 08:00-08:00 (Wed 2 Dec 2015).
_ENDING = re.compile(r"-\s*([\w:.]+)\s*\(([^()]*)\)")
_SORTS = (
    ("date", r"\d{4}-\d\d-\d\d(?!\d)|\d{1,2}/\d{1,2}(?:/\d{4}|/\d\d)?(?![\d/])|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?!\d)"),
    (
        "list",
        rf"(?:{_WEEKDAY}\s*)?{_NUMBER}(?:\s*{_JOIN}\s*(?:{_WEEKDAY}\s*)?{_NUMBER})+"
        rf"\s*(?:of\s+)?{_MONTH}(?:[\s,]+{_YEAR})?",
    ),
    ("date", rf"{_NUMBER}\s*(?:of\s+)?{_MONTH}(?:[\s,]+{_YEAR})?"),
    ("date", rf"\d{{1,2}}{_MONTH}(?:[\s,]+{_YEAR})?"),
    ("american", rf"(?P<month>{_MONTH})\s*(?P<number>{_NUMBER})(?!\s*[ap]m|[:.]\d)(?:[\s,]+(?P<year>{_YEAR}))?"),
    ("date", r"(?:today|tomorrow)\b"),
    ("weekday", rf"(?:(?:this|next)\s+)?{_WEEKDAY}"),
    ("length", r"(?P<count>[1-9]\d?|1\d\d)\s*-?\s*(?P<unit>h|hrs?|hours?|days?)\b"),
    (
        "time",
        r"(?:12\s*)?(?:noon|midday|midnight)\b"
        r"|\d{1,2}(?:[:.]?\d\d)?(?:\s*(?:am|pm)\b|\s*h(?:ou)?rs\b|(?![\d/]))",
    ),
    ("range", r"-|(?:to|till?|until|through|thru)\b|'til\b"),
    ("each", r"(?:each|every)(?:\s+day)?\b|daily\b|both\s+days\b"),
    ("and", r"[,;&+]|and\b|then\b"),
    ("filler", r"(?:from|at|on|for|starting|starts|(?:all|whole) day)\b"),
    ("word", r"[a-z][a-z']*"),
)
_READERS = tuple((sort, re.compile(pattern, re.IGNORECASE | re.ASCII)) for sort, pattern in _SORTS)
_PIECE = re.compile(rf"(?P<joined>{_JOIN})?\s*(?P<day>(?:{_WEEKDAY}\s*)?{_NUMBER})\s*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class _Token:
    sort: str
    text: str
    day: date | None = None


def _unreadable(text: str) -> ValueError:
    return ValueError(
        f"\u201c{text}\u201d is not a strike day: write it as \u201c2015-12-08 08:00-17:00\u201d or "
        "\u201c2015-12-01 08:00 to 2015-12-02 08:00 emergency care only\u201d"
    )


def _tokens(text: str) -> Iterator[_Token]:
    """Cut what was typed into dates, times, lengths and the words between them; the kind is one token."""
    bare = re.sub(r"[\u2013\u2014\u2212]", "-", re.sub("[\u2018\u2019]", "'", text.replace("\n", ";")))
    bare = _ENDING.sub(r"-\2 \1", " ".join(bare.split()))
    if not bare:
        raise _unreadable(text)
    at, dated, kind = 0, False, ""
    while at < len(bare):
        if bare[at] == " ":
            at += 1
            continue
        sort, found = _next(bare, at, dated)
        if not found:
            raise _unreadable(text)
        at = found.end()
        if kind and (sort == "word" or found[0].lower() in ("of", "on", "for")):
            kind += " " + found[0]
            continue
        if kind and bare[found.start()] == "-" and bare[at : at + 1].isalpha():  # walk-out
            continue
        if kind:
            yield _Token("kind", kind)
            kind = ""
        if sort == "word":
            kind = found[0]
        elif sort == "list":
            yield from _listed(found[0])
        elif sort == "american":
            yield _Token("date", f"{found['number']} {found['month'].strip('.')} {found['year'] or ''}".strip())
        elif sort != "filler":
            yield _Token(sort, found[0])
        dated = sort != "and" and (dated or sort in ("date", "list", "american", "weekday"))
    if kind:
        yield _Token("kind", kind)


def _next(text: str, at: int, dated: bool) -> tuple[str, re.Match[str] | None]:
    """Find what stands there. Where there is a date already, "5, 27 April" is no list of days."""
    for sort, reader in _READERS:
        if (sort != "list" or not dated) and (found := reader.match(text, at)):
            return sort, found
    return "", None


def _listed(text: str) -> Iterator[_Token]:
    """Write "26, 27 and 28 April 2016" as three dates."""
    first_of_month = re.search(rf"(?:of\s+)?{_MONTH}.*$", text, re.IGNORECASE | re.ASCII)
    assert first_of_month is not None
    month = re.sub(r"^of\s+", "", first_of_month[0], flags=re.IGNORECASE).replace(",", " ")
    for piece in _PIECE.finditer(text[: first_of_month.start()]):
        if joined := piece["joined"]:
            yield _Token("range" if joined.lower() in ("-", "to") else "and", joined)
        yield _Token("date", f"{piece['day']} {month}")


_SAID_KINDS = {
    StrikeKind.FULL_WALKOUT: ("walkout", "walk out", "full walk out", "strike", "full strike", "all out"),
    StrikeKind.EMERGENCY_CARE_ONLY: ("emergency cover only", "emergency cover", "emergencies only"),
    StrikeKind.ACTION_SHORT: ("asos",),
}


def _kind(text: str) -> StrikeKind:
    wanted = re.sub(r"\s+(?:on|from|at|for)$", "", re.sub(r"[\s-]+", " ", text).strip().casefold())
    for kind in StrikeKind:
        if kind.value.casefold() == wanted or (len(wanted) >= 4 and kind.value.casefold().startswith(wanted)):
            return kind
        if wanted in _SAID_KINDS.get(kind, ()):
            return kind
    known = ", ".join(f"\u201c{kind}\u201d" for kind in StrikeKind)
    raise ValueError(f"\u201c{text}\u201d is not a kind of strike day: choose from {known}")


# ------------------------------------------------------------------------------------------------ the dates
def _dated(text: str, tokens: list[_Token], near: date | None, later_than: date | None) -> list[_Token]:
    """Say of each date which day it is: a year that is not said is the one that follows from the others."""
    whole = {place: day for place, token in enumerate(tokens) if (day := _whole(token)) is not None}
    out: list[_Token] = []
    before: date | None = None
    for place, token in enumerate(tokens):
        if token.sort == "weekday" and place + 1 < len(tokens) and tokens[place + 1].sort == "date":
            continue  # it is read with the date that follows
        if token.sort == "date":
            weekday = _which(tokens[place - 1])[1] if place and tokens[place - 1].sort == "weekday" else ""
            after = next((day for at, day in sorted(whole.items()) if at >= place), None)
            before = _day(text, f"{weekday} {token.text}".strip(), near, before, after)
            token = _Token("date", token.text, before)
        elif token.sort == "weekday" and before is None:  # "Tuesday 8am-5pm": the next one
            which, weekday = _which(token)
            base = near if which == "this" or later_than is None else later_than
            if base is not None and (which == "next" or base is later_than):
                base += timedelta(days=1)
            before = _day(text, weekday, base, None, None)
            token = _Token("date", token.text, before)
        out.append(token)
    return out


def _which(token: _Token) -> tuple[str, str]:
    """Cut "next Wednesday" in two."""
    *which, weekday = token.text.lower().split()
    return "".join(which), weekday


def _whole(token: _Token) -> date | None:
    """Give a date that says its year."""
    if token.sort != "date" or not re.search(r"\d{4}|[/.]\d+[/.]\d\d$", token.text):
        return None
    try:
        return typed_day(token.text, near=date(2000, 1, 1))
    except ValueError:
        return None


def _day(text: str, typed: str, near: date | None, before: date | None, after: date | None) -> date:
    """Read a date; one without a year is the first from the day before it, or from ``near``, on."""
    bare = re.sub(r"\s+", " ", typed).strip(" ,.")
    try:
        day = parse_day(bare)  # says itself what is wrong with a date in figures
    except ValueError as error:
        if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}", bare):
            raise ValueError(str(error)) from None
    else:
        if fault := year_fault(day):
            raise ValueError(fault)
        return day
    if before is not None:
        return typed_day(bare, near=_later(before))
    if after is not None:
        return typed_day(bare, near=after)
    if near is None and not _whole(_Token("date", bare)):
        raise _unreadable(text)
    today = near or date(2000, 1, 1)
    relative = not re.search(r"\d", bare)  # "tomorrow", "Tuesday"
    return typed_day(bare, near=today if relative else _later(today))


def _later(day: date) -> date:
    """Give the middle of the year that begins then: what is nearest to that is the first from then on."""
    return day + _HALF_YEAR if day.year < 2190 else day


# ---------------------------------------------------------------------------------------- days from tokens
@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One day, or one stretch of days, with what was said of its times."""

    first: date
    last: date | None = None
    starts: str = ""
    ends: str = ""
    length: timedelta | None = None

    @property
    def timed(self) -> bool:
        return bool(self.starts or self.ends or self.length)

    def days(self, text: str, kind: StrikeKind, each: bool) -> Iterator[DayWanted]:
        """Give the strike day; one for each calendar day where that was said."""
        if each and self.last is not None and self.first < self.last and (self.last - self.first).days <= 62:
            count = (self.last - self.first).days + 1
            for place in range(count):
                day = self.first + timedelta(days=place)
                yield _Entry(first=day, starts=self.starts, ends=self.ends, length=self.length)._day(text, kind)
        else:
            yield self._day(text, kind)

    def _day(self, text: str, kind: StrikeKind) -> DayWanted:
        start, end, last = self._times(text)
        return DayWanted(kind=kind, first_date=self.first, start_time=start, last_date=last, end_time=end)

    def _times(self, text: str) -> tuple[time | None, time | None, date]:
        start = parse_clock(self.starts) if self.starts else None
        if self.length is not None:
            return self._lasting(text, start, self.length)
        if not self.ends:
            return start, None, self.last or self.first
        end = parse_clock(self.ends)
        if self.last is not None or start is None:
            return start, end, self.last or self.first
        try:
            start, end = parse_span(f"{self.starts}-{self.ends}")  # "9-5" is until 17:00
        except ValueError:
            end = night_end(self.starts, self.ends)  # "8pm-12" is until midnight
            return start, end, self.first + timedelta(days=1)  # 20:00-08:00 ends the next morning
        return start, end, self.first

    def _lasting(self, text: str, start: time | None, length: timedelta) -> tuple[time | None, time | None, date]:
        if self.ends or self.last is not None:
            raise ValueError(f"\u201c{text}\u201d says twice when it ends")
        if start is None:
            if length % timedelta(days=1):
                raise ValueError(f"\u201c{text}\u201d does not say when it starts")
            return None, None, self.first + length - timedelta(days=1)
        end = datetime.combine(self.first, start) + length
        return start, end.time(), end.date()


def _shared_times(entries: list[_Entry]) -> list[_Entry]:
    """Let days without times have those that were said for the others: "26 and 27 April 8-5"."""
    timed = [entry for entry in entries if entry.timed]
    if len(timed) != 1 or timed[0].last is not None:
        return entries
    of = timed[0]
    return [
        entry
        if entry.timed or entry.last is not None
        else _Entry(first=entry.first, starts=of.starts, ends=of.ends, length=of.length)
        for entry in entries
    ]


def _entries(text: str, tokens: list[_Token]) -> list[_Entry]:
    parts: list[list[_Token]] = [[]]
    for token, after in zip(tokens, [*tokens, None][1:], strict=True):
        sorts = [each.sort for each in parts[-1]]
        if token.sort == "and":  # but the comma in "Tue 1 Dec, 08:00-17:00" does not begin another day
            if not (after is not None and after.sort == "time" and sorts == ["date"]):
                parts.append([])
        else:
            parts[-1].append(token)
    joined: list[list[_Token]] = []
    for part in parts:
        if part and joined and not any(token.sort == "date" for token in part):
            joined[-1] += part
        elif part:
            joined.append(part)
    if not any(token.sort == "date" for token in joined[0]) and len(joined) > 1:
        joined[:2] = [joined[0] + joined[1]]
    return [_entry(text, part) for part in joined]


def _entry(text: str, tokens: list[_Token]) -> _Entry:
    """Read one day: its date first, wherever it was typed, then from when until when."""
    dates = [token for token in tokens if token.day is not None]
    first = dates[0].day
    assert first is not None
    rest = list(tokens)
    rest.remove(dates[0])
    lengths = [token for token in rest if token.sort == "length"]
    rest = [token for token in rest if token.sort != "length"]
    shape = " ".join(token.sort for token in rest)
    texts = [token.text for token in rest]
    starts = ends = ""
    last: date | None = None
    if shape == "time":
        starts = texts[0]
    elif shape == "range time":
        ends = texts[1]
    elif shape == "time range time":
        starts, ends = texts[0], texts[2]
    elif shape in ("range date", "range weekday"):
        last = _end_day(first, rest[1])
    elif shape in ("range date time", "range weekday time"):
        last, ends = _end_day(first, rest[1]), texts[2]
    elif shape in ("time range date", "time range weekday"):
        starts, last = texts[0], _end_day(first, rest[2])
    elif shape in ("time range date time", "time range weekday time"):
        starts, ends = texts[0], texts[3]
        last = _end_day(first, rest[2], later=parse_clock(ends) <= parse_clock(starts))
    elif shape in ("range date time range time", "range weekday time range time"):
        last, starts, ends = _end_day(first, rest[1]), texts[2], texts[4]
    elif shape.endswith("range"):
        raise ValueError(f"\u201c{text}\u201d does not say until when")
    elif shape:
        raise _unreadable(text)
    return _Entry(first=first, last=last, starts=starts, ends=ends, length=_length(text, lengths))


def _end_day(first: date, token: _Token, *, later: bool = False) -> date:
    """Say on which day it ends: "to Wed" is the next Wednesday, the same day only where that can be."""
    if token.day is not None:
        return token.day
    found = typed_day(_which(token)[1], near=first)
    return found + timedelta(days=7) if later and found == first else found


def _length(text: str, lengths: list[_Token]) -> timedelta | None:
    if not lengths:
        return None
    if len(lengths) > 1:
        raise _unreadable(text)
    count = int(re.match(r"\d+", lengths[0].text)[0])  # type: ignore[index]
    return timedelta(days=count) if "d" in lengths[0].text.lower() else timedelta(hours=count)
