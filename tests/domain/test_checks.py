"""Every check of pickets, days and people: a plan in which it speaks, and the nearest one in which it is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import (
    DisputeId,
    EmployerId,
    EntranceId,
    PersonId,
    PicketId,
    PostId,
    RallyId,
    ShiftId,
    SiteId,
    StallId,
    StrikeDayId,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.people import CoverKind, Level, Skill, Standing
from rallyapp.domain.pickets import AssignmentState, Picket, Presence, Role, Shift
from rallyapp.domain.places import LandStatus
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Severity
from rallyapp.domain.rallies import Contact, ContactKind
from rallyapp.domain.records import Record
from rallyapp.domain.situation import day_of, picket_span
from rallyapp.domain.tells import Outcome, StandDownKind
from rallyapp.domain.times import Span
from tests.domain.building import (
    DAY,
    at,
    between,
    can,
    dispute,
    duty,
    employer,
    entrance,
    example,
    offer,
    on,
    person,
    picket,
    post,
    rally,
    rally_day,
    settings,
    shift,
    site,
    stall,
    strike_day,
)
from tests.domain.check_building import (
    EVE,
    PICKETS,
    RULES_SAY,
    codes,
    concerns,
    covers,
    decided,
    decision,
    good_plan,
    having,
    members,
    need,
    notice,
    only,
    picket_on,
    problems,
    reached,
    staffed,
    told_police,
)

RED, AMBER, INFO, STAND_DOWN = Severity.RED, Severity.AMBER, Severity.INFO, Severity.STAND_DOWN
NI = Jurisdiction.NORTHERN_IRELAND
PHONE = "07700 900000"
MAIN = "Main entrance, Southampton General Hospital"
TUESDAY = f"{MAIN}, Tue 1 Dec 2015"


def test_nothing_is_wrong_with_the_good_plan() -> None:
    assert problems(good_plan()) == ()
    assert problems(good_plan(), date(2026, 11, 23)) == ()
    assert problems(picket_on(date(2015, 12, 8))) == ()
    assert problems(Plan()) == ()


# --------------------------------------------------------------------------------------------- notice
def test_a_day_that_was_announced_without_notice_is_red() -> None:
    found = only(good_plan(without=["notice covers day"]))
    assert (found.severity, found.code, found.day) == (RED, "no-notice", "day")
    assert found.sentence == (
        "No notice to the employer covers Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015). The employer must have "
        "the notice by Tuesday 24 November 2015: 7 days before the first day of action, Tuesday 1 December 2015. "
        f"{RULES_SAY}"
    )
    assert concerns(found) == {("strike_day", "day")}
    assert "head office" in found.mend


@pytest.mark.parametrize(
    ("today", "severity"),
    [("2015-11-24", AMBER), ("2015-11-25", RED), ("2015-12-01", RED), ("2015-12-02", AMBER)],
)
def test_a_day_only_planned_turns_red_when_the_last_day_for_notice_has_passed(today: str, severity: Severity) -> None:
    plan = good_plan(strike_day(state=StrikeState.PLANNED), without=["notice covers day"])
    assert only(plan, date.fromisoformat(today)).severity is severity


@pytest.mark.parametrize(
    ("where", "first", "given", "late"),
    [
        pytest.param("england", "2015-12-01", "2015-11-24", False, id="T4 seven days"),
        pytest.param("england", "2015-12-01", "2015-11-25", True, id="T4 six days"),
        pytest.param("england", "2024-02-24", "2024-02-10", False, id="T6 fourteen days"),
        pytest.param("england", "2024-02-24", "2024-02-11", True, id="T6 thirteen days"),
        pytest.param("scotland", "2026-06-15", "2026-06-05", False, id="T8 ten days"),
        pytest.param("wales", "2026-06-15", "2026-06-06", True, id="T8 nine days"),
        pytest.param("northern ireland", "2024-02-24", "2024-02-17", False, id="L19 seven days in Northern Ireland"),
        pytest.param("northern ireland", "2024-02-24", "2024-02-18", True, id="L19 six days in Northern Ireland"),
    ],
)
def test_a_notice_is_late_by_the_law_of_the_day_it_was_given(where: str, first: str, given: str, late: bool) -> None:
    on_ = date.fromisoformat(first)
    there = dispute(duty_phone=PHONE, jurisdiction=Jurisdiction(where))
    plan = picket_on(on_, there, notice(given=date.fromisoformat(given)))
    found = having("late-notice", plan, on_)
    assert bool(found) is late
    for problem in found:
        assert problem.severity is RED
        assert "too late. The employer must have the notice by" in problem.sentence
        assert problem.sentence.endswith(RULES_SAY)
        assert concerns(problem) == {("strike_day", "day"), ("notice", "notice")}
        assert "head office" in problem.mend
        assert problem.day == "day"


def test_a_notice_counts_from_when_it_was_received() -> None:
    posted = notice(given=date(2015, 11, 23))
    assert problems(good_plan(posted)) == ()
    found = only(good_plan(replace(posted, received_on=date(2015, 11, 25))))
    assert (found.code, found.severity) == ("late-notice", RED)
    assert "to University Hospital Southampton" in found.sentence
    assert "came on Wed 25 Nov 2015, too late" in found.sentence
    assert problems(good_plan(replace(posted, received_on=None))) == ()


def test_an_employer_who_agreed_to_less_is_law_until_2026_and_a_doubt_after() -> None:
    agreed = {"employer_agreed_shorter": True}
    assert "late-notice" not in codes(picket_on(date(2024, 2, 24), notice(given=date(2024, 2, 17), **agreed)))
    in_2026 = picket_on(date(2026, 6, 15), notice(given=date(2026, 6, 8), **agreed))
    found = only(in_2026)
    assert (found.severity, found.code) == (AMBER, "late-notice")
    assert "The sources do not say whether the employer may still agree" in found.sentence


def test_a_second_notice_does_not_make_the_first_one_late() -> None:
    corrected = notice("corrected", date(2015, 11, 28))
    assert problems(good_plan(corrected, covers("corrected"))) == ()
    late = good_plan(corrected, covers("corrected"), notice(given=date(2015, 11, 26)))
    assert "Thu 26 Nov 2015" in only(late).sentence


def test_each_employer_who_is_picketed_must_have_the_notice() -> None:
    """The Royal is run by another trust, to whom nobody gave notice; its picket is on the same day."""
    royal: list[Record] = [
        employer("Solent NHS Trust", id=EmployerId("solent")),
        site("royal", "Royal South Hants", employer_id=EmployerId("solent")),
        entrance("royal", site_id=SiteId("royal")),
        picket("at the royal", entrance_id=EntranceId("royal"), cancelled=False),
    ]
    found = having("no-notice", good_plan(royal))
    assert [problem.sentence[:36] for problem in found] == ["No notice to Solent NHS Trust covers"]
    assert found[0].severity is RED
    # To nobody in particular: it may well have gone to both.
    assert having("no-notice", good_plan(royal, notice(employer_id=None))) == []
    cancelled = picket("at the royal", entrance_id=EntranceId("royal"), cancelled=True, reason="too few")
    assert problems(good_plan(royal, cancelled)) == ()
    # One to all, late, and one to the trust in time: the other trust had it late.
    late = notice("late", date(2015, 11, 27), employer_id=None)
    assert [found.concerns[1].id for found in having("late-notice", good_plan(royal, late, covers("late")))] == ["late"]
    in_time = notice("late", date(2015, 11, 20), employer_id=None)
    assert problems(good_plan(notice(given=date(2015, 11, 27)), in_time, covers("late"))) == ()


# ------------------------------------------------------------------------------------------ the mandate
def test_a_day_after_the_mandate_is_red() -> None:
    """T9: a ballot opened 8 Dec 2025 and closed 2 Feb 2026 lasts until 1 August 2026."""
    ballot = {"duty_phone": PHONE, "ballot_opened": date(2025, 12, 8), "ballot_closed": date(2026, 2, 2)}
    assert problems(picket_on(date(2026, 8, 1), dispute(**ballot))) == ()
    found = only(picket_on(date(2026, 8, 2), dispute(**ballot)))
    assert (found.severity, found.code, found.day) == (RED, "after-mandate", "day")
    assert found.sentence == (
        "Sun 2 Aug 2026 runs past the mandate: the last day of action is Saturday 1 August 2026: 6 months beginning "
        f"with the date of the ballot, Monday 2 February 2026. {RULES_SAY}"
    )
    assert concerns(found) == {("strike_day", "day"), ("dispute", "contract")}
    assert "union" in found.mend
    assert problems(picket_on(date(2026, 8, 2), dispute(**ballot, extended_months=9))) == ()
    # A window that only ends in the small hours of the next day still touches it.
    night = strike_day(first=date(2026, 8, 1), start_time=time(20), last_date=date(2026, 8, 2), end_time=time(6))
    assert "after-mandate" in codes(picket_on(date(2026, 8, 1), dispute(**ballot), night))


def test_a_ballot_in_the_new_law_lasts_twelve_months_and_a_doubt_is_said() -> None:
    """T10 and T11: twelve months from 18 Feb 2026; where the month has no such day, the earlier one, with a word."""
    ballot = {"duty_phone": PHONE, "ballot_opened": date(2026, 2, 18), "ballot_closed": date(2026, 3, 20)}
    assert problems(picket_on(date(2027, 3, 19), dispute(**ballot))) == ()
    assert "12 months" in only(picket_on(date(2027, 3, 20), dispute(**ballot))).sentence
    short_month = dispute(duty_phone=PHONE, ballot_closed=date(2023, 8, 31))
    told = told_police()
    assert problems(picket_on(date(2024, 2, 28), short_month, told)) == ()
    assert (
        "they may end on 28 February 2024 or 29 February 2024"
        in only(picket_on(date(2024, 2, 29), short_month, told)).sentence
    )


def test_the_unions_own_date_goes_before_what_is_worked_out() -> None:
    own = dispute(duty_phone=PHONE, ballot_closed=date(2026, 2, 2), mandate_until=date(2026, 9, 30))
    assert problems(picket_on(date(2026, 9, 30), own)) == ()
    found = only(picket_on(date(2026, 10, 1), own))
    assert found.code == "after-mandate"
    assert "runs past the mandate: the union's own date for its end is Wednesday 30 September 2026" in found.sentence


def test_no_mandate_is_worked_out_for_northern_ireland_or_without_a_ballot_or_from_a_muddled_one() -> None:
    ni = dispute(duty_phone=PHONE, jurisdiction=NI, ballot_closed=date(2020, 1, 1))
    assert problems(picket_on(date(2024, 3, 7), ni)) == ()
    muddled = dispute(duty_phone=PHONE, ballot_opened=date(2026, 3, 1), ballot_closed=date(2020, 1, 1))
    assert codes(picket_on(date(2026, 8, 2), muddled)) == ["dispute-wrong"]


def test_before_2017_action_had_to_begin_within_four_weeks() -> None:
    """The ballot closed on 18 November 2015: action had to begin by 15 December; after that there is no end."""
    ballot = dispute(duty_phone=PHONE, ballot_opened=date(2015, 11, 5), ballot_closed=date(2015, 11, 18))
    assert problems(picket_on(date(2015, 12, 15), ballot)) == ()
    found = only(picket_on(date(2015, 12, 16), ballot))
    assert (found.severity, found.code, found.day) == (AMBER, "mandate-begun-late", "day")
    assert "The first strike day in this plan that goes ahead is Wed 16 Dec 2015." in found.sentence
    assert "Action must begin by Tuesday 15 December 2015" in found.sentence
    assert "began in time" in found.mend


def test_a_day_that_was_called_off_began_nothing() -> None:
    ballot = dispute(duty_phone=PHONE, ballot_closed=date(2015, 11, 18))
    later = [strike_day("january", date(2016, 1, 12)), covers(day_id="january")]
    assert codes(good_plan(ballot, later)) == ["nothing-planned"]
    off = strike_day(state=StrikeState.CALLED_OFF)
    told = [decision(), decided()]
    found = having("mandate-begun-late", good_plan(ballot, later, off, told))
    assert [problem.day for problem in found] == ["january"]


# ------------------------------------------------------------------------------------------- the window
def test_a_picket_on_another_day_than_its_strike_is_red() -> None:
    plan = good_plan(picket(day=3), shift("shift", day=3), *(offer(who, "08:00-11:00", 3) for who in PICKETS))
    found = only(plan)
    assert (found.severity, found.code, found.day) == (RED, "outside-window", "day")
    assert f"{MAIN}, Thu 3 Dec 2015 08:00\u201311:00 is outside its strike day (Tue 1 Dec 2015," in found.sentence
    assert concerns(found) == {("picket", "picket"), ("strike_day", "day")}
    assert "strike day" in found.mend


def test_a_picket_that_starts_before_the_strike_is_amber_and_one_that_touches_its_start_is_fine() -> None:
    early = good_plan(picket(times="07:00-11:00"), shift("shift", "07:00-11:00"))
    found = only(early)
    assert (found.severity, found.code, found.day) == (AMBER, "partly-outside-window", "day")
    assert "07:00\u201311:00 is partly outside its strike day" in found.sentence
    assert concerns(found) == {("picket", "picket")}
    assert "not on strike" in found.mend


def test_an_open_end_is_amber_and_runs_to_the_last_shift_or_to_the_end_of_the_strike_day() -> None:
    found = only(good_plan(picket(ends=None)))
    assert (found.severity, found.code, found.day) == (AMBER, "open-end", "day")
    assert found.sentence == f"{TUESDAY} from 08:00 has no end time"
    assert "when it ends" in found.mend
    whole = good_plan(picket(ends=None))
    assert picket_span(whole, whole.get(Picket, "picket")) == between("08:00-11:00")
    bare = good_plan(picket(ends=None), without=["shift", "picket supervisor on shift", "picket on shift"])
    assert picket_span(bare, bare.get(Picket, "picket")) == Span(at("08:00"), at("08:00", 2))
    gone = good_plan(picket(times="12:00-13:00", ends=None))
    assert picket_span(gone, gone.get(Picket, "picket")) == between("12:00-13:00")


def test_a_picket_without_shifts_for_part_of_its_time_has_nobody() -> None:
    found = only(good_plan(picket(times="08:00-13:00")))
    assert (found.severity, found.code, found.day) == (AMBER, "no-shift", "day")
    assert "08:00\u201313:00 has no shift 11:00\u201313:00, so nobody can be put down" in found.sentence
    none = good_plan(picket("second", "12:00-13:00"))
    assert only(none).sentence == f"{TUESDAY} 12:00\u201313:00 has no shifts, so nobody can be put down for it"
    cancelled = good_plan(picket(times="08:00-12:00"), shift("late", "11:00-12:00", cancelled=True, reason="rain"))
    assert only(cancelled).code == "no-shift"


def test_a_shift_outside_its_pickets_times_is_amber() -> None:
    found = only(good_plan(staffed("early", "07:00-08:00")))
    assert (found.severity, found.code, found.day) == (AMBER, "shift-outside", "day")
    assert found.sentence == f"{TUESDAY} 08:00\u201311:00 has a shift outside its times: 07:00\u201308:00"
    assert concerns(found) == {("shift", "early"), ("picket", "picket")}
    next_day = good_plan(
        staffed("late", "07:00-08:00", date(2015, 12, 2)), (offer(who, "07:00-08:00", 2) for who in PICKETS)
    )
    assert "times: Wed 2 Dec 2015 07:00\u201308:00" in having("shift-outside", next_day)[0].sentence


# ------------------------------------------------------------------------------------ the picket supervisor
def bare_picket_of_february(where: Jurisdiction = Jurisdiction.ENGLAND) -> Plan:
    """T1: on the line day and night from 17 to 19 February 2026, and no supervisor at all."""
    first = date(2026, 2, 17)
    times = {"starts": at("08:00", first), "ends": at("11:00", date(2026, 2, 19))}
    return picket_on(
        first,
        dispute(duty_phone=PHONE, jurisdiction=where),
        picket("picket", **times),
        shift("shift", **times),
        on("ann archer", role=Role.PICKET),
        told_police(),
        days=3,
    )


@pytest.mark.parametrize("where", [place for place in Jurisdiction if place is not NI])
def test_t1_only_the_first_of_three_days_needs_a_picket_supervisor(where: Jurisdiction) -> None:
    (found,) = having("supervisor-gap", bare_picket_of_february(where), date(2026, 2, 16))
    assert (found.severity, found.day) == (RED, "day")
    assert "no picket supervisor 08:00\u201300:00 (Wed 18 Feb 2026), which the law requires then" in found.sentence
    assert found.sentence.endswith(RULES_SAY)
    assert concerns(found) == {("picket", "picket")}
    assert "picket supervisor" in found.mend


def test_t2_and_t3_none_is_needed_in_2015_or_ever_in_northern_ireland() -> None:
    no_supervisor = on("ann archer", role=Role.PICKET)
    assert problems(picket_on(date(2015, 12, 1), no_supervisor)) == ()
    assert having("supervisor-gap", bare_picket_of_february(NI)) == []
    ni = picket_on(date(2024, 3, 7), dispute(duty_phone=PHONE, jurisdiction=NI), no_supervisor)
    assert problems(ni) == ()


def test_gaps_in_the_middle_of_a_picket_over_midnight_are_told_with_their_days() -> None:
    """8 to 9 March 2023: nobody supervises 10:00-12:00, nor after 02:00 in the night.

    ===== ===== ===== ===== =====
    08:00 10:00 12:00 02:00 04:00
    ===== ===== ===== ===== =====
    Ann    --    Ann   --
    ===== ===== ===== ===== =====
    """
    first, second = date(2023, 3, 8), date(2023, 3, 9)
    plan = picket_on(
        first,
        picket("picket", starts=at("08:00", first), ends=at("04:00", second)),
        shift("shift", "08:00-10:00", first),
        shift("bare", "10:00-12:00", first),
        staffed("second", "12:00-02:00", first),
        shift("night", "02:00-04:00", second),
        on("ann archer", "night", Role.SUPERVISOR, state=AssignmentState.WITHDRAWN),
        shift("cancelled", "02:00-04:00", second, cancelled=True, reason="cold"),
        on("ann archer", "cancelled", Role.SUPERVISOR),
        told_police(),
        days=2,
    )
    (found,) = having("supervisor-gap", plan)
    assert "supervisor 10:00\u201312:00, Thu 9 Mar 2023 02:00\u201304:00, which" in found.sentence


@pytest.mark.parametrize(("today", "severity"), [(date(2023, 3, 7), AMBER), (date(2023, 3, 8), RED)])
def test_the_police_must_be_told_where_there_is_a_statutory_supervisor(today: date, severity: Severity) -> None:
    found = only(picket_on(date(2023, 3, 8)), today)
    assert (found.severity, found.code, found.day) == (severity, "police-not-told", "day")
    assert "the supervisor's name, the place and how to reach them" in found.sentence
    assert found.sentence.endswith(RULES_SAY)
    assert concerns(found) == {("picket", "picket")}
    assert "tell the police" in found.mend
    assert problems(picket_on(date(2023, 3, 8), told_police()), today) == ()


def test_one_supervisor_may_cover_two_pickets_if_she_can_be_rung() -> None:
    """L9: present at one, within reach of the other; without a phone number nobody could reach her."""
    first = date(2023, 3, 8)
    records = [
        told_police(),
        told_police("side"),
        entrance("side", "Side entrance"),
        picket("side", "08:00-11:00", first, entrance_id=EntranceId("side")),
        shift("side shift", "08:00-11:00", first, picket_id=PicketId("side")),
        need("side shift", Role.SUPERVISOR, 1),
        on("ann archer", "side shift", Role.SUPERVISOR, presence=Presence.CONTACTABLE),
    ]
    assert problems(picket_on(first, records)) == ()
    found = only(picket_on(first, records, person("Ann Archer")))
    assert (found.severity, found.code, found.day) == (AMBER, "supervisor-no-phone", "day")
    assert "Ann Archer is to be within reach as picket supervisor, 08:00\u201311:00, and has no phone" in found.sentence
    assert ("person", "ann archer") in concerns(found)
    there = on("ann archer", "side shift", Role.SUPERVISOR)
    assert codes(picket_on(first, records, there)) == ["overlap"]


# --------------------------------------------------------------------------------------------- people
@pytest.mark.parametrize("kind", [kind for kind in CoverKind if kind.blocks])
def test_whoever_is_kept_by_work_is_red(kind: CoverKind) -> None:
    found = only(good_plan(duty("bob brown", "09:00-17:00", kind=kind)))
    assert (found.severity, found.code, found.day) == (RED, "duty", "day")
    assert found.sentence == f"{TUESDAY} 08:00\u201311:00: Bob Brown: {kind} 09:00\u201317:00"
    assert concerns(found) == {("assignment", "bob brown on shift"), ("shift", "shift")}
    assert found.mend == "take them off the shift, or override it by name with a reason"


@pytest.mark.parametrize("kind", [kind for kind in CoverKind if not kind.blocks])
def test_whoever_is_on_strike_or_on_leave_may_picket(kind: CoverKind) -> None:
    assert problems(good_plan(duty("bob brown", "09:00-17:00", kind=kind))) == ()


def test_what_somebody_took_on_by_name_is_only_told() -> None:
    taken_on = on("bob brown", override_by="Rita Rep", override_reason="swapped with a consultant")
    found = only(good_plan(duty("bob brown", "09:00-17:00"), taken_on))
    assert (found.severity, found.code, found.mend) == (INFO, "duty", "")
    assert found.sentence.endswith("17:00 (taken on by Rita Rep: swapped with a consultant)")


def test_two_duties_on_one_shift_are_two_findings() -> None:
    plan = good_plan(duty("bob brown", "08:00-09:00"), duty("bob brown", "10:00-11:00", kind=CoverKind.RECALLED))
    assert codes(plan) == ["duty", "duty"]


def two_places(**other: Any) -> list[Record]:
    """Put Bob at the side entrance from 10:00, when he is still at the main one."""
    return [
        entrance("side", "Side entrance"),
        picket("side", "10:00-12:00", entrance_id=EntranceId("side")),
        shift("side shift", "10:00-12:00", picket_id=PicketId("side")),
        need("side shift", Role.PICKET, 1),
        on("bob brown", "side shift", **other),
    ]


def test_two_places_at_once_are_told_once() -> None:
    found = only(good_plan(two_places()))
    assert (found.severity, found.code, found.day) == (RED, "overlap", "day")
    assert found.sentence.startswith(f"{TUESDAY} 08:00\u201311:00: Bob Brown is at Side entrance, Southampton")
    assert concerns(found) == {("assignment", "bob brown on shift"), ("shift", "shift"), ("shift", "side shift")}
    assert found.mend == "take them off one of the two, or override it by name with a reason"
    touching = [picket("side", "11:00-12:00", entrance_id=EntranceId("side"))]
    assert (
        problems(good_plan(two_places(), touching, shift("side shift", "11:00-12:00", picket_id=PicketId("side"))))
        == ()
    )


def test_two_places_at_once_may_be_taken_on_for_either() -> None:
    taken_on = {"override_by": "Rita Rep", "override_reason": "runs between the two"}
    first = good_plan(two_places(), on("bob brown", **taken_on))
    second = good_plan(two_places(**taken_on))
    for plan in (first, second):
        found = only(plan)
        assert (found.severity, found.code) == (INFO, "overlap")
        assert "taken on by Rita Rep" in found.sentence
    # Somebody else's word about their own place does not count for Bob.
    assert only(good_plan(two_places(), on("cat clark", **taken_on))).severity is RED


def test_a_walk_that_takes_too_long_is_amber_and_told_once() -> None:
    """From the picket to the rally are 3.5 km: half an hour is not enough on foot."""
    steward = [on("bob brown", "stewarding", Role.STEWARD), need("stewarding", Role.STEWARD, 1)]
    found = only(good_plan(steward))
    assert (found.severity, found.code) == (AMBER, "travel")
    assert "Bob Brown has 30 min between" in found.sentence
    later = shift("stewarding", "12:00-13:30", post_id=PostId("post"))
    assert problems(good_plan(steward, later)) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param([person("Bob Brown", standing=Standing.SUPPORTER)], "not-in-dispute", id="a supporter"),
        pytest.param([person("Bob Brown", left=True)], "left", id="has left"),
        pytest.param([on("bob brown", role=Role.SUPERVISOR), need("shift", Role.PICKET, 2)], "lacks-skill", id="skill"),
        pytest.param([person("Eve Ellis", adult=False)], "not-adult", id="a steward under 18"),
        pytest.param([offer("bob brown", "09:00-10:00", level=Level.NOT)], "not-free", id="not free"),
    ],
)
def test_what_only_warns_is_amber(changes: list[Record], code: str) -> None:
    found = only(good_plan(changes))
    assert (found.severity, found.code, found.day) == (AMBER, code, "day")
    assert found.mend == "ask them, or put somebody else on the shift"


def test_a_member_without_a_workplace_can_be_put_on_no_picket() -> None:
    plan = good_plan(person("Bob Brown", workplace_id=None), person("Zoe Zeal", workplace_id=None))
    (found,) = having("no-workplace", plan)
    assert (found.severity, found.day) == (AMBER, None)
    assert found.sentence.startswith("2 members have no workplace entered (Bob Brown and others)")
    assert codes(plan) == ["other-workplace", "no-workplace"]
    gone = [
        person("Zoe Zeal", workplace_id=None, left=True),
        person("Sue", workplace_id=None, standing=Standing.SUPPORTER),
    ]
    assert problems(good_plan(gone)) == ()
    assert only(good_plan(person("Zoe Zeal", workplace_id=None))).sentence.startswith("1 member has no workplace")


def test_nobody_can_strike_before_the_ballot_has_closed() -> None:
    late = only(good_plan(dispute(duty_phone=PHONE, ballot_closed=date(2015, 12, 1))))
    assert (late.severity, late.code, late.day) == (RED, "before-ballot", "day")
    assert "comes before the ballot has closed (Tuesday 1 December 2015)" in late.sentence
    assert "before-ballot" not in codes(good_plan(dispute(duty_phone=PHONE, ballot_closed=date(2015, 11, 30))))


def hours(*times: str, who: str = "bob brown") -> list[Record]:
    """Cut the picket into hours, all of them Bob's."""
    made: list[Record] = [picket(times=f"{times[0][:5]}-{times[-1][-5:]}")]
    for each in times:
        made += [*staffed(each, each), need(each, Role.PICKET, 1)]
    return made


def test_somebody_who_does_too_much_is_told_once_a_day_and_not_once_a_shift() -> None:
    plan = good_plan(
        hours("08:00-09:00", "09:00-10:00", "10:00-11:00"),
        person("Bob Brown", max_minutes_day=120),
        without=["shift", "picket on shift", "picket supervisor on shift", *(f"{who} on shift" for who in PICKETS)],
    )
    found = only(plan)
    assert (found.severity, found.code) == (AMBER, "day-limit")
    assert found.sentence == "Bob Brown would do 3 h on Tue 1 Dec 2015; their limit is 2 h a day"


def test_somebody_who_never_said_when_is_a_note_once() -> None:
    plan = good_plan(two_places(), without=[offer("bob brown", "00:00-00:00").id])
    (found,) = having("not-said", plan)
    assert (found.severity, found.sentence) == (INFO, "Bob Brown has not said when they are free")
    assert "when they can come" in found.mend


def test_whoever_declined_is_not_looked_at() -> None:
    declined = on("bob brown", state=AssignmentState.DECLINED)
    assert codes(good_plan(duty("bob brown", "08:00-11:00"), declined)) == ["short"]


def test_one_person_twice_on_a_shift_makes_it_look_fuller_than_it_is() -> None:
    twice = replace(on("bob brown", role=Role.STANDBY), id="bob again")
    found = only(good_plan(twice))
    assert (found.severity, found.code, found.day) == (AMBER, "down-twice", "day")
    assert "Bob Brown is down more than once, as picket and standby" in found.sentence
    assert concerns(found) == {("assignment", "bob brown on shift"), ("assignment", "bob again"), ("shift", "shift")}
    same = replace(on("bob brown"), id="bob again")
    assert codes(good_plan(same, need("shift", Role.PICKET, 4))) == ["short", "down-twice"]


# ------------------------------------------------------------------------------------------- the numbers
def test_a_shift_is_short_by_role_in_the_word_of_that_days_law() -> None:
    found = only(good_plan(without=["ann archer on shift", "bob brown on shift", "cat clark on shift"]))
    assert (found.severity, found.code, found.day) == (AMBER, "short", "day")
    assert found.sentence == f"{TUESDAY} 08:00\u201311:00: 1 picket organiser and 2 pickets short"
    assert concerns(found) == {("shift", "shift")}
    assert "fill the rota" in found.mend
    in_2023 = picket_on(date(2023, 3, 8), need("shift", Role.SUPERVISOR, 2), told_police())
    assert only(in_2023).sentence.endswith("1 picket supervisor short")
    alone = good_plan(need("stewarding", Role.STEWARD, 3))
    assert only(alone).sentence == "Stage left, Guildhall Square, Tue 1 Dec 2015 11:30\u201313:30: 2 stewards short"


def test_where_no_need_is_said_the_plans_least_counts() -> None:
    nothing_said = ["picket supervisor on shift", "picket on shift"]
    assert problems(good_plan(without=nothing_said)) == ()  # four stand there, three are enough
    fewer = [*nothing_said, "bob brown on shift", "cat clark on shift"]
    assert only(good_plan(without=fewer)).sentence.endswith("1 picket short")
    assert only(good_plan(settings(picket_minimum=6), without=nothing_said)).sentence.endswith("2 pickets short")
    supporters = [on("bob brown", role=Role.SUPPORTER), on("cat clark", role=Role.SUPPORTER)]
    assert only(good_plan(supporters, without=nothing_said)).sentence.endswith("1 picket short")
    assert problems(good_plan(without=["steward on stewarding"])) == ()  # a post without needs needs nobody


def test_a_need_for_a_further_skill_counts_only_who_has_it() -> None:
    signing = need("stewarding", Role.STEWARD, 1, id="bsl", skill=Skill.BSL)
    assert only(good_plan(signing)).sentence.endswith(": 1 steward with BSL short")
    assert problems(good_plan(signing, can("eve ellis", Skill.BSL))) == ()


def test_those_still_to_reconfirm_are_counted() -> None:
    found = only(good_plan(on("bob brown", state=AssignmentState.RECONFIRM)))
    assert (found.severity, found.code, found.day) == (AMBER, "to-reconfirm", "day")
    assert found.sentence == f"{TUESDAY} 08:00\u201311:00: 1 still to reconfirm"
    assert found.mend == "ask them again"


def crowd(shift_id: str, number: int, role: Role = Role.PICKET, **other: Any) -> list[Record]:
    """Put so many more members on a shift."""
    names = [f"Zoe{n} Z" for n in range(number)]
    return [
        *(person(name) for name in names),
        *(offer(name.casefold(), "00:00-00:00") for name in names),
        *(on(name.casefold(), shift_id, role, **other) for name in names),
    ]


def test_more_than_six_official_pickets_are_amber_and_supporters_never_are() -> None:
    assert problems(good_plan(crowd("shift", 2))) == ()
    found = only(good_plan(crowd("shift", 3)))
    assert (found.severity, found.code, found.day) == (AMBER, "over-six", "day")
    assert found.sentence == (
        f"{MAIN}, Tue 1 Dec 2015 at 08:00: 7 official pickets; the Code of Practice recommends no more than 6 at an "
        "entrance, and this one is down for 6"
    )
    assert concerns(found) == {("shift", "shift"), ("entrance", "main")}
    assert "supporters" in found.mend
    assert problems(good_plan(crowd("shift", 30, Role.SUPPORTER))) == ()
    assert problems(good_plan(crowd("shift", 3, Role.STANDBY))) == ()
    assert problems(good_plan(crowd("shift", 3, state=AssignmentState.WITHDRAWN))) == ()
    assert only(good_plan(entrance(official_max=3))).sentence.endswith("this one is down for 3")
    # A supervisor who is only within reach does not stand at the entrance (L9).
    away = on("ann archer", role=Role.SUPERVISOR, presence=Presence.CONTACTABLE)
    assert problems(good_plan(crowd("shift", 3), away)) == ()


def test_six_are_counted_at_every_minute_over_two_pickets_at_one_entrance() -> None:
    """Two unions' pickets overlap from 10:00 to 11:00: four and three are seven then.

    ========== ===== ===== ===== =====
    ..         08:00 10:00 11:00 12:00
    ========== ===== ===== ===== =====
    doctors      4     4
    nurses             3     3
    ========== ===== ===== ===== =====
    """
    nurses = [
        dispute("Nurses", duty_phone=PHONE),
        strike_day("nurses' day", dispute_id=DisputeId("nurses")),
        covers(day_id="nurses' day"),
        picket("nurses", "10:00-12:00", strike_day_id=StrikeDayId("nurses' day")),
        shift("nurses", "10:00-12:00", picket_id=PicketId("nurses")),
        *crowd("nurses", 3),
    ]
    found = only(good_plan(nurses))
    assert found.code == "over-six"
    assert "at 10:00: 7 official pickets" in found.sentence
    # Shifts that touch hand over: they are never there together.
    later = [
        picket("nurses", "11:00-12:00", strike_day_id=StrikeDayId("nurses' day")),
        shift("nurses", "11:00-12:00", picket_id=PicketId("nurses")),
    ]
    assert problems(good_plan(nurses, later)) == ()
    # Over twice is told twice; over all the while is told once.
    more = [shift("again", "11:00-12:00", picket_id=PicketId("nurses")), *crowd("again", 7)]
    assert (
        codes(good_plan(nurses, shift("nurses", "10:00-11:00", picket_id=PicketId("nurses")), more)) == ["over-six"] * 2
    )
    eighth = [*staffed("nested", "09:00-10:00"), *crowd("nested", 3), *crowd("shift", 3)]
    assert codes(good_plan(eighth)).count("over-six") == 1
    cancelled = shift("nurses", "10:00-12:00", picket_id=PicketId("nurses"), cancelled=True, reason="moved")
    assert "over-six" not in codes(good_plan(nurses, cancelled))


# -------------------------------------------------------------------------------------------- the ground
def test_an_entrance_to_keep_clear_is_amber() -> None:
    found = only(good_plan(entrance(keep_clear=True)))
    assert (found.severity, found.code, found.day) == (AMBER, "keep-clear", "day")
    assert "marked to be kept clear" in found.sentence
    assert "ambulance" in found.mend
    assert concerns(found) == {("picket", "picket")}


@pytest.mark.parametrize("status", LandStatus)
def test_private_land_without_permission_is_amber(status: LandStatus) -> None:
    plan = good_plan(entrance(land_status=status))
    if status is not LandStatus.PRIVATE:
        assert problems(plan) == ()
        return
    found = only(plan)
    assert (found.severity, found.code, found.day) == (AMBER, "private-land", "day")
    assert "no protection for trespass" in found.sentence
    assert "public highway" in found.mend


def test_the_report_of_2015_entered_the_same_picket_twice() -> None:
    """ "8am till 11am", and elsewhere "from 8am" with no end."""
    second = [picket("again", ends=None), shift("again", picket_id=PicketId("again")), need("again", Role.STANDBY, 0)]
    found = having("entered-twice", good_plan(second))
    assert [problem.severity for problem in found] == [AMBER]
    assert found[0].sentence == f"{TUESDAY} 08:00\u201311:00 is entered twice: also from 08:00"
    assert concerns(found[0]) == {("picket", "picket"), ("picket", "again")}
    assert found[0].mend == "keep one of the two"
    assert found[0].day == "day"
    apart = [
        picket("again", "11:00-12:00"),
        shift("again", "11:00-12:00", picket_id=PicketId("again")),
        need("again", Role.STANDBY, 0),
    ]
    assert problems(good_plan(apart)) == ()
    side = [entrance("side"), picket("again", entrance_id=EntranceId("side")), *second[1:]]
    assert problems(good_plan(side)) == ()
    cancelled = picket("again", cancelled=True, reason="entered twice")
    assert problems(good_plan(second, cancelled)) == ()


# --------------------------------------------------------------------------------------------- the noise
@pytest.mark.parametrize("where", [place for place in Jurisdiction if place is not NI])
def test_t16_a_loudhailer_at_seven_is_red_until_eight(where: Jurisdiction) -> None:
    early = strike_day(start_time=time(7))
    plan = good_plan(
        dispute(duty_phone=PHONE, jurisdiction=where),
        early,
        picket(times="07:00-11:00", loudspeaker=True),
        shift("shift", "07:00-11:00"),
    )
    found = only(plan)
    assert (found.severity, found.code, found.day) == (RED, "loudspeaker", "day")
    assert "no loudspeaker in the street 07:00\u201308:00" in found.sentence
    assert found.sentence.endswith(RULES_SAY)
    assert found.mend == "leave it off 07:00\u201308:00, or ask the council for consent"
    assert concerns(found) == {("picket", "picket")}


def test_a_loudhailer_by_day_or_in_northern_ireland_or_none_at_all_is_fine() -> None:
    assert problems(good_plan(picket(loudspeaker=True))) == ()
    early = [strike_day(start_time=time(7)), picket(times="07:00-11:00"), shift("shift", "07:00-11:00")]
    assert problems(good_plan(early)) == ()
    loud = picket(times="07:00-11:00", loudspeaker=True)
    assert problems(good_plan(early, loud, dispute(duty_phone=PHONE, jurisdiction=NI))) == ()


def test_a_loudhailer_in_the_evening_is_to_be_left_off_from_nine() -> None:
    evening = [picket(times="20:00-22:00", loudspeaker=True), shift("shift", "20:00-22:00")]
    assert only(good_plan(evening)).mend.startswith("leave it off 21:00\u201322:00,")


def test_a_loudhailer_all_day_is_to_be_left_off_morning_and_evening() -> None:
    plan = good_plan(
        strike_day(start_time=time(7)),
        picket(times="07:00-22:00", loudspeaker=True),
        shift("shift", "07:00-22:00"),
    )
    found = next(each for each in problems(plan) if each.code == "loudspeaker")
    assert "no loudspeaker in the street 07:00\u201308:00 and 21:00\u201322:00. Rules" in found.sentence
    assert found.mend.startswith("leave it off 07:00\u201308:00 and 21:00\u201322:00,")


# ----------------------------------------------------------------------------------------------- the days
def test_christmas_day_is_a_bank_holiday() -> None:
    found = only(picket_on(date(2023, 12, 25), told_police()))
    assert (found.severity, found.code, found.day, found.mend) == (INFO, "bank-holiday", "day", "")
    assert found.sentence == "Mon 25 Dec 2023 is a bank holiday (Christmas Day): fewer people are at work"
    assert concerns(found) == {("strike_day", "day")}
    assert problems(picket_on(date(2023, 12, 27), told_police())) == ()


def test_a_bank_holiday_is_one_only_where_it_is_kept() -> None:
    st_andrew = date(2015, 11, 30)
    scottish = dispute(duty_phone=PHONE, jurisdiction=Jurisdiction.SCOTLAND)
    assert problems(picket_on(st_andrew)) == ()
    assert "bank-holiday" in codes(picket_on(st_andrew, scottish))


@pytest.mark.parametrize(("first", "turn"), [(date(2016, 3, 27), "forward"), (date(2016, 10, 30), "back")])
def test_a_night_on_which_the_clocks_change_is_told(first: date, turn: str) -> None:
    (found,) = having("clocks-change", picket_on(first))
    assert (found.severity, found.day) == (INFO, "day")
    assert f"The clocks go {turn} on Sun" in found.sentence
    assert having("clocks-change", picket_on(first.replace(day=20))) == []


# ------------------------------------------------------------------------------------------ the whole plan
def test_a_dispute_without_a_duty_phone_is_amber_once_it_has_days() -> None:
    found = only(good_plan(dispute(duty_phone="  ")))
    assert (found.severity, found.code, found.day) == (AMBER, "no-duty-phone", None)
    assert "\u201cContract\u201d has no duty phone" in found.sentence
    assert concerns(found) == {("dispute", "contract")}
    assert "enter the number" in found.mend
    assert problems(Plan([dispute()])) == ()


def test_a_plan_kept_longer_than_was_said_is_amber_the_day_after() -> None:
    kept = good_plan(settings(delete_after=date(2016, 6, 30)))
    assert problems(kept, date(2016, 6, 30)) == ()
    found = only(kept, date(2016, 7, 1))
    assert (found.severity, found.code, found.day) == (AMBER, "delete-now", None)
    assert found.sentence == "The people in this plan were to be deleted after Thursday 30 June 2016"
    assert concerns(found) == {("settings", "settings")}
    assert "say why" in found.mend


# ------------------------------------------------------------------------------------------- the stand-down
OFF = strike_day(state=StrikeState.CALLED_OFF)


def test_a_stand_down_counts_who_has_been_reached_and_says_who_is_next() -> None:
    """Of Ann and three pickets, a steward, two first aiders and the stall, only Ann has been reached."""
    plan = good_plan(OFF, decision(), decided(), reached("ann archer"), reached("bob brown", Outcome.MESSAGE_LEFT))
    found = only(plan)
    assert (found.severity, found.code, found.day) == (STAND_DOWN, "not-reached", "day")
    assert found.sentence == (
        "Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015) is called off: 1 of 8 have been reached, next Bob Brown "
        "(pickets who are next on)"
    )
    assert concerns(found) == {("stand_down", "stand-down")}
    assert "in order" in found.mend


def test_once_everyone_is_reached_a_stand_down_is_silent() -> None:
    everyone = [reached(who) for who in (*PICKETS, "eve ellis", "fay frost", "gus green")]
    no_stall = stall(if_off="stands down", state="declined")
    assert problems(good_plan(OFF, no_stall, decision(), decided(), everyone)) == ()


def test_a_decision_for_two_days_names_the_first_and_counts_the_rest() -> None:
    second = [strike_day("second", date(2015, 12, 8), state=StrikeState.CALLED_OFF), decided(day_id="second")]
    third = [strike_day("third", date(2015, 12, 16), state=StrikeState.CALLED_OFF), decided(day_id="third")]
    assert "called off (and 1 more day): 0 of 8" in only(good_plan(OFF, decision(), decided(), second)).sentence
    assert "called off (and 2 more days): 0 of 8" in only(good_plan(OFF, decision(), decided(), second, third)).sentence


def test_only_the_last_decision_about_a_day_still_holds() -> None:
    """Suspended at six, reinstated at seven, called off at eight: people are told of the last."""
    story = [
        decision("first", StandDownKind.SUSPENDED, "18:00"),
        decided("first"),
        decision("back", StandDownKind.REINSTATED, "19:00"),
        decided("back"),
        decision("last", StandDownKind.CALLED_OFF, "20:00"),
        decided("last"),
    ]
    assert concerns(only(good_plan(OFF, story))) == {("stand_down", "last")}
    assert problems(good_plan(story)) == ()  # the day is on again
    # Off, though the last word was that it is on: nobody can have been told.
    assert codes(good_plan(OFF, story[:4])) == ["nobody-told"]


def test_a_day_off_without_a_stand_down_means_that_nobody_was_told() -> None:
    found = only(good_plan(OFF))
    assert (found.severity, found.code, found.day) == (STAND_DOWN, "nobody-told", "day")
    assert "is called off, and no stand-down says who was told" in found.sentence
    assert concerns(found) == {("strike_day", "day")}
    nothing_planned = strike_day("other", date(2015, 12, 8), state=StrikeState.SUSPENDED)
    assert problems(good_plan(nothing_planned)) == ()
    only_a_rally = [strike_day("other", date(2015, 12, 8), state=StrikeState.SUSPENDED), rally_day("rally", "other")]
    assert codes(good_plan(only_a_rally)) == ["nobody-told"]


@pytest.mark.parametrize("state", [StrikeState.SUSPENDED, StrikeState.CALLED_OFF, StrikeState.SUPERSEDED])
def test_a_day_off_raises_no_alert_about_anything_it_stops(state: StrikeState) -> None:
    """No notice, nobody on the shifts, a clash, private land, a loudspeaker at night: nothing of it matters now."""
    wrong: list[Record] = [
        entrance(keep_clear=True, land_status=LandStatus.PRIVATE),
        picket(times="06:00-11:00", ends=None, loudspeaker=True),
        picket("again", "06:00-10:00"),
        need("shift", Role.PICKET, 9, wished=9, most=9),
        *crowd("shift", 4),
        *two_places(),
        duty("bob brown", "08:00-11:00"),
        rally(expected=None),
    ]
    bad = good_plan(wrong, without=["notice covers day", "insurance", "landowner"])
    assert len(problems(bad)) > 12
    off = strike_day(state=state)
    assert codes(
        good_plan(wrong, off, decision(), decided(), without=["notice covers day", "insurance", "landowner"])
    ) == ["not-reached"]


def test_a_cancelled_picket_raises_no_alert_either() -> None:
    cancelled = picket(cancelled=True, reason="too few", loudspeaker=True, ends=None)
    assert problems(good_plan(cancelled, without=["ann archer on shift"])) == ()


# -------------------------------------------------------------------------------------- to which day it belongs
def test_a_shift_belongs_to_the_day_of_its_picket_its_rally_or_its_stalls_host() -> None:
    plan = good_plan(
        strike_day("earlier", date(2015, 11, 25)),
        covers(day_id="earlier"),
        rally("vigil", "18:00-19:00"),
        rally_day("vigil", "day"),
        rally_day("vigil", "earlier"),
        post("vigil", rally_id=RallyId("vigil")),
        rally("eve", "18:00-19:00", day=4),
        rally_day("eve", "day"),
        rally_day("eve", "earlier"),
        post("eve", rally_id=RallyId("eve")),
        rally("untied", "18:00-19:00", day=date(2015, 11, 25)),
        post("untied", rally_id=RallyId("untied")),
        rally("loose", "18:00-19:00", day=5),
        post("loose", rally_id=RallyId("loose")),
        stall("at the picket", picket_id=PicketId("picket")),
    )
    assert day_of(plan, shift("one", picket_id=PicketId("picket"))) == "day"
    posts = {"vigil": "day", "eve": "earlier", "untied": "earlier", "loose": None}
    for post_id, day_id in posts.items():
        assert day_of(plan, shift("one", post_id=PostId(post_id))) == day_id
    assert day_of(plan, shift("one", stall_id=StallId("stall"))) == "day"
    assert day_of(plan, shift("one", stall_id=StallId("at the picket"))) == "day"


# ------------------------------------------------------------------------------------- what can't be kept
def test_a_row_that_a_merge_left_wrong_is_red_and_all_else_is_still_judged() -> None:
    """The picket was made to end before it starts: it and its shift wait, and the rally is looked at."""
    backwards = picket(starts=at("11:00"), ends=at("08:00"))
    found = problems(good_plan(backwards, rally(expected=None)))
    assert [problem.code for problem in found] == ["picket-wrong", "expected-not-known"]
    assert (found[0].severity, concerns(found[0])) == (RED, {("picket", "picket")})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (settings(walking=0), "settings-wrong"),
        (strike_day(last_date=date(2015, 11, 1)), "strike_day-wrong"),
        (shift("shift", starts=at("11:00"), ends=at("08:00")), "shift-wrong"),
        (stall(rally_id=None), "stall-wrong"),
        (replace(offer("bob brown", "08:00-09:00"), ends=at("07:00")), "availability-wrong"),
        (replace(duty("bob brown", "08:00-09:00"), ends=at("07:00")), "cover-wrong"),
        (rally(expected=-5, steward_ratio=0), "rally-wrong"),
        (replace(shift("odd"), picket_id=None), "shift-wrong"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_wrong_row_stops_the_checks(wrong: Record, code: str) -> None:
    assert code in codes(good_plan(wrong))


def test_a_row_that_belongs_to_nothing_is_red_and_left_out() -> None:
    lost = [on("nobody known"), shift("lost", picket_id=PicketId("gone")), on("bob brown", "lost")]
    found = problems(good_plan(lost))
    assert [(problem.severity, problem.code) for problem in found] == [(RED, "refers-to-nothing")] * 2
    assert {
        "The plan holds a record (assignment) that belongs to a person that is not in it",
        "The plan holds a record (shift) that belongs to a picket that is not in it",
    } == {problem.sentence for problem in found}
    assert concerns(found[0]) == {("assignment", "nobody known on shift")}
    assert found[0].mend


def test_a_day_replaced_by_one_that_is_gone_is_still_a_day() -> None:
    assert problems(good_plan(strike_day(replaced_by_id=StrikeDayId("gone")))) == ()


def test_a_contact_of_the_whole_plan_refers_to_no_rally() -> None:
    assert problems(good_plan(example(Contact, kind=ContactKind.UNION))) == ()


def test_the_builders_here_are_all_used_as_said() -> None:
    assert members()[0].name == "Ann Archer"
    assert EVE < DAY
    assert PersonId("ann archer") in PICKETS
    assert ShiftId("shift") == good_plan().all(Shift)[0].id
