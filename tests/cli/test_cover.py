"""Somebody dropped out of a filled rota: whom to ask, what would change least, and that it can be taken back."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from rallyapp.cli import rally, run
from rallyapp.domain.eligibility import Book, may
from rallyapp.domain.people import Channel, CoverKind, Person, PersonSkill, Skill
from rallyapp.domain.people import Cover as Duty
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
    with Store.open(plan) as store:
        return holder_in(store, words, role, starts)


def holder_in(store, words, role, starts=None):
    """Give the shift at a place, and who holds a role there, of a plan that is open."""
    read = store.plan()
    (what,) = (
        each
        for each in read.all(Shift)
        if words in read.place_words(each) and starts in (None, f"{each.starts:%d %H:%M}")
    )
    row = next(row for row in read.of(Assignment, "shift_id", what.id) if row.state.counts and row.role is role)
    return what, read.get(Person, row.person_id)


def free_of(plan, person_id):
    """Give a plan in which somebody is on no shift."""
    return Plan([each for each in contents_of(plan) if not isinstance(each, Assignment) or each.person_id != person_id])


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
        "plan", "shift", "where", "when", "without", "applied", "covered", "on", "away", "missing", "replan",
        "only_by_moving",
    }  # fmt: skip
    assert (told.json["covered"], told.json["applied"], told.json["without"]) == (True, False, [gone.name])
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
    assert f"Ask {fitting[0]} to be a picket organiser at Main entrance" in words.out, "the word of that day's law"
    assert "supervisor" not in words.out, "one word for it in one answer"
    assert f"{gone.name}: 1 picket organiser missing (0 of 1 needed)." in words.out
    last = words.out.splitlines()[-1]
    assert last == f"Nothing was written: --apply would write {gone.name}\u2019s withdrawal and the change above."


def contents_of(plan):
    from rallyapp.domain.records import KINDS

    return [each for kind in KINDS for each in plan.all(kind)]


def test_applied_it_is_one_edit_that_can_be_undone(rallyapp, plan):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "08 10:00")
    with Store.open(plan) as store:
        before, version = contents(store), store.version
    told = rallyapp("cover", plan, what.id, "--without", gone.name, "--apply")
    assert told.code == 0
    after = whole(plan)
    rows = {row.person_id: row for row in after.of(Assignment, "shift_id", what.id) if row.role is Role.SUPERVISOR}
    assert rows.pop(gone.id).state is AssignmentState.WITHDRAWN
    ((_, new),) = rows.items()
    assert (new.state, new.origin, new.pinned) == (AssignmentState.PROPOSED, Origin.BUILDER, False)
    came = after.get(Person, new.person_id)
    assert told.out.splitlines()[-2:] == [
        f"Written: {gone.name} out. {came.name} proposed (not yet asked: {came.channel} {came.phone}).",
        "\u201crallyapp undo\u201d takes it back.",
    ]
    checked = rallyapp("check", plan, *TODAY, "--json").json
    assert checked["counts"]["red"] == 0
    assert not [each for each in checked["problems"] if each["code"] in ("short", "supervisor-gap", "declined")]
    again = rallyapp("cover", plan, what.id)
    assert (again.code, "has everybody that it needs" in again.out) == (0, True)
    assert f"Undone: Cover: {gone.name} out, {came.name} in" in rallyapp("undo", plan).out
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


@pytest.fixture
def other_chief(plan):
    """The other one who can be chief steward; the builder has her on a picket at the same time."""
    with Store.open(plan) as store, store.edit("Elsewhere") as edit:
        what, gone = holder_in(store, "Chief steward", Role.CHIEF_STEWARD)
        able = {held.person_id for held in store.where(PersonSkill, skill=Skill.CHIEF_STEWARD)} - {gone.id}
        read = store.plan()
        (other,) = (
            each
            for id in able
            if may(each := store.get(Person, id), what, Book(free_of(read, id)), role=Role.CHIEF_STEWARD)
        )
        picket, _ = holder_in(store, "Southampton General", Role.SUPERVISOR, "01 10:00")
        for row in read.all(Assignment):
            if row.person_id == other.id or (row.shift_id == picket.id and row.role is Role.SUPERVISOR):
                edit.delete(row)
        edit.save(
            Assignment(
                id="elsewhere",
                person_id=other.id,
                shift_id=picket.id,
                role=Role.SUPERVISOR,
                origin=Origin.BUILDER,
            )
        )
    return what, gone, picket, other


def test_the_only_other_one_moves_over_from_another_place_and_somebody_follows_there(rallyapp, plan, other_chief):
    what, gone, picket, other = other_chief
    told = rallyapp("cover", plan, "chief", "steward", "--without", gone.family_name, "--apply", "--json")
    assert (told.code, told.json["only_by_moving"]) == (0, None)
    moved, asked = told.json["replan"]["steps"]
    assert (moved["person"], moved["from"], moved["to"]) == (other.name, picket.id, what.id)
    assert (asked["to"], asked["from"]) == (picket.id, None)
    assert held(plan, what, Role.CHIEF_STEWARD) == {other.id}
    assert {whole(plan).name_of(id) for id in held(plan, picket, Role.SUPERVISOR)} == {asked["person"]}
    assert f"{gone.name} out, {other.name} and {asked['person']} in" in rallyapp("history", plan).out


def test_where_nobody_can_be_found_it_says_why_with_counts(rallyapp, plan, other_chief):
    what, gone, _, _ = other_chief
    with Store.open(plan) as store, store.edit("Confirm") as edit:
        edit.save(replace(store.get(Assignment, "elsewhere"), state=AssignmentState.CONFIRMED, pinned=True))
    told = rallyapp("cover", plan, what.id, "--without", gone.name)
    assert told.code == 1
    (line,) = (each for each in told.out.splitlines() if "Nobody fits as chief steward" in each)
    counts = rallyapp("cover", plan, what.id, "--without", gone.name, "--json").json["missing"][0]["against"]
    assert f"{counts['lacks the skill']} lack the skill" in line
    assert sum(counts.values()) == whole(plan).count(Person) - 1
    assert "are not enough for it" in told.out
    last = told.out.splitlines()[-1]
    assert last == f"Nothing was written: --apply would write only {gone.name}\u2019s withdrawal."


def test_who_can_not_be_there_is_named_and_others_are_found(rallyapp, plan):
    what, leader = holder(plan, "Southampton General", Role.SUPERVISOR, "01 10:00")
    pickets = sorted(held(plan, what, Role.PICKET))
    with Store.open(plan) as store, store.edit("Called to work") as edit:
        for row in store.where(Assignment, shift_id=what.id):
            if row.person_id == pickets[0]:
                edit.save(replace(row, state=AssignmentState.ASKED))
        for id in (leader.id, pickets[0]):
            times = {"starts": what.starts - timedelta(hours=3), "ends": what.ends + timedelta(hours=8)}
            edit.save(Duty(id=f"duty {id}", person_id=id, kind=CoverKind.EMERGENCY_COVER, **times))
        first, asked = leader.name, store.get(Person, pickets[0]).name
    told = rallyapp("cover", plan, what.id)
    assert told.code == 0
    assert f"  {first} (proposed) is on emergency cover 07:00\u201319:00." in told.out
    assert f"  {asked} (asked) is on emergency cover 07:00\u201319:00." in told.out
    assert "1 picket organiser missing (0 of 1 needed)." in told.out
    assert "1 picket missing (3 of 4 wished; it needs 3: not urgent)." in told.out
    assert told.out.splitlines()[-2:] == [
        f"{asked} stays in the plan until somebody takes them off: \u201c--without\u201d does.",
        f"Nothing was written: --apply would take {first} off and write the 2 changes above.",
    ]
    written = rallyapp("cover", plan, what.id, "--apply")
    assert f"Written: {first} out. " in written.out
    again = rallyapp("cover", plan, what.id)
    assert (again.code, "has everybody that it needs" in again.out) == (0, True)
    assert f"  {asked} (asked) is on emergency cover" in again.out
    told = rallyapp("cover", plan, what.id, "--without", asked, "--apply", "--json").json
    assert (told["away"], told["replan"]["steps"], told["applied"]) == ([], [], True)


def test_several_drop_out_and_one_is_ill_who_is_somewhere_else(rallyapp, plan):
    what, _ = holder(plan, "Southampton General", Role.SUPERVISOR, "01 09:00")
    one, two = (whole(plan).get(Person, id) for id in sorted(held(plan, what, Role.PICKET))[:2])
    first = rallyapp("cover", plan, what.id, "--without", one.id, "--without", two.name, "--json").json
    assert first["without"] == [one.name, two.name]
    assert [(each["role"], each["missing"]) for each in first["missing"]] == [("picket", 2)]
    ill = first["replan"]["steps"][0]["person"]
    told = rallyapp("cover", plan, what.id, "--without", one.id, "--without", two.name, "--without", ill)
    assert f"{ill} is not on this shift: nobody asks them, and nothing of theirs changes." in told.out
    assert f"Ask {ill}" not in told.out
    assert told.out.splitlines()[-1] == (
        f"Nothing was written: --apply would write {one.name} and {two.name}\u2019s withdrawal and the 2 changes above."
    )
    said = one_sentence(rallyapp("cover", plan, what.id, "--without", ill))
    assert said.startswith("Nobody on Main entrance"), "on which shift somebody drops out is not guessed"


def test_a_full_shift_says_who_is_on_it(rallyapp, plan):
    what, leader = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    lines = rallyapp("cover", plan, what.id).out.splitlines()
    assert lines[1] == "On it:"
    assert lines[2] == f"  {leader.name}: picket organiser, confirmed (text {leader.phone})"
    assert len(lines) == 2 + len({row.id for row in whole(plan).of(Assignment, "shift_id", what.id)})
    told = rallyapp("cover", plan, what.id, "--json").json["on"]
    assert [each["name"] for each in told] == [line.split(":")[0].strip() for line in lines[2:]]
    assert {(each["role"], each["state"]) for each in told} >= {("picket supervisor", "confirmed")}


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
    for words in ("Picket Sup", "picket organiser", "Picket Organ"):
        told = rallyapp("cover", plan, what.id, "--without", gone.id, "--role", words, "--json")
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
        "GENERAL TUESDAY 1 DEC 8",
        "general 1st dec 08:00",
        "general dec 1st, 8 am",
        "RHM01 1/12 8.00",
        "general 1/12/15 8-9",
        "sOuthampt\u00f6n tues 1 8.00am",
        "general 1 dec 2015 08:00\u201309:00",
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
        (
            ["general", "1", "dec", "08:30"],
            "Near it: Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00",
        ),
        (
            ["general 9 dec 09:00"],
            "Nothing on 9 Dec at Main entrance, Southampton General Hospital: there are shifts on 1, 8 and 16 Dec "
            "2015, 08:00\u201311:00.",
        ),
        (["saturday"], "Nothing on Saturday at the places that fit: there are shifts on 1, 8 and 16 Dec 2015"),
        (["31/2/2015"], "Nothing on 31 Feb at the places that fit: there are shifts on 1, 8 and 16 Dec 2015"),
        (["general 1/13/2015"], "No shift in this plan fits \u201cgeneral 1/13/2015\u201d. It has: Main entrance"),
        ([""], "No shift in this plan fits"),
        (["mc"], "No shift in this plan fits"),
        ([*GENERAL, "1 dec 08:00", "--without", "zebedee"], "fits \u201czebedee\u201d. On it: "),
        ([*GENERAL, "1 dec 08:00", "--without", " "], "On it: "),
        ([*GENERAL, "1 dec 08:00", "--role", "juggler"], "It has: picket organiser, picket, standby."),
        ([*GENERAL, "1 dec 08:00", "--role", ""], "It has: picket organiser, picket, standby."),
    ],
)
def test_what_is_not_clear_is_asked_back_in_one_sentence(rallyapp, plan, folder, arguments, says):
    with untouched(folder):
        assert says in one_sentence(rallyapp("cover", plan, *arguments, "--apply"))


def test_two_of_one_name_are_told_apart_by_the_rest_or_the_id(rallyapp, plan):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    with Store.open(plan) as store, store.edit("Namesakes") as edit:
        for id in held_in(store, what):
            edit.save(replace(store.get(Person, id), given_name="Jo", family_name=f"of {id}"))
    said = one_sentence(rallyapp("cover", plan, what.id, "--without", "jo"))
    assert "Several on" in said
    assert said.endswith("Give the whole name, or an id.")
    assert rallyapp("cover", plan, what.id, "--without", gone.id).code == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("S\u00e9amus \u00d3 S\u00failleabh\u00e1in", "seamus"),
        ("S\u00e9amus \u00d3 S\u00failleabh\u00e1in", "LLEABHAIN"),
        ("G\u00fcl\u015fah Y\u0131ld\u0131r\u0131m", "Gulsah Yildirim"),
        ("Ma\u0142gorzata \u017b\u00f3\u0142kiewska", "zolkiewska"),
        ("\u0110\u1ee9c Tr\u1ea7n", "duc"),
        ("S\u00f8ren \u00c6r\u00f8-Al-Rashid", "aero al-rashid"),
        ("Siobh\u00e1n O\u2019Hara", "o'hara"),
        ("Jo", "jo"),
    ],
)
def test_a_name_is_found_without_its_accents_and_by_any_part(rallyapp, plan, name, typed):
    what, gone = holder(plan, "Southampton General", Role.SUPERVISOR, "01 08:00")
    with Store.open(plan) as store, store.edit("Names") as edit:
        for id in held_in(store, what):
            given, _, family = name.partition(" ") if id == gone.id else ("Jon", "", "Bloggs")
            edit.save(replace(store.get(Person, id), given_name=given, family_name=family))
    assert rallyapp("cover", plan, what.id, "--without", typed, "--json").json["without"] == [name]


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
