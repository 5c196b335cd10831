"""Why a gap is one, in the words of a rep, and what would fill it: every sentence is held against ``why_not``."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import event, given, settings

from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.people import Availability, CoverKind, Level, Pair, Person, PersonSkill, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.rota.fill import fill, shifts_in
from rallyapp.rota.problem import of_plan
from rallyapp.rota.reasons import Gap, Reasons
from tests.domain.building import can, duty, entrance, offer, on, person, picket, post, shift, site
from tests.rota.drawing import applied, drawn, need, records_of, with_more
from tests.rota.plans import plans


def explained(plan):
    """The one gap of a plan, once it is filled, explained."""
    proposal = fill(plan, shifts_in(plan))
    (gap,) = proposal.gaps
    return proposal.why(gap)


def told(plan):
    return [mend.words for mend in explained(plan).mends]


# ---------------------------------------------------------------------------------------- who is kept away
@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (CoverKind.EMERGENCY_COVER, "1 is on emergency cover"),
        (CoverKind.ON_CALL, "1 is on call"),
        (CoverKind.FINISHING, "1 is finishing a shift at work"),
        (CoverKind.RECALLED, "1 is recalled to work"),
    ],
)
def test_work_is_called_by_its_name(kind, says):
    plan = drawn("ann |..", need("s8"), extra=[duty("ann", "08:00-12:00", kind=kind)])
    assert explained(plan).words == f"1 picket short ({says})"


def test_whoever_is_elsewhere_is_said_to_be_there():
    at_guildhall = [post(), shift("rally", "08:30-10:00", post_id="post"), on("ann", "rally", Role.STEWARD)]
    plan = drawn("ann |..", need("s8"), extra=at_guildhall)
    assert explained(plan).words == "1 picket short (1 is at Guildhall Square 08:30\u201310:00 then)"


def test_the_walk_is_told_in_minutes():
    at_guildhall = [post(), shift("rally", "09:00-10:00", post_id="post"), on("ann", "rally", Role.STEWARD)]
    plan = drawn("ann |..", need("s8"), extra=at_guildhall)
    assert explained(plan).words == "1 picket short (1 is at Guildhall Square from 09:00 (54 min walk))"


def test_what_is_too_far_is_not_told_in_hours():
    far = [site("far", "Far away", lat=54_000_000), entrance("far", "Door", site_id="far")]
    there = [picket("far", entrance_id="far"), shift("far", "09:00-10:00", picket_id="far")]
    there.append(on("ann", "far", Role.STANDBY))
    words = explained(drawn("ann |..", need("s8"), extra=[*far, *there])).words
    assert words == "1 picket short (1 is at Door, Far away from 09:00 (too far away: 341 km))"


def test_a_limit_is_told_in_hours():
    both = [person("Ann", max_minutes_day=60), person("Bob", max_minutes_total=90)]
    plan = drawn("ann |..##\nbob |..##", need("s8"), need("s9", least=2), extra=both)
    assert explained(plan).words == (
        "1 picket short (1 would be over their 1 h 30 min in all, 1 would be over their 1 h that day)"
    )


def test_too_little_rest_names_the_night_before():
    night = [picket("night", "18:00-23:00", day=2), shift("night", "18:00-23:00", 2, picket_id="night")]
    morning = [picket("next", "06:00-08:00", 3), shift("n6", "06:00-08:00", 3, picket_id="next"), need("n6")]
    plan = drawn("ann |", extra=[*night, *morning, on("ann", "night"), offer("ann", "06:00-08:00", 3)])
    assert explained(plan).words == (
        "1 picket short (1 is at Main entrance, Southampton General Hospital until 23:00 on Wed 2 Dec 2015 "
        "(7 h of rest))"
    )


def test_many_different_details_are_only_counted():
    elsewhere = []
    for n in range(5):
        elsewhere += [shift(f"e{n}", f"08:{10 * n:02d}-10:00"), on(f"p{n}", f"e{n}")]
    plan = drawn("\n".join(f"p{n} |.." for n in range(5)), need("s8"), extra=elsewhere)
    assert explained(plan).words == "1 picket short (5 are on another shift then)"


# ----------------------------------------------------------------------------------------- what would help
def test_ask_somebody_to_do_a_little_more():
    plan = drawn(
        "ann |..##\nbob |..##",
        need("s8"),
        need("s9", least=2),
        extra=[person("Ann", max_minutes_day=60), person("Bob", max_minutes_day=90)],
    )
    assert told(plan) == [
        "ask Bob, who is free but would do 2 h that day (their limit is 1 h 30 min)",
        "ask Ann, who is free but would do 2 h that day (their limit is 1 h)",
    ]


def test_ask_somebody_who_has_said_nothing():
    assert told(drawn("ann |", need("s8"))) == ["ask Ann, who has not said when they are free"]


def test_who_works_there_is_asked_before_an_official_from_elsewhere_and_a_reserve_last():
    official = person("Abe", standing=Standing.OFFICIAL, workplace_id=None)
    plan = drawn("zoe |\nbob |", need("s8", least=1), extra=[official, person("Bob", reserve=True)])
    assert [words.split(",")[0] for words in told(plan)] == ["ask Zoe", "ask Bob (reserve)"]


def test_ask_somebody_for_the_rest_of_the_time():
    plan = drawn("ann |", need("s8"), extra=[offer("ann", "08:20-09:00")])
    assert told(plan) == ["ask Ann, who is free but for 08:00\u201308:20"]
    ruled_out = Availability(
        id="n", person_id="ann", starts=plan.get(Shift, "s8").starts, ends=plan.get(Shift, "s8").ends, level=Level.NOT
    )
    assert told(with_more(plan, [ruled_out])) == [], "they said no"


def test_let_somebody_take_the_other_place():
    at_rally = [post(), shift("rally", "08:30-09:00", post_id="post"), on("ann", "rally", Role.STEWARD)]
    plan = drawn(
        "ann |..\nbob |",
        need("s8", Role.SUPERVISOR),
        extra=[*at_rally, can("ann", Skill.SUPERVISOR), offer("bob", "08:30-09:00")],
    )
    assert told(plan)[0] == (
        "let Bob take Ann\u2019s place at Stage left, Guildhall Square, 08:30\u201309:00, so that Ann can come; "
        "Ann has confirmed that place: ask them first"
    )


def test_move_the_other_shift():
    at_side = [
        entrance("side", "Side gate"),
        picket("side", "06:00-12:00", entrance_id="side"),
        shift("side", "08:30-09:30", picket_id="side"),
        on("ann", "side"),
        offer("ann", "08:00-12:00"),
    ]
    plan = drawn("ann |..", need("s8"), extra=at_side)
    assert told(plan) == [
        "move the shift at Side gate, Southampton General Hospital, 08:30\u201309:30 30 minutes later, "
        "so that Ann can do both"
    ]
    bob_can_not = [person("Bob"), on("bob", "side"), offer("bob", "08:30-09:30")]
    assert told(with_more(plan, bob_can_not)) == []


def test_tick_the_age_or_brief_somebody():
    rally = [post(), shift("rally", "08:30-09:00", post_id="post")]
    young = drawn("ann |..", extra=[*rally, need("rally", Role.STEWARD), person("Ann", adult=False)])
    assert told(young) == ["mark Ann as 18 or over, if they are"]
    plan = drawn("ann |..\nbob |", need("s8", Role.SUPERVISOR))
    assert told(plan) == ["Ann is free and lacks only the skill \u201cpicket organiser\u201d"]


def test_nothing_helps_at_a_full_entrance_and_nobody_is_asked_to_meet_whom_they_must_not():
    crowd = "\n".join(f"p{n} |##" for n in range(6))
    assert told(drawn(f"{crowd}\nann |", need("s8", least=7))) == []
    apart = Pair(id="pair", person_id="ann", other_id="bob", apart=True)
    assert told(drawn("ann |\nbob |##", need("s8", least=2), extra=[apart])) == []


def test_nobody_is_suggested_for_two_gaps_at_one_time_while_there_are_others():
    two = [entrance("side", "Side gate"), picket("side", "08:00-09:00", entrance_id="side")]
    two += [shift("side", "08:30-09:00", picket_id="side"), need("side")]
    people = "ann |\nbob |\ncat |\ndan |"
    plan = drawn(people, need("s8"), extra=two)
    proposal = fill(plan, shifts_in(plan))
    said = [{mend.person_id for mend in why.mends} for why in proposal.whys(proposal.gaps)]
    assert said == [{"ann", "bob"}, {"cat", "dan"}]
    plan = drawn("ann |", need("s8"), extra=two)
    proposal = fill(plan, shifts_in(plan))
    first, second = (why.mends for why in proposal.whys(proposal.gaps))
    assert [mend.words for mend in first] == ["ask Ann, who has not said when they are free"]
    assert [mend.words for mend in second] == [
        "ask Ann, who has not said when they are free (also suggested for another gap)"
    ]
    later = drawn("ann |", need("s8"), need("s9"))
    proposal = fill(later, shifts_in(later))
    assert not any(mend.again for why in proposal.whys(proposal.gaps) for mend in why.mends), "they could do both"


def test_whoever_only_few_can_replace_is_kept_for_the_gap_that_needs_them():
    plan = drawn("ann |\nbob |", need("s8"), need("s8", Role.SUPERVISOR), extra=[can("ann", Skill.SUPERVISOR)])
    proposal = fill(plan, shifts_in(plan))
    said = {gap.role: [m.person_id for m in proposal.why(gap).mends] for gap in proposal.gaps}
    assert said[Role.PICKET] == ["ann", "bob"], "each by itself"
    together = zip(proposal.gaps, proposal.whys(proposal.gaps), strict=True)
    said = {gap.role: [m.person_id for m in why.mends if m.kind == "say"] for gap, why in together}
    assert said == {Role.PICKET: ["bob"], Role.SUPERVISOR: ["ann"]}


def test_a_partner_s_own_people_are_not_asked_to_picket():
    pat = person("Pat", standing=Standing.PARTNER, workplace_id=None)
    rally = [post(), shift("rally", "08:30-09:00", post_id="post"), need("rally", Role.STEWARD), pat]
    assert told(drawn("pat |", extra=rally)) == []


def test_who_comes_only_if_need_be_or_is_on_leave_is_said_and_ranked_so():
    limits = [person(name, max_minutes_day=60) for name in ("Ann", "Bob", "Cat")]
    leave = duty("ann", "08:00-12:00", kind=CoverKind.LEAVE)
    extra = [*limits, leave, *(on(who, "s9") for who in ("ann", "bob", "cat"))]
    plan = drawn("ann |....\nbob |??..\ncat |....", need("s8", least=3), need("s9", least=3), extra=extra)
    assert told(plan)[:2] == [
        "ask Cat, who is free but would do 2 h that day (their limit is 1 h)",
        "ask Ann (on leave), who could come but would do 2 h that day (their limit is 1 h)",
    ]
    plan = drawn("bob |??", need("s8", Role.SUPERVISOR))
    assert told(plan) == ["Bob (if need be) could come and lacks only the skill \u201cpicket organiser\u201d"]


def test_whoever_could_come_but_for_the_time_is_said_to_be_so():
    plan = drawn("ann |..\nbob |", need("s8"))
    problem = of_plan(plan, shifts_in(plan))
    gap = Gap(shift_id="s8", role=Role.PICKET, skill=None, missing=1, wanted="picket")
    words = Reasons(problem, (), (), cut_short=True).explain(gap).words
    assert "1 could be asked: the time ran out before that was tried" in words
    assert "time" not in Reasons(problem, (), ()).explain(gap).words


# ------------------------------------------------------------------------------------------- joint shortages
def test_two_gates_and_one_supervisor():
    gates = [entrance("side", "Side gate"), picket("side", "08:00-09:00", entrance_id="side")]
    second = [shift("side", "08:00-09:00", picket_id="side"), need("side", Role.SUPERVISOR)]
    extra = [*gates, *second, can("ann", Skill.SUPERVISOR)]
    joint = explained(drawn("ann |..\nbob |..", need("s8", Role.SUPERVISOR), extra=extra)).joint
    assert joint == (
        "Tue 1 Dec 2015 08:00: Main entrance, Southampton General Hospital and Side gate, Southampton General Hospital "
        "each need 1 picket organiser, only Ann can come: 1 stays empty"
    )
    assert explained(drawn("ann |", need("s8"))).joint == "", "that one is short by itself"


def gates(many, times="08:00-09:00", least=1):
    """So many further entrances, each with a shift that needs picket organisers."""
    for n in range(many):
        yield entrance(f"gate{n}", f"Gate {n}")
        yield picket(f"gate{n}", times, entrance_id=f"gate{n}")
        yield shift(f"gate{n}", times, picket_id=f"gate{n}")
        yield need(f"gate{n}", Role.SUPERVISOR, least=least)


def test_what_one_cause_leaves_open_is_told_once_with_all_who_are_missing():
    able = [can("ann", Skill.SUPERVISOR), can("bob", Skill.SUPERVISOR)]
    plan = drawn("ann |..\nbob |..", need("s8", Role.SUPERVISOR), extra=[*able, *gates(3)])
    proposal = fill(plan, shifts_in(plan))
    assert len(proposal.gaps) == 2
    assert {why.joint for why in proposal.whys(proposal.gaps)} == {
        "Tue 1 Dec 2015 08:00: 4 entrances each need 1 picket organiser, only Ann and Bob can come: 2 stay empty"
    }


def test_names_are_cut_where_there_are_many():
    able = [can(f"p{n}", Skill.SUPERVISOR) for n in range(6)]
    plan = drawn("\n".join(f"p{n} |.." for n in range(6)), extra=[*able, *gates(4, least=2)])
    proposal = fill(plan, shifts_in(plan))
    (joint,) = {why.joint for why in proposal.whys(proposal.gaps)}
    assert joint == (
        "Tue 1 Dec 2015 08:00: 4 entrances each need 2 picket organisers, only P0, P1, P2 and 3 others can come: "
        "2 stay empty"
    )


def test_places_that_ask_for_different_people_are_counted_together():
    steward = [post(), shift("post", "08:30-09:00", post_id="post"), need("post", Role.STEWARD)]
    plan = drawn("ann |..", need("s8", Role.STANDBY), extra=steward)
    assert explained(plan).joint == (
        "Tue 1 Dec 2015 08:30: Main entrance, Southampton General Hospital and Stage left, Guildhall Square together "
        "need 1 standby and 1 steward, only Ann can come: 1 stays empty"
    )


def test_who_is_fixed_already_is_not_asked_for_again():
    plan = drawn("ann |##\nbob |....", need("s8", least=2), need("s9"), extra=[person("Bob", max_minutes_day=60)])
    joint = explained(plan).joint
    assert "08:00\u201309:00 needs 1 more picket; " in joint
    assert "09:00\u201310:00 needs 1 picket, and only Bob can come" in joint
    assert joint.endswith("and only Bob can come: with their other shifts, walks, rest and hours, 1 stays empty")


# -------------------------------------------------------------------------------------------- random plans
def mended(plan, gap, mend):
    """The plan with a change in it, written down a second time."""
    what = plan.get(Shift, gap.shift_id)
    who = plan.get(Person, mend.person_id)
    if mend.kind == "longer":
        return with_more(plan, [replace(who, max_minutes_day=None, max_minutes_total=None)])
    if mend.kind in ("say", "part"):
        return with_more(plan, [Availability(id="new", person_id=who.id, starts=what.starts, ends=what.ends)])
    if mend.kind == "tick":
        return with_more(plan, [replace(who, adult=True)])
    if mend.kind == "skill":
        return with_more(plan, [PersonSkill(id="new", person_id=who.id, skill=gap.role.skill)])
    if mend.kind == "move":
        other = plan.get(Shift, mend.other_shift)
        by = timedelta(minutes=mend.minutes)
        return with_more(plan, [replace(other, starts=other.starts + by, ends=other.ends + by)])
    if mend.kind == "swap":
        (row,) = (a for a in plan.of(Assignment, "shift_id", mend.other_shift) if a.person_id == who.id)
        rest = [each for each in records_of(plan) if each is not row]
        return Plan([*rest, replace(row, id="new", person_id=mend.taker, state=AssignmentState.PROPOSED)])
    assert mend.kind == "come"
    return plan


@settings(deadline=None, max_examples=80)
@given(plans())
def test_every_change_would_fill_a_place(plan):
    proposal = fill(plan, shifts_in(plan))
    before = applied(plan, proposal)
    for gap in proposal.gaps:
        for mend in proposal.why(gap).mends:
            event(mend.kind)
            after = mended(before, gap, mend)
            book = Book(after)
            what, who = after.get(Shift, gap.shift_id), after.get(Person, mend.person_id)
            assert why_not(who, what, book, role=gap.role, skill=gap.skill) == ()
            assert who.name in mend.words
            book.put(who.id, what.id)
            if mend.kind == "swap":
                taker, other = after.get(Person, mend.taker), after.get(Shift, mend.other_shift)
                (row,) = (a for a in after.of(Assignment, "shift_id", other.id) if a.person_id == taker.id)
                assert why_not(taker, other, book, role=row.role) == ()
            if mend.kind == "move":
                other = after.get(Shift, mend.other_shift)
                for row in after.of(Assignment, "shift_id", other.id):
                    if row.state.counts:
                        assert why_not(after.get(Person, row.person_id), other, book, role=row.role) == ()


@settings(deadline=None, max_examples=50)
@given(plans())
def test_nobody_could_just_be_asked_when_the_rota_is_the_best(plan):
    proposal = fill(plan, shifts_in(plan))
    if proposal.cost == proposal.bound:
        for gap in proposal.gaps:
            assert "could be asked" not in proposal.why(gap).reasons
