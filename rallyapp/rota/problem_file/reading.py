"""Read a rota problem from its JSON and check all of it: what is broken is refused with one sentence.

One object with ``format`` "picket-rota-problem", ``version`` 1 and these keys (all times are whole minutes since
one midnight, local wall time; all distances whole tenths of a kilometre):

- ``skills`` [name], ``rules`` {min_rest, duty_buffer, travel_kmh}
- ``weights`` {min, skill_min, desired, skill_desired, km, km_cap, dislike, kind, fair, pair, drop, add}; the last
  two count only with a ``previous`` rota
- ``sites`` [{id, x, y}]
- ``shifts`` [{id, site, kind, day, start, end, min, desired, max, skills {name: [min, desired]}, priority,
  requires?}]
- ``volunteers`` [{id, sites, x, y, skills, available [[from, to]], duties [[from, to]], max_minutes_day,
  max_minutes_total, prior, home?, likes_kinds?, dislikes_sites?, never_sites?, max_travel_km?}]
- ``pairs`` [[volunteer, volunteer]], ``pinned`` and ``previous``? [[volunteer, shift]]
- ``gone``? [volunteer]: those of the previous rota who dropped out (what they held is not in ``previous`` any more)

Other keys are not looked at.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, BinaryIO

import numpy as np

from rallyapp.rota.problem_file.offers import Crowd, Prices, SiteOffers, Spans, kilometres
from rallyapp.rota.problem_file.pins import check_pins
from rallyapp.rota.problem_file.rows import (
    LARGEST,
    ProblemError,
    Rows,
    all_of,
    id_pairs,
    is_whole,
    refuse,
    shown,
    whole,
)
from rallyapp.rota.solving.model import Bools, Ints, Model, Opening, Weights

FORMAT = "picket-rota-problem"
VERSION = 1
#: Bytes; a national union's problem has a twentieth of this.
LONGEST = 200_000_000
#: All costs of a problem together stay below this, so that they are exact in a float too.
DEAREST = 2**50
MOST_SITES, MOST_SHIFTS, MOST_PEOPLE = 3000, 200_000, 1_000_000
MOST_NAMES = 200  # of skills, and of kinds of shifts
HEADS = 1_000_000
HEAD = 1 << 16


def read(data: bytes) -> Model:
    """Make the model of a rota problem from the bytes of its JSON; the key ``planted`` is never looked at.

    Raises ProblemError with one sentence that says what is wrong and where.
    """
    _refuse_other(data[:HEAD])
    if len(data) > LONGEST:
        refuse(f"The rota problem is larger than {LONGEST // 1_000_000} MB: too large to be one.")
    with _no_collecting():
        return of_json(_parsed(data))


def gather(stream: BinaryIO) -> bytes:
    """Read all of a stream, but no further than it takes to see that it is no rota problem.

    Raises ProblemError as ``read`` does.
    """
    head = stream.read(HEAD)
    _refuse_other(head)
    return head + stream.read(LONGEST + 1 - len(head))


def _refuse_other(head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")[:1]
    if not start:
        refuse("The rota problem is empty: it must be a JSON object.")
    if start != b"{":
        refuse("The rota problem is not a JSON object: it must start with \u201c{\u201d.")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep Python from looking through half a million young objects again and again: none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(f"The rota problem is not text in UTF-8 (byte {error.start + 1}).")
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at").removesuffix(" starting")  # the place is said before
        refuse(f"The rota problem is not JSON: line {error.lineno}, column {error.colno}: {what}.")
    except ProblemError:
        raise
    except RecursionError:
        refuse("The rota problem is nested too deeply.")
    except ValueError:  # what Python says of a number with thousands of digits
        refuse("The rota problem holds a number that is too long.")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        refuse(f"The rota problem has the key {shown(double)} twice in one record.")
    return found


def _refuse_constant(text: str) -> Any:
    refuse(f"The rota problem is not JSON: {text} is not a number.")


# ------------------------------------------------------------------------------------------- the whole
def of_json(problem: Any) -> Model:
    """Make the model of a rota problem whose JSON was parsed already; else as ``read``."""
    _check_sort(problem)
    sites = Rows(problem, "sites", "site", ("x", "y"), MOST_SITES)
    shifts = Rows(
        problem,
        "shifts",
        "shift",
        ("site", "kind", "day", "start", "end", "min", "desired", "max", "skills", "priority"),
        MOST_SHIFTS,
    )
    people = Rows(
        problem,
        "volunteers",
        "volunteer",
        ("sites", "x", "y", "skills", "available", "duties", "max_minutes_day", "max_minutes_total", "prior"),
        MOST_PEOPLE,
    )
    at = sites.whole("x", -LARGEST), sites.whole("y", -LARGEST)
    skills = _positions(problem, shifts)
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(shifts.texts("kind")))}
    if len(kinds) > MOST_NAMES:
        refuse(f"The rota problem has {len(kinds):,} kinds of shifts; a rota is built for at most {MOST_NAMES}.")
    rules = _record(problem, "rules")
    kmh = whole(rules, "travel_kmh", "rules", 1)
    between = kilometres(at[0][:, None] - at[0], at[1][:, None] - at[1])
    weights, prices = _weights(problem)
    day_limit, total_limit = people.whole("max_minutes_day"), people.whole("max_minutes_total")
    longest = np.minimum(day_limit, total_limit)
    crowd = _crowd(people, skills, kinds, longest, whole(rules, "duty_buffer", "rules"))
    openings = _openings(shifts, sites, skills)
    reach, dislikes = _reach(people, sites, at, crowd)
    offers = SiteOffers(crowd, at, reach, dislikes, kinds, prices)
    previous = problem.get("previous")
    model = Model(
        people=tuple(people.ids),
        skills=tuple(skills),
        holds=crowd.holds,
        prior=people.whole("prior"),
        day_limit=day_limit,
        total_limit=total_limit,
        openings=openings,
        offers=offers,
        travel=between * 60 // kmh,
        min_rest=whole(rules, "min_rest", "rules"),
        weights=weights,
        together=tuple(_pairs(problem, people)),
        pinned=tuple(id_pairs(problem, "pinned", people, shifts)),
        previous=None if previous is None else frozenset(id_pairs(problem, "previous", people, shifts)),
        gone=(gone := _gone(problem, people)) or (),
        lost_near=None if gone is None else _lost_near(gone, reach, openings),
    )
    _refuse_dear(model, prices)
    check_pins(model, offers)
    _ = model.times, model.needs, model.skill_needs, model.before  # worked out while reading, not while mending
    return model


def _check_sort(problem: Any) -> None:
    if type(problem) is not dict:
        refuse("The rota problem is not a JSON object.")
    if problem.get("format") != FORMAT:
        refuse(f"This is not a rota problem: it must say \u201cformat\u201d: {shown(FORMAT)}.")
    version = problem.get("version")
    if not is_whole(version, VERSION, VERSION):
        newer = is_whole(version, VERSION + 1)
        hint = "it was written for a newer RallyApp" if newer else f"this program reads version {VERSION}"
        refuse(f"The rota problem has version {shown(version)}: {hint}.")


def _record(problem: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    if type(problem.get(key)) is not dict:
        refuse(f"The rota problem has no record of {shown(key)}.")
    found: Mapping[str, Any] = problem[key]
    return found


def _weights(problem: Mapping[str, Any]) -> tuple[Weights, Prices]:
    given = _record(problem, "weights")
    changes = problem.get("previous") is not None  # only then is a change charged at all

    def weight(key: str) -> int:
        return whole(given, key, "weights")

    weights = Weights(
        least=weight("min"),
        skill_least=weight("skill_min"),
        wished=weight("desired"),
        skill_wished=weight("skill_desired"),
        fair=weight("fair"),
        pair=weight("pair"),
        drop=weight("drop") if changes or "drop" in given else 0,
        add=weight("add") if changes or "add" in given else 0,
    )
    return weights, Prices(weight("km"), weight("km_cap"), weight("dislike"), weight("kind"))


# ----------------------------------------------------------------------------------------------- shifts
def _positions(problem: Mapping[str, Any], shifts: Rows) -> dict[str, int]:
    """Number the skills: the problem's own, and whatever else a shift asks for."""
    listed = problem.get("skills")
    if type(listed) is not list or not all_of(listed, str):
        refuse("The rota problem has no list of the names of its \u201cskills\u201d.")
    known = dict.fromkeys(listed)
    for number, wanted in enumerate(shifts.columns["skills"]):
        if type(wanted) is not dict:
            shifts.refuse(number, f"says {shown(wanted)} for \u201cskills\u201d: it must be a record of [min, desired]")
        known.update(dict.fromkeys(wanted))
    for number, required in shifts.optional("requires"):
        if required is not None and type(required) is not str:
            shifts.refuse(number, f"says {shown(required)} for \u201crequires\u201d: it must be a skill's name")
        if required:
            known[required] = None
    if len(known) > MOST_NAMES:
        refuse(f"The rota problem has {len(known):,} skills; a rota is built for at most {MOST_NAMES}.")
    return {skill: number for number, skill in enumerate(known)}


def _openings(shifts: Rows, sites: Rows, skills: Mapping[str, int]) -> tuple[Opening, ...]:
    spots = shifts.known("site", sites)
    heads = [shifts.whole(key, 0, HEADS).tolist() for key in ("min", "desired", "max")]
    columns = [shifts.whole(key).tolist() for key in ("day", "start", "end", "priority")]
    openings = []
    for number, (row, spot, day, start, end, priority, least, wished, most) in enumerate(
        zip(shifts.rows, spots, *columns, *heads, strict=True)
    ):
        if end <= start:
            shifts.refuse(number, f"ends at minute {end:,} and starts at {start:,}: it must end after it starts")
        if not least <= wished <= most:
            shifts.refuse(
                number,
                f"has a min of {least:,}, a desired of {wished:,} and a max of {most:,}: "
                "none of them may be below the one before",
            )
        openings.append(
            Opening(
                id=row["id"],
                meeting=row["id"],
                spot=spot,
                day=day,
                start=start,
                end=end,
                kind=row["kind"],
                least=least,
                wished=wished,
                most=most,
                skills=_skills(shifts, number, row["skills"], skills),
                priority=priority,
                requires=(skills[row["requires"]],) if row.get("requires") else (),
            )
        )
    return tuple(openings)


def _skills(
    shifts: Rows, number: int, wanted: Mapping[str, Any], skills: Mapping[str, int]
) -> tuple[tuple[int, int, int], ...]:
    for skill, pair in wanted.items():
        if (
            type(pair) is not list
            or len(pair) != 2
            or not is_whole(pair[0], 0, HEADS)
            or not is_whole(pair[1], pair[0], HEADS)
        ):
            shifts.refuse(
                number,
                f"asks for {shown(skill)} as it can't be: that must be [min, desired], whole numbers from 0 to "
                f"{HEADS:,}, the second no smaller than the first",
            )
    return tuple((skills[skill], *wanted[skill]) for skill in sorted(wanted))


# ------------------------------------------------------------------------------------------- volunteers
def _crowd(people: Rows, skills: Mapping[str, int], kinds: Mapping[str, int], longest: Ints, buffer: int) -> Crowd:
    owner, names = people.text_lists("skills")
    holds = _table(len(people), owner, names, skills)
    likes = np.ones((len(people), len(kinds)), dtype=np.bool_)
    wishes = people.optional_texts("likes_kinds")
    for number, _ in wishes:
        likes[number] = False
    for number, kind in wishes:
        if kind in kinds:
            likes[number, kinds[kind]] = True
    counts, start, end = people.spans("duties")
    return Crowd(
        x=people.whole("x", -LARGEST),
        y=people.whole("y", -LARGEST),
        holds=holds,
        likes=likes,
        longest=longest,
        available=Spans(*people.spans("available")),
        duties=Spans(counts, start - buffer, end + buffer),
    )


def _table(rows: int, owner: Ints, names: list[str], columns: Mapping[str, int]) -> Bools:
    """Tick for each row the columns that it names; other names matter to nothing here."""
    found = np.zeros((rows, len(columns)), dtype=np.bool_)
    at = np.array([columns.get(name, -1) for name in names], dtype=np.int64)
    found[owner[at >= 0], at[at >= 0]] = True
    return found


def _reach(people: Rows, sites: Rows, at: tuple[Ints, Ints], crowd: Crowd) -> tuple[list[Ints], dict[int, list[int]]]:
    """List for each site who may be sent there, and who would rather not go."""
    who, where = people.id_lists("sites", sites)
    never = people.optional_ids("never_sites", sites)
    if never:
        barred = [person * len(sites) + site for person, site in never]
        fine = ~np.isin(who * len(sites) + where, barred)
        who, where = who[fine], where[fine]
    for person, home in people.optional("home"):
        if type(home) is not str or home not in sites.number:
            people.refuse(person, f"has the home {shown(home)}, and there is no site of that id")
    farthest = np.full(len(people), LARGEST, dtype=np.int64)
    for person, limit in people.optional("max_travel_km"):
        if limit is not None and not is_whole(limit):
            people.refuse(person, f"says {shown(limit)} for \u201cmax_travel_km\u201d: it must be a whole number")
        farthest[person] = LARGEST if limit is None else limit
    if (farthest < LARGEST).any():
        near = kilometres(crowd.x[who] - at[0][where], crowd.y[who] - at[1][where]) <= farthest[who]
        who, where = who[near], where[near]
    order = np.lexsort((who, where))
    who, where = who[order], where[order]
    cuts = np.searchsorted(where, np.arange(len(sites) + 1))
    reach = [np.unique(who[start:end]) for start, end in pairwise(cuts)]
    dislikes: dict[int, list[int]] = {}
    for person, site in people.optional_ids("dislikes_sites", sites):
        dislikes.setdefault(site, []).append(person)
    return reach, dislikes


def _gone(problem: Mapping[str, Any], people: Rows) -> tuple[int, ...] | None:
    """List those who dropped out; None where the problem doesn't say."""
    gone = problem.get("gone")
    if gone is None:
        return None
    if type(gone) is not list or not all_of(gone, str):
        refuse(f"The rota problem\u2019s \u201cgone\u201d must be a list of volunteers\u2019 ids, not {shown(gone)}.")
    for id in gone:
        if id not in people.number:
            refuse(f"The rota problem names {shown(id)} in \u201cgone\u201d, and there is no volunteer of that id.")
    return tuple(people.number[id] for id in gone)


def _lost_near(gone: tuple[int, ...], reach: list[Ints], openings: tuple[Opening, ...]) -> tuple[int, ...]:
    """List the openings at the sites to which those who dropped out could be sent."""
    who = np.array(gone, dtype=np.int64)
    spots = {spot for spot, there in enumerate(reach) if np.isin(who, there).any()}
    return tuple(number for number, opening in enumerate(openings) if opening.spot in spots)


def _pairs(problem: Mapping[str, Any], people: Rows) -> Iterator[tuple[int, int]]:
    for a, b in id_pairs(problem, "pairs", people, people):
        if a == b:
            refuse(f"The rota problem pairs the {people.name(a)} with nobody else.")
        yield a, b


def _refuse_dear(model: Model, prices: Prices) -> None:
    """Refuse weights with which the worst rota could cost more than can be added up exactly."""
    weights, people = model.weights, len(model.people)
    places = sum(min(opening.most, people) for opening in model.openings)
    often = len(model.openings) + int(model.prior.max(initial=0))
    worst = places * (prices.km_cap + prices.dislike + prices.kind + weights.fair * often + weights.add)
    worst += weights.pair * len(model.together) + weights.drop * len(model.previous or ())
    for opening in model.openings:
        worst += opening.priority * (weights.least * opening.least + weights.wished * opening.wished)
        for _, low, high in opening.skills:
            worst += opening.priority * weights.skill_least * low + weights.skill_wished * high
    if worst > DEAREST:
        refuse("The costs in the rota problem could add up to more than can be counted: make its weights smaller.")
