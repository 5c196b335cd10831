"""Many records together: finding them, what leads where, and names that tell people apart on a wall."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.ids import DisputeId, PartnerId, PersonId, PicketId, PostId, SiteId, StallId, VenueId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket, Shift
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stalls import Stall
from tests.domain.building import (
    dispute,
    employer,
    person,
    picket,
    rally,
    shift,
    site,
    small_plan,
    stall,
    strike_day,
)

POST_SHIFT = shift("steward", "11:00-13:30", post_id=PostId("post"))
STALL_SHIFT = shift("helper", "10:00-13:30", stall_id=StallId("stall"))
AT_PICKET = stall("at the picket", picket_id=PicketId("picket"))
PICKET_STALL_SHIFT = shift("early helper", "08:00-09:00", stall_id=AT_PICKET.id)
PLAN = small_plan(stall(), POST_SHIFT, STALL_SHIFT, AT_PICKET, PICKET_STALL_SHIFT, person())


# ----------------------------------------------------------------------------------------------- finding
def test_records_are_found_by_id() -> None:
    assert PLAN.find(Person, "ann archer") == person()
    assert PLAN.find(Person, "nobody") is None
    assert PLAN.find(Person, None) is None
    assert PLAN.find(Picket, "ann archer") is None
    assert PLAN.get(Person, "ann archer") == person()
    with pytest.raises(KeyError, match="Person nobody"):
        PLAN.get(Person, "nobody")


def test_records_are_listed_and_counted() -> None:
    assert {one.id for one in PLAN.all(Stall)} == {"stall", "at the picket"}
    assert (PLAN.count(Stall), PLAN.count(Person), PLAN.count(Settings)) == (2, 1, 1)
    assert Plan().all(Stall) == ()
    assert Plan().count(Stall) == 0


def test_of_two_with_one_id_the_later_stays() -> None:
    assert Plan([person(), person(left=True)]).all(Person) == (person(left=True),)


def test_records_are_found_by_what_they_refer_to() -> None:
    assert PLAN.of(Shift, "picket_id", "picket") == (shift(),)
    assert PLAN.of(Shift, "picket_id", None) == (POST_SHIFT, STALL_SHIFT, PICKET_STALL_SHIFT)
    assert PLAN.of(Shift, "picket_id", "picket") == (shift(),)
    assert PLAN.of(Shift, "stall_id", "nowhere") == ()
    assert Plan().of(Shift, "picket_id", "picket") == ()


def test_settings_are_the_plans_own_or_the_usual_ones() -> None:
    assert PLAN.settings.title == "Southampton"
    usual = Plan().settings
    assert (usual.duty_buffer, usual.min_rest, usual.walking, usual.detour) == (30, 660, 50, 130)


# ----------------------------------------------------------------------------------- what leads where
def test_what_a_shift_is_at() -> None:
    assert isinstance(PLAN.host(shift()), Picket)
    assert isinstance(PLAN.host(POST_SHIFT), Rally)
    assert isinstance(PLAN.host(STALL_SHIFT), Stall)


def test_where_everything_is() -> None:
    assert PLAN.site_of(picket()) == site()
    assert PLAN.place_of(picket()).id == SiteId("general")
    assert PLAN.place_of(rally()).id == VenueId("guildhall")
    assert PLAN.place_of(stall()).id == VenueId("guildhall")
    assert PLAN.place_of(AT_PICKET).id == SiteId("general")
    assert PLAN.employer_of(site()) == employer()
    assert Plan().employer_of(site()) is None


def test_where_a_shift_is_in_words() -> None:
    assert [PLAN.place_words(one) for one in (shift(), POST_SHIFT, STALL_SHIFT, PICKET_STALL_SHIFT)] == [
        "Main entrance, Southampton General Hospital",
        "Stage left, Guildhall Square",
        "Anthony Nolan stall, Guildhall Square",
        "Anthony Nolan stall, Southampton General Hospital",
    ]


def test_a_picket_in_words() -> None:
    where = "Main entrance, Southampton General Hospital, Tue 1 Dec 2015"
    assert PLAN.picket_words(picket()) == f"{where} 08:00–11:00"
    assert PLAN.picket_words(picket(ends=None)) == f"{where} from 08:00"


def test_the_dispute_of_a_day() -> None:
    assert PLAN.dispute_of(strike_day()) == dispute()
    nameless = Plan().dispute_of(strike_day())
    assert (nameless.title, nameless.union) == ("Dispute", "Union")


def test_a_file_of_two_disputes_keeps_them_apart() -> None:
    pay, theirs = dispute("Pay"), strike_day("theirs", dispute_id=DisputeId("pay"))
    plan = small_plan(pay, theirs)
    assert plan.count(Dispute) == 2
    assert [plan.dispute_of(day).title for day in plan.all(StrikeDay)] == ["Contract", "Pay"]


def test_a_persons_name() -> None:
    assert PLAN.name_of(PersonId("ann archer")) == "Ann Archer"
    assert PLAN.name_of(PersonId("nobody")) == PLAN.name_of(None) == "(unknown)"


@pytest.mark.parametrize(
    "lost",
    [
        shift(picket_id=PicketId("nowhere")),
        shift(post_id=PostId("nowhere")),
        shift(stall_id=StallId("nowhere")),
        shift(picket_id=None),
    ],
)
def test_a_shift_that_leads_nowhere_is_our_mistake(lost: Shift) -> None:
    with pytest.raises(KeyError):
        PLAN.host(lost)
    with pytest.raises(KeyError):
        PLAN.place_words(lost)
    with pytest.raises(KeyError):
        PLAN.place_of(stall(partner_id=PartnerId("nolan"), rally_id=None))


# -------------------------------------------------------------------------------------- names on a wall
def named(*names: str) -> list[str]:
    """Give the short names of people, in the order of the names; ids in that order too."""
    people = [person(name, id=PersonId(f"{n:04}")) for n, name in enumerate(names)]
    short = short_names(people)
    return [short[one.id] for one in people]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ([], []),
        (["Ann Archer"], ["Ann A."]),
        (["Ann Archer", "Bob Archer"], ["Ann A.", "Bob A."]),
        (["Ann Archer", "Ann Brown"], ["Ann A.", "Ann B."]),
        (["Ann Archer", "Ann Abbot"], ["Ann Ar.", "Ann Ab."]),
        (["Ann Smith", "Ann Smythe", "Ann Sole"], ["Ann Smi.", "Ann Smy.", "Ann So."]),
        (["Ann Li", "Ann Lister"], ["Ann Li", "Ann Lis."]),
        (["Ann Smith", "Ann Smith"], ["Ann S. (1)", "Ann S. (2)"]),
        (["Ann Smith", "Ann Smith", "Ann Sole"], ["Ann Sm. (1)", "Ann Sm. (2)", "Ann So."]),
        (["Ann Smith", "ann smith"], ["Ann S. (1)", "ann s. (2)"]),
        (["Ann", "Ann", "Ann Smith"], ["Ann (1)", "Ann (2)", "Ann S."]),
        (["Ann S.", "Ann Smith"], ["Ann S.", "Ann Sm."]),
        (["Zoë Ash", "Zoe\u0308 Ash"], ["Zoë A. (1)", "Zoe\u0308 A. (2)"]),
    ],
)
def test_short_names(names: list[str], short: list[str]) -> None:
    assert named(*names) == short


def test_numbers_go_by_id_whatever_the_order() -> None:
    one, two = person("Ann Smith", id=PersonId("1")), person("Ann Smith", id=PersonId("2"))
    assert short_names([two, one]) == short_names([one, two]) == {"1": "Ann S. (1)", "2": "Ann S. (2)"}


def test_a_person_twice_in_the_list_is_one_person() -> None:
    assert short_names([person(), person()]) == {"ann archer": "Ann A."}


def test_full_names_in_one_column_do_not_take_turns_for_ever() -> None:
    """An import put whole names into one column; two people and two columns read the same, over and over."""
    people = [
        Person(id=PersonId(str(n)), given_name=given, family_name=family)
        for n, (given, family) in enumerate(
            [("A B", ""), ("A", "B"), ("A B.", ""), ("A (1)", "Bc"), ("A B", ""), ("A (2)", "Bc")]
        )
    ]
    assert len(set(short_names(people).values())) == 6


def test_a_number_that_makes_another_name_is_left_out() -> None:
    people = [person("Ann", id=PersonId(n)) for n in "12"]
    other = person(id=PersonId("3"), given_name="Ann (1)", family_name="")
    assert short_names([*people, other]) == {"1": "Ann (2)", "2": "Ann (3)", "3": "Ann (1)"}


def test_very_long_family_names_are_numbered() -> None:
    long = "x" * 5000
    assert named(f"Ann {long}y", f"Ann {long}z") == [f"Ann {'x' * 40}. (1)", f"Ann {'x' * 40}. (2)"]


parts = st.sampled_from(["", " ", "A", "a", "B", "Ab", "Abc", "A.", "A (1)", "A (2)", "A B", "A B.", "ß", "ss", "É"])
crowd = st.lists(
    st.builds(
        Person, id=st.uuids().map(str), given_name=parts | st.text(max_size=4), family_name=parts | st.text(max_size=8)
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(crowd)
def test_no_two_people_ever_read_the_same(people: list[Person]) -> None:
    names = short_names(people)
    assert set(names) == {one.id for one in people}
    read = [" ".join(name.split()).casefold() for name in names.values()]
    assert len(set(read)) == len(read)
    assert short_names(people[::-1]).keys() == names.keys()


families = st.text("abc", min_size=1, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob"]), families), max_size=8))
def test_a_name_has_no_letter_more_than_it_takes(names: list[tuple[str, str]]) -> None:
    """Whoever shares no first name and initial keeps the initial; a full family name stands only where it must."""
    short = named(*(f"{first} {family}" for first, family in names))
    for n, (first, family) in enumerate(names):
        namesakes = [other for i, (same, other) in enumerate(names) if i != n and same == first]
        if not any(other[0] == family[0] for other in namesakes):
            assert short[n] == f"{first} {family[0]}."
        elif len(family) > 1 and f"{first} {family}" == short[n]:
            assert any(other != family and other[: len(family) - 1] == family[:-1] for other in namesakes)
