"""Who may take a problem file's shifts, and at what price: rules H1 to H3 and H9 and cost C5, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rallyapp.rota.solving.model import Bools, Ints, Opening


def kilometres(dx: Ints, dy: Ints) -> Ints:
    """Give straight-line kilometres, rounded down, of distances in tenths of a kilometre."""
    square = dx * dx + dy * dy
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square
    root += (root + 1) * (root + 1) <= square
    answer: Ints = root // 10
    return answer


class Spans:
    """Everybody's spans of time, one after the other: ``counts`` says how many each person has."""

    def __init__(self, counts: Ints, start: Ints, end: Ints) -> None:
        self.counts, self.start, self.end = counts, start, end
        self.first = np.cumsum(counts) - counts

    def of(self, who: Ints) -> tuple[Ints, Ints, Ints]:
        """Give the starts and the ends of these people's spans, and the place in ``who`` of whose they are."""
        counts = self.counts[who]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        at = np.repeat(self.first[who], counts) + within
        return self.start[at], self.end[at], np.repeat(np.arange(len(who)), counts)


@dataclass(frozen=True, slots=True)
class Prices:
    """What sending somebody somewhere costs (C5)."""

    km: int
    km_cap: int
    dislike: int
    kind: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """The volunteers by column, a row each. Distances are in tenths of a kilometre, times in minutes.

    ``holds`` has a column for every skill and ``likes`` one for every kind of shift (all true for those who have
    no wish). ``duties`` are emergency cover, widened by the minutes to be kept clear before and after it.
    """

    x: Ints
    y: Ints
    holds: Bools
    likes: Bools
    longest: Ints
    available: Spans
    duties: Spans


@dataclass(frozen=True, slots=True)
class Site:
    """The people who may be sent to one site, side by side: all arrays but the spans have a row for each of ``who``.

    ``windows`` and ``duties`` are the starts, the ends and the rows of the people whose spans these are.
    """

    who: Ints
    windows: tuple[Ints, Ints, Ints]
    duties: tuple[Ints, Ints, Ints]
    longest: Ints
    holds: Bools
    likes: Bools
    price: Ints

    def free(self, opening: Opening) -> Bools:
        """Say of each whether they are available for all of it (H1)."""
        starts, ends, row = self.windows
        found = np.zeros(len(self.who), dtype=np.bool_)
        found[row[(starts <= opening.start) & (opening.end <= ends)]] = True
        return found

    def on_cover(self, opening: Opening) -> Bools:
        """Say of each whether emergency cover, widened by its margin, keeps them from it (H2)."""
        starts, ends, row = self.duties
        found = np.zeros(len(self.who), dtype=np.bool_)
        found[row[(starts < opening.end) & (opening.start < ends)]] = True
        return found

    def allows(self, opening: Opening) -> Bools:
        """Say of each whether they may take it (H1, H2 and H9, and that it is not longer than they may work)."""
        found = self.free(opening) & ~self.on_cover(opening) & (opening.minutes <= self.longest)
        for skill in opening.requires:
            found &= self.holds[:, skill]
        return found


class SiteOffers:
    """The offers of a problem file, worked out a site at a time when first asked for.

    ``reach`` and ``dislikes`` list for each site the people (positions, ascending) who may be sent there, and
    those who would rather not go. ``kinds`` are the columns of ``likes``.
    """

    def __init__(
        self,
        crowd: Crowd,
        sites: tuple[Ints, Ints],
        reach: Sequence[Ints],
        dislikes: Mapping[int, Sequence[int]],
        kinds: Mapping[str, int],
        prices: Prices,
    ) -> None:
        self.crowd, self.sites, self.reach, self.dislikes = crowd, sites, reach, dislikes
        self.kinds, self.prices = kinds, prices
        self._sites: dict[int, Site] = {}

    def site(self, spot: int) -> Site:
        """Give the people of a site."""
        if spot not in self._sites:
            crowd, prices, who = self.crowd, self.prices, self.reach[spot]
            far = kilometres(crowd.x[who] - self.sites[0][spot], crowd.y[who] - self.sites[1][spot])
            price = np.minimum(prices.km_cap, prices.km * far)
            if spot in self.dislikes:
                price += prices.dislike * np.isin(who, self.dislikes[spot])
            self._sites[spot] = Site(
                who,
                crowd.available.of(who),
                crowd.duties.of(who),
                crowd.longest[who],
                crowd.holds[who],
                crowd.likes[who],
                price,
            )
        return self._sites[spot]

    def of(self, opening: Opening) -> tuple[Ints, Ints]:
        """Give the people (positions, ascending) who may take an opening, and their prices."""
        site = self.site(opening.spot)
        found = np.flatnonzero(site.allows(opening))
        return site.who[found], site.price[found] + self.prices.kind * ~site.likes[found, self.kinds[opening.kind]]

    def pairs(self, who: Ints, openings: Sequence[Opening], at: Ints) -> tuple[Bools, Ints]:
        """Say of people (``who``), each with one of the openings (``at``), whether they may take it, and the price."""
        crowd, prices = self.crowd, self.prices
        spot = np.array([each.spot for each in openings], dtype=np.int64)[at]
        start = np.array([each.start for each in openings], dtype=np.int64)[at]
        end = np.array([each.end for each in openings], dtype=np.int64)[at]
        kind = np.array([self.kinds[each.kind] for each in openings], dtype=np.int64)[at]
        may = self._listed(self.reach, who, spot) & (end - start <= crowd.longest[who])
        starts, ends, row = crowd.available.of(who)
        free = np.zeros(len(who), dtype=np.bool_)
        free[row[(starts <= start[row]) & (end[row] <= ends)]] = True
        starts, ends, row = crowd.duties.of(who)
        free[row[(starts < end[row]) & (start[row] < ends)]] = False
        may &= free
        for number, opening in enumerate(openings):
            for skill in opening.requires:
                here = at == number
                may[here] &= crowd.holds[who[here], skill]
        x, y = self.sites
        price = np.minimum(prices.km_cap, prices.km * kilometres(crowd.x[who] - x[spot], crowd.y[who] - y[spot]))
        if self.dislikes:
            price += prices.dislike * self._listed(self.dislikes, who, spot)
        return may, price + prices.kind * ~crowd.likes[who, kind]

    def _listed(self, lists: Sequence[Ints] | Mapping[int, Sequence[int]], who: Ints, spot: Ints) -> Bools:
        """Say of people, each with a site, whether the site's list has them."""
        found = np.zeros(len(who), dtype=np.bool_)
        order = np.argsort(spot, kind="stable")
        spots, first = np.unique(spot[order], return_index=True)
        for each, start, end in zip(spots.tolist(), first, np.append(first, len(order))[1:], strict=True):
            here = order[start:end]
            names = np.asarray(lists[each] if isinstance(lists, Sequence) else lists.get(each, ()), dtype=np.int64)
            if len(names):
                at = np.minimum(np.searchsorted(names, who[here]), len(names) - 1)
                found[here] = names[at] == who[here]
        return found

    def why_not(self, person: int, opening: Opening) -> str:
        """Say in a clause why somebody may never take an opening, or nothing where they may."""
        site = self.site(opening.spot)
        at = int(np.searchsorted(site.who, person))
        if at == len(site.who) or site.who[at] != person:
            return "they can't be sent to its site"
        if not all(site.holds[at, skill] for skill in opening.requires):
            return "they lack the skill that it requires"
        if not site.free(opening)[at]:
            return "they are not available for all of it"
        if site.on_cover(opening)[at]:
            return "they are on emergency cover then"
        return "" if site.allows(opening)[at] else "it is longer than their limit of minutes"
