"""The gaps list of a strike day: where and when somebody is still needed, how many, and as what.

The noticeboard's asks people to come forward and names nobody; the organiser's says who was asked and who said no,
with room to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.pickets import Assignment, AssignmentState, Picket, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.problems import UserError
from rallyapp.domain.shortages import Shortage, shifts_of_day, shortages
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import day_words, long_day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.audience import Naming
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.one_lined import one_lined
from rallyapp.prints.wording import unbroken

TOGETHER = 5
_WORDS = {
    AssignmentState.PROPOSED: "not asked yet",
    AssignmentState.ASKED: "asked, no answer yet",
    AssignmentState.RECONFIRM: "to reconfirm",
    AssignmentState.DECLINED: "said no",
    AssignmentState.WITHDRAWN: "drew back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """A shift that is short: when, of how many as what, out of how many, and what an organiser should know."""

    times: str
    day: str
    needed: tuple[str, ...]
    have: tuple[str, ...]
    notes: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPlace:
    """The gaps at one entrance, post or stall."""

    place: str
    meet: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSite:
    """The gaps at one site or venue."""

    site: str
    places: tuple[GapPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """A strike day's gaps: ``many`` is their number; 0 means that nothing is short."""

    owner: tuple[str, ...]
    date: str
    strike: str
    status: str
    status_words: str
    off: bool
    duty_phone: str
    many: int
    title: str
    come: str
    sites: tuple[GapSite, ...]
    notes: bool
    filled: str
    footer: str


def write(job: Job) -> Gaps:
    """Write the gaps list of a strike day; raises UserError where the day is not in the plan or has no shifts."""
    day = job.plan.find(StrikeDay, job.about)
    if day is None:
        raise UserError("There is nothing to print: this strike day is not in the plan any more.")
    shifts = shifts_of_day(job.plan, day.id)
    if not shifts:
        raise UserError(f"There is nothing to print: {day_words(day.first_date)} has no shifts yet.")
    short = [(shift, found) for shift in shifts if (found := shortages(job.plan, job.rules, shift))]
    many = sum(each.missing for _, found in short for each in found)
    sites = tuple(_sites(job, day, short))
    status, status_words = _status(job, day)
    leader = law.supervisor_word(job.rules, job.where, day.first_date)
    return one_lined(
        Gaps(
            owner=job.owner,
            date=long_day_words(day.first_date),
            strike=f"{capital(day.kind)}{f' by {by}' if (by := job.say(day.called_out)) else ''}: {day.words}",
            status=status,
            status_words=status_words,
            off=day.stood_down,
            duty_phone=job.duty_phone,
            many=many,
            title=_title(job, day, many),
            come=_come(job, leader) if many else "",
            sites=sites,
            notes=job.allowed.remarks,
            filled=_filled(job, shifts, short),
            footer=job.shred_words() if job.allowed.names is not Naming.NONE else "",
        )
    )


_Short = list[tuple[Shift, tuple[Shortage, ...]]]


def _title(job: Job, day: StrikeDay, many: int) -> str:
    if day.stood_down:
        return "Nobody is needed"
    if not many:
        return "Nothing is short"
    return f"{counted(many, 'place')} to fill" if job.allowed.remarks else "Can you come?"


def _come(job: Job, leader: str) -> str:
    if job.allowed.remarks:
        return "Write who was asked and who comes."
    by = f", or ring the duty phone, {job.duty_phone}" if job.duty_phone else ""
    return f"Tell the {leader} at any entrance{by}."


def _status(job: Job, day: StrikeDay) -> tuple[str, str]:
    if day.stood_down:
        return "STOOD DOWN", f"{capital(stand_down.of_day(day).why)}: do not come."
    if job.since is None:
        return "", ""
    changed, gone = bool(job.lines.changed), len(job.gone())
    if not changed and not gone:
        return "", f"Nothing here has changed since version {job.since}."
    said = []
    if changed:
        said.append("What changed says \u201cchanged\u201d.")
    if gone:
        said.append(f"{counted(gone, 'shift is', 'shifts are')} no longer short.")
    return f"CHANGED SINCE VERSION {job.since}", " ".join((*said, "Take the old list down."))


def _filled(job: Job, shifts: tuple[Shift, ...], short: _Short) -> str:
    on = sum(stand_down.of_shift(job.plan, shift).on for shift in shifts)
    full = on - len(short)
    if not full:
        return ""
    have = "has all the people it needs" if full == 1 else "have all the people they need"
    return f"{full:,} of {counted(on, 'shift')} that day {have}."


# ---------------------------------------------------------------------------------------------- the places
def _sites(job: Job, day: StrikeDay, short: _Short) -> Iterator[GapSite]:
    ordered = sorted(short, key=lambda each: (*_place(job, each[0]), each[0].starts, each[0].id))
    for key, group in groupby(ordered, key=lambda each: _place(job, each[0])[:2]):
        yield GapSite(site=called(job, key[1]), places=tuple(_places(job, day, list(group))))


def _places(job: Job, day: StrikeDay, short: _Short) -> Iterator[GapPlace]:
    for _, group in groupby(short, key=lambda each: _place(job, each[0])):
        rows = list(group)
        host = job.plan.host(rows[0][0])
        meet = job.say(host.meet) if isinstance(host, Picket) else ""
        # So many rows of one place stay on one page, and its name stands beside them again.
        for at in range(0, len(rows), TOGETHER):
            part = tuple(_row(job, day, shift, found) for shift, found in rows[at : at + TOGETHER])
            yield GapPlace(place=_called(job, rows[0][0]), meet=meet, rows=part)


def _called(job: Job, shift: Shift) -> str:
    line = job.plan.line_of(shift)
    words = job.plan.line_words(line)
    return called(job, words) if isinstance(line, Stall) else job.say(words)


def _place(job: Job, shift: Shift) -> tuple[bool, str, bool, int, str, str]:
    """Sort pickets before posts and stalls, each by its site; the last tells two of one name apart."""
    line = job.plan.line_of(shift)
    position = 0 if isinstance(line, Stall) else line.position
    site = job.plan.place_of(job.plan.host(shift)).name
    return not isinstance(line, Entrance), site, isinstance(line, Stall), position, job.plan.line_words(line), line.id


def _row(job: Job, day: StrikeDay, shift: Shift, found: tuple[Shortage, ...]) -> GapRow:
    times, needed = shift.words, tuple(each.words for each in found)
    return GapRow(
        times=times,
        day=day_words(shift.starts.date()) if shift.starts.date() != day.first_date else "",
        needed=needed,
        have=tuple(f"{each.least - each.missing} of {each.least}" for each in found),
        notes=tuple(_notes(job, shift)) if job.allowed.remarks else (),
        changed=job.line(shift.id, (day_words(shift.starts.date()), times, needed), shift=shift.id),
    )


def _notes(job: Job, shift: Shift) -> Iterator[str]:
    """Say who is not sure, and who was asked and said no, each with their number."""
    found = sorted(job.plan.of(Assignment, "shift_id", shift.id), key=lambda each: job.plan.name_of(each.person_id))
    for state, words in _WORDS.items():
        who = [
            " ".join(filter(None, (job.name(each.person_id), unbroken(job.phone(each.person_id)))))
            for each in found
            if each.state is state
        ]
        if who:
            yield f"{capital(words)}: {listed(who)}"
