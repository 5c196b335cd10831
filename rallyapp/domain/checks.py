"""Everything that is wrong or risky in a plan, in words.

A check never changes anything and never blocks. What the law asks is read from the dated rules, so the same
plan is judged by the law of its own days. The checks themselves are in ``check_days``, ``check_rota`` and
``check_rallies``; ``situation`` is what they look at.
"""

from __future__ import annotations

from datetime import date, datetime

from rallyapp.domain import check_days, check_rallies, check_rota
from rallyapp.domain.disputes import Settings, StrikeDay
from rallyapp.domain.eligibility import Book
from rallyapp.domain.law import Rules
from rallyapp.domain.people import Availability, Cover
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import Permission, ProgrammeItem, Risk
from rallyapp.domain.records import KINDS, TABLES, Record, columns, problems_of, table_of
from rallyapp.domain.situation import Holidays, Situation
from rallyapp.domain.stalls import Stall


def run(plan: Plan, rules: Rules, *, holidays: Holidays, today: date) -> tuple[Problem, ...]:
    """Find every problem of a plan, worst first, then by day, time and sentence.

    What can't be kept as it is, because a merge or another program left it so, is said and then left out with
    what hangs on it; all else is still judged.
    """
    found: list[Problem] = []
    plan = _sound(plan, found)
    at = Situation(plan=plan, rules=rules, book=Book(plan), holidays=holidays, today=today)
    for check in (*check_days.CHECKS, *check_rota.CHECKS, *check_rallies.CHECKS):
        found.extend(check(at))
    days = {day.id: day.window.start for day in plan.all(StrikeDay)}
    times: dict[str, datetime] = {picket.id: picket.starts for picket in plan.all(Picket)}
    times.update((shift.id, shift.starts) for shift in plan.all(Shift))

    def order(problem: Problem) -> tuple[int, datetime, datetime, str]:
        when = days.get(problem.day, datetime.max) if problem.day else datetime.max
        moment = min((times[each.id] for each in problem.concerns if each.id in times), default=when)
        return problem.severity.rank, when, moment, problem.sentence

    return tuple(sorted(dict.fromkeys(found), key=order))


# ------------------------------------------------------------------------------------------ the records
# The checks add up the times and figures of these; of other kinds a wrong row still says what it says.
_RECKONED = {Settings, StrikeDay, Picket, Permission, ProgrammeItem, Risk, Stall, Shift, Availability, Cover}


def _sound(plan: Plan, found: list[Problem]) -> Plan:
    """Say which records are wrong or refer to nothing, and give the plan without those that can't be reckoned with."""
    kept: list[Record] = []
    known: dict[str, set[str]] = {}
    for kind in KINDS:
        table = table_of(kind)
        references = [
            (column.name, column.refers_to)
            for column in columns(kind)
            if column.refers_to and column.refers_to != table  # a day replaced by another is judged without it
        ]
        ids = known[table] = set()
        for record in plan.all(kind):
            wrong = problems_of(record)
            found.extend(wrong)
            stays = not wrong or kind not in _RECKONED
            for field, target in references:
                id = getattr(record, field)
                if id is not None and id not in known[target]:
                    stays = False
                    if plan.find(TABLES[target], id) is None:
                        found.append(_refers_to_nothing(table, record.id, target))
            if stays:
                ids.add(record.id)
                kept.append(record)
    return plan if len(kept) == sum(plan.count(kind) for kind in KINDS) else Plan(kept)


def _refers_to_nothing(table: str, id: str, target: str) -> Problem:
    what, whom = (name.replace("_", " ") for name in (table, target))
    return Problem(
        severity=Severity.RED,
        code="refers-to-nothing",
        sentence=f"The plan holds a record ({what}) that belongs to a {whom} that is not in it",
        concerns=(Concern(table, id),),
        mend="take it out, or load the plan again from a backup",
    )
