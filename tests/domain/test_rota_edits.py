"""What one step on the rota writes: told as stories, and held to what must be true of any step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain import assigning, rota_edits
from rallyapp.domain.ids import (
    AssignmentId,
    EntranceId,
    NeedId,
    PersonId,
    PicketId,
    PostId,
    ShiftId,
    StallId,
    StrikeDayId,
)
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import ASSIGNMENT_MOVES, Assignment, AssignmentState, Attendance, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import problems_of
from rallyapp.domain.rota_work import USUAL_NEEDS, NeedWanted, RotaEdit, after, combined, span_on
from rallyapp.domain.situation import picket_span
from tests.domain.building import (
    at,
    can,
    entrance,
    example,
    on,
    partner,
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

DAY, NEXT = StrikeDayId("day"), StrikeDayId("next")
MAIN, BACK = EntranceId("main"), EntranceId("back")
SHIFT = ShiftId("shift")
ASKED, CONFIRMED, RECONFIRM = AssignmentState.ASKED, AssignmentState.CONFIRMED, AssignmentState.RECONFIRM
PROPOSED, DECLINED = AssignmentState.PROPOSED, AssignmentState.DECLINED


def need(shift_id: str = "shift", role: Role = Role.PICKET, least: int = 2, wished: int = 3, most: int = 4) -> Need:
    return Need(
        id=NeedId(f"{role} of {shift_id}"),
        shift_id=ShiftId(shift_id),
        role=role,
        least=least,
        wished=wished,
        most=most,
    )


def plan_of(*more: object) -> Plan:
    """A day with two entrances, one shift with a need, and three people, one of each firmness."""
    return small_plan(
        entrance("back", "Back gate", position=2),
        strike_day("next", date(2015, 12, 8)),
        person("Ann Archer"),
        person("Bob Brown"),
        person("Cy Cole"),
        need(),
        on("ann archer", state=CONFIRMED),
        on("bob brown", state=ASKED),
        on("cy cole", state=PROPOSED),
        *more,  # type: ignore[arg-type]
    )


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


def moved(plan: Plan, minutes: int = 0, to: EntranceId | None = None) -> tuple[RotaEdit, Plan]:
    edit = rota_edits.move_shifts(plan, [SHIFT], minutes, to)
    return edit, after(plan, edit)


# -------------------------------------------------------------------------------------------------- moving
def test_a_shift_moves_by_wall_clock_and_its_picket_is_widened() -> None:
    edit, now = moved(plan_of(), 60)
    assert now.get(Shift, SHIFT).words == "09:00–12:00"
    assert now.get(Picket, "picket").words == "08:00–12:00"
    assert edit.shifts == (SHIFT,)


def test_people_stay_and_who_was_told_must_be_told_again() -> None:
    edit, now = moved(plan_of(), 15)
    states = {each.person_id: each.state for each in now.of(Assignment, "shift_id", SHIFT)}
    assert states == {"ann archer": RECONFIRM, "bob brown": RECONFIRM, "cy cole": PROPOSED}
    assert edit.words == "2 people must be told again."
    again, _ = moved(now, 15)
    assert again.words == "2 people must be told again."


def test_a_shift_goes_to_the_other_entrances_picket_or_makes_one() -> None:
    edit, now = moved(plan_of(), 0, BACK)
    (made,) = now.of(Picket, "entrance_id", BACK)
    assert (made.words, made.strike_day_id) == ("08:00–11:00", DAY)
    assert now.get(Shift, SHIFT).picket_id == made.id
    assert len(edit.again) == 2
    there = plan_of(picket("there", "09:00-10:00", entrance_id=BACK))
    edit, now = moved(there, 0, BACK)
    assert now.get(Shift, SHIFT).picket_id == "there"
    assert now.get(Picket, "there").words == "08:00–11:00"


def test_a_shift_moved_to_another_date_does_not_stretch_a_picket_over_the_night() -> None:
    plan = plan_of(strike_day(last_date=date(2015, 12, 3)))
    edit = rota_edits.move_shifts(plan, [SHIFT], 24 * 60)
    now = after(plan, edit)
    assert now.get(Picket, "picket").words == "08:00–11:00"
    assert now.get(Picket, now.get(Shift, SHIFT).picket_id).starts == at("08:00", 2)


def test_a_move_that_changes_nothing_writes_nothing() -> None:
    assert not moved(plan_of(), 0)[0].any
    assert not moved(plan_of(), 0, MAIN)[0].any


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda plan: rota_edits.move_shifts(plan, [SHIFT], -60), "would be outside the strike day"),
        (lambda plan: rota_edits.resize_shift(plan, SHIFT, at("11:00"), at("08:00")), "ends before it starts"),
        (lambda plan: rota_edits.resize_shift(plan, SHIFT, at("08:00"), at("08:04")), "is too short"),
        (lambda plan: rota_edits.move_shifts(plan, ["gone"], 15), "somebody deleted it"),
        (lambda plan: rota_edits.move_shifts(plan, [SHIFT], 0, EntranceId("shut")), "is cancelled (rain)"),
        (lambda plan: rota_edits.cut_window(plan, DAY, MAIN, at("10:00"), at("12:00"), 60), "has a shift 08:00–11:00"),
        (lambda plan: rota_edits.cut_window(plan, DAY, MAIN, at("12:00"), at("13:00"), 2), "is too short"),
        (lambda plan: rota_edits.cancel_shifts(plan, [SHIFT], "  "), "Say why"),
        (lambda plan: rota_edits.delete_shifts(plan, ["marked"]), "who came is on record"),
        (lambda plan: rota_edits.copy_day(plan, DAY, DAY), "copied to itself"),
        (lambda plan: rota_edits.copy_day(plan, NEXT, DAY), "there is nothing to copy"),
        (lambda plan: assigning.assign(plan, SHIFT, PersonId("dee drew")), "has left"),
        (lambda plan: assigning.assign(plan, ShiftId("off"), PersonId("ann archer")), "reinstate it before"),
        (
            lambda plan: assigning.move_assignments(plan, ["cy cole on marked"], AssignmentState.WITHDRAWN),
            "can’t become “withdrawn”",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(do, says) -> None:  # type: ignore[no-untyped-def]
    plan = plan_of(
        entrance("shut", "Shut gate"),
        picket("closed", entrance_id=EntranceId("shut"), cancelled=True, reason="rain"),
        shift("post shift", post_id="post"),
        shift("marked", "13:00-14:00"),
        shift("off", "15:00-16:00", cancelled=True, reason="rain"),
        example(Attendance, id="mark", shift_id=ShiftId("marked")),
        person("Dee Drew", left=True),
        on("cy cole", "marked", state=DECLINED),
    )
    with pytest.raises(UserError) as refused:
        do(plan)
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_shift_is_given_another_end_and_its_picket_is_widened() -> None:
    plan = plan_of()
    edit = rota_edits.resize_shift(plan, SHIFT, at("08:30"), at("11:30"))
    now = after(plan, edit)
    assert now.get(Shift, SHIFT).words == "08:30\u201311:30"
    assert now.get(Picket, "picket").words == "08:00\u201311:30"
    assert len(edit.again) == 2


def test_a_night_shift_ends_the_next_morning() -> None:
    tuesday = date(2015, 12, 1)
    assert span_on(tuesday, time(9), time(11)) == (at("09:00"), at("11:00"))
    assert span_on(tuesday, time(22), time(6)) == (at("22:00"), at("06:00", 2))


def test_times_that_the_clocks_leave_out_are_refused() -> None:
    march = strike_day("march", date(2016, 3, 26), last_date=date(2016, 3, 28))
    night = [
        picket("night", "22:00-23:00", date(2016, 3, 26), strike_day_id=march.id),
        shift("late", "22:00-23:00", date(2016, 3, 26), picket_id=PicketId("night")),
    ]
    with pytest.raises(UserError, match="does not exist"):
        rota_edits.move_shifts(plan_of(march, night), [ShiftId("late")], 150)


def test_a_whole_entrance_moves_with_its_picket() -> None:
    plan = plan_of(shift("later", "10:00-11:00"))
    now = after(plan, rota_edits.move_entrance(plan, PicketId("picket"), 30))
    assert now.get(Picket, "picket").words == "08:30–11:30"
    assert [each.words for each in now.of(Shift, "picket_id", "picket")] == ["08:30–11:30", "10:30–11:30"]


@given(
    st.lists(st.tuples(st.integers(0, 95), st.integers(1, 24)), min_size=1, max_size=5),
    st.integers(-12, 12),
    st.sampled_from([None, MAIN, BACK]),
)
def test_any_move_keeps_lengths_people_and_the_day(
    shifts: list[tuple[int, int]], quarters: int, to: EntranceId | None
) -> None:
    window = strike_day().window
    made = []
    for number, (start, length) in enumerate(shifts):
        begins = window.start + timedelta(minutes=15 * start)
        ends = min(begins + timedelta(minutes=15 * length), window.end)
        made.append(replace(shift(f"s{number}"), starts=begins, ends=ends))
    wide = replace(picket(), ends=window.end)
    plan = plan_of(wide, made, [on("ann archer", each.id) for each in made])
    chosen = [each.id for each in made]
    try:
        edit = rota_edits.move_shifts(plan, chosen, 15 * quarters, to)
    except UserError:
        by = timedelta(minutes=15 * quarters)
        assert any(each.starts + by < window.start or each.ends + by > window.end for each in made)
        return
    now = after(plan, edit)
    for old in made:
        new = now.get(Shift, old.id)
        host = now.get(Picket, new.picket_id)
        assert new.starts - old.starts == timedelta(minutes=15 * quarters) == new.ends - old.ends
        assert window.contains(new.span)
        assert picket_span(now, host).contains(new.span)
        assert host.entrance_id == (to or MAIN)
        assert {each.person_id for each in now.of(Assignment, "shift_id", old.id)} == {"ann archer"}
    assert not [problem for record in edit.saved for problem in problems_of(record)]
    assert not edit.deleted


# ------------------------------------------------------------------------------------------ copying, cutting
def test_a_copy_needs_the_same_and_has_nobody_on_it() -> None:
    plan = plan_of()
    edit = rota_edits.copy_shifts(plan, [SHIFT], 180, make_id=ids())
    now = after(plan, edit)
    (copy,) = edit.shifts
    assert now.get(Shift, copy).words == "11:00–14:00"
    assert [(each.role, each.least) for each in now.of(Need, "shift_id", copy)] == [(Role.PICKET, 2)]
    assert not now.of(Assignment, "shift_id", copy)
    assert now.get(Shift, SHIFT) == plan.get(Shift, SHIFT)
    assert now.get(Picket, "picket").words == "08:00–14:00"


def test_a_copy_to_another_strike_day_keeps_the_time_of_day() -> None:
    plan = plan_of()
    edit = rota_edits.copy_shifts(plan, [SHIFT], 0, BACK, NEXT)
    now = after(plan, edit)
    made = now.get(Shift, edit.shifts[0])
    assert (made.starts, now.get(Picket, made.picket_id).strike_day_id) == (datetime(2015, 12, 8, 8), NEXT)


def test_a_window_is_cut_into_shifts_that_remember_it() -> None:
    plan = plan_of()
    edit = rota_edits.cut_window(plan, DAY, MAIN, at("11:00"), at("13:30"), 60)
    made = [record for record in edit.saved if isinstance(record, Shift)]
    assert [each.words for each in made] == ["11:00–12:00", "12:00–13:00", "13:00–13:30"]
    assert len({each.batch for each in made}) == 1
    assert made[0].batch
    assert len([record for record in edit.saved if isinstance(record, Need)]) == 3 * len(USUAL_NEEDS)
    assert after(plan, edit).get(Shift, SHIFT) == plan.get(Shift, SHIFT)


def test_new_shifts_need_what_the_others_there_do() -> None:
    assert rota_edits.usual_needs(plan_of(), DAY, MAIN) == (NeedWanted(role=Role.PICKET, least=2, wished=3, most=4),)
    bare = plan_of(shift("bare", "07:00-08:00"))  # the first there says nothing of who it needs
    assert rota_edits.usual_needs(bare, DAY, MAIN)[0].wished == 3
    assert rota_edits.usual_needs(plan_of(), DAY, BACK) == USUAL_NEEDS


def test_a_shift_is_added_where_no_picket_stood() -> None:
    plan = plan_of()
    now = after(plan, rota_edits.add_shift(plan, DAY, BACK, at("12:00"), at("13:00")))
    assert [each.words for each in now.of(Picket, "entrance_id", BACK)] == ["12:00–13:00"]


def test_a_day_is_copied_without_people_and_what_does_not_fit_is_counted() -> None:
    short = strike_day("next", date(2015, 12, 8), last_date=date(2015, 12, 8), end_time=at("10:30").time())
    plan = plan_of(
        short,
        shift("early", "08:00-09:00"),
        shift("mid", "09:00-10:00"),
        shift("off", "09:00-10:00", cancelled=True, reason="rain"),
        picket("busy", "08:00-09:00", date(2015, 12, 8), strike_day_id=NEXT),
        shift("there", "08:00-09:00", date(2015, 12, 8), picket_id=PicketId("busy")),
        picket("rained off", entrance_id=BACK, cancelled=True, reason="rain"),
        shift("washed out", "08:00-09:00", picket_id=PicketId("rained off")),
    )
    edit = rota_edits.copy_day(plan, DAY, NEXT)
    now = after(plan, edit)
    assert sorted(each.words for each in now.of(Shift, "picket_id", "busy")) == ["08:00–09:00", "09:00–10:00"]
    assert edit.left_out == 2  # one is there already, one ends after the day
    assert "2 shifts were left out" in edit.words
    assert len(now.all(Assignment)) == 3
    with pytest.raises(UserError, match="Everything is there already"):
        rota_edits.copy_day(now, DAY, NEXT)


def test_an_entrance_without_a_picket_on_the_other_day_gets_one_like_it() -> None:
    plan = small_plan(
        strike_day("next", date(2015, 12, 8)),
        picket("picket", meet="By the bus stop", supporters=40, loudspeaker=True),
    )
    made = after(plan, rota_edits.copy_day(plan, DAY, NEXT)).of(Picket, "strike_day_id", NEXT)
    assert [(each.meet, each.supporters, each.loudspeaker) for each in made] == [("By the bus stop", 40, True)]


# ---------------------------------------------------------------------------- cancelling, deleting, needing
def test_cancelling_keeps_everything_and_reinstating_brings_it_back_to_reconfirm() -> None:
    plan = plan_of()
    off = rota_edits.cancel_shifts(plan, [SHIFT], " storm ")
    gone = after(plan, off)
    assert (gone.get(Shift, SHIFT).cancelled, gone.get(Shift, SHIFT).reason) == (True, "storm")
    assert len(off.again) == 2
    assert not rota_edits.cancel_shifts(gone, [SHIFT], "again").any
    assert not rota_edits.reinstate_shifts(plan, [SHIFT]).any
    back = after(gone, rota_edits.reinstate_shifts(gone, [SHIFT]))
    assert not back.get(Shift, SHIFT).cancelled
    assert back.get(Assignment, "ann archer on shift").state is RECONFIRM


def test_deleting_says_who_must_be_told() -> None:
    edit = rota_edits.delete_shifts(plan_of(), [SHIFT])
    assert [record.id for record in edit.deleted] == [SHIFT]
    assert edit.again == ("ann archer", "bob brown")


def test_needs_are_changed_made_and_deleted() -> None:
    plan = plan_of()
    wanted = [
        NeedWanted(role=Role.PICKET, least=1, wished=1, most=2),
        NeedWanted(role=Role.SUPERVISOR, least=1, wished=1, most=1),
    ]
    edit = rota_edits.set_needs(plan, [SHIFT], wanted)
    now = after(plan, edit)
    found = {each.role: (each.least, each.most) for each in now.of(Need, "shift_id", SHIFT)}
    assert found == {Role.PICKET: (1, 2), Role.SUPERVISOR: (1, 1)}
    assert not rota_edits.set_needs(now, [SHIFT], wanted).any
    assert len(rota_edits.set_needs(now, [SHIFT], []).deleted) == 2
    for bad in (
        [NeedWanted(role=Role.PICKET, least=3, wished=1, most=2)],
        [NeedWanted(role=Role.PICKET, least=1, wished=1, most=2)] * 2,
    ):
        with pytest.raises(UserError):
            rota_edits.set_needs(plan, [SHIFT], bad)


def test_a_label_is_given_and_taken_away() -> None:
    plan = plan_of()
    now = after(plan, rota_edits.label_shift(plan, SHIFT, " leaflets "))
    assert now.get(Shift, SHIFT).label == "leaflets"
    assert not rota_edits.label_shift(now, SHIFT, "leaflets").any


# -------------------------------------------------------------------------------------------------- people
def test_somebody_is_put_where_the_rota_is_short_of_them() -> None:
    supervisor = need(role=Role.SUPERVISOR, least=1, wished=1, most=1)
    standby = need(role=Role.STANDBY, least=0, wished=1, most=2)
    plan = plan_of(
        supervisor, standby, person("Sue Stone"), can("sue stone", Skill.SUPERVISOR), person("Pat Poe"), person("Q")
    )
    assert assigning.role_for(plan, SHIFT, PersonId("sue stone")) is Role.SUPERVISOR
    assert assigning.role_for(plan, SHIFT, PersonId("pat poe")) is Role.STANDBY  # three pickets are all that is wished
    now = after(plan, assigning.assign(plan, SHIFT, PersonId("pat poe")))
    assert assigning.role_for(now, SHIFT, PersonId("q")) is Role.PICKET


def test_a_cell_names_exactly_who_is_on_the_shift() -> None:
    plan = plan_of(person("Eve Eng"), on("eve eng", state=DECLINED))
    edit = assigning.show_only(plan, SHIFT, [(PersonId("bob brown"), None), (PersonId("eve eng"), Role.STANDBY)])
    now = after(plan, edit)
    states = {each.person_id: (each.state, each.role) for each in now.of(Assignment, "shift_id", SHIFT)}
    assert states == {"bob brown": (ASKED, Role.PICKET), "eve eng": (ASKED, Role.STANDBY)}
    assert edit.again == ("ann archer",)


def test_somebody_takes_anothers_place_in_the_same_role() -> None:
    plan = plan_of(person("Eve Eng"))
    edit = assigning.swap_in(plan, AssignmentId("ann archer on shift"), PersonId("eve eng"))
    now = after(plan, edit)
    assert sorted(each.person_id for each in now.of(Assignment, "shift_id", SHIFT)) == [
        "bob brown",
        "cy cole",
        "eve eng",
    ]
    assert edit.again == ("ann archer",)
    assert not assigning.swap_in(plan, AssignmentId("ann archer on shift"), PersonId("ann archer")).any


@given(st.sampled_from(AssignmentState), st.sampled_from(AssignmentState))
def test_an_assignment_only_goes_where_the_rules_let_it(old: AssignmentState, new: AssignmentState) -> None:
    plan = plan_of(on("ann archer", state=old))
    one = AssignmentId("ann archer on shift")
    if new is old:
        assert not assigning.move_assignments(plan, [one], new).any
    elif new in ASSIGNMENT_MOVES[old]:
        assert after(plan, assigning.move_assignments(plan, [one], new)).get(Assignment, one).state is new
    else:
        with pytest.raises(UserError):
            assigning.move_assignments(plan, [one], new)
    put = after(plan, assigning.assign(plan, SHIFT, PersonId("ann archer"), state=new)).get(Assignment, one).state
    assert put == old or put in ASSIGNMENT_MOVES[old]


def test_pins_hold_and_let_go() -> None:
    plan, one = plan_of(), AssignmentId("ann archer on shift")
    now = after(plan, assigning.pin(plan, [one]))
    assert now.get(Assignment, one).pinned
    assert not assigning.pin(now, [one]).any
    assert not after(now, assigning.pin(now, [one], False)).get(Assignment, one).pinned


def test_steps_put_together_write_the_last_word_of_each() -> None:
    plan = plan_of()
    first = rota_edits.move_shifts(plan, [SHIFT], 15)
    second = assigning.unassign(after(plan, first), [AssignmentId("ann archer on shift")])
    both = combined([first, second])
    assert [record.id for record in both.deleted] == ["ann archer on shift"]
    assert "ann archer on shift" not in [record.id for record in both.saved]
    assert Entrance not in {type(record) for record in both.saved}


@pytest.mark.parametrize(
    ("step", "what"),
    [
        (lambda plan: rota_edits.cancel_shifts(plan, ["gone"], "storm"), "That shift"),
        (lambda plan: rota_edits.reinstate_shifts(plan, ["gone"]), "That shift"),
        (lambda plan: rota_edits.delete_shifts(plan, ["gone"]), "That shift"),
        (lambda plan: rota_edits.label_shift(plan, "gone", "handover"), "That shift"),
        (lambda plan: rota_edits.set_needs(plan, ["gone"], USUAL_NEEDS), "That shift"),
        (lambda plan: rota_edits.copy_shifts(plan, [SHIFT], to_day="gone"), "That strike day"),
        (lambda plan: rota_edits.copy_day(plan, DAY, "gone"), "That strike day"),
        (lambda plan: rota_edits.copy_day(plan, "gone", DAY), "That strike day"),
        (lambda plan: rota_edits.add_shift(plan, "gone", MAIN, at("08:00"), at("09:00")), "That strike day"),
        (lambda plan: rota_edits.cut_window(plan, "gone", MAIN, at("08:00"), at("09:00"), 30), "That strike day"),
        (lambda plan: rota_edits.add_shift(plan, DAY, "gone", at("08:00"), at("09:00")), "That entrance"),
        (lambda plan: rota_edits.move_shifts(plan, [SHIFT], 0, "gone"), "That entrance"),
        (lambda plan: rota_edits.move_entrance(plan, "gone", 30), "That picket"),
        (lambda plan: assigning.assign(plan, "gone", "ann archer"), "That shift"),
        (lambda plan: assigning.show_only(plan, "gone", []), "That shift"),
        (lambda plan: assigning.assign(plan, SHIFT, "gone"), "That person"),
    ],
)
def test_what_another_window_deleted_meanwhile_is_said_in_a_sentence(step: Callable[[Plan], object], what: str) -> None:
    with pytest.raises(UserError, match=f"^{what} is not there any more: somebody deleted it.$"):
        step(plan_of())


@pytest.mark.parametrize(
    "step",
    [
        lambda plan: assigning.swap_in(plan, AssignmentId("gone"), PersonId("ann archer")),
        lambda plan: assigning.move_assignments(plan, [AssignmentId("gone")], ASKED),
        lambda plan: assigning.pin(plan, [AssignmentId("gone")]),
    ],
)
def test_who_was_taken_off_meanwhile_is_said_in_a_sentence(step: Callable[[Plan], object]) -> None:
    with pytest.raises(UserError, match="is not on that shift any more: somebody took them off"):
        step(plan_of())


# --------------------------------------------------------------------------------------- posts and stalls
POST, STALL = PostId("post"), StallId("stall")


def rally_of(*more: object) -> Plan:
    """The rally with two posts and two stalls, the first of each with a shift that Ann is on."""
    return plan_of(
        rally(),
        rally_day(),
        post(),
        post("stage", name="Stage front"),
        shift("at post", "11:00-13:30", post_id=POST),
        need("at post", Role.STEWARD, 1, 1, 2),
        on("ann archer", "at post", Role.STEWARD, state=CONFIRMED),
        partner(),
        stall(volunteers_wanted=3),
        stall("second", volunteers_wanted=0),
        shift("at stall", "10:30-14:00", stall_id=STALL),
        *more,
    )


def test_shifts_of_posts_and_stalls_move_freely_and_go_to_another_of_their_kind() -> None:
    plan = rally_of()
    to = {ShiftId("at post"): PostId("stage"), ShiftId("at stall"): StallId("second")}
    edit = rota_edits.move_shifts(plan, list(to), -12 * 60, to)
    now = after(plan, edit)
    assert (now.get(Shift, "at post").words, now.get(Shift, "at post").post_id) == (
        "23:00–01:30 (Tue 1 Dec 2015)",
        "stage",
    )
    assert now.get(Shift, "at stall").stall_id == "second"
    assert edit.words == "1 person must be told again."
    assert not [record for record in edit.saved if isinstance(record, Picket)]
    assert rota_edits.resize_shift(plan, ShiftId("at stall"), at("10:00"), at("14:00")).any
    with pytest.raises(UserError, match="That post is not there any more"):
        rota_edits.move_shifts(plan, [ShiftId("at post")], 0, STALL)
    with pytest.raises(UserError, match="choose another time"):
        rota_edits.resize_shift(
            plan, ShiftId("at post"), at("01:30", date(2016, 3, 27)), at("04:00", date(2016, 3, 27))
        )
    with pytest.raises(UserError, match="choose another time"):
        rota_edits.add_shift(plan, DAY, POST, at("01:30", date(2016, 3, 27)), at("04:00", date(2016, 3, 27)))


def test_they_are_copied_within_their_day_and_made_with_what_they_are_for() -> None:
    plan = rally_of()
    made = rota_edits.copy_shifts(plan, [ShiftId("at post")], 60, PostId("stage"), DAY)
    now = after(plan, made)
    (copy,) = made.shifts
    assert (now.get(Shift, copy).post_id, now.get(Shift, copy).words) == ("stage", "12:00–14:30")
    assert [each.role for each in now.of(Need, "shift_id", copy)] == [Role.STEWARD]
    with pytest.raises(UserError, match="is there on one day only"):
        rota_edits.copy_shifts(plan, [ShiftId("at stall")], to_day=NEXT)
    parts = rota_edits.cut_window(plan, DAY, StallId("second"), at("10:00"), at("12:00"), 60)
    assert [each.stall_id for each in parts.saved if isinstance(each, Shift)] == ["second", "second"]
    with pytest.raises(UserError, match="stall has a shift 10:30–14:00 already"):
        rota_edits.cut_window(plan, DAY, STALL, at("10:00"), at("12:00"), 60)


def test_a_new_shift_needs_what_its_post_or_its_stall_is_for() -> None:
    plan = rally_of(post("first aid", role=Role.FIRST_AIDER), post("mc", role=Role.MC))

    def usual(line: str) -> list[tuple[Role, int, int, int]]:
        needs = rota_edits.usual_needs(plan, DAY, PostId(line))
        return [(each.role, each.least, each.wished, each.most) for each in needs]

    assert usual("post") == [(Role.STEWARD, 1, 1, 2)]  # as its other shift
    assert usual("first aid") == [(Role.FIRST_AIDER, 1, 1, 2)]
    assert usual("mc") == [(Role.MC, 1, 1, 1)]
    assert usual("stall") == [(Role.STALL, 1, 3, 3)]
    assert usual("second") == [(Role.STALL, 1, 1, 1)]
