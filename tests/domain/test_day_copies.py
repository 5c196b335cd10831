"""New strike days from others: what comes along, what stays behind, and what may be deleted."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.day_copies import DayMove, day_from, moved, new_day, why_not_delete
from rallyapp.domain.disputes import StrikeDayMove, StrikeKind, StrikeState
from rallyapp.domain.ids import DisputeId, NeedId, StrikeDayId, StrikeDayMoveId
from rallyapp.domain.new_plan import DayWanted
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Need, Origin, Picket, Role, Shift
from rallyapp.domain.records import problems_of
from rallyapp.domain.times import real_minutes
from tests.domain.building import DAY, entrance, example, on, person, picket, shift, small_plan, strike_day

NOW = datetime(2015, 11, 20, 12, 0)
ASKED = AssignmentState.ASKED
SUNDAY = date(2016, 3, 20)
SPRING = date(2016, 3, 27)  # 01:00 to 02:00 does not exist


def wanted(first, start="08:00", last=None, end="17:00", kind=StrikeKind.FULL_WALKOUT):
    return DayWanted(
        kind=kind,
        first_date=first,
        start_time=time.fromisoformat(start) if start else None,
        last_date=last or first,
        end_time=time.fromisoformat(end) if end else None,
    )


def need(of, role=Role.PICKET):
    return Need(id=NeedId(f"{role} on {of}"), shift_id=of, role=role, least=2, wished=4, most=5)


def plan():
    """The main entrance 08:00-11:00 in two shifts of one cutting, Ann on both, and one entrance that was cancelled."""
    return small_plan(
        person("Ann Archer"),
        person("Bob Brown", left=True),
        shift("shift", "08:00-09:30", batch="cut"),
        shift("later", "09:30-11:00", batch="cut"),
        shift("gone", "10:00-11:00", cancelled=True, reason="rain"),
        entrance("west", "West door"),
        picket("off", entrance_id="west", cancelled=True, reason="no permission"),
        [need("shift"), need("later"), need("later", Role.SUPERVISOR)],
        [on("ann archer"), on("ann archer", "later", override_by="Rep", override_reason="asked"), on("bob brown")],
        example(Attendance, shift_id="shift"),
    )


def kinds(copy, kind):
    return [record for record in copy.records if isinstance(record, kind)]


def test_a_new_day_is_planned_and_its_history_begins():
    day, step = new_day(DisputeId("contract"), wanted(date(2015, 12, 8)), at=NOW, called_out="junior doctors")
    assert day.words == "Tue 8 Dec 2015, 08:00\u201317:00"
    assert day.state is StrikeState.PLANNED
    assert (step.from_state, step.to_state, step.at, step.strike_day_id) == (None, StrikeState.PLANNED, NOW, day.id)


def test_pickets_shifts_and_needs_come_along_and_nobody_with_them():
    """
    from  1 Dec  Main 08:00 |shift|later| 11:00    West cancelled
    to    8 Dec  Main 08:00 |.....|.....| 11:00
    """
    copy = day_from(plan(), strike_day(), wanted(date(2015, 12, 8)), at=NOW)
    assert [(each.starts, each.ends) for each in kinds(copy, Picket)] == [
        (datetime(2015, 12, 8, 8), datetime(2015, 12, 8, 11))
    ]
    assert [each.words for each in kinds(copy, Shift)] == ["08:00\u201309:30", "09:30\u201311:00"]
    assert len({each.batch for each in kinds(copy, Shift)} - {"cut", ""}) == 1
    assert len(kinds(copy, Need)) == 3
    assert not kinds(copy, Assignment)
    assert not kinds(copy, Attendance)
    assert copy.day.called_out == "junior doctors"
    assert copy.words == "1 picket with 2 shifts"
    assert not copy.left_out
    assert kinds(copy, StrikeDayMove)[0].reason == "Made from Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015)"
    assert not [problem for record in copy.records for problem in problems_of(record)]


def test_people_come_as_proposals_only_where_somebody_says_so():
    copy = day_from(plan(), strike_day(), wanted(date(2015, 12, 8)), at=NOW, with_people=True)
    found = kinds(copy, Assignment)
    assert [each.person_id for each in found] == ["ann archer", "ann archer"]  # Bob has left
    assert {(each.state, each.origin, each.pinned, each.override_by) for each in found} == {
        (AssignmentState.PROPOSED, Origin.HAND, False, "")
    }
    assert copy.words == "1 picket with 2 shifts and 2 proposals"


def test_what_the_new_days_times_have_no_room_for_is_left_out_and_counted():
    """
    from  1 Dec  08:00 |shift|later| 11:00
    to    8 Dec         09:30 |....| 17:00
    """
    copy = day_from(plan(), strike_day(), wanted(date(2015, 12, 8), start="09:30"), at=NOW)
    assert [each.words for each in kinds(copy, Shift)] == ["09:30\u201311:00"]
    assert copy.left_out == 1
    none = day_from(plan(), strike_day(), wanted(date(2015, 12, 8), start="12:00"), at=NOW)
    assert not kinds(none, Picket)
    assert none.left_out == 2


def test_eight_stays_eight_over_a_clock_change_and_no_time_is_made_that_the_clock_leaves_out():
    night = small_plan(picket("picket", "00:00-08:00"), shift("shift", "00:30-01:30"), shift("early", "06:00-08:00"))
    spring = date(2016, 3, 27)  # 01:00 to 02:00 does not exist
    copy = day_from(night, strike_day(), wanted(spring, None, None, None), at=NOW)
    assert [each.words for each in kinds(copy, Shift)] == ["00:30\u201302:00", "06:00\u201308:00"]
    assert not [problem for record in copy.records for problem in problems_of(record)]


def test_a_day_moves_with_its_pickets_and_whoever_agreed_is_to_reconfirm():
    day = strike_day()
    to = replace(day, first_date=date(2015, 12, 3), last_date=date(2015, 12, 4))
    move = moved(plan(), day, to)
    records = move.others
    assert (move.day, move.pickets, move.lost) == (to, 2, 0)
    assert {record.starts.date() for record in records if isinstance(record, Picket | Shift)} == {date(2015, 12, 3)}
    people = [record for record in records if isinstance(record, Assignment)]
    assert {each.state for each in people} == {AssignmentState.RECONFIRM}
    assert len(people) == 3


def test_another_time_on_the_same_date_moves_no_picket():
    day = strike_day()
    later = replace(day, start_time=time(9))
    assert moved(plan(), day, later) == DayMove(day=later)


def hourly(*hours):
    return [shift(f"at {hour}" if hour else "shift", f"{hour:02d}:00-{hour + 1:02d}:00", SUNDAY) for hour in hours]


def test_a_shift_whose_hour_the_clocks_leave_out_is_cancelled_and_said_not_refused():
    """
    Sun 20 Mar  00 |....|....|....|....| 04
    Sun 27 Mar  00 |....|  X |....|....| 04     01:00 to 02:00 does not exist
    """
    day = strike_day(first=SUNDAY, last_date=SUNDAY, start_time=None, end_time=None)
    night = small_plan(
        day, picket("picket", "00:00-04:00", SUNDAY), hourly(0, 1, 2, 3), on("ann archer", "at 1", state=ASKED),
        person("Ann Archer"), picket("brief", "01:00-02:00", SUNDAY), picket("open", "01:30-03:00", SUNDAY, ends=None),
    )  # fmt: skip
    move = moved(night, day, replace(day, first_date=SPRING, last_date=SPRING))
    assert not [problem for record in move.others for problem in problems_of(record)]
    shifts = {each.id: each for each in move.others if isinstance(each, Shift)}
    assert {id: each.words for id, each in shifts.items() if not each.cancelled} == {
        "shift": "00:00\u201302:00",
        "at 2": "02:00\u201303:00",
        "at 3": "03:00\u201304:00",
    }
    lost = shifts["at 1"]
    assert (lost.words, lost.reason) == ("02:00\u201303:00", "The clocks go forward over its time")
    pickets = {each.id: each for each in move.others if isinstance(each, Picket)}
    assert (pickets["brief"].cancelled, pickets["open"].starts) == (True, datetime(2016, 3, 27, 2))
    assert (move.pickets, move.lost) == (3, 1)
    assert [each.state for each in move.others if isinstance(each, Assignment)] == [AssignmentState.RECONFIRM]


@given(
    to=st.sampled_from((date(2016, 3, 27), date(2016, 10, 30), date(2016, 4, 3))),
    cuts=st.lists(st.integers(0, 6 * 12).map(lambda n: 5 * n), min_size=2, max_size=8, unique=True).map(sorted),
)
def test_over_both_clock_changes_every_shift_moves_can_be_kept_and_stands_upon_no_other(to, cuts):
    day = strike_day(first=SUNDAY, last_date=SUNDAY, start_time=None, end_time=None)
    start = datetime.combine(SUNDAY, time(0))
    edges = [start + timedelta(minutes=cut) for cut in cuts]
    shifts = [
        replace(shift(f"{n}" if n else "shift"), starts=one, ends=two) for n, (one, two) in enumerate(pairwise(edges))
    ]
    night = small_plan(day, picket("picket", "00:00-08:00", SUNDAY), shifts)
    move = moved(night, day, replace(day, first_date=to, last_date=to))
    assert not [problem for record in move.others for problem in problems_of(record)]
    by_id = {each.id: each for each in move.others if isinstance(each, Shift)}
    kept = [(each, by_id[each.id]) for each in shifts if not by_id[each.id].cancelled]
    assert all(one.ends <= two.starts for (_, one), (_, two) in pairwise(kept))
    assert move.lost == len(shifts) - len(kept)
    for old, new in kept:
        assert {old.starts.time(), old.ends.time()} == {new.starts.time(), new.ends.time()} or to == SPRING
        assert new.span.minutes <= old.span.minutes or to == date(2016, 10, 30)
    minutes = sum(new.span.minutes for _, new in kept)
    assert minutes == real_minutes(min(n.starts for _, n in kept), max(n.ends for _, n in kept)) if kept else True
    copy = day_from(night, day, wanted(to, None, None, None), at=NOW)
    assert [each.span for each in kinds(copy, Shift)] == [new.span for _, new in kept]
    assert copy.left_out == move.lost


def step(to, before=None):
    return StrikeDayMove(
        id=StrikeDayMoveId(f"to {to}"), strike_day_id=StrikeDayId("day"), from_state=before, to_state=to, at=NOW
    )


@pytest.mark.parametrize(
    ("state", "people", "marks", "sentence"),
    [
        (StrikeState.NOTIFIED, 0, 0, "is notified, so it can\u2019t be deleted: call it off instead."),
        (StrikeState.ON, 0, 0, "is on, so it can\u2019t be deleted: call it off instead."),
        (StrikeState.HELD, 0, 0, "is held, so it stays in the plan with its history."),
        (StrikeState.CALLED_OFF, 0, 0, "is called off, so it stays in the plan with its history."),
        (StrikeState.PLANNED, 1, 0, "has 1 place filled"),
        (StrikeState.PLANNED, 12, 0, "has 12 places filled"),
        (StrikeState.PLANNED, 0, 1, "holds what was marked on the day"),
    ],
)
def test_a_day_on_which_something_was_stays(state, people, marks, sentence):
    day = strike_day(first=DAY, state=state)
    said = why_not_delete(day, [step(StrikeState.PLANNED)], people=people, marks=marks)
    assert sentence in said
    assert said.startswith("Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015)")


def test_a_day_that_was_notified_once_stays_and_one_that_was_only_planned_may_go():
    day = strike_day(state=StrikeState.PLANNED)
    back = [step(StrikeState.NOTIFIED, StrikeState.PLANNED), step(StrikeState.PLANNED, StrikeState.NOTIFIED)]
    assert "was notified before" in why_not_delete(day, back, people=0, marks=0)
    assert not why_not_delete(day, [step(StrikeState.PLANNED)], people=0, marks=0)
