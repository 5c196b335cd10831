"""Search everywhere: what somebody types, and what they meant."""

import pytest

from rallyapp.demos import DEMOS
from rallyapp.domain.people import Person
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.records import KINDS
from rallyapp.store import Store
from rallyapp.store.search import Found, Search, words_of
from tests.domain.building import picket, shift, small_plan


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "southampton.rally"
    with Store.create(path, DEMOS["southampton-2015"].records(), label="Demo") as opened:
        yield opened


def titles(store, text, kind=None):
    return [hit.title for hit in Search(store).find(text) if kind is None or hit.found is kind]


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("princess", Found.PLACE, "Princess Anne Hospital"),
        ("main ent", Found.PLACE, "Main entrance"),
        ("SO16 5", Found.PLACE, "Princess Anne Hospital"),
        ("1 dec", Found.DAY, "Tue 1 Dec 2015"),
        ("tuesday 8", Found.DAY, "Tue 8 Dec 2015"),
        ("16/12", Found.DAY, "Wed 16 Dec 2015"),
        ("guild", Found.RALLY, "Regional rally"),
        ("anthony", Found.STALL, "Anthony Nolan"),
        ("malgorzata", Found.PERSON, "Małgorzata Żółkiewska"),
        ("zolk", Found.PERSON, "Małgorzata Żółkiewska"),
        ("main 09:00", Found.SHIFT, "Tue 1 Dec 2015, 09:00–10:00"),
        ("main 0900", Found.SHIFT, "Tue 1 Dec 2015, 09:00–10:00"),
        ("main 8 dec", Found.SHIFT, "Tue 8 Dec 2015, 08:00–09:00"),
        ("main tuesday december 8", Found.SHIFT, "Tue 8 Dec 2015, 08:00–09:00"),
        ("wed main", Found.SHIFT, "Wed 16 Dec 2015, 08:00–09:00"),
    ],
)
def test_what_is_meant_is_found_first(store, text, kind, first):
    assert titles(store, text, kind)[0] == first


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", '"', "*", "qqqq zzzz", "main 25:99", "'; drop table person", "%" * 600]
)
def test_nothing_is_found_for_nothing_and_any_text_is_safe(store, text):
    assert titles(store, text) == []


def test_a_month_a_weekday_and_a_figure_may_be_of_the_place(store, tmp_path):
    path = tmp_path / "march.rally"
    names = {"main": "March House", "west": "Sunderland gate 2"}
    entrances = [Entrance(id=id, site_id="general", name=name) for id, name in names.items()]
    pickets = [picket("at main"), picket("at west", entrance_id="west")]
    shifts = [shift("of march", picket_id="at main"), shift("of gate", "10:00-11:00", picket_id="at west")]
    plan = small_plan(entrances, pickets, shifts)
    with Store.create(path, [each for kind in KINDS for each in plan.all(kind)], label="March") as march:
        assert titles(march, "march house 08", Found.SHIFT)[:1] == ["Tue 1 Dec 2015, 08:00–11:00"]
        assert titles(march, "sunderland 1 dec", Found.SHIFT) == ["Tue 1 Dec 2015, 10:00–11:00"]
        assert titles(march, "gate 2 tue", Found.SHIFT) == ["Tue 1 Dec 2015, 10:00–11:00"]
        assert titles(march, "gate 2", Found.SHIFT) == []
        assert titles(march, "march house march", Found.SHIFT) == []


def test_a_charity_s_own_are_told_apart_by_its_name(store):
    (hit,) = Search(store).find("jodie")
    assert (hit.found, hit.note) == (Found.PERSON, "Anthony Nolan")


def test_every_hit_leads_to_a_record(store):
    kinds = {"person": Person, "site": Site, "entrance": Entrance}
    found = Search(store).find("s", each=40)
    assert len(found) > 15
    for hit in found:
        if hit.concern.kind in kinds:
            assert store.find(kinds[hit.concern.kind], hit.concern.id) is not None


def test_a_new_entrance_is_found_once_it_is_said_that_something_changed(store):
    search = Search(store)
    assert not search.find("helipad")
    site = next(each for each in store.all(Site) if each.name.startswith("Princess"))
    with store.edit("Add entrance") as edit:
        edit.save(Entrance(id="helipad", site_id=site.id, name="Helipad gate", position=9))
    search.stale()
    assert [(hit.title, hit.note) for hit in search.find("helipad")] == [("Helipad gate", site.name)]


def test_a_time_stays_one_word_and_accents_fall_away():
    assert words_of("Główne wejście 08:00, A&E") == ("glowne", "wejscie", "08:00", "a", "e")
