"""The rallies that go ahead, one by one, for the checks that look at them."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain import stand_down
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import Rally
from rallyapp.domain.records import problems_of
from rallyapp.domain.situation import Situation, day_of_rally


@frozen
class EachRally:
    """One rally that goes ahead, with where the law of it is and which day it belongs to."""

    at: Situation
    rally: Rally
    where: Jurisdiction
    day: StrikeDayId | None

    def problem(self, severity: Severity, code: str, sentence: str, mend: str = "", *more: Concern) -> Problem:
        """Say what is wrong with it; the sentence begins with its title."""
        return Problem(
            severity=severity,
            code=code,
            sentence=f"{self.rally.title}: {sentence}",
            concerns=(Concern("rally", self.rally.id), *more),
            mend=mend,
            day=self.day,
        )


def each_rally(at: Situation) -> Iterator[EachRally]:
    """List the rallies that go ahead; one that can't be kept as it is has been said and waits."""
    for rally in at.plan.all(Rally):
        if stand_down.of_rally(at.plan, rally).on and not problems_of(rally):
            day = day_of_rally(at.plan, rally)
            yield EachRally(at=at, rally=rally, where=at.jurisdiction(day), day=day)
