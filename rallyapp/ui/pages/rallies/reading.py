"""Reads one rally for the page: what belongs to it, what its printed plan lacks, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rallyapp import carried
from rallyapp.domain import check_rallies, stand_down
from rallyapp.domain.eligibility import Book
from rallyapp.domain.ids import RallyId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import KINDS, columns, table_of
from rallyapp.domain.situation import Situation, day_of_rally, jurisdiction_of
from rallyapp.domain.stalls import Stall
from rallyapp.prints import rally_plan
from rallyapp.prints.audience import Audience
from rallyapp.prints.blocks import Facts, Missing
from rallyapp.store import Store, queries
from rallyapp.ui.pages.rallies import parts
from rallyapp.ui.pages.rallies.part import Seen

_OWN_KINDS = tuple(kind for kind in KINDS if any(column.name == "rally_id" for column in columns(kind)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A rally as it is now, with what each section lacks and what is wrong in it, by the sections' numbers."""

    seen: Seen
    missing: dict[int, tuple[str, ...]]
    problems: dict[int, tuple[Problem, ...]]
    own: frozenset[Concern]  # what belongs to the rally


def read(store: Store, id: RallyId, now: datetime) -> Reading:
    """Read a rally of the plan; raises KeyError where there is no such rally."""
    plan = queries.rally_part(store, id)
    rules = carried.law()
    rally = plan.get(Rally, id)
    seen = Seen(
        plan=plan,
        rally=rally,
        venue=plan.get(Venue, rally.venue_id),
        rules=rules,
        where=jurisdiction_of(plan, day_of_rally(plan, rally)),
        status=stand_down.of_rally(plan, rally),
    )
    printed = rally_plan.rally_plan(plan, rules, id, audience=Audience.ORGANISER, printed=now, version=1)
    missing = {section.number: tuple(_lacks(section)) for section in printed.sections}
    at = Situation(plan=plan, rules=rules, book=Book(plan), holidays=carried.bank_holidays, today=now.date())
    own = _own(plan, rally)
    found = [problem for check in check_rallies.CHECKS for problem in check(at)]
    here = [problem for problem in found if not own.isdisjoint(problem.concerns)]
    return Reading(seen, missing, by_section(here, plan), own)


_ALL_WANTED = {6, 13, 14, 18}  # sections whose facts a council asks for; elsewhere what is empty may be so


def _lacks(section: rally_plan.PlanSection) -> Iterator[str]:
    """Say what a section's print lacks: in its own words, and the facts that were not entered."""
    empty = [label for block in section.blocks if isinstance(block, Facts) for label, value in block.rows if not value]
    if empty and section.number in _ALL_WANTED:
        yield f"Not entered: {', '.join(label[:1].lower() + label[1:] for label in empty)}."
    yield from (block.text for block in section.blocks if isinstance(block, Missing))


def _own(plan: Plan, rally: Rally) -> frozenset[Concern]:
    """List what belongs to a rally."""
    found = {Concern("rally", rally.id), Concern("venue", rally.venue_id)}
    for kind in _OWN_KINDS:
        found.update(Concern(table_of(kind), record.id) for record in plan.of(kind, "rally_id", rally.id))
    for host, field in ((Post, "post_id"), (Stall, "stall_id")):
        for each in plan.of(host, "rally_id", rally.id):
            found.update(Concern("shift", shift.id) for shift in plan.of(Shift, field, each.id))
    return frozenset(found)


# Tables with rows by the thousand, of which a rally has a few.
_MANY = {"person", "shift", "need", "assignment"}


def touches(store: Store, reading: Reading, rows: Mapping[str, Collection[str]], reads: Collection[str]) -> bool:
    """Say whether a change has to do with a rally as it was read; where that takes long to find out, it has."""
    changed = {table: ids for table, ids in rows.items() if table in reads}
    if set(changed) - _MANY:
        return True
    if sum(map(len, changed.values())) > _FEW:
        return True
    plan = reading.seen.plan
    if any(plan.find(Person, id) for id in changed.get("person", ())):
        return True
    shifts = set(changed.get("shift", ()))
    for kind in (Need, Assignment):
        for id in changed.get(table_of(kind), ()):
            row = store.find(kind, id) or plan.find(kind, id)
            if row is None:  # it was deleted, and whose it was is not known
                return True
            shifts.add(row.shift_id)
    return any(_is_here(store, plan, reading.seen.rally, id) for id in shifts)


def _is_here(store: Store, plan: Plan, rally: Rally, id: str) -> bool:
    """Say whether a shift is a rally's, or somebody is on it who has to do with the rally: they must come in time."""
    shift = plan.find(Shift, id) or store.find(Shift, id)
    if shift is None or any(plan.find(Person, each.person_id) for each in store.where(Assignment, shift_id=id)):
        return True
    post, stall = plan.find(Post, shift.post_id), plan.find(Stall, shift.stall_id)
    return any(each is not None and each.rally_id == rally.id for each in (post, stall))


_FEW = 50


def by_section(problems: Iterable[Problem], plan: Plan) -> dict[int, tuple[Problem, ...]]:
    """Sort the problems of a rally by the section in which they are mended, worst first, each once."""
    found: dict[int, list[Problem]] = defaultdict(list)
    at_stalls = {shift.id for shift in plan.all(Shift) if shift.stall_id}
    for problem in dict.fromkeys(problems):
        found[parts.place_of_problem(problem, at_stalls)].append(problem)
    return {
        number: tuple(sorted(each, key=lambda problem: (problem.severity.rank, problem.sentence)))
        for number, each in found.items()
    }
