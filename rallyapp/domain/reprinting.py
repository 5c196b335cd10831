"""Paper that is no longer right: which copies somebody holds, what changed on them, and for whom to print again.

A printed sheet keeps a digest of each of its rows. What is not in the plan as it was then is said in words by
comparing the plan with itself as it was (``as_it_was``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.law import Rules
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.records import Record
from rallyapp.domain.situation import day_of, jurisdiction_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.stand_down import Going, Status
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import day_words, span_words
from rallyapp.domain.words import capital, counted, listed

_BETWEEN = re.compile(r"\s*[;,\n]\s*")
# How an assignment's state stands on a rota; firm ones without a word.
_STATES = {
    AssignmentState.PROPOSED: "to confirm",
    AssignmentState.ASKED: "asked",
    AssignmentState.CONFIRMED: "confirmed",
    AssignmentState.RECONFIRM: "to reconfirm",
}
_GOING = {Going.ON: "goes ahead again", Going.STOOD_DOWN: "stood down", Going.UNDECIDED: "not decided any more"}
Whole = Picket | StrikeDay | Rally | Stall
THROWN_AWAY, REPLACED = "thrown away", "replaced"
"""What stands in the place of a holder's name where nobody has that copy any more."""
# Of this document a later version takes the place of an earlier one; a choice of any other is of another sheet.
_ISSUED = "running-order"


# ------------------------------------------------------------------------------------------- copies that are held
@frozen
class Copy:
    """A copy that somebody holds: what was printed last for them of one thing. ``holder`` may be nobody known."""

    run: PrintRun
    holder: str = ""

    @property
    def piece(self) -> Piece:
        """What it is a copy of."""
        return piece_of(self.run)


Piece = tuple[str, str, str, str]


def piece_of(run: PrintRun) -> Piece:
    """Tell what was printed: the document, for whose eyes, of which picket, rally or strike day, and which part."""
    return run.document, run.audience, run.scope, "" if run.document == _ISSUED else run.choice


def holders(text: str) -> tuple[str, ...]:
    """Read who holds a print: names parted by commas, semicolons or lines; nobody where nothing is written."""
    names = dict.fromkeys(name for name in _BETWEEN.split(text.strip()) if name)
    return tuple(name for name in names if name.casefold() not in (THROWN_AWAY, REPLACED))


def in_hands(run: PrintRun) -> tuple[str, ...]:
    """List in whose hands a print is, "" for somebody who was not noted; none once all of it was thrown away."""
    return holders(run.holder) or (() if run.holder.strip() else ("",))


def copies_held(runs: Iterable[PrintRun]) -> tuple[Copy, ...]:
    """List the newest copy of each thing with each holder, the newest first.

    A newer print takes an older one out of the same hands only: who else holds the older one has to be told.
    """
    newest: dict[tuple[Piece, str], Copy] = {}
    for run in sorted(runs, key=_age):
        for holder in in_hands(run):
            copy = Copy(run=run, holder=holder)
            newest[copy.piece, holder.casefold()] = copy
    by_holder = sorted(newest.values(), key=lambda copy: copy.holder.casefold())
    return tuple(sorted(by_holder, key=lambda copy: (copy.run.at, copy.run.version, copy.run.id), reverse=True))


def out_of_hands(copy: Copy, runs: Iterable[PrintRun], why: str) -> tuple[PrintRun, ...]:
    """Give the records of prints as they are once a copy is out of its holder's hands.

    So are older prints of it that the same holder had: none of them comes back in its place. ``why`` is one of
    ``THROWN_AWAY`` and ``REPLACED``. Those that stay as they are are left out.
    """
    name, found = copy.holder.casefold(), []
    for run in runs:
        hands = in_hands(run)
        left = [each for each in hands if each.casefold() != name]
        if piece_of(run) == copy.piece and _age(run) <= _age(copy.run) and len(left) < len(hands):
            found.append(replace(run, holder=", ".join(left) or why))
    return tuple(found)


def _age(run: PrintRun) -> tuple[int, datetime, str]:
    return run.version, run.at, run.id


@frozen
class Rows:
    """The rows of a sheet that are not as on paper, by their keys: new ones, others, and those that are no more."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Say whether the paper is no longer right."""
        return bool(self.new or self.changed or self.gone)

    @property
    def words(self) -> str:
        """Count them: "2 rows changed, 1 new row and 1 row no longer there"."""
        return listed(
            [
                f"{counted(len(self.changed), 'row')} changed" if self.changed else "",
                counted(len(self.new), "new row") if self.new else "",
                f"{counted(len(self.gone), 'row')} no longer there" if self.gone else "",
            ]
        )


def compare(then: Mapping[str, str], now: Mapping[str, str]) -> Rows:
    """Compare the digests of a sheet's rows when it was printed with those of today, in the order of the sheets."""
    return Rows(
        new=tuple(key for key in now if key not in then),
        changed=tuple(key for key in now if key in then and now[key] != then[key]),
        gone=tuple(key for key in then if key not in now),
    )


# ------------------------------------------------------------------------------------------ what changed, in words
@frozen(kw_only=False)
class Image:
    """A row of the plan as it was; None where there was none."""

    kind: type[Record]
    id: str
    before: Record | None


def as_it_was(now: Plan, images: Iterable[Image]) -> Plan:
    """Give a plan with some rows as they were before."""
    known = list(images)
    return now.changed(
        [image.before for image in known if image.before is not None],
        [(image.kind, image.id) for image in known if image.before is None],
    )


def shift_changes(then: Plan, now: Plan, id: ShiftId, rules: Rules) -> tuple[str, ...]:
    """Say how a shift differs from what it was: each change as a part of a sentence, none where nothing shows."""
    old, new = then.find(Shift, id), now.find(Shift, id)
    if new is None:
        return ("no longer there",) if old is not None else ()
    if old is None:
        return ("new",)
    words = _role_words(now, new, rules)
    return (
        *_times(old.starts, old.ends, new.starts, new.ends),
        *_state(old, new),
        *_people(then, now, id, words),
        *_needs(then, now, id, words),
        *_said("labelled", old.label, new.label),
        *([f"meet {new.meet_minutes} min before"] if new.meet_minutes != old.meet_minutes else []),
    )


def piece_changes(then: Plan, now: Plan, about: str) -> tuple[str, ...]:
    """Say how the picket, strike day, rally or stall that a sheet is about differs from what it was.

    Whether it goes ahead comes first, then its hours, its place and the duty phone. Nothing of the whole plan.
    """
    old, new = _whole(then, about), _whole(now, about)
    if new is not None:
        return ("new",) if old is None else (*_going(then, now, old, new), *_head(then, now, old, new))
    return ("no longer in the plan",) if about else ()


def _whole(plan: Plan, about: str) -> Whole | None:
    return plan.find(Picket, about) or plan.find(StrikeDay, about) or plan.find(Rally, about) or plan.find(Stall, about)


def _going(then: Plan, now: Plan, old: Whole, new: Whole) -> Iterator[str]:
    was, is_now = _status(then, old), _status(now, new)
    if was.going is not is_now.going:
        why = f": {is_now.why}" if is_now.why and is_now.going is Going.STOOD_DOWN else ""
        yield f"{_GOING[is_now.going]}{why}"


def _status(plan: Plan, what: Whole) -> Status:
    if isinstance(what, Picket):
        return stand_down.of_picket(plan, what)
    if isinstance(what, StrikeDay):
        return stand_down.of_day(what)
    return stand_down.of_rally(plan, what) if isinstance(what, Rally) else stand_down.of_stall(plan, what)


def _head(then: Plan, now: Plan, old: Whole, new: Whole) -> Iterator[str]:
    if isinstance(old, Picket) and isinstance(new, Picket):
        yield from _times(old.starts, old.ends, new.starts, new.ends)
        yield from _said("meet at", old.meet, new.meet)
    if isinstance(old, Rally) and isinstance(new, Rally):
        yield from _times(old.starts, old.ends, new.starts, new.ends)
        if old.venue_id != new.venue_id:
            yield f"now at {now.place_of(new).name}"
    phones = [plan.dispute_of(day).duty_phone for plan, day in ((then, _day(then, old)), (now, _day(now, new))) if day]
    if len(set(phones)) > 1:
        yield f"the duty phone is now {phones[1]}" if phones[1] else "there is no duty phone any more"


def _day(plan: Plan, what: Whole) -> StrikeDay | None:
    if isinstance(what, Picket):
        return plan.get(StrikeDay, what.strike_day_id)
    return what if isinstance(what, StrikeDay) else None


def shift_name(plan: Plan, shift: Shift) -> str:
    """Name a row of a rota: "Main entrance, 08:00-11:00"; with the day where the shift is at no picket."""
    when = shift.words if shift.picket_id else f"{day_words(shift.starts.date())} {shift.words}"
    return f"{plan.line_name(shift)}, {when}"


def change_sentences(then: Plan, now: Plan, shifts: Iterable[ShiftId], rules: Rules) -> tuple[str, ...]:
    """Say of each shift that is not as it was what changed, in order of place and time.

    A shift that is no more is named as it was. Those of which nothing shows are left out.
    """
    found: list[tuple[tuple[str, datetime, str], str]] = []
    for id in dict.fromkeys(shifts):
        changes = shift_changes(then, now, id, rules)
        for plan in (then, now):  # as it stands on the paper, if it does
            shift = plan.find(Shift, id)
            if shift is not None and changes:
                name = shift_name(plan, shift)
                said = "; ".join(each.removesuffix(f", was {shift.words}") for each in changes)  # the name says it
                found.append(((name.rpartition(", ")[0], shift.starts, id), f"{name}: {said}"))
                break
    return tuple(sentence for _, sentence in sorted(found))


def _times(was: datetime, till: datetime | None, starts: datetime, ends: datetime | None) -> Iterator[str]:
    if (was, till) == (starts, ends):
        return
    new, old = span_words(starts, ends), span_words(was, till)
    if was.date() != starts.date():
        new, old = f"{day_words(starts.date())} {new}", f"{day_words(was.date())} {old}"
    yield f"now {new}, was {old}"


def _state(old: Shift, new: Shift) -> Iterator[str]:
    if new.cancelled and (not old.cancelled or old.reason != new.reason):
        yield f"cancelled: {new.reason}"
    elif old.cancelled and not new.cancelled:
        yield "on again"


def _said(word: str, old: str, new: str) -> Iterator[str]:
    if old != new:
        yield f"{word} \u201c{new}\u201d" if new else f"no longer {word} \u201c{old}\u201d"


def _role_words(plan: Plan, shift: Shift, rules: Rules) -> Mapping[Role, str]:
    word = law.supervisor_word(rules, jurisdiction_of(plan, day_of(plan, shift)), shift.starts.date())
    return {role: word if role is Role.SUPERVISOR else str(role) for role in Role}


def _on(plan: Plan, id: ShiftId) -> dict[PersonId, Assignment]:
    return {each.person_id: each for each in plan.of(Assignment, "shift_id", id) if each.state.counts}


def _people(then: Plan, now: Plan, id: ShiftId, words: Mapping[Role, str]) -> Iterator[str]:
    old, new = _on(then, id), _on(now, id)
    added = [new[person] for person in sorted(new.keys() - old.keys(), key=now.name_of)]
    for role in Role:
        if names := [now.name_of(each.person_id) for each in added if each.role is role]:
            yield f"{listed(names)} added as {words[role]}"
    if gone := sorted(then.name_of(person) for person in old.keys() - new.keys()):
        yield f"{listed(gone)} taken off"
    for person in sorted(old.keys() & new.keys(), key=now.name_of):
        yield from _person(then, now, old[person], new[person], words)


def _person(then: Plan, now: Plan, old: Assignment, new: Assignment, words: Mapping[Role, str]) -> Iterator[str]:
    name = now.name_of(new.person_id)
    if old.role is not new.role:
        yield f"{name} now {words[new.role]}, was {words[old.role]}"
    if old.state is not new.state:
        yield f"{name} {_STATES[new.state]}, was {_STATES[old.state]}"
    if old.presence is not new.presence:
        yield f"{name} {new.presence}, was {old.presence}"
    before, today = then.find(Person, new.person_id), now.find(Person, new.person_id)
    if before is not None and today is not None:
        if before.name != today.name:
            yield f"{today.name} is the new name of {before.name}"
        if before.phone != today.phone:
            yield f"{today.name} has another number" if today.phone else f"{today.name} has no number any more"


def _needs(then: Plan, now: Plan, id: ShiftId, words: Mapping[Role, str]) -> Iterator[str]:
    old, new = ({(each.role, each.skill): each for each in plan.of(Need, "shift_id", id)} for plan in (then, now))
    for role, skill in dict.fromkeys((*new, *old)):
        was, wants = old.get((role, skill)), new.get((role, skill))
        word = f"{words[role]} with {skill}" if skill else words[role]
        if wants is None:
            yield f"no {word} needed any more"
        elif was is None:
            yield f"{_amount(wants)} needed as {word}"
        elif _numbers(was) != _numbers(wants):
            yield f"{_amount(wants)} needed as {word}, was {_amount(was)}"


def _numbers(need: Need) -> tuple[int, int, int]:
    return need.least, need.wished, need.most


def _amount(need: Need) -> str:
    return f"{need.least} to {need.most}" if need.least != need.most else str(need.least)


def sentence(parts: Iterable[str]) -> str:
    """Put changes together as one sentence of their own."""
    text = "; ".join(parts)
    return f"{capital(text)}." if text else ""
