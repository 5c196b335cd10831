"""The facts of the Epsom and St Helier demo."""

from datetime import date, datetime

import pytest

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain import law
from rallyapp.domain.disputes import Notice, NoticeDay, StrikeDay, StrikeKind, StrikeState
from rallyapp.domain.people import Cover, CoverKind, Person
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.times import Span


@pytest.fixture(scope="module")
def plan():
    return Plan(DEMOS["epsom-st-helier-2016"].records())


def test_two_full_walkouts_from_eight_to_five(plan):
    assert [(day.kind, day.state, day.window) for day in plan.all(StrikeDay)] == [
        (
            StrikeKind.FULL_WALKOUT,
            StrikeState.NOTIFIED,
            Span(datetime(2016, 4, day, 8), datetime(2016, 4, day, 17)),
        )
        for day in (26, 27)
    ]
    assert {day.announced for day in plan.all(StrikeDay)} == {date(2016, 3, 23)}
    assert all("consultants cover" in day.note for day in plan.all(StrikeDay))


def test_the_hospitals_are_those_of_the_nhs_list(plan):
    known = {hospital.code: hospital for hospital in carried.hospitals()}
    assert {site.code for site in plan.all(Site)} == {"RVR50", "RVR05"}
    for site in plan.all(Site):
        assert (site.name, site.postcode) == (known[site.code].name, known[site.code].postcode)
        assert abs(site.lat - known[site.code].lat * 1e6) < 10
        assert abs(site.lon - known[site.code].lon * 1e6) < 10


def test_each_hospital_has_three_entrances_of_which_one_is_kept_clear(plan):
    for site in plan.all(Site):
        entrances = plan.of(Entrance, "site_id", site.id)
        assert len(entrances) == 3
        (clear,) = (entrance for entrance in entrances if entrance.keep_clear)
        assert not plan.of(Picket, "entrance_id", clear.id)


def test_pickets_stand_all_day_in_slots_of_60_or_90_minutes(plan):
    assert {picket.words for picket in plan.all(Picket)} == {"08:00–17:00"}
    assert {shift.span.minutes for shift in plan.all(Shift)} == {60, 90}
    for picket in plan.all(Picket):
        shifts = plan.of(Shift, "picket_id", picket.id)
        assert shifts[0].starts == picket.starts
        assert shifts[-1].ends == picket.ends


def test_the_notice_came_in_time(plan):
    (notice,) = plan.all(Notice)
    latest = law.notice_deadline(
        carried.law(), law.Jurisdiction.ENGLAND, date(2016, 4, 26), given_on=notice.given_on
    ).latest
    assert notice.received_on <= latest == date(2016, 4, 19)
    assert len(plan.all(NoticeDay)) == 2


def test_a_hundred_and_twenty_volunteers_are_split_between_the_two(plan):
    people = plan.all(Person)
    assert len(people) == 120
    assert len({person.name for person in people}) == 120
    for site in plan.all(Site):
        assert 45 <= len(plan.of(Person, "workplace_id", site.id)) <= 65


def test_no_junior_doctor_covers_an_emergency_and_there_is_no_rally(plan):
    assert CoverKind.EMERGENCY_COVER not in {cover.kind for cover in plan.all(Cover)}
    assert not plan.all(Rally)
