"""Stalls from the command line: listed, added, changed and counted; errors are one sentence."""

from dataclasses import replace
from datetime import datetime

import pytest

from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Role, Shift
from rallyapp.domain.rallies import Rally
from rallyapp.domain.rally_edits import TIMES
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState, Tally
from rallyapp.store import Store
from tests.cli.asking import one_sentence, untouched


def stall_of(plan, partner="Anthony Nolan"):
    with Store.open(plan) as store:
        whole = store.plan()
        (found,) = (each for each in whole.all(Stall) if whole.get(Partner, each.partner_id).name == partner)
        return found


def test_what_there_is_in_words_and_as_json(rallyapp, plan, folder, epsom):
    with untouched(folder):
        listed = rallyapp("stall", plan)
        told = rallyapp("stall", plan, "--json").json
        shown = rallyapp("stall", plan, "show", "anthony", "1", "dec")
        one = rallyapp("stall", plan, "show", told["stalls"][0]["id"], "--json").json
        assert rallyapp("stall", epsom, "--json").json["stalls"] == []
        assert "There is no stall in this plan" in rallyapp("stall", epsom).out
    assert listed.out.splitlines() == [
        "Anthony Nolan: confirmed, 0 of 60: nothing counted yet",
        "  Regional rally, Tue 1 Dec 2015 11:30\u201313:30",
    ]
    (row,) = told["stalls"]
    assert one == {"plan": str(plan), **row}
    assert (row["partner"], row["size"], row["target"], row["signed_up"]) == ("Anthony Nolan", "3 \u00d7 3 m", 60, 0)
    assert [shift["wished"] for shift in row["shifts"]] == [4, 4]
    for line in (
        "  If the strike is off: not decided",
        "  There: 10:15\u201314:15",
        "  Insurance: seen",
        "  Shift 11:00\u201312:15: 0 of 4",
    ):
        assert line in shown.out.splitlines()


def test_a_stall_from_nothing_with_the_needs_of_the_last_one(rallyapp, plan):
    said = rallyapp("stall", plan, "add", "--partner", "anthony nolan", "--picket", "princess anne 8/12", "--as-last")
    assert said.out == (
        "Added the stall of Anthony Nolan: Main entrance, Princess Anne Hospital, Tue 8 Dec 2015 08:00\u201311:00.\n"
    )
    new = rallyapp(
        "stall", plan, "add", "--partner", "Blood Bank", "--rally", "regional", "--state", "offered", "--target", "30",
        "--size", "3 x 2.5 m", "--arrives", "10:30", "--leaves", "14:00", "--contact", "Jo", "--risk-seen", "--json",
    ).json  # fmt: skip
    assert (new["state"], new["size"], new["arrives"]) == ("offered", "3 \u00d7 2.5 m", "2015-12-01T10:30")
    assert (new["risk_assessment_seen"], new["insurance_seen"], new["shifts"]) == (True, False, [])
    made = [each for each in rallyapp("stall", plan, "--json").json["stalls"] if each["where"].startswith("Main")]
    assert (made[0]["volunteers_wanted"], made[0]["kits"], made[0]["target"]) == (4, 100, 0)
    assert rallyapp("undo", plan).out.startswith("Undone: New stall: Blood Bank (2 rows)")


def test_a_stall_that_comes_back_asks_its_people_again(rallyapp, plan):
    with Store.open(plan) as store:
        shift = next(each for each in store.all(Shift) if each.stall_id)
        own = next(each for each in store.all(Person) if each.standing is Standing.PARTNER)
        with store.edit("Put somebody on") as edit:
            row = Assignment(
                id="row", shift_id=shift.id, person_id=own.id, role=Role.STALL, state=AssignmentState.CONFIRMED
            )
            edit.save(row)
    rallyapp("stall", plan, "edit", "anthony", "--state", "stood-down", "--told", "09:00")
    assert stall_of(plan).state is StallState.STOOD_DOWN
    shown = rallyapp("stall", plan, "edit", "anthony", "--state", "confirmed", "--if-off", "goes-ahead", "--pitch", "X")
    assert "  Pitch: X" in shown.out.splitlines()
    found = stall_of(plan)
    assert (found.state, found.if_off, found.insurance_seen) == (StallState.CONFIRMED, IfOff.GOES_AHEAD, True)
    assert found.stood_down_told_at.hour == 9
    with Store.open(plan) as store:
        assert store.get(Assignment, "row").state is AssignmentState.RECONFIRM


def test_counting(rallyapp, plan):
    assert rallyapp("stall", plan, "tally", "anthony", "+3", "--at", "12:40").out == (
        "Anthony Nolan: 3 of 60 at 12:40.\n"
    )
    assert rallyapp("stall", plan, "tally", "anthony", "nolan", "-1", "--at", "12:45", "--json").json["signed_up"] == 2
    with Store.open(plan) as store:
        assert {(each.at.strftime("%d %H:%M"), each.count) for each in store.all(Tally)} == {
            ("01 12:40", 3),
            ("01 12:45", -1),
        }


def test_a_rally_that_goes_on_past_midnight(rallyapp, plan):
    with Store.open(plan) as store:
        (rally,) = store.all(Rally)
        times = dict.fromkeys(name for name in TIMES if name not in ("starts", "ends"))
        late = replace(rally, **times, starts=datetime(2015, 12, 1, 20), ends=datetime(2015, 12, 2, 1))
        with store.edit("By night") as edit:
            edit.save(late)
    told = rallyapp("stall", plan, "edit", "anthony", "--arrives", "19:30", "--leaves", "01:00", "--json").json
    assert (told["arrives"], told["leaves"]) == ("2015-12-01T19:30", "2015-12-02T01:00")
    told = rallyapp("stall", plan, "edit", "anthony", "--leaves", "Wed 2 Dec 01:30", "--json").json
    assert told["leaves"] == "2015-12-02T01:30"
    rallyapp("stall", plan, "tally", "anthony", "+3", "--at", "23:50")
    rallyapp("stall", plan, "tally", "anthony", "+2", "--at", "00:30")
    told = rallyapp("stall", plan, "show", "anthony", "--json").json
    assert [each["at"] for each in told["tallies"]] == ["2015-12-01T23:50", "2015-12-02T00:30"]


def test_counting_goes_on_where_more_was_taken_off_than_counted(rallyapp, plan):
    """Five are counted and three taken back; then the five are undone."""
    stall = stall_of(plan)
    with Store.open(plan) as store, store.edit("What an undo left") as edit:
        edit.save(Tally(id="back", stall_id=stall.id, at=datetime(2015, 12, 1, 12, 5), count=-3))
    listed = rallyapp("stall", plan).out.splitlines()[0]
    assert listed == "Anthony Nolan: confirmed, 3 more were taken off than counted by 12:05: correct the list"
    assert rallyapp("stall", plan, "tally", "anthony", "+10", "--at", "12:30").out == (
        "Anthony Nolan: 7 of 60 at 12:30.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "dkms"], "No stall in this plan fits \u201cdkms\u201d. It has: Anthony Nolan (Regional rally, Tue 1"),
        (["tally", "anthony", "-3"], "take back no more than were counted by then."),
        (["tally", "anthony"], "\u201canthony\u201d is not a number of sign-ups"),
        (["tally", "+3"], "Say at which stall"),
        (["tally", "anthony", "+3", "--at", "25"], "\u201c25\u201d is not a time: write it as"),
        (["edit", "anthony"], "Say what to change"),
        (["edit", "anthony", "--state", "enquiry"], "can\u2019t become \u201cenquiry\u201d: it can become"),
        (["edit", "anthony", "--size", "big"], "\u201cbig\u201d is not a size"),
        (["edit", "anthony", "--leaves", "09:00"], "ends before it starts"),
        (["add", "--partner", "Anthony Nolan"], "has a stall there already"),
        (["add", "--partner", "DKMS", "--as-last"], "leave --as-last away"),
        (["add", "--partner", "DKMS", "--rally", ""], "Say which rally"),
        (["edit", "anthony", "--phone", "1\x00"], "--phone holds a character that can't be kept (U+0000)."),
        (["add", "--partner", "DKMS", "--rally", "paris"], "No rally in this plan fits. It has: Regional rally"),
        (
            ["add", "--partner", "DKMS", "--picket", "general"],
            "pickets fit \u201cgeneral\u201d; add the",
        ),
        (["add", "--partner", "DKMS", "--picket", "a", "--rally", "b"], "not both"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(rallyapp, plan, folder, arguments, sentence):
    with untouched(folder):
        said = rallyapp("stall", plan, *arguments)
    assert said.code == 2
    assert sentence in one_sentence(said)


def test_two_stalls_of_one_partner_are_told_apart(rallyapp, plan):
    rallyapp("stall", plan, "add", "--partner", "Anthony Nolan", "--picket", "princess anne 8 dec")
    said = rallyapp("stall", plan, "show", "anthony")
    assert said.code == 2
    assert "2 stalls fit \u201canthony\u201d; add the rally, the place or the date" in one_sentence(said)
    assert rallyapp("stall", plan, "show", "anthony", "princess").code == 0


def test_a_plan_without_rallies(rallyapp, epsom):
    said = rallyapp("stall", epsom, "add", "--partner", "DKMS")
    assert said.code == 2
    assert "There is no rally in this plan" in one_sentence(said)
