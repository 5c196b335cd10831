"""Read a rota problem from its JSON, checking all of it; see ``Problem file`` below for its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from rallyapp.rota.model import Bools, Ints, Model, Opening, Weights


def _padded(spans: Sequence[Sequence[Sequence[int]]]) -> Ints:
    """Put everybody's spans into one array (people x most spans x 2); what is missing holds no minute."""
    most = max((len(each) for each in spans), default=0)
    found = np.empty((len(spans), most, 2), dtype=np.int64)
    found[:, :, 0], found[:, :, 1] = 1 << 40, -(1 << 40)
    for row, each in enumerate(spans):
        if each:
            found[row, : len(each)] = each
    return found


class _Site:
    """The people of one site, side by side."""

    def __init__(self, offers: SiteOffers, place: int) -> None:
        who = offers.reach[place]
        self.who = who
        self.windows = _padded([offers.people[n]["available"] for n in who])
        self.duties = _padded([offers.people[n]["duties"] for n in who])
        self.duties[:, :, 0] -= offers.duty_buffer
        self.duties[:, :, 1] += offers.duty_buffer
        self.longest = offers.longest[who]
        self.holds = offers.holds[who]
        self.price = offers.price_of_place(place, who)
        self.likes = offers.likes[who]


class SiteOffers:
    """H1 to H3, H9 and C5 of a problem file, a site at a time, on demand."""

    def __init__(self, problem: Mapping[str, Any], holds: Bools, kinds: Mapping[str, int]) -> None:
        self.people = problem["volunteers"]
        self.duty_buffer = problem["rules"]["duty_buffer"]
        self.weights = problem["weights"]
        self.places = problem["sites"]
        self.holds = holds
        self.kinds = kinds
        self.longest = np.array(
            [min(each["max_minutes_day"], each["max_minutes_total"]) for each in self.people], dtype=np.int64
        )
        known = {site["id"]: place for place, site in enumerate(self.places)}
        reach: list[list[int]] = [[] for _ in self.places]
        self.likes = np.zeros((len(self.people), len(kinds)), dtype=np.bool_)
        self.picky = np.zeros(len(self.people), dtype=np.bool_)
        self.disliked: dict[int, set[int]] = {}
        for number, each in enumerate(self.people):
            for site in each["sites"]:
                reach[known[site]].append(number)
            for kind in each.get("likes_kinds") or ():
                self.picky[number] = True
                if kind in kinds:
                    self.likes[number, kinds[kind]] = True
            for site in each.get("dislikes_sites") or ():
                if site in known:
                    self.disliked.setdefault(known[site], set()).add(number)
        self.reach = [np.array(who, dtype=np.int64) for who in reach]
        self.likes[~self.picky] = True
        self.x = np.array([each["x"] for each in self.people], dtype=np.int64)
        self.y = np.array([each["y"] for each in self.people], dtype=np.int64)
        self._sites: dict[int, _Site] = {}

    def price_of_place(self, place: int, who: Ints) -> Ints:
        """Give what it costs to send these people there (C5 without the kind)."""
        site = self.places[place]
        price = np.minimum(
            self.weights["km_cap"], self.weights["km"] * kilometres(self.x[who] - site["x"], self.y[who] - site["y"])
        )
        if disliked := self.disliked.get(place):
            price = price + self.weights["dislike"] * np.isin(who, list(disliked))
        return price

    def of(self, opening: Opening) -> tuple[Ints, Ints]:
        """Give the people who may take an opening, and their prices."""
        site = self._sites.get(opening.spot)
        if site is None:
            site = self._sites[opening.spot] = _Site(self, opening.spot)
        fit = ((site.windows[:, :, 0] <= opening.start) & (opening.end <= site.windows[:, :, 1])).any(axis=1)
        fit &= ~((site.duties[:, :, 0] < opening.end) & (opening.start < site.duties[:, :, 1])).any(axis=1)
        fit &= opening.minutes <= site.longest
        for skill in opening.requires:
            fit &= site.holds[:, skill]
        price = site.price + self.weights["kind"] * ~site.likes[:, self.kinds[opening.kind]]
        return site.who[fit], price[fit]


def kilometres(dx: Ints, dy: Ints) -> Ints:
    """Give straight-line kilometres, rounded down, of distances in tenths of a kilometre."""
    square = dx * dx + dy * dy
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square
    root += (root + 1) * (root + 1) <= square
    answer: Ints = root // 10
    return answer


def of_json(problem: Mapping[str, Any]) -> Model:
    """Make a model of a problem whose JSON was found to be whole."""
    people, shifts, sites = problem["volunteers"], problem["shifts"], problem["sites"]
    known_skills = dict.fromkeys(problem["skills"])
    for shift in shifts:
        known_skills.update(dict.fromkeys(shift["skills"]))
        if shift.get("requires"):
            known_skills[shift["requires"]] = None
    skills = {skill: number for number, skill in enumerate(known_skills)}
    kinds = {kind: n for n, kind in enumerate(dict.fromkeys(shift["kind"] for shift in shifts))}
    holds = np.zeros((len(people), len(skills)), dtype=np.bool_)
    for number, each in enumerate(people):
        for skill in each["skills"]:
            if skill in skills:
                holds[number, skills[skill]] = True
    place = {site["id"]: number for number, site in enumerate(sites)}
    openings = tuple(
        Opening(
            id=shift["id"],
            meeting=shift["id"],
            spot=place[shift["site"]],
            day=shift["day"],
            start=shift["start"],
            end=shift["end"],
            kind=shift["kind"],
            least=shift["min"],
            wished=shift["desired"],
            most=shift["max"],
            skills=tuple((skills[name], least, wished) for name, (least, wished) in sorted(shift["skills"].items())),
            priority=shift["priority"],
            requires=(skills[shift["requires"]],) if shift.get("requires") else (),
        )
        for shift in shifts
    )
    who = {each["id"]: number for number, each in enumerate(people)}
    which = {shift["id"]: number for number, shift in enumerate(shifts)}
    x = np.array([site["x"] for site in sites], dtype=np.int64)
    y = np.array([site["y"] for site in sites], dtype=np.int64)
    between = kilometres(x[:, None] - x[None, :], y[:, None] - y[None, :])
    weights = problem["weights"]
    previous = problem.get("previous")
    return Model(
        people=tuple(who),
        skills=tuple(skills),
        holds=holds,
        prior=np.array([each["prior"] for each in people], dtype=np.int64),
        day_limit=np.array([each["max_minutes_day"] for each in people], dtype=np.int64),
        total_limit=np.array([each["max_minutes_total"] for each in people], dtype=np.int64),
        openings=openings,
        offers=SiteOffers(problem, holds, kinds),
        travel=between * 60 // problem["rules"]["travel_kmh"],
        min_rest=problem["rules"]["min_rest"],
        weights=Weights(
            least=weights["min"],
            skill_least=weights["skill_min"],
            wished=weights["desired"],
            skill_wished=weights["skill_desired"],
            fair=weights["fair"],
            pair=weights["pair"],
            drop=weights["drop"],
            add=weights["add"],
        ),
        together=tuple((who[a], who[b]) for a, b in problem["pairs"]),
        pinned=tuple((who[a], which[b]) for a, b in problem["pinned"]),
        previous=None if previous is None else frozenset((who[a], which[b]) for a, b in previous),
    )
