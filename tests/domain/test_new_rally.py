"""A rally from nothing, and one like an earlier one; and the words on its crowd."""

from dataclasses import replace
from datetime import date, time
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.crowd import CrowdWords, crowd_words
from rallyapp.domain.new_rally import RallyWanted, new_rally, times_on
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
from rallyapp.domain.rally_places import held_at, typed_place, venue_meant, venue_named
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


# ------------------------------------------------------------------------------------------------- where it is
@pytest.mark.parametrize(
    ("text", "name", "address", "postcode"),
    [
        (
            "The Guildhall, Guildhall Square, Southampton SO14 7LP",
            "The Guildhall",
            "Guildhall Square, Southampton",
            "SO14 7LP",
        ),
        (" The  Guildhall ,Guildhall Square,, so147lp.", "The Guildhall", "Guildhall Square", "SO14 7LP"),
        ("Town Hall, London EC1A 1BB, England", "Town Hall", "London, England", "EC1A 1BB"),
        ("Depot W1A 0AX, Gate M1 1AE", "Depot W1A 0AX", "Gate", "M1 1AE"),
        ("Town Hall, Unit E1 1st Floor, Leeds", "Town Hall", "Unit E1 1st Floor, Leeds", ""),
        ("Town Hall SO14 7LP, Southampton", "Town Hall", "Southampton", "SO14 7LP"),
        ("Guildhall  Square ", "Guildhall Square", "", ""),
        ("Guildhall Square,", "Guildhall Square", "", ""),
        (", SO14 7LP", "SO14 7LP", "", "SO14 7LP"),
        (",", ",", "", ""),
        (" ", "", "", ""),
    ],
)
def test_a_new_place_is_typed_with_its_address_and_postcode(text, name, address, postcode):
    assert typed_place(text) == (name, address, postcode)


@given(st.text(st.sampled_from("ab ,.\nSO147LP"), max_size=40))
def test_a_typed_place_has_a_name_and_loses_nothing(text):
    parts = typed_place(text)
    assert bool(parts[0]) == bool(text.strip())
    letters = sorted(filter(str.isalnum, "".join(parts).casefold()))
    if parts[0] != parts[2]:
        assert letters == sorted(filter(str.isalnum, text.casefold()))


def test_a_place_of_the_plan_is_meant_by_its_name_and_by_what_is_known_of_it():
    known = venue(name="Town Hall", address="Calverley Street\nLeeds", postcode="LS1 1UR")
    other = venue("other", name="Town Hall", address="Bradford")
    bare = venue("bare", name="Town Hall")
    comma = venue("comma", name="The Green, north end")
    every = [bare, known, other, comma]
    assert venue_named(every, "Hoglands Park") is None
    assert venue_meant(every, " the green,  North end") == comma
    assert venue_meant([known], "Town  hall,") == known
    assert venue_meant(every, "town hall, Leeds ls11ur") == known
    assert venue_meant(every, "Town Hall, calverley street, Leeds") == known
    assert venue_meant(every, "Town Hall, Bradford, BD1 1HY") == other
    filled = replace(bare, address="Leeds", postcode="LS9 9ZZ")
    assert venue_meant(every, "Town Hall, Leeds LS9 9ZZ") == filled
    assert venue_meant([known, other], "Town Hall, Leeds LS9 9ZZ") is None
    assert venue_meant([other], "Town Hall, LS9 9ZZ") is None
    assert venue_meant(every, "Hoglands Park, Southampton") is None
    made = new_rally(small_plan(bare), wanted(place="Town Hall, Leeds LS9 9ZZ"))
    assert made_of(made, Venue) == [filled]
    made = new_rally(Plan(), wanted(place="Town Hall, Leeds LS9 9ZZ"), make_id=ids())
    assert made_of(made, Venue) == [Venue(id="new 1", name="Town Hall", address="Leeds", postcode="LS9 9ZZ")]


def hoglands(**other):
    return replace(Venue(id="hoglands", name="Hoglands Prak"), **other)


def test_a_name_corrected_renames_a_place_of_which_nothing_else_is_known():
    here = rally(venue_id="hoglands")
    move = held_at(small_plan(here, hoglands()), here, "Hoglands Park, Southampton SO14 0AA")
    place = Venue(id="hoglands", name="Hoglands Park", address="Southampton", postcode="SO14 0AA")
    assert (move.rally, move.saved, move.deleted) == (here, (place,), ())
    assert move.label == "Rename Hoglands Prak to Hoglands Park"
    assert move.said == move.former == "Hoglands Prak is called Hoglands Park now: no other rally is there."
    capitals = held_at(small_plan(here, hoglands(name="the green, north")), here, " The Green,  north")
    assert capitals.saved == (hoglands(name="The Green, north"),)
    assert not held_at(small_plan(here, hoglands()), here, "Hoglands Prak").label
    filled = held_at(small_plan(here, hoglands()), here, "Hoglands Prak, Southampton")
    assert filled.saved == (hoglands(address="Southampton"),)
    assert (filled.label, filled.said) == ("Write the address of Hoglands Prak", "Write the address of Hoglands Prak.")


@pytest.mark.parametrize(("facts", "shared"), [({"capacity": 400}, False), ({}, True)])
def test_a_place_with_facts_or_another_rally_stays_and_a_new_one_is_made(facts, shared):
    here = rally(venue_id="hoglands")
    others = [rally("other", venue_id="hoglands")] if shared else []
    plan = small_plan(here, hoglands(**facts), others)
    move = held_at(plan, here, "Hoglands Park", make_id=ids())
    assert (move.saved, move.deleted) == ((Venue(id="new 1", name="Hoglands Park"),), ())
    assert move.rally == replace(here, venue_id="new 1")
    assert move.said == f"Hold {here.title} at Hoglands Park, a new place in the plan."
    assert not move.former
    assert held_at(plan, here, "hoglands PRAK") == held_at(plan, here, "Hoglands Prak,")
    assert not held_at(plan, here, "hoglands PRAK").label
    filled = held_at(plan, here, "Hoglands Prak, Southampton")
    assert filled.saved == (hoglands(address="Southampton", **facts),)
    assert filled.label == "Write the address of Hoglands Prak"


def test_a_place_that_nobody_uses_goes_where_only_its_name_was_known():
    here = rally(venue_id="hoglands")
    move = held_at(small_plan(here, hoglands(), venue()), here, "guildhall square")
    assert (move.saved, move.deleted) == ((), (hoglands(),))
    assert move.rally.venue_id == "guildhall"
    gone = "Hoglands Prak, of which only the name was known, is no longer in the plan."
    assert move.former == gone
    assert move.said == f"Hold {here.title} at Guildhall Square. {gone}"
    kept = held_at(small_plan(here, hoglands(note="wet"), venue()), here, "Guildhall Square")
    assert (kept.deleted, kept.said) == ((), f"Hold {here.title} at Guildhall Square.")
    filled = held_at(small_plan(here, hoglands(), venue()), here, "Guildhall Square, SO14 7LP")
    assert filled.saved == (venue(postcode="SO14 7LP"),)


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
