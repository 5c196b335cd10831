"""Filling a rota: legal, fair, the same every time, and honest about what can't be filled.

Rotas are drawn: a line per person with ``..`` for a time that they offered, ``??`` if need be, ``==`` a duty
and ``##`` a shift that they are on already. Below stands who is put on which shift.
"""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp.demos import DEMOS
from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.eligibility import Book, why_not
from rallyapp.domain.people import Availability, Level, Liking, Pair, Person, Preference, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Origin, Picket, Role, Shift
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS
from rallyapp.domain.situation import day_of
from rallyapp.rota.fill import fill, shifts_in
from tests.domain.building import (
    at,
    can,
    duty,
    entrance,
    offer,
    on,
    person,
    picket,
    shift,
    site,
    small_plan,
    strike_day,
)

HOURS = range(8, 14)


def need(shift_id="s8", role=Role.PICKET, least=1, wished=None, most=None, **other):
    """A need; without a wish, just the least."""
    wished = least if wished is None else wished
    return Need(
        id=f"{shift_id} {role}", shift_id=shift_id, role=role, least=least, wished=wished, most=most or wished, **other
    )


def drawn(picture, *needs, extra=()):
    """Make a plan of a picture: shifts s8, s9 ... of an hour each, as far as there are needs for them."""
    records = []
    for line in picture.strip().splitlines():
        name, _, hours = line.strip().partition(" |")
        who = name.strip().lower()
        records.append(person(name.strip().capitalize()))
        for hour, mark in zip(HOURS, (hours[n : n + 2] for n in range(0, len(hours), 2)), strict=False):
            times = f"{hour:02d}:00-{hour + 1:02d}:00"
            if mark in ("..", "??", "##"):
                records.append(offer(who, times, level=Level.IF_NEED_BE if mark == "??" else Level.FREE))
            if mark == "==":
                records.append(duty(who, times))
            if mark == "##":
                records.append(on(who, f"s{hour}"))
    hours = sorted({int(each.shift_id[1:]) for each in needs})
    shifts = [shift(f"s{hour}", f"{hour:02d}:00-{hour + 1:02d}:00") for hour in hours]
    day = picket(times="08:00-14:00")
    base = [each for kind in KINDS for each in small_plan().all(kind) if not isinstance(each, Shift | Picket)]
    return Plan([*base, day, *shifts, *needs, *records, *extra])


def filled(plan, shifts=None, **named):
    """Fill, hold the result to every rule, and tell it as {"s8": "ann bob"}."""
    shifts = shifts_in(plan) if shifts is None else shifts
    proposal = fill(plan, shifts, **named)
    lawful(plan, shifts, proposal)
    told = {}
    for each in sorted(proposal.added, key=lambda each: each.person_id):
        told[each.shift_id] = f"{told.get(each.shift_id, '')} {each.person_id}".strip()
    return told


def with_more(plan, more):
    return Plan([each for kind in KINDS for each in plan.all(kind)] + list(more))


def lawful(plan, shifts, proposal):
    """Whatever a proposal holds must keep to all of this."""
    wanted = {each.id for each in shifts}
    there = {(each.shift_id, each.person_id) for each in plan.all(Assignment)}
    after = with_more(plan, proposal.added)
    book = Book(after)
    for each in proposal.added:
        assert each.shift_id in wanted
        assert (each.shift_id, each.person_id) not in there, "somebody stands on a shift twice"
        there.add((each.shift_id, each.person_id))
        assert (each.state, each.origin, each.pinned) == (AssignmentState.PROPOSED, Origin.BUILDER, False)
        its_needs = [n for n in plan.of(Need, "shift_id", each.shift_id) if n.role is each.role]
        assert its_needs
        who, what = plan.get(Person, each.person_id), plan.get(Shift, each.shift_id)
        assert stand_down.of_shift(plan, what).on
        assert any(why_not(who, what, book, role=each.role, skill=n.skill) == () for n in its_needs)
    # On a book of the plan without each one alone: nothing speaks against it there either.
    for each in proposal.added[:40]:
        rest = Book(with_more(plan, [other for other in proposal.added if other is not each]))
        who, what = plan.get(Person, each.person_id), plan.get(Shift, each.shift_id)
        assert why_not(who, what, rest, role=each.role) == ()
    for what in shifts:
        now = [a for a in after.of(Assignment, "shift_id", what.id) if a.state.counts]
        new = [a for a in proposal.added if a.shift_id == what.id]
        for role in {a.role for a in new}:
            most = sum(n.most for n in plan.of(Need, "shift_id", what.id) if n.role is role)
            assert sum(a.role is role for a in now) <= most
        people = {a.person_id for a in now}
        for pair in plan.all(Pair):
            if pair.apart and {pair.person_id, pair.other_id} <= people:
                assert not {a.person_id for a in new} & {pair.person_id, pair.other_id}
    at_most_six(plan, after, proposal)
    gaps_are_true(plan, after, shifts, proposal)


def at_most_six(plan, after, proposal):
    """No moment at an entrance gets more official pickets than its figure by what was added."""
    new = {a.shift_id for a in proposal.added if a.role.official_picket}
    standing = {}
    for what in after.all(Shift):
        if what.picket_id and stand_down.of_shift(after, what).on:
            heads = sum(a.role.official_picket and a.state.counts for a in after.of(Assignment, "shift_id", what.id))
            standing.setdefault(after.get(Picket, what.picket_id).entrance_id, []).append((what, heads))
    for entrance_id, found in standing.items():
        for moment in {what.starts for what, _ in found}:
            here = [(what, heads) for what, heads in found if what.starts <= moment < what.ends]
            if any(what.id in new for what, _ in here):
                assert sum(heads for _, heads in here) <= min(plan.get(Entrance, entrance_id).official_max, 6)


def gaps_are_true(plan, after, shifts, proposal):
    book = Book(after)
    short = {}
    for what in shifts:
        for n in plan.of(Need, "shift_id", what.id):
            heads = sum(a.role is n.role and a.state.counts for a in after.of(Assignment, "shift_id", what.id))
            if heads < n.least:
                short[what.id, n.role] = n.least - heads
    assert {(gap.shift_id, gap.role): gap.missing for gap in proposal.gaps} == short
    for gap in proposal.gaps:
        assert f"{gap.missing} {gap.wanted}" in gap.words
        assert sum(gap.reasons.values()) <= plan.count(Person)
        assert "could be asked" not in gap.reasons
        what = plan.get(Shift, gap.shift_id)
        said = [
            reasons[0].why
            for who in plan.all(Person)
            if not any(a.person_id == who.id and a.state.counts for a in after.of(Assignment, "shift_id", what.id))
            if (reasons := why_not(who, what, book, role=gap.role))
        ]
        for why, count in gap.reasons.items():
            if why in [str(each) for each in said]:
                assert count <= said.count(why)


# ------------------------------------------------------------------------------------------ who is chosen
def test_whoever_offered_the_time_is_asked():
    plan = drawn(
        """
        ann |....
        bob |  ....
        cat |
        """,
        need("s8"), need("s9"), need("s10"),
    )  # fmt: skip
    assert filled(plan) == {"s8": "ann", "s9": "ann", "s10": "bob"} or filled(plan) == {
        "s8": "ann",
        "s9": "bob",
        "s10": "bob",
    }


def test_the_least_loaded_goes_first():
    plan = drawn(
        """
        ann |##..
        bob |....
        """,
        need("s8"), need("s9"),
    )  # fmt: skip
    assert filled(plan) == {"s9": "bob"}


def test_work_is_shared():
    plan = drawn("ann |........\nbob |........", *(need(f"s{hour}") for hour in range(8, 12)))
    told = filled(plan)
    assert sorted(told.values()) == ["ann", "ann", "bob", "bob"]


def test_a_duty_at_work_goes_before_an_offer():
    plan = drawn(
        "ann |..\nbob |==", need("s8", least=2), extra=[offer("bob", "08:00-09:00"), offer("ann", "08:00-09:00")]
    )
    assert filled(plan) == {"s8": "ann"}
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == "1 picket short (1 is kept by work)"


def test_if_need_be_is_asked_last():
    plan = drawn("ann |??\nbob |..\ncat |??", need("s8", least=1))
    assert filled(plan) == {"s8": "bob"}
    assert filled(with_more(plan, [need("s8", least=3)])) == {"s8": "ann bob cat"}


def test_a_reserve_is_asked_last_of_all():
    plan = drawn("ann |..\nbob |??", need("s8"), extra=[person("Ann", reserve=True)])
    assert filled(plan) == {"s8": "bob"}


def test_supervisors_are_kept_for_supervising():
    plan = drawn(
        "ann |..\nbob |..\ncat |..",
        need("s8", Role.SUPERVISOR), need("s8", least=2),
        extra=[can("ann", Skill.SUPERVISOR)],
    )  # fmt: skip
    proposal = fill(plan, shifts_in(plan))
    assert {a.person_id: a.role for a in proposal.added} == {
        "ann": Role.SUPERVISOR,
        "bob": Role.PICKET,
        "cat": Role.PICKET,
    }


def test_a_second_supervisor_pickets_only_if_nobody_else_can():
    skills = [can("ann", Skill.SUPERVISOR), can("bob", Skill.SUPERVISOR)]
    plan = drawn("ann |..\nbob |..\ncat |..", need("s8"), extra=skills)
    assert filled(plan) == {"s8": "cat"}


def test_who_likes_the_place_goes_before_who_dislikes_it_and_never_is_never():
    likings = [
        Preference(id=who, person_id=who, site_id="general", liking=liking)
        for who, liking in (("ann", Liking.DISLIKES), ("cat", Liking.LIKES), ("dan", Liking.NEVER))
    ]
    picture = "ann |..\nbob |..\ncat |..\ndan |.."
    assert [filled(drawn(picture, need("s8", least=n), extra=likings))["s8"] for n in (1, 2, 4)] == [
        "cat",
        "bob cat",
        "ann bob cat",
    ]


def test_two_who_must_be_kept_apart_are():
    apart = Pair(id="pair", person_id="ann", other_id="bob", apart=True)
    plan = drawn("ann |..\nbob |..", need("s8", least=2), extra=[apart])
    assert filled(plan) == {"s8": "ann"}
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == "1 picket short (1 must be kept apart from somebody there)"


def test_the_least_everywhere_goes_before_the_wish_anywhere():
    plan = drawn(
        "ann |....",
        need("s8", least=1, wished=3),
        need("s9", least=1),
        extra=[person("Bob"), offer("bob", "08:00-09:00")],
    )
    assert filled(plan) == {"s8": "bob", "s9": "ann"} or filled(plan)["s9"] == "ann"


def test_a_shift_that_must_not_fail_goes_first():
    plan = drawn(
        "ann |....",
        need("s8"),
        need("s9"),
        extra=[replace(shift("s9", "09:00-10:00"), priority=5), person("Ann", max_minutes_day=60)],
    )
    assert filled(plan) == {"s9": "ann"}


def test_what_is_there_stays_and_counts():
    plan = drawn("ann |##\nbob |..\ncat |..", need("s8", least=2))
    proposal = fill(plan, shifts_in(plan))
    assert filled(plan) == {"s8": "bob"}
    assert (proposal.kept, proposal.shifts) == (1, 1)
    assert fill(drawn("ann |##", need("s8")), shifts_in(plan)).added == ()


@pytest.mark.parametrize("state", [AssignmentState.DECLINED, AssignmentState.WITHDRAWN])
def test_who_said_no_or_withdrew_is_not_asked_again(state):
    plan = drawn("ann |..\nbob |..", need("s8", least=2), extra=[on("ann", "s8", state=state)])
    assert filled(plan) == {"s8": "bob"}
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words in ("1 picket short (1 said no)", "1 picket short (1 has withdrawn from it)")


# ------------------------------------------------------------------------------------------- six, and roles
def test_an_entrance_s_own_figure_never_raises_the_six():
    picture = "\n".join(f"p{n} |.." for n in range(9))
    assert len(filled(drawn(picture, need("s8", least=8), extra=[entrance(official_max=9)]))["s8"].split()) == 6


def test_an_entrance_keeps_to_six():
    picture = "\n".join(f"p{n} |.." for n in range(9))
    plan = drawn(picture, need("s8", Role.SUPERVISOR), need("s8", least=7), extra=[can("p0", Skill.SUPERVISOR)])
    told = filled(plan)
    assert len(told["s8"].split()) == 6
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == "2 pickets short (3 would be more than 6 official pickets at the entrance)"


def test_two_shifts_at_one_entrance_at_one_time_share_its_figure():
    picture = "\n".join(f"p{n} |......" for n in range(9))
    long = shift("s9", "08:30-10:30")
    plan = drawn(picture, need("s8", least=3), need("s9", least=3), extra=[long, entrance(official_max=4)])
    told = filled(plan)
    assert sum(len(names.split()) for names in told.values()) == 4


def test_standbys_and_supporters_do_not_count_against_the_six():
    picture = "\n".join(f"p{n} |.." for n in range(8))
    plan = drawn(picture, need("s8", least=6), need("s8", Role.STANDBY, least=2))
    assert len(filled(plan)["s8"].split()) == 8


def test_a_supporter_without_a_workplace_comes_as_one_and_never_as_a_picket():
    sam = person("Sam", standing=Standing.SUPPORTER, workplace_id=None)
    plan = drawn("sam |..", need("s8"), need("s8", Role.SUPPORTER), extra=[sam])
    proposal = fill(plan, shifts_in(plan))
    assert [(a.person_id, a.role) for a in proposal.added] == [("sam", Role.SUPPORTER)]


def test_people_of_a_partner_keep_to_its_stall():
    pat = person("Pat", standing=Standing.PARTNER, workplace_id=None)
    plan = drawn("pat |..", need("s8", Role.SUPPORTER), need("s8", Role.STANDBY), extra=[pat])
    assert filled(plan) == {}


def test_an_official_without_a_workplace_may_picket_anywhere():
    plan = drawn("omar |..", need("s8"), extra=[person("Omar", standing=Standing.OFFICIAL, workplace_id=None)])
    assert filled(plan) == {"s8": "omar"}


def test_a_colleague_from_elsewhere_is_no_official_picket():
    other = site("anne", "Princess Anne")
    plan = drawn("ann |..", need("s8"), extra=[other, person("Ann", workplace_id="anne")])
    assert filled(plan) == {}
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == "1 picket short (nobody else works there)"


# -------------------------------------------------------------------------------------------------- gaps
@pytest.mark.parametrize(
    ("picture", "says"),
    [
        ("", "nobody else is in the plan"),
        ("ann |", "1 has not said when they are free"),
        ("ann |  ..", "1 is not free"),
        ("ann |==", "1 is kept by work"),
        ("ann |==\nbob |==\ncat |", "2 are kept by work, 1 has not said when they are free"),
    ],
)
def test_a_gap_says_why(picture, says):
    plan = drawn(picture, need("s8"))
    assert filled(plan) == {}
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == f"1 picket short ({says})"


def test_a_gap_in_a_role_with_a_skill_is_about_those_who_have_it():
    plan = drawn("ann |..\nbob |==", need("s8", Role.SUPERVISOR), extra=[can("bob", Skill.SUPERVISOR)])
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == "1 picket organiser short (1 is kept by work)"
    plan = drawn("ann |..", need("s8", Role.SUPERVISOR))
    (gap,) = fill(plan, shifts_in(plan)).gaps
    assert gap.words == "1 picket organiser short (nobody else there is down for picket supervisor)"


def test_a_wish_is_no_gap():
    assert fill(drawn("ann |..", need("s8", least=1, wished=4)), shifts_in(drawn("", need("s8")))).gaps == ()


# ------------------------------------------------------------------------------------------------- scope
@pytest.mark.parametrize("how", ["day", "picket", "shift"])
def test_what_is_stood_down_is_left_alone(how):
    extra = {
        "day": strike_day(state=StrikeState.SUSPENDED),
        "picket": picket(times="08:00-14:00", cancelled=True, reason="no gate"),
        "shift": shift("s8", "08:00-09:00", cancelled=True, reason="rain"),
    }[how]
    plan = drawn("ann |..", need("s8"), extra=[extra])
    assert shifts_in(plan) == ()
    assert fill(plan, shifts_in(plan)).added == ()


@pytest.fixture(scope="module", params=["southampton-2015", "epsom-st-helier-2016"])
def demo(request):
    return Plan(DEMOS[request.param].records())


def test_the_demos_are_filled_whole_and_lawfully(demo):
    proposal = fill(demo, shifts_in(demo))
    lawful(demo, shifts_in(demo), proposal)
    assert proposal.added
    assert proposal.gaps == ()


def test_the_same_plan_gives_the_same_people_whatever_its_order(demo):
    names = iter(range(10_000))
    one = fill(demo, shifts_in(demo), make_id=lambda: str(next(names)))
    shuffled = Plan(reversed([each for kind in KINDS for each in demo.all(kind)]))
    names = iter(range(10_000))
    two = fill(shuffled, shifts_in(shuffled), make_id=lambda: str(next(names)))
    assert one == two


def test_a_filled_plan_needs_nothing_more(demo):
    after = with_more(demo, fill(demo, shifts_in(demo)).added)
    again = fill(after, shifts_in(after))
    assert (again.added, again.gaps) == ((), ())


def test_one_day_and_one_site(demo):
    day = demo.all(StrikeDay)[1]
    place = next(each for each in demo.all(Site) if any(demo.site_of(p).id == each.id for p in demo.all(Picket)))
    for days, sites in (([day.id], None), (None, [place.id]), ([day.id], [place.id]), ([], None), (None, [])):
        shifts = shifts_in(demo, days=days, sites=sites)
        assert list(shifts) == sorted(shifts, key=lambda each: (each.starts, each.id))
        for each in shifts:
            assert days is None or day_of(demo, each) in days
            assert sites is None or demo.place_of(demo.host(each)).id in sites
        lawful(demo, shifts, fill(demo, shifts))
        assert bool(shifts) == (days != [] and sites != [])


def test_progress_is_told_to_the_end(demo):
    told = []
    fill(demo, shifts_in(demo), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


# ------------------------------------------------------------------------------------------- random plans
ROLES = (Role.SUPERVISOR, Role.PICKET, Role.STANDBY, Role.SUPPORTER)


@st.composite
def plans(draw):
    """Two sites, three entrances, up to eight shifts that may overlap, up to eight people of all kinds."""
    records = [site("anne", "Princess Anne"), entrance("side", "Side gate"), entrance("anne", "Door", site_id="anne")]
    records += [entrance(official_max=draw(st.integers(1, 6)))]
    gates = ["main", "side", "anne"]
    for gate in gates:
        records.append(
            picket(gate, "00:00-23:00", entrance_id=gate, cancelled=draw(st.integers(0, 9)) == 0, reason="r")
        )
    ids = []
    for n in range(draw(st.integers(1, 7))):
        start = datetime(2015, 12, 1) + timedelta(minutes=30 * draw(st.integers(0, 30)))
        ends = start + timedelta(minutes=30 * draw(st.integers(1, 8)))
        ids.append(f"s{n}")
        records.append(
            Shift(
                id=f"s{n}",
                picket_id=draw(st.sampled_from(gates)),
                starts=start,
                ends=ends,
                priority=draw(st.integers(1, 5)),
            )
        )
        for role in draw(st.sets(st.sampled_from(ROLES), min_size=1)):
            least = draw(st.integers(0, 4))
            wished = least + draw(st.integers(0, 2))
            records.append(need(f"s{n}", role, least, wished, max(1, wished + draw(st.integers(0, 1)))))
    names = ["ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal"][: draw(st.integers(0, 8))]
    for who in names:
        records.append(
            person(
                who,
                standing=draw(st.sampled_from(Standing)),
                workplace_id=draw(st.sampled_from(["general", "general", "anne", None])),
                reserve=draw(st.booleans()),
                left=draw(st.integers(0, 9)) == 0,
                max_minutes_day=draw(st.none() | st.integers(0, 400)),
                max_minutes_total=draw(st.none() | st.integers(0, 600)),
            )
        )
        for n in range(draw(st.integers(0, 2))):
            start = datetime(2015, 12, 1) + timedelta(minutes=30 * draw(st.integers(0, 20)))
            ends = start + timedelta(minutes=30 * draw(st.integers(4, 40)))
            level = draw(st.sampled_from([Level.FREE, Level.FREE, Level.IF_NEED_BE, Level.NOT]))
            records.append(Availability(id=f"{who}{n}", person_id=who, starts=start, ends=ends, level=level))
        if draw(st.booleans()):
            records.append(can(who, Skill.SUPERVISOR))
        if draw(st.integers(0, 4)) == 0:
            records.append(duty(who, "09:00-12:00"))
        for shift_id in ids:
            if draw(st.integers(0, 9)) == 0:
                state = draw(st.sampled_from(AssignmentState))
                records.append(on(who, shift_id, draw(st.sampled_from(ROLES)), state=state))
    for one, two in itertools.pairwise(names):
        if draw(st.integers(0, 3)) == 0:
            records.append(Pair(id=one, person_id=one, other_id=two, apart=draw(st.booleans())))
    base = [each for kind in KINDS for each in small_plan().all(kind) if not isinstance(each, Shift | Picket)]
    return Plan([*base, *records])


@settings(deadline=None, max_examples=120)
@given(plans())
def test_no_plan_makes_it_break_a_rule(plan):
    shifts = shifts_in(plan)
    proposal = fill(plan, shifts)
    lawful(plan, shifts, proposal)
    after = with_more(plan, proposal.added)
    assert fill(after, shifts).gaps == tuple(proposal.gaps) or fill(after, shifts).added


def test_the_pictures_say_what_they_seem_to():
    plan = drawn("ann |..??==##", need("s8"), need("s11"))
    assert [each.level for each in plan.all(Availability)] == [Level.FREE, Level.IF_NEED_BE, Level.FREE]
    assert plan.all(Shift)[0].starts == at("08:00")
    assert plan.all(Shift)[0].starts.date() == date(2015, 12, 1)
