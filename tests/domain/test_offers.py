"""Painting when somebody is free, and typing it: only what was painted changes, and nothing ever overlaps."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import PersonId
from rallyapp.domain.offers import (
    Offered,
    Stroke,
    copied_day,
    offered,
    painted,
    repainted,
    spoken,
    stroke_words,
    whole_day,
    without,
)
from rallyapp.domain.people import Level
from rallyapp.domain.records import problems_of
from rallyapp.domain.times import Span
from rallyapp.domain.typed_lengths import typed_minutes
from rallyapp.domain.typed_offers import typed_offers, typed_stretch
from tests.domain.building import DAY, at, between, offer

ANN = PersonId("ann archer")
DAYS = (date(2015, 12, 1), date(2015, 12, 2), date(2015, 12, 8))
FREE, IF_NEED_BE, NOT = Level.FREE, Level.IF_NEED_BE, Level.NOT

levels = st.sampled_from([*Level, None])
QUARTER = timedelta(minutes=15)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A stretch within three days, on quarters of an hour; often round the night when the clocks go forward."""
    day = draw(st.sampled_from([datetime(2015, 12, 1), datetime(2016, 3, 26)]))
    start = draw(st.integers(0, 200))
    return Span(day + QUARTER * start, day + QUARTER * (start + draw(st.integers(1, 60))))


strokes = st.builds(Stroke, levels, st.lists(spans(), min_size=1, max_size=3).map(tuple))


def level_at(offers, when):
    """What was said of a minute."""
    found = [each.level for each in offers if each.span.start <= when < each.span.end]
    assert len(found) <= 1, "offers overlap"
    return found[0] if found else None


def minutes_of(*spans):
    """Every quarter of an hour from before the first to after the last."""
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    count = (last - first) // QUARTER + 8
    return [first - QUARTER * 4 + QUARTER * n for n in range(count)]


# ------------------------------------------------------------------------------------------- painting
@given(st.lists(strokes, max_size=5), strokes)
def test_a_stroke_changes_the_minutes_under_it_and_no_others(before, stroke):
    offers = painted((), before)
    after = painted(offers, [stroke])
    for when in minutes_of(*(span for each in (*before, stroke) for span in each.spans)):
        if datetime(2016, 3, 27, 1) <= when < datetime(2016, 3, 27, 2):  # this hour does not exist
            continue
        inside = any(span.start <= when < span.end for span in stroke.spans)
        assert level_at(after, when) == (stroke.level if inside else level_at(offers, when))


@given(st.lists(strokes, max_size=6))
def test_what_was_painted_never_overlaps_and_like_is_joined_to_like(drawn):
    offers = painted((), drawn)
    for one, then in pairwise(offers):
        assert one.span.end <= then.span.start
        assert not (one.span.end == then.span.start and one.level is then.level)
    assert painted(offers, ()) == offers


@given(st.lists(strokes, max_size=4), st.lists(strokes, min_size=1, max_size=3))
def test_the_records_say_what_was_painted_and_can_be_kept(before, drawn):
    records = repainted(ANN, (), before).saved
    repaint = repainted(ANN, records, drawn)
    saved = {record.id: record for record in repaint.saved}
    gone = {record.id for record in repaint.gone}
    after = [record for record in records if record.id not in gone and record.id not in saved] + [*saved.values()]
    assert offered(after) == painted(offered(records), drawn)
    assert not [problem for record in after for problem in problems_of(record)]
    assert repainted(ANN, after, ()).empty


def test_a_record_that_is_cut_keeps_its_id_and_one_that_is_right_is_not_written():
    morning, evening = offer(ANN, "08:00-12:00"), offer(ANN, "18:00-20:00")
    repaint = repainted(ANN, [morning, evening], [Stroke(None, (between("11:00-12:00"),))])
    assert [(each.id, each.span) for each in repaint.saved] == [(morning.id, between("08:00-11:00"))]
    assert not repaint.gone


def test_a_quarter_past_stays_where_nobody_painted():
    records = [offer(ANN, "08:15-11:45")]
    after = painted(offered(records), [Stroke(NOT, (between("09:00-09:30"),))])
    assert [(each.span, each.level) for each in after] == [
        (between("08:15-09:00"), FREE),
        (between("09:00-09:30"), NOT),
        (between("09:30-11:45"), FREE),
    ]


def test_what_was_offered_twice_is_one_and_a_time_ruled_out_goes_first():
    records = [
        offer(ANN, "08:00-17:00"),
        offer(ANN, "10:00-12:00", level=IF_NEED_BE),
        offer(ANN, "12:00-13:00", level=NOT),
    ]
    assert [(each.span, each.level) for each in offered(records)] == [
        (between("08:00-12:00"), FREE),
        (between("12:00-13:00"), NOT),
        (between("13:00-17:00"), FREE),
    ]


def test_the_hour_that_the_clocks_leave_out_is_painted_by_nobody():
    night = date(2016, 3, 27)
    inside = Span(datetime(2016, 3, 27, 1), datetime(2016, 3, 27, 1, 30))
    assert painted((), [Stroke(FREE, (inside,))]) == ()
    (over,) = painted((), [Stroke(FREE, (Span(datetime(2016, 3, 27, 0, 30), datetime(2016, 3, 27, 1, 30)),))])
    assert over.span == between("00:30-02:00", night)


def test_a_day_is_made_the_same_as_another_and_what_was_said_of_it_goes():
    offers = [
        Offered(between("22:00-09:00", date(2015, 11, 30)), FREE),
        Offered(between("14:15-16:00"), IF_NEED_BE),
        Offered(between("05:00-23:00", 8), NOT),
    ]
    after = painted(offers, copied_day(offers, DAY, [date(2015, 12, 8)]))
    assert spoken(after, [date(2015, 12, 8)]) == "Tue 8 Dec 2015: free 00:00\u201309:00, if need be 14:15\u201316:00."
    assert copied_day(offers, DAY, [DAY]) == ()


def test_duties_are_left_out_of_a_stroke():
    stroke = Stroke(FREE, (between("08:00-12:00"),))
    assert without([stroke], [between("09:00-10:00")]) == (
        Stroke(FREE, (between("08:00-09:00"), between("10:00-12:00"))),
    )
    assert without([stroke], [between("07:00-13:00")]) == ()


def test_a_silent_day_is_said_to_be_silent():
    assert spoken([], [DAY]) == "Tue 1 Dec 2015: has not said."
    assert spoken([Offered(whole_day(DAY), NOT)], [DAY]) == "Tue 1 Dec 2015: not free all day."


# --------------------------------------------------------------------------------------------- typing
@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Tue 1/12 8-11, if need be 14-16", "free Tue 1 Dec 2015 08:00\u201311:00; if need be 14:00\u201316:00"),
        ("tue 1/12 10am to 6pm", "free Tue 1 Dec 2015 10:00\u201318:00"),
        ("1 Dec 0900 til 1700", "free Tue 1 Dec 2015 09:00\u201317:00"),
        ("1 dec 2000-2200", "free Tue 1 Dec 2015 20:00\u201322:00"),
        ("2015-12-01 8.30-11", "free Tue 1 Dec 2015 08:30\u201311:00"),
        ("1/12 9-5", "free Tue 1 Dec 2015 09:00\u201317:00"),
        ("1/12 20-8", "free Tue 1 Dec 2015 20:00\u201308:00 (Wed 2 Dec 2015)"),
        ("Wed", "free Wed 2 Dec 2015 all day"),
        ("1/12 all day", "free Tue 1 Dec 2015 all day"),
        ("Thu 9-12", "free Thu 3 Dec 2015 09:00\u201312:00"),
        ("1/12 22-6", "free Tue 1 Dec 2015 22:00\u201306:00 (Wed 2 Dec 2015)"),
        ("not free wed", "not free Wed 2 Dec 2015 all day"),
        ("can't do 8/12 until 11.30", "not free Tue 8 Dec 2015 00:00\u201311:30"),
        ("1/12 8-11 if need be", "if need be Tue 1 Dec 2015 08:00\u201311:00"),
        (
            "1/12 free 8-17 not free 12-13",
            "free Tue 1 Dec 2015 08:00\u201317:00; not free 12:00\u201313:00",
        ),
        ("1/12, 2/12 8-11", "free Tue 1 Dec 2015 08:00\u201311:00, Wed 2 Dec 2015 08:00\u201311:00"),
        ("1/12 to 2/12 8-11", "free Tue 1 Dec 2015 08:00\u201311:00, Wed 2 Dec 2015 08:00\u201311:00"),
        ("1/12 from 8pm", "free Tue 1 Dec 2015 20:00\u201300:00 (Wed 2 Dec 2015)"),
        ("not free 1/12; 2/12 9-12", "not free Tue 1 Dec 2015 all day; free Wed 2 Dec 2015 09:00\u201312:00"),
        (
            "free 1/12 but not 8-11",
            "free Tue 1 Dec 2015 all day; not free 08:00\u201311:00",
        ),
        ("free 1/12 not 2/12", "free Tue 1 Dec 2015 all day; not free Wed 2 Dec 2015 all day"),
        ("1/12 8-11 not 2/12", "free Tue 1 Dec 2015 08:00\u201311:00; not free Wed 2 Dec 2015 all day"),
        ("can do 1/12 if need be", "if need be Tue 1 Dec 2015 all day"),
        ("1/12 free if need be 8-11", "if need be Tue 1 Dec 2015 08:00\u201311:00"),
        ("1/12 not 8-11", "not free Tue 1 Dec 2015 08:00\u201311:00"),
        ("free all day 1/12 but not 8-11", "free Tue 1 Dec 2015 all day; not free 08:00\u201311:00"),
        ("1/12 8pm-12", "free Tue 1 Dec 2015 20:00\u201300:00 (Wed 2 Dec 2015)"),
        ("1/12 8-12", "free Tue 1 Dec 2015 08:00\u201312:00"),
        ("clear 1/12 8-9", "not said Tue 1 Dec 2015 08:00\u201309:00"),
        (
            "every day between 8 and 9",
            "free Tue 1 Dec 2015 08:00\u201309:00, Wed 2 Dec 2015 08:00\u201309:00, Tue 8 Dec 2015 08:00\u201309:00",
        ),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(text, read):
    assert stroke_words(typed_offers(text, days=DAYS, near=DAY)) == read


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("bananas", "\u201cbananas\u201d in \u201cbananas\u201d can't be read"),
        ("8-11", "Say which day as well"),
        ("Tue 8-11", "There is more than one Tue here: write its date too, 1/12 or 8/12"),
        ("tue 2/12 8-11", "would be Wednesday 2 December 2015"),
        ("1/12 08:00-08:00", "ends when it starts"),
        ("1/12 25-26", "is not a time of day"),
        ("1/12 8-", "can't be read"),
        ("1/12 to", "stops after \u201cto\u201d"),
        ("to 1/12", "stands between two times or two days"),
        ("2/12 to 1/12", "does not come soon after"),
        ("27/3/2016 1.15-4", "01:15 does not exist"),
        (" , ", "Nothing is written yet"),
    ],
)
def test_what_can_not_be_read_is_said_in_one_sentence(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as error:
        typed_offers(text, days=DAYS, near=DAY)
    assert "\n" not in str(error.value)


def test_every_day_means_nothing_where_no_day_is_known():
    with pytest.raises(ValueError, match="no strike day in this plan"):
        typed_offers("every day 8-11", days=(), near=DAY)


@given(st.text(alphabet="Tue 1/2.:-,;tofreinb8 amp", max_size=40))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        found = typed_offers(text, days=DAYS, near=DAY)
    except ValueError:
        return
    assert stroke_words(found)
    assert painted((), found) == painted(painted((), found), found)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("Tue 1/12 20:00 to Wed 2/12 08:00", at("20:00"), at("08:00", 2)),
        ("Tue 1 Dec 20:00 \u2013 Wed 2 Dec 08:00", at("20:00"), at("08:00", 2)),
        ("1/12 20-8", at("20:00"), at("08:00", 2)),
        ("1 Dec 8pm till 2 Dec 8am", at("20:00"), at("08:00", 2)),
        ("Wed 9-17", at("09:00", 2), at("17:00", 2)),
        ("2/12", at("00:00", 2), at("00:00", 3)),
    ],
)
def test_one_stretch_may_end_on_another_day(text, starts, ends):
    assert typed_stretch(text, near=DAY, days=DAYS) == Span(starts, ends)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2/12 8 to 1/12 9", "ends before it starts"),
        ("1/12 8-9, 10-11", "Write one stretch of time here"),
        ("1/12 8:00 to 1/12 8:00", "ends before it starts"),
    ],
)
def test_several_stretches_or_none_are_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        typed_stretch(text, near=DAY, days=DAYS)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5", 300),
        ("5 hours", 300),
        ("7.5", 450),
        ("7 h 30", 450),
        ("7h30", 450),
        ("7:30 ", 450),
        ("7 h 30 min", 450),
        ("90 min", 90),
        ("0", 0),
        ("", None),
    ],
)
def test_a_length_is_typed_in_hours(text, minutes):
    assert typed_minutes(text, most=1440) == minutes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("x", "not a number of hours"), ("25", "more than 24 hours"), ("7 61", "59 minutes"), ("7.5:30", "not a number")],
)
def test_a_length_that_is_none_is_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        typed_minutes(text, most=1440)
