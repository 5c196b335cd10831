"""The rows of the page from what was read, and days made from another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from rallyapp.domain import day_copies
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.new_plan import DayWanted
from rallyapp.domain.problems import Problem
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.store import Store, day_queries
from rallyapp.ui.models.days import day_card
from rallyapp.ui.pages.days.day_list import DayRow
from rallyapp.ui.pages.days.day_pane import worst
from rallyapp.ui.pages.days.days_read import Read
from rallyapp.ui.pages.days.states import times_words


def day_rows(read: Read, problems_of: Callable[[str], Sequence[Problem]]) -> list[DayRow]:
    """Give the rows of the list, under the title of their dispute where there are several."""
    rows: list[DayRow] = []
    for dispute in read.disputes:
        days = [day for day in read.days if day.dispute_id == dispute.id]
        if days and len(read.disputes) > 1:
            rows.append(DayRow(id=dispute.id, day=dispute.title))
        rows += [_row(day, read, problems_of(day.id)) for day in days]
    return rows


def _row(day: StrikeDay, read: Read, problems: Sequence[Problem]) -> DayRow:
    card = day_card(day, read.fills.get(day.id))
    count = read.entrances.get(day.id, 0)
    wrong, red = worst(problems)
    return DayRow(
        id=day.id,
        day=day_words(day.first_date),
        times=times_words(day),
        kind=str(day.kind),
        state=day.state,
        entrances=f"{count:,} {'entrance' if count == 1 else 'entrances'}" if count else "No pickets yet",
        filled=f"{card.heads:,} of {card.wished:,} filled" if card.shifts else "",
        share=card.heads / card.wished if card.wished else 1.0,
        tone=card.tone,
        lack=card.lack,
        wrong=wrong,
        red=red,
    )


def facts_words(read: Read, today: date) -> str:
    """Say how many days there are and when the next one is."""
    if not read.days:
        return ""
    said = counted(len(read.days), "strike day")
    coming = [day for day in read.days if not day.stood_down and day.window.end.date() >= today]
    if not coming:
        return said
    first = coming[0]
    ahead = (first.first_date - today).days
    when = "on now" if ahead < 0 else ("today", "tomorrow")[ahead] if ahead < 2 else f"in {ahead:,} days"
    return f"{said}, the next {when}: {day_words(first.first_date)}"


def copies_of(
    store: Store, source: StrikeDay, wanted: list[DayWanted], at: datetime, with_people: bool
) -> list[day_copies.DayCopy]:
    """Make days from another one; in a thread, with a connection of its own."""
    with store.reader() as reader:
        plan = day_queries.pattern_of(reader, source.id, with_people=with_people)
    return [day_copies.day_from(plan, source, each, at=at, with_people=with_people) for each in wanted]


def days_words(days: list[StrikeDay]) -> str:
    """Say which new days: "strike day Tue 1 Dec 2015", "3 strike days from Tue 1 Dec 2015 on"."""
    first = day_words(days[0].first_date)
    return f"strike day {first}" if len(days) == 1 else f"{len(days)} strike days from {first} on"
