"""The list of all records, and their way to plain values and back.

A plain value is text, a whole number, true, false or nothing: what a table's column and a JSON file hold
alike. A new noun is one more class in ``KINDS``, after everything that it refers to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, Protocol, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from rallyapp.domain import disputes, pickets, places, rallies, saying, stalls, tells
from rallyapp.domain import people as persons
from rallyapp.domain.problems import Problem, UserError
from rallyapp.domain.times import clock, year_fault
from rallyapp.domain.words import counted

Plain = str | int | bool | None
LONGEST_TEXT = 20_000
# Fields that may hold more than one line; a line break in a name would forge a line of a report or a sheet.
SEVERAL_LINES = frozenset(
    {"note", "text", "purpose", "control", "duty", "eligibility", "usual_needs", "reason", "override_reason"}
    | {"conditions", "direction", "what", "instruction", "sent_route", "stage_note", "stand_at", "address", "picture"}
)
LONGEST_PICTURE = 40_000_000
LARGEST_NUMBER = 2**53


class Record(Protocol):
    """What every record has: an id, and what is wrong in it by itself."""

    @property
    def id(self) -> str:
        """Its id, unique in the plan."""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""


# In the order in which they can be written: nothing refers to a later one. Two exceptions refer to their
# own kind or to a later row, and the file lets references settle at the end of an edit: a strike day's
# replacement, and a rally's site plan.
KINDS: tuple[type[Record], ...] = (
    disputes.Settings,
    disputes.Dispute,
    disputes.StrikeDay,
    disputes.StrikeDayMove,
    places.Employer,
    disputes.Notice,
    disputes.NoticeDay,
    places.Site,
    places.Entrance,
    places.Venue,
    stalls.Partner,
    persons.Person,
    persons.Workplace,
    persons.PersonSkill,
    persons.Availability,
    persons.Cover,
    persons.Preference,
    persons.Pair,
    pickets.Picket,
    rallies.Rally,
    rallies.RallyDay,
    rallies.TeamMember,
    rallies.Speaker,
    rallies.ProgrammeItem,
    rallies.ProgrammeIssue,
    rallies.IssuedLine,
    rallies.Post,
    rallies.Permission,
    rallies.Contact,
    rallies.KitItem,
    rallies.Risk,
    rallies.RouteStep,
    rallies.PlanNote,
    places.SitePlan,
    stalls.Stall,
    places.Pin,
    stalls.Tally,
    pickets.Shift,
    pickets.Need,
    pickets.Assignment,
    pickets.Attendance,
    pickets.TurnoutCount,
    pickets.Incident,
    pickets.PoliceDirection,
    pickets.PoliceTelling,
    tells.StandDown,
    tells.StandDownDay,
    tells.ContactAttempt,
    tells.PrintRun,
    tells.PrintedLine,
)


@cache
def table_of(kind: type[Record]) -> str:
    """Name a kind's table: StrikeDay is kept in strike_day."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


TABLES: Mapping[str, type[Record]] = {table_of(kind): kind for kind in KINDS}


# What a table's own name would not say.
_TABLE_WORDS = {
    "printed_line": "printed row",
    "print_run": "print",
    "person_skill": "skill",
    "availability": "offer of time",
    "cover": "duty",
    "programme_item": "running order line",
    "programme_issue": "running order version",
    "issued_line": "issued running order line",
    "post": "steward post",
    "stand_down": "stand-down",
    "stand_down_day": "stand-down day",
}
_FIELD_WORDS = {
    "called_out": "words on who is called out",
    "customary": "reason why it is customary",
    "harmed": "people harmed",
    "meet": "meeting place",
    "override_by": "name of who decided",
    "override_reason": "reason for the decision",
    "on_day_contact": "contact on the day",
    "on_day_phone": "phone on the day",
    "nearest_ae": "nearest A&E",
    "max_minutes_day": "most minutes a day",
    "max_minutes_total": "most minutes in all",
    "left_likelihood": "likelihood that is left",
    "left_severity": "severity that is left",
    "lat": "latitude",
    "lon": "longitude",
}
# Fields whose names are no nouns are said in quotation marks, as a form's label would be.
_NO_NOUN = re.compile(r".*_(by|from|on|at|for|seen|wanted|opened|closed|until)|who|what|where|how|told|at|by|checked")


_PLURALS = {
    "person": "people",
    "offer of time": "offers of time",
    "duty": "duties",
    "rally": "rallies",
    "tally": "tallies",
    "settings": "settings",
}


def table_words(table: str) -> str:
    """Name a row of a table, as somebody says it: a print, a strike day."""
    return _TABLE_WORDS.get(table, table.replace("_", " "))


def rows_words(table: str, number: int) -> str:
    """Count rows of a table, as somebody says it: 58 printed rows, 1 print, 3 people."""
    one = table_words(table)
    return counted(number, one, _PLURALS.get(one, ""))


def _whose(kind: type[Record]) -> str:
    """Name whose field it is in a sentence: "strike day's", "settings'"."""
    words = table_words(table_of(kind))
    return f"{words}'" if words.endswith("s") else f"{words}'s"


def _field_words(name: str) -> str:
    if name in _FIELD_WORDS:
        return _FIELD_WORDS[name]
    words = name.removesuffix("_id").replace("_", " ")
    return f"\u201c{words}\u201d" if _NO_NOUN.fullmatch(name) else words


class Malformed(UserError):
    """A plain value that can't be what its field asks for."""


class Column:
    """One field of a record as a column: its name, what it holds, and whether it may be empty."""

    def __init__(self, kind: type[Record], name: str, hint: Any, default: Any) -> None:
        """Read the field's type; raises TypeError for one that no column can hold."""
        self.name = name
        parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
        self.optional = NoneType in parts
        held = [part for part in parts if part is not NoneType]
        self.holds = held[0]
        self.refers_to: str | None = None
        if isinstance(self.holds, NewType):
            if name != "id":
                self.refers_to = re.sub(r"(?<!^)(?=[A-Z])", "_", self.holds.__name__.removesuffix("Id")).lower()
            self.holds = str
        self.required = default is MISSING
        self.default = default
        self.what = f"{table_of(kind)}.{name}"
        self.words = f"The {_whose(kind)} {_field_words(name)}"
        kinds = isinstance(self.holds, type) and issubclass(self.holds, StrEnum)
        if len(held) != 1 or not (kinds or self.holds in (str, int, bool, date, datetime, time)):
            raise TypeError(f"{self.what}: no column can hold {hint}")
        self.read = self._reader()

    @property
    def sql_type(self) -> str:
        """TEXT or INTEGER: nothing else, so that the journal's images are exact."""
        return "INTEGER" if self.holds in (int, bool) else "TEXT"

    def write(self, value: Any) -> Plain:
        """Turn a field's value into a plain one."""
        if value is None or type(value) in (str, int, bool):
            return cast(Plain, value)
        if isinstance(value, StrEnum):
            return value.value
        if isinstance(value, datetime):
            return value.isoformat("T", "minutes")
        return value.isoformat() if isinstance(value, date) else clock(value)

    def _reader(self) -> Callable[[Any], Any]:
        holds, what = self.holds, self.what
        if holds is bool:
            return lambda value: _flag(value, what)
        if holds is int:
            return lambda value: _whole(value, what)
        if holds is str:
            return lambda value: _text(value, what)
        if issubclass(holds, StrEnum):
            known = {member.value: member for member in holds}
            return lambda value: _one_of(value, known, what)
        example, shape, parse = {
            datetime: ("2015-12-01T08:00", r"\d{4}-\d\d-\d\dT\d\d:\d\d", datetime.fromisoformat),
            date: ("2015-12-01", r"\d{4}-\d\d-\d\d", date.fromisoformat),
            time: ("08:00", r"\d\d:\d\d", time.fromisoformat),
        }[holds]
        match = re.compile(shape, re.ASCII).fullmatch
        return lambda value: _moment(value, match, parse, example, what)


def _shown(value: Any) -> str:
    try:
        text = str(value)
    except ValueError:  # Python writes out no number of more than some thousand digits
        text = "a number of very many digits"
    text = "".join(c if c.isprintable() else "\ufffd" for c in text[:41])
    return f"\u201c{text[:40]}\u2026\u201d" if len(text) > 40 else f"\u201c{text}\u201d"


def _flag(value: Any, what: str) -> bool:
    if value is True or value is False:
        return value
    if type(value) is int and value in (0, 1):
        return bool(value)
    raise Malformed(f"{what}: {_shown(value)} is not true or false")


def _whole(value: Any, what: str) -> int:
    if type(value) is int and abs(value) < LARGEST_NUMBER:
        return value
    raise Malformed(f"{what}: {_shown(value)} is not a whole number")


def _text(value: Any, what: str) -> str:
    if type(value) is str:
        return value
    raise Malformed(f"{what}: {_shown(value)} is not text")


def _one_of(value: Any, known: Mapping[str, StrEnum], what: str) -> StrEnum:
    try:
        return known[value]
    except (KeyError, TypeError):
        raise Malformed(f"{what}: {_shown(value)} is not one of {', '.join(known)}") from None


def _moment(value: Any, match: Callable[[str], Any], parse: Callable[[str], Any], example: str, what: str) -> Any:
    try:
        if match(value):
            return parse(value)
    except (ValueError, TypeError):
        pass
    raise Malformed(f"{what}: {_shown(value)} is not a time such as {example}") from None


@cache
def columns(kind: type[Record]) -> tuple[Column, ...]:
    """List a kind's columns in the order of its fields."""
    hints = get_type_hints(kind)
    return tuple(Column(kind, field.name, hints[field.name], field.default) for field in fields(kind))  # type: ignore[arg-type]


def to_plain(record: Record) -> dict[str, Plain]:
    """Turn a record into plain values, in the order of its fields."""
    return {column.name: column.write(getattr(record, column.name)) for column in columns(type(record))}


R = TypeVar("R", bound=Record)


def from_plain(kind: type[R], values: Mapping[str, Any]) -> R:
    """Make a record of plain values.

    A field with a default may be left out. Raises Malformed, naming the field, for a value that the field
    can't hold, a field that is missing and one that the kind does not have.
    """
    made: dict[str, Any] = {}
    for column in columns(kind):
        if column.name not in values:
            if column.required:
                raise Malformed(f"{column.what} is missing")
            continue
        value = values[column.name]
        if value is None:
            if not column.optional:
                raise Malformed(f"{column.what} must not be empty")
            made[column.name] = None
        else:
            made[column.name] = column.read(value)
    if len(made) < len(values):
        unknown = sorted(set(values) - {column.name for column in columns(kind)}, key=str)
        raise Malformed(f"{table_of(kind)} has no field {_shown(unknown[0])}")
    return kind(**made)


def problems_of(record: Record) -> tuple[Problem, ...]:
    """Find everything that is wrong in one record by itself; a record with a problem is never stored."""
    kind = table_of(type(record))
    found = []
    for column in columns(type(record)):
        value = getattr(record, column.name)
        if column.holds is str and value is not None:
            longest = LONGEST_PICTURE if column.name == "picture" else LONGEST_TEXT
            if len(value) > longest:
                found.append(saying.wrong(kind, record.id, f"{column.words} is longer than {longest:,} characters"))
            elif bad := unkeepable(value):
                sentence = f"{column.words} {bad}"
                found.append(saying.wrong(kind, record.id, sentence, "type the text again"))
            elif "\n" in value and column.name not in SEVERAL_LINES:
                found.append(
                    saying.wrong(kind, record.id, f"{column.words} must be one line", "take the line break out")
                )
            elif column.name == "id" or column.refers_to:
                found.extend(saying.required(kind, record.id, column.words, value))
        elif column.holds is int and value is not None and abs(value) >= LARGEST_NUMBER:
            found.append(saying.wrong(kind, record.id, f"{column.words} is too large a number"))
        elif column.holds is date and value is not None and (fault := year_fault(value)):
            found.append(saying.wrong(kind, record.id, f"{column.words}: {fault}"))
    return (*found, *record.problems())


# Control characters but tab and line feed, and halves of surrogate pairs, which no encoding can write.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def unkeepable(text: str) -> str:
    """Say what a text holds that no plan can keep: "holds a character that can't be kept (U+0000)"; else nothing."""
    bad = None if text.isprintable() else _UNKEEPABLE.search(text)
    return f"holds a character that can't be kept (U+{ord(bad[0]):04X})" if bad else ""
