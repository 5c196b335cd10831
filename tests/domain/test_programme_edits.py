"""Changes to a running order: what is put in, moved, fixed, shortened; and that the fewest records are written."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import ProgrammeItemId
from rallyapp.domain.programme_edits import (
    Difference,
    Shorter,
    difference,
    duplicated,
    inserted,
    moved_by,
    moved_to,
    ordered,
    read_minutes,
    read_start,
    renumbered,
    shortened,
    shorter,
    split,
    without,
)
from rallyapp.domain.rallies import ProgrammeItem, Rally
from rallyapp.domain.running_order import finish_words, idle_minutes, overrun, running_order
from tests.domain.building import at, rally
from tests.domain.test_running_order import NOON, item, items

A, B, C, D = (item(n, 5) for n in range(1, 5))


def ids(order: object) -> list[str]:
    return [each.id for each in order]  # type: ignore[attr-defined]


def make_id(counting: itertools.count[int] = itertools.count()) -> str:  # noqa: B008
    return f"new {next(counting)}"


# -------------------------------------------------------------------------------------------- the order
def test_a_line_that_is_moved_is_the_only_one_written() -> None:
    """The last of four goes to the top, and back down by two."""
    made = difference([A, B, C, D], moved_to([A, B, C, D], {D.id}, 0))
    assert made.saved == ((replace(D, position=0), D),)
    assert made.gone == ()
    made = difference([A, B, C, D], moved_to([A, B, C, D], {A.id}, 3))
    assert [(new.id, was) for new, was in made.saved] in ([(A.id, A), (D.id, D)], [(D.id, D), (A.id, A)])


def test_a_line_that_is_put_between_two_moves_what_must_make_room() -> None:
    """Between 1 and 2 there is no number left; between 1 and 5 there is."""
    new = item(9, 3)
    made = difference([A, B], inserted([A, B], [new], 1))
    assert [(line.id, line.position, was) for line, was in made.saved] == [("item 9", 2, None), ("item 2", 3, B)]
    far = replace(B, position=5)
    assert [line.position for line, _ in difference([A, far], inserted([A, far], [new], 1)).saved] == [2]


def test_a_first_line_stands_at_1() -> None:
    assert renumbered([item(7, 5)], ()) == (replace(item(7, 5), position=1),)
    assert renumbered([], ()) == ()


def test_what_is_dropped_is_gone_and_nothing_else_is_written() -> None:
    made = difference([A, B, C], without([A, B, C], {B.id}))
    assert made == Difference(gone=(B,))
    assert made.anything
    assert not difference([A, B], [A, B]).anything


def test_numbers_that_are_far_off_are_begun_anew() -> None:
    """A file from elsewhere may hold any number."""
    far = replace(A, position=2**50)
    assert [line.position for line in renumbered([far, B], {far.id, B.id})] == [1, 2]


orders = st.lists(st.integers(-3, 12), min_size=1, max_size=7).map(
    lambda positions: ordered(replace(item(n, 5), position=position) for n, position in enumerate(positions))
)


@given(orders, st.data())
def test_renumbering_keeps_the_order_and_writes_the_fewest(
    order: tuple[ProgrammeItem, ...], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(order))
    made = renumbered(mixed, {line.id for line in order})
    assert ids(made) == ids(mixed)
    positions = [line.position for line in made]
    assert all(one < other for one, other in itertools.pairwise(positions))
    kept = sum(one is other for one, other in zip(mixed, made, strict=True))
    most = max(
        len(some)
        for size in range(len(mixed) + 1)
        for some in itertools.combinations(range(len(mixed)), size)
        if all(mixed[b].position - mixed[a].position >= b - a for a, b in itertools.pairwise(some))
    )
    assert kept >= most


@given(items, st.data())
def test_moving_is_a_permutation_and_keeps_those_that_move_together(
    programme: list[ProgrammeItem], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(ids(programme)))) if programme else set()
    place = data.draw(st.integers(0, len(programme)))
    for made in (
        moved_to(programme, chosen, place),
        moved_by(programme, chosen, down=True),
        moved_by(programme, chosen, down=False),
    ):
        assert sorted(ids(made)) == sorted(ids(programme))
        assert [id for id in ids(made) if id in chosen] == [id for id in ids(programme) if id in chosen]
        assert [id for id in ids(made) if id not in chosen] == [id for id in ids(programme) if id not in chosen]
    together = ids(moved_to(programme, chosen, place))
    assert {id for id in together[:place] if id not in chosen} <= set(ids(programme)[:place])


def test_lines_go_up_and_down_by_one_and_stay_at_the_ends() -> None:
    assert ids(moved_by([A, B, C], {C.id}, down=False)) == ids([A, C, B])
    assert ids(moved_by([A, B, C], {A.id, B.id}, down=True)) == ids([C, A, B])
    assert ids(moved_by([A, B, C], {A.id, B.id}, down=False)) == ids([A, B, C])
    assert ids(moved_by([A, B, C], {A.id, C.id}, down=False)) == ids([A, C, B])
    assert ids(moved_by([A, B, C], {C.id}, down=True)) == ids([A, B, C])


def test_a_copy_stands_below_and_is_not_fixed() -> None:
    fixed = replace(B, fixed=NOON)
    made = duplicated([A, fixed, C], {fixed.id}, make_id)
    assert [(line.title, line.fixed) for line in made] == [
        (A.title, None),
        (B.title, NOON),
        (B.title, None),
        (C.title, None),
    ]
    assert len(set(ids(made))) == 4


def test_a_line_is_split_in_two_halves() -> None:
    made = split([A, replace(B, minutes=9, fixed=NOON, cue="Lights"), C], B.id, make_id)
    assert [(line.minutes, line.fixed, line.cue) for line in made[1:3]] == [(5, NOON, "Lights"), (4, None, "")]
    assert ids(made)[0] == A.id
    assert len(set(ids(made))) == 4


# --------------------------------------------------------------------------------------------- typing
@pytest.mark.parametrize(
    ("text", "minutes"),
    [("5", 5), (" 90 ", 90), ("5m", 5), ("5 min", 5), ("1h", 60), ("1 h 30", 90), ("1:30", 90), ("", 0), ("24h", 1440)],
)
def test_minutes_as_people_type_them(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["5.5", "soon", "-3", "1:75", "5 6 7", "\u0665"])
def test_what_is_no_number_of_minutes_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number of minutes: write 5, 90 or 1 h 30"):
        read_minutes(text)


def test_a_line_of_more_than_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="24 hours at most"):
        read_minutes("1441")
    assert read_minutes("1440") == 1440


def the_rally(times: str = "11:30-13:30", day: date | int = 1) -> Rally:
    return rally(times=times, day=day)


def test_a_start_is_the_time_on_the_rally_s_own_day() -> None:
    for text in ("11:45", "1145", "11.45am"):
        assert read_start(text, rally=the_rally(), near=at("12:00")) == at("11:45")
    assert read_start(" ", rally=the_rally(), near=NOON) is None
    assert read_start("15:00", rally=the_rally(), near=NOON) == at("15:00")  # past the hard finish: shown, not refused
    with pytest.raises(ValueError, match=r"11:15 is before the rally starts \(11:30\)"):
        read_start("11:15", rally=the_rally(), near=NOON)
    with pytest.raises(ValueError, match="is not a time of day"):
        read_start("noonish", rally=the_rally(), near=NOON)


def test_a_start_after_midnight_is_on_the_next_day() -> None:
    vigil = the_rally("22:00-02:00")
    assert read_start("00:30", rally=vigil, near=at("23:00")) == at("00:30", 2)
    assert read_start("23:30", rally=vigil, near=at("23:00")) == at("23:30")
    assert read_start("00:15", rally=the_rally("20:00-23:30"), near=at("23:00")) == at("00:15", 2)


def test_a_start_on_a_rally_of_two_days_is_the_one_near_the_line() -> None:
    two = replace(the_rally(), ends=at("18:00", 2))
    assert read_start("12:00", rally=two, near=at("13:00", 2)) == at("12:00", 2)
    assert read_start("12:00", rally=two, near=at("13:00", 1)) == at("12:00")


def test_a_start_in_the_hour_that_the_clocks_leave_out_is_refused() -> None:
    spring = date(2016, 3, 27)
    with pytest.raises(ValueError, match="01:30 does not exist on Sun 27 Mar 2016: the clocks go forward"):
        read_start("01:30", rally=the_rally("00:30-04:00", spring), near=at("02:00", spring))


# ------------------------------------------------------------------------------------- shorten to fit
def cuts(programme: list[ProgrammeItem], minutes: int) -> list[tuple[str, int]]:
    return [(cut.item.id, cut.minutes) for cut in shorter(running_order(programme, NOON), minutes)]


def test_lines_give_in_proportion() -> None:
    """Of 30, 10 and 20 minutes six are wanted: 3, 1 and 2; a single one is taken from the longest."""
    programme = [item(1, 30), item(2, 10), item(3, 20)]
    assert cuts(programme, 6) == [("item 1", 27), ("item 2", 9), ("item 3", 18)]
    assert cuts(programme, 1) == [("item 1", 29)]
    assert cuts(programme, 0) == []


def test_a_minute_stays_and_a_fixed_line_gives_none() -> None:
    late = item(2, 10, NOON + timedelta(minutes=1))
    assert cuts([item(1, 3), late], 60) == [("item 1", 1)]  # then it starts no more than a minute after 12:00


def test_before_a_line_that_waits_nothing_is_gained() -> None:
    assert cuts([item(1, 10), item(2, 10, NOON + timedelta(minutes=30)), item(3, 10)], 4) == [("item 3", 6)]


def test_before_a_late_line_no_more_is_taken_than_it_is_late() -> None:
    """The silence at 12:10 is 5 minutes late; 20 minutes are wanted, and the song after it has 4 to give."""
    assert cuts([item(1, 15), item(2, 1, NOON + timedelta(minutes=10)), item(3, 5)], 20) == [
        ("item 1", 10),
        ("item 3", 1),
    ]


def test_lines_take_the_minutes_that_were_suggested() -> None:
    assert shortened([A, B], [Shorter(item=B, minutes=2)]) == (A, replace(B, minutes=2))


def test_a_fixed_line_is_met_too() -> None:
    """The photograph is fixed for 13:10 and comes at 13:25, and all of it ends 13:45 instead of 13:30.

    Lines give the 15 minutes before the photograph, none after it: then both times are met.
    """
    lengths = (15, 5, 20, 20, 40, 15, 10, 10)
    programme = [item(n, each, at("13:10") if n == 6 else None) for n, each in enumerate(lengths)]
    before = running_order(programme, at("11:30"))
    assert (overrun(before, at("13:30")), before[6].slack) == (15, -15)
    found = shorter(before, 15)
    after = running_order(shortened(programme, found), at("11:30"))
    assert (overrun(after, at("13:30")), after[6].slack, after[6].starts) == (0, 0, at("13:10"))
    assert [cut.item.position for cut in found] == [0, 2, 3, 4, 5]


def test_late_fixed_lines_are_met_in_order_even_where_the_end_fits() -> None:
    """Two fixed lines are late by 5 and by 8; the 5 before the first help the second, until that holds its time."""
    programme = [
        item(1, 15),
        item(2, 5, NOON + timedelta(minutes=10)),
        item(3, 20),
        item(4, 5, NOON + timedelta(minutes=32)),
        item(5, 9),
    ]
    assert cuts(programme, 0) == [("item 1", 10), ("item 3", 17)]
    assert cuts(programme, 10) == [("item 1", 10), ("item 3", 17), ("item 5", 7)]


def test_what_is_before_a_line_that_waits_does_not_help_a_late_one_after_it() -> None:
    """The first is 5 late, the second waits, the third is 3 late: what the first is given gains nothing further on."""
    programme = [
        item(1, 15),
        item(2, 5, NOON + timedelta(minutes=10)),
        item(3, 5, NOON + timedelta(minutes=40)),
        item(4, 10),
        item(5, 5, NOON + timedelta(minutes=52)),
        item(6, 9),
    ]
    assert cuts(programme, 4) == [("item 1", 10), ("item 4", 7), ("item 6", 8)]


@given(items, st.integers(0, 90))
def test_what_is_given_is_needed_and_all_that_can_be_is_met(programme: list[ProgrammeItem], minutes: int) -> None:
    before = running_order(programme, NOON)
    suggested = shorter(before, minutes)
    order = shortened(programme, suggested)
    after = running_order(order, NOON)
    gained = overrun(before, NOON) - overrun(after, NOON)
    assert all(cut.minutes >= 1 and cut.item.fixed is None for cut in suggested)
    late = [max(0, -line.slack) for line in after]

    def with_more(number: int, more: int) -> tuple[list[int], int]:
        """Give what is late, and what is gained at the end, with so many minutes more for a line."""
        changed = [replace(each, minutes=each.minutes + more * (n == number)) for n, each in enumerate(order)]
        lines = running_order(changed, NOON)
        return [max(0, -line.slack) for line in lines], overrun(before, NOON) - overrun(lines, NOON)

    for number, each in enumerate(order):
        if each.minutes != programme[number].minutes:  # given back, something is later that should not be
            then, end = with_more(number, 1)
            assert then != late or end < min(minutes, gained)
        if each.fixed is None and each.minutes > 1:  # no line could give more where more is wanted
            then, end = with_more(number, -1)
            assert then == late
            assert gained >= minutes or end == gained


# --------------------------------------------------------------------------------------------- in words
def test_the_finish_in_words() -> None:
    order = running_order([item(1, 115)], at("11:30"))
    assert finish_words(order, at("13:30")) == "Ends 13:25, 5 minutes before the hard finish"
    assert finish_words(order, at("13:25")) == "Ends 13:25, at the hard finish"
    assert finish_words(order, at("13:24")) == "Runs 1 minute past the hard finish (13:24)"
    assert finish_words(order, at("12:10")) == "Runs 1 h 15 min past the hard finish (12:10)"
    assert finish_words((), at("13:30")) == "Nothing planned yet. The hard finish is at 13:30"


@given(items)
def test_idle_minutes_are_what_is_neither_spoken_nor_sung(programme: list[ProgrammeItem]) -> None:
    lines = running_order(programme, NOON)
    total = lines[-1].total if lines else 0
    assert idle_minutes(lines) == total - sum(each.minutes for each in programme)
    totals = [line.total for line in lines]
    assert totals == sorted(totals)


@given(items, st.datetimes(datetime(2015, 3, 28), datetime(2015, 3, 30)), st.integers(0, 600))
def test_shortening_never_makes_it_longer_over_the_change_of_the_clocks(
    programme: list[ProgrammeItem], starts: datetime, minutes: int
) -> None:
    free = [replace(each, id=ProgrammeItemId(each.id), fixed=None) for each in programme]
    starts = starts.replace(second=0, microsecond=0)
    before = running_order(free, starts)
    after = running_order(shortened(free, shorter(before, minutes)), starts)
    wall = [lines[-1].ends if lines else starts for lines in (before, after)]
    assert wall[1] <= wall[0]
