"""Why people of a problem file may never take an opening (H1, H2, H9 and their limits), in the rule's own words."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rallyapp.rota.problem_file.offers import SiteOffers
from rallyapp.rota.solving.model import Bools, Ints, Opening

AWAY: Final = "not available"
COVER: Final = "on emergency cover"
LONG: Final = "shift longer than their limit"


class ReasonsOfFile:
    """The reasons of a problem file, asked of the people who name the site of an opening (H3 keeps out the rest)."""

    def __init__(self, skills: tuple[str, ...], offers: SiteOffers) -> None:
        self.skills = skills
        self.reach = offers.reach
        self.crowd = offers.crowd
        self._spans = lru_cache(maxsize=64)(self._spans_of)

    def against(self, opening: Opening) -> tuple[Ints, Ints, tuple[str, ...]]:
        """Give the people of the site and the first reason against each, as a position in the words (-1: none)."""
        who = self.reach[opening.spot]
        words = (*(f"lacks {self.skills[skill]}" for skill in opening.requires), AWAY, COVER, LONG)
        found = [~self.crowd.holds[who, skill] for skill in opening.requires]
        found += [~self._free(opening), self._cover(opening) > 0, opening.minutes > self.crowd.longest[who]]
        codes = np.full(len(who), -1, dtype=np.int64)
        for code in reversed(range(len(found))):
            codes[found[code]] = code
        return who, codes, words

    def under_cover(self, opening: Opening) -> tuple[Ints, Ints]:
        """Give those whom only emergency cover keeps from it, and how many of its minutes that takes (with margin)."""
        who = self.reach[opening.spot]
        minutes = self._cover(opening)
        only = (minutes > 0) & self._free(opening) & (opening.minutes <= self.crowd.longest[who])
        for skill in opening.requires:
            only &= self.crowd.holds[who, skill]
        return who[only], minutes[only]

    def _spans_of(self, spot: int) -> tuple[tuple[Ints, Ints, Ints], tuple[Ints, Ints, Ints]]:
        return self.crowd.available.of(self.reach[spot]), self.crowd.duties.of(self.reach[spot])

    def _free(self, opening: Opening) -> Bools:
        starts, ends, whose = self._spans(opening.spot)[0]
        found = np.zeros(len(self.reach[opening.spot]), dtype=np.bool_)
        found[whose[(starts <= opening.start) & (opening.end <= ends)]] = True
        return found

    def _cover(self, opening: Opening) -> Ints:
        """Count the minutes of an opening under cover; two spans of cover that touch may count one twice."""
        starts, ends, whose = self._spans(opening.spot)[1]
        shared = np.minimum(ends, opening.end) - np.maximum(starts, opening.start)
        found = np.zeros(len(self.reach[opening.spot]), dtype=np.int64)
        np.add.at(found, whose, np.maximum(shared, 0))
        return np.minimum(found, opening.minutes)
