"""Southampton on the eve of 1 December 2015: what was announced, ready to be staffed.

From the newspaper report and the strike timeline: the three strike days with their hours and kinds, the
picket outside the General's main entrance 08:00-11:00, the rally outside the Guildhall 11:30-13:30 with up
to 500 expected, and Anthony Nolan recruiting donors there. Hospitals, codes and positions are the NHS list's.
People, other entrances, notice dates and all numbers to ring are invented, and the notes say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from rallyapp.demos import Progress, southampton_people, southampton_rally
from rallyapp.demos.making import Keys, at, drama_landline, drama_mobile, in_order, picket_needs
from rallyapp.demos.people_table import lines, people
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
    AssignmentId,
    ContactId,
    DisputeId,
    EmployerId,
    EntranceId,
    KitItemId,
    NoticeDayId,
    NoticeId,
    PersonId,
    PicketId,
    PoliceTellingId,
    SettingsId,
    ShiftId,
    SiteId,
    StrikeDayId,
    StrikeDayMoveId,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import Assignment, AssignmentState, Picket, PoliceTelling, Role, Shift
from rallyapp.domain.places import Employer, Entrance, LandStatus, Site
from rallyapp.domain.rallies import Contact, ContactKind, KitItem
from rallyapp.domain.records import Record
from rallyapp.domain.times import Span, slots

NAME = "southampton-2015"
KEYS = Keys(NAME)

FIRST, SECOND, THIRD = DAYS = (date(2015, 12, 1), date(2015, 12, 8), date(2015, 12, 16))
DAY_IDS = {day: StrikeDayId(KEYS("strike day", day.isoformat())) for day in DAYS}
DISPUTE = DisputeId(KEYS("dispute"))
TRUST = EmployerId(KEYS("employer", "RHM"))
SITES = {letter: SiteId(KEYS("site", code)) for letter, code in {"G": "RHM01", "A": "RHM12", "R": "RHM02"}.items()}
MAIN = EntranceId(KEYS("entrance", "RHM01", "main"))
PRINCESS_ANNE = EntranceId(KEYS("entrance", "RHM12", "main"))

_INVENTED = "Invented for this demo."


def records(progress: Progress | None = None) -> Iterator[Record]:
    """Make the Southampton demo, in the order in which it can be written."""
    return in_order(_all(), progress)


def _all() -> Iterator[Record]:
    yield Settings(
        id=SettingsId(KEYS("settings")),
        title="Southampton, December 2015 (demo)",
        delete_after=date(2016, 6, 30),
    )
    yield from _dispute()
    yield from _places()
    yield from people(KEYS, lines(southampton_people.VOLUNTEERS), SITES, DAYS)
    yield from _pickets()
    yield from _whole_plan()
    yield from southampton_rally.records(KEYS, DAY_IDS[FIRST], FIRST)


def _dispute() -> Iterator[Record]:
    yield Dispute(
        id=DISPUTE,
        title="Junior doctors\u2019 contract, 2015",
        union="British Medical Association",
        branch="Wessex junior doctors (demo)",
        jurisdiction=Jurisdiction.ENGLAND,
        duty_phone=drama_mobile(1),
        told_by="20:00 the evening before",
        duty_contact="Duty officer (demo)",
        data_contact="Data contact (demo), data@wessex.example.org",
        ballot_opened=date(2015, 11, 5),
        ballot_closed=date(2015, 11, 18),
        mandate_checked_by="Head office (demo)",
        note="The ballot\u2019s dates are from memory: check them. The branch, its contacts and their numbers "
        "are invented for this demo. The plan stands as on 29 November 2015, before the strike was called off.",
    )
    kinds = (StrikeKind.EMERGENCY_CARE_ONLY, StrikeKind.FULL_WALKOUT, StrikeKind.FULL_WALKOUT)
    for day, kind in zip(DAYS, kinds, strict=True):
        whole = kind is StrikeKind.EMERGENCY_CARE_ONLY
        yield StrikeDay(
            id=DAY_IDS[day],
            dispute_id=DISPUTE,
            kind=kind,
            first_date=day,
            start_time=at(day, "08:00").time(),
            last_date=day + timedelta(days=1) if whole else day,
            end_time=at(day, "08:00" if whole else "17:00").time(),
            state=StrikeState.NOTIFIED,
            called_out="junior doctors",
            note="Hours and kind as announced. When it was planned and notified is invented for this demo.",
        )
        yield _move(day, None, StrikeState.PLANNED, datetime(2015, 11, 19, 18, 0), "Announced after the ballot")
        yield _move(day, StrikeState.PLANNED, StrikeState.NOTIFIED, datetime(2015, 11, 20, 16, 0), "Notice given")
    notice = NoticeId(KEYS("notice"))
    yield Notice(
        id=notice,
        dispute_id=DISPUTE,
        employer_id=TRUST,
        given_on=date(2015, 11, 20),
        received_on=date(2015, 11, 23),
        continuous=False,
        note="Both dates are invented for this demo: seven days before 1 December 2015 is 24 November 2015.",
    )
    for day in DAYS:
        yield NoticeDay(
            id=NoticeDayId(KEYS("notice day", day.isoformat())), notice_id=notice, strike_day_id=DAY_IDS[day]
        )


def _move(day: date, before: StrikeState | None, after: StrikeState, when: datetime, why: str) -> StrikeDayMove:
    return StrikeDayMove(
        id=StrikeDayMoveId(KEYS("move", day.isoformat(), after)),
        strike_day_id=DAY_IDS[day],
        from_state=before,
        to_state=after,
        at=when,
        decided_by="Junior doctors committee",
        authority="Ballot of November 2015",
        reason=f"{why} (time invented for this demo)",
    )


def _places() -> Iterator[Record]:
    yield Employer(id=TRUST, name="University Hospital Southampton NHS Foundation Trust", code="RHM")
    from_list = "Address, code and position from the NHS hospital list of 2014. Toilet and shelter are invented."
    for letter, code, name, street, postcode, lat, lon in (
        ("G", "RHM01", "Southampton General Hospital", "Tremona Road", "SO16 6YD", 50_933_022, -1_435_090),
        ("A", "RHM12", "Princess Anne Hospital", "Coxford Road", "SO16 5YA", 50_935_261, -1_434_849),
        ("R", "RHM02", "Royal South Hants Hospital", "Brintons Terrace", "SO14 0YG", 50_912_468, -1_396_080),
    ):
        yield Site(
            id=SITES[letter],
            employer_id=TRUST,
            name=name,
            code=code,
            address=f"{street}, Southampton",
            postcode=postcode,
            lat=lat,
            lon=lon,
            toilet="Caf\u00e9 across the road, open from 07:00" if letter == "G" else "",
            shelter="Bus shelter by the main entrance" if letter == "G" else "",
            police_contact=f"Neighbourhood police desk (demo), {drama_landline(201)}" if letter != "R" else "",
            note=from_list,
        )
    yield Entrance(
        id=MAIN,
        site_id=SITES["G"],
        name="Main entrance",
        position=1,
        land_status=LandStatus.HIGHWAY,
        stand_at="On the pavement of Tremona Road, either side of the drive, clear of the bus stop.",
        toilet="Caf\u00e9 across the road",
        shelter="Bus shelter",
        note="The picket outside the main entrance is in the report. That the pavement is public highway, and "
        "where to stand on it, is assumed for this demo: check on the spot.",
    )
    yield Entrance(
        id=EntranceId(KEYS("entrance", "RHM01", "coxford road")),
        site_id=SITES["G"],
        name="Coxford Road entrance",
        position=2,
        land_status=LandStatus.HIGHWAY,
        stand_at="On the pavement, not on the drive.",
        note=_INVENTED + " Nothing is planned here yet.",
    )
    yield Entrance(
        id=EntranceId(KEYS("entrance", "RHM01", "emergency")),
        site_id=SITES["G"],
        name="Emergency department and ambulances",
        position=3,
        land_status=LandStatus.PRIVATE,
        keep_clear=True,
        stand_at="Nowhere: keep the whole drive clear at all times.",
        note=_INVENTED,
    )
    yield Entrance(
        id=PRINCESS_ANNE,
        site_id=SITES["A"],
        name="Main entrance",
        position=1,
        official_max=6,
        land_status=LandStatus.HIGHWAY,
        stand_at="On the pavement of Coxford Road, left of the gate.",
        note=_INVENTED,
    )


def _pickets() -> Iterator[Record]:
    for entrance, place, days, supporters in (
        (MAIN, "Southampton General, main entrance", DAYS, 40),
        (PRINCESS_ANNE, "Princess Anne, main entrance", (SECOND, THIRD), 10),
    ):
        for day in days:
            picket = PicketId(KEYS("picket", entrance, day.isoformat()))
            span = Span(at(day, "08:00"), at(day, "11:00"))
            report = entrance == MAIN and day == FIRST
            yield Picket(
                id=picket,
                strike_day_id=DAY_IDS[day],
                entrance_id=entrance,
                starts=span.start,
                ends=span.end,
                meet="By the bus shelter" if entrance == MAIN else "By the gate",
                supporters=supporters,
                note="Place and hours as in the report, which says elsewhere: from 8am, without an end."
                if report
                else "Invented for this demo after the pattern of 1 December.",
            )
            batch = f"{place}, {day.day} December, 60 minutes"
            for slot in slots(span, 60):
                yield from _shift(entrance, day, picket, slot, batch)
            if report:
                yield PoliceTelling(
                    id=PoliceTellingId(KEYS("police telling", entrance, day.isoformat())),
                    picket_id=picket,
                    at=datetime(2015, 11, 27, 10, 15),
                    told="Neighbourhood police desk (demo)",
                    told_by="Idris Cadwaladr",
                    how=f"telephone, {drama_landline(201)}",
                    reference="DEMO-0127 (invented)",
                )
    # Three supervisors who have already said yes; all else is left to be filled.
    for given, family, entrance, day, start in (
        ("Tomasz", "Wi\u015bniewski", MAIN, FIRST, "08:00"),
        ("Harpreet", "Kaur Dhillon", MAIN, SECOND, "08:00"),
        ("Owain", "Glynd\u0175r-Hughes", MAIN, THIRD, "10:00"),
    ):
        yield Assignment(
            id=AssignmentId(KEYS("assignment", given, family, day.isoformat())),
            shift_id=_shift_id(entrance, day, at(day, start)),
            person_id=PersonId(KEYS("person", given, family)),
            role=Role.SUPERVISOR,
            state=AssignmentState.CONFIRMED,
            pinned=True,
        )


def _shift_id(entrance: EntranceId, day: date, start: datetime) -> ShiftId:
    return ShiftId(KEYS("shift", entrance, day.isoformat(), start.strftime("%H:%M")))


def _shift(entrance: EntranceId, day: date, picket: PicketId, slot: Span, batch: str) -> Iterator[Record]:
    shift = _shift_id(entrance, day, slot.start)
    yield Shift(
        id=shift,
        picket_id=picket,
        starts=slot.start,
        ends=slot.end,
        meet_minutes=10,
        priority=4 if entrance == MAIN else 3,
        batch=batch,
    )
    yield from picket_needs(KEYS, shift, shift)


def _whole_plan() -> Iterator[Record]:
    for kind, name, organisation, phone, note in (
        (ContactKind.UNION, "Duty officer", "British Medical Association (demo)", drama_mobile(1), _INVENTED),
        (
            ContactKind.LEGAL,
            "Legal line",
            "British Medical Association (demo)",
            drama_landline(202),
            _INVENTED,
        ),
        (
            ContactKind.EMPLOYER,
            "Site manager on duty",
            "University Hospital Southampton NHS Foundation Trust",
            drama_landline(203),
            "The number is invented for this demo. Never give the employer names of members.",
        ),
    ):
        yield Contact(
            id=ContactId(KEYS("contact", kind)),
            kind=kind,
            name=name,
            organisation=organisation,
            phone=phone,
            email=f"{kind.name.lower()}@example.org",
            note=note,
        )
    items = (
        ("Armband \u201cofficial picket\u201d", 12, "Picket supervisor"),
        ("Hi-vis tabard for the supervisor", 2, "Picket supervisor"),
        ("Placard", 20, "Branch"),
        ("Leaflet for patients and passers-by", 400, "Branch"),
        ("Branch banner", 1, "Branch"),
        ("First-aid kit", 1, "Picket supervisor"),
        ("Bottle of water", 24, "Branch"),
        ("Bin bag", 10, "Picket supervisor"),
    )
    for position, (what, number, by) in enumerate(items, start=1):
        yield KitItem(id=KitItemId(KEYS("kit", what)), position=position, what=what, number=number, brought_by=by)
