"""Whom to ask for one shift: who comes first and why, and that it never disagrees with ``eligibility``."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.demos import DEMOS
from rallyapp.domain.eligibility import Book, Why, may, why_not
from rallyapp.domain.people import Level, Liking, Pair, Person, Preference, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.rota.suggest import Group, Suggester, suggest
from tests.domain.building import (
    can,
    duty,
    offer,
    on,
    partner,
    person,
    picket,
    post,
    rally,
    shift,
    site,
    small_plan,
    stall,
)
from tests.rota.plans import plans

MORNING = "08:00-11:00"


def need(shift_id, role=Role.PICKET, least=1):
    return Need(id=f"{shift_id} {role}", shift_id=shift_id, role=role, least=least, wished=least, most=6)


def staffed(*names, **other):
    """People of the General who all offered the whole day."""
    return [each for name in names for each in (person(name, **other), offer(name.casefold(), "06:00-22:00"))]


def liking(who, how):
    return Preference(id=who, person_id=who, site_id="general", liking=how)


def asked(*records, role=Role.PICKET, what="shift", **other):
    plan = small_plan(picket(times="06:00-22:00"), *records)
    return suggest(plan, plan.get(Shift, what), role=role, **other)


def names(found, group=None):
    return [each.person.given_name for each in found.people if group in (None, each.group)]


# ----------------------------------------------------------------------------------------- those who fit
def test_those_who_do_least_come_first_and_equals_by_name():
    extra = [shift("late", "14:00-16:00"), shift("later", "17:00-18:00")]
    busy = [on("ann", "late"), on("bob", "later")]
    found = asked(*staffed("Dan", "Bob", "Ann", "Cat"), *extra, *busy)
    assert names(found, Group.FITS) == ["Cat", "Dan", "Bob", "Ann"]
    assert [each.minutes for each in found.people] == [0, 0, 60, 120]
    assert [each.words for each in found.people][1:] == [
        "works there, no shift yet",
        "works there, 1 h in this plan",
        "works there, 2 h in this plan",
    ]


def test_free_comes_before_if_need_be_and_a_reserve_last():
    reluctant = [person("Ann"), offer("ann", "06:00-22:00", level=Level.IF_NEED_BE)]
    later = [person("Bob"), offer("bob", MORNING), offer("bob", "14:00-22:00", level=Level.IF_NEED_BE)]
    found = asked(*reluctant, *later, *staffed("Cat", reserve=True), *staffed("Dan"))
    assert names(found, Group.FITS) == ["Bob", "Dan", "Cat", "Ann"]
    assert "only if need be" in found.people[3].words
    assert "is a reserve" in found.people[2].words


def test_who_likes_the_place_comes_first_and_who_dislikes_it_last():
    likings = [liking("ann", Liking.DISLIKES), liking("cat", Liking.LIKES), liking("dan", Liking.NEVER)]
    found = asked(*staffed("Ann", "Bob", "Cat", "Dan"), *likings)
    assert names(found) == ["Cat", "Bob", "Ann", "Dan"]
    assert [each.group for each in found.people] == [Group.FITS] * 3 + [Group.WARNED]
    assert found.people[3].words.startswith("will not go to Southampton General Hospital; ")


def test_for_a_rally_who_works_nearest_comes_first():
    places = [
        site("near", "Near", lat=50_909_000, lon=-1_406_000),
        site("unmapped", "Unmapped", lat=None, lon=None),
    ]
    people = [
        *staffed("Ann", workplace_id="general"),
        *staffed("Bob", workplace_id="unmapped"),
        *staffed("Cat", workplace_id="near"),
        *staffed("Dan", workplace_id=None),
    ]
    found = asked(
        *places, *people, post(), shift("rally", "11:30-13:30", post_id="post"), role=Role.STEWARD, what="rally"
    )
    assert names(found) == ["Cat", "Ann", "Bob", "Dan"]
    assert found.people[0].words == "works 2 min away on foot, no shift yet"


def test_a_skill_that_others_wait_for_weighs_like_two_hours():
    extra = [shift("noon", "12:00-13:00"), need("noon", Role.SUPERVISOR), shift("late", "14:00-17:00")]
    people = [*staffed("Ann", "Bob", "Cat"), can("ann", Skill.SUPERVISOR), can("bob", Skill.BSL), on("cat", "late")]
    found = asked(*people, *extra)
    assert names(found, Group.FITS) == ["Bob", "Ann", "Cat"]
    assert "is also wanted for picket organiser that day" in found.people[1].words
    as_supervisor = asked(*people, *extra, role=Role.SUPERVISOR)
    assert names(as_supervisor) == ["Ann"]
    assert as_supervisor.against == {Why.LACKS_SKILL: 2}


def test_somebody_there_in_another_role_could_step_up_but_comes_last():
    skills = [can(who, Skill.SUPERVISOR) for who in ("ann", "bob")]
    late = [shift("late", "14:00-20:00"), on("bob", "late")]
    found = asked(*staffed("Ann", "Bob"), *skills, on("ann", "shift"), *late, role=Role.SUPERVISOR)
    assert names(found, Group.FITS) == ["Bob", "Ann"]
    assert found.people[1].here_as is Role.PICKET
    assert "is there as picket already" in found.people[1].words
    assert names(asked(*staffed("Ann", "Bob"), *skills, on("ann", "shift"))) == ["Bob"]


# ------------------------------------------------------------------------------------ those who nearly fit
def test_who_would_be_over_their_hours_says_by_how_much():
    found = asked(*staffed("Ann", max_minutes_day=120), *staffed("Bob", max_minutes_total=150), *staffed("Cat"))
    assert names(found) == ["Cat", "Ann", "Bob"]
    assert [each.words.split(";")[0] for each in found.people[1:]] == [
        "over their 2 h that day by 1 h",
        "over their 2 h 30 min in all by 30 min",
    ]


def test_what_can_be_talked_over_comes_before_what_can_not():
    withdrawn = on("cat", "shift", state=AssignmentState.WITHDRAWN)
    part = [person("Bob"), offer("bob", "08:00-10:00")]
    found = asked(*staffed("Ann", max_minutes_day=60), *part, *staffed("Cat"), withdrawn)
    assert names(found) == ["Ann", "Bob", "Cat"]
    assert [each.words.split(";")[0] for each in found.people[1:]] == [
        "is not free 10:00\u201311:00 on Tue 1 Dec 2015",
        "has withdrawn from this shift",
    ]


def test_two_who_must_be_kept_apart_are_warned_of_unless_the_other_drops_out():
    apart = Pair(id="pair", person_id="ann", other_id="bob", apart=True)
    records = [*staffed("Ann", "Bob", "Cat"), apart, on("bob", "shift")]
    found = asked(*records)
    assert names(found) == ["Cat", "Ann"]
    assert found.people[1].group is Group.WARNED
    assert found.people[1].fits, "that is no matter of one person alone"
    assert found.people[1].words.startswith("is to be kept apart from Bob, who is there; ")
    assert names(asked(*records, without={"bob"}), Group.FITS) == ["Ann", "Cat"]


# ---------------------------------------------------------------------------------------- those who can't
def test_whoever_is_on_another_shift_says_which_and_whether_it_can_spare_them():
    others = [shift("one", "09:00-10:00"), need("one", least=1), shift("two", "09:30-10:30"), need("two", least=1)]
    there = [on("ann", "one"), on("bob", "two", state=AssignmentState.PROPOSED), on("cat", "two")]
    found = asked(*staffed("Ann", "Bob", "Cat", "Dan"), *others, *there, duty("dan", "09:00-10:00"))
    assert names(found) == ["Bob", "Cat", "Ann", "Dan"]
    assert {each.group for each in found.people} == {Group.BLOCKED}
    where = "Main entrance, Southampton General Hospital"
    assert [each.words.split(";")[0] for each in found.people] == [
        f"is down for {where}, 09:30\u201310:30, which can spare them",
        f"has confirmed {where}, 09:30\u201310:30, which can spare them",
        f"has confirmed {where}, 09:00\u201310:00, which would then be short",
        "is on emergency cover 09:00\u201310:00",
    ]
    assert [each.moves for each in found.people] == [("two",), ("two",), ("one",), ()]


def test_what_speaks_against_a_move_is_judged_as_if_they_had_moved():
    other = [shift("one", "09:00-12:00"), on("ann", "one"), on("bob", "one")]
    found = asked(*staffed("Ann", max_minutes_day=180), *staffed("Bob", max_minutes_day=150), *other)
    ann, bob = found.people
    assert {reason.why for reason in ann.reasons} == {Why.OVERLAP, Why.DAY_LIMIT}
    assert ann.if_moved == ()
    assert [reason.why for reason in bob.if_moved] == [Why.DAY_LIMIT]
    assert "over their 2 h 30 min that day by 30 min" in bob.words


def test_a_supervisor_who_is_only_within_reach_elsewhere_is_free_to_come():
    other = [shift("one", MORNING), on("ann", "one", role=Role.SUPERVISOR, presence=Presence.CONTACTABLE)]
    assert names(asked(*staffed("Ann"), *other), Group.FITS) == ["Ann"]
    late = [shift("late", "14:00-20:00"), on("bob", "late")]
    assert names(asked(*staffed("Ann", "Bob"), *other, *late, limit=1)) == ["Ann"]


def test_the_others_are_counted_and_listed_when_asked_for():
    elsewhere = [site("anne", "Princess Anne"), *staffed("Dan", workplace_id="anne")]
    quiet = [person("Bob"), person("Cat"), offer("cat", MORNING, day=2), person("Eve", left=True)]
    records = [*staffed("Ann"), *quiet, *elsewhere]
    found = asked(*records)
    assert names(found) == ["Ann"]
    assert found.against == {Why.NOT_SAID: 1, Why.NOT_FREE: 1, Why.OTHER_WORKPLACE: 1, Why.LEFT: 1}
    assert found.against_words == ("1 has not said when they are free, 1 is not free, 1 works elsewhere, 1 has left")
    plan = small_plan(*records)
    others = list(Suggester(plan).others(plan.get(Shift, "shift"), role=Role.PICKET))
    assert [(each.person.given_name, each.words.split(";")[0]) for each in others] == [
        ("Bob", "has not said when they are free"),
        ("Cat", "is not free 08:00\u201311:00 on Tue 1 Dec 2015"),
        ("Dan", "Southampton General Hospital is not Dan\u2019s own workplace: they can come as a supporter"),
    ]


def test_many_are_counted_in_the_plural():
    found = asked(*staffed("Ann", "Bob"), *[person(name) for name in ("Cat", "Dan")], role=Role.SUPERVISOR)
    assert found.against_words == "4 lack the skill"


def test_at_a_stall_only_that_charity_s_own_are_suggested():
    own = {"standing": Standing.PARTNER, "workplace_id": None}
    people = [
        *staffed("Ann", partner_id="nolan", **own),
        *staffed("Bob", partner_id="dkms", **own),
        *staffed("Cat", **own),
        *staffed("Dan"),
    ]
    stalls = [rally(), stall(), partner("dkms", "DKMS"), stall("dkms", partner_id="dkms")]
    donors = shift("donors", "11:00-12:00", stall_id="dkms")
    plan = small_plan(picket(times="06:00-22:00"), *stalls, donors, *people)
    found = suggest(plan, donors, role=Role.STALL)
    assert names(found, Group.FITS) == ["Bob", "Cat", "Dan"]
    assert found.people[0].words == "is the charity\u2019s own, no shift yet"
    assert found.against == {Why.PARTNERS_OWN: 1}
    (ann,) = Suggester(plan).others(donors, role=Role.STALL)
    assert (ann.person.id, ann.group) == ("ann", Group.BLOCKED)
    assert ann.words == "is of Anthony Nolan: asked for its stalls only; no shift yet"


def test_an_official_may_picket_anywhere():
    found = asked(*staffed("Omar", standing=Standing.OFFICIAL, workplace_id=None))
    assert [each.words for each in found.people] == ["no shift yet"]


# --------------------------------------------------------------------------------------- whatever the plan
def held_to_everything(plan, ready, what, role, skill, without):
    """Whatever is suggested must be what ``eligibility`` says, and everybody is in it once."""
    whole = ready.suggest(what, role=role, skill=skill, without=without, limit=None)
    others = list(ready.others(what, role=role, skill=skill, without=without))
    book = Book(plan)
    for each in (*whole.people, *others):
        against = why_not(each.person, what, book, role=role, skill=skill)
        assert each.reasons == against
        assert each.fits == may(each.person, what, book, role=role, skill=skill)
        assert (each.group is Group.BLOCKED) == any(reason.blocks for reason in against)
        assert each.words
    assert not any(each.fits for each in others), "nobody who fits is merely counted"
    assert [each.group for each in whole.people] == sorted(each.group for each in whole.people)
    there = {row.person_id for row in plan.of(Assignment, "shift_id", what.id) if row.state.counts and row.role is role}
    everybody = [each.id for each in plan.all(Person) if not each.left and each.id not in there | without]
    assert sorted(each.person.id for each in (*whole.people, *others)) == sorted(everybody)
    counted = Counter(each.reasons[0].why for each in whole.people if each.reasons)
    rest = Counter(whole.against) - counted
    assert sum(rest.values()) == len(others) + sum(each.left for each in plan.all(Person))
    for why in set(rest) - {Why.LEFT}:
        assert sum(any(reason.why is why for reason in each.reasons) for each in others) >= rest[why]
    return whole


@settings(max_examples=60, deadline=None)
@given(plans(), st.data())
def test_suggestions_never_disagree_with_eligibility(plan, data):
    ready = Suggester(plan)
    for what in plan.all(Shift):
        role, skill = data.draw(st.sampled_from(list(Role))), data.draw(st.sampled_from([None, None, Skill.BSL]))
        without = data.draw(st.sets(st.sampled_from(["ann", "bob"])))
        whole = held_to_everything(plan, ready, what, role, skill, without)
        for limit in (1, 2, 4):
            part = ready.suggest(what, role=role, skill=skill, without=without, limit=limit)
            assert part.people == whole.people[:limit], "a limit only cuts the list"
            assert part.more or part.against == whole.against
            assert not part.more or len(whole.of(Group.FITS)) >= limit


@pytest.mark.parametrize("name", ["southampton-2015", "epsom-st-helier-2016"])
def test_a_whole_demo_s_suggestions_are_what_eligibility_says(name):
    plan = Plan(DEMOS[name].records())
    ready = Suggester(plan)
    fitting = 0
    for what in plan.all(Shift)[::3]:
        for each in plan.of(Need, "shift_id", what.id):
            whole = held_to_everything(plan, ready, what, each.role, each.skill, set())
            assert ready.suggest(what, role=each.role, skill=each.skill, limit=5).people == whole.people[:5]
            fitting += len(whole.of(Group.FITS))
    assert fitting > 50
