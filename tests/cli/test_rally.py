"""The command ``rally``: what a script needs to list, show, add and change rallies and running orders."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Role, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.rallies import (
    Override,
    Permission,
    PermissionKind,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RallyKind,
)
from rallyapp.store import Store
from tests.cli.asking import ask, one_sentence


def test_a_plan_s_rallies_are_listed_and_one_is_shown(capsys, plan):
    listed = ask(capsys, "rally", plan)
    assert listed.code == 0
    assert listed.out.startswith("Regional rally, Southampton Guildhall, Tue 1 Dec 2015 11:30\u201313:30")
    assert "Follows its strike day: on" in listed.out
    shown = ask(capsys, "rally", plan, "show", "guildhall")
    assert "static rally, 500 expected" in shown.out
    assert "11:15  Assemble" in shown.out
    assert "AMBER: the landowner has not agreed" in shown.out
    told = ask(capsys, "rally", plan, "show", "regional", "--json").json
    assert told["venue"] == "Southampton Guildhall"
    assert told["going"] == "on"
    assert told["running_order"]["over_by"] == 0
    assert len(told["running_order"]["lines"]) == 15
    assert ask(capsys, "rally", plan, "--json").json["rallies"][0]["id"] == told["id"]


def test_a_rally_is_added_as_people_write_it_and_taken_back_with_one_undo(capsys, plan):
    words = ["--title", "March of 8 December", "--place", "Hoglands Park", "--on", "8 Dec", "--at", "11.30am-1.30pm"]
    added = ask(
        capsys, "rally", plan, "add", *words, "--kind", "march", "--expected", "1,200", "--purpose", "To say no"
    )
    assert (added.code, added.err) == (0, "")
    assert added.out == "Added March of 8 December, Hoglands Park, Tue 8 Dec 2015 11:30\u201313:30.\n"
    with Store.open(plan) as store:
        rally = next(each for each in store.all(Rally) if each.title.startswith("March"))
        assert (rally.expected, rally.purpose, rally.set_up) == (1200, "To say no", None)
        (link,) = store.where(RallyDay, rally_id=rally.id)
        assert store.get(StrikeDay, link.strike_day_id).first_date.day == 8
        store.undo()
        assert len(store.all(Rally)) == 1


def test_a_rally_like_an_earlier_one_takes_its_planning_along(capsys, plan):
    words = ["--title", "Second", "--place", "southampton guildhall", "--on", "2015-12-16", "--at", "12-2"]
    added = ask(capsys, "rally", plan, "add", *words, "--like", "regional")
    assert "Copied: 10 in the team" in added.out
    shown = ask(capsys, "rally", plan, "show", "second", "--json").json
    assert shown["starts"] == "2015-12-16T12:00"
    assert shown["assemble"] == "2015-12-16T11:45"
    assert shown["kind"] == "static rally"
    assert shown["running_order"]["lines"] == []


def test_a_rally_is_changed_and_moves_with_all_that_has_a_time(capsys, plan):
    changed = ask(
        capsys, "rally", plan, "edit", "regional", "--assemble", "11", "--set-up", "none", "--expected", "600",
        "--title", "Guildhall rally", "--place", "Hoglands Park",
    )  # fmt: skip
    assert (changed.code, changed.err) == (0, "")
    assert changed.out.startswith("Changed Guildhall rally, Hoglands Park, Tue 1 Dec 2015")
    moved = ask(capsys, "rally", plan, "edit", "guildhall", "--on", "8/12", "--strike-day", "8 Dec", "--json").json
    assert moved["starts"] == "2015-12-08T11:30"
    assert moved["assemble"] == "2015-12-08T11:00"
    assert moved["set_up"] is None
    with Store.open(plan) as store:
        (link,) = store.all(RallyDay)
        assert store.get(StrikeDay, link.strike_day_id).first_date.day == 8
        assert all(item.fixed is None or item.fixed.day == 8 for item in store.all(ProgrammeItem))


def test_a_rally_decides_apart_from_its_day_and_follows_it_again(capsys, plan):
    with Store.open(plan) as store:
        day = min(store.all(StrikeDay), key=lambda each: each.window.start)
        with store.edit("Suspend") as edit:
            edit.save(replace(day, state=StrikeState.SUSPENDED))
    assert "Stood down with Tue 1 Dec (suspended until further notice)" in ask(capsys, "rally", plan).out
    decided = ask(
        capsys,
        "rally",
        plan,
        "edit",
        "regional",
        "--if-off",
        "goes-ahead",
        "--by",
        "Branch chair",
        "--reason",
        "Booked",
    )
    assert "Goes ahead anyway: Branch chair, Booked" in decided.out
    with Store.open(plan) as store:
        assert store.all(Rally)[0].override is Override.GOES_AHEAD
    assert "Stood down with" in ask(capsys, "rally", plan, "edit", "regional", "--if-off", "follows").out


def test_a_running_order_is_shown_by_the_clock_and_taken_from_a_file(capsys, plan, tmp_path):
    shown = ask(capsys, "rally", plan, "order", "regional")
    assert shown.out.startswith("11:30    5 min  Welcome and safety words, MC (fixed)\n")
    assert shown.out.endswith("Ends at the hard finish (13:30).\n")
    lines = [
        {"title": "Welcome", "minutes": 10},
        {"title": "Speech", "minutes": 15, "who": "dr marged penhallow", "cue": "applause"},
        {"title": "Photograph", "minutes": 100, "at": "12.15", "who": "Everybody", "stage_note": "banner"},
    ]
    (tmp_path / "order.json").write_text(json.dumps(lines))
    taken = ask(capsys, "rally", plan, "order", "regional", "--from", tmp_path / "order.json")
    assert taken.out == (
        "11:30   10 min  Welcome\n"
        "11:40   15 min  Speech, Dr Marged Penhallow\n"
        "12:15  100 min  Photograph, Everybody (fixed)\n"
        "Runs 25 min past the hard finish (13:30).\n"
    )
    told = ask(capsys, "rally", plan, "order", "regional", "--json").json
    assert told["over_by"] == 25
    assert told["lines"][2]["slack"] == 20
    with Store.open(plan) as store:
        assert len([item for item in store.all(ProgrammeItem) if item.speaker_id]) == 1
        store.undo()
        assert len(store.all(ProgrammeItem)) == 15


def march_and_steward(plan):
    """Make the rally an issued march with a notice sent, and somebody on a post of it who said yes."""
    with Store.open(plan) as store, store.edit("Set it up") as edit:
        rally, who = store.all(Rally)[0], store.all(Person)[0]
        edit.save(replace(rally, kind=RallyKind.MARCH, issued_on=date(2015, 11, 20), issued_by="Rosalind"))
        notice = Permission(id="notice", rally_id=rally.id, kind=PermissionKind.MARCH_NOTICE, sent_for=rally.starts)
        edit.save(notice)
        post = store.where(Post, rally_id=rally.id)[0]
        shift = store.where(Shift, post_id=post.id)[0]
        row = Assignment(id="row", shift_id=shift.id, person_id=who.id, role=Role.STEWARD)
        edit.save(replace(row, state=AssignmentState.CONFIRMED))


def test_what_moves_along_and_who_must_hear_is_said(capsys, plan):
    march_and_steward(plan)
    moved = ask(capsys, "rally", plan, "edit", "regional", "--on", "8/12")
    assert (moved.code, moved.err) == (0, "")
    lines = moved.out.splitlines()
    assert lines[1].startswith("With it ")
    assert "1 place is to reconfirm" in lines[1]
    assert lines[1].endswith(". The plan is a draft again.")
    assert lines[2] == "The rally is on Tue 8 Dec: none of its strike days is."
    assert lines[3].endswith("the plan says Tue 8 Dec 2015 11:30: send a new notice.")
    with Store.open(plan) as store:
        (rally,) = store.all(Rally)
        assert (rally.issued_on, rally.issued_by) == (None, "")
        store.undo()
        assert store.all(Rally)[0].issued_by == "Rosalind"
    told = ask(capsys, "rally", plan, "edit", "regional", "--on", "8/12", "--json").json
    assert told["moved"].endswith("The plan is a draft again")
    assert told["off_days"] == lines[2]
    assert (told["told_again"], told["warning"]) == (0, lines[3])
    later = ask(capsys, "rally", plan, "edit", "regional", "--strike-day", "8 Dec", "--ends", "13:45", "--json").json
    assert (later["moved"], later["off_days"]) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        ["--if-off", "goes-ahead", "--by", "Branch chair", "--reason", "Booked"],
        ["--strike-day", "8 Dec"],
        ["--strike-day", "8 Dec", "--strike-day", "1 Dec"],
    ],
)
def test_whoever_knew_of_a_rally_that_goes_ahead_again_is_asked_again(capsys, plan, words):
    march_and_steward(plan)
    with Store.open(plan) as store:
        day = min(store.all(StrikeDay), key=lambda each: each.window.start)
        with store.edit("Suspend") as edit:
            edit.save(replace(day, state=StrikeState.SUSPENDED))
    assert "1 person must be told again." in ask(capsys, "rally", plan, "edit", "regional", *words).out
    with Store.open(plan) as store:
        assert store.get(Assignment, "row").state is AssignmentState.RECONFIRM


def test_a_rally_that_stood_down_by_itself_and_follows_its_day_again_asks_again(capsys, plan):
    march_and_steward(plan)
    off = ["--if-off", "stood-down", "--by", "Chair", "--reason", "Storm"]
    assert ask(capsys, "rally", plan, "edit", "regional", *off, "--json").json["told_again"] == 0
    assert ask(capsys, "rally", plan, "edit", "regional", "--if-off", "follows", "--json").json["told_again"] == 1


def test_a_march_that_becomes_static_moves_off_no_more(capsys, plan):
    march = ["--kind", "march", "--move-off", "11:20"]
    assert ask(capsys, "rally", plan, "edit", "regional", *march, "--json").json["move_off"] == "2015-12-01T11:20"
    assert ask(capsys, "rally", plan, "edit", "regional", "--kind", "static", "--json").json["move_off"] is None


def test_options_of_the_group_stand_on_either_side_of_the_plan(capsys, secret, plan, words):
    one = ask(capsys, "rally", plan, "show", "regional", "--json").json
    assert ask(capsys, "rally", "--json", plan, "show", "regional").json == one
    assert ask(capsys, "rally", plan, "--json", "show", "regional").json == one
    stall = ask(capsys, "stall", plan, "show", "anthony", "--json").json
    assert ask(capsys, "stall", "--json", plan, "show", "anthony").json == stall
    opened = ["--passphrase-file", words]
    assert ask(capsys, "rally", secret, *opened, "--json", "show", "regional").json == one
    assert ask(capsys, "rally", secret, "--json", *opened).json["rallies"][0]["id"] == one["id"]


def test_a_place_is_given_with_its_address_and_its_name_corrected(capsys, plan):
    words = [
        "--title",
        "May Day",
        "--place",
        "The Green, High Street, Romsey SO51 8ZZ",
        "--on",
        "8 Dec",
        "--at",
        "11-13",
    ]
    assert ask(capsys, "rally", plan, "add", *words).code == 0
    with Store.open(plan) as store:
        (green,) = [venue for venue in store.all(Venue) if venue.name == "The Green"]
        assert (green.address, green.postcode) == ("High Street, Romsey", "SO51 8ZZ")
    ask(capsys, "rally", plan, "edit", "may day", "--place", "Hoglands Prak")
    renamed = ask(capsys, "rally", plan, "edit", "may day", "--place", "Hoglands Park, Southampton")
    assert renamed.out.splitlines()[1] == "Hoglands Prak is called Hoglands Park now: no other rally is there."
    gone = ask(capsys, "rally", plan, "edit", "may day", "--place", "The Green, Romsey, SO51 8ZZ")
    assert gone.out.startswith("Changed May Day, The Green, ")
    with Store.open(plan) as store:
        assert [venue.address for venue in store.all(Venue) if venue.name == "Hoglands Park"] == ["Southampton"]


def test_a_line_break_in_a_line_is_a_blank(capsys, plan):
    changed = ask(capsys, "rally", plan, "edit", "regional", "--title", " May\nDay ", "--place", "The\nGreen", "--json")
    assert (changed.json["title"], changed.json["venue"]) == ("May Day", "The Green")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "nowhere"], "No rally in this plan fits. It has: Regional rally (Tue 1 Dec 2015)."),
        (["edit", "regional"], "Nothing to change was given"),
        (["edit", "regional", "--assemble", "25:00"], "--assemble: "),
        (["edit", "regional", "--assemble", "14:00"], "put the rally's times in order"),
        (["edit", "regional", "--expected", "many"], "--expected: \u201cmany\u201d is not a number of people"),
        (["edit", "regional", "--by", "Me"], "--by and --reason go with --if-off goes-ahead or"),
        (["edit", "regional", "--if-off", "goes-ahead"], "is missing"),
        (["edit", "regional", "--if-off", "follows", "--by", "x", "--reason", "y"], "--by and --reason go with"),
        (["edit", "regional", "--move-off", "11:20"], "--move-off: Regional rally is a static rally, which doesn"),
        (["edit", "regional", "--title", "a\x00b"], "--title holds a character that can't be kept (U+0000)."),
        (["edit", "regional", "--title", " "], "The rally's title is missing"),
        (["edit", "regional", "--place", " "], "--place: write the name of a place."),
        (["edit", "regional", "--assemble", ""], "--assemble: "),
        (["edit", "", "--title", "Overwritten"], "Say which rally"),
        (["show", "  "], "Say which rally"),
        (["order", "\u2013"], "Say which rally"),
        (["add", "--title", "T", "--place", "X", "--on", "8 Dec", "--at", "11-13", "--like", ""], "Say which rally"),
        (["edit", "regional", "--strike-day", "5 Dec"], "is no strike day of this plan"),
        (["add", "--title", " ", "--place", "X", "--on", "8 Dec", "--at", "11-13"], "needs a title and a place"),
        (["add", "--title", "T", "--place", "X", "--on", "31/2", "--at", "11-13"], "--on: "),
        (["add", "--title", "T", "--place", "X", "--on", "8 Dec", "--at", "banana"], "--at: "),
        (["order", "regional", "--from", "none.json"], "can't be read"),
    ],
)
def test_what_can_t_be_done_is_said_in_a_sentence_and_nothing_is_written(capsys, plan, words, said):
    before = Path(plan).read_bytes()
    ended = ask(capsys, "rally", plan, *words)
    assert ended.code == 2
    assert said in one_sentence(ended), ended.err
    assert Path(plan).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "must hold a list of lines"),
        ("[1]", "line 1: a line is an object"),
        ('[{"title": "A", "minutes": 5}, {"title": " ", "minutes": 5}]', "line 2: the title is missing."),
        ('[{"title": "A", "minutes": -5}]', "line 1: minutes must be a whole number"),
        ('[{"title": "A", "minutes": true}]', "line 1: minutes must be a whole number"),
        ('[{"title": "A", "minutes": 5, "at": "noonish"}]', "line 1: "),
        ('[{"title": "A", "minutes": 5, "colour": "red"}]', "line 1: \u201ccolour\u201d is not known"),
        ('[{"title": 5, "minutes": 5}]', "line 1: title must be text."),
        ('[{"title": "a\\u0000", "minutes": 5}]', "line 1: title holds a character that can't be kept (U+0000)."),
    ],
)
def test_a_file_that_is_no_running_order_is_refused_whole(capsys, plan, tmp_path, text, said):
    (tmp_path / "order.json").write_text(text)
    ended = ask(capsys, "rally", plan, "order", "regional", "--from", tmp_path / "order.json")
    assert ended.code == 2
    assert said in one_sentence(ended), ended.err
    with Store.open(plan) as store:
        assert len(store.all(ProgrammeItem)) == 15
