"""The marks that typed lines come to: who is meant, and what all lines together say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from rallyapp.domain.ids import AttendanceId, PersonId
from rallyapp.domain.pickets import Attendance, MarkedFrom, Role, Shift
from rallyapp.domain.plan import as_read
from rallyapp.domain.type_back_lines import Clock, Said, Signed, row_words
from rallyapp.domain.type_back_sheet import Key, Known, SignInSheet, mark_words, moment, when_words
from rallyapp.domain.words import capital

ABSENT = "absent"  # stands for the time of somebody who did not come


@dataclass(frozen=True, slots=True)
class Target:
    """A mark, the number of its row (0: a walk-in on no row), and what a line says of it."""

    key: Key
    row: int
    said: Signed


@dataclass(slots=True)
class Line:
    """A line on the way to being read; its targets are the marks that it says something of."""

    number: int
    text: str
    said: Said | None = None
    targets: list[Target] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fault: str = ""


@dataclass(slots=True)
class Wanted:
    """What the lines say of one mark, put together; ``made`` is what it comes to, unless there is a ``fault``."""

    shift: Shift
    fresh: Attendance
    came: Clock | None = None
    went: Clock | None = None
    absent: bool = False
    armband: str = ""
    role: Role | None = None
    said_on: dict[str, int] = field(default_factory=dict)
    made: Attendance | None = None
    fault: str = ""


class Marks:
    """Puts together what lines say of people."""

    def __init__(self, sheet: SignInSheet, known: Known, make_id: Callable[[], str]) -> None:
        """Take the sheet, who is found by a full name, and what makes ids."""
        self.sheet, self._known, self._make_id = sheet, known, make_id
        self.wanted: dict[Key, Wanted] = {}
        self._named: dict[int, tuple[Key, str]] = {}  # who stands in a row that was printed blank
        self._found: dict[PersonId, str] = {}  # the names of people whom the sheet itself does not know

    # ------------------------------------------------------------------------------- whom a line means
    def put(self, line: Line, said: Signed) -> None:
        """Take what a line says of its rows or its walk-in; raises ValueError with a sentence."""
        if not said.rows:
            line.targets = [Target(self._walk_in(line, said, 0), 0, said)]
        elif len(said.rows) == 1:
            line.targets = [Target(self._row(line, said, said.rows[0]), said.rows[0], said)]
        else:
            blank = tuple(row for row in said.rows if row not in self._named and not self._printed(row))
            line.targets = [Target(self._row(line, said, row), row, said) for row in said.rows if row not in blank]
            if not line.targets:
                raise ValueError(f"{capital(row_words(blank))} were printed blank: type a line for each, with its name")
            if blank:
                line.notes.append(f"{capital(row_words(blank))}: no name, left out.")
        for target in line.targets:
            self._merge(line, target)

    def _printed(self, number: int) -> bool:
        row = self.sheet.rows.get(number)
        return bool(row and row.person)

    def _row(self, line: Line, said: Signed, number: int) -> Key:
        row = self.sheet.rows.get(number)
        if row is None or row.person is None:
            return self._blank_row(line, said, number)
        name = self.sheet.name(row)
        if said.name and not _may_be(said.name, name):
            raise ValueError(
                f"Row {number} was printed for {name}. If {said.name} signed there, type {number} no and + {said.name}"
            )
        shift = self.sheet.shift_of(row)
        return self._want(shift, row.person, Attendance(**self._new(shift), person_id=row.person, role=row.role))

    def _blank_row(self, line: Line, said: Signed, number: int) -> Key:
        if number in self._named:
            key, name = self._named[number]
            if said.name and not _may_be(said.name, name):
                raise ValueError(f"Row {number} is {name} on another line: type + {said.name} for somebody else")
            return key
        if not said.name:
            raise ValueError(
                f"Row {number} was printed blank: type the name that stands there, {number} Jo Bloggs 0810"
            )
        key = self._walk_in(line, said, number)
        self._named[number] = (key, said.name)
        return key

    def _walk_in(self, line: Line, said: Signed, number: int) -> Key:
        """Find or make the mark of somebody on no printed row: of a person where the plan knows just one so named."""
        sheet = self.sheet
        person = self._person(line, said.name)
        who: PersonId | str = person or as_read(said.name)
        before = [key for key in sheet.marks if key[1] == who]
        if said.came is not None:
            shift = sheet.shift_at(moment(said.came, sheet.span))
        elif before:
            shift = sheet.plan.get(Shift, before[0][0])
        else:
            typed = f"{number} {said.name}" if number else f"+ {said.name}"
            raise ValueError(f"When did {said.name} come? Type {typed} 0810")
        if others := [key for key in before if key[0] != shift.id]:
            line.notes.append(f"Marked on the shift before or after, too: {mark_words(sheet, sheet.marks[others[0]])}.")
        role = said.role or Role.SUPPORTER
        fresh = Attendance(**self._new(shift), person_id=person, walk_in="" if person else said.name, role=role)
        return self._want(shift, who, fresh)

    def _person(self, line: Line, name: str) -> PersonId | None:
        if row := self.sheet.row_of(name):
            line.notes.append(f"{self.sheet.name(row)} stands in row {row.number}, too.")
            return row.person
        found = [person for person in self._known(name) if as_read(person.name) == as_read(name)]
        if len(found) > 1:
            line.notes.append(f"{len(found)} people in the plan are called so: kept as a walk-in of that name.")
        if len(found) != 1:
            return None
        self._found[found[0].id] = found[0].name
        return found[0].id

    def _new(self, shift: Shift) -> dict[str, Any]:
        return {"id": AttendanceId(self._make_id()), "shift_id": shift.id}

    def _want(self, shift: Shift, who: PersonId | str, fresh: Attendance) -> Key:
        self.wanted.setdefault((shift.id, who), Wanted(shift, fresh))
        return shift.id, who

    # ----------------------------------------------------------------------------- what is said of them
    def _merge(self, line: Line, target: Target) -> None:
        want, said = self.wanted[target.key], target.said
        for what, value in stated(said):
            before = want.said_on.get(what)
            if before and value != wanted(want, what):
                whose = f"Row {target.row}" if target.row else said.name
                line.notes.append(f"{whose} is on line {before}, too: this line holds.")
            want.said_on[what] = line.number
        if said.absent:
            want.absent, want.came, want.went = True, None, None
            want.said_on["went"] = line.number
        elif said.came:
            want.absent = False
        want.came, want.went = said.came or want.came, said.went or want.went
        want.armband, want.role = said.armband or want.armband, said.role or want.role

    def put_all(self, line: Line, said: Signed) -> None:
        """Fill what neither another line nor an earlier mark says, for everybody whom the sheet was printed for.

        Raises ValueError where everybody is marked.
        """
        partly = []
        for number, row in self.sheet.rows.items():
            key = self.sheet.key(row)
            if key is None:
                continue
            part = _free(said, self.sheet.marks.get(key), self.wanted.get(key))
            if stated(part):
                self._row(line, part, number)
                line.targets.append(Target(key, number, part))
                self._merge(line, line.targets[-1])
                partly += [number] if stated(part) != stated(said) else []
        if partly:
            keep = "keeps" if len(partly) == 1 else "keep"
            line.notes.append(f"{capital(row_words(tuple(partly)))} {keep} what else is known.")
        if not line.targets:
            raise ValueError("Everybody on the sheet is marked already: write the rows to change them, 1-6 out 1100")

    # --------------------------------------------------------------------------------- what comes of it
    def resolve(self) -> None:
        """Turn what is said of each mark into the mark, or find what does not add up."""
        for key, want in self.wanted.items():
            now = self.sheet.marks.get(key) or want.fresh
            try:
                want.made = self._made(now, want)
            except ValueError as error:
                want.fault = capital(str(error))

    def _made(self, now: Attendance, want: Wanted) -> Attendance:
        came, went = times(want.shift, want, now.came)
        if not want.absent:
            came, went = came or now.came, went or now.went
        absent = want.absent or (now.absent and came is None)
        if went and came is None:
            raise ValueError(f"When did {self.whose(now)} come? Type the time in as well, in 0755 out 1102")
        if went and came and went < came:
            day = self.sheet.day
            raise ValueError(
                f"Out {when_words(went, day)} is before in {when_words(came, day)}: look at the sheet again"
            )
        return replace(
            now,
            came=came,
            went=went,
            absent=absent,
            armband=want.armband or now.armband,
            role=want.role or now.role,
            marked=MarkedFrom.PAPER,
        )

    def whose(self, mark: Attendance) -> str:
        """Name whom a mark is of."""
        if mark.person_id is None:
            return mark.walk_in
        return self._found.get(mark.person_id) or self.sheet.plan.name_of(mark.person_id)

    def saved(self) -> list[Attendance]:
        """List the marks that are new or not as they stand."""
        marks = self.sheet.marks
        return [
            want.made
            for key, want in self.wanted.items()
            if want.made and (key not in marks or replace(want.made, marked=marks[key].marked) != marks[key])
        ]


def times(shift: Shift, said: Signed | Wanted, here: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Say on which days the times are that are typed; ``here`` is since when somebody is known to be there."""
    came = moment(said.came, shift.span) if said.came else None
    went = moment(said.went, shift.span, end=True, not_before=came or here) if said.went else None
    return came, went


def stated(said: Signed) -> list[tuple[str, object]]:
    """List what a line says, by the mark's fields; that somebody is absent is said of when they came."""
    found = [("came", said.came), ("went", said.went), ("armband", said.armband), ("role", said.role)]
    return [("came", ABSENT)] if said.absent else [pair for pair in found if pair[1]]


def wanted(want: Wanted, what: str) -> object:
    """Give what all lines together say of one of the fields that ``stated`` names."""
    return ABSENT if want.absent and what == "came" else getattr(want, what)


def _free(said: Signed, before: Attendance | None, want: Wanted | None) -> Signed:
    """Give what "all" says of somebody of whom some of it is known."""
    known = [each for each in (before, want) if each]
    if any(each.absent for each in known) or (said.absent and known):
        return Signed()
    came = None if any(each.came for each in known) else said.came
    went = None if any(each.went for each in known) else said.went
    return replace(said, came=came, went=went, everybody=False)


def _may_be(typed: str, name: str) -> bool:
    """Say whether a name that was typed can be short for another: "Jo", "Jo B.", "bloggs"."""
    words = as_read(name).split()
    return all(any(word.startswith(part.rstrip(".")) for word in words) for part in as_read(typed).split())
