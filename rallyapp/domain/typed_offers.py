"""Times on days as people type them: "Tue 1/12 8-11, if need be 14-16", "not free Wed", "Mon 20:00 to Tue 08:00"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rallyapp.domain.new_plan import night_end, parse_span
from rallyapp.domain.offers import Stroke, whole_day
from rallyapp.domain.people import Level
from rallyapp.domain.times import MIDNIGHT, Span, clock_fault, day_words, long_day_words, parse_clock
from rallyapp.domain.typed import typed_day

_DAY = timedelta(days=1)
_MOST_DAYS = 62
_EXAMPLE = "write it as \u201cTue 1/12 8-11, if need be 14-16\u201d"
_TIME = r"(?:noon|midday|midnight|\d{1,2}(?:[:.]?\d\d)?(?:\s*[ap]m\b|\s*(?:hrs?|h|o['\u2019]?clock)\b)?)(?![\d/])"
_TO = r"\s*(?:-|\u2013|\u2014|\bto\b|\b(?:un|['\u2019])?till?\b)\s*"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur|urs|r)?(?:day)?\b"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    r"(?:\d{4}-\d\d-\d\d"
    r"|\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*(?:\d{4}|\d\d))?"
    r"|\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d\d))?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+(?:19|20|21)\d\d(?!{_TO}\d))?"
    r"|today\b|tomorrow\b)"
)
_TOKENS = re.compile(
    "|".join(
        (
            r"(?P<if_need_be>\bif\s+(?:need(?:s|ed)?(?:\s+be)?|necessary|needs\s+must)\b"
            r"|\bmaybe\b|\bperhaps\b|\bat a push\b)",
            r"(?P<not_free>\bnot\s+(?:free|available|able)\b|\bunavailable\b|\bcan(?:['\u2019]?t|not)(?:\s+(?:do|come))?\b"
            r"|\bbusy\b|\bnot\b|\bno\b)",
            r"(?P<clear>\bclear\b|\bnot said\b)",
            r"(?P<free>\bfree\b|\bavailable\b|\byes\b|\bcan(?:\s+(?:do|come))?\b)",
            r"(?P<all_days>\b(?:every|each)\s+day\b|\ball\s+days\b|\bdaily\b)",
            r"(?P<all_day>\ball\s+day\b|\bwhole\s+day\b|\bany\s*time\b)",
            r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)",
            rf"(?P<span>(?:(?:from|between)\s+)?{_TIME}{_TO}{_TIME}|between\s+{_TIME}\s+and\s+{_TIME})",
            rf"(?P<after>(?:from|after)\s+{_TIME})",
            rf"(?P<before>(?:until|till|til|before|up to)\s+{_TIME})",
            rf"(?P<day>(?:{_WEEKDAY}[\s,]*{_DATE}|{_WEEKDAY}|{_DATE}))",
            r"(?P<to>-|\u2013|\u2014|\bto\b|\b(?:un|['\u2019])?till?\b)",
            r"(?P<glue>\b(?:and|on|at|then|but|also)\b|&|\+|:|\s+)",
        )
    ),
    re.IGNORECASE,
)
_TIMES = {"span", "after", "before", "all_day"}
_DAYS = {"day", "iso", "all_days"}
_LEVELS = {"free": Level.FREE, "if_need_be": Level.IF_NEED_BE, "not_free": Level.NOT, "clear": None}


@dataclass
class _Clause:
    """What was said between two commas."""

    days: list[date] = field(default_factory=list)
    times: list[tuple[time, time]] = field(default_factory=list)
    level: Level | None = None
    says_level: bool = False
    all_day: bool = False
    ranged: bool = False  # a "to" after a day waits for the second one


def typed_offers(text: str, *, days: Sequence[date], near: date) -> tuple[Stroke, ...]:
    """Read when somebody is free, as typed; ``days`` are those on the screen, ``near`` settles a missing year.

    A clause without a day goes on with the day before it, one without a level is free; a day without times is
    the whole day. Raises ValueError with a sentence for what can't be read.
    """
    parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
    clauses = [clause for part in parts for clause in _clauses(part, days, near)]
    if not clauses:
        raise ValueError(f"Nothing is written yet: {_EXAMPLE}")
    strokes: list[Stroke] = []
    waiting: list[date] = []
    known: list[date] = []
    level: Level | None = Level.FREE
    for place, clause in enumerate(clauses):
        following = clauses[place + 1] if place + 1 < len(clauses) else None
        if _waits(clause, following):
            waiting += clause.days
            continue
        if clause.says_level:
            level = clause.level
        elif clause.days and clause.times:
            level = Level.FREE
        known = [*waiting, *clause.days] or known
        waiting = []
        if not known:
            known = list(days) if len(days) == 1 else []
        if not known:
            raise ValueError(f"Say which day as well: {_EXAMPLE}")
        strokes.append(Stroke(level, tuple(span for day in known for span in _spans(day, clause))))
    return tuple(strokes)


def typed_stretch(text: str, *, near: date, days: Sequence[date] = ()) -> Span:
    """Read one stretch with its day, across midnight too: "Tue 1/12 20-8", "1 Dec 20:00 to 2 Dec 08:00".

    Raises ValueError with a sentence.
    """
    ends = re.fullmatch(
        rf"\s*(?P<day>{_WEEKDAY}[\s,]*{_DATE}|{_WEEKDAY}|{_DATE})[\s,]+(?:from\s+|at\s+)?(?P<start>{_TIME}){_TO}"
        rf"(?P<last>{_WEEKDAY}[\s,]*{_DATE}|{_WEEKDAY}|{_DATE})[\s,]+(?:at\s+)?(?P<end>{_TIME})\s*",
        text,
        re.IGNORECASE,
    )
    if ends:
        first = _day(ends["day"], days, near)
        start = datetime.combine(first, parse_clock(ends["start"]))
        end = datetime.combine(_day(ends["last"], (), first), parse_clock(ends["end"]))
        if end <= start:
            raise ValueError(f"\u201c{text.strip()}\u201d ends before it starts")
        return Span(_checked(start), _checked(end))
    strokes = typed_offers(text, days=days, near=near)
    spans = [span for stroke in strokes for span in stroke.spans]
    if len(spans) != 1:
        raise ValueError("Write one stretch of time here, as \u201cTue 1/12 20:00 to Wed 2/12 08:00\u201d")
    return spans[0]


def _waits(clause: _Clause, following: _Clause | None) -> bool:
    """Say whether a bare day only opens a list: "Tue, Wed 8-11"."""
    bare = bool(clause.days) and not (clause.times or clause.says_level or clause.all_day)
    return bare and following is not None and bool(following.days) and not following.says_level


def _clauses(text: str, days: Sequence[date], near: date) -> list[_Clause]:
    """Read what stands between two commas; a second level in it begins a clause of its own."""
    tokens = list(_tokens(text))
    made = [_Clause()]
    before = ""
    for place, (kind, word) in enumerate(tokens):
        later = {each for each, _ in tokens[place + 1 :]}
        if kind in _LEVELS and before not in _LEVELS and _ends_before(made[-1], later):
            made.append(_Clause())
        before = kind
        _take(made[-1], kind, word, days, near)
    if made[-1].ranged:
        raise ValueError(f"\u201c{text.strip()}\u201d stops after \u201cto\u201d: {_EXAMPLE}")
    return made


def _ends_before(clause: _Clause, later: set[str]) -> bool:
    """Say whether a clause is whole before another level; ``later`` is what is said after that."""
    more = bool(later & _TIMES) or bool(clause.days and later & _DAYS)
    if clause.times or clause.all_day:
        return clause.says_level or more
    return bool(clause.days) and clause.says_level and more  # "free 1/12 but not 8-11": free all that day


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None or found.end() == at:
            word = (text[at:].split() or [text])[0]
            raise ValueError(f"\u201c{word}\u201d in \u201c{text.strip()}\u201d can't be read: {_EXAMPLE}")
        if found.lastgroup != "glue":
            yield found.lastgroup or "", found[0]
        at = found.end()


def _take(clause: _Clause, kind: str, word: str, days: Sequence[date], near: date) -> None:
    if kind in _LEVELS:
        clause.level, clause.says_level = _LEVELS[kind], True
    elif kind in ("day", "iso"):
        day = _day(word, days, clause.days[-1] if clause.ranged else near)
        clause.days += _range(clause.days[-1], day)[1:] if clause.ranged else [day]
        clause.ranged = False
    elif kind == "all_days":
        if not days:
            raise ValueError("There is no strike day in this plan: write the days themselves")
        clause.days += days
    elif kind == "all_day":
        clause.all_day = True
    elif kind == "span":
        clause.times.append(_stretch(word))
    elif kind in ("after", "before"):
        moment = parse_clock(re.sub(r"^(?:from|after|until|till|til|before|up\s+to)\s+", "", word, flags=re.IGNORECASE))
        clause.times.append((moment, MIDNIGHT) if kind == "after" else (MIDNIGHT, moment))
    else:  # "to"
        if not clause.days or clause.times:
            raise ValueError(f"\u201c{word.strip()}\u201d stands between two times or two days: {_EXAMPLE}")
        clause.ranged = True


def _day(word: str, days: Sequence[date], near: date) -> date:
    """Read a day; a bare weekday is that one of the days on the screen."""
    bare = " ".join(word.split())
    if days and re.fullmatch(_WEEKDAY, bare, re.IGNORECASE):
        weekday = typed_day(bare, near=near).weekday()
        fitting = [day for day in days if day.weekday() == weekday]
        if len(fitting) > 1:
            dates = " or ".join(f"{day.day}/{day.month}" for day in fitting[:4])
            raise ValueError(f"There is more than one {bare.capitalize()} here: write its date too, {dates}")
        if fitting:
            return fitting[0]
    day = typed_day(bare, near=near)
    dated = re.sub(rf"^{_WEEKDAY}[\s,]*", "", bare, flags=re.IGNORECASE)
    if dated and dated != bare and (nearest := typed_day(dated, near=near)) != day:
        # A year in which the weekday would fit is not what somebody means who is a day out.
        raise ValueError(f"\u201c{bare}\u201d would be {long_day_words(nearest)}: check the weekday and the date")
    return day


def _range(first: date, last: date) -> list[date]:
    count = (last - first).days
    if not 0 < count <= _MOST_DAYS:
        raise ValueError(f"{day_words(last)} does not come soon after {day_words(first)}: check the two dates")
    return [first + _DAY * n for n in range(count + 1)]


def _stretch(word: str) -> tuple[time, time]:
    """Read "8-11"; one that would end before it starts goes over midnight."""
    bare = re.sub(r"^(?:from|between)\s+", "", word.strip(), flags=re.IGNORECASE)
    parts = re.split(rf"{_TO}|\s+and\s+", bare, flags=re.IGNORECASE)
    try:
        return parse_span(" to ".join(parts))
    except ValueError:
        starts, ends = parse_clock(parts[0]), night_end(*parts)
        if starts == ends:
            raise
        return starts, ends


def _spans(day: date, clause: _Clause) -> list[Span]:
    if not clause.times:
        return [whole_day(day)]
    made = []
    for starts, ends in clause.times:
        start = datetime.combine(day, starts)
        end = datetime.combine(day if ends > starts else day + _DAY, ends)
        made.append(Span(_checked(start), _checked(end)))
    return made


def _checked(when: datetime) -> datetime:
    if fault := clock_fault(when):
        raise ValueError(fault[0].upper() + fault[1:])
    return when
