"""Epsom and St Helier on the eve of 26 April 2016: two full walkouts at two hospitals.

From the newspaper report and the strike timeline: 26 and 27 April 2016, 08:00-17:00 on both days, no
emergency cover by junior doctors, consultants cover, announced on 23 March. Hospitals, codes and positions
are the NHS list's. Pickets, entrances, people and notice dates are invented, and the notes say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from rallyapp.demos import Progress
from rallyapp.demos.making import Keys, at, drama_landline, drama_mobile, in_order, picket_needs
from rallyapp.demos.names import name
from rallyapp.demos.people_table import SKILLS, Line, people
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
    NoticeDayId,
    NoticeId,
    PicketId,
    SettingsId,
    ShiftId,
    SiteId,
    StrikeDayId,
    StrikeDayMoveId,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.places import Employer, Entrance, LandStatus, Site
from rallyapp.domain.rallies import Contact, ContactKind, KitItem
from rallyapp.domain.records import Record
from rallyapp.domain.times import Span, slots

NAME = "epsom-st-helier-2016"
KEYS = Keys(NAME)

DAYS = (date(2016, 4, 26), date(2016, 4, 27))
DAY_IDS = {day: StrikeDayId(KEYS("strike day", day.isoformat())) for day in DAYS}
DISPUTE = DisputeId(KEYS("dispute"))
TRUST = EmployerId(KEYS("employer", "RVR"))
SITES = {"E": SiteId(KEYS("site", "RVR50")), "H": SiteId(KEYS("site", "RVR05"))}
VOLUNTEERS = 120

# Site, entrance, how it is reached, whether it is picketed and in slots of how many minutes.
_ENTRANCES = (
    ("E", "Main entrance, Dorking Road", "On the pavement of Dorking Road", 90),
    ("E", "Woodcote Green Road entrance", "On the pavement, clear of the bus stop", 90),
    ("E", "Emergency department and ambulances", "Nowhere: keep the drive clear", 0),
    ("H", "Main entrance, Wrythe Lane", "On the pavement of Wrythe Lane", 60),
    ("H", "Staff entrance, west side", "On the pavement by the gate", 90),
    ("H", "Emergency department and ambulances", "Nowhere: keep the drive clear", 0),
)


def records(progress: Progress | None = None) -> Iterator[Record]:
    """Make the Epsom and St Helier demo, in the order in which it can be written."""
    return in_order(_all(), progress)


def _all() -> Iterator[Record]:
    yield Settings(
        id=SettingsId(KEYS("settings")),
        title="Epsom and St Helier, April 2016 (demo)",
        delete_after=date(2016, 10, 31),
    )
    yield from _dispute()
    yield from _places()
    yield from people(KEYS, _volunteers(), SITES, DAYS)
    yield from _whole_plan()


def _dispute() -> Iterator[Record]:
    yield Dispute(
        id=DISPUTE,
        title="Junior doctors\u2019 contract, 2016",
        union="British Medical Association",
        branch="Epsom and St Helier junior doctors (demo)",
        jurisdiction=Jurisdiction.ENGLAND,
        duty_phone=drama_mobile(2),
        duty_contact="Duty officer (demo)",
        data_contact="Data contact (demo), data@epsom.example.org",
        mandate_checked_by="Head office (demo)",
        note="The ballot closed in November 2015 and action under it began on 12 January 2016, before this plan: "
        "its dates are left out here so that no deadline is counted from them. Announced on 23 March 2016, when it "
        "replaced 48 hours of emergency care only on the same days. The branch, its contacts and their numbers are "
        "invented for this demo. The plan stands as on 25 April 2016.",
    )
    for day in DAYS:
        yield StrikeDay(
            id=DAY_IDS[day],
            dispute_id=DISPUTE,
            kind=StrikeKind.FULL_WALKOUT,
            first_date=day,
            start_time=at(day, "08:00").time(),
            last_date=day,
            end_time=at(day, "17:00").time(),
            state=StrikeState.NOTIFIED,
            called_out="junior doctors",
            announced=date(2016, 3, 23),
            note="No emergency cover by junior doctors from 08:00 to 17:00: consultants cover.",
        )
        yield _move(day, None, StrikeState.PLANNED, datetime(2016, 3, 23, 17, 0), "Announced")
        yield _move(day, StrikeState.PLANNED, StrikeState.NOTIFIED, datetime(2016, 4, 12, 12, 0), "Notice given")
    notice = NoticeId(KEYS("notice"))
    yield Notice(
        id=notice,
        dispute_id=DISPUTE,
        employer_id=TRUST,
        given_on=date(2016, 4, 12),
        received_on=date(2016, 4, 13),
        note="Both dates are invented for this demo: seven days before 26 April 2016 is 19 April 2016.",
    )
    for day in DAYS:
        id = NoticeDayId(KEYS("notice day", day.isoformat()))
        yield NoticeDay(id=id, notice_id=notice, strike_day_id=DAY_IDS[day])


def _move(day: date, before: StrikeState | None, after: StrikeState, when: datetime, why: str) -> StrikeDayMove:
    return StrikeDayMove(
        id=StrikeDayMoveId(KEYS("move", day.isoformat(), after)),
        strike_day_id=DAY_IDS[day],
        from_state=before,
        to_state=after,
        at=when,
        decided_by="Junior doctors committee",
        reason=f"{why} (time of day invented for this demo)",
    )


def _places() -> Iterator[Record]:
    yield Employer(id=TRUST, name="Epsom and St Helier University Hospitals NHS Trust", code="RVR")
    for letter, code, site, address, postcode, lat, lon in (
        ("E", "RVR50", "Epsom Hospital", "Dorking Road, Epsom, Surrey", "KT18 7EG", 51_325_027, -273_393),
        (
            "H",
            "RVR05",
            "St Helier Hospital",
            "Wrythe Lane, Carshalton, Surrey",
            "SM5 1AA",
            51_380_074,
            -183_177,
        ),
    ):
        yield Site(
            id=SITES[letter],
            employer_id=TRUST,
            name=site,
            code=code,
            address=address,
            postcode=postcode,
            lat=lat,
            lon=lon,
            police_contact=f"Neighbourhood police desk (demo), {drama_landline(301)}",
            note="Address, code and position from the NHS hospital list of 2014.",
        )
    for position, (letter, entrance, stand_at, minutes) in enumerate(_ENTRANCES, start=1):
        id = EntranceId(KEYS("entrance", letter, entrance))
        yield Entrance(
            id=id,
            site_id=SITES[letter],
            name=entrance,
            position=position,
            land_status=LandStatus.HIGHWAY if minutes else LandStatus.PRIVATE,
            keep_clear=not minutes,
            stand_at=stand_at,
            note="Invented for this demo: check on the spot.",
        )
        if minutes:
            for day in DAYS:
                yield from _picket(id, entrance, SITES[letter], day, minutes)


def _picket(entrance: EntranceId, place: str, site: SiteId, day: date, minutes: int) -> Iterator[Record]:
    picket = PicketId(KEYS("picket", entrance, day.isoformat()))
    span = Span(at(day, "08:00"), at(day, "17:00"))
    yield Picket(
        id=picket,
        strike_day_id=DAY_IDS[day],
        entrance_id=entrance,
        starts=span.start,
        ends=span.end,
        meet="At the gate",
        supporters=30 if place.startswith("Main") else 10,
        note="Invented for this demo: the report gives the hours of the strike.",
    )
    where = "Epsom" if site == SITES["E"] else "St Helier"
    for slot in slots(span, minutes):
        shift = ShiftId(KEYS("shift", picket, slot.start.strftime("%H:%M")))
        yield Shift(
            id=shift,
            picket_id=picket,
            starts=slot.start,
            ends=slot.end,
            meet_minutes=10,
            batch=f"{where}, {place}, {day.day} April, {minutes} minutes",
        )
        yield from picket_needs(KEYS, shift, shift)


def _volunteers() -> Iterator[Line]:
    """Invent 120 people, half of them at each hospital, the same ones every time."""
    rng = Random(NAME)
    known: set[tuple[str, str]] = set()
    while len(known) < VOLUNTEERS:
        person = name(rng)
        if person in known or not person[1]:
            continue
        known.add(person)
        number = len(known)
        flags, places = set(), "EH"[number % 2]
        if number % 40 == 0:
            flags, places = {"official", "named"}, ""
        elif number % 20 == 1:
            flags, places = {"supporter"}, ""
        elif number % 12 == 5:
            places += "HE"[number % 2]
        if rng.random() < 0.05:
            flags.add("access")
        if rng.random() < 0.06:
            flags.add("reserve")
        yield Line(
            given=person[0],
            family=person[1],
            places=tuple(places),
            skills=_skills(number, rng),
            offers="".join(_pick("AAAMMMMMMPPPPPijjn.", rng) for _ in DAYS),
            duties=_pick("sssssxv..", rng) + _pick("sssssxv..", rng) if number % 15 else "fs" if number % 2 else ".o",
            limit=(180, 240, 300, 360, None)[int(rng.random() * 5)],
            flags=frozenset(flags),
        )


def _pick(letters: str, rng: Random) -> str:
    return letters[int(rng.random() * len(letters))]


def _skills(number: int, rng: Random) -> tuple[Skill, ...]:
    chances = (("F", 0.25), ("W", 0.15), ("D", 0.1), ("P", 0.04), ("B", 0.04))
    own = [SKILLS[letter] for letter, chance in chances if rng.random() < chance]
    # Every fourth at each hospital has been briefed as a picket supervisor.
    return (*((Skill.SUPERVISOR,) if number % 8 in (2, 3) or number % 40 == 0 else ()), *own)


def _whole_plan() -> Iterator[Record]:
    for kind, who, organisation, phone in (
        (ContactKind.UNION, "Duty officer", "British Medical Association (demo)", drama_mobile(2)),
        (ContactKind.LEGAL, "Legal line", "British Medical Association (demo)", drama_landline(302)),
        (ContactKind.POLICE, "Neighbourhood police desk, Epsom", "Surrey Police", drama_landline(303)),
        (ContactKind.EMPLOYER, "Site manager on duty", "Epsom and St Helier trust", drama_landline(304)),
    ):
        yield Contact(
            id=ContactId(KEYS("contact", kind)),
            kind=kind,
            name=who,
            organisation=organisation,
            phone=phone,
            email=f"{kind.name.lower()}@example.org",
            note="Name, number and address are invented for this demo.",
        )
    items = (
        ("Armband \u201cofficial picket\u201d", 24),
        ("Placard", 60),
        ("Leaflet", 1000),
        ("Banner", 4),
    )
    for position, (what, number) in enumerate(items, start=1):
        yield KitItem(id=KitItemId(KEYS("kit", what)), position=position, what=what, number=number, brought_by="Branch")
