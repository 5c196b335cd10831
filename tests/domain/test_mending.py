"""What mends a problem: each mend leaves a plan in which the check is silent, and nothing worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain import checks
from rallyapp.domain.ids import AssignmentId
from rallyapp.domain.mending import Mend, concern_words, mend_all, mends
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Origin, Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.records import KINDS, Record
from tests.domain.building import at, dispute, duty, entrance, on, picket, shift, small_plan, strike_day
from tests.domain.check_building import members, need, staffed

MODERN = date(2015, 12, 1)


def found(plan: Plan, code: str) -> list[Problem]:
    """List what the checks say under a code."""
    run = checks.run(plan, carried.law(), holidays=carried.bank_holidays, today=MODERN)
    return [problem for problem in run if problem.code == code]


def gap(picket_id: str) -> Problem:
    """Make what is said of a picket without a supervisor from 2017 on."""
    concerns = (Concern("picket", picket_id),)
    return Problem(severity=Severity.RED, code="supervisor-gap", sentence="It has none.", concerns=concerns)


def made_ids() -> Any:
    numbers = count(1)
    return lambda: f"new {next(numbers)}"


def mended(plan: Plan, mend: Mend) -> Plan:
    return plan.changed(mend.save, [(type(each), each.id) for each in mend.delete])


def by_hand(*records: Record) -> Plan:
    """A plan in which the picket's own shift is not made by ``small_plan``."""
    return small_plan(members(), *records)


def silent_after(plan: Plan, code: str) -> Mend:
    """Mend the first problem of a code in its first way, see that it is gone, and give the mend."""
    problem = found(plan, code)[0]
    mend = mends(plan, problem, made_ids())[0]
    assert len(found(mended(plan, mend), code)) < len(found(plan, code))
    return mend


def test_a_supervisor_is_asked_for_where_no_shift_asks_for_one() -> None:
    plan = by_hand(staffed()[0], need("shift", Role.PICKET, 2))
    problem = gap("picket")
    (mend,) = mends(plan, problem, made_ids())
    assert mend.label.startswith("Ask for a picket supervisor on 1 shift of Main entrance")
    (asked,) = mend.save
    assert isinstance(asked, Need)
    assert (asked.role, asked.least, asked.wished, asked.most) == (Role.SUPERVISOR, 1, 1, 1)
    again = mended(plan, mend)
    assert mends(again, problem, made_ids()) == (), "it is asked for now: somebody has to be found"


def test_a_picket_is_widened_to_its_shifts() -> None:
    plan = by_hand(staffed(times="07:30-11:15"))
    mend = silent_after(plan, "shift-outside")
    assert mend.label == "Widen the picket to 07:30\u201311:15"


def test_an_open_end_stays_open_when_it_is_widened() -> None:
    plan = by_hand(picket(ends=None), staffed(times="07:30-11:15"))
    assert silent_after(plan, "shift-outside").label == "Widen the picket to from 07:30"


def test_an_open_picket_ends_with_its_last_shift() -> None:
    plan = by_hand(picket(ends=None), staffed(times="08:00-10:30"))
    assert silent_after(plan, "open-end").label == "End the picket with its last shift, at 10:30"


def test_a_bare_time_is_cut_like_the_shifts_that_are_there() -> None:
    plan = by_hand(picket(times="08:00-12:00"), shift(times="08:00-09:00"), need("shift", Role.PICKET, 2))
    mend = silent_after(plan, "no-shift")
    assert mend.label == "Cut 09:00\u201312:00 into 3 shifts"
    cut = [each for each in mend.save if isinstance(each, Shift)]
    assert [each.words for each in cut] == ["09:00\u201310:00", "10:00\u201311:00", "11:00\u201312:00"]
    assert len({each.batch for each in cut}) == 1
    assert [each.role for each in mend.save if isinstance(each, Need)] == [Role.PICKET] * 3


def test_a_picket_without_shifts_gets_the_usual_ones() -> None:
    plan = Plan([each for kind in _kinds(small_plan()) for each in kind if not isinstance(each, Shift)])
    mend = silent_after(plan, "no-shift")
    assert mend.label == "Cut 08:00\u201311:00 into 3 shifts"
    assert {each.role for each in mend.save if isinstance(each, Need)} == {Role.SUPERVISOR, Role.PICKET, Role.STANDBY}


def _kinds(plan: Plan) -> list[tuple[Record, ...]]:
    return [plan.all(kind) for kind in KINDS]


def test_a_picket_is_shortened_to_its_day_unless_people_stand_there_then() -> None:
    day = strike_day(start_time=at("08:30").time())
    plan = by_hand(day, picket(times="08:00-11:00"), staffed(times="08:30-11:00"))
    assert silent_after(plan, "partly-outside-window").label == "Shorten the picket to 08:30\u201311:00"
    early = by_hand(day, picket(times="08:00-11:00"), staffed(times="08:00-11:00"))
    assert mends(early, found(early, "partly-outside-window")[0]) == ()
    open_end = by_hand(day, picket(ends=None), staffed(times="08:30-11:00"))
    assert silent_after(open_end, "partly-outside-window").label == "Shorten the picket to from 08:30"


def test_somebody_down_twice_keeps_one_place_the_supervisors_first() -> None:
    twice = on("bob brown", id=AssignmentId("again"), role=Role.STANDBY)
    plan = by_hand(staffed(), twice)
    (problem,) = found(plan, "down-twice")
    first, second = mends(plan, problem)
    assert first.label == "Keep Bob Brown as picket only"
    assert [each.id for each in first.delete] == ["again"]
    assert second.label == "Keep Bob Brown as standby only"
    assert not found(mended(plan, first), "down-twice")


def test_of_a_picket_entered_twice_the_one_without_people_can_go() -> None:
    plan = by_hand(staffed(), picket("other"), shift("empty", picket_id="other"))
    mend = silent_after(plan, "entered-twice")
    assert [each.id for each in mend.delete] == ["other"]
    assert mend.label == "Remove the picket 08:00\u201311:00, on which nobody is down"


def test_of_two_shifts_at_once_either_can_be_left_the_later_first() -> None:
    plan = by_hand(
        staffed(), entrance("east", "East gate"), picket("east", times="09:00-10:00", entrance_id="east"),
        shift("east", times="09:00-10:00", picket_id="east"), on("bob brown", "east"),
    )  # fmt: skip
    problem = found(plan, "overlap")[0]
    first, second = mends(plan, problem)
    assert first.label.startswith("Take Bob Brown off East gate")
    assert second.label.startswith("Take Bob Brown off Main entrance")
    (gone,) = first.save
    assert isinstance(gone, Assignment)
    assert gone.state is AssignmentState.WITHDRAWN
    assert not found(mended(plan, first), "overlap")


def test_what_only_the_builder_proposed_goes_without_a_trace() -> None:
    proposed = on("bob brown", origin=Origin.BUILDER, state=AssignmentState.PROPOSED)
    plan = by_hand(shift(), proposed, duty("bob brown", "08:00-11:00"))
    mend = silent_after(plan, "duty")
    assert mend.delete == (proposed,)
    assert not mend.save


def test_the_loudspeaker_is_left_off() -> None:
    plan = by_hand(strike_day(start_time=at("05:00").time()), picket(times="06:30-11:00", loudspeaker=True))
    assert silent_after(plan, "loudspeaker").label == "Leave the loudspeaker off"


# --------------------------------------------------------------------------------------- all of a kind
def test_all_of_a_kind_are_mended_as_one() -> None:
    plan = by_hand(
        shift(), entrance("east", "East gate"), picket("east", entrance_id="east"), shift("east", picket_id="east")
    )
    problems = [gap("picket"), gap("east")]
    mend = mend_all(plan, problems, made_ids())
    assert mend is not None
    assert mend.label == "Ask for a picket supervisor on every shift that lacks one (2)"
    assert len(mend.save) == 2
    assert mend_all(plan, problems[:1]) is None


def test_one_that_is_mended_by_anothers_mend_is_not_mended_twice() -> None:
    plan = by_hand(picket(times="08:00-09:00"), shift(times="07:00-09:00"), shift("late", times="08:00-10:00"))
    problems = found(plan, "shift-outside")
    assert len(problems) == 2
    mend = mend_all(plan, problems, made_ids())
    assert mend is not None
    assert [each for each in mend.save if isinstance(each, Picket)] == list(mend.save)
    assert len(mend.save) == 1
    assert not found(mended(plan, mend), "shift-outside")


def test_what_one_mend_saves_another_may_delete() -> None:
    twice = [on("bob brown", id=AssignmentId(f"again {n}"), role=Role.STANDBY) for n in (1, 2)]
    plan = by_hand(staffed(), *twice)
    problem = found(plan, "down-twice")[0]
    other = replace(problem, sentence="said once more")
    mend = mend_all(plan, [problem, other])
    assert mend is None, "the second finds nothing left to mend"


# ----------------------------------------------------------------------------------------- nothing known
def test_what_somebody_has_to_decide_has_no_mend() -> None:
    plan = by_hand(staffed())
    for problem in checks.run(plan, carried.law(), holidays=carried.bank_holidays, today=MODERN):
        if problem.code in ("no-notice", "police-not-told", "short"):
            assert mends(plan, problem) == ()


BY_PICKET = ("supervisor-gap", "shift-outside", "open-end", "no-shift", "partly-outside-window", "loudspeaker")


@pytest.mark.parametrize("code", [*BY_PICKET, "down-twice", "entered-twice", "overlap"])
def test_what_is_no_longer_there_is_not_mended(code: str) -> None:
    gone = (Concern("picket", "gone"), Concern("assignment", "gone"), Concern("shift", "gone"))
    problem = Problem(severity=Severity.RED, code=code, sentence="It was there.", concerns=gone)
    assert mends(small_plan(), problem) == ()


@pytest.mark.parametrize("code", ["supervisor-gap", "shift-outside", "open-end", "overlap", "down-twice", "no-shift"])
def test_what_somebody_else_mended_meanwhile_is_left_alone(code: str) -> None:
    plan = by_hand(staffed(), need("shift", Role.SUPERVISOR, 1))
    concerns = (Concern("assignment", "bob brown on shift"), Concern("shift", "bare"), Concern("picket", "empty"))
    problem = Problem(severity=Severity.RED, code=code, sentence="It was so.", concerns=concerns)
    empty = [picket("empty"), shift("bare", picket_id="empty", cancelled=True, reason="moved")]
    if code == "no-shift":
        empty.append(shift("whole", picket_id="empty"))
    assert mends(plan.changed(empty, ()), problem) == ()


def test_a_picket_wholly_outside_its_day_is_not_shortened_to_nothing() -> None:
    problem = replace(gap("early"), code="partly-outside-window")
    assert mends(small_plan(picket("early", times="05:00-07:00")), problem) == ()


# --------------------------------------------------------------------------------------------- in words
def test_what_a_problem_concerns_is_named() -> None:
    plan = by_hand(staffed(), dispute())
    named = {
        Concern("shift", "shift"): "Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00\u201311:00",
        Concern("picket", "picket"): "Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00\u201311:00",
        Concern("assignment", "bob brown on shift"): "Bob Brown",
        Concern("person", "bob brown"): "Bob Brown",
        Concern("dispute", "contract"): "Contract",
        Concern("strike_day", "day"): plan.all(type(strike_day()))[0].words,
        Concern("settings", "nowhere"): "",
        Concern("moon", "full"): "",
    }
    assert {each: concern_words(plan, each) for each in named} == named
    assert (
        concern_words(plan.changed([need("shift", Role.PICKET, 2)], ()), Concern("need", "picket on shift")) == "Need"
    )
