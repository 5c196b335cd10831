"""What a document is written from: one piece of it, for one audience, at one time.

A *piece* is a copy's worth of a document about one thing (one picket's rota, one rally's plan): it has its own
code, version and page numbers, and is noted by itself when it is printed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import PersonId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.named import Names
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Attendance, Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally, RallyDay, TeamMember
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import day_words
from rallyapp.prints import wording
from rallyapp.prints.audience import Audience, Document, Naming, Shown, names_for, shown
from rallyapp.prints.free_words import HIDDEN, without_names
from rallyapp.prints.numbers import without_phones


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
        digest = digest_of(value, salt=f"{self.plan.settings.id} {self.about} {key}")
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
        if self.allowed.names is Naming.FULL:
            return said
        agreed = self.allowed.leaders is Naming.FULL
        return without_names(said, _names_of(self.plan), lambda people: self._instead(people, agreed))

    def say_outside(self, text: str) -> str:
        """Give what somebody wrote freely, for a page that leaves the union whatever copy it is a part of.

        It holds no number but the duty phone, and the full name of nobody who did not agree to be named.
        """
        said = without_phones(text, but=self.duty_phone)
        return without_names(said, _names_of(self.plan), lambda ids: None if self._agreed(ids) else HIDDEN)

    def _instead(self, ids: tuple[PersonId, ...], agreed: bool) -> str | None:
        """Say what stands instead of a full name in a text; several people have it where it can't tell them apart."""
        here = tuple(id for id in ids if id in self._short) or ids
        if agreed and self._agreed(here):
            return None
        if self.allowed.names is Naming.NONE:
            return HIDDEN
        return self.name(here[0]) if len(here) == 1 else _as_set(self.plan.get(Person, here[0]).short_name)

    def _agreed(self, ids: Iterable[PersonId]) -> bool:
        return all(self.plan.get(Person, id).may_be_named for id in ids)

    def _named(self, id: PersonId | None, naming: Naming) -> str:
        if naming is Naming.NONE or id is None:
            return ""
        person = self.plan.find(Person, id)
        if naming is Naming.FULL or person is None:
            return _as_set(self.plan.name_of(id))
        return self._short.get(person.id) or self._short_beside(person)

    @cached_property
    def _short(self) -> dict[PersonId, str]:
        """Short names of the people of this piece, which tell them apart.

        They are made from nobody else, so that a piece reads the same whatever is printed together with it.
        """
        people = (self.plan.find(Person, id) for id in dict.fromkeys(people_of(self.plan, self.about)))
        names = names_for((person for person in people if person is not None), Naming.SHORT)
        return {id: _as_set(name) for id, name in names.items()}

    def _short_beside(self, person: Person) -> str:
        """Name somebody who is not of this piece but is named on it, so that they are not taken for one who is."""
        beside = (self.plan.get(Person, id) for id in self._short)
        return _as_set(names_for((*beside, person), Naming.SHORT)[person.id])

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
        parts = (self.dispute.union, self.dispute.branch, self.dispute.title)
        own = (part if self.allowed.phones else without_phones(part, but=self.duty_phone) for part in parts)
        return tuple(part for part in own if part)

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


def people_of(plan: Plan, about: str) -> Iterator[PersonId]:
    """Give those who are assigned to, marked at or on the team of what a piece is about; all for the whole plan."""
    if not about:
        yield from (person.id for person in plan.all(Person))
        return
    for shift in _shifts_of(plan, about):
        yield from (each.person_id for each in plan.of(Assignment, "shift_id", shift.id))
        yield from (each.person_id for each in plan.of(Attendance, "shift_id", shift.id) if each.person_id)
    for rally in (about, *(link.rally_id for link in plan.of(RallyDay, "strike_day_id", about))):
        yield from (each.person_id for each in plan.of(TeamMember, "rally_id", rally) if each.person_id)


def _shifts_of(plan: Plan, about: str) -> Iterator[Shift]:
    """Give the shifts of what has that id: a picket, stall or rally with its posts, or a strike day with all these."""
    yield from plan.of(Shift, "picket_id", about)
    yield from plan.of(Shift, "stall_id", about)
    for post in plan.of(Post, "rally_id", about):
        yield from plan.of(Shift, "post_id", post.id)
    for stall in plan.of(Stall, "rally_id", about):
        yield from plan.of(Shift, "stall_id", stall.id)
    for picket in plan.of(Picket, "strike_day_id", about):
        yield from plan.of(Shift, "picket_id", picket.id)
        for stall in plan.of(Stall, "picket_id", picket.id):
            yield from plan.of(Shift, "stall_id", stall.id)
    for link in plan.of(RallyDay, "strike_day_id", about):
        yield from _shifts_of(plan, link.rally_id)


# Worked out once for all pieces that are written from a plan.
_NAMES: WeakKeyDictionary[Plan, Names] = WeakKeyDictionary()


def _names_of(plan: Plan) -> Names:
    found = _NAMES.get(plan)
    if found is None:
        found = Names((person.id, person.given_name, person.family_name) for person in plan.all(Person))
        _NAMES[plan] = found
    return found


def _as_set(name: str) -> str:
    return wording.apart(wording.flat(name))


def digest_of(value: Any, *, salt: str) -> str:
    """Tell what stood in a row in ten signs: enough to see that it changed, too few to tell it back.

    ``salt`` is the row's own, so that rows which read the same in two plans or on two sheets do not show it.
    """
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    text = json.dumps(plain, default=_plain, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest()[:10]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
