"""What a step with a stall or its partner writes: from nothing to a stall with shifts, and to its go or no-go."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from rallyapp.domain import stall_edits
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import NeedId, PicketId, RallyId, ShiftId, StallId
from rallyapp.domain.people import Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Role, Shift
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import problems_of
from rallyapp.domain.stalls import STALL_MOVES, IfOff, Stall, StallState, Tally
from rallyapp.domain.tells import ContactAttempt
from tests.domain.building import at, example, on, partner, person, picket, rally, shift, small_plan, stall, strike_day

OFF = strike_day(state=StrikeState.SUSPENDED)
HELPER = shift("helper", "11:00-13:30", stall_id=StallId("stall"))


def ids(prefix: str = "new"):  # type: ignore[no-untyped-def]
    numbers = count(1)
    return lambda: f"{prefix} {next(numbers)}"


# ---------------------------------------------------------------------------------------------- in words
@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", (None, None)),
        ("3 x 3 m", (300, 300)),
        ("3x2.5", (300, 250)),
        ("3m by 2,5m", (300, 250)),
        ("300 x 250", (300, 250)),
        ("300 \u00d7 250 cm", (300, 250)),
        ("90 x 60cm", (90, 60)),
        ("10 x 10 ft", (305, 305)),
        ("3 metres x 200 cm", (300, 200)),
    ],
)
def test_a_size_as_somebody_types_it(text: str, size: tuple[int | None, int | None]) -> None:
    assert stall_edits.typed_size(text) == size


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("large", "\u201clarge\u201d is not a size: write width x depth, such as 3 x 3 m"),
        ("3", "is not a size"),
        ("0 x 3 m", "A side of a pitch is from 1 cm to 100 m"),
        ("3 x 101 m", "A side of a pitch is from 1 cm to 100 m"),
    ],
)
def test_what_is_no_size(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        stall_edits.typed_size(text)


def test_sizes_places_and_needs_in_words() -> None:
    assert stall_edits.size_words(300, 250) == "3 \u00d7 2.5 m"
    assert stall_edits.size_words(300, None) == ""
    plan = small_plan()
    assert stall_edits.where_words(plan, stall()) == "Regional rally, Tue 1 Dec 2015 11:30–13:30"
    beside = stall(picket_id=PicketId("picket"))
    assert stall_edits.where_words(plan, beside).startswith("Main entrance, Southampton General Hospital, Tue 1 Dec")
    whole = stall(
        width=300, depth=300, tables=2, chairs=1, power="none", shelter="gazebo", dry_and_quiet=True,
        volunteers_wanted=4, kits=1_000,
    )  # fmt: skip
    assert stall_edits.needs_words(whole) == (
        "3 \u00d7 3 m, 2 tables, 1 chair, power: none, shelter: gazebo, a dry and quiet surface, 4 volunteers, "
        "1,000 kits"
    )
    assert stall_edits.needs_words(stall()) == ""


# --------------------------------------------------------------------------------------- partners, new stalls
def test_a_stall_of_a_partner_who_is_new_and_of_one_who_is_known() -> None:
    plan = small_plan()
    new = stall_edits.new_stall(plan, "  The Blood  Bank ", rally_id=RallyId("rally"), make_id=ids())
    assert [type(each).__name__ for each in new.saved] == ["Partner", "Stall"]
    assert (new.partner.name, new.known) == ("The Blood Bank", False)
    assert new.stall == Stall(id=StallId("new 2"), partner_id=new.partner.id, rally_id=RallyId("rally")), "no more"
    known = stall_edits.new_stall(plan, "anthony  NOLAN", picket_id=PicketId("picket"))
    assert known.saved == (known.stall,)
    assert known.partner == partner()
    assert not any(problems_of(record) for record in (*new.saved, *known.saved))


def test_a_stall_is_refused_without_a_name_and_twice_at_one_place() -> None:
    plan = small_plan(stall("elsewhere", rally_id=RallyId("other")), rally("other"), stall())
    with pytest.raises(UserError, match="Write the partner’s name"):
        stall_edits.new_stall(plan, "  ", rally_id=RallyId("rally"))
    with pytest.raises(UserError, match="Anthony Nolan has a stall there already: Regional rally, Tue 1 Dec 2015"):
        stall_edits.new_stall(plan, "Anthony Nolan", rally_id=RallyId("rally"))


def test_a_partner_with_stalls_stays() -> None:
    stall_edits.refuse_removing(small_plan(), partner())
    with pytest.raises(UserError, match=r"Anthony Nolan has a stall at Regional rally, .*13:30: delete its stalls"):
        stall_edits.refuse_removing(small_plan(stall()), partner())
    with pytest.raises(UserError, match=r"and 1 more: delete"):
        stall_edits.refuse_removing(small_plan(stall(), stall("two", picket_id=PicketId("picket"))), partner())


def test_the_needs_of_the_last_stall_fill_only_what_is_empty() -> None:
    first = stall("first", rally_id=RallyId("first"), width=300, depth=300, tables=2, target=60, note="Good spot")
    later = stall("later", rally_id=RallyId("later"), width=600, depth=300, tables=3)
    empty = stall("empty", picket_id=PicketId("picket"))
    plan = small_plan(rally("first", day=1), rally("later", day=16), rally("mine", day=8), first, later, empty)
    mine = stall("mine", rally_id=RallyId("mine"))
    assert stall_edits.last_stall(plan, mine) == first, "before it, rather than after"
    assert stall_edits.last_stall(plan, stall("x", rally_id=RallyId("first"))) == first
    assert stall_edits.last_stall(small_plan(mine, rally("mine")), mine) is None
    got = stall_edits.as_last(mine, first)
    assert (got.width, got.depth, got.tables, got.target, got.note) == (300, 300, 2, 0, "")
    own = stall_edits.as_last(replace(mine, width=200, tables=1), first)
    assert (own.width, own.depth, own.tables) == (200, None, 1)


def test_when_a_stall_is_there() -> None:
    def hours(mine: Stall) -> str:
        starts, ends = stall_edits.open_hours(small_plan(mine, picket(ends=None)), mine)
        return f"{starts:%H:%M}-{ends:%H:%M}"

    assert hours(stall()) == "11:30-13:30"
    assert hours(stall(arrives=at("10:15"), leaves=at("14:15"))) == "10:15-14:15"
    assert hours(stall(arrives=at("13:00"))) == "13:00-14:00", "an hour at least"
    assert hours(stall(picket_id=PicketId("picket"))) == "08:00-09:00"


def test_names_of_partners_that_hold_a_text() -> None:
    known = (partner(), partner("b", "Blood Bank"), partner("c", "anchor"))
    assert stall_edits.partners_like(known, " an ") == ["anchor", "Anthony Nolan", "Blood Bank"]
    assert stall_edits.partners_like(known, "nolan") == ["Anthony Nolan"]


def test_a_stall_at_which_something_happened_stays() -> None:
    stall_edits.refuse_deleting(small_plan(stall(), HELPER), stall())
    with pytest.raises(UserError, match="has a tally, so it stays in the plan"):
        stall_edits.refuse_deleting(small_plan(stall(), example(Tally)), stall())
    came = example(Attendance, shift_id=ShiftId("helper"))
    with pytest.raises(UserError, match="Who came to the stall of Anthony Nolan is on record"):
        stall_edits.refuse_deleting(small_plan(stall(), HELPER, came), stall())
    told = example(ContactAttempt, person_id=None, stall_id=StallId("stall"))
    with pytest.raises(UserError, match="That Anthony Nolan was told of a stand-down is on record, so its stall stays"):
        stall_edits.refuse_deleting(small_plan(stall(), HELPER, told), stall())


# ----------------------------------------------------------------------------------------- states, go or no-go
@pytest.mark.parametrize("state", StallState)
def test_only_the_moves_that_make_sense(state: StallState) -> None:
    plan, mine = small_plan(stall(state=state)), stall(state=state)
    for to in StallState:
        if to in STALL_MOVES[state]:
            assert stall_edits.move_stall(plan, mine, to).saved == (replace(mine, state=to),)
        else:
            with pytest.raises(UserError, match=f"is “{state}” and can’t become “{to}”: it can become “"):
                stall_edits.move_stall(plan, mine, to)


def test_a_stall_that_comes_back_asks_its_people_again_and_nobody_elses() -> None:
    down = stall(state=StallState.STOOD_DOWN)
    people = (person(), person("Bob Brown"), on("ann archer"), on("bob brown", "helper", Role.STALL))
    plan = small_plan(down, HELPER, *people)
    back = stall_edits.move_stall(plan, down, StallState.CONFIRMED)
    assert [(each.id, each.state) for each in back.saved if isinstance(each, Assignment)] == [
        ("bob brown on helper", AssignmentState.RECONFIRM)
    ]
    assert back.words == "1 person must be told again."


def test_the_strike_is_off_and_the_charity_comes_all_the_same() -> None:
    mine, people = stall(), (person(), on("ann archer", "helper", Role.STALL))
    plan = small_plan(OFF, mine, HELPER, *people)
    ahead = stall_edits.decide_if_off(plan, mine, IfOff.GOES_AHEAD)
    assert ahead.saved[0] == replace(mine, if_off=IfOff.GOES_AHEAD)
    assert len(ahead.again) == 1
    assert not stall_edits.decide_if_off(plan, mine, IfOff.STANDS_DOWN).again
    assert not stall_edits.decide_if_off(small_plan(mine, HELPER, *people), mine, IfOff.GOES_AHEAD).again


def test_the_question_that_is_open() -> None:
    ask = "has not said whether it comes all the same: ask."
    assert stall_edits.question_words(small_plan(OFF), stall()) == f"Tue 1 Dec is suspended. Anthony Nolan {ask}"
    beside = stall(picket_id=PicketId("picket"))
    snow = small_plan(picket(cancelled=True, reason="snow"))
    assert stall_edits.question_words(snow, beside) == f"Tue 1 Dec is stood down (snow). Anthony Nolan {ask}"
    assert stall_edits.question_words(small_plan(), stall()) == ""
    assert stall_edits.question_words(small_plan(OFF), stall(if_off=IfOff.STANDS_DOWN)) == ""
    assert not stall_edits.host_status(small_plan(OFF), stall()).on


def test_who_must_be_told() -> None:
    mine = stall(on_day_contact="Jodie", on_day_phone="07700 900160")
    plan = small_plan(
        partner(contact_name="Register team"), mine, HELPER, person(), person("Bob Brown"),
        on("ann archer", "helper", Role.STALL), on("bob brown", "helper", Role.STALL, state=AssignmentState.DECLINED),
    )  # fmt: skip
    assert stall_edits.whom_to_tell(plan, mine) == ("Jodie, 07700 900160", "Register team", "Ann Archer")
    assert stall_edits.whom_to_tell(small_plan(), stall()) == ()


# ------------------------------------------------------------------------------------------ shifts in the rota
def test_when_the_next_shift_would_be() -> None:
    def usual(mine: Stall, *more: Shift) -> str:
        starts, ends = stall_edits.usual_span(small_plan(mine, *more, picket(ends=None)), mine)
        return f"{starts:%H:%M}-{ends:%H:%M}"

    assert usual(stall()) == "11:30-13:30"
    assert usual(stall(), shift("one", "11:00-12:15", stall_id=StallId("stall"))) == "12:15-13:30"
    assert usual(stall(leaves=at("14:15")), HELPER) == "13:30-14:15"
    assert usual(stall(), HELPER) == "13:30-14:30"
    assert usual(stall(), replace(HELPER, cancelled=True, reason="rain")) == "11:30-13:30"
    assert usual(stall(picket_id=PicketId("picket"))) == "08:00-09:00", "nobody has said when that picket ends"


def test_a_shift_is_added_and_its_number_changed() -> None:
    mine = stall()
    made = stall_edits.add_shift(small_plan(mine), mine, at("11:00"), at("12:00"), 4, make_id=ids())
    assert made.saved == (
        Shift(id=ShiftId("new 1"), stall_id=StallId("stall"), starts=at("11:00"), ends=at("12:00")),
        Need(id=NeedId("new 2"), shift_id=ShiftId("new 1"), role=Role.STALL, least=4, wished=4, most=4),
    )
    for ends, wanted, sentence in (("12:00", 0, "at least 1 volunteer"), ("10:00", 2, "ends before it starts")):
        with pytest.raises(UserError, match=sentence):
            stall_edits.add_shift(small_plan(mine), mine, at("11:00"), at(ends), wanted)

    def wanted(number: int, *needs: Need) -> list[tuple[int, int, int]]:
        found = stall_edits.set_wanted(small_plan(mine, HELPER, *needs), HELPER, number).saved
        return [(each.least, each.wished, each.most) for each in found if isinstance(each, Need)]

    need = Need(id=NeedId("need"), shift_id=ShiftId("helper"), role=Role.STALL, least=2, wished=4, most=4)
    bsl = replace(need, id=NeedId("bsl"), skill=Skill.BSL)
    assert wanted(3) == [(3, 3, 3)]
    assert wanted(3, bsl) == [(3, 3, 3)], "another need stays as it is"
    assert wanted(4, need) == []
    assert wanted(6, need) == [(2, 6, 6)]
    assert wanted(1, need) == [(1, 1, 1)]
    assert wanted(6, replace(need, least=4)) == [(6, 6, 6)]
    with pytest.raises(UserError, match="delete the shift if nobody is to come"):
        wanted(0, need)


def test_a_shift_at_another_time_asks_its_people_again() -> None:
    people = (
        person(), person("Bob Brown"),
        on("ann archer", "helper", Role.STALL), on("bob brown", "helper", Role.STALL, state=AssignmentState.PROPOSED),
    )  # fmt: skip
    plan = small_plan(stall(), HELPER, *people)
    assert not stall_edits.move_shift(plan, HELPER, HELPER.starts, HELPER.ends).any
    moved = stall_edits.move_shift(plan, HELPER, at("11:00"), at("12:00"))
    assert [each.id for each in moved.saved] == ["helper", "ann archer on helper"]
    assert moved.again == ("ann archer",)


def test_somebody_of_the_charitys_own_is_never_a_member() -> None:
    plan = small_plan(stall(), HELPER)
    made = stall_edits.own_person(plan, HELPER, " Jodie  Ann Marchbank ", make_id=ids())
    who, row = made.saved
    assert (who.given_name, who.family_name, who.standing) == ("Jodie", "Ann Marchbank", Standing.PARTNER)  # type: ignore[attr-defined]
    assert who.partner_id == stall().partner_id  # type: ignore[attr-defined]
    assert (row.person_id, row.role) == (who.id, Role.STALL)  # type: ignore[attr-defined]
    with pytest.raises(UserError, match="Write the name of who comes"):
        stall_edits.own_person(plan, HELPER, " ")
