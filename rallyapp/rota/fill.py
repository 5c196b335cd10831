"""Fill the shifts that are short as well as it can be done, and say how good that is and why what is open is open.

What people were told, did themselves or somebody pinned stays; only the builder's own unspoken proposals move, and
those only where that is worth it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from rallyapp import carried
from rallyapp.domain import stand_down
from rallyapp.domain.ids import AssignmentId, PersonId, RallyId, ShiftId, SiteId, StrikeDayId, new_id
from rallyapp.domain.pickets import Assignment, Origin, Presence, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.situation import day_of, need_words
from rallyapp.domain.stalls import Stall

if TYPE_CHECKING:  # a window that only shows a rota loads no numbers and no solver
    from rallyapp.rota.absent import Absent
    from rallyapp.rota.problem import PlanProblem
    from rallyapp.rota.reasons import Explanation, Gap, Reasons

SECONDS = 60.0
WORKERS = 2
_BUILT, _SOLVED = 10, 95  # per cent
_ASK_AGAIN = 0.1  # seconds
_MOST_OF_IT = 0.8  # of its time: a search that took more was cut short, as it keeps some back


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a fill would change: assignments to save and to delete; what stays; and the gaps that remain.

    ``added`` are new, and ``changed`` were there in another role (by their old id). ``dropped`` were proposals of
    the builder that the new rota has no place for; ``moved`` names those of them whose person is among the added
    instead. ``kept`` stay as they are. ``cost`` is the rota's, ``bound`` one below which no rota of the people
    asked can be; ``narrowed`` says that the plan was too large to ask everybody for everything, and ``stopped`` after
    how many seconds the search was cut short (None: it was not). ``absent`` are those of the kept who can't be there:
    no need counts them. ``minutes`` are what everybody does in these shifts; who offered some of the time of them
    and does nothing is in it with 0.
    """

    shifts: int
    added: tuple[Assignment, ...]
    changed: tuple[Assignment, ...]
    dropped: tuple[Assignment, ...]
    kept: tuple[Assignment, ...]
    gaps: tuple[Gap, ...]
    cost: int
    bound: int
    narrowed: bool
    stopped: float | None
    absent: tuple[Absent, ...]
    minutes: Mapping[PersonId, int]
    _why: Reasons = field(repr=False, compare=False)

    @property
    def saved(self) -> tuple[Assignment, ...]:
        """What is to be saved, once the dropped ones are deleted."""
        return (*self.added, *self.changed)

    @property
    def any(self) -> bool:
        """Say whether there is anything to write."""
        return bool(self.added or self.changed or self.dropped)

    @property
    def moved(self) -> Mapping[AssignmentId, tuple[Assignment, ...]]:
        """Give the dropped assignments whose person was added elsewhere, with where."""
        new: dict[str, list[Assignment]] = {}
        for each in self.added:
            new.setdefault(each.person_id, []).append(each)
        return {each.id: tuple(new[each.person_id]) for each in self.dropped if each.person_id in new}

    @property
    def label(self) -> str:
        """Name the edit that writes it: "Fill rota: 12 places"."""
        count, gone = len(self.saved), len(self.dropped)
        parts = [f"{count:,} {'place' if count == 1 else 'places'}"] if count or not gone else []
        parts += [f"{gone:,} taken back"] if gone else []
        return f"Fill rota: {', '.join(parts)}"

    @property
    def sentence(self) -> str:
        """Say how good the rota is proven to be."""
        said = how_good(self.cost, self.bound, self.stopped)
        return f"{said} In a plan this large not everybody was asked for every place." if self.narrowed else said

    def why(self, gap: Gap) -> Explanation:
        """Explain one of the gaps; it takes a moment, so only what is looked at is explained."""
        return self._why.explain(gap)

    def whys(self, gaps: Iterable[Gap]) -> tuple[Explanation, ...]:
        """Explain several gaps together: nobody is suggested for two at one time while there are others."""
        return self._why.explain_all(gaps)

    def why_dropped(self, assignment: Assignment) -> str:
        """Say why one of the dropped has no place there any more: "on emergency cover", "no longer needed"."""
        return self._why.dropped(assignment)


def how_good(cost: int, bound: int, stopped: float | None = None) -> str:
    """Say in words how much better a rota could be, rounded up: "no rota can be more than 0.4 % better".

    ``stopped`` is after how many seconds the search was cut short, where it was: what is proven by then may be little.
    """
    if cost <= bound:
        return "No better rota exists."
    if stopped is not None and 10 * (cost - bound) > cost:
        return f"Stopped after {stopped:.{0 if stopped >= 10 else 2}f} s: give it more time."
    if bound <= 0:
        return "It is not proven how good this rota is; more time may find a better one."
    per_mille = ceil(1000 * (cost - bound) / cost)
    words = f"{per_mille / 10:.1f}" if per_mille < 100 else f"{ceil(per_mille / 10)}"
    return f"No rota can be more than {words} % better than this one."


def shifts_in(
    plan: Plan,
    *,
    days: Collection[StrikeDayId] | None = None,
    sites: Collection[SiteId] | None = None,
    on: date | None = None,
    rally: RallyId | None = None,
) -> tuple[Shift, ...]:
    """List the shifts that go ahead, of these strike days, at these sites, starting on that date, by time.

    All where None. A rally's shifts, at its posts and its stalls, belong to its strike days and to no site.
    """
    found = []
    for shift in plan.all(Shift):
        if not stand_down.of_shift(plan, shift).on:
            continue
        if days is not None and day_of(plan, shift) not in days:
            continue
        if on is not None and shift.starts.date() != on:
            continue
        if sites is not None and plan.place_of(plan.host(shift)).id not in sites:
            continue
        if rally is not None and _rally_of(plan, shift) != rally:
            continue
        found.append(shift)
    return tuple(sorted(found, key=lambda shift: (shift.starts, shift.id)))


def _rally_of(plan: Plan, shift: Shift) -> RallyId | None:
    host = plan.host(shift)
    if isinstance(host, Stall):
        return host.rally_id
    return host.id if isinstance(host, Rally) else None


def fill(
    plan: Plan,
    shifts: Iterable[Shift],
    *,
    make_id: Callable[[], str] = new_id,
    progress: Callable[[int, int], None] | None = None,
    time_limit: float = SECONDS,
    seed: int = 1,
    stop: Callable[[], bool] | None = None,
    found: Callable[[int | None, int, float], None] | None = None,
) -> Proposal:
    """Propose the best rota of these shifts that can be found in so many seconds, or until ``stop`` says so.

    ``progress`` is told how many of a hundred parts are done; what it raises ends the filling. ``found`` is told the
    best cost so far (None: no rota yet), the cost below which none can be, and the seconds since the search began.
    The same plan gives the same people while the time is not cut short.
    """
    from rallyapp.rota.problem import of_plan
    from rallyapp.rota.reasons import Reasons
    from rallyapp.rota.solving.level import level
    from rallyapp.rota.solving.solve import solve

    watch = _Watch(progress, stop, time_limit, found)
    watch.tell(0)
    problem = of_plan(plan, shifts)
    watch.tell(_BUILT)
    rota = solve(
        problem.model,
        time_limit=time_limit,
        seed=seed,
        workers=WORKERS,
        progress=watch.solving,
        stop=watch.stopped,
    )
    watch.check()
    rota = replace(rota, places=level(problem.model, rota.places))
    watch.tell(_SOLVED)
    added, changed, dropped, stays = _changes(problem, rota.places, make_id)
    rows = (*problem.counted, *stays, *changed, *added)
    stopped = rota.seconds if rota.seconds > _MOST_OF_IT * time_limit or (stop is not None and stop()) else None
    proposal = Proposal(
        shifts=len(problem.shifts),
        added=added,
        changed=changed,
        dropped=dropped,
        kept=(*problem.kept, *stays),
        gaps=tuple(_gaps(problem, rows)),
        cost=rota.cost,
        bound=rota.bound,
        narrowed=problem.candidates.narrowed,
        stopped=stopped if rota.cost > rota.bound else None,
        absent=problem.absent,
        minutes=_minutes(problem, rows),
        _why=Reasons(problem, rota.places, rows, cut_short=stopped is not None and rota.cost > rota.bound),
    )
    watch.tell(100)
    return proposal


def _changes(
    problem: PlanProblem, places: Iterable[tuple[int, int]], make_id: Callable[[], str]
) -> tuple[tuple[Assignment, ...], ...]:
    """Tell a rota as what is added, changed, dropped and stays; somebody stands on a shift in one row only."""
    loose = {(row.person_id, row.shift_id): row for row in (*problem.movable.values(), *problem.stale)}
    added, changed, stays = [], [], []
    by_time = sorted(places, key=lambda place: (place[1], problem.people[place[0]].id))
    for person, number in by_time:
        place, who = problem.places[number], problem.people[person].id
        row = loose.pop((who, place.shift.id), None)
        if row is None:
            added.append(
                Assignment(
                    id=AssignmentId(make_id()),
                    shift_id=place.shift.id,
                    person_id=who,
                    role=place.role,
                    origin=Origin.BUILDER,
                )
            )
        elif row.role is place.role:
            stays.append(row)
        else:
            changed.append(replace(row, role=place.role))
    dropped = sorted(loose.values(), key=lambda row: (problem.plan.get(Shift, row.shift_id).starts, row.id))
    return tuple(added), tuple(changed), tuple(dropped), tuple(stays)


def _minutes(problem: PlanProblem, rows: Iterable[Assignment]) -> dict[PersonId, int]:
    """Add up what everybody does in these shifts; being within reach takes no time (L9)."""
    found = {problem.people[number].id: 0 for number in problem.candidates.offering(problem.shifts)}
    for row in rows:
        span = problem.plan.get(Shift, row.shift_id).span
        found[row.person_id] = found.get(row.person_id, 0) + span.minutes * (row.presence is Presence.PRESENT)
    return found


def _gaps(problem: PlanProblem, rows: Iterable[Assignment]) -> Iterator[Gap]:
    """List the needs whose least is not met, by time; whoever has a need's skill counts for it, as in the checks."""
    from rallyapp.rota.reasons import Gap

    there: dict[ShiftId, list[Assignment]] = {}
    for row in rows:
        there.setdefault(row.shift_id, []).append(row)
    for place in problem.places:
        on = [row.person_id for row in there.get(place.shift.id, ()) if row.role is place.role]
        for need in place.needs:
            have = sum(need.skill is None or need.skill in problem.book.skills_of(who) for who in on)
            if need.least > have:
                yield Gap(
                    shift_id=place.shift.id,
                    role=need.role,
                    skill=need.skill,
                    missing=need.least - have,
                    wanted=need_words(problem.plan, carried.law(), place.shift, need),
                )


class _Watch:
    """Tells how far it is, and hears from whoever is told that it is to stop, in whichever thread that is said."""

    def __init__(
        self,
        progress: Callable[[int, int], None] | None,
        stop: Callable[[], bool] | None,
        time_limit: float,
        found: Callable[[int | None, int, float], None] | None,
    ) -> None:
        self.progress, self.stop, self.time_limit, self.found = progress, stop, time_limit, found
        self.done = 0
        self.raised: BaseException | None = None
        self.began = self.told = time.monotonic()

    def tell(self, per_cent: int) -> None:
        """Tell how much is done; never less than before."""
        self.done = max(self.done, per_cent)
        if self.progress is not None:
            self.progress(self.done, 100)

    def solving(self, cost: int | None, bound: int, seconds: float) -> None:
        """Tell what the solver has found, and how much of the time is gone."""
        self._safely(lambda: self.found(cost, bound, seconds) if self.found is not None else None)
        self._tick()

    def _tick(self) -> None:
        """Tell how much of the time is gone."""
        self.told = time.monotonic()
        gone = min(1.0, (self.told - self.began) / self.time_limit)
        self._safely(lambda: self.tell(int(_BUILT + (_SOLVED - _BUILT) * gone)))

    def _safely(self, tell: Callable[[], None]) -> None:
        """Keep what is raised for later: nothing may be raised through the solver."""
        try:
            tell()
        except BaseException as raised:
            self.raised = raised

    def stopped(self) -> bool:
        """Say whether the solver is to stop; whoever waits is asked now and then, however long a step takes."""
        if time.monotonic() - self.told > _ASK_AGAIN and self.raised is None:
            self._tick()
        return self.raised is not None or (self.stop is not None and self.stop())

    def check(self) -> None:
        """Raise what was raised while the solver ran."""
        if self.raised is not None:
            raise self.raised
