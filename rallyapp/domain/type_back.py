"""Typing a sign-in sheet back: what each line means, what it writes, and what is odd about it.

Lines are read together: "3 in 0755" and a later "3 out 1102" are one mark, and "all in 0800" fills what no other
line and no earlier mark says. Nothing is written here; a ``Reading`` holds what would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import IncidentId, TurnoutCountId, new_id
from rallyapp.domain.pickets import Attendance, Incident, MarkedFrom, TurnoutCount
from rallyapp.domain.plan import as_read
from rallyapp.domain.records import Record
from rallyapp.domain.times import Span
from rallyapp.domain.type_back_lines import Counted, Noted, Signed, row_words, typed_line
from rallyapp.domain.type_back_marks import Marks
from rallyapp.domain.type_back_sheet import (
    FAR,
    Key,
    Known,
    SheetRow,
    SignInSheet,
    distance,
    mark_words,
    moment,
    nobody,
    when_words,
)
from rallyapp.domain.type_back_wanted import ABSENT, Line, Wanted, stated, times, wanted
from rallyapp.domain.words import capital, counted, counted_if_any, listed

_MOST_NOTES = 3
_MARKED = {
    MarkedFrom.KIOSK: "Marked at the kiosk",
    MarkedFrom.DESK: "Marked at the desk",
    MarkedFrom.PAPER: "Typed back before",
}


class LineState(StrEnum):
    """What comes of a line."""

    EMPTY = ""
    NEW = "new"
    CHANGES = "changes"
    SAME = "as it stands"
    WRONG = "not understood"

    @property
    def stays(self) -> bool:
        """Say whether the line stays to be mended when the others are written."""
        return self is LineState.WRONG


@frozen
class ReadLine:
    """A typed line and what was understood: of whom or what, in words; ``notes`` are what to look at again.

    ``goes_on`` is the number of the row that a line goes on with that names none itself; otherwise 0.
    """

    text: str
    state: LineState = LineState.EMPTY
    who: str = ""
    words: str = ""
    notes: tuple[str, ...] = ()
    goes_on: int = 0


@frozen
class Reading:
    """What the typed lines come to, line by line; ``saved`` is what they write, ``left`` the rows without a mark."""

    lines: tuple[ReadLine, ...]
    saved: tuple[Record, ...]
    left: tuple[SheetRow, ...]

    @property
    def wrong(self) -> int:
        """How many lines were not understood."""
        return sum(line.state.stays for line in self.lines)

    @property
    def what(self) -> str:
        """What is written, counted: "12 rows, 2 head-counts and 1 note"."""
        kinds = [type(record) for record in self.saved]
        return listed(
            (
                counted_if_any(kinds.count(Attendance), "row"),
                counted_if_any(kinds.count(TurnoutCount), "head-count"),
                counted_if_any(kinds.count(Incident), "note"),
            )
        )


def read_back(sheet: SignInSheet, text: str, *, known: Known = nobody, make_id: Callable[[], str] = new_id) -> Reading:
    """Read what somebody typed, each line for itself and all together; no line stops another.

    ``known`` finds people of the plan by a full name that was typed for a walk-in.
    """
    return _Reader(sheet, known, make_id).read(text.split("\n"))


class _Reader:
    def __init__(self, sheet: SignInSheet, known: Known, make_id: Callable[[], str]) -> None:
        self.sheet, self.make_id = sheet, make_id
        self.marks = Marks(sheet, known, make_id)
        self.counts: dict[datetime, TurnoutCount] = {}
        self.incidents: dict[tuple[datetime, str], Incident] = {}
        self._row = 0  # the last that a line was of

    def read(self, texts: list[str]) -> Reading:
        lines = [Line(number, text) for number, text in enumerate(texts, 1)]
        for line in lines:
            _tried(line, self._parse)
        self.marks.take_times(lines)
        for line in lines:  # what is said of one goes before what is said of all
            if isinstance(line.said, Signed) and not line.said.everybody:
                _tried(line, self.marks.put, line.said)
        for line in lines:
            if isinstance(line.said, Signed) and line.said.everybody:
                _tried(line, self.marks.put_all, line.said)
        self.marks.resolve()
        read = tuple(self._read(line) for line in lines)
        return Reading(
            lines=read,
            saved=(*self.marks.saved(), *self._new_counts(), *self.incidents.values()),
            left=tuple(row for row in self.sheet.rows.values() if self._is_left(row)),
        )

    def _parse(self, line: Line) -> None:
        line.said = typed_line(line.text, last=self.sheet.last, following=self._row + 1)
        if isinstance(line.said, Signed) and line.said.rows:
            self._row = line.said.rows[-1]

    def _is_left(self, row: SheetRow) -> bool:
        if row.blank or not self.sheet.shifts:
            return False
        if row.gone:
            known = row.number in self.marks.passed or row.number in self.sheet.row_marks
            return not known and not any(want.made for want in self.marks.wanted.values() if want.row == row.number)
        key = self.marks.key_of(row)
        want = self.marks.wanted.get(key) if key else None
        return key not in self.sheet.marks and not (want and want.made)

    # -------------------------------------------------------------------------------------- line by line
    def _read(self, line: Line) -> ReadLine:
        if line.fault:
            return _wrong(line, line.fault)
        try:
            if isinstance(line.said, Counted):
                return self._count(line, line.said)
            if isinstance(line.said, Noted):
                return self._note(line, line.said)
            if isinstance(line.said, Signed):
                return self._signed(line, line.said)
        except ValueError as error:
            return _wrong(line, str(error))
        return ReadLine(text=line.text)

    def _signed(self, line: Line, said: Signed) -> ReadLine:
        """Say what a line comes to: of one person, or of several rows together."""
        if line.nothing:
            return ReadLine(text=line.text, state=LineState.SAME, who=capital(row_words(said.rows)), words=line.nothing)
        whole = [target for target in line.targets if self.marks.wanted[target.key].made]
        if not whole:
            raise ValueError(self.marks.wanted[line.targets[0].key].fault)
        states, notes = [], list(line.notes)
        for target in line.targets:
            want = self.marks.wanted[target.key]
            mark = f"Row {target.row}: " if len(line.targets) > 1 else ""
            if want.fault:
                notes.append(f"{mark}left out. {want.fault}.")
                continue
            state, odd = self._state(want, target.said)
            odd += self.marks.twice(target.key) + _overruled(line, want, target.said)
            states.append(state)
            notes += [mark + note for note in odd]
        key = whole[0].key
        want = self.marks.wanted[key]
        return ReadLine(
            text=line.text,
            state=next(state for state in (LineState.CHANGES, LineState.NEW, LineState.SAME) if state in states),
            who=self._who(key) if len(line.targets) == 1 else capital(row_words(tuple(target.row for target in whole))),
            words=self._words(want, said),
            notes=_cut(notes),
            goes_on=said.rows[0] if said.goes_on else 0,
        )

    def _who(self, key: Key) -> str:
        fresh = self.marks.wanted[key].fresh
        name = self.marks.whose(fresh)
        return name if fresh.person_id else f"{name}, walk-in"

    def _words(self, want: Wanted, said: Signed) -> str:
        if said.absent:
            return "did not come"
        if said.unread and not said.came:
            return "can\u2019t be read, kept without a time"
        came, went = self._times(want, said)
        day = self.sheet.day
        walk_in = not want.fresh.person_id or not (said.rows or said.everybody)
        role = said.role or (want.fresh.role if walk_in else None)
        known = (
            f"in {when_words(came, day)}" if came else "",
            f"out {when_words(went, day)}" if went else "",
            f"as {role}" if role else "",
            f"armband {said.armband}" if said.armband else "",
        )
        return ", ".join(part for part in known if part)

    def _times(self, want: Wanted, said: Signed) -> tuple[datetime | None, datetime | None]:
        return times(want.shift, said, want.made.came if want.made else None)

    def _state(self, want: Wanted, said: Signed) -> tuple[LineState, list[str]]:
        """Say what a line does to a mark that stands, and what is odd about its times."""
        before = want.now
        came, went = self._times(want, said)
        whole = f"the shift, {want.shift.words}"
        notes = [note for when in (came, went) if when for note in _far(when, want.shift.span, whole, self.sheet)]
        if said.unread and not said.came:
            notes.append("It counts neither as come nor as absent.")
        if before is None:
            return LineState.NEW, notes
        plain = {"came": came, "went": went}
        values = [(_stood(before, what), plain.get(what) or value) for what, value in stated(said)]
        if before.walk_in and as_read(before.walk_in) != as_read(want.fresh.walk_in):
            notes.append(f"{_MARKED[before.marked]} for {before.walk_in}.")
            return LineState.CHANGES, notes
        if all(old == new for old, new in values):
            return LineState.SAME, notes
        if any(old and old != new for old, new in values):
            notes.append(f"{_MARKED[before.marked]}: {mark_words(self.sheet, before)}.")
            return LineState.CHANGES, notes
        return LineState.NEW, notes

    # ------------------------------------------------------------------------------ counts and notes
    def _count(self, line: Line, said: Counted) -> ReadLine:
        picket = self.sheet.picket
        at = moment(said.at, self.sheet.span)
        before = next((count for count in self.sheet.counts if count.at == at), None)
        made = TurnoutCount(
            id=before.id if before else TurnoutCountId(self.make_id()),
            picket_id=picket.id,
            at=at,
            pickets=said.pickets,
            supporters=said.supporters,
        )
        notes = _far(at, self.sheet.span, f"the picket, {picket.words}", self.sheet)
        if at in self.counts:
            notes.append("Another line counts at the same time: the last one holds.")
        most = self.sheet.entrance.official_max
        if made.pickets > most:
            notes.append(f"More pickets than the {most} for this entrance.")
        if before and before != made:
            notes.append(f"It stood as {_count_words(before)}.")
        self.counts[at] = made
        state = LineState.NEW if before is None else LineState.SAME if before == made else LineState.CHANGES
        who = f"Head-count {when_words(at, self.sheet.day)}"
        return ReadLine(text=line.text, state=state, who=who, words=_count_words(made), notes=_cut(notes))

    def _new_counts(self) -> Iterator[TurnoutCount]:
        yield from (count for count in self.counts.values() if count not in self.sheet.counts)

    def _note(self, line: Line, said: Noted) -> ReadLine:
        picket = self.sheet.picket
        at = moment(said.at, self.sheet.span)
        key = (at, said.what)
        before = next((each for each in self.sheet.incidents if (each.at, each.what) == key), None)
        state = LineState.SAME if before or key in self.incidents else LineState.NEW
        if state is LineState.NEW:
            self.incidents[key] = Incident(
                id=IncidentId(self.make_id()), picket_id=picket.id, at=at, what=said.what, written_by=""
            )
        notes = _far(at, self.sheet.span, f"the picket, {picket.words}", self.sheet)
        who = f"Note {when_words(at, self.sheet.day)}"
        return ReadLine(text=line.text, state=state, who=who, words=said.what, notes=_cut(notes))


def _tried(line: Line, do: Callable[..., None], *given: object) -> None:
    try:
        do(line, *given)
    except ValueError as error:
        line.fault = str(error)


def _wrong(line: Line, why: str) -> ReadLine:
    return ReadLine(text=line.text, state=LineState.WRONG, words=f"{capital(why).rstrip('.')}.")


def _overruled(line: Line, want: Wanted, said: Signed) -> list[str]:
    """Say which other line holds where two say different things."""
    others = {want.said_on[what] for what, value in stated(said) if value != wanted(want, what)} - {line.number}
    return [f"Line {other} says otherwise and holds." for other in sorted(others)]


def _stood(before: Attendance, what: str) -> object:
    return ABSENT if what == "came" and before.absent else getattr(before, what)


def _far(when: datetime, span: Span, whole: str, sheet: SignInSheet) -> list[str]:
    if distance(span, when) <= FAR:
        return []
    return [f"{when_words(when, sheet.day)} is more than two hours outside {whole}."]


def _count_words(count: TurnoutCount) -> str:
    return f"{counted(count.pickets, 'picket')}, {counted(count.supporters, 'supporter')}"


def _cut(notes: list[str]) -> tuple[str, ...]:
    """Give the first few notes, and how many more there are."""
    found = list(dict.fromkeys(notes))
    more = len(found) - _MOST_NOTES
    return tuple(found) if more <= 0 else (*found[:_MOST_NOTES], f"And {more} more like these.")
