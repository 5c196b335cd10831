"""The day of which everything is printed."""

from dataclasses import replace
from datetime import date, datetime

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.pickets import AssignmentState, Picket, Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.print_choices import date_words, first_supervisor, meant_date, next_date, print_dates
from rallyapp.domain.rallies import Rally
from tests.domain import building as b
from tests.domain.building import whole_plan


def test_the_days_on_which_something_goes_ahead_are_offered_and_the_next_one_is_meant():
    plan = Plan(whole_plan())
    day, picket, rally = (plan.all(kind)[0] for kind in (StrikeDay, Picket, Rally))
    longer = replace(day, last_date=date(2015, 12, 2))
    later = replace(rally, starts=datetime(2015, 12, 10, 12), ends=datetime(2015, 12, 10, 13))
    dates = print_dates(plan.changed([longer, later], []))
    assert dates == (date(2015, 12, 1), date(2015, 12, 2), date(2015, 12, 10))

    assert next_date(dates, date(2015, 11, 30)) == date(2015, 12, 1)
    assert next_date(dates, date(2015, 12, 1)) == date(2015, 12, 2)  # today's paper is out already
    assert next_date(dates, date(2015, 12, 10)) == date(2015, 12, 10)
    assert next_date(dates, date(2016, 1, 1)) == date(2015, 12, 10)
    assert next_date((), date(2016, 1, 1)) is None

    off = plan.changed([replace(day, state=StrikeState.CALLED_OFF), replace(picket, cancelled=True), later], [])
    assert date(2015, 12, 1) not in print_dates(off)


def test_who_looks_at_a_day_means_that_day_and_its_next_date():
    plan = Plan(whole_plan())
    day = replace(plan.all(StrikeDay)[0], first_date=date(2015, 12, 8), last_date=date(2015, 12, 10))
    dates = (date(2015, 12, 1), date(2015, 12, 9), date(2015, 12, 10), date(2015, 12, 16))
    assert meant_date(dates, day, date(2015, 11, 20)) == date(2015, 12, 9)
    assert meant_date(dates, day, date(2015, 12, 9)) == date(2015, 12, 10)
    assert meant_date(dates, day, date(2015, 12, 30)) == date(2015, 12, 10)
    assert meant_date(dates[:1], day, date(2015, 11, 20)) == date(2015, 12, 1)  # nothing goes ahead on it
    assert meant_date(dates, None, date(2015, 11, 20)) == date(2015, 12, 1)
    assert meant_date((), day, date(2015, 11, 20)) is None


def test_a_pickets_first_supervisor_is_named():
    ann, ben, carl = b.person("Ann Archer"), b.person("Ben Baker"), b.person("Carl Cole")
    people = [b.shift("late", "09:00-10:00"), b.shift("early", "08:00-09:00"), ann, ben, carl]
    drew_back = replace(b.on(carl.id, "early", Role.SUPERVISOR), state=AssignmentState.WITHDRAWN)
    rota = [b.on(ann.id, "late", Role.SUPERVISOR), drew_back, b.on(ann.id, "early")]
    assert first_supervisor(Plan([*people, *rota]), "picket") == "Ann Archer"
    assert first_supervisor(Plan([*people, *rota, b.on(ben.id, "early", Role.SUPERVISOR)]), "picket") == "Ben Baker"
    assert first_supervisor(Plan(people), "picket") == ""


def test_a_date_is_named_as_it_is_said_today():
    assert date_words(date(2015, 12, 1), date(2015, 11, 30)) == "tomorrow, Tue 1 Dec 2015"
    assert date_words(date(2015, 12, 1), date(2015, 12, 1)) == "today, Tue 1 Dec 2015"
    assert date_words(date(2015, 12, 8), date(2015, 12, 1)) == "Tue 8 Dec 2015"
