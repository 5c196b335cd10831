"""What was off and goes ahead again: whoever knew of it is asked once more, at pickets, posts and stalls alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import PicketId, PostId, StallId
from rallyapp.domain.pickets import Assignment, AssignmentState, Role
from rallyapp.domain.rallies import Override
from rallyapp.domain.rally_edits import decided_apart, following
from rallyapp.domain.reinstating import reinstated, to_reconfirm
from rallyapp.domain.stalls import IfOff
from rallyapp.domain.stand_down import Going, of_rally, of_shift, of_stall
from tests.domain.building import (
    on,
    person,
    picket,
    post,
    rally,
    rally_day,
    shift,
    small_plan,
    stall,
    strike_day,
)

EIGHTH, SIXTEENTH = (
    strike_day(f"day {number}", date(2015, 12, number), state=StrikeState.NOTIFIED) for number in (8, 16)
)


def everything() -> list[object]:
    """1, 8 and 16 December: a picket each day, and on the 1st a rally with a post and a stall, people on all."""
    names = ("Ann Archer", "Bob Brown", "Cat Cole", "Dan Drew", "Eve Eden", "Fay Ford", "Gus Gray")
    found: list[object] = [person(name) for name in names]
    for number, day in ((8, EIGHTH), (16, SIXTEENTH)):
        there = picket(f"picket {number}", day=number, strike_day_id=day.id)
        found += [day, there, shift(f"shift {number}", day=number, picket_id=there.id)]
        found.append(on("ann archer", f"shift {number}"))
    found += [
        shift("steward", "11:00-13:30", post_id=PostId("post")),
        stall(),
        shift("helper", "11:00-13:30", stall_id=StallId("stall")),
        shift("snowed in", cancelled=True, reason="snow"),
        on("ann archer"),
        on("bob brown", state=AssignmentState.ASKED),
        on("cat cole", state=AssignmentState.PROPOSED),
        on("dan drew", state=AssignmentState.DECLINED),
        on("eve eden", "steward", Role.STEWARD),
        on("fay ford", "helper", Role.STALL),
        on("gus gray", "snowed in"),
    ]
    return found


def ids(found: tuple[Assignment, ...]) -> set[str]:
    assert {each.state for each in found} <= {AssignmentState.RECONFIRM}
    return {each.id for each in found}


def test_calling_off_the_first_of_december_leaves_the_others_and_the_stall_to_its_own_decision() -> None:
    plan = small_plan(*everything())  # type: ignore[arg-type]
    off = plan.changed([strike_day(state=StrikeState.CALLED_OFF)], ())
    going = {id: of_shift(off, off.get(type(shift()), id)).going for id in ("shift", "steward", "helper")}
    assert going == {"shift": Going.STOOD_DOWN, "steward": Going.STOOD_DOWN, "helper": Going.UNDECIDED}
    assert of_rally(off, rally()).why == "the strike day is called off"
    assert of_stall(off, stall()).going is Going.UNDECIDED
    assert all(of_shift(off, off.get(type(shift()), f"shift {number}")).going is Going.ON for number in (8, 16))
    assert to_reconfirm(plan, off) == (), "calling off changes nobody's answer"

    back = off.changed([strike_day(state=StrikeState.ON)], ())
    assert ids(to_reconfirm(off, back)) == {
        "ann archer on shift",
        "bob brown on shift",
        "eve eden on steward",
        "fay ford on helper",
    }
    assert of_stall(back, stall()).going is Going.ON


def test_a_stall_that_went_ahead_all_the_same_was_never_off() -> None:
    plan = small_plan(*everything(), stall(if_off=IfOff.GOES_AHEAD))  # type: ignore[arg-type]
    off = plan.changed([strike_day(state=StrikeState.CALLED_OFF)], ())
    assert "fay ford on helper" not in ids(to_reconfirm(off, plan))


def test_a_rally_of_two_days_comes_back_with_the_first_of_them_and_not_again_with_the_second() -> None:
    second = strike_day("second", date(2015, 12, 2), state=StrikeState.SUSPENDED)
    both = small_plan(
        strike_day(state=StrikeState.SUSPENDED),
        second,
        rally_day(day_id="second"),
        post(),
        person(),
        shift("steward", "11:00-13:30", post_id=PostId("post")),
        on("ann archer", "steward", Role.STEWARD),
    )
    one = both.changed([strike_day()], ())
    assert ids(to_reconfirm(both, one)) == {"ann archer on steward"}
    assert to_reconfirm(one, one.changed([replace(second, state=StrikeState.ON)], ())) == ()


def test_a_new_shift_asks_nobody_again() -> None:
    plan = small_plan(person())
    more = plan.changed([shift("new", picket_id=PicketId("picket")), on("ann archer", "new")], ())
    assert to_reconfirm(plan, more) == ()


def test_a_rally_that_goes_ahead_by_a_decision_or_by_its_days_asks_its_own_people_again() -> None:
    off = small_plan(*everything(), strike_day(state=StrikeState.CALLED_OFF))  # type: ignore[arg-type]
    ahead = decided_apart(rally(), Override.GOES_AHEAD, by="Rosalind", reason="the square is ours")
    decided = reinstated(off, [ahead])
    assert [record.id for record in decided.saved] == ["rally", "eve eden on steward", "fay ford on helper"]
    assert decided.again == ("eve eden", "fay ford")
    assert decided.words == "2 people must be told again."

    apart = decided_apart(rally(), Override.STOOD_DOWN, by="Rosalind", reason="storm")
    on_again = small_plan(*everything(), apart)  # type: ignore[arg-type]
    assert reinstated(on_again, [following(apart)]).again == ("eve eden", "fay ford")
    assert reinstated(off, [apart]).again == ()

    tied = rally_day(day_id=EIGHTH.id)
    assert reinstated(off, [tied]).again == ("eve eden", "fay ford")
    untied = reinstated(off, (), [rally_day()])
    assert (untied.deleted, untied.again) == ((rally_day(),), ("eve eden", "fay ford"))
    assert reinstated(small_plan(*everything()), [tied]).again == ()  # type: ignore[arg-type]
