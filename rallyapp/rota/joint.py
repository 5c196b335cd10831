"""Shortages that no place has alone: shifts that could each be filled and can't be filled together, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rallyapp import carried
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Role, Shift
from rallyapp.domain.situation import counted_words, need_words
from rallyapp.domain.times import day_words
from rallyapp.rota.candidates import SKILLS
from rallyapp.rota.problem import PlanProblem
from rallyapp.rota.why.lineup import Lineup
from rallyapp.rota.why.proof import Need, Proof, at_one_time
from rallyapp.rota.why.proof_lp import together

MOST_NAMES = MOST_SHIFTS = 8


class Joint:
    """A filled rota, asked which of its gaps are proven to be joint ones."""

    def __init__(self, problem: PlanProblem, placed: Iterable[tuple[int, int]]) -> None:
        """Take a problem and the places of a rota of it."""
        self.problem = problem
        self.lineup = Lineup(problem.model, placed)

    def words(self, shift: Shift, role: Role, skill: Skill | None) -> str:
        """Say which shifts can't be filled together, each with what it needs, and by whom; else nothing."""
        for number in self.problem.openings_of.get(shift.id, ()):
            place = self.problem.places[number]
            if place.role is role and place.skill in (skill, None):
                wanted = None if place.skill is skill else SKILLS.index(skill) if skill else None
                proof = self._proof(number, wanted)
                return self._said(proof) if proof is not None else ""
        return ""

    def _proof(self, number: int, skill: int | None) -> Proof | None:
        least = dict(self.lineup.needs(number)).get(skill)
        if least is None or len(self.lineup.who(number, skill)) < least:
            return None  # there are too few by themselves, and that is said already
        simple = at_one_time(self.lineup, number, skill)
        if simple and len({self.lineup.model.openings[each].bundle for each in simple.openings}) == 1:
            return simple
        found = [proof for proof in (simple, together(self.lineup, number, skill)) if proof is not None]
        return min(found, key=lambda proof: proof.size, default=None)

    def _said(self, proof: Proof) -> str:
        wanted: dict[Shift, list[str]] = {}
        for need in proof.needs:
            wanted.setdefault(self.problem.places[need.opening].shift, []).append(self._wanted(need))
        days = {shift.starts.date() for shift in wanted}
        where = [self._where(shift, day=len(days) > 1) for shift in wanted]
        asked = [" and ".join(what) for what in wanted.values()]
        if len(set(asked)) == 1:
            needs = f"{listed(where, MOST_SHIFTS)} {'each need' if len(where) > 1 else 'needs'} {asked[0]}"
        else:
            each = [f"{there} needs {what}" for there, what in zip(where, asked, strict=True)]
            needs = "; ".join((*each[:MOST_SHIFTS], *(["and others"] if len(each) > MOST_SHIFTS else [])))
        names = sorted(self.problem.people[person].name for person in proof.people)
        who = f"only {listed(names, MOST_NAMES)} could be there" if names else "nobody could be there"
        stays = "1 place stays empty" if proof.short == 1 else f"{proof.short} places stay empty"
        on = f"{day_words(min(days))}: " if len(days) == 1 else ""
        if proof.one_time:
            return f"{on}{needs}; nobody can have two of these places, and {who}: {stays}"
        return f"{on}{needs}, and {who}: with their other shifts, walks, rest and hours, {stays}"

    def _wanted(self, need: Need) -> str:
        place = self.problem.places[need.opening]
        skill = place.skill if need.skill is None else SKILLS[need.skill]
        asked = next((each for each in place.needs if each.skill is skill), place.needs[0])
        word = need_words(self.problem.plan, carried.law(), place.shift, asked)
        said = counted_words(need.least, word)
        fixed = any(row.shift_id == place.shift.id and row.role is place.role for row in self.problem.kept)
        return said.replace(" ", " more ", 1) if fixed else said

    def _where(self, shift: Shift, *, day: bool) -> str:
        when = f"{day_words(shift.starts.date())} {shift.words}" if day else shift.words
        return f"{self.problem.plan.place_words(shift)}, {when}"


def listed(parts: Sequence[str], most: int | None = None) -> str:
    """Join parts in words, "a, b and c"; beyond so many the rest is counted."""
    shown = list(parts if most is None or len(parts) <= most else parts[: most - 1])
    if len(shown) < len(parts):
        shown.append(f"{len(parts) - len(shown)} others")
    if len(shown) < 2:
        return "".join(shown)
    joint = "; " if any(", " in part for part in shown) else ", "
    return f"{joint.join(shown[:-1])} and {shown[-1]}"
