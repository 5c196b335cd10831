"""Of which day everything is printed, and who gets what: the days on which something is to happen, the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.times import day_words


def print_dates(plan: Plan) -> tuple[date, ...]:
    """List the dates on which a strike day, a picket or a rally goes ahead, in order."""
    found: set[date] = set()
    for day in plan.all(StrikeDay):
        if not day.stood_down:
            found.update(day.first_date + timedelta(n) for n in range((day.last_date - day.first_date).days + 1))
    found.update(each.starts.date() for each in plan.all(Picket) if stand_down.of_picket(plan, each).on)
    found.update(each.starts.date() for each in plan.all(Rally) if stand_down.of_rally(plan, each).on)
    return tuple(sorted(found))


def next_date(dates: Sequence[date], today: date) -> date | None:
    """Choose the date for which somebody prints today: the next one, else today itself, else the last one."""
    coming = [day for day in dates if day > today]
    return coming[0] if coming else (dates[-1] if dates else None)


def meant_date(dates: Sequence[date], day: StrikeDay | None, today: date) -> date | None:
    """Choose the date that somebody means who looks at a strike day: one of its dates, else the next of all.

    Of a strike over several days that is the one that comes next. None where nothing goes ahead at all.
    """
    of_day = [each for each in dates if day is not None and day.first_date <= each <= day.last_date]
    return next_date(of_day or dates, today)


def first_supervisor(plan: Plan, picket: str) -> str:
    """Name who leads a picket first; nothing where nobody is on the rota for it."""
    for shift in sorted(plan.of(Shift, "picket_id", picket), key=lambda shift: (shift.starts, shift.id)):
        for one in plan.of(Assignment, "shift_id", shift.id):
            if one.role is Role.SUPERVISOR and one.state.counts:
                return plan.get(Person, one.person_id).name
    return ""


def date_words(day: date, today: date) -> str:
    """Name a date as it is said today: "tomorrow, Tue 1 Dec 2015"."""
    near = {today: "today, ", today + timedelta(1): "tomorrow, "}
    return f"{near.get(day, '')}{day_words(day)}"
