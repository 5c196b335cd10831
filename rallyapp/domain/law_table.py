"""The table of dated rules, as rows: what is in force where, on which key date. ``law`` answers from it.

``Rules.of`` reads the parsed table and refuses one that lacks what ``law`` needs; this module opens no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from rallyapp.domain.frozen import frozen
from rallyapp.domain.times import long_day_words


class Jurisdiction(StrEnum):
    """Whose law applies to a dispute or a rally."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern ireland"

    @property
    def great_britain(self) -> bool:
        """Whether the Trade Union and Labour Relations (Consolidation) Act 1992 applies (L1, L36)."""
        return self is not Jurisdiction.NORTHERN_IRELAND

    @property
    def words(self) -> str:
        """As a person writes it: Northern Ireland."""
        return self.value.title()


class KeyDate(StrEnum):
    """Which date decides whether a rule applies."""

    PICKET_DAY = "picket day"
    NOTICE_GIVEN = "notice given"
    BALLOT_OPENED = "ballot opened"
    RALLY_DAY = "rally day"
    NONE = "none"


class Certainty(StrEnum):
    """How well a rule is known."""

    READ = "read in the source"
    SECOND_HAND = "second hand"
    FROM_MEMORY = "from memory"
    DISAGREE = "sources disagree"

    @property
    def printable(self) -> bool:
        """Whether a rule so known may be printed as law."""
        return self in (Certainty.READ, Certainty.SECOND_HAND)


class Action(StrEnum):
    """What the program does with a rule."""

    CHECK = "check"
    PRINT = "print"
    NOTE = "note"
    NONE = "none"


@frozen
class Rule:
    """One row of the table: a rule, where and when it is in force, and how well it is known.

    Attributes:
        text: the rule in plain words, for the page about the rules; ``say`` is the line that may be printed.
        first_day: the first day in force, None for "as long as plans go back".
        last_day: the last day in force, itself included; None while it lasts.
        values: further named figures and words, for ``figure``, ``clock`` and ``value``.
    """

    id: str
    title: str
    text: str
    where: tuple[Jurisdiction, ...]
    key: KeyDate
    first_day: date | None
    last_day: date | None
    number: int | None
    unit: str | None
    values: tuple[tuple[str, int | str], ...]
    source: str
    certainty: Certainty
    action: Action
    say: str | None

    def applies(self, where: Jurisdiction, on: date) -> bool:
        """Say whether the rule is in force there on its key date."""
        return (
            where in self.where
            and (self.first_day is None or self.first_day <= on)
            and (self.last_day is None or on <= self.last_day)
        )

    def value(self, name: str) -> int | str | None:
        """Give a named value of the row, None where it has none of that name."""
        return dict(self.values).get(name)

    def figure(self, name: str = "number") -> int:
        """Give the rule's number, or a named one; raises ValueError where the row has none."""
        found = self.number if name == "number" else self.value(name)
        if not isinstance(found, int):
            raise ValueError(f"Rule {self.id} of the law table has no figure \u201c{name}\u201d.")
        return found

    def clock(self, name: str) -> time:
        """Give a named time of day; raises ValueError where the row has none."""
        try:
            return time.fromisoformat(str(self.value(name)))
        except ValueError:
            raise ValueError(f"Rule {self.id} of the law table has no time of day \u201c{name}\u201d.") from None


_FIELDS = {"id", "title", "rule", "where", "key", "from", "to", "number", "unit", "values"}
_FIELDS |= {"source", "certainty", "action", "say"}
_UNION = "check with your union"
NOTICE = ("L16", "L17", "L18", "L19")
MANDATE = ("L22a", "L23", "L24")
EDITIONS = ("L13a", "L13b", "L13c", "L13d", "L36")
MARCH = ("R1", "R4", "R5a")
# What ``law`` reads; a table without it is refused when it is read, not on the eve of a strike.
_RULES_READ = ("L6", "L25", "R2")
_FIGURES_READ = (
    *((id, "number") for id in ("L4", *NOTICE, *MANDATE, *MARCH, "R5b", "R13")),
    *(("L17", "agreed"), ("L23", "agreed"), ("R11", "march"), ("R11", "static")),
    *(("R13", "up to"), ("R13", "per thousand"), ("R13", "stops at"), ("R16", "number")),
)
_CLOCKS_READ = (("R9", "from"), ("R9", "to"))


@frozen
class Rules:
    """The table of dated rules, as recorded on a day."""

    recorded: date
    words: str
    rows: tuple[Rule, ...]
    by_id: Mapping[str, Rule] = field(repr=False, compare=False)

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Rules:
        """Read the parsed table; raises ValueError with a sentence where it is malformed."""
        if set(table) != {"recorded", "words", "rules"}:
            raise ValueError("The law table must have \u201crecorded\u201d, \u201cwords\u201d and \u201crules\u201d.")
        recorded = _day(table["recorded"], "The law table")
        if recorded is None:
            raise ValueError("The law table does not say when it was recorded.")
        words = table["words"]
        if not isinstance(words, str) or "{date}" not in words or _UNION not in words:
            raise ValueError(f"The words of the law table must hold \u201c{{date}}\u201d and \u201c{_UNION}\u201d.")
        raw = table["rules"]
        if not isinstance(raw, list):
            raise ValueError("The rules of the law table must be a list.")
        rows = tuple(_rule(row, n) for n, row in enumerate(raw, start=1))
        by_id = {rule.id: rule for rule in rows}
        if len(by_id) != len(rows):
            raise ValueError("Two rows of the law table have the same id.")
        rules = cls(recorded=recorded, words=words.replace("{date}", date_words(recorded)), rows=rows, by_id=by_id)
        for id in (*_RULES_READ, *EDITIONS):
            rules.rule(id)
        for id, name in _FIGURES_READ:
            rules.rule(id).figure(name)
        for id, name in _CLOCKS_READ:
            rules.rule(id).clock(name)
        return rules

    def rule(self, id: str) -> Rule:
        """Give the rule of that id, such as L16 or R5b; raises ValueError where there is none."""
        if id not in self.by_id:
            raise ValueError(f"The law table has no rule {id}.")
        return self.by_id[id]

    def in_force(self, id: str, where: Jurisdiction, on: date) -> bool:
        """Say whether a rule is in force there on that day, its key date."""
        return self.rule(id).applies(where, on)

    def all_in_force(self, where: Jurisdiction, on: date) -> tuple[Rule, ...]:
        """List the rules in force there on that day, in the order of the table."""
        return tuple(rule for rule in self.rows if rule.applies(where, on))

    def first_of(self, ids: tuple[str, ...], where: Jurisdiction, on: date) -> Rule | None:
        """Give the first of these rules that is in force there on that day, or None."""
        return next((self.by_id[id] for id in ids if self.in_force(id, where, on)), None)


# -------------------------------------------------------------------------------- reading the table
_Kind = TypeVar("_Kind", bound=StrEnum)


def _rule(row: object, place: int) -> Rule:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
        raise ValueError(f"Row {place} of the law table has no id.")
    at = f"Rule {row['id']} of the law table"
    if wrong := set(row) ^ _FIELDS:
        raise ValueError(f"{at} lacks a field or has one too many: {', '.join(sorted(wrong))}.")
    texts = {name: row[name] for name in ("title", "rule", "source")}
    for name, text in texts.items():
        if not isinstance(text, str) or not text:
            raise ValueError(f"{at} has no {name}.")
    if not isinstance(row["where"], list) or not row["where"]:
        raise ValueError(f"{at} does not say where it applies.")
    first_day, last_day = _day(row["from"], at), _day(row["to"], at)
    if first_day and last_day and last_day < first_day:
        raise ValueError(f"{at} ends before it begins.")
    number, unit = row["number"], row["unit"]
    if (number is None) != (unit is None) or type(number) not in (int, type(None)):
        raise ValueError(f"{at} must have a whole number with its unit, or neither.")
    values = row["values"]
    if not isinstance(values, dict) or any(type(value) not in (int, str) for value in values.values()):
        raise ValueError(f"{at} may have only whole numbers and words among its values.")
    certainty = _one_of(Certainty, row["certainty"], at)
    say = row["say"]
    if say is not None and (not isinstance(say, str) or not say or not certainty.printable):
        raise ValueError(f"{at} may not be printed, or prints nothing: it is known \u201c{certainty}\u201d.")
    return Rule(
        id=row["id"],
        title=row["title"],
        text=row["rule"],
        where=tuple(_one_of(Jurisdiction, name, at) for name in row["where"]),
        key=_one_of(KeyDate, row["key"], at),
        first_day=first_day,
        last_day=last_day,
        number=number,
        unit=unit,
        values=tuple(values.items()),
        source=row["source"],
        certainty=certainty,
        action=_one_of(Action, row["action"], at),
        say=say,
    )


def _one_of(kind: type[_Kind], text: object, at: str) -> _Kind:
    for member in kind:
        if member == text:
            return member
    raise ValueError(f"{at} says \u201c{text}\u201d, where only these are known: {', '.join(kind)}.")


def _day(text: object, at: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"{at} has \u201c{text}\u201d where a date such as 2026-02-18 belongs.") from None


def date_words(day: date) -> str:
    """Write a day as 1 December 2015."""
    return long_day_words(day).split(" ", 1)[1]
