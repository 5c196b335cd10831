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
    assert words == "1 picket short (1 is at Door, Far away from 09:00 (too far to walk))"


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
    assert [words.split(",")[0] for words in told(plan)] == ["ask Zoe", "ask Bob"]


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
        "let Bob take Ann\u2019s place at Stage left, Guildhall Square, 08:30\u201309:00, so that Ann can come"
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
    assert told(plan) == ["Ann is free and lacks only the skill \u201cpicket supervisor\u201d"]


def test_nothing_helps_at_a_full_entrance_and_nobody_is_asked_to_meet_whom_they_must_not():
    crowd = "\n".join(f"p{n} |##" for n in range(6))
    assert told(drawn(f"{crowd}\nann |", need("s8", least=7))) == []
    apart = Pair(id="pair", person_id="ann", other_id="bob", apart=True)
    assert told(drawn("ann |\nbob |##", need("s8", least=2), extra=[apart])) == []


# ------------------------------------------------------------------------------------------- joint shortages
def test_two_gates_and_one_supervisor():
    gates = [entrance("side", "Side gate"), picket("side", "08:00-09:00", entrance_id="side")]
    second = [shift("side", "08:00-09:00", picket_id="side"), need("side", Role.SUPERVISOR)]
    extra = [*gates, *second, can("ann", Skill.SUPERVISOR)]
    joint = explained(drawn("ann |..\nbob |..", need("s8", Role.SUPERVISOR), extra=extra)).joint
    main, side = (f"{gate}, Southampton General Hospital, 08:00\u201309:00" for gate in ("Main entrance", "Side gate"))
    assert joint == (
        f"Tue 1 Dec 2015: {main} and {side} each need 1 picket organiser; nobody can have two of these places, "
        "and only Ann could be there: 1 place stays empty"
    )
    assert explained(drawn("ann |", need("s8"))).joint == "", "that one is short by itself"


def test_who_is_fixed_already_is_not_asked_for_again():
    plan = drawn("ann |##\nbob |....", need("s8", least=2), need("s9"), extra=[person("Bob", max_minutes_day=60)])
    joint = explained(plan).joint
    assert "08:00\u201309:00 needs 1 more picket; " in joint
    assert "09:00\u201310:00 needs 1 picket, and only Bob" in joint
    assert joint.endswith(
        "and only Bob could be there: with their other shifts, walks, rest and hours, 1 place stays empty"
    )


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


@settings(deadline=None, max_examples=200)
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


@settings(deadline=None, max_examples=100)
@given(plans())
def test_nobody_could_just_be_asked_when_the_rota_is_the_best(plan):
    proposal = fill(plan, shifts_in(plan))
    if proposal.cost == proposal.bound:
        for gap in proposal.gaps:
            assert "could be asked" not in proposal.why(gap).reasons
