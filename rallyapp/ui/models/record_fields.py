"""One column of a list of records: what it shows of a record, and how what is typed into it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Column, Record, problems_of
from rallyapp.domain.times import clock, day_words, parse_clock
from rallyapp.domain.typed import typed_day
from rallyapp.domain.words import capital
from rallyapp.ui.models.fill import Tone

_YES = ("yes", "y", "true", "1", "x", "\u2713", "\u2714")
_NO = ("no", "n", "false", "0", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """One column. ``name`` is the record's field, ``what`` is how an edit names it ("the phone").

    Widths are pixels at 100 %. ``write`` gives the text that is shown, ``read`` the value of what was typed: it
    raises UserError or ValueError with one sentence; by default both go by the type of the record's field.
    ``put`` gives the record with that value, for a column that is not simply one field. ``options`` are offered
    while somebody types; ``tip`` is said of the column's heading; ``tone`` makes a chip of what is shown.
    """

    name: str
    title: str
    what: str
    width: int = 120
    grows: int = 0
    figures: bool = False
    shown: bool = True
    read_only: bool = False
    later: bool = False
    write: Callable[[Any], str] | None = None
    read: Callable[[str], Any] | None = None
    put: Callable[[Any, Any], Any] | None = None
    options: Callable[[], Sequence[str]] | None = None
    ink: str = "text"
    tip: str = ""
    tone: Callable[[Any], Tone | None] | None = None


class Bound:
    """A column together with the record's field behind it, if there is one by that name."""

    def __init__(self, field: SheetField, held: Column | None, near: Callable[[], date]) -> None:
        """Take the field's type; ``near`` is the day from which a year that nobody typed is reckoned."""
        self.field = field
        self._held = held
        self._near = near

    @property
    def ticks(self) -> bool:
        """Say whether it holds yes or no."""
        return self._held is not None and self._held.holds is bool

    def text(self, record: Any) -> str:
        """Write what a record has there."""
        if self.field.write is not None:
            return self.field.write(record)
        return _written(getattr(record, self.field.name))

    def key(self, record: Any) -> tuple[bool, Any]:
        """Give what the rows are ordered by: what is empty comes last."""
        value = getattr(record, self.field.name, None)
        if self.field.write is not None or value is None or isinstance(value, str):
            value = self.text(record).casefold()
        return value in ("", None), value

    def read(self, text: str) -> Any:
        """Read what was typed; raises UserError with one sentence."""
        try:
            if self.field.read is not None:
                return self.field.read(text)
            return self._by_type(text)
        except ValueError as error:
            raise UserError(f"{error}.") from None

    def put(self, record: Any, value: Any) -> Any:
        """Give the record with that value."""
        if self.field.put is not None:
            return self.field.put(record, value)
        return replace(record, **{self.field.name: value})

    def offers(self, text: str) -> list[str]:
        """List what may be meant by what was typed so far."""
        if self.field.options is not None:
            known = list(self.field.options())
        elif self.ticks:
            known = ["yes", "no"]
        else:
            known = [capital(each) for each in self._kinds()]
        wanted = text.strip().casefold()
        first = [each for each in known if each.casefold().startswith(wanted)]
        return first + [each for each in known if wanted in each.casefold() and each not in first]

    def _kinds(self) -> list[StrEnum]:
        holds = self._held.holds if self._held is not None else str
        return list(holds) if isinstance(holds, type) and issubclass(holds, StrEnum) else []

    def _by_type(self, text: str) -> Any:
        held, bare = self._held, text.strip()
        if held is None or held.holds is str:
            return bare or (None if held is not None and held.optional else "")
        if held.holds is bool:
            return _flag(bare)
        if not bare and held.optional:
            return None
        if held.holds is int:
            return _whole(bare)
        if held.holds is date:
            return typed_day(bare, near=self._near())
        if held.holds is time:
            return parse_clock(bare)
        return self._one_of(bare)

    def _one_of(self, text: str) -> StrEnum:
        wanted, known = text.casefold(), self._kinds()
        found = [each for each in known if each.casefold() == wanted]
        found = found or [each for each in known if wanted and each.casefold().startswith(wanted)]
        if len(found) == 1:
            return found[0]
        raise ValueError(f"\u201c{text}\u201d is not one of {', '.join(known)}")


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return capital(value)
    if isinstance(value, datetime | time):
        return clock(value)
    if isinstance(value, date):
        return day_words(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _flag(text: str) -> bool:
    if text.casefold() in (*_YES, *_NO):
        return text.casefold() in _YES
    raise ValueError(f"\u201c{text}\u201d is neither yes nor no")


def _whole(text: str) -> int:
    try:
        return int(text.replace(",", ""))
    except ValueError:
        raise ValueError(f"\u201c{text}\u201d is not a whole number") from None


def wrong_with(record: Record) -> str:
    """Say in one sentence why a record can't be kept, or nothing."""
    for problem in problems_of(record):
        mend = f": {problem.mend}" if problem.mend else ""
        return f"{problem.sentence}{mend}."
    return ""
