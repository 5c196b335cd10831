"""Anthony Nolan's stall at the Southampton rally: the partner, its pitch, its own people and its shifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from rallyapp.demos.making import Keys, at, drama_landline, drama_mobile
from rallyapp.demos.southampton_people import PARTNERS_OWN
from rallyapp.domain.ids import AvailabilityId, NeedId, PartnerId, PersonId, PersonSkillId, RallyId, ShiftId, StallId
from rallyapp.domain.people import Availability, Channel, Person, PersonSkill, Skill, Standing
from rallyapp.domain.pickets import Need, Role, Shift
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState


def records(keys: Keys, rally: RallyId, day: date) -> Iterator[Record]:
    """Make the partner, its stall, its own people and the stall's shifts, in any order."""
    partner = PartnerId(keys("partner", "anthony nolan"))
    yield Partner(
        id=partner,
        name="Anthony Nolan",
        charity_number="803716",
        contact_name="Regional register team (demo)",
        contact_phone=drama_landline(215),
        contact_email="charity.rally@example.org",
        usual_needs="A dry, quiet pitch of 3 x 3 m, two tables, four chairs, a bin for used kits, half an hour to "
        "train volunteers.",
        eligibility="Aged 16 to 30 and in good health? Join the stem cell register today: a saliva sample, about "
        "ten minutes. You stay on it until you are 61.",
    )
    stall = StallId(keys("stall", "anthony nolan"))
    start, end = at(day, "11:00"), at(day, "13:30")
    yield Stall(
        id=stall,
        partner_id=partner,
        rally_id=rally,
        state=StallState.CONFIRMED,
        if_off=IfOff.UNDECIDED,
        pitch="Left of the stage, pin 2",
        width=300,
        depth=300,
        tables=2,
        chairs=4,
        furniture_from="Branch",
        power="none",
        shelter="Charity\u2019s own gazebo with weights",
        dry_and_quiet=True,
        arrives=at(day, "10:15"),
        leaves=at(day, "14:15"),
        vehicle="Small van, unloads by 10:40",
        on_day_contact="Jodie Marchbank",
        on_day_phone=drama_mobile(160),
        volunteers_wanted=4,
        volunteers_trained=True,
        kits=100,
        target=60,
        insurance_seen=True,
        risk_assessment_seen=True,
        money_collected=False,
        note="That Anthony Nolan recruited donors at the rally is in the report; its number is from its annual "
        "report of 2011. Contacts, pitch, kits and target are invented for this demo, and two tables, four chairs "
        "and four volunteers are a starting figure from memory.",
    )
    for number, (given, family) in enumerate(PARTNERS_OWN):
        yield from _partners_own(keys, partner, day, number, given, family)
    half = at(day, "12:15")
    for first, last in ((start, half), (half, end)):
        yield from _stall_shift(keys, stall, first, last)


def _partners_own(keys: Keys, partner: PartnerId, day: date, number: int, given: str, family: str) -> Iterator[Record]:
    person = PersonId(keys("person", given, family))
    yield Person(
        id=person,
        given_name=given,
        family_name=family,
        standing=Standing.PARTNER,
        phone=drama_mobile(160 + number),
        email=f"stall{number + 1}@example.org",
        channel=Channel.PHONE,
        adult=True,
        may_be_named=True,
        partner_id=partner,
    )
    yield PersonSkill(id=PersonSkillId(keys("skill", person)), person_id=person, skill=Skill.STALL)
    yield Availability(
        id=AvailabilityId(keys("availability", person)),
        person_id=person,
        starts=at(day, "10:00"),
        ends=at(day, "14:30"),
    )


def _stall_shift(keys: Keys, stall: StallId, start: datetime, end: datetime) -> Iterator[Record]:
    shift = ShiftId(keys("shift", "stall", start.strftime("%H:%M")))
    yield Shift(
        id=shift,
        stall_id=stall,
        starts=start,
        ends=end,
        meet_minutes=15,
        label="Donor recruitment",
        batch="Anthony Nolan stall, 1 December",
    )
    yield Need(id=NeedId(keys("need", shift)), shift_id=shift, role=Role.STALL, least=2, wished=4, most=4)
