"""Why a gap is a gap: who is kept from it and by what, or which openings can't be filled together, and what would help.

Whatever is said here is true of the rota as given: counts are counted, proofs are proven and changes were tried.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from rallyapp.rota.problem_file.offers import SiteOffers
from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Model
from rallyapp.rota.why import reason_words
from rallyapp.rota.why.changes import Change, Changes, Names, Reasons
from rallyapp.rota.why.lineup import ALREADY, CLASH, DAY, FREE, IN_ALL, OBSTACLES, Lineup
from rallyapp.rota.why.proof import Proof
from rallyapp.rota.why.proof_lp import Prover
from rallyapp.rota.why.reasons_of_file import ReasonsOfFile

NOBODY: Final = "nobody"
COUNT: Final = "count"
JOINT: Final = "joint"
USED: Final = "used"


@dataclass(frozen=True, slots=True)
class Why:
    """Why places of one opening are open.

    ``kind`` is "nobody" (nobody at all may take it), "count" (fewer may than it needs), "joint" (``proof``: it and
    others can't all be filled) or "used" (enough may, and it is not proven that they can't: the rota has them on
    ``instead``, per person). ``counts`` says of everybody one would ask what keeps them from it, by the first reason
    there is, and ``reason`` is the main one. ``words`` is all of it in one sentence.
    """

    kind: str
    opening: int
    reason: str
    counts: Mapping[str, int]
    words: str
    proof: Proof | None = None
    instead: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    def as_json(self, model: Model) -> dict[str, Any]:
        """Give it with the names of the problem."""
        openings, people = model.openings, model.people
        found: dict[str, Any] = {"kind": self.kind, "shift": openings[self.opening].id}
        if self.proof is not None:
            found |= {
                "shifts": sorted(openings[number].id for number in self.proof.openings),
                "skill": None if self.proof.skill is None else model.skills[self.proof.skill],
                "people": sorted(people[person] for person in self.proof.people),
                "short": self.proof.short,
                "needs": [
                    {
                        "shift": openings[need.opening].id,
                        "need": "heads" if need.skill is None else model.skills[need.skill],
                        "least": need.least,
                    }
                    for need in self.proof.needs
                ],
                "pinned": [[people[person], openings[number].id] for person, number in self.proof.fixed],
            }
        else:
            found["reason"] = self.reason
        if self.instead:
            found["instead"] = {
                people[person]: [openings[number].id for number in numbers] for person, numbers in self.instead.items()
            }
        found["counts"] = dict(self.counts)
        found["changes"] = [change.as_json(model) for change in self.changes]
        return {**found, "words": self.words}


@dataclass(frozen=True, slots=True)
class Gap:
    """Places of one opening that are open: of heads, or (``skill``) of those who hold a skill."""

    opening: int
    skill: int | None
    missing: int
    why: Why


def explain(
    model: Model,
    places: Iterable[Place],
    *,
    names: Names | None = None,
    reasons: Reasons | None = None,
    until: float = math.inf,
) -> list[Gap]:
    """Explain every opening that is short of its least heads or of a skill's least, in order, heads first.

    ``places`` is a legal rota. ``names`` are used in sentences (otherwise ids); ``reasons`` say why people may not
    take an opening by itself (known of a problem file; without them only those who may are counted). After ``until``
    (of ``time.perf_counter``) people are counted still, but nothing is proven and no change is looked for.
    """
    explaining = _Explaining(Lineup(model, places), names, reasons, until)
    return [
        Gap(number, skill, missing, explaining.why(number, skill, missing))
        for number, skill, missing in gaps_of(explaining.lineup)
    ]


def changes(
    model: Model, gap: Gap, places: Iterable[Place], *, names: Names | None = None, reasons: Reasons | None = None
) -> list[Change]:
    """List the smallest changes that would each fill one place of a gap, the easiest first; else as ``explain``."""
    explaining = _Explaining(Lineup(model, places), names, reasons)
    return list(explaining.changes(gap.opening, gap.skill, most=1 << 30))


def gaps_of(lineup: Lineup) -> list[tuple[int, int | None, int]]:
    """List what a rota is short of: opening, skill or None for heads, and how many, in order of opening."""
    return [
        (number, skill, missing)
        for number in range(len(lineup.model.openings))
        for skill, least in lineup.needs(number)
        if (missing := least - lineup.filled(number, skill)) > 0
    ]


class _Explaining:
    def __init__(self, lineup: Lineup, names: Names | None, reasons: Reasons | None, until: float = math.inf) -> None:
        self.until = until
        self.lineup, self.model = lineup, lineup.model
        self.names = names or reason_words.Ids(lineup.model)
        offers = lineup.model.offers
        if reasons is None and isinstance(offers, SiteOffers):
            reasons = ReasonsOfFile(lineup.model.skills, offers)
        self.reasons = reasons
        self.prover = Prover(lineup)

    def why(self, number: int, skill: int | None, missing: int) -> Why:
        """Find the plainest reason that is true: too few people, a proof, or where else people are used."""
        least = self.lineup.least(number, skill)
        able = len(self.lineup.who(number, skill))
        counts = self._counts(number, skill)
        against = Counter({words: many for words, many in counts.items() if words not in (ALREADY, FREE)})
        reason = against.most_common(1)[0][0] if against else ""
        late = time.perf_counter() > self.until
        proof = self.prover.joint(number, skill) if able >= least and not late else None
        instead = self._instead(number, skill) if able >= least and proof is None else {}
        kind = NOBODY if not able else COUNT if able < least else JOINT if proof else USED
        said = reason_words.Said(self.lineup, self.names, number, skill, missing)
        if proof is not None:
            words = said.joint(proof)
        elif kind == USED:
            words = said.used(instead, counts)
        else:
            words = said.too_few(able, least, counts)
        return Why(
            kind=kind,
            opening=number,
            reason=reason,
            counts=counts,
            words=words,
            proof=proof,
            instead=instead,
            changes=() if late else self.changes(number, skill, most=3),
        )

    def changes(self, number: int, skill: int | None, most: int) -> tuple[Change, ...]:
        """Find what would fill one place of a gap."""
        return Changes(self.lineup, number, skill, self.names, self.reasons).best(most)

    def _counts(self, number: int, skill: int | None) -> dict[str, int]:
        """Count everybody one would ask by the first reason against them, in the rule's order of precedence.

        Of a skill, those who hold it are counted: what keeps the others is always the same.
        """
        model = self.model
        found: dict[str, int] = {}
        who = self.lineup.offered(number, skill)
        if self.reasons is not None:
            people, codes, words = self.reasons.against(model.openings[number])
            if skill is not None and (holders := model.holds[people, skill]).any():
                people, codes = people[holders], codes[holders]
            elif skill is not None and len(self.lineup.who(number)):
                return {f"lacks {model.skills[skill]}": len(people)}
            for code, many in zip(*np.unique(codes[codes >= 0], return_counts=True), strict=True):
                found[words[code]] = int(many)
        codes = self.lineup.obstacles(number, who)
        for code, many in zip(*np.unique(codes, return_counts=True), strict=True):
            found[OBSTACLES[code]] = int(many)
        return found

    def _instead(self, number: int, skill: int | None) -> dict[int, tuple[int, ...]]:
        """Give the openings that keep people who could take an opening from it, of each who has any."""
        people = self.lineup.who(number, skill)
        codes = self.lineup.obstacles(number, people)
        who, where = self.lineup.blocking(number, people)
        day = self.model.openings[number].day
        found: dict[int, tuple[int, ...]] = {}
        for person, code in zip(people.tolist(), codes.tolist(), strict=True):
            mine: Sequence[int] = self.lineup.mine.get(person, ())
            if OBSTACLES[code] == CLASH:
                found[person] = tuple(where[who == person].tolist())
            elif OBSTACLES[code] == DAY:
                found[person] = tuple(each for each in mine if self.model.openings[each].day == day)
            elif OBSTACLES[code] == IN_ALL:
                found[person] = tuple(mine)
        return found
