"""Each query gives what plain Python would work out, and takes the way through an index that it was written for."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from rallyapp.domain.disputes import StrikeDay, StrikeKind, StrikeState
from rallyapp.domain.people import Availability, Cover, CoverKind, Level, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.rallies import Post, Rally, TeamMember, TeamRole
from rallyapp.domain.records import KINDS
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import Store, queries
from tests.store import sample
from tests.store.national import national
from tests.store.sample import MORNING, person


# ------------------------------------------------------------------------------------------------------- plans
@pytest.fixture(scope="module")
def union(tmp_path_factory):
    """A tenth of a national plan: the full one takes 11 s to make, and the plans of the queries are the same."""
    path = tmp_path_factory.mktemp("national") / "national.rally"
    with Store.create(path, national(5_000, 1_000, 10_000), label="New plan") as store:
        yield store


VALUES = {
    "day_shifts": ("day1",),
    "short_shifts": (1000,),
    "person_shifts": ("person000077",),
    "people_page": ("Hughes", "", "", 64),
    "search_people": ('"smi"*', 60),
    "free_at_site": ("site3", *["2016-01-15T08:00", "2016-01-15T10:00"] * 3, 200),
    "most_shifts": (100,),
    "fill_by_day": (),
    "shifts_on": ("2016-01-16", "2016-01-15", "2016-01-13"),
    "history_of_row": ("person", "person000077"),
}
# Whatever else goes over a whole table is a mistake. These three count over all shifts, needs or assignments.
SCANS = {
    "short_shifts": ["SCAN n USING COVERING INDEX need_by_shift"],
    "fill_by_day": ["SCAN s USING INDEX sqlite_autoindex_shift_1", "SCAN (subquery-3)"],
    "most_shifts": ["SCAN a USING COVERING INDEX assignment_by_person"],
    "search_people": ["SCAN f VIRTUAL TABLE INDEX 32:M2"],  # how a search index says that it searches
}


def test_every_query_has_its_plan_looked_at():
    assert set(VALUES) == set(queries.QUERIES)


@pytest.mark.parametrize("name", queries.QUERIES)
def test_a_query_goes_over_no_table_that_an_index_spares(union, name):
    steps = [row[3] for row in union.rows(f"EXPLAIN QUERY PLAN {queries.QUERIES[name]}", VALUES[name])]
    assert [step for step in steps if step.startswith("SCAN")] == SCANS.get(name, [])
    assert [step for step in steps if "AUTOMATIC" in step] == []


# ------------------------------------------------------------------------------------ the same, in plain Python
@pytest.fixture
def busy(folder):
    """A plan with a bit of everything that a count could get wrong."""
    day = next(record for record in sample.rota() if isinstance(record, StrikeDay))
    rows = sample.rota()
    rows += [
        replace(day, id="off", state=StrikeState.CALLED_OFF, first_date=date(2015, 12, 8), last_date=date(2015, 12, 8)),
        Site(id="site2", employer_id="trust", name="Royal South Hants"),
        Entrance(id="gate0", site_id="site", name="North entrance", position=-1),
        Entrance(id="gate2", site_id="site2", name="Gate", position=0),
        Venue(id="venue", name="Guildhall Square"),
        Picket(id="north", strike_day_id="day", entrance_id="gate0", starts=MORNING),
        Picket(id="other", strike_day_id="day", entrance_id="gate2", starts=MORNING),
        Picket(id="cancelled", strike_day_id="day", entrance_id="gate2", starts=MORNING, cancelled=True, reason="rain"),
        Picket(id="called off", strike_day_id="off", entrance_id="gate", starts=MORNING),
        Rally(id="rally", title="Rally", venue_id="venue", starts=MORNING, ends=MORNING + timedelta(hours=2)),
        Rally(id="rally2", title="March", venue_id="venue", starts=MORNING, ends=MORNING + timedelta(hours=2)),
        Post(id="post", rally_id="rally", name="Stage"),
        Post(id="post2", rally_id="rally2", name="Front"),
        Partner(id="charity", name="Cool2Care"),
        Stall(id="stall", partner_id="charity", rally_id="rally"),
        TeamMember(id="t1", rally_id="rally", role=TeamRole.EVENT_LEAD, person_id="p3"),
        TeamMember(id="t2", rally_id="rally", role=TeamRole.DEPUTY, name="Somebody else"),
        TeamMember(id="t3", rally_id="rally2", role=TeamRole.EVENT_LEAD, person_id="x9"),
        person(9, workplace_id="site2"),
        person(10, workplace_id="site", left=True),
    ]

    def shift(id, **where):
        return Shift(id=id, starts=MORNING, ends=MORNING + timedelta(hours=2), **where)

    rows += [
        shift("no need", picket_id="north"),
        shift("two roles", picket_id="north"),
        shift("full", picket_id="other"),
        shift("cancelled", picket_id="other", cancelled=True, reason="rain"),
        shift("of cancelled", picket_id="cancelled"),
        shift("of called off", picket_id="called off"),
        shift("of post", post_id="post"),
        shift("of post2", post_id="post2"),
        shift("of stall", stall_id="stall"),
    ]

    def need(id, shift_id, role=Role.PICKET, least=1, most=2):
        return Need(id=id, shift_id=shift_id, role=role, least=least, wished=least, most=most)

    rows += [
        need("m1", "two roles", Role.PICKET, 2, 3),
        need("m2", "two roles", Role.SUPERVISOR, 1, 1),
        need("m3", "full", Role.PICKET, 1, 1),
        need("m4", "cancelled"),
        need("m5", "of cancelled"),
        need("m6", "of called off"),
        need("m7", "of post", Role.STEWARD),
        need("m8", "of stall", Role.STALL),
        need("m9", "of post2", Role.STEWARD),
    ]

    def on(number, shift_id, person_id, role=Role.PICKET, state=AssignmentState.CONFIRMED):
        return Assignment(id=f"b{number}", shift_id=shift_id, person_id=person_id, role=role, state=state)

    rows += [
        on(1, "two roles", "p0", Role.SUPERVISOR),
        on(2, "two roles", "p1", Role.SUPERVISOR),  # one too many: it fills no picket's place
        on(3, "two roles", "p2", Role.PICKET, AssignmentState.DECLINED),
        on(4, "two roles", "p3", Role.PICKET, AssignmentState.ASKED),
        on(5, "full", "p1"),
        on(6, "full", "p2"),  # one too many
        on(7, "no need", "p3"),
        on(8, "of post", "p2", Role.STEWARD),
        on(9, "of stall", "p1", Role.STALL),
        on(10, "of post2", "x9", Role.STEWARD),
        on(11, "cancelled", "p0"),
    ]
    with Store.create(folder / "busy.rally", rows, label="New plan") as store:
        yield store


def fill_of(plan, shift):
    """Least, wished, heads and missing of a shift, as a person would count them."""
    least = wished = heads = missing = 0
    for need in plan.of(Need, "shift_id", shift.id):
        on = [a for a in plan.of(Assignment, "shift_id", shift.id) if a.role == need.role and a.state.counts]
        least += need.least
        wished += need.wished
        heads += min(need.most, len(on))
        missing += max(0, need.least - len(on))
    return least, wished, heads, missing


def stands(plan, shift):
    picket = plan.find(Picket, shift.picket_id)
    off = picket and (picket.cancelled or plan.get(StrikeDay, picket.strike_day_id).stood_down)
    return not shift.cancelled and not off


def test_the_shifts_of_a_day(busy):
    plan = busy.plan()
    wanted = []
    for shift in plan.all(Shift):
        picket = plan.find(Picket, shift.picket_id)
        if picket and picket.strike_day_id == "day" and not picket.cancelled and not shift.cancelled:
            gate = plan.get(Entrance, picket.entrance_id)
            key = (gate.site_id, gate.position, shift.starts, shift.id)
            wanted.append((key, (gate.site_id, gate.id, shift.starts, shift.ends, *fill_of(plan, shift))))
    found = queries.day_shifts(busy, "day")
    assert [fill.shift_id for fill in found] == [key[3] for key, _ in sorted(wanted)]
    assert [(f.site_id, f.entrance_id, f.starts, f.ends, f.least, f.wished, f.heads, f.missing) for f in found] == [
        values for _, values in sorted(wanted)
    ]
    assert {fill.shift_id for fill in found} == {"s0", "s1", "no need", "two roles", "full"}


def test_the_shifts_that_are_short(busy):
    plan = busy.plan()
    wanted = {s.id: fill_of(plan, s)[3] for s in plan.all(Shift) if stands(plan, s) and fill_of(plan, s)[3]}
    assert dict(queries.short_shifts(busy)) == wanted
    assert wanted == {"s0": 1, "s1": 1, "two roles": 1}
    assert queries.short_shifts(busy, limit=1) == queries.short_shifts(busy)[:1]


def test_how_full_each_day_is(busy):
    plan = busy.plan()
    wanted = defaultdict(lambda: [0] * 6)
    for shift in plan.all(Shift):
        picket = plan.find(Picket, shift.picket_id)
        if picket and not picket.cancelled and not shift.cancelled:
            fill = fill_of(plan, shift)
            counted = (1, *fill, int(fill[1] > 0 and fill[2] == 0))
            wanted[picket.strike_day_id] = [a + b for a, b in zip(wanted[picket.strike_day_id], counted, strict=True)]
    found = {
        f.strike_day_id: [f.shifts, f.least, f.wished, f.heads, f.missing, f.empty] for f in queries.fill_by_day(busy)
    }
    assert found == wanted
    assert wanted["off"] == [1, 1, 1, 0, 1, 1]


def test_the_shifts_of_a_person_and_who_does_most(busy):
    plan = busy.plan()
    minutes = {}
    for somebody in plan.all(Person):
        own = [plan.get(Shift, a.shift_id) for a in plan.of(Assignment, "person_id", somebody.id) if a.state.counts]
        assert queries.person_shifts(busy, somebody.id) == tuple(sorted(own, key=lambda s: (s.starts, s.id)))
        if own:
            minutes[somebody.id] = (len(own), sum(int((s.ends - s.starts).total_seconds()) // 60 for s in own))
    wanted = sorted(((id, *both) for id, both in minutes.items()), key=lambda row: (-row[2], row[0]))
    assert queries.most_shifts(busy) == tuple(wanted)
    assert queries.most_shifts(busy, limit=2) == tuple(wanted[:2])


def test_people_come_page_by_page(busy):
    wanted = sorted(busy.all(Person), key=lambda p: (p.family_name, p.given_name, p.id))
    found, last = [], None
    while page := queries.people_page(busy, after=last, limit=2):
        assert len(page) <= 2
        found += page
        last = page[-1]
    assert found == wanted


def test_who_is_free_at_a_site(busy):
    start, end = datetime(2015, 12, 1, 12), datetime(2015, 12, 1, 14)
    with busy.edit("Offers") as edit:
        for number, somebody in enumerate(busy.all(Person)):
            edit.save(Availability(id=f"v{number}", person_id=somebody.id, starts=MORNING, ends=end))
    assert [p.id for p in queries.free_at_site(busy, "site", start, end)] == ["p3", "p0", "p1", "p2"]
    assert [p.id for p in queries.free_at_site(busy, "site2", start, end)] == ["x9"]
    assert queries.free_at_site(busy, "site", start, end + timedelta(minutes=1)) == ()  # nobody offered that long
    with busy.edit("Kept away") as edit:
        edit.save(replace(busy.get(Availability, "v0"), level=Level.NOT))
        cover = Cover(id="c", person_id="p1", kind=CoverKind.ON_CALL, starts=end - timedelta(hours=1), ends=end)
        edit.save(cover)
        edit.save(Cover(id="c2", person_id="p2", kind=CoverKind.STRIKING, starts=start, ends=end))
        late = replace(busy.get(Shift, "s0"), id="late", starts=start + timedelta(hours=1), ends=end)
        edit.save(late)
        edit.save(Assignment(id="late", shift_id="late", person_id="p3", role=Role.PICKET))
    assert [p.id for p in queries.free_at_site(busy, "site", start, end)] == ["p2"]
    assert [p.id for p in queries.free_at_site(busy, "site", start, start + timedelta(hours=1))] == ["p3", "p1", "p2"]


def test_a_shift_that_was_cancelled_keeps_nobody_busy(busy):
    start, end = MORNING, MORNING + timedelta(hours=2)
    with busy.edit("Offer") as edit:
        edit.save_all([person(20, workplace_id="site"), Availability(id="v", person_id="x20", starts=start, ends=end)])
        edit.save(Assignment(id="n", shift_id="cancelled", person_id="x20", role=Role.PICKET))
    assert [p.id for p in queries.free_at_site(busy, "site", start, end)] == ["x20"]


def test_the_history_of_a_row(plan):
    numbers = []
    for given in ("Ann", "Anna"):
        with plan.edit("Rename") as edit:
            edit.save(person(1, given_name=given))
        numbers.append(plan.version)
    rows = plan.rows(queries.QUERIES["history_of_row"], ("person", "x1"))
    assert [row[0] for row in rows] == numbers[::-1]


# -------------------------------------------------------------------------------------------- parts for a print
def ids(plan, kind):
    return {record.id for record in plan.all(kind)}


def test_a_rota_part_holds_what_it_needs_and_no_other_person(busy):
    part = queries.rota_part(busy, days=["day"], sites=["site"])
    assert ids(part, Picket) == {"picket", "north"}
    assert ids(part, Shift) == {"s0", "s1", "no need", "two roles"}
    assert ids(part, Need) == {"n0", "n1", "m1", "m2"}
    assert ids(part, Assignment) == {"a0", "a1", "b1", "b2", "b3", "b4", "b7"}
    assert ids(part, Person) == {"p0", "p1", "p2", "p3"}
    for shift in part.all(Shift):
        assert part.place_words(shift)
        assert part.dispute_of(part.get(StrikeDay, part.host(shift).strike_day_id)).union == "BMA"
    assert ids(queries.rota_part(busy, days=["off"], sites=None), Person) == set()
    assert ids(queries.rota_part(busy, days=["off"], sites=None), Shift) == {"of called off"}
    assert ids(queries.rota_part(busy, days=None, sites=["site2"]), Person) == {"p0", "p1", "p2"}
    assert ids(queries.rota_part(busy, days=[], sites=None), Shift) == set()
    everything = queries.rota_part(busy, days=None, sites=None)
    assert ids(everything, Shift) == {s.id for s in busy.all(Shift) if s.picket_id}
    assert ids(everything, Person) == {"p0", "p1", "p2", "p3"}


def test_a_rally_part_holds_what_it_needs_and_no_other_person(busy):
    part = queries.rally_part(busy, "rally")
    assert ids(part, Shift) == {"of post", "of stall"}
    assert ids(part, Assignment) == {"b8", "b9"}
    assert ids(part, Person) == {"p1", "p2", "p3"}  # on a post, on the stall, in the team
    assert {part.place_words(shift) for shift in part.all(Shift)} == {
        "Stage, Guildhall Square",
        "Cool2Care stall, Guildhall Square",
    }
    assert ids(queries.rally_part(busy, "rally2"), Person) == {"x9"}


def test_a_part_is_of_one_moment(busy):
    """Another window that deletes people between two of its reads leaves no shift without its people."""
    reads = []
    with Store.open(busy.path) as other:
        rows = busy.rows

        def slow(query, values=()):
            if 'FROM "person"' in query and not reads:
                reads.append(query)
                with other.edit("Delete") as edit:
                    edit.delete(other.get(Person, "p0"))
            return rows(query, values)

        busy.rows = slow
        part = queries.rota_part(busy, days=["day"], sites=None)
    assert reads
    assert {a.person_id for a in part.all(Assignment)} <= ids(part, Person)
    assert busy.find(Person, "p0") is None
    assert part.find(Person, "p0")


def test_every_kind_is_somewhere(busy):
    assert set(KINDS) >= {Person, Shift}
    assert StrikeKind.FULL_WALKOUT in {day.kind for day in busy.plan().all(StrikeDay)}
