"""Versions of a running order that were given out, and what changed between two of them, in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import IssuedLineId, ProgrammeIssueId, new_id
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import IssuedLine, ProgrammeIssue, Rally
from rallyapp.domain.running_order import counted_minutes, running_order_of, who_words
from rallyapp.domain.times import clock, day_words, real_minutes


class Kind(StrEnum):
    """What became of a line between two versions."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    DROPPED = "dropped"

    @property
    def sign(self) -> str:
        """A sign that says it without colour."""
        return {Kind.NEW: "+", Kind.MOVED: "\u2192", Kind.CHANGED: "\u2260", Kind.DROPPED: "\u2212"}[self]


@frozen
class Change:
    """What became of one line: ``words`` say it whole.

    ``later`` is by how many minutes it starts later, below 0 earlier. ``carried`` is true where it keeps its place
    among the others, and only starts at another time because of one before it.
    """

    kind: Kind
    line: str
    words: str
    before: IssuedLine | None = None
    after: IssuedLine | None = None
    later: int = 0
    carried: bool = False


# --------------------------------------------------------------------------------------------- versions
def versions(plan: Plan, rally: Rally) -> tuple[ProgrammeIssue, ...]:
    """List the versions of a rally's running order, the newest first."""
    issues = plan.of(ProgrammeIssue, "rally_id", rally.id)
    return tuple(sorted(issues, key=lambda issue: (issue.number, issue.at, issue.id), reverse=True))


def lines_of(plan: Plan, issue: ProgrammeIssue) -> tuple[IssuedLine, ...]:
    """List the lines of a version as it was given out."""
    lines = plan.of(IssuedLine, "programme_issue_id", issue.id)
    return tuple(sorted(lines, key=lambda line: (line.position, line.id)))


def draft(
    plan: Plan, rally: Rally, issue_id: str = "draft", make_id: Callable[[], str] | None = None
) -> tuple[IssuedLine, ...]:
    """Give the running order as it stands now, as the lines of a version that is not given out."""
    return tuple(
        IssuedLine(
            id=IssuedLineId(make_id() if make_id else line.item.id),
            programme_issue_id=ProgrammeIssueId(issue_id),
            line=line.item.id,
            position=number,
            starts=line.starts.replace(fold=0),  # as it is read again from a file
            minutes=line.item.minutes,
            title=line.item.title,
            who=who_words(plan, line.item),
            stage_note=line.item.stage_note,
            cue=line.item.cue,
        )
        for number, line in enumerate(running_order_of(plan, rally), start=1)
    )


def next_number(plan: Plan, rally: Rally) -> int:
    """Give the number of the version that would be issued next."""
    return max((issue.number for issue in versions(plan, rally)), default=0) + 1


def issue(
    plan: Plan, rally: Rally, *, at: datetime, by: str, note: str = "", make_id: Callable[[], str] = new_id
) -> tuple[ProgrammeIssue, tuple[IssuedLine, ...]]:
    """Make the records of a new version: the running order as it stands now, with the times that were worked out."""
    made = ProgrammeIssue(
        id=ProgrammeIssueId(make_id()),
        rally_id=rally.id,
        number=next_number(plan, rally),
        at=at,
        by=by,
        note=note,
    )
    return made, draft(plan, rally, made.id, make_id)


def refuse_stale(shown: Plan, now: Plan, rally: Rally) -> None:
    """Raise UserError where what would be issued is no longer what was shown: somebody changed it elsewhere."""
    there = now.find(Rally, rally.id)
    if there is None:
        raise UserError("Somebody removed this rally in another window, so nothing was issued.")
    number, next_ = next_number(shown, rally), next_number(now, rally)
    if number != next_:
        raise UserError(
            f"Version {number} was issued or taken back in another window, so nothing was issued now: look at what has "
            f"changed, then issue version {next_}."
        )
    if changes(draft(shown, rally), draft(now, there)):
        raise UserError(
            "Somebody changed the running order in another window, so nothing was issued: look at it, then issue it."
        )


def version_words(issue: ProgrammeIssue) -> str:
    """Say which version, when and by whom: "version 2, issued Mon 30 Nov 2015 18:05 by Ann Archer"."""
    by = f" by {issue.by}" if issue.by.strip() else ""
    return f"version {issue.number}, issued {day_words(issue.at.date())} {clock(issue.at)}{by}"


def since_last(plan: Plan, rally: Rally) -> tuple[Change, ...]:
    """List what has changed since the last version; nothing where none was issued."""
    last = next(iter(versions(plan, rally)), None)
    return changes(lines_of(plan, last), draft(plan, rally)) if last else ()


def standing_words(plan: Plan, rally: Rally) -> str:
    """Say how a running order stands to what was issued: not issued yet, unchanged, or what changed since."""
    last = next(iter(versions(plan, rally)), None)
    if last is None:
        return "Draft, never issued"
    words = version_words(last)
    return f"{words[0].upper()}{words[1:]}; changed since: {counted(since_last(plan, rally)) or 'nothing'}"


def issued_words(plan: Plan, rally: Rally) -> str:
    """Say for paper which version a running order is, without who issued it."""
    last = next(iter(versions(plan, rally)), None)
    if last is None:
        return "Draft, never issued"
    issued = f"version {last.number}, issued {day_words(last.at.date())} {clock(last.at)}"
    changed = counted(since_last(plan, rally))
    return f"Draft after {issued}; changed since: {changed}" if changed else f"V{issued[1:]}"


# ----------------------------------------------------------------------------------------- what changed
def changes(before: Iterable[IssuedLine], after: Iterable[IssuedLine]) -> tuple[Change, ...]:
    """List what became of the lines of one version in another, in the order in which they stand there.

    A line that was dropped comes where it stood: before the next line that is still there.
    """
    old = {line.line: line for line in before}
    new = {line.line: line for line in after}
    places = {id: place for place, id in enumerate(old)}
    both = [id for id in new if id in old]
    still = _standing([places[id] for id in both])
    stays = {id for place, id in enumerate(both) if place in still}
    return tuple(_each(old, new, stays))


def _each(old: dict[str, IssuedLine], new: dict[str, IssuedLine], stays: set[str]) -> Iterator[Change]:
    dropped = iter(old.values())
    for id, line in new.items():
        if id not in old:
            yield _new(line)
            continue
        if id in stays:  # what stood above it and is gone, is gone from here
            yield from _dropped(dropped, new, id)
        changed = _changed(old[id], line, carried=id in stays)
        if changed is not None:
            yield changed
    yield from _dropped(dropped, new, "")


def _dropped(old: Iterator[IssuedLine], new: dict[str, IssuedLine], until: str) -> Iterator[Change]:
    for line in old:
        if line.line == until:
            return
        if line.line not in new:
            words = f"Dropped: {line.title} (was {clock(line.starts)}, {counted_minutes(line.minutes)})"
            yield Change(kind=Kind.DROPPED, line=line.line, words=words, before=line)


def _new(line: IssuedLine) -> Change:
    who = f", {line.who}" if line.who.strip() else ""
    words = f"New at {clock(line.starts)}: {line.title}{who} ({counted_minutes(line.minutes)})"
    return Change(kind=Kind.NEW, line=line.line, words=words, after=line)


def _changed(before: IssuedLine, after: IssuedLine, *, carried: bool) -> Change | None:
    later = real_minutes(before.starts, after.starts)
    told = list(_told(before, after))
    if not told and not later and carried:
        return None
    moved = (
        f"from {clock(before.starts)} to {clock(after.starts)}"
        if later
        else f"in the order, still at {clock(after.starts)}"
    )
    if told:
        start = f"Moved {moved}" if later else f"Changed at {clock(after.starts)}"
        words = f"{start}: {before.title}: {'; '.join(told)}"
    else:
        words = f"Moved {moved}: {after.title}"
    return Change(
        kind=Kind.CHANGED if told else Kind.MOVED,
        line=after.line,
        words=words,
        before=before,
        after=after,
        later=later,
        carried=carried and not told,
    )


def _told(before: IssuedLine, after: IssuedLine) -> Iterator[str]:
    """Say what else is another than before."""
    if before.minutes != after.minutes:
        yield f"{counted_minutes(after.minutes)} instead of {counted_minutes(before.minutes)}"
    if before.title != after.title:
        yield f"now called \u201c{after.title}\u201d"
    for what, old, now in (
        ("who", before.who, after.who),
        ("stage and PA", before.stage_note, after.stage_note),
        ("cue", before.cue, after.cue),
    ):
        if old != now and old.strip():
            yield f"{what} is now \u201c{now}\u201d, was \u201c{old}\u201d" if now.strip() else f"{what} taken out"
        elif old != now:
            yield f"{what} is now \u201c{now}\u201d"


def _standing(places: Sequence[int]) -> set[int]:
    """Find the most lines that stand in the same order as before; the others were put elsewhere."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for here, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at[length : length + 1] = [here]
    found: set[int] = set()
    here = at[-1] if at else -1
    while here >= 0:
        found.add(here)
        here = before[here]
    return found


# --------------------------------------------------------------------------------------------- in words
def told(found: Iterable[Change]) -> tuple[tuple[Kind, str], ...]:
    """Say every change in a sentence; lines that all start so much later because of one before them in one."""
    out = []
    for (carried, later), group in groupby(found, key=lambda change: (change.carried, change.later)):
        together = list(group)
        if not carried or len(together) == 1:
            out += [(change.kind, change.words) for change in together]
            continue
        first, last = (change.after.title if change.after else "" for change in (together[0], together[-1]))
        way = "later" if later > 0 else "earlier"
        by = counted_minutes(abs(later))
        out.append((Kind.MOVED, f"Moved {by} {way}: {len(together)} lines, from {first} to {last}"))
    return tuple(out)


def counted(found: Iterable[Change]) -> str:
    """Count the changes: "1 new, 2 moved"; nothing where there are none."""
    kinds = [change.kind for change in found]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in Kind if kind in kinds)
