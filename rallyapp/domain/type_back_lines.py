"""What one line of a sign-in sheet says, as it is typed back: "3 in 0755 out 1102", "7 no", "+ Jo Bloggs 0810"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from rallyapp.domain.frozen import frozen
from rallyapp.domain.pickets import Role
from rallyapp.domain.times import clock, parse_clock


@frozen
class Clock:
    """A time of day as typed; ``either_half``: nobody said whether 1:05 is at night or in the afternoon.

    ``any_hour``: only the minutes were typed (.55), of the hour that is nearest.
    """

    at: time
    either_half: bool = False
    any_hour: bool = False


@frozen
class Signed:
    """What a line says of rows, of everybody, or of a walk-in (no rows); what it does not say is None or empty.

    ``goes_on``: it names no row and goes on with the one after the last. ``unread``: a ? stands for a name, or a time
    in, that nobody can read.
    """

    rows: tuple[int, ...] = ()
    goes_on: bool = False
    everybody: bool = False
    name: str = ""
    role: Role | None = None
    came: Clock | None = None
    went: Clock | None = None
    absent: bool = False
    armband: str = ""
    unread: bool = False


@frozen
class Counted:
    """A head-count."""

    at: Clock
    pickets: int
    supporters: int


@frozen
class Noted:
    """Something that happened."""

    at: Clock
    what: str


Said = Signed | Counted | Noted

ROLE_WORDS = {
    "picket": Role.PICKET,
    "supporter": Role.SUPPORTER,
    "visitor": Role.SUPPORTER,
    "official": Role.OFFICIAL,
    "steward": Role.STEWARD,
    "standby": Role.STANDBY,
    "supervisor": Role.SUPERVISOR,
}
_ABSENT = frozenset({"no", "n", "x", "absent", "away", "missing", "no show", "no-show", "not here", "did not come"})
_ABSENT |= frozenset({"didn't come", "didn\u2019t come", "didnt come", "-", "\u2013"})
_THERE = frozenset({"yes", "y", "ok", "here", "there", "came", "present"})
_IN = frozenset({"in", "came", "arrived", "from", "at"})
_OUT = frozenset({"out", "left", "went", "to", "till", "til", "until"})
_BAND = frozenset({"band", "armband"})
_EVERYBODY = frozenset({"all", "everybody", "everyone", "rest"})

_ROW = r"(?:rows?|nos?\.?|#)?\s*(\d{1,3})(?!\d|[:.h]\d)"
_FIRST_ROW = re.compile(_ROW, re.IGNORECASE)
_NEXT_ROW = re.compile(r"\s*(?:(?P<to>-|\u2013|\u2212|\bto\b)|,|&|\+|\band\b)\s*" + _ROW, re.IGNORECASE)
_GLUED = re.compile(r"\b(in|out|band)(?=\d)", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:[\s,;]|[.:](?!\d\d(?!\d)))+")  # the full stop of "3." is nothing, that of ".55" is
_HEAD = re.compile(r"(?P<what>head[- ]?count|count|note|incident)\b[\s:,]*", re.IGNORECASE)
_HALF = r"\s?(?:[ap]\.?\s?m\b\.?|[ap]\b)"
_FULL = rf"\d{{1,2}}\s?[:.,h]\s?[0-5]\d(?:{_HALF})?|\d{{3,4}}(?:{_HALF})?|\d{{1,2}}{_HALF}|noon|midday|midnight"
_TOKEN = re.compile(
    r"(?P<unread>\?+)(?=[\s,;/\-\u2013]|$)"
    rf"|(?P<time>(?:{_FULL})(?:\s?(?:hrs?|hours?))?)(?![\w?])"
    r"|(?P<past>[.:][0-5]\d)(?![\w.:?])"
    r"|(?P<number>\d{1,2})(?![\w?])"
    r"|(?P<dash>[-\u2013\u2212/])(?=[\s\d?]|[.:]\d|$)"
    r"|(?P<apart>[,;()\"\u201c\u201d|]+|\.(?=\s|$)|:(?=\s|$))"
    r"|(?P<word>[^\s,;()\"\u201c\u201d|]+)",
    re.IGNORECASE,
)


def typed_line(text: str, *, last: int, following: int = 1) -> Said | None:
    """Read one line; None for an empty one. ``last`` is the greatest row number of the sheet.

    A line that begins with a time, or says no more than that somebody did not come, is of the ``following`` row.
    Raises ValueError with a sentence that says what is missing or not understood.
    """
    bare = " ".join(text.split())
    if not bare:
        return None
    if head := _HEAD.match(bare):
        rest = bare[head.end() :]
        return _count(rest) if "count" in head["what"].lower() else _note(rest)
    if bare.startswith("+"):
        return _walk_in(bare[1:].strip())
    word, _, rest = bare.partition(" ")
    if word.strip(",:.").casefold() in _EVERYBODY:
        return _statement(rest, word, everybody=True)
    rows, rest = _rows(bare, last)
    if not rows and _goes_on(bare) and following <= last:
        return _statement(bare, f"row {following}", rows=(following,), goes_on=True)
    if not rows:
        raise ValueError(
            "Begin with the number of a row (3 in 0755 out 1102), with + and a name, or with count, note or all"
        )
    return _statement(rest, _rows_words(rows), rows=rows)


# ------------------------------------------------------------------------------------------------- rows
def _goes_on(bare: str) -> bool:
    if bare.strip(" .,").casefold() in _ABSENT:
        return True
    first = _TOKEN.match(bare)
    return bool(first and (first.lastgroup in ("time", "past", "unread") or first[0].casefold() in ("in", "out")))


def _rows(bare: str, last: int) -> tuple[tuple[int, ...], str]:
    """Read the numbers at the start of a line: 3, 1-6, 1, 2 and 5; what is left over says something of them."""
    first = _FIRST_ROW.match(bare)
    if first is None:
        return (), bare
    found, end = [int(first[1])], first.end()
    while (more := _NEXT_ROW.match(bare, end)) and int(more[2]) <= last and not _is_time_here(bare, more.start(2)):
        number = int(more[2])
        if more["to"]:
            if number < found[-1]:
                raise ValueError(f"{found[-1]}\u2013{number} runs backwards: write the smaller row first")
            found += range(found[-1] + 1, number + 1)
        else:
            found.append(number)
        end = more.end()
    missing = [number for number in found if not 1 <= number <= last]
    if missing:
        raise ValueError(f"There is no row {missing[0]} on this sheet: its rows end at {last} or before")
    return tuple(dict.fromkeys(found)), bare[end:]


def _is_time_here(bare: str, at: int) -> bool:
    """Say whether a number that could be a row is part of a time: 8am, 8.15; 8,11 are two rows."""
    found = _TOKEN.match(bare, at)
    return bool(found and found["time"] and not found["time"].replace(",", "").isdecimal())


def _rows_words(rows: tuple[int, ...]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else "those rows"


def row_words(rows: tuple[int, ...]) -> str:
    """Write row numbers shortly: "row 3", "rows 1-6 and 9" with an en dash."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    parts = [f"{one}" if one == other else f"{one}\u2013{other}" for one, other in runs]
    said = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    return f"row {said}" if len(rows) == 1 else f"rows {said}"


# ------------------------------------------------------------------------------------------- statements
def _walk_in(rest: str) -> Signed:
    said = _statement(rest, "the walk-in", rows=())
    if not said.name and not said.unread:
        raise ValueError("Type the name of the walk-in behind the +: + Jo Bloggs 0810")
    if said.came is None:
        name = said.name or "?"
        raise ValueError(f"When did {said.name or 'they'} come? Type + {name} 0810")
    return said


def _statement(
    rest: str, whose: str, *, rows: tuple[int, ...] = (), everybody: bool = False, goes_on: bool = False
) -> Signed:
    bare = _GLUED.sub(r"\1 ", _BEFORE.sub("", rest, 1).rstrip(" .,;:"))
    plain = bare.casefold()
    if plain in _ABSENT:
        return Signed(rows=rows, goes_on=goes_on, everybody=everybody, absent=True)
    if plain in _THERE and (rows or everybody):
        raise ValueError(f"When did {whose} come? Where the sheet has no time, type when the shift began: in 0800")
    reader = _Reader(bare)
    reader.read()
    reader.refuse_absent(plain, whose)
    said = Signed(
        rows=rows,
        goes_on=goes_on,
        everybody=everybody,
        name=reader.name,
        role=reader.role,
        came=reader.came,
        went=reader.went,
        armband=reader.armband,
        unread=reader.unread,
    )
    if said.unread and everybody:
        raise ValueError("Type ? for the row that can\u2019t be read, by its number: 3 ?")
    if said == Signed(rows=rows, goes_on=goes_on, everybody=everybody):
        raise ValueError(f"Say what to write for {whose}: in 0755, out 1102, no, or band 12")
    if said.name and everybody:
        raise ValueError(
            f"\u201c{said.name}\u201d after \u201c{whose}\u201d is not understood: in 0800, out 1100 or no"
        )
    if said.name and len(rows) > 1:
        raise ValueError(f"One name belongs to one row: \u201c{said.name}\u201d can\u2019t stand for those rows")
    return said


class _Reader:
    """Reads what follows the row: times, an armband, a role and a name, in any order that makes sense."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_TOKEN.finditer(text))
        self.came: Clock | None = None
        self.went: Clock | None = None
        self.armband = ""
        self.role: Role | None = None
        self.unread = False
        self._words: list[tuple[str, bool]] = []  # the word, and whether something stands between it and the one before
        self._next = ""  # what the next number is, where a word said so

    def read(self) -> None:
        skip = False
        apart = False
        for at, token in enumerate(self.tokens):
            if skip:
                skip = False
                continue
            kind, text = token.lastgroup or "", token[0]
            if kind in ("time", "past"):
                self._time(text)
            elif kind == "unread":
                self._unread()
            elif kind == "number":
                skip = self._number(at)
            elif kind == "dash":
                self._next = "out" if self.came and self._numbers_at(at + 1) else self._next
            elif kind == "word":
                skip = self._word(at, text, apart)
            apart = kind in ("apart", "dash", "time", "past")
        self._take_role()

    def refuse_absent(self, plain: str, whose: str) -> None:
        """Refuse "7 no, ill": why somebody did not come is nobody's business; and "no" with a time."""
        first = plain.split(" ")[0].strip(",.:;")
        if first not in ("no", "absent") or (first == "no" and len(self._words) > 1 and self.came):
            return
        if self.came or self.went:
            raise ValueError(f"Is {whose} absent, or there? Type no, or the times")
        raise ValueError(f"Type no by itself for {whose}: why somebody did not come is not kept")

    @property
    def name(self) -> str:
        return " ".join(word for word, _ in self._words)

    def _until_at(self, at: int) -> bool:
        """Say whether a dash or "to" with a time stands there, as in 8-11."""
        token = self.tokens[at] if at < len(self.tokens) else None
        return bool(token and (token["dash"] or token[0].casefold() in _OUT) and self._numbers_at(at + 1))

    def _numbers_at(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].lastgroup in ("time", "past", "number", "unread")

    def _unread(self) -> None:
        """Take a ? for a name or a time in; a time out that can't be read is left open like one that is missing."""
        if self._next == "in" and any(token.lastgroup in ("time", "past", "number") for token in self.tokens):
            raise ValueError(
                "A time out is kept with a time in: where that can\u2019t be read, type when the shift began"
            )
        self.unread = self.unread or self.came is None
        self._next = ""

    def _time(self, text: str) -> None:
        self._keep(_clock(text))

    def _number(self, at: int) -> bool:
        """Take a bare number behind in, out or a dash as an hour, with its minutes where they follow a blank."""
        text = self.tokens[at][0]
        if not self._next and self.came is None and self._until_at(at + 1):
            self._next = "in"
        if not self._next:
            raise ValueError(
                f"What is \u201c{text}\u201d? Write a time with four figures (0800), an armband as band {text}"
            )
        after = self.tokens[at + 1] if self._numbers_at(at + 1) else None
        if after and after.lastgroup == "number" and len(text) == len(after[0]) == 2:
            self._keep(_clock(f"{text}:{after[0]}"))
            return True
        self._keep(_clock(text))
        return False

    def _keep(self, at: Clock) -> None:
        where = self._next or ("in" if self.came is None and self.went is None else "out")
        self._next = ""
        if where == "in" and self.came is None:
            self.came = at
        elif where == "out" and self.went is None:
            self.went = at
        else:
            raise ValueError(f"{clock(at.at)} is one time too many: type one in and one out")

    def _word(self, at: int, text: str, apart: bool) -> bool:
        low = text.casefold().rstrip(".:")
        if low in _BAND and at + 1 < len(self.tokens):
            self.armband = self.tokens[at + 1][0]
            return True
        # "An To 0810": but for In and Out themselves, a word with a capital behind a name is part of it.
        part_of_name = bool(self._words) and self.came is None and text[0].isupper() and low not in ("in", "out")
        if (low in _IN or low in _OUT) and not part_of_name:
            if self._numbers_at(at + 1):
                self._next = "in" if low in _IN else "out"
                return False
            if not self._words and (low in ("in", "out") or text.islower()):
                raise ValueError(f"Type the time behind \u201c{low}\u201d: {low} {'0755' if low in _IN else '1102'}")
        if any(sign.isdigit() for sign in text):
            raise ValueError(f"\u201c{text}\u201d is not understood: write a time as 0800, an armband as band 12")
        self._words.append((text, apart))
        return False

    def _take_role(self) -> None:
        """Take a role out of the name: "Jo Bloggs supporter" has one, "Mark Steward" is a name."""
        for at, (word, apart) in enumerate(self._words):
            role = ROLE_WORDS.get(word.casefold())
            alone = apart or at == 0 or at > 1 or word.islower()
            if role and alone and at == len(self._words) - 1:
                self.role = role
                del self._words[at]
                if role is Role.OFFICIAL and self._words and self._words[-1][0].casefold() == "union":
                    del self._words[-1]
                return


def _clock(text: str) -> Clock:
    """Read a time as somebody writes it; 1:05 without am, pm or a leading nought may be in the afternoon."""
    if text[0] in ".:":
        return Clock(at=time(minute=int(text[1:])), any_hour=True)
    low = re.sub(r"\s?(?:hrs?|hours?)$", "", text.casefold().strip())
    bare = re.sub(r"[.\s]", "", low[-5:]) if low[-1] in "m." else low[-1]
    half = next((f"{each}m" for each in "ap" if bare.endswith((each, f"{each}m"))), "")
    figures = re.sub(r"[^\d:]", "", re.sub(r"(?<=\d)\s?[.,h]\s?(?=\d)", ":", low))
    if not figures:
        return Clock(at=parse_clock(low))
    at = parse_clock(figures + half)
    return Clock(at=at, either_half=not half and not figures.startswith("0") and 1 <= at.hour < 12)


# ------------------------------------------------------------------------------------ counts and notes
_PLAIN_NUMBER = re.compile(r"\d{1,6}")


def _first_time(rest: str, example: str) -> tuple[Clock, str]:
    found = _TOKEN.match(rest)
    if found is None or found.lastgroup not in ("time", "past", "number"):
        raise ValueError(f"Type when it was: {example}")
    return _clock(found[0]), rest[found.end() :].strip(" ,;:-\u2013")


def _count(rest: str) -> Counted:
    at, numbers = _first_time(rest, "count 0830 6 45")
    found = tuple(_whole_numbers(numbers))
    if len(found) != 2:
        raise ValueError(f"Type two numbers, pickets and supporters (0 for none): count {clock(at.at)} 6 45")
    return Counted(at=at, pickets=found[0], supporters=found[1])


def _whole_numbers(text: str) -> Iterator[int]:
    yield from (int(found[0]) for found in _PLAIN_NUMBER.finditer(text))


def _note(rest: str) -> Noted:
    at, what = _first_time(rest, "note 0915 what happened")
    if not what:
        raise ValueError(f"Type what happened behind the time: note {clock(at.at)} what happened")
    return Noted(at=at, what=what)
