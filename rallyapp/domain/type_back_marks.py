"""The marks that typed lines come to: who is meant, and what all lines together say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from rallyapp.domain.ids import AttendanceId, PersonId
from rallyapp.domain.pickets import Attendance, MarkedFrom, Role, Shift
from rallyapp.domain.plan import as_read
from rallyapp.domain.type_back_lines import Clock, Signed, row_words
from rallyapp.domain.type_back_sheet import GONE, Key, Known, SheetRow, SignInSheet, mark_words, moment, when_words
from rallyapp.domain.type_back_wanted import (
    UNREAD,
    Line,
    Target,
    Wanted,
    are_apart,
    are_both,
    free_of,
    gone_words,
    is_full,
    may_be,
    stated,
    times,
    wanted,
)
from rallyapp.domain.words import capital


class Marks:
    """Puts together what lines say of people."""

    def __init__(self, sheet: SignInSheet, known: Known, make_id: Callable[[], str]) -> None:
        """Take the sheet, who is found by a full name, and what makes ids."""
        self.sheet, self._known, self._make_id = sheet, known, make_id
        self.wanted: dict[Key, Wanted] = {}
        self.passed: set[int] = set()  # rows of people who are not in the plan any more, and did not come
        self._named: dict[int, tuple[Key, str]] = {}  # who stands in a row that was printed blank
        self._found: dict[PersonId, str] = {}  # the names of people whom the sheet itself does not know
        self._typed: dict[int, tuple[Clock | None, Clock | None]] = {}  # when somebody came and went, by the row
        self._others: list[tuple[Key, str, str]] = []  # walk-ins: the name as it is read, and where it stands

    def take_times(self, lines: Iterable[Line]) -> None:
        """Take the times that are said of each row: they tell the shift where the row's own is gone.

        What is said of everybody is not: it would put them all on one shift.
        """
        for said in (line.said for line in lines if isinstance(line.said, Signed)):
            for number in said.rows:
                came, went = self._typed.get(number, (None, None))
                self._typed[number] = came or said.came, went or said.went

    # ------------------------------------------------------------------------------- whom a line means
    def put(self, line: Line, said: Signed) -> None:
        """Take what a line says of its rows or its walk-in; raises ValueError with a sentence."""
        if not said.rows:
            line.targets = [Target(self._walk_in(line, said, 0), 0, said)]
        elif len(said.rows) == 1:
            key = self._row(line, said, said.rows[0])
            line.targets = [Target(key, said.rows[0], said)] if key else []
        else:
            self._put_several(line, said)
        for target in line.targets:
            self._merge(line, target)

    def _put_several(self, line: Line, said: Signed) -> None:
        nobody = [row for row in said.rows if row not in self._named and row not in self.sheet.row_marks]
        blank = tuple(row for row in nobody if row not in self.sheet.rows or self.sheet.rows[row].blank)
        gone = tuple(row for row in nobody if row not in blank and self.sheet.rows[row].gone)
        for row in said.rows:
            if row not in (*blank, *gone):
                self._target(line, said, row)
        if not line.targets:
            why = f"{capital(row_words(blank))} were printed blank: type a line for each, with its name"
            raise ValueError(why if blank else " ".join(line.notes) or gone_words(gone))
        if blank:
            line.notes.append(f"{capital(row_words(blank))}: no name, left out.")
        if gone:
            line.notes.append(f"{gone_words(gone)}: left out.")

    def _target(self, line: Line, said: Signed, number: int) -> bool:
        """Say of one of several rows what a line says of them all; what hinders it is a note of the line."""
        try:
            key = self._row(line, said, number)
        except ValueError as error:
            line.notes.append(f"Row {number}: left out. {str(error).rstrip('.')}.")
            return False
        assert key is not None, "a row of nobody is left out before"
        line.targets.append(Target(key, number, said))
        return True

    def _row(self, line: Line, said: Signed, number: int) -> Key | None:
        row = self.sheet.rows.get(number)
        if row is None or row.person is None:
            return self._open_row(line, said, number)
        name = self.sheet.name(row)
        if said.name and not may_be(said.name, name):
            raise ValueError(
                f"Row {number} was printed for {name}. If {said.name} signed there, type {number} no and + {said.name}"
            )
        if said.unread and said.came:
            raise ValueError(
                f"Which time of row {number} can\u2019t be read? Type {number} in 0755 out ?, or {number} ? for both"
            )
        shift = self._shift(row)
        fresh = Attendance(**self._new(shift), person_id=row.person, role=row.role)
        return self._of_person(line, fresh, shift, number)

    def _shift(self, row: SheetRow) -> Shift:
        return self.sheet.shift_of(row, *self._typed.get(row.number, (None, None)))

    def key_of(self, row: SheetRow) -> Key | None:
        """By what a printed row's mark is found; None for a row of nobody, and where its shift is not known."""
        if row.person is None:
            return None
        try:
            return self._shift(row).id, row.person
        except ValueError:
            return None

    def _of_person(self, line: Line, fresh: Attendance, shift: Shift, number: int) -> Key:
        assert fresh.person_id is not None
        key = (shift.id, fresh.person_id)
        other = self.wanted[key].row if key in self.wanted else 0
        if number and other and other != number:
            raise ValueError(
                f"Row {other} is {self.whose(fresh)} on the same shift, {shift.words}: "
                f"type there when they first came and last went"
            )
        self._want(key, Wanted(shift, fresh, self.sheet.marks.get(key) or self.sheet.row_marks.get(number), number))
        self.wanted[key].row = self.wanted[key].row or number
        return key

    def _open_row(self, line: Line, said: Signed, number: int) -> Key | None:
        """Find whoever wrote themselves into a row that was printed blank, or for somebody who is gone."""
        gone = number in self.sheet.rows and self.sheet.rows[number].gone
        if number in self._named:
            key, name = self._named[number]
            if said.name and not may_be(said.name, name):
                raise ValueError(f"Row {number} is {name} on another line: type + {said.name} for somebody else")
            return key
        before = self.sheet.row_marks.get(number)
        if not (said.name or before or (said.unread and said.came and not gone)):
            if gone and said.absent:
                line.nothing = f"did not come; {GONE}, so nothing is kept"
                self.passed.add(number)
                return None
            if gone:
                raise ValueError(f"{gone_words((number,))}: type the name as well, {number} Jo Bloggs 0810")
            if said.unread:
                raise ValueError(f"Type when they came, as near as it can be said: {number} ? 0810")
            raise ValueError(
                f"Row {number} was printed blank: type the name that stands there, {number} Jo Bloggs 0810"
            )
        key = self._walk_in(line, said, number)
        self._named[number] = (key, said.name or self.whose(self.wanted[key].fresh))
        return key

    def _walk_in(self, line: Line, said: Signed, number: int) -> Key:
        """Find or make the mark of somebody on no printed row: of a person where the plan knows just one so named."""
        sheet = self.sheet
        before = sheet.row_marks.get(number)
        name = said.name or (before.walk_in if before else "") or UNREAD
        if before and before.person_id and not said.name:
            person: PersonId | None = before.person_id
        else:
            person = self._person(line, name) if said.name else None
        alike = self._alike(name, person)
        if said.came is not None:
            shift = sheet.shift_at(moment(said.came, sheet.span))
        elif before or len(alike) == 1:
            shift = sheet.plan.get(Shift, (before or alike[0]).shift_id)
        else:
            typed = f"{number} {name}" if number else f"+ {name}"
            raise ValueError(f"When did {name} come? Type {typed} 0810")
        role = said.role or (before.role if before else Role.SUPPORTER)
        fresh = Attendance(**self._new(shift, number), person_id=person, walk_in="" if person else name, role=role)
        if elsewhere := [mark for mark in alike if mark.shift_id != shift.id and mark != before]:
            line.notes.append(f"Marked on the shift before or after, too: {mark_words(sheet, elsewhere[0])}.")
        if person:
            return self._of_person(line, fresh, shift, number)
        return self._of_walk_in(line, said, Wanted(shift, fresh, before, number), alike)

    def _alike(self, name: str, person: PersonId | None) -> list[Attendance]:
        """List the marks of a person, or of walk-ins of a name whom no row of the sheet is known to be of."""
        if person:
            return [mark for mark in self.sheet.marks.values() if mark.person_id == person]
        of_rows = {mark.id for mark in self.sheet.row_marks.values()}
        return [
            mark for mark in self.sheet.walk_ins if as_read(mark.walk_in) == as_read(name) and mark.id not in of_rows
        ]

    def _of_walk_in(self, line: Line, said: Signed, want: Wanted, alike: list[Attendance]) -> Key:
        """Tell walk-ins of one name apart: by their rows, and on no row by when they came and how full the name is."""
        read = as_read(want.fresh.walk_in)
        key: Key = (want.row or -line.number, "")
        came, went = times(want.shift, said, None)
        if not want.row:
            own = [other for other, name, _ in self._others if name == read and int(other[0]) < 0]
            key = next((other for other in own if self._is_same(said, self.wanted[other], came, went)), key)
        if key not in self.wanted and want.now is None:
            taken = {each.now.id for each in self.wanted.values() if each.now}
            free = [mark for mark in alike if mark.id not in taken and mark.shift_id == want.shift.id]
            want.now = next((mark for mark in free if came in (None, mark.came)), None) or next(
                (mark for mark in free if is_full(read) and not are_apart((mark.came, mark.went), (came, went))), None
            )
            if want.now is None and free:
                line.notes.append(f"Another {want.fresh.walk_in} is marked: {mark_words(self.sheet, free[0])}.")
        if key not in self.wanted:
            if others := [where for _, name, where in self._others if name == read != UNREAD]:
                line.notes.append(f"Another {want.fresh.walk_in} is {others[0]}.")
            self._others.append((key, read, f"in row {want.row}" if want.row else f"on line {line.number}"))
        self._want(key, want)
        return key

    def _is_same(self, said: Signed, other: Wanted, came: datetime | None, went: datetime | None) -> bool:
        if said.unread:
            return False
        here = times(other.shift, other, None)
        return came == here[0] or (is_full(as_read(said.name)) and not are_apart(here, (came, went)))

    def _person(self, line: Line, name: str) -> PersonId | None:
        rows = self.sheet.rows_of(name)
        if len(rows) == 1:
            line.notes.append(f"{self.sheet.name(rows[0])} stands in row {rows[0].number}, too.")
            return rows[0].person
        found = [person for person in self._known(name) if as_read(person.name) == as_read(name)]
        many = max(len(rows), len(found))
        if many > 1:
            where = "on this sheet" if rows else "in the plan"
            line.notes.append(f"{many} people {where} are called so: kept as a walk-in of that name.")
        if many != 1:
            return None
        self._found[found[0].id] = found[0].name
        return found[0].id

    def _new(self, shift: Shift, number: int = 0) -> dict[str, Any]:
        own = self.sheet.row_id(number) if number else None
        return {"id": own or AttendanceId(self._make_id()), "shift_id": shift.id}

    def _want(self, key: Key, want: Wanted) -> None:
        self.wanted.setdefault(key, want)

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
        want.unread = want.unread or said.unread

    def put_all(self, line: Line, said: Signed) -> None:
        """Fill what neither another line nor an earlier mark says, for everybody whom the sheet was printed for.

        Raises ValueError where everybody is marked.
        """
        partly, lost = [], []
        for number, row in self.sheet.rows.items():
            if (
                row.gone
                and number not in self._named
                and number not in self.passed
                and number not in self.sheet.row_marks
            ):
                lost.append(number)
            if row.person is None:
                continue
            key = self.key_of(row)
            want = self.wanted.get(key) if key else None
            part = free_of(
                said, self.sheet.marks.get(key) if key else None, want if want and want.row in (0, number) else None
            )
            if stated(part) and self._target(line, part, number):
                self._merge(line, line.targets[-1])
                partly += [number] if stated(part) != stated(said) else []
        if partly:
            keep = "keeps" if len(partly) == 1 else "keep"
            line.notes.append(f"{capital(row_words(tuple(partly)))} {keep} what else is known.")
        if lost:
            line.notes.append(f"{gone_words(tuple(lost))}: left out.")
        if not line.targets:
            everybody = "Everybody on the sheet is marked already: write the rows to change them, 1-6 out 1100"
            raise ValueError(line.notes[0] if line.notes else everybody)

    # --------------------------------------------------------------------------------- what comes of it
    def resolve(self) -> None:
        """Turn what is said of each mark into the mark, or find what does not add up."""
        for want in self.wanted.values():
            try:
                want.made = self._made(want.now or want.fresh, want)
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
            shift_id=want.shift.id,
            person_id=want.fresh.person_id,
            walk_in=now.walk_in if as_read(now.walk_in) == as_read(want.fresh.walk_in) else want.fresh.walk_in,
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

    @cached_property
    def _of_everybody(self) -> Mapping[PersonId, list[tuple[Key, Attendance]]]:
        marks = {**self.sheet.marks, **{key: want.made for key, want in self.wanted.items() if want.made}}
        found: dict[PersonId, list[tuple[Key, Attendance]]] = {}
        for key, mark in marks.items():
            if mark.person_id:
                found.setdefault(mark.person_id, []).append((key, mark))
        return found

    def saved(self) -> list[Attendance]:
        """List the marks that are new or not as they stand."""
        return [
            want.made
            for want in self.wanted.values()
            if want.made and (want.now is None or replace(want.made, marked=want.now.marked) != want.now)
        ]

    def twice(self, key: Key) -> list[str]:
        """Say where else somebody was at the same time, by the lines or by what stands."""
        made = self.wanted[key].made
        if made is None or made.person_id is None:
            return []
        found = [
            (other, mark)
            for other, mark in self._of_everybody.get(made.person_id, ())
            if other != key and mark.id != made.id and are_both(mark, made)
        ]
        return [self._twice_words(other, mark) for other, mark in found]

    def _twice_words(self, key: Key, mark: Attendance) -> str:
        rows = [row.number for row in self.sheet.rows.values() if self.key_of(row) == key]
        where = f"in row {rows[0]}" if rows else "on another shift"
        return f"The same person is {where} at that time: {mark_words(self.sheet, mark)}."
