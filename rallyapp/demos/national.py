"""All England in December 2015, for trying what the program bears: 150 trusts, 45,000 volunteers.

The trusts, their hospitals and the three strike days are real (the NHS list of late 2014 and the strike
timeline); entrances, pickets, people and how many they are at each hospital are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from rallyapp import carried
from rallyapp.demos import Progress, national_people
from rallyapp.demos.making import at, drama_landline, drama_mobile, quick_ids
from rallyapp.domain.disputes import (
    Dispute,
    Notice,
    NoticeDay,
    Settings,
    StrikeDay,
    StrikeDayMove,
    StrikeKind,
    StrikeState,
)
from rallyapp.domain.ids import (
    ContactId,
    DisputeId,
    EmployerId,
    EntranceId,
    KitItemId,
    NeedId,
    NoticeDayId,
    NoticeId,
    PicketId,
    PostId,
    RallyDayId,
    RallyId,
    SettingsId,
    ShiftId,
    SiteId,
    StrikeDayId,
    StrikeDayMoveId,
    VenueId,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import Need, Picket, Role, Shift
from rallyapp.domain.places import DEGREE, Employer, Entrance, LandStatus, Site, Venue
from rallyapp.domain.rallies import Contact, ContactKind, KitItem, Post, Rally, RallyDay
from rallyapp.domain.records import Record

NAME = national_people.NAME
TRUSTS = 150
VOLUNTEERS = 45_000
LEAST_AT_A_SITE = 24
# How many records there are, near enough to draw a progress bar by.
ABOUT = 248_000

DAYS = (date(2015, 12, 1), date(2015, 12, 8), date(2015, 12, 16))
KINDS = (StrikeKind.EMERGENCY_CARE_ONLY, StrikeKind.FULL_WALKOUT, StrikeKind.FULL_WALKOUT)

_INVENTED = "Invented for this demo."
_day_id = quick_ids(NAME, "strike day")
_site_id = quick_ids(NAME, "site")
_entrance_id = quick_ids(NAME, "entrance")
_picket_id = quick_ids(NAME, "picket")
_shift_id = quick_ids(NAME, "shift")
_need_id = quick_ids(NAME, "need")
_DISPUTE = DisputeId(quick_ids(NAME, "dispute")(1))

# A regional rally each, on the first day: town, middle of its postcode district, people expected.
_RALLIES = (
    ("Leeds", "LS1", 600),
    ("Manchester", "M2", 800),
    ("Newcastle upon Tyne", "NE1", 400),
    ("Birmingham", "B2", 700),
    ("Bristol", "BS1", 500),
    ("Norwich", "NR2", 300),
)
_RALLY_POSTS = (
    ("Chief steward", Role.CHIEF_STEWARD),
    ("Stewards", Role.STEWARD),
    ("First-aid point", Role.FIRST_AIDER),
    ("Stage", Role.MC),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A hospital with its number, its trust's number, its position, and how many of its entrances are picketed."""

    number: int
    trust: int
    hospital: carried.Hospital
    lat: int
    lon: int
    entrances: int
    kept_clear: bool
    volunteers: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A picket: its number, its entrance's number, which strike day, and how many hours it stands."""

    number: int
    entrance: int
    day: int
    hours: int


def records(progress: Progress | None = None) -> Iterator[Record]:
    """Make the national demo lazily, in the order in which it can be written; ``progress`` hears every thousand."""
    if progress is None:
        return _all(*_country())
    return _told(progress)


def _told(progress: Progress) -> Iterator[Record]:
    trusts, places = _country()
    done = 0
    for record in _all(trusts, places):
        yield record
        done += 1
        if done % 1000 == 0:
            progress(done, max(ABOUT, done))
    progress(done, done)


def _country() -> tuple[list[carried.Trust], list[_Place]]:
    """Choose the trusts and spread entrances and volunteers over their hospitals."""
    by_trust: dict[str, list[carried.Hospital]] = {}
    for hospital in carried.hospitals():
        if hospital.kind == "Hospital" and hospital.sector == "NHS Sector" and hospital.lat is not None:
            by_trust.setdefault(hospital.trust_code, []).append(hospital)
    known = [trust for trust in carried.trusts() if trust.code in by_trust]
    trusts = sorted(known, key=lambda trust: trust.kind != "Acute")[:TRUSTS]
    rng = Random(f"{NAME} sizes")
    found: list[tuple[int, carried.Hospital, int, bool]] = []
    weights: list[float] = []
    for number, trust in enumerate(trusts):
        hospitals = sorted(by_trust[trust.code], key=lambda hospital: hospital.postcode != trust.postcode)
        size = 0.5 + 1.5 * rng.random()
        kept_clear = number % 5 == 4
        spread = {1: (3,), 2: (2, 1)}.get(len(hospitals), (1, 1, 1))
        for rank, hospital in enumerate(hospitals):
            picketed = spread[rank] if rank < len(spread) else 0
            # In every fifth trust the main hospital has one entrance that is kept clear instead of a third picket.
            if kept_clear and rank == len(spread) - 1:
                picketed -= 1
            found.append((number, hospital, picketed, kept_clear and rank == 0))
            weights.append(size * (0.6 if rank == 0 else 0.4 / (len(hospitals) - 1)) if len(hospitals) > 1 else size)
    left = VOLUNTEERS - LEAST_AT_A_SITE * len(found)
    total = sum(weights)
    shares = [LEAST_AT_A_SITE + int(left * weight / total) for weight in weights]
    for number in range(VOLUNTEERS - sum(shares)):
        shares[number] += 1
    return trusts, [
        _Place(
            number=number,
            trust=trust,
            hospital=hospital,
            lat=round((hospital.lat or 0) * DEGREE),
            lon=round((hospital.lon or 0) * DEGREE),
            entrances=picketed,
            kept_clear=kept_clear,
            volunteers=shares[number],
        )
        for number, (trust, hospital, picketed, kept_clear) in enumerate(found)
    ]


def _all(trusts: list[carried.Trust], places: list[_Place]) -> Iterator[Record]:
    yield from _dispute(trusts)
    yield from _sites(places)
    for number, (town, district, _) in enumerate(_RALLIES):
        yield _venue(number, town, district)
    sites = [(SiteId(_site_id(place.number)), place.volunteers) for place in places]
    yield from national_people.records(sites, DAYS)
    lines = _lines(places)
    for line in lines:
        start = at(DAYS[line.day], "08:00")
        yield Picket(
            id=PicketId(_picket_id(line.number)),
            strike_day_id=StrikeDayId(_day_id(line.day)),
            entrance_id=EntranceId(_entrance_id(line.entrance)),
            starts=start,
            ends=start + timedelta(hours=line.hours),
            meet="At the gate",
            supporters=10 * (line.hours - 2),
            note=_INVENTED,
        )
    yield from _rallies()
    yield from _shifts(lines)


def _dispute(trusts: list[carried.Trust]) -> Iterator[Record]:
    yield Settings(
        id=SettingsId(quick_ids(NAME, "settings")(1)),
        title="All England, December 2015 (demo)",
        delete_after=date(2016, 6, 30),
    )
    yield Dispute(
        id=_DISPUTE,
        title="Junior doctors\u2019 contract, 2015",
        union="British Medical Association",
        branch="All England (demo)",
        jurisdiction=Jurisdiction.ENGLAND,
        duty_phone=drama_mobile(3),
        duty_contact="Duty officer (demo)",
        data_contact="Data contact (demo), data@example.org",
        ballot_opened=date(2015, 11, 5),
        ballot_closed=date(2015, 11, 18),
        mandate_checked_by="Head office (demo)",
        note="The ballot\u2019s dates are from memory: check them. People, entrances, pickets and notice dates are "
        "invented for this demo; trusts and hospitals are those of the NHS list of late 2014.",
    )
    for number, (day, kind) in enumerate(zip(DAYS, KINDS, strict=True)):
        whole = kind is StrikeKind.EMERGENCY_CARE_ONLY
        yield StrikeDay(
            id=StrikeDayId(_day_id(number)),
            dispute_id=_DISPUTE,
            kind=kind,
            first_date=day,
            start_time=at(day, "08:00").time(),
            last_date=day + timedelta(days=1) if whole else day,
            end_time=at(day, "08:00" if whole else "17:00").time(),
            state=StrikeState.NOTIFIED,
            called_out="junior doctors",
            note="Hours and kind as announced.",
        )
    move_id = quick_ids(NAME, "strike day move")
    steps = (
        (None, StrikeState.PLANNED, datetime(2015, 11, 19, 18, 0), "Announced after the ballot"),
        (StrikeState.PLANNED, StrikeState.NOTIFIED, datetime(2015, 11, 20, 16, 0), "Notice given"),
    )
    for number in range(len(DAYS)):
        for step, (before, after, when, why) in enumerate(steps):
            yield StrikeDayMove(
                id=StrikeDayMoveId(move_id(number * len(steps) + step)),
                strike_day_id=StrikeDayId(_day_id(number)),
                from_state=before,
                to_state=after,
                at=when,
                decided_by="Junior doctors committee",
                reason=f"{why} (time invented for this demo)",
            )
    employer_id, notice_id = quick_ids(NAME, "employer"), quick_ids(NAME, "notice")
    for number, trust in enumerate(trusts):
        yield Employer(id=EmployerId(employer_id(number)), name=trust.name, code=trust.code)
    for number in range(len(trusts)):
        yield Notice(
            id=NoticeId(notice_id(number)),
            dispute_id=_DISPUTE,
            employer_id=EmployerId(employer_id(number)),
            given_on=date(2015, 11, 20),
            received_on=date(2015, 11, 23),
            note="Both dates are invented for this demo.",
        )
    notice_day_id = quick_ids(NAME, "notice day")
    for number in range(len(trusts) * len(DAYS)):
        notice, strike_day = divmod(number, len(DAYS))
        yield NoticeDay(
            id=NoticeDayId(notice_day_id(number)),
            notice_id=NoticeId(notice_id(notice)),
            strike_day_id=StrikeDayId(_day_id(strike_day)),
        )


def _sites(places: list[_Place]) -> Iterator[Record]:
    employer_id = quick_ids(NAME, "employer")
    for place in places:
        hospital = place.hospital
        yield Site(
            id=SiteId(_site_id(place.number)),
            employer_id=EmployerId(employer_id(place.trust)),
            name=hospital.name,
            code=hospital.code,
            address=", ".join(part for part in (hospital.address, hospital.city) if part),
            postcode=hospital.postcode,
            lat=place.lat,
            lon=place.lon,
            police_contact=f"Neighbourhood police desk (demo), {drama_landline(place.number)}",
        )
    names = ("Main entrance", "Side entrance", "Staff entrance")
    number = count()
    for place in places:
        for position in range(place.entrances):
            yield Entrance(
                id=EntranceId(_entrance_id(next(number))),
                site_id=SiteId(_site_id(place.number)),
                name=names[position],
                position=position + 1,
                land_status=LandStatus.HIGHWAY,
                stand_at="On the pavement, clear of the drive",
                note=_INVENTED,
            )
    # Numbered after those that are picketed, so that a picket's entrance is found by counting.
    for place in places:
        if place.kept_clear:
            yield Entrance(
                id=EntranceId(_entrance_id(next(number))),
                site_id=SiteId(_site_id(place.number)),
                name="Emergency department and ambulances",
                position=place.entrances + 1,
                land_status=LandStatus.PRIVATE,
                keep_clear=True,
                note=_INVENTED,
            )


def _lines(places: list[_Place]) -> list[_Line]:
    """Say which entrances are picketed on which day, and for how many hours: the main ones longest."""
    lines: list[_Line] = []
    entrance, picketed_of_trust = 0, dict.fromkeys(range(TRUSTS), 0)
    for place in places:
        for _ in range(place.entrances):
            hours = max(3, 5 - picketed_of_trust[place.trust])
            picketed_of_trust[place.trust] += 1
            lines.extend(_Line(len(lines) + day, entrance, day, hours) for day in range(len(DAYS)))
            entrance += 1
    return lines


# ---------------------------------------------------------------------------------- rallies and the rota
def _venue(number: int, town: str, district: str) -> Venue:
    middle = carried.outcode(district)
    return Venue(
        id=VenueId(quick_ids(NAME, "venue")(number)),
        name=f"{town} city centre",
        postcode=district,
        lat=round(middle.lat * DEGREE) if middle else None,
        lon=round(middle.lon * DEGREE) if middle else None,
        note=f"{_INVENTED} The square is still to be agreed; the position is the middle of the postcode district.",
    )


def _rallies() -> Iterator[Record]:
    venue_id, rally_id = quick_ids(NAME, "venue"), quick_ids(NAME, "rally")
    day = DAYS[0]
    for number, (town, _, expected) in enumerate(_RALLIES):
        yield Rally(
            id=RallyId(rally_id(number)),
            title=f"Regional rally, {town}",
            venue_id=VenueId(venue_id(number)),
            briefing=at(day, "12:00"),
            assemble=at(day, "12:15"),
            starts=at(day, "12:30"),
            ends=at(day, "13:30"),
            dispersed=at(day, "14:00"),
            expected=expected,
            steward_ratio=100,
            loudspeaker=True,
            note=_INVENTED,
        )
    rally_day_id = quick_ids(NAME, "rally day")
    for number in range(len(_RALLIES)):
        yield RallyDay(
            id=RallyDayId(rally_day_id(number)),
            rally_id=RallyId(rally_id(number)),
            strike_day_id=StrikeDayId(_day_id(0)),
        )
    post_id = quick_ids(NAME, "post")
    for number in range(len(_RALLIES)):
        for position, (post, role) in enumerate(_RALLY_POSTS):
            yield Post(
                id=PostId(post_id(number * len(_RALLY_POSTS) + position)),
                rally_id=RallyId(rally_id(number)),
                name=post,
                position=position + 1,
                role=role,
            )
    yield Contact(
        id=ContactId(quick_ids(NAME, "contact")(1)),
        kind=ContactKind.UNION,
        name="Duty officer",
        organisation="British Medical Association (demo)",
        phone=drama_mobile(3),
        email="duty@example.org",
        note=_INVENTED,
    )
    for number, (what, many) in enumerate(
        (("Armband \u201cofficial picket\u201d", 12), ("Placard", 20), ("Leaflet", 400))
    ):
        yield KitItem(
            id=KitItemId(quick_ids(NAME, "kit item")(number)),
            position=number,
            what=what,
            number=many,
            brought_by="Branch",
        )


def _shifts(lines: list[_Line]) -> Iterator[Record]:
    post_id, hour = quick_ids(NAME, "post"), timedelta(hours=1)
    shifts = needs = 0
    for line in lines:
        picket = PicketId(_picket_id(line.number))
        start = at(DAYS[line.day], "08:00")
        for number in range(line.hours):
            yield Shift(
                id=ShiftId(_shift_id(shifts)),
                picket_id=picket,
                starts=start + number * hour,
                ends=start + (number + 1) * hour,
                meet_minutes=10,
                priority=4 if line.hours == 5 else 3,
                batch=f"{DAYS[line.day].day} December, 60 minutes",
            )
            shifts += 1
    of_pickets = shifts
    for number in range(len(_RALLIES) * len(_RALLY_POSTS)):
        yield Shift(
            id=ShiftId(_shift_id(shifts)),
            post_id=PostId(post_id(number)),
            starts=at(DAYS[0], "12:00"),
            ends=at(DAYS[0], "13:45"),
            meet_minutes=5,
            priority=4,
            batch="Regional rallies, 1 December",
        )
        shifts += 1
    for shift in range(of_pickets):
        id = ShiftId(_shift_id(shift))
        for role, least, wished, most in (
            (Role.SUPERVISOR, 1, 1, 1),
            (Role.PICKET, 3, 4, 5),
            (Role.STANDBY, 0, 1, 2),
        ):
            yield Need(id=NeedId(_need_id(needs)), shift_id=id, role=role, least=least, wished=wished, most=most)
            needs += 1
    for number, (_, _, expected) in enumerate(_RALLIES):
        for position, (_, role) in enumerate(_RALLY_POSTS):
            least = expected // 100 if role is Role.STEWARD else 2 if role is Role.FIRST_AIDER else 1
            yield Need(
                id=NeedId(_need_id(needs)),
                shift_id=ShiftId(_shift_id(of_pickets + number * len(_RALLY_POSTS) + position)),
                role=role,
                least=least,
                wished=least,
                most=least + (2 if role is Role.STEWARD else 0),
            )
            needs += 1
