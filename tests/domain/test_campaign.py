"""The whole campaign in numbers: each person once, and nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rallyapp.domain.campaign import Campaign, Heads, Stage, Turnout, counted, stage_of
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import (
    AttendanceId,
    EntranceId,
    IncidentId,
    PersonId,
    PicketId,
    PoliceDirectionId,
    PostId,
    RallyId,
    ShiftId,
    StallId,
    StrikeDayId,
    TallyId,
    TurnoutCountId,
)
from rallyapp.domain.people import Standing
from rallyapp.domain.pickets import (
    AssignmentState,
    Attendance,
    Incident,
    Picket,
    PoliceDirection,
    Role,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import IfOff, StallState, Tally
from rallyapp.domain.stand_down import Going
from tests.domain.building import (
    at,
    entrance,
    example,
    on,
    person,
    picket,
    rally,
    rally_day,
    shift,
    site,
    small_plan,
    stall,
    strike_day,
)

NOON = at("12:00")
SECOND = strike_day("second", date(2015, 12, 8))


def numbers(*more: Record | list[Record], now: Any = NOON) -> Campaign:
    return counted(small_plan(*more), now)


def mark(who: str, shift_id: str = "shift", *, came: bool = True, walk_in: bool = False) -> Attendance:
    return example(
        Attendance,
        id=AttendanceId(f"{who} at {shift_id} {came}"),
        shift_id=ShiftId(shift_id),
        person_id=None if walk_in else PersonId(who),
        walk_in=who if walk_in else "",
        came=at("08:02") if came else None,
        absent=not came,
    )


def heads(pickets: int, supporters: int, clock: str, picket_id: str = "picket") -> TurnoutCount:
    id = TurnoutCountId(f"{picket_id} {clock}")
    return TurnoutCount(id=id, picket_id=PicketId(picket_id), at=at(clock), pickets=pickets, supporters=supporters)


@pytest.mark.parametrize(
    ("state", "now", "stage"),
    [
        (StrikeState.CALLED_OFF, at("07:00"), Stage.STOOD_DOWN),
        (StrikeState.HELD, at("07:00", 9), Stage.HELD),
        (StrikeState.NOTIFIED, at("07:59"), Stage.TO_COME),
        (StrikeState.NOTIFIED, at("08:00"), Stage.UNDER_WAY),
        (StrikeState.ON, at("08:00", 2), Stage.OVER),
    ],
)
def test_a_day_s_stage_goes_by_its_state_and_the_moment(state: StrikeState, now: Any, stage: Stage) -> None:
    assert stage_of(strike_day(state=state), now) is stage


def test_who_came_and_who_did_not_each_once() -> None:
    """Ann has two shifts and came to one, Bob stayed away, of Cas nobody wrote it down; Dee and Eve walked in."""
    people = [person(name) for name in ("Ann A", "Bob B", "Cas C", "Dee D", "No N")]
    later = shift("later", "11:00-14:00")
    places = [on("ann a"), on("ann a", "later"), on("bob b"), on("cas c")]
    places.append(on("no n", state=AssignmentState.DECLINED))
    marks = [mark("ann a"), mark("ann a", "later", came=False), mark("bob b", came=False), mark("dee d")]
    marks += [mark("Eve  E.", walk_in=True), mark("eve e", "later", walk_in=True)]
    marks.append(mark("no n", came=False))
    found = numbers(people, [later], places, marks).total.turnout
    assert found == Turnout(people=3, came=1, absent=1, walk_ins=2)
    assert (found.signed_in, found.not_marked, found.known) == (3, 1, True)
    assert not numbers().total.turnout.known


def test_lines_are_counted_with_their_hours_and_the_largest_head_count_of_each() -> None:
    """The open-ended picket lasts as long as its shifts; one cancelled by itself counts for nothing but itself."""
    north = entrance("north", "North gate")
    pickets: list[Record] = [
        picket("open", "09:00-10:00", entrance_id=EntranceId("north"), ends=None),
        shift("open shift", "09:00-12:00", picket_id=PicketId("open")),
        shift("no shift", "12:00-15:00", picket_id=PicketId("open"), cancelled=True, reason="rain"),
        picket("off", "08:00-20:00", cancelled=True, reason="snow"),
        shift("off shift", "08:00-20:00", picket_id=PicketId("off")),
    ]
    counts: list[Record] = [heads(6, 20, "08:30"), heads(5, 45, "09:00"), heads(4, 0, "09:30", "open")]
    noted: list[Record] = [
        example(Incident, id=IncidentId("one")),
        example(Incident, id=IncidentId("two"), picket_id=PicketId("off")),
        example(PoliceDirection, id=PoliceDirectionId("one")),
    ]
    people = [person("Ann A"), on("ann a"), on("ann a", "open shift", role=Role.STANDBY)]
    total = numbers([north, *pickets], counts, noted, people).total
    assert (total.pickets, total.cancelled, total.shifts, total.open_ended) == (2, 1, 2, 1)
    assert (total.minutes, total.rota_minutes) == (6 * 60, 6 * 60)
    assert total.heads == Heads(pickets=9, supporters=45, counted_at=2)
    assert total.heads.all == 54
    assert (total.incidents, total.directions) == (2, 1)


def test_a_day_that_is_off_keeps_what_was_planned_and_adds_nothing() -> None:
    later = picket("second picket", day=8, strike_day_id=StrikeDayId("second"))
    hers = shift("hers", day=8, picket_id=later.id)
    off = replace(strike_day(), state=StrikeState.CALLED_OFF)
    plan: list[Record] = [SECOND, later, hers, off, person("Ann A"), on("ann a"), person("Bob B"), on("bob b", "hers")]
    found = numbers(plan)
    assert [(each.day.id, each.stage, each.lines.turnout.people) for each in found.days] == [
        ("day", Stage.STOOD_DOWN, 1),
        ("second", Stage.TO_COME, 1),
    ]
    assert (found.days_that_are(Stage.STOOD_DOWN), found.days_that_are(Stage.HELD, Stage.TO_COME)) == (1, 1)
    assert (found.total.pickets, found.total.turnout.people, found.turnout.people) == (1, 1, 1)
    assert [(each.site.id, each.days) for each in found.sites] == [("general", 1)]
    assert found.rallies[0].status.going is Going.STOOD_DOWN


def test_workplaces_stand_by_name_with_their_days() -> None:
    anne = site("anne", "Princess Anne Hospital")
    door = entrance("door", "Front door", site_id=anne.id)
    more = picket("anne picket", entrance_id=door.id)
    only = picket("cancelled", entrance_id=door.id, cancelled=True, reason="snow")
    again = picket("again", "14:00-16:00")
    found = numbers([anne, door, more, only, again])
    assert [(each.site.name, each.days, each.lines.pickets) for each in found.sites] == [
        ("Princess Anne Hospital", 1, 1),
        ("Southampton General Hospital", 1, 2),
    ]
    assert found.days[0].sites == 2


def test_the_roster_by_standing_without_those_who_left() -> None:
    left = person("Gone G", left=True)
    supporter = person("Sue S", standing=Standing.SUPPORTER)
    found = numbers([person(), left, supporter])
    assert found.people == ((Standing.MEMBER, 1), (Standing.SUPPORTER, 1))


def test_rallies_and_stalls() -> None:
    """A declined stall is none; one whose rally is off may come all the same; nothing counted is not nought."""
    work = shift("steward", "11:00-13:30", post_id=PostId("post"))
    gone = shift("gone", "13:00-13:30", post_id=PostId("post"), cancelled=True, reason="rain")
    places: list[Record] = [person("Ann A"), on("ann a", "steward", Role.STEWARD), on("ann a", "gone"), work, gone]
    mine = stall(target=60, if_off=IfOff.GOES_AHEAD)
    stalls: list[Record] = [mine, stall("quiet"), stall("no", state=StallState.DECLINED)]
    stalls += [Tally(id=TallyId(str(n)), stall_id=StallId("stall"), at=at("12:30"), count=n) for n in (20, -1)]
    noted = example(Incident, picket_id=None, rally_id=RallyId("rally"))
    late = rally("late", "18:00-19:00", 8)
    found = numbers([*places, *stalls, noted, late, SECOND, rally_day("late", "second")], now=at("13:30"))
    first, second = found.rallies
    assert (first.posts, first.turnout.people, first.stalls, first.incidents, first.over) == (1, 1, 2, 1, True)
    assert (second.over, second.stalls, second.status.going) == (False, 0, Going.ON)
    assert [(each.stall.id, each.target, each.counted) for each in found.stalls] == [
        ("quiet", 0, None),
        ("stall", 60, 19),
    ]


def test_an_empty_plan_is_all_noughts() -> None:
    plan = small_plan()
    empty = counted(plan.changed((), [(Picket, "picket"), (Shift, "shift")]), NOON)
    assert (empty.total.pickets, empty.total.heads, empty.sites) == (0, None, ())
