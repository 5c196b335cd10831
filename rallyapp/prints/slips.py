"""Personal shift slips: each person once, with all their shifts of a strike day, to cut apart and hand out.

They are sorted by workplace and then by name; whoever has many shifts gets a second slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Channel, Person
from rallyapp.domain.pickets import Assignment, Presence, Role, Shift
from rallyapp.domain.problems import UserError
from rallyapp.domain.shortages import shifts_of_day
from rallyapp.domain.times import day_words, long_day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.job import Job
from rallyapp.prints.one_lined import one_lined
from rallyapp.prints.rota_rows import MARKS
from rallyapp.prints.slip_places import leader_of, meeting_of, place_of

# More lines than this under the name would be too small to read on a slip.
LINES = 9
_TOLD = {
    Channel.TEXT: "by text",
    Channel.PHONE: "by telephone",
    Channel.EMAIL: "by e-mail",
    Channel.REP: "through a rep",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow:
    """One shift: when, as what, where to meet, who leads, how sure it is, and why it is off (empty: it is on)."""

    times: str
    day: str
    role: str
    meet: str
    leader: str
    mark: str
    off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPlace:
    """The shifts of a slip at one place."""

    place: str
    site: str
    stand_at: str
    rows: tuple[SlipRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip: ``part`` is "2 of 2" where somebody has several, ``number`` counts the slips of the day."""

    number: int
    name: str
    phone: str
    part: str
    changed: bool
    places: tuple[SlipPlace, ...]
    if_off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """All slips of a strike day: ``news`` is for whoever hands them out, and has a slip of its own."""

    title: str
    date: str
    owner: str
    duty_phone: str
    slips: tuple[Slip, ...]
    news: tuple[str, ...]
    shred: str


def write(job: Job) -> Slips:
    """Write the slips of a strike day, of one site where the job's choice is its id; UserError where nobody is on."""
    day = job.plan.find(StrikeDay, job.about)
    if day is None:
        raise UserError("There is nothing to print: this strike day is not in the plan any more.")
    mine = _by_person(job, day)
    if not mine:
        where = " at that workplace" if job.choice else ""
        raise UserError(f"There is nothing to print: nobody is on a shift on {day_words(day.first_date)}{where}.")
    people = sorted(mine, key=lambda id: (_site(job, mine[id]), job.plan.name_of(id).casefold(), id))
    slips: list[Slip] = []
    for id in people:
        slips.extend(_of_person(job, day, id, mine[id], len(slips)))
    return one_lined(
        Slips(
            title=f"Shift slips, {long_day_words(day.first_date)}",
            date=long_day_words(day.first_date),
            owner=" \u00b7 ".join(job.owner[:2]),
            duty_phone=job.duty_phone,
            slips=tuple(slips),
            news=tuple(_news(job, people, slips)),
            shred=job.shred_words(),
        )
    )


_On = tuple[Shift, Assignment]
_Placed = tuple[tuple[str, str, str], SlipRow]


def _by_person(job: Job, day: StrikeDay) -> dict[PersonId, list[_On]]:
    found: dict[PersonId, list[_On]] = defaultdict(list)
    for shift in shifts_of_day(job.plan, day.id):
        for assignment in job.plan.of(Assignment, "shift_id", shift.id):
            if assignment.state.counts and job.plan.find(Person, assignment.person_id):
                found[assignment.person_id].append((shift, assignment))
    if job.choice:
        return {id: on for id, on in found.items() if any(_site_id(job, shift) == job.choice for shift, _ in on)}
    return found


def _site_id(job: Job, shift: Shift) -> str:
    return job.plan.place_of(job.plan.host(shift)).id


def _site(job: Job, on: Sequence[_On]) -> str:
    """Name the place under which somebody's slip is sorted: that of their first shift."""
    return job.plan.place_of(job.plan.host(on[0][0])).name.casefold()


# ---------------------------------------------------------------------------------------------- one slip
def _of_person(job: Job, day: StrikeDay, id: PersonId, on: Sequence[_On], before: int) -> Iterator[Slip]:
    person = job.plan.get(Person, id)
    leads = any(assignment.role is Role.SUPERVISOR for _, assignment in on)
    name = (job.leader_name if leads else job.name)(id)
    rows = [(place_of(job, shift), _row(job, day, shift, assignment)) for shift, assignment in on]
    if_off = _if_off(job, person)
    changed = job.line(id, (name, rows, if_off), person=id)
    parts = list(_parts(rows))
    for at, part in enumerate(parts):
        yield Slip(
            number=before + at + 1,
            name=name,
            phone=job.phone(id),
            part=f"{at + 1} of {len(parts)}" if len(parts) > 1 else "",
            changed=changed,
            places=tuple(
                SlipPlace(place=place[0], site=place[1], stand_at=place[2], rows=tuple(row for _, row in group))
                for place, group in groupby(part, key=lambda each: each[0])
            ),
            if_off=if_off,
        )


def _parts(rows: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Share somebody's shifts between slips, each as full as can be read."""
    part: list[_Placed] = []
    lines = 0
    for placed in rows:
        place, row = placed
        own = 1 + sum(bool(words) for words in (row.day, row.meet, row.leader, row.off))
        above = sum(bool(words) for words in place)
        more = own if part and part[-1][0] == place else own + above
        if part and lines + more > LINES:
            yield part
            part, lines, more = [], 0, own + above
        part.append(placed)
        lines += more
    yield part


def _row(job: Job, day: StrikeDay, shift: Shift, assignment: Assignment) -> SlipRow:
    status = stand_down.of_shift(job.plan, shift)
    marks = [MARKS.get(assignment.state, "").removeprefix("? ")]
    if assignment.presence is Presence.CONTACTABLE:
        marks.append("within call, not on the spot")
    if status.going is stand_down.Going.UNDECIDED:
        marks.append("not decided whether it goes ahead")
    return SlipRow(
        times=shift.words,
        day=day_words(shift.starts.date()) if shift.starts.date() != day.first_date else "",
        role=capital(_role(job, shift, assignment.role)),
        meet=meeting_of(job, shift) if status.on else "",
        leader=leader_of(job, shift, assignment) if status.on else "",
        mark=", ".join(filter(None, marks)),
        off="" if status.on else f"STOOD DOWN: {job.say(status.why) or 'do not come'}",
    )


def _role(job: Job, shift: Shift, role: Role) -> str:
    if role is not Role.SUPERVISOR:
        return str(role)
    return law.supervisor_word(job.rules, job.where, shift.starts.date())


def _if_off(job: Job, person: Person) -> str:
    told_by = job.say(job.dispute.told_by.strip()) if job.dispute else ""
    by = f", at the latest by {told_by}" if told_by else ""
    return f"If it is called off you are told {_TOLD[person.channel]}{by}. In doubt, ring the duty phone."


# ------------------------------------------------------------------------------ for whoever hands them out
def _news(job: Job, people: Sequence[PersonId], slips: Sequence[Slip]) -> Iterator[str]:
    if job.since is None:
        return
    changed = len(job.lines.changed)
    gone = [id for id in job.gone() if job.plan.find(Person, id)]
    lost = len(job.gone()) - len(gone)
    yield f"{counted(len(people), 'person', 'people')}, {counted(len(slips), 'slip')}."
    if not (changed or gone or lost):
        yield f"Nothing has changed since version {job.since}: the slips that were handed out still hold."
    if changed:
        has = "has a new slip; it says" if changed == 1 else "have a new slip; each says"
        yield f"{counted(changed, 'person', 'people')} {has} \u201cchanged\u201d. Take the old one back."
    if gone or lost:
        names = [job.name(PersonId(id)) for id in gone]
        others = [counted(lost, "person", "people")] if lost else []
        yield f"Tell those who are no longer on a shift that day: {listed([*names, *others]).rstrip('.')}."
