"""Employers, sites, entrances, venues and site plans: what is wrong in each by itself, and how far it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import PostId, RallyId, SiteId, StallId
from rallyapp.domain.places import DEGREE, Employer, Entrance, Pin, Site, SitePlan, Venue, metres_between
from rallyapp.domain.records import Record
from tests.domain.building import GENERAL, GUILDHALL, example, said

positions = st.tuples(st.integers(-90 * DEGREE, 90 * DEGREE), st.integers(-180 * DEGREE, 180 * DEGREE))
LAT = "The latitude (millionths of a degree) is {}; it must be from -90000000 to 90000000"
LON = "The longitude (millionths of a degree) is {}; it must be from -180000000 to 180000000"


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        (Employer, {}, []),
        (Employer, {"name": ""}, ["The employer's name is missing"]),
        (Site, {}, []),
        (Site, {"name": "\t"}, ["The site's name is missing"]),
        (Site, {"lat": None, "lon": None}, []),
        (Site, {"lat": 0, "lon": 0}, []),
        (Site, {"lat": None}, ["A position needs both a latitude and a longitude"]),
        (Site, {"lon": None}, ["A position needs both a latitude and a longitude"]),
        (Site, {"lat": 90 * DEGREE, "lon": -180 * DEGREE}, []),
        (Site, {"lat": 90 * DEGREE + 1}, [LAT.format(90_000_001)]),
        (Site, {"lat": -90 * DEGREE - 1}, [LAT.format(-90_000_001)]),
        (Site, {"lon": 180 * DEGREE + 1}, [LON.format(180_000_001)]),
        (Entrance, {}, []),
        (Entrance, {"name": " "}, ["The entrance's name is missing"]),
        (Entrance, {"official_max": 1}, []),
        (Entrance, {"official_max": 100}, []),
        (Entrance, {"official_max": 0}, ["The most official pickets is 0; it must be from 1 to 100"]),
        (Entrance, {"official_max": 101}, ["The most official pickets is 101; it must be from 1 to 100"]),
        (Entrance, {"keep_clear": True, "official_max": 1}, []),
        (Venue, {}, []),
        (Venue, {"name": ""}, ["The venue's name is missing"]),
        (Venue, {"capacity": 1}, []),
        (Venue, {"capacity": 0}, ["The capacity is 0; it must be from 1 to 1000000"]),
        (Venue, {"lon": None}, ["A position needs both a latitude and a longitude"]),
        (Venue, {"lat": 10**9}, [LAT.format(10**9)]),
        (SitePlan, {}, []),
        (SitePlan, {"title": ""}, ["The site plan's title is missing"]),
        (SitePlan, {"rally_id": None, "site_id": SiteId("general")}, []),
        (SitePlan, {"rally_id": None}, ["A site plan belongs to one site or to one rally"]),
        (
            SitePlan,
            {"rally_id": RallyId("rally"), "site_id": SiteId("general")},
            ["A site plan belongs to one site or to one rally"],
        ),
        (
            Pin,
            {"post_id": PostId("post"), "stall_id": StallId("stall")},
            ["A pin marks one post or one stall, not both"],
        ),
        (Pin, {"post_id": PostId("post")}, []),
        (Pin, {}, []),
        (Pin, {"x": 0, "y": 1000}, []),
        (Pin, {"x": -1}, ["The pin's place across is -1; it must be from 0 to 1000"]),
        (Pin, {"y": 1001}, ["The pin's place down is 1001; it must be from 0 to 1000"]),
    ],
)
def test_what_is_wrong_by_itself(kind: type[Record], changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(kind, **changes)) == sentences


def test_six_official_pickets_are_the_usual_most() -> None:
    assert example(Entrance).official_max == 6


def test_from_the_general_to_the_guildhall_is_about_three_and_a_half_kilometres() -> None:
    assert 3300 < metres_between(GENERAL, GUILDHALL) < 3600
    assert metres_between(GENERAL, GENERAL) == 0


def test_half_way_round_the_earth() -> None:
    assert metres_between((0, 0), (0, 180 * DEGREE)) == 20_015_087
    assert metres_between((90 * DEGREE, 0), (-90 * DEGREE, 0)) == 20_015_087


@given(positions, positions)
def test_there_is_as_far_as_back(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert metres_between(a, b) == metres_between(b, a)
    assert 0 <= metres_between(a, b) <= 20_015_087
