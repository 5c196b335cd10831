"""Every check of rallies and stalls: a plan in which it speaks, and the nearest one in which it is silent."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain import checks
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import PicketId, PostId, RallyId, RouteStepId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.pickets import AssignmentState, Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Problem, Severity
from rallyapp.domain.rallies import (
    Override,
    Permission,
    PermissionKind,
    PermissionState,
    Rally,
    RallyKind,
    Risk,
    RouteStep,
)
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import IfOff, StallState
from tests.domain.building import (
    at,
    between,
    dispute,
    example,
    on,
    post,
    rally,
    settings,
    shift,
    stall,
    strike_day,
    venue,
)
from tests.domain.check_building import (
    EVE,
    RULES_SAY,
    codes,
    concerns,
    decided,
    decision,
    good_plan,
    having,
    need,
    only,
    permission,
    problems,
)

RED, AMBER, INFO, STAND_DOWN = Severity.RED, Severity.AMBER, Severity.INFO, Severity.STAND_DOWN
ENGLAND, WALES, SCOTLAND, NI = Jurisdiction
MARCH, LANDOWNER, INSURANCE = PermissionKind.MARCH_NOTICE, PermissionKind.LANDOWNER, PermissionKind.INSURANCE
PHONE = "07700 900000"
SATURDAY = date(2026, 12, 5)


# ------------------------------------------------------------------------------------------------ marches
def march(where: Jurisdiction, *more: Record, on_: date = SATURDAY, **other: Any) -> Plan:
    """Make a march on Saturday 5 December 2026 that leaves at 12:00, and nothing else but its duty phone."""
    span = between("11:30-14:00", on_)
    walk = rally(
        title="March",
        kind=RallyKind.MARCH,
        starts=span.start,
        ends=span.end,
        expected=20,
        **other,
    )
    papers = [permission(kind) for kind in (LANDOWNER, INSURANCE, PermissionKind.RISK_ASSESSMENT)]
    team: list[Record] = [
        post(),
        shift("stewarding", "11:30-14:00", on_, post_id=PostId("post")),
        need("stewarding", Role.STEWARD, 0, wished=1),
        need("stewarding", Role.FIRST_AIDER, 0, wished=2),
    ]
    return Plan([settings(), dispute(duty_phone=PHONE, jurisdiction=where), venue(), walk, *papers, *team, *more])


def sent(day: str, id: str = "notice", **other: Any) -> Permission:
    """Make a march notice that was sent on that day."""
    return permission(MARCH, id, state=PermissionState.SENT, sent_on=date.fromisoformat(day), **other)


@pytest.mark.parametrize(
    ("where", "last", "too_late"),
    [
        pytest.param(ENGLAND, "2026-11-28", "2026-11-29", id="T13 six clear days in England"),
        pytest.param(WALES, "2026-11-28", "2026-11-29", id="T13 and in Wales"),
        pytest.param(SCOTLAND, "2026-11-07", "2026-11-08", id="T14 28 days in Scotland"),
        pytest.param(NI, "2026-11-07", "2026-11-08", id="T15 28 days in Northern Ireland"),
    ],
)
def test_a_march_notice_is_in_time_or_late(where: Jurisdiction, last: str, too_late: str) -> None:
    # In Scotland the chief constable is told too, and was told long before.
    police = [sent("2026-01-02", "police", body="The chief constable")] if where is SCOTLAND else []
    assert problems(march(where, sent(last), *police)) == ()
    found = only(march(where, sent(too_late), *police))
    assert (found.severity, found.code) == (RED, "march-notice-late")
    assert found.sentence.startswith("March: the march notice was sent on ")
    assert f"{int(too_late[-2:])} Nov 2026, too late." in found.sentence
    assert found.sentence.endswith(RULES_SAY)
    assert concerns(found) == {("rally", "rally"), ("permission", "notice")}
    assert "police" in found.mend


@pytest.mark.parametrize(
    ("today", "severity"),
    [("2026-11-28", AMBER), ("2026-11-29", RED), ("2026-12-05", RED), ("2026-12-06", AMBER)],
)
def test_a_march_without_notice_turns_red_when_the_last_day_has_passed(today: str, severity: Severity) -> None:
    for notices in ([], [permission(MARCH, state=PermissionState.TO_DO)]):
        found = only(march(ENGLAND, *notices), date.fromisoformat(today))
        assert (found.severity, found.code) == (severity, "march-notice-not-sent")
        assert "March: no march notice has been sent. The police must have written notice" in found.sentence
        assert "28 November 2026" in found.sentence
        assert concerns(found) == {("rally", "rally")}
        assert "send it" in found.mend


def test_a_notice_that_is_sent_without_a_day_is_asked_for_its_day() -> None:
    found = only(march(ENGLAND, permission(MARCH, state=PermissionState.SENT)), date(2026, 11, 20))
    assert (found.severity, found.code, found.mend) == (AMBER, "march-notice-not-sent", "enter when")
    assert "it is not entered when the march notice was sent" in found.sentence


def test_a_static_rally_needs_no_notice_and_a_march_and_rally_does() -> None:
    assert problems(good_plan()) == ()
    assert codes(good_plan(rally(expected=10, kind=RallyKind.MARCH_AND_RALLY))) == ["march-notice-not-sent"]


@pytest.mark.parametrize(("where", "free"), [(ENGLAND, True), (WALES, True), (SCOTLAND, False), (NI, False)])
def test_a_customary_march_is_free_in_england_and_wales_only(where: Jurisdiction, free: bool) -> None:
    """R2 is section 11(2) of the Public Order Act 1986, which is not the law of marches elsewhere."""
    assert codes(march(where, customary="every May Day since 1891")) == ([] if free else ["march-notice-not-sent"])
    assert codes(march(where, customary="  ")) == ["march-notice-not-sent"]


@pytest.mark.parametrize(("where", "waives"), [(SCOTLAND, True), (ENGLAND, False), (NI, False)])
def test_a_council_may_waive_the_time_in_scotland_only(where: Jurisdiction, waives: bool) -> None:
    police = [sent("2026-11-30", "police", body="The chief constable")] if where is SCOTLAND else []
    late = sent("2026-12-01", waiver="waived by the council, 1 December")
    assert codes(march(where, late, *police)) == ([] if waives else ["march-notice-late"])
    after = replace(late, sent_on=date(2026, 12, 6))
    assert codes(march(where, after, *police)) == ["march-notice-late"]  # after the march it tells nobody anything
    blank = codes(march(where, sent("2026-12-01", waiver=" ")))
    assert "march-notice-late" in blank
    assert ("march-notice-not-sent" in blank) is waives  # in Scotland somebody else is to be told too
    # What the council was told must still be what happens.
    other_time = replace(late, sent_for=at("10:00", SATURDAY))
    assert "march-notice-changed" in codes(march(where, other_time))


def test_a_waiver_shortens_the_period_and_the_notices_are_still_owed() -> None:
    """R4: waived, a notice that nobody sent is amber to the end; applied for, the period is what it was."""

    def owed(waiver: str, *more: Record, today: date = date(2026, 12, 4)) -> list[tuple[Severity, str]]:
        notice = permission(MARCH, "notice", state=PermissionState.TO_DO, waiver=waiver, body="Glasgow City Council")
        found = problems(march(SCOTLAND, notice, *more), today)
        return [(each.severity, each.sentence) for each in found]

    waived = owed("given on 10 November, GCC/14")
    assert [severity for severity, _ in waived] == [AMBER]
    assert "no march notice has been sent. The council waived the period; the notice is still owed." in waived[0][1]
    assert waived[0][1].endswith(RULES_SAY)
    police = sent("2026-10-01", "police", body="Police Scotland")
    assert "no march notice to the council has been sent" in owed("given, GCC/14", police)[0][1]
    applied = owed("applied for on 3 November")
    assert [severity for severity, _ in applied] == [RED]
    assert "Saturday 7 November 2026" in applied[0][1]
    assert [each for each, _ in owed("applied for on 3 November", today=date(2026, 11, 7))] == [AMBER]
    late = sent("2026-12-01", waiver="applied for on 3 November")
    assert "march-notice-late" in codes(march(SCOTLAND, late, police))


def test_in_scotland_whoever_was_not_told_is_named() -> None:
    """R4: the council and the chief constable each have a notice."""
    assert "no march notice has been sent" in only(march(SCOTLAND)).sentence
    council = sent("2026-10-01", "council", body="Glasgow City Council")
    found = only(march(SCOTLAND, council))
    assert "no march notice to the chief constable has been sent" in found.sentence
    police = permission(MARCH, "police", body="Police Scotland", state=PermissionState.SENT)
    found = only(march(SCOTLAND, council, police))
    assert "it is not entered when the march notice to the chief constable was sent" in found.sentence
    assert concerns(found) == {("rally", "rally"), ("permission", "police")}
    assert problems(march(SCOTLAND, council, replace(police, sent_on=date(2026, 10, 1)))) == ()


def test_in_northern_ireland_a_notice_makes_a_rally_a_related_protest_meeting() -> None:
    """R5: 14 days; a rally without such a notice is taken for one that is related to no march."""

    def stands(*more: Record) -> Plan:
        plan = march(NI, *more)
        walk = plan.get(Rally, RallyId("rally"))
        return plan.changed([replace(walk, kind=RallyKind.STATIC, steward_ratio=20)], [])

    assert problems(stands()) == ()
    assert problems(stands(sent("2026-11-21"))) == ()
    found = only(stands(sent("2026-11-22")))
    assert found.code == "march-notice-late"
    assert "14 days" in found.sentence
    assert "the notice of a protest meeting was sent on Sun 22 Nov 2026, too late" in found.sentence
    todo = permission(MARCH, "notice", state=PermissionState.TO_DO)
    assert "no notice of a protest meeting has been sent" in only(stands(todo), date(2026, 11, 22)).sentence


def test_a_march_that_starts_at_another_time_than_the_notice_said_is_red() -> None:
    said = sent("2026-11-20", sent_for=at("11:30", SATURDAY))
    assert problems(march(ENGLAND, said)) == ()
    found = only(march(ENGLAND, said, move_off=at("11:45", SATURDAY), assemble=at("11:00", SATURDAY)), EVE)
    assert found.code == "rally-wrong"  # it moves off after it started, which no rally does
    plan = march(ENGLAND, said, assemble=at("11:00", SATURDAY), move_off=at("11:15", SATURDAY))
    found = only(plan)
    assert (found.severity, found.code, found.mend) == (RED, "march-notice-changed", "send a new notice")
    assert "the march notice says Sat 5 Dec 2026 11:30, the plan says Sat 5 Dec 2026 11:15. Rules" in found.sentence
    assert concerns(found) == {("rally", "rally"), ("permission", "notice")}
    assert problems(march(ENGLAND, replace(said, sent_for=at("11:15", SATURDAY)), move_off=at("11:15", SATURDAY))) == ()
    a_week_before = replace(said, sent_for=at("11:30", date(2026, 11, 28)))
    assert "says Sat 28 Nov 2026 11:30" in only(march(ENGLAND, a_week_before)).sentence


def step(position: int, instruction: str, **other: Any) -> RouteStep:
    """Make a step of the march's route."""
    id = RouteStepId(f"step {position} {instruction}")
    return example(RouteStep, id=id, position=position, instruction=instruction, **other)


def test_a_march_that_goes_another_way_than_the_notice_said_is_red() -> None:
    route = [step(2, "Right into Above Bar"), step(1, "Up the High Street")]
    said = sent("2026-11-20", sent_route="Up the High Street\n\n  Right into  Above Bar\n")
    assert problems(march(ENGLAND, said, *route)) == ()
    assert problems(march(ENGLAND, sent("2026-11-20"), *route)) == ()  # the notice's route was not entered
    shorter = step(3, "Straight across the square", accessible=True)
    assert problems(march(ENGLAND, said, *route, shorter)) == ()
    found = only(march(ENGLAND, said, *route, step(3, "Left into the park")))
    assert (found.severity, found.code, found.mend) == (RED, "march-route-changed", "send a new notice")
    assert found.sentence == f"March: the route has changed since the march notice was sent. {RULES_SAY}"
    assert concerns(found) == {("rally", "rally"), ("permission", "notice")}


def test_a_new_notice_to_the_same_body_puts_a_changed_march_right() -> None:
    """In Scotland the council and the chief constable each get one; only the last to each counts."""
    old = sent("2026-10-01", "old", body="Glasgow City Council", sent_for=at("10:00", SATURDAY))
    new = sent("2026-10-08", "new", body=" glasgow city  council ", sent_for=at("11:30", SATURDAY))
    police = sent("2026-10-01", "police", body="Police Scotland", sent_for=at("11:30", SATURDAY))
    assert problems(march(SCOTLAND, new, old, police)) == ()
    assert codes(march(SCOTLAND, old, police)) == ["march-notice-changed"]
    assert codes(march(SCOTLAND, new, replace(police, sent_on=date(2026, 11, 20)))) == ["march-notice-late"]


def test_where_a_later_table_asks_for_no_notice_none_is_missed() -> None:
    table = copy.deepcopy(json.loads(carried.path("law.json").read_text(encoding="utf-8")))
    next(row for row in table["rules"] if row["id"] == "R1")["to"] = "2026-06-30"
    found = checks.run(march(ENGLAND), Rules.of(table), holidays=carried.bank_holidays, today=EVE)
    assert found == ()


def test_a_rally_of_no_strike_day_follows_the_law_of_the_plans_dispute() -> None:
    assert "28 days" in only(march(SCOTLAND)).sentence
    of_no_dispute = Plan([*march(SCOTLAND).all(Rally), venue()])
    assert "six clear days" in having("march-notice-not-sent", of_no_dispute)[0].sentence


# --------------------------------------------------------------------------------------------------- noise
def loud(times: str, **other: Any) -> Rally:
    """Make a rally with a loudspeaker."""
    return rally(times=times, expected=100, loudspeaker=True, **other)


@pytest.mark.parametrize("where", [ENGLAND, WALES, SCOTLAND])
def test_a_loudspeaker_at_a_rally_after_nine_in_the_evening_is_red(where: Jurisdiction) -> None:
    there = dispute(duty_phone=PHONE, jurisdiction=where)
    found = only(good_plan(there, loud("19:00-22:00")))
    assert (found.severity, found.code, found.day) == (RED, "loudspeaker", "day")
    assert found.sentence == f"Regional rally: no loudspeaker in the street 21:00\u201322:00. {RULES_SAY}"
    assert found.mend == "leave it off 21:00\u201322:00, or ask the council for consent"
    assert concerns(found) == {("rally", "rally")}
    assert problems(good_plan(there, loud("19:00-21:00"))) == ()
    assert problems(good_plan(there, rally(times="19:00-22:00", expected=100))) == ()


def test_no_law_in_northern_ireland_forbids_it() -> None:
    assert problems(good_plan(dispute(duty_phone=PHONE, jurisdiction=NI), loud("19:00-22:00"))) == ()


def test_assembling_before_eight_counts() -> None:
    early = loud("08:30-10:00", assemble=at("07:30"))
    assert "07:30\u201308:00" in only(good_plan(early)).sentence


@pytest.mark.parametrize(
    ("state", "consented"),
    [
        (PermissionState.GRANTED, True),
        (PermissionState.NOT_NEEDED, False),
        (PermissionState.SENT, False),
        (PermissionState.APPLIED, False),
        (PermissionState.REFUSED, False),
    ],
)
def test_only_the_councils_consent_lifts_it(state: PermissionState, consented: bool) -> None:
    plan = good_plan(loud("19:00-22:00"), permission(PermissionKind.LOUDSPEAKER, state=state))
    assert ("loudspeaker" not in codes(plan)) is consented


def test_a_consent_that_was_not_needed_at_noon_is_needed_before_eight() -> None:
    """A rally that is moved into the banned hours keeps what was entered of its consent."""
    idle = permission(PermissionKind.LOUDSPEAKER, "consent", state=PermissionState.NOT_NEEDED)
    assert problems(good_plan(loud("11:30-13:30"), idle)) == ()
    found = only(good_plan(loud("07:15-09:30"), idle))
    assert (found.severity, found.code) == (RED, "loudspeaker")
    assert (
        "no loudspeaker in the street 07:15\u201308:00; the consent is entered as not needed. Rules" in found.sentence
    )
    assert concerns(found) == {("rally", "rally"), ("permission", "consent")}


def test_a_consent_that_has_run_out_lifts_nothing() -> None:
    out = permission(PermissionKind.LOUDSPEAKER, expires_on=date(2015, 11, 30))
    assert codes(good_plan(loud("19:00-22:00"), out)) == ["loudspeaker", "runs-out"]
    assert codes(good_plan(loud("19:00-22:00"), replace(out, expires_on=date(2015, 12, 1)))) == []


def test_every_banned_part_is_told() -> None:
    found = only(good_plan(loud("07:00-22:30")))
    assert "no loudspeaker in the street 07:00\u201308:00 and 21:00\u201322:30. Rules" in found.sentence
    assert found.mend == "leave it off 07:00\u201308:00 and 21:00\u201322:30, or ask the council for consent"


def test_what_runs_out_on_the_very_day_covers_a_rally_to_midnight_and_none_beyond() -> None:
    insurance = permission(INSURANCE, expires_on=date(2015, 12, 1))
    for minutes, said in ((0, []), (1, ["runs-out"])):
        ends = datetime(2015, 12, 2, 0, minutes)
        assert [
            code for code in codes(good_plan(rally(ends=ends, expected=100), insurance)) if code == "runs-out"
        ] == said


# --------------------------------------------------------------------------------------------- the numbers
def test_a_rally_of_nobody_knows_how_many_is_amber() -> None:
    found = only(good_plan(rally()))
    assert (found.severity, found.code, found.day) == (AMBER, "expected-not-known", "day")
    assert "how many people are expected is not entered" in found.sentence
    assert "enter a figure" in found.mend


@pytest.mark.parametrize(
    ("changes", "expected", "sentence"),
    [
        pytest.param({}, 101, "1 steward is planned; 2 for 101 expected, 1 per 100 (", id="static"),
        pytest.param({"steward_ratio": 20}, 100, "1 steward is planned; 5 for 100 expected, 1 per 20 (", id="own"),
        pytest.param({"customary": "yes", "kind": RallyKind.MARCH}, 51, "1 steward is planned; 2 for 51", id="march"),
    ],
)
def test_fewer_stewards_than_the_figure_are_amber(changes: dict[str, Any], expected: int, sentence: str) -> None:
    found = only(good_plan(rally(expected=expected, **changes)))
    assert (found.severity, found.code, found.day) == (AMBER, "few-stewards", "day")
    assert found.sentence.startswith(f"Regional rally: {sentence}")
    assert found.sentence.endswith("planning figure, not law.")
    assert "ratio" in found.mend
    assert problems(good_plan(rally(expected=expected - 1, **{**changes, "steward_ratio": 100}))) == ()


def test_stewards_are_counted_at_the_busiest_moment() -> None:
    """Two shifts hand over at one post; a cancelled one, a declined steward and a first aider do not count.

    ============ ===== =====
    Stage left   11:30 12:30
    ============ ===== =====
    wanted         1     3
    ============ ===== =====
    """
    handover = [
        shift("stewarding", "11:30-12:30", post_id=PostId("post")),
        shift("second", "12:30-13:30", post_id=PostId("post")),
        need("second", Role.STEWARD, 0, wished=3),
    ]
    assert codes(good_plan(rally(expected=300), handover)) == []
    assert "3 stewards are planned; 4 for 400" in only(good_plan(rally(expected=400), handover)).sentence
    chief = need("second", Role.CHIEF_STEWARD, 0, wished=1)
    assert codes(good_plan(rally(expected=400), handover, chief)) == []
    at_another_time = need("stewarding", Role.CHIEF_STEWARD, 0, wished=1)
    assert codes(good_plan(rally(expected=400), handover, at_another_time)) == ["few-stewards"]
    off = shift("second", "12:30-13:30", post_id=PostId("post"), cancelled=True, reason="rain")
    assert codes(good_plan(rally(expected=300), handover, off)) == ["few-stewards"]


def test_stewards_who_are_down_without_a_need_count_too() -> None:
    without = ["steward on stewarding"]
    assert codes(good_plan(without=without)) == []
    declined = on("eve ellis", "stewarding", Role.STEWARD, state=AssignmentState.DECLINED)
    assert "0 stewards are planned; 1 for 100" in only(good_plan(declined, without=without)).sentence


def test_fewer_first_aiders_than_the_planning_figure_are_amber() -> None:
    found = only(good_plan(need("aiding", Role.FIRST_AIDER, 1), without=["fay frost on aiding"]))
    assert (found.severity, found.code, found.day) == (AMBER, "few-first-aiders", "day")
    assert "1 first aider is planned; 2 for 100 expected: 2 up to 1,000, then 2 per 1,000" in found.sentence
    assert "planning figure, not law." in found.sentence
    assert "first-aid post" in found.mend


def test_more_than_the_place_holds_is_amber() -> None:
    assert problems(good_plan(venue(capacity=100))) == ()
    found = only(good_plan(venue(capacity=99)))
    assert (found.severity, found.code, found.day) == (AMBER, "over-capacity", "day")
    assert found.sentence == "Regional rally: 100 are expected where 99 have room"
    assert "larger place" in found.mend


def test_martyns_law_is_a_note_for_800_people_behind_entry_checks() -> None:
    team = need("stewarding", Role.STEWARD, 1, wished=8, most=8)
    assert problems(good_plan(team, rally(expected=800))) == ()
    assert problems(good_plan(team, rally(expected=799, entry_checks=True))) == ()
    found = only(good_plan(team, rally(expected=800, entry_checks=True)))
    assert (found.severity, found.code, found.day) == (INFO, "martyns-law", "day")
    assert (
        "800 are expected and people are checked at the entry. Martyn's Law, expected from April 2027" in found.sentence
    )
    assert found.sentence.endswith(RULES_SAY)


# ------------------------------------------------------------------------------------------- permissions
@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        (LANDOWNER, "no-landowner", "the landowner has not agreed"),
        (INSURANCE, "no-insurance", "no public liability insurance is entered"),
        (PermissionKind.RISK_ASSESSMENT, "no-risk-assessment", "the risk assessment has not been shared"),
    ],
)
def test_what_every_rally_needs_is_amber_until_it_is_there(kind: PermissionKind, code: str, words: str) -> None:
    id = kind.name.lower()
    found = only(good_plan(without=[id]))
    assert (found.severity, found.code, found.day) == (AMBER, code, "day")
    assert found.sentence == f"Regional rally: {words}"
    assert concerns(found) == {("rally", "rally")}
    assert found.mend == "enter how far it has come"
    late = only(good_plan(permission(kind, state=PermissionState.LATE)))
    open_ = "the public liability insurance is not in force yet" if kind is INSURANCE else words
    assert late.sentence == f"Regional rally: {open_} (late application)"
    assert concerns(late) == {("rally", "rally"), ("permission", id)}
    assert problems(good_plan(permission(kind, state=PermissionState.NOT_NEEDED))) == ()


def test_a_landowner_who_was_only_asked_has_not_agreed() -> None:
    """A certificate that was sent is sent; a request that was sent is not an answer."""
    asked = permission(LANDOWNER, state=PermissionState.SENT)
    assert only(good_plan(asked)).sentence == "Regional rally: the landowner has not agreed (sent)"
    assert problems(good_plan(permission(INSURANCE, state=PermissionState.SENT))) == ()


def test_a_day_after_the_rally_is_amber() -> None:
    found = only(good_plan(permission(LANDOWNER, sent_on=date(2016, 11, 20))))
    assert (found.severity, found.code, found.mend) == (AMBER, "day-after-rally", "check the year")
    assert found.sentence == (
        "Regional rally: landowner's permission: sent on Sun 20 Nov 2016, after the rally (Tue 1 Dec 2015)"
    )


def test_each_of_two_landowners_must_agree() -> None:
    council = permission(LANDOWNER, "council", state=PermissionState.APPLIED)
    assert only(good_plan(council)).code == "no-landowner"


def test_what_was_refused_is_said_once() -> None:
    found = only(good_plan(permission(LANDOWNER, state=PermissionState.REFUSED)))
    assert (found.severity, found.code, found.day) == (AMBER, "refused", "day")
    assert found.sentence == "Regional rally: landowner's permission was refused"
    assert concerns(found) == {("rally", "rally"), ("permission", "landowner")}
    assert "another place" in found.mend


@pytest.mark.parametrize(
    ("deadline", "today", "overdue"),
    [("2015-11-24", "2015-11-24", False), ("2015-11-24", "2015-11-25", True), ("2015-11-24", "2015-12-02", False)],
)
def test_what_is_to_do_after_its_day_is_overdue(deadline: str, today: str, overdue: bool) -> None:
    closing = permission(
        PermissionKind.ROAD_CLOSURE, "closing", state=PermissionState.TO_DO, deadline=date.fromisoformat(deadline)
    )
    found = problems(good_plan(closing), date.fromisoformat(today))
    assert [problem.code for problem in found] == (["overdue"] if overdue else [])
    for problem in found:
        assert (problem.severity, problem.day) == (AMBER, "day")
        assert problem.sentence == "Regional rally: road closure was due by Tue 24 Nov 2015"
        assert concerns(problem) == {("rally", "rally"), ("permission", "closing")}
        assert "late is possible" in problem.mend


def test_a_lead_time_gives_the_day_where_none_was_entered() -> None:
    closing = permission(PermissionKind.ROAD_CLOSURE, "closing", state=PermissionState.TO_DO, lead_days=7)
    assert problems(good_plan(closing), date(2015, 11, 24)) == ()
    assert "due by Tue 24 Nov 2015" in only(good_plan(closing), date(2015, 11, 25)).sentence
    assert problems(good_plan(replace(closing, lead_days=None))) == ()
    assert problems(good_plan(replace(closing, state=PermissionState.APPLIED))) == ()
    assert problems(good_plan(replace(closing, sent_on=date(2015, 11, 26)))) == ()
    assert problems(good_plan(replace(closing, kind=MARCH))) == ()  # a static rally needs none


def test_an_insurance_that_runs_out_before_the_rally_is_over_is_amber() -> None:
    assert problems(good_plan(permission(INSURANCE, expires_on=date(2015, 12, 1)))) == ()
    found = only(good_plan(permission(INSURANCE, expires_on=date(2015, 11, 30))))
    assert (found.severity, found.code, found.day) == (AMBER, "runs-out", "day")
    assert found.sentence == (
        "Regional rally: public liability insurance runs out on Mon 30 Nov 2015, before the rally is over"
    )
    assert found.mend == "have it renewed"


# ------------------------------------------------------------------------------------- the risk assessment
def risk(**other: Any) -> Risk:
    """Make a hazard that is well under control."""
    return example(Risk, **{"likelihood": 4, "severity": 5, "left_likelihood": 2, "left_severity": 5, **other})


def test_a_hazard_that_is_left_very_high_or_grew_by_what_is_done_is_amber() -> None:
    assert problems(good_plan(risk())) == ()
    assert problems(good_plan(risk(left_likelihood=None, left_severity=None))) == ()
    found = only(good_plan(risk(left_likelihood=3)))
    assert (found.severity, found.code, found.day) == (AMBER, "risk-very-high", "day")
    assert found.sentence == "Regional rally: \u201cCables\u201d is still very high (15) after what is done about it"
    assert concerns(found) == {("rally", "rally"), ("risk", "risk")}
    grown = only(good_plan(risk(likelihood=1)))
    assert (grown.code, grown.mend) == ("risk-figures", "judge both figures again")
    assert "\u201cCables\u201d: more is left after the control (10) than there was before it (5)" in grown.sentence
    assert only(good_plan(risk(left_severity=None))).code == "risk-figures"


# ---------------------------------------------------------------------------------------------- the stalls
def papers(**other: Any) -> dict[str, Any]:
    """Give the fields of a stall whose papers were seen, with the named ones otherwise."""
    return {"insurance_seen": True, "risk_assessment_seen": True, "if_off": IfOff.STANDS_DOWN, **other}


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("insurance_seen", "stall-insurance", "insurance not seen"),
        ("risk_assessment_seen", "stall-risk", "risk assessment not seen"),
    ],
)
def test_a_confirmed_stall_whose_papers_were_not_seen_is_amber(field: str, code: str, words: str) -> None:
    found = only(good_plan(stall(**papers(**{field: False}))))
    assert (found.severity, found.code, found.day) == (AMBER, code, "day")
    assert found.sentence == f"Anthony Nolan stall: {words}"
    assert concerns(found) == {("stall", "stall")}
    assert found.mend == "ask for a copy"
    for state in set(StallState) - {StallState.CONFIRMED}:
        assert problems(good_plan(stall(state=state, **papers(**{field: False})))) == ()


def test_money_collected_without_a_permit_is_amber() -> None:
    found = only(good_plan(stall(**papers(money_collected=True, permit=" "))))
    assert (found.severity, found.code, found.day) == (AMBER, "stall-money", "day")
    assert found.sentence == "Anthony Nolan stall: money is collected and no permit is entered"
    assert "permit" in found.mend
    assert problems(good_plan(stall(**papers(money_collected=True, permit="SCC 12")))) == ()


OFF: list[Record] = [strike_day(state=StrikeState.CALLED_OFF), decision(), decided()]


@pytest.mark.parametrize("if_off", IfOff)
def test_when_the_strike_is_off_a_stall_decides_for_itself(if_off: IfOff) -> None:
    found = having("stall-undecided", good_plan(OFF, stall(**papers(if_off=if_off))))
    assert bool(found) is (if_off is IfOff.UNDECIDED)
    for problem in found:
        assert (problem.severity, problem.day) == (STAND_DOWN, "day")
        assert "the partner has not said whether it comes all the same" in problem.sentence
        assert concerns(problem) == {("stall", "stall")}
        assert "ask the partner" in problem.mend
    assert problems(good_plan(stall(**papers(if_off=if_off)))) == ()


def test_a_stall_at_a_picket_belongs_to_the_pickets_day() -> None:
    at_picket = stall(picket_id=PicketId("picket"), **papers(insurance_seen=False))
    assert only(good_plan(at_picket)).day == "day"


# ------------------------------------------------------------------------------------ against its own day
def test_a_rally_that_goes_ahead_though_its_day_is_off_is_said_and_still_judged() -> None:
    decided_otherwise = {"override": Override.GOES_AHEAD, "override_by": "Branch", "override_reason": "hall is paid"}
    plan = good_plan(OFF, rally(**decided_otherwise))
    (found,) = having("goes-ahead", plan)
    assert (found.severity, found.day) == (STAND_DOWN, "day")
    assert found.sentence == ("Regional rally goes ahead though its strike day is called off (Branch: hall is paid)")
    assert concerns(found) == {("rally", "rally")}
    assert "still on" in found.mend
    assert having("expected-not-known", plan)
    assert problems(good_plan(rally(expected=100, **decided_otherwise))) == ()
    follows = good_plan(OFF, rally())
    assert codes(follows) == ["not-reached"]


def test_a_rally_that_is_stood_down_by_itself_raises_nothing() -> None:
    off = rally(override=Override.STOOD_DOWN, override_by="Branch", override_reason="storm", loudspeaker=True)
    assert problems(good_plan(off, without=["insurance", "eve ellis on stewarding"])) == ()


def test_the_words_of_a_rally_say_which_one() -> None:
    second = [
        rally("second", title="Vigil", times="18:00-19:00", day=5),
        shift("x", "18:00-19:00", day=5, post_id=PostId("x")),
        post("x", rally_id=RallyId("second")),
    ]
    found: list[Problem] = [each for each in problems(good_plan(second)) if ("rally", "second") in concerns(each)]
    assert found
    assert all(problem.sentence.startswith("Vigil: ") and problem.day is None for problem in found)
