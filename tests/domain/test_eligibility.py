"""May this person do this shift? One story for every rule; most of them are drawn as a small rota.

In a picture ``###`` is a shift that somebody is on, ``???`` the shift they are asked for, ``===`` a duty at
work and ``...`` a time they offered.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.eligibility import Book, Reason, Why, may, why_not
from rallyapp.domain.ids import (
    PartnerId,
    PersonId,
    PicketId,
    PostId,
    PreferenceId,
    ShiftId,
    SiteId,
    StallId,
    WorkplaceId,
)
from rallyapp.domain.people import CoverKind, Level, Liking, Person, Preference, Skill, Standing, Workplace
from rallyapp.domain.pickets import AssignmentState, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record
from rallyapp.domain.times import Span
from tests.domain.building import (
    DAY,
    at,
    can,
    duty,
    entrance,
    offer,
    on,
    partner,
    person,
    picket,
    post,
    rally,
    settings,
    shift,
    site,
    small_plan,
    stall,
    strike_day,
)

ANN = person("Ann Archer")
WEEK = [offer("ann archer", "00:00-00:00", DAY + timedelta(days=n)) for n in range(-1, 4)]


def asked(
    *more: Record, who: Person = ANN, what: Shift | None = None, role: Role = Role.PICKET, skill: Skill | None = None
) -> tuple[Reason, ...]:
    """Ask for the shift at 08:00 (or another) in the small plan, with further records in it."""
    wanted = what or shift()
    return why_not(who, wanted, Book(small_plan(who, wanted, *more)), role=role, skill=skill)


def whys(reasons: tuple[Reason, ...]) -> list[Why]:
    return [reason.why for reason in reasons]


# ------------------------------------------------------------------------------------------ nothing against
def test_somebody_free_at_their_own_workplace_may() -> None:
    """Ann offered the morning.

    ==== 08 09 10 11
    Ann  .. .. ..
    asks ?? ?? ??
    """
    plan = small_plan(ANN, offer("ann archer", "08:00-11:00"))
    book = Book(plan)
    assert why_not(ANN, shift(), book, role=Role.PICKET) == ()
    assert may(ANN, shift(), book, role=Role.PICKET)
    assert not may(ANN, shift(), book, role=Role.SUPERVISOR)


def test_only_being_elsewhere_being_kept_by_work_and_being_a_charitys_own_block() -> None:
    assert [why for why in Why if why.blocks] == [Why.OVERLAP, Why.DUTY, Why.PARTNERS_OWN]
    assert Reason(why=Why.DUTY, sentence="").blocks
    assert not Reason(why=Why.LEFT, sentence="").blocks


def test_what_blocks_is_said_first() -> None:
    """Ann said nothing, has left, works elsewhere, and is on call."""
    reasons = asked(
        duty("ann archer", "09:00-10:00", kind=CoverKind.ON_CALL),
        who=person("Ann Archer", left=True, workplace_id=None),
    )
    assert whys(reasons) == [Why.DUTY, Why.LEFT, Why.NOT_SAID, Why.OTHER_WORKPLACE]


# --------------------------------------------------------------------------------------------- when free
def test_who_said_nothing_is_asked_to() -> None:
    (reason,) = asked()
    assert (reason.why, reason.sentence) == (Why.NOT_SAID, "Ann Archer has not said when they are free")


def test_two_offers_that_touch_cover_a_shift() -> None:
    """A joint offer.

    ==== 08    09    10    11
    Ann  .....|...........
    asks ?????????????????
    """
    assert not asked(offer("ann archer", "07:00-09:00"), offer("ann archer", "09:00-11:30", level=Level.IF_NEED_BE))


def test_a_minute_that_was_not_offered_is_said() -> None:
    (reason,) = asked(offer("ann archer", "08:00-10:59"))
    assert reason.why is Why.NOT_FREE
    assert reason.sentence == "Ann Archer is not free 10:59–11:00 on Tue 1 Dec 2015"


def test_a_time_ruled_out_goes_before_one_offered() -> None:
    (reason,) = asked(offer("ann archer", "08:00-11:00"), offer("ann archer", "10:00-10:30", level=Level.NOT))
    assert reason.sentence == "Ann Archer is not free 10:00–10:30 on Tue 1 Dec 2015"


def test_a_time_ruled_out_that_only_touches_is_no_matter() -> None:
    assert not asked(
        offer("ann archer", "08:00-11:00"),
        offer("ann archer", "07:00-08:00", level=Level.NOT),
        offer("ann archer", "11:00-12:00", level=Level.NOT),
    )


def test_who_only_ruled_out_another_day_has_not_said_about_this_one() -> None:
    (reason,) = asked(offer("ann archer", "08:00-11:00", 2, level=Level.NOT))
    assert reason.why is Why.NOT_SAID
    (reason,) = asked(offer("ann archer", "08:00-11:00", level=Level.NOT))
    assert reason.why is Why.NOT_FREE


# ------------------------------------------------------------------------------------- kept by one's work
@pytest.mark.parametrize("kind", CoverKind)
def test_four_duties_block_and_three_do_not(kind: CoverKind) -> None:
    """Ann's work from 10:00.

    ==== 08 09 10 11 12
    Ann        =====
    asks ?? ?? ??
    """
    reasons = asked(*WEEK, duty("ann archer", "10:00-12:00", kind=kind))
    if kind.blocks:
        assert [(reason.why, reason.sentence) for reason in reasons] == [(Why.DUTY, f"Ann Archer: {kind} 10:00–12:00")]
    else:
        assert reasons == ()


@pytest.mark.parametrize(
    ("times", "blocked"),
    [
        ("06:00-07:30", False),
        ("06:00-07:31", True),
        ("06:00-08:00", True),
        ("11:00-12:00", True),
        ("11:29-12:00", True),
        ("11:30-12:00", False),
    ],
)
def test_half_an_hour_lies_between_a_duty_and_a_shift(times: str, blocked: bool) -> None:
    """The picket is 08:00 to 11:00; work ends or starts nearby."""
    reasons = asked(*WEEK, duty("ann archer", times))
    assert [reason.why for reason in reasons] == ([Why.DUTY] if blocked else [])
    said = f"until {times[-5:]}, must have 30 min after it"
    if times >= "08:00":
        said = f"from {times[:5]}, must have 30 min before it"
    assert all(reason.sentence == f"Ann Archer: emergency cover {said}" for reason in reasons)


def test_a_night_that_is_too_near_says_when_it_ends_and_not_how_far_it_is() -> None:
    (reason,) = asked(*WEEK, duty("ann archer", "20:00-08:00", date(2015, 11, 30), CoverKind.ON_CALL))
    assert reason.sentence == "Ann Archer: on call until 08:00, must have 30 min after it"
    early = shift("early", "00:10-02:00")
    (reason,) = asked(*WEEK, duty("ann archer", "13:00-23:50", date(2015, 11, 30)), what=early)
    assert reason.sentence == "Ann Archer: emergency cover until 23:50 on Mon 30 Nov 2015, must have 30 min after it"


def test_the_buffer_is_the_plans_own() -> None:
    assert not asked(*WEEK, duty("ann archer", "07:00-08:00"), settings(duty_buffer=0))
    assert asked(*WEEK, duty("ann archer", "05:00-06:30"), settings(duty_buffer=120))


def test_a_duty_is_said_once_even_if_it_lasts_for_days() -> None:
    (reason,) = asked(*WEEK, duty("ann archer", "20:00-09:00", date(2015, 11, 30), CoverKind.ON_CALL))
    assert reason.sentence == "Ann Archer: on call 20:00–09:00 (Tue 1 Dec 2015)"


@pytest.mark.parametrize(
    ("times", "day", "minutes"),
    [
        ("20:00-07:00", date(2015, 11, 30), 60),
        ("20:00-00:00", date(2015, 11, 30), None),
        ("20:00-00:01", date(2015, 11, 30), 479),
        ("13:00-21:30", date(2015, 11, 30), None),
        ("04:59-07:00", DAY, 60),
        ("05:00-07:00", DAY, None),
        ("00:30-04:00", DAY, 240),
    ],
)
def test_after_a_night_at_work_there_is_rest(times: str, day: date, minutes: int | None) -> None:
    """A surgeon was on call 20:00 to 09:00 before joining a picket: eleven hours are asked for, and it only warns."""
    reasons = asked(*WEEK, duty("ann archer", times, day))
    assert [(reason.why, reason.minutes, reason.blocks) for reason in reasons] == (
        [] if minutes is None else [(Why.REST, minutes, False)]
    )


def test_a_night_is_said_in_words() -> None:
    (reason,) = asked(*WEEK, duty("ann archer", "20:00-07:00", date(2015, 11, 30), CoverKind.FINISHING))
    assert reason.sentence == "Ann Archer comes off finishing a shift at night only 1 h before"


def test_eleven_hours_after_a_night_are_enough() -> None:
    """Off at 07:00; a shift from 18:00 is fine and one from 17:59 is not."""
    night = duty("ann archer", "20:00-07:00", date(2015, 11, 30))
    assert not asked(*WEEK, night, what=shift("late", "18:00-19:00"))
    assert whys(asked(*WEEK, night, what=shift("late", "17:59-19:00"))) == [Why.REST]


def test_a_night_that_comes_after_the_shift_is_no_matter() -> None:
    assert not asked(*WEEK, duty("ann archer", "20:00-08:00"))


def test_the_night_on_which_the_clocks_change_counts_in_real_hours() -> None:
    """Off work at 00:30, asked for 11:00: 10 h 30 on the wall, and in truth 9 h 30 in March, 11 h 30 in October."""
    for day, why in ((date(2016, 3, 27), [Why.REST]), (date(2016, 10, 30), [])):
        late = shift("late", "11:00-12:00", day)
        reasons = asked(
            duty("ann archer", "18:00-00:30", day - timedelta(days=1)),
            offer("ann archer", "08:00-13:00", day),
            what=late,
        )
        assert whys(reasons) == why


# ------------------------------------------------------------------------------------------ the person
def test_who_has_left_or_declined() -> None:
    assert [reason.sentence for reason in asked(*WEEK, who=person("Ann Archer", left=True))] == ["Ann Archer has left"]
    declined = on("ann archer", state=AssignmentState.DECLINED)
    assert [(reason.why, reason.sentence) for reason in asked(*WEEK, declined)] == [
        (Why.DECLINED, "Ann Archer said no to this shift")
    ]
    assert not asked(*WEEK, declined, what=shift("other", "12:00-13:00"))
    withdrawn = on("ann archer", state=AssignmentState.WITHDRAWN)
    assert [reason.sentence for reason in asked(*WEEK, withdrawn)] == ["Ann Archer has withdrawn from this shift"]


@pytest.mark.parametrize("standing", [each for each in Standing if each is not Standing.PARTNER])
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PICKET, Role.SUPPORTER, Role.STANDBY, Role.OFFICIAL])
def test_only_members_and_officials_are_official_pickets(standing: Standing, role: Role) -> None:
    who = person("Ann Archer", standing=standing)
    reasons = asked(*WEEK, can("ann archer", Skill.SUPERVISOR), who=who, role=role)
    if role.official_picket and standing is Standing.SUPPORTER:
        (reason,) = reasons
        assert reason.sentence == (
            f"Ann Archer is a {standing}: they can come as a supporter, not as an official picket"
        )
    else:
        assert reasons == ()


@pytest.mark.parametrize("role", [Role.PICKET, Role.SUPPORTER, Role.STEWARD, Role.MC])
def test_a_charitys_own_people_are_asked_for_its_stalls_only(role: Role) -> None:
    who = person("Ann Archer", standing=Standing.PARTNER, workplace_id=None)
    mc = can("ann archer", Skill.MC)
    for what in (shift(), shift("steward", "08:00-11:00", post_id=PostId("post"))):
        first = asked(*WEEK, mc, rally(), post(), who=who, what=what, role=role)[0]
        assert (first.why, first.blocks) == (Why.PARTNERS_OWN, True)
        assert first.sentence == "Ann Archer is the charity\u2019s own: asked for its stalls only"
    at_stall = shift("donors", "08:00-11:00", stall_id=StallId("stall"))
    assert not asked(*WEEK, rally(), stall(), who=who, what=at_stall, role=Role.STALL)


def test_a_charitys_own_are_asked_for_the_stalls_of_that_charity_only() -> None:
    who = person("Ann Archer", standing=Standing.PARTNER, workplace_id=None, partner_id=PartnerId("nolan"))
    dkms = (partner("dkms", "DKMS"), stall("dkms", partner_id=PartnerId("dkms")))
    theirs = shift("theirs", "08:00-11:00", stall_id=StallId("dkms"))
    ours = shift("ours", "08:00-11:00", stall_id=StallId("stall"))
    around = (*WEEK, rally(), stall(), post(), *dkms)
    for what in (shift(), shift("steward", "08:00-11:00", post_id=PostId("post")), theirs):
        (reason,) = asked(*around, who=who, what=what, role=Role.SUPPORTER)
        assert (reason.why, reason.blocks) == (Why.PARTNERS_OWN, True)
        assert reason.sentence == "Ann Archer is of Anthony Nolan: asked for its stalls only"
    assert not asked(*around, who=who, what=ours, role=Role.STALL)
    nobodys = person("Ann Archer", standing=Standing.PARTNER, workplace_id=None)
    for at_stall in (ours, theirs):
        assert not asked(*around, who=nobodys, what=at_stall, role=Role.STALL)
        assert not asked(*around, what=at_stall, role=Role.STALL), "a member helps any charity"


def test_a_role_and_a_need_each_ask_for_a_skill() -> None:
    reasons = asked(*WEEK, role=Role.SUPERVISOR, skill=Skill.FIRST_AID)
    assert [reason.sentence for reason in reasons] == [
        "Ann Archer is not down for picket supervisor",
        "Ann Archer is not down for first aid",
    ]
    assert len(asked(*WEEK, can("ann archer", Skill.SUPERVISOR), role=Role.SUPERVISOR, skill=Skill.FIRST_AID)) == 1
    both = (can("ann archer", Skill.SUPERVISOR), can("ann archer", Skill.FIRST_AID))
    assert not asked(*WEEK, *both, role=Role.SUPERVISOR, skill=Skill.FIRST_AID)


def test_a_skill_asked_for_twice_is_missed_once() -> None:
    assert whys(asked(*WEEK, role=Role.SUPERVISOR, skill=Skill.SUPERVISOR)) == [Why.LACKS_SKILL]


def test_stewards_have_the_age_18_tick() -> None:
    young = person("Ann Archer", adult=False)
    at_post = shift("steward", "11:00-13:30", post_id=PostId("post"))
    (reason,) = asked(*WEEK, who=young, what=at_post, role=Role.STEWARD)
    assert reason.sentence == "Ann Archer is not marked as 18 or over, which stewards must be"
    assert Why.NOT_ADULT in whys(asked(*WEEK, who=young, what=at_post, role=Role.CHIEF_STEWARD))
    assert not asked(*WEEK, what=at_post, role=Role.STEWARD)
    assert not asked(*WEEK, who=young)


# ------------------------------------------------------------------------------------------ the place
def elsewhere(**other: object) -> Person:
    return person("Ann Archer", **{"workplace_id": SiteId("princess anne"), **other})


def test_an_official_picket_stands_at_their_own_workplace() -> None:
    (reason,) = asked(*WEEK, who=elsewhere())
    assert reason.why is Why.OTHER_WORKPLACE
    assert reason.sentence == (
        "Southampton General Hospital is not Ann Archer’s own workplace: they can come as a supporter"
    )
    assert not asked(*WEEK, who=elsewhere(), role=Role.SUPPORTER)


def test_a_further_workplace_is_ones_own_too() -> None:
    further = Workplace(id=WorkplaceId("w"), person_id=PersonId("ann archer"), site_id=SiteId("general"))
    assert not asked(*WEEK, further, who=elsewhere())
    assert not asked(*WEEK, further, who=elsewhere(workplace_id=None))


def test_a_union_official_may_stand_anywhere() -> None:
    assert not asked(*WEEK, who=elsewhere(standing=Standing.OFFICIAL))


def test_who_has_no_workplace_in_the_plan_is_not_said_to_work_elsewhere() -> None:
    (reason,) = asked(*WEEK, who=elsewhere(workplace_id=None))
    assert reason.why is Why.OTHER_WORKPLACE
    assert reason.sentence == (
        "Ann Archer has no workplace in the plan: if it is not Southampton General Hospital, they come as a supporter"
    )


def test_a_rally_is_nobodys_workplace_and_nor_is_a_stall() -> None:
    at_post = shift("steward", "11:00-13:30", post_id=PostId("post"))
    at_stall = shift("helper", "08:00-09:00", stall_id=StallId("stall"))
    assert not asked(*WEEK, who=elsewhere(), what=at_post, role=Role.STEWARD)
    beside = stall(picket_id=PicketId("picket"))
    assert not asked(*WEEK, beside, who=elsewhere(), what=at_stall, role=Role.STALL)


def test_never_there() -> None:
    never = Preference(
        id=PreferenceId("p"), person_id=PersonId("ann archer"), site_id=SiteId("general"), liking=Liking.NEVER
    )
    (reason,) = asked(*WEEK, never)
    assert (reason.why, reason.sentence) == (Why.NEVER_THERE, "Ann Archer will not go to Southampton General Hospital")
    for other in (Liking.DISLIKES, Liking.LIKES):
        assert not asked(*WEEK, Preference(id=never.id, person_id=never.person_id, site_id=never.site_id, liking=other))
    assert not asked(
        *WEEK, Preference(id=never.id, person_id=never.person_id, site_id=SiteId("epsom"), liking=Liking.NEVER)
    )


# ------------------------------------------------------------------------------------------- the overlap
@pytest.mark.parametrize(
    ("times", "blocked"),
    [
        ("07:00-08:00", False),
        ("07:00-08:01", True),
        ("10:59-12:00", True),
        ("11:00-12:00", False),
        ("08:00-11:00", True),
    ],
)
def test_nobody_is_in_two_places_at_once(times: str, blocked: bool) -> None:
    """Touching ends are fine.

    ==== 07 08 09 10 11 12
    Ann  ##|           |##
    asks    ?? ?? ??
    """
    reasons = asked(*WEEK, shift("other", times), on("ann archer", "other"))
    assert whys(reasons) == ([Why.OVERLAP] if blocked else [])
    for reason in reasons:
        assert reason.blocks
        assert reason.other_shift == "other"
        assert reason.sentence.startswith("Ann Archer is at Main entrance, Southampton General Hospital ")


def test_ones_own_place_on_the_shift_is_not_counted_against_one() -> None:
    assert not asked(*WEEK, on("ann archer"), who=person("Ann Archer", max_minutes_day=180))


@pytest.mark.parametrize("state", AssignmentState)
def test_only_an_assignment_that_counts_takes_time(state: AssignmentState) -> None:
    reasons = asked(*WEEK, shift("other"), on("ann archer", "other", state=state))
    assert whys(reasons) == ([Why.OVERLAP] if state.counts else [])


@pytest.mark.parametrize(
    "off",
    [
        [strike_day("their day", state=StrikeState.CALLED_OFF), picket("theirs", strike_day_id="their day")],
        [strike_day("their day", state=StrikeState.SUSPENDED), picket("theirs", strike_day_id="their day")],
        [picket("theirs", cancelled=True, reason="snow")],
    ],
)
def test_a_stood_down_shift_takes_nobodys_time(off: list[Record]) -> None:
    other = shift("other", picket_id=PicketId("theirs"))
    assert not asked(*WEEK, *off, other, on("ann archer", "other"))


def test_a_cancelled_shift_takes_nobodys_time() -> None:
    assert not asked(*WEEK, shift("other", cancelled=True, reason="too few"), on("ann archer", "other"))


def test_a_shift_of_a_reinstated_day_takes_time_again() -> None:
    theirs = picket("theirs", strike_day_id="their day")
    other = shift("other", picket_id=PicketId("theirs"))
    back = strike_day("their day", state=StrikeState.ON)
    assert whys(asked(*WEEK, theirs, other, back, on("ann archer", "other"))) == [Why.OVERLAP]


# ------------------------------------------------------------------------- a supervisor within reach (L9)
EAST = [entrance("east", "East entrance"), picket("east picket", entrance_id="east")]
AT_EAST = shift("east shift", picket_id=PicketId("east picket"))


@pytest.mark.parametrize(("presence", "blocked"), [(Presence.PRESENT, True), (Presence.CONTACTABLE, False)])
def test_one_supervisor_covers_two_pickets_only_within_reach_of_one(presence: Presence, blocked: bool) -> None:
    """Ann stands at the main entrance and is to supervise the east entrance too.

    ===== 08 09 10
    main  ?? ?? ??
    east  ## ## ##  present, or contactable
    """
    reasons = asked(
        *WEEK,
        *EAST,
        AT_EAST,
        on("ann archer", "east shift", Role.SUPERVISOR, presence=presence),
        can("ann archer", Skill.SUPERVISOR),
        role=Role.SUPERVISOR,
    )
    assert whys(reasons) == ([Why.OVERLAP] if blocked else [])


def test_within_reach_of_this_one_and_present_at_the_other() -> None:
    reasons = asked(
        *WEEK,
        *EAST,
        AT_EAST,
        on("ann archer", "east shift", Role.SUPERVISOR),
        on("ann archer", "shift", Role.SUPERVISOR, presence=Presence.CONTACTABLE),
        can("ann archer", Skill.SUPERVISOR),
        role=Role.SUPERVISOR,
    )
    assert reasons == ()


def test_being_within_reach_is_no_hours_and_no_way_to_walk() -> None:
    """Three hours at the General, and within reach of Epsom, an hour's drive off, before, meanwhile and after."""
    epsom = site("epsom", "Epsom Hospital", lat=51_325_000, lon=-273_000)
    gate = entrance("gate", "Gate", site_id="epsom")
    there = picket("at epsom", entrance_id="gate")
    shifts = [
        shift(f"epsom {n}", times, picket_id=PicketId("at epsom"))
        for n, times in enumerate(("07:00-08:00", "08:00-11:00", "11:00-12:00"))
    ]
    reach = [on("ann archer", one.id, Role.SUPERVISOR, presence=Presence.CONTACTABLE) for one in shifts]
    limited = person("Ann Archer", max_minutes_day=180, max_minutes_total=180)
    assert not asked(*WEEK, epsom, gate, there, *shifts, *reach, who=limited)
    here = [on("ann archer", one.id) for one in shifts]
    assert set(whys(asked(*WEEK, epsom, gate, there, *shifts, *here, who=limited))) == {
        Why.OVERLAP,
        Why.TRAVEL,
        Why.DAY_LIMIT,
        Why.TOTAL_LIMIT,
    }


# ----------------------------------------------------------------------------------------------- the walk
def at_rally(times: str) -> Shift:
    return shift("steward", times, post_id=PostId("post"))


@pytest.mark.parametrize(("times", "late"), [("11:30-13:30", True), ("11:53-13:30", True), ("11:54-13:30", False)])
def test_from_the_picket_to_the_rally_is_a_walk(times: str, late: bool) -> None:
    """1 December 2015: the picket ends at 11:00, the rally starts at 11:30, and the Guildhall is 3.5 km away.

    ======= 08 09 10 11    12 13
    Ann     ## ## ##
    asks                ??????
    """
    reasons = asked(*WEEK, on("ann archer"), shift(), what=at_rally(times), role=Role.STEWARD)
    assert whys(reasons) == ([Why.TRAVEL] if late else [])
    for reason in reasons:
        assert reason.minutes == 54
        assert reason.other_shift == "shift"
        assert reason.sentence.startswith("Ann Archer has ")
        assert " between Southampton General Hospital (08:00–11:00) and Guildhall Square (" in reason.sentence
        assert reason.sentence.endswith("; the walk takes about 54 min")


def test_the_walk_back_is_as_long() -> None:
    picket_after = shift(times="13:50-15:00")
    reasons = asked(*WEEK, at_rally("11:30-13:30"), on("ann archer", "steward"), what=picket_after)
    assert [(reason.why, reason.minutes) for reason in reasons] == [(Why.TRAVEL, 54)]
    assert reasons[0].sentence == (
        "Ann Archer has 20 min between Guildhall Square (11:30–13:30) and Southampton General Hospital (13:50–15:00); "
        "the walk takes about 54 min"
    )


def test_the_walk_depends_on_the_plans_pace_and_detour() -> None:
    quick = settings(walking=100, detour=100)
    assert not asked(*WEEK, quick, on("ann archer"), shift(), what=at_rally("11:30-13:30"), role=Role.STEWARD)


def test_no_walk_is_made_up_where_a_place_is_not_on_the_map() -> None:
    nowhere = site(lat=None, lon=None)
    assert not asked(*WEEK, nowhere, on("ann archer"), shift(), what=at_rally("11:00-13:30"), role=Role.STEWARD)


def test_a_walk_longer_than_a_night_is_still_a_walk() -> None:
    """Shifts on two days, 800 km apart; more rest than is asked for, and yet too far."""
    far = site("far", "Raigmore Hospital", lat=57_474_000, lon=-4_193_000)
    gate = entrance("gate", "Gate", site_id="far")
    there = picket("there", entrance_id="gate", day=3)
    inverness = shift("inverness", "08:00-11:00", 3, picket_id=PicketId("there"))
    reasons = asked(*WEEK, far, gate, there, inverness, on("ann archer", "inverness"))
    assert whys(reasons) == [Why.TRAVEL]


# ------------------------------------------------------------------------------------- rest between days
@pytest.mark.parametrize(
    ("times", "why"), [("18:00-21:00", []), ("18:00-21:01", [Why.REST]), ("21:00-23:00", [Why.REST])]
)
def test_between_two_days_there_are_eleven_hours(times: str, why: list[Why]) -> None:
    """Monday evening, Tuesday at eight."""
    reasons = asked(*WEEK, shift("eve", times, date(2015, 11, 30)), on("ann archer", "eve"))
    assert whys(reasons) == why


def test_rest_in_words() -> None:
    (reason,) = asked(*WEEK, shift("eve", "21:00-23:00", date(2015, 11, 30)), on("ann archer", "eve"))
    assert reason.sentence == (
        "Ann Archer would have 9 h of rest between Mon 30 Nov 2015 21:00–23:00 and Tue 1 Dec 2015 08:00–11:00"
    )
    assert (reason.minutes, reason.other_shift) == (540, "eve")


def test_two_shifts_on_one_day_need_no_night_between_them() -> None:
    assert not asked(*WEEK, shift("later", "12:00-14:00"), on("ann archer", "later"))


def test_rest_is_counted_in_real_hours() -> None:
    """Saturday 21:00 to Sunday 08:00: eleven hours on the wall; ten when the clocks go forward, twelve when back."""
    for day, why in ((date(2016, 3, 27), [Why.REST]), (date(2016, 10, 30), [])):
        eve = shift("eve", "18:00-21:00", day - timedelta(days=1))
        reasons = asked(
            offer("ann archer", "07:00-12:00", day), eve, on("ann archer", "eve"), what=shift("am", "08:00-11:00", day)
        )
        assert whys(reasons) == why


# -------------------------------------------------------------------------------------------- the limits
def test_hours_a_day() -> None:
    """Ann does four hours a day at most.

    ==== 08 09 10 11 12 13
    Ann              #####
    asks ?? ?? ??
    """
    later = [shift("later", "12:00-13:00"), on("ann archer", "later")]
    assert not asked(*WEEK, *later, who=person("Ann Archer", max_minutes_day=240))
    (reason,) = asked(*WEEK, *later, who=person("Ann Archer", max_minutes_day=239))
    assert reason.why is Why.DAY_LIMIT
    assert reason.sentence == "Ann Archer would do 4 h on Tue 1 Dec 2015; their limit is 3 h 59 min a day"
    assert reason.minutes == 240
    tomorrow = [shift("later", "12:00-13:00", 2), on("ann archer", "later")]
    assert not asked(*WEEK, *tomorrow, who=person("Ann Archer", max_minutes_day=180))


def test_hours_in_all() -> None:
    tomorrow = [shift("later", "12:00-13:00", 2), on("ann archer", "later")]
    assert not asked(*WEEK, *tomorrow, who=person("Ann Archer", max_minutes_total=240))
    (reason,) = asked(*WEEK, *tomorrow, who=person("Ann Archer", max_minutes_total=239))
    assert (reason.why, reason.minutes) == (Why.TOTAL_LIMIT, 240)
    assert reason.sentence == "Ann Archer would do 4 h in all; their limit is 3 h 59 min"


def test_nought_hours_is_a_limit_too() -> None:
    assert whys(asked(*WEEK, who=person("Ann Archer", max_minutes_day=0, max_minutes_total=0))) == [
        Why.DAY_LIMIT,
        Why.TOTAL_LIMIT,
    ]


# ----------------------------------------------------------------------------------------------- the book
def test_a_builder_tries_by_putting_and_taking() -> None:
    other = shift("other", "10:00-12:00")
    book = Book(small_plan(ANN, other, *WEEK))
    ann = ANN.id
    assert may(ANN, shift(), book, role=Role.PICKET)
    book.put(ann, ShiftId("other"))
    assert book.is_on(ann, ShiftId("other"))
    assert book.shifts_of(ann) == (other,)
    assert book.minutes_of(ann) == 120
    assert whys(why_not(ANN, shift(), book, role=Role.PICKET)) == [Why.OVERLAP]
    book.put(ann, ShiftId("shift"))
    assert book.shifts_of(ann) == (shift(), other)
    book.take(ann, ShiftId("other"))
    assert not book.is_on(ann, ShiftId("other"))
    assert book.shifts_of(ann) == (shift(),)
    book.take(ann, ShiftId("other"))
    book.take(PersonId("nobody"), ShiftId("other"))
    assert may(ANN, shift(), book, role=Role.PICKET)


def test_the_book_reads_who_is_on_what_and_how() -> None:
    book = Book(small_plan(ANN, on("ann archer", presence=Presence.CONTACTABLE), can("ann archer", Skill.MC), *WEEK))
    assert book.is_on(ANN.id, ShiftId("shift"))
    assert book.presence(ANN.id, ShiftId("shift")) is Presence.CONTACTABLE
    assert book.presence(ANN.id, ShiftId("other")) is Presence.PRESENT
    assert book.skills_of(ANN.id) == {Skill.MC}
    assert book.workplaces_of(ANN) == {"general"}
    assert book.workplaces_of(elsewhere(workplace_id=None)) == set()
    assert book.minutes_of(PersonId("nobody")) == 0
    assert book.spot(shift()) is book.spot(shift())
    assert (book.spot(shift()).name, book.spot(shift()).site_id) == ("Southampton General Hospital", "general")


def test_an_assignment_to_a_shift_that_the_picture_lacks_takes_no_time() -> None:
    assert Book(Plan([ANN, on("ann archer", "gone")])).shifts_of(ANN.id) == ()


def test_the_walk_is_rounded_up_and_the_same_both_ways() -> None:
    book = Book(small_plan(at_rally("11:30-13:30")))
    picket_spot, rally_spot = book.spot(shift()), book.spot(at_rally("11:30-13:30"))
    assert book.walk(picket_spot, rally_spot) == book.walk(rally_spot, picket_spot) == 54
    assert book.walk(picket_spot, picket_spot) == 0


quarters = st.integers(0, 4 * 96 - 1)


@given(st.lists(st.tuples(quarters, st.integers(1, 24)), min_size=1, max_size=7))
def test_whoever_is_put_only_where_they_may_is_never_in_two_places(pieces: list[tuple[int, int]]) -> None:
    """A builder that asks first: no overlap, no rest too short between days, no limit broken, whatever the shifts."""
    start = at("00:00", date(2015, 11, 30))
    shifts = [
        Shift(
            id=ShiftId(str(n)),
            picket_id=PicketId("picket"),
            starts=start + timedelta(minutes=15 * first),
            ends=start + timedelta(minutes=15 * (first + length)),
        )
        for n, (first, length) in enumerate(pieces)
    ]
    ann = person("Ann Archer", max_minutes_day=480, max_minutes_total=900)
    book = Book(
        small_plan(ann, shifts, *[offer("ann archer", "00:00-00:00", DAY + timedelta(days=n)) for n in range(-1, 5)])
    )
    for each in shifts:
        if may(ann, each, book, role=Role.PICKET):
            book.put(ann.id, each.id)
    mine = book.shifts_of(ann.id)
    assert list(mine) == sorted(mine, key=lambda one: one.starts)
    for one, then in pairwise(mine):
        assert one.ends <= then.starts
        if one.starts.date() != then.starts.date():
            assert then.starts - one.ends >= timedelta(hours=11)
    assert book.minutes_of(ann.id) <= 900
    for day in {one.starts.date() for one in mine}:
        assert sum(one.span.minutes for one in mine if one.starts.date() == day) <= 480
    assert all(may(ann, one, book, role=Role.PICKET) for one in mine)


@given(quarters, st.integers(1, 96), quarters, st.integers(1, 40))
def test_a_duty_blocks_exactly_if_it_is_nearer_than_the_buffer(d: int, dl: int, s: int, sl: int) -> None:
    start = at("00:00", date(2015, 11, 30))
    work = Span(start + timedelta(minutes=15 * d), start + timedelta(minutes=15 * (d + dl)))
    asked_for = Shift(
        id=ShiftId("shift"),
        picket_id=PicketId("picket"),
        starts=start + timedelta(minutes=15 * s),
        ends=start + timedelta(minutes=15 * (s + sl)),
    )
    kept = duty("ann archer", "00:00-01:00")
    reasons = asked(
        type(kept)(id=kept.id, person_id=kept.person_id, kind=kept.kind, starts=work.start, ends=work.end),
        what=asked_for,
    )
    assert (Why.DUTY in whys(reasons)) is work.widened(30).overlaps(asked_for.span)
    rested = work.end > asked_for.starts or asked_for.starts - work.end >= timedelta(hours=11)
    sleepless = any(Span(at("00:00", day), at("05:00", day)).overlaps(work) for day in work.days())
    assert (Why.REST in whys(reasons)) is (sleepless and not rested and Why.DUTY not in whys(reasons))
