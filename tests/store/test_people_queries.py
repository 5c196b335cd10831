"""What the table of people reads in bulk, and how a text is folded so that people are found by it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.people import Availability, Cover, CoverKind, Level, Person, PersonSkill, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Presence, Role
from rallyapp.domain.stalls import Partner
from rallyapp.store import people_queries as queries
from tests.store.sample import person

NINE = datetime(2015, 12, 1, 9)


def test_facts_are_of_everybody_at_once(plan):
    with plan.edit("Say what people can do") as edit:
        edit.save(PersonSkill(id="k1", person_id="p1", skill=Skill.FIRST_AID))
        edit.save(PersonSkill(id="k2", person_id="p1", skill=Skill.SUPERVISOR))
        for n, (person, level) in enumerate((("p0", Level.FREE), ("p0", Level.IF_NEED_BE), ("p1", Level.NOT))):
            starts = NINE + timedelta(days=n)
            edit.save(
                Availability(id=f"v{n}", person_id=person, starts=starts, ends=starts.replace(hour=11), level=level)
            )
        for n, kind in enumerate((CoverKind.STRIKING, CoverKind.ON_CALL)):
            edit.save(Cover(id=f"c{n}", person_id="p2", kind=kind, starts=NINE, ends=NINE.replace(hour=17)))
        edit.save(
            Assignment(id="a2", shift_id="s0", person_id="p3", role=Role.SUPERVISOR, presence=Presence.CONTACTABLE)
        )
        edit.save(Assignment(id="a3", shift_id="s1", person_id="p1", role=Role.PICKET, state=AssignmentState.DECLINED))
    facts = queries.people_facts(plan, "day")
    assert facts.sites == {"site": "Southampton General"}
    assert facts.skills == {"p1": (Skill.SUPERVISOR, Skill.FIRST_AID)}
    assert facts.offered == {"p0": 240, "p1": 0}  # who answered and can't come is told from who has not said
    assert facts.shifts == {"p0": 2, "p3": 1}
    assert facts.minutes == {"p0": 240}  # within reach is not there
    assert facts.on_day == {"p0": 2, "p3": 1}
    assert facts.cover == {"p2": CoverKind.ON_CALL}  # what keeps somebody away is named before what does not
    elsewhen = queries.people_facts(plan, None)
    assert elsewhen.on_day == elsewhen.cover == {}


def test_what_is_called_off_does_not_count(plan):
    day = plan.get(StrikeDay, "day")
    with plan.edit("Call it off") as edit:
        edit.save(replace(day, state=StrikeState.SUSPENDED))
    facts = queries.people_facts(plan, "day")
    assert facts.shifts == facts.minutes == facts.on_day == {}


def test_two_moments_are_compared_person_by_person(plan):
    before = queries.people_facts(plan, "day")
    assert queries.people_facts(plan, "day").unlike(before) == frozenset()
    with plan.edit("Add a skill") as edit:
        edit.save(PersonSkill(id="k1", person_id="p1", skill=Skill.MC))
        edit.delete(plan.get(Assignment, "a1"))
    after = queries.people_facts(plan, "day")
    assert after.unlike(before) == before.unlike(after) == {"p0", "p1"}
    assert queries.with_skills(before, {}).unlike(before) == frozenset()
    assert replace(after, sites={"site": "Another name"}).unlike(after) is None
    assert replace(after, partners={"nolan": "Another name"}).unlike(after) is None


def test_a_charity_s_own_are_found_by_its_name(plan):
    with plan.edit("A charity") as edit:
        edit.save(Partner(id="dkms", name="DKMS"))
        edit.save(person(1, standing=Standing.PARTNER, partner_id="dkms"))
    facts = queries.people_facts(plan, None)
    assert facts.partners == {"dkms": "DKMS"}
    rows = queries.rows_of(plan, ["x1", "p0"])
    dkm = queries.needles("dkm")
    found = [id for id, row in rows.items() if all(needle in queries.haystack(row, facts) for needle in dkm)]
    assert found == ["x1"]


def test_rows_are_read_by_id_and_become_records(plan):
    rows = queries.rows_of(plan, ["p1", "p3", "nobody"])
    assert sorted(rows) == ["p1", "p3"]
    assert queries.person_of(rows["p1"]) == plan.get(Person, "p1")
    assert sorted(queries.people_rows(plan)) == sorted(queries.rows_of(plan, ["p0", "p1", "p2", "p3"]).values())
    with plan.edit("Add a skill") as edit:
        edit.save(PersonSkill(id="k1", person_id="p1", skill=Skill.MC))
    assert queries.people_of_skills(plan, ["k1", "gone"]) == {"p1"}
    assert queries.skills_of(plan, ["p1", "p2"]) == {"p1": (Skill.MC,)}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lukasz", "p1"),
        ("\u0141UKASZ now", "p1"),
        ("obrien", "p2"),
        ("o\u2019brien aoife", "p2"),
        ("o'bri", "p2"),
        ("zoe", "p3"),
        ("Zoe\u0308", "p3"),
        ("07700 900 123", "p3"),
        ("+44 7700 900123", "p3"),
        ("zoe@", "p3"),
        ("southampton siân", "p0"),
        ("first aid", "p3"),
    ],
)
def test_people_are_found_however_it_is_typed(plan, typed, found):
    with plan.edit("Say how to reach her") as edit:
        zoe = plan.get(Person, "p3")
        edit.save(replace(zoe, phone="07700 900123", email="Zoe@example.org"))
        edit.save(PersonSkill(id="k1", person_id="p3", skill=Skill.FIRST_AID))
    facts = queries.people_facts(plan, None)
    wanted = queries.needles(typed)
    hits = [row[0] for row in queries.people_rows(plan) if all(each in queries.haystack(row, facts) for each in wanted)]
    assert hits == [found]


def test_any_text_can_be_typed():
    assert queries.needles("") == queries.needles("   ") == ()
    assert queries.needles('") OR x --') == ('")', " or", " x", "--")
    assert len(queries.needles("a b " * 500)) <= 12


def test_words_are_found_by_their_beginnings_and_numbers_by_any_part(plan):
    facts = queries.people_facts(plan, None)
    person = replace(plan.get(Person, "p0"), family_name="Al-Rashid", phone="07700 900123", email="sian@example.org")
    hay = queries.haystack(tuple(getattr(person, name) for name in queries.FIELDS), facts)

    def found(text):
        return all(each in hay for each in queries.needles(text))

    assert all(map(found, ("rash", "al-rash", "al rash", "0123", "@example", "si sou gen")))
    assert not any(map(found, ("ashid", "ampton", "iân", "gen x")))
