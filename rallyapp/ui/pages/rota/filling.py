"""Fill rota, from the wish to a proposal and to one edit; the builder runs off the main thread and can be cancelled."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from rallyapp.domain.ids import AssignmentId, ShiftId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.times import day_words
from rallyapp.rota.fill import Proposal, fill, shifts_in
from rallyapp.rota.wording import role_word
from rallyapp.store import Edit
from rallyapp.store.edit import Ready, ready
from rallyapp.ui.desk import Desk
from rallyapp.ui.staffing.lines import Line
from rallyapp.ui.tasks import Cancelled, Progress, in_thread
from rallyapp.ui.widgets.timeline.records import Mark

JOB = "fill"
ALL = "=all"  # the row that stands for the whole proposal
_PAINT = 0.02  # seconds: let the window show that it has begun
_TICK_MS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is to be filled: these shifts, else a strike day's, else all; ``words`` says it: "Tue 1 Dec 2015"."""

    words: str
    day: StrikeDayId | None = None
    shifts: tuple[ShiftId, ...] | None = None


class Stage(StrEnum):
    """How far it is."""

    IDLE = "idle"
    RUNNING = "running"
    PROPOSED = "proposed"
    OUTDATED = "outdated"  # the plan was changed meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal with the plan that it is for. A ``unit`` of rows is accepted or left out as one.

    Whoever is moved comes off one shift and on to another: taking half of that would put them at two places.
    """

    plan: Plan
    version: int
    proposal: Proposal
    names: Mapping[str, str]
    units: Mapping[AssignmentId, tuple[AssignmentId, ...]]
    lines: tuple[Line, ...]
    ready: Ready

    @property
    def rows(self) -> tuple[Assignment, ...]:
        """Everything that would be written, new, changed or taken back."""
        return (*self.proposal.saved, *self.proposal.dropped)


class Filling(QObject):
    """One fill at a time. ``changed`` says that its stage, or how far it is, is another."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Make it for an open plan."""
        super().__init__(parent)
        self._desk = desk
        self.stage = Stage.IDLE
        self.scope = Scope(words="")
        self.per_cent = 0
        self.cost: int | None = None
        self.bound = 0
        self.proposed: Proposed | None = None
        self._enough = threading.Event()
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    # -------------------------------------------------------------------------------------------- running
    def start(self, scope: Scope) -> None:
        """Begin; while one runs nothing more is begun."""
        if not self._desk.writable or self._desk.jobs.runs(JOB):
            return
        self.scope = scope
        if self._desk.jobs.start(JOB, self._run):
            self.cost, self.bound, self.per_cent, self.proposed = None, 0, 0, None
            self._enough = threading.Event()
            self._began = time.monotonic()
            self._timer.start()
            self._say_stage(Stage.RUNNING)

    def again(self) -> None:
        """Fill the same once more."""
        self.start(self.scope)

    def cancel(self) -> None:
        """Stop, and propose nothing."""
        self._desk.jobs.cancel(JOB)

    def enough(self) -> None:
        """Stop searching, and propose the best that was found."""
        self._enough.set()

    @property
    def seconds(self) -> int:
        """How long it runs."""
        return int(time.monotonic() - self._began)

    @property
    def words(self) -> str:
        """How far it is: "Cost 1,240, at best 1,180 \u00b7 12 s"."""
        said = "Looking at who could do what" if self.cost is None else f"Cost {self.cost:,}"
        if self.bound > 0:
            said += f", at best {self.bound:,}"
        return f"{said} \u00b7 {self.seconds} s"

    def _say_stage(self, stage: Stage) -> None:
        self.stage = stage
        if stage is not Stage.RUNNING:
            self._timer.stop()
        self.changed.emit()

    def _tick(self) -> None:
        self._desk.messages.working(f"Filling {self.scope.words}\u2026 {self.words}", self.cancel)
        self.changed.emit()

    def _further(self, per_cent: int) -> None:
        self.per_cent = per_cent
        self._tick()

    def _found(self, cost: int | None, bound: int) -> None:
        if self.stage is Stage.RUNNING:
            self.cost, self.bound = cost, bound
            self._tick()

    async def _run(self) -> None:
        messages, store = self._desk.messages, self._desk.store
        told = self._desk.jobs.progress(JOB, self._further)
        loop = asyncio.get_running_loop()
        enough = self._enough

        def found(cost: int | None, bound: int, seconds: float) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._found, cost, bound)

        self._tick()
        try:
            await asyncio.sleep(_PAINT)
            version = store.version
            plan = await self._desk.picture.ready()
            proposed = await in_thread(_proposed, plan, version, self.scope, told, found, enough.is_set)
            same = store.version == version
        except Cancelled:
            messages.news("Cancelled: nothing was written.")
            self._say_stage(Stage.IDLE)
            return
        except Exception:
            self._say_stage(Stage.IDLE)
            raise
        proposal = proposed.proposal
        if not same:
            messages.clear()
            self._say_stage(Stage.OUTDATED)
        elif proposal.any or proposal.gaps or proposal.absent:
            self.proposed = proposed
            messages.news("Nothing is written yet: accept the proposal beside the rota, or discard it.")
            self._say_stage(Stage.PROPOSED)
        else:
            messages.news(_nothing(self.scope))
            self._say_stage(Stage.IDLE)

    # ------------------------------------------------------------------------------------- what comes of it
    def look(self) -> None:
        """See whether the plan has been changed since the proposal was made."""
        if self.proposed is not None and self._desk.store.version != self.proposed.version:
            self.proposed = None
            self._say_stage(Stage.OUTDATED)

    def discard(self) -> None:
        """Forget the proposal."""
        self.proposed = None
        if self.stage is not Stage.RUNNING:
            self._say_stage(Stage.IDLE)

    def accept(self, wanted: Collection[AssignmentId]) -> str:
        """Write those of the proposal's rows as one edit; gives the operation's id, or nothing."""
        self.look()
        proposed = self.proposed
        if proposed is None:
            return ""
        proposal = proposed.proposal
        saved = [row for row in proposal.saved if row.id in wanted]
        gone = [row for row in proposal.dropped if row.id in wanted]

        def write(edit: Edit) -> None:
            for row in gone:
                edit.delete(row)
            edit.save_ready(proposed.ready.only(wanted))

        if len(saved) + len(gone) == len(proposed.rows):
            label = proposal.label
        else:
            label = f"Fill rota: {_counted(len(saved), 'place')} of {len(proposal.saved):,}"
        # Before the edit: what it changes makes the page look whether the proposal still stands.
        self.proposed = None
        self._say_stage(Stage.IDLE)
        said = f"{_filled(len(saved), len(gone))} {_left(proposal, len(saved))}".strip()
        return self._desk.edit(label, write, said=said)


def _proposed(
    plan: Plan,
    version: int,
    scope: Scope,
    told: Progress,
    found: Callable[[int | None, int, float], None],
    enough: Callable[[], bool],
) -> Proposed:
    """Build the rota, and all that is shown of it."""
    shifts = shifts_in(plan, days=[scope.day] if scope.day is not None else None)
    if scope.shifts is not None:
        chosen = set(scope.shifts)
        shifts = tuple(shift for shift in shifts if shift.id in chosen)
    proposal = fill(plan, shifts, progress=told, found=found, stop=enough)
    rows = (*proposal.saved, *proposal.dropped)
    dropped = {row.person_id for row in proposal.dropped}
    moved: dict[str, list[AssignmentId]] = {}
    for row in rows:
        if row.person_id in dropped:
            moved.setdefault(row.person_id, []).append(row.id)
    people = {row.person_id for row in (*rows, *proposal.kept)}
    return Proposed(
        plan=plan,
        version=version,
        proposal=proposal,
        names=short_names(person for id in people if (person := plan.find(Person, id)) is not None),
        units={row.id: tuple(moved.get(row.person_id, [row.id])) for row in rows},
        lines=tuple(lines_of(plan, proposal)),
        ready=ready(proposal.saved),
    )


def lines_of(plan: Plan, proposal: Proposal) -> Iterator[Line]:
    """Write the rows to be ticked: everything, then each shift in order of time with who comes and who goes."""
    rows: dict[ShiftId, list[Assignment]] = {}
    for row in (*proposal.saved, *proposal.dropped):
        rows.setdefault(row.shift_id, []).append(row)
    if not rows:
        return
    order = sorted(rows, key=lambda id: (plan.get(Shift, id).starts, plan.place_words(plan.get(Shift, id)), id))
    days = {plan.get(Shift, id).starts.date() for id in order}
    sites = {_site(plan, id) for id in order}
    changed, dropped = {row.id for row in proposal.changed}, {row.id for row in proposal.dropped}
    count = len(proposal.saved) + len(proposal.dropped)
    yield Line(id=ALL, title=f"Everything, {_counted(count, 'change')}", heading=True, ticked=True)
    day: date | None = None
    for id in order:
        starts = plan.get(Shift, id).starts.date()
        if starts != day and len(days) > 1:
            day = starts
            yield Line(id=f"day {day}", title=day_words(day), heading=True)
        where = _site(plan, id) if len(sites) > 1 else ""
        yield Line(id=f"={id}", title=shift_words(plan, id), note=where, heading=True, ticked=True)
        for row in rows[id]:
            word, name = role_word(plan, plan.get(Shift, id), row.role), plan.name_of(row.person_id)
            note = ""
            if row.id in dropped:
                note = f"comes off: {proposal.why_dropped(row)}"
            elif row.id in changed:
                before = plan.get(Assignment, row.id).role
                note = f"{word} instead of {role_word(plan, plan.get(Shift, id), before)}"
            elif row.role is not Role.PICKET:
                note = word
            yield Line(id=row.id, title=name, note=note, ticked=True, indent=True)


def marks_of(proposed: Proposed, wanted: Collection[AssignmentId]) -> dict[ShiftId, tuple[Mark, ...]]:
    """Lay what is accepted over the rota: for each shift that it touches who comes, who goes and who stays."""
    proposal = proposed.proposal
    touched: dict[ShiftId, list[Mark]] = {}
    for kind, rows in (("added", proposal.added), ("added", proposal.changed), ("dropped", proposal.dropped)):
        for row in rows:
            if row.id in wanted:
                touched.setdefault(row.shift_id, []).append(
                    Mark(kind=kind, text=proposed.names.get(row.person_id, "(unknown)"))  # type: ignore[arg-type]
                )
    changed = {row.id for row in proposal.changed if row.id in wanted}
    for row in proposal.kept:
        if row.shift_id in touched and row.id not in changed:
            touched[row.shift_id].append(Mark(kind="kept", text=proposed.names.get(row.person_id, "(unknown)")))
    return {shift: tuple(marks) for shift, marks in touched.items()}


def summary(proposal: Proposal) -> str:
    """Say in a sentence what would be changed, and what stays empty."""
    count, gone = len(proposal.saved), len(proposal.dropped)
    shifts = len({row.shift_id for row in proposal.saved})
    said = (
        f"{_counted(count, 'place')} on {_counted(shifts, 'shift')} can be filled" if count else "Nobody can be added"
    )
    if gone:
        said += f", {_counted(gone, 'earlier proposal')} taken back"
    missing = sum(gap.missing for gap in proposal.gaps)
    rest = f"{_counted(missing, 'place')} {'stays' if missing == 1 else 'stay'} empty." if missing else ""
    return f"{said}. {rest or 'Then every shift has the people that it needs.'}"


def _filled(count: int, gone: int) -> str:
    said = f"Filled {_counted(count, 'place')}"
    return f"{said} and took {_counted(gone, 'earlier proposal')} back." if gone else f"{said}."


def _left(proposal: Proposal, accepted: int) -> str:
    missing = sum(gap.missing for gap in proposal.gaps)
    if accepted < len(proposal.saved):
        return f"{len(proposal.saved) - accepted:,} left out."
    return f"{_counted(missing, 'place')} {'is' if missing == 1 else 'are'} still empty." if missing else ""


def _nothing(scope: Scope) -> str:
    if scope.day is None and scope.shifts is None:
        return "There is nothing to fill: every shift has the people that it needs."
    return f"There is nothing to fill in {scope.words}: every shift there has the people that it needs."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def shift_words(plan: Plan, id: ShiftId) -> str:
    """Say which shift it is on its day: "08:00-09:00, Main entrance"."""
    shift = plan.get(Shift, id)
    return f"{shift.words}, {plan.place_words(shift).partition(', ')[0]}"


def where_words(plan: Plan, id: ShiftId, *, day: bool) -> str:
    """Say the rest: "Southampton General Hospital, Tue 1 Dec 2015", without the day where only one is shown."""
    site = _site(plan, id)
    return f"{site}, {day_words(plan.get(Shift, id).starts.date())}" if day else site


def _site(plan: Plan, id: ShiftId) -> str:
    return plan.place_of(plan.host(plan.get(Shift, id))).name
