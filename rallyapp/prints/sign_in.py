"""The sign-in sheet: who came to a picket and when they left, row by row, to be typed back with the sheet's code.

Everybody on the rota has a numbered row, and there are numbered rows for whoever else comes. It asks for no number,
grade or health note. The picket supervisor's copy has first names with an initial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from rallyapp.domain import law, stand_down
from rallyapp.domain.pickets import Assignment, Presence, Role, Shift
from rallyapp.domain.situation import picket_span
from rallyapp.domain.times import Span, clock, day_words, minutes_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints import picket_head, text_width
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.one_lined import one_lined
from rallyapp.prints.rota_rows import Grid, picket_of
from rallyapp.prints.rota_sheet import Head

# The rows that may be there to write a name in: the layout draws as many as fill the last page. Always the same
# number is noted, so that a sheet that is printed again has not changed in them.
BLANK_ROWS = 40
EVERY = 30  # minutes between two head-counts
MOST_COUNTS = 27  # as many as have room under the rows; a picket through a night is counted more seldom


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRow:
    """Somebody who is expected; ``mark`` says what else to know of them.

    ``ems`` is how wide the name is at most, in its own size; None where that is only known when it is set.
    """

    number: int
    name: str
    ems: float | None
    role: str
    leads: bool
    mark: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignShift:
    """A shift with whoever is expected on it; ``off`` says that it is stood down, empty where it is not."""

    times: str
    words: str
    off: str
    rows: tuple[SignRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A picket's sign-in sheet; it has ``most_blank`` rows to write a name in at most, from ``first_blank`` on.

    ``entrance_ems`` and ``site_ems`` are how wide those names are at most, as a row's ``ems`` is.
    """

    head: Head
    entrance_ems: float | None
    site_ems: float | None
    privacy: tuple[str, ...]
    shifts: tuple[SignShift, ...]
    first_blank: int
    most_blank: int
    counts: tuple[str, ...]
    count_words: str
    most: int
    footer: tuple[str, ...]


def write(job: Job) -> SignIn:
    """Write the sign-in sheet of one picket; raises UserError where the plan lacks it."""
    grid = Grid(job, picket_of(job))
    shifts = tuple(_shifts(job, grid))
    first_blank = sum(len(shift.rows) for shift in shifts) + 1
    for place in range(BLANK_ROWS):
        job.line(f"blank {place + 1}", "", number=first_blank + place)
    every, counts = _counts(grid)
    most = law.official_maximum(job.rules)
    head = _head(job, grid, shifts)
    sheet = SignIn(
        head=head,
        entrance_ems=_ems(head.entrance, 700),
        site_ems=_ems(head.site, 600),
        privacy=tuple(_privacy(job)),
        shifts=shifts,
        first_blank=first_blank,
        most_blank=BLANK_ROWS,
        counts=counts,
        count_words=f"Every {every}, pickets and supporters apart. The Code recommends no more than {most} pickets.",
        most=most,
        footer=picket_head.footer(job, grid),
    )
    return one_lined(sheet)


# --------------------------------------------------------------------------------------------- the rows
def _shifts(job: Job, grid: Grid) -> Iterator[SignShift]:
    number = 0
    for shift in grid.shifts:
        status = stand_down.of_shift(job.plan, shift)
        off = "" if status.on else "stood down"
        rows = []
        for one in sorted(grid.on[shift.id], key=lambda one: one.role is not Role.SUPERVISOR):
            number += 1
            rows.append(_row(job, grid, shift, one, number, off))
        meet = f"be there {minutes_words(shift.meet_minutes)} before" if shift.meet_minutes and not off else ""
        words = " \u00b7 ".join(part for part in (job.say(shift.label), meet) if part)
        yield SignShift(times=shift.words, words=words, off=off, rows=tuple(rows))


def _row(job: Job, grid: Grid, shift: Shift, one: Assignment, number: int, off: str) -> SignRow:
    leads = one.role is Role.SUPERVISOR
    role = _leader(job, shift) if leads else str(one.role)
    name = grid.name(one) or "(not named)"
    mark = "within call, not on the spot" if one.presence is Presence.CONTACTABLE else ""
    changed = job.line(
        one.id,
        (shift.words, name, role, mark, off),
        number=number,
        shift=shift.id,
        person=one.person_id,
        role=one.role,
    )
    return SignRow(
        number=number,
        name=name,
        ems=_ems(name, 700 if leads else 600),
        role=capital(role),
        leads=leads,
        mark=mark,
        changed=changed,
    )


def _ems(words: str, weight: int) -> float | None:
    # With a little to spare: letters are set closer or wider together than their own widths say.
    wide = text_width.width(words, 1, weight)
    return None if wide is None else round(wide * 1.02, 3)


def _leader(job: Job, shift: Shift) -> str:
    return law.supervisor_word(job.rules, job.where, shift.starts.date())


# --------------------------------------------------------------------------------------- above and below
def _head(job: Job, grid: Grid, shifts: tuple[SignShift, ...]) -> Head:
    leader = law.supervisor_word(job.rules, job.where, grid.picket.starts.date())
    return picket_head.head_with(job, grid, _status(job, grid, shifts), leader=leader)


def _status(job: Job, grid: Grid, shifts: tuple[SignShift, ...]) -> tuple[str, str]:
    """Say that it is off, or what is not as on the last print; nothing to say is no banner."""
    if not grid.status.on:
        return (
            "STOOD DOWN",
            f"{capital(job.say(grid.status.why)).rstrip('.')}. Write down here whoever came all the same.",
        )
    changed = sum(row.changed for shift in shifts for row in shift.rows)
    gone = [key for key in job.gone() if not key.startswith("blank ")]
    if not changed and not gone:
        return "", ""
    said = [f"{counted(changed, 'row is', 'rows are')} new or changed, with a bar at the left" if changed else ""]
    said.append(f"{counted(len(gone), 'row is', 'rows are')} gone" if gone else "")
    return (
        f"CHANGED SINCE VERSION {job.since}",
        f"{capital(listed(said))}. Use this sheet and keep the old one with it.",
    )


def _privacy(job: Job) -> Iterator[str]:
    dispute = job.dispute
    branch = f", {called(job, dispute.branch)}," if dispute and dispute.branch else ""
    union = f"{called(job, dispute.union) if dispute else 'The union'}{branch}"
    yield f"{union} keeps this sheet to know who was on the picket and that everybody is safe."
    yield f"It is destroyed by {day_words(job.shred_after)}."
    if dispute and dispute.data_contact:
        # Whoever is asked to sign must be able to ask: like the duty phone, this is nobody's own.
        yield f"Questions: {dispute.data_contact.strip().rstrip('.')}."
    yield "Write no telephone number, member number or grade here, and nothing about anybody\u2019s health."


def _counts(grid: Grid) -> tuple[str, tuple[str, ...]]:
    """List when heads are counted, and how often that is in words."""
    if not grid.status.on:
        return f"{EVERY} minutes", ()
    span, every = picket_span(grid.plan, grid.picket), EVERY
    if grid.picket.ends is None and not grid.shifts:  # nobody knows its end
        span = Span(span.start, min(span.end, span.start + timedelta(hours=4)))
    while (span.end - span.start) // timedelta(minutes=every) >= MOST_COUNTS:
        every *= 2
    steps = (span.end - span.start) // timedelta(minutes=every)
    words = f"{every} minutes" if every < 60 else "hour" if every == 60 else f"{every // 60} hours"
    return words, tuple(clock(span.start + timedelta(minutes=every * n)) for n in range(steps + 1))
