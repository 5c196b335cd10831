"""The day sheet: an entrance's shifts of the day in order, to write on: who came, handovers, head-counts, notes.

The picket supervisor's copy has first names with an initial and no number but the duty phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rallyapp.domain import law
from rallyapp.domain.pickets import Role
from rallyapp.domain.places import Site
from rallyapp.domain.situation import picket_span
from rallyapp.domain.times import Span, clock
from rallyapp.domain.words import capital
from rallyapp.prints import picket_head
from rallyapp.prints.job import Job
from rallyapp.prints.one_lined import one_lined
from rallyapp.prints.rota_rows import Grid, picket_of
from rallyapp.prints.rota_sheet import Head, Place, Row
from rallyapp.prints.text_width import width

EVERY = 30  # minutes between two head-counts
# A picket through a night is counted every hour.
MOST_COUNTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Somebody to tick, a GAP or an empty line; ``role`` is what they do where that is not picketing.

    ``wide`` is the width of a name in ems and ``under_wide`` that of what stands under it; None where not known.
    """

    kind: str
    words: str
    role: str
    leads: bool
    mark: str
    phone: str
    wide: float | None
    under_wide: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShift:
    """A shift of the day, and its handover to the next."""

    times: str
    label: str
    changed: bool
    off: str
    people: tuple[Came, ...]
    handover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Whom to ring; where the number is empty there is a line to write it on."""

    who: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """An entrance's day: ``counts`` are the times of the head-counts, with what is said about them."""

    head: Head
    shifts: tuple[DayShift, ...]
    supporters: str
    counts: tuple[str, ...]
    most: int
    count_words: str
    kit: tuple[str, ...]
    ring: tuple[Ring, ...]
    dos: tuple[str, ...]
    remarks: tuple[str, ...]
    footer: tuple[str, ...]


def write(job: Job) -> DaySheet:
    """Write the day sheet of one picket; raises UserError where the plan lacks it."""
    grid = Grid(job, picket_of(job))
    rows = grid.rows
    head = picket_head.head(job, grid)
    most = min(grid.entrance.official_max, law.official_maximum(job.rules))
    times, every = _counts(picket_span(job.plan, grid.picket)) if grid.status.on else ((), EVERY)
    sheet = DaySheet(
        head=head,
        shifts=tuple(_shift(row) for row in rows),
        supporters=grid.supporters,
        counts=tuple(clock(when) for when in times),
        most=most,
        count_words=f"Count every {f'{every} minutes' if every < 60 else 'hour'}. The Code recommends no more than "
        f"{law.official_maximum(job.rules)} official pickets at an entrance; supporters stand apart and are counted "
        "by themselves.",
        kit=picket_head.kit(job, head.leader),
        ring=tuple(_ring(job, grid)),
        dos=picket_head.dos(head.leader),
        remarks=(grid.picket.note,) if grid.picket.note and job.allowed.remarks else (),
        footer=picket_head.footer(job, grid),
    )
    return one_lined(sheet, but=("remarks",))


def _shift(row: Row) -> DayShift:
    people = (
        *(_came(place, capital(row.leader), leads=True) for place in row.supervisors),
        *(_came(place, "") for place in row.pickets),
        *(_came(place, capital(Role.STANDBY)) for place in row.standby),
        *(_came(place, "") for place in row.others),
    )
    return DayShift(
        times=row.times, label=row.label, changed=row.changed, off=row.off, people=people, handover=row.handover
    )


def _came(place: Place, role: str, *, leads: bool = False) -> Came:
    under = " \u00b7 ".join(filter(None, (role, place.mark, place.phone)))
    # The layout need not lay them out to know whether they fit.
    return Came(
        kind=place.kind,
        words=place.words,
        role=role,
        leads=leads,
        mark=place.mark,
        phone=place.phone,
        wide=width(place.words, 1, 700 if leads else 500),
        under_wide=width(under, 1),
    )


def _counts(span: Span) -> tuple[tuple[datetime, ...], int]:
    """List when heads are counted, from the start of a picket to its end, and every how many minutes."""
    every = EVERY
    while (span.end - span.start) // timedelta(minutes=every) > MOST_COUNTS:
        every *= 2
    steps = (span.end - span.start) // timedelta(minutes=every)
    return tuple(span.start + timedelta(minutes=every * n) for n in range(steps + 1)), every


def _ring(job: Job, grid: Grid) -> Iterator[Ring]:
    contact = job.dispute.duty_contact if job.dispute and job.allowed.remarks else ""
    yield Ring(who=f"Duty phone{f', {contact}' if contact else ''}", number=job.duty_phone)
    site = job.plan.get(Site, grid.entrance.site_id)
    yield Ring(who="Police liaison", number=job.outside(site.police_contact))
    yield Ring(who="Ambulance, fire or police in an emergency", number="999")
