"""Moving a picket to another entrance: its people go with it, and nobody is lost or in two places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import EntranceId, NeedId, ShiftId, SiteId
from rallyapp.domain.people import Channel
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    Incident,
    Need,
    Picket,
    PoliceTelling,
    Presence,
    Role,
    Shift,
)
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import problems_of
from rallyapp.domain.relocation import CannotMove, moment_in, relocate
from rallyapp.domain.times import Span
from tests.domain.building import at, entrance, example, on, person, picket, shift, small_plan, stall, strike_day

NORTH = entrance("north", "North gate", position=1)
ANN, BOB = person("Ann Archer", phone="07700 900001"), person("Bob Brown", channel=Channel.EMAIL, email="bob@b.example")


def plan_with(*more):
    return small_plan(NORTH, ANN, BOB, *more)


def after(plan, move):
    return plan.changed(move.records, ())


def shifts_at(plan, where):
    pickets = {each.id for each in plan.of(Picket, "entrance_id", EntranceId(where))}
    return sorted((each.words, each.id) for each in plan.all(Shift) if each.picket_id in pickets)


# --------------------------------------------------------------------------------------------- the whole
def test_a_whole_picket_moves_with_its_shifts_and_those_who_had_agreed_are_to_reconfirm():
    plan = plan_with(on("ann archer", role=Role.SUPERVISOR), on("bob brown", state=AssignmentState.PROPOSED))
    move = relocate(plan, plan.get(Picket, "picket"), NORTH, reason="Lorries  at the main gate")
    then = after(plan, move)
    assert shifts_at(then, "main") == []
    assert shifts_at(then, "north") == [("08:00–11:00", "shift")]
    assert then.get(Assignment, "ann archer on shift").state is AssignmentState.RECONFIRM
    assert then.get(Assignment, "bob brown on shift").state is AssignmentState.PROPOSED
    assert move.picket.note == "Moved from Main entrance: Lorries at the main gate."
    assert [(each.name, each.reach, each.words) for each in move.tell] == [
        ("Ann Archer", "text 07700 900001", "08:00–11:00"),
        ("Bob Brown", "e-mail bob@b.example", "08:00–11:00"),
    ]


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        ({"channel": Channel.REP}, "through a rep"),
        ({"channel": Channel.EMAIL}, "e-mail: no address"),
        ({}, "text: no number"),
    ],
)
def test_whom_nobody_can_reach_directly_is_listed_with_what_is_missing(reached, words):
    plan = small_plan(NORTH, person("Cat Chan", **reached), on("cat chan"))
    move = relocate(plan, plan.get(Picket, "picket"), NORTH)
    assert [each.reach for each in move.tell] == [words]


def test_the_old_meeting_point_is_kept_in_the_note_only():
    plan = plan_with(picket(meet="by the bus stop", note="Bring the banner."))
    move = relocate(plan, plan.get(Picket, "picket"), NORTH)
    assert move.picket.meet == ""
    assert move.picket.note == (
        "Bring the banner.\nMoved from Main entrance. Meeting point there was: by the bus stop."
    )


# --------------------------------------------------------------------------------------- from a time on
def test_a_running_shift_is_cut_and_the_same_people_stand_on_both_parts():
    need = Need(id=NeedId("n"), shift_id=ShiftId("shift"), role=Role.PICKET, least=2, wished=4, most=5)
    plan = plan_with(on("ann archer"), on("bob brown", state=AssignmentState.DECLINED), need)
    move = relocate(plan, plan.get(Picket, "picket"), NORTH, since=at("09:30"))
    then = after(plan, move)
    assert [words for words, _ in shifts_at(then, "main")] == ["08:00–09:30"]
    ((words, rest),) = shifts_at(then, "north")
    assert words == "09:30–11:00"
    assert then.get(Picket, "picket").words == "08:00–09:30"
    assert move.picket.words == "09:30–11:00"
    assert then.get(Assignment, "ann archer on shift").state is AssignmentState.CONFIRMED
    states = {each.person_id: each.state for each in then.of(Assignment, "shift_id", rest)}
    assert states == {"ann archer": AssignmentState.RECONFIRM, "bob brown": AssignmentState.DECLINED}
    assert [(each.role, each.least, each.wished, each.most) for each in then.of(Need, "shift_id", rest)] == [
        (Role.PICKET, 2, 4, 5)
    ]
    assert [each.name for each in move.tell] == ["Ann Archer"]


def test_earlier_shifts_stay_later_ones_go_and_who_is_due_first_is_told_first():
    plan = plan_with(
        shift("early", "08:00-09:00"),
        shift("shift", "09:00-10:00"),
        shift("late", "10:00-11:00"),
        on("ann archer", "late", role=Role.SUPERVISOR),
        on("bob brown", "shift"),
        on("bob brown", "late"),
    )
    move = relocate(plan, plan.get(Picket, "picket"), NORTH, since=at("09:00"))
    then = after(plan, move)
    assert [words for words, _ in shifts_at(then, "main")] == ["08:00–09:00"]
    assert [words for words, _ in shifts_at(then, "north")] == ["09:00–10:00", "10:00–11:00"]
    assert [(each.name, each.words) for each in move.tell] == [
        ("Bob Brown", "09:00–10:00, 10:00–11:00"),
        ("Ann Archer", "10:00–11:00"),
    ]


def test_a_picket_with_an_open_end_keeps_it():
    plan = plan_with(picket(ends=None))
    move = relocate(plan, plan.get(Picket, "picket"), NORTH, since=at("10:00"))
    assert (move.picket.starts, move.picket.ends) == (at("10:00"), None)


def test_a_time_after_midnight_is_meant_of_a_picket_that_runs_over_it():
    plan, night = plan_with(), picket(times="20:00-08:00")
    assert moment_in(plan, night, time(1, 30)) == at("01:30", 2)
    assert moment_in(plan, night, time(21, 0)) == at("21:00")
    assert moment_in(plan, picket(), time(7, 0)) == at("07:00")


def test_a_night_picket_with_an_open_end_moves_the_next_morning_while_the_strike_day_lasts():
    until_eight = strike_day(last_date=at("08:00", 2).date(), end_time=time(8, 0))
    night = picket(times="20:00-22:00", ends=None)
    plan = plan_with(night, until_eight, shift(times="20:00-22:00"))
    since = moment_in(plan, night, time(2, 0))
    assert since == at("02:00", 2)
    move = relocate(plan, night, NORTH, since=since)
    assert (move.picket.starts, move.picket.ends) == (at("02:00", 2), None)
    assert after(plan, move).get(Picket, "picket").ends == at("02:00", 2)
    assert moment_in(plan, night, time(9, 0)) == at("09:00")  # by then the strike day is over
    unknown = plan.changed((), [(StrikeDay, "day")])  # nobody knows until when
    assert moment_in(unknown, night, time(2, 0)) == at("02:00")


# ------------------------------------------------------------------------------------------- refusing
@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("07:00", "The picket at Main entrance is 08:00–11:00: 07:00 is before it starts. Leave the time empty"),
        ("11:00", "choose a time before it ends, not 11:00"),
        ("12:15", "choose a time before it ends, not 12:15"),
    ],
)
def test_a_time_outside_the_picket_is_refused(since, sentence):
    plan = plan_with()
    with pytest.raises(CannotMove, match=sentence):
        relocate(plan, plan.get(Picket, "picket"), NORTH, since=at(since))


def test_a_time_that_the_clocks_leave_out_is_refused():
    night = datetime(2016, 3, 27)
    plan = plan_with(picket(starts=night, ends=night + timedelta(hours=6)))
    with pytest.raises(CannotMove, match="01:30 does not exist"):
        relocate(plan, plan.get(Picket, "picket"), NORTH, since=night.replace(hour=1, minute=30))


def test_another_picket_there_at_the_time_is_in_the_way_but_not_one_that_ended_or_is_cancelled():
    def there(times, **other):
        return picket("other", times, entrance_id=EntranceId("north"), **other)

    plan = plan_with(there("10:00-12:00"))
    with pytest.raises(CannotMove, match="There is a picket at North gate already on Tue 1 Dec 2015, 10:00–12:00"):
        relocate(plan, plan.get(Picket, "picket"), NORTH)
    plan = plan_with(there("08:00-09:30"))
    with pytest.raises(CannotMove):
        relocate(plan, plan.get(Picket, "picket"), NORTH)
    relocate(plan, plan.get(Picket, "picket"), NORTH, since=at("09:30"))
    plan = plan_with(there("08:00-11:00", cancelled=True, reason="Rain"))
    relocate(plan, plan.get(Picket, "picket"), NORTH)
    plan = plan_with(there("07:00-07:30", ends=None))
    with pytest.raises(CannotMove, match="from 07:00"):
        relocate(plan, plan.get(Picket, "picket"), NORTH)


def test_a_cancelled_picket_the_same_entrance_and_another_workplace_are_refused():
    plan = plan_with()
    ours = plan.get(Picket, "picket")
    with pytest.raises(CannotMove, match="is cancelled"):
        relocate(plan, replace(ours, cancelled=True, reason="Rain"), NORTH)
    with pytest.raises(CannotMove, match="stands at Main entrance already"):
        relocate(plan, ours, entrance())
    with pytest.raises(CannotMove, match="another workplace"):
        relocate(plan, ours, entrance("far", "Far gate", site_id=SiteId("elsewhere")))


@pytest.mark.parametrize("noted", [example(Attendance), example(Incident)], ids=["somebody came", "something happened"])
def test_a_picket_that_has_begun_moves_only_from_a_time_on(noted):
    plan = plan_with(on("ann archer"), noted)
    with pytest.raises(CannotMove, match="say from when the picket moves"):
        relocate(plan, plan.get(Picket, "picket"), NORTH)
    move = relocate(plan, plan.get(Picket, "picket"), NORTH, since=at("10:00"))
    assert noted not in move.records


# -------------------------------------------------------------------------------------------- remarks
def test_what_does_not_move_by_itself_is_remarked():
    small = entrance("north", "North gate", official_max=1)
    plan = plan_with(
        small,
        on("ann archer"),
        on("bob brown"),
        stall(picket_id="picket"),
        example(PoliceTelling),
    )
    move = relocate(plan, plan.get(Picket, "picket"), small)
    assert list(move.remarks) == [
        "North gate is down for 1 official picket at one time, and 2 would stand there: let some come as supporters.",
        "Control room was told of the picket at Main entrance: tell them of North gate.",
        "Anthony Nolan’s stall moves to North gate with the picket: tell them.",
    ]
    move = relocate(plan, plan.get(Picket, "picket"), small, since=at("10:00"))
    assert move.remarks[-1] == "Anthony Nolan’s stall stays at Main entrance: ask them."


# ----------------------------------------------------------------------------------- for every picket
QUARTERS = st.integers(0, 12).map(lambda n: at("08:00") + timedelta(minutes=15 * n))
NAMES = ("Ann Archer", "Bob Brown", "Cat Chan")


@st.composite
def rotas(draw):
    """Draw a picket of 08:00 to 11:00 with shifts, of which nobody stands on two at a time."""
    busy: dict[str, list[Span]] = defaultdict(list)
    records: list[object] = []
    for n in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.lists(QUARTERS, min_size=2, max_size=2, unique=True)))
        off = draw(st.booleans()) and draw(st.booleans())
        made = shift(f"s{n}", starts=start, ends=end, cancelled=off, reason="Rain" if off else "")
        records.append(made)
        for name in draw(st.sets(st.sampled_from(NAMES))):
            if not any(span.overlaps(made.span) for span in busy[name]):
                busy[name].append(made.span)
                state = draw(st.sampled_from(AssignmentState))
                presence = draw(st.sampled_from(Presence))
                records.append(on(name.casefold(), made.id, state=state, presence=presence))
    base = small_plan(NORTH, *(person(name) for name in NAMES))
    kept = [each for kind in (type(NORTH), Picket) for each in base.all(kind)]
    return Plan([*kept, *base.all(type(ANN)), *base.all(type(base.site_of(kept[-1]))), *records])


def minutes_of(plan):
    """Count each person's counted minutes, and list the spans on which they stand."""
    total: dict[str, int] = defaultdict(int)
    spans: dict[str, list[Span]] = defaultdict(list)
    for each in plan.all(Assignment):
        span = plan.get(Shift, each.shift_id).span
        total[each.person_id, each.state.counts] += span.minutes
        spans[each.person_id].append(span)
    return dict(total), spans


@settings(max_examples=150, deadline=None)
@given(plan=rotas(), since=st.none() | QUARTERS.filter(lambda when: when < at("11:00")))
def test_minutes_stay_nobody_is_lost_and_nothing_overlaps(plan, since):
    moving = plan.get(Picket, "picket")
    move = relocate(plan, moving, NORTH, since=since)
    then = after(plan, move)
    assert not [problem for record in move.records for problem in problems_of(record)]
    assert minutes_of(then)[0] == minutes_of(plan)[0]
    for spans in minutes_of(then)[1].values():
        assert not [(a, b) for n, a in enumerate(spans) for b in spans[:n] if a.overlaps(b)]
    cut = since or moving.starts
    for each in then.all(Shift):
        moved = each.picket_id == move.picket.id
        assert then.get(Picket, each.picket_id).entrance_id == ("north" if moved else "main")
        assert each.starts >= cut if moved else each.ends <= cut
    told = {each.person_id for each in move.tell}
    due = {
        each.person_id
        for each in plan.all(Assignment)
        if each.state.counts
        and not plan.get(Shift, each.shift_id).cancelled
        and plan.get(Shift, each.shift_id).ends > cut
    }
    assert told == due
    assert len(then.all(Picket)) == (1 if cut == moving.starts else 2)
