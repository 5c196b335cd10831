"""Somebody dropped out of a filled rota: whom to ask, what would change least, and that it can be taken back."""

import shutil
from dataclasses import replace

import pytest

from rallyapp.cli import rally, run
from rallyapp.domain.eligibility import Book, may
from rallyapp.domain.people import Channel, Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Origin, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.store import Store
from tests.cli.asking import one_sentence, untouched
from tests.store.sample import contents

TODAY = ("--today", "2015-11-25")
GENERAL = ("main", "entrance", "general")


@pytest.fixture(scope="session")
def filled(demos, tmp_path_factory):
    """Southampton's plan with every place filled, closed; not to be written to."""
    path = shutil.copy(demos / "southampton-2015.rally", tmp_path_factory.mktemp("filled") / "s.rally")
    assert run(rally, ["fill", str(path), "--apply", "--json"]) == 0
    return path


@pytest.fixture
def plan(filled, folder):
    return shutil.copy(filled, folder / "s.rally")


def whole(plan):
    with Store.open(plan) as store:
        return store.plan()


def holder(plan, words, role, starts=None):
    """Give the shift at a place, and who holds a role there."""
    read = whole(plan)
    (what,) = (
        each
        for each in read.all(Shift)
        if words in read.place_words(each) and starts in (None, f"{each.starts:%d %H:%M}")
    )
    rows = [row for row in read.of(Assignment, "shift_id", what.id) if row.state.counts and row.role is role]
    return what, read.get(Person, rows[0].person_id)


def held(plan, what, role):
    rows = whole(plan).of(Assignment, "shift_id", what.id)
    return {row.person_id for row in rows if row.role is role and row.state.counts}


def test_a_supervisor_drops_out(rallyapp, plan, folder):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    with untouched(folder):
        told = rallyapp("cover", plan, what.id, "--without", gone.name, "--json")
        words = rallyapp("cover", plan, *GENERAL, "1", "dec", "08:00", "--without", gone.id)
    assert (told.code, words.code) == (0, 0)
    assert set(told.json) == {
        "plan", "shift", "where", "when", "without", "applied", "covered", "missing", "replan", "only_by_moving",
    }  # fmt: skip
    assert (told.json["covered"], told.json["applied"], told.json["without"]) == (True, False, gone.name)
    (missing,) = told.json["missing"]
    assert (missing["role"], missing["missing"], missing["short"]) == ("picket supervisor", 1, True)

    # Exactly those fit of whom the plan's own judge says so, and they come first.
    after = whole(plan)
    row = next(each for each in after.of(Assignment, "shift_id", what.id) if each.person_id == gone.id)
    withdrawn = Plan([*contents_of(after), replace(row, state=AssignmentState.WITHDRAWN)])
    book = Book(withdrawn)
    fitting = [each["name"] for each in missing["people"] if each["fits"]]
    assert sorted(fitting) == sorted(
        each.name
        for each in after.all(Person)
        if each.id != gone.id and may(each, what, book, role=Role.SUPERVISOR) and not each.left
    )
    assert fitting == [each["name"] for each in missing["people"]][: len(fitting)]
    assert len(fitting) > 1
    hours = [each["minutes"] for each in missing["people"] if each["words"].startswith("works there, no")]
    assert hours == sorted(hours)

    (step,) = told.json["replan"]["steps"]
    assert (step["person"], step["to"], step["from"]) == (fitting[0], what.id, None)
    first = next(each for each in missing["people"])
    assert f"{first['name']} ({first['channel']} {first['phone'] or first['email']}): works there" in words.out
    assert f"Ask {fitting[0]} to be picket organiser at Main entrance" in words.out, "the word of that day's law"
    assert "Nothing was written" in words.out


def contents_of(plan):
    from rallyapp.domain.records import KINDS

    return [each for kind in KINDS for each in plan.all(kind)]


def test_applied_it_is_one_edit_that_can_be_undone(rallyapp, plan):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "08 10:00")
    with Store.open(plan) as store:
        before, version = contents(store), store.version
    told = rallyapp("cover", plan, what.id, "--without", gone.name, "--apply")
    assert told.code == 0
    assert f"{gone.name} has withdrawn; \u201crallyapp undo\u201d takes it back." in told.out
    after = whole(plan)
    rows = {row.person_id: row for row in after.of(Assignment, "shift_id", what.id) if row.role is Role.SUPERVISOR}
    assert rows.pop(gone.id).state is AssignmentState.WITHDRAWN
    ((_, new),) = rows.items()
    assert (new.state, new.origin, new.pinned) == (AssignmentState.PROPOSED, Origin.BUILDER, False)
    checked = rallyapp("check", plan, *TODAY, "--json").json
    assert checked["counts"]["red"] == 0
    assert not [each for each in checked["problems"] if each["code"] in ("short", "supervisor-gap", "declined")]
    again = rallyapp("cover", plan, what.id)
    assert (again.code, "has everybody that it needs" in again.out) == (0, True)
    assert "Undone: Cover Main entrance" in rallyapp("undo", plan).out
    with Store.open(plan) as store:
        assert contents(store) == before
        assert store.version == version + 2


@pytest.fixture
def signers(plan):
    """Only two have BSL: one is on the access point, which needs it; the other is proposed for the arrivals."""
    what, gone = holder(plan, "Access point", Role.STEWARD)
    arrivals, _ = holder(plan, "Arrivals", Role.STEWARD)
    read = whole(plan)
    idle = Book(Plan([each for each in contents_of(read) if not isinstance(each, Assignment)]))
    able = [
        each
        for each in sorted(read.all(Person), key=lambda each: each.name)
        if each.id != gone.id and may(each, what, idle, role=Role.STEWARD, skill=Skill.BSL)
    ]
    other = able[0]
    with Store.open(plan) as store, store.edit("Two signers") as edit:
        for held_skill in store.where(PersonSkill, skill=Skill.BSL):
            if held_skill.person_id not in (gone.id, other.id):
                edit.delete(held_skill)
        for row in (*store.where(Assignment, person_id=other.id), *store.where(Assignment, shift_id=arrivals.id)):
            if store.find(Assignment, row.id) is not None:
                edit.delete(row)
        edit.save(
            Assignment(
                id="arrivals",
                person_id=other.id,
                shift_id=arrivals.id,
                role=Role.STEWARD,
                origin=Origin.BUILDER,
            )
        )
    return what, arrivals, gone, other


def test_where_nobody_is_free_the_builder_s_own_proposals_move_and_somebody_takes_their_place(rallyapp, plan, signers):
    what, arrivals, gone, other = signers
    told = rallyapp("cover", plan, "access", "point", "--without", gone.name, "--apply", "--json")
    assert told.code == 0
    (missing,) = told.json["missing"]
    assert missing["words"] == "1 steward with BSL"
    assert [(each["name"], each["group"], each["moves"]) for each in missing["people"]] == [
        (other.name, "blocked", [arrivals.id])
    ]
    moved, asked = told.json["replan"]["steps"]
    assert told.json["replan"]["changes"] == 2
    assert (moved["person"], moved["from"], moved["to"]) == (other.name, arrivals.id, what.id)
    assert moved["words"].startswith(f"Move {other.name} from steward at Arrivals, ")
    assert (asked["from"], asked["to"]) == (None, arrivals.id)
    assert asked["words"].endswith(f", in {other.name}\u2019s place")
    assert asked["person"] != gone.name, "who dropped out is asked for nothing else"
    after = whole(plan)
    assert held(plan, what, Role.STEWARD) == {other.id}
    assert {after.name_of(id) for id in held(plan, arrivals, Role.STEWARD)} == {asked["person"]}
    assert after.get(Assignment, "arrivals").shift_id == what.id
    problems = rallyapp("check", plan, *TODAY, "--json").json["problems"]
    here = [each for each in problems if {what.id, arrivals.id} & {concern["id"] for concern in each["concerns"]}]
    assert here == []


def test_who_has_confirmed_is_never_moved_only_suggested(rallyapp, plan, signers):
    what, arrivals, gone, other = signers
    with Store.open(plan) as store, store.edit("Confirm") as edit:
        edit.save(replace(store.get(Assignment, "arrivals"), state=AssignmentState.CONFIRMED))
    words = rallyapp("cover", plan, what.id, "--without", gone.id)
    assert words.code == 1
    assert f"{other.name} (" in words.out
    assert "): has confirmed Arrivals, Southampton Guildhall, 10:45\u201313:45, which would then be short" in words.out
    assert "If they agree (2 changes, never written by this command):" in words.out
    told = rallyapp("cover", plan, what.id, "--without", gone.id, "--apply", "--json")
    assert told.code == 1
    assert (told.json["covered"], told.json["replan"]["steps"], told.json["applied"]) == (False, [], True)
    assert told.json["only_by_moving"]["steps"][0]["person"] == other.name
    assert held(plan, what, Role.STEWARD) == set()
    assert held(plan, arrivals, Role.STEWARD) == {other.id}


def test_where_nobody_can_be_found_it_says_why_with_counts(rallyapp, plan):
    what, gone = holder(plan, "Chief steward", Role.CHIEF_STEWARD)
    told = rallyapp("cover", plan, what.id, "--without", gone.name)
    assert told.code == 1
    (line,) = (each for each in told.out.splitlines() if "Nobody fits as chief steward" in each)
    counts = rallyapp("cover", plan, what.id, "--without", gone.name, "--json").json["missing"][0]["against"]
    assert f"{counts['lacks the skill']} lack the skill" in line
    assert sum(counts.values()) == whole(plan).count(Person) - 1
    assert "are not enough for it" in told.out


def test_a_place_below_the_wish_alone_moves_nobody(rallyapp, plan):
    what, _ = holder(plan, "Anthony Nolan", Role.STALL, "01 11:00")
    read = whole(plan)
    wished = next(each for each in read.of(Need, "shift_id", what.id) if each.role is Role.STALL)
    gone = read.get(Person, sorted(held(plan, what, Role.STALL))[0])
    told = rallyapp("cover", plan, what.id, "--without", gone.id, "--json").json
    (missing,) = told["missing"]
    assert (missing["missing"], missing["short"]) == (1, False)
    assert len(held(plan, what, Role.STALL)) == wished.wished > wished.least
    assert all(step["from"] is None for step in told["replan"]["steps"])


def test_one_role_alone(rallyapp, plan):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    told = rallyapp("cover", plan, what.id, "--without", gone.id, "--role", "picket")
    assert (told.code, "has everybody that it needs as picket" in told.out) == (0, True)
    told = rallyapp("cover", plan, what.id, "--without", gone.id, "--role", "Picket Sup", "--json")
    assert [each["role"] for each in told.json["missing"]] == ["picket supervisor"]


def test_what_else_they_are_down_for_that_day_is_said(rallyapp, plan):
    read = whole(plan)
    twice = next(
        (one, other)
        for one in read.all(Assignment)
        for other in read.of(Assignment, "person_id", one.person_id)
        if other.id != one.id
        and (a := read.get(Shift, one.shift_id)).starts.date() == (b := read.get(Shift, other.shift_id)).starts.date()
        and a.starts < b.starts
    )
    told = rallyapp("cover", plan, twice[0].shift_id, "--without", twice[0].person_id)
    where = read.place_words(read.get(Shift, twice[1].shift_id))
    assert f"{read.name_of(twice[0].person_id)} is also down for {where}" in told.out


def test_an_encrypted_plan(rallyapp, secret, words):
    with untouched(secret.parent):
        told = rallyapp("cover", secret, *GENERAL, "1 dec 9am", "--passphrase-file", words, "--json")
    assert told.code == 0
    assert {each["role"] for each in told.json["missing"]} == {"picket supervisor", "picket"}
    assert len(told.json["replan"]["steps"]) == sum(each["missing"] for each in told.json["missing"])


def test_how_somebody_wants_to_be_reached(rallyapp, plan):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    first = rallyapp("cover", plan, what.id, "--without", gone.id, "--json").json["missing"][0]["people"][0]
    for channel, number, said in (
        (Channel.REP, "07700 900999", "through a rep"),
        (Channel.PHONE, "07700 900999", "phone 07700 900999"),
        (Channel.TEXT, "", "no phone or e-mail in the plan"),
    ):
        with Store.open(plan) as store, store.edit("Channel") as edit:
            edit.save(replace(store.get(Person, first["id"]), channel=channel, phone=number, email=""))
        assert f"{first['name']} ({said}): " in rallyapp("cover", plan, what.id, "--without", gone.id).out


# ------------------------------------------------------------------------------------------ what is meant
@pytest.mark.parametrize(
    "text",
    [
        "main entrance southampton general 1 dec 08:00",
        "Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00\u201309:00",
        "general tuesday 1 december 8am",
        "general 2015-12-01 at 0800",
        "the main entrance on 1/12/2015 08:00-09:00",
    ],
)
def test_a_shift_is_found_by_words(rallyapp, filled, text):
    told = rallyapp("cover", filled, *text.split(), "--json")
    assert (told.code, told.json["when"]) == (0, "Tue 1 Dec 2015 08:00\u201309:00")
    assert told.json["where"] == "Main entrance, Southampton General Hospital"
    assert rallyapp("cover", filled, text, "--json").json["shift"] == told.json["shift"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "No shift in this plan fits \u201cnowhere\u201d. It has: Main entrance"),
        (["1"], "shifts fit \u201c1\u201d; add the place, date or time: Main entrance"),
        (["general", "8", "dec"], "3 shifts fit"),
        (["general", "1", "dec", "08:30"], "No shift in this plan fits"),
        ([""], "No shift in this plan fits"),
        (["mc"], "No shift in this plan fits"),
        ([*GENERAL, "1 dec 08:00", "--without", "zebedee"], "fits \u201czebedee\u201d. On it: "),
        ([*GENERAL, "1 dec 08:00", "--without", " "], "On it: "),
        ([*GENERAL, "1 dec 08:00", "--role", "juggler"], "It has: picket supervisor, picket, standby."),
        ([*GENERAL, "1 dec 08:00", "--role", ""], "It has: picket supervisor, picket, standby."),
    ],
)
def test_what_is_not_clear_is_asked_back_in_one_sentence(rallyapp, plan, folder, arguments, says):
    with untouched(folder):
        assert says in one_sentence(rallyapp("cover", plan, *arguments, "--apply"))


def test_two_of_one_name_are_told_apart_by_the_rest_or_the_id(rallyapp, plan):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    with Store.open(plan) as store, store.edit("Namesakes") as edit:
        for id in held_in(store, what):
            edit.save(replace(store.get(Person, id), given_name="Jo"))
    said = one_sentence(rallyapp("cover", plan, what.id, "--without", "jo"))
    assert "Several on" in said
    assert said.endswith("Give the whole name, or an id.")
    assert rallyapp("cover", plan, what.id, "--without", gone.id).code == 0


def held_in(store, what):
    return sorted({row.person_id for row in store.where(Assignment, shift_id=what.id)})


def test_nobody_can_drop_out_of_an_empty_shift_and_nobody_is_needed_where_nothing_goes_ahead(rallyapp, epsom):
    read = whole(epsom)
    what = min(read.all(Shift), key=lambda each: (each.starts, each.id))
    assert "Nobody is on" in one_sentence(rallyapp("cover", epsom, what.id, "--without", "ann"))
    with Store.open(epsom) as store, store.edit("Cancel") as edit:
        edit.save(replace(what, cancelled=True, reason="flooded"))
    assert "does not go ahead (flooded)" in one_sentence(rallyapp("cover", epsom, what.id))


def test_a_plan_without_shifts(rallyapp, folder):
    assert rallyapp("new", folder / "n.rally", "--union", "BMA").code == 0
    said = one_sentence(rallyapp("cover", folder / "n.rally", "main"))
    assert said == "No shift in this plan fits \u201cmain\u201d. It has none yet."
