"""The posts of a rally: wanted and planned, offered, added, cut, moved and removed; and who has too far to walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from rallyapp import carried
from rallyapp.domain.ids import PersonId, PinId, PostId, RallyId, RouteStepId, ShiftId, SitePlanId
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Role, Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.plan import Plan
from rallyapp.domain.post_edits import (
    PostWanted,
    add_posts,
    add_shifts,
    affected,
    astray,
    bring_back,
    change_role,
    cut_shift,
    move_posts,
    own_need,
    remove_posts,
    reorder,
    retime_shift,
    role_in,
    set_numbers,
    usual_need,
    whole_time,
)
from rallyapp.domain.post_offers import lacking_words, offers
from rallyapp.domain.posts import figures, pins_of, posts_of, shifts_of, usual_ratio
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, RallyKind, RouteStep
from rallyapp.domain.records import problems_of
from rallyapp.domain.rota_work import RotaEdit, after
from rallyapp.domain.stalls import StallState
from rallyapp.domain.tight_walks import mends_of, tight_walks
from rallyapp.domain.typed_needs import numbers_words, typed_numbers
from tests.domain.building import at, example, on, person, picket, post, rally, shift, site, stall, venue
from tests.domain.check_building import good_plan, having, need

RULES = carried.law()
RALLY = RallyId("rally")


def ids() -> object:
    """Make ids that can be read: "new 1", "new 2"."""
    numbers = count(1)
    return lambda: f"new {next(numbers)}"


def steps(*crossings: tuple[str, bool]) -> list[RouteStep]:
    """Make the steps of a route: what they say, and whether they are on the accessible one; all cross a road."""
    return [
        RouteStep(
            id=RouteStepId(f"step {n}"), rally_id=RALLY, position=n, instruction=say, crossing=True, accessible=easy
        )
        for n, (say, easy) in enumerate(crossings)
    ]


def times(plan: Plan, post_id: str = "post") -> list[str]:
    return [each.words for each in shifts_of(plan, PostId(post_id))]


def done(plan: Plan, edit: RotaEdit) -> Plan:
    """Give the plan after a step, in which every record that was written is sound."""
    for record in edit.saved:
        assert not problems_of(record), record
    return after(plan, edit)


# ------------------------------------------------------------------------------------------- counting
def test_what_is_wanted_and_planned_is_said_with_source_and_moment() -> None:
    """Two posts; from 12:30 on the second one is held by three.

    ============ ===== ===== =====
    from         11:30 12:30 13:30
    ============ ===== ===== =====
    Stage left     1     1    off
    Kerb                 3     3
    first aid      2     2
    ============ ===== ===== =====
    """
    kerb = [
        post("kerb", name="Kerb"),
        shift("kerb 1", "12:30-14:00", post_id=PostId("kerb")),
        need("kerb 1", Role.STEWARD, 2, wished=3),
        on("bob brown", "kerb 1", Role.STEWARD),
    ]
    plan = good_plan(rally(expected=450), kerb)
    known = figures(plan, plan.all(type(rally()))[0], RULES)
    stewards, first_aid = known.stewards, known.first_aiders
    assert stewards.wanted is not None
    assert stewards.wanted.number == 5
    assert stewards.wanted.sentence.endswith("field events, IOSH forum): planning figure, not law.")
    assert stewards.words == "4 of 5 at the busiest moment, 12:30–13:30"
    assert (stewards.missing, stewards.people, stewards.planned_words) == (1, 2, "4 stewards are planned")
    assert first_aid.words == "2 of 2 at the busiest moment, 11:30–13:30"
    assert (first_aid.missing, first_aid.people) == (0, 2)


def test_the_busiest_stretch_goes_on_over_a_handover_and_counts_the_fewest_names() -> None:
    relay = [
        shift("stewarding", "11:30-12:30", post_id=PostId("post")),
        shift("second", "12:30-13:30", post_id=PostId("post")),
        need("second", Role.STEWARD, 1),
        shift("third", "13:30-14:00", post_id=PostId("post"), cancelled=True, reason="rain"),
        need("third", Role.STEWARD, 9, most=9),
    ]
    plan = good_plan(relay)
    stewards = figures(plan, rally(expected=100), RULES).stewards
    assert (stewards.words, stewards.people) == ("1 of 1 at the busiest moment, 11:30–13:30", 0)
    assert stewards.planned_words == "1 steward is planned"


def test_where_nothing_is_known_nothing_is_made_up() -> None:
    plan = Plan([rally(), venue()])
    known = figures(plan, rally(), RULES).stewards
    assert (known.wanted, known.words, known.missing) == (None, "None planned yet", 0)
    march = rally(kind=RallyKind.MARCH, expected=500)
    assert figures(plan, march, RULES).stewards.words == "None of 10 planned yet"
    assert (usual_ratio(RULES, march), usual_ratio(RULES, rally())) == (50, 100)


def test_a_post_knows_its_number_on_the_site_plan() -> None:
    pins = [
        Pin(id=PinId(f"pin {n}"), site_plan_id=SitePlanId("plan"), number=n, post_id=PostId("post")) for n in (7, 4)
    ]
    assert pins_of(Plan(pins), PostId("post")) == (4, 7)


# ------------------------------------------------------------------------------------------- offering
def test_a_march_is_offered_posts_whose_numbers_add_up_to_the_figure() -> None:
    march = rally(kind=RallyKind.MARCH_AND_RALLY, expected=900)
    route = steps(("Cross Civic Centre Road", False), ("Cross  London Road", False), ("Cross London Road", True))
    plan = Plan([march, venue(), post(name="stage-front"), stall(), *route])
    found = offers(plan, march, RULES)
    names = [each.name for each in found]
    assert names[:3] == ["Chief steward", "Road crossing 1", "Road crossing 2"], "a crossing of both routes is one"
    assert "Stage front" not in names, "it is there already"
    assert {"Head of the march", "Tail of the march", "Stalls", "Assembly point", "Dispersal"} <= set(names)
    assert found[2].where == "Cross London Road"
    stewards = [each for each in found if each.role in (Role.STEWARD, Role.CHIEF_STEWARD)]
    assert sum(each.number for each in stewards if each.counted) == 18
    assert stewards[0].number == 1, "there is one chief steward, however many stewards there are"
    assert {each.name: each.number for each in stewards}["Assembly point"] == 3
    assert [(each.name, each.number) for each in found if each.role is Role.FIRST_AIDER] == [("First-aid point", 2)]


def test_a_small_rally_is_offered_first_what_it_needs_most() -> None:
    small = rally(expected=150)
    found = offers(Plan([small, venue(), stall(state=StallState.DECLINED)]), small, RULES)
    counted = [each.name for each in found if each.counted]
    assert counted == ["Chief steward", "Stage front", "First-aid point"]
    assert "Stalls" not in [each.name for each in found]
    assert all(each.number >= 1 for each in found), "a post without anybody is none"
    unknown = offers(Plan([rally(), venue()]), rally(), RULES)
    assert not any(each.counted for each in unknown)
    march = rally(kind=RallyKind.MARCH, expected=500)
    assert "Stage front" not in [each.name for each in offers(Plan([march, venue()]), march, RULES)]


def test_more_are_never_chief_stewards_even_where_that_post_alone_is_left() -> None:
    names = ("Stage front", "Assembly point", "Accessible area", "Information point", "Dispersal", "First aid point")
    plan = Plan([rally(expected=300), venue(), *(post(name, name=name) for name in names)])
    assert [(each.name, each.number) for each in offers(plan, rally(expected=300), RULES)] == [("Chief steward", 3)]
    everything = Plan([rally(expected=300), venue(), *(post(name, name=name) for name in (*names, "Chief Steward"))])
    assert offers(everything, rally(expected=300), RULES) == ()


# --------------------------------------------------------------------------------------------- making
def test_an_added_post_is_held_for_the_whole_rally_by_one_or_two() -> None:
    long = rally(assemble=at("11:15"), dispersed=at("14:00"))
    plan = Plan([long, venue(), post(position=3)])
    wanted = [
        PostWanted(name="  First-aid   point ", role=role_in("First-aid point"), where="Steps"),
        PostWanted(name="Kerb", number=3, duty="Keep people off the road"),
        PostWanted(name="Chief", role=Role.CHIEF_STEWARD),
    ]
    plan = done(plan, add_posts(plan, RALLY, wanted))
    aid, kerb, chief = posts_of(plan, RALLY)[1:]
    assert (aid.name, aid.role, aid.position, aid.where) == ("First-aid point", Role.FIRST_AIDER, 4, "Steps")
    assert times(plan, aid.id) == ["11:15–14:00"]
    needs = {each.shift_id: (each.role, each.least, each.wished, each.most) for each in plan.all(Need)}
    shifts = {one.id: shifts_of(plan, one.id)[0] for one in (aid, kerb, chief)}
    assert needs[shifts[aid.id].id] == (Role.FIRST_AIDER, 1, 1, 2)
    assert needs[shifts[kerb.id].id] == (Role.STEWARD, 3, 3, 3)
    assert needs[shifts[chief.id].id] == (Role.CHIEF_STEWARD, 1, 1, 1)
    assert [shifts[one.id].priority for one in (aid, kerb, chief)] == [5, 3, 5]
    with pytest.raises(UserError, match=r"^Give the post a name, such as Stage front\.$"):
        add_posts(plan, RALLY, [PostWanted(name="  ")])
    with pytest.raises(UserError, match=r"^That rally is not there any more: somebody deleted it\.$"):
        add_posts(plan, RallyId("gone"), [PostWanted(name="Kerb")])


def test_times_that_are_not_entered_are_the_start_and_the_finish() -> None:
    assert (whole_time(rally()).start, whole_time(rally()).end) == (at("11:30"), at("13:30"))
    muddled = rally(assemble=at("15:00"))
    assert whole_time(muddled) == muddled.span


def test_the_role_is_read_from_the_name() -> None:
    assert [role_in(name) for name in ("First aid tent", "Deputy chief steward", "MC", "Kerb")] == [
        Role.FIRST_AIDER,
        Role.CHIEF_STEWARD,
        Role.MC,
        Role.STEWARD,
    ]
    assert usual_need(Role.MC).most == 1


def test_a_stretch_is_cut_into_shifts_that_remember_it_and_never_destroys_one() -> None:
    plan = good_plan()
    plan = done(plan, add_shifts(plan, PostId("post"), at("13:30"), at("15:00"), 30, ids()))  # type: ignore[arg-type]
    assert times(plan) == ["11:30–13:30", "13:30–14:00", "14:00–14:30", "14:30–15:00"]
    new = shifts_of(plan, PostId("post"))[1:]
    assert {each.batch for each in new} == {"new 1"}
    assert [own_need(plan, plan.get(Post, "post"), each).least for each in new] == [1, 1, 1]  # type: ignore[union-attr]
    with pytest.raises(UserError, match=r"^Stage left has a shift 11:30–13:30 already: choose a time that is free"):
        add_shifts(plan, PostId("post"), at("13:00"), at("14:00"))
    bare = Plan([rally(), venue(), post()])
    bare = done(bare, add_shifts(bare, PostId("post"), at("09:00"), at("10:00")))
    assert (times(bare), bare.all(Need)[0].most, bare.all(Shift)[0].batch) == (["09:00–10:00"], 2, "")
    for wrong, say in (
        (("10:00", "09:00", None), "ends before it starts"),
        (("09:00", "10:00", 3), "too short"),
    ):
        with pytest.raises(UserError, match=say):
            add_shifts(bare, PostId("post"), at(wrong[0], 2), at(wrong[1], 2), wrong[2])
    with pytest.raises(UserError, match="longer than 2 days"):
        add_shifts(bare, PostId("post"), at("09:00", 2), at("10:00", 4))
    spring = at("01:30", at("00:00").date().replace(month=3, day=29))
    with pytest.raises(UserError, match=r"^01:30 does not exist on Sun 29 Mar 2015: the clocks go forward"):
        add_shifts(bare, PostId("post"), spring, spring + timedelta(hours=2))


def test_a_shift_is_cut_in_parts_with_its_people_on_each() -> None:
    plan = good_plan()
    change = cut_shift(plan, ShiftId("stewarding"), 45)
    assert change.again == (), "together the parts are what they said yes to"
    plan = done(plan, change)
    assert times(plan) == ["11:30–12:15", "12:15–13:00", "13:00–13:30"]
    parts = shifts_of(plan, PostId("post"))
    for part in parts:
        assert [each.person_id for each in plan.of(Assignment, "shift_id", part.id)] == ["eve ellis"]
        assert [each.least for each in plan.of(Need, "shift_id", part.id)] == [1]
    assert len({part.batch for part in parts}) == 1
    with pytest.raises(
        UserError, match=r"^The shift 13:00–13:30 is no longer than 60 minutes: choose a shorter part\.$"
    ):
        cut_shift(plan, parts[-1].id, 60)
    came = replace(example(Attendance), shift_id=ShiftId("stewarding"), person_id=PersonId("eve ellis"))
    for refused in (
        lambda known: cut_shift(known, ShiftId("stewarding"), 30),
        lambda known: remove_posts(known, [PostId("post")]),
    ):
        with pytest.raises(UserError, match=r"who came is on record, so this shift stays as it is\.$"):
            refused(good_plan(came))
    with pytest.raises(UserError, match=r"^Main entrance, Southampton General Hospital is no post of a rally"):
        cut_shift(plan, ShiftId("shift"), 30)


# ------------------------------------------------------------------------------------------- changing
def test_who_said_yes_is_asked_again_when_the_time_changes() -> None:
    plan = good_plan()
    change = retime_shift(plan, ShiftId("stewarding"), at("12:00"), at("14:00"))
    assert change.again == ("eve ellis",)
    assert affected(plan, change) == "Eve Ellis must be told."
    plan = done(plan, change)
    assert times(plan) == ["12:00–14:00"]
    assert plan.of(Assignment, "shift_id", "stewarding")[0].state is AssignmentState.RECONFIRM
    assert not retime_shift(plan, ShiftId("stewarding"), at("12:00"), at("14:00")).any


def test_posts_move_with_the_rally() -> None:
    plan = good_plan()
    moved = done(plan, move_posts(plan, RALLY, timedelta(days=7, minutes=30)))
    assert [each.starts for each in shifts_of(moved, PostId("post"))] == [at("12:00", 8)]
    assert [each.starts for each in shifts_of(moved, PostId("aid"))] == [at("12:00", 8)]
    assert not move_posts(plan, RALLY, timedelta(0)).any
    some = move_posts(plan, RALLY, timedelta(hours=1), [ShiftId("aiding")])
    assert some.shifts == ("aiding",)
    assert affected(plan, some) == "Fay Frost and Gus Green must be told."


def test_shifts_that_the_rally_left_behind_are_brought_to_its_day() -> None:
    """The rally is now a week later; one of its shifts was cancelled before."""
    off = shift("off", "09:00-10:00", post_id=PostId("post"), cancelled=True, reason="rain")
    later = rally(day=8, expected=100)
    plan = good_plan(later, off)
    assert [each.id for each in astray(plan, later)] == ["aiding", "stewarding"], "in the order of the posts"
    plan = done(plan, bring_back(plan, later))
    assert [each.starts for each in astray(plan, later)] == []
    assert shifts_of(plan, PostId("aid"))[0].starts == at("11:30", 8)
    assert not bring_back(plan, later).any


def test_what_all_shifts_of_a_post_need_is_changed_at_once_and_other_needs_stay() -> None:
    more = [
        need("stewarding", Role.STEWARD, 1, skill=Skill.BSL),
        need("stewarding", Role.MC, 1),
        shift("second", "13:30-14:00", post_id=PostId("post")),
    ]
    plan = good_plan(more)
    plan = done(plan, set_numbers(plan, ["stewarding", "second"], typed_numbers("2-3")))  # type: ignore[list-item]
    needs = {(each.shift_id, each.role): each for each in plan.all(Need)}
    first, second = needs["stewarding", Role.STEWARD], needs["second", Role.STEWARD]
    assert (first.least, first.wished, first.most, first.skill) == (2, 2, 3, Skill.BSL)
    assert (second.least, second.wished, second.most, second.skill) == (2, 2, 3, None)
    assert needs["stewarding", Role.MC].least == 1
    lone = plan.get(Shift, "shift")
    assert own_need(plan, post(role=Role.MC), lone) is None


def test_a_post_of_another_role_needs_and_holds_people_of_that_role() -> None:
    asked = on("bob brown", "stewarding", Role.STEWARD, state=AssignmentState.PROPOSED)
    chief = on("cat clark", "stewarding", Role.CHIEF_STEWARD)
    plan = good_plan(asked, chief)
    change = change_role(plan, PostId("post"), Role.FIRST_AIDER)
    assert change.again == ("eve ellis",)
    plan = done(plan, change)
    assert plan.get(Post, "post").role is Role.FIRST_AIDER
    assert [each.role for each in plan.of(Need, "shift_id", "stewarding")] == [Role.FIRST_AIDER]
    held = {each.person_id: (each.role, each.state) for each in plan.of(Assignment, "shift_id", "stewarding")}
    assert held == {
        "eve ellis": (Role.FIRST_AIDER, AssignmentState.RECONFIRM),
        "bob brown": (Role.FIRST_AIDER, AssignmentState.PROPOSED),
        "cat clark": (Role.CHIEF_STEWARD, AssignmentState.CONFIRMED),
    }
    assert not change_role(plan, PostId("post"), Role.FIRST_AIDER).any
    both = good_plan(need("stewarding", Role.MC, 1))
    both = done(both, change_role(both, PostId("post"), Role.MC))
    assert [each.id for each in both.of(Need, "shift_id", "stewarding")] == ["MC on stewarding"]


def test_posts_are_put_in_order() -> None:
    plan = Plan([rally(), venue(), *(post(id, name=id, position=n) for n, id in enumerate("abcd"))])
    plan = done(plan, reorder(plan, RALLY, [PostId("c"), PostId("a")]))
    assert [each.id for each in posts_of(plan, RALLY)] == ["c", "a", "b", "d"]
    assert not reorder(plan, RALLY, [PostId("c")]).any


def test_who_is_on_a_removed_post_is_named() -> None:
    many = [on(who, "stewarding", Role.STEWARD) for who in ("ann archer", "bob brown", "cat clark")]
    plan = good_plan(many, on("dee dunn", "stewarding", Role.STEWARD, state=AssignmentState.DECLINED))
    change = remove_posts(plan, [PostId("post")])
    assert [record.id for record in change.deleted] == ["post"]
    assert affected(plan, change) == "Eve Ellis, Ann Archer and 2 others must be told."
    assert affected(plan, RotaEdit()) == ""
    pin = Pin(id=PinId("pin"), site_plan_id=SitePlanId("plan"), number=6, x=1, y=1, post_id=PostId("post"))
    assert [record.id for record in remove_posts(plan.changed([pin], ()), [PostId("post")]).deleted] == ["pin", "post"]
    with pytest.raises(UserError, match=r"^That post is not there any more: somebody deleted it\.$"):
        remove_posts(plan, [PostId("gone")])


# ------------------------------------------------------------------------------------ numbers as typed
@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("2", (2, 2, 2), "2"),
        ("2-3", (2, 2, 3), "2–3"),
        (" 2 to 4,  3 wished ", (2, 3, 4), "2–4, 3 wished"),
        ("0–2", (0, 1, 2), "0–2"),
        ("0-2, wished 0", (0, 0, 2), "0–2, 0 wished"),
        ("1, 2 wished", (1, 2, 2), "1–2, 2 wished"),
    ],
)
def test_how_many_are_needed_is_read_as_it_is_typed(text: str, numbers: tuple[int, int, int], words: str) -> None:
    assert typed_numbers(text) == numbers
    assert numbers_words(*numbers) == words
    assert typed_numbers(words) == numbers


@pytest.mark.parametrize("text", ["", "some", "3-2", "0", "1-2, 3 wished", "2000", "2-3-4"])
def test_numbers_that_make_no_sense_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"(is not a number of people: write 2, or 2-3|does not add up: write)"):
        typed_numbers(text)


# ------------------------------------------------------------------------------------------ the walks
NEAR = site("near", "Royal South Hants", lat=50_911_000, lon=-1_399_000)


def both(picket_times: str, post_times: str, *more: object) -> Plan:
    """Make a plan in which Ann pickets at the General and stewards at the Guildhall, 54 minutes away on foot."""
    return good_plan(
        picket(times=picket_times),
        shift("shift", picket_times),
        shift("stewarding", post_times, post_id=PostId("post")),
        need("shift", Role.SUPERVISOR, 1),
        on("ann archer", "stewarding", Role.STEWARD),
        *more,  # type: ignore[arg-type]
        without=["eve ellis on stewarding"],
    )


def test_a_picket_until_eleven_and_a_post_from_a_quarter_past_across_town_is_flagged() -> None:
    """1 December 2015, as the brief has it.

    ============================== ===== ============= =========
    Ann Archer                     to    from          walk
    ============================== ===== ============= =========
    General Hospital, Guildhall    11:00 11:15          54 min
    Royal South Hants, Guildhall   11:00 11:30          10 min
    ============================== ===== ============= =========
    """
    across = both("08:00-11:00", "11:15-13:30")
    found = having("travel", across)
    assert [problem.sentence for problem in found] == [
        "Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00–11:00: Ann Archer has 15 min between "
        "Southampton General Hospital (08:00–11:00) and Guildhall Square (11:15–13:30); the walk takes about 54 min"
    ]
    (walk,) = tight_walks(across, RALLY)
    assert (walk.person.id, walk.first.id, walk.then.id, walk.post.id) == (
        "ann archer",
        "shift",
        "stewarding",
        "stewarding",
    )
    assert walk.other.id == "shift"
    assert (walk.between, walk.walk) == (15, 54)
    assert walk.words == "15 min between, the walk takes about 54 min"

    close_by = both("08:00-11:00", "11:30-13:30", replace(NEAR, id="general"))
    assert having("travel", close_by) == []
    assert tight_walks(close_by, RALLY) == ()
    said_no = on("ann archer", "stewarding", Role.STEWARD, state=AssignmentState.DECLINED)
    assert tight_walks(both("08:00-11:00", "11:15-13:30", said_no), RALLY) == ()


def test_the_post_can_start_later_or_one_picket_be_let_go_earlier() -> None:
    plan = both("08:00-11:00", "11:15-13:30")
    (walk,) = tight_walks(plan, RALLY)
    later, earlier = mends_of(plan, walk, ids())  # type: ignore[arg-type]
    assert later.label == "Start Stage left at 11:55"
    mended = done(plan, RotaEdit(saved=later.save, deleted=later.delete))
    assert (times(mended), tight_walks(mended, RALLY)) == (["11:55–13:30"], ())

    assert earlier.label == "Let Ann Archer go from Main entrance at 10:20"
    mended = done(plan, RotaEdit(saved=earlier.save, deleted=earlier.delete))
    assert tight_walks(mended, RALLY) == ()
    halves = sorted(mended.of(Shift, "picket_id", "picket"), key=lambda each: each.starts)
    assert [each.words for each in halves] == ["08:00–10:20", "10:20–11:00"]
    who = [{each.person_id for each in mended.of(Assignment, "shift_id", half.id)} for half in halves]
    assert who == [{"ann archer", "bob brown", "cat clark", "dee dunn"}, {"bob brown", "cat clark", "dee dunn"}]
    assert len(mended.of(Need, "shift_id", halves[1].id)) == 2
    told = next(each for each in mended.of(Assignment, "shift_id", "shift") if each.person_id == "ann archer")
    assert told.state is AssignmentState.RECONFIRM


def test_a_time_that_is_a_whole_five_minutes_is_taken_as_it_is() -> None:
    plan = both("08:00-11:01", "11:15-13:30")
    (walk,) = tight_walks(plan, RALLY)
    assert mends_of(plan, walk)[0].label == "Start Stage left at 11:55"


def test_the_way_back_is_mended_at_its_other_end() -> None:
    """The post is over at 13:30, the picket begins at 14:00; Bob was only proposed."""
    proposed = on("ann archer", "shift", Role.SUPERVISOR, state=AssignmentState.PROPOSED)
    plan = both("14:00-17:00", "11:30-13:30", proposed)
    (walk,) = tight_walks(plan, RALLY)
    assert (walk.first.id, walk.post.id, walk.other.id) == ("stewarding", "stewarding", "shift")
    sooner, late = mends_of(plan, walk)
    assert (sooner.label, late.label) == (
        "End Stage left at 13:05",
        "Let Ann Archer come to Main entrance at 14:25",
    )
    mended = done(plan, RotaEdit(saved=sooner.save, deleted=sooner.delete))
    assert (times(mended), tight_walks(mended, RALLY)) == (["11:30–13:05"], ())
    mended = done(plan, RotaEdit(saved=late.save, deleted=late.delete))
    assert tight_walks(mended, RALLY) == ()
    halves = sorted(mended.of(Shift, "picket_id", "picket"), key=lambda each: each.starts)
    who = [{each.person_id for each in mended.of(Assignment, "shift_id", half.id)} for half in halves]
    assert who == [{"bob brown", "cat clark", "dee dunn"}, {"ann archer", "bob brown", "cat clark", "dee dunn"}]
    states = {each.person_id: each.state for each in mended.of(Assignment, "shift_id", halves[1].id)}
    assert states["ann archer"] is AssignmentState.PROPOSED
    assert states["bob brown"] is AssignmentState.CONFIRMED


def test_who_confirmed_to_come_later_is_to_reconfirm_the_later_part() -> None:
    plan = both("14:00-17:00", "11:30-13:30")
    (walk,) = tight_walks(plan, RALLY)
    late = mends_of(plan, walk)[1]
    theirs = [each for each in late.save if isinstance(each, Assignment) and each.person_id == "ann archer"]
    assert [each.state for each in theirs] == [AssignmentState.RECONFIRM]


def test_no_mend_is_offered_that_leaves_nothing_of_a_shift_or_changes_what_is_on_record() -> None:
    short = both("10:45-11:00", "11:15-11:50")
    (walk,) = tight_walks(short, RALLY)
    assert mends_of(short, walk) == ()
    came = [
        replace(example(Attendance), id=f"came {id}", shift_id=ShiftId(id), person_id=PersonId("bob brown"))
        for id in ("shift", "stewarding")
    ]
    begun = both("08:00-11:00", "11:15-13:30", *came)
    (walk,) = tight_walks(begun, RALLY)
    assert mends_of(begun, walk) == ()


def test_two_posts_of_one_rally_at_one_place_are_no_walk_and_a_pair_is_listed_once() -> None:
    plan = good_plan(
        on("ann archer", "stewarding", Role.STEWARD),
        on("ann archer", "aiding", Role.FIRST_AIDER),
        shift("shift", "08:00-11:10"),
        person("Ann Archer"),
    )
    walks = tight_walks(plan, RALLY)
    assert {(walk.first.id, walk.then.id) for walk in walks} == {("shift", "stewarding"), ("shift", "aiding")}
    assert len(walks) == 2


def test_what_the_figures_lack_is_said_apart() -> None:
    assert lacking_words(5, 2) == "5 stewards and 2 first aiders"
    assert lacking_words(1, 0) == "1 steward"
    assert lacking_words(0, 1) == "1 first aider"
    assert lacking_words(0, 0) == ""
