"""A rally from nothing, and one like an earlier one; and the words on its crowd."""

from dataclasses import replace
from datetime import date, time
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.crowd import CrowdWords, crowd_words
from rallyapp.domain.new_rally import RallyWanted, new_rally, times_on, venue_named
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Contact,
    KitItem,
    Permission,
    PermissionState,
    PlanNote,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RallyKind,
    Risk,
    RouteStep,
    Speaker,
    TeamMember,
)
from rallyapp.domain.records import problems_of
from rallyapp.domain.stalls import Stall
from tests.domain.building import at, example, on, person, post, rally, shift, small_plan, stall, venue


def wanted(**other):
    made = RallyWanted(
        title="  March  for patients ",
        place="Guildhall Square",
        starts=at("12:00", 8),
        ends=at("15:00", 8),
        days=("day",),
        kind=RallyKind.STATIC,
        expected=500,
    )
    return replace(made, **other)


def ids():
    numbers = count(1)
    return lambda: f"new {next(numbers)}"


def made_of(made, kind):
    return [record for record in made.records if isinstance(record, kind)]


def test_a_new_rally_holds_what_was_entered_and_nothing_else():
    made = new_rally(small_plan(), wanted(place=" guildhall  SQUARE"), make_id=ids())
    assert made.rally == rally("new 1", "12:00-15:00", 8, title="March for patients", expected=500)
    assert [type(record) for record in made.records] == [Rally, RallyDay]
    assert made.records[1].strike_day_id == "day"
    assert made.words == ""
    assert all(not problems_of(record) for record in made.records)


def test_a_place_that_is_not_in_the_plan_is_made():
    made = new_rally(small_plan(), wanted(place="  Hoglands   Park ", days=()))
    (place,) = made_of(made, Venue)
    assert made.records == (place, made.rally)
    assert place.name == "Hoglands Park"
    assert made.rally.venue_id == place.id
    assert venue_named([venue()], "Hoglands Park") is None


def test_a_rally_may_end_the_next_day():
    assert times_on(date(2015, 12, 1), (time(11, 30), time(13, 30))) == (at("11:30"), at("13:30"))
    assert times_on(date(2015, 12, 1), (time(22), time(1))) == (at("22:00"), at("01:00", 2))


def earlier_plan(**other):
    like = rally(
        set_up=at("18:00", date(2015, 11, 30)),
        assemble=at("11:15"),
        move_off=at("11:20") if other.get("kind") else None,
        dispersed=at("14:00"),
        purpose="Thank you",
        steward_ratio=80,
        loudspeaker=True,
        note="Ours was wet.",
        customary="every May",
        **other,
    )
    return like, small_plan(
        like,
        [person("Ann Archer"), person("Bob Brown", left=True), person("Cy Carter")],
        [example(TeamMember), example(TeamMember, id="gone", person_id="bob brown")],
        [example(TeamMember, id="named", person_id=None, name="Dee Dray")],
        [example(Contact), example(Contact, id="ours", rally_id="rally")],
        [example(KitItem), example(KitItem, id="pa", rally_id="rally", checked="by Ann on Monday")],
        [example(Risk), example(PlanNote), example(RouteStep), example(Speaker), example(ProgrammeItem), stall()],
        example(
            Permission,
            body="Council",
            lead_days=14,
            deadline=date(2015, 11, 17),
            state=PermissionState.GRANTED,
            reference="E/15/204",
            sent_on=date(2015, 11, 10),
        ),
        [
            shift("stage", "10:45-12:00", post_id="post", batch="cut"),
            shift("late", "12:00-13:45", post_id="post", batch="cut"),
            shift("odd", "11:00-12:00", post_id="post"),
            shift("off", "11:00-12:00", post_id="post", cancelled=True, reason="no use"),
        ],
        [example(Need, id="of stage", shift_id="stage", role=Role.STEWARD), on("ann archer", "stage", Role.STEWARD)],
    )


def test_one_like_an_earlier_rally_takes_its_planning_and_none_of_its_answers():
    like, plan = earlier_plan()
    made = new_rally(plan, wanted(), like=like, make_id=ids())
    new = made.rally
    assert (new.set_up, new.assemble, new.dispersed) == (at("18:30", 7), at("11:45", 8), at("15:30", 8))
    assert (new.purpose, new.steward_ratio, new.loudspeaker) == ("Thank you", 80, True)
    assert (new.note, new.customary, new.expected, new.title) == ("", "", 500, "March for patients")
    assert {each.name or each.person_id for each in made_of(made, TeamMember)} == {"ann archer", "Dee Dray"}
    assert len(made_of(made, Contact)) == len(made_of(made, Risk)) == len(made_of(made, PlanNote)) == 1
    assert [item.checked for item in made_of(made, KitItem)] == [""]
    (asked,) = made_of(made, Permission)
    assert asked == Permission(id=asked.id, rally_id=new.id, kind=asked.kind, body="Council", lead_days=14)
    assert asked.state is PermissionState.TO_DO
    (stage,) = made_of(made, Post)
    first, second, odd = made_of(made, Shift)
    assert (first.starts, first.ends) == (at("11:15", 8), at("12:30", 8))
    assert first.post_id == second.post_id == odd.post_id == stage.id
    assert first.batch == second.batch not in ("", "cut")
    assert odd.batch == ""
    assert [need.shift_id for need in made_of(made, Need)] == [first.id]
    for kind in (Assignment, Speaker, ProgrammeItem, Stall, RouteStep):
        assert not made_of(made, kind)
    assert made.words == "2 in the team, 1 contact, 1 kit item, 1 post, 3 shifts, 1 risk"
    assert len({record.id for record in made.records}) == len(made.records)
    assert all(not problems_of(record) for record in made.records)


def test_a_march_like_an_earlier_one_takes_its_route_too():
    like, plan = earlier_plan(kind=RallyKind.MARCH)
    made = new_rally(plan, wanted(kind=RallyKind.MARCH), like=like)
    assert [step.instruction for step in made_of(made, RouteStep)] == ["Left into Above Bar"]
    assert made.rally.move_off == at("11:50", 8)
    static = new_rally(plan, wanted(), like=like).rally
    assert static.move_off is None
    assert not problems_of(static)


def test_a_shift_for_which_the_clocks_leave_no_time_keeps_its_length():
    spring = date(2016, 3, 27)
    plan = small_plan(rally(), post(), shift("night", "01:00-01:30", post_id="post"))
    made = new_rally(plan, wanted(starts=at("11:30", spring), ends=at("13:30", spring)), like=rally())
    (night,) = made_of(made, Shift)
    assert (night.starts, night.ends) == (at("02:00", spring), at("02:30", spring))
    assert new_rally(Plan(), wanted(), like=rally()).words == ""


# ------------------------------------------------------------------------------------------------- crowd
def test_the_levels_are_the_list_at_the_end():
    text = "Families.\n- by bus\nCome and go.\n\nTrigger levels:\n- 400: all stewards out.\n- 700: ring the police."
    read = crowd_words([text])
    assert read.profile == "Families.\n- by bus\nCome and go."
    assert read.levels == ("400: all stewards out.", "700: ring the police.", "")
    assert read.text == text
    assert crowd_words([]) == CrowdWords(levels=("", "", ""))
    assert crowd_words(["One.", "Trigger levels:\n- 1\n- 2\n- 3\n- 4"]).levels == ("1", "2", "3", "4")
    assert CrowdWords(levels=(" two\nlines ", "")).text == "Trigger levels:\n- two lines"


def test_a_profile_that_ends_in_a_list_stays_a_profile():
    families = "Who comes:\n- families\n- students"
    text = CrowdWords(profile=families, levels=("At 400: all to posts",)).text
    assert text == f"{families}\n\nTrigger levels:\n- At 400: all to posts"
    assert crowd_words([text]) == CrowdWords(profile=families, levels=("At 400: all to posts", "", ""))
    assert CrowdWords(profile=families).text == families
    assert crowd_words([families]).profile == families
    assert crowd_words(["Families.\n- 400: all stewards out."]).levels == ("", "", "")  # from before the heading
    odd = CrowdWords(profile="Trigger levels:\n- none yet", levels=("", "", ""))
    assert crowd_words([odd.text]) == odd


words = st.lists(st.sampled_from([*"-: \n", "- ", "\n- ", "Trigger levels:", "who"]) | st.text(max_size=5)).map("".join)


@given(words, st.lists(words, max_size=5))
def test_what_was_written_is_read_again(profile, levels):
    read = crowd_words([CrowdWords(profile=profile, levels=tuple(levels)).text])
    kept = [" ".join(level.split()) for level in levels if level.strip()]
    assert read.profile == profile.strip()
    assert [level for level in read.levels if level] == kept
