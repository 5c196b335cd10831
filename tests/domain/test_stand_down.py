"""What a called-off day stops, and who must be told in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import (
    ContactAttemptId,
    ContactId,
    EntranceId,
    PersonId,
    PicketId,
    PostId,
    RallyId,
    SpeakerId,
    StallId,
    StandDownId,
    StrikeDayId,
    TeamMemberId,
)
from rallyapp.domain.pickets import AssignmentState, Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Contact, ContactKind, Override, Speaker, TeamMember, TeamRole
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import IfOff, Stall, StallState
from rallyapp.domain.stand_down import (
    Going,
    Status,
    Tell,
    Turn,
    cascade,
    of_day,
    of_picket,
    of_rally,
    of_shift,
    of_stall,
)
from rallyapp.domain.tells import ContactAttempt, Outcome
from tests.domain.building import (
    DAY,
    at,
    example,
    on,
    person,
    picket,
    rally,
    rally_day,
    shift,
    small_plan,
    stall,
    strike_day,
)

OFF = strike_day(state=StrikeState.CALLED_OFF)
WHY = "the strike day is called off"
EVE = at("18:00", date(2015, 11, 30))
DAYS = [StrikeDayId("day")]
ON = Status(Going.ON)
STOOD_DOWN = Status(Going.STOOD_DOWN, WHY)


# --------------------------------------------------------------------------------------- what still goes on
@pytest.mark.parametrize("state", StrikeState)
def test_a_day_is_off_when_it_is_suspended_called_off_or_superseded(state: StrikeState) -> None:
    off = state in (StrikeState.SUSPENDED, StrikeState.CALLED_OFF, StrikeState.SUPERSEDED)
    status = of_day(strike_day(state=state))
    assert status == (Status(Going.STOOD_DOWN, f"the strike day is {state}") if off else ON)
    assert status.on is not off


def test_one_day_off_stops_picket_rally_and_every_shift_and_nothing_is_written() -> None:
    """1 December 2015: the day was called off; picket, rally, steward post and stall all went with it."""
    post_shift = shift("steward", "11:00-13:30", post_id=PostId("post"))
    stall_shift = shift("helper", "10:00-13:30", stall_id=StallId("stall"))
    mine = stall(if_off=IfOff.STANDS_DOWN)
    records = (mine, post_shift, stall_shift)
    for plan, expected in ((small_plan(*records), ON), (small_plan(*records, OFF), STOOD_DOWN)):
        assert of_picket(plan, picket()) == expected
        assert of_rally(plan, rally()) == expected
        assert of_stall(plan, mine) == expected
        for one in (shift(), post_shift, stall_shift):
            assert of_shift(plan, one) == expected
    assert small_plan(*records, OFF, strike_day()).all(Stall) == (mine,)


def test_a_picket_may_be_cancelled_by_itself() -> None:
    plan = small_plan()
    assert of_picket(plan, picket(cancelled=True, reason="snow")) == Status(Going.STOOD_DOWN, "snow")
    assert of_picket(small_plan(OFF), picket(cancelled=True, reason="snow")).why == "snow"
    cancelled = small_plan(picket(cancelled=True, reason="snow"))
    assert of_shift(cancelled, shift()) == Status(Going.STOOD_DOWN, "snow")


def test_a_shift_may_be_cancelled_by_itself() -> None:
    assert of_shift(small_plan(), shift(cancelled=True, reason="too few")) == Status(Going.STOOD_DOWN, "too few")


def test_a_rally_may_go_ahead_anyway_or_be_stood_down_by_itself() -> None:
    ahead = rally(override=Override.GOES_AHEAD, override_by="Ann", override_reason="paid for")
    off = rally(override=Override.STOOD_DOWN, override_by="Ann", override_reason="storm")
    assert of_rally(small_plan(OFF), ahead) == ON
    assert of_rally(small_plan(), off) == Status(Going.STOOD_DOWN, "storm")


def test_a_rally_of_two_days_goes_on_while_one_of_them_does() -> None:
    second = strike_day("second", date(2015, 12, 8))
    both = (second, rally_day(day_id="second"))
    assert of_rally(small_plan(*both), rally()) == ON
    assert of_rally(small_plan(*both, OFF), rally()) == ON
    assert of_rally(small_plan(*both, OFF, replace(second, state=StrikeState.SUSPENDED)), rally()) == STOOD_DOWN


def test_a_rally_of_no_strike_day_goes_on() -> None:
    assert of_rally(small_plan(OFF), rally("other")) == ON


@pytest.mark.parametrize(
    ("if_off", "status"),
    [
        (IfOff.GOES_AHEAD, ON),
        (IfOff.STANDS_DOWN, STOOD_DOWN),
        (
            IfOff.UNDECIDED,
            Status(Going.UNDECIDED, f"{WHY}; the partner has not said whether it comes all the same"),
        ),
    ],
)
def test_a_stall_has_its_own_go_or_no_go(if_off: IfOff, status: Status) -> None:
    """The charity's people are not on strike: a rally that is off may still leave a stall in the square."""
    mine = stall(if_off=if_off)
    assert of_stall(small_plan(), mine) == ON
    assert of_stall(small_plan(OFF), mine) == status
    assert of_stall(small_plan(OFF), stall(if_off=if_off, picket_id=PicketId("picket"))) == status


def test_what_is_not_decided_is_planned_for() -> None:
    assert Status(Going.UNDECIDED).on
    assert not STOOD_DOWN.on


@pytest.mark.parametrize("state", StallState)
def test_a_stall_that_declined_or_stood_down_is_off(state: StallState) -> None:
    off = state in (StallState.DECLINED, StallState.STOOD_DOWN)
    expected = Status(Going.STOOD_DOWN, f"the stall is {state}") if off else ON
    assert of_stall(small_plan(), stall(state=state, if_off=IfOff.GOES_AHEAD)) == expected


# ---------------------------------------------------------------------------------------------- the cascade
def member(id: str, role: TeamRole, **other: object) -> TeamMember:
    return TeamMember(id=TeamMemberId(id), rally_id=RallyId("rally"), role=role, **other)  # type: ignore[arg-type]


def contact(name: str, kind: ContactKind, **other: object) -> Contact:
    return Contact(id=ContactId(name.casefold()), kind=kind, name=name, **other)  # type: ignore[arg-type]


NAMES = ("Ann Archer", "Bob Brown", "Cat Cole", "Dan Drew", "Eve Eden", "Fay Ford", "Gus Gray")
WHOLE: tuple[Record, ...] = (
    *(person(name) for name in NAMES),
    shift(),
    shift("later", "11:00-13:00"),
    on("ann archer", "later", Role.SUPERVISOR),
    on("bob brown"),
    on("cat cole", "later"),
    member("lead", TeamRole.EVENT_LEAD, person_id=PersonId("dan drew")),
    member("chief", TeamRole.CHIEF_STEWARD, name="Chief Chloe"),
    shift("steward", "11:00-13:30", post_id=PostId("post")),
    on("eve eden", "steward", Role.STEWARD),
    Speaker(id=SpeakerId("sam"), rally_id=RallyId("rally"), name="Sam Speaker", arrives=at("11:15")),
    stall(arrives=at("10:00")),
    shift("helper", "10:00-13:30", stall_id=StallId("stall")),
    on("fay ford", "helper", Role.STALL),
    contact("PA Ltd", ContactKind.SUPPLIER, rally_id=RallyId("rally")),
    contact("Police desk", ContactKind.POLICE, rally_id=RallyId("rally")),
    contact("Council", ContactKind.COUNCIL),
    contact("Landowner", ContactKind.LANDOWNER),
    contact("Ambulance", ContactKind.AMBULANCE),
    contact("Charity desk", ContactKind.CHARITY),
    contact("Local paper", ContactKind.PRESS),
)


def told(plan: Plan, now: datetime = EVE, days: list[StrikeDayId] = DAYS, **other: object) -> tuple[Tell, ...]:
    return cascade(plan, days, now=now, **other)  # type: ignore[arg-type]


def test_the_order_in_which_everybody_is_told() -> None:
    """The evening before: nobody is on shift, so the supervisors come first, then the first pickets."""
    assert [(tell.turn, tell.name) for tell in told(small_plan(*WHOLE))] == [
        (Turn.ON_SHIFT, "Ann Archer"),
        (Turn.NEXT_ON, "Bob Brown"),
        (Turn.NEXT_ON, "Cat Cole"),
        (Turn.RALLY_LEAD, "Dan Drew"),
        (Turn.STEWARDS, "Eve Eden"),
        (Turn.STEWARDS, "Chief Chloe"),
        (Turn.SPEAKERS, "Sam Speaker"),
        (Turn.SPEAKERS, "PA Ltd"),
        (Turn.STALLS, "Anthony Nolan"),
        (Turn.STALLS, "Fay Ford"),
        (Turn.STALLS, "Charity desk"),
        (Turn.POLICE, "Police desk"),
        (Turn.LANDOWNER, "Ambulance"),
        (Turn.LANDOWNER, "Council"),
        (Turn.LANDOWNER, "Landowner"),
        (Turn.WIDER, "Local paper"),
    ]


def test_in_the_middle_of_the_picket_those_on_shift_come_first_and_those_gone_home_not_at_all() -> None:
    plan = small_plan(*WHOLE)
    at_nine = {tell.name: tell.turn for tell in told(plan, at("09:00"))}
    assert (at_nine["Bob Brown"], at_nine["Cat Cole"]) == (Turn.ON_SHIFT, Turn.NEXT_ON)
    at_eleven = {tell.name: tell.turn for tell in told(plan, at("11:00"))}
    assert "Bob Brown" not in at_eleven
    assert at_eleven["Cat Cole"] == at_eleven["Eve Eden"] == Turn.ON_SHIFT


def test_why_somebody_is_told() -> None:
    why = {tell.name: tell.why for tell in told(small_plan(*WHOLE))}
    assert why["Bob Brown"] == "picket, 08:00–11:00, Main entrance, Southampton General Hospital"
    assert why["Chief Chloe"] == "chief steward, Regional rally"
    assert why["Sam Speaker"] == "speaker, Regional rally"
    assert why["Anthony Nolan"] == "stall, Regional rally"
    assert why["Fay Ford"] == "stall volunteer, 10:00–13:30, Anthony Nolan stall, Guildhall Square"
    assert why["Local paper"] == "press"


def test_everybody_is_told_once_in_their_first_turn() -> None:
    """Bob is on two shifts, stewards at the rally and leads it: he is told as a picket of eight o'clock."""
    more = (
        shift("later", "11:00-12:00"),
        shift("steward", "12:00-13:30", post_id=PostId("post")),
        on("bob brown", "later"),
        on("bob brown"),
        on("bob brown", "steward", Role.STEWARD),
        member("lead", TeamRole.EVENT_LEAD, person_id=PersonId("bob brown")),
        member("deputy", TeamRole.DEPUTY, name="Kim"),
        member("media", TeamRole.MEDIA, name="Kim"),
        person("Bob Brown"),
    )
    tells = told(small_plan(*more))
    assert [(tell.name, tell.turn, tell.first_due) for tell in tells] == [
        ("Bob Brown", Turn.NEXT_ON, at("08:00")),
        ("Kim", Turn.RALLY_LEAD, at("11:30")),
    ]


def test_who_declined_or_withdrew_is_not_told_and_a_union_official_comes_first() -> None:
    people = (person("Bob Brown"), person("Cat Cole"), person("Dan Drew"))
    tells = told(
        small_plan(
            *people,
            on("bob brown", state=AssignmentState.DECLINED),
            on("cat cole", state=AssignmentState.WITHDRAWN),
            on("dan drew", role=Role.OFFICIAL),
        )
    )
    assert [(tell.name, tell.turn) for tell in tells] == [("Dan Drew", Turn.ON_SHIFT)]


def test_other_days_and_their_people_are_left_alone() -> None:
    other = (
        strike_day("other", date(2015, 12, 8)),
        picket("other picket", day=8, strike_day_id=StrikeDayId("other")),
        shift("other shift", day=8, picket_id=PicketId("other picket")),
        person("Gus Gray"),
        person("Bob Brown"),
        on("gus gray", "other shift"),
        on("bob brown"),
    )
    plan = small_plan(*other)
    assert [tell.name for tell in told(plan)] == ["Bob Brown"]
    assert [tell.name for tell in told(plan, days=[StrikeDayId("other")])] == ["Gus Gray"]
    assert [tell.name for tell in told(plan, days=[])] == []


def test_a_stall_beside_a_picket_is_told_as_well() -> None:
    beside = stall(picket_id=PicketId("picket"), arrives=at("07:30"))
    plan = small_plan(beside, shift("helper", "08:00-09:00", stall_id=beside.id), person(), on("ann archer", "helper"))
    assert [(tell.turn, tell.name, tell.why) for tell in told(plan)] == [
        (
            Turn.STALLS,
            "Anthony Nolan",
            "stall, Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00–11:00",
        ),
        (Turn.STALLS, "Ann Archer", "picket, 08:00–09:00, Anthony Nolan stall, Southampton General Hospital"),
    ]


@pytest.mark.parametrize("state", StallState)
def test_a_stall_that_never_came_about_is_not_told(state: StallState) -> None:
    tells = told(small_plan(stall(state=state)))
    assert bool(tells) is (state not in (StallState.ENQUIRY, StallState.DECLINED))


# ------------------------------------------------------------------------------------ who has been reached
def tried(n: int, outcome: Outcome = Outcome.REACHED, stand_down: str = "stand-down", **whom: object) -> ContactAttempt:
    cleared = {"person_id": None, **whom}
    return example(
        ContactAttempt, id=ContactAttemptId(str(n)), stand_down_id=StandDownId(stand_down), outcome=outcome, **cleared
    )


def reached(*attempts: ContactAttempt) -> list[str]:
    plan = small_plan(*WHOLE, member("media", TeamRole.MEDIA, name="Mo Media"), attempts)
    return [tell.name for tell in told(plan, stand_down=StandDownId("stand-down")) if tell.reached]


def test_whoever_was_reached_is_ticked() -> None:
    assert reached() == []
    assert reached(tried(1, person_id=PersonId("bob brown"))) == ["Bob Brown"]
    assert reached(tried(1, contact_id=ContactId("council"))) == ["Council"]
    assert reached(tried(1, speaker_id=SpeakerId("sam"))) == ["Sam Speaker"]
    assert reached(tried(1, stall_id=StallId("stall"))) == ["Anthony Nolan"]


def test_reaching_one_name_is_not_reaching_every_name() -> None:
    assert reached(tried(1, name="Chief Chloe")) == ["Chief Chloe"]
    assert reached(tried(1, name=" Chief Chloe ")) == ["Chief Chloe"]
    assert reached(tried(1, name="Somebody else")) == []


@pytest.mark.parametrize("outcome", [Outcome.MESSAGE_LEFT, Outcome.FAILED])
def test_a_message_left_is_not_somebody_reached(outcome: Outcome) -> None:
    assert reached(tried(1, outcome, person_id=PersonId("bob brown"))) == []
    again = tried(2, person_id=PersonId("bob brown"))
    assert reached(tried(1, outcome, person_id=PersonId("bob brown")), again) == ["Bob Brown"]


def test_another_stand_down_ticks_nobody() -> None:
    assert reached(tried(1, stand_down="last year", person_id=PersonId("bob brown"))) == []
    plan = small_plan(*WHOLE, tried(1, person_id=PersonId("bob brown")))
    assert not any(tell.reached for tell in told(plan))


def test_every_turn_has_words() -> None:
    assert len({turn.words for turn in Turn}) == len(Turn) == 9
    assert Turn.ON_SHIFT.words == "reps, picket supervisors and everyone on shift now"


def test_a_plan_of_nothing_has_nobody_to_tell() -> None:
    assert cascade(Plan(), DAYS, now=EVE) == ()
    assert small_plan().get(type(picket()), "picket").entrance_id == EntranceId("main")
    assert strike_day().first_date == DAY
