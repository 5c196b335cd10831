"""The checks of the open plan, run once for everybody who shows what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal

from rallyapp import carried
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem
from rallyapp.domain.records import KINDS, table_of
from rallyapp.store.journal import ChangeSet
from rallyapp.ui.tasks import in_thread

if TYPE_CHECKING:
    from rallyapp.ui.desk import Desk

JOB = "checks"
_SETTLE = 0.05  # seconds: several changes in a row are checked once, after the window has been painted
_READ = frozenset(table_of(kind) for kind in KINDS) - {"print_run"}


class Checking(QObject):
    """What is wrong or risky in the plan, as it was found last; ``changed`` says that it was looked for anew.

    Nothing is checked before somebody first asks (``refresh``), so that opening a plan stays quick; from then on
    every change to the plan is followed, whoever makes it, off the main thread.
    """

    changed = Signal()  # ``problems`` or ``running`` is another

    def __init__(self, desk: Desk) -> None:
        """Follow the plan of a desk, which this belongs to."""
        super().__init__(desk)
        self._desk = desk
        self._problems: tuple[Problem, ...] = ()
        self._by_day: dict[StrikeDayId, tuple[Problem, ...]] = {}
        self._by_record: dict[Concern, list[Problem]] = {}
        self._again = False
        self._asked = False
        self.known = False  # the plan was looked through at least once
        desk.store.listeners.append(self._hear)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found last, worst first; nothing before the first look."""
        return self._problems

    @property
    def running(self) -> bool:
        """Say whether the plan is being looked through."""
        return self._desk.jobs.runs(JOB)

    def of_day(self, day: StrikeDayId | str | None) -> tuple[Problem, ...]:
        """List what was found on one strike day, worst first."""
        return self._by_day.get(StrikeDayId(day or ""), ())

    def of_records(self, records: Iterable[Concern]) -> list[Problem]:
        """List what was found about any of these records, each once."""
        return list(dict.fromkeys(found for record in records for found in self._by_record.get(record, ())))

    def refresh(self) -> None:
        """Look through the plan anew, soon; a look that has begun is begun again."""
        self._asked = self._again = True
        if self._desk.jobs.start(JOB, self._run):
            self.changed.emit()

    def ensure(self) -> None:
        """Look through the plan if nobody has yet; later changes are followed by themselves."""
        if not self._asked:
            self.refresh()

    def stop(self) -> None:
        """Follow the plan no more: it is about to be closed."""
        if self._hear in self._desk.store.listeners:
            self._desk.store.listeners.remove(self._hear)

    def _hear(self, change_set: ChangeSet) -> None:
        if self._asked and not _READ.isdisjoint(change_set.rows):
            self.refresh()

    async def _run(self) -> None:
        import asyncio

        try:
            while self._again:
                await asyncio.sleep(_SETTLE)
                self._again = False
                plan = await self._desk.picture.ready()
                found = await in_thread(_checked, plan, self._desk.today())
            self._problems, self._by_day, self._by_record = found
            self.known = True
        except Exception:
            self._again = False
            raise
        finally:
            asyncio.get_running_loop().call_soon(self._tell)  # once the job is over, so that ``running`` is right

    def _tell(self) -> None:
        if shiboken6.isValid(self):  # the plan may have been closed meanwhile
            self.changed.emit()


_Found = tuple[tuple[Problem, ...], dict[StrikeDayId, tuple[Problem, ...]], dict[Concern, list[Problem]]]


def _checked(plan: Plan, today: date) -> _Found:
    """Look through a plan; a national one has thousands of problems, which are sorted here and not in the window."""
    from rallyapp.domain import checks

    found = checks.run(plan, carried.law(), holidays=carried.bank_holidays, today=today)
    by_day: dict[StrikeDayId, list[Problem]] = defaultdict(list)
    by_record: dict[Concern, list[Problem]] = defaultdict(list)
    for problem in found:
        if problem.day:
            by_day[problem.day].append(problem)
        for concern in problem.concerns:
            by_record[concern].append(problem)
    return found, {day: tuple(problems) for day, problems in by_day.items()}, dict(by_record)
