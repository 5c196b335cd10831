"""What the dated rules say of a strike day, in words, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rallyapp import carried
from rallyapp.domain import law
from rallyapp.domain.disputes import Dispute, Notice, StrikeDay
from rallyapp.domain.law import Deadline, Rule
from rallyapp.domain.records import problems_of
from rallyapp.domain.times import long_day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A rule's answer: the sentence, its source, what is doubtful, and the day that it names, if any."""

    fact: str
    source: str
    warning: str = ""
    day: date | None = None
    begin_by: date | None = None


def _source(rule: Rule) -> str:
    return f"{rule.title}: {rule.source}"


def deadline(dispute: Dispute, day: StrikeDay) -> Deadline:
    """Give the last day for the notice of a strike day, whoever has given it."""
    return law.notice_deadline(carried.law(), dispute.jurisdiction, day.first_date)


def notice_said(dispute: Dispute, day: StrikeDay, notices: Iterable[Notice]) -> Said:
    """Say by when the employer must have the notice; by the rule of the day on which the earliest one was given."""
    given = min(notices, key=lambda notice: (notice.received_on or notice.given_on, notice.id), default=None)
    found = law.notice_deadline(
        carried.law(),
        dispute.jurisdiction,
        day.first_date,
        given_on=given.given_on if given else None,
        employer_agreed=given.employer_agreed_shorter if given else False,
    )
    return Said(fact=found.fact, source=_source(found.rule), warning=found.warning or "", day=found.latest)


def mandate_said(dispute: Dispute) -> Said | None:
    """Say how long the ballot covers action; None where the plan doesn't know when the ballot closed."""
    if dispute.mandate_until is not None:
        by = f", checked by {dispute.mandate_checked_by}" if dispute.mandate_checked_by else ""
        return Said(
            fact=f"The mandate ends on {long_day_words(dispute.mandate_until)}.",
            source=f"The union\u2019s own date{by}",
            day=dispute.mandate_until,
        )
    if dispute.ballot_closed is None or problems_of(dispute):
        return None
    try:
        found = law.mandate(
            carried.law(),
            dispute.jurisdiction,
            ballot_opened=dispute.ballot_opened or dispute.ballot_closed,
            ballot_closed=dispute.ballot_closed,
            agreed_months=dispute.extended_months,
        )
    except ValueError as error:
        return Said(fact=str(error), source="The dates and months of the dispute don\u2019t fit the rule")
    warning = found.warning or ""
    return Said(
        fact=found.fact,
        source=_source(found.rule),
        warning="" if warning in found.fact or found.fact.endswith(warning[1:]) else warning,
        day=found.last_day,
        begin_by=found.begin_by,
    )
