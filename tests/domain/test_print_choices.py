"""The day of which everything is printed."""

from dataclasses import replace
from datetime import date, datetime

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.pickets import Picket
from rallyapp.domain.plan import Plan
from rallyapp.domain.print_choices import date_words, next_date, print_dates
from rallyapp.domain.rallies import Rally
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


def test_a_date_is_named_as_it_is_said_today():
    assert date_words(date(2015, 12, 1), date(2015, 11, 30)) == "tomorrow, Tue 1 Dec 2015"
    assert date_words(date(2015, 12, 1), date(2015, 12, 1)) == "today, Tue 1 Dec 2015"
    assert date_words(date(2015, 12, 8), date(2015, 12, 1)) == "Tue 8 Dec 2015"
