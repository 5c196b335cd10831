"""The reads of the rota give what plain Python would work out of the whole plan, through indexes."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rallyapp.demos import DEMOS
from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.store import Store, rota_queries
from rallyapp.store.rota_queries import (
    has_shifts,
    people_named,
    people_on,
    rota_around,
    rota_hosts,
    rota_needs,
    rota_of_days,
    rota_people,
    rota_pickets,
    rota_shifts,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Southampton with people on some shifts, one of them too many for the need, and one shift cancelled."""
    path = tmp_path_factory.mktemp("rota") / "southampton.rally"
    with Store.create(path, DEMOS["southampton-2015"].records(), label="Demo") as store:
        people = store.all(Person)
        shifts = [shift for shift in store.all(Shift) if shift.picket_id]
        with store.edit("Fill some") as edit:
            for place, person in enumerate(people[:12]):
                shift = shifts[0] if place < 8 else shifts[1]
                if not any(each.person_id == person.id for each in store.where(Assignment, shift_id=shift.id)):
                    edit.save(
                        Assignment(
                            id=f"a{place}",
                            shift_id=shift.id,
                            person_id=person.id,
                            role=Role.PICKET,
                            state=AssignmentState.DECLINED if place == 9 else AssignmentState.ASKED,
                        )
                    )
            edit.save(replace(shifts[2], cancelled=True, reason="storm"))
        yield store


def shifts(store, days, entrances):
    """Read shifts with how full they are."""
    people, needs = rota_people(store, days, entrances), rota_needs(store, days, entrances)
    return rota_shifts(store, days, entrances, people, needs)


def everything(store):
    return [day.id for day in store.all(StrikeDay)], [entrance.id for entrance in store.all(Entrance)]


def test_the_pickets_of_a_day_are_those_of_the_plan_in_order_of_time(made):
    days, entrances = everything(made)
    for day in days:
        wanted = sorted(made.where(Picket, strike_day_id=day), key=lambda each: (each.starts, each.id))
        assert list(rota_pickets(made, [day], entrances)) == wanted
        assert not rota_pickets(made, [day], [])


def test_every_picket_shift_is_counted_as_the_plan_counts_it(made):
    plan, (days, entrances) = made.plan(), everything(made)
    rows = {row.id: row for row in shifts(made, days, entrances)}
    assert set(rows) == {shift.id for shift in plan.all(Shift) if shift.picket_id}
    for id, row in rows.items():
        shift, needs = plan.get(Shift, id), plan.of(Need, "shift_id", id)
        roles = [each.role for each in plan.of(Assignment, "shift_id", id) if each.state.counts]
        assert (row.starts, row.ends, row.off) == (shift.starts, shift.ends, shift.cancelled)
        assert row.reason == shift.reason
        assert row.least == sum(need.least for need in needs)
        assert row.wished == sum(need.wished for need in needs)
        assert row.heads == sum(min(need.most, roles.count(need.role)) for need in needs)
        assert row.missing == sum(max(0, need.least - roles.count(need.role)) for need in needs)
    assert any(row.heads < len(rota_people(made, days, entrances)) for row in rows.values())


def test_only_the_wanted_days_and_entrances_are_read(made):
    days, entrances = everything(made)
    for day in days:
        for entrance in entrances:
            pickets = {p.id for p in made.where(Picket, strike_day_id=day, entrance_id=entrance)}
            found = shifts(made, [day], [entrance])
            assert {row.id for row in found} == {s.id for s in made.all(Shift) if s.picket_id in pickets}
            assert set(rota_needs(made, [day], [entrance])) == {row.id for row in found}
    assert not shifts(made, [], entrances)
    assert has_shifts(made, days)
    assert not has_shifts(made, [])


def test_who_declined_is_not_on_the_rota(made):
    days, entrances = everything(made)
    on = {(each.shift_id, each.person_id) for each in rota_people(made, days, entrances)}
    wanted = {(a.shift_id, a.person_id) for a in made.all(Assignment) if a.state.counts}
    assert on == {pair for pair in wanted if made.get(Shift, pair[0]).picket_id}
    assert any(not a.state.counts for a in made.all(Assignment))
    named = people_on(made, rota_people(made, days, entrances))
    assert {id: person.name for id, person in named.items()} == {
        id: made.get(Person, id).name for id in {person for _, person in on}
    }


def test_what_a_step_looks_at_is_whole_at_its_entrance_and_day_and_nothing_else(made):
    whole = made.plan()
    first = next(shift for shift in whole.all(Shift) if shift.picket_id)
    picket = whole.get(Picket, first.picket_id)
    part = rota_around(made, [first.id], people=[made.all(Person)[-1].id])
    here = [
        p for p in whole.all(Picket) if p.entrance_id == picket.entrance_id and p.strike_day_id == picket.strike_day_id
    ]
    assert set(part.all(Picket)) == set(here)
    assert set(part.all(Shift)) == {s for p in here for s in whole.of(Shift, "picket_id", p.id)}
    for shift in part.all(Shift):
        assert set(part.of(Assignment, "shift_id", shift.id)) == set(whole.of(Assignment, "shift_id", shift.id))
    assert {a.person_id for a in part.all(Assignment)} < {p.id for p in part.all(Person)}
    assert part.place_words(first) == whole.place_words(first)
    day = rota_of_days(made, [picket.strike_day_id])
    assert {p.id for p in day.all(Picket)} == {p.id for p in whole.of(Picket, "strike_day_id", picket.strike_day_id)}


def test_the_shifts_of_posts_and_stalls_are_read_with_their_people_and_needs_on_the_day_of_their_rally(made):
    days, entrances = everything(made)
    first = next(day for day in made.all(StrikeDay) if day.first_date == date(2015, 12, 1))
    hosts = rota_hosts(made, [first.id])
    (there,) = hosts.all(Rally)
    assert [each.name for each in hosts.all(Post)][:2] == ["Chief steward", "Stage front"]
    assert (len(hosts.all(Stall)), stand_down.of_rally(hosts, there).on) == (1, True)
    homes = {each.id: first.id for each in (*hosts.all(Post), *hosts.all(Stall))}
    people, needs = rota_people(made, days, entrances, homes), rota_needs(made, days, entrances, homes)
    rows = rota_shifts(made, days, entrances, people, needs, homes)
    assert {row.id for row in rows} == {shift.id for shift in made.all(Shift)}
    assert list(rows) == sorted(rows, key=lambda row: (row.starts, row.ends, row.id))
    for row in rows:
        shift = made.get(Shift, row.id)
        if shift.picket_id is None:
            assert (row.line_id, row.strike_day_id) == (shift.post_id or shift.stall_id, first.id)
        assert row.least == sum(need.least for need in made.where(Need, shift_id=row.id))
    assert {each.shift_id for each in people} == {a.shift_id for a in made.all(Assignment) if a.state.counts}
    others = rota_hosts(made, [day for day in days if day != first.id])
    assert [others.count(kind) for kind in (Rally, Post, Stall)] == [0, 0, 0]


def test_a_stall_at_a_picket_belongs_to_the_day_of_the_picket(made):
    picket = made.all(Picket)[0]
    with made.edit("A stall at the gate") as edit:
        edit.save(Stall(id="gate", partner_id=made.all(Partner)[0].id, picket_id=picket.id))
        edit.save(
            Shift(id="at the gate", stall_id="gate", starts=picket.starts, ends=picket.starts + timedelta(hours=1))
        )
    try:
        assert made.get(Stall, "gate") in rota_hosts(made, [picket.strike_day_id]).all(Stall)
        part = rota_around(made, ["at the gate"])
        assert part.place_words(part.get(Shift, "at the gate")).startswith("Anthony Nolan stall, ")
        assert [each.id for each in part.all(Shift)] == ["at the gate"]
        part = rota_around(made, lines=["gate"], days=[picket.strike_day_id])
        assert [each.id for each in part.all(Shift)] == ["at the gate"]
    finally:
        with made.edit("No stall") as edit:
            edit.delete(made.get(Stall, "gate"))


def test_people_are_found_by_their_whole_name_wherever_it_is_parted(made):
    for person in made.all(Person)[:20]:
        assert person.id in {each.id for each in people_named(made, person.name)}
    assert not people_named(made, "Nobody Atall")


VALUES = {
    "rota_shifts": ("[]", "[]"),
    "rota_pickets": ("[]", "[]"),
    "rota_people": ("[]", "[]"),
    "rota_needs": ("[]", "[]"),
    "other_shifts": ("[]", "[]"),
    "other_people": ("[]", "[]"),
    "other_needs": ("[]", "[]"),
    "rally_posts": ("[]",),
    "rally_stalls": ("[]",),
    "picket_stalls": ("[]",),
    "shift_places": ("[]",),
    "names": ("[]",),
    "any_shift": ("[]",),
    "people_named": ("Brown", "Ann"),
}


@pytest.mark.parametrize("name", rota_queries.ROTA_QUERIES)
def test_a_read_goes_over_no_table(made, name):
    steps = made.rows(f"EXPLAIN QUERY PLAN {rota_queries.ROTA_QUERIES[name]}", VALUES[name])
    scans = [step[3] for step in steps if step[3].startswith("SCAN") and "json_each" not in step[3]]
    assert not scans, json.dumps(scans)
