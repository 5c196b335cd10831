"""What a rally asks leave for and tells others: what is called for, by when, how it stands, what was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain import notice_facts, permission_days, permission_states, wanted
from rallyapp.domain.ids import ContactId, PermissionId, PlanNoteId, RallyId, RouteStepId, TeamMemberId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.permission_words import How, with_article
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.pounds import parse_pounds, pounds_words
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    Permission,
    PermissionKind,
    PermissionState,
    PlanNote,
    RallyKind,
    RouteStep,
    Section,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.records import Record
from rallyapp.domain.typed import typed_day
from rallyapp.domain.waivers import Waiver, waiver_read
from tests.domain.building import at, partner, person, post, rally, settings, shift, stall, venue
from tests.domain.check_building import need, permission

ENGLAND, WALES, SCOTLAND, NI = Jurisdiction
KIND, STATE = PermissionKind, PermissionState
DAY = date(2015, 12, 1)
MARCH = {"kind": RallyKind.MARCH, "move_off": at("11:45")}


def case(*more: Record, where: Jurisdiction = ENGLAND, **other: Any) -> Permitting:
    """Make the rally of 1 December 2015 with some records more."""
    made = rally(**{"expected": 500, **other})
    return Permitting(plan=Plan([settings(), venue(), made, *more]), rally=made, rules=carried.law(), where=where)


def step(position: int, instruction: str, **other: Any) -> RouteStep:
    """Make a step of the route."""
    id = RouteStepId(f"{position} {instruction}")
    return RouteStep(id=id, rally_id=RallyId("rally"), position=position, instruction=instruction, **other)


def todo(kind: PermissionKind, id: str = "", **other: Any) -> Permission:
    """Make one that is yet to do."""
    return permission(kind, id, **{"state": STATE.TO_DO, **other})


def called(of: Permitting) -> list[str]:
    """Name what a rally calls for, with how strongly."""
    return [f"{want.kind.name} {want.call.name}" for want in wanted.wants(of)]


def rule_id(of: Permitting, kind: PermissionKind) -> str:
    """Name the rule behind a kind."""
    found = of.rule(kind)
    return found.id if found else ""


# ------------------------------------------------------------------------------------- what is called for
def test_a_rally_that_stands_calls_for_leave_and_a_voluntary_notice() -> None:
    of = case()
    assert called(of) == [
        "POLICE_VOLUNTARY VOLUNTARY",
        "LANDOWNER ASKED",
        "COUNCIL ASKED",
        "INSURANCE ASKED",
        "RISK_ASSESSMENT ASKED",
    ]
    assert of.law_words[0] == "There is no duty to tell the police of a static rally; telling them is voluntary."
    assert case(where=SCOTLAND).law_words == ("", None)
    assert rule_id(of, KIND.LANDOWNER) == "R8"
    assert of.rule(KIND.COLLECTION) is of.rule(KIND.ROAD_CLOSURE) is of.rule(KIND.MARCH_NOTICE) is None
    assert case(where=NI).rule(KIND.RISK_ASSESSMENT) is None


def test_a_march_is_told_by_law_and_asks_for_the_road() -> None:
    of = case(**MARCH)
    assert called(of)[:2] == ["MARCH_NOTICE LAW", "LANDOWNER ASKED"]
    assert "ROAD_CLOSURE ASKED" in called(of)
    assert "POLICE_VOLUNTARY VOLUNTARY" not in called(of)
    assert "by Tuesday 24 November 2015" in of.law_words[0]
    assert rule_id(of, KIND.MARCH_NOTICE) == "R1"


def test_a_customary_march_needs_no_notice_in_england_and_wales_only() -> None:
    of = case(**MARCH, customary="every May Day since 1891")
    assert "MARCH_NOTICE LAW" not in called(of)
    assert of.law_words[0] == "A march that is commonly or customarily held needs no notice to the police."
    assert called(case(**MARCH, customary="every May Day", where=NI))[0] == "MARCH_NOTICE LAW"


def test_in_scotland_the_council_and_the_chief_constable_are_both_told() -> None:
    of = case(**MARCH, where=SCOTLAND)
    assert [(want.body, want.entered) for want in wanted.wants(of)][:2] == [
        ("The council", ()),
        ("The chief constable", ()),
    ]
    unnamed, police = todo(KIND.MARCH_NOTICE, "one"), todo(KIND.MARCH_NOTICE, "two", body="Police Scotland")
    council = todo(KIND.MARCH_NOTICE, "three", body="Glasgow City Council")

    def told(*notices: Permission) -> list[list[str]]:
        found = wanted.wants(case(*notices, **MARCH, where=SCOTLAND))
        return [[str(one.id) for one in want.entered] for want in found[:2]]

    assert told(unnamed) == [["one"], []]
    assert told(unnamed, police) == [["one"], ["two"]]
    assert told(unnamed, council) == [["three"], ["one"]]
    assert told(unnamed, council, police) == [["three", "one"], ["two"]]


def test_in_northern_ireland_a_notice_says_that_a_rally_is_a_related_protest_meeting() -> None:
    of = case(where=NI)
    assert called(of)[0] == "MARCH_NOTICE PERHAPS"
    assert KIND.MARCH_NOTICE not in [want.kind for want in wanted.lacking(of)]
    notice = todo(KIND.MARCH_NOTICE)
    meant = case(notice, where=NI)
    due = meant.due(notice)
    assert due is not None
    assert due.day == date(2015, 11, 17)
    assert meant.law_words[0].startswith("The police must have 14 days' notice")
    assert case(todo(KIND.MARCH_NOTICE, state=STATE.NOT_NEEDED), where=NI).notice_law is None
    assert case(notice).notice_law is None


def test_a_kind_is_called_what_it_is_there() -> None:
    assert case(**MARCH).called(KIND.MARCH_NOTICE) == "march notice to the police"
    assert case(**MARCH, where=SCOTLAND).called(KIND.MARCH_NOTICE) == "march notice"
    assert case(**MARCH, where=NI).called(KIND.MARCH_NOTICE) == "march notice to the police"
    assert case(where=NI).called(KIND.MARCH_NOTICE) == "notice of a protest meeting"
    assert case(where=SCOTLAND).called(KIND.MARCH_NOTICE) == "march notice"  # no meeting is told of there
    assert case(where=NI).called(KIND.LANDOWNER) == "landowner's permission"
    assert [with_article(kind) for kind in (KIND.COUNCIL, KIND.OTHER, KIND.INSURANCE, KIND.ROAD_CLOSURE)] == [
        "a request to the council events team",
        "a permission",
        "public liability insurance",
        "a road closure",
    ]


def test_loudspeakers_and_money_call_for_leave_only_where_they_are_there() -> None:
    late = case(loudspeaker=True, times="19:00-22:00")
    assert "LOUDSPEAKER LAW" in called(late)
    assert "21:00\u201322:00" in next(want.why for want in wanted.wants(late) if want.kind is KIND.LOUDSPEAKER)
    assert "LOUDSPEAKER LAW" not in called(case(loudspeaker=True))
    assert "LOUDSPEAKER LAW" not in called(case(times="19:00-22:00"))
    money = case(partner(), stall(money_collected=True))
    assert f"Money is collected ({partner().name} stall)" in wanted.wants(money)[3].why
    assert "COLLECTION ASKED" not in called(case(partner(), stall(money_collected=True, permit="C/12")))
    assert "COLLECTION ASKED" not in called(case(partner(), stall()))


def test_what_is_offered_goes_to_whom_the_plan_knows() -> None:
    contacts = (
        Contact(id=ContactId("a"), kind=ContactKind.POLICE, organisation="Hampshire Constabulary"),
        Contact(id=ContactId("b"), rally_id=RallyId("rally"), kind=ContactKind.COUNCIL, name="Events desk"),
        Contact(id=ContactId("c"), kind=ContactKind.COUNCIL, organisation="County council"),
        Contact(id=ContactId("d"), rally_id=RallyId("another"), kind=ContactKind.COUNCIL, name="Elsewhere"),
    )
    of = case(*contacts, venue(landowner="City council"))
    bodies = {want.kind: want.body for want in wanted.wants(of)}
    assert bodies[KIND.POLICE_VOLUNTARY] == "Hampshire Constabulary"
    assert (bodies[KIND.COUNCIL], bodies[KIND.LANDOWNER], bodies[KIND.INSURANCE]) == ("Events desk", "City council", "")
    lacking = wanted.lacking(case(*contacts, permission(KIND.INSURANCE)))
    assert KIND.INSURANCE not in [want.kind for want in lacking]
    made = wanted.made(of, lacking[0], PermissionId("new"))
    assert (made.rally_id, made.kind, made.body) == ("rally", KIND.POLICE_VOLUNTARY, "Hampshire Constabulary")
    assert made.state is STATE.TO_DO


# ------------------------------------------------------------------------------------ by when, how it stands
def stands(one: Permission, today: str, **other: Any) -> tuple[str, str, How]:
    """Say how one stands on a day."""
    found = case(one, **other).standing(one, date.fromisoformat(today))
    return found.word, found.words, found.how


@pytest.mark.parametrize(
    ("today", "words", "how"),
    [
        ("2015-11-16", "due by Tue 24 Nov 2015 (8 days left)", How.TO_DO),
        ("2015-11-17", "due by Tue 24 Nov 2015 (7 days left)", How.SOON),
        ("2015-11-23", "due by Tue 24 Nov 2015 (1 day left)", How.SOON),
        ("2015-11-24", "due by Tue 24 Nov 2015 (today)", How.SOON),
        ("2015-11-25", "late: it was due Tue 24 Nov 2015; ask whether late is possible", How.LATE),
        ("2015-12-02", "was not done", How.OFF),
    ],
)
def test_a_lead_time_runs_down_and_late_is_a_question(today: str, words: str, how: How) -> None:
    one = todo(KIND.LANDOWNER, lead_days=7)
    assert stands(one, today)[1:] == (words, how)
    due = case(one).due(one)
    assert due is not None
    assert due.why == "They ask for 7 days: that is by Tue 24 Nov 2015."


def test_an_own_day_goes_before_a_lead_time_and_never_past_the_law() -> None:
    own = todo(KIND.COUNCIL, lead_days=7, deadline=date(2015, 11, 20))
    due = case(own).due(own)
    assert due is not None
    assert (due.day, due.rule) == (date(2015, 11, 20), None)
    assert stands(todo(KIND.COUNCIL), "2015-11-20")[1] == "to do; no last day is known"
    for day, last in (("2015-11-20", 20), ("2015-11-28", 24)):
        notice = todo(KIND.MARCH_NOTICE, deadline=date.fromisoformat(day))
        due = case(notice, **MARCH).due(notice)
        assert due is not None
        assert due.day == date(2015, 11, last)
    notice = todo(KIND.MARCH_NOTICE)
    word, words, how = stands(notice, "2015-11-25", **MARCH)
    assert (word, how) == ("late", How.WRONG)
    assert words.endswith("send it as soon as you can")


@pytest.mark.parametrize(
    ("one", "word", "words", "how"),
    [
        (permission(KIND.LANDOWNER, state=STATE.NOT_NEEDED), "not needed", "not needed", How.OFF),
        (permission(KIND.LANDOWNER, state=STATE.REFUSED), "refused", "refused", How.WRONG),
        (
            permission(KIND.LANDOWNER, reference="L/1", answered_on=date(2015, 11, 24)),
            "granted",
            "granted Tue 24 Nov 2015, L/1",
            How.DONE,
        ),
        (permission(KIND.LANDOWNER), "granted", "granted", How.DONE),
        (
            permission(KIND.INSURANCE, expires_on=DAY, reference="P/1", answered_on=date(2015, 11, 20)),
            "in force",
            "in force until Tue 1 Dec 2015, P/1",
            How.DONE,
        ),
        (permission(KIND.INSURANCE), "in force", "in force", How.DONE),
        (
            todo(KIND.INSURANCE, state=STATE.APPLIED, sent_on=date(2015, 11, 20)),
            "awaiting answer",
            "applied for Fri 20 Nov 2015, awaiting answer",
            How.WAITING,
        ),
        (
            permission(KIND.INSURANCE, expires_on=date(2015, 11, 30)),
            "runs out",
            "runs out on Mon 30 Nov 2015, before the rally is over",
            How.WRONG,
        ),
        (
            todo(KIND.LANDOWNER, state=STATE.APPLIED, sent_on=date(2015, 11, 20), lead_days=7),
            "awaiting answer",
            "sent Fri 20 Nov 2015, awaiting answer",
            How.WAITING,
        ),
        (
            todo(KIND.LANDOWNER, sent_on=date(2015, 11, 20), lead_days=28),
            "awaiting answer",
            "late application, sent Fri 20 Nov 2015, awaiting answer",
            How.WAITING,
        ),
        (
            todo(KIND.OTHER, state=STATE.LATE),
            "awaiting answer",
            "late application, sent, awaiting answer",
            How.WAITING,
        ),
        (
            todo(KIND.RISK_ASSESSMENT, state=STATE.SENT, sent_on=date(2015, 11, 24)),
            "shared",
            "shared Tue 24 Nov 2015",
            How.DONE,
        ),
        (
            todo(KIND.RISK_ASSESSMENT, state=STATE.SENT, sent_on=date(2015, 11, 24), lead_days=28),
            "shared",
            "shared Tue 24 Nov 2015",
            How.DONE,
        ),
    ],
)
def test_how_something_stands(one: Permission, word: str, words: str, how: How) -> None:
    assert stands(one, "2015-11-25") == (word, words, how)


def test_a_march_notice_that_was_sent_too_late_is_wrong_unless_the_council_waived_it() -> None:
    late = todo(KIND.MARCH_NOTICE, state=STATE.SENT, sent_on=date(2015, 11, 26))
    assert stands(late, "2015-11-27", **MARCH)[1:] == (
        "sent Thu 26 Nov 2015, too late: it was due Tue 24 Nov 2015",
        How.WRONG,
    )
    waived = replace(late, waiver="given by letter")
    assert stands(waived, "2015-11-27", **MARCH)[2] is How.WRONG  # nobody can, in England
    assert stands(waived, "2015-11-27", **MARCH, where=SCOTLAND)[1:] == (
        "sent Thu 26 Nov 2015, the period was waived",
        How.DONE,
    )
    open_ = replace(waived, state=STATE.TO_DO, sent_on=None)
    assert stands(open_, "2015-11-27", **MARCH, where=SCOTLAND)[1:] == (
        "to do; the period was waived, the notice is still owed",
        How.SOON,
    )
    applied = replace(open_, waiver="applied for on 3 November")
    assert stands(applied, "2015-11-27", **MARCH, where=SCOTLAND)[1:] == (
        "late: it was due Tue 3 Nov 2015; send it as soon as you can; the waiver is not given yet",
        How.WRONG,
    )
    refused = replace(late, waiver="refused on 5 November")
    assert stands(refused, "2015-11-27", **MARCH, where=SCOTLAND)[1:] == (
        "sent Thu 26 Nov 2015, too late: it was due Tue 3 Nov 2015; the waiver was refused",
        How.WRONG,
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", Waiver.NONE),
        (" \n", Waiver.NONE),
        ("applied for on 3 November", Waiver.APPLIED),
        ("Applied for: GCC/14", Waiver.APPLIED),
        ("asked the council whether it can be waived", Waiver.APPLIED),
        ("not given yet", Waiver.APPLIED),
        ("hasn\u2019t been granted", Waiver.APPLIED),
        ("granted?", Waiver.APPLIED),
        ("to be waived", Waiver.APPLIED),
        ("GCC/14", Waiver.APPLIED),
        ("given, GCC/14", Waiver.GIVEN),
        ("GIVEN: GCC/14", Waiver.GIVEN),
        ("waived by the council, 3 May", Waiver.GIVEN),
        ("applied for on 3 November, given on 10 November", Waiver.GIVEN),
        ("applied for on 3 November and granted on 10 November", Waiver.GIVEN),
        ("given on 10 November, withdrawn on 12 November", Waiver.REFUSED),
        ("refused", Waiver.REFUSED),
        ("declined by letter", Waiver.REFUSED),
    ],
)
def test_what_is_written_of_a_waiver_counts_as_given_only_where_it_says_so(text: str, read: Waiver) -> None:
    assert waiver_read(text) is read


# --------------------------------------------------------------------------- an own day beside the law's
@pytest.mark.parametrize("own", ["2015-11-10", "2015-11-24", "2015-11-28"])
@pytest.mark.parametrize("state", [STATE.SENT, STATE.APPLIED, STATE.LATE, STATE.GRANTED, STATE.TO_DO])
def test_no_own_day_or_state_hides_that_a_march_notice_was_sent_too_late(own: str, state: PermissionState) -> None:
    """R1: the law's last day is 24 November; it was sent on the 28th."""
    notice = todo(KIND.MARCH_NOTICE, deadline=date.fromisoformat(own), state=state, sent_on=date(2015, 11, 28))
    assert stands(notice, "2015-11-29", **MARCH) == (
        "sent late",
        "sent Sat 28 Nov 2015, too late: it was due Tue 24 Nov 2015",
        How.WRONG,
    )
    in_time = replace(notice, sent_on=date(2015, 11, 24), state=STATE.SENT)
    assert stands(in_time, "2015-11-29", **MARCH) == ("sent", "sent Tue 24 Nov 2015", How.DONE)


@pytest.mark.parametrize(
    ("today", "words", "how"),
    [
        ("2015-11-02", "due by Tue 10 Nov 2015 (8 days left)", How.TO_DO),
        ("2015-11-10", "due by Tue 10 Nov 2015 (today)", How.SOON),
        (
            "2015-11-11",
            "your own day, Tue 10 Nov 2015, has passed; by law due by Tue 24 Nov 2015 (13 days left)",
            How.SOON,
        ),
        ("2015-11-24", "your own day, Tue 10 Nov 2015, has passed; by law due by Tue 24 Nov 2015 (today)", How.SOON),
        ("2015-11-28", "late: it was due Tue 24 Nov 2015; send it as soon as you can", How.WRONG),
    ],
)
def test_a_march_notice_with_an_own_earlier_day_is_late_by_the_law(today: str, words: str, how: How) -> None:
    notice = todo(KIND.MARCH_NOTICE, deadline=date(2015, 11, 10))
    assert stands(notice, today, **MARCH)[1:] == (words, how)
    due = case(notice, **MARCH).due(notice)
    assert due is not None
    assert due.rule is not None
    assert due.why.startswith("By Tue 10 Nov 2015, the day that you entered. The police must have written notice")


def test_what_is_entered_as_not_needed_and_is_needed_is_wrong() -> None:
    """A march that is owed a notice, and a loudspeaker at hours at which the street must be free of it."""
    idle = todo(KIND.LOUDSPEAKER, state=STATE.NOT_NEEDED)
    assert stands(idle, "2015-11-20", loudspeaker=True)[2] is How.OFF
    assert stands(idle, "2015-11-20", times="07:00-22:30")[2] is How.OFF
    assert stands(idle, "2015-11-20", times="07:00-22:30", loudspeaker=True) == (
        "needed",
        "entered as not needed, but a loudspeaker is to be used 07:00\u201308:00 and 21:00\u201322:30",
        How.WRONG,
    )
    none = todo(KIND.MARCH_NOTICE, state=STATE.NOT_NEEDED, body="Hampshire Constabulary")
    assert stands(none, "2015-11-20", **MARCH) == (
        "needed",
        "entered as not needed, but the law asks for it",
        How.WRONG,
    )
    assert stands(none, "2015-11-20", **MARCH, customary="every year")[2] is How.OFF
    assert stands(none, "2015-11-20", where=NI)[2] is How.OFF
    other = todo(KIND.MARCH_NOTICE, "other", body="Transport police", state=STATE.SENT, sent_on=date(2015, 11, 20))
    assert case(none, other, **MARCH).standing(none, date(2015, 11, 20)).how is How.OFF
    assert case(none, todo(KIND.MARCH_NOTICE, "other"), **MARCH).standing(none, date(2015, 11, 20)).how is How.OFF
    council = replace(other, body="Glasgow City Council")
    assert case(none, council, **MARCH, where=SCOTLAND).standing(none, date(2015, 11, 20)).how is How.WRONG


@pytest.mark.parametrize(
    ("one", "word", "said"),
    [
        (
            permission(KIND.LANDOWNER, answered_on=date(2016, 11, 20)),
            "check the day",
            "Answered on Sun 20 Nov 2016, after the rally (Tue 1 Dec 2015): check the year.",
        ),
        (
            todo(KIND.RISK_ASSESSMENT, state=STATE.SENT, sent_on=date(2015, 11, 26)),
            "check the day",
            "Shared on Thu 26 Nov 2015, which is still to come: today is Wed 25 Nov 2015.",
        ),
        (
            todo(KIND.LANDOWNER, deadline=date(2015, 12, 2)),
            "due soon",
            "By Wed 2 Dec 2015, after the rally (Tue 1 Dec 2015): check the year.",
        ),
        (todo(KIND.LANDOWNER, deadline=DAY), "due soon", ""),
        (permission(KIND.LANDOWNER, sent_on=date(2015, 11, 25), answered_on=date(2015, 11, 25)), "granted", ""),
    ],
)
def test_a_day_that_cannot_be_meant_is_never_good(one: Permission, word: str, said: str) -> None:
    assert stands(one, "2015-11-25")[0] == word
    assert permission_days.far_day(one, DAY, date(2015, 11, 25)) == said


@pytest.mark.parametrize(
    ("name", "typed", "today", "day"),
    [
        ("sent_on", "20 Nov", "2026-11-23", "2015-11-20"),
        ("answered_on", "20 May", "2026-11-23", "2015-05-20"),
        ("sent_on", "10 Nov", "2015-11-20", "2015-11-10"),
        ("deadline", "1 Dec", "2026-11-23", "2015-12-01"),
        ("sent_on", "20 Nov", "2014-11-23", "2014-11-20"),
        ("deadline", "20 Nov", "2014-11-23", "2015-11-20"),
        ("expires_on", "30 Jun", "2026-11-23", "2015-06-30"),
        ("expires_on", "30 Nov", "2026-11-23", "2015-11-30"),
        ("expires_on", "1 Apr", "2026-11-23", "2016-04-01"),
    ],
)
def test_a_day_without_a_year_is_near_the_rally(name: str, typed: str, today: str, day: str) -> None:
    near = permission_days.reckoned_from(name, DAY, date.fromisoformat(today))
    assert typed_day(typed, near=near) == date.fromisoformat(day)


def test_an_insurance_is_in_force_as_soon_as_its_last_day_is_entered() -> None:
    def state(one: Permission) -> PermissionState:
        return permission_states.taken_out(one, DAY).state

    assert state(todo(KIND.INSURANCE, expires_on=DAY)) is STATE.GRANTED
    assert state(todo(KIND.INSURANCE, expires_on=DAY, state=STATE.APPLIED)) is STATE.GRANTED
    assert state(todo(KIND.INSURANCE, expires_on=date(2015, 11, 30))) is STATE.TO_DO
    assert state(todo(KIND.INSURANCE)) is STATE.TO_DO
    assert state(todo(KIND.INSURANCE, expires_on=DAY, state=STATE.REFUSED)) is STATE.REFUSED
    assert state(todo(KIND.LANDOWNER, expires_on=DAY)) is STATE.TO_DO


def test_a_kind_can_come_only_as_far_as_makes_sense() -> None:
    def words(one: Permission) -> list[str]:
        return [permission_states.state_word(one.kind, state) for state in permission_states.states_of(one)]

    assert words(todo(KIND.INSURANCE)) == ["to do", "applied for", "in force", "refused", "not needed"]
    assert words(todo(KIND.RISK_ASSESSMENT)) == ["to do", "shared", "not needed"]
    assert words(todo(KIND.POLICE_VOLUNTARY)) == ["to do", "sent", "not needed"]
    assert "granted" in words(todo(KIND.LANDOWNER))
    assert "sent" not in words(todo(KIND.LANDOWNER))
    assert words(todo(KIND.LANDOWNER, state=STATE.SENT))[-1] == "sent"  # what is entered stays to be seen
    assert words(todo(KIND.OTHER)) == [str(state) for state in STATE]


def test_a_rally_that_ends_at_midnight_is_over_with_that_day() -> None:
    midnight = {"ends": datetime(2015, 12, 2)}
    assert stands(permission(KIND.INSURANCE, expires_on=DAY), "2015-11-25", **midnight)[0] == "in force"
    assert stands(todo(KIND.COUNCIL), "2015-12-02", **midnight)[1] == "was not done"


# ----------------------------------------------------------------------------------------- what was told
def test_a_march_notice_keeps_what_it_said_and_says_in_what_the_plan_differs() -> None:
    route = (step(2, "Right into  the High Street"), step(1, "Left out of the park"), step(1, "Lift", accessible=True))
    notice = todo(KIND.MARCH_NOTICE, body="Hampshire Constabulary")
    first = case(notice, *route, **MARCH)
    told = first.sent(notice, date(2015, 11, 20))
    assert (told.state, told.sent_on, told.sent_for) == (STATE.SENT, date(2015, 11, 20), at("11:45"))
    assert told.sent_route == "Left out of the park\nRight into  the High Street"
    assert first.changed(told) is None
    assert stands(told, "2015-11-20", **MARCH)[0] == "plan changed"  # without its route

    later = case(told, route[1], step(2, "Over the bridge"), **{**MARCH, "move_off": at("12:00")})
    changed = later.changed(told)
    assert changed is not None
    assert changed.parts == ("time", "route")
    assert changed.told == "Tue 1 Dec 2015 11:45, via Left out of the park; Right into the High Street"
    assert changed.now == "Tue 1 Dec 2015 12:00, via Left out of the park; Over the bridge"
    moved = case(told, *route, kind=RallyKind.MARCH, day=5, times="11:45-13:30").changed(told)
    assert moved is not None
    assert moved.parts == ("date",)
    gone = case(told, **MARCH).changed(told)
    assert gone is not None
    assert (gone.parts, gone.now) == (("route",), "no route")
    assert later.changed(replace(told, kind=KIND.ROAD_CLOSURE)) is None
    assert later.changed(replace(told, sent_for=None, sent_route=" ")) is None

    new = later.sent_anew(told, date(2015, 11, 24), PermissionId("new"))
    assert (new.id, new.body, new.sent_on, new.sent_for) == ("new", told.body, date(2015, 11, 24), at("12:00"))
    both = replace(later, plan=Plan([*later.plan.all(RouteStep), venue(), told, new]))
    assert both.changed(new) is None
    assert both.changed(told) is None
    assert both.standing(told, date(2015, 11, 24)).words == "sent Fri 20 Nov 2015, replaced by a later notice"
    same_day = later.sent_anew(told, date(2015, 11, 20), PermissionId("new"))
    assert (same_day.id, same_day.sent_for) == (told.id, at("12:00"))
    assert later.sent_anew(notice, date(2015, 11, 20), PermissionId("new")).id == notice.id
    corrected = later.said_so(told)
    assert (corrected.sent_on, corrected.sent_for) == (told.sent_on, at("12:00"))


def test_what_is_asked_for_is_applied_for_in_time_or_late() -> None:
    asked = todo(KIND.LANDOWNER, lead_days=28)
    of = case(asked)
    assert of.sent(asked, date(2015, 11, 3)).state is STATE.APPLIED
    assert of.sent(asked, date(2015, 11, 4)).state is STATE.LATE
    assert of.sent(replace(asked, lead_days=None), date(2015, 11, 30)).state is STATE.APPLIED
    assert of.sent(permission(KIND.LANDOWNER), date(2015, 11, 20)).state is STATE.GRANTED
    assert of.sent(todo(KIND.INSURANCE), date(2015, 11, 20)).state is STATE.APPLIED
    sent = of.sent(todo(KIND.RISK_ASSESSMENT), date(2015, 11, 20))
    assert (sent.state, sent.sent_for, sent.sent_route) == (STATE.SENT, None, "")


def test_a_day_of_sending_typed_by_hand_freezes_what_was_told_once() -> None:
    notice = todo(KIND.MARCH_NOTICE)
    of = case(notice, **MARCH)
    first = of.dated(notice, date(2015, 11, 20))
    assert first.sent_for == at("11:45")
    moved = replace(of, rally=replace(of.rally, move_off=None))
    again = moved.dated(first, date(2015, 11, 21))
    assert (again.sent_on, again.sent_for) == (date(2015, 11, 21), at("11:45"))
    none = moved.dated(again, None)
    assert (none.sent_on, none.sent_for, none.state) == (None, None, STATE.TO_DO)
    assert moved.dated(permission(KIND.LANDOWNER, sent_on=DAY), None).state is STATE.GRANTED


# ------------------------------------------------------------------------------------ what a notice states
def facts(of: Permitting, kind: PermissionKind, **other: Any) -> dict[str, tuple[str, str]]:
    """Give what a notice states, and what lacks."""
    return {fact.label: (fact.value, fact.lacks) for fact in notice_facts.facts_of(of, todo(kind, **other))}


def lead(**other: Any) -> TeamMember:
    """Make the event lead."""
    return TeamMember(id=TeamMemberId("lead"), rally_id=RallyId("rally"), role=TeamRole.EVENT_LEAD, **other)


def stewards() -> list[Record]:
    """Make a post at which two stewards are planned."""
    return [post(), shift("s", "11:30-13:30", post_id=post().id), need("s", Role.STEWARD, 2)]


def test_a_march_notice_states_five_facts_and_seven_in_scotland() -> None:
    bare = case(kind=RallyKind.MARCH)
    assert facts(bare, KIND.MARCH_NOTICE) == {
        "Date": ("Tue 1 Dec 2015", ""),
        "Start time": ("11:30", ""),
        "Route": ("", "No route is entered"),
        "Name of one organiser": ("", "Nobody is entered as event lead"),
        "Address of that organiser": ("", ""),
    }
    every = notice_facts.facts_of(bare, todo(KIND.MARCH_NOTICE))
    assert notice_facts.lacking_words(every) == "2 of 5 facts are not in the plan"
    assert "move off" in every[1].hint
    assert "home addresses" in every[4].hint
    whole = case(step(1, "Left"), step(2, "Right"), lead(name="Una Lead"), *stewards(), **MARCH, where=SCOTLAND)
    found = facts(whole, KIND.MARCH_NOTICE)
    assert found["Route"] == ("Left; Right", "")
    assert found["Name of one organiser"] == ("Una Lead", "")
    assert found["Likely numbers"] == ("500", "")
    assert found["Arrangements for control"] == ("stewards: 2 at the busiest moment", "")
    assert notice_facts.lacking_words(notice_facts.facts_of(whole, todo(KIND.MARCH_NOTICE))) == ""
    lacks = facts(case(**MARCH, where=SCOTLAND, expected=None), KIND.MARCH_NOTICE)
    assert lacks["Likely numbers"] == ("", "How many are expected is not entered")
    assert lacks["Arrangements for control"] == ("", "No steward is planned")
    note = PlanNote(id=PlanNoteId("n"), rally_id=RallyId("rally"), section=Section.CROWD, text="Count")
    said = facts(case(note, **MARCH, where=SCOTLAND), KIND.MARCH_NOTICE)
    assert said["Arrangements for control"] == ("as written in this plan", "")
    assert "Location" in facts(case(todo(KIND.MARCH_NOTICE), where=NI), KIND.MARCH_NOTICE)


def test_a_voluntary_notice_states_eight_facts() -> None:
    bare = facts(case(expected=None), KIND.POLICE_VOLUNTARY)
    assert len(bare) == 8
    assert [label for label, (_, lacks) in bare.items() if lacks] == [
        "Organiser: name, phone, address",
        "Expected numbers",
        "Reason",
        "Advance publicity",
        "Stewards",
    ]
    one = notice_facts.facts_of(
        case(lead(name="Una"), *stewards(), purpose="Fair\ncontract"), todo(KIND.POLICE_VOLUNTARY, note="Post")
    )
    assert notice_facts.lacking_words(one) == "1 of 8 facts is not in the plan"
    assert one[0].lacks == "The event lead has no phone number"
    assert one[3].value == "Fair contract"
    other = TeamMember(id=TeamMemberId("a"), rally_id=RallyId("rally"), role=TeamRole.MEDIA, name="Max")
    ann = person("Ann Archer", phone="07700 900001")
    known = facts(case(other, ann, lead(person_id=ann.id)), KIND.POLICE_VOLUNTARY)
    assert known["Organiser: name, phone, address"] == ("Ann Archer, 07700 900001", "")
    assert facts(case(), KIND.LANDOWNER) == {}


# ------------------------------------------------------------------------------------------ sums of money
@pytest.mark.parametrize(
    ("typed", "pounds", "words"),
    [
        ("5m", 5_000_000, "\u00a35 million"),
        ("\u00a32.5 million", 2_500_000, "\u00a32.5 million"),
        ("10,000,000", 10_000_000, "\u00a310 million"),
        ("GBP 750k", 750_000, "\u00a3750,000"),
        ("250 thousand", 250_000, "\u00a3250,000"),
        ("1234567", 1_234_567, "\u00a31,234,567"),
    ],
)
def test_pounds_are_read_as_people_type_them(typed: str, pounds: int, words: str) -> None:
    assert parse_pounds(typed) == pounds
    assert pounds_words(pounds) == words
    assert parse_pounds(words) == pounds


@pytest.mark.parametrize("typed", ["", "five", "5x", "-5", "1" * 30])
def test_what_is_no_sum_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="write it as 5,000,000 or 5m"):
        parse_pounds(typed)


def test_a_start_over_midnight_is_another_day() -> None:
    of = case(kind=RallyKind.MARCH, move_off=datetime(2015, 12, 1, 0, 30))
    assert of.starts.date() == DAY
