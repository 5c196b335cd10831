"""Random plans of every kind that a rota can meet: clock changes, nights, walks, stalls, posts, half-filled rotas.

A plan is made of a seed, not drawn piece by piece: many hundred a second, so that rare meetings of rules come up.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import strategies as st

from rallyapp.domain.people import (
    Availability,
    Cover,
    CoverKind,
    Level,
    Liking,
    Pair,
    Person,
    Preference,
    Skill,
    Standing,
)
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    Need,
    Origin,
    Picket,
    Presence,
    Role,
    Shift,
)
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS
from rallyapp.domain.times import clock_fault
from tests.domain.building import (
    can,
    entrance,
    partner,
    person,
    picket,
    post,
    rally,
    settings,
    site,
    small_plan,
    stall,
    strike_day,
)

AT_PICKET = (Role.SUPERVISOR, Role.PICKET, Role.STANDBY, Role.SUPPORTER)
AT_POST = (Role.STEWARD, Role.CHIEF_STEWARD, Role.FIRST_AIDER)
AT_STALL = (Role.STALL, Role.SUPPORTER)
#: A plain day, the night before the clocks go forward, and the one before they go back.
DAYS = (date(2015, 12, 1), date(2016, 3, 26), date(2015, 10, 24))
HOSTS = (
    ({"picket_id": "main"}, AT_PICKET),
    ({"picket_id": "side"}, AT_PICKET),
    ({"picket_id": "anne"}, AT_PICKET),
    ({"picket_id": "nowhere"}, AT_PICKET),
    ({"post_id": "post"}, AT_POST),
    ({"stall_id": "stall"}, AT_STALL),
    ({"stall_id": "at picket"}, AT_STALL),
)
NAMES = ("ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal")
_BASE = tuple(each for kind in KINDS for each in small_plan().all(kind) if not isinstance(each, Shift | Picket))
_SKILLS = (Skill.SUPERVISOR, Skill.SUPERVISOR, Skill.BSL, Skill.FIRST_AID, Skill.CHIEF_STEWARD)


def when(day: date, half_hours: int) -> datetime:
    """Give so many half hours after midnight on the wall; a time that the clocks leave out is an hour later."""
    found = datetime.combine(day, time()) + timedelta(minutes=30 * half_hours)
    return found + timedelta(hours=1) if clock_fault(found) else found


def plans():
    """Plans of every kind, each of a seed."""
    return st.integers(0, 1 << 40).map(lambda seed: random_plan(seed) if seed % 5 else plan_of_stalls(seed))


def one_in(dice, many):
    """Say yes once in so many times."""
    return dice.randrange(many) == 0


def span(dice, day, longest):
    """A stretch of up to so many half hours in the two days, often in the first morning, or one that many have."""
    if one_in(dice, 3):
        first, last = dice.choice(((16, 22), (22, 28), (40, 48), (48, 54)))
        return when(day, first), when(day, last)
    first = dice.choice((dice.randint(14, 24), dice.randint(0, 90)))
    start, end = when(day, first), when(day, first + dice.randint(1, longest))
    return start, max(end, start + timedelta(minutes=30))


def plan_of_stalls(seed):
    """Nothing but stalls of two charities, and half of the people are of one of them."""
    return random_plan(seed, hosts=HOSTS[-2:], own=2)


def random_plan(seed, most_shifts=7, most_people=8, *, hosts=HOSTS, own=0):
    """Four sites' doors and a rally, shifts that may overlap, people of all kinds, and some of them on shifts."""
    dice = Random(seed)
    day = dice.choice(DAYS)
    records = [
        settings(duty_buffer=dice.choice([0, 30]), min_rest=dice.choice([0, 600, 660])),
        strike_day(first=day),
        site("anne", "Princess Anne", lat=50_940_000, lon=-1_400_000),
        site("nowhere", "Unmapped", lat=None, lon=None),
        entrance(official_max=dice.randint(1, 7)),
        entrance("side", "Side gate"),
        entrance("anne", "Door", site_id="anne"),
        entrance("nowhere", "Door", site_id="nowhere"),
        rally(starts=when(day, 20), ends=when(day, 30)),
        post(),
        stall(),
        stall("at picket", picket_id="anne"),
        partner("other", "DKMS"),
        stall("other", partner_id="other"),
    ]
    for gate in ("main", "side", "anne", "nowhere"):
        off = one_in(dice, 15)
        made = picket(gate, entrance_id=gate, cancelled=off, reason="rain" if off else "")
        records.append(replace(made, starts=when(day, 0), ends=when(day, 94)))
    ids = [f"s{n}" for n in range(dice.randint(1, most_shifts))]
    for id in ids:
        host, roles = dice.choice(hosts)
        start, end = span(dice, day, 10)
        records.append(Shift(id=id, starts=start, ends=end, priority=dice.randint(1, 5), **host))
        records += needs(dice, id, roles)
    names = NAMES[: dice.randint(0, most_people)]
    for who in names:
        records += people(dice, who, day, ids)
    for one, two in itertools.pairwise(names):
        if one_in(dice, 4):
            records.append(Pair(id=one, person_id=one, other_id=two, apart=one_in(dice, 2)))
    return Plan([*_BASE, *of_two_charities(seed, records, own)])


def of_two_charities(seed, records, own=0):
    """Let stalls and partners' own be of two charities, one in ``own`` people; the rest stays as it was."""
    dice = Random(~seed)
    for each in records:
        if isinstance(each, Shift) and each.stall_id == "stall" and one_in(dice, 2):
            each = replace(each, stall_id="other")
        elif isinstance(each, Person):
            if own and one_in(dice, own):
                each = replace(each, standing=Standing.PARTNER)
            if each.standing is Standing.PARTNER:
                each = replace(each, partner_id=dice.choice(["nolan", "other", None]))
        yield each


def needs(dice, id, roles):
    """One or more needs of a shift, now and then two of one role: stewards, one of them with BSL."""
    found = []
    for role in roles:
        if one_in(dice, 3):
            continue
        for skill in dice.choice([(None,)] * 6 + [(Skill.BSL,), (None, Skill.BSL), (Skill.BSL, Skill.MEDIA)]):
            least = dice.randint(0, 3)
            wished = least + dice.randint(0, 2)
            most = max(1, wished + dice.randint(0, 1))
            name = f"{id} {role} {skill}"
            found.append(Need(id=name, shift_id=id, role=role, least=least, wished=wished, most=most, skill=skill))
    return found


def people(dice, who, day, ids):
    """Somebody with what they offer, their duties, skills and likings, and where they stand on the rota already."""
    found = [
        person(
            who,
            standing=dice.choice([Standing.MEMBER] * 4 + list(Standing)),
            workplace_id=dice.choice(["general", "general", "general", "anne", "nowhere", None]),
            adult=not one_in(dice, 4),
            reserve=one_in(dice, 4),
            left=one_in(dice, 15),
            max_minutes_day=dice.choice([None, None, dice.randint(0, 600)]),
            max_minutes_total=dice.choice([None, None, dice.randint(0, 900)]),
        )
    ]
    for n in range(dice.choice([0, 0, 1, 3])):
        start, end = span(dice, day, 40)
        level = dice.choice([Level.FREE, Level.FREE, Level.IF_NEED_BE, Level.NOT])
        found.append(Availability(id=f"{who}{n}", person_id=who, starts=start, ends=end, level=level))
    if not one_in(dice, 3):
        found.append(Availability(id=f"{who} always", person_id=who, starts=when(day, 0), ends=when(day, 120)))
    found += [can(who, skill) for skill in sorted(set(dice.sample(_SKILLS, dice.randint(0, 3))))]
    if one_in(dice, 4):
        start, end = span(dice, day, 16)
        kind = dice.choice(list(CoverKind))
        found.append(Cover(id=who, person_id=who, kind=kind, starts=start, ends=end, verified_by="duty office"))
    if one_in(dice, 4):
        place, liking = dice.choice(["general", "anne"]), dice.choice(list(Liking))
        found.append(Preference(id=who, person_id=who, site_id=place, liking=liking))
    for id in ids:
        if one_in(dice, 6):
            found.append(assignment(dice, who, id))
            if one_in(dice, 6):
                found.append(Attendance(id=f"{who} {id}", shift_id=id, person_id=who, role=Role.PICKET, absent=True))
    return found


def assignment(dice, who, id):
    """Somebody on a shift: as often as not the builder's own proposal, and otherwise anything at all."""
    role = dice.choice([*AT_PICKET, Role.STEWARD, Role.STALL])
    made = Assignment(id=f"{who} on {id}", shift_id=id, person_id=who, role=role, origin=Origin.BUILDER)
    if one_in(dice, 2):
        return made
    reason = dice.choice(["", "", "", "we talked"])
    return replace(
        made,
        state=dice.choice(list(AssignmentState)),
        pinned=one_in(dice, 2),
        origin=dice.choice(list(Origin)),
        presence=dice.choice(list(Presence)),
        override_by="Ann" if reason else "",
        override_reason=reason,
    )
