"""The sentences of explanations: one each, with whatever names the caller has for people, openings and skills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rallyapp.rota.solving.model import Model
from rallyapp.rota.why.changes import Names
from rallyapp.rota.why.lineup import ALREADY, APART, CLASH, DAY, FREE, FULL, IN_ALL, Lineup
from rallyapp.rota.why.proof import Proof

#: What a count of people says, of one and of many.
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "not available": ("is not available", "are not available"),
    "on emergency cover": ("is on emergency cover", "are on emergency cover"),
    "shift longer than their limit": ("may not work that long", "may not work that long"),
    ALREADY: ("is already on it", "are already on it"),
    CLASH: ("has another shift that clashes or leaves too little rest",) * 2,
    DAY: ("would be over their minutes for the day",) * 2,
    IN_ALL: ("would be over their minutes in all",) * 2,
    FULL: ("finds it full", "find it full"),
    APART: ("is kept apart from somebody there", "are kept apart from somebody there"),
    FREE: ("could be asked",) * 2,
}
#: More names than this are counted rather than read.
MOST_NAMED: Final = 6


class Ids:
    """Names that are the model's own: ids, and skills as they are written there."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def person(self, number: int) -> str:
        """Give the id of somebody."""
        return self.model.people[number]

    def opening(self, number: int) -> str:
        """Give the id of an opening."""
        return self.model.openings[number].id

    def skill(self, number: int) -> str:
        """Give a skill as written, spaces for what joins its words."""
        return self.model.skills[number].replace("_", " ")


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Join names: "a, b and c", the rest of too many as a number."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "nobody"


class Said:
    """The sentences about one gap."""

    def __init__(self, lineup: Lineup, names: Names, number: int, skill: int | None, missing: int) -> None:
        self.lineup, self.names, self.missing = lineup, names, missing
        self.number, self.skill = number, skill
        self.here = names.opening(number)

    def _wanted(self, many: int, skill: int | None) -> str:
        """Say how many of what: "2 people", "1 supervisor"."""
        if skill is None:
            return f"{many} {'person' if many == 1 else 'people'}"
        return f"{many} {self.names.skill(skill)}{'' if many == 1 else 's'}"

    def _counted(self, counts: Mapping[str, int]) -> str:
        """Say what keeps how many, most first."""
        parts = []
        for reason, many in sorted(counts.items(), key=lambda part: -part[1]):
            if reason.startswith("lacks "):
                said = f"{'lacks' if many == 1 else 'lack'} {reason.removeprefix('lacks ').replace('_', ' ')}"
            else:
                said = _SAID.get(reason, (reason, reason))[many > 1]
            parts.append(f"{many} {said}")
        return listed(parts, len(parts))

    def too_few(self, able: int, least: int, counts: Mapping[str, int]) -> str:
        """Say that fewer people may take it than it needs, and what keeps the others."""
        need = self._wanted(least, self.skill)
        who = "nobody may take it" if not able else f"only {able} may take it"
        because = f": {self._counted(counts)}" if counts else ""
        return f"{self.here} needs {need} and {who}{because}."

    def joint(self, proof: Proof) -> str:
        """Say which openings can't be filled together, and by whom they could be."""
        openings = self.lineup.model.openings
        names = listed([self.names.opening(number) for number in proof.openings])
        people = listed([self.names.person(person) for person in proof.people])
        who = f"only {people} could be there" if proof.people else "nobody could be there"
        fixed = [f"{self.names.person(p)} is fixed at {self.names.opening(n)}" for p, n in proof.fixed]
        held = f" ({listed(fixed)})" if fixed else ""
        stays = f"at least {proof.short} {'place stays' if proof.short == 1 else 'places stay'} open"
        if not proof.one_time:
            rules = "with overlaps, travel, rest and hours"
            return f"{names} {self._needed(proof, 'need')}, and {who}{held}: {rules}, {stays}."
        same = len({(openings[number].start, openings[number].end) for number in proof.openings}) == 1
        when = "run at the same time" if same else "are too close together for anybody to do two"
        need = self._needed(proof, "needs")
        return f"These {len(proof.openings)} shifts {when} ({names}), {need}, and {who}{held}: {stays}."

    def _needed(self, proof: Proof, each: str) -> str:
        """Say what each of some openings needs, or all of them together."""
        wanted = {(need.skill, need.least) for need in proof.needs}
        if len(wanted) == 1 and len(proof.openings) == len(proof.needs):
            (skill, least), *_ = wanted
            return f"{f'each {each}' if len(proof.openings) > 1 else 'needs'} {self._wanted(least, skill)}"
        sums: dict[int | None, int] = {}
        for need in proof.needs:
            sums[need.skill] = sums.get(need.skill, 0) + need.least
        parts = listed([self._wanted(many, skill) for skill, many in sums.items()])
        return f"need {parts} in all" if len(proof.openings) > 1 else f"needs {parts}"

    def used(self, instead: Mapping[int, tuple[int, ...]], counts: Mapping[str, int]) -> str:
        """Say where the people are who could take it."""
        need = self._wanted(self.missing, self.skill)
        free = counts.get(FREE, 0)
        parts = []
        for person, numbers in instead.items():
            spare = "" if any(self.lineup.needed(person, n) for n in numbers) else " (which could spare them)"
            parts.append(f"{self.names.person(person)} is at {listed([self.names.opening(n) for n in numbers])}{spare}")
        said = [f"{free} could be asked as the rota stands"] if free else []
        if parts:
            said.append(f"{len(parts)} could but {'is' if len(parts) == 1 else 'are'} used elsewhere: {listed(parts)}")
        return f"{self.here} is short of {need}: {'; '.join(said) or self._counted(counts) or 'nobody is left'}."
