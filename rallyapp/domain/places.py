"""Employers, their sites and entrances, rally venues, and site plans with pins.

Positions are whole millionths of a degree (WGS 84); pins are thousandths of the picture's width and height.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum

from rallyapp.domain import saying
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import EmployerId, EntranceId, PinId, PostId, RallyId, SiteId, SitePlanId, StallId, VenueId
from rallyapp.domain.problems import Problem

DEGREE = 1_000_000


def _position(kind: str, id: str, lat: int | None, lon: int | None) -> Iterator[Problem]:
    yield from saying.within(kind, id, "The latitude (millionths of a degree)", lat, -90 * DEGREE, 90 * DEGREE)
    yield from saying.within(kind, id, "The longitude (millionths of a degree)", lon, -180 * DEGREE, 180 * DEGREE)
    if (lat is None) != (lon is None):
        yield saying.wrong(kind, id, "A position needs both a latitude and a longitude")


def metres_between(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Measure the straight line between two positions (latitude, longitude in millionths of a degree), in metres."""
    lat1, lon1, lat2, lon2 = (math.radians(part / DEGREE) for part in (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return round(2 * 6_371_000 * math.asin(min(1.0, math.sqrt(half))))


@frozen
class Employer:
    """An employer in dispute, such as an NHS trust."""

    id: EmployerId
    name: str
    code: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("employer", self.id, "The employer's name", self.name)


@frozen
class Site:
    """A workplace of an employer: the place whose entrances are picketed."""

    id: SiteId
    employer_id: EmployerId
    name: str
    code: str = ""
    address: str = ""
    postcode: str = ""
    lat: int | None = None
    lon: int | None = None
    toilet: str = ""
    shelter: str = ""
    defibrillator: str = ""
    police_contact: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("site", self.id, "The site's name", self.name)
        yield from _position("site", self.id, self.lat, self.lon)


class LandStatus(StrEnum):
    """Whose ground a picket stands on (L3: no immunity for trespass)."""

    UNKNOWN = "not known"
    HIGHWAY = "public highway"
    PERMITTED = "private, by permission"
    PRIVATE = "private, no permission"


@frozen
class Entrance:
    """An entrance of a site. ``official_max`` is the most official pickets at one time (L4: six, guidance)."""

    id: EntranceId
    site_id: SiteId
    name: str
    position: int = 0
    official_max: int = 6
    land_status: LandStatus = LandStatus.UNKNOWN
    keep_clear: bool = False
    map_reference: str = ""
    stand_at: str = ""
    toilet: str = ""
    shelter: str = ""
    defibrillator: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("entrance", self.id, "The entrance's name", self.name)
        yield from saying.within("entrance", self.id, "The most official pickets", self.official_max, 1, 100)


@frozen
class Venue:
    """A place where rallies are held."""

    id: VenueId
    name: str
    address: str = ""
    postcode: str = ""
    lat: int | None = None
    lon: int | None = None
    map_reference: str = ""
    capacity: int | None = None
    landowner: str = ""
    power: str = ""
    toilets: str = ""
    water: str = ""
    step_free: str = ""
    emergency_access: str = ""
    nearest_ae: str = ""
    defibrillator: str = ""
    note: str = ""

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("venue", self.id, "The venue's name", self.name)
        yield from saying.within("venue", self.id, "The capacity", self.capacity, 1, 1_000_000)
        yield from _position("venue", self.id, self.lat, self.lon)


@frozen
class SitePlan:
    """A picture of a site or of a rally's place; the picture is base64 text, its size is in pixels."""

    id: SitePlanId
    title: str
    site_id: SiteId | None = None
    rally_id: RallyId | None = None
    picture: str = ""
    media_type: str = ""
    width: int = 0
    height: int = 0

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        yield from saying.required("site_plan", self.id, "The site plan's title", self.title)
        if (self.site_id is None) == (self.rally_id is None):
            yield saying.wrong("site_plan", self.id, "A site plan belongs to one site or to one rally")


class PinKind(StrEnum):
    """What a pin on a site plan marks."""

    ENTRANCE = "entrance"
    STAGE = "stage"
    STALL = "stall"
    FIRST_AID = "first aid"
    INFORMATION = "information"
    TOILETS = "toilets"
    WATER = "water"
    ASSEMBLY = "assembly point"
    POST = "post"
    EMERGENCY = "emergency route"
    OTHER = "other"


@frozen
class Pin:
    """A numbered mark on a site plan, at thousandths of its width and height; of one post or one stall, if of any."""

    id: PinId
    site_plan_id: SitePlanId
    number: int
    kind: PinKind = PinKind.OTHER
    label: str = ""
    x: int = 500
    y: int = 500
    post_id: PostId | None = None
    stall_id: StallId | None = None

    def problems(self) -> Iterator[Problem]:
        """Find what is wrong in this record by itself."""
        if self.post_id is not None and self.stall_id is not None:
            yield saying.wrong("pin", self.id, "A pin marks one post or one stall, not both")
        yield from saying.within("pin", self.id, "The pin's place across", self.x, 0, 1000)
        yield from saying.within("pin", self.id, "The pin's place down", self.y, 0, 1000)
