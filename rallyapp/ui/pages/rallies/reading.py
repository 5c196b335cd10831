"""Reads one rally for the page: what belongs to it, what its printed plan lacks, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rallyapp import carried
from rallyapp.domain import check_rallies, stand_down
from rallyapp.domain.eligibility import Book
from rallyapp.domain.ids import RallyId
from rallyapp.domain.pickets import Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Problem
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import KINDS, columns, table_of
from rallyapp.domain.situation import Situation, day_of_rally, jurisdiction_of
from rallyapp.domain.stalls import Stall
from rallyapp.prints import rally_plan
from rallyapp.prints.audience import Audience
from rallyapp.prints.blocks import Missing
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
    ids: frozenset[tuple[str, str]]  # what belongs to the rally, as (kind, id)


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
    missing = {
        section.number: tuple(block.text for block in section.blocks if isinstance(block, Missing))
        for section in printed.sections
    }
    at = Situation(plan=plan, rules=rules, book=Book(plan), holidays=carried.bank_holidays, today=now.date())
    ids = _own(plan, rally)
    found = (problem for check in check_rallies.CHECKS for problem in check(at))
    return Reading(seen, missing, by_section(of_rally(found, ids), plan), ids)


def _own(plan: Plan, rally: Rally) -> frozenset[tuple[str, str]]:
    """List what belongs to a rally, as (kind, id)."""
    found = {("rally", rally.id), ("venue", rally.venue_id)}
    for kind in _OWN_KINDS:
        found.update((table_of(kind), record.id) for record in plan.of(kind, "rally_id", rally.id))
    for host, field in ((Post, "post_id"), (Stall, "stall_id")):
        for each in plan.of(host, "rally_id", rally.id):
            found.update(("shift", shift.id) for shift in plan.of(Shift, field, each.id))
    return frozenset(found)


def of_rally(problems: Iterable[Problem], ids: frozenset[tuple[str, str]]) -> list[Problem]:
    """Pick the problems that concern something of a rally."""
    return [each for each in problems if any((concern.kind, concern.id) in ids for concern in each.concerns)]


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
