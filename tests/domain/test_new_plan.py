"""From a dispute to a plan that can be filled: what is made, what is cut short, and what people may type."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import count, pairwise
from typing import TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind, StrikeState
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.new_plan import (
    DayWanted,
    NewPlan,
    Pattern,
    SiteWanted,
    new_plan,
    outline,
    parse_span,
    picket_with_shifts,
    spans_on,
    titled,
    without_pickets,
)
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import Record, columns, problems_of, table_of
from rallyapp.domain.typed_days import parse_strike_day
from rallyapp.rota.fill import fill, shifts_in
from tests.domain.building import can, entrance, offer, person, strike_day
from tests.domain.check_building import problems

DAY, NEXT = date(2015, 12, 1), date(2015, 12, 2)
GENERAL = SiteWanted(
    name="Southampton General Hospital",
    code="RHM01",
    employer="University Hospital Southampton",
    employer_code="RHM",
    postcode="SO16 6YD",
    lat=50_933_020,
    lon=-1_435_090,
)
ANNE = SiteWanted(name="Princess Anne Hospital", employer="UHS", employer_code="RHM", entrances=("Main", "Staff"))
EIGHT = time(8)
T = TypeVar("T")


def numbered() -> Callable[[], str]:
    """Give ids "1", "2", "3" ..."""
    numbers = count(1)
    return lambda: str(next(numbers))


def strike(text: str) -> StrikeDay:
    """Make the strike day that somebody typed."""
    day = parse_strike_day(text)
    return strike_day(
        first=day.first_date,
        start_time=day.start_time,
        last_date=day.last_date,
        end_time=day.end_time,
        kind=day.kind,
    )


def spans(text: str, pattern: Pattern | None = None) -> list[str]:
    """List when there would be pickets on a strike day, such as "1 08:00-11:00"."""
    found = spans_on(strike(text), pattern or Pattern())
    return [f"{span.start.day} {span.start:%H:%M}-{span.end:%H:%M}" for span in found]


def wanted(*days: str, sites: tuple[SiteWanted, ...] = (GENERAL,), **other: object) -> NewPlan:
    """Ask for a plan of these strike days."""
    fields = {"title": "Southampton", "union": "BMA", **other}
    return NewPlan(sites=sites, days=tuple(parse_strike_day(day) for day in days), **fields)  # type: ignore[arg-type]


def assert_whole(records: list[Record]) -> None:
    """Every record can be kept, has an id of its own, and refers only to what came before it."""
    known: set[tuple[str, str]] = set()
    for record in records:
        assert [problem.sentence for problem in problems_of(record)] == []
        for column in columns(type(record)):
            value = getattr(record, column.name)
            if column.refers_to and value is not None:
                assert (column.refers_to, value) in known
        known.add((table_of(type(record)), record.id))
    assert len({record.id for record in records}) == len(records)


# ------------------------------------------------------------------------------------------ what is made
def test_the_plan_of_1_december_2015() -> None:
    """One entrance, 24 hours from 08:00: a picket 08:00-11:00 in three shifts, each with its needs."""
    records = new_plan(
        wanted(
            "2015-12-01 08:00-08:00 emergency care only",
            branch="Wessex",
            duty_phone="07700 900000",
            data_contact="data@example.org",
            ballot_opened=date(2015, 11, 5),
            ballot_closed=date(2015, 11, 18),
            called_out="junior doctors",
            jurisdiction=Jurisdiction.WALES,
        ),
        numbered(),
    )
    assert_whole(records)
    plan = Plan(records)
    (made,) = plan.all(Dispute)
    assert (made.title, made.union, made.branch) == ("Southampton", "BMA", "Wessex")
    assert (made.jurisdiction, made.duty_phone) == (Jurisdiction.WALES, "07700 900000")
    assert (made.data_contact, made.ballot_opened, made.ballot_closed) == (
        "data@example.org",
        date(2015, 11, 5),
        date(2015, 11, 18),
    )
    assert plan.settings.title == "Southampton"
    (day,) = plan.all(StrikeDay)
    assert (day.kind, day.state, day.called_out) == (
        StrikeKind.EMERGENCY_CARE_ONLY,
        StrikeState.PLANNED,
        "junior doctors",
    )
    assert (day.first_date, day.start_time, day.last_date, day.end_time) == (DAY, EIGHT, NEXT, EIGHT)
    (site,) = plan.all(Site)
    assert (site.name, site.code, site.postcode, site.lat) == (GENERAL.name, "RHM01", "SO16 6YD", 50_933_020)
    (picket,) = plan.all(Picket)
    assert plan.picket_words(picket) == ("Main entrance, Southampton General Hospital, Tue 1 Dec 2015 08:00\u201311:00")
    shifts = plan.all(Shift)
    assert [shift.words for shift in shifts] == ["08:00\u201309:00", "09:00\u201310:00", "10:00\u201311:00"]
    assert len({shift.batch for shift in shifts} - {""}) == 1
    for shift in shifts:
        needs = plan.of(Need, "shift_id", shift.id)
        assert [(need.role, need.least, need.wished, need.most) for need in needs] == [
            (Role.SUPERVISOR, 1, 1, 1),
            (Role.PICKET, 2, 4, 5),
            (Role.STANDBY, 0, 1, 2),
        ]
        assert sum(need.most for need in needs if need.role.official_picket) == 6


def test_each_entrance_gets_a_picket_on_each_day() -> None:
    records = new_plan(wanted("2015-12-08 08:00-17:00", "16/12/2015", sites=(GENERAL, ANNE)))
    assert_whole(records)
    plan = Plan(records)
    assert [uuid.UUID(record.id).version for record in records] == [4] * len(records)
    assert len(plan.all(Employer)) == 1  # both sites are of the same trust
    assert [(each.name, each.position) for each in plan.all(Entrance)] == [
        ("Main entrance", 1),
        ("Main", 1),
        ("Staff", 2),
    ]
    at = {(picket.strike_day_id, picket.entrance_id) for picket in plan.all(Picket)}
    assert len(at) == len(plan.all(Picket)) == 6
    assert len({shift.batch for shift in plan.all(Shift)}) == 6


def test_a_site_of_its_own_employer_and_one_whose_employer_nobody_named() -> None:
    own = SiteWanted(name="Town Hall", employer="Council")
    nameless = SiteWanted(name="Depot", employer=" ")
    records = new_plan(wanted("2015-12-08", sites=(own, nameless)))
    assert_whole(records)
    assert [each.name for each in Plan(records).all(Employer)] == ["Council", "Depot"]


def test_a_plan_may_begin_with_nothing_but_a_title() -> None:
    records = new_plan(NewPlan(title="Plan", union="BMA"))
    assert_whole(records)
    assert [type(record) for record in records] == [Settings, Dispute]
    assert Plan(new_plan(wanted("2015-12-08", sites=()))).all(Picket) == ()
    assert Plan(new_plan(wanted(sites=(GENERAL,)))).all(Picket) == ()


def test_the_same_ids_give_the_same_plan() -> None:
    asked = wanted("2015-12-01 08:00-08:00", sites=(GENERAL, ANNE))
    assert new_plan(asked, numbered()) == new_plan(asked, numbered())


# ------------------------------------------------------------------------------------------ the pattern
@pytest.mark.parametrize(
    ("day", "pickets"),
    [
        pytest.param("2015-12-08 08:00-17:00", ["8 08:00-11:00"], id="a day's hours"),
        pytest.param("2015-12-08", ["8 08:00-11:00"], id="a whole day"),
        pytest.param("2015-12-01 08:00-08:00", ["1 08:00-11:00"], id="24 hours: none at 08:00 next morning"),
        pytest.param("2015-12-01 09:30-17:00", ["1 09:30-11:00"], id="the window begins later"),
        pytest.param("2015-12-01 07:00-10:15", ["1 08:00-10:15"], id="the window ends earlier"),
        pytest.param("2015-12-01 12:00-09:00", ["2 08:00-09:00"], id="only the next morning"),
        pytest.param("2015-12-01 12:00-17:00", [], id="the window misses it"),
        pytest.param("2015-12-01 to 2015-12-03", [f"{n} 08:00-11:00" for n in (1, 2, 3)], id="three days"),
        pytest.param("2015-12-01 07:00 to 2015-12-03 06:59", ["1 08:00-11:00", "2 08:00-11:00"], id="06:59"),
    ],
)
def test_pickets_are_where_the_pattern_and_the_strike_meet(day: str, pickets: list[str]) -> None:
    assert spans(day) == pickets


def test_the_pattern_over_a_night_on_which_the_clocks_go_forward() -> None:
    """01:30 is left out on 27 March 2016: the clocks show 02:30 then, and every record can be kept."""
    early = Pattern(starts=time(1, 30), ends=time(4), slot=30)
    assert spans("2016-03-27", early) == ["27 02:30-04:00"]
    assert spans("2016-03-27", Pattern(starts=time(0), ends=time(1, 30))) == ["27 00:00-02:30"]
    assert spans("2016-03-28", early) == ["28 01:30-04:00"]
    assert_whole(new_plan(wanted("2016-03-27", pattern=early)))
    assert_whole(new_plan(wanted("2016-03-27", pattern=Pattern(starts=time(0), ends=time(1, 30)))))


@pytest.mark.parametrize(("slot", "shifts"), [(30, 6), (45, 4), (60, 3), (90, 2), (120, 2), (180, 1), (720, 1)])
def test_a_picket_is_cut_into_shifts_without_gap_or_overlap(slot: int, shifts: int) -> None:
    pattern = Pattern(slot=slot, least=1, wished=2, most=3)
    (span,) = spans_on(strike("2015-12-08"), pattern)
    picket, *rest = picket_with_shifts(strike("2015-12-08"), entrance(), span, pattern)
    assert isinstance(picket, Picket)
    made = [record for record in rest if isinstance(record, Shift)]
    assert len(made) == shifts
    assert (made[0].starts, made[-1].ends) == (picket.starts, picket.ends)
    assert all(before.ends == after.starts for before, after in pairwise(made))
    needs = [record for record in rest if isinstance(record, Need) and record.role is Role.PICKET]
    assert {(need.least, need.wished, need.most) for need in needs} == {(1, 2, 3)}


def test_a_shift_of_a_minute_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 minutes"):
        new_plan(wanted("2015-12-08", pattern=Pattern(slot=1)))


_dates = st.one_of(st.sampled_from([date(2016, 3, 27), date(2016, 10, 30)]), st.dates(DAY, date(2040, 12, 31)))
_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    st.lists(_dates, max_size=3),
    st.lists(st.sampled_from([GENERAL, ANNE]), max_size=2),
    st.builds(Pattern, starts=_times, ends=_times, slot=st.integers(20, 240)),
)
@example([date(2016, 3, 27)], [GENERAL], Pattern(starts=time(0), ends=time(1, 15), slot=20))
@example([date(2016, 3, 27)], [GENERAL], Pattern(starts=time(1, 45), ends=time(3), slot=20))
def test_whatever_is_wanted_can_be_kept(days: list[date], sites: list[SiteWanted], pattern: Pattern) -> None:
    typed = [each.isoformat() for each in days]
    assert_whole(new_plan(wanted(*typed, sites=tuple(sites), pattern=pattern)))


# ---------------------------------------------------------------------------------------------- filling it
def test_a_new_plan_is_filled_as_soon_as_there_are_people() -> None:
    """Ten members with all morning and two who can supervise: nothing is short, and the checks are content."""
    bare = new_plan(wanted("2015-12-08 08:00-17:00", duty_phone="07700 900000"), numbered())
    plan = Plan(bare)
    proposal = fill(plan, shifts_in(plan))
    assert not proposal.added
    assert {(gap.role, gap.missing) for gap in proposal.gaps} == {(Role.SUPERVISOR, 1), (Role.PICKET, 2)}
    assert {problem.code for problem in problems(plan, date(2015, 11, 20))} == {"short", "no-notice"}

    staffed = [*bare, *people(plan)]
    proposal = fill(Plan(staffed), shifts_in(Plan(staffed)))
    assert proposal.gaps == ()
    assert {problem.code for problem in problems(Plan([*staffed, *proposal.added]), date(2015, 11, 20))} == {
        "no-notice"
    }


def people(plan: Plan) -> Iterator[Record]:
    """Make ten members of the site who have all day, two of whom can supervise."""
    (site,) = plan.all(Site)
    for number in range(10):
        member = person(f"Member{number} M", workplace_id=site.id)
        yield member
        yield offer(member.id, "07:00-18:00", 8)
        if number < 2:
            yield can(member.id, Skill.SUPERVISOR)


# ------------------------------------------------------------------------------------- what people type
def day(
    first: date, start: str = "", last: date | None = None, end: str = "", kind: StrikeKind = StrikeKind.FULL_WALKOUT
) -> DayWanted:
    """Say what was meant."""
    return DayWanted(
        kind=kind,
        first_date=first,
        start_time=time.fromisoformat(start) if start else None,
        last_date=last or first,
        end_time=time.fromisoformat(end) if end else None,
    )


EMERGENCY, CHRISTMAS, SHORT = StrikeKind.EMERGENCY_CARE_ONLY, StrikeKind.CHRISTMAS_DAY_COVER, StrikeKind.ACTION_SHORT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2015-12-01", day(DAY)),
        ("1/12/2015", day(DAY)),
        ("1 December 2015", day(DAY)),
        ("01/12/2015 full walkout", day(DAY)),
        ("2015-12-01 08:00-17:00", day(DAY, "08:00", None, "17:00")),
        ("  2015-12-01   8am - 5pm ", day(DAY, "08:00", None, "17:00")),
        ("2015-12-01 0800\u20131700", day(DAY, "08:00", None, "17:00")),
        ("2015-12-01 8am till 5.30pm", day(DAY, "08:00", None, "17:30")),
        ("2015-12-01 8AM TO 11AM", day(DAY, "08:00", None, "11:00")),
        ("2015-12-01 20:00-08:00", day(DAY, "20:00", NEXT, "08:00")),
        ("2015-12-01 08:00-08:00", day(DAY, "08:00", NEXT, "08:00")),
        ("2015-12-01 08:00", day(DAY, "08:00")),
        ("2015-12-01 23:59", day(DAY, "23:59")),
        ("2015-12-01 until 17:00", day(DAY, "", None, "17:00")),
        ("2015-12-01 to 2015-12-02", day(DAY, "", NEXT)),
        ("2015-12-01 to 2/12/2015 08:00", day(DAY, "", NEXT, "08:00")),
        ("2015-12-01 07:00 to 2015-12-02 06:59", day(DAY, "07:00", NEXT, "06:59")),
        ("2015-12-01 08:00 to 2015-12-02 08:00 emergency care only", day(DAY, "08:00", NEXT, "08:00", EMERGENCY)),
        ("2015-12-01, emergency", day(DAY, kind=EMERGENCY)),
        ("2015-12-01 emer", day(DAY, kind=EMERGENCY)),
        ("2015-12-01 Full", day(DAY)),
        ("2015-12-01 christmas-day cover", day(DAY, kind=CHRISTMAS)),
        ("2015-12-01 action short of", day(DAY, kind=SHORT)),
    ],
)
def test_a_strike_day_as_people_type_it(typed: str, meant: DayWanted) -> None:
    assert parse_strike_day(typed) == meant


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "is not a strike day: write it as"),
        ("Tuesday", "is not a strike day: write it as"),
        ("1 December", "is not a strike day: write it as"),
        ("2015-13-01", "is not a date"),
        ("31/11/2015", "is not a date"),
        ("2015-12-01 25:00", "is not a time of day"),
        ("2015-12-01 08:00-24:00", "is not a time of day"),
        ("2015-12-01 ful", "is not a kind of strike day: choose from"),
        ("2015-12-01 08:00 to", "does not say until when"),
        ("2015-12-02 to 2015-12-01", "the strike day ends before it starts"),
        ("2015-12-01 17:00 to 2015-12-01 08:00", "ends before it starts"),
        ("2015-12-01 to 2016-12-01", "longer than 62 days"),
        ("2016-03-27 01:30-05:00", "01:30 does not exist on Sun 27 Mar 2016"),
        ("0015-12-01", "the year 15 can't be right"),
        ("9999-12-31 20:00-08:00", "the year 9999 can't be right"),
        ("2199-12-31 20:00-08:00", "the year 2200 can't be right"),
    ],
)
def test_what_is_no_strike_day_is_refused_with_a_sentence(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        parse_strike_day(typed)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("08:00-11:00", (time(8), time(11))),
        ("8am to 11am", (time(8), time(11))),
        ("8am till 11am", (time(8), time(11))),
        ("8 until 11.30", (time(8), time(11, 30))),
        (" 0700 \u2013 1900 ", (time(7), time(19))),
        ("7AM TO 7PM", (time(7), time(19))),
        ("10am to 6pm", (time(10), time(18))),
        ("0900 til 1700", (time(9), time(17))),
        ("0900 \u2019til 1700", (time(9), time(17))),
        ("from 8 to 11", (time(8), time(11))),
        ("noon \u2013 2", (time(12), time(14))),
        ("midday to 2", (time(12), time(14))),
        ("9-5", (time(9), time(17))),
        ("9.30-5.30", (time(9, 30), time(17, 30))),
        ("2-5pm", (time(14), time(17))),
        ("10-2pm", (time(10), time(14))),
        ("9-5pm", (time(9), time(17))),
        ("11am-1", (time(11), time(13))),
        ("0700hrs to 1900hrs", (time(7), time(19))),
    ],
)
def test_a_stretch_of_a_day_as_people_type_it(typed: str, meant: tuple[time, time]) -> None:
    assert parse_span(typed) == meant


def test_a_night_ends_the_next_morning_where_that_is_asked_for() -> None:
    assert parse_span("22-6", nights=True) == (time(22), time(6))
    assert parse_span("8pm-8am", nights=True) == (time(20), time(8))
    assert parse_span("8pm-12", nights=True) == (time(20), time(0)), "midnight, not noon the next day"
    assert parse_span("9-5", nights=True) == (time(9), time(17))
    for typed in ("22-6", "8pm-8am"):
        with pytest.raises(ValueError, match="ends before it starts"):
            parse_span(typed)
    with pytest.raises(ValueError, match="ends before it starts"):
        parse_span("11-10", nights=True)
    with pytest.raises(ValueError, match="ends when it starts"):
        parse_span("08:00-08:00", nights=True)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "write it as 08:00-11:00"),
        ("from 8am", "write it as 08:00-11:00"),
        ("8-9-10", "write it as 08:00-11:00"),
        ("8-", "is not a time of day"),
        ("11:00-08:00", "ends before it starts"),
        ("08:00-08:00", "ends when it starts"),
        ("5pm-9am", "ends before it starts"),
        ("11-10", "ends before it starts"),
        ("8 til late", "\u201clate\u201d is not a time of day"),
        ("08:00-25:00", "is not a time of day"),
    ],
)
def test_what_is_no_stretch_of_a_day_is_refused_with_a_sentence(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        parse_span(typed)
    assert says in str(refused.value)


_PARTS = ("2015-12-01", "0001-01-01", "9999-12-31", "31/2/2016", "1/12/2015", "08:00", "8am", "25:61", "1130pm", "8.5")
_PARTS += (
    "-",
    "to",
    "until",
    "\u2013",
    ",",
    " ",
    "  ",
    "\u00a0",
    "full",
    "emergency care only",
    "\u0661",
    "\U0001f600",
    "x",
)
_typed = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(_PARTS), max_size=9).map("".join),
    st.lists(st.sampled_from(_PARTS), max_size=9).map(" ".join),
)


@given(_typed)
def test_anything_typed_is_read_or_refused_with_a_sentence(text: str) -> None:
    span, refused = read(parse_span, text)
    assert bool(span) is not bool(refused)
    day, refused = read(parse_strike_day, text)
    assert bool(day) is not bool(refused)
    assert_whole(new_plan(NewPlan(title="x", union="y", sites=(GENERAL,), days=(day,) if day else ())))


def read(parse: Callable[[str], T], text: str) -> tuple[T | None, str]:
    """Give what was read, or the sentence that refuses it; any other exception is a bug and passes through."""
    try:
        return parse(text), ""
    except ValueError as error:
        return None, str(error)


# -------------------------------------------------------------------------------------------------- a title
def test_a_title_is_suggested_that_fits_on_every_sheet() -> None:
    assert titled(["Leeds Trust", "Leeds Trust"]) == "Dispute with Leeds Trust"
    assert titled(["Leeds Trust", "Bradford Trust"]) == "Dispute with 2 employers"
    assert titled(iter(())) == "Dispute"


def test_a_day_whose_window_the_pattern_misses_has_no_picket() -> None:
    sites = (SiteWanted(name="General", employer="Trust"),)
    typed = ("2027-02-24 17:00-08:00", "2027-02-26 08:00-17:00", "2027-03-01 17:00-18:00")
    days = tuple(parse_strike_day(text) for text in typed)
    records = new_plan(NewPlan(title="x", union="BMA", sites=sites, days=days))
    assert [day.first_date for day in without_pickets(records)] == [date(2027, 2, 24), date(2027, 3, 1)]


def test_spans_are_of_the_day_as_typed() -> None:
    (span,) = spans_on(strike("2015-12-01 08:00-08:00"), Pattern())
    assert span.start == datetime(2015, 12, 1, 8)


# ------------------------------------------------------------------------------------------------- its outline
@given(
    st.lists(_dates, max_size=3),
    st.lists(st.sampled_from([GENERAL, ANNE]), max_size=2),
    st.builds(Pattern, starts=_times, ends=_times, slot=st.integers(20, 240)),
)
def test_the_outline_counts_what_would_be_made(days: list[date], sites: list[SiteWanted], pattern: Pattern) -> None:
    asked = wanted(*(each.isoformat() for each in days), sites=tuple(sites), pattern=pattern)
    records = new_plan(asked)
    found = outline(asked)
    counts = [sum(isinstance(record, kind) for record in records) for kind in (Entrance, StrikeDay, Picket, Shift)]
    assert [found.entrances, found.days, found.pickets, found.shifts] == counts
    wished = [need.wished for need in records if isinstance(need, Need) and need.role is Role.PICKET]
    assert found.places == sum(wished)
