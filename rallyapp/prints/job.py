"""What a document is written from: one piece of it, for one audience, at one time.

A *piece* is a copy's worth of a document about one thing (one picket's rota, one rally's plan): it has its own
code, version and page numbers, and is noted by itself when it is printed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import PersonId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally, RallyDay
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import day_words
from rallyapp.prints import wording
from rallyapp.prints.audience import Audience, Document, Naming, Shown, names_for, shown, without_phones
from rallyapp.prints.free_words import hidden_names, without_names


class Per(StrEnum):
    """What one piece of a document is about."""

    PICKET = "picket"
    DAY = "strike day"
    RALLY = "rally"
    STALL = "stall"
    PLAN = "plan"


class Paper(StrEnum):
    """The size of the paper."""

    A3 = "A3"
    A4 = "A4"
    A5 = "A5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a document is printed: on which paper, in colour or black and white, in large print."""

    paper: Paper = Paper.A4
    colour: bool = True
    large: bool = False

    @property
    def words(self) -> str:
        """Name the form as it is noted with a print: "A3, large print, black and white"."""
        large, colour = ("large print" if self.large else ""), ("" if self.colour else "black and white")
        return ", ".join(part for part in (str(self.paper), large, colour) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a piece as it was printed.

    ``key`` is its own for as long as the plan has it, ``digest`` tells what stood there (too short to tell it
    back). ``number`` is its number on a sheet that is typed back, with whom it stands for.
    """

    key: str
    digest: str
    number: int = 0
    shift: str = ""
    person: str = ""
    role: str = ""


@dataclass(slots=True)
class Lines:
    """The rows of a piece, as they are written."""

    made: list[Line] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece to write.

    Attributes:
        about: the id of what it is about, by the document's ``Per``; empty for the whole plan.
        printed: the time of printing, local wall-clock.
        version: the plan's version, which stands on the paper.
        code: the piece's short code.
        since: the version of this piece's last print for this audience; None where there was none.
        before: what stood in its rows then, by their keys.
        choice: a document's own choice ("2": the running order as it was issued the second time).
    """

    plan: Plan
    rules: Rules
    document: Document
    audience: Audience
    about: str
    printed: datetime
    version: int
    code: str
    since: int | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    choice: str = ""
    lines: Lines = field(default_factory=Lines)

    # ------------------------------------------------------------------------------------- its rows
    def line(self, key: str, value: Any, *, number: int = 0, shift: str = "", person: str = "", role: str = "") -> bool:
        """Note a row with what stands in it, and say whether it is new or not as it was on the last print.

        ``value`` is a dataclass or plain values as they are printed, without any mark of a change.
        """
        digest = digest_of(value)
        self.lines.made.append(Line(key=key, digest=digest, number=number, shift=shift, person=person, role=role))
        changed = self.since is not None and self.before.get(key) != digest
        if changed:
            self.lines.changed.append(key)
        return changed

    def gone(self) -> tuple[str, ...]:
        """List the keys of the rows that stood on the last print and have not been noted now."""
        now = {line.key for line in self.lines.made}
        return tuple(key for key in self.before if key not in now)

    # --------------------------------------------------------------------------------- who may read what
    @cached_property
    def allowed(self) -> Shown:
        """What may stand on this copy."""
        return shown(self.document, self.audience)

    def name(self, id: PersonId | None) -> str:
        """Name somebody on the roster as this copy may; empty where it names nobody."""
        return self._named(id, self.allowed.names)

    def leader_name(self, id: PersonId | None) -> str:
        """Name who stands for the picket or the rally as this copy may.

        A copy that leaves the union names nobody who did not agree to it.
        """
        person = self.plan.find(Person, id)
        inside = self.allowed.names is not Naming.NONE
        agreed = inside or (person is not None and person.may_be_named)
        return self._named(id, self.allowed.leaders if agreed else Naming.NONE)

    def phone(self, id: PersonId | None) -> str:
        """Give the number of somebody on the roster, where this copy may have it."""
        person = self.plan.find(Person, id)
        return wording.unbroken(person.phone) if person and self.allowed.phones else ""

    def outside(self, text: str) -> str:
        """Give the name or number of somebody outside the union, where this copy may have it."""
        return text if self.allowed.outside else ""

    def say(self, text: str) -> str:
        """Give what somebody wrote freely, without the numbers and full names that this copy may not show.

        The duty phone stays, and whoever agreed to be named where this copy names those who did.
        """
        if not text:
            return text
        said = text if self.allowed.phones else without_phones(text, but=self.duty_phone)
        return said if self.allowed.names is Naming.FULL else without_names(said, self._hidden)

    @property
    def _hidden(self) -> Mapping[str, str]:
        known, agreed = _names_of(self.plan), self.allowed.leaders is Naming.FULL
        key = (self.allowed.names, agreed)
        if key not in known.hidden:
            people = [each for each in self.plan.all(Person) if not (agreed and each.may_be_named)]
            known.hidden[key] = hidden_names(people, known.shown(self.plan, self.allowed.names))
        return known.hidden[key]

    def _named(self, id: PersonId | None, naming: Naming) -> str:
        if naming is Naming.NONE or id is None:
            return ""
        return _names_of(self.plan).shown(self.plan, naming).get(id) or _as_set(self.plan.name_of(id))

    # --------------------------------------------------------------------------------- what it is about
    @cached_property
    def day(self) -> StrikeDay | None:
        """The strike day that it belongs to; a rally's is its first."""
        plan, about = self.plan, self.about
        picket = plan.find(Picket, about)  # ids are unique in the whole plan
        stall = plan.find(Stall, about)
        if stall is not None and stall.picket_id:
            picket = plan.find(Picket, stall.picket_id)
        if picket is not None:
            return plan.find(StrikeDay, picket.strike_day_id)
        rally = stall.rally_id if stall is not None else about
        days = [plan.get(StrikeDay, link.strike_day_id) for link in plan.of(RallyDay, "rally_id", rally)]
        found = min(days, key=lambda day: (day.window.start, day.id), default=None)
        return found or plan.find(StrikeDay, about)

    @cached_property
    def dispute(self) -> Dispute | None:
        """The dispute that it belongs to: that of its strike day, or else the plan's only one."""
        if self.day is not None:
            return self.plan.dispute_of(self.day)
        disputes = self.plan.all(Dispute)
        return disputes[0] if len(disputes) == 1 else None

    @property
    def where(self) -> Jurisdiction:
        """Whose law applies."""
        return self.dispute.jurisdiction if self.dispute else Jurisdiction.ENGLAND

    @property
    def duty_phone(self) -> str:
        """The one number that may stand on every copy."""
        return wording.unbroken(self.dispute.duty_phone) if self.dispute else ""

    @property
    def owner(self) -> tuple[str, ...]:
        """Whose paper it is: the union, its branch, the dispute."""
        if self.dispute is None:
            return ()
        return tuple(part for part in (self.dispute.union, self.dispute.branch, self.dispute.title) if part)

    @property
    def rally(self) -> Rally | None:
        """The rally that it is about, or that its stall stands at."""
        stall = self.plan.find(Stall, self.about)
        return self.plan.find(Rally, stall.rally_id if stall is not None else self.about)

    def shred_words(self) -> str:
        """Say that it shows who is in a trade union and when to shred it."""
        return f"Shows who is in a trade union. Do not photograph or post. Shred after {day_words(self.shred_after)}."

    @property
    def shred_after(self) -> date:
        """The day after which no copy is needed: the plan's own, or a week after the dispute's last strike day."""
        days = self.plan.of(StrikeDay, "dispute_id", self.dispute.id) if self.dispute else ()
        last = max((day.last_date for day in days), default=self.printed.date())
        return self.plan.settings.delete_after or last + timedelta(days=7)

    def rule_words(self, rules: Iterable[str], on: date) -> tuple[str, ...]:
        """Give the printable sentences of those of the rules that are in force there on that day."""
        found = (self.rules.rule(id) for id in rules)
        return tuple(rule.say for rule in found if rule.say and rule.applies(self.where, on))


class _Names:
    """How the people of a plan are named: worked out once for all pieces that are written from it."""

    def __init__(self) -> None:
        self.hidden: dict[tuple[Naming, bool], Mapping[str, str]] = {}
        self._shown: dict[Naming, Mapping[PersonId, str]] = {}

    def shown(self, plan: Plan, naming: Naming) -> Mapping[PersonId, str]:
        if naming not in self._shown:
            names = names_for(plan.all(Person), naming)
            self._shown[naming] = {id: _as_set(name) for id, name in names.items()}
        return self._shown[naming]


_NAMES: WeakKeyDictionary[Plan, _Names] = WeakKeyDictionary()


def _names_of(plan: Plan) -> _Names:
    return _NAMES.setdefault(plan, _Names())


def _as_set(name: str) -> str:
    return wording.apart(wording.flat(name))


def digest_of(value: Any) -> str:
    """Tell what stood in a row in ten signs: enough to see that it changed, too few to tell it back."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    text = json.dumps(plain, default=_plain, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
