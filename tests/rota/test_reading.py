"""A rota problem is read as the checker reads it, and whatever is broken is refused with one sentence."""

import copy
import functools
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rallyapp.rota.problem_file import reading
from rallyapp.rota.problem_file.reading import gather, read
from rallyapp.rota.problem_file.rows import ProblemError
from rallyapp.rota.solving.cost import broken
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.solve import solve
from tests import rota_check

made = functools.cache(rota_check.generate)


def problem(size="S", seed=1):
    return copy.deepcopy(made(size, seed))


def written(problem):
    return json.dumps(problem).encode()


def refusal(data):
    """Read what is broken; give the sentence, after a look whether it is one."""
    with pytest.raises(ProblemError) as caught:
        read(data if isinstance(data, bytes) else written(data))
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert len(sentence) < 300
    return sentence


def whole(model):
    """Everything a model says, to be compared."""
    fields = {name: getattr(model, name) for name in Model.__dataclass_fields__ if name != "offers"}
    offers = [tuple(map(np.ndarray.tolist, model.offers.of(opening))) for opening in model.openings]
    plain = {name: each.tolist() if isinstance(each, np.ndarray) else each for name, each in fields.items()}
    return plain | {"offers": offers}


# ------------------------------------------------------------------------------ what is read is what stands there
@pytest.mark.parametrize(("size", "seed"), [*(("S", seed) for seed in range(1, 9)), ("M", 1), ("M", 2)])
def test_the_checker_and_the_model_agree_about_everybody_and_every_shift(size, seed):
    given = problem(size, seed)
    model, index = read(written(given)), rota_check.Index(given)
    for number, opening in enumerate(model.openings):
        people, prices = (each.tolist() for each in model.offers.of(opening))
        assert people == index.eligible(number)
        assert prices == [index.cost(person, number) for person in people]
    one, other = np.triu_indices(len(model.openings), 1)
    clashing = model.clash(one, other).tolist()
    assert clashing == [index.clash(a, b) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    assert model.clash(other, one).tolist() == clashing
    assert {*map(tuple, given["pinned"])} == {(model.people[a], model.openings[b].id) for a, b in model.pinned}


def test_the_reason_against_a_person_is_there_whenever_the_checker_has_one():
    given = problem("M", 3)
    model, index = read(written(given)), rota_check.Index(given)
    for person in range(0, len(model.people), 5):
        for number in range(0, len(model.openings), 7):
            assert bool(model.offers.why_not(person, model.openings[number])) == bool(index.static_no(person, number))


def test_a_strike_morning_is_read_with_the_rota_of_the_night_before():
    night = problem("S", 4)
    rota = [[person, shift] for person, shift in night["pinned"]]
    morning = rota_check.no_show(night, rota, share=0.5)
    model = read(written(morning))
    assert {(model.people[a], model.openings[b].id) for a, b in model.previous} == {*map(tuple, morning["previous"])}
    gone = model.people.index(morning["gone"][0])
    assert not any(gone in model.offers.of(opening)[0] for opening in model.openings)


def test_a_place_of_the_night_before_may_have_become_impossible():
    morning = problem("S", 4)
    morning["previous"] = [[morning["volunteers"][0]["id"], shift["id"]] for shift in morning["shifts"]]
    assert len(read(written(morning)).previous) == len(morning["shifts"])


@pytest.mark.parametrize("planted", [None, 7, "rubbish", [[[]]], {"joint": {"shifts": "H00001"}}])
def test_what_was_planted_is_not_looked_at(planted):
    given = problem("S", 2)
    expected = whole(read(written(given)))
    given["planted"] = planted
    assert whole(read(written(given))) == expected
    del given["planted"]
    assert whole(read(written(given))) == expected


def test_keys_that_nobody_knows_change_nothing():
    given = problem("S", 2)
    expected = whole(read(written(given)))
    for row in (given, given["rules"], given["weights"], *given["shifts"], *given["volunteers"], *given["sites"]):
        row["colour"] = {"of": ["the", 1e300, None]}
    assert whole(read(written(given))) == expected


def test_a_mark_at_the_start_and_blanks_around_it_are_no_hindrance():
    data = written(problem())
    assert whole(read(b"\xef\xbb\xbf \r\n\t" + data + b"\n")) == whole(read(data))


@pytest.mark.parametrize("empty", ["shifts", "volunteers", "both"])
def test_nobody_and_nothing_to_do_is_a_problem_too(empty):
    given = problem() | {"pairs": [], "pinned": []}
    for name in ("shifts", "volunteers") if empty == "both" else (empty,):
        given[name] = []
    model = read(written(given))
    assert (len(model.people), len(model.openings)) == (len(given["volunteers"]), len(given["shifts"]))
    assert all(not len(model.offers.of(opening)[0]) for opening in model.openings) or given["volunteers"]


def test_nobody_is_sent_where_they_never_go_or_farther_than_they_travel():
    given = problem("M", 5)
    shift = given["shifts"][0]
    site = next(site for site in given["sites"] if site["id"] == shift["site"])
    before, _ = read(written(given)).offers.of(read(written(given)).openings[0])
    free = [given["volunteers"][person] for person in before.tolist()]
    unpinned = [each for each in free if each["id"] not in dict(given["pinned"])]
    never, near, *_ = unpinned
    never["never_sites"] = [shift["site"]]
    far = rota_check.km(near["x"], near["y"], site["x"], site["y"])
    at_its_end, one_less = dict(near, max_travel_km=far), dict(near, max_travel_km=far - 1)
    for row, comes in ((at_its_end, True), (one_less, far < 1)):
        given["volunteers"] = [row if each["id"] == row["id"] else each for each in given["volunteers"]]
        model = read(written(given))
        names = {model.people[person] for person in model.offers.of(model.openings[0])[0]}
        assert (near["id"] in names) == comes
        assert never["id"] not in names


# ----------------------------------------------------------------------------------------------- what is no problem
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\0" * 5000, "not a JSON object"),
        (b"0" * 5000, "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b'"{}"', "not a JSON object"),
        (b"PK\x03\x04", "not a JSON object"),
        (b"\xff\xfe{\x00}\x00", "not a JSON object"),
        (b"{", "line 1, column 2"),
        (b'{"format": "\xff"}', "UTF-8 (byte 13)"),
        (b'{"format": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1, "a": 2}', "\u201ca\u201d twice"),
        (b'{"a": ' + b"[" * 200_000, "nested"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too long"),
        (b"{}", "picket-rota-problem"),
        (b'{"format": "picket-rota-problem"}', "version null"),
        (b'{"format": "picket-rota-problem", "version": 2}', "newer"),
        (b'{"format": "picket-rota-problem", "version": true}', "version true"),
        (b'{"format": "picket-rota-problem", "version": 1.0}', "version 1.0"),
        (b'{"format": "picket-rota-problem", "version": 1}', "\u201csites\u201d"),
    ],
)
def test_what_is_no_rota_problem_is_refused(data, words):
    assert words in refusal(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    data = written(problem())
    monkeypatch.setattr(reading, "LONGEST", len(data))
    assert read(data).openings
    assert "larger than" in refusal(data + b" ")


class Zeros:
    """A stream of zeros without end, which counts what was taken from it."""

    def __init__(self, zero):
        self.zero, self.taken = zero, 0

    def read(self, size):
        self.taken += size
        return self.zero * size


@pytest.mark.parametrize("zero", [b"\0", b"0", b" "])
def test_no_more_of_a_stream_is_read_than_shows_that_it_is_no_problem(zero):
    stream = Zeros(zero)
    with pytest.raises(ProblemError):
        gather(stream)
    assert stream.taken < 100_000


@pytest.mark.parametrize(
    "key", ["format", "version", "skills", "rules", "weights", "sites", "shifts", "volunteers", "pairs", "pinned"]
)
@pytest.mark.parametrize("value", ["gone", None, 7, "text", True, [7], {"x": 1}])
def test_every_part_of_a_problem_must_be_there_and_of_its_sort(key, value):
    given = problem() | {key: value}
    if value == "gone":
        del given[key]
    assert key.removesuffix("s") in refusal(given).casefold()


ROWS = {
    "sites": ("id", "x", "y"),
    "shifts": ("id", "site", "kind", "day", "start", "end", "min", "desired", "max", "skills", "priority"),
    "volunteers": (
        *("id", "sites", "x", "y", "skills", "available", "duties", "max_minutes_day", "max_minutes_total", "prior"),
    ),
}


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in ROWS.items() for key in keys])
def test_a_record_that_lacks_a_key_is_named(name, key):
    given = problem()
    row = given[name][-1]
    id = row.pop("id") if key == "id" else row["id"]
    row.pop(key, None)
    sentence = refusal(given)
    assert f"has no \u201c{key}\u201d" in sentence
    assert (f"\u201c{id}\u201d" in sentence) == (key != "id")


@pytest.mark.parametrize(("part", "key"), [("rules", "min_rest"), ("rules", "travel_kmh"), ("weights", "km_cap")])
def test_a_rule_or_a_weight_that_is_missing_is_named(part, key):
    given = problem()
    del given[part][key]
    assert f"\u201c{key}\u201d" in refusal(given)


def test_what_a_change_costs_must_be_said_only_where_there_is_a_rota_to_change():
    given = problem()
    del given["weights"]["drop"], given["weights"]["add"]
    assert read(written(given)).weights.drop == 0
    given["previous"] = []
    assert "\u201cdrop\u201d" in refusal(given)


# --------------------------------------------------------------------------------------- numbers, texts, lists
NO_NUMBERS = (-1, 1.0, 1e400, float("nan"), True, "420", None, [], {}, 10**10, 10**30, -(10**30))
NUMBERS = [
    *(("shifts", key) for key in ("day", "start", "end", "min", "desired", "max", "priority")),
    *(("volunteers", key) for key in ("max_minutes_day", "max_minutes_total", "prior")),
]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize(("name", "key"), NUMBERS)
def test_where_a_whole_number_belongs_nothing_else_will_do(name, key, value):
    given = problem()
    given[name][3][key] = value
    sentence = refusal(written(given).replace(b"Infinity", b"1e400"))
    assert "NaN" in sentence or (given[name][3]["id"] in sentence and f"\u201c{key}\u201d" in sentence)


@pytest.mark.parametrize("value", [0.5, True, "5", None, 10**10, -(10**10)], ids=repr)
@pytest.mark.parametrize("name", ["sites", "volunteers"])
def test_places_are_whole_numbers_of_either_sign(name, value):
    given = problem()
    given[name][0]["x"] = -3000
    assert read(written(given))
    given[name][0]["x"] = value
    assert given[name][0]["id"] in refusal(given)


@pytest.mark.parametrize("value", NO_NUMBERS[:9], ids=repr)
@pytest.mark.parametrize("key", ["min", "km", "fair", "drop"])
def test_weights_are_whole_and_never_negative(key, value):
    given = problem()
    given["weights"][key] = value
    sentence = refusal(given)
    assert "not JSON" in sentence or (f"\u201c{key}\u201d" in sentence and "weights" in sentence)


@pytest.mark.parametrize(("key", "value"), [("travel_kmh", 0), ("min_rest", -1), ("duty_buffer", 0.5)])
def test_rules_are_whole_and_in_their_bounds(key, value):
    given = problem()
    given["rules"][key] = value
    assert f"\u201c{key}\u201d" in refusal(given)


def test_costs_that_could_not_be_added_up_are_refused():
    given = problem()
    given["weights"]["min"] = given["shifts"][0]["priority"] = 10**9
    assert "weights smaller" in refusal(given)


@pytest.mark.parametrize("value", [None, 5, [], {}, True], ids=repr)
@pytest.mark.parametrize(
    ("name", "key"), [("shifts", "id"), ("shifts", "site"), ("shifts", "kind"), ("volunteers", "id"), ("sites", "id")]
)
def test_names_are_texts(name, key, value):
    given = problem()
    given[name][1 if name != "sites" else 0][key] = value
    assert refusal(given)


@pytest.mark.parametrize("name", ["sites", "shifts", "volunteers"])
@pytest.mark.parametrize("row", [None, 5, "id", ["id", "x", "y"], True], ids=repr)
def test_a_record_is_a_record(name, row):
    given = problem()
    given[name].append(row)
    assert f" {len(given[name])} " in refusal(given)


@pytest.mark.parametrize("value", [None, 5, "text", {}, [5], [None], [["x"]], [{}]], ids=repr)
@pytest.mark.parametrize("key", ["sites", "skills", "likes_kinds", "dislikes_sites", "never_sites"])
def test_lists_of_names_are_lists_of_texts(key, value):
    given = problem()
    given["volunteers"][5][key] = value
    sentence = refusal(given)
    assert given["volunteers"][5]["id"] in sentence
    assert f"\u201c{key}\u201d" in sentence


SPANS = (
    *(None, 5, "text", {}, [5], [None], ["ab"], [[]], [[1]], [[1, 2, 3]], [{"from": 1, "to": 2}]),
    *([[1, None]], [["1", 2]], [[1.0, 2]], [[True, 2]], [[-5, 60]], [[60, 5]], [[0, 10**10]], [[-(10**30), 10**30]]),
    [[1, 2]] * 1001,
)


@pytest.mark.parametrize("value", SPANS, ids=lambda value: repr(value)[:30])
@pytest.mark.parametrize("key", ["available", "duties"])
def test_spans_are_pairs_of_minutes_the_right_way_round(key, value):
    given = problem()
    given["volunteers"][5][key] = value
    sentence = refusal(given)
    assert given["volunteers"][5]["id"] in sentence
    assert f"\u201c{key}\u201d" in sentence


@pytest.mark.parametrize(
    "value",
    [None, [], {"first_aid": 1}, {"x": []}, {"x": [1]}, {"x": [2, 1]}, {"x": [-1, 1]}, {"x": [0, 1.5]}],
    ids=repr,
)
def test_a_shift_asks_for_skills_as_a_minimum_and_a_wish(value):
    given = problem()
    given["shifts"][7]["skills"] = value
    assert given["shifts"][7]["id"] in refusal(given)


@pytest.mark.parametrize("value", [5, True, ["first_aid"], {"first_aid": 1}], ids=repr)
def test_what_a_shift_requires_is_one_skill(value):
    given = problem()
    given["shifts"][7]["requires"] = value
    assert "\u201crequires\u201d" in refusal(given)


def test_a_shift_may_require_a_skill_that_nobody_has_and_nobody_listed():
    given = problem() | {"pinned": []}
    given["shifts"][7]["requires"] = "welsh"
    model = read(written(given))
    assert "welsh" in model.skills
    assert not len(model.offers.of(model.openings[7])[0])


# ------------------------------------------------------------------------------------- what does not go together
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"end": 420, "start": 420}, "after it starts"),
        ({"end": 5, "start": 420}, "after it starts"),
        ({"min": 3, "desired": 2}, "min of 3"),
        ({"desired": 9, "max": 8}, "max of 8"),
        ({"site": "T999"}, "\u201cT999\u201d"),
    ],
)
def test_a_shift_makes_sense_in_itself(change, words):
    given = problem()
    given["shifts"][6].update(change)
    sentence = refusal(given)
    assert words in sentence
    assert "\u201cH00007\u201d" in sentence


@pytest.mark.parametrize("name", ["sites", "shifts", "volunteers"])
def test_an_id_stands_once(name):
    given = problem()
    given[name].append(dict(given[name][0]))
    assert f"\u201c{given[name][0]['id']}\u201d" in refusal(given)


@pytest.mark.parametrize("key", ["sites", "dislikes_sites", "never_sites", "home"])
def test_a_volunteers_site_must_be_known(key):
    given = problem()
    given["volunteers"][3][key] = "T999" if key == "home" else ["T999"]
    sentence = refusal(given)
    assert "\u201cT999\u201d" in sentence
    assert given["volunteers"][3]["id"] in sentence


@pytest.mark.parametrize("key", ["pairs", "pinned", "previous"])
@pytest.mark.parametrize(
    "entry",
    [None, 5, [], ["V000001"], ["V000001", 5], ["V999", "H00001"], ["V000001", "X999"], ["V000001"] * 3, "V000001H"],
    ids=repr,
)
def test_an_entry_is_two_known_ids(key, entry):
    given = problem()
    given[key] = [*(given[key] or ()), entry]
    assert f"\u201c{key}\u201d" in refusal(given)


def test_nobody_is_a_pair_alone():
    given = problem()
    given["pairs"].append(["V000004", "V000004"])
    assert "\u201cV000004\u201d" in refusal(given)


# -------------------------------------------------------------------------------------------------------- pins
def pinnable(shifts, **more):
    """Make a problem of these shifts (day, start, end, site) with one volunteer who could do each of them."""
    given = problem("M", 1)
    near, far = given["sites"][0], dict(given["sites"][0], id="FAR", x=given["sites"][0]["x"] + 400)
    row = given["shifts"][0]
    given["sites"] = [near, far]
    given["shifts"] = [
        dict(row, id=f"H{n}", day=day, start=start, end=end, site=site or near["id"], skills={}, requires=None)
        for n, (day, start, end, site) in enumerate(shifts)
    ]
    person = dict(given["volunteers"][0], id="Ann", home=near["id"], sites=[near["id"], "FAR"], duties=[], skills=[])
    person |= {"x": near["x"], "y": near["y"], "available": [[0, 4320]], "max_minutes_day": 600} | more
    person.setdefault("max_minutes_total", 600)
    given["volunteers"] = [person | {"max_minutes_total": more.get("max_minutes_total", 600)}]
    return given | {"pairs": [], "pinned": [["Ann", shift["id"]] for shift in given["shifts"]]}


MORNING, NOON, LATE, NEXT = (0, 420, 600, ""), (0, 600, 780, ""), (0, 1260, 1380, ""), (1, 1860, 2040, "")


def test_pins_that_fit_together_are_read():
    assert len(read(written(pinnable([MORNING, NOON]))).pinned) == 2


@pytest.mark.parametrize(
    ("shifts", "more", "words"),
    [
        ([MORNING, (0, 599, 780, "")], {}, "nobody can do it and the shift \u201cH0\u201d"),
        ([MORNING, (0, 600, 780, "FAR")], {}, "nobody can do it and"),
        ([LATE, NEXT], {}, "nobody can do it and"),
        ([MORNING, NOON], {"max_minutes_day": 359}, "minutes on day 0"),
        ([MORNING, NEXT], {"max_minutes_total": 359}, "minutes in all"),
        ([MORNING, NOON], {"available": [[0, 779]]}, "not available"),
        ([MORNING, NOON], {"duties": [[809, 900]]}, "emergency cover"),
        ([MORNING, (0, 900, 1080, "FAR")], {"sites": ["T001"]}, "can't be sent"),
        ([MORNING, (0, 900, 1080, "FAR")], {"never_sites": ["FAR"]}, "can't be sent"),
        ([MORNING, (0, 900, 1080, "FAR")], {"max_travel_km": 39}, "can't be sent"),
        ([MORNING, (*NEXT[:2], 2400, "")], {"max_minutes_day": 400}, "limit of minutes"),
    ],
)
def test_pins_that_can_not_all_stay_are_refused_with_the_person_and_the_shift(shifts, more, words):
    sentence = refusal(pinnable(shifts, **more))
    assert words in sentence
    assert "\u201cAnn\u201d" in sentence
    assert "\u201cH1\u201d" in sentence


def test_a_pin_needs_the_skill_and_a_place_and_stands_once():
    given = pinnable([MORNING])
    given["shifts"][0]["requires"] = "welsh"
    assert "skill" in refusal(given)
    given = pinnable([MORNING])
    given["pinned"] *= 2
    assert "twice" in refusal(given)
    given = pinnable([MORNING])
    given["shifts"][0] |= {"min": 0, "desired": 1, "max": 1}
    given["volunteers"].append(dict(given["volunteers"][0], id="Ben"))
    given["pinned"].append(["Ben", "H0"])
    assert "\u201cBen\u201d" in (sentence := refusal(given))
    assert "max of 1" in sentence


# ------------------------------------------------------------------------------------------------- anything at all
def spots(tree, path=()):
    """Every place in a JSON tree."""
    yield path
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, below in pairs:
        yield from spots(below, (*path, key))


@functools.cache
def kinds_of_places(seed):
    """The places of a generated problem, grouped by what they are, so that no sort of place is rare."""
    found = {}
    for path in spots(made("S", seed)):
        if path[:1] != ("planted",):
            found.setdefault(tuple("*" if isinstance(part, int) else part for part in path), []).append(path)
    return [found[kind] for kind in sorted(found)]


STRANGE = st.one_of(
    st.sampled_from([None, True, False, -1, 0, 1, 2, 7, 419, 600, 10**9, 10**18, 10**40, 1.5, "", "T001", "V000001"]),
    st.sampled_from(
        ["H00001", "bsl", [], {}, [[]], [1, 2], [[1, 2]], ["V000001", "H00002"], ["V000001"], {"bsl": [1, 1]}]
    ),
    st.integers(-5, 2000),
    st.text(max_size=3),
)


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_changed_ends_in_a_legal_rota_or_in_one_sentence(data):
    seed = data.draw(st.integers(1, 3))
    given = problem("S", seed)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(data.draw(st.sampled_from(kinds_of_places(seed)))))
        change = data.draw(st.sampled_from(["nudge", "nudge", "nudge", "put", "put", "drop", "double"]))
        *way, last = path or ("name",)
        try:
            row = functools.reduce(lambda tree, key: tree[key], way, given)
            if change == "nudge" and type(row[last]) is int:
                row[last] = max(0, row[last] + data.draw(st.sampled_from([-600, -61, -1, 1, 2, 61, 600])))
            elif change in ("put", "nudge"):
                row[last] = data.draw(STRANGE)
            elif change == "drop":
                del row[last]
            elif isinstance(row, list):
                row.append(copy.deepcopy(row[last]))
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took that place away
    try:
        model = read(written(given))
    except ProblemError:
        refusal(given)
        return
    rota = solve(model, time_limit=5)
    assert list(broken(model, rota.places)) == []
    judged = rota_check.evaluate(given, [[model.people[a], model.openings[b].id] for a, b in rota.places])
    assert judged["violations"] == []
    assert judged["cost"] == rota.cost
    assert rota.bound <= rota.cost
