"""The rows of a picket's paper: each shift with its places, filled, open or free, and the handover at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from rallyapp.domain import law, stand_down
from rallyapp.domain.ids import ShiftId
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Presence, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.problems import UserError
from rallyapp.domain.times import clock
from rallyapp.domain.words import listed
from rallyapp.prints.job import Job
from rallyapp.prints.rota_sheet import Place, Row
from rallyapp.prints.wording import flat

# More places than this in a row are counted instead of drawn one by one.
MOST_PLACES = 24

MARKS = {
    AssignmentState.PROPOSED: "? to confirm",
    AssignmentState.ASKED: "? asked",
    AssignmentState.RECONFIRM: "? reconfirm",
}
_STATE_ORDER = list(AssignmentState)
_IN_COLUMNS = (Role.SUPERVISOR, Role.PICKET, Role.STANDBY, Role.SUPPORTER)


def picket_of(job: Job) -> Picket:
    """Give the picket that a piece is about; raises UserError where it is not in the plan any more."""
    picket = job.plan.find(Picket, job.about)
    if picket is None:
        raise UserError("There is nothing to print: this picket is not in the plan any more.")
    return picket


class Grid:
    """A picket's shifts in order of time, and who is on them, named as the copy may."""

    def __init__(self, job: Job, picket: Picket) -> None:
        """Take the picket of a job's plan."""
        self.job = job
        self.plan = job.plan
        self.picket = picket
        self.entrance = self.plan.get(Entrance, picket.entrance_id)
        self.status = stand_down.of_picket(self.plan, picket)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts by time."""
        found = self.plan.of(Shift, "picket_id", self.picket.id)
        return tuple(sorted(found, key=lambda shift: (shift.starts, shift.ends, shift.id)))

    @cached_property
    def on(self) -> Mapping[ShiftId, tuple[Assignment, ...]]:
        """Who is counted on in each shift: those who are sure first, then by name."""
        return {shift.id: tuple(self._assigned(shift)) for shift in self.shifts}

    def _assigned(self, shift: Shift) -> list[Assignment]:
        found = [a for a in self.plan.of(Assignment, "shift_id", shift.id) if a.state.counts]
        # Those who are sure come first; then by name, so that a sheet printed again looks the same.
        firmest = {AssignmentState.CONFIRMED: -1}
        return sorted(
            found,
            key=lambda a: (
                firmest.get(a.state, _STATE_ORDER.index(a.state)),
                self.plan.name_of(a.person_id).casefold(),
                a.id,
            ),
        )

    # ----------------------------------------------------------------------------------------- the rows
    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are printed; each is noted, and marked where it changed since the last print."""
        return tuple(self._noted(shift, row) for shift, row in zip(self.shifts, self._rows(), strict=True))

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """The times of rows that stood on the last print and do not now, in words."""
        assert self.rows is not None  # each row is noted before one can be gone
        return tuple(sorted(key.partition("@")[2] for key in self.job.gone() if "@" in key))

    def _noted(self, shift: Shift, row: Row) -> Row:
        # The times are in the key: of a row that is gone nothing else is kept, and the new print says which it was.
        # The handover is no part of it: it changes with the row below.
        changed = self.job.line(f"{shift.id}@{flat(row.times)}", replace(row, handover=""), shift=shift.id)
        return replace(row, changed=changed)

    def _rows(self) -> Iterator[Row]:
        for shift, after in zip(self.shifts, (*self.shifts[1:], None), strict=False):
            status = stand_down.of_shift(self.plan, shift)
            needs = self.plan.of(Need, "shift_id", shift.id)
            required = self.supervised(shift)
            # Where a shift has no needs, its row has lines to write on, as many as the Code recommends.
            unasked = 0 if needs else max(self.entrance.official_max - 1, 0)
            yield Row(
                times=shift.words,
                label=self.job.say(shift.label),
                leader="picket supervisor" if required else "picket organiser",
                changed=False,
                off="" if status.on else self._off_words(status.why),
                supervisors=self._places(shift, Role.SUPERVISOR, least=int(required), otherwise=1),
                pickets=self._places(shift, Role.PICKET, otherwise=unasked),
                standby=self._places(shift, Role.STANDBY, otherwise=1),
                others=tuple(
                    self._person(a, role=True)
                    for role in Role
                    if role not in _IN_COLUMNS
                    for a in self.on[shift.id]
                    if a.role is role
                ),
                handover=self._handover(shift, after) if after and status.on else "",
            )

    def supervised(self, shift: Shift) -> bool:
        """Say whether the law of one of its days requires a picket supervisor."""
        return any(law.supervisor_required(self.job.rules, self.job.where, day) for day in shift.span.days())

    def _off_words(self, why: str) -> str:
        """Say why a single shift is off; where all are, the banner says why."""
        return (self.job.say(why) if self.status.on else "") or "stood down"

    def _places(self, shift: Shift, role: Role, *, least: int = 0, otherwise: int = 0) -> tuple[Place, ...]:
        asked = [need for need in self.plan.of(Need, "shift_id", shift.id) if need.role is role]
        least = max(least, sum(need.least for need in asked))
        wished = max(least, sum(need.wished for need in asked), otherwise)
        people = tuple(self._person(a) for a in self.on[shift.id] if a.role is role)
        if not stand_down.of_shift(self.plan, shift).on:
            return people
        return (*people, *_open(least, wished, len(people)))

    def _person(self, assignment: Assignment, *, role: bool = False) -> Place:
        marks = [MARKS.get(assignment.state, "")]
        if role:
            marks.append(str(assignment.role))
        if assignment.presence is Presence.CONTACTABLE:
            marks.append("within call, not on the spot")
        if assignment.overridden and self.job.allowed.remarks:
            marks.append("see below")
        return Place(
            kind="name",
            words=self.name(assignment) or "(not named)",
            mark=", ".join(mark for mark in marks if mark),
            phone=self.job.phone(assignment.person_id),
        )

    def name(self, assignment: Assignment) -> str:
        """Name somebody on a shift as the copy may."""
        leads = assignment.role is Role.SUPERVISOR
        return (self.job.leader_name if leads else self.job.name)(assignment.person_id).strip()

    def _handover(self, shift: Shift, after: Shift) -> str:
        if after.starts == shift.starts or not stand_down.of_shift(self.plan, after).on:
            return ""
        before, then = (
            listed(self.name(a) for a in self.on[one.id] if a.role is Role.SUPERVISOR) for one in (shift, after)
        )
        if before and before == then:
            return f"{clock(after.starts)} {before} stays on"
        return f"{clock(after.starts)} {' to '.join(name or '............' for name in (before, then))}"

    # ---------------------------------------------------------------------------------------- over all rows
    @property
    def leader(self) -> str:
        """What whoever is in charge is called that day: picket supervisor, picket organiser, or either."""
        leaders = list(dict.fromkeys(row.leader for row in self.rows)) or [
            law.supervisor_word(self.job.rules, self.job.where, self.picket.starts.date())
        ]
        return leaders[0] if len(leaders) == 1 else "picket supervisor or organiser"

    @property
    def places(self) -> int:
        """The number of picket places in a row: with the supervisor, as many as the Code recommends at most."""
        wanted = max((len(row.pickets) for row in self.rows), default=0)
        most = max(
            (
                sum(need.most for need in self.plan.of(Need, "shift_id", shift.id) if need.role is Role.PICKET)
                for shift in self.shifts
            ),
            default=0,
        )
        beside = max((len(row.supervisors) for row in self.rows), default=1)
        return max(1, wanted, min(most, self.entrance.official_max - beside))

    @property
    def supporters(self) -> str:
        """How many supporters are expected, in words; empty for none, or where the picket is off."""
        coming = {a.person_id for group in self.on.values() for a in group if a.role is Role.SUPPORTER}
        number = max(self.picket.supporters, len(coming))
        if not number or not self.status.on:
            return ""
        return f"{number:,} {'supporter' if number == 1 else 'supporters'} expected"


def _open(least: int, wished: int, filled: int) -> tuple[Place, ...]:
    gaps = max(0, least - filled)
    free = max(0, wished - max(least, filled))
    if filled + gaps + free > MOST_PLACES:
        many = [Place(kind="gap", words=f"GAP \u00d7 {gaps}", count=gaps)] if gaps else []
        return (*many, *([Place(kind="free")] if free else []))
    return (*[Place(kind="gap", words="GAP")] * gaps, *[Place(kind="free")] * free)
