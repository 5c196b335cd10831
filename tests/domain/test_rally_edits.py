"""A rally as a whole: moved with everything that has a time, on or off apart from its day, its usual times, removed."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.pickets import AssignmentState
from rallyapp.domain.rallies import (
    Contact,
    KitItem,
    Override,
    Permission,
    PermissionKind,
    ProgrammeItem,
    Rally,
    RallyKind,
    Speaker,
)
from rallyapp.domain.rally_edits import (
    RallyMove,
    decided_apart,
    draft_words,
    following,
    lacks_usual_times,
    march_told_words,
    moved_by_minutes,
    moved_to_day,
    of_kind,
    off_days_words,
    redrafted,
    removal,
    retimed,
    standing_words,
    times_of,
    why_not_remove,
    with_usual_times,
)
from rallyapp.domain.records import problems_of
from rallyapp.domain.stalls import Stall, StallState
from tests.domain.building import at, example, on, person, post, rally, rally_day, shift, small_plan, stall, strike_day

ASKED, RECONFIRM = AssignmentState.ASKED, AssignmentState.RECONFIRM
SPRING = date(2016, 3, 27)  # 01:00 to 02:00 does not exist


def whole_rally(**other):
    made = rally(
        set_up=at("18:00", date(2015, 11, 30)),
        briefing=at("10:45"),
        stalls_ready=at("11:00"),
        assemble=at("11:15"),
        dispersed=at("14:00"),
        handed_back=at("14:30"),
    )
    return replace(made, **other)


def plan(*more):
    """A rally with a post, a stall, two speakers and a fixed line; Ann confirmed, Bob asked, Cy proposed."""
    return small_plan(
        whole_rally(),
        [person("Ann Archer"), person("Bob Brown"), person("Cy Carter"), stall("stall", arrives=at("10:30"))],
        [stall("packing", arrives=at("10:30"), leaves=at("14:00")), stall("asked", state=StallState.ENQUIRY)],
        [shift("stage", "11:00-13:45", post_id="post"), shift("table", "11:00-13:30", stall_id="stall")],
        [on("ann archer", "stage"), on("bob brown", "table", state=ASKED)],
        [on("cy carter", "table", state=AssignmentState.PROPOSED)],
        [example(Speaker, confirmed=True), example(Speaker, id="late", name="Lou Late", arrives=None)],
        [example(ProgrammeItem), example(ProgrammeItem, id="fixed", fixed=at("12:00"))],
        more,
    )


def by_id(move):
    return {record.id: record for record in move.others}


# ----------------------------------------------------------------------------------------------- moving
def test_a_rally_moves_to_another_day_with_everything_that_has_a_time():
    known = plan()
    move = moved_to_day(known, known.get(Rally, "rally"), date(2015, 12, 8))
    assert move.rally.set_up == at("18:00", 7)
    assert (move.rally.starts, move.rally.ends) == (at("11:30", 8), at("13:30", 8))
    assert move.rally.move_off is None
    assert not problems_of(move.rally)
    moved = by_id(move)
    assert (moved["stage"].starts, moved["stage"].ends) == (at("11:00", 8), at("13:45", 8))
    assert moved["table"].starts == at("11:00", 8)
    assert (moved["stall"].arrives, moved["stall"].leaves) == (at("10:30", 8), None)
    assert moved["packing"].leaves == at("14:00", 8)
    assert (moved["speaker"].arrives, moved["speaker"].confirmed) == (at("11:00", 8), False)
    assert moved["fixed"].fixed == at("12:00", 8)
    assert {"late", "item", "asked", "shift", "cy carter on table"}.isdisjoint(moved)
    assert moved["ann archer on stage"].state is RECONFIRM
    assert moved["bob brown on table"].state is RECONFIRM
    assert move.words == (
        "With it 2 shifts, 2 stalls, 1 speaker\u2019s arrival and 1 fixed line of the running order; 2 places are to "
        "reconfirm, 1 speaker is to be asked again and 2 stalls are to be told"
    )


def test_a_rally_by_itself_moves_by_itself_and_one_that_stays_moves_nothing():
    known = small_plan()
    assert moved_to_day(known, rally(), date(2015, 12, 2)).words == ""
    assert moved_to_day(known, rally(), date(2015, 12, 1)) == RallyMove(rally=rally())
    assert moved_by_minutes(known, rally(), 0) == RallyMove(rally=rally())


def test_a_rally_moves_by_minutes_over_midnight_too():
    known = small_plan(shift("stage", "11:00-13:45", post_id="post"), person(), on("ann archer", "stage", state=ASKED))
    move = moved_by_minutes(known, rally(), -12 * 60)
    assert (move.rally.starts, move.rally.ends) == (at("23:30", date(2015, 11, 30)), at("01:30"))
    assert by_id(move)["stage"].ends == at("01:45")
    assert move.words == "With it 1 shift; 1 place is to reconfirm"


def test_times_that_the_clocks_leave_out_become_the_first_after_it():
    known = small_plan(shift("stage", "01:00-02:00", post_id="post"))
    night = rally(times="01:00-01:30", assemble=at("00:45"))
    move = moved_to_day(known, night, SPRING)
    assert (move.rally.starts, move.rally.ends) == (at("02:00", SPRING), at("02:30", SPRING))
    assert by_id(move)["stage"].starts == at("02:00", SPRING)
    assert by_id(move)["stage"].ends == at("03:00", SPRING)
    assert not problems_of(move.rally)
    assert not problems_of(by_id(move)["stage"])


def test_the_plan_that_was_issued_is_a_draft_again_once_the_rally_moves():
    issued = rally(issued_on=date(2015, 11, 20), issued_by="Rosalind")
    for move in (moved_to_day(small_plan(), issued, date(2015, 12, 8)), moved_by_minutes(small_plan(), issued, 30)):
        assert (move.rally.issued_on, move.rally.issued_by) == (None, "")
        assert move.words == "The plan is a draft again"
    whole = plan().changed([replace(plan().get(Rally, "rally"), issued_on=date(2015, 11, 20))], [])
    moved = moved_by_minutes(whole, whole.get(Rally, "rally"), 30)
    assert moved.words.endswith("2 stalls are to be told. The plan is a draft again")
    assert moved.saved == (moved.rally, *moved.others)
    later_end = replace(issued, ends=at("13:45"))
    assert redrafted(later_end, issued).issued_on is None
    assert draft_words(redrafted(later_end, issued), issued) == "The plan is a draft again"
    same = replace(issued, briefing=at("10:00"))
    assert redrafted(same, issued) == same
    assert draft_words(same, issued) == draft_words(rally(), rally()) == ""


def test_a_rally_that_only_stands_moves_off_no_more():
    march = rally(kind=RallyKind.MARCH, move_off=at("11:30"))
    assert of_kind(march, RallyKind.STATIC) == rally()
    assert of_kind(march, RallyKind.MARCH_AND_RALLY).move_off == at("11:30")


def test_a_rally_on_none_of_its_strike_days_says_so():
    known = small_plan()
    assert off_days_words(known, rally()) == ""
    assert off_days_words(known, rally("by itself", day=8)) == ""
    assert off_days_words(known, rally(day=8)) == "The rally is on Tue 8 Dec: none of its strike days is."


@given(st.integers(-400, 400))
def test_moving_there_and_back_keeps_every_clock_time(days):
    known = plan()
    first = known.get(Rally, "rally")
    there = moved_to_day(known, first, first.starts.date() + timedelta(days=days))
    back = moved_to_day(known.changed([there.rally, *there.others], []), there.rally, first.starts.date())
    assert back.rally == first
    assert all(not problems_of(record) for record in there.others)


@pytest.mark.parametrize(
    ("notices", "kind", "words"),
    [
        ([], RallyKind.MARCH, ""),
        ([{"sent_on": date(2015, 11, 20)}], RallyKind.STATIC, ""),
        ([{"deadline": date(2015, 11, 24)}], RallyKind.MARCH, ""),
        (
            [{"sent_on": date(2015, 11, 20)}],
            RallyKind.MARCH,
            "The march notice to the police was sent on Fri 20 Nov 2015: a change of date, time or route needs a new "
            "notice.",
        ),
        (
            [{"sent_for": at("11:30"), "body": "Hampshire\n Constabulary"}],
            RallyKind.MARCH,
            "The march notice to Hampshire Constabulary says Tue 1 Dec 2015 11:30: a change of date, time or route "
            "needs a new notice.",
        ),
        (
            [{"sent_on": date(2015, 11, 20), "sent_for": at("11:30")}, {"id": "b", "sent_for": at("09:00", 8)}],
            RallyKind.MARCH_AND_RALLY,
            "The march notice to the police says Tue 1 Dec 2015 11:30: a change of date, time or route needs a new "
            "notice.",
        ),
        (
            [{"sent_for": at("11:00", 8)}],
            RallyKind.MARCH,
            "The march notice to the police says Tue 8 Dec 2015 11:00, the plan says Tue 1 Dec 2015 11:30: send a new "
            "notice.",
        ),
    ],
)
def test_what_the_police_were_told_is_said_before_and_after_a_change(notices, kind, words):
    sent = [example(Permission, **{"kind": PermissionKind.MARCH_NOTICE, **each}) for each in notices]
    known = small_plan(sent, example(Permission, id="land", sent_on=date(2015, 11, 1)))
    assert march_told_words(known, rally(kind=kind)) == words


def test_a_notice_gives_the_time_of_moving_off():
    known = small_plan(example(Permission, kind=PermissionKind.MARCH_NOTICE, sent_for=at("11:00")))
    march = rally(kind=RallyKind.MARCH, move_off=at("11:00"))
    assert "needs a new notice" in march_told_words(known, march)
    assert "send a new notice" in march_told_words(known, replace(march, move_off=at("11:15")))


# ------------------------------------------------------------------------------------------------ times
def test_one_time_changes_and_no_other():
    new = retimed(whole_rally(), briefing=at("10:30"), set_up=None)
    assert new == whole_rally(briefing=at("10:30"), set_up=None)
    with pytest.raises(TypeError, match="lunch"):
        retimed(rally(), lunch=at("12:00"))


def test_the_times_come_in_order_and_only_a_march_moves_off():
    assert "move_off" not in times_of(rally())
    assert list(times_of(rally(kind=RallyKind.MARCH)))[4] == "move_off"


def test_usual_times_fill_what_is_empty():
    assert lacks_usual_times(rally())
    made = with_usual_times(rally())
    assert [when.strftime("%H:%M") for _, when in made.times()] == [
        *("10:00", "10:30", "11:00", "11:00", "11:30", "13:30", "14:00", "14:30")
    ]
    assert not lacks_usual_times(made)
    assert with_usual_times(made) == made
    march = with_usual_times(rally(kind=RallyKind.MARCH))
    assert march.move_off is None
    assert not lacks_usual_times(march)


def moments(least, most):
    return st.none() | st.integers(least, most).map(lambda minutes: at("00:00") + timedelta(minutes=minutes))


@given(*(moments(0, 690) for _ in range(5)), moments(810, 1400), moments(810, 1400))
def test_usual_times_never_put_a_rally_out_of_order(a, b, c, d, e, f, g):
    early = iter(sorted(when for when in (a, b, c, d, e) if when))
    late = iter(sorted(when for when in (f, g) if when))
    entered = [next(early) if when else None for when in (a, b, c, d, e)]
    entered += [next(late) if when else None for when in (f, g)]
    names = ("set_up", "briefing", "stalls_ready", "assemble", "move_off", "dispersed", "handed_back")
    known = rally(kind=RallyKind.MARCH, **dict(zip(names, entered, strict=True)))
    filled = with_usual_times(known)
    assert not problems_of(filled)
    assert not lacks_usual_times(filled)
    assert all(getattr(filled, name) == when for name, when in zip(names, entered, strict=True) if when)
    assert all(one <= other for (_, one), (_, other) in pairwise(filled.times()))


# --------------------------------------------------------------------------------- with its day, or apart
def test_a_decision_apart_needs_a_name_and_a_reason_and_can_be_taken_back():
    apart = decided_apart(rally(), Override.GOES_AHEAD, by=" Rosalind ", reason="the square is ours\n")
    assert not problems_of(apart)
    assert standing_words(small_plan(), apart) == "Goes ahead anyway: Rosalind, the square is ours"
    assert standing_words(small_plan(), replace(apart, override=Override.STOOD_DOWN)).startswith("Stood down by itself")
    assert len(problems_of(decided_apart(rally(), Override.STOOD_DOWN, by="", reason=" "))) == 2
    assert following(apart) == rally()


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "Belongs to no strike day: on"),
        (["notified"], "Follows its strike day: on"),
        (["suspended"], "Stood down with Tue 1 Dec (suspended until further notice)"),
        (["called off", "called off"], "Stood down with Tue 1 Dec and Wed 2 Dec (called off)"),
        (["called off", "on", "on"], "Follows its strike days: on, though Tue 1 Dec is called off"),
    ],
)
def test_a_rally_follows_its_strike_days(states, words):
    days = [
        strike_day(f"day {number}", date(2015, 12, number), state=StrikeState(state))
        for number, state in enumerate(states, start=1)
    ]
    plan = small_plan(rally("other"), days, [rally_day("other", day.id) for day in reversed(days)])
    assert standing_words(plan, rally("other")) == words


# ---------------------------------------------------------------------------------------------- removing
def test_a_rally_goes_with_its_own_contacts_and_kit_and_says_what_else():
    known = small_plan(
        [example(Contact), example(Contact, id="ours", rally_id="rally"), example(KitItem, id="pa", rally_id="rally")],
        stall(state=StallState.ENQUIRY),
        [post("gate"), shift("stage", "11:00-13:45", post_id="post")],
    )
    found = removal(known, rally())
    assert [record.id for record in found.records] == ["ours", "pa", "rally"]
    assert found.words == "with 2 posts, 1 shift and 1 stall"
    assert removal(known, rally("bare")).words == ""
    assert why_not_remove(known, rally(), marks=0) == ""


def test_a_rally_that_people_count_on_stays():
    known = plan(example(Permission, sent_on=date(2015, 11, 20)))
    of = known.get(Rally, "rally")
    assert "holds what was marked on the day" in why_not_remove(known, of, marks=1)
    assert why_not_remove(known, of, marks=0, told=2) == (
        "Regional rally holds the record of who was told of a stand-down, so it stays in the plan: stand it down "
        "instead."
    )
    assert "has 3 places filled" in why_not_remove(known, of, marks=0)
    freed = small_plan(stall(), example(Permission, sent_on=date(2015, 11, 20)))
    assert "has 1 confirmed stall" in why_not_remove(freed, of, marks=0)
    without = freed.changed([], [(Stall, "stall")])
    assert why_not_remove(without, of, marks=0) == (
        "Regional rally: the landowner's permission was sent, so it stays in the plan: stand it down instead."
    )
