"""The regional rally outside Southampton Guildhall on 1 December 2015, and Anthony Nolan's stall at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rallyapp.demos import southampton_stall, southampton_words
from rallyapp.demos.making import Keys, at, drama_landline, drama_mobile
from rallyapp.domain.ids import (
    ContactId,
    KitItemId,
    NeedId,
    PermissionId,
    PersonId,
    PinId,
    PlanNoteId,
    PostId,
    ProgrammeItemId,
    RallyDayId,
    RallyId,
    RiskId,
    ShiftId,
    SitePlanId,
    SpeakerId,
    StallId,
    StrikeDayId,
    TeamMemberId,
    VenueId,
)
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Need, Role, Shift
from rallyapp.domain.places import Pin, PinKind, SitePlan, Venue
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    KitItem,
    Permission,
    PermissionKind,
    PermissionState,
    PlanNote,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RallyKind,
    Risk,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.records import Record


def records(keys: Keys, strike_day: StrikeDayId, day: date) -> Iterator[Record]:
    """Make the rally, its venue, everything in its plan and the stall, in any order."""
    rally = RallyId(keys("rally"))
    venue = VenueId(keys("venue", "guildhall"))
    yield _venue(venue)
    yield Rally(
        id=rally,
        title="Regional rally",
        kind=RallyKind.STATIC,
        venue_id=venue,
        purpose="To support the junior doctors\u2019 case and to say thank you to the public.",
        set_up=at(day, "10:00"),
        briefing=at(day, "10:45"),
        stalls_ready=at(day, "11:00"),
        assemble=at(day, "11:15"),
        starts=at(day, "11:30"),
        ends=at(day, "13:30"),
        dispersed=at(day, "14:00"),
        handed_back=at(day, "14:30"),
        expected=500,
        steward_ratio=100,
        steward_dress="Orange tabard marked STEWARD",
        loudspeaker=True,
        note="Place, 11:30 to 13:30, up to 500 expected and the donor stall are in the report. The other times, "
        "the team, the speakers, the running order, the permissions and their references are invented for this "
        "demo.",
    )
    yield RallyDay(id=RallyDayId(keys("rally day")), rally_id=rally, strike_day_id=strike_day)
    yield from _team(keys, rally)
    yield from _programme(keys, rally, day)
    yield from _posts(keys, rally, day)
    yield from _permissions(keys, rally)
    yield from _contacts(keys, rally)
    yield from _kit_and_risks(keys, rally)
    for section, text in southampton_words.NOTES.items():
        yield PlanNote(id=PlanNoteId(keys("plan note", section)), rally_id=rally, section=section, text=text)
    yield from southampton_stall.records(keys, rally, day)
    yield from _site_plan(keys, rally)


def _venue(id: VenueId) -> Venue:
    return Venue(
        id=id,
        name="Southampton Guildhall",
        address="Guildhall Square, Southampton",
        postcode="SO14",
        lat=50_908_100,
        lon=-1_405_800,
        capacity=1500,
        landowner="Southampton City Council",
        power="None asked for: the loudspeaker runs on its battery.",
        toilets="Ask at the Guildhall and in the caf\u00e9s on the square; none of our own.",
        water="Bottled, brought by the branch.",
        step_free="The square is level; keep the ramp to the Guildhall doors free.",
        emergency_access="Keep four metres clear along the north side for emergency vehicles.",
        nearest_ae="Southampton General Hospital, Tremona Road, SO16 6YD",
        defibrillator="To be confirmed with the Guildhall before the day",
        note="The rally outside the Guildhall is in the report. The position is from memory, only the postcode "
        "district is given, and capacity and facilities are invented for this demo: check them on the spot.",
    )


def _team(keys: Keys, rally: RallyId) -> Iterator[Record]:
    for role, given, family, stop in (
        (TeamRole.EVENT_LEAD, "Rosalind", "Tansley", True),
        (TeamRole.DEPUTY, "Idris", "Cadwaladr", True),
        (TeamRole.CHIEF_STEWARD, "Priyanka", "Chatterjee", True),
        (TeamRole.SAFETY, "João", "Gonçalves", True),
        (TeamRole.FIRST_AID, "Zainab", "Qureshi", False),
        (TeamRole.STAGE, "Eleanor", "Whitcombe", False),
        (TeamRole.POLICE_LIAISON, "Idris", "Cadwaladr", False),
        (TeamRole.ACCESS, "Chidinma", "Okonkwo", False),
        (TeamRole.STALLS, "Akosua", "Mensah", False),
        (TeamRole.MEDIA, "Beatrice", "Oakenshaw", False),
    ):
        yield TeamMember(
            id=TeamMemberId(keys("team", role)),
            rally_id=rally,
            role=role,
            person_id=PersonId(keys("person", given, family)),
            may_stop=stop,
        )


def _programme(keys: Keys, rally: RallyId, day: date) -> Iterator[Record]:
    speakers = []
    for number, (name, organisation, arrives, access, confirmed) in enumerate(southampton_words.SPEAKERS):
        id = SpeakerId(keys("speaker", number))
        speakers.append(id)
        yield Speaker(
            id=id,
            rally_id=rally,
            name=name,
            organisation=f"{organisation} (demo)",
            arrives=at(day, arrives),
            contact=drama_mobile(20 + number),
            access_needs=access,
            confirmed=confirmed,
        )
    for position, (title, minutes, who, stage, cue, fixed) in enumerate(southampton_words.PROGRAMME, start=1):
        yield ProgrammeItem(
            id=ProgrammeItemId(keys("programme", position)),
            rally_id=rally,
            position=position,
            title=title,
            minutes=minutes,
            fixed=at(day, fixed) if fixed else None,
            speaker_id=speakers[who] if isinstance(who, int) else None,
            who=who if isinstance(who, str) else "",
            stage_note=stage,
            cue=cue,
        )


def _posts(keys: Keys, rally: RallyId, day: date) -> Iterator[Record]:
    brief, open_, close = at(day, "10:45"), at(day, "11:00"), at(day, "13:45")
    for position, (name, role, where, duty, start, least, most, skill) in enumerate(
        (
            (
                "Chief steward",
                Role.CHIEF_STEWARD,
                "Beside the stage",
                "Briefs the stewards, keeps in touch with the police, decides with the event lead.",
                brief,
                1,
                1,
                None,
            ),
            (
                "Stage front",
                Role.STEWARD,
                "In front of the stage",
                "Keep two metres clear before the stage.",
                brief,
                1,
                2,
                None,
            ),
            (
                "Emergency lane",
                Role.STEWARD,
                "North side",
                "Keep the lane free; wave emergency vehicles in.",
                brief,
                1,
                1,
                None,
            ),
            (
                "Road edge east",
                Role.STEWARD,
                "Kerb, east",
                "Keep people off the carriageway.",
                brief,
                1,
                2,
                None,
            ),
            (
                "Road edge west",
                Role.STEWARD,
                "Kerb, west",
                "Keep people off the carriageway.",
                brief,
                1,
                2,
                None,
            ),
            (
                "Arrivals",
                Role.STEWARD,
                "Way in from the station",
                "Welcome people, show the way.",
                brief,
                1,
                2,
                None,
            ),
            (
                "Access point",
                Role.STEWARD,
                "Level area near the ramp",
                "Seats, quiet corner, BSL view of the stage.",
                brief,
                1,
                1,
                Skill.BSL,
            ),
            (
                "First-aid point",
                Role.FIRST_AIDER,
                "By the Guildhall steps, left",
                "Stay at the point in pairs; write every case in the log.",
                open_,
                2,
                2,
                None,
            ),
            ("Stage", Role.MC, "Stage", "Runs the programme to time.", open_, 1, 1, None),
        ),
        start=1,
    ):
        post = PostId(keys("post", name))
        yield Post(id=post, rally_id=rally, name=name, position=position, role=role, where=where, duty=duty)
        shift = ShiftId(keys("shift", "post", name))
        yield Shift(
            id=shift,
            post_id=post,
            starts=start,
            ends=close,
            meet_minutes=5,
            priority=5 if role in (Role.CHIEF_STEWARD, Role.FIRST_AIDER) else 4,
            batch="Guildhall rally, 1 December",
        )
        yield Need(
            id=NeedId(keys("need", "post", name)),
            shift_id=shift,
            role=role,
            least=least,
            wished=least,
            most=most,
            skill=skill,
        )


def _permissions(keys: Keys, rally: RallyId) -> Iterator[Record]:
    kind, state, council = PermissionKind, PermissionState, "Southampton City Council"
    asked, told = date(2015, 11, 20), date(2015, 11, 24)
    own_lead_time = "Their usual lead time is assumed for this demo; the rally was called with less."
    for what, body, now, sent_on, reference, conditions in (
        (
            kind.LANDOWNER,
            f"{council}, as owner of the square",
            state.LATE,
            asked,
            "DEMO-LAND-1",
            own_lead_time,
        ),
        (
            kind.COUNCIL,
            f"{council}, events team",
            state.APPLIED,
            asked,
            "DEMO-EVENT-1",
            "The written agreement must be shown on demand.",
        ),
        (kind.POLICE_VOLUNTARY, "Hampshire Constabulary", state.SENT, told, "DEMO-POL-1", ""),
        (kind.INSURANCE, "The union\u2019s insurer (demo)", state.GRANTED, asked, "DEMO-INS-1", ""),
        (kind.RISK_ASSESSMENT, "Council events team and police", state.SENT, told, "", ""),
        (kind.LOUDSPEAKER, council, state.NOT_NEEDED, None, "", "Used between 11:00 and 13:30 only."),
        (kind.ROAD_CLOSURE, council, state.NOT_NEEDED, None, "", "The rally stays on the square."),
        (kind.COLLECTION, council, state.NOT_NEEDED, None, "", "No money is collected."),
    ):
        yield Permission(
            id=PermissionId(keys("permission", what)),
            rally_id=rally,
            kind=what,
            body=body,
            lead_days=28 if what is kind.LANDOWNER else None,
            deadline=date(2015, 11, 3) if what is kind.LANDOWNER else None,
            sent_on=sent_on,
            state=now,
            reference=reference,
            conditions=conditions,
            cover=5_000_000 if what is kind.INSURANCE else None,
            expires_on=date(2016, 9, 30) if what is kind.INSURANCE else None,
        )


def _contacts(keys: Keys, rally: RallyId) -> Iterator[Record]:
    for kind, name, organisation, phone in (
        (ContactKind.POLICE, "Event planning desk", "Hampshire Constabulary", drama_landline(210)),
        (ContactKind.COUNCIL, "Events team", "Southampton City Council", drama_landline(211)),
        (ContactKind.LANDOWNER, "City centre manager", "Southampton City Council", drama_landline(212)),
        (
            ContactKind.AMBULANCE,
            "Control room, not for emergencies",
            "Ambulance service",
            drama_landline(213),
        ),
        (ContactKind.SUPPLIER, "Loudspeaker hire", "Solent Sound (invented)", drama_landline(214)),
        (ContactKind.CHARITY, "Regional register team", "Anthony Nolan", drama_landline(215)),
        (ContactKind.PRESS, "News desk", "Local newspaper", drama_landline(216)),
    ):
        yield Contact(
            id=ContactId(keys("contact", "rally", kind)),
            rally_id=rally,
            kind=kind,
            name=name,
            organisation=organisation,
            phone=phone,
            email=f"{kind.name.lower()}.rally@example.org",
            note="Name, number and address are invented for this demo. In an emergency ring 999."
            if kind is ContactKind.AMBULANCE
            else "Name, number and address are invented for this demo.",
        )


def _kit_and_risks(keys: Keys, rally: RallyId) -> Iterator[Record]:
    items = (
        ("Loudspeaker with two microphones", 1, "Solent Sound (invented)", "own battery", "Test at 10:30"),
        ("Megaphone in reserve", 1, "Branch", "batteries", "Spare set packed"),
        ("Stage block, 2 x 1 m", 4, "Solent Sound (invented)", "", ""),
        ("Steward tabard, orange", 10, "Chief steward", "", "Counted"),
        ("Radio", 6, "Chief steward", "charged", "Test at 10:45"),
        ("First-aid kit, large", 1, "First-aid lead", "", "Contents checked 27 November"),
        ("Folding chair for the access point", 12, "Access lead", "", ""),
        ("Barrier tape", 2, "Safety lead", "", ""),
        ("Bin bag", 20, "Branch", "", ""),
        ("Bottle of water", 48, "Branch", "", ""),
    )
    for position, (what, number, by, power, checked) in enumerate(items, start=1):
        id = KitItemId(keys("kit", "rally", what))
        yield KitItem(
            id=id,
            rally_id=rally,
            position=position,
            what=what,
            number=number,
            brought_by=by,
            power=power,
            checked=checked,
        )
    for position, (hazard, harmed, control, before, after, owner) in enumerate(southampton_words.RISKS, start=1):
        yield Risk(
            id=RiskId(keys("risk", position)),
            rally_id=rally,
            position=position,
            hazard=hazard,
            harmed=harmed,
            control=control,
            likelihood=before[0],
            severity=before[1],
            left_likelihood=after[0],
            left_severity=after[1],
            owner=owner,
        )


def _site_plan(keys: Keys, rally: RallyId) -> Iterator[Record]:
    plan = SitePlanId(keys("site plan"))
    yield SitePlan(id=plan, title="Guildhall Square, sketch without a picture (demo)", rally_id=rally)
    marked = {"Stage", "First-aid point"}  # and every post: their pins have the names of what they mark
    for number, (kind, label, x, y) in enumerate(
        (
            (PinKind.STAGE, "Stage", 500, 250),
            (PinKind.STALL, "Anthony Nolan", 230, 350),
            (PinKind.FIRST_AID, "First-aid point", 350, 250),
            (PinKind.INFORMATION, "Information", 700, 350),
            (PinKind.ASSEMBLY, "Where people gather", 500, 550),
            (PinKind.POST, "Road edge east", 900, 700),
            (PinKind.POST, "Road edge west", 100, 700),
            (PinKind.POST, "Arrivals", 500, 900),
            (PinKind.EMERGENCY, "Emergency lane", 500, 80),
            (PinKind.WATER, "Water", 300, 440),
            (PinKind.POST, "Chief steward", 610, 200),
            (PinKind.POST, "Stage front", 500, 370),
            (PinKind.POST, "Emergency lane", 400, 120),
            (PinKind.POST, "Access point", 750, 450),
        ),
        start=1,
    ):
        is_post, is_stall = kind is PinKind.POST or label in marked, kind is PinKind.STALL
        yield Pin(
            id=PinId(keys("pin", number)),
            site_plan_id=plan,
            number=number,
            kind=kind,
            label="" if is_post or is_stall else label,
            x=x,
            y=y,
            post_id=PostId(keys("post", label)) if is_post else None,
            stall_id=StallId(keys("stall", "anthony nolan")) if is_stall else None,
        )
